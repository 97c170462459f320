/* Charts out of their fenced blocks: rows, series, options, what is no number, words and tables. */
#include "markdown_fixture.h"

#include <math.h>
#include <string.h>

static const struct block *read_plain(const char *text)
{
    static struct doc doc;
    if (!template_markdown(arena, "t.md", str_from(text), NULL, &doc, &err))
        return NULL;
    assert_int_equal(doc.first->kind, BLOCK_CHART);
    return doc.first;
}

static void check(struct str have, const char *want)
{
    if (!str_equal(have, str_from(want)))
        fail_msg("\"" STR_FMT "\", not \"%s\"", STR_ARG(have), want);
}

static void series_by_option_or_first_row(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "```chart line\ntitle=제목, unit=건\nseries=창업 | 바이오\n1월 | 3 | 1,200\n2월 | – |\n```\n",
        "```chart line\ntitle=제목, unit=건\n | 창업 | 바이오\n1월 | 3 | 1,200\n2월 | –\n```\n",
        "```chart line\nunit=건, series=창업|바이오|, title=제목\n\n1월 | 3 | 1,200 |\n2월 | |\n```\n",
    };
    for (size_t i = 0; i < 3; i++) {
        const struct block *block = read_plain(texts[i]);
        assert_non_null(block);
        const struct chart *chart = block->chart;
        assert_int_equal(chart->kind, CHART_LINE);
        check(chart->title, "제목");
        check(chart->unit, "건");
        assert_int_equal(chart->n_series, 2);
        check(chart->series[0], "창업");
        check(chart->series[1], "바이오");
        assert_int_equal(chart->n, 2);
        assert_true(chart->rows[0].values[1].number == 1200);
        check(chart->rows[0].values[1].text, "1,200");
        assert_true(chart->rows[1].values[0].none && chart->rows[1].values[1].none);
    }
}

static void bars_and_maps_have_text_and_link(void **state)
{
    (void)state;
    const struct chart *chart = read_plain("```chart map\n41390 | 12 | 12건 | https://x.kr\n```\n")->chart;
    assert_int_equal(chart->n_series, 1);
    assert_null(chart->series);
    check(chart->rows[0].label, "41390");
    check(chart->rows[0].values->text, "12건");
    check(chart->rows[0].link, "https://x.kr");
    assert_null(chart->others);
    chart = read_plain("```chart map\nunit=건, others=0\n41390 | 12\n```\n")->chart;
    check(chart->unit, "건");
    assert_true(chart->others && chart->others->values->number == 0);
    check(chart->others->values->text, "0");
}

static void a_bar_in_a_value_splits_nothing(void **state)
{
    (void)state;
    struct value *map = value_map(arena);
    struct doc doc;
    value_set(arena, map, "x", value_text(arena, STR("가|나, unit=다")));
    value_set(arena, map, "수", value_text(arena, STR("−3.5")));
    assert_true(template_render(arena, "t.md",
                                STR("```chart stacked\ntitle={{x}}\nseries={{x}}|끝\n{{x}} | {{수}} | 1\n```\n"), map,
                                NULL, &doc, &err));
    const struct chart *chart = doc.first->chart;
    check(chart->title, "가|나, unit=다");
    assert_int_equal(chart->n_series, 2);
    check(chart->series[0], "가|나, unit=다");
    check(chart->rows[0].label, "가|나, unit=다");
    assert_true(chart->rows[0].values[0].number == -3.5);
}

static void numbers_with_signs_and_percent(void **state)
{
    (void)state;
    const struct chart *chart = read_plain("```chart bar\na | -3\nb | +2.5%\nc | −1,000\nd | - | 없음\n```\n")->chart;
    assert_true(chart->rows[0].values->number == -3);
    check(chart->rows[0].values->text, "−3"); /* a minus, not a hyphen */
    assert_true(chart->rows[1].values->number == 2.5);
    assert_true(chart->rows[2].values->number == -1000);
    assert_true(chart->rows[3].values->none);
    check(chart->rows[3].values->text, "없음");
}

/* In a template an error (test_template_mustache), in plain Markdown left to layout to warn of. */
static void what_is_no_number_stays_as_text(void **state)
{
    (void)state;
    static const char *const odd[] = {"NaN", "inf", "1e308", "많음", "1..2", "0x10", "--1"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        const struct chart *chart = read_plain(arena_printf(arena, "```chart bar\na | %s\n```\n", odd[i]))->chart;
        assert_true(isnan(chart->rows[0].values->number) && !chart->rows[0].values->none);
        check(chart->rows[0].values->text, odd[i]);
    }
}

