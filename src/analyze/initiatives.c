/* Groups everything that counts into initiatives. An article a little below the line whose group holds one that counts
 * reports the same initiative and counts with it; its own score stays, so that every grouping starts from the same. */
#include "analyze/analyze.h"
#include "analyze/cluster.h"
#include "analyze/corrected.h"
#include "analyze/rules.h"
#include "analyze/sets.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* ---- what takes part, in key order ---- */

struct member {
    int64_t id;
    char key[ARTICLE_KEY];
    size_t length; /* of the body, characters */
    bool counts;   /* by itself; the others only with such a one */
    bool promoted; /* the database has it as counting with another */
    struct corrected_mark mark;
    struct str stage, main_unit;
};

struct counted {
    struct arena *arena;
    struct cluster_item *items;
    struct member *members;
    size_t n, room_items, room_members;
};

/* What a person has refused takes part as a ghost: it only keeps the groups of the others as they are. */
static bool load_articles(struct store *store, struct counted *all, struct err *err)
{
    static const char sql[] =
        "SELECT a.id, a.key, a.title, substr(a.body, 1, ?2), length(a.body), a.published, n.is_initiative, n.score,"
        " EXISTS (SELECT 1 FROM finding f WHERE f.article = a.id AND f.kind = 'initiative' AND f.by_person),"
        " EXISTS (SELECT 1 FROM finding f WHERE f.article = a.id AND f.by_person)"
        " OR EXISTS (SELECT 1 FROM dated d WHERE d.article = a.id)"
        " FROM article a JOIN analysis n ON n.article = a.id WHERE n.is_initiative OR (n.score * 100 >= ?1"
        " AND EXISTS (SELECT 1 FROM finding f WHERE f.article = a.id AND f.kind = 'city'))"
        " ORDER BY a.key";
    const struct param params[] = {{.type = PARAM_INT, .number = GROUPED_PERCENT},
                                   {.type = PARAM_INT, .number = CLUSTER_CHARACTERS}};
    struct rows *rows = store_query(store, sql, params, 2, err);
    while (rows && rows_next(rows, err)) {
        bool yes = rows_int(rows, 6) != 0, by_person = rows_int(rows, 8) != 0;
        bool below = rows_real(rows, 7) * 100 < COUNTED_PERCENT;
        if (!yes && !by_person && !below)
            continue;
        all->items = mem_grow(all->items, &all->room_items, all->n + 1, sizeof *all->items);
        all->members = mem_grow(all->members, &all->room_members, all->n + 1, sizeof *all->members);
        struct member *member = &all->members[all->n];
        *member = (struct member){.id = rows_int(rows, 0), .length = (size_t)rows_int(rows, 4)};
        struct str key = rows_text(rows, 1);
        memcpy(member->key, key.p, key.n < ARTICLE_KEY ? key.n : ARTICLE_KEY - 1);
        member->counts = yes && (by_person || !below);
        member->promoted = yes && !member->counts;
        member->mark = (struct corrected_mark){.corrected = rows_int(rows, 9) != 0, .ghost = !yes && by_person};
        all->items[all->n++] = (struct cluster_item){
            .title = str_copy(all->arena, rows_text(rows, 2)),
            .body = str_copy(all->arena, rows_text(rows, 3)),
            .date = rows_date(rows, 5),
        };
    }
    rows_close(rows);
    return rows && err->kind == ERR_NONE;
}

static void add_unit(const struct regions *regions, struct counted *all, size_t i, struct str value)
{
    struct str counts = rules_count_unit(regions, value);
    if (all->members[i].main_unit.n == 0)
        all->members[i].main_unit = str_copy(all->arena, counts);
    set_add(all->arena, &all->items[i].units, &all->items[i].n_units, counts);
}

static bool load_findings(struct store *store, const struct regions *regions, struct counted *all, struct err *err)
{
    static const char sql[] =
        "SELECT a.key, f.kind, f.rank, f.value, f.by_person FROM article a JOIN analysis n ON n.article = a.id"
        " JOIN finding f ON f.article = a.id WHERE (n.is_initiative OR n.score * 100 >= ?1)"
        " AND f.kind IN ('city', 'category', 'stage') ORDER BY a.key, f.kind, f.rank";
    struct param percent = {.type = PARAM_INT, .number = GROUPED_PERCENT};
    struct rows *rows = store_query(store, sql, &percent, 1, err);
    size_t i = 0;
    while (rows && rows_next(rows, err)) {
        struct str key = rows_text(rows, 0), kind = rows_text(rows, 1), value = rows_text(rows, 3);
        while (i < all->n && str_compare(str_from(all->members[i].key), key) < 0)
            i++;
        if (i == all->n)
            break;
        struct cluster_item *item = &all->items[i];
        if (!str_equal(str_from(all->members[i].key), key))
            continue;
        if (str_equal(kind, STR("city")))
            add_unit(regions, all, i, value);
        else if (str_equal(kind, STR("stage")) && rows_int(rows, 2) == 0)
            all->members[i].stage = str_copy(all->arena, value);
        /* a promoted article's categories are those of its former group */
        else if (str_equal(kind, STR("category")) && (all->members[i].counts || rows_int(rows, 4)))
            set_add(all->arena, &item->categories, &item->n_categories, value);
    }
    rows_close(rows);
    return rows && err->kind == ERR_NONE;
}

