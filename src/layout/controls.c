/* Characters that never get to the page, nor into what is copied from it: direction controls and U+FEFF, which would
 * part clusters and turn the order of the text around, and soft hyphens, which leave a mark on the unit behind them. */
#include "base/utf8.h"
#include "layout/shape.h"

const struct run *controls_leave_out(struct shaper *s, const struct run *runs, size_t n, struct soft_hyphens *soft)
{
    struct run *copy = ARENA_ARRAY(s->scratch, n, struct run);
    bool bidi = false;
    size_t total = 0;
    soft->at = ARENA_ARRAY(s->scratch, s->text.n / 2 + 1, size_t);
    for (size_t i = 0; i < n; i++) {
        char *text = arena_alloc(s->scratch, runs[i].text.n + 1);
        size_t kept = 0;
        for (size_t at = 0, from = 0; at < runs[i].text.n; from = at) {
            uint32_t c = utf8_next(runs[i].text, &at);
            bidi = bidi || utf8_is_direction(c);
            if (c == 0xad)
                soft->at[soft->n++] = total + kept;
            for (; !controls_left_out(c) && from < at; from++)
                text[kept++] = runs[i].text.p[from];
        }
        copy[i] = runs[i];
        copy[i].text = (struct str){text, kept};
        total += kept;
    }
    if (bidi)
        diag_add(s->diag, DIAG_WARNING, "bidi-control", s->place, 0, 0,
                 "text-direction controls are left out of \"" STR_FMT "\"", STR_ARG(shape_excerpt(s->text)));
    return copy;
}

void controls_mark_soft(struct shaper *s, const struct soft_hyphens *soft)
{
    size_t k = 0;
    for (size_t i = 1; i < s->n && k < soft->n; i++) {
        while (k < soft->n && soft->at[k] < s->units[i].at)
            k++;
        uint32_t a = s->units[i - 1].cp, b = s->units[i].cp;
        if (k == soft->n || soft->at[k] != s->units[i].at || s->units[i].level == BREAK_FORCED)
            continue;
        if (break_is_letter(a) && break_is_letter(b) && !break_is_hangul_or_han(a) && !break_is_hangul_or_han(b)) {
            s->units[i].flags |= UNIT_SOFT;
            s->marks = true;
        }
    }
}
