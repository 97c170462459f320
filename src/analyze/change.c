/* What has changed since the last grouping; grouping.c says why it suffices. */
#include "analyze/grouping.h"
#include "analyze/sets.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum {
    LEAST_PART = 8,     /* where more than one candidate of so many is touched, all is grouped, */
    MOST_KEYS = 1 << 19 /* and where those that seek have more keys than these (16 MiB) */
};

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
    struct place *places;
    size_t n_places, room_places;
    struct nodes blocks;     /* touched ones with a day */
    const struct str *units; /* cities with touched undated ones; sorted */
    size_t n_units;
    struct keys *hot, *wanted; /* of what stands or stood at the places with a day; of those that seek */
    struct nodes touched;      /* what stands at the places */
    struct nodes seeking;      /* whose edges are made anew: all, … */
    struct nodes urban;        /* … and only those to undated ones */
    struct nodes gone, seeds;
    struct candidate_edges fresh; /* of those that seek */
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

/* ---- whose edges may have changed ---- */

/* What stands at the places now. */
static bool find_standing(struct change *change, struct err *err)
{
    struct arena *arena = arena_new();
    bool good = true;
    for (size_t i = 0; good && i < change->n_places; i++, arena_reset(arena)) {
        const struct place *place = &change->places[i];
        int64_t node = candidate_node(place->article, place->views);
        struct candidate row;
        struct member member;
        bool found = false;
        if (place->print && place->block != MEET_UNDATED)
            meet_add_keys(change->hot, place->print, meet_home(place->unit));
        good = store_candidate(change->store, arena, node, &row, &found, err);
        if (good && !found)
            nodes_add(&change->gone, node);
        if (!found)
            continue;
        nodes_add(&change->touched, node); /* here, or at another touched place */
        member.row = row;
        good = grouping_enter(change->store, &member, arena, err);
        if (good && row.day != DATE_NONE)
            meet_add_keys(change->hot, member.entry.print, member.entry.home);
        else if (good)
            set_add(change->arena, &change->units, &change->n_units, row.unit);
    }
    arena_free(arena);
    nodes_settle(&change->touched);
    nodes_settle(&change->gone);
    return good;
}

/* The next run of blocks from `before` before a touched one to MEET_REACH after it; false after the last. */
static bool next_run(const struct change *change, int32_t before, size_t *at, struct param params[3])
{
    const int64_t *blocks = change->blocks.items;
    size_t begin = *at, end = begin + 1;
    if (begin >= change->blocks.n)
        return false;
    while (end < change->blocks.n && blocks[end] - blocks[end - 1] <= before + MEET_REACH)
        end++;
    params[0] = (struct param){.type = PARAM_INT, .number = blocks[begin] - before};
    params[1] = (struct param){.type = PARAM_INT, .number = blocks[end - 1] + MEET_REACH};
    params[2] = (struct param){.type = PARAM_INT, .number = MEET_UNDATED};
    *at = end;
    return true;
}

static const char in_run[] = "block BETWEEN ?1 AND ?2 AND block <> ?3";

/* Those of the rows that have one of the hot keys, all where there are none, with their keys. */
static bool add_seeking(struct change *change, const char *where, const struct param *params, size_t n,
                        const struct keys *hot, struct nodes *nodes, struct err *err)
{
    struct rows *rows = store_candidates(change->store, where, params, n, err);
    struct arena *arena = arena_new();
    bool good = rows != NULL;
    for (; good && keys_count(change->wanted) <= MOST_KEYS && rows_next(rows, err); arena_reset(arena)) {
        struct str unit, bytes = store_candidate_print(rows, &unit);
        const struct print *print = print_read(arena, bytes);
        struct member member;
        if (print && hot && !meet_any_key(hot, print, meet_home(unit)))
            continue;
        store_read_candidate(rows, arena, &member.row);
        good = grouping_enter(change->store, &member, arena, err);
        if (!good)
            break;
        nodes_add(nodes, member.entry.node);
        if (hot)
            meet_add_keys(change->wanted, member.entry.print, member.entry.home);
    }
    arena_free(arena);
    rows_close(rows);
    return good && err->kind == ERR_NONE;
}

/* Who shares a hot key in time; and who is of a city with touched undated ones. */
static bool find_seeking(struct change *change, struct err *err)
{
    struct param params[3];
    for (size_t at = 0; next_run(change, 0, &at, params);)
        if (!add_seeking(change, in_run, params, 3, change->hot, &change->seeking, err))
            return false;
    for (size_t u = 0; u < change->n_units; u++) {
        params[0] = (struct param){.type = PARAM_TEXT, .text = change->units[u]};
        if (!add_seeking(change, "unit = ?1", params, 1, NULL, &change->urban, err))
            return false;
    }
    nodes_settle(&change->seeking);
    nodes_settle(&change->urban);
    return true;
}

/* ---- their edges ---- */

