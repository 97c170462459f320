#include "analyze/meet.h"

#include "analyze/sets.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum {
    MAX_PARTNERS = 4, /* that a bucket remembers: its first few and its latest */
    MAX_MET = 128,    /* dated ones, and undated ones, that one article is compared with */
    NEAR = 1,         /* blocks back in which any feature counts */
    SLOTS = MEET_REACH + 1
};

int32_t meet_block(date_t date)
{
    if (date == DATE_NONE)
        return MEET_UNDATED;
    return date >= 0 ? date / MAX_DAYS : -((MAX_DAYS - 1 - date) / MAX_DAYS);
}

uint64_t meet_home(struct str unit)
{
    return str_hash(unit);
}

void meet_prepare(struct entry *entry)
{
    uint64_t hash = entry->print->exact;
    for (size_t u = 0; u < entry->n_units; u++)
        hash = hash * 31 + str_hash(entry->units[u]);
    for (size_t k = 0; k < entry->n_categories; k++)
        hash = hash * 31 + str_hash(entry->categories[k]);
    entry->signature = hash;
    entry->home = entry->n_units > 0 ? meet_home(entry->units[0]) : 0;
    entry->block = meet_block(entry->date);
}

/* The key of a feature's buckets in a city; `home` of no city for those that are open to all. */
static uint64_t key_of(uint32_t feature, uint64_t home)
{
    return ((uint64_t)feature * 0x9e3779b97f4a7c15ULL ^ home) | 1;
}

static const uint64_t anywhere = 0xcbf29ce484222325ULL;

size_t meet_keys(const struct print *print, uint64_t home, uint64_t *keys)
{
    const uint32_t *features = print_features(print);
    size_t n = 0;
    for (size_t f = 0; f < print->n_features; f++)
        keys[n++] = key_of(features[f], home);
    for (size_t f = 0; f < print->n_pairs; f++)
        keys[n++] = key_of(features[f], anywhere);
    keys[n++] = print->exact | 1;
    return n;
}

/* ---- sets of keys ---- */

struct keys {
    uint64_t *slots; /* 0 = free */
    size_t mask, n;
};

static size_t slot_of(uint64_t key, size_t mask)
{
    return (size_t)((key * 0xd6e8feb86659fd93ULL) >> 20) & mask;
}

static void keys_resize(struct keys *keys, size_t size)
{
    struct keys old = *keys;
    *keys = (struct keys){.slots = mem_alloc(mem_mul(size, sizeof *keys->slots)), .mask = size - 1};
    memset(keys->slots, 0, size * sizeof *keys->slots);
    for (size_t i = 0; old.slots && i <= old.mask; i++)
        if (old.slots[i])
            keys_add(keys, old.slots[i]);
    mem_free(old.slots);
}

struct keys *keys_new(void)
{
    struct keys *keys = mem_alloc(sizeof *keys);
    *keys = (struct keys){.slots = NULL};
    keys_resize(keys, 1024);
    return keys;
}

void keys_add(struct keys *keys, uint64_t key)
{
    size_t slot = slot_of(key, keys->mask);
    while (keys->slots[slot] && keys->slots[slot] != key)
        slot = (slot + 1) & keys->mask;
    if (keys->slots[slot])
        return;
    keys->slots[slot] = key;
    if (2 * ++keys->n > keys->mask)
        keys_resize(keys, 2 * (keys->mask + 1));
}

size_t keys_count(const struct keys *keys)
{
    return keys->n;
}

bool keys_have(const struct keys *keys, uint64_t key)
{
    size_t slot = slot_of(key, keys->mask);
    while (keys->slots[slot] && keys->slots[slot] != key)
        slot = (slot + 1) & keys->mask;
    return keys->slots[slot] != 0;
}

void keys_free(struct keys *keys)
{
    if (!keys)
        return;
    mem_free(keys->slots);
    mem_free(keys);
}

void meet_add_keys(struct keys *keys, const struct print *print, uint64_t home)
{
    uint64_t of[MEET_KEYS];
    for (size_t n = meet_keys(print, home, of), i = 0; i < n; i++)
        keys_add(keys, of[i]);
}

bool meet_any_key(const struct keys *keys, const struct print *print, uint64_t home)
{
    uint64_t of[MEET_KEYS];
    for (size_t n = meet_keys(print, home, of), i = 0; i < n; i++)
        if (keys_have(keys, of[i]))
            return true;
    return false;
}

