/* Horizontal bars: label, bar, value at its end; and bars of segments, one a series, with their sum at the end. Legible
 * in grey print, because every bar says its figure. */
#include "layout/chart.h"

#include <math.h>

enum {
    MANY_BARS = 10, /* more than these stand closer together */
    LABEL_LINES = 2,
};

static const float label_gap = 8, value_gap = 6, axis_width = 0.75F, most_label = 0.35F, most_value = 0.25F;

/*      label ▕ values left of 0 ▕ bars ▕ values
 *            x                  zero                          points from the page's left edge */
struct bars {
    const struct chart *chart;
    float label_width, value_width;
    float zero;     /* left edge of the axis */
    double unit;    /* points a unit of value */
    float row, bar; /* heights: closer where there are many */
    size_t unprinted;
};

static float label_width(struct layout *layout, const struct chart *chart)
{
    float widest = 0;
    for (size_t i = 0; i < chart->n; i++)
        widest = fmaxf(widest, chart_width(layout, chart->rows[i].label, flow_style(layout, STYLE_CHART_LABEL)));
    return fminf(widest, flow_top(layout)->measure * most_label);
}

/* Places the axis and the scale for values in [low, high]; low ≤ 0 ≤ high. */
static void place_axis(struct layout *layout, struct bars *bars, double low, double high)
{
    const struct frame *top = flow_top(layout);
    float left = low < 0 ? bars->value_width + value_gap : 0;
    float x = bars->label_width + label_gap + left;
    float room = fmaxf(top->measure - x - axis_width - bars->value_width - value_gap, 0);
    double range = high - low;
    bars->unit = range > 1e-300 ? (double)room / range : 0;
    bars->zero = top->x + x + (float)(-low * bars->unit);
}

static struct bars fit(struct layout *layout, const struct chart *chart)
{
    const bool many = chart->n > MANY_BARS;
    return (struct bars){
        .chart = chart, .label_width = label_width(layout, chart), .row = many ? 16 : 20, .bar = many ? 10 : 12};
}

/* The label in at most two lines, right beside the axis; the strip is as high as it needs. */
static struct strip *begin_row(struct layout *layout, const struct bars *bars, size_t i)
{
    const struct chart *chart = bars->chart;
    const struct text_style *style = flow_style(layout, STYLE_CHART_LABEL);
    struct paragraph label;
    flow_set_plain(layout, str_head(chart->rows[i].label, 2000), style, bars->label_width, &label);
    if (label.n > LABEL_LINES)
        flow_set_plain(layout, chart_fit(layout, "label", chart->rows[i].label, style, bars->label_width - 1), style,
                       bars->label_width, &label);
    float text_height = (float)label.n * style->leading;
    float height = label.n > 1 ? text_height + 4 : bars->row;
    enum glue glue = i == 1 || (i && i + 1 == chart->n) ? GLUE_HARD : GLUE_NONE;
    struct strip *strip = chart_strip(layout, 0, height, glue);
    strip_lines(layout, strip, &label, 0, LABEL_LINES, style, flow_top(layout)->x, (height - text_height) / 2);
    return strip;
}

static void put_link(struct layout *layout, struct strip *strip, const struct chart_row *row)
{
    if (row->link.n)
        strip_op(layout, strip,
                 (struct op){.kind = OP_LINK,
                             .x = flow_top(layout)->x,
                             .w = flow_top(layout)->measure,
                             .h = strip->height,
                             .text = row->label,
                             .link = row->link});
}

static void put_value(struct layout *layout, struct strip *strip, const struct bars *bars, struct str text, float x,
                      enum align align)
{
    const struct text_style *style = flow_style(layout, STYLE_CHART_VALUE);
    text = chart_fit(layout, "value", text, style, bars->value_width);
    chart_put(layout, strip, text, style, x, (strip->height - style->leading) / 2, align);
}

static void put_bar(struct layout *layout, struct bars *bars, size_t i)
{
    const struct chart_row *row = &bars->chart->rows[i];
    const struct chart_value *value = row->values;
    struct strip *strip = begin_row(layout, bars, i);
    double size = chart_has(value) ? value->number * bars->unit : 0;
    float length = (float)fabs(size), start = bars->zero + (size < 0 ? -length : axis_width);
    if (length > 0)
        strip_rect(layout, strip, start, (strip->height - bars->bar) / 2, length, bars->bar,
                   size < 0 ? layout->sheet->palette.danger_50 : layout->sheet->palette.primary_50);
    struct str text = chart_value_text(layout, bars->chart, value);
    if (size < 0)
        put_value(layout, strip, bars, text, start - value_gap, ALIGN_RIGHT);
    else
        put_value(layout, strip, bars, text, start + length + value_gap, ALIGN_LEFT);
    put_link(layout, strip, row);
}

