/* Inside pages.c and page_*.c: filling one page.
 *
 *      head                  page_head.c: running head, page number
 *      body  ▼ grows down    pages.c: strips in chunks; page_columns.c: sections of several columns
 *      notes ▲ grow up       page_notes.c: what the lines above call, and what the last page had no room for
 *      foot
 */
#ifndef LAYOUT_PAGE_FLOW_H
#define LAYOUT_PAGE_FLOW_H
#include "layout/flow.h"

static const float page_epsilon = 0.01F; /* rounding in sums of strip heights */

/* page_ops.c: checks every coordinate, which is the last chance to. op.tag is that of a piece: it becomes the element
 * of its content. */
void page_op(struct layout *layout, const char *what, struct op op);
/* The ops of a strip with its top there. `again`: a repetition, which is no content and no target. */
void page_strip(struct layout *layout, const struct strip *strip, float top, bool again);
/* Padding between a page break and strips inside these decors: of those that are open already. */
float page_break_pad(const struct layout *layout, const struct decor *decor);
/* … and below strips in a, where the next ones in b begin another page: of those that both are in. */
float page_shared_pad(const struct decor *a, const struct decor *b);
/* A page or column ends inside these decors: the innermost pads what it holds, the next one that, and so on. */
void page_pad_foot(struct layout *layout, const struct decor *decor);

/* page_head.c */
void page_furniture(struct layout *layout);

/* pages.c */
/* The n-th waiting strip; NULL at the end of the document. */
struct strip *page_waiting(struct layout *layout, size_t n);
/* Counts the waiting strips from the `from`-th on that are to be placed together and their height without the first
 * one's gap. 0 at the end of the document. */
size_t page_gather(struct layout *layout, size_t from, float *height);
/* Takes the first strip off the queue and places it `before` points below layout->y. `top`: it is the first of a page
 * or column, and has its table's header above. */
void page_place(struct layout *layout, float before, bool top);
/* Lower end of what the body may take: above the notes so far. */
float page_bottom(const struct layout *layout);
/* What that page has left below all that waits, at a guess; infinite where it is not known: in columns and notes,
 * between pages. */
float page_rest(const struct layout *layout);

/* page_floats.c */
enum float_step {
    FLOAT_NONE, /* nothing to do with such objects */
    FLOAT_OFF,  /* the strips were an object that can move: it has been put off to the next page */
    FLOAT_STOP, /* they may not pass what has been put off: the page ends */
};
/* What becomes of the next n strips; `fit`: there is room for them. */
enum float_step floats_step(struct layout *layout, size_t n, bool fit);
/* A page begins: what has been put off comes first. */
void floats_land(struct layout *layout);

/* page_columns.c: places strips of the section that the queue begins with. False where the page is full. */
bool columns_fill(struct layout *layout);

/* page_notes.c */
void foot_begin(struct layout *layout);
void foot_end(struct layout *layout);
/* A page begins, at its foot with what is left of earlier notes. */
void foot_new_page(struct layout *layout);
/* What the notes that n waiting strips call for the first time add to the foot: all of them whole, or the last one with
 * its first lines only. Infinite where they must wait for earlier notes. */
float foot_need(struct layout *layout, size_t from, size_t n, bool whole);
/* The strip is placed: its notes are due. */
void foot_call(struct layout *layout, const struct strip *strip);
/* Sets due notes at the foot while that takes no more than so many points. */
void foot_fill(struct layout *layout, float most);
/* … which are said again below a table's repeated header, where there is ample room. */
void foot_repeat(struct layout *layout, const struct strip *head, float room);
/* Puts the notes of the page on it. */
void foot_place(struct layout *layout);
float foot_height(const struct layout *layout); /* of the foot so far, with its rule; 0 for none */
bool foot_left(const struct layout *layout);    /* some wait for another page */

#endif
