/* The region table: loading with its checks, and look-ups by unit, code and day. */
#include "base/arena.h"
#include "data/data.h"

#include <stdlib.h>
#include <string.h>

enum column { UNIT, CODE, TYPE, SIDO, NAME, SHORT, PARENT, FROM, TO, X, Y, COLUMNS };

static const char *const column_names[COLUMNS] = {"unit",   "code", "type", "sido", "name", "short",
                                                  "parent", "from", "to",   "x",    "y"};

struct loader {
    const char *name;
    struct arena *arena;
    struct tsv tsv;
    size_t columns[COLUMNS];
    struct region *items; /* in the order of the table until they are sorted */
    struct err *err;
};

static struct str cell(const struct loader *loader, size_t row, enum column column)
{
    return str_trim(tsv_cell(&loader->tsv, row, loader->columns[column]));
}

static bool bad(const struct loader *loader, size_t row, enum column column, const char *what)
{
    struct str value = cell(loader, row, column);
    return err_set(loader->err, ERR_CONFIG, "%s:%zu: %s '" STR_FMT "': %s", loader->name, loader->tsv.lines[row],
                   column_names[column], STR_ARG(value), what);
}

static bool read_code(const struct loader *loader, size_t row, enum column column, bool may_be_empty, char out[6])
{
    struct str text = cell(loader, row, column);
    out[0] = '\0';
    if (text.n == 0 && may_be_empty)
        return true;
    if (text.n != 5)
        return bad(loader, row, column, "needs five digits");
    for (size_t i = 0; i < 5; i++)
        if (text.p[i] < '0' || text.p[i] > '9')
            return bad(loader, row, column, "needs five digits");
    memcpy(out, text.p, 5);
    out[5] = '\0';
    return true;
}

/* A non-negative whole number of at most 12 digits; 0 for an empty cell. */
static bool read_number(const struct loader *loader, size_t row, enum column column, int64_t *out)
{
    struct str text = cell(loader, row, column);
    *out = 0;
    if (text.n > 12)
        return bad(loader, row, column, "too large");
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return bad(loader, row, column, "needs a whole number");
        *out = *out * 10 + (text.p[i] - '0');
    }
    return true;
}

static bool read_day(const struct loader *loader, size_t row, enum column column, date_t *out)
{
    struct str text = cell(loader, row, column);
    *out = date_parse(text);
    return text.n == 0 || *out != DATE_NONE || bad(loader, row, column, "needs YYYY-MM-DD");
}

static bool read_type(const struct loader *loader, size_t row, enum region_type *out)
{
    static const char *const names[] = {"sido", "si", "gun", "jachigu", "ilbangu"};
    struct str text = cell(loader, row, TYPE);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_equal(text, str_from(names[i]))) {
            *out = (enum region_type)i;
            return true;
        }
    return bad(loader, row, TYPE, "needs sido, si, gun, jachigu or ilbangu");
}

static bool read_row(const struct loader *loader, size_t row, struct region *out)
{
    int64_t x, y;
    if (!read_code(loader, row, UNIT, false, out->unit) || !read_code(loader, row, CODE, false, out->code) ||
        !read_type(loader, row, &out->type) || !read_code(loader, row, PARENT, true, out->parent) ||
        !read_day(loader, row, FROM, &out->from) || !read_day(loader, row, TO, &out->to) ||
        !read_number(loader, row, X, &x) || !read_number(loader, row, Y, &y))
        return false;
    out->x = (double)x;
    out->y = (double)y;
    if ((out->type == REGION_SIDO) != (out->parent[0] == '\0'))
        return bad(loader, row, PARENT, "a 시·도 has none, every other unit has one");
    out->sido = str_copy(loader->arena, cell(loader, row, SIDO));
    out->name = str_copy(loader->arena, cell(loader, row, NAME));
    out->short_name = str_copy(loader->arena, cell(loader, row, SHORT));
    if (out->sido.n == 0)
        return bad(loader, row, SIDO, "empty");
    if ((out->type == REGION_SIDO) != (out->name.n == 0))
        return bad(loader, row, NAME, "a 시·도 has none, every other unit has one");
    if (out->short_name.n == 0)
        return bad(loader, row, SHORT, "empty");
    return true;
}

