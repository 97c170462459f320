/* What stands around the article: headline, subtitles, the newspaper's name, and the marks in the text that name it. */
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

/* Bytes of the outlet's and reporter's mark at the start of a text, "[○○신문 홍길동 기자]", "(서울=○○) 아무개 기자 = ":
 * what follows is the text proper. 0 when it begins with its text. *outlet is the name in the mark, or "". */
size_t headline_lead_mark(struct str text, struct str *outlet);

/* The newspaper that a headline ends with, "headline - ○○뉴스"; "" for none. */
struct str headline_title_outlet(struct str line);

/* The newspaper as named by a copyright notice or the imprint after line `from`; "" when none is. */
struct str headline_outlet(const struct lines *lines, size_t from);

/* Share of a heading's words whose first two syllables occur in `head`, the start of a text: 1 where the text says all
 * that its heading does. */
double headline_overlap(struct str title, struct str head);

#endif
