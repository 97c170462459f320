/* Whose database is it, which version, is the schema exactly ours; and the steps from one version to the next.
 *
 * A file that is not ours must stay as it is, byte for byte, so the checks go from harmless to trusting:
 *   1. the 100-byte header is read without SQLite: magic, application_id, user_version (store_check_header);
 *   2. SQLite opens the file and the schema is compared, object by object, with one built in memory by the same steps:
 *      a planted trigger, view or altered table is refused before any query runs (store_check_identity);
 *   3. only then anything is written, all steps in one transaction (store_migrate).
 * Version n of the schema is what the first n steps make; the framework knows nothing else. */
#include "base/mem.h"
#include "store/internal.h"

#include <stdio.h>
#include <string.h>

enum { HEADER_BYTES = 100, VERSION_AT = 60, APPLICATION_AT = 68 }; /* SQLite file format, section 1.3 */

static uint32_t big_endian(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* Reads through SQLite's own file layer: closing a descriptor of ours would drop the POSIX locks that another
 * connection of this process holds. *n = bytes read, less than HEADER_BYTES for a short file. */
static bool read_header(const char *name, const char *path, unsigned char header[HEADER_BYTES], size_t *n,
                        struct err *err)
{
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    sqlite3_filename filename = sqlite3_create_filename(path, "", "", 0, NULL);
    sqlite3_file *file = mem_alloc((size_t)vfs->szOsFile);
    sqlite3_int64 size = 0;
    memset(file, 0, (size_t)vfs->szOsFile);
    memset(header, 0, HEADER_BYTES);
    int code =
        filename ? vfs->xOpen(vfs, filename, file, SQLITE_OPEN_READONLY | SQLITE_OPEN_MAIN_DB, NULL) : SQLITE_NOMEM;
    if (code == SQLITE_OK)
        code = file->pMethods->xFileSize(file, &size);
    *n = size > HEADER_BYTES ? HEADER_BYTES : (size_t)size;
    if (code == SQLITE_OK && *n)
        code = file->pMethods->xRead(file, header, (int)*n, 0);
    if (file->pMethods)
        file->pMethods->xClose(file);
    mem_free(file);
    sqlite3_free_filename(filename);
    return code == SQLITE_OK || err_set(err, code == SQLITE_CANTOPEN ? ERR_NO_INPUT : ERR_IO, "%s: cannot be read: %s",
                                        name, sqlite3_errstr(code));
}

bool store_check_header(const char *name, const char *path, size_t n_steps, struct err *err)
{
    static const unsigned char zero[HEADER_BYTES];
    unsigned char header[HEADER_BYTES];
    size_t n;
    if (!read_header(name, path, header, &n, err))
        return false;
    /* Empty, or page 1 not yet written when the very first import was interrupted: its journal, which only a database
     * of ours can have left beside such a file, will empty it. */
    if (memcmp(header, zero, HEADER_BYTES) == 0 && (n == 0 || n == HEADER_BYTES))
        return true;
    if (n < HEADER_BYTES || memcmp(header, "SQLite format 3", 16) != 0)
        return err_set(err, ERR_INPUT, "%s: not a briefgen database (not SQLite, or cut short)", name);
    if (big_endian(header + APPLICATION_AT) != STORE_APPLICATION_ID)
        return err_set(err, ERR_INPUT, "%s: a database of another program", name);
    if (big_endian(header + VERSION_AT) > n_steps)
        return err_set(err, ERR_INPUT, "%s: made by a newer briefgen (schema %lu, this program knows %zu)", name,
                       (unsigned long)big_endian(header + VERSION_AT), n_steps);
    return true;
}

/* All objects of a schema, but for SQLite's own statistics. */
static const char schema_sql[] = "SELECT name, type, tbl_name, sql FROM sqlite_schema "
                                 "WHERE name NOT GLOB 'sqlite_stat*' ORDER BY name COLLATE BINARY, type";

static bool same_cell(sqlite3_stmt *a, sqlite3_stmt *b, int column)
{
    const char *x = (const char *)sqlite3_column_text(a, column), *y = (const char *)sqlite3_column_text(b, column);
    return x && y ? strcmp(x, y) == 0 : x == y;
}

/* Steps through both schemas; names the first object that differs. */
static bool compare_schemas(struct store *store, sqlite3_stmt *ours, sqlite3_stmt *found, struct err *err)
{
    for (;;) {
        int want = sqlite3_step(ours), have = sqlite3_step(found);
        if (have != SQLITE_ROW && have != SQLITE_DONE)
            return store_fail(store, schema_sql, err);
        if (want != SQLITE_ROW && want != SQLITE_DONE)
            return err_set(err, ERR_MEMORY, "%s: the schema could not be compared", store->name);
        if (want == SQLITE_DONE && have == SQLITE_DONE)
            return true;
        bool same = want == have;
        for (int i = 0; same && i < 4; i++)
            same = same_cell(ours, found, i);
        if (!same)
            return err_set(err, ERR_INPUT, "%s: the schema is not briefgen's (%s \"%s\"): left unmodified", store->name,
                           have == SQLITE_ROW ? (const char *)sqlite3_column_text(found, 1) : "missing",
                           (const char *)sqlite3_column_text(have == SQLITE_ROW ? found : ours, 0));
    }
}

static bool build_in_memory(const struct store_options *options, int version, sqlite3 **memory)
{
    bool good = sqlite3_open_v2(":memory:", memory, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, NULL) == SQLITE_OK &&
                store_functions(*memory);
    for (int i = 0; good && i < version; i++)
        good = sqlite3_exec(*memory, options->steps[i].p, NULL, NULL, NULL) == SQLITE_OK;
    return good;
}

static bool check_schema(struct store *store, const struct store_options *options, int version, struct err *err)
{
    sqlite3 *memory = NULL;
    sqlite3_stmt *ours = NULL, *found = NULL;
    bool good = false;
    if (!build_in_memory(options, version, &memory) ||
        sqlite3_prepare_v2(memory, schema_sql, -1, &ours, NULL) != SQLITE_OK)
        err_set(err, ERR_INTERNAL, "schema step fails: %s", sqlite3_errmsg(memory));
    else if (sqlite3_prepare_v2(store->db, schema_sql, -1, &found, NULL) != SQLITE_OK)
        store_fail(store, schema_sql, err);
    else
        good = compare_schemas(store, ours, found, err);
    sqlite3_finalize(found);
    sqlite3_finalize(ours);
    sqlite3_close(memory);
    return good;
}

static bool check_identity(struct store *store, const struct store_options *options, int *version, struct err *err)
{
    int64_t application, number, objects;
    *version = 0;
    if (!store_pragma_int(store, "PRAGMA application_id", &application, err) ||
        !store_pragma_int(store, "PRAGMA user_version", &number, err) ||
        !store_pragma_int(store, "SELECT COUNT(*) FROM sqlite_schema", &objects, err))
        return false;
    if (application == 0 && number == 0 && objects == 0) /* new, or an interrupted creation just rolled back */
        return true;
    if (application != STORE_APPLICATION_ID)
        return err_set(err, ERR_INPUT, "%s: a database of another program", store->name);
    if (number < 1 || number > (int64_t)options->n_steps)
        return err_set(err, ERR_INPUT, "%s: made by a newer briefgen (schema %lld, this program knows %zu)",
                       store->name, (long long)number, options->n_steps);
    *version = (int)number;
    return check_schema(store, options, *version, err);
}

bool store_check_identity(struct store *store, const struct store_options *options, int *version, struct err *err)
{
    /* all in one transaction: another process may be creating this database just now */
    if (store_in_transaction(store))
        return check_identity(store, options, version, err);
    if (!store_exec(store, "BEGIN", err))
        return false;
    bool good = check_identity(store, options, version, err);
    store_rollback(store);
    return good;
}

/* Inside the transaction: another process may have migrated while this one waited for the lock. */
static bool apply_steps(struct store *store, const struct store_options *options, struct err *err)
{
    int version;
    if (!store_check_identity(store, options, &version, err))
        return false;
    for (size_t i = (size_t)version; i < options->n_steps; i++)
        if (!store_exec(store, options->steps[i].p, err))
            return false;
    char sql[100];
    snprintf(sql, sizeof sql, "PRAGMA application_id = %d; PRAGMA user_version = %zu", STORE_APPLICATION_ID,
             options->n_steps);
    return store_exec(store, sql, err);
}

bool store_migrate(struct store *store, const struct store_options *options, struct err *err)
{
    if (!store_begin(store, err))
        return false;
    if (apply_steps(store, options, err) && store_commit(store, err))
        return true;
    store_rollback(store);
    return false;
}
