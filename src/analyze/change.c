/* What has changed since the last grouping; grouping.c says why it suffices. */
#include "analyze/grouping.h"
#include "analyze/sets.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { LEAST_PART = 8 }; /* where more than one candidate of so many is touched, all is grouped */

/* ---- a list of nodes ---- */

void nodes_add(struct nodes *nodes, int64_t node)
{
    nodes->items = mem_grow(nodes->items, &nodes->room, nodes->n + 1, sizeof *nodes->items);
    nodes->items[nodes->n++] = node;
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

void nodes_settle(struct nodes *nodes)
{
    size_t kept = 0;
    if (nodes->n > 0)
        qsort(nodes->items, nodes->n, sizeof *nodes->items, by_number);
    for (size_t i = 0; i < nodes->n; i++)
        if (kept == 0 || nodes->items[kept - 1] != nodes->items[i])
            nodes->items[kept++] = nodes->items[i];
    nodes->n = kept;
}

size_t nodes_find(const struct nodes *nodes, int64_t node)
{
    const int64_t *at = nodes->n > 0 ? bsearch(&node, nodes->items, nodes->n, sizeof *nodes->items, by_number) : NULL;
    return at ? (size_t)(at - nodes->items) : SIZE_MAX;
}

/* ---- what is touched ---- */

struct place {
    int32_t block;
    char key[ARTICLE_KEY];
    unsigned views;
    int64_t article;
    struct str unit; /* "" where nothing stood */
    const struct print *print;
};

struct change {
    struct store *store;
    struct arena *arena;
    struct place *places; /* by (block, key, views) */
    size_t n_places, room_places;
    struct nodes blocks;     /* touched ones with a day; settled */
    const struct str *units; /* cities with touched undated ones; sorted */
    size_t n_units;
    struct member **members; /* loaded, by (block, key, views) */
    size_t n, room;
    struct keys *hot;   /* of what stands or stood at the places with a day */
    struct edges fresh; /* of those that seek */
    struct nodes seeds, gone;
    bool split;
};

static bool load_places(struct change *change, struct err *err)
{
    static const char sql[] = "SELECT block, key, views, article, unit, print FROM touched ORDER BY block, key, views";
    struct rows *rows = store_query(change->store, sql, NULL, 0, err);
    while (rows && rows_next(rows, err)) {
        struct place place = {.block = (int32_t)rows_int(rows, 0),
                              .views = (unsigned)rows_int(rows, 2),
                              .article = rows_int(rows, 3),
                              .unit = str_copy(change->arena, rows_text(rows, 4))};
        struct str key = rows_text(rows, 1);
        memcpy(place.key, key.p, key.n < ARTICLE_KEY ? key.n : ARTICLE_KEY - 1);
        place.print = print_read(change->arena, str_copy(change->arena, rows_bytes(rows, 5)));
        change->places = mem_grow(change->places, &change->room_places, change->n_places + 1, sizeof *change->places);
        change->places[change->n_places++] = place;
        if (place.block != MEET_UNDATED)
            nodes_add(&change->blocks, place.block);
        else if (place.unit.n > 0)
            set_add(change->arena, &change->units, &change->n_units, place.unit);
    }
    rows_close(rows);
    nodes_settle(&change->blocks);
    return rows && err->kind == ERR_NONE;
}

static int compare_place(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->block != y->block)
        return x->block < y->block ? -1 : 1;
    int keys = strcmp(x->key, y->key);
    return keys ? keys : (x->views > y->views) - (x->views < y->views);
}

static bool is_touched(const struct change *change, const struct candidate *row)
{
    struct place place = {.block = row->block, .views = row->views};
    memcpy(place.key, row->key, sizeof place.key);
    return bsearch(&place, change->places, change->n_places, sizeof place, compare_place) != NULL;
}

