/* Runs of text → set lines: itemization, shaping, Korean line breaking, justification. Pages are pages.c's business.
 *
 *      runs ──itemize──▶ items (one font, one look) ──shape──▶ glyphs ──break──▶ lines ──justify──▶ ops at baseline 0
 */
#ifndef LAYOUT_TEXT_H
#define LAYOUT_TEXT_H
#include "base/arena.h"
#include "base/diag.h"
#include "layout/layout.h"
#include "layout/page.h"
#include "template/doc.h"

/* Sections of fonts/fonts.ini, and their names there and in style sheets, with NULL at the end. */
enum font_role { ROLE_TEXT, ROLE_STRONG, ROLE_MONO, ROLE_SERIF, ROLE_SERIF_STRONG, ROLES };
extern const char *const font_role_names[ROLES + 1];

enum { MOST_TABS = 8 };

struct tab_stop {
    float at;                                                /* points from the start of the measure */
    enum { TAB_LEFT, TAB_RIGHT, TAB_CENTER, TAB_POINT } how; /* TAB_POINT: at the decimal point */
    bool dots;                                               /* a dotted leader before it */
};

struct text_style {
    enum font_role role; /* RUN_STRONG turns ROLE_TEXT into ROLE_STRONG, ROLE_SERIF into ROLE_SERIF_STRONG */
    float size;          /* points */
    float leading;       /* points from baseline to baseline */
    bool leading_least;  /* that, or what the highest characters of the line need */
    struct colour colour;
    enum align align;
    bool justify;    /* both sides flush; the last line by align */
    bool keep_words; /* 어절 are never split (titles, table cells); else split past a looseness limit */
    bool tabular;    /* figures of one width (tnum), for number columns */
    bool hang;       /* stops, commas and closing quotes at a line's end may stand outside the measure */
    float indent;    /* first line, points; negative hangs */
    float tracking;  /* points added after every character (RULES.md row 5) */
    struct tab_stop tabs[MOST_TABS]; /* in order of `at` */
    unsigned n_tabs;
};

/* Looks that the program itself asks for; a sheet may have more, named by runs. */
enum character_id {
    CHARACTER_STRONG,
    CHARACTER_EMPHASIS, /* by weight or colour, never slanted (RULES.md row 25) */
    CHARACTER_CODE,
    CHARACTER_LINK,
    CHARACTER_SUP,
    CHARACTER_SUB,
    CHARACTER_NAMED /* the first one that only its name tells */
};

/* What a stretch of text has different from its paragraph. */
struct character_style {
    const char *name;
    bool has_role, has_colour;
    enum font_role role; /* ROLE_STRONG is the strong face of the paragraph's own */
    struct colour colour;
    float size;  /* part of the paragraph's: 0.65 */
    float raise; /* above its baseline, in parts of its size */
};

struct line {
    const struct op
        *ops; /* OP_TEXT, OP_LINK, leaders as OP_LINE; x from the start of the measure, y from the baseline */
    size_t n;
    float width;     /* set width, points, without the trailing space; what hangs included */
    float looseness; /* word gap beyond natural in em; negative = squeezed */
    bool cut_word;   /* this line ends inside an 어절 */
    bool ends;       /* … the text, or it is broken here by hand */
    float leading;   /* points that it takes; more than the style's only where that is a least */
    float above;     /* … of these, what is put above the style's own baseline */
};

struct paragraph {
    struct line *lines;
    size_t n;
    float ascent, descent; /* of the first and last line's fonts, points, both positive */
};

/* Shaping state with its word cache: one a layout, not shared between threads. Fonts are borrowed. */
struct shaper;
struct shaper *shaper_new(struct fonts *fonts, struct diag_list *diag);
void shaper_free(struct shaper *shaper);
/* Where in the document the texts are, for warnings: a borrowed text that the caller keeps up to date. */
void shaper_place(struct shaper *shaper, const char *place);
/* The looks of runs, borrowed: [n], the first CHARACTER_NAMED by their id. Without them all runs look alike. */
void shaper_characters(struct shaper *shaper, const struct character_style *characters, size_t n);

/* Sets runs to `measure` points wide lines in the arena. Never fails: a word wider than the measure is split at
 * grapheme boundaries with a warning; a character that no font has becomes a visible box with a warning. Warnings quote
 * the text. A newline in the text ends its line as RUN_BREAK does. OP_TEXT ops carry their link too; the active area is
 * the OP_LINK op. A tab leads to the style's next stop, or is a space. All text is set from left to right. Cost: linear
 * in the text. */
void text_set(struct shaper *shaper, struct arena *arena, const struct run *runs, size_t n,
              const struct text_style *style, float measure, struct paragraph *out);

/* Width of the text set on one line, and of its widest unbreakable part: for table column widths. Points. */
void text_measure(struct shaper *shaper, const struct run *runs, size_t n, const struct text_style *style,
                  float *widest, float *narrowest);

#endif
