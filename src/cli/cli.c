#include "cli/cli.h"

#include "base/mem.h"
#include "layout/layout.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define PERIOD "month quarter year from to"
#define SCOPE  PERIOD " region category"

const struct command commands[] = {
    {"brief", "PERIOD [options]", "write the brief of a month or other period",
     "`brief` may be left out: briefgen --month 2024-01. PERIOD is --month, --quarter, --year, or --from and --to;\n"
     "--region and --category narrow the brief: a name of several places is refused with the codes to choose from.\n"
     "Writes brief-PERIOD.pdf, tables as CSV and manifest.json into OUTPUT/PERIOD/ (reports/2024-01/), all of them or\n"
     "none, and prints their paths. A scope has a folder in it: reports/2024-01/41390/brief-2024-01-41390.pdf.\n"
     "The PDF has the tables in it as well (pdfdetach -saveall), unless --pdf is archive or plain; where --pdf or a\n"
     "setting names access or archive, a character that no font has is an error, else a box with a warning.\n"
     "--all-regions writes one for each, --jobs at a time, also for those without any initiative; with --region only\n"
     "for those in it. --as prints one stage instead of files, --dump-tags what is heard when the brief is read aloud.",
     SCOPE
     " all-regions jobs template format pdf author lang csv-encoding style fonts output db as dump-tags json quiet "
     "timing data",
     0, 0, cmd_brief},
    {"data", "PERIOD [options]", "print the values that the template of such a brief can use",
     "One JSON object with the names that templates use (templates/README.md): numbers as numbers, days as ISO dates.\n"
     "What several lists show is repeated in each, as a template finds it: some MB for a hundred initiatives.",
     SCOPE " db quiet data", 0, 0, cmd_data},
    {"import", "FILE|DIR|- ...", "read articles into the database",
     "Reads files, folders with all that is in them, and - for standard input. Format and encoding (UTF-8, CP949,\n"
     "UTF-16) are detected by content; --format takes auto, xlsx, archive, json, jsonl, html, feed, csv, tsv,\n"
     "markdown or pagetext, also for what is inside archives.\n\n"
     "Columns of tables and keys of JSON are known by their usual names (제목, 본문, 일자, title, pubDate ...). Where "
     "a\n"
     "source has others, --map says which is which: --map title=표제어,body=\"요지, 전체\",date=3 (columns by name or\n"
     "number). The fields: id, outlet, date, title, body, subtitle, url, regions, agencies, keywords, and excluded, a\n"
     "word with which the source itself does not count a record.\n\n"
     "A bad record is set aside and named with its place, the rest of its file goes in; a faulty file (cut short,\n"
     "damaged) is set aside as a whole, the other files go in, and the exit status is 65. All of them are kept:\n"
     "briefgen rejects. After an error nothing at all has changed.\n\n"
     "Importing the same thing again changes nothing: files of the same name, size and time of change are not even\n"
     "read, unless --again. Ctrl-C keeps what has been read so far, and the same command goes on from there, also in\n"
     "the middle of a large file; a second Ctrl-C drops all of this run.",
     "db format encoding map jobs again json quiet data", 1, 100000, cmd_import},
    {"articles", "[PERIOD] [options]", "list the articles in the database",
     "One row an article, oldest first: on a terminal a table of its width, else tab-separated and whole. --csv is "
     "for\n"
     "spreadsheets, --json prints JSON Lines with the stable fields of the README. --region and --category take those\n"
     "with one of the regions and the category.",
     SCOPE " json csv lang csv-encoding db quiet data", 0, 0, cmd_articles},
    {"initiatives", "[PERIOD] [options]", "list the initiatives in the database",
     "One row an initiative (several articles may report one), by its first report. Otherwise like articles.",
     SCOPE " json csv lang csv-encoding db quiet data", 0, 0, cmd_initiatives},
    {"explain", "ID", "why an article or initiative counts where it counts",
     "ID is an article's or initiative's id as the lists print it; its first four characters are enough.\n"
     "Shows its date and what that rests on, its text with the words that count for and against it marked, the\n"
     "findings with rule and score, the terms of the score, and the other articles of its initiative. Colours on a\n"
     "terminal unless NO_COLOR is set; --json prints one object an article.",
     "db json quiet data", 1, 1, cmd_explain},
    {"review", "[--export FILE.csv | --apply FILE.csv]", "list what is uncertain, and take corrections",
     "One row an article that is worth a look, the most first: a score close to the line, no certain date, a city\n"
     "with weak support, an initiative that looks like another one; what is corrected comes last. --month takes one\n"
     "month and what may belong to it. --export writes the list as a spreadsheet. Fill in its last columns:\n"
     "고침_사업 (예, 아니오), 고침_시군구코드 (codes or names, several separated by ;), 고침_분야, 고침_보도일\n"
     "(2024-01-16, or 미상), 고침_묶음 (a 사업ID to join, or new), 메모. An empty cell says nothing, - takes a\n"
     "correction back. --apply reads it as Excel or LibreOffice saves it; rows that cannot be taken are named, the\n"
     "others are stored together. Corrections overrule the rules, survive reanalyze and import, and are seen in\n"
     "explain and articles.",
     PERIOD " export apply db json quiet data", 0, 0, cmd_review},
    {"template", "list | show NAME | check NAME|FILE.md", "the built-in templates, and the mistakes of any",
     "list names the built-in templates and the parts that they are made of, show prints one to begin with, and check\n"
     "names all mistakes of a template and its parts with file and line, also in sections that a month may not show;\n"
     "a built-in part, or a file in place of one, is looked at inside the templates that use it.\n"
     "How templates are written: templates/README.md.",
     "style quiet data", 1, 2, cmd_template},
    {"render", "FILE.md [-o OUT.pdf]", "typeset a Markdown file with the same engine",
     "-o FILE.html and -o FILE.md make a web page and GitHub Markdown. --as doc and --as trace print the document "
     "tree\n"
     "or the drawing operations instead, --dump-tags what someone hears who has the document read aloud, and at its\n"
     "end what such a hearer misses. --pdf access and --pdf archive, named so, refuse a character that no font has.",
     "out as dump-tags pdf author fonts style quiet timing", 1, 1, cmd_render},
    {"sources", "[IMPORT]", "the imports, and the files of one",
     "One row an import: when (Korean time), how long it took, and what it made of its files. With the number of an\n"
     "import, or last, one row a file: whether it was read to its end, format, encoding, and how many articles it "
     "held.\n"
     "Otherwise like articles.",
     "json csv lang csv-encoding db quiet data", 0, 1, cmd_sources},
    {"rejects", "[--import N] [--code NAME] [--export DIR | --done [ID ...]]", "what imports have set aside",
     "One row a record or file that could not be taken, with its place and why, the newest import first; how many "
     "there\n"
     "are of each kind is said on standard error. What the source itself excludes is listed by --excluded. A record "
     "is\n"
     "gone from the list when its file has been read again, after a change or with --again, and when --done strikes "
     "it\n"
     "off by its number, or all of an --import (with --code: those of one kind).\n\n"
     "--export writes DIR/rejects.csv, and the records themselves into DIR/mend: JSON Lines, tables with the header "
     "of\n"
     "theirs, XML. Mend them there, then: briefgen import DIR/mend, and briefgen rejects --done. Files as a whole are "
     "only\n"
     "listed.",
     "import code excluded export force done json csv lang csv-encoding db quiet data", 0, 100000, cmd_rejects},
    {"forget", "IMPORT", "remove what an import has brought",
     "IMPORT is its number by briefgen sources, or last. Articles that another import holds as well stay, and say "
     "what\n"
     "that one says; the others go with what was found in them, and initiatives are made anew. Corrections by a "
     "person\n"
     "are kept, and in force again when the article comes back. Nothing is asked: look with --dry-run first. The "
     "files\n"
     "are read again by the next import of them.",
     "dry-run db json quiet data", 1, 1, cmd_forget},
    {"limits", "", "how much the program takes, and what happens beyond",
     "One row a limit: value, what it holds for, what happens beyond it, and the exit status then.",
     "json csv lang csv-encoding quiet data", 0, 0, cmd_limits},
    {"reanalyze", "", "apply this version's rules to all articles and group them anew",
     "Corrections by a person are kept.", "db jobs json quiet data", 0, 0, cmd_reanalyze},
    {"eval", "LABELS DIR", "score the program on articles that a person has labelled",
     "LABELS is a tab-separated table (tests/labels/README.md); DIR holds the texts, one ID.txt a row with the\n"
     "source's columns in ID.meta.json if any, or is a folder or file as import reads it, its articles known by their\n"
     "ids or file names. Nothing is stored. Prints the scoreboard, calibration, confusion of categories, and the\n"
     "wrong rows with their evidence; --quiet prints the scoreboard only, --timing also says how fast the analysis is.",
     "json quiet timing data", 2, 2, cmd_eval},
    {"doctor", "", "show settings, fonts and the state of the database",
     "Shows where each setting came from. Changes nothing.", "db output template pdf author fonts style quiet data", 0,
     0, cmd_doctor},
    {NULL, NULL, NULL, NULL, NULL, 0, 0, NULL},
};