/* The cities of undated candidates that stand at touched places now. */
static bool add_new_units(struct change *change, struct err *err)
{
    static const char sql[] = "SELECT DISTINCT c.unit FROM touched t JOIN candidate c ON c.block = t.block"
                              " AND c.key = t.key AND c.views = t.views WHERE t.block = ?1";
    struct param param = {.type = PARAM_INT, .number = MEET_UNDATED};
    struct rows *rows = store_query(change->store, sql, &param, 1, err);
    while (rows && rows_next(rows, err))
        set_add(change->arena, &change->units, &change->n_units, rows_text(rows, 0));
    rows_close(rows);
    return rows && err->kind == ERR_NONE;
}

static bool worth_it(struct change *change, bool *some, struct err *err)
{
    struct rows *rows = store_query(change->store, "SELECT count(*) FROM candidate", NULL, 0, err);
    if (rows && rows_next(rows, err))
        *some = (int64_t)change->n_places * LEAST_PART <= rows_int(rows, 0);
    for (size_t i = 0; i < change->n_places; i++) /* a print of another form tells nothing of the edges */
        *some = *some && (change->places[i].unit.n == 0 || change->places[i].print);
    rows_close(rows);
    return err->kind == ERR_NONE;
}

/* ---- loading ---- */

static void add_keys(struct keys *keys, const struct print *print, uint64_t home)
{
    uint64_t of[MEET_KEYS];
    for (size_t n = meet_keys(print, home, of), i = 0; i < n; i++)
        keys_add(keys, of[i]);
}

static bool any_key(const struct keys *keys, const struct print *print, uint64_t home)
{
    uint64_t of[MEET_KEYS];
    for (size_t n = meet_keys(print, home, of), i = 0; i < n; i++)
        if (keys_have(keys, of[i]))
            return true;
    return false;
}

/* Keeps the candidates that share one of the keys; all where `keys` is NULL. */
static bool load(struct change *change, const char *where, const struct param *params, size_t n,
                 const struct keys *keys, struct err *err)
{
    struct rows *rows = store_candidates(change->store, where, params, n, err);
    struct arena *scratch = arena_new();
    bool good = rows != NULL;
    for (; good && rows_next(rows, err); arena_reset(scratch)) {
        struct str unit, bytes = store_candidate_print(rows, &unit);
        const struct print *print = keys ? print_read(scratch, bytes) : NULL;
        if (print && !any_key(keys, print, meet_home(unit)))
            continue;
        struct member *member = ARENA_NEW(change->arena, struct member);
        store_read_candidate(rows, change->arena, &member->row);
        good = grouping_enter(change->store, member, change->arena, err);
        change->members = mem_grow(change->members, &change->room, change->n + 1, sizeof *change->members);
        change->members[change->n++] = member;
        change->split = change->split || member->row.views != CANDIDATE_BOTH;
    }
    arena_free(scratch);
    rows_close(rows);
    return good && err->kind == ERR_NONE;
}

/* Of the blocks from `before` before a touched one to MEET_REACH after it. */
static bool load_blocks(struct change *change, int32_t before, const struct keys *keys, struct err *err)
{
    const int64_t *blocks = change->blocks.items;
    for (size_t begin = 0, end; begin < change->blocks.n; begin = end) {
        for (end = begin + 1; end < change->blocks.n && blocks[end] - blocks[end - 1] <= before + MEET_REACH;)
            end++;
        const struct param params[] = {
            {.type = PARAM_INT, .number = blocks[begin] - before},
            {.type = PARAM_INT, .number = blocks[end - 1] + MEET_REACH},
            {.type = PARAM_INT, .number = MEET_UNDATED},
        };
        if (!load(change, "block BETWEEN ?1 AND ?2 AND block <> ?3", params, 3, keys, err))
            return false;
    }
    return true;
}

/* All candidates of the cities, or only the undated ones. */
static bool load_cities(struct change *change, const struct str *units, size_t n, bool all, struct err *err)
{
    for (size_t u = 0; u < n; u++) {
        const struct param params[] = {{.type = PARAM_TEXT, .text = units[u]},
                                       {.type = PARAM_INT, .number = all ? INT32_MAX : MEET_UNDATED}};
        if (!load(change, "unit = ?1 AND block <= ?2", params, 2, NULL, err))
            return false;
    }
    return true;
}

