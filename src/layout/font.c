#include "layout/font.h"

#include "base/mem.h"
#include "layout/font_set.h"

#include <assert.h>
#include <hb-ot.h>
#include <string.h>
#include <sys/mman.h>

const char *const font_role_names[ROLES + 1] = {"text", "strong", "mono", "serif", "serif-strong", NULL};

struct font *font_named(struct fonts *fonts, char *path, char *want, const struct face_axis *asked, size_t n_asked)
{
    for (size_t i = 0; i < fonts->n; i++) {
        struct font *font = fonts->items[i];
        if (strcmp(font->path, path) == 0 && strcmp(font->want, want) == 0 && font->n_asked == n_asked &&
            (n_asked == 0 || memcmp(font->asked, asked, n_asked * sizeof *asked) == 0))
            return font;
    }
    struct font *font = ARENA_NEW(fonts->arena, struct font);
    *font = (struct font){.path = path, .want = want, .asked = asked, .n_asked = n_asked};
    fonts->items = mem_grow(fonts->items, &fonts->room, fonts->n + 1, sizeof(struct font *));
    fonts->items[fonts->n++] = font;
    return font;
}

bool font_list_add(struct fonts *fonts, size_t list, struct font *font, bool named)
{
    struct font_list *to = &fonts->lists[list];
    if (to->n == MAX_LIST)
        return false;
    to->items[to->n++] = (struct font_choice){font, named};
    return true;
}

/* ---- roles ---- */

static void none_found(const struct fonts *fonts, size_t role, struct err *err)
{
    const struct font_list *list = &fonts->lists[role];
    struct buf tried = {0};
    const char *package = NULL;
    for (size_t i = 0; i < list->n; i++) {
        buf_printf(&tried, "%s%s", i ? ", " : "", list->items[i].font->path);
        if (!package)
            package = font_package(fonts, list->items[i].font->path);
    }
    if (tried.n == 0)
        err_set(err, ERR_CONFIG, "%s: role [%s] names no font that is there", fonts->name, font_role_names[role]);
    else
        err_set(err, ERR_CONFIG, "no font for role [%s] of %s; tried %s%s%s", font_role_names[role], fonts->name,
                tried.p, package ? "; install the Debian package " : "", package ? package : "");
    buf_free(&tried);
}

/* A missing file is passed over, and so is a broken one that only lies in the folder; one that fonts.ini names before
 * any that works is the user's to know. Later fonts wait until they are needed. *found tells whether one works. */
static bool open_list(struct fonts *fonts, size_t list, bool *found, struct err *err)
{
    *found = false;
    for (size_t i = 0; !*found && i < fonts->lists[list].n; i++) {
        struct font_choice choice = fonts->lists[list].items[i];
        font_open(fonts, choice.font);
        *found = choice.font->state == FONT_OPEN;
        if (choice.font->state == FONT_REFUSED && choice.named)
            return err_set(err, ERR_CONFIG, "%s: font of role [%s] in %s: %s", choice.font->path, font_list_name(list),
                           fonts->name, choice.font->problem);
    }
    return true;
}

/* Only [text] must have a font; the others borrow. */
static enum font_role lender_of(enum font_role role)
{
    return role == ROLE_SERIF_STRONG ? ROLE_STRONG : ROLE_TEXT;
}

static bool open_roles(struct fonts *fonts, struct err *err)
{
    for (size_t role = 0; role < ROLES; role++) {
        struct font_list *list = &fonts->lists[role];
        bool found;
        if (!open_list(fonts, role, &found, err))
            return false;
        if (!found && role == ROLE_TEXT)
            return none_found(fonts, role, err), false;
        list->lender = found ? ROLES : lender_of((enum font_role)role);
        list->own = list->n;
    }
    const struct font_list *symbol = &fonts->lists[LIST_SYMBOL];
    for (size_t role = 0; role < ROLES; role++)
        for (size_t i = 0; i < symbol->n; i++)
            fonts->lists[role].items[fonts->lists[role].n++] = symbol->items[i];
    return true;
}

struct fonts *fonts_open(const char *name, struct str config, struct err *err)
{
    struct arena *arena = arena_new();
    struct fonts *fonts = ARENA_NEW(arena, struct fonts);
    const char *slash = strrchr(name, '/');
    fonts->arena = arena;
    fonts->name = arena_copy(arena, name, strlen(name));
    fonts->directory = arena_copy(arena, name, slash ? (size_t)(slash - name) + 1 : 0);
    if (font_config_read(fonts, config, err) && open_roles(fonts, err))
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
    mem_free(fonts->items);
    mem_free(fonts->folder);
    arena_free(fonts->arena);
}