/* ---- edges ---- */

static void add_edge(struct candidate_edges *edges, const struct entry *later, const struct entry *earlier,
                     double alike)
{
    edges_add(edges, (struct candidate_edge){.later = later->node,
                                             .earlier = earlier->node,
                                             .alike = alike,
                                             .views = CANDIDATE_BOTH,
                                             .undated = earlier->date == DATE_NONE});
}

static int by_ends(const void *a, const void *b)
{
    const struct candidate_edge *x = a, *y = b;
    if (x->later != y->later)
        return x->later < y->later ? -1 : 1;
    return (x->earlier > y->earlier) - (x->earlier < y->earlier);
}

void edges_settle(struct candidate_edges *edges)
{
    size_t kept = 0;
    if (edges->n > 0)
        qsort(edges->items, edges->n, sizeof *edges->items, by_ends);
    for (size_t i = 0; i < edges->n; i++)
        if (kept > 0 && by_ends(&edges->items[kept - 1], &edges->items[i]) == 0)
            edges->items[kept - 1].views |= edges->items[i].views;
        else
            edges->items[kept++] = edges->items[i];
    edges->n = kept;
}

/* ---- cities and categories ---- */

static bool have_common_city(const struct entry *a, const struct entry *b)
{
    for (size_t i = 0; i < a->n_units; i++)
        if (units_within(a->units[i], b->units, b->n_units))
            return true;
    for (size_t j = 0; j < b->n_units; j++)
        if (units_within(b->units[j], a->units, a->n_units))
            return true;
    return false;
}

static bool share_category(const struct entry *a, const struct entry *b)
{
    for (size_t i = 0; i < a->n_categories; i++)
        if (set_has(b->categories, b->n_categories, a->categories[i]))
            return true;
    return false;
}

/* How alike two articles must be: those of which the rules found the same cities and a common category are likelier to
 * report one thing than those that merely have a city in common. */
static void compare(struct candidate_edges *out, const struct entry *earlier, const struct entry *later)
{
    const struct entry *x = earlier, *y = later;
    if (!have_common_city(x, y))
        return;
    bool same = set_equal(x->units, x->n_units, y->units, y->n_units) && share_category(x, y);
    double alike = likeness_joins(x->print, x->date, y->print, y->date, !same);
    if (alike > 0)
        add_edge(out, later, earlier, alike);
}

/* ---- buckets ---- */

struct bucket {
    uint64_t key; /* 0 = free */
    uint32_t partners[MAX_PARTNERS];
    uint32_t n;
};

struct table {
    struct bucket *buckets;
    size_t mask, n;
};

static void table_resize(struct table *table, size_t size)
{
    struct table old = *table;
    *table = (struct table){.buckets = mem_alloc(mem_mul(size, sizeof *table->buckets)), .mask = size - 1, .n = old.n};
    memset(table->buckets, 0, size * sizeof *table->buckets);
    for (size_t i = 0; old.buckets && i <= old.mask; i++) {
        size_t slot = slot_of(old.buckets[i].key, table->mask);
        while (table->buckets[slot].key)
            slot = (slot + 1) & table->mask;
        if (old.buckets[i].key)
            table->buckets[slot] = old.buckets[i];
    }
    mem_free(old.buckets);
}

static const struct bucket *find(const struct table *table, uint64_t key)
{
    if (table->n == 0)
        return NULL;
    size_t slot = slot_of(key, table->mask);
    while (table->buckets[slot].key && table->buckets[slot].key != key)
        slot = (slot + 1) & table->mask;
    return table->buckets[slot].key ? &table->buckets[slot] : NULL;
}

static void remember(struct table *table, uint64_t key, uint32_t item)
{
    if (4 * (table->n + 1) > 3 * table->mask)
        table_resize(table, table->buckets ? 2 * (table->mask + 1) : 256);
    size_t slot = slot_of(key, table->mask);
    while (table->buckets[slot].key && table->buckets[slot].key != key)
        slot = (slot + 1) & table->mask;
    struct bucket *bucket = &table->buckets[slot];
    table->n += bucket->key == 0;
    bucket->key = key;
    bucket->partners[bucket->n < MAX_PARTNERS ? bucket->n : MAX_PARTNERS / 2 + bucket->n % (MAX_PARTNERS / 2)] = item;
    bucket->n++;
}

