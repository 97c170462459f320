/* Residents by unit and day: loading with its checks, and look-up. */
#include "base/arena.h"
#include "base/suggest.h"
#include "data/data.h"

#include <stdlib.h>
#include <string.h>

struct loader {
    const char *name;
    struct arena *arena;
    const struct regions *regions;
    struct tsv tsv;
    struct err *err;
};

static struct str cell(const struct loader *loader, size_t row, const char *column)
{
    return str_trim(tsv_cell(&loader->tsv, row, tsv_column(&loader->tsv, column)));
}

static bool bad(const struct loader *loader, size_t row, const char *column, const char *what)
{
    return err_set(loader->err, ERR_CONFIG, "%s:%zu: %s '" STR_FMT "': %s", loader->name, loader->tsv.lines[row],
                   column, STR_ARG(str_slice(cell(loader, row, column), 0, 50)), what);
}

/* A code that a unit had before or has besides, or the nearest one of the table. */
static bool unknown_unit(const struct loader *loader, size_t row)
{
    struct str text = cell(loader, row, "unit");
    const struct region *by_code = regions_by_code(loader->regions, str_copy(loader->arena, text).p);
    if (by_code)
        return bad(loader, row, "unit",
                   arena_printf(loader->arena, "a code of %s, whose unit is %s", by_code->full_name.p, by_code->unit));
    struct str *names = ARENA_ARRAY(loader->arena, loader->regions->n + 1, struct str);
    for (size_t i = 0; i < loader->regions->n; i++)
        names[i] = str_from(loader->regions->items[i].unit);
    struct str near = suggest(text, names, loader->regions->n);
    return bad(loader, row, "unit",
               near.n ? arena_printf(loader->arena, "not in the region table; did you mean %s, %s?", near.p,
                                     regions_at(loader->regions, near.p, DATE_NONE)->full_name.p)
                      : "not in the region table");
}

static bool read_unit(const struct loader *loader, size_t row, char out[6])
{
    struct str text = cell(loader, row, "unit");
    if (text.n != 5)
        return bad(loader, row, "unit", "needs five digits");
    memcpy(out, text.p, 5);
    const struct region *region = regions_at(loader->regions, out, DATE_NONE);
    if (!region)
        return unknown_unit(loader, row);
    return region->type != REGION_SIDO || bad(loader, row, "unit", "a 시·도 is the sum of its 시·군·구 and has no row");
}

static bool read_row(const struct loader *loader, size_t row, struct residents *out)
{
    struct str number = cell(loader, row, "residents");
    out->day = date_parse(cell(loader, row, "day"));
    out->n = 0;
    for (size_t i = 0; i < number.n && number.n <= 9; i++)
        out->n = number.p[i] >= '0' && number.p[i] <= '9' && out->n >= 0 ? out->n * 10 + (number.p[i] - '0') : -1;
    if (!read_unit(loader, row, out->unit))
        return false;
    if (out->day == DATE_NONE)
        return bad(loader, row, "day", "needs YYYY-MM-DD");
    return (number.n > 0 && number.n <= 9 && out->n >= 0) ||
           bad(loader, row, "residents", "needs a whole number of at most nine digits");
}

/* A row as read, with its line for messages. */
struct numbered {
    struct residents item;
    size_t line;
};

static int by_unit_then_day(const void *a, const void *b)
{
    const struct numbered *x = a, *y = b;
    int order = strcmp(x->item.unit, y->item.unit);
    if (order == 0)
        order = (x->item.day > y->item.day) - (x->item.day < y->item.day);
    return order ? order : (x->line > y->line) - (x->line < y->line);
}

/* The rows in order, each unit and day once. */
static bool sort_rows(const struct loader *loader, struct numbered *rows, struct residents *out)
{
    size_t n = loader->tsv.rows;
    qsort(rows, n, sizeof *rows, by_unit_then_day);
    for (size_t i = 0; i < n; i++) {
        const struct numbered *row = &rows[i];
        if (i > 0 && row->item.day == row[-1].item.day && strcmp(row->item.unit, row[-1].item.unit) == 0)
            return err_set(loader->err, ERR_CONFIG, "%s:%zu: unit %s has residents at %s already in line %zu",
                           loader->name, row->line, row->item.unit, date_iso(row->item.day).p, row[-1].line);
        out[i] = row->item;
    }
    return true;
}

