/* Tables as spreadsheets, data frames and portals write them. */
#include "ingest_fixture.h"

#include "base/csv.h"
#include "base/file.h"
#include "base/mem.h"

#include <iconv.h>
#include <jansson.h>

#define A "누리시 공방 열어"
#define B "누리시는 창업 공방을 열었다고 밝혔다."

static struct reading read_map(struct str bytes, const char *format, const char *map)
{
    struct reading r = {.arena = arena_new()};
    struct ingest_options options = {.format = format, .encoding = "auto", .map = map};
    r.err.kind = ERR_NONE;
    if (!ingest_text("page.txt", bytes, &options, keep_reading, &r, &r.diag, &r.err))
        assert_int_not_equal(r.err.kind, ERR_NONE);
    return r;
}

/* What came of a table: "line title|body/line title|body; line:column code: text; …". */
static const char *outcome(const struct reading *r)
{
    struct buf out = {0};
    for (size_t i = 0; i < r->n; i++)
        buf_printf(&out, "%s%zu " STR_FMT "|" STR_FMT, i ? "/" : "", r->articles[i].source_line,
                   STR_ARG(r->articles[i].title), STR_ARG(r->articles[i].body));
    for (size_t i = 0; i < r->diag.n; i++)
        if (r->diag.items[i].level == DIAG_REJECT)
            buf_printf(&out, "; %zu:%zu %s: %s", r->diag.items[i].line, r->diag.items[i].column, r->diag.items[i].code,
                       r->diag.items[i].text);
    const char *copy = str_copy(r->arena, out.n ? buf_view(&out) : STR("")).p;
    buf_free(&out);
    return copy;
}

static void expect(const char *table, const char *want)
{
    struct reading r = read_map(str_from(table), "auto", NULL);
    assert_string_equal(outcome(&r), want);
    reading_free(&r);
}

static void separators_and_lines(void **state)
{
    (void)state;
    expect("title\tbody\r\n하나, 1\t둘, 셋이다.\r\n", "2 하나, 1|둘, 셋이다.");
    expect("title;body\n하나, 1;둘, 셋이다.\n넷;다섯이다.", "2 하나, 1|둘, 셋이다./3 넷|다섯이다.");
    expect("title|date|body\n하나|2024-01-05|둘이다.\n", "2 하나|둘이다.");
    expect("title,body\r하나,둘이다.\r셋,넷이다.\r", "2 하나|둘이다./3 셋|넷이다.");
    expect("sep=;\r\ntitle;body\r\n하나;둘이다.\r\n", "3 하나|둘이다.");
    expect("sep=\t\ntitle\tbody\n하나\t둘이다.\n", "3 하나|둘이다.");
    expect("\xef\xbb\xbftitle,body\n하나,둘이다.\n", "2 하나|둘이다.");
    expect("\xef\xbb\xbf\"title\",\"body\"\n\"하나\",\"둘이다.\"\n", "2 하나|둘이다.");
}

static void quoted_fields(void **state)
{
    (void)state;
    expect(
        "title,body,url\n\"하나, \"\"둘\"\"\",\"셋이다.\n\n넷이다.\",\n\"다섯\" ,\"여섯이다.\"\r\n,\n일곱,여덟이다.,\n",
        "2 하나, \"둘\"|셋이다.\n넷이다./7 일곱|여덟이다.; 5:0 column-count: 2 fields where the header has 3");
    expect("title,body\n\"인용\" 뒤의 제목,\"본문\"이라고 썼다.\n5\" 판,6\" 판이다.\n",
           "2 \"인용\" 뒤의 제목|\"본문\"이라고 썼다./3 5\" 판|6\" 판이다.");
}

