/* Line breaking: total fit after Knuth and Plass, as one forward pass over break candidates with a bounded window.
 *
 *   demerits of a line = (1 + badness + penalty)²; badness grows with the cube of how far word spaces move
 *
 * Candidates are the breaks above a threshold. A stretch without one that is wider than the measure is opened up: the
 * breaks of the next lower level inside it become candidates, down to every grapheme (with a warning). */
#include "layout/shape.h"

#include "base/mem.h"

#include <float.h>
#include <math.h>

enum { MAX_WINDOW = 2000 }; /* candidates in one line: no real line has as many, a hostile one cannot cost more */

static const double SHRINK = 0.30;     /* of the natural word space: row 15's least space is 0.7 */
static const double EASY_GAP = 0.42;   /* em: spaces take a line's slack alone up to this gap */
static const double MAX_GAP = 0.70;    /* em: a gap wider than this is a hole; the line stays ragged */
static const double LETTER = 0.03;     /* em: most letter spacing */
static const double CUT_PENALTY = 120; /* a line that ends inside an 어절 */
static const double MARK_PENALTY = 30; /* the same after a middle dot or in a URL */
static const double FORCED_CUT = 3000; /* torn numbers, single graphemes */
static const double SHORT_LAST = 400;  /* row 19 */
static const double OVERFULL = 1e6;

/* Sums over the units before one. */
struct sum {
    double x, space; /* points: all widths; widths of the spaces that may stretch */
    uint32_t spaces, slots;
};

struct candidate {
    uint32_t end, start; /* units: the line before ends at `end`, the next begins at `start` */
    uint8_t level;
    uint32_t from;          /* best candidate before */
    struct sum right, left; /* sums at `end`; at `start`, with the slot that a line's first unit does not use */
    double penalty, demerits;
};

struct breaker {
    struct shaper *s;
    const struct text_style *style;
    struct sum *sums; /* [units + 1] */
    struct candidate *items;
    size_t n, room;
    double measure, first; /* points; of the first line */
    bool torn;             /* a word had to be split where nothing allows it */
    uint32_t torn_at;
};

static void add_up(struct breaker *b)
{
    const struct shaper *s = b->s;
    b->sums = ARENA_ARRAY(s->scratch, s->n + 1, struct sum);
    for (size_t i = 0; i < s->n; i++) {
        const struct unit *unit = &s->units[i];
        struct sum *sum = &b->sums[i + 1];
        bool stretches = (unit->flags & (UNIT_SPACE | UNIT_RIGID)) == UNIT_SPACE;
        *sum = b->sums[i];
        sum->x += (double)unit->width + (double)unit->gap;
        sum->space += stretches ? (double)unit->width : 0;
        sum->spaces += stretches;
        sum->slots += (unit->flags & UNIT_SLOT) != 0;
    }
}

/* ---- candidates ---- */

/* The last unit of a line that breaks before `at` is followed by `end`: spaces hang. */
static uint32_t trimmed(const struct shaper *s, uint32_t from, uint32_t at)
{
    while (at > from && s->units[at - 1].flags & (UNIT_SPACE | UNIT_NEWLINE))
        at--;
    return at;
}

/* What a line leaves out (row 3): before its first unit `from`, and at its end before `to`. */
static double left_out(const struct breaker *b, uint32_t from)
{
    return from < b->s->n ? (double)(b->s->units[from].gap + spacing_at_start(b->s, from)) : 0;
}

static double hung(const struct breaker *b, uint32_t to)
{
    return to > 0 ? (double)spacing_at_end(b->s, to - 1) : 0;
}

static inline double width(const struct breaker *b, uint32_t from, uint32_t to)
{
    double x = b->sums[to].x - b->sums[from].x;
    return b->s->marks && to > from ? x - left_out(b, from) - hung(b, to) : x;
}

