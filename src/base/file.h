/* Files: read whole with a bound; publish whole or not at all. */
#ifndef BASE_FILE_H
#define BASE_FILE_H
#include "base/err.h"
#include "base/str.h"

struct arena;

/* Reads a regular file (or standard input for "-") of at most `limit` bytes into `out` (caller frees with buf_free).
 * Errors: ERR_NO_INPUT (missing, unreadable), ERR_INPUT (a directory, device, or over the limit), ERR_IO. */
bool file_read(const char *path, size_t limit, struct buf *out, struct err *err);

/* Writes `bytes` to `path` all or nothing: temporary file in the same directory, fsync, rename, fsync of the
 * directory. A target that is anything but a regular file is refused and left alone.
 * Errors: ERR_CREATE (cannot create, target is a directory, link, FIFO …), ERR_IO (write, fsync, rename), ERR_LOCKED
 * (another process has been publishing in the same directory for 5 s). */
bool file_publish(const char *path, struct str bytes, struct err *err);

/* Several files of one directory at once: all temporaries are written and synced before the first rename, so that a
 * full disk changes nothing, and a rename or a sync of the directory that fails undoes the earlier ones. Only a crash
 * between two renames can leave new beside old: put the file that lists the others last. Temporaries are named
 * .briefgen-new-N and .briefgen-old-N; the next publication there removes what a killed one left. Same errors; `n` is 1
 * to 64. */
struct file_item {
    const char *path;
    struct str bytes;
};
bool file_publish_all(const struct file_item *items, size_t n, struct err *err);

/* Creates a directory and its parents. Errors: ERR_CREATE. */
bool file_make_directory(const char *path, struct err *err);

/* The regular files under a directory, recursively, in byte order of their paths; links are not followed, names that
 * begin with "." are passed over. The list and its strings live in the arena. */
bool file_list(const char *directory, struct arena *arena, char ***paths, size_t *count, struct err *err);
bool file_is_directory(const char *path);

/* A new, empty file without a name in $TMPDIR or /tmp, for what memory is too small for; gone when it is closed. -1 on
 * error: ERR_CREATE. */
int file_temporary(struct err *err);
bool file_append(int file, struct str bytes, struct err *err); /* to such a file; ERR_IO */

/* A SHA-256 as 64 lower-case hex digits and NUL. */
void file_sha256(struct str bytes, char hex[65]);
void file_md5(struct str bytes,
              char hex[33]); /* an MD5 as 32 digits: against damage, for the formats that ask for it */

/* "dir/name" in the arena. */
char *file_join(struct arena *arena, const char *directory, const char *name);

#endif
