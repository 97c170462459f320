/* A TrueType font of five glyphs, made here so that no test needs a font package: .notdef (a box, or blank), space, A,
 * i and 가. `damaged` breaks the i. With `variable` it has the axes wght 100..400..900 and wdth 75..100..100, and an
 * instance "Bold". */
#ifndef TESTS_TINY_FONT_H
#define TESTS_TINY_FONT_H
#include "base/mem.h"
#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct tiny {
    const char *family, *korean, *postscript; /* korean may be NULL */
    unsigned weight, fs_type, units;
    bool slanted, serif, fixed, variable, hvar, mvar, blank_box, signs_only, damaged;
    unsigned box;         /* a character below U+AC00 that A's glyph shows too; 0 for none */
    const char *outlines; /* "glyf" (NULL), or another table in its place: "CFF2", "CBDT" */
};

enum { TINY_GLYPHS = 5, TINY_SPACE = 1, TINY_A, TINY_I, TINY_GA, TINY_TABLES = 16 };

static inline void tiny_u8(struct buf *b, unsigned v)
{
    buf_char(b, (char)v);
}
static inline void tiny_u16(struct buf *b, unsigned v)
{
    tiny_u8(b, v >> 8);
    tiny_u8(b, v);
}
static inline void tiny_u32(struct buf *b, unsigned v)
{
    tiny_u16(b, v >> 16);
    tiny_u16(b, v);
}
static inline void tiny_zeros(struct buf *b, size_t n)
{
    while (n--)
        tiny_u8(b, 0);
}
static inline void tiny_patch16(struct buf *b, size_t at, unsigned v)
{
    b->p[at] = (char)(v >> 8);
    b->p[at + 1] = (char)v;
}

/* Width of a glyph and of its box in font units. */
static inline unsigned tiny_advance(const struct tiny *t, unsigned glyph)
{
    static const unsigned advances[TINY_GLYPHS] = {500, 250, 600, 300, 900};
    return t->fixed && glyph != TINY_GA ? 500 : advances[glyph];
}

static inline bool tiny_blank(const struct tiny *t, unsigned glyph)
{
    return glyph == TINY_SPACE || (glyph == 0 && t->blank_box);
}

static inline void tiny_glyf(const struct tiny *t, struct buf *glyf, struct buf *loca)
{
    for (unsigned g = 0; g < TINY_GLYPHS; g++) {
        tiny_u32(loca, (unsigned)glyf->n);
        if (tiny_blank(t, g))
            continue;
        unsigned right = tiny_advance(t, g) - 50;
        tiny_u16(glyf, t->damaged && g == TINY_I ? 500 : 1); /* contours; box */
        tiny_u16(glyf, 50);
        tiny_u16(glyf, 0);
        tiny_u16(glyf, right);
        tiny_u16(glyf, 700);
        tiny_u16(glyf, 3); /* last point; no instructions; four points on the curve with 16-bit steps */
        tiny_u16(glyf, 0);
        for (int i = 0; i < 4; i++)
            tiny_u8(glyf, 1);
        tiny_u16(glyf, 50);
        tiny_u16(glyf, right - 50);
        tiny_u16(glyf, 0);
        tiny_u16(glyf, 50 - right);
        tiny_u16(glyf, 0);
        tiny_u16(glyf, 0);
        tiny_u16(glyf, 700);
        tiny_u16(glyf, 0);
        tiny_zeros(glyf, glyf->n % 4 ? 4 - glyf->n % 4 : 0);
    }
    tiny_u32(loca, (unsigned)glyf->n);
}

/* Shifts at the ends of the axes: heavier is wider, condensed is narrower. */
enum { TINY_HEAVY = 200, TINY_NARROW = -150 };

static inline void tiny_tuple(struct buf *b, unsigned wght, unsigned wdth)
{
    tiny_u16(b, 1 + 1 + 8 * 2 + 1);
    tiny_u16(b, 0xa000); /* peak and points are its own */
    tiny_u16(b, wght);
    tiny_u16(b, wdth);
}

