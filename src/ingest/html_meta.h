/* Inside the ingest room: what a page of HTML says of itself where nobody sees it. */
#ifndef INGEST_HTML_META_H
#define INGEST_HTML_META_H
#include "ingest/reader.h"

/* Metadata of a page: JSON-LD (schema.org Article and its kinds), Open Graph, Dublin Core and other <meta>, <link
 * rel=canonical>, itemprop and <time>. Of several that say the same thing the most specific wins. Strings are clean and
 * in the arena; "" where it says nothing. */
struct html_meta {
    struct str headline; /* of the article, as its metadata has it */
    struct str title;    /* <title>: headline, site names and sections, in any order */
    struct str outlet;
    struct str published; /* "datePublished: 2024-01-16": what says it, and the day in Korea */
    struct str url;       /* absolute, http(s), without credentials, of one page and not of its site */
    struct str keywords;  /* "," separated */
    struct str body;      /* articleBody, for pages that show theirs only by a script */
};
void html_meta(struct arena *arena, struct str html, struct html_meta *out);

/* decode_bytes of a page of HTML: a declaration that the bytes contradict is named, one of Korean that they allow
 * settles what is not plain Korean. */
bool html_decode_page(struct arena *arena, const char *name, struct str bytes, const char *encoding,
                      struct decoded *out, struct diag_list *diag);

#endif
