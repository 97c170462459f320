/* Files into the database: all or nothing a file, second import without effect, rejects kept. */
#include "ingest_fixture.h"
#include "store_fixture.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(files_and_directories, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_named_file_that_is_missing_is_an_error, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_page_over_the_limit_is_named, fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
