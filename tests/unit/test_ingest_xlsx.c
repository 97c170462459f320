/* Workbooks of every layout, as articles. */
#include "book_fixture.h"

#include "base/date.h"
#include "ingest/xlsx.h"

#define HEADER                                                                                                         \
    "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>제목</v></c><c r=\"B1\" t=\"str\"><v>본문</v></c><c r=\"C1\" "          \
    "t=\"str\"><v>일자</v></c></row>"
#define TEXT(cell, text)   "<c r=\"" cell "\" t=\"inlineStr\"><is><t>" text "</t></is></c>"
#define ROW(number, cells) "<row r=\"" number "\">" cells "</row>"
#define BODY               "시흥시는 청년 창업지원센터를 열었다고 밝혔다. 센터는 예비 창업자를 돕는다."

/* One row under the header: title, body and date cell as they are given. */
static struct reading read_date(const char *cell, const char *styles, const char *properties)
{
    struct arena *arena = arena_new();
    const struct book_of of = {
        .sheet = arena_printf(arena, HEADER "<row r=\"2\">" TEXT("A2", "제목 하나") TEXT("B2", BODY) "%s</row>", cell),
        .styles = styles,
        .properties = properties};
    struct reading r = read_book(&of);
    arena_free(arena);
    return r;
}

static void cells_of_every_type_are_read(void **state)
{
    (void)state;
    const struct book_of of = {
        .strings = "<si><t>제목</t></si><si><r><t>본</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\">문</t></r>"
                   "<rPh sb=\"0\" eb=\"1\"><t>bonmun</t></rPh></si><si><t>매체</t></si><si/>",
        .sheet = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" "
                 "t=\"s\"><v>2</v></c><c r=\"D1\" t=\"str\"><v>id</v></c><c r=\"F1\" t=\"str\"><v>키워드</v></c></row>"
                 "<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><r><t>&#49884;&#55141;시 </t></r><r><t>창업</t></r><rPh "
                 "sb=\"0\" eb=\"1\"><t>x</t></rPh></is></c><c r=\"B3\" t=\"str\"><f>A1</f><v>" BODY
                 "_x000D_\n둘째 줄이다._x005F_x_xD83D__xDE00__xD800_</v></c><c r=\"C3\" t=\"b\"><v>1</v></c>"
                 "<c r=\"D3\"><v>1.2345E4</v></c><c r=\"F3\" t=\"e\"><v>#N/A</v></c></row>"
                 "<row><c t=\"s\"><v>0</v></c><c><v>3</v></c><c t=\"s\"><v>3</v></c><c><f>1+1</f></c></row>"};
    struct reading r = read_book(&of);
    assert_int_equal(r.n, 2);
    assert_str(r.articles[0].title, "시흥시 창업");
    assert_str(r.articles[0].body, BODY "\n둘째 줄이다._x😀_xD800_");
    assert_str(r.articles[0].outlet, "TRUE");
    assert_str(r.articles[0].external_id, "12345");
    assert_str(r.articles[0].source, "책.xlsx!시트1");
    assert_str(r.articles[0].reader, "xlsx/1");
    assert_int_equal(r.articles[0].source_line, 3);
    assert_int_equal(r.articles[1].source_line, 4);
    assert_str(r.articles[1].raw, "제목,3,,,,");
    assert_string_equal(message(&r, "error-value")->place, "책.xlsx!시트1!F3");
    assert_string_equal(message(&r, "no-value")->place, "책.xlsx!시트1!D4");
    assert_int_equal(diag_count(&r.diag, DIAG_REJECT), 0);
    reading_free(&r);
}

static void the_row_is_kept_as_a_line_of_csv(void **state)
{
    (void)state;
    struct reading r = read_date("<c r=\"C2\" t=\"str\"><v>2024-01-16, \"오전\"</v></c>", NULL, NULL);
    assert_int_equal(r.n, 1);
    assert_str(r.articles[0].raw, "제목 하나," BODY ",\"2024-01-16, \"\"오전\"\"\"");
    reading_free(&r);
}

static void assert_date(const char *cell, const char *styles, const char *properties, const char *want)
{
    struct reading r = read_date(cell, styles, properties);
    assert_int_equal(r.n, 1);
    if (strcmp(date_iso(r.articles[0].published).p, want) != 0)
        fail_msg("%s: got \"%s\", wanted \"%s\"", cell, date_iso(r.articles[0].published).p, want);
    assert_true(*want || has_diag(&r, "odd-date"));
    reading_free(&r);
}

