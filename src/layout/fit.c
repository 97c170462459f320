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
static const double EASY_GAP = 0.42;  /* em: spaces take a line's slack alone up to this gap */
static const double MAX_GAP = 0.70;   /* em: a gap wider than this is a hole; the line stays ragged */
static const double LETTER = 0.03;    /* em: most letter spacing */
static const double SHORT_LAST = 400; /* row 19 */
static const double OVERFULL = 1e6;

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
    fit.space = spaces > 0 ? by_spaces / spaces : 0;
    fit.letter = slots > 0 ? by_letters / slots : 0;
    double stretch = spaces > 0 ? fit.space / em / 0.25 : by_spaces / em;
    fit.badness = em_cube(stretch) + (letters > 0 ? 15 * by_letters / letters : 0) + (fit.ragged ? 500 : 0);
    if (fit.ragged)
        fit.space = fit.letter = 0;
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
    for (uint32_t i = first; i < at->end && letters <= 3; i++)
        letters += !(b->s->units[i].flags & (UNIT_SPACE | UNIT_EMPTY));
    double em = (double)b->style->size, w = lines_width(b, first, at->end);
    return letters <= 3 || w < 2.2 * em ? SHORT_LAST : w < 4 * em ? SHORT_LAST / 4 : 0;
}

/* ---- total fit ---- */

static double least_width(const struct breaker *b, const struct candidate *before, const struct candidate *at)
{
    double shrink = b->style->justify ? (at->right.space - before->left.space) * SHRINK : 0;
    return at->right.x - before->left.x - shrink;
}

/* Tries the line from candidate i to candidate j. */
static void try_line(struct breaker *b, size_t i, size_t j)
{
    const struct candidate *before = &b->items[i];
    struct candidate *at = &b->items[j];
    double least = before->demerits + at->penalty * at->penalty; /* badness is not negative */
    if (least >= at->demerits)
        return;
    bool last = at->level == BREAK_FORCED;
    struct fit fit = measure_line(b, before, at, lines_measure_at(b, i));
    if (fit.overfull && i + 1 < j)
        return;
    double sum = 1 + fit.badness + (last ? last_penalty(b, at, before->start) : at->penalty);
    double demerits = before->demerits + sum * sum + (b->style->justify ? 0 : 1e4);
    if (demerits < at->demerits) {
        at->demerits = demerits;
        at->from = (uint32_t)i;
    }
}

/* Finds the best way to each candidate, trying full lines before short ones. A line of one part is always possible,
 * however wide. */
void fit_lines(struct breaker *b)
{
    double widest = b->first > b->measure ? b->first : b->measure;
    double shortest = (b->style->justify ? 0.75 : 0.4) * widest;
    size_t low = 0;
    b->items[0].demerits = 0;
    for (size_t j = 1; j < b->n; j++) {
        struct candidate *at = &b->items[j];
        while (low + 1 < j && (j - low > MAX_WINDOW || least_width(b, &b->items[low], at) > widest + 1e-6))
            low++;
        for (size_t i = low; i < j; i++) {
            if (at->level != BREAK_FORCED && at->demerits < DBL_MAX && at->right.x - b->items[i].left.x < shortest)
                break; /* later starts make the line only shorter */
            try_line(b, i, j);
        }
    }
}
