/* doc → pages → bytes, and `briefgen render`. */
#include "cli/cli.h"

#include "base/file.h"
#include "base/language.h"
#include "base/utf8.h"
#include "layout/layout.h"
#include "out/html.h"
#include "out/md.h"
#include "out/pdf/pdf.h"
#include "out/speech.h"
#include "out/trace.h"
#include "template/template.h"

#include <string.h>
#include <unistd.h>

enum { TEXT_LIMIT = 64 << 20 };

struct fonts *open_fonts(struct cli *cli, const char **name, struct err *err)
{
    const char *file = cli->settings[SETTING_FONTS].value;
    if (!*file || file_is_directory(file)) /* unset: the folder "fonts" here, which need not be there */
        file = file_join(cli->arena, *file ? file : "fonts", "fonts.ini");
    else if (access(file, F_OK) != 0)
        return *name = file, err_set(err, ERR_CONFIG, "%s: no such file or folder", file), NULL;
    *name = file;
    if (access(file, F_OK) != 0) {
        *name =
            arena_printf(cli->arena, "the built-in list, with folder %.*s", (int)(strrchr(file, '/') + 1 - file), file);
        return fonts_open(file, data_file("fonts/fonts.ini"), err);
    }
    struct buf text = {0};
    struct fonts *fonts = NULL;
    if (file_read(file, 1 << 20, &text, err))
        fonts = fonts_open(file, buf_view(&text), err);
    else
        err->kind = ERR_CONFIG;
    buf_free(&text);
    return fonts;
}

struct fonts *cli_fonts(struct cli *cli, struct err *err)
{
    const char *name;
    if (!cli->fonts)
        cli->fonts = open_fonts(cli, &name, err);
    return cli->fonts;
}

/* What pages are made from. */
struct work {
    struct fonts *fonts;
    const struct style_sheet *sheet;
    const struct doc *doc;
    const char *target; /* "tags", "trace", … */
};

/* All pages to the device. The layout's memory, but for the structure tree, is given
 * back before the device needs its own to finish. */
static struct tags *run_layout(struct cli *cli, const struct work *work, struct device *device, struct err *err)
{
    struct layout *layout = layout_new(work->fonts, work->sheet, work->doc, &cli->diag);
    struct page page;
    while (layout_next(layout, &page, err) && device->page(device->self, &page, err))
        continue;
    struct tags *tags = layout_take_tags(layout);
    layout_free(layout);
    cli_timing(cli, "layout and content");
    return tags;
}

static bool write_html(struct cli *cli, const struct work *work, struct buf *out, struct err *err)
{
    struct artist artist = layout_artist(work->fonts, work->sheet, &cli->diag);
    bool ok = html_write(work->doc, &artist, out, err);
    artist.free(artist.self);
    return ok;
}

/* "--pdf access", "briefgen.ini: pdf = access" */
static const char *profile_words(const struct cli *cli)
{
    const struct setting *setting = &cli->settings[SETTING_PDF];
    return arena_printf(cli->arena, "%s%s%s", setting->origin,
                        *setting->origin == '-' ? " " : ": pdf = ", setting->value);
}

bool cli_pdf_profile(struct cli *cli, enum pdf_profile *profile, bool *named, struct err *err)
{
    const struct setting *setting = &cli->settings[SETTING_PDF];
    for (int i = 0; i < PDF_PROFILES; i++)
        if (strcmp(setting->value, pdf_profile_names[i]) == 0) {
            *profile = (enum pdf_profile)i;
            *named = strcmp(setting->origin, "default") != 0;
            return true;
        }
    return err_set(err, *setting->origin == '-' ? ERR_USAGE : ERR_CONFIG, "%s: not one of access, archive, plain%s",
                   profile_words(cli), cli_hint(cli->arena, setting->value, "", pdf_profile_names, PDF_PROFILES));
}

bool cli_without_pdf(const struct cli *cli, const char *made, struct err *err)
{
    return *cli->settings[SETTING_PDF].origin != '-' ||
           err_set(err, ERR_USAGE, "%s: %s is no PDF", profile_words(cli), made);
}

