/* CSV tables, read back by a strict reader of RFC 4180 and compared cell by cell. */
#include "out/csv.h"
#include "out_page.h"

#include "base/file.h"

enum { MAX_CELLS = 4000 };

struct grid {
    struct str cells[MAX_CELLS];
    size_t columns, rows; /* rows with the header */
};

/* Takes one field; quotes are undone in place in the arena's copy. Fails the test on anything that RFC 4180 does not
 * allow. */
static struct str take_field(struct arena *arena, struct str text, size_t *at)
{
    struct buf cell = {0};
    bool quoted = *at < text.n && text.p[*at] == '"';
    if (quoted)
        ++*at;
    for (; *at < text.n; ++*at) {
        char c = text.p[*at];
        if (quoted && c == '"') {
            ++*at;
            if (*at >= text.n || text.p[*at] != '"')
                break;
        } else if (!quoted && (c == ',' || c == '\r')) {
            break;
        } else if (!quoted) {
            assert_true(c != '"' && c != '\n');
        }
        buf_char(&cell, text.p[*at]);
    }
    struct str copy = str_copy(arena, buf_view(&cell));
    buf_free(&cell);
    return copy;
}

static void read_grid(struct arena *arena, struct str text, struct grid *grid)
{
    assert_true(str_starts(text, STR("\xEF\xBB\xBF")));
    size_t n = 0, columns = 0;
    grid->columns = grid->rows = 0;
    for (size_t at = 3; at < text.n;) {
        assert_true(n < MAX_CELLS);
        grid->cells[n++] = take_field(arena, text, &at);
        columns++;
        assert_true(at < text.n); /* the last record ends with CRLF too */
        if (text.p[at] == ',') {
            at++;
            continue;
        }
        assert_true(at + 1 < text.n && text.p[at] == '\r' && text.p[at + 1] == '\n');
        at += 2;
        if (!grid->rows)
            grid->columns = columns;
        assert_int_equal(columns, grid->columns);
        grid->rows++;
        columns = 0;
    }
}

static struct str cell(const struct grid *grid, size_t row, const char *header)
{
    for (size_t i = 0; i < grid->columns; i++)
        if (str_equal(grid->cells[i], str_from(header)))
            return grid->cells[row * grid->columns + i];
    fail_msg("no column %s", header);
    return (struct str){NULL, 0};
}

static void assert_cell(const struct grid *grid, size_t row, const char *header, const char *expected)
{
    struct str got = cell(grid, row, header);
    if (!str_equal(got, str_from(expected)))
        fail_msg("row %zu, %s: \"%.*s\", not \"%s\"", row, header, STR_ARG(got), expected);
}

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

/* A brief with two cities, three categories, one initiative and hostile texts. */
struct fixture {
    struct arena *arena;
    struct brief brief;
    struct region regions[2];
    struct category categories[3];
    struct brief_city cities[2];
    struct span_counts counts[2][3];
    struct brief_month trend[13];
    struct counts month_counts[13][3];
    struct brief_source sources[2], undated[1], doubtful[1];
    const struct region *places[2];
    const struct brief_source *reports[2];
    bool flags[3];
    struct brief_initiative initiatives[1];
};

static void fill_counts(struct fixture *f)
{
    for (int c = 0; c < 2; c++) {
        f->cities[c] = (struct brief_city){.region = &f->regions[c], .by_category = f->counts[c], .rank = c + 1};
        f->cities[c].total = (struct span_counts){{4 - c, 9}, {1, 2}, {0, 0}, {12, 30}};
        for (int k = 0; k < 3; k++)
            f->counts[c][k] = (struct span_counts){{k, 2 * k}, {0, 0}, {0, 0}, {10 + k, 20 + k}};
    }
    f->cities[0].population = 510000;
    f->cities[1].population = -1;
    f->cities[1].is_new = true;
    f->cities[1].rank = 0;
    f->brief.trend = f->trend;
    f->brief.n_trend = 13;
    for (int m = 0; m < 13; m++) {
        f->brief.trend[m] = (struct brief_month){.month = date_add_months(date_from(2023, 1, 1), m),
                                                 .total = {m, 2 * m},
                                                 .by_category = f->month_counts[m],
                                                 .collected = 100 + m};
        f->month_counts[m][1] = (struct counts){m, m};
    }
}

