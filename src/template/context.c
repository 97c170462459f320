/* A brief as values for templates. The names are documented in templates/README.md; sentences are the template's. */
#include "template/format.h"
#include "template/template.h"
#include "template/value.h"

#include <string.h>

enum {
    FEW = 5,            /* below it a month is sparse, and a base too small for a percentage */
    TOP = 10,           /* cities in 상위도시 and 상위시도 */
    LISTED_NEW = 5,     /* more new cities than that are counted, not named */
    LONG_TABLE = 15,    /* more cities than that: the first pages show the first TOP, the appendix all */
    LISTED_LEADERS = 3, /* more cities than that at the top are counted, not named */
    COVERAGE_SHIFT = 5, /* collected articles changed by more than 1/5: said beside every comparison */
};

struct maker {
    struct arena *arena;
    const struct brief *brief;
    struct value **sources; /* [brief->n_sources] what fill_source says, made once */
};

static void set_text(const struct maker *m, struct value *map, const char *name, struct str text)
{
    value_set(m->arena, map, name, value_text(m->arena, text));
}

static void set_number(const struct maker *m, struct value *map, const char *name, int64_t number)
{
    value_set(m->arena, map, name, value_number(m->arena, number));
}

static void set_bool(const struct maker *m, struct value *map, const char *name, bool truth)
{
    value_set(m->arena, map, name, value_bool(m->arena, truth));
}

static void set_date(const struct maker *m, struct value *map, const char *name, date_t date)
{
    value_set(m->arena, map, name, value_date(m->arena, date));
}

/* An item of a list knows whether it is the first or last one, for commas and middle dots. */
static struct value *add_item(const struct maker *m, struct value *list, size_t index, size_t n)
{
    struct value *item = value_map(m->arena);
    set_bool(m, item, "처음", index == 0);
    set_bool(m, item, "마지막", index + 1 == n);
    value_append(m->arena, list, item);
    return item;
}

/* --- counts --- */

/* Tenths of a percent from `base` to `now`, rounded half away from zero. */
static struct str percent(const struct maker *m, int64_t now, int64_t base)
{
    int64_t difference = now - base, magnitude = difference < 0 ? -difference : difference;
    int64_t tenths = (magnitude * 2000 + base) / (2 * base);
    return str_from(
        arena_printf(m->arena, STR_FMT ".%d%%", STR_ARG(format_number(m->arena, tenths / 10)), (int)(tenths % 10)));
}

/* `when` is 전월 or 전년. Percentages only between counts that can bear one. */
static void set_comparison(const struct maker *m, struct value *map, const char *when, int64_t now, int64_t base)
{
    int64_t difference = now - base;
    bool rate = base >= FEW && now >= FEW;
    set_text(m, map, arena_printf(m->arena, "%s증감", when), format_change(m->arena, difference));
    set_number(m, map, arena_printf(m->arena, "%s차이", when), difference < 0 ? -difference : difference);
    set_bool(m, map, arena_printf(m->arena, "%s늘었음", when), difference > 0);
    set_bool(m, map, arena_printf(m->arena, "%s줄었음", when), difference < 0);
    set_bool(m, map, arena_printf(m->arena, "%s같음", when), difference == 0);
    set_bool(m, map, arena_printf(m->arena, "%s비율가능", when), rate);
    set_text(m, map, arena_printf(m->arena, "%s증감률", when), rate ? percent(m, now, base) : STR(""));
}

static void set_counts(const struct maker *m, struct value *map, const struct span_counts *counts)
{
    set_number(m, map, "사업수", counts->now.initiatives);
    set_number(m, map, "기사수", counts->now.articles);
    set_bool(m, map, "사업있음", counts->now.initiatives > 0);
    set_number(m, map, "전월사업수", counts->previous.initiatives);
    set_number(m, map, "전월기사수", counts->previous.articles);
    set_number(m, map, "전년사업수", counts->year_ago.initiatives);
    set_number(m, map, "전년기사수", counts->year_ago.articles);
    set_number(m, map, "누계사업수", counts->twelve_months.initiatives);
    set_number(m, map, "누계기사수", counts->twelve_months.articles);
    set_comparison(m, map, "전월", counts->now.initiatives, counts->previous.initiatives);
    set_comparison(m, map, "전년", counts->now.initiatives, counts->year_ago.initiatives);
}

