/* From runs to units: what itemize.c, shape.c, breaks.c, lines.c and text.c share. Internal to layout.
 *
 *   text    the runs' bytes, joined
 *   unit    a grapheme cluster of the text, with its font, glyphs, width and the break before it
 *   segment neighbouring units without a space, in one font, script and look: what HarfBuzz sees at once; units whose
 *           glyph no rule of the font touches (plain.c) are in none
 *   word    a shaped segment, in font units, cached because Korean text repeats its 어절
 *
 * Words are shaped without their neighbours: kerning across a space (no Korean font has it in use) is left out. */
#ifndef LAYOUT_SHAPE_H
#define LAYOUT_SHAPE_H
#include "base/utf8.h"
#include "layout/font.h"

#include <unicode/ubrk.h>

/* How well a line may end before a unit; a line breaker takes those above a threshold. */
enum break_level {
    BREAK_NEVER,    /* inside a grapheme or glyph cluster */
    BREAK_GRAPHEME, /* only where nothing else fits the measure */
    BREAK_KEPT,     /* inside a number with its unit, a date, 한글(漢字): rows 12, 35, 36 */
    BREAK_LONE,     /* would leave one syllable of the 어절 alone */
    BREAK_SYLLABLE, /* inside an 어절 */
    BREAK_MARK,     /* inside an 어절, after a middle dot, a slash, a URL's punctuation */
    BREAK_SPACE,    /* between 어절 */
    BREAK_FORCED,
};

enum unit_flags {
    UNIT_SPACE = 1, /* U+0020, U+00A0, a tab */
    UNIT_RIGID = 2, /* a space that justification leaves alone (row 17) */
    UNIT_SLOT = 4,  /* letter spacing may be put before this unit */
    UNIT_EMPTY = 8, /* control or ignorable: shows nothing */
    UNIT_NEWLINE = 16,
    UNIT_SOFT = 64,  /* a soft hyphen stood before this unit */
    UNIT_PLAIN = 32, /* one glyph without shaping: `glyph` is its id */
};

struct unit {
    uint32_t at;   /* byte offset in the text */
    uint32_t cp;   /* first character */
    uint32_t wide; /* UTF-16 offset in the text */
    uint32_t look;
    uint32_t segment;       /* of a unit with glyphs; UNIT_PLAIN: the glyph's own advance, font units */
    uint32_t glyph, glyphs; /* range in the segment's word */
    float width;            /* natural, points */
    float gap;              /* room before this unit where it does not begin a line, points; negative takes */
    uint8_t level;          /* enum break_level, before this unit */
    uint8_t flags;
    uint8_t font; /* place in the role's list */
};

/* What a run looks like once its flags are applied to the style. */
struct look {
    enum font_role role;
    float size, raise; /* points */
    struct colour colour;
    struct str link, language;
};

struct word_glyph {
    uint16_t id, natural;
    int32_t advance, dx, dy; /* font units */
    uint32_t cluster;        /* byte offset in the word */
};

struct word {
    uint64_t hash;
    const struct font *font;
    hb_language_t language;
    uint32_t script, features;
    uint32_t length, n; /* bytes, glyphs */
    const char *text;
    struct word_glyph *glyphs;
};

struct segment {
    uint32_t first, end; /* units */
    struct font *font;
    uint32_t script;
    const struct word *word;
};

enum { SHAPE_TABULAR = 1, SHAPE_PLAIN = 2 }; /* feature sets: tnum; no ligatures (mono) */

/* HarfBuzz keeps each language that it is asked for, and looks through all of them: a document has no more of them for
 * their forms of glyphs; text in any further one is shaped as Korean. */
enum { SHAPE_LANGUAGES = 64 };
struct shape_language {
    char tag[36]; /* BCP 47, as long as language_is_known lets it be */
    hb_language_t value;
};

struct shaper {
    struct fonts *fonts;
    struct diag_list *diag;
    const char *place;                        /* borrowed; NULL or "" for none */
    const struct character_style *characters; /* borrowed */
    size_t n_characters;
    hb_buffer_t *buffer;
    hb_language_t korean;                             /* of text that is in no other language */
    struct shape_language languages[SHAPE_LANGUAGES]; /* [n_languages] others so far */
    size_t n_languages;
    UBreakIterator *line_iterator, *grapheme_iterator; /* opened at first use */
    uint8_t *font_of[ROLES]; /* BMP character → place in the list + 1; 0 not looked up; at first use */
    uint8_t *reported;       /* bitmap of characters whose lack is known */
    size_t missing;          /* … and their number */
    struct arena *cache;     /* words */
    struct word **table;
    size_t table_size, cached;

