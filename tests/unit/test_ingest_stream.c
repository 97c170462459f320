#include "unit.h"

#include "base/mem.h"
#include "ingest/stream.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Gives a text in pieces of a few bytes, then the end or an error. */
struct pieces {
    struct str rest;
    size_t piece;
    bool fails;
    int *closed;
};

static int64_t read_piece(void *context, char *bytes, size_t n, struct err *err)
{
    struct pieces *p = context;
    size_t got = p->piece < n ? p->piece : n;
    if (got > p->rest.n)
        got = p->rest.n;
    if (got == 0 && p->fails) {
        err_set(err, ERR_IO, "the cable is out");
        return -1;
    }
    if (got)
        memcpy(bytes, p->rest.p, got);
    p->rest = str_slice(p->rest, got, p->rest.n);
    return (int64_t)got;
}

static void close_pieces(void *context)
{
    ++*((struct pieces *)context)->closed;
}

static char *big_text(size_t n)
{
    char *text = mem_alloc(n);
    for (size_t i = 0; i < n; i++)
        text[i] = (char)('a' + i % 23);
    return text;
}

static void short_reads_fill_up(void **state)
{
    (void)state;
    enum { N = 200 * 1000 };
    char *text = big_text(N);
    for (size_t piece = 1; piece < 300000; piece = piece * 7 + 1) {
        int closed = 0;
        struct pieces p = {{text, N}, piece, false, &closed};
        struct stream *s = stream_from(read_piece, close_pieces, &p);
        struct err err = {0};
        struct str bytes;
        for (size_t at = 0; at < N;) {
            size_t least = 1 + at % 70000;
            assert_true(stream_fill(s, least, &bytes, &err));
            assert_true(bytes.n >= least || bytes.n == N - at);
            assert_memory_equal(bytes.p, text + at, bytes.n);
            assert_int_equal(stream_offset(s), at);
            size_t take = bytes.n < 977 ? bytes.n : 977 + at % 31;
            stream_take(s, take);
            at += take < bytes.n ? take : bytes.n;
        }
        assert_true(stream_fill(s, 1, &bytes, &err));
        assert_int_equal(bytes.n, 0);
        stream_close(s);
        assert_int_equal(closed, 1);
    }
    mem_free(text);
}

static void memory_is_borrowed_and_whole_at_once(void **state)
{
    (void)state;
    struct str text = STR("하나\n둘\n"), bytes;
    struct err err = {0};
    struct stream *s = stream_memory(text);
    assert_true(stream_fill(s, 1000, &bytes, &err));
    assert_ptr_equal(bytes.p, text.p);
    assert_int_equal(bytes.n, text.n);
    stream_take(s, 3);
    assert_true(stream_fill(s, 1, &bytes, &err));
    assert_ptr_equal(bytes.p, text.p + 3);
    stream_take(s, SIZE_MAX);
    assert_true(stream_fill(s, 1, &bytes, &err));
    assert_int_equal(bytes.n, 0);
    assert_int_equal(stream_offset(s), text.n);
    stream_close(s);
    s = stream_memory(STR(""));
    assert_true(stream_fill(s, 10, &bytes, &err));
    assert_int_equal(bytes.n, 0);
    stream_close(s);
}

static void an_error_of_reading_is_not_the_end(void **state)
{
    (void)state;
    int closed = 0;
    struct pieces p = {STR("abcdef"), 4, true, &closed};
    struct stream *s = stream_from(read_piece, close_pieces, &p);
    struct err err = {0};
    struct str bytes;
    assert_true(stream_fill(s, 6, &bytes, &err));
    assert_int_equal(bytes.n, 6);
    assert_false(stream_fill(s, 7, &bytes, &err));
    assert_int_equal(err.kind, ERR_IO);
    stream_close(s);
}

/* Endless input: the limit stops it long before memory does. */
static int64_t read_forever(void *context, char *bytes, size_t n, struct err *err)
{
    (void)err;
    memset(bytes, 'a', n);
    *(uint64_t *)context += n;
    return (int64_t)n;
}

