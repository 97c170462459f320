/* Accepted pairs (meet.h) are joined from the most alike down, as long as the joined articles have a city in common and
 * lie within a few weeks.
 *
 * Two articles that no chain of pairs connects never come into one group, and whether a pair joins depends on the two
 * groups that it ties alone: so each connected component may be joined by itself, its pairs in the same order, and what
 * comes of it is what joining all at once would give. */
#include "analyze/cluster.h"

#include "analyze/sets.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum {
    MAX_SPAN = 28,  /* between the first and the last of a group */
    MAX_MEMBERS = 6 /* of a group that stand for it when it is joined with another */
};

/* What two groups must have in common on average, so that a chain of half-alike articles does not become one event. */
static const double least_alike = 0.40;

/* What two city sets have in common, a city rather than its province. */
struct core {
    const struct str *units;
    size_t n;
};

static struct core intersection(struct arena *arena, struct core a, struct core b)
{
    if (set_equal(a.units, a.n, b.units, b.n))
        return a;
    struct str *units = ARENA_ARRAY(arena, a.n + b.n + 1, struct str);
    size_t n = 0;
    for (size_t i = 0; i < a.n; i++)
        if (units_within(a.units[i], b.units, b.n))
            units[n++] = a.units[i];
    for (size_t j = 0; j < b.n; j++)
        if (units_within(b.units[j], a.units, a.n) && !units_within(b.units[j], units, n))
            units[n++] = b.units[j];
    return (struct core){units, n};
}

/* ---- joining ---- */

static int most_alike_first(const void *a, const void *b)
{
    const struct cluster_pair *x = a, *y = b;
    if (x->alike != y->alike)
        return x->alike < y->alike ? 1 : -1;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

static size_t root_of(size_t *groups, size_t i)
{
    while (groups[i] != i) {
        groups[i] = groups[groups[i]];
        i = groups[i];
    }
    return i;
}

/* What is known of a group. */
struct group {
    date_t first, last; /* DATE_NONE while only undated articles are in */
    bool named;         /* some of its articles name one event */
    struct core core;
    uint32_t members[MAX_MEMBERS], n;
};

static struct group joined(struct arena *arena, const struct group *a, const struct group *b)
{
    struct group group = *a;
    group.core = intersection(arena, a->core, b->core);
    if (a->first == DATE_NONE || (b->first != DATE_NONE && b->first < a->first))
        group.first = b->first;
    if (b->last != DATE_NONE && (a->last == DATE_NONE || b->last > a->last))
        group.last = b->last;
    for (uint32_t i = 0; i < b->n && group.n < MAX_MEMBERS; i++)
        group.members[group.n++] = b->members[i];
    return group;
}

/* Are two groups as alike as one event's are, `whole` being both? Says whether it has a name. */
static bool coherent(const struct entry *const *entries, const struct group *a, const struct group *b,
                     struct group *whole)
{
    double alike = 0;
    whole->named = a->named || b->named;
    for (uint32_t i = 0; i < a->n; i++)
        for (uint32_t j = 0; j < b->n; j++)
            alike += likeness_of_members(entries[a->members[i]]->print, entries[b->members[j]]->print, &whole->named);
    if (alike < least_alike * a->n * b->n)
        return false;
    return whole->first == DATE_NONE || whole->last - whole->first <= (whole->named ? NAMED_DAYS : MAX_SPAN);
}

void cluster_join(struct arena *arena, const struct entry *const *entries, size_t n, struct cluster_pair *pairs,
                  size_t n_pairs, size_t *groups)
{
    struct group *known = ARENA_ARRAY(arena, n + 1, struct group);
    for (size_t i = 0; i < n; i++) {
        const struct entry *entry = entries[i];
        groups[i] = i;
        known[i] = (struct group){entry->date, entry->date, false, {entry->units, entry->n_units}, {(uint32_t)i}, 1};
    }
    if (n_pairs > 0)
        qsort(pairs, n_pairs, sizeof *pairs, most_alike_first);
    for (size_t e = 0; e < n_pairs; e++) {
        size_t a = root_of(groups, pairs[e].a), b = root_of(groups, pairs[e].b);
        if (a == b)
            continue;
        size_t least = a < b ? a : b, other = a < b ? b : a;
        struct group whole = joined(arena, &known[least], &known[other]);
        if (whole.core.n == 0 || !coherent(entries, &known[a], &known[b], &whole))
            continue;
        groups[other] = least;
        known[least] = whole;
    }
    for (size_t i = 0; i < n; i++)
        groups[i] = root_of(groups, i);
}

/* ---- without a database ---- */

static int by_block(const void *a, const void *b)
{
    const struct entry *x = *(const struct entry *const *)a, *y = *(const struct entry *const *)b;
    if (x->block != y->block)
        return x->block < y->block ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

void cluster_group(struct arena *arena, const struct cluster_item *items, size_t n, size_t *groups)
{
    struct entry *all = ARENA_ARRAY(arena, n + 1, struct entry);
    const struct entry **entries = ARENA_ARRAY(arena, n + 1, const struct entry *);
    const struct common *common = common_load(arena);
    struct candidate_edges edges = {.items = NULL};
    for (size_t i = 0; i < n; i++) {
        const struct cluster_item *item = &items[i];
        all[i] = (struct entry){.node = (int64_t)i,
                                .order = i,
                                .date = item->date,
                                .units = item->units,
                                .categories = item->categories,
                                .n_units = item->n_units,
                                .n_categories = item->n_categories,
                                .print = print_take(arena, common, item->title, item->body),
                                .seeks = SEEK_DATED | SEEK_UNDATED};
        meet_prepare(&all[i]);
        entries[i] = &all[i];
    }
    if (n > 0)
        qsort(entries, n, sizeof *entries, by_block);
    struct meeting *meeting = meeting_new(NULL, &edges);
    for (size_t begin = 0, end; begin < n; begin = end) {
        for (end = begin; end < n && entries[end]->block == entries[begin]->block;)
            end++;
        meeting_block(meeting, entries[begin]->block, entries + begin, end - begin);
    }
    meeting_free(meeting);
    struct cluster_pair *pairs = ARENA_ARRAY(arena, edges.n + 1, struct cluster_pair);
    for (size_t e = 0; e < edges.n; e++) {
        uint32_t a = (uint32_t)edges.items[e].later, b = (uint32_t)edges.items[e].earlier;
        pairs[e] = (struct cluster_pair){edges.items[e].alike, a < b ? a : b, a < b ? b : a};
    }
    for (size_t i = 0; i < n; i++)
        entries[i] = &all[i];
    cluster_join(arena, entries, n, pairs, edges.n, groups);
    mem_free(edges.items);
}
