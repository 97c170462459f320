/* On which page things are, before the pages are made: for tables of contents, "3 / 12", and notes numbered by page.
 *
 * A document that needs it (rehearsal.c: wanted) is laid out twice. The first pass throws its pages away and keeps the
 * page of every anchor; in it layout_page_of and layout_total answer 0. So that both passes break alike, what depends
 * on a page number must take the same room whatever the number is: a line of a table of contents has its number at the
 * right edge, in tabular figures, and keeps PLACES_DIGITS figures free for it. The second pass compares: an anchor on
 * another page than promised is the warning "moved-pages".
 */
#ifndef LAYOUT_REHEARSAL_H
#define LAYOUT_REHEARSAL_H
#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct layout;

enum { PLACES_DIGITS = 3 }; /* a document of more pages is tried once more with its real numbers */

/* What a first pass found out. */
struct places {
    bool known;
    int *pages;        /* [targets.n] of each target, as printed; 0 = nowhere */
    unsigned *numbers; /* [doc.n_notes] of each note on its page; 0 = nowhere */
    int total;         /* number of the last page, as printed */
    bool moved;        /* the pass that used these facts did not agree with them */
};

/* The printed number of the page that an anchor (without "#") is on; 0 in the first pass, and for an unknown one. */
int layout_page_of(const struct layout *layout, struct str anchor);
/* The printed number of the page being filled. */
int layout_number(const struct layout *layout);
/* The printed number of the last page; 0 in the first pass. */
int layout_total(const struct layout *layout);

/* Makes the first pass where the document needs one. False on error (err). Cost: that of all pages without a device. */
bool rehearsal_run(struct layout *layout, struct err *err);
/* Notes that the anchor has come to stand on the page being filled. */
void rehearsal_reached(struct layout *layout, struct str anchor);
/* Notes that a footnote has got that number on the page being filled. */
void rehearsal_numbered(struct layout *layout, unsigned note, unsigned number);
/* At the end of the document: warns where a promise was not kept. */
void rehearsal_check(struct layout *layout);
void rehearsal_free(struct places *places);

#endif
