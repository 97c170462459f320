/* Periods of every kind, with what they are compared with; scopes of the small database, worked out by hand; places
 * that change their 시·도 or their code. */
#include "brief_database.h"

struct spans {
    const char *from, *to;
    enum brief_period period;
    const char *previous_from, *year_ago_from, *year_ago_to, *twelve_from; /* previous_to is the day before `from` */
    bool one_comparison;
    size_t n_trend;
};

static const struct spans spans[] = {
    {"2024-02-01", "2024-02-29", PERIOD_MONTH, "2024-01-01", "2023-02-01", "2023-02-28", "2023-03-01", false, 13},
    {"2025-02-01", "2025-02-28", PERIOD_MONTH, "2025-01-01", "2024-02-01", "2024-02-29", "2024-03-01", false, 13},
    {"2024-01-01", "2024-03-31", PERIOD_QUARTER, "2023-10-01", "2023-01-01", "2023-03-31", "2023-04-01", false, 15},
    {"2024-01-01", "2024-12-31", PERIOD_YEAR, "2023-01-01", "2023-01-01", "2023-12-31", "2024-01-01", true, 24},
    {"2024-01-01", "2024-06-30", PERIOD_MONTHS, "2023-07-01", "2023-01-01", "2023-06-30", "2023-07-01", false, 18},
    {"2023-02-01", "2023-04-30", PERIOD_MONTHS, "2022-11-01", "2022-02-01", "2022-04-30", "2022-05-01", false, 15},
    {"2023-07-01", "2024-06-30", PERIOD_MONTHS, "2022-07-01", "2022-07-01", "2023-06-30", "2023-07-01", true, 24},
    /* longer than a year: the year-ago span reaches into the period, the one before begins earlier */
    {"2023-01-01", "2024-06-30", PERIOD_MONTHS, "2021-07-01", "2022-01-01", "2023-06-30", "2023-07-01", false, 30},
    {"2000-01-01", "2009-12-31", PERIOD_MONTHS, "1990-01-01", "1999-01-01", "2008-12-31", "2009-01-01", false, 132},
    {"2024-01-05", "2024-02-10", PERIOD_DAYS, "2023-11-29", "2023-01-05", "2023-02-10", "2023-02-11", false, 14},
    /* 29 February; the last of February is a year after the last of February */
    {"2024-02-29", "2024-02-29", PERIOD_DAYS, "2024-02-28", "2023-02-28", "2023-02-28", "2023-03-01", false, 13},
    {"2025-02-28", "2025-02-28", PERIOD_DAYS, "2025-02-27", "2024-02-29", "2024-02-29", "2024-03-01", false, 13},
    {"2024-02-28", "2024-02-28", PERIOD_DAYS, "2024-02-27", "2023-02-28", "2023-02-28", "2023-03-01", false, 13},
    {"2024-02-29", "2024-03-10", PERIOD_DAYS, "2024-02-18", "2023-02-28", "2023-03-10", "2023-03-11", false, 14},
    {"2023-03-15", "2024-03-14", PERIOD_DAYS, "2022-03-14", "2022-03-15", "2023-03-14", "2023-03-15", false, 25},
    {"2022-03-15", "2023-03-14", PERIOD_DAYS, "2021-03-15", "2021-03-15", "2022-03-14", "2022-03-15", true, 25},
};

static date_t day(const char *iso)
{
    date_t out = date_parse(str_from(iso));
    assert_int_not_equal(out, DATE_NONE);
    return out;
}

static void same_day(date_t got, const char *want)
{
    assert_string_equal(date_iso(got).p, want);
}

static void spans_of_every_kind(void **state)
{
    struct fixture *f = *state;
    struct store *store = fixture_open(f, STORE_WRITE);
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
        struct brief b;
        brief_scoped(f, store, day(spans[i].from), day(spans[i].to), "", 0, &b);
        assert_int_equal(b.period, spans[i].period);
        same_day(b.previous_from, spans[i].previous_from);
        assert_int_equal(b.previous_to, b.from - 1);
        same_day(b.year_ago_from, spans[i].year_ago_from);
        same_day(b.year_ago_to, spans[i].year_ago_to);
        same_day(b.twelve_from, spans[i].twelve_from);
        assert_int_equal(b.twelve_to, b.to);
        assert_int_equal(b.previous_is_year_ago, spans[i].one_comparison);
        assert_int_equal(b.n_trend, spans[i].n_trend);
        same_day(b.trend[0].month, date_iso(date_month_start(b.year_ago_from)).p);
        same_day(b.trend[b.n_trend - 1].month, date_iso(date_month_start(b.to)).p);
    }
    store_close(store);
}

