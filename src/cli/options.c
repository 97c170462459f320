/* Options of all commands in one table; getopt_long does the parsing. */
#include "cli/cli.h"

#include "base/suggest.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_OPTIONS = 48, FIRST_CODE = 256 };

static size_t option_rows(struct cli *cli, struct option_row *rows)
{
    const struct option_row all[] = {
        {"month", 'm', "YYYY-MM", "the month, or \"last\": the last whole one", &cli->period.month, NULL},
        {"quarter", 0, "YYYY-QN", "or a quarter, 2024-Q1, or \"last\"", &cli->period.quarter, NULL},
        {"year", 0, "YYYY", "or a year, or \"last\"", &cli->period.year, NULL},
        {"from", 0, "YYYY-MM-DD", "or all days from this one …", &cli->period.from, NULL},
        {"to", 0, "YYYY-MM-DD", "… to this one", &cli->period.to, NULL},
        {"region", 'r', "NAME|CODE,...", "only of these: 시흥시, 경기, 41390", &cli->regions_wanted, NULL},
        {"category", 'c', "NAME", "only of this one: startup, bio, manufacturing", &cli->category, NULL},
        {"all-regions", 0, "KIND", "province or city: a brief for each 시·도, or each city, county and 자치구",
         &cli->all_regions, NULL},
        {"jobs", 0, "N", "at a time: briefs (default: two a core), threads of an import (default: one a core)",
         &cli->jobs, NULL},
        {"db", 'd', "FILE", "the database (default briefgen.db)", &cli->settings[SETTING_DB].value, NULL},
        {"output", 0, "DIR", "where briefs go (default reports)", &cli->settings[SETTING_OUTPUT].value, NULL},
        {"template", 't', "NAME|FILE", "the brief's template (default monthly)", &cli->settings[SETTING_TEMPLATE].value,
         NULL},
        {"fonts", 0, "FILE|DIR", "font roles, or a folder of fonts (default: fonts)",
         &cli->settings[SETTING_FONTS].value, NULL},
        {"style", 0, "FILE.ini", "looks that differ from the house style (templates/house.ini)",
         &cli->settings[SETTING_STYLE].value, NULL},
        {"data", 0, "DIR", "tables to use in place of the built-in ones (regions, taxonomy, aliases, cues, model)",
         &cli->settings[SETTING_DATA].value, NULL},
        {"format", 'f', "LIST",
         "import: auto (default) or one of those above; brief: pdf,csv (default), xlsx, html, md, json", &cli->format,
         NULL},
        {"pdf", 0, "PROFILE",
         "access (default): PDF/A-3a and PDF/UA-1, the tables attached; archive: PDF/A-1a; plain: the smallest",
         &cli->settings[SETTING_PDF].value, NULL},
        {"author", 0, "NAME", "who the document is by, in its properties (default: it says so itself, or briefgen)",
         &cli->settings[SETTING_AUTHOR].value, NULL},
        {"encoding", 'e', "NAME", "auto, utf-8, cp949, utf-16le, utf-16be", &cli->encoding, NULL},
        {"as", 0, "KIND", "pdf, html, md, tags, trace or doc", &cli->as, NULL},
        {"dump-tags", 0, NULL, "print what is heard when the document is read aloud", NULL, &cli->dump_tags},
        {"out", 'o', "FILE", "the file to write (- for standard output)", &cli->out, NULL},
        {"export", 0, "FILE.csv|DIR",
         "review: write it as a spreadsheet (- for standard output); rejects: write what can be mended into a folder",
         &cli->table_out, NULL},
        {"apply", 0, "FILE.csv", "read an edited spreadsheet back and store its corrections", &cli->table_in, NULL},
        {"lang", 0, "ko|en", "language of the headers of tables (default ko)", &cli->language, NULL},
        {"csv-encoding", 0, "NAME", "utf-8-bom (default), utf-8 or cp949", &cli->csv_encoding, NULL},
        {"map", 0, "FIELD=COLUMN,...", "of a table whose headers say something else: title=제목,body=본문", &cli->map,
         NULL},
        {"again", 0, NULL, "read also files that an earlier import has read and that have not changed", NULL,
         &cli->again},
        {"import", 0, "N|last", "only of this import", &cli->import, NULL},
        {"code", 0, "NAME", "only of this kind: no-body", &cli->code, NULL},
        {"excluded", 0, NULL, "list what the source itself excludes instead", NULL, &cli->excluded},
        {"done", 0, NULL, "strike off the records whose numbers follow, or those of --import", NULL, &cli->done},
        {"dry-run", 0, NULL, "say what would be removed, and change nothing", NULL, &cli->dry_run},
        {"force", 0, NULL, "replace files of an earlier export", NULL, &cli->force},
        {"csv", 0, NULL, "a table for spreadsheets", NULL, &cli->csv},
        {"json", 'j', NULL, "machine-readable output", NULL, &cli->json},
        {"quiet", 'q', NULL, "only errors and what was set aside", NULL, &cli->quiet},
        {"timing", 0, NULL, "say how long each stage took", NULL, &cli->timing},
        {"help", 'h', NULL, "show this help", NULL, NULL},
    };
    memcpy(rows, all, sizeof all);
    return sizeof all / sizeof *all;
}

