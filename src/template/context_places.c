/* Values of places: names, counts and ranks of cities and 시·도, the lists of them, the map, and residents. */
#include "template/context.h"

#include <math.h>

enum {
    TOP = 10,                 /* cities in 상위도시 and 인구도시 */
    LISTED_GONE = 12,         /* as LISTED, of those that are missing */
    LISTED_LEADERS = 3,       /* the same of those at the top */
    LONG_TABLE = 15,          /* more cities than that: the first pages show the first TOP, the appendix all */
    RATED = 3,                /* fewer initiatives than that make no rank worth comparing */
    SMALL_POPULATION = 50000, /* below it one initiative more or less moves the rate by more than 2 in 100,000 */
};

void set_region(const struct maker *m, struct value *map, const struct region *region)
{
    bool whole = region && region->type == REGION_SIDO;
    struct str full = region ? region->full_name : STR("");
    set_text(m, map, "도시", full);
    set_text(m, map, "지역", whole ? str_from(arena_printf(m->arena, STR_FMT "(시·도 단위)", STR_ARG(full))) : full);
    set_text(m, map, "도시이름", region && region->name.n ? region->name : full);
    set_text(m, map, "시도", region ? region->sido : STR(""));
    set_text(m, map, "도시코드", region ? str_from(region->code) : STR(""));
    set_bool(m, map, "광역", whole);
    set_bool(m, map, "단층", region && region_is_whole_sido(region));
}

struct value *region_names(const struct maker *m, const struct region *const *regions, size_t n)
{
    struct value *list = value_list(m->arena);
    for (size_t i = 0; i < n; i++)
        set_region(m, add_item(m, list, i, n), regions[i]);
    return list;
}

static void set_rank(const struct maker *m, struct value *map, const char *name, int rank)
{
    set_real(m, map, name, rank > 0 ? (double)rank : NAN, 0);
}

/* Places that it went up in the ranking; 0 also where the ranks are not to be compared. */
static int climb(const struct brief *b, const struct brief_city *city)
{
    bool ranked = b->collected.covered && b->collected_previous.covered && city->rank > 0 && city->previous_rank > 0 &&
                  city->total.now.initiatives >= RATED && city->total.previous.initiatives >= RATED;
    return ranked ? city->previous_rank - city->rank : 0;
}

static void set_ranks(const struct maker *m, struct value *map, const struct brief_city *city)
{
    int up = climb(m->brief, city);
    set_rank(m, map, "순위", city->rank);
    set_rank(m, map, "직전순위", city->previous_rank);
    set_rank(m, map, "전국순위", city->nation_rank);
    set_rank(m, map, "시도순위", city->sido_rank);
    set_bool(m, map, "순위오름", up > 0);
    set_bool(m, map, "순위내림", up < 0);
    set_number(m, map, "순위차이", up < 0 ? -up : up);
    set_bool(m, map, "신규", city->is_new);
}

static bool has_population(const struct brief_city *city)
{
    return city->population > 0 && isfinite(city->per_100k);
}

static void set_population(const struct maker *m, struct value *map, const struct brief_city *city)
{
    bool known = has_population(city);
    set_bool(m, map, "인구있음", known);
    set_real(m, map, "인구", known ? (double)city->population : NAN, 0);
    set_date(m, map, "인구기준일", known ? city->population_day : DATE_NONE);
    set_real(m, map, "인구대비", known ? city->per_100k : NAN, 2);
    set_bool(m, map, "인구적음", known && city->population < SMALL_POPULATION);
}

static void fill_city(const struct maker *m, struct value *map, const struct brief_city *city)
{
    set_region(m, map, city->region);
    set_counts(m, map, &city->total, &city->on_previous, &city->on_year_ago);
    set_list(m, map, "분야별", category_counts(m, city->by_category, NULL, NULL));
    set_ranks(m, map, city);
    set_population(m, map, city);
    set_text(m, map, "흐름", city->months ? month_line(m, city->months) : STR(""));
}

const struct value *city_map(const struct maker *m, const struct brief_city *city)
{
    const struct brief *b = m->brief;
    bool listed = b->n_cities && city >= b->cities && city < b->cities + b->n_cities;
    struct value **slot = listed ? &m->cities[city - b->cities] : NULL;
    if (slot && *slot)
        return *slot;
    struct value *map = value_map(m->arena);
    fill_city(m, map, city);
    if (slot)
        *slot = map;
    return map;
}

