/* What persons say, put in force: findings of one article, and groups of all. */
#include "analyze/grouping.h"
#include "analyze/rules.h"
#include "base/mem.h"

#include <string.h>

/* ---- one article ---- */

static void add_list(struct findings *findings, enum finding_kind kind, struct str list)
{
    struct str item;
    for (int rank = 0; list.n > 0 && str_field(&list, ';', &item); rank++)
        findings_add(
            findings,
            (struct finding){
                .kind = kind, .value = item, .rank = rank, .score = 1, .rule = STR("person"), .by_person = true});
}

bool analyze_corrected(struct store *store, const struct analyzer *analyzer, int64_t id, struct err *err)
{
    struct arena *arena = arena_new();
    struct article article;
    struct analysis analysis;
    struct corrections said;
    bool ok = grouping_read_article(store, arena, id, &article, err) && store_corrections(store, arena, id, &said, err);
    if (ok) {
        struct findings findings = {.arena = arena};
        analyze_article(analyzer, arena, &article, &analysis);
        for (size_t i = 0; i < analysis.n; i++)
            findings_add(&findings, analysis.findings[i]);
        add_list(&findings, FINDING_CITY, said.values[CORRECTION_CITY]);
        add_list(&findings, FINDING_CATEGORY, said.values[CORRECTION_CATEGORY]);
        add_list(&findings, FINDING_INITIATIVE, said.values[CORRECTION_INITIATIVE]);
        analysis.findings = findings.items;
        analysis.n = findings.n;
        ok = store_clear_person(store, id, err) &&
             store_put_analysis(store, id, analyzer_version(analyzer), &analysis, err);
    }
    arena_free(arena);
    return ok;
}

/* ---- links ---- */

bool links_load(struct store *store, struct links *links, struct err *err)
{
    static const char sql[] = "SELECT c.article, c.value = 'new', t.id FROM correction c JOIN article a ON a.id ="
                              " c.article LEFT JOIN article t ON t.key = c.value WHERE c.field = 'group'"
                              " ORDER BY c.value <> 'new', a.key";
    struct rows *rows = store_query(store, sql, NULL, 0, err);
    *links = (struct links){.articles = keys_new()};
    while (rows && rows_next(rows, err)) {
        struct link link = {rows_int(rows, 0), rows_int(rows, 1) ? 0 : rows_int(rows, 2)};
        if (link.target == 0 && !rows_int(rows, 1))
            continue; /* the other one has been forgotten */
        links->items = mem_grow(links->items, &links->room, links->n + 1, sizeof *links->items);
        links->items[links->n++] = link;
        keys_add(links->articles, (uint64_t)link.article);
        if (link.target > 0)
            keys_add(links->articles, (uint64_t)link.target);
    }
    rows_close(rows);
    return rows && err->kind == ERR_NONE;
}

bool links_have(const struct links *links, int64_t article)
{
    return links->n > 0 && keys_have(links->articles, (uint64_t)article);
}

void links_free(struct links *links)
{
    mem_free(links->items);
    keys_free(links->articles);
    *links = (struct links){.n = 0};
}

/* ---- groups ---- */

/* The groups of one view: SIZE_MAX for what it does not hold. */
static size_t *group_view(struct arena *arena, const struct member *const *members, size_t n,
                          const struct candidate_edge *edges, size_t n_edges, unsigned view)
{
    const struct entry **entries = ARENA_ARRAY(arena, n + 1, const struct entry *);
    struct cluster_pair *pairs = ARENA_ARRAY(arena, n_edges + 1, struct cluster_pair);
    struct nodes nodes = {.items = NULL};
    size_t *index = ARENA_ARRAY(arena, n + 1, size_t), *of = ARENA_ARRAY(arena, n + 1, size_t);
    size_t *groups = ARENA_ARRAY(arena, n + 1, size_t), *out = ARENA_ARRAY(arena, n + 1, size_t);
    size_t held = 0, n_pairs = 0;
    for (size_t i = 0; i < n; i++) {
        nodes_add(&nodes, members[i]->entry.node);
        if (members[i]->row.views & view) {
            index[held] = i;
            entries[held++] = &members[i]->entry;
        }
        out[i] = SIZE_MAX;
    }
    nodes_settle(&nodes);
    for (size_t k = 0; k < held; k++)
        of[nodes_find(&nodes, entries[k]->node)] = k;
    for (size_t e = 0; e < n_edges; e++) {
        if (!(edges[e].views & view))
            continue;
        size_t a = of[nodes_find(&nodes, edges[e].later)], b = of[nodes_find(&nodes, edges[e].earlier)];
        pairs[n_pairs++] = (struct cluster_pair){edges[e].alike, (uint32_t)(a < b ? a : b), (uint32_t)(a < b ? b : a)};
    }
    cluster_join(arena, entries, held, pairs, n_pairs, groups);
    for (size_t k = 0; k < held; k++)
        out[index[k]] = index[groups[k]];
    mem_free(nodes.items);
    return out;
}

