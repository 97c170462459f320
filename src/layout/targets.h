/* The link targets of a document, known before the first page is set. */
#ifndef LAYOUT_TARGETS_H
#define LAYOUT_TARGETS_H
#include "template/doc.h"

struct target {
    struct str name;
    bool placed; /* its block has been set: later blocks of that name are not targets */
    int page;    /* printed number of the page where it has been placed; 0 = not yet */
};

struct targets {
    struct target *items; /* sorted by name, no duplicates */
    size_t n, room;
    bool listed; /* the document has a block that says on which pages others are */
};

void targets_collect(const struct doc *doc, struct targets *targets);        /* free with targets_free */
struct target *targets_find(const struct targets *targets, struct str name); /* NULL where unknown; borrows */
void targets_free(struct targets *targets);

#endif
