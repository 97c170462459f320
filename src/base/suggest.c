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

static size_t distance(struct str a, struct str b)
{
    uint32_t x[LONGEST], y[LONGEST];
    size_t n = decode(a, x), m = decode(b, y), row[LONGEST + 1];
    for (size_t j = 0; j <= m; j++)
        row[j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t change = diagonal + (x[i - 1] != y[j - 1]);
            diagonal = row[j];
            row[j] = row[j - 1] < row[j] ? row[j - 1] + 1 : row[j] + 1;
            row[j] = change < row[j] ? change : row[j];
        }
    }
    return row[m];
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
