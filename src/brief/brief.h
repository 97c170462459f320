/* The answer for one period and scope: every figure with what it rests on. */
#ifndef BRIEF_BRIEF_H
#define BRIEF_BRIEF_H
#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "data/data.h"
#include "store/store.h"

/* What a brief is about. No regions: the nation. A 시·도 in the list stands for itself and all of its cities. */
struct brief_scope {
    const struct region *const *regions; /* cities, counties, 자치구 and 시·도 */
    size_t n_regions;
    size_t category; /* 1 + index into the taxonomy; 0 = all */
};

struct brief_request {
    date_t from, to; /* inclusive */
    struct brief_scope scope;
};

/* What kind of span from..to is; the spans that it is compared with are of the same kind: as many months, or days,
 * right before it, and the same days of the year before, where the end of a month stays one (29 February: 28 February).
 */
#define BRIEF_MOST_MONTHS 120 /* that a period may touch */
enum brief_period { PERIOD_MONTH, PERIOD_QUARTER, PERIOD_YEAR, PERIOD_MONTHS, PERIOD_DAYS };

struct counts {
    int64_t initiatives, articles; /* distinct initiatives reported in the span; articles reporting them */
};

/* Counts of the period beside those of comparison spans of the same length. */
struct span_counts {
    struct counts now, previous, year_ago, twelve_months;
};

/* Two counts of initiatives compared by the exact conditional test of two Poisson rates (stats.h), with the articles
 * collected in each span as exposures, so that a month with twice the articles may have twice the initiatives. */
struct brief_change {
    double p; /* two-sided; NAN where there is too little to test: changes.c */
    double
        adjusted; /* Holm's correction over the cities, the 시·도 or the categories of the brief; = p for the total */
    bool significant; /* adjusted < BRIEF_ALPHA, and the count went the way of the rate: more or fewer as the counts say
                       */
};
#define BRIEF_ALPHA 0.05
/* Too little: fewer initiatives than this in both spans together, fewer collected articles in one of them. */
enum { BRIEF_LEAST_INITIATIVES = 5, BRIEF_LEAST_COLLECTED = 20 };
enum { BRIEF_AHEAD = 366 }; /* days after the period in which what is due is told */
enum { BRIEF_LATE = 3 };    /* days that may be missing at the end of a period that is compared with others */

struct brief_city {
    const struct region *region; /* as valid on the last day of the period; XX000 for a 시·도 acting as a whole */
    struct span_counts total;    /* distinct over all categories: not the sum of the columns */
    struct span_counts *by_category; /* [taxonomy.n] */
    int64_t *months;                 /* [n_trend] initiatives of each month of the trend */
    int rank, previous_rank;         /* in the brief by total.now.initiatives, ties share a rank; 0 = none */
    int nation_rank, sido_rank;      /* among all places of the country, and of the 시·도; 0 = none */
    bool is_new;                     /* none in the twelve months before the period */
    struct brief_change on_previous, on_year_ago;
    int64_t population;    /* residents; -1 unknown */
    date_t population_day; /* to which they were counted: the last known day not after the period, else the first */
    double per_100k;       /* initiatives of the period per 100,000 residents; NAN unknown */
};

/* The smaller facts of an initiative, each with the article that says so. */
struct brief_agency {
    struct str name;
    const struct region *region; /* its city or 시·도; NULL for a national body */
    const struct brief_source *source;
};
struct brief_money {
    char currency[4]; /* "KRW" */
    int64_t lo, hi;   /* whole units of the currency; -1 where the text says only at most, at least */
    struct str role; /* key as in store/records.h: total national province local private investment limit …; other where
                      * it is not sure, and but one total in a currency */
    double score;    /* how sure the role is: the best of all that say so */
    bool titled;     /* with this role in the title of an article */
    bool headline;   /* the sum stands in a title, and an article is sure of the role */
    const struct brief_source *source;
};
struct brief_target { /* a day or an interval after the publication on which something is due */
    date_t first, last;
    struct str event; /* 착공, 준공, 개소, 모집 마감, 목표 … */
    const struct brief_source *source;
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
    bool corrected; /* a person has corrected something of it */
    double score;
    int number; /* 1-based number in the source list; 0 = not listed */
};

