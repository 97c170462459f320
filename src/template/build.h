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

/* Markdown, whose first line is that line of the source, as blocks. */
bool markdown_blocks(struct build *build, struct str text, size_t line, struct block **out);

/* Fills a cards or chart block from the lines of its fence. `line` is cmark's line of the opening fence. */
bool build_cards(struct build *build, struct block *block, struct str text, int line);
bool build_chart(struct build *build, struct block *block, struct str info, struct str text, int line);

struct cmark_node;
/* The runs of a node's inline children, in the arena. */
struct run *build_inlines(struct build *build, struct cmark_node *parent, size_t *n);
/* Fills a table block from cmark's node of a table. */
void build_table(struct build *build, struct block *block, struct cmark_node *node);

/* A unique anchor from a heading's text: letters and digits, blanks as hyphens. */
struct str anchor_from_text(struct build *build, struct str text);
/* An explicit anchor. In a template a second use is an error (returns false); elsewhere it gets a suffix. */
bool anchor_set(struct build *build, struct block *block, struct str name, int line);
/* Takes the links off that lead to no anchor of the document. */
void anchors_check(struct build *build, struct block *first);
void anchors_free(struct anchors *anchors);

#endif
