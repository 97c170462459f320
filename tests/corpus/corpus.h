/* The generator of sample pages: seeded numbers, texts with slots, page skins. Used by tests only. */
#ifndef CORPUS_CORPUS_H
#define CORPUS_CORPUS_H
#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rng {
    uint64_t state;
};
uint32_t rng_below(struct rng *rng, uint32_t limit); /* uniform enough, 0 where limit is 0 */
bool rng_percent(struct rng *rng, uint32_t percent);
void rng_shuffle(struct rng *rng, size_t *items, size_t n);

struct lines {
    struct str *items;
    size_t n;
};
struct lines lines_split(struct arena *arena, struct str text, char separator);
struct str lines_pick(struct rng *rng, struct lines lines);

/* Values of the {{slots}} of a text. */
struct slots {
    struct str names[64], values[64];
    size_t n;
};
void slots_set(struct slots *slots, const char *name, const char *value); /* borrows both; replaces */
struct str slots_get(const struct slots *slots, struct str name);         /* "" where there is none */

/* Fills {{slots}}, picks one of each {a|b|c} and settles 조사 written as 은(는), 이(가), 을(를), 과(와), 으로(로). */
struct str text_fill(struct arena *arena, struct rng *rng, const struct slots *slots, struct str text);

struct outlet {
    struct str name, skin, domain, address;
};

struct source {
    struct lines heads, leads, skies;
    struct outlet *outlets;
    size_t n_outlets;
    struct lines *skins; /* one an outlet, in the same order */
};

struct article_text {
    struct str title, subtitle; /* subtitle may be empty */
    struct lines paragraphs;
};

enum line_role { LINE_OTHER, LINE_TITLE, LINE_BODY, LINE_OPTIONAL };

struct page {
    struct buf text;
    unsigned char *roles; /* enum line_role of each line, mem_free */
    unsigned char *blank; /* whether the line holds only blanks, mem_free */
    size_t n, room, blank_room;
};
void page_free(struct page *page);

/* Renders an article in the skin of `outlet`. Where `dated` is false the lines that tell the date are left out. */
void page_render(struct page *page, struct arena *arena, struct rng *rng, const struct source *source, size_t outlet,
                 const struct slots *slots, const struct article_text *article, bool dated);

/* "14-30,33": the lines with a role; blank lines between two of them join the range. */
struct str page_lines(struct arena *arena, const struct page *page, enum line_role role);

#endif
