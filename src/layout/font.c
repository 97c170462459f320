#include "layout/font.h"

#include "base/mem.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <ft2build.h>
#include <hb-ot.h>
#include <ini.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include FT_FREETYPE_H
#include FT_TRUETYPE_TABLES_H

enum { MAX_ROLE_FONTS = 16, MAX_FACES = 256, NAME_ID_FAMILY = 1, NAME_ID_POSTSCRIPT = 6 };

static const char *const role_names[ROLES] = {"text", "strong", "mono"};

/* One mapped file; several faces of a collection share it. */
struct mapping {
    struct mapping *next;
    char *path;
    struct str data;
};

/* [packages]: files whose path starts with `prefix` come from `name`. */
struct package {
    struct package *next;
    char *prefix, *name;
};

struct fonts {
    struct arena *arena;
    struct mapping *mappings;
    struct package *packages;
    struct font **items; /* every font named in the configuration, once */
    size_t n, room;
    struct font *roles[ROLES][MAX_ROLE_FONTS];
    size_t role_n[ROLES];
    int opened; /* = the next face's id */
    FT_Library library;
    char *directory; /* of the configuration, "" or with a "/" at the end */
    char *complaint; /* of the configuration's reader */
};

/* ---- configuration ---- */

static struct font *font_named(struct fonts *fonts, char *path, char *want)
{
    for (size_t i = 0; i < fonts->n; i++)
        if (strcmp(fonts->items[i]->path, path) == 0 && strcmp(fonts->items[i]->want, want) == 0)
            return fonts->items[i];
    struct font *font = ARENA_NEW(fonts->arena, struct font);
    font->path = path;
    font->want = want;
    fonts->items = mem_grow(fonts->items, &fonts->room, fonts->n + 1, sizeof(struct font *));
    fonts->items[fonts->n++] = font;
    return font;
}

static int complain(struct fonts *fonts, const char *what, const char *section, const char *key)
{
    if (!fonts->complaint)
        fonts->complaint = arena_printf(fonts->arena, "%s: [%s] %s", what, section, key);
    return 0;
}

static int add_font(struct fonts *fonts, size_t role, const char *value)
{
    const char *hash = strrchr(value, '#');
    size_t length = hash ? (size_t)(hash - value) : strlen(value);
    if (length == 0 || fonts->role_n[role] == MAX_ROLE_FONTS)
        return complain(fonts, length ? "too many fonts" : "no path", role_names[role], value);
    char *path = arena_printf(fonts->arena, "%s%.*s", value[0] == '/' ? "" : fonts->directory, (int)length, value);
    char *want = arena_copy(fonts->arena, hash ? hash + 1 : "", hash ? strlen(hash + 1) : 0);
    fonts->roles[role][fonts->role_n[role]++] = font_named(fonts, path, want);
    return 1;
}

static int on_entry(void *user, const char *section, const char *key, const char *value)
{
    struct fonts *fonts = user;
    if (strcmp(section, "packages") == 0) {
        struct package *package = ARENA_NEW(fonts->arena, struct package);
        package->prefix = arena_copy(fonts->arena, key, strlen(key));
        package->name = arena_copy(fonts->arena, value, strlen(value));
        package->next = fonts->packages;
        fonts->packages = package;
        return 1;
    }
    for (size_t role = 0; role < ROLES; role++)
        if (strcmp(section, role_names[role]) == 0)
            return strcmp(key, "font") == 0 ? add_font(fonts, role, value)
                                            : complain(fonts, "unknown key", section, key);
    return complain(fonts, "unknown section", section, key);
}

static bool read_config(struct fonts *fonts, const char *name, struct str config, struct err *err)
{
    const char *slash = strrchr(name, '/');
    fonts->directory = arena_copy(fonts->arena, name, slash ? (size_t)(slash - name) + 1 : 0);
    char *text = arena_copy(fonts->arena, config.p, config.n);
    if (strlen(text) != config.n)
        return err_set(err, ERR_CONFIG, "%s: contains a NUL byte", name);
    int line = ini_parse_string(text, on_entry, fonts);
    if (line != 0)
        return err_set(err, ERR_CONFIG, "%s:%d: %s", name, line,
                       fonts->complaint ? fonts->complaint : "not key = value");
    return true;
}

/* ---- one file ---- */

