/* What a command is asked about: a period, regions, a category. */
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

bool cli_now(int64_t *seconds)
{
    const char *fixed = getenv("SOURCE_DATE_EPOCH");
    char *end = NULL;
    long long now = fixed && *fixed ? strtoll(fixed, &end, 10) : (long long)time(NULL);
    *seconds = now;
    return !(end && *end) && now >= 0 && now <= 253402300799; /* 9999-12-31 */
}

/* Today, for "last", in Korea's time zone (UTC+9, no daylight saving). */
static date_t today(void)
{
    int64_t now;
    return cli_now(&now) ? (date_t)((now + 9 * 3600) / 86400) : DATE_NONE;
}

bool cli_period(const struct cli *cli, bool *given, date_t *from, date_t *to, struct err *err)
{
    return period_parse(&cli->period, today(), given, from, to, err);
}

/* ---- regions ---- */

enum {
    NAMESAKES = 32,
    MAX_REGIONS = 30, /* so that names of files stay below 255 bytes */
};

/* Leaves those that exist on the day (as they are then) and are counted by themselves, if there are any. */
static size_t on_day(const struct regions *regions, date_t day, struct region_match *matches, size_t n)
{
    size_t kept = 0, wholes = 0;
    for (size_t i = 0; i < n; i++) {
        const struct region *region = regions_at(regions, matches[i].region->unit, day);
        if (region)
            matches[kept++] = (struct region_match){region, matches[i].fit};
    }
    n = kept;
    kept = 0;
    for (size_t i = 0; i < n; i++)
        wholes += matches[i].region->type != REGION_ILBANGU;
    for (size_t i = 0; i < n; i++)
        if (wholes == 0 || matches[i].region->type != REGION_ILBANGU)
            matches[kept++] = matches[i];
    return kept;
}

static const char *name_with_code(struct arena *arena, const struct region *region)
{
    return arena_printf(arena, STR_FMT " (%s)", STR_ARG(region->full_name), region->code);
}

static bool refuse(struct cli *cli, struct str text, const struct region_match *matches, size_t n, struct err *err)
{
    const char *list = "";
    if (n == 1) {
        const struct region *city = regions_at(&cli->regions, matches[0].region->parent, DATE_NONE);
        return err_set(err, ERR_USAGE, "--region " STR_FMT ": is counted as a part of %s; ask for that", STR_ARG(text),
                       name_with_code(cli->arena, city));
    }
    for (size_t i = 0; i < n; i++)
        list = arena_printf(cli->arena, "%s%s%s", list, i ? ", " : "", name_with_code(cli->arena, matches[i].region));
    return err_set(err, ERR_USAGE, "--region " STR_FMT ": may be one of %zu places: %s", STR_ARG(text), n, list);
}

static bool refuse_unknown(struct cli *cli, struct str text, date_t day, const struct region_match *matches, size_t n,
                           struct err *err)
{
    const struct region *near = n ? NULL : regions_suggest(&cli->regions, cli->arena, text);
    if (n)
        return err_set(err, ERR_USAGE, "--region " STR_FMT ": there is no %s on %s", STR_ARG(text),
                       name_with_code(cli->arena, matches[0].region), date_iso(day).p);
    return err_set(err, ERR_USAGE, "--region " STR_FMT ": no region's name or code%s%s%s", STR_ARG(text),
                   near ? "; did you mean " : "", near ? name_with_code(cli->arena, near) : "", near ? "?" : "");
}

static const struct region *find_region(struct cli *cli, struct str text, date_t day, struct err *err)
{
    struct region_match matches[NAMESAKES];
    size_t found = regions_find(&cli->regions, text, matches, NAMESAKES);
    size_t n = on_day(&cli->regions, day, matches, found);
    if (n == 0)
        refuse_unknown(cli, text, day, matches, found, err);
    else if (n > 1 || matches[0].region->type == REGION_ILBANGU)
        refuse(cli, text, matches, n, err);
    return err->kind == ERR_NONE ? matches[0].region : NULL;
}

static int by_code(const void *a, const void *b)
{
    const struct region *const *x = a, *const *y = b;
    return strcmp((*x)->code, (*y)->code);
}

