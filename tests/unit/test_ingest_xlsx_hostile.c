/* Workbooks that are damaged, or made to do harm: each is set aside by name, in bounded memory. */
#include "book_fixture.h"

#include "base/mem.h"
#include "ingest/spill.h"

#define BODY "시흥시는 청년 창업지원센터를 열었다고 밝혔다. 센터는 예비 창업자를 돕는다."
#define ROW(cells)                                                                                                     \
    "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>제목</v></c><c r=\"B1\" t=\"str\"><v>본문</v></c></row>"                \
    "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>하나</v></c><c r=\"B2\" t=\"str\"><v>" BODY "</v></c></row>" cells

/* The file as a whole is faulty, and why. */
static void assert_fault(const struct book_of *of, const char *part)
{
    struct reading r = read_book(of);
    const struct diag *fault = message(&r, "faulty-file");
    if (!strstr(fault->text, part))
        fail_msg("\"%s\" has no \"%s\"", fault->text, part);
    assert_string_equal(fault->place, "책.xlsx");
    reading_free(&r);
}

static void assert_refused(const struct book_of *of, const char *part)
{
    struct reading r = read_book(of);
    assert_int_equal(r.n, 0);
    assert_non_null(strstr(message(&r, "unsupported-format")->text, part));
    reading_free(&r);
}

static void any_document_type_is_the_end(void **state)
{
    (void)state;
    assert_fault(&(struct book_of){.prolog =
                                       "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c "
                                       "\"&b;&b;&b;&b;\">]>",
                                   .sheet = ROW("<row><c t=\"str\"><v>&c;</v></c></row>")},
                 "xl/worksheets/sheet1.xml:1:");
    assert_fault(&(struct book_of){.prolog = "<!DOCTYPE worksheet SYSTEM \"file:///etc/passwd\">", .sheet = ROW("")},
                 "<!DOCTYPE");
    assert_fault(&(struct book_of){.prolog = "<!DOCTYPE a [<!ENTITY % x SYSTEM \"http://example.com/x\">%x;]>",
                                   .sheet = ROW("")},
                 "<!DOCTYPE");
    assert_fault(&(struct book_of){.sheet = ROW("<row><c t=\"str\"><v>&lol;</v></c></row>")}, "undefined entity");
}

static void nothing_outside_is_opened(void **state)
{
    (void)state;
    static const char *const kinds[] = {"worksheet", "sharedStrings", "styles"};
    for (size_t i = 0; i < 3; i++) {
        char relation[400];
        snprintf(relation, sizeof relation,
                 "<Relationship Id=\"e\" Type=\"" RELS "/%s\" Target=\"file:///etc/passwd\" TargetMode=\"External\"/>",
                 kinds[i]);
        assert_fault(&(struct book_of){.sheet = ROW(""), .relations = relation}, "outside");
    }
    assert_fault(&(struct book_of){.sheet = ROW(""),
                                   .root = "<Relationship Id=\"e\" Type=\"" RELS "/officeDocument\" "
                                           "Target=\"http://example.com/a\" TargetMode=\"External\"/>"},
                 "outside");
    struct reading r = read_book(&(struct book_of){
        .sheet = ROW(""),
        .relations =
            "<Relationship Id=\"e\" Type=\"" RELS "/externalLink\" Target=\"file:///a\" TargetMode=\"External\"/>"
            "<Relationship Id=\"h\" Type=\"" RELS "/hyperlink\" Target=\"https://a.kr\" TargetMode=\"External\"/>",
        .extra = {"../../etc/x", "nothing is written there"}});
    assert_int_equal(r.n, 1); /* what is not followed does no harm */
    assert_int_equal(r.diag.n, 0);
    reading_free(&r);
}

static void targets_stay_in_the_archive(void **state)
{
    (void)state;
    assert_fault(&(struct book_of){.sheet = ROW(""),
                                   .sheets = "<sheet name=\"x\" r:id=\"x\"/>",
                                   .relations = "<Relationship Id=\"x\" Type=\"" RELS
                                                "/worksheet\" Target=\"../../../etc/passwd\"/>"},
                 "etc/passwd: the sheet \"x\" is missing");
}