static void fill_articles(struct fixture *f)
{
    f->places[0] = &f->regions[0];
    f->places[1] = &f->regions[1];
    f->flags[0] = f->flags[2] = true;
    struct brief_source s = {.key = STR("abcdef012345"),
                             .title = STR("=1+1, \"둘째\" 제목"),
                             .outlet = STR("시험일보"),
                             .url = STR("https://a.example/1?a=1,2"),
                             .published = date_from(2024, 1, 16),
                             .basis = BASIS_PUBLISHED,
                             .lo = date_from(2024, 1, 16),
                             .hi = date_from(2024, 1, 16),
                             .regions = f->places,
                             .n_regions = 2,
                             .categories = f->flags,
                             .initiative = STR("0123"),
                             .is_initiative = true,
                             .score = 0.925,
                             .number = 1};
    f->sources[0] = f->sources[1] = f->undated[0] = s;
    f->sources[1].key = f->doubtful[0].key = STR("b");
    f->undated[0].key = STR("c");
    f->undated[0].published = DATE_NONE;
    f->undated[0].basis = BASIS_INFERRED;
    f->undated[0].lo = date_from(2025, 6, 1);
    f->undated[0].hi = date_from(2025, 6, 30);
    f->undated[0].n_regions = 0;
    f->undated[0].number = 0;
    f->reports[0] = &f->sources[0];
    f->reports[1] = &f->sources[1];
    f->initiatives[0] = (struct brief_initiative){.key = STR("0123"),
                                                  .title = STR("@제목"),
                                                  .stage = STR("협약"),
                                                  .regions = f->places,
                                                  .n_regions = 2,
                                                  .categories = f->flags,
                                                  .articles = f->reports,
                                                  .n_articles = 2,
                                                  .first = date_from(2024, 1, 16),
                                                  .last = date_from(2024, 1, 17),
                                                  .number = 1,
                                                  .score = 0.5};
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    f->arena = arena_new();
    f->regions[0] = (struct region){
        .code = "41390", .sido = STR("경기도"), .name = STR("시흥시"), .full_name = STR("경기도 시흥시")};
    f->regions[1] = (struct region){.code = "41000", .sido = STR("경기도"), .full_name = STR("경기도")};
    f->categories[0] = (struct category){STR("startup"), STR("창업"), STR("start-ups")};
    f->categories[1] = (struct category){STR("bio"), STR("바이오"), STR("bio")};
    f->categories[2] = (struct category){STR("manufacturing"), STR("제조"), STR("manufacturing")};
    f->brief = (struct brief){.from = date_from(2024, 1, 1),
                              .to = date_from(2024, 1, 31),
                              .taxonomy = {f->categories, 3},
                              .collected = {.articles = 9},
                              .collected_previous = {.articles = 7},
                              .cities = f->cities,
                              .n_cities = 2,
                              .initiatives = f->initiatives,
                              .n_initiatives = 1,
                              .sources = f->sources,
                              .n_sources = 2,
                              .undated = f->undated,
                              .n_undated = 1,
                              .doubtful = f->doubtful,
                              .n_doubtful = 1,
                              .cutoff = date_from(2024, 2, 3)};
    fill_counts(f);
    fill_articles(f);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    arena_free(f->arena);
    free(f);
    return 0;
}

static const struct csv_options korean = {SHEET_KOREAN, CSV_UTF8_BOM};

static void write_grid(struct fixture *f, enum sheet_kind table, struct grid *grid)
{
    struct buf out = {0}, again = {0};
    struct err err = {0};
    assert_true(csv_write(&f->brief, table, &korean, &out, &err) && csv_write(&f->brief, table, &korean, &again, &err));
    assert_string_equal(out.p, again.p);
    read_grid(f->arena, buf_view(&out), grid);
    buf_free(&out);
    buf_free(&again);
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
