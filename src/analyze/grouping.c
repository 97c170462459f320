/* Grouping, of everything or of what has changed, with the same result.
 *
 * Everything is a function of table candidate and of the links that persons have made:
 *   edges       the pairs that meet and are alike (meet.h);
 *   components  candidates that edges or links connect;
 *   initiatives of a component, from its candidates, edges and links alone (cluster.c, corrected.c, initiatives.c).
 * Table edge holds the edges as of the last grouping, table touched every place in candidate that has changed since,
 * with what stood there. A full grouping makes all edges and all components anew.
 *
 * Why the incremental one comes to the same. (1) Edges belong to the later candidate. Those of a dated one in block t
 * to dated ones depend on the candidates of t - MEET_REACH … t with which it shares a key; so they can only have
 * changed where block t is 0 … MEET_REACH after a touched place and a key is that of what stood or stands there. All
 * edges of these are made anew from t - MEET_REACH … t. Whether a candidate is the first of equal copies, and so takes
 * part, depends on copies of its day, which share all keys. Edges to undated ones depend on the undated ones of the
 * city: where one of these is touched, all such edges of the city are made anew. (2) A component that differs from
 * those of the last grouping, in its candidates, its edges or its links, holds a touched candidate or an end of an edge
 * that is new, gone or changed; the other end of an edge to a candidate that is gone is one of these, and touching an
 * article touches those linked to it. All components that hold such a seed are made into initiatives anew; the others
 * are what they were. */
#include "analyze/grouping.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* ---- candidates as entries ---- */

static bool order_of(const char *key, uint64_t *order)
{
    *order = 0;
    for (int i = 1; i < ARTICLE_KEY - 1; i++) {
        char c = key[i];
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
            return false;
        *order = *order << 4 | (uint64_t)(c <= '9' ? c - '0' : c - 'a' + 10);
    }
    return key[0] == 'a';
}

/* A print of an earlier form is taken again. */
static const struct print *print_of(struct store *store, struct arena *arena, const struct candidate *row,
                                    struct err *err)
{
    static const char sql[] = "SELECT title, substr(body, 1, ?2) FROM article WHERE id = ?1";
    const struct print *print = print_read(arena, row->print);
    const struct param params[] = {{.type = PARAM_INT, .number = row->article},
                                   {.type = PARAM_INT, .number = CLUSTER_CHARACTERS}};
    struct rows *rows = print ? NULL : store_query(store, sql, params, 2, err);
    if (rows && rows_next(rows, err))
        print = print_take(arena, common_load(arena), str_copy(arena, rows_text(rows, 0)), rows_text(rows, 1));
    rows_close(rows);
    if (!print)
        err_set(err, ERR_INPUT, "candidate %s has no article: the database is damaged", row->key);
    return print;
}

bool grouping_enter(struct store *store, struct member *member, struct arena *arena, struct err *err)
{
    const struct candidate *row = &member->row;
    struct entry *entry = &member->entry;
    *entry = (struct entry){.node = candidate_node(row->article, row->views), .date = row->day};
    if (!order_of(row->key, &entry->order))
        return err_set(err, ERR_INPUT, "\"%s\" is no key of an article: the database is damaged", row->key);
    entry->units = grouping_split(arena, row->units, &entry->n_units);
    entry->categories = grouping_split(arena, row->categories, &entry->n_categories);
    entry->print = print_of(store, arena, row, err);
    if (!entry->print)
        return false;
    meet_prepare(entry);
    return true;
}

/* ---- components ---- */

struct run {
    struct store *store;
    const struct analyzer *analyzer;
    struct links links;
    struct nodes nodes;           /* whose components are grouped, complete; settled */
    struct candidate_edges edges; /* between them */
};

static size_t root_of(size_t *roots, size_t i)
{
    while (roots[i] != i) {
        roots[i] = roots[roots[i]];
        i = roots[i];
    }
    return i;
}

static void unite(size_t *roots, size_t a, size_t b)
{
    if (a == SIZE_MAX || b == SIZE_MAX)
        return;
    a = root_of(roots, a);
    b = root_of(roots, b);
    roots[a > b ? a : b] = a > b ? b : a;
}

/* Numbers in the order of the roots of what they stand for. */
static size_t *by_root(const size_t *roots, const size_t *of, size_t n_nodes, size_t n)
{
    size_t *begin = mem_alloc(mem_mul(n_nodes + 1, sizeof *begin)), *order = mem_alloc(mem_mul(n + 1, sizeof *order));
    memset(begin, 0, (n_nodes + 1) * sizeof *begin);
    for (size_t i = 0; i < n; i++)
        begin[roots[of ? of[i] : i] + 1]++;
    for (size_t i = 0; i < n_nodes; i++)
        begin[i + 1] += begin[i];
    for (size_t i = 0; i < n; i++)
        order[begin[roots[of ? of[i] : i]]++] = i;
    mem_free(begin);
    return order;
}

static int by_key(const void *a, const void *b)
{
    const struct member *x = *(const struct member *const *)a, *y = *(const struct member *const *)b;
    if (x->entry.order != y->entry.order)
        return x->entry.order < y->entry.order ? -1 : 1;
    return (x->row.views > y->row.views) - (x->row.views < y->row.views);
}