static void places_beyond_a_sheet_are_faults(void **state)
{
    (void)state;
    assert_fault(&(struct book_of){.sheet = ROW("<row r=\"3\"><c r=\"XFE3\"><v>1</v></c></row>")}, "시트1!XFE3: ");
    assert_fault(&(struct book_of){.sheet = ROW("<row r=\"3\"><c r=\"XFE1048577\"><v>1</v></c></row>")},
                 "XFE1048577: ");
    assert_fault(&(struct book_of){.sheet = ROW("<row r=\"3\"><c r=\"ZZZZZZZZZZZZZZZZZZZZZZ3\"/></row>")}, "no cell");
    assert_fault(&(struct book_of){.sheet = ROW("<row r=\"3\"><c r=\"A99999999999999999999\"/></row>")}, "no cell");
    assert_fault(&(struct book_of){.sheet = ROW("<row r=\"3\"><c r=\"\"/></row>")}, "no cell");
    assert_fault(&(struct book_of){.sheet = ROW("<row r=\"3\"><c r=\"A4\"/></row>")}, "another row");
    assert_fault(&(struct book_of){.sheet = ROW("<row r=\"1000000000\"/>")}, "row 1000000000 ");
    assert_fault(&(struct book_of){.sheet = ROW("<row r=\"1048577\"/>")}, "row 1048577 ");
    assert_fault(&(struct book_of){.sheet = ROW("<row r=\"99999999999999999999999\"/>")}, "row 9");
    assert_fault(&(struct book_of){.sheet = ROW("<row r=\"0\"/>")}, "row 0 ");
    assert_fault(&(struct book_of){.sheet = ROW("<row r=\"-1\"/>")}, "row -1 ");
    assert_fault(&(struct book_of){.sheet = ROW("<row r=\"2\"/>")}, "row 2 stands after row 2");
    assert_fault(&(struct book_of){.sheet = ROW("<row r=\"1048576\"/><row/>")}, "row 1048577");
}

static void shared_strings_that_are_not_there_are_faults(void **state)
{
    (void)state;
    static const char *const values[] = {"2", "-1", "x", "99999999999999999999", "0x0", "1.5"};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        char row[300];
        snprintf(row, sizeof row, "<row r=\"3\"><c r=\"B3\" t=\"s\"><v>%s</v></c></row>", values[i]);
        assert_fault(&(struct book_of){.sheet = row, .strings = "<si><t>a</t></si><si><t>b</t></si>"},
                     "시트1!B3: a shared");
        assert_fault(&(struct book_of){.sheet = row}, "시트1!B3: a shared");
    }
}

static void xml_that_is_none_is_a_fault(void **state)
{
    (void)state;
    assert_fault(&(struct book_of){.sheet = ROW("<row><c></row>")}, "xl/worksheets/sheet1.xml:1:");
    assert_fault(&(struct book_of){.sheet = ROW(""), .after = "</worksheet><x>"}, "after document element");
    assert_fault(&(struct book_of){.sheet = ROW("<row><c t=\"str\"><v>\xb0\xa1</v></c></row>")}, "not well-formed");
    assert_fault(&(struct book_of){.sheet = ROW(""), .prolog = "<?xml version=\"1.0\" encoding=\"nonsense\"?>"},
                 "encoding");
    assert_fault(&(struct book_of){.sheet = ROW(""), .strings = "</sst><sst>"}, "xl/sharedStrings.xml:1:");
}

static char *repeat(const char *part, size_t n, const char *end)
{
    struct buf out = {0};
    for (size_t i = 0; i < n; i++)
        buf_text(&out, part);
    buf_text(&out, end);
    return out.p;
}

static void depth_and_tags_are_bounded(void **state)
{
    (void)state;
    char *deep = repeat("<a>", 100000, "");
    struct buf tag = {0};
    unsigned noise = 1;
    assert_fault(&(struct book_of){.sheet = deep}, "nested too deep");
    buf_text(&tag, "<row x=\"");
    while (tag.n < 2 << 20)
        buf_printf(&tag, "%u", noise = noise * 1664525 + 1013904223);
    buf_text(&tag, "\"/>");
    assert_fault(&(struct book_of){.sheet = tag.p}, "a tag of more than a million bytes");
    buf_free(&tag);
    mem_free(deep);
}