static int by_place(const void *a, const void *b)
{
    const struct member *x = *(struct member *const *)a, *y = *(struct member *const *)b;
    if (x->entry.block != y->entry.block)
        return x->entry.block < y->entry.block ? -1 : 1;
    if (x->entry.order != y->entry.order)
        return x->entry.order < y->entry.order ? -1 : 1;
    if (x->row.views != y->row.views)
        return x->row.views < y->row.views ? -1 : 1;
    return (x->entry.seeks < y->entry.seeks) - (x->entry.seeks > y->entry.seeks);
}

/* Sorts what was loaded and drops what was loaded twice, but for the one that seeks. */
static void settle_members(struct change *change)
{
    size_t kept = 0;
    if (change->n > 0)
        qsort(change->members, change->n, sizeof *change->members, by_place);
    for (size_t i = 0; i < change->n; i++)
        if (kept == 0 || change->members[kept - 1]->entry.node != change->members[i]->entry.node)
            change->members[kept++] = change->members[i];
    change->n = kept;
}

/* ---- whose edges may have changed ---- */

/* Is the block 0 … MEET_REACH after a touched one? */
static bool follows(const struct change *change, int32_t block)
{
    size_t low = 0, high = change->blocks.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (change->blocks.items[middle] <= block)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 && block - change->blocks.items[low - 1] <= MEET_REACH;
}

/* The keys of what stood or stands at the touched places with a day; what stands there is loaded. */
static bool find_hot(struct change *change, struct err *err)
{
    for (size_t i = 0; i < change->n_places; i++)
        if (change->places[i].block != MEET_UNDATED && change->places[i].print)
            add_keys(change->hot, change->places[i].print, meet_home(change->places[i].unit));
    if (!load(change, "(block, key, views) IN (SELECT block, key, views FROM touched)", NULL, 0, NULL, err))
        return false;
    for (size_t i = 0; i < change->n; i++)
        if (change->members[i]->entry.date != DATE_NONE)
            add_keys(change->hot, change->members[i]->entry.print, change->members[i]->entry.home);
    return true;
}

/* Loads those that seek: who shares a hot key in time, and who is of a city with touched undated ones. */
static bool load_seeking(struct change *change, struct err *err)
{
    if (!find_hot(change, err) || !load_blocks(change, 0, change->hot, err) ||
        !load_cities(change, change->units, change->n_units, true, err))
        return false;
    settle_members(change);
    for (size_t i = 0; i < change->n; i++) {
        struct entry *entry = &change->members[i]->entry;
        if (entry->date != DATE_NONE && follows(change, entry->block) &&
            any_key(change->hot, entry->print, entry->home))
            entry->seeks = SEEK_DATED | SEEK_UNDATED;
        else if (set_has(change->units, change->n_units, change->members[i]->row.unit))
            entry->seeks = SEEK_UNDATED;
    }
    return true;
}

/* Loads whom these may meet: who shares a key with one of them, and the undated ones of their cities. */
static bool load_others(struct change *change, const struct keys *wanted, struct err *err)
{
    const struct str *units = NULL;
    size_t n = 0;
    for (size_t i = 0; i < change->n; i++) {
        struct str unit = change->members[i]->row.unit;
        if (change->members[i]->entry.seeks && !set_has(change->units, change->n_units, unit))
            set_add(change->arena, &units, &n, unit);
    }
    if (!load_blocks(change, MEET_REACH, wanted, err) || !load_cities(change, units, n, false, err))
        return false;
    settle_members(change);
    return true;
}

/* ---- their edges ---- */

