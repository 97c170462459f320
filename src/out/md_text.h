/* Inside the Markdown writer: runs as inlines, and where links inside the document lead. */
#ifndef OUT_MD_TEXT_H
#define OUT_MD_TEXT_H
#include "base/arena.h"
#include "template/doc.h"

/* The headings of the document, whose targets GitHub makes from their text. */
struct md_targets {
    struct md_target {
        struct str anchor, slug;
        size_t order;
    } * items; /* [n] by anchor */
    size_t n, room;
};

void md_targets_collect(struct md_targets *targets, struct arena *arena, const struct doc *doc);
void md_targets_free(struct md_targets *targets);
struct str md_target(const struct md_targets *targets, struct str anchor); /* empty where there is none */

enum md_place { MD_PARAGRAPH, MD_HEADING, MD_CELL };

/* Appends runs so that they read back as they are. `prefix` begins every further line of a paragraph; `also` are flags
 * that all runs have besides their own. */
void md_runs(struct buf *out, const struct md_targets *targets, const struct run *runs, size_t n, enum md_place place,
             struct str prefix, unsigned also);
/* One text likewise, where no line begins. */
void md_text(struct buf *out, struct str text, enum md_place place);
/* The signs as they are. Nowhere is there what turns the order of text around: layout leaves it out, too. */
void md_raw(struct buf *out, struct str text);

#endif
