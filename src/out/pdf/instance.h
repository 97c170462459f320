/* A variable font at one place of its axes, as the static TrueType program that a PDF can hold. */
#ifndef OUT_PDF_INSTANCE_H
#define OUT_PDF_INSTANCE_H
#include "layout/page.h"

#include <hb.h>

/* Appends a program whose glyph i looks as gids[i] does in `font`, which stands at its place; gids[0] is 0. Advances
 * are HarfBuzz's, as in the layout. False where an outline cannot be written: cubic, or beyond 16 bits. */
bool pdf_instance(hb_font_t *font, const struct face *face, const uint16_t *gids, size_t n, struct buf *out);

#endif
