/* Values by type: how they are printed, what a section asks of them, and as JSON. */
#include "template/value.h"
#include "unit.h"

#include "base/amount.h"

#include <math.h>

static struct arena *arena;

static int setup(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void check(const char *expected, struct str got)
{
    if (!str_equal(str_from(expected), got))
        fail_msg("expected \"%s\", got \"" STR_FMT "\"", expected, STR_ARG(got));
}

static void values_are_printed(void **state)
{
    (void)state;
    const struct {
        struct value *value;
        const char *text;
        bool truth;
    } cases[] = {
        {value_number(arena, 0), "0", false},
        {value_number(arena, -1234567), "−1,234,567", true},
        {value_number(arena, INT64_MIN), "−9,223,372,036,854,775,808", true},
        {value_change(arena, 3), "+3", true},
        {value_change(arena, -2), "−2", true},
        {value_change(arena, 0), "0", false},
        {value_real(arena, 1234.5, 1), "1,234.5", true},
        {value_real(arena, 2.675, 2), "2.68", true},
        {value_real(arena, 0.5, 0), "1", true},
        {value_real(arena, -0.04, 1), "0.0", true},
        {value_real(arena, 7, 2), "7.00", true},
        {value_real(arena, NAN, 1), "", false},
        {value_real(arena, INFINITY, 1), "", false},
        {value_percent(arena, 0.2, 1), "20.0%", true},
        {value_percent(arena, -0.0125, 1), "−1.3%", true},
        {value_percent(arena, NAN, 1), "", false},
        {value_date(arena, date_from(2024, 1, 16)), "2024. 1. 16.", true},
        {value_date(arena, DATE_NONE), "", false},
        {value_text(arena, STR("")), "", false},
        {value_text(arena, STR("0")), "0", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check(cases[i].text, cases[i].value->text);
        assert_int_equal(cases[i].truth, cases[i].value->truth);
    }
}

static void values_as_json(void **state)
{
    (void)state;
    struct value *map = value_map(arena), *base = value_map(arena), *list = value_list(arena);
    value_set(arena, base, "기간", value_text(arena, STR("2024년 \"1월\"")));
    value_set(arena, base, "사업수", value_number(arena, 9));
    value_set(arena, base, "있음", value_bool(arena, true));
    value_set(arena, map, "사업수", value_number(arena, 1234));
    value_set(arena, map, "증감", value_change(arena, -2));
    value_set(arena, map, "비율", value_percent(arena, 0.125, 1));
    value_set(arena, map, "평균", value_real(arena, 0.125, 2));
    value_set(arena, map, "없음", value_real(arena, NAN, 2));
    value_set(arena, map, "큰수", value_number(arena, INT64_MAX));
    value_set(arena, map, "보도일", value_date(arena, date_from(2024, 1, 16)));
    value_set(arena, map, "미상일", value_date(arena, DATE_NONE));
    value_set(arena, map, "있음", value_bool(arena, true));
    value_append(arena, list, value_text(arena, STR("가")));
    value_append(arena, list, value_map(arena));
    value_set(arena, map, "목록", list);
    value_set(arena, map, "빈목록", value_list(arena));
    value_share(map, base); /* its 사업수 and 있음 are hidden */
    struct buf out = {0};
    value_json(map, &out);
    check("{\n"
          "  \"사업수\": 1234,\n"
          "  \"증감\": -2,\n"
          "  \"비율\": 0.125,\n"
          "  \"평균\": 0.13,\n"
          "  \"없음\": null,\n"
          "  \"큰수\": 9223372036854775807,\n"
          "  \"보도일\": \"2024-01-16\",\n"
          "  \"미상일\": null,\n"
          "  \"있음\": true,\n"
          "  \"목록\": [\n"
          "    \"가\",\n"
          "    {}\n"
          "  ],\n"
          "  \"빈목록\": [],\n"
          "  \"기간\": \"2024년 \\\"1월\\\"\"\n"
          "}\n",
          buf_view(&out));
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(values_are_printed, setup, teardown),
        cmocka_unit_test_setup_teardown(values_as_json, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
