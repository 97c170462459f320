/* Which claims are made of a brief, and in what order: each rule of findings.c with what just fails it. */
#include "findings_fixture.h"

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

static void conclude(struct hand *hand)
{
    findings_changes(&hand->brief, hand->arena);
    findings_claims(&hand->brief, hand->arena);
}

static bool made(const struct hand *hand, enum brief_claim_kind kind)
{
    for (size_t i = 0; i < hand->brief.n_claims; i++)
        if (hand->brief.claims[i].kind == kind)
            return true;
    return false;
}

static const struct brief_claim *claim(const struct hand *hand, enum brief_claim_kind kind)
{
    size_t i = 0;
    while (i < hand->brief.n_claims && hand->brief.claims[i].kind != kind)
        i++;
    if (i == hand->brief.n_claims)
        fail_msg("the claim is not made");
    return &hand->brief.claims[i];
}

/* "CHANGE LEADERS …" in the order of the brief. */
static const char *order(const struct hand *hand)
{
    static const char *const names[CLAIM_KINDS] = {"CHANGE",   "RISE", "FALL",  "LEADERS",
                                                   "CATEGORY", "NEW",  "MONEY", "DUE"};
    struct buf out = {0};
    for (size_t i = 0; i < hand->brief.n_claims; i++)
        buf_printf(&out, "%s%s%s", i ? " " : "", names[hand->brief.claims[i].kind],
                   hand->brief.claims[i].against_year ? "/year" : "");
    const char *text = str_copy(hand->arena, buf_view(&out)).p;
    buf_free(&out);
    return text;
}

static const int none[CITIES] = {0};

static void an_empty_month_claims_nothing(void **state)
{
    struct hand *hand = *state;
    conclude(hand);
    assert_string_equal(order(hand), "");
    *hand = (struct hand){.arena = hand->arena, .brief = {.cutoff = DATE_NONE, .to = date_from(2024, 1, 31)}};
    conclude(hand); /* no database at all */
    assert_string_equal(order(hand), "");
}

static void a_month_without_initiatives_after_one_with_them_says_so(void **state)
{
    struct hand *hand = *state;
    hand_cities(hand, none, (const int[]){12, 0, 0, 0}, none);
    conclude(hand);
    assert_string_equal(order(hand), "CHANGE FALL");
    assert_true(claim(hand, CLAIM_CHANGE)->change.significant);
}

static void a_difference_that_may_be_chance_is_stated_as_one(void **state)
{
    struct hand *hand = *state;
    hand_cities(hand, (const int[]){5, 4, 3, 2}, (const int[]){3, 3, 3, 3}, (const int[]){4, 4, 4, 4});
    conclude(hand);
    assert_string_equal(order(hand), "CHANGE LEADERS");
    assert_false(claim(hand, CLAIM_CHANGE)->change.significant);
    assert_false(claim(hand, CLAIM_CHANGE)->against_year);
}

static void no_difference_is_stated_over_an_uncovered_or_unfinished_span(void **state)
{
    struct hand *hand = *state;
    const int now[] = {5, 4, 3, 2};
    hand_cities(hand, now, now, now);
    hand->brief.collected_previous.articles = BRIEF_LEAST_COLLECTED - 1;
    conclude(hand);
    assert_string_equal(order(hand), "CHANGE/year LEADERS");
    hand->brief.collected_year_ago.articles = 0;
    conclude(hand);
    assert_string_equal(order(hand), "LEADERS");
    hand->brief.collected_previous.articles = hand->brief.collected_year_ago.articles = 600;
    hand->brief.cutoff = date_from(2024, 1, 27); /* four days are missing */
    conclude(hand);
    assert_string_equal(order(hand), "LEADERS");
    hand->brief.cutoff = date_from(2024, 1, 28);
    conclude(hand);
    assert_string_equal(order(hand), "CHANGE LEADERS");
}

