/* `briefgen doctor`: settings and their origin, fonts, database. */
#include "cli/cli.h"

#include "analyze/analyze.h"
#include "layout/layout.h"

#include <string.h>
#include <unistd.h>

static void describe_profile(struct cli *cli, struct buf *out)
{
    static const char *const what[PDF_PROFILES] = {
        [PDF_PLAIN] = "the smallest, not tagged",
        [PDF_ACCESS] = "PDF/A-3a and PDF/UA-1, the tables attached",
        [PDF_ARCHIVE] = "PDF/A-1a",
    };
    struct err err = {0};
    enum pdf_profile profile;
    bool named;
    if (!cli_pdf_profile(cli, &profile, &named, &err))
        buf_printf(out, "  PROBLEM: %s\n", err.text);
    else
        buf_printf(out, "\nPDF files: %s%s\n", what[profile],
                   profile == PDF_PLAIN ? ""
                   : named              ? "; a character that no font has is an error"
                                        : "; a character that no font has is a box, with a warning");
}

static void describe_fonts(struct cli *cli, struct buf *out)
{
    struct err err = {0};
    const char *name;
    struct fonts *fonts = open_fonts(cli, &name, &err);
    buf_printf(out, "\nfonts by %s\n", name);
    if (fonts)
        fonts_describe(fonts, out);
    else
        buf_printf(out, "  PROBLEM: %s\n", err.text);
    fonts_free(fonts);
}

static void count_line(struct store *store, const char *label, const char *sql, struct buf *out)
{
    struct err err = {0};
    struct rows *rows = store_query(store, sql, NULL, 0, &err);
    if (rows && rows_next(rows, &err))
        buf_printf(out, "  %-24s " STR_FMT "\n", label, STR_ARG(rows_text(rows, 0)));
    else if (err.kind != ERR_NONE)
        buf_printf(out, "  %-24s PROBLEM: %s\n", label, err.text);
    rows_close(rows);
}

static void describe_database(struct cli *cli, struct buf *out)
{
    struct err err = {0};
    const char *path = cli->settings[SETTING_DB].value;
    buf_printf(out, "\ndatabase %s\n", path);
    if (access(path, F_OK) != 0) {
        buf_text(out, "  not there yet: briefgen import makes it\n");
        return;
    }
    struct store *store = store_open(path, STORE_READ, &err);
    if (!store) {
        buf_printf(out, "  PROBLEM: %s\n", err.text);
        return;
    }
    bool sound = store_check(store, &err);
    buf_printf(out, "  %-24s %s%s\n", "structure", sound ? "sound" : "PROBLEM: ", sound ? "" : err.text);
    count_line(store, "articles", "SELECT count(*) FROM article", out);
    count_line(store, "  without a certain date", "SELECT count(*) FROM article WHERE published IS NULL", out);
    count_line(store, "initiatives", "SELECT count(*) FROM initiative", out);
    count_line(store, "imports", "SELECT count(*) FROM import", out);
    count_line(store, "set aside", "SELECT count(*) FROM " STORE_REJECTS " WHERE code <> '" STORE_EXCLUDED "'", out);
    count_line(store, "  corrections that wait",
               "SELECT count(*) || ' for ' || count(DISTINCT key) || ' forgotten articles' FROM kept_correction"
               " HAVING count(*) > 0",
               out);
    count_line(store, "published",
               "SELECT coalesce(date(min(published) * 86400, 'unixepoch') || ' .. ' ||"
               " date(max(published) * 86400, 'unixepoch'), 'nothing') FROM article",
               out);
    count_line(store, "rules that analyzed them", "SELECT coalesce(group_concat(DISTINCT rules), 'none') FROM analysis",
               out);
    store_close(store);
}

bool cmd_doctor(struct cli *cli, struct err *err)
{
    struct buf out = {0};
    struct analyzer *analyzer = analyzer_new(&cli->regions, &cli->taxonomy, err);
    if (!analyzer)
        return false;
    buf_printf(&out, "briefgen %s, rules %s, %zu regions, %zu categories\n\nsettings\n", BRIEFGEN_VERSION,
               analyzer_version(analyzer), cli->regions.n, cli->taxonomy.n);
    for (size_t i = 0; i < SETTINGS; i++)
        buf_printf(&out, "  %-10s %-28s from %s\n", cli->settings[i].name,
                   *cli->settings[i].value ? cli->settings[i].value : "(built in)", cli->settings[i].origin);
    describe_profile(cli, &out);
    describe_fonts(cli, &out);
    describe_database(cli, &out);
    bool ok = cli_print(buf_view(&out), err);
    buf_free(&out);
    analyzer_free(analyzer);
    return ok;
}
