/* An arena and an error a test, for texts read as Markdown. */
#ifndef TESTS_MARKDOWN_FIXTURE_H
#define TESTS_MARKDOWN_FIXTURE_H
#include "template/template.h"
#include "unit.h"

static struct arena *arena;
static struct err err;

static int setup(void **state)
{
    (void)state;
    arena = arena_new();
    err = (struct err){0};
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

#endif
