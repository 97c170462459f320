/* Inside the charts: what their kinds share. Each kind is a file, chart_KIND.c, that makes strips out of a chart.
 *
 *      chart.c        which kind, title, unit, keeping together, what is wrong with the values
 *      figure.c       numbers as text, ticks of an axis
 *      chart_text.c   text at a place: cut where it is too long, pushed apart where it would collide
 *      chart_class.c  values in classes, their shades and legend
 *      chart_look.c   colours, markers and dashes of series, shades of values
 */
#ifndef LAYOUT_CHART_H
#define LAYOUT_CHART_H
#include "layout/figure.h"
#include "layout/flow.h"

enum {
    CHART_SERIES = 8, /* that are told apart by colour, marker and dash; any more are grey */
    CHART_SHADES = 5, /* of tiles and cells, light to dark */
};

static const float chart_least_size =
    6.5F; /* points, of text that is made smaller; names in tiles may be smaller yet */

/* chart.c */

/* Is it a number that can be drawn? None, not finite, and more than 10¹⁸ are not. */
bool chart_has(const struct chart_value *value);
/* Least and largest drawable value of all series; false where there is none. */
bool chart_range(const struct chart *chart, double *low, double *high);
/* As printed: as written, or in the chart's form; "–" for none. */
struct str chart_value_text(struct layout *layout, const struct chart *chart, const struct chart_value *value);
/* A tick's text in the chart's form; in 만, 억, 조 where that is long. */
struct str chart_tick(struct layout *layout, const struct chart *chart, const struct axis *axis, size_t i);
struct str chart_series_name(const struct chart *chart, size_t series);
/* A strip of the chart; GLUE_NONE within a kept group still keeps. */
struct strip *chart_strip(struct layout *layout, float before, float height, enum glue glue);
/* The most that a strip may be high to stand under its title on one page, points. */
float chart_most_height(struct layout *layout);
/* How much lower a strip under its title must be to stand on what is left of the page. 0 where it does, and where that
 * is more than a quarter of `elastic`, its part that can be lower. */
float chart_lower(struct layout *layout, const struct chart *chart, float height, float elastic);
/* Warns of n values that are not in the picture, unless the chart's numbers stand in a table or are not wanted. */
void chart_unprinted(struct layout *layout, const struct chart *chart, size_t n);
/* The series of a chart that is more than it can tell apart: a warning. */
void chart_check_series(struct layout *layout, const struct chart *chart);

/* One kind each: strips from the top frame's x and measure. */
void chart_bars(struct layout *layout, const struct chart *chart);
void chart_stacked(struct layout *layout, const struct chart *chart);
void chart_lines(struct layout *layout, const struct chart *chart);
void chart_multiple(struct layout *layout, const struct chart *chart);
void chart_heat(struct layout *layout, const struct chart *chart);
void chart_slope(struct layout *layout, const struct chart *chart);
void chart_map(struct layout *layout, const struct chart *chart);

/* chart_text.c */

float chart_width(struct layout *layout, struct str text, const struct text_style *style);
/* The text, or as much of it as `room` points hold with "…" behind, and then a warning that names `what`. */
struct str chart_fit(struct layout *layout, const char *what, struct str text, const struct text_style *style,
                     float room);
/* "서울 12", or "12 서울"; only the name is cut where `room` is short. */
struct str chart_named(struct layout *layout, struct str name, struct str value, bool value_first,
                       const struct text_style *style, float room);
/* One line whose leading begins at y; x is its left end, middle or right end by `align`. Returns its width. */
float chart_put(struct layout *layout, struct strip *strip, struct str text, const struct text_style *style, float x,
                float y, enum align align);
/* Moves y[0 … n), which ascend, as little as possible (least squares) so that neighbours are `gap` apart and all lie in
 * [low, high]; where they cannot, they begin at low. Cost: linear. */
void chart_spread(float *y, size_t n, float gap, float low, float high);
/* The end of a line, and a text for it in a column beside the plot. */
struct chart_end {
    struct str text;
    float x, at; /* the end: from the page's left edge, from the strip's top */
    float y;     /* middle of the text, once it has a place */
    bool marked; /* the marker of `series` stands before the text */
    size_t series;
    bool led; /* a thin line leads to the text in any case, not only where it had to move */
};
/* Puts the texts in a column that begins (ALIGN_LEFT) or ends (ALIGN_RIGHT) at x, between low and high, none over
 * another, in the order given. Cost: n log n. */
void chart_put_ends(struct layout *layout, struct strip *strip, struct chart_end *ends, size_t n,
                    const struct text_style *style, float x, enum align align, float low, float high);
/* The style, made smaller (`least` points at least) where `widest`, the width of a text in it, is more than `room`. */
struct text_style chart_shrink(const struct text_style *style, float widest, float room, float least);
/* Swatches with names, in lines as long as the measure. */
void chart_legend(struct layout *layout, const struct colour *colours, const struct str *names, size_t n);

/* chart_class.c */

/* Values in classes, each with its shade; 0 stands apart from what is more. */
struct chart_classes {
    double limits[CHART_SHADES]; /* [n] lower ends */
    size_t n;
    double largest;
    int decimals;  /* of the limits in the legend */
    bool whole;    /* all values are whole numbers */
    bool exact;    /* there are one or two values, each a class */
    bool has_zero; /* … and none is negative: 0 is no class, but has the lightest grey */
};
/* Makes classes for n values, in any order (they are sorted). Each number is one, where there are few; else steps of
 * one width; or, where most values are small beside the largest, steps that widen: 1, 2, 5, 10 … */
void chart_classify(struct chart_classes *classes, double *values, size_t n);
struct colour chart_ground(const struct layout *layout, const struct chart_classes *classes, double value);
void chart_class_legend(struct layout *layout, const struct chart_classes *classes, enum figure_form form);

/* chart_look.c */

struct colour chart_colour(const struct layout *layout, size_t series);
double colour_luminance(struct colour colour);                        /* 0 … 1: WCAG 2.2, relative luminance */
double colour_contrast(struct colour a, struct colour b);             /* 1 … 21: WCAG 2.2 */
struct colour chart_shade(const struct layout *layout, size_t shade); /* 0 = lightest … CHART_SHADES - 1 */
/* The sheet's dark or white, what reads better; black or white where neither has a contrast of 4.5. */
struct colour chart_ink(const struct layout *layout, struct colour ground);
void chart_marker(struct layout *layout, struct strip *strip, size_t series, float x, float y, float size);
/* A line through n points in the series' colour; `dashed` where no markers tell the series apart. */
void chart_path(struct layout *layout, struct strip *strip, size_t series, const struct corner *points, size_t n,
                float width, bool dashed);
void chart_rule(struct layout *layout, struct strip *strip, float x, float y, float w, float h, struct colour colour);

#endif
