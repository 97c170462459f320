/* A folder of tiny fonts for one test, and lists of fonts that look into it. */
#ifndef TESTS_FONT_FOLDER_H
#define TESTS_FONT_FOLDER_H
#include "layout/font.h"
#include "tiny_font.h"
#include "unit.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

static char folder[200];

static inline const char *in_folder(const char *name)
{
    static char path[500];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static inline int folder_new(void **state)
{
    (void)state;
    const char *temporary = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%.150s/briefgen-fonts-XXXXXX", temporary ? temporary : P_tmpdir);
    return mkdtemp(folder) ? 0 : 1;
}

static inline int folder_remove(void **state)
{
    (void)state;
    DIR *directory = opendir(folder);
    for (struct dirent *entry; directory && (entry = readdir(directory));)
        unlink(in_folder(entry->d_name));
    if (directory)
        closedir(directory);
    return rmdir(folder);
}

/* The fonts of a list that stands in the folder, whether or not it is a file there; NULL with an error. */
static inline struct fonts *folder_open(const char *list, struct err *err)
{
    return fonts_open(in_folder("fonts.ini"), str_from(list), err);
}

/* "Name, Name, …" of a role's fonts that can be used, in order. */
static inline const char *names_of(struct fonts *fonts, enum font_role role)
{
    static char names[500];
    names[0] = '\0';
    for (size_t i = 0; i < fonts_count(fonts, role); i++) {
        const struct font *font = fonts_at(fonts, role, i);
        size_t n = strlen(names);
        if (font)
            snprintf(names + n, sizeof names - n, "%s%.*s", n ? ", " : "", STR_ARG(font->face.name));
    }
    return names;
}

#endif