/* One item a category of the taxonomy, in its order; `counts` may be NULL. */
static struct value *category_counts(const struct maker *m, const struct span_counts *counts)
{
    const struct taxonomy *taxonomy = &m->brief->taxonomy;
    struct value *list = value_list(m->arena);
    for (size_t i = 0; i < taxonomy->n; i++) {
        struct value *item = add_item(m, list, i, taxonomy->n);
        set_text(m, item, "분야", taxonomy->items[i].label);
        set_counts(m, item, counts ? &counts[i] : &(struct span_counts){0});
    }
    return list;
}

/* The categories that are set, as a list with their names. */
static struct value *category_names(const struct maker *m, const bool *set)
{
    const struct taxonomy *taxonomy = &m->brief->taxonomy;
    struct value *list = value_list(m->arena);
    size_t n = 0, done = 0;
    for (size_t i = 0; i < taxonomy->n; i++)
        n += set && set[i];
    for (size_t i = 0; set && i < taxonomy->n; i++)
        if (set[i])
            set_text(m, add_item(m, list, done++, n), "분야", taxonomy->items[i].label);
    return list;
}

/* --- places --- */

static void set_region(const struct maker *m, struct value *map, const struct region *region)
{
    bool whole = region && region->type == REGION_SIDO;
    struct str full = region ? region->full_name : STR("");
    set_text(m, map, "도시", full);
    set_text(m, map, "도시이름", region && region->name.n ? region->name : full);
    set_text(m, map, "시도", region ? region->sido : STR(""));
    set_text(m, map, "도시코드", region ? str_from(region->code) : STR(""));
    set_bool(m, map, "광역", whole);
}

static struct value *region_names(const struct maker *m, const struct region **regions, size_t n)
{
    struct value *list = value_list(m->arena);
    for (size_t i = 0; i < n; i++)
        set_region(m, add_item(m, list, i, n), regions[i]);
    return list;
}

static void fill_city(const struct maker *m, struct value *item, const struct brief_city *city)
{
    int up = city->previous_rank - city->rank;
    bool ranked = city->rank > 0 && city->previous_rank > 0;
    set_region(m, item, city->region);
    set_counts(m, item, &city->total);
    value_set(m->arena, item, "분야별", category_counts(m, city->by_category));
    set_text(m, item, "순위", city->rank > 0 ? format_number(m->arena, city->rank) : STR(""));
    set_text(m, item, "전월순위", city->previous_rank > 0 ? format_number(m->arena, city->previous_rank) : STR(""));
    set_bool(m, item, "순위오름", ranked && up > 0);
    set_bool(m, item, "순위내림", ranked && up < 0);
    set_number(m, item, "순위차이", up < 0 ? -up : up);
    set_bool(m, item, "신규", city->is_new);
}

enum which { CITIES_NOW, CITIES_GONE, CITIES_NEW, CITIES_TOP };

static bool belongs(const struct brief_city *city, enum which which, int64_t most)
{
    int64_t now = city->total.now.initiatives;
    switch (which) {
    case CITIES_NOW: return now > 0;
    case CITIES_GONE: return now == 0 && city->total.previous.initiatives > 0;
    case CITIES_NEW: return now > 0 && city->is_new;
    case CITIES_TOP: return now > 0 && now == most;
    }
    return false;
}

