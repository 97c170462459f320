#include "cli/import_report.h"

#include "base/json.h"
#include "base/utf8.h"
#include "cli/interrupt.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { PRINTED = 20 /* problems of one kind */, PAUSE = 200 * 1000 * 1000 /* ns between two lines of progress */ };

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

void report_begin(struct import_report *report, struct cli *cli)
{
    *report = (struct import_report){.cli = cli, .begun = now_ns()};
    report->shows = isatty(2) && !cli->quiet && !getenv("NO_COLOR");
}

static void clear_line(struct import_report *report)
{
    if (report->line)
        fputs("\r\033[K", stderr);
    report->line = false;
}

/* ---- problems ---- */

static size_t count_problem(struct import_report *report, const struct diag *problem)
{
    size_t i = 0;
    while (i < report->n_said &&
           (report->said[i].level != problem->level || strcmp(report->said[i].code, problem->code) != 0))
        i++;
    if (i == REPORT_CODES)
        return 1;
    if (i == report->n_said) {
        report->said[report->n_said].code = problem->code;
        report->said[report->n_said++].level = problem->level;
    }
    return ++report->said[i].n;
}

void report_problem(struct import_report *report, const struct diag *problem)
{
    report->cli->set_aside |= problem->level == DIAG_REJECT;
    size_t n = count_problem(report, problem);
    bool serious = problem->level == DIAG_REJECT || problem->level == DIAG_ERROR;
    if ((report->cli->quiet && !serious) || (n > PRINTED && problem->level != DIAG_ERROR))
        return;
    const struct diag_list one = {.items = (struct diag[]){*problem}, .n = 1};
    clear_line(report);
    diag_print(&one, stderr);
}

void report_end(struct import_report *report)
{
    clear_line(report);
    for (size_t i = 0; i < report->n_said; i++) {
        bool reject = report->said[i].level == DIAG_REJECT;
        size_t more = report->said[i].n > PRINTED ? report->said[i].n - PRINTED : 0;
        if (more && report->said[i].level != DIAG_ERROR && (reject || !report->cli->quiet))
            fprintf(stderr, "briefgen: … and %zu more like it [%s]%s\n", more, report->said[i].code,
                    reject ? ": briefgen rejects" : "");
    }
}

/* ---- progress ---- */

