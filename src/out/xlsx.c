/* The workbook: its sheets, and how it gets into memory. */
#include "base/utf8.h"
#include "out/xlsx_book.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

char *xlsx_word(struct book *book, const char *key)
{
    struct str word = sheet_word(&book->sheets[0], key);
    return arena_copy(book->arena, word.p, word.n);
}

lxw_worksheet *xlsx_add_sheet(struct book *book, const char *word)
{
    enum { A4 = 9 };
    lxw_worksheet *sheet = workbook_add_worksheet(book->workbook, xlsx_word(book, word));
    if (sheet) {
        worksheet_set_paper(sheet, A4);
        worksheet_set_landscape(sheet);
        worksheet_fit_to_pages(sheet, 1, 0);
    }
    return sheet;
}

static lxw_format *number_format(struct book *book, const char *pattern)
{
    lxw_format *format = workbook_add_format(book->workbook);
    format_set_num_format(format, pattern);
    return format;
}

static void make_formats(struct book *book)
{
    book->title = workbook_add_format(book->workbook);
    format_set_bold(book->title);
    format_set_font_size(book->title, 14);
    book->header = workbook_add_format(book->workbook);
    format_set_bold(book->header);
    format_set_bottom(book->header, LXW_BORDER_THIN);
    format_set_bg_color(book->header, 0xF4F5F6);
    book->integer = number_format(book, "#,##0");
    book->date = number_format(book, "yyyy-mm-dd");
    book->month = number_format(book, "yyyy-mm");
    for (int i = 0; i < XLSX_DECIMALS; i++)
        book->decimal[i] = number_format(book, arena_printf(book->arena, "0.%.*s", i, "000000"));
}

/* How wide a cell is shown: about so many digits. */
static size_t shown_width(struct book *book, const struct sheet_column *column, const struct sheet_cell *cell)
{
    switch (cell->kind) {
    case CELL_EMPTY: return 0;
    case CELL_TEXT: return utf8_columns(str_head(cell->text, 200));
    case CELL_DAY: return 10;
    case CELL_REAL: return 5 + (size_t)column->decimals;
    case CELL_INTEGER: return strlen(arena_printf(book->arena, "%lld", (long long)cell->integer)) * 4 / 3;
    }
    return 0;
}

