/* The structure of a file (PDF 14.7): elements, what of each page's content and which links are theirs, and the way
 * back from those to the elements. As compact as it can be, for a document has an element for each cell of its tables.
 */
#ifndef OUT_PDF_TAGS_H
#define OUT_PDF_TAGS_H
#include "layout/page.h"
#include "out/pdf/objects.h"

struct pdf_tags;
struct pdf_tags *pdf_tags_new(void); /* never NULL; free with pdf_tags_free */
void pdf_tags_free(struct pdf_tags *tags);

/* Begins the next page. `tree` holds the elements of its content and is borrowed until pdf_tags_write; NULL: the same
 * as of the page before, or none. */
void pdf_tags_page(struct pdf_tags *tags, const struct tags *tree);
/* The next marked content of the page is the element's: its number on the page, from 0. */
unsigned pdf_tags_mark(struct pdf_tags *tags, tag_id tag);

/* A Figure covers this on the page as well. PDF coordinates, points. */
struct pdf_box {
    double left, bottom, right, top;
};
void pdf_tags_cover(struct pdf_tags *tags, tag_id figure, struct pdf_box box);

/* The Link that content of this element is in; 0 where in none. */
tag_id pdf_tags_link(const struct pdf_tags *tags, tag_id tag);
/* An annotation of a page (index from 0) is part of that Link; its StructParent is what pdf_tags_key said before. When
 * all pages have begun. A Link without any is no element: what is in it is its parent's. */
void pdf_tags_area(struct pdf_tags *tags, tag_id link, size_t page, unsigned annotation);
size_t pdf_tags_key(const struct pdf_tags *tags);

/* When all links are in: no page has more marks and no element more kids than an array of PDF 1.4 may have (PDF/A-1
 * 6.1.12). */
bool pdf_tags_fit(struct pdf_tags *tags);

/* Writes the tree within objects_guard; no other object may be made after it. Left out is what has no content on any
 * page, but for cells of rows that have. */
void pdf_tags_write(struct pdf_tags *tags, struct objects *objects);

#endif
