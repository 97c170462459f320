/* The sheet of charts: figures of the tables side by side, as charts want them, and two charts of them. */
#include "out/xlsx_book.h"

enum { PLACES = 10, CHART_ROWS = 20, HEADER_ROW = 1 };

static const lxw_color_t colours[] = {0x256EF4, 0xDE3412, 0x228738}; /* of the house style; the library's from there */
static const uint8_t markers[] = {LXW_CHART_MARKER_CIRCLE, LXW_CHART_MARKER_SQUARE, LXW_CHART_MARKER_TRIANGLE};

static const struct sheet_cell *cell_of(const struct sheet *sheet, size_t row, const char *key)
{
    const struct sheet_cell *cells = sheet_row(sheet, row);
    for (size_t i = 0; i < sheet->n_columns; i++)
        if (str_equal(sheet->columns[i].key, str_from(key)))
            return &cells[i];
    return NULL;
}

static void put(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const struct sheet *from,
                size_t from_row, const char *key)
{
    static const struct sheet_column plain = {.type = SHEET_TEXT}, month = {.type = SHEET_MONTH};
    const struct sheet_cell *cell = cell_of(from, from_row, key);
    xlsx_put_cell(book, sheet, row, column, cell->kind == CELL_DAY ? &month : &plain, cell);
}

static void insert(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, lxw_chart *chart, char *title)
{
    lxw_chart_options options = {
        .x_scale = 1.5, .y_scale = 1.3, .object_position = LXW_OBJECT_MOVE_DONT_SIZE, .description = title};
    chart_title_set_name(chart, title);
    worksheet_insert_chart_opt(sheet, row, column, chart, &options);
}

/* The line of category `c` > 0: its column, down to row `last`. */
static void add_line(lxw_chart *chart, const char *sheet, size_t c, lxw_row_t last)
{
    lxw_col_t column = (lxw_col_t)(1 + c);
    lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
    chart_series_set_categories(series, sheet, HEADER_ROW + 1, 0, last, 0);
    chart_series_set_values(series, sheet, HEADER_ROW + 1, column, last, column);
    chart_series_set_name_range(series, sheet, HEADER_ROW, column);
    if (c > sizeof colours / sizeof *colours)
        return;
    lxw_chart_line line = {.color = colours[c - 1], .width = 2};
    lxw_chart_fill fill = {.color = colours[c - 1]};
    chart_series_set_line(series, &line);
    chart_series_set_marker_type(series, markers[c - 1]);
    chart_series_set_marker_fill(series, &fill);
}

/* A row a month, a column a category. Returns the first free row. */
static lxw_row_t put_months(struct book *book, lxw_worksheet *sheet)
{
    const struct sheet *trend = &book->sheets[SHEET_TREND];
    char *name = xlsx_word(book, "book-charts"), *title = xlsx_word(book, "book-months");
    size_t categories = 1 + book->brief->taxonomy.n, months = book->brief->n_trend;
    if (months == 0)
        return 0;
    lxw_row_t last = (lxw_row_t)(HEADER_ROW + months);
    lxw_chart *chart = workbook_add_chart(book->workbook, LXW_CHART_LINE);
    worksheet_write_string(sheet, 0, 0, title, book->title);
    xlsx_put_text(book, sheet, HEADER_ROW, 0, trend->columns[0].header, book->header);
    for (size_t m = 0; m < months; m++)
        put(book, sheet, (lxw_row_t)(HEADER_ROW + 1 + m), 0, trend, m * categories, "month");
    for (size_t c = 0; c < categories; c++) {
        lxw_col_t column = (lxw_col_t)(1 + c);
        xlsx_put_text(book, sheet, HEADER_ROW, column, cell_of(trend, c, "category")->text, book->header);
        for (size_t m = 0; m < months; m++)
            put(book, sheet, (lxw_row_t)(HEADER_ROW + 1 + m), column, trend, m * categories + c, "initiatives");
        if (c > 0) /* the total would press the others flat */
            add_line(chart, name, c, last);
    }
    chart_axis_set_num_format(chart->x_axis, "yyyy-mm");
    insert(sheet, 0, (lxw_col_t)(categories + 2), chart, title);
    return last + 1 > CHART_ROWS ? last + 3 : CHART_ROWS + 2;
}

static void put_places(struct book *book, lxw_worksheet *sheet, lxw_row_t top)
{
    const struct sheet *cities = &book->sheets[SHEET_CITIES];
    char *name = xlsx_word(book, "book-charts"), *title = xlsx_word(book, "book-places");
    size_t categories = 1 + book->brief->taxonomy.n, n = 0;
    worksheet_write_string(sheet, top, 0, title, book->title);
    xlsx_put_text(book, sheet, top + 1, 0, str_from(xlsx_word(book, "book-place")), book->header);
    for (; n < PLACES && n < book->brief->n_cities; n++) {
        const struct sheet_cell *count = cell_of(cities, n * categories, "initiatives");
        if (count->kind == CELL_EMPTY || count->integer == 0)
            break;
        xlsx_put_text(book, sheet, top + 2 + (lxw_row_t)n, 0, book->brief->cities[n].region->full_name, NULL);
        put(book, sheet, top + 2 + (lxw_row_t)n, 1, cities, n * categories, "initiatives");
    }
    for (size_t i = 0; i < cities->n_columns; i++)
        if (str_equal(cities->columns[i].key, STR("initiatives")))
            xlsx_put_text(book, sheet, top + 1, 1, cities->columns[i].header, book->header);
    if (n == 0)
        return;
    lxw_chart *chart = workbook_add_chart(book->workbook, LXW_CHART_BAR);
    lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
    lxw_chart_fill fill = {.color = colours[0]};
    chart_series_set_categories(series, name, top + 2, 0, top + 1 + (lxw_row_t)n, 0);
    chart_series_set_values(series, name, top + 2, 1, top + 1 + (lxw_row_t)n, 1);
    chart_series_set_fill(series, &fill);
    chart_series_set_labels(series);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    chart_axis_set_reverse(chart->y_axis);
    insert(sheet, top, (lxw_col_t)(categories + 2), chart, title);
}

void xlsx_put_charts(struct book *book, lxw_worksheet *sheet)
{
    worksheet_set_column(sheet, 0, 0, 24, NULL);
    put_places(book, sheet, put_months(book, sheet));
}
