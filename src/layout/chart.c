/* Horizontal bars: label, bar, value at its end. Legible in grey print, because every bar says its figure. */
#include "layout/flow.h"

#include <math.h>

enum {
    MANY_BARS = 10,  /* more than these stand closer together */
    WHOLE_BARS = 30, /* a chart of no more bars is not divided over pages where it fits one */
};

static const float label_gap = 8, value_gap = 6, axis_width = 0.75F;

struct scale {
    float label_width, axis_x, longest; /* points; longest = length of the bar of the largest value */
    float row, bar;                     /* heights: closer where there are many */
    double largest;
};

/* What a value is drawn as: bars show magnitudes from 0; anything else is named and drawn as 0. */
static double drawn_value(double value)
{
    return isfinite(value) && value > 0 ? value : 0;
}

static void check_values(struct layout *layout, const struct chart *chart)
{
    for (size_t i = 0; i < chart->n; i++) {
        const struct chart_bar *bar = &chart->bars[i];
        if (!isfinite(bar->value) || bar->value < 0)
            flow_warn(layout, "chart-value", "the bar \"" STR_FMT "\" has no length: its value is %s",
                      STR_ARG(str_slice(bar->label, 0, 60)), isfinite(bar->value) ? "negative" : "not a number");
    }
}

static float widest(struct layout *layout, struct str text, const struct text_style *style, float so_far)
{
    struct run run = {.text = text};
    return fmaxf(so_far, flow_width(layout, &run, text.n ? 1 : 0, style, NULL));
}

static struct scale fit(struct layout *layout, const struct chart *chart)
{
    const struct frame *top = flow_top(layout);
    const bool many = chart->n > MANY_BARS;
    struct scale scale = {.row = many ? 16 : 20, .bar = many ? 10 : 12};
    float values = 0;
    for (size_t i = 0; i < chart->n; i++) {
        scale.label_width =
            widest(layout, chart->bars[i].label, flow_style(layout, STYLE_CHART_LABEL), scale.label_width);
        values = widest(layout, chart->bars[i].text, flow_style(layout, STYLE_CHART_VALUE), values);
        scale.largest = fmax(scale.largest, drawn_value(chart->bars[i].value));
    }
    scale.label_width = fminf(scale.label_width + 0.05F, top->measure * 0.35F);
    values = fminf(values + 0.05F, top->measure * 0.25F);
    scale.axis_x = top->x + scale.label_width + label_gap;
    scale.longest = top->measure - scale.label_width - label_gap - axis_width - values - value_gap;
    return scale;
}

enum { LABEL_LINES = 2 };

/* A text of more lines than there is room for. */
static void warn_cut(struct layout *layout, const char *what, struct str text, const struct paragraph *set, size_t most)
{
    if (set->n > most)
        flow_warn(layout, "chart-cut", "the %s of a chart is too long and was cut: " STR_FMT, what,
                  STR_ARG(str_slice(text, 0, 60)));
}

/* The title as a caption, the unit after it in grey. */
static void caption(struct layout *layout, const struct block *block)
{
    const struct chart *chart = block->chart;
    const struct block_style *style = &layout->sheet->styles[STYLE_FIGURE];
    struct arena *arena = flow_arena(layout);
    const struct frame *top = flow_top(layout);
    struct paragraph title, unit = {0};
    float unit_width = 0;
    const struct text_style unit_style = *flow_style(layout, STYLE_UNIT);
    if (chart->unit.n) {
        struct str text = str_from(arena_printf(arena, "(" STR_FMT ")", STR_ARG(str_slice(chart->unit, 0, 60))));
        unit_width = fminf(widest(layout, text, &unit_style, 0) + 0.05F, top->measure / 3);
        flow_set_plain(layout, text, &unit_style, unit_width, &unit);
        warn_cut(layout, "unit", text, &unit, 1);
    }
    flow_set_plain(layout, contents_title(layout, block), &style->text, top->measure - unit_width - label_gap, &title);
    size_t lines = title.n ? title.n : unit.n ? 1 : 0;
    for (size_t i = 0; i < lines; i++) {
        struct strip *strip = flow_strip(layout, "chart", i ? 0 : style->before, style->text.leading, GLUE_NONE);
        strip_lines(layout, strip, &title, i, i + 1, &style->text, top->x, 0);
        if (i + 1 == lines) /* on the title's baseline */
            strip_lines(layout, strip, &unit, 0, 1, &unit_style, top->x + top->measure - unit_width,
                        style_baseline(&style->text) - style_baseline(&unit_style));
        layout->keep_next = true;
    }
    layout->space = lines ? 8 : 0;
}

