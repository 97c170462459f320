/* Tables: widths once from the content, then a unit of rows at a time, so that a table of any length takes a page of
 * memory. */
#include "layout/table.h"

#include <math.h>

enum {
    WHOLE_ROWS = 16, /* a table of no more rows is not divided, unless much of a page would stay empty */
    SPLIT_LINES = 4, /* rows of fewer lines are whole, whatever `split` says */
};

void table_keep(const struct table_flow *table, struct layout *layout, void (*keep)(struct layout *, size_t))
{
    keep(layout, table->birth);
    if (table->head)
        keep(layout, table->head->birth);
    if (table->plain_head)
        keep(layout, table->plain_head->birth);
}

/* ---- columns ---- */

/* Many columns are set a little smaller and closer. */
static void choose_size(const struct layout *layout, struct table_flow *flow)
{
    size_t n = flow->table->columns;
    flow->smaller = n >= 12 ? 1 : n >= 8 ? 0.5F : 0;
    flow->closer = n >= 8 ? 1 : 0;
    flow->pad_x = fminf(flow->style->pad_x * (n >= 12 ? 0.5F : n >= 8 ? 2 / 3.0F : 1), flow->measure / 8);
    flow->pad_y = fminf(flow->style->pad_y, flow_room(layout) / 8);
}

/* Smaller still, for a table that would else have to be taken apart. */
static void shrink(struct table_flow *flow)
{
    flow->smaller = 1.5F;
    flow->closer = 2;
    flow->pad_x = fminf(flow->pad_x, 2.5F);
    flow->pad_y = fminf(flow->pad_y, 2.5F);
}

static bool fits_whole(const struct table_flow *flow)
{
    double total = 0;
    for (size_t i = 0; i < flow->table->columns; i++)
        total += (double)(flow->columns[i].least + 2 * flow->pad_x);
    return total <= (double)flow->measure;
}

static float need(const struct table_flow *flow, size_t column)
{
    return flow->columns[column].least + 2 * flow->pad_x;
}

/* What the columns that name the rows take of each further band: nothing, where that is too much. */
static float stub_need(const struct table_flow *flow)
{
    float total = 0;
    for (size_t i = 0; i < flow->stub; i++)
        total += need(flow, i);
    return total <= flow->measure / 2 ? total : 0;
}

/* The column after the last one of the band that begins with `from`. */
static size_t band_end(const struct table_flow *flow, size_t from, float room)
{
    size_t end = from;
    room -= from ? stub_need(flow) : 0;
    while (end < flow->table->columns && (end == from || need(flow, end) <= room))
        room -= need(flow, end++);
    return end;
}

static size_t count_bands(const struct table_flow *flow, float room)
{
    size_t n = 0;
    for (size_t from = 0; from < flow->table->columns; n++)
        from = band_end(flow, from, room);
    return n;
}

/* No more bands than there must be, and none of them much narrower than the others. */
static void balance_bands(struct table_flow *flow)
{
    size_t n = count_bands(flow, flow->measure);
    float low = 0, high = flow->measure;
    for (int step = 0; n > 1 && step < 12; step++) {
        float middle = (low + high) / 2;
        if (count_bands(flow, middle) > n)
            low = middle;
        else
            high = middle;
    }
    flow->band_room = high;
}

/* Chooses the next columns that fit side by side (those that name the rows again beside the later ones). */
static void choose_band(struct layout *layout, struct table_flow *flow)
{
    size_t end = band_end(flow, flow->next_column, flow->band_room);
    flow->own_column = flow->next_column;
    flow->line = 0;
    flow->band_n = 0;
    if (flow->next_column && stub_need(flow) > 0)
        while (flow->band_n < flow->stub && flow->band_n < flow->next_column) {
            flow->band[flow->band_n] = flow->band_n;
            flow->band_n++;
        }
    float room = flow->measure;
    for (size_t i = 0; i < flow->band_n; i++)
        room -= need(flow, i);
    if (need(flow, flow->next_column) > room) /* a single word wider than the page: the shaper splits it and says so */
        flow->columns[flow->next_column].least = room - 2 * flow->pad_x;
    while (flow->next_column < end)
        flow->band[flow->band_n++] = flow->next_column++;
    table_widths(layout, flow);
}

/* ---- rows ---- */

