/* From the store and back: analyses what these rules have not seen. One thread, the caller's, reads and writes; others
 * analyse:
 *
 *     read, by key ─▶ analyse, on all cores ─ in order ─▶ write */
#include "analyze/analyze.h"

#include "analyze/rules.h"
#include "base/mem.h"
#include "base/pool.h"

#include <string.h>

enum { SHEAF = 16, SHEAF_BYTES = 256 * 1024, WAITING_BYTES = 4 << 20 /* of articles, at most */ };

/* Some articles at a time: less is said between threads. */
struct sheaf {
    struct arena *arena; /* of articles and analyses */
    size_t n, bytes;
    struct article articles[SHEAF];
    struct analysis analyses[SHEAF];
};

static struct sheaf *sheaf_new(void)
{
    struct sheaf *sheaf = mem_alloc(sizeof *sheaf);
    memset(sheaf, 0, sizeof *sheaf);
    sheaf->arena = arena_new();
    return sheaf;
}

static void sheaf_free(struct sheaf *sheaf)
{
    arena_free(sheaf->arena);
    mem_free(sheaf);
}

static void analyze_sheaf(void *context, size_t thread, void *item)
{
    struct sheaf *sheaf = item;
    (void)thread;
    for (size_t i = 0; i < sheaf->n; i++)
        analyze_article(context, sheaf->arena, &sheaf->articles[i], &sheaf->analyses[i]);
}

/* False at the end, and after an error. */
static bool read_sheaf(struct rows *rows, struct sheaf *sheaf, bool *ended, struct err *err)
{
    while (!*ended && sheaf->n < SHEAF && sheaf->bytes < SHEAF_BYTES) {
        struct article *article = &sheaf->articles[sheaf->n];
        *ended = !store_next_article(rows, sheaf->arena, article, err);
        if (*ended)
            break;
        sheaf->bytes += article->raw.n + article->body.n;
        sheaf->n++;
    }
    return sheaf->n > 0 && err->kind == ERR_NONE;
}

static bool write_sheaf(struct store *store, const char *version, struct sheaf *sheaf, size_t *analyzed,
                        struct err *err)
{
    bool good = true;
    for (size_t i = 0; good && i < sheaf->n; i++) {
        good = store_put_analysis(store, sheaf->articles[i].id, version, &sheaf->analyses[i], err);
        *analyzed += good;
    }
    sheaf_free(sheaf);
    return good;
}

/* Those waiting are written when the pool has no room for more, and all at the end. */
static bool run_sheaves(struct store *store, const char *version, struct rows *rows, struct pool *pool,
                        size_t *analyzed, struct err *err)
{
    bool good = true, ended = false;
    struct sheaf *sheaf = sheaf_new();
    while (good && read_sheaf(rows, sheaf, &ended, err)) {
        while (good && pool_full(pool, sheaf->bytes))
            good = write_sheaf(store, version, pool_take(pool), analyzed, err);
        if (!good)
            break;
        pool_put(pool, sheaf, sheaf->bytes);
        sheaf = sheaf_new();
    }
    sheaf_free(sheaf);
    good = good && err->kind == ERR_NONE;
    if (!good)
        pool_stop(pool);
    pool_end(pool);
    while ((sheaf = pool_take(pool)) != NULL)
        if (good)
            good = write_sheaf(store, version, sheaf, analyzed, err);
        else
            sheaf_free(sheaf);
    return good;
}

/* Are there any? Without reading articles: each has a row in analysis, whose index tells what versions there are. */
static bool any_new(struct store *store, const char *version, bool *any, struct err *err)
{
    static const char sql[] =
        "SELECT EXISTS (SELECT 1 FROM analysis WHERE rules < ?1) OR EXISTS (SELECT 1 FROM analysis"
        " WHERE rules > ?1) OR (SELECT count(*) FROM article) <> (SELECT count(*) FROM analysis)";
    struct param param = {.type = PARAM_TEXT, .text = str_from(version)};
    struct rows *rows = store_query(store, sql, &param, 1, err);
    *any = rows && rows_next(rows, err) && rows_int(rows, 0);
    rows_close(rows);
    return err->kind == ERR_NONE;
}

static bool analyze_new(struct store *store, const struct analyzer *analyzer, size_t *analyzed, struct err *err)
{
    static const char where[] = "id NOT IN (SELECT article FROM analysis WHERE rules = ?1)";
    const char *version = analyzer_version(analyzer);
    struct param param = {.type = PARAM_TEXT, .text = str_from(version)};
    struct rows *rows = store_articles(store, where, &param, 1, err);
    struct pool *pool =
        rows ? pool_new(analyzer->threads, WAITING_BYTES, analyze_sheaf, (void *)(uintptr_t)analyzer, err) : NULL;
    bool good = pool && run_sheaves(store, version, rows, pool, analyzed, err);
    pool_free(pool);
    rows_close(rows);
    return good && err->kind == ERR_NONE;
}

bool analyze_pending(struct store *store, const struct analyzer *analyzer, size_t *analyzed, struct err *err)
{
    bool any;
    *analyzed = 0;
    return any_new(store, analyzer_version(analyzer), &any, err) &&
           (!any || analyze_new(store, analyzer, analyzed, err)) && analyze_group(store, analyzer, err);
}