static void put_bar(struct layout *layout, const struct chart_bar *bar, const struct scale *scale, enum glue glue)
{
    const struct frame *top = flow_top(layout);
    struct paragraph label, value;
    flow_set_plain(layout, bar->label, flow_style(layout, STYLE_CHART_LABEL), scale->label_width, &label);
    flow_set_plain(layout, bar->text, flow_style(layout, STYLE_CHART_VALUE), top->measure * 0.25F, &value);
    warn_cut(layout, "label", bar->label, &label, LABEL_LINES);
    warn_cut(layout, "value", bar->text, &value, 1);
    size_t lines = label.n > LABEL_LINES ? LABEL_LINES : label.n;
    float height = lines > 1 ? (float)lines * flow_style(layout, STYLE_CHART_LABEL)->leading + 4 : scale->row;
    struct strip *strip = flow_strip(layout, "chart", 0, height, glue);
    float label_y = (height - (float)lines * flow_style(layout, STYLE_CHART_LABEL)->leading) / 2;
    strip_lines(layout, strip, &label, 0, lines, flow_style(layout, STYLE_CHART_LABEL), top->x, label_y);
    float length = scale->largest > 0 ? (float)(drawn_value(bar->value) / scale->largest * (double)scale->longest) : 0;
    float x = scale->axis_x + axis_width;
    if (length > 0)
        strip_rect(layout, strip, x, (height - scale->bar) / 2, length, scale->bar, layout->sheet->palette.primary_50);
    strip_lines(layout, strip, &value, 0, 1, flow_style(layout, STYLE_CHART_VALUE), x + length + value_gap,
                (height - flow_style(layout, STYLE_CHART_VALUE)->leading) / 2);
    if (bar->link.n)
        strip_op(layout, strip,
                 (struct op){.kind = OP_LINK, .x = top->x, .w = top->measure, .h = height, .link = bar->link});
}

static void put_bars(struct layout *layout, const struct chart *chart)
{
    struct scale scale = fit(layout, chart);
    struct decor *outer = flow_top(layout)->decor;
    flow_top(layout)->decor = flow_decor(layout, outer, scale.axis_x, axis_width, layout->sheet->palette.gray_20);
    for (size_t i = 0; i < chart->n; i++)
        put_bar(layout, &chart->bars[i], &scale, i == 1 || (i && i + 1 == chart->n) ? GLUE_HARD : GLUE_NONE);
    if (!chart->n) {
        static const struct chart_bar none = {.text = {"–", sizeof "–" - 1}};
        put_bar(layout, &none, &scale, GLUE_NONE);
    }
    flow_top(layout)->decor = outer;
}

void chart_set(struct layout *layout, const struct block *block)
{
    const struct chart *chart = block->chart;
    if (!chart)
        return;
    if (chart->kind.n && !str_equal(chart->kind, STR("bar")))
        flow_warn(layout, "unknown-chart", "there is no chart \"" STR_FMT "\": it was drawn as bars",
                  STR_ARG(str_slice(chart->kind, 0, 60)));
    bool whole = !layout->group && chart->n <= WHOLE_BARS;
    if (whole) {
        layout->group = ++layout->groups;
        layout->group_begun = false;
    }
    check_values(layout, chart);
    flow_anchor(layout, block->anchor);
    caption(layout, block);
    put_bars(layout, chart);
    if (whole)
        layout->group = 0;
    layout->space = layout->sheet->distance.object_after;
    layout->after_object = true;
}