static int by_unit_then_from(const void *a, const void *b)
{
    const struct region *left = a, *right = b;
    int order = strcmp(left->unit, right->unit);
    return order ? order : (left->from > right->from) - (left->from < right->from); /* DATE_NONE is the least */
}

static size_t first_of_unit(const struct regions *regions, const char *unit)
{
    size_t low = 0, high = regions->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(regions->items[middle].unit, unit) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Two periods of one unit must not overlap; the rows are sorted. */
static bool check_periods(const struct loader *loader, size_t n)
{
    for (size_t i = 0; i + 1 < n; i++) {
        const struct region *a = &loader->items[i], *b = a + 1;
        if (strcmp(a->unit, b->unit) == 0 && (a->to == DATE_NONE || b->from == DATE_NONE || b->from <= a->to))
            return err_set(loader->err, ERR_CONFIG, "%s: unit %s has overlapping periods", loader->name, a->unit);
    }
    return true;
}

static bool name_fully(const struct loader *loader, const struct regions *regions, struct region *item)
{
    const struct region *parent = item->parent[0] ? regions_at(regions, item->parent, DATE_NONE) : NULL;
    if (item->parent[0] && !parent)
        return err_set(loader->err, ERR_CONFIG, "%s: unit %s has the parent %s, which is not in the table",
                       loader->name, item->unit, item->parent);
    const char *city = "", *space = "";
    if (item->type == REGION_ILBANGU) {
        city = parent->name.p;
        space = " ";
    }
    if (item->type == REGION_SIDO || str_equal(item->name, item->sido))
        item->full_name = item->sido;
    else
        item->full_name = str_from(arena_printf(loader->arena, "%s %s%s%s", item->sido.p, city, space, item->name.p));
    return true;
}

bool regions_load(struct arena *arena, const char *name, struct str text, struct regions *out, struct err *err)
{
    struct loader loader = {.name = name, .arena = arena, .err = err};
    if (!tsv_parse(arena, name, text, &loader.tsv, err))
        return false;
    for (size_t i = 0; i < COLUMNS; i++)
        if ((loader.columns[i] = tsv_column(&loader.tsv, column_names[i])) == SIZE_MAX)
            return err_set(err, ERR_CONFIG, "%s: column '%s' is missing", name, column_names[i]);
    size_t n = loader.tsv.rows;
    loader.items = ARENA_ARRAY(arena, n + 1, struct region);
    for (size_t i = 0; i < n; i++)
        if (!read_row(&loader, i, &loader.items[i]))
            return false;
    qsort(loader.items, n, sizeof *loader.items, by_unit_then_from);
    struct regions regions = {.items = loader.items, .n = n};
    if (!check_periods(&loader, n))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!name_fully(&loader, &regions, &loader.items[i]))
            return false;
    *out = regions;
    return true;
}

bool regions_read(struct arena *arena, struct regions *out, struct err *err)
{
    static const char regions[] = "data/regions.tsv", population[] = "data/population.tsv";
    return regions_load(arena, data_path(regions), data_file(regions), out, err) &&
           population_load(arena, data_path(population), data_file(population), out, err);
}

const struct region *regions_at(const struct regions *regions, const char *unit, date_t day)
{
    const struct region *latest = NULL;
    for (size_t i = first_of_unit(regions, unit); i < regions->n && strcmp(regions->items[i].unit, unit) == 0; i++) {
        const struct region *item = &regions->items[i];
        latest = item;
        if (day != DATE_NONE && (item->from == DATE_NONE || item->from <= day) &&
            (item->to == DATE_NONE || day <= item->to))
            return item;
    }
    return day == DATE_NONE ? latest : NULL;
}

const struct region *regions_by_code(const struct regions *regions, const char *code)
{
    const struct region *found = NULL;
    for (size_t i = 0; i < regions->n; i++) {
        const struct region *item = &regions->items[i];
        if (strcmp(item->code, code) == 0 && (!found || found->from <= item->from))
            found = item;
    }
    return found;
}

const char *regions_count_unit(const struct regions *regions, const char *unit)
{
    const struct region *region = regions_at(regions, unit, DATE_NONE);
    return region && region->type == REGION_ILBANGU ? region->parent : unit;
}
