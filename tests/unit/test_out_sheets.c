/* The contract of the tables: what is no figure, facts, English, CP949, and the metadata of CSV on the Web. */
#include "base/utf8.h"
#include "csv_grid.h"

#include <jansson.h>

/* A missing month is not zero. */
static void no_figure_where_nothing_was_collected(void **state)
{
    struct fixture *f = *state;
    struct grid g;
    write_grid(f, SHEET_CITIES, &g);
    assert_cell(&g, 1, "직전 사업 수(건)", "1");
    assert_cell(&g, 1, "전년 동기 사업 수(건)", ""); /* 0 of the brief, and nothing collected */
    assert_cell(&g, 1, "전년 동기 기사 수(건)", "");
    assert_cell(&g, 1, "최근 12개월 사업 수(건)", "12");
    assert_cell(&g, 1, "최근 12개월 중 수집한 달(개월)", "12");
    assert_cell(&g, 1, "분석 대상 기사 수(건)", "9");
    assert_cell(&g, 3, "직전 사업 수(건)", "0");
    for (int i = 0; i < 13; i++)
        f->trend[i].collected = i == 12;
    f->brief.collected_previous.articles = f->brief.collected_before = 0;
    write_grid(f, SHEET_CITIES, &g);
    assert_cell(&g, 1, "직전 사업 수(건)", "");
    assert_cell(&g, 1, "신규 진입", ""); /* new among what? */
    assert_cell(&g, 1, "최근 12개월 중 수집한 달(개월)", "1");
    write_grid(f, SHEET_TREND, &g);
    assert_cell(&g, 5, "사업 수(건)", "");
    assert_cell(&g, 5, "분석 대상 기사 수(건)", "0");
    assert_cell(&g, 49, "사업 수(건)", "12");
    f->trend[12].collected = f->brief.collected.articles = f->brief.collected_twelve = 0;
    write_grid(f, SHEET_CITIES, &g);
    assert_cell(&g, 1, "사업 수(건)", "");
    assert_cell(&g, 1, "최근 12개월 사업 수(건)", "");
}

static void tests_and_ranks(void **state)
{
    struct fixture *f = *state;
    struct grid g;
    f->cities[0].nation_rank = 3;
    f->cities[0].sido_rank = 1;
    f->cities[0].per_100k = 0.784313;
    f->cities[0].population_day = date_from(2023, 12, 31);
    f->cities[0].on_previous = (struct brief_change){0.0000123, 0.0301, true};
    f->cities[0].on_year_ago = (struct brief_change){NAN, NAN, false};
    f->cities[1].on_previous = (struct brief_change){0.2, 0.4, false};
    write_grid(f, SHEET_CITIES, &g);
    assert_cell(&g, 1, "전국 순위", "3");
    assert_cell(&g, 2, "전국 순위", "");
    assert_cell(&g, 1, "시도 내 순위", "1");
    assert_cell(&g, 1, "인구 10만 명당 사업 수(건)", "0.78");
    assert_cell(&g, 1, "인구 기준일", "2023-12-31");
    assert_cell(&g, 5, "인구 기준일", "");
    assert_cell(&g, 1, "직전 대비 p값", "0.000012");
    assert_cell(&g, 1, "직전 대비 보정 p값", "0.030100");
    assert_cell(&g, 1, "직전 대비 판정(수집량 감안)", "증가");
    assert_cell(&g, 2, "직전 대비 p값", "");
    assert_cell(&g, 1, "전년 동기 대비 p값", "");
    assert_cell(&g, 1, "전년 동기 대비 판정(수집량 감안)", "");
    assert_cell(&g, 5, "직전 대비 판정(수집량 감안)", "유의하지 않음");
    f->cities[0].total.previous.initiatives = 3000;
    f->cities[0].on_previous = (struct brief_change){0, 0, true}; /* less than the least double */
    write_grid(f, SHEET_CITIES, &g);
    assert_cell(&g, 1, "직전 대비 p값", "0.000000");
    assert_cell(&g, 1, "직전 대비 판정(수집량 감안)", "감소");
}