/* All eight points, phantoms too: the right edge and the advance move by `shift`. */
static inline void tiny_deltas(struct buf *b, int shift)
{
    static const int moves[8] = {0, 1, 1, 0, 0, 1, 0, 0};
    tiny_u8(b, 0);
    tiny_u8(b, 0x40 | 7);
    for (int i = 0; i < 8; i++)
        tiny_u16(b, (unsigned)(moves[i] * shift));
    tiny_u8(b, 0x80 | 7);
}

static inline void tiny_gvar(const struct tiny *t, struct buf *b)
{
    struct buf data = {0};
    tiny_u32(b, 0x10000);
    tiny_u16(b, 2);
    tiny_u16(b, 0);
    tiny_u32(b, 20 + 4 * (TINY_GLYPHS + 1));
    tiny_u16(b, TINY_GLYPHS);
    tiny_u16(b, 1); /* long offsets */
    tiny_u32(b, 20 + 4 * (TINY_GLYPHS + 1));
    for (unsigned g = 0; g < TINY_GLYPHS; g++) {
        tiny_u32(b, (unsigned)data.n);
        if (tiny_blank(t, g))
            continue;
        tiny_u16(&data, 2);
        tiny_u16(&data, 4 + 2 * 8);
        tiny_tuple(&data, 0x4000, 0);
        tiny_tuple(&data, 0, 0xc000);
        tiny_deltas(&data, TINY_HEAVY);
        tiny_deltas(&data, TINY_NARROW);
        tiny_zeros(&data, data.n % 4 ? 4 - data.n % 4 : 0);
    }
    tiny_u32(b, (unsigned)data.n);
    buf_str(b, buf_view(&data));
    buf_free(&data);
}

/* An item variation store of `n` items that move by the same amounts; HVAR and MVAR differ in what stands before it. */
static inline void tiny_store(struct buf *b, unsigned n, const int *heavy, const int *narrow)
{
    tiny_u16(b, 1);
    tiny_u32(b, 12);
    tiny_u16(b, 1);
    tiny_u32(b, 12 + 4 + 2 * 12);
    tiny_u16(b, 2); /* axes; regions: start, peak, end of each */
    tiny_u16(b, 2);
    static const unsigned regions[] = {0, 0x4000, 0x4000, 0, 0, 0, 0, 0, 0, 0xc000, 0xc000, 0};
    for (size_t i = 0; i < 12; i++)
        tiny_u16(b, regions[i]);
    tiny_u16(b, n);
    tiny_u16(b, 2);
    tiny_u16(b, 2);
    tiny_u16(b, 0);
    tiny_u16(b, 1);
    for (unsigned i = 0; i < n; i++) {
        tiny_u16(b, (unsigned)heavy[i]);
        tiny_u16(b, (unsigned)narrow[i]);
    }
}

static inline void tiny_hvar(const struct tiny *t, struct buf *b)
{
    int heavy[TINY_GLYPHS], narrow[TINY_GLYPHS];
    for (unsigned g = 0; g < TINY_GLYPHS; g++) {
        heavy[g] = tiny_blank(t, g) ? 0 : TINY_HEAVY;
        narrow[g] = tiny_blank(t, g) ? 0 : TINY_NARROW;
    }
    tiny_u32(b, 0x10000);
    tiny_u32(b, 20);
    tiny_zeros(b, 12);
    tiny_store(b, TINY_GLYPHS, heavy, narrow);
}

/* The ascender rises by 100 at the heavy end. */
static inline void tiny_mvar(struct buf *b)
{
    tiny_u32(b, 0x10000);
    tiny_u16(b, 0);
    tiny_u16(b, 8);
    tiny_u16(b, 1);
    tiny_u16(b, 12 + 8);
    buf_text(b, "hasc");
    tiny_u16(b, 0);
    tiny_u16(b, 0);
    tiny_store(b, 1, (const int[]){100}, (const int[]){0});
}

static inline void tiny_axis(struct buf *b, const char *tag, unsigned low, unsigned usual, unsigned high)
{
    buf_text(b, tag);
    tiny_u32(b, low << 16);
    tiny_u32(b, usual << 16);
    tiny_u32(b, high << 16);
    tiny_u16(b, 0);
    tiny_u16(b, 256);
}

