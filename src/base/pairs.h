/* Which pairs of neighbouring characters there are, as bits of their hashes: a no is sure, a yes is to be looked at.
 * Most of what is searched for in a text begins with a pair that is nowhere in it. Zero-initialise. */
#ifndef BASE_PAIRS_H
#define BASE_PAIRS_H
#include "base/utf8.h"

enum { PAIR_BITS = 32768, SINGLE_BITS = 512 };

struct pairs {
    uint64_t bits[PAIR_BITS / 64];
    uint64_t single[SINGLE_BITS / 64]; /* characters that are a phrase by themselves */
};

static inline uint32_t pairs_hash(uint32_t first, uint32_t second)
{
    return (first << 16 ^ second) * 2654435761u >> 17;
}

static inline void pairs_add(struct pairs *pairs, uint32_t first, uint32_t second)
{
    uint32_t bit = pairs_hash(first, second);
    pairs->bits[bit / 64] |= (uint64_t)1 << bit % 64;
}

static inline bool pairs_have(const struct pairs *pairs, uint32_t first, uint32_t second)
{
    uint32_t bit = pairs_hash(first, second);
    return pairs->bits[bit / 64] >> bit % 64 & 1;
}

/* Adds a phrase, which is not empty, by its beginning. */
static inline void pairs_add_phrase(struct pairs *pairs, struct str phrase)
{
    size_t i = 0;
    uint32_t first = utf8_next(phrase, &i);
    if (i < phrase.n)
        pairs_add(pairs, first, utf8_next(phrase, &i));
    else
        pairs->single[first % SINGLE_BITS / 64] |= (uint64_t)1 << first % 64;
}

/* May a phrase begin with these two characters (the second 0 where the text ends)? */
static inline bool pairs_may_begin(const struct pairs *pairs, uint32_t first, uint32_t second)
{
    return pairs_have(pairs, first, second) || (pairs->single[first % SINGLE_BITS / 64] >> first % 64 & 1);
}

#endif