static double penalty_of(uint8_t level)
{
    switch (level) {
    case BREAK_FORCED:
    case BREAK_SPACE: return 0;
    case BREAK_MARK: return MARK_PENALTY;
    case BREAK_SYLLABLE: return CUT_PENALTY;
    case BREAK_LONE: return 4 * CUT_PENALTY;
    default: return FORCED_CUT;
    }
}

static void add_candidate(struct breaker *b, uint32_t from, uint32_t at, uint8_t level)
{
    b->items = mem_grow(b->items, &b->room, b->n + 1, sizeof *b->items);
    struct candidate *item = &b->items[b->n++];
    *item = (struct candidate){
        .end = trimmed(b->s, from, at), .start = at, .level = level, .penalty = penalty_of(level), .demerits = DBL_MAX};
    item->right = b->sums[item->end];
    item->left = b->sums[at];
    if (b->s->marks) {
        item->right.x -= hung(b, item->end);
        item->left.x += left_out(b, at);
    }
    item->left.slots += at < b->s->n && b->s->units[at].flags & UNIT_SLOT;
}

static uint8_t next_lower(uint8_t level)
{
    return level <= BREAK_GRAPHEME ? BREAK_NEVER : (uint8_t)(level - 1);
}

/* 6조 | 7천억 원: better than a hole in the line, but only then. */
static bool may_part(const struct breaker *b, uint32_t i, uint8_t level)
{
    return level == BREAK_SYLLABLE && b->s->units[i].level == BREAK_LONE && b->s->units[i - 1].flags & UNIT_SPACE;
}

/* Candidates inside (from, to), at or above `level`; parts that are still too wide go on with the next lower level. */
static void collect(struct breaker *b, uint32_t from, uint32_t to, uint8_t level)
{
    double measure = b->first < b->measure ? b->first : b->measure;
    uint32_t start = from;
    for (uint32_t i = from + 1; i <= to; i++) {
        if (i < to && b->s->units[i].level < level && !may_part(b, i, level))
            continue;
        if (width(b, start, trimmed(b->s, start, i)) > measure && next_lower(level) != BREAK_NEVER && i - start > 1) {
            if (level - 1 <= BREAK_KEPT && !b->torn) {
                b->torn = true;
                b->torn_at = start;
            }
            collect(b, start, i, next_lower(level));
        }
        if (i < to)
            add_candidate(b, start, i, b->s->units[i].level);
        start = i;
    }
}

static uint8_t threshold(const struct text_style *style)
{
    return style->keep_words ? BREAK_SPACE : BREAK_SYLLABLE;
}

/* ---- the cost of a line ---- */

struct fit {
    double space, letter; /* points to add to each */
    double badness;
    bool overfull, ragged;
};

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

/* Row 19: no last line of a syllable or a very short word. */
static double last_penalty(const struct breaker *b, const struct candidate *at, uint32_t first)
{
    uint32_t letters = 0;
    for (uint32_t i = first; i < at->end && letters <= 3; i++)
        letters += !(b->s->units[i].flags & (UNIT_SPACE | UNIT_EMPTY));
    double em = (double)b->style->size, w = width(b, first, at->end);
    return letters <= 3 || w < 2.2 * em ? SHORT_LAST : w < 4 * em ? SHORT_LAST / 4 : 0;
}

/* ---- total fit ---- */

static double least_width(const struct breaker *b, const struct candidate *before, const struct candidate *at)
{
    double shrink = b->style->justify ? (at->right.space - before->left.space) * SHRINK : 0;
    return at->right.x - before->left.x - shrink;
}

