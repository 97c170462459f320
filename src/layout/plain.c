/* Characters that one glyph shows whatever stands beside them: HarfBuzz need not be asked. A face proves it itself: the
 * glyph takes part in no rule of GSUB or GPOS that horizontal text has switched on, and in no pair of an old `kern`
 * table. In Noto Sans CJK these are all Hangul syllables, Hanja, figures and half of the punctuation; in Nanum Gothic
 * all but Latin letters. */
#include "layout/font.h"

#include "base/mem.h"

#include <hb-ot.h>
#include <string.h>

static const uint16_t SHAPED = UINT16_MAX; /* advance of a character that HarfBuzz must see */

/* Features that nobody gets without asking. One that is missing here only costs time. */
static bool is_optional(hb_tag_t tag)
{
    static const char list[] = "aalt afrc c2pc c2sc case cpsp dlig expt fwid halt hist hkna hojo hwid ital jp04 jp78 "
                               "jp83 jp90 lnum nalt nlck onum ordn palt pcap pkna pnum pwid qwid ruby salt sinf smcp "
                               "smpl subs sups swsh titl tnam tnum trad twid unic valt vert vhal vkna vkrn vpal vrt2 "
                               "vrtr zero ";
    char name[5] = {0};
    hb_tag_to_string(tag, name);
    if ((name[0] == 's' && name[1] == 's') || (name[0] == 'c' && name[1] == 'v'))
        return name[2] >= '0' && name[2] <= '9';
    for (const char *at = list; *at; at += 5)
        if (memcmp(at, name, 4) == 0)
            return true;
    return false;
}

static void add_feature(hb_face_t *face, hb_tag_t table, unsigned feature, hb_set_t *lookups)
{
    unsigned some[32];
    for (unsigned from = 0, count = 32; count == 32; from += count) {
        hb_ot_layout_feature_get_lookups(face, table, feature, from, &count, some);
        for (unsigned i = 0; i < count; i++)
            hb_set_add(lookups, some[i]);
    }
}

/* Indexes of the features that any script has in Korean. */
static void add_script(hb_face_t *face, hb_tag_t table, unsigned script, hb_set_t *features)
{
    static const hb_tag_t korean = HB_TAG('K', 'O', 'R', ' ');
    unsigned language, some[64];
    hb_ot_layout_script_select_language(face, table, script, 1, &korean, &language);
    if (hb_ot_layout_language_get_required_feature_index(face, table, script, language, some))
        hb_set_add(features, some[0]);
    for (unsigned from = 0, count = 64; count == 64; from += count) {
        hb_ot_layout_language_get_feature_indexes(face, table, script, language, from, &count, some);
        for (unsigned i = 0; i < count; i++)
            hb_set_add(features, some[i]);
    }
}

static void add_lookups(hb_face_t *face, hb_tag_t table, const hb_set_t *lookups, hb_set_t *touched)
{
    for (hb_codepoint_t lookup = HB_SET_VALUE_INVALID; hb_set_next(lookups, &lookup);)
        hb_ot_layout_lookup_collect_glyphs(face, table, lookup, touched, touched, touched, NULL);
}

/* Scripts have features of their own, but they share lookups. */
static void add_table(struct font *font, hb_face_t *face, hb_tag_t table)
{
    hb_set_t *features = hb_set_create(), *lookups = hb_set_create(), *contextual = hb_set_create();
    unsigned scripts = hb_ot_layout_table_get_script_tags(face, table, 0, NULL, NULL);
    for (unsigned i = 0; i < scripts; i++)
        add_script(face, table, i, features);
    for (hb_codepoint_t feature = HB_SET_VALUE_INVALID; hb_set_next(features, &feature);) {
        hb_tag_t tag = 0;
        unsigned one = 1;
        hb_ot_layout_table_get_feature_tags(face, table, feature, &one, &tag);
        if (!is_optional(tag))
            add_feature(face, table, feature, tag == HB_TAG('c', 'a', 'l', 't') ? contextual : lookups);
    }
    add_lookups(face, table, lookups, font->touched);
    add_lookups(face, table, contextual, font->touched_by_calt);
    hb_set_destroy(features);
    hb_set_destroy(lookups);
    hb_set_destroy(contextual);
}

static unsigned get_u16(const char *bytes, size_t at)
{
    return (unsigned)((unsigned char)bytes[at] << 8 | (unsigned char)bytes[at + 1]);
}