bool cli_target(const struct cli *cli, struct err *err)
{
    static const char *const targets[] = {"pdf", "html", "md", "tags", "trace", "doc"};
    size_t at = 0;
    return cli_choice(cli->arena, "--as", cli->as, targets, sizeof targets / sizeof *targets, &at, err) &&
           (at == 0 || cli_without_pdf(cli, cli->as, err));
}

bool cli_author(struct cli *cli, struct doc *doc, bool brief, struct err *err)
{
    const struct setting *setting = &cli->settings[SETTING_AUTHOR];
    const struct str name = str_from(setting->value);
    const bool flag = *setting->origin == '-';
    if ((doc->author.n && !flag) || (!brief && strcmp(setting->origin, "default") == 0))
        return true;
    if (utf8_invalid(name) != SIZE_MAX)
        return err_set(err, flag ? ERR_USAGE : ERR_CONFIG, "%s: the author's name is not UTF-8", setting->origin);
    doc->author = utf8_nfc(cli->arena, name);
    return true;
}

/* A box in place of a character is no copy of it: who asks for a profile by name gets none that is not whole. */
static bool all_characters(struct cli *cli, size_t said, struct err *err)
{
    const struct diag *first = NULL;
    size_t n = 0;
    for (size_t i = said; i < cli->diag.n; i++) {
        struct diag *one = &cli->diag.items[i];
        if (strcmp(one->code, "missing-glyph") != 0)
            continue;
        one->level = DIAG_ERROR;
        first = first ? first : one;
        n++;
    }
    return n == 0 ||
           err_set(err, ERR_INPUT, "%s: %s%s%s%s; add a font that has it (see briefgen doctor), or take --pdf plain",
                   profile_words(cli), first->place ? first->place : "", first->place ? ": " : "", first->text,
                   n > 1 ? " (others: above)" : "");
}

/* `options` are of a PDF. */
static bool open_device(const struct work *work, const struct page_info *info, const struct pdf_options *options,
                        struct device *out, struct err *err)
{
    if (options)
        return pdf_device(info, options, out, err);
    return strcmp(work->target, "tags") == 0 ? speech_device(info, out, err) : trace_device(info, out, err);
}

static bool make_pages(struct cli *cli, const struct work *work, const struct pdf_options *options, bool strict,
                       struct buf *out, struct err *err)
{
    const struct page_info info = layout_info(work->doc);
    struct device device;
    size_t said = cli->diag.n;
    if (!open_device(work, &info, options, &device, err))
        return false;
    struct tags *tags = run_layout(cli, work, &device, err);
    bool ok =
        err->kind == ERR_NONE && (!strict || all_characters(cli, said, err)) && device.finish(device.self, out, err);
    tags_free(tags);
    cli_timing(cli, "fonts and file");
    device.free(device.self);
    return ok;
}

/* Where nobody has asked for the profile, a document that it does not allow is a plain PDF. */
static bool make_pdf(struct cli *cli, const struct work *work, struct attachments attachments, struct buf *out,
                     struct err *err)
{
    struct pdf_options options = {.attachments = attachments.items, .n = attachments.n, .diag = &cli->diag};
    struct err refused = {0};
    bool named;
    if (!cli_pdf_profile(cli, &options.profile, &named, err))
        return false;
    if (named || options.profile == PDF_PLAIN)
        return make_pages(cli, work, &options, options.profile != PDF_PLAIN, out, err);
    if (make_pages(cli, work, &options, false, out, &refused))
        return true;
    if (refused.kind != ERR_INPUT && refused.kind != ERR_CONFIG)
        return err_set(err, refused.kind, "%s", refused.text);
    options.profile = PDF_PLAIN;
    buf_clear(out);
    size_t again = cli->diag.n;
    bool ok = make_pages(cli, work, &options, false, out, err);
    diag_drop_repeated(&cli->diag, again);
    if (ok)
        diag_add(&cli->diag, DIAG_WARNING, "plain-pdf", NULL, 0, 0,
                 "the PDF is a plain one, which promises nothing of PDF/A and PDF/UA: %s", refused.text);
    return ok;
}

