/* Values of initiatives and articles, and the lists of them. */
#include "template/context.h"

#include <stdlib.h>

enum {
    HIGHLIGHTS = 6,          /* initiatives in 주요사업 */
    HIGHLIGHTS_OF_A_CITY = 2 /* of one place, where there are others */
};

/* --- articles --- */

static bool is_listed(const struct maker *m, const struct brief_source *source)
{
    const struct brief *b = m->brief;
    return b->n_sources && source >= b->sources && source < b->sources + b->n_sources;
}

static bool is_doubtful(const struct maker *m, const struct brief_source *source)
{
    return is_listed(m, source) && m->doubtful[source - m->brief->sources];
}

static void fill_source(const struct maker *m, struct value *item, const struct brief_source *source)
{
    bool guessed = source->basis == BASIS_INFERRED && source->lo != DATE_NONE && source->hi != DATE_NONE;
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
    set_text(m, item, "추정기간", guessed ? format_span(m->arena, source->lo, source->hi) : STR(""));
    set_text(m, item, "날짜근거", source->date_evidence);
    set_bool(m, item, "날짜근거있음", source->date_evidence.n > 0);
    set_text(m, item, "파일", source->source);
    set_text(m, item, "기사번호", source->key);
    set_real(m, item, "점수", source->score, 2);
    set_bool(m, item, "불확실", is_doubtful(m, source));
    set_bool(m, item, "수정됨", source->corrected);
    set_list(m, item, "지역목록", region_names(m, source->regions, source->n_regions));
    set_list(m, item, "분야목록", category_names(m, source->categories));
}

