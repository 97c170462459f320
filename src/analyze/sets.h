/* Small sorted sets of strings: the cities and the categories of an article. */
#ifndef ANALYZE_SETS_H
#define ANALYZE_SETS_H
#include "base/arena.h"
#include "base/str.h"

/* Adds a copy of `value` unless it is there; the set grows in the arena. */
void set_add(struct arena *arena, const struct str **set, size_t *n, struct str value);
bool set_has(const struct str *set, size_t n, struct str value);
bool set_equal(const struct str *a, size_t n, const struct str *b, size_t m);

#endif
