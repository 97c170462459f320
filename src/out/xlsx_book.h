/* A workbook being made. Only src/out/xlsx*.c include this header. */
#ifndef OUT_XLSX_BOOK_H
#define OUT_XLSX_BOOK_H
#include "out/sheet.h"
#include "out/xlsx.h"

#include <xlsxwriter.h>

/* The limits of Excel's format. */
enum { XLSX_ROWS = 1048576, XLSX_CHARACTERS = 32767, XLSX_LINKS = 65530, XLSX_LINK_CHARACTERS = 2000 };

enum { XLSX_DECIMALS = 7 };

struct book {
    lxw_workbook *workbook;
    struct arena *arena;
    const struct brief *brief;
    enum sheet_language language;
    struct sheet sheets[SHEET_KINDS];
    lxw_format *title, *header, *integer, *decimal[XLSX_DECIMALS], *date, *month;
    size_t cut; /* cells whose text was too long */
};

/* An added sheet, NULL for want of memory. The name is a word of the contract. */
lxw_worksheet *xlsx_add_sheet(struct book *book, const char *word);
char *xlsx_word(struct book *book, const char *key);

/* Writes text as a string, whatever it looks like, as much of it as fits. */
void xlsx_put_text(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, struct str text,
                   lxw_format *format);
/* Writes a typed cell as its column says. */
void xlsx_put_cell(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t at,
                   const struct sheet_column *column, const struct sheet_cell *cell);

void xlsx_put_charts(struct book *book, lxw_worksheet *sheet);

#endif
