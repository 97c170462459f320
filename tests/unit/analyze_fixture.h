/* An analyzer over the shipped tables, for the tests of the analyze room. */
#ifndef TESTS_ANALYZE_FIXTURE_H
#define TESTS_ANALYZE_FIXTURE_H
#include "analyze/analyze.h"
#include "unit.h"

static struct arena *forever, *arena; /* of the whole program; of what a test makes */
static struct regions regions;
static struct taxonomy taxonomy;
static struct analyzer *analyzer;

static int setup(void **state)
{
    (void)state;
    struct err err = {0};
    forever = arena_new();
    arena = arena_new();
    if (!regions_read(forever, &regions, &err) ||
        !taxonomy_load(forever, "data/taxonomy.tsv", data_file("data/taxonomy.tsv"), &taxonomy, &err) ||
        !(analyzer = analyzer_new(&regions, &taxonomy, &err)))
        fail_msg("%s", err.text);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    analyzer_free(analyzer);
    arena_free(arena);
    arena_free(forever);
    return 0;
}

#endif