/* ---- blocks ---- */

struct copy {
    uint64_t signature;
    date_t date;
    uint32_t index;
};

struct block {
    int32_t number;
    const struct entry *const *entries;
    struct table names, others; /* word pairs of titles and quoted names; the rest */
    struct copy *copies;        /* all entries by (signature, day, order) */
    bool *absent;               /* a further copy of a day */
    size_t n;
};

struct meeting {
    const struct keys *wanted;
    struct candidate_edges *out;
    struct block undated, window[SLOTS];
};

struct meeting *meeting_new(const struct keys *wanted, struct candidate_edges *out)
{
    struct meeting *meeting = mem_alloc(sizeof *meeting);
    memset(meeting, 0, sizeof *meeting);
    meeting->wanted = wanted;
    meeting->out = out;
    return meeting;
}

static void clear_table(struct table *table)
{
    mem_free(table->buckets);
    *table = (struct table){.n = 0};
}

static void clear(struct block *block)
{
    clear_table(&block->names);
    clear_table(&block->others);
    mem_free(block->copies);
    mem_free(block->absent);
    *block = (struct block){.n = 0};
}

void meeting_free(struct meeting *meeting)
{
    if (!meeting)
        return;
    clear(&meeting->undated);
    for (size_t i = 0; i < SLOTS; i++)
        clear(&meeting->window[i]);
    mem_free(meeting);
}

static struct block *slot(struct meeting *meeting, int32_t number)
{
    return &meeting->window[((number % SLOTS) + SLOTS) % SLOTS];
}

/* The block of that number, NULL where it has no entries. */
static struct block *block_of(struct meeting *meeting, int32_t number)
{
    struct block *block = slot(meeting, number);
    return block->n > 0 && block->number == number ? block : NULL;
}

/* ---- identical copies ---- */

