/* Tables: widths once from the content, then a row at a time, so that a table of any length takes a page of memory. */
#include "layout/flow.h"

#include <math.h>

enum {
    SAMPLE_ROWS = 500, /* of longer tables about this many rows are measured, and every cell longer than those */
    WHOLE_ROWS = 16,   /* a table of no more rows is not divided, unless much of a page would stay empty */
};

struct table_flow {
    const struct table *table;
    size_t birth;
    struct cell_style cell;
    float *natural, *least; /* [columns] points: of the widest cell on one line, of the widest unbreakable word */
    float *bulk;            /* [columns] points: all measured cells on one line, one after another */
    float x, measure;
    size_t *band; /* [band_n] columns set side by side; all of them, unless the table is too wide */
    float *band_natural, *band_least, *band_bulk, *widths; /* [band_n] points of text */
    size_t band_n;
    size_t next_column; /* first column of the next band */
    size_t row;
    bool whole; /* kept on one page */
    const struct strip *head;
    struct paragraph *texts; /* [columns] of the row being set */
};

static const float heavy_rule = 1;

void table_keep(const struct table_flow *table, struct layout *layout, void (*keep)(struct layout *, size_t))
{
    keep(layout, table->birth);
    if (table->head)
        keep(layout, table->head->birth);
}

static struct text_style cell_text(const struct table_flow *flow, size_t column, bool header)
{
    struct text_style text = flow->cell.text;
    text.align = flow->table->align ? flow->table->align[column] : ALIGN_LEFT;
    text.tabular = text.align != ALIGN_LEFT && !header;
    if (header)
        text.role = ROLE_STRONG;
    return text;
}

static size_t cell_bytes(const struct cell *cell)
{
    size_t n = 0;
    for (size_t i = 0; i < cell->n; i++)
        n += cell->runs[i].text.n;
    return n;
}

static void measure_cell(struct layout *layout, struct table_flow *flow, const struct cell *cell, size_t column,
                         bool header)
{
    struct text_style text = cell_text(flow, column, header);
    float least, natural = flow_width(layout, cell->runs, cell->n, &text, &least);
    flow->natural[column] = fmaxf(flow->natural[column], natural);
    flow->bulk[column] += natural;
    flow->least[column] = fmaxf(flow->least[column], least);
}

static void measure_column(struct layout *layout, struct table_flow *flow, size_t column)
{
    const struct table *table = flow->table;
    size_t stride = table->rows / SAMPLE_ROWS + 1, longest = 0;
    if (table->header)
        measure_cell(layout, flow, &table->header[column], column, true);
    for (size_t row = 0; row < table->rows; row++) {
        const struct cell *cell = &table->cells[row * table->columns + column];
        size_t bytes = stride > 1 ? cell_bytes(cell) : 0;
        if (row % stride && bytes <= longest)
            continue;
        longest = bytes > longest ? bytes : longest;
        measure_cell(layout, flow, cell, column, false);
    }
    /* A hair more than the text: rounding in the shaper must not push the last word to a second line. */
    flow->natural[column] += 0.05F;
    flow->least[column] += 0.05F;
}

/* One size smaller than style_cell says, for a table that would else have to be taken apart. Widths scale alike. */
static void shrink(struct table_flow *flow)
{
    float size = 7.5F, scale = size / flow->cell.text.size;
    flow->cell = (struct cell_style){flow->cell.text, 2.5F, 2.5F};
    flow->cell.text.size = size;
    flow->cell.text.leading = 11;
    for (size_t i = 0; i < flow->table->columns; i++) {
        flow->natural[i] *= scale;
        flow->least[i] *= scale;
    }
}

static bool fits_whole(const struct table_flow *flow)
{
    double total = 0;
    for (size_t i = 0; i < flow->table->columns; i++)
        total += (double)(flow->least[i] + 2 * flow->cell.pad_x);
    return total <= (double)flow->measure;
}

static void add_to_band(struct table_flow *flow, size_t column, float *room)
{
    flow->band[flow->band_n++] = column;
    *room -= flow->least[column] + 2 * flow->cell.pad_x;
}

