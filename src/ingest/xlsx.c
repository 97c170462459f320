/* Workbooks: is it one, and its sheets in their order. */
#include "ingest/xlsx.h"

#include "base/mem.h"

#include <string.h>

static const uint64_t SPOOL_LIMIT = (uint64_t)4 << 30; /* bytes of a workbook that comes through a pipe or archive */

/* What a ZIP archive with the parts of a document is, by the media type of its main part or of the whole. */
static const struct kind {
    const char *type; /* a part of it */
    const char *name, *advice;
} kinds[] = {
    {"spreadsheetml.sheet.main", NULL, NULL},
    {"ms-excel.sheet.macroEnabled.main", NULL, NULL},
    {"spreadsheetml.template.main", NULL, NULL},
    {"ms-excel.template.macroEnabled.main", NULL, NULL},
    {"ms-excel.sheet.binary", "a binary workbook (XLSB)", "save it as .xlsx or CSV"},
    {"wordprocessingml", "a Word document (DOCX)", "save its text as TXT or HTML, a table as .xlsx or CSV"},
    {"ms-word", "a Word document (DOCM)", "save its text as TXT or HTML, a table as .xlsx or CSV"},
    {"presentationml", "a presentation (PPTX)", "save its text as TXT or HTML"},
    {"ms-powerpoint", "a presentation (PPTM)", "save its text as TXT or HTML"},
    {"opendocument.spreadsheet", "an OpenDocument spreadsheet (ODS)", "save it as .xlsx or CSV"},
    {"opendocument", "an OpenDocument file", "save its text as TXT or HTML, a table as .xlsx or CSV"},
    {"hwp+zip", "an HWPX document", "save its text as TXT or HTML, a table as .xlsx or CSV"},
    {"epub", "an EPUB book", "save its text as TXT or HTML"},
};

static const struct kind *kind_of(struct str type)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_find(type, str_from(kinds[i].type), 0) != SIZE_MAX)
            return &kinds[i];
    return NULL;
}

static const char TYPES[] = "[Content_Types].xml", MIMETYPE[] = "mimetype";

bool xlsx_is(const struct zipfile *zip)
{
    return zipfile_find(zip, str_from(TYPES)) != SIZE_MAX || zipfile_find(zip, str_from(MIMETYPE)) == 0;
}

/* By the first member, as programs write them. What has another first is told by the archive's reader, by xlsx_is. */
bool xlsx_detects(const struct head *head)
{
    static const char *const first[] = {TYPES, "_rels/", "docProps/", "xl/", "word/", "ppt/", "customXml/", NULL};
    struct str name = str_slice(head->bytes, 30, head->bytes.n);
    if (head->bytes.n < 30 || !str_starts(head->bytes, STR("PK\3\4")))
        return false;
    size_t n = (size_t)(unsigned char)head->bytes.p[26] | (size_t)(unsigned char)head->bytes.p[27] << 8;
    name = str_slice(name, 0, n);
    return str_starts_any(name, first) || str_equal(name, str_from(MIMETYPE));
}

struct package {
    struct arena *arena;
    const struct kind *kind;
    struct str main; /* part */
};

static bool types_start(struct xml *xml, const char *name, const char *const *attributes)
{
    struct package *package = xml->context;
    const char *type = xml_attribute(attributes, "ContentType");
    if (!package->kind && type && xml->depth == 2 && strcmp(name, "Override") == 0)
        package->kind = kind_of(str_from(type));
    return true;
}

/* The main part, which only by custom is xl/workbook.xml (part 2, 9.3). */
static bool root_start(struct xml *xml, const char *name, const char *const *attributes)
{
    struct package *package = xml->context;
    const char *type = xml_attribute(attributes, "Type"), *target = xml_attribute(attributes, "Target");
    const char *mode = xml_attribute(attributes, "TargetMode");
    if (strcmp(name, "Relationship") != 0 || !type || !target || !str_ends(str_from(type), STR("/officeDocument")))
        return true;
    if (mode && strcmp(mode, "Internal") != 0)
        return err_set(xml->err, ERR_INPUT, "the workbook lies outside of its file (\"%.100s\"): not opened", target);
    while (*target == '/')
        target++;
    package->main = str_copy(package->arena, str_head(str_from(target), BOOK_TEXT));
    return true;
}

