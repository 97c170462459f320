/* Links, anchors and bookmarks, kept until the whole document is known. */
#ifndef OUT_PDF_LINKS_H
#define OUT_PDF_LINKS_H
#include "layout/page.h"
#include "out/pdf/objects.h"
#include "out/pdf/tags.h"

struct pdf_links;
/* With `tags` (borrowed; NULL: none), links say what they are and where they lead, and are parts of their elements;
 * those of none are left out. Never NULL; free with pdf_links_free. */
struct pdf_links *pdf_links_new(struct pdf_tags *tags);
void pdf_links_free(struct pdf_links *links);

/* Takes OP_LINK, OP_ANCHOR and OP_OUTLINE of a page (index from 0); strings are copied. */
void pdf_links_collect(struct pdf_links *links, size_t index, const struct page *page);

/* Writes them within objects_guard. A link to an anchor that no page has, or that pdf_uri refuses, is left out; of two
 * anchors of one name the first counts. What they say is Korean, or English where the document's language is another.
 */
void pdf_links_write(struct pdf_links *links, struct objects *objects, struct str language);

/* Appends the link as a PDF URI string: http, https and mailto only, without credentials and control characters;
 * non-ASCII bytes are percent-encoded. False where it is refused: then there is no link. */
bool pdf_uri(struct buf *out, struct str link);

#endif
