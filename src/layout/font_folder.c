/* Fonts that a user has dropped into the folder of fonts.ini: what lies there, and which role each suits. */
#include "base/mem.h"
#include "layout/font_set.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- what lies there ---- */

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static int is_font_file(const struct dirent *entry)
{
    static const char *const endings[] = {".ttf", ".otf", ".ttc", ".otc"};
    size_t n = strlen(entry->d_name);
    for (size_t i = 0; n > 4 && entry->d_name[0] != '.' && i < sizeof endings / sizeof *endings; i++)
        if (strcasecmp(entry->d_name + n - 4, endings[i]) == 0)
            return 1;
    return 0;
}

/* The font files of the folder, in byte order of their names. */
static char **list_files(struct fonts *fonts, size_t *n)
{
    DIR *directory = opendir(*fonts->directory ? fonts->directory : ".");
    char **names = NULL;
    size_t room = 0;
    *n = 0;
    for (struct dirent *entry; directory && (entry = readdir(directory));)
        if (is_font_file(entry)) {
            names = mem_grow(names, &room, *n + 1, sizeof *names);
            names[(*n)++] = arena_printf(fonts->arena, "%s%s", fonts->directory, entry->d_name);
        }
    if (directory)
        closedir(directory);
    else if (errno != ENOENT && errno != ENOTDIR)
        fonts->folder_problem = arena_printf(fonts->arena, "cannot be read: %s", strerror(errno));
    if (*n)
        qsort(names, *n, sizeof *names, by_name);
    return names;
}

static unsigned faces_of(const struct font *font)
{
    hb_blob_t *blob =
        hb_blob_create(font->face.data.p, (unsigned)font->face.data.n, HB_MEMORY_MODE_READONLY, NULL, NULL);
    unsigned count = hb_face_count(blob);
    hb_blob_destroy(blob);
    return count < MAX_FACES ? count : MAX_FACES;
}

static void scan(struct fonts *fonts)
{
    if (fonts->scanned)
        return;
    fonts->scanned = true;
    size_t n;
    char **names = list_files(fonts, &n);
    if (n > MAX_FOLDER_FILES)
        fonts->folder_problem =
            arena_printf(fonts->arena, "only the first %d of its %zu font files are looked at", MAX_FOLDER_FILES, n);
    for (size_t i = 0; i < n && i < MAX_FOLDER_FILES; i++) {
        unsigned faces = 1;
        for (unsigned k = 0; k < faces; k++) {
            char *want = k ? arena_printf(fonts->arena, "%u", k) : arena_copy(fonts->arena, "", 0);
            struct font *font = font_named(fonts, names[i], want, NULL, 0);
            font_open(fonts, font);
            fonts->folder = mem_grow(fonts->folder, &fonts->folder_room, fonts->folder_n + 1, sizeof(struct font *));
            fonts->folder[fonts->folder_n++] = font;
            if (k == 0 && font->state == FONT_OPEN)
                faces = faces_of(font);
        }
    }
    mem_free(names);
}

/* ---- what it suits ---- */

static bool name_has(const struct font *font, const char *const *words)
{
    for (size_t i = 0; words[i]; i++)
        if (memmem(font->face.name.p, font->face.name.n, words[i], strlen(words[i])))
            return true;
    return false;
}

/* Many Korean fonts leave the class fields of OS/2 empty. */
static bool is_serif(const struct font *font)
{
    static const char *const serif[] = {"Myeongjo", "Myungjo", "Batang", "Gungs", "Serif", NULL}, *const sans[] = {
                                                                                                      "Sans", "Gothic",
                                                                                                      "Dotum", NULL};
    return !name_has(font, sans) && (font->face.is_serif || name_has(font, serif));
}

static bool is_monospaced(const struct font *font)
{
    static const uint32_t letters[] = {'M', 'W', '.', '0'};
    hb_position_t width = hb_font_get_glyph_h_advance(font->hb, font_glyph(font, 'i'));
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (hb_font_get_glyph_h_advance(font->hb, font_glyph(font, letters[i])) != width)
            return false;
    return font_glyph(font, 'i') != 0;
}

