/* The SQLite database: articles, findings, initiatives, provenance. The only room that knows sqlite3.h. */
#ifndef STORE_STORE_H
#define STORE_STORE_H
#include "base/arena.h"
#include "base/err.h"
#include "data/data.h"
#include "store/records.h"

struct store;
struct rows;
struct param;

enum store_mode { STORE_READ, STORE_WRITE }; /* STORE_WRITE creates a missing database */

/* Opens and checks a database (application_id, user_version, quick_check), migrating an older schema in STORE_WRITE.
 * Errors: ERR_NO_INPUT missing in STORE_READ; ERR_INPUT corrupt, newer, or another program's file (left unmodified);
 * ERR_CREATE not writable; ERR_LOCKED still locked after 5 s. Close with store_close (NULL is fine). */
struct store *store_open(const char *path, enum store_mode mode, struct err *err);
/* An empty database in memory, open for writing: for figures that are thrown away. Errors: ERR_INTERNAL, ERR_MEMORY. */
struct store *store_open_memory(struct err *err);
void store_close(struct store *store);

/* Full structural check (quick_check), cost O(size). store_open does it by itself for databases up to 4 MiB; for larger
 * ones it checks header, identity and schema, and damage is found when a page is read. Errors: ERR_INPUT. */
bool store_check(struct store *store, struct err *err);

/* Loads the tables of regions, residents and categories into the database when they differ from what it holds (same
 * transaction rules).
 */
bool store_put_tables(struct store *store, const struct regions *regions, const struct taxonomy *taxonomy,
                      struct err *err);

bool store_begin(struct store *store, struct err *err); /* BEGIN IMMEDIATE */
bool store_commit(struct store *store, struct err *err);
void store_rollback(struct store *store); /* no-op outside a transaction */
/* One state of the database for all reading until store_rollback. *begun is false where a transaction is open already:
 * that is a snapshot too, and its owner ends it. */
bool store_snapshot(struct store *store, bool *begun, struct err *err);
bool store_savepoint(struct store *store, struct err *err); /* one file of an import: all in or all out */
bool store_savepoint_keep(struct store *store, struct err *err);
void store_savepoint_undo(struct store *store);

/* All store_put_… but store_put_tables need an open transaction (ERR_INTERNAL otherwise); `*added` and ids are only
 * good once it is committed. Dates, keys and text are stored as given: see schema.sql for what the columns mean. */

/* Stores an article unless its hash is known; *added says which. Sets article->id in either case. */
bool store_put_article(struct store *store, struct article *article, bool *added, struct err *err);

/* Provenance (import.c): an import is one run of `briefgen import`, an input a file that it read. Every article has a
 * sighting for each place of each input that held it. */
struct import_input {
    struct str name;      /* as the user named it, or as found in a folder; "-" for standard input */
    int64_t bytes, mtime; /* size, and ns since 1970 of the last change; -1 and 0 for standard input */
    struct str how;       /* version of the readers and the options that matter: "2 encoding=cp949 map=…" */
};
struct import_reject {
    struct str name; /* of the input, or a member or sheet in it */
    size_t line, column;
    const char *code, *reason;
    struct str text; /* the record as it stood there, to mend; "" for a file as a whole */
    struct str head; /* the header line of its table, where it has one */
};
#define STORE_EXCLUDED                                                                                                 \
    "excluded" /* code of a record that its own source does not count: told apart from faulty ones                     \
                */
enum store_outcome {
    STORE_ADDED,
    STORE_KNOWN,   /* the same record again: a further sighting */
    STORE_REPLACED /* the same article with other evidence of its source, which wins whatever the order: analyse again
                    */
};
/* Times are seconds since 1970. */
bool store_begin_import(struct store *store, struct str rules, int64_t started, int64_t *import, struct err *err);
/* unchanged: inputs passed over because of store_find_input. Not needed for the import to count. */
bool store_end_import(struct store *store, int64_t import, int64_t ended, size_t unchanged, struct err *err);
/* Has an earlier import read the same input (all of import_input) to its end? If it was interrupted, *items is how many
 * items of it are in, else 0. */
bool store_find_input(struct store *store, const struct import_input *input, bool *complete, size_t *items,
                      struct err *err);
/* From here on the input's earlier rejects are passed over: it is read anew, or goes on where store_find_input says
 * that it was interrupted. One input at a time, inside its savepoint; undoing that forgets it. */
