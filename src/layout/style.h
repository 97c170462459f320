/* The style sheet: every measure, colour and look of a page, read from templates/house.ini and a user's file on top of
 * it. Lengths are points (1/72 inch), colours sRGB. templates/README.md lists the keys. */
#ifndef LAYOUT_STYLE_H
#define LAYOUT_STYLE_H
#include "layout/layout.h"
#include "layout/text.h"

/* Styles that the program itself asks for; a sheet may have more, found by name. The order is that of style_names. */
enum style_id {
    STYLE_BODY,
    STYLE_H1,
    STYLE_H2,
    STYLE_H3,
    STYLE_H4,
    STYLE_H5,
    STYLE_H6,
    STYLE_RUN_IN, /* a paragraph that is strong from end to end: the title of what follows */
    STYLE_TITLE,
    STYLE_SUBTITLE,
    STYLE_CAPTION,
    STYLE_UNIT,
    STYLE_NOTE,
    STYLE_SOURCE,
    STYLE_FIGURE, /* title of a chart */
    STYLE_FOOTNOTE,
    STYLE_QUOTE,
    STYLE_BOX, /* call-outs without a style of their own */
    STYLE_BOX_TITLE,
    STYLE_COVER, /* what stands above a cover's first line */
    STYLE_TOC_TITLE,
    STYLE_TOC_1, /* lines of a table of contents … */
    STYLE_TOC_2,
    STYLE_TOC_3,
    STYLE_TOC_LIST, /* … and of a list of figures or tables */
    STYLE_CODE,
    STYLE_HEAD, /* running head */
    STYLE_FOOT, /* page number */
    STYLE_MARK, /* list marks */
    STYLE_CARD_LABEL,
    STYLE_CARD_VALUE,
    STYLE_CARD_NOTE,
    STYLE_CHART_LABEL,
    STYLE_CHART_VALUE,
    STYLE_CHART_AXIS, /* numbers and names along an axis, in panels and tiles */
    STYLE_CELL,
    STYLE_CELL_HEAD,
    STYLE_NAMED /* the first one that only its name tells */
};

struct edge {    /* a rule on one side of a paragraph */
    float width; /* 0: none */
    struct colour colour;
};

/* Look and surroundings of one kind of paragraph. The gap between two blocks is the larger of after and before. */
struct block_style {
    const char *name; /* struct block.style; headings: "h1" … "h6" */
    struct text_style text;
    float before, after; /* points */
    float left, right;   /* indents of all lines, points */
    float pad;           /* between the text and its fill or rules, points */
    bool filled;
    struct colour fill;
    struct edge top, bottom, bar; /* rules above, below and to the left */
    bool keep_next;               /* stays on the page of the next block's first lines (RULES.md row 20) */
    bool keep_previous;           /* belongs to what is above: its first lines stay on that page */
    bool keep_lines;              /* its own lines are never divided */
    bool page_before;             /* begins a page */
    bool at_foot;                 /* stands at the foot of its page, with what it is kept together with */
    const char *number; /* "제1장", "<표 1>": the paragraph begins with its number (marks.c); NULL: it has none */
};

enum {
    LIST_LEVELS = 9,
    MOST_MARK = 40 /* bytes that the form of a list mark or number may have */
};

/* Marks of a list by level. More levels than marks: bullets stay at the last, numbers begin again. */
struct list_style {
    const char *name;
    const char *marks[LIST_LEVELS], *numbers[LIST_LEVELS];
    const struct block_style *styles[LIST_LEVELS]; /* of the items' text; none: as outside */
    unsigned n_marks, n_numbers, n_styles;
};

/* Where the page number stands: RULES.md row 28. */
enum number_place {
    NUMBER_NONE,
    NUMBER_HEAD_LEFT,
    NUMBER_HEAD_CENTER,
    NUMBER_HEAD_RIGHT,
    NUMBER_HEAD_INSIDE,
    NUMBER_HEAD_OUTSIDE,
    NUMBER_FOOT_LEFT,
    NUMBER_FOOT_CENTER,
    NUMBER_FOOT_RIGHT,
    NUMBER_FOOT_INSIDE,
    NUMBER_FOOT_OUTSIDE,
};

/* What a running head says at one of its ends: RULES.md row 29. */
enum head_text {
    HEAD_NONE,
    HEAD_TITLE,   /* the document's title */
    HEAD_TEXT,    /* the document's running head; one without it has no head */
    HEAD_CHAPTER, /* the heading of level 1 that the page begins in, or with */
    HEAD_SECTION, /* … of level 2; of level 1 where there is none */
};