static size_t width_of_stderr(void)
{
    struct winsize size = {0};
    return ioctl(2, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

/* Part after part, as long as the line has room. */
static void print_line(struct import_report *report, char parts[][64], size_t n)
{
    struct buf line = {0};
    size_t width = width_of_stderr();
    for (size_t i = 0; i < n; i++) {
        if (utf8_columns(buf_view(&line)) + 2 + utf8_columns(str_from(parts[i])) >= width)
            break;
        buf_printf(&line, "%s%s", i ? ", " : "", parts[i]);
    }
    fprintf(stderr, "\r" STR_FMT "\033[K", STR_ARG(buf_view(&line)));
    fflush(stderr);
    report->line = true;
    buf_free(&line);
}

void report_progress(struct import_report *report, const struct ingest_progress *p)
{
    char parts[5][64];
    size_t n = 0;
    int64_t now = report->shows ? now_ns() : 0;
    if (!report->shows || (report->line && now - report->shown < PAUSE))
        return;
    report->shown = now;
    double seconds = (double)(now - report->begun) / 1e9;
    if (interrupt_seen())
        snprintf(parts[n++], sizeof parts[0], "stopping (again: drop all)");
    if (p->files_total >= p->files && p->files_total > 0)
        snprintf(parts[n++], sizeof parts[0], "%zu of %zu files", p->files, p->files_total);
    else
        snprintf(parts[n++], sizeof parts[0], "%zu file%s", p->files, p->files == 1 ? "" : "s");
    snprintf(parts[n++], sizeof parts[0], "%zu article%s, %.0f/s", p->articles, p->articles == 1 ? "" : "s",
             (double)p->articles / (seconds > 0.1 ? seconds : 0.1));
    if (p->rejected)
        snprintf(parts[n++], sizeof parts[0], "%zu set aside", p->rejected);
    if (seconds > 1 && p->bytes > 0 && p->bytes < p->bytes_total) {
        long left = (long)(seconds * (double)(p->bytes_total - p->bytes) / (double)p->bytes + 0.5);
        snprintf(parts[n++], sizeof parts[0], "%ld:%02ld left", left / 60, left % 60);
    }
    print_line(report, parts, n);
}

void report_phase(struct import_report *report, const char *what)
{
    char part[1][64];
    if (!report->shows)
        return;
    snprintf(part[0], sizeof part[0], "%s", what);
    print_line(report, part, 1);
}

/* ---- the summary ---- */

/* Largest first; the first met where they are equal. */
static void sort_reasons(struct ingest_reason *reasons, size_t n)
{
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k > 0 && reasons[k].n > reasons[k - 1].n; k--) {
            struct ingest_reason reason = reasons[k];
            reasons[k] = reasons[k - 1];
            reasons[k - 1] = reason;
        }
}

static void json_summary(const struct ingest_summary *s, double seconds, bool interrupted, struct buf *text)
{
    struct json json = {.out = text};
    json_open(&json, NULL, '{');
    json_int(&json, "files", (int64_t)s->files);
    json_int(&json, "unchanged", (int64_t)s->unchanged);
    json_int(&json, "faulty", (int64_t)s->faulty);
    json_int(&json, "added", (int64_t)s->added);
    json_int(&json, "known", (int64_t)s->known);
    json_int(&json, "replaced", (int64_t)s->replaced);
    json_int(&json, "rejected", (int64_t)s->rejected);
    json_open(&json, "reasons", '{');
    for (size_t i = 0; i < s->n_reasons; i++)
        json_int(&json, s->reasons[i].code, (int64_t)s->reasons[i].n);
    json_close(&json, '}');
    json_int(&json, "excluded", (int64_t)s->excluded);
    json_int(&json, "analyzed", (int64_t)s->analyzed);
    json_bool(&json, "interrupted", interrupted);
    json_int(&json, "undated", (int64_t)s->undated);
    json_int(&json, "own", (int64_t)s->own);
    json_real(&json, "seconds", seconds);
    json_close(&json, '}');
    buf_char(text, '\n');
}

static void row(struct buf *text, const char *what, size_t n, const char *unit)
{
    if (n)
        buf_printf(text, "  %-30s %8zu%s\n", what, n, unit);
}

static void text_summary(const struct ingest_summary *s, double seconds, struct buf *text)
{
    size_t known = s->known + s->replaced, articles = s->added + known, files = s->files + s->faulty + s->cut;
    char what[64];
    buf_printf(text, "%zu file%s: %zu article%s added, %zu known before, %zu set aside; %zu analyzed\n", files,
               files == 1 ? "" : "s", s->added, s->added == 1 ? "" : "s", known, s->rejected, s->analyzed);
    row(text, "files unchanged, not read", s->unchanged, "");
    row(text, "written by briefgen, not read", s->own, ", by the manifest.json beside them");
    row(text, "files faulty, nothing is in", s->faulty, "");
    row(text, "files read in part", s->cut, ", by the interrupt");
    row(text, "known, now shown as here", s->replaced, "");
    row(text, "added without a certain date", s->undated, ", in no month's figures");
    row(text, "excluded by their source", s->excluded, "");
    for (size_t i = 0; i < s->n_reasons; i++) {
        snprintf(what, sizeof what, "set aside: %s", s->reasons[i].code);
        row(text, what, s->reasons[i].n, "");
    }
    if (articles)
        buf_printf(text, "  %-30s %8.1f s, %.0f articles a second\n", "time", seconds,
                   (double)articles / (seconds > 0.001 ? seconds : 0.001));
}

bool report_summary(const struct import_report *report, const struct ingest_summary *summary, bool interrupted,
                    struct err *err)
{
    struct buf text = {0};
    struct ingest_summary sorted = *summary;
    double seconds = (double)(now_ns() - report->begun) / 1e9;
    sort_reasons(sorted.reasons, sorted.n_reasons);
    if (report->cli->json)
        json_summary(&sorted, seconds, interrupted, &text);
    else if (!report->cli->quiet)
        text_summary(&sorted, seconds, &text);
    bool ok = cli_print(buf_view(&text), err);
    buf_free(&text);
    return ok;
}