static void days_are_told_from_numbers(void **state)
{
    (void)state;
    static const char styles[] =
        "<numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;년&quot; m&quot;월&quot; d&quot;일&quot;\"/>"
        "<numFmt numFmtId=\"165\" formatCode=\"[Red]#,##0&quot;days&quot;\\d_m\"/>"
        "<numFmt numFmtId=\"166\" formatCode=\"[h]:mm\"/><numFmt numFmtId=\"20\" formatCode=\"0.00\"/></numFmts>"
        "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>"
        "<xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"166\"/><xf numFmtId=\"20\"/><xf "
        "numFmtId=\"57\"/></cellXfs>";
    assert_date("<c r=\"C2\"><v>20240116</v></c>", styles, NULL, "2024-01-16");
    assert_date("<c r=\"C2\"><v>2.0240116E7</v></c>", styles, NULL, "2024-01-16");
    assert_date("<c r=\"C2\" s=\"1\"><v>45307</v></c>", styles, NULL, "2024-01-16");
    assert_date("<c r=\"C2\" s=\"2\"><v>45307.427337962961</v></c>", styles, NULL, "2024-01-16");
    assert_date("<c r=\"C2\" s=\"4\"><v>45307</v></c>", styles, NULL, "2024-01-16");
    assert_date("<c r=\"C2\" s=\"6\"><v>45307</v></c>", styles, NULL, "2024-01-16");
    assert_date("<c r=\"C2\" s=\"1\"><v>20240116</v></c>", styles, NULL, "2024-01-16");
    assert_date("<c r=\"C2\" s=\"1\"><v>43845</v></c>", styles, "date1904=\"1\"", "2024-01-16");
    assert_date("<c r=\"C2\" t=\"d\"><v>2024-01-16</v></c>", styles, NULL, "2024-01-16");
    assert_date("<c r=\"C2\" t=\"d\"><v>2024-01-16T00:00:00</v></c>", styles, NULL, "2024-01-16");
    assert_date("<c r=\"C2\"><v>45307</v></c>", styles, NULL, ""); /* who knows */
    assert_date("<c r=\"C2\" s=\"3\"><v>45307</v></c>", styles, NULL, "");
    assert_date("<c r=\"C2\" s=\"5\"><v>45307</v></c>", styles, NULL, "");
    assert_date("<c r=\"C2\" s=\"99\"><v>45307</v></c>", styles, NULL, "");
    assert_date("<c r=\"C2\"><v>20241316</v></c>", styles, NULL, "");
    assert_date("<c r=\"C2\" s=\"1\"><v>60</v></c>", styles, NULL, "");
}

static void assert_number(const char *number, bool date, bool date1904, const char *want)
{
    struct buf text = {0};
    buf_text(&text, "x");
    buf_text(&text, number);
    number_text(&text, 1, date, date1904);
    assert_string_equal(text.p + 1, want);
    buf_free(&text);
}

static void serial_numbers_are_days(void **state)
{
    (void)state;
    assert_number("1", true, false, "1900-01-01");
    assert_number("59", true, false, "1900-02-28");
    assert_number("60", true, false, "1900-02-29"); /* Lotus thought so */
    assert_number("61", true, false, "1900-03-01");
    assert_number("0", true, true, "1904-01-01");
    assert_number("59", true, true, "1904-02-29");
    assert_number("2958465", true, false, "9999-12-31");
    assert_number("2958466", true, false, "2958466");
    assert_number("2957003", true, true, "9999-12-31");
    assert_number("2957004", true, true, "2957004");
    assert_number("-1", true, false, "-1");
    assert_number("45307.5", true, false, "2024-01-16 12:00:00");
    assert_number("45307.427337962961", true, false, "2024-01-16 10:15:22");
    assert_number("45307.427341435183", true, false, "2024-01-16 10:15:22.300");
    assert_number("45307.9999999999", true, false, "2024-01-17");
    assert_number("0.25", true, false, "06:00:00");
    assert_number("0.1", false, false, "0.1");
    assert_number("0.10000000000000001", false, false, "0.1");
    assert_number("1E3", false, false, "1000");
    assert_number("-0", false, false, "0");
    assert_number("12345678901234567", false, false, "12345678901234568"); /* what Excel itself has kept of it */
    assert_number("1e400", false, false, "1e400");
    assert_number("inf", false, false, "inf");
    assert_number("0x10", false, false, "0x10");
    assert_number("20240115 ", false, false, "20240115");
    assert_number("스무 살", true, false, "스무 살");
    assert_number("", true, false, "");
}

