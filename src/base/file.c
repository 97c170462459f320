#include "base/file.h"

#include "base/arena.h"
#include "base/mem.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <nettle/md5.h>
#include <nettle/sha2.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static bool read_all(int fd, const char *path, size_t limit, struct buf *out, struct err *err)
{
    char block[65536];
    for (;;) {
        ssize_t got = read(fd, block, sizeof block);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return err_set(err, ERR_IO, "%s: cannot read: %s", path, strerror(errno));
        if (got == 0)
            break;
        if ((size_t)got > limit - out->n)
            return err_set(err, ERR_INPUT, "%s: larger than the limit of %zu bytes", path, limit);
        buf_add(out, block, (size_t)got);
    }
    buf_add(out, "", 0);
    return true;
}

bool file_read(const char *path, size_t limit, struct buf *out, struct err *err)
{
    if (strcmp(path, "-") == 0)
        return read_all(0, "standard input", limit, out, err);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0)
        return err_set(err, ERR_NO_INPUT, "%s: %s", path, strerror(errno));
    struct stat info;
    bool ok;
    if (fstat(fd, &info) != 0)
        ok = err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
    else if (!S_ISREG(info.st_mode))
        ok = err_set(err, ERR_INPUT, "%s: %s", path, S_ISDIR(info.st_mode) ? "is a directory" : "not a regular file");
    else if (info.st_size > 0 && (unsigned long long)info.st_size > limit)
        ok = err_set(err, ERR_INPUT, "%s: %lld bytes, larger than the limit of %zu", path, (long long)info.st_size,
                     limit);
    else
        ok = read_all(fd, path, limit, out, err);
    close(fd);
    return ok;
}

static bool write_all(int fd, struct str bytes)
{
    while (bytes.n) {
        ssize_t put = write(fd, bytes.p, bytes.n);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        bytes = str_slice(bytes, (size_t)put, bytes.n);
    }
    return true;
}

int file_temporary(struct err *err)
{
    const char *folder = getenv("TMPDIR");
    char path[4096];
    if (!folder || !*folder)
        folder = "/tmp";
    int file = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file < 0 && snprintf(path, sizeof path, "%s/briefgen-XXXXXX", folder) < (int)sizeof path) {
        file = mkostemp(path, O_CLOEXEC); /* a file system without O_TMPFILE */
        if (file >= 0)
            unlink(path);
    }
    if (file < 0)
        err_set(err, ERR_CREATE, "%s: no temporary file there: %s", folder, strerror(errno));
    return file;
}

bool file_append(int file, struct str bytes, struct err *err)
{
    return write_all(file, bytes) || err_set(err, ERR_IO, "temporary file: %s", strerror(errno));
}

static bool sync_directory(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool ok = fsync(fd) == 0 || errno == EINVAL || errno == EROFS;
    int saved = errno;
    close(fd);
    errno = saved;
    return ok;
}

/* The directory part of `path`, in `arena`. */
static char *directory_of(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return arena_copy(arena, ".", 1);
    return slash == path ? arena_copy(arena, "/", 1) : arena_copy(arena, path, (size_t)(slash - path));
}

/* The folder of a publication, opened and locked by the kernel: the lock vanishes with its process, so that what has
 * one of our temporary names is always left over from a run that was killed. A file system without locks goes without.
 */
static int lock_directory(const char *path, struct err *err)
{
    enum { TRIES = 100, PAUSE_NS = 50 * 1000 * 1000 }; /* 5 s */
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        err_set(err, ERR_CREATE, "%s: cannot open the directory: %s", path, strerror(errno));
        return -1;
    }
    for (int i = 0; flock(fd, LOCK_EX | LOCK_NB) != 0 && (errno == EWOULDBLOCK || errno == EINTR); i++) {
        if (i == TRIES) {
            err_set(err, ERR_LOCKED, "%s: another program is writing there", path);
            close(fd);
            return -1;
        }
        nanosleep(&(struct timespec){.tv_nsec = PAUSE_NS}, NULL);
    }
    return fd;
}

/* What rename replaces is kept under a second name until all is done, so that a failure half-way can be undone. */
struct swap {
    char *temporary, *backup; /* names in the folder, the same in every run */
    bool written, kept;       /* the temporary file exists; the backup exists */
    bool swapped, first;      /* the new file is in place; there was none before */
};

