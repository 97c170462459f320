/* Total fit after Knuth and Plass, as one forward pass over break candidates with a bounded window.
 *
 *   demerits of a line = (1 + badness + penalty)² + what its neighbour adds
 *
 * Badness grows with the cube of how far word spaces move. Each candidate keeps the best way to it for each colour of
 * its line, tight to very loose, because a loose line under a tight one is worse than either. */
#include "layout/lines.h"

#include <float.h>
#include <math.h>

enum { MAX_WINDOW = 2000 }; /* candidates in one line: no real line has as many, a hostile one cannot cost more */

static const double SHRINK = 0.30;    /* of the natural word space: row 15's least space is 0.7 */
static const double EASY_GAP = 0.38;  /* em: spaces take a line's slack alone up to this gap */
static const double MAX_GAP = 0.70;   /* em: a gap wider than this is a hole; the line stays ragged */
static const double LETTER = 0.03;    /* em: most letter spacing */
static const double SHORT_LAST = 400; /* row 19 */
static const double RAGGED = 1200;    /* more than the widest gap that is no hole */
static const double OVERFULL = 1e6;
static const double TIGHT = 0, LOOSE = 0.08, VERY_LOOSE = 0.16; /* em: word spaces beyond their own width, by colour */
static const double UNEVEN = 3000;        /* demerits of two lines that are more than a colour apart */
static const double CUT_AFTER_CUT = 5000; /* … of two cut 어절 under each other */

/* ---- the cost of a line ---- */

static double em_cube(double ratio)
{
    return 100 * ratio * ratio * ratio;
}

/* Spreads the slack of a justified line: spaces to an easy gap, then letters to their bound, then spaces again. */
static struct fit justify(const struct breaker *b, const struct sum *from, const struct sum *to, double slack)
{
    struct fit fit = {0};
    double em = (double)b->style->size, spaces = to->spaces - from->spaces, natural = to->space - from->space;
    double slots = to->slots > from->slots ? to->slots - from->slots : 0;
    if (slack < 0) {
        double room = natural * SHRINK;
        fit.overfull = -slack > room * (1 + 1e-9) + 1e-6;
        fit.badness = fit.overfull ? OVERFULL : 0.6 * em_cube(room > 0 ? -slack / room : 0);
        fit.space = spaces > 0 && !fit.overfull ? slack / spaces : 0;
        return fit;
    }
    double average = spaces > 0 ? natural / spaces : 0;
    double easy = EASY_GAP * em > average ? EASY_GAP * em - average : 0;
    double letters = slots * LETTER * em;
    double by_spaces = slack < easy * spaces ? slack : easy * spaces;
    double by_letters = slack - by_spaces < letters ? slack - by_spaces : letters;
    by_spaces = slack - by_letters;
    double hole = MAX_GAP * em - average;
    fit.ragged = spaces > 0 ? by_spaces / spaces > (hole > 0 ? hole : 0) + 1e-9 : by_spaces > 1e-6;
    if (fit.ragged) {
        fit.badness = RAGGED + 20 * slack / em;
        return fit;
    }
    fit.space = spaces > 0 ? by_spaces / spaces : 0;
    fit.letter = slots > 0 ? by_letters / slots : 0;
    fit.badness = em_cube(fit.space / em / 0.25) + (letters > 0 ? 15 * by_letters / letters : 0);
    return fit;
}

static struct fit measure_line(const struct breaker *b, const struct candidate *before, const struct candidate *at,
                               double measure)
{
    bool last = at->level == BREAK_FORCED;
    double slack = measure - (at->right.x - before->left.x);
    if (b->style->justify && (!last || slack < 0))
        return justify(b, &before->left, &at->right, slack);
    struct fit fit = {.overfull = slack < -1e-6};
    double part = measure > 0 ? slack / measure : 0;
    fit.badness = fit.overfull ? OVERFULL : last ? 0 : 30 * part * part;
    return fit;
}

struct fit fit_line(const struct breaker *b, size_t from, size_t to)
{
    return measure_line(b, &b->items[from], &b->items[to], lines_measure_at(b, from));
}

/* Row 19: no last line of a syllable or a very short word. */
static double last_penalty(const struct breaker *b, const struct candidate *at, uint32_t first)
{
    uint32_t letters = 0;
    for (uint32_t i = first; i < at->end && letters <= 4; i++)
        letters += !(b->s->units[i].flags & (UNIT_SPACE | UNIT_EMPTY));
    bool narrow = lines_width(b, first, at->end) < 4 * (double)b->style->size;
    return SHORT_LAST * (letters <= 2 ? 2 : letters <= 4 ? 1 : narrow ? 0.25 : 0);
}

/* ---- total fit ---- */

static double least_width(const struct breaker *b, const struct candidate *before, const struct candidate *at)
{
    double shrink = b->style->justify ? (at->right.space - before->left.space) * SHRINK : 0;
    return at->right.x - before->left.x - shrink;
}

static unsigned colour_of(const struct breaker *b, const struct fit *fit)
{
    double gap = fit->space / (double)b->style->size;
    return fit->ragged ? COLOURS - 1 : gap < TIGHT ? 0 : gap < LOOSE ? 1 : gap < VERY_LOOSE ? 2 : 3;
}

/* The line's own demerits, without its neighbours. */
static double own_demerits(const struct breaker *b, const struct candidate *before, const struct candidate *at,
                           const struct fit *fit)
{
    double last = at->level == BREAK_FORCED ? last_penalty(b, at, before->start) : 0;
    double sum = 1 + fit->badness + at->penalty + last;
    double stack = at->penalty > 0 && before->penalty > 0 ? CUT_AFTER_CUT : 0;
    return sum * sum + stack + (b->style->justify ? 0 : 1e4);
}