void cli_timing(struct cli *cli, const char *stage)
{
    struct timespec now;
    if (!cli->timing)
        return;
    clock_gettime(CLOCK_MONOTONIC, &now);
    int64_t ns = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
    if (cli->clock)
        fprintf(stderr, "%-24s %8.2f ms\n", stage, (double)(ns - cli->clock) / 1e6);
    cli->clock = ns;
}

bool cli_print(struct str text, struct err *err)
{
    while (text.n) {
        ssize_t put = write(1, text.p, text.n);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return err_set(err, ERR_IO, "standard output: %s", strerror(errno));
        text = str_slice(text, (size_t)put, text.n);
    }
    return true;
}

/* `render` needs no tables: a map in its document reads the regions itself. */
static bool read_tables(struct cli *cli, const struct command *command, struct err *err)
{
    const char *folder = cli->settings[SETTING_DATA].value;
    if (*folder && !data_use(cli->arena, folder, err))
        return false;
    return command->run == cmd_render || (regions_read(cli->arena, &cli->regions, err) &&
                                          taxonomy_load(cli->arena, data_path("data/taxonomy.tsv"),
                                                        data_file("data/taxonomy.tsv"), &cli->taxonomy, err));
}

static void general_help(struct buf *out)
{
    buf_text(out, "briefgen - monthly policy briefs from Korean local news\n\n"
                  "usage: briefgen --month YYYY-MM [options]\n       briefgen COMMAND [options] [ARGUMENTS]\n\n");
    for (const struct command *c = commands; c->name; c++)
        buf_printf(out, "  %-12s %s\n", c->name, c->summary);
    buf_text(out,
             "\nbriefgen COMMAND --help shows a command's options; briefgen --version the version.\n"
             "Exit status: 0 done, 1 done with records set aside, 64 usage, 65 bad input, 66 no input, 70 internal,\n"
             "71 memory, 73 cannot create, 74 input/output, 75 locked, 78 configuration.\n");
}

