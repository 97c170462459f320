/* What a brief is written as: the table of formats, and the files of one brief, published together. */
#ifndef CLI_FORMATS_H
#define CLI_FORMATS_H
#include "brief/brief.h"
#include "cli/cli.h"

enum { EDITION_FILES = 32, EDITION_TABLES = SHEET_KINDS + 1 /* and what they are */ };

struct edition_file {
    const char *name;
    struct buf bytes;
    char sha256[65]; /* for manifests; empty till the first of them */
};

/* One brief being written. The caller sets the first four; the rest is zero at first. */
struct edition {
    struct cli *cli;
    struct arena *arena; /* of this brief */
    const struct brief *brief;
    const char *scope;           /* of the file names: region codes and category, joined by "-"; "" for all */
    const struct value *context; /* made by the first format that needs it */
    const struct doc *doc;       /* likewise */
    struct edition_file tables[EDITION_TABLES]; /* likewise, until the format csv takes them as its files */
    bool has_tables;
    struct edition_file files[EDITION_FILES];
    size_t n;
};

/* Are all of a list "pdf,csv" formats, and does what else is said of them fit? Errors: ERR_USAGE. */
bool formats_check(struct cli *cli, struct err *err);

/* Opens what all briefs of a run need, and makes OUTPUT/PERIOD, so that what cannot work is said before any is made. */
bool edition_prepare(struct cli *cli, date_t from, date_t to, struct err *err);

/* The brief's values and its document by the run's template; NULL on error. */
const struct value *edition_context(struct edition *edition);
const struct doc *edition_document(struct edition *edition, struct err *err);

/* The document as typeset() makes it; a PDF with the brief's tables and a manifest of them in it, where its profile
 * takes attachments. */
bool edition_typeset(struct edition *edition, const char *target, struct buf *out, struct err *err);

/* Makes the files of all formats wanted, and the manifest. */
bool edition_write(struct edition *edition, struct err *err);

/* Writes them into OUTPUT/PERIOD/SCOPE, all or none; adds to `list` what --json or a person is told: their paths. */
bool edition_publish(struct edition *edition, struct buf *list, struct err *err);

void edition_free(struct edition *edition);

#endif
