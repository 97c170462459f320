/* `briefgen template`: the built-in templates, and the mistakes of any. */
#include "cli/cli.h"

#include <string.h>

static const char folder[] = "templates/";

const char *template_built_in(struct cli *cli, size_t *at)
{
    const char *name;
    while ((name = data_name((*at)++)))
        if (str_starts(str_from(name), STR(folder)) && str_ends(str_from(name), STR(".md")) &&
            !str_ends(str_from(name), STR("/README.md"))) {
            size_t skip = sizeof folder - 1;
            return arena_copy(cli->arena, name + skip, strlen(name) - skip - STR(".md").n);
        }
    return NULL;
}

/* Whole templates first, then their parts. */
static bool list(struct cli *cli, struct err *err)
{
    struct buf out = {0};
    for (int parts = 0; parts < 2; parts++) {
        size_t at = 0;
        for (const char *name; (name = template_built_in(cli, &at));)
            if (str_starts(str_from(name), STR("part-")) == (parts == 1))
                buf_printf(&out, "%s\n", name);
    }
    bool ok = cli_print(buf_view(&out), err);
    buf_free(&out);
    return ok;
}

static bool show(struct cli *cli, struct err *err)
{
    struct template_source source;
    return cli_template(cli, &source, err) && cli_print(source.text, err);
}

/* A built-in part, or a file that takes the place of one: what the whole templates put in. */
struct part {
    struct cli *cli;
    const struct template_source *source;
    struct str name;
    const struct template_loader *others;
    bool used;
};

static bool load_part(void *user, struct str name, const char **file, struct str *text)
{
    struct part *part = user;
    if (!str_equal(name, part->name))
        return part->others->load(part->others->user, name, file, text);
    part->used = true;
    *file = part->source->name;
    *text = part->source->text;
    return true;
}

static struct str near_part(void *user, struct str name)
{
    struct part *part = user;
    return part->others->near(part->others->user, name);
}

/* The last name of a path, without .md. */
static struct str stem_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct str name = str_from(slash ? slash + 1 : path);
    return str_ends(name, STR(".md")) ? str_slice(name, 0, name.n - 3) : name;
}

/* Adds what a check found in the part itself, once. */
static void take_own(const struct part *part, const struct diag_list *found)
{
    struct diag_list *diag = &part->cli->diag;
    for (size_t i = 0; i < found->n; i++) {
        const struct diag *one = &found->items[i];
        bool own = strcmp(one->place, part->source->name) == 0;
        for (size_t k = 0; own && k < diag->n; k++)
            own = diag->items[k].line != one->line || strcmp(diag->items[k].text, one->text) != 0;
        if (own)
            diag_add(diag, one->level, one->code, one->place, one->line, 0, "%s", one->text);
    }
}

/* A part is looked at where the whole templates call it, because it uses names of the lists there. The names of those
 * templates; empty where none calls it. */
static const char *check_in_callers(struct part *part, const struct value *sample, struct err *err)
{
    struct cli *cli = part->cli;
    const char *own = cli->template_name, *slash = strrchr(own, '/'), *callers = "", *name;
    const struct template_loader loader = {load_part, part, near_part};
    for (size_t at = 0; !err->kind && (name = template_built_in(cli, &at));) {
        if (str_starts(str_from(name), STR("part-")))
            continue;
        struct diag_list found = {0};
        struct str text = data_file(arena_printf(cli->arena, "%s%s.md", folder, name));
        cli->template_name = arena_printf(cli->arena, "%.*s%s.md", slash ? (int)(slash + 1 - own) : 0, own, name);
        struct template_source whole = cli_source(cli, cli->template_name, text);
        part->others = whole.loader;
        part->used = false;
        whole.loader = &loader;
        template_check(cli->arena, &whole, sample, &found, err);
        if (part->used) {
            take_own(part, &found);
            callers = arena_printf(cli->arena, "%s%s%s", callers, *callers ? ", " : "", name);
        }
        diag_free(&found);
    }
    cli->template_name = own;
    return callers;
}

static bool check(struct cli *cli, struct err *err)
{
    struct template_source source;
    if (!cli_template(cli, &source, err))
        return false;
    const struct value *sample = template_context(cli->arena, template_sample(cli->arena));
    size_t before = diag_count(&cli->diag, DIAG_ERROR);
    struct part part = {.cli = cli, .source = &source, .name = stem_of(source.name)};
    bool is_part = str_starts(part.name, STR("part-"));
    const char *callers = is_part ? check_in_callers(&part, sample, err) : "";
    if (!err->kind && !*callers)
        template_check(cli->arena, &source, sample, &cli->diag, err);
    size_t n = diag_count(&cli->diag, DIAG_ERROR) - before;
    if (err->kind || n)
        return err_set(err, ERR_CONFIG, "%s: %zu mistake%s", source.name, n, n == 1 ? "" : "s");
    return cli->quiet || cli_print(str_from(arena_printf(cli->arena, "%s: no mistakes%s%s\n", source.name,
                                                         *callers ? ", where it is used: " : "", callers)),
                                   err);
}

bool cmd_template(struct cli *cli, struct err *err)
{
    static const struct {
        const char *name;
        int args;
        bool (*run)(struct cli *cli, struct err *err);
    } actions[] = {{"list", 0, list}, {"show", 1, show}, {"check", 1, check}};
    static const char *const names[] = {"list", "show", "check"};
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        if (strcmp(cli->args[0], actions[i].name) != 0)
            continue;
        if (cli->n_args - 1 != actions[i].args)
            return err_set(err, ERR_USAGE, "usage: briefgen template %s%s", names[i],
                           actions[i].args ? " NAME|FILE.md" : "");
        if (actions[i].args)
            cli->settings[SETTING_TEMPLATE].value = cli->args[1];
        return actions[i].run(cli, err);
    }
    return err_set(err, ERR_USAGE, "template %s: neither list nor show nor check%s", cli->args[0],
                   cli_hint(cli->arena, cli->args[0], "", names, sizeof names / sizeof *names));
}