/* The small database's January, by scope. */
static void january(struct fixture *f, struct store *store, const char *units, size_t category, struct brief *out)
{
    brief_scoped(f, store, d(2024, 1, 1), d(2024, 1, 31), units, category, out);
}

static void one_city(void **state)
{
    struct fixture *f = *state;
    struct brief b;
    struct store *store = build_database(f);
    january(f, store, "41390", 0, &b);
    expect_spans(&b.total, (struct span_counts){{3, 4}, {1, 1}, {0, 0}, {3, 5}}); /* A B D; A */
    expect_spans(&b.by_category[STARTUP], (struct span_counts){{2, 3}, {1, 1}, {0, 0}, {2, 4}});
    assert_int_equal(b.n_cities, 1);
    assert_int_equal(b.n_sidos, 0);
    assert_int_equal(b.cities_now, 1);
    expect_spans(&b.cities[0].total, b.total);
    assert_int_equal(b.cities[0].nation_rank, 1);
    assert_int_equal(b.cities[0].sido_rank, 1);
    assert_int_equal(b.cities[0].months[11], 1);
    assert_int_equal(b.cities[0].months[12], 3);
    expect(&b.trend[12].total, 3, 4);
    assert_int_equal(b.trend[12].collected, 16);
    assert_int_equal(b.collected.articles, 16); /* of any region: coverage */
    /* D's main city is 포항; here it stands under 시흥, and keeps all of its regions */
    assert_int_equal(b.n_initiatives, 3);
    assert_true(str_equal(b.initiatives[2].title, STR("제목 D-0")));
    assert_string_equal(b.initiatives[2].place->code, "41390");
    assert_string_equal(b.initiatives[2].regions[0]->code, "47110");
    assert_int_equal(b.initiatives[2].articles[0]->number, 4);
    assert_int_equal(b.n_undated, 2); /* A-3, U-0; V is 고양's */
    january(f, store, "41280", 0, &b);
    expect_spans(&b.total, (struct span_counts){{2, 12}, {2, 2}, {0, 0}, {3, 14}});
    assert_int_equal(b.cities[0].rank, 1);
    assert_int_equal(b.cities[0].nation_rank, 2);
    assert_int_equal(b.cities[0].sido_rank, 2);
    store_close(store);
}

static void several_regions(void **state)
{
    struct fixture *f = *state;
    struct brief b;
    struct store *store = build_database(f);
    /* A once; 덕양구 is 고양, a region twice is once */
    january(f, store, "41390 41281 41280", 0, &b);
    assert_int_equal(b.scope.n_regions, 2);
    assert_string_equal(b.scope.regions[1]->code, "41280");
    expect_spans(&b.total, (struct span_counts){{4, 14}, {2, 2}, {0, 0}, {5, 16}}); /* A B C D; A G */
    assert_int_equal(b.n_cities, 2);
    assert_int_equal(b.n_sidos, 0);
    /* a 시·도 is its cities and itself */
    january(f, store, "41000", 0, &b);
    expect_spans(&b.total, (struct span_counts){{5, 15}, {2, 2}, {0, 0}, {6, 17}});
    assert_int_equal(b.n_cities, 3);
    assert_int_equal(b.n_sidos, 1);
    expect_spans(&b.sidos[0].total, b.total);
    assert_int_equal(b.sidos[0].rank, 1);
    assert_int_equal(b.sidos[0].nation_rank, 1);
    january(f, store, "47000 41390", 0, &b);
    assert_int_equal(b.n_cities, 2); /* 시흥, 포항 */
    assert_int_equal(b.n_sidos, 1);
    expect_spans(&b.total, (struct span_counts){{3, 4}, {1, 1}, {1, 1}, {4, 6}}); /* A B D; A; E; A B D E */
    assert_int_equal(b.sidos[0].nation_rank, 2); /* after 경기, which is not in the scope */
    store_close(store);
}