/* Loads the candidates of one component and makes it into initiatives. */
static bool group_component(struct run *run, struct arena *arena, const size_t *nodes, size_t n,
                            const struct candidate_edge *edges, size_t n_edges, struct err *err)
{
    const struct member **members = ARENA_ARRAY(arena, n, const struct member *);
    for (size_t i = 0; i < n; i++) {
        struct member *member = ARENA_NEW(arena, struct member);
        bool found;
        if (!store_candidate(run->store, arena, run->nodes.items[nodes[i]], &member->row, &found, err))
            return false;
        if (!found)
            return err_set(err, ERR_INTERNAL, "grouping: candidate %lld is gone",
                           (long long)run->nodes.items[nodes[i]]);
        if (!grouping_enter(run->store, member, arena, err))
            return false;
        members[i] = member;
    }
    qsort(members, n, sizeof *members, by_key);
    return grouping_put(run->store, run->analyzer, arena, members, n, edges, n_edges, &run->links, err);
}

static bool group_components(struct run *run, const size_t *roots, const size_t *from, struct err *err)
{
    size_t n = run->nodes.n, n_edges = run->edges.n;
    size_t *order = by_root(roots, NULL, n, n), *edge_order = by_root(roots, from, n, n_edges);
    struct arena *arena = arena_new();
    bool good = true;
    for (size_t begin = 0, end, e = 0; good && begin < n; begin = end) {
        size_t root = roots[order[begin]], first = e;
        for (end = begin; end < n && roots[order[end]] == root;)
            end++;
        while (e < n_edges && roots[from[edge_order[e]]] == root)
            e++;
        struct candidate_edge *edges = ARENA_ARRAY(arena, e - first + 1, struct candidate_edge);
        for (size_t k = first; k < e; k++)
            edges[k - first] = run->edges.items[edge_order[k]];
        good = group_component(run, arena, order + begin, end - begin, edges, e - first, err);
        arena_reset(arena);
    }
    arena_free(arena);
    mem_free(order);
    mem_free(edge_order);
    return good;
}

/* Edges and links between run->nodes → components → initiatives. */
static bool group_nodes(struct run *run, struct err *err)
{
    size_t n = run->nodes.n;
    size_t *roots = mem_alloc(mem_mul(n + 1, sizeof *roots));
    size_t *from = mem_alloc(mem_mul(run->edges.n + 1, sizeof *from));
    bool good = true;
    for (size_t i = 0; i < n; i++)
        roots[i] = i;
    for (size_t e = 0; good && e < run->edges.n; e++) {
        size_t to = nodes_find(&run->nodes, run->edges.items[e].earlier);
        from[e] = nodes_find(&run->nodes, run->edges.items[e].later);
        good = (from[e] != SIZE_MAX && to != SIZE_MAX) ||
               err_set(err, ERR_INTERNAL, "grouping: an edge to candidate %lld, which is gone",
                       (long long)run->edges.items[e].earlier);
        unite(roots, from[e], to);
    }
    for (size_t l = 0; l < run->links.n; l++)
        unite(roots, nodes_find(&run->nodes, 2 * run->links.items[l].article),
              nodes_find(&run->nodes, 2 * run->links.items[l].target));
    for (size_t i = 0; i < n; i++)
        roots[i] = root_of(roots, i);
    good = good && group_components(run, roots, from, err);
    mem_free(roots);
    mem_free(from);
    return good;
}

/* ---- all edges ---- */

static bool meet_all(struct run *run, unsigned view, struct err *err)
{
    struct pass *pass = pass_new(run->store, view, NULL, NULL, SEEK_DATED | SEEK_UNDATED, &run->edges, &run->nodes);
    bool good = pass_rows(pass, "1", NULL, 0, err);
    pass_free(pass);
    return good;
}

static bool make_all_edges(struct run *run, struct err *err)
{
    bool split;
    if (!pass_split(run->store, &split, err) || !meet_all(run, CANDIDATE_CORRECTED, err))
        return false;
    if (split && !meet_all(run, CANDIDATE_RULES, err))
        return false;
    pass_settle(&run->edges, split);
    nodes_settle(&run->nodes);
    return store_clear_edges(run->store, err) && store_put_edges(run->store, run->edges.items, run->edges.n, err);
}

/* ---- running ---- */

static bool finish(struct run *run, bool good, struct err *err)
{
    good = good && group_nodes(run, err) && store_end_grouping(run->store, err);
    links_free(&run->links);
    mem_free(run->nodes.items);
    mem_free(run->edges.items);
    return good;
}

static bool group_all(struct store *store, const struct analyzer *analyzer, struct err *err)
{
    struct run run = {.store = store, .analyzer = analyzer};
    return finish(&run, links_load(store, &run.links, err) && make_all_edges(&run, err), err);
}

bool analyze_regroup(struct store *store, const struct analyzer *analyzer, struct err *err)
{
    return grouping_settle(store, analyzer, err) && group_all(store, analyzer, err);
}

bool analyze_group(struct store *store, const struct analyzer *analyzer, struct err *err)
{
    struct run run = {.store = store, .analyzer = analyzer};
    bool grouped, some;
    if (!grouping_settle(store, analyzer, err) || !store_end_pending(store, err) ||
        !store_grouped(store, &grouped, err))
        return false;
    if (grouped)
        return true;
    bool good =
        links_load(store, &run.links, err) && change_find(store, &run.links, &run.nodes, &run.edges, &some, err);
    if (good && some)
        return finish(&run, true, err);
    links_free(&run.links);
    mem_free(run.nodes.items);
    mem_free(run.edges.items);
    return good && group_all(store, analyzer, err);
}
