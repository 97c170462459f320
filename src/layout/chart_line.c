/* Lines over rows in their order, each named at its end; below the axis the numbers themselves, each under its point.
 */
#include "layout/chart.h"

#include <math.h>

/*      ticks ▏ plot: n columns of `step`, a point in the middle of each │ names and last values
 *            ▏ names of the columns
 *     series ▏ numbers
 *            left                                                   right           points from the page's left edge */
struct lines {
    const struct chart *chart;
    const struct text_style *style; /* of everything small */
    struct axis axis;
    float left, right, step;
    float top, bottom; /* of the plot, from the strip's top */
    float foot;        /* height of the columns' names */
    size_t each;       /* every so many columns have a name */
    bool numbers;      /* they fit below */
    bool from_zero;
};

static const float tick_gap = 5, end_gap = 12, name_gap = 4, most_left = 0.25F;

static size_t named_series(const struct chart *chart)
{
    return chart->n_series < CHART_SERIES ? chart->n_series : CHART_SERIES;
}

/* An axis of lines begins at 0, unless all values lie in the third that is farthest from it: then differences count. */
static void fit_axis(struct lines *lines)
{
    const struct chart *chart = lines->chart;
    double low = 0, high = 0;
    chart_range(chart, &low, &high);
    bool far = low > high * 2 / 3 || high < low * 2 / 3;
    lines->from_zero = chart->zero == ZERO_YES || (chart->zero == ZERO_AUTO && !far);
    if (lines->from_zero) {
        low = fmin(low, 0);
        high = fmax(high, 0);
    }
    lines->axis = axis_fit(low, high, 4);
    lines->from_zero = lines->axis.low <= 0 && lines->axis.high >= 0;
}

static const struct chart_value *last_value(const struct chart *chart, size_t series, size_t *row)
{
    for (size_t i = chart->n; i-- > 0;) {
        *row = i;
        if (chart_has(&chart->rows[i].values[series]))
            return &chart->rows[i].values[series];
    }
    return NULL;
}

static struct str end_text(struct layout *layout, const struct lines *lines, size_t series,
                           const struct chart_value *value, float room)
{
    return chart_named(layout, chart_series_name(lines->chart, series), chart_value_text(layout, lines->chart, value),
                       false, lines->style, room);
}

/* Widths of what stands on either side of the plot. */
static void fit_sides(struct layout *layout, struct lines *lines, float *left, float *right)
{
    const struct chart *chart = lines->chart;
    size_t row;
    *left = *right = 0;
    for (size_t i = 0; i < lines->axis.n; i++)
        *left = fmaxf(*left, chart_width(layout, chart_tick(layout, chart, &lines->axis, i), lines->style));
    for (size_t s = 0; s < named_series(chart); s++) {
        const struct chart_value *value = last_value(chart, s, &row);
        *left = fmaxf(*left, chart_width(layout, chart_series_name(chart, s), lines->style));
        if (value)
            *right = fmaxf(*right, chart_width(layout, end_text(layout, lines, s, value, HUGE_VALF), lines->style) + 9);
    }
    const float measure = flow_top(layout)->measure;
    *left = fminf(*left, measure * most_left);
    *right = fminf(fmaxf(*right, 20), measure * 0.3F);
}

/* How many columns have a name, and whether all numbers find room under their points. */
static void fit_columns(struct layout *layout, struct lines *lines)
{
    const struct chart *chart = lines->chart;
    float widest = 0, unbroken = 0, numbers = 0;
    for (size_t i = 0; i < chart->n; i++) {
        struct run run = {.text = str_head(chart->rows[i].label, 200)};
        float least = 0, width = run.text.n ? flow_width(layout, &run, 1, lines->style, &least) : 0;
        widest = fmaxf(widest, width);
        unbroken = fmaxf(unbroken, least);
    }
    float need = fmaxf(unbroken, widest / 1.8F) + name_gap;
    float most = lines->step * (float)chart->n / 2;
    need = fminf(need, fmaxf(most, 40));
    lines->each = need > lines->step ? (size_t)ceilf(need / lines->step) : 1;
    lines->foot = 4 + lines->style->leading * (widest + name_gap > lines->step * (float)lines->each ? 2 : 1);
    lines->numbers = chart->table == TABLE_AUTO && lines->step > 8 && chart->n_series <= CHART_SERIES;
    for (size_t i = 0; i < chart->n && lines->numbers; i++) {
        for (size_t s = 0; s < chart->n_series; s++)
            numbers = fmaxf(
                numbers, chart_width(layout, chart_value_text(layout, chart, &chart->rows[i].values[s]), lines->style));
        lines->numbers = numbers + name_gap <= lines->step;
    }
}

