/* For tests: workbooks made of the parts that matter. */
#ifndef TESTS_BOOK_FIXTURE_H
#define TESTS_BOOK_FIXTURE_H
#include "ingest_fixture.h"
#include "zip_fixture.h"

#define SML  "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define RELS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define TYPE(part, type)                                                                                               \
    "<Override PartName=\"/" part "\" ContentType=\"application/vnd.openxmlformats-officedocument." type "+xml\"/>"

enum { BOOK_PARTS = 16 };

/* What a test wants other than the plain workbook of one sheet; NULL where it does not care. */
struct book_of {
    const char *sheet;      /* what is in <sheetData> */
    const char *after;      /* what stands behind it */
    const char *strings;    /* what is in <sst> */
    const char *styles;     /* what is in <styleSheet> */
    const char *properties; /* attributes of <workbookPr> */
    const char *sheets;     /* the <sheet>s; rId1 is xl/worksheets/sheet1.xml, rId2 sheet2.xml, rId9 a chart */
    const char *second;     /* <sheetData> of the second sheet */
    const char *relations;  /* more of those of the workbook */
    const char *root;       /* more of those of the package */
    const char *prolog;     /* of the sheet */
    const char *type;       /* media type of the main part */
    struct part extra;      /* one more member */
    const char *map;
};

static inline const char * or (const char *text, const char *otherwise)
{
    return text ? text : otherwise;
}

static inline struct buf book_bytes(struct arena *arena, const struct book_of *of)
{
    const char *sheet1 = arena_printf(
        arena, "%s<worksheet xmlns=\"" SML "\"><dimension ref=\"A1\"/><sheetData>%s</sheetData>%s</worksheet>",
        or (of->prolog, ""), or (of->sheet, ""), or (of->after, ""));
    struct part parts[BOOK_PARTS] = {
        {"[Content_Types].xml",
         arena_printf(arena, "<Types>" TYPE("xl/worksheets/sheet1.xml", "spreadsheetml.worksheet") "%s</Types>",
                      or (of->type, TYPE("xl/workbook.xml", "spreadsheetml.sheet.main")))},
        {"_rels/.rels", arena_printf(arena, "<Relationships>%s</Relationships>",
                                     or (of->root, "<Relationship Id=\"r\" Type=\"" RELS
                                                   "/officeDocument\" Target=\"xl/workbook.xml\"/>"))},
        {"xl/workbook.xml",
         arena_printf(arena, "<workbook xmlns:r=\"" RELS "\"><workbookPr %s/><sheets>%s</sheets></workbook>",
                      or (of->properties, ""), or (of->sheets, "<sheet name=\"시트1\" sheetId=\"1\" r:id=\"rId1\"/>"))},
        {"xl/_rels/workbook.xml.rels",
         arena_printf(arena,
                      "<Relationships><Relationship Id=\"rId1\" Type=\"" RELS
                      "/worksheet\" Target=\"worksheets/sheet1.xml\"/>%s%s%s%s</Relationships>",
                      of->second ? "<Relationship Id=\"rId2\" Type=\"" RELS
                                   "/worksheet\" Target=\"/xl/charts/../worksheets/sheet2.xml\"/>"
                                 : "",
                      of->strings ? "<Relationship Id=\"rId3\" Type=\"" RELS
                                    "/sharedStrings\" Target=\"sharedStrings.xml\"/>"
                                  : "",
                      of->styles ? "<Relationship Id=\"rId4\" Type=\"" RELS "/styles\" Target=\"styles.xml\"/>" : "",
                      or (of->relations, ""))},
        {"xl/worksheets/sheet1.xml", sheet1},
    };
    size_t n = 5;
    if (of->second)
        parts[n++] = (struct part){"xl/worksheets/sheet2.xml",
                                   arena_printf(arena, "<worksheet><sheetData>%s</sheetData></worksheet>", of->second)};
    if (of->strings)
        parts[n++] =
            (struct part){"xl/sharedStrings.xml", arena_printf(arena, "<sst xmlns=\"" SML "\">%s</sst>", of->strings)};
    if (of->styles)
        parts[n++] = (struct part){"xl/styles.xml", arena_printf(arena, "<styleSheet>%s</styleSheet>", of->styles)};
    if (of->extra.name)
        parts[n++] = of->extra;
    return zip_of(parts, n, true);
}

static inline struct reading read_book(const struct book_of *of)
{
    struct reading r = {.arena = arena_new()};
    struct ingest_options options = {.format = "auto", .encoding = "auto", .map = of->map};
    struct buf bytes = book_bytes(r.arena, of);
    assert_true(ingest_text("책.xlsx", buf_view(&bytes), &options, keep_reading, &r, &r.diag, &r.err));
    buf_free(&bytes);
    return r;
}

/* The message of a code; the test fails where there is none. */
static inline const struct diag *message(const struct reading *r, const char *code)
{
    for (size_t i = 0; i < r->diag.n; i++)
        if (strcmp(r->diag.items[i].code, code) == 0)
            return &r->diag.items[i];
    for (size_t i = 0; i < r->diag.n; i++)
        print_message("%s: %s [%s]\n", r->diag.items[i].place, r->diag.items[i].text, r->diag.items[i].code);
    static const struct diag none = {.place = NULL};
    fail_msg("no message %s", code);
    return &none;
}

#endif
