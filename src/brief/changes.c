/* Residents and rates of the places, and the test behind every difference between two spans.
 *
 * A difference is tested only where a claim could be held: both spans are covered, and the two counts come to at least
 * BRIEF_LEAST_INITIATIVES. With fewer, an uneven collection alone could call two initiatives a change. The test takes
 * the sum of two counts as given and asks how it splits, so leaving out small sums does not bias the others, and Holm's
 * correction does not pay for places that could not be significant. */
#include "brief/findings.h"
#include "brief/stats.h"

#include <math.h>

static void set_population(const struct regions *regions, date_t day, struct brief_city *cities, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct brief_city *city = &cities[i];
        city->population = population_at(regions, city->region->unit, day, &city->population_day);
        city->per_100k = stats_per_100k(city->total.now.initiatives, city->population);
    }
}

void findings_population(const struct regions *regions, struct brief *brief)
{
    set_population(regions, brief->to, brief->cities, brief->n_cities);
    set_population(regions, brief->to, brief->sidos, brief->n_sidos);
}

/* Two counts, and where the result goes. */
struct compared {
    int64_t now, before;
    struct brief_change *change;
};

static struct compared compared(const struct span_counts *counts, bool year, struct brief_change *change)
{
    return (struct compared){counts->now.initiatives, (year ? counts->year_ago : counts->previous).initiatives, change};
}

/* Does the count go the way of the rate? Where one span has twice the articles it need not. */
static bool same_way(const struct compared *item, int64_t collected, int64_t collected_before)
{
    double rate = (double)item->now * (double)collected_before, before = (double)item->before * (double)collected;
    return item->now > item->before ? rate > before : item->now < item->before && rate < before;
}

/* Tests counts that are read side by side. */
static void test(const struct brief *brief, bool year, const struct compared *items, size_t n, struct arena *arena)
{
    const struct brief_coverage *other = year ? &brief->collected_year_ago : &brief->collected_previous;
    int64_t now = brief->collected.articles, before = other->articles;
    double *p = ARENA_ARRAY(arena, n + 1, double);
    for (size_t i = 0; i < n; i++) {
        bool enough =
            brief->collected.covered && other->covered && items[i].now + items[i].before >= BRIEF_LEAST_INITIATIVES;
        p[i] = enough ? stats_compare(items[i].now, (double)now, items[i].before, (double)before) : NAN;
        items[i].change->p = p[i];
    }
    stats_holm(p, n, p);
    for (size_t i = 0; i < n; i++) {
        items[i].change->adjusted = p[i];
        items[i].change->significant = p[i] < BRIEF_ALPHA && same_way(&items[i], now, before);
    }
}

static void test_places(const struct brief *brief, bool year, struct brief_city *cities, size_t n, struct arena *arena)
{
    struct compared *items = ARENA_ARRAY(arena, n + 1, struct compared);
    for (size_t i = 0; i < n; i++)
        items[i] = compared(&cities[i].total, year, year ? &cities[i].on_year_ago : &cities[i].on_previous);
    test(brief, year, items, n, arena);
}

static struct brief_change *test_categories(const struct brief *brief, bool year, struct arena *arena)
{
    size_t n = brief->taxonomy.n;
    struct brief_change *changes = ARENA_ARRAY(arena, n + 1, struct brief_change);
    struct compared *items = ARENA_ARRAY(arena, n + 1, struct compared);
    for (size_t i = 0; i < n; i++)
        items[i] = compared(&brief->by_category[i], year, &changes[i]);
    test(brief, year, items, n, arena);
    return changes;
}

/* A month's worth of a year is no year. */
static void set_covered(struct brief_coverage *collected, date_t from, date_t to)
{
    collected->covered =
        collected->articles >= BRIEF_LEAST_COLLECTED && 2 * (collected->last - collected->first + 1) >= to - from + 1;
}

/* Nothing is new where nobody looked before, or with half an eye: each of the twelve months has half as many articles
 * as a month of the period. */
static bool twelve_covered(const struct brief *brief)
{
    size_t before = 0;
    while (before < brief->n_trend && brief->trend[before].month < date_month_start(brief->from))
        before++;
    int64_t months = (int64_t)(brief->n_trend - before);
    for (size_t i = 0; i < before; i++)
        if (brief->trend[i].collected < BRIEF_LEAST_COLLECTED ||
            2 * brief->trend[i].collected * months < brief->collected.articles)
            return false;
    return before >= 12;
}

void findings_changes(struct brief *brief, struct arena *arena)
{
    set_covered(&brief->collected, brief->from, brief->to);
    set_covered(&brief->collected_previous, brief->previous_from, brief->previous_to);
    set_covered(&brief->collected_year_ago, brief->year_ago_from, brief->year_ago_to);
    brief->tells_new = twelve_covered(brief);
    for (int year = 0; year < 2; year++) {
        struct compared total = compared(&brief->total, year, year ? &brief->on_year_ago : &brief->on_previous);
        test(brief, year, &total, 1, arena);
        test_places(brief, year, brief->cities, brief->n_cities, arena);
        test_places(brief, year, brief->sidos, brief->n_sidos, arena);
    }
    brief->category_on_previous = test_categories(brief, false, arena);
    brief->category_on_year_ago = test_categories(brief, true, arena);
}
