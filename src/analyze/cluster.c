/* Near duplicates and different stories of one event. Candidates meet in buckets of rare features (a bottom-k sketch
 * of word pairs, words of the title, quoted names) within a city and a fortnight (six weeks where a quoted name is what
 * they share); a bucket offers a bounded number of partners, so that ten thousand copies stay linear. Accepted pairs
 * are then joined from the most alike down, as long as the joined articles stay within one city set and a few weeks. */
#include "analyze/cluster.h"

#include "analyze/print.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum {
    MAX_PARTNERS = 4, /* that a bucket remembers */
    MAX_DAYS = 14,    /* between two articles on one event */
    MAX_SPAN = 28,    /* between the first and the last of a group */
    NAMED_DAYS = 45,  /* the same two where both name the event: it is announced, and then reported */
    NAMED_REACH = (NAMED_DAYS + MAX_DAYS - 1) / MAX_DAYS,
    FEWEST_WORDS = 14, /* a text of fewer words is compared as if it had so many */
    MAX_MET = 64       /* articles that one article is compared with */
};

/* ---- likeness ---- */

static size_t common(const uint32_t *a, size_t n, const uint32_t *b, size_t m)
{
    size_t shared = 0;
    for (size_t i = 0, j = 0; i < n && j < m;) {
        if (a[i] == b[j]) {
            shared++;
            i++;
            j++;
        } else if (a[i] < b[j]) {
            i++;
        } else {
            j++;
        }
    }
    return shared;
}

static double part(size_t shared, size_t n, size_t m)
{
    size_t less = n < m ? n : m;
    return less ? (double)shared / (double)less : 0;
}

static bool same_set(const struct str *a, size_t n, const struct str *b, size_t m, bool overlap)
{
    size_t shared = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < m; j++)
            shared += str_equal(a[i], b[j]);
    return overlap ? shared > 0 : shared == n && n == m;
}

/* Could two articles report one thing at all? Different city sets never do. */
static bool compatible(const struct cluster_item *a, const struct cluster_item *b)
{
    if (!same_set(a->units, a->n_units, b->units, b->n_units, false) ||
        !same_set(a->categories, a->n_categories, b->categories, b->n_categories, true))
        return false;
    return a->date == DATE_NONE || b->date == DATE_NONE || abs(a->date - b->date) <= NAMED_DAYS;
}

struct likeness {
    double words, title; /* shared part of the words of the shorter one; Dice of the titles' syllable pairs */
    bool quoted;         /* a programme, event or place is named in both */
    bool named;          /* a programme or event is, and it is not another round of it */
    bool apart;          /* both titles quote names, and not the same */
};

static struct likeness measure(const struct print *a, const struct print *b)
{
    struct likeness like;
    size_t n = a->n_words > FEWEST_WORDS ? a->n_words : FEWEST_WORDS;
    size_t m = b->n_words > FEWEST_WORDS ? b->n_words : FEWEST_WORDS;
    like.words = part(common(a->words, a->n_words, b->words, b->n_words), n, m);
    size_t pairs = common(a->title, a->n_title, b->title, b->n_title);
    like.title = a->n_title + b->n_title ? 2.0 * (double)pairs / (double)(a->n_title + b->n_title) : 0;
    like.quoted = common(a->quotes, a->n_quotes, b->quotes, b->n_quotes) > 0;
    like.apart =
        a->n_headline > 0 && b->n_headline > 0 && common(a->headline, a->n_headline, b->headline, b->n_headline) == 0;
    like.named = common(a->events, a->n_events, b->events, b->n_events) > 0 &&
                 (a->round == 0 || b->round == 0 || a->round == b->round);
    return like;
}

/* 0 = not the same; else how alike, for the order of joining. The bounds lie between the pairs that people call one
 * initiative (labelled articles and the sample pages) and the most alike of the others. */
static double likeness(const struct cluster_item *x, const struct print *a, const struct cluster_item *y,
                       const struct print *b)
{
    bool undated = x->date == DATE_NONE || y->date == DATE_NONE;
    bool far = !undated && abs(x->date - y->date) > MAX_DAYS;
    if (a->exact == b->exact && !far)
        return 2;
    struct likeness like = measure(a, b);
    double words = like.words, title = like.title, alike = words + title + like.quoted * 0.2;
    if (far)
        return like.named && words >= 0.2 && title >= 0.2 ? alike : 0;
    if (undated)
        return words >= 0.6 || (title >= 0.5 && words >= 0.45) || (like.named && title >= 0.4 && words >= 0.2) ? alike
                                                                                                               : 0;
    if (words >= 0.5 || (title >= 0.6 && words >= 0.25) || (like.quoted && words >= 0.2) ||
        (!like.apart && words >= 0.22 && words + 0.7 * title >= 0.53))
        return alike;
    return 0;
}

/* ---- buckets ---- */

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

enum { ANY_TIME = -1000000, NO_TIME = -1000001 };

