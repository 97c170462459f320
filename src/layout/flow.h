/* Inside the upper half of layout: the document as a flow of strips, made on demand.
 *
 *      blocks ──walk──▶ strips (a line, a table row, a row of cards …) ──queue──▶ pages.c places chunks of them
 *
 * A strip is a horizontal slice that a page break never cuts. Strips that must not be parted are glued; a chunk is a
 * longest run of glued strips. The walker (walk.c) is pulled one step at a time, so no more than a page and the block
 * that runs over its end are in memory.
 *
 *      ┌───────────────────────────────┐ ┐ before: dropped at the top of a page
 *      │ x,y ┌ piece ─┐  ┌ piece ─┐    │ ┐
 *      │     └────────┘  └────────┘    │ │ height
 *      └───────────────────────────────┘ ┘
 */
#ifndef LAYOUT_FLOW_H
#define LAYOUT_FLOW_H
#include "base/arena.h"
#include "base/diag.h"
#include "layout/contents.h"
#include "layout/rehearsal.h"
#include "layout/style.h"
#include "layout/targets.h"
#include "layout/text.h"

enum { MARK_SIZE = MOST_MARK + 24 }; /* bytes of a mark with its number and a NUL */

/* What keeps a strip on the page of the strip before it. */
enum glue {
    GLUE_NONE,
    GLUE_GROUP, /* a "keep" group or box, while it fits on one page */
    GLUE_HARD,  /* widows, orphans, titles with what they are the title of */
};

struct piece {
    struct piece *next;
    const struct op *ops;
    size_t n;
    float x, y; /* added to the ops' own: x from the page's left edge, y from the strip's top */
    tag_id tag; /* element of its ops but decoration, or the block's that theirs are in; or TAGS_NOTHING */
};

/* A ground and a bar at its left, behind or beside consecutive strips: a box, a quote's bar, a chart's base line. On
 * each page they reach from the top of the first strip to the bottom of the last; where a page break cuts them, `pad`
 * stands between the break and the strips. */
struct decor {
    struct decor *outer;
    unsigned depth; /* 1: has no outer one */
    bool filled;
    struct colour colour;
    struct edge bar;
    float x, w; /* from the page's left edge */
    float pad;
    size_t birth; /* generation that it lives in */
    int slot;     /* where it is open: layout.slot and index of its first op; 0 before its first strip is placed */
    size_t op;
};

/* The surroundings of a paragraph or container, while its contents are set (box.c). */
struct box {
    const struct block_style *style; /* NULL: none */
    float x, w;                      /* of its ground and rules */
    float head, foot;                /* padding and rule above and below */
    struct decor *outer;             /* … and what the frame had before it */
    float outer_x, outer_measure;
};

/* A section of several columns: its strips are set in the first one and moved (page_columns.c). */
struct column_set {
    size_t id;        /* 0: none */
    unsigned n;       /* columns */
    float x, measure; /* of the first one */
};

struct note_call {
    struct note_call *next;
    unsigned note;
};

struct strip {
    float before, height;
    enum glue glue;
    bool page_break;  /* begins a page in any case */
    bool at_foot;     /* goes with what is glued to it to the foot of its page */
    const char *what; /* kind of block, for messages */
    struct piece *pieces, *last;
    struct decor *decor;      /* innermost; its outer ones are drawn first */
    const struct strip *head; /* a table's header row: repeated where a page begins with this strip */
    size_t group;             /* of GLUE_GROUP; 0 = none */
    size_t floats;            /* group of an object that may move to the next page; 0 = none */
    bool boxed;               /* that group is a box, which may hold others: they stay whole where it does not */
    bool loose;               /* that group is rather parted than leaves much of a page empty */
    size_t birth;             /* generation that it and its pieces live in */
    size_t added;             /* … of pieces that it got later, while it waited; 0: none */
    struct column_set columns;
    struct note_call *calls, **last_call; /* footnotes that its lines call, in order */
    bool turned;                          /* on a page that lies on its side */
    bool bare;                            /* a page that begins with it has no head and no number: a cover */
};

