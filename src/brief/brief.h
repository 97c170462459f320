/* The answer for one period and scope: every figure with what it rests on. */
#ifndef BRIEF_BRIEF_H
#define BRIEF_BRIEF_H
#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "data/data.h"
#include "store/store.h"

enum { BRIEF_TREND_MONTHS = 13 };

struct brief_request {
    date_t from, to; /* inclusive; for now a whole month */
};

struct counts {
    int64_t initiatives, articles; /* distinct initiatives reported in the span; articles reporting them */
};

/* Counts of the period beside those of comparison spans of the same length. */
struct span_counts {
    struct counts now, previous, year_ago, twelve_months;
};

struct brief_city {
    const struct region *region; /* as valid on the last day of the period; XX000 for a 시·도 acting as a whole */
    struct span_counts total;    /* distinct over all categories: not the sum of the columns */
    struct span_counts *by_category; /* [taxonomy.n] */
    int rank, previous_rank;         /* by total.now.initiatives, ties share a rank; 0 = none */
    bool is_new;                     /* none in the twelve months before the period */
};

struct brief_source {
    struct str key, title, outlet, url;
    date_t published;
    enum date_basis basis;
    date_t lo, hi; /* for inferred dates */
    struct str date_evidence;
    struct str source;             /* file */
    const struct region **regions; /* main first */
    size_t n_regions;
    bool *categories;      /* [taxonomy.n] */
    struct str initiative; /* initiative key, "" if not counted */
    bool is_initiative;
    double score;
    int number; /* 1-based number in the source list; 0 = not listed */
};

struct brief_initiative {
    struct str key, title, stage;
    const struct region **regions;
    size_t n_regions;
    bool *categories;                     /* [taxonomy.n] */
    const struct brief_source **articles; /* those of the period, oldest first */
    size_t n_articles;
    date_t first, last; /* publication days within the period */
    int number;         /* 1-based, in the order of printing */
    double score;
};

struct brief_month {
    date_t month; /* first day */
    struct counts total;
    struct counts *by_category; /* [taxonomy.n] */
    int64_t collected;          /* all dated articles in the database of that month: coverage */
};

struct brief {
    date_t from, to;
    date_t previous_from, previous_to, year_ago_from, year_ago_to, twelve_from, twelve_to;
    struct taxonomy taxonomy;
    struct span_counts total, *by_category;
    int64_t collected, collected_previous; /* all dated articles of the period */
    int64_t cities_now;                    /* cities with at least one initiative */
    struct brief_city *cities; /* with anything in now, previous, year_ago or twelve_months; by rank, then code */
    size_t n_cities;
    struct brief_city *sidos; /* 17 시·도 including their cities; by official order */
    size_t n_sidos;
    struct brief_month trend[BRIEF_TREND_MONTHS]; /* oldest first, the last is the period's month */
    struct brief_initiative *initiatives;         /* by main city's rank, then first date, then key */
    size_t n_initiatives;
    struct brief_source *sources; /* counted articles of the period, in number order */
    size_t n_sources;
    struct brief_source *undated; /* initiatives without a certain date: 미상 or 추정; by key */
    size_t n_undated;
    struct brief_source *doubtful; /* counted in the period but uncertain (score below the review line) */
    size_t n_doubtful;
    date_t cutoff; /* the latest publication date in the database */
    struct str rules_version;
};

/* Builds the brief; everything lives in the arena. Reads one snapshot. Cost: the rows of its thirteen months.
 *
 * An initiative counts in a span when at least one of its certainly dated articles was published in it; an article
 * counts for every city and category of its initiative. Counts are distinct at each level: a 시·도 or the nation counts
 * an initiative of several cities once. The 시·도 of a city is that of the period's last day, for all spans. cities_now
 * counts rows of `cities`, so also a 시·도 acting as a whole. `undated` holds all such articles of the database, since
 * any of them may belong to the period. An initiative's score is the best of its articles. Errors: ERR_USAGE where the
 * period is not one whole month; ERR_CONFIG where the database uses a unit or category that the tables do not have;
 * those of store_query. */
bool brief_build(struct store *store, struct arena *arena, const struct regions *regions,
                 const struct taxonomy *taxonomy, const struct brief_request *request, struct brief *out,
                 struct err *err);

#endif
