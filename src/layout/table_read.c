/* What a table's options and the text of its cells say about rows and columns. */
#include "layout/table.h"

#include <math.h>
#include <string.h>

enum { MOST_WARNINGS = 5 }; /* about single cells of one table */

const struct cell *table_cells(const struct table_flow *flow, size_t row)
{
    const struct table *table = flow->table;
    return flow->has_header && row == 0 ? table->header : table->cells + (row - flow->has_header) * table->columns;
}

void table_warn(struct layout *layout, struct table_flow *flow, const char *code, size_t row, size_t column,
                const char *what, struct str text)
{
    if (flow->warnings++ > MOST_WARNINGS)
        return;
    if (flow->warnings > MOST_WARNINGS)
        flow_warn(layout, code, "more cells of this table are as odd as those before");
    else
        flow_warn(layout, code, "row %zu, column %zu of a table%s" STR_FMT "%s %s",
                  row + 1 - (row >= flow->body ? flow->body : 0), column + 1, text.n ? ": \"" : "",
                  STR_ARG(str_head(text, 40)), text.n ? "\"" : "", what);
}

static void warn_option(struct layout *layout, const struct block_option *option, const char *what)
{
    flow_warn(layout, "table-option", STR_FMT "=\"" STR_FMT "\" of a table: %s", STR_ARG(option->key),
              STR_ARG(str_head(option->value, 60)), what);
}

/* A count up to `most`; SIZE_MAX, with a warning, for anything else. */
static size_t read_count(struct layout *layout, const struct block_option *option, size_t most)
{
    struct str text = str_trim(option->value);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9') {
            warn_option(layout, option, "not a number");
            return SIZE_MAX;
        }
        n = n > most ? n : n * 10 + (size_t)(text.p[i] - '0');
    }
    if (n > most)
        warn_option(layout, option, "more than there are");
    return n > most ? SIZE_MAX : n;
}

/* "l c r d": by column; d is a decimal column. */
static void read_align(struct layout *layout, struct table_flow *flow, const struct block_option *option)
{
    struct str rest = option->value, word;
    for (size_t c = 0; number_word(&rest, &word); c++) {
        if (word.n != 1 || !strchr("lcrd", word.p[0]) || c >= flow->table->columns) {
            warn_option(layout, option, "not one of l c r d for each column");
            return;
        }
        flow->columns[c].point = word.p[0] == 'd';
        flow->columns[c].align = word.p[0] == 'l' ? ALIGN_LEFT : word.p[0] == 'c' ? ALIGN_CENTER : ALIGN_RIGHT;
    }
}

/* "- strong -": paragraph styles of the body's cells by column. */
static void read_looks(struct layout *layout, struct table_flow *flow, const struct block_option *option)
{
    struct str rest = option->value, word;
    for (size_t c = 0; number_word(&rest, &word); c++) {
        const struct block_style *look = style_find(layout->sheet, word);
        if (c >= flow->table->columns || (!look && !str_equal(word, STR("-")))) {
            warn_option(layout, option, "not a style, or - for none, for each column");
            return;
        }
        flow->columns[c].look = look;
    }
}

/* "30mm 2 * auto": by column; a plain number is a share of what is left, * one share. */
static void read_widths(struct layout *layout, struct table_flow *flow, const struct block_option *option)
{
    struct str rest = option->value, word;
    size_t n = flow->table->columns;
    for (size_t c = 0; number_word(&rest, &word); c++) {
        char text[16];
        const char *at = text;
        flow_clip(text, sizeof text, word);
        float amount = strcmp(text, "*") == 0 ? 1 : style_length(&at, flow->style->looks[ROW_BODY]->text.size);
        bool share = word.p[0] == '*' || (word.p[word.n - 1] >= '0' && word.p[word.n - 1] <= '9');
        bool fits = word.n < sizeof text && (word.p[0] == '*' ? word.n == 1 : !*at);
        if (c >= n) {
            warn_option(layout, option, "more widths than columns");
            return;
        }
        if (str_equal(word, STR("auto")))
            continue;
        if (!fits || !(amount > 0 && amount <= 10000)) {
            warn_option(layout, option, "widths are lengths such as 30mm, shares such as 2 or *, and auto");
            continue;
        }
        flow->columns[c].wish = share ? WISH_SHARE : WISH_FIXED;
        flow->columns[c].amount = amount;
    }
}

/* "3 5": columns with a bar or sparkline, counted from 1. */
static void read_figures(struct layout *layout, struct table_flow *flow, const struct block_option *option, bool bars)
{
    struct str rest = option->value, word;
    while (number_word(&rest, &word)) {
        struct number number;
        if (!number_read(word, &number) || number.point != word.n || !(number.value >= 1) ||
            number.value > (double)flow->table->columns) {
            warn_option(layout, option, "not numbers of columns");
            return;
        }
        struct column *column = &flow->columns[(size_t)number.value - 1];
        column->bar = bars;
        column->spark = !bars;
    }
}

