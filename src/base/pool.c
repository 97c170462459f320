#include "base/pool.h"

#include "base/mem.h"

#include <sched.h>
#include <signal.h>
#include <string.h>

/* A ring: [taken, begun) is being worked on or done, [begun, put) waits. */
enum { RING = 256 };

struct slot {
    void *item;
    size_t weight;
    bool done;
};

struct pool {
    void (*work)(void *context, size_t thread, void *item);
    void *context;
    pthread_t threads[POOL_THREADS];
    size_t n, started; /* threads there are; those that have taken their number */
    pthread_mutex_t lock;
    pthread_cond_t has_room, has_work, has_result;
    struct slot ring[RING];
    size_t put, begun, taken;  /* items since the beginning */
    size_t weight, held, most; /* held: of the item that was taken last */
    bool ended, stopped, closed;
};

size_t pool_processors(void)
{
    cpu_set_t set;
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return n < 1 ? 1 : n > POOL_THREADS ? POOL_THREADS : (size_t)n;
}

bool pool_thread(pthread_t *thread, void *(*run)(void *context), void *context, struct err *err)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int problem = pthread_create(thread, NULL, run, context);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return problem == 0 || err_set(err, ERR_MEMORY, "cannot start a thread: %s", strerror(problem));
}

static void *run_thread(void *context)
{
    struct pool *pool = context;
    pthread_mutex_lock(&pool->lock);
    size_t number = pool->started++;
    for (;;) {
        while (pool->begun == pool->put && !pool->closed)
            pthread_cond_wait(&pool->has_work, &pool->lock);
        if (pool->closed)
            break;
        struct slot *slot = &pool->ring[pool->begun % RING];
        bool idle = pool->stopped;
        pool->begun++;
        pthread_mutex_unlock(&pool->lock);
        if (!idle)
            pool->work(pool->context, number, slot->item);
        pthread_mutex_lock(&pool->lock);
        slot->done = true;
        if (slot == &pool->ring[pool->taken % RING])
            pthread_cond_signal(&pool->has_result);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

struct pool *pool_new(size_t threads, size_t weight, void (*work)(void *context, size_t thread, void *item),
                      void *context, struct err *err)
{
    struct err problem = {0};
    struct pool *pool = mem_alloc(sizeof *pool);
    memset(pool, 0, sizeof *pool);
    pool->work = work;
    pool->context = context;
    pool->most = weight;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->has_room, NULL);
    pthread_cond_init(&pool->has_work, NULL);
    pthread_cond_init(&pool->has_result, NULL);
    threads = threads == 0 ? pool_processors() : threads > POOL_THREADS ? POOL_THREADS : threads;
    while (pool->n < threads && pool_thread(&pool->threads[pool->n], run_thread, pool, &problem))
        pool->n++;
    if (pool->n > 0) /* fewer than wanted will do */
        return pool;
    err_set(err, problem.kind, "%s", problem.text);
    pool_free(pool);
    return NULL;
}

static bool has_room(const struct pool *pool, size_t weight)
{
    weight = weight > pool->most ? pool->most : weight;
    return pool->weight == 0 || (pool->put - pool->taken < RING && weight <= pool->most - pool->weight);
}

bool pool_wait(struct pool *pool, size_t weight)
{
    pthread_mutex_lock(&pool->lock);
    while (!has_room(pool, weight) && !pool->stopped)
        pthread_cond_wait(&pool->has_room, &pool->lock);
    bool good = !pool->stopped;
    pthread_mutex_unlock(&pool->lock);
    return good;
}

bool pool_put(struct pool *pool, void *item, size_t weight)
{
    pthread_mutex_lock(&pool->lock);
    while (!has_room(pool, weight) && !pool->stopped)
        pthread_cond_wait(&pool->has_room, &pool->lock);
    bool good = !pool->stopped;
    if (good) {
        struct slot *slot = &pool->ring[pool->put++ % RING];
        *slot = (struct slot){item, weight > pool->most ? pool->most : weight, false};
        pool->weight += slot->weight;
        pthread_cond_signal(&pool->has_work);
    }
    pthread_mutex_unlock(&pool->lock);
    return good;
}

/* What was taken last has been dealt with. */
static void let_go(struct pool *pool)
{
    pool->weight -= pool->held;
    pool->held = 0;
    pthread_cond_signal(&pool->has_room);
}

bool pool_full(struct pool *pool, size_t weight)
{
    pthread_mutex_lock(&pool->lock);
    let_go(pool);
    bool full = !has_room(pool, weight);
    pthread_mutex_unlock(&pool->lock);
    return full;
}

void pool_end(struct pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    pool->ended = true;
    pthread_cond_signal(&pool->has_result);
    pthread_mutex_unlock(&pool->lock);
}

void *pool_take(struct pool *pool)
{
    void *item = NULL;
    pthread_mutex_lock(&pool->lock);
    let_go(pool);
    for (;;) {
        struct slot *slot = &pool->ring[pool->taken % RING];
        if (pool->taken < pool->put && slot->done) {
            item = slot->item;
            pool->held = slot->weight;
            pool->taken++;
            break;
        }
        if (pool->taken == pool->put && pool->ended)
            break;
        pthread_cond_wait(&pool->has_result, &pool->lock);
    }
    pthread_mutex_unlock(&pool->lock);
    return item;
}

void pool_stop(struct pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    pool->stopped = true;
    pthread_cond_broadcast(&pool->has_room);
    pthread_mutex_unlock(&pool->lock);
}

void pool_free(struct pool *pool)
{
    if (!pool)
        return;
    pthread_mutex_lock(&pool->lock);
    pool->closed = true;
    pthread_cond_broadcast(&pool->has_work);
    pthread_mutex_unlock(&pool->lock);
    for (size_t i = 0; i < pool->n; i++)
        pthread_join(pool->threads[i], NULL);
    pthread_cond_destroy(&pool->has_room);
    pthread_cond_destroy(&pool->has_work);
    pthread_cond_destroy(&pool->has_result);
    pthread_mutex_destroy(&pool->lock);
    mem_free(pool);
}
