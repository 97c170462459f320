/* Markdown on its way to cmark, with every value kept beside it: the inside of the template room.
 *
 *   "# {{도시}}\n"  ──mustache──▶  text "# ◇\n" + slots ["시흥시"]  ──cmark──▶  heading "◇"  ──▶  run "시흥시"
 *
 * ◇ is a code point of the private planes 15 and 16. cmark takes it for a letter, so a value can never be markup, and
 * the tree's text is the value byte for byte. A private code point that the template itself contains becomes a value.
 */
#ifndef TEMPLATE_SOURCE_H
#define TEMPLATE_SOURCE_H
#include "base/arena.h"
#include "base/err.h"
#include "template/doc.h"
#include "template/fault.h"
#include "template/template.h"

struct slots {
    struct str *items;
    size_t n, room;
};

/* A list that a ```table shows, by the slot of its placeholder. */
struct source_list {
    const struct value *list;
    size_t slot;
};

struct source {
    const char *name;                /* for messages */
    bool strict;                     /* a template: 조사 are chosen, unknown styles and keys are errors */
    struct diag_list *faults;        /* a check lists mistakes here and goes on; NULL: the first ends it */
    const struct style_list *styles; /* that may be named; NULL: any */
    struct buf text;                 /* Markdown with placeholders */
    struct slots slots;
    struct notes *notes;       /* whose references become placeholders; NULL: none (notes.h) */
    struct source_list *lists; /* [n_lists] in order of slots */
    size_t n_lists, lists_room;
    struct {
        size_t less, caret, dash, bang, nothing; /* slots shared by all places that need them */
        bool ready;
    } shared;
    struct source_place {
        const char *file;
        size_t line; /* 1-based */
    } * lines;       /* [n_lines] where each line of text comes from */
    size_t n_lines, lines_room;
    size_t value_bytes; /* of all values, as often as they are printed */
    size_t cells;       /* of all tables so far, as cmark pads them */
    size_t refused_links;
};

/* Appends a stretch of the file that begins on `line`; private code points in it become values. */
void source_text(struct source *source, struct str text, const char *file, size_t line);
/* Appends a placeholder for a value. The value is borrowed until source_free. */
void source_value(struct source *source, struct str value, const char *file, size_t line);
/* Appends a placeholder for a list, which is borrowed until source_free. */
void source_put_list(struct source *source, const struct value *list, const char *file, size_t line);
/* The list whose placeholder is the first in text; NULL for none. */
const struct value *source_list_in(const struct source *source, struct str text);
struct source_place source_place(const struct source *source, size_t output_line); /* 1-based */
/* Notes a mistake with its place (fault.h); says whether to go on. */
bool source_fault(const struct source *source, struct err *err, size_t output_line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void source_free(struct source *source);

/* Stores a value and appends its placeholder to `out`. */
void slots_put(struct slots *slots, struct str value, struct buf *out);
/* Where the next placeholder in text begins at or after `from`; SIZE_MAX where there is none. */
size_t slots_find(struct str text, size_t from);
/* The number of the placeholder at text.p[*at]; *at moves past it. SIZE_MAX for none. */
size_t slots_index(struct str text, size_t *at);
/* The value of the placeholder at text.p[*at]; *at moves past it. */
struct str slots_take(const struct slots *slots, struct str text, size_t *at);

/* Rewrites a text, whose first line is that line of the source, so that cmark-gfm treats it in linear time and without
 * HTML: `<` that opens no link or comment and second delimiter rows become values, `**` between a closing sign and
 * Hangul is helped to close, and references to notes become placeholders. Appends to *out. Errors: ERR_CONFIG or
 * ERR_INPUT "name:line: …" for absurd nesting or table width. */
bool source_guard(struct source *source, struct str text, size_t first_line, struct buf *out, struct err *err);
/* The source's text from that line on. */
struct str source_from(const struct source *source, size_t line);

/* Kind of an error in the text itself: a template is configuration, a Markdown file is input. */
enum err_kind source_error(const struct source *source);

/* Takes the front matter, if there is any, off a text without reading it: its number of lines. */
size_t front_matter_take(struct str *text);
/* A template's file as text: *text without a byte order mark, in NFC. A mistake where it is no UTF-8. */
bool template_clean(struct arena *arena, const char *file, struct str *text, const struct faults *faults);

/* Takes the front matter off the text: fills the document's strings and sheet, *body_line is the first line after it.
 */
bool front_matter(struct arena *arena, struct source *source, struct doc *doc, size_t *body_line, struct err *err);

/* Parses the text that is left into blocks. */
bool markdown_parse(struct arena *arena, struct source *source, size_t body_line, struct doc *doc, struct err *err);

#endif
