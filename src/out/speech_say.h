/* What the files that read a tree aloud share. */
#ifndef OUT_SPEECH_SAY_H
#define OUT_SPEECH_SAY_H
#include "base/arena.h"
#include "out/speech.h"

/* What the pages say of an element. */
struct heard {
    struct buf text; /* its own, without its children's */
    int page;        /* the first with something of it; 0 for none */
    size_t items;    /* of a list: told so far */
};

/* Where a link of the document leads. */
struct place {
    struct str name;
    int page;
    tag_id tag;       /* of what stands there; 0 for nothing */
    struct str title; /* the first words of that, once they are asked for */
};

struct speech {
    const struct page_info *info;
    struct arena *arena;
    const struct tags *tags; /* NULL before the first page */
    struct heard *heard;     /* [n_heard], by element: all, once the last page is there */
    size_t n_heard, heard_room;
    struct place *places; /* sorted by name, once the last page is there */
    size_t n_places, places_room;
    struct page_texts texts;
    struct buf out, line, missed; /* missed: what a hearer misses, a line each */
    bool labelled;                /* the line has no more than a label: "각주 1" */
    int depth, line_depth;        /* here; of the line that is open */
    int level;                    /* of the heading before */
    size_t counts[TAG_KINDS], n_missed;
};

struct str speech_own(const struct speech *s, tag_id tag); /* its own text; valid until the next page */
bool speech_is_inline(enum tag_kind kind);
/* The words of an element and of what is inline in it, with links, notes and languages in brackets; or bare. */
void speech_text(struct speech *s, tag_id tag, bool bare, struct buf *out);

/* Ends the line that is open and begins one. */
void speech_line(struct speech *s, const char *label);
void speech_end(struct speech *s);
/* "3쪽 표 “지역별”: …" among what a hearer misses. */
void speech_miss(struct speech *s, tag_id tag, const char *what, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

void speech_table(struct speech *s, tag_id table);
/* All of it, once the last page is there. */
void speech_tree(struct speech *s);

#endif
