/* Small multiples: a panel a series, all on one scale, side by side in rows. */
#include "layout/chart.h"

#include <math.h>

/*      ticks ▏ name           ▏ name           ▏      `across` panels of `width`, `gap` between
 *            ▏ lines or bars  ▏                ▏      plot_height
 *            ▏ first … last   ▏                ▏                      points */
struct panels {
    const struct chart *chart;
    const struct text_style *style;
    struct text_style title;
    struct axis axis; /* without ticks where every value has its number */
    double low, high;
    float left, width, step;
    float value_room; /* of the last value, right of its point */
    size_t across;
    bool numbers; /* every value stands above its point */
};

enum { MOST_ACROSS = 4 };

static const float gap = 14, plot_height = 46, least_width = 105, tick_gap = 4;

static void fit_axis(struct panels *panels)
{
    chart_range(panels->chart, &panels->low, &panels->high);
    if (panels->chart->columns || panels->chart->zero != ZERO_NO) {
        panels->low = fmin(panels->low, 0);
        panels->high = fmax(panels->high, 0);
    }
    panels->axis = axis_fit(panels->low, panels->high, 2);
}

/* As many side by side as are wide enough, in rows of equal length. */
static size_t fit_across(const struct chart *chart, float room)
{
    size_t most = chart->across;
    if (!most) {
        most = (size_t)fmaxf((room + gap) / (least_width + gap), 1);
        most = most > MOST_ACROSS ? MOST_ACROSS : most;
    }
    size_t rows = (chart->n_series + most - 1) / most;
    return (chart->n_series + rows - 1) / rows;
}

/* Panels right of a column for ticks. */
static void fit_width(struct panels *panels, const struct frame *top, float ticks)
{
    panels->left = top->x + ticks;
    panels->across = fit_across(panels->chart, top->measure - ticks);
    panels->width = (top->measure - ticks + gap) / (float)panels->across - gap;
}

static void fit(struct layout *layout, struct panels *panels)
{
    const struct chart *chart = panels->chart;
    const struct frame *top = flow_top(layout);
    float ticks = 0, values = 0;
    for (size_t i = 0; i < panels->axis.n; i++) {
        struct str tick = chart_tick(layout, chart, &panels->axis, i);
        ticks = fmaxf(ticks, chart_width(layout, tick, panels->style));
    }
    for (size_t i = 0; i < chart->n; i++)
        for (size_t s = 0; s < chart->n_series; s++)
            values = fmaxf(
                values, chart_width(layout, chart_value_text(layout, chart, &chart->rows[i].values[s]), panels->style));
    fit_width(panels, top, 0);
    panels->numbers = (values + 2) * (float)chart->n <= panels->width;
    if (!panels->numbers)
        fit_width(panels, top, fminf(ticks, top->measure * 0.25F) + tick_gap);
    if (panels->numbers && panels->low < panels->high) /* they say it: no ticks, and all of the height is used */
        panels->axis = (struct axis){.low = panels->low, .high = panels->high, .step = 1};
    else if (panels->numbers)
        panels->axis.n = 0; /* all equal */
    panels->value_room = panels->numbers ? 0 : fminf(values + 3, panels->width / 3);
    panels->step = (panels->width - panels->value_room) / (float)chart->n;
}

static float value_y(const struct panels *panels, float top, double value)
{
    return top + plot_height * (float)(1 - axis_place(&panels->axis, value));
}

static void put_grid(struct layout *layout, struct strip *strip, const struct panels *panels, float x, float top,
                     bool ticks)
{
    const struct palette *palette = &layout->sheet->palette;
    const float width = panels->step * (float)panels->chart->n, right = x - tick_gap;
    for (size_t i = 0; i < panels->axis.n; i++) {
        float y = value_y(panels, top, panels->axis.low + (double)i * panels->axis.step);
        chart_rule(layout, strip, x, y, width, 0, palette->gray_20);
        if (!ticks)
            continue;
        struct str tick = chart_fit(layout, "axis", chart_tick(layout, panels->chart, &panels->axis, i), panels->style,
                                    right - flow_top(layout)->x + 0.1F);
        chart_put(layout, strip, tick, panels->style, right, y - panels->style->leading / 2, ALIGN_RIGHT);
    }
    chart_rule(layout, strip, x, value_y(panels, top, 0), width, 0, palette->gray_50);
}

static void put_bar(struct layout *layout, struct strip *strip, const struct panels *panels, struct corner point,
                    float zero, bool last)
{
    float width = fmaxf(panels->step * 0.7F, fminf(panels->step, 0.5F));
    float height = fabsf(point.y - zero);
    if (height > 0)
        strip_rect(layout, strip, point.x - width / 2, fminf(point.y, zero), width, height,
                   last ? chart_colour(layout, 0) : layout->sheet->palette.primary_30);
}