static inline void tiny_fvar(struct buf *b)
{
    tiny_u32(b, 0x10000);
    static const unsigned header[] = {16, 2, 2, 20, 1, 12};
    for (size_t i = 0; i < 6; i++)
        tiny_u16(b, header[i]);
    tiny_axis(b, "wght", 100, 400, 900);
    tiny_axis(b, "wdth", 75, 100, 100);
    tiny_u16(b, 257);
    tiny_u16(b, 0);
    tiny_u32(b, 700u << 16);
    tiny_u32(b, 100u << 16);
}

/* A name in UTF-16BE from UTF-8 of the BMP's first three bytes. */
static inline void tiny_utf16(struct buf *b, const char *text)
{
    for (const unsigned char *p = (const unsigned char *)text; *p; p++)
        if (*p < 0x80) {
            tiny_u16(b, *p);
        } else {
            tiny_u16(b, (unsigned)(p[0] & 15) << 12 | (unsigned)(p[1] & 63) << 6 | (p[2] & 63u));
            p += 2;
        }
}

static inline void tiny_name(const struct tiny *t, struct buf *b)
{
    const struct {
        unsigned language, id;
        const char *text;
    } names[] = {{0x409, 1, t->family},
                 {0x409, 6, t->postscript},
                 {0x409, 256, "Axis"},
                 {0x409, 257, "Bold"},
                 {0x412, 1, t->korean}};
    size_t n = t->korean ? 5 : 4;
    struct buf text = {0};
    tiny_u16(b, 0);
    tiny_u16(b, (unsigned)n);
    tiny_u16(b, (unsigned)(6 + 12 * n));
    for (size_t i = 0; i < n; i++) {
        size_t from = text.n;
        tiny_utf16(&text, names[i].text);
        tiny_u16(b, 3);
        tiny_u16(b, 1);
        tiny_u16(b, names[i].language);
        tiny_u16(b, names[i].id);
        tiny_u16(b, (unsigned)(text.n - from));
        tiny_u16(b, (unsigned)from);
    }
    buf_str(b, buf_view(&text));
    buf_free(&text);
}

static inline void tiny_cmap(const struct tiny *t, struct buf *b)
{
    const unsigned letters[][2] = {{' ', TINY_SPACE}, {'A', TINY_A}, {'i', TINY_I}, {0xac00, TINY_GA}},
                   boxed[][2] = {{' ', TINY_SPACE}, {'A', TINY_A}, {'i', TINY_I}, {t->box, TINY_A}, {0xac00, TINY_GA}};
    static const unsigned signs[][2] = {{' ', TINY_SPACE}, {0x2714, TINY_A}, {0x1f600, TINY_GA}};
    unsigned n = t->signs_only ? 3 : t->box ? 5 : 4;
    tiny_u32(b, 1);
    tiny_u16(b, 3);
    tiny_u16(b, 10);
    tiny_u32(b, 12);
    tiny_u16(b, 12);
    tiny_u16(b, 0);
    tiny_u32(b, 16 + 12 * n);
    tiny_u32(b, 0);
    tiny_u32(b, n);
    for (unsigned i = 0; i < n; i++) {
        const unsigned *pair = t->signs_only ? signs[i] : t->box ? boxed[i] : letters[i];
        tiny_u32(b, pair[0]);
        tiny_u32(b, pair[0]);
        tiny_u32(b, pair[1]);
    }
}

static inline void tiny_metrics(const struct tiny *t, struct buf *head, struct buf *hhea, struct buf *hmtx,
                                struct buf *maxp)
{
    tiny_zeros(head, 54);
    tiny_patch16(head, 0, 1);
    tiny_patch16(head, 12, 0x5f0f); /* magic */
    tiny_patch16(head, 14, 0x3cf5);
    tiny_patch16(head, 18, t->units ? t->units : 1000);
    tiny_patch16(head, 40, 1000);
    tiny_patch16(head, 42, 800);
    tiny_patch16(head, 50, 1); /* long loca */
    tiny_zeros(hhea, 36);
    tiny_patch16(hhea, 0, 1);
    tiny_patch16(hhea, 4, 880);
    tiny_patch16(hhea, 6, (unsigned)-120);
    tiny_patch16(hhea, 34, TINY_GLYPHS);
    for (unsigned g = 0; g < TINY_GLYPHS; g++) {
        tiny_u16(hmtx, tiny_advance(t, g));
        tiny_u16(hmtx, tiny_blank(t, g) ? 0 : 50);
    }
    tiny_zeros(maxp, 32);
    tiny_patch16(maxp, 0, 1);
    tiny_patch16(maxp, 4, TINY_GLYPHS);
    tiny_patch16(maxp, 6, 4);
    tiny_patch16(maxp, 8, 1);
    tiny_patch16(maxp, 14, 2);
}

