/* What a file may promise: its profile's levels, less what the document takes away (PDF_ACCESS, PDF_ARCHIVE). */
#ifndef OUT_PDF_PROMISE_H
#define OUT_PDF_PROMISE_H
#include "out/pdf/metadata.h"
#include "out/pdf/pdf.h"

struct pdf_promise {
    enum pdf_profile profile;
    struct pdf_claim claim;
    bool tagged;              /* there is a structure tree */
    char why[300];            /* the level is lower than the profile's: the first reason */
    struct str heading, line; /* the document's first of each, for one without a title: as in pdf_metadata_info */
};

void pdf_promise_start(struct pdf_promise *promise, enum pdf_profile profile);

/* Looks at a page. Errors: ERR_INPUT naming the character where one is in no font (ISO 19005-3 6.2.11.8, ISO 14289-1
 * 7.21.8: no .notdef), or a language that is none. */
bool pdf_promise_page(struct pdf_promise *promise, struct arena *arena, const struct page *page, struct err *err);

/* Once all pages are in, the claim is final. Where an archive cannot be PDF/A-1a the warning "pdf-level" says why.
 * Errors: ERR_INPUT where a file for everyone cannot be what it must. */
bool pdf_promise_end(struct pdf_promise *promise, struct str language, struct diag_list *diag, struct err *err);

/* … unless the structure of an archive turns out to be what its file cannot hold. */
void pdf_promise_untagged(struct pdf_promise *promise, const char *why, struct diag_list *diag);

/* The title that a file must have (ISO 14289-1 7.1): the document's own, else its first bookmark, else its first line
 * of text, else a word for "document". `info` is from pdf_metadata_info, and so might the result be. */
struct str pdf_promise_title(const struct pdf_promise *promise, const struct page_info *info);

#endif