/* Chooses the next columns that fit side by side (the first column again beside the later ones) and their widths. */
static void choose_band(struct table_flow *flow)
{
    float room = flow->measure;
    flow->band_n = 0;
    flow->row = 0;
    if (flow->next_column && flow->least[0] + 2 * flow->cell.pad_x <= flow->measure / 3)
        add_to_band(flow, 0, &room);
    size_t had = flow->band_n;
    while (flow->next_column < flow->table->columns) {
        float need = flow->least[flow->next_column] + 2 * flow->cell.pad_x;
        if (flow->band_n > had && need > room)
            break;
        if (need > room) /* a single word wider than the page: the shaper splits it and says so */
            flow->least[flow->next_column] = room - 2 * flow->cell.pad_x;
        add_to_band(flow, flow->next_column++, &room);
    }
    for (size_t i = 0; i < flow->band_n; i++) {
        size_t column = flow->band[i];
        flow->band_natural[i] = fmaxf(flow->natural[column], flow->least[column]);
        flow->band_least[i] = flow->least[column];
        flow->band_bulk[i] = flow->bulk[column];
    }
    float text_room = flow->measure - 2 * flow->cell.pad_x * (float)flow->band_n;
    if (!columns_fit(flow->band_natural, flow->band_least, flow->band_bulk, flow->band_n, text_room, flow->widths)) {
        for (size_t i = 0; i < flow->band_n; i++) /* by a rounding error */
            flow->widths[i] = text_room / (float)flow->band_n;
    }
}

/* Sets the cells of a row; returns the number of lines of the tallest. */
static size_t set_row(struct layout *layout, struct table_flow *flow, const struct cell *cells, bool header)
{
    size_t lines = 1;
    for (size_t i = 0; i < flow->band_n; i++) {
        size_t column = flow->band[i];
        struct text_style text = cell_text(flow, column, header);
        flow_set(layout, cells[column].runs, cells[column].n, &text, flow->widths[i], &flow->texts[i]);
        if (flow->texts[i].n > lines)
            lines = flow->texts[i].n;
    }
    return lines;
}

/* Puts lines [from, to) of the row that was set into a strip. */
static void put_lines(struct layout *layout, struct table_flow *flow, struct strip *strip, size_t from, size_t to,
                      float y)
{
    float x = flow->x;
    for (size_t i = 0; i < flow->band_n; i++) {
        strip_lines(layout, strip, &flow->texts[i], from, to, &flow->cell.text, x + flow->cell.pad_x, y);
        x += flow->widths[i] + 2 * flow->cell.pad_x;
    }
}

/* The hairline below a row: darker where the table ends. */
static void put_rule(struct layout *layout, const struct table_flow *flow, struct strip *strip, bool end)
{
    strip_rect(layout, strip, flow->x, strip->height - layout->sheet->distance.hairline, flow->measure,
               layout->sheet->distance.hairline, end ? layout->sheet->palette.gray_50 : layout->sheet->palette.gray_20);
}

/* A row taller than a page: one strip a line. Lines of all cells are on one grid, so they stay side by side. */
static void split_row(struct layout *layout, struct table_flow *flow, size_t lines, enum glue glue)
{
    const struct cell_style *cell = &flow->cell;
    flow_warn(layout, "row-split", "row %zu of a table is taller than a page and was divided", flow->row + 1);
    for (size_t i = 0; i < lines; i++) {
        bool first = i == 0, last = i + 1 == lines;
        float height = cell->text.leading + (first ? cell->pad_y : 0) +
                       (last ? cell->pad_y + layout->sheet->distance.hairline : 0);
        enum glue between = i == 1 || last ? GLUE_HARD : GLUE_NONE;
        struct strip *strip = flow_strip(layout, "table row", 0, height, first ? glue : between);
        strip_head(layout, strip, flow->head);
        put_lines(layout, flow, strip, i, i + 1, first ? cell->pad_y : 0);
        if (last)
            put_rule(layout, flow, strip, flow->row + 1 >= flow->table->rows);
    }
}

static float row_height(const struct layout *layout, const struct table_flow *flow, size_t lines)
{
    return (float)lines * flow->cell.text.leading + 2 * flow->cell.pad_y + layout->sheet->distance.hairline;
}

