/* The command line: commands, options, settings and what they print. */
#ifndef CLI_CLI_H
#define CLI_CLI_H
#include "base/arena.h"
#include "base/diag.h"
#include "base/err.h"
#include "base/pool.h"
#include "brief/period.h"
#include "data/data.h"
#include "out/csv.h"
#include "out/pdf/pdf.h"
#include "store/store.h"
#include "template/template.h"

struct style_sheet;

#define BRIEFGEN_VERSION "0.1.0"

/* Runs the program; the result is the exit status (sysexits.h, see README). */
int cli_main(int argc, char **argv);

/* A setting and where it came from: flag > environment > briefgen.ini > default. */
struct setting {
    const char *name; /* "db"; the flag is --db, the variable BRIEFGEN_DB, the ini key db */
    const char *fallback;
    const char *value;
    const char *origin; /* "--db", "BRIEFGEN_DB", "briefgen.ini", "default" */
};
enum setting_id {
    SETTING_DB,
    SETTING_OUTPUT,
    SETTING_TEMPLATE,
    SETTING_FONTS,
    SETTING_STYLE,
    SETTING_DATA,
    SETTING_PDF,
    SETTING_AUTHOR,
    SETTINGS
};

/* Everything that a command gets: options as parsed, and the places to put results. */
struct cli {
    struct arena *arena;
    struct diag_list diag;
    struct setting settings[SETTINGS];
    struct period_words period;
    const char *regions_wanted; /* of --region, joined by commas */
    const char *category;
    const char *all_regions, *jobs;
    const char *format, *encoding, *map, *as, *out, *table_out, *table_in, *language,
        *csv_encoding; /* NULL unless given */
    bool quiet, json, csv, timing, again, dump_tags;
    const char *import, *code;           /* of rejects; NULL unless given */
    bool excluded, done, dry_run, force; /* of rejects and forget */
    int64_t clock;                       /* ns, of the last cli_timing */
    char **args;                         /* what is left after the options */
    int n_args;
    char **argv; /* all words of the command line; getopt may have moved the options forward */
    int argc;
    bool set_aside;            /* records were, and have been named: the exit status is 1 */
    struct style_sheet *sheet; /* NULL before cli_style */
    struct str sheet_text;     /* of the document that it was opened for */
    struct fonts *fonts;       /* NULL before cli_fonts */
    const char *template_name; /* NULL before the template is read */
    struct str template_text;
    struct style_list styles;
    struct regions regions;
    struct taxonomy taxonomy;
};

struct option_row {
    const char *name;
    char letter;          /* 0 = none */
    const char *argument; /* placeholder in the help, NULL for a switch */
    const char *help;
    const char **value; /* where a value goes; NULL for a switch */
    bool *flag;
};

struct command {
    const char *name;
    const char *usage;   /* after "briefgen " */
    const char *summary; /* one line */
    const char *details; /* paragraphs for --help */
    const char *options; /* names it takes besides the general ones, blank-separated */
    int min_args, max_args;
    bool (*run)(struct cli *cli, struct err *err);
};

extern const struct command commands[]; /* name NULL ends the table; the first is the default command */

bool options_parse(struct cli *cli, const struct command *command, int argc, char **argv, bool *help, struct err *err);
void options_help(const struct command *command, struct buf *out);
/* "; did you mean PREFIXname?" for the nearest of `n` names to `word`, or "". Lives in the arena. */
const char *cli_hint(struct arena *arena, const char *word, const char *prefix, const char *const *names, size_t n);

/* *at: which of `n` names `given` is; as it was for NULL. Errors: ERR_USAGE with all of them and the nearest, behind
 * `option`, "--lang". */
bool cli_choice(struct arena *arena, const char *option, const char *given, const char *const *names, size_t n,
                size_t *at, struct err *err);

bool settings_load(struct cli *cli, struct err *err);

bool cmd_brief(struct cli *cli, struct err *err);
bool cmd_data(struct cli *cli, struct err *err);
bool cmd_import(struct cli *cli, struct err *err);
bool cmd_articles(struct cli *cli, struct err *err);
bool cmd_initiatives(struct cli *cli, struct err *err);
bool cmd_explain(struct cli *cli, struct err *err);
bool cmd_render(struct cli *cli, struct err *err);
bool cmd_reanalyze(struct cli *cli, struct err *err);
bool cmd_eval(struct cli *cli, struct err *err);
bool cmd_review(struct cli *cli, struct err *err);
bool cmd_template(struct cli *cli, struct err *err);
bool cmd_doctor(struct cli *cli, struct err *err);
bool cmd_sources(struct cli *cli, struct err *err);
bool cmd_rejects(struct cli *cli, struct err *err);
bool cmd_forget(struct cli *cli, struct err *err);
bool cmd_limits(struct cli *cli, struct err *err);

