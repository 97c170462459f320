/* A list with fixed columns: a table on a terminal, tab-separated elsewhere, CSV; what a command prints itself as JSON
 * goes through the same buffer. */
#ifndef CLI_TABLE_WRITER_H
#define CLI_TABLE_WRITER_H
#include "cli/cli.h"
#include "cli/text_table.h"

enum { TABLE_RIGHT = 1, TABLE_OPTIONAL = 2 /* as in text_column */, TABLE_TEXT = 4 /* as of list_writer */ };
struct table_column {
    const char *ko, *en; /* headers; ko may be NULL: the English one */
    unsigned look;
};

struct table_writer {
    struct cli *cli;
    struct csv_options options;
    const struct table_column *columns;
    size_t n, rows;
    struct text_table table;
    struct text_column heads[TABLE_COLUMNS];
    struct buf out; /* printed every 64 KiB */
};

/* Borrows cli and columns. Errors: ERR_USAGE for --json with --csv, and those of cli_csv_options. */
bool table_writer_open(struct table_writer *writer, struct cli *cli, const struct table_column *columns, size_t n,
                       struct err *err);
/* A row; cells may hold any valid UTF-8. Errors: as put_csv_row, and of standard output. */
bool table_writer_put(struct table_writer *writer, const struct str *cells, struct err *err);
/* Prints what is in `out` when that is much. */
bool table_writer_flush(struct table_writer *writer, struct err *err);
/* Ends the list if all went well so far, and frees. The result is ok and whether it could be printed. */
bool table_writer_end(struct table_writer *writer, bool ok, struct err *err);

/* Appends a row of CSV in the encoding wanted, neutralised. as_text may be NULL. Errors: ERR_INPUT where a character
 * has no place in CP949. */
bool put_csv_row(const struct csv_options *options, const struct str *cells, const bool *as_text, size_t n,
                 struct buf *out, struct err *err);

#endif