struct page_style {
    float width, height;
    float top, right, bottom, left; /* margins */
    bool two_sided;                 /* even pages are mirrored: left is the inside margin */
    enum head_text head_left, head_right;
    float head;      /* baseline of the running head, from the top edge */
    float head_rule; /* hairline under it, from the top edge */
    float foot;      /* baseline of the page number, from the top edge */
    enum number_place number;
    struct str number_form; /* "- # -": # is the number, ## that of the last page */
    int number_start;       /* number of the first page; pages before number 1 show none */
};

/* Footnotes: RULES.md row 27. */
struct note_style {
    struct str form;    /* "#)": # is the number; a form without # is said as often as the number is */
    bool by_page;       /* numbers begin anew on every page */
    float rule;         /* length of the rule above, points; 0: none */
    float above, below; /* gaps above and below the rule */
};

struct palette { /* KRDS, colours of the Korean government's design guide */
    struct colour primary_5, primary_10, primary_20, primary_30, primary_40, primary_50, primary_60, primary_70,
        primary_80, primary_90, gray_0, gray_5, gray_10, gray_20, gray_30, gray_40, gray_50, gray_60, gray_70, gray_80,
        gray_90, danger_50, warning_50, success_50, information_50, point_50;
    struct colour series[8]; /* of a chart: far apart in colour and in grey, for any sight (test_layout_chart_colour) */
};

struct distances {
    float hairline;     /* rules of tables, heads, quotes' rules */
    float list_gap;     /* between items */
    float list_after;   /* after a whole list, before the text that follows */
    float object_after; /* after a table, chart or row of cards */
    float column_gap;   /* between the columns of a section */
    float column_rule;  /* width of the rule in that gap; 0: none */
};

/* What a row of a table is. */
enum row_kind { ROW_HEAD, ROW_BODY, ROW_ZEBRA, ROW_GROUP, ROW_SUBTOTAL, ROW_TOTAL, ROW_KINDS };

enum vertical { VERTICAL_TOP, VERTICAL_MIDDLE, VERTICAL_BOTTOM };

/* Look of a table. Text, fill and the rule above of its cells are paragraph styles, of which the rest has no effect. */
struct table_style {
    const char *name;                           /* struct block.style; "" is what all others begin with */
    const struct block_style *looks[ROW_KINDS]; /* a NULL zebra: like the other rows */
    const struct block_style *first;            /* first cell of a body row; NULL: like the row */
    struct edge top, end;                       /* rules above and below the table */
    struct edge rows, columns, sides;           /* … below each row, between columns, left and right */
    float pad_x, pad_y;                         /* left and right of a cell's text, above and below it */
    enum vertical vertical, head_vertical;      /* place of the text in a cell that is higher */
    struct colour bar, bar_negative, spark;
    float bar_width;      /* points, where the table has room; of sparklines, too */
    struct str none;      /* printed in an empty numeric cell */
    struct str continued; /* after the name of a group that goes on on the next page; empty: not said again */
};

enum style_limits {
    STYLE_MAX_DEPTH = 32,     /* lists and quotes indent this deep and no deeper */
    STYLE_LEAST_MEASURE = 160 /* points: nothing is indented to less than this */
};

struct style_sheet {
    struct page_style page;
    struct palette palette;
    struct distances distance;
    struct note_style note;
    struct block_style *styles; /* [n]; the first STYLE_NAMED by their id */
    size_t n, room;
    struct table_style *tables; /* [n_tables]; the first one is the plain [table] */
    size_t n_tables;
    struct list_style *lists; /* [n_lists]; the first one is "default" */
    size_t n_lists;
    struct character_style *characters; /* [n_characters]; the first CHARACTER_NAMED by their id */
    size_t n_characters;
};

/* By name ("" is "body"); NULL for an unknown one. */
const struct block_style *style_find(const struct style_sheet *sheet, struct str name);

/* By name; NULL for an unknown one. */
const struct list_style *style_list(const struct style_sheet *sheet, struct str name);

/* The style of a heading of level 1 … 6 (deeper ones look like 6). */
const struct block_style *style_heading(const struct style_sheet *sheet, int level);

/* The table style of that name ("" is the plain one); NULL for an unknown one. */
const struct table_style *style_table(const struct style_sheet *sheet, struct str name);

/* The number and unit (pt, mm, cm, em) at *text, which moves past it, in points; NAN where there is none. */
float style_length(const char **text, float em);

/* The page's body, points. */
float style_body_width(const struct style_sheet *sheet);
float style_body_height(const struct style_sheet *sheet);

/* Baseline of a line from the top of its leading: the em box (0.88 above, 0.12 below the baseline, as in every CJK
 * font) sits in the middle, whatever fallback fonts the line has, so that lines stay on their grid. */
float style_baseline(const struct text_style *style);

#endif
