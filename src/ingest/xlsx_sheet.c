/* A sheet as it streams by, row by row (ECMA-376 part 1, 18.3.1): nothing of a row is kept when it is cut out. */
#include "base/limits.h"
#include "base/mem.h"
#include "ingest/xlsx.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
    ROWS = LIMIT_SHEET_ROWS,
    COLUMNS = LIMIT_SHEET_COLUMNS,     /* XFD */
    HEADER_ROWS = 30,                  /* in which the header is looked for, blank ones aside */
    ROW_BYTES = LIMIT_SHEET_ROW_BYTES, /* of a row's text; more is set aside */
    GROWTH = LIMIT_SHEET_GROWTH,       /* a sheet whose cells come to more than that many times its bytes … */
    GROWTH_FLOOR = 64 << 20,           /* … and to more than this repeats its strings to no good end */
};

struct cell {
    size_t column; /* 1-based */
    size_t from, to;
};

/* Cells that are worth a word: how many, and the first of them. */
struct tally {
    size_t n;
    char first[16];
};

struct sheet {
    struct book *book;
    struct book_sheet *about;
    const struct sink *sink;
    bool in_data, in_row, in_cell;
    bool given_up; /* no header where one should be */

    size_t row, column; /* of the row and cell that are read, or were last */
    struct buf text;    /* of the row's cells, one after the other */
    struct cell *cells;
    size_t n, room;
    bool too_long, unordered;

    char type; /* of the cell: its t, 'i' of inlineStr, 'f' of str */
    unsigned style;
    bool formula, value;
    unsigned phonetic;

    struct str values[COLUMNS + 1]; /* of the row, [0] is column A; empty between rows */
    struct arena *arena;            /* what follows lives there */
    struct mapping mapping;         /* n > 0: the header is found */
    struct str *best;               /* the cells of the row most like one so far */
    size_t best_n, best_hits, best_row, looked;
    size_t rows;     /* under the header */
    struct buf line; /* the row as CSV */
    struct str head; /* the header as CSV */
    uint64_t grown;  /* bytes of text so far */
    struct merges *merges;
    struct tally errors, unknown, merged;
};

static const char *cell_name(const struct sheet *sheet, size_t column, char name[16])
{
    char letters[8];
    size_t at = sizeof letters - 1;
    letters[at] = '\0';
    for (size_t c = column; c > 0 && at > 0; c = (c - 1) / 26)
        letters[--at] = (char)('A' + (c - 1) % 26);
    snprintf(name, 16, "%s%zu", letters + at, sheet->row);
    return name;
}

/* A fault of the file, with the cell. */
static bool cell_fault(const struct sheet *sheet, const char *cell, const char *reason, struct err *err)
{
    return err_set(err, ERR_INPUT, "%s!%.20s: %s", sheet->about->name, cell, reason);
}

static bool row_fault(const struct sheet *sheet, const char *reason, struct err *err)
{
    return err_set(err, ERR_INPUT, "%s: row %zu %s", sheet->about->name, sheet->row, reason);
}

static void count(const struct sheet *sheet, struct tally *tally)
{
    if (tally->n++ == 0)
        cell_name(sheet, sheet->column, tally->first);
}

static bool put(struct sheet *sheet, struct item *item, struct err *err)
{
    if (!item->name)
        item->name = sheet->about->place;
    return sheet->sink->put(sheet->sink->context, item, err);
}

static bool reject_row(struct sheet *sheet, const char *code, const char *reason, struct err *err)
{
    struct item item = {.kind = ITEM_REJECT, .line = sheet->row, .code = code, .reason = reason};
    return put(sheet, &item, err);
}

bool cell_parse(const char *reference, size_t *column, size_t *row)
{
    const char *p = reference;
    for (*column = *row = 0; *p >= 'A' && *p <= 'Z' && *column <= COLUMNS; p++)
        *column = *column * 26 + (size_t)(*p - 'A') + 1;
    for (; *p >= '0' && *p <= '9' && *row <= ROWS; p++)
        *row = *row * 10 + (size_t)(*p - '0');
    return *column && *row && *column <= COLUMNS && *row <= ROWS && !*p;
}