/* Index of the first row of a unit that is after `day`. */
static size_t first_after(const struct regions *regions, const char *unit, date_t day)
{
    size_t low = 0, high = regions->n_residents;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct residents *item = &regions->residents[middle];
        int order = strcmp(item->unit, unit);
        if (order < 0 || (order == 0 && item->day <= day))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_of(const struct regions *regions, size_t row, const char *unit)
{
    return row < regions->n_residents && strcmp(regions->residents[row].unit, unit) == 0;
}

/* Residents on exactly that day; -1 where there is no row. */
static int64_t on_day(const struct regions *regions, const char *unit, date_t day)
{
    size_t after = first_after(regions, unit, day);
    return after > 0 && is_of(regions, after - 1, unit) && regions->residents[after - 1].day == day
               ? regions->residents[after - 1].n
               : -1;
}

/* A 시·군·구 in its form of that day. */
static bool is_city_on(const struct region *region, date_t day)
{
    return region->type != REGION_SIDO && region->type != REGION_ILBANGU &&
           (region->from == DATE_NONE || region->from <= day) && (region->to == DATE_NONE || day <= region->to);
}

static int by_day(const void *a, const void *b)
{
    date_t x = *(const date_t *)a, y = *(const date_t *)b;
    return (x > y) - (x < y);
}

/* A sum or a ranking of rates over some of the cities would be wrong without a word. */
static bool check_complete(const struct loader *loader, const struct regions *regions)
{
    date_t *days = ARENA_ARRAY(loader->arena, regions->n_residents + 1, date_t);
    for (size_t i = 0; i < regions->n_residents; i++)
        days[i] = regions->residents[i].day;
    qsort(days, regions->n_residents, sizeof *days, by_day);
    for (size_t i = 0; i < regions->n_residents; i++)
        for (size_t r = 0; (i == 0 || days[i] != days[i - 1]) && r < regions->n; r++) {
            const struct region *region = &regions->items[r];
            if (is_city_on(region, days[i]) && on_day(regions, region->unit, days[i]) < 0)
                return err_set(loader->err, ERR_CONFIG, "%s: no residents of %s %s at %s", loader->name, region->unit,
                               region->full_name.p, date_iso(days[i]).p);
        }
    return true;
}

bool population_load(struct arena *arena, const char *name, struct str text, struct regions *regions, struct err *err)
{
    static const char *const columns[] = {"unit", "day", "residents", NULL};
    struct loader loader = {.name = name, .arena = arena, .regions = regions, .err = err};
    if (!tsv_parse(arena, name, text, &loader.tsv, err) || !tsv_needs(&loader.tsv, name, columns, err))
        return false;
    struct numbered *rows = ARENA_ARRAY(arena, loader.tsv.rows + 1, struct numbered);
    struct residents *sorted = ARENA_ARRAY(arena, loader.tsv.rows + 1, struct residents);
    for (size_t i = 0; i < loader.tsv.rows; i++) {
        rows[i].line = loader.tsv.lines[i];
        if (!read_row(&loader, i, &rows[i].item))
            return false;
    }
    if (!sort_rows(&loader, rows, sorted))
        return false;
    struct regions with = *regions;
    with.residents = sorted;
    with.n_residents = loader.tsv.rows;
    if (!check_complete(&loader, &with))
        return false;
    *regions = with;
    return true;
}

/* Of two days with rows the one that counts for `day`: the later one up to it, else the earlier one after it. */
static date_t better_base(date_t a, date_t b, date_t day)
{
    if (a == DATE_NONE || (a > day) != (b > day))
        return a == DATE_NONE || a > day ? b : a;
    return (a > b) == (a <= day) ? a : b;
}

static int64_t sum_of(const struct regions *regions, const char *sido, date_t borders, date_t base)
{
    int64_t sum = 0;
    for (size_t i = 0; i < regions->n; i++) {
        const struct region *region = &regions->items[i];
        if (!is_city_on(region, borders) || strcmp(region->parent, sido) != 0)
            continue;
        int64_t residents = on_day(regions, region->unit, base);
        if (residents < 0)
            return -1;
        sum += residents;
    }
    return sum > 0 ? sum : -1;
}

static int64_t sido_at(const struct regions *regions, const char *unit, date_t day, date_t *base)
{
    for (size_t i = 0; i < regions->n_residents; i++)
        *base = better_base(*base, regions->residents[i].day, day);
    int64_t sum = sum_of(regions, unit, day, *base);
    return sum < 0 ? sum_of(regions, unit, *base, *base) : sum;
}

int64_t population_at(const struct regions *regions, const char *unit, date_t day, date_t *base)
{
    date_t known = DATE_NONE, at = day == DATE_NONE ? INT32_MAX : day;
    const struct region *region = regions_at(regions, unit, DATE_NONE);
    int64_t residents = -1;
    if (region && region->type == REGION_SIDO) {
        residents = sido_at(regions, unit, at, &known);
    } else {
        size_t after = first_after(regions, unit, at),
               row = after > 0 && is_of(regions, after - 1, unit) ? after - 1 : after;
        if (is_of(regions, row, unit)) {
            residents = regions->residents[row].n;
            known = regions->residents[row].day;
        }
    }
    if (base)
        *base = residents < 0 ? DATE_NONE : known;
    return residents;
}