static float column_x(const struct lines *lines, size_t i)
{
    return lines->left + ((float)i + 0.5F) * lines->step;
}

static float value_y(const struct lines *lines, double value)
{
    return lines->bottom - (float)axis_place(&lines->axis, value) * (lines->bottom - lines->top);
}

static void put_grid(struct layout *layout, struct strip *strip, const struct lines *lines)
{
    const struct palette *palette = &layout->sheet->palette;
    for (size_t i = 0; i < lines->axis.n; i++) {
        double value = lines->axis.low + (double)i * lines->axis.step;
        float y = value_y(lines, value);
        bool base = lines->from_zero ? fabs(value) < lines->axis.step / 2 : i == 0;
        chart_rule(layout, strip, lines->left, y, lines->right - lines->left, 0,
                   base ? palette->gray_50 : palette->gray_20);
        struct str tick = chart_tick(layout, lines->chart, &lines->axis, i);
        tick = chart_fit(layout, "axis", tick, lines->style, lines->left - tick_gap - flow_top(layout)->x + 0.1F);
        chart_put(layout, strip, tick, lines->style, lines->left - tick_gap, y - lines->style->leading / 2,
                  ALIGN_RIGHT);
    }
}

static void put_names(struct layout *layout, struct strip *strip, const struct lines *lines)
{
    const struct chart *chart = lines->chart;
    const struct frame *top = flow_top(layout);
    struct text_style style = *lines->style;
    const float room = lines->step * (float)lines->each - name_gap / 2;
    style.align = ALIGN_CENTER;
    for (size_t i = (chart->n - 1) % lines->each; i < chart->n; i += lines->each) { /* the last one has its name */
        struct paragraph name;
        flow_set_plain(layout, str_head(chart->rows[i].label, 2000), &style, room, &name);
        if (name.n > 2)
            flow_set_plain(layout, chart_fit(layout, "label", chart->rows[i].label, &style, room - 1), &style, room,
                           &name);
        float x = fminf(fmaxf(column_x(lines, i) - room / 2, top->x), top->x + top->measure - room);
        strip_lines(layout, strip, &name, 0, 2, &style, x, lines->bottom + 4);
    }
}

static void put_numbers(struct layout *layout, struct strip *strip, const struct lines *lines)
{
    const struct chart *chart = lines->chart;
    float y = lines->bottom + lines->foot + 3;
    for (size_t s = 0; s < chart->n_series; s++, y += lines->style->leading + 1) {
        const float room = lines->left - tick_gap - flow_top(layout)->x;
        chart_rule(layout, strip, lines->left, y - 0.5F, lines->right - lines->left, 0, layout->sheet->palette.gray_10);
        chart_put(layout, strip,
                  chart_fit(layout, "series name", chart_series_name(chart, s), lines->style, room + 0.1F),
                  lines->style, lines->left - tick_gap, y, ALIGN_RIGHT);
        for (size_t i = 0; i < chart->n; i++)
            chart_put(layout, strip, chart_value_text(layout, chart, &chart->rows[i].values[s]), lines->style,
                      column_x(lines, i), y, ALIGN_CENTER);
    }
}

/* How many of the lines drawn later have their marker on this one: it is made larger, to look out below them. */
static size_t covering(const struct lines *lines, size_t series, size_t row, float y)
{
    size_t n = 0;
    for (size_t s = 0; s < series && s < CHART_SERIES; s++) {
        const struct chart_value *value = &lines->chart->rows[row].values[s];
        n += chart_has(value) && fabsf(value_y(lines, value->number) - y) < 1.5F;
    }
    return n < 3 ? n : 3;
}