static bool start_row(struct sheet *sheet, const char *const *attributes, struct err *err)
{
    const char *r = xml_attribute(attributes, "r");
    char *end = NULL;
    unsigned long long row = r ? strtoull(r, &end, 10) : sheet->row + 1;
    if ((r && (*end || *r < '0' || *r > '9')) || row < 1 || row > ROWS)
        return err_set(err, ERR_INPUT, "%s: row %.20s is none of 1 to 1048576", sheet->about->name, r ? r : "1048577");
    if (row <= sheet->row)
        return err_set(err, ERR_INPUT, "%s: row %.20s stands after row %zu", sheet->about->name, r, sheet->row);
    sheet->row = (size_t)row;
    sheet->column = 0;
    sheet->n = 0;
    sheet->too_long = sheet->unordered = false;
    buf_clear(&sheet->text);
    return true;
}

static bool start_cell(struct sheet *sheet, const char *const *attributes, struct err *err)
{
    const char *r = xml_attribute(attributes, "r"), *t = xml_attribute(attributes, "t");
    const char *s = xml_attribute(attributes, "s");
    size_t column = sheet->column + 1, row = sheet->row;
    if (r && !cell_parse(r, &column, &row))
        return cell_fault(sheet, r, "no cell of A1 to XFD1048576", err);
    if (row != sheet->row)
        return cell_fault(sheet, r, "a cell of another row than the one that it stands in", err);
    if (column > COLUMNS)
        return row_fault(sheet, "has more than 16384 cells", err);
    sheet->unordered |= column <= sheet->column;
    sheet->column = column;
    sheet->type = !t ? 'n' : strcmp(t, "inlineStr") == 0 ? 'i' : strcmp(t, "str") == 0 ? 'f' : *t;
    sheet->style = s ? (unsigned)strtoul(s, NULL, 10) : 0;
    sheet->formula = sheet->value = false;
    sheet->phonetic = 0;
    if (sheet->n == COLUMNS)
        return row_fault(sheet, "has more than 16384 cells", err);
    sheet->cells = mem_grow(sheet->cells, &sheet->room, sheet->n + 1, sizeof *sheet->cells);
    sheet->cells[sheet->n] = (struct cell){column, sheet->text.n, sheet->text.n};
    return true;
}

/* An element in a cell: <v> and <is><t> or <is><r><t> have its text, <rPh> says how that is pronounced. */
static void start_value(struct sheet *sheet, struct xml *xml, const char *name)
{
    if (strcmp(name, "rPh") == 0 && !sheet->phonetic)
        sheet->phonetic = xml->depth;
    sheet->formula |= xml->depth == 5 && strcmp(name, "f") == 0;
    if (sheet->type == 'i' ? strcmp(name, "t") != 0 || sheet->phonetic : xml->depth != 5 || strcmp(name, "v") != 0)
        return;
    sheet->value = true;
    xml->text = sheet->too_long ? NULL : &sheet->text;
}

static bool put_shared(struct sheet *sheet, struct cell *cell, struct err *err)
{
    struct buf *text = &sheet->text;
    char *end, name[16];
    uint64_t index = text->n > cell->from ? strtoull(text->p + cell->from, &end, 10) : 0;
    if (text->n == cell->from)
        return true;
    if (*end || text->p[cell->from] == '-' || index >= strings_count(sheet->book->strings))
        return cell_fault(sheet, cell_name(sheet, cell->column, name), "a shared string that is not there", err);
    text->n = cell->from;
    return strings_get(sheet->book->strings, index, text, err);
}

