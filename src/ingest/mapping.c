#include "ingest/mapping.h"

#include "base/suggest.h"
#include "data/data.h"
#include "ingest/dates.h"
#include "ingest/record.h"

#include <pthread.h>
#include <string.h>

enum {
    NAME_BYTES = 128, /* of a name that is compared; no alias is longer */
    SLOTS = 1024,     /* of the aliases' hash table, more than twice as many as there are */
    LISTED = 40,      /* columns that a message names */
    LONG_NAME = 150,  /* bytes of a cell that is no column's name */
};

static struct {
    struct arena *arena; /* lives as long as the process */
    struct tsv table;
    size_t field, alias;       /* columns */
    unsigned short row[SLOTS]; /* + 1; 0: free */
} fields;

static pthread_once_t once = PTHREAD_ONCE_INIT;

/* Length of the bracket at i, 0 for none; *opens tells which. */
static size_t bracket(struct str s, size_t i, bool *opens)
{
    static const char *const brackets[] = {"(", ")", "[", "]", "（", "）", "［", "］", "【", "】", "〔", "〕"};
    struct str rest = str_slice(s, i, s.n);
    if (!memchr("()[]\xe3\xef", s.p[i], 6)) /* no bracket begins with another byte */
        return 0;
    for (size_t k = 0; k < sizeof brackets / sizeof *brackets; k++)
        if (str_starts(rest, str_from(brackets[k]))) {
            *opens = k % 2 == 0;
            return strlen(brackets[k]);
        }
    return 0;
}

/* What is compared of a name, in `out`: without ASCII case, blanks, "_", "-", and what stands in brackets if that
 * leaves anything. *cut: there was such. Empty for a name that is too long. */
static struct str essence(struct str name, char out[NAME_BYTES], bool *cut)
{
    size_t n = 0, depth = 0, kept = 0;
    bool with_brackets = false;
    *cut = false;
    for (int pass = 0; pass < 2 && !kept; pass++, with_brackets = true)
        for (size_t i = n = depth = 0; i < name.n;) {
            bool opens = false;
            size_t length = bracket(name, i, &opens);
            if (length) {
                depth += opens;
                depth -= !opens && depth > 0;
                *cut = !with_brackets;
                i += length;
                continue;
            }
            char c = name.p[i++];
            if ((depth && !with_brackets) || c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '_' || c == '-')
                continue;
            if (n == NAME_BYTES)
                return (struct str){NULL, 0};
            out[n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
            kept = n;
        }
    return (struct str){out, n};
}

static void load(void)
{
    struct err err = {0};
    char bytes[NAME_BYTES];
    bool cut;
    fields.arena = arena_new();
    if (!tsv_parse(fields.arena, "data/fields.tsv", data_file("data/fields.tsv"), &fields.table, &err))
        fields.table = (struct tsv){0};
    fields.field = tsv_column(&fields.table, "field");
    fields.alias = tsv_column(&fields.table, "alias");
    for (size_t row = 0; row < fields.table.rows && row < SLOTS / 2; row++) {
        struct str name = essence(tsv_cell(&fields.table, row, fields.alias), bytes, &cut);
        size_t slot = str_hash(name) % SLOTS;
        while (fields.row[slot])
            slot = (slot + 1) % SLOTS;
        fields.row[slot] = (unsigned short)(row + 1);
    }
}

/* Row of an alias; SIZE_MAX for none. */
static size_t find_alias(struct str name, bool *cut)
{
    char bytes[NAME_BYTES], other[NAME_BYTES];
    bool ignored;
    pthread_once(&once, load);
    name = essence(name, bytes, cut);
    for (size_t slot = str_hash(name) % SLOTS; name.n && fields.row[slot]; slot = (slot + 1) % SLOTS) {
        size_t row = fields.row[slot] - 1u;
        if (str_equal(name, essence(tsv_cell(&fields.table, row, fields.alias), other, &ignored)))
            return row;
    }
    return SIZE_MAX;
}

struct str fields_name(struct str name, size_t *rank)
{
    bool cut;
    size_t row = find_alias(name, &cut);
    if (row == SIZE_MAX)
        return (struct str){NULL, 0};
    *rank = row + (cut ? fields.table.rows : 0); /* "제목" goes before "제목(영문)" */
    return tsv_cell(&fields.table, row, fields.field);
}

static bool same_name(struct str a, struct str b)
{
    char x[NAME_BYTES], y[NAME_BYTES];
    bool cut;
    a = essence(a, x, &cut);
    return a.n && str_equal(a, essence(b, y, &cut));
}

static void field_names(struct buf *out)
{
    for (size_t i = 0; i < FIELDS; i++)
        buf_printf(out, "%s%s", i ? ", " : "", record_names[i]);
}

/* One name of a map up to `end`; in double quotes it may hold that. False where a quote stays open. */
static bool take_name(struct str *rest, char end, struct str *name)
{
    *rest = str_trim(*rest);
    if (rest->n && rest->p[0] == '"') {
        size_t close = str_find(*rest, STR("\""), 1);
        *name = str_slice(*rest, 1, close);
        *rest = str_trim(str_slice(*rest, close == SIZE_MAX ? rest->n : close + 1, rest->n));
        return close != SIZE_MAX && (!rest->n || rest->p[0] == end);
    }
    size_t n = 0;
    while (n < rest->n && rest->p[n] != end)
        n++;
    *name = str_trim(str_slice(*rest, 0, n));
    *rest = str_slice(*rest, n, rest->n);
    return true;
}

static size_t column_number(struct str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9' || s.n > 5)
            return 0;
        n = n * 10 + (size_t)(s.p[i] - '0');
    }
    return n;
}

