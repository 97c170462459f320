/* What the options before a table say about its rows and columns (templates/README.md), for devices that leave setting
 * it to others. What is wrong with them layout warns of; here it has no effect. */
#ifndef OUT_GRID_H
#define OUT_GRID_H
#include "base/arena.h"
#include "template/doc.h"

struct column_look {
    enum align align;
    bool bar, spark;
    double low, high; /* of the bars: low <= 0 <= high */
};

/* Rows are counted from 0 with the header's own row. */
struct grid {
    const struct table *table;
    struct column_look *columns;     /* [table->columns] */
    size_t first, body, totals, end; /* rows from `first` on are shown; header, body and total rows begin there */
    struct str subtotal, none;
    bool lone_spark; /* sparklines stand without their last number */
    size_t stub;     /* the column that names a row */
};

void grid_read(struct arena *arena, const struct block *block, struct grid *out);
const struct cell *grid_row(const struct grid *look, size_t row); /* [table->columns] */
/* One cell across the table: the title of the rows below. */
bool grid_row_is_group(const struct grid *look, size_t row);
bool grid_row_is_subtotal(const struct grid *look, size_t row);
/* All text of a cell, in the arena. */
struct str grid_text(struct arena *arena, const struct cell *cell);

#endif
