/* doc → one HTML file that needs nothing else: figures and words are those of the tree that the PDF is made of. */
#ifndef OUT_HTML_H
#define OUT_HTML_H
#include "base/err.h"
#include "layout/page.h"
#include "template/doc.h"

/* Appends the document as HTML5, in UTF-8. Charts are SVG that the artist draws; its colours are those of the page.
 * Scripts and styles are only ours (Content-Security-Policy). Errors: those of the artist. */
bool html_write(const struct doc *doc, const struct artist *artist, struct buf *out, struct err *err);

#endif
