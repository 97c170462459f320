/* The period's initiatives with their articles, the source list, what has no certain day, what is doubtful.
 * Queries that belong together come in the same order and are merged side by side; the order of printing is set at the
 * end from keys, dates and codes alone, since row ids depend on the order of import. */
#include "brief/build.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* Sources as read, each with the row ids that later queries refer to. */
struct listing {
    struct brief_source *sources;
    struct source_rows {
        int64_t initiative, article;
    } * rows;
    size_t n, room, rows_room;
};

static void listing_free(struct listing *listing)
{
    mem_free(listing->sources);
    mem_free(listing->rows);
}

static struct str text_of(struct build *build, struct rows *rows, int column)
{
    return str_copy(build->arena, rows_text(rows, column));
}

static struct brief_source read_source(struct build *build, struct rows *rows)
{
    return (struct brief_source){
        .key = text_of(build, rows, 2),
        .title = text_of(build, rows, 3),
        .outlet = text_of(build, rows, 4),
        .url = text_of(build, rows, 5),
        .published = rows_date(rows, 6),
        .basis = basis_from_name(rows_text(rows, 7)),
        .lo = rows_date(rows, 8),
        .hi = rows_date(rows, 9),
        .date_evidence = text_of(build, rows, 10),
        .source = text_of(build, rows, 11),
        .initiative = text_of(build, rows, 12),
        .is_initiative = rows_int(rows, 13) != 0,
        .score = rows_real(rows, 14),
        .categories = ARENA_ARRAY(build->arena, build->taxonomy->n, bool),
    };
}

static bool read_sources(struct build *build, const char *query, const struct param *params, size_t n,
                         struct listing *out, struct err *err)
{
    struct rows *rows = build_query(build, query, params, n, err);
    while (rows && rows_next(rows, err)) {
        out->sources = mem_grow(out->sources, &out->room, out->n + 1, sizeof *out->sources);
        out->rows = mem_grow(out->rows, &out->rows_room, out->n + 1, sizeof *out->rows);
        out->sources[out->n] = read_source(build, rows);
        out->rows[out->n++] = (struct source_rows){rows_int(rows, 0), rows_int(rows, 1)};
    }
    rows_close(rows);
    return err->kind == ERR_NONE;
}

/* A growing set of regions in order; `room` lives as long as one owner's rows are read. */
struct region_list {
    const struct region **items;
    size_t n, room;
};

static void region_add(struct region_list *list, const struct region *region)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->items[i] == region)
            return;
    list->items = mem_grow(list->items, &list->room, list->n + 1, sizeof *list->items);
    list->items[list->n++] = region;
}

static const struct region **region_take(struct build *build, struct region_list *list, size_t *n)
{
    const struct region **copy = ARENA_ARRAY(build->arena, list->n, const struct region *);
    if (list->n)
        memcpy(copy, list->items, list->n * sizeof *copy);
    *n = list->n;
    list->n = 0;
    return copy;
}

/* The city that a finding names, as it is counted: an 일반구 as its city. */
static const struct region *counted_region(struct build *build, struct str unit, struct err *err)
{
    const struct region *region = build_region(build, unit, err);
    return region ? build_region(build, str_from(regions_count_unit(build->regions, region->unit)), err) : NULL;
}

static bool add_finding(struct build *build, struct rows *rows, struct brief_source *source,
                        struct region_list *regions, struct err *err)
{
    if (str_equal(rows_text(rows, 1), STR("city"))) {
        const struct region *region = counted_region(build, rows_text(rows, 2), err);
        if (region)
            region_add(regions, region);
        return region;
    }
    size_t category;
    if (!build_category(build, rows_text(rows, 2), &category, err))
        return false;
    source->categories[category] = true;
    return true;
}

/* Adds cities and categories to sources; rows come in the order of the sources. */
static bool read_findings(struct build *build, const char *query, const struct param *params, size_t n,
                          struct listing *listing, struct err *err)
{
    struct region_list regions = {0};
    struct rows *rows = build_query(build, query, params, n, err);
    bool more = rows && rows_next(rows, err);
    for (size_t i = 0; i < listing->n && err->kind == ERR_NONE; i++) {
        struct brief_source *source = &listing->sources[i];
        while (more && rows_int(rows, 0) == listing->rows[i].article && add_finding(build, rows, source, &regions, err))
            more = rows_next(rows, err);
        source->regions = region_take(build, &regions, &source->n_regions);
    }
    rows_close(rows);
    mem_free(regions.items);
    return err->kind == ERR_NONE;
}

