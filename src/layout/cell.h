/* What the text of a table's cell says: for layout, and for devices that set tables themselves. */
#ifndef LAYOUT_CELL_H
#define LAYOUT_CELL_H
#include "template/doc.h"

struct number {
    double value;
    size_t point; /* byte after the whole part: where the decimal point is, or would be */
    bool fraction;
};
/* The only number of a text such as "△1,234.5%"; false where there is none, or more than one. △ and − are minus. */
bool number_read(struct str text, struct number *out);
/* Whether a text stands for "none": empty, or only a dash. */
bool number_none(struct str text);
/* The text of a cell without looks; longer ones of several runs are cut to `size` bytes. */
struct str cell_text(const struct cell *cell, char *room, size_t size);
/* Next of the words of a sparkline's text. */
bool number_word(struct str *rest, struct str *word);

#endif
