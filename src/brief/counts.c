/* Counts: one pass over thirteen months of the tally, added up by city, 시·도 and nation. */
#include "brief/build.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* Index of the first place whose unit is not less. */
static size_t lower_bound(const struct places *places, struct str unit)
{
    size_t low = 0, high = places->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_compare(str_from(places->items[middle].unit), unit) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct place *places_find(const struct places *places, struct str unit)
{
    size_t at = lower_bound(places, unit);
    return at < places->n && str_equal(str_from(places->items[at].unit), unit) ? &places->items[at] : NULL;
}

static struct place *places_add(struct build *build, struct places *places, const struct region *region)
{
    struct str unit = str_from(region->unit);
    size_t at = lower_bound(places, unit);
    if (at < places->n && str_equal(str_from(places->items[at].unit), unit))
        return &places->items[at];
    places->items = mem_grow(places->items, &places->room, places->n + 1, sizeof *places->items);
    memmove(&places->items[at + 1], &places->items[at], (places->n++ - at) * sizeof *places->items);
    struct place *place = &places->items[at];
    *place =
        (struct place){.region = region, .series = ARENA_ARRAY(build->arena, build->taxonomy->n + 1, struct series)};
    memcpy(place->unit, region->unit, sizeof place->unit);
    return place;
}

static const struct region *sido_of(struct build *build, const struct region *region, struct err *err)
{
    for (int depth = 0; region && region->type != REGION_SIDO; depth++) {
        if (depth == 3) {
            err_set(err, ERR_CONFIG, "the region table names no 시·도 above %s", region->unit);
            return NULL;
        }
        region = build_region(build, str_from(region->parent), err);
    }
    return region;
}

static int month_number(date_t day)
{
    struct ymd d = date_split(day);
    return d.year * 12 + d.month;
}

/* One row of brief_counts.sql or brief_sido_counts.sql. */
struct sums {
    int month; /* 0 … BRIEF_TREND_MONTHS - 1 */
    size_t category;
    bool main_unit, first_category;
    struct counts counts;
    int64_t twelve;
};

static bool read_sums(struct build *build, struct rows *rows, struct sums *out, struct err *err)
{
    *out = (struct sums){
        .month = month_number((date_t)rows_int(rows, 0)) - month_number(build->out->year_ago_from),
        .main_unit = rows_int(rows, 3) == 0,
        .first_category = rows_int(rows, 4) == 0,
        .counts = {rows_int(rows, 5), rows_int(rows, 7)},
        .twelve = rows_int(rows, 6),
    };
    return build_category(build, rows_text(rows, 2), &out->category, err);
}

static void add_series(struct series *to, const struct sums *sums)
{
    to->months[sums->month].initiatives += sums->counts.initiatives;
    to->months[sums->month].articles += sums->counts.articles;
    to->twelve += sums->twelve;
}

/* An initiative's first category stands for it where categories are disregarded. */
static void add_sums(struct series *series, const struct sums *sums)
{
    add_series(&series[1 + sums->category], sums);
    if (sums->first_category)
        add_series(&series[0], sums);
}

static struct series *sido_series(struct build *build, const struct region *region, struct err *err)
{
    const struct region *sido = sido_of(build, region, err);
    return sido ? places_add(build, &build->sidos, sido)->series : NULL;
}

static bool read_counts(struct build *build, const struct param *params, struct series *nation, struct err *err)
{
    struct rows *rows = build_query(build, "brief/brief_counts.sql", params, 3, err);
    struct sums sums;
    while (rows && rows_next(rows, err)) {
        struct place *city = places_find(&build->cities, rows_text(rows, 1));
        const struct region *region = city ? city->region : build_region(build, rows_text(rows, 1), err);
        if (!region || !read_sums(build, rows, &sums, err))
            break;
        add_sums(places_add(build, &build->cities, region)->series, &sums);
        if (!sums.main_unit) /* another unit stands for the initiative */
            continue;
        struct series *sido = sido_series(build, region, err);
        if (!sido)
            break;
        add_sums(nation, &sums);
        add_sums(sido, &sums);
    }
    rows_close(rows);
    return err->kind == ERR_NONE;
}

/* "4139041000…": every unit that was counted, and its 시·도. Units are five digits (regions_load). */
static bool list_parents(struct build *build, struct buf *list, struct err *err)
{
    for (size_t i = 0; i < build->cities.n; i++) {
        const struct place *city = &build->cities.items[i];
        const struct region *sido = sido_of(build, city->region, err);
        if (!sido)
            return false;
        buf_printf(list, "%5s%5s", city->unit, sido->unit);
    }
    return true;
}

static bool read_sido_counts(struct build *build, const struct param *spans, struct err *err)
{
    struct buf parents = {0};
    struct rows *rows = NULL;
    struct sums sums;
    if (list_parents(build, &parents, err)) {
        const struct param params[] = {spans[0], spans[1], spans[2], {PARAM_TEXT, 0, buf_view(&parents)}};
        rows = build_query(build, "brief/brief_sido_counts.sql", params, 4, err);
    }
    while (rows && rows_next(rows, err)) {
        const struct region *region = build_region(build, rows_text(rows, 1), err);
        struct series *sido = region ? sido_series(build, region, err) : NULL;
        if (!sido || !read_sums(build, rows, &sums, err))
            break;
        add_sums(sido, &sums);
    }
    rows_close(rows);
    buf_free(&parents);
    return err->kind == ERR_NONE;
}

static struct span_counts spans_of(const struct series *series)
{
    enum { LAST = BRIEF_TREND_MONTHS - 1 };
    struct span_counts out = {.now = series->months[LAST],
                              .previous = series->months[LAST - 1],
                              .year_ago = series->months[0],
                              .twelve_months = {.initiatives = series->twelve}};
    for (int i = BRIEF_TWELVE_FIRST; i <= LAST; i++)
        out.twelve_months.articles += series->months[i].articles;
    return out;
}

static struct span_counts *category_spans(struct build *build, const struct series *series)
{
    struct span_counts *out = ARENA_ARRAY(build->arena, build->taxonomy->n, struct span_counts);
    for (size_t i = 0; i < build->taxonomy->n; i++)
        out[i] = spans_of(&series[1 + i]);
    return out;
}

static struct brief_city city_of(struct build *build, const struct place *place)
{
    struct brief_city city = {.region = place->region,
                              .total = spans_of(&place->series[0]),
                              .by_category = category_spans(build, place->series)};
    int64_t before = 0;
    for (int i = 0; i < BRIEF_TREND_MONTHS - 1; i++)
        before += place->series[0].months[i].initiatives;
    city.is_new = city.total.now.initiatives > 0 && before == 0;
    return city;
}

static int descending(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x > y ? -1 : x < y;
}

/* 1 + the number of places with more: ties share a rank. `sorted` is in descending order. */
static int rank_in(const int64_t *sorted, size_t n, int64_t value)
{
    size_t low = 0, high = n;
    if (value == 0)
        return 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sorted[middle] > value)
            low = middle + 1;
        else
            high = middle;
    }
    return (int)low + 1;
}

