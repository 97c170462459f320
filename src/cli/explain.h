/* What `briefgen explain` gathers of an article and shows. */
#ifndef CLI_EXPLAIN_H
#define CLI_EXPLAIN_H
#include "analyze/analyze.h"
#include "brief/list.h"
#include "cli/cli.h"

enum { EXPLAIN_MEMBERS = 50, EXPLAIN_COMMON = 8 };

/* Another article of the same initiative. */
struct explain_member {
    struct str key, title, outlet;
    date_t published;
    double alike;                      /* of the titles, 0..1 */
    struct str common[EXPLAIN_COMMON]; /* words that both articles hold */
    size_t n_common;
};

struct explained {
    const struct listed_article *listed;
    struct article article;
    struct str text; /* what all bytes refer to */
    struct analysis analysis;
    struct explanation why;
    struct corrections said;
    bool outdated; /* the database was analysed by other rules */
    struct explain_member members[EXPLAIN_MEMBERS];
    size_t n_members, more_members;
};

/* Fills `members` with the other articles of the initiative, of many those next to its main one, in key order. Strings
 * live in the arena. */
bool explain_members(struct store *store, struct arena *arena, struct explained *e, struct err *err);

/* The article's text wrapped to `width` columns with its evidence marked, and a legend of the marks. */
void explain_text(struct arena *arena, const struct explained *e, size_t width, bool colour, struct buf *out);

void explain_json(const struct regions *regions, const struct explained *e, struct buf *out);

/* The share of letter pairs that two titles have in common (Dice), 0..1. */
double titles_alike(struct str a, struct str b);

#endif