static bool unknown_field(struct str name, struct err *err)
{
    struct str names[FIELDS];
    struct buf list = {0};
    for (size_t i = 0; i < FIELDS; i++)
        names[i] = str_from(record_names[i]);
    struct str near = suggest(name, names, FIELDS);
    field_names(&list);
    err_set(err, ERR_USAGE, "--map: no field \"" STR_FMT "\"%s" STR_FMT "%s: the fields are %s", STR_ARG(name),
            near.n ? " (did you mean " : "", STR_ARG(near), near.n ? "?)" : "", list.p);
    buf_free(&list);
    return false;
}

bool map_parse(const char *text, struct map *out, struct err *err)
{
    struct str rest = str_trim(str_from(text));
    out->n = 0;
    if (text && !rest.n)
        return err_set(err, ERR_USAGE, "--map: empty; title=COLUMN,body=COLUMN is wanted");
    while (rest.n) {
        struct str name, column = {NULL, 0};
        size_t field = 0;
        if (out->n == MAP_PAIRS)
            return err_set(err, ERR_USAGE, "--map: more than %d columns", MAP_PAIRS);
        bool ok = take_name(&rest, '=', &name) && rest.n;
        rest = str_slice(rest, 1, rest.n);
        if (!ok || !take_name(&rest, ',', &column) || !column.n)
            return err_set(err, ERR_USAGE, "--map %s: \"" STR_FMT "\" should be FIELD=COLUMN, as in title=제목", text,
                           STR_ARG(name));
        while (field < FIELDS && !str_equal(name, str_from(record_names[field])))
            field++;
        if (field == FIELDS)
            return unknown_field(name, err);
        out->pairs[out->n].field = (enum field)field;
        out->pairs[out->n].column = column;
        out->pairs[out->n++].number = column_number(column);
        rest = str_trim(str_slice(rest, 1, rest.n));
    }
    return true;
}

bool ingest_map_check(const char *map, struct err *err)
{
    struct map parsed;
    return map_parse(map, &parsed, err);
}

static bool maps_field(const struct map *map, size_t field)
{
    for (size_t i = 0; i < map->n; i++)
        if (map->pairs[i].field == field)
            return true;
    return false;
}

/* By the aliases, unless the map speaks of the field. */
static size_t field_by_alias(const struct map *map, struct str name, size_t *rank)
{
    struct str known = fields_name(name, rank);
    size_t field = 0;
    if (str_equal(known, STR("lead")))
        known = STR("body");
    while (field < FIELDS && !str_equal(known, str_from(record_names[field])))
        field++;
    return field < FIELDS && maps_field(map, field) ? FIELDS : field;
}

size_t map_key(const struct map *map, struct str key, size_t *rank)
{
    for (size_t i = 0; i < map->n; i++)
        if (same_name(map->pairs[i].column, key)) {
            *rank = i;
            return map->pairs[i].field;
        }
    return field_by_alias(map, key, rank);
}

bool mapping_is_lead(size_t rank) /* a pair of a map has a rank that is an id's */
{
    return str_equal(tsv_cell(&fields.table, rank % fields.table.rows, fields.field), STR("lead"));
}

size_t mapping_hits(const struct map *map, const struct str *cells, size_t n)
{
    bool seen[FIELDS + 1] = {false};
    size_t hits = 0;
    for (size_t c = 0; c < n; c++) {
        size_t rank, field = map_key(map, cells[c], &rank);
        hits += field < FIELDS && !seen[field];
        seen[field] = true;
    }
    return hits;
}

/* The columns by their names, blank ones by their numbers. */
static void list_columns(struct buf *out, const struct str *header, size_t n)
{
    for (size_t c = 0; c < n && c < LISTED; c++) {
        struct str name = str_head(str_trim(header[c]), 60);
        buf_text(out, c ? ", " : "");
        if (name.n)
            buf_str(out, name);
        else
            buf_printf(out, "%zu", c + 1);
    }
    if (n > LISTED)
        buf_printf(out, ", … (%zu)", n);
}

static bool missing_column(struct str column, const struct str *header, size_t n, struct err *err)
{
    struct buf list = {0};
    struct str near = suggest(column, header, n);
    list_columns(&list, header, n);
    err_set(err, ERR_INPUT, "--map: no column \"" STR_FMT "\"%s" STR_FMT "%s; columns: " STR_FMT, STR_ARG(column),
            near.n ? " (did you mean " : "", STR_ARG(near), near.n ? "?)" : "",
            STR_ARG(str_head(buf_view(&list), 600)));
    buf_free(&list);
    return false;
}