struct brief_initiative {
    struct str key, title, stage;
    const struct region **regions;
    size_t n_regions;
    const struct region *place; /* the first of them in the scope: the row of `cities` under which it stands */
    bool *categories;           /* [taxonomy.n] */
    const struct brief_source **articles; /* those of the period, oldest first */
    size_t n_articles;
    date_t first, last; /* publication days within the period */
    int number;         /* 1-based, in the order of printing */
    double score;
    bool in_period_only;           /* no article before the period reports it: new in this period */
    size_t n_outlets;              /* distinct outlets of the period; an article that names none counts as one */
    struct brief_agency *agencies; /* distinct by name and place, in the order of the articles */
    size_t n_agencies;
    struct brief_money *money; /* distinct by currency, amount and role, in the order of the articles; never to be
                                  summed: a total, its shares, a limit and a goal overlap */
    size_t n_money;
    struct brief_target *targets; /* distinct, by last day: a year counts as its end */
    size_t n_targets;
    struct str *zones; /* clusters, industrial complexes; distinct */
    size_t n_zones;
};

/* A body and the initiatives of the period that name it; bodies are the same where name and place are. */
struct brief_body {
    struct str name;
    const struct region *region; /* NULL for a national body */
    const struct brief_initiative **initiatives;
    size_t n_initiatives;
    const struct region **regions; /* of those initiatives and in the scope, most often first */
    size_t n_regions;
};

/* What is due after the period. */
struct brief_event {
    const struct brief_initiative *initiative;
    const struct brief_target *target;
};

struct brief_month { /* a whole calendar month, also where the period or the year-ago span cuts it */
    date_t month;    /* first day */
    struct counts total;
    struct counts *by_category; /* [taxonomy.n] */
    int64_t collected; /* all dated articles in the database of that month, of any region and subject: coverage */
};

/* How much was collected in a span, whatever it is about: no figure means anything without it. */
struct brief_coverage {
    int64_t articles;
    int days;           /* days with at least one article */
    date_t first, last; /* the first and last of them; DATE_NONE */
    bool covered;       /* enough to compare with: BRIEF_LEAST_COLLECTED articles, over half of the span or more */
};

/* A finding of the front page. Which are made and in what order: the rule in findings.c. The sentences are the
 * template's. */
enum brief_claim_kind {
    CLAIM_CHANGE,  /* the total beside that of the span before, or of a year ago; significantly more or fewer, or not */
    CLAIM_RISE,    /* places with significantly more than before */
    CLAIM_FALL,    /* … fewer */
    CLAIM_LEADERS, /* the places with the most: all of a rank; more than three only where the first rank has as many */
    CLAIM_CATEGORY, /* one category changed significantly, else: has more than any other */
    CLAIM_NEW,      /* places that had none for twelve months */
    CLAIM_MONEY,    /* the largest amount that a title names */
    CLAIM_DUE,      /* what is due soonest */
    CLAIM_KINDS
};
struct brief_claim {
    enum brief_claim_kind kind;
    const struct brief_city **cities; /* RISE, FALL, LEADERS, NEW */
    size_t n_cities;
    size_t category;   /* CATEGORY */
    bool against_year; /* CHANGE, RISE, FALL, CATEGORY: compared with a year ago, else with the span before */
    const struct brief_initiative *initiative; /* MONEY, DUE */
    const struct brief_money *money;           /* MONEY */
    const struct brief_target *target;         /* DUE */
    struct brief_change change;                /* CHANGE, CATEGORY: the test that it rests on */
    double weight;                             /* larger first */
};
enum { BRIEF_MOST_CLAIMS = 5 };

