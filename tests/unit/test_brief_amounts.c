/* Amounts that a title names, from the database to the claim. */
#include "brief_fixture.h"

#define AMOUNT "KRW 47700000000..47700000000 total"

/* An article with one amount of that confidence, in its title ("시흥시, 477억 …") or behind it. */
static int64_t article(struct fixture *f, struct store *store, const char *name, bool in_title, double score)
{
    struct article a = fixture_article(f->arena, name, date_from(2024, 1, 16));
    bool added;
    if (in_title)
        a.title = STR("시흥시, 477억 들여 바이오 거점 조성");
    size_t begin = in_title ? strlen("시흥시, ") : a.title.n - strlen("477억") + 1; /* one byte too far */
    struct finding findings[] = {
        {FINDING_CITY, STR("41390"), 0, 0.9, STR("test"), 0, 0, false},
        {FINDING_CATEGORY, STR("bio"), 0, 0.9, STR("test"), 0, 0, false},
        {FINDING_MONEY, STR(AMOUNT), 0, score, STR("test"), begin, begin + strlen("477억"), false},
    };
    assert_true(store_put_article(store, &a, &added, &f->err));
    assert_true(store_put_analysis(store, a.id, "rules-1", &(struct analysis){findings, 3, true, 0.95}, &f->err));
    return a.id;
}

static void initiative(struct fixture *f, struct store *store, const char *key, int64_t first, int64_t second)
{
    const int64_t ids[] = {first, second};
    struct str unit = STR("41390"), category = STR("bio");
    struct initiative_record item = {.articles = ids,
                                     .n_articles = 2,
                                     .stage = STR("구상"),
                                     .title = str_from(key),
                                     .units = &unit,
                                     .n_units = 1,
                                     .categories = &category,
                                     .n_categories = 1};
    memcpy(item.key, key, strlen(key));
    assert_true(store_put_initiatives(store, &item, 1, &f->err));
}

static void an_amount_is_the_initiatives_own_where_a_title_surely_names_it(void **state)
{
    struct fixture *f = *state;
    struct store *store = fixture_open(f, STORE_WRITE);
    struct brief brief;
    assert_true(store_begin(store, &f->err));
    initiative(f, store, "i1", article(f, store, "a", false, 0.9), article(f, store, "b", false, 0.9));
    initiative(f, store, "i2", article(f, store, "c", true, 0.7), article(f, store, "d", false, 0.9));
    initiative(f, store, "i3", article(f, store, "e", false, 0.9), article(f, store, "f", true, 0.9));
    assert_true(store_commit(store, &f->err));
    brief_of(f, store, 2024, 1, &brief);
    assert_int_equal(brief.n_initiatives, 3);
    for (size_t i = 0; i < 3; i++) {
        const struct brief_initiative *item = &brief.initiatives[i];
        assert_int_equal(item->n_money, 1);
        assert_true(item->money[0].headline == str_equal(item->key, STR("i3")));
    }
    assert_true(brief.n_claims > 0);
    const struct brief_claim *claim = &brief.claims[0];
    assert_int_equal(claim->kind, CLAIM_MONEY);
    assert_true(str_equal(claim->initiative->key, STR("i3")) && claim->money->lo == 47700000000);
    assert_true(str_starts(claim->money->source->title, STR("시흥시, 477억"))); /* the article that shows it */
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_amount_is_the_initiatives_own_where_a_title_surely_names_it, fixture_setup,
                                        fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