bool store_begin_input(struct store *store, int64_t import, const struct import_input *input, int64_t *id,
                       struct err *err);
/* A new article whose corrections were kept by store_forget_import gets them back, as a person's findings. */
bool store_import_article(struct store *store, int64_t input, struct article *article, enum store_outcome *outcome,
                          struct err *err);
bool store_import_reject(struct store *store, int64_t input, const struct import_reject *reject, struct err *err);
/* items: of the input from its beginning, with those of an interrupted reading before. `fault` (may be NULL): why all
 * of it was set aside. complete: false after an interrupt. */
bool store_end_input(struct store *store, int64_t input, size_t items, bool complete, const char *fault,
                     struct err *err);

/* Table expression: rejects that stand (their input has not been read anew since), with the import and the place. A
 * faulty input is one of them, with the code STORE_FAULTY. */
#define STORE_REJECTS                                                                                                  \
    "(SELECT r.id, i.import, r.input, i.name, COALESCE(m.name, i.name) AS place, r.line, r.col, r.code, r.reason,"     \
    " r.text, COALESCE(h.text, '') AS head FROM reject r JOIN input i ON i.id = r.input"                               \
    " LEFT JOIN member m ON m.input = r.input AND m.number = r.member"                                                 \
    " LEFT JOIN heading h ON h.input = r.input AND h.number = r.head"                                                  \
    " WHERE NOT EXISTS (SELECT 1 FROM input n WHERE n.code = i.code AND n.name = i.name AND n.id > i.id"               \
    " AND n.skipped = 0 AND n.bytes >= 0))"
#define STORE_FAULTY "faulty-file"
/* Removes rejects that have been dealt with: one, or those of an import (reject 0), or of one code (NULL: any) of it.
 * *n: how many. */
bool store_remove_rejects(struct store *store, int64_t reject, int64_t import, const char *code, size_t *n,
                          struct err *err);

/* Removes an import, articles that no other one holds with all that is said of them, and initiatives of which such
 * articles were members: analyze_pending and analyze_regroup must follow. What an article shows is then as if the
 * import had never been. A person's corrections of articles that go are kept by key (store_import_article). Errors:
 * ERR_USAGE for a number of no import. */
struct store_forgotten {
    size_t inputs, sightings, rejects;
    size_t articles;    /* gone */
    size_t changed;     /* those that now show what another import says of them: to be analysed again */
    size_t initiatives; /* gone, some to be made anew */
    size_t corrections; /* kept for articles that are gone */
};
bool store_forget_import(struct store *store, int64_t import, struct store_forgotten *out, struct err *err);

/* Replaces the findings of an article, keeping those by a person: for a kind on which a person has spoken the rules'
 * findings are not stored, and a person's "initiative" finding overrules is_initiative. */
bool store_put_analysis(struct store *store, int64_t article_id, const char *rules_version,
                        const struct analysis *analysis, struct err *err);

/* Grouping (candidates.c). Whatever may change an initiative is noted until store_end_grouping, in the transaction that
 * changes it: store_put_analysis notes the article as pending, the functions below what has changed since.
 * store_put_candidates replaces the article's rows, in the order of `views`, unless they are the same; the initiative
 * that holds it is dissolved. store_touch_article notes a link by a person's correction, before and after. */
bool store_put_candidates(struct store *store, int64_t article, const struct candidate *items, size_t n,
                          struct err *err);
bool store_touch_article(struct store *store, int64_t article, struct err *err);
/* What an article is said to be together with another, or no longer: `promoted` as in grouping.sql. */
bool store_put_promotion(struct store *store, int64_t article, const char *rules_version,
                         const struct analysis *analysis, struct str promoted, struct err *err);
/* Is nothing noted: are the initiatives those of the articles? */
bool store_grouped(struct store *store, bool *grouped, struct err *err);
bool store_end_pending(struct store *store, struct err *err); /* all pending ones have their rows */
bool store_end_grouping(struct store *store, struct err *err);
/* Candidates by (block, key, views); `where` is "" or a condition on table candidate. */
struct rows *store_candidates(struct store *store, const char *where, const struct param *params, size_t n,
                              struct err *err);
unsigned store_candidate_views(struct rows *rows);
int32_t store_candidate_block(struct rows *rows);                      /* of the row that rows_next came to */
struct str store_candidate_print(struct rows *rows, struct str *unit); /* both borrow from the row */
void store_read_candidate(struct rows *rows, struct arena *arena, struct candidate *out);
bool store_candidate(struct store *store, struct arena *arena, int64_t node, struct candidate *out, bool *found,
                     struct err *err);
