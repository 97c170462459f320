/* The pool: order, room, stopping. */
#include "unit.h"

#include "base/pool.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

enum { ITEMS = 3000 };

struct number {
    int in, out;
    size_t thread;
};

struct running {
    atomic_int now, most;
};

static void pause_for(long ns)
{
    nanosleep(&(struct timespec){.tv_nsec = ns}, NULL);
}

/* Of uneven length, so that later ones are done first. */
static void square(void *context, size_t thread, void *item)
{
    struct number *number = item;
    (void)context;
    if (number->in % 97 == 0)
        pause_for(1000000);
    number->out = number->in * number->in;
    number->thread = thread;
}

struct feed {
    struct pool *pool;
    struct number *numbers;
};

static void *feed_all(void *context)
{
    struct feed *feed = context;
    for (int i = 0; i < ITEMS; i++)
        if (!pool_put(feed->pool, &feed->numbers[i], 1))
            return NULL;
    pool_end(feed->pool);
    return NULL;
}

static void what_goes_in_comes_out_in_order(void **state)
{
    (void)state;
    for (size_t threads = 1; threads <= 7; threads += 3) {
        struct err err = {0};
        struct number *numbers = calloc(ITEMS, sizeof *numbers);
        struct pool *pool = pool_new(threads, 50, square, NULL, &err);
        struct feed feed = {pool, numbers};
        pthread_t thread;
        for (int i = 0; i < ITEMS; i++)
            numbers[i].in = i;
        assert_non_null(pool);
        assert_true(pool_thread(&thread, feed_all, &feed, &err));
        for (int i = 0; i < ITEMS; i++) {
            struct number *number = pool_take(pool);
            assert_ptr_equal(number, &numbers[i]);
            assert_int_equal(number->out, i * i);
            assert_true(number->thread < threads);
        }
        assert_null(pool_take(pool));
        pthread_join(thread, NULL);
        pool_free(pool);
        free(numbers);
    }
}

/* Whoever puts and takes by itself asks first whether there is room. */
static void one_thread_does_both(void **state)
{
    (void)state;
    struct err err = {0};
    struct number *numbers = calloc(ITEMS, sizeof *numbers);
    struct pool *pool = pool_new(2, 10, square, NULL, &err);
    int taken = 0, most = 0;
    for (int i = 0; i < ITEMS; i++) {
        size_t weight = i % 50 == 0 ? 1000 : 3; /* one that is heavier than the pool goes in alone */
        numbers[i].in = i;
        while (pool_full(pool, weight))
            assert_ptr_equal(pool_take(pool), &numbers[taken++]);
        assert_true(pool_put(pool, &numbers[i], weight));
        most = i + 1 - taken > most ? i + 1 - taken : most;
    }
    pool_end(pool);
    for (struct number *number; (number = pool_take(pool)) != NULL;)
        assert_ptr_equal(number, &numbers[taken++]);
    assert_int_equal(taken, ITEMS);
    assert_int_equal(most, 3); /* of weight 3 in 10 */
    pool_free(pool);
    free(numbers);
}

struct waiter {
    struct pool *pool;
    size_t weight;
    atomic_bool through;
};

static void *wait_for_room(void *context)
{
    struct waiter *waiter = context;
    assert_true(pool_wait(waiter->pool, waiter->weight));
    atomic_store(&waiter->through, true);
    return NULL;
}

/* What was taken is still in memory: who waits for room waits until the taker has done with it. */
static void what_was_taken_counts_until_the_taker_comes_back(void **state)
{
    (void)state;
    struct err err = {0};
    struct number number = {.in = 2};
    struct pool *pool = pool_new(1, 10, square, NULL, &err);
    struct waiter waiter = {.pool = pool, .weight = 100};
    pthread_t thread;
    assert_true(pool_put(pool, &number, 8));
    assert_ptr_equal(pool_take(pool), &number);
    assert_true(pool_thread(&thread, wait_for_room, &waiter, &err));
    pause_for(20000000);
    assert_false(atomic_load(&waiter.through));
    assert_false(pool_full(pool, 100));
    pthread_join(thread, NULL);
    assert_true(atomic_load(&waiter.through));
    pool_stop(pool);
    assert_false(pool_wait(pool, 1));
    pool_free(pool);
}

static void count_running(void *context, size_t thread, void *item)
{
    struct running *running = context;
    (void)thread;
    (void)item;
    int now = atomic_fetch_add(&running->now, 1) + 1, most = atomic_load(&running->most);
    while (now > most && !atomic_compare_exchange_weak(&running->most, &most, now))
        continue;
    pause_for(2000000);
    atomic_fetch_sub(&running->now, 1);
}

static void threads_work_at_the_same_time(void **state)
{
    (void)state;
    struct err err = {0};
    struct running running = {0};
    struct number numbers[20] = {{0}};
    struct pool *pool = pool_new(4, 100, count_running, &running, &err);
    for (size_t i = 0; i < 20; i++)
        assert_true(pool_put(pool, &numbers[i], 1));
    pool_end(pool);
    for (size_t i = 0; i < 20; i++)
        assert_ptr_equal(pool_take(pool), &numbers[i]);
    assert_null(pool_take(pool));
    assert_in_range(atomic_load(&running.most), 2, 4);
    pool_free(pool);
}

static void a_stopped_pool_turns_away(void **state)
{
    (void)state;
    struct err err = {0};
    struct number *numbers = calloc(ITEMS, sizeof *numbers);
    struct pool *pool = pool_new(2, 20, square, NULL, &err);
    struct feed feed = {pool, numbers};
    pthread_t thread;
    for (int i = 0; i < ITEMS; i++)
        numbers[i].in = i + 1;
    assert_true(pool_thread(&thread, feed_all, &feed, &err)); /* which has to wait for room */
    assert_ptr_equal(pool_take(pool), &numbers[0]);
    pool_stop(pool);
    pthread_join(thread, NULL);
    assert_false(pool_put(pool, &numbers[0], 1));
    pool_end(pool);
    int left = 0;
    while (pool_take(pool))
        left++;
    assert_in_range(left, 0, 20);
    pool_free(pool);
    pool_free(NULL);
    free(numbers);
}

static void there_is_a_processor(void **state)
{
    (void)state;
    assert_in_range(pool_processors(), 1, POOL_THREADS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_goes_in_comes_out_in_order),
        cmocka_unit_test(one_thread_does_both),
        cmocka_unit_test(what_was_taken_counts_until_the_taker_comes_back),
        cmocka_unit_test(threads_work_at_the_same_time),
        cmocka_unit_test(a_stopped_pool_turns_away),
        cmocka_unit_test(there_is_a_processor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
