/* A brief as values for templates: the period, the scope, and the order of the rest. The names are documented in
 * templates/README.md; sentences are the template's. */
#include "template/context.h"

void set_text(const struct maker *m, struct value *map, const char *name, struct str text)
{
    value_set(m->arena, map, name, value_text(m->arena, text));
}

void set_number(const struct maker *m, struct value *map, const char *name, int64_t number)
{
    value_set(m->arena, map, name, value_number(m->arena, number));
}

void set_real(const struct maker *m, struct value *map, const char *name, double number, int decimals)
{
    value_set(m->arena, map, name, value_real(m->arena, number, decimals));
}

void set_bool(const struct maker *m, struct value *map, const char *name, bool truth)
{
    value_set(m->arena, map, name, value_bool(m->arena, truth));
}

void set_date(const struct maker *m, struct value *map, const char *name, date_t date)
{
    value_set(m->arena, map, name, value_date(m->arena, date));
}

void set_list(const struct maker *m, struct value *map, const char *name, struct value *list)
{
    value_set(m->arena, map, name, list);
}

struct value *add_item(const struct maker *m, struct value *list, size_t index, size_t n)
{
    struct value *item = value_map(m->arena);
    set_bool(m, item, "처음", index == 0);
    set_bool(m, item, "마지막", index + 1 == n);
    value_append(m->arena, list, item);
    return item;
}

/* How the kinds of periods are spoken of. */
static const struct {
    const char *is, *now, *previous, *year_ago;
} words[] = {
    [PERIOD_MONTH] = {"월간", "이번 달", "전월", "전년 동월"},
    [PERIOD_QUARTER] = {"분기", "이번 분기", "전분기", "전년 동기"},
    [PERIOD_YEAR] = {"연간", "해당 연도", "전년", "전년"},
    [PERIOD_MONTHS] = {"여러달", "해당 기간", "직전 기간", "전년 동기"},
    [PERIOD_DAYS] = {"날짜", "해당 기간", "직전 기간", "전년 동기"},
};

/* "2024년 1월", "2024년 1분기", "2024년", "2024년 1~6월", "2024. 1. 5.~2024. 2. 10." of a span of that kind. */
static struct str period_name(const struct maker *m, enum brief_period kind, date_t from, date_t to)
{
    if (from == DATE_NONE || to == DATE_NONE)
        return STR("");
    struct ymd a = date_split(from), b = date_split(to);
    switch (kind) {
    case PERIOD_MONTH: return format_month(m->arena, from);
    case PERIOD_QUARTER: return str_from(arena_printf(m->arena, "%d년 %d분기", a.year, (a.month + 2) / 3));
    case PERIOD_YEAR: return str_from(arena_printf(m->arena, "%d년", a.year));
    case PERIOD_MONTHS:
        if (a.year == b.year)
            return str_from(arena_printf(m->arena, "%d년 %d~%d월", a.year, a.month, b.month));
        return str_from(arena_printf(m->arena, "%d년 %d월~%d년 %d월", a.year, a.month, b.year, b.month));
    case PERIOD_DAYS: break;
    }
    return format_span(m->arena, from, to);
}

static void set_period(const struct maker *m, struct value *map)
{
    const struct brief *b = m->brief;
    set_text(m, map, "기간", period_name(m, b->period, b->from, b->to));
    set_text(m, map, "기간범위", format_span(m->arena, b->from, b->to));
    set_number(m, map, "기간일수", b->to - b->from + 1);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        set_bool(m, map, arena_printf(m->arena, "%s기간", words[i].is), b->period == (enum brief_period)i);
    set_text(m, map, "이번", str_from(words[b->period].now));
    set_text(m, map, "직전", str_from(words[b->period].previous));
    set_text(m, map, "전년동기", str_from(words[b->period].year_ago));
    set_text(m, map, "직전기간", period_name(m, b->period, b->previous_from, b->previous_to));
    set_text(m, map, "전년기간", period_name(m, b->period, b->year_ago_from, b->year_ago_to));
    set_bool(m, map, "전년비교", !b->previous_is_year_ago);
    set_bool(m, map, "누계비교", b->twelve_from < b->from);
    set_text(m, map, "누계범위", format_span(m->arena, b->twelve_from, b->twelve_to));
    set_date(m, map, "기준일", b->cutoff);
    set_bool(m, map, "기준일있음", b->cutoff != DATE_NONE);
    set_bool(m, map, "기간중", b->cutoff != DATE_NONE && b->cutoff < b->to);
    set_bool(m, map, "기간미완", b->cutoff != DATE_NONE && b->cutoff < b->to - BRIEF_LATE);
    set_text(m, map, "문서날짜", str_from(arena_printf(m->arena, "%s", date_iso(b->cutoff).p)));
    set_text(m, map, "규칙판", b->rules_version);
}

