/* Who takes part in grouping, who is alike, and what has changed since the last grouping (grouping.sql). */
#include "store/internal.h"

#include "base/mem.h"

#include <stdio.h>
#include <string.h>

int64_t candidate_node(int64_t article, unsigned views)
{
    return 2 * article + (views == CANDIDATE_RULES);
}

/* ---- what has changed ---- */

bool store_touch_article(struct store *store, int64_t article, struct err *err)
{
#define TOUCH "INSERT INTO touched SELECT c.block, c.key, c.views, c.article, c.unit, c.print FROM "
    static const char own[] = TOUCH "candidate c WHERE c.article = ?1 ON CONFLICT DO NOTHING";
    static const char put_with[] = TOUCH "correction k JOIN article a ON a.key = k.value JOIN candidate c"
                                         " ON c.article = a.id WHERE k.article = ?1 AND k.field = 'group'"
                                         " ON CONFLICT DO NOTHING";
    static const char put_to_it[] = TOUCH "article a JOIN correction k ON k.value = a.key AND k.field = 'group'"
                                          " JOIN candidate c ON c.article = k.article WHERE a.id = ?1"
                                          " ON CONFLICT DO NOTHING";
    return store_may_write(store, false, err) && store_run_id(store, own, article, err) &&
           store_run_id(store, put_with, article, err) && store_run_id(store, put_to_it, article, err);
}

bool store_forget_candidates(struct store *store, struct err *err)
{
#define GOES "(SELECT id FROM temp.held WHERE goes)"
    static const char sql[] =
        TOUCH "candidate c WHERE c.article IN " GOES " ON CONFLICT DO NOTHING;" TOUCH
              "correction k JOIN article a ON a.key = k.value JOIN candidate c ON c.article = a.id WHERE k.field ="
              " 'group' AND k.article IN " GOES " ON CONFLICT DO NOTHING;" TOUCH
              "article a JOIN correction k ON k.value = a.key AND k.field = 'group' JOIN candidate c ON c.article ="
              " k.article WHERE a.id IN " GOES " ON CONFLICT DO NOTHING;"
              "UPDATE candidate SET digest = 0 WHERE digest <> 0 AND article IN (SELECT m.article FROM"
              " initiative_article m WHERE m.initiative IN (SELECT o.initiative FROM initiative_article o WHERE"
              " o.article IN " GOES "));"
              "DELETE FROM candidate WHERE article IN " GOES "; DELETE FROM pending WHERE article IN " GOES;
    return store_exec(store, sql, err);
}

bool store_put_pending(struct store *store, int64_t article, struct str likely, struct err *err)
{
    static const char sql[] = "INSERT INTO pending VALUES (?1, ?2) ON CONFLICT DO UPDATE SET likely = excluded.likely";
    sqlite3_stmt *s = store_statement(store, sql, err);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    store_bind_str(s, 2, likely);
    return store_run(store, s, err);
}

bool store_has_candidate(struct store *store, int64_t article, bool *has, struct err *err)
{
    static const char sql[] = "SELECT 1 FROM candidate WHERE article = ?1";
    sqlite3_stmt *s = store_statement(store, sql, err);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    if (!store_first(store, s, has, err))
        return false;
    sqlite3_reset(s);
    return true;
}

bool store_grouped(struct store *store, bool *grouped, struct err *err)
{
    int64_t waiting;
    bool ok = store_pragma_int(store, "SELECT EXISTS (SELECT 1 FROM touched) OR EXISTS (SELECT 1 FROM pending)",
                               &waiting, err);
    *grouped = ok && !waiting;
    return ok;
}

bool store_end_pending(struct store *store, struct err *err)
{
    return store_may_write(store, false, err) && store_exec(store, "DELETE FROM pending", err);
}

bool store_end_grouping(struct store *store, struct err *err)
{
    return store_may_write(store, false, err) && store_exec(store, "DELETE FROM touched; DELETE FROM pending", err);
}

/* ---- candidates ---- */

#define COLUMNS                                                                                                        \
    "article, key, views, block, day, counts, length, unit, units, categories, stage, promoted, digest, print"

static struct str column_copy(struct arena *arena, sqlite3_stmt *s, int column)
{
    return str_copy(arena, store_column(s, column));
}

static struct str blob_copy(struct arena *arena, sqlite3_stmt *s, int column)
{
    const char *bytes = sqlite3_column_blob(s, column);
    return str_copy(arena, (struct str){bytes, (size_t)sqlite3_column_bytes(s, column)});
}