static void rows_that_are_too_long_are_set_aside(void **state)
{
    (void)state;
    char *text = repeat("가나다라마바사아자차카타파하", 5000, ""); /* 210,000 bytes */
    char *cells = repeat("<c t=\"s\"><v>0</v></c>", 30, "");
    struct buf sheet = {0}, strings = {0};
    buf_printf(&sheet,
               ROW("<row>%s</row><row r=\"9\"><c t=\"str\"><v>끝</v></c><c t=\"str\"><v>" BODY "</v></c></row>"),
               cells);
    buf_printf(&strings, "<si><t>%s</t></si>", text);
    struct reading r = read_book(&(struct book_of){.sheet = sheet.p, .strings = strings.p});
    assert_int_equal(r.n, 2);
    assert_int_equal(message(&r, "too-large")->line, 3);
    reading_free(&r);
    buf_printf(&strings, "<si><t>%s%s</t></si>", text, text);
    assert_fault(&(struct book_of){.sheet = sheet.p, .strings = strings.p}, "a shared string of more than");
    buf_free(&sheet);
    buf_free(&strings);
    mem_free(text);
    mem_free(cells);
}

/* One long string in every row: a laugh of its own kind. The parts pack well, but not as a bomb does. */
static void strings_repeated_without_end_are_a_fault(void **state)
{
    (void)state;
    struct buf sheet = {0}, strings = {0};
    buf_text(&sheet, ROW(""));
    unsigned noise = 1;
    for (int i = 0; i < 4000; i++)
        buf_printf(&sheet, "<row><c t=\"s\" x=\"%u\"><v>0</v></c></row>", noise = noise * 1664525 + 1013904223);
    buf_text(&strings, "<si><t>");
    for (int i = 0; i < 20000; i++)
        buf_printf(&strings, "%u", noise = noise * 1664525 + 1013904223);
    buf_text(&strings, "</t></si>");
    assert_fault(&(struct book_of){.sheet = sheet.p, .strings = strings.p}, "100 times the size of the sheet");
    buf_free(&sheet);
    buf_free(&strings);
}

static void a_bomb_is_a_fault(void **state)
{
    (void)state;
    char *zeros = repeat("                ", 1 << 18, "");
    assert_fault(&(struct book_of){.sheet = zeros},
                 "xl/worksheets/sheet1.xml: unpacks to more than 100 times its size");
    assert_fault(&(struct book_of){.sheet = ROW(""), .strings = zeros}, "xl/sharedStrings.xml: unpacks to more than");
    mem_free(zeros);
}

static void parts_that_lie_are_faults(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    static const struct {
        size_t field;
        uint32_t value;
        const char *part;
    } lies[] = {{ENTRY_CRC, 1, "sheet1.xml: CRC error"},
                {ENTRY_SIZE, 50, "sheet1.xml: holds more"},
                {ENTRY_SIZE, 70000, "sheet1.xml: "},
                {ENTRY_FLAGS, 1, "sheet1.xml: is encrypted"},
                {ENTRY_LOCAL, 0, "overlap"}};
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        struct buf bytes = book_bytes(arena, &(struct book_of){.sheet = ROW("")});
        struct reading r = {.arena = arena_new()};
        struct ingest_options options = {.format = "auto", .encoding = "auto"};
        if (lies[i].field == ENTRY_FLAGS) {
            size_t local = 0;
            memcpy(&local, zip_entry(&bytes, 4) + ENTRY_LOCAL, 4);
            zip_entry(&bytes, 4)[ENTRY_FLAGS] |= 1;
            bytes.p[local + 6] |= 1;
        } else {
            zip_put32(zip_entry(&bytes, 4) + lies[i].field, lies[i].value);
        }
        assert_true(ingest_text("책.xlsx", buf_view(&bytes), &options, keep_reading, &r, &r.diag, &r.err));
        assert_non_null(strstr(message(&r, "faulty-file")->text, lies[i].part));
        reading_free(&r);
        buf_free(&bytes);
    }
    arena_free(arena);
}

