/* Files into the database: all or nothing a file, in order whatever the number of threads, second import without
 * effect, rejects kept, interrupts. */
#include "ingest/walk.h"
#include "ingest_fixture.h"
#include "store_fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

static const char page[] = "누리시, 창업 마당 넓힌다…입주 스무 팀 모집\n입력 2024.01.05 10:00\n\n"
                           "누리시가 창업 마당을 넓힌다고 5일 밝혔다. 입주 팀은 작업실을 무료로 쓴다.\n";
static const char records[] =
    "{\"title\":\"하나\",\"body\":\"첫째 소식이다.\"}\n{\"title\":\n{\"title\":\"셋\",\"body\":\"셋째 소식이다.\"}\n";

static char *put(const struct fixture *f, const char *name, const char *text)
{
    char *path = file_join(f->arena, f->directory, name);
    struct err err = {0};
    assert_true(file_publish(path, str_from(text), &err));
    return path;
}

static struct store *open_store(const struct fixture *f)
{
    struct err err = {0};
    struct store *store = store_open(f->path, STORE_WRITE, &err);
    assert_non_null(store);
    assert_true(store_begin(store, &err));
    return store;
}

static int64_t count(struct store *store, const char *sql)
{
    struct err err = {0};
    struct rows *rows = store_query(store, sql, NULL, 0, &err);
    assert_non_null(rows);
    assert_true(rows_next(rows, &err));
    int64_t n = rows_int(rows, 0);
    rows_close(rows);
    return n;
}

static void keep_problem(void *context, const struct diag *p)
{
    diag_add(context, p->level, p->code, p->place, p->line, p->column, "%s", p->text);
}

static bool import(struct store *store, char **paths, size_t n, struct ingest_summary *summary, struct diag_list *diag,
                   struct err *err)
{
    const struct ingest_options options = {
        .format = "auto", .encoding = "auto", .file_limit = 1 << 20, .report = keep_problem, .context = diag};
    return ingest_paths(store, paths, n, &options, summary, err);
}

static void files_and_directories(void **state)
{
    struct fixture *f = *state;
    struct err err = {0};
    struct diag_list diag = {0};
    struct ingest_summary summary;
    char *directory = file_join(f->arena, f->directory, "in");
    assert_true(file_make_directory(file_join(f->arena, directory, "deep"), &err));
    put(f, "in/a.txt", page);
    put(f, "in/b.jsonl", records);
    put(f, "in/c.txt", "로그인\n아이디\n비밀번호\n");
    put(f, "in/deep/a-again.txt", page);
    struct store *store = open_store(f);
    assert_true(import(store, &directory, 1, &summary, &diag, &err));
    assert_int_equal(summary.files, 4);
    assert_int_equal(summary.added, 3);
    assert_int_equal(summary.known, 1);
    assert_int_equal(summary.rejected, 2);
    assert_int_equal(count(store, "SELECT count(*) FROM article"), 3);
    assert_int_equal(count(store, "SELECT count(*) FROM " STORE_REJECTS), 2);
    assert_true(store_commit(store, &err));
    /* again: nothing new */
    assert_true(store_begin(store, &err));
    assert_true(import(store, &directory, 1, &summary, &diag, &err));
    assert_int_equal(summary.added, 0);
    assert_int_equal(summary.files, 0);
    assert_int_equal(summary.unchanged, 4);
    assert_int_equal(count(store, "SELECT count(*) FROM article"), 3);
    assert_int_equal(count(store, "SELECT count(*) FROM " STORE_REJECTS), 2);
    assert_true(store_commit(store, &err));
    store_close(store);
    diag_free(&diag);
}

static void a_named_file_that_is_missing_is_an_error(void **state)
{
    struct fixture *f = *state;
    struct err err = {0};
    struct diag_list diag = {0};
    struct ingest_summary summary;
    char *paths[] = {put(f, "x.txt", page), file_join(f->arena, f->directory, "absent.txt")};
    struct store *store = open_store(f);
    assert_false(import(store, paths, 2, &summary, &diag, &err));
    assert_int_equal(err.kind, ERR_NO_INPUT);
    assert_non_null(strstr(err.text, "absent.txt"));
    store_rollback(store);
    store_close(store);
    diag_free(&diag);
}

