/* Making blocks out of cmark's tree: what the files that do it share. */
#ifndef TEMPLATE_BUILD_H
#define TEMPLATE_BUILD_H
#include "template/write.h"

/* Names that links can reach. Open addressing; a hostile collision only costs the probe limit. */
struct anchors {
    struct str *names;
    size_t *uses; /* how often the name was asked for: the next suffix */
    size_t n, room;
};

struct build {
    struct arena *arena;
    struct source *source;
    struct err *err;
    struct anchors anchors;
    struct doc_writer writer;
    size_t line_offset; /* lines of front matter before cmark's line 1 */
};

/* "name:line: " of a cmark line for messages: the line in the template. */
size_t build_line(const struct build *build, int line);

/* What a line like {.note #anchor key=value} says about the block that follows. */
struct attributes {
    struct str style, anchor;
    struct str container; /* opens a BLOCK_GROUP of this style: "keep" … */
    struct block_option *options;
    size_t n_options;
    bool page_break, end;
};
enum { MAX_ATTRIBUTE = 200 }; /* bytes */

/* Reads "{.style #anchor}". False where the text is not that. */
bool attributes_read(struct build *build, struct str text, struct attributes *out);
/* In a template, text that looks like attributes and is none is an error (returns false). */
bool attributes_unknown(struct build *build, struct str text, int line);

/* Fills a cards or chart block from the lines of its fence. `line` is cmark's line of the opening fence. */
bool build_cards(struct build *build, struct block *block, struct str text, int line);
bool build_chart(struct build *build, struct block *block, struct str info, struct str text, int line);
/* A chart's numbers, one row a label, or one row a series where there are more of them. */
struct table *chart_table(struct arena *arena, const struct chart *chart);
/* The chart in words: kind, title, what is largest and least. */
struct str chart_words(struct arena *arena, const struct chart *chart);
extern const char *const chart_kind_names[]; /* as after "chart "; NULL ends them */

/* Takes the next field up to a | off *rest, blanks trimmed; false when none is left. It works while values are still
 * placeholders, so that a | in a value splits nothing. */
bool fence_field(struct str *rest, struct str *field);
/* All fields of a line, the missing ones empty. False for more than `most`. */
bool fence_split(struct str line, struct str *field, size_t most);
struct str fence_expand(struct build *build, struct str field);   /* \| as |, placeholders as their values */
bool fence_fail(struct build *build, int line, const char *what); /* sets the error "name:line: what"; false */

/* A unique anchor from a heading's text: letters and digits, blanks as hyphens. */
struct str anchor_from_text(struct build *build, struct str text);
/* An explicit anchor. In a template a second use is an error (returns false); elsewhere it gets a suffix. */
bool anchor_set(struct build *build, struct block *block, struct str name, int line);
/* Takes the links off that lead to no anchor of the document. */
void anchors_check(struct build *build, struct block *first);
void anchors_free(struct anchors *anchors);

#endif
