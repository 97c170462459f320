/* The thin layer over SQLite: errors with their SQL, kept statements, binding, transactions. */
#include "store/internal.h"

#include <assert.h>
#include <errno.h>

static enum err_kind kind_of(int code)
{
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL: return ERR_LOCKED;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_TOOBIG: return ERR_INPUT;
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM: return ERR_CREATE;
    case SQLITE_IOERR: return code == SQLITE_IOERR_NOMEM ? ERR_MEMORY : ERR_IO;
    case SQLITE_FULL: return ERR_IO;
    case SQLITE_NOMEM: return ERR_MEMORY;
    default: return ERR_INTERNAL;
    }
}

static const char *plain_words(int code)
{
    switch (code & 0xff) {
    case SQLITE_CORRUPT: return "the database is damaged";
    case SQLITE_NOTADB: return "not a SQLite database";
    case SQLITE_READONLY: return "the database cannot be written";
    case SQLITE_FULL: return "the disk is full";
    default: return NULL;
    }
}

bool store_unreadable(struct store *store)
{
    int problem = 0;
    sqlite3_file_control(store->db, "main", SQLITE_FCNTL_LAST_ERRNO, &problem);
    return problem == EIO || problem == ENXIO;
}

bool store_fail(struct store *store, const char *sql, struct err *err)
{
    int code = sqlite3_extended_errcode(store->db);
    const char *message = sqlite3_errmsg(store->db), *plain = plain_words(code);
    if (kind_of(code) == ERR_LOCKED) /* nothing is wrong with the statement */
        return err_set(err, ERR_LOCKED,
                       "%s: the database is in use: another briefgen is importing into it, or another program holds it"
                       " open for writing; try again when that is done",
                       store->name);
    if ((code & 0xff) == SQLITE_CORRUPT && store_unreadable(store))
        return err_set(err, ERR_IO, "%s: cannot read the database: %s", store->name, strerror(EIO));
    return err_set(err, kind_of(code), "%s: %s%s%s%s%s", store->name, plain ? plain : message, plain ? ": " : "",
                   plain ? message : "", sql ? ": SQL: " : "", sql ? sql : "");
}

bool store_exec(struct store *store, const char *sql, struct err *err)
{
    return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK || store_fail(store, sql, err);
}

bool store_pragma_int(struct store *store, const char *sql, int64_t *value, struct err *err)
{
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) != SQLITE_OK)
        return store_fail(store, sql, err);
    bool found = sqlite3_step(statement) == SQLITE_ROW;
    if (found)
        *value = sqlite3_column_int64(statement, 0);
    else
        store_fail(store, sql, err);
    sqlite3_finalize(statement);
    return found;
}

sqlite3_stmt *store_statement(struct store *store, const char *sql, struct err *err)
{
    for (size_t i = 0; i < store->n_cached; i++)
        if (store->cached[i].sql == sql) {
            sqlite3_reset(store->cached[i].statement);
            return store->cached[i].statement;
        }
    assert(store->n_cached < STORE_CACHED);
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK) {
        store_fail(store, sql, err);
        return NULL;
    }
    store->cached[store->n_cached].sql = sql;
    store->cached[store->n_cached++].statement = statement;
    return statement;
}

void store_bind_str(sqlite3_stmt *statement, int index, struct str text)
{
    /* A failure (too long) is reported by the step, which then finds NULL in a NOT NULL column. */
    sqlite3_bind_text64(statement, index, text.n ? text.p : "", text.n, SQLITE_STATIC, SQLITE_UTF8);
}

void store_bind_c(sqlite3_stmt *statement, int index, const char *text)
{
    store_bind_str(statement, index, str_from(text));
}

void store_bind_date(sqlite3_stmt *statement, int index, date_t date)
{
    if (date == DATE_NONE)
        sqlite3_bind_null(statement, index);
    else
        sqlite3_bind_int(statement, index, date);
}

bool store_run(struct store *store, sqlite3_stmt *statement, struct err *err)
{
    if (!statement)
        return false;
    int code = sqlite3_step(statement);
    if (code != SQLITE_DONE)
        store_fail(store, sqlite3_sql(statement), err);
    sqlite3_reset(statement);
    return code == SQLITE_DONE;
}

