/* The colours that a file's red, green, blue and grey mean: an ICC profile of sRGB. The only file that sees Little CMS.
 */
#ifndef OUT_PDF_INTENT_H
#define OUT_PDF_INTENT_H
#include "base/err.h"
#include "base/str.h"

/* Appends a profile of ICC version 2.1, which PDF/A-1 (6.2.2) and PDF/A-3 (6.2.3) take both; always the same bytes.
 * Errors: ERR_INTERNAL. */
bool pdf_intent(struct buf *out, struct err *err);

#endif
