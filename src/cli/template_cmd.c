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

static bool check(struct cli *cli, struct err *err)
{
    struct template_source source;
    if (!cli_template(cli, &source, err))
        return false;
    const struct value *sample = template_context(cli->arena, template_sample(cli->arena));
    size_t before = diag_count(&cli->diag, DIAG_REJECT);
    if (!template_check(cli->arena, &source, sample, &cli->diag, err)) {
        size_t n = diag_count(&cli->diag, DIAG_REJECT) - before;
        return err_set(err, ERR_CONFIG, "%s: %zu mistake%s", source.name, n, n == 1 ? "" : "s");
    }
    return cli->quiet || cli_print(str_from(arena_printf(cli->arena, "%s: no mistakes\n", source.name)), err);
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
