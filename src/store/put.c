/* Writing articles, rejects, the knowledge tables and what analysis found. */
#include "store/internal.h"

#include "base/mem.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const char insert_article[] =
    "INSERT INTO article (key, hash, external_id, source, source_line, reader, encoding, basis, published, lo, hi,"
    " date_evidence, title, subtitle, outlet, url, hint_regions, hint_agencies, hint_keywords, body_lines, body, raw)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)"
    " ON CONFLICT (key) DO NOTHING";
static const char find_article[] = "SELECT id, hash FROM article WHERE key = ?1";

static void bind_article(sqlite3_stmt *s, const struct article *a)
{
    store_bind_c(s, 1, a->key);
    store_bind_c(s, 2, a->hash);
    store_bind_str(s, 3, a->external_id);
    store_bind_str(s, 4, a->source);
    sqlite3_bind_int64(s, 5, (sqlite3_int64)a->source_line);
    store_bind_str(s, 6, a->reader);
    store_bind_str(s, 7, a->encoding);
    store_bind_c(s, 8, basis_name(a->basis));
    store_bind_date(s, 9, a->published);
    store_bind_date(s, 10, a->lo);
    store_bind_date(s, 11, a->hi);
    const struct str texts[] = {a->date_evidence, a->title,         a->subtitle,   a->outlet, a->url, a->hint_regions,
                                a->hint_agencies, a->hint_keywords, a->body_lines, a->body,   a->raw};
    for (int i = 0; i < (int)(sizeof texts / sizeof *texts); i++)
        store_bind_str(s, 12 + i, texts[i]);
}

static bool fits(struct store *store, const struct article *a, struct err *err)
{
    size_t limit = (size_t)sqlite3_limit(store->db, SQLITE_LIMIT_LENGTH, -1) - 4096;
    size_t n = mem_add(a->raw.n, mem_add(a->body.n, mem_add(a->title.n, a->subtitle.n)));
    n = mem_add(n, mem_add(a->source.n, mem_add(a->url.n, mem_add(a->outlet.n, a->external_id.n))));
    n = mem_add(n, mem_add(a->hint_regions.n, mem_add(a->hint_agencies.n, a->hint_keywords.n)));
    n = mem_add(n, mem_add(a->body_lines.n, a->date_evidence.n));
    return n <= limit ||
           err_set(err, ERR_INPUT, STR_FMT ":%zu: an article of %zu bytes is larger than the database takes",
                   STR_ARG(str_slice(a->source, 0, 200)), a->source_line, n);
}

/* The row of a known hash. The same key under another hash is improbable by chance (60 bits), but possible on purpose.
 */
static bool known_article(struct store *store, struct article *article, struct err *err)
{
    sqlite3_stmt *s = store_statement(store, find_article, err);
    bool found;
    if (!s)
        return false;
    store_bind_c(s, 1, article->key);
    if (!store_first(store, s, &found, err))
        return false;
    bool same = found && strcmp((const char *)sqlite3_column_text(s, 1), article->hash) == 0;
    if (same)
        article->id = sqlite3_column_int64(s, 0);
    else
        err_set(err, ERR_INPUT, STR_FMT ":%zu: article key %s belongs to another article",
                STR_ARG(str_slice(article->source, 0, 200)), article->source_line, article->key);
    sqlite3_reset(s);
    return same;
}

bool store_put_article(struct store *store, struct article *article, bool *added, struct err *err)
{
    assert(strlen(article->hash) == 64 && article->key[0] == 'a' &&
           strncmp(article->key + 1, article->hash, ARTICLE_KEY - 2) == 0);
    *added = false;
    if (!store_may_write(store, store->first_article == 0, err) || !fits(store, article, err))
        return false;
    sqlite3_stmt *s = store_statement(store, insert_article, err);
    if (!s)
        return false;
    bind_article(s, article);
    if (!store_run(store, s, err))
        return false;
    *added = sqlite3_changes(store->db) == 1;
    if (!*added)
        return known_article(store, article, err);
    article->id = sqlite3_last_insert_rowid(store->db);
    if (store->savepoint == SAVEPOINT_WANTED)
        store->first_article = article->id;
    return true;
}

bool store_put_reject(struct store *store, const char *source, size_t line, const char *code, const char *reason,
                      struct err *err)
{
    static const char sql[] = "INSERT INTO reject VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
    sqlite3_stmt *s = store_may_write(store, false, err) ? store_statement(store, sql, err) : NULL;
    if (!s)
        return false;
    store_bind_c(s, 1, source);
    sqlite3_bind_int64(s, 2, (sqlite3_int64)line);
    store_bind_c(s, 3, code);
    store_bind_c(s, 4, reason);
    return store_run(store, s, err);
}

/* Findings: a person's displace the rules' of the same kind. */

struct merged {
    const struct finding **items;
    size_t n;
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
    struct merged merged = {ARENA_ARRAY(arena, mem_add(fresh->n, old->n), const struct finding *), 0};
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

static bool put_findings(struct store *store, int64_t article_id, const struct merged *merged, struct err *err)
{
    static const char clear[] = "DELETE FROM finding WHERE article = ?1";
    static const char insert[] = "INSERT INTO finding VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    sqlite3_stmt *s = store_statement(store, clear, err);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article_id);
    if (!store_run(store, s, err) || !(s = store_statement(store, insert, err)))
        return false;
    sqlite3_bind_int64(s, 1, article_id);
    for (size_t i = 0; i < merged->n; i++) {
        const struct finding *f = merged->items[i];
        sqlite3_bind_int64(s, 2, (sqlite3_int64)i);
        store_bind_c(s, 3, finding_kind_name(f->kind));
        sqlite3_bind_int(s, 4, f->rank);
        store_bind_str(s, 5, f->value);
        sqlite3_bind_double(s, 6, f->score);
        store_bind_str(s, 7, f->rule);
        sqlite3_bind_int64(s, 8, (sqlite3_int64)f->begin);
        sqlite3_bind_int64(s, 9, (sqlite3_int64)f->end);
        sqlite3_bind_int(s, 10, f->by_person);
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

bool store_put_analysis(struct store *store, int64_t article_id, const char *rules_version,
                        const struct analysis *analysis, struct err *err)
{
    struct analysis old;
    struct arena *arena = arena_new();
    bool good = store_may_write(store, false, err) && store_findings(store, arena, article_id, &old, err);
    if (good) {
        struct merged merged = merge(arena, analysis, &old);
        good = put_verdict(store, article_id, rules_version, counts(&merged, analysis->is_initiative), analysis->score,
                           err) &&
               put_findings(store, article_id, &merged, err);
    }
    arena_free(arena);
    return good;
}
