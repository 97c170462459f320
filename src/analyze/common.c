#include "analyze/common.h"

#include "data/data.h"

struct common {
    struct str *words; /* open addressing; n 0 = free */
    size_t mask;
};

static size_t slot_of(const struct common *common, struct str word)
{
    size_t slot = str_hash(word) & common->mask;
    while (common->words[slot].n > 0 && !str_equal(common->words[slot], word))
        slot = (slot + 1) & common->mask;
    return slot;
}

static bool next_row(struct str *rest, struct str *word)
{
    while (str_line(rest, word))
        if (word->n > 0 && word->p[0] != '#')
            return true;
    return false;
}

const struct common *common_load(struct arena *arena)
{
    struct common *common = ARENA_NEW(arena, struct common);
    struct str text = data_file("data/common.tsv"), rest = text, word;
    size_t rows = 0, size = 64;
    while (next_row(&rest, &word))
        rows++;
    while (size < 4 * rows)
        size *= 2;
    common->words = ARENA_ARRAY(arena, size, struct str);
    common->mask = size - 1;
    next_row(&text, &word); /* the header */
    while (next_row(&text, &word))
        common->words[slot_of(common, word)] = word;
    return common;
}

bool common_has(const struct common *common, struct str word)
{
    return common->words[slot_of(common, word)].n > 0;
}