static double between(unsigned a, unsigned b)
{
    return a > b + 1 || b > a + 1 ? UNEVEN : 0;
}

/* Tries the line from candidate i to candidate j. Returns its own demerits. */
static double try_line(struct breaker *b, size_t i, size_t j)
{
    const struct candidate *before = &b->items[i];
    struct candidate *at = &b->items[j];
    struct fit fit = measure_line(b, before, at, lines_measure_at(b, i));
    if (fit.overfull && i + 1 < j)
        return 0;
    unsigned colour = colour_of(b, &fit);
    double own = own_demerits(b, before, at, &fit), demerits = before->ways.onward[colour] + own;
    if (demerits < at->ways.demerits[colour]) {
        at->ways.demerits[colour] = demerits;
        at->ways.from[colour] = (uint32_t)i;
    }
    at->best = fmin(at->best, demerits);
    return own;
}

double fit_demerits(const struct breaker *b, size_t from, size_t to, unsigned *colour)
{
    struct fit fit = fit_line(b, from, to);
    unsigned before = *colour;
    *colour = colour_of(b, &fit);
    return own_demerits(b, &b->items[from], &b->items[to], &fit) + (from > 0 ? between(before, *colour) : 0);
}

static void clear_ways(struct candidate *item, double demerits)
{
    item->best = demerits;
    for (unsigned k = 0; k < COLOURS; k++)
        item->ways.demerits[k] = item->ways.onward[k] = demerits;
}

static void close_ways(struct ways *ways)
{
    const double *of = ways->demerits;
    double dark = fmin(of[0], of[1]), light = fmin(of[2], of[3]), middle = fmin(of[1], of[2]);
    ways->onward[0] = fmin(dark, light + UNEVEN);
    ways->onward[1] = fmin(fmin(of[0], middle), of[3] + UNEVEN);
    ways->onward[2] = fmin(fmin(of[3], middle), of[0] + UNEVEN);
    ways->onward[3] = fmin(light, dark + UNEVEN);
}

/* The colour with the best way to a candidate, for a line of colour `next` behind it. */
static unsigned best_colour(const struct candidate *item, unsigned next)
{
    unsigned best = 0;
    for (unsigned k = 1; k < COLOURS; k++)
        if (item->ways.demerits[k] + between(k, next) < item->ways.demerits[best] + between(best, next))
            best = k;
    return best;
}

/* Goes the best way back. */
static void take_best(struct breaker *b)
{
    size_t at = b->n - 1;
    unsigned colour = 0;
    for (unsigned k = 1; k < COLOURS; k++)
        if (b->items[at].ways.demerits[k] < b->items[at].ways.demerits[colour])
            colour = k;
    while (at > 0) {
        b->items[at].from = b->items[at].ways.from[colour];
        at = b->items[at].from;
        colour = best_colour(&b->items[at], colour);
    }
}

/* The candidates of the window that are better than all after them, best first. */
struct queue {
    uint32_t *items;
    size_t head, end;
};

static void queue_put(struct queue *queue, const struct breaker *b, size_t i)
{
    while (queue->end > queue->head && b->items[queue->items[queue->end - 1]].best >= b->items[i].best)
        queue->end--;
    queue->items[queue->end++] = (uint32_t)i;
}

static double queue_best(struct queue *queue, const struct breaker *b, size_t low)
{
    while (queue->items[queue->head] < low)
        queue->head++;
    return b->items[queue->items[queue->head]].best;
}

/* Finds the best ways to candidate j from the candidates of the window, full lines before short ones. Lines only get
 * worse as they get shorter: it ends where one alone costs so much that whatever follows is better off with the best
 * way found. A line of one part is always possible, however wide. */
static void find_ways(struct breaker *b, size_t low, size_t j, double least, bool strict)
{
    struct candidate *at = &b->items[j];
    bool last = at->level == BREAK_FORCED;
    double shortest = (b->style->justify ? 0.75 : 0.4) * b->measure;
    for (size_t i = low; i < j; i++) {
        if (!last && at->right.x - b->items[i].left.x < shortest && (strict || at->best < DBL_MAX))
            break;
        if (b->items[i].best + at->penalty * at->penalty >= at->best + UNEVEN)
            continue;
        double own = try_line(b, i, j);
        if (!last && least + own >= at->best + UNEVEN)
            break;
    }
    close_ways(&at->ways);
}

/* Strictly without very short lines, but for the last one; false where there is no such way. */
static bool find_all(struct breaker *b, bool strict)
{
    double widest = fmax(b->first, b->measure);
    struct queue queue = {.items = ARENA_ARRAY(b->s->scratch, b->n, uint32_t)};
    clear_ways(&b->items[0], 0);
    queue_put(&queue, b, 0);
    for (size_t j = 1, low = 0; j < b->n; j++) {
        struct candidate *at = &b->items[j];
        clear_ways(at, DBL_MAX);
        while (low + 1 < j && (j - low > MAX_WINDOW || least_width(b, &b->items[low], at) > widest + 1e-6))
            low++;
        find_ways(b, low, j, queue_best(&queue, b, low), strict);
        queue_put(&queue, b, j);
    }
    return b->items[b->n - 1].best < DBL_MAX;
}

void fit_lines(struct breaker *b)
{
    if (!find_all(b, true))
        find_all(b, false);
    take_best(b);
}
