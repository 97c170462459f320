/* Public bodies with the initiatives that name them, and what is due after the period of those that need no review. */
#include "brief/build.h"

#include <stdlib.h>
#include <string.h>

/* A body as one initiative names it. */
struct mention {
    const struct brief_agency *agency;
    const struct brief_initiative *initiative;
};

/* By name, then place, a national body first. */
static int same_body(const struct mention *a, const struct mention *b)
{
    const struct region *x = a->agency->region, *y = b->agency->region;
    int order = str_compare(a->agency->name, b->agency->name);
    return order || x == y ? order : !x ? -1 : !y ? 1 : strcmp(x->unit, y->unit);
}

static int by_body(const void *a, const void *b)
{
    const struct mention *x = a, *y = b;
    int order = same_body(x, y);
    return order ? order : x->initiative->number - y->initiative->number;
}

static struct mention *list_mentions(struct make *make, size_t *n)
{
    const struct brief *out = make->out;
    *n = 0;
    for (size_t i = 0; i < out->n_initiatives; i++)
        *n += out->initiatives[i].n_agencies;
    struct mention *mentions = ARENA_ARRAY(make->arena, *n, struct mention), *next = mentions;
    for (size_t i = 0; i < out->n_initiatives; i++)
        for (size_t k = 0; k < out->initiatives[i].n_agencies; k++)
            *next++ = (struct mention){&out->initiatives[i].agencies[k], &out->initiatives[i]};
    if (*n)
        qsort(mentions, *n, sizeof *mentions, by_body);
    return mentions;
}

struct tally {
    const struct region *region;
    size_t n;
};

/* Most often first, then by code. */
static int by_count(const void *a, const void *b)
{
    const struct tally *x = a, *y = b;
    if (x->n != y->n)
        return x->n > y->n ? -1 : 1;
    return strcmp(x->region->code, y->region->code);
}

static void add_region(struct tally *tallies, size_t *n, const struct region *region)
{
    size_t at = 0;
    while (at < *n && tallies[at].region != region)
        at++;
    if (at == *n)
        tallies[(*n)++] = (struct tally){.region = region};
    tallies[at].n++;
}

/* The regions of its initiatives that lie in the scope. */
static void set_regions(struct make *make, struct brief_body *body)
{
    size_t most = 0;
    for (size_t i = 0; i < body->n_initiatives; i++)
        most += body->initiatives[i]->n_regions;
    struct tally *tallies = ARENA_ARRAY(make->arena, most, struct tally);
    for (size_t i = 0; i < body->n_initiatives; i++)
        for (size_t k = 0; k < body->initiatives[i]->n_regions; k++) {
            const struct region *region = body->initiatives[i]->regions[k];
            if (make->places[data_place(make->data, region)])
                add_region(tallies, &body->n_regions, region);
        }
    qsort(tallies, body->n_regions, sizeof *tallies, by_count);
    body->regions = ARENA_ARRAY(make->arena, body->n_regions, const struct region *);
    for (size_t i = 0; i < body->n_regions; i++)
        body->regions[i] = tallies[i].region;
}

static struct brief_body make_body(struct make *make, const struct mention *mentions, size_t n)
{
    struct brief_body body = {.name = mentions->agency->name, .region = mentions->agency->region, .n_initiatives = n};
    body.initiatives = ARENA_ARRAY(make->arena, n, const struct brief_initiative *);
    for (size_t i = 0; i < n; i++)
        body.initiatives[i] = mentions[i].initiative;
    set_regions(make, &body);
    return body;
}

/* By number of initiatives, then name and place. */
static int by_size(const void *a, const void *b)
{
    const struct brief_body *x = a, *y = b;
    if (x->n_initiatives != y->n_initiatives)
        return x->n_initiatives > y->n_initiatives ? -1 : 1;
    const struct mention left = {&(struct brief_agency){.name = x->name, .region = x->region}, NULL},
                         right = {&(struct brief_agency){.name = y->name, .region = y->region}, NULL};
    return same_body(&left, &right);
}

void make_bodies(struct make *make)
{
    struct brief *out = make->out;
    size_t n;
    const struct mention *mentions = list_mentions(make, &n);
    out->bodies = ARENA_ARRAY(make->arena, n, struct brief_body);
    for (size_t at = 0, end; at < n; at = end) {
        for (end = at + 1; end < n && same_body(&mentions[at], &mentions[end]) == 0; end++)
            ;
        out->bodies[out->n_bodies++] = make_body(make, &mentions[at], end - at);
    }
    if (out->n_bodies)
        qsort(out->bodies, out->n_bodies, sizeof *out->bodies, by_size);
}

/* Soonest first, then in the order of the initiatives. */
static int by_target(const void *a, const void *b)
{
    const struct brief_event *x = a, *y = b;
    int order = target_order(x->target, y->target);
    return order ? order : x->initiative->number - y->initiative->number;
}

void make_schedule(struct make *make)
{
    struct brief *out = make->out;
    size_t n = 0;
    for (size_t i = 0; i < out->n_initiatives; i++)
        n += out->initiatives[i].n_targets;
    out->schedule = ARENA_ARRAY(make->arena, n, struct brief_event);
    for (size_t i = 0; i < out->n_initiatives; i++)
        for (size_t k = 0; k < out->initiatives[i].n_targets; k++)
            if (out->initiatives[i].score >= BRIEF_REVIEW_SCORE && out->initiatives[i].targets[k].last > out->to)
                out->schedule[out->n_schedule++] =
                    (struct brief_event){&out->initiatives[i], &out->initiatives[i].targets[k]};
    if (out->n_schedule)
        qsort(out->schedule, out->n_schedule, sizeof *out->schedule, by_target);
}
