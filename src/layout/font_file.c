/* One font file: mapping, the face in it, the facts that pages need, and what makes it unusable. Facts are read from
 * the tables themselves: HarfBuzz never reads outside them, and a CJK face opens in a tenth of the time FreeType takes.
 */
#include "layout/font_set.h"

#include <errno.h>
#include <fcntl.h>
#include <hb-ot.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_NAME = 128 };

/* ---- tables ---- */

/* A table of a face; free with hb_blob_destroy. Reading outside it gives 0. */
struct sfnt_table {
    hb_blob_t *blob;
    const unsigned char *bytes;
    unsigned length;
};

static struct sfnt_table table_open(hb_face_t *face, const char tag[4])
{
    struct sfnt_table table = {.blob = hb_face_reference_table(face, hb_tag_from_string(tag, 4))};
    table.bytes = (const unsigned char *)hb_blob_get_data(table.blob, &table.length);
    return table;
}

static unsigned table_length(hb_face_t *face, const char tag[4])
{
    struct sfnt_table table = table_open(face, tag);
    hb_blob_destroy(table.blob);
    return table.length;
}

static unsigned u16(const struct sfnt_table *table, unsigned at)
{
    return at + 2 <= table->length ? (unsigned)(table->bytes[at] << 8 | table->bytes[at + 1]) : 0;
}

static int s16(const struct sfnt_table *table, unsigned at)
{
    return (int16_t)u16(table, at);
}

/* ---- the file ---- */

static const char *map_new(struct fonts *fonts, const char *path, int fd, struct mapping *out)
{
    struct stat info;
    if (fd < 0 || fstat(fd, &info) != 0)
        return arena_printf(fonts->arena, "%s", strerror(errno));
    if (!S_ISREG(info.st_mode) || info.st_size <= 0 || info.st_size > INT32_MAX)
        return "not a font file";
    void *bytes = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes == MAP_FAILED)
        return arena_printf(fonts->arena, "%s", strerror(errno));
    *out =
        (struct mapping){fonts->mappings, arena_copy(fonts->arena, path, strlen(path)), {bytes, (size_t)info.st_size}};
    return NULL;
}

static const char *map_file(struct fonts *fonts, struct font *font, struct str *data)
{
    for (struct mapping *m = fonts->mappings; m; m = m->next)
        if (strcmp(m->path, font->path) == 0)
            return *data = m->data, NULL;
    int fd = open(font->path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0 && errno == ENOENT)
        font->state = FONT_MISSING;
    struct mapping *m = ARENA_NEW(fonts->arena, struct mapping);
    const char *problem = map_new(fonts, font->path, fd, m);
    if (fd >= 0)
        close(fd);
    if (!problem) {
        fonts->mappings = m;
        *data = m->data;
    }
    return problem;
}

const char *font_package(const struct fonts *fonts, const char *path)
{
    for (const struct package *p = fonts->packages; p; p = p->next)
        if (strncmp(path, p->prefix, strlen(p->prefix)) == 0)
            return p->name;
    return NULL;
}

/* ---- names and faces ---- */

bool font_is_called(hb_face_t *face, const char *name)
{
    static const hb_ot_name_id_t ids[] = {HB_OT_NAME_ID_FONT_FAMILY, HB_OT_NAME_ID_FULL_NAME,
                                          HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_OT_NAME_ID_TYPOGRAPHIC_FAMILY};
    unsigned count;
    const hb_ot_name_entry_t *entries = hb_ot_name_list_names(face, &count);
    for (unsigned i = 0; i < count; i++) {
        bool asked = false;
        for (size_t k = 0; k < sizeof ids / sizeof *ids; k++)
            asked = asked || entries[i].name_id == ids[k];
        char text[MAX_NAME];
        unsigned room = sizeof text;
        if (asked && hb_ot_name_get_utf8(face, entries[i].name_id, entries[i].language, &room, text) &&
            strcasecmp(text, name) == 0)
            return true;
    }
    return false;
}