/* Lists by the weight that they want. A slanted font is no one's: emphasis is weight (row 25). */
static int wanted_weight(size_t list)
{
    return list == ROLE_STRONG || list == ROLE_SERIF_STRONG ? 700 : 400;
}

bool font_folder_suits(const struct font *font, size_t list)
{
    enum { LEAST_BOLD = 600 };
    if (font->state != FONT_OPEN || font->slanted)
        return false;
    static const char *const signs[] = {"Symbol", "Emoji", "Math", NULL};
    bool letters = font_glyph(font, 'A') || font_glyph(font, 0xac00);
    if (!letters || name_has(font, signs))
        return list == LIST_SYMBOL;
    if (list == LIST_SYMBOL || is_monospaced(font) != (list == ROLE_MONO))
        return false;
    if (list == ROLE_MONO)
        return true;
    bool serif = list == ROLE_SERIF || list == ROLE_SERIF_STRONG;
    return is_serif(font) == serif &&
           (wanted_weight(list) == 700 ? font->most >= LEAST_BOLD : font->least < LEAST_BOLD);
}

/* How far a font is from what a list wants: its weight first; of a pan-CJK family the cuts for other countries stand
 * behind. Ties are left to the order of the folder. */
static int distance(const struct font *font, size_t list)
{
    static const char *const foreign[] = {"CJKjp", "CJKsc", "CJKtc", "CJKhk", "JP-", "SC-", "TC-", "HK-", NULL};
    int want = wanted_weight(list), off = 0;
    if (want < font->least)
        off = font->least - want;
    else if (want > font->most)
        off = want - font->most;
    return 4 * off + 2 * font->slanted + name_has(font, foreign);
}

/* A variable font at the list's weight. */
static struct font *at_weight(struct fonts *fonts, struct font *font, size_t list)
{
    int want = wanted_weight(list);
    want = want < font->least ? font->least : want > font->most ? font->most : want;
    if (font->least == font->most || want == font->face.weight)
        return font;
    struct face_axis *axis = ARENA_NEW(fonts->arena, struct face_axis);
    *axis = (struct face_axis){HB_TAG('w', 'g', 'h', 't'), (float)want};
    return font_named(fonts, font->path, font->want, axis, 1);
}

bool font_folder_add_suitable(struct fonts *fonts, size_t list)
{
    scan(fonts);
    bool *taken = mem_alloc(fonts->folder_n + 1), fits = true;
    memset(taken, 0, fonts->folder_n + 1);
    for (size_t n = 0; fits && n < MAX_SUITABLE; n++) {
        struct font *best = NULL;
        for (size_t i = 0; i < fonts->folder_n; i++) {
            struct font *font = fonts->folder[i];
            if (!taken[i] && font_folder_suits(font, list) && (!best || distance(font, list) < distance(best, list)))
                best = font;
        }
        if (!best)
            break;
        for (size_t i = 0; i < fonts->folder_n; i++) /* one face of a collection is enough */
            taken[i] = taken[i] || strcmp(fonts->folder[i]->path, best->path) == 0;
        fits = font_list_add(fonts, list, at_weight(fonts, best, list), false);
    }
    mem_free(taken);
    return fits;
}

bool font_folder_add_named(struct fonts *fonts, size_t list, char *name, char *want, const struct face_axis *asked,
                           size_t n_asked)
{
    scan(fonts);
    struct font *best = NULL;
    for (size_t i = 0; i < fonts->folder_n; i++) {
        struct font *font = fonts->folder[i];
        if (font->state == FONT_OPEN && font_is_called(hb_font_get_face(font->hb), name) &&
            (!best || distance(font, list) < distance(best, list)))
            best = font;
    }
    if (!best) {
        best = font_named(fonts, name, want, asked, n_asked);
        best->state = FONT_MISSING;
        best->problem = arena_printf(fonts->arena, "no font of this name in %s",
                                     *fonts->directory ? fonts->directory : "the current folder");
    } else if (n_asked || *want) {
        best = font_named(fonts, best->path, *want ? want : best->want, asked, n_asked);
    } else {
        best = at_weight(fonts, best, list);
    }
    return font_list_add(fonts, list, best, true);
}
