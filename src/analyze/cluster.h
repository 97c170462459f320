/* Which articles report one and the same initiative. Knows no database. */
#ifndef ANALYZE_CLUSTER_H
#define ANALYZE_CLUSTER_H
#include "analyze/meet.h"
#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"

enum { CLUSTER_CHARACTERS = 600 }; /* of a body that are compared */

/* One counted article. `units` and `categories` are sorted. */
struct cluster_item {
    struct str title, body;
    date_t date; /* DATE_NONE = not certain */
    const struct str *units, *categories;
    size_t n_units, n_categories;
};

/* Writes into groups[i] the least index of the items that belong with item i. The items must come in key order: then
 * the result is the same whatever the order of import. Items without units stay alone. Cannot fail (memory exhaustion
 * ends the program); items and their texts are borrowed for the call, prints and working sets stay in the arena. Linear
 * in the text: of a body the first CLUSTER_CHARACTERS should be given, and every article is compared with a bounded
 * number of others. */
void cluster_group(struct arena *arena, const struct cluster_item *items, size_t n, size_t *groups);

/* Accepted pairs by index, a < b. */
struct cluster_pair {
    double alike;
    uint32_t a, b;
};

/* The same for entries whose pairs are known. Entries come in the order of `order`; the pairs are sorted in place. */
void cluster_join(struct arena *arena, const struct entry *const *entries, size_t n, struct cluster_pair *pairs,
                  size_t n_pairs, size_t *groups);

#endif
