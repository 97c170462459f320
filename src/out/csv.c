/* Tables → CSV. */
#include "out/csv.h"

#include "base/utf8.h"

static void put_cell(struct buf *out, const struct sheet_column *column, const struct sheet_cell *cell)
{
    switch (cell->kind) {
    case CELL_EMPTY: return;
    case CELL_INTEGER: buf_printf(out, "%lld", (long long)cell->integer); return;
    case CELL_REAL: buf_printf(out, "%.*f", column->decimals, cell->real); return;
    case CELL_DAY:
        buf_text(out, (column->type == SHEET_MONTH ? date_iso_month(cell->day) : date_iso(cell->day)).p);
        return;
    case CELL_TEXT:
        if (column->type == SHEET_CODE || column->type == SHEET_FLAG)
            csv_cell(out, cell->text);
        else
            csv_text(out, cell->text);
    }
}

static void put_table(const struct sheet *sheet, struct buf *out)
{
    for (size_t i = 0; i < sheet->n_columns; i++) {
        buf_text(out, i ? "," : "");
        csv_cell(out, sheet->columns[i].header);
    }
    buf_text(out, "\r\n");
    for (size_t at = 0; at < sheet->n_rows; at++) {
        const struct sheet_cell *cells = sheet_row(sheet, at);
        for (size_t i = 0; i < sheet->n_columns; i++) {
            buf_text(out, i ? "," : "");
            put_cell(out, &sheet->columns[i], &cells[i]);
        }
        buf_text(out, "\r\n");
    }
}

/* Names the cell of our own text that byte `bad` is in. */
static bool no_place(const struct sheet *sheet, struct str text, size_t bad, struct err *err)
{
    size_t row = 1, column = 0, at = bad;
    bool quoted = false;
    for (size_t i = 0; i < bad; i++) {
        quoted ^= text.p[i] == '"';
        column += !quoted && text.p[i] == ',';
        if (!quoted && text.p[i] == '\n') {
            row++;
            column = 0;
        }
    }
    uint32_t character = utf8_next(text, &at);
    return err_set(err, ERR_INPUT,
                   "%s, row %zu, column " STR_FMT ": \"" STR_FMT "\" (U+%04X) has no place in CP949; UTF-8 holds "
                   "every character: --csv-encoding utf-8-bom",
                   sheet_name(sheet->kind), row, STR_ARG(sheet->columns[column].header),
                   STR_ARG(str_slice(text, bad, at)), (unsigned)character);
}

bool csv_write(const struct brief *brief, enum sheet_kind kind, const struct csv_options *options, struct buf *out,
               struct err *err)
{
    struct arena *arena = arena_new();
    struct sheet sheet;
    bool ok = true;
    sheet_open(arena, brief, kind, options->language, &sheet);
    if (options->encoding == CSV_CP949) {
        struct buf text = {0};
        size_t bad;
        put_table(&sheet, &text);
        ok = utf8_encode(buf_view(&text), "windows-949", out, &bad) || no_place(&sheet, buf_view(&text), bad, err);
        buf_free(&text);
    } else {
        buf_text(out, options->encoding == CSV_UTF8_BOM ? "\xEF\xBB\xBF" : "");
        put_table(&sheet, out);
    }
    sheet_close(&sheet);
    arena_free(arena);
    return ok;
}
