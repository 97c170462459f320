/* A slope chart: from the first series to the last, a line a row; the row's name and value at both ends. */
#include "layout/chart.h"

#include <math.h>

struct slope {
    const struct chart *chart;
    const struct text_style *style;
    struct axis axis;
    size_t series[2];
    size_t n;   /* rows that have names: as many as stand one below another */
    float x[2]; /* the two columns, from the page's left edge */
    float room; /* of a name on either side */
    float top, bottom;
};

static const float end_gap = 12, widest_plot = 260, least_plot = 12, most_room = 0.36F;

static float value_y(const struct slope *slope, double value)
{
    return slope->bottom - (float)axis_place(&slope->axis, value) * (slope->bottom - slope->top);
}

static const struct chart_value *value_of(const struct slope *slope, size_t row, int side)
{
    return &slope->chart->rows[row].values[slope->series[side]];
}

/* Name and value on one side, the value next to the plot. */
static struct str end_text(struct layout *layout, const struct slope *slope, size_t row, int side, float room)
{
    return chart_named(layout, slope->chart->rows[row].label,
                       chart_value_text(layout, slope->chart, value_of(slope, row, side)), side, slope->style, room);
}

static void fit(struct layout *layout, struct slope *slope)
{
    const struct frame *top = flow_top(layout);
    float widest = 0;
    for (size_t i = 0; i < slope->n; i++)
        for (int side = 0; side < 2; side++)
            widest = fmaxf(widest, chart_width(layout, end_text(layout, slope, i, side, HUGE_VALF), slope->style));
    slope->room = fminf(widest, fminf(top->measure * most_room, (top->measure - least_plot) / 2 - end_gap));
    slope->room = fmaxf(slope->room, 0);
    float plot = fminf(top->measure - 2 * (slope->room + end_gap), widest_plot);
    slope->x[0] = top->x + (top->measure - plot) / 2;
    slope->x[1] = slope->x[0] + plot;
}

/* Rising: the first colour; falling: the second, dashed; neither, or nameless: grey. */
static size_t look_of(const struct slope *slope, size_t row)
{
    const struct chart_value *from = value_of(slope, row, 0), *to = value_of(slope, row, 1);
    if (row >= slope->n || !chart_has(from) || !chart_has(to) || from->number == to->number)
        return CHART_SERIES;
    return to->number > from->number ? 0 : 1;
}

static void put_line(struct layout *layout, struct strip *strip, const struct slope *slope, size_t row)
{
    const struct chart_value *ends[2] = {value_of(slope, row, 0), value_of(slope, row, 1)};
    struct corner *points = ARENA_ARRAY(flow_arena(layout), 2, struct corner);
    const bool both = chart_has(ends[0]) && chart_has(ends[1]);
    const size_t look = look_of(slope, row);
    for (int side = 0; side < 2; side++)
        if (chart_has(ends[side]))
            points[side] = (struct corner){slope->x[side], value_y(slope, ends[side]->number)};
    if (both)
        chart_path(layout, strip, look, points, 2, look < CHART_SERIES ? 1.25F : 0.75F, true);
    for (int side = 0; side < 2; side++)
        if (chart_has(ends[side]))
            chart_marker(layout, strip, look, points[side].x, points[side].y, 4);
}

static void put_ends(struct layout *layout, struct strip *strip, const struct slope *slope, int side)
{
    struct chart_end *ends = ARENA_ARRAY(flow_arena(layout), slope->n, struct chart_end);
    const float out = side ? 1 : -1;
    size_t n = 0;
    for (size_t i = 0; i < slope->n; i++) {
        const struct chart_value *value = value_of(slope, i, side);
        if (chart_has(value))
            ends[n++] = (struct chart_end){.text = end_text(layout, slope, i, side, slope->room),
                                           .x = slope->x[side],
                                           .at = value_y(slope, value->number)};
    }
    chart_put_ends(layout, strip, ends, n, slope->style, slope->x[side] + out * end_gap,
                   side ? ALIGN_LEFT : ALIGN_RIGHT, slope->top - slope->style->leading,
                   slope->bottom + slope->style->leading);
}

static void draw(struct layout *layout, const struct slope *slope, float height)
{
    struct text_style head = *flow_style(layout, STYLE_CHART_LABEL);
    struct strip *strip = chart_strip(layout, 0, height, GLUE_NONE);
    for (int side = 0; side < 2; side++) {
        struct str name = chart_fit(layout, "series name", chart_series_name(slope->chart, slope->series[side]), &head,
                                    slope->x[0] - flow_top(layout)->x);
        chart_put(layout, strip, name, &head, slope->x[side], 0, side ? ALIGN_LEFT : ALIGN_RIGHT);
        chart_rule(layout, strip, slope->x[side], slope->top - 4, 0, slope->bottom - slope->top + 8,
                   layout->sheet->palette.gray_20);
    }
    for (int coloured = 0; coloured < 2; coloured++) /* above the grey ones */
        for (size_t i = slope->chart->n; i-- > 0;)
            if ((look_of(slope, i) < CHART_SERIES) == (coloured != 0))
                put_line(layout, strip, slope, i);
    put_ends(layout, strip, slope, 0);
    put_ends(layout, strip, slope, 1);
}

void chart_slope(struct layout *layout, const struct chart *chart)
{
    struct slope slope = {
        .chart = chart, .style = flow_style(layout, STYLE_CHART_VALUE), .series = {0, chart->n_series - 1}};
    const float leading = slope.style->leading, head = flow_style(layout, STYLE_CHART_LABEL)->leading + leading;
    const float most = fmaxf(chart_most_height(layout) - head - leading, leading);
    double low = 0, high = 0;
    chart_range(chart, &low, &high);
    slope.axis = low < high ? (struct axis){.low = low, .high = high} : axis_fit(low, high, 1);
    slope.n = (size_t)(most / leading);
    slope.n = chart->n < slope.n ? chart->n : slope.n;
    fit(layout, &slope);
    if (chart->n_series != 2)
        flow_warn(layout, "chart-series", "a slope chart has two series, not %zu: it shows the first and the last",
                  chart->n_series);
    if (chart->n > slope.n)
        flow_warn(layout, "chart-series", "a slope chart of %zu rows: those after the first %zu are grey and not named",
                  chart->n, slope.n);
    slope.top = head;
    const float plot = fminf(fmaxf((float)slope.n * leading * 1.3F, 100), most);
    const float elastic = fmaxf(plot - (float)slope.n * leading, 0) * 4; /* the names must still have their lines */
    slope.bottom = head + plot - chart_lower(layout, chart, head + plot + leading, fminf(plot, elastic));
    draw(layout, &slope, slope.bottom + leading);
    chart_unprinted(layout, chart, (chart->n - slope.n) * 2);
}