static void a_page_over_the_limit_is_named(void **state)
{
    struct fixture *f = *state;
    struct err err = {0};
    struct diag_list diag = {0};
    struct ingest_summary summary;
    struct buf big = {0};
    while (big.n <= 1 << 20)
        buf_text(&big, page);
    char *path = put(f, "big.txt", big.p);
    struct store *store = open_store(f);
    assert_true(import(store, &path, 1, &summary, &diag, &err));
    assert_int_equal(summary.rejected, 1);
    assert_int_equal(diag.n, 1);
    assert_string_equal(diag.items[0].code, "too-large");
    assert_non_null(strstr(diag.items[0].place, "big.txt"));
    store_rollback(store);
    store_close(store);
    buf_free(&big);
    diag_free(&diag);
}

/* ---- many files ---- */

enum { MANY = 400, ON_THEIR_WAY = 1024 /* at most, as in import.c */ };

/* A folder of pages, each tenth no article, and some files of records. */
static char *many_files(const struct fixture *f, const char *name, int n)
{
    struct err err = {0};
    char *directory = file_join(f->arena, f->directory, name);
    assert_true(file_make_directory(file_join(f->arena, directory, "a-folder"), &err));
    for (int i = 0; i < n; i++) {
        const char *path = arena_printf(f->arena, "%s/%s%04d.txt", name, i % 3 ? "" : "a-folder/", i);
        const char *text = arena_printf(f->arena,
                                        "누리시, 창업 마당 %d호 연다\n입력 2024.01.%02d 10:00\n\n누리시가 창업 마당 "
                                        "%d호를 넓힌다고 5일 밝혔다. 입주 팀은 작업실을 무료로 쓴다.\n",
                                        i / 2, i / 2 % 28 + 1, i / 2);
        fixture_write(file_join(f->arena, f->directory, path), str_from(i % 10 ? text : "로그인\n아이디\n비밀번호\n"));
    }
    fixture_write(file_join(f->arena, f->directory, arena_printf(f->arena, "%s/records.jsonl", name)),
                  str_from(records));
    return directory;
}

/* Everything that the import wrote, row ids and all, as one text. */
static struct str dump(const struct fixture *f, struct store *store)
{
    static const char *const queries[] = {
        "SELECT id || ' ' || key || ' ' || source || ' ' || source_line FROM article ORDER BY id",
        ("SELECT id || ' ' || name || ' ' || items || ' ' || complete || ' ' || added || ' ' || rejected"
         " FROM input ORDER BY id"),
        "SELECT id || ' ' || input || ' ' || line || ' ' || code || ' ' || reason FROM reject ORDER BY id",
        "SELECT article || ' ' || input || ' ' || line FROM sighting ORDER BY article, input, line",
    };
    struct buf text = {0};
    struct err err = {0};
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        struct rows *rows = store_query(store, queries[i], NULL, 0, &err);
        assert_non_null(rows);
        while (rows_next(rows, &err)) {
            buf_str(&text, rows_text(rows, 0));
            buf_char(&text, '\n');
        }
        rows_close(rows);
    }
    struct str copy = str_copy(f->arena, buf_view(&text));
    buf_free(&text);
    return copy;
}

static struct store *begin_in_memory(void)
{
    struct err err = {0};
    struct store *store = store_open_memory(&err);
    assert_non_null(store);
    assert_true(store_begin(store, &err));
    return store;
}

static void any_number_of_threads_writes_the_same(void **state)
{
    struct fixture *f = *state;
    char *directory = many_files(f, "many", MANY);
    struct str first = {NULL, 0};
    for (size_t jobs = 1; jobs <= 7; jobs += 2) {
        struct err err = {0};
        struct diag_list diag = {0};
        struct ingest_summary summary;
        const struct ingest_options options = {.jobs = jobs, .report = keep_problem, .context = &diag};
        struct store *store = begin_in_memory();
        assert_true(ingest_paths(store, &directory, 1, &options, &summary, &err));
        assert_int_equal(summary.files, MANY + 1);
        assert_int_equal(summary.added + summary.known + summary.rejected, MANY + 3);
        assert_int_equal(summary.rejected, MANY / 10 + 1);
        assert_int_equal(diag.n, MANY / 10 + 1);
        assert_int_equal(summary.n_reasons, 2);
        assert_int_equal(summary.reasons[0].n, MANY / 10);
        struct str all = dump(f, store);
        if (!first.n)
            first = all;
        assert_true(str_equal(all, first));
        store_close(store);
        diag_free(&diag);
    }
}