static bool is_blank(const struct cell *cells, size_t n)
{
    for (size_t c = 0; c < n; c++)
        if (cells[c].n || cells[c].join != JOIN_NONE)
            return false;
    return true;
}

static void read_header(struct layout *layout, struct table_flow *flow, const struct block_option *option)
{
    size_t rows = read_count(layout, option, flow->end);
    if (rows == SIZE_MAX || !flow->has_header)
        return;
    flow->first = rows == 0 && is_blank(flow->table->header, flow->table->columns); /* a header only for Markdown */
    flow->body = rows ? rows : flow->first;
}

static void read_option(struct layout *layout, struct table_flow *flow, const struct block_option *option)
{
    struct str key = option->key;
    if (str_equal(key, STR("widths"))) {
        read_widths(layout, flow, option);
    } else if (str_equal(key, STR("align"))) {
        read_align(layout, flow, option);
    } else if (str_equal(key, STR("looks"))) {
        read_looks(layout, flow, option);
    } else if (str_equal(key, STR("header"))) {
        read_header(layout, flow, option);
    } else if (str_equal(key, STR("total"))) {
        size_t n = read_count(layout, option, flow->end - flow->has_header);
        flow->totals = n == SIZE_MAX ? flow->end : flow->end - n;
    } else if (str_equal(key, STR("stub"))) {
        size_t n = read_count(layout, option, flow->table->columns);
        flow->stub = n == SIZE_MAX ? 1 : n;
    } else if (str_equal(key, STR("subtotal"))) {
        flow->subtotal = str_trim(option->value);
    } else if (str_equal(key, STR("bars")) || str_equal(key, STR("spark"))) {
        read_figures(layout, flow, option, str_equal(key, STR("bars")));
    } else if (str_equal(key, STR("none"))) {
        flow->none = option->value;
    } else if (str_equal(key, STR("spark-number"))) {
        flow->lone_spark = str_equal(option->value, STR("no"));
    } else if (str_equal(key, STR("split"))) {
        flow->split = str_equal(option->value, STR("yes"));
    } else {
        warn_option(layout, option, "tables have no such option");
    }
}

enum row_kind table_kind(const struct table_flow *flow, size_t row)
{
    char room[64];
    if (row < flow->body)
        return ROW_HEAD;
    if (row >= flow->totals)
        return ROW_TOTAL;
    if (table_is_group(flow, row))
        return ROW_GROUP;
    const struct cell *cells = table_cells(flow, row);
    for (size_t c = 0; c < flow->table->columns && flow->subtotal.n; c++) /* the row's first text names it */
        if (cells[c].n)
            return str_equal(cell_text(&cells[c], room, sizeof room), flow->subtotal) ? ROW_SUBTOTAL : ROW_BODY;
    return ROW_BODY;
}

/* The range of a column's bars, without sums; numbers with a fraction make a column on the right a decimal one. */
static void read_column(struct layout *layout, struct table_flow *flow, size_t c)
{
    struct column *column = &flow->columns[c];
    char room[64];
    bool fraction = false;
    if (column->align != ALIGN_RIGHT && !column->bar)
        return;
    for (size_t row = flow->body; row < flow->end; row++) {
        const struct cell *cell = &table_cells(flow, row)[c];
        struct str text = cell_text(cell, room, sizeof room);
        struct number number;
        bool good = cell->n && number_read(text, &number);
        fraction |= good && number.fraction;
        if (!column->bar || cell->join != JOIN_NONE || table_kind(flow, row) != ROW_BODY)
            continue;
        if (!good && !number_none(text))
            table_warn(layout, flow, "table-bar", row, c, "is not one number: it has no bar", text);
        if (good && isfinite(number.value)) {
            column->low = fmin(column->low, number.value);
            column->high = fmax(column->high, number.value);
        }
    }
    column->point |= fraction && column->align == ALIGN_RIGHT;
}

bool table_read(struct layout *layout, struct table_flow *flow, const struct block *block)
{
    const struct table *table = block->table;
    flow->has_header = table->header != NULL;
    flow->end = table->rows + flow->has_header;
    flow->body = flow->has_header;
    flow->totals = flow->end;
    flow->stub = 1;
    flow->style = style_table(layout->sheet, block->style);
    if (!flow->style) {
        flow_warn(layout, "unknown-style", "there is no table style \"" STR_FMT "\"",
                  STR_ARG(str_head(block->style, 60)));
        flow->style = &layout->sheet->tables[0];
    }
    flow->none = flow->style->none;
    for (size_t c = 0; c < table->columns; c++)
        flow->columns[c].align = table->align ? table->align[c] : ALIGN_LEFT;
    for (size_t i = 0; i < block->n_options; i++)
        read_option(layout, flow, &block->options[i]);
    if (flow->totals < flow->body)
        flow->totals = flow->body;
    for (size_t c = 0; c < table->columns; c++)
        read_column(layout, flow, c);
    return flow->first < flow->end;
}