/* --- lists --- */

struct picks {
    const struct brief_city **items;
    size_t n;
};

static struct value *picked(const struct maker *m, const struct picks *picks, size_t limit)
{
    struct value *list = value_list(m->arena);
    size_t n = picks->n < limit ? picks->n : limit;
    for (size_t i = 0; i < n; i++) {
        struct value *item = add_item(m, list, i, n);
        set_bool(m, item, "앞다섯", i < 5);
        value_share(item, city_map(m, picks->items[i]));
    }
    return list;
}

enum which { NOW, GONE, NEW, LEADERS };

static bool belongs(const struct brief_city *city, enum which which, int64_t most)
{
    int64_t now = city->total.now.initiatives;
    switch (which) {
    case NOW: return now > 0;
    case GONE: return now == 0 && city->total.previous.initiatives > 0;
    case NEW: return now > 0 && city->is_new;
    case LEADERS: return now > 0 && now == most;
    }
    return false;
}

static struct picks pick(const struct maker *m, enum which which, int64_t most)
{
    const struct brief *b = m->brief;
    struct picks picks = {ARENA_ARRAY(m->arena, b->n_cities, const struct brief_city *), 0};
    for (size_t i = 0; i < b->n_cities; i++)
        if (belongs(&b->cities[i], which, most))
            picks.items[picks.n++] = &b->cities[i];
    return picks;
}

static double initiatives(const struct brief_city *city)
{
    return (double)city->total.now.initiatives;
}

static double rate(const struct brief_city *city)
{
    return city->per_100k;
}

/* By `key`, largest first; equal ones keep their order. */
static void sort(struct picks *picks, double (*key)(const struct brief_city *))
{
    for (size_t i = 1; i < picks->n; i++) {
        const struct brief_city *one = picks->items[i];
        size_t at = i;
        for (; at > 0 && key(picks->items[at - 1]) < key(one); at--)
            picks->items[at] = picks->items[at - 1];
        picks->items[at] = one;
    }
}

/* 시·도 with initiatives, most first, each with its own places in the order of the brief. */
static size_t set_sidos(const struct maker *m, struct value *map, const struct picks *now)
{
    const struct brief *b = m->brief;
    struct picks sidos = {ARENA_ARRAY(m->arena, b->n_sidos, const struct brief_city *), 0};
    struct picks own = {ARENA_ARRAY(m->arena, now->n, const struct brief_city *), 0};
    struct value *list = value_list(m->arena);
    for (size_t i = 0; i < b->n_sidos; i++)
        if (b->sidos[i].total.now.initiatives > 0)
            sidos.items[sidos.n++] = &b->sidos[i];
    sort(&sidos, initiatives);
    for (size_t i = 0; i < sidos.n; i++) {
        struct value *item = add_item(m, list, i, sidos.n);
        own.n = 0;
        for (size_t k = 0; k < now->n; k++)
            if (str_equal(now->items[k]->region->sido, sidos.items[i]->region->sido))
                own.items[own.n++] = now->items[k];
        set_list(m, item, "소속도시", picked(m, &own, ALL));
        value_share(item, city_map(m, sidos.items[i]));
    }
    set_list(m, map, "시도목록", list);
    return sidos.n;
}

/* The tiles: all 시·도 of the nation, or the cities of the one 시·도 of the scope. */
static void set_map(const struct maker *m, struct value *map)
{
    const struct brief *b = m->brief;
    bool nation = b->scope.n_regions == 0;
    const struct region *sido = b->scope.n_regions == 1 ? b->scope.regions[0] : NULL;
    struct picks tiles = {ARENA_ARRAY(m->arena, b->n_cities + b->n_sidos, const struct brief_city *), 0};
    for (size_t i = 0; nation && i < b->n_sidos; i++)
        tiles.items[tiles.n++] = &b->sidos[i];
    for (size_t i = 0; sido && sido->type == REGION_SIDO && i < b->n_cities; i++)
        if (b->cities[i].region->type != REGION_SIDO)
            tiles.items[tiles.n++] = &b->cities[i];
    set_list(m, map, "지도목록", picked(m, &tiles, ALL));
    set_text(m, map, "지도지역", sido && sido->type == REGION_SIDO ? sido->short_name : STR(""));
    set_bool(m, map, "지도있음", tiles.n > 1 && b->total.now.initiatives > 0);
}