bool store_clear_edges(struct store *store, struct err *err);
bool store_remove_edges(struct store *store, int64_t later, struct err *err);
bool store_put_edges(struct store *store, const struct candidate_edge *edges, size_t n, struct err *err);
/* These append, the first in the order of `earlier`. */
bool store_edges_from(struct store *store, int64_t later, struct candidate_edges *out, struct err *err);
bool store_edges_to(struct store *store, int64_t earlier, struct candidate_edges *out, struct err *err);

/* What a person says of an article; "" where nothing was said. Values are described in corrections.sql. */
enum correction_field {
    CORRECTION_INITIATIVE,
    CORRECTION_CITY,
    CORRECTION_CATEGORY,
    CORRECTION_DATE,
    CORRECTION_GROUP,
    CORRECTION_NOTE,
    CORRECTION_FIELDS
};
struct corrections {
    struct str values[CORRECTION_FIELDS];
};
const char *correction_name(enum correction_field field); /* "initiative", "city" … */
#define CORRECTION_DATE_EVIDENCE "사람이 고친 날짜"

/* Stores a correction, or with "" takes it back. A date is in force at once; the others when the article is analysed
 * again (analyze_corrected). */
bool store_put_correction(struct store *store, int64_t article, enum correction_field field, struct str value,
                          struct err *err);
/* Has a person given the article's date? */
bool store_dated(struct store *store, int64_t article, bool *dated, struct err *err);
/* All corrections of an article; strings live in the arena. */
bool store_corrections(struct store *store, struct arena *arena, int64_t article, struct corrections *out,
                       struct err *err);
/* Removes a person's findings of an article; store_put_analysis must follow. */
bool store_clear_person(struct store *store, int64_t article, struct err *err);

/* An initiative and its member articles; key = "i" + the least member key. */
struct initiative_record {
    char key[ARTICLE_KEY];
    struct str title;        /* of the main article; p NULL: as its row has it */
    const int64_t *articles; /* row ids, main article first */
    size_t n_articles;
    const struct str *units; /* count units, main first */
    size_t n_units;
    const struct str *categories;
    size_t n_categories;
    struct str stage; /* "" unknown */
    int64_t digest;   /* of all this; kept with the candidates that are its members */
};
/* Units must be count units (regions_count_unit) without repetition, articles belong to one item at most.
 * Replaces all initiatives that have any of the given articles as members by `items`, and refills the tally for them.
 */
bool store_put_initiatives(struct store *store, const struct initiative_record *items, size_t n, struct err *err);
/* Removes the initiative that holds the article, if one does. */
bool store_dissolve(struct store *store, int64_t article, struct err *err);

/* Reading. A query is SQL with ?1 … parameters bound from `params`; text cells borrow until the next rows_next.
 * SQL text belongs to the room that asks (brief/, analyze/); it may only read. */
struct param {
    enum { PARAM_INT, PARAM_TEXT, PARAM_NULL } type;
    int64_t number;
    struct str text;
};
struct rows;
struct rows *store_query(struct store *store, const char *sql, const struct param *params, size_t n, struct err *err);
bool rows_next(struct rows *rows, struct err *err); /* false at the end or on error: check err->kind */
int64_t rows_int(struct rows *rows, int column);
double rows_real(struct rows *rows, int column);
bool rows_null(struct rows *rows, int column);
struct str rows_text(struct rows *rows, int column);  /* U+FFFD for a cell that is not UTF-8 */
struct str rows_bytes(struct rows *rows, int column); /* of a blob */
date_t rows_date(struct rows *rows, int column);      /* DATE_NONE for NULL and for what is no day of years 1..9999 */
void rows_close(struct rows *rows);                   /* NULL is fine */

/* Reads articles (with raw and body) one by one in key order: `where` is "" or an SQL condition on table article. */
struct rows *store_articles(struct store *store, const char *where, const struct param *params, size_t n,
                            struct err *err);
bool store_next_article(struct rows *rows, struct arena *arena, struct article *out, struct err *err);

/* The findings of one article in (kind, rank) order, in the arena. */
bool store_findings(struct store *store, struct arena *arena, int64_t article_id, struct analysis *out,
                    struct err *err);

#endif