static void wrong_charts_name_their_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"```chart line\nseries=a|b\nx | 1 | 2 | 3\n```\n", "t.md:3: a row of a chart has more values than there are"},
        {"```chart heat\ntabel=yes\n | a\n```\n",
         "t.md:2: unknown option of a chart \"tabel=\"; did you mean \"table=\"?"},
        {"\n```chart map\nnumbers=comm\n```\n", "t.md:3: numbers= cannot be \"comm\"; did you mean \"comma\"?"},
        {"```chart bar\ndraw=bar\n```\n", "t.md:2: draw= is no option of a chart \"bar\""},
        {"```chart map\ntitle=a, series=b|c\n```\n", "t.md:2: series= is no option of a chart \"map\""},
        {"```chart multiple\nacross=9\n```\n", "t.md:2: across= cannot be \"9\""},
        {"```chart bar\na | 1 | 2 | 3 | 4\n```\n", "t.md:2: a bar has at most four fields"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        err = (struct err){0};
        assert_null(read_plain(cases[i].text));
        if (strncmp(err.text, cases[i].message, strlen(cases[i].message)) != 0)
            fail_msg("%s", err.text);
    }
}

static void options_of_a_kind(void **state)
{
    (void)state;
    const struct chart *chart = read_plain("```chart multiple\ntitle=가\ndraw=bar, across=3, zero=no, numbers=korean, "
                                           "table=no, alt=말\n | a\nx | 1\n```\n")
                                    ->chart;
    assert_true(chart->columns);
    assert_int_equal(chart->across, 3);
    assert_int_equal(chart->zero, ZERO_NO);
    assert_int_equal(chart->form, FIGURE_KOREAN);
    assert_int_equal(chart->table, TABLE_NO);
    check(chart->alt, "말");
    check(read_plain("```chart map\nregion=경기\n```\n")->chart->region, "경기");
    assert_int_equal(read_plain("```chart line\nzero=no\n | a\nx | 1\n```\n")->chart->zero, ZERO_NO);
}

static void charts_are_told_in_words(void **state)
{
    (void)state;
    check(read_plain("```chart bar\ntitle=사업, unit=건\n가 | 3 | 3건\n나 | 1 | 1건\n```\n")->chart->alt,
          "가로 막대그래프: 사업(단위: 건). 항목 2개. 가장 큰 값 가 3건, 가장 작은 값 나 1건.");
    check(read_plain("```chart bar\ntitle=사업\n가 | 3 | 3건\n나 | 3 | 3건\n```\n")->chart->alt,
          "가로 막대그래프: 사업. 항목 2개. 값은 모두 3건.");
    check(read_plain("```chart line\ntitle=추이, unit=건\n | 창업 | 제조\n1월 | 3 | –\n2월 | 5 | 1\n```\n")->chart->alt,
          "꺾은선그래프: 추이(단위: 건). 계열 2개(창업, 제조), 항목 2개(1월 ~ 2월). 가장 큰 값 2월 창업 5건, 가장 작은 "
          "값 "
          "2월 제조 1건. 마지막 2월: 창업 5건, 제조 1건.");
    check(read_plain("```chart bar\n가 | 3\n나 | 5\n다 | –\n라 | 5\n마 | 4\n```\n")->chart->alt,
          "가로 막대그래프. 항목 5개. 큰 값부터 나 5, 라 5, 마 4, 가장 작은 값 가 3.");
    check(read_plain("```chart map\ntitle=사업, unit=건\n41000 | 3 | 3건\n서울 | 5 | 5건\n부산 | 1 | 1건\n```\n")
              ->chart->alt,
          "타일 지도: 사업(단위: 건). 항목 3개. 큰 값부터 서울 5건, 경기도 3건, 부산 1건.");
    check(read_plain("```chart slope\n | 전 | 후\n가 | 3 | 5\n나 | 5 | 1\n다 | – | 1\n```\n")->chart->alt,
          "기울기 그래프. 계열 2개(전, 후), 항목 3개. 전보다 후 값이 큰 것 1개, 작은 것 1개, 같은 것 0개. "
          "가장 큰 값 5(가 후 등 2개), 가장 작은 값 1(나 후 등 2개).");
    check(read_plain("```chart stacked\n | a | b\n가 | 3 | 5\n나 | 6 | –\n```\n")->chart->alt,
          "누적 막대그래프. 계열 2개(a, b), 항목 2개. 합이 가장 큰 항목 가. 가장 큰 값 나 a 6, 가장 작은 값 가 a 3.");
    check(read_plain("```chart multiple\n | a | b\n가 | 3 | 5\n나 | 6 | –\n```\n")->chart->alt,
          "작은 그래프 모음. 계열 2개(a, b), 항목 2개(가 ~ 나). 가장 큰 값 나 a 6, 가장 작은 값 가 a 3. 마지막 나: a "
          "6, b "
          "값 없음.");
    check(
        read_plain("```chart line\n | a | b\n가 | 3 | 5\n나 | 6 | –\n다 | – | –\n```\n")->chart->alt,
        "꺾은선그래프. 계열 2개(a, b), 항목 3개(가 ~ 다). 가장 큰 값 나 a 6, 가장 작은 값 가 a 3. 값이 있는 마지막 나: "
        "a 6, b 값 없음.");
    check(read_plain("```chart heat\n```\n")->chart->alt, "열지도. 항목 0개.");
}