/* May be given more than once; else the last one counts. */
static bool is_list(const struct option_row *row)
{
    return str_ends(str_from(row->argument), STR("..."));
}

static bool takes(const struct command *command, const char *option)
{
    struct str rest = str_from(command->options), field;
    if (strcmp(option, "help") == 0)
        return true;
    while (str_field(&rest, ' ', &field))
        if (str_equal(field, str_from(option)))
            return true;
    return false;
}

bool cli_csv_options(const struct cli *cli, struct csv_options *options, struct err *err)
{
    static const char *const encodings[] = {[CSV_UTF8_BOM] = "utf-8-bom", [CSV_UTF8] = "utf-8", [CSV_CP949] = "cp949"};
    static const char *const languages[] = {[SHEET_KOREAN] = "ko", [SHEET_ENGLISH] = "en"};
    size_t language = SHEET_KOREAN, encoding = CSV_UTF8_BOM;
    bool ok = cli_choice(cli->arena, "--lang", cli->language, languages, 2, &language, err) &&
              cli_choice(cli->arena, "--csv-encoding", cli->csv_encoding, encodings, 3, &encoding, err);
    *options = (struct csv_options){(enum sheet_language)language, (enum csv_encoding)encoding};
    return ok;
}

bool cli_jobs(const struct cli *cli, size_t *jobs, struct err *err)
{
    char *end = NULL;
    long wanted = cli->jobs ? strtol(cli->jobs, &end, 10) : 0;
    if (cli->jobs && (*end || end == cli->jobs || wanted < 1 || wanted > MOST_JOBS))
        return err_set(err, ERR_USAGE, "--jobs %s: not a number from 1 to %d", cli->jobs, MOST_JOBS);
    *jobs = (size_t)wanted;
    return true;
}

const char *cli_hint(struct arena *arena, const char *word, const char *prefix, const char *const *names, size_t n)
{
    struct str *list = ARENA_ARRAY(arena, n + 1, struct str);
    for (size_t i = 0; i < n; i++)
        list[i] = str_from(names[i]);
    struct str near = suggest(str_from(word), list, n);
    return near.n ? arena_printf(arena, "; did you mean \"%s" STR_FMT "\"?", prefix, STR_ARG(near)) : "";
}

bool cli_choice(struct arena *arena, const char *option, const char *given, const char *const *names, size_t n,
                size_t *at, struct err *err)
{
    const char *list = "";
    for (size_t i = 0; given && i < n; i++) {
        if (strcmp(given, names[i]) == 0) {
            *at = i;
            return true;
        }
        list = arena_printf(arena, "%s%s%s", list, i ? ", " : "", names[i]);
    }
    return !given ||
           err_set(err, ERR_USAGE, "%s %s: not one of %s%s", option, given, list, cli_hint(arena, given, "", names, n));
}