static void meet_view(struct change *change, const struct keys *wanted, unsigned view)
{
    size_t first = change->fresh.n, n = 0;
    const struct entry **entries = mem_alloc(mem_mul(change->n + 1, sizeof *entries));
    struct meeting *meeting = meeting_new(wanted, &change->fresh);
    for (size_t i = 0; i < change->n; i++)
        if (change->members[i]->row.views & view)
            entries[n++] = &change->members[i]->entry;
    for (size_t begin = 0, end; begin < n; begin = end) {
        for (end = begin; end < n && entries[end]->block == entries[begin]->block;)
            end++;
        meeting_block(meeting, entries[begin]->block, entries + begin, end - begin);
    }
    meeting_free(meeting);
    mem_free(entries);
    for (size_t e = first; change->split && e < change->fresh.n; e++)
        change->fresh.items[e].views = view;
}

static bool meet_all(struct change *change, struct err *err)
{
    struct keys *wanted = keys_new();
    for (size_t i = 0; i < change->n; i++)
        if (change->members[i]->entry.seeks)
            add_keys(wanted, change->members[i]->entry.print, change->members[i]->entry.home);
    bool good = load_others(change, wanted, err);
    if (good)
        meet_view(change, wanted, CANDIDATE_CORRECTED);
    if (good && change->split)
        meet_view(change, wanted, CANDIDATE_RULES);
    keys_free(wanted);
    edges_settle(&change->fresh);
    return good;
}

static bool same_edge(const struct edge *a, const struct edge *b)
{
    return a->earlier == b->earlier && a->views == b->views && a->undated == b->undated &&
           memcmp(&a->alike, &b->alike, sizeof a->alike) == 0;
}

static void add_seeds(struct change *change, const struct edges *edges)
{
    for (size_t e = 0; e < edges->n; e++) {
        nodes_add(&change->seeds, edges->items[e].later);
        nodes_add(&change->seeds, edges->items[e].earlier);
    }
}

/* Replaces the edges of one that seeks where they differ; *at: its first among the fresh ones. */
static bool replace_edges(struct change *change, const struct member *member, size_t *at, struct err *err)
{
    const struct entry *entry = &member->entry;
    struct edges old = {.items = NULL}, now = {.items = NULL};
    bool all = entry->seeks & SEEK_DATED || is_touched(change, &member->row);
    bool good = store_edges_from(change->store, entry->node, &old, err);
    while (*at < change->fresh.n && change->fresh.items[*at].later == entry->node)
        edges_add(&now, change->fresh.items[(*at)++]);
    for (size_t e = 0; e < old.n && !all; e++)
        if (!old.items[e].undated)
            edges_add(&now, old.items[e]);
    edges_settle(&now);
    bool same = old.n == now.n;
    for (size_t e = 0; same && e < now.n; e++)
        same = same_edge(&old.items[e], &now.items[e]);
    if (good && !same) {
        add_seeds(change, &old);
        add_seeds(change, &now);
        good = store_remove_edges(change->store, entry->node, err) &&
               store_put_edges(change->store, now.items, now.n, err);
    }
    mem_free(old.items);
    mem_free(now.items);
    return good;
}

static int by_node(const void *a, const void *b)
{
    const struct member *x = *(struct member *const *)a, *y = *(struct member *const *)b;
    return (x->entry.node > y->entry.node) - (x->entry.node < y->entry.node);
}

static bool replace_all(struct change *change, struct err *err)
{
    size_t at = 0;
    if (change->n > 0)
        qsort(change->members, change->n, sizeof *change->members, by_node);
    for (size_t i = 0; i < change->n; i++) {
        const struct member *member = change->members[i];
        if (is_touched(change, &member->row))
            nodes_add(&change->seeds, member->entry.node);
        if (member->entry.seeks && !replace_edges(change, member, &at, err))
            return false;
    }
    return true;
}