/* What reading the document had to leave out. */
static void warn_of_document(struct cli *cli, const struct doc *doc)
{
    if (doc->refused_links)
        diag_add(&cli->diag, DIAG_WARNING, "refused-link", NULL, 0, 0,
                 "%zu links are left out: only http, https and mailto without a user name are allowed",
                 doc->refused_links);
    if (doc->unknown_language.n)
        diag_add(&cli->diag, DIAG_WARNING, "unknown-language", NULL, 0, 0,
                 "lang: " LANGUAGE_UNKNOWN "; " STR_FMT " is taken", STR_ARG(str_head(doc->unknown_language, 80)),
                 STR_ARG(doc->language));
}

bool typeset(struct cli *cli, const struct doc *doc, const char *target, struct attachments attachments,
             struct buf *out, struct err *err)
{
    if (strcmp(target, "doc") == 0) {
        doc_dump(doc, out);
        return true;
    }
    if (strcmp(target, "md") == 0) {
        md_write(doc, out);
        return true;
    }
    bool pdf = strcmp(target, "pdf") == 0, html = strcmp(target, "html") == 0;
    struct work work = {.sheet = cli_style(cli, doc, err), .doc = doc, .target = target};
    work.fonts = work.sheet ? cli_fonts(cli, err) : NULL;
    if (!work.fonts)
        return false;
    warn_of_document(cli, doc);
    cli_timing(cli, "fonts opened");
    return html  ? write_html(cli, &work, out, err)
           : pdf ? make_pdf(cli, &work, attachments, out, err)
                 : make_pages(cli, &work, NULL, false, out, err);
}

/* FILE.md → FILE.pdf beside it, unless -o says otherwise. */
static const char *output_name(struct cli *cli, const char *source)
{
    if (cli->out)
        return cli->out;
    size_t n = strlen(source);
    if (n > 3 && strcmp(source + n - 3, ".md") == 0)
        n -= 3;
    return arena_printf(cli->arena, "%.*s.pdf", (int)n, source);
}

/* --as, or what the name after -o ends in. */
static const char *target_of(const struct cli *cli)
{
    static const char *const endings[] = {".html", ".md"};
    struct str name = str_from(cli->out);
    for (size_t i = 0; !cli->as && i < sizeof endings / sizeof *endings; i++)
        if (str_ends(name, str_from(endings[i])))
            return endings[i] + 1;
    return cli->as ? cli->as : "pdf";
}

bool cmd_render(struct cli *cli, struct err *err)
{
    const char *source = cli->args[0], *target = target_of(cli);
    enum pdf_profile profile;
    bool named;
    if (!cli_pdf_profile(cli, &profile, &named, err) || !cli_target(cli, err) ||
        (strcmp(target, "pdf") != 0 && !cli_without_pdf(cli, target, err)))
        return false;
    const char *path = strcmp(target, "pdf") == 0 || cli->out ? output_name(cli, source) : "-";
    if (strcmp(source, "-") == 0 && !cli->out)
        path = "-";
    struct buf text = {0}, bytes = {0};
    struct doc doc = {0};
    cli_timing(cli, "start");
    bool ok = file_read(source, TEXT_LIMIT, &text, err);
    if (ok) {
        struct template_source from = cli_source(cli, source, buf_view(&text));
        ok = template_plain(cli->arena, &from, &doc, err) && cli_author(cli, &doc, false, err);
    }
    buf_free(&text);
    cli_timing(cli, "document");
    ok = ok && typeset(cli, &doc, target, (struct attachments){0}, &bytes, err) &&
         (strcmp(path, "-") == 0 ? cli_print(buf_view(&bytes), err) : file_publish(path, buf_view(&bytes), err));
    if (ok && strcmp(path, "-") != 0 && !cli->quiet)
        ok = cli_print(str_from(arena_printf(cli->arena, "%s\n", path)), err);
    buf_free(&bytes);
    return ok;
}