/* A row taller than what is left for it, or one that may be divided: one strip a line. */
static void split_row(struct layout *layout, struct table_flow *flow, const struct set_row *row, enum glue glue)
{
    for (size_t i = 0; i < row->lines; i++) {
        bool first = i == 0, last = i + 1 == row->lines;
        float height = row->leading + (first ? row->rule + flow->pad_y : 0) + (last ? flow->pad_y + row->below : 0);
        enum glue between = i == 1 || last ? GLUE_HARD : GLUE_NONE;
        struct strip *strip = flow_strip(layout, "table row", 0, height, first ? glue : between);
        strip_head(layout, strip, flow->head);
        table_draw_line(layout, flow, strip, row, i);
    }
}

/* A strip that is not in the flow, repeated on top of pages: the header, and below it the name of the group. */
static struct strip *make_head(struct layout *layout, struct table_flow *flow, const struct row_unit *group)
{
    struct row_unit head = {0};
    struct slot *slots = flow->slots; /* of the row that was set last: cells of the next one may continue it */
    flow->slots = ARENA_ARRAY(flow_arena(layout), flow->table->columns, struct slot);
    if (flow->plain_head)
        head = table_set(layout, flow, flow->first, flow_room(layout));
    flow->slots = slots;
    struct strip *strip = flow_loose_strip(layout, "table header", head.height + group->height);
    table_draw(layout, flow, strip, &head, 0);
    table_draw(layout, flow, strip, group, head.height);
    return strip;
}

static void head_rows(struct layout *layout, struct table_flow *flow)
{
    flow->head = flow->plain_head = NULL;
    flow->row = flow->body;
    flow->stripe = 0;
    flow->apart = false;
    layout->space = fmaxf(layout->space, 8);
    if (flow->first == flow->body)
        return;
    float body = flow_room(layout);
    struct row_unit unit = table_set(layout, flow, flow->first, body);
    if (!unit.n || unit.height > body) {
        flow_warn(layout, "row-split", "the header of a table is taller than a page: it is set like other rows");
        flow->body = flow->row = flow->first;
        return;
    }
    table_tag_unit(layout, flow, &unit);
    struct strip *strip = flow_strip(layout, "table header", 8, unit.height, GLUE_NONE);
    table_draw(layout, flow, strip, &unit, 0);
    layout->keep_next = flow->body < flow->end;
    if (unit.height < body / 3)
        flow->head = flow->plain_head = strip;
}

/* "경기도 (계속)" below the header, wherever a page begins inside the group. */
static void begin_group(struct layout *layout, struct table_flow *flow, const struct set_row *row)
{
    struct arena *arena = flow_arena(layout);
    const struct cell *name = &table_cells(flow, row->row)[0];
    struct cell again = {.runs = ARENA_ARRAY(arena, name->n + 1, struct run), .n = name->n + 1};
    struct set_row set = *row;
    struct row_unit unit = {.rows = &set, .n = 1, .height = row->height};
    layout->keep_next = row->row + 1 < flow->end;
    flow->stripe = 0;
    float head = flow->plain_head ? flow->plain_head->height : 0;
    if (!flow->style->continued.n || !name->n || row->n != 1 || head + row->height > flow_room(layout) / 3)
        return;
    for (size_t i = 0; i < name->n; i++)
        again.runs[i] = name->runs[i];
    again.runs[name->n].text =
        str_from(arena_printf(arena, " " STR_FMT, STR_ARG(str_head(flow->style->continued, 60))));
    set.cells = ARENA_NEW(arena, struct set_cell);
    *set.cells = row->cells[0];
    set.cells->rows = 1; /* of a name over several rows, whose others are not repeated */
    flow_set(layout, again.runs, again.n, &set.cells->style, flow->measure - 2 * flow->pad_x, &set.cells->text);
    if (set.cells->text.n == row->lines)
        flow->head = make_head(layout, flow, &unit);
}

static enum glue unit_glue(const struct table_flow *flow, const struct row_unit *unit)
{
    const struct set_row *first = &unit->rows[0];
    size_t row = first->row - flow->body; /* in the body, from 0 */
    bool sum = first->kind == ROW_SUBTOTAL || first->kind == ROW_TOTAL;
    return row == 1 || (row && (sum || first->row + unit->n == flow->end)) ? GLUE_HARD : GLUE_NONE;
}

/* ---- the table ---- */

