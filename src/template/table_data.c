/* The fenced block "table LIST": a table of a list of values, whose name the walk has looked up (mustache.c). */
#include "base/mem.h"
#include "base/suggest.h"
#include "template/build.h"
#include "template/filter.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_COLUMNS = 64, MOST_KEYS = 8, SAMPLES = 50, MOST_NAMES = 200, MOST_CELLS = 1000000 };

struct column {
    struct str path, header, filters, link;
    int line;
    bool number;
};

/* sort=사업수 desc, and where=!광역 */
struct key {
    struct str path;
    bool down, wanted;
};

struct reader {
    struct build *build;
    const struct value *list;
    struct str name;
    int line;
    struct column columns[MOST_COLUMNS];
    struct key sort[MOST_KEYS], where[MOST_KEYS];
    size_t n, n_sort, n_where, top;
};

/* --- fields --- */

/* "지역목록.도시이름": through maps; through a list, the texts of its items with commas between. NULL where absent. */
static const struct value *field_of(struct arena *arena, const struct value *value, struct str path)
{
    struct str part;
    while (value && value->type != VALUE_LIST && str_field(&path, '.', &part))
        value = value_get(value, str_trim(part));
    if (!value || value->type != VALUE_LIST || !path.p)
        return value;
    struct buf joined = {0};
    bool any = !value->first;
    for (const struct item *item = value->first; item; item = item->next) {
        const struct value *inner = field_of(arena, item->value, path);
        if (!inner || !value_is_scalar(inner))
            continue;
        any = true;
        if (joined.n && inner->text.n)
            buf_text(&joined, ", ");
        buf_str(&joined, inner->text);
    }
    const struct value *result = any ? value_text(arena, buf_view(&joined)) : NULL;
    buf_free(&joined);
    return result;
}

/* Whether items have that field, as far as they say (an empty list in one says nothing); else a mistake with the
 * nearest name. */
static bool check_field(struct reader *reader, struct str path)
{
    struct str names[MOST_NAMES];
    size_t n = 0, seen = 0;
    bool missing = false;
    for (const struct item *item = reader->list->first; item && seen < SAMPLES; item = item->next, seen++) {
        const struct value *value = field_of(reader->build->arena, item->value, path);
        if (value && (value->text.n || str_find(path, STR("."), 0) == SIZE_MAX))
            return true;
        missing = missing || !value;
        for (const struct item *field = item->value->first; field && !seen && n < MOST_NAMES; field = field->next)
            names[n++] = field->name;
    }
    if (!missing)
        return true;
    struct str near = suggest(path, names, n);
    return build_fault(reader->build, reader->line, "the items of " STR_FMT " have no \"" STR_FMT "\"%s" STR_FMT "%s",
                       STR_ARG(reader->name), STR_ARG(path), near.n ? "; did you mean \"" : "", STR_ARG(near),
                       near.n ? "\"?" : "");
}

/* --- the lines of the block --- */

static struct str take_until(struct str *rest, const char *ends)
{
    size_t n = 0;
    while (n < rest->n && !strchr(ends, rest->p[n]))
        n++;
    struct str word = str_slice(*rest, 0, n);
    *rest = str_slice(*rest, n, rest->n);
    return word;
}

/* 사업비(원) "총사업비" -> #사업-{번호} */
static bool read_column(struct reader *reader, struct str text)
{
    struct build *build = reader->build;
    struct str rest = text;
    if (reader->n == MOST_COLUMNS)
        return build_fault(build, reader->line, "more than %d columns", MOST_COLUMNS);
    struct column *column = &reader->columns[reader->n];
    *column = (struct column){.path = fence_expand(build, take_until(&rest, " (\"")), .line = reader->line};
    if (str_starts(rest, STR("("))) {
        rest = str_slice(rest, 1, rest.n);
        struct str filters = take_until(&rest, ")");
        char *bars = arena_copy(build->arena, filters.p, filters.n);
        for (size_t i = 0; i < filters.n; i++)
            bars[i] = bars[i] == ',' ? '|' : bars[i];
        column->filters = (struct str){bars, filters.n};
        rest = str_trim(str_slice(rest, 1, rest.n));
    }
    rest = str_trim(rest);
    column->header = column->path;
    if (str_starts(rest, STR("\""))) {
        rest = str_slice(rest, 1, rest.n);
        column->header = fence_expand(build, take_until(&rest, "\""));
        rest = str_trim(str_slice(rest, 1, rest.n));
    }
    if (str_starts(rest, STR("->"))) {
        column->link = str_trim(str_slice(rest, 2, rest.n));
        rest = STR("");
    }
    if (!column->path.n || rest.n)
        return build_fault(build, reader->line,
                           "\"" STR_FMT "\" is no column such as 사업비(원) \"총사업비\" -> #사업-{번호}",
                           STR_ARG(str_head(fence_expand(build, text), 60)));
    reader->n++;
    return check_field(reader, column->path);
}

