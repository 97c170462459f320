/* A small database whose every figure was worked out by hand: brief_database.h. */
#include "brief_database.h"

static void spans_of_the_month(void **state)
{
    struct fixture *f = *state;
    struct brief b;
    struct store *store = build_database(f);
    brief_of(f, store, 2024, 1, &b);
    assert_string_equal(date_iso(b.previous_from).p, "2023-12-01");
    assert_string_equal(date_iso(b.previous_to).p, "2023-12-31");
    assert_string_equal(date_iso(b.year_ago_from).p, "2023-01-01");
    assert_string_equal(date_iso(b.year_ago_to).p, "2023-01-31");
    assert_string_equal(date_iso(b.twelve_from).p, "2023-02-01");
    assert_string_equal(date_iso(b.twelve_to).p, "2024-01-31");
    assert_string_equal(date_iso(b.cutoff).p, "2024-01-31");
    assert_true(str_equal(b.rules_version, STR("rules-1")));
    store_close(store);
}

static void national_figures(void **state)
{
    struct fixture *f = *state;
    struct brief b;
    struct store *store = build_database(f);
    brief_of(f, store, 2024, 1, &b);
    /* now A B C D H: 2+1+10+1+1 articles; previous A G; year ago E; twelve A B C D E F G H: 3+1+10+1+1+2+1+1 articles
     */
    expect_spans(&b.total, (struct span_counts){{5, 15}, {2, 2}, {1, 1}, {8, 20}});
    expect_spans(&b.by_category[STARTUP], (struct span_counts){{3, 4}, {2, 2}, {1, 1}, {5, 7}});
    expect_spans(&b.by_category[BIO], (struct span_counts){{2, 11}, {0, 0}, {0, 0}, {3, 13}});
    expect_spans(&b.by_category[MANUFACTURING], (struct span_counts){{1, 1}, {0, 0}, {0, 0}, {1, 1}});
    assert_int_equal(b.collected.articles, 16);
    assert_int_equal(b.collected_previous.articles, 2);
    assert_int_equal(b.cities_now, 4);
    store_close(store);
}

static void city_figures(void **state)
{
    struct fixture *f = *state;
    struct brief b;
    struct store *store = build_database(f);
    brief_of(f, store, 2024, 1, &b);
    static const char *const order[] = {"41390", "41280", "41000", "47110", "27720"};
    assert_int_equal(b.n_cities, 5);
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(b.cities[i].region->code, order[i]);

    const struct brief_city *siheung = &b.cities[0], *goyang = &b.cities[1], *gyeonggi = &b.cities[2],
                            *pohang = &b.cities[3], *gunwi = &b.cities[4];
    /* 시흥: A(2) B(1) D(1); before: A(1) */
    expect_spans(&siheung->total, (struct span_counts){{3, 4}, {1, 1}, {0, 0}, {3, 5}});
    expect_spans(&siheung->by_category[STARTUP], (struct span_counts){{2, 3}, {1, 1}, {0, 0}, {2, 4}});
    expect_spans(&siheung->by_category[BIO], (struct span_counts){{1, 1}, {0, 0}, {0, 0}, {1, 1}});
    expect_spans(&siheung->by_category[MANUFACTURING], (struct span_counts){{1, 1}, {0, 0}, {0, 0}, {1, 1}});
    /* 고양: A(2) C(10); before: A(1) G(1) */
    expect_spans(&goyang->total, (struct span_counts){{2, 12}, {2, 2}, {0, 0}, {3, 14}});
    expect_spans(&gyeonggi->total, (struct span_counts){{1, 1}, {0, 0}, {0, 0}, {1, 1}});
    /* 포항: D; a year ago E, whose second article is in the twelve months */
    expect_spans(&pohang->total, (struct span_counts){{1, 1}, {0, 0}, {1, 1}, {2, 2}});
    expect_spans(&gunwi->total, (struct span_counts){{0, 0}, {0, 0}, {0, 0}, {1, 2}});

    static const int ranks[] = {1, 2, 3, 3, 0}, previous[] = {2, 1, 0, 0, 0};
    static const bool fresh[] = {false, false, true, false, false};
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(b.cities[i].rank, ranks[i]);
        assert_int_equal(b.cities[i].previous_rank, previous[i]);
        assert_int_equal(b.cities[i].is_new, fresh[i]);
    }
    store_close(store);
}

