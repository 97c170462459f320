/* Tables → one workbook for Excel: typed cells, filters, links, charts. */
#ifndef OUT_XLSX_H
#define OUT_XLSX_H
#include "base/err.h"
#include "base/str.h"
#include "out/sheet.h"

/* Appends the workbook of a brief: a sheet of contents, one a table, one of charts. `name` is period and scope, as in
 * the names of files. The same brief gives the same bytes. No text becomes a formula; what Excel cannot hold is cut and
 * said so on the first sheet. Errors: ERR_INPUT where a table has more rows than a sheet; ERR_IO, ERR_MEMORY. */
bool xlsx_write(const struct brief *brief, const char *name, enum sheet_language language, struct buf *out,
                struct err *err);

#endif
