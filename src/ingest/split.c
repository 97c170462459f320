/* The splitter: a thread that opens files one after another and cuts them into items, gathered into batches. */
#include "base/mem.h"
#include "ingest/pipeline.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STOP_CHECK = 200 /* ms: how long an interrupt may go unnoticed while standard input says nothing */ };

static bool interrupted(struct splitter *s)
{
    return (s->options->stop && atomic_load(s->options->stop) != 0) || atomic_load(&s->quit);
}

/* ---- batches ---- */

/* False when nothing more is wanted. */
static bool flush(struct splitter *s)
{
    struct batch *batch = s->batch;
    s->batch = NULL;
    if (!batch || pool_put(s->pool, batch, batch_weight(batch->bytes)))
        return true;
    batch_free(batch);
    s->refused = true;
    return false;
}

static struct batch *room(struct splitter *s)
{
    if (s->batch && (s->batch->n == BATCH_ENTRIES || s->batch->bytes >= BATCH_BYTES))
        flush(s);
    if (!s->batch)
        s->batch = batch_new();
    return s->batch;
}

/* Before a large item is copied: what came before it must get through, as it may have to be alone. */
static bool await_room(struct splitter *s, size_t bytes)
{
    s->refused = !flush(s) || !pool_wait(s->pool, batch_weight(bytes));
    return !s->refused;
}

static bool put(void *context, const struct item *item, struct err *err)
{
    struct splitter *s = context;
    (void)err;
    if (s->refused || interrupted(s)) {
        s->refused = true;
        return false;
    }
    if (++s->file->items <= s->file->skip)
        return true;
    size_t bytes = batch_item_bytes(item);
    if (bytes >= BATCH_BYTES && !await_room(s, bytes))
        return false;
    batch_add_item(room(s), s->file, item);
    return true;
}

/* ---- the bytes of a file ---- */

struct open_file {
    struct splitter *splitter;
    int descriptor;
    int64_t bytes; /* read */
};

/* Waits for bytes of standard input or a FIFO; false on an interrupt. */
static bool await(struct open_file *open)
{
    struct pollfd wait = {open->descriptor, POLLIN, 0};
    while (!interrupted(open->splitter))
        if (poll(&wait, 1, STOP_CHECK) > 0)
            return true;
    return false;
}

static int64_t read_bytes(void *context, char *bytes, size_t n, struct err *err)
{
    struct open_file *open = context;
    struct splitter *s = open->splitter;
    for (;;) {
        if (s->file->stream && !await(open)) {
            s->refused = true;
            err_set(err, ERR_IO, "interrupted");
            return -1;
        }
        ssize_t got = read(open->descriptor, bytes, n);
        if (got >= 0) {
            open->bytes += got;
            atomic_fetch_add(&s->bytes, (unsigned long long)got);
            return got;
        }
        if (errno != EINTR && errno != EAGAIN) {
            err_set(err, ERR_IO, "%s: cannot read: %s", s->file->path, strerror(errno));
            return -1;
        }
    }
}

