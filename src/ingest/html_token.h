/* Inside the ingest room: HTML as tokens, by the HTML standard's §13.2.5 (tokenization).
 *
 * Why not a library: both that Debian 12 has were tried. gumbo 0.10.1 takes quadratic time where elements are left open
 * (100,000 <div>: 12 s; a million: no end) and one node for each formatting element that a paragraph reopens. libxml2
 * 2.9.14 is linear there, but ends the page at the first stray </html>, which boards paste into the middle of theirs,
 * shows "<![if !IE]>" as text, loses text behind "<!-->", and is quadratic in </i> that close nothing (1.4 MB: 54 s)
 * and in a tag's attributes. Visible text needs no tree: tokens and a stack do, in linear time and no memory but the
 * stack. */
#ifndef INGEST_HTML_TOKEN_H
#define INGEST_HTML_TOKEN_H
#include "base/arena.h"
#include "base/str.h"

enum html_kind { HTML_TEXT, HTML_START, HTML_END };

/* Borrows from the page. */
struct html_token {
    enum html_kind kind;
    struct str text;       /* HTML_TEXT: references in it are not decoded */
    bool verbatim;         /* … and there are none: a script's or style's text */
    struct str name;       /* tags: as written */
    struct str attributes; /* HTML_START: what stands behind the name */
    bool self_closing;     /* HTML_START: "/>" */
};

struct html_scan {
    struct str html;
    size_t at;
    struct str raw;   /* name of the element whose text goes on to its end tag; "" */
    unsigned foreign; /* <svg> and <math> that are open: "/>" counts in them, and their <title> is none */
};

/* The next token; false at the end of the page. Comments, declarations and processing instructions are passed over.
 * Each byte is looked at a bounded number of times. */
bool html_next(struct html_scan *scan, struct html_token *token);

/* The next attribute of a tag, from byte *at of its attributes on; value is as written, "" where there is none. Of
 * several of the same name the first counts. False at the end. */
bool html_next_attribute(struct str attributes, size_t *at, struct str *name, struct str *value);

bool html_is(struct str name, const char *lower); /* equal but for ASCII case */

/* With character references decoded (§13.2.5.72 ff., numeric ones from Windows-1252 as there), those that a source has
 * escaped twice too; without control and direction characters that came in by them, line separators as blanks. `value`
 * says that it is an attribute's. Returns `text` itself where it has no "&". */
struct str html_decode(struct arena *arena, struct str text, bool value);

#endif
