/* doc → GitHub Flavored Markdown: to be read as it is, on a terminal, or on GitHub. */
#ifndef OUT_MD_H
#define OUT_MD_H
#include "base/str.h"
#include "template/doc.h"

/* Appends the document. Charts are tables of their numbers, cards are a list, the title is a heading of level 1 and
 * what it is the title of a level deeper. template_markdown reads every text back as it was. */
void md_write(const struct doc *doc, struct buf *out);

#endif
