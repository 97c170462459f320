/* Finds all phrases of a set in one pass over the text (Aho–Corasick over characters). */
#ifndef ANALYZE_MATCHER_H
#define ANALYZE_MATCHER_H
#include "base/str.h"

#include <stdint.h>

struct matcher;

struct match {
    uint32_t begin, end; /* bytes of the text */
    uint32_t phrase;     /* index given to matcher_add */
};

/* Adding comes before compiling; `text` is copied into the automaton and must not be empty. It and what is searched are
 * valid UTF-8. The same text may be added once only: the caller hangs several meanings on one phrase. Free with
 * matcher_free. */
struct matcher *matcher_new(void);
void matcher_add(struct matcher *matcher, struct str text, uint32_t phrase);
void matcher_compile(struct matcher *matcher);
void matcher_free(struct matcher *matcher);

/* Calls `found` for every occurrence of every phrase, in the order of their ends, the longest first at one end.
 * Time is linear in the text and the number of matches. Texts of 4 GB and more are cut. */
void matcher_run(const struct matcher *matcher, struct str text, void (*found)(void *context, struct match match),
                 void *context);

#endif
