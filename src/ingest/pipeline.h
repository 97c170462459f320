/* Inside the ingest room: an import, and what passes between its threads.
 *
 *     writer: walks, asks the store what is new ─ files ─▶ splitter ─ batches ─▶ workers ─ in order ─▶ writer: stores
 *
 * One thread, the caller's, walks and writes: the database is its alone. Whatever the number of workers, everything is
 * stored in the order in which it was split. Both queues are bounded, so memory is. */
#ifndef INGEST_PIPELINE_H
#define INGEST_PIPELINE_H
#include "base/pool.h"
#include "ingest/reader.h"

#include <stdatomic.h>

/* A file on its way from the walk to the store. */
struct file {
    struct file *next; /* of those on their way */
    char *path;
    size_t slot;               /* of the path's hash … */
    struct file *next_of_slot; /* … and the next one there */
    char *name;                /* as text: a path may hold any bytes */
    struct import_input input; /* of that name */
    bool listed, own, stream;  /* as walked */
    char *gone;                /* why it cannot be read; NULL = try */
    size_t skip;               /* items of it that are in already */
    atomic_bool good;          /* split to its end without a fault: it will not have to be undone */

    /* By the splitter; the writer may look when it gets ENTRY_END. */
    size_t items;
    struct err problem; /* ERR_INPUT: a fault of the file; else one that ends the import */
    bool cut;           /* by an interrupt */
    bool unreadable;
    bool changed; /* while it was read */
};

/* An article with what was found in it. */
struct found {
    struct article article;
    struct analysis analysis;
    struct found *next;
};

enum entry_kind { ENTRY_BEGIN, ENTRY_ITEM, ENTRY_END };
struct entry {
    enum entry_kind kind;
    struct file *file;
    struct item item;
    struct found *found; /* by a worker, as the next two */
    struct diag_list diag;
};

enum { BATCH_ENTRIES = 64, BATCH_BYTES = 512 * 1024, LARGE_TIMES = 4 };
struct batch {
    struct arena *arena; /* of all strings in it */
    size_t n, bytes;     /* bytes: of the items */
    const char *name;    /* place of the last item */
    struct str head;     /* of the last item that has one */
    struct err err;      /* of a worker */
    struct entry entries[BATCH_ENTRIES];
};

struct batch *batch_new(void);
void batch_free(struct batch *batch); /* NULL is fine */
struct entry *batch_add(struct batch *batch, enum entry_kind kind, struct file *file);
void batch_add_item(struct batch *batch, struct file *file, const struct item *item); /* copies it */
size_t batch_item_bytes(const struct item *item);                                     /* of the copy */
size_t batch_weight(size_t bytes);                                                    /* in the pool */

/* Workers: pool_new's `work` over batches. */
struct reading_threads {
    const struct ingest_options *options;
    struct arena *scratch[POOL_THREADS][2]; /* of each thread: to read, to analyse; made when first needed */
};
void batch_read(void *context, size_t thread, void *batch);

/* The splitter and the bounded queue of files before it. */
enum { FILES_WAITING = 256 };
struct splitter {
    const struct ingest_options *options;
    struct pool *pool;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t has_file;
    struct file *ring[FILES_WAITING];
    size_t put, taken;
    bool ended;
    atomic_bool quit;
    atomic_ullong bytes; /* read so far, of all files */
    struct batch *batch; /* being filled; the splitter's own, as what follows */
    struct file *file;
    bool refused; /* the pool has been stopped, or the run interrupted */
};
bool splitter_start(struct splitter *splitter, const struct ingest_options *options, struct pool *pool,
                    struct err *err);
bool splitter_full(struct splitter *splitter);
void splitter_put(struct splitter *splitter, struct file *file); /* not when it is full */
void splitter_end(struct splitter *splitter);                    /* no more files */
void splitter_quit(struct splitter *splitter); /* after an error: reads nothing more, stops the pool */
void splitter_join(struct splitter *splitter); /* after splitter_end, and all taken or splitter_quit */

#endif
