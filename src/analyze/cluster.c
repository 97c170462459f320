/* Near duplicates and different stories of one event. Candidates meet in buckets of rare features (a bottom-k sketch
 * of word pairs, words of the title, quoted names) within a city and a fortnight (six weeks where a quoted name is what
 * they share); a bucket offers a bounded number of partners, and of identical copies only one of each day takes part,
 * so that ten thousand copies stay linear and crowd nobody out. Accepted pairs are then joined from the most alike
 * down, as long as the joined articles have a city in common and lie within a few weeks. */
#include "analyze/cluster.h"

#include "analyze/likeness.h"
#include "analyze/sets.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum {
    MAX_PARTNERS = 4, /* that a bucket remembers */
    MAX_SPAN = 28,    /* between the first and the last of a group */
    NAMED_REACH = (NAMED_DAYS + MAX_DAYS - 1) / MAX_DAYS,
    MAX_MET = 128,  /* articles that one article is compared with */
    MAX_MEMBERS = 6 /* of a group that stand for it when it is joined with another */
};

/* What two groups must have in common on average, so that a chain of half-alike articles does not become one event. */
static const double least_alike = 0.40;

struct bucket {
    uint64_t key; /* 0 = free */
    uint32_t partners[MAX_PARTNERS];
    uint32_t n;
};

struct edge {
    double alike;
    uint32_t a, b;
};

struct clusterer {
    const struct cluster_item *items;
    struct print *prints;
    struct bucket *buckets;
    size_t mask;
    struct edge *edges;
    size_t n_edges, room_edges;
    bool any_undated; /* then everything is entered a second time, without its date */
};

static void add_edge(struct clusterer *c, double alike, size_t a, size_t b)
{
    c->edges = mem_grow(c->edges, &c->room_edges, c->n_edges + 1, sizeof *c->edges);
    c->edges[c->n_edges++] = (struct edge){.alike = alike, .a = (uint32_t)a, .b = (uint32_t)b};
}

/* ---- cities and categories ---- */

/* Is the unit among these, or a city of a province among these? */
static bool within(struct str unit, const struct str *units, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_equal(unit, units[i]) ||
            (str_ends(units[i], STR("000")) && str_starts(unit, str_slice(units[i], 0, 2))))
            return true;
    return false;
}

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
        if (within(a.units[i], b.units, b.n))
            units[n++] = a.units[i];
    for (size_t j = 0; j < b.n; j++)
        if (within(b.units[j], a.units, a.n) && !within(b.units[j], units, n))
            units[n++] = b.units[j];
    return (struct core){units, n};
}

static bool have_common_city(const struct cluster_item *a, const struct cluster_item *b)
{
    for (size_t i = 0; i < a->n_units; i++)
        if (within(a->units[i], b->units, b->n_units))
            return true;
    for (size_t j = 0; j < b->n_units; j++)
        if (within(b->units[j], a->units, a->n_units))
            return true;
    return false;
}

static bool share_category(const struct cluster_item *a, const struct cluster_item *b)
{
    for (size_t i = 0; i < a->n_categories; i++)
        if (set_has(b->categories, b->n_categories, a->categories[i]))
            return true;
    return false;
}

/* How alike two articles must be: those of which the rules found the same cities and a common category are likelier to
 * report one thing than those that merely have a city in common. */
static void compare(struct clusterer *c, uint32_t a, uint32_t b)
{
    const struct cluster_item *x = &c->items[a], *y = &c->items[b];
    if (!have_common_city(x, y))
        return;
    bool same = set_equal(x->units, x->n_units, y->units, y->n_units) && share_category(x, y);
    double alike = likeness_joins(&c->prints[a], x->date, &c->prints[b], y->date, !same);
    if (alike > 0)
        add_edge(c, alike, a, b);
}

/* ---- buckets ---- */

enum { ANY_TIME = -1000000, NO_TIME = -1000001 };