static void an_endless_input_stops_at_the_limit(void **state)
{
    (void)state;
    uint64_t read = 0;
    struct err err = {0};
    struct buf all = {0};
    struct stream *s = stream_from(read_forever, NULL, &read);
    assert_false(stream_all(s, 1 << 20, &all, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    assert_true(read < 8 << 20);
    stream_close(s);
    buf_free(&all);
}

static void all_takes_exactly_the_limit(void **state)
{
    (void)state;
    struct err err = {0};
    struct buf all = {0};
    struct stream *s = stream_memory(STR("0123456789"));
    assert_true(stream_all(s, 10, &all, &err));
    assert_int_equal(all.n, 10);
    stream_close(s);
    buf_clear(&all);
    s = stream_memory(STR("0123456789"));
    assert_false(stream_all(s, 9, &all, &err));
    stream_close(s);
    buf_free(&all);
}

static void a_meter_stops_what_grows_too_much(void **state)
{
    (void)state;
    struct meter meter = {0};
    uint64_t read = 0;
    struct err err = {0};
    struct str bytes;
    struct stream *packed = stream_memory(STR("a few bytes"));
    stream_count_packed(packed, &meter);
    assert_int_equal(meter.packed, 11);
    struct stream *made = stream_from(read_forever, NULL, &read);
    stream_count_made(made, &meter);
    bool ok = true;
    while (ok && (ok = stream_fill(made, 1, &bytes, &err)))
        stream_take(made, bytes.n);
    assert_int_equal(err.kind, ERR_INPUT);
    assert_true(read > METER_FLOOR && read < METER_FLOOR + (1 << 20));
    meter.packed = read; /* a fair file may be as large as it likes */
    for (int i = 0; i < 100; i++) {
        assert_true(stream_fill(made, 1, &bytes, &err));
        stream_take(made, bytes.n);
    }
    stream_close(made);
    stream_close(packed);
}

static void on_signal(int signal)
{
    (void)signal;
}

static void *write_slowly(void *context)
{
    const int *ends = context;
    for (int i = 0; i < 20; i++) {
        usleep(2000);
        kill(getpid(), SIGUSR1);
        if (write(ends[1], "0123456789", 10) != 10)
            break;
    }
    close(ends[1]);
    return NULL;
}

static void a_pipe_that_signals_disturb_is_read_whole(void **state)
{
    (void)state;
    int ends[2];
    char name[40];
    pthread_t writer;
    struct sigaction action = {.sa_handler = on_signal}; /* without SA_RESTART: reads end with EINTR */
    sigset_t set;
    struct err err = {0};
    struct buf all = {0};
    assert_int_equal(sigaction(SIGUSR1, &action, NULL), 0);
    assert_int_equal(pipe(ends), 0);
    snprintf(name, sizeof name, "/dev/fd/%d", ends[0]);
    struct stream *s = stream_open(name, &err);
    assert_non_null(s);
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &set, NULL); /* the writer inherits it: the reader is who gets the signals */
    assert_int_equal(pthread_create(&writer, NULL, write_slowly, ends), 0);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
    assert_true(stream_all(s, 1000, &all, &err));
    assert_int_equal(all.n, 200);
    pthread_join(writer, NULL);
    stream_close(s);
    close(ends[0]);
    buf_free(&all);
}

static void files_that_are_not_there_are_named(void **state)
{
    (void)state;
    struct err err = {0};
    struct str bytes;
    assert_null(stream_open("/nonexistent/a.txt", &err));
    assert_int_equal(err.kind, ERR_NO_INPUT);
    assert_non_null(strstr(err.text, "/nonexistent/a.txt"));
    err = (struct err){0};
    struct stream *s = stream_open("/", &err);
    assert_non_null(s);
    assert_false(stream_fill(s, 1, &bytes, &err));
    assert_int_equal(err.kind, ERR_NO_INPUT);
    stream_close(s);
    stream_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_reads_fill_up),
        cmocka_unit_test(memory_is_borrowed_and_whole_at_once),
        cmocka_unit_test(an_error_of_reading_is_not_the_end),
        cmocka_unit_test(an_endless_input_stops_at_the_limit),
        cmocka_unit_test(all_takes_exactly_the_limit),
        cmocka_unit_test(a_meter_stops_what_grows_too_much),
        cmocka_unit_test(a_pipe_that_signals_disturb_is_read_whole),
        cmocka_unit_test(files_that_are_not_there_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
