/* `briefgen --month 2024-01`: the brief of a period, written in all formats wanted. */
#include "cli/formats.h"

#include "brief/brief.h"

/* One stage on standard output instead of files. */
static bool print_stage(struct edition *edition, struct err *err)
{
    struct cli *cli = edition->cli;
    const struct doc *doc = edition_document(edition, err);
    struct buf out = {0};
    bool ok = doc && typeset(cli, doc, cli->as, &out, NULL, err) && cli_print(buf_view(&out), err);
    buf_free(&out);
    return ok;
}

static bool write_files(struct edition *edition, struct err *err)
{
    struct cli *cli = edition->cli;
    struct buf list = {0};
    bool ok = edition_write(edition, err) && edition_publish(edition, &list, err) &&
              (cli->quiet || cli_print(buf_view(&list), err));
    cli_timing(cli, "publish");
    buf_free(&list);
    return ok;
}

bool cmd_brief(struct cli *cli, struct err *err)
{
    struct brief_request request;
    struct brief brief = {0};
    bool given;
    if (!formats_check(cli, err) || !cli_period(cli, &given, &request.from, &request.to, err))
        return false;
    if (!given)
        return err_set(err, ERR_USAGE, "no period given; for example: briefgen --month 2024-01");
    if (!cli_scope(cli, request.to, &request.scope, err))
        return false;
    struct store *store = store_open(cli->settings[SETTING_DB].value, STORE_READ, err);
    if (!store)
        return false;
    cli_timing(cli, "start");
    bool ok = brief_build(store, cli->arena, &cli->regions, &cli->taxonomy, &request, &brief, err);
    store_close(store);
    cli_timing(cli, "query");
    struct edition edition = {.cli = cli, .arena = cli->arena, .brief = &brief};
    edition.scope = scope_name(cli->arena, &cli->taxonomy, &request.scope);
    ok = ok && (cli->as ? print_stage(&edition, err) : write_files(&edition, err));
    edition_free(&edition);
    return ok;
}
