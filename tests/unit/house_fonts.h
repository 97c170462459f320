/* For tests that set documents as users get them. */
#ifndef TESTS_HOUSE_FONTS_H
#define TESTS_HOUSE_FONTS_H
#include "base/file.h"
#include "layout/layout.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* The house's fonts; NULL, and said, where they are not installed. */
static inline struct fonts *house_fonts(void)
{
    struct buf config = {0};
    struct err err = {0};
    struct fonts *fonts = NULL;
    if (file_read("fonts/fonts.ini", 1 << 20, &config, &err))
        fonts = fonts_open("fonts/fonts.ini", buf_view(&config), &err);
    buf_free(&config);
    if (!fonts)
        print_message("skipped: %s\n", err.text);
    return fonts;
}

#endif
