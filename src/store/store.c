/* Opening and closing the database, with the settings that make it safe against crashes and hostile files. */
#include "store/internal.h"

#include "base/limits.h"
#include "base/mem.h"
#include "data/data.h"

#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fcntl.h>

static char *copy(const char *text)
{
    size_t n = strlen(text) + 1;
    return memcpy(mem_alloc(n), text, n);
}

/* The absolute path: SQLite takes "file:…" and ":memory:" for something else, and the journal's place must not depend
 * on links. *exists tells whether there is a file. NULL on error. */
static char *resolve(const char *path, enum store_mode mode, bool *exists, struct err *err)
{
    struct stat info;
    enum err_kind missing = mode == STORE_READ ? ERR_NO_INPUT : ERR_CREATE;
    *exists = stat(path, &info) == 0;
    if (!*exists && (errno != ENOENT || mode == STORE_READ)) {
        err_set(err, missing, "%s: cannot open the database: %s", path, strerror(errno));
        return NULL;
    }
    if (*exists && !S_ISREG(info.st_mode)) {
        err_set(err, ERR_INPUT, "%s: not a database but a %s", path,
                S_ISDIR(info.st_mode) ? "directory" : "special file");
        return NULL;
    }
    char *parent = copy(path), *name = copy(path), *directory = realpath(*exists ? path : dirname(parent), NULL);
    char *result = NULL;
    if (!directory) {
        err_set(err, missing, "%s: cannot open the database: %s", path, strerror(errno));
    } else if (*exists) {
        result = copy(directory);
    } else {
        const char *last = basename(name);
        size_t room = strlen(directory) + strlen(last) + 2;
        result = mem_alloc(room);
        snprintf(result, room, "%s/%s", strcmp(directory, "/") == 0 ? "" : directory, last);
    }
    free(directory);
    mem_free(parent);
    mem_free(name);
    return result;
}

/* Writing needs the file and its directory (the journal is made beside it). Asked before anything is tried, so that a
 * long import does not find out at its end. */
static bool check_writable(const char *name, const char *path, bool exists, struct err *err)
{
    char *parent = copy(path);
    const char *directory = dirname(parent);
    bool good = true;
    if (faccessat(AT_FDCWD, directory, W_OK | X_OK, AT_EACCESS) != 0)
        good = err_set(err, ERR_CREATE, "%s: the directory cannot be written: %s", name, strerror(errno));
    else if (exists && faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) != 0)
        good = err_set(err, ERR_CREATE, "%s: the database cannot be written: %s", name, strerror(errno));
    mem_free(parent);
    return good;
}

/* An interrupted import leaves a journal; to roll it back even a reader must be able to write. */
static bool has_journal(const char *path)
{
    size_t room = strlen(path) + sizeof "-journal";
    char *journal = mem_alloc(room);
    struct stat info;
    snprintf(journal, room, "%s-journal", path);
    bool found = stat(journal, &info) == 0 && info.st_size > 0;
    mem_free(journal);
    return found;
}

/* What a hostile file must not be able to use, whatever its schema says. */
static bool harden(struct store *store, struct err *err)
{
    static const struct {
        int option, value;
    } switches[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_DQS_DML, 0},
        {SQLITE_DBCONFIG_DQS_DDL, 0},
        {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
        {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
        {SQLITE_DBCONFIG_ENABLE_FKEY, 1},
        {SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
    };
    static const struct {
        int limit, value;
    } limits[] = {
        {SQLITE_LIMIT_LENGTH, LIMIT_ARTICLE_BYTES + STORE_ROW_ROOM},
        {SQLITE_LIMIT_SQL_LENGTH, 1 << 20},
        {SQLITE_LIMIT_COLUMN, 100},
        {SQLITE_LIMIT_EXPR_DEPTH, 100},
        {SQLITE_LIMIT_COMPOUND_SELECT, 20},
        {SQLITE_LIMIT_VDBE_OP, 25000},
        {SQLITE_LIMIT_FUNCTION_ARG, 20},
        {SQLITE_LIMIT_ATTACHED, 0},
        {SQLITE_LIMIT_TRIGGER_DEPTH, 1},
        {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000},
        {SQLITE_LIMIT_VARIABLE_NUMBER, 1000},
        {SQLITE_LIMIT_WORKER_THREADS, 0},
    };
    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++)
        if (sqlite3_db_config(store->db, switches[i].option, switches[i].value, NULL) != SQLITE_OK)
            return store_fail(store, NULL, err);
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        sqlite3_limit(store->db, limits[i].limit, limits[i].value);
    /* No temporary files; secure_delete, which Debian turns on, would write every freed page once more. */
    return store_exec(store,
                      "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY; "
                      "PRAGMA secure_delete = OFF",
                      err);
}

bool store_check(struct store *store, struct err *err)
{
    static const char sql[] = "PRAGMA quick_check(1)";
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) != SQLITE_OK)
        return store_fail(store, sql, err);
    bool good = sqlite3_step(statement) == SQLITE_ROW;
    const char *text = good ? (const char *)sqlite3_column_text(statement, 0) : NULL;
    if (!good)
        store_fail(store, sql, err);
    else if ((!text || strcmp(text, "ok") != 0) && store_unreadable(store))
        good = err_set(err, ERR_IO, "%s: cannot read the database: %s", store->name, text ? text : "quick_check");
    else if (!text || strcmp(text, "ok") != 0)
        good = err_set(err, ERR_INPUT, "%s: the database is damaged: %s", store->name, text ? text : "quick_check");
    sqlite3_finalize(statement);
    return good;
}