/* The values of a source; those of the brief's list are made once, for the list and for the initiatives. */
static const struct value *source_map(const struct maker *m, const struct brief_source *source)
{
    struct value **slot = is_listed(m, source) ? &m->sources[source - m->brief->sources] : NULL;
    if (slot && *slot)
        return *slot;
    struct value *map = value_map(m->arena);
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

static void mark_doubtful(const struct maker *m)
{
    const struct brief *b = m->brief;
    for (size_t i = 0; i < b->n_doubtful; i++) {
        int number = b->doubtful[i].number;
        if (number > 0 && (size_t)number <= b->n_sources)
            m->doubtful[number - 1] = true;
    }
}

static void set_sources(const struct maker *m, struct value *map)
{
    const struct brief *b = m->brief;
    int64_t unknown = 0, inferred = 0, corrected = 0;
    for (size_t i = 0; i < b->n_undated; i++) {
        unknown += b->undated[i].basis == BASIS_UNKNOWN;
        inferred += b->undated[i].basis == BASIS_INFERRED;
    }
    for (size_t i = 0; i < b->n_sources; i++)
        corrected += b->sources[i].corrected;
    set_list(m, map, "출처목록", source_list(m, b->sources, b->n_sources));
    set_list(m, map, "미상목록", source_list(m, b->undated, b->n_undated));
    set_list(m, map, "불확실목록", source_list(m, b->doubtful, b->n_doubtful));
    set_number(m, map, "미상기사수", (int64_t)b->n_undated);
    set_number(m, map, "날짜미상수", unknown);
    set_number(m, map, "날짜추정수", inferred);
    set_number(m, map, "불확실기사수", (int64_t)b->n_doubtful);
    set_number(m, map, "불확실사업수", (int64_t)b->doubtful_initiatives);
    set_number(m, map, "수정기사수", corrected);
    set_bool(m, map, "미상많음", b->n_undated > LISTED_DOUBTS);
    set_bool(m, map, "불확실많음", b->n_doubtful > LISTED_DOUBTS);
    set_bool(m, map, "확인할것있음", b->n_undated + b->n_doubtful > 0);
}

/* --- initiatives --- */

/* "1. 8." or "1. 8.~1. 9."; with years where the period has several. */
static struct str short_days(const struct maker *m, date_t first, date_t last)
{
    struct ymd a = date_split(first), b = date_split(last);
    if (first == DATE_NONE || last == DATE_NONE)
        return STR("");
    if (date_split(m->brief->from).year != date_split(m->brief->to).year)
        return first == last ? format_date(m->arena, first) : format_span(m->arena, first, last);
    if (first == last)
        return str_from(arena_printf(m->arena, "%d. %d.", a.month, a.day));
    return str_from(arena_printf(m->arena, "%d. %d.~%d. %d.", a.month, a.day, b.month, b.day));
}

/* What is questioned about an initiative: who reports it, and how surely it is one. */
static void set_trust(const struct maker *m, struct value *item, const struct brief_initiative *one)
{
    bool doubtful = one->n_articles > 0, corrected = false;
    for (size_t i = 0; i < one->n_articles; i++) {
        doubtful = doubtful && is_doubtful(m, one->articles[i]);
        corrected = corrected || one->articles[i]->corrected;
    }
    set_number(m, item, "매체수", (int64_t)one->n_outlets);
    set_bool(m, item, "단일매체", one->n_outlets == 1);
    set_bool(m, item, "불확실", doubtful);
    set_bool(m, item, "수정됨", corrected);
    set_bool(m, item, "새사업", one->in_period_only);
}

static struct value *article_list(const struct maker *m, const struct brief_initiative *one)
{
    struct value *list = value_list(m->arena);
    for (size_t k = 0; k < one->n_articles; k++)
        value_share(add_item(m, list, k, one->n_articles), source_map(m, one->articles[k]));
    return list;
}

static void fill_initiative(const struct maker *m, struct value *item, const struct brief_initiative *one)
{
    struct str url = STR("");
    bool spread = false; /* over several 시·도: then a city's own name is not enough */
    for (size_t i = 1; i < one->n_regions; i++)
        spread = spread || !str_equal(one->regions[i]->sido, one->regions[0]->sido);
    for (size_t i = 0; i < one->n_articles && !url.n; i++)
        url = one->articles[i]->url;
    set_number(m, item, "번호", one->number);
    set_text(m, item, "제목", one->title);
    set_text(m, item, "주소", url);
    set_text(m, item, "단계", one->stage);
    set_bool(m, item, "단계있음", one->stage.n > 0);
    set_date(m, item, "첫보도일", one->first);
    set_date(m, item, "끝보도일", one->last);
    set_bool(m, item, "여러날", one->first != one->last);
    set_text(m, item, "짧은보도일", short_days(m, one->first, one->last));
    set_number(m, item, "기사수", (int64_t)one->n_articles);
    set_text(m, item, "사업번호", one->key);
    set_bool(m, item, "시도여럿", spread);
    set_bool(m, item, "지역여럿", one->n_regions > 1);
    set_trust(m, item, one);
    set_list(m, item, "지역목록", region_names(m, one->regions, one->n_regions));
    set_list(m, item, "분야목록", category_names(m, one->categories));
    set_list(m, item, "기사목록", article_list(m, one));
    set_facts(m, item, one);
}

const struct value *initiative_map(const struct maker *m, const struct brief_initiative *one)
{
    return m->initiatives[one - m->brief->initiatives];
}

/* The row of the brief's places under which an initiative stands; NULL where there is none. */
static const struct brief_city *home_of(const struct maker *m, const struct brief_initiative *one)
{
    const struct brief *b = m->brief;
    for (size_t i = 0; one->place && i < b->n_cities; i++)
        if (b->cities[i].region == one->place)
            return &b->cities[i];
    return NULL;
}

static bool acts_in(const struct brief_initiative *one, const struct region *region)
{
    for (size_t i = 0; i < one->n_regions; i++)
        if (str_equal(str_from(one->regions[i]->code), str_from(region->code)))
            return true;
    return false;
}

/* Each place with the initiatives that are listed with it, and those that are listed with another one. */
static struct value *initiatives_by_city(const struct maker *m, const struct brief_city *const *homes)
{
    const struct brief *b = m->brief;
    struct value *groups = value_list(m->arena);
    size_t n = 0, done = 0;
    for (size_t c = 0; c < b->n_cities; c++)
        n += b->cities[c].total.now.initiatives > 0;
    for (size_t c = 0; c < b->n_cities; c++) {
        const struct brief_city *city = &b->cities[c];
        if (city->total.now.initiatives == 0)
            continue;
        struct value *group = add_item(m, groups, done++, n), *own = value_list(m->arena),
                     *other = value_list(m->arena);
        for (size_t i = 0; i < b->n_initiatives; i++)
            if (homes[i] == city)
                value_append(m->arena, own, m->initiatives[i]);
            else if (acts_in(&b->initiatives[i], city->region))
                value_append(m->arena, other, m->initiatives[i]);
        set_list(m, group, "사업목록", own);
        set_list(m, group, "함께목록", other);
        value_share(group, city_map(m, city));
    }
    return groups;
}

/* --- 주요 사업 --- */

/* The largest amount in won that a title names: those of the text are as often another one's. */
static int64_t largest_amount(const struct brief_initiative *one)
{
    int64_t largest = 0;
    for (size_t i = 0; i < one->n_money; i++) {
        const struct brief_money *money = &one->money[i];
        int64_t amount = money->hi > money->lo ? money->hi : money->lo;
        if (money->headline && str_equal(str_from(money->currency), STR("KRW")))
            largest = amount > largest ? amount : largest;
    }
    return largest;
}

static int by_weight(const void *a, const void *b)
{
    const struct brief_initiative *x = *(const struct brief_initiative *const *)a,
                                  *y = *(const struct brief_initiative *const *)b;
    int64_t mx = largest_amount(x), my = largest_amount(y);
    if (x->n_outlets != y->n_outlets)
        return x->n_outlets > y->n_outlets ? -1 : 1;
    if (x->n_articles != y->n_articles)
        return x->n_articles > y->n_articles ? -1 : 1;
    if (mx != my)
        return mx > my ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

/* Those that most outlets report, then most articles, then the largest amount; none that is uncertain, and no more than
 * some of one place where there are others. */
static struct value *highlights(const struct maker *m, const struct brief_city *const *homes)
{
    const struct brief *b = m->brief;
    const struct brief_initiative **sorted = ARENA_ARRAY(m->arena, b->n_initiatives, const struct brief_initiative *);
    size_t n = 0, chosen = 0, *of_city = ARENA_ARRAY(m->arena, b->n_cities + 1, size_t);
    for (size_t i = 0; i < b->n_initiatives; i++)
        if (!value_get(m->initiatives[i], STR("불확실"))->truth)
            sorted[n++] = &b->initiatives[i];
    if (n)
        qsort(sorted, n, sizeof *sorted, by_weight);
    for (size_t i = 0; i < n && chosen < HIGHLIGHTS; i++) {
        const struct brief_city *home = homes[sorted[i] - b->initiatives];
        size_t *count = &of_city[home ? (size_t)(home - b->cities) : b->n_cities];
        if (b->cities_now == 1 || (*count)++ < HIGHLIGHTS_OF_A_CITY)
            sorted[chosen++] = sorted[i];
    }
    struct value *list = value_list(m->arena);
    for (size_t i = 0; i < chosen; i++) {
        struct value *item = add_item(m, list, i, chosen);
        set_bool(m, item, "앞셋", i < 3);
        value_share(item, initiative_map(m, sorted[i]));
    }
    return list;
}

void lists_set(const struct maker *m, struct value *map)
{
    const struct brief *b = m->brief;
    struct value *list = value_list(m->arena);
    const struct brief_city **homes = ARENA_ARRAY(m->arena, b->n_initiatives, const struct brief_city *);
    int64_t single = 0, fresh = 0;
    mark_doubtful(m);
    for (size_t i = 0; i < b->n_initiatives; i++) {
        const struct brief_initiative *one = &b->initiatives[i];
        m->initiatives[i] = add_item(m, list, i, b->n_initiatives);
        fill_initiative(m, m->initiatives[i], one);
        homes[i] = home_of(m, one);
        single += one->n_outlets == 1;
        fresh += one->in_period_only;
    }
    set_list(m, map, "사업목록", list);
    set_list(m, map, "도시별사업", initiatives_by_city(m, homes));
    set_list(m, map, "주요사업", highlights(m, homes));
    set_number(m, map, "단일매체수", single);
    set_number(m, map, "새사업수", fresh);
    set_sources(m, map);
}
