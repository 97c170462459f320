/* Counts of a scope: each initiative of the months read is added once to the whole, to each of its places, and to each
 * of their 시·도, so that every level counts distinct initiatives. */
#include "brief/build.h"
#include "brief/stats.h"

#include <stdlib.h>
#include <string.h>

static void add_counts(struct counts *to, struct counts more)
{
    to->initiatives += more.initiatives;
    to->articles += more.articles;
}

static void add_spans(struct span_counts *to, const struct span_counts *more)
{
    add_counts(&to->now, more->now);
    add_counts(&to->previous, more->previous);
    add_counts(&to->year_ago, more->year_ago);
    add_counts(&to->twelve_months, more->twelve_months);
}

static struct brief_city *new_city(struct make *make, const struct region *region)
{
    struct brief_city *city = ARENA_NEW(make->arena, struct brief_city);
    city->region = region;
    city->is_new = true;
    city->by_category = ARENA_ARRAY(make->arena, make->out->taxonomy.n, struct span_counts);
    city->months = ARENA_ARRAY(make->arena, make->out->n_trend, int64_t);
    return city;
}

static void add_to_city(struct make *make, struct brief_city *city, const struct record *record)
{
    add_spans(&city->total, &record->counts);
    for (size_t c = 0; c < make->out->taxonomy.n; c++)
        if (record->categories[make->first_category + c])
            add_spans(&city->by_category[c], &record->counts);
    for (size_t i = 0; i < record->n_reports; i++) {
        int month = record->reports[i].month;
        if (month >= 0 && (i == 0 || record->reports[i - 1].month != month))
            city->months[month]++;
    }
    city->is_new = city->is_new && !record->recent;
}

static void add_to_months(struct make *make, const struct record *record)
{
    for (size_t i = 0; i < record->n_reports; i++) {
        const struct report *report = &record->reports[i];
        if (report->month < 0)
            continue;
        struct brief_month *month = &make->out->trend[report->month];
        const struct counts one = {i == 0 || report[-1].month != report->month, 1};
        add_counts(&month->total, one);
        for (size_t c = 0; c < make->out->taxonomy.n; c++)
            if (record->categories[make->first_category + c])
                add_counts(&month->by_category[c], one);
    }
}

static void new_months(struct make *make)
{
    struct brief *out = make->out;
    const struct brief_month *loaded = out->trend;
    out->trend = ARENA_ARRAY(make->arena, out->n_trend, struct brief_month);
    for (size_t i = 0; i < out->n_trend; i++) {
        out->trend[i] = loaded[i];
        out->trend[i].by_category = ARENA_ARRAY(make->arena, out->taxonomy.n, struct counts);
    }
}

static void set_ranks(struct make *make, struct brief_city *cities, size_t n)
{
    int64_t *now = ARENA_ARRAY(make->arena, n, int64_t), *previous = ARENA_ARRAY(make->arena, n, int64_t);
    int *ranks = ARENA_ARRAY(make->arena, n, int), *previous_ranks = ARENA_ARRAY(make->arena, n, int);
    for (size_t i = 0; i < n; i++) {
        now[i] = cities[i].total.now.initiatives;
        previous[i] = cities[i].total.previous.initiatives;
    }
    stats_rank(now, n, ranks);
    stats_rank(previous, n, previous_ranks);
    for (size_t i = 0; i < n; i++) {
        cities[i].rank = ranks[i];
        cities[i].previous_rank = previous_ranks[i];
        cities[i].is_new = cities[i].is_new && now[i] > 0;
    }
}

/* Among all places of the country, whatever the scope's regions: 1 + the number of those with more, in the same group.
 */
static int country_rank(const int64_t *counts, const size_t *group, size_t n, size_t at)
{
    int rank = 1;
    for (size_t i = 0; i < n; i++)
        rank += counts[i] > counts[at] && (!group || group[i] == group[at]);
    return counts[at] > 0 ? rank : 0;
}

