/* What a file may promise: its profile's levels, less what the document takes away (PDF_ACCESS, PDF_ARCHIVE). */
#ifndef OUT_PDF_PROMISE_H
#define OUT_PDF_PROMISE_H
#include "out/pdf/metadata.h"
#include "out/pdf/pdf.h"

struct pdf_promise {
    const struct pdf_options *options;
    struct pdf_claim claim;
    bool tagged;              /* there is a structure tree */
    char why[400];            /* it is less than the profile's; the first reason */
    struct str heading, line; /* the document's first of each, for one without a title; in the caller's arena */
};

void pdf_promise_start(struct pdf_promise *promise, const struct pdf_options *options, const struct page_info *info);

/* Looks at a page. Errors: ERR_INPUT naming the character where one is in no font (ISO 19005-3 6.2.11.8, ISO 14289-1
 * 7.21.8: no .notdef) and the promise is required. */
bool pdf_promise_page(struct pdf_promise *promise, struct arena *arena, const struct page *page, struct err *err);

/* Once all pages are in: the claim is final. A promise that cannot be kept is a warning, "pdf-level"; ERR_INPUT where
 * it is required, but for PDF/A-1b in place of 1a. */
bool pdf_promise_end(struct pdf_promise *promise, struct err *err);

/* The title that a file must have (ISO 14289-1 7.1): the document's own, else its first bookmark, else its first line
 * of text, else a word for "document". */
struct str pdf_promise_title(const struct pdf_promise *promise, const struct page_info *info);

#endif
