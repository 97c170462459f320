#include "layout/text.h"

#include "layout/lines.h"
#include "layout/style.h"

#include <math.h>
#include <string.h>

/* One line's ops as they grow. */
struct setter {
    struct shaper *s;
    struct arena *arena;
    struct op *ops;
    size_t n;
    struct glyph *glyphs; /* of the line */
    size_t n_glyphs;
    double x;        /* pen */
    uint32_t op_end; /* byte offset where the open op's text ends */
    uint32_t op_look;
    const struct font *op_font;
    uint8_t op_place; /* of op_font in its role's list */
    const struct text_style *style;
    double measure, margin; /* points: the measure; where the line begins in it */
};

static const struct font *font_of_unit(const struct shaper *s, const struct unit *unit)
{
    return fonts_at(s->fonts, s->looks[unit->look].role, unit->font);
}

static uint32_t unit_end(const struct shaper *s, size_t i)
{
    return i + 1 < s->n ? s->units[i + 1].at : (uint32_t)s->text.n;
}

/* ---- ops ---- */

static struct op *open_op(struct setter *t, const struct unit *unit, const struct font *font)
{
    const struct look *look = &t->s->looks[unit->look];
    struct op *op = &t->ops[t->n++];
    *op = (struct op){.kind = OP_TEXT,
                      .x = (float)t->x,
                      .y = -look->raise,
                      .size = look->size,
                      .colour = look->colour,
                      .face = &font->face,
                      .text = {t->s->text.p + unit->at, 0},
                      .glyphs = t->glyphs + t->n_glyphs,
                      .link = look->link,
                      .language = look->language};
    t->op_look = unit->look;
    t->op_font = font;
    t->op_place = unit->font;
    return op;
}

static inline void add_glyph(struct setter *t, struct op *op, struct glyph glyph)
{
    t->glyphs[t->n_glyphs++] = glyph;
    op->n++;
    op->w += glyph.advance;
    t->x += (double)glyph.advance;
}

static void add_space(struct setter *t, struct op *op, float width, uint32_t cluster)
{
    add_glyph(t, op,
              (struct glyph){
                  .id = t->op_font->space, .natural = t->op_font->space_advance, .advance = width, .cluster = cluster});
}

/* Width of tab i: it ends where its stop wants the text behind it, up to the next tab or the line's end. */
static float tab_width(const struct setter *t, uint32_t i, uint32_t end, bool *dots)
{
    const struct shaper *s = t->s;
    double before = t->margin + t->x, width = 0, to_point = -1;
    const struct tab_stop *stop = tabs_next(t->style, before);
    for (uint32_t k = i + 1; k < end && s->units[k].cp != '\t'; k++) {
        if (to_point < 0 && tabs_point(s, k))
            to_point = width;
        width += (double)s->units[k].width + (double)s->units[k].gap;
    }
    *dots = stop && stop->dots;
    width = tabs_seen(t->style, width);
    to_point = to_point < 0 ? width : to_point;
    return (float)(tabs_place(stop, t->measure, before, (double)s->units[i].width, width, to_point) - before);
}

/* Dots on a grid of the measure, so that those of neighbouring lines stand under each other. A line is no text: nothing
 * of it is in a copy of the page. */
static void add_dots(struct setter *t, const struct op *op, float width)
{
    float em = op->size, period = 0.4f * em, dot = 0.085f * em, start = (float)(t->margin + t->x);
    float from = ceilf((start + 0.3f * em) / period) * period;
    float to = floorf((start + width - 0.3f * em - dot) / period) * period + dot;
    if (to - from < 2 * period)
        return;
    t->ops[t->n++] = (struct op){.kind = OP_LINE,
                                 .x = from - (float)t->margin,
                                 .y = -dot / 2,
                                 .w = to - from,
                                 .size = dot,
                                 .colour = op->colour,
                                 .dash = dot,
                                 .gap = period - dot,
                                 .artifact = true};
}

