/* Small sorted sets of strings: the cities and the categories of an article. */
#ifndef ANALYZE_SETS_H
#define ANALYZE_SETS_H
#include "base/arena.h"
#include "base/str.h"

/* Adds a copy of `value` unless it is there; the set grows in the arena. */
void set_add(struct arena *arena, const struct str **set, size_t *n, struct str value);
bool set_has(const struct str *set, size_t n, struct str value);
bool set_equal(const struct str *a, size_t n, const struct str *b, size_t m);

/* Is the unit among these, or a city of a province among these? */
bool units_within(struct str unit, const struct str *units, size_t n);

#endif
