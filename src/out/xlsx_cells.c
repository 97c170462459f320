/* Cells of a workbook. */
#include "base/link.h"
#include "base/utf8.h"
#include "out/xlsx_book.h"

#include <string.h>

/* Is it _xHHHH_, which readers of the format take for the character HHHH? */
static bool is_escape(struct str text, size_t at)
{
    if (text.n - at < 7 || text.p[at] != '_' || text.p[at + 1] != 'x' || text.p[at + 6] != '_')
        return false;
    return strspn(text.p + at + 2, "0123456789abcdefABCDEF") >= 4;
}

/* As XML and Excel can hold it: escapes escaped, no U+FFFE and U+FFFF, not too long. Controls are the library's. */
static struct str fitting(struct book *book, struct str text)
{
    struct buf out = {0};
    size_t units = 0;
    for (size_t at = 0; at < text.n;) {
        size_t begin = at, escape = is_escape(text, at) ? 7 : 0;
        uint32_t c = utf8_next(text, &at);
        size_t more = escape + (c > 0xffff ? 2 : 1);
        if (units + more > XLSX_CHARACTERS) {
            book->cut++;
            break;
        }
        units += more;
        buf_text(&out, escape ? "_x005F" : "");
        if (c == 0xfffe || c == 0xffff)
            buf_utf8(&out, 0xfffd);
        else
            buf_add(&out, text.p + begin, at - begin);
    }
    struct str copy = str_copy(book->arena, buf_view(&out));
    buf_free(&out);
    return copy;
}

void xlsx_put_text(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, struct str text,
                   lxw_format *format)
{
    worksheet_write_string(sheet, row, column, fitting(book, text).p, format);
}

/* Only addresses of pages become links, and no more of them than a sheet may have. */
static void put_url(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, struct str url)
{
    struct str text = fitting(book, url);
    if (link_is_page(url) && str_equal(text, url) && url.n <= XLSX_LINK_CHARACTERS && row < XLSX_LINKS)
        worksheet_write_url(sheet, row, column, text.p, NULL);
    else
        worksheet_write_string(sheet, row, column, text.p, NULL);
}

/* Excel's days begin with 1900, a leap year for it. */
static void put_day(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, date_t day, bool month)
{
    struct ymd d = date_split(day);
    lxw_datetime when = {.year = d.year, .month = d.month, .day = d.day};
    if (d.year > 1900)
        worksheet_write_datetime(sheet, row, column, &when, month ? book->month : book->date);
    else
        worksheet_write_string(sheet, row, column, (month ? date_iso_month(day) : date_iso(day)).p, NULL);
}

/* Numbers are doubles there: larger ones would lose digits. */
static void put_integer(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, int64_t value)
{
    enum { EXACT_BITS = 53 };
    if (value <= (int64_t)1 << EXACT_BITS && value >= -((int64_t)1 << EXACT_BITS))
        worksheet_write_number(sheet, row, column, (double)value, book->integer);
    else
        worksheet_write_string(sheet, row, column, arena_printf(book->arena, "%lld", (long long)value), NULL);
}

void xlsx_put_cell(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t at,
                   const struct sheet_column *column, const struct sheet_cell *cell)
{
    switch (cell->kind) {
    case CELL_EMPTY: return;
    case CELL_INTEGER: put_integer(book, sheet, row, at, cell->integer); return;
    case CELL_REAL: worksheet_write_number(sheet, row, at, cell->real, book->decimal[column->decimals]); return;
    case CELL_DAY: put_day(book, sheet, row, at, cell->day, column->type == SHEET_MONTH); return;
    case CELL_TEXT:
        if (column->type == SHEET_URL)
            put_url(book, sheet, row, at, cell->text);
        else
            xlsx_put_text(book, sheet, row, at, cell->text, NULL);
    }
}
