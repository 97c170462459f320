/* Rows that are set → a strip: grounds first, then text and figures, then rules. */
#include "layout/table.h"

#include <math.h>

static float left_of(const struct table_flow *flow, size_t place)
{
    float x = flow->x;
    for (size_t i = 0; i < place; i++)
        x += flow->widths[i] + 2 * flow->pad_x;
    return x;
}

/* The table's right edge exactly, whatever the sum of its widths is rounded to. */
static float right_of(const struct table_flow *flow, const struct set_cell *cell)
{
    size_t end = cell->at + cell->n;
    return end == flow->band_n ? flow->x + flow->measure : left_of(flow, end);
}

static bool same_ground(const struct block_style *a, const struct block_style *b)
{
    return a->fill.r == b->fill.r && a->fill.g == b->fill.g && a->fill.b == b->fill.b;
}

static float height_of(const struct set_row *row, const struct set_cell *cell)
{
    float height = 0;
    for (size_t k = 0; k < cell->rows; k++)
        height += row[k].height;
    return height;
}

/* Neighbours of one colour have one ground. */
static void draw_grounds(struct layout *layout, const struct table_flow *flow, struct strip *strip,
                         const struct set_row *row, float y, float row_height)
{
    for (size_t i = 0, end; i < row->n; i = end) {
        const struct set_cell *cell = &row->cells[i];
        for (end = i + 1; end < row->n && !row->cells[end].above && row->cells[end].rows == cell->rows &&
                          row->cells[end].look->filled && same_ground(row->cells[end].look, cell->look);
             end++) {
        }
        if (!cell->look->filled || cell->above) {
            end = i + 1;
            continue;
        }
        float x = left_of(flow, cell->at), height = cell->rows > 1 ? height_of(row, cell) : row_height;
        strip_rect(layout, strip, x, y, right_of(flow, &row->cells[end - 1]) - x, height, cell->look->fill);
    }
}

/* A rule across the table at y, without the cells that it would cross. */
static void draw_rule(struct layout *layout, const struct table_flow *flow, struct strip *strip,
                      const struct set_row *below, float y, float width, struct colour colour)
{
    float from = flow->x;
    if (width <= 0)
        return;
    for (size_t i = 0; below && i < below->n; i++) {
        const struct set_cell *cell = &below->cells[i];
        if (!cell->above)
            continue;
        float x = left_of(flow, cell->at);
        if (x > from)
            strip_rect(layout, strip, from, y, x - from, width, colour);
        from = right_of(flow, cell);
    }
    if (from < flow->x + flow->measure)
        strip_rect(layout, strip, from, y, flow->x + flow->measure - from, width, colour);
}

static void draw_upright(struct layout *layout, const struct table_flow *flow, struct strip *strip,
                         const struct set_row *row, float y, float height)
{
    const struct edge *columns = &flow->style->columns, *sides = &flow->style->sides;
    for (size_t i = 1; columns->width > 0 && i < row->n; i++)
        strip_rect(layout, strip, left_of(flow, row->cells[i].at) - columns->width / 2, y, columns->width, height,
                   columns->colour);
    if (sides->width > 0) {
        strip_rect(layout, strip, flow->x, y, sides->width, height, sides->colour);
        strip_rect(layout, strip, flow->x + flow->measure - sides->width, y, sides->width, height, sides->colour);
    }
}

static void draw_rule_above(struct layout *layout, const struct table_flow *flow, struct strip *strip,
                            const struct set_row *row, float y)
{
    struct colour colour =
        row->row == flow->first ? flow->style->top.colour : table_look(flow, row->kind, SIZE_MAX)->top.colour;
    draw_rule(layout, flow, strip, row, y, row->rule, colour);
}

/* Between rows of a header that has no upright rules a gap tells which heading is over which columns. */
static void draw_head_rule(struct layout *layout, const struct table_flow *flow, struct strip *strip,
                           const struct set_row *row, const struct set_row *next, float y)
{
    for (size_t i = 0, k = 0; i < row->n; i++) {
        const struct set_cell *cell = &row->cells[i];
        while (k < next->n && next->cells[k].at < cell->at)
            k++;
        if (k < next->n && next->cells[k].above)
            continue;
        float x = left_of(flow, cell->at) + flow->pad_x;
        strip_rect(layout, strip, x, y, right_of(flow, cell) - flow->pad_x - x, row->below, flow->style->rows.colour);
    }
}

