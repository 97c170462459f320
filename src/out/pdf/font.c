/* Codes are given 1, 2, 3 … in the order of first use: dense codes deflate better than glyph ids (7 % of a page) and
 * keep every table short. A TrueType face maps them by CIDToGIDMap, where one glyph can have several codes, each with a
 * text of its own; a CID-keyed CFF subset gets them as its CIDs. Only a CFF face with glyph names must be shown by its
 * glyph ids. */
#include "out/pdf/font.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "out/pdf/cff.h"
#include "out/pdf/glyphs.h"
#include "out/pdf/instance.h"

#include <assert.h>
#include <hb-ot.h>
#include <hb-subset.h>
#include <hb.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_GLYPHS = 65535,
    MAX_TWINS = 16, /* texts of one glyph; more go to another font */
};

struct pdf_font {
    const struct face *face;
    hb_face_t *hb;
    hb_font_t *map; /* for the character map, and the advances of blanks */
    enum cff_keys keys;
    uint32_t *slot; /* [glyphs] index into `used`; 0 = not used yet, because entry 0 is always .notdef */
    struct pdf_glyph *used;
    size_t n, room; /* after pdf_font_build: sorted by layer and code */
    unsigned codes; /* given so far, with that of .notdef */
    size_t layer_end[PDF_LAYERS];
    struct buf text; /* pool of glyph texts */
    /* built for writing */
    char name[160]; /* with subset tag */
    struct buf program, to_gid, widths, unicode[PDF_LAYERS], entries;
    int default_width; /* 1/100,000 em */
    uint16_t odd;      /* a glyph whose outline has another width than W; 0 = none */
};

static enum cff_keys keys_of(hb_face_t *hb)
{
    hb_blob_t *table = hb_face_reference_table(hb, HB_TAG('C', 'F', 'F', ' '));
    unsigned length;
    const char *bytes = hb_blob_get_data(table, &length);
    enum cff_keys keys = cff_keys((struct str){bytes, length});
    hb_blob_destroy(table);
    return keys;
}

static void add_entry(struct pdf_font *font, struct pdf_glyph entry)
{
    font->used = mem_grow(font->used, &font->room, font->n + 1, sizeof *font->used);
    font->used[font->n++] = entry;
}

static uint16_t next_code(struct pdf_font *font)
{
    assert(font->codes <= MAX_GLYPHS);
    return (uint16_t)font->codes++;
}

/* The face where it stands: a variable one on its axes. */
static hb_font_t *font_at_place(hb_face_t *hb, const struct face *face)
{
    hb_variation_t place[FACE_AXES];
    size_t n = face->n_axes <= FACE_AXES ? face->n_axes : 0;
    hb_font_t *font = hb_font_create(hb);
    for (size_t i = 0; i < n; i++)
        place[i] = (hb_variation_t){face->axes[i].tag, face->axes[i].value};
    if (n)
        hb_font_set_variations(font, place, (unsigned)n);
    return font;
}

struct pdf_font *pdf_font_new(const struct face *face, struct err *err)
{
    if (!face->may_embed) {
        err_set(err, ERR_CONFIG, "%.*s: the font's licence bits forbid embedding", STR_ARG(face->name));
        return NULL;
    }
    struct pdf_font *font = mem_alloc(sizeof *font);
    *font = (struct pdf_font){.face = face};
    hb_blob_t *blob = hb_blob_create(face->data.p, (unsigned)face->data.n, HB_MEMORY_MODE_READONLY, NULL, NULL);
    font->hb = hb_face_create(blob, face->index);
    hb_blob_destroy(blob);
    font->map = font_at_place(font->hb, face);
    bool sound = face->n_axes <= FACE_AXES && face->glyphs > 0 && face->glyphs <= MAX_GLYPHS && face->units > 0 &&
                 face->data.n <= UINT32_MAX;
    if (sound && face->is_cff)
        font->keys = keys_of(font->hb);
    if (!sound || (face->is_cff && font->keys == CFF_BROKEN)) {
        err_set(err, ERR_CONFIG, "%.*s: the font cannot be embedded: damaged glyph table", STR_ARG(face->name));
        pdf_font_free(font);
        return NULL;
    }
    font->slot = mem_alloc(mem_mul(face->glyphs, sizeof *font->slot));
    memset(font->slot, 0, face->glyphs * sizeof *font->slot);
    add_entry(font, (struct pdf_glyph){.width = -1}); /* .notdef, not used yet */
    font->codes = 1;
    return font;
}