/* Sorted, each once, and no city beside its 시·도, so that one scope has one name. */
static size_t tidy(const struct region **regions, size_t n)
{
    size_t kept = 0;
    if (n > 0)
        qsort(regions, n, sizeof *regions, by_code);
    for (size_t i = 0; i < n; i++) {
        bool held = kept > 0 && regions[kept - 1] == regions[i];
        for (size_t k = 0; k < n; k++)
            held = held || strcmp(regions[k]->unit, regions[i]->parent) == 0;
        if (!held)
            regions[kept++] = regions[i];
    }
    return kept;
}

/* Those of --region, NULL where one is refused. */
static const struct region **read_regions(struct cli *cli, date_t day, size_t *n, struct err *err)
{
    const struct region **regions = ARENA_ARRAY(cli->arena, MAX_REGIONS, const struct region *);
    struct str rest = str_from(cli->regions_wanted), text;
    *n = 0;
    while (rest.n > 0 && str_field(&rest, ',', &text)) {
        if (*n == MAX_REGIONS)
            return err_set(err, ERR_USAGE, "--region: more than %d regions", MAX_REGIONS), NULL;
        regions[*n] = find_region(cli, str_trim(text), day, err);
        if (!regions[(*n)++])
            return NULL;
    }
    if (cli->regions_wanted && *n == 0)
        return err_set(err, ERR_USAGE, "--region: no region given"), NULL;
    *n = tidy(regions, *n);
    return regions;
}

static bool read_category(struct cli *cli, size_t *category, struct err *err)
{
    const struct taxonomy *taxonomy = &cli->taxonomy;
    const char **names = ARENA_ARRAY(cli->arena, 2 * taxonomy->n, const char *);
    size_t at;
    for (size_t i = 0; i < taxonomy->n; i++) {
        names[i] = taxonomy->items[i].key.p;
        names[taxonomy->n + i] = taxonomy->items[i].label.p;
    }
    if (!cli_choice(cli->arena, "--category", cli->category, names, 2 * taxonomy->n, &at, err))
        return false;
    if (cli->category)
        *category = at % taxonomy->n + 1;
    return true;
}

const char *scope_name(struct arena *arena, const struct taxonomy *taxonomy, const struct brief_scope *scope)
{
    const char *name = "";
    for (size_t i = 0; i < scope->n_regions; i++)
        name = arena_printf(arena, "%s%s%s", name, i ? "-" : "", scope->regions[i]->code);
    if (scope->category)
        name = arena_printf(arena, "%s%s" STR_FMT, name, *name ? "-" : "",
                            STR_ARG(taxonomy->items[scope->category - 1].key));
    return name;
}

bool cli_scope(struct cli *cli, date_t day, struct brief_scope *out, struct err *err)
{
    *out = (struct brief_scope){.category = 0};
    out->regions = read_regions(cli, day, &out->n_regions, err);
    return out->regions && read_category(cli, &out->category, err);
}

static bool is_valid_on(const struct region *region, date_t day)
{
    return (region->from == DATE_NONE || region->from <= day) && (region->to == DATE_NONE || day <= region->to);
}

bool cli_all_scopes(struct cli *cli, date_t day, const struct brief_scope *within, struct brief_scope **out, size_t *n,
                    struct err *err)
{
    const struct regions *regions = &cli->regions;
    static const char *const kinds[] = {"province", "city"};
    size_t kind = 0;
    if (!cli_choice(cli->arena, "--all-regions", cli->all_regions, kinds, 2, &kind, err))
        return false;
    bool provinces = kind == 0;
    const struct region **list = ARENA_ARRAY(cli->arena, regions->n + 1, const struct region *);
    *n = 0;
    for (size_t i = 0; i < regions->n; i++) {
        const struct region *region = &regions->items[i];
        bool wanted = within->n_regions == 0;
        for (size_t k = 0; k < within->n_regions; k++)
            wanted = wanted || within->regions[k] == region || strcmp(within->regions[k]->unit, region->parent) == 0;
        if (wanted && region->type != REGION_ILBANGU && (region->type == REGION_SIDO) == provinces &&
            is_valid_on(region, day))
            list[(*n)++] = region;
    }
    qsort(list, *n, sizeof *list, by_code);
    *out = ARENA_ARRAY(cli->arena, *n + 1, struct brief_scope);
    for (size_t i = 0; i < *n; i++)
        (*out)[i] = (struct brief_scope){.regions = &list[i], .n_regions = 1, .category = within->category};
    return *n > 0 || err_set(err, ERR_USAGE, "--all-regions %s: none is in the regions of --region", cli->all_regions);
}
