/* What the files that turn a brief into values share. Only src/template/context*.c include this header. */
#ifndef TEMPLATE_CONTEXT_H
#define TEMPLATE_CONTEXT_H
#include "template/format.h"
#include "template/template.h"
#include "template/value.h"

enum {
    FEW = 5,            /* below it a period is sparse, and a base too small for a percentage */
    LISTED = 5,         /* more places than that are counted, not named */
    LISTED_DOUBTS = 20, /* more uncertain articles than that stand in an appendix */
    ALL = INT32_MAX     /* no limit of a list */
};

struct maker {
    struct arena *arena;
    const struct brief *brief;
    struct value **sources;     /* [brief->n_sources] what source_map says, made once */
    struct value **initiatives; /* [brief->n_initiatives] made by lists_set */
    struct value **cities;      /* [brief->n_cities] what city_map says, made once */
    bool *doubtful;             /* [brief->n_sources] is the article uncertain? */
};

/* One value of a map. Names are borrowed. */
void set_text(const struct maker *m, struct value *map, const char *name, struct str text);
void set_number(const struct maker *m, struct value *map, const char *name, int64_t number);
void set_real(const struct maker *m, struct value *map, const char *name, double number, int decimals);
void set_bool(const struct maker *m, struct value *map, const char *name, bool truth);
void set_date(const struct maker *m, struct value *map, const char *name, date_t date);
void set_list(const struct maker *m, struct value *map, const char *name, struct value *list);
/* A new item of a list that will have n; it knows whether it is the first or last one, for commas and middle dots. */
struct value *add_item(const struct maker *m, struct value *list, size_t index, size_t n);

/* --- context_counts.c --- */

/* The counts of a place, a category or all beside those of the spans it is compared with; `on_previous` and
 * `on_year_ago` may be NULL: not tested. */
void set_counts(const struct maker *m, struct value *map, const struct span_counts *counts,
                const struct brief_change *on_previous, const struct brief_change *on_year_ago);
/* The comparison of two counts under names that begin with `when`; `test` may be NULL. */
void set_comparison(const struct maker *m, struct value *map, const char *when, int64_t now, int64_t base,
                    const struct brief_change *test);
/* One item a category, in the order of the taxonomy; the tests may be NULL. */
struct value *category_counts(const struct maker *m, const struct span_counts *counts,
                              const struct brief_change *on_previous, const struct brief_change *on_year_ago);
struct value *category_names(const struct maker *m, const bool *set); /* those that are set, by name */
void coverage_set(const struct maker *m, struct value *map);
/* "1 3 – 7": `months` of the trend for a small line; – where nothing was collected. */
struct str month_line(const struct maker *m, const int64_t *months);
void trend_set(const struct maker *m, struct value *map);

/* --- context_places.c --- */

void set_region(const struct maker *m, struct value *map, const struct region *region); /* NULL: all names empty */
struct value *region_names(const struct maker *m, const struct region *const *regions, size_t n);
/* The values of a place of brief->cities, to be shared by items; of any other, e.g. a 시·도, they are made anew. */
const struct value *city_map(const struct maker *m, const struct brief_city *city);
void places_set(const struct maker *m, struct value *map);

/* --- context_lists.c --- */

/* Initiatives and articles. To be called before claims_set and facts_set, which refer to them. */
void lists_set(const struct maker *m, struct value *map);
/* The values of an initiative of the brief. */
const struct value *initiative_map(const struct maker *m, const struct brief_initiative *one);

/* --- context_facts.c --- */

void set_money(const struct maker *m, struct value *map, const struct brief_initiative *one,
               const struct brief_money *money);
void set_target(const struct maker *m, struct value *map, const struct brief_target *target);
/* Bodies, amounts, what is due and zones of an initiative. */
void set_facts(const struct maker *m, struct value *map, const struct brief_initiative *one);
void facts_set(const struct maker *m, struct value *map); /* bodies and the schedule */

/* --- context_claims.c --- */

void claims_set(const struct maker *m, struct value *map);

#endif
