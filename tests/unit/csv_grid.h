/* A table of the fixture's brief as CSV, read back by a strict reader of RFC 4180. */
#ifndef CSV_GRID_H
#define CSV_GRID_H
#include "sheets_fixture.h"

enum { MAX_CELLS = 4000 };

struct grid {
    struct str cells[MAX_CELLS];
    size_t columns, rows; /* rows with the header */
};

/* Takes one field; quotes are undone in place in the arena's copy. Fails the test on anything that RFC 4180 does not
 * allow. */
static struct str take_field(struct arena *arena, struct str text, size_t *at)
{
    struct buf cell = {0};
    bool quoted = *at < text.n && text.p[*at] == '"';
    if (quoted)
        ++*at;
    for (; *at < text.n; ++*at) {
        char c = text.p[*at];
        if (quoted && c == '"') {
            ++*at;
            if (*at >= text.n || text.p[*at] != '"')
                break;
        } else if (!quoted && (c == ',' || c == '\r')) {
            break;
        } else if (!quoted) {
            assert_true(c != '"' && c != '\n');
        }
        buf_char(&cell, text.p[*at]);
    }
    struct str copy = str_copy(arena, buf_view(&cell));
    buf_free(&cell);
    return copy;
}

static void read_grid(struct arena *arena, struct str text, struct grid *grid)
{
    assert_true(str_starts(text, STR("\xEF\xBB\xBF")));
    size_t n = 0, columns = 0;
    grid->columns = grid->rows = 0;
    for (size_t at = 3; at < text.n;) {
        assert_true(n < MAX_CELLS);
        grid->cells[n++] = take_field(arena, text, &at);
        columns++;
        assert_true(at < text.n); /* the last record ends with CRLF too */
        if (text.p[at] == ',') {
            at++;
            continue;
        }
        assert_true(at + 1 < text.n && text.p[at] == '\r' && text.p[at + 1] == '\n');
        at += 2;
        if (!grid->rows)
            grid->columns = columns;
        assert_int_equal(columns, grid->columns);
        grid->rows++;
        columns = 0;
    }
}

static struct str cell(const struct grid *grid, size_t row, const char *header)
{
    for (size_t i = 0; i < grid->columns; i++)
        if (str_equal(grid->cells[i], str_from(header)))
            return grid->cells[row * grid->columns + i];
    fail_msg("no column %s", header);
    return (struct str){NULL, 0};
}

static void assert_cell(const struct grid *grid, size_t row, const char *header, const char *expected)
{
    struct str got = cell(grid, row, header);
    if (!str_equal(got, str_from(expected)))
        fail_msg("row %zu, %s: \"%.*s\", not \"%s\"", row, header, STR_ARG(got), expected);
}

static const struct csv_options korean = {SHEET_KOREAN, CSV_UTF8_BOM};

static void write_grid(struct fixture *f, enum sheet_kind table, struct grid *grid)
{
    struct buf out = {0}, again = {0};
    struct err err = {0};
    assert_true(csv_write(&f->brief, table, &korean, &out, &err) && csv_write(&f->brief, table, &korean, &again, &err));
    assert_string_equal(out.p, again.p);
    read_grid(f->arena, buf_view(&out), grid);
    buf_free(&out);
    buf_free(&again);
}

#endif