void pdf_font_free(struct pdf_font *font)
{
    if (!font)
        return;
    hb_font_destroy(font->map);
    hb_face_destroy(font->hb);
    mem_free(font->slot);
    mem_free(font->used);
    struct buf *all[] = {&font->text, &font->program, &font->to_gid, &font->widths, &font->entries};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        buf_free(all[i]);
    for (int layer = 0; layer < PDF_LAYERS; layer++)
        buf_free(&font->unicode[layer]);
    mem_free(font);
}

const struct face *pdf_font_face(const struct pdf_font *font)
{
    return font->face;
}

bool pdf_font_maps(const struct pdf_font *font, uint32_t character, uint16_t gid)
{
    hb_codepoint_t shown;
    return hb_font_get_nominal_glyph(font->map, character, &shown) && shown == gid;
}

/* Thousandths of an em with two decimals, the form of W. */
static int32_t width_of(const struct face *face, uint16_t natural)
{
    return (int32_t)lround(natural * 100000.0 / face->units);
}

static void set_text(struct pdf_font *font, struct pdf_glyph *glyph, struct str text)
{
    glyph->text = (uint32_t)font->text.n;
    glyph->size = (uint32_t)text.n;
    buf_str(&font->text, text);
}

/* A CFF glyph has one code, so one text in ToUnicode. Where a face shows two characters with one glyph, the commoner
 * one must own it, whichever comes first in the document. */
static struct str commoner(const struct pdf_font *font, uint16_t gid, struct str text)
{
    static const struct {
        uint32_t twin;
        const char *common;
    } pairs[] = {{0x00A0, " "},      {0x3000, " "},      {0x30FB, "\u00B7"}, {0x2027, "\u00B7"}, {0x2022, "\u00B7"},
                 {0x2015, "\u2014"}, {0x00AD, "-"},      {0x2010, "-"},      {0x2011, "-"},      {0x2212, "-"},
                 {0x2126, "\u03A9"}, {0x00B5, "\u03BC"}, {0x2206, "\u0394"}};
    size_t at = 0;
    uint32_t c = utf8_next(text, &at);
    for (size_t i = 0; at == text.n && i < sizeof pairs / sizeof *pairs; i++) {
        struct str common = str_from(pairs[i].common);
        size_t from = 0;
        if (pairs[i].twin == c && pdf_font_maps(font, utf8_next(common, &from), gid))
            return common;
    }
    return text;
}

/* A further entry for the glyph of entry `last`, the end of its chain. False where there can be none. */
static bool add_twin(struct pdf_font *font, size_t last)
{
    struct pdf_glyph twin = {
        .gid = font->used[last].gid, .code = font->used[last].code, .width = font->used[last].width};
    if (font->face->is_cff) {
        twin.layer = (uint8_t)(font->used[last].layer + 1);
        if (twin.layer == PDF_LAYERS)
            return false;
    } else {
        if (font->codes + font->face->glyphs > MAX_GLYPHS) /* codes are kept for the glyphs that may come */
            return false;
        twin.code = next_code(font);
    }
    font->used[last].twin = (uint32_t)font->n;
    add_entry(font, twin);
    return true;
}

static bool says(const struct pdf_font *font, const struct pdf_glyph *glyph, struct str text)
{
    const char *own = font->text.p + glyph->text;
    if (glyph->size != text.n)
        return false;
    return text.n == 3 ? own[0] == text.p[0] && own[1] == text.p[1] && own[2] == text.p[2] /* Hangul: nearly all */
                       : memcmp(own, text.p, text.n) == 0;
}

