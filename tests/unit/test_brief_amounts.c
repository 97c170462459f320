/* Amounts from the database to the brief: what they stand for, and which the title names. */
#include "brief_fixture.h"

enum { MOST = 4 };
struct said {
    const char *value;
    bool in_title;
    double score;
};

/* An article with these amounts, each in its title ("시흥시, 477억 …") or behind it. */
static int64_t article(struct fixture *f, struct store *store, const char *name, int day, const struct said *said)
{
    struct article a = fixture_article(f->arena, name, date_from(2024, 1, day));
    bool added;
    size_t n = 2;
    a.title = str_from(arena_printf(f->arena, "시흥시, 477억 들여 %s 조성", name));
    struct finding findings[2 + MOST] = {{FINDING_CITY, STR("41390"), 0, 0.9, STR("test"), 0, 0, false},
                                         {FINDING_CATEGORY, STR("bio"), 0, 0.9, STR("test"), 0, 0, false}};
    for (; n < 2 + MOST && said[n - 2].value; n++) {
        const struct said *one = &said[n - 2];
        size_t begin = one->in_title ? strlen("시흥시, ") : a.title.n - strlen("477억") + 1; /* one byte too far */
        findings[n] = (struct finding){FINDING_MONEY, str_from(one->value),    (int)n - 2, one->score, STR("test"),
                                       begin,         begin + strlen("477억"), false};
    }
    assert_true(store_put_article(store, &a, &added, &f->err));
    assert_true(store_put_analysis(
        store, a.id, "rules-1", &(struct analysis){.findings = findings, .n = n, .is_initiative = true, .score = 0.95},
        &f->err));
    assert_true(store_end_grouping(store, &f->err)); /* the initiatives are put by hand */
    return a.id;
}

/* A brief of one initiative of two articles. */
static const struct brief_initiative *initiative(struct fixture *f, const struct said *first, const struct said *second,
                                                 struct brief *brief)
{
    struct store *store = fixture_open(f, STORE_WRITE);
    assert_true(store_begin(store, &f->err));
    const int64_t ids[] = {article(f, store, "a", 16, first), article(f, store, "b", 17, second)};
    struct str unit = STR("41390"), category = STR("bio");
    struct initiative_record item = {.key = "i1",
                                     .articles = ids,
                                     .n_articles = 2,
                                     .stage = STR("구상"),
                                     .title = STR("i1"),
                                     .units = &unit,
                                     .n_units = 1,
                                     .categories = &category,
                                     .n_categories = 1};
    assert_true(store_put_initiatives(store, &item, 1, &f->err));
    assert_true(store_commit(store, &f->err));
    brief_of(f, store, 2024, 1, brief);
    assert_int_equal(brief->n_initiatives, 1);
    store_close(store);
    return brief->initiatives;
}

#define SUM       "KRW 47700000000..47700000000 "
#define SAID(...) ((const struct said[MOST + 1]){__VA_ARGS__})

/* What of `item` is listed: "ROLE 억" with * for a headline, joined by blanks. */
static const char *listed(struct fixture *f, const struct brief_initiative *item)
{
    const char *out = "";
    for (size_t i = 0; i < item->n_money; i++)
        out = arena_printf(f->arena, "%s%s" STR_FMT "%d%s", out, *out ? " " : "", STR_ARG(item->money[i].role),
                           (int)(item->money[i].lo / 100000000), item->money[i].headline ? "*" : "");
    return out;
}

static void a_title_names_the_sum_and_any_article_its_role(void **state)
{
    struct fixture *f = *state;
    struct brief brief;
    const struct brief_initiative *item =
        initiative(f, SAID({SUM "total", false, 0.9}), SAID({SUM "other", true, 0.5}), &brief);
    assert_string_equal(listed(f, item), "total477*");
    assert_true(brief.n_claims > 0 && brief.claims[0].kind == CLAIM_MONEY);
    assert_true(str_starts(brief.claims[0].money->source->title, STR("시흥시, 477억 들여 b"))); /* that shows it */
}

static void a_sum_that_no_title_names_is_no_headline(void **state)
{
    struct fixture *f = *state;
    struct brief brief;
    const struct brief_initiative *item =
        initiative(f, SAID({SUM "total", false, 0.9}), SAID({"KRW 100000000..100000000 other", true, 0.5}), &brief);
    assert_string_equal(listed(f, item), "total477 other1");
}

static void an_unsure_role_is_not_printed(void **state)
{
    struct fixture *f = *state;
    struct brief brief;
    const struct brief_initiative *item =
        initiative(f, SAID({SUM "total", true, 0.69}), SAID({SUM "total", false, 0.6}), &brief);
    assert_string_equal(listed(f, item), "other477");
}

static void the_titles_own_role_counts(void **state)
{
    struct fixture *f = *state;
    struct brief brief;
    const struct brief_initiative *item =
        initiative(f, SAID({SUM "result", true, 0.85}), SAID({SUM "total", false, 0.9}), &brief);
    assert_string_equal(listed(f, item), "result477*");
}

static void an_initiative_has_one_total(void **state)
{
    struct fixture *f = *state;
    struct brief brief;
    const struct brief_initiative *item =
        initiative(f,
                   SAID({"KRW 100000000..100000000 total", false, 0.85}, {"KRW 300000000..300000000 total", false, 0.9},
                        {"KRW 500000000..500000000 total", false, 0.82}),
                   SAID({"USD 200000000..200000000 total", false, 0.8}), &brief);
    assert_string_equal(listed(f, item), "other1 total3 other5 total2");
}

static void no_total_is_below_its_share(void **state)
{
    struct fixture *f = *state;
    struct brief brief;
    const struct brief_initiative *item = initiative(f, SAID({"KRW 100000000..100000000 total", false, 0.9}),
                                                     SAID({"KRW 300000000..300000000 national", false, 0.9}), &brief);
    assert_string_equal(listed(f, item), "other1 national3");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_title_names_the_sum_and_any_article_its_role),
        TEST(a_sum_that_no_title_names_is_no_headline),
        TEST(an_unsure_role_is_not_printed),
        TEST(the_titles_own_role_counts),
        TEST(an_initiative_has_one_total),
        TEST(no_total_is_below_its_share),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
