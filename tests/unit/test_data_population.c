/* Residents of the regions: the table that travels in the program, sums of the 시·도 in moving borders, faults. */
#include "unit.h"

#include "base/arena.h"
#include "data/data.h"

#include <string.h>

static struct arena *arena;
static struct regions regions;

static int load(void **state)
{
    (void)state;
    struct err err = {0};
    arena = arena_new();
    return regions_read(arena, &regions, &err) ? 0 : -1;
}

static int unload(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static int64_t at(const char *unit, int year, int month, int day, const char *expected_base)
{
    date_t base;
    int64_t residents = population_at(&regions, unit, date_from(year, month, day), &base);
    assert_string_equal(date_iso(base).p, expected_base);
    return residents;
}

static void a_city_on_the_last_known_day_else_on_the_first(void **state)
{
    (void)state;
    assert_int_equal(at("41390", 2024, 12, 31, "2024-12-31"), 515675);
    assert_int_equal(at("41390", 2026, 1, 31, "2024-12-31"), 515675);
    int64_t of_2023 = at("41390", 2024, 1, 31, "2023-12-31");
    assert_true(of_2023 > 500000 && of_2023 != 515675);
    assert_true(at("41390", 2023, 12, 30, "2022-12-31") == at("41390", 2005, 1, 1, "2022-12-31"));
    assert_int_equal(population_at(&regions, "41390", DATE_NONE, NULL), 515675);
    assert_int_equal(population_at(&regions, "99999", DATE_NONE, NULL), -1);
    assert_int_equal(at("43710", 2024, 12, 31, ""), -1); /* 청원군, abolished long before */
}

static void residents_follow_a_unit_through_renamings(void **state)
{
    (void)state;
    assert_int_equal(at("51110", 2022, 12, 31, "2022-12-31"), 285562); /* 강원도 춘천시, then 42110 */
    assert_int_equal(at("52110", 2023, 12, 31, "2023-12-31"), 641091); /* 전라북도 전주시, then 45110 */
}

/* The registered totals of the 시·도 on three days, not the table's own sums. */
static void provinces_add_up_to_what_was_registered(void **state)
{
    (void)state;
    assert_int_equal(at("11000", 2022, 12, 31, "2022-12-31"), 9355332);
    assert_int_equal(at("11000", 2023, 12, 31, "2023-12-31"), 9314535);
    assert_int_equal(at("11000", 2024, 12, 31, "2024-12-31"), 9261703);
    assert_int_equal(at("52000", 2022, 12, 31, "2022-12-31"), 1764352);
    assert_int_equal(at("36000", 2024, 12, 31, "2024-12-31"), 389842);
    assert_int_equal(population_at(&regions, "36110", DATE_NONE, NULL), 389842);
}

static void gunwi_counts_where_it_lies_on_the_day_asked_for(void **state)
{
    (void)state;
    const int64_t daegu = 2355187, gyeongbuk = 2592862, gunwi = 23283; /* as registered at the end of 2022 */
    assert_int_equal(at("27000", 2023, 6, 30, "2022-12-31"), daegu);
    assert_int_equal(at("47000", 2023, 6, 30, "2022-12-31"), gyeongbuk);
    assert_int_equal(at("27000", 2023, 7, 31, "2022-12-31"), daegu + gunwi);
    assert_int_equal(at("47000", 2023, 7, 31, "2022-12-31"), gyeongbuk - gunwi);
}

#define ROWS                                                                                                           \
    "unit\tcode\ttype\tsido\tname\tshort\tparent\tfrom\tto\tx\ty\n"                                                    \
    "41000\t41000\tsido\t경기도\t\t경기\t\t\t\t\t\n"                                                              \
    "41390\t41390\tsi\t경기도\t시흥시\t시흥\t41000\t\t\t\t\n"                                                  \
    "41281\t41280\tsi\t경기도\t고양시\t고양\t41000\t\t2023-06-30\t\t\n"                                        \
    "41281\t41281\tsi\t경기도\t고양시\t고양\t41000\t2023-07-01\t\t\t\n"                                        \
    "41285\t41285\tilbangu\t경기도\t일산동구\t일산\t41281\t\t\t\t\n"                                          \
    "41999\t41999\tsi\t경기도\t새시\t새시\t41000\t2024-03-01\t\t\t\n"
#define HEAD    "unit\tday\tresidents\n"
#define OF_2023 "41390\t2023-12-31\t50\n41281\t2023-12-31\t100\n"

static struct regions small_table(void)
{
    struct regions small;
    struct err err = {0};
    assert_true(regions_load(arena, "r.tsv", STR(ROWS), &small, &err));
    assert_int_equal(population_at(&small, "41390", DATE_NONE, NULL), -1); /* no table of residents */
    assert_int_equal(population_at(&small, "41000", DATE_NONE, NULL), -1);
    return small;
}

static void a_new_city_has_no_number_before_it_is_counted_and_its_province_has(void **state)
{
    (void)state;
    struct regions small = small_table();
    struct err err = {0};
    date_t base;
    assert_true(population_load(arena, "p.tsv", STR(HEAD OF_2023), &small, &err));
    assert_int_equal(population_at(&small, "41999", date_from(2024, 5, 31), NULL), -1);
    assert_int_equal(population_at(&small, "41000", date_from(2024, 5, 31), &base), 150);
    assert_int_equal(base, date_from(2023, 12, 31));
    assert_int_equal(population_at(&small, "41285", DATE_NONE, NULL), -1); /* a 구 may be missing */
}

static void faults_are_named_with_their_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"", "p.tsv: no header"},
        {"unit\tday\n", "p.tsv: needs the column 'residents'"},
        {HEAD "41390\t2023-12-31\n", "p.tsv:2: 2 cells"},
        {HEAD OF_2023 "41391\t2023-12-31\t5\n",
         "p.tsv:4: unit '41391': not in the region table; did you mean 41390, 경기도 시흥시?"},
        {HEAD OF_2023 "41280\t2023-12-31\t5\n", "p.tsv:4: unit '41280': a code of 경기도 고양시, whose unit is 41281"},
        {HEAD OF_2023 "99999\t2023-12-31\t5\n", "p.tsv:4: unit '99999': not in the region table"},
        {HEAD "4139\t2023-12-31\t5\n", "p.tsv:2: unit '4139': needs five digits"},
        {HEAD "41000\t2023-12-31\t5\n", "p.tsv:2: unit '41000': a 시·도"},
        {HEAD "41390\t2023-12-32\t5\n", "p.tsv:2: day '2023-12-32': needs YYYY-MM-DD"},
        {HEAD "41390\t2023-12-31\t-5\n", "p.tsv:2: residents '-5': needs a whole number"},
        {HEAD "41390\t2023-12-31\t\n", "p.tsv:2: residents '': needs a whole number"},
        {HEAD "41390\t2023-12-31\t5.0\n", "p.tsv:2: residents '5.0': needs a whole number"},
        {HEAD "41390\t2023-12-31\t9999999999\n", "at most nine digits"},
        {HEAD OF_2023 "41285\t2023-12-31\t3\n\n41390\t2023-12-31\t51\n",
         "p.tsv:6: unit 41390 has residents at 2023-12-31 already in line 2"},
        {HEAD OF_2023 "41281\t2022-12-31\t3\n", "p.tsv: no residents of 41390 경기도 시흥시 at 2022-12-31"},
        {HEAD OF_2023 "41390\t2024-12-31\t51\n41281\t2024-12-31\t99\n",
         "p.tsv: no residents of 41999 경기도 새시 at 2024-12-31"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err err = {0};
        struct regions small = small_table();
        assert_false(population_load(arena, "p.tsv", str_from(cases[i].text), &small, &err));
        assert_int_equal(err.kind, ERR_CONFIG);
        assert_int_equal(small.n_residents, 0);
        if (!strstr(err.text, cases[i].expected))
            fail_msg("case %zu: '%s' lacks '%s'", i, err.text, cases[i].expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_city_on_the_last_known_day_else_on_the_first),
        cmocka_unit_test(residents_follow_a_unit_through_renamings),
        cmocka_unit_test(provinces_add_up_to_what_was_registered),
        cmocka_unit_test(gunwi_counts_where_it_lies_on_the_day_asked_for),
        cmocka_unit_test(a_new_city_has_no_number_before_it_is_counted_and_its_province_has),
        cmocka_unit_test(faults_are_named_with_their_line),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
