/* What `briefgen doctor` says of fonts: who serves which role and what that covers, what is missing, what was dropped
 * in. Every font is opened, and every outline of its Hangul and Latin read once. */
#include "layout/font_set.h"

#include "base/utf8.h"

#include <ft2build.h>
#include <string.h>
#include FT_FREETYPE_H

/* ---- coverage ---- */

struct coverage {
    bool known;
    unsigned hangul, hanja, jamo, latin, all;
    unsigned read, damaged; /* outlines; read is 0 where FreeType refuses the whole font */
};

/* Reads outlines with another library than the one that sets and embeds them. */
static void check_outline(FT_Face ft, const struct font *font, uint32_t c, struct coverage *out)
{
    out->read++;
    if (FT_Load_Glyph(ft, font_glyph(font, c), FT_LOAD_NO_SCALE | FT_LOAD_NO_BITMAP) != 0)
        out->damaged++;
}

static struct coverage cover(const struct font *font, FT_Library library)
{
    struct coverage out = {.known = true};
    hb_set_t *set = hb_set_create();
    hb_face_collect_unicodes(hb_font_get_face(font->hb), set);
    FT_Face ft = NULL;
    const struct str data = font->face.data;
    if (FT_New_Memory_Face(library, (const FT_Byte *)data.p, (FT_Long)data.n, (FT_Long)font->face.index, &ft) != 0)
        ft = NULL;
    for (hb_codepoint_t c = HB_SET_VALUE_INVALID; hb_set_next(set, &c);) {
        bool hangul = utf8_is_hangul(c), hanja = utf8_is_han(c), latin = c > 0x20 && c < 0x7f;
        out.all++;
        out.hangul += hangul;
        out.hanja += hanja;
        out.latin += latin;
        out.jamo += (c >= 0x1100 && c <= 0x11ff) || (c >= 0xa960 && c <= 0xa97c) || (c >= 0xd7b0 && c <= 0xd7fb);
        if (ft && (hangul || latin))
            check_outline(ft, font, c, &out);
    }
    if (ft)
        FT_Done_Face(ft);
    hb_set_destroy(set);
    return out;
}

/* ---- the table of roles ---- */

struct report {
    struct fonts *fonts;
    struct coverage *coverage; /* of each of fonts->items, once asked for */
    FT_Library library;
    struct buf *out;
};

static const struct coverage *coverage_of(struct report *r, const struct font *font)
{
    size_t i = 0;
    while (r->fonts->items[i] != font)
        i++;
    if (!r->coverage[i].known)
        r->coverage[i] = cover(font, r->library);
    return &r->coverage[i];
}

static void add_number(struct buf *out, unsigned value)
{
    char text[20] = "-";
    if (value >= 1000)
        snprintf(text, sizeof text, "%u,%03u", value / 1000, value % 1000);
    else if (value)
        snprintf(text, sizeof text, "%u", value);
    buf_printf(out, "%8s", text);
}

static bool has_old_kern(const struct font *font)
{
    hb_blob_t *blob = hb_face_reference_table(hb_font_get_face(font->hb), HB_TAG('k', 'e', 'r', 'n'));
    bool has = hb_blob_get_length(blob) > 0;
    hb_blob_destroy(blob);
    return has;
}

static void add_features(const struct font *font, struct buf *out)
{
    static const char features[][5] = {"kern", "halt", "palt", "tnum"};
    for (size_t i = 0; i < sizeof features / sizeof *features; i++)
        if (font_has_feature(font, hb_tag_from_string(features[i], 4)) || (i == 0 && has_old_kern(font)))
            buf_printf(out, " %s", features[i]);
}

static const char *file_of(const struct font *font)
{
    const char *slash = strrchr(font->path, '/');
    return slash ? slash + 1 : font->path;
}

static void add_row(struct report *r, struct font *font, const char *lead)
{
    struct buf *out = r->out;
    if (font->state != FONT_OPEN) {
        const char *package = font->state == FONT_MISSING ? font_package(r->fonts, font->path) : NULL;
        buf_printf(out, "%s%-27s %s%s%s\n", lead, file_of(font),
                   font->state == FONT_MISSING ? "missing: " : "PROBLEM: ", package ? "apt-get install " : "",
                   package ? package : font->problem);
        return;
    }
    const struct coverage *c = coverage_of(r, font);
    buf_printf(out, "%s%-27.*s %6d", lead, STR_ARG(font->face.name), font->face.weight);
    add_number(out, c->hangul);
    add_number(out, c->hanja);
    buf_printf(out, "%9s", c->jamo == 0 ? "-" : font_composes_jamo(font) ? "yes" : "letters");
    add_number(out, c->latin);
    add_number(out, c->all);
    add_features(font, out);
    buf_char(out, '\n');
}

static bool has_box(struct fonts *fonts, const struct font_list *list)
{
    for (size_t i = 0; i < list->n; i++) {
        font_open(fonts, list->items[i].font);
        if (list->items[i].font->state == FONT_OPEN && font_box(list->items[i].font))
            return true;
    }
    return false;
}