/* The points of one panel, as bars or as lines between gaps. */
static void put_points(struct layout *layout, struct strip *strip, const struct panels *panels, size_t series, float x,
                       float top)
{
    const struct chart *chart = panels->chart;
    struct corner *points = ARENA_ARRAY(flow_arena(layout), chart->n, struct corner);
    float zero = value_y(panels, top, 0);
    for (size_t i = 0, from = 0; i <= chart->n; i++) {
        const struct chart_value *value = i < chart->n ? &chart->rows[i].values[series] : NULL;
        if (value && chart_has(value)) {
            points[i] = (struct corner){x + ((float)i + 0.5F) * panels->step, value_y(panels, top, value->number)};
            if (chart->columns)
                put_bar(layout, strip, panels, points[i], zero, i + 1 == chart->n);
            continue;
        }
        if (i - from > 1 && !chart->columns)
            chart_path(layout, strip, 0, points + from, i - from, 1.25F, false);
        else if (i - from == 1 && !chart->columns)
            chart_marker(layout, strip, 0, points[from].x, points[from].y, 3);
        from = i + 1;
    }
}

/* All values above their points, or the last one on the height of its point. */
static size_t put_values(struct layout *layout, struct strip *strip, const struct panels *panels, size_t series,
                         float x, float top)
{
    const struct chart *chart = panels->chart;
    const float leading = panels->style->leading;
    size_t left_out = 0;
    for (size_t i = 0; i < chart->n; i++) {
        const struct chart_value *value = &chart->rows[i].values[series];
        bool last = i + 1 == chart->n;
        float y = value_y(panels, top, chart_has(value) ? value->number : 0), at = x + ((float)i + 0.5F) * panels->step;
        if (panels->numbers)
            chart_put(layout, strip, chart_value_text(layout, chart, value), panels->style, at, y - leading - 1,
                      ALIGN_CENTER);
        else if (last)
            chart_put(
                layout, strip,
                chart_fit(layout, "value", chart_value_text(layout, chart, value), panels->style, panels->value_room),
                panels->style, at + panels->step / 2 + 2, y - leading / 2, ALIGN_LEFT); /* beside all rules */
        else
            left_out += chart_has(value);
        if (last && chart_has(value) && !chart->columns)
            chart_marker(layout, strip, 0, at, y, 3.5F);
    }
    return left_out;
}

/* The first and the last row's name, under their points where a step has room; only the last where there is no room for
 * both. */
static void put_names(struct layout *layout, struct strip *strip, const struct panels *panels, float x, float y)
{
    const struct chart *chart = panels->chart;
    struct str first = chart->rows[0].label;
    struct str last = chart_fit(layout, "label", chart->rows[chart->n - 1].label, panels->style, panels->width);
    const float width = panels->step * (float)chart->n, first_width = chart_width(layout, first, panels->style);
    const float last_width = chart_width(layout, last, panels->style);
    if (chart->n > 1 && first_width + last_width + 6 <= width)
        chart_put(layout, strip, first, panels->style, x + fmaxf(panels->step - first_width, 0) / 2, y, ALIGN_LEFT);
    chart_put(layout, strip, last, panels->style,
              x + fmaxf(width - fmaxf(panels->step - last_width, 0) / 2, last_width), y, ALIGN_RIGHT);
}

static size_t put_row(struct layout *layout, const struct panels *panels, size_t from)
{
    const struct chart *chart = panels->chart;
    const float leading = panels->style->leading, top = panels->title.leading + (panels->numbers ? leading : 0) + 4;
    struct strip *strip = chart_strip(layout, from ? 10 : 0, top + plot_height + leading + 2, GLUE_NONE);
    size_t left_out = 0;
    for (size_t i = 0; i < panels->across && from + i < chart->n_series; i++) {
        float x = panels->left + (float)i * (panels->width + gap);
        struct str name =
            chart_fit(layout, "series name", chart_series_name(chart, from + i), &panels->title, panels->width);
        chart_put(layout, strip, name, &panels->title, x, 0, ALIGN_LEFT);
        put_grid(layout, strip, panels, x, top, i == 0);
        put_points(layout, strip, panels, from + i, x, top);
        left_out += put_values(layout, strip, panels, from + i, x, top);
        put_names(layout, strip, panels, x, top + plot_height + 2);
    }
    return left_out;
}

void chart_multiple(struct layout *layout, const struct chart *chart)
{
    struct panels panels = {
        .chart = chart, .style = flow_style(layout, STYLE_CHART_AXIS), .title = *flow_style(layout, STYLE_CHART_LABEL)};
    size_t left_out = 0;
    fit_axis(&panels);
    fit(layout, &panels);
    for (size_t from = 0; from < chart->n_series; from += panels.across)
        left_out += put_row(layout, &panels, from);
    chart_unprinted(layout, chart, left_out);
}
