/* Reading tables as spreadsheets save them: RFC 4180, with the separator and the encoding that they chose. */
#ifndef BASE_CSV_H
#define BASE_CSV_H
#include "base/err.h"
#include "base/limits.h"
#include "base/str.h"

struct arena;

enum { CSV_CELLS = LIMIT_TABLE_COLUMNS }; /* of a row, as many as a worksheet has; further ones are only counted */

/* Cutting: where the cells of one record lie in the bytes of a file, in UTF-8 or CP949. */
struct csv_style {
    char separator;
    char newline; /* '\n', also for CRLF; '\r' in a file whose lines end in CR alone */
};
struct csv_cell {
    size_t begin, end; /* bytes of the record; of a quoted cell what is between its quotes */
    bool quoted;       /* "" stands for " in it */
};
struct csv_record {
    struct csv_cell *cells; /* [n], but at most CSV_CELLS; free with mem_free, or cut into again */
    size_t n, room;
    size_t end;  /* behind the record's newline */
    size_t open; /* of CSV_OPEN: the opening quote */
};
enum csv_cut {
    CSV_RECORD,
    CSV_MORE, /* the record may go on behind these bytes, which are not the whole rest: come back with twice as many */
    CSV_OPEN  /* a quote is not closed: all the rest is in the last cell */
};
/* Cuts the record at the start of `bytes` (RFC 4180). A cell is quoted if a quote begins it and a quote ends it; it may
 * hold newlines then. Any other quote stands for itself. Linear. */
enum csv_cut csv_cut(struct str bytes, bool whole, struct csv_style style, struct csv_record *record);

/* What stands between the quotes of a cell, with "" as ", into out, which has room for inside.n bytes; its length. */
size_t csv_unquote(struct str inside, char *out);

/* A table being read, row by row. */
struct csv {
    struct str rest;
    char separator;
    size_t line; /* of the next row, from 1 */
};

/* Bytes → text in NFC, in the arena: UTF-8 or UTF-16 by its mark, UTF-8, or CP949. False where it is none of these. */
bool csv_decode(struct arena *arena, struct str bytes, struct str *text);

/* Begins with a decoded text, borrowed. The separator is that of "," ";" and tab which the first line has most of
 * outside quotes, or what a first line "sep=;" says, which is passed over. */
void csv_open(struct csv *csv, struct str text);

/* The next row that is not empty: trimmed cells, control characters as blanks, in the arena. Returns false at the end.
 * *line is where the row begins. A quote that is never closed takes all that follows into its cell: *open tells. */
bool csv_row(struct csv *csv, struct arena *arena, struct str **cells, size_t *n, size_t *line, bool *open);

#endif
