/* Text at a place in a chart. */
#include "base/mem.h"
#include "base/utf8.h"
#include "layout/chart.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_BYTES = 1500 }; /* more than any line of a page shows */

static const float hair = 0.05F; /* rounding in the shaper must not push a word to a second line */

float chart_width(struct layout *layout, struct str text, const struct text_style *style)
{
    struct run run = {.text = str_head(text, MOST_BYTES)};
    return text.n ? flow_width(layout, &run, 1, style, NULL) + hair : 0;
}

/* Characters that stay with the one before them. */
static bool clings(uint32_t c)
{
    return (c >= 0x300 && c <= 0x36f) || (c >= 0x1160 && c <= 0x11ff) || c == 0x200d || (c >= 0x3099 && c <= 0x309a) ||
           (c >= 0xd7b0 && c <= 0xd7ff) || (c >= 0xfe00 && c <= 0xfe0f);
}

/* The last place at or before `at` where a character ends with all that clings to it. */
static size_t whole(struct str text, size_t at)
{
    size_t n = str_head(text, at).n;
    for (size_t next = n; n && next < text.n && clings(utf8_next(text, &next));) {
        utf8_previous(text, &n);
        next = n;
    }
    return n;
}

static struct str with_dots(struct layout *layout, struct str text, size_t n)
{
    return str_from(arena_printf(flow_arena(layout), STR_FMT "…", STR_ARG(str_trim(str_slice(text, 0, n)))));
}

struct str chart_fit(struct layout *layout, const char *what, struct str text, const struct text_style *style,
                     float room)
{
    if (text.n <= MOST_BYTES && chart_width(layout, text, style) <= room)
        return text;
    flow_warn(layout, "chart-cut", "the %s of a chart is too long and was cut: " STR_FMT, what,
              STR_ARG(str_head(text, 60)));
    size_t fits = 0, too_long = text.n < MOST_BYTES ? text.n : MOST_BYTES;
    while (fits + 1 < too_long) {
        size_t middle = fits + (too_long - fits) / 2;
        if (chart_width(layout, with_dots(layout, text, whole(text, middle)), style) <= room)
            fits = middle;
        else
            too_long = middle;
    }
    fits = whole(text, fits);
    return fits || chart_width(layout, STR("…"), style) <= room ? with_dots(layout, text, fits) : STR("");
}

struct str chart_named(struct layout *layout, struct str name, struct str value, bool value_first,
                       const struct text_style *style, float room)
{
    struct arena *arena = flow_arena(layout);
    value = chart_fit(layout, "value", value, style, room);
    float left = room - chart_width(layout, value, style) - chart_width(layout, STR(" "), style) + 3 * hair;
    name = chart_fit(layout, "label", name, style, fmaxf(left, 0));
    if (!name.n)
        return value;
    struct str parts[2] = {value_first ? value : name, value_first ? name : value};
    return str_from(arena_printf(arena, STR_FMT " " STR_FMT, STR_ARG(parts[0]), STR_ARG(parts[1])));
}

struct text_style chart_shrink(const struct text_style *style, float widest, float room, float least)
{
    struct text_style small = *style;
    if (widest > room)
        small.size = fmaxf(fminf(style->size, least), style->size * room / widest);
    return small;
}

float chart_put(struct layout *layout, struct strip *strip, struct str text, const struct text_style *style, float x,
                float y, enum align align)
{
    float width = chart_width(layout, text, style);
    struct text_style plain = *style;
    struct paragraph line;
    plain.align = ALIGN_LEFT;
    plain.justify = false;
    plain.indent = 0;
    flow_set_plain(layout, text, &plain, width, &line);
    if (align != ALIGN_LEFT)
        x -= align == ALIGN_RIGHT ? width : width / 2;
    strip_lines(layout, strip, &line, 0, 1, &plain, x, y);
    return width;
}