static void the_header_is_found_below_other_rows(void **state)
{
    (void)state;
    static const char *const rows[] = {
        ROW("1", TEXT("A1", "보도 목록")),
        ROW("2", TEXT("A2", "제목") TEXT("B2", "검색")),
        ROW("3", TEXT("A3", "제목") TEXT("B3", "언론사") TEXT("C3", "일자")), /* no text among them */
        ROW("5", TEXT("B5", "제목") TEXT("C5", "내용") TEXT("D5", "매체")),
        ROW("6", TEXT("C6", BODY) TEXT("B6", "순서가 다른 칸") TEXT("D6", "가람신문") TEXT("Z6", "덤")),
        ROW("7", TEXT("B7", "제목") TEXT("C7", "내용") TEXT("D7", "매체")), /* once more */
        ROW("8", TEXT("B8", " ")),
        ROW("9", TEXT("B9", "둘") TEXT("B9", "셋")),
        ROW("1048576", TEXT("B1048576", "끝") TEXT("C1048576", BODY) TEXT("XFD1048576", "끝")),
    };
    struct buf sheet = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        buf_text(&sheet, rows[i]);
    const struct book_of of = {.sheet = sheet.p};
    struct reading r = read_book(&of);
    assert_int_equal(r.n, 2);
    assert_str(r.articles[0].title, "순서가 다른 칸");
    assert_str(r.articles[0].outlet, "가람신문");
    assert_str(r.articles[0].raw, ",순서가 다른 칸," BODY ",가람신문");
    assert_int_equal(r.articles[1].source_line, 1048576);
    assert_int_equal(message(&r, "cell-twice")->line, 9);
    assert_int_equal(diag_count(&r.diag, DIAG_REJECT), 1);
    reading_free(&r);
    buf_free(&sheet);
}

static void map_names_the_columns(void **state)
{
    (void)state;
    struct book_of of = {.sheet = "<row>" TEXT("A1", "머리") TEXT("B1", "글") "</row><row>" TEXT("A2", "하나")
                             TEXT("B2", BODY) "</row>",
                         .map = "title=머리,body=글"};
    struct reading r = read_book(&of);
    assert_int_equal(r.n, 1);
    assert_str(r.articles[0].title, "하나");
    reading_free(&r);
    of.map = "body=2";
    r = read_book(&of);
    assert_int_equal(r.n, 1);
    reading_free(&r);
    of.sheet = "<row>" TEXT("A1", "하나") TEXT("B1", BODY) "</row><row>" TEXT("A2", "둘") TEXT("B2", BODY) "</row>";
    of.map = "title=1,body=2"; /* no header, but a record */
    r = read_book(&of);
    assert_int_equal(r.n, 2);
    assert_int_equal(r.articles[0].source_line, 1);
    assert_str(r.articles[0].title, "하나");
    reading_free(&r);
    of.map = "title=머리,body=몸";
    r = read_book(&of);
    assert_int_equal(r.n, 0);
    assert_non_null(strstr(message(&r, "unclear-columns")->text, "몸"));
    reading_free(&r);
}

static void all_visible_sheets_are_read(void **state)
{
    (void)state;
    static const char row[] = "<row r=\"2\">" TEXT("A2", "둘") TEXT("B2", BODY) "</row>", note[] = TEXT("A1", "메모");
    char one[2000], notes[200];
    snprintf(one, sizeof one, HEADER "%s", row);
    snprintf(notes, sizeof notes, "<row>%s</row>", note);
    struct book_of of = {.sheet = notes,
                         .second = one,
                         .sheets =
                             "<sheet name=\"메모\" r:id=\"rId1\"/><sheet name=\"그림\" r:id=\"rId9\"/>"
                             "<sheet name=\"나\" r:id=\"rId2\"/><sheet name=\"가림\" state=\"hidden\" r:id=\"rId1\"/>"};
    struct reading r = read_book(&of);
    assert_int_equal(r.n, 1);
    assert_str(r.articles[0].source, "책.xlsx!나");
    assert_string_equal(message(&r, "hidden-sheet")->place, "책.xlsx!가림");
    assert_string_equal(message(&r, "no-articles")->place, "책.xlsx!메모");
    assert_int_equal(diag_count(&r.diag, DIAG_REJECT), 0);
    reading_free(&r);
    of.second = notes;
    r = read_book(&of);
    assert_int_equal(diag_count(&r.diag, DIAG_REJECT), 2);
    assert_non_null(strstr(message(&r, "unclear-columns")->text, "메모"));
    reading_free(&r);
}

static void what_has_no_articles_says_so(void **state)
{
    (void)state;
    struct reading r = read_book(&(struct book_of){0});
    message(&r, "empty-file");
    reading_free(&r);
    r = read_book(&(struct book_of){.sheet = HEADER});
    message(&r, "no-rows");
    assert_int_equal(diag_count(&r.diag, DIAG_REJECT), 0);
    reading_free(&r);
    r = read_book(&(struct book_of){.sheet = "<row>" TEXT("A1", "일자") TEXT("B1", "제목") "</row>"});
    assert_int_equal(message(&r, "unclear-columns")->line, 1);
    reading_free(&r);
}

