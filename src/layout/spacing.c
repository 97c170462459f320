/* Room beside marks. A full-width bracket or stop keeps its empty half only beside a letter (RULES.md row 3), a narrow
 * one gets some there (row 18), and so do operators beside Hangul (row 8). All room is advance: no character is put in.
 *
 * Readers of a PDF take a gap of 0.1 em for a space (poppler; MuPDF one of 0.15): no room grows wider than NO_SPACE
 * (row 40). Where room is taken, content.c says the text. */
#include "layout/shape.h"

#include "base/mem.h"

#include <math.h>
#include <string.h>

enum kind { OTHER, OPENER, CLOSER, STOP, DOT, OPERATOR };

static const float NO_SPACE = 0.095F; /* em */

static const struct mark {
    uint16_t cp;
    uint8_t kind;
} marks[] = {
    {'+', OPERATOR},    {'<', OPERATOR},    {'=', OPERATOR},    {'>', OPERATOR},    {0xb1, OPERATOR},
    {0xd7, OPERATOR},   {0xf7, OPERATOR},   {0x2212, OPERATOR}, {0x2213, OPERATOR}, {0x2248, OPERATOR},
    {0x2252, OPERATOR}, {0x2260, OPERATOR}, {0x2261, OPERATOR}, {0x2264, OPERATOR}, {0x2265, OPERATOR},
    {0x2266, OPERATOR}, {0x2267, OPERATOR}, {0x226a, OPERATOR}, {0x226b, OPERATOR}, {0x3001, STOP},
    {0x3002, STOP},     {0x3008, OPENER},   {0x3009, CLOSER},   {0x300a, OPENER},   {0x300b, CLOSER},
    {0x300c, OPENER},   {0x300d, CLOSER},   {0x300e, OPENER},   {0x300f, CLOSER},   {0x3010, OPENER},
    {0x3011, CLOSER},   {0x3014, OPENER},   {0x3015, CLOSER},   {0x3016, OPENER},   {0x3017, CLOSER},
    {0x3018, OPENER},   {0x3019, CLOSER},   {0x301a, OPENER},   {0x301b, CLOSER},   {0x30fb, DOT},
    {0xff08, OPENER},   {0xff09, CLOSER},   {0xff0b, OPERATOR}, {0xff0c, STOP},     {0xff0e, STOP},
    {0xff1c, OPERATOR}, {0xff1d, OPERATOR}, {0xff1e, OPERATOR}, {0xff3b, OPENER},   {0xff3d, CLOSER},
    {0xff5b, OPENER},   {0xff5d, CLOSER},   {0xff5f, OPENER},   {0xff60, CLOSER},
};

enum { MARKS = sizeof marks / sizeof *marks };

/* What a font has beside a mark, in em. */
struct mark_room {
    bool known;
    float left, right;           /* between the ink and the ends of its advance */
    float left_half, right_half; /* what `halt`, or else `palt`, takes away */
};

static const struct mark *mark_of(uint32_t c)
{
    size_t low = 0, high = MARKS;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (marks[middle].cp < c)
            low = middle + 1;
        else
            high = middle;
    }
    return low < MARKS && marks[low].cp == c ? &marks[low] : NULL;
}

static enum kind kind_of(uint32_t c)
{
    const struct mark *mark = spacing_may_be_mark(c) ? mark_of(c) : NULL;
    return mark ? (enum kind)mark->kind : OTHER;
}

/* ---- what the font has ---- */

/* Room that the feature takes on either side, in font units; false where the font has no such rule for the mark. */
static bool taken_by(hb_buffer_t *buffer, const struct font *font, uint32_t c, hb_tag_t tag, int natural, int sides[2])
{
    hb_feature_t feature = {tag, 1, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
    hb_buffer_reset(buffer);
    hb_buffer_add_utf32(buffer, &c, 1, 0, 1);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, HB_SCRIPT_HANGUL);
    hb_buffer_set_language(buffer, hb_language_from_string("ko", -1));
    hb_shape(font->hb, buffer, &feature, 1);
    unsigned n;
    const hb_glyph_position_t *position = hb_buffer_get_glyph_positions(buffer, &n);
    if (n != 1 || position->x_advance >= natural || position->x_advance < 0)
        return false;
    sides[0] = -position->x_offset;
    sides[1] = natural - position->x_advance - sides[0];
    return sides[0] >= 0 && sides[1] >= 0;
}

