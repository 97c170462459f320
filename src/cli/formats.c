/* brief → files in each format, a manifest, and their publication. */
#include "cli/formats.h"

#include "base/file.h"
#include "base/json.h"
#include "brief/period.h"
#include "out/csv.h"
#include "out/xlsx.h"
#include "template/template.h"

#include <assert.h>
#include <string.h>

const struct value *edition_context(struct edition *edition)
{
    if (!edition->context)
        edition->context = template_context(edition->arena, edition->brief);
    return edition->context;
}

const struct doc *edition_document(struct edition *edition, struct err *err)
{
    struct cli *cli = edition->cli;
    struct template_source source;
    if (edition->doc || !cli_template(cli, &source, err))
        return edition->doc;
    struct doc *doc = ARENA_NEW(edition->arena, struct doc);
    if (template_make(edition->arena, &source, edition_context(edition), doc, err))
        edition->doc = doc;
    cli_timing(cli, "template");
    return edition->doc;
}

/* ---- formats ---- */

/* Period and scope: what its files have in common. */
static const char *edition_name(const struct edition *edition)
{
    return arena_printf(edition->arena, "%s%s%s", period_name(edition->brief->from, edition->brief->to).p,
                        *edition->scope ? "-" : "", edition->scope);
}

static const char *file_name(const struct edition *edition, const char *stem, const char *ending)
{
    return arena_printf(edition->arena, "%s-%s.%s", stem, edition_name(edition), ending);
}

/* A new output file, whose bytes the caller fills. */
static struct buf *add_file(struct edition *edition, const char *name)
{
    assert(edition->n < EDITION_FILES);
    edition->names[edition->n] = name;
    return &edition->bytes[edition->n++];
}

/* The document as a format that has the ending of its name. */
static bool write_document(struct edition *edition, const char *format, struct err *err)
{
    const struct doc *doc = edition_document(edition, err);
    size_t said = edition->cli->diag.n;
    bool ok = doc && typeset(edition->cli, doc, format, (struct attachments){0},
                             add_file(edition, file_name(edition, "brief", format)), err);
    diag_drop_repeated(&edition->cli->diag, said); /* what a chart says, it says in every format */
    return ok;
}

static bool write_pdf(struct edition *edition, struct err *err)
{
    return write_document(edition, "pdf", err);
}

static bool write_html(struct edition *edition, struct err *err)
{
    return write_document(edition, "html", err);
}

static bool write_md(struct edition *edition, struct err *err)
{
    return write_document(edition, "md", err);
}

static bool write_csv(struct edition *edition, struct err *err)
{
    struct csv_options options;
    if (!cli_csv_options(edition->cli, &options, err))
        return false;
    for (int t = 0; t < SHEET_KINDS; t++)
        if (!csv_write(edition->brief, (enum sheet_kind)t, &options,
                       add_file(edition, file_name(edition, sheet_name((enum sheet_kind)t), "csv")), err))
            return false;
    csvw_write(edition->brief, edition_name(edition), &options, add_file(edition, "csv-metadata.json"));
    return true;
}

static bool write_xlsx(struct edition *edition, struct err *err)
{
    struct csv_options options;
    return cli_csv_options(edition->cli, &options, err) &&
           xlsx_write(edition->brief, edition_name(edition), options.language,
                      add_file(edition, file_name(edition, "brief", "xlsx")), err);
}

static bool write_json(struct edition *edition, struct err *err)
{
    (void)err;
    value_json(edition_context(edition), add_file(edition, file_name(edition, "brief", "json")));
    return true;
}

/* In the order of the manifest; the first of those wanted is the file to open. */
static const struct format {
    const char *name;
    bool (*write)(struct edition *edition, struct err *err);
} formats[] = {{"pdf", write_pdf}, {"html", write_html}, {"md", write_md},
               {"csv", write_csv}, {"xlsx", write_xlsx}, {"json", write_json}};
enum { FORMATS = sizeof formats / sizeof *formats };

static struct str wanted_formats(const struct cli *cli)
{
    return str_from(cli->format ? cli->format : "pdf,csv");
}

static bool wants(const struct cli *cli, const char *format)
{
    struct str rest = wanted_formats(cli), field;
    while (str_field(&rest, ',', &field))
        if (str_equal(field, str_from(format)))
            return true;
    return false;
}