static void one_category(void **state)
{
    struct fixture *f = *state;
    struct brief b;
    struct store *store = build_database(f);
    january(f, store, "", 1 + BIO, &b);
    assert_int_equal(b.taxonomy.n, 1);
    assert_true(str_equal(b.taxonomy.items[0].key, STR("bio")));
    expect_spans(&b.total, (struct span_counts){{2, 11}, {0, 0}, {0, 0}, {3, 13}});
    expect_spans(&b.by_category[0], b.total);
    expect(&b.trend[4].by_category[0], 1, 1);
    assert_int_equal(b.n_sidos, 17);
    assert_int_equal(b.n_initiatives, 2);
    assert_true(b.initiatives[0].categories[0]);
    assert_int_equal(b.cities_now, 2);
    for (size_t i = 0; i < 2; i++) { /* 고양: C, 시흥: B; neither had one before */
        assert_int_equal(b.cities[i].nation_rank, 1);
        assert_true(b.cities[i].is_new);
    }
    assert_true(b.sources[0].categories[0]);
    assert_false(b.sources[10].categories[0]); /* B's article was found to be of 창업 */
    assert_int_equal(b.n_undated, 1);          /* U-0 */
    january(f, store, "41390", 1 + BIO, &b);
    expect_spans(&b.total, (struct span_counts){{1, 1}, {0, 0}, {0, 0}, {1, 1}});
    january(f, store, "47110", 1 + BIO, &b);
    assert_int_equal(b.n_cities + b.n_initiatives + b.n_sources + b.n_undated, 0);
    struct err err = {0};
    const struct brief_request request = {.from = d(2024, 1, 1), .to = d(2024, 1, 31), .scope = {.category = 9}};
    assert_false(brief_build(store, f->arena, &f->regions, &f->taxonomy, &request, &b, &err));
    assert_int_equal(err.kind, ERR_USAGE);
    store_close(store);
}

static void days_within_months(void **state)
{
    struct fixture *f = *state;
    struct brief b;
    struct store *store = build_database(f);
    /* 01-03 … 01-09: A once of its two, C, H; the seven days before: A's of 12-30 */
    brief_scoped(f, store, d(2024, 1, 3), d(2024, 1, 9), "", 0, &b);
    expect_spans(&b.total, (struct span_counts){{3, 12}, {1, 1}, {0, 0}, {6, 18}});
    assert_int_equal(b.collected.articles, 12);
    assert_int_equal(b.collected.days, 3);
    same_day(b.collected.first, "2024-01-03");
    same_day(b.collected.last, "2024-01-09");
    assert_int_equal(b.collected_previous.articles, 2); /* 12-30, and the one of no initiative of 01-02 */
    assert_int_equal(b.collected_year_ago.articles, 0);
    same_day(b.collected_year_ago.first, "");
    expect(&b.trend[b.n_trend - 1].total, 5, 15); /* the months of the trend are whole */
    assert_int_equal(b.trend[b.n_trend - 1].collected, 16);
    assert_int_equal(b.n_initiatives, 3);
    assert_int_equal(b.doubtful_initiatives, 1); /* A, whose better article is of the 20th */
    for (size_t i = 0; i < b.n_initiatives; i++)
        assert_int_equal(b.initiatives[i].in_period_only, !str_equal(b.initiatives[i].title, STR("제목 A-0")));
    store_close(store);
}

/* Then the span before begins earlier than the trend and than the twelve months that make a place new. */
static void longer_than_a_year(void **state)
{
    struct fixture *f = *state;
    struct brief b;
    struct store *store = fixture_open(f, STORE_WRITE);
    assert_true(store_begin(store, &f->err));
    brief_initiative(f, store, "X", "41390", "bio", DAYS(d(2021, 8, 1), d(2021, 8, 2)));
    brief_initiative(f, store, "Y", "41390", "bio", DAYS(d(2023, 2, 1)));
    brief_initiative(f, store, "Z", "41280", "bio", DAYS(d(2022, 5, 1), d(2024, 6, 30)));
    assert_true(store_commit(store, &f->err));
    brief_scoped(f, store, d(2023, 1, 1), d(2024, 6, 30), "", 0, &b);
    /* X before; Z in both; in the year-ago span Y and Z, in the last twelve months Z */
    expect_spans(&b.total, (struct span_counts){{2, 2}, {2, 3}, {2, 2}, {1, 1}});
    assert_int_equal(b.collected_previous.articles, 3);
    same_day(b.collected_previous.first, "2021-08-01");
    assert_int_equal(b.n_trend, 30);
    expect(&b.trend[0].total, 0, 0);
    expect(&b.trend[4].total, 1, 1);
    assert_true(brief_find(b.cities, b.n_cities, "41390")->is_new);
    assert_false(brief_find(b.cities, b.n_cities, "41280")->is_new);
    store_close(store);
}

