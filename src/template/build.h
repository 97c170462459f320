/* Making blocks out of cmark's tree: what the files that do it share. */
#ifndef TEMPLATE_BUILD_H
#define TEMPLATE_BUILD_H
#include "template/write.h"

/* Names that links can reach, and in a check the links. Open addressing; a hostile collision only costs the probe
 * limit. */
struct anchors {
    struct str *names;
    size_t *uses; /* how often the name was asked for: the next suffix */
    size_t n, room;
    struct link_place {
        const char *link; /* the first byte of its text */
        struct source_place place;
    } * links; /* [n_links] */
    size_t n_links, links_room;
};

/* What a span adds to the look of its text. */
struct span_look {
    unsigned flags;
    struct str style; /* borrows from cmark's tree: copied into the runs' arena */
    struct str language;
};

/* The brackets of the paragraph being converted: span.c. */
struct spans {
    struct bracket *items;
    size_t n, room;
    size_t next;  /* the first that has not been passed */
    size_t *open; /* [n_open] opening ones that have no partner yet */
    size_t n_open, open_room;
    struct span_look look; /* here */
    bool none;             /* the text has no "]{" */
};

struct build {
    struct arena *arena;
    struct source *source;
    struct err *err;
    struct anchors anchors;
    struct doc_writer writer;
    struct spans spans;
    struct str language; /* of the block under construction; empty for the document's */
    bool lists_captions; /* there is a list of figures or tables: captions need anchors */
    size_t lost_links;   /* to no anchor of the document */
    size_t line_offset;  /* lines of front matter before cmark's line 1 */
};

/* Notes a mistake in a cmark line, with its place in the template; says whether to go on. */
bool build_fault(const struct build *build, int line, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* What a line like {.note #anchor key=value} says about the block that follows. */
struct attributes {
    struct str style, anchor;
    struct str container; /* opens "keep", "float", "box", "cover" or "columns" */
    struct str contents;  /* "toc", "figures", "tables": a list that layout makes */
    struct str language;  /* BCP 47 */
    struct block_option *options;
    size_t n_options;
    bool page_break, end;
};
enum { MAX_ATTRIBUTE = 200 }; /* bytes */

/* Reads "{.style #anchor}". False where the text is not that. */
bool attributes_read(struct build *build, struct str text, struct attributes *out);
/* Text that looks like attributes and is none is an error (returns false): in a template, and where it would open a
 * container. */
bool attributes_unknown(struct build *build, struct str text, int line);
/* Whether a line may be attributes that are worth a look: "{.…" or "{lang=…". */
bool attributes_begin(struct str text);
/* Reads lang=en, with what it has for values. False where the word is something else, or names no language; a name that
 * is empty is none. */
bool attribute_language(struct build *build, struct str word, struct str *out);
bool attribute_is_language(struct str word);
/* The next word of {…}; blanks between quotation marks do not end it. */
bool attribute_word(struct str *rest, struct str *word);

/* span.c: finds the spans "[text]{.name}" and "[text]{lang=en}" of a node's inline children; then its text nodes, in
 * order, become text of the writer. In a template an unknown name is an error (build->err); elsewhere it stays text. */
struct cmark_node;
void spans_find(struct build *build, struct cmark_node *parent);
void spans_text(struct build *build, struct cmark_node *node, unsigned flags, struct str link);
/* Looks at the names alone, for a check. */
void spans_names(struct build *build, struct str text, int line);
void spans_free(struct spans *spans);
/* Markdown, whose first line is that line of the source, as blocks. */
bool markdown_blocks(struct build *build, struct str text, size_t line, struct block **out);

/* Fills a cards or chart block from the lines of its fence. `line` is cmark's line of the opening fence. */
bool build_cards(struct build *build, struct block *block, struct str text, int line);
bool build_chart(struct build *build, struct block *block, struct str info, struct str text, int line);
bool chart_is_option(struct str line); /* a line of a chart that begins with an option's name */
/* Fills a table block from a list of values; `name` is the list's. A table without rows is no block: rows are 0. */
bool build_data_table(struct build *build, struct block *block, struct str name, const struct value *list,
                      struct str text, int line);
/* The chart in words: kind, title, what is largest and least. */
struct str chart_words(struct arena *arena, const struct chart *chart);
extern const char *const chart_kind_names[]; /* as after "chart "; NULL ends them */

/* Takes the next field up to a | off *rest, blanks trimmed; false when none is left. It works while values are still
 * placeholders, so that a | in a value splits nothing. */
bool fence_field(struct str *rest, struct str *field);
/* All fields of a line, the missing ones empty. False for more than `most`. */
bool fence_split(struct str line, struct str *field, size_t most);
struct str fence_expand(struct build *build, struct str field); /* \| as |, placeholders as their values */

/* expand_link of what stands in a cmark line, which a check keeps in mind. */
struct str build_link(struct build *build, struct str text, int line);

struct cmark_node;
/* The runs of a node's inline children, in the arena. */
struct run *build_inlines(struct build *build, struct cmark_node *parent, size_t *n);
/* Fills a table block from cmark's node of a table. */
void build_table(struct build *build, struct block *block, struct cmark_node *node);
/* The text of runs in one piece. */
struct str build_text(struct build *build, const struct run *runs, size_t n);
/* Puts the title and subtitle of the front matter before the text where it has none of its own, and the other way
 * round. */
void build_title(struct build *build, struct doc *doc);

/* A unique anchor from a heading's text: letters and digits, blanks as hyphens. */
struct str anchor_from_text(struct build *build, struct str text);
/* An explicit anchor. In a template a second use is an error (returns false); elsewhere it gets a suffix. */
bool anchor_set(struct build *build, struct block *block, struct str name, int line);
/* Gives captions and charts that have none an anchor of their own, for lists of figures and tables. */
void anchors_of_captions(struct build *build, struct block *first);
/* Takes the links off that lead to no anchor of the document. */
void anchors_check(struct build *build, struct block *first);
void anchors_free(struct anchors *anchors);
/* The template's place of a cmark line. */
struct source_place build_place(const struct build *build, int line);

#endif
