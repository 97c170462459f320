/* One shaper with the house's looks over fonts of one's choice, and an arena, for all tests of a program. */
#ifndef TESTS_SHAPER_FIXTURE_H
#define TESTS_SHAPER_FIXTURE_H
#include "house.h"
#include "unit.h"

static struct fonts *fonts;
static struct diag_list diag;
static struct shaper *shaper; /* NULL where the fonts are not installed: tests skip */
static struct arena *arena;

static inline void shaper_start(const char *config)
{
    struct err err = {0};
    fonts = fonts_open("test.ini", str_from(config), &err);
    if (!fonts)
        print_message("skipped: %s\n", err.text);
    else
        shaper = house_shaper(fonts, &diag);
    arena = arena_new();
}

static inline void shaper_stop(void)
{
    shaper_free(shaper);
    fonts_free(fonts);
    diag_free(&diag);
    arena_free(arena);
}

#endif