static void set_scope(const struct maker *m, struct value *map)
{
    const struct brief_scope *scope = &m->brief->scope;
    const struct region *one = scope->n_regions == 1 ? scope->regions[0] : NULL;
    bool province = one && one->type == REGION_SIDO;
    struct buf name = {0};
    for (size_t i = 0; i < scope->n_regions && i < 3; i++)
        buf_text(&name, i ? ", " : ""), buf_str(&name, scope->regions[i]->full_name);
    if (scope->n_regions > 3)
        buf_printf(&name, " 등 %zu곳", scope->n_regions);
    set_text(m, map, "범위이름", scope->n_regions ? buf_view(&name) : STR("전국"));
    buf_free(&name);
    set_bool(m, map, "범위전국", scope->n_regions == 0);
    set_bool(m, map, "범위시도", province);
    set_bool(m, map, "범위도시", one && !province);
    set_bool(m, map, "범위여럿", scope->n_regions > 1);
    set_text(m, map, "범위시도이름", one ? one->sido : STR(""));
    set_text(m, map, "범위코드", one ? str_from(one->code) : STR(""));
    set_list(m, map, "범위목록", region_names(m, scope->regions, scope->n_regions));
    struct buf categories = {0};
    for (size_t i = 0; i < m->brief->taxonomy.n; i++)
        buf_text(&categories, i ? "·" : ""), buf_str(&categories, m->brief->taxonomy.items[i].label);
    set_text(m, map, "분야들", buf_view(&categories));
    buf_free(&categories);
    set_bool(m, map, "분야하나", m->brief->taxonomy.n == 1);
}

/* How good the figures are: the same for every brief. */
static void set_quality(const struct maker *m, struct value *map)
{
    struct quality_list quality = {0};
    struct err err = {0};
    struct value *list = value_list(m->arena);
    if (!quality_load(m->arena, "data/quality.tsv", data_file("data/quality.tsv"), &quality, &err))
        quality.n = 0;
    for (size_t i = 0; i < quality.n; i++) {
        struct value *item = add_item(m, list, i, quality.n);
        set_text(m, item, "품질항목", quality.items[i].label);
        set_text(m, item, "품질표본", quality.items[i].measured);
        set_text(m, item, "품질", quality.items[i].value);
        set_number(m, item, "품질표본수", quality.items[i].n);
    }
    set_list(m, map, "품질목록", list);
}

struct value *template_context(struct arena *arena, const struct brief *brief)
{
    const struct maker m = {arena,
                            brief,
                            ARENA_ARRAY(arena, brief->n_sources, struct value *),
                            ARENA_ARRAY(arena, brief->n_initiatives, struct value *),
                            ARENA_ARRAY(arena, brief->n_cities, struct value *),
                            ARENA_ARRAY(arena, brief->n_sources, bool)};
    struct value *map = value_map(arena);
    set_period(&m, map);
    set_scope(&m, map);
    coverage_set(&m, map);
    set_counts(&m, map, &brief->total, &brief->on_previous, &brief->on_year_ago);
    set_list(&m, map, "분야별",
             category_counts(&m, brief->by_category, brief->category_on_previous, brief->category_on_year_ago));
    set_number(&m, map, "분야수", (int64_t)brief->taxonomy.n);
    trend_set(&m, map);
    lists_set(&m, map);
    places_set(&m, map);
    facts_set(&m, map);
    claims_set(&m, map);
    set_quality(&m, map);
    return map;
}