/* The articles below the line, in key order. */
static struct rows *below_the_line(struct store *store, struct err *err)
{
    static const char where[] = "id IN (SELECT article FROM analysis WHERE score * 100 >= ?1 AND score * 100 < ?2)";
    const struct param lines[] = {{.type = PARAM_INT, .number = GROUPED_PERCENT},
                                  {.type = PARAM_INT, .number = COUNTED_PERCENT}};
    return store_articles(store, where, lines, 2, err);
}

/* The next of those that takes part, and its index; false at the end or on error. */
static bool next_below(struct rows *rows, const struct counted *all, struct arena *arena, struct article *article,
                       size_t *index, struct err *err)
{
    while (rows && store_next_article(rows, arena, article, err)) {
        while (*index < all->n && strcmp(all->members[*index].key, article->key) < 0)
            (*index)++;
        if (*index < all->n && strcmp(all->members[*index].key, article->key) == 0 && !all->members[*index].counts)
            return true;
        arena_reset(arena);
    }
    return false;
}

/* What an article that does not count by itself would count as is not stored: it is found again. */
static bool find_likely(struct store *store, const struct analyzer *analyzer, struct counted *all, struct err *err)
{
    struct rows *rows = below_the_line(store, err);
    struct arena *arena = arena_new();
    struct article article;
    for (size_t i = 0; next_below(rows, all, arena, &article, &i, err); arena_reset(arena)) {
        struct cluster_item *item = &all->items[i];
        struct analysis analysis;
        if (item->n_categories > 0)
            continue;
        analyze_from(analyzer, arena, &article, GROUPED_PERCENT, &analysis);
        for (size_t f = 0; f < analysis.n; f++)
            if (analysis.findings[f].kind == FINDING_CATEGORY)
                set_add(all->arena, &item->categories, &item->n_categories, analysis.findings[f].value);
    }
    rows_close(rows);
    arena_free(arena);
    return rows && err->kind == ERR_NONE;
}

/* ---- groups → initiatives ---- */

struct grouped {
    const struct counted *all;
    size_t *order; /* items by group, then main article first */
    size_t *groups;
};