static bool read_columns(struct reader *reader, struct str text)
{
    struct str field;
    while (fence_field(&text, &field))
        if ((field.n || text.p) && !read_column(reader, field)) /* a | at the end, as a loop leaves it, is none */
            return false;
    return true;
}

/* "사업수 desc, 도시" or "신규, !광역". */
static bool read_keys(struct reader *reader, struct str text, struct key *keys, size_t *n, bool sorting)
{
    struct str one, all = fence_expand(reader->build, text);
    while (str_field(&all, ',', &one)) {
        one = str_trim(one);
        bool down = sorting && str_ends(one, STR(" desc")), not = !sorting && str_starts(one, STR("!"));
        if (down || (sorting && str_ends(one, STR(" asc"))))
            one = str_trim(str_slice(one, 0, one.n - (down ? 5 : 4)));
        if (not )
            one = str_trim(str_slice(one, 1, one.n));
        if (!one.n || *n == MOST_KEYS)
            return build_fault(reader->build, reader->line, "%s needs up to %d names, as in %s",
                               sorting ? "sort=" : "where=", MOST_KEYS,
                               sorting ? "sort=사업수 desc, 도시" : "where=신규, !광역");
        keys[(*n)++] = (struct key){.path = one, .down = down, .wanted = !not };
        if (!check_field(reader, one))
            return false;
    }
    return true;
}

static bool read_top(struct reader *reader, struct str text)
{
    struct str digits = fence_expand(reader->build, text);
    size_t top = 0;
    bool good = digits.n && digits.n < 7;
    for (size_t i = 0; good && i < digits.n; i++) {
        good = digits.p[i] >= '0' && digits.p[i] <= '9';
        top = top * 10 + (size_t)(digits.p[i] - '0');
    }
    reader->top = top;
    return (good && top) || build_fault(reader->build, reader->line, "top= needs a number of rows, 1 to 999999");
}

static bool read_line(struct reader *reader, struct str line)
{
    static const struct str options[] = {{"columns=", 8}, {"sort=", 5}, {"where=", 6}, {"top=", 4}};
    enum { OPTIONS = sizeof options / sizeof *options };
    size_t i = 0;
    while (i < OPTIONS && !str_starts(line, options[i]))
        i++;
    struct str value = i < OPTIONS ? str_trim(str_slice(line, options[i].n, line.n)) : STR("");
    switch (i) {
    case 0: return read_columns(reader, value);
    case 1: return read_keys(reader, value, reader->sort, &reader->n_sort, true);
    case 2: return read_keys(reader, value, reader->where, &reader->n_where, false);
    case 3: return read_top(reader, value);
    default: break;
    }
    size_t equals = str_find(line, STR("="), 0);
    struct str word = str_slice(line, 0, equals == SIZE_MAX ? line.n : equals + 1);
    struct str near = suggest(word, options, OPTIONS);
    return build_fault(reader->build, reader->line, "unknown option of a table \"" STR_FMT "\"; %s" STR_FMT "%s",
                       STR_ARG(str_head(word, 60)),
                       near.n ? "did you mean \"" : "there are columns=, sort=, where= and top=", STR_ARG(near),
                       near.n ? "\"?" : "");
}

/* --- rows --- */

struct row {
    const struct value *item;
    const struct value **keys; /* [n_sort] */
    const struct key *how;
    size_t n_keys, at;
};

/* What is not known comes last, whichever way. */
static bool is_known(const struct value *value)
{
    return value && (value->type == VALUE_BOOL || (value_is_scalar(value) && value->text.n));
}

static int compare_values(const struct value *a, const struct value *b)
{
    if (a->type != b->type)
        return (a->type > b->type) - (a->type < b->type);
    if (a->type == VALUE_NUMBER && a->decimals == 0 && b->decimals == 0)
        return (a->whole > b->whole) - (a->whole < b->whole);
    switch (a->type) {
    case VALUE_NUMBER: return (a->number > b->number) - (a->number < b->number);
    case VALUE_DATE: return (a->date > b->date) - (a->date < b->date);
    case VALUE_BOOL: return (a->truth > b->truth) - (a->truth < b->truth);
    default: return str_compare(a->text, b->text);
    }
}

static int compare_rows(const void *left, const void *right)
{
    const struct row *a = left, *b = right;
    for (size_t i = 0; i < a->n_keys; i++) {
        bool known = is_known(a->keys[i]), other = is_known(b->keys[i]);
        if (known != other)
            return known ? -1 : 1;
        int order = known ? compare_values(a->keys[i], b->keys[i]) : 0;
        if (order)
            return a->how[i].down ? -order : order;
    }
    return (a->at > b->at) - (a->at < b->at);
}

static bool is_wanted(const struct reader *reader, const struct value *item)
{
    for (size_t i = 0; i < reader->n_where; i++) {
        const struct value *value = field_of(reader->build->arena, item, reader->where[i].path);
        if ((value && value->truth) != reader->where[i].wanted)
            return false;
    }
    return true;
}