/* `next`: the row that is drawn below in the same strip, whose joined cells the rule leaves out; or NULL. */
static void draw_rule_below(struct layout *layout, const struct table_flow *flow, struct strip *strip,
                            const struct set_row *row, const struct set_row *next, float bottom)
{
    if (next && row->kind == ROW_HEAD && row->below > 0 && flow->style->columns.width <= 0) {
        draw_head_rule(layout, flow, strip, row, next, bottom - row->below);
        return;
    }
    const struct edge *edge = row->row + 1 == flow->end ? &flow->style->end : &flow->style->rows;
    draw_rule(layout, flow, strip, next, bottom - row->below, row->below, edge->colour);
}

static void put_text(struct layout *layout, struct strip *strip, const struct set_cell *cell, size_t from, size_t to,
                     float x, float y)
{
    layout->tag = cell->tag;
    strip_lines(layout, strip, &cell->text, from, to, &cell->style, x, y);
}

static void draw_cell(struct layout *layout, struct table_flow *flow, struct strip *strip, const struct set_row *row,
                      const struct set_cell *cell, float y)
{
    float x = left_of(flow, cell->at), room = height_of(row, cell) - row->rule - row[cell->rows - 1].below;
    float text = (float)cell->text.n * cell->style.leading, down = flow->pad_y;
    enum vertical vertical = row->kind == ROW_HEAD ? flow->style->head_vertical : flow->style->vertical;
    if (vertical != VERTICAL_TOP && cell->text.n)
        down = vertical == VERTICAL_MIDDLE ? (room - text) / 2 : room - text - flow->pad_y;
    y += row->rule;
    put_text(layout, strip, cell, 0, cell->text.n, x + flow->pad_x + cell->shift, y + down);
    if ((row->kind == ROW_BODY || row->kind == ROW_ZEBRA) && cell->n == 1)
        table_figure(layout, flow, strip, row, cell, x + flow->pad_x, y + flow->pad_y, flow->widths[cell->at],
                     room - 2 * flow->pad_y);
}

void table_draw(struct layout *layout, struct table_flow *flow, struct strip *strip, const struct row_unit *unit,
                float y)
{
    float top = y;
    for (size_t r = 0; r < unit->n; top += unit->rows[r++].height)
        draw_grounds(layout, flow, strip, &unit->rows[r], top, unit->rows[r].height);
    for (size_t r = 0; r < unit->n; y += unit->rows[r++].height) {
        const struct set_row *row = &unit->rows[r], *next = r + 1 < unit->n ? row + 1 : NULL;
        draw_rule_above(layout, flow, strip, row, y);
        for (size_t i = 0; i < row->n; i++)
            if (!row->cells[i].above)
                draw_cell(layout, flow, strip, row, &row->cells[i], y);
        draw_rule_below(layout, flow, strip, row, next, y + row->height);
        draw_upright(layout, flow, strip, row, y, row->height);
    }
}

void table_draw_line(struct layout *layout, struct table_flow *flow, struct strip *strip, const struct set_row *row,
                     size_t line)
{
    bool first = line == 0, last = line + 1 == row->lines;
    draw_grounds(layout, flow, strip, row, 0, strip->height);
    if (first)
        draw_rule_above(layout, flow, strip, row, 0);
    for (size_t i = 0; i < row->n; i++) {
        const struct set_cell *cell = &row->cells[i];
        put_text(layout, strip, cell, line, line + 1, left_of(flow, cell->at) + flow->pad_x + cell->shift,
                 first ? row->rule + flow->pad_y : 0);
    }
    if (last)
        draw_rule_below(layout, flow, strip, row, NULL, strip->height);
    draw_upright(layout, flow, strip, row, 0, strip->height);
}