static void changes_against_both_spans_are_two_claims_and_of_a_year_one(void **state)
{
    struct hand *hand = *state;
    hand->brief.total = hand_counts(60, 20, 20);
    hand->brief.n_cities = 0;
    conclude(hand);
    assert_string_equal(order(hand), "CHANGE CHANGE/year");
    hand->brief.previous_is_year_ago = true;
    conclude(hand);
    assert_string_equal(order(hand), "CHANGE");
    hand->brief.total = hand_counts(60, 58, 20);
    hand->brief.previous_is_year_ago = false;
    conclude(hand);
    assert_string_equal(order(hand), "CHANGE/year");
}

static void places_rise_and_fall_only_where_a_test_says_so(void **state)
{
    struct hand *hand = *state;
    hand_cities(hand, (const int[]){20, 8, 2, 0}, (const int[]){2, 7, 1, 14}, none);
    conclude(hand);
    assert_string_equal(order(hand), "CHANGE/year RISE FALL LEADERS");
    assert_int_equal(claim(hand, CLAIM_RISE)->n_cities, 1);
    assert_ptr_equal(claim(hand, CLAIM_RISE)->cities[0], &hand->cities[0]);
    assert_int_equal(claim(hand, CLAIM_FALL)->n_cities, 1);
    assert_ptr_equal(claim(hand, CLAIM_FALL)->cities[0], &hand->cities[3]);
    hand_cities(hand, (const int[]){20, 18, 2, 0}, (const int[]){18, 17, 1, 0}, (const int[]){3, 2, 20, 15});
    conclude(hand); /* nothing against the month before: against the year */
    assert_string_equal(order(hand), "RISE/year FALL/year CHANGE LEADERS");
    assert_int_equal(claim(hand, CLAIM_RISE)->n_cities, 2);
    assert_int_equal(claim(hand, CLAIM_FALL)->n_cities, 2);
    hand->brief.previous_is_year_ago = true;
    conclude(hand);
    assert_string_equal(order(hand), "CHANGE LEADERS");
}