static void add_list(struct report *r, size_t list)
{
    const struct font_list *l = &r->fonts->lists[list];
    size_t n = list == LIST_SYMBOL ? l->n : l->own;
    char lead[24];
    snprintf(lead, sizeof lead, "  %-13s ", font_list_name(list));
    if (list < ROLES && l->lender != ROLES) {
        buf_printf(r->out, "%sPROBLEM: none of its fonts is there; [%s] stands in for it\n", lead,
                   font_role_names[l->lender]);
        snprintf(lead, sizeof lead, "%16s", "");
    } else if (n == 0) {
        buf_printf(r->out, "%snone\n", lead);
    }
    for (size_t i = 0; i < n; i++) {
        font_open(r->fonts, l->items[i].font);
        add_row(r, l->items[i].font, lead);
        snprintf(lead, sizeof lead, "%16s", "");
    }
    if (list < ROLES && n && !has_box(r->fonts, l))
        buf_printf(r->out, "%sPROBLEM: none has a box (□ or �) for a character that all lack\n", lead);
}

/* ---- files ---- */

static void add_settings(const struct font *font, struct buf *out)
{
    if (*font->want)
        buf_printf(out, "#%s", font->want);
    for (size_t i = 0; i < font->face.n_axes; i++) {
        char tag[5] = "";
        hb_tag_to_string(font->face.axes[i].tag, tag);
        buf_printf(out, "%c%s=%g", i ? ',' : '@', tag, (double)font->face.axes[i].value);
    }
}

static void add_files(struct report *r)
{
    buf_text(r->out, "\n  files\n");
    for (size_t i = 0; i < r->fonts->n; i++) {
        const struct font *font = r->fonts->items[i];
        const struct coverage *c = &r->coverage[i];
        if (!c->known)
            continue;
        buf_printf(r->out, "    %s", font->path);
        add_settings(font, r->out);
        if (c->read == 0 && c->hangul + c->latin)
            buf_text(r->out, "  PROBLEM: FreeType cannot read it");
        else if (c->damaged)
            buf_printf(r->out, "  PROBLEM: %u of %u outlines are damaged", c->damaged, c->read);
        if (!font->face.may_subset)
            buf_text(r->out, "  (its licence bits forbid subsets: each PDF gets the whole font)");
        buf_char(r->out, '\n');
    }
}

static bool is_listed(const struct fonts *fonts, const struct font *font)
{
    for (size_t list = 0; list < LISTS; list++)
        for (size_t i = 0; i < fonts->lists[list].n; i++)
            if (strcmp(fonts->lists[list].items[i].font->path, font->path) == 0)
                return true;
    return false;
}

static void add_own_font(const struct fonts *fonts, const struct font *font, struct buf *out)
{
    buf_printf(out, "    %s%s%s: ", file_of(font), *font->want ? "#" : "", font->want);
    if (font->state != FONT_OPEN) {
        buf_printf(out, "PROBLEM: %s\n", font->problem);
        return;
    }
    buf_str(out, font->face.name);
    bool suits = false;
    for (size_t list = 0; list < LISTS; list++)
        if (font_folder_suits(font, list)) {
            buf_printf(out, "%s%s", suits ? ", " : ", suits ", font_list_name(list));
            suits = true;
        }
    bool listed = is_listed(fonts, font);
    if (!suits && !listed)
        buf_text(out, "; slanted: used only where fonts.ini names it");
    else if (!listed)
        buf_text(out, "; not in use: fonts.ini does not ask for it, or for nearer ones first");
    buf_char(out, '\n');
}

static void add_folder(struct report *r)
{
    const struct fonts *fonts = r->fonts;
    if (!fonts->scanned)
        return;
    buf_printf(r->out, "\n  your own fonts in %s%s\n", *fonts->directory ? fonts->directory : "./",
               fonts->folder_n ? "" : ": none");
    for (size_t i = 0; i < fonts->folder_n; i++)
        add_own_font(fonts, fonts->folder[i], r->out);
    if (fonts->folder_problem)
        buf_printf(r->out, "    PROBLEM: %s\n", fonts->folder_problem);
}

void fonts_describe(struct fonts *fonts, struct buf *out)
{
    struct report r = {.fonts = fonts, .out = out};
    if (FT_Init_FreeType(&r.library) != 0)
        return;
    r.coverage = ARENA_ARRAY(fonts->arena, fonts->n + 1, struct coverage);
    buf_printf(out, "  %-13s %-27s %6s%8s%8s%9s%8s%8s features\n", "role", "font, first choice first", "weight",
               "Hangul", "Hanja", "old H.", "Latin", "all");
    for (size_t list = 0; list < LISTS; list++)
        add_list(&r, list);
    add_files(&r);
    add_folder(&r);
    FT_Done_FreeType(r.library);
}
