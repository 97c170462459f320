/* What the files of the store share. Only src/store/ includes this header, and with it sqlite3.h. */
#ifndef STORE_INTERNAL_H
#define STORE_INTERNAL_H
#include "store/store.h"

#include <sqlite3.h>

enum {
    STORE_APPLICATION_ID = 0x4252474E, /* "BRGN" */
    STORE_PAGE_SIZE = 16384,
    STORE_BUSY_MS = 5000,
    STORE_QUICK_CHECK_BYTES = 4 * 1024 * 1024,
    STORE_STEPS = 8,       /* of migration that this program knows */
    STORE_ROW_ROOM = 4096, /* bytes of a row beside its texts */
    STORE_CACHED = 128,    /* prepared statements kept, more than the store has */
};

struct store {
    sqlite3 *db;
    char *name;                                                          /* as the user wrote it, for messages */
    enum { SAVEPOINT_NONE, SAVEPOINT_WANTED, SAVEPOINT_OPEN } savepoint; /* of a file; sql.c says why it may wait */
    int64_t first_article;                                               /* row written while it was wanted; 0 = none */
    struct open_input *input; /* the room for one; open between store_begin_input and store_end_input */
    bool no_kept;             /* seen in this transaction: no correction is kept for an article that may come back */
    int64_t next_input;       /* id of the next input of this transaction; 0 = not looked up */
    int64_t first_input;      /* row written while the savepoint was wanted; 0 = none */
    struct {
        const char *sql; /* the literal's address is the identity */
        sqlite3_stmt *statement;
    } cached[STORE_CACHED];
    size_t n_cached;
};

/* How to open: what store_open uses by default, and what tests vary. */
struct store_options {
    const struct str *steps; /* SQL of migration step i, from user_version i to i + 1 */
    size_t n_steps;          /* = the newest user_version known */
    int busy_ms;             /* how long to wait for a lock */
};
/* What store_open uses: the shipped steps, in order, filled into `steps`. */
struct store_options store_shipped(struct str steps[STORE_STEPS]);
struct store *store_open_with(const char *path, enum store_mode mode, const struct store_options *options,
                              struct err *err);

/* migrate.c */
/* Looks at the first bytes of an existing file, so that SQLite never opens another program's. */
bool store_check_header(const char *name, const char *path, size_t n_steps, struct err *err);
/* Verifies identity, version and that the schema is exactly ours; never writes. *version = user_version. */
bool store_check_identity(struct store *store, const struct store_options *options, int *version, struct err *err);
/* Applies the missing steps in one transaction. */
bool store_migrate(struct store *store, const struct store_options *options, struct err *err);

/* sql.c: every failure of SQLite becomes an error through store_fail, which names the file and the SQL. */
bool store_fail(struct store *store, const char *sql, struct err *err);
bool store_unreadable(struct store *store); /* SQLite takes what a failing disk does not give for damage: is it that? */
bool store_exec(struct store *store, const char *sql, struct err *err);
bool store_pragma_int(struct store *store, const char *sql, int64_t *value, struct err *err);
/* A kept statement, reset; its old bindings stay until they are bound anew, so bind every parameter. `sql` must be a
 * static string. NULL on failure. */
sqlite3_stmt *store_statement(struct store *store, const char *sql, struct err *err);
void store_bind_str(sqlite3_stmt *statement, int index, struct str text);      /* borrows until reset */
void store_bind_c(sqlite3_stmt *statement, int index, const char *text);       /* borrows until reset */
void store_bind_date(sqlite3_stmt *statement, int index, date_t date);         /* DATE_NONE = NULL */
bool store_run(struct store *store, sqlite3_stmt *statement, struct err *err); /* a statement without result rows */
bool store_first(struct store *store, sqlite3_stmt *statement, bool *found,
                 struct err *err); /* steps to the first row */
/* The first column of a query whose only parameter is a row id; 0 where there is no row. */
bool store_number(struct store *store, const char *sql, int64_t id, int64_t *number, struct err *err);
bool store_in_transaction(const struct store *store);
/* Before every write. `deferrable`: the write is one new article, of which a wanted savepoint needs the id only, or
 * what goes with that one. */
bool store_may_write(struct store *store, bool deferrable, struct err *err);
/* Runs a statement whose only parameter is a row id. */
bool store_run_id(struct store *store, const char *sql, int64_t id, struct err *err);

/* rows.c */
sqlite3_stmt *rows_statement(struct rows *rows);
struct str store_column(sqlite3_stmt *statement, int column); /* U+FFFD for a cell that is not UTF-8 */

/* analysis.c: store_put_analysis without any effect on grouping. */
bool store_replace_analysis(struct store *store, int64_t article_id, const char *rules_version,
                            const struct analysis *analysis, struct err *err);

/* candidates.c */
bool store_put_pending(struct store *store, int64_t article, struct str likely, struct err *err);
bool store_has_candidate(struct store *store, int64_t article, bool *has, struct err *err);
/* Before the articles of temp.held that go are deleted, and before their corrections are. */
bool store_forget_candidates(struct store *store, struct err *err);

/* import.c: what a savepoint undoes by itself, and the input that is open. */
bool store_undo_first(struct store *store, struct err *err);
void store_drop_input(struct store *store); /* after something was taken back */
void store_free_input(struct store *store);

/* input_code() for the steps of migration. */
bool store_functions(sqlite3 *db);
int64_t store_input_code(struct str name);

/* put.c: as store_put_article, but leaves a known article, and its id, alone. */
bool store_insert_article(struct store *store, struct article *article, bool *added, struct err *err);
bool store_check_size(struct store *store, const struct article *article, struct err *err);

/* corrections.c: those kept of an article that was forgotten are in force again. */
bool store_return_corrections(struct store *store, const struct article *article, struct err *err);

/* variants.c: an article that is known by its key. */
/* Fills in its id; *differs: anything beside key and place, as ingest gave it; *earlier: the place is less than that of
 * the article's row. ERR_INPUT where the key belongs to another article. */
bool store_compare_known(struct store *store, struct article *fresh, bool *differs, bool *earlier, struct err *err);
/* The number of the variant that stands in the article's row. */
bool store_chosen(struct store *store, int64_t article, int64_t *number, struct err *err);
/* Keeps a variant that differs from the article's row; *number is its number, *replaced: it stands in the row now. */
bool store_keep_variant(struct store *store, const struct article *fresh, int64_t *number, bool *replaced,
                        struct err *err);
/* After sightings have gone: the best variant that is still seen, and its least place. *changed: another text. */
bool store_elect(struct store *store, int64_t article, bool *changed, struct err *err);

#endif
