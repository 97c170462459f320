/* Files and directories into the store: one savepoint a file. */
#include "base/file.h"
#include "base/utf8.h"
#include "ingest/ingest.h"

#include <string.h>
#include <sys/stat.h>
#include <time.h>

struct run {
    struct store *store;
    const struct ingest_options *options;
    struct ingest_summary *summary;
    struct diag_list *diag;
    int64_t import, input; /* rows */
    size_t added, known;   /* of the current file */
    size_t total;          /* files to read */
};

static bool keep_article(void *context, struct article *article, struct err *err)
{
    struct run *run = context;
    enum store_outcome outcome;
    if (!store_import_article(run->store, run->input, article, &outcome, err))
        return false;
    run->added += outcome == STORE_ADDED;
    run->known += outcome != STORE_ADDED;
    return true;
}

/* Keeps what the file's reader set aside. */
static bool keep_rejects(struct run *run, size_t first, struct err *err)
{
    for (size_t i = first; i < run->diag->n; i++) {
        const struct diag *problem = &run->diag->items[i];
        if (problem->level != DIAG_REJECT)
            continue;
        const struct import_reject reject = {
            .name = str_from(problem->place),
            .line = problem->line,
            .column = problem->column,
            .code = problem->code,
            .reason = problem->text,
        };
        if (!store_import_reject(run->store, run->input, &reject, err))
            return false;
        run->summary->rejected++;
    }
    return true;
}

static bool import_bytes(struct run *run, const char *name, struct str bytes, struct err *err)
{
    size_t first = run->diag->n;
    run->added = run->known = 0;
    if (!store_savepoint(run->store, err))
        return false;
    struct arena *arena = arena_new(); /* a file's name may hold any bytes; it is stored and printed as text */
    struct import_input input = {.name = utf8_repair(arena, str_from(name)), .bytes = -1};
    struct stat info;
    if (strcmp(name, "-") != 0 && stat(name, &info) == 0) {
        input.bytes = info.st_size;
        input.mtime = (int64_t)info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec;
    }
    bool ok = store_begin_input(run->store, run->import, &input, &run->input, err) &&
              ingest_text(input.name.p, bytes, run->options, keep_article, run, run->diag, err) &&
              keep_rejects(run, first, err) && store_end_input(run->store, run->input, 1, true, NULL, err) &&
              store_savepoint_keep(run->store, err);
    arena_free(arena);
    if (!ok) {
        store_savepoint_undo(run->store);
        return false;
    }
    run->summary->files++;
    run->summary->added += run->added;
    run->summary->known += run->known;
    if (run->options->progress)
        run->options->progress(run->options->context, run->summary->files, run->total, run->summary->added);
    return true;
}

/* A file that was found in a directory may be gone or unreadable by now: named and passed over, unlike a file that the
 * user has named. */
static bool import_file(struct run *run, const char *path, bool listed, struct err *err)
{
    struct buf bytes = {0};
    struct err problem = {0};
    bool ok = file_read(path, run->options->file_limit, &bytes, &problem);
    if (ok) {
        ok = import_bytes(run, strcmp(path, "-") == 0 ? "-" : path, buf_view(&bytes), err);
    } else if (listed && problem.kind != ERR_IO) {
        size_t first = run->diag->n;
        diag_add(run->diag, DIAG_REJECT, "unreadable", path, 0, 0, "%s", problem.text);
        const struct import_input input = {.name = str_from(path), .bytes = -1};
        ok = store_begin_input(run->store, run->import, &input, &run->input, err) && keep_rejects(run, first, err) &&
             store_end_input(run->store, run->input, 0, false, problem.text, err);
    } else {
        ok = err_set(err, problem.kind, "%s", problem.text);
    }
    buf_free(&bytes);
    return ok;
}

struct paths {
    char **items;
    size_t n;
    bool listed;
};

/* What each argument stands for: itself, or the files of a directory in byte order. */
static bool expand(struct arena *arena, char *const *paths, size_t n, struct paths *out, size_t *total, struct err *err)
{
    for (size_t i = 0; i < n; i++) {
        out[i] = (struct paths){(char **)(size_t)&paths[i], 1, false};
        if (strcmp(paths[i], "-") != 0 && file_is_directory(paths[i])) {
            out[i].listed = true;
            if (!file_list(paths[i], arena, &out[i].items, &out[i].n, err))
                return false;
        }
        *total += out[i].n;
    }
    return true;
}

bool ingest_paths(struct store *store, char *const *paths, size_t n, const struct ingest_options *options,
                  struct ingest_summary *summary, struct diag_list *diag, struct err *err)
{
    struct arena *arena = arena_new();
    struct paths *expanded = ARENA_ARRAY(arena, n + 1, struct paths);
    struct run run = {.store = store, .options = options, .summary = summary, .diag = diag};
    *summary = (struct ingest_summary){0};
    bool ok = expand(arena, paths, n, expanded, &run.total, err) &&
              store_begin_import(store, STR(""), (int64_t)time(NULL), &run.import, err);
    for (size_t i = 0; ok && i < n; i++)
        for (size_t j = 0; ok && j < expanded[i].n; j++)
            ok = import_file(&run, expanded[i].items[j], expanded[i].listed, err);
    arena_free(arena);
    return ok;
}