/* The cell's text as a person reads it; an empty one is forgotten. */
static bool end_cell(struct sheet *sheet, struct err *err)
{
    const struct book *book = sheet->book;
    struct cell *cell = &sheet->cells[sheet->n];
    struct buf *text = &sheet->text;
    if (sheet->too_long)
        return true;
    switch (sheet->type) {
    case 's':
        if (!put_shared(sheet, cell, err))
            return false;
        break;
    case 'i':
    case 'f': xml_unescape(text, cell->from); break;
    case 'n':
        number_text(text, cell->from, sheet->style < book->styles && book->dates[sheet->style], book->date1904);
        break;
    case 'e':
        count(sheet, &sheet->errors);
        text->n = cell->from;
        break;
    case 'b':
        if (text->n == cell->from + 1) {
            bool is = text->p[cell->from] == '1';
            text->n = cell->from;
            buf_text(text, is ? "TRUE" : "FALSE");
        }
        break;
    default: break; /* d: a day by ISO 8601 */
    }
    if (sheet->formula && !sheet->value)
        count(sheet, &sheet->unknown);
    cell->to = text->n;
    sheet->grown += cell->to - cell->from;
    sheet->too_long = text->n > ROW_BYTES;
    sheet->n += cell->to > cell->from;
    return true;
}

static int by_column(const void *a, const void *b)
{
    const struct cell *x = a, *y = b;
    return (x->column > y->column) - (x->column < y->column);
}

/* A row as a line of RFC 4180. */
static void write_line(struct sheet *sheet, const struct str *values)
{
    buf_clear(&sheet->line);
    for (size_t c = 0; c < sheet->mapping.n; c++) {
        struct str value = values[c];
        if (c)
            buf_char(&sheet->line, ',');
        if (!value.n || (!memchr(value.p, ',', value.n) && !memchr(value.p, '"', value.n) &&
                         !memchr(value.p, '\n', value.n) && !memchr(value.p, '\r', value.n))) {
            buf_str(&sheet->line, value);
            continue;
        }
        struct str rest = value, part;
        buf_char(&sheet->line, '"');
        for (bool first = true; str_field(&rest, '"', &part); first = false) {
            buf_text(&sheet->line, first ? "" : "\"\"");
            buf_str(&sheet->line, part);
        }
        buf_char(&sheet->line, '"');
    }
}

/* Is the row a header: does it name a title and a body, or what --map names? If not, why. */
static bool read_header(struct sheet *sheet, size_t n, size_t hits, struct str *unclear)
{
    const struct map *map = &sheet->book->map;
    size_t wanted = map->n == 1 ? 1 : 2;
    struct err missing = {0};
    for (size_t i = 0; i < map->n; i++)
        if (map->pairs[i].number)
            wanted = 0;
    if (mapping_make(sheet->arena, map, sheet->values, n, &sheet->mapping, &missing))
        *unclear = mapping_unclear(sheet->arena, map, &sheet->mapping);
    else
        *unclear = str_copy(sheet->arena, str_from(missing.text));
    if (!unclear->n && hits >= wanted)
        return true;
    sheet->mapping.n = 0;
    return false;
}

/* The first header is it; until there is one, the row with the most known names is kept for the message. True where the
 * row is a record, of a table without a header. */
static bool look_for_header(struct sheet *sheet, size_t n)
{
    size_t hits = mapping_hits(&sheet->book->map, sheet->values, n);
    struct str unclear;
    bool found = read_header(sheet, n, hits, &unclear);
    sheet->given_up = !found && ++sheet->looked == HEADER_ROWS;
    if (!found && sheet->best && hits <= sheet->best_hits)
        return false;
    sheet->best = ARENA_ARRAY(sheet->arena, n, struct str);
    for (size_t i = 0; i < n; i++)
        sheet->best[i] = str_copy(sheet->arena, str_head(sheet->values[i], 1000));
    sheet->best_hits = hits;
    sheet->best_row = sheet->row;
    sheet->about->unclear = str_copy(sheet->book->arena, unclear);
    if (!found)
        return false;
    sheet->mapping.header = sheet->best;
    if (mapping_headless(&sheet->book->map, &sheet->mapping, sheet->values)) {
        memset(sheet->best, 0, n * sizeof *sheet->best);
        return true;
    }
    write_line(sheet, sheet->best);
    sheet->head = str_copy(sheet->arena, buf_view(&sheet->line));
    return false;
}

