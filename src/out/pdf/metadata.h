/* The metadata stream of a document: XMP (ISO 16684-1), as PDF/A (ISO 19005-1 6.7, ISO 19005-3 6.6) and PDF/UA-1 ask
 * for it. It says what the information dictionary says. */
#ifndef OUT_PDF_METADATA_H
#define OUT_PDF_METADATA_H
#include "layout/page.h"

struct arena;

/* What a file promises: PDF/A of this part and level, PDF/UA-1. */
struct pdf_claim {
    int part;   /* 1 or 3; 0 = no PDF/A */
    char level; /* 'A' or 'B' */
    bool ua;
};

/* The facts as both places can say them: characters that XML 1.0 lacks (2.2) become spaces, as do those at which it or
 * a PDF string would end a line; U+FEFF and controls of direction are left out; at most 16,000 bytes of each. In the
 * arena. */
struct page_info pdf_metadata_info(struct arena *arena, const struct page_info *info);
struct str pdf_metadata_text(struct arena *arena, struct str text); /* one of them */

/* Midnight in Korea of the day of creation, never the clock: "D:20240131000000+09'00'" for the information dictionary,
 * "2024-01-31T00:00:00+09:00" for XMP; "" where no day is known. */
struct pdf_date {
    char p[32];
};
struct pdf_date pdf_metadata_date(struct str created, bool xmp);

/* Appends the packet; `info` is from pdf_metadata_info. */
void pdf_metadata(struct buf *out, const struct page_info *info, struct pdf_claim claim);

#endif
