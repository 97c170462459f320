/* Rows of a table set: the text of their cells, and how high they are. */
#include "layout/table.h"

#include <math.h>

static float cell_width(const struct table_flow *flow, const struct set_cell *cell)
{
    float width = 2 * flow->pad_x * (float)(cell->n - 1);
    for (size_t i = cell->at; i < cell->at + cell->n; i++)
        width += flow->widths[i];
    return width;
}

/* Where the text of a numeric cell begins, so that its point stands under those of its column. */
static float point_shift(struct layout *layout, struct table_flow *flow, struct set_cell *set,
                         const struct cell *content, float width)
{
    const struct column *column = &flow->columns[set->column];
    struct text_style left_style = set->style;
    left_style.align = ALIGN_LEFT;
    float left, end = column->align == ALIGN_CENTER ? (width + column->left + column->right) / 2 : width;
    if (!table_point(layout, content, &left_style, &left))
        return 0;
    float shift = end - column->right - left;
    if (shift < 0)
        return 0;
    set->style = left_style;
    return shift;
}

static void set_cell(struct layout *layout, struct table_flow *flow, const struct set_row *row, struct set_cell *set)
{
    const struct column *column = &flow->columns[set->column];
    struct cell content = table_content(flow_arena(layout), flow, row->kind, set->column, set->cell);
    float width = cell_width(flow, set);
    if ((column->bar || column->spark) && set->n == 1 && column->value > 0 && column->value < width) {
        bool wide =
            row->kind == ROW_HEAD && flow_width(layout, content.runs, content.n, &set->style, NULL) > column->value;
        set->style.align = wide ? ALIGN_LEFT : set->style.align;
        width = wide ? width : column->value;
    }
    if (row->kind != ROW_HEAD && row->kind != ROW_GROUP && column->point && set->n == 1)
        set->shift = point_shift(layout, flow, set, &content, width);
    flow_set(layout, content.runs, content.n, &set->style, width - set->shift, &set->text);
    if (set->text.n < 2 || set->shift <= 0)
        return;
    set->shift = 0; /* not a number after all, or one too long */
    set->style.align = column->align;
    flow_set(layout, content.runs, content.n, &set->style, width, &set->text);
}

/* The cells of a row side by side in the band; what a band cuts of a cell is set with all its text. */
static void find_cells(struct table_flow *flow, struct set_row *row)
{
    const struct cell *cells = table_cells(flow, row->row);
    for (size_t i = 0; i < flow->band_n; i++) {
        const struct slot *slot = &flow->slots[flow->band[i]];
        struct set_cell *last = row->n ? &row->cells[row->n - 1] : NULL;
        if (last && last->column == slot->column) {
            last->n++;
            continue;
        }
        row->cells[row->n++] = (struct set_cell){
            .look = table_look(flow, row->kind, slot->column),
            .style = table_text(flow, row->kind, slot->column),
            .cell = &cells[slot->column],
            .column = slot->column,
            .rows = 1,
            .width = slot->width,
            .at = i,
            .n = 1,
            .above = slot->row != row->row,
        };
    }
    row->bare = true;
    for (size_t c = 0; c < flow->table->columns; c++)
        row->bare = row->bare && flow->slots[c].row != row->row;
    for (size_t i = 0; i < row->n; i++) /* a heading over several columns stands in their middle */
        if (row->kind == ROW_HEAD && row->cells[i].n > 1)
            row->cells[i].style.align = ALIGN_CENTER;
}

static float rule_above(const struct table_flow *flow, size_t row, enum row_kind kind)
{
    return row == flow->first ? flow->style->top.width : table_look(flow, kind, SIZE_MAX)->top.width;
}

static float rule_below(const struct table_flow *flow, size_t row)
{
    if (row + 1 == flow->end)
        return flow->style->end.width;
    return rule_above(flow, row + 1, table_kind(flow, row + 1)) > 0 ? 0 : flow->style->rows.width;
}

