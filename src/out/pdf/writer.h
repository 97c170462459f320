/* The operators of one content stream, with the state that the viewer will be in: nothing is said twice. Positions come
 * in page coordinates (origin at the top left, points) and are written rounded to 1/100 pt; the pen is followed as the
 * viewer will move it, so that rounding never adds up. */
#ifndef OUT_PDF_WRITER_H
#define OUT_PDF_WRITER_H
#include "layout/page.h"

/* Whose content operators are (PDF 14.6): nobody's in particular; a decoration; of the page's head or foot; text of a
 * structure element, or the blanks between such texts, marked within a text object, which goes on over many elements; a
 * drawing and its text, marked around them. */
struct pdf_mark {
    enum { MARK_NONE, MARK_ARTIFACT, MARK_HEADER, MARK_FOOTER, MARK_GAP, MARK_TEXT, MARK_FIGURE } kind;
    tag_id tag; /* of the last two */
};

struct pdf_writer {
    struct buf *out;
    double height; /* of the page */
    enum { MODE_PAGE, MODE_TEXT, MODE_ARRAY, MODE_STRING, MODE_FILL, MODE_STROKE } mode;
    struct colour fill, stroke; /* black at the start, as in PDF */
    double line_width;          /* 0 = not set yet */
    double dash[2];             /* of strokes: on, off; 0 = solid, as in PDF */
    bool round;                 /* joins are */
    struct pdf_mark mark;
    size_t font;        /* of the next glyph */
    double size, scale; /* points; 1/100,000 em in 1/100 pt */
    double y;           /* of the last glyph, and the same rounded and turned, in 1/100 pt */
    int64_t up;
    bool font_is_set; /* the stream has Tf */
    size_t set_font;
    double set_size;
    bool placed;            /* a Td stands in this text object */
    bool fresh;             /* no glyph of this run is out yet */
    int64_t line_x, line_y; /* start of the line as Td left it, 1/100 pt, y upwards */
    int64_t pen;            /* viewer's pen from line_x, 1/100,000 em */
    int64_t rise;           /* text rise, 1/100 pt */
    int64_t gap;            /* the last adjustment, 1/1000 em */
    size_t string, gaps;    /* where the string being written begins; adjustments in the array */
};

void writer_text(struct pdf_writer *w, double size, struct colour colour); /* begins a run */
void writer_font(struct pdf_writer *w, size_t font);                       /* of the next glyphs */
/* A glyph with its origin at (x, y), its code, and its width in 1/100,000 em as W says it. */
void writer_glyph(struct pdf_writer *w, double x, double y, uint16_t code, int32_t width);
/* A blank at the pen, `halves` half ems wide whatever its own width. */
void writer_blank(struct pdf_writer *w, uint16_t code, int32_t width, int halves);
/* Text to extract for what follows (PDF 14.9.4). `own`: it ends the mark of the element's text, and is one itself. */
void writer_span(struct pdf_writer *w, struct str text, bool own, unsigned number);
void writer_span_end(struct pdf_writer *w);
/* What follows is marked so, with the name and number of a tag's content; no more is said of what was before. */
void writer_mark(struct pdf_writer *w, struct pdf_mark mark, const char *name, unsigned number);
void writer_rect(struct pdf_writer *w, double x, double y, double width, double height, struct colour colour);
void writer_line(struct pdf_writer *w, const struct op *line);
void writer_path(struct pdf_writer *w, const struct op *path);
void writer_end(struct pdf_writer *w);

#endif