/* An initiative while it is put together. */
struct draft {
    struct brief_initiative brief;
    int64_t row;
    size_t city;         /* position of the main city in brief.cities */
    size_t begin, count; /* its sources in the listing */
};

struct drafts {
    struct draft *items;
    size_t n, room;
};

static bool read_initiatives(struct build *build, const struct param *month, struct drafts *out, struct err *err)
{
    struct rows *rows = build_query(build, "brief/brief_initiatives.sql", month, 1, err);
    while (rows && rows_next(rows, err)) {
        out->items = mem_grow(out->items, &out->room, out->n + 1, sizeof *out->items);
        out->items[out->n++] = (struct draft){
            .row = rows_int(rows, 0),
            .brief = {.key = text_of(build, rows, 1),
                      .title = text_of(build, rows, 2),
                      .stage = text_of(build, rows, 3),
                      .categories = ARENA_ARRAY(build->arena, build->taxonomy->n, bool),
                      .first = DATE_NONE,
                      .last = DATE_NONE},
        };
    }
    rows_close(rows);
    return err->kind == ERR_NONE;
}

static bool read_units(struct build *build, const struct param *month, struct drafts *drafts, struct err *err)
{
    struct region_list regions = {0};
    struct rows *rows = build_query(build, "brief/brief_units.sql", month, 1, err);
    bool more = rows && rows_next(rows, err);
    for (size_t i = 0; i < drafts->n && err->kind == ERR_NONE; i++) {
        struct draft *draft = &drafts->items[i];
        for (; more && rows_int(rows, 0) == draft->row; more = rows_next(rows, err)) {
            const struct region *region = build_region(build, rows_text(rows, 1), err);
            if (!region)
                break;
            region_add(&regions, region);
        }
        draft->brief.regions = region_take(build, &regions, &draft->brief.n_regions);
    }
    rows_close(rows);
    mem_free(regions.items);
    return err->kind == ERR_NONE;
}

static bool read_categories(struct build *build, const struct param *month, struct drafts *drafts, struct err *err)
{
    struct rows *rows = build_query(build, "brief/brief_categories.sql", month, 1, err);
    bool more = rows && rows_next(rows, err);
    for (size_t i = 0; i < drafts->n && err->kind == ERR_NONE; i++)
        for (; more && rows_int(rows, 0) == drafts->items[i].row; more = rows_next(rows, err)) {
            size_t category;
            if (!build_category(build, rows_text(rows, 1), &category, err))
                break;
            drafts->items[i].brief.categories[category] = true;
        }
    rows_close(rows);
    return err->kind == ERR_NONE;
}

/* Oldest first, then by key. */
static int by_day(const void *a, const void *b)
{
    const struct brief_source *x = a, *y = b;
    if (x->published != y->published)
        return x->published < y->published ? -1 : 1;
    return str_compare(x->key, y->key);
}

/* An initiative of the month by its row id: the drafts come in that order. */
static struct draft *find_draft(const struct drafts *drafts, int64_t row)
{
    size_t low = 0, high = drafts->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (drafts->items[middle].row < row)
            low = middle + 1;
        else
            high = middle;
    }
    return low < drafts->n && drafts->items[low].row == row ? &drafts->items[low] : NULL;
}

/* What follows for an initiative from its articles of the month. */
static void sum_up(struct build *build, struct draft *draft, struct brief_source *sources)
{
    struct brief_initiative *brief = &draft->brief;
    qsort(sources, draft->count, sizeof *sources, by_day);
    brief->first = sources[0].published;
    brief->last = sources[draft->count - 1].published;
    for (size_t i = 0; i < draft->count; i++)
        if (sources[i].score > brief->score)
            brief->score = sources[i].score;
    const struct place *city = brief->n_regions ? places_find(&build->cities, str_from(brief->regions[0]->unit)) : NULL;
    draft->city = city ? city->position : build->out->n_cities;
}

