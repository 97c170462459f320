/* Reading a style sheet: entries with their place, and the values that they may have. Internal to style*.c. */
#ifndef LAYOUT_STYLE_READ_H
#define LAYOUT_STYLE_READ_H
#include "layout/style.h"

/* One "key = value". Strings live in the sheet's arena. */
struct style_entry {
    const char *section; /* "page", "colour", "distance", "note", "table", "style", "list", or "character" */
    const char *style;   /* of the last four: its name ("" for the plain [table]); else "" */
    const char *key, *value;
    const char *file;
    int line;
    size_t owner, which; /* of "style": set by style.c */
};

struct style_entries {
    struct style_entry *items;
    size_t n, room;
};

/* Appends the entries of a layer. Errors: ERR_CONFIG with file and line. Free items with mem_free. */
bool style_entries_read(struct arena *arena, const struct style_layer *layer, struct style_entries *out,
                        struct err *err);

/* How the value of a key is written and where it goes. */
enum style_value {
    VALUE_LENGTH, /* float, points: 0 … 2000 */
    VALUE_SIGNED, /* float, points: -2000 … 2000 */
    VALUE_SIZE,   /* float, points: 1 … 300; 1em is that of the style it is based on */
    VALUE_LEADING,
    VALUE_COLOUR,
    VALUE_FILL, /* "none", or a colour: `filled` and `fill` */
    VALUE_EDGE, /* "none", or width and colour */
    VALUE_CHOICE_FONT,
    VALUE_CHOICE_ALIGN,
    VALUE_CHOICE_WORDS,
    VALUE_CHOICE_FIGURES,
    VALUE_CHOICE_PLACE,
    VALUE_CHOICE_VERTICAL,
    VALUE_CHOICE_HEAD,
    VALUE_CHOICE_SIDES,
    VALUE_CHOICE_NUMBERS,
    VALUE_YES,
    VALUE_PERCENT, /* float: 1 is 100% */
    VALUE_NUMBER,  /* const char *, or "none" for NULL */
    VALUE_TABS,
    VALUE_TEXT,
    VALUE_STYLE, /* a paragraph style's name, or "none": style_table.c sets it */
    VALUE_COUNT, /* int: -9999 … 9999 */
};

struct style_key {
    const char *name;
    enum style_value value;
    size_t offset;
};

/* Stores the entry's value at `at`, the struct that the key's offset is of. `em`: points of 1em. */
bool style_value_set(struct arena *arena, const struct style_entry *entry, const struct style_key *key,
                     const struct palette *palette, float em, void *at, struct err *err);

/* "file:line: key = value: what": false. */
bool style_fail(const struct style_entry *entry, struct err *err, const char *what);

/* The key of that name in keys[n], or an error with the nearest one. */
const struct style_key *style_key_find(const struct style_entry *entry, const struct style_key *keys, size_t n,
                                       struct err *err);

/* style_list.c: the sheet's lists and characters, once its styles are there. Errors: ERR_CONFIG with file and line. */
bool style_lists_build(struct arena *arena, const struct style_entries *entries, struct style_sheet *sheet,
                       struct err *err);
bool style_characters_build(struct arena *arena, const struct style_entries *entries, struct style_sheet *sheet,
                            struct err *err);
/* style_table.c: the same for tables. */
bool style_tables_build(struct arena *arena, const struct style_entries *entries, struct style_sheet *sheet,
                        struct err *err);

/* The palette's colours by name. */
extern const struct style_key style_colours[];
extern const size_t style_n_colours;

#endif
