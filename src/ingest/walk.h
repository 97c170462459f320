/* Inside the ingest room: the files that the arguments of an import stand for, one by one: arguments in their order,
 * the files of a folder and of those in it in byte order of their paths. Links in a folder are not followed, names that
 * begin with "." are passed over. Of a folder the names are held while it is walked, nothing else. */
#ifndef INGEST_WALK_H
#define INGEST_WALK_H
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct walk;

struct walked {
    const char *path;     /* "-" for standard input; valid until the next call */
    bool listed;          /* found in a folder, not named by the user */
    bool own;             /* named by the user, and written by briefgen itself */
    bool stream;          /* standard input or a FIFO: of no size, read once */
    int64_t bytes, mtime; /* as in struct import_input */
    const char *problem;  /* why it cannot be read; NULL = it can. Valid until the next call */
};

/* Whether all that is named exists and can be read. Errors: ERR_NO_INPUT with the name that may be meant, ERR_INPUT for
 * a device or socket. */
bool walk_check(char *const *paths, size_t n, struct err *err);

struct walk *walk_new(char *const *paths, size_t n); /* borrows the paths */
/* A file that is not to be found in folders: path and ending joined. At most WALK_PASSED of them; one that is not there
 * does not count. */
enum { WALK_PASSED = 4 };
void walk_pass_over(struct walk *walk, const char *path, const char *ending);
bool walk_next(struct walk *walk, struct walked *out);
size_t walk_own(const struct walk *walk); /* files of briefgen's own, so far passed over in folders */
void walk_free(struct walk *walk);

#endif