/* The bucket, or the free place where it would be. `unit` is empty for what meets in any city. */
static struct bucket *bucket_of(struct clusterer *c, uint32_t feature, struct str unit, int32_t time, bool create)
{
    uint64_t key =
        (uint64_t)feature * 0x9e3779b97f4a7c15ULL ^ str_hash(unit) ^ ((uint64_t)(uint32_t)time * 0xc2b2ae3d27d4eb4fULL);
    key |= 1;
    size_t slot = (size_t)(key >> 17) & c->mask;
    while (c->buckets[slot].key && c->buckets[slot].key != key)
        slot = (slot + 1) & c->mask;
    if (create)
        c->buckets[slot].key = key;
    return &c->buckets[slot];
}

struct met {
    uint32_t items[MAX_MET];
    size_t n;
};

/* Compares with what a bucket remembers: its first few and its latest. */
static void meet(struct clusterer *c, const struct bucket *bucket, uint32_t item, struct met *met)
{
    for (uint32_t i = 0; i < bucket->n && i < MAX_PARTNERS; i++) {
        uint32_t partner = bucket->partners[i];
        bool known = false;
        for (size_t k = 0; k < met->n; k++)
            known |= met->items[k] == partner;
        if (known || met->n == MAX_MET)
            continue;
        met->items[met->n++] = partner;
        compare(c, partner, item);
    }
}

static void remember(struct bucket *bucket, uint32_t item)
{
    uint32_t slot = bucket->n < MAX_PARTNERS ? bucket->n : MAX_PARTNERS / 2 + bucket->n % (MAX_PARTNERS / 2);
    bucket->partners[slot] = item;
    bucket->n++;
}

static int32_t time_of(const struct cluster_item *item)
{
    return item->date == DATE_NONE ? NO_TIME : item->date / MAX_DAYS;
}

/* Meets those who share a feature within `reach` fortnights, and is remembered for the next. */
static void enter(struct clusterer *c, uint32_t index, uint32_t feature, struct str unit, int32_t reach,
                  struct met *met)
{
    int32_t time = time_of(&c->items[index]);
    if (time == NO_TIME) {
        meet(c, bucket_of(c, feature, unit, ANY_TIME, false), index, met);
    } else {
        for (int32_t t = time - reach; t <= time + reach; t++)
            meet(c, bucket_of(c, feature, unit, t, false), index, met);
        meet(c, bucket_of(c, feature, unit, NO_TIME, false), index, met);
    }
    remember(bucket_of(c, feature, unit, time, true), index);
    if (c->any_undated)
        remember(bucket_of(c, feature, unit, ANY_TIME, true), index);
}

static void visit(struct clusterer *c, uint32_t index)
{
    const struct cluster_item *item = &c->items[index];
    const struct print *print = &c->prints[index];
    struct met met = {.n = 0};
    for (size_t f = 0; f < print->n_features && item->n_units > 0; f++) {
        bool name = f < print->n_title_pairs || (f >= print->first_quote && f < print->first_quote + print->n_quotes);
        enter(c, index, print->features[f], item->units[0], name ? NAMED_REACH : 1, &met);
    }
    /* a copy in which other cities were found */
    for (size_t f = 0; f < print->n_pairs && item->n_units > 0; f++)
        enter(c, index, print->features[f], (struct str){"", 0}, 1, &met);
}

/* ---- identical copies ---- */

static uint64_t signature(const struct clusterer *c, size_t i)
{
    const struct cluster_item *item = &c->items[i];
    uint64_t hash = c->prints[i].exact;
    for (size_t u = 0; u < item->n_units; u++)
        hash = hash * 31 + str_hash(item->units[u]);
    for (size_t k = 0; k < item->n_categories; k++)
        hash = hash * 31 + str_hash(item->categories[k]);
    return hash;
}

struct copy {
    uint64_t signature;
    date_t date;
    uint32_t index;
};