static void facts_are_tidy(void **state)
{
    struct grid g;
    write_grid(*state, SHEET_FACTS, &g);
    assert_int_equal(g.rows, 1 + 2 + 3 + 1 + 1);
    assert_cell(&g, 1, "종류코드", "agency");
    assert_cell(&g, 1, "이름", "시흥;산업진흥원");
    assert_cell(&g, 1, "시군구코드", "41390");
    assert_cell(&g, 2, "시군구코드", "");
    assert_cell(&g, 2, "기사ID", "b");
    assert_cell(&g, 3, "금액 역할", "총사업비");
    assert_cell(&g, 3, "금액 하한", "5000000000");
    assert_cell(&g, 3, "금액 상한", "5000000000");
    assert_cell(&g, 4, "통화", "USD");
    assert_cell(&g, 4, "금액 하한", "");
    assert_cell(&g, 5, "금액 하한", "900000000000");
    assert_cell(&g, 6, "예정 종료일", "2025-12-31");
    assert_cell(&g, 7, "이름", "'=시흥스마트허브");
    assert_cell(&g, 7, "기사ID", "");
    write_grid(*state, SHEET_INITIATIVES, &g);
    assert_cell(&g, 1, "기관", "시흥；산업진흥원;중소벤처기업부");
    assert_cell(&g, 1, "금액(역할:통화:금액)", "total:KRW:5000000000;limit:USD:..100;other:KRW:900000000000..");
    assert_cell(&g, 1, "예정(일정:기간)", "준공:2025-01-01..2025-12-31");
    assert_cell(&g, 1, "단지·특구", "'=시흥스마트허브");
    assert_cell(&g, 1, "매체 수(개)", "1");
    assert_cell(&g, 1, "신규", "예");
    assert_cell(&g, 1, "확인 필요", "아니오"); /* one of two articles */
}

static struct str written(struct fixture *f, enum sheet_kind kind, struct csv_options options)
{
    struct buf out = {0};
    struct err err = {0};
    assert_true(csv_write(&f->brief, kind, &options, &out, &err));
    struct str copy = str_copy(f->arena, buf_view(&out));
    buf_free(&out);
    return copy;
}

static void english_words(void **state)
{
    struct str text = written(*state, SHEET_CITIES, (struct csv_options){SHEET_ENGLISH, CSV_UTF8});
    assert_true(str_starts(text, STR("period,region_code,province,city,category_code,category,initiatives (count),")));
    assert_true(str_find(text, STR(",startup,start-ups,"), 0) != SIZE_MAX);
    assert_true(str_find(text, STR(",total,total,"), 0) != SIZE_MAX);
    text = written(*state, SHEET_INITIATIVES, (struct csv_options){SHEET_ENGLISH, CSV_UTF8_BOM});
    assert_true(str_starts(text, STR("\xEF\xBB\xBFperiod,number,")));
    assert_true(str_find(text, STR(",agreement,"), 0) != SIZE_MAX && str_find(text, STR(",yes,no\r\n"), 0) != SIZE_MAX);
}

static void cp949_is_strict(void **state)
{
    struct fixture *f = *state;
    size_t bad;
    struct str back, utf8 = written(f, SHEET_ARTICLES, (struct csv_options){SHEET_KOREAN, CSV_UTF8});
    struct str cp949 = written(f, SHEET_ARTICLES, (struct csv_options){SHEET_KOREAN, CSV_CP949});
    assert_true(str_starts(cp949, STR("\xB1\xE2\xB0\xA3,"))); /* 기간 */
    assert_true(utf8_decode(f->arena, cp949, "windows-949", &back, &bad));
    assert_true(str_equal(back, utf8));

    const struct {
        struct str title;
        const char *said;
    } cases[] = {
        {STR("가\n\"나\", 다‑라"), "articles, row 3, column 제목: \"‑\" (U+2011) has no place in CP949"},
        {STR("😀"), "articles, row 3, column 제목: \"😀\" (U+1F600) has no place"},
        {STR("믜뿩쀍"), NULL}, /* beyond KS X 1001, in the extension */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf out = {0};
        struct err err = {0};
        buf_text(&out, "kept");
        f->sources[1].title = cases[i].title;
        bool good = csv_write(&f->brief, SHEET_ARTICLES, &(struct csv_options){SHEET_KOREAN, CSV_CP949}, &out, &err);
        assert_int_equal(good, !cases[i].said);
        if (!good) {
            assert_int_equal(err.kind, ERR_INPUT);
            assert_non_null(strstr(err.text, cases[i].said));
            assert_int_equal(out.n, 4); /* nothing half-written */
        }
        buf_free(&out);
    }
}

/* Controls, a lone CR, forty thousand characters: whatever comes, the strict reader gets it back. */
static void hostile_texts_come_back(void **state)
{
    struct fixture *f = *state;
    struct buf list = {0};
    for (int i = 0; i < 40000; i++)
        buf_text(&list, "가");
    const struct str texts[] = {STR("가\r나"),     STR("가\r\n나\n\n"), STR("\x01\x02\x7f"),
                                STR("\"\"\",,\""), STR(" \t빈칸"),      buf_view(&list)};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct grid g;
        f->sources[0].title = texts[i];
        write_grid(f, SHEET_ARTICLES, &g);
        struct str got = cell(&g, 1, "제목");
        if (str_starts(got, STR("'")))
            got = str_slice(got, 1, got.n);
        assert_true(str_equal(got, texts[i]));
    }
    buf_free(&list);
}