struct brief {
    date_t from, to;
    enum brief_period period;
    struct brief_scope scope; /* resolved: regions as valid on the last day */
    date_t previous_from, previous_to, year_ago_from, year_ago_to, twelve_from, twelve_to;
    bool previous_is_year_ago; /* of a year: only one comparison is worth printing */
    struct taxonomy taxonomy;  /* the categories of the brief: all, or the one of the scope */
    struct span_counts total, *by_category;
    struct brief_change on_previous, on_year_ago;                     /* of the total */
    struct brief_change *category_on_previous, *category_on_year_ago; /* [taxonomy.n] */
    struct brief_coverage collected, collected_previous, collected_year_ago;
    int64_t collected_twelve, collected_before; /* articles of twelve_from..twelve_to, of the twelve months before */
    bool tells_new;            /* the twelve months before were collected well enough to call a place new */
    int64_t cities_now;        /* cities with at least one initiative */
    struct brief_city *cities; /* with anything in now, previous, year_ago or twelve_months; by rank, then code */
    size_t n_cities;
    struct brief_city
        *sidos; /* the 시·도 that the scope names, all for the nation; with their cities, by official order */
    size_t n_sidos;
    struct brief_month *trend; /* from the month of year_ago_from to that of `to`; the twelve of a month and one */
    size_t n_trend;
    struct brief_initiative *initiatives; /* by the rank of their place, then first date, then key */
    size_t n_initiatives;
    struct brief_source *sources; /* counted articles of the period, in number order */
    size_t n_sources;
    struct brief_source *undated; /* initiatives without a certain date, but those inferred for another time; by key */
    size_t n_undated;
    struct brief_source *doubtful; /* counted in the period but uncertain (score below the review line) */
    size_t n_doubtful;
    size_t doubtful_initiatives; /* initiatives all of whose articles are uncertain */
    struct brief_body *bodies;   /* by number of initiatives, then name */
    size_t n_bodies;
    struct brief_event *schedule; /* last day after the period, of initiatives that need no review; soonest first */
    size_t n_schedule;
    struct brief_claim *claims; /* most telling first */
    size_t n_claims;
    date_t cutoff; /* the latest publication date in the database */
    struct str rules_version;
};

/* Everything that briefs of one period need, of all regions, read from one snapshot; scoped briefs are made from it
 * without the database. */
struct brief_data;

/* Reads it. Lives in the arena; borrows the tables. Cost: the rows of the months from the earliest span compared, that
 * of a year ago or the one before, to the period's end. Errors: ERR_USAGE where from > to, a day is DATE_NONE, or the
 * period is too long or too early; ERR_CONFIG where the database uses a unit or category that the tables do not have,
 * or a finding has not the form of records.h; those of store_query. */
struct brief_data *brief_load(struct store *store, struct arena *arena, const struct regions *regions,
                              const struct taxonomy *taxonomy, date_t from, date_t to, struct err *err);

/* The dated articles of the period, and the first and last publication date of all in the database (DATE_NONE: none).
 */
struct brief_reach {
    int64_t articles;
    date_t first, last;
};
struct brief_reach brief_reach(const struct brief_data *data);

/* Makes the brief of a scope; everything lives in `arena` or in that of the data, which it only reads: several briefs
 * of one data may be made at the same time. Cost: the initiatives of the months read, some µs per thousand that are not
 * in the scope.
 *
 * An initiative counts in a span when at least one of its certainly dated articles was published in it; an article
 * counts for every city and category of its initiative. In a scope it counts where one of its regions, and one of its
 * categories, is in the scope. Counts are distinct at each level: a 시·도 or the nation counts an initiative of several
 * cities once. The 시·도 of a city is that of the period's last day, for all spans. cities_now counts rows of
 * `cities`, so also a 시·도 acting as a whole. An initiative's score is the best of its articles. Coverage is that of
 * the whole collection in every scope. Errors: ERR_USAGE for no such category, ERR_CONFIG for no such region. */
bool brief_make(const struct brief_data *data, struct arena *arena, const struct brief_scope *scope, struct brief *out,
                struct err *err);

/* Both at once. */
bool brief_build(struct store *store, struct arena *arena, const struct regions *regions,
                 const struct taxonomy *taxonomy, const struct brief_request *request, struct brief *out,
                 struct err *err);

#endif