/* A named instance of a variable font, by its own or its PostScript name: its place. */
static bool find_instance(hb_face_t *face, const char *name, float coords[FACE_AXES])
{
    unsigned count = hb_ot_var_get_named_instance_count(face);
    for (unsigned i = 0; i < count; i++) {
        hb_ot_name_id_t ids[2] = {hb_ot_var_named_instance_get_subfamily_name_id(face, i),
                                  hb_ot_var_named_instance_get_postscript_name_id(face, i)};
        for (size_t k = 0; k < 2; k++) {
            char text[MAX_NAME];
            unsigned room = sizeof text, axes = FACE_AXES;
            if (hb_ot_name_get_utf8(face, ids[k], hb_language_from_string("en", -1), &room, text) &&
                strcasecmp(text, name) == 0)
                return hb_ot_var_named_instance_get_design_coords(face, i, &axes, coords), true;
        }
    }
    return false;
}

/* The index of the wanted face. By name, because the order inside a collection has changed between releases. What is
 * neither a number nor a face's name may be an instance of the first face. */
static bool find_face(hb_blob_t *blob, const char *want, unsigned *index, float coords[FACE_AXES], bool *instance)
{
    unsigned count = hb_face_count(blob);
    *index = 0;
    if (*want >= '0' && *want <= '9') {
        char *end;
        unsigned long value = strtoul(want, &end, 10);
        *index = (unsigned)value;
        if (*end == '\0')
            return value < count;
    }
    if (*want == '\0')
        return count > 0;
    for (unsigned i = 0; i < count && i < MAX_FACES; i++) {
        hb_face_t *face = hb_face_create(blob, i);
        bool called = font_is_called(face, want);
        if (!called && i == 0)
            *instance = find_instance(face, want, coords);
        hb_face_destroy(face);
        *index = i;
        if (called || *instance)
            return true;
    }
    return false;
}

/* ---- facts ---- */

/* Printable ASCII of the PostScript name: it goes into the PDF. */
static struct str postscript_name(struct arena *arena, hb_face_t *face)
{
    char text[MAX_NAME] = "", *name = arena_alloc(arena, MAX_NAME);
    unsigned count, room = sizeof text;
    const hb_ot_name_entry_t *entries = hb_ot_name_list_names(face, &count);
    if (!hb_ot_name_get_utf8(face, HB_OT_NAME_ID_POSTSCRIPT_NAME, hb_language_from_string("en", -1), &room, text))
        for (unsigned i = 0; i < count && !*text; i++)
            if (room = sizeof text, entries[i].name_id == HB_OT_NAME_ID_POSTSCRIPT_NAME)
                hb_ot_name_get_utf8(face, entries[i].name_id, entries[i].language, &room, text);
    size_t n = 0;
    for (const char *p = text; *p; p++)
        if (*p > ' ' && *p <= '~')
            name[n++] = *p;
    return n ? (struct str){name, n} : STR("Unnamed");
}

/* The em-box metrics (OS/2 typographic) where they are sane: hhea of pan-CJK fonts has room for other scripts' marks.
 * A face with neither gets the usual ones: a wild number would push text off the page. */
static void vertical_metrics(struct face *face, const struct sfnt_table *os2, const struct sfnt_table *hhea)
{
    int em = (int)face->units, height = s16(os2, 68) - s16(os2, 70);
    face->ascent = s16(hhea, 4);
    face->descent = s16(hhea, 6);
    if (s16(os2, 70) <= 0 && height >= em * 8 / 10 && height <= em * 13 / 10) {
        face->ascent = s16(os2, 68);
        face->descent = s16(os2, 70);
    }
    if (face->ascent <= 0 || face->ascent > 3 * em || face->descent > 0 || face->descent < -3 * em) {
        face->ascent = em * 88 / 100;
        face->descent = face->ascent - em;
    }
    int cap = u16(os2, 0) >= 2 ? s16(os2, 88) : 0;
    face->cap_height = cap > 0 && cap <= 3 * em ? cap : face->ascent * 8 / 10;
}

