/* Is it a table; which separator; where is the header? By the names that columns have, else by the shape. */
#include "ingest/delimited.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <string.h>

enum {
    RECORDS = 40,       /* looked at, blank ones left out … */
    HEADER_WITHIN = 15, /* … and the header is one of these: titles, dates of export, blank rows stand above it */
    LONG_NAME = 150,    /* bytes of a cell that is no column's name */
    SHAPE_RECORDS = 3,  /* from which a shape alone tells a table … */
    SHAPE_COLUMNS = 5,  /* … of so many columns */
};

/* One record of the sample. */
struct row {
    size_t number; /* among all records */
    size_t cells;  /* less blank ones at the end */
    size_t hits;   /* fields that it names */
    bool text;     /* title or body among them */
    bool sentence; /* ends like prose */
};

struct look {
    struct row rows[RECORDS];
    size_t n;
    size_t header; /* index of rows */
    size_t alike;  /* of the rows behind the header: as many cells as it has */
    bool known;    /* the header names fields */
};

struct str *layout_names(struct arena *arena, struct str bytes, const struct csv_record *record, size_t *n)
{
    *n = record->n < CSV_CELLS ? record->n : CSV_CELLS;
    struct str *names = ARENA_ARRAY(arena, *n + 1, struct str);
    for (size_t i = 0; i < *n; i++) {
        const struct csv_cell *cell = &record->cells[i];
        struct str inside = str_slice(bytes, cell->begin, cell->end), text = inside;
        size_t bad;
        if (inside.n > LONG_NAME)
            continue;
        if (utf8_invalid(inside) != SIZE_MAX && !utf8_decode(arena, inside, "windows-949", &text, &bad))
            continue;
        char *copy = arena_alloc(arena, text.n + 1);
        if (cell->quoted)
            text.n = csv_unquote(text, copy);
        else if (text.n)
            memcpy(copy, text.p, text.n);
        names[i] = str_trim(utf8_nfc(arena, (struct str){copy, text.n}));
    }
    return names;
}

static size_t count_cells(struct str bytes, const struct csv_record *record)
{
    size_t n = record->n < CSV_CELLS ? record->n : CSV_CELLS;
    while (n && !str_trim(str_slice(bytes, record->cells[n - 1].begin, record->cells[n - 1].end)).n)
        n--;
    return n;
}

static void look_at_names(struct arena *arena, const struct map *map, struct str bytes, const struct csv_record *record,
                          struct row *row)
{
    size_t n, rank;
    struct str *names = layout_names(arena, bytes, record, &n);
    row->hits = mapping_hits(map, names, n);
    for (size_t i = 0; i < n && row->hits > 1 && !row->text; i++) {
        size_t field = map_key(map, names[i], &rank);
        row->text = field == F_TITLE || field == F_BODY;
    }
    arena_reset(arena);
}

/* Cuts the sample with one separator. */
static void look_at_rows(struct str bytes, bool whole, struct csv_style style, const struct map *map, struct look *out)
{
    struct csv_record record = {0};
    struct arena *arena = arena_new();
    size_t single = 0;
    out->n = 0;
    for (size_t number = 0; bytes.n && out->n < RECORDS && single < HEADER_WITHIN; number++) {
        if (csv_cut(bytes, whole, style, &record) != CSV_RECORD)
            break;
        struct row row = {.number = number, .cells = count_cells(bytes, &record)};
        row.sentence = str_ends(str_trim(str_slice(bytes, 0, record.end)), STR("."));
        if (row.cells > 1 && out->n < HEADER_WITHIN)
            look_at_names(arena, map, bytes, &record, &row);
        single = row.cells < 2 ? single + (row.cells > 0) : 0;
        if (row.cells)
            out->rows[out->n++] = row;
        bytes = str_slice(bytes, record.end, bytes.n);
    }
    arena_free(arena);
    mem_free(record.cells);
}

