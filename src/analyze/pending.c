/* From the store and back: analyses what these rules have not seen. */
#include "analyze/analyze.h"

/* Are there any? Without reading articles: each has a row in analysis, and its index tells what versions there are. */
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

bool analyze_pending(struct store *store, const struct analyzer *analyzer, size_t *analyzed, struct err *err)
{
    bool any;
    *analyzed = 0;
    return any_new(store, analyzer_version(analyzer), &any, err) &&
           (!any || analyze_new(store, analyzer, analyzed, err)) && analyze_group(store, analyzer, err);
}