/* An open container on the way from the root to the block being set. */
struct frame {
    enum block_kind kind;
    const struct block *next;       /* the child to visit next */
    struct decor *decor;            /* innermost ground or bar of the children, else NULL */
    float x, measure;               /* of the children; x from the page's left edge */
    struct box box;                 /* of a quotation or call-out */
    const struct block_style *body; /* of paragraphs without a style */
    const struct text_style *text;  /* … and their look; NULL: the style's */
    const struct list_style *list;  /* lists and what is in them; NULL outside */
    bool ordered;                   /* lists … */
    int levels[2];                  /* open bullet lists, open ordered lists, this one included */
    unsigned long number;           /* of the next item */
    float mark_room;                /* … for the mark and the gap behind it */
    float widest_mark; /* lists; ordered items: their marks end where the widest one does; 0 = they begin together */
    tag_id tag;        /* its element: that of what its children are in */
    tag_id label;      /* items: … that of the mark */
    bool lone;         /* items: they have one block, a paragraph, whose text is the item's own */
    unsigned headings; /* of layout.headings, those that are open outside */
    bool mark_waits;   /* items: the mark is put beside the item's first line */
    float mark_x;
    char mark[MARK_SIZE];
    bool began_group, began_box, began_columns, began_turn;
};

enum { HEADING_LEVELS = 6 };

/* The headings that the next block stands below. Their levels in the structure tree are their places here, and so skip
 * none (PDF/UA-1 7.4.2). */
struct headings {
    struct {
        int level;      /* in the document */
        tag_id section; /* of one that stands in nothing */
    } items[HEADING_LEVELS];
    unsigned n;
};

struct table_flow;

/* One arena for what is set while a page is filled. It is recycled when nothing that waits points into it. */
struct generation {
    struct arena *arena;
    size_t id;      /* its number, from 1 */
    size_t waiting; /* references from strips in the queue */
    bool keep;      /* referred to by something open or half set */
};

struct generations {
    struct generation *live; /* the last one is the current one */
    struct arena **spare;
    size_t n_live, live_room, n_spare, spare_room;
    size_t last_id;
    bool used; /* the current one holds something */
};

struct layout {
    const struct style_sheet *sheet;   /* that of the page being filled: `upright` or `lying` */
    const struct style_sheet *upright; /* borrowed, like doc and diag */
    struct style_sheet *lying;         /* the same with width for height; NULL where there is no such page */
    const struct doc *doc;
    struct diag_list *diag;
    struct shaper *shaper;
    struct targets targets;
    struct fonts *fonts;
    struct tags *tags;
    tag_id tag;         /* of what is put into strips: the block's element */
    tag_id caption_tag; /* the last block's, where that is the caption or unit of what may follow; else 0 */
    struct headings headings;
    bool titled; /* the document's title has its element */
    struct places places;
    bool alone;     /* one chart without document or title (artist.c): where its links lead is not known */
    bool rehearsal; /* a first pass: its pages are thrown away */
    struct generations memory;

    struct strip **queue; /* [queue_head, queue_end) are set and not yet placed */
    size_t queue_head, queue_end, queue_room;

    struct frame *frames; /* the walker's path */
    size_t depth, frames_room;
    struct table_flow *table; /* being set, row by row; else NULL */
    struct contents contents;
    struct listing listing; /* table of contents being set, line by line */
    float space;            /* asked for below the last strip */
    bool flush;             /* the next strip stands close below the last one, whatever gap it wants */
    bool keep_next;         /* the next strip is glued to the last one */
    bool page_break;        /* the next strip begins a page */
    bool at_foot;           /* the next strip goes to the foot of its page, … */
    bool was_at_foot;       /* as the last one does */
    bool had_cover;
    struct strip *caption; /* the last strip, if a caption: the queue holds it till what follows is known */
    float caption_width;   /* points that its text takes from the left */
    bool after_kept;       /* the last strip ends a paragraph that stays with the one above */
    bool after_object;     /* the last strip ends a table, chart or cards: notes stay with it */
    size_t waiting_marks;
    size_t group, groups; /* the open "keep" group (0 = none), and how many of any sort there were */
    bool group_loose;
    bool group_floats; /* it may move: page_floats.c */
    bool group_begun;  /* it has a strip */
    size_t whole_box;  /* the same for the outermost open box */
    bool box_loose, box_begun;
    struct column_set columns; /* of the strips to come */
    size_t column_sets;        /* how many there were */
    bool in_note;              /* a footnote is being set */
    bool turned;               /* the strips to come are on landscape pages */
    bool bare;                 /* of the strips to come */
    struct foot *foot;         /* footnotes; NULL where the document has none */
    bool depth_warned, room_warned;
    char section[64]; /* start of the last heading: the place that warnings name */