static void add_tab(struct setter *t, struct op *op, uint32_t i, uint32_t end, uint32_t cluster)
{
    bool dots;
    float width = tab_width(t, i, end, &dots);
    if (dots)
        add_dots(t, op, width);
    add_space(t, op, width, cluster);
}

static inline void add_plain(struct setter *t, struct op *op, const struct unit *unit, uint32_t cluster, float letter)
{
    add_glyph(t, op,
              (struct glyph){.id = (uint16_t)unit->glyph,
                             .natural = (uint16_t)unit->segment,
                             .advance = unit->width + letter,
                             .cluster = cluster});
}

/* What tracking has made of a shaped unit's width. */
static float tracked(const struct setter *t, const struct unit *unit, const struct word_glyph *glyphs, float scale)
{
    float natural = 0;
    if (t->style->tracking == 0)
        return 0;
    for (uint32_t g = 0; g < unit->glyphs; g++)
        natural += (float)glyphs[g].advance * scale;
    return unit->width - natural;
}

static void add_shaped(struct setter *t, struct op *op, const struct unit *unit, float letter)
{
    const struct segment *segment = &t->s->segments[unit->segment];
    uint32_t start = t->s->units[segment->first].at - (uint32_t)(op->text.p - t->s->text.p);
    const struct word_glyph *glyphs = &segment->word->glyphs[unit->glyph];
    float scale = op->size / (float)t->op_font->face.units;
    letter += tracked(t, unit, glyphs, scale);
    for (uint32_t g = 0; g < unit->glyphs; g++) {
        const struct word_glyph *from = &glyphs[g];
        float extra = g + 1 == unit->glyphs ? letter : 0;
        add_glyph(t, op,
                  (struct glyph){.id = from->id,
                                 .natural = from->natural,
                                 .advance = (float)from->advance * scale + extra,
                                 .dx = (float)from->dx * scale,
                                 .dy = (float)-from->dy * scale,
                                 .cluster = from->cluster + start});
    }
}

/* Row 14: the hyphen at a line's end says U+00AD, by which readers know that the word goes on (PDF 14.8.2.2.3). */
static bool add_hyphen(struct setter *t, uint32_t end)
{
    uint16_t id;
    float width;
    if (!spacing_hyphen(t->s, end, &id, &width))
        return false;
    const struct unit *unit = &t->s->units[end - 1];
    const struct font *font = font_of_unit(t->s, unit);
    struct op *op = open_op(t, unit, font);
    struct glyph *glyph = ARENA_NEW(t->arena, struct glyph);
    *glyph = (struct glyph){
        .id = id, .natural = (uint16_t)lroundf(width * (float)font->face.units / op->size), .advance = width};
    op->text = STR("\xc2\xad");
    op->glyphs = glyph;
    op->n = 1;
    op->w = width;
    t->x += (double)width;
    return true;
}

/* Between the last 어절 of a line and the text on the next one stands a blank, though it takes no room. */
static void add_blank(struct setter *t, struct op *op, uint32_t end)
{
    const struct unit *next = &t->s->units[end];
    if (end >= t->s->n || !(next->flags & (UNIT_SPACE | UNIT_NEWLINE) || next->level == BREAK_FORCED))
        return;
    op->blank = true;
    t->glyphs[t->n_glyphs++] =
        (struct glyph){.id = t->op_font->space,
                       .natural = t->op_font->space_advance,
                       .advance = (float)t->op_font->space_advance * op->size / (float)t->op_font->face.units,
                       .cluster = (uint32_t)op->text.n};
}