static void set_ranks(struct build *build, struct brief_city *cities, size_t n)
{
    int64_t *now = ARENA_ARRAY(build->arena, n + 1, int64_t), *previous = ARENA_ARRAY(build->arena, n + 1, int64_t);
    for (size_t i = 0; i < n; i++) {
        now[i] = cities[i].total.now.initiatives;
        previous[i] = cities[i].total.previous.initiatives;
    }
    qsort(now, n, sizeof *now, descending);
    qsort(previous, n, sizeof *previous, descending);
    for (size_t i = 0; i < n; i++) {
        cities[i].rank = rank_in(now, n, cities[i].total.now.initiatives);
        cities[i].previous_rank = rank_in(previous, n, cities[i].total.previous.initiatives);
    }
}

/* By rank, unranked last, then by code. */
static int by_rank(const void *a, const void *b)
{
    const struct brief_city *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank == 0 ? 1 : y->rank == 0 ? -1 : x->rank < y->rank ? -1 : 1;
    int order = strcmp(x->region->code, y->region->code);
    return order ? order : strcmp(x->region->unit, y->region->unit);
}

static void set_cities(struct build *build)
{
    struct brief *out = build->out;
    out->n_cities = build->cities.n;
    out->cities = ARENA_ARRAY(build->arena, out->n_cities + 1, struct brief_city);
    for (size_t i = 0; i < out->n_cities; i++)
        out->cities[i] = city_of(build, &build->cities.items[i]);
    set_ranks(build, out->cities, out->n_cities);
    qsort(out->cities, out->n_cities, sizeof *out->cities, by_rank);
    for (size_t i = 0; i < out->n_cities; i++) {
        places_find(&build->cities, str_from(out->cities[i].region->unit))->position = i;
        out->cities_now += out->cities[i].total.now.initiatives > 0;
    }
}

