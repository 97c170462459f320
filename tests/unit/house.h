/* The house's style sheet, as the program has it built in. */
#ifndef TESTS_HOUSE_H
#define TESTS_HOUSE_H
#include "data/data.h"
#include "layout/style.h"

static inline const struct style_sheet *house(void)
{
    static struct style_sheet *sheet; /* lives as long as the test program */
    static struct arena *arena;
    struct err err = {0};
    if (!sheet) {
        arena = arena_new();
        sheet = style_open(arena, data_file("templates/house.ini"), "", STR(""), &err);
    }
    return sheet;
}

/* A shaper that knows the house's looks of characters. */
static inline struct shaper *house_shaper(struct fonts *fonts, struct diag_list *diag)
{
    struct shaper *shaper = shaper_new(fonts, diag);
    shaper_characters(shaper, house()->characters, house()->n_characters);
    return shaper;
}

/* … with a text on top; it lives in the arena. NULL where the text is wrong. */
static inline const struct style_sheet *house_with(struct arena *arena, const char *text)
{
    struct err err = {0};
    return style_open(arena, data_file("templates/house.ini"), "test.ini", str_from(text), &err);
}

#endif
