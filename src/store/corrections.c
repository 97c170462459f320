/* What persons have corrected: kept apart from what the rules say, and put in force where the rules' words stand. */
#include "store/internal.h"

#include <string.h>

static const char *const field_names[CORRECTION_FIELDS] = {
    [CORRECTION_INITIATIVE] = "initiative", [CORRECTION_CITY] = "city",
    [CORRECTION_CATEGORY] = "category",     [CORRECTION_DATE] = "date",
    [CORRECTION_GROUP] = "group",           [CORRECTION_NOTE] = "note",
};

const char *correction_name(enum correction_field field)
{
    return field_names[field];
}

/* Keeps ingest's date, once, and puts the person's in its place. */
static bool put_date(struct store *store, int64_t article, struct str value, struct err *err)
{
    static const char keep[] = "INSERT INTO dated SELECT id, basis, published, lo, hi, date_evidence FROM article"
                               " WHERE id = ?1 ON CONFLICT DO NOTHING";
    static const char set[] = "UPDATE article SET basis = ?2, published = ?3, lo = ?3, hi = ?3, date_evidence = ?4"
                              " WHERE id = ?1";
    date_t date = date_parse(value);
    sqlite3_stmt *s = store_run_id(store, keep, article, err) ? store_statement(store, set, err) : NULL;
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    store_bind_c(s, 2, basis_name(date == DATE_NONE ? BASIS_UNKNOWN : BASIS_PUBLISHED));
    store_bind_date(s, 3, date);
    store_bind_c(s, 4, CORRECTION_DATE_EVIDENCE);
    return store_run(store, s, err);
}

static bool restore_date(struct store *store, int64_t article, struct err *err)
{
    static const char set[] = "UPDATE article SET (basis, published, lo, hi, date_evidence) ="
                              " (SELECT basis, published, lo, hi, date_evidence FROM dated WHERE article = ?1)"
                              " WHERE id = ?1 AND EXISTS (SELECT 1 FROM dated WHERE article = ?1)";
    static const char forget[] = "DELETE FROM dated WHERE article = ?1";
    return store_run_id(store, set, article, err) && store_run_id(store, forget, article, err);
}

bool store_dated(struct store *store, int64_t article, bool *dated, struct err *err)
{
    static const char sql[] = "SELECT 1 FROM dated WHERE article = ?1";
    sqlite3_stmt *s = store_statement(store, sql, err);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    bool ok = store_first(store, s, dated, err);
    sqlite3_reset(s);
    return ok;
}

static bool remove_row(struct store *store, int64_t article, enum correction_field field, struct err *err)
{
    static const char sql[] = "DELETE FROM correction WHERE article = ?1 AND field = ?2";
    sqlite3_stmt *s = store_statement(store, sql, err);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    store_bind_c(s, 2, field_names[field]);
    return store_run(store, s, err);
}

static bool put_row(struct store *store, int64_t article, enum correction_field field, struct str value,
                    struct err *err)
{
    static const char sql[] = "INSERT INTO correction VALUES (?1, ?2, ?3)"
                              " ON CONFLICT DO UPDATE SET value = excluded.value";
    sqlite3_stmt *s = store_statement(store, sql, err);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    store_bind_c(s, 2, field_names[field]);
    store_bind_str(s, 3, value);
    return store_run(store, s, err);
}

bool store_put_correction(struct store *store, int64_t article, enum correction_field field, struct str value,
                          struct err *err)
{
    bool links = field == CORRECTION_GROUP;
    if (!store_may_write(store, false, err) || (links && !store_touch_article(store, article, err)))
        return false;
    bool ok = value.n ? put_row(store, article, field, value, err) : remove_row(store, article, field, err);
    if (ok && field == CORRECTION_DATE)
        ok = value.n ? put_date(store, article, value, err) : restore_date(store, article, err);
    return ok && (!links || store_touch_article(store, article, err));
}

