/* What is behind `struct fonts`: shared by font.c (roles), font_config.c (fonts.ini), font_file.c (one file),
 * font_folder.c (files dropped into the folder) and font_report.c (doctor). */
#ifndef LAYOUT_FONT_SET_H
#define LAYOUT_FONT_SET_H
#include "layout/font.h"

enum {
    LIST_SYMBOL = ROLES, /* [symbol]: asked after every role's own fonts */
    LISTS,
    MAX_LIST = 32,          /* fonts of one list */
    MAX_SUITABLE = 8,       /* that `*` adds to one: `fonts.ini` can name others */
    MAX_FACES = 64,         /* looked at in one collection */
    MAX_FOLDER_FILES = 200, /* looked at in the folder, the first by name */
};

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

struct font_choice {
    struct font *font;
    bool named; /* in fonts.ini; else found in the folder */
};

struct font_list {
    struct font_choice items[2 * MAX_LIST]; /* its own, then those of [symbol] */
    size_t n, own;
    enum font_role lender; /* ROLES, or the role whose fonts are lent to this one */
    bool told;             /* by fonts_lender */
};

struct fonts {
    struct arena *arena;
    const char *name; /* of fonts.ini, for messages */
    struct mapping *mappings;
    struct package *packages;
    struct font **items; /* every font, once */
    size_t n, room;
    struct font_list lists[LISTS];
    int opened;      /* = the next face's id */
    char *directory; /* of fonts.ini, "" or with a "/" at the end */
    bool scanned;    /* the folder has been read: */
    struct font **folder;
    size_t folder_n, folder_room;
    const char *folder_problem; /* why not all of it, or NULL */
    char *complaint;            /* of the configuration's reader */
};

static inline const char *font_list_name(size_t list)
{
    return list == LIST_SYMBOL ? "symbol" : font_role_names[list];
}

/* The font of a path, face and settings: the one that there is, or a new one, not opened yet. All is borrowed for the
 * life of `fonts`. */
struct font *font_named(struct fonts *fonts, char *path, char *want, const struct face_axis *asked, size_t n_asked);

/* Adds to a list; false where it is full. */
bool font_list_add(struct fonts *fonts, size_t list, struct font *font, bool named);

/* font_config.c: reads fonts.ini into the lists. Errors: ERR_CONFIG with file and line. */
bool font_config_read(struct fonts *fonts, struct str config, struct err *err);

/* font_file.c: maps and checks the file of an untried font. Its state tells how that went. */
void font_open(struct fonts *fonts, struct font *font);
const char *font_package(const struct fonts *fonts, const char *path); /* that would bring the file, or NULL */

/* True where a name (family, full or PostScript name, in any language) is this face's, ASCII case apart. */
bool font_is_called(hb_face_t *face, const char *name);

/* font_folder.c: adds the dropped-in fonts that suit the list, the nearest weight first, then by file name; false where
 * it is full. */
bool font_folder_add_suitable(struct fonts *fonts, size_t list);

/* Adds the dropped-in font of that name; of several the one with the weight nearest to the list's. A font that says it
 * is missing where there is none. */
bool font_folder_add_named(struct fonts *fonts, size_t list, char *name, char *want, const struct face_axis *asked,
                           size_t n_asked);

/* Whether `*` would put an open font into the list. */
bool font_folder_suits(const struct font *font, size_t list);

#endif
