/* What the parts of a document are to someone who cannot see its pages: the tree of structure elements (PDF 14.7, 14.8;
 * PDF/UA-1). The layout grows it in the order of the document, which is the order of reading, whatever the pages' is;
 * each operation that is content bears the number of its element. Devices read it when the last page is done.
 *
 *      Document ─ Sect ─ H1 ─ P ─┬─ (text) ─ Link ─ (text)      one element a block, none a line or a word
 *                                └─ Table ─ THead, TBody ─ TR ─ TH, TD
 */
#ifndef LAYOUT_TAGS_H
#define LAYOUT_TAGS_H
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum tag_kind {
    TAG_TEXT, /* no element: a stretch of the parent's own text between its children */
    TAG_DOCUMENT,
    TAG_PART,
    TAG_SECT,
    TAG_DIV,
    TAG_QUOTE, /* BlockQuote */
    TAG_H1,
    TAG_H2,
    TAG_H3,
    TAG_H4,
    TAG_H5,
    TAG_H6,
    TAG_TITLE, /* of the document, on its first page: a role of P */
    TAG_P,
    TAG_CODE,
    TAG_L,
    TAG_LI,
    TAG_LBL,
    TAG_LBODY,
    TAG_TABLE,
    TAG_CAPTION,
    TAG_THEAD,
    TAG_TBODY,
    TAG_TR,
    TAG_TH,
    TAG_TD,
    TAG_FIGURE, /* text: its alternative */
    TAG_LINK,   /* text: where it leads, as op.link */
    TAG_REFERENCE,
    TAG_NOTE,
    TAG_TOC,
    TAG_TOCI,
    TAG_SPAN, /* text: its language, BCP 47 */
    TAG_KINDS
};

enum tag_scope { SCOPE_NONE, SCOPE_COLUMN, SCOPE_ROW, SCOPE_BOTH }; /* of a TH: what it is the heading of */

/* How an L's items are marked (PDF 14.8.5.5). */
enum tag_numbering {
    NUMBERING_NONE,
    NUMBERING_DISC,
    NUMBERING_CIRCLE,
    NUMBERING_SQUARE,
    NUMBERING_DECIMAL,
    NUMBERING_UPPER_ROMAN,
    NUMBERING_UPPER_ALPHA,
    NUMBERINGS
};

/* Elements are numbers from 1, the Document; 0 is none: what is decoration, or said already. */
typedef uint32_t tag_id;

struct tag {
    enum tag_kind kind;
    tag_id parent, first, last, previous, next; /* children and siblings in reading order */
    struct str text;                            /* see the kinds */
    uint16_t columns, rows;                     /* TH, TD: cells that it takes; 0 as 1 */
    enum tag_scope scope;                       /* TH */
    enum tag_numbering numbering;               /* L */
    bool seen;                                  /* it or something in it is on a page: what is not is no element */
    bool active;                                /* TAG_LINK: it has an active area on a page */
    bool waits;                                 /* TAG_LINK: … and has got text since, whose area is to come */
};

struct tags;
struct tags *tags_new(void); /* with the Document; never NULL; free with tags_free */
void tags_free(struct tags *tags);
enum { TAGS_ROOT = 1 };
static const tag_id TAGS_NOTHING = UINT32_MAX; /* no element, on purpose: what is set has been said already */

/* A new last child of `parent`; … right after its sibling. */
tag_id tags_add(struct tags *tags, tag_id parent, enum tag_kind kind);
tag_id tags_add_after(struct tags *tags, tag_id sibling, enum tag_kind kind);
/* Takes an element with all that is in it to be a child of `parent`: in front of its child `before`, or the last one
 * where that is 0. */
void tags_move(struct tags *tags, tag_id tag, tag_id parent, tag_id before);

/* The element; valid until the next one is added. */
struct tag *tags_at(struct tags *tags, tag_id tag);
const struct tag *tags_get(const struct tags *tags, tag_id tag);
size_t tags_count(const struct tags *tags); /* numbers 1 … this have been given */
/* A copy that lives as long as the tree. */
struct str tags_text(struct tags *tags, struct str text);

/* The element of a stretch of text in a block's element, which may be a new one: a Link where it has a link, a Span in
 * it where it has a language of its own, else the block itself or a TAG_TEXT behind such children. Neighbouring
 * stretches of one link share an element; a `note` call's Link is in a Reference. In a Link there is no further one. */
tag_id tags_inline(struct tags *tags, tag_id block, struct str link, struct str language, bool note);
/* The Link of an active area in a block's element, which becomes active: the areas of a line come after its text, in
 * order. A new Link where no text has this link, as in a Figure. */
tag_id tags_area(struct tags *tags, tag_id block, struct str link);

/* Something of the element is on a page: it and all that it is in are `seen`. */
void tags_see(struct tags *tags, tag_id tag);

/* "Decimal": as a value of ListNumbering. */
const char *tag_numbering_name(enum tag_numbering numbering);
/* "H1": the structure type as it is written, PDF 14.8.4; "Title" is a role of P. NULL for TAG_TEXT. */
const char *tag_name(enum tag_kind kind);

#endif
