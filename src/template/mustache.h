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
/* What names are looked for in, innermost first. */
struct scope {
    const struct value *value;
    const struct scope *outer;
    size_t at, n; /* item `at` of n; n = 0: of no list */
    bool unknown; /* an item of a list of which the check knows none: any name will do */
};

/* mustache_names.c: "unknown tag {{x}}", and what is meant: the lists whose items have that name, else the nearest name
 * of the scope. */
const char *names_unknown(struct arena *arena, const struct scope *scope, const struct token *token);
/* What an item of the list has by that name, rather one that holds something. NULL where none has it. */
const struct value *names_of_items(const struct value *list, struct str name);

/* mustache_blocks.c: whether all that stands inside the {{<parent}} at `index` of the caller is printed. Else it is a
 * mistake: text outside of blocks, and blocks that are neither the parent's nor those of its partials. */
bool blocks_check(struct arena *arena, const struct template_loader *loader, const struct faults *faults,
                  const struct program *caller, size_t index, const struct program *parent);

/* How "{{#x}}" and the like begin. */
const char *token_sign(enum token_kind kind);

#endif
