/* What is in the database, one record at a time: for `articles`, `initiatives` and `explain`. */
#ifndef BRIEF_LIST_H
#define BRIEF_LIST_H
#include "base/arena.h"
#include "base/err.h"
#include "data/data.h"
#include "store/store.h"

struct listed_article {
    int64_t id; /* row, for store_findings; reaches no output */
    struct str key, external_id, source, title, outlet, url;
    size_t source_line;
    date_t published, lo, hi, event;
    enum date_basis basis;
    struct str date_evidence;
    struct str *regions; /* count units, main first: a city keeps one code through renamings (data.h) */
    size_t n_regions;
    struct str *categories;
    size_t n_categories;
    struct str initiative; /* key, empty if it belongs to none */
    bool is_initiative, corrected, analyzed;
    double score;
};

struct listed_initiative {
    struct str key, title, stage;
    struct str *regions, *categories, *articles; /* article keys, main first */
    size_t n_regions, n_categories, n_articles;
    struct str *facts; /* "money KRW 100..100 total": kind and value of a finding (store/records.h), each once */
    size_t n_facts;
    date_t first, last; /* certain publication days of its articles; DATE_NONE if it has none */
};

/* Which records: those that meet all conditions given. */
struct list_scope {
    bool dated; /* published (initiatives: with an article published) within from..to */
    date_t from, to;
    struct str prefix;                   /* of the key; empty = no condition */
    const struct region *const *regions; /* with one of these, or with a city of one of these 시·도; none: any */
    size_t n_regions;
    struct str category; /* key; empty = any */
    bool facts;          /* of initiatives: wanted */
};

/* Calls `each` for every record in scope, articles by (date, key), undated last, initiatives by (first day, key).
 * A record's strings live until `each` returns. Stops early when `each` returns false (with err set, or not). */
bool list_articles(struct store *store, const struct regions *regions, const struct list_scope *scope,
                   bool (*each)(void *context, const struct listed_article *article, struct err *err), void *context,
                   struct err *err);
bool list_initiatives(struct store *store, const struct regions *regions, const struct list_scope *scope,
                      bool (*each)(void *context, const struct listed_initiative *initiative, struct err *err),
                      void *context, struct err *err);

#endif
