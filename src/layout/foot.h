/* Footnotes between the line that calls them and the foot of a page. Inside notes.c and page_notes.c. */
#ifndef LAYOUT_FOOT_H
#define LAYOUT_FOOT_H
#include "layout/flow.h"

struct note_state {
    struct str mark, call, back; /* "1)", and the links "#fn:1" to the note and "#fnref:1" from it */
    struct strip **strips;       /* [n] set, and not due yet */
    size_t n;
    float height, least; /* points: all strips, and those that must stand with the call; 0 = was never set */
    size_t asked;        /* the question in which it was counted last */
    int page;            /* of the line that called it; 0 = not due */
    unsigned number;     /* there, where pages have their own */
    tag_id tag, caller;  /* its element and that which it stands behind; 0 = nothing has called it yet */
    bool anchored;       /* a first call is there to lead back to */
};

/* A strip at a foot. */
struct foot_strip {
    struct strip *strip;
    float y;    /* from the upper end of the foot, once it is on the page */
    bool first; /* of its note */
    bool again; /* a repetition, for a repeated header */
};

struct foot {
    struct arena *arena;
    struct note_state *notes; /* [doc.n_notes] */
    struct foot_strip *due;   /* [due_head, due_end) for this page or later ones */
    size_t due_head, due_end, due_room;
    struct foot_strip *here; /* on this page */
    size_t n_here, here_room;
    float height; /* of those, with the rule and its gaps; 0 without any */
    size_t question;
    unsigned given; /* numbers of this page */
};

/* Sets a note: fills strips, n, height, least. They are held until flow_release. */
void note_set(struct layout *layout, unsigned note, bool again);
/* The numbers of notes, before the first page is made. */
void note_marks(struct layout *layout);
static inline struct note_state *note_state(const struct layout *layout, unsigned note) /* of one that exists */
{
    return &layout->foot->notes[note - 1];
}

#endif