static void read_candidate(sqlite3_stmt *s, struct arena *arena, struct candidate *out)
{
    struct str key = column_copy(arena, s, 1);
    *out = (struct candidate){.article = sqlite3_column_int64(s, 0),
                              .views = (unsigned)sqlite3_column_int(s, 2),
                              .block = sqlite3_column_int(s, 3),
                              .day = DATE_NONE,
                              .counts = sqlite3_column_int(s, 5),
                              .length = (size_t)sqlite3_column_int64(s, 6),
                              .unit = column_copy(arena, s, 7),
                              .units = column_copy(arena, s, 8),
                              .categories = column_copy(arena, s, 9),
                              .stage = column_copy(arena, s, 10),
                              .promoted = column_copy(arena, s, 11),
                              .digest = sqlite3_column_int64(s, 12),
                              .print = blob_copy(arena, s, 13)};
    memcpy(out->key, key.p, key.n < ARTICLE_KEY ? key.n : ARTICLE_KEY - 1);
    if (sqlite3_column_type(s, 4) != SQLITE_NULL)
        out->day = sqlite3_column_int(s, 4);
}

struct rows *store_candidates(struct store *store, const char *where, const struct param *params, size_t n,
                              struct err *err)
{
    struct buf sql = {0};
    buf_printf(&sql, "SELECT " COLUMNS " FROM candidate%s%s ORDER BY block, key, views", *where ? " WHERE " : "",
               where);
    struct rows *rows = store_query(store, sql.p, params, n, err);
    buf_free(&sql);
    return rows;
}

unsigned store_candidate_views(struct rows *rows)
{
    return (unsigned)rows_int(rows, 2);
}

int32_t store_candidate_block(struct rows *rows)
{
    return (int32_t)rows_int(rows, 3);
}

struct str store_candidate_print(struct rows *rows, struct str *unit)
{
    *unit = rows_text(rows, 7);
    return rows_bytes(rows, 13);
}

void store_read_candidate(struct rows *rows, struct arena *arena, struct candidate *out)
{
    read_candidate(rows_statement(rows), arena, out);
}

bool store_candidate(struct store *store, struct arena *arena, int64_t node, struct candidate *out, bool *found,
                     struct err *err)
{
    static const char sql[] = "SELECT " COLUMNS " FROM candidate WHERE article = ?1 AND (views = 1) = ?2";
    sqlite3_stmt *s = store_statement(store, sql, err);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, node / 2);
    sqlite3_bind_int64(s, 2, node % 2);
    if (!store_first(store, s, found, err))
        return false;
    if (*found)
        read_candidate(s, arena, out);
    sqlite3_reset(s);
    return true;
}

static bool same_candidate(const struct candidate *a, const struct candidate *b)
{
    return a->views == b->views && a->block == b->block && a->day == b->day && a->counts == b->counts &&
           a->length == b->length && str_equal(a->units, b->units) && str_equal(a->categories, b->categories) &&
           str_equal(a->stage, b->stage) && str_equal(a->promoted, b->promoted) && str_equal(a->print, b->print);
}

/* Are these the rows that the article has? Both are in the order of `views`. *had: how many it has. */
static bool unchanged(struct store *store, int64_t article, const struct candidate *items, size_t n, bool *same,
                      size_t *had, struct err *err)
{
    static const char sql[] = "SELECT " COLUMNS " FROM candidate WHERE article = ?1 ORDER BY views";
    struct arena *arena = arena_new();
    sqlite3_stmt *s = store_statement(store, sql, err);
    bool more = false, ok = s != NULL;
    size_t i = 0;
    if (s)
        sqlite3_bind_int64(s, 1, article);
    for (*same = true; ok && (ok = store_first(store, s, &more, err)) && more; i++) {
        struct candidate old;
        read_candidate(s, arena, &old);
        *same = *same && i < n && same_candidate(&old, &items[i]);
    }
    if (s)
        sqlite3_reset(s);
    *same = *same && i == n;
    *had = i;
    arena_free(arena);
    return ok;
}

static bool insert_candidate(struct store *store, const struct candidate *item, struct err *err)
{
    static const char place[] = "INSERT INTO touched VALUES (?1, ?2, ?3, ?4, '', x'') ON CONFLICT DO NOTHING";
    static const char row[] =
        "INSERT INTO candidate (" COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 0, ?13)";
    sqlite3_stmt *s = store_statement(store, place, err);
    if (!s)
        return false;
    sqlite3_bind_int(s, 1, item->block);
    store_bind_c(s, 2, item->key);
    sqlite3_bind_int(s, 3, (int)item->views);
    sqlite3_bind_int64(s, 4, item->article);
    if (!store_run(store, s, err) || !(s = store_statement(store, row, err)))
        return false;
    sqlite3_bind_int64(s, 1, item->article);
    store_bind_c(s, 2, item->key);
    sqlite3_bind_int(s, 3, (int)item->views);
    sqlite3_bind_int(s, 4, item->block);
    store_bind_date(s, 5, item->day);
    sqlite3_bind_int(s, 6, item->counts);
    sqlite3_bind_int64(s, 7, (sqlite3_int64)item->length);
    store_bind_str(s, 8, item->unit);
    store_bind_str(s, 9, item->units);
    store_bind_str(s, 10, item->categories);
    store_bind_str(s, 11, item->stage);
    store_bind_str(s, 12, item->promoted);
    sqlite3_bind_blob64(s, 13, item->print.p ? item->print.p : "", item->print.n, SQLITE_STATIC);
    return store_run(store, s, err);
}

