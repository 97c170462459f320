/* The region and taxonomy tables that travel in the program, and the checks of the loader. */
#include "base/arena.h"
#include "data/data.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;
static struct regions regions;

static int load(void **state)
{
    (void)state;
    struct err err = {0};
    arena = arena_new();
    if (!regions_read(arena, &regions, &err))
        fail_msg("%s", err.text);
    return 0;
}

static int unload(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static bool valid_on(const struct region *region, date_t day)
{
    return (region->from == DATE_NONE || region->from <= day) && (region->to == DATE_NONE || day <= region->to);
}

static void units_at_the_end_of_2024(void **state)
{
    (void)state;
    date_t day = date_from(2024, 12, 31);
    size_t of_type[5] = {0};
    for (size_t i = 0; i < regions.n; i++) {
        const struct region *r = &regions.items[i];
        if (!valid_on(r, day))
            continue;
        of_type[r->type]++;
        assert_string_equal(r->unit, r->code);
        assert_true(r->x > 0 && r->y > 0);
    }
    assert_int_equal(of_type[REGION_SIDO], 17);
    assert_int_equal(of_type[REGION_SI] + of_type[REGION_GUN] + of_type[REGION_JACHIGU], 229);
    assert_int_equal(of_type[REGION_ILBANGU], 35);
}

static void every_parent_is_there_on_every_day_of_its_children(void **state)
{
    (void)state;
    for (size_t i = 0; i < regions.n; i++) {
        const struct region *r = &regions.items[i];
        if (!r->parent[0])
            continue;
        const struct region *parent = regions_at(&regions, r->parent, r->from);
        assert_non_null(parent);
        assert_true(r->type == REGION_ILBANGU ? parent->type == REGION_SI : parent->type == REGION_SIDO);
        if (r->to != DATE_NONE)
            assert_non_null(regions_at(&regions, r->parent, r->to));
        const struct region *last = regions_at(&regions, r->parent, r->to);
        assert_true(str_equal(last->sido, r->sido));
    }
}

static bool apart(const struct region *a, const struct region *b)
{
    return (a->to != DATE_NONE && b->from != DATE_NONE && a->to < b->from) ||
           (b->to != DATE_NONE && a->from != DATE_NONE && b->to < a->from);
}

static void periods_do_not_overlap_and_codes_are_unique_in_time(void **state)
{
    (void)state;
    for (size_t i = 0; i < regions.n; i++)
        for (size_t j = i + 1; j < regions.n; j++) {
            const struct region *a = &regions.items[i], *b = &regions.items[j];
            if (strcmp(a->unit, b->unit) == 0 || strcmp(a->code, b->code) == 0)
                assert_true(apart(a, b));
        }
}

static const struct region *on(const char *unit, const char *day)
{
    const struct region *r = regions_at(&regions, unit, date_parse(str_from(day)));
    assert_non_null(r);
    return r;
}

static void names_and_codes_follow_the_day(void **state)
{
    (void)state;
    assert_string_equal(on("51110", "2023-06-10")->code, "42110");
    assert_string_equal(on("51110", "2023-06-11")->code, "51110");
    assert_true(str_equal(on("51110", "2023-06-10")->full_name, STR("강원도 춘천시")));
    assert_true(str_equal(on("51110", "2024-06-10")->full_name, STR("강원특별자치도 춘천시")));
    assert_string_equal(on("52113", "2024-01-17")->code, "45113");
    assert_true(str_equal(on("52113", "2024-01-18")->full_name, STR("전북특별자치도 전주시 덕진구")));
    assert_string_equal(on("27720", "2023-06-30")->code, "47720");
    assert_string_equal(on("27720", "2023-06-30")->parent, "47000");
    assert_string_equal(on("27720", "2023-07-01")->parent, "27000");
    assert_true(str_equal(on("28177", "2018-06-30")->name, STR("남구")));
    assert_true(str_equal(on("28177", "2018-07-01")->name, STR("미추홀구")));
    assert_null(regions_at(&regions, "41192", date_from(2020, 1, 1))); /* 부천 had no 구 then */
    assert_non_null(regions_at(&regions, "41192", date_from(2024, 1, 1)));
    assert_null(regions_at(&regions, "43710", date_from(2014, 7, 1)));
    assert_true(str_equal(on("36110", "2024-01-01")->full_name, STR("세종특별자치시")));
    assert_true(str_equal(on("41285", "2024-01-01")->full_name, STR("경기도 고양시 일산동구")));
    assert_true(str_equal(on("41000", "2024-01-01")->short_name, STR("경기")));
    assert_null(regions_at(&regions, "99999", DATE_NONE));
}

static void codes_are_found_and_gu_roll_up(void **state)
{
    (void)state;
    assert_string_equal(regions_by_code(&regions, "42110")->unit, "51110");
    assert_string_equal(regions_by_code(&regions, "47720")->unit, "27720");
    assert_null(regions_by_code(&regions, "00000"));
    assert_string_equal(regions_count_unit(&regions, "41285"), "41280");
    assert_string_equal(regions_count_unit(&regions, "28177"), "28177");
    assert_string_equal(regions_count_unit(&regions, "41000"), "41000");
    assert_string_equal(regions_count_unit(&regions, "nothing"), "nothing");
}

#define HEADER "unit\tcode\ttype\tsido\tname\tshort\tparent\tfrom\tto\tx\ty\n"
#define GG     "41000\t41000\tsido\t경기도\t\t경기\t\t\t\t\t\n"

static void faults_are_named_with_their_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"", "t.tsv: no header"},
        {"# only a comment\n", "t.tsv: no header"},
        {"unit\tcode\n", "column 'type'"},
        {HEADER "41000\t41000\n", "t.tsv:2: 2 cells"},
        {HEADER GG "4139\t41390\tsi\t경기도\t시흥시\t시흥\t41000\t\t\t\t\n", "t.tsv:3: unit '4139'"},
        {HEADER GG "41390\t41390\tcity\t경기도\t시흥시\t시흥\t41000\t\t\t\t\n", "t.tsv:3: type 'city'"},
        {HEADER GG "41390\t41390\tsi\t경기도\t시흥시\t시흥\t\t\t\t\t\n", "t.tsv:3: parent"},
        {HEADER GG "41390\t41390\tsi\t경기도\t시흥시\t시흥\t42000\t\t\t\t\n", "parent 42000"},
        {HEADER GG "41390\t41390\tsi\t경기도\t\t시흥\t41000\t\t\t\t\n", "t.tsv:3: name"},
        {HEADER GG "41390\t41390\tsi\t경기도\t시흥시\t시흥\t41000\t2023-02-30\t\t\t\n", "t.tsv:3: from '2023-02-30'"},
        {HEADER GG "41390\t41390\tsi\t경기도\t시흥시\t시흥\t41000\t\t\t-5\t\n", "t.tsv:3: x '-5'"},
        {HEADER GG "41390\t41390\tsi\t경기도\t시흥시\t시흥\t41000\t\t\t9999999999999\t\n", "too large"},
        {HEADER GG GG, "overlapping"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err err = {0};
        struct regions out;
        assert_false(regions_load(arena, "t.tsv", str_from(cases[i].text), &out, &err));
        assert_int_equal(err.kind, ERR_CONFIG);
        if (!strstr(err.text, cases[i].expected))
            fail_msg("case %zu: '%s' lacks '%s'", i, err.text, cases[i].expected);
    }
}