    /* The text in work; arrays are kept for the next one. */
    struct arena *scratch;
    struct str text;
    struct look *looks;
    struct unit *units;
    size_t n, units_room;
    struct segment *segments;
    size_t n_segments, segments_room;
    UChar *wide;
    size_t n_wide, wide_room;
    uint32_t features;
    bool complex; /* some cluster has more than one character */
    bool marks;   /* some character may be one that spacing.c is about */
};

/* looks.c */
struct look look_of(const struct shaper *shaper, const struct run *run, const struct text_style *style);
bool look_same(const struct look *a, const struct look *b);

/* Steps of itemize.c: joins the runs (text into `arena`), cuts units, chooses fonts, forms segments. */
void itemize(struct shaper *shaper, struct arena *arena, const struct run *runs, size_t n,
             const struct text_style *style);

/* What controls.c takes out of the text. */
static inline bool controls_left_out(uint32_t c)
{
    return c >= 0xad && (c == 0xad || c == 0xfeff || utf8_is_direction(c));
}

/* Where the soft hyphens were, as byte offsets in the text that is left. */
struct soft_hyphens {
    size_t *at, n;
};

/* The runs without the characters that are left out; the copy lives in the scratch. */
const struct run *controls_leave_out(struct shaper *shaper, const struct run *runs, size_t n,
                                     struct soft_hyphens *soft);

/* Marks the units that a line may begin with after a soft hyphen: between letters, but Hangul gets none (row 13). */
void controls_mark_soft(struct shaper *shaper, const struct soft_hyphens *soft);

/* The first 60 bytes or so of a text, in whole characters, for messages. */
struct str shape_excerpt(struct str text);

/* Shapes all segments; sets the units' glyph ranges and widths, and forbids breaks inside glyph clusters. */
void shape_segments(struct shaper *shaper);

/* The first half of breaks_find: what UAX #14 allows, as ICU has it, before any Korean rule. Uses up `wide`. */
void breaks_candidates(struct shaper *shaper);

/* Sets every unit's break level: ICU's candidates under the Korean rules (RULES.md rows 9–14, 35–37). */
void breaks_find(struct shaper *shaper);

/* Character classes of breaks.c that others need too. A letter: of any script, or a figure. */
bool break_is_hangul_or_han(uint32_t cp);
bool break_is_letter(uint32_t cp);

/* Marks the spaces that must not stretch and the places for letter spacing (row 17). After shaping. */
void breaks_mark_slots(struct shaper *shaper);

/* Whether a character may be a mark of spacing.c; the answer yes is not final. */
static inline bool spacing_may_be_mark(uint32_t c)
{
    if (c < 0x80)
        return c == '+' || (c >= '<' && c <= '>');
    return (c >= 0x3001 && c <= 0x30fb) || (c >= 0xff08 && c <= 0xff60) || (c >= 0x2212 && c <= 0x226b) || c == 0xb1 ||
           c == 0xd7 || c == 0xf7;
}

/* Sets the units' gaps: the room beside brackets, stops, middle dots and operators (RULES.md rows 3, 8, 18; KLREQ on
 * the spacing of punctuation). After shaping. */
void spacing_find(struct shaper *shaper);

/* The hyphen that a line shows which ends before unit i, after unit i - 1, where that is a soft hyphen's place (row
 * 14): its glyph, and its width in points; false where there is none. */
bool spacing_hyphen(const struct shaper *shaper, size_t i, uint16_t *glyph, float *width);

/* Room inside unit i that is left out where it begins or ends a line (row 3), points: its empty half, else 0. At the
 * end less than 0 where a hyphen is put on. */
float spacing_at_start(const struct shaper *shaper, size_t i);
float spacing_at_end(const struct shaper *shaper, size_t i);

/* One line as the line breaker leaves it. */
struct cut {
    uint32_t first, end; /* units, without the spaces at its end */
    uint8_t level;       /* of the break that ends it */
    bool last;           /* of the paragraph, or before a forced break */
    bool tabbed;         /* its tabs lead to their stops; else they are spaces */
    bool indented;       /* loses style->indent (or, hanging, -style->indent) */
    float space, letter; /* points to add to each space and each slot */
    float hang;          /* points at its end that stand outside the measure */
    float gap;           /* the same space in em, for reports */
};

/* Cuts the units into lines; the array lives in the shaper's scratch. */
struct cut *lines_cut(struct shaper *shaper, const struct text_style *style, float measure, size_t *count);

/* Widest line without any break but forced ones, and widest unbreakable part, in points. */
void lines_measure(struct shaper *shaper, const struct text_style *style, float *widest, float *narrowest);

#endif