/* Ops of the line's text; an op takes in the spaces between its words. */
static void add_text(struct setter *t, const struct cut *cut)
{
    struct shaper *s = t->s;
    struct op *op = NULL;
    if (s->marks && cut->first < cut->end)
        t->x -= (double)spacing_at_start(s, cut->first);
    for (uint32_t i = cut->first; i < cut->end; i++) {
        const struct unit *unit = &s->units[i];
        if (unit->glyphs == 0 && !op)
            continue;
        if (!op || (unit->glyphs && (unit->look != t->op_look || unit->font != t->op_place)))
            op = open_op(t, unit, font_of_unit(s, unit));
        uint32_t cluster = unit->at - (uint32_t)(op->text.p - s->text.p);
        const struct unit *next = i + 1 < cut->end ? unit + 1 : NULL;
        float gap = next ? next->gap : 0, letter = gap + (next && next->flags & UNIT_SLOT ? cut->letter : 0);
        if (unit->flags & UNIT_SPACE && unit->cp == '\t' && cut->tabbed)
            add_tab(t, op, i, cut->end, cluster);
        else if (unit->flags & UNIT_SPACE)
            add_space(t, op, unit->width + gap + (unit->flags & UNIT_RIGID ? 0 : cut->space), cluster);
        else if (unit->flags & UNIT_PLAIN)
            add_plain(t, op, unit, cluster, letter);
        else if (unit->glyphs)
            add_shaped(t, op, unit, letter);
        op->text.n = unit_end(s, i) - (size_t)(op->text.p - s->text.p);
    }
    bool hyphen = s->marks && op && add_hyphen(t, cut->end);
    if (s->marks && op && !hyphen)
        t->x -= (double)spacing_at_end(s, cut->end - 1);
    if (op && !hyphen)
        add_blank(t, op, cut->end);
}

/* One active area for each stretch of neighbouring ops with one link, from ascent to descent. */
static void add_links(struct setter *t)
{
    size_t texts = t->n;
    for (size_t i = 0; i < texts; i++) {
        const struct op *op = &t->ops[i];
        if (op->link.n == 0)
            continue;
        float up = 0, down = 0, x = op->x, end = x;
        size_t next = i;
        for (; next < texts && str_equal(t->ops[next].link, op->link); next++) {
            const struct op *part = &t->ops[next];
            float em = part->size / (float)part->face->units;
            up = fmaxf(up, (float)part->face->ascent * em - part->y);
            down = fmaxf(down, (float)-part->face->descent * em + part->y);
            end = part->x + part->w;
        }
        t->ops[t->n++] = (struct op){.kind = OP_LINK, .x = x, .y = -up, .w = end - x, .h = up + down, .link = op->link};
        i = next - 1;
    }
}

/* ---- lines ---- */

static void count_line(const struct shaper *s, const struct cut *cut, size_t *glyphs, size_t *stretches)
{
    *glyphs = 0;
    *stretches = 1;
    for (uint32_t i = cut->first; i < cut->end; i++) {
        const struct unit *unit = &s->units[i];
        *glyphs += unit->glyphs;
        *stretches += cut->tabbed && unit->cp == '\t'; /* a leader */
        if (i > cut->first)
            *stretches += unit->look != s->units[i - 1].look || unit->font != s->units[i - 1].font;
    }
}

static void place_line(struct setter *t, const struct cut *cut)
{
    bool flush = cut->tabbed || (t->style->justify && !cut->last);
    float slack = (float)(t->measure - t->margin - t->x) + cut->hang;
    float x = (float)t->margin;
    if (!flush && slack > 0 && t->style->align != ALIGN_LEFT)
        x += t->style->align == ALIGN_RIGHT ? slack : slack / 2;
    for (size_t i = 0; i < t->n; i++)
        t->ops[i].x += x;
}

/* What the fonts of the line's text reach above and below its baseline. */
static void line_height(const struct line *line, float *ascent, float *descent)
{
    *ascent = *descent = 0;
    for (size_t i = 0; i < line->n; i++) {
        const struct op *op = &line->ops[i];
        if (op->kind != OP_TEXT)
            continue;
        float em = op->size / (float)op->face->units;
        *ascent = fmaxf(*ascent, (float)op->face->ascent * em - op->y);
        *descent = fmaxf(*descent, (float)-op->face->descent * em + op->y);
    }
}

