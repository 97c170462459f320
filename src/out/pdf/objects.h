/* PDF objects, page tree, outline: what libharu keeps and writes for us. The only file that sees libharu.
 * Every failure inside libharu jumps back to objects_guard, the only setjmp of the program. */
#ifndef OUT_PDF_OBJECTS_H
#define OUT_PDF_OBJECTS_H
#include "base/err.h"
#include "base/str.h"

struct objects;
/* `classic`: the file is PDF 1.4 within the limits of PDF/A-1. Never NULL; free with objects_free. */
struct objects *objects_new(bool classic);
bool objects_classic(const struct objects *objects);
void objects_free(struct objects *objects);

/* Runs `step(argument)`. False with ERR_INPUT where pages or objects are too many for a file, else with ERR_INTERNAL or
 * ERR_MEMORY and libharu's code, when a call below failed in it; the document is then only good for objects_free. The
 * calls below are allowed inside a step only. Calls do not nest. */
bool objects_guard(struct objects *objects, void (*step)(void *argument), void *argument, struct err *err);

/* An indirect dictionary: `entries` are its keys and values in PDF syntax without << >>, copied. Returns the object
 * number. object_reserve gives the number first; object_set must follow before objects_save. */
unsigned object_dict(struct objects *objects, struct str entries);
unsigned object_reserve(struct objects *objects);
void object_set(struct objects *objects, unsigned number, struct str entries);

/* A stream, deflated; `entries` go into its dictionary. */
unsigned object_stream(struct objects *objects, struct str entries, struct str bytes);
unsigned object_plain_stream(struct objects *objects, struct str entries, struct str bytes); /* not deflated */

/* Appends a page of width × height points (3..14,400) with this content. Returns the page's index from 0. */
size_t object_page(struct objects *objects, double width, double height, struct str content);
size_t object_page_count(const struct objects *objects);
unsigned object_page_number(const struct objects *objects, size_t page); /* object number, for destinations */
/* An annotation of a page, as object_dict makes it. 0 and none where the page's list of them may not grow. */
unsigned object_page_annotation(struct objects *objects, size_t page, struct str entries);
/* The page is of a tagged file: the tabulator goes through its links as they are read (PDF/UA-1 7.18.3), and the page's
 * index is the key of its content, if it has any, in the tree of parents (PDF 14.7.4.4). */
void object_page_tags(struct objects *objects, size_t page, bool content);

/* Resources of all pages, the number of an object_dict: inherited, or named by each page (ISO 19005-3 6.2.2). */
void object_resources(struct objects *objects, unsigned dict, bool inherited);

/* Appends entries to the catalog (PDF 7.7.2). */
void object_catalog(struct objects *objects, struct str entries);

/* Appends a bookmark under `parent` (SIZE_MAX = top) to (x, y) of a page, PDF coordinates. Returns its handle.
 * Bookmarks under another one are folded. */
size_t object_outline(struct objects *objects, size_t parent, struct str title, size_t page, double x, double y);

/* Document information: `value` is UTF-8 text, written as UTF-16BE where it is not ASCII (PDF 7.9.2.2), cut at
 * 16,000 bytes; empty leaves the key out. */
void object_info(struct objects *objects, const char *key, struct str value);
void object_language(struct objects *objects, struct str language);

/* Objects by the thousand, which libharu does not see: n numbers in a row, of which the first is returned. Once, when
 * all other objects are there. Each number then needs its value, which is to be appended to what object_value returns,
 * until the next call. */
unsigned objects_more(struct objects *objects, unsigned n);
struct buf *object_value(struct objects *objects, unsigned number);

/* Makes `out` the file. Once. The file identifier is a hash of what is in it, never of the clock. */
void objects_save(struct objects *objects, struct buf *out);

/* A text string (PDF 7.9.2.2) with its brackets: ASCII, else UTF-16BE with its mark; cut at
 * 16,000 bytes of UTF-8, so that the string ends before 32,767 (PDF/A-3 6.1.13). */
void pdf_text(struct buf *out, struct str utf8);
void pdf_utf16_hex(struct buf *out, struct str utf8); /* UTF-16BE code units in hex, without mark and < > */
void pdf_name(struct buf *out, struct str bytes);     /* "/Name" with #xx for what a name may not hold */

/* `value` with up to `decimals` (0..3) decimals in the shortest form: "12", ".5", "-3.25". The value is finite. */
void pdf_number(struct buf *out, double value, int decimals);
void pdf_fixed(struct buf *out, int64_t value, int decimals); /* value / 10^decimals */

#endif