static int by_signature(const void *a, const void *b)
{
    const struct copy *x = a, *y = b;
    if (x->signature != y->signature)
        return x->signature < y->signature ? -1 : 1;
    if (x->date != y->date)
        return x->date < y->date ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

/* Ties each copy to the one before it and says which items take part: the first of each day. */
static void join_copies(struct clusterer *c, size_t n, bool *visited)
{
    struct copy *copies = mem_alloc(mem_mul(n + 1, sizeof *copies));
    for (size_t i = 0; i < n; i++) {
        copies[i] = (struct copy){signature(c, i), c->items[i].date, (uint32_t)i};
        visited[i] = true;
    }
    qsort(copies, n, sizeof *copies, by_signature);
    for (size_t i = 1; i < n; i++) {
        const struct copy *a = &copies[i - 1], *b = &copies[i];
        if (a->signature != b->signature || c->items[a->index].n_units == 0)
            continue;
        if (a->date == DATE_NONE || b->date - a->date <= MAX_DAYS)
            add_edge(c, IDENTICAL, a->index < b->index ? a->index : b->index,
                     a->index < b->index ? b->index : a->index);
        visited[b->index] = a->date != b->date;
    }
    mem_free(copies);
}

/* ---- joining ---- */

static int most_alike_first(const void *a, const void *b)
{
    const struct edge *x = a, *y = b;
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
static bool coherent(const struct clusterer *c, const struct group *a, const struct group *b, struct group *whole)
{
    double alike = 0;
    whole->named = a->named || b->named;
    for (uint32_t i = 0; i < a->n; i++)
        for (uint32_t j = 0; j < b->n; j++)
            alike += likeness_of_members(&c->prints[a->members[i]], &c->prints[b->members[j]], &whole->named);
    if (alike < least_alike * a->n * b->n)
        return false;
    return whole->first == DATE_NONE || whole->last - whole->first <= (whole->named ? NAMED_DAYS : MAX_SPAN);
}

static void join(struct clusterer *c, struct arena *arena, size_t n, size_t *groups)
{
    struct group *known = ARENA_ARRAY(arena, n + 1, struct group);
    for (size_t i = 0; i < n; i++) {
        const struct cluster_item *item = &c->items[i];
        groups[i] = i;
        known[i] = (struct group){item->date, item->date, false, {item->units, item->n_units}, {(uint32_t)i}, 1};
    }
    if (c->n_edges > 0)
        qsort(c->edges, c->n_edges, sizeof *c->edges, most_alike_first);
    for (size_t e = 0; e < c->n_edges; e++) {
        size_t a = root_of(groups, c->edges[e].a), b = root_of(groups, c->edges[e].b);
        if (a == b)
            continue;
        size_t least = a < b ? a : b, other = a < b ? b : a;
        struct group whole = joined(arena, &known[least], &known[other]);
        if (whole.core.n == 0 || !coherent(c, &known[a], &known[b], &whole))
            continue;
        groups[other] = least;
        known[least] = whole;
    }
    for (size_t i = 0; i < n; i++)
        groups[i] = root_of(groups, i);
}

static size_t table_size(size_t features)
{
    size_t size = 1024;
    while (size < features * 2)
        size *= 2;
    return size;
}

void cluster_group(struct arena *arena, const struct cluster_item *items, size_t n, size_t *groups)
{
    struct clusterer c = {.items = items};
    const struct common *common = common_load(arena);
    c.prints = mem_alloc(mem_mul(n + 1, sizeof *c.prints));
    bool *visited = mem_alloc(mem_mul(n + 1, sizeof *visited));
    size_t features = 0;
    for (size_t i = 0; i < n; i++) {
        print_take(common, items[i].title, items[i].body, &c.prints[i]);
        c.any_undated |= items[i].date == DATE_NONE;
    }
    join_copies(&c, n, visited);
    for (size_t i = 0; i < n; i++)
        features += visited[i] ? c.prints[i].n_features + c.prints[i].n_pairs : 0;
    c.mask = table_size(c.any_undated ? 2 * features : features) - 1;
    c.buckets = mem_alloc(mem_mul(c.mask + 1, sizeof *c.buckets));
    memset(c.buckets, 0, (c.mask + 1) * sizeof *c.buckets);
    for (size_t i = 0; i < n; i++)
        if (visited[i])
            visit(&c, (uint32_t)i);
    join(&c, arena, n, groups);
    mem_free(c.prints);
    mem_free(visited);
    mem_free(c.buckets);
    mem_free(c.edges);
}
