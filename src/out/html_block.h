/* Inside the HTML writer: what its files share. */
#ifndef OUT_HTML_BLOCK_H
#define OUT_HTML_BLOCK_H
#include "base/arena.h"
#include "out/html.h"
#include "out/html_text.h"

struct html {
    const struct doc *doc;
    const struct artist *artist;
    struct arena *arena;
    struct buf *out;
    struct err *err;
    struct html_calls calls;
    const struct block *heading; /* the last one: names what has no caption; NULL before the first */
    int deeper;                  /* 1 where the title is the h1, and headings of level 1 are h2 … */
    size_t charts;               /* so far: for their ids */
};

/* Paragraphs that stand above an object and are its caption; NULL: none. */
struct html_caption {
    const struct block *title, *unit;
};

/* html_block.c: blocks and what follows them. */
void html_blocks(struct html *html, const struct block *first);
/* One block, or a caption with its object; returns what comes next. */
const struct block *html_block(struct html *html, const struct block *block);
/* " (단위: 건)" of a caption, where it has one. */
void html_unit(struct html *html, const struct html_caption *caption);
/* ` class="s-…"` of a style. */
void html_style(struct buf *out, const char *more, struct str style);
struct str html_option(const struct block *block, const char *key); /* empty where it has none */

/* html_table.c */
void html_table(struct html *html, const struct block *block, const struct html_caption *caption);
/* html_chart.c */
void html_chart(struct html *html, const struct block *block, const struct html_caption *caption);
void html_cards(struct html *html, const struct block *block);

#endif
