/* What a PDF writer must know of a CFF table: is it CID-keyed, and which CID does each glyph have (Adobe TN #5176). */
#ifndef OUT_PDF_CFF_H
#define OUT_PDF_CFF_H
#include "base/str.h"

enum cff_keys {
    CFF_BROKEN,
    CFF_NAMED,    /* not CID-keyed: viewers take the code as the glyph id */
    CFF_IDENTITY, /* CID-keyed, CID = glyph id */
    CFF_MAPPED,   /* CID-keyed, other CIDs */
};

/* Reads the charset of the first font of the table. `cids` has room for `glyphs` entries and is filled for CFF_IDENTITY
 * and CFF_MAPPED. Never reads outside the table. Linear in `glyphs`. */
enum cff_keys cff_charset(struct str table, unsigned glyphs, uint16_t *cids);

#endif
