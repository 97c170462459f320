/* One paragraph on its way into lines: what lines.c (where lines may end), fit.c (which of these places are taken) and
 * tabs.c (lines with tab stops) share. Internal to layout; tests/bench/line_quality.c looks in to compare. */
#ifndef LAYOUT_LINES_H
#define LAYOUT_LINES_H
#include "layout/shape.h"

/* Sums over the units before one. */
struct sum {
    double x, space; /* points: all widths; widths of the spaces that may stretch */
    uint32_t spaces, slots;
};

/* Colours of lines, by the width of their word spaces: tight, normal, loose, very loose. */
enum { COLOURS = 4, COLOUR_NORMAL = 1 };

/* The best ways to a candidate, one for each colour of the line that ends there. */
struct ways {
    double demerits[COLOURS];
    double onward[COLOURS]; /* the least demerits before a line of each colour, what is between the two included */
    uint32_t from[COLOURS]; /* candidate before */
};

struct candidate {
    uint32_t end, start; /* units: the line before ends at `end`, the next begins at `start` */
    uint8_t level;
    bool tabbed;            /* tabs of the line that ends here lead to their stops */
    float hang;             /* points at `end` that stand outside the measure */
    uint32_t from;          /* the result: where the line that ends here begins */
    struct sum right, left; /* sums at `end`; at `start`, with the slot that a line's first unit does not use */
    double penalty, best;   /* of its break; the least demerits of its ways */
    struct ways ways;
};

struct breaker {
    struct shaper *s;
    const struct text_style *style;
    struct sum *sums; /* [units + 1] */
    struct candidate *items;
    size_t n, room;
    double full;           /* points: the measure without indents */
    double measure, first; /* points: of further lines; of the first line */
    bool tabs;             /* the stretch has tabs, and its style stops for them */
    bool torn;             /* a word had to be split where nothing allows it */
    uint32_t torn_at;
};

/* How the slack of one line is spread. */
struct fit {
    double space, letter; /* points to add to each */
    double badness;
    bool overfull, ragged;
};

static inline double lines_width(const struct breaker *b, uint32_t from, uint32_t to)
{
    return b->sums[to].x - b->sums[from].x;
}

/* What a line that ends before unit `to` leaves out there (row 3); less than 0: a hyphen that it puts on (row 14). */
static inline double lines_left_out(const struct breaker *b, uint32_t to)
{
    return b->s->marks && to > 0 ? (double)spacing_at_end(b->s, to - 1) : 0;
}

/* Measure of the line that begins at candidate i. */
static inline double lines_measure_at(const struct breaker *b, size_t i)
{
    return i == 0 ? b->first : b->measure;
}

/* Sums and measures of the shaper's text; lines_free ends it. A measure that is no number counts as 0. */
void lines_begin(struct breaker *b, struct shaper *shaper, const struct text_style *style, float measure);
void lines_free(struct breaker *b);

/* End of the stretch that begins with unit `from`: up to the next forced break. */
uint32_t lines_stretch(const struct shaper *s, uint32_t from);

/* Makes the candidates of units [from, to), a stretch without a forced break inside: the first and last are its ends.
 * True where it has tabs and its style has stops for them. */
bool lines_candidates(struct breaker *b, uint32_t from, uint32_t to);

/* Total fit: sets `from` along the best way back from the last candidate. */
void fit_lines(struct breaker *b);

/* Demerits of the line between two candidates, the one before it having the colour *colour, which becomes its own. */
double fit_demerits(const struct breaker *b, size_t from, size_t to, unsigned *colour);

/* The line between two candidates. */
struct fit fit_line(const struct breaker *b, size_t from, size_t to);

/* First fit for a stretch with tabs: sets `from` and `tabbed`. Lines with tabs are ragged. */
void tabs_fit(struct breaker *b);

/* The stop that a tab at x leads to, or NULL: the tab is a space. x from the start of the measure. */
const struct tab_stop *tabs_next(const struct text_style *style, double x);

/* Where the text behind a tab begins: its width and the part before its decimal point are given. Not before
 * `before + gap`, but where a left stop is nearer. */
double tabs_place(const struct tab_stop *stop, double measure, double before, double gap, double width,
                  double to_point);

/* What of a text's width stands at a stop: not the tracking behind its last character. */
static inline double tabs_seen(const struct text_style *style, double width)
{
    return width > 0 ? width - (double)style->tracking : 0;
}

/* Whether unit i is a decimal point. */
bool tabs_point(const struct shaper *s, uint32_t i);

#endif
