/* brief → CSV tables: BOM, CRLF, RFC 4180, formulas neutralised, codes as text. */
#ifndef OUT_CSV_H
#define OUT_CSV_H
#include "base/str.h"
#include "brief/brief.h"

enum csv_table { CSV_CITIES, CSV_INITIATIVES, CSV_ARTICLES, CSV_TREND, CSV_TABLES };
const char *csv_name(enum csv_table table); /* "cities" */
void csv_write(const struct brief *brief, enum csv_table table, struct buf *out);

/* One cell, quoted as needed and neutralised by an apostrophe where a spreadsheet would run it as a formula. csv_text
 * is for words and ids, which stay text also where they look like a number or a day; csv_cell for codes, which may be
 * both. */
void csv_cell(struct buf *out, struct str text);
void csv_text(struct buf *out, struct str text);

#endif
