/* Briefs made by hand: four cities of one 시·도, two categories, a year of months, everything covered. */
#ifndef FINDINGS_FIXTURE_H
#define FINDINGS_FIXTURE_H
#include "unit.h"

#include "base/arena.h"
#include "brief/findings.h"

#include <math.h>
#include <string.h>

enum { CITIES = 4, MONTHS = 13 };

struct hand {
    struct arena *arena;
    struct region regions[CITIES + 1]; /* the last: their 시·도 */
    const struct region *scope[1];
    struct category categories[2];
    struct brief_city cities[CITIES], sidos[1];
    struct span_counts by_category[2];
    struct brief_month trend[MONTHS];
    struct brief_initiative initiatives[3];
    struct brief_money money[4];
    struct brief_target targets[5];
    struct brief_event schedule[5];
    struct brief brief;
};

static inline struct span_counts hand_counts(int now, int previous, int year_ago)
{
    return (struct span_counts){.now = {now, now}, .previous = {previous, previous}, .year_ago = {year_ago, year_ago}};
}

static inline struct brief_coverage hand_month(int64_t articles, int year, int month)
{
    date_t first = date_from(year, month, 1);
    return (struct brief_coverage){.articles = articles, .days = 31, .first = first, .last = date_month_end(first)};
}

/* The brief of 2024-01 out of 600 articles a month; no initiative yet. */
static inline void hand_brief(struct hand *hand, struct arena *arena)
{
    static const char *const names[] = {"시흥시", "고양시", "수원시", "성남시", ""};
    *hand = (struct hand){.arena = arena, .categories = {{.key = STR("bio")}, {.key = STR("startup")}}};
    for (size_t i = 0; i <= CITIES; i++)
        hand->regions[i] = (struct region){.name = str_from(names[i]), .type = i < CITIES ? REGION_SI : REGION_SIDO};
    for (size_t i = 0; i < CITIES; i++)
        hand->cities[i] = (struct brief_city){.region = &hand->regions[i]};
    hand->sidos[0] = (struct brief_city){.region = &hand->regions[CITIES]};
    for (int i = 0; i < MONTHS; i++)
        hand->trend[i] = (struct brief_month){.month = date_add_months(date_from(2023, 1, 1), i), .collected = 600};
    hand->brief = (struct brief){.from = date_from(2024, 1, 1),
                                 .to = date_from(2024, 1, 31),
                                 .previous_from = date_from(2023, 12, 1),
                                 .previous_to = date_from(2023, 12, 31),
                                 .year_ago_from = date_from(2023, 1, 1),
                                 .year_ago_to = date_from(2023, 1, 31),
                                 .cutoff = date_from(2024, 2, 3),
                                 .taxonomy = {hand->categories, 2},
                                 .by_category = hand->by_category,
                                 .collected = hand_month(600, 2024, 1),
                                 .collected_previous = hand_month(600, 2023, 12),
                                 .collected_year_ago = hand_month(600, 2023, 1),
                                 .cities = hand->cities,
                                 .n_cities = CITIES,
                                 .sidos = hand->sidos,
                                 .n_sidos = 1,
                                 .trend = hand->trend,
                                 .n_trend = MONTHS,
                                 .initiatives = hand->initiatives,
                                 .n_initiatives = 3,
                                 .schedule = hand->schedule};
}

/* Initiatives of the four cities now, before and a year ago; the total is their sum, and ranks are set. */
static inline void hand_cities(struct hand *hand, const int now[CITIES], const int before[CITIES],
                               const int year_ago[CITIES])
{
    int sums[3] = {0};
    for (int i = 0; i < CITIES; i++) {
        hand->cities[i].total = hand_counts(now[i], before[i], year_ago[i]);
        hand->cities[i].rank = now[i] > 0;
        for (int k = 0; k < CITIES && now[i] > 0; k++)
            hand->cities[i].rank += now[k] > now[i];
        sums[0] += now[i];
        sums[1] += before[i];
        sums[2] += year_ago[i];
    }
    hand->brief.total = hand->sidos[0].total = hand_counts(sums[0], sums[1], sums[2]);
}

#endif
