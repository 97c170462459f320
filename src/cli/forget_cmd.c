/* `briefgen forget IMPORT`: the database as if that import had never been made. */
#include "cli/sources.h"

#include "analyze/analyze.h"
#include "base/json.h"

#include <stdio.h>
#include <unistd.h>

static const char *plural(size_t n)
{
    return n == 1 ? "" : "s";
}

/* Inputs that a later import passed over because this one had read them are not read again by themselves. */
static bool passed_over(struct store *store, int64_t import, bool *later, struct err *err)
{
    static const char sql[] = "SELECT EXISTS (SELECT 1 FROM import WHERE id > ?1 AND unchanged > 0)";
    struct param param = {.type = PARAM_INT, .number = import};
    struct rows *rows = store_query(store, sql, &param, 1, err);
    *later = rows && rows_next(rows, err) && rows_int(rows, 0);
    rows_close(rows);
    return err->kind == ERR_NONE;
}

static bool print_forgotten(struct cli *cli, int64_t import, const struct store_forgotten *gone, size_t analyzed,
                            struct err *err)
{
    const struct {
        const char *name;
        size_t n;
    } counts[] = {{"inputs", gone->inputs},           {"sightings", gone->sightings},
                  {"articles", gone->articles},       {"changed", gone->changed},
                  {"rejects", gone->rejects},         {"initiatives", gone->initiatives},
                  {"corrections", gone->corrections}, {"analyzed", analyzed}};
    struct buf out = {0};
    if (cli->json) {
        struct json json = {.out = &out};
        json_open(&json, NULL, '{');
        json_int(&json, "import", import);
        json_bool(&json, "dry_run", cli->dry_run);
        for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
            json_int(&json, counts[i].name, (int64_t)counts[i].n);
        json_close(&json, '}');
        buf_char(&out, '\n');
    } else if (!cli->quiet) {
        buf_printf(
            &out,
            "import %lld%s: %zu input%s; %zu article%s gone, %zu as other imports have %s, %zu record%s set aside "
            "gone; %zu initiative%s gone or made anew\n",
            (long long)import, cli->dry_run ? " would be forgotten" : " forgotten", gone->inputs, plural(gone->inputs),
            gone->articles, plural(gone->articles), gone->changed, gone->changed == 1 ? "it" : "them", gone->rejects,
            plural(gone->rejects), gone->initiatives, plural(gone->initiatives));
        if (gone->corrections)
            buf_printf(&out, "%zu correction%s by a person kept: in force again when %s article comes back\n",
                       gone->corrections, plural(gone->corrections), gone->corrections == 1 ? "its" : "their");
    }
    bool ok = cli_print(buf_view(&out), err);
    buf_free(&out);
    return ok;
}

static bool forget(struct cli *cli, struct store *store, struct analyzer *analyzer, int64_t *import,
                   struct store_forgotten *gone, size_t *analyzed, struct err *err)
{
    bool later;
    if (!store_begin(store, err) || !sources_import(store, cli->args[0], import, err) ||
        !passed_over(store, *import, &later, err) || !store_forget_import(store, *import, gone, err))
        return false;
    if (later && !cli->quiet)
        fputs(
            "briefgen: note: later imports have passed over unchanged files, perhaps of this import: import them again "
            "if they are to stay\n",
            stderr);
    return cli->dry_run || (analyze_pending(store, analyzer, analyzed, err) && store_commit(store, err));
}

bool cmd_forget(struct cli *cli, struct err *err)
{
    const char *path = cli->settings[SETTING_DB].value;
    struct store_forgotten gone = {0};
    size_t analyzed = 0;
    int64_t import;
    if (access(path, F_OK) != 0)
        return err_set(err, ERR_NO_INPUT, "%s: no such database", path);
    struct analyzer *analyzer = analyzer_new(&cli->regions, &cli->taxonomy, err);
    struct store *store = analyzer ? store_open(path, STORE_WRITE, err) : NULL;
    bool ok = store && forget(cli, store, analyzer, &import, &gone, &analyzed, err);
    store_close(store); /* takes back what is not committed */
    analyzer_free(analyzer);
    return ok && print_forgotten(cli, import, &gone, analyzed, err);
}