/* The main article: one that counts by itself, dated before undated, the earliest, the longest, the least key. */
static int main_first(const void *a, const void *b, void *context)
{
    const struct grouped *grouped = context;
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    const struct cluster_item *i = &grouped->all->items[x], *j = &grouped->all->items[y];
    if (grouped->groups[x] != grouped->groups[y])
        return grouped->groups[x] < grouped->groups[y] ? -1 : 1;
    if (grouped->all->members[x].counts != grouped->all->members[y].counts)
        return grouped->all->members[x].counts ? -1 : 1;
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

enum { MAX_VOICES = 64 }; /* articles of a group that have a say in its cities and categories */

struct set {
    const struct str *items;
    size_t n;
};

static struct set set_of(const struct cluster_item *item, bool cities)
{
    return cities ? (struct set){item->units, item->n_units} : (struct set){item->categories, item->n_categories};
}

static bool has(struct set set, struct str value)
{
    return set_has(set.items, set.n, value);
}

/* What at least half of the articles that count by themselves name, of the cities more than half or half with the main
 * article: a city is a figure of its own, a category only a view. All that the main one names where there is none. */
static struct set majority(struct arena *arena, const struct grouped *grouped, size_t begin, size_t end, bool cities)
{
    const struct counted *all = grouped->all;
    struct set main = set_of(&all->items[grouped->order[begin]], cities), out = {NULL, 0};
    while (!all->members[grouped->order[end - 1]].counts)
        end--;
    if (end > begin + MAX_VOICES)
        end = begin + MAX_VOICES;
    for (size_t i = begin; i < end; i++) {
        struct set set = set_of(&all->items[grouped->order[i]], cities);
        for (size_t c = 0; c < set.n; c++) {
            size_t seen = 0;
            for (size_t k = begin; k < end; k++)
                seen += has(set_of(&all->items[grouped->order[k]], cities), set.items[c]);
            if (2 * seen > end - begin || (2 * seen == end - begin && (!cities || has(main, set.items[c]))))
                set_add(arena, &out.items, &out.n, set.items[c]);
        }
    }
    return out.n > 0 ? out : main;
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
    *record = (struct initiative_record){
        .title = item->title, .articles = ids, .n_articles = end - begin, .stage = all->members[main].stage};
    /* groups[] holds the least index, and items are in key order */
    memcpy(record->key, all->members[grouped->groups[main]].key, ARTICLE_KEY);
    record->key[0] = 'i';
    struct set units = majority(arena, grouped, begin, end, true);
    struct set categories = majority(arena, grouped, begin, end, false);
    struct str first = all->members[main].main_unit;
    record->units = fronted(arena, units.items, units.n, has(units, first) ? first : units.items[0]);
    record->n_units = units.n;
    record->categories = categories.items;
    record->n_categories = categories.n;
}

/* ---- articles that count with another ---- */

/* Turns what the rules say of an article into what follows from `main`, the article that it counts with. */
static void promote(struct arena *arena, const struct counted *all, size_t main, struct analysis *analysis)
{
    struct findings findings = {.arena = arena};
    const struct cluster_item *item = &all->items[main];
    const char *key = all->members[main].key;
    for (size_t f = 0; f < analysis->n; f++) {
        struct finding finding = analysis->findings[f];
        if (finding.kind == FINDING_INITIATIVE) {
            finding.value = STR("yes");
            finding.score = analysis->score;
            finding.rule = str_from(arena_printf(arena, "initiative/same-release:%s", key));
            finding.begin = finding.end = 0;
        }
        findings_add(&findings, finding);
    }
    for (size_t c = 0; c < item->n_categories; c++)
        findings_add(&findings,
                     (struct finding){.kind = FINDING_CATEGORY,
                                      .value = item->categories[c],
                                      .rank = (int)c,
                                      .score = analysis->score,
                                      .rule = str_from(arena_printf(arena, "category/same-release:%s", key))});
    analysis->findings = findings.items;
    analysis->n = findings.n;
    analysis->is_initiative = true;
}

/* Stores the verdict on each article below the line: mains[i] is what it counts with, SIZE_MAX for nothing. */
static bool put_verdicts(struct store *store, const struct analyzer *analyzer, const struct counted *all,
                         const size_t *mains, struct err *err)
{
    struct rows *rows = below_the_line(store, err);
    struct arena *arena = arena_new();
    struct article article;
    bool good = rows != NULL;
    for (size_t i = 0; good && next_below(rows, all, arena, &article, &i, err); arena_reset(arena)) {
        struct analysis analysis;
        if (mains[i] == SIZE_MAX && !all->members[i].promoted)
            continue;
        analyze_article(analyzer, arena, &article, &analysis);
        if (mains[i] != SIZE_MAX)
            promote(arena, all, mains[i], &analysis);
        good = store_put_analysis(store, article.id, analyzer_version(analyzer), &analysis, err);
    }
    rows_close(rows);
    arena_free(arena);
    return good && err->kind == ERR_NONE;
}

static bool group_items(struct store *store, const struct analyzer *analyzer, struct arena *arena,
                        const struct counted *all, size_t *groups, struct err *err)
{
    struct corrected_mark *marks = ARENA_ARRAY(arena, all->n + 1, struct corrected_mark);
    for (size_t i = 0; i < all->n; i++) {
        marks[i] = all->members[i].mark;
        marks[i].id = all->members[i].id;
        marks[i].key = all->members[i].key;
    }
    return corrected_group(store, analyzer, arena, all->items, marks, all->n, groups, err);
}

/* Groups without an article that counts by itself are nothing. */
static bool put_groups(struct store *store, const struct analyzer *analyzer, const struct counted *all, struct err *err)
{
    struct arena *arena = arena_new();
    size_t *groups = ARENA_ARRAY(arena, all->n + 1, size_t), *order = ARENA_ARRAY(arena, all->n + 1, size_t);
    size_t *mains = ARENA_ARRAY(arena, all->n + 1, size_t);
    struct initiative_record *records = ARENA_ARRAY(arena, all->n + 1, struct initiative_record);
    struct grouped grouped = {.all = all, .order = order, .groups = groups};
    size_t n = 0;
    if (!group_items(store, analyzer, arena, all, groups, err)) {
        arena_free(arena);
        return false;
    }
    for (size_t i = 0; i < all->n; i++)
        order[i] = i;
    if (all->n > 0)
        qsort_r(order, all->n, sizeof *order, main_first, &grouped);
    for (size_t begin = 0, end; begin < all->n; begin = end) {
        bool counts = all->members[order[begin]].counts;
        for (end = begin; end < all->n && groups[order[end]] == groups[order[begin]]; end++)
            mains[order[end]] = counts ? order[begin] : SIZE_MAX;
        if (counts)
            make_record(arena, &grouped, begin, end, &records[n++]);
    }
    bool good = put_verdicts(store, analyzer, all, mains, err) && store_put_initiatives(store, records, n, err);
    arena_free(arena);
    return good;
}

bool analyze_regroup(struct store *store, const struct analyzer *analyzer, struct err *err)
{
    struct counted all = {.arena = arena_new()};
    bool good = store_clear_initiatives(store, err) && load_articles(store, &all, err) &&
                load_findings(store, analyzer->regions, &all, err) && find_likely(store, analyzer, &all, err) &&
                put_groups(store, analyzer, &all, err);
    mem_free(all.items);
    mem_free(all.members);
    arena_free(all.arena);
    return good;
}

bool analyze_group(struct store *store, const struct analyzer *analyzer, struct err *err)
{
    return analyze_regroup(store, analyzer, err);
}
