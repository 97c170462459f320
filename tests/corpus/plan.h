/* The generator's tables and its plan of events. */
#ifndef CORPUS_PLAN_H
#define CORPUS_PLAN_H
#include "corpus.h"

#define MAX_TEMPLATES 64

struct city {
    struct str code, sido, name, short_name, unit, head, hall, flag;
    uint32_t weight;
    struct str sido_before; /* name of the 시·도 before `since`, or empty */
    date_t since;
};

struct block {
    bool optional;
    struct lines variants;
};

struct template
{
    struct str file, category; /* "startup", "bio", "manufacturing", "none" */
    bool two_cities, no_city;
    struct lines names, agencies, titles, subtitles;
    struct block *blocks;
    size_t n_blocks;
};

struct event {
    size_t id, template, city, city2, related; /* related: id of a look-alike, 0 none */
    struct str name;
    date_t day; /* first report */
    uint32_t seed;
    unsigned reports;
    bool undated;
};

struct plan {
    struct city *cities;
    size_t n_cities;
    struct template templates[MAX_TEMPLATES];
    size_t n_templates;
    struct event *events; /* mem_free */
    size_t n, room;
};

void plan_make(struct plan *plan, uint64_t seed);

/* Reads tables, skins and templates below `directory` into the arena. */
bool plan_load(struct arena *arena, const char *directory, struct source *source, struct plan *plan, struct err *err);

#endif
