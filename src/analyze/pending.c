/* From the store and back: analyses what these rules have not seen, then groups everything that counts. */
#include "analyze/analyze.h"
#include "analyze/cluster.h"
#include "analyze/rules.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static bool analyze_new(struct store *store, const struct analyzer *analyzer, size_t *analyzed, struct err *err)
{
    static const char where[] = "id NOT IN (SELECT article FROM analysis WHERE rules = ?1)";
    const char *version = analyzer_version(analyzer);
    struct param param = {.type = PARAM_TEXT, .text = str_from(version)};
    struct rows *rows = store_articles(store, where, &param, 1, err);
    struct arena *arena = arena_new();
    struct article article;
    bool good = rows != NULL;
    while (good && store_next_article(rows, arena, &article, err)) {
        struct analysis analysis;
        analyze_article(analyzer, arena, &article, &analysis);
        good = store_put_analysis(store, article.id, version, &analysis, err);
        *analyzed += good;
        arena_reset(arena);
    }
    rows_close(rows);
    arena_free(arena);
    return good && err->kind == ERR_NONE;
}

/* ---- what counts, in key order ---- */

struct member {
    int64_t id;
    char key[ARTICLE_KEY];
    size_t length; /* of the body, bytes */
    struct str stage;
    struct str main_unit, main_category;
};

struct counted {
    struct arena *arena;
    struct cluster_item *items;
    struct member *members;
    size_t n, room_items, room_members;
};

static bool load_articles(struct store *store, struct counted *all, struct err *err)
{
    static const char sql[] = "SELECT a.id, a.key, a.title, substr(a.body, 1, 600), length(a.body), a.published"
                              " FROM article a JOIN analysis n ON n.article = a.id WHERE n.is_initiative"
                              " ORDER BY a.key";
    struct rows *rows = store_query(store, sql, NULL, 0, err);
    while (rows && rows_next(rows, err)) {
        all->items = mem_grow(all->items, &all->room_items, all->n + 1, sizeof *all->items);
        all->members = mem_grow(all->members, &all->room_members, all->n + 1, sizeof *all->members);
        struct member *member = &all->members[all->n];
        memset(member, 0, sizeof *member);
        member->id = rows_int(rows, 0);
        struct str key = rows_text(rows, 1);
        memcpy(member->key, key.p, key.n < ARTICLE_KEY ? key.n : ARTICLE_KEY - 1);
        member->length = (size_t)rows_int(rows, 4);
        all->items[all->n++] = (struct cluster_item){
            .title = str_copy(all->arena, rows_text(rows, 2)),
            .body = str_copy(all->arena, rows_text(rows, 3)),
            .date = rows_null(rows, 5) ? DATE_NONE : (date_t)rows_int(rows, 5),
        };
    }
    rows_close(rows);
    return rows && err->kind == ERR_NONE;
}