/* The entry of the glyph that says `text`: one that does, one that says nothing yet, or a new twin. NULL for none. */
static struct pdf_glyph *entry_for(struct pdf_font *font, size_t first, struct str text)
{
    size_t at = first;
    for (int n = 0; n < MAX_TWINS; n++) {
        struct pdf_glyph *g = &font->used[at];
        if (g->size == 0)
            set_text(font, g, font->face->is_cff && at == first ? commoner(font, g->gid, text) : text);
        if (says(font, g, text))
            return g;
        if (!g->twin && !add_twin(font, at))
            return NULL;
        at = font->used[at].twin;
    }
    return NULL;
}

const struct pdf_glyph *pdf_font_glyph(struct pdf_font *font, uint16_t gid, uint16_t natural, struct str text,
                                       bool *said)
{
    if (gid >= font->face->glyphs)
        return NULL;
    size_t first = font->slot[gid];
    if (first && text.n && says(font, &font->used[first], text)) { /* nearly always */
        *said = true;
        return &font->used[first];
    }
    if (gid == 0 && font->used[0].width < 0)
        font->used[0].width = width_of(font->face, natural);
    if (gid != 0 && first == 0) {
        first = font->n;
        uint16_t code = font->keys == CFF_NAMED ? gid : next_code(font);
        add_entry(font, (struct pdf_glyph){.gid = gid, .code = code, .width = width_of(font->face, natural)});
        font->slot[gid] = (uint32_t)first;
    }
    const struct pdf_glyph *entry = text.n == 0 || text.n > PDF_GLYPH_TEXT ? NULL : entry_for(font, first, text);
    *said = entry || text.n == 0;
    return entry ? entry : &font->used[first];
}

const struct pdf_glyph *pdf_font_gap(struct pdf_font *font)
{
    hb_codepoint_t gid; /* that of a wide blank has no text of its own as a rule, and is in the first layer */
    bool said;
    if (!hb_font_get_nominal_glyph(font->map, 0x3000, &gid) && !hb_font_get_nominal_glyph(font->map, ' ', &gid))
        return NULL;
    hb_position_t natural = hb_font_get_glyph_h_advance(font->map, gid);
    if (gid == 0 || gid > MAX_GLYPHS || natural <= 0 || natural > UINT16_MAX)
        return NULL;
    const struct pdf_glyph *gap = pdf_font_glyph(font, (uint16_t)gid, (uint16_t)natural, STR("  "), &said);
    return gap && said && gap->width > 0 ? gap : NULL;
}

static int by_code(const void *a, const void *b)
{
    const struct pdf_glyph *x = a, *y = b;
    return x->layer != y->layer ? x->layer - y->layer : (x->code > y->code) - (x->code < y->code);
}

/* The font's name with six letters that depend on the glyphs alone (PDF 9.9.2); without them for a whole font. */
static void build_name(struct pdf_font *font)
{
    struct buf gids = {0}, name = {0};
    for (size_t i = 0; i < font->n; i++)
        buf_printf(&gids, "%u ", font->used[i].gid);
    uint64_t hash = str_hash(buf_view(&gids));
    for (int i = 0; font->face->may_subset && i < 6; i++, hash /= 26)
        buf_char(&name, (char)('A' + hash % 26));
    if (font->face->may_subset)
        buf_char(&name, '+');
    buf_str(&name, str_slice(font->face->name, 0, 63)); /* OpenType 'name' 6: at most 63 */
    snprintf(font->name, sizeof font->name, "%.*s", STR_ARG(buf_view(&name)));
    buf_free(&gids);
    buf_free(&name);
}

/* The next entry's glyph in the program (CIDToGIDMap). */
static void put_gid(struct pdf_font *font, hb_codepoint_t gid)
{
    buf_char(&font->to_gid, (char)(gid >> 8));
    buf_char(&font->to_gid, (char)gid);
}

