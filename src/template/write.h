/* Writing the text of one block: placeholders become their values, 조사 are chosen, blanks are made single. */
#ifndef TEMPLATE_WRITE_H
#define TEMPLATE_WRITE_H
#include "template/source.h"

struct doc_writer {
    const struct source *source;
    struct notes *notes; /* that may be called; NULL: none */
    struct buf text;
    struct doc_writer_mark {
        size_t from; /* byte offset in text */
        unsigned flags, note;
        struct str link, style, language;
    } * marks;
    size_t n, room;
    struct str language; /* of the runs that begin */
    bool breaking;       /* the next text begins on a new line */
    bool one_string;     /* no paragraph: tabs are blanks */
};

/* Begins a run; text that follows has this look, and the writer's language. */
void doc_writer_look(struct doc_writer *writer, unsigned flags, struct str link, struct str style);
/* Text of the template, with placeholders; `josa` says whether particle pairs are to be resolved. */
void doc_writer_text(struct doc_writer *writer, struct str text, bool josa);
/* Text that calls no notes, such as code. */
void doc_writer_quote(struct doc_writer *writer, struct str text);
void doc_writer_break(struct doc_writer *writer);
/* The runs so far, in the arena; the writer is empty again. */
struct run *doc_writer_runs(struct doc_writer *writer, struct arena *arena, size_t *n);
void doc_writer_free(struct doc_writer *writer);

/* One string with placeholders → the text that is printed. */
struct str expand_text(struct arena *arena, const struct source *source, struct str text);
/* A value as it is printed: controls and blanks are single blanks, none at the ends. */
struct str clean_text(struct arena *arena, struct str value);
/* The same for the contents of a code block: newlines and blanks stay. */
struct str expand_code(struct arena *arena, const struct source *source, struct str text);
/* A link destination with placeholders → a safe URI or "#anchor", or the empty string: http, https and mailto only, no
 * user information, no control characters; what is not ASCII is percent-encoded (RFC 3986). */
struct str expand_link(struct arena *arena, struct source *source, struct str text);

/* Where the next particle pair such as "은(는)" begins at or after `from`; SIZE_MAX where there is none. In josa.c. */
size_t josa_find(struct str text, size_t from, struct str *form);

#endif