bool store_put_candidates(struct store *store, int64_t article, const struct candidate *items, size_t n,
                          struct err *err)
{
    static const char remove[] = "DELETE FROM candidate WHERE article = ?1";
    bool same;
    size_t had;
    if (!store_may_write(store, false, err) || !unchanged(store, article, items, n, &same, &had, err))
        return false;
    if (same)
        return true;
    if (!store_touch_article(store, article, err) ||
        (had > 0 && (!store_dissolve(store, article, err) || !store_run_id(store, remove, article, err))))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!insert_candidate(store, &items[i], err))
            return false;
    return true;
}

bool store_put_promotion(struct store *store, int64_t article, const char *rules_version,
                         const struct analysis *analysis, struct str promoted, struct err *err)
{
    static const char sql[] = "UPDATE candidate SET promoted = ?2 WHERE article = ?1 AND views <> 1";
    if (!store_replace_analysis(store, article, rules_version, analysis, err))
        return false;
    sqlite3_stmt *s = store_statement(store, sql, err);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    store_bind_str(s, 2, promoted);
    return store_run(store, s, err);
}

/* ---- edges ---- */

bool store_clear_edges(struct store *store, struct err *err)
{
    return store_may_write(store, false, err) && store_exec(store, "DELETE FROM edge", err);
}

bool store_remove_edges(struct store *store, int64_t later, struct err *err)
{
    static const char sql[] = "DELETE FROM edge WHERE later = ?1";
    return store_may_write(store, false, err) && store_run_id(store, sql, later, err);
}

bool store_put_edges(struct store *store, const struct candidate_edge *edges, size_t n, struct err *err)
{
    static const char sql[] = "INSERT INTO edge (later, earlier, views, undated, alike) VALUES (?1, ?2, ?3, ?4, ?5)";
    if (!store_may_write(store, false, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        sqlite3_stmt *s = store_statement(store, sql, err);
        if (!s)
            return false;
        sqlite3_bind_int64(s, 1, edges[i].later);
        sqlite3_bind_int64(s, 2, edges[i].earlier);
        sqlite3_bind_int(s, 3, (int)edges[i].views);
        sqlite3_bind_int(s, 4, edges[i].undated);
        sqlite3_bind_double(s, 5, edges[i].alike);
        if (!store_run(store, s, err))
            return false;
    }
    return true;
}

static bool read_edges(struct store *store, const char *sql, int64_t node, struct candidate_edges *out, struct err *err)
{
    sqlite3_stmt *s = store_statement(store, sql, err);
    bool more = false, ok = s != NULL;
    if (s)
        sqlite3_bind_int64(s, 1, node);
    while (ok && (ok = store_first(store, s, &more, err)) && more)
        edges_add(out, (struct candidate_edge){.later = sqlite3_column_int64(s, 0),
                                               .earlier = sqlite3_column_int64(s, 1),
                                               .views = (unsigned)sqlite3_column_int(s, 2),
                                               .undated = sqlite3_column_int(s, 3),
                                               .alike = sqlite3_column_double(s, 4)});
    if (s)
        sqlite3_reset(s);
    return ok;
}

bool store_edges_from(struct store *store, int64_t later, struct candidate_edges *out, struct err *err)
{
    static const char sql[] =
        "SELECT later, earlier, views, undated, alike FROM edge WHERE later = ?1 ORDER BY earlier";
    return read_edges(store, sql, later, out, err);
}

bool store_edges_to(struct store *store, int64_t earlier, struct candidate_edges *out, struct err *err)
{
    static const char sql[] = "SELECT later, earlier, views, undated, alike FROM edge WHERE earlier = ?1";
    return read_edges(store, sql, earlier, out, err);
}

void edges_add(struct candidate_edges *edges, struct candidate_edge edge)
{
    edges->items = mem_grow(edges->items, &edges->room, edges->n + 1, sizeof *edges->items);
    edges->items[edges->n++] = edge;
}
