#include "base/mem.h"
#include "base/utf8.h"
#include "layout/shape.h"

#include <string.h>
#include <unicode/uchar.h>

enum {
    NO_FONT = 255,
    MAX_REPORTED = 50,
    MAX_CLUSTER = 64,   /* bytes: a letter under ten thousand marks is shown in pieces, */
    MAX_SEGMENT = 2048, /* bytes shaped at once: HarfBuzz needs time quadratic in the marks of a cluster */
};

/* ---- units ---- */

/* Characters that make no cluster with a neighbour: the pages are full of nothing else. */
static bool is_simple(uint32_t c)
{
    return (c >= 0xac00 && c <= 0xd7a3) || c < 0x300 || (c >= 0x4e00 && c <= 0x9fff) ||
           (c >= 0x2010 && c <= 0x27ff && (c & 0xffc0) != 0x20c0) || (c >= 0x3000 && c <= 0x3029) ||
           (c >= 0x3100 && c <= 0x33ff) || (c >= 0xff01 && c <= 0xff60);
}

static bool is_empty(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) ||
           (c >= 0xad && !is_simple(c) && u_hasBinaryProperty((UChar32)c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) ||
           c == 0xad || (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f);
}

static uint8_t flags_of(uint32_t c)
{
    if (c >= 0xac00 && c <= 0xd7a3)
        return 0;
    if (c == ' ' || c == 0xa0 || c == '\t')
        return UNIT_SPACE;
    if (c == '\n' || c == 0x2028 || c == 0x2029)
        return UNIT_NEWLINE | UNIT_EMPTY;
    return is_empty(c) ? UNIT_EMPTY : 0;
}

static void add_wide(struct shaper *s, uint32_t c)
{
    if (c >= 0x10000) {
        s->wide[s->n_wide++] = (UChar)(0xd7c0 + (c >> 10));
        c = 0xdc00 | (c & 0x3ff);
    }
    s->wide[s->n_wide++] = (UChar)c;
}

