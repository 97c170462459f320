/* Inside the HTML writer: bars, which only repeat what the cell says, and sparklines with their numbers as a label. */
#ifndef OUT_HTML_FIGURE_H
#define OUT_HTML_FIGURE_H
#include "out/grid.h"

void html_bar(struct buf *out, const struct column_look *column, struct str text);
void html_spark(struct arena *arena, struct buf *out, struct str text);
/* The last of the numbers of a sparkline: what is printed. */
struct str html_spark_last(struct str text);

#endif
