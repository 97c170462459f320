/* The house style: every measure and colour of a page, in one place. Lengths are points (1/72 inch), colours sRGB. */
#ifndef LAYOUT_STYLE_H
#define LAYOUT_STYLE_H
#include "layout/text.h"

/* Look and surroundings of one kind of paragraph. The gap between two blocks is the larger of after and before. */
struct block_style {
    const char *name; /* struct block.style; headings: "h1" … "h4" */
    struct text_style text;
    float before, after; /* points */
    bool keep_next;      /* stays on the page of the next block's first lines (RULES.md row 20) */
    bool keep_previous;  /* belongs to the table or figure above: first lines stay on its page */
    bool keep_lines;     /* its own lines are never divided */
};

/* The sheet: A4 portrait. */
struct sheet {
    float width, height;
    float top, right, bottom, left; /* margins */
    float head;                     /* baseline of the running head, from the top edge */
    float head_rule;                /* hairline under it, from the top edge */
    float foot;                     /* baseline of the page number, from the top edge */
};

struct palette {
    struct colour primary_50, primary_60, primary_80, gray_90, gray_70, gray_50, gray_20, gray_5, danger_50, success_50;
};

extern const struct sheet sheet;
extern const struct palette palette; /* KRDS, colours of the Korean government's design guide */

/* Text of parts that are not paragraphs of the document. */
extern const struct text_style style_head, style_foot;
extern const struct text_style style_mark; /* list marks */
extern const struct text_style style_code;
extern const struct text_style style_card_label, style_card_note;
extern const struct text_style style_card_value; /* 20 pt; cards.c steps down where it must */
extern const struct text_style style_chart_label, style_chart_value;

enum style_limits {
    STYLE_MAX_DEPTH = 32,     /* lists and quotes indent this deep and no deeper */
    STYLE_LEAST_MEASURE = 160 /* points: nothing is indented to less than this */
};

/* Distances. */
extern const float style_hairline;     /* rules of tables, heads, quotes' rules: 0.5 */
extern const float style_list_gap;     /* between items */
extern const float style_list_after;   /* after a whole list, before the text that follows */
extern const float style_object_after; /* after a table, chart or row of cards */
extern const float style_quote_indent, style_quote_bar;
extern const float style_code_pad;

/* The style of a heading of level 1 … (4 and deeper look alike), or of a paragraph by name; NULL for an unknown name.
 */
const struct block_style *style_heading(int level);
const struct block_style *style_paragraph(struct str name);

/* Text of table cells: smaller where there are many columns. Padding: left and right, above and below. */
struct cell_style {
    struct text_style text;
    float pad_x, pad_y;
};
struct cell_style style_cell(size_t columns);

/* Baseline of a line from the top of its leading: the em box (0.88 above, 0.12 below the baseline, as in every CJK
 * font) sits in the middle, whatever fallback fonts the line has, so that lines stay on their grid. */
float style_baseline(const struct text_style *style);

#endif