/* Everything that only reads. *version = 0 for a file that is still empty. */
static bool examine(struct store *store, const struct store_options *options, int *version, struct err *err)
{
    int64_t pages, page_size;
    if (!store_check_identity(store, options, version, err))
        return false;
    if (*version == 0)
        return true;
    if (!store_pragma_int(store, "PRAGMA page_count", &pages, err) ||
        !store_pragma_int(store, "PRAGMA page_size", &page_size, err))
        return false;
    return pages * page_size > STORE_QUICK_CHECK_BYTES || store_check(store, err);
}

static bool prepare_reading(struct store *store, const struct store_options *options, struct err *err)
{
    int version;
    if (!examine(store, options, &version, err))
        return false;
    if (version == 0)
        return err_set(err, ERR_NO_INPUT, "%s: the database is empty: import articles first", store->name);
    if (version < (int)options->n_steps)
        return err_set(err, ERR_INPUT, "%s: made by an older briefgen (schema %d of %zu): the next import brings it up",
                       store->name, version, options->n_steps);
    return store_exec(store, "PRAGMA query_only = ON; PRAGMA cache_size = -16384", err);
}

static bool prepare_writing(struct store *store, const struct store_options *options, struct err *err)
{
    int version;
    char pages[100];
    if (!examine(store, options, &version, err))
        return false;
    if (sqlite3_db_readonly(store->db, "main") != 0)
        return err_set(err, ERR_CREATE, "%s: the database cannot be written", store->name);
    snprintf(pages, sizeof pages, "PRAGMA page_size = %d; PRAGMA max_page_count = %d",
             STORE_PAGE_SIZE /* effective on an empty file only */, LIMIT_DATABASE_PAGES);
    if (!store_exec(store, pages, err) ||
        !store_exec(store, "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; PRAGMA cache_size = -65536", err))
        return false;
    return version == (int)options->n_steps || store_migrate(store, options, err);
}

static struct store *open_file(const char *name, const char *path, enum store_mode mode,
                               const struct store_options *options, struct err *err)
{
    int flags = mode == STORE_WRITE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                : has_journal(path) ? SQLITE_OPEN_READWRITE
                                    : SQLITE_OPEN_READONLY;
    struct store *store = mem_alloc(sizeof *store);
    *store = (struct store){.name = copy(name)};
    bool good =
        sqlite3_open_v2(path, &store->db, flags | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK;
    if (!good)
        store_fail(store, NULL, err);
    else
        sqlite3_busy_timeout(store->db, options->busy_ms);
    if (good && !store_functions(store->db))
        good = store_fail(store, NULL, err);
    if (good && harden(store, err) &&
        (mode == STORE_WRITE ? prepare_writing(store, options, err) : prepare_reading(store, options, err)))
        return store;
    store_close(store);
    return NULL;
}

struct store *store_open_with(const char *path, enum store_mode mode, const struct store_options *options,
                              struct err *err)
{
    bool exists;
    struct store *store = NULL;
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS,
                   0); /* no counters behind a mutex; refused, harmlessly, after the first time */
    char *full = resolve(path, mode, &exists, err);
    if (full && (!exists || store_check_header(path, full, options->n_steps, err)) &&
        (mode == STORE_READ || check_writable(path, full, exists, err)))
        store = open_file(path, full, mode, options, err);
    mem_free(full);
    return store;
}

struct store_options store_shipped(struct str steps[STORE_STEPS])
{
    static const char *const files[STORE_STEPS] = {
        "store/schema.sql", "store/schema-2.sql",   "store/corrections.sql", "store/population.sql",
        "store/views.sql",  "store/provenance.sql", "store/grouping.sql",    "store/undated.sql"};
    for (size_t i = 0; i < STORE_STEPS; i++)
        steps[i] = data_file(files[i]);
    return (struct store_options){steps, STORE_STEPS, STORE_BUSY_MS};
}

struct store *store_open(const char *path, enum store_mode mode, struct err *err)
{
    struct str steps[STORE_STEPS];
    const struct store_options options = store_shipped(steps);
    return store_open_with(path, mode, &options, err);
}

struct store *store_open_memory(struct err *err)
{
    struct str steps[STORE_STEPS];
    const struct store_options options = store_shipped(steps);
    return open_file("the database in memory", ":memory:", STORE_WRITE, &options, err);
}

void store_close(struct store *store)
{
    if (!store)
        return;
    store_rollback(store);
    store_free_input(store);
    for (size_t i = 0; i < store->n_cached; i++)
        sqlite3_finalize(store->cached[i].statement);
    sqlite3_close_v2(store->db); /* waits for rows that are still open */
    mem_free(store->name);
    mem_free(store);
}
