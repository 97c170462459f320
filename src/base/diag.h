/* Problems with the input: they are listed, not fatal. The exit status of a run is the worst level seen. */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum diag_level {
    DIAG_NOTE,    /* worth knowing; exit 0 */
    DIAG_WARNING, /* done, with a doubt; exit 0 */
    DIAG_REJECT,  /* a record was set aside; exit 1 */
    DIAG_ERROR,   /* one of several mistakes in what a person wrote; the command fails and says so */
};

struct diag {
    enum diag_level level;
    const char *code;    /* stable kebab-case name of the problem, a literal: "invalid-utf8" */
    char *place;         /* file, article id or member; owned by the list */
    size_t line, column; /* 1-based; 0 = not known */
    char *text;          /* owned by the list; control characters replaced */
};

struct diag_list {
    struct diag *items;
    size_t n, room;
};

/* Appends a problem. `place` may be NULL or empty. */
void diag_add(struct diag_list *list, enum diag_level level, const char *code, const char *place, size_t line,
              size_t column, const char *format, ...) __attribute__((format(printf, 7, 8)));
/* Drops those from number `from` on that say what an earlier one says, wherever: the same code and text. */
void diag_drop_repeated(struct diag_list *list, size_t from);
size_t diag_count(const struct diag_list *list, enum diag_level level);

/* One line each: `briefgen: place:line:col: level: text [code]`. */
void diag_print(const struct diag_list *list, FILE *out);
void diag_free(struct diag_list *list);

#endif
