/* Tables: spans, headers with their scope, and what the script that sorts them must know. */
#include "out/html_block.h"

#include "layout/cell.h"
#include "out/html_figure.h"

#include <math.h>

enum { MANY_COLUMNS = 6 }; /* more than a telephone shows side by side: these tables are scrolled there */

struct setting {
    struct html *html;
    struct grid grid;
    bool *taken; /* [end × columns]: part of a cell before */
    bool sorts;  /* its body can be put in another order */
};

enum section { HEAD, BODY, FOOT };

/* Rows that belong to the same section as `row`: no cell reaches out of it. */
static size_t section_end(const struct grid *grid, size_t row)
{
    return row < grid->body ? grid->body : row < grid->totals ? grid->totals : grid->end;
}

static enum section section_of(const struct grid *grid, size_t row)
{
    return row < grid->body ? HEAD : row < grid->totals ? BODY : FOOT;
}

/* Are the cells of a row, from `column` on, part of the one of that width above: all of it, no more? */
static bool continues(const struct grid *grid, size_t row, size_t column, size_t width)
{
    const struct cell *cells = grid_row(grid, row);
    for (size_t i = 1; i < width; i++)
        if (cells[column + i].join == JOIN_NONE)
            return false;
    return cells[column].join == JOIN_UP &&
           (column + width == grid->table->columns || cells[column + width].join != JOIN_LEFT);
}

/* How many columns and rows the cell takes; those are marked as taken. What is not a rectangle falls into parts. */
static void measure(struct setting *setting, size_t row, size_t column, size_t *width, size_t *height)
{
    const struct grid *grid = &setting->grid;
    const size_t n = grid->table->columns, end = section_end(grid, row);
    size_t w = 1, h = 1;
    while (column + w < n && grid_row(grid, row)[column + w].join == JOIN_LEFT && !setting->taken[row * n + column + w])
        w++;
    while (row + h < end && continues(grid, row + h, column, w))
        h++;
    for (size_t r = 0; r < h; r++)
        for (size_t c = 0; c < w; c++)
            setting->taken[(row + r) * n + column + c] = true;
    *width = w;
    *height = h;
}

/* Can rows be sorted: two at least, all alike? */
static bool can_sort(const struct grid *grid)
{
    if (grid->body == grid->first || grid->totals - grid->body < 2)
        return false;
    for (size_t row = grid->body; row < grid->totals; row++) {
        const struct cell *cells = grid_row(grid, row);
        if (grid_row_is_subtotal(grid, row))
            return false;
        for (size_t c = 0; c < grid->table->columns; c++)
            if (cells[c].join != JOIN_NONE)
                return false;
    }
    return true;
}

static void put_contents(struct setting *setting, const struct cell *cell, const struct column_look *column,
                         enum section section, bool group)
{
    struct html *html = setting->html;
    const bool body = section == BODY && !group;
    struct str text = grid_text(html->arena, cell);
    if (section != HEAD && !group && column->spark && cell->n == 1) {
        if (!setting->grid.lone_spark)
            html_text(html->out, html_spark_last(text));
        html_spark(html->arena, html->out, text);
        return;
    }
    if (body && column->align == ALIGN_RIGHT && !cell->n)
        html_text(html->out, setting->grid.none);
    html_runs(html->out, cell->runs, cell->n, &html->calls);
    if (body && column->bar)
        html_bar(html->out, column, text);
}

static void put_cell(struct setting *setting, size_t row, size_t column, bool group)
{
    struct buf *out = setting->html->out;
    const struct grid *grid = &setting->grid;
    const struct column_look *facts = &grid->columns[column];
    enum section section = section_of(grid, row);
    size_t width, height;
    measure(setting, row, column, &width, &height);
    bool names = section == HEAD || group || (column == grid->stub && grid_row(grid, row)[column].n);
    buf_text(out, names ? "<th" : "<td");
    if (width > 1)
        buf_printf(out, " colspan=\"%zu\"", width);
    if (height > 1)
        buf_printf(out, " rowspan=\"%zu\"", height);
    if (names)
        buf_printf(out, " scope=\"%s%s\"", section == HEAD ? "col" : "row",
                   group || (section == HEAD ? width > 1 : height > 1) ? "group" : "");
    if (section == HEAD && width == 1 && row + height == grid->body && setting->sorts)
        buf_printf(out, " data-column=\"%zu\"", column);
    if (!group && facts->align != ALIGN_LEFT)
        buf_printf(out, " class=\"%s\"", width > 1 || facts->align == ALIGN_CENTER ? "c" : "r");
    buf_char(out, '>');
    put_contents(setting, &grid_row(grid, row)[column], facts, section, group);
    buf_text(out, names ? "</th>" : "</td>");
}