static void tsv_passes_over_comments_and_keeps_empty_cells(void **state)
{
    (void)state;
    struct tsv tsv;
    struct err err = {0};
    struct str text = str_from("\xEF\xBB\xBF# note\r\na\tb\tc\r\n\r\n1\t\t\r\n# x\ty\n\t2\t3");
    assert_true(tsv_parse(arena, "t", text, &tsv, &err));
    assert_int_equal(tsv.columns, 3);
    assert_int_equal(tsv.rows, 2);
    assert_int_equal(tsv.lines[0], 4);
    assert_int_equal(tsv.lines[1], 6);
    assert_true(str_equal(tsv_cell(&tsv, 1, tsv_column(&tsv, "c")), STR("3")));
    assert_int_equal(tsv_cell(&tsv, 0, 2).n, 0);
    assert_int_equal(tsv_cell(&tsv, 7, 0).n, 0);
    assert_true(tsv_column(&tsv, "d") == SIZE_MAX);
}

static void taxonomy_has_three_categories_and_refuses_faults(void **state)
{
    (void)state;
    struct taxonomy taxonomy;
    struct err err = {0};
    assert_true(taxonomy_load(arena, "x", data_file("data/taxonomy.tsv"), &taxonomy, &err));
    assert_true(str_equal(taxonomy.items[0].english, STR("start-ups")));
    assert_true(taxonomy_load(arena, "x", STR("key\tlabel\nx\t가\n"), &taxonomy, &err));
    assert_true(str_equal(taxonomy.items[0].english, STR("가"))); /* an older table has no column en */
    assert_true(taxonomy_load(arena, "x", data_file("data/taxonomy.tsv"), &taxonomy, &err));
    assert_int_equal(taxonomy.n, 3);
    assert_true(str_equal(taxonomy.items[0].key, STR("startup")) && str_equal(taxonomy.items[0].label, STR("창업")));
    assert_true(str_equal(taxonomy.items[2].key, STR("manufacturing")));
    const char *const bad[] = {"key\tlabel\n", "key\tlabel\nA\tx\n", "key\tlabel\na\t\n", "key\tlabel\na\tx\na\ty\n",
                               "key\tname\na\tx\n"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct err fault = {0};
        assert_false(taxonomy_load(arena, "t", str_from(bad[i]), &taxonomy, &fault));
        assert_int_equal(fault.kind, ERR_CONFIG);
    }
    assert_null(data_file("data/none.tsv").p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(units_at_the_end_of_2024),
        cmocka_unit_test(every_parent_is_there_on_every_day_of_its_children),
        cmocka_unit_test(periods_do_not_overlap_and_codes_are_unique_in_time),
        cmocka_unit_test(names_and_codes_follow_the_day),
        cmocka_unit_test(codes_are_found_and_gu_roll_up),
        cmocka_unit_test(faults_are_named_with_their_line),
        cmocka_unit_test(tsv_passes_over_comments_and_keeps_empty_cells),
        cmocka_unit_test(taxonomy_has_three_categories_and_refuses_faults),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
