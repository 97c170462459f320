/* One document a test, laid out with the fake shaper: for the tests of page flow and of blocks. */
#ifndef TESTS_PAGES_FIXTURE_H
#define TESTS_PAGES_FIXTURE_H
#include "doc_builder.h"
#include "fake_text.h"
#include "unit.h"

static struct builder b;
static struct seen seen;

static int setup(void **state)
{
    (void)state;
    build_begin(&b);
    seen = (struct seen){0};
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    seen_end(&seen);
    build_end(&b);
    return 0;
}

static inline void lay(void)
{
    see(&seen, &b.doc, NULL);
    assert_int_equal(seen.err.kind, ERR_NONE);
}

/* … in the house's style with these lines on top; returns the sheet, which lives as long as the document. */
static inline const struct style_sheet *lay_styled(const char *lines)
{
    struct err err = {0};
    const struct style_sheet *sheet =
        style_open(b.arena, data_file("templates/house.ini"), "test.ini", str_from(lines), &err);
    if (!sheet)
        fail_msg("%s", err.text);
    see_with(&seen, &b.doc, NULL, sheet);
    assert_int_equal(seen.err.kind, ERR_NONE);
    return sheet;
}

#endif