/* Whether a variable font stands elsewhere than its tables say: then its outlines there must become the font's, because
 * a PDF has no variable fonts. */
static bool is_moved(const struct pdf_font *font)
{
    for (size_t i = 0; i < font->face->n_axes; i++) {
        hb_ot_var_axis_info_t info;
        if (hb_ot_var_find_axis_info(font->hb, font->face->axes[i].tag, &info) &&
            font->face->axes[i].value != info.default_value)
            return true;
    }
    return false;
}

/* The program of a font that is_moved, and the way from code to glyph. */
static bool build_instance(struct pdf_font *font)
{
    uint16_t *gids = mem_alloc(mem_mul(font->face->glyphs, sizeof *gids)),
             *places = mem_alloc(mem_mul(font->face->glyphs, sizeof *places));
    size_t n = 0;
    for (unsigned gid = 0; gid < font->face->glyphs; gid++)
        if (gid == 0 || font->slot[gid] || !font->face->may_subset) {
            places[gid] = (uint16_t)n;
            gids[n++] = (uint16_t)gid;
        }
    bool ok = pdf_instance(font->map, font->face, gids, n, &font->program);
    for (size_t i = 0; i < font->n; i++)
        put_gid(font, places[font->used[i].gid]);
    mem_free(gids);
    mem_free(places);
    return ok;
}

/* The tables that a PDF viewer needs (PDF 9.9, table 126), and hints for a font that must stay whole. The subsetter is
 * shown no others: reading the character map of a CJK face would cost it more than all the rest. */
static hb_blob_t *needed_table(hb_face_t *face, hb_tag_t tag, void *whole)
{
    (void)face;
    static const char needed[][5] = {"head", "hhea", "hmtx", "maxp", "CFF ", "glyf", "loca", "cvt ", "fpgm", "prep"};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (tag == hb_tag_from_string(needed[i], 4))
            return hb_face_reference_table(whole, tag);
    return NULL;
}

static hb_subset_input_t *subset_input(const struct pdf_font *font, bool notdef)
{
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        return NULL;
    unsigned flags = HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_DESUBROUTINIZE;
    if (notdef)
        flags |= HB_SUBSET_FLAGS_NOTDEF_OUTLINE;
    if (font->keys == CFF_NAMED)
        flags |= HB_SUBSET_FLAGS_RETAIN_GIDS;
    hb_set_t *gids = hb_subset_input_glyph_set(input);
    for (size_t i = 0; i < font->n; i++)
        hb_set_add(gids, font->used[i].gid);
    if (!font->face->may_subset) {
        hb_set_add_range(gids, 0, font->face->glyphs - 1);
        flags = HB_SUBSET_FLAGS_NOTDEF_OUTLINE | HB_SUBSET_FLAGS_RETAIN_GIDS;
    }
    hb_subset_input_set_flags(input, flags);
    return input;
}

/* The CIDs of the subset: the code of each glyph, and of unused ones (a whole font) the numbers that are left. */
static bool renumber(struct pdf_font *font, const hb_map_t *map, unsigned glyphs)
{
    uint16_t *cids = mem_alloc(mem_mul(glyphs, sizeof *cids));
    unsigned next = font->codes;
    memset(cids, 0, glyphs * sizeof *cids);
    for (size_t i = 1; i < font->n; i++) {
        hb_codepoint_t gid = hb_map_get(map, font->used[i].gid);
        if (gid < glyphs)
            cids[gid] = font->used[i].code;
    }
    for (unsigned gid = 1; gid < glyphs; gid++)
        if (!cids[gid])
            cids[gid] = (uint16_t)next++;
    bool ok = cff_set_cids(&font->program, cids, glyphs);
    mem_free(cids);
    return ok;
}

/* PDF/A (ISO 19005-1 6.3.6, ISO 19005-3 6.2.11.5) wants W, which is from the font's table of widths, to say what the
 * outlines do, to 1/1000 em. Finds a glyph where it does not. */
