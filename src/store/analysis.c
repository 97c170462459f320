/* Writing what analysis found. */
#include "store/internal.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* Findings: a person's displace the rules' of the same kind. */

struct merged {
    const struct finding **items;
    size_t n;
    size_t replaced; /* findings of the article until now */
};

/* By rank; equal ranks keep the order of the array that both come from. */
static int by_rank(const void *a, const void *b)
{
    const struct finding *x = *(const struct finding *const *)a, *y = *(const struct finding *const *)b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return x < y ? -1 : x > y;
}

static void add_kind(struct merged *merged, const struct analysis *from, enum finding_kind kind, bool by_person)
{
    size_t begin = merged->n;
    for (size_t i = 0; i < from->n; i++)
        if (from->findings[i].kind == kind && from->findings[i].by_person == by_person)
            merged->items[merged->n++] = &from->findings[i];
    if (merged->n > begin)
        qsort(merged->items + begin, merged->n - begin, sizeof *merged->items, by_rank);
}

/* All findings to store, in (kind, rank) order: for each kind the person's of `fresh`, else the person's of `old`, else
 * those of the rules. */
static struct merged merge(struct arena *arena, const struct analysis *fresh, const struct analysis *old)
{
    struct merged merged = {ARENA_ARRAY(arena, mem_add(fresh->n, old->n), const struct finding *), 0, old->n};
    for (int kind = 0; kind < FINDING_KINDS; kind++) {
        size_t begin = merged.n;
        add_kind(&merged, fresh, (enum finding_kind)kind, true);
        if (merged.n == begin)
            add_kind(&merged, old, (enum finding_kind)kind, true);
        if (merged.n == begin)
            add_kind(&merged, fresh, (enum finding_kind)kind, false);
    }
    return merged;
}

/* Whether the article counts once a person has spoken. */
static bool counts(const struct merged *merged, bool by_rules)
{
    bool city = false, category = false, yes = by_rules;
    for (size_t i = 0; i < merged->n; i++) {
        const struct finding *f = merged->items[i];
        city |= f->kind == FINDING_CITY;
        category |= f->kind == FINDING_CATEGORY;
        if (f->kind == FINDING_INITIATIVE && f->by_person)
            yes = str_equal(f->value, STR("yes"));
    }
    return yes && city && category;
}

static void bind_finding(sqlite3_stmt *s, int first, size_t seq, const struct finding *f)
{
    sqlite3_bind_int64(s, first, (sqlite3_int64)seq);
    store_bind_c(s, first + 1, finding_kind_name(f->kind));
    sqlite3_bind_int(s, first + 2, f->rank);
    store_bind_str(s, first + 3, f->value);
    sqlite3_bind_double(s, first + 4, f->score);
    store_bind_str(s, first + 5, f->rule);
    sqlite3_bind_int64(s, first + 6, (sqlite3_int64)f->begin);
    sqlite3_bind_int64(s, first + 7, (sqlite3_int64)f->end);
    sqlite3_bind_int(s, first + 8, f->by_person);
}

/* Several rows a statement: what SQLite prepares to check a kind it prepares once for all of them. */
static bool put_findings(struct store *store, int64_t article_id, const struct merged *merged, struct err *err)
{
    enum { ROWS = 6, FIRST = 10 /* parameters of a row */ };
    static const char clear[] = "DELETE FROM finding WHERE article = ?1";
#define ROW(n) "(?1, ?" n "0, ?" n "1, ?" n "2, ?" n "3, ?" n "4, ?" n "5, ?" n "6, ?" n "7, ?" n "8)"
    static const char sql[] = "INSERT INTO finding SELECT * FROM (VALUES " ROW("1") ", " ROW("2") ", " ROW(
        "3") ", " ROW("4") ", " ROW("5") ", " ROW("6") ") LIMIT ?2";
#undef ROW
    if (merged->replaced > 0 && !store_run_id(store, clear, article_id, err))
        return false;
    for (size_t i = 0; i < merged->n; i += ROWS) {
        size_t rows = merged->n - i < ROWS ? merged->n - i : ROWS;
        sqlite3_stmt *s = store_statement(store, sql, err);
        if (!s)
            return false;
        sqlite3_bind_int64(s, 1, article_id);
        sqlite3_bind_int64(s, 2, (sqlite3_int64)rows);
        for (size_t row = 0; row < rows; row++)
            bind_finding(s, FIRST * (int)(row + 1), i + row, merged->items[i + row]);
        if (!store_run(store, s, err))
            return false;
    }
    return true;
}

static bool put_verdict(struct store *store, int64_t article_id, const char *rules_version, bool is_initiative,
                        double score, struct err *err)
{
    static const char sql[] = "INSERT INTO analysis VALUES (?1, ?2, ?3, ?4) ON CONFLICT (article) DO UPDATE SET"
                              " rules = excluded.rules, is_initiative = excluded.is_initiative, score = excluded.score";
    sqlite3_stmt *s = store_statement(store, sql, err);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article_id);
    store_bind_c(s, 2, rules_version);
    sqlite3_bind_int(s, 3, is_initiative);
    sqlite3_bind_double(s, 4, score);
    return store_run(store, s, err);
}

/* *grouped: it may have a part in grouping. */
static bool replace(struct store *store, int64_t article_id, const char *rules_version, const struct analysis *analysis,
                    bool *grouped, struct err *err)
{
    struct analysis old;
    struct arena *arena = arena_new();
    bool good = store_may_write(store, false, err) && store_findings(store, arena, article_id, &old, err);
    if (good) {
        struct merged merged = merge(arena, analysis, &old);
        bool yes = counts(&merged, analysis->is_initiative);
        good = put_verdict(store, article_id, rules_version, yes, analysis->score, err) &&
               put_findings(store, article_id, &merged, err);
        *grouped = yes || analysis->likely.n > 0;
        for (size_t i = 0; i < merged.n; i++)
            *grouped = *grouped || merged.items[i]->by_person;
    }
    arena_free(arena);
    return good;
}

bool store_replace_analysis(struct store *store, int64_t article_id, const char *rules_version,
                            const struct analysis *analysis, struct err *err)
{
    bool grouped;
    return replace(store, article_id, rules_version, analysis, &grouped, err);
}

bool store_put_analysis(struct store *store, int64_t article_id, const char *rules_version,
                        const struct analysis *analysis, struct err *err)
{
    bool grouped;
    if (!replace(store, article_id, rules_version, analysis, &grouped, err) ||
        (!grouped && !store_has_candidate(store, article_id, &grouped, err)))
        return false;
    return !grouped || store_put_pending(store, article_id, analysis->likely, err);
}
