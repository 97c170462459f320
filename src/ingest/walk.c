#include "ingest/walk.h"

#include "base/arena.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/suggest.h"
#include "ingest/own.h"
#include "ingest/reader.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_DEPTH = LIMIT_FOLDER_DEPTH, SUGGESTED_FROM = 10000 /* names in a folder that are looked at for a hint */ };

/* A folder: its names in one string, each "NAME" or "NAME/" and NUL, and where each begins. */
struct folder {
    struct buf names;
    size_t *begin;
    size_t n, room, at;
    size_t path_n; /* of the path above it */
};

struct walk {
    char *const *arguments;
    size_t n, at;
    struct folder folders[MAX_DEPTH];
    size_t depth;
    struct buf path, problem;
    struct stat passed[WALK_PASSED];
    size_t n_passed, n_own;
};

/* ---- one folder ---- */

/* "/" or nothing behind a name that counts, NULL for another. */
static const char *ending_of(DIR *directory, const struct dirent *entry)
{
    struct stat info;
    if (entry->d_name[0] == '.' || archive_is_junk(entry->d_name))
        return NULL;
    if (entry->d_type == DT_REG || entry->d_type == DT_DIR)
        return entry->d_type == DT_DIR ? "/" : "";
    if (entry->d_type != DT_UNKNOWN || fstatat(dirfd(directory), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return NULL;
    return S_ISDIR(info.st_mode) ? "/" : S_ISREG(info.st_mode) ? "" : NULL;
}

static int compare_names(const void *a, const void *b, void *names)
{
    return strcmp((const char *)names + *(const size_t *)a, (const char *)names + *(const size_t *)b);
}

static bool read_folder(const char *path, struct folder *folder)
{
    DIR *directory = opendir(path);
    if (!directory)
        return false;
    struct dirent *entry;
    while ((errno = 0, entry = readdir(directory))) {
        const char *ending = ending_of(directory, entry);
        if (!ending)
            continue;
        folder->begin = mem_grow(folder->begin, &folder->room, folder->n + 1, sizeof *folder->begin);
        folder->begin[folder->n++] = folder->names.n;
        buf_text(&folder->names, entry->d_name);
        buf_text(&folder->names, ending);
        buf_char(&folder->names, '\0');
    }
    int problem = errno;
    closedir(directory);
    errno = problem;
    if (folder->n)
        qsort_r(folder->begin, folder->n, sizeof *folder->begin, compare_names, folder->names.p);
    return problem == 0;
}

static void leave_out_own(struct walk *walk, struct folder *folder)
{
    struct own *own = own_read(walk->path.p);
    size_t kept = 0;
    for (size_t i = 0; own && i < folder->n; i++)
        if (!own_has(own, folder->names.p + folder->begin[i]))
            folder->begin[kept++] = folder->begin[i];
    if (own) {
        walk->n_own += folder->n - kept;
        folder->n = kept;
    }
    own_free(own);
}

static void leave(struct walk *walk)
{
    struct folder *folder = &walk->folders[--walk->depth];
    buf_free(&folder->names);
    mem_free(folder->begin);
    *folder = (struct folder){0};
}

/* Goes into the folder at walk->path; false when it cannot, which is then what is wrong with it. */
static bool enter(struct walk *walk, struct walked *out)
{
    if (walk->depth == MAX_DEPTH) {
        buf_printf(&walk->problem, "folders nested deeper than %d", MAX_DEPTH);
    } else {
        struct folder *folder = &walk->folders[walk->depth++];
        folder->path_n = walk->path.n;
        if (read_folder(walk->path.p, folder)) {
            leave_out_own(walk, folder);
            return true;
        }
        buf_text(&walk->problem, strerror(errno));
        leave(walk);
    }
    *out = (struct walked){.path = walk->path.p, .listed = true, .bytes = -1, .problem = walk->problem.p};
    return false;
}

/* ---- the walk ---- */

static bool is_stream(const char *path, const struct stat *info)
{
    return strcmp(path, "-") == 0 || S_ISFIFO(info->st_mode);
}

static bool look_at(const char *path, struct stat *info)
{
    *info = (struct stat){0};
    return strcmp(path, "-") == 0 || stat(path, info) == 0;
}

static void set_path(struct walk *walk, size_t keep, const char *more)
{
    walk->path.n = keep;
    if (keep && walk->path.p[keep - 1] != '/')
        buf_char(&walk->path, '/');
    buf_text(&walk->path, more);
    buf_clear(&walk->problem);
}

static bool is_passed(const struct walk *walk, const struct stat *info)
{
    for (size_t i = 0; i < walk->n_passed; i++)
        if (walk->passed[i].st_dev == info->st_dev && walk->passed[i].st_ino == info->st_ino)
            return true;
    return false;
}

static bool is_own(const char *path)
{
    struct arena *arena = arena_new();
    const char *slash = strrchr(path, '/');
    struct own *own = own_read(slash ? arena_copy(arena, path, (size_t)(slash - path) + 1) : ".");
    bool found = own_has(own, slash ? slash + 1 : path);
    own_free(own);
    arena_free(arena);
    return found;
}

/* A file, or one that is gone by now. False for one to be passed over. */
static bool show(struct walk *walk, bool listed, struct walked *out)
{
    struct stat info;
    *out = (struct walked){.path = walk->path.p, .listed = listed, .bytes = -1};
    if (!look_at(walk->path.p, &info)) {
        buf_text(&walk->problem, strerror(errno));
        out->problem = walk->problem.p;
    } else if (listed && is_passed(walk, &info)) {
        return false;
    } else if (is_stream(walk->path.p, &info)) {
        out->stream = true;
    } else {
        out->own = !listed && is_own(walk->path.p);
        out->bytes = info.st_size;
        out->mtime = (int64_t)info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec;
    }
    return true;
}

bool walk_next(struct walk *walk, struct walked *out)
{
    for (;;) {
        struct folder *folder = walk->depth ? &walk->folders[walk->depth - 1] : NULL;
        struct stat info;
        bool is_folder;
        if (folder && folder->at == folder->n) {
            leave(walk);
            continue;
        }
        if (folder) {
            const char *name = folder->names.p + folder->begin[folder->at++];
            set_path(walk, folder->path_n, name);
            is_folder = walk->path.p[walk->path.n - 1] == '/';
        } else if (walk->at < walk->n) {
            set_path(walk, 0, walk->arguments[walk->at++]);
            is_folder = look_at(walk->path.p, &info) && S_ISDIR(info.st_mode);
        } else {
            return false;
        }
        if (is_folder ? !enter(walk, out) : show(walk, folder != NULL, out))
            return true;
    }
}

struct walk *walk_new(char *const *paths, size_t n)
{
    struct walk *walk = mem_alloc(sizeof *walk);
    memset(walk, 0, sizeof *walk);
    walk->arguments = paths;
    walk->n = n;
    return walk;
}

void walk_pass_over(struct walk *walk, const char *path, const char *ending)
{
    struct buf name = {0};
    buf_text(&name, path);
    buf_text(&name, ending);
    if (walk->n_passed < WALK_PASSED && stat(name.p, &walk->passed[walk->n_passed]) == 0)
        walk->n_passed++;
    buf_free(&name);
}

size_t walk_own(const struct walk *walk)
{
    return walk->n_own;
}

void walk_free(struct walk *walk)
{
    if (!walk)
        return;
    while (walk->depth)
        leave(walk);
    buf_free(&walk->path);
    buf_free(&walk->problem);
    mem_free(walk);
}

/* ---- what the user has named ---- */

/* "; did you mean "NAME"?" for the nearest name in its folder, or "". */
static const char *hint(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t head = slash ? (size_t)(slash - path) + 1 : 0, n = 0;
    struct folder folder = {0};
    const char *text = "";
    if (*path && read_folder(slash ? arena_copy(arena, path, head) : ".", &folder) && folder.n <= SUGGESTED_FROM) {
        struct str *names = ARENA_ARRAY(arena, folder.n + 1, struct str);
        for (; n < folder.n; n++)
            names[n] = str_from(folder.names.p + folder.begin[n]);
        struct str near = suggest(str_from(path + head), names, n);
        if (near.n)
            text = arena_printf(arena, "; did you mean \"%.*s" STR_FMT "\"?", (int)head, path, STR_ARG(near));
    }
    buf_free(&folder.names);
    mem_free(folder.begin);
    return text;
}

static bool check_one(struct arena *arena, const char *path, struct err *err)
{
    struct stat info;
    if (!look_at(path, &info)) {
        int problem = errno;
        return err_set(err, ERR_NO_INPUT, "%s: %s%s", path, strerror(problem),
                       problem == ENOENT ? hint(arena, path) : "");
    }
    if (is_stream(path, &info))
        return true;
    if (!S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode))
        return err_set(err, ERR_INPUT, "%s: not a regular file, a folder or a pipe", path);
    return access(path, S_ISDIR(info.st_mode) ? R_OK | X_OK : R_OK) == 0 ||
           err_set(err, ERR_NO_INPUT, "%s: %s", path, strerror(errno));
}

bool walk_check(char *const *paths, size_t n, struct err *err)
{
    struct arena *arena = arena_new();
    bool good = true;
    for (size_t i = 0; good && i < n; i++)
        good = check_one(arena, paths[i], err);
    arena_free(arena);
    return good;
}
