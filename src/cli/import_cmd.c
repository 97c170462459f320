/* `briefgen import` and `briefgen reanalyze`: one transaction, a summary at the end. */
#include "cli/import_report.h"

#include "analyze/analyze.h"
#include "cli/interrupt.h"

#include "base/limits.h"
#include "base/utf8.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SHOWN_COMMAND = 2000 /* bytes */ };

struct work {
    struct cli *cli;
    struct store *store;
    struct analyzer *analyzer;
    struct ingest_options options;
    struct import_report report;
    struct ingest_summary summary;
};

/* ---- what ingest asks and says ---- */

static void analyze(void *context, struct arena *arena, const struct article *article, struct analysis *out)
{
    const struct work *work = context;
    analyze_article(work->analyzer, arena, article, out);
}

static void report(void *context, const struct diag *problem)
{
    report_problem(&((struct work *)context)->report, problem);
}

static void progress(void *context, const struct ingest_progress *so_far)
{
    report_progress(&((struct work *)context)->report, so_far);
}

static int64_t now(void)
{
    int64_t seconds;
    return cli_now(&seconds) ? seconds : 0;
}

/* ---- one transaction ---- */

/* What older rules have analysed comes anew as well. */
static bool analyze_rest(struct work *work, bool regroup, struct err *err)
{
    size_t analyzed = 0;
    report_phase(&work->report, "grouping the articles of one initiative");
    if (!analyze_pending(work->store, work->analyzer, &analyzed, err))
        return false;
    work->summary.analyzed += analyzed;
    if (analyzed > 0) /* and so grouped */
        return true;
    return !regroup || analyze_regroup(work->store, work->analyzer, err);
}

static bool import_all(struct work *work, struct err *err)
{
    struct cli *cli = work->cli;
    work->options.rules = analyzer_version(work->analyzer);
    return ingest_paths(work->store, cli->args, (size_t)cli->n_args, &work->options, &work->summary, err);
}

static bool in_transaction(struct work *work, bool import, size_t jobs, struct err *err)
{
    struct cli *cli = work->cli;
    work->analyzer = analyzer_new(&cli->regions, &cli->taxonomy, err);
    work->store = work->analyzer ? store_open(cli->settings[SETTING_DB].value, STORE_WRITE, err) : NULL;
    if (work->analyzer)
        analyzer_use_threads(work->analyzer, jobs);
    bool ok = work->store && store_begin(work->store, err) &&
              store_put_tables(work->store, &cli->regions, &cli->taxonomy, err) && (!import || import_all(work, err)) &&
              analyze_rest(work, !import, err) && store_commit(work->store, err);
    if (!ok && work->store)
        store_rollback(work->store);
    store_close(work->store);
    analyzer_free(work->analyzer);
    report_end(&work->report);
    return ok;
}

/* ---- options ---- */

static bool import_options(struct work *work, struct err *err)
{
    static const char *const encodings[] = {"auto", "utf-8", "cp949", "euc-kr", "utf-16le", "utf-16be"};
    struct cli *cli = work->cli;
    int64_t seconds;
    const char *formats[32] = {"auto"};
    size_t n = 1, at;
    for (const char *name; n < 32 && (name = ingest_format(n - 1)) != NULL;)
        formats[n++] = name;
    work->options = (struct ingest_options){
        .format = cli->format ? cli->format : "auto",
        .map = cli->map,
        .encoding = cli->encoding ? cli->encoding : "auto",
        .file_limit = LIMIT_PAGE_BYTES,
        .again = cli->again,
        .database = cli->settings[SETTING_DB].value,
        .now = now,
        .context = work,
        .analyze = analyze,
        .report = report,
        .progress = work->report.shows ? progress : NULL,
        .stop = interrupt_flag(),
    };
    return cli_choice(cli->arena, "--format", cli->format, formats, n, &at, err) &&
           cli_choice(cli->arena, "--encoding", cli->encoding, encodings, sizeof encodings / sizeof *encodings, &at,
                      err) &&
           ingest_map_check(cli->map, err) && cli_jobs(cli, &work->options.jobs, err) &&
           (cli_now(&seconds) ||
            err_set(err, ERR_USAGE, "SOURCE_DATE_EPOCH: not a time in seconds: %s", getenv("SOURCE_DATE_EPOCH")));
}

/* ---- after an interrupt ---- */

/* A word as a shell takes it. */
static void quote(struct buf *out, const char *word)
{
    static const char plain[] = "_./=,:+@%-";
    bool quoted = *word == '\0';
    for (const char *p = word; *p; p++)
        quoted |= !isalnum((unsigned char)*p) && !strchr(plain, *p) && (unsigned char)*p < 0x80;
    if (!quoted) {
        buf_text(out, word);
        return;
    }
    buf_char(out, '\'');
    for (const char *p = word; *p; p++) {
        if (*p == '\'')
            buf_text(out, "'\\'");
        buf_char(out, *p);
    }
    buf_char(out, '\'');
}

static bool reads_stdin(const struct cli *cli)
{
    for (int i = 0; i < cli->n_args; i++)
        if (strcmp(cli->args[i], "-") == 0)
            return true;
    return false;
}

static void say_how_to_go_on(const struct work *work)
{
    struct cli *cli = work->cli;
    struct buf command = {0};
    for (int i = 0; i < cli->argc && command.n < SHOWN_COMMAND; i++) {
        if (i)
            buf_char(&command, ' ');
        quote(&command, cli->argv[i]);
    }
    char *words = arena_copy(cli->arena, command.p ? command.p : "", command.n);
    utf8_tame(words);
    buf_free(&command);
    if (!work->summary.cut)
        fprintf(stderr, "briefgen: interrupted, but all was in already\n");
    else
        fprintf(stderr, "briefgen: interrupted: what is counted here is in the database; to go on%s: %s%s\n",
                reads_stdin(cli) ? " (with the same input from its beginning)" : "", words,
                strlen(words) >= SHOWN_COMMAND ? " …" : "");
}

/* ---- the commands ---- */

bool cmd_import(struct cli *cli, struct err *err)
{
    struct work work = {.cli = cli};
    report_begin(&work.report, cli);
    if (!import_options(&work, err))
        return false;
    interrupt_watch();
    bool ok = in_transaction(&work, true, work.options.jobs, err);
    ok = ok && report_summary(&work.report, &work.summary, interrupt_seen(), err);
    interrupt_restore();
    if (ok && interrupt_seen()) {
        say_how_to_go_on(&work);
        interrupt_die();
    }
    size_t faulty = work.summary.faulty;
    return ok && (faulty == 0 || err_set(err, ERR_INPUT, "%zu file%s set aside whole: nothing of %s is in", faulty,
                                         faulty == 1 ? " was" : "s were", faulty == 1 ? "it" : "them"));
}

bool cmd_reanalyze(struct cli *cli, struct err *err)
{
    struct work work = {.cli = cli};
    size_t jobs;
    report_begin(&work.report, cli);
    if (!cli_jobs(cli, &jobs, err))
        return false;
    if (access(cli->settings[SETTING_DB].value, F_OK) != 0)
        return err_set(err, ERR_NO_INPUT, "%s: no such database", cli->settings[SETTING_DB].value);
    if (!in_transaction(&work, false, jobs, err))
        return false;
    if (cli->quiet)
        return true;
    size_t analyzed = work.summary.analyzed;
    return cli_print(
        str_from(arena_printf(cli->arena, cli->json ? "{\"analyzed\":%zu}\n" : "%zu articles analyzed\n", analyzed)),
        err);
}
