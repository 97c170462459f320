/* Inside tables: what table*.c share.
 *
 *      options, facts of columns ──measure──▶ widths ──▶ a unit of rows at a time: set, drawn into one strip
 *
 * A unit is a row, or the rows that a cell over several of them joins: a strip that no page break cuts. Rows are
 * counted from 0 with the header's own row, so that `header=2` only says where the body begins.
 */
#ifndef LAYOUT_TABLE_H
#define LAYOUT_TABLE_H
#include "layout/cell.h"
#include "layout/flow.h"

enum wish { WISH_AUTO, WISH_SHARE, WISH_FIXED };

struct column {
    enum align align;
    bool point;                     /* numbers stand with their decimal points under each other */
    const struct block_style *look; /* of body rows; NULL: the table's */
    bool bar, spark;                /* figures are drawn beside the value */
    enum wish wish;                 /* of `widths` */
    float amount;                   /* … shares; or points, padding included */
    float natural;                  /* points: of the widest cell on one line */
    float least;                    /* … of the widest unbreakable word */
    float bulk;                     /* … of all measured cells on one line, one after another */
    float value;                    /* … of the widest value that has a bar or sparkline beside it */
    float left, right;              /* … before and behind the decimal points */
    double low, high;               /* of the bars: low <= 0 <= high */
};

/* Where a cell begins that reaches into this column. */
struct slot {
    size_t row, column, width;
};

struct table_flow {
    const struct table *table;
    const struct table_style *style;
    size_t birth;
    float smaller, closer, pad_x, pad_y; /* points: off the size and leading of the styles; padding of cells */
    float x, measure;
    struct column *columns;
    bool has_header;            /* row 0 is table->header */
    size_t first, body, totals; /* rows: the first one that is set, the first of the body, total rows from here on */
    size_t end;                 /* number of rows */
    struct str subtotal, none;
    bool split;         /* rows may be divided */
    bool lone_spark;    /* sparklines stand without their last number */
    struct slot *slots; /* [columns] of the row that was resolved last */
    size_t *band;       /* [band_n] columns set side by side; all of them, unless the table is too wide */
    float *widths;      /* [band_n] points of text */
    size_t band_n;
    float band_room;    /* points that bands may take: the measure, or less where they are to be alike */
    size_t stub;        /* columns that name the row: first in every band */
    size_t own_column;  /* first column of the band that no earlier one had: those before it are said already */
    size_t next_column; /* first column of the next band */
    size_t row;         /* to be set next */
    bool apart;         /* rows are set one by one, though cells join them: together they are taller than a page */
    bool whole;         /* kept on one page */
    size_t stripe;      /* body units since the last group row */
    size_t warnings;    /* about single cells */
    tag_id tag, line;   /* the table's element; the TR of the band's row that was tagged last, or 0 */
    tag_id *cell_tags;  /* [columns] TH or TD that takes a column there */
    size_t part_rows;   /* of the THead or TBody so far */
    size_t headings;    /* rows of headings, which may be too tall to be set as a header */
    /* repeated on further pages: the header, and it with the name of the group that is being set, or NULL */
    const struct strip *plain_head, *head;
};

struct set_cell {
    struct paragraph text;
    struct text_style style;
    const struct block_style *look;
    const struct cell *cell;
    tag_id tag;
    size_t column, rows; /* rows of this unit that it takes */
    size_t width;        /* columns of the table */
    size_t at, n;        /* places in the band */
    bool above;          /* begins in a row above: no text of its own here */
    float shift;         /* points that the text moves to the right */
};

struct set_row {
    size_t row;
    enum row_kind kind;
    struct set_cell *cells;
    size_t n, lines;
    bool bare; /* has no cell of its own in any column: all reach in from above */
    float leading;
    float rule, below; /* rules above (which takes the place of the one below the row before) and below */
    float height;      /* all of it */
};

struct row_unit {
    struct set_row *rows;
    size_t n;
    float height;
};

/* table_read.c: options, and what can be known of a column before anything is set */
bool table_read(struct layout *layout, struct table_flow *flow, const struct block *block);
const struct cell *table_cells(const struct table_flow *flow, size_t row); /* [columns] */
enum row_kind table_kind(const struct table_flow *flow, size_t row);
/* Names a cell that is not as it should be; after some of them it keeps silent. */
void table_warn(struct layout *layout, struct table_flow *flow, const char *code, size_t row, size_t column,
                const char *what, struct str text);

/* table_span.c */
bool table_joins_up(const struct table_flow *flow, size_t row); /* a cell of this row belongs to the row above */
bool table_is_group(const struct table_flow *flow, size_t row); /* one cell across the table */
/* Fills flow->slots for a row, the next one after the row resolved before; `fresh`: nothing can reach in from above. */
void table_resolve(struct layout *layout, struct table_flow *flow, size_t row, bool fresh);

/* table_measure.c */
const struct block_style *table_look(const struct table_flow *flow, enum row_kind kind, size_t column);
struct text_style table_text(const struct table_flow *flow, enum row_kind kind, size_t column);
/* What is printed of a cell: of a sparkline its last number, in an empty numeric one the sign for none. */
struct cell table_content(struct arena *arena, const struct table_flow *flow, enum row_kind kind, size_t column,
                          const struct cell *cell);
void table_measure(struct layout *layout, struct table_flow *flow);
/* Widths of the band's columns; the table may become narrower than the measure. */
void table_widths(struct layout *layout, struct table_flow *flow);
/* Points before the decimal point of a cell's only number, or before the end of what stands for one; false where there
 * is neither. */
bool table_point(struct layout *layout, const struct cell *cell, const struct text_style *style, float *left);

/* table_set.c: the rows from `row` on that belong together, unless they are taller than `most` */
struct row_unit table_set(struct layout *layout, struct table_flow *flow, size_t row, float most);

/* table_tags.c */
void table_tag(struct layout *layout, struct table_flow *flow);
/* Gives the cells of the unit's rows their elements. Once a band for each row, in order. */
void table_tag_unit(struct layout *layout, struct table_flow *flow, struct row_unit *unit);

/* table_draw.c */
void table_draw(struct layout *layout, struct table_flow *flow, struct strip *strip, const struct row_unit *unit,
                float y);
/* One line of a row that is divided. */
void table_draw_line(struct layout *layout, struct table_flow *flow, struct strip *strip, const struct set_row *row,
                     size_t line);

/* table_figure.c: bars and sparklines in a box of the strip */
void table_figure(struct layout *layout, struct table_flow *flow, struct strip *strip, const struct set_row *row,
                  const struct set_cell *cell, float x, float y, float w, float h);

#endif