static bool read_package(const struct zipfile *zip, struct package *package, struct err *err)
{
    size_t types = zipfile_find(zip, str_from(TYPES)), root = zipfile_find(zip, STR("_rels/.rels"));
    struct xml xml = {.start = types_start, .context = package};
    if (types == SIZE_MAX) { /* "mimetype", stored, tells in its first bytes */
        struct stream *stream = zipfile_read(zip, 0, err);
        struct str bytes;
        bool ok = stream && stream_fill(stream, 100, &bytes, err);
        package->kind = ok ? kind_of(str_slice(bytes, 0, 100)) : NULL;
        stream_close(stream);
        return ok;
    }
    if (!xml_parse(zip, types, &xml, err))
        return false;
    xml.start = root_start;
    package->main = STR("xl/workbook.xml");
    return root == SIZE_MAX || xml_parse(zip, root, &xml, err);
}

static bool put_note(const struct sink *sink, enum item_kind kind, const struct book_sheet *sheet, const char *code,
                     const char *reason, struct err *err)
{
    const struct item item = {.kind = kind, .name = sheet->place, .line = sheet->row, .code = code, .reason = reason};
    return sink->put(sink->context, &item, err);
}

/* A sheet of notes beside one of articles is worth a note; where no sheet has articles, each is set aside. */
static bool tell_unclear(const struct book *book, const struct sink *sink, struct err *err)
{
    size_t read = 0, unclear = 0;
    bool ok = true;
    for (size_t i = 0; i < book->n; i++) {
        read += book->sheets[i].state == SHEET_READ;
        unclear += book->sheets[i].state == SHEET_UNCLEAR;
    }
    for (size_t i = 0; ok && i < book->n; i++) {
        const struct book_sheet *sheet = &book->sheets[i];
        if (sheet->state == SHEET_UNCLEAR && read)
            ok =
                put_note(sink, ITEM_NOTE, sheet, "no-articles", "a sheet without a title and a body: passed over", err);
        else if (sheet->state == SHEET_UNCLEAR)
            ok = put_note(sink, ITEM_REJECT, sheet, "unclear-columns", sheet->unclear.p, err);
    }
    if (ok && !read && !unclear)
        return readers_reject(book->input, sink, 0, 0, "empty-file", STR(""), err, "a workbook with nothing in it");
    return ok;
}

static bool split_book(struct book *book, const struct package *package, const struct sink *sink, struct err *err)
{
    size_t main = zipfile_find(book->zip, package->main);
    if (main == SIZE_MAX)
        return err_set(err, ERR_INPUT, STR_FMT ": missing", STR_ARG(package->main));
    if (!map_parse(book->input->options->map, &book->map, err) || !book_read(book, main, package->main, err))
        return false;
    if (book->shared != SIZE_MAX && !(book->strings = strings_read(book->zip, book->shared, err)))
        return false;
    for (size_t i = 0; i < book->n; i++) {
        struct book_sheet *sheet = &book->sheets[i];
        if (!(sheet->hidden ? put_note(sink, ITEM_NOTE, sheet, "hidden-sheet", "a hidden sheet: passed over", err)
                            : sheet_split(book, sheet, sink, err)))
            return false;
    }
    return tell_unclear(book, sink, err);
}

bool xlsx_split_zip(const struct input *input, const struct zipfile *zip, const struct sink *sink, struct err *err)
{
    struct arena *arena = arena_new();
    struct package package = {.arena = arena};
    struct book book = {.arena = arena, .input = input, .zip = zip};
    bool ok = read_package(zip, &package, err);
    const struct kind *kind = package.kind;
    if (ok && kind && kind->name)
        ok = readers_reject(input, sink, 0, 0, "unsupported-format", STR(""), err, "%s: %s", kind->name, kind->advice);
    else if (ok && !kind && zipfile_find(zip, package.main) == SIZE_MAX)
        ok = readers_reject(input, sink, 0, 0, "unsupported-format", STR(""), err,
                            "a document of parts that is no workbook: save it as .xlsx, CSV or text");
    else if (ok)
        ok = split_book(&book, &package, sink, err);
    strings_free(book.strings);
    mem_free(book.sheets);
    mem_free(book.dates);
    arena_free(arena);
    return ok;
}

bool xlsx_split(const struct input *input, const struct sink *sink, struct err *err)
{
    struct zipfile *zip = zipfile_open(input->path, input->stream, SPOOL_LIMIT, err);
    bool ok = zip;
    if (zip && xlsx_is(zip)) {
        ok = xlsx_split_zip(input, zip, sink, err);
    } else if (zip) { /* a folder called "word" */
        struct input archive = *input;
        archive.stream = zipfile_stream(zip);
        ok = archive_split(&archive, sink, err);
        stream_close(archive.stream);
    }
    zipfile_close(zip);
    return ok;
}
