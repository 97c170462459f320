/* A heat table: rows × series, each cell shaded by its value, with the number in it. */
#include "layout/chart.h"

#include <math.h>

struct heat {
    const struct chart *chart;
    struct text_style name, value; /* of the columns' names and the numbers: small enough for their cells */
    double low, high;
    float label_width, left, cell, row;
    const struct strip *head;
    size_t unprinted;
};

static const float row_height = 18, label_gap = 6, cell_gap = 1, pad = 2, most_filled = 0.88F /* of a cell's width */;

static void fit(struct layout *layout, struct heat *heat)
{
    const struct chart *chart = heat->chart;
    const struct frame *top = flow_top(layout);
    const struct text_style *style = flow_style(layout, STYLE_CHART_VALUE);
    float names = 0, values = 0, least;
    for (size_t i = 0; i < chart->n; i++) {
        heat->label_width =
            fmaxf(heat->label_width, chart_width(layout, chart->rows[i].label, flow_style(layout, STYLE_CHART_LABEL)));
        for (size_t s = 0; s < chart->n_series; s++)
            values =
                fmaxf(values, chart_width(layout, chart_value_text(layout, chart, &chart->rows[i].values[s]), style));
    }
    for (size_t s = 0; s < chart->n_series; s++) {
        struct run run = {.text = str_head(chart_series_name(chart, s), 200)};
        flow_width(layout, &run, 1, style, &least);
        names = fmaxf(names, least);
    }
    heat->label_width = fminf(heat->label_width, top->measure * 0.3F);
    heat->left = top->x + heat->label_width + label_gap;
    heat->cell = (top->x + top->measure - heat->left + cell_gap) / (float)chart->n_series;
    heat->name = chart_shrink(style, names + 0.1F, (heat->cell - pad) * most_filled, chart_least_size);
    heat->name.align = ALIGN_CENTER;
    heat->value = chart_shrink(style, values + 0.1F, (heat->cell - cell_gap) * most_filled, chart_least_size);
}

/* Names of the columns in at most two lines; again at the top of each page. */
static void put_head(struct layout *layout, struct heat *heat)
{
    const struct chart *chart = heat->chart;
    const float room = heat->cell - pad / 2;
    struct paragraph *names = ARENA_ARRAY(flow_arena(layout), chart->n_series, struct paragraph);
    size_t lines = 1;
    if (room < heat->name.size) {
        flow_warn(layout, "chart-cut", "the columns of a heat table are too narrow for the names of %zu series",
                  chart->n_series);
        return;
    }
    for (size_t s = 0; s < chart->n_series; s++) {
        struct str name = chart_series_name(chart, s);
        flow_set_plain(layout, str_head(name, 2000), &heat->name, room, &names[s]);
        if (names[s].n > 2 || chart_width(layout, name, &heat->name) > 2 * room)
            flow_set_plain(layout, chart_fit(layout, "series name", name, &heat->name, room - 0.5F), &heat->name, room,
                           &names[s]);
        lines = names[s].n > lines ? names[s].n : lines;
    }
    struct strip *strip = chart_strip(layout, 0, (float)lines * heat->name.leading + 2, GLUE_NONE);
    for (size_t s = 0; s < chart->n_series; s++)
        strip_lines(layout, strip, &names[s], 0, 2, &heat->name, heat->left + (float)s * heat->cell - pad / 4,
                    (float)(lines - (names[s].n < lines ? names[s].n : lines)) * heat->name.leading);
    layout->keep_next = true;
    heat->head = strip;
}

/* Shades divide the way from 0 (or from the least, where that is negative) to the largest; 0 has the lightest grey. */
static struct colour ground_of(const struct layout *layout, const struct heat *heat, double value)
{
    if (heat->low >= 0 && value <= 0)
        return layout->sheet->palette.gray_5;
    double low = fmin(heat->low, 0), range = heat->high - low;
    double place = range > 0 ? (value - low) / range : 0.5;
    return chart_shade(layout, (size_t)fmin(fmax(ceil(place * CHART_SHADES) - 1, 0), CHART_SHADES - 1));
}

static void put_cell(struct layout *layout, struct strip *strip, struct heat *heat, const struct chart_value *value,
                     float x)
{
    struct text_style style = heat->value;
    struct str text = chart_value_text(layout, heat->chart, value);
    const float width = heat->cell - cell_gap;
    if (chart_has(value)) {
        struct colour ground = ground_of(layout, heat, value->number);
        if (width > 0)
            strip_rect(layout, strip, x, cell_gap / 2, width, heat->row - cell_gap, ground);
        style.colour = chart_ink(layout, ground);
    }
    if (chart_width(layout, text, &style) <= width + 0.1F)
        chart_put(layout, strip, text, &style, x + width / 2, (heat->row - style.leading) / 2, ALIGN_CENTER);
    else
        heat->unprinted++;
}

static void put_row(struct layout *layout, struct heat *heat, size_t i)
{
    const struct chart *chart = heat->chart;
    const struct text_style *style = flow_style(layout, STYLE_CHART_LABEL);
    enum glue glue = i == 1 || (i && i + 1 == chart->n) ? GLUE_HARD : GLUE_NONE;
    struct strip *strip = chart_strip(layout, 0, heat->row, glue);
    strip_head(layout, strip, heat->head);
    chart_put(layout, strip, chart_fit(layout, "label", chart->rows[i].label, style, heat->label_width), style,
              heat->left - label_gap, (heat->row - style->leading) / 2, ALIGN_RIGHT);
    for (size_t s = 0; s < chart->n_series; s++)
        put_cell(layout, strip, heat, &chart->rows[i].values[s], heat->left + (float)s * heat->cell);
}

void chart_heat(struct layout *layout, const struct chart *chart)
{
    struct heat heat = {.chart = chart};
    chart_range(chart, &heat.low, &heat.high);
    fit(layout, &heat);
    put_head(layout, &heat);
    const float height = row_height * (float)chart->n;
    heat.row = row_height - (layout->group ? chart_lower(layout, chart, height, height) / (float)chart->n : 0);
    for (size_t i = 0; i < chart->n; i++)
        put_row(layout, &heat, i);
    chart_unprinted(layout, chart, heat.unprinted);
}
