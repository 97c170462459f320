/* fonts.ini: which fonts a role asks, in order. */
#include "layout/font_set.h"

#include <ini.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MAX_SETTINGS = 16 };

static bool complain(struct fonts *fonts, const char *what, const char *section, const char *key)
{
    if (!fonts->complaint)
        fonts->complaint = arena_printf(fonts->arena, "%s: [%s] %s", what, section, key);
    return false;
}

/* "wght=700,wdth=85" → settings. False where it is not of that form. */
static bool read_settings(struct arena *arena, const char *text, const struct face_axis **out, size_t *n)
{
    struct face_axis *axes = ARENA_ARRAY(arena, MAX_SETTINGS, struct face_axis);
    *out = axes;
    for (*n = 0; *n < MAX_SETTINGS;) {
        size_t length = strcspn(text, "=");
        char *end;
        if (length == 0 || length > 4 || text[length] != '=')
            return false;
        float value = strtof(text + length + 1, &end);
        if (end == text + length + 1 || !isfinite(value))
            return false;
        axes[(*n)++] = (struct face_axis){hb_tag_from_string(text, (int)length), value};
        if (*end == '\0')
            return true;
        if (*end != ',')
            return false;
        text = end + 1;
    }
    return false;
}

static bool is_file_name(const char *value)
{
    static const char *const endings[] = {".ttf", ".otf", ".ttc", ".otc", NULL};
    size_t n = strlen(value);
    for (size_t i = 0; endings[i]; i++)
        if (n > 4 && strcasecmp(value + n - 4, endings[i]) == 0)
            return true;
    return strchr(value, '/') != NULL;
}

/* FILE#FACE@settings or NAME#FACE@settings; false with a complaint where it is neither. *fits: there was room. */
static bool add_named(struct fonts *fonts, size_t list, char *value, bool *fits)
{
    char *at = strrchr(value, '@');
    const struct face_axis *asked = NULL;
    size_t n = 0;
    if (at && strchr(at, '=')) {
        if (!read_settings(fonts->arena, at + 1, &asked, &n))
            return complain(fonts, "settings are written @wght=700,wdth=85", font_list_name(list), value);
        *at = '\0';
    }
    char *hash = strrchr(value, '#'), *want = hash ? hash + 1 : value + strlen(value);
    if (hash)
        *hash = '\0';
    if (*value == '\0')
        return complain(fonts, "no path", font_list_name(list), want);
    if (is_file_name(value)) {
        char *path = *value == '/' ? value : arena_printf(fonts->arena, "%s%s", fonts->directory, value);
        *fits = font_list_add(fonts, list, font_named(fonts, path, want, asked, n), true);
    } else {
        *fits = font_folder_add_named(fonts, list, value, want, asked, n);
    }
    return true;
}

static int add_font(struct fonts *fonts, size_t list, const char *value)
{
    bool fits = true;
    if (strcmp(value, "*") == 0)
        fits = font_folder_add_suitable(fonts, list);
    else if (!add_named(fonts, list, arena_copy(fonts->arena, value, strlen(value)), &fits))
        return 0;
    return fits ? 1 : complain(fonts, "too many fonts", font_list_name(list), value);
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
    for (size_t list = 0; list < LISTS; list++)
        if (strcmp(section, font_list_name(list)) == 0)
            return strcmp(key, "font") == 0 ? add_font(fonts, list, value)
                                            : complain(fonts, "unknown key", section, key);
    return complain(fonts, "unknown section", section, key);
}

bool font_config_read(struct fonts *fonts, struct str config, struct err *err)
{
    char *text = arena_copy(fonts->arena, config.p, config.n);
    if (strlen(text) != config.n)
        return err_set(err, ERR_CONFIG, "%s: contains a NUL byte", fonts->name);
    int line = ini_parse_string(text, on_entry, fonts);
    if (line != 0)
        return err_set(err, ERR_CONFIG, "%s:%d: %s", fonts->name, line,
                       fonts->complaint ? fonts->complaint : "not key = value");
    return true;
}
