/* What an import says: problems as they are met, progress on a terminal, the summary. */
#ifndef CLI_IMPORT_REPORT_H
#define CLI_IMPORT_REPORT_H
#include "cli/cli.h"
#include "ingest/ingest.h"

enum { REPORT_CODES = 64 };

struct import_report {
    struct cli *cli;
    bool shows;           /* progress */
    bool line;            /* a line of it stands on the terminal */
    int64_t begun, shown; /* ns */
    struct {
        const char *code;
        enum diag_level level;
        size_t n;
    } said[REPORT_CODES]; /* how often each problem was met */
    size_t n_said;
};

void report_begin(struct import_report *report, struct cli *cli);
/* Prints a problem, but of those like it only the first ones. */
void report_problem(struct import_report *report, const struct diag *problem);
void report_progress(struct import_report *report, const struct ingest_progress *progress);
void report_phase(struct import_report *report, const char *what); /* in place of progress */
/* Takes the line of progress away and says how many problems were not printed. */
void report_end(struct import_report *report);
/* The summary on standard output; `seconds` since report_begin. */
bool report_summary(const struct import_report *report, const struct ingest_summary *summary, bool interrupted,
                    struct err *err);

#endif