static inline void tiny_facts(const struct tiny *t, struct buf *os2, struct buf *post)
{
    tiny_zeros(os2, 96);
    tiny_patch16(os2, 0, 4);
    tiny_patch16(os2, 4, t->weight ? t->weight : 400);
    tiny_patch16(os2, 8, t->fs_type);
    tiny_patch16(os2, 30, t->serif ? 0x0100 : 0x0800);
    tiny_patch16(os2, 62, t->slanted);
    tiny_patch16(os2, 68, 880);
    tiny_patch16(os2, 70, (unsigned)-120);
    tiny_patch16(os2, 88, 700);
    tiny_zeros(post, 32);
    tiny_patch16(post, 0, 3);
    tiny_patch16(post, 14, t->fixed);
}

/* Appends the font; its table offsets count from `out`'s start, so that several make a collection. */
static inline void tiny_add(const struct tiny *t, struct buf *out)
{
    struct buf tables[TINY_TABLES] = {0};
    static const char tags[TINY_TABLES][5] = {"CBDT", "CFF2", "HVAR", "MVAR", "OS/2", "cmap", "fvar", "glyf",
                                              "gvar", "head", "hhea", "hmtx", "loca", "maxp", "name", "post"};
    struct buf *of[TINY_TABLES];
    unsigned n = 0;
    for (int i = 0; i < TINY_TABLES; i++)
        of[i] = &tables[i];
    tiny_facts(t, of[4], of[15]);
    tiny_cmap(t, of[5]);
    tiny_metrics(t, of[9], of[10], of[11], of[13]);
    tiny_name(t, of[14]);
    if (!t->outlines)
        tiny_glyf(t, of[7], of[12]);
    else
        tiny_zeros(of[strcmp(t->outlines, "CFF2") == 0 ? 1 : 0], 64);
    if (t->variable) {
        tiny_fvar(of[6]);
        tiny_gvar(t, of[8]);
        if (t->hvar)
            tiny_hvar(t, of[2]);
        if (t->mvar)
            tiny_mvar(of[3]);
    }
    for (int i = 0; i < TINY_TABLES; i++)
        n += tables[i].n > 0;
    size_t offset = out->n + 12 + 16 * n;
    tiny_u32(out, 0x10000);
    tiny_u16(out, n);
    tiny_zeros(out, 6);
    for (int i = 0; i < TINY_TABLES; i++) {
        tiny_zeros(&tables[i], (4 - tables[i].n % 4) % 4); /* a few zeros too many in a table's length hurt no one */
        if (tables[i].n == 0)
            continue;
        buf_text(out, tags[i]);
        tiny_u32(out, 0);
        tiny_u32(out, (unsigned)offset);
        tiny_u32(out, (unsigned)tables[i].n);
        offset += tables[i].n;
    }
    for (int i = 0; i < TINY_TABLES; i++) {
        buf_str(out, buf_view(&tables[i]));
        buf_free(&tables[i]);
    }
}

static inline void tiny_write(const char *path, struct str bytes)
{
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes.p, 1, bytes.n, file) != bytes.n || fclose(file) != 0)
        abort();
}

static inline void tiny_save(const char *path, struct tiny t)
{
    struct buf bytes = {0};
    tiny_add(&t, &bytes);
    tiny_write(path, buf_view(&bytes));
    buf_free(&bytes);
}

/* A collection of two. */
static inline void tiny_save_pair(const char *path, struct tiny first, struct tiny second)
{
    struct buf bytes = {0};
    buf_text(&bytes, "ttcf");
    tiny_u32(&bytes, 0x10000);
    tiny_u32(&bytes, 2);
    tiny_u32(&bytes, 20);
    tiny_u32(&bytes, 0);
    tiny_add(&first, &bytes);
    tiny_patch16(&bytes, 18, (unsigned)bytes.n);
    tiny_add(&second, &bytes);
    tiny_write(path, buf_view(&bytes));
    buf_free(&bytes);
}

#endif
