/* Which differences are called significant: never from thin data, never against the direction of the rates. */
#include "findings_fixture.h"

#include "data/data.h"

#include <stdlib.h>

static int set_up(void **state)
{
    struct hand *hand = calloc(1, sizeof *hand);
    hand_brief(hand, arena_new());
    *state = hand;
    return 0;
}

static int tear_down(void **state)
{
    struct hand *hand = *state;
    arena_free(hand->arena);
    free(hand);
    return 0;
}

static void total(struct hand *hand, int now, int previous, int year_ago)
{
    hand->brief.total = hand_counts(now, previous, year_ago);
    findings_changes(&hand->brief, hand->arena);
}

static void a_total_is_tested_against_both_spans(void **state)
{
    struct hand *hand = *state;
    total(hand, 40, 20, 38);
    assert_true(fabs(hand->brief.on_previous.p - 0.0135) < 0.0001); /* binom.test(40, 60) */
    assert_true(hand->brief.on_previous.adjusted == hand->brief.on_previous.p);
    assert_true(hand->brief.on_previous.significant);
    assert_true(hand->brief.on_year_ago.p > 0.9 && !hand->brief.on_year_ago.significant);
}

static void twice_the_articles_may_have_twice_the_initiatives(void **state)
{
    struct hand *hand = *state;
    hand->brief.collected.articles = 1200;
    total(hand, 40, 20, 8);
    assert_true(hand->brief.on_previous.p > 0.9 && !hand->brief.on_previous.significant);
    assert_true(hand->brief.on_year_ago.significant);
}

/* Of five times the articles a few more initiatives is a significant fall of the rate, and no fall. */
static void a_count_against_its_rate_is_no_finding(void **state)
{
    struct hand *hand = *state;
    hand->brief.collected.articles = 3000;
    total(hand, 25, 20, 25);
    assert_true(hand->brief.on_previous.adjusted < BRIEF_ALPHA && !hand->brief.on_previous.significant);
    assert_true(hand->brief.on_year_ago.adjusted < BRIEF_ALPHA && !hand->brief.on_year_ago.significant);
}

static void nothing_is_tested_on_thin_data(void **state)
{
    struct hand *hand = *state;
    hand->brief.collected.articles = 6000; /* 4 initiatives to none would be p = .00007 */
    hand->brief.collected_previous.articles = 60000;
    total(hand, BRIEF_LEAST_INITIATIVES - 1, 0, 0);
    assert_true(isnan(hand->brief.on_previous.p) && isnan(hand->brief.on_previous.adjusted));
    assert_false(hand->brief.on_previous.significant);
    total(hand, BRIEF_LEAST_INITIATIVES, 0, 0);
    assert_true(hand->brief.on_previous.significant);
    hand->brief.collected_previous.articles = BRIEF_LEAST_COLLECTED - 1;
    total(hand, 50, 20, 20);
    assert_true(isnan(hand->brief.on_previous.p) && !isnan(hand->brief.on_year_ago.p));
    hand->brief.collected_year_ago.first = date_from(2023, 1, 17); /* 15 of 31 days */
    total(hand, 50, 20, 20);
    assert_true(isnan(hand->brief.on_year_ago.p));
    hand->brief.collected_year_ago.first--;
    total(hand, 50, 20, 20);
    assert_true(!isnan(hand->brief.on_year_ago.p));
    hand->brief.collected.articles = 0;
    total(hand, 0, 20, 20);
    assert_true(isnan(hand->brief.on_year_ago.p) && !hand->brief.on_year_ago.significant);
}

static void places_pay_for_being_many_but_not_for_those_too_small_to_test(void **state)
{
    struct hand *hand = *state;
    hand_cities(hand, (const int[]){17, 10, 3, 1}, (const int[]){5, 9, 1, 0}, (const int[]){17, 3, 0, 12});
    findings_changes(&hand->brief, hand->arena);
    const struct brief_city *c = hand->cities;
    assert_true(fabs(c[0].on_previous.p - 0.0169) < 0.0001);                       /* binom.test(17, 22) */
    assert_true(fabs(c[0].on_previous.adjusted / c[0].on_previous.p - 2) < 1e-12); /* two places are large enough */
    assert_true(c[0].on_previous.significant && !c[1].on_previous.significant);
    assert_true(isnan(c[2].on_previous.p) && isnan(c[3].on_previous.adjusted));
    assert_true(c[3].on_year_ago.significant && fabs(c[3].on_year_ago.adjusted / c[3].on_year_ago.p - 3) < 1e-12);
    assert_true(hand->sidos[0].on_previous.p == hand->brief.on_previous.p); /* one 시·도: nothing to correct */
}

static void categories_are_tested_side_by_side(void **state)
{
    struct hand *hand = *state;
    hand->by_category[0] = hand_counts(17, 5, 17);
    hand->by_category[1] = hand_counts(10, 10, 10);
    findings_changes(&hand->brief, hand->arena);
    const struct brief_change *changes = hand->brief.category_on_previous;
    assert_true(fabs(changes[0].adjusted / changes[0].p - 2) < 1e-12 && changes[0].significant);
    assert_true(!changes[1].significant && !hand->brief.category_on_year_ago[0].significant);
}

static void residents_are_those_of_the_last_day_and_rates_rest_on_them(void **state)
{
    struct hand *hand = *state;
    struct regions regions;
    struct err err = {0};
    assert_true(regions_read(hand->arena, &regions, &err));
    struct region unknown = {.unit = "99999"};
    hand->cities[0].region = regions_at(&regions, "41390", DATE_NONE);
    hand->cities[1].region = regions_at(&regions, "41000", DATE_NONE);
    hand->cities[2].region = &unknown;
    hand->brief.n_cities = 3;
    hand->brief.n_sidos = 0;
    hand_cities(hand, (const int[]){6, 20, 1, 0}, (const int[]){0, 0, 0, 0}, (const int[]){0, 0, 0, 0});
    findings_population(&regions, &hand->brief);
    assert_int_equal(hand->cities[0].population, 517438); /* at the end of 2023 */
    assert_int_equal(hand->cities[0].population_day, date_from(2023, 12, 31));
    assert_true(fabs(hand->cities[0].per_100k - 1.15956) < 0.00001);
    assert_true(hand->cities[1].population > 13000000 && hand->cities[1].per_100k > 0.14);
    assert_true(hand->cities[2].population == -1 && isnan(hand->cities[2].per_100k));
    assert_int_equal(hand->cities[2].population_day, DATE_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_total_is_tested_against_both_spans, set_up, tear_down),
        cmocka_unit_test_setup_teardown(twice_the_articles_may_have_twice_the_initiatives, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_count_against_its_rate_is_no_finding, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_is_tested_on_thin_data, set_up, tear_down),
        cmocka_unit_test_setup_teardown(places_pay_for_being_many_but_not_for_those_too_small_to_test, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(categories_are_tested_side_by_side, set_up, tear_down),
        cmocka_unit_test_setup_teardown(residents_are_those_of_the_last_day_and_rates_rest_on_them, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