static int by_signature(const void *a, const void *b)
{
    const struct copy *x = a, *y = b;
    if (x->signature != y->signature)
        return x->signature < y->signature ? -1 : 1;
    if (x->date != y->date)
        return x->date < y->date ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

/* The first copy in the block whose signature is not less. */
static size_t first_copy(const struct block *block, uint64_t signature)
{
    size_t low = 0, high = block->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (block->copies[middle].signature < signature)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const struct entry *last_copy(const struct block *block, uint64_t signature)
{
    size_t end = block ? first_copy(block, signature + 1) : 0;
    if (signature == UINT64_MAX && block)
        end = block->n;
    return end > 0 && block->copies[end - 1].signature == signature ? block->entries[block->copies[end - 1].index]
                                                                    : NULL;
}

/* Ties each copy to the one before it, and says who takes part: the first of each day. */
static void tie_copies(struct meeting *meeting, struct block *block, const struct block *before)
{
    block->copies = mem_alloc(mem_mul(block->n, sizeof *block->copies));
    block->absent = mem_alloc(block->n);
    for (size_t i = 0; i < block->n; i++)
        block->copies[i] = (struct copy){block->entries[i]->signature, block->entries[i]->date, (uint32_t)i};
    qsort(block->copies, block->n, sizeof *block->copies, by_signature);
    for (size_t i = 0; i < block->n; i++) {
        const struct copy *copy = &block->copies[i], *last = i > 0 ? copy - 1 : NULL;
        const struct entry *entry = block->entries[copy->index], *earlier;
        bool first = !last || last->signature != copy->signature;
        earlier = first ? last_copy(before, copy->signature) : block->entries[last->index];
        block->absent[copy->index] = entry->n_units == 0 || (!first && last->date == copy->date);
        unsigned seeks = block == &meeting->undated ? SEEK_UNDATED : SEEK_DATED;
        if (earlier && entry->n_units > 0 && entry->seeks & seeks &&
            (entry->date == DATE_NONE || entry->date - earlier->date <= MAX_DAYS))
            add_edge(meeting->out, entry, earlier, IDENTICAL);
    }
}

/* ---- meeting ---- */

struct met {
    const struct entry *entries[MAX_MET];
    size_t n;
};

static void meet(struct meeting *meeting, const struct block *block, const struct table *table, uint64_t key,
                 const struct entry *entry, struct met *met)
{
    const struct bucket *bucket = find(table, key);
    for (uint32_t i = 0; bucket && i < bucket->n && i < MAX_PARTNERS; i++) {
        const struct entry *partner = block->entries[bucket->partners[i]];
        bool known = false;
        for (size_t k = 0; k < met->n; k++)
            known |= met->entries[k] == partner;
        if (known || met->n == MAX_MET)
            continue;
        met->entries[met->n++] = partner;
        compare(meeting->out, partner, entry);
    }
}

/* A feature's class says in which table it is remembered, and how far back it is looked for. */
static bool is_title_pair(const struct print *print, size_t f)
{
    return f < print->n_title_pairs;
}

static bool is_quote(const struct print *print, size_t f)
{
    return f >= print->first_quote && f < (size_t)print->first_quote + print->n_quotes;
}

static void meet_dated(struct meeting *meeting, const struct entry *entry, int32_t number)
{
    const struct print *print = entry->print;
    const uint32_t *features = print_features(print);
    struct met met;
    met.n = 0;
    for (int32_t back = 0; back <= MEET_REACH; back++) {
        const struct block *block = block_of(meeting, number - back);
        if (!block)
            continue;
        for (size_t f = 0; f < print->n_features; f++) {
            uint64_t key = key_of(features[f], entry->home);
            bool quote = is_quote(print, f), pair = f < print->n_pairs;
            if (is_title_pair(print, f) || quote || (pair && back <= NEAR))
                meet(meeting, block, &block->names, key, entry, &met);
            if (!quote && back <= NEAR)
                meet(meeting, block, &block->others, key, entry, &met);
        }
        /* a copy in which other cities were found */
        for (size_t f = 0; f < print->n_pairs && back <= NEAR; f++)
            meet(meeting, block, &block->others, key_of(features[f], anywhere), entry, &met);
    }
}

static void meet_undated(struct meeting *meeting, const struct entry *entry)
{
    const struct block *block = &meeting->undated;
    const uint32_t *features = print_features(entry->print);
    struct met met;
    met.n = 0;
    if (block->n == 0)
        return;
    size_t copy = entry->date == DATE_NONE ? block->n : first_copy(block, entry->signature);
    if (copy < block->n && block->copies[copy].signature == entry->signature) {
        met.entries[met.n++] = block->entries[block->copies[copy].index];
        add_edge(meeting->out, entry, met.entries[0], IDENTICAL);
    }
    for (size_t f = 0; f < entry->print->n_features; f++)
        meet(meeting, block, &block->others, key_of(features[f], entry->home), entry, &met);
}

static void keep(const struct meeting *meeting, struct table *table, uint64_t key, uint32_t index)
{
    if (!meeting->wanted || keys_have(meeting->wanted, key))
        remember(table, key, index);
}

static void enter(const struct meeting *meeting, struct block *block, const struct entry *entry, uint32_t index)
{
    const struct print *print = entry->print;
    const uint32_t *features = print_features(print);
    bool dated = entry->date != DATE_NONE;
    for (size_t f = 0; f < print->n_features; f++) {
        bool name = dated && (is_title_pair(print, f) || is_quote(print, f));
        keep(meeting, name ? &block->names : &block->others, key_of(features[f], entry->home), index);
    }
    for (size_t f = 0; f < print->n_pairs && dated; f++)
        keep(meeting, &block->others, key_of(features[f], anywhere), index);
}

void meeting_block(struct meeting *meeting, int32_t number, const struct entry *const *entries, size_t n)
{
    bool dated = number != MEET_UNDATED;
    struct block *block = dated ? slot(meeting, number) : &meeting->undated, *old;
    clear(block);
    for (int32_t back = NEAR + 1; dated && back <= MEET_REACH; back++)
        if ((old = block_of(meeting, number - back)) != NULL)
            clear_table(&old->others); /* too far back */
    *block = (struct block){.number = number, .entries = entries, .n = n};
    if (n == 0)
        return;
    tie_copies(meeting, block, dated ? block_of(meeting, number - 1) : NULL);
    for (size_t i = 0; i < n; i++) {
        if (block->absent[i])
            continue;
        if (dated && entries[i]->seeks & SEEK_DATED)
            meet_dated(meeting, entries[i], number);
        if (entries[i]->seeks & SEEK_UNDATED)
            meet_undated(meeting, entries[i]);
        enter(meeting, block, entries[i], (uint32_t)i);
    }
}
