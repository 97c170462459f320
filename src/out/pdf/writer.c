#include "out/pdf/writer.h"

#include "out/pdf/objects.h"

#include <math.h>
#include <stdlib.h>

enum {
    SLACK = 3,          /* 1/1000 em that a glyph may be off: 0.03 pt at 10 pt; over SAME_GAP, so that what a
                           repeated gap leaves does not show up in the word after it */
    SAME_GAP = 2,       /* the same, where the last gap repeated saves bytes */
    LONGEST_GAP = 9999, /* 1/1000 em; farther on, a new Td */
    MOST_BYTES = 30000, /* of a string: 32,767 (PDF/A-3 6.1.13) */
    MOST_GAPS = 4000,   /* of an array, which has 8,191 elements (PDF/A-1 6.1.12) */
    MOST_TEXT = 16000,  /* bytes of UTF-8 that a span says, twice as many in UTF-16 */
};

static int64_t hundredths(double points)
{
    return llround(points * 100);
}

static void leave_array(struct pdf_writer *w)
{
    if (w->mode == MODE_STRING)
        buf_text(w->out, ")]TJ\n");
    else if (w->mode == MODE_ARRAY)
        buf_text(w->out, "]TJ\n");
    if (w->mode == MODE_STRING || w->mode == MODE_ARRAY)
        w->mode = MODE_TEXT;
    w->gaps = 0;
}

static void leave(struct pdf_writer *w)
{
    leave_array(w);
    if (w->mode == MODE_TEXT)
        buf_text(w->out, "ET\n");
    else if (w->mode == MODE_FILL)
        buf_text(w->out, "f\n");
    else if (w->mode == MODE_STROKE)
        buf_text(w->out, "S\n");
    w->mode = MODE_PAGE;
}

static bool same_colour(struct colour a, struct colour b)
{
    return a.r == b.r && a.g == b.g && a.b == b.b;
}

static void put_colour(struct pdf_writer *w, struct colour c, const char *grey, const char *rgb)
{
    pdf_number(w->out, c.r / 255.0, 3);
    if (c.r != c.g || c.g != c.b) {
        buf_char(w->out, ' ');
        pdf_number(w->out, c.g / 255.0, 3);
        buf_char(w->out, ' ');
        pdf_number(w->out, c.b / 255.0, 3);
        grey = rgb;
    }
    buf_text(w->out, grey);
}

static void put_fill(struct pdf_writer *w, struct colour colour)
{
    if (same_colour(w->fill, colour))
        return;
    leave_array(w);
    put_colour(w, colour, " g\n", " rg\n");
    w->fill = colour;
}

static void enter_text(struct pdf_writer *w)
{
    if (w->mode == MODE_TEXT || w->mode == MODE_ARRAY || w->mode == MODE_STRING)
        return;
    leave(w);
    buf_text(w->out, "BT\n");
    w->mode = MODE_TEXT;
    w->line_x = w->line_y = w->pen = 0;
    w->placed = false;
}

void writer_text(struct pdf_writer *w, double size, struct colour colour)
{
    enter_text(w);
    put_fill(w, colour);
    w->size = size;
    w->scale = 1000 / size;
    w->fresh = true;
}

void writer_font(struct pdf_writer *w, size_t font)
{
    w->font = font;
}

static void put_font(struct pdf_writer *w)
{
    leave_array(w);
    buf_text(w->out, "/F");
    pdf_fixed(w->out, (int64_t)w->font, 0);
    buf_char(w->out, ' ');
    pdf_number(w->out, w->size, 3);
    buf_text(w->out, " Tf\n");
    w->font_is_set = true;
    w->set_font = w->font;
    w->set_size = w->size;
}

static void put_line_start(struct pdf_writer *w, int64_t x, int64_t y)
{
    leave_array(w);
    pdf_fixed(w->out, x - w->line_x, 2);
    buf_char(w->out, ' ');
    pdf_fixed(w->out, y - w->line_y, 2);
    buf_text(w->out, " Td\n");
    w->line_x = x;
    w->line_y = y;
    w->pen = 0;
    w->gap = 0;
    w->placed = true;
}

static void put_rise(struct pdf_writer *w, int64_t rise)
{
    if (w->rise == rise)
        return;
    leave_array(w);
    pdf_fixed(w->out, rise, 2);
    buf_text(w->out, " Ts\n");
    w->rise = rise;
}

/* Moves the pen within the line: positive is to the right, 1/1000 em. */
static void put_gap(struct pdf_writer *w, int64_t gap)
{
    if (w->gaps == MOST_GAPS)
        leave_array(w);
    w->gaps++;
    if (w->mode == MODE_TEXT)
        buf_char(w->out, '[');
    if (w->mode == MODE_STRING)
        buf_char(w->out, ')');
    w->mode = MODE_ARRAY;
    pdf_fixed(w->out, -gap, 0);
    w->pen += gap * 100;
    w->gap = gap;
}

