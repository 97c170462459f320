/* Pages → PDF, the only user of libharu and of HarfBuzz's subsetter. */
#ifndef OUT_PDF_PDF_H
#define OUT_PDF_PDF_H
#include "base/err.h"
#include "layout/page.h"

/* A PDF device: compressed, fonts embedded as subsets with ToUnicode, outline, links, document information.
 * Same pages ⇒ same bytes. `info` is borrowed until finish. Free with device->free. */
bool pdf_device(const struct page_info *info, struct device *out, struct err *err);

#endif