/* Licence and kind (OpenType: OS/2 fsType; IBM font class 1–5 and 7 are serifs, PANOSE 2–10 of Latin text too). */
static void read_os2(struct font *font, const struct sfnt_table *os2)
{
    struct face *face = &font->face;
    unsigned weight = u16(os2, 4), class = u16(os2, 30) >> 8, type = u16(os2, 8);
    face->weight = weight >= 1 && weight <= 1000 ? (int)weight : 400;
    unsigned panose = os2->length >= 42 ? os2->bytes[32] : 0;
    face->is_serif =
        (class >= 1 && class <= 5) || class == 7 || (panose == 2 && os2->bytes[33] >= 2 && os2->bytes[33] <= 10);
    face->is_fixed = face->is_fixed || (panose == 2 && os2->bytes[35] == 9);
    face->may_embed = (type & 0x000f) != 0x0002 && !(type & 0x0200); /* restricted; bitmaps only */
    face->may_subset = !(type & 0x0100);
    font->slanted = font->slanted || u16(os2, 62) & 1;
}

static void read_facts(struct arena *arena, struct font *font, hb_face_t *hb)
{
    struct sfnt_table head = table_open(hb, "head"), hhea = table_open(hb, "hhea"), os2 = table_open(hb, "OS/2"),
                      post = table_open(hb, "post");
    struct face *face = &font->face;
    face->name = postscript_name(arena, hb);
    face->units = u16(&head, 18);
    face->glyphs = hb_face_get_glyph_count(hb);
    face->is_cff = table_length(hb, "CFF ") > 0;
    for (unsigned i = 0; i < 4; i++)
        face->bbox[i] = s16(&head, 36 + 2 * i);
    face->italic_angle = s16(&post, 4) + u16(&post, 6) / 65536.0;
    face->is_fixed = u16(&post, 12) || u16(&post, 14);
    font->slanted = face->italic_angle != 0;
    vertical_metrics(face, &os2, &hhea);
    read_os2(font, &os2);
    font->least = font->most = (uint16_t)face->weight;
    struct sfnt_table *all[] = {&head, &hhea, &os2, &post};
    for (size_t i = 0; i < 4; i++)
        hb_blob_destroy(all[i]->blob);
}

/* ---- what makes a face unusable ---- */

static uint32_t u32(struct str data, size_t at)
{
    if (at + 4 > data.n)
        return 0;
    const unsigned char *p = (const unsigned char *)data.p + at;
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* Whether a table lies beyond the end of the file, as after a download that broke off. */
static bool is_cut(struct str data, unsigned index)
{
    enum { TTC_FACES = 12, DIRECTORY = 12, ENTRY = 16 };
    size_t face = u32(data, 0) == HB_TAG('t', 't', 'c', 'f') ? u32(data, TTC_FACES + 4 * (size_t)index) : 0;
    size_t tables = u32(data, face + 4) >> 16;
    for (size_t i = 0; i < tables; i++) {
        size_t entry = face + DIRECTORY + ENTRY * i;
        if (entry + ENTRY > data.n || (size_t)u32(data, entry + 8) + u32(data, entry + 12) > data.n)
            return true;
    }
    return false;
}

/* A table that is damaged reads as empty, and its glyphs as blank: nothing may be left out in silence. */
static const char *outline_problem(hb_face_t *hb, const struct face *face)
{
    bool glyf = table_length(hb, "glyf") > 0 && table_length(hb, "loca") > 0;
    if (table_length(hb, "head") == 0)
        return "damaged, or not a font file";
    if (!face->is_cff && !glyf && table_length(hb, "CFF2"))
        return "a variable font with CFF2 outlines, which cannot be embedded; take its TrueType or a static version";
    if (!face->is_cff && !glyf && (table_length(hb, "CBDT") || table_length(hb, "sbix") || table_length(hb, "EBDT")))
        return "only bitmaps (colour emoji), no outlines";
    if (!face->is_cff && !glyf)
        return "neither CFF nor TrueType outlines, which alone can be embedded"; /* SVG, Type 1 */
    if (face->units < 16 || face->units > 16384 || face->glyphs < 1 || face->glyphs > UINT16_MAX)
        return "damaged: units per em, or number of glyphs";
    if (table_length(hb, "hhea") < 36 || table_length(hb, "hmtx") < 4)
        return "damaged: no widths";
    return NULL;
}

static const char *licence_problem(struct arena *arena, const struct face *face, hb_face_t *hb)
{
    struct sfnt_table os2 = table_open(hb, "OS/2");
    unsigned type = u16(&os2, 8);
    hb_blob_destroy(os2.blob);
    if (face->may_embed)
        return NULL;
    return arena_printf(arena, "%.*s may not be embedded: its OS/2 fsType is 0x%04X, bit %s; take a font that may",
                        STR_ARG(face->name), type, type & 0x0200 ? "9: bitmaps only" : "1: restricted licence");
}

/* Outlines that are there, but of which none can be read, would leave the page blank. */
static const char *blank_problem(const struct font *font)
{
    static const uint32_t samples[] = {'A', 'a', '0', 0xac00, 0xd55c, 0x4e00, 0x25cb};
    bool covered = false;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        uint16_t glyph = font_glyph(font, samples[i]);
        if (glyph && font_draws(font, glyph))
            return NULL;
        covered = covered || glyph;
    }
    return covered ? "its outlines are damaged, or it has only bitmaps" : NULL;
}

