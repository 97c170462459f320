/* Which articles report one and the same initiative. Knows no database. */
#ifndef ANALYZE_CLUSTER_H
#define ANALYZE_CLUSTER_H
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
 * ends the program); items and their texts are borrowed for the call, small working sets stay in the arena, the rest is
 * freed. Linear in the text: of a body the first CLUSTER_CHARACTERS should be given, about 4 KiB of memory an item, and
 * every article is compared with a bounded number of others. */
void cluster_group(struct arena *arena, const struct cluster_item *items, size_t n, size_t *groups);

#endif
