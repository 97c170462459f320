/* Line breaking: where lines may end, and the lines that come of it.
 *
 * Candidates are the breaks above a threshold. A stretch without one that is wider than the measure is opened up: the
 * breaks of the next lower level inside it become candidates, down to every grapheme (with a warning). */
#include "layout/lines.h"

#include "base/mem.h"

#include <math.h>

static const double CUT_PENALTY = 120; /* a line that ends inside an 어절 */
static const double MARK_PENALTY = 30; /* the same after a middle dot or in a URL */
static const double FORCED_CUT = 3000; /* torn numbers, single graphemes */

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

/* What a line leaves out before its first unit `from` (row 3). */
static double left_out(const struct breaker *b, uint32_t from)
{
    return from < b->s->n ? (double)(b->s->units[from].gap + spacing_at_start(b->s, from)) : 0;
}

/* Width of a whole line. */
static inline double line_width(const struct breaker *b, uint32_t from, uint32_t to)
{
    double x = lines_width(b, from, to);
    return b->s->marks && to > from ? x - left_out(b, from) - lines_left_out(b, to) : x;
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

/* Part of a mark's width that hangs. */
static float hanging(uint32_t c)
{
    switch (c) {
    case '.':
    case ',':
    case 0x3001:
    case 0x3002:
    case 0xff0c:
    case 0xff0e: return 1;
    case '\'':
    case '"':
    case 0x2019:
    case 0x201d:
    case 0xb7:
    case 0x30fb: return 0.5f;
    default: return 0;
    }
}

/* What of the line's last unit may stand outside the measure, in points: the tracking behind it, and the marks whose
 * ink is small against the white around them. Never more than the unit is wide there. */
static float hang_of(const struct breaker *b, uint32_t end)
{
    const struct text_style *style = b->style;
    const struct unit *unit = end > 0 ? &b->s->units[end - 1] : NULL;
    if (!unit || !unit->glyphs)
        return 0;
    float hang = style->tracking, width = unit->width - style->tracking;
    if (style->hang)
        hang += fminf(hanging(unit->cp) * (width - fmaxf((float)lines_left_out(b, end), 0)), style->size / 2);
    return hang;
}

/* A break over blanks ends the line before them, and a tab among them begins the next one: what stands at the stop
 * takes its tab along. */
static uint32_t start_of(const struct breaker *b, uint32_t end, uint32_t at)
{
    for (uint32_t i = end; b->tabs && i < at; i++)
        if (b->s->units[i].cp == '\t')
            return i;
    return at;
}

static void add_candidate(struct breaker *b, uint32_t from, uint32_t at, uint8_t level)
{
    b->items = mem_grow(b->items, &b->room, b->n + 1, sizeof *b->items);
    struct candidate *item = &b->items[b->n++];
    *item = (struct candidate){.end = trimmed(b->s, from, at), .level = level, .penalty = penalty_of(level)};
    item->start = level == BREAK_FORCED ? at : start_of(b, item->end, at);
    item->right = b->sums[item->end];
    item->left = b->sums[item->start];
    item->left.slots += item->start < b->s->n && b->s->units[item->start].flags & UNIT_SLOT;
    if (b->s->marks) {
        item->right.x -= lines_left_out(b, item->end);
        item->left.x += left_out(b, item->start);
    }
    if (b->style->hang || b->style->tracking != 0) {
        item->hang = item->end > from ? hang_of(b, item->end) : 0;
        item->right.x -= (double)item->hang;
    }
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
        uint32_t end = trimmed(b->s, start, i), next = start_of(b, end, i);
        if (next == start) /* nothing but a tab */
            continue;
        if (line_width(b, start, end) > measure && next_lower(level) != BREAK_NEVER && i - start > 1) {
            if (level - 1 <= BREAK_KEPT && !b->torn) {
                b->torn = true;
                b->torn_at = start;
            }
            collect(b, start, i, next_lower(level));
        }
        if (i < to)
            add_candidate(b, start, i, b->s->units[i].level);
        start = next;
    }
}

static uint8_t threshold(const struct text_style *style)
{
    return style->keep_words ? BREAK_SPACE : BREAK_SYLLABLE;
}

bool lines_candidates(struct breaker *b, uint32_t from, uint32_t to)
{
    b->n = 0;
    b->tabs = false;
    for (uint32_t i = from; b->style->n_tabs && i < to; i++)
        b->tabs = b->tabs || b->s->units[i].cp == '\t';
    add_candidate(b, from, from, BREAK_FORCED);
    if (b->tabs || line_width(b, from, trimmed(b->s, from, to)) > b->first)
        collect(b, from, to, threshold(b->style));
    add_candidate(b, from, to, BREAK_FORCED);
    return b->tabs;
}

/* ---- results ---- */

static struct cut cut_of(const struct breaker *b, size_t from, size_t to)
{
    const struct candidate *before = &b->items[from], *at = &b->items[to];
    struct fit fit = b->tabs ? (struct fit){0} : fit_line(b, from, to);
    struct cut cut = {.first = before->start, .end = at->end, .level = at->level, .last = at->level == BREAK_FORCED};
    cut.tabbed = at->tabbed;
    cut.hang = at->hang;
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
    if (lines_candidates(b, from, to))
        tabs_fit(b);
    else
        fit_lines(b);
    size_t lines = 0;
    for (size_t at = b->n - 1; at > 0; at = b->items[at].from)
        lines++;
    out->items = mem_grow(out->items, &out->room, out->n + lines, sizeof *out->items);
    out->n += lines;
    size_t place = out->n;
    for (size_t at = b->n - 1; at > 0; at = b->items[at].from)
        out->items[--place] = cut_of(b, b->items[at].from, at);
}

void lines_begin(struct breaker *b, struct shaper *s, const struct text_style *style, float measure)
{
    *b = (struct breaker){.s = s, .style = style};
    b->full = measure > 0 ? fmin((double)measure, 1e9) : 0; /* not a number: 0 */
    double indent = isfinite(style->indent) ? (double)style->indent : 0;
    b->first = indent > 0 ? b->full - indent : b->full;
    b->measure = indent < 0 ? b->full + indent : b->full;
    add_up(b);
}

void lines_free(struct breaker *b)
{
    mem_free(b->items);
}

uint32_t lines_stretch(const struct shaper *s, uint32_t from)
{
    uint32_t to = from + 1;
    while (to < s->n && s->units[to].level != BREAK_FORCED)
        to++;
    return to;
}

struct cut *lines_cut(struct shaper *s, const struct text_style *style, float measure, size_t *count)
{
    struct breaker b;
    struct output out = {0};
    lines_begin(&b, s, style, measure);
    for (uint32_t from = 0, to; from < s->n; from = to) {
        to = lines_stretch(s, from);
        size_t lines = out.n;
        cut_stretch(&b, from, to, &out);
        for (size_t i = lines; i < out.n; i++)
            out.items[i].indented = (i == 0 ? b.first : b.measure) < b.full;
        b.first = b.measure;
    }
    warn_torn(&b);
    struct cut *cuts = ARENA_ARRAY(s->scratch, out.n + 1, struct cut);
    for (size_t i = 0; i < out.n; i++)
        cuts[i] = out.items[i];
    *count = out.n;
    mem_free(out.items);
    lines_free(&b);
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
        line = fmax(line, forced ? line_width(&b, line_start, trimmed(s, line_start, i)) : 0);
        part = fmax(part, line_width(&b, part_start, trimmed(s, part_start, i)));
        line_start = forced ? i : line_start;
        part_start = i;
    }
    *widest = (float)line;
    *narrowest = (float)part;
}
