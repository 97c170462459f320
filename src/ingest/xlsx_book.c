/* What a workbook says of itself: which parts are its sheets, and how its cells are formatted. */
#include "base/mem.h"
#include "base/utf8.h"
#include "ingest/xlsx.h"

#include <stdlib.h>
#include <string.h>

/* Relationships (part 2, 9.3): those that lead to what is read. */
struct relation {
    struct str id, target;
    bool sheet;
};
struct reading {
    struct book *book;
    struct str folder; /* of the workbook */
    struct relation *relations;
    size_t n, room;
    size_t styles; /* member, or SIZE_MAX */
    bool formats;  /* in <cellXfs> */
    struct {
        unsigned id;
        bool date;
    } * custom; /* <numFmt> */
    size_t customs, customs_room;
};

static bool keep(struct book *book, const char *text, struct str *out, struct err *err)
{
    size_t n = strlen(text);
    if (n > BOOK_TEXT)
        return err_set(err, ERR_INPUT, "a name of more than %d bytes in the workbook", BOOK_TEXT);
    *out = (struct str){arena_copy(book->arena, text, n), n};
    return true;
}

/* A part's name from a target that is absolute or relative to `folder`; never a path on disk. */
static struct str resolve(struct arena *arena, struct str folder, struct str target)
{
    struct buf out = {0};
    struct str rest = target, step;
    if (!str_starts(target, STR("/")) && folder.n)
        buf_str(&out, folder);
    while (str_field(&rest, '/', &step)) {
        if (str_equal(step, STR("..")))
            while (out.n && out.p[--out.n] != '/')
                ;
        if (!step.n || str_equal(step, STR(".")) || str_equal(step, STR("..")))
            continue;
        if (out.n)
            buf_char(&out, '/');
        buf_str(&out, step);
    }
    struct str result = str_copy(arena, buf_view(&out));
    buf_free(&out);
    return result;
}

static bool relation_start(struct xml *xml, const char *name, const char *const *attributes)
{
    static const char *const kinds[] = {"/worksheet", "/sharedStrings", "/styles"};
    struct reading *reading = xml->context;
    struct book *book = reading->book;
    const char *type = xml_attribute(attributes, "Type"), *id = xml_attribute(attributes, "Id");
    const char *target = xml_attribute(attributes, "Target"), *mode = xml_attribute(attributes, "TargetMode");
    size_t kind = 0;
    struct relation relation = {0};
    if (xml->depth != 2 || strcmp(name, "Relationship") != 0 || !type || !id || !target)
        return true;
    while (kind < 3 && !str_ends(str_from(type), str_from(kinds[kind])))
        kind++;
    if (kind == 3)
        return true;
    if (mode && strcmp(mode, "Internal") != 0)
        return err_set(xml->err, ERR_INPUT, "a part of the workbook lies outside it (\"%.100s\"): not opened", target);
    if (!keep(book, id, &relation.id, xml->err) || !keep(book, target, &relation.target, xml->err))
        return false;
    relation.target = resolve(book->arena, reading->folder, relation.target);
    relation.sheet = kind == 0;
    if (kind == 1)
        book->shared = zipfile_find(book->zip, relation.target);
    if (kind == 2)
        reading->styles = zipfile_find(book->zip, relation.target);
    if (reading->n > 2 * BOOK_SHEETS)
        return err_set(xml->err, ERR_INPUT, "more than %d sheets in a workbook", BOOK_SHEETS);
    reading->relations = mem_grow(reading->relations, &reading->room, reading->n + 1, sizeof *reading->relations);
    reading->relations[reading->n++] = relation;
    return true;
}

/* The attribute "r:id", whatever the prefix is. */
static const char *relation_id(const char *const *attributes)
{
    for (; *attributes; attributes += 2)
        if (strchr(*attributes, ':') && str_ends(str_from(*attributes), STR(":id")))
            return attributes[1];
    return NULL;
}