static void sido_figures(void **state)
{
    static const char *const official[] = {"11000", "26000", "27000", "28000", "29000", "30000",
                                           "31000", "36000", "41000", "51000", "43000", "44000",
                                           "52000", "46000", "47000", "48000", "50000"};
    struct fixture *f = *state;
    struct brief b;
    struct store *store = build_database(f);
    brief_of(f, store, 2024, 1, &b);
    assert_int_equal(b.n_sidos, 17);
    for (size_t i = 0; i < 17; i++)
        assert_string_equal(b.sidos[i].region->code, official[i]);
    /* 경기: A once though in two cities, B, C, D (its second city), H; previous A, G; twelve also those */
    const struct brief_city *gyeonggi = brief_find(b.sidos, b.n_sidos, "41000");
    expect_spans(&gyeonggi->total, (struct span_counts){{5, 15}, {2, 2}, {0, 0}, {6, 17}});
    expect_spans(&gyeonggi->by_category[STARTUP], (struct span_counts){{3, 4}, {2, 2}, {0, 0}, {4, 6}});
    expect_spans(&gyeonggi->by_category[MANUFACTURING], (struct span_counts){{1, 1}, {0, 0}, {0, 0}, {1, 1}});
    expect_spans(&brief_find(b.sidos, b.n_sidos, "47000")->total, (struct span_counts){{1, 1}, {0, 0}, {1, 1}, {2, 2}});
    /* 군위 counts for 대구 now, also with what was published before it moved */
    expect_spans(&brief_find(b.sidos, b.n_sidos, "27000")->total, (struct span_counts){{0, 0}, {0, 0}, {0, 0}, {1, 2}});
    expect_spans(&brief_find(b.sidos, b.n_sidos, "11000")->total, (struct span_counts){0});
    assert_int_equal(gyeonggi->rank, 1);
    assert_int_equal(brief_find(b.sidos, b.n_sidos, "11000")->rank, 0);

    brief_of(f, store, 2023, 5, &b);
    assert_int_equal(brief_find(b.sidos, b.n_sidos, "47000")->total.now.initiatives, 1);
    assert_int_equal(brief_find(b.sidos, b.n_sidos, "27000")->total.now.initiatives, 0);
    assert_string_equal(b.cities[0].region->code, "47720"); /* the code of then */
    brief_of(f, store, 2023, 8, &b);
    assert_int_equal(brief_find(b.sidos, b.n_sidos, "47000")->total.now.initiatives, 0);
    assert_int_equal(brief_find(b.sidos, b.n_sidos, "27000")->total.now.initiatives, 1);
    assert_int_equal(brief_find(b.sidos, b.n_sidos, "27000")->total.twelve_months.initiatives, 1);
    assert_int_equal(brief_find(b.sidos, b.n_sidos, "27000")->total.twelve_months.articles, 2);
    store_close(store);
}

static void trend_of_thirteen_months(void **state)
{
    struct fixture *f = *state;
    struct brief b;
    struct store *store = build_database(f);
    brief_of(f, store, 2024, 1, &b);
    /*                            01 02 03 04 05 06 07 08 09 10 11 12 01 */
    static const int initiatives[] = {1, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 2, 5};
    static const int articles[] = {1, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 2, 15};
    static const int collected[] = {1, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 2, 16};
    for (int i = 0; i < 13; i++) {
        assert_int_equal(b.trend[i].month, date_add_months(d(2023, 1, 1), i));
        expect(&b.trend[i].total, initiatives[i], articles[i]);
        assert_int_equal(b.trend[i].collected, collected[i]);
    }
    expect(&b.trend[4].by_category[BIO], 1, 1);
    expect(&b.trend[4].by_category[STARTUP], 0, 0);
    store_close(store);
}