static bool bad_option(struct cli *cli, const struct command *command, const struct option *longs, const char *given,
                       struct err *err)
{
    if (optopt > 0 && optopt < FIRST_CODE) /* a short one; in a cluster it is not the whole word */
        return err_set(err, ERR_USAGE, "-%c is not an option here or lacks its value (see briefgen %s --help)", optopt,
                       command->name);
    const char *names[MAX_OPTIONS] = {NULL}, *word = given ? given + strspn(given, "-") : "";
    const char *head = arena_copy(cli->arena, word, strcspn(word, "="));
    size_t n = 0;
    for (const struct option *o = longs; o->name; o++) {
        if (strcmp(o->name, head) == 0)
            return err_set(err, ERR_USAGE, "%s %s (see briefgen %s --help)", given,
                           o->has_arg == no_argument ? "takes no value" : "needs a value", command->name);
        names[n++] = o->name;
    }
    return err_set(err, ERR_USAGE, "%s is not an option here%s (see briefgen %s --help)", given ? given : "this",
                   cli_hint(cli->arena, head, "--", names, n), command->name);
}

bool options_parse(struct cli *cli, const struct command *command, int argc, char **argv, bool *help, struct err *err)
{
    struct option_row rows[MAX_OPTIONS];
    struct option longs[MAX_OPTIONS] = {{0}};
    char shorts[2 * MAX_OPTIONS] = "";
    size_t n = option_rows(cli, rows), m = 0, s = 0;
    for (size_t i = 0; i < n; i++) {
        if (!takes(command, rows[i].name))
            continue;
        longs[m++] = (struct option){rows[i].name, rows[i].argument ? required_argument : no_argument, NULL,
                                     FIRST_CODE + (int)i};
        if (rows[i].letter) {
            shorts[s++] = rows[i].letter;
            if (rows[i].argument)
                shorts[s++] = ':';
        }
    }
    opterr = 0;
    optind = 1;
    for (int code; (code = getopt_long(argc, argv, shorts, longs, NULL)) != -1;) {
        if (code == '?')
            return bad_option(cli, command, longs, optind > 1 ? argv[optind - 1] : NULL, err);
        for (size_t i = 0; i < n; i++) {
            if (code != FIRST_CODE + (int)i && (code != rows[i].letter || !takes(command, rows[i].name)))
                continue;
            if (rows[i].value && *rows[i].value && is_list(&rows[i]))
                *rows[i].value = arena_printf(cli->arena, "%s,%s", *rows[i].value, optarg);
            else if (rows[i].value)
                *rows[i].value = optarg;
            else if (rows[i].flag)
                *rows[i].flag = true;
            else
                *help = true;
        }
    }
    if (cli->dump_tags && cli->as && strcmp(cli->as, "tags") != 0)
        return err_set(err, ERR_USAGE, "--dump-tags is --as tags, which does not go with --as %s", cli->as);
    if (cli->dump_tags)
        cli->as = "tags";
    cli->args = argv + optind;
    cli->n_args = argc - optind;
    return true;
}

void options_help(const struct command *command, struct buf *out)
{
    struct cli unused = {0};
    struct option_row rows[MAX_OPTIONS];
    size_t n = option_rows(&unused, rows);
    buf_printf(out, "usage: briefgen %s%s%s\n\n%s.\n\n%s\n\noptions:\n", command->name, *command->usage ? " " : "",
               command->usage, command->summary, command->details);
    for (size_t i = 0; i < n; i++) {
        if (!takes(command, rows[i].name))
            continue;
        char left[64];
        snprintf(left, sizeof left, "--%s%s%s", rows[i].name, rows[i].argument ? " " : "",
                 rows[i].argument ? rows[i].argument : "");
        if (rows[i].letter)
            buf_printf(out, "  -%c, %-22s %s\n", rows[i].letter, left, rows[i].help);
        else
            buf_printf(out, "      %-22s %s\n", left, rows[i].help);
    }
}
