/* Inside the ingest room: what a page of HTML shows, as lines, and what its markup says of them. */
#ifndef INGEST_HTML_H
#define INGEST_HTML_H
#include "base/arena.h"
#include "base/str.h"
#include "ingest/lines.h"

/* An element that may be the article's: lines first to before `end`. */
struct html_range {
    size_t first, end;
    unsigned rank; /* how much its name says: 1 main … 4 itemprop="articleBody" */
};

struct html_page {
    struct str text;      /* visible lines, joined by \n; in the arena */
    unsigned char *marks; /* [lines] sets of line_mark */
    size_t lines;
    struct html_range *ranges;
    size_t n_ranges;
    bool frames, password; /* it shows other pages in frames; it asks for a password */
};

/* Linear in the page, whatever it is. */
void html_visible(struct arena *arena, struct str html, struct html_page *page);

#endif