/* Gives each initiative its stretch of the listing; from here on listing.rows no longer goes with listing.sources. */
static void join_sources(struct build *build, struct drafts *drafts, struct listing *listing)
{
    for (size_t at = 0, end; at < listing->n; at = end) {
        struct draft *draft = find_draft(drafts, listing->rows[at].initiative);
        for (end = at; end < listing->n && listing->rows[end].initiative == listing->rows[at].initiative; end++)
            ;
        if (!draft) /* cannot be: both come from the tally of one snapshot */
            continue;
        draft->begin = at;
        draft->count = end - at;
        sum_up(build, draft, &listing->sources[at]);
    }
}

/* By main city in the order of the city table (its rank, then its code), first day, key. */
static int by_city_and_day(const void *a, const void *b)
{
    const struct draft *x = a, *y = b;
    if (x->city != y->city)
        return x->city < y->city ? -1 : 1;
    if (x->brief.first != y->brief.first)
        return x->brief.first < y->brief.first ? -1 : 1;
    return str_compare(x->brief.key, y->brief.key);
}

/* Numbers initiatives and sources in the order of printing. */
static void set_initiatives(struct build *build, struct drafts *drafts, const struct listing *listing)
{
    struct brief *out = build->out;
    if (drafts->n)
        qsort(drafts->items, drafts->n, sizeof *drafts->items, by_city_and_day);
    out->initiatives = ARENA_ARRAY(build->arena, drafts->n, struct brief_initiative);
    out->sources = ARENA_ARRAY(build->arena, listing->n, struct brief_source);
    for (; out->n_initiatives < drafts->n; out->n_initiatives++) {
        const struct draft *draft = &drafts->items[out->n_initiatives];
        struct brief_initiative *initiative = &out->initiatives[out->n_initiatives];
        *initiative = draft->brief;
        initiative->number = (int)out->n_initiatives + 1;
        initiative->n_articles = draft->count;
        initiative->articles = ARENA_ARRAY(build->arena, draft->count, const struct brief_source *);
        for (size_t i = 0; i < draft->count; i++) {
            struct brief_source *source = &out->sources[out->n_sources++];
            *source = listing->sources[draft->begin + i];
            source->number = (int)out->n_sources;
            initiative->articles[i] = source;
        }
    }
}

static void set_doubtful(struct build *build)
{
    struct brief *out = build->out;
    out->doubtful = ARENA_ARRAY(build->arena, out->n_sources, struct brief_source);
    for (size_t i = 0; i < out->n_sources; i++)
        if (out->sources[i].score < BRIEF_REVIEW_SCORE)
            out->doubtful[out->n_doubtful++] = out->sources[i];
}

static bool period_lists(struct build *build, struct err *err)
{
    const struct param month = {PARAM_INT, build->out->from, {0}};
    struct listing listing = {0};
    struct drafts drafts = {0};
    bool good = read_initiatives(build, &month, &drafts, err) && read_units(build, &month, &drafts, err) &&
                read_categories(build, &month, &drafts, err) &&
                read_sources(build, "brief/brief_sources.sql", &month, 1, &listing, err) &&
                read_findings(build, "brief/brief_findings.sql", &month, 1, &listing, err);
    if (good) {
        join_sources(build, &drafts, &listing);
        set_initiatives(build, &drafts, &listing);
        set_doubtful(build);
    }
    listing_free(&listing);
    mem_free(drafts.items);
    return good;
}

static bool undated_list(struct build *build, struct err *err)
{
    struct brief *out = build->out;
    struct listing listing = {0};
    bool good = read_sources(build, "brief/brief_undated.sql", NULL, 0, &listing, err) &&
                read_findings(build, "brief/brief_undated_findings.sql", NULL, 0, &listing, err);
    if (good) {
        out->undated = ARENA_ARRAY(build->arena, listing.n, struct brief_source);
        out->n_undated = listing.n;
        if (listing.n)
            memcpy(out->undated, listing.sources, listing.n * sizeof *out->undated);
    }
    listing_free(&listing);
    return good;
}

bool build_lists(struct build *build, struct err *err)
{
    return period_lists(build, err) && undated_list(build, err);
}