static void files_are_walked_in_the_order_of_their_paths(void **state)
{
    struct fixture *f = *state;
    struct err err = {0};
    char *directory = many_files(f, "many", MANY), **paths;
    static const char *const odd[] = {"a.txt", "a-", "a/b", "a/.hidden", "a0", "b/c/d", "b/c.x", "b/c-d/e"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        char *path = file_join(f->arena, directory, odd[i]), *slash = strrchr(path, '/');
        *slash = '\0';
        assert_true(file_make_directory(path, &err));
        *slash = '/';
        fixture_write(path, STR("x"));
    }
    size_t n, i = 0;
    assert_true(file_list(directory, f->arena, &paths, &n, &err));
    assert_int_equal(n, MANY + 1 + 7);
    struct walk *walk = walk_new(&directory, 1);
    for (struct walked one; walk_next(walk, &one); i++) {
        assert_true(i < n);
        assert_string_equal(one.path, paths[i]);
        assert_true(one.listed && !one.problem && one.bytes > 0 && one.mtime > 0);
    }
    assert_int_equal(i, n);
    walk_free(walk);
}

static void a_file_named_twice_is_read_once(void **state)
{
    struct fixture *f = *state;
    struct err err = {0};
    struct diag_list diag = {0};
    struct ingest_summary summary;
    char *x = put(f, "x.txt", page), *y = put(f, "y.jsonl", records), *paths[] = {x, y, x, y, x};
    struct store *store = open_store(f);
    assert_true(import(store, paths, 5, &summary, &diag, &err));
    assert_int_equal(summary.files, 2);
    assert_int_equal(summary.unchanged, 3);
    assert_int_equal(summary.added, 3);
    assert_int_equal(diag.n, 1);
    struct ingest_options options = {.again = true};
    assert_true(ingest_paths(store, paths, 5, &options, &summary, &err));
    assert_int_equal(summary.files, 5);
    assert_int_equal(summary.unchanged, 0);
    assert_int_equal(summary.known, 3 + 2 * 2);
    store_close(store);
    diag_free(&diag);
}

static void a_file_that_has_changed_is_read_again(void **state)
{
    struct fixture *f = *state;
    struct err err = {0};
    struct diag_list diag = {0};
    struct ingest_summary summary;
    char *path = put(f, "x.jsonl", records);
    struct store *store = open_store(f);
    assert_true(import(store, &path, 1, &summary, &diag, &err));
    assert_int_equal(summary.added, 2);
    nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL); /* a tick of the file system's clock */
    put(f, "x.jsonl",
        "{\"title\":\"하나\",\"body\":\"첫째 소식이다.\"}\n{\"title\":\"둘\",\"body\":\"둘째 소식이다.\"}\n");
    assert_true(import(store, &path, 1, &summary, &diag, &err));
    assert_int_equal(summary.unchanged, 0);
    assert_int_equal(summary.added, 1);
    assert_int_equal(summary.known, 1);
    assert_int_equal(count(store, "SELECT count(*) FROM " STORE_REJECTS), 0);
    store_close(store);
    diag_free(&diag);
}

/* ---- faults ---- */

static void a_faulty_file_is_set_aside_whole(void **state)
{
    struct fixture *f = *state;
    struct err err = {0};
    struct diag_list diag = {0};
    struct ingest_summary summary;
    char *paths[] = {put(f, "a.txt", page), file_join(f->arena, f->directory, "b.gz"), put(f, "c.jsonl", records)};
    fixture_write(paths[1], (struct str){"\x1f\x8b\x08\0\0\0\0\0\0\3nothing that could be inflated", 40});
    for (int time = 0; time < 2; time++) { /* what is faulty is never passed over */
        struct store *store = time == 0 ? open_store(f) : store_open(f->path, STORE_WRITE, &err);
        assert_non_null(store);
        assert_true(time == 0 || store_begin(store, &err));
        assert_true(import(store, paths, 3, &summary, &diag, &err));
        assert_int_equal(summary.faulty, 1);
        assert_int_equal(summary.files + summary.unchanged, 2);
        assert_int_equal(summary.added, time == 0 ? 3 : 0);
        assert_int_equal(count(store, "SELECT count(*) FROM article"), 3);
        assert_int_equal(count(store, "SELECT count(*) FROM input WHERE fault <> '' AND NOT complete"), time + 1);
        assert_true(store_commit(store, &err));
        store_close(store);
    }
    size_t errors = 0;
    for (size_t i = 0; i < diag.n; i++)
        errors += diag.items[i].level == DIAG_ERROR && strcmp(diag.items[i].place, paths[1]) == 0;
    assert_int_equal(errors, 2);
    diag_free(&diag);
}

