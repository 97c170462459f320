/* Charts: title and unit, what is wrong with the values, which kind. */
#include "layout/chart.h"
#include "layout/page_flow.h"

#include <math.h>

enum {
    WHOLE_ROWS = 30, /* a chart of no more rows is not divided over pages where it fits one */
    SAID = 5,        /* problems of one sort that are named one by one; the others are counted */
};

static const double most_value = 1e18;
static const float caption_gap = 8, after_caption = 8;

bool chart_has(const struct chart_value *value)
{
    return !value->none && isfinite(value->number) && fabs(value->number) <= most_value;
}

bool chart_range(const struct chart *chart, double *low, double *high)
{
    bool any = false;
    for (size_t i = 0; i < chart->n; i++) {
        for (size_t s = 0; s < chart->n_series; s++) {
            const struct chart_value *value = &chart->rows[i].values[s];
            if (!chart_has(value))
                continue;
            *low = any ? fmin(*low, value->number) : value->number;
            *high = any ? fmax(*high, value->number) : value->number;
            any = true;
        }
    }
    return any;
}

struct str chart_value_text(struct layout *layout, const struct chart *chart, const struct chart_value *value)
{
    if (chart_has(value) && (chart->form != FIGURE_AS_WRITTEN || !value->text.n))
        return figure_text(flow_arena(layout), value->number, chart->form, 2);
    return value->text.n ? value->text : STR("–");
}

struct str chart_tick(struct layout *layout, const struct chart *chart, const struct axis *axis, size_t i)
{
    const size_t most_bytes = 12;
    struct str tick = axis_tick(flow_arena(layout), axis, i, chart->form);
    return tick.n <= most_bytes ? tick : axis_tick(flow_arena(layout), axis, i, FIGURE_KOREAN);
}

struct str chart_series_name(const struct chart *chart, size_t series)
{
    return chart->series && chart->series[series].n ? chart->series[series] : STR("–");
}

struct strip *chart_strip(struct layout *layout, float before, float height, enum glue glue)
{
    return flow_strip(layout, "chart", before, height, glue);
}

float chart_most_height(struct layout *layout)
{
    return flow_room(layout) - 2 * flow_style(layout, STYLE_CAPTION)->leading - after_caption;
}

/* Notes below the chart belong to it. */
static float note_below(struct layout *layout)
{
    const struct block *next = flow_top(layout)->next;
    bool note = next && next->kind == BLOCK_PARAGRAPH && next->style.n;
    return note ? 2 * flow_style(layout, STYLE_NOTE)->leading : 0;
}

float chart_lower(struct layout *layout, const struct chart *chart, float height, float elastic)
{
    const float less = height + note_below(layout) - page_rest(layout);
    return less > 0 && less <= elastic / 4 && chart->table != TABLE_YES ? less : 0;
}

void chart_unprinted(struct layout *layout, const struct chart *chart, size_t n)
{
    if (n && chart->table == TABLE_AUTO && !layout->alone) /* an artist's numbers stand in a table */
        flow_warn(layout, "chart-numbers",
                  "%zu values of the chart \"" STR_FMT "\" have no room as text: table=yes prints them below it", n,
                  STR_ARG(str_head(chart->title, 60)));
}

void chart_check_series(struct layout *layout, const struct chart *chart)
{
    if (chart->n_series > CHART_SERIES)
        flow_warn(layout, "chart-series",
                  "the chart \"" STR_FMT "\" has %zu series: those after the first %d are grey and not named",
                  STR_ARG(str_head(chart->title, 60)), chart->n_series, CHART_SERIES);
}

static void check_value(struct layout *layout, const struct chart *chart, size_t row, size_t series, size_t *wrong)
{
    const struct chart_value *value = &chart->rows[row].values[series];
    bool negative = chart->kind == CHART_STACKED && chart_has(value) && value->number < 0;
    if (value->none || (chart_has(value) && !negative))
        return;
    if (++*wrong <= SAID)
        flow_warn(layout, "chart-value", "\"" STR_FMT "\" is not drawn in a chart: its value is %s",
                  STR_ARG(str_head(chart->rows[row].label, 60)),
                  negative                  ? "negative"
                  : isfinite(value->number) ? "too large"
                                            : "not a number");
}

