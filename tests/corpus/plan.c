/* What happens when: initiatives and other news over the months, and who reports them. */
#include "plan.h"

#include "base/mem.h"
#include "data/data.h"

#include <stdlib.h>
#include <string.h>

/* Initiatives a month, 2022-12 first: a slow rise, a quiet summer, a busy 2024-01. Start-ups gain weight. */
static const struct month {
    int year, month;
    unsigned startup, bio, manufacturing, other;
} months[] = {
    {2022, 12, 5, 4, 8, 6},  {2023, 1, 6, 4, 8, 7},     {2023, 2, 6, 5, 7, 6},    {2023, 3, 7, 5, 9, 7},
    {2023, 4, 7, 6, 8, 7},   {2023, 5, 9, 5, 9, 6},     {2023, 6, 9, 6, 8, 7},    {2023, 7, 7, 4, 6, 6},
    {2023, 8, 7, 4, 6, 6},   {2023, 9, 11, 7, 9, 7},    {2023, 10, 12, 7, 10, 8}, {2023, 11, 13, 8, 9, 8},
    {2023, 12, 14, 8, 9, 8}, {2024, 1, 27, 14, 17, 14},
};

static bool same_unit_before(const struct plan *plan, const struct event *event)
{
    for (size_t i = 0; i < plan->n; i++) {
        const struct event *other = &plan->events[i];
        bool near = abs(other->day - event->day) < 100;
        if (other->template == event->template && other->city == event->city &&
            (near || str_equal(other->name, event->name)))
            return true;
    }
    return false;
}

static uint32_t city_weight(const struct city *city, bool last_month)
{
    if (str_equal(city->flag, STR("new")))
        return last_month ? 24 : 0;
    if (str_equal(city->flag, STR("rise")) && last_month)
        return 90;
    return city->weight;
}

static size_t pick_city(struct rng *rng, const struct plan *plan, bool last_month)
{
    uint32_t total = 0;
    for (size_t i = 0; i < plan->n_cities; i++)
        total += city_weight(&plan->cities[i], last_month);
    uint32_t at = rng_below(rng, total);
    for (size_t i = 0; i < plan->n_cities; i++) {
        uint32_t weight = city_weight(&plan->cities[i], last_month);
        if (at < weight)
            return i;
        at -= weight;
    }
    return 0;
}

static size_t pick_template(struct rng *rng, const struct plan *plan, struct str category)
{
    size_t fits[MAX_TEMPLATES], n = 0;
    for (size_t i = 0; i < plan->n_templates; i++) {
        bool rare = plan->templates[i].two_cities && !rng_percent(rng, 25);
        if (str_equal(plan->templates[i].category, category) && !rare)
            fits[n++] = i;
    }
    return fits[rng_below(rng, (uint32_t)n)];
}

static struct event *add_event(struct plan *plan, const struct event *event)
{
    plan->events = mem_grow(plan->events, &plan->room, plan->n + 1, sizeof *plan->events);
    plan->events[plan->n] = *event;
    plan->events[plan->n].id = plan->n + 1;
    return &plan->events[plan->n++];
}

/* The same programme held by another city on the same day: looks alike, is another initiative. */
static void add_double(struct rng *rng, struct plan *plan, const struct event *event, bool last_month)
{
    struct event twin = *event;
    twin.seed = rng_below(rng, UINT32_MAX);
    twin.city = pick_city(rng, plan, last_month);
    if (twin.city == event->city || same_unit_before(plan, &twin))
        return;
    twin.related = plan->n; /* id of the event just added */
    plan->events[plan->n - 1].related = plan->n;
    add_event(plan, &twin);
}

static unsigned report_count(struct rng *rng, bool counted)
{
    uint32_t at = rng_below(rng, 100);
    return !counted || at < 68 ? 1 : at < 87 ? 2 : at < 96 ? 3 : 4;
}

static void add_category(struct rng *rng, struct plan *plan, const struct month *month, const char *category,
                         unsigned count)
{
    bool counted = strcmp(category, "none") != 0, last_month = month->year == 2024;
    size_t before = plan->n;
    for (unsigned tries = 0; plan->n - before < count && tries < 40 * count; tries++) {
        struct event event = {.seed = rng_below(rng, UINT32_MAX)};
        event.template = pick_template(rng, plan, str_from(category));
        event.name = lines_pick(rng, plan->templates[event.template].names);
        event.city = pick_city(rng, plan, last_month);
        event.city2 = pick_city(rng, plan, last_month);
        event.day = date_from(month->year, month->month, 1 + (int)rng_below(rng, 27));
        event.reports = report_count(rng, counted);
        event.undated = rng_percent(rng, 3);
        const struct city *city = &plan->cities[event.city], *other = &plan->cities[event.city2];
        bool province = city->code.p[2] == '0' || other->code.p[2] == '0' || event.city == event.city2;
        if (same_unit_before(plan, &event) || (plan->templates[event.template].two_cities && province))
            continue;
        add_event(plan, &event);
        if (counted && !plan->templates[event.template].two_cities && plan->n - before < count && rng_percent(rng, 12))
            add_double(rng, plan, &plan->events[plan->n - 1], last_month);
    }
}

static int by_day(const void *a, const void *b)
{
    const struct event *x = a, *y = b;
    return x->day != y->day ? (x->day < y->day ? -1 : 1) : x->id < y->id ? -1 : 1;
}

void plan_make(struct plan *plan, uint64_t seed)
{
    struct rng rng = {seed * 2654435761u + 1};
    for (size_t i = 0; i < sizeof months / sizeof months[0]; i++) {
        add_category(&rng, plan, &months[i], "startup", months[i].startup);
        add_category(&rng, plan, &months[i], "bio", months[i].bio);
        add_category(&rng, plan, &months[i], "manufacturing", months[i].manufacturing);
        add_category(&rng, plan, &months[i], "none", months[i].other);
    }
    qsort(plan->events, plan->n, sizeof *plan->events, by_day);
}