/* Neighbours that touch are one block, which stands where the mean of its members wants it: pool adjacent violators. */
void chart_spread(float *y, size_t n, float gap, float low, float high)
{
    struct block_of {
        double sum; /* of what its members want for its first one */
        size_t n;
    } *blocks = mem_alloc(mem_mul(n + 1, sizeof *blocks));
    size_t made = 0;
    const double most = fmax(low, (double)high - (n ? (double)gap * (double)(n - 1) : 0));
    for (size_t i = 0; i < n; i++) {
        /* with i gaps taken off, "gap apart" is "in order", and the limits are the same for all */
        blocks[made++] = (struct block_of){fmin(fmax((double)y[i] - (double)gap * (double)i, low), most), 1};
        for (; made > 1 &&
               blocks[made - 2].sum / (double)blocks[made - 2].n > blocks[made - 1].sum / (double)blocks[made - 1].n;
             made--) {
            blocks[made - 2].sum += blocks[made - 1].sum;
            blocks[made - 2].n += blocks[made - 1].n;
        }
    }
    for (size_t b = 0, i = 0; b < made; b++)
        for (size_t k = 0; k < blocks[b].n; k++, i++)
            y[i] = (float)(blocks[b].sum / (double)blocks[b].n + (double)gap * (double)i);
    mem_free(blocks);
}

static int by_height(const void *a, const void *b)
{
    const struct chart_end *left = *(struct chart_end *const *)a, *right = *(struct chart_end *const *)b;
    int order = (left->at > right->at) - (left->at < right->at);
    return order ? order : (left > right) - (left < right);
}

/* Where each text stands: beside its end, or as near as the others let it. */
static void spread_ends(struct chart_end *ends, size_t n, float gap, float low, float high)
{
    struct chart_end **order = mem_alloc(mem_mul(n + 1, sizeof(struct chart_end *)));
    float *y = mem_alloc(mem_mul(n + 1, sizeof *y));
    for (size_t i = 0; i < n; i++)
        order[i] = &ends[i];
    if (n)
        qsort(order, n, sizeof(struct chart_end *), by_height);
    for (size_t i = 0; i < n; i++)
        y[i] = order[i]->at;
    chart_spread(y, n, gap, low, high);
    for (size_t i = 0; i < n; i++)
        order[i]->y = y[i];
    mem_free(order);
    mem_free(y);
}

void chart_put_ends(struct layout *layout, struct strip *strip, struct chart_end *ends, size_t n,
                    const struct text_style *style, float x, enum align align, float low, float high)
{
    const float half = style->leading / 2, side = align == ALIGN_LEFT ? 1 : -1;
    spread_ends(ends, n, style->leading, low + half, high - half);
    for (size_t i = 0; i < n; i++) {
        const struct chart_end *end = &ends[i];
        const float from = end->x + side * 4, to = x - side * 2;
        if (end->led || fabsf(end->y - end->at) > 2)
            chart_rule(layout, strip, from, end->at, to - from, end->y - end->at, layout->sheet->palette.gray_30);
        if (end->marked)
            chart_marker(layout, strip, end->series, x + side * 3, end->y, 5);
        chart_put(layout, strip, end->text, style, x + (end->marked ? side * 9 : 0), end->y - half, align);
    }
}

void chart_legend(struct layout *layout, const struct colour *colours, const struct str *names, size_t n)
{
    const struct text_style *style = flow_style(layout, STYLE_CHART_VALUE);
    const struct frame *top = flow_top(layout);
    const float swatch = 8, gap = 4, after = 14;
    struct strip *strip = NULL;
    float x = 0;
    for (size_t i = 0; i < n; i++) {
        struct str name = chart_fit(layout, "legend", names[i], style, top->measure - swatch - gap);
        float width = swatch + gap + chart_width(layout, name, style);
        if (!strip || x + width > top->measure) {
            strip = chart_strip(layout, 0, style->leading, GLUE_NONE);
            layout->keep_next = true;
            x = 0;
        }
        strip_rect(layout, strip, top->x + x, (style->leading - swatch) / 2, swatch, swatch, colours[i]);
        chart_put(layout, strip, name, style, top->x + x + swatch + gap, 0, ALIGN_LEFT);
        x += width + after;
    }
    if (strip)
        layout->space = 6;
}