static void what_stands_around_the_records(void **state)
{
    (void)state;
    expect("2024년 보도자료 목록,,\n내려받은 날: 2024-02-01,,\n\n번호,보도자료 제목,보도자료 내용\n1,하나,둘이다.\n,,\n"
           "번호,보도자료 제목,보도자료 내용\n2,셋,넷이다.\n",
           "5 하나|둘이다./8 셋|넷이다.");
    expect("title,body,,\n하나,둘이다.,,\n셋,넷이다.\n다섯,여섯이다.,,,,\n",
           "2 하나|둘이다./3 셋|넷이다./4 다섯|여섯이다.");
    expect(",title,body\n0,하나,둘이다.\n1,셋,넷이다.\n", "2 하나|둘이다./3 셋|넷이다."); /* a data frame's index */
    struct reading r = read_text("title,body\n");
    assert_string_equal(outcome(&r), "");
    assert_true(has_diag(&r, "no-rows"));
    reading_free(&r);
    expect("title,제목,description,body\n,하나,요약이다.,둘이다.\n셋,,넷이다.,\n", "2 하나|둘이다./3 셋|넷이다.");
}

static void rows_of_another_width_are_set_aside(void **state)
{
    (void)state;
    expect(
        "title,body,date\n하나,둘이다.,2024-01-05\n셋,넷,이다.,2024-01-05\n다섯,여섯이다.\n일곱,여덟이다.,2024-01-06\n",
        "2 하나|둘이다./5 일곱|여덟이다.; 3:0 column-count: 4 fields where the header has 3; "
        "4:0 column-count: 2 fields where the header has 3");
}

static void an_open_quote_is_a_fault_of_the_file(void **state)
{
    (void)state;
    expect("title,body\n하나,둘이다.\n셋,\"넷이다.\n\n다섯,여섯이다.\n",
           "2 하나|둘이다.; 0:0 faulty-file: line 3: a quote that is never closed");
    struct buf text = {0};
    buf_text(&text, "title,body\n하나,둘이다.\n셋,\"");
    while (text.n < 17u << 20)
        buf_text(&text, "넷이다, ");
    struct reading r = read_map(buf_view(&text), "auto", NULL);
    assert_string_equal(r.diag.items[0].code, "faulty-file");
    assert_non_null(strstr(r.diag.items[0].text, "line 3: a"));
    reading_free(&r);
    buf_free(&text);
}

static void columns_that_are_not_clear(void **state)
{
    (void)state;
    static const char table[] = "번호,표제어,요지\n1,하나,둘이다.\n2,셋,넷이다.\n";
    struct reading r = read_map(str_from(table), "csv", NULL);
    assert_string_equal(
        outcome(&r),
        "; 1:0 unclear-columns: columns: 번호, 표제어, 요지: say which is which with --map title=…,body=…");
    reading_free(&r);
    r = read_map(str_from(table), "auto", "title=표제어,body=요지,id=1");
    assert_string_equal(outcome(&r), "2 하나|둘이다./3 셋|넷이다.");
    assert_str(r.articles[1].external_id, "2");
    reading_free(&r);
    r = read_map(str_from(table), "auto", "title=표제이,body=요지");
    assert_string_equal(outcome(&r), "; 0:0 faulty-file: --map: no column \"표제이\" (did you mean 표제어?); columns: "
                                     "번호, 표제어, 요지");
    reading_free(&r);
    r = read_map(str_from(table), "csv", "titel=표제어");
    assert_int_equal(r.err.kind, ERR_USAGE);
    reading_free(&r);
}

static void columns_by_number_without_a_header(void **state)
{
    (void)state;
    static const char map[] = "title=1,body=2,date=3";
    struct reading r = read_map(STR("가시 소식,열었다.,24.01.09\n나시 소식,닫았다.,24.01.10\n"), "csv", map);
    assert_string_equal(outcome(&r), "1 가시 소식|열었다./2 나시 소식|닫았다.");
    reading_free(&r);
    r = read_map(STR("이름,글,때\n가시 소식,열었다.,24.01.09\n"), "csv", map);
    assert_string_equal(outcome(&r), "2 가시 소식|열었다.");
    reading_free(&r);
    r = read_map(STR("제목,요지,2024-01-09\n가시 소식,열었다.,24.01.09\n"), "csv", map); /* a known name */
    assert_string_equal(outcome(&r), "2 가시 소식|열었다.");
    reading_free(&r);
    r = read_map(STR("가시 소식,열었다.,24.01.09\n나시,닫았다.,24.01.10,더\n다시,연다.,24.01.11\n"), "csv", map);
    assert_string_equal(outcome(&r), "1 가시 소식|열었다./3 다시|연다.; 2:0 column-count: 4 fields where the header "
                                     "has 3");
    reading_free(&r);
}

