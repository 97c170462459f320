/* Tables → CSV and its metadata: RFC 4180, CRLF, formulas neutralised, codes as text; a byte order mark unless told
 * otherwise. */
#ifndef OUT_CSV_H
#define OUT_CSV_H
#include "base/err.h"
#include "base/str.h"
#include "out/sheet.h"

enum csv_encoding { CSV_UTF8_BOM, CSV_UTF8, CSV_CP949 };
struct csv_options {
    enum sheet_language language;
    enum csv_encoding encoding;
};

/* Appends one table. Errors: ERR_INPUT where a character has no place in CP949, with table, row (the header is 1),
 * column and character; then nothing is appended. */
bool csv_write(const struct brief *brief, enum sheet_kind kind, const struct csv_options *options, struct buf *out,
               struct err *err);

/* Appends csv-metadata.json of CSV on the Web: the five tables as the files TABLE-`name`.csv of its folder. */
void csvw_write(const struct brief *brief, const char *name, const struct csv_options *options, struct buf *out);

/* One cell, quoted as needed and neutralised by an apostrophe where a spreadsheet would run it as a formula. csv_text
 * is for words and ids, which stay text also where they look like a number or a day; csv_cell for codes, which may be
 * both. */
void csv_cell(struct buf *out, struct str text);
void csv_text(struct buf *out, struct str text);

#endif