static void merged_cells_hold_for_each_row(void **state)
{
    (void)state;
    static const char header[] = ROW("1", TEXT("A1", "제목") TEXT("B1", "본문") TEXT("C1", "일자") TEXT("D1", "매체"));
    static const char first[] =
        ROW("3", TEXT("A3", "하나") TEXT("B3", BODY) TEXT("C3", "2024-01-16") TEXT("D3", "가람신문"));
    static const char second[] = ROW("4", TEXT("A4", "둘") TEXT("B4", BODY));
    static const char third[] = ROW("6", TEXT("A6", "셋") TEXT("B6", BODY) TEXT("D6", "새벽신문"));
    static const char fourth[] = ROW("7", TEXT("A7", "넷") TEXT("B7", BODY));
    static const char fifth[] = ROW("8", TEXT("A8", "다섯") TEXT("B8", BODY));
    char sheet[4000];
    snprintf(sheet, sizeof sheet, "%s%s%s%s%s%s%s", header, ROW("2", TEXT("A2", " ")), first, second, third, fourth,
             fifth);
    struct reading r = read_book(&(struct book_of){
        .sheet = sheet,
        .after = "<mergeCells><mergeCell ref=\"A1:A2\"/><mergeCell ref=\"D3:E4\"/><mergeCell ref=\"C3:C7\"/>"
                 "<mergeCell ref=\"XFE1:XFE2\"/><mergeCell ref=\"F1\"/><mergeCell ref=\"D7:D8\"/></mergeCells>"});
    static const char *const dates[] = {"2024-01-16", "2024-01-16", "2024-01-16", "2024-01-16", ""};
    static const char *const outlets[] = {"가람신문", "가람신문", "새벽신문", "", ""};
    assert_int_equal(r.n, 5);
    for (size_t i = 0; i < r.n; i++) {
        assert_string_equal(date_iso(r.articles[i].published).p, dates[i]);
        assert_str(r.articles[i].outlet, outlets[i]);
    }
    assert_str(r.articles[1].raw, "둘," BODY ",2024-01-16,가람신문");
    assert_string_equal(message(&r, "merged-cells")->place, "책.xlsx!시트1!D4");
    assert_int_equal(diag_count(&r.diag, DIAG_REJECT), 0);
    reading_free(&r);
}

static void what_the_news_archive_writes_is_understood(void **state)
{
    (void)state;
    static const struct {
        const char *row, *url;
    } rows[] = {
        {ROW("2", TEXT("A2", "하나") TEXT("B2", BODY) TEXT("C2", "www.example.kr/a?b=1&amp;amp;c=2")),
         "http://www.example.kr/a?b=1&c=2"},
        {ROW("3", TEXT("A3", "둘") TEXT("B3", BODY) TEXT("C3", "http:www.example.kr/1")), "http://www.example.kr/1"},
        {ROW("4", TEXT("A4", "셋") TEXT("B4", BODY) TEXT("C4", "https://www.example.kr/1")),
         "https://www.example.kr/1"},
        {ROW("5", TEXT("A5", "넷") TEXT("B5", BODY) TEXT("C5", "javascript:alert(1)")), ""},
        {ROW("6", TEXT("A6", "다섯") TEXT("B6", "(사진 시흥시)/가람신문 시흥시는 창업센터를 열었다..")), ""},
        {ROW("7", TEXT("A7", "여섯") TEXT("B7", BODY) TEXT("D7", "중복, 예외")), NULL},
    };
    struct buf sheet = {0};
    buf_text(&sheet, ROW("1", TEXT("A1", "제목") TEXT("B1", "본문") TEXT("C1", "URL") TEXT("D1", "분석제외 여부")));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        buf_text(&sheet, rows[i].row);
    struct reading r = read_book(&(struct book_of){.sheet = sheet.p});
    assert_int_equal(r.n, 5);
    for (size_t i = 0; i < r.n; i++) {
        assert_str(r.articles[i].url, rows[i].url);
        assert_true(r.articles[i].body.n > 0);
    }
    assert_int_equal(message(&r, "excluded")->line, 7);
    reading_free(&r);
    buf_free(&sheet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_of_every_type_are_read),
        cmocka_unit_test(the_row_is_kept_as_a_line_of_csv),
        cmocka_unit_test(days_are_told_from_numbers),
        cmocka_unit_test(serial_numbers_are_days),
        cmocka_unit_test(the_header_is_found_below_other_rows),
        cmocka_unit_test(map_names_the_columns),
        cmocka_unit_test(all_visible_sheets_are_read),
        cmocka_unit_test(what_has_no_articles_says_so),
        cmocka_unit_test(merged_cells_hold_for_each_row),
        cmocka_unit_test(what_the_news_archive_writes_is_understood),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