    struct op *ops; /* of the page being filled */
    size_t n_ops, ops_room;
    int page;                             /* number of the page being filled; 0 before the first */
    int slot;                             /* of the page or column being filled, from 1 */
    float shift;                          /* to the right of everything that is placed: even pages, second columns */
    float y;                              /* lower edge of the last strip placed, from the top edge */
    bool page_empty;                      /* its body is */
    bool page_bare;                       /* without head and number */
    char chapter[160], part[160];         /* the last heading of level 1 that was placed, and of level 2 after it */
    char top_chapter[160], top_part[160]; /* … at the top of this page */
    struct strip **adrift;                /* put off to the next page */
    size_t n_adrift, adrift_room;
    size_t broken_group, broken_box; /* the last "keep" group and the last box that fit no page */
    struct err *err;                 /* of the running layout_next */
};

static inline const struct text_style *flow_style(const struct layout *layout, enum style_id id)
{
    return &layout->sheet->styles[id].text;
}

/* flow.c: memory, queue, strips */
struct arena *flow_arena(struct layout *layout); /* for what lives as long as the strips made now */
size_t flow_generation(struct layout *layout);
void flow_recycle(struct layout *layout); /* between pages: frees what no waiting strip points into */
void flow_free(struct layout *layout);

/* Appends a strip below the last one. `before`: wanted gap; the larger of it and the last strip's `space` counts. */
struct strip *flow_strip(struct layout *layout, const char *what, float before, float height, enum glue glue);
/* A strip that is not in the flow: a header that is only repeated. It lives as long as what is set now. */
struct strip *flow_loose_strip(struct layout *layout, const char *what, float height);
/* Gives a row its table's header. */
void strip_head(struct layout *layout, struct strip *strip, const struct strip *head);
/* Takes the next strip off the queue; its memory lasts until flow_recycle. */
struct strip *flow_take(struct layout *layout);
/* … which is what this does for one that is in another queue. */
void flow_release(struct layout *layout, const struct strip *strip);
void strip_op(struct layout *layout, struct strip *strip, struct op op);
void strip_rect(struct layout *layout, struct strip *strip, float x, float y, float w, float h, struct colour colour);
/* Adds lines [from, to) of a set paragraph; the first one's leading begins at y. */
void strip_lines(struct layout *layout, struct strip *strip, const struct paragraph *text, size_t from, size_t to,
                 const struct text_style *style, float x, float y);
/* A ground of that colour behind the strips to come, once it is the top frame's decor. */
struct decor *flow_decor(struct layout *layout, struct decor *outer, float x, float w, struct colour colour);
/* Height that one strip may have here: the page's body, or what notes may take of it, without the padding of open
 * boxes. */
float flow_room(const struct layout *layout);

void flow_set(struct layout *layout, const struct run *runs, size_t n, const struct text_style *style, float measure,
              struct paragraph *out);
void flow_set_plain(struct layout *layout, struct str text, const struct text_style *style, float measure,
                    struct paragraph *out);
/* Text that another one of the same element follows at another place: with a blank at its end, which takes no room
 * there but parts the two for those who hear them. The text itself where there is nothing to part. */
struct str flow_parted(struct layout *layout, struct str text, struct str next);
/* Whether a set text has a glyph at all. */
bool flow_shows(const struct paragraph *text);
/* Width of text on one line; *narrowest (may be NULL) its widest unbreakable part. */
float flow_width(struct layout *layout, const struct run *runs, size_t n, const struct text_style *style,
                 float *narrowest);
