/* Tables: comma-, semicolon-, tab- or bar-separated (RFC 4180), read record by record. */
#include "ingest/delimited.h"

#include "base/limits.h"
#include "base/mem.h"
#include "ingest/encoding.h"

#include <stdio.h>
#include <string.h>

enum { RECORD_LIMIT = LIMIT_TABLE_ROW_BYTES, LOOK = HEAD_BYTES };

struct table {
    const struct input *input;
    const struct sink *sink;
    struct layout layout;
    struct map map;
    struct mapping mapping;
    struct arena *arena;  /* of the header */
    struct str heading;   /* the header's record as it stands: it may come again where tables were joined */
    size_t named;         /* columns, less nameless ones at the end */
    const char *encoding; /* NULL: nothing so far tells it */
    size_t line;          /* of the next record */
    bool filled;          /* there is a record under the header */
    bool hinted;          /* the first of its width has been asked for dates */
    struct csv_record record;
    struct str *cells; /* [room] of the record */
    size_t room;
    struct buf values; /* of quoted cells, without their doubled quotes */
};

/* UTF-16 comes as UTF-8 to split, not to detect. */
bool delimited_detects(const struct head *head)
{
    struct layout layout;
    struct map map;
    struct err mistake = {0}; /* split will tell it */
    if (!map_parse(head->map, &map, &mistake))
        map.n = 0;
    return layout_find(encoding_is_utf16(head->encoding) ? head->text : head->bytes, head->whole, &map, head->name,
                       &layout);
}

static size_t count_newlines(const struct table *table, struct str s)
{
    size_t n = 0;
    for (const char *p = s.p; s.n && (p = memchr(p, table->layout.style.newline, s.n - (size_t)(p - s.p))); p++)
        n++;
    return n;
}

/* The next record; an empty one at the end. Errors: ERR_INPUT where it does not end. */
static bool next_record(struct table *table, struct str *bytes, struct err *err)
{
    for (size_t want = LOOK;;) {
        if (!stream_fill(table->input->stream, want, bytes, err))
            return false;
        if (!bytes->n)
            return true;
        switch (csv_cut(*bytes, bytes->n < want, table->layout.style, &table->record)) {
        case CSV_RECORD: *bytes = str_slice(*bytes, 0, table->record.end); return true;
        case CSV_OPEN:
            return err_set(err, ERR_INPUT, "line %zu: a quote that is never closed",
                           table->line + count_newlines(table, str_slice(*bytes, 0, table->record.open)));
        case CSV_MORE:
            if (bytes->n > RECORD_LIMIT)
                return err_set(err, ERR_INPUT, "line %zu: a record of more than %d MiB begins; is a quote not closed?",
                               table->line, RECORD_LIMIT >> 20);
            want = bytes->n < RECORD_LIMIT / 2 ? 2 * bytes->n : RECORD_LIMIT + 1;
        }
    }
}

static struct str without_newline(struct str s)
{
    while (s.n && (s.p[s.n - 1] == '\n' || s.p[s.n - 1] == '\r'))
        s.n--;
    return s;
}

static bool is_blank(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!strchr(" \t\r\n", s.p[i]) || !s.p[i])
            return false;
    return true;
}

/* What the cells hold that feed a field. */
static void take_cells(struct table *table, struct str bytes)
{
    size_t n = table->record.n < CSV_CELLS ? table->record.n : CSV_CELLS;
    table->cells = mem_grow(table->cells, &table->room, n, sizeof *table->cells);
    buf_clear(&table->values);
    char *values = buf_room(&table->values, bytes.n + 1);
    for (size_t c = 0; c < n; c++) {
        const struct csv_cell *cell = &table->record.cells[c];
        struct str inside = str_slice(bytes, cell->begin, cell->end);
        table->cells[c] = inside;
        if (cell->quoted && c < table->mapping.n && table->mapping.field[c] < FIELDS && inside.n &&
            memchr(inside.p, '"', inside.n)) {
            table->cells[c] = (struct str){values, csv_unquote(inside, values)};
            values += table->cells[c].n;
        }
    }
}

/* How many fields the record has; further blank ones are forgiven. */
static size_t count_fields(const struct table *table)
{
    size_t n = table->record.n;
    if (n > CSV_CELLS)
        return n;
    while (n > table->mapping.n && is_blank(table->cells[n - 1]))
        n--;
    return n;
}

static bool is_blank_record(const struct table *table)
{
    for (size_t c = 0; c < table->record.n; c++)
        if (c >= CSV_CELLS || !is_blank(table->cells[c]))
            return false;
    return true;
}

