/* Mustache in two steps: a text becomes tokens once (mustache_read.c), which are walked with a context (mustache.c). */
#ifndef TEMPLATE_MUSTACHE_H
#define TEMPLATE_MUSTACHE_H
#include "template/fault.h"
#include "template/value.h"

enum { MOST_NESTED = 64 }; /* sections in sections of one file */

enum token_kind {
    TOKEN_TEXT,
    TOKEN_VALUE,
    TOKEN_RAW,
    TOKEN_SECTION,
    TOKEN_INVERTED,
    TOKEN_PARTIAL, /* {{>x}} */
    TOKEN_PARENT,  /* {{<x}} … {{/x}} */
    TOKEN_BLOCK,   /* {{$x}} … {{/x}} */
    TOKEN_CLOSE,
    TOKEN_TABLE, /* the name of the list that ```table NAME shows, before the newline */
};

struct token {
    enum token_kind kind;
    bool line_end;      /* CLOSE: the newline after it was taken off */
    struct str text;    /* of TEXT, else the name; of PARTIAL and PARENT "*x" where the value of x is the name */
    struct str filters; /* of VALUE and RAW: "원|자르기 40"; no p: none */
    struct str indent;  /* PARTIAL, PARENT, BLOCK: the blanks before one that stands alone on its line */
    size_t line;
    size_t close;  /* of what has a CLOSE: its index */
    size_t inside; /* BLOCK: blanks that its first line begins with, where that is a line of its own */
};

struct program {
    const char *file; /* for messages */
    struct str name;
    struct token *tokens; /* heap */
    size_t n, room;
    bool whole; /* with its front matter */
    bool open;  /* is being checked */
    struct program *next;
};

/* Fills the program's tokens from a text whose first line is that line of its file. False where a mistake stops it. */
bool mustache_read(struct arena *arena, struct program *program, struct str text, size_t first_line, bool strict,
                   const struct faults *faults);
/* How "{{#x}}" and the like begin. */
const char *token_sign(enum token_kind kind);

#endif
