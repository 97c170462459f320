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

#endif
