#include "cli/text_table.h"

#include "base/utf8.h"

#include <assert.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
    MEASURED = 1000, /* rows by which the widths are chosen; later ones are cut to them */
    WIDEST = 24,     /* of a column but the last */
    LEAST_LAST = 30, /* else columns are left out for it */
    LEAST_CUT = 8,   /* of any column, however narrow the terminal is */
    GAP = 2
};

size_t terminal_width(void)
{
    const char *given = getenv("COLUMNS");
    long columns = given ? strtol(given, NULL, 10) : 0;
    struct winsize size;
    if (!isatty(1))
        return 0;
    if (columns > 0 && columns < 10000)
        return (size_t)columns;
    return ioctl(1, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

static void pad(struct buf *out, size_t cells)
{
    while (cells-- > 0)
        buf_char(out, ' ');
}

/* Cut to `room` cells, with … where something is left off; filled up on the side where numbers or words have it. */
static void put_cell(struct buf *out, struct str text, size_t room, bool right, bool fill)
{
    size_t used = utf8_columns(text), end = text.n;
    bool cut = used > room;
    if (cut) {
        used = 1; /* of the … */
        for (size_t at = end = 0; at < text.n; end = at) {
            size_t width = (size_t)utf8_width(utf8_next(text, &at));
            if (used + width > room)
                break;
            used += width;
        }
    }
    if (right && used < room)
        pad(out, room - used);
    buf_str(out, str_slice(text, 0, end));
    buf_text(out, cut ? "…" : "");
    if (!right && fill && used < room)
        pad(out, room - used);
}

static void put_row(const struct text_table *table, const struct str *cells, struct buf *out)
{
    size_t last = table->n_columns - 1, left = table->width;
    if (!table->width) {
        for (size_t i = 0; i <= last; i++)
            buf_printf(out, STR_FMT "%c", STR_ARG(cells[i]), i < last ? '\t' : '\n');
        return;
    }
    for (size_t i = 0; i < last; i++) {
        if (!table->widths[i])
            continue;
        put_cell(out, cells[i], table->widths[i], table->columns[i].right, true);
        pad(out, GAP);
        left -= table->widths[i] + GAP < left ? table->widths[i] + GAP : left;
    }
    put_cell(out, cells[last], left > LEAST_CUT ? left : LEAST_CUT, false, false);
    buf_char(out, '\n');
}

/* Takes a cell from the widest column but the first, which is an id. False where all are narrow. */
static bool narrow_widest(struct text_table *table)
{
    size_t widest = 0, width = LEAST_CUT;
    for (size_t i = 1; i + 1 < table->n_columns; i++)
        if (table->widths[i] > width) {
            widest = i;
            width = table->widths[i];
        }
    table->widths[widest] -= widest > 0;
    return widest > 0;
}

/* As wide as the widest cell, while that leaves room for the last column. */
static void choose_widths(struct text_table *table)
{
    size_t last = table->n_columns - 1, total = 0;
    for (size_t i = 0; i < last; i++) {
        size_t widest = utf8_columns(table->columns[i].name);
        for (size_t row = 0; row < table->n_rows; row++) {
            size_t width = utf8_columns(table->rows[row * table->n_columns + i]);
            widest = width > widest ? width : widest;
        }
        table->widths[i] = widest < WIDEST ? widest : WIDEST;
        total += table->widths[i] + GAP;
    }
    for (size_t i = last; i-- > 0 && total + LEAST_LAST > table->width;)
        if (table->columns[i].optional) {
            total -= table->widths[i] + GAP;
            table->widths[i] = 0;
        }
    while (total + LEAST_CUT > table->width && narrow_widest(table))
        total--;
}

static void print_kept(struct text_table *table, struct buf *out)
{
    struct str names[TABLE_COLUMNS];
    for (size_t i = 0; i < table->n_columns; i++)
        names[i] = table->columns[i].name;
    if (table->width)
        choose_widths(table);
    put_row(table, names, out);
    for (size_t row = 0; row < table->n_rows; row++)
        put_row(table, &table->rows[row * table->n_columns], out);
    table->begun = true;
}

void text_table_row(struct text_table *table, const struct str *cells, struct buf *out)
{
    assert(table->n_columns > 0 && table->n_columns <= TABLE_COLUMNS);
    if (!table->begun && table->width && table->n_rows < MEASURED) {
        if (!table->rows)
            table->rows = ARENA_ARRAY(table->arena, MEASURED * table->n_columns, struct str);
        for (size_t i = 0; i < table->n_columns; i++)
            table->rows[table->n_rows * table->n_columns + i] = str_copy(table->arena, cells[i]);
        table->n_rows++;
        return;
    }
    if (!table->begun)
        print_kept(table, out);
    put_row(table, cells, out);
}

void text_table_end(struct text_table *table, struct buf *out)
{
    if (!table->begun)
        print_kept(table, out);
}