static struct set_row set_row(struct layout *layout, struct table_flow *flow, size_t row, bool fresh)
{
    struct set_row set = {.row = row, .kind = table_kind(flow, row), .lines = 1};
    table_resolve(layout, flow, row, fresh);
    if (set.kind == ROW_BODY && flow->stripe % 2)
        set.kind = ROW_ZEBRA;
    set.leading = table_text(flow, set.kind, 0).leading;
    set.cells = ARENA_ARRAY(flow_arena(layout), flow->band_n, struct set_cell);
    find_cells(flow, &set);
    for (size_t i = 0; i < set.n; i++) {
        struct set_cell *cell = &set.cells[i];
        if (cell->above)
            continue;
        set_cell(layout, flow, &set, cell);
        set.lines = cell->text.n > set.lines ? cell->text.n : set.lines;
    }
    set.rule = rule_above(flow, row, set.kind);
    set.below = rule_below(flow, row);
    set.height = (float)set.lines * set.leading + 2 * flow->pad_y + set.rule + set.below;
    return set;
}

/* A row is as high as its own cells; those over several rows only ask for more where the last of the rows ends. */
static void own_height(struct set_row *row, const struct set_row *next)
{
    size_t lines = 1;
    for (size_t i = 0; i < row->n; i++) {
        bool ends = true;
        for (size_t k = 0; k < next->n; k++)
            ends &= !(next->cells[k].above && next->cells[k].column == row->cells[i].column);
        if (!row->cells[i].above && ends && row->cells[i].text.n > lines)
            lines = row->cells[i].text.n;
    }
    row->height -= (float)(row->lines - lines) * row->leading;
    row->lines = lines;
}

/* Counts the rows of each cell, and makes the last one higher where the cell's text needs it. */
static void join_rows(const struct table_flow *flow, struct row_unit *unit)
{
    for (size_t r = 0; r < unit->n; r++) {
        for (size_t i = 0; i < unit->rows[r].n; i++) {
            struct set_cell *cell = &unit->rows[r].cells[i];
            float height = unit->rows[r].height;
            bool more = !cell->above;
            for (size_t k = r + 1; more && k < unit->n; k++) {
                more = false;
                for (size_t j = 0; j < unit->rows[k].n; j++)
                    more |= unit->rows[k].cells[j].above && unit->rows[k].cells[j].column == cell->column;
                cell->rows += more;
                height += more ? unit->rows[k].height : 0;
            }
            struct set_row *last = &unit->rows[r + cell->rows - 1];
            float need = (float)cell->text.n * cell->style.leading + 2 * flow->pad_y + unit->rows[r].rule + last->below;
            last->height += cell->rows > 1 ? fmaxf(need - height, 0) : 0;
        }
    }
    unit->height = 0;
    for (size_t r = 0; r < unit->n; r++)
        unit->height += unit->rows[r].height;
}

struct row_unit table_set(struct layout *layout, struct table_flow *flow, size_t row, float most)
{
    struct row_unit unit = {0};
    size_t room = 0, part = row < flow->body ? flow->body : flow->end;
    bool joined = row < flow->body || (!flow->apart && table_joins_up(flow, row + 1));
    float height = 0;
    for (size_t next = row; next < part; next++) {
        bool more = next == row || row < flow->body || (joined && table_joins_up(flow, next));
        if (!more)
            break;
        if (height > most && next > row) { /* too high together: each on its own */
            unit.n = 0;
            return unit;
        }
        if (unit.n == room) { /* few: they fit on a page */
            struct set_row *old = unit.rows;
            room = room ? 2 * room : 1;
            unit.rows = ARENA_ARRAY(flow_arena(layout), room, struct set_row);
            for (size_t i = 0; i < unit.n; i++)
                unit.rows[i] = old[i];
        }
        unit.rows[unit.n] = set_row(layout, flow, next, next == row && !flow->apart);
        if (unit.n)
            own_height(&unit.rows[unit.n - 1], &unit.rows[unit.n]);
        height += unit.n ? unit.rows[unit.n - 1].height : 0;
        unit.n++;
    }
    join_rows(flow, &unit);
    if (unit.n > 1 && unit.height > most)
        unit.n = 0;
    return unit;
}
