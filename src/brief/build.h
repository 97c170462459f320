/* What the steps of brief_build share. Only src/brief/ (and its tests, for the queries) include this header. */
#ifndef BRIEF_BUILD_H
#define BRIEF_BUILD_H
#include "brief/brief.h"

enum {
    BRIEF_TREND_MONTHS = 13,
    BRIEF_TWELVE_FIRST = 1
}; /* months[1..12] of a series are the twelve; months[0] is the same month a year before */

/* Below this confidence a counted article is listed for review; 0.5 is where counting begins (analyze/). */
#define BRIEF_REVIEW_SCORE 0.80

/* Names of all embedded queries that brief_build runs, NULL at the end: a test reads their plans. */
extern const char *const brief_queries[];

/* Counts of one place and category by month. */
struct series {
    struct counts months[BRIEF_TREND_MONTHS]; /* oldest first */
    int64_t twelve;                           /* distinct initiatives of the last twelve of them */
};

struct place {
    char unit[6];
    const struct region *region; /* as valid on the last day */
    struct series *series;       /* [1 + taxonomy.n], [0] regardless of category */
    size_t position;             /* in brief.cities */
};

struct places { /* sorted by unit */
    struct place *items;
    size_t n, room;
};

struct build {
    struct store *store;
    struct arena *arena;
    const struct regions *regions;
    const struct taxonomy *taxonomy;
    struct brief *out;
    struct places cities, sidos; /* arrays from mem_grow: freed by brief_build */
};

/* Runs an embedded query. */
struct rows *build_query(struct build *build, const char *name, const struct param *params, size_t n, struct err *err);
/* The unit as it is on the last day of the period, else as it last was. ERR_CONFIG where the table does not know it. */
const struct region *build_region(struct build *build, struct str unit, struct err *err);
bool build_category(struct build *build, struct str key, size_t *index, struct err *err); /* ERR_CONFIG where unknown */
struct place *places_find(const struct places *places, struct str unit);                  /* NULL where none */

bool build_counts(struct build *build, struct err *err); /* counts.c: totals, cities, 시·도, trend */
bool build_lists(struct build *build, struct err *err);  /* sources.c: initiatives, sources, undated, doubtful */

/* What needs the whole brief, in this order. */
void build_population(const struct regions *regions, struct brief *out); /* changes.c: residents, rates */
void build_changes(struct brief *out, struct arena *arena);              /* changes.c: struct brief_change everywhere */
void build_claims(struct brief *out, struct arena *arena);               /* findings.c */

#endif