static void put_rows(struct setting *setting, size_t from, size_t to, const char *element)
{
    struct buf *out = setting->html->out;
    const struct grid *grid = &setting->grid;
    if (from == to)
        return;
    buf_printf(out, "<%s>\n", element);
    for (size_t row = from; row < to; row++) {
        bool group = section_of(grid, row) == BODY && grid_row_is_group(grid, row);
        buf_text(out, group                             ? "<tr class=\"group\">"
                      : grid_row_is_subtotal(grid, row) ? "<tr class=\"subtotal\">"
                                                        : "<tr>");
        for (size_t c = 0; c < grid->table->columns; c++)
            if (!setting->taken[row * grid->table->columns + c])
                put_cell(setting, row, c, group);
        buf_text(out, "</tr>\n");
    }
    buf_printf(out, "</%s>\n", element);
}

/* Without a caption the heading above names it, for those who hear it. */
static void put_caption(struct html *html, const struct html_caption *caption)
{
    struct buf *out = html->out;
    if (!caption->title && !caption->unit && !html->heading)
        return;
    buf_text(out, "<caption");
    if (caption->title) {
        html_id(out, caption->title->anchor);
        buf_char(out, '>');
        html_runs(out, caption->title->runs, caption->title->n, &html->calls);
    } else {
        buf_char(out, '>');
        if (html->heading) {
            buf_text(out, "<span class=\"unseen\">");
            html_plain(out, html->heading->runs, html->heading->n);
            buf_text(out, "</span>");
        }
    }
    html_unit(html, caption);
    buf_text(out, "</caption>\n");
}

/* Widths that the template gives as lengths; the others are for the browser to find. */
static void put_widths(struct buf *out, const struct block *block)
{
    static const struct {
        const char *unit;
        double pixels;
    } units[] = {{"mm", 96 / 25.4}, {"cm", 96 / 2.54}, {"pt", 96.0 / 72}};
    struct str rest = html_option(block, "widths"), word;
    struct number number;
    if (!rest.n)
        return;
    buf_text(out, "<colgroup>");
    for (size_t c = 0; c < block->table->columns; c++) {
        double pixels = 0;
        bool given = number_word(&rest, &word) && number_read(word, &number) && number.value < 1000;
        for (size_t i = 0; given && i < sizeof units / sizeof *units; i++)
            if (str_ends(word, str_from(units[i].unit)))
                pixels = number.value * units[i].pixels;
        if (pixels > 0)
            buf_printf(out, "<col width=\"%ld\">", lround(pixels));
        else
            buf_text(out, "<col>");
    }
    buf_text(out, "</colgroup>\n");
}

void html_table(struct html *html, const struct block *block, const struct html_caption *caption)
{
    struct setting setting = {.html = html};
    struct buf *out = html->out;
    if (!block->table || !block->table->columns)
        return;
    grid_read(html->arena, block, &setting.grid);
    setting.taken = ARENA_ARRAY(html->arena, setting.grid.end * block->table->columns + 1, bool);
    setting.sorts = can_sort(&setting.grid);
    buf_text(out, "<div class=\"table\" role=\"group\" aria-label=\"표\" tabindex=\"0\">\n<table");
    html_id(out, block->anchor);
    bool many = block->table->columns >= MANY_COLUMNS;
    html_style(out, setting.sorts && many ? "sorts many" : setting.sorts ? "sorts" : many ? "many" : "", block->style);
    buf_text(out, ">\n");
    put_caption(html, caption);
    put_widths(out, block);
    put_rows(&setting, setting.grid.first, setting.grid.body, "thead");
    put_rows(&setting, setting.grid.body, setting.grid.totals, "tbody");
    put_rows(&setting, setting.grid.totals, setting.grid.end, "tfoot");
    buf_text(out, "</table>\n</div>\n");
}