static struct mark_room measure(hb_buffer_t *buffer, const struct font *font, uint32_t c)
{
    struct mark_room room = {.known = true};
    hb_glyph_extents_t ink;
    uint16_t glyph = font_glyph(font, c);
    if (!glyph || !hb_font_get_glyph_extents(font->hb, glyph, &ink))
        return room;
    int natural = hb_font_get_glyph_h_advance(font->hb, glyph), sides[2] = {0, 0};
    float em = 1 / (float)font->face.units;
    room.left = (float)ink.x_bearing * em;
    room.right = (float)(natural - ink.x_bearing - ink.width) * em;
    if (!taken_by(buffer, font, c, HB_TAG('h', 'a', 'l', 't'), natural, sides) &&
        !taken_by(buffer, font, c, HB_TAG('p', 'a', 'l', 't'), natural, sides))
        return room;
    room.left_half = (float)sides[0] * em;
    room.right_half = (float)sides[1] * em;
    return room;
}

/* The room of a unit that is a mark, in points. */
static struct mark_room room_of(const struct shaper *s, size_t i)
{
    const struct unit *unit = &s->units[i];
    const struct look *look = &s->looks[unit->look];
    struct font *font = fonts_at(s->fonts, look->role, unit->font);
    if (!font->marks)
        font->marks = memset(mem_alloc(MARKS * sizeof *font->marks), 0, MARKS * sizeof *font->marks);
    struct mark_room *known = &font->marks[mark_of(unit->cp) - marks];
    if (!known->known)
        *known = measure(s->buffer, font, unit->cp);
    return (struct mark_room){true, known->left * look->size, known->right * look->size, known->left_half * look->size,
                              known->right_half * look->size};
}

/* ---- between neighbours ---- */

/* Room to add where a mark of `size` has `own` and should have `em`. */
static float missing(float em, float own, float size)
{
    return fmaxf(0, fminf(em * size - own, NO_SPACE * size));
}

static bool closes(uint32_t c, enum kind kind)
{
    static const char ascii[] = ".,:;!?)]}/~-";
    return kind == CLOSER || kind == STOP || kind == DOT || (c < 0x80 && c && strchr(ascii, (int)c)) || c == 0xb7 ||
           c == 0xbb || c == 0x2013 || c == 0x2019 || c == 0x201d;
}

static bool opens(uint32_t c, enum kind kind)
{
    static const char ascii[] = "([{/~-";
    return kind == OPENER || kind == DOT || (c < 0x80 && c && strchr(ascii, (int)c)) || c == 0xab || c == 0xb7 ||
           c == 0x2013 || c == 0x2018 || c == 0x201c;
}

/* After the bracket or stop i - 1, before anything but an opener. */
static float after_closer(const struct shaper *s, size_t i, enum kind kind, enum kind next)
{
    uint32_t c = s->units[i].cp;
    struct mark_room room = room_of(s, i - 1);
    if (closes(c, next))
        return -room.right_half;
    bool alone = kind == CLOSER && next == OTHER && break_is_letter(c);
    return alone ? missing(0.5F, room.right, s->looks[s->units[i - 1].look].size) : 0;
}

static float before_opener(const struct shaper *s, size_t i, enum kind before)
{
    uint32_t c = s->units[i - 1].cp;
    struct mark_room room = room_of(s, i);
    if (before == CLOSER || before == STOP) { /* one half of the two */
        float half = room_of(s, i - 1).right_half;
        return half > 0 ? -half : -room.left_half;
    }
    if (opens(c, before))
        return -room.left_half;
    bool alone = before == OTHER && break_is_letter(c);
    return alone ? missing(0.5F, room.left, s->looks[s->units[i].look].size) : 0;
}

static float beside_operator(const struct shaper *s, size_t i, enum kind a, enum kind b)
{
    const struct unit *left = &s->units[i - 1], *right = &s->units[i];
    float gap = 0;
    if (a == OPERATOR && break_is_hangul_or_han(right->cp))
        gap += missing(0.125F, room_of(s, i - 1).right, s->looks[left->look].size);
    if (b == OPERATOR && break_is_hangul_or_han(left->cp))
        gap += missing(0.125F, room_of(s, i).left, s->looks[right->look].size);
    return gap;
}

static float beside_dot(const struct shaper *s, size_t i, enum kind a, enum kind b)
{
    const struct unit *left = &s->units[i - 1], *right = &s->units[i];
    if (a == DOT && b == OTHER && break_is_letter(right->cp))
        return missing(0.25F, room_of(s, i - 1).right, s->looks[left->look].size);
    if (b == DOT && a == OTHER && break_is_letter(left->cp))
        return missing(0.25F, room_of(s, i).left, s->looks[right->look].size);
    return 0;
}

