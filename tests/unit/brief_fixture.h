/* Initiatives by name for the tests of the brief. */
#ifndef BRIEF_FIXTURE_H
#define BRIEF_FIXTURE_H
#include "store_fixture.h"

#include "brief/build.h"

/* Stores an article that is found to speak of `unit` and `category`; "" leaves the finding out. Returns its row id. */
static inline int64_t brief_article(struct fixture *f, struct store *store, struct article *a, const char *unit,
                                    const char *category, double score)
{
    bool added;
    struct finding findings[2];
    size_t n = 0;
    if (*unit)
        findings[n++] = (struct finding){FINDING_CITY, str_from(unit), 0, 0.9, STR("test"), 0, 0, false};
    if (*category)
        findings[n++] = (struct finding){FINDING_CATEGORY, str_from(category), 0, 0.9, STR("test"), 0, 0, false};
    assert_true(store_put_article(store, a, &added, &f->err));
    assert_true(store_put_analysis(
        store, a->id, "rules-1",
        &(struct analysis){.findings = findings, .n = n, .is_initiative = n == 2, .score = score}, &f->err));
    assert_true(store_end_grouping(store, &f->err)); /* the initiatives are put by hand */
    return a->id;
}

/* Splits "41390 41280" into the arena. */
static inline struct str *brief_words(struct arena *arena, const char *text, size_t *n)
{
    struct str *out = ARENA_ARRAY(arena, strlen(text) + 1, struct str), rest = str_from(text);
    for (*n = 0; rest.n && str_field(&rest, ' ', &out[*n]); ++*n)
        ;
    return out;
}

/* One initiative reported on the given days (DATE_NONE: undated), each day by one article of another outlet. */
static inline void brief_initiative(struct fixture *f, struct store *store, const char *name, const char *units,
                                    const char *categories, const date_t *days, size_t n_days)
{
    int64_t *ids = ARENA_ARRAY(f->arena, n_days, int64_t);
    struct initiative_record item = {.articles = ids, .n_articles = n_days, .stage = STR("operation")};
    item.units = brief_words(f->arena, units, &item.n_units);
    item.categories = brief_words(f->arena, categories, &item.n_categories);
    for (size_t i = 0; i < n_days; i++) {
        struct article a = fixture_article(f->arena, arena_printf(f->arena, "%s-%zu", name, i), days[i]);
        ids[i] = brief_article(f, store, &a, str_copy(f->arena, item.units[0]).p,
                               str_copy(f->arena, item.categories[0]).p, i == 0 ? 0.9 : 0.6);
        if (i == 0)
            item.title = a.title;
        if (i == 0 || strcmp(item.key + 1, a.key) > 0) {
            memcpy(item.key, a.key, sizeof a.key);
            item.key[0] = 'i';
        }
    }
    assert_true(store_put_initiatives(store, &item, 1, &f->err));
}

/* "41390 47000": regions by unit, none for the nation; category 0 = all. */
static inline void brief_scope_of(struct fixture *f, const char *units, size_t category, struct brief_scope *out)
{
    struct str *words = brief_words(f->arena, units, &out->n_regions);
    const struct region **regions = ARENA_ARRAY(f->arena, out->n_regions, const struct region *);
    for (size_t i = 0; i < out->n_regions; i++)
        regions[i] = regions_at(&f->regions, str_copy(f->arena, words[i]).p, DATE_NONE);
    out->regions = regions;
    out->category = category;
}

static inline void brief_scoped(struct fixture *f, struct store *store, date_t from, date_t to, const char *units,
                                size_t category, struct brief *out)
{
    struct brief_request request = {.from = from, .to = to};
    brief_scope_of(f, units, category, &request.scope);
    if (!brief_build(store, f->arena, &f->regions, &f->taxonomy, &request, out, &f->err))
        fail_msg("%s", f->err.text);
}

static inline void brief_of(struct fixture *f, struct store *store, int year, int month, struct brief *out)
{
    date_t from = date_from(year, month, 1);
    brief_scoped(f, store, from, date_month_end(from), "", 0, out);
}

static inline const struct brief_city *brief_find(const struct brief_city *cities, size_t n, const char *code)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(cities[i].region->code, code) == 0)
            return &cities[i];
    fail_msg("no %s in the brief", code);
    return cities;
}

#endif
