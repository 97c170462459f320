/* A table of text: aligned and fitted to a terminal, or tab-separated for whatever else reads it. */
#ifndef CLI_TEXT_TABLE_H
#define CLI_TEXT_TABLE_H
#include "base/arena.h"
#include "base/str.h"

enum { TABLE_COLUMNS = 16 };

struct text_column {
    struct str name;
    bool right;    /* aligned: numbers */
    bool optional; /* left out where the terminal is too narrow, the last such column first */
};

/* Zero at first, but for the first four. The last column takes what room is left, and its text is cut to that. */
struct text_table {
    struct arena *arena;
    const struct text_column *columns;
    size_t n_columns;
    size_t width;     /* of the terminal, cells; 0: tabs, nothing left out or cut */
    struct str *rows; /* those that tell how wide the columns must be, until they are printed */
    size_t n_rows, widths[TABLE_COLUMNS];
    bool begun; /* the head is printed */
};

/* Appends a row, or keeps it until enough are known. Cells hold no control characters. */
void text_table_row(struct text_table *table, const struct str *cells, struct buf *out);
void text_table_end(struct text_table *table, struct buf *out);

/* Cells of the terminal on standard output: COLUMNS, else what it says itself, else 80; 0 where it is none. */
size_t terminal_width(void);

#endif
