/* Where a line may end. ICU's UAX #14 iterator gives the candidates; the Korean rules only ever take away from them,
 * except inside a URL. Row numbers are those of the conformance table (RULES.md), after KLREQ. */
#include "base/utf8.h"
#include "layout/numbers.h"
#include "layout/shape.h"

#include <string.h>
#include <uchar.h>

/* ---- classes ---- */

static bool among(uint32_t c, const uint16_t *list)
{
    for (; *list; list++)
        if (*list == c)
            return true;
    return false;
}

/* Row 9, with row 11's ASCII forms: not at a line's start. */
static bool is_closer(uint32_t c)
{
    if (c < 0x80)
        return strchr(")]},.:;!?%~-", (int)c) && c;
    if (break_is_hangul_or_han(c))
        return false;
    static const uint16_t list[] = {
        0xb0,   0xb7,   0xbb,   0x2010, 0x2011, 0x2013, 0x2014, 0x2015, 0x2019, 0x201d, 0x2022, 0x2025, 0x2026,
        0x2027, 0x2030, 0x2032, 0x2033, 0x203a, 0x203c, 0x2047, 0x2048, 0x2049, 0x2103, 0x2109, 0x223c, 0x22ef,
        0x3001, 0x3002, 0x3003, 0x3005, 0x2e3a, 0x2e3b, 0x3030, 0xfe58, 0xfe63, 0x3009, 0x300b, 0x300d, 0x300f,
        0x3011, 0x3015, 0x3017, 0x3019, 0x301b, 0x301c, 0x30fb, 0x30fc, 0xff01, 0xff05, 0xff09, 0xff0c, 0xff0d,
        0xff0e, 0xff1a, 0xff1b, 0xff1f, 0xff3d, 0xff5d, 0xff5e, 0xff60, 0xff61, 0xff63, 0xff64, 0xff65, 0};
    return among(c, list);
}

/* Row 10: not at a line's end. */
static bool is_opener(uint32_t c)
{
    if (c < 0x80)
        return c == '(' || c == '[' || c == '{';
    if (break_is_hangul_or_han(c))
        return false;
    static const uint16_t list[] = {0xab,   0x2018, 0x201c, 0x2039, 0x3008, 0x300a, 0x300c, 0x300e, 0x3010, 0x3014,
                                    0x3016, 0x3018, 0x301a, 0xff08, 0xff3b, 0xff5b, 0xff5f, 0xff62, 0};
    return among(c, list);
}

/* Row 12: dashes and ellipses are one sign however often they are repeated. */
static bool is_leader(uint32_t c)
{
    return c == 0x2014 || c == 0x2015 || c == 0x2025 || c == 0x2026 || c == 0x22ef || c == 0x2500 || c == '.' ||
           c == '~';
}

static bool is_sign(uint32_t c)
{
    static const uint16_t list[] = {'+',    '-',    '#',    '$',    0xa3,   0xa5,   0xb1,   0x20a9, 0x20ac, 0x2116,
                                    0x2212, 0x25b2, 0x25b3, 0x25bc, 0x25bd, 0xff0b, 0xff0d, 0xffe6, 0};
    return among(c, list);
}

/* Joins two numbers: 2024-01-16, 15:20, 1/2, 10~20, 3·1, 1,234.5 */
static bool is_joint(uint32_t c)
{
    static const uint16_t list[] = {'.',    ',',    ':',    '-',    '/',    '~',    0xb7, 0x2013,
                                    0x2212, 0x223c, 0x301c, 0x30fb, 0xff0e, 0xff5e, 0};
    return among(c, list);
}

/* A good place to end a line inside an 어절, after the mark. */
static bool is_break_mark(uint32_t c)
{
    return c == 0xb7 || c == 0x30fb || c == '/' || c == '~' || c == '-' || c == 0x2013 || c == 0x2014 || c == ',' ||
           c == ')' || c == ':';
}

