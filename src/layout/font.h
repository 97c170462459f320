/* Font files behind layout.h's `struct fonts`: what shaping needs and the devices do not. Internal to layout. */
#ifndef LAYOUT_FONT_H
#define LAYOUT_FONT_H
#include "layout/layout.h"
#include "layout/text.h"

#include <hb.h>

enum font_state { FONT_UNTRIED, FONT_OPEN, FONT_MISSING, FONT_REFUSED };

/* A character that one glyph shows in any company; plain.c proves it. id 0: HarfBuzz must be asked, or not known yet.
 */
struct plain_glyph {
    uint16_t id, advance; /* font units */
};

struct font {
    struct face face; /* what devices get; id is given at opening */
    enum font_state state;
    char *path, *want;             /* file; face by PostScript or family name, number or instance, "" for the first */
    const struct face_axis *asked; /* settings of a variable font; other axes keep their default */
    size_t n_asked;
    char *problem;          /* why it is not open, or NULL */
    hb_font_t *hb;          /* scale = units per em */
    uint16_t space;         /* glyph of U+0020 */
    uint16_t space_advance; /* font units */
    uint16_t least, most;   /* weights that it can be set to; equal where it has but one */
    bool slanted;
    bool never_plain;
    int8_t composes_jamo;                /* 1, -1; 0 not looked up: reading GSUB costs 0.3 ms */
    int8_t shows_box;                    /* likewise: glyph 0 has an outline */
    struct plain_glyph *plain;           /* [0x10000] by character; NULL before the first use */
    struct mark_room *marks;             /* of spacing.c; NULL before the first use */
    hb_set_t *touched, *touched_by_calt; /* glyphs of the rules that are switched on */
};

/* The n-th font of a role's list, opened at first use; NULL where it cannot be used. n < fonts_count. The fonts of
 * [symbol] stand at the end of each list, from fonts_own_count on. */
struct font *fonts_at(struct fonts *fonts, enum font_role role, size_t n);
size_t fonts_count(const struct fonts *fonts, enum font_role role);
size_t fonts_own_count(const struct fonts *fonts, enum font_role role);

/* The role's first font that can be used; never NULL once fonts_open has succeeded. */
struct font *fonts_first(struct fonts *fonts, enum font_role role);

/* The role that lends its fonts to a role without any, told once: ROLES where there is nothing (more) to tell. */
enum font_role fonts_lender(struct fonts *fonts, enum font_role role);

/* The glyph of a character, 0 where the font has none. */
uint16_t font_glyph(const struct font *font, uint32_t code_point);

/* The glyph of a character of the BMP that needs no shaping, or NULL. */
const struct plain_glyph *font_plain_found(struct font *font, uint32_t code_point);
static inline const struct plain_glyph *font_plain(struct font *font, uint32_t code_point)
{
    if (code_point > 0xffff)
        return NULL;
    if (!font->plain || (!font->plain[code_point].id && !font->plain[code_point].advance))
        return font_plain_found(font, code_point);
    return font->plain[code_point].id ? &font->plain[code_point] : NULL;
}

/* Whether GSUB has `ljmo`: L+V(+T) clusters of old Hangul become one syllable (row 37). */
bool font_composes_jamo(struct font *font);

/* The glyph of □, else of � or ■: it stands for what no font has (row 39), because glyph 0 is no character (ISO
 * 19005-3 6.2.11.8). 0 where the font has none of them. */
uint16_t font_box(const struct font *font);

/* Whether glyph 0 can be seen, where no font has a box; a font may leave it blank. */
bool font_shows_box(struct font *font);

/* Whether GSUB or GPOS has a feature. */
bool font_has_feature(const struct font *font, hb_tag_t feature);

/* Whether a glyph has an outline. */
bool font_draws(const struct font *font, uint16_t glyph);

#endif