static void head_row(struct layout *layout, struct table_flow *flow)
{
    const struct table *table = flow->table;
    flow->head = NULL;
    if (!table->header)
        return;
    float body = flow_room(layout);
    size_t lines = set_row(layout, flow, table->header, true);
    float height = row_height(layout, flow, lines) + heavy_rule;
    if (height > body) {
        split_row(layout, flow, lines, GLUE_NONE);
        return;
    }
    struct strip *strip = flow_strip(layout, "table header", 8, height, GLUE_NONE);
    strip_rect(layout, strip, flow->x, 0, flow->measure, height, layout->sheet->palette.gray_5);
    strip_rect(layout, strip, flow->x, 0, flow->measure, heavy_rule, layout->sheet->palette.primary_80);
    put_lines(layout, flow, strip, 0, lines, flow->cell.pad_y + heavy_rule);
    put_rule(layout, flow, strip, !table->rows);
    layout->keep_next = table->rows > 0;
    if (height < body / 3)
        flow->head = strip;
}

void table_begin(struct layout *layout, const struct block *block)
{
    const struct table *table = block->table;
    if (!table || !table->columns || (!table->header && !table->rows))
        return;
    struct arena *arena = flow_arena(layout);
    const struct frame *top = flow_top(layout);
    struct table_flow *flow = ARENA_NEW(arena, struct table_flow);
    *flow = (struct table_flow){
        .table = table,
        .birth = flow_generation(layout),
        .cell = style_cell(layout->sheet, table->columns),
        .x = top->x,
        .measure = top->measure,
        .natural = ARENA_ARRAY(arena, table->columns, float),
        .least = ARENA_ARRAY(arena, table->columns, float),
        .bulk = ARENA_ARRAY(arena, table->columns, float),
        .band_natural = ARENA_ARRAY(arena, table->columns, float),
        .band_least = ARENA_ARRAY(arena, table->columns, float),
        .band_bulk = ARENA_ARRAY(arena, table->columns, float),
        .widths = ARENA_ARRAY(arena, table->columns, float),
        .band = ARENA_ARRAY(arena, table->columns, size_t),
        .texts = ARENA_ARRAY(arena, table->columns, struct paragraph),
    };
    for (size_t i = 0; i < table->columns; i++)
        measure_column(layout, flow, i);
    if (!fits_whole(flow))
        shrink(flow);
    if (!fits_whole(flow)) {
        flow_warn(layout, "wide-table", "a table of %zu columns is wider than the page", table->columns);
        /* The first column names the rows and is repeated beside each part: on one line, if that is not much. */
        flow->least[0] = fmaxf(flow->least[0], fminf(flow->natural[0], flow->measure / 4));
    }
    layout->table = flow;
    flow->whole = !layout->group && table->rows <= WHOLE_ROWS && fits_whole(flow);
    choose_band(flow);
    flow_anchor(layout, block->anchor);
    if (flow->whole) {
        layout->group = ++layout->groups;
        layout->group_begun = false;
        layout->group_loose = true;
    }
    head_row(layout, flow);
}

/* The band is done: the next columns of a table that was too wide, or the end. */
static void finish_band(struct layout *layout, struct table_flow *flow)
{
    if (flow->next_column < flow->table->columns) {
        layout->space = 12;
        choose_band(flow);
        head_row(layout, flow);
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

void table_row(struct layout *layout)
{
    struct table_flow *flow = layout->table;
    const struct table *table = flow->table;
    if (flow->row >= table->rows) {
        finish_band(layout, flow);
        return;
    }
    size_t lines = set_row(layout, flow, &table->cells[flow->row * table->columns], false);
    bool pair = flow->row == 1 || (flow->row && flow->row + 1 == table->rows);
    enum glue glue = pair ? GLUE_HARD : GLUE_NONE;
    float body = flow_room(layout) - (flow->head ? flow->head->height : 0);
    float height = row_height(layout, flow, lines);
    if (height > body) {
        split_row(layout, flow, lines, glue);
    } else {
        struct strip *strip = flow_strip(layout, "table row", 0, height, glue);
        strip_head(layout, strip, flow->head);
        put_lines(layout, flow, strip, 0, lines, flow->cell.pad_y);
        put_rule(layout, flow, strip, flow->row + 1 == table->rows);
    }
    flow->row++;
}