/* Tables that were put together have their header again and again. */
static bool is_header(const struct sheet *sheet)
{
    for (size_t c = 0; c < sheet->mapping.n; c++)
        if (sheet->mapping.field[c] < FIELDS && !str_equal(str_trim(sheet->values[c]), str_trim(sheet->best[c])))
            return false;
    return true;
}

static bool put_hint(struct sheet *sheet, struct err *err)
{
    const char *hint = mapping_date_hint(sheet->arena, &sheet->mapping, sheet->values, sheet->mapping.n);
    struct item note = {.kind = ITEM_NOTE, .line = sheet->row, .code = "no-date-column", .reason = hint};
    return !hint || put(sheet, &note, err);
}

static bool put_row(struct sheet *sheet, struct err *err)
{
    struct item item = {.kind = ITEM_FIELDS, .line = sheet->row, .encoding = "utf-8", .reader = "xlsx/1"};
    if (is_header(sheet))
        return true;
    if (!sheet->rows++ && !put_hint(sheet, err))
        return false;
    mapping_row(&sheet->mapping, sheet->values, sheet->mapping.n, item.fields);
    write_line(sheet, sheet->values);
    sheet->grown += sheet->line.n;
    item.text = buf_view(&sheet->line);
    item.head = sheet->head;
    return put(sheet, &item, err);
}

/* Puts the cells where they belong; false where one stands there twice. */
static bool place_cells(struct sheet *sheet, size_t *last, bool *blank)
{
    if (sheet->unordered)
        qsort(sheet->cells, sheet->n, sizeof *sheet->cells, by_column);
    *blank = true;
    for (size_t i = 0; i < sheet->n; i++) {
        const struct cell *cell = &sheet->cells[i];
        struct str value = {sheet->text.p + cell->from, cell->to - cell->from};
        if (sheet->values[cell->column - 1].n)
            return false;
        sheet->values[cell->column - 1] = value;
        *blank = *blank && !str_trim(value).n;
        *last = cell->column;
    }
    return true;
}

/* Texts of merged cells where the row has none of its own; the last column of them. */
static size_t fill_merged(struct sheet *sheet, bool blank)
{
    size_t filled = sheet->merges ? merges_apply(sheet->merges, sheet->row, sheet->values) : 0;
    if (filled && !blank && sheet->mapping.n) {
        sheet->column = filled;
        count(sheet, &sheet->merged);
    }
    return filled;
}

static bool end_row(struct sheet *sheet, struct err *err)
{
    size_t last = 0, filled = 0;
    bool blank, ok = true;
    if (sheet->too_long)
        return reject_row(sheet, "too-large", "more than 4 MiB of text in a row", err);
    if (place_cells(sheet, &last, &blank)) {
        filled = fill_merged(sheet, blank);
        if (!blank && (sheet->mapping.n || look_for_header(sheet, last > filled ? last : filled)))
            ok = put_row(sheet, err);
    } else {
        ok = reject_row(sheet, "cell-twice", "two cells of the row have the same place", err);
    }
    for (size_t i = 0; i < sheet->n; i++)
        sheet->values[sheet->cells[i].column - 1] = (struct str){NULL, 0};
    for (size_t c = 0; c < filled; c++)
        sheet->values[c] = (struct str){NULL, 0};
    return ok;
}

