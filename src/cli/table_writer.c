/* Lists with fixed columns, for people and for programs. */
#include "cli/table_writer.h"

#include "base/utf8.h"

#include <assert.h>

enum { FLUSH = 1 << 16 };

bool put_csv_row(const struct csv_options *options, const struct str *cells, const bool *as_text, size_t n,
                 struct buf *out, struct err *err)
{
    struct buf row = {0};
    size_t bad;
    bool ok = true;
    for (size_t i = 0; i < n; i++) {
        buf_text(&row, i ? "," : "");
        (as_text && as_text[i] ? csv_text : csv_cell)(&row, cells[i]);
    }
    buf_text(&row, "\r\n");
    if (options->encoding != CSV_CP949)
        buf_str(out, buf_view(&row));
    else if (!utf8_encode(buf_view(&row), "windows-949", out, &bad))
        ok = err_set(err, ERR_INPUT,
                     STR_FMT ": its row has a character that has no place in CP949, \"" STR_FMT "\"; UTF-8 holds all: "
                             "--csv-encoding utf-8-bom",
                     STR_ARG(cells[0]), STR_ARG(str_head(str_slice(buf_view(&row), bad, row.n), 4)));
    buf_free(&row);
    return ok;
}

bool table_writer_open(struct table_writer *writer, struct cli *cli, const struct table_column *columns, size_t n,
                       struct err *err)
{
    assert(n <= TABLE_COLUMNS);
    *writer = (struct table_writer){.cli = cli, .columns = columns, .n = n};
    if (cli->json && cli->csv)
        return err_set(err, ERR_USAGE, "either --json or --csv");
    if (!cli_csv_options(cli, &writer->options, err))
        return false;
    bool korean = writer->options.language == SHEET_KOREAN;
    for (size_t i = 0; i < n; i++)
        writer->heads[i] = (struct text_column){str_from(korean && columns[i].ko ? columns[i].ko : columns[i].en),
                                                columns[i].look & TABLE_RIGHT, columns[i].look & TABLE_OPTIONAL};
    writer->table =
        (struct text_table){.arena = cli->arena, .columns = writer->heads, .n_columns = n, .width = terminal_width()};
    return true;
}

bool table_writer_flush(struct table_writer *writer, struct err *err)
{
    if (writer->out.n < FLUSH)
        return true;
    bool ok = cli_print(buf_view(&writer->out), err);
    buf_clear(&writer->out);
    return ok;
}

static bool begin_csv(struct table_writer *writer, struct err *err)
{
    struct str names[TABLE_COLUMNS];
    for (size_t i = 0; i < writer->n; i++)
        names[i] = writer->heads[i].name;
    if (writer->options.encoding == CSV_UTF8_BOM)
        buf_text(&writer->out, "\xEF\xBB\xBF");
    return put_csv_row(&writer->options, names, NULL, writer->n, &writer->out, err);
}

/* On one line, and inert on a terminal. */
static struct str tamed(struct buf *to, struct str cell)
{
    size_t from = to->n;
    for (size_t at = 0; at < cell.n;) {
        uint32_t c = utf8_next(cell, &at);
        buf_utf8(to, c < 0x20 || (c >= 0x7f && c < 0xa0) || utf8_is_direction(c) ? '?' : c);
    }
    return str_slice(buf_view(to), from, to->n);
}

static void put_text(struct table_writer *writer, const struct str *cells)
{
    struct str shown[TABLE_COLUMNS];
    struct buf texts = {0};
    size_t room = 1;
    for (size_t i = 0; i < writer->n; i++)
        room += cells[i].n;
    buf_room(&texts, room); /* so that the cells stay where they are */
    for (size_t i = 0; i < writer->n; i++)
        shown[i] = cells[i].n ? tamed(&texts, cells[i]) : STR("-");
    text_table_row(&writer->table, shown, &writer->out);
    buf_free(&texts);
}

bool table_writer_put(struct table_writer *writer, const struct str *cells, struct err *err)
{
    bool as_text[TABLE_COLUMNS] = {false};
    if (writer->rows++ == 0 && writer->cli->csv && !begin_csv(writer, err))
        return false;
    for (size_t i = 0; i < writer->n; i++)
        as_text[i] = writer->columns[i].look & TABLE_TEXT;
    if (!writer->cli->csv)
        put_text(writer, cells);
    else if (!put_csv_row(&writer->options, cells, as_text, writer->n, &writer->out, err))
        return false;
    return table_writer_flush(writer, err);
}

bool table_writer_end(struct table_writer *writer, bool ok, struct err *err)
{
    if (ok && writer->cli->csv && writer->rows == 0)
        ok = begin_csv(writer, err);
    else if (ok && !writer->cli->csv && writer->rows > 0)
        text_table_end(&writer->table, &writer->out);
    ok = ok && cli_print(buf_view(&writer->out), err);
    buf_free(&writer->out);
    return ok;
}
