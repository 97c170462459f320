/* Workers: fork() once everything is loaded, so that they share its memory. Each takes the next item off a shared
 * counter and reports through a pipe of its own:
 *
 *     parent ── fork ──▶ worker ── report: index, error or words, diagnostics ──▶ parent
 *        counter ◀── shared ──▶ counter, and the item that each worker is at */
#include "cli/set.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { NAMED = 5 /* items that failed */ };

struct shared {
    _Atomic size_t next;
    _Atomic size_t at[MOST_JOBS]; /* 1 + the item of each worker; 0: none */
};

struct report {
    size_t index;
    enum err_kind kind;
    size_t said, diagnostics; /* bytes that follow */
};

struct result {
    bool there;
    enum err_kind kind;
    struct buf said, diagnostics; /* said: the error's text where there is one */
};

struct worker {
    pid_t pid; /* 0: none */
    int pipe;
};

struct set {
    struct cli *cli;
    const struct set_work *work;
    struct shared *shared;
    struct result *results; /* [work->n] */
    struct worker workers[MOST_JOBS];
    size_t jobs, done;
    struct timespec begun;
    bool shows; /* progress */
};

/* ---- signals: whoever is asked to end finishes the item at hand ---- */

static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
enum { SIGNALS = sizeof signals / sizeof *signals };
enum { STOP_CHECK = 1000 }; /* ms: a signal may come just before poll */
static volatile sig_atomic_t stopped;

static void stop(int number)
{
    stopped = number;
}

/* What is ignored stays ignored (nohup, a shell's background jobs). */
static void watch_signals(struct sigaction before[SIGNALS])
{
    const struct sigaction action = {.sa_handler = stop};
    stopped = 0;
    for (size_t i = 0; i < SIGNALS; i++)
        if (sigaction(signals[i], NULL, &before[i]) == 0 && before[i].sa_handler != SIG_IGN)
            sigaction(signals[i], &action, NULL);
}

static void restore_signals(const struct sigaction before[SIGNALS])
{
    for (size_t i = 0; i < SIGNALS; i++)
        sigaction(signals[i], &before[i], NULL);
}

bool set_jobs(const struct cli *cli, size_t *jobs, struct err *err)
{
    long twice = 2 * sysconf(_SC_NPROCESSORS_ONLN); /* one half waits for the disk */
    if (!cli_jobs(cli, jobs, err))
        return false;
    if (!*jobs)
        *jobs = twice < 1 ? 1 : twice > MOST_JOBS ? MOST_JOBS : (size_t)twice;
    return true;
}

/* ---- in a worker ---- */

static bool send_all(int fd, const void *bytes, size_t n)
{
    for (const char *p = bytes; n > 0;) {
        ssize_t put = write(fd, p, n);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        p += put;
        n -= (size_t)put;
    }
    return true;
}

static bool send_report(struct set *set, int fd, size_t index, const struct buf *said, const struct err *err)
{
    char *diagnostics = NULL;
    size_t bytes = 0;
    FILE *file = open_memstream(&diagnostics, &bytes);
    if (file) {
        diag_print(&set->cli->diag, file);
        fclose(file);
    }
    diag_free(&set->cli->diag);
    set->cli->diag = (struct diag_list){.n = 0};
    struct str text = err->kind == ERR_NONE ? buf_view(said) : str_from(err->text);
    struct report report = {index, err->kind, text.n, bytes};
    bool sent =
        send_all(fd, &report, sizeof report) && send_all(fd, text.p, text.n) && send_all(fd, diagnostics, bytes);
    free(diagnostics);
    return sent;
}

_Noreturn static void work(struct set *set, size_t worker, int fd)
{
    size_t index;
    bool sent = true;
    set->cli->timing = false;
    diag_free(&set->cli->diag); /* the parent says what there was before */
    set->cli->diag = (struct diag_list){.n = 0};
    while (sent && !stopped && (index = atomic_fetch_add(&set->shared->next, 1)) < set->work->n) {
        struct buf said = {0};
        struct err err = {0};
        atomic_store(&set->shared->at[worker], index + 1);
        set->work->run(set->work->context, index, &said, &err);
        sent = send_report(set, fd, index, &said, &err);
        buf_free(&said);
    }
    _exit(0);
}

