/* What a table of contents and lists of figures and tables say: headings and captions, known before the first page is
 * set, with their numbers. */
#ifndef LAYOUT_CONTENTS_H
#define LAYOUT_CONTENTS_H
#include "base/arena.h"
#include "layout/style.h"

struct layout;

enum listed { LISTED_HEADING, LISTED_TABLE, LISTED_FIGURE };

struct entry {
    const struct block *block; /* heading, caption, or chart */
    enum listed kind;
    int level;         /* headings: 1 … 6 */
    struct str number; /* "제1장", "<표 3>"; empty for none */
};

struct contents {
    struct arena *arena;
    struct entry *items; /* in order of the document */
    size_t n, room;
    size_t next; /* the first one that has not been set */
    bool turns;  /* there are groups for pages on their side */
};

/* A list being set, one line at a time. */
struct listing {
    bool open;
    enum listed kind;
    int levels;
    size_t next;
    tag_id tag; /* its element */
    struct {
        int level;
        tag_id item;
    } above[6]; /* [depth] the last entry and those that it stands below */
    unsigned depth;
};

/* Numbers headings and captions by the `number` of their styles, each level anew below a higher one. A caption belongs
 * to the chart or cards that follow it, else to a table. Free with contents_free. */
void contents_collect(const struct doc *doc, const struct style_sheet *sheet, struct contents *out);
void contents_free(struct contents *contents);

/* The entry of a block that is being set; NULL where it has none. Blocks must be asked for in document order. */
const struct entry *contents_take(struct layout *layout, const struct block *block);
/* Runs with the entry's number before them, in the arena; the runs themselves where it has none. */
const struct run *contents_numbered(struct layout *layout, const struct entry *entry, const struct run *runs,
                                    size_t *n);
/* The title of a chart, with its number. */
struct str contents_title(struct layout *layout, const struct block *chart);

/* Starts the list that the block stands for; contents_line makes one line of it. */
void contents_begin(struct layout *layout, const struct block *block);
void contents_line(struct layout *layout);

#endif
