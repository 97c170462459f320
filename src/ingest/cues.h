/* Cue phrases of news pages (data/boilerplate.tsv): which of them occur in a line, in one pass over its bytes. */
#ifndef INGEST_CUES_H
#define INGEST_CUES_H
#include "base/str.h"

enum cue_kind {
    CUE_STOP = 1u << 0,
    CUE_LEGAL = 1u << 1,
    CUE_JUNK = 1u << 2,
    CUE_FOOTER = 1u << 3,
    CUE_CAPTION = 1u << 4,
    CUE_BYLINE = 1u << 5,
    CUE_CONTACT = 1u << 6,
    CUE_PUBLISHED = 1u << 7,
    CUE_MODIFIED = 1u << 8,
    CUE_OTHER = 1u << 9,
    CUE_OUTLET = 1u << 10,
    CUE_TAG = 1u << 11,
    CUE_NOTICE = 1u << 12,
    CUE_TAIL = 1u << 13,
};

/* The kinds (a set of cue_kind) with a phrase that matches `line`, which is trimmed. Safe from any thread. */
unsigned cues_in(struct str line);

/* The next phrase of one of `kinds` at or after byte `from`, wherever in the line its match mode would want it (mode
 * "starts" and "is" still need the line's beginning). False when there is none; *kind, *begin, *end describe it. */
bool cues_next(struct str line, size_t from, unsigned kinds, unsigned *kind, size_t *begin, size_t *end);

#endif
