/* What a PDF says of a font's glyphs by their codes: how wide they are, and what text they stand for. Internal to pdf.
 */
#ifndef OUT_PDF_GLYPHS_H
#define OUT_PDF_GLYPHS_H
#include "out/pdf/font.h"

/* Appends the entries of W (PDF 9.7.4.3) for glyphs sorted by code, n > 0: no array in it, nor it as
 * one, has more than 8,191 elements. Returns DW, which they leave out, in
 * 1/100,000 em. */
int pdf_glyph_widths(const struct pdf_glyph *glyphs, size_t n, struct buf *out);

/* Appends the ToUnicode of glyphs sorted by code; `pool` holds their texts. */
void pdf_glyph_texts(const struct pdf_glyph *glyphs, size_t n, const char *pool, struct buf *out);

#endif