/* The axis is a rule beside all rows: on each page from the first to the last. */
static void put_rows(struct layout *layout, struct bars *bars, void (*put)(struct layout *, struct bars *, size_t))
{
    struct decor *outer = flow_top(layout)->decor;
    flow_top(layout)->decor = flow_decor(layout, outer, bars->zero, axis_width, layout->sheet->palette.gray_20);
    for (size_t i = 0; i < bars->chart->n; i++)
        put(layout, bars, i);
    flow_top(layout)->decor = outer;
}

static void widen_values(struct layout *layout, struct bars *bars, struct str text)
{
    float width = chart_width(layout, text, flow_style(layout, STYLE_CHART_VALUE));
    bars->value_width = fminf(fmaxf(bars->value_width, width), flow_top(layout)->measure * most_value);
}

void chart_bars(struct layout *layout, const struct chart *chart)
{
    struct bars bars = fit(layout, chart);
    double low = 0, high = 0;
    for (size_t i = 0; i < chart->n; i++)
        widen_values(layout, &bars, chart_value_text(layout, chart, chart->rows[i].values));
    if (chart_range(chart, &low, &high)) {
        low = fmin(low, 0);
        high = fmax(high, 0);
    }
    place_axis(layout, &bars, low, high);
    put_rows(layout, &bars, put_bar);
}

/* --- segments --- */

static double segment(const struct chart_value *value)
{
    return chart_has(value) && value->number > 0 ? value->number : 0;
}

/* The sum of what is drawn, with as many decimals as its parts have; "–" where there is nothing. */
static struct str sum_text(struct layout *layout, const struct chart *chart, size_t i, double *sum)
{
    bool any = false;
    size_t decimals = 0;
    *sum = 0;
    for (size_t s = 0; s < chart->n_series; s++) {
        const struct chart_value *value = &chart->rows[i].values[s];
        any = any || chart_has(value);
        *sum += segment(value);
        size_t point = str_find(value->text, STR("."), 0);
        if (point != SIZE_MAX && value->text.n - point - 1 > decimals)
            decimals = value->text.n - point - 1;
    }
    enum figure_form form = chart->form == FIGURE_AS_WRITTEN ? FIGURE_COMMA : chart->form;
    return any ? figure_text(flow_arena(layout), *sum, form, decimals < 6 ? (int)decimals : 6) : STR("–");
}

static void put_segments(struct layout *layout, struct bars *bars, size_t i)
{
    const struct chart *chart = bars->chart;
    const struct chart_row *row = &chart->rows[i];
    struct text_style style = *flow_style(layout, STYLE_CHART_VALUE);
    struct strip *strip = begin_row(layout, bars, i);
    float x = bars->zero + axis_width, y = (strip->height - bars->bar) / 2;
    for (size_t s = 0; s < chart->n_series; s++) {
        const struct chart_value *value = &row->values[s];
        float length = (float)(segment(value) * bars->unit);
        if (length <= 0)
            continue;
        struct colour ground = chart_colour(layout, s);
        struct str text = chart_value_text(layout, chart, value);
        float part = length > 1.5F ? length - 0.5F : length; /* a gap tells neighbours apart in any print */
        strip_rect(layout, strip, x, y, part, bars->bar, ground);
        style.colour = chart_ink(layout, ground);
        if (chart_width(layout, text, &style) + 2 <= part)
            chart_put(layout, strip, text, &style, x + part / 2, (strip->height - style.leading) / 2, ALIGN_CENTER);
        else
            bars->unprinted++;
        x += length;
    }
    double sum;
    put_value(layout, strip, bars, sum_text(layout, chart, i, &sum), x + value_gap, ALIGN_LEFT);
}

static void series_legend(struct layout *layout, const struct chart *chart)
{
    struct colour colours[CHART_SERIES];
    struct str names[CHART_SERIES];
    size_t n = 0;
    for (; n < chart->n_series && n < CHART_SERIES; n++) {
        colours[n] = chart_colour(layout, n);
        names[n] = chart_series_name(chart, n);
    }
    chart_legend(layout, colours, names, n);
}

void chart_stacked(struct layout *layout, const struct chart *chart)
{
    struct bars bars = fit(layout, chart);
    double largest = 0, sum;
    for (size_t i = 0; i < chart->n; i++) {
        widen_values(layout, &bars, sum_text(layout, chart, i, &sum));
        largest = fmax(largest, sum);
    }
    chart_check_series(layout, chart);
    place_axis(layout, &bars, 0, largest);
    series_legend(layout, chart);
    put_rows(layout, &bars, put_segments);
    chart_unprinted(layout, chart, bars.unprinted);
}