/* A member that is the same in both views stays with those like it of its group; one as corrected goes where those of
 * its new group are, else with others as corrected. What only stands for what the rules see gets a group of its own,
 * which counts for nothing: it keeps the groups of the others as they are. */
static void place(struct arena *arena, const struct member *const *members, size_t n, const size_t *rules,
                  const size_t *corrected, size_t *groups)
{
    size_t *home = ARENA_ARRAY(arena, n + 1, size_t), *next = ARENA_ARRAY(arena, n + 1, size_t);
    for (size_t i = 0; i < n; i++)
        home[i] = next[i] = SIZE_MAX;
    for (size_t i = 0; i < n; i++) {
        groups[i] = i;
        if (members[i]->row.views != CANDIDATE_BOTH)
            continue;
        if (home[rules[i]] == SIZE_MAX)
            home[rules[i]] = i;
        groups[i] = home[rules[i]];
        if (next[corrected[i]] == SIZE_MAX)
            next[corrected[i]] = groups[i];
    }
    for (size_t i = 0; i < n; i++) {
        if (members[i]->row.views != CANDIDATE_CORRECTED)
            continue;
        if (next[corrected[i]] == SIZE_MAX)
            next[corrected[i]] = i;
        groups[i] = next[corrected[i]];
    }
}

static size_t find_article(const struct member *const *members, size_t n, int64_t article)
{
    for (size_t i = 0; i < n; i++)
        if (members[i]->row.article == article && members[i]->row.views != CANDIDATE_RULES)
            return i;
    return SIZE_MAX;
}

/* Takes member i out of its group. Only those that it stands for need another one to do so. */
static void detach(size_t *groups, size_t n, size_t i)
{
    size_t heir = SIZE_MAX;
    for (size_t j = 0; j < n && groups[i] == i; j++)
        if (j != i && groups[j] == i) {
            heir = heir == SIZE_MAX ? j : heir;
            groups[j] = heir;
        }
    groups[i] = i;
}

/* Where a person has put articles; what refers to an article that counts no longer is passed over. */
static void apply_links(const struct links *links, const struct member *const *members, size_t n, size_t *groups)
{
    bool any = false;
    for (size_t i = 0; i < n; i++)
        any = any || links_have(links, members[i]->row.article);
    for (size_t l = 0; any && l < links->n; l++) {
        bool alone = links->items[l].target == 0;
        size_t i = find_article(members, n, links->items[l].article);
        size_t target = alone || i == SIZE_MAX ? i : find_article(members, n, links->items[l].target);
        if (target == SIZE_MAX || (!alone && groups[i] == groups[target]))
            continue;
        detach(groups, n, i);
        if (!alone)
            groups[i] = groups[target];
    }
}

/* groups[i] = the least index of its group again. */
static void number_groups(struct arena *arena, size_t *groups, size_t n)
{
    size_t *least = ARENA_ARRAY(arena, n + 1, size_t);
    for (size_t i = n; i-- > 0;)
        least[groups[i]] = i;
    for (size_t i = 0; i < n; i++)
        groups[i] = least[groups[i]];
}

void grouping_join(struct arena *arena, const struct member *const *members, size_t n,
                   const struct candidate_edge *edges, size_t n_edges, const struct links *links, size_t *groups)
{
    bool split = false;
    for (size_t i = 0; i < n; i++)
        split = split || members[i]->row.views != CANDIDATE_BOTH;
    for (size_t e = 0; e < n_edges; e++)
        split = split || edges[e].views != CANDIDATE_BOTH;
    size_t *rules = group_view(arena, members, n, edges, n_edges, CANDIDATE_RULES);
    if (split)
        place(arena, members, n, rules, group_view(arena, members, n, edges, n_edges, CANDIDATE_CORRECTED), groups);
    else if (n > 0)
        memcpy(groups, rules, n * sizeof *groups);
    apply_links(links, members, n, groups);
    number_groups(arena, groups, n);
}