/* A value that several have is not told as if it were one's alone; nor are regions without a row passed over. */
static void equal_values_are_told_as_such(void **state)
{
    (void)state;
    check(read_plain("```chart line\nunit=건\n | a | b\n가 | 3 | 0\n나 | 3 | 0\n다 | 1 | 0\n```\n")->chart->alt,
          "꺾은선그래프(단위: 건). 계열 2개(a, b), 항목 3개(가 ~ 다). 가장 큰 값 3건(가 a 등 2개), 가장 작은 값 0건(가 "
          "b 등 "
          "3개). 마지막 다: a 1건, b 0건.");
    check(read_plain("```chart bar\n가 | 1\n나 | 5\n다 | 1\n라 | 2\n마 | 2\n바 | 2\n사 | 2\n```\n")->chart->alt,
          "가로 막대그래프. 항목 7개. 큰 값부터 나 5, 라 2, 마 2(같은 값 2개 더), 가장 작은 값 1(가 등 2개).");
    check(read_plain("```chart map\nothers=0\n부산 | 1\n서울 | 5\n대구 | 1\n제주 | 1\n```\n")->chart->alt,
          "타일 지도. 항목 4개. 큰 값부터 서울 5, 부산 1, 대구 1(같은 값 1개 더). 항목에 없는 지역은 0.");
    check(read_plain("```chart map\nothers=0\n부산 | 1\n서울 | 1\n```\n")->chart->alt,
          "타일 지도. 항목 2개. 값은 모두 1. 항목에 없는 지역은 0.");
}

static void tables_of_numbers(void **state)
{
    (void)state;
    const struct block *block =
        read_plain("```chart line\ntable=yes\n | a | b | c\nx | 1 | 2 | –\ny | 4 | 5 | 6\n```\n")->next;
    assert_int_equal(block->kind, BLOCK_TABLE);
    const struct table *table = block->table; /* more series than rows: a row a series */
    assert_int_equal(table->columns, 3);
    assert_int_equal(table->rows, 3);
    check(table->header[2].runs->text, "y");
    check(table->cells[6].runs->text, "c");
    check(table->cells[7].runs->text, "–");
    check(table->cells[8].runs->text, "6");
    table = read_plain("```chart bar\ntable=yes, unit=건\nx | 1 | 한 건\ny | 4\n```\n")->next->table;
    assert_int_equal(table->rows, 2);
    check(table->header[1].runs->text, "건");
    check(table->cells[1].runs->text, "한 건");
    assert_null(read_plain("```chart bar\nx | 1\n```\n")->next);
    assert_int_equal(read_plain("```chart map\ntable=yes\n```\n")->next->table->rows, 0); /* neither rows nor series */
}

/* Rows × series is bounded, given or not. */
static void a_chart_has_a_bound(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_text(&text, "```chart heat\nseries=");
    for (int i = 0; i < 300; i++)
        buf_text(&text, "s|");
    buf_text(&text, "\n```\n");
    assert_null(read_plain(text.p));
    buf_clear(&text);
    buf_text(&text, "```chart heat\nseries=");
    for (int i = 0; i < 250; i++)
        buf_text(&text, "s|");
    for (int i = 0; i < 5000; i++)
        buf_text(&text, "\na");
    buf_text(&text, "\n```\n");
    err = (struct err){0};
    assert_null(read_plain(text.p));
    assert_non_null(strstr(err.text, "a million values"));
    buf_free(&text);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(series_by_option_or_first_row),
        TEST(bars_and_maps_have_text_and_link),
        TEST(a_bar_in_a_value_splits_nothing),
        TEST(numbers_with_signs_and_percent),
        TEST(what_is_no_number_stays_as_text),
        TEST(wrong_charts_name_their_line),
        TEST(options_of_a_kind),
        TEST(charts_are_told_in_words),
        TEST(equal_values_are_told_as_such),
        TEST(tables_of_numbers),
        TEST(a_chart_has_a_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