static void lists_of_the_month(void **state)
{
    struct fixture *f = *state;
    struct brief b;
    struct store *store = build_database(f);
    brief_of(f, store, 2024, 1, &b);
    /* 시흥 (rank 1): A from the 3rd, B; 고양: C; 경기도: H; 포항: D */
    static const char *const titles[] = {"제목 A-0", "제목 B-0", "제목 C-0", "제목 H-0", "제목 D-0"};
    static const size_t articles[] = {2, 1, 10, 1, 1};
    int number = 1;
    assert_int_equal(b.n_initiatives, 5);
    for (size_t i = 0; i < 5; i++) {
        const struct brief_initiative *initiative = &b.initiatives[i];
        assert_true(str_equal(initiative->title, str_from(titles[i])));
        assert_int_equal(initiative->number, i + 1);
        assert_int_equal(initiative->n_articles, articles[i]);
        for (size_t k = 0; k < articles[i]; k++) {
            assert_int_equal(initiative->articles[k]->number, number++);
            assert_true(str_equal(initiative->articles[k]->initiative, initiative->key));
        }
    }
    assert_int_equal(b.n_sources, 15);
    assert_int_equal(b.initiatives[0].first, d(2024, 1, 3)); /* not the article of December */
    assert_int_equal(b.initiatives[0].last, d(2024, 1, 20));
    assert_int_equal(b.initiatives[0].n_regions, 2);
    assert_string_equal(b.initiatives[0].regions[1]->code, "41280");
    assert_true(b.initiatives[0].score == 0.9);
    assert_true(b.initiatives[1].categories[STARTUP] && b.initiatives[1].categories[BIO]);
    assert_false(b.initiatives[1].categories[MANUFACTURING]);
    assert_true(str_equal(b.initiatives[1].stage, STR("operation")));
    assert_true(str_equal(b.sources[0].title, STR("제목 A-1")));
    assert_true(b.sources[0].categories[STARTUP] && !b.sources[0].categories[BIO]);
    assert_string_equal(b.sources[0].regions[0]->code, "41390");

    /* Uncertain: scores of 0.6 are A-1 and nine of C. */
    assert_int_equal(b.n_doubtful, 10);
    assert_int_equal(b.doubtful[0].number, 1);

    assert_int_equal(b.n_undated, 3); /* A-3, U-0, V-0 by key */
    for (size_t i = 1; i < 3; i++)
        assert_true(str_compare(b.undated[i - 1].key, b.undated[i].key) < 0);
    for (size_t i = 0; i < 3; i++) {
        const struct brief_source *u = &b.undated[i];
        assert_int_equal(u->published, DATE_NONE);
        assert_int_equal(u->number, 0);
        assert_int_equal(u->n_regions, 1);
        if (!str_equal(u->title, STR("제목 V-0")))
            continue;
        assert_int_equal(u->basis, BASIS_INFERRED);
        assert_int_equal(u->lo, d(2024, 1, 1));
        assert_true(str_equal(u->date_evidence, STR("증거")));
        assert_string_equal(u->regions[0]->code, "41280");
        assert_int_equal(u->initiative.n, 0);
    }
    store_close(store);
}

static void empty_month_and_empty_database(void **state)
{
    struct fixture *f = *state;
    struct brief b;
    struct store *store = fixture_open(f, STORE_WRITE);
    brief_of(f, store, 2024, 1, &b);
    assert_int_equal(b.n_cities + b.n_initiatives + b.n_sources + b.n_undated + b.n_doubtful, 0);
    assert_int_equal(b.n_sidos, 17);
    assert_int_equal(b.cutoff, DATE_NONE);
    assert_int_equal(b.rules_version.n, 0);
    store_close(store);
    store = build_database(f);
    brief_of(f, store, 2030, 6, &b);
    assert_int_equal(b.n_cities, 0);
    assert_int_equal(b.n_undated, 2); /* V was inferred for another time */
    expect(&b.total.twelve_months, 0, 0);
    store_close(store);
}

static void periods_that_are_none(void **state)
{
    struct fixture *f = *state;
    struct brief b;
    struct store *store = fixture_open(f, STORE_WRITE);
    const struct {
        date_t from, to;
        const char *message;
    } refused[] = {{d(2024, 2, 1), d(2024, 1, 31), "2024-02-01 .. 2024-01-31 ends before it begins"},
                   {d(2024, 1, 1), DATE_NONE, "'2024-01-01' .. '' lacks a day"},
                   {DATE_NONE, d(2024, 1, 1), "'' .. '2024-01-01' lacks a day"},
                   {d(1, 1, 1), d(1, 1, 31), "0001-01-01: the calendar has no time before it"},
                   {d(1, 12, 1), d(2, 11, 30), "0001-12-01: the calendar has no time before it"},
                   {d(1, 2, 2), d(1, 4, 30), "0001-02-02: the calendar has no time before it"},
                   {d(2000, 1, 1), d(2010, 1, 1), "2000-01-01 .. 2010-01-01 is longer than 120 months"},
                   {d(2000, 1, 1), INT32_MAX, "reaches beyond the years"}};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct err err = {0};
        const struct brief_request request = {.from = refused[i].from, .to = refused[i].to};
        assert_false(brief_build(store, f->arena, &f->regions, &f->taxonomy, &request, &b, &err));
        assert_int_equal(err.kind, ERR_USAGE);
        if (!strstr(err.text, refused[i].message))
            fail_msg("%s", err.text);
    }
    store_close(store);
}

