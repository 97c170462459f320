/* Settings: flag > environment (BRIEFGEN_*) > briefgen.ini in the current folder > default. */
#include "cli/cli.h"

#include "base/file.h"

#include <errno.h>
#include <ini.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct setting defaults[SETTINGS] = {
    [SETTING_DB] = {"db", "briefgen.db", NULL, NULL},
    [SETTING_OUTPUT] = {"output", "reports", NULL, NULL},
    [SETTING_TEMPLATE] = {"template", "monthly", NULL, NULL},
    [SETTING_FONTS] = {"fonts", "", NULL, NULL}, /* "" = the folder "fonts" here, and the embedded list */
    [SETTING_STYLE] = {"style", "", NULL, NULL}, /* "" = templates/house.ini alone */
    [SETTING_DATA] = {"data", "", NULL, NULL},   /* "" = the embedded tables */
    [SETTING_PDF] = {"pdf", "access", NULL, NULL},
    [SETTING_AUTHOR] = {"author", "briefgen", NULL, NULL},
};

struct ini_state {
    struct cli *cli;
    struct err *err;
};

static int take_line(void *user, const char *section, const char *name, const char *value)
{
    struct ini_state *state = user;
    for (size_t i = 0; i < SETTINGS && !*section; i++) {
        struct setting *setting = &state->cli->settings[i];
        if (strcmp(setting->name, name) != 0)
            continue;
        if (!setting->value) {
            setting->value = arena_copy(state->cli->arena, value, strlen(value));
            setting->origin = "briefgen.ini";
        }
        return 1;
    }
    const char *names[SETTINGS];
    for (size_t i = 0; i < SETTINGS; i++)
        names[i] = defaults[i].name;
    err_set(state->err, ERR_CONFIG, "briefgen.ini: unknown setting \"%s%s%s\"%s", section, *section ? "/" : "", name,
            cli_hint(state->cli->arena, name, "", names, SETTINGS));
    return 0;
}

static bool read_ini(struct cli *cli, struct err *err)
{
    if (access("briefgen.ini", F_OK) != 0)
        return true;
    struct buf text = {0};
    bool ok = file_read("briefgen.ini", 1 << 20, &text, err);
    struct ini_state state = {cli, err};
    if (ok) {
        int line = ini_parse_string(text.p, take_line, &state);
        if (line != 0)
            ok = err_set(err, ERR_CONFIG, "briefgen.ini:%d: not a line of the form name = value", line);
    }
    buf_free(&text);
    return ok;
}

bool settings_load(struct cli *cli, struct err *err)
{
    static const char *const variables[SETTINGS] = {"BRIEFGEN_DB",    "BRIEFGEN_OUTPUT", "BRIEFGEN_TEMPLATE",
                                                    "BRIEFGEN_FONTS", "BRIEFGEN_STYLE",  "BRIEFGEN_DATA",
                                                    "BRIEFGEN_PDF",   "BRIEFGEN_AUTHOR"};
    static const char *const flags[SETTINGS] = {"--db",    "--output", "--template", "--fonts",
                                                "--style", "--data",   "--pdf",      "--author"};
    for (size_t i = 0; i < SETTINGS; i++) {
        struct setting *setting = &cli->settings[i];
        const char *given = setting->value, *environment = getenv(variables[i]);
        *setting = defaults[i];
        if (given) {
            setting->value = given;
            setting->origin = flags[i];
        } else if (environment && *environment) {
            setting->value = environment;
            setting->origin = variables[i];
        }
    }
    if (!read_ini(cli, err))
        return false;
    for (size_t i = 0; i < SETTINGS; i++) {
        struct setting *setting = &cli->settings[i];
        if (!setting->value) {
            setting->value = setting->fallback;
            setting->origin = "default";
        }
    }
    return true;
}
