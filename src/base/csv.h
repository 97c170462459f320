/* Reading tables as spreadsheets save them: RFC 4180, with the separator and the encoding that they chose. */
#ifndef BASE_CSV_H
#define BASE_CSV_H
#include "base/err.h"
#include "base/str.h"

struct arena;

enum { CSV_CELLS = 1024 }; /* of a row; further ones are passed over */

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
