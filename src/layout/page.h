/* One laid-out page: drawing operations in points, origin at the top left, y downwards. The contract between layout and
 * the output devices. */
#ifndef LAYOUT_PAGE_H
#define LAYOUT_PAGE_H
#include "base/err.h"
#include "base/str.h"
#include "layout/tags.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A place on one axis of a variable font. */
struct face_axis {
    uint32_t tag; /* four ASCII characters, the first on top */
    float value;
};

enum { FACE_AXES = 16 }; /* the most that a face has; with more it is refused */

/* A font as the devices need it: the file's bytes and its metrics, no library type. */
struct face {
    int id;          /* 0, 1, 2 … in the order of loading */
    struct str name; /* PostScript name, ASCII */
    struct str data; /* the whole file, mapped */
    unsigned index;  /* face in a collection */
    unsigned units;  /* per em */
    unsigned glyphs;
    bool is_cff;
    int ascent, descent, cap_height; /* font units; descent negative */
    int bbox[4];                     /* font units */
    double italic_angle;
    int weight; /* 400, 700 */
    bool is_serif, is_fixed;
    bool may_embed, may_subset;   /* OS/2 fsType */
    const struct face_axis *axes; /* where a variable font stands: all its axes; the metrics above are those there */
    size_t n_axes;
};

struct colour {
    uint8_t r, g, b;
};

/* One positioned glyph. advance = what the pen moves, including kerning and justification. */
struct glyph {
    uint16_t id;
    uint16_t natural; /* the font's own advance of this glyph, in font units */
    float advance;    /* points */
    float dx, dy;     /* points, offset of the glyph from the pen */
    uint32_t cluster; /* byte offset into text of the first character that it shows; glyphs of one cluster share it */
};

/* A corner of a path: points, from the operation's (x, y). */
struct corner {
    float x, y;
};

enum op_kind {
    OP_TEXT,    /* text, glyphs at baseline (x, y) */
    OP_RECT,    /* filled rectangle x, y (top left), w, h */
    OP_LINE,    /* stroked line x, y → x + w, y + h, of width `size` */
    OP_PATH,    /* `corners` joined by straight lines, or one corner: a disc about it of diameter w; filled with
                   `colour` where `filled`, then stroked in `stroke` where the width `size` is not 0 */
    OP_LINK,    /* active area x, y, w, h: link is a URI or "#anchor"; text its name where it has no text in it */
    OP_ANCHOR,  /* named destination at (x, y): text is the name */
    OP_OUTLINE, /* bookmark: text is the title, level 1.., to (x, y) of this page */
};

struct op {
    enum op_kind kind;
    float x, y, w, h;
    float size; /* font size, or line width */
    struct colour colour;
    const struct face *face;
    struct str text; /* source text of the glyphs (UTF-8), or a name */
    const struct glyph *glyphs;
    size_t n; /* glyphs or corners */
    bool
        blank; /* OP_TEXT: a line ends here, and its text goes on behind a blank: glyphs[n] shows that, none of the n */
    const struct corner *corners;
    bool filled, closed; /* closed: the stroke goes back to the first corner; a fill does so anyway */
    struct colour stroke;
    float dash, gap; /* OP_LINE, OP_PATH: points drawn and left out in turn; a 0 among them = a solid line */
    struct str link;
    int level;
    bool artifact;       /* page numbers, rules: not part of the content */
    bool furniture;      /* an artifact of the page, not of a text: running head, page number */
    tag_id tag;          /* the element that it is content of, also where it is an artifact in print: what is drawn for
                            a Figure; 0 of decoration, of what is said again, of OP_ANCHOR and OP_OUTLINE */
    struct str language; /* OP_TEXT: of a run in another language than its surroundings; else empty */
};

struct page {
    int number;          /* 1-based */
    float width, height; /* points */
    const struct op *ops;
    size_t n;
    const struct tags *tags; /* the elements so far, NULL for none; whole when no page follows. The device may read it
                                until it is finished */
};

/* The texts of a page that are read, but marks of lists and notes: to find what a link to a place leads to. Zero-
 * initialise; page_texts_find takes the next page. Borrows from the page; mem_free the items. */
struct page_texts {
    const struct op **items;
    size_t n, room;
};
void page_texts_find(struct page_texts *texts, const struct page *page);
/* The text that begins nearest to an OP_ANCHOR, below: its index; n for none. */
size_t page_texts_at(const struct page_texts *texts, const struct op *place);

/* Document facts that a device writes once. */
struct page_info {
    struct str title, author, subject, keywords, language;
    struct str created; /* ISO date or empty */
};

/* A colour of the style sheet, "primary-50". */
struct named_colour {
    const char *name;
    struct colour colour;
};

/* Draws the charts of documents that have no pages: layout_artist in layout/layout.h. */
struct chart;
struct artist {
    void *self;
    const struct named_colour *colours;
    size_t n_colours;
    float width; /* points: of a chart on the sheet's pages */
    /* The chart without title and unit, `width` points wide and as high as it gets, with a small margin all round;
     * valid until the next call. Errors: as of layout_next. */
    bool (*chart)(void *self, const struct chart *chart, float width, struct page *out, struct err *err);
    void (*free)(void *self);
};

/* A device takes pages in order; implementations: out/pdf/pdf.h and out/trace.h. */
struct device {
    void *self;
    bool (*page)(void *self, const struct page *page, struct err *err);
    bool (*finish)(void *self, struct buf *out, struct err *err); /* all bytes of the document */
    void (*free)(void *self);
};

#endif