/* The list of a role, or the one that it borrows. */
static const struct font_list *list_of(const struct fonts *fonts, enum font_role role)
{
    const struct font_list *list = &fonts->lists[role];
    while (list->lender != ROLES)
        list = &fonts->lists[list->lender];
    return list;
}

size_t fonts_count(const struct fonts *fonts, enum font_role role)
{
    return list_of(fonts, role)->n;
}

size_t fonts_own_count(const struct fonts *fonts, enum font_role role)
{
    return list_of(fonts, role)->own;
}

struct font *fonts_at(struct fonts *fonts, enum font_role role, size_t n)
{
    struct font *font = list_of(fonts, role)->items[n].font;
    font_open(fonts, font);
    return font->state == FONT_OPEN ? font : NULL;
}

struct font *fonts_first(struct fonts *fonts, enum font_role role)
{
    const struct font_list *list = list_of(fonts, role);
    for (size_t i = 0; i < list->n; i++)
        if (list->items[i].font->state == FONT_OPEN)
            return list->items[i].font;
    assert(fonts->n == 0); /* fonts_open has seen to it */
    return NULL;
}

enum font_role fonts_lender(struct fonts *fonts, enum font_role role)
{
    struct font_list *list = &fonts->lists[role];
    if (list->lender == ROLES || list->told)
        return ROLES;
    list->told = true;
    return list->lender;
}

void fonts_warn(const struct fonts *fonts, struct diag_list *diag)
{
    if (fonts->folder_problem)
        diag_add(diag, DIAG_WARNING, "fonts-cut", *fonts->directory ? fonts->directory : ".", 0, 0, "%s",
                 fonts->folder_problem);
    for (size_t i = 0; i < fonts->n; i++)
        if (fonts->items[i]->state == FONT_REFUSED)
            diag_add(diag, DIAG_WARNING, "font-refused", fonts->items[i]->path, 0, 0, "passed over: %s",
                     fonts->items[i]->problem);
}

/* ---- one font ---- */

uint16_t font_glyph(const struct font *font, uint32_t code_point)
{
    hb_codepoint_t glyph = 0;
    bool has = hb_font_get_nominal_glyph(font->hb, code_point, &glyph);
    return has && glyph < font->face.glyphs ? (uint16_t)glyph : 0; /* a damaged map has others */
}

static bool table_has_feature(hb_face_t *face, hb_tag_t table, hb_tag_t feature)
{
    hb_tag_t tags[64];
    for (unsigned from = 0;;) {
        unsigned count = 64;
        unsigned total = hb_ot_layout_table_get_feature_tags(face, table, from, &count, tags);
        for (unsigned i = 0; i < count; i++)
            if (tags[i] == feature)
                return true;
        from += count;
        if (count == 0 || from >= total)
            return false;
    }
}

bool font_has_feature(const struct font *font, hb_tag_t feature)
{
    hb_face_t *face = hb_font_get_face(font->hb);
    return table_has_feature(face, HB_OT_TAG_GSUB, feature) || table_has_feature(face, HB_OT_TAG_GPOS, feature);
}

bool font_composes_jamo(struct font *font)
{
    if (font->composes_jamo == 0)
        font->composes_jamo = font_has_feature(font, HB_TAG('l', 'j', 'm', 'o')) ? 1 : -1;
    return font->composes_jamo > 0;
}

static void on_contour(hb_draw_funcs_t *funcs, void *drawn, hb_draw_state_t *state, float x, float y, void *user)
{
    (void)funcs, (void)state, (void)x, (void)y, (void)user;
    *(bool *)drawn = true;
}

bool font_draws(const struct font *font, uint16_t glyph)
{
    bool drawn = false;
    hb_draw_funcs_t *funcs = hb_draw_funcs_create();
    hb_draw_funcs_set_move_to_func(funcs, on_contour, NULL, NULL);
    hb_font_get_glyph_shape(font->hb, glyph, funcs, &drawn);
    hb_draw_funcs_destroy(funcs);
    return drawn;
}

uint16_t font_box(const struct font *font)
{
    static const uint16_t boxes[] = {0x25a1, 0xfffd, 0x25a0};
    uint16_t glyph = 0;
    for (size_t i = 0; !glyph && i < sizeof boxes / sizeof *boxes; i++)
        glyph = font_glyph(font, boxes[i]);
    return glyph;
}

bool font_shows_box(struct font *font)
{
    if (font->shows_box == 0)
        font->shows_box = font_draws(font, 0) ? 1 : -1;
    return font->shows_box > 0;
}