/* utf8_next with the common case, a syllable or an ideograph, at hand. */
static inline uint32_t next_character(struct str text, size_t *at)
{
    const unsigned char *p = (const unsigned char *)text.p + *at;
    if ((p[0] & 0xf0) != 0xe0)
        return utf8_next(text, at);
    *at += 3;
    return (p[0] & 0x0fu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
}

/* One unit a character, before clusters are joined; the runs' bytes are in the text already. True where something is to
 * be left out. */
static bool add_units(struct shaper *s, size_t from, size_t to, uint32_t look, bool forced)
{
    bool odd = false;
    uint8_t level = forced ? BREAK_FORCED : BREAK_NEVER;
    for (size_t at = from; at < to;) {
        size_t start = at;
        uint32_t c = next_character(s->text, &at);
        s->units[s->n++] =
            (struct unit){.at = (uint32_t)start, .cp = c, .look = look, .level = level, .flags = flags_of(c)};
        level = BREAK_NEVER;
        if ((c >= 0xac00 && c <= 0xd7a3) || c == ' ')
            continue;
        s->complex = s->complex || !is_simple(c);
        s->marks = s->marks || spacing_may_be_mark(c);
        odd = odd || controls_left_out(c);
    }
    return odd;
}

/* A space with a mark on it is a letter; CR LF is a newline. */
static void flag_joined(struct unit *unit, const struct unit *tail)
{
    if (tail->flags & UNIT_NEWLINE)
        unit->flags = tail->flags;
    else if (!(tail->flags & UNIT_EMPTY))
        unit->flags = 0;
}

static void join_graphemes(struct shaper *s)
{
    UErrorCode status = U_ZERO_ERROR;
    if (!s->grapheme_iterator) /* an explicit locale: ICU's default one is the environment's */
        s->grapheme_iterator = ubrk_open(UBRK_CHARACTER, "root", NULL, 0, &status);
    for (size_t i = 0, at = 0; i < s->n; i++) {
        s->units[i].wide = (uint32_t)s->n_wide;
        add_wide(s, next_character(s->text, &at));
    }
    ubrk_setText(s->grapheme_iterator, s->wide, (int32_t)s->n_wide, &status);
    if (U_FAILURE(status))
        return; /* every character its own cluster */
    size_t kept = 0;
    int32_t next = 0;
    bool pieces = false;
    for (size_t i = 0; i < s->n; i++) {
        bool starts = (int32_t)s->units[i].wide >= next || s->units[i].level == BREAK_FORCED;
        bool full = !starts && kept > 0 && s->units[i].at - s->units[kept - 1].at >= MAX_CLUSTER;
        pieces = pieces || full;
        if (starts || full)
            s->units[kept++] = s->units[i];
        else
            flag_joined(&s->units[kept - 1], &s->units[i]);
        while (next != UBRK_DONE && next <= (int32_t)s->units[i].wide)
            next = ubrk_next(s->grapheme_iterator);
        if (next == UBRK_DONE)
            next = INT32_MAX;
    }
    s->n = kept;
    if (pieces)
        diag_add(s->diag, DIAG_WARNING, "many-marks", s->place, 0, 0,
                 "a letter with more than %d bytes of marks is set in pieces: \"" STR_FMT "\"", MAX_CLUSTER,
                 STR_ARG(shape_excerpt(s->text)));
}

static size_t unit_end(const struct shaper *s, size_t i)
{
    return i + 1 < s->n ? s->units[i + 1].at : s->text.n;
}

/* ---- fonts ---- */

static bool covers(const struct font *font, uint32_t c)
{
    if (font_glyph(font, c))
        return true;
    /* HarfBuzz makes the other spaces from U+0020, but U+1680 has a stroke */
    return u_hasBinaryProperty((UChar32)c, UCHAR_WHITE_SPACE) && c != 0x1680;
}

/* How many fonts of a role are asked for a character. Those of [symbol] have outlines of some emoji: better boxes for
 * all that are pictures by nature than a mixture. */
static size_t asked_for(const struct shaper *s, enum font_role role, uint32_t c)
{
    bool emoji = c >= 0x231a && u_hasBinaryProperty((UChar32)c, UCHAR_EMOJI_PRESENTATION);
    return emoji ? fonts_own_count(s->fonts, role) : fonts_count(s->fonts, role);
}

/* Place in the role's list of the first font with this character, or NO_FONT. */
static uint8_t font_of(struct shaper *s, enum font_role role, uint32_t c)
{
    if (!s->font_of[role])
        s->font_of[role] = memset(mem_alloc(0x10000), 0, 0x10000);
    uint8_t *known = c < 0x10000 ? &s->font_of[role][c] : NULL;
    if (known && *known)
        return *known == NO_FONT ? NO_FONT : (uint8_t)(*known - 1);
    uint8_t place = NO_FONT;
    for (size_t i = 0, n = asked_for(s, role, c); place == NO_FONT && i < n; i++) {
        const struct font *font = fonts_at(s->fonts, role, i);
        if (font && covers(font, c))
            place = (uint8_t)i;
    }
    if (known)
        *known = place == NO_FONT ? NO_FONT : (uint8_t)(place + 1);
    return place;
}

/* Whether the lack of a character has been told; it counts as told from now on. */
static bool is_known_to_lack(struct shaper *s, uint32_t c)
{
    if (c > 0x10ffff) /* not from text that a reader has checked */
        c = 0xfffd;
    if (!s->reported)
        s->reported = memset(mem_alloc(0x110000 / 8), 0, 0x110000 / 8);
    bool known = s->reported[c >> 3] & 1u << (c & 7);
    s->reported[c >> 3] = (uint8_t)(s->reported[c >> 3] | 1u << (c & 7));
    return known;
}

/* One warning for a character, or a sequence that is one sign, if it has something in it that was not told before. */
static void report_missing(struct shaper *s, size_t from, size_t to)
{
    struct buf codes = {0};
    size_t characters = 0;
    bool new = false;
    for (size_t at = from; at < to; characters++) {
        uint32_t c = utf8_next(s->text, &at);
        buf_printf(&codes, "%sU+%04X", characters ? " " : "", (unsigned)c);
        new = (!is_empty(c) && !is_known_to_lack(s, c)) || new;
    }
    if (new && ++s->missing <= MAX_REPORTED)
        diag_add(s->diag, DIAG_WARNING, "missing-glyph", s->place, 0, 0,
                 "no font has the character%s %s \"" STR_FMT "\": only a box can stand for it",
                 characters > 1 ? "s" : "", codes.p, STR_ARG(str_slice(s->text, from, to)));
    if (new && s->missing == MAX_REPORTED)
        diag_add(s->diag, DIAG_WARNING, "missing-glyph", NULL, 0, 0,
                 "further characters that no font has are not listed");
    buf_free(&codes);
}

static bool is_jamo(uint32_t c)
{
    return (c >= 0x1100 && c <= 0x11ff) || (c >= 0xa960 && c <= 0xa97c) || (c >= 0xd7b0 && c <= 0xd7fb);
}

/* True where `font` shows the whole cluster; old Hangul needs its composition features too (row 37). */
static bool shows_cluster(struct shaper *s, struct font *font, size_t from, size_t to)
{
    bool first = true;
    for (size_t at = from; at < to; first = false) {
        uint32_t c = utf8_next(s->text, &at);
        if (!is_empty(c) && !covers(font, c))
            return false;
        if (!first && is_jamo(c) && !font_composes_jamo(font))
            return false;
    }
    return true;
}

/* Emoji of several characters: flags, keycaps, tones of skin, people joined by U+200D. They are one sign or none. */
static bool is_emoji_sequence(struct str text, size_t from, size_t to)
{
    bool pictographic = false;
    for (size_t at = from; at < to;) {
        uint32_t c = utf8_next(text, &at);
        if (c == 0x20e3 || (c >= 0x1f1e6 && c <= 0x1f1ff) || (c >= 0x1f3fb && c <= 0x1f3ff) ||
            (c == 0x200d && pictographic))
            return true;
        pictographic = pictographic || u_hasBinaryProperty((UChar32)c, UCHAR_EXTENDED_PICTOGRAPHIC);
    }
    return false;
}

/* A cluster that no font has all of is set in the one that has its base: what that lacks is reported. NO_FONT where
 * there is no base, nor a box for the rest. */
static uint8_t font_of_base(struct shaper *s, enum font_role role, size_t from, size_t to)
{
    uint8_t base = NO_FONT;
    for (size_t at = from; base == NO_FONT && at < to;) {
        uint32_t c = utf8_next(s->text, &at);
        base = is_empty(c) ? NO_FONT : font_of(s, role, c);
    }
    const struct font *font = base == NO_FONT ? NULL : fonts_at(s->fonts, role, base);
    bool whole = true;
    for (size_t at = from; at < to;) {
        size_t character = at;
        uint32_t c = utf8_next(s->text, &at);
        if (is_empty(c) || (font && covers(font, c)))
            continue;
        bool alone = font_of(s, role, c) == NO_FONT; /* else another font has it, but not its base */
        report_missing(s, alone ? character : from, alone ? at : to);
        whole = false;
    }
    return whole || (font && font_box(font)) ? base : NO_FONT;
}

/* A cluster is never split: the first font that has all of it, else one that has its base. */
static uint8_t font_of_cluster(struct shaper *s, enum font_role role, size_t from, size_t to)
{
    size_t start = from, n = asked_for(s, role, utf8_next(s->text, &start));
    for (size_t i = 0; i < n; i++) {
        struct font *font = fonts_at(s->fonts, role, i);
        if (font && shows_cluster(s, font, from, to))
            return (uint8_t)i;
    }
    if (is_emoji_sequence(s->text, from, to))
        return report_missing(s, from, to), NO_FONT;
    return font_of_base(s, role, from, to);
}

static uint8_t first_place(struct shaper *s, enum font_role role)
{
    for (size_t i = 0; i < fonts_count(s->fonts, role); i++)
        if (fonts_at(s->fonts, role, i))
            return (uint8_t)i;
    return 0;
}

/* The font of a look's first choice, and what its units are set with. */
struct first_choice {
    uint8_t place;
    struct font *font;
    float scale; /* font units → points */
};

/* Gives a unit its glyph where that needs no shaping. */
static inline bool set_plain(struct unit *unit, unsigned char lead, size_t bytes, struct font *font, float scale)
{
    static const uint8_t length[] = {1, 1, 1, 1, 1, 1, 1, 1,
                                     0, 0, 0, 0, 2, 2, 3, 4}; /* of a character, by its first byte */
    const struct plain_glyph *glyph = bytes == length[lead >> 4] ? font_plain(font, unit->cp) : NULL;
    if (!glyph)
        return false;
    unit->flags |= UNIT_PLAIN;
    unit->segment = glyph->advance;
    unit->glyph = glyph->id;
    unit->glyphs = 1;
    unit->width = (float)glyph->advance * scale;
    return true;
}

/* The first font with a box, else the first one whose glyph 0 can be seen. */
static uint8_t box_place(struct shaper *s, enum font_role role, uint8_t first)
{
    for (int seen = 0; seen < 2; seen++)
        for (size_t i = first; i < fonts_count(s->fonts, role); i++) {
            struct font *font = fonts_at(s->fonts, role, i);
            if (font && (seen ? font_shows_box(font) : font_box(font) != 0))
                return (uint8_t)i;
        }
    return first;
}

/* A unit that no font can show is one box, whose text it stays (row 39). */
static uint8_t set_box(struct shaper *s, struct unit *unit, uint8_t first)
{
    const struct look *look = &s->looks[unit->look];
    uint8_t place = box_place(s, look->role, first);
    const struct font *font = fonts_at(s->fonts, look->role, place);
    unit->flags |= UNIT_PLAIN;
    unit->glyph = font_box(font);
    unit->segment = (uint16_t)hb_font_get_glyph_h_advance(font->hb, unit->glyph);
    unit->glyphs = 1;
    unit->width = (float)unit->segment * look->size / (float)font->face.units;
    return place;
}

static uint8_t choose_font(struct shaper *s, size_t i, uint8_t first)
{
    struct unit *unit = &s->units[i];
    enum font_role role = s->looks[unit->look].role;
    if (unit->flags & (UNIT_SPACE | UNIT_EMPTY)) /* stays in the font of the word before it */
        return i > 0 && s->units[i - 1].look == unit->look ? s->units[i - 1].font : first;
    size_t end = unit_end(s, i), next = unit->at;
    next_character(s->text, &next);
    bool single = next >= end;
    uint8_t place = single ? font_of(s, role, unit->cp) : font_of_cluster(s, role, unit->at, end);
    if (place == NO_FONT && single)
        report_missing(s, unit->at, end);
    return place == NO_FONT ? set_box(s, unit, first) : place;
}

static void enter_look(struct shaper *s, const struct look *look, struct first_choice *first)
{
    enum font_role lender = fonts_lender(s->fonts, look->role);
    if (lender != ROLES)
        diag_add(s->diag, DIAG_WARNING, "missing-role", NULL, 0, 0,
                 "no font for the role [%s]: [%s] stands in for it; briefgen doctor says what is missing",
                 font_role_names[look->role], font_role_names[lender]);
    first->place = first_place(s, look->role);
    first->font = fonts_at(s->fonts, look->role, first->place);
    first->scale = look->size / (float)first->font->face.units;
}

static void choose_fonts(struct shaper *s)
{
    struct first_choice first = {0};
    uint32_t look = UINT32_MAX;
    for (size_t i = 0; i < s->n; i++) {
        struct unit *unit = &s->units[i];
        if (unit->look != look) {
            look = unit->look;
            enter_look(s, &s->looks[look], &first);
        }
        unit->font = first.place;
        bool shows = !(unit->flags & (UNIT_SPACE | UNIT_EMPTY));
        if (!shows || s->features || s->looks[look].language.n ||
            !set_plain(unit, (unsigned char)s->text.p[unit->at], unit_end(s, i) - unit->at, first.font, first.scale))
            unit->font = choose_font(s, i, first.place);
    }
}

/* ---- segments ---- */

/* Script of a character; HB_SCRIPT_COMMON joins its neighbour. */
static hb_script_t script_of(uint32_t c)
{
    if (c >= 0xac00 && c <= 0xd7a3)
        return HB_SCRIPT_HANGUL;
    if (c < 0x80)
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z' ? HB_SCRIPT_LATIN : HB_SCRIPT_COMMON;
    if (c >= 0x4e00 && c <= 0x9fff)
        return HB_SCRIPT_HAN;
    hb_script_t script = hb_unicode_script(hb_unicode_funcs_get_default(), c);
    return script == HB_SCRIPT_INHERITED || script == HB_SCRIPT_UNKNOWN ? HB_SCRIPT_COMMON : script;
}

static void form_segments(struct shaper *s)
{
    s->n_segments = 0;
    struct segment *open = NULL;
    for (size_t i = 0; i < s->n; i++) {
        struct unit *unit = &s->units[i];
        if (unit->flags & (UNIT_SPACE | UNIT_EMPTY | UNIT_PLAIN)) {
            open = NULL;
            continue;
        }
        hb_script_t script = script_of(unit->cp);
        const struct unit *before = i ? &s->units[i - 1] : NULL;
        bool joins = open && unit->at - s->units[open->first].at < MAX_SEGMENT && before->look == unit->look &&
                     before->font == unit->font &&
                     (script == HB_SCRIPT_COMMON || open->script == HB_SCRIPT_COMMON || open->script == script);
        if (!joins) {
            s->segments = mem_grow(s->segments, &s->segments_room, s->n_segments + 1, sizeof *s->segments);
            open = &s->segments[s->n_segments++];
            *open = (struct segment){.first = (uint32_t)i,
                                     .font = fonts_at(s->fonts, s->looks[unit->look].role, unit->font),
                                     .script = HB_SCRIPT_COMMON};
        }
        if (open->script == HB_SCRIPT_COMMON)
            open->script = script;
        open->end = (uint32_t)i + 1;
        unit->segment = (uint32_t)(s->n_segments - 1);
    }
}

/* ---- the whole ---- */

static size_t total_length(const struct run *runs, size_t n)
{
    size_t length = 0;
    for (size_t i = 0; i < n; i++)
        length = mem_add(length, runs[i].text.n);
    return length < INT32_MAX / 2 ? length : 0; /* 1 GB in one paragraph: refused by every reader */
}

static char *join_runs(struct arena *arena, const struct run *runs, size_t n, size_t length)
{
    char *text = arena_alloc(arena, length + 1);
    size_t at = 0;
    for (size_t i = 0; length && i < n; i++) {
        if (runs[i].text.n)
            memcpy(text + at, runs[i].text.p, runs[i].text.n);
        at += runs[i].text.n;
    }
    return text;
}

/* Text, looks and units of the runs. True where characters are still to be left out. */
static bool cut_units(struct shaper *s, struct arena *arena, const struct run *runs, size_t n,
                      const struct text_style *style)
{
    size_t length = total_length(runs, n);
    s->text = (struct str){join_runs(arena, runs, n, length), length};
    s->looks = ARENA_ARRAY(s->scratch, n + 1, struct look);
    size_t characters = utf8_count(s->text);
    s->units = mem_grow(s->units, &s->units_room, characters + 1, sizeof *s->units);
    s->wide = mem_grow(s->wide, &s->wide_room, 2 * characters + 1, sizeof *s->wide);
    s->n = s->n_wide = 0;
    s->complex = s->marks = false;
    bool odd = false, forced = false;
    uint32_t looks = 0;
    for (size_t i = 0, at = 0; length && i < n; i++) {
        struct look look = look_of(s, &runs[i], style);
        if (looks == 0 || !look_same(&look, &s->looks[looks - 1]))
            s->looks[looks++] = look;
        forced = forced || (runs[i].flags & RUN_BREAK && at > 0);
        odd = add_units(s, at, at + runs[i].text.n, looks - 1, forced) || odd;
        forced = forced && runs[i].text.n == 0;
        at += runs[i].text.n;
    }
    return odd;
}

void itemize(struct shaper *s, struct arena *arena, const struct run *runs, size_t n, const struct text_style *style)
{
    struct soft_hyphens soft = {0};
    s->features = style->tabular ? SHAPE_TABULAR : 0;
    bool odd = cut_units(s, arena, runs, n, style);
    if (odd)
        cut_units(s, arena, controls_leave_out(s, runs, n, &soft), n, style);
    if (s->complex)
        join_graphemes(s);
    if (soft.n)
        controls_mark_soft(s, &soft);
    choose_fonts(s);
    form_segments(s);
}