static void compare_widths(struct pdf_font *font, const hb_map_t *map)
{
    enum { SLACK = 100 };
    double width;
    for (size_t i = 1; i < font->n && !font->odd; i++)
        if (cff_width(buf_view(&font->program), hb_map_get(map, font->used[i].gid), &width) &&
            fabs(width * 100000 / font->face->units - font->used[i].width) > SLACK)
            font->odd = font->used[i].gid;
}

/* Takes the program out of a finished plan, and the way from code to glyph. False where the program cannot be used. */
static bool take_program(struct pdf_font *font, hb_subset_plan_t *plan, hb_face_t *subset)
{
    hb_blob_t *blob = font->face->is_cff ? hb_face_reference_table(subset, HB_TAG('C', 'F', 'F', ' '))
                                         : hb_face_reference_blob(subset);
    unsigned length;
    const char *bytes = hb_blob_get_data(blob, &length);
    buf_add(&font->program, bytes, length);
    hb_blob_destroy(blob);
    const hb_map_t *map = hb_subset_plan_old_to_new_glyph_mapping(plan);
    if (font->face->is_cff)
        compare_widths(font, map);
    if (font->keys == CFF_CID)
        return length && renumber(font, map, hb_face_get_glyph_count(subset));
    for (size_t i = 0; i < font->n && !font->face->is_cff; i++)
        put_gid(font, hb_map_get(map, font->used[i].gid));
    return length > 0;
}

static bool build_subset(struct pdf_font *font, bool notdef)
{
    hb_subset_input_t *input = subset_input(font, notdef);
    hb_face_t *bare = hb_face_create_for_tables(needed_table, font->hb, NULL);
    hb_subset_plan_t *plan = input ? hb_subset_plan_create_or_fail(bare, input) : NULL;
    hb_face_t *subset = plan ? hb_subset_plan_execute_or_fail(plan) : NULL;
    bool ok = subset && take_program(font, plan, subset);
    hb_face_destroy(subset);
    hb_subset_plan_destroy(plan);
    hb_subset_input_destroy(input);
    hb_face_destroy(bare);
    return ok;
}

bool pdf_font_build(struct pdf_font *font, bool strict, struct err *err)
{
    bool notdef = font->used[0].width >= 0;
    if (!notdef) /* it is embedded all the same, but never shown */
        font->used[0].width = font->n > 1 ? font->used[1].width : 0;
    qsort(font->used, font->n, sizeof *font->used, by_code); /* from now on slots only tell what is used */
    if (!(is_moved(font) ? build_instance(font) : build_subset(font, notdef)))
        return err_set(err, ERR_CONFIG, "%.*s: the font cannot be embedded: damaged outlines",
                       STR_ARG(font->face->name));
    if (strict && font->odd)
        return err_set(err, ERR_CONFIG,
                       "%.*s: glyph %u has one width in the font's outlines and another in its table of widths, which "
                       "PDF/A does not allow",
                       STR_ARG(font->face->name), font->odd);
    build_name(font);
    for (size_t layer = 0, at = 0; layer < PDF_LAYERS; layer++) {
        size_t from = at;
        while (at < font->n && font->used[at].layer == layer)
            at++;
        font->layer_end[layer] = at;
        if (at > from)
            pdf_glyph_texts(font->used + from, at - from, font->text.p, &font->unicode[layer]);
    }
    font->default_width = pdf_glyph_widths(font->used, font->layer_end[0], &font->widths);
    return true;
}

static int milli(const struct face *face, int units)
{
    return (int)lround(units * 1000.0 / face->units);
}

/* A bit for each CID that the subset has, the highest of a byte first (PDF table 124): 0 and the codes given, without
 * gaps but in a face whose CIDs are glyph ids. */