/* The glyphs of all pairs of a `kern` table (OpenType 1.9, kern: version 0, format 0). False for any other table. */
static bool collect_kern(struct str table, hb_set_t *touched)
{
    enum { HEADER = 4, SUBTABLE = 14, PAIR = 6 };
    if (table.n < HEADER || get_u16(table.p, 0) != 0)
        return table.n == 0;
    size_t at = HEADER;
    for (unsigned left = get_u16(table.p, 2); left; left--) {
        if (table.n - at < SUBTABLE || get_u16(table.p, at + 4) >> 8 != 0)
            return false;
        size_t end = at + get_u16(table.p, at + 2), pairs = get_u16(table.p, at + 6);
        if (end > table.n || end - at < SUBTABLE + pairs * PAIR) /* a length of 16 bits may be too short: then no */
            return false;
        for (at += SUBTABLE; pairs; pairs--, at += PAIR) {
            hb_set_add(touched, get_u16(table.p, at));
            hb_set_add(touched, get_u16(table.p, at + 2));
        }
        at = end;
    }
    return true;
}

static bool add_kern(struct font *font, hb_face_t *face)
{
    hb_blob_t *blob = hb_face_reference_table(face, HB_TAG('k', 'e', 'r', 'n'));
    unsigned length;
    const char *bytes = hb_blob_get_data(blob, &length);
    bool known = collect_kern((struct str){bytes, length}, font->touched);
    hb_blob_destroy(blob);
    return known;
}

static bool has_table(hb_face_t *face, hb_tag_t tag)
{
    hb_blob_t *blob = hb_face_reference_table(face, tag);
    bool has = hb_blob_get_length(blob) > 0;
    hb_blob_destroy(blob);
    return has;
}

static void look_up_rules(struct font *font)
{
    hb_face_t *face = hb_font_get_face(font->hb);
    font->touched = hb_set_create();
    font->touched_by_calt = hb_set_create();
    font->plain = mem_alloc(0x10000 * sizeof *font->plain);
    memset(font->plain, 0, 0x10000 * sizeof *font->plain);
    font->never_plain = hb_ot_var_has_data(face) || !add_kern(font, face) ||
                        has_table(face, HB_TAG('k', 'e', 'r', 'x')) || has_table(face, HB_TAG('m', 'o', 'r', 'x')) ||
                        has_table(face, HB_TAG('t', 'r', 'a', 'k'));
    if (font->never_plain)
        return;
    add_table(font, face, HB_OT_TAG_GSUB);
    add_table(font, face, HB_OT_TAG_GPOS);
}

/* Characters that HarfBuzz has no rules of its own for: no marks, jamo, ignorables, spaces, nor the fraction slash. */
static bool may_be_plain(uint32_t c)
{
    return (c >= 0xac00 && c <= 0xd7a3) || (c > 0x20 && c < 0x7f) || c == 0xb7 || (c >= 0x4e00 && c <= 0x9fff) ||
           (c >= 0x2010 && c <= 0x2027) || (c >= 0x3001 && c <= 0x3011) || (c >= 0xff01 && c <= 0xff5e);
}

/* HarfBuzz leaves `calt` off for Hangul, and a segment with another script has no Hangul in it. */
static bool is_touched(const struct font *font, uint32_t c, uint16_t glyph)
{
    bool hangul = c >= 0xac00 && c <= 0xd7a3;
    return hb_set_has(font->touched, glyph) || (!hangul && hb_set_has(font->touched_by_calt, glyph));
}

static struct plain_glyph find_plain(struct font *font, uint32_t c)
{
    struct plain_glyph none = {0, SHAPED};
    uint16_t glyph = may_be_plain(c) && !font->never_plain ? font_glyph(font, c) : 0;
    if (glyph == 0 || is_touched(font, c, glyph))
        return none;
    hb_position_t advance = hb_font_get_glyph_h_advance(font->hb, glyph);
    return advance < 0 || advance >= SHAPED ? none : (struct plain_glyph){glyph, (uint16_t)advance};
}

const struct plain_glyph *font_plain_found(struct font *font, uint32_t c)
{
    if (!font->touched)
        look_up_rules(font);
    font->plain[c] = find_plain(font, c);
    return font->plain[c].id ? &font->plain[c] : NULL;
}
