/* The document tree between template and layout: Korean text filled in, no page, no city. Everything lives in one
 * arena. */
#ifndef TEMPLATE_DOC_H
#define TEMPLATE_DOC_H
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

enum run_flags {
    RUN_STRONG = 1,
    RUN_EMPHASIS = 2, /* shown by colour or weight: Hangul has no italic (RULES.md row 25) */
    RUN_CODE = 4,
    RUN_BREAK = 8, /* a forced line break before this run's text */
    RUN_SUPER = 16,
    RUN_SUB = 32,
};

/* A stretch of text with one look. Text is NFC UTF-8; blanks are single: U+0020, or U+0009, the one control character,
 * for the paragraph style's next tab stop. */
struct run {
    struct str text;
    unsigned flags;
    struct str link;     /* "https://…", "mailto:…", or "#anchor" inside the document; empty for none */
    struct str style;    /* a character style; empty for none */
    struct str language; /* BCP 47, where it is not the document's; else empty */
    unsigned note; /* a reference to doc.notes[note - 1]: the run has no text, layout says "1)" there; 0 for none */
};

enum block_kind {
    BLOCK_HEADING,   /* level 1..6, runs, anchor */
    BLOCK_PARAGRAPH, /* runs; style names a paragraph style: "", "title", "subtitle", "note", "unit", "source" … */
    BLOCK_LIST,      /* children: items; ordered, start */
    BLOCK_ITEM,      /* children: blocks */
    BLOCK_QUOTE,     /* children */
    BLOCK_TABLE,     /* table */
    BLOCK_CARDS,     /* cards: key figures */
    BLOCK_CHART,     /* chart */
    BLOCK_CODE,      /* runs: one, with newlines in its text */
    BLOCK_RULE,
    BLOCK_PAGE_BREAK,
    BLOCK_BOX,      /* children in a call-out; style: "box" or another one's name */
    BLOCK_COVER,    /* children on a page of their own, without head and foot */
    BLOCK_CONTENTS, /* style: a list of the document's headings ("toc"), "figures" or "tables", with their pages */
    BLOCK_GROUP,    /* children kept under one style, e.g. "keep": not split over pages where it fits one */
};

enum align { ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };

enum cell_join {
    JOIN_NONE,
    JOIN_LEFT, /* part of the cell on its left */
    JOIN_UP,   /* part of the cell above */
};

struct cell {
    struct run *runs;
    size_t n;
    enum cell_join join; /* runs are empty where it is joined to another */
};

struct table {
    size_t columns, rows; /* rows without the header; layout knows how many of them `header=2` takes in */
    enum align *align;    /* [columns] */
    struct cell *header;  /* [columns], or NULL */
    struct cell *cells;   /* [rows × columns] */
};

struct card {
    struct str label, value, note; /* "사업", "12건", "전월 대비 +3" */
    struct str link;
};

/* templates/README.md shows one of each. */
enum chart_kind {
    CHART_BAR,      /* one series: horizontal bars */
    CHART_STACKED,  /* horizontal bars of segments, one a series, and their sum */
    CHART_LINE,     /* a line a series over rows in their order */
    CHART_MULTIPLE, /* a small panel a series, all on one scale */
    CHART_HEAT,     /* rows × series, shaded by value */
    CHART_SLOPE,    /* two series: a line a row from the one to the other */
    CHART_MAP,      /* one series: a tile a 시·도 or 시군구; labels are codes or names */
};

struct chart_value {
    double number;   /* anything: layout draws what is finite */
    struct str text; /* as printed */
    bool none;       /* nothing known, which is not wrong: "–" */
};

struct chart_row {
    struct str label, link;
    struct chart_value *values; /* [n_series] */
};

/* How numbers are written: as they stand in the text, 12,000, 1만 2천, or 12.5%. Ticks of an axis as written: 12,000.
 */
enum figure_form { FIGURE_AS_WRITTEN, FIGURE_COMMA, FIGURE_KOREAN, FIGURE_PERCENT };

struct chart {
    enum chart_kind kind;
    struct str title, unit;
    struct str alt;     /* what it shows in words, for those who cannot see it */
    struct str *series; /* [n_series] names; NULL for bars and maps, which have one series */
    size_t n_series;
    struct chart_row *rows;
    size_t n;
    enum figure_form form;
    enum { TABLE_AUTO, TABLE_YES, TABLE_NO } table; /* all numbers: where they fit, as a table block that follows, no */
    enum { ZERO_AUTO, ZERO_YES, ZERO_NO } zero;     /* does the axis of lines begin at 0? */
    bool columns;                                   /* multiples: bars in place of lines */
    size_t across;                                  /* multiples: panels side by side; 0 = as fit */
    struct str region;                              /* maps: the 시·도 shown alone; empty for all */
    struct chart_row *others;                       /* maps: what regions have that no row names; NULL: nothing */
};

/* "{… key=value}" before a block: what it means is for layout to know. */
struct block_option {
    struct str key, value;
};

struct block {
    enum block_kind kind;
    struct block *next, *children;
    struct str style;
    struct block_option *options;
    size_t n_options;
    struct str anchor; /* link target "#anchor"; headings get one from their text */
    int level;
    struct run *runs;
    size_t n;
    bool ordered;
    int start;
    struct table *table;
    struct card *cards;
    size_t n_cards;
    struct chart *chart;
};

/* A footnote, numbered in the order of first reference. */
struct note {
    struct str name; /* "[^name]" */
    struct block *first;
};

enum note_fault_kind { NOTE_UNKNOWN, NOTE_UNUSED, NOTE_TWICE };
struct note_fault {
    enum note_fault_kind kind;
    struct str name;
    const char *file; /* where it stands */
    size_t line;
};

struct doc {
    struct str title, subtitle, author, subject, keywords, language; /* language: BCP 47, "ko" */
    struct str running_head;                                         /* text of the page head; empty for none */
    struct str created;     /* ISO date for the document information; empty for none */
    struct str sheet;       /* style-sheet sections of the front matter (layout.h: style_layers); empty for none */
    const char *sheet_file; /* where they come from; NULL for none */
    size_t sheet_line;      /* of the first line */
    struct block *first;
    struct note *notes;
    size_t n_notes;
    struct note_fault *note_faults; /* called and not defined, defined and not called, defined twice */
    size_t n_note_faults;
    struct str unknown_language; /* the front matter's, where it names none: `language` is not from there */
    size_t refused_links; /* to a scheme that is not allowed, or with credentials: their text stands without the link */
};

/* A chart's numbers, one row a label, or one row a series where there are more of them: for those who cannot see it.
 * Lives in the arena; borrows the texts. */
struct arena;
struct table *chart_table(struct arena *arena, const struct chart *chart);

#endif
