/* The period's articles put together by initiative, with what they say; and the articles of no certain day. Queries
 * that belong together come in the same order and are merged side by side; orders that show are set from keys and dates
 * alone, since row ids depend on the order of import. */
#include "brief/build.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* An article as read. */
struct draft {
    struct brief_source source;
    int64_t article;
    const struct record *record; /* NULL for an undated one */
    struct str title, stage;     /* of the initiative */
    size_t fact, n_facts;        /* in drafts.facts */
};

struct drafts {
    struct draft *items;
    size_t n, room;
    struct fact *facts;
    size_t n_facts, facts_room;
};

static void drafts_free(struct drafts *drafts)
{
    mem_free(drafts->items);
    mem_free(drafts->facts);
}

static struct str text_of(struct load *load, struct rows *rows, int column)
{
    return str_copy(load->arena, rows_text(rows, column));
}

static struct brief_source read_source(struct load *load, struct rows *rows)
{
    return (struct brief_source){
        .key = text_of(load, rows, 2),
        .title = text_of(load, rows, 3),
        .outlet = text_of(load, rows, 4),
        .url = text_of(load, rows, 5),
        .published = rows_date(rows, 6),
        .basis = basis_from_name(rows_text(rows, 7)),
        .lo = rows_date(rows, 8),
        .hi = rows_date(rows, 9),
        .date_evidence = text_of(load, rows, 10),
        .source = text_of(load, rows, 11),
        .initiative = text_of(load, rows, 12),
        .is_initiative = rows_int(rows, 13) != 0,
        .score = rows_real(rows, 14),
        .corrected = rows_int(rows, 15) != 0,
        .categories = ARENA_ARRAY(load->arena, load->data->taxonomy->n, bool),
    };
}

static bool read_sources(struct load *load, const char *query, const struct param *params, size_t n, bool dated,
                         struct drafts *out, struct err *err)
{
    struct rows *rows = load_query(load, query, params, n, err);
    while (rows && rows_next(rows, err)) {
        const struct record *record = dated ? load_record(load, rows_int(rows, 0)) : NULL;
        if (dated && !record) { /* cannot be: both come from the tally of one snapshot */
            err_set(err, ERR_INTERNAL, "an article of the period belongs to no initiative of its tally");
            break;
        }
        out->items = mem_grow(out->items, &out->room, out->n + 1, sizeof *out->items);
        out->items[out->n++] = (struct draft){.source = read_source(load, rows),
                                              .article = rows_int(rows, 1),
                                              .record = record,
                                              .title = dated ? text_of(load, rows, 16) : (struct str){0},
                                              .stage = dated ? text_of(load, rows, 17) : (struct str){0}};
    }
    rows_close(rows);
    return err->kind == ERR_NONE;
}

/* The regions of one article while its rows are read. */
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

static const struct region **region_take(struct load *load, struct region_list *list, size_t *n)
{
    const struct region **copy = ARENA_ARRAY(load->arena, list->n, const struct region *);
    if (list->n)
        memcpy(copy, list->items, list->n * sizeof *copy);
    *n = list->n;
    list->n = 0;
    return copy;
}

static bool add_region(struct load *load, struct str unit, struct region_list *regions, struct err *err)
{
    const struct region *region = data_counted_region(load->data, unit, err);
    if (region)
        region_add(regions, region);
    return region && load_place(load, region, err);
}

static bool add_category(struct load *load, struct str key, struct brief_source *source, struct err *err)
{
    size_t category;
    bool good = load_category(load, key, &category, err);
    if (good)
        source->categories[category] = true;
    return good;
}

static bool add_fact(struct load *load, enum finding_kind kind, struct str value, struct drafts *drafts,
                     struct draft *draft, struct err *err)
{
    drafts->facts = mem_grow(drafts->facts, &drafts->facts_room, drafts->n_facts + 1, sizeof *drafts->facts);
    draft->n_facts++;
    return fact_read(load, kind, value, &drafts->facts[drafts->n_facts++], err);
}

static bool add_finding(struct load *load, struct rows *rows, struct drafts *drafts, struct draft *draft,
                        struct region_list *regions, struct err *err)
{
    enum finding_kind kind = finding_kind_from_name(rows_text(rows, 1));
    struct str value = rows_text(rows, 2);
    if (kind == FINDING_CITY)
        return add_region(load, value, regions, err);
    if (kind == FINDING_CATEGORY)
        return add_category(load, value, &draft->source, err);
    if (!add_fact(load, kind, value, drafts, draft, err))
        return false;
    if (kind == FINDING_MONEY) {
        struct brief_money *money = &drafts->facts[drafts->n_facts - 1].money;
        money->titled = rows_int(rows, 3) <= (int64_t)draft->source.title.n;
        money->score = rows_real(rows, 4);
    }
    return true;
}

/* Rows come in the order of the drafts. */
static bool read_findings(struct load *load, const char *query, const struct param *params, size_t n,
                          struct drafts *drafts, struct err *err)
{
    struct region_list regions = {0};
    struct rows *rows = load_query(load, query, params, n, err);
    bool more = rows && rows_next(rows, err);
    for (size_t i = 0; i < drafts->n && err->kind == ERR_NONE; i++) {
        struct draft *draft = &drafts->items[i];
        draft->fact = drafts->n_facts;
        while (more && rows_int(rows, 0) == draft->article && add_finding(load, rows, drafts, draft, &regions, err))
            more = rows_next(rows, err);
        draft->source.regions = region_take(load, &regions, &draft->source.n_regions);
    }
    rows_close(rows);
    mem_free(regions.items);
    return err->kind == ERR_NONE;
}

