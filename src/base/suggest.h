/* "Did you mean …": the nearest name by edit distance. */
#ifndef BASE_SUGGEST_H
#define BASE_SUGGEST_H
#include "base/str.h"

/* The nearest of `n` names to `word` if it is near enough to be meant (edits and swaps of code points, or one holds the
 * other), else the empty string. Borrows from `names`. */
struct str suggest(struct str word, const struct str *names, size_t n);

#endif
