/* Tab-separated tables: one header line, '#' comments, no quoting. */
#include "base/arena.h"
#include "data/data.h"

static bool next_row(struct str *rest, size_t *line_number, struct str *line)
{
    while (str_line(rest, line)) {
        ++*line_number;
        if (line->n > 0 && line->p[0] != '#')
            return true;
    }
    return false;
}

static size_t count_cells(struct str line)
{
    size_t cells = 1;
    for (size_t i = 0; i < line.n; i++)
        cells += line.p[i] == '\t';
    return cells;
}

static void split(struct str line, struct str *cells)
{
    struct str cell;
    for (size_t i = 0; str_field(&line, '\t', &cell); i++)
        cells[i] = cell;
}

static struct str without_bom(struct str text)
{
    return str_starts(text, STR("\xEF\xBB\xBF")) ? str_slice(text, 3, text.n) : text;
}

bool tsv_parse(struct arena *arena, const char *name, struct str text, struct tsv *out, struct err *err)
{
    text = without_bom(text);
    struct str rest = text, line;
    size_t number = 0, rows = 0;
    if (!next_row(&rest, &number, &line))
        return err_set(err, ERR_CONFIG, "%s: no header line", name);
    size_t columns = count_cells(line);
    struct str *header = ARENA_ARRAY(arena, columns, struct str);
    split(line, header);
    while (next_row(&rest, &number, &line)) {
        size_t cells = count_cells(line);
        if (cells != columns)
            return err_set(err, ERR_CONFIG, "%s:%zu: %zu cells where the header has %zu", name, number, cells, columns);
        rows++;
    }
    struct str *cells = ARENA_ARRAY(arena, rows * columns + 1, struct str);
    size_t *lines = ARENA_ARRAY(arena, rows + 1, size_t);
    rest = text;
    number = 0;
    next_row(&rest, &number, &line);
    for (size_t row = 0; next_row(&rest, &number, &line); row++) {
        split(line, cells + row * columns);
        lines[row] = number;
    }
    *out = (struct tsv){.columns = columns, .rows = rows, .header = header, .cells = cells, .lines = lines};
    return true;
}

size_t tsv_column(const struct tsv *tsv, const char *header)
{
    for (size_t i = 0; i < tsv->columns; i++)
        if (str_equal(tsv->header[i], str_from(header)))
            return i;
    return SIZE_MAX;
}

struct str tsv_cell(const struct tsv *tsv, size_t row, size_t column)
{
    if (row >= tsv->rows || column >= tsv->columns)
        return (struct str){NULL, 0};
    return tsv->cells[row * tsv->columns + column];
}

bool tsv_needs(const struct tsv *tsv, const char *name, const char *const *headers, struct err *err)
{
    for (; *headers; headers++)
        if (tsv_column(tsv, *headers) == SIZE_MAX)
            return err_set(err, ERR_CONFIG, "%s: needs the column '%s'", name, *headers);
    return true;
}