static void what_the_source_excludes(void **state)
{
    (void)state;
    expect("제목,본문,분석제외 여부\n하나,둘이다.,중복\n셋,넷이다.,\n다섯,여섯이다.,\"예외, 중복\"\n일곱,여덟이다.,N\n",
           "3 셋|넷이다./5 일곱|여덟이다.; 2:0 excluded: 중복; 4:0 excluded: 예외, 중복");
}

static void fields_go_where_they_belong(void **state)
{
    (void)state;
    struct reading r = read_text("뉴스 식별자,일자,언론사,제목,위치,기관,특성추출(가중치순 상위 50개),본문,URL\n"
                                 "01100101.2024,20240105,누리신문," A ",누리시,\"진흥원,누리시\",\"공방,창업\"," B
                                 ",https://a.example/1\n");
    assert_int_equal(r.n, 1);
    assert_int_equal(r.diag.n, 0);
    const struct article *a = &r.articles[0];
    assert_str(a->external_id, "01100101.2024");
    assert_str(a->outlet, "누리신문");
    assert_str(a->hint_agencies, "진흥원,누리시");
    assert_str(a->hint_keywords, "공방,창업");
    assert_str(a->hint_regions, "누리시");
    assert_str(a->url, "https://a.example/1");
    assert_str(a->reader, "csv/1");
    assert_string_equal(date_iso(a->published).p, "2024-01-05");
    assert_true(str_starts(a->raw, STR("01100101.2024,20240105,누리신문,")));
    assert_true(str_ends(a->raw, STR(",https://a.example/1")));
    reading_free(&r);
}

static void texts_are_no_tables(void **state)
{
    (void)state;
    static const char *const texts[] = {
        A "\n\n" B "\n누리시, 가람시, 나루시가 함께했다. 시는 공방, 시험소, 창고를 짓는다고 설명했다.\n",
        "제목, 본문, 날짜\n\n" B "\n시는 자리를 내준다고 설명했다. 신청은 이달 말까지 받는다.\n" B "\n",
        "검색: 제목 | 내용 | 작성자\n" A "\n\n" B "\n시는 자리를 내준다고 설명했다. 신청은 이달 말까지 받는다.\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct reading r = read_text(texts[i]);
        assert_int_equal(r.n, 1);
        assert_true(str_starts(r.articles[0].reader, STR("pagetext")));
        reading_free(&r);
    }
}

/* `text` in another encoding, in the arena. */
static struct str encode(struct arena *arena, const char *text, const char *encoding)
{
    size_t in = strlen(text), room = in * 4, left = room;
    char *out = arena_alloc(arena, room), *to = out, *from = arena_copy(arena, text, in);
    iconv_t converter = iconv_open(encoding, "UTF-8");
    assert_true(converter != (iconv_t)-1);
    assert_true(iconv(converter, &from, &in, &to, &left) != (size_t)-1);
    iconv_close(converter);
    return (struct str){out, room - left};
}

