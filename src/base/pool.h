/* Work by several threads, in order: what is put in is worked on at the same time and comes out in the order in which
 * it went in.
 *
 *     one thread: pool_put ─▶ work, on each thread ─▶ one thread, perhaps the same: pool_take */
#ifndef BASE_POOL_H
#define BASE_POOL_H
#include "base/err.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

struct pool;

enum { POOL_THREADS = 64 /* at most */ };

size_t pool_processors(void); /* that this process may use, at least 1, at most POOL_THREADS */

/* `threads` threads (0: one a processor) that call `work` on each item; `thread` is the number of the calling one, from
 * 0. At most `weight` of the items' weights are in the pool at a time, or one item of any weight; an item that was
 * taken counts until its taker comes back, to take or to ask. NULL on error: ERR_MEMORY where no thread can be started.
 * Signals are left to the threads that there were before. */
struct pool *pool_new(size_t threads, size_t weight, void (*work)(void *context, size_t thread, void *item),
                      void *context, struct err *err);

/* Waits for room. False, and the item stays the caller's, once the pool has been stopped. */
bool pool_put(struct pool *pool, void *item, size_t weight);
bool pool_wait(struct pool *pool, size_t weight); /* the same wait, for who has yet to make such an item */
bool pool_full(struct pool *pool, size_t weight); /* it would wait: who also takes must take first */
void pool_end(struct pool *pool);                 /* nothing more is put */

/* The next item, worked on; NULL when all have been taken after pool_end. */
void *pool_take(struct pool *pool);

/* Nothing more is worked on, and whoever waits to put something in is turned away. Items are still to be taken. */
void pool_stop(struct pool *pool);
void pool_free(struct pool *pool); /* ends the threads; NULL is fine. What was not taken is lost. */

/* A thread that takes no signals: they go to those that there were before. Errors: ERR_MEMORY. */
bool pool_thread(pthread_t *thread, void *(*run)(void *context), void *context, struct err *err);

#endif