static const char *property(const json_t *object, const char *name)
{
    const char *value = json_string_value(json_object_get(object, name));
    if (!value)
        fail_msg("no %s", name);
    return value;
}

static bool digits(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n > 0;
}

/* Is a cell what the metadata says its column holds? */
static bool fits(const json_t *column, struct str text)
{
    const json_t *datatype = json_object_get(column, "datatype");
    const char *base = json_is_object(datatype) ? property(datatype, "base") : json_string_value(datatype);
    if (text.n == 0)
        return !json_is_true(json_object_get(column, "required"));
    if (strcmp(base, "integer") == 0)
        return digits(text);
    if (strcmp(base, "date") == 0)
        return date_parse(text) != DATE_NONE;
    if (strcmp(base, "gYearMonth") == 0)
        return date_parse_month(text, &(date_t){0}, &(date_t){0});
    if (strcmp(base, "boolean") == 0)
        return str_find(str_from(property(datatype, "format")), text, 0) != SIZE_MAX;
    if (strcmp(base, "decimal") == 0) {
        size_t point = str_find(text, STR("."), 0);
        return point != SIZE_MAX && text.n == point + strlen(property(datatype, "format")) - 1 &&
               digits(str_slice(text, 0, point)) && digits(str_slice(text, point + 1, text.n));
    }
    return strcmp(base, "string") == 0 || strcmp(base, "anyURI") == 0;
}

static void check_table(struct fixture *f, const json_t *table, enum sheet_kind kind)
{
    const json_t *schema = json_object_get(table, "tableSchema"), *columns = json_object_get(schema, "columns");
    struct grid g;
    write_grid(f, kind, &g);
    char url[50];
    snprintf(url, sizeof url, "%s-2024-01-41390.csv", sheet_name(kind));
    assert_string_equal(property(table, "url"), url);
    assert_int_equal(json_array_size(columns), g.columns);
    for (size_t i = 0; i < g.columns; i++) {
        const json_t *column = json_array_get(columns, i);
        const char *title = json_string_value(json_array_get(json_object_get(column, "titles"), 0));
        assert_true(str_equal(g.cells[i], str_from(title)));
        for (size_t row = 1; row < g.rows; row++)
            if (!fits(column, g.cells[row * g.columns + i]))
                fail_msg("%s, %s: %s", url, title, g.cells[row * g.columns + i].p);
    }
    size_t at;
    json_t *key;
    json_array_foreach(json_object_get(schema, "primaryKey"), at, key)
    {
        bool found = false;
        for (size_t i = 0; i < g.columns; i++)
            found |= strcmp(property(json_array_get(columns, i), "name"), json_string_value(key)) == 0;
        assert_true(found);
    }
}

static void metadata_agrees_with_the_tables(void **state)
{
    struct fixture *f = *state;
    const struct csv_options cp949 = {SHEET_ENGLISH, CSV_CP949};
    for (int english = 0; english < 2; english++) {
        struct buf out = {0};
        csvw_write(&f->brief, "2024-01-41390", english ? &cp949 : &korean, &out);
        json_t *root = json_loadb(out.p, out.n, JSON_REJECT_DUPLICATES, NULL);
        assert_non_null(root);
        assert_string_equal(json_string_value(json_array_get(json_object_get(root, "@context"), 0)),
                            "http://www.w3.org/ns/csvw");
        assert_int_equal(atoi(property(root, "schema:schemaVersion")), SHEETS_VERSION);
        assert_string_equal(property(json_object_get(root, "dialect"), "encoding"), english ? "windows-949" : "utf-8");
        const json_t *tables = json_object_get(root, "tables");
        assert_int_equal(json_array_size(tables), SHEET_KINDS);
        for (size_t i = 0; i < SHEET_KINDS && !english; i++)
            check_table(f, json_array_get(tables, i), (enum sheet_kind)i);
        json_decref(root);
        buf_free(&out);
    }
}

#define CASE(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(no_figure_where_nothing_was_collected),
        CASE(tests_and_ranks),
        CASE(facts_are_tidy),
        CASE(english_words),
        CASE(cp949_is_strict),
        CASE(hostile_texts_come_back),
        CASE(metadata_agrees_with_the_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