/* Row 23: "least" makes room for what reaches out of the style's own leading. */
static void set_leading(struct line *line, const struct text_style *style)
{
    float ascent, descent, baseline = style_baseline(style);
    line->leading = style->leading;
    if (!style->leading_least)
        return;
    line_height(line, &ascent, &descent);
    line->above = fmaxf(ascent - baseline, 0);
    line->leading += line->above + fmaxf(descent - (style->leading - baseline), 0);
}

static void set_line(struct shaper *s, struct arena *arena, const struct text_style *style, float measure,
                     const struct cut *cut, struct line *out)
{
    size_t glyphs, stretches;
    count_line(s, cut, &glyphs, &stretches);
    struct setter t = {.s = s, .arena = arena, .style = style, .measure = (double)measure};
    t.margin = cut->indented ? fabs((double)style->indent) : 0;
    t.glyphs = ARENA_ARRAY(arena, glyphs + 1, struct glyph);    /* and the blank at its end */
    t.ops = ARENA_ARRAY(arena, 2 * (stretches + 1), struct op); /* texts, a hyphen, and their links */
    add_text(&t, cut);
    *out = (struct line){.width = (float)t.x, .looseness = cut->gap};
    out->ends = cut->last;
    out->cut_word = !cut->last && !(cut->end < s->n && s->units[cut->end].flags & UNIT_SPACE);
    add_links(&t);
    place_line(&t, cut);
    out->ops = t.ops;
    out->n = t.n;
    set_leading(out, style);
}

/* In the bytes of the text, which are ours, joined by itemize. */
static void put_for(struct shaper *s, struct str from, const char *to)
{
    for (size_t at = 0; (at = str_find(s->text, from, at)) != SIZE_MAX;)
        memcpy((char *)s->text.p + at, to, from.n);
}

/* What comes with the glyphs has no control characters: a tab is a space. Nor has it what no text of a PDF may hold:
 * U+0000 and U+FFFE (ISO 19005-3 6.2.11.7.2); U+FEFF is left out already. */
static void hide_controls(struct shaper *s)
{
    put_for(s, STR("\t"), " ");
    put_for(s, (struct str){"", 1}, " ");
    put_for(s, STR("\xef\xbf\xbe"), "\xef\xbf\xbd");
}

/* Row 5: after every cluster that shows something; none gets narrower than nothing. */
static void track(struct shaper *s, float tracking)
{
    for (size_t i = 0; tracking != 0 && i < s->n; i++)
        if (s->units[i].glyphs)
            s->units[i].width = fmaxf(s->units[i].width + tracking, 0);
}

static void prepare(struct shaper *s, struct arena *arena, const struct run *runs, size_t n,
                    const struct text_style *style)
{
    arena_reset(s->scratch);
    itemize(s, arena, runs, n, style);
    breaks_find(s);
    shape_segments(s);
    breaks_mark_slots(s);
    spacing_find(s);
    track(s, style->tracking);
    hide_controls(s);
}

void text_set(struct shaper *s, struct arena *arena, const struct run *runs, size_t n, const struct text_style *style,
              float measure, struct paragraph *out)
{
    prepare(s, arena, runs, n, style);
    size_t count;
    const struct cut *cuts = lines_cut(s, style, measure, &count);
    *out = (struct paragraph){.lines = ARENA_ARRAY(arena, count, struct line), .n = count};
    for (size_t i = 0; i < count; i++)
        set_line(s, arena, style, measure, &cuts[i], &out->lines[i]);
    float unused;
    if (count) {
        line_height(&out->lines[0], &out->ascent, &unused);
        line_height(&out->lines[count - 1], &unused, &out->descent);
    }
}

void text_measure(struct shaper *s, const struct run *runs, size_t n, const struct text_style *style, float *widest,
                  float *narrowest)
{
    prepare(s, s->scratch, runs, n, style);
    lines_measure(s, style, widest, narrowest);
}
