/* What a person should look at, what that person says, and the spreadsheet between. */
#ifndef CLI_REVIEW_H
#define CLI_REVIEW_H
#include "brief/list.h"
#include "cli/cli.h"

enum doubt {
    DOUBT_SCORE = 1u << 0, /* close to the line */
    DOUBT_DATE = 1u << 1,  /* counted, but in no month */
    DOUBT_CITY = 1u << 2,  /* weakly supported, or none found for what looks like an initiative */
    DOUBT_GROUP = 1u << 3, /* another initiative of its city looks much like it */
};

/* An article with all that reviewing needs; strings live in the arena of the command. */
struct reviewed {
    struct listed_article article;
    struct corrections said;
    unsigned doubts;
    double worth;    /* of a look: the greater, the sooner */
    struct str near; /* the initiative that looks like its own */
    char state[10];  /* changes with what the program says of the article */
};

/* All articles with a doubt, most worth a look first, and then those that have been corrected; with `dated` those of a
 * month, among them undated ones that may belong to it. The list lives in the arena. */
bool review_collect(struct cli *cli, struct store *store, bool dated, date_t from, date_t to, struct reviewed **items,
                    size_t *n, struct err *err);

/* One article by its key; *found is false where there is none. */
bool review_find(struct cli *cli, struct store *store, struct str key, struct reviewed *out, bool *found,
                 struct err *err);

/* The doubts in words, for a table's cell. */
struct str review_words(struct arena *arena, const struct reviewed *item);

/* The columns of the spreadsheet. */
enum review_column {
    REVIEW_ID,
    REVIEW_TITLE,
    REVIEW_OUTLET,
    REVIEW_URL,
    REVIEW_DATE,
    REVIEW_BASIS,
    REVIEW_INITIATIVE,
    REVIEW_CODES,
    REVIEW_REGIONS,
    REVIEW_CATEGORIES,
    REVIEW_SCORE,
    REVIEW_GROUP,
    REVIEW_WHY,
    REVIEW_STATE,
    REVIEW_FIX_INITIATIVE,
    REVIEW_FIX_CITY,
    REVIEW_FIX_CATEGORY,
    REVIEW_FIX_DATE,
    REVIEW_FIX_GROUP,
    REVIEW_NOTE,
    REVIEW_COLUMNS
};
extern const char *const review_headers[REVIEW_COLUMNS];

void review_csv(struct cli *cli, const struct reviewed *items, size_t n, struct buf *out);

/* Reads an edited spreadsheet and stores what it corrects, in one transaction. Rows that cannot be taken are named in
 * cli->diag. */
bool review_apply(struct cli *cli, const char *path, struct err *err);

#endif
