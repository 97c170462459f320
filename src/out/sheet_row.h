/* What the columns' functions share. Only src/out/sheet*.c include this header. */
#ifndef OUT_SHEET_ROW_H
#define OUT_SHEET_ROW_H
#include "data/data.h"
#include "out/sheet.h"

/* One of an initiative's smaller facts. */
enum fact_kind { FACT_AGENCY, FACT_AMOUNT, FACT_TARGET, FACT_ZONE, FACT_KINDS };
struct fact {
    const struct brief_initiative *initiative;
    enum fact_kind kind;
    size_t at; /* in its list */
};

/* What a cell is made from: only the members of the table's own kind are set. */
struct row {
    const struct brief *brief;
    struct arena *arena; /* lasts until the next row */
    const struct tsv *contract;
    size_t words; /* where its words begin: they are its last rows */
    enum sheet_language language;
    const struct str *doubtful; /* keys of uncertain articles, sorted */
    int collected_months;       /* of the twelve */
    const struct brief_city *city;
    const struct brief_initiative *initiative;
    const struct brief_source *source;
    const struct brief_month *month;
    const struct fact *fact;
    size_t category; /* ROW_TOTAL or an index into the taxonomy */
    bool counted, review;
};
enum { ROW_TOTAL = -1 };

/* A column's function; `which` tells apart the columns that share one. */
struct field {
    const char *key;
    struct sheet_cell (*value)(const struct row *row, int which);
    int which;
};

/* Ended by a NULL key. */
extern const struct field sheet_city_fields[], sheet_initiative_fields[], sheet_article_fields[], sheet_trend_fields[],
    sheet_fact_fields[];

struct sheet_cell sheet_as_none(void);
struct sheet_cell sheet_as_integer(int64_t value);
struct sheet_cell sheet_as_rank(int value);       /* none for 0 */
struct sheet_cell sheet_as_real(double value);    /* none unless finite */
struct sheet_cell sheet_as_day(date_t day);       /* none for DATE_NONE */
struct sheet_cell sheet_as_text(struct str text); /* none for "" */
struct sheet_cell sheet_as_flag(const struct row *row, bool value);
struct sheet_cell sheet_as_word(const struct row *row, const char *key);

/* A list in one cell: zero-initialised, filled, taken. A ";" in a part becomes a full-width one. */
void sheet_list_add(struct buf *list, struct str part);
struct sheet_cell sheet_list_take(const struct row *row, struct buf *list);

struct str row_word(const struct row *row, const char *key); /* "" where there is none */
bool row_is_doubtful(const struct row *row, const struct brief_source *source);

/* Columns of several tables. */
struct sheet_cell row_period(const struct row *row, int which);
struct sheet_cell row_cutoff(const struct row *row, int which);
struct sheet_cell row_number(const struct row *row, int which);
enum { REGION_CODE, REGION_SIDO_NAME, REGION_NAME };
struct sheet_cell row_region(const struct region *region, int which);
struct str row_category_label(const struct row *row, size_t category);

#endif
