/* Inside the ingest room: what a page of HTML shows, as lines, and what its markup says of them. */
#ifndef INGEST_HTML_H
#define INGEST_HTML_H
#include "base/arena.h"
#include "base/str.h"

enum html_mark {
    HTML_LINK = 1 << 0,    /* most of the line is links */
    HTML_AROUND = 1 << 1,  /* navigation, aside, footer, a box that its class calls so */
    HTML_HEADING = 1 << 2, /* h1 … h6 */
    HTML_CAPTION = 1 << 3, /* figcaption */
    HTML_CELL = 1 << 4,    /* begins a cell of a table */
    HTML_NOT_BODY = 1 << 5 /* outside of the element that holds the article */
};

/* An element that may be the article's: lines first to before `end`. */
struct html_range {
    size_t first, end;
    unsigned rank; /* how much its name says: 1 main … 4 itemprop="articleBody" */
};

struct html_page {
    struct str text;      /* visible lines, joined by \n; in the arena */
    unsigned char *marks; /* [lines] sets of html_mark */
    size_t lines;
    struct html_range *ranges;
    size_t n_ranges;
    bool frames, password; /* it shows other pages in frames; it asks for a password */
};

/* Linear in the page, whatever it is. */
void html_visible(struct arena *arena, struct str html, struct html_page *page);

#endif