/* One line, broken where there is no value; a value between two gaps is a marker. */
static void put_line(struct layout *layout, struct strip *strip, const struct lines *lines, size_t series)
{
    const struct chart *chart = lines->chart;
    const bool markers = lines->step >= 7 && series < CHART_SERIES;
    struct corner *points = ARENA_ARRAY(flow_arena(layout), chart->n, struct corner);
    for (size_t i = 0, from = 0; i <= chart->n; i++) {
        const struct chart_value *value = i < chart->n ? &chart->rows[i].values[series] : NULL;
        if (value && chart_has(value)) {
            points[i] = (struct corner){column_x(lines, i), value_y(lines, value->number)};
            continue;
        }
        if (i - from > 1)
            chart_path(layout, strip, series, points + from, i - from, series < CHART_SERIES ? 1.5F : 0.5F,
                       !markers || series >= 4);
        for (size_t k = from; k < i; k++)
            if (markers || i - from == 1)
                chart_marker(layout, strip, series, points[k].x, points[k].y,
                             4.5F + 2.5F * (float)covering(lines, series, k, points[k].y));
        from = i + 1;
    }
}

static void put_ends(struct layout *layout, struct strip *strip, const struct lines *lines)
{
    const struct chart *chart = lines->chart;
    const float room = flow_top(layout)->x + flow_top(layout)->measure - lines->right - end_gap - 9;
    struct chart_end ends[CHART_SERIES];
    size_t n = 0, row;
    for (size_t s = 0; s < named_series(chart); s++) {
        const struct chart_value *value = last_value(chart, s, &row);
        if (value)
            ends[n++] = (struct chart_end){.text = end_text(layout, lines, s, value, room + 0.1F),
                                           .marked = true,
                                           .series = s,
                                           .led = row + 1 < chart->n,
                                           .x = column_x(lines, row),
                                           .at = value_y(lines, value->number)};
    }
    chart_put_ends(layout, strip, ends, n, lines->style, lines->right + end_gap, ALIGN_LEFT, 0,
                   lines->bottom + lines->style->leading);
}

static void draw(struct layout *layout, const struct lines *lines, float height)
{
    struct strip *strip = chart_strip(layout, 0, height, GLUE_NONE);
    put_grid(layout, strip, lines);
    put_names(layout, strip, lines);
    if (lines->numbers)
        put_numbers(layout, strip, lines);
    for (size_t s = lines->chart->n_series; s-- > 0;)
        put_line(layout, strip, lines, s);
    put_ends(layout, strip, lines);
    const struct frame *top = flow_top(layout);
    if (!lines->from_zero) /* what a cut axis hides must be said */
        chart_put(layout, strip,
                  chart_fit(layout, "note", STR("※ 세로축이 0에서 시작하지 않음"), lines->style, top->measure),
                  lines->style, top->x + top->measure, height - lines->style->leading, ALIGN_RIGHT);
}

void chart_lines(struct layout *layout, const struct chart *chart)
{
    const struct frame *top = flow_top(layout);
    struct lines lines = {.chart = chart, .style = flow_style(layout, STYLE_CHART_AXIS)};
    float left, right;
    fit_axis(&lines);
    fit_sides(layout, &lines, &left, &right);
    lines.left = top->x + left + tick_gap;
    lines.right = top->x + top->measure - right - end_gap;
    lines.step = (lines.right - lines.left) / (float)chart->n;
    fit_columns(layout, &lines);
    chart_check_series(layout, chart);
    float numbers = (float)chart->n_series * (lines.style->leading + 1) + 4, note = lines.from_zero ? 0 : 14;
    float most = chart_most_height(layout) - lines.foot - note - lines.style->leading;
    lines.numbers = lines.numbers && most - numbers >= 60;
    float plot = fminf(fminf(fmaxf(top->measure * 0.3F, 90), 150), most - (lines.numbers ? numbers : 0));
    lines.top = lines.style->leading / 2;
    plot = fmaxf(plot, 20);
    float height = lines.top + plot + lines.foot + note + (lines.numbers ? numbers : 0);
    float spare = lines.top + plot + lines.style->leading - (float)named_series(chart) * lines.style->leading;
    float lower = chart_lower(layout, chart, height, fminf(plot, fmaxf(spare, 0) * 4)); /* the names keep their lines */
    lines.bottom = lines.top + plot - lower;
    draw(layout, &lines, height - lower);
    if (!lines.numbers)
        chart_unprinted(layout, chart, chart->n_series * (chart->n - 1));
}
