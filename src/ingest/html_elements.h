/* Inside the ingest room: the elements of HTML and what they do to visible text. */
#ifndef INGEST_HTML_ELEMENTS_H
#define INGEST_HTML_ELEMENTS_H
#include "base/str.h"

enum html_trait {
    HTML_VOID = 1 << 0,   /* has no content and no end tag */
    HTML_BLOCK = 1 << 1,  /* begins and ends a line */
    HTML_SPACED = 1 << 2, /* … with a blank one between */
    HTML_UNSEEN = 1 << 3, /* shows no text of its own */
    HTML_SCOPE = 1 << 4,  /* end tags within it close nothing outside */
    HTML_PART = 1 << 5    /* of a table: its end tag may close what stands in cells */
};

enum html_id { /* those that the code names; all others are told by their index alone */
               EL_OTHER,
               EL_A,
               EL_P,
               EL_LI,
               EL_UL,
               EL_OL,
               EL_DT,
               EL_DD,
               EL_DL,
               EL_TD,
               EL_TH,
               EL_TR,
               EL_TABLE,
               EL_CAPTION,
               EL_BR,
               EL_PRE,
               EL_ARTICLE,
               EL_MAIN,
               EL_NAV,
               EL_ASIDE,
               EL_FOOTER,
               EL_FIGCAPTION,
               EL_HEADING,
               EL_FRAME,
               EL_INPUT,
               EL_ROOT, /* html, head, body: their tags are passed over, wherever they stand */
               EL_NAMED /* the first of the others */
};
enum { HTML_ELEMENTS = 128 /* ids are less than that */ };

struct html_element {
    const char *name;
    unsigned char id, traits;
};

/* The element of that name; one of EL_OTHER, in the line, for a name that is none. */
struct html_element html_element(struct str name);

/* What a class or id says: "body" that the element holds an article's text, "around" that it stands around one,
 * "caption", of a site's name "portal", "" (data/html.tsv). */
struct str html_hint(struct str name);

#endif
