/* What `briefgen explain` gathers of an article and shows. */
#ifndef CLI_EXPLAIN_H
#define CLI_EXPLAIN_H
#include "analyze/analyze.h"
#include "base/json.h"
#include "brief/list.h"
#include "cli/cli.h"

enum { EXPLAIN_MEMBERS = 50, EXPLAIN_COMMON = 8, EXPLAIN_PLACES = 20 };

/* Another article of the same initiative. */
struct explain_member {
    struct str key, title, outlet;
    date_t published;
    double alike;                      /* of the titles, 0..1 */
    struct str common[EXPLAIN_COMMON]; /* words that both articles hold */
    size_t n_common;
};

/* A place that held the article. */
struct explain_place {
    struct str source, rules, reader, encoding; /* rules: of the import */
    int64_t line, import;
    bool shown; /* what it says is what the database shows */
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
    struct explain_place places[EXPLAIN_PLACES]; /* those shown first */
    size_t n_places, more_places;
};

/* Fills `members` with the other articles of the initiative, of many those next to its main one, in key order. Strings
 * live in the arena. */
bool explain_members(struct store *store, struct arena *arena, struct explained *e, struct err *err);

/* The article's text wrapped to `width` columns with its evidence marked, and a legend of the marks. */
void explain_text(struct arena *arena, const struct explained *e, size_t width, bool colour, struct buf *out);

/* Fills `places`; strings live in the arena. */
bool explain_places(struct store *store, struct arena *arena, struct explained *e, struct err *err);
void explain_put_places(const struct explained *e, struct buf *out);
void explain_json_places(const struct explained *e, struct json *json);

void explain_json(const struct regions *regions, const struct explained *e, struct buf *out);

/* The share of letter pairs that two titles have in common (Dice), 0..1. */
double titles_alike(struct str a, struct str b);

#endif
