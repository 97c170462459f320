/* Tab stops (RULES.md row 24): left, right, centred, at the decimal point. */
#include "layout/lines.h"

#include <math.h>

const struct tab_stop *tabs_next(const struct text_style *style, double x)
{
    for (unsigned i = 0; i < style->n_tabs; i++)
        if ((double)style->tabs[i].at > x + 1e-6)
            return &style->tabs[i];
    return NULL;
}

double tabs_place(const struct tab_stop *stop, double measure, double before, double gap, double width, double to_point)
{
    double least = before + gap, at = stop ? fmin((double)stop->at, measure) : 0;
    if (!stop)
        return least;
    switch (stop->how) {
    case TAB_LEFT: return fmax(at, before);
    case TAB_RIGHT: return fmax(at - width, least);
    case TAB_CENTER: return fmax(at - width / 2, least);
    case TAB_POINT: return fmax(at - to_point, least);
    }
    return least;
}

bool tabs_point(const struct shaper *s, uint32_t i)
{
    return s->units[i].cp == '.' && i > 0 && i + 1 < s->n && s->units[i - 1].cp - '0' < 10 &&
           s->units[i + 1].cp - '0' < 10;
}

/* The text behind the last tab of a line that grows. */
struct pen {
    const struct breaker *b;
    const struct tab_stop *stop;
    double before, gap; /* points: where the tab begins, its least width */
    uint32_t from;      /* first unit behind the tab */
    uint32_t point;     /* its decimal point; 0 = none yet */
    bool tabbed;        /* there was a tab */
};

/* Where the line ends if `to` is its last unit's end, from the start of the measure. */
static double pen_end(const struct pen *pen, uint32_t to)
{
    double width = lines_width(pen->b, pen->from, to);
    if (!pen->tabbed)
        return pen->before + width;
    double seen = tabs_seen(pen->b->style, width);
    double to_point = pen->point ? lines_width(pen->b, pen->from, pen->point) : seen;
    return tabs_place(pen->stop, pen->b->full, pen->before, pen->gap, seen, to_point) + width;
}

static void pen_take(struct pen *pen, uint32_t from, uint32_t to)
{
    const struct shaper *s = pen->b->s;
    for (uint32_t i = from; i < to; i++) {
        if (s->units[i].cp == '\t') {
            double x = pen_end(pen, i);
            *pen = (struct pen){.b = pen->b,
                                .stop = tabs_next(pen->b->style, x),
                                .before = x,
                                .gap = (double)s->units[i].width,
                                .from = i + 1,
                                .tabbed = true};
        } else if (pen->tabbed && !pen->point && tabs_point(s, i)) {
            pen->point = i;
        }
    }
}

/* The last candidate that a line from candidate i reaches. */
static size_t reach(struct breaker *b, size_t i)
{
    double margin = b->full - lines_measure_at(b, i);
    struct pen pen = {.b = b, .before = margin, .from = b->items[i].start};
    uint32_t taken = pen.from;
    for (size_t j = i + 1; j < b->n; j++) {
        struct candidate *at = &b->items[j];
        pen_take(&pen, taken, at->end);
        taken = at->end > taken ? at->end : taken;
        bool fits = pen_end(&pen, at->end) - (double)at->hang - lines_left_out(b, at->end) <= b->full + 1e-6;
        at->tabbed = fits;
        if (!fits)
            return j > i + 1 ? j - 1 : j;
    }
    return b->n - 1;
}

void tabs_fit(struct breaker *b)
{
    for (size_t i = 0; i + 1 < b->n;) {
        size_t j = reach(b, i);
        b->items[j].from = (uint32_t)i;
        i = j;
    }
}
