/* A small database whose every figure can be worked out by hand. */
#ifndef BRIEF_DATABASE_H
#define BRIEF_DATABASE_H
#include "brief_fixture.h"

enum { STARTUP, BIO, MANUFACTURING }; /* order of taxonomy.tsv */

#define DAYS(...) (const date_t[]){__VA_ARGS__}, sizeof(date_t[]){__VA_ARGS__} / sizeof(date_t)
static inline date_t d(int year, int month, int day)
{
    return date_from(year, month, day);
}

/* Units: 시흥 41390, 고양 41280, 포항 47110, 군위 27720 (경북 until 2023-06, 대구 since 2023-07), 경기도 41000.
 *
 *      units         categories    published
 *   A  시흥 고양      startup       2024-01-03, 2024-01-20; 2023-12-30; one undated        one sido, two cities
 *   B  시흥          startup bio   2024-01-16
 *   C  고양          bio           2024-01-05 × 10 outlets
 *   D  포항 시흥      manufacturing 2024-01-31                                              two sidos
 *   E  포항          startup       2023-01-31, 2023-02-01                                  year ago, and in the twelve
 *   F  군위          bio           2023-05-10, 2023-08-01                                  moves from 경북 to 대구
 *   G  고양          startup       2023-12-01
 *   H  경기도        startup       2024-01-09                                              a 시·도 as a whole
 *   I  포항          startup       2022-12-31                                              outside of all spans
 *   U  시흥          bio           undated;  V 고양 startup inferred 2024-01 */
static inline struct store *build_database(struct fixture *f)
{
    struct store *store = fixture_open(f, STORE_WRITE);
    assert_true(store_begin(store, &f->err));
    brief_initiative(f, store, "A", "41390 41280", "startup",
                     DAYS(d(2024, 1, 20), d(2024, 1, 3), d(2023, 12, 30), DATE_NONE));
    brief_initiative(f, store, "B", "41390", "startup bio", DAYS(d(2024, 1, 16)));
    brief_initiative(f, store, "C", "41280", "bio",
                     DAYS(d(2024, 1, 5), d(2024, 1, 5), d(2024, 1, 5), d(2024, 1, 5), d(2024, 1, 5), d(2024, 1, 5),
                          d(2024, 1, 5), d(2024, 1, 5), d(2024, 1, 5), d(2024, 1, 5)));
    brief_initiative(f, store, "D", "47110 41390", "manufacturing", DAYS(d(2024, 1, 31)));
    brief_initiative(f, store, "E", "47110", "startup", DAYS(d(2023, 1, 31), d(2023, 2, 1)));
    brief_initiative(f, store, "F", "27720", "bio", DAYS(d(2023, 5, 10), d(2023, 8, 1)));
    brief_initiative(f, store, "G", "41280", "startup", DAYS(d(2023, 12, 1)));
    brief_initiative(f, store, "H", "41000", "startup", DAYS(d(2024, 1, 9)));
    brief_initiative(f, store, "I", "47110", "startup", DAYS(d(2022, 12, 31)));
    brief_initiative(f, store, "U", "41390", "bio", DAYS(DATE_NONE));
    struct article v = fixture_article(f->arena, "V-0", DATE_NONE),
                   other = fixture_article(f->arena, "x", d(2024, 1, 2));
    v.basis = BASIS_INFERRED;
    v.lo = d(2024, 1, 1);
    v.hi = d(2024, 1, 31);
    v.date_evidence = STR("증거");
    brief_article(f, store, &v, "41281", "startup", 0.7); /* 고양시 덕양구: listed as 고양시 */
    brief_article(f, store, &other, "", "", 0.1);         /* collected, but no initiative */
    assert_true(store_commit(store, &f->err));
    return store;
}

static inline void expect(const struct counts *got, int64_t initiatives, int64_t articles)
{
    assert_int_equal(got->initiatives, initiatives);
    assert_int_equal(got->articles, articles);
}

static inline void expect_spans(const struct span_counts *got, struct span_counts want)
{
    expect(&got->now, want.now.initiatives, want.now.articles);
    expect(&got->previous, want.previous.initiatives, want.previous.articles);
    expect(&got->year_ago, want.year_ago.initiatives, want.year_ago.articles);
    expect(&got->twelve_months, want.twelve_months.initiatives, want.twelve_months.articles);
}

#endif