/* A synced temporary file beside the target. */
static bool write_temporary(const struct file_item *item, struct swap *swap, struct err *err)
{
    struct stat info;
    if (lstat(item->path, &info) == 0 && !S_ISREG(info.st_mode))
        return err_set(err, ERR_CREATE, "%s: exists and is not a regular file; left alone", item->path);
    unlink(swap->temporary);
    unlink(swap->backup);
    int fd = open(swap->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (fd < 0)
        return err_set(err, ERR_CREATE, "%s: cannot create %s: %s", item->path, swap->temporary, strerror(errno));
    swap->written = true;
    bool ok = write_all(fd, item->bytes) && fsync(fd) == 0;
    int reason = errno;
    if (close(fd) != 0 && ok) {
        ok = false;
        reason = errno;
    }
    return ok || err_set(err, ERR_IO, "%s: cannot write: %s", item->path, strerror(reason));
}

static bool swap_in(const char *path, struct swap *swap, struct err *err)
{
    swap->kept = link(path, swap->backup) == 0;
    swap->first = !swap->kept && errno == ENOENT;
    if (!swap->kept && !swap->first && errno != EPERM && errno != EOPNOTSUPP && errno != EMLINK) /* no undo */
        return err_set(err, ERR_IO, "%s: cannot keep the old file: %s", path, strerror(errno));
    swap->swapped = rename(swap->temporary, path) == 0;
    swap->written = !swap->swapped;
    return swap->swapped || err_set(err, ERR_IO, "%s: cannot rename: %s", path, strerror(errno));
}

static void swap_end(const char *path, struct swap *swap, bool undo)
{
    if (undo && swap->swapped && swap->kept)
        swap->kept = rename(swap->backup, path) != 0;
    else if (undo && swap->swapped && swap->first)
        unlink(path);
    if (swap->kept)
        unlink(swap->backup);
    if (swap->written)
        unlink(swap->temporary);
}

static bool sync_swaps(int fd, const char *directory, struct err *err)
{
    return fsync(fd) == 0 || errno == EINVAL || errno == EROFS ||
           err_set(err, ERR_IO, "%s: cannot sync the directory: %s", directory, strerror(errno));
}

static bool publish_locked(int fd, const char *directory, const struct file_item *items, struct swap *swaps, size_t n,
                           struct err *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++)
        ok = write_temporary(&items[i], &swaps[i], err);
    for (size_t i = 0; ok && i < n; i++)
        ok = swap_in(items[i].path, &swaps[i], err);
    ok = ok && sync_swaps(fd, directory, err);
    for (size_t i = n; i-- > 0;)
        swap_end(items[i].path, &swaps[i], !ok);
    return ok;
}

bool file_publish_all(const struct file_item *items, size_t n, struct err *err)
{
    enum { MOST = 64 };
    struct swap swaps[MOST] = {{0}};
    assert(n > 0 && n <= MOST);
    struct arena *arena = arena_new();
    const char *directory = directory_of(arena, items[0].path);
    for (size_t i = 0; i < n; i++) {
        assert(strcmp(directory_of(arena, items[i].path), directory) == 0);
        swaps[i].temporary = file_join(arena, directory, arena_printf(arena, ".briefgen-new-%zu", i));
        swaps[i].backup = file_join(arena, directory, arena_printf(arena, ".briefgen-old-%zu", i));
    }
    int fd = lock_directory(directory, err);
    bool ok = fd >= 0;
    if (ok) {
        sigset_t stop, before; /* a Ctrl-C waits until nothing temporary is left */
        sigemptyset(&stop);
        sigaddset(&stop, SIGINT);
        sigaddset(&stop, SIGTERM);
        sigaddset(&stop, SIGHUP);
        sigprocmask(SIG_BLOCK, &stop, &before);
        ok = publish_locked(fd, directory, items, swaps, n, err);
        close(fd);
        sigprocmask(SIG_SETMASK, &before, NULL);
    }
    arena_free(arena);
    return ok;
}