/* A byte of a literal string; returns the place after it. A bare carriage return would be read as a line feed. */
static inline char *put_byte(char *to, unsigned char byte)
{
    bool special = byte == '(' || byte == ')' || byte == '\\' || byte == '\r';
    if (special)
        *to++ = '\\';
    *to++ = byte == '\r' ? 'r' : (char)byte;
    return to;
}

static void put_code(struct pdf_writer *w, uint16_t code)
{
    enum { MOST = 7 };
    struct buf *out = w->out;
    if (w->mode == MODE_STRING && out->n - w->string > MOST_BYTES)
        leave_array(w);
    char *to = out->room - out->n > MOST ? out->p + out->n : buf_room(out, MOST);
    if (w->mode == MODE_TEXT)
        *to++ = '[';
    if (w->mode != MODE_STRING) {
        *to++ = '(';
        w->string = out->n;
    }
    w->mode = MODE_STRING;
    to = put_byte(to, (unsigned char)(code >> 8));
    to = put_byte(to, (unsigned char)code);
    *to = '\0';
    out->n = (size_t)(to - out->p);
}

/* Brings the line to (x, up): goes on where the pen is when that is on the line, else starts a line. `off` is how far
 * the glyph is from the pen, in 1/100,000 em; returns what is left of it. */
static double place(struct pdf_writer *w, double x, int64_t up, double off)
{
    bool other_font = !w->font_is_set || w->set_font != w->font || w->set_size != w->size;
    if (other_font)
        put_font(w);
    bool near = w->placed && !other_font && fabs(off) <= LONGEST_GAP * 100.0;
    if (w->fresh ? near && up == w->line_y : near) { /* marks above the line move within their own run only */
        put_rise(w, up - w->line_y);
        return off;
    }
    put_rise(w, 0);
    put_line_start(w, hundredths(x), up);
    return 0;
}

void writer_glyph(struct pdf_writer *w, double x, double y, uint16_t code, int32_t width)
{
    double off = (x * 100 - (double)w->line_x) * w->scale - (double)w->pen;
    if (w->fresh || y != w->y) {
        w->y = y;
        w->up = hundredths(w->height - y);
    }
    bool goes_on = w->placed && !w->fresh && w->font_is_set && w->set_font == w->font && w->set_size == w->size &&
                   w->rise == w->up - w->line_y && fabs(off) <= LONGEST_GAP * 100.0;
    if (!goes_on)
        off = place(w, x, w->up, off);
    w->fresh = false;
    if (fabs(off) > SLACK * 100.0) {
        bool again = w->gap && fabs(off - (double)w->gap * 100) <= SAME_GAP * 100.0;
        put_gap(w, again ? w->gap : llround(off / 100));
    }
    put_code(w, code);
    w->pen += width;
}

void writer_blank(struct pdf_writer *w, uint16_t code, int32_t width, int halves)
{
    int64_t percent = (halves * 5000000LL + width / 2) / width;
    leave_array(w);
    put_rise(w, 0);
    if (w->set_font != w->font)
        put_font(w);
    pdf_fixed(w->out, percent, 0);
    buf_text(w->out, " Tz\n");
    put_code(w, code);
    leave_array(w);
    buf_text(w->out, "100 Tz\n");
    w->pen += width * percent / 100;
}

void writer_span(struct pdf_writer *w, struct str text, bool own, unsigned number)
{
    leave_array(w);
    if (own && w->mark.kind != MARK_NONE)
        buf_text(w->out, "EMC\n");
    buf_text(w->out, "/Span<<");
    if (own) {
        w->mark = (struct pdf_mark){0};
        buf_printf(w->out, "/MCID %u", number);
    }
    buf_text(w->out, "/ActualText<FEFF");
    pdf_utf16_hex(w->out, str_head(text, MOST_TEXT));
    buf_text(w->out, ">>>BDC\n");
}

void writer_span_end(struct pdf_writer *w)
{
    leave_array(w);
    buf_text(w->out, "EMC\n");
}

void writer_mark(struct pdf_writer *w, struct pdf_mark mark, const char *name, unsigned number)
{
    static const char *const artifacts[] = {
        [MARK_ARTIFACT] = "/Artifact BMC\n",
        [MARK_HEADER] = "/Artifact<</Type/Pagination/Subtype/Header>>BDC\n",
        [MARK_FOOTER] = "/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n",
        [MARK_GAP] = "/Artifact BMC\n",
    };
    leave_array(w);
    if (w->mark.kind != MARK_TEXT && w->mark.kind != MARK_GAP && w->mark.kind != MARK_NONE)
        leave(w);
    if (w->mark.kind != MARK_NONE)
        buf_text(w->out, "EMC\n");
    if (mark.kind == MARK_TEXT || mark.kind == MARK_GAP)
        enter_text(w);
    else
        leave(w);
    w->mark = mark;
    if (mark.tag) {
        buf_char(w->out, '/');
        buf_text(w->out, name);
        buf_text(w->out, "<</MCID ");
        pdf_fixed(w->out, number, 0);
        buf_text(w->out, ">>BDC\n");
    } else if (mark.kind != MARK_NONE)
        buf_text(w->out, artifacts[mark.kind]);
}