static void tables_that_do_not_fit_are_named(void **state)
{
    struct fixture *f = *state;
    struct brief b;
    struct store *store = build_database(f);
    const struct brief_request request = {.from = d(2024, 1, 1), .to = d(2024, 1, 31)};
    const struct taxonomy one = {f->taxonomy.items, 1};
    struct err category = {0}, unit = {0};
    assert_false(brief_build(store, f->arena, &f->regions, &one, &request, &b, &category));
    assert_int_equal(category.kind, ERR_CONFIG);
    const struct regions none = {.items = f->regions.items, .n = 1};
    assert_false(brief_build(store, f->arena, &none, &f->taxonomy, &request, &b, &unit));
    assert_int_equal(unit.kind, ERR_CONFIG);
    assert_non_null(strstr(unit.text, "unit "));
    store_close(store);
}

/* Every query must find its rows by an index: a step through a whole table is a failure. */
static void plans_use_indexes(void **state)
{
    struct fixture *f = *state;
    struct store *store = build_database(f);
    size_t searches = 0, sorts = 0, queries = 0;
    for (; brief_queries[queries]; queries++) {
        char *sql = arena_printf(f->arena, "EXPLAIN QUERY PLAN %s", data_file(brief_queries[queries]).p);
        struct rows *rows = store_query(store, sql, NULL, 0, &f->err);
        assert_non_null(rows);
        while (rows_next(rows, &f->err)) {
            struct str detail = rows_text(rows, 3);
            const char *line = str_copy(f->arena, detail).p;
            searches += strstr(line, " USING PRIMARY KEY (month") != NULL;
            sorts += strstr(line, "TEMP B-TREE") != NULL;
            if (strncmp(line, "SCAN ", 5) != 0)
                continue;
            /* What may be stepped through: what the query itself has just made, and the partial index that holds the
             * undated and nothing else. */
            if (strcmp(line, "SCAN CONSTANT ROW") != 0 && strcmp(line, "SCAN a USING INDEX article_undated") != 0)
                fail_msg("%s: %s", brief_queries[queries], line);
        }
        rows_close(rows);
    }
    assert_true(queries >= 7);
    assert_true(searches >= 3);
    assert_true(sorts <= 1); /* only the undated articles' findings */
    store_close(store);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

/* Between an import's analyses and its grouping there are no figures. */
static void what_is_not_grouped_has_no_brief(void **state)
{
    struct fixture *f = *state;
    struct brief b;
    struct err refused = {0};
    struct regions *regions = ARENA_NEW(f->arena, struct regions);
    struct taxonomy taxonomy;
    struct store *store = build_database(f);
    struct finding findings[] = {{FINDING_CITY, STR("41390"), 0, 0.9, STR("test"), 0, 0, false},
                                 {FINDING_CATEGORY, STR("bio"), 0, 0.9, STR("test"), 0, 0, false}};
    const struct analysis analysis = {.findings = findings, .n = 2, .is_initiative = true, .score = 0.9};
    const struct brief_request request = {.from = date_from(2024, 1, 1), .to = date_from(2024, 1, 31)};
    assert_true(regions_read(f->arena, regions, &f->err));
    assert_true(taxonomy_load(f->arena, "taxonomy", data_file("data/taxonomy.tsv"), &taxonomy, &f->err));
    store_close(store);
    store = fixture_open(f, STORE_WRITE);
    assert_true(store_begin(store, &f->err) && store_put_analysis(store, 1, "rules-1", &analysis, &f->err) &&
                store_commit(store, &f->err));
    assert_false(brief_build(store, f->arena, regions, &taxonomy, &request, &b, &refused));
    assert_int_equal(refused.kind, ERR_INPUT);
    assert_non_null(strstr(refused.text, "not grouped yet"));
    assert_true(store_begin(store, &f->err) && store_end_grouping(store, &f->err) && store_commit(store, &f->err));
    assert_true(brief_build(store, f->arena, regions, &taxonomy, &request, &b, &f->err));
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(spans_of_the_month),
        TEST(national_figures),
        TEST(what_is_not_grouped_has_no_brief),
        TEST(city_figures),
        TEST(sido_figures),
        TEST(trend_of_thirteen_months),
        TEST(lists_of_the_month),
        TEST(empty_month_and_empty_database),
        TEST(periods_that_are_none),
        TEST(tables_that_do_not_fit_are_named),
        TEST(plans_use_indexes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
