/* One face as a PDF font: which glyphs are used, what text each stands for, and at the end its subset (PDF 9.7, 9.10).
 */
#ifndef OUT_PDF_FONT_H
#define OUT_PDF_FONT_H
#include "layout/page.h"
#include "out/pdf/objects.h"

struct pdf_font;

enum {
    PDF_GLYPH_TEXT = 256, /* bytes of text that one glyph can stand for; more needs ActualText */
    PDF_LAYERS = 4,       /* Type0 fonts over one embedded program, each with a ToUnicode of its own */
};

/* A glyph as the content stream shows it. */
struct pdf_glyph {
    uint16_t gid;
    uint16_t code;       /* two bytes in the content stream = the CID */
    uint32_t twin;       /* the next entry with the same glyph and another text; 0 = none */
    uint8_t layer;       /* which of the Type0 fonts says the text */
    int32_t width;       /* as written in W, in 1/100,000 em */
    uint32_t text, size; /* what ToUnicode says: bytes of the font's text pool; size 0 = nothing yet */
};

/* The face is borrowed. Errors: ERR_CONFIG for a face that may not be embedded or is broken. Free
 * with pdf_font_free. */
struct pdf_font *pdf_font_new(const struct face *face, struct err *err);
void pdf_font_free(struct pdf_font *font);
const struct face *pdf_font_face(const struct pdf_font *font);

/* Marks a glyph as used for a text and returns how to show it; `natural` is its own advance in font units (the first
 * one wins). *said tells whether ToUnicode will give exactly this text; where not, ActualText must. An empty text asks
 * for the glyph only. NULL where the face has no such glyph. The result is valid until the next call. */
const struct pdf_glyph *pdf_font_glyph(struct pdf_font *font, uint16_t gid, uint16_t natural, struct str text,
                                       bool *said);

/* The glyph of the blank between texts that are apart on one line; NULL where the face has none. It says two blanks:
 * poppler takes a code that says one for the end of a word and sees no more of it. */
const struct pdf_glyph *pdf_font_gap(struct pdf_font *font);

/* True when the character map of the face itself shows this character with this glyph. */
bool pdf_font_maps(const struct pdf_font *font, uint32_t character, uint16_t gid);

/* Subsets the face, a variable one at its place, and prepares the font's data. `strict`: as PDF/A wants it. Errors:
 * ERR_CONFIG naming the face. */
bool pdf_font_build(struct pdf_font *font, bool strict, struct err *err);

/* Writes a built font within objects_guard; numbers[layer] becomes its Type0 dictionary, 0 for a layer without use.
 * `cid_set`: with the list of its CIDs that PDF/A-1 (6.3.5) asks for. */
void pdf_font_write(struct pdf_font *font, struct objects *objects, bool cid_set, unsigned numbers[PDF_LAYERS]);

#endif