/* ---- variable fonts ---- */

static const char *set_axis(struct arena *arena, struct face_axis *axes, const hb_ot_var_axis_info_t *infos, unsigned n,
                            struct face_axis asked)
{
    struct buf known = {0};
    for (unsigned i = 0; i < n; i++) {
        char name[5] = "";
        hb_tag_to_string(infos[i].tag, name);
        buf_printf(&known, "%s%s=%g..%g", i ? ", " : "", name, (double)infos[i].min_value, (double)infos[i].max_value);
        if (infos[i].tag != asked.tag || asked.value < infos[i].min_value || asked.value > infos[i].max_value)
            continue;
        axes[i].value = asked.value;
        buf_free(&known);
        return NULL;
    }
    char name[5] = "";
    hb_tag_to_string(asked.tag, name);
    const char *problem =
        n ? arena_printf(arena, "cannot be set to %s=%g; it has %s", name, (double)asked.value, known.p)
          : arena_printf(arena, "not a variable font: %s cannot be set", name);
    buf_free(&known);
    return problem;
}

/* Shifts of ascent, descent and height of capitals at the place where the font stands (MVAR), and a name that tells
 * where that is: two places of one file are two fonts in a PDF. */
static void move_facts(struct arena *arena, struct font *font, const hb_ot_var_axis_info_t *infos)
{
    struct face *face = &font->face;
    face->ascent += (int)lroundf(hb_ot_metrics_get_variation(font->hb, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER));
    face->descent += (int)lroundf(hb_ot_metrics_get_variation(font->hb, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER));
    face->cap_height += (int)lroundf(hb_ot_metrics_get_variation(font->hb, HB_OT_METRICS_TAG_CAP_HEIGHT));
    struct buf name = {0};
    buf_str(&name, face->name);
    for (size_t i = 0; i < face->n_axes; i++) {
        char tag[5] = "";
        hb_tag_to_string(face->axes[i].tag, tag);
        if (face->axes[i].value != infos[i].default_value)
            buf_printf(&name, "_%g%s", (double)face->axes[i].value, tag);
        if (face->axes[i].tag == HB_OT_TAG_VAR_AXIS_SLANT || face->axes[i].tag == HB_OT_TAG_VAR_AXIS_ITALIC)
            font->slanted = font->slanted || face->axes[i].value != 0;
        if (face->axes[i].tag == HB_OT_TAG_VAR_AXIS_WEIGHT && face->axes[i].value >= 1)
            face->weight = (int)fminf(face->axes[i].value, 1000);
    }
    face->name = str_copy(arena, buf_view(&name));
    buf_free(&name);
}

/* Puts a variable font where it is wanted: all axes at their default, then at `coords` of an instance, then as asked.
 */
