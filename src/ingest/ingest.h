/* Files → articles: detection of format and encoding, one reader a format, main content, title, outlet and dates. */
#ifndef INGEST_INGEST_H
#define INGEST_INGEST_H
#include "base/arena.h"
#include "base/diag.h"
#include "base/err.h"
#include "store/store.h"

#include <stdatomic.h>

/* What a source says of a page beside its text: columns of a table, fields of a file beside it. Empty = not said. */
struct ingest_columns {
    struct str date, outlet, url, regions, agencies, keywords; /* lists are "," separated */
};

/* Reads such columns from one JSON object, keys by the aliases of data/fields.tsv; strings live in the arena. False,
 * with a rejection in `diag` that names `name`, when it is none. */
bool ingest_columns_read(struct arena *arena, const char *name, struct str json, struct ingest_columns *out,
                         struct diag_list *diag);

/* --map: is it well formed? NULL is. ERR_USAGE with what is wrong. */
bool ingest_map_check(const char *map, struct err *err);

/* How far an import is. Totals are 0 until they are known. */
struct ingest_progress {
    size_t files, files_total;
    uint64_t bytes, bytes_total; /* read */
    size_t articles, rejected;   /* stored, set aside */
};

struct ingest_options {
    const char *format;                   /* "auto" or a name in readers.c; holds for what is inside archives */
    const char *map;                      /* of tables: "title=제목,body=본문"; NULL = by data/fields.tsv */
    const char *encoding;                 /* "auto" or an encoding name; overrules detection */
    size_t file_limit;                    /* bytes of a page; a larger one is set aside */
    const struct ingest_columns *columns; /* of a page, where a table or a file beside it gives them; NULL = none */

    /* Of ingest_paths; all may be 0 or NULL. */
    size_t jobs;          /* threads that read and analyse; 0: one a processor */
    bool again;           /* read also what an earlier import has read, unchanged */
    const char *database; /* path of the store: passed over where a folder holds it */
    const char *rules;    /* version of the rules of `analyze` */
    int64_t (*now)(void); /* seconds since 1970 */
    void *context;        /* of these: */
    /* The analysis to store with an article: pure, by several threads at a time; findings live in the arena. */
    void (*analyze)(void *context, struct arena *arena, const struct article *article, struct analysis *out);
    void (*report)(void *context, const struct diag *problem); /* as it is met: in the order of the input */
    void (*progress)(void *context, const struct ingest_progress *progress);
    const atomic_int *stop; /* not 0: an interrupt. What was begun is finished, the file at hand is cut */
};

/* The names of formats, from i = 0; NULL at the end. */
const char *ingest_format(size_t i);

/* The codes of what is set aside, from i = 0, but that of records that their source excludes; NULL at the end. */
const char *ingest_reject_code(size_t i);

enum { INGEST_REASONS = 32 };
struct ingest_summary {
    size_t files, unchanged,
        faulty; /* read; passed over, since an earlier import has read them; set aside as a whole */
    size_t own; /* in folders, written by briefgen itself: passed over */
    size_t added, known, replaced, rejected, excluded; /* articles new, seen before, seen better; records set aside,
                                                           and those that their source does not count */
    size_t analyzed;
    size_t undated; /* of those added: without a certain date, so that they count in no month */
    struct ingest_reason {
        const char *code; /* of rejects: a literal; of those beyond the last "other" */
        size_t n;
    } reasons[INGEST_REASONS]; /* in the order in which they were met */
    size_t n_reasons;
    bool cut; /* by an interrupt */
};

/* Reads one text that is in memory already, as `name`, and calls `emit` for each article (its strings live until emit
 * returns). Problems go to diag; false only when emit failed. Pure: touches no file and no database. */
bool ingest_text(const char *name, struct str bytes, const struct ingest_options *options,
                 bool (*emit)(void *context, struct article *article, struct err *err), void *context,
                 struct diag_list *diag, struct err *err);

/* Imports files, folders or "-" inside the caller's transaction: a file is all in or all out (single bad records are
 * set aside by name, the rest of the file goes in), but for one that an interrupt has cut, which the next import takes
 * up. A faulty file is set aside as a whole and said in report as a DIAG_ERROR. The same for any number of threads.
 * False on an error of another kind: the transaction must not be committed. Errors: ERR_NO_INPUT, before anything is
 * read, for a path that is not there. */
bool ingest_paths(struct store *store, char *const *paths, size_t n, const struct ingest_options *options,
                  struct ingest_summary *summary, struct err *err);

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