/* What stands nowhere any more has no edges. */
static bool remove_gone(struct change *change, struct err *err)
{
    struct arena *arena = arena_new();
    bool good = true;
    for (size_t i = 0; good && i < change->n_places; i++) {
        int64_t node = candidate_node(change->places[i].article, change->places[i].views);
        struct candidate row;
        struct edges old = {.items = NULL};
        bool found = true;
        good = store_candidate(change->store, arena, node, &row, &found, err);
        if (good && !found) {
            good = store_edges_from(change->store, node, &old, err) && store_remove_edges(change->store, node, err);
            add_seeds(change, &old);
            nodes_add(&change->gone, node);
        }
        mem_free(old.items);
        arena_reset(arena);
    }
    arena_free(arena);
    nodes_settle(&change->gone);
    return good;
}

/* ---- the components of the seeds ---- */

struct closure {
    struct change *change;
    const struct links *links;
    struct keys *seen;
    struct nodes *nodes; /* found so far; those from `next` on are to be looked at */
    struct edges *edges;
};

static void reach(struct closure *closure, int64_t node)
{
    if (node < 2 || keys_have(closure->seen, (uint64_t)node) || nodes_find(&closure->change->gone, node) != SIZE_MAX)
        return;
    keys_add(closure->seen, (uint64_t)node);
    nodes_add(closure->nodes, node);
}

static bool reach_links(struct closure *closure, struct arena *arena, int64_t node, struct err *err)
{
    for (size_t l = 0; node % 2 == 0 && links_have(closure->links, node / 2) && l < closure->links->n; l++) {
        const struct link *link = &closure->links->items[l];
        int64_t other = link->article == node / 2 ? link->target : link->target == node / 2 ? link->article : 0;
        struct candidate row;
        bool found = false;
        if (other > 0 && !store_candidate(closure->change->store, arena, 2 * other, &row, &found, err))
            return false;
        if (found)
            reach(closure, 2 * other);
    }
    return true;
}

static bool close_components(struct closure *closure, struct err *err)
{
    struct store *store = closure->change->store;
    struct arena *arena = arena_new();
    struct edges to = {.items = NULL};
    bool good = true;
    for (size_t i = 0; i < closure->change->seeds.n; i++)
        reach(closure, closure->change->seeds.items[i]);
    for (size_t next = 0; good && next < closure->nodes->n; next++) {
        int64_t node = closure->nodes->items[next];
        size_t first = closure->edges->n;
        to.n = 0;
        good = store_edges_from(store, node, closure->edges, err) && store_edges_to(store, node, &to, err) &&
               reach_links(closure, arena, node, err);
        for (size_t e = first; e < closure->edges->n; e++)
            reach(closure, closure->edges->items[e].earlier);
        for (size_t e = 0; e < to.n; e++)
            reach(closure, to.items[e].later);
        arena_reset(arena);
    }
    nodes_settle(closure->nodes);
    mem_free(to.items);
    arena_free(arena);
    return good;
}

static bool find(struct change *change, const struct links *links, struct nodes *nodes, struct edges *edges, bool *some,
                 struct err *err)
{
    if (!load_places(change, err) || !worth_it(change, some, err))
        return false;
    if (!*some)
        return true;
    if (!add_new_units(change, err) || !load_seeking(change, err) || !meet_all(change, err) ||
        !replace_all(change, err) || !remove_gone(change, err))
        return false;
    struct closure closure = {.change = change, .links = links, .seen = keys_new(), .nodes = nodes, .edges = edges};
    bool good = close_components(&closure, err);
    keys_free(closure.seen);
    return good;
}

bool change_find(struct store *store, const struct links *links, struct nodes *nodes, struct edges *edges, bool *some,
                 struct err *err)
{
    struct change change = {.store = store, .arena = arena_new(), .hot = keys_new()};
    *some = false;
    bool good = find(&change, links, nodes, edges, some, err);
    mem_free(change.places);
    mem_free(change.blocks.items);
    mem_free(change.members);
    mem_free(change.fresh.items);
    mem_free(change.seeds.items);
    mem_free(change.gone.items);
    keys_free(change.hot);
    arena_free(change.arena);
    return good;
}