bool store_corrections(struct store *store, struct arena *arena, int64_t article, struct corrections *out,
                       struct err *err)
{
    static const char sql[] = "SELECT field, value FROM correction WHERE article = ?1 ORDER BY field";
    struct param param = {.type = PARAM_INT, .number = article};
    struct rows *rows = store_query(store, sql, &param, 1, err);
    *out = (struct corrections){0};
    while (rows && rows_next(rows, err))
        for (size_t f = 0; f < CORRECTION_FIELDS; f++)
            if (str_equal(rows_text(rows, 0), str_from(field_names[f])))
                out->values[f] = str_copy(arena, rows_text(rows, 1));
    rows_close(rows);
    return err->kind == ERR_NONE;
}

bool store_clear_person(struct store *store, int64_t article, struct err *err)
{
    static const char sql[] = "DELETE FROM finding WHERE article = ?1 AND by_person";
    return store_may_write(store, false, err) && store_run_id(store, sql, article, err);
}

/* A person's findings of one kind, as analyze_corrected makes them. */
static bool put_findings(struct store *store, int64_t article, const char *kind, struct str list, int *seq,
                         struct err *err)
{
    static const char sql[] =
        "INSERT INTO finding (article, seq, kind, rank, value, score, rule, first_byte, end_byte, by_person)"
        " VALUES (?1, ?2, ?3, ?4, ?5, 1, 'person', 0, 0, 1)";
    struct str item;
    for (int rank = 0; list.n > 0 && str_field(&list, ';', &item); rank++) {
        sqlite3_stmt *s = store_statement(store, sql, err);
        if (!s)
            return false;
        sqlite3_bind_int64(s, 1, article);
        sqlite3_bind_int(s, 2, (*seq)++);
        store_bind_c(s, 3, kind);
        sqlite3_bind_int(s, 4, rank);
        store_bind_str(s, 5, item);
        if (!store_run(store, s, err))
            return false;
    }
    return true;
}

static bool any_kept(struct store *store, bool *any, struct err *err)
{
    static const char sql[] = "SELECT EXISTS (SELECT 1 FROM kept_correction)";
    int64_t found = 0;
    bool ok = store->no_kept || store_pragma_int(store, sql, &found, err);
    store->no_kept = ok && !found;
    *any = found;
    return ok;
}

bool store_return_corrections(struct store *store, const struct article *article, struct err *err)
{
    static const char find[] = "SELECT field, value FROM kept_correction WHERE key = ?1";
    static const char forget[] = "DELETE FROM kept_correction WHERE key = ?1";
    struct str values[CORRECTION_FIELDS] = {{NULL, 0}};
    struct arena *arena = NULL;
    bool more = false, ok = true;
    int seq = 0;
    if (!any_kept(store, &more, err) || !more)
        return err->kind == ERR_NONE;
    sqlite3_stmt *s = store_statement(store, find, err);
    if (!s)
        return false;
    store_bind_c(s, 1, article->key);
    while ((ok = store_first(store, s, &more, err)) && more)
        for (size_t f = 0; f < CORRECTION_FIELDS; f++)
            if (strcmp((const char *)sqlite3_column_text(s, 0), field_names[f]) == 0) {
                arena = arena ? arena : arena_new();
                values[f] = str_copy(arena, str_from((const char *)sqlite3_column_text(s, 1)));
            }
    sqlite3_reset(s);
    for (size_t f = 0; ok && arena && f < CORRECTION_FIELDS; f++)
        ok = (!values[f].n || store_put_correction(store, article->id, (enum correction_field)f, values[f], err)) &&
             (f > CORRECTION_CATEGORY || put_findings(store, article->id, field_names[f], values[f], &seq, err));
    if (ok && arena) {
        s = store_statement(store, forget, err);
        if (s)
            store_bind_c(s, 1, article->key);
        ok = store_run(store, s, err);
    }
    arena_free(arena);
    return ok;
}
