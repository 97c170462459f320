/* Drawing operations of a page → its content stream (PDF 8, 9), as short as it can be: one text object over many lines,
 * one TJ a line, states written only when they change. */
#ifndef OUT_PDF_CONTENT_H
#define OUT_PDF_CONTENT_H
#include "layout/page.h"
#include "out/pdf/font.h"
#include "out/pdf/tags.h"

/* The fonts of a document in the order of first use; the resource name of a layer
 * is F and index × PDF_LAYERS + layer. Zero-initialise. */
struct pdf_fonts {
    struct pdf_font **items;
    size_t n, room;
};
void pdf_fonts_free(struct pdf_fonts *fonts);

enum { PDF_MAX_UNITS = 14400 }; /* points: the largest page, and the largest coordinate that is believed */

/* Appends the page's content to `out`. Links, anchors and bookmarks are passed over. With `tags` (NULL: none), content
 * is marked as that of its elements; drawings that are in no Figure are decoration. Errors: ERR_INTERNAL for a number
 * that is not finite or beyond PDF_MAX_UNITS, or a glyph that the face lacks; ERR_CONFIG from pdf_font_new. */
bool pdf_content(struct pdf_fonts *fonts, struct pdf_tags *tags, const struct page *page, struct buf *out,
                 struct err *err);

#endif