/* The number of cells that most rows have. */
static size_t usual_cells(const struct look *look)
{
    size_t best = 0, most = 0;
    for (size_t i = 0; i < look->n; i++) {
        size_t n = 0;
        for (size_t k = 0; k < look->n; k++)
            n += look->rows[k].cells == look->rows[i].cells;
        if (n > most) {
            most = n;
            best = look->rows[i].cells;
        }
    }
    return best;
}

/* The row that names most fields, two at least; else the first of the usual width. */
static void find_header(struct look *look)
{
    size_t best = 0, usual = usual_cells(look);
    look->header = 0;
    for (size_t i = look->n; i-- > 0;)
        if (look->rows[i].cells == usual)
            look->header = i;
    for (size_t i = 0; i < look->n && i < HEADER_WITHIN; i++)
        if (look->rows[i].hits > 1 && look->rows[i].hits > best) {
            best = look->rows[i].hits;
            look->header = i;
        }
    look->known = best > 0;
    look->alike = 0;
    for (size_t i = look->header + 1; i < look->n; i++) /* the last cells may be blank */
        look->alike += look->rows[i].cells > 1 && look->rows[i].cells <= look->rows[look->header].cells;
}

static bool has_shape(const struct look *look)
{
    for (size_t i = 0; i < look->n; i++)
        if (look->rows[i].cells != look->rows[0].cells)
            return false;
    return look->n >= SHAPE_RECORDS && look->rows[0].cells >= SHAPE_COLUMNS && !look->rows[0].sentence;
}

static bool named_as_table(const char *name)
{
    static const char *const ends[] = {".csv", ".tsv", ".tab", ".CSV", ".TSV", NULL};
    return name && str_ends_any(str_from(name), ends);
}

static bool is_table(const struct look *look, char separator, bool expected)
{
    if (!look->n)
        return false;
    const struct row *header = &look->rows[look->header];
    size_t below = look->n - look->header - 1;
    if (header->text && (expected || !below || look->alike * 2 > below))
        return true;
    if (separator != '|' && has_shape(look))
        return true;
    return expected && header->cells > 1 && below > 0 && look->alike == below;
}

static bool is_better(const struct look *a, const struct look *b)
{
    size_t x = a->known ? a->rows[a->header].hits : 0, y = b->known ? b->rows[b->header].hits : 0;
    if (x != y)
        return x > y;
    x = a->n ? a->rows[a->header].cells : 0;
    y = b->n ? b->rows[b->header].cells : 0;
    return x > y;
}

bool layout_find(struct str bytes, bool whole, const struct map *map, const char *name, struct layout *out)
{
    static const char separators[] = {',', '\t', ';', '|'};
    struct look best = {.n = 0}, look;
    bool table = false;
    *out = (struct layout){.style = {',', '\n'}, .begin = str_starts(bytes, STR("\xef\xbb\xbf")) ? 3 : 0};
    struct str rest = str_slice(bytes, out->begin, bytes.n), line = {NULL, 0};
    if (rest.n && !memchr(rest.p, '\n', rest.n) && memchr(rest.p, '\r', rest.n))
        out->style.newline = '\r';
    struct str after = rest;
    str_field(&after, out->style.newline, &line);
    line = str_trim(line);
    bool said = str_starts(line, STR("sep=")) && line.n <= 5; /* 4: a tab, trimmed */
    if (said) {
        out->style.separator = line.n == 4 ? '\t' : line.p[4];
        out->begin += rest.n - after.n;
        out->lines = 1;
        rest = after;
    }
    for (size_t i = 0; i < (said ? 1 : sizeof separators); i++) {
        if (best.n && !memchr(rest.p, separators[i], rest.n)) /* rows of one cell are no better */
            continue;
        struct csv_style style = {said ? out->style.separator : separators[i], out->style.newline};
        look_at_rows(rest, whole, style, map, &look);
        find_header(&look);
        bool is = said || is_table(&look, style.separator, map->n > 0 || named_as_table(name));
        if (!i || (is && !table) || (is == table && is_better(&look, &best))) {
            best = look;
            out->style = style;
            table = is;
        }
    }
    out->header = best.n ? best.rows[best.header].number : 0;
    return table;
}