/* False for what is no file or FIFO (any more). A FIFO is not waited for here but in await. */
static bool open_file(struct splitter *s, struct open_file *open_, struct err *err)
{
    const struct file *file = s->file;
    struct stat info;
    *open_ = (struct open_file){s, STDIN_FILENO, 0};
    if (strcmp(file->path, "-") == 0)
        return true;
    open_->descriptor = open(file->path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (open_->descriptor < 0)
        return err_set(err, ERR_NO_INPUT, "%s", strerror(errno));
    if (fstat(open_->descriptor, &info) == 0 && (S_ISREG(info.st_mode) || (S_ISFIFO(info.st_mode) && file->stream)))
        return true;
    close(open_->descriptor);
    return err_set(err, ERR_NO_INPUT, "not a regular file");
}

static void close_file(struct open_file *open)
{
    struct file *file = open->splitter->file;
    struct stat info;
    if (!file->stream && fstat(open->descriptor, &info) == 0)
        file->changed = info.st_size != file->input.bytes ||
                        (int64_t)info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec != file->input.mtime;
    if (open->bytes < file->input.bytes) /* read in another way: random access */
        atomic_fetch_add(&open->splitter->bytes, (unsigned long long)(file->input.bytes - open->bytes));
    if (open->descriptor > STDIN_FILENO)
        close(open->descriptor);
}

/* ---- one file ---- */

static void split_open(struct splitter *s, struct open_file *open)
{
    struct file *file = s->file;
    struct stream *stream = stream_from(read_bytes, NULL, open);
    const struct sink sink = {put, s};
    const struct input input = {
        .name = file->name,
        .path = file->stream ? NULL : file->path,
        .stream = stream,
        .options = s->options,
    };
    bool good = readers_split(&input, &sink, &file->problem);
    if (s->refused) {
        file->cut = true;
        file->problem = (struct err){0};
    } else if (!good && file->problem.kind == ERR_NONE) {
        err_set(&file->problem, ERR_INTERNAL, "%s: reading ended early", file->path);
    }
    stream_close(stream);
    close_file(open);
}

/* What was found in a folder may be gone or locked by now: named and passed over, unlike what the user has named. */
static void pass_over(struct splitter *s, const char *why)
{
    struct file *file = s->file;
    const struct item item = {
        .kind = ITEM_REJECT, .name = file->name, .code = "unreadable", .reason = why, .text = STR("")};
    file->unreadable = true;
    if (!file->listed)
        err_set(&file->problem, ERR_NO_INPUT, "%s: %s", file->path, why);
    else
        put(s, &item, &file->problem);
}

static void refuse_own(struct splitter *s)
{
    struct file *file = s->file;
    const struct item item = {.kind = ITEM_REJECT,
                              .name = file->name,
                              .code = "own-output",
                              .reason = "written by briefgen itself, by the manifest.json beside it: no article",
                              .text = STR("")};
    put(s, &item, &file->problem);
}

static void split_file(struct splitter *s, struct file *file)
{
    struct open_file open;
    struct err problem = {0};
    s->file = file;
    batch_add(room(s), ENTRY_BEGIN, file);
    if (file->gone)
        pass_over(s, file->gone);
    else if (file->own)
        refuse_own(s);
    else if (open_file(s, &open, &problem))
        split_open(s, &open);
    else
        pass_over(s, problem.text);
    atomic_store(&file->good, file->problem.kind == ERR_NONE);
    batch_add(room(s), ENTRY_END, file);
}

/* ---- the thread ---- */

/* NULL at the end. Whoever waits here has handed on all that it has: else the writer, who puts files in, might wait for
 * it. */
static struct file *next_file(struct splitter *s)
{
    pthread_mutex_lock(&s->lock);
    if (s->put == s->taken && !s->ended) {
        pthread_mutex_unlock(&s->lock);
        flush(s);
        pthread_mutex_lock(&s->lock);
    }
    while (s->put == s->taken && !s->ended)
        pthread_cond_wait(&s->has_file, &s->lock);
    struct file *file = s->put == s->taken ? NULL : s->ring[s->taken++ % FILES_WAITING];
    pthread_mutex_unlock(&s->lock);
    return file;
}

static void *run(void *context)
{
    struct splitter *s = context;
    for (struct file *file; (file = next_file(s)) != NULL && !s->refused && !interrupted(s);)
        split_file(s, file);
    flush(s);
    pool_end(s->pool);
    return NULL;
}

bool splitter_start(struct splitter *s, const struct ingest_options *options, struct pool *pool, struct err *err)
{
    memset(s, 0, sizeof *s);
    s->options = options;
    s->pool = pool;
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->has_file, NULL);
    if (pool_thread(&s->thread, run, s, err))
        return true;
    pthread_cond_destroy(&s->has_file);
    pthread_mutex_destroy(&s->lock);
    return false;
}

bool splitter_full(struct splitter *s)
{
    pthread_mutex_lock(&s->lock);
    bool full = s->put - s->taken == FILES_WAITING;
    pthread_mutex_unlock(&s->lock);
    return full;
}

void splitter_put(struct splitter *s, struct file *file)
{
    pthread_mutex_lock(&s->lock);
    s->ring[s->put++ % FILES_WAITING] = file;
    pthread_cond_signal(&s->has_file);
    pthread_mutex_unlock(&s->lock);
}

void splitter_end(struct splitter *s)
{
    pthread_mutex_lock(&s->lock);
    s->ended = true;
    pthread_cond_signal(&s->has_file);
    pthread_mutex_unlock(&s->lock);
}

void splitter_quit(struct splitter *s)
{
    atomic_store(&s->quit, true);
    pool_stop(s->pool);
}

void splitter_join(struct splitter *s)
{
    pthread_join(s->thread, NULL);
    pthread_cond_destroy(&s->has_file);
    pthread_mutex_destroy(&s->lock);
}
