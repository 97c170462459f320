#include "base/suggest.h"

#include "base/utf8.h"

enum { LONGEST = 40 }; /* code points compared */

static size_t decode(struct str s, uint32_t out[LONGEST])
{
    size_t n = 0;
    for (size_t at = 0; at < s.n && n < LONGEST;)
        out[n++] = utf8_next(s, &at);
    return n;
}

static size_t least_of(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Levenshtein's, and two neighbours that have changed places are one slip. */
static size_t distance(struct str a, struct str b)
{
    uint32_t x[LONGEST], y[LONGEST];
    size_t n = decode(a, x), m = decode(b, y), rows[3][LONGEST + 1];
    for (size_t j = 0; j <= m; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *above_that = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            row[j] = least_of(above[j - 1] + (x[i - 1] != y[j - 1]), least_of(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
                row[j] = least_of(row[j], above_that[j - 2] + 1);
        }
    }
    return rows[n % 3][m];
}

struct str suggest(struct str word, const struct str *names, size_t n)
{
    struct str best = STR("");
    size_t least = SIZE_MAX;
    for (size_t i = 0; word.n && i < n; i++) {
        size_t d = distance(word, names[i]), length = utf8_count(names[i]);
        bool within = d <= (length < 3 ? 1 : length / 2) && d < utf8_count(word);
        bool contains = str_find(names[i], word, 0) != SIZE_MAX || str_find(word, names[i], 0) != SIZE_MAX;
        if ((within || contains) && d < least) {
            least = d;
            best = names[i];
        }
    }
    return best;
}