static bool meet_view(struct change *change, unsigned view, struct err *err)
{
    struct param params[3] = {{.type = PARAM_INT, .number = MEET_UNDATED}};
    struct pass *pass = pass_new(change->store, view, change->wanted, &change->seeking, SEEK_DATED | SEEK_UNDATED,
                                 &change->fresh, NULL);
    bool good = pass_rows(pass, "block = ?1", params, 1, err);
    for (size_t at = 0; good && next_run(change, MEET_REACH, &at, params);)
        good = pass_rows(pass, in_run, params, 3, err);
    pass_free(pass);
    for (size_t u = 0; good && u < change->n_units; u++) {
        params[0] = (struct param){.type = PARAM_TEXT, .text = change->units[u]};
        pass = pass_new(change->store, view, NULL, NULL, SEEK_UNDATED, &change->fresh, NULL);
        good = pass_rows(pass, "unit = ?1", params, 1, err);
        pass_free(pass);
    }
    return good;
}

static bool meet_again(struct change *change, struct err *err)
{
    bool split;
    if (!pass_split(change->store, &split, err) || !meet_view(change, CANDIDATE_CORRECTED, err) ||
        (split && !meet_view(change, CANDIDATE_RULES, err)))
        return false;
    pass_settle(&change->fresh, split);
    return true;
}

static bool same_edge(const struct candidate_edge *a, const struct candidate_edge *b)
{
    return a->earlier == b->earlier && a->views == b->views && a->undated == b->undated &&
           memcmp(&a->alike, &b->alike, sizeof a->alike) == 0;
}

static void add_seeds(struct change *change, const struct candidate_edges *edges)
{
    for (size_t e = 0; e < edges->n; e++) {
        nodes_add(&change->seeds, edges->items[e].later);
        nodes_add(&change->seeds, edges->items[e].earlier);
    }
}

/* Replaces the edges of one that seeks where they differ; only those to undated ones where not `all`. *at: its first
 * among the fresh ones. */
static bool replace_edges(struct change *change, int64_t node, bool all, size_t *at, struct err *err)
{
    struct candidate_edges old = {.items = NULL}, now = {.items = NULL};
    bool good = store_edges_from(change->store, node, &old, err);
    while (*at < change->fresh.n && change->fresh.items[*at].later < node)
        ++*at;
    while (*at < change->fresh.n && change->fresh.items[*at].later == node)
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
        good = store_remove_edges(change->store, node, err) && store_put_edges(change->store, now.items, now.n, err);
    }
    mem_free(old.items);
    mem_free(now.items);
    return good;
}

static bool replace_all(struct change *change, struct err *err)
{
    struct nodes all = {.items = NULL};
    size_t at = 0;
    bool good = true;
    const struct nodes *lists[] = {&change->seeking, &change->urban};
    for (size_t l = 0; l < 2; l++)
        for (size_t i = 0; i < lists[l]->n; i++)
            nodes_add(&all, lists[l]->items[i]);
    nodes_settle(&all);
    for (size_t i = 0; good && i < all.n; i++) {
        bool every = nodes_find(&change->seeking, all.items[i]) != SIZE_MAX ||
                     nodes_find(&change->touched, all.items[i]) != SIZE_MAX;
        good = replace_edges(change, all.items[i], every, &at, err);
    }
    for (size_t i = 0; i < change->touched.n; i++)
        nodes_add(&change->seeds, change->touched.items[i]);
    mem_free(all.items);
    return good;
}

/* What stands nowhere any more has no edges. */
static bool remove_gone(struct change *change, struct err *err)
{
    struct candidate_edges old = {.items = NULL};
    bool good = true;
    for (size_t i = 0; good && i < change->gone.n; i++)
        good = store_edges_from(change->store, change->gone.items[i], &old, err) &&
               store_remove_edges(change->store, change->gone.items[i], err);
    add_seeds(change, &old);
    mem_free(old.items);
    return good;
}

/* ---- the components of the seeds ---- */

struct closure {
    struct change *change;
    const struct links *links;
    struct keys *seen;
    struct nodes *nodes; /* found so far; those from `next` on are to be looked at */
    struct candidate_edges *edges;
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
    struct candidate_edges to = {.items = NULL};
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

static bool find(struct change *change, const struct links *links, struct nodes *nodes, struct candidate_edges *edges,
                 bool *some, struct err *err)
{
    if (!load_places(change, err) || !worth_it(change, some, err))
        return false;
    if (!*some)
        return true;
    if (!find_standing(change, err) || !find_seeking(change, err))
        return false;
    *some = keys_count(change->wanted) <= MOST_KEYS;
    if (!*some)
        return true;
    if (!meet_again(change, err) || !replace_all(change, err) || !remove_gone(change, err))
        return false;
    struct closure closure = {.change = change, .links = links, .seen = keys_new(), .nodes = nodes, .edges = edges};
    bool good = close_components(&closure, err);
    keys_free(closure.seen);
    return good;
}

bool change_find(struct store *store, const struct links *links, struct nodes *nodes, struct candidate_edges *edges,
                 bool *some, struct err *err)
{
    struct change change = {.store = store, .arena = arena_new(), .hot = keys_new(), .wanted = keys_new()};
    *some = false;
    bool good = find(&change, links, nodes, edges, some, err);
    struct nodes *const lists[] = {&change.blocks, &change.touched, &change.seeking,
                                   &change.urban,  &change.gone,    &change.seeds};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        mem_free(lists[i]->items);
    mem_free(change.places);
    mem_free(change.fresh.items);
    keys_free(change.hot);
    keys_free(change.wanted);
    arena_free(change.arena);
    return good;
}
