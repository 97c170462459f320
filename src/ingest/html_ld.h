/* Inside the ingest room: JSON-LD. */
#ifndef INGEST_HTML_LD_H
#define INGEST_HTML_LD_H
#include "base/arena.h"
#include "base/str.h"

enum { HTML_LD_RANK = 9 /* beside the ranks of <meta>: what is written for this and nothing else */ };

/* Of the first schema.org Article, NewsArticle, … BlogPosting of a page; in the arena, references decoded. */
struct html_ld {
    struct str headline, publisher, published, url, keywords, body;
};

/* Adds what the text of one <script type="application/ld+json"> says; one that is no JSON says nothing. */
void html_ld(struct arena *arena, struct str json, struct html_ld *out);

#endif
