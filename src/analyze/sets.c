#include "analyze/sets.h"

#include <string.h>

void set_add(struct arena *arena, const struct str **set, size_t *n, struct str value)
{
    size_t at = 0;
    while (at < *n && str_compare((*set)[at], value) < 0)
        at++;
    if (at < *n && str_equal((*set)[at], value))
        return;
    struct str *grown = ARENA_ARRAY(arena, *n + 1, struct str);
    if (*n > 0) {
        memcpy(grown, *set, at * sizeof *grown);
        memcpy(grown + at + 1, *set + at, (*n - at) * sizeof *grown);
    }
    grown[at] = str_copy(arena, value);
    *set = grown;
    ++*n;
}

bool set_has(const struct str *set, size_t n, struct str value)
{
    for (size_t i = 0; i < n; i++)
        if (str_equal(set[i], value))
            return true;
    return false;
}

bool set_equal(const struct str *a, size_t n, const struct str *b, size_t m)
{
    for (size_t i = 0; n == m && i < n; i++)
        if (!str_equal(a[i], b[i]))
            return false;
    return n == m;
}

bool units_within(struct str unit, const struct str *units, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_equal(unit, units[i]) ||
            (str_ends(units[i], STR("000")) && str_starts(unit, str_slice(units[i], 0, 2))))
            return true;
    return false;
}
