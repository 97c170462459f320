/* Files inside the file (PDF 7.11.4), associated with the whole document (ISO 19005-3 6.8, annex E). */
#ifndef OUT_PDF_ATTACH_H
#define OUT_PDF_ATTACH_H
#include "out/pdf/objects.h"
#include "out/pdf/pdf.h"

struct arena;

/* Writes those of the options within objects_guard, in the order of their names, of which no two are the same, and
 * appends the entries Names and AF for the catalog. `created`: the day when they were made, as in page_info. */
void pdf_attach(struct objects *objects, struct arena *arena, const struct pdf_options *options, struct str created,
                struct buf *scratch, struct buf *catalog);

#endif
