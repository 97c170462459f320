/* Many briefs of one period, made by several processes from what one snapshot of the database says. */
#ifndef CLI_SET_H
#define CLI_SET_H
#include "brief/brief.h"
#include "cli/cli.h"

/* Does the work of item `at` of the set in a worker: adds to `said` what is printed for it. What it opens lives until
 * the worker ends. */
struct set_work {
    size_t n;
    const char *(*name)(void *context, size_t at); /* for messages; in any process */
    bool (*run)(void *context, size_t at, struct buf *said, struct err *err);
    void *context;
};

/* Runs all items, at most `jobs` at a time, and prints what they said in their order, whatever that of their ends.
 * An item that fails, or whose worker dies, is named and hinders no other. Ctrl-C ends the program when the items that
 * are being published are done. Errors: that of the first item that failed. */
bool set_run(struct cli *cli, const struct set_work *work, size_t jobs, struct err *err);

/* The number of --jobs, else twice that of cores. Errors: ERR_USAGE. */
bool set_jobs(const struct cli *cli, size_t *jobs, struct err *err);

#endif
