/* The brief of a scope, made in memory from what was loaded (load.c). */
#include "brief/build.h"
#include "brief/findings.h"

#include <string.h>

bool make_covers(const struct make *make, const struct record *record)
{
    bool place = false, category = false;
    for (size_t i = 0; i < record->n_places && !place; i++)
        place = make->places[record->places[i]];
    for (size_t c = 0; c < make->out->taxonomy.n && place && !category; c++)
        category = record->categories[make->first_category + c];
    return place && category;
}

static void set_categories(struct make *make, size_t category)
{
    struct taxonomy *taxonomy = &make->out->taxonomy;
    *taxonomy = *make->data->taxonomy;
    if (category == 0)
        return;
    make->first_category = category - 1;
    *taxonomy = (struct taxonomy){&taxonomy->items[category - 1], 1};
}

/* The regions of the scope as they are counted on the last day, each once. */
static bool set_regions(struct make *make, const struct brief_scope *scope, struct err *err)
{
    struct brief_scope *resolved = &make->out->scope;
    const struct region **regions = ARENA_ARRAY(make->arena, scope->n_regions, const struct region *);
    resolved->regions = regions;
    for (size_t i = 0; i < scope->n_regions; i++) {
        const struct region *region = data_counted_region(make->data, str_from(scope->regions[i]->unit), err);
        bool known = false;
        for (size_t k = 0; k < resolved->n_regions; k++)
            known |= regions[k] == region;
        if (!known)
            regions[resolved->n_regions++] = region;
    }
    return err->kind == ERR_NONE;
}

/* Which places are meant: those of the list, and all of a 시·도 in it. */
static void set_places(struct make *make)
{
    const struct brief_scope *scope = &make->out->scope;
    size_t n = make->data->regions->n;
    bool *named = ARENA_ARRAY(make->arena, n, bool);
    make->places = ARENA_ARRAY(make->arena, n, bool);
    make->position = ARENA_ARRAY(make->arena, n, size_t);
    for (size_t i = 0; i < scope->n_regions; i++)
        named[data_place(make->data, scope->regions[i])] = true;
    for (size_t i = 0; i < n; i++) {
        size_t sido = make->data->sido[i];
        make->places[i] = sido != NO_PLACE && (scope->n_regions == 0 || named[i] || named[sido]);
    }
}

struct brief_reach brief_reach(const struct brief_data *data)
{
    return (struct brief_reach){data->head.collected.articles, data->earliest, data->head.cutoff};
}

bool brief_make(const struct brief_data *data, struct arena *arena, const struct brief_scope *scope, struct brief *out,
                struct err *err)
{
    struct make make = {.data = data, .arena = arena, .out = out};
    *out = data->head;
    if (scope->category > data->taxonomy->n)
        return err_set(err, ERR_USAGE, "there is no category number %zu", scope->category);
    out->scope.category = scope->category;
    set_categories(&make, scope->category);
    if (!set_regions(&make, scope, err))
        return false;
    set_places(&make);
    make_counts(&make);
    make_lists(&make);
    make_bodies(&make);
    make_schedule(&make);
    findings_population(data->regions, out);
    findings_changes(out, arena);
    findings_claims(out, arena);
    return true;
}

bool brief_build(struct store *store, struct arena *arena, const struct regions *regions,
                 const struct taxonomy *taxonomy, const struct brief_request *request, struct brief *out,
                 struct err *err)
{
    *out = (struct brief){.taxonomy = *taxonomy};
    const struct brief_data *data = brief_load(store, arena, regions, taxonomy, request->from, request->to, err);
    return data && brief_make(data, arena, &request->scope, out, err);
}