struct province {
    const char *code; /* of the unit's first period in the table */
    const struct region *region;
};

static int by_first_code(const void *a, const void *b)
{
    return strcmp(((const struct province *)a)->code, ((const struct province *)b)->code);
}

/* The 시·도 of the last day, with or without counts. The official order is that of the codes from before 강원 and 전북
 * became special provinces, that is of each unit's first code. */
static void set_sidos(struct build *build)
{
    const struct regions *regions = build->regions;
    struct brief *out = build->out;
    struct province *list = ARENA_ARRAY(build->arena, regions->n + 1, struct province);
    for (size_t i = 0; i < regions->n; i++) {
        const struct region *r = &regions->items[i];
        bool first = i == 0 || strcmp(regions->items[i - 1].unit, r->unit) != 0;
        const struct region *now = first && r->type == REGION_SIDO ? regions_at(regions, r->unit, out->to) : NULL;
        if (now)
            list[out->n_sidos++] = (struct province){r->code, now};
    }
    qsort(list, out->n_sidos, sizeof *list, by_first_code);
    out->sidos = ARENA_ARRAY(build->arena, out->n_sidos + 1, struct brief_city);
    for (size_t i = 0; i < out->n_sidos; i++)
        out->sidos[i] = city_of(build, places_add(build, &build->sidos, list[i].region));
    set_ranks(build, out->sidos, out->n_sidos);
}

static bool read_trend(struct build *build, const struct series *nation, struct err *err)
{
    struct brief *out = build->out;
    out->n_trend = BRIEF_TREND_MONTHS;
    out->trend = ARENA_ARRAY(build->arena, out->n_trend, struct brief_month);
    const struct param days[] = {{PARAM_INT, out->year_ago_from, {0}}, {PARAM_INT, out->to, {0}}};
    for (int i = 0; i < BRIEF_TREND_MONTHS; i++) {
        struct brief_month *month = &out->trend[i];
        month->month = date_add_months(out->year_ago_from, i);
        month->total = nation[0].months[i];
        month->by_category = ARENA_ARRAY(build->arena, build->taxonomy->n, struct counts);
        for (size_t c = 0; c < build->taxonomy->n; c++)
            month->by_category[c] = nation[1 + c].months[i];
    }
    struct rows *rows = build_query(build, "brief/brief_collected.sql", days, 2, err);
    while (rows && rows_next(rows, err))
        out->trend[month_number((date_t)rows_int(rows, 0)) - month_number(out->year_ago_from)].collected +=
            rows_int(rows, 1);
    rows_close(rows);
    out->collected.articles = out->trend[BRIEF_TREND_MONTHS - 1].collected;
    out->collected_previous.articles = out->trend[BRIEF_TREND_MONTHS - 2].collected;
    out->collected_year_ago.articles = out->trend[0].collected;
    return err->kind == ERR_NONE;
}

bool build_counts(struct build *build, struct err *err)
{
    struct brief *out = build->out;
    struct series *nation = ARENA_ARRAY(build->arena, build->taxonomy->n + 1, struct series);
    const struct param spans[] = {
        {PARAM_INT, out->year_ago_from, {0}}, {PARAM_INT, out->from, {0}}, {PARAM_INT, out->twelve_from, {0}}};
    if (!read_counts(build, spans, nation, err) || !read_sido_counts(build, spans, err))
        return false;
    out->total = spans_of(&nation[0]);
    out->by_category = category_spans(build, nation);
    set_cities(build);
    set_sidos(build);
    return read_trend(build, nation, err);
}
