/* Footnotes: "[^name]" in the text, and a definition "[^name]: text" that begins a line. cmark never sees either: a
 * reference is a placeholder (source.h), a definition is taken out of the text and parsed by itself, once, so that ten
 * thousand of them cost ten thousand short texts.
 */
#ifndef TEMPLATE_NOTES_H
#define TEMPLATE_NOTES_H
#include "template/source.h"

/* A name that is defined, or one that is called without being defined. */
struct note_name {
    struct str name;
    struct str text;      /* Markdown with placeholders, in the arena */
    size_t slot;          /* of its references */
    size_t line;          /* of the source's text, 1-based */
    unsigned number;      /* from 1 in the order of first reference; 0: none yet */
    bool defined, called; /* called: in the text, not in code */
    bool twice;           /* its name is taken: nothing leads to it */
};

struct build;

struct notes {
    struct arena *arena;
    struct build *build;     /* of the document */
    struct note_name *items; /* in order of their slots */
    size_t n, room;
    size_t *by_name; /* [n_defined] indices of items */
    size_t n_defined;
    size_t *order; /* [n_called] indices of items by number */
    size_t n_called, order_room;
    struct note *done; /* [n_done] by number */
    size_t n_done, done_room;
    bool converting; /* a note's blocks are being made */
};

/* Takes the definitions out of the build's source from that line on: blanks stand there instead, so that lines keep
 * their numbers. A definition ends at an empty line that no line indented by four blanks follows, and where another
 * kind of block begins. Free with notes_free. */
void notes_take(struct notes *notes, struct build *build, size_t first_line);
/* If text, which is on that line, begins with a reference "[^name]": its length in bytes and the slot that stands for
 * it; else 0. */
size_t notes_reference(struct notes *notes, struct source *source, struct str text, size_t line, size_t *slot);
/* The name that a slot stands for; NULL where it is another value. */
struct note_name *notes_at(struct notes *notes, size_t slot);
/* The number of a name that is called now; 0 where it is not defined. The first call makes the note's blocks; an error
 * in them is in the build's err. Names may have moved. */
unsigned notes_call(struct notes *notes, struct note_name *name);
/* Gives the document its notes, and what is wrong with names: not defined, never called, defined twice. */
void notes_finish(const struct notes *notes, struct doc *doc);
void notes_free(struct notes *notes);

#endif
