/* A brief for tests of tables: two cities, three categories, one initiative and hostile texts. */
#ifndef SHEETS_FIXTURE_H
#define SHEETS_FIXTURE_H
#include "base/arena.h"
#include "data/data.h"
#include "out/csv.h"
#include "out_page.h"

#include <math.h>

struct fixture {
    struct arena *arena;
    struct brief brief;
    struct region regions[2];
    struct category categories[3];
    struct brief_city cities[2];
    struct span_counts counts[2][3];
    struct brief_month trend[13];
    struct counts month_counts[13][3];
    struct brief_source sources[2], undated[1], doubtful[1];
    const struct region *places[2];
    const struct brief_source *reports[2];
    bool flags[3];
    struct brief_initiative initiatives[1];
    struct brief_agency agencies[2];
    struct brief_money money[3];
    struct brief_target targets[1];
    struct str zones[1];
};

static void fill_counts(struct fixture *f)
{
    for (int c = 0; c < 2; c++) {
        f->cities[c] = (struct brief_city){.region = &f->regions[c], .by_category = f->counts[c], .rank = c + 1};
        f->cities[c].on_previous = f->cities[c].on_year_ago = (struct brief_change){.p = NAN, .adjusted = NAN};
        f->cities[c].total = (struct span_counts){{4 - c, 9}, {1, 2}, {0, 0}, {12, 30}};
        for (int k = 0; k < 3; k++)
            f->counts[c][k] = (struct span_counts){{k, 2 * k}, {0, 0}, {0, 0}, {10 + k, 20 + k}};
    }
    f->cities[0].population = 510000;
    f->cities[1].population = -1;
    f->cities[1].is_new = true;
    f->cities[1].rank = 0;
    f->brief.trend = f->trend;
    f->brief.n_trend = 13;
    for (int m = 0; m < 13; m++) {
        f->brief.trend[m] = (struct brief_month){.month = date_add_months(date_from(2023, 1, 1), m),
                                                 .total = {m, 2 * m},
                                                 .by_category = f->month_counts[m],
                                                 .collected = 100 + m};
        f->month_counts[m][1] = (struct counts){m, m};
    }
}

static void fill_articles(struct fixture *f)
{
    f->places[0] = &f->regions[0];
    f->places[1] = &f->regions[1];
    f->flags[0] = f->flags[2] = true;
    struct brief_source s = {.key = STR("abcdef012345"),
                             .title = STR("=1+1, \"둘째\" 제목"),
                             .outlet = STR("시험일보"),
                             .url = STR("https://a.example/1?a=1,2"),
                             .published = date_from(2024, 1, 16),
                             .basis = BASIS_PUBLISHED,
                             .lo = date_from(2024, 1, 16),
                             .hi = date_from(2024, 1, 16),
                             .regions = f->places,
                             .n_regions = 2,
                             .categories = f->flags,
                             .initiative = STR("0123"),
                             .is_initiative = true,
                             .score = 0.925,
                             .number = 1};
    f->sources[0] = f->sources[1] = f->undated[0] = s;
    f->sources[1].key = f->doubtful[0].key = STR("b");
    f->undated[0].key = STR("c");
    f->undated[0].published = DATE_NONE;
    f->undated[0].basis = BASIS_INFERRED;
    f->undated[0].lo = date_from(2025, 6, 1);
    f->undated[0].hi = date_from(2025, 6, 30);
    f->undated[0].n_regions = 0;
    f->undated[0].number = 0;
    f->reports[0] = &f->sources[0];
    f->reports[1] = &f->sources[1];
    f->initiatives[0] = (struct brief_initiative){.key = STR("0123"),
                                                  .title = STR("@제목"),
                                                  .stage = STR("협약"),
                                                  .regions = f->places,
                                                  .n_regions = 2,
                                                  .categories = f->flags,
                                                  .articles = f->reports,
                                                  .n_articles = 2,
                                                  .first = date_from(2024, 1, 16),
                                                  .last = date_from(2024, 1, 17),
                                                  .number = 1,
                                                  .score = 0.5};
}

static void fill_facts(struct fixture *f)
{
    struct brief_initiative *it = &f->initiatives[0];
    f->agencies[0] = (struct brief_agency){STR("시흥;산업진흥원"), &f->regions[0], &f->sources[0]};
    f->agencies[1] = (struct brief_agency){STR("중소벤처기업부"), NULL, &f->sources[1]};
    f->money[0] = (struct brief_money){
        .currency = "KRW", .lo = 5000000000, .hi = 5000000000, .role = STR("total"), .source = &f->sources[0]};
    f->money[1] =
        (struct brief_money){.currency = "USD", .lo = -1, .hi = 100, .role = STR("limit"), .source = &f->sources[0]};
    f->money[2] = (struct brief_money){
        .currency = "KRW", .lo = 900000000000, .hi = -1, .role = STR("other"), .source = &f->sources[1]};
    f->targets[0] = (struct brief_target){date_from(2025, 1, 1), date_from(2025, 12, 31), STR("준공"), &f->sources[0]};
    f->zones[0] = STR("=시흥스마트허브");
    it->agencies = f->agencies, it->n_agencies = 2;
    it->money = f->money, it->n_money = 3;
    it->targets = f->targets, it->n_targets = 1;
    it->zones = f->zones, it->n_zones = 1;
    it->n_outlets = 1;
    it->in_period_only = true;
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    f->arena = arena_new();
    f->regions[0] = (struct region){
        .code = "41390", .sido = STR("경기도"), .name = STR("시흥시"), .full_name = STR("경기도 시흥시")};
    f->regions[1] = (struct region){.code = "41000", .sido = STR("경기도"), .full_name = STR("경기도")};
    f->categories[0] = (struct category){STR("startup"), STR("창업"), STR("start-ups")};
    f->categories[1] = (struct category){STR("bio"), STR("바이오"), STR("bio")};
    f->categories[2] = (struct category){STR("manufacturing"), STR("제조"), STR("manufacturing")};
    f->brief = (struct brief){.from = date_from(2024, 1, 1),
                              .to = date_from(2024, 1, 31),
                              .taxonomy = {f->categories, 3},
                              .collected = {.articles = 9},
                              .collected_previous = {.articles = 7},
                              .collected_twelve = 99,
                              .collected_before = 90,
                              .cities = f->cities,
                              .n_cities = 2,
                              .initiatives = f->initiatives,
                              .n_initiatives = 1,
                              .sources = f->sources,
                              .n_sources = 2,
                              .undated = f->undated,
                              .n_undated = 1,
                              .doubtful = f->doubtful,
                              .n_doubtful = 1,
                              .cutoff = date_from(2024, 2, 3)};
    fill_counts(f);
    fill_articles(f);
    fill_facts(f);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    arena_free(f->arena);
    free(f);
    return 0;
}

#endif
