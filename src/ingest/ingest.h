/* Files → articles: detection of format and encoding, one reader a format, main content, title, outlet and dates. */
#ifndef INGEST_INGEST_H
#define INGEST_INGEST_H
#include "base/arena.h"
#include "base/diag.h"
#include "base/err.h"
#include "store/store.h"

/* What a source says of a page beside its text: columns of a table, fields of a file beside it. Empty = not said. */
struct ingest_columns {
    struct str date, outlet, url, regions, agencies, keywords; /* lists are "," separated */
};

/* Reads such columns from one JSON object, keys by the aliases of data/fields.tsv; strings live in the arena. False,
 * with a rejection in `diag` that names `name`, when it is none. */
bool ingest_columns_read(struct arena *arena, const char *name, struct str json, struct ingest_columns *out,
                         struct diag_list *diag);

/* --map: is it well formed? ERR_USAGE with what is wrong. The names of the fields that it can give, "id, outlet, …". */
bool ingest_map_check(const char *map, struct err *err);
void ingest_field_names(struct buf *out);

struct ingest_options {
    const char *format;   /* "auto" or a name in readers.c; holds for what is inside archives */
    const char *map;      /* of tables: "title=제목,body=본문"; NULL = by data/fields.tsv */
    const char *encoding; /* "auto" or an encoding name; overrules detection */
    size_t file_limit;    /* bytes; larger inputs are refused by name */
    void (*progress)(void *context, size_t files_done, size_t files_total, size_t articles); /* may be NULL */
    void *context;
    const struct ingest_columns *columns; /* of a page, where a table or a file beside it gives them; NULL = none */
};

struct ingest_summary {
    size_t files, added, known, rejected; /* files read; articles new, seen before, set aside */
};

/* Reads one text that is in memory already, as `name`, and calls `emit` for each article (its strings live until emit
 * returns). Problems go to diag; false only when emit failed. Pure: touches no file and no database. */
bool ingest_text(const char *name, struct str bytes, const struct ingest_options *options,
                 bool (*emit)(void *context, struct article *article, struct err *err), void *context,
                 struct diag_list *diag, struct err *err);

/* Imports files, directories or "-" inside the caller's transaction, one savepoint a file: a file is all in or all out
 * (single bad records inside a JSONL are set aside by name, the rest of the file goes in). */
bool ingest_paths(struct store *store, char *const *paths, size_t n, const struct ingest_options *options,
                  struct ingest_summary *summary, struct diag_list *diag, struct err *err);

/* The parts, public for tests and `eval`. */

/* Main-content extraction from page text: which lines are the article. See content.c for the features. */
struct content {
    struct str title, subtitle, outlet;
    struct str body;       /* joined by \n, in the arena */
    struct str body_lines; /* "14-30,33" */
    bool is_article;       /* false: a list page, a login page … nothing to import */
};
bool content_extract(struct arena *arena, struct str page, struct content *out);

/* Publication dating of a page: fills published, basis, lo, hi, date_evidence of `article` (raw, title, body set).
 * `source_date` is the source's own date column ("" if none), evidence that stronger evidence overrules. */
void dating_date(struct arena *arena, struct str source_date, struct article *article);

#endif