/* The columns that a pair of the map means: those of that very name, or else the one of that number, or else those
 * whose names are alike. */
static bool apply_pair(const struct map *map, size_t pair, struct mapping *m, struct err *err)
{
    struct str column = map->pairs[pair].column;
    size_t number = map->pairs[pair].number;
    bool found = false;
    for (int pass = 0; pass < 3 && !found; pass++)
        for (size_t c = 0; c < m->n; c++) {
            struct str name = str_trim(m->header[c]);
            if (pass == 0 ? str_equal(name, column) : pass == 1 ? number == c + 1 : same_name(name, column)) {
                found = true;
                m->field[c] = map->pairs[pair].field;
                m->rank[c] = pair;
            }
        }
    return found || missing_column(column, m->header, m->n, err);
}

bool mapping_make(struct arena *arena, const struct map *map, const struct str *header, size_t n, struct mapping *out,
                  struct err *err)
{
    *out = (struct mapping){n, header, ARENA_ARRAY(arena, n + 1, size_t), ARENA_ARRAY(arena, n + 1, size_t)};
    for (size_t c = 0; c < n; c++)
        out->field[c] = field_by_alias(map, header[c], &out->rank[c]);
    for (size_t i = map->n; i-- > 0;) /* backwards, so that of two pairs for one column the first holds */
        if (!apply_pair(map, i, out, err))
            return false;
    return true;
}

struct str mapping_unclear(struct arena *arena, const struct map *map, const struct mapping *mapping)
{
    struct buf list = {0};
    bool title = map->n > 0, body = false;
    for (size_t c = 0; c < mapping->n; c++) {
        title |= mapping->field[c] == F_TITLE;
        body |= mapping->field[c] == F_BODY;
    }
    if (title && body)
        return (struct str){NULL, 0};
    list_columns(&list, mapping->header, mapping->n);
    const char *text = arena_printf(arena, "columns: " STR_FMT ": say which is %s with --map %s%s%s",
                                    STR_ARG(str_head(buf_view(&list), 350)), title || body ? "the text" : "which",
                                    title ? "" : "title=…", title || body ? "" : ",", body ? "" : "body=…");
    buf_free(&list);
    return str_from(text);
}

bool mapping_headless(const struct map *map, const struct mapping *mapping, const struct str *cells)
{
    bool record = false;
    struct date_found date;
    for (size_t i = 0; i < map->n; i++)
        if (!map->pairs[i].number)
            return false;
    for (size_t c = 0; c < mapping->n; c++) {
        size_t field = mapping->field[c], rank;
        struct str cell = str_trim(mapping->header[c]);
        if (!map->n || fields_name(cell, &rank).n)
            return false;
        if (field == F_DATE)
            record |= dates_column(cell, &date);
        else if (field == F_TITLE || field == F_BODY)
            record |= cells[c].n > LONG_NAME || str_ends(cell, STR("."));
    }
    return record;
}

const char *mapping_date_hint(struct arena *arena, const struct mapping *mapping, const struct str *cells, size_t n)
{
    enum { WEEKDAY = 8 /* bytes that may follow */ };
    struct str column = {NULL, 0};
    for (size_t c = 0; c < mapping->n; c++) {
        struct str cell = c < n ? str_trim(cells[c]) : STR(""), name = str_trim(mapping->header[c]);
        struct date_found date;
        if (mapping->field[c] == F_DATE)
            return NULL;
        if (mapping->field[c] == FIELDS && !column.n && dates_next(cell, 0, &date) && date.begin == 0 &&
            date.end + WEEKDAY >= cell.n)
            column = name;
    }
    return column.n ? arena_printf(arena,
                                   "no column is known as the date; \"" STR_FMT
                                   "\" has dates: --map date=… says that it is the one",
                                   STR_ARG(str_head(column, 60)))
                    : NULL;
}

/* In any encoding whose multibyte characters have no byte below 0x40. */
static bool is_blank(struct str s)
{
    size_t i = 0;
    while (i < s.n && (s.p[i] == ' ' || s.p[i] == '\t' || s.p[i] == '\n' || s.p[i] == '\r'))
        i++;
    return i == s.n;
}

void mapping_row(const struct mapping *mapping, const struct str *cells, size_t n, struct str out[FIELDS])
{
    size_t best[FIELDS] = {0};
    for (size_t f = 0; f < FIELDS; f++)
        out[f] = (struct str){NULL, 0};
    for (size_t c = 0; c < n && c < mapping->n; c++) {
        size_t field = mapping->field[c];
        if (field == FIELDS || is_blank(cells[c]) || (out[field].n && best[field] <= mapping->rank[c]))
            continue;
        out[field] = cells[c];
        best[field] = mapping->rank[c];
    }
}
