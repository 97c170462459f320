/* Grouping where persons have corrected articles, so that no correction moves the group of another article. */
#ifndef ANALYZE_CORRECTED_H
#define ANALYZE_CORRECTED_H
#include "analyze/analyze.h"
#include "analyze/cluster.h"

struct corrected_mark {
    int64_t id;
    const char *key;
    bool corrected; /* a person has spoken about its city, category, date, or whether it counts */
    bool ghost;     /* a person has refused it: it gets a group of its own, which counts for nothing */
};

/* As cluster_group, for items as corrected, in key order. Articles that nobody has corrected are grouped as the rules
 * see them all; the corrected ones then go where they belong with their new values, or where the person has put them.
 */
bool corrected_group(struct store *store, const struct analyzer *analyzer, struct arena *arena,
                     const struct cluster_item *items, const struct corrected_mark *marks, size_t n, size_t *groups,
                     struct err *err);

#endif