bool file_publish(const char *path, struct str bytes, struct err *err)
{
    return file_publish_all(&(struct file_item){path, bytes}, 1, err);
}

bool file_make_directory(const char *path, struct err *err)
{
    struct arena *arena = arena_new();
    char *copy = arena_copy(arena, path, strlen(path));
    bool ok = true;
    for (char *p = copy + 1; ok && *copy; p++) {
        if (*p != '/' && *p != '\0')
            continue;
        char end = *p;
        *p = '\0';
        if (mkdir(copy, 0777) == 0) {
            if (!sync_directory(directory_of(arena, copy)))
                ok = err_set(err, ERR_IO, "%s: cannot sync its parent: %s", copy, strerror(errno));
        } else if (errno != EEXIST) {
            ok = err_set(err, ERR_CREATE, "%s: cannot create directory: %s", copy, strerror(errno));
        }
        *p = end;
        if (end == '\0')
            break;
    }
    if (ok && !file_is_directory(path))
        ok = err_set(err, ERR_CREATE, "%s: exists and is not a directory", path);
    arena_free(arena);
    return ok;
}

bool file_is_directory(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

struct listing {
    struct arena *arena;
    char **paths;
    size_t n, room;
};

enum { MAX_DEPTH = 64 };

static bool list_into(struct listing *list, const char *directory, int depth, struct err *err)
{
    if (depth > MAX_DEPTH)
        return err_set(err, ERR_INPUT, "%s: directories nested deeper than %d", directory, MAX_DEPTH);
    DIR *dir = opendir(directory);
    if (!dir)
        return err_set(err, ERR_NO_INPUT, "%s: %s", directory, strerror(errno));
    bool ok = true;
    struct dirent *entry;
    while (ok && (errno = 0, entry = readdir(dir))) {
        if (entry->d_name[0] == '.')
            continue;
        char *path = file_join(list->arena, directory, entry->d_name);
        struct stat info;
        if (lstat(path, &info) != 0)
            continue;
        if (S_ISDIR(info.st_mode)) {
            ok = list_into(list, path, depth + 1, err);
        } else if (S_ISREG(info.st_mode)) {
            list->paths = mem_grow(list->paths, &list->room, list->n + 1, sizeof *list->paths);
            list->paths[list->n++] = path;
        }
    }
    if (ok && errno != 0)
        ok = err_set(err, ERR_IO, "%s: %s", directory, strerror(errno));
    closedir(dir);
    return ok;
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

bool file_list(const char *directory, struct arena *arena, char ***paths, size_t *count, struct err *err)
{
    struct listing list = {.arena = arena};
    bool ok = list_into(&list, directory, 0, err);
    *count = ok ? list.n : 0;
    *paths = ARENA_ARRAY(arena, list.n + 1, char *);
    if (ok && list.n) {
        qsort(list.paths, list.n, sizeof *list.paths, compare_paths);
        memcpy(*paths, list.paths, list.n * sizeof *list.paths);
    }
    mem_free(list.paths);
    return ok;
}

static void put_hex(const unsigned char *digest, size_t n, char *hex)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < n; i++) {
        hex[2 * i] = digits[digest[i] >> 4];
        hex[2 * i + 1] = digits[digest[i] & 15];
    }
    hex[2 * n] = '\0';
}

void file_sha256(struct str bytes, char hex[65])
{
    struct sha256_ctx context;
    unsigned char digest[SHA256_DIGEST_SIZE];
    sha256_init(&context);
    sha256_update(&context, bytes.n, (const uint8_t *)bytes.p);
    sha256_digest(&context, sizeof digest, digest);
    put_hex(digest, sizeof digest, hex);
}

void file_md5(struct str bytes, char hex[33])
{
    struct md5_ctx context;
    unsigned char digest[MD5_DIGEST_SIZE];
    md5_init(&context);
    md5_update(&context, bytes.n, (const uint8_t *)bytes.p);
    md5_digest(&context, sizeof digest, digest);
    put_hex(digest, sizeof digest, hex);
}

char *file_join(struct arena *arena, const char *directory, const char *name)
{
    size_t n = strlen(directory);
    return arena_printf(arena, "%s%s%s", directory, n && directory[n - 1] == '/' ? "" : "/", name);
}