static const char *set_axes(struct arena *arena, struct font *font, hb_face_t *hb, const float *coords)
{
    hb_ot_var_axis_info_t infos[FACE_AXES];
    unsigned n = FACE_AXES, total = hb_ot_var_get_axis_infos(hb, 0, &n, infos);
    if (font->face.is_cff) /* these outlines do not vary */
        n = total = 0;
    if (total > FACE_AXES)
        return "has too many axes";
    struct face_axis *axes = ARENA_ARRAY(arena, n + 1, struct face_axis);
    hb_variation_t variations[FACE_AXES];
    for (unsigned i = 0; i < n; i++) {
        axes[i] = (struct face_axis){infos[i].tag, coords ? coords[i] : infos[i].default_value};
        if (infos[i].tag == HB_OT_TAG_VAR_AXIS_WEIGHT && infos[i].min_value >= 1 && infos[i].max_value <= 1000) {
            font->least = (uint16_t)infos[i].min_value;
            font->most = (uint16_t)infos[i].max_value;
        }
    }
    const char *problem = NULL;
    for (size_t i = 0; !problem && i < font->n_asked; i++)
        problem = set_axis(arena, axes, infos, n, font->asked[i]);
    for (unsigned i = 0; i < n; i++)
        variations[i] = (hb_variation_t){axes[i].tag, axes[i].value};
    font->face.axes = axes;
    font->face.n_axes = n;
    hb_font_set_variations(font->hb, variations, n);
    if (n && !problem)
        move_facts(arena, font, infos);
    return problem;
}

/* ---- opening ---- */

static uint16_t advance_of(const struct font *font, hb_codepoint_t glyph)
{
    hb_position_t advance = hb_font_get_glyph_h_advance(font->hb, glyph);
    return (uint16_t)(advance < 0 ? 0 : advance > UINT16_MAX ? UINT16_MAX : advance);
}

/* Shaping side of an opened face. */
static const char *set_up_shaping(struct font *font)
{
    font->space = font_glyph(font, ' ');
    font->space_advance = advance_of(font, font->space);
    if (font->space == 0)
        return "has no space character, or a damaged character map";
    return font->space_advance > 2 * font->face.units ? "damaged: widths" : blank_problem(font);
}

static const char *open_face(struct fonts *fonts, struct font *font, struct str data, hb_blob_t *blob)
{
    float coords[FACE_AXES];
    bool instance = false;
    if (!find_face(blob, font->want, &font->face.index, coords, &instance))
        return *font->want ? arena_printf(fonts->arena, "no face %s in it", font->want) : "not a font file";
    if (is_cut(data, font->face.index))
        return "damaged: the file is cut short";
    hb_face_t *hb = hb_face_create(blob, font->face.index);
    read_facts(fonts->arena, font, hb);
    const char *problem = outline_problem(hb, &font->face);
    if (!problem)
        problem = licence_problem(fonts->arena, &font->face, hb);
    if (!problem) {
        font->hb = hb_font_create(hb);
        hb_ot_font_set_funcs(font->hb);
        hb_font_set_scale(font->hb, (int)font->face.units, (int)font->face.units);
        problem = set_axes(fonts->arena, font, hb, instance ? coords : NULL);
        problem = problem ? problem : set_up_shaping(font);
    }
    hb_face_destroy(hb);
    return problem;
}

void font_open(struct fonts *fonts, struct font *font)
{
    if (font->state != FONT_UNTRIED)
        return;
    struct str data;
    font->state = FONT_REFUSED;
    const char *problem = map_file(fonts, font, &data);
    if (!problem) {
        hb_blob_t *blob = hb_blob_create(data.p, (unsigned)data.n, HB_MEMORY_MODE_READONLY, NULL, NULL);
        problem = open_face(fonts, font, data, blob);
        hb_blob_destroy(blob);
    }
    if (problem) {
        hb_font_destroy(font->hb);
        font->hb = NULL;
        font->problem = arena_copy(fonts->arena, problem, strlen(problem));
        return;
    }
    font->state = FONT_OPEN;
    font->face.data = data;
    font->face.id = fonts->opened++;
}