static unsigned write_cid_set(struct pdf_font *font, struct objects *objects)
{
    struct buf *out = &font->entries;
    buf_clear(out);
    for (size_t i = 0; i < font->layer_end[0]; i++) {
        while (out->n <= font->used[i].code / 8U)
            buf_char(out, 0);
        out->p[font->used[i].code / 8] |= (char)(0x80 >> font->used[i].code % 8);
    }
    return object_stream(objects, STR(""), buf_view(out));
}

/* Flags (PDF table 121): 1 fixed pitch, 2 serif, 4 symbolic, 64 italic. StemV is not in OpenType: from the weight. */
static unsigned write_descriptor(struct pdf_font *font, struct objects *objects, bool cid_set, unsigned program)
{
    const struct face *face = font->face;
    struct buf *out = &font->entries;
    double stem = face->weight / 65.0;
    unsigned cids = cid_set && face->may_subset ? write_cid_set(font, objects) : 0;
    buf_clear(out);
    buf_text(out, "/Type/FontDescriptor/FontName");
    pdf_name(out, str_from(font->name));
    buf_printf(out, "/Flags %d", 4 | face->is_fixed | face->is_serif << 1 | (face->italic_angle != 0) << 6);
    buf_printf(out, "/FontBBox[%d %d %d %d]", milli(face, face->bbox[0]), milli(face, face->bbox[1]),
               milli(face, face->bbox[2]), milli(face, face->bbox[3]));
    buf_text(out, "/ItalicAngle ");
    pdf_number(out, isfinite(face->italic_angle) ? face->italic_angle : 0, 2);
    buf_printf(out, "/Ascent %d/Descent %d/CapHeight %d/StemV %d/FontFile%d %u 0 R", milli(face, face->ascent),
               milli(face, face->descent), milli(face, face->cap_height), (int)lround(50 + stem * stem),
               face->is_cff ? 3 : 2, program);
    if (cids)
        buf_printf(out, "/CIDSet %u 0 R", cids);
    return object_dict(objects, buf_view(out));
}

static unsigned write_descendant(struct pdf_font *font, struct objects *objects, unsigned descriptor)
{
    struct buf *out = &font->entries;
    unsigned map = font->face->is_cff ? 0 : object_stream(objects, STR(""), buf_view(&font->to_gid));
    buf_clear(out);
    buf_printf(out, "/Type/Font/Subtype/CIDFontType%d/BaseFont", font->face->is_cff ? 0 : 2);
    pdf_name(out, str_from(font->name));
    buf_printf(out, "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor %u 0 R/DW ",
               descriptor);
    pdf_fixed(out, font->default_width, 2);
    if (font->widths.n) {
        buf_text(out, "/W[");
        buf_str(out, buf_view(&font->widths));
        buf_char(out, ']');
    }
    if (map)
        buf_printf(out, "/CIDToGIDMap %u 0 R", map);
    return object_dict(objects, buf_view(out));
}

void pdf_font_write(struct pdf_font *font, struct objects *objects, bool cid_set, unsigned numbers[PDF_LAYERS])
{
    struct buf *out = &font->entries;
    buf_clear(out);
    if (font->face->is_cff)
        buf_text(out, "/Subtype/CIDFontType0C");
    else
        buf_printf(out, "/Length1 %zu", font->program.n);
    unsigned program = object_stream(objects, buf_view(out), buf_view(&font->program));
    buf_free(&font->program);
    unsigned descriptor = write_descriptor(font, objects, cid_set, program);
    unsigned descendant = write_descendant(font, objects, descriptor);
    for (int layer = 0; layer < PDF_LAYERS; layer++) {
        numbers[layer] = 0;
        if (!font->unicode[layer].n)
            continue;
        unsigned unicode = object_stream(objects, STR(""), buf_view(&font->unicode[layer]));
        buf_clear(out);
        buf_text(out, "/Type/Font/Subtype/Type0/BaseFont");
        pdf_name(out, str_from(font->name));
        buf_printf(out, "/Encoding/Identity-H/DescendantFonts[%u 0 R]/ToUnicode %u 0 R", descendant, unicode);
        numbers[layer] = object_dict(objects, buf_view(out));
    }
}
