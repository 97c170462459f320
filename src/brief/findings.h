/* What is concluded from the finished figures of a brief. The three go in this order, when all else is filled in. */
#ifndef BRIEF_FINDINGS_H
#define BRIEF_FINDINGS_H
#include "brief/brief.h"

/* changes.c: residents on the last day of the period and initiatives per 100,000 of them, of every place. */
void findings_population(const struct regions *regions, struct brief *brief);
/* changes.c: struct brief_change of the total, the categories, the cities and the 시·도. */
void findings_changes(struct brief *brief, struct arena *arena);
/* findings.c: the claims; at most BRIEF_MOST_CLAIMS. They borrow from the brief, the list lives in the arena. */
void findings_claims(struct brief *brief, struct arena *arena);

#endif
