#include "out/svg.h"

#include "out/html_text.h"

#include <math.h>
#include <stdlib.h>

static const char font_stack[] = "'Noto Sans KR','Noto Sans CJK KR','Malgun Gothic','Apple SD Gothic Neo',sans-serif";

/* Hundredths of a point, as short as can be and the same in any locale. */
static void put_number(struct buf *out, double value)
{
    long long hundredths = llround(value * 100);
    if (hundredths < 0)
        buf_char(out, '-');
    hundredths = llabs(hundredths);
    buf_printf(out, "%lld", hundredths / 100);
    if (hundredths % 100)
        buf_printf(out, hundredths % 10 ? ".%02lld" : ".%lld",
                   hundredths % 10 ? hundredths % 100 : hundredths % 100 / 10);
}

static void put(struct buf *out, const char *name, double value)
{
    buf_printf(out, " %s=\"", name);
    put_number(out, value);
    buf_char(out, '"');
}

static void put_colour(struct buf *out, const char *name, struct colour c)
{
    buf_printf(out, " %s=\"#%02x%02x%02x\"", name, c.r, c.g, c.b);
}

static void put_pen(struct buf *out, const struct op *op, struct colour colour)
{
    put_colour(out, "stroke", colour);
    put(out, "stroke-width", op->size);
    if (op->dash > 0 && op->gap > 0) {
        buf_text(out, " stroke-dasharray=\"");
        put_number(out, op->dash);
        buf_char(out, ' ');
        put_number(out, op->gap);
        buf_char(out, '"');
    }
}

/* A line of text of the width that it has on the page; blanks at its end have none. */
static void put_text(struct buf *out, const struct op *op)
{
    struct str text = str_trim(op->text);
    double before = 0, width = 0;
    if (!text.n)
        return;
    const size_t from = (size_t)(text.p - op->text.p), to = from + text.n;
    for (size_t i = 0; i < op->n; i++) {
        before += op->glyphs[i].cluster < from ? op->glyphs[i].advance : 0;
        width += op->glyphs[i].cluster >= from && op->glyphs[i].cluster < to ? op->glyphs[i].advance : 0;
    }
    buf_text(out, "<text");
    put(out, "x", op->x + before);
    put(out, "y", op->y + (op->n ? op->glyphs[0].dy : 0));
    put(out, "font-size", op->size);
    put_colour(out, "fill", op->colour);
    if (op->face->weight >= 600)
        buf_text(out, " font-weight=\"700\"");
    put(out, "textLength", width);
    buf_text(out, " lengthAdjust=\"spacingAndGlyphs\">");
    html_text(out, text);
    buf_text(out, "</text>\n");
}

static void put_path(struct buf *out, const struct op *op)
{
    if (op->n == 1) {
        buf_text(out, "<circle");
        put(out, "cx", op->x + op->corners[0].x);
        put(out, "cy", op->y + op->corners[0].y);
        put(out, "r", op->w / 2);
    } else {
        buf_text(out, op->closed ? "<polygon points=\"" : "<polyline points=\"");
        for (size_t i = 0; i < op->n; i++) {
            buf_text(out, i ? " " : "");
            put_number(out, op->x + op->corners[i].x);
            buf_char(out, ',');
            put_number(out, op->y + op->corners[i].y);
        }
        buf_char(out, '"');
    }
    if (op->filled)
        put_colour(out, "fill", op->colour);
    else
        buf_text(out, " fill=\"none\"");
    if (op->size > 0)
        put_pen(out, op, op->stroke);
    buf_text(out, "/>\n");
}

static void put_area(struct buf *out, const struct op *op)
{
    buf_text(out, "<rect");
    put(out, "x", op->x);
    put(out, "y", op->y);
    put(out, "width", op->w);
    put(out, "height", op->h);
}

static void put_op(struct buf *out, const struct op *op)
{
    switch (op->kind) {
    case OP_TEXT: put_text(out, op); break;
    case OP_RECT:
        put_area(out, op);
        put_colour(out, "fill", op->colour);
        buf_text(out, "/>\n");
        break;
    case OP_LINE:
        buf_text(out, "<line");
        put(out, "x1", op->x);
        put(out, "y1", op->y);
        put(out, "x2", op->x + op->w);
        put(out, "y2", op->y + op->h);
        put_pen(out, op, op->colour);
        buf_text(out, "/>\n");
        break;
    case OP_PATH: put_path(out, op); break;
    case OP_LINK:
        if (html_link(out, op->link)) {
            out->n--; /* the > */
            buf_text(out, " tabindex=\"-1\">");
            put_area(out, op);
            buf_text(out, " fill=\"transparent\"/></a>\n");
        }
        break;
    case OP_ANCHOR:
    case OP_OUTLINE: break;
    }
}

void svg_write(const struct page *page, struct str title, struct str words, const char *id, const char *look,
               struct buf *out)
{
    const double pixels = 4.0 / 3; /* CSS: 96 an inch */
    buf_printf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"%s\" role=\"img\"", look);
    buf_printf(out, " aria-labelledby=\"%s-title %s-words\"", id, id);
    put(out, "width", page->width * pixels);
    put(out, "height", page->height * pixels);
    buf_text(out, " viewBox=\"0 0 ");
    put_number(out, page->width);
    buf_char(out, ' ');
    put_number(out, page->height);
    buf_printf(out, "\" font-family=\"%s\">\n<title id=\"%s-title\">", font_stack, id);
    html_text(out, title);
    buf_printf(out, "</title>\n<desc id=\"%s-words\">", id);
    html_text(out, words);
    buf_text(out, "</desc>\n");
    for (size_t i = 0; i < page->n; i++)
        put_op(out, &page->ops[i]);
    buf_text(out, "</svg>\n");
}
