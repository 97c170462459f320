/* The elements of a table (PDF 14.8.4.3.4): made with each row, for a reader who goes through it cell by cell. */
#include "base/utf8.h"
#include "layout/table.h"

enum { PART_ROWS = 4096 }; /* of a TBody: PDF 1.4 knows no arrays of more than 8,191 */

void table_tag(struct layout *layout, struct table_flow *flow)
{
    flow->tag = flow_element(layout, TAG_TABLE);
    flow_caption(layout, flow->tag);
    flow->headings = flow->body;
}

/* A THead, or else a TBody: there is one THead, and only in front of a TBody (PDF/UA-1, 7.2). */
static tag_id new_part(struct tags *tags, struct table_flow *flow, size_t row)
{
    bool head = row < flow->headings && flow->headings < flow->end && flow->headings <= PART_ROWS;
    flow->part_rows = 0;
    return tags_add(tags, flow->tag, head ? TAG_THEAD : TAG_TBODY);
}

/* A row goes into the part of the row before it. Where a cell reaches in from above a `fresh` part waits, but not for
 * ever. */
static tag_id new_line(struct tags *tags, struct table_flow *flow, size_t row, bool joined, bool *fresh)
{
    bool full = flow->part_rows >= PART_ROWS && (!joined || flow->part_rows >= 2 * PART_ROWS - 1);
    *fresh = !flow->line || full || row == flow->headings;
    tag_id part = *fresh ? new_part(tags, flow, row) : tags_get(tags, flow->line)->parent;
    flow->part_rows++;
    return tags_add(tags, part, TAG_TR);
}

/* Of a further band: the row is there already, and so are the parts. */
static tag_id next_line(const struct tags *tags, const struct table_flow *flow, bool *fresh)
{
    const struct tag *line = flow->line ? tags_get(tags, flow->line) : NULL;
    *fresh = !line || !line->next;
    if (!*fresh)
        return line->next;
    tag_id part = line ? tags_get(tags, line->parent)->next : tags_get(tags, flow->tag)->first;
    while (tags_get(tags, part)->kind == TAG_CAPTION)
        part = tags_get(tags, part)->next;
    return tags_get(tags, part)->first;
}

/* "2024년 하반기", "3월": a time is a row's name, though it reads as a number. */
static bool is_date(struct str text, const struct number *number)
{
    struct str unit = str_slice(text, number->point, text.n);
    return str_starts(unit, STR("년")) || str_starts(unit, STR("월")) || str_starts(unit, STR("분기"));
}

/* Words, not a number alone: a rank names no row. */
static bool is_name(const struct table_flow *flow, const struct set_cell *cell)
{
    char room[64];
    struct number number;
    struct str text = cell_text(cell->cell, room, sizeof room);
    size_t at = 0;
    uint32_t first = text.n ? utf8_next(text, &at) : 0;
    if (utf8_is_letter(first) && !(first >= '0' && first <= '9')) /* "군산시, 109억 원 규모 펀드" */
        return true;
    return !flow->columns[cell->column].spark && !number_none(text) &&
           (!number_read(text, &number) || is_date(text, &number));
}

/* Whether a cell is the heading of its row, in which nothing before it is a name where it is `nameless`. The first
 * columns are, and what they rank or count; without a header the first one is in any case: else nothing would say what
 * the others are (PDF/UA-1, 7.5). */
static bool heads_row(const struct table_flow *flow, const struct set_row *row, const struct set_cell *cell,
                      bool nameless)
{
    size_t column = cell->column;
    bool sum = row->kind == ROW_TOTAL || row->kind == ROW_SUBTOTAL;
    if (flow->table->columns == 1)
        return false;
    if (column < flow->stub || row->kind == ROW_GROUP || (column == 0 && flow->headings == flow->first))
        return true;
    return nameless && is_name(flow, cell) && (sum || (flow->stub && column == flow->stub)) &&
           column + cell->width < flow->table->columns;
}

/* A cell without text is the heading of nothing. */
static enum tag_scope scope_of(const struct table_flow *flow, const struct set_row *row, const struct set_cell *cell,
                               bool nameless)
{
    if (!flow_shows(&cell->text))
        return SCOPE_NONE;
    if (row->row < flow->headings)
        return SCOPE_COLUMN;
    return heads_row(flow, row, cell, nameless) ? SCOPE_ROW : SCOPE_NONE;
}

static tag_id new_cell(struct tags *tags, tag_id line, const struct set_cell *cell, enum tag_scope scope)
{
    tag_id tag = tags_add(tags, line, scope ? TAG_TH : TAG_TD);
    struct tag *made = tags_at(tags, tag);
    made->columns = (uint16_t)cell->width;
    made->rows = 1;
    made->scope = scope;
    return tag;
}

static void tag_row(struct layout *layout, struct table_flow *flow, struct set_row *row)
{
    struct tags *tags = layout->tags;
    if (row->bare) /* no row to a reader who counts cells, nor are those from above in it */
        return;
    bool joined = false, fresh = false, nameless = !flow->own_column, empty = nameless;
    for (size_t i = 0; i < row->n; i++)
        joined |= row->cells[i].above;
    flow->line = flow->own_column ? next_line(tags, flow, &fresh) : new_line(tags, flow, row->row, joined, &fresh);
    for (size_t i = 0; i < row->n; i++) {
        struct set_cell *cell = &row->cells[i];
        if (cell->column < flow->own_column) {
            cell->tag = TAGS_NOTHING;
            continue;
        }
        if (cell->above && !fresh) {
            struct tag *above = tags_at(tags, flow->cell_tags[cell->column]);
            above->rows++;
            nameless = nameless && above->kind != TAG_TH;
            continue;
        }
        cell->tag = new_cell(tags, flow->line, cell, scope_of(flow, row, cell, nameless));
        flow->cell_tags[cell->column] = cell->tag;
        nameless = nameless && !is_name(flow, cell);
        empty = empty && !flow_shows(&cell->text);
    }
    if (empty) /* nothing in it will be seen, and yet it is a row that cells may reach into */
        tags_see(tags, flow->line);
}

void table_tag_unit(struct layout *layout, struct table_flow *flow, struct row_unit *unit)
{
    for (size_t r = 0; r < unit->n; r++)
        tag_row(layout, flow, &unit->rows[r]);
}