static bool add_sheet(struct reading *reading, const char *const *attributes, struct err *err)
{
    struct book *book = reading->book;
    const char *name = xml_attribute(attributes, "name"), *id = relation_id(attributes);
    const char *state = xml_attribute(attributes, "state");
    size_t r = 0;
    if (!name || !id)
        return true;
    while (r < reading->n && !str_equal(reading->relations[r].id, str_from(id)))
        r++;
    if (r == reading->n || !reading->relations[r].sheet) /* a chart, a dialog */
        return true;
    if (book->n == BOOK_SHEETS)
        return err_set(err, ERR_INPUT, "more than %d sheets in a workbook", BOOK_SHEETS);
    struct book_sheet sheet = {.member = zipfile_find(book->zip, reading->relations[r].target)};
    if (sheet.member == SIZE_MAX)
        return err_set(err, ERR_INPUT, STR_FMT ": the sheet \"%.100s\" is missing",
                       STR_ARG(reading->relations[r].target), name);
    char *tame = arena_copy(book->arena, name, str_head(str_from(name), 255).n);
    utf8_tame(tame);
    sheet.name = tame;
    sheet.place = arena_printf(book->arena, "%s!%s", book->input->name, tame);
    sheet.hidden = state && strcmp(state, "visible") != 0;
    book->sheets = mem_grow(book->sheets, &book->room, book->n + 1, sizeof *book->sheets);
    book->sheets[book->n++] = sheet;
    return true;
}

static bool book_start(struct xml *xml, const char *name, const char *const *attributes)
{
    struct reading *reading = xml->context;
    if (xml->depth == 1 && strcmp(name, "workbook") != 0)
        return err_set(xml->err, ERR_INPUT, "the workbook is a <%.100s>", name);
    if (xml->depth == 2 && strcmp(name, "workbookPr") == 0)
        reading->book->date1904 = xml_true(xml_attribute(attributes, "date1904"));
    if (xml->depth == 3 && strcmp(name, "sheet") == 0)
        return add_sheet(reading, attributes, xml->err);
    return true;
}

static bool is_date_format(const struct reading *reading, unsigned id)
{
    for (size_t i = 0; i < reading->customs; i++)
        if (reading->custom[i].id == id)
            return reading->custom[i].date;
    return number_is_date(id, NULL);
}

static unsigned number_of(const char *text)
{
    return text ? (unsigned)strtoul(text, NULL, 10) : 0;
}

static bool styles_start(struct xml *xml, const char *name, const char *const *attributes)
{
    struct reading *reading = xml->context;
    struct book *book = reading->book;
    if (xml->depth == 2)
        reading->formats = strcmp(name, "cellXfs") == 0;
    if (xml->depth != 3)
        return true;
    if (reading->customs > BOOK_FORMATS || book->styles > BOOK_STYLES)
        return err_set(xml->err, ERR_INPUT, "more than %d cell formats", BOOK_STYLES);
    const char *code = xml_attribute(attributes, "formatCode");
    if (strcmp(name, "numFmt") == 0 && code) {
        unsigned id = number_of(xml_attribute(attributes, "numFmtId"));
        reading->custom =
            mem_grow(reading->custom, &reading->customs_room, reading->customs + 1, sizeof *reading->custom);
        reading->custom[reading->customs].id = id;
        reading->custom[reading->customs++].date = number_is_date(id, code);
    } else if (reading->formats && strcmp(name, "xf") == 0) {
        book->dates = mem_grow(book->dates, &book->styles_room, book->styles + 1, sizeof *book->dates);
        book->dates[book->styles++] = is_date_format(reading, number_of(xml_attribute(attributes, "numFmtId")));
    }
    return true;
}

static bool parse_part(struct reading *reading, size_t member,
                       bool (*start)(struct xml *xml, const char *name, const char *const *attributes), struct err *err)
{
    struct xml xml = {.start = start, .context = reading};
    return xml_parse(reading->book->zip, member, &xml, err);
}

bool book_read(struct book *book, size_t workbook, struct str path, struct err *err)
{
    size_t slash = path.n;
    while (slash > 0 && path.p[slash - 1] != '/')
        slash--;
    struct reading reading = {.book = book, .folder = str_slice(path, 0, slash ? slash - 1 : 0), .styles = SIZE_MAX};
    struct str name = str_slice(path, slash, path.n);
    struct str relations = str_from(
        arena_printf(book->arena, STR_FMT "_rels/" STR_FMT ".rels", STR_ARG(str_slice(path, 0, slash)), STR_ARG(name)));
    size_t member = zipfile_find(book->zip, relations);
    book->shared = SIZE_MAX;
    bool ok = member != SIZE_MAX || err_set(err, ERR_INPUT, STR_FMT ": missing", STR_ARG(relations));
    ok = ok && parse_part(&reading, member, relation_start, err) && parse_part(&reading, workbook, book_start, err);
    if (ok && reading.styles != SIZE_MAX)
        ok = parse_part(&reading, reading.styles, styles_start, err);
    mem_free(reading.relations);
    mem_free(reading.custom);
    return ok;
}
