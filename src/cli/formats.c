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
    if (template_make(edition->arena, &source, edition_context(edition), doc, err) && cli_author(cli, doc, true, err))
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
    edition->files[edition->n].name = name;
    return &edition->files[edition->n++].bytes;
}

/* The template's name, of a file without its folders, which differ from machine to machine. */
static const char *template_word(const struct cli *cli)
{
    const char *name = cli->settings[SETTING_TEMPLATE].value, *slash = strrchr(name, '/');
    return slash ? slash + 1 : name;
}

/* What the files were made from, and their hashes. */
static void put_manifest(const struct edition *edition, struct edition_file *files, size_t n, struct buf *out)
{
    const struct brief *brief = edition->brief;
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
        if (!*files[i].sha256)
            file_sha256(buf_view(&files[i].bytes), files[i].sha256);
        json_open(&json, NULL, '{');
        json_str(&json, "name", str_from(files[i].name));
        json_int(&json, "bytes", (int64_t)files[i].bytes.n);
        json_str(&json, "sha256", str_from(files[i].sha256));
        json_close(&json, '}');
    }
    json_close(&json, ']');
    json_close(&json, '}');
    buf_char(out, '\n');
}

/* The CSV tables and what their columns are, made once. */
static bool make_tables(struct edition *edition, struct err *err)
{
    struct csv_options options;
    if (edition->has_tables)
        return true;
    if (!cli_csv_options(edition->cli, &options, err))
        return false;
    for (int t = 0; t < SHEET_KINDS; t++) {
        edition->tables[t].name = file_name(edition, sheet_name((enum sheet_kind)t), "csv");
        if (!csv_write(edition->brief, (enum sheet_kind)t, &options, &edition->tables[t].bytes, err))
            return false;
    }
    edition->tables[SHEET_KINDS].name = "csv-metadata.json";
    csvw_write(edition->brief, edition_name(edition), &options, &edition->tables[SHEET_KINDS].bytes);
    edition->has_tables = true;
    cli_timing(edition->cli, "tables");
    return true;
}

static void attach(struct pdf_attachment *file, const char *name, struct str type, struct str description,
                   const struct buf *bytes)
{
    *file = (struct pdf_attachment){str_from(name), type, description, buf_view(bytes)};
}

/* The tables, what they are and a manifest of them as files in the PDF, described in the tables' language. */
static void attach_tables(struct edition *edition, struct pdf_attachment *files, struct buf *manifest)
{
    struct csv_options options;
    struct sheet sheet;
    struct err err = {0};
    cli_csv_options(edition->cli, &options, &err);
    sheet_open(edition->arena, edition->brief, SHEET_TREND, options.language, &sheet);
    for (int t = 0; t < SHEET_KINDS; t++) {
        const char *name = sheet_name((enum sheet_kind)t);
        struct str title = sheet_word(&sheet, arena_printf(edition->arena, "table-%s", name));
        struct str rows = sheet_word(&sheet, arena_printf(edition->arena, "rows-%s", name));
        const char *both = arena_printf(edition->arena, STR_FMT ": " STR_FMT, STR_ARG(title), STR_ARG(rows));
        attach(&files[t], edition->tables[t].name, STR("text/csv"), str_from(both), &edition->tables[t].bytes);
    }
    attach(&files[SHEET_KINDS], edition->tables[SHEET_KINDS].name, STR("application/csvm+json"),
           sheet_word(&sheet, "attached-metadata"), &edition->tables[SHEET_KINDS].bytes);
    put_manifest(edition, edition->tables, EDITION_TABLES, manifest);
    attach(&files[EDITION_TABLES], file_name(edition, "manifest", "json"), STR("application/json"),
           sheet_word(&sheet, "attached-manifest"), manifest);
    sheet_close(&sheet);
}

bool edition_typeset(struct edition *edition, const char *target, struct buf *out, struct err *err)
{
    struct pdf_attachment files[EDITION_TABLES + 1];
    struct attachments attachments = {files, 0};
    struct buf manifest = {0};
    enum pdf_profile profile = PDF_PLAIN;
    bool named, ok = strcmp(target, "pdf") != 0 || cli_pdf_profile(edition->cli, &profile, &named, err);
    if (ok && profile == PDF_ACCESS && (ok = make_tables(edition, err))) {
        attach_tables(edition, files, &manifest);
        attachments.n = EDITION_TABLES + 1;
    }
    const struct doc *doc = ok ? edition_document(edition, err) : NULL;
    ok = doc && typeset(edition->cli, doc, target, attachments, out, err);
    buf_free(&manifest);
    return ok;
}

/* The document as a format that has the ending of its name. */
static bool write_document(struct edition *edition, const char *format, struct err *err)
{
    size_t said = edition->cli->diag.n;
    bool ok = edition_typeset(edition, format, add_file(edition, file_name(edition, "brief", format)), err);
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

/* Comes after the PDF, which borrows them. */
static bool write_csv(struct edition *edition, struct err *err)
{
    if (!make_tables(edition, err))
        return false;
    for (size_t i = 0; i < EDITION_TABLES; i++) {
        assert(edition->n < EDITION_FILES);
        edition->files[edition->n++] = edition->tables[i];
        edition->tables[i].bytes = (struct buf){0};
    }
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
    const char *names[FORMATS];
    struct csv_options options;
    size_t at;
    if (!cli_csv_options(cli, &options, err))
        return false;
    for (size_t i = 0; i < FORMATS; i++)
        names[i] = formats[i].name;
    while (str_field(&rest, ',', &field))
        if (!cli_choice(cli->arena, "--format", arena_copy(cli->arena, field.p, field.n), names, FORMATS, &at, err))
            return false;
    return cli->as || wants(cli, "pdf") || cli_without_pdf(cli, wanted_formats(cli).p, err);
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
    size_t n = edition->n;
    put_manifest(edition, edition->files, n, add_file(edition, "manifest.json"));
    cli_timing(edition->cli, "other formats and manifest");
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
        items[i] = (struct file_item){file_join(edition->arena, directory, edition->files[i].name),
                                      buf_view(&edition->files[i].bytes)};
    if (!file_make_directory(directory, err) || !file_publish_all(items, edition->n, err))
        return false;
    list_paths(cli, items, edition->n, list);
    return true;
}

void edition_free(struct edition *edition)
{
    for (size_t i = 0; i < edition->n; i++)
        buf_free(&edition->files[i].bytes);
    for (size_t i = 0; i < EDITION_TABLES; i++)
        buf_free(&edition->tables[i].bytes);
}
