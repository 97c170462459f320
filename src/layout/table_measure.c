/* Widths of columns: from the content of cells, and from what the table asks for. */
#include "layout/table.h"

#include <math.h>

enum {
    SAMPLE_ROWS =
        500, /* of longer tables about this many rows are measured, and every cell longer than those of its kind */
    MOST_RUNS = 8, /* of a cell whose number is looked for */
};

/* A hair more than the text: rounding in the shaper must not push the last word to a second line. */
static const float hair = 0.05F;
static const float figure_gap = 6;    /* between a value and its bar */
static const float widest_title = 60; /* of a figure's column: a wider one has the whole width, not only the values' */

const struct block_style *table_look(const struct table_flow *flow, enum row_kind kind, size_t column)
{
    const struct table_style *style = flow->style;
    bool body = column < flow->table->columns && (kind == ROW_BODY || kind == ROW_ZEBRA);
    if (body && flow->columns[column].look)
        return flow->columns[column].look;
    if (body && column < flow->stub && style->first)
        return style->first;
    return style->looks[kind] ? style->looks[kind] : style->looks[ROW_BODY];
}

struct text_style table_text(const struct table_flow *flow, enum row_kind kind, size_t column)
{
    struct text_style text = table_look(flow, kind, column)->text;
    text.size = fmaxf(text.size - flow->smaller, 4);
    /* All lines of a row are on one grid. */
    text.leading = fmaxf(table_look(flow, kind, SIZE_MAX)->text.leading - flow->closer, text.size);
    text.leading_least = text.justify = false;
    text.align = kind == ROW_GROUP ? ALIGN_LEFT : flow->columns[column].align;
    text.tabular |= text.align != ALIGN_LEFT && kind != ROW_HEAD;
    return text;
}

static bool has_figure(const struct column *column)
{
    return column->bar || column->spark;
}

struct cell table_content(struct arena *arena, const struct table_flow *flow, enum row_kind kind, size_t column,
                          const struct cell *cell)
{
    const struct column *facts = &flow->columns[column];
    if (kind == ROW_HEAD || kind == ROW_GROUP || cell->join != JOIN_NONE)
        return *cell;
    bool none = !cell->n && flow->none.n && facts->align == ALIGN_RIGHT;
    if (!none && !(facts->spark && cell->n == 1))
        return *cell;
    if (!none && flow->lone_spark)
        return (struct cell){0};
    struct run *run = ARENA_NEW(arena, struct run);
    if (none) {
        run->text = flow->none;
    } else {
        *run = cell->runs[0];
        run->text = str_trim(run->text);
        for (size_t i = run->text.n; i-- > 0 && run->text.n;)
            if (run->text.p[i] == ' ') {
                run->text = str_slice(run->text, i + 1, run->text.n);
                break;
            }
    }
    return (struct cell){.runs = run, .n = 1};
}

bool table_point(struct layout *layout, const struct cell *cell, const struct text_style *style, float *left)
{
    char room[64];
    struct number number;
    struct run runs[MOST_RUNS];
    struct str text = cell_text(cell, room, sizeof room);
    size_t point = text.n, n = 0;
    if (!cell->n || cell->n > MOST_RUNS)
        return false;
    if (number_read(text, &number))
        point = number.point;
    else if (!number_none(text))
        return false;
    for (size_t at = 0; n < cell->n && at < point; n++) {
        runs[n] = cell->runs[n];
        runs[n].text = str_slice(runs[n].text, 0, point - at);
        at += cell->runs[n].text.n;
    }
    *left = flow_width(layout, runs, n, style, NULL);
    return true;
}

/* ---- content ---- */

static size_t cell_bytes(const struct cell *cell)
{
    size_t n = 0;
    for (size_t i = 0; i < cell->n; i++)
        n += cell->runs[i].text.n;
    return n;
}