/* One table: header, rows, filter. */
static void put_table(struct book *book, const struct sheet *from, lxw_worksheet *sheet)
{
    enum { NARROWEST = 8, WIDEST = 48, BUTTON = 4 };
    size_t *widths = ARENA_ARRAY(book->arena, from->n_columns, size_t);
    lxw_col_t last = (lxw_col_t)(from->n_columns - 1);
    for (lxw_col_t i = 0; i <= last; i++) {
        xlsx_put_text(book, sheet, 0, i, from->columns[i].header, book->header);
        widths[i] = utf8_columns(from->columns[i].header) + BUTTON;
    }
    for (size_t at = 0; at < from->n_rows; at++) {
        const struct sheet_cell *cells = sheet_row(from, at);
        for (lxw_col_t i = 0; i <= last; i++) {
            size_t width = shown_width(book, &from->columns[i], &cells[i]) + 1;
            widths[i] = width > widths[i] ? width : widths[i];
            xlsx_put_cell(book, sheet, (lxw_row_t)at + 1, i, &from->columns[i], &cells[i]);
        }
    }
    for (lxw_col_t i = 0; i <= last; i++) {
        size_t width = widths[i] < NARROWEST ? NARROWEST : widths[i] > WIDEST ? WIDEST : widths[i];
        worksheet_set_column(sheet, i, i, (double)width, NULL);
    }
    worksheet_freeze_panes(sheet, 1, 0);
    worksheet_autofilter(sheet, 0, 0, (lxw_row_t)from->n_rows, last);
    worksheet_ignore_errors(sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576");
    worksheet_repeat_rows(sheet, 0, 0);
}

/* ---- the sheet of contents ---- */

static struct str scope_text(struct book *book)
{
    const struct brief *brief = book->brief;
    struct buf text = {0};
    for (size_t i = 0; i < brief->scope.n_regions; i++) {
        buf_text(&text, i ? ", " : "");
        buf_str(&text, brief->scope.regions[i]->full_name);
    }
    if (text.n == 0)
        buf_text(&text, xlsx_word(book, "book-nation"));
    if (brief->scope.category && brief->taxonomy.n == 1) {
        buf_text(&text, ", ");
        buf_str(&text,
                book->language == SHEET_ENGLISH ? brief->taxonomy.items[0].english : brief->taxonomy.items[0].label);
    }
    struct str copy = str_copy(book->arena, buf_view(&text));
    buf_free(&text);
    return copy;
}

static lxw_row_t put_facts(struct book *book, lxw_worksheet *sheet, const char *name)
{
    const struct brief *brief = book->brief;
    const struct sheet_column text = {.type = SHEET_TEXT};
    const struct {
        const char *label;
        struct sheet_cell cell;
    } facts[] = {
        {"book-period", {.kind = CELL_TEXT, .text = str_from(name)}},
        {"book-scope", {.kind = CELL_TEXT, .text = scope_text(book)}},
        {"book-cutoff", {.kind = brief->cutoff == DATE_NONE ? CELL_EMPTY : CELL_DAY, .day = brief->cutoff}},
        {"book-collected", {.kind = CELL_INTEGER, .integer = brief->collected.articles}},
        {"book-rules", {.kind = CELL_TEXT, .text = brief->rules_version}},
        {"book-version", {.kind = CELL_INTEGER, .integer = SHEETS_VERSION}},
    };
    enum { FACTS = sizeof facts / sizeof *facts, TOP = 2 };
    struct book left = *book; /* numbers among words stand at the left */
    left.integer = number_format(book, "#,##0");
    left.date = number_format(book, "yyyy-mm-dd");
    format_set_align(left.integer, LXW_ALIGN_LEFT);
    format_set_align(left.date, LXW_ALIGN_LEFT);
    worksheet_write_string(sheet, 0, 0, xlsx_word(book, "book"), book->title);
    for (lxw_row_t i = 0; i < FACTS; i++) {
        worksheet_write_string(sheet, TOP + i, 0, xlsx_word(book, facts[i].label), NULL);
        xlsx_put_cell(&left, sheet, TOP + i, 1, &text, &facts[i].cell);
    }
    return TOP + FACTS + 1;
}

static void put_link(struct book *book, lxw_worksheet *sheet, lxw_row_t row, const char *name, const char *what)
{
    worksheet_write_url_opt(sheet, row, 0, arena_printf(book->arena, "internal:'%s'!A1", xlsx_word(book, name)), NULL,
                            xlsx_word(book, name), NULL);
    worksheet_write_string(sheet, row, 1, xlsx_word(book, what), NULL);
}

/* Comes last, when it is known what had to be cut. */
static void put_contents(struct book *book, lxw_worksheet *sheet, const char *name)
{
    static const char *const headers[] = {"book-sheet", "book-what", "book-rows"};
    lxw_row_t row = put_facts(book, sheet, name);
    for (lxw_col_t i = 0; i < 3; i++)
        worksheet_write_string(sheet, row, i, xlsx_word(book, headers[i]), book->header);
    for (int kind = 0; kind < SHEET_KINDS; kind++) {
        const char *table = sheet_name((enum sheet_kind)kind);
        put_link(book, sheet, ++row, arena_printf(book->arena, "table-%s", table),
                 arena_printf(book->arena, "rows-%s", table));
        worksheet_write_number(sheet, row, 2, (double)book->sheets[kind].n_rows, book->integer);
    }
    put_link(book, sheet, ++row, "book-charts", "book-charts-what");
    row += 2;
    for (int i = 1; i <= 3; i++)
        worksheet_write_string(sheet, row++, 0, xlsx_word(book, arena_printf(book->arena, "book-note-%d", i)), NULL);
    if (book->cut)
        worksheet_write_string(sheet, row, 0, xlsx_word(book, "book-note-cut"), NULL);
    worksheet_set_column(sheet, 0, 0, 24, NULL);
    worksheet_set_column(sheet, 1, 1, 64, NULL);
    worksheet_set_column(sheet, 2, 2, 10, NULL);
}

static bool fill(struct book *book, const char *name, struct err *err)
{
    enum { SECONDS_A_DAY = 86400, NOON = SECONDS_A_DAY / 2 }; /* 0 would be taken for now */
    date_t day = book->brief->cutoff == DATE_NONE ? book->brief->to : book->brief->cutoff;
    lxw_doc_properties properties = {.title = arena_printf(book->arena, "%s %s", xlsx_word(book, "book"), name),
                                     .created = (time_t)day * SECONDS_A_DAY + NOON};
    lxw_worksheet *contents = xlsx_add_sheet(book, "book-contents"), *sheets[SHEET_KINDS], *charts;
    bool ok = contents != NULL;
    make_formats(book);
    workbook_set_properties(book->workbook, &properties);
    for (int kind = 0; kind < SHEET_KINDS; kind++) {
        sheets[kind] = xlsx_add_sheet(book, arena_printf(book->arena, "table-%s", sheet_name((enum sheet_kind)kind)));
        ok = ok && sheets[kind];
    }
    charts = xlsx_add_sheet(book, "book-charts");
    if (!ok || !charts)
        return err_set(err, ERR_MEMORY, "no memory for a workbook");
    for (int kind = 0; kind < SHEET_KINDS; kind++)
        put_table(book, &book->sheets[kind], sheets[kind]);
    xlsx_put_charts(book, charts);
    put_contents(book, contents, name);
    return true;
}

/* ---- the file ---- */

static bool read_back(int fd, struct buf *out, struct err *err)
{
    off_t size = lseek(fd, 0, SEEK_END), got = 0;
    char *bytes = buf_room(out, size > 0 ? (size_t)size : 0);
    while (got < size) {
        ssize_t n = pread(fd, bytes + got, (size_t)(size - got), got);
        if (n <= 0)
            return err_set(err, ERR_IO, "a workbook in memory cannot be read: %s", strerror(errno));
        got += n;
    }
    out->n += (size_t)got;
    return true;
}

/* The library writes files only: it is given one that is nowhere but in memory. */
static bool make(struct book *book, const char *name, struct buf *out, struct err *err)
{
    char path[40];
    int fd = memfd_create("workbook", MFD_CLOEXEC);
    if (fd < 0)
        return err_set(err, ERR_IO, "a workbook cannot be made in memory: %s", strerror(errno));
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    book->workbook = workbook_new(path);
    bool ok = book->workbook ? fill(book, name, err) : err_set(err, ERR_MEMORY, "no memory for a workbook");
    if (book->workbook) {
        lxw_error code = workbook_close(book->workbook);
        if (code != LXW_NO_ERROR)
            ok = err_set(err, ERR_IO, "the workbook cannot be written: %s", lxw_strerror(code));
    }
    ok = ok && read_back(fd, out, err);
    close(fd);
    return ok;
}

bool xlsx_write(const struct brief *brief, const char *name, enum sheet_language language, struct buf *out,
                struct err *err)
{
    struct book book = {.arena = arena_new(), .brief = brief, .language = language};
    bool ok = true;
    for (int kind = 0; kind < SHEET_KINDS; kind++) {
        struct sheet *sheet = &book.sheets[kind];
        sheet_open(book.arena, brief, (enum sheet_kind)kind, language, sheet);
        if (sheet->n_rows >= XLSX_ROWS)
            ok = err_set(err, ERR_INPUT, "%s: %zu rows, and a sheet of a workbook holds %d: --format csv has no limit",
                         sheet_name((enum sheet_kind)kind), sheet->n_rows, XLSX_ROWS - 1);
    }
    ok = ok && make(&book, name, out, err);
    for (int kind = 0; kind < SHEET_KINDS; kind++)
        sheet_close(&book.sheets[kind]);
    arena_free(book.arena);
    return ok;
}
