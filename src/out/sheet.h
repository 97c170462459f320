/* brief → tables of typed cells: the one source of CSV, XLSX and CSVW, so that their figures are the same. Which
 * columns there are, and in what words: data/csv.tsv. */
#ifndef OUT_SHEET_H
#define OUT_SHEET_H
#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"
#include "brief/brief.h"

enum sheet_kind { SHEET_CITIES, SHEET_INITIATIVES, SHEET_ARTICLES, SHEET_TREND, SHEET_FACTS, SHEET_KINDS };
enum sheet_language { SHEET_KOREAN, SHEET_ENGLISH };
enum { SHEETS_VERSION = 2 }; /* of the contract: data/csv.tsv says what raises it */

const char *sheet_name(enum sheet_kind kind); /* "cities": of files and of the contract */

enum sheet_type {
    SHEET_INTEGER,
    SHEET_DECIMAL,
    SHEET_DATE,
    SHEET_MONTH,
    SHEET_FLAG,
    SHEET_CODE,
    SHEET_TEXT,
    SHEET_URL
};

struct sheet_column {
    struct str key, header, ko, en, description; /* header: in the language of the table */
    enum sheet_type type;
    int decimals; /* of SHEET_DECIMAL */
    bool list;    /* several codes or texts, separated by ";" */
};

enum sheet_cell_kind { CELL_EMPTY, CELL_INTEGER, CELL_REAL, CELL_DAY, CELL_TEXT };

struct sheet_cell {
    enum sheet_cell_kind kind;
    int64_t integer;
    double real; /* as exact as is printed: rounded to the column's decimals */
    date_t day;  /* of SHEET_MONTH: its first */
    struct str text;
};

struct sheet {
    enum sheet_kind kind;
    const struct sheet_column *columns;
    size_t n_columns, n_rows;
    struct sheet_source *source; /* what rows are made from */
};

/* A table of a brief; lives in the arena, borrows the brief. */
void sheet_open(struct arena *arena, const struct brief *brief, enum sheet_kind kind, enum sheet_language language,
                struct sheet *out);

/* The cells of row `at` < n_rows, as many as columns. Valid until the next call for this table. */
const struct sheet_cell *sheet_row(const struct sheet *table, size_t at);
void sheet_close(const struct sheet *table);

/* What a key of the contract's table "word" is printed as; the empty string where there is none. */
struct str sheet_word(const struct sheet *table, const char *key);

#endif
