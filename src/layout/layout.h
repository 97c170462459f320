/* doc → pages: fonts, shaping, lines, paragraphs, tables, charts, pages. */
#ifndef LAYOUT_LAYOUT_H
#define LAYOUT_LAYOUT_H
#include "base/arena.h"
#include "base/diag.h"
#include "base/err.h"
#include "layout/page.h"
#include "template/doc.h"

/* The fonts of a run: roles and fallback order read from fonts/fonts.ini (or the embedded copy). */
struct fonts;
/* `config` is the text of fonts.ini, `name` its path: relative files and dropped-in fonts are looked for in its folder,
 * whether or not the file itself is there. Errors: ERR_CONFIG naming a font file that is missing, broken, or may not be
 * embedded. Free with fonts_free after the device is done with its faces. */
struct fonts *fonts_open(const char *name, struct str config, struct err *err);
void fonts_free(struct fonts *fonts);
/* Warns of the fonts that were asked so far, or lie in the folder, but cannot be used: font-refused, fonts-cut. */
void fonts_warn(const struct fonts *fonts, struct diag_list *diag);
/* Lines for `briefgen doctor`: what serves each role and what that covers, what is missing, what lies in the folder.
 * Opens all fonts. */
void fonts_describe(struct fonts *fonts, struct buf *out);

/* The looks of a page (style.h). */
struct style_sheet;
/* Text of a sheet, each laid over those before it. */
struct style_layer {
    const char *file; /* for messages */
    struct str text;
    size_t first_line; /* of the text in its file; 0 as 1 */
};
/* The sheet that n layers make; the first must be templates/house.ini. It lives in the arena.
 * Errors: ERR_CONFIG "file:line: …" for an unknown section, key or colour (with a suggestion) and for a value that is
 * no number or out of range. */
struct style_sheet *style_layers(struct arena *arena, const struct style_layer *layers, size_t n, struct err *err);
/* The house's sheet (its text) with one on top; `name` and `text` are empty for none. */
struct style_sheet *style_open(struct arena *arena, struct str house, const char *name, struct str text,
                               struct err *err);
/* The names that a text may use before a paragraph or list, and for a stretch of text: arrays in the arena of *n. */
struct str *style_names(const struct style_sheet *sheet, struct arena *arena, size_t *n);
struct str *style_character_names(const struct style_sheet *sheet, struct arena *arena, size_t *n);

struct layout;

/* What the document says about itself, for a device. Borrows from the document. */
struct page_info layout_info(const struct doc *doc);

/* Starts laying out by a style sheet. Fonts, sheet and document are borrowed until layout_free. What is
 * wrong with the document becomes a warning in diag and is set as well as can be: missing-glyph, missing-role,
 * bidi-control, many-marks, overfull-word, overfull-line, unknown-anchor, duplicate-anchor, unknown-style, chart-value,
 * chart-cut, chart-label, chart-numbers, chart-series, chart-region, card-cut, wide-table, row-split, table-option,
 * table-span, table-span-split, table-widths, table-bar, table-spark, turn, deep-nesting, style-room, mark-cut,
 * second-cover, empty-contents, contents-levels, unknown-note, unused-note, duplicate-note, note-late, columns,
 * head-cut, moved-pages. */
struct layout *layout_new(struct fonts *fonts, const struct style_sheet *sheet, const struct doc *doc,
                          struct diag_list *diag);
void layout_free(struct layout *layout);
/* The structure tree, whole after the last page: the caller's from now on, tags_free. It borrows from the document. */
struct tags *layout_take_tags(struct layout *layout);

/* The next page, valid until the next call; a document has at least one. Memory: a page and the longest paragraph, note
 * or code block; and the structure tree, 56 bytes an element. The first call lays out the whole document once before,
 * if its pages tell numbers of pages (rehearsal.h). False at the end of the document, or on error (check err->kind):
 * ERR_INTERNAL where a drawing operation is not finite or off the page, which names the block and page. */
bool layout_next(struct layout *layout, struct page *out, struct err *err);

/* Who draws charts alone. Fonts, sheet and diag (NULL: nothing is warned of; else what
 * concerns charts as wide as the sheet's body, or wider) are borrowed until artist.free. */
struct artist layout_artist(struct fonts *fonts, const struct style_sheet *sheet, struct diag_list *diag);

#endif