static bool between_letters(const struct shaper *s, size_t i)
{
    return i > 0 && i + 1 < s->n && break_is_letter(s->units[i - 1].cp) && break_is_letter(s->units[i + 1].cp);
}

/* <표 1> has brackets, 수입<지출 an operator: a `<` that is not between letters opens, and then the next `>` closes. */
static enum kind no_bracket(const struct shaper *s, size_t i, enum kind kind, bool *open)
{
    uint32_t c = s->units[i].cp;
    if (c != '<' && c != '>')
        return kind;
    bool bracket = !between_letters(s, i) || (c == '>' && *open);
    *open = c == '<' ? *open || bracket : *open && !bracket;
    return bracket ? OTHER : kind;
}

static bool has_room(const struct shaper *s, const struct unit *unit)
{
    return unit->glyphs == 1 && s->looks[unit->look].role != ROLE_MONO;
}

static bool is_space(const struct unit *unit)
{
    return unit->flags & UNIT_SPACE;
}

/* Of one piece of text on the page: only inside one can it be said that glyphs lie closer than they are wide. */
static bool together(const struct unit *a, const struct unit *b)
{
    return a->look == b->look && a->font == b->font;
}

/* A word space is room enough: 「지방자치법」 제3조. */
static float beside_space(const struct shaper *s, size_t i, enum kind a, enum kind b)
{
    const struct unit *right = &s->units[i], *left = right - 1;
    if (!has_room(s, left) || !has_room(s, right) || !together(left, right))
        return 0;
    if ((a == CLOSER || a == STOP) && i + 1 < s->n && !is_space(right + 1))
        return -room_of(s, i - 1).right_half;
    bool word = i > 1 && has_room(s, left - 1) && !is_space(left - 1) && together(left - 1, left);
    return b == OPENER && word ? -room_of(s, i).left_half : 0;
}

/* The gap between units i - 1 and i, of which one at least is a mark. */
static float gap_between(const struct shaper *s, size_t i, enum kind a, enum kind b)
{
    const struct unit *right = &s->units[i], *left = right - 1;
    if (right->cp == ' ' || left->cp == ' ')
        return beside_space(s, i, a, b);
    if (!has_room(s, left) || !has_room(s, right) || is_space(left) || is_space(right))
        return 0;
    float gap = 0;
    if (a == OPERATOR || b == OPERATOR)
        gap = beside_operator(s, i, a, b);
    else if (b == OPENER)
        gap = before_opener(s, i, a);
    else if (a == CLOSER || a == STOP)
        gap = after_closer(s, i, a, b);
    else
        gap = beside_dot(s, i, a, b);
    return gap < 0 && !together(left, right) ? 0 : gap;
}

void spacing_find(struct shaper *s)
{
    bool open = false;
    enum kind before = OTHER;
    for (size_t i = 0; s->marks && i < s->n; i++) {
        enum kind kind = no_bracket(s, i, kind_of(s->units[i].cp), &open);
        if (i > 0 && (kind || before))
            s->units[i].gap = gap_between(s, i, before, kind);
        before = kind;
    }
}

float spacing_at_start(const struct shaper *s, size_t i)
{
    return kind_of(s->units[i].cp) == OPENER && has_room(s, &s->units[i]) ? room_of(s, i).left_half : 0;
}

bool spacing_hyphen(const struct shaper *s, size_t i, uint16_t *glyph, float *width)
{
    if (i >= s->n || !(s->units[i].flags & UNIT_SOFT))
        return false;
    const struct unit *unit = &s->units[i - 1];
    const struct look *look = &s->looks[unit->look];
    const struct font *font = fonts_at(s->fonts, look->role, unit->font);
    *glyph = font_glyph(font, '-');
    *width = (float)hb_font_get_glyph_h_advance(font->hb, *glyph) * look->size / (float)font->face.units;
    return true;
}

float spacing_at_end(const struct shaper *s, size_t i)
{
    uint16_t glyph;
    float hyphen;
    if (spacing_hyphen(s, i + 1, &glyph, &hyphen))
        return -hyphen;
    enum kind kind = kind_of(s->units[i].cp);
    return (kind == CLOSER || kind == STOP) && has_room(s, &s->units[i]) ? room_of(s, i).right_half : 0;
}