static void an_unknown_format_ends_the_import(void **state)
{
    struct fixture *f = *state;
    struct err err = {0};
    struct ingest_summary summary;
    char *directory = many_files(f, "many", MANY);
    const struct ingest_options options = {.format = "parchment", .jobs = 2};
    struct store *store = open_store(f);
    assert_false(ingest_paths(store, &directory, 1, &options, &summary, &err));
    assert_int_equal(err.kind, ERR_USAGE);
    assert_non_null(strstr(err.text, "parchment"));
    store_rollback(store);
    assert_int_equal(count(store, "SELECT count(*) FROM article"), 0);
    store_close(store);
}

/* ---- while it runs ---- */

struct meddling {
    struct diag_list diag;
    char *victim;    /* removed at the first problem */
    atomic_int stop; /* set … */
    size_t stop_at;  /* … when that many articles are in */
    size_t calls;
};

static void meddle(void *context, const struct diag *problem)
{
    struct meddling *m = context;
    keep_problem(&m->diag, problem);
    if (m->victim)
        assert_true(unlink(m->victim) == 0 || m->diag.n > 1);
}

static void stop_later(void *context, const struct ingest_progress *progress)
{
    struct meddling *m = context;
    m->calls++;
    if (progress->articles >= m->stop_at)
        m->stop = SIGINT;
}

static void a_file_that_is_gone_by_now_is_passed_over(void **state)
{
    struct fixture *f = *state;
    struct err err = {0};
    struct ingest_summary summary;
    char *directory = many_files(f, "many", ON_THEIR_WAY + 100);
    struct meddling m = {.victim = file_join(f->arena, directory, arena_printf(f->arena, "%d.txt", ON_THEIR_WAY + 99))};
    const struct ingest_options options = {.report = meddle, .context = &m};
    struct store *store = open_store(f);
    assert_true(ingest_paths(store, &directory, 1, &options, &summary, &err));
    assert_int_equal(summary.files, ON_THEIR_WAY + 100);
    const char *code = "";
    for (size_t i = 0; i < m.diag.n; i++)
        if (strcmp(m.diag.items[i].place, m.victim) == 0)
            code = m.diag.items[i].code;
    assert_string_equal(code, "unreadable");
    assert_int_equal(count(store, "SELECT count(*) FROM input WHERE NOT complete"), 1);
    store_close(store);
    diag_free(&m.diag);
}

static void after_an_interrupt_the_next_import_goes_on(void **state)
{
    enum { FILES = (ON_THEIR_WAY / 10 + 40) * 10 }; /* more than can be under way when the first 50 are in */
    struct fixture *f = *state;
    struct err err = {0};
    struct ingest_summary summary;
    char *directory = many_files(f, "many", FILES);
    struct store *clean = begin_in_memory(), *store = begin_in_memory();
    const struct ingest_options plain = {.jobs = 2};
    assert_true(ingest_paths(clean, &directory, 1, &plain, &summary, &err));
    size_t all = summary.added, files = 0, cuts = 0;
    for (bool cut = true; cut; cut = summary.cut) {
        struct meddling m = {.stop_at = 50};
        const struct ingest_options options = {
            .jobs = 2, .report = meddle, .progress = stop_later, .context = &m, .stop = &m.stop};
        assert_true(ingest_paths(store, &directory, 1, &options, &summary, &err));
        assert_int_equal(summary.faulty, 0);
        assert_int_equal(summary.unchanged, files);
        files += summary.files;
        cuts += summary.cut;
        assert_true(m.calls > 0);
        diag_free(&m.diag);
        assert_true(cuts < FILES);
    }
    assert_true(cuts > 0);
    assert_int_equal(files, FILES + 1);
    assert_int_equal(count(store, "SELECT count(*) FROM article"), (int64_t)all);
    assert_int_equal(count(store, "SELECT count(*) FROM " STORE_REJECTS), FILES / 10 + 1);
    store_close(store);
    store_close(clean);
}