static void other_documents_are_refused_by_name(void **state)
{
    (void)state;
    assert_refused(&(struct book_of){.type = TYPE("word/document.xml", "wordprocessingml.document.main")}, "DOCX");
    assert_refused(&(struct book_of){.type = TYPE("ppt/presentation.xml", "presentationml.presentation.main")}, "PPTX");
    assert_refused(&(struct book_of){.type = "<Override PartName=\"/xl/workbook.bin\" ContentType=\""
                                             "application/vnd.ms-excel.sheet.binary.macroEnabled.main\"/>"},
                   "save it as .xlsx or CSV");
    static const struct {
        const char *type, *part;
    } types[] = {{"application/vnd.oasis.opendocument.spreadsheet", "ODS"},
                 {"application/vnd.oasis.opendocument.text", "OpenDocument"},
                 {"application/hwp+zip", "HWPX"},
                 {"application/epub+zip", "EPUB"}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        const struct part parts[] = {{"mimetype", types[i].type}, {"content.xml", "<x/>"}};
        struct buf bytes = zip_of(parts, 2, false);
        struct reading r = read_with(buf_view(&bytes), "auto", "auto");
        assert_non_null(strstr(message(&r, "unsupported-format")->text, types[i].part));
        reading_free(&r);
        buf_free(&bytes);
    }
    struct reading r =
        read_book(&(struct book_of){.sheet = ROW(""),
                                    .type = "<Override PartName=\"/xl/workbook.xml\" "
                                            "ContentType=\"application/vnd.ms-excel.sheet.macroEnabled.main+xml\"/>"});
    assert_int_equal(r.n, 1);
    reading_free(&r);
}

static void any_wrong_byte_is_survived(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct buf bytes =
        book_bytes(arena, &(struct book_of){.sheet = ROW(""), .strings = "<si><t>a</t></si>", .styles = ""});
    for (size_t at = 0; at < bytes.n; at++) {
        bytes.p[at] ^= (char)(1 << at % 8);
        struct reading r = read_with(buf_view(&bytes), "auto", "auto");
        assert_true(r.n + r.diag.n > 0);
        reading_free(&r);
        bytes.p[at] ^= (char)(1 << at % 8);
    }
    for (size_t n = 0; n < bytes.n; n += 7) {
        struct reading r = read_with(str_slice(buf_view(&bytes), 0, n), "auto", "auto");
        assert_int_equal(r.n, 0);
        reading_free(&r);
    }
    buf_free(&bytes);
    arena_free(arena);
}

/* What does not fit in memory lies in a file, and reads as it was, in any order. */
static void what_spills_is_read_back(void **state)
{
    (void)state;
    enum { N = 200000 };
    struct spill *spill = spill_new(10000);
    struct err err = {0};
    char text[16];
    for (unsigned i = 0; i < N; i++) {
        snprintf(text, sizeof text, "%08u", i);
        assert_true(spill_add(spill, str_from(text), &err));
    }
    assert_int_equal(spill_size(spill), 8 * N);
    for (unsigned k = 0; k < 3 * N; k++) {
        unsigned i = k < N ? k : k < 2 * N ? k * 7919 % N : 3 * N - 1 - k;
        struct str got;
        if (k > N && k % 64)
            continue;
        snprintf(text, sizeof text, "%08u", i);
        assert_true(spill_get(spill, (uint64_t)i * 8, 8, &got, &err));
        assert_str(got, text);
    }
    struct str got;
    assert_true(spill_get(spill, 8 * N - SPILL_WINDOW, SPILL_WINDOW, &got, &err));
    assert_int_equal(got.n, SPILL_WINDOW);
    assert_true(str_ends(got, STR("00199999")));
    spill_free(spill);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_document_type_is_the_end),
        cmocka_unit_test(nothing_outside_is_opened),
        cmocka_unit_test(targets_stay_in_the_archive),
        cmocka_unit_test(places_beyond_a_sheet_are_faults),
        cmocka_unit_test(shared_strings_that_are_not_there_are_faults),
        cmocka_unit_test(xml_that_is_none_is_a_fault),
        cmocka_unit_test(depth_and_tags_are_bounded),
        cmocka_unit_test(rows_that_are_too_long_are_set_aside),
        cmocka_unit_test(strings_repeated_without_end_are_a_fault),
        cmocka_unit_test(a_bomb_is_a_fault),
        cmocka_unit_test(parts_that_lie_are_faults),
        cmocka_unit_test(other_documents_are_refused_by_name),
        cmocka_unit_test(any_wrong_byte_is_survived),
        cmocka_unit_test(what_spills_is_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