static void put_point(struct pdf_writer *w, int64_t x, int64_t y)
{
    pdf_fixed(w->out, x, 2);
    buf_char(w->out, ' ');
    pdf_fixed(w->out, y, 2);
    buf_char(w->out, ' ');
}

void writer_rect(struct pdf_writer *w, double x, double y, double width, double height, struct colour colour)
{
    /* round the edges, not the sizes: neighbours stay neighbours */
    int64_t left = hundredths(fmin(x, x + width)), right = hundredths(fmax(x, x + width));
    int64_t top = hundredths(w->height - fmin(y, y + height)), bottom = hundredths(w->height - fmax(y, y + height));
    if (left == right || top == bottom) /* a viewer would paint a hairline */
        return;
    if (w->mode != MODE_FILL || !same_colour(w->fill, colour)) {
        leave(w);
        put_fill(w, colour);
        w->mode = MODE_FILL;
    }
    put_point(w, left, bottom);
    put_point(w, right - left, top - bottom);
    buf_text(w->out, "re\n");
}

/* Brings colour, width and dashes of strokes to those of an operation. */
static void put_pen(struct pdf_writer *w, const struct op *op, struct colour colour)
{
    bool solid = op->dash < 0.01F || op->gap < 0.01F; /* a dash must not be rounded to nothing */
    double dash = solid ? 0 : op->dash, gap = solid ? 0 : op->gap;
    bool same_dash = w->dash[0] == dash && w->dash[1] == gap;
    if (same_colour(w->stroke, colour) && w->line_width == op->size && same_dash && w->mode == MODE_STROKE)
        return;
    leave(w);
    if (!same_colour(w->stroke, colour))
        put_colour(w, colour, " G\n", " RG\n");
    if (w->line_width != op->size || op->size == 0) {
        pdf_number(w->out, op->size, 2);
        buf_text(w->out, " w\n");
    }
    if (!same_dash) {
        buf_char(w->out, '[');
        if (!solid) {
            pdf_number(w->out, dash, 2);
            buf_char(w->out, ' ');
            pdf_number(w->out, gap, 2);
        }
        buf_text(w->out, "]0 d\n");
    }
    w->stroke = colour;
    w->line_width = op->size;
    w->dash[0] = dash;
    w->dash[1] = gap;
}

void writer_line(struct pdf_writer *w, const struct op *line)
{
    put_pen(w, line, line->colour);
    w->mode = MODE_STROKE;
    double x = line->x, y = w->height - line->y;
    put_point(w, hundredths(x), hundredths(y));
    buf_text(w->out, "m ");
    put_point(w, hundredths(x + line->w), hundredths(y - line->h));
    buf_text(w->out, "l\n");
}

/* Four Bézier curves about (x, y), PDF coordinates: 0.03 % of the radius from the circle. */
static void put_disc(struct pdf_writer *w, double x, double y, double radius)
{
    static const int turns[5][2] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}, {1, 0}};
    const double pull = 0.5523 * radius;
    put_point(w, hundredths(x + radius), hundredths(y));
    buf_text(w->out, "m\n");
    for (int i = 0; i < 4; i++) {
        const int *from = turns[i], *to = turns[i + 1];
        put_point(w, hundredths(x + from[0] * radius + to[0] * pull), hundredths(y + from[1] * radius + to[1] * pull));
        put_point(w, hundredths(x + to[0] * radius + from[0] * pull), hundredths(y + to[1] * radius + from[1] * pull));
        put_point(w, hundredths(x + to[0] * radius), hundredths(y + to[1] * radius));
        buf_text(w->out, "c\n");
    }
}

/* Joins are round: a sharp corner's mitre would stand out of the path by many times the width. */
static void put_path_state(struct pdf_writer *w, const struct op *path)
{
    leave(w);
    if (path->filled)
        put_fill(w, path->colour);
    if (path->size > 0)
        put_pen(w, path, path->stroke);
    if (path->size > 0 && !w->round) {
        buf_text(w->out, "1 j\n");
        w->round = true;
    }
}

void writer_path(struct pdf_writer *w, const struct op *path)
{
    bool stroked = path->size > 0;
    if (!path->n || (!path->filled && !stroked))
        return;
    put_path_state(w, path);
    for (size_t i = 0; i < path->n; i++) {
        double x = (double)path->x + path->corners[i].x, y = w->height - path->y - path->corners[i].y;
        if (path->n == 1) {
            put_disc(w, x, y, fabs((double)path->w) / 2);
            break;
        }
        put_point(w, hundredths(x), hundredths(y));
        buf_text(w->out, i ? "l\n" : "m\n");
    }
    if (path->closed || path->n == 1)
        buf_text(w->out, "h ");
    buf_text(w->out, !stroked ? "f\n" : path->filled ? "B\n" : "S\n");
}

void writer_end(struct pdf_writer *w)
{
    writer_mark(w, (struct pdf_mark){0}, NULL, 0);
}
