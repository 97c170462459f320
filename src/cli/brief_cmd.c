/* `briefgen --month 2024-01`: the brief of a period and scope in all formats wanted; or one for each region; or its
 * values. */
#include "cli/formats.h"
#include "cli/set.h"

#include "base/file.h"

/* What is asked, and what the database says to it. */
struct asked {
    struct cli *cli;
    date_t from, to;
    struct brief_scope scope, *scopes; /* scopes: of --all-regions */
    size_t n_scopes;
    const struct brief_data *data;
};

static bool read_request(struct asked *asked, struct err *err)
{
    struct cli *cli = asked->cli;
    bool given;
    if (!formats_check(cli, err) || !cli_period(cli, &given, &asked->from, &asked->to, err))
        return false;
    if (!given)
        return err_set(err, ERR_USAGE, "no period given; for example: briefgen --month 2024-01");
    return cli_scope(cli, asked->to, &asked->scope, err) &&
           (!cli->all_regions || cli_all_scopes(cli, asked->to, &asked->scope, &asked->scopes, &asked->n_scopes, err));
}

/* An empty brief looks like a quiet month; more often the month was mistyped or never imported. */
static void warn_of_nothing(const struct asked *asked)
{
    const struct brief_reach reach = brief_reach(asked->data);
    const char *of = "";
    if (reach.articles > 0)
        return;
    if (reach.last != DATE_NONE)
        of = arena_printf(asked->cli->arena, ": those with a date are of %s to %s", date_iso(reach.first).p,
                          date_iso(reach.last).p);
    diag_add(&asked->cli->diag, DIAG_WARNING, "no-articles", NULL, 0, 0, "%s has no article of %s%s",
             asked->cli->settings[SETTING_DB].value, period_name(asked->from, asked->to).p,
             *of ? of : ", nor any other with a certain date");
}

static bool load(struct asked *asked, struct err *err)
{
    struct cli *cli = asked->cli;
    struct store *store = store_open(cli->settings[SETTING_DB].value, STORE_READ, err);
    if (!store)
        return false;
    cli_timing(cli, "start");
    asked->data = brief_load(store, cli->arena, &cli->regions, &cli->taxonomy, asked->from, asked->to, err);
    store_close(store);
    cli_timing(cli, "query");
    if (asked->data)
        warn_of_nothing(asked);
    return asked->data != NULL;
}

/* Makes the brief of a scope and does something with it. */
static bool with_edition(const struct asked *asked, struct arena *arena, const struct brief_scope *scope,
                         bool (*use)(struct edition *edition, struct buf *out, struct err *err), struct buf *out,
                         struct err *err)
{
    struct cli *cli = asked->cli;
    struct brief brief = {0};
    struct edition edition = {
        .cli = cli, .arena = arena, .brief = &brief, .scope = scope_name(arena, &cli->taxonomy, scope)};
    bool ok = brief_make(asked->data, arena, scope, &brief, err);
    cli_timing(cli, "brief");
    ok = ok && use(&edition, out, err);
    edition_free(&edition);
    return ok;
}

static bool print_stage(struct edition *edition, struct buf *out, struct err *err)
{
    return edition_typeset(edition, edition->cli->as, out, err);
}

static bool print_values(struct edition *edition, struct buf *out, struct err *err)
{
    (void)err;
    value_json(edition_context(edition), out);
    return true;
}

static bool write_files(struct edition *edition, struct buf *out, struct err *err)
{
    bool ok = edition_write(edition, err) && edition_publish(edition, out, err);
    cli_timing(edition->cli, "publish");
    return ok;
}

/* ---- one for each region ---- */

static const char *name_of(void *context, size_t at)
{
    const struct asked *asked = context;
    const struct region *region = asked->scopes[at].regions[0];
    return arena_printf(asked->cli->arena, STR_FMT " (%s)", STR_ARG(region->full_name), region->code);
}

static bool write_one(void *context, size_t at, struct buf *said, struct err *err)
{
    const struct asked *asked = context;
    struct arena *arena = arena_new();
    bool ok = with_edition(asked, arena, &asked->scopes[at], write_files, said, err);
    arena_free(arena);
    return ok;
}

static bool write_set(struct asked *asked, struct err *err)
{
    struct cli *cli = asked->cli;
    const struct set_work work = {asked->n_scopes, name_of, write_one, asked};
    size_t jobs;
    if (cli->as)
        return err_set(err, ERR_USAGE, "--all-regions writes files: %s does not go with it",
                       cli->dump_tags ? "--dump-tags" : "--as");
    bool ok = set_jobs(cli, &jobs, err) && load(asked, err) && edition_prepare(cli, asked->from, asked->to, err) &&
              set_run(cli, &work, jobs, err);
    cli_timing(cli, "all briefs");
    return ok;
}

/* ---- commands ---- */

static bool print_one(struct cli *cli, bool (*use)(struct edition *edition, struct buf *out, struct err *err),
                      struct err *err)
{
    struct asked asked = {.cli = cli};
    struct buf out = {0};
    bool files = use == write_files;
    if (!read_request(&asked, err))
        return false;
    if (cli->all_regions)
        return write_set(&asked, err);
    bool ok = load(&asked, err) && with_edition(&asked, cli->arena, &asked.scope, use, &out, err) &&
              ((files && cli->quiet) || cli_print(buf_view(&out), err));
    buf_free(&out);
    return ok;
}

bool cmd_brief(struct cli *cli, struct err *err)
{
    enum pdf_profile profile;
    bool named;
    return cli_pdf_profile(cli, &profile, &named, err) && cli_target(cli, err) &&
           print_one(cli, cli->as ? print_stage : write_files, err);
}

bool cmd_data(struct cli *cli, struct err *err)
{
    return print_one(cli, print_values, err);
}