/* The days to which the residents of the brief's places were counted. */
static void set_population_days(const struct maker *m, struct value *map)
{
    const struct brief *b = m->brief;
    date_t first = DATE_NONE, last = DATE_NONE;
    for (size_t i = 0; i < b->n_cities + b->n_sidos; i++) {
        const struct brief_city *city = i < b->n_cities ? &b->cities[i] : &b->sidos[i - b->n_cities];
        if (!has_population(city))
            continue;
        first = first == DATE_NONE || city->population_day < first ? city->population_day : first;
        last = city->population_day > last ? city->population_day : last;
    }
    set_text(m, map, "인구기준", first < last ? format_span(m->arena, first, last) : format_date(m->arena, first));
    set_bool(m, map, "인구자료", first != DATE_NONE);
}

/* The places with the most initiatives to their residents, of those that have enough of them. */
static void set_rates(const struct maker *m, struct value *map, const struct picks *now)
{
    struct picks rated = {ARENA_ARRAY(m->arena, now->n, const struct brief_city *), 0};
    bool small = false;
    for (size_t i = 0; i < now->n; i++) {
        const struct brief_city *city = now->items[i];
        if (!has_population(city) || city->region->type == REGION_SIDO || city->total.now.initiatives < RATED)
            continue;
        rated.items[rated.n++] = city;
        small = small || city->population < SMALL_POPULATION;
    }
    sort(&rated, rate);
    set_list(m, map, "인구도시", picked(m, &rated, TOP));
    set_number(m, map, "인구도시수", (int64_t)rated.n);
    set_bool(m, map, "인구비교", rated.n > 1);
    set_bool(m, map, "인구적은곳있음", small);
}

static void set_questions(const struct maker *m, struct value *map, size_t now, size_t leaders, size_t sidos)
{
    set_bool(m, map, "도시많음", now > LONG_TABLE);
    set_bool(m, map, "도시하나", now == 1);
    set_bool(m, map, "도시여럿", now > 1);
    set_bool(m, map, "시도여럿", sidos > 1);
    set_bool(m, map, "도시모두같음", now > 1 && leaders == now);
    set_bool(m, map, "최다도시하나", now > 1 && leaders == 1);
    set_bool(m, map, "최다도시여럿", leaders > 1 && leaders <= LISTED_LEADERS && leaders < now);
    set_bool(m, map, "최다도시많음", leaders > LISTED_LEADERS && leaders < now);
}

void places_set(const struct maker *m, struct value *map)
{
    const struct brief *b = m->brief;
    int64_t most = 0;
    for (size_t i = 0; i < b->n_cities; i++)
        most = b->cities[i].total.now.initiatives > most ? b->cities[i].total.now.initiatives : most;
    bool moved = false;
    struct picks now = pick(m, NOW, most), gone = pick(m, GONE, most), fresh = pick(m, NEW, most),
                 leaders = pick(m, LEADERS, most);
    for (size_t i = 0; i < now.n; i++)
        moved = moved || climb(b, now.items[i]) != 0;
    set_bool(m, map, "순위변동있음", moved);
    set_list(m, map, "도시목록", picked(m, &now, ALL));
    set_list(m, map, "상위도시", picked(m, &now, TOP));
    set_list(m, map, "빠진도시", picked(m, &gone, LISTED_GONE));
    set_list(m, map, "신규도시", picked(m, &fresh, LISTED));
    set_list(m, map, "최다도시", picked(m, &leaders, LISTED_LEADERS));
    set_number(m, map, "도시수", b->cities_now);
    set_number(m, map, "빠진도시수", (int64_t)gone.n);
    set_number(m, map, "신규도시수", (int64_t)fresh.n);
    set_number(m, map, "최다도시수", (int64_t)leaders.n);
    set_number(m, map, "최다사업수", most);
    set_bool(m, map, "빠진나열", gone.n > 0 && gone.n <= LISTED_GONE);
    set_bool(m, map, "신규나열", fresh.n > 0 && fresh.n <= LISTED);
    size_t sidos = set_sidos(m, map, &now);
    set_number(m, map, "시도수", (int64_t)sidos);
    set_questions(m, map, now.n, leaders.n, sidos);
    set_bool(m, map, "긴목록있음", now.n > LONG_TABLE || b->n_undated > LISTED_DOUBTS || b->n_doubtful > LISTED_DOUBTS);
    set_map(m, map);
    set_rates(m, map, &now);
    set_population_days(m, map);
}