/* ---- in the parent ---- */

static bool start_worker(struct set *set, size_t i, struct err *err)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return err_set(err, ERR_IO, "cannot make a pipe: %s", strerror(errno));
    atomic_store(&set->shared->at[i], 0);
    pid_t pid = fork();
    if (pid == 0) {
        for (size_t k = 0; k < set->jobs; k++)
            if (set->workers[k].pid)
                close(set->workers[k].pipe);
        close(ends[0]);
        work(set, i, ends[1]);
    }
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return err_set(err, ERR_IO, "cannot start a process: %s", strerror(errno));
    }
    set->workers[i] = (struct worker){pid, ends[0]};
    return true;
}

static bool receive(int fd, void *bytes, size_t n)
{
    for (char *p = bytes; n > 0;) {
        ssize_t got = read(fd, p, n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        p += got;
        n -= (size_t)got;
    }
    return true;
}

static bool receive_text(int fd, size_t n, struct buf *out)
{
    bool good = receive(fd, buf_room(out, n + 1), n);
    out->n = good ? n : 0;
    out->p[out->n] = '\0';
    return good;
}

static bool receive_report(struct set *set, int fd)
{
    struct report report;
    if (!receive(fd, &report, sizeof report))
        return false;
    struct result *result = &set->results[report.index];
    if (!receive_text(fd, report.said, &result->said) || !receive_text(fd, report.diagnostics, &result->diagnostics))
        return false;
    result->kind = report.kind;
    result->there = true;
    set->done++;
    return true;
}

/* The worker has closed its pipe: because all is done, or because it died over an item. */
static void end_worker(struct set *set, size_t i)
{
    int status;
    size_t at = atomic_load(&set->shared->at[i]);
    while (waitpid(set->workers[i].pid, &status, 0) < 0 && errno == EINTR)
        continue;
    close(set->workers[i].pipe);
    set->workers[i].pid = 0;
    struct result *result = at ? &set->results[at - 1] : NULL;
    if (!result || result->there || stopped)
        return;
    buf_clear(&result->said);
    if (WIFSIGNALED(status))
        buf_printf(&result->said, "its process was ended by signal %d (%s)", WTERMSIG(status),
                   strsignal(WTERMSIG(status)));
    else
        buf_printf(&result->said, "its process ended with status %d", WEXITSTATUS(status));
    bool memory = WIFEXITED(status) && WEXITSTATUS(status) == ERR_MEMORY;
    result->kind = memory ? ERR_MEMORY : ERR_INTERNAL;
    result->there = true;
    set->done++;
}

static void show_progress(const struct set *set)
{
    struct timespec now;
    if (!set->shows || set->done == 0)
        return;
    clock_gettime(CLOCK_MONOTONIC, &now);
    double seconds = (double)(now.tv_sec - set->begun.tv_sec) + (double)(now.tv_nsec - set->begun.tv_nsec) / 1e9;
    double rate = (double)set->done / (seconds > 0.001 ? seconds : 0.001);
    fprintf(stderr, "\r%zu of %zu briefs, %.0f a second, %.0f s left\033[K", set->done, set->work->n, rate,
            (double)(set->work->n - set->done) / rate);
}

static void stop_workers(const struct set *set)
{
    for (size_t i = 0; i < set->jobs; i++)
        if (set->workers[i].pid)
            kill(set->workers[i].pid, stopped);
}

/* Until all workers have ended. A worker that died is replaced while items are left. */
static void attend(struct set *set, struct err *err)
{
    struct pollfd fds[MOST_JOBS];
    size_t of[MOST_JOBS], n;
    for (bool told = false;;) {
        for (size_t i = n = 0; i < set->jobs; i++)
            if (set->workers[i].pid) {
                fds[n] = (struct pollfd){set->workers[i].pipe, POLLIN, 0};
                of[n++] = i;
            }
        if (n == 0)
            return;
        if (stopped && !told) {
            stop_workers(set);
            told = true;
        }
        if (poll(fds, (nfds_t)n, STOP_CHECK) <= 0)
            continue;
        for (size_t k = 0; k < n; k++) {
            if (!fds[k].revents || receive_report(set, fds[k].fd))
                continue;
            end_worker(set, of[k]);
            if (!stopped && atomic_load(&set->shared->next) < set->work->n)
                start_worker(set, of[k], err);
        }
        show_progress(set);
    }
}

/* ---- the end ---- */

/* What several items say in the same words is printed once. */
static void print_diagnostics(const struct set *set)
{
    for (size_t i = 0; i < set->work->n && !set->cli->quiet; i++) {
        struct str text = buf_view(&set->results[i].diagnostics);
        bool known = text.n == 0;
        for (size_t k = 0; k < i && !known; k++)
            known = str_equal(buf_view(&set->results[k].diagnostics), text);
        if (!known)
            fprintf(stderr, "briefgen: %s:\n" STR_FMT, set->work->name(set->work->context, i), STR_ARG(text));
    }
}

/* Also of what no worker has begun: each died before it could. */
static bool print_results(const struct set *set, struct err *err)
{
    const struct set_work *work = set->work;
    enum err_kind first = ERR_NONE;
    size_t failed = 0;
    struct buf all = {0};
    for (size_t i = 0; i < work->n; i++) {
        const struct result *result = &set->results[i];
        enum err_kind kind = result->there ? result->kind : ERR_INTERNAL;
        if (kind == ERR_NONE)
            buf_str(&all, buf_view(&result->said));
        else if (failed++ < NAMED)
            fprintf(stderr, "briefgen: %s: error: %s\n", work->name(work->context, i),
                    result->there ? result->said.p : "its process ended before it was begun");
        first = first == ERR_NONE ? kind : first;
    }
    bool ok = set->cli->quiet || cli_print(buf_view(&all), err);
    buf_free(&all);
    return ok && (failed == 0 || err_set(err, first, "%zu of %zu briefs could not be written", failed, work->n));
}

static void start_all(struct set *set, struct err *err)
{
    for (size_t i = 0; i < set->jobs && err->kind == ERR_NONE; i++)
        start_worker(set, i, err);
    attend(set, err);
}

bool set_run(struct cli *cli, const struct set_work *work, size_t jobs, struct err *err)
{
    struct sigaction before[SIGNALS];
    struct set set = {.cli = cli, .work = work, .jobs = jobs < work->n ? jobs : work->n};
    set.shows = isatty(2) && !cli->quiet;
    set.shared = mmap(NULL, sizeof *set.shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (set.shared == MAP_FAILED)
        return err_set(err, ERR_MEMORY, "cannot share memory: %s", strerror(errno));
    set.results = ARENA_ARRAY(cli->arena, work->n + 1, struct result);
    clock_gettime(CLOCK_MONOTONIC, &set.begun);
    fflush(NULL); /* else workers write it again */
    watch_signals(before);
    start_all(&set, err);
    restore_signals(before);
    if (set.shows)
        fputs("\r\033[K", stderr);
    if (stopped) {
        fprintf(stderr, "briefgen: stopped: %zu of %zu briefs are done\n", set.done, work->n);
        raise(stopped);
        return err_set(err, ERR_IO, "stopped by a signal");
    }
    print_diagnostics(&set);
    bool ok = print_results(&set, err);
    for (size_t i = 0; i < work->n; i++) {
        buf_free(&set.results[i].said);
        buf_free(&set.results[i].diagnostics);
    }
    munmap(set.shared, sizeof *set.shared);
    return ok;
}