static int by_text(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

/* A sorted set of few strings in the arena. */
static void insert(struct arena *arena, const struct str **set, size_t *n, struct str value)
{
    for (size_t i = 0; i < *n; i++)
        if (str_equal((*set)[i], value))
            return;
    struct str *grown = ARENA_ARRAY(arena, *n + 1, struct str);
    if (*n > 0)
        memcpy(grown, *set, *n * sizeof **set);
    grown[(*n)++] = str_copy(arena, value);
    qsort(grown, *n, sizeof *grown, by_text);
    *set = grown;
}

static void take_finding(const struct regions *regions, struct counted *all, size_t i, struct str kind, int64_t rank,
                         struct str value)
{
    struct cluster_item *item = &all->items[i];
    struct member *member = &all->members[i];
    if (str_equal(kind, STR("city"))) {
        char unit[6] = "";
        memcpy(unit, value.p, value.n < 5 ? value.n : 5);
        struct str counts = str_from(regions_count_unit(regions, unit));
        if (member->main_unit.n == 0)
            member->main_unit = str_copy(all->arena, counts);
        insert(all->arena, &item->units, &item->n_units, counts);
    } else if (str_equal(kind, STR("category"))) {
        if (member->main_category.n == 0)
            member->main_category = str_copy(all->arena, value);
        insert(all->arena, &item->categories, &item->n_categories, value);
    } else if (rank == 0) {
        member->stage = str_copy(all->arena, value);
    }
}

static bool load_findings(struct store *store, const struct regions *regions, struct counted *all, struct err *err)
{
    static const char sql[] = "SELECT a.key, f.kind, f.rank, f.value FROM article a JOIN analysis n ON n.article = a.id"
                              " JOIN finding f ON f.article = a.id WHERE n.is_initiative"
                              " AND f.kind IN ('city', 'category', 'stage') ORDER BY a.key, f.kind, f.rank";
    struct rows *rows = store_query(store, sql, NULL, 0, err);
    size_t i = 0;
    while (rows && rows_next(rows, err)) {
        struct str key = rows_text(rows, 0);
        while (i < all->n && !str_equal(str_from(all->members[i].key), key))
            i++;
        if (i == all->n)
            break;
        take_finding(regions, all, i, rows_text(rows, 1), rows_int(rows, 2), rows_text(rows, 3));
    }
    rows_close(rows);
    return rows && err->kind == ERR_NONE;
}

/* ---- groups → initiatives ---- */

struct grouped {
    const struct counted *all;
    size_t *order; /* items by group, then main article first */
    size_t *groups;
};

/* The main article: dated before undated, the earliest, the longest, the least key. */
static int main_first(const void *a, const void *b, void *context)
{
    const struct grouped *grouped = context;
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    const struct cluster_item *i = &grouped->all->items[x], *j = &grouped->all->items[y];
    if (grouped->groups[x] != grouped->groups[y])
        return grouped->groups[x] < grouped->groups[y] ? -1 : 1;
    if (i->date != j->date)
        return j->date == DATE_NONE || (i->date != DATE_NONE && i->date < j->date) ? -1 : 1;
    size_t p = grouped->all->members[x].length, q = grouped->all->members[y].length;
    if (p != q)
        return p > q ? -1 : 1;
    return (x > y) - (x < y);
}

/* Moves `first` to the front of a set. */
static const struct str *fronted(struct arena *arena, const struct str *set, size_t n, struct str first)
{
    struct str *out = ARENA_ARRAY(arena, n + 1, struct str);
    size_t k = 0;
    out[k++] = first;
    for (size_t i = 0; i < n; i++)
        if (!str_equal(set[i], first))
            out[k++] = set[i];
    return out;
}

/* A category of the group that only a minority of its articles sees does not count. */
static void group_categories(struct arena *arena, const struct grouped *grouped, size_t begin, size_t end,
                             struct initiative_record *record)
{
    const struct counted *all = grouped->all;
    const struct str *set = NULL;
    size_t n = 0;
    for (size_t i = begin; i < end; i++) {
        const struct cluster_item *item = &all->items[grouped->order[i]];
        for (size_t c = 0; c < item->n_categories; c++) {
            size_t seen = 0;
            for (size_t k = begin; k < end && k < begin + 64; k++) {
                const struct cluster_item *other = &all->items[grouped->order[k]];
                for (size_t d = 0; d < other->n_categories; d++)
                    seen += str_equal(other->categories[d], item->categories[c]);
            }
            if (2 * seen >= (end - begin < 64 ? end - begin : 64))
                insert(arena, &set, &n, item->categories[c]);
        }
        if (i >= begin + 64)
            break;
    }
    if (n == 0) {
        set = all->items[grouped->order[begin]].categories;
        n = all->items[grouped->order[begin]].n_categories;
    }
    record->categories = set;
    record->n_categories = n;
}

static void make_record(struct arena *arena, const struct grouped *grouped, size_t begin, size_t end,
                        struct initiative_record *record)
{
    const struct counted *all = grouped->all;
    size_t main = grouped->order[begin];
    const struct cluster_item *item = &all->items[main];
    int64_t *ids = ARENA_ARRAY(arena, end - begin, int64_t);
    for (size_t i = begin; i < end; i++)
        ids[i - begin] = all->members[grouped->order[i]].id;
    *record = (struct initiative_record){.title = item->title,
                                         .articles = ids,
                                         .n_articles = end - begin,
                                         .n_units = item->n_units,
                                         .stage = all->members[main].stage};
    /* groups[] holds the least index, and items are in key order */
    memcpy(record->key, all->members[grouped->groups[main]].key, ARTICLE_KEY);
    record->key[0] = 'i';
    record->units = fronted(arena, item->units, item->n_units, all->members[main].main_unit);
    group_categories(arena, grouped, begin, end, record);
}

static bool put_groups(struct store *store, const struct counted *all, struct err *err)
{
    struct arena *arena = arena_new();
    size_t *groups = ARENA_ARRAY(arena, all->n + 1, size_t), *order = ARENA_ARRAY(arena, all->n + 1, size_t);
    struct initiative_record *records = ARENA_ARRAY(arena, all->n + 1, struct initiative_record);
    struct grouped grouped = {.all = all, .order = order, .groups = groups};
    size_t n = 0;
    cluster_group(arena, all->items, all->n, groups);
    for (size_t i = 0; i < all->n; i++)
        order[i] = i;
    if (all->n > 0)
        qsort_r(order, all->n, sizeof *order, main_first, &grouped);
    for (size_t begin = 0, end; begin < all->n; begin = end) {
        for (end = begin + 1; end < all->n && groups[order[end]] == groups[order[begin]];)
            end++;
        make_record(arena, &grouped, begin, end, &records[n++]);
    }
    bool good = store_put_initiatives(store, records, n, err);
    arena_free(arena);
    return good;
}

static bool regroup(struct store *store, const struct regions *regions, struct err *err)
{
    struct counted all = {.arena = arena_new()};
    bool good = store_clear_initiatives(store, err) && load_articles(store, &all, err) &&
                load_findings(store, regions, &all, err) && put_groups(store, &all, err);
    mem_free(all.items);
    mem_free(all.members);
    arena_free(all.arena);
    return good;
}

bool analyze_pending(struct store *store, const struct analyzer *analyzer, size_t *analyzed, struct err *err)
{
    *analyzed = 0;
    if (!analyze_new(store, analyzer, analyzed, err))
        return false;
    return *analyzed == 0 || regroup(store, analyzer->regions, err);
}