static struct value *cities(const struct maker *m, const struct brief_city *all, size_t n, enum which which,
                            size_t limit, size_t *count)
{
    struct value *list = value_list(m->arena);
    int64_t most = 0;
    size_t total = 0, done = 0;
    for (size_t i = 0; i < n; i++)
        most = all[i].total.now.initiatives > most ? all[i].total.now.initiatives : most;
    for (size_t i = 0; i < n; i++)
        total += belongs(&all[i], which, most);
    size_t shown = total < limit ? total : limit;
    for (size_t i = 0; i < n && done < shown; i++)
        if (belongs(&all[i], which, most))
            fill_city(m, add_item(m, list, done++, shown), &all[i]);
    *count = total;
    return list;
}

/* 시·도 with initiatives, most first; equal ones stay in the official order. */
static struct value *ranked_sidos(const struct maker *m, size_t *count)
{
    const struct brief *b = m->brief;
    const struct brief_city **sorted = ARENA_ARRAY(m->arena, b->n_sidos + 1, const struct brief_city *);
    size_t n = 0;
    for (size_t i = 0; i < b->n_sidos; i++) {
        if (b->sidos[i].total.now.initiatives == 0)
            continue;
        size_t at = n++;
        for (; at > 0 && sorted[at - 1]->total.now.initiatives < b->sidos[i].total.now.initiatives; at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = &b->sidos[i];
    }
    struct value *list = value_list(m->arena);
    for (size_t i = 0; i < n; i++)
        fill_city(m, add_item(m, list, i, n), sorted[i]);
    *count = n;
    return list;
}

static void set_cities(const struct maker *m, struct value *map)
{
    const struct brief *b = m->brief;
    size_t now, gone, fresh, leaders, top, sidos;
    value_set(m->arena, map, "도시목록", cities(m, b->cities, b->n_cities, CITIES_NOW, SIZE_MAX, &now));
    value_set(m->arena, map, "상위도시", cities(m, b->cities, b->n_cities, CITIES_NOW, TOP, &top));
    value_set(m->arena, map, "빠진도시", cities(m, b->cities, b->n_cities, CITIES_GONE, SIZE_MAX, &gone));
    value_set(m->arena, map, "신규도시", cities(m, b->cities, b->n_cities, CITIES_NEW, SIZE_MAX, &fresh));
    struct value *leading = cities(m, b->cities, b->n_cities, CITIES_TOP, LISTED_LEADERS, &leaders);
    value_set(m->arena, map, "최다도시", leading);
    value_set(m->arena, map, "시도목록", ranked_sidos(m, &sidos));
    set_number(m, map, "도시수", b->cities_now);
    set_number(m, map, "표도시수", (int64_t)now);
    set_number(m, map, "빠진도시수", (int64_t)gone);
    set_number(m, map, "신규도시수", (int64_t)fresh);
    set_number(m, map, "최다도시수", (int64_t)leaders);
    set_number(m, map, "시도수", (int64_t)sidos);
    set_bool(m, map, "신규나열", fresh > 0 && fresh <= LISTED_NEW);
    set_bool(m, map, "도시많음", now > LONG_TABLE);
    set_bool(m, map, "도시하나", now == 1);
    set_bool(m, map, "도시여럿", now > 1);
    set_bool(m, map, "시도여럿", sidos > 1);
    set_bool(m, map, "도시모두같음", now > 1 && leaders == now);
    set_bool(m, map, "최다도시하나", now > 1 && leaders == 1);
    set_bool(m, map, "최다도시여럿", leaders > 1 && leaders <= LISTED_LEADERS && leaders < now);
    set_bool(m, map, "최다도시많음", leaders > LISTED_LEADERS && leaders < now);
    int64_t most = 0;
    for (size_t i = 0; i < b->n_cities; i++)
        most = b->cities[i].total.now.initiatives > most ? b->cities[i].total.now.initiatives : most;
    set_number(m, map, "최다사업수", most);
}

/* --- months --- */

static void set_trend(const struct maker *m, struct value *map)
{
    const struct brief *b = m->brief;
    struct value *list = value_list(m->arena);
    bool whole_year = true, any = false;
    size_t first = 0;
    while (first + 1 < b->n_trend && b->trend[first].collected == 0)
        first++;
    for (size_t i = 0; i < b->n_trend; i++) {
        const struct brief_month *month = &b->trend[i];
        if (i < first) { /* collection had not begun */
            whole_year = false;
            continue;
        }
        struct value *item = add_item(m, list, i - first, b->n_trend - first), *by = value_list(m->arena);
        struct ymd day = date_split(month->month == DATE_NONE ? 0 : month->month);
        set_text(m, item, "월", format_month(m->arena, month->month));
        set_text(m, item, "짧은월", str_from(arena_printf(m->arena, "%d. %d.", day.year, day.month)));
        set_number(m, item, "사업수", month->total.initiatives);
        set_number(m, item, "기사수", month->total.articles);
        set_number(m, item, "수집기사수", month->collected);
        set_bool(m, item, "자료있음", month->collected > 0);
        set_bool(m, item, "이번달", i + 1 == b->n_trend);
        for (size_t k = 0; k < b->taxonomy.n; k++) {
            struct value *category = add_item(m, by, k, b->taxonomy.n);
            set_text(m, category, "분야", b->taxonomy.items[k].label);
            set_number(m, category, "사업수", month->by_category ? month->by_category[k].initiatives : 0);
            set_number(m, category, "기사수", month->by_category ? month->by_category[k].articles : 0);
        }
        value_set(m->arena, item, "분야별", by);
        if (i + 1 == b->n_trend)
            break;
        whole_year = whole_year && month->collected > 0;
        any = any || month->collected > 0;
    }
    value_set(m->arena, map, "추이", list);
    set_bool(m, map, "전년자료있음", b->collected_year_ago.articles > 0);
    set_bool(m, map, "연간자료있음", whole_year);
    set_bool(m, map, "추이있음", any);
    bool gap = false;
    for (size_t i = first; i < b->n_trend; i++)
        gap = gap || b->trend[i].collected == 0;
    set_bool(m, map, "자료빈달있음", gap);
}

/* --- initiatives and sources --- */

static void fill_source(const struct maker *m, struct value *item, const struct brief_source *source)
{
    set_number(m, item, "출처번호", source->number);
    set_bool(m, item, "출처있음", source->number > 0);
    set_text(m, item, "기사제목", source->title);
    set_text(m, item, "매체", source->outlet);
    set_bool(m, item, "매체있음", source->outlet.n > 0);
    set_text(m, item, "주소", source->url);
    set_bool(m, item, "주소있음", source->url.n > 0);
    set_date(m, item, "보도일", source->published);
    set_bool(m, item, "추정", source->basis == BASIS_INFERRED);
    set_bool(m, item, "미상", source->basis == BASIS_UNKNOWN);
    set_text(m, item, "추정기간",
             source->basis == BASIS_INFERRED && source->lo != DATE_NONE && source->hi != DATE_NONE
                 ? format_span(m->arena, source->lo, source->hi)
                 : STR(""));
    set_text(m, item, "날짜근거", source->date_evidence);
    set_bool(m, item, "날짜근거있음", source->date_evidence.n > 0);
    set_text(m, item, "파일", source->source);
    set_text(m, item, "기사번호", source->key);
    set_text(m, item, "기사표시", str_slice(source->key, 0, 8)); /* enough for explain, which takes prefixes */
    set_text(m, item, "점수", str_from(arena_printf(m->arena, "%.2f", source->score)));
    value_set(m->arena, item, "지역목록", region_names(m, source->regions, source->n_regions));
    value_set(m->arena, item, "분야목록", category_names(m, source->categories));
}

/* The values of a source; those of the brief's list are made once, for the list and for the initiatives. */
static const struct value *source_map(const struct maker *m, const struct brief_source *source)
{
    const struct brief *b = m->brief;
    bool listed = b->n_sources && source >= b->sources && source < b->sources + b->n_sources;
    struct value **slot = listed ? &m->sources[source - b->sources] : NULL;
    struct value *map = slot && *slot ? *slot : value_map(m->arena);
    if (slot && *slot)
        return map;
    fill_source(m, map, source);
    if (slot)
        *slot = map;
    return map;
}

static struct value *source_list(const struct maker *m, const struct brief_source *sources, size_t n)
{
    struct value *list = value_list(m->arena);
    for (size_t i = 0; i < n; i++) {
        struct value *item = add_item(m, list, i, n);
        set_number(m, item, "번호", (int64_t)i + 1);
        value_share(item, source_map(m, &sources[i]));
    }
    return list;
}

/* "1. 8." or "1. 8.~1. 9.": the year is the brief's. */
static struct str short_days(const struct maker *m, date_t first, date_t last)
{
    struct ymd a = date_split(first), b = date_split(last);
    if (first == last)
        return str_from(arena_printf(m->arena, "%d. %d.", a.month, a.day));
    return str_from(arena_printf(m->arena, "%d. %d.~%d. %d.", a.month, a.day, b.month, b.day));
}

static void fill_initiative(const struct maker *m, struct value *item, const struct brief_initiative *one)
{
    struct value *articles = value_list(m->arena);
    bool spread = false; /* over several 시·도: then a city's own name is not enough */
    for (size_t i = 1; i < one->n_regions; i++)
        spread = spread || !str_equal(one->regions[i]->sido, one->regions[0]->sido);
    set_number(m, item, "번호", one->number);
    set_text(m, item, "제목", one->title);
    set_text(m, item, "단계", one->stage);
    set_bool(m, item, "단계있음", one->stage.n > 0);
    set_date(m, item, "첫보도일", one->first);
    set_date(m, item, "끝보도일", one->last);
    set_bool(m, item, "여러날", one->first != one->last);
    set_text(m, item, "짧은보도일", short_days(m, one->first, one->last));
    set_number(m, item, "기사수", (int64_t)one->n_articles);
    set_text(m, item, "사업번호", one->key);
    set_bool(m, item, "시도여럿", spread);
    value_set(m->arena, item, "지역목록", region_names(m, one->regions, one->n_regions));
    value_set(m->arena, item, "분야목록", category_names(m, one->categories));
    for (size_t k = 0; k < one->n_articles; k++)
        value_share(add_item(m, articles, k, one->n_articles), source_map(m, one->articles[k]));
    value_set(m->arena, item, "기사목록", articles);
}

static bool acts_in(const struct brief_initiative *one, const struct region *sido)
{
    bool found = false;
    for (size_t i = 0; i < one->n_regions; i++)
        found = found || str_equal(one->regions[i]->sido, sido->sido);
    return found;
}

/* Each 시·도 with the initiatives of its cities; one in several 시·도 stands under each, so that rows agree with
 * counts. */
static struct value *initiatives_by_sido(const struct maker *m, struct value *const *maps)
{
    const struct brief *b = m->brief;
    struct value *groups = value_list(m->arena);
    size_t n = 0, done = 0;
    for (size_t s = 0; s < b->n_sidos; s++)
        n += b->sidos[s].total.now.initiatives > 0;
    for (size_t s = 0; s < b->n_sidos; s++) {
        const struct brief_city *sido = &b->sidos[s];
        if (sido->total.now.initiatives == 0)
            continue;
        struct value *group = add_item(m, groups, done++, n), *list = value_list(m->arena);
        fill_city(m, group, sido);
        for (size_t i = 0; i < b->n_initiatives; i++)
            if (acts_in(&b->initiatives[i], sido->region))
                value_append(m->arena, list, maps[i]);
        value_set(m->arena, group, "사업목록", list);
    }
    return groups;
}

static void set_initiatives(const struct maker *m, struct value *map)
{
    const struct brief *b = m->brief;
    struct value *list = value_list(m->arena);
    struct value **maps = ARENA_ARRAY(m->arena, b->n_initiatives + 1, struct value *);
    for (size_t i = 0; i < b->n_initiatives; i++) {
        maps[i] = add_item(m, list, i, b->n_initiatives);
        fill_initiative(m, maps[i], &b->initiatives[i]);
    }
    value_set(m->arena, map, "사업목록", list);
    value_set(m->arena, map, "시도별사업", initiatives_by_sido(m, maps));
}

static void set_sources(const struct maker *m, struct value *map)
{
    const struct brief *b = m->brief;
    size_t unknown = 0, inferred = 0;
    for (size_t i = 0; i < b->n_undated; i++) {
        unknown += b->undated[i].basis == BASIS_UNKNOWN;
        inferred += b->undated[i].basis == BASIS_INFERRED;
    }
    set_initiatives(m, map);
    value_set(m->arena, map, "출처목록", source_list(m, b->sources, b->n_sources));
    value_set(m->arena, map, "미상목록", source_list(m, b->undated, b->n_undated));
    value_set(m->arena, map, "불확실목록", source_list(m, b->doubtful, b->n_doubtful));
    set_number(m, map, "미상기사수", (int64_t)b->n_undated);
    set_number(m, map, "날짜미상수", (int64_t)unknown);
    set_number(m, map, "날짜추정수", (int64_t)inferred);
    set_number(m, map, "불확실기사수", (int64_t)b->n_doubtful);
    set_bool(m, map, "확인할것있음", b->n_undated + b->n_doubtful > 0);
}

static void set_period(const struct maker *m, struct value *map)
{
    const struct brief *b = m->brief;
    set_text(m, map, "기간", format_month(m->arena, b->from));
    set_text(m, map, "기간범위", format_span(m->arena, b->from, b->to));
    set_text(m, map, "전월", format_month(m->arena, b->previous_from));
    set_text(m, map, "전년동월", format_month(m->arena, b->year_ago_from));
    set_text(m, map, "누계범위", format_span(m->arena, b->twelve_from, b->twelve_to));
    set_text(m, map, "누계시작", format_month(m->arena, b->twelve_from));
    set_date(m, map, "기준일", b->cutoff);
    set_bool(m, map, "기준일있음", b->cutoff != DATE_NONE);
    set_text(m, map, "문서날짜", str_from(arena_printf(m->arena, "%s", date_iso(b->cutoff).p)));
    set_bool(m, map, "기간중", b->cutoff != DATE_NONE && b->cutoff < b->to);
    set_text(m, map, "규칙판", b->rules_version);
}

static void set_coverage(const struct maker *m, struct value *map)
{
    const struct brief *b = m->brief;
    int64_t now = b->total.now.initiatives, shift = b->collected.articles - b->collected_previous.articles;
    set_number(m, map, "수집기사수", b->collected.articles);
    set_number(m, map, "전년수집기사수", b->collected_year_ago.articles);
    set_number(m, map, "전월수집기사수", b->collected_previous.articles);
    set_text(m, map, "수집증감", format_change(m->arena, shift));
    set_bool(m, map, "수집변화큼",
             b->collected_previous.articles > 0 &&
                 (shift < 0 ? -shift : shift) > b->collected_previous.articles / COVERAGE_SHIFT);
    set_bool(m, map, "수집자료있음", b->collected.articles > 0);
    set_bool(m, map, "전월자료있음", b->collected_previous.articles > 0);
    set_bool(m, map, "빈달", now == 0);
    set_bool(m, map, "드문달", now > 0 && now < FEW);
    set_bool(m, map, "보통달", now >= FEW);
    set_bool(m, map, "기사여럿", b->total.now.articles > now);
}

struct value *template_context(struct arena *arena, const struct brief *brief)
{
    const struct maker m = {arena, brief, ARENA_ARRAY(arena, brief->n_sources, struct value *)};
    struct value *map = value_map(arena);
    set_period(&m, map);
    set_coverage(&m, map);
    set_counts(&m, map, &brief->total);
    value_set(arena, map, "분야별", category_counts(&m, brief->by_category));
    set_number(&m, map, "분야수", (int64_t)brief->taxonomy.n);
    set_cities(&m, map);
    set_trend(&m, map);
    set_sources(&m, map);
    return map;
}
