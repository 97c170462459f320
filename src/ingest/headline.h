/* What stands around the article: headline and subtitles. */
#ifndef INGEST_HEADLINE_H
#define INGEST_HEADLINE_H
#include "base/arena.h"
#include "ingest/lines.h"

/* Index of the headline among the lines above `body_first` (or `lines->n` when there is none). */
size_t headline_find(struct arena *arena, const struct lines *lines, size_t body_first, size_t body_last);

/* A headline without markup, list marks and site names: "# x" → "x", "x - 보도자료 < …" → "x". */
struct str headline_clean(struct arena *arena, struct str line);

/* The subtitles between headline and body, joined by " / "; "" for none. */
struct str headline_subtitle(struct arena *arena, const struct lines *lines, size_t title, size_t body_first);

/* The newspaper that a headline ends with, "headline - ○○뉴스"; "" for none. */
struct str headline_title_outlet(struct str line);

/* Share of a heading's words whose first two syllables occur in `head`, the start of a text: 1 where the text says all
 * that its heading does. */
double headline_overlap(struct str title, struct str head);

#endif
