/* The link targets of a document, known before the first page is set. */
#ifndef LAYOUT_ANCHORS_H
#define LAYOUT_ANCHORS_H
#include "template/doc.h"

struct anchor {
    struct str name;
    bool placed; /* its block has been set: later blocks of that name are not targets */
};

struct anchors {
    struct anchor *items; /* sorted by name, no duplicates */
    size_t n, room;
};

void anchors_collect(const struct doc *doc, struct anchors *anchors);        /* free with anchors_free */
struct anchor *anchors_find(const struct anchors *anchors, struct str name); /* NULL where unknown; borrows */
void anchors_free(struct anchors *anchors);

#endif