static void encodings_of_tables(void **state)
{
    (void)state;
    static const struct {
        const char *iconv, *mark, *name;
    } cases[] = {{"CP949", "", "cp949"}, {"UTF-16LE", "\xff\xfe", "utf-16le"}, {"UTF-16BE", "\xfe\xff", "utf-16be"}};
    static const char table[] = "제목\t본문\r\n" A "\t\"" B "\n" B "\"\r\n하나, “둘”\t셋이다.\r\n";
    struct reading plain = read_text(table);
    assert_int_equal(plain.n, 2);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        struct str bytes = encode(arena, table, cases[i].iconv);
        struct buf marked = {0};
        buf_text(&marked, cases[i].mark);
        buf_str(&marked, bytes);
        struct reading r = read_map(buf_view(&marked), "auto", NULL);
        assert_string_equal(outcome(&r), outcome(&plain));
        for (size_t k = 0; k < 2; k++) {
            assert_string_equal(r.articles[k].hash, plain.articles[k].hash);
            assert_str(r.articles[k].raw, arena_printf(arena, STR_FMT, STR_ARG(plain.articles[k].raw)));
            assert_str(r.articles[k].encoding, cases[i].name);
        }
        reading_free(&r);
        buf_free(&marked);
        arena_free(arena);
    }
    reading_free(&plain);
}

static void a_record_in_another_encoding_is_named(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct buf text = {0};
    buf_text(&text, "제목,본문\n" A "," B "\n");
    buf_str(&text, encode(arena, A ",\"" B "\n이어진 줄이다.\"\n", "CP949"));
    buf_text(&text, "하나,둘이다.\n셋,\"넷\n이다.\xed\xa0\x80\"\n다섯,여섯\xc0\xaf이다.\n");
    buf_add(&text, "일곱,여덟\0이다.\n", sizeof "일곱,여덟\0이다.\n" - 1);
    struct reading r = read_map(buf_view(&text), "auto", NULL);
    assert_string_equal(
        outcome(&r),
        "2 " A "|" B
        "/5 하나|둘이다.; 3:1 invalid-utf8: not valid UTF-8 from this byte on (looks like CP949; --encoding "
        "overrules); 7:8 invalid-utf8: not valid UTF-8 from this byte on (looks like UTF-8 with damage or with "
        "another "
        "encoding mixed in; --encoding overrules); 8:14 invalid-utf8: not valid UTF-8 from this byte on (looks like "
        "UTF-8 "
        "with damage or with another encoding mixed in; --encoding overrules); 9:14 nul-byte: a NUL byte: not a text");
    reading_free(&r);
    buf_clear(&text);
    buf_str(&text, encode(arena, "제목,본문\n" A "," B "\n하나,둘이다.\n", "UTF-16LE"));
    buf_add(&text, "\0\xd8,\0\x00\xac\n\0", 8); /* half a pair */
    struct reading wide = read_with(buf_view(&text), "csv", "utf-16le");
    assert_int_equal(wide.n, 2);
    assert_int_equal(wide.diag.items[0].line, 4);
    assert_string_equal(wide.diag.items[0].code, "invalid-utf8");
    reading_free(&wide);
    buf_free(&text);
    arena_free(arena);
}

/* The first 64 KiB are ASCII: the rows behind them tell the encoding, a doubtful one of them nothing. */
static void rows_behind_the_head_tell_the_encoding(void **state)
{
    (void)state;
    static const char *const rows[] = {"Centre\xa1\xa4Opens,It opens.\n", "Centre,It opens at \xb0\xa1\n"};
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        struct arena *arena = arena_new();
        struct buf text = {0};
        buf_text(&text, "title,body\nCentre,");
        while (text.n < 70000)
            buf_text(&text, "The centre opens in spring. ");
        buf_text(&text, "\n");
        buf_text(&text, rows[k]);
        buf_str(&text, encode(arena, A "," B "\n", "CP949"));
        struct reading r = read_map(buf_view(&text), "auto", NULL);
        assert_true(r.n >= 2);
        assert_str(r.articles[r.n - 1].title, A);
        assert_str(r.articles[r.n - 1].encoding, "cp949");
        reading_free(&r);
        buf_free(&text);
        arena_free(arena);
    }
}

/* The head ends within the first character that is none of ASCII. */
static void a_cut_character_is_no_other_encoding(void **state)
{
    (void)state;
    for (size_t before = 65530; before <= 65537; before++) {
        struct buf text = {0};
        buf_text(&text, "title,body\nCentre,");
        while (text.n < before)
            buf_char(&text, 'x');
        buf_text(&text, "가나다\n" A "," B "\n");
        struct reading r = read_map(buf_view(&text), "auto", NULL);
        assert_int_equal(r.n, 2);
        assert_str(r.articles[1].title, A);
        reading_free(&r);
        buf_free(&text);
    }
}

