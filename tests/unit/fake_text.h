/* A shaper with sums that fit in the head, for tests of page flow: every ASCII character is half an em wide, every
 * other one em; lines break at spaces, and inside a word that is wider than the measure. Defines the functions of
 * layout/text.h. */
#ifndef TESTS_FAKE_TEXT_H
#define TESTS_FAKE_TEXT_H
#include "base/mem.h"
#include "base/utf8.h"
#include "layout/text.h"

#include <string.h>

struct shaper {
    struct diag_list *diag;
};

static size_t fake_sets; /* calls of text_set */
static size_t fake_measures;
static const char *fake_poison; /* a text whose first glyph gets no finite advance */

struct shaper *shaper_new(struct fonts *fonts, struct diag_list *diag)
{
    (void)fonts;
    struct shaper *shaper = mem_alloc(sizeof *shaper);
    shaper->diag = diag;
    return shaper;
}

void shaper_free(struct shaper *shaper)
{
    mem_free(shaper);
}

void shaper_characters(struct shaper *shaper, const struct character_style *characters, size_t n)
{
    (void)shaper;
    (void)characters;
    (void)n;
}

void shaper_place(struct shaper *shaper, const char *place)
{
    (void)shaper;
    (void)place;
}

static float fake_advance(uint32_t c, float size)
{
    return c < 0x80 ? size / 2 : size;
}

static float fake_width(struct str text, float size)
{
    float width = 0;
    for (size_t at = 0; at < text.n;)
        width += fake_advance(utf8_next(text, &at), size);
    return width;
}

/* End of the line that begins at `from`, and where the next one begins. */
static size_t fake_break(struct str text, size_t from, float size, float measure, size_t *next)
{
    float width = 0;
    size_t space = SIZE_MAX;
    for (size_t at = from; at < text.n;) {
        size_t here = at;
        uint32_t c = utf8_next(text, &at);
        if (c == '\n') {
            *next = at;
            return here;
        }
        if (c == ' ')
            space = here;
        width += fake_advance(c, size);
        if (width > measure + 0.001F && c != ' ' && here > from) {
            *next = space != SIZE_MAX ? space + 1 : here;
            return space != SIZE_MAX ? space : here;
        }
    }
    *next = text.n;
    return text.n > from && text.p[text.n - 1] == ' ' ? text.n - 1 : text.n;
}

/* Where a link or language begins and ends in the flat text. */
struct fake_span {
    size_t from, to;
    struct str link, language;
};

/* One op a stretch of one link and language; behind them the areas of the links. */
static void fake_line(struct arena *arena, struct str flat, size_t from, size_t to, const struct text_style *style,
                      float measure, const struct fake_span *spans, size_t n, struct line *line)
{
    struct op *ops = ARENA_ARRAY(arena, 2 * n + 2, struct op);
    float full = fake_width(str_slice(flat, from, to), style->size);
    float x = style->align == ALIGN_RIGHT ? measure - full : style->align == ALIGN_CENTER ? (measure - full) / 2 : 0;
    *line = (struct line){.ops = ops, .width = full, .leading = style->leading};
    line->ends = to == flat.n || flat.p[to] == '\n';
    for (size_t i = 0; i < n; i++) {
        size_t begin = spans[i].from > from ? spans[i].from : from, end = spans[i].to < to ? spans[i].to : to;
        if (begin >= end)
            continue;
        struct str text = str_slice(flat, begin, end);
        struct glyph *glyphs = ARENA_ARRAY(arena, text.n + 1, struct glyph);
        size_t count = 0;
        for (size_t at = 0; at < text.n; count++) {
            glyphs[count].cluster = (uint32_t)at;
            uint32_t c = utf8_next(text, &at);
            glyphs[count].id = (uint16_t)c;
            glyphs[count].advance = fake_advance(c, style->size);
        }
        if (fake_poison && str_equal(text, str_from(fake_poison)))
            glyphs[0].advance = 0.0F / (measure - measure);
        float width = fake_width(text, style->size);
        ops[line->n++] = (struct op){.kind = OP_TEXT,
                                     .x = x,
                                     .size = style->size,
                                     .colour = style->colour,
                                     .text = text,
                                     .glyphs = glyphs,
                                     .n = count,
                                     .w = width,
                                     .link = spans[i].link,
                                     .language = spans[i].language,
                                     .blank = end == to && to < flat.n && (flat.p[to] == ' ' || flat.p[to] == '\n')};
        x += width;
    }
    for (size_t i = 0, texts = line->n; i < texts; i++)
        if (ops[i].link.n)
            ops[line->n++] = (struct op){.kind = OP_LINK,
                                         .x = ops[i].x,
                                         .y = -style->size,
                                         .w = ops[i].w,
                                         .h = style->size,
                                         .link = ops[i].link};
}

static struct str fake_flat(struct arena *arena, const struct run *runs, size_t n, struct fake_span *spans,
                            size_t *n_spans)
{
    struct buf buf = {0};
    *n_spans = 0;
    for (size_t i = 0; i < n; i++) {
        size_t from = buf.n;
        if (runs[i].flags & RUN_BREAK)
            buf_char(&buf, '\n');
        buf_str(&buf, runs[i].text);
        struct fake_span *last = *n_spans ? &spans[*n_spans - 1] : NULL;
        if (last && str_equal(last->link, runs[i].link) && str_equal(last->language, runs[i].language))
            last->to = buf.n;
        else
            spans[(*n_spans)++] = (struct fake_span){from, buf.n, runs[i].link, runs[i].language};
    }
    struct str flat = str_copy(arena, buf_view(&buf));
    buf_free(&buf);
    return flat;
}

void text_set(struct shaper *shaper, struct arena *arena, const struct run *runs, size_t n,
              const struct text_style *style, float measure, struct paragraph *out)
{
    (void)shaper;
    fake_sets++;
    struct fake_span *spans = ARENA_ARRAY(arena, n + 1, struct fake_span);
    size_t n_spans;
    struct str text = fake_flat(arena, runs, n, spans, &n_spans);
    *out = (struct paragraph){.ascent = style->size, .descent = 0};
    size_t room = 0;
    for (size_t at = 0; at < text.n; room++)
        fake_break(text, at, style->size, measure, &at);
    out->lines = ARENA_ARRAY(arena, room, struct line);
    for (size_t at = 0; at < text.n;) {
        size_t from = at, to = fake_break(text, at, style->size, measure, &at);
        fake_line(arena, text, from, to, style, measure, spans, n_spans, &out->lines[out->n++]);
    }
}

void text_measure(struct shaper *shaper, const struct run *runs, size_t n, const struct text_style *style,
                  float *widest, float *narrowest)
{
    (void)shaper;
    fake_measures++;
    *widest = *narrowest = 0;
    for (size_t i = 0; i < n; i++) {
        *widest += fake_width(runs[i].text, style->size);
        struct str rest = runs[i].text, word;
        while (str_field(&rest, ' ', &word)) {
            float width = fake_width(word, style->size);
            *narrowest = width > *narrowest ? width : *narrowest;
        }
    }
}

#endif
