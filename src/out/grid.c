#include "out/grid.h"

#include "layout/cell.h"

#include <string.h>

const struct cell *grid_row(const struct grid *look, size_t row)
{
    const struct table *table = look->table;
    const size_t own = table->header != NULL;
    return row < own ? table->header : table->cells + (row - own) * table->columns;
}

struct str grid_text(struct arena *arena, const struct cell *cell)
{
    struct buf text = {0};
    if (cell->n == 1)
        return cell->runs[0].text;
    for (size_t i = 0; i < cell->n; i++)
        buf_str(&text, cell->runs[i].text);
    struct str result = str_copy(arena, buf_view(&text));
    buf_free(&text);
    return result;
}

bool grid_row_is_group(const struct grid *look, size_t row)
{
    const struct cell *cells = grid_row(look, row);
    for (size_t c = 1; c < look->table->columns; c++)
        if (cells[c].join != JOIN_LEFT)
            return false;
    return look->table->columns > 1 && cells[0].join == JOIN_NONE;
}

bool grid_row_is_subtotal(const struct grid *look, size_t row)
{
    const struct cell *cells = grid_row(look, row);
    char room[64];
    for (size_t c = 0; c < look->table->columns && look->subtotal.n; c++) /* the row's first text names it */
        if (cells[c].n)
            return str_equal(cell_text(&cells[c], room, sizeof room), look->subtotal);
    return false;
}

/* A count up to `most`; `otherwise` for anything else. */
static size_t read_count(struct str text, size_t most, size_t otherwise)
{
    struct number number;
    bool good =
        number_read(str_trim(text), &number) && !number.fraction && number.value >= 0 && number.value <= (double)most;
    return good ? (size_t)number.value : otherwise;
}

static bool is_blank(const struct table *table)
{
    for (size_t c = 0; table->header && c < table->columns; c++)
        if (table->header[c].n || table->header[c].join != JOIN_NONE)
            return false;
    return true;
}

static void read_align(struct grid *look, struct str rest)
{
    struct str word;
    for (size_t c = 0; c < look->table->columns && number_word(&rest, &word); c++)
        look->columns[c].align = word.p[0] == 'l' ? ALIGN_LEFT : word.p[0] == 'c' ? ALIGN_CENTER : ALIGN_RIGHT;
}

static void read_figures(struct grid *look, struct str rest, bool bars)
{
    struct str word;
    while (number_word(&rest, &word)) {
        size_t c = read_count(word, look->table->columns, 0);
        if (!c)
            return;
        look->columns[c - 1].bar = bars;
        look->columns[c - 1].spark = !bars;
    }
}

static void read_option(struct grid *look, const struct block_option *option)
{
    struct str value = option->value;
    const size_t own = look->table->header != NULL;
    if (str_equal(option->key, STR("align")))
        read_align(look, value);
    else if (str_equal(option->key, STR("header")) && own)
        look->body = read_count(value, look->end, look->body);
    else if (str_equal(option->key, STR("total")))
        look->totals = look->end - read_count(value, look->end - own, 0);
    else if (str_equal(option->key, STR("subtotal")))
        look->subtotal = str_trim(value);
    else if (str_equal(option->key, STR("bars")) || str_equal(option->key, STR("spark")))
        read_figures(look, value, str_equal(option->key, STR("bars")));
    else if (str_equal(option->key, STR("spark-number")))
        look->lone_spark = str_equal(value, STR("no"));
    else if (str_equal(option->key, STR("none")))
        look->none = value;
}

/* What a range of bars holds: the figures of body rows, without sums. */
static void read_range(struct grid *look, struct column_look *column, size_t c)
{
    char room[64];
    for (size_t row = look->body; row < look->totals; row++) {
        const struct cell *cell = &grid_row(look, row)[c];
        struct number number;
        if (cell->join != JOIN_NONE || grid_row_is_group(look, row) || grid_row_is_subtotal(look, row) ||
            !number_read(cell_text(cell, room, sizeof room), &number))
            continue;
        column->low = number.value < column->low ? number.value : column->low;
        column->high = number.value > column->high ? number.value : column->high;
    }
}

/* Rows that a template calls sums without saying so: they may not be sorted among the others. */
static bool is_total(const struct grid *look, size_t row)
{
    static const char *const words[] = {"합계", "총계", "계", "전체", "총합계", NULL};
    const struct cell *cells = grid_row(look, row);
    char room[64];
    for (size_t c = 0; c < look->table->columns; c++)
        if (cells[c].n)
            return str_is_any(str_trim(cell_text(&cells[c], room, sizeof room)), words);
    return false;
}

void grid_read(struct arena *arena, const struct block *block, struct grid *out)
{
    const struct table *table = block->table;
    const size_t own = table->header != NULL;
    *out = (struct grid){.table = table, .columns = ARENA_ARRAY(arena, table->columns, struct column_look)};
    out->end = out->totals = table->rows + own;
    out->body = own;
    for (size_t c = 0; c < table->columns; c++)
        out->columns[c].align = table->align ? table->align[c] : ALIGN_LEFT;
    for (size_t i = 0; i < block->n_options; i++)
        read_option(out, &block->options[i]);
    if (!out->body && own) {
        out->first = is_blank(table); /* a header only for Markdown */
        out->body = out->first;
    }
    while (out->totals > out->body && is_total(out, out->totals - 1))
        out->totals--;
    out->totals = out->totals < out->body ? out->body : out->totals;
    while (out->stub + 1 < table->columns && out->columns[out->stub].align != ALIGN_LEFT)
        out->stub++;
    if (table->columns && out->columns[out->stub].align != ALIGN_LEFT)
        out->stub = 0;
    for (size_t c = 0; c < table->columns; c++)
        if (out->columns[c].bar)
            read_range(out, &out->columns[c], c);
}