/* The fonts by the setting `fonts` (a fonts.ini, a folder, or unset: the folder "fonts"); a folder without a fonts.ini
 * has the built-in one. *name says which it is. */
struct fonts *open_fonts(struct cli *cli, const char **name, struct err *err);

/* The same, opened once for the run; NULL on error. */
struct fonts *cli_fonts(struct cli *cli, struct err *err);

/* The style sheet for a document: the house's, the document's own, --style; and the list of its styles. NULL on error.
 * Opened once for documents that say the same; `doc` may be NULL. */
const struct style_sheet *cli_style(struct cli *cli, const struct doc *doc, struct err *err);

/* The run's template, read once, for template_make with its partials and styles. */
bool cli_template(struct cli *cli, struct template_source *out, struct err *err);
/* The same for any text, as long as it is. */
struct template_source cli_source(struct cli *cli, const char *name, struct str text);

/* The names of the built-in templates, one a call, from *at = 0; NULL at the end. In the arena. */
const char *template_built_in(struct cli *cli, size_t *at);

/* Files that go into a PDF, borrowed. */
struct attachments {
    const struct pdf_attachment *items;
    size_t n;
};

/* Typesets a document; target is "pdf", "html", "md", "tags", "trace" or "doc". `out`, which is empty, gets the bytes;
 * `attachments` are for a PDF that takes them. */
bool typeset(struct cli *cli, const struct doc *doc, const char *target, struct attachments attachments,
             struct buf *out, struct err *err);

/* The profile of the setting `pdf`; *named: a person chose it, it is not the default. Errors: ERR_USAGE, ERR_CONFIG
 * where it is not the flag's. */
bool cli_pdf_profile(struct cli *cli, enum pdf_profile *profile, bool *named, struct err *err);

/* Of what is made without a PDF, `made` by name. Errors: ERR_USAGE where the command line has --pdf. */
bool cli_without_pdf(const struct cli *cli, const char *made, struct err *err);

/* Is --as a target of typeset(), and does it go with --pdf? Errors: ERR_USAGE. */
bool cli_target(const struct cli *cli, struct err *err);

/* Names the author of a document: --author, else the document's own, else the setting's; of what is no brief only one
 * that a person has set. Errors: ERR_USAGE, ERR_CONFIG for what is no UTF-8. */
bool cli_author(struct cli *cli, struct doc *doc, bool brief, struct err *err);

/* The period of --month, --quarter, --year or --from and --to; *given is false when there is none. */
bool cli_period(const struct cli *cli, bool *given, date_t *from, date_t *to, struct err *err);

/* Those of --lang and --csv-encoding. Errors: ERR_USAGE. */
bool cli_csv_options(const struct cli *cli, struct csv_options *options, struct err *err);

/* The number of --jobs; 0 where it is not given. Errors: ERR_USAGE. */
enum { MOST_JOBS = POOL_THREADS };
bool cli_jobs(const struct cli *cli, size_t *jobs, struct err *err);

/* SOURCE_DATE_EPOCH, else the clock: seconds since 1970. False for what is no time of the years 1970 to 9999. */
bool cli_now(int64_t *seconds);

/* The scope of --region and --category, of regions as valid on the day (DATE_NONE: the latest); in the arena of cli.
 * Errors: ERR_USAGE for a name of none or of several places, with what may be meant. */
bool cli_scope(struct cli *cli, date_t day, struct brief_scope *out, struct err *err);
/* A scope for each 시·도 ("province") or each city, county and 자치구 ("city") of the day within a scope, with its
 * category; by code, in the arena. Errors: ERR_USAGE for another word. */
bool cli_all_scopes(struct cli *cli, date_t day, const struct brief_scope *within, struct brief_scope **out, size_t *n,
                    struct err *err);
/* Its part of the names of files: codes and the category's key joined by "-", "" for all. */
const char *scope_name(struct arena *arena, const struct taxonomy *taxonomy, const struct brief_scope *scope);

/* With --timing: says on standard error how long the stage took that ends here. For measurements only. */
void cli_timing(struct cli *cli, const char *stage);

/* Writes to standard output; false with ERR_IO when it cannot be written. */
bool cli_print(struct str text, struct err *err);

#endif
