/* The run's template: its file or the built-in one, its partials, and the style sheet that its front matter changes. */
#include "cli/cli.h"

#include "base/file.h"
#include "base/suggest.h"
#include "layout/layout.h"

#include <dirent.h>
#include <string.h>
#include <unistd.h>

enum { TEXT_LIMIT = 16 << 20, SHEET_LIMIT = 1 << 20 };

static bool read_whole(struct cli *cli, const char *path, size_t limit, struct str *text, struct err *err)
{
    struct buf file = {0};
    bool ok = file_read(path, limit, &file, err);
    if (ok)
        *text = str_copy(cli->arena, buf_view(&file));
    else
        err->kind = ERR_CONFIG;
    buf_free(&file);
    return ok;
}

static bool is_path(const char *wanted)
{
    return strchr(wanted, '/') || str_ends(str_from(wanted), STR(".md"));
}

static const char *built_in(struct cli *cli, struct str name)
{
    return arena_printf(cli->arena, "templates/" STR_FMT ".md", STR_ARG(name));
}

static bool unknown(struct cli *cli, const char *wanted, struct err *err)
{
    const char *names[64];
    size_t n = 0, at = 0;
    while (n < sizeof names / sizeof *names && (names[n] = template_built_in(cli, &at)))
        n++;
    return err_set(err, ERR_CONFIG,
                   "template \"%s\": there is no such template in the program; a file is named with its .md%s", wanted,
                   cli_hint(cli->arena, wanted, "", names, n));
}

static bool read_template(struct cli *cli, const char *wanted, struct err *err)
{
    const char *name = is_path(wanted) ? wanted : built_in(cli, str_from(wanted));
    struct str text = is_path(wanted) ? (struct str){NULL, 0} : data_file(name);
    if (is_path(wanted) && !read_whole(cli, wanted, TEXT_LIMIT, &text, err))
        return false;
    if (!is_path(wanted) && !text.p)
        return unknown(cli, wanted, err);
    cli->template_text = text;
    cli->template_name = name;
    return true;
}

/* NAME.md beside the user's template, unless it is that one itself; else the built-in one. */
static bool load_partial(void *user, struct str name, const char **file, struct str *text)
{
    struct cli *cli = user;
    const char *own = cli->template_name, *slash = strrchr(own, '/');
    if (!name.n || name.p[0] == '.' || memchr(name.p, '/', name.n))
        return false;
    bool built = data_file(own).p == cli->template_text.p;
    int folder = slash ? (int)(slash + 1 - own) : 0;
    const char *path = arena_printf(cli->arena, "%.*s" STR_FMT ".md", folder, own, STR_ARG(name));
    struct err unread = {0};
    if (!built && strcmp(path, own) != 0 && access(path, F_OK) == 0) {
        *file = path;
        return read_whole(cli, path, TEXT_LIMIT, text, &unread);
    }
    *file = built_in(cli, name);
    *text = data_file(*file);
    return text->p;
}

/* Of two, the one that is more likely meant; of equals, the first of the alphabet. */
static struct str nearer(struct str word, struct str a, struct str b)
{
    bool before = str_compare(a, b) < 0;
    const struct str pair[2] = {before ? a : b, before ? b : a};
    return suggest(word, pair[0].n ? pair : pair + 1, pair[0].n ? 2 : 1);
}

/* Of the partials beside the template and those built in. */
static struct str near_partial(void *user, struct str name)
{
    struct cli *cli = user;
    struct str best = STR("");
    size_t at = 0;
    for (const char *one; (one = template_built_in(cli, &at));)
        best = nearer(name, best, str_from(one));
    const char *slash = strrchr(cli->template_name, '/');
    DIR *directory =
        opendir(slash ? arena_copy(cli->arena, cli->template_name, (size_t)(slash - cli->template_name) + 1) : ".");
    for (struct dirent *entry; directory && (entry = readdir(directory));) {
        struct str file = str_from(entry->d_name);
        if (str_ends(file, STR(".md")) && file.p[0] != '.')
            best = nearer(name, best, str_copy(cli->arena, str_slice(file, 0, file.n - 3)));
    }
    if (directory)
        closedir(directory);
    return best;
}

const struct style_sheet *cli_style(struct cli *cli, const struct doc *doc, struct err *err)
{
    const char *file = cli->settings[SETTING_STYLE].value;
    struct str own = doc ? doc->sheet : STR(""), text = STR("");
    if (cli->sheet && str_equal(cli->sheet_text, own))
        return cli->sheet;
    cli->sheet = NULL;
    if (*file && !read_whole(cli, file, SHEET_LIMIT, &text, err))
        return NULL;
    const struct style_layer layers[] = {{"templates/house.ini", data_file("templates/house.ini"), 0},
                                         {own.n ? doc->sheet_file : "", own, own.n ? doc->sheet_line : 0},
                                         {file, text, 0}};
    cli->sheet = style_layers(cli->arena, layers, sizeof layers / sizeof *layers, err);
    if (cli->sheet) {
        cli->sheet_text = str_copy(cli->arena, own);
        cli->styles.names = style_names(cli->sheet, cli->arena, &cli->styles.n);
        cli->styles.characters = style_character_names(cli->sheet, cli->arena, &cli->styles.n_characters);
    }
    return cli->sheet;
}

static const struct style_list *styles(void *user, const struct doc *doc, struct err *err)
{
    struct cli *cli = user;
    return cli_style(cli, doc, err) ? &cli->styles : NULL;
}

struct template_source cli_source(struct cli *cli, const char *name, struct str text)
{
    struct template_loader *loader = ARENA_NEW(cli->arena, struct template_loader);
    *loader = (struct template_loader){load_partial, cli, near_partial};
    return (struct template_source){.name = name, .text = text, .loader = loader, .styles = styles, .user = cli};
}

bool cli_template(struct cli *cli, struct template_source *out, struct err *err)
{
    if (!cli->template_name && !read_template(cli, cli->settings[SETTING_TEMPLATE].value, err))
        return false;
    *out = cli_source(cli, cli->template_name, cli->template_text);
    return true;
}