bool store_run_id(struct store *store, const char *sql, int64_t id, struct err *err)
{
    sqlite3_stmt *s = store_statement(store, sql, err);
    if (s)
        sqlite3_bind_int64(s, 1, id);
    return store_run(store, s, err);
}

bool store_first(struct store *store, sqlite3_stmt *statement, bool *found, struct err *err)
{
    if (!statement)
        return false;
    int code = sqlite3_step(statement);
    *found = code == SQLITE_ROW;
    if (code == SQLITE_ROW || code == SQLITE_DONE)
        return true;
    store_fail(store, sqlite3_sql(statement), err);
    sqlite3_reset(statement);
    return false;
}

bool store_number(struct store *store, const char *sql, int64_t id, int64_t *number, struct err *err)
{
    bool found;
    sqlite3_stmt *s = store_statement(store, sql, err);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, id);
    if (!store_first(store, s, &found, err))
        return false;
    *number = found ? sqlite3_column_int64(s, 0) : 0;
    sqlite3_reset(s);
    return true;
}

bool store_in_transaction(const struct store *store)
{
    return !sqlite3_get_autocommit(store->db);
}

/* Several rows that belong together must not be committed one by one. SQLite also ends a transaction by itself after
 * some errors (disk full): what comes later must then fail and not be committed on its own.
 *
 * A savepoint makes SQLite copy every page before its first change: for files of one article that is half of the whole
 * cost. So it is only opened before the second article of a file or a change of what is there; the first new article
 * and what goes with it is undone by its row id. */
bool store_may_write(struct store *store, bool deferrable, struct err *err)
{
    static const char sql[] = "SAVEPOINT file";
    if (!store_in_transaction(store))
        return err_set(err, ERR_INTERNAL, "%s: a write outside a transaction", store->name);
    if (store->savepoint != SAVEPOINT_WANTED || deferrable)
        return true;
    if (!store_run(store, store_statement(store, sql, err), err))
        return false;
    store->savepoint = SAVEPOINT_OPEN;
    return true;
}

bool store_begin(struct store *store, struct err *err)
{
    store->no_kept = false;
    return store_exec(store, "BEGIN IMMEDIATE", err);
}

bool store_commit(struct store *store, struct err *err)
{
    store->savepoint = SAVEPOINT_NONE;
    store->next_input = 0;
    return store_exec(store, "COMMIT", err);
}

void store_rollback(struct store *store)
{
    if (!store_in_transaction(store))
        return;
    struct err ignored = {0}; /* SQLite rolls back at the latest when the file is opened next */
    store->savepoint = SAVEPOINT_NONE;
    store->next_input = 0;
    store_drop_input(store);
    store_exec(store, "ROLLBACK", &ignored);
}

bool store_savepoint(struct store *store, struct err *err)
{
    assert(store->savepoint == SAVEPOINT_NONE);
    store->first_article = store->first_input = 0;
    if (!store_may_write(store, true, err))
        return false;
    store->savepoint = SAVEPOINT_WANTED;
    return true;
}

bool store_savepoint_keep(struct store *store, struct err *err)
{
    static const char sql[] = "RELEASE file";
    bool open = store->savepoint == SAVEPOINT_OPEN;
    if (!store_may_write(store, true, err))
        return false;
    store->savepoint = SAVEPOINT_NONE;
    return !open || store_run(store, store_statement(store, sql, err), err);
}

void store_savepoint_undo(struct store *store)
{
    struct err err = {0};
    bool open = store->savepoint == SAVEPOINT_OPEN;
    if (store->savepoint == SAVEPOINT_NONE || !store_in_transaction(store))
        return;
    store->savepoint = SAVEPOINT_NONE;
    bool good = !open || store_exec(store, "ROLLBACK TO file; RELEASE file", &err);
    good = good && store_undo_first(store, &err);
    store_drop_input(store);
    if (!good) /* half a file must never be committed: the whole transaction goes, later writes and the commit fail */
        store_rollback(store);
}

bool store_snapshot(struct store *store, bool *begun, struct err *err)
{
    *begun = false;
    if (store_in_transaction(store))
        return true;
    int64_t version; /* the first read takes the lock that fixes the snapshot */
    *begun = store_exec(store, "BEGIN DEFERRED", err) && store_pragma_int(store, "PRAGMA user_version", &version, err);
    if (!*begun)
        store_rollback(store);
    return *begun;
}