/* Those of an initiative together, oldest first, then by key. */
static int by_initiative_and_day(const void *a, const void *b)
{
    const struct draft *x = a, *y = b;
    if (x->record != y->record)
        return x->record < y->record ? -1 : 1;
    if (x->source.published != y->source.published)
        return x->source.published < y->source.published ? -1 : 1;
    return str_compare(x->source.key, y->source.key);
}

/* Distinct outlets; an article that names none counts as one. */
static size_t count_outlets(const struct brief_initiative *brief)
{
    size_t n = 0;
    for (size_t i = 0; i < brief->n_articles; i++) {
        bool known = false;
        for (size_t k = 0; k < i && !known && brief->articles[i]->outlet.n; k++)
            known = str_equal(brief->articles[k]->outlet, brief->articles[i]->outlet);
        n += !known;
    }
    return n;
}

static void add_facts(struct load *load, struct brief_initiative *brief, const struct drafts *drafts,
                      const struct draft *own)
{
    size_t n = 0;
    for (size_t i = 0; i < brief->n_articles; i++)
        n += own[i].n_facts;
    fact_begin(load->arena, brief, n);
    for (size_t i = 0; i < brief->n_articles; i++)
        for (size_t k = 0; k < own[i].n_facts; k++)
            fact_add(brief, &drafts->facts[own[i].fact + k], brief->articles[i]);
    fact_end(brief);
}

/* An initiative from its drafts; its sources are where they will stay. */
static struct item make_item(struct load *load, const struct drafts *drafts, const struct draft *own, size_t n,
                             const struct brief_source *sources)
{
    const struct record *record = own->record;
    struct brief_initiative brief = {.key = own->source.initiative,
                                     .title = own->title,
                                     .stage = own->stage,
                                     .categories = record->categories,
                                     .n_regions = record->n_places,
                                     .n_articles = n,
                                     .first = sources[0].published,
                                     .last = sources[n - 1].published,
                                     .in_period_only = !record->earlier};
    brief.regions = ARENA_ARRAY(load->arena, record->n_places, const struct region *);
    for (size_t i = 0; i < record->n_places; i++)
        brief.regions[i] = &load->data->regions->items[record->places[i]];
    brief.articles = ARENA_ARRAY(load->arena, n, const struct brief_source *);
    for (size_t i = 0; i < n; i++) {
        brief.articles[i] = &sources[i];
        if (sources[i].score > brief.score)
            brief.score = sources[i].score;
    }
    brief.n_outlets = count_outlets(&brief);
    add_facts(load, &brief, drafts, own);
    return (struct item){brief, record};
}

static struct brief_source *keep_sources(struct load *load, const struct drafts *drafts)
{
    struct brief_source *sources = ARENA_ARRAY(load->arena, drafts->n, struct brief_source);
    for (size_t i = 0; i < drafts->n; i++)
        sources[i] = drafts->items[i].source;
    return sources;
}

static void set_items(struct load *load, struct drafts *drafts)
{
    struct brief_data *data = load->data;
    if (drafts->n)
        qsort(drafts->items, drafts->n, sizeof *drafts->items, by_initiative_and_day);
    struct brief_source *sources = keep_sources(load, drafts);
    struct item *items = ARENA_ARRAY(load->arena, drafts->n, struct item);
    for (size_t at = 0, end; at < drafts->n; at = end) {
        for (end = at; end < drafts->n && drafts->items[end].record == drafts->items[at].record; end++)
            ;
        items[data->n_items++] = make_item(load, drafts, &drafts->items[at], end - at, &sources[at]);
    }
    data->items = items;
}

static bool load_items(struct load *load, struct err *err)
{
    const struct brief *head = &load->data->head;
    const struct param params[] = {{PARAM_INT, date_month_start(head->from), {0}},
                                   {PARAM_INT, date_month_start(head->to), {0}},
                                   {PARAM_INT, head->from, {0}},
                                   {PARAM_INT, head->to, {0}}};
    struct drafts drafts = {0};
    bool good = read_sources(load, "brief/brief_sources.sql", params, 4, true, &drafts, err) &&
                read_findings(load, "brief/brief_findings.sql", params, 4, &drafts, err);
    if (good)
        set_items(load, &drafts);
    drafts_free(&drafts);
    return good;
}

static bool load_undated(struct load *load, struct err *err)
{
    const struct brief *head = &load->data->head;
    const struct param params[] = {{PARAM_INT, head->from, {0}}, {PARAM_INT, head->to, {0}}};
    struct drafts drafts = {0};
    bool good = read_sources(load, "brief/brief_undated.sql", params, 2, false, &drafts, err) &&
                read_findings(load, "brief/brief_undated_findings.sql", params, 2, &drafts, err);
    if (good) {
        load->data->undated = keep_sources(load, &drafts);
        load->data->n_undated = drafts.n;
    }
    drafts_free(&drafts);
    return good;
}

bool load_sources(struct load *load, struct err *err)
{
    return load_items(load, err) && load_undated(load, err);
}
