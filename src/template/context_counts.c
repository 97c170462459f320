/* Values of counts: beside those of other spans, by category, by month, and what was collected. */
#include "template/context.h"

#include <math.h>

enum {
    COVERAGE_SHIFT = 5, /* collected articles changed by more than 1/5: said beside every comparison */
    COVERAGE_RANGE = 2, /* the fullest month of a trend has more than so many times the emptiest: no trend */
    LEAST_MONTHS = 6,   /* with articles: fewer make no small line */
    P_DECIMALS = 4,
};

static const double LEAST_P = 0.001; /* below it the number itself says nothing more */

static int64_t magnitude(int64_t n)
{
    return n < 0 ? -n : n;
}

static bool shifted(int64_t now, int64_t base)
{
    return base > 0 && magnitude(now - base) > base / COVERAGE_SHIFT;
}

void set_comparison(const struct maker *m, struct value *map, const char *when, int64_t now, int64_t base,
                    const struct brief_change *test)
{
    int64_t difference = now - base;
    bool rate = base >= FEW && now >= FEW, significant = test && test->significant;
#define NAME(word) arena_printf(m->arena, "%s" word, when)
    set_number(m, map, NAME("사업수"), base);
    value_set(m->arena, map, NAME("증감"), value_change(m->arena, difference));
    set_number(m, map, NAME("차이"), magnitude(difference));
    set_bool(m, map, NAME("늘었음"), difference > 0);
    set_bool(m, map, NAME("줄었음"), difference < 0);
    set_bool(m, map, NAME("같음"), difference == 0);
    set_bool(m, map, NAME("비율가능"), rate);
    value_set(m->arena, map, NAME("증감률"),
              value_percent(m->arena, rate ? (double)magnitude(difference) / (double)base : NAN, 1));
    set_bool(m, map, NAME("판정가능"), test && isfinite(test->p));
    set_real(m, map, NAME("유의확률"), test ? test->adjusted : NAN, P_DECIMALS);
    set_bool(m, map, NAME("유의확률작음"), test && test->adjusted < LEAST_P);
    set_bool(m, map, NAME("유의"), significant);
    set_bool(m, map, NAME("유의증가"), significant && difference > 0);
    set_bool(m, map, NAME("유의감소"), significant && difference < 0);
#undef NAME
}

void set_counts(const struct maker *m, struct value *map, const struct span_counts *counts,
                const struct brief_change *on_previous, const struct brief_change *on_year_ago)
{
    set_number(m, map, "사업수", counts->now.initiatives);
    set_number(m, map, "기사수", counts->now.articles);
    set_bool(m, map, "사업있음", counts->now.initiatives > 0);
    set_number(m, map, "직전기사수", counts->previous.articles);
    set_number(m, map, "전년기사수", counts->year_ago.articles);
    set_number(m, map, "누계사업수", counts->twelve_months.initiatives);
    set_number(m, map, "누계기사수", counts->twelve_months.articles);
    set_comparison(m, map, "직전", counts->now.initiatives, counts->previous.initiatives, on_previous);
    set_comparison(m, map, "전년", counts->now.initiatives, counts->year_ago.initiatives, on_year_ago);
}

struct value *category_counts(const struct maker *m, const struct span_counts *counts,
                              const struct brief_change *on_previous, const struct brief_change *on_year_ago)
{
    const struct taxonomy *taxonomy = &m->brief->taxonomy;
    struct value *list = value_list(m->arena);
    for (size_t i = 0; i < taxonomy->n; i++) {
        struct value *item = add_item(m, list, i, taxonomy->n);
        set_text(m, item, "분야", taxonomy->items[i].label);
        set_counts(m, item, counts ? &counts[i] : &(struct span_counts){0}, on_previous ? &on_previous[i] : NULL,
                   on_year_ago ? &on_year_ago[i] : NULL);
    }
    return list;
}

struct value *category_names(const struct maker *m, const bool *set)
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

/* --- what was collected --- */

static bool is_same(const struct brief_change *change)
{
    return isfinite(change->p) && !change->significant;
}

