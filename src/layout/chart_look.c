/* How series and values look: told apart in colour, in grey print and by eyes that see fewer colours. */
#include "layout/chart.h"

#include <math.h>

struct colour chart_colour(const struct layout *layout, size_t series)
{
    return series < CHART_SERIES ? layout->sheet->palette.series[series] : layout->sheet->palette.gray_30;
}

static double linear(uint8_t channel)
{
    double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

double colour_luminance(struct colour colour)
{
    return 0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b);
}

double colour_contrast(struct colour a, struct colour b)
{
    double x = colour_luminance(a), y = colour_luminance(b);
    return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}

struct colour chart_shade(const struct layout *layout, size_t shade)
{
    const struct palette *palette = &layout->sheet->palette;
    const struct colour shades[CHART_SHADES] = {palette->primary_10, palette->primary_30, palette->primary_40,
                                                palette->primary_60, palette->primary_80};
    return shades[shade < CHART_SHADES ? shade : CHART_SHADES - 1];
}

struct colour chart_ink(const struct layout *layout, struct colour ground)
{
    const double enough = 4.5; /* WCAG 2.2, 1.4.3; on any ground black or white has it */
    const struct palette *palette = &layout->sheet->palette;
    const struct colour inks[4] = {palette->gray_90, palette->gray_0, {0, 0, 0}, {255, 255, 255}};
    size_t best = 0;
    for (size_t i = 1; i < 4 && (i < 2 || colour_contrast(inks[best], ground) < enough); i++)
        if (colour_contrast(inks[i], ground) > colour_contrast(inks[best], ground))
            best = i;
    return inks[best];
}

void chart_rule(struct layout *layout, struct strip *strip, float x, float y, float w, float h, struct colour colour)
{
    strip_op(layout, strip,
             (struct op){.kind = OP_LINE,
                         .x = x,
                         .y = y,
                         .w = w,
                         .h = h,
                         .size = layout->sheet->distance.hairline,
                         .colour = colour,
                         .artifact = true});
}

/* A disc, a square, a triangle, a diamond; then the same four hollow. */
void chart_marker(struct layout *layout, struct strip *strip, size_t series, float x, float y, float size)
{
    static const struct corner shapes[4][4] = {
        {{0, 0}},
        {{-0.45F, -0.45F}, {0.45F, -0.45F}, {0.45F, 0.45F}, {-0.45F, 0.45F}},
        {{0, -0.6F}, {0.6F, 0.45F}, {-0.6F, 0.45F}},
        {{0, -0.65F}, {0.65F, 0}, {0, 0.65F}, {-0.65F, 0}},
    };
    static const size_t corners[4] = {1, 4, 3, 4};
    size_t shape = series % 4, n = corners[shape];
    bool hollow = series >= 4;
    struct corner *points = ARENA_ARRAY(flow_arena(layout), n, struct corner);
    for (size_t i = 0; i < n; i++)
        points[i] = (struct corner){shapes[shape][i].x * size, shapes[shape][i].y * size};
    strip_op(layout, strip,
             (struct op){.kind = OP_PATH,
                         .x = x,
                         .y = y,
                         .w = size,
                         .corners = points,
                         .n = n,
                         .filled = true,
                         .closed = true,
                         .colour = hollow ? layout->sheet->palette.gray_0 : chart_colour(layout, series),
                         .size = hollow ? 1 : 0.5F,
                         .stroke = hollow ? chart_colour(layout, series) : layout->sheet->palette.gray_0,
                         .artifact = true});
}

void chart_path(struct layout *layout, struct strip *strip, size_t series, const struct corner *points, size_t n,
                float width, bool dashed)
{
    static const float dashes[CHART_SERIES][2] = {{0, 0}, {5, 2}, {1.5F, 1.5F}, {9, 2},
                                                  {3, 3}, {7, 4}, {1, 3},       {12, 4}};
    const float *dash = dashes[series < CHART_SERIES && dashed ? series : 0];
    strip_op(layout, strip,
             (struct op){.kind = OP_PATH,
                         .corners = points,
                         .n = n,
                         .size = width,
                         .stroke = chart_colour(layout, series),
                         .dash = dash[0],
                         .gap = dash[1],
                         .artifact = true});
}