static struct row *choose_rows(const struct reader *reader, size_t *n)
{
    struct arena *arena = reader->build->arena;
    struct row *rows = ARENA_ARRAY(arena, reader->list->n + 1, struct row);
    *n = 0;
    for (const struct item *item = reader->list->first; item; item = item->next) {
        if (!is_wanted(reader, item->value))
            continue;
        struct row *row = &rows[*n];
        *row = (struct row){.item = item->value, .how = reader->sort, .n_keys = reader->n_sort, .at = (*n)++};
        row->keys = ARENA_ARRAY(arena, reader->n_sort + 1, const struct value *);
        for (size_t i = 0; i < reader->n_sort; i++)
            row->keys[i] = field_of(arena, item->value, reader->sort[i].path);
    }
    if (reader->n_sort)
        qsort(rows, *n, sizeof *rows, compare_rows);
    if (reader->top && *n > reader->top)
        *n = reader->top;
    return rows;
}

/* "#사업-{시도}" with the item's fields; they are data like any value. */
static struct str link_of(struct reader *reader, const struct column *column, const struct value *item)
{
    struct str link = column->link;
    struct source *source = reader->build->source;
    struct buf text = {0};
    for (size_t open, shut;
         (open = str_find(link, STR("{"), 0)) != SIZE_MAX && (shut = str_find(link, STR("}"), open)) != SIZE_MAX;
         link = str_slice(link, shut + 1, link.n)) {
        const struct value *value = field_of(reader->build->arena, item, str_slice(link, open + 1, shut));
        buf_str(&text, str_slice(link, 0, open));
        if (value && value_is_scalar(value))
            slots_put(&source->slots, value->text, &text);
    }
    buf_str(&text, link);
    struct str result = build_link(reader->build, buf_view(&text), column->line);
    buf_free(&text);
    return result;
}

static bool fill_cell(struct reader *reader, struct column *column, const struct value *item, struct cell *cell)
{
    struct arena *arena = reader->build->arena;
    const struct value *value = field_of(arena, item, column->path);
    if (!value)
        return true;
    struct str text = value->text;
    const char *mistake = column->filters.p ? filter_apply(arena, value, column->filters, &text) : NULL;
    if (!mistake && !value_is_scalar(value))
        mistake = value->type == VALUE_BOOL ? "yes or no is no text"
                                            : "a list is no text; its items' field is, after a point";
    if (mistake)
        return build_fault(reader->build, column->line, "column " STR_FMT ": %s", STR_ARG(column->path), mistake);
    column->number = column->number || value->type == VALUE_NUMBER;
    text = clean_text(arena, text);
    if (!text.n)
        return true;
    cell->n = 1;
    cell->runs = ARENA_NEW(arena, struct run);
    cell->runs[0] = (struct run){.text = text,
                                 .link = column->link.n ? link_of(reader, column, item) : STR(""),
                                 .language = reader->build->language};
    return true;
}

static bool fill_table(struct reader *reader, struct table *table)
{
    struct arena *arena = reader->build->arena;
    size_t n;
    const struct row *rows = choose_rows(reader, &n);
    reader->build->source->cells += n * reader->n;
    if (reader->build->source->cells > MOST_CELLS)
        return build_fault(reader->build, reader->line, "tables of more than %d cells", MOST_CELLS), false;
    table->columns = reader->n;
    table->rows = n;
    table->align = ARENA_ARRAY(arena, reader->n, enum align);
    table->header = ARENA_ARRAY(arena, reader->n, struct cell);
    table->cells = ARENA_ARRAY(arena, n * reader->n, struct cell);
    for (size_t i = 0; i < n * reader->n; i++)
        if (!fill_cell(reader, &reader->columns[i % reader->n], rows[i / reader->n].item, &table->cells[i]))
            return false;
    for (size_t c = 0; c < reader->n; c++) {
        table->align[c] = reader->columns[c].number ? ALIGN_RIGHT : ALIGN_LEFT;
        table->header[c].n = reader->columns[c].header.n > 0;
        table->header[c].runs = ARENA_NEW(arena, struct run);
        table->header[c].runs[0] = (struct run){.text = reader->columns[c].header, .language = reader->build->language};
    }
    return true;
}

bool build_data_table(struct build *build, struct block *block, struct str name, const struct value *list,
                      struct str text, int line)
{
    struct reader *reader = ARENA_NEW(build->arena, struct reader);
    struct str one;
    *reader = (struct reader){.build = build, .list = list, .name = name, .line = line};
    while (str_line(&text, &one)) {
        reader->line++;
        one = str_trim(one);
        if (one.n && !read_line(reader, one))
            return false;
    }
    reader->line = line;
    if (!reader->n)
        return build_fault(build, line, "a table needs its columns, as in columns=도시 \"지역\" | 사업수");
    block->table = ARENA_NEW(build->arena, struct table);
    return fill_table(reader, block->table);
}