static void leaders_never_cut_a_tie(void **state)
{
    struct hand *hand = *state;
    static const struct {
        int now[CITIES];
        size_t named;
    } cases[] = {
        {{9, 5, 3, 1}, 3}, {{9, 5, 3, 3}, 2}, {{9, 3, 3, 3}, 1}, {{9, 9, 3, 3}, 2},
        {{5, 5, 5, 5}, 4}, {{7, 7, 7, 1}, 3}, {{9, 0, 0, 0}, 1}, {{9, 2, 0, 0}, 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hand_cities(hand, cases[i].now, cases[i].now, none);
        conclude(hand);
        assert_int_equal(claim(hand, CLAIM_LEADERS)->n_cities, cases[i].named);
        assert_ptr_equal(claim(hand, CLAIM_LEADERS)->cities[0], &hand->cities[0]);
    }
    hand_cities(hand, (const int[]){4, 0, 0, 0}, none, none); /* sparse */
    conclude(hand);
    assert_false(made(hand, CLAIM_LEADERS));
}

static void places_are_no_finding_where_there_is_only_one(void **state)
{
    struct hand *hand = *state;
    hand->scope[0] = &hand->regions[0];
    hand->brief.scope = (struct brief_scope){.regions = hand->scope, .n_regions = 1};
    hand->brief.n_cities = 1;
    hand_cities(hand, (const int[]){20, 0, 0, 0}, (const int[]){2, 0, 0, 0}, (const int[]){20, 0, 0, 0});
    conclude(hand);
    assert_string_equal(order(hand), "CHANGE");
    hand->scope[0] = &hand->regions[CITIES]; /* a 시·도 has places */
    conclude(hand);
    assert_string_equal(order(hand), "CHANGE RISE LEADERS");
}

static void a_category_changed_or_has_the_most(void **state)
{
    struct hand *hand = *state;
    hand->brief.total = hand_counts(27, 15, 27);
    hand->brief.n_cities = 0;
    hand->by_category[0] = hand_counts(7, 10, 7);
    hand->by_category[1] = hand_counts(20, 5, 20);
    conclude(hand);
    assert_int_equal(claim(hand, CLAIM_CATEGORY)->category, 1);
    assert_true(claim(hand, CLAIM_CATEGORY)->change.significant);
    hand->by_category[0] = hand_counts(17, 16, 2);
    hand->by_category[1] = hand_counts(10, 9, 10);
    conclude(hand);
    assert_true(claim(hand, CLAIM_CATEGORY)->against_year && claim(hand, CLAIM_CATEGORY)->category == 0);
    hand->by_category[0] = hand_counts(17, 16, 16);
    conclude(hand);
    assert_true(claim(hand, CLAIM_CATEGORY)->category == 0 && !claim(hand, CLAIM_CATEGORY)->change.significant);
    hand->by_category[1] = hand_counts(17, 16, 16); /* a tie */
    conclude(hand);
    assert_false(made(hand, CLAIM_CATEGORY));
    hand->by_category[1] = hand_counts(1, 1, 1);
    hand->brief.taxonomy.n = 1;
    conclude(hand);
    assert_false(made(hand, CLAIM_CATEGORY));
}

static void new_is_what_twelve_covered_months_did_not_have(void **state)
{
    struct hand *hand = *state;
    hand_cities(hand, (const int[]){3, 1, 1, 0}, none, none);
    hand->cities[1].is_new = hand->cities[2].is_new = true;
    conclude(hand);
    assert_int_equal(claim(hand, CLAIM_NEW)->n_cities, 2);
    assert_ptr_equal(claim(hand, CLAIM_NEW)->cities[0], &hand->cities[1]);
    hand->trend[4].collected = BRIEF_LEAST_COLLECTED - 1;
    conclude(hand);
    assert_false(made(hand, CLAIM_NEW));
    hand->trend[4].collected = 299; /* less than half of the period's 600 */
    conclude(hand);
    assert_false(made(hand, CLAIM_NEW));
    hand->trend[4].collected = 300;
    conclude(hand);
    assert_true(made(hand, CLAIM_NEW));
    hand->brief.trend = &hand->trend[1]; /* eleven months before the period */
    hand->brief.n_trend = MONTHS - 1;
    conclude(hand);
    assert_false(made(hand, CLAIM_NEW));
    hand->brief.trend = hand->trend;
    hand->brief.n_trend = MONTHS;
    hand_cities(hand, (const int[]){2, 1, 1, 0}, none, none); /* sparse */
    conclude(hand);
    assert_false(made(hand, CLAIM_NEW));
}

static struct brief_money money(const char *currency, int64_t lo, int64_t hi, const char *role)
{
    struct brief_money out = {.lo = lo, .hi = hi, .role = str_from(role), .headline = true};
    memcpy(out.currency, currency, 4);
    return out;
}

static void the_largest_amount_is_one_that_is_spent(void **state)
{
    struct hand *hand = *state;
    const int64_t eok = 100000000;
    hand->money[0] = money("KRW", 9000 * eok, 9000 * eok, "target");
    hand->money[1] = money("USD", 9000 * eok, 9000 * eok, "total");
    hand->money[2] = money("KRW", -1, 9000 * eok, "investment"); /* at most */
    hand->money[3] = money("KRW", 30 * eok, 30 * eok, "national");
    hand->initiatives[0] = (struct brief_initiative){.score = 0.9, .money = hand->money, .n_money = 4};
    struct brief_money doubtful = money("KRW", 500 * eok, 500 * eok, "total"),
                       small = money("KRW", 40 * eok, -1, "investment");
    hand->initiatives[1] = (struct brief_initiative){.score = 0.79, .money = &doubtful, .n_money = 1};
    hand->initiatives[2] = (struct brief_initiative){.score = 0.8, .money = &small, .n_money = 1};
    conclude(hand);
    assert_ptr_equal(claim(hand, CLAIM_MONEY)->money, &small);
    assert_ptr_equal(claim(hand, CLAIM_MONEY)->initiative, &hand->initiatives[2]);
    small.lo = 30 * eok; /* of equal amounts the first */
    conclude(hand);
    assert_ptr_equal(claim(hand, CLAIM_MONEY)->money, &hand->money[3]);
    hand->initiatives[0].stage = STR("성과");
    conclude(hand);
    assert_ptr_equal(claim(hand, CLAIM_MONEY)->money, &small);
    small.headline = false;
    conclude(hand);
    assert_false(made(hand, CLAIM_MONEY));
    small.headline = true;
    small.lo = eok - 1;
    conclude(hand);
    assert_false(made(hand, CLAIM_MONEY));
}

static void what_is_due_takes_place_on_a_day_or_in_a_month_to_come(void **state)
{
    struct hand *hand = *state;
    static const struct {
        int first[3], last[3];
        const char *event;
    } targets[] = {{{2024, 2, 1}, {2024, 2, 2}, "목표"},
                   {{2024, 1, 31}, {2024, 2, 5}, "모집 마감"}, /* within the period */
                   {{2024, 2, 1}, {2024, 12, 31}, "준공"},
                   {{2024, 3, 1}, {2024, 4, 1}, "개최"}, /* not within a month */
                   {{2025, 1, 1}, {2025, 1, 31}, "개소"}};
    for (size_t i = 0; i < 5; i++) {
        const int *a = targets[i].first, *b = targets[i].last;
        hand->targets[i] = (struct brief_target){.first = date_from(a[0], a[1], a[2]),
                                                 .last = date_from(b[0], b[1], b[2]),
                                                 .event = str_from(targets[i].event)};
        hand->schedule[i] = (struct brief_event){&hand->initiatives[0], &hand->targets[i]};
    }
    hand->brief.n_schedule = 5;
    hand->initiatives[0].score = 0.9;
    conclude(hand);
    assert_ptr_equal(claim(hand, CLAIM_DUE)->target, &hand->targets[4]);
    hand->targets[4].last++; /* more than a year ahead */
    conclude(hand);
    assert_false(made(hand, CLAIM_DUE));
    hand->targets[4].last--;
    hand->initiatives[0].score = 0.7;
    conclude(hand);
    assert_false(made(hand, CLAIM_DUE));
}

/* Everything at once: the heaviest five, and the same again. */
static void five_at_most_by_weight(void **state)
{
    struct hand *hand = *state;
    hand_cities(hand, (const int[]){30, 9, 2, 0}, (const int[]){2, 7, 0, 14}, (const int[]){10, 0, 0, 0});
    hand->cities[2].is_new = true;
    hand->by_category[0] = hand_counts(30, 8, 10);
    struct brief_money amount = money("KRW", 500000000, 500000000, "total");
    hand->initiatives[0] = (struct brief_initiative){.score = 0.9, .money = &amount, .n_money = 1};
    conclude(hand);
    assert_string_equal(order(hand), "CHANGE CHANGE/year RISE FALL CATEGORY");
    for (size_t i = 1; i < hand->brief.n_claims; i++)
        assert_true(hand->brief.claims[i].weight <= hand->brief.claims[i - 1].weight);
    assert_int_equal(hand->brief.n_claims, BRIEF_MOST_CLAIMS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(an_empty_month_claims_nothing),
        TEST(a_month_without_initiatives_after_one_with_them_says_so),
        TEST(a_difference_that_may_be_chance_is_stated_as_one),
        TEST(no_difference_is_stated_over_an_uncovered_or_unfinished_span),
        TEST(changes_against_both_spans_are_two_claims_and_of_a_year_one),
        TEST(places_rise_and_fall_only_where_a_test_says_so),
        TEST(leaders_never_cut_a_tie),
        TEST(places_are_no_finding_where_there_is_only_one),
        TEST(a_category_changed_or_has_the_most),
        TEST(new_is_what_twelve_covered_months_did_not_have),
        TEST(the_largest_amount_is_one_that_is_spent),
        TEST(what_is_due_takes_place_on_a_day_or_in_a_month_to_come),
        TEST(five_at_most_by_weight),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