void coverage_set(const struct maker *m, struct value *map)
{
    const struct brief *b = m->brief;
    const struct brief_coverage *now = &b->collected;
    int64_t found = b->total.now.initiatives, days = b->to - b->from + 1;
    bool previous = b->collected_previous.articles > 0,
         year_ago = b->collected_year_ago.articles > 0 && !b->previous_is_year_ago;
    bool on_previous = previous && now->covered && b->collected_previous.covered,
         on_year_ago = year_ago && now->covered && b->collected_year_ago.covered;
    bool partly = now->articles > 0 && now->days > 0 && now->days * 5 < days * 4;
    set_number(m, map, "수집기사수", now->articles);
    set_number(m, map, "직전수집기사수", b->collected_previous.articles);
    set_number(m, map, "전년수집기사수", b->collected_year_ago.articles);
    set_number(m, map, "수집일수", now->days);
    set_number(m, map, "직전수집일수", b->collected_previous.days);
    set_number(m, map, "전년수집일수", b->collected_year_ago.days);
    set_date(m, map, "수집첫날", now->first);
    set_date(m, map, "수집끝날", now->last);
    value_set(m->arena, map, "수집증감", value_change(m->arena, now->articles - b->collected_previous.articles));
    bool running = b->cutoff != DATE_NONE && b->cutoff<b->to, part = now->articles> 0 && (partly || running);
    set_bool(m, map, "수집일부", partly);
    set_bool(m, map, "기간일부", part);
    set_bool(m, map, "주의있음", part || b->n_undated > 0);
    set_bool(m, map, "직전수집변화큼", shifted(now->articles, b->collected_previous.articles));
    set_bool(m, map, "전년수집변화큼", shifted(now->articles, b->collected_year_ago.articles));
    set_bool(m, map, "수집자료있음", now->articles > 0);
    set_bool(m, map, "직전자료있음", previous);
    set_bool(m, map, "전년자료있음", year_ago);
    set_bool(m, map, "직전비교가능", on_previous);
    set_bool(m, map, "전년비교가능", on_year_ago);
    set_bool(m, map, "비교가능", on_previous || on_year_ago);
    set_bool(m, map, "판정없음", !isfinite(b->on_previous.p) && !isfinite(b->on_year_ago.p));
    set_bool(m, map, "차이없음",
             (on_previous || on_year_ago) && (!on_previous || is_same(&b->on_previous)) &&
                 (!on_year_ago || is_same(&b->on_year_ago)));
    set_bool(m, map, "빈기간", found == 0);
    set_bool(m, map, "드문기간", found > 0 && found < FEW);
    set_bool(m, map, "보통기간", found >= FEW);
    set_bool(m, map, "기사여럿", b->total.now.articles > found);
}

/* --- months --- */

struct str month_line(const struct maker *m, const int64_t *months)
{
    struct buf out = {0};
    for (size_t i = 0; i < m->brief->n_trend; i++) {
        buf_text(&out, i ? " " : "");
        if (m->brief->trend[i].collected)
            buf_printf(&out, "%lld", (long long)months[i]);
        else
            buf_text(&out, "–");
    }
    struct str result = str_copy(m->arena, buf_view(&out));
    buf_free(&out);
    return result;
}

static struct value *month_categories(const struct maker *m, const struct brief_month *month)
{
    const struct taxonomy *taxonomy = &m->brief->taxonomy;
    struct value *by = value_list(m->arena);
    for (size_t k = 0; k < taxonomy->n; k++) {
        struct value *category = add_item(m, by, k, taxonomy->n);
        set_text(m, category, "분야", taxonomy->items[k].label);
        set_number(m, category, "사업수", month->by_category ? month->by_category[k].initiatives : 0);
        set_number(m, category, "기사수", month->by_category ? month->by_category[k].articles : 0);
    }
    return by;
}

static void fill_month(const struct maker *m, struct value *item, const struct brief_month *month)
{
    struct ymd day = date_split(month->month == DATE_NONE ? 0 : month->month);
    set_text(m, item, "월", format_month(m->arena, month->month));
    set_text(m, item, "짧은월", str_from(arena_printf(m->arena, "%d. %d.", day.year, day.month)));
    set_number(m, item, "사업수", month->total.initiatives);
    set_number(m, item, "기사수", month->total.articles);
    set_number(m, item, "수집기사수", month->collected);
    set_real(m, item, "백건당",
             month->collected ? 100.0 * (double)month->total.initiatives / (double)month->collected : NAN, 1);
    set_bool(m, item, "자료있음", month->collected > 0);
    set_bool(m, item, "기간안", month->month >= date_month_start(m->brief->from));
    set_list(m, item, "분야별", month_categories(m, month));
}

/* Whether each of the twelve months before the period has articles, and enough of them to call a place new. */
static void judge_past(const struct maker *m, struct value *map)
{
    const struct brief *b = m->brief;
    size_t before = 0;
    bool full = true;
    for (; before < b->n_trend && b->trend[before].month < date_month_start(b->from); before++)
        full = full && b->trend[before].collected > 0;
    set_bool(m, map, "연간자료있음", full && before >= 12);
    set_bool(m, map, "신규가능", b->tells_new);
}

void trend_set(const struct maker *m, struct value *map)
{
    const struct brief *b = m->brief;
    struct value *list = value_list(m->arena);
    size_t first = 0, with = 0;
    int64_t most = 0, least = INT64_MAX, *totals = ARENA_ARRAY(m->arena, b->n_trend, int64_t);
    while (first + 1 < b->n_trend && b->trend[first].collected == 0)
        first++; /* collection had not begun */
    for (size_t i = 0; i < b->n_trend; i++)
        totals[i] = b->trend[i].total.initiatives;
    for (size_t i = first; i < b->n_trend; i++) {
        int64_t collected = b->trend[i].collected;
        fill_month(m, add_item(m, list, i - first, b->n_trend - first), &b->trend[i]);
        with += collected > 0;
        most = collected > most ? collected : most;
        least = collected < least ? collected : least;
    }
    set_list(m, map, "추이", list);
    set_text(m, map, "흐름", month_line(m, totals));
    set_number(m, map, "추이개월수", (int64_t)(b->n_trend - first));
    set_bool(m, map, "추이있음", with > 1);
    set_bool(m, map, "흐름있음", with >= LEAST_MONTHS);
    set_bool(m, map, "자료빈달있음", least == 0);
    set_bool(m, map, "수집고름", with > 1 && most <= COVERAGE_RANGE * least);
    set_number(m, map, "최다수집", most);
    set_number(m, map, "최소수집", most ? least : 0);
    judge_past(m, map);
}
