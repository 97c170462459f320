/* Drawing operations → SVG with real text. */
#ifndef OUT_SVG_H
#define OUT_SVG_H
#include "layout/page.h"

/* Appends an <svg> element, a picture with that name and description. `id` begins its ids, `look` is its class. Text
 * keeps the width that layout gave it, whatever font shows it. Links are for the pointer only: they need a twin in
 * text. */
void svg_write(const struct page *page, struct str title, struct str words, const char *id, const char *look,
               struct buf *out);

#endif
