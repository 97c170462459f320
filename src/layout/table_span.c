/* Cells over several columns and rows. Each is a rectangle, or what sticks out of it becomes a cell of its own. */
#include "layout/table.h"

bool table_joins_up(const struct table_flow *flow, size_t row)
{
    if (row >= flow->end)
        return false;
    const struct cell *cells = table_cells(flow, row);
    for (size_t c = 0; c < flow->table->columns; c++)
        if (cells[c].join == JOIN_UP)
            return true;
    return false;
}

bool table_is_group(const struct table_flow *flow, size_t row)
{
    const struct cell *cells = table_cells(flow, row);
    size_t n = flow->table->columns;
    for (size_t c = 1; c < n; c++)
        if (cells[c].join != JOIN_LEFT)
            return false;
    return n > 1 && cells[0].join == JOIN_NONE;
}

/* Whether the cells from c on continue the one that begins there in a row above: all of its width, no more. */
static bool continues(const struct table_flow *flow, const struct cell *cells, size_t c)
{
    const struct slot *slot = &flow->slots[c];
    size_t end = c + slot->width;
    if (slot->column != c)
        return false;
    for (size_t i = c + 1; i < end; i++)
        if (cells[i].join == JOIN_NONE)
            return false;
    return end == flow->table->columns || cells[end].join != JOIN_LEFT;
}

void table_resolve(struct layout *layout, struct table_flow *flow, size_t row, bool fresh)
{
    const struct cell *cells = table_cells(flow, row);
    for (size_t c = 0, end; c < flow->table->columns; c = end) {
        if (cells[c].join == JOIN_UP && !fresh && continues(flow, cells, c)) {
            end = c + flow->slots[c].width;
            continue;
        }
        if (cells[c].join != JOIN_NONE)
            table_warn(layout, flow, "table-span", row, c, "joins no cell that it could widen: it was left empty",
                       STR(""));
        for (end = c + 1; end < flow->table->columns && cells[end].join == JOIN_LEFT; end++) {
        }
        for (size_t i = c; i < end; i++)
            flow->slots[i] = (struct slot){row, c, end - c};
    }
}