static void measure_cell(struct layout *layout, struct table_flow *flow, enum row_kind kind, size_t c,
                         const struct cell *cell)
{
    struct column *column = &flow->columns[c];
    struct text_style text = table_text(flow, kind, c);
    struct cell content = table_content(flow_arena(layout), flow, kind, c, cell);
    float least, left, natural = flow_width(layout, content.runs, content.n, &text, &least);
    if (kind != ROW_HEAD && column->point && table_point(layout, &content, &text, &left)) {
        column->left = fmaxf(column->left, left + hair);
        column->right = fmaxf(column->right, natural - left + hair);
        natural = column->left + column->right;
        least = fmaxf(least, natural);
    }
    bool alone = column->spark && flow->lone_spark;
    if (alone) {
        natural = fmaxf(natural, flow->style->bar_width);
        least = fmaxf(least, flow->style->bar_width / 3);
    } else if (has_figure(column) && (kind != ROW_HEAD || natural <= widest_title)) {
        column->value = fmaxf(column->value, natural + hair);
        natural = column->value + figure_gap + flow->style->bar_width;
        least = column->value + figure_gap + flow->style->bar_width / 3;
    }
    column->natural = fmaxf(column->natural, natural);
    column->bulk += natural;
    column->least = fmaxf(column->least, least);
}

/* Whether the cell has its column for itself. */
static bool is_single(const struct table_flow *flow, const struct cell *cells, size_t c)
{
    return cells[c].join == JOIN_NONE && (c + 1 == flow->table->columns || cells[c + 1].join != JOIN_LEFT);
}

static void measure_column(struct layout *layout, struct table_flow *flow, size_t c)
{
    size_t stride = flow->table->rows / SAMPLE_ROWS + 1, longest[ROW_KINDS] = {0};
    for (size_t row = flow->first; row < flow->end; row++) {
        const struct cell *cells = table_cells(flow, row);
        if (!is_single(flow, cells, c))
            continue;
        enum row_kind kind = table_kind(flow, row);
        size_t bytes = stride > 1 && kind != ROW_HEAD ? cell_bytes(&cells[c]) : 0;
        if (kind != ROW_HEAD && (row - flow->body) % stride && bytes <= longest[kind])
            continue;
        longest[kind] = bytes > longest[kind] ? bytes : longest[kind];
        measure_cell(layout, flow, kind, c, &cells[c]);
    }
    flow->columns[c].natural += hair;
    flow->columns[c].least += hair;
}

/* What a cell over columns [c, end) needs more than they have is shared out among them. */
static void measure_span(struct layout *layout, struct table_flow *flow, enum row_kind kind, const struct cell *cell,
                         size_t c, size_t end)
{
    struct text_style text = table_text(flow, kind, c);
    float least, natural = flow_width(layout, cell->runs, cell->n, &text, &least);
    float pads = (float)(end - c - 1) * 2 * flow->pad_x, n = (float)(end - c);
    natural -= pads;
    least -= pads;
    for (size_t i = c; i < end; i++) {
        natural -= flow->columns[i].natural;
        least -= flow->columns[i].least;
    }
    for (size_t i = c; i < end; i++) {
        flow->columns[i].least += fmaxf(least + hair, 0) / n;
        flow->columns[i].natural =
            fmaxf(flow->columns[i].natural + fmaxf(natural + hair, 0) / n, flow->columns[i].least);
    }
}

static void measure_spans(struct layout *layout, struct table_flow *flow)
{
    size_t stride = flow->table->rows / SAMPLE_ROWS + 1, n = flow->table->columns;
    for (size_t row = flow->first; row < flow->end; row += row < flow->body ? 1 : stride) {
        const struct cell *cells = table_cells(flow, row);
        if (table_is_group(flow, row))
            continue;
        for (size_t c = 0, end; c < n; c = end) {
            for (end = c + 1; end < n && cells[end].join == JOIN_LEFT; end++) {
            }
            if (end > c + 1 && cells[c].join == JOIN_NONE)
                measure_span(layout, flow, table_kind(flow, row), &cells[c], c, end);
        }
    }
}

