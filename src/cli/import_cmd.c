/* `briefgen import` and `briefgen reanalyze`: one transaction, a summary at the end. */
#include "cli/cli.h"

#include "analyze/analyze.h"
#include "base/json.h"
#include "ingest/ingest.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { FILE_LIMIT = 128 << 20 };

static void show_progress(void *context, size_t done, size_t total, size_t articles)
{
    (void)context;
    fprintf(stderr, "\r%zu of %zu files, %zu articles", done, total, articles);
    if (done == total)
        fputs("\r\033[K", stderr);
    fflush(stderr);
}

static bool print_summary(struct cli *cli, const struct ingest_summary *s, size_t analyzed, struct err *err)
{
    struct buf text = {0};
    if (cli->json) {
        struct json json = {.out = &text};
        json_open(&json, NULL, '{');
        json_int(&json, "files", (int64_t)s->files);
        json_int(&json, "added", (int64_t)s->added);
        json_int(&json, "known", (int64_t)s->known);
        json_int(&json, "rejected", (int64_t)s->rejected);
        json_int(&json, "analyzed", (int64_t)analyzed);
        json_close(&json, '}');
        buf_char(&text, '\n');
    } else if (!cli->quiet) {
        buf_printf(&text, "%zu file%s: %zu article%s added, %zu known before, %zu set aside; %zu analyzed\n", s->files,
                   s->files == 1 ? "" : "s", s->added, s->added == 1 ? "" : "s", s->known, s->rejected, analyzed);
    }
    bool ok = cli_print(buf_view(&text), err);
    buf_free(&text);
    return ok;
}

/* Opens the database and the analyzer, runs `work` (if any) in one transaction, and re-analyses what is pending. With
 * `regroup` the initiatives are made anew even if nothing was. */
static bool in_transaction(struct cli *cli, bool (*work)(struct cli *, struct store *, void *, struct err *),
                           void *context, bool regroup, size_t *analyzed, struct err *err)
{
    struct analyzer *analyzer = analyzer_new(&cli->regions, &cli->taxonomy, err);
    struct store *store = analyzer ? store_open(cli->settings[SETTING_DB].value, STORE_WRITE, err) : NULL;
    bool ok = store && store_begin(store, err) && store_put_tables(store, &cli->regions, &cli->taxonomy, err) &&
              (!work || work(cli, store, context, err)) && analyze_pending(store, analyzer, analyzed, err) &&
              (!regroup || *analyzed > 0 || analyze_regroup(store, analyzer, err)) && store_commit(store, err);
    if (!ok && store)
        store_rollback(store);
    store_close(store);
    analyzer_free(analyzer);
    return ok;
}

static bool import_work(struct cli *cli, struct store *store, void *context, struct err *err)
{
    struct ingest_options options = {
        .format = cli->format ? cli->format : "auto",
        .encoding = cli->encoding ? cli->encoding : "auto",
        .file_limit = FILE_LIMIT,
        .progress = isatty(2) && !cli->quiet ? show_progress : NULL,
    };
    return ingest_paths(store, cli->args, (size_t)cli->n_args, &options, context, &cli->diag, err);
}

static bool check_choice(const char *option, const char *given, const char *const *known, struct err *err)
{
    for (; given && *known; known++)
        if (strcmp(given, *known) == 0)
            return true;
    return !given || err_set(err, ERR_USAGE, "--%s %s: not known; see briefgen import --help", option, given);
}

bool cmd_import(struct cli *cli, struct err *err)
{
    static const char *const formats[] = {"auto", "pagetext", "jsonl", NULL};
    static const char *const encodings[] = {"auto", "utf-8", "cp949", "euc-kr", "utf-16le", "utf-16be", NULL};
    if (!check_choice("format", cli->format, formats, err) || !check_choice("encoding", cli->encoding, encodings, err))
        return false;
    struct ingest_summary summary = {0};
    size_t analyzed = 0;
    return in_transaction(cli, import_work, &summary, false, &analyzed, err) &&
           print_summary(cli, &summary, analyzed, err);
}

bool cmd_reanalyze(struct cli *cli, struct err *err)
{
    size_t analyzed = 0;
    if (access(cli->settings[SETTING_DB].value, F_OK) != 0)
        return err_set(err, ERR_NO_INPUT, "%s: no such database", cli->settings[SETTING_DB].value);
    if (!in_transaction(cli, NULL, NULL, true, &analyzed, err))
        return false;
    if (cli->quiet)
        return true;
    return cli_print(
        str_from(arena_printf(cli->arena, cli->json ? "{\"analyzed\":%zu}\n" : "%zu articles analyzed\n", analyzed)),
        err);
}
