/* What the columns' functions share. Only src/out/table*.c include this header. */
#ifndef OUT_TABLE_ROW_H
#define OUT_TABLE_ROW_H
#include "data/data.h"
#include "out/tables.h"

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
    enum table_language language;
    const struct str *doubtful; /* keys of uncertain articles, sorted */
    int collected_months;       /* of the twelve */
    bool collected_before;      /* anything in the twelve months before the period */
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
    struct cell (*value)(const struct row *row, int which);
    int which;
};

/* Ended by a NULL key. */
extern const struct field table_city_fields[], table_initiative_fields[], table_article_fields[], table_trend_fields[],
    table_fact_fields[];

struct cell cell_none(void);
struct cell cell_integer(int64_t value);
struct cell cell_rank(int value);     /* none for 0 */
struct cell cell_real(double value);  /* none unless finite */
struct cell cell_day(date_t day);     /* none for DATE_NONE */
struct cell cell_text(struct str text); /* none for "" */
struct cell cell_flag(const struct row *row, bool value);
struct cell cell_word(const struct row *row, const char *key);

/* A list in one cell: zero-initialised, filled, taken. A ";" in a part becomes a full-width one. */
void list_add(struct buf *list, struct str part);
struct cell list_take(const struct row *row, struct buf *list);

struct str row_word(const struct row *row, const char *key); /* "" where there is none */
bool row_is_doubtful(const struct row *row, const struct brief_source *source);

/* Columns of several tables. */
struct cell row_period(const struct row *row, int which);
struct cell row_cutoff(const struct row *row, int which);
struct cell row_number(const struct row *row, int which);
enum { REGION_CODE, REGION_SIDO_NAME, REGION_NAME };
struct cell row_region(const struct region *region, int which);
struct str row_category_label(const struct row *row, size_t category);

#endif