static bool put_hint(struct table *table, size_t n, struct err *err)
{
    struct item note = {.kind = ITEM_NOTE, .name = table->input->name, .line = table->line, .code = "no-date-column"};
    note.reason = table->hinted ? NULL : mapping_date_hint(table->arena, &table->mapping, table->cells, n);
    table->hinted = true;
    return !note.reason || table->sink->put(table->sink->context, &note, err);
}

static bool put_record(struct table *table, struct str bytes, struct err *err)
{
    struct item item = {.kind = ITEM_FIELDS,
                        .name = table->input->name,
                        .line = table->line,
                        .text = without_newline(bytes),
                        .head = table->heading,
                        .reader = "csv/1",
                        .serials = true}; /* the format that told the number from a day is lost */
    if (str_equal(item.text, table->heading))
        return true;
    take_cells(table, bytes);
    if (is_blank_record(table))
        return true;
    table->filled = true;
    size_t n = count_fields(table);
    if (!table->encoding)
        table->encoding = encoding_guess(item.text, NULL);
    item.encoding = table->encoding ? table->encoding : "utf-8";
    if (n < table->named || n > table->mapping.n) {
        char reason[100];
        snprintf(reason, sizeof reason, "%zu field%s where the header has %zu", n, n == 1 ? "" : "s", table->named);
        item.kind = ITEM_REJECT;
        item.code = "column-count";
        item.reason = reason;
        return table->sink->put(table->sink->context, &item, err);
    }
    if (encoding_is_utf16(table->input->encoding))
        item.was = table->input->encoding;
    mapping_row(&table->mapping, table->cells, n, item.fields);
    if (!put_hint(table, n, err))
        return false;
    return table->sink->put(table->sink->context, &item, err);
}

/* False where nothing can be read: with *err, or with a reject in *done. */
static bool read_header(struct table *table, struct str bytes, bool *done, struct err *err)
{
    size_t n;
    struct str *names = layout_names(table->arena, bytes, &table->record, &n);
    if (!mapping_make(table->arena, &table->map, names, n, &table->mapping, err))
        return false;
    struct str unclear = mapping_unclear(table->arena, &table->map, &table->mapping);
    *done = unclear.n > 0;
    if (*done)
        return readers_reject(table->input, table->sink, table->line, 0, "unclear-columns", without_newline(bytes), err,
                              STR_FMT, STR_ARG(unclear));
    while (n && !names[n - 1].n)
        n--;
    table->named = n;
    take_cells(table, bytes);
    if (mapping_headless(&table->map, &table->mapping, table->cells))
        return put_record(table, bytes, err);
    table->heading = str_copy(table->arena, without_newline(bytes));
    return true;
}

static bool put_no_rows(const struct table *table, struct err *err)
{
    const struct item item = {
        .kind = ITEM_NOTE, .name = table->input->name, .code = "no-rows", .reason = "a header, and no row under it"};
    return table->sink->put(table->sink->context, &item, err);
}

/* From the record above the header to the end. */
static bool read_records(struct table *table, struct err *err)
{
    struct str bytes;
    bool done = false;
    for (size_t number = 0; !done; number++) {
        if (!next_record(table, &bytes, err))
            return false;
        if (!bytes.n)
            return table->filled || put_no_rows(table, err);
        if (number == table->layout.header ? !read_header(table, bytes, &done, err)
                                           : number > table->layout.header && !put_record(table, bytes, err))
            return false;
        table->line += count_newlines(table, bytes);
        stream_take(table->input->stream, bytes.n);
    }
    return true;
}

bool delimited_split(const struct input *input, const struct sink *sink, struct err *err)
{
    struct table table = {.input = input, .sink = sink};
    struct str bytes;
    const char *format = input->options->format;
    if (!map_parse(input->options->map, &table.map, err) || !stream_fill(input->stream, HEAD_BYTES, &bytes, err))
        return false;
    layout_find(str_slice(bytes, 0, HEAD_BYTES), bytes.n < HEAD_BYTES, &table.map, input->name, &table.layout);
    if (format && strcmp(format, "tsv") == 0)
        table.layout.style.separator = '\t';
    table.encoding = encoding_guess(str_slice(bytes, 0, HEAD_BYTES),
                                    encoding_is_utf16(input->encoding) ? input->encoding : input->options->encoding);
    table.line = 1 + table.layout.lines;
    stream_take(input->stream, table.layout.begin);
    table.arena = arena_new();
    bool ok = read_records(&table, err);
    arena_free(table.arena);
    mem_free(table.record.cells);
    mem_free(table.cells);
    buf_free(&table.values);
    return ok;
}