static double measure_at(const struct breaker *b, size_t from)
{
    return from == 0 ? b->first : b->measure;
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
    struct fit fit = measure_line(b, before, at, measure_at(b, i));
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
static void fit_all(struct breaker *b)
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

/* ---- results ---- */

static struct cut cut_of(const struct breaker *b, size_t from, size_t to)
{
    const struct candidate *before = &b->items[from], *at = &b->items[to];
    bool last = at->level == BREAK_FORCED;
    struct fit fit = measure_line(b, before, at, measure_at(b, from));
    struct cut cut = {.first = before->start, .end = at->end, .level = at->level, .last = last};
    cut.space = (float)fit.space;
    cut.letter = (float)fit.letter;
    cut.gap = b->style->size > 0 ? (float)(fit.space / (double)b->style->size) : 0;
    return cut;
}

static void warn_torn(const struct breaker *b)
{
    const struct shaper *s = b->s;
    if (!b->torn)
        return;
    struct str rest = str_slice(s->text, s->units[b->torn_at].at, s->text.n);
    diag_add(s->diag, DIAG_WARNING, "overfull-word", NULL, 0, 0,
             "\"" STR_FMT "\" is wider than its line of %.0f pt and is split", STR_ARG(shape_excerpt(rest)),
             b->measure);
}

struct output {
    struct cut *items;
    size_t n, room;
};

/* One stretch between forced breaks. */
static void cut_stretch(struct breaker *b, uint32_t from, uint32_t to, struct output *out)
{
    b->n = 0;
    add_candidate(b, from, from, BREAK_FORCED);
    uint32_t end = trimmed(b->s, from, to);
    if (width(b, from, end) > b->first)
        collect(b, from, to, threshold(b->style));
    add_candidate(b, from, to, BREAK_FORCED);
    fit_all(b);
    size_t lines = 0;
    for (size_t at = b->n - 1; at > 0; at = b->items[at].from)
        lines++;
    out->items = mem_grow(out->items, &out->room, out->n + lines, sizeof *out->items);
    out->n += lines;
    size_t place = out->n;
    for (size_t at = b->n - 1; at > 0; at = b->items[at].from)
        out->items[--place] = cut_of(b, b->items[at].from, at);
}

struct cut *lines_cut(struct shaper *s, const struct text_style *style, float measure, size_t *count)
{
    struct breaker b = {.s = s, .style = style};
    struct output out = {0};
    double full = measure > 0 ? fmin((double)measure, 1e9) : 0; /* not a number: 0 */
    double indent = isfinite(style->indent) ? (double)style->indent : 0;
    b.first = indent > 0 ? full - indent : full;
    b.measure = indent < 0 ? full + indent : full;
    add_up(&b);
    for (size_t from = 0; from < s->n;) {
        size_t to = from + 1;
        while (to < s->n && s->units[to].level != BREAK_FORCED)
            to++;
        size_t lines = out.n;
        cut_stretch(&b, (uint32_t)from, (uint32_t)to, &out);
        if (lines == 0 && out.n > 0)
            out.items[0].indented = indent > 0;
        for (size_t i = lines; indent < 0 && i < out.n; i++)
            out.items[i].indented = i > 0;
        b.first = b.measure;
        from = to;
    }
    warn_torn(&b);
    struct cut *cuts = ARENA_ARRAY(s->scratch, out.n + 1, struct cut);
    for (size_t i = 0; i < out.n; i++)
        cuts[i] = out.items[i];
    *count = out.n;
    mem_free(out.items);
    mem_free(b.items);
    return cuts;
}

void lines_measure(struct shaper *s, const struct text_style *style, float *widest, float *narrowest)
{
    struct breaker b = {.s = s, .style = style};
    add_up(&b);
    double line = 0, part = 0;
    uint32_t line_start = 0, part_start = 0;
    for (uint32_t i = 1; i <= s->n; i++) {
        bool forced = i == s->n || s->units[i].level == BREAK_FORCED;
        if (!forced && s->units[i].level < threshold(style))
            continue;
        line = fmax(line, forced ? width(&b, line_start, trimmed(s, line_start, i)) : 0);
        part = fmax(part, width(&b, part_start, trimmed(s, part_start, i)));
        line_start = forced ? i : line_start;
        part_start = i;
    }
    *widest = (float)line;
    *narrowest = (float)part;
}