static void check_values(struct layout *layout, const struct chart *chart)
{
    size_t wrong = 0, nameless = 0;
    for (size_t i = 0; i < chart->n; i++) {
        nameless += !chart->rows[i].label.n;
        for (size_t s = 0; s < chart->n_series; s++)
            check_value(layout, chart, i, s, &wrong);
    }
    if (wrong > SAID)
        flow_warn(layout, "chart-value", "%zu more values of a chart are not drawn", wrong - SAID);
    if (nameless)
        flow_warn(layout, "chart-label", "%zu rows of the chart \"" STR_FMT "\" have no label", nameless,
                  STR_ARG(str_head(chart->title, 60)));
}

/* The title as a caption, the unit after it in grey. True where there is one. */
static bool caption(struct layout *layout, const struct block *block)
{
    const struct chart *chart = block->chart;
    const struct block_style *style = &layout->sheet->styles[STYLE_FIGURE];
    const struct text_style *unit_style = flow_style(layout, STYLE_UNIT);
    const struct frame *top = flow_top(layout);
    struct str unit = STR("");
    struct paragraph title;
    if (chart->unit.n) {
        struct str cut = chart_fit(layout, "unit", chart->unit, unit_style, top->measure / 3);
        unit = str_from(arena_printf(flow_arena(layout), "(단위: " STR_FMT ")", STR_ARG(cut)));
    }
    float unit_width = chart_width(layout, unit, unit_style);
    flow_set_plain(layout, flow_parted(layout, contents_title(layout, block), unit), &style->text,
                   top->measure - unit_width - caption_gap, &title);
    size_t lines = title.n ? title.n : unit.n ? 1 : 0;
    for (size_t i = 0; i < lines; i++) {
        struct strip *strip = chart_strip(layout, i ? 0 : style->before, style->text.leading, GLUE_NONE);
        strip_lines(layout, strip, &title, i, i + 1, &style->text, top->x, 0);
        if (i + 1 == lines) /* on the title's baseline */
            chart_put(layout, strip, unit, unit_style, top->x + top->measure,
                      style_baseline(&style->text) - style_baseline(unit_style), ALIGN_RIGHT);
        layout->keep_next = true;
    }
    layout->space = lines ? after_caption : 0;
    return lines > 0;
}

/* Rows or no rows, there is something to see: a chart of nothing is one dash. */
static void nothing(struct layout *layout)
{
    const struct text_style *style = flow_style(layout, STYLE_CHART_VALUE);
    struct strip *strip = chart_strip(layout, 0, style->leading, GLUE_NONE);
    chart_put(layout, strip, STR("–"), style, flow_top(layout)->x, 0, ALIGN_LEFT);
}

static void draw(struct layout *layout, const struct chart *chart)
{
    if (!chart->n || !chart->n_series) {
        nothing(layout);
        return;
    }
    switch (chart->kind) {
    case CHART_BAR: chart_bars(layout, chart); break;
    case CHART_STACKED: chart_stacked(layout, chart); break;
    case CHART_LINE: chart_lines(layout, chart); break;
    case CHART_MULTIPLE: chart_multiple(layout, chart); break;
    case CHART_HEAT: chart_heat(layout, chart); break;
    case CHART_SLOPE: chart_slope(layout, chart); break;
    case CHART_MAP: chart_map(layout, chart); break;
    }
}

/* A Figure, whose words stand for all that is drawn. Beside its Caption it is in a Div: what is in a Figure is not read
 * apart from those words (PDF 14.9.3). */
static void put(struct layout *layout, const struct block *block)
{
    const struct chart *chart = block->chart;
    struct tags *tags = layout->tags;
    tag_id group = flow_element(layout, TAG_DIV);
    bool named = flow_caption(layout, group) != 0;
    layout->tag = tags_add(tags, group, named ? TAG_P : TAG_CAPTION);
    named |= !layout->alone && caption(layout, block);
    layout->tag = tags_add(tags, group, TAG_FIGURE);
    tags_at(tags, layout->tag)->text = chart->alt.n ? chart->alt : chart->title.n ? chart->title : STR("그래프");
    if (!named)
        tags_move(tags, layout->tag, tags_get(tags, group)->parent, 0);
    draw(layout, chart);
    layout->tag = group;
}

void chart_set(struct layout *layout, const struct block *block)
{
    if (!block->chart)
        return;
    const struct chart *chart = block->chart;
    bool whole = !layout->group && chart->n <= WHOLE_ROWS;
    if (whole) {
        layout->group = ++layout->groups;
        layout->group_begun = false;
    }
    check_values(layout, chart);
    flow_anchor(layout, block->anchor);
    put(layout, block);
    if (whole)
        layout->group = 0;
    layout->space = layout->sheet->distance.object_after;
    layout->after_object = true;
    layout->keep_next = chart->table == TABLE_YES; /* its numbers follow */
}