void table_measure(struct layout *layout, struct table_flow *flow)
{
    for (size_t c = 0; c < flow->table->columns; c++) {
        struct column *column = &flow->columns[c];
        column->natural = column->least = column->bulk = column->value = column->left = column->right = 0;
        measure_column(layout, flow, c);
    }
    measure_spans(layout, flow);
}

/* ---- widths ---- */

struct fit {
    float *natural, *least, *bulk, *widths;
    size_t n;
};

static struct fit new_fit(struct layout *layout, size_t n)
{
    struct arena *arena = flow_arena(layout);
    return (struct fit){ARENA_ARRAY(arena, n, float), ARENA_ARRAY(arena, n, float), ARENA_ARRAY(arena, n, float),
                        ARENA_ARRAY(arena, n, float), 0};
}

static void add_to_fit(struct fit *fit, const struct column *column)
{
    fit->natural[fit->n] = fmaxf(column->natural, column->least);
    fit->least[fit->n] = column->least;
    fit->bulk[fit->n++] = column->bulk;
}

static void fit_content(struct layout *layout, struct table_flow *flow)
{
    struct fit fit = new_fit(layout, flow->band_n);
    for (size_t i = 0; i < flow->band_n; i++)
        add_to_fit(&fit, &flow->columns[flow->band[i]]);
    float room = flow->measure - 2 * flow->pad_x * (float)flow->band_n;
    if (!columns_fit(fit.natural, fit.least, fit.bulk, fit.n, room, flow->widths))
        for (size_t i = 0; i < flow->band_n; i++) /* by a rounding error */
            flow->widths[i] = room / (float)flow->band_n;
}

/* Lengths first, then columns by their content, then shares of the rest. False where there is no room for that. */
static bool fit_wishes(struct layout *layout, struct table_flow *flow)
{
    struct fit fit = new_fit(layout, flow->band_n);
    float pad = 2 * flow->pad_x, rest = flow->measure, shares = 0, reserved = 0, natural = 0;
    for (size_t i = 0; i < flow->band_n; i++) {
        const struct column *column = &flow->columns[i];
        rest -= column->wish == WISH_FIXED ? column->amount : 0;
        shares += column->wish == WISH_SHARE ? column->amount : 0;
        reserved += column->wish == WISH_SHARE ? column->least + pad : 0;
        if (column->wish != WISH_AUTO)
            continue;
        add_to_fit(&fit, column);
        natural += fit.natural[fit.n - 1] + pad + hair;
    }
    float room = shares > 0 ? fminf(natural, rest - reserved) : rest; /* of the columns by content */
    if (rest < -hair ||
        (fit.n && !columns_fit(fit.natural, fit.least, fit.bulk, fit.n, room - pad * (float)fit.n, fit.widths)))
        return false;
    rest -= fit.n ? room : 0;
    float total = 0;
    for (size_t i = 0, k = 0; i < flow->band_n; i++) {
        const struct column *column = &flow->columns[i];
        flow->widths[i] = column->wish == WISH_AUTO    ? fit.widths[k++]
                          : column->wish == WISH_FIXED ? column->amount - pad
                                                       : rest * column->amount / shares - pad;
        if (flow->widths[i] < 1)
            return false;
        total += flow->widths[i] + pad;
    }
    flow->measure = fminf(total, flow->measure);
    return true;
}

void table_widths(struct layout *layout, struct table_flow *flow)
{
    bool wishes = false, whole = flow->band_n == flow->table->columns;
    for (size_t c = 0; c < flow->table->columns; c++)
        wishes |= flow->columns[c].wish != WISH_AUTO;
    if (wishes && whole && fit_wishes(layout, flow))
        return;
    if (wishes && flow->band[0] == 0 && flow->next_column == flow->band_n)
        flow_warn(layout, "table-widths", "a table has no room for the widths that it asks for: they follow its text");
    fit_content(layout, flow);
}