/* A fault behind the place where an interrupt has cut the file: what is in already is not kept quiet. */
static void a_fault_after_an_interrupt_says_what_is_in(void **state)
{
    struct fixture *f = *state;
    struct err err = {0};
    struct ingest_summary summary;
    struct buf text = {0};
    buf_text(&text, "title,body\n");
    for (int i = 0; i < 20000; i++)
        buf_printf(&text, "누리시 공방 %d,누리시는 창업 공방을 열었다고 밝혔다.\n", i);
    buf_text(&text, "끝,\"열린");
    char *path = put(f, "open.csv", text.p);
    buf_free(&text);
    struct store *store = begin_in_memory();
    struct meddling m = {.stop_at = 50};
    struct ingest_options options = {
        .jobs = 2, .report = meddle, .progress = stop_later, .context = &m, .stop = &m.stop};
    assert_true(ingest_paths(store, &path, 1, &options, &summary, &err));
    assert_true(summary.cut && summary.added >= 50 && m.diag.n == 0);
    int64_t kept = count(store, "SELECT count(*) FROM article");
    m.stop = 0;
    options.progress = NULL;
    assert_true(ingest_paths(store, &path, 1, &options, &summary, &err));
    assert_int_equal(summary.faulty, 1);
    assert_int_equal(count(store, "SELECT count(*) FROM article"), kept);
    assert_int_equal(m.diag.n, 2);
    assert_non_null(strstr(m.diag.items[1].text, "still in"));
    store_close(store);
    diag_free(&m.diag);
}

static void problem_in(void *context, const struct diag *problem)
{
    assert_string_equal(problem->place, (const char *)context);
}

static void a_named_pipe_is_read_like_standard_input(void **state)
{
    struct fixture *f = *state;
    struct err err = {0};
    struct ingest_summary summary;
    char *path = file_join(f->arena, f->directory, "pipe");
    assert_int_equal(mkfifo(path, 0600), 0);
    struct store *store = open_store(f);
    const struct ingest_options options = {.report = problem_in, .context = path};
    for (int time = 0; time < 2; time++) {
        pid_t child = fork();
        if (child == 0) {
            int fd = open(path, O_WRONLY);
            ssize_t put = write(fd, records, sizeof records - 1);
            _exit(put == sizeof records - 1 ? 0 : 1);
        }
        assert_true(ingest_paths(store, &path, 1, &options, &summary, &err));
        assert_int_equal(waitpid(child, NULL, 0), child);
        assert_int_equal(time == 0 ? summary.added : summary.known, 2);
        assert_int_equal(summary.rejected, 1);
    }
    store_close(store);
}

struct running {
    atomic_int now, most;
};

/* Waits a while for another one to come. */
static void count_running(void *context, struct arena *arena, const struct article *article, struct analysis *out)
{
    struct running *running = context;
    int now = atomic_fetch_add(&running->now, 1) + 1, most = atomic_load(&running->most);
    (void)arena;
    (void)article;
    while (now > most && !atomic_compare_exchange_weak(&running->most, &most, now))
        continue;
    for (int i = 0; i < 40 && atomic_load(&running->most) < 2; i++)
        nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
    atomic_fetch_sub(&running->now, 1);
    *out = (struct analysis){0};
}

/* How many rows of some bytes each are analysed at the same time, by four threads. */
static int rows_at_a_time(const struct fixture *f, const char *name, size_t rows, size_t bytes)
{
    struct running running = {0};
    struct err err = {0};
    struct ingest_summary summary;
    struct buf text = {0};
    buf_text(&text, "title,body\n");
    for (size_t i = 0; i < rows; i++) {
        buf_printf(&text, "소식 %zu,", i);
        for (size_t begin = text.n; text.n - begin < bytes;)
            buf_text(&text, "누리시는 마당을 열었다. ");
        buf_char(&text, '\n');
    }
    char *path = put(f, name, text.p);
    struct store *store = begin_in_memory();
    const struct ingest_options options = {.jobs = 4, .analyze = count_running, .context = &running};
    assert_true(ingest_paths(store, &path, 1, &options, &summary, &err));
    assert_int_equal(summary.added, rows);
    store_close(store);
    buf_free(&text);
    return atomic_load(&running.most);
}

/* Memory is bounded by bytes, not by rows: each takes several times its own. */
static void large_rows_are_analysed_alone(void **state)
{
    assert_int_equal(rows_at_a_time(*state, "large.csv", 5, 2 << 20), 1);
    assert_in_range(rows_at_a_time(*state, "small.csv", 150, 20000), 2, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(files_and_directories, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_named_file_that_is_missing_is_an_error, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_page_over_the_limit_is_named, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(any_number_of_threads_writes_the_same, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(files_are_walked_in_the_order_of_their_paths, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_file_named_twice_is_read_once, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_file_that_has_changed_is_read_again, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_faulty_file_is_set_aside_whole, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(an_unknown_format_ends_the_import, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_file_that_is_gone_by_now_is_passed_over, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(after_an_interrupt_the_next_import_goes_on, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_fault_after_an_interrupt_says_what_is_in, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(large_rows_are_analysed_alone, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_named_pipe_is_read_like_standard_input, fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