static void set_country_ranks(struct make *make, struct brief_city *city, bool sido)
{
    const struct brief_data *data = make->data;
    size_t n = data->regions->n, at = data_place(data, city->region);
    const int64_t *counts = &(sido ? data->sido_counts : data->place_counts)[make->out->scope.category * n];
    city->nation_rank = country_rank(counts, NULL, n, at);
    city->sido_rank = sido ? 0 : country_rank(counts, data->sido, n, at);
}

static bool has_any(const struct span_counts *counts)
{
    return counts->now.articles || counts->previous.articles || counts->year_ago.articles ||
           counts->twelve_months.articles;
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

static void set_cities(struct make *make, struct brief_city *const *places)
{
    struct brief *out = make->out;
    size_t n = make->data->regions->n;
    out->cities = ARENA_ARRAY(make->arena, n, struct brief_city);
    for (size_t i = 0; i < n; i++)
        if (places[i] && has_any(&places[i]->total))
            out->cities[out->n_cities++] = *places[i];
    set_ranks(make, out->cities, out->n_cities);
    if (out->n_cities)
        qsort(out->cities, out->n_cities, sizeof *out->cities, by_rank);
    for (size_t i = 0; i < n; i++)
        make->position[i] = out->n_cities;
    for (size_t i = 0; i < out->n_cities; i++) {
        make->position[data_place(make->data, out->cities[i].region)] = i;
        set_country_ranks(make, &out->cities[i], false);
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

static bool names(const struct brief_scope *scope, const struct region *region)
{
    bool found = scope->n_regions == 0;
    for (size_t i = 0; i < scope->n_regions && !found; i++)
        found = scope->regions[i] == region;
    return found;
}

/* The 시·도 of the last day that the scope names, with or without counts. The official order is that of the codes from
 * before 강원 and 전북 became special provinces, that is of each unit's first code. */
static void set_sidos(struct make *make, struct brief_city *const *provinces)
{
    const struct regions *regions = make->data->regions;
    struct brief *out = make->out;
    struct province *list = ARENA_ARRAY(make->arena, regions->n, struct province);
    for (size_t i = 0; i < regions->n; i++) {
        const struct region *r = &regions->items[i];
        bool first = i == 0 || strcmp(regions->items[i - 1].unit, r->unit) != 0;
        const struct region *now = first && r->type == REGION_SIDO ? regions_at(regions, r->unit, out->to) : NULL;
        if (now && names(&out->scope, now))
            list[out->n_sidos++] = (struct province){r->code, now};
    }
    if (out->n_sidos)
        qsort(list, out->n_sidos, sizeof *list, by_first_code);
    out->sidos = ARENA_ARRAY(make->arena, out->n_sidos, struct brief_city);
    for (size_t i = 0; i < out->n_sidos; i++) {
        const struct brief_city *counted = provinces[data_place(make->data, list[i].region)];
        out->sidos[i] = counted ? *counted : *new_city(make, list[i].region);
        set_country_ranks(make, &out->sidos[i], true);
    }
    set_ranks(make, out->sidos, out->n_sidos);
}

static struct brief_city *city_at(struct make *make, struct brief_city **cities, size_t place)
{
    if (!cities[place])
        cities[place] = new_city(make, &make->data->regions->items[place]);
    return cities[place];
}

void make_counts(struct make *make)
{
    const struct brief_data *data = make->data;
    struct brief_city **places = ARENA_ARRAY(make->arena, data->regions->n, struct brief_city *);
    struct brief_city **sidos = ARENA_ARRAY(make->arena, data->regions->n, struct brief_city *);
    struct brief_city *whole = new_city(make, NULL);
    new_months(make);
    for (size_t i = 0; i < data->n_records; i++) {
        const struct record *record = &data->records[i];
        if (!make_covers(make, record))
            continue;
        add_to_city(make, whole, record);
        add_to_months(make, record);
        for (size_t k = 0; k < record->n_places; k++) {
            size_t place = record->places[k];
            if (make->places[place])
                add_to_city(make, city_at(make, places, place), record);
            if (data_first_in_sido(data, record, k))
                add_to_city(make, city_at(make, sidos, data->sido[place]), record);
        }
    }
    make->out->total = whole->total;
    make->out->by_category = whole->by_category;
    set_cities(make, places);
    set_sidos(make, sidos);
}
