/* Outlines are taken as HarfBuzz draws them, quadratic curves with every point in place, and written as simple glyphs
 * without hints (OpenType: glyf, loca, hmtx, head, hhea, maxp). hb-subset 6 can do the same, but frees memory that is
 * not its own where a damaged font has a glyph that it cannot read. */
#include "out/pdf/instance.h"

#include "base/mem.h"

#include <math.h>
#include <string.h>

enum { ON_CURVE = 1, SAME_X = 16, SAME_Y = 32, MAX_POINTS = 16000, TABLES = 6, GLYF = 0, HEAD, HHEA, HMTX, LOCA, MAXP };

struct point {
    int16_t x, y;
    bool on;
};

/* One outline as it is drawn. */
struct outline {
    struct point *points;
    size_t n, room, start; /* start: of the open contour */
    struct buf ends;       /* last point of each contour, two bytes */
    bool failed;
};

static void put16(struct buf *out, unsigned value)
{
    buf_char(out, (char)(value >> 8));
    buf_char(out, (char)value);
}

static void put32(struct buf *out, size_t value)
{
    put16(out, (unsigned)(value >> 16));
    put16(out, (unsigned)value);
}

/* ---- drawing ---- */

static void add_point(struct outline *o, float x, float y, bool on)
{
    if (!(fabsf(x) < INT16_MAX / 2) || !(fabsf(y) < INT16_MAX / 2) || o->n >= MAX_POINTS) {
        o->failed = true;
        return;
    }
    o->points = mem_grow(o->points, &o->room, o->n + 1, sizeof *o->points);
    o->points[o->n++] = (struct point){(int16_t)lroundf(x), (int16_t)lroundf(y), on};
}

static void on_move(hb_draw_funcs_t *funcs, void *outline, hb_draw_state_t *state, float x, float y, void *user)
{
    (void)funcs, (void)state, (void)user;
    ((struct outline *)outline)->start = ((struct outline *)outline)->n;
    add_point(outline, x, y, true);
}

static void on_line(hb_draw_funcs_t *funcs, void *outline, hb_draw_state_t *state, float x, float y, void *user)
{
    (void)funcs, (void)state, (void)user;
    add_point(outline, x, y, true);
}

static void on_curve(hb_draw_funcs_t *funcs, void *outline, hb_draw_state_t *state, float control_x, float control_y,
                     float x, float y, void *user)
{
    (void)funcs, (void)state, (void)user;
    add_point(outline, control_x, control_y, false);
    add_point(outline, x, y, true);
}

static void on_cubic(hb_draw_funcs_t *funcs, void *outline, hb_draw_state_t *state, float x1, float y1, float x2,
                     float y2, float x, float y, void *user)
{
    (void)funcs, (void)state, (void)x1, (void)y1, (void)x2, (void)y2, (void)x, (void)y, (void)user;
    ((struct outline *)outline)->failed = true;
}

/* A contour ends where it began; TrueType does not say that point twice. */
static void on_close(hb_draw_funcs_t *funcs, void *outline, hb_draw_state_t *state, void *user)
{
    (void)funcs, (void)state, (void)user;
    struct outline *o = outline;
    if (o->n > o->start + 1 && o->points[o->n - 1].on && o->points[o->n - 1].x == o->points[o->start].x &&
        o->points[o->n - 1].y == o->points[o->start].y)
        o->n--;
    put16(&o->ends, (unsigned)(o->n - 1));
}

static hb_draw_funcs_t *draw_funcs(void)
{
    hb_draw_funcs_t *funcs = hb_draw_funcs_create();
    hb_draw_funcs_set_move_to_func(funcs, on_move, NULL, NULL);
    hb_draw_funcs_set_line_to_func(funcs, on_line, NULL, NULL);
    hb_draw_funcs_set_quadratic_to_func(funcs, on_curve, NULL, NULL);
    hb_draw_funcs_set_cubic_to_func(funcs, on_cubic, NULL, NULL);
    hb_draw_funcs_set_close_path_func(funcs, on_close, NULL, NULL);
    return funcs;
}

/* ---- writing ---- */

/* One coordinate of all points, as steps of 16 bits; a step of 0 is in the flag. */
static void put_steps(struct buf *glyf, const struct outline *o, bool vertical)
{
    int last = 0;
    for (size_t i = 0; i < o->n; i++) {
        int value = vertical ? o->points[i].y : o->points[i].x;
        if (value != last)
            put16(glyf, (unsigned)(value - last));
        last = value;
    }
}

