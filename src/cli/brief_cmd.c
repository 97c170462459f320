/* `briefgen --month 2024-01`: brief → PDF, CSV, manifest, published together. */
#include "cli/cli.h"

#include "base/file.h"
#include "base/json.h"
#include "base/utf8.h"
#include "brief/brief.h"
#include "out/csv.h"
#include "template/template.h"

#include <string.h>

enum { MAX_FILES = CSV_TABLES + 2 };

struct outputs {
    struct file_item items[MAX_FILES];
    const char *names[MAX_FILES];
    struct buf bytes[MAX_FILES];
    size_t n;
};

static bool read_template(struct cli *cli, const char **name, struct str *text, struct buf *file, struct err *err)
{
    const char *wanted = cli->settings[SETTING_TEMPLATE].value;
    bool is_path = strchr(wanted, '/') || (strlen(wanted) > 3 && strcmp(wanted + strlen(wanted) - 3, ".md") == 0);
    *name = is_path ? wanted : arena_printf(cli->arena, "templates/%s.md", wanted);
    *text = is_path ? (struct str){NULL, 0} : data_file(*name);
    if (text->p)
        return true;
    if (!is_path)
        return err_set(err, ERR_CONFIG,
                       "template \"%s\": there is no such template in the program; a file is named with its .md",
                       wanted);
    if (!file_read(wanted, 16 << 20, file, err)) {
        err->kind = ERR_CONFIG;
        return false;
    }
    if (utf8_invalid(buf_view(file)) != SIZE_MAX)
        return err_set(err, ERR_CONFIG, "%s: not UTF-8 at byte %zu", wanted, utf8_invalid(buf_view(file)) + 1);
    *text = utf8_nfc(cli->arena, buf_view(file));
    return true;
}

static bool wants(const struct cli *cli, const char *format)
{
    struct str rest = str_from(cli->format ? cli->format : "pdf,csv"), field;
    while (str_field(&rest, ',', &field))
        if (str_equal(field, str_from(format)))
            return true;
    return false;
}

static bool check_formats(const struct cli *cli, struct err *err)
{
    struct str rest = str_from(cli->format ? cli->format : "pdf"), field;
    while (str_field(&rest, ',', &field))
        if (!str_equal(field, STR("pdf")) && !str_equal(field, STR("csv")))
            return err_set(err, ERR_USAGE, "--format " STR_FMT ": not one of pdf, csv", STR_ARG(field));
    return true;
}

/* A new output file, whose bytes the caller fills. */
static struct buf *add_file(struct outputs *outputs, const char *name)
{
    outputs->names[outputs->n] = name;
    return &outputs->bytes[outputs->n++];
}

static void write_manifest(const struct brief *brief, struct outputs *outputs, const char *period)
{
    struct buf *out = add_file(outputs, "manifest.json");
    struct json json = {.out = out};
    json_open(&json, NULL, '{');
    json_int(&json, "schema_version", 1);
    json_str(&json, "program", STR("briefgen " BRIEFGEN_VERSION));
    json_str(&json, "rules_version", brief->rules_version);
    json_str(&json, "period", str_from(period));
    json_null_str(&json, "data_cutoff", str_from(date_iso(brief->cutoff).p));
    json_open(&json, "files", '[');
    for (size_t i = 0; i + 1 < outputs->n; i++) {
        char hex[65];
        file_sha256(buf_view(&outputs->bytes[i]), hex);
        json_open(&json, NULL, '{');
        json_str(&json, "name", str_from(outputs->names[i]));
        json_int(&json, "bytes", (int64_t)outputs->bytes[i].n);
        json_str(&json, "sha256", str_from(hex));
        json_close(&json, '}');
    }
    json_close(&json, ']');
    json_close(&json, '}');
    buf_char(out, '\n');
}

static bool make_document(struct cli *cli, const struct brief *brief, const char *target, struct buf *out,
                          struct err *err)
{
    const char *name;
    struct str text;
    struct buf file = {0};
    struct doc doc = {0};
    bool ok = cli_style(cli, err) && read_template(cli, &name, &text, &file, err) &&
              template_render(cli->arena, name, text, template_context(cli->arena, brief), &cli->styles, &doc, err);
    cli_timing(cli, "template");
    ok = ok && typeset(cli, &doc, target, out, NULL, err);
    buf_free(&file);
    return ok;
}

static bool publish(struct cli *cli, struct outputs *outputs, const char *period, struct err *err)
{
    const char *directory = file_join(cli->arena, cli->settings[SETTING_OUTPUT].value, period);
    if (!file_make_directory(directory, err))
        return false;
    struct buf list = {0};
    struct json json = {.out = &list};
    json_open(&json, NULL, '[');
    for (size_t i = 0; i < outputs->n; i++) {
        const char *path = file_join(cli->arena, directory, outputs->names[i]);
        outputs->items[i] = (struct file_item){path, buf_view(&outputs->bytes[i])};
        json_str(&json, NULL, str_from(path));
    }
    json_close(&json, ']');
    if (!cli->json) {
        buf_clear(&list);
        for (size_t i = outputs->n; i-- > 0;) /* the PDF last: the path to open */
            buf_printf(&list, "%s", outputs->items[i].path), buf_char(&list, '\n');
    } else {
        buf_char(&list, '\n');
    }
    bool ok = file_publish_all(outputs->items, outputs->n, err) && (cli->quiet || cli_print(buf_view(&list), err));
    cli_timing(cli, "publish");
    buf_free(&list);
    return ok;
}

static bool build_outputs(struct cli *cli, const struct brief *brief, const char *period, struct outputs *outputs,
                          struct err *err)
{
    if (wants(cli, "pdf") &&
        !make_document(cli, brief, "pdf", add_file(outputs, arena_printf(cli->arena, "brief-%s.pdf", period)), err))
        return false;
    for (int t = 0; t < CSV_TABLES && wants(cli, "csv"); t++)
        csv_write(brief, (enum csv_table)t,
                  add_file(outputs, arena_printf(cli->arena, "%s-%s.csv", csv_name((enum csv_table)t), period)));
    write_manifest(brief, outputs, period);
    cli_timing(cli, "tables and manifest");
    return true;
}

bool cmd_brief(struct cli *cli, struct err *err)
{
    struct brief_request request;
    bool given;
    if (!check_formats(cli, err) || !cli_month(cli, &given, &request.from, &request.to, err))
        return false;
    if (!given)
        return err_set(err, ERR_USAGE, "no month given; for example: briefgen --month 2024-01");
    struct store *store = store_open(cli->settings[SETTING_DB].value, STORE_READ, err);
    if (!store)
        return false;
    cli_timing(cli, "start");
    struct brief brief = {0};
    struct outputs outputs = {0};
    const char *period = arena_printf(cli->arena, "%s", date_iso_month(request.from).p);
    bool ok = brief_build(store, cli->arena, &cli->regions, &cli->taxonomy, &request, &brief, err);
    cli_timing(cli, "query");
    if (ok && cli->to) { /* one stage on standard output instead of files */
        struct buf *out = add_file(&outputs, "");
        ok = make_document(cli, &brief, cli->to, out, err) && cli_print(buf_view(out), err);
    } else if (ok) {
        ok = build_outputs(cli, &brief, period, &outputs, err) && publish(cli, &outputs, period, err);
    }
    for (size_t i = 0; i < outputs.n; i++)
        buf_free(&outputs.bytes[i]);
    store_close(store);
    return ok;
}