static const struct command *find_command(struct cli *cli, const char *name, struct err *err)
{
    const char *names[32];
    size_t n = 0;
    for (const struct command *c = commands; c->name; c++) {
        if (strcmp(c->name, name) == 0)
            return c;
        names[n++] = c->name;
    }
    err_set(err, ERR_USAGE, "unknown command \"%s\"%s (see briefgen --help)", name,
            cli_hint(cli->arena, name, "", names, n));
    return NULL;
}

static bool is_command(const char *word)
{
    for (const struct command *c = commands; c->name; c++)
        if (strcmp(c->name, word) == 0)
            return true;
    return false;
}

static bool run_command(struct cli *cli, const struct command *command, int argc, char **argv, struct err *err)
{
    bool help = false;
    if (!options_parse(cli, command, argc, argv, &help, err))
        return false;
    if (help) {
        struct buf text = {0};
        options_help(command, &text);
        bool ok = cli_print(buf_view(&text), err);
        buf_free(&text);
        return ok;
    }
    if (cli->n_args < command->min_args)
        return err_set(err, ERR_USAGE, "usage: briefgen %s %s", command->name, command->usage);
    if (cli->n_args > command->max_args && argv == cli->argv && is_command(cli->args[0]))
        return err_set(err, ERR_USAGE, "the command comes first: briefgen %s ...", cli->args[0]);
    if (cli->n_args > command->max_args)
        return err_set(err, ERR_USAGE, "unexpected argument \"%s\"; usage: briefgen %s %s",
                       cli->args[command->max_args], command->name, command->usage);
    return settings_load(cli, err) && read_tables(cli, command, err) && command->run(cli, err);
}

static bool dispatch(struct cli *cli, int argc, char **argv, struct err *err)
{
    const char *first = argc > 1 ? argv[1] : NULL;
    struct buf text = {0};
    if (!first || strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0 || strcmp(first, "help") == 0)
        general_help(&text);
    else if (strcmp(first, "--version") == 0)
        buf_text(&text, "briefgen " BRIEFGEN_VERSION "\n");
    if (text.n) {
        bool ok = cli_print(buf_view(&text), err);
        buf_free(&text);
        return first || !ok ? ok : err_set(err, ERR_USAGE, "no period given; for example: briefgen --month 2024-01");
    }
    if (first[0] == '-' && first[1] != '\0')
        return run_command(cli, &commands[0], argc, argv, err);
    const struct command *command = find_command(cli, first, err);
    return command && run_command(cli, command, argc - 1, argv + 1, err);
}

int cli_main(int argc, char **argv)
{
    struct cli cli = {.arena = arena_new(), .argv = argv, .argc = argc};
    struct err err = {0};
    bool ok = dispatch(&cli, argc, argv, &err);
    if (cli.fonts)
        fonts_warn(cli.fonts, &cli.diag);
    if (!cli.quiet || diag_count(&cli.diag, DIAG_REJECT) || diag_count(&cli.diag, DIAG_ERROR))
        diag_print(&cli.diag, stderr);
    if (!ok)
        fprintf(stderr, "briefgen: error: %s\n", err.text);
    int status = !ok ? (int)err.kind : cli.set_aside || diag_count(&cli.diag, DIAG_REJECT) ? 1 : 0;
    diag_free(&cli.diag);
    fonts_free(cli.fonts);
    arena_free(cli.arena);
    return status;
}