static struct table_flow *new_flow(struct layout *layout, const struct table *table)
{
    struct arena *arena = flow_arena(layout);
    const struct frame *top = flow_top(layout);
    struct table_flow *flow = ARENA_NEW(arena, struct table_flow);
    *flow = (struct table_flow){
        .table = table,
        .birth = flow_generation(layout),
        .x = top->x,
        .measure = top->measure,
        .columns = ARENA_ARRAY(arena, table->columns, struct column),
        .slots = ARENA_ARRAY(arena, table->columns, struct slot),
        .widths = ARENA_ARRAY(arena, table->columns, float),
        .band = ARENA_ARRAY(arena, table->columns, size_t),
        .cell_tags = ARENA_ARRAY(arena, table->columns, tag_id),
    };
    return flow;
}

static void fit_columns(struct layout *layout, struct table_flow *flow)
{
    choose_size(layout, flow);
    flow->band_room = flow->measure;
    table_measure(layout, flow);
    if (!fits_whole(flow)) {
        shrink(flow);
        table_measure(layout, flow);
    }
    if (fits_whole(flow))
        return;
    for (size_t i = 0; i < flow->stub; i++) { /* names of rows are on one line, if that is not much */
        struct column *column = &flow->columns[i];
        column->least = fmaxf(column->least, fminf(column->natural, flow->measure / 4 / (float)flow->stub));
    }
    balance_bands(flow);
    flow_warn(layout, "wide-table", "a table of %zu columns is wider than the page: it was set in %zu parts%s",
              flow->table->columns, count_bands(flow, flow->band_room),
              layout->turned ? "" : " ({.turn} … {.end} gives it pages on their side)");
}

void table_begin(struct layout *layout, const struct block *block)
{
    const struct table *table = block->table;
    if (!table || !table->columns || (!table->header && !table->rows))
        return;
    struct table_flow *flow = new_flow(layout, table);
    if (!table_read(layout, flow, block)) {
        flow_anchor(layout, block->anchor);
        return;
    }
    fit_columns(layout, flow);
    table_tag(layout, flow);
    layout->table = flow;
    flow->whole = !layout->group && table->rows <= WHOLE_ROWS && fits_whole(flow) && !flow->split;
    choose_band(layout, flow);
    flow_anchor(layout, block->anchor);
    if (flow->whole) {
        layout->group = ++layout->groups;
        layout->group_begun = false;
        layout->group_loose = true;
    }
    head_rows(layout, flow);
}

/* The band is done: the next columns of a table that was too wide, or the end. */
static void finish_band(struct layout *layout, struct table_flow *flow)
{
    if (flow->next_column < flow->table->columns) {
        layout->space = 12;
        choose_band(layout, flow);
        head_rows(layout, flow);
        return;
    }
    if (flow->whole) {
        layout->group = 0;
        layout->group_loose = false;
    }
    layout->table = NULL;
    layout->space = layout->sheet->distance.object_after;
    layout->after_object = true;
}

static void put_unit(struct layout *layout, struct table_flow *flow, struct row_unit *unit, float most)
{
    const struct set_row *first = &unit->rows[0];
    enum glue glue = unit_glue(flow, unit);
    bool tall = unit->height > most;
    if (tall)
        flow_warn(layout, "row-split", "row %zu of a table is taller than a page and was divided",
                  first->row - flow->body + 1);
    table_tag_unit(layout, flow, unit);
    if (first->kind == ROW_GROUP)
        flow->head = flow->plain_head;
    if (tall || (flow->split && unit->n == 1 && first->lines >= SPLIT_LINES)) {
        split_row(layout, flow, first, glue);
    } else {
        struct strip *strip = flow_strip(layout, "table row", 0, unit->height, glue);
        strip_head(layout, strip, flow->head);
        table_draw(layout, flow, strip, unit, 0);
    }
    flow->stripe++;
    if (first->kind == ROW_GROUP)
        begin_group(layout, flow, first);
}

void table_row(struct layout *layout)
{
    struct table_flow *flow = layout->table;
    if (flow->row >= flow->end) {
        finish_band(layout, flow);
        return;
    }
    float most = flow_room(layout) - (flow->head ? flow->head->height : 0);
    struct row_unit unit = table_set(layout, flow, flow->row, most);
    if (!unit.n) {
        flow_warn(layout, "table-span-split", "rows from %zu on, joined by a cell of a table, are taller than a page",
                  flow->row - flow->body + 1);
        flow->apart = true;
        unit = table_set(layout, flow, flow->row, most);
    }
    put_unit(layout, flow, &unit, most);
    flow->row += unit.n;
    flow->apart = flow->apart && table_joins_up(flow, flow->row);
}
