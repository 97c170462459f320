/* What the steps of brief_load and brief_make share. Only src/brief/ (and its tests, for the queries) include this
 * header.
 *
 * load: spans.c ─ load.c tally → records, coverage ─ sources.c articles → items, with facts.c
 * make: brief.c scope ─ counts.c places, trend ─ initiatives.c and their sources ─ bodies.c
 *       bodies, schedule ─ changes.c population, tests ─ findings.c */
#ifndef BRIEF_BUILD_H
#define BRIEF_BUILD_H
#include "brief/brief.h"

/* Below this confidence a counted article is listed for review; 0.5 is where counting begins (analyze/). */
#define BRIEF_REVIEW_SCORE 0.80

/* Names of all embedded queries that brief_load runs, NULL at the end: a test reads their plans. */
extern const char *const brief_queries[];

/* An article of an initiative. */
struct report {
    date_t day;
    int month; /* of the trend; < 0 before it */
};

/* An initiative in the months read. A place is a row of the region table: a count unit as valid on the last day. */
struct record {
    int64_t row;
    const struct report *reports; /* month by month */
    size_t n_reports;
    const size_t *places; /* main first */
    size_t n_places;
    bool *categories;          /* [taxonomy.n] */
    struct span_counts counts; /* 1 initiative, or none, and its articles in each span */
    bool recent;               /* reported in the twelve months before the period */
    bool earlier;              /* reported at any time before the period */
};

/* An initiative of the period. Its brief has all but numbers; its articles lie side by side in the data's sources. */
struct item {
    struct brief_initiative brief;
    const struct record *record;
};

struct brief_data {
    const struct regions *regions;
    const struct taxonomy *taxonomy;
    struct brief head;  /* what is the same in every scope; the trend has only `month` and `collected` */
    date_t earliest;    /* publication date in the database */
    const size_t *sido; /* [regions.n] place of the 시·도 of each place that occurs, else NO_PLACE */
    const struct record *records;
    size_t n_records;
    const struct item *items;
    size_t n_items;
    const struct brief_source *undated;
    size_t n_undated;
    /* [(1 + taxonomy.n) × regions.n] initiatives of the period by category (0: all) and place, for ranks in the
     * country: of the place alone, and of a 시·도 with its cities. */
    int64_t *place_counts, *sido_counts;
};
#define NO_PLACE SIZE_MAX

/* While it is read. */
struct load {
    struct store *store;
    struct arena *arena;
    struct brief_data *data;
    date_t first; /* day of the months read */
    int trend;    /* number of the first month of the trend */
    struct record *records;
    size_t n, room;
    size_t *slots; /* hash table of 1 + index of a record by its row, 0 where free; room: a power of two */
    size_t slots_room;
    size_t *sido;
};

/* spans.c */
int month_number(date_t day); /* months since the year 0: differences are counts of months */
/* Sets the days of all spans. Errors: ERR_USAGE where from > to, a day is DATE_NONE or the period too long. */
bool spans_set(date_t from, date_t to, struct brief *out, struct err *err);

/* load.c */
/* Runs an embedded query. */
struct rows *load_query(struct load *load, const char *name, const struct param *params, size_t n, struct err *err);
/* The unit as it is on the last day of the period, else as it last was. ERR_CONFIG where the table does not know it. */
const struct region *data_region(const struct brief_data *data, struct str unit, struct err *err);
/* Likewise, an 일반구 as its city. */
const struct region *data_counted_region(const struct brief_data *data, struct str unit, struct err *err);
size_t data_place(const struct brief_data *data, const struct region *region); /* of a region of the two above */
/* Is the k-th place of the initiative the first of them in its 시·도? */
bool data_first_in_sido(const struct brief_data *data, const struct record *record, size_t k);
/* Makes the place's 시·도 known to data.sido. ERR_CONFIG where the table names none. */
bool load_place(struct load *load, const struct region *region, struct err *err);
bool load_category(struct load *load, struct str key, size_t *index, struct err *err); /* ERR_CONFIG where unknown */
struct record *load_record(const struct load *load, int64_t row);                      /* NULL where none */

/* sources.c: items and undated */
bool load_sources(struct load *load, struct err *err);

/* facts.c */
struct fact {
    enum finding_kind kind;
    union {
        struct brief_agency agency;
        struct brief_money money;
        struct brief_target target;
        struct str zone;
    };
};
/* Reads a finding of one of these kinds; text is copied. ERR_CONFIG where the value is not of its kind's form. */
bool fact_read(struct load *load, enum finding_kind kind, struct str value, struct fact *out, struct err *err);
/* Room for `n` facts, before they are added. */
void fact_begin(struct arena *arena, struct brief_initiative *to, size_t n);
void fact_add(struct brief_initiative *to, const struct fact *fact, const struct brief_source *source); /* if new */
void fact_end(struct brief_initiative *to); /* puts them in order */
/* A copy whose sources are those of `articles`, which correspond to from->articles. */
void fact_copy(struct arena *arena, const struct brief_initiative *from, const struct brief_source **articles,
               struct brief_initiative *to);
int target_order(const struct brief_target *a, const struct brief_target *b); /* by last day, first day, event */

/* amounts.c */
void amount_add(struct brief_initiative *to, const struct brief_money *money); /* if new: headline not yet set */
/* After the last: leaves roles only where they are sure and do not contradict each other, and sets headline. */
void amounts_settle(struct brief_initiative *to);

/* The brief of a scope while it is made. */
struct make {
    const struct brief_data *data;
    struct arena *arena;
    struct brief *out;
    bool *places;          /* [regions.n] is in the scope */
    size_t first_category; /* of the scope's taxonomy in the data's */
    size_t *position;      /* [regions.n] of a place in out->cities, else out->n_cities */
};
bool make_covers(const struct make *make, const struct record *record);

void make_counts(struct make *make);   /* counts.c: totals, cities, 시·도, trend */
void make_lists(struct make *make);    /* initiatives.c: initiatives, sources, undated, doubtful */
void make_bodies(struct make *make);   /* bodies.c */
void make_schedule(struct make *make); /* bodies.c */

#endif
