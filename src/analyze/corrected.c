/* What persons say, put in force: findings of one article, and groups of all. */
#include "analyze/corrected.h"

#include "analyze/rules.h"
#include "analyze/sets.h"

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

static bool read_article(struct store *store, struct arena *arena, int64_t id, struct article *out, struct err *err)
{
    struct param param = {.type = PARAM_INT, .number = id};
    struct rows *rows = store_articles(store, "id = ?1", &param, 1, err);
    bool found = rows && store_next_article(rows, arena, out, err);
    rows_close(rows);
    return found || err_set(err, ERR_INTERNAL, "no article has the row %lld", (long long)id);
}

bool analyze_corrected(struct store *store, const struct analyzer *analyzer, int64_t id, struct err *err)
{
    struct arena *arena = arena_new();
    struct article article;
    struct analysis analysis;
    struct corrections said;
    bool ok = read_article(store, arena, id, &article, err) && store_corrections(store, arena, id, &said, err);
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

/* ---- groups ---- */

struct view {
    struct cluster_item *items;
    size_t *index;  /* of an item here among all */
    size_t *groups; /* of all: SIZE_MAX for what this view does not hold */
    size_t n;
};

static struct view new_view(struct arena *arena, size_t n)
{
    struct view view = {ARENA_ARRAY(arena, n + 1, struct cluster_item), ARENA_ARRAY(arena, n + 1, size_t),
                        ARENA_ARRAY(arena, n + 1, size_t), 0};
    for (size_t i = 0; i < n; i++)
        view.groups[i] = SIZE_MAX;
    return view;
}

static void add_item(struct view *view, const struct cluster_item *item, size_t index)
{
    view->items[view->n] = *item;
    view->index[view->n++] = index;
}

static void group_view(struct arena *arena, struct view *view)
{
    size_t *groups = ARENA_ARRAY(arena, view->n + 1, size_t);
    cluster_group(arena, view->items, view->n, groups);
    for (size_t k = 0; k < view->n; k++)
        view->groups[view->index[k]] = view->index[groups[k]];
}

/* The values of a kind, cities as count units. */
static const struct str *values_of(const struct analyzer *analyzer, struct arena *arena,
                                   const struct analysis *analysis, enum finding_kind kind, size_t *n)
{
    const struct str *set = NULL;
    *n = 0;
    for (size_t i = 0; i < analysis->n; i++) {
        struct str value = analysis->findings[i].value;
        if (analysis->findings[i].kind == kind)
            set_add(arena, &set, n, kind == FINDING_CITY ? rules_count_unit(analyzer->regions, value) : value);
    }
    return set;
}

/* The day that ingest gave; the article's row may hold a person's. */
static bool first_date(struct store *store, int64_t id, date_t *date, struct err *err)
{
    struct param param = {.type = PARAM_INT, .number = id};
    struct rows *rows = store_query(store, "SELECT published FROM dated WHERE article = ?1", &param, 1, err);
    if (rows && rows_next(rows, err))
        *date = rows_date(rows, 0);
    rows_close(rows);
    return err->kind == ERR_NONE;
}

/* A corrected article as the rules see it; only the item's sets stay in the arena. *counts: it takes part for them. */
static bool by_rules(struct store *store, const struct analyzer *analyzer, struct arena *arena, int64_t id,
                     struct cluster_item *item, bool *counts, struct err *err)
{
    struct arena *scratch = arena_new();
    struct article article;
    struct analysis analysis;
    bool ok = read_article(store, scratch, id, &article, err) && first_date(store, id, &article.published, err);
    if (ok) {
        analyze_from(analyzer, scratch, &article, GROUPED_PERCENT, &analysis);
        *counts = analysis.is_initiative;
        if (analysis.score * 100 >= COUNTED_PERCENT)
            analyze_from(analyzer, scratch, &article, COUNTED_PERCENT, &analysis);
        item->date = article.published;
        item->units = values_of(analyzer, arena, &analysis, FINDING_CITY, &item->n_units);
        item->categories = values_of(analyzer, arena, &analysis, FINDING_CATEGORY, &item->n_categories);
    }
    arena_free(scratch);
    return ok;
}

/* Fills the two views: all as the rules see them, and all as corrected. moved[i]: the correction may change its group.
 */
static bool fill_views(struct store *store, const struct analyzer *analyzer, struct arena *arena,
                       const struct cluster_item *items, const struct corrected_mark *marks, size_t n,
                       struct view *rules, struct view *corrected, bool *moved, struct err *err)
{
    for (size_t i = 0; i < n; i++) {
        struct cluster_item item = items[i];
        bool counts = true;
        if (marks[i].corrected && !by_rules(store, analyzer, arena, marks[i].id, &item, &counts, err))
            return false;
        if (counts)
            add_item(rules, &item, i);
        if (!marks[i].ghost)
            add_item(corrected, &items[i], i);
        moved[i] = marks[i].ghost || !counts || item.date != items[i].date ||
                   !set_equal(item.units, item.n_units, items[i].units, items[i].n_units) ||
                   !set_equal(item.categories, item.n_categories, items[i].categories, items[i].n_categories);
    }
    group_view(arena, rules);
    group_view(arena, corrected);
    return true;
}

/* An unmoved item stays with the unmoved ones of its group; a moved one goes where unmoved ones of its new group are,
 * else with other moved ones. */
static void place(struct arena *arena, const struct view *rules, const struct view *corrected,
                  const struct corrected_mark *marks, const bool *moved, size_t n, size_t *groups)
{
    size_t *home = ARENA_ARRAY(arena, n + 1, size_t), *next = ARENA_ARRAY(arena, n + 1, size_t);
    for (size_t i = 0; i < n; i++)
        home[i] = next[i] = SIZE_MAX;
    for (size_t i = 0; i < n; i++) {
        groups[i] = i;
        if (moved[i])
            continue;
        if (home[rules->groups[i]] == SIZE_MAX)
            home[rules->groups[i]] = i;
        groups[i] = home[rules->groups[i]];
        if (next[corrected->groups[i]] == SIZE_MAX)
            next[corrected->groups[i]] = groups[i];
    }
    for (size_t i = 0; i < n; i++) {
        if (!moved[i] || marks[i].ghost)
            continue;
        if (next[corrected->groups[i]] == SIZE_MAX)
            next[corrected->groups[i]] = i;
        groups[i] = next[corrected->groups[i]];
    }
}

/* The items are in key order. */
static size_t find_key(const struct corrected_mark *marks, size_t n, struct str key)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_compare(str_from(marks[middle].key), key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n && str_equal(str_from(marks[low].key), key) ? low : SIZE_MAX;
}

/* Takes item i out of its group. Only those that it stands for need another one to do so. */
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
static bool apply_groups(struct store *store, const struct corrected_mark *marks, size_t n, size_t *groups,
                         struct err *err)
{
    static const char sql[] = "SELECT a.key, c.value FROM correction c JOIN article a ON a.id = c.article"
                              " WHERE c.field = 'group' ORDER BY c.value <> 'new', a.key";
    struct rows *rows = store_query(store, sql, NULL, 0, err);
    while (rows && rows_next(rows, err)) {
        size_t i = find_key(marks, n, rows_text(rows, 0)), target = find_key(marks, n, rows_text(rows, 1));
        bool alone = str_equal(rows_text(rows, 1), STR("new"));
        if (i == SIZE_MAX || marks[i].ghost || (!alone && (target == SIZE_MAX || marks[target].ghost)))
            continue;
        if (!alone && groups[i] == groups[target])
            continue;
        detach(groups, n, i);
        if (!alone)
            groups[i] = groups[target];
    }
    rows_close(rows);
    return err->kind == ERR_NONE;
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

bool corrected_group(struct store *store, const struct analyzer *analyzer, struct arena *arena,
                     const struct cluster_item *items, const struct corrected_mark *marks, size_t n, size_t *groups,
                     struct err *err)
{
    bool any = false;
    for (size_t i = 0; i < n; i++)
        any = any || marks[i].corrected;
    if (any) {
        struct view rules = new_view(arena, n), corrected = new_view(arena, n);
        bool *moved = ARENA_ARRAY(arena, n + 1, bool);
        if (!fill_views(store, analyzer, arena, items, marks, n, &rules, &corrected, moved, err))
            return false;
        place(arena, &rules, &corrected, marks, moved, n, groups);
    } else {
        cluster_group(arena, items, n, groups);
    }
    if (!apply_groups(store, marks, n, groups, err))
        return false;
    number_groups(arena, groups, n);
    return true;
}
