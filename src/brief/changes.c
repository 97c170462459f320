/* Residents and rates of the places, and the test behind every difference between two spans.
 *
 * A difference is tested only where a claim could be held: both spans have articles of at least BRIEF_LEAST_COLLECTED,
 * and the two counts come to at least BRIEF_LEAST_INITIATIVES. With fewer an uneven collection alone could call two
 * initiatives a change. Since given their sum the split of two counts is what is tested, leaving out small sums does
 * not bias the others, and Holm's correction does not pay for places that could not be significant. */
#include "brief/build.h"
#include "brief/stats.h"

#include <math.h>

void build_population(const struct regions *regions, struct brief *out)
{
    struct brief_city *const lists[] = {out->cities, out->sidos};
    const size_t sizes[] = {out->n_cities, out->n_sidos};
    for (size_t list = 0; list < 2; list++)
        for (size_t i = 0; i < sizes[list]; i++) {
            struct brief_city *city = &lists[list][i];
            city->population = population_at(regions, city->region->unit, out->to, &city->population_day);
            city->per_100k = stats_per_100k(city->total.now.initiatives, city->population);
        }
}

static struct brief_change test(const struct counts *now, const struct counts *before, int64_t collected_now,
                                int64_t collected_before)
{
    int64_t a = now->initiatives, b = before->initiatives;
    bool enough = a + b >= BRIEF_LEAST_INITIATIVES && collected_now >= BRIEF_LEAST_COLLECTED &&
                  collected_before >= BRIEF_LEAST_COLLECTED;
    double p = enough ? stats_compare(a, (double)collected_now, b, (double)collected_before) : NAN;
    return (struct brief_change){.p = p, .adjusted = p, .significant = p < BRIEF_ALPHA};
}

static struct brief_change on_previous(const struct brief *brief, const struct span_counts *spans)
{
    return test(&spans->now, &spans->previous, brief->collected.articles, brief->collected_previous.articles);
}

static struct brief_change on_year_ago(const struct brief *brief, const struct span_counts *spans)
{
    return test(&spans->now, &spans->year_ago, brief->collected.articles, brief->collected_year_ago.articles);
}

/* Corrects changes that are read side by side. */
static void adjust(struct arena *arena, struct brief_change **changes, size_t n)
{
    double *p = ARENA_ARRAY(arena, n + 1, double);
    for (size_t i = 0; i < n; i++)
        p[i] = changes[i]->p;
    stats_holm(p, n, p);
    for (size_t i = 0; i < n; i++) {
        changes[i]->adjusted = p[i];
        changes[i]->significant = p[i] < BRIEF_ALPHA;
    }
}

static void places(struct arena *arena, const struct brief *brief, struct brief_city *cities, size_t n)
{
    struct brief_change **previous = ARENA_ARRAY(arena, n + 1, struct brief_change *),
                        **year_ago = ARENA_ARRAY(arena, n + 1, struct brief_change *);
    for (size_t i = 0; i < n; i++) {
        cities[i].on_previous = on_previous(brief, &cities[i].total);
        cities[i].on_year_ago = on_year_ago(brief, &cities[i].total);
        previous[i] = &cities[i].on_previous;
        year_ago[i] = &cities[i].on_year_ago;
    }
    adjust(arena, previous, n);
    adjust(arena, year_ago, n);
}

static void categories(struct arena *arena, struct brief *out)
{
    size_t n = out->taxonomy.n;
    struct brief_change **previous = ARENA_ARRAY(arena, n + 1, struct brief_change *),
                        **year_ago = ARENA_ARRAY(arena, n + 1, struct brief_change *);
    out->category_on_previous = ARENA_ARRAY(arena, n + 1, struct brief_change);
    out->category_on_year_ago = ARENA_ARRAY(arena, n + 1, struct brief_change);
    for (size_t i = 0; i < n; i++) {
        out->category_on_previous[i] = on_previous(out, &out->by_category[i]);
        out->category_on_year_ago[i] = on_year_ago(out, &out->by_category[i]);
        previous[i] = &out->category_on_previous[i];
        year_ago[i] = &out->category_on_year_ago[i];
    }
    adjust(arena, previous, n);
    adjust(arena, year_ago, n);
}

void build_changes(struct brief *out, struct arena *arena)
{
    out->on_previous = on_previous(out, &out->total);
    out->on_year_ago = on_year_ago(out, &out->total);
    places(arena, out, out->cities, out->n_cities);
    places(arena, out, out->sidos, out->n_sidos);
    categories(arena, out);
}