bool formats_check(struct cli *cli, struct err *err)
{
    struct str rest = wanted_formats(cli), field;
    const char *names[FORMATS], *list = "";
    struct csv_options options;
    if (!cli_csv_options(cli, &options, err))
        return false;
    for (size_t i = 0; i < FORMATS; i++) {
        names[i] = formats[i].name;
        list = arena_printf(cli->arena, "%s%s%s", list, i ? ", " : "", names[i]);
    }
    while (str_field(&rest, ',', &field)) {
        size_t i = 0;
        while (i < FORMATS && !str_equal(field, str_from(names[i])))
            i++;
        if (i == FORMATS)
            return err_set(err, ERR_USAGE, "--format " STR_FMT ": not one of %s", STR_ARG(field), list);
    }
    return true;
}

/* The template's name, of a file without its folders, which differ from machine to machine. */
static const char *template_word(const struct cli *cli)
{
    const char *name = cli->settings[SETTING_TEMPLATE].value, *slash = strrchr(name, '/');
    return slash ? slash + 1 : name;
}

static void write_manifest(struct edition *edition)
{
    const struct brief *brief = edition->brief;
    size_t n = edition->n;
    struct buf *out = add_file(edition, "manifest.json");
    struct json json = {.out = out};
    json_open(&json, NULL, '{');
    json_int(&json, "schema_version", SHEETS_VERSION);
    json_str(&json, "program", STR("briefgen " BRIEFGEN_VERSION));
    json_str(&json, "rules_version", brief->rules_version);
    json_str(&json, "template", str_from(template_word(edition->cli)));
    json_str(&json, "period", str_from(period_name(brief->from, brief->to).p));
    json_null_str(&json, "scope", str_from(edition->scope));
    json_null_str(&json, "data_cutoff", str_from(date_iso(brief->cutoff).p));
    json_open(&json, "files", '[');
    for (size_t i = 0; i < n; i++) {
        char hex[65];
        file_sha256(buf_view(&edition->bytes[i]), hex);
        json_open(&json, NULL, '{');
        json_str(&json, "name", str_from(edition->names[i]));
        json_int(&json, "bytes", (int64_t)edition->bytes[i].n);
        json_str(&json, "sha256", str_from(hex));
        json_close(&json, '}');
    }
    json_close(&json, ']');
    json_close(&json, '}');
    buf_char(out, '\n');
}

bool edition_prepare(struct cli *cli, date_t from, date_t to, struct err *err)
{
    const char *directory = file_join(cli->arena, cli->settings[SETTING_OUTPUT].value, period_name(from, to).p);
    struct template_source source;
    return cli_template(cli, &source, err) && cli_style(cli, NULL, err) && cli_fonts(cli, err) &&
           file_make_directory(directory, err);
}

bool edition_write(struct edition *edition, struct err *err)
{
    for (size_t i = 0; i < FORMATS; i++)
        if (wants(edition->cli, formats[i].name) && !formats[i].write(edition, err))
            return false;
    write_manifest(edition);
    cli_timing(edition->cli, "tables and manifest");
    return true;
}

/* ---- publication ---- */

static void list_paths(const struct cli *cli, const struct file_item *items, size_t n, struct buf *list)
{
    struct json json = {.out = list};
    if (!cli->json && cli->all_regions) { /* many: the first alone */
        buf_printf(list, "%s\n", items[0].path);
        return;
    }
    if (!cli->json) {
        while (n-- > 0) /* the file to open comes last */
            buf_printf(list, "%s\n", items[n].path);
        return;
    }
    json_open(&json, NULL, '[');
    for (size_t i = 0; i < n; i++)
        json_str(&json, NULL, str_from(items[i].path));
    json_close(&json, ']');
    buf_char(list, '\n');
}

bool edition_publish(struct edition *edition, struct buf *list, struct err *err)
{
    const struct cli *cli = edition->cli;
    struct file_item items[EDITION_FILES];
    const char *directory = file_join(edition->arena, cli->settings[SETTING_OUTPUT].value,
                                      period_name(edition->brief->from, edition->brief->to).p);
    if (*edition->scope)
        directory = file_join(edition->arena, directory, edition->scope);
    for (size_t i = 0; i < edition->n; i++)
        items[i] =
            (struct file_item){file_join(edition->arena, directory, edition->names[i]), buf_view(&edition->bytes[i])};
    if (!file_make_directory(directory, err) || !file_publish_all(items, edition->n, err))
        return false;
    list_paths(cli, items, edition->n, list);
    return true;
}

void edition_free(struct edition *edition)
{
    for (size_t i = 0; i < edition->n; i++)
        buf_free(&edition->bytes[i]);
}
