/* brief → tables of typed cells: the one source of CSV, XLSX and CSVW, so that their figures are the same. Which columns
 * there are, and in what words: data/csv.tsv. */
#ifndef OUT_TABLES_H
#define OUT_TABLES_H
#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"
#include "brief/brief.h"

enum table_kind { TABLE_CITIES, TABLE_INITIATIVES, TABLE_ARTICLES, TABLE_TREND, TABLE_FACTS, TABLE_KINDS };
enum table_language { TABLE_KOREAN, TABLE_ENGLISH };
enum { TABLES_VERSION = 2 }; /* of the contract: data/csv.tsv says what raises it */

const char *table_name(enum table_kind kind); /* "cities": of files and of the contract */

enum column_type { COLUMN_INTEGER, COLUMN_DECIMAL, COLUMN_DATE, COLUMN_MONTH, COLUMN_FLAG, COLUMN_CODE, COLUMN_TEXT, COLUMN_URL };

struct column {
    struct str key, header, ko, en, description; /* header: in the language of the table */
    enum column_type type;
    int decimals; /* of COLUMN_DECIMAL */
    bool list;    /* several codes or texts, separated by ";" */
};

enum cell_kind { CELL_EMPTY, CELL_INTEGER, CELL_REAL, CELL_DAY, CELL_TEXT };

struct cell {
    enum cell_kind kind;
    int64_t integer;
    double real; /* as exact as is printed: rounded to the column's decimals */
    date_t day;  /* of COLUMN_MONTH: its first */
    struct str text;
};

struct table {
    enum table_kind kind;
    const struct column *columns;
    size_t n_columns, n_rows;
    struct table_source *source; /* what rows are made from */
};

/* A table of a brief; lives in the arena, borrows the brief. */
void table_open(struct arena *arena, const struct brief *brief, enum table_kind kind, enum table_language language,
                struct table *out);

/* The cells of row `at` < n_rows, as many as columns. Valid until the next call for this table. */
const struct cell *table_row(const struct table *table, size_t at);
void table_close(const struct table *table);

/* What a key of the contract's table "word" is printed as; the empty string where there is none. */
struct str table_word(const struct table *table, const char *key);

#endif
