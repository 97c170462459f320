/* Words that say nothing about what an article reports (data/common.tsv). */
#ifndef ANALYZE_COMMON_H
#define ANALYZE_COMMON_H
#include "base/arena.h"
#include "base/str.h"

struct common;

/* The embedded table as a set in the arena; never NULL. */
const struct common *common_load(struct arena *arena);

/* Is the word (without its particle) in the set? Constant time. */
bool common_has(const struct common *common, struct str word);

#endif
