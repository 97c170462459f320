/* The brief of one month: its spans, then counts (counts.c) and lists (sources.c), all from one snapshot. */
#include "brief/build.h"

#include "base/mem.h"

#include <string.h>

const char *const brief_queries[] = {
    "brief/brief_counts.sql",     "brief/brief_sido_counts.sql",      "brief/brief_collected.sql",
    "brief/brief_state.sql",      "brief/brief_initiatives.sql",      "brief/brief_units.sql",
    "brief/brief_categories.sql", "brief/brief_sources.sql",          "brief/brief_findings.sql",
    "brief/brief_undated.sql",    "brief/brief_undated_findings.sql", NULL,
};

struct rows *build_query(struct build *build, const char *name, const struct param *params, size_t n, struct err *err)
{
    struct str sql = data_file(name);
    if (!sql.p) {
        err_set(err, ERR_INTERNAL, "%s: no such query", name);
        return NULL;
    }
    return store_query(build->store, sql.p, params, n, err);
}

const struct region *build_region(struct build *build, struct str unit, struct err *err)
{
    char name[6] = "";
    const struct region *region = NULL;
    if (unit.n && unit.n < sizeof name) {
        memcpy(name, unit.p, unit.n);
        region = regions_at(build->regions, name, build->out->to);
        if (!region)
            region = regions_at(build->regions, name, DATE_NONE);
    }
    if (!region)
        err_set(err, ERR_CONFIG, "unit " STR_FMT " of the database is not in the region table: analyse again",
                STR_ARG(str_slice(unit, 0, 50)));
    return region;
}

bool build_category(struct build *build, struct str key, size_t *index, struct err *err)
{
    for (size_t i = 0; i < build->taxonomy->n; i++)
        if (str_equal(build->taxonomy->items[i].key, key)) {
            *index = i;
            return true;
        }
    return err_set(err, ERR_CONFIG, "category " STR_FMT " of the database is not in the taxonomy: analyse again",
                   STR_ARG(str_slice(key, 0, 50)));
}

/* The period and the spans that it is compared with. */
static bool set_spans(const struct brief_request *request, struct brief *out, struct err *err)
{
    if (request->from == DATE_NONE || request->from != date_month_start(request->from) ||
        request->to != date_month_end(request->from))
        return err_set(err, ERR_USAGE, "the period %s .. %s is not one whole month", date_iso(request->from).p,
                       date_iso(request->to).p);
    out->from = request->from;
    out->to = request->to;
    out->previous_from = date_add_months(out->from, -1);
    out->year_ago_from = date_add_months(out->from, -12);
    out->twelve_from = date_add_months(out->from, -11);
    if (out->year_ago_from == DATE_NONE)
        return err_set(err, ERR_USAGE, "%s: there is no year before it to compare with", date_iso_month(out->from).p);
    out->previous_to = date_month_end(out->previous_from);
    out->year_ago_to = date_month_end(out->year_ago_from);
    out->twelve_to = out->to;
    return true;
}

static bool read_state(struct build *build, struct err *err)
{
    struct rows *rows = build_query(build, "brief/brief_state.sql", NULL, 0, err);
    bool good = rows && rows_next(rows, err);
    if (good) {
        build->out->cutoff = rows_null(rows, 0) ? DATE_NONE : (date_t)rows_int(rows, 0);
        build->out->rules_version = str_copy(build->arena, rows_text(rows, 1));
    }
    rows_close(rows);
    return good;
}

bool brief_build(struct store *store, struct arena *arena, const struct regions *regions,
                 const struct taxonomy *taxonomy, const struct brief_request *request, struct brief *out,
                 struct err *err)
{
    struct build build = {.store = store, .arena = arena, .regions = regions, .taxonomy = taxonomy, .out = out};
    bool begun = false;
    *out = (struct brief){.taxonomy = *taxonomy};
    bool good = set_spans(request, out, err) && store_snapshot(store, &begun, err) && read_state(&build, err) &&
                build_counts(&build, err) && build_lists(&build, err);
    if (good) {
        build_population(regions, out);
        build_changes(out, arena);
    }
    if (begun)
        store_rollback(store);
    mem_free(build.cities.items);
    mem_free(build.sidos.items);
    return good;
}