static bool map_file(struct fonts *fonts, struct font *font, struct str *data)
{
    for (struct mapping *m = fonts->mappings; m; m = m->next)
        if (strcmp(m->path, font->path) == 0)
            return *data = m->data, true;
    int fd = open(font->path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    struct stat info;
    font->state = fd < 0 && errno == ENOENT ? FONT_MISSING : FONT_REFUSED;
    if (fd < 0 || fstat(fd, &info) != 0) {
        font->problem = arena_printf(fonts->arena, "%s", strerror(errno));
    } else if (!S_ISREG(info.st_mode) || info.st_size <= 0 || info.st_size > INT32_MAX) {
        font->problem = arena_printf(fonts->arena, "not a font file");
    } else {
        void *bytes = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (bytes == MAP_FAILED) {
            font->problem = arena_printf(fonts->arena, "%s", strerror(errno));
        } else {
            struct mapping *m = ARENA_NEW(fonts->arena, struct mapping);
            *m = (struct mapping){fonts->mappings, font->path, {bytes, (size_t)info.st_size}};
            fonts->mappings = m;
            *data = m->data;
        }
    }
    if (fd >= 0)
        close(fd);
    return !font->problem;
}

static bool face_is_called(hb_blob_t *blob, unsigned index, const char *want)
{
    hb_face_t *face = hb_face_create(blob, index);
    bool same = false;
    static const hb_ot_name_id_t ids[] = {NAME_ID_POSTSCRIPT, NAME_ID_FAMILY};
    for (size_t i = 0; !same && i < 2; i++) {
        char name[128];
        unsigned room = sizeof name;
        hb_ot_name_get_utf8(face, ids[i], hb_language_from_string("en", -1), &room, name);
        same = strcmp(name, want) == 0;
    }
    hb_face_destroy(face);
    return same;
}

/* The index of the wanted face. By name, because the order inside a collection has changed between releases. */
static bool find_face(hb_blob_t *blob, const char *want, unsigned *index)
{
    unsigned count = hb_face_count(blob);
    if (*want >= '0' && *want <= '9') {
        char *end;
        unsigned long value = strtoul(want, &end, 10);
        *index = (unsigned)value;
        return *end == '\0' && value < count;
    }
    for (*index = 0; *index < count && *index < MAX_FACES; ++*index)
        if (*want == '\0' || face_is_called(blob, *index, want))
            return true;
    return false;
}

static bool has_feature(hb_face_t *face, hb_tag_t feature)
{
    hb_tag_t tags[64];
    for (unsigned from = 0;;) {
        unsigned count = 64;
        unsigned total = hb_ot_layout_table_get_feature_tags(face, HB_OT_TAG_GSUB, from, &count, tags);
        for (unsigned i = 0; i < count; i++)
            if (tags[i] == feature)
                return true;
        from += count;
        if (count == 0 || from >= total)
            return false;
    }
}

/* The em-box metrics (OS/2 typographic) where they are sane: hhea of pan-CJK fonts has room for other scripts' marks.
 */
static void vertical_metrics(struct face *face, FT_Face ft, const TT_OS2 *os2)
{
    face->ascent = ft->ascender;
    face->descent = ft->descender;
    int em = (int)face->units, height = os2 ? os2->sTypoAscender - os2->sTypoDescender : 0;
    if (os2 && os2->sTypoDescender <= 0 && height >= em * 8 / 10 && height <= em * 13 / 10) {
        face->ascent = os2->sTypoAscender;
        face->descent = os2->sTypoDescender;
    }
    face->cap_height = os2 && os2->version >= 2 && os2->sCapHeight > 0 ? os2->sCapHeight : face->ascent * 8 / 10;
}

static bool has_table(FT_Face ft, FT_ULong tag)
{
    FT_ULong length = 0;
    return FT_Load_Sfnt_Table(ft, tag, 0, NULL, &length) == 0 && length > 0;
}

static void read_facts(struct fonts *fonts, struct face *face, FT_Face ft)
{
    const TT_OS2 *os2 = FT_Get_Sfnt_Table(ft, FT_SFNT_OS2);
    const TT_Postscript *post = FT_Get_Sfnt_Table(ft, FT_SFNT_POST);
    const char *name = FT_Get_Postscript_Name(ft);
    name = name && *name ? name : "Unnamed";
    face->name = (struct str){arena_copy(fonts->arena, name, strlen(name)), strlen(name)};
    face->units = ft->units_per_EM;
    face->glyphs = (unsigned)ft->num_glyphs;
    face->is_cff = has_table(ft, FT_MAKE_TAG('C', 'F', 'F', ' '));
    vertical_metrics(face, ft, os2);
    face->bbox[0] = (int)ft->bbox.xMin;
    face->bbox[1] = (int)ft->bbox.yMin;
    face->bbox[2] = (int)ft->bbox.xMax;
    face->bbox[3] = (int)ft->bbox.yMax;
    face->italic_angle = post ? (double)post->italicAngle / 65536.0 : 0;
    face->weight = os2 && os2->usWeightClass >= 1 && os2->usWeightClass <= 1000 ? os2->usWeightClass : 400;
    int family =
        os2 ? os2->sFamilyClass >> 8 : 0; /* IBM font class: 1–5 and 7 are serifs; PANOSE 2–10 of Latin text too */
    face->is_serif = (family >= 1 && family <= 5) || family == 7 ||
                     (os2 && os2->panose[0] == 2 && os2->panose[1] >= 2 && os2->panose[1] <= 10);
    face->is_fixed = FT_IS_FIXED_WIDTH(ft) || (os2 && os2->panose[0] == 2 && os2->panose[3] == 9);
    unsigned fs_type = os2 ? os2->fsType : 0;
    face->may_embed = (fs_type & 0x000f) != 0x0002 && !(fs_type & 0x0200); /* restricted; bitmaps only */
    face->may_subset = !(fs_type & 0x0100);
}

/* Shaping side of an opened face. */
static bool set_up_shaping(struct font *font, hb_blob_t *blob)
{
    hb_face_t *face = hb_face_create(blob, font->face.index);
    font->hb = hb_font_create(face);
    hb_ot_font_set_funcs(font->hb);
    hb_font_set_scale(font->hb, (int)font->face.units, (int)font->face.units);
    hb_face_destroy(face);
    hb_codepoint_t glyph = 0;
    hb_font_get_nominal_glyph(font->hb, ' ', &glyph);
    font->space = (uint16_t)glyph;
    hb_position_t advance = hb_font_get_glyph_h_advance(font->hb, glyph);
    font->space_advance = (uint16_t)(advance < 0 ? 0 : advance > UINT16_MAX ? UINT16_MAX : advance);
    return glyph != 0;
}

static const char *open_face(struct fonts *fonts, struct font *font, struct str data, hb_blob_t *blob)
{
    if (!find_face(blob, font->want, &font->face.index))
        return arena_printf(fonts->arena, *font->want ? "no face %s in it" : "not a font file", font->want);
    FT_Face ft;
    if (FT_New_Memory_Face(fonts->library, (const FT_Byte *)data.p, (FT_Long)data.n, (FT_Long)font->face.index, &ft) !=
        0)
        return "damaged, or not a font file";
    const char *problem = NULL;
    if (!FT_IS_SCALABLE(ft) || !FT_IS_SFNT(ft) || ft->units_per_EM < 16 || ft->num_glyphs < 1)
        problem = "no OpenType outlines";
    else if (!has_table(ft, FT_MAKE_TAG('C', 'F', 'F', ' ')) && !has_table(ft, FT_MAKE_TAG('g', 'l', 'y', 'f')))
        problem = "neither CFF nor TrueType outlines, which alone can be embedded"; /* CFF2, bitmaps, SVG */
    else
        read_facts(fonts, &font->face, ft);
    FT_Done_Face(ft);
    if (!problem && !font->face.may_embed)
        problem = arena_printf(fonts->arena, "%.*s may not be embedded (OS/2 fsType)", STR_ARG(font->face.name));
    if (!problem && !set_up_shaping(font, blob)) {
        hb_font_destroy(font->hb);
        font->hb = NULL;
        problem = "has no space character";
    }
    return problem;
}

static void font_open(struct fonts *fonts, struct font *font)
{
    struct str data;
    if (font->state != FONT_UNTRIED || !map_file(fonts, font, &data))
        return;
    hb_blob_t *blob = hb_blob_create(data.p, (unsigned)data.n, HB_MEMORY_MODE_READONLY, NULL, NULL);
    const char *problem = open_face(fonts, font, data, blob);
    hb_blob_destroy(blob);
    font->state = problem ? FONT_REFUSED : FONT_OPEN;
    if (problem) {
        font->problem = arena_copy(fonts->arena, problem, strlen(problem));
        return;
    }
    font->face.data = data;
    font->face.id = fonts->opened++;
}

/* ---- roles ---- */

static const char *package_of(const struct fonts *fonts, const char *path)
{
    for (const struct package *p = fonts->packages; p; p = p->next)
        if (strncmp(path, p->prefix, strlen(p->prefix)) == 0)
            return p->name;
    return NULL;
}

static bool none_found(const struct fonts *fonts, const char *name, size_t role, struct err *err)
{
    struct buf tried = {0};
    const char *package = NULL;
    for (size_t i = 0; i < fonts->role_n[role]; i++) {
        buf_printf(&tried, "%s%s", i ? ", " : "", fonts->roles[role][i]->path);
        if (!package)
            package = package_of(fonts, fonts->roles[role][i]->path);
    }
    if (tried.n == 0)
        err_set(err, ERR_CONFIG, "%s: role [%s] names no font", name, role_names[role]);
    else
        err_set(err, ERR_CONFIG, "no font for role [%s] of %s; tried %s%s%s", role_names[role], name, tried.p,
                package ? "; install the Debian package " : "", package ? package : "");
    buf_free(&tried);
    return false;
}

/* A missing file is passed over, one that is there but unusable is the user's to know. Later fonts wait until needed.
 */
static bool open_role(struct fonts *fonts, const char *name, size_t role, struct err *err)
{
    for (size_t i = 0; i < fonts->role_n[role]; i++) {
        struct font *font = fonts->roles[role][i];
        font_open(fonts, font);
        if (font->state == FONT_OPEN)
            return true;
        if (font->state == FONT_REFUSED)
            return err_set(err, ERR_CONFIG, "%s: font of role [%s] in %s: %s", font->path, role_names[role], name,
                           font->problem);
    }
    return none_found(fonts, name, role, err);
}

struct fonts *fonts_open(const char *name, struct str config, struct err *err)
{
    struct arena *arena = arena_new();
    struct fonts *fonts = ARENA_NEW(arena, struct fonts);
    fonts->arena = arena;
    bool ok = FT_Init_FreeType(&fonts->library) == 0 || err_set(err, ERR_INTERNAL, "FreeType does not start");
    ok = ok && read_config(fonts, name, config, err);
    for (size_t role = 0; ok && role < ROLES; role++)
        ok = open_role(fonts, name, role, err);
    if (ok)
        return fonts;
    fonts_free(fonts);
    return NULL;
}

void fonts_free(struct fonts *fonts)
{
    if (!fonts)
        return;
    for (size_t i = 0; i < fonts->n; i++) {
        hb_font_destroy(fonts->items[i]->hb);
        hb_set_destroy(fonts->items[i]->touched);
        hb_set_destroy(fonts->items[i]->touched_by_calt);
        mem_free(fonts->items[i]->plain);
        mem_free(fonts->items[i]->marks);
    }
    for (struct mapping *m = fonts->mappings; m; m = m->next)
        munmap((void *)(uintptr_t)m->data.p, m->data.n);
    FT_Done_FreeType(fonts->library);
    mem_free(fonts->items);
    arena_free(fonts->arena);
}

void fonts_describe(const struct fonts *fonts, struct buf *out)
{
    for (size_t role = 0; role < ROLES; role++) {
        bool served = false;
        for (size_t i = 0; i < fonts->role_n[role]; i++) {
            const struct font *font = fonts->roles[role][i];
            buf_printf(out, "%s: %s: ", role_names[role], font->path);
            const char *package = font->state == FONT_MISSING ? package_of(fonts, font->path) : NULL;
            if (font->state == FONT_OPEN)
                buf_printf(out, "%.*s%s\n", STR_ARG(font->face.name), served ? ", fallback, in use" : "");
            else if (font->state == FONT_UNTRIED)
                buf_printf(out, "%s%sfallback, not needed yet\n", font->want, *font->want ? ", " : "");
            else
                buf_printf(out, "%s%s%s%s\n",
                           served ? "" : "warning: the role's first choice cannot be used: ", font->problem,
                           package ? "; Debian package " : "", package ? package : "");
            served = served || font->state == FONT_OPEN;
        }
    }
}

size_t fonts_count(const struct fonts *fonts, enum font_role role)
{
    return fonts->role_n[role];
}

struct font *fonts_at(struct fonts *fonts, enum font_role role, size_t n)
{
    struct font *font = fonts->roles[role][n];
    font_open(fonts, font);
    return font->state == FONT_OPEN ? font : NULL;
}

struct font *fonts_first(struct fonts *fonts, enum font_role role)
{
    for (size_t i = 0; i < fonts->role_n[role]; i++)
        if (fonts->roles[role][i]->state == FONT_OPEN)
            return fonts->roles[role][i];
    assert(fonts->role_n[role] == 0 && fonts->n == 0); /* fonts_open has seen to it */
    return NULL;
}

uint16_t font_glyph(const struct font *font, uint32_t code_point)
{
    hb_codepoint_t glyph = 0;
    return hb_font_get_nominal_glyph(font->hb, code_point, &glyph) ? (uint16_t)glyph : 0;
}

bool font_composes_jamo(struct font *font)
{
    if (font->composes_jamo == 0)
        font->composes_jamo = has_feature(hb_font_get_face(font->hb), HB_TAG('l', 'j', 'm', 'o')) ? 1 : -1;
    return font->composes_jamo > 0;
}