/* The bucket, or the free place where it would be. */
static struct bucket *bucket_of(struct clusterer *c, uint32_t feature, const struct cluster_item *item, int32_t time,
                                bool create)
{
    uint64_t key = (uint64_t)feature * 0x9e3779b97f4a7c15ULL ^ str_hash(item->units[0]) ^
                   ((uint64_t)(uint32_t)time * 0xc2b2ae3d27d4eb4fULL);
    key |= 1;
    size_t slot = (size_t)(key >> 17) & c->mask;
    while (c->buckets[slot].key && c->buckets[slot].key != key)
        slot = (slot + 1) & c->mask;
    if (create)
        c->buckets[slot].key = key;
    return &c->buckets[slot];
}

static void compare(struct clusterer *c, uint32_t a, uint32_t b)
{
    const struct cluster_item *x = &c->items[a], *y = &c->items[b];
    if (!compatible(x, y))
        return;
    double alike = likeness(x, &c->prints[a], y, &c->prints[b]);
    if (alike <= 0)
        return;
    c->edges = mem_grow(c->edges, &c->room_edges, c->n_edges + 1, sizeof *c->edges);
    c->edges[c->n_edges++] = (struct edge){.alike = alike, .a = a, .b = b};
}

/* Compares with what a bucket remembers: its first few and its latest. */
static void meet(struct clusterer *c, const struct bucket *bucket, uint32_t item, uint32_t *met, size_t *n_met)
{
    for (uint32_t i = 0; i < bucket->n && i < MAX_PARTNERS; i++) {
        uint32_t partner = bucket->partners[i];
        bool known = false;
        for (size_t k = 0; k < *n_met; k++)
            known |= met[k] == partner;
        if (known || *n_met == MAX_MET)
            continue;
        met[(*n_met)++] = partner;
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

static void visit(struct clusterer *c, uint32_t index)
{
    const struct cluster_item *item = &c->items[index];
    const struct print *print = &c->prints[index];
    uint32_t met[MAX_MET];
    size_t n_met = 0;
    int32_t time = time_of(item);
    for (size_t f = 0; f < print->n_features && item->n_units > 0; f++) {
        uint32_t feature = print->features[f];
        if (time == NO_TIME) {
            meet(c, bucket_of(c, feature, item, ANY_TIME, false), index, met, &n_met);
        } else {
            bool quote = f >= print->first_quote && f < print->first_quote + print->n_quotes;
            int32_t reach = quote ? NAMED_REACH : 1;
            for (int32_t t = time - reach; t <= time + reach; t++)
                meet(c, bucket_of(c, feature, item, t, false), index, met, &n_met);
            meet(c, bucket_of(c, feature, item, NO_TIME, false), index, met, &n_met);
        }
    }
    for (size_t f = 0; f < print->n_features && item->n_units > 0; f++) {
        remember(bucket_of(c, print->features[f], item, time, true), index);
        if (c->any_undated)
            remember(bucket_of(c, print->features[f], item, ANY_TIME, true), index);
    }
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

struct span {
    date_t first, last; /* DATE_NONE while only undated articles are in */
};

static struct span joined(struct span a, struct span b)
{
    if (a.first == DATE_NONE)
        return b;
    if (b.first == DATE_NONE)
        return a;
    return (struct span){a.first < b.first ? a.first : b.first, a.last > b.last ? a.last : b.last};
}

static void join(struct clusterer *c, struct arena *arena, size_t n, size_t *groups)
{
    struct span *spans = ARENA_ARRAY(arena, n + 1, struct span);
    for (size_t i = 0; i < n; i++) {
        groups[i] = i;
        spans[i] = (struct span){c->items[i].date, c->items[i].date};
    }
    if (c->n_edges > 0)
        qsort(c->edges, c->n_edges, sizeof *c->edges, most_alike_first);
    for (size_t e = 0; e < c->n_edges; e++) {
        size_t a = root_of(groups, c->edges[e].a), b = root_of(groups, c->edges[e].b);
        if (a == b)
            continue;
        struct span span = joined(spans[a], spans[b]);
        /* a chain of half-alike articles is not one event: the groups' first articles must have something in common */
        struct likeness like = measure(&c->prints[a], &c->prints[b]);
        if (like.words < 0.22 && like.title < 0.35 && !like.quoted)
            continue;
        if (span.first != DATE_NONE && span.last - span.first > (like.named ? NAMED_DAYS : MAX_SPAN))
            continue;
        size_t least = a < b ? a : b, other = a < b ? b : a;
        groups[other] = least;
        spans[least] = span;
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
    c.prints = mem_alloc(mem_mul(n + 1, sizeof *c.prints));
    size_t features = 0;
    for (size_t i = 0; i < n; i++) {
        print_take(items[i].title, items[i].body, &c.prints[i]);
        features += c.prints[i].n_features;
        c.any_undated |= items[i].date == DATE_NONE;
    }
    c.mask = table_size(c.any_undated ? 2 * features : features) - 1;
    c.buckets = mem_alloc(mem_mul(c.mask + 1, sizeof *c.buckets));
    memset(c.buckets, 0, (c.mask + 1) * sizeof *c.buckets);
    for (size_t i = 0; i < n; i++)
        visit(&c, (uint32_t)i);
    join(&c, arena, n, groups);
    mem_free(c.prints);
    mem_free(c.buckets);
    mem_free(c.edges);
}