/* Copies of csv-spectrum differ in the newlines that they kept. */
static size_t without_returns(char *text, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (text[i] != '\r')
            text[kept++] = text[i];
    return kept;
}

/* From the files of csv-spectrum beside the repository: what the cells hold, by a JSON file for each table. */
static void spectrum_file(const char *name)
{
    char csv_name[200], json_name[200];
    struct buf bytes = {0};
    struct err err = {0};
    snprintf(csv_name, sizeof csv_name, "../shared/specs/csv-spectrum/csvs/%s.csv", name);
    snprintf(json_name, sizeof json_name, "../shared/specs/csv-spectrum/json/%s.json", name);
    assert_true(file_read(csv_name, 1 << 20, &bytes, &err));
    json_t *want = json_load_file(json_name, 0, NULL);
    assert_non_null(want);
    struct csv_record header = {0}, row = {0};
    struct str rest = buf_view(&bytes);
    assert_int_equal(csv_cut(rest, true, (struct csv_style){',', '\n'}, &header), CSV_RECORD);
    struct str names = str_slice(rest, 0, header.end);
    rest = str_slice(rest, header.end, rest.n);
    for (size_t i = 0; i < json_array_size(want); i++) {
        assert_int_equal(csv_cut(rest, true, (struct csv_style){',', '\n'}, &row), CSV_RECORD);
        assert_int_equal(row.n, header.n);
        for (size_t c = 0; c < row.n; c++) {
            char key[200] = "", value[2000];
            struct str cell = str_slice(rest, row.cells[c].begin, row.cells[c].end);
            memcpy(key, names.p + header.cells[c].begin, header.cells[c].end - header.cells[c].begin);
            const char *wanted = json_string_value(json_object_get(json_array_get(want, i), key));
            assert_non_null(wanted);
            size_t n = without_returns(value, csv_unquote(cell, value));
            char expected[2000];
            size_t length = strlen(wanted);
            assert_true(length < sizeof expected);
            memcpy(expected, wanted, length);
            expected[without_returns(expected, length)] = '\0';
            assert_str((struct str){value, n}, expected);
        }
        rest = str_slice(rest, row.end, rest.n);
    }
    assert_int_equal(rest.n, 0);
    json_decref(want);
    mem_free(header.cells);
    mem_free(row.cells);
    buf_free(&bytes);
}

static void csv_spectrum(void **state)
{
    (void)state;
    static const char *const names[] = {"comma_in_quotes",
                                        "empty",
                                        "empty_crlf",
                                        "escaped_quotes",
                                        "json",
                                        "newlines",
                                        "newlines_crlf",
                                        "quotes_and_newlines",
                                        "simple",
                                        "simple_crlf",
                                        "utf8"};
    if (!file_is_directory("../shared/specs/csv-spectrum"))
        SKIP("../shared/specs/csv-spectrum is not here");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        spectrum_file(names[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(separators_and_lines),
        cmocka_unit_test(quoted_fields),
        cmocka_unit_test(what_stands_around_the_records),
        cmocka_unit_test(rows_of_another_width_are_set_aside),
        cmocka_unit_test(an_open_quote_is_a_fault_of_the_file),
        cmocka_unit_test(columns_that_are_not_clear),
        cmocka_unit_test(columns_by_number_without_a_header),
        cmocka_unit_test(what_the_source_excludes),
        cmocka_unit_test(fields_go_where_they_belong),
        cmocka_unit_test(texts_are_no_tables),
        cmocka_unit_test(encodings_of_tables),
        cmocka_unit_test(a_record_in_another_encoding_is_named),
        cmocka_unit_test(rows_behind_the_head_tell_the_encoding),
        cmocka_unit_test(a_cut_character_is_no_other_encoding),
        cmocka_unit_test(csv_spectrum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