float flow_width_plain(struct layout *layout, struct str text, const struct text_style *style);
/* Copies what fits of a text, cut at a character's end, with a NUL. */
void flow_clip(char *out, size_t size, struct str text);
void flow_warn(struct layout *layout, const char *code, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* notes.c: footnotes as they are set. */
/* The runs with the marks of the notes that they call, in the arena; the runs themselves where they call none. */
const struct run *note_runs(struct layout *layout, struct arena *arena, const struct run *runs, size_t n);
/* Notes which notes the ops of a line in a strip call. */
void note_calls(struct layout *layout, struct strip *strip, const struct op *ops, size_t n, float x);
/* The note of a link that is ours: from its call, or back to that; else 0. It is our own string, so that no link of the
 * document is mistaken for one. */
unsigned note_link(const struct layout *layout, struct str link, bool *back);

/* Most of a page's body that notes may take, in points. */
float foot_most(const struct layout *layout);
/* … of either kind of page: what is not divided in a note is no taller. */
float foot_room(const struct layout *layout);

/* page_columns.c: a section of columns begins in the top frame, as {.columns n=2} says, and ends. Where it cannot be,
 * that is a warning ("columns") and nothing changes. */
void columns_open(struct layout *layout, const struct block *block);
void columns_close(struct layout *layout);

/* turn.c: before the first strip, the sheet for pages on their side, where the document asks for some. */
void turn_begin(struct layout *layout);
/* A {.turn} group begins in the top frame, and ends. Where it cannot be, that is a warning ("turn"). */
void turn_open(struct layout *layout);
void turn_close(struct layout *layout);

/* walk.c: makes at least one more strip; false at the end of the document. */
bool flow_step(struct layout *layout);
struct frame *flow_top(struct layout *layout);
/* The look of an item's mark: the mark's colour, as large and, where the text is strong, as strong as the text. */
struct text_style flow_mark_style(const struct layout *layout, const struct frame *item);

/* elements.c: what blocks are in the structure tree */
/* A new element for a block, in what that stands in; it becomes layout->tag. */
tag_id flow_element(struct layout *layout, enum tag_kind kind);
/* Takes the texts that wait to be a caption into a block's new element, as its Caption in front of all; the notes that
 * they call come behind the element. Returns the Caption; 0 where none waits. */
tag_id flow_caption(struct layout *layout, tag_id object);
/* … of a heading, in a Sect of its own where it stands in nothing but groups; of a paragraph; of a cover. */
tag_id elements_heading(struct layout *layout, int level);
tag_id elements_paragraph(struct layout *layout, const struct block *block, bool title);
tag_id elements_cover(struct layout *layout);
/* A line of a paragraph ends by hand, and the next one is heard as a paragraph: without a pause two clauses would be
 * one. Not where notes are called: they stand behind all of it. */
void elements_break(struct layout *layout, const struct block *block);
/* … of a list with marks of a form; the LBody and Lbl of the next item. */
tag_id elements_list(struct layout *layout, const char *form);
tag_id elements_item(struct layout *layout, tag_id *label);
/* … of a note (its state's tag) that layout->tag calls, right behind that or what it is a part of; with a Lbl in it. */
void elements_note(struct layout *layout, unsigned number);

/* box.c: the indents, ground and rules of a style, round strips set until box_close. The top frame's x, measure and
 * decor are the box's inside meanwhile. Where a style leaves too little room it is set without (warning "style-room").
 */
void box_open(struct layout *layout, const struct block_style *style, const char *what, struct box *box);
void box_close(struct layout *layout, const char *what, struct box *box);

/* "key=value" of a block; empty where it has none. */
struct str flow_option(const struct block *block, const char *key);
/* A paragraph of the block's option "title", if it has one. */
void flow_title(struct layout *layout, const struct block *block, enum style_id style);

/* One block each → strips; they use the top frame's x and measure. */
void blocks_heading(struct layout *layout, const struct block *block);
void blocks_paragraph(struct layout *layout, const struct block *block);
void blocks_code(struct layout *layout, const struct block *block);
void blocks_rule(struct layout *layout);
void cards_set(struct layout *layout, const struct block *block);
void chart_set(struct layout *layout, const struct block *block);
void table_begin(struct layout *layout, const struct block *block); /* sets layout->table; */
void table_row(struct layout *layout);                              /* … which makes one row and ends as NULL */
/* Calls keep with the generations that the table being set lives in. */
void table_keep(const struct table_flow *table, struct layout *layout, void (*keep)(struct layout *, size_t));

/* The same as an empty strip before what comes next; no effect without an anchor. */
void flow_anchor(struct layout *layout, struct str anchor);

/* marks.c: writes a form ("제1장", "가.", "○") for a number, NUL-terminated UTF-8; false where nothing in it counts. */
bool mark_text(const char *form, unsigned long number, char mark[MARK_SIZE]);
/* The form of a list's marks at a level, from 1. */
const char *list_mark(const struct list_style *list, bool ordered, int level);

/* columns.c: widths of table columns, padding not included, that add up to `room`. `natural` and `least` are the widths
 * of the widest cell on one line and of its widest unbreakable part, `bulk` that of all cells. False where `least` does
 * not fit. */
bool columns_fit(const float *natural, const float *least, const float *bulk, size_t n, float room, float *widths);

#endif
