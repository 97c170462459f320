/* The fenced block "table LIST": columns, order, choice, links; what is said of wrong ones. */
#include "markdown_fixture.h"

#include <math.h>
#include <time.h>

static struct value *city(const char *name, int64_t count, double rate, date_t day, bool fresh)
{
    struct value *item = value_map(arena), *fields = value_list(arena);
    value_set(arena, item, "도시", value_text(arena, str_from(name)));
    value_set(arena, item, "사업수", value_number(arena, count));
    value_set(arena, item, "비율", value_real(arena, rate, 1));
    value_set(arena, item, "첫날", value_date(arena, day));
    value_set(arena, item, "신규", value_bool(arena, fresh));
    for (int i = 0; i < (int)count % 3; i++) {
        struct value *field = value_map(arena);
        value_set(arena, field, "분야", value_text(arena, i ? STR("바이오") : STR("창업")));
        value_append(arena, fields, field);
    }
    value_set(arena, item, "분야목록", fields);
    return item;
}

static struct value *sample(void)
{
    struct value *map = value_map(arena), *list = value_list(arena), *groups = value_list(arena);
    value_append(arena, list, city("시흥시", 12, 1.5, date_from(2024, 1, 16), true));
    value_append(arena, list, city("고양시", 10000, NAN, DATE_NONE, false));
    value_append(arena, list, city("a|*b*", 3, 2.25, date_from(2024, 1, 2), true));
    value_append(arena, list, city("포항시", 12, -1, date_from(2023, 12, 31), false));
    value_set(arena, map, "목록", list);
    value_set(arena, map, "빈목록", value_list(arena));
    value_set(arena, map, "글", value_text(arena, STR("글")));
    for (int i = 0; i < 2; i++) {
        struct value *group = value_map(arena), *inner = value_list(arena);
        value_append(arena, inner, city(i ? "둘" : "하나", 2, 0, DATE_NONE, false));
        value_set(arena, group, "속", inner);
        value_append(arena, groups, group);
    }
    value_set(arena, map, "묶음", groups);
    return map;
}

