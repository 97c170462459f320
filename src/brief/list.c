#include "brief/list.h"

#include <string.h>

static struct str *split(struct arena *arena, struct str joined, size_t *n)
{
    *n = 0;
    if (joined.n == 0)
        return NULL;
    size_t most = 1;
    for (size_t i = 0; i < joined.n; i++)
        most += joined.p[i] == '\x1f';
    struct str *list = ARENA_ARRAY(arena, most, struct str), field;
    while (*n < most && str_field(&joined, '\x1f', &field))
        list[(*n)++] = str_copy(arena, field);
    return list;
}

/* Units → count units (an 일반구 becomes its city), without repeats. */
static void roll_up(struct arena *arena, const struct regions *regions, struct str *list, size_t *n)
{
    size_t kept = 0;
    for (size_t i = 0; i < *n; i++) {
        struct str unit = str_copy(arena, str_from(regions_count_unit(regions, list[i].p)));
        bool known = false;
        for (size_t j = 0; j < kept; j++)
            known = known || str_equal(list[j], unit);
        if (!known)
            list[kept++] = unit;
    }
    *n = kept;
}

static bool is_within(const struct regions *regions, const struct list_scope *scope, struct str unit)
{
    const struct region *region = regions_at(regions, unit.p, scope->to);
    region = region ? region : regions_at(regions, unit.p, DATE_NONE);
    for (size_t i = 0; region && i < scope->n_regions; i++)
        if (strcmp(scope->regions[i]->unit, region->unit) == 0 || strcmp(scope->regions[i]->unit, region->parent) == 0)
            return true;
    return false;
}

static bool in_scope(const struct regions *regions, const struct list_scope *scope, const struct str *units,
                     size_t n_units, const struct str *categories, size_t n_categories)
{
    bool region = scope->n_regions == 0, category = scope->category.n == 0;
    for (size_t i = 0; i < n_units && !region; i++)
        region = is_within(regions, scope, units[i]);
    for (size_t i = 0; i < n_categories && !category; i++)
        category = str_equal(categories[i], scope->category);
    return region && category;
}

static struct rows *open_list(struct store *store, const char *file, const struct list_scope *scope, size_t n,
                              struct err *err)
{
    struct param params[4] = {
        {.type = scope->dated ? PARAM_INT : PARAM_NULL, .number = scope->from},
        {.type = scope->dated ? PARAM_INT : PARAM_NULL, .number = scope->to},
        {.type = PARAM_TEXT, .text = scope->prefix.p ? scope->prefix : STR("")},
        {.type = PARAM_INT, .number = scope->facts},
    };
    return store_query(store, data_file(file).p, params, n, err);
}

static void read_article(struct rows *rows, struct arena *arena, const struct regions *regions,
                         struct listed_article *out)
{
    *out = (struct listed_article){
        .id = rows_int(rows, 0),
        .key = rows_text(rows, 1),
        .external_id = rows_text(rows, 2),
        .source = rows_text(rows, 3),
        .source_line = (size_t)rows_int(rows, 4),
        .title = rows_text(rows, 5),
        .outlet = rows_text(rows, 6),
        .url = rows_text(rows, 7),
        .published = rows_date(rows, 8),
        .lo = rows_date(rows, 9),
        .hi = rows_date(rows, 10),
        .basis = basis_from_name(rows_text(rows, 11)),
        .date_evidence = rows_text(rows, 12),
        .initiative = rows_text(rows, 13),
        .analyzed = !rows_null(rows, 14),
        .is_initiative = rows_int(rows, 14) != 0,
        .score = rows_real(rows, 15),
        .corrected = rows_int(rows, 16) != 0,
        .event = date_parse(rows_text(rows, 17)),
    };
    out->regions = split(arena, rows_text(rows, 18), &out->n_regions);
    roll_up(arena, regions, out->regions, &out->n_regions);
    out->categories = split(arena, rows_text(rows, 19), &out->n_categories);
}

bool list_articles(struct store *store, const struct regions *regions, const struct list_scope *scope,
                   bool (*each)(void *context, const struct listed_article *article, struct err *err), void *context,
                   struct err *err)
{
    struct rows *rows = open_list(store, "brief/list_articles.sql", scope, 3, err);
    struct arena *arena = arena_new();
    struct listed_article article;
    while (rows && rows_next(rows, err)) {
        read_article(rows, arena, regions, &article);
        if (in_scope(regions, scope, article.regions, article.n_regions, article.categories, article.n_categories) &&
            !each(context, &article, err))
            break;
        arena_reset(arena);
    }
    rows_close(rows);
    arena_free(arena);
    return err->kind == ERR_NONE;
}

static void read_initiative(struct rows *rows, struct arena *arena, const struct regions *regions,
                            struct listed_initiative *out)
{
    *out = (struct listed_initiative){
        .key = rows_text(rows, 0),
        .title = rows_text(rows, 1),
        .stage = rows_text(rows, 2),
        .first = rows_date(rows, 3),
        .last = rows_date(rows, 4),
    };
    out->regions = split(arena, rows_text(rows, 5), &out->n_regions);
    roll_up(arena, regions, out->regions, &out->n_regions);
    out->categories = split(arena, rows_text(rows, 6), &out->n_categories);
    out->articles = split(arena, rows_text(rows, 7), &out->n_articles);
    out->facts = split(arena, rows_text(rows, 8), &out->n_facts);
}

bool list_initiatives(struct store *store, const struct regions *regions, const struct list_scope *scope,
                      bool (*each)(void *context, const struct listed_initiative *initiative, struct err *err),
                      void *context, struct err *err)
{
    struct rows *rows = open_list(store, "brief/list_initiatives.sql", scope, 4, err);
    struct arena *arena = arena_new();
    struct listed_initiative initiative;
    while (rows && rows_next(rows, err)) {
        read_initiative(rows, arena, regions, &initiative);
        if (in_scope(regions, scope, initiative.regions, initiative.n_regions, initiative.categories,
                     initiative.n_categories) &&
            !each(context, &initiative, err))
            break;
        arena_reset(arena);
    }
    rows_close(rows);
    arena_free(arena);
    return err->kind == ERR_NONE;
}