static void undated_that_may_belong(void **state)
{
    struct fixture *f = *state;
    struct brief b;
    struct store *store = build_database(f);
    const struct {
        date_t from, to;
        size_t n;
    } cases[] = {{d(2024, 1, 1), d(2024, 1, 31), 3},  {d(2023, 12, 1), d(2023, 12, 31), 2},
                 {d(2024, 1, 31), d(2024, 2, 20), 3}, {d(2024, 2, 1), d(2024, 2, 29), 2},
                 {d(2023, 12, 1), d(2024, 1, 1), 3},  {d(2023, 1, 1), d(2025, 12, 31), 3}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        brief_scoped(f, store, cases[i].from, cases[i].to, "", 0, &b);
        assert_int_equal(b.n_undated, cases[i].n);
    }
    january(f, store, "41000", 1 + STARTUP, &b); /* A-3, V-0 */
    assert_int_equal(b.n_undated, 2);
    january(f, store, "47000", 0, &b);
    assert_int_equal(b.n_undated, 0);
    store_close(store);
}

/* 군위 47720 of 경북 is 27720 of 대구 since 2023-07; 춘천 42110 is 51110 since 2023-06, 전주 45110 is 52110 since
 * 2024-01-18. */
static void places_that_move(void **state)
{
    struct fixture *f = *state;
    struct brief b;
    struct store *store = fixture_open(f, STORE_WRITE);
    assert_true(store_begin(store, &f->err));
    brief_initiative(f, store, "F", "27720", "bio", DAYS(d(2023, 5, 10), d(2023, 8, 1)));
    brief_initiative(f, store, "F2", "27720", "bio", DAYS(d(2023, 6, 1)));
    brief_initiative(f, store, "K", "51110", "bio", DAYS(d(2023, 5, 3)));
    brief_initiative(f, store, "L", "51110", "bio", DAYS(d(2024, 1, 20)));
    brief_initiative(f, store, "M", "52110", "bio", DAYS(d(2023, 2, 20), d(2024, 1, 10)));
    assert_true(store_commit(store, &f->err));
    brief_scoped(f, store, d(2023, 7, 1), d(2023, 9, 30), "27000", 0, &b);
    expect_spans(&b.total, (struct span_counts){{1, 1}, {2, 2}, {0, 0}, {2, 3}});
    expect_spans(&b.sidos[0].total, b.total);
    assert_string_equal(b.cities[0].region->code, "27720");
    brief_scoped(f, store, d(2023, 7, 1), d(2023, 9, 30), "47000", 0, &b);
    expect_spans(&b.total, (struct span_counts){0});
    assert_int_equal(b.n_cities, 0);
    brief_scoped(f, store, d(2023, 4, 1), d(2023, 6, 30), "47000", 0, &b);
    expect_spans(&b.total, (struct span_counts){{2, 2}, {0, 0}, {0, 0}, {2, 2}});
    assert_string_equal(b.cities[0].region->code, "47720");
    brief_scoped(f, store, d(2024, 1, 1), d(2024, 1, 31), "51110", 0, &b);
    expect_spans(&b.total, (struct span_counts){{1, 1}, {0, 0}, {0, 0}, {2, 2}});
    assert_string_equal(b.scope.regions[0]->code, "51110");
    brief_scoped(f, store, d(2023, 5, 1), d(2023, 5, 31), "51110", 0, &b);
    assert_string_equal(b.cities[0].region->code, "42110");
    assert_string_equal(b.scope.regions[0]->code, "42110");
    brief_scoped(f, store, d(2024, 1, 1), d(2024, 1, 31), "52000", 0, &b);
    expect_spans(&b.total, (struct span_counts){{1, 1}, {0, 0}, {0, 0}, {1, 2}});
    assert_string_equal(b.sidos[0].region->code, "52000");
    brief_scoped(f, store, d(2023, 12, 1), d(2024, 1, 17), "52000", 0, &b);
    assert_string_equal(b.sidos[0].region->code, "45000");
    store_close(store);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(spans_of_every_kind), TEST(one_city),           TEST(several_regions),         TEST(one_category),
        TEST(days_within_months),  TEST(longer_than_a_year), TEST(undated_that_may_belong), TEST(places_that_move),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
