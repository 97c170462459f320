/* The little that a PDF writer must know of a CFF table (Adobe TN #5176): is it CID-keyed, which CIDs its glyphs have,
 * and how wide these are. */
#ifndef OUT_PDF_CFF_H
#define OUT_PDF_CFF_H
#include "base/str.h"

enum cff_keys {
    CFF_BROKEN,
    CFF_NAMED, /* glyphs have names: viewers take the CID as the glyph id */
    CFF_CID,   /* glyphs have CIDs, in the charset */
};

/* The kind of the first font of the table. Never reads outside it. */
enum cff_keys cff_keys(struct str table);

/* Gives glyph i of a CID-keyed table the CID cids[i], 0 < i < glyphs; glyph 0 is CID 0. The old charset is overwritten
 * or wiped and a new one appended. False for a table whose charset cannot be found or moved: nothing is changed then.
 */
bool cff_set_cids(struct buf *table, const uint16_t *cids, size_t glyphs);

/* The width of a glyph as its outline has it, in font units (Adobe TN #5177, 3.1). False where that cannot be told: a
 * broken table, or an outline that begins in a subroutine. Never reads outside the table. */
bool cff_width(struct str table, size_t gid, double *width);

#endif
