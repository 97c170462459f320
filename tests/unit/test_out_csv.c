/* CSV tables, read back by a strict reader of RFC 4180 and compared cell by cell. */
#include "csv_grid.h"

#include "base/file.h"

static void test_formulas_are_neutralised(void **state)
{
    (void)state;
    static const struct {
        const char *text, *written;
    } cases[] = {
        {"=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""},
        {"+82-31", "\"'+82-31\""},
        {"-1", "\"'-1\""},
        {"@x", "\"'@x\""},
        {"\tx", "\"'\tx\""},
        {"\rx", "\"'\rx\""},
        {"\nx", "\"'\nx\""},
        {"＝1", "\"'＝1\""},
        {"＋1", "\"'＋1\""},
        {"－1", "\"'－1\""},
        {"＠x", "\"'＠x\""},
        {"  =1", "\"'  =1\""},
        {"\u00A0\u3000=1", "\"'\u00A0\u3000=1\""},
        {"\uFEFF\u200B=1", "\"'\uFEFF\u200B=1\""},
        {" \t가", "\"' \t가\""},
        {"가=1", "가=1"},
        {"2024-01-16", "2024-01-16"},
        {"41390", "41390"},
        {"", ""},
        {"가,나", "\"가,나\""},
        {"그는 \"예\"라고", "\"그는 \"\"예\"\"라고\""},
        {"두\n줄", "\"두\n줄\""},
        {" 빈칸 ", "\" 빈칸 \""},
        {"'가", "'가"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf out = {0};
        csv_cell(&out, str_from(cases[i].text));
        buf_char(&out, '|');
        struct buf expected = {0};
        buf_printf(&expected, "%s|", cases[i].written);
        assert_string_equal(out.p, expected.p);
        buf_free(&out);
        buf_free(&expected);
    }
}

/* Ids and words that a spreadsheet would turn into a number or a day. */
static void test_words_stay_text(void **state)
{
    (void)state;
    static const struct {
        const char *text, *written;
    } cases[] = {
        {"29e722917972", "\"'29e722917972\""},
        {"051343804836", "\"'051343804836\""},
        {"2024/01/23 09:00", "\"'2024/01/23 09:00\""},
        {"1/2", "\"'1/2\""},
        {"=1", "\"'=1\""},
        {"29e72291797b", "29e72291797b"},
        {"29e722917972;1", "29e722917972;1"},
        {"2024년", "2024년"},
        {"3월", "3월"},
        {"2024년 1월 23일", "\"'2024년 1월 23일\""},
        {"1월 23일", "\"'1월 23일\""},
        {"2024년 1월 23일 오후 4:26", "\"'2024년 1월 23일 오후 4:26\""},
        {"게재일 2024년 1월 11일", "게재일 2024년 1월 11일"},
        {"(12)", "\"'(12)\""},
        {"１２３", "\"'１２３\""},
        {"오전", "오전"},
        {"e", "e"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf out = {0};
        csv_text(&out, str_from(cases[i].text));
        assert_true(str_equal(buf_view(&out), str_from(cases[i].written)));
        buf_free(&out);
    }
}

static void test_cities(void **state)
{
    struct grid g;
    write_grid(*state, SHEET_CITIES, &g);
    assert_int_equal(g.rows, 1 + 2 * 4);
    assert_cell(&g, 1, "기간", "2024-01");
    assert_cell(&g, 1, "시군구코드", "41390");
    assert_cell(&g, 1, "시군구", "시흥시");
    assert_cell(&g, 1, "분야코드", "total");
    assert_cell(&g, 1, "분야", "전체");
    assert_cell(&g, 1, "사업 수(건)", "4");
    assert_cell(&g, 1, "최근 12개월 기사 수(건)", "30");
    assert_cell(&g, 1, "순위", "1");
    assert_cell(&g, 1, "신규 진입", "아니오");
    assert_cell(&g, 1, "인구(명)", "510000");
    assert_cell(&g, 1, "데이터기준일자", "2024-02-03");
    assert_cell(&g, 3, "분야", "바이오");
    assert_cell(&g, 3, "기사 수(건)", "2");
    assert_cell(&g, 3, "순위", "");
    assert_cell(&g, 5, "시군구", "");
    assert_cell(&g, 5, "순위", "");
    assert_cell(&g, 5, "신규 진입", "예");
    assert_cell(&g, 5, "인구(명)", "");
}

static void test_initiatives(void **state)
{
    struct grid g;
    write_grid(*state, SHEET_INITIATIVES, &g);
    assert_int_equal(g.rows, 2);
    assert_cell(&g, 1, "사업명", "'@제목");
    assert_cell(&g, 1, "관련 시군구코드", "41390;41000");
    assert_cell(&g, 1, "분야", "창업;제조");
    assert_cell(&g, 1, "분야코드", "startup;manufacturing");
    assert_cell(&g, 1, "첫 보도일", "2024-01-16");
    assert_cell(&g, 1, "마지막 보도일", "2024-01-17");
    assert_cell(&g, 1, "기사ID", "abcdef012345;b");
    assert_cell(&g, 1, "신뢰도(0-1)", "0.50");
}

static void test_articles(void **state)
{
    struct grid g;
    write_grid(*state, SHEET_ARTICLES, &g);
    assert_int_equal(g.rows, 4);
    assert_cell(&g, 1, "제목", "'=1+1, \"둘째\" 제목");
    assert_cell(&g, 1, "URL", "https://a.example/1?a=1,2");
    assert_cell(&g, 1, "보도일", "2024-01-16");
    assert_cell(&g, 1, "추정 시작일", "");
    assert_cell(&g, 1, "집계 포함", "예");
    assert_cell(&g, 1, "확인 필요", "아니오");
    assert_cell(&g, 1, "지역", "경기도 시흥시;경기도");
    assert_cell(&g, 2, "확인 필요", "예");
    assert_cell(&g, 3, "집계 포함", "아니오");
    assert_cell(&g, 3, "보도일", ""); /* a guess never stands in the column of exact days */
    assert_cell(&g, 3, "추정 시작일", "2025-06-01");
    assert_cell(&g, 3, "추정 종료일", "2025-06-30");
    assert_cell(&g, 3, "날짜 근거", "추정");
    assert_cell(&g, 3, "지역", "");
    assert_cell(&g, 3, "번호", "");
}

static void test_trend(void **state)
{
    struct grid g;
    write_grid(*state, SHEET_TREND, &g);
    assert_int_equal(g.rows, 1 + 13 * 4);
    assert_cell(&g, 1, "월", "2023-01");
    assert_cell(&g, 49, "월", "2024-01");
    assert_cell(&g, 49, "사업 수(건)", "12");
    assert_cell(&g, 51, "분야", "바이오");
    assert_cell(&g, 51, "분석 대상 기사 수(건)", "112");
}

static void test_empty_brief_has_headers(void **state)
{
    struct fixture *f = *state;
    struct grid g;
    f->brief.n_cities = f->brief.n_initiatives = f->brief.n_sources = f->brief.n_undated = f->brief.n_doubtful = 0;
    f->brief.cutoff = DATE_NONE;
    for (int table = 0; table < SHEET_KINDS; table++) {
        write_grid(f, (enum sheet_kind)table, &g);
        assert_int_equal(g.rows, table == SHEET_TREND ? 53 : 1);
        assert_true(g.columns >= 7);
    }
}

static bool same_value(struct str a, struct str b)
{
    char *end_a, *end_b;
    double x = strtod(a.p, &end_a), y = strtod(b.p, &end_b);
    return str_equal(a, b) || (a.n && b.n && !*end_a && !*end_b && fabs(x - y) < 1e-9);
}

/* What LibreOffice wrote: LF, no mark. As the strict reader wants it. */
static struct str normal_form(struct arena *arena, struct str text)
{
    struct buf out = {0};
    bool quoted = false;
    buf_text(&out, "\xEF\xBB\xBF");
    for (size_t i = 0; i < text.n; i++) {
        quoted ^= text.p[i] == '"';
        if (text.p[i] == '\n' && !quoted)
            buf_char(&out, '\r');
        buf_char(&out, text.p[i]);
    }
    struct str copy = str_copy(arena, buf_view(&out));
    buf_free(&out);
    return copy;
}

/* Every table goes through a real spreadsheet: all cells come back, and no text has become a formula or an error. */
static void test_libreoffice_reads_the_same_cells(void **state)
{
    struct fixture *f = *state;
    char directory[300], profile[400];
    const char *tmp = getenv("TMPDIR");
    snprintf(directory, sizeof directory, "%s/test_out_csv_XXXXXX", tmp ? tmp : P_tmpdir);
    assert_non_null(mkdtemp(directory));
    snprintf(profile, sizeof profile, "-env:UserInstallation=file://%s/profile", directory);
    struct err err = {0};
    char *in[SHEET_KINDS], *back = file_join(f->arena, directory, "back");
    for (int t = 0; t < SHEET_KINDS; t++) {
        struct buf out = {0};
        in[t] = arena_printf(f->arena, "%s/%s.csv", directory, sheet_name((enum sheet_kind)t));
        assert_true(csv_write(&f->brief, (enum sheet_kind)t, &korean, &out, &err));
        assert_true(file_publish(in[t], buf_view(&out), &err));
        buf_free(&out);
    }
    const char *argv[] = {"soffice",      "--headless",
                          profile,        "--infilter=CSV:44,34,76,1",
                          "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false",
                          "--outdir",     back,
                          in[0],          in[1],
                          in[2],          in[3],
                          in[4],          NULL};
    struct buf said = {0};
    int status = test_run(argv, &said);
    assert_true(status <= 0);
    for (int t = 0; t < SHEET_KINDS && status == 0; t++) {
        struct grid *g = ARENA_NEW(f->arena, struct grid), *again = ARENA_NEW(f->arena, struct grid);
        struct buf bytes = {0};
        write_grid(f, (enum sheet_kind)t, g);
        const char *path = arena_printf(f->arena, "%s/%s.csv", back, sheet_name((enum sheet_kind)t));
        assert_true(file_read(path, 1 << 20, &bytes, &err));
        read_grid(f->arena, normal_form(f->arena, buf_view(&bytes)), again);
        buf_free(&bytes);
        assert_int_equal(again->rows, g->rows);
        assert_int_equal(again->columns, g->columns);
        for (size_t i = 0; i < g->rows * g->columns; i++)
            if (!same_value(g->cells[i], again->cells[i]))
                fail_msg("%s, cell %zu: %s came back as %s", sheet_name((enum sheet_kind)t), i, g->cells[i].p,
                         again->cells[i].p);
    }
    buf_free(&said);
    test_run((const char *[]){"rm", "-rf", directory, NULL}, &said);
    buf_free(&said);
}

/* Every column has a header in both languages and a description, and no header stands twice in a table. */
static void test_column_table(void **state)
{
    struct fixture *f = *state;
    struct tsv tsv;
    struct err err = {0};
    assert_true(tsv_parse(f->arena, "data/csv.tsv", data_file("data/csv.tsv"), &tsv, &err));
    for (size_t i = 0; i < tsv.rows; i++) {
        for (size_t k = 0; k < tsv.columns; k++)
            assert_true(tsv_cell(&tsv, i, k).n > 0);
        for (size_t j = 0; j < i; j++)
            for (size_t k = 1; k < (str_equal(tsv_cell(&tsv, i, 0), STR("word")) ? 2 : 4); k++)
                assert_false(str_equal(tsv_cell(&tsv, i, 0), tsv_cell(&tsv, j, 0)) &&
                             str_equal(tsv_cell(&tsv, i, k), tsv_cell(&tsv, j, k)));
    }
}

#define CASE(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_formulas_are_neutralised),
        cmocka_unit_test(test_words_stay_text),
        CASE(test_cities),
        CASE(test_initiatives),
        CASE(test_articles),
        CASE(test_trend),
        CASE(test_empty_brief_has_headers),
        CASE(test_column_table),
        CASE(test_libreoffice_reads_the_same_cells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