static bool on_start(struct xml *xml, const char *name, const char *const *attributes)
{
    struct sheet *sheet = xml->context;
    xml->text = NULL;
    if (xml->depth == 1 && strcmp(name, "worksheet") != 0)
        return err_set(xml->err, ERR_INPUT, "the sheet \"%s\" is a <%.100s>", sheet->about->name, name);
    if (xml->depth == 2)
        sheet->in_data = strcmp(name, "sheetData") == 0;
    if (!sheet->in_data || sheet->given_up || xml->depth < 3)
        return true;
    if (xml->depth == 3) {
        sheet->in_row = strcmp(name, "row") == 0;
        return !sheet->in_row || start_row(sheet, attributes, xml->err);
    }
    if (xml->depth == 4) {
        sheet->in_cell = sheet->in_row && strcmp(name, "c") == 0;
        return !sheet->in_cell || start_cell(sheet, attributes, xml->err);
    }
    if (sheet->in_cell)
        start_value(sheet, xml, name);
    return true;
}

static bool on_end(struct xml *xml, const char *name)
{
    struct sheet *sheet = xml->context;
    (void)name;
    xml->text = NULL;
    if (sheet->phonetic == xml->depth)
        sheet->phonetic = 0;
    if (xml->depth == 4 && sheet->in_cell) {
        sheet->in_cell = false;
        sheet->too_long |= xml->over;
        xml->over = false;
        return end_cell(sheet, xml->err);
    }
    if (xml->depth != 3 || !sheet->in_row)
        return true;
    sheet->in_row = false;
    if (sheet->grown > GROWTH_FLOOR && sheet->grown / GROWTH > xml->offset)
        return row_fault(sheet, "and those before it come to more than 100 times the size of the sheet", xml->err);
    return end_row(sheet, xml->err);
}

static bool note(struct sheet *sheet, const struct tally *tally, const char *code, const char *reason, struct err *err)
{
    char text[300];
    struct arena *arena = sheet->arena;
    struct item item = {.kind = ITEM_NOTE, .code = code, .reason = text};
    if (!tally->n)
        return true;
    item.name = arena_printf(arena, "%s!%s", sheet->about->place, tally->first);
    snprintf(text, sizeof text, tally->n > 1 ? "%s (%zu more)" : "%s", reason, tally->n - 1);
    return put(sheet, &item, err);
}

/* What is to be said when all rows have been seen. */
static bool finish(struct sheet *sheet, struct err *err)
{
    struct item nothing = {.kind = ITEM_NOTE, .code = "no-rows", .reason = "a header, and no row under it"};
    struct book_sheet *about = sheet->about;
    if (!sheet->mapping.n) {
        about->state = sheet->best ? SHEET_UNCLEAR : SHEET_EMPTY;
        about->row = sheet->best_row;
        return true;
    }
    about->state = SHEET_READ;
    return (sheet->rows > 0 || put(sheet, &nothing, err)) &&
           note(sheet, &sheet->errors, "error-value", "an error instead of a value: taken as empty", err) &&
           note(sheet, &sheet->unknown, "no-value", "a formula without its value: taken as empty", err) &&
           note(sheet, &sheet->merged, "merged-cells", "merged with the cells above it: their value counts here too",
                err);
}

bool sheet_split(struct book *book, struct book_sheet *about, const struct sink *sink, struct err *err)
{
    struct sheet *sheet = mem_alloc(sizeof *sheet);
    memset(sheet, 0, sizeof *sheet);
    sheet->book = book;
    sheet->about = about;
    sheet->sink = sink;
    sheet->arena = arena_new();
    struct xml xml = {.start = on_start, .end = on_end, .context = sheet, .limit = ROW_BYTES};
    bool ok = merges_read(book->zip, about->member, &sheet->merges, err) &&
              xml_parse(book->zip, about->member, &xml, err) && finish(sheet, err);
    merges_free(sheet->merges);
    arena_free(sheet->arena);
    buf_free(&sheet->text);
    buf_free(&sheet->line);
    mem_free(sheet->cells);
    mem_free(sheet);
    return ok;
}