bool break_is_hangul_or_han(uint32_t c)
{
    return (c >= 0xac00 && c <= 0xd7a3) || (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) ||
           (c >= 0x1100 && c <= 0x11ff) || (c >= 0xf900 && c <= 0xfaff);
}

bool break_is_letter(uint32_t c)
{
    if (c < 0x80)
        return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
    return c >= 0xc0 && !(c >= 0x2000 && c <= 0x2fff) && !(c >= 0x3000 && c <= 0x303f) &&
           !(c >= 0xff00 && c <= 0xffef) && c != 0x30fb;
}

static bool is_gap(const struct unit *unit)
{
    return unit->flags & (UNIT_SPACE | UNIT_NEWLINE);
}

static void lower(struct unit *unit, uint8_t level)
{
    if (unit->level > level && unit->level != BREAK_FORCED)
        unit->level = level;
}

/* ---- ICU's candidates ---- */

static bool is_glue(uint32_t c)
{
    return c == 0xa0 || c == 0x202f || c == 0x2060 || c == 0x2007;
}

static bool is_syllable(uint32_t c)
{
    return c >= 0xac00 && c <= 0xd7a3;
}

static bool is_ascii_letter(uint32_t c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* Marks in `wide` of units that ICU need not see. */
static const uint32_t INSIDE_HANGUL = UINT32_MAX, INSIDE_LATIN = UINT32_MAX - 1;

/* Whether the unit is one character of so many bytes, with no mark on it. */
static bool is_bare(const struct shaper *s, size_t i, size_t bytes)
{
    return (i + 1 < s->n ? s->units[i + 1].at : s->text.n) - s->units[i].at == bytes;
}

/* End of the run of bare syllables that begins with unit i; i if there is none. */
static size_t syllables_end(const struct shaper *s, size_t i)
{
    while (i < s->n && is_syllable(s->units[i].cp) && is_bare(s, i, 3))
        i++;
    return i;
}

static bool is_bare_space(const struct shaper *s, size_t i)
{
    return i < s->n && s->units[i].cp == ' ' && is_bare(s, i, 1);
}

static bool is_bare_letter(const struct shaper *s, size_t i)
{
    return is_ascii_letter(s->units[i].cp) && is_bare(s, i, 1);
}

static void add_wide(struct shaper *s, size_t i)
{
    size_t at = s->units[i].at, end = i + 1 < s->n ? s->units[i + 1].at : s->text.n;
    s->units[i].wide = (uint32_t)s->n_wide;
    while (at < end) {
        uint32_t c = utf8_next(s->text, &at);
        if (c >= 0x10000)
            s->wide[s->n_wide++] = (UChar)(0xd7c0 + (c >> 10));
        s->wide[s->n_wide++] = (UChar)(c >= 0x10000 ? 0xdc00 | (c & 0x3ff) : c);
    }
}

/* The text that ICU has to see: a run of syllables says no more than its last one (UAX #14, LB 31 allows every break
 * inside), a run of Latin letters than its first (LB 28 allows none), and a word of syllables between two spaces
 * nothing: its breaks are known. */
static void condense(struct shaper *s)
{
    s->n_wide = 0;
    for (size_t i = 0, end; i < s->n; i = end) {
        end = syllables_end(s, i);
        if (end == i) {
            if (i > 0 && is_bare_letter(s, i) && is_bare_letter(s, i - 1))
                s->units[i].wide = INSIDE_LATIN;
            else
                add_wide(s, i);
            end++;
            continue;
        }
        for (size_t k = i; k < end; k++)
            s->units[k].wide = INSIDE_HANGUL;
        if (i > 0 && is_bare_space(s, i - 1) && is_bare_space(s, end)) {
            s->units[end++].wide = INSIDE_HANGUL;
        } else {
            s->units[i].wide = (uint32_t)s->n_wide;
            s->wide[s->n_wide++] = (UChar)s->units[end - 1].cp;
        }
    }
}

void breaks_candidates(struct shaper *s)
{
    condense(s);
    int32_t next = INT32_MAX;
    if (s->n_wide > 1) { /* a table is full of single words */
        UErrorCode status = U_ZERO_ERROR;
        if (!s->line_iterator) /* "root": the default locale would be the environment's */
            s->line_iterator = ubrk_open(UBRK_LINE, "root", NULL, 0, &status);
        ubrk_setText(s->line_iterator, s->wide, (int32_t)s->n_wide, &status);
        next = U_SUCCESS(status) ? ubrk_next(s->line_iterator) : INT32_MAX;
    }
    for (size_t i = 0; i < s->n; i++) {
        struct unit *unit = &s->units[i];
        bool candidate = unit->wide == INSIDE_HANGUL;
        if (unit->wide < INSIDE_LATIN) {
            while (next != UBRK_DONE && next < (int32_t)unit->wide)
                next = ubrk_next(s->line_iterator);
            next = next == UBRK_DONE ? INT32_MAX : next;
            candidate = next == (int32_t)unit->wide;
        }
        bool forced = unit->level == BREAK_FORCED || (i > 0 && s->units[i - 1].flags & UNIT_NEWLINE);
        if (forced)
            unit->level = BREAK_FORCED;
        else if (is_gap(unit))
            unit->level = BREAK_NEVER; /* spaces hang at the line's end */
        else if (i > 0 && s->units[i - 1].cp == ' ' && is_gap(&s->units[i - 1]) && !is_glue(unit->cp))
            unit->level = BREAK_SPACE; /* whatever ICU says of quotation marks around it: over_space decides */
        else if (!candidate || i == 0)
            unit->level = BREAK_GRAPHEME;
        else if (is_gap(&s->units[i - 1]))
            unit->level = s->units[i - 1].cp == '\t' ? BREAK_SPACE : BREAK_GRAPHEME;
        else
            unit->level = is_break_mark(s->units[i - 1].cp) ? BREAK_MARK : BREAK_SYLLABLE;
    }
}

/* ---- between neighbours ---- */

/* ' and " say by their surroundings whether they open; glued on both sides they may do either. */
static void straight_quotes(struct shaper *s, size_t i)
{
    uint32_t a = s->units[i - 1].cp, b = s->units[i].cp;
    if (a == '"' || a == '\'' || b == '"' || b == '\'')
        lower(&s->units[i], BREAK_GRAPHEME);
}

static bool inside_number(const struct unit *units, size_t n, size_t i)
{
    uint32_t a = units[i - 1].cp, b = units[i].cp;
    if (number_digit(a))
        return number_digit(b) || (is_joint(b) && i + 1 < n && number_digit(units[i + 1].cp));
    return number_digit(b) && (is_sign(a) || (is_joint(a) && i >= 2 && number_digit(units[i - 2].cp)));
}

/* Raised or lowered: a superscript or subscript. */
static bool is_script(const struct shaper *s, size_t i)
{
    return s->looks[s->units[i].look].raise != 0;
}

/* Rows 9–12 between two units without a space. */
static void glued(struct shaper *s, size_t i)
{
    struct unit *unit = &s->units[i];
    uint32_t a = s->units[i - 1].cp, b = unit->cp;
    if (is_closer(b) || is_opener(a) || (a == b && is_leader(a)) || number_heads(a))
        lower(unit, BREAK_GRAPHEME);
    if (inside_number(s->units, s->n, i))
        lower(unit, BREAK_GRAPHEME);
    if (is_script(s, i) && !is_script(s, i - 1))
        lower(unit, BREAK_GRAPHEME);
    straight_quotes(s, i);
}

/* Rows 9–11 over a space: only marks that cannot begin a word there. `before` is the last unit in front of the space.
 */
static void over_space(struct shaper *s, size_t before, size_t i)
{
    struct unit *unit = &s->units[i];
    bool bound = i + 1 < s->n && break_is_letter(s->units[i + 1].cp); /* "-5", ".kr", "~까지" begin words */
    bool may_begin = unit->cp == '-' || unit->cp == '.' || unit->cp == '~' || unit->cp == 0x2026 || unit->cp == 0x2013;
    if (is_closer(unit->cp) && !(may_begin && bound))
        lower(unit, BREAK_GRAPHEME);
    if (is_opener(s->units[before].cp))
        lower(unit, BREAK_GRAPHEME);
}

/* ---- 어절 ---- */

/* Neither side of a break inside the 어절 may be one lone letter; marks part it: in 창업·바이오 no line ends after 바.
 */
static void no_lone_syllable(struct shaper *s, size_t from, size_t to)
{
    size_t left = 0; /* letters of the part before i */
    for (size_t i = from; i < to;) {
        size_t end = i;
        while (end < to && break_is_letter(s->units[end].cp))
            end++;
        size_t letters = end - i;
        if (i > from && letters > 0 && (left < 2 || letters < 2))
            lower(&s->units[i], BREAK_LONE);
        for (size_t k = i + 1; k < end; k++)
            if (k == i + 1 || k + 1 == end)
                lower(&s->units[k], BREAK_LONE);
        left = letters > 0 ? letters : left;
        i = end > i ? end : i;
        for (; i < to && !break_is_letter(s->units[i].cp); i++)
            if (i > from && left < 2)
                lower(&s->units[i], BREAK_LONE);
    }
}

/* Row 36: 한글(漢字) is one word. */
static void hanja_gloss(struct shaper *s, size_t from, size_t to)
{
    enum { MAX_HAN = 12, MAX_HANGUL = 8 };
    for (size_t i = from + 1; i < to; i++) {
        uint32_t open = s->units[i].cp, before = s->units[i - 1].cp;
        if ((open != '(' && open != 0xff08) || before < 0xac00 || before > 0xd7a3)
            continue;
        size_t end = i + 1;
        while (end < to && end - i <= MAX_HAN && break_is_hangul_or_han(s->units[end].cp) &&
               !(s->units[end].cp >= 0xac00 && s->units[end].cp <= 0xd7a3))
            end++;
        if (end == i + 1 || end >= to || (s->units[end].cp != ')' && s->units[end].cp != 0xff09))
            continue;
        size_t start = i - 1;
        while (start > from && i - start < MAX_HANGUL && s->units[start - 1].cp >= 0xac00 &&
               s->units[start - 1].cp <= 0xd7a3)
            start--;
        for (size_t k = start + 1; k <= end; k++)
            lower(&s->units[k], BREAK_KEPT);
        i = end;
    }
}

/* ---- URLs (row 14) ---- */

static bool is_url_character(uint32_t c)
{
    return c > 0x20 && c < 0x7f && !strchr("<>\"'{}|\\^`", (int)c);
}

/* First unit of a URL in the 어절, or `to`. */
static size_t url_start(const struct shaper *s, size_t from, size_t to)
{
    const struct unit *u = s->units;
    for (size_t i = from; i + 3 < to; i++) {
        if (u[i].cp == ':' && u[i + 1].cp == '/' && u[i + 2].cp == '/') {
            while (i > from && ((u[i - 1].cp | 0x20) >= 'a' && (u[i - 1].cp | 0x20) <= 'z'))
                i--;
            return i;
        }
        if (u[i].cp == 'w' && u[i + 1].cp == 'w' && u[i + 2].cp == 'w' && u[i + 3].cp == '.' &&
            (i == from || !break_is_letter(u[i - 1].cp)))
            return i;
    }
    return to;
}

/* Lines of a URL end after / ? & = - . _, not within three characters of its ends and not inside "://". Returns its
 * end. */
static size_t break_url(struct shaper *s, size_t start, size_t to)
{
    size_t end = start;
    while (end < to && is_url_character(s->units[end].cp))
        end++;
    for (size_t i = start + 1; i < end; i++) {
        uint32_t a = s->units[i - 1].cp, b = s->units[i].cp;
        bool mark = a < 0x80 && strchr("/?&=-._", (int)a) && !(b < 0x80 && strchr("/?&=-._:", (int)b));
        if (s->units[i].level != BREAK_FORCED)
            s->units[i].level = mark && i - start >= 3 && end - i >= 3 ? BREAK_MARK : BREAK_GRAPHEME;
    }
    return end;
}

/* Most 어절 are syllables only, and need none of the rules for marks and numbers. */
static bool is_plain(const struct shaper *s, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (s->units[i].cp < 0xac00 || s->units[i].cp > 0xd7a3 || is_script(s, i))
            return false;
    return true;
}

static void word_rules(struct shaper *s, size_t from, size_t to)
{
    if (is_plain(s, from, to)) {
        no_lone_syllable(s, from, to);
        return;
    }
    for (size_t i = from + 1; i < to; i++)
        glued(s, i);
    hanja_gloss(s, from, to);
    numbers_keep(s->units, from, to);
    size_t url = url_start(s, from, to);
    size_t end = url < to ? break_url(s, url, to) : from;
    if (url < to && end < to && url == from)
        no_lone_syllable(s, end, to); /* the 조사 after an address */
    else if (url == to)
        no_lone_syllable(s, from, to);
    for (size_t i = from + 1; s->marks && i < to; i++)
        if (s->units[i].flags & UNIT_SOFT)
            s->units[i].level = BREAK_SYLLABLE; /* row 14: where the writer put a soft hyphen */
}

/* 수, 수는, 수도, 수가, 수밖에: the dependent noun. */
static bool is_su(const struct unit *units, size_t from, size_t end)
{
    static const char32_t particles[] = U"는도가밖";
    if (units[from].cp != U'수' || end - from > 3)
        return false;
    for (size_t i = 0; end - from > 1 && particles[i]; i++)
        if (units[from + 1].cp == particles[i])
            return true;
    return end - from == 1;
}

/* 할 수 있다: that noun belongs to the words on both sides, a verb's ㄹ and 있다 or 없다. */
static bool depends(const struct unit *units, size_t from, size_t end, size_t next, size_t next_end)
{
    const uint32_t last = units[end - 1].cp, final = (last - 0xac00) % 28, l = 8;
    if (is_su(units, next, next_end))
        return last >= 0xac00 && last <= 0xd7a3 && final == l;
    return is_su(units, from, end) && (units[next].cp == U'있' || units[next].cp == U'없');
}

void breaks_find(struct shaper *s)
{
    breaks_candidates(s);
    size_t before = s->n, before_start = s->n; /* the 어절 before; n: none on this line */
    for (size_t i = 0; i < s->n;) {
        if (is_gap(&s->units[i])) {
            if (s->units[i].flags & UNIT_NEWLINE)
                before = s->n;
            i++;
            continue;
        }
        size_t end = i + 1;
        while (end < s->n && !is_gap(&s->units[end]) && s->units[end].level != BREAK_FORCED)
            end++;
        word_rules(s, i, end);
        if (before < s->n && s->units[i].level != BREAK_FORCED) {
            over_space(s, before, i);
            lower(&s->units[i], numbers_belong(s->units, before_start, before + 1, i, end));
            if (depends(s->units, before_start, before + 1, i, end))
                lower(&s->units[i], BREAK_MARK);
        }
        before_start = i;
        before = end - 1;
        i = end;
    }
}

void breaks_mark_slots(struct shaper *s)
{
    for (size_t i = 1; i < s->n; i++) {
        struct unit *unit = &s->units[i], *before = &s->units[i - 1];
        if (before->flags & UNIT_SPACE) {
            bool date = i >= 2 && s->units[i - 2].cp == '.';
            if (unit->level == BREAK_KEPT && !date) /* 25만 개, but not 2024. 1. 16. */
                before->flags |= UNIT_RIGID;
        } else if (unit->level >= BREAK_LONE && unit->level < BREAK_FORCED && before->glyphs && unit->glyphs &&
                   break_is_hangul_or_han(before->cp) && break_is_hangul_or_han(unit->cp)) {
            unit->flags |= UNIT_SLOT;
        }
    }
}