/* Appends the glyph; *left is the left edge of its box. */
static void put_glyph(struct buf *glyf, const struct outline *o, int *left)
{
    int box[4] = {o->points[0].x, o->points[0].y, o->points[0].x, o->points[0].y};
    struct buf flags = {0};
    struct point last = {0};
    for (size_t i = 0; i < o->n; i++) {
        struct point p = o->points[i];
        box[0] = p.x < box[0] ? p.x : box[0];
        box[1] = p.y < box[1] ? p.y : box[1];
        box[2] = p.x > box[2] ? p.x : box[2];
        box[3] = p.y > box[3] ? p.y : box[3];
        buf_char(&flags, (char)(p.on * ON_CURVE | (p.x == last.x) * SAME_X | (p.y == last.y) * SAME_Y));
        last = p;
    }
    put16(glyf, (unsigned)(o->ends.n / 2));
    for (size_t i = 0; i < 4; i++)
        put16(glyf, (unsigned)box[i]);
    buf_str(glyf, buf_view(&o->ends));
    put16(glyf, 0); /* instructions */
    buf_str(glyf, buf_view(&flags));
    put_steps(glyf, o, false);
    put_steps(glyf, o, true);
    while (glyf->n % 4)
        buf_char(glyf, 0);
    *left = box[0];
    buf_free(&flags);
}

/* head, hhea and maxp: only what a reader of outlines needs differs from 0. */
static void put_facts(struct buf tables[TABLES], const struct face *face, size_t glyphs, size_t points, size_t contours)
{
    const unsigned head[27] = {1,
                               0,
                               0,
                               0,
                               0,
                               0,
                               0x5f0f,
                               0x3cf5,
                               0,
                               face->units,
                               [18] = (unsigned)face->bbox[0],
                               (unsigned)face->bbox[1],
                               (unsigned)face->bbox[2],
                               (unsigned)face->bbox[3],
                               0,
                               8,
                               2,
                               1};
    const unsigned hhea[18] = {1, 0, (unsigned)face->ascent, (unsigned)face->descent, [17] = (unsigned)glyphs};
    const unsigned maxp[16] = {1, 0, (unsigned)glyphs, (unsigned)points, (unsigned)contours, [7] = 2};
    for (size_t i = 0; i < 27; i++)
        put16(&tables[HEAD], head[i]);
    for (size_t i = 0; i < 18; i++)
        put16(&tables[HHEA], hhea[i]);
    for (size_t i = 0; i < 16; i++)
        put16(&tables[MAXP], maxp[i]);
}

static void put_file(struct buf *out, const struct buf tables[TABLES])
{
    static const char tags[TABLES][5] = {"glyf", "head", "hhea", "hmtx", "loca", "maxp"};
    put32(out, 0x10000);
    put16(out, TABLES);
    put16(out, 64); /* searchRange, entrySelector, rangeShift of six tables */
    put16(out, 2);
    put16(out, 32);
    size_t offset = 12 + 16 * TABLES;
    for (size_t i = 0; i < TABLES; i++) {
        buf_text(out, tags[i]);
        put32(out, 0);
        put32(out, offset);
        put32(out, tables[i].n);
        offset += (tables[i].n + 3) / 4 * 4;
    }
    for (size_t i = 0; i < TABLES; i++) {
        buf_str(out, buf_view(&tables[i]));
        buf_add(out, "\0\0\0", (4 - tables[i].n % 4) % 4);
    }
}

bool pdf_instance(hb_font_t *font, const struct face *face, const uint16_t *gids, size_t n, struct buf *out)
{
    struct buf tables[TABLES] = {0};
    struct outline o = {0};
    size_t points = 0, contours = 0;
    hb_draw_funcs_t *funcs = draw_funcs();
    for (size_t i = 0; i < n && !o.failed; i++) {
        int left = 0;
        o.n = 0;
        buf_clear(&o.ends);
        hb_font_get_glyph_shape(font, gids[i], funcs, &o);
        put32(&tables[LOCA], tables[GLYF].n);
        if (o.n && !o.failed)
            put_glyph(&tables[GLYF], &o, &left);
        hb_position_t advance = hb_font_get_glyph_h_advance(font, gids[i]);
        put16(&tables[HMTX], (unsigned)(advance < 0 ? 0 : advance > UINT16_MAX ? UINT16_MAX : advance));
        put16(&tables[HMTX], (unsigned)left);
        points = o.n > points ? o.n : points;
        contours = o.ends.n / 2 > contours ? o.ends.n / 2 : contours;
    }
    put32(&tables[LOCA], tables[GLYF].n);
    put_facts(tables, face, n, points, contours);
    if (!o.failed)
        put_file(out, tables);
    hb_draw_funcs_destroy(funcs);
    mem_free(o.points);
    buf_free(&o.ends);
    for (size_t i = 0; i < TABLES; i++)
        buf_free(&tables[i]);
    return !o.failed;
}
