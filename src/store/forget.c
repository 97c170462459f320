/* Forgetting an import: as if it had never been made. */
#include "store/internal.h"

/* The inputs of an import have consecutive ids (import.c). */
#define OF_IMPORT                                                                                                      \
    "BETWEEN (SELECT MIN(id) FROM input WHERE import = ?1) AND (SELECT MAX(id) FROM input WHERE import = ?1)"

static bool run(struct store *store, const char *sql, int64_t id, size_t *changes, struct err *err)
{
    bool ok = store_run_id(store, sql, id, err);
    if (ok && changes)
        *changes = (size_t)sqlite3_changes64(store->db);
    return ok;
}

static bool count(struct store *store, const char *sql, size_t *n, struct err *err)
{
    int64_t number;
    bool ok = store_pragma_int(store, sql, &number, err);
    *n = ok ? (size_t)number : 0;
    return ok;
}

/* What the import holds: articles that are seen nowhere else go, the others are looked at again. */
static bool gather(struct store *store, int64_t import, struct store_forgotten *out, struct err *err)
{
    static const char tables[] = "DROP TABLE IF EXISTS temp.held; CREATE TEMP TABLE held (id INTEGER PRIMARY KEY,"
                                 " goes INTEGER NOT NULL)";
    static const char held[] = "INSERT INTO temp.held SELECT DISTINCT article, 0 FROM sighting WHERE input " OF_IMPORT;
    static const char sightings[] = "DELETE FROM sighting WHERE input " OF_IMPORT;
    static const char goes[] = "UPDATE temp.held SET goes = 1 WHERE NOT EXISTS"
                               " (SELECT 1 FROM sighting s WHERE s.article = held.id)";
    return store_exec(store, tables, err) && run(store, held, import, NULL, err) &&
           run(store, sightings, import, &out->sightings, err) && store_exec(store, goes, err) &&
           count(store, "SELECT COUNT(*) FROM temp.held WHERE goes", &out->articles, err);
}

/* Articles that stay may have to show another variant, or name another place. */
static bool settle(struct store *store, struct store_forgotten *out, struct err *err)
{
    static const char sql[] = "SELECT id FROM temp.held WHERE NOT goes AND id > ?1 ORDER BY id LIMIT 1";
    for (int64_t id = 0;;) {
        bool changed;
        if (!store_number(store, sql, id, &id, err))
            return false;
        if (id == 0)
            return true;
        if (!store_elect(store, id, &changed, err))
            return false;
        out->changed += changed;
    }
}

/* Their groups go with them, as a whole: the caller makes them anew. What persons have said is kept by key. */
static bool remove_articles(struct store *store, struct store_forgotten *out, struct err *err)
{
#define GOES   "(SELECT id FROM temp.held WHERE goes)"
#define GROUPS "(SELECT id FROM temp.gone_group)"
    static const char groups[] = "DROP TABLE IF EXISTS temp.gone_group; CREATE TEMP TABLE gone_group AS"
                                 " SELECT DISTINCT initiative AS id FROM initiative_article WHERE article IN " GOES;
    static const char initiatives[] = "DELETE FROM tally WHERE initiative IN " GROUPS ";"
                                      "DELETE FROM initiative_article WHERE initiative IN " GROUPS ";"
                                      "DELETE FROM initiative_unit WHERE initiative IN " GROUPS ";"
                                      "DELETE FROM initiative_category WHERE initiative IN " GROUPS ";"
                                      "DELETE FROM initiative WHERE id IN " GROUPS;
    static const char keep[] =
        "INSERT INTO kept_correction SELECT a.key, c.field, c.value FROM correction c"
        " JOIN article a ON a.id = c.article WHERE a.id IN " GOES " ON CONFLICT DO UPDATE SET value = excluded.value";
    static const char rows[] = "DELETE FROM correction WHERE article IN " GOES ";"
                               "DELETE FROM dated WHERE article IN " GOES ";"
                               "DELETE FROM finding WHERE article IN " GOES ";"
                               "DELETE FROM analysis WHERE article IN " GOES ";"
                               "DELETE FROM variant WHERE article IN " GOES ";"
                               "DELETE FROM article WHERE id IN " GOES;
    return store_exec(store, groups, err) &&
           count(store, "SELECT COUNT(*) FROM temp.gone_group", &out->initiatives, err) &&
           store_forget_candidates(store, err) && store_exec(store, initiatives, err) &&
           count(store, "SELECT COUNT(*) FROM correction WHERE article IN " GOES, &out->corrections, err) &&
           store_exec(store, keep, err) && store_exec(store, rows, err);
}

/* A later import that went on where this one was interrupted does not hold all of the input any more: it is read from
 * its beginning next time. */
static bool reopen(struct store *store, int64_t import, struct err *err)
{
    static const char sql[] = "UPDATE input SET complete = 0, items = 0 WHERE skipped > 0 AND import <> ?1 AND EXISTS"
                              " (SELECT 1 FROM input f WHERE f.import = ?1 AND f.id < input.id AND f.code = input.code "
                              "AND f.name = input.name"
                              " AND f.bytes = input.bytes AND f.mtime = input.mtime)";
    return store_run_id(store, sql, import, err);
}

bool store_forget_import(struct store *store, int64_t import, struct store_forgotten *out, struct err *err)
{
    static const char members[] = "DELETE FROM member WHERE input " OF_IMPORT;
    static const char headings[] = "DELETE FROM heading WHERE input " OF_IMPORT;
    static const char rejects[] = "DELETE FROM reject WHERE input " OF_IMPORT;
    static const char inputs[] = "DELETE FROM input WHERE import = ?1";
    static const char row[] = "DELETE FROM import WHERE id = ?1";
    size_t found = 0;
    *out = (struct store_forgotten){0};
    store->no_kept = false;
    return store_may_write(store, false, err) && gather(store, import, out, err) && settle(store, out, err) &&
           remove_articles(store, out, err) && reopen(store, import, err) && run(store, members, import, NULL, err) &&
           run(store, headings, import, NULL, err) && run(store, rejects, import, &out->rejects, err) &&
           run(store, inputs, import, &out->inputs, err) && run(store, row, import, &found, err) &&
           store_exec(store, "DROP TABLE temp.held; DROP TABLE temp.gone_group", err) &&
           (found == 1 ||
            err_set(err, ERR_USAGE, "there is no import %lld: briefgen sources lists them", (long long)import));
}