static void tables(void **state)
{
    (void)state;
    static const struct {
        const char *text, *dump;
    } cases[] = {
        {"```table 목록\ncolumns=도시 \"지역\" | 사업수\n```",
         "table 2 x 4 lr\n  header | 지역 | 사업수\n  row | 시흥시 | 12\n  row | 고양시 | 10,000\n  row | a|*b* | 3\n"
         "  row | 포항시 | 12\n"},
        {"{.zebra #t total=1}\n\n```table 목록\ncolumns=도시\ncolumns=사업수(만) \"{{글}} 수\" | 첫날(요일,없으면 –)\n"
         "sort=사업수 desc, 도시\ntop=3\n```",
         "table .zebra total=1 #t 3 x 3 lrl\n  header | 도시 | 글 수 | 첫날\n  row | 고양시 | 1만 | –\n"
         "  row | 시흥시 | 12 | 2024. 1. 16.(화)\n  row | 포항시 | 12 | 2023. 12. 31.(일)\n"},
        {"```table 목록\ncolumns=도시|비율\nsort=비율\n```",
         "table 2 x 4 lr\n  header | 도시 | 비율\n  row | 포항시 | −1.0\n  row | 시흥시 | 1.5\n  row | a|*b* | 2.3\n"
         "  row | 고양시 | \n"},
        {"```table 목록\ncolumns=도시|비율\nsort=비율 desc\nwhere=신규\n```",
         "table 2 x 2 lr\n  header | 도시 | 비율\n  row | a|*b* | 2.3\n  row | 시흥시 | 1.5\n"},
        {"```table 목록\ncolumns=도시\nsort=첫날 asc\nwhere=!신규, 첫날\n```",
         "table 1 x 1 l\n  header | 도시\n  row | 포항시\n"},
        {"```table 목록\ncolumns=도시 | 분야목록.분야 \"분야\"\ntop=1\nsort=사업수\n```\n\n가",
         "table 2 x 1 ll\n  header | 도시 | 분야\n  row | a|*b* | \nparagraph: 가\n"},
        {"{{#묶음}}\n```table 속\ncolumns=도시 | 분야목록.분야\n```\n\n{{/묶음}}",
         "table 2 x 1 ll\n  header | 도시 | 분야목록.분야\n  row | 하나 | 창업, 바이오\n"
         "table 2 x 1 ll\n  header | 도시 | 분야목록.분야\n  row | 둘 | 창업, 바이오\n"},
        {"가\n\n{.zebra}\n\n```table 빈목록\ncolumns=아무거나\n```\n\n나", "paragraph: 가\nparagraph: 나\n"},
        {"# 시흥시 {#곳-시흥시}\n\n```table 목록\ncolumns=도시 -> #곳-{도시} | 사업수 \"수\" -> "
         "https://x.kr/?q={도시}\n"
         "top=1\n```",
         "heading 1 #곳-시흥시: 시흥시\ntable 2 x 1 lr\n  header | 도시 | 수\n  row | {#곳-시흥시:시흥시} | "
         "{https://x.kr/?q=%EC%8B%9C%ED%9D%A5%EC%8B%9C:12}\n"},
        {"```table\nx\n```", "code: {code :x}\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct doc doc;
        struct buf dump = {0};
        if (!template_render(arena, "t.md", str_from(cases[i].text), sample(), NULL, &doc, &err))
            fail_msg("%s: %s", cases[i].text, err.text);
        doc_dump(&doc, &dump);
        assert_string_equal(dump.p + str_find(buf_view(&dump), STR("language | ko\n"), 0) + 14, cases[i].dump);
        buf_free(&dump);
    }
}

static void mistakes_have_their_line(void **state)
{
    (void)state;
    static const struct {
        const char *lines, *message;
    } cases[] = {
        {"목룍\ncolumns=도시", "3: unknown tag ```table 목룍; did you mean ```table 목록?"},
        {"글\ncolumns=도시", "3: ```table 글: that is no list"},
        {"목록", "3: a table needs its columns, as in columns=도시 \"지역\" | 사업수"},
        {"목록\ncolumns=도사", "4: the items of 목록 have no \"도사\"; did you mean \"도시\"?"},
        {"목록\ncolumns=분야목록.분냐", "4: the items of 목록 have no \"분야목록.분냐\"; did you mean \"분야목록\"?"},
        {"목록\ncolumns=도시\n\nsort=사업스", "6: the items of 목록 have no \"사업스\"; did you mean \"사업수\"?"},
        {"목록\ncolumns=도시\nwhere=!신귀", "5: the items of 목록 have no \"신귀\"; did you mean \"신규\"?"},
        {"목록\ncolumns=도시\nsort=", "5: sort= needs up to 8 names, as in sort=사업수 desc, 도시"},
        {"목록\ncolumns=도시 지역", "4: \"도시 지역\" is no column such as 사업비(원) \"총사업비\" -> #사업-{번호}"},
        {"목록\ncolumns=\"도시\"", "4: \"\"도시\"\" is no column such as 사업비(원) \"총사업비\" -> #사업-{번호}"},
        {"목록\ncolumns=도시(원)", "4: column 도시: the filter 원 is for a number; this is text"},
        {"목록\ncolumns=사업수(원화)", "4: column 사업수: unknown filter 원화; did you mean 원?"},
        {"목록\ncolumns=신규", "4: column 신규: yes or no is no text"},
        {"목록\ntop=1\ncolumns=사업수\ncolumns=도시|날짜없음(원)", "6: the items of 목록 have no \"날짜없음\""},
        {"목록\ntop=1\ncolumns=사업수\n\ncolumns=도시(원)",
         "7: column 도시: the filter 원 is for a number; this is text"},
        {"목록\ncolumns=분야목록", "4: column 분야목록: a list is no text; its items' field is, after a point"},
        {"목록\ncolumns=도시\ntop=많이", "5: top= needs a number of rows, 1 to 999999"},
        {"목록\ncolumns=도시\ntop=0", "5: top= needs a number of rows, 1 to 999999"},
        {"목록\ncolumn=도시", "4: unknown option of a table \"column=\"; did you mean \"columns=\"?"},
        {"목록\n도시", "4: unknown option of a table \"도시\"; there are columns=, sort=, where= and top="},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct doc doc;
        struct err wrong = {0};
        struct str text = str_from(arena_printf(arena, "가\n\n```table %s\n```\n", cases[i].lines));
        if (template_render(arena, "t.md", text, sample(), NULL, &doc, &wrong))
            fail_msg("%s is no mistake", cases[i].lines);
        assert_string_equal(wrong.text, arena_printf(arena, "t.md:%s", cases[i].message));
    }
}

/* Many rows take time like n log n, and there is an end to cells. */
static void tables_have_a_bound(void **state)
{
    (void)state;
    struct value *map = value_map(arena), *list = value_list(arena);
    for (int i = 0; i < 200000; i++) {
        struct value *item = value_map(arena);
        value_set(arena, item, "수", value_number(arena, i * 7919 % 200003));
        value_append(arena, list, item);
    }
    value_set(arena, map, "목록", list);
    struct doc doc;
    clock_t begun = clock();
    assert_true(
        template_render(arena, "t.md", STR("```table 목록\ncolumns=수|수|수|수\nsort=수\n```"), map, NULL, &doc, &err));
    assert_true((double)(clock() - begun) / CLOCKS_PER_SEC < 20);
    assert_int_equal(doc.first->table->rows, 200000);
    assert_string_equal(doc.first->table->cells[0].runs[0].text.p, "0");
    assert_false(
        template_render(arena, "t.md", STR("\n```table 목록\ncolumns=수|수|수|수|수|수\n```"), map, NULL, &doc, &err));
    assert_string_equal(err.text, "t.md:2: tables of more than 1000000 cells");
}

int main(void)
{
    const struct CMUnitTest all[] = {
        cmocka_unit_test_setup_teardown(tables, setup, teardown),
        cmocka_unit_test_setup_teardown(mistakes_have_their_line, setup, teardown),
        cmocka_unit_test_setup_teardown(tables_have_a_bound, setup, teardown),
    };
    return cmocka_run_group_tests(all, NULL, NULL);
}
