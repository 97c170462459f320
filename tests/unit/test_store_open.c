/* Opening: settings, migration, and every file that must be refused and left as it is, byte for byte. */
#include "store_fixture.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

static const char *journal(struct fixture *f)
{
    return arena_printf(f->arena, "%s-journal", f->path);
}

static void make_database(struct fixture *f)
{
    struct store *store = fixture_open(f, STORE_WRITE);
    struct article a = fixture_article(f->arena, "하나", date_from(2024, 1, 16));
    bool added;
    assert_true(store_put_tables(store, &f->regions, &f->taxonomy, &f->err));
    assert_true(store_begin(store, &f->err) && store_put_article(store, &a, &added, &f->err) &&
                store_commit(store, &f->err));
    store_close(store);
}

/* Both modes refuse the file with this kind and name it; its bytes stay; nothing appears beside it. */
static void expect_refused(struct fixture *f, enum err_kind kind)
{
    struct str before = fixture_bytes(f, f->path);
    for (int mode = STORE_READ; mode <= STORE_WRITE; mode++) {
        struct err err = {0};
        char **paths;
        size_t n;
        assert_null(store_open(f->path, (enum store_mode)mode, &err));
        if (err.kind != kind)
            print_message("%s\n", err.text);
        assert_int_equal(err.kind, kind);
        assert_non_null(strstr(err.text, f->path));
        assert_true(str_equal(before, fixture_bytes(f, f->path)));
        struct err none = {0};
        assert_true(file_list(f->directory, f->arena, &paths, &n, &none));
        assert_int_equal(n, 1);
    }
}

static void settings_are_safe(void **state)
{
    struct fixture *f = *state;
    struct store *store = fixture_open(f, STORE_WRITE);
    const struct {
        const char *sql;
        int64_t value;
    } pragmas[] = {
        {"PRAGMA application_id", STORE_APPLICATION_ID},
        {"PRAGMA user_version", STORE_STEPS},
        {"PRAGMA page_size", 16384},
        {"PRAGMA synchronous", 3},
        {"PRAGMA foreign_keys", 1},
        {"PRAGMA cell_size_check", 1},
        {"PRAGMA mmap_size", 0},
        {"PRAGMA trusted_schema", 0},
        {"PRAGMA temp_store", 2},
    };
    for (size_t i = 0; i < sizeof pragmas / sizeof *pragmas; i++) {
        int64_t value = -1;
        assert_true(store_pragma_int(store, pragmas[i].sql, &value, &f->err));
        assert_int_equal(value, pragmas[i].value);
    }
    const struct {
        int option, value;
    } switches[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1}, {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},        {SQLITE_DBCONFIG_DQS_DML, 0},
        {SQLITE_DBCONFIG_DQS_DDL, 0},   {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
    };
    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++) {
        int value = -1;
        assert_int_equal(sqlite3_db_config(store->db, switches[i].option, -1, &value), SQLITE_OK);
        assert_int_equal(value, switches[i].value);
    }
    assert_int_equal(sqlite3_limit(store->db, SQLITE_LIMIT_ATTACHED, -1), 0);
    sqlite3_stmt *s = store_statement(store, "PRAGMA journal_mode", &f->err);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    assert_string_equal(sqlite3_column_text(s, 0), "delete");
    store_close(store);
    store = fixture_open(f, STORE_READ);
    assert_false(store_begin(store, &f->err)); /* reading cannot write */
    store_close(store);
}

static void missing_and_empty(void **state)
{
    struct fixture *f = *state;
    assert_null(store_open(f->path, STORE_READ, &f->err));
    assert_int_equal(f->err.kind, ERR_NO_INPUT);
    assert_int_not_equal(access(f->path, F_OK), 0);
    fixture_write(f->path, (struct str){"", 0});
    struct err err = {0};
    assert_null(store_open(f->path, STORE_READ, &err));
    assert_int_equal(err.kind, ERR_NO_INPUT);
    make_database(f); /* an empty file is a database to be */
    struct err nowhere = {0};
    assert_null(store_open(arena_printf(f->arena, "%s/no/a.db", f->directory), STORE_WRITE, &nowhere));
    assert_int_equal(nowhere.kind, ERR_CREATE);
    struct err directory = {0};
    assert_null(store_open(f->directory, STORE_WRITE, &directory));
    assert_int_equal(directory.kind, ERR_INPUT);
}

static void odd_names_are_plain_files(void **state)
{
    static const char *const names[] = {":memory:", "file:x?mode=memory", "가 나.db", "%41.db"};
    struct fixture *f = *state;
    char old[4096];
    assert_non_null(getcwd(old, sizeof old));
    assert_int_equal(chdir(f->directory), 0);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct store *store = store_open(names[i], STORE_WRITE, &f->err);
        assert_non_null(store);
        store_close(store);
        assert_int_equal(access(names[i], F_OK), 0);
    }
    assert_int_equal(chdir(old), 0);
}

static void not_a_database(void **state)
{
    struct fixture *f = *state;
    fixture_write(f->path, STR("hello"));
    expect_refused(f, ERR_INPUT);
    char zeros[4096] = {0};
    memcpy(zeros, "PK\3\4", 4);
    fixture_write(f->path, (struct str){zeros, sizeof zeros});
    expect_refused(f, ERR_INPUT);
    memset(zeros, 0, sizeof zeros);
    fixture_write(f->path, (struct str){zeros, sizeof zeros});
    expect_refused(f, ERR_INPUT);
}

static void database_of_another_program(void **state)
{
    struct fixture *f = *state;
    fixture_sql(f->path, "CREATE TABLE article (id INTEGER); INSERT INTO article VALUES (1)");
    expect_refused(f, ERR_INPUT);
    fixture_sql(f->path, "PRAGMA application_id = 252006673; PRAGMA user_version = 1");
    expect_refused(f, ERR_INPUT);
    fixture_sql(f->path, "PRAGMA journal_mode = WAL; INSERT INTO article VALUES (2)");
    expect_refused(f, ERR_INPUT);
}

static void newer_schema(void **state)
{
    struct fixture *f = *state;
    make_database(f);
    fixture_sql(f->path, "PRAGMA user_version = 99");
    expect_refused(f, ERR_INPUT);
}

static void hostile_schema(void **state)
{
    static const char *const planted[] = {
        "CREATE TRIGGER t AFTER INSERT ON article BEGIN DELETE FROM reject; END",
        "CREATE VIEW v AS SELECT * FROM article",
        "CREATE INDEX i ON article (upper(title))",
        "CREATE TABLE extra (x)",
        "CREATE VIRTUAL TABLE ft USING fts5(x)",
        "DROP TABLE tally",
        "DROP INDEX tally_initiative",
        "ALTER TABLE article ADD COLUMN y DEFAULT (1)",
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'line   INTEGER', 'line   INTEGEX')",
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof planted / sizeof *planted; i++) {
        make_database(f);
        fixture_sql(f->path, planted[i]);
        expect_refused(f, ERR_INPUT);
        unlink(f->path);
    }
    make_database(f);
    fixture_sql(f->path, "ANALYZE"); /* SQLite's statistics are harmless */
    store_close(fixture_open(f, STORE_WRITE));
}

/* Bytes overwritten or cut off at many places: refused or, where the damage is in a free byte, opened; never a crash,
 * and the file is never changed by looking at it. */
static void damaged_file(void **state)
{
    struct fixture *f = *state;
    make_database(f);
    struct str good = fixture_bytes(f, f->path);
    size_t refused = 0, tried = 0;
    for (size_t at = 100; at < good.n; at += good.n / 97) {
        struct str bad = str_copy(f->arena, good);
        size_t length = good.n - at < 64 ? good.n - at : 64;
        memset((char *)bad.p + at, 0xa5, length);
        fixture_write(f->path, bad);
        for (int mode = STORE_READ; mode <= STORE_WRITE; mode++, tried++) {
            struct err err = {0};
            struct store *store = store_open(f->path, (enum store_mode)mode, &err);
            refused += !store;
            if (!store)
                assert_int_equal(err.kind, ERR_INPUT);
            store_close(store);
            assert_true(str_equal(bad, fixture_bytes(f, f->path)));
        }
    }
    print_message("damaged_file: %zu of %zu refused\n", refused, tried);
    assert_true(refused > 10);
    fixture_write(f->path, str_slice(good, 0, good.n - STORE_PAGE_SIZE));
    expect_refused(f, ERR_INPUT);
    fixture_write(f->path, str_slice(good, 0, 99));
    expect_refused(f, ERR_INPUT);
    fixture_write(f->path, str_slice(good, 0, 5000));
    expect_refused(f, ERR_INPUT);
}

static void locked_by_another_connection(void **state)
{
    struct fixture *f = *state;
    struct str steps[STORE_STEPS];
    struct store_options options = store_shipped(steps);
    options.busy_ms = 50;
    make_database(f);
    struct str before = fixture_bytes(f, f->path);
    struct store *first = fixture_open(f, STORE_WRITE), *second;
    assert_true(store_begin(first, &f->err));
    second = store_open_with(f->path, STORE_WRITE, &options, &f->err);
    assert_non_null(second);
    assert_false(store_begin(second, &f->err));
    assert_int_equal(f->err.kind, ERR_LOCKED);
    assert_non_null(strstr(f->err.text, f->path));
    store_close(second);

    store_rollback(first);
    assert_int_equal(sqlite3_exec(first->db, "BEGIN EXCLUSIVE", NULL, NULL, NULL), SQLITE_OK);
    for (int mode = STORE_READ; mode <= STORE_WRITE; mode++) {
        struct err err = {0};
        assert_null(store_open_with(f->path, (enum store_mode)mode, &options, &err));
        assert_int_equal(err.kind, ERR_LOCKED);
    }
    /* The header checks above must not have dropped the first connection's lock. */
    struct err err = {0};
    assert_null(store_open_with(f->path, STORE_READ, &options, &err));
    assert_int_equal(err.kind, ERR_LOCKED);
    store_close(first);
    assert_true(str_equal(before, fixture_bytes(f, f->path)));
}

/* POSIX locks belong to the process: the lock held against another process must survive this one's second open. */
static void opening_twice_keeps_the_lock(void **state)
{
    struct fixture *f = *state;
    make_database(f);
    struct store *first = fixture_open(f, STORE_WRITE);
    assert_true(store_begin(first, &f->err));
    store_close(fixture_open(f, STORE_READ));
    pid_t child = fork();
    if (child == 0) {
        sqlite3 *db;
        _exit(sqlite3_open(f->path, &db) == SQLITE_OK ? sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) : 99);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(WEXITSTATUS(status), SQLITE_BUSY);
    store_close(first);
}

/* Root may write anything, so the test steps down for a moment. */
static void read_only_file_and_directory(void **state)
{
    struct fixture *f = *state;
    make_database(f);
    struct str before = fixture_bytes(f, f->path);
    bool root = geteuid() == 0;
    struct err file = {0}, directory = {0}, create = {0};
    assert_int_equal(chmod(f->path, 0444), 0);
    assert_int_equal(chmod(f->directory, 0777), 0);
    if (root)
        assert_int_equal(seteuid(65534), 0);
    struct store *store = store_open(f->path, STORE_WRITE, &file), *reader = fixture_open(f, STORE_READ);
    int64_t articles = fixture_int(reader, "SELECT COUNT(*) FROM article");
    if (root)
        assert_int_equal(seteuid(0), 0);
    assert_null(store);
    assert_int_equal(file.kind, ERR_CREATE);
    assert_int_equal(articles, 1);
    store_close(reader);

    assert_int_equal(chmod(f->path, 0666), 0);
    assert_int_equal(chmod(f->directory, 0555), 0);
    if (root)
        assert_int_equal(seteuid(65534), 0);
    store = store_open(f->path, STORE_WRITE, &directory);
    struct store *fresh = store_open(arena_printf(f->arena, "%s/new.db", f->directory), STORE_WRITE, &create);
    reader = fixture_open(f, STORE_READ);
    store_close(reader);
    if (root)
        assert_int_equal(seteuid(0), 0);
    assert_null(store);
    assert_null(fresh);
    assert_int_equal(directory.kind, ERR_CREATE);
    assert_int_equal(create.kind, ERR_CREATE);
    assert_true(str_equal(before, fixture_bytes(f, f->path)));
}

/* Killed in the middle of an import whose pages have already reached the file: the next opening, even for reading,
 * finds the state before. */
static void killed_import_is_rolled_back(void **state)
{
    struct fixture *f = *state;
    make_database(f);
    struct str before = fixture_bytes(f, f->path);
    pid_t child = fork();
    if (child == 0) {
        struct err err = {0};
        struct store *store = store_open(f->path, STORE_WRITE, &err);
        bool added, good = store && store_begin(store, &err);
        struct arena *arena = arena_new();
        for (int i = 0; good && i < 200; i++) {
            struct article a = fixture_article(arena, arena_printf(arena, "k%d", i), DATE_NONE);
            good = store_put_article(store, &a, &added, &err);
        }
        /* Flushing writes the pages under the journal and leaves the transaction open. */
        _exit(good && sqlite3_db_cacheflush(store->db) == SQLITE_OK ? 0 : 1);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_int_equal(access(journal(f), F_OK), 0);
    assert_false(str_equal(before, fixture_bytes(f, f->path)));
    struct store *store = fixture_open(f, STORE_READ);
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM article"), 1);
    store_close(store);
    assert_true(str_equal(before, fixture_bytes(f, f->path)));
    assert_int_not_equal(access(journal(f), F_OK), 0);
}

/* The file may not grow: at whatever size the limit stands, the error is one of I/O, and the database is as it was. */
static void full_disk_keeps_the_state_before(void **state)
{
    struct fixture *f = *state;
    make_database(f);
    struct str before = fixture_bytes(f, f->path);
    for (size_t room = 0; room < 40; room += 3) {
        pid_t child = fork();
        if (child == 0) {
            struct err err = {0};
            const struct rlimit limit = {before.n + room * 4096, before.n + room * 4096};
            struct store *store = store_open(f->path, STORE_WRITE, &err);
            struct arena *arena = arena_new();
            bool added, good = store && store_begin(store, &err);
            signal(SIGXFSZ, SIG_IGN);
            setrlimit(RLIMIT_FSIZE, &limit);
            char *text = memset(arena_alloc(arena, 8000), 'x', 8000);
            for (int i = 0; good && i < 60; i++) {
                struct article a = fixture_article(arena, arena_printf(arena, "f%d", i), DATE_NONE);
                a.body = (struct str){text, 8000};
                good = store_savepoint(store, &err) && store_put_article(store, &a, &added, &err) &&
                       store_savepoint_keep(store, &err);
            }
            good = good && store_commit(store, &err);
            _exit(good ? 0 : (int)err.kind);
        }
        int status;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), ERR_IO);
        struct store *store = fixture_open(f, STORE_READ);
        assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM article"), 1);
        store_close(store);
        assert_true(str_equal(before, fixture_bytes(f, f->path)));
    }
}

/* Killed while the schema was being created: the file is then empty again and can be created anew. */
static void killed_creation_is_forgotten(void **state)
{
    struct fixture *f = *state;
    pid_t child = fork();
    if (child == 0) {
        sqlite3 *db;
        struct str schema = data_file("store/schema.sql");
        bool good = sqlite3_open(f->path, &db) == SQLITE_OK &&
                    sqlite3_exec(db, "PRAGMA page_size = 16384; BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK &&
                    sqlite3_exec(db, schema.p, NULL, NULL, NULL) == SQLITE_OK &&
                    sqlite3_exec(db, "PRAGMA application_id = 1112688462", NULL, NULL, NULL) == SQLITE_OK &&
                    sqlite3_db_cacheflush(db) == SQLITE_OK;
        _exit(good ? 0 : 1);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_true(fixture_bytes(f, f->path).n > 0);
    assert_null(store_open(f->path, STORE_READ, &f->err));
    assert_int_equal(f->err.kind, ERR_NO_INPUT);
    f->err = (struct err){0};
    make_database(f);
}

static void migration_by_steps(void **state)
{
    struct fixture *f = *state;
    struct str steps[STORE_STEPS + 1], broken[STORE_STEPS + 1];
    store_shipped(steps);
    store_shipped(broken);
    steps[STORE_STEPS] = STR("ALTER TABLE reject ADD COLUMN note TEXT; CREATE TABLE more (x INTEGER)");
    broken[STORE_STEPS] = STR("CREATE TABLE more (x INTEGER); CREATE TABLE article (x)");
    const struct store_options two = {steps, STORE_STEPS + 1, 50}, bad = {broken, STORE_STEPS + 1, 50};
    make_database(f);
    struct str before = fixture_bytes(f, f->path);

    struct err old = {0}, failed = {0}, newer = {0};
    assert_null(store_open_with(f->path, STORE_READ, &two, &old)); /* reading does not migrate */
    assert_int_equal(old.kind, ERR_INPUT);
    assert_null(store_open_with(f->path, STORE_WRITE, &bad, &failed));
    assert_int_equal(failed.kind, ERR_INTERNAL);
    assert_non_null(strstr(failed.text, "CREATE TABLE article (x)")); /* the SQL is named */
    assert_true(str_equal(before, fixture_bytes(f, f->path)));

    struct store *store = store_open_with(f->path, STORE_WRITE, &two, &f->err);
    assert_non_null(store);
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM more"), 0);
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM article"), 1);
    store_close(store);
    store = store_open_with(f->path, STORE_READ, &two, &f->err);
    assert_non_null(store);
    store_close(store);
    assert_null(store_open(f->path, STORE_WRITE, &newer)); /* and the older program now refuses it */
    assert_int_equal(newer.kind, ERR_INPUT);
    unlink(f->path);
    store = store_open_with(f->path, STORE_WRITE, &two, &f->err); /* a new database takes all steps */
    assert_non_null(store);
    store_close(store);
}

/* A database of the first version with findings of all its kinds, one of them a person's. */
static void make_first_version(struct fixture *f)
{
    const struct str first[] = {data_file("store/schema.sql")};
    const struct store_options options = {first, 1, 50};
    struct store *store = store_open_with(f->path, STORE_WRITE, &options, &f->err);
    assert_non_null(store);
    bool added;
    struct article a = fixture_article(f->arena, "하나", date_from(2024, 1, 16));
    struct finding findings[] = {{FINDING_CITY, STR("41390"), 0, 0.9, STR("test"), 1, 4, false},
                                 {FINDING_CATEGORY, STR("bio"), 0, 0.8, STR("person"), 0, 0, true},
                                 {FINDING_AGENCY, STR("시흥산업진흥원"), 0, 0.7, STR("test"), 2, 5, false}};
    struct analysis analysis = {.findings = findings, .n = 3, .is_initiative = true, .score = 0.9};
    assert_true(store_begin(store, &f->err) && store_put_article(store, &a, &added, &f->err) &&
                store_replace_analysis(store, a.id, "old", &analysis, &f->err) && store_commit(store, &f->err));
    store_close(store);
}

/* An older program's database opens for writing, keeps its findings and takes those of the new kinds. */
static void first_version_takes_the_new_kinds(void **state)
{
    struct fixture *f = *state;
    make_first_version(f);
    struct err old = {0};
    assert_null(store_open(f->path, STORE_READ, &old)); /* reading never migrates */
    assert_int_equal(old.kind, ERR_INPUT);
    struct store *store = fixture_open(f, STORE_WRITE);
    int64_t version;
    assert_true(store_pragma_int(store, "PRAGMA user_version", &version, &f->err));
    assert_int_equal(version, STORE_STEPS);
    struct analysis before, after;
    assert_true(store_findings(store, f->arena, 1, &before, &f->err));
    assert_int_equal(before.n, 3);
    assert_true(before.findings[1].by_person);
    assert_int_equal(before.findings[2].end, 5);
    struct finding fresh[] = {
        {FINDING_CITY, STR("41280"), 0, 0.9, STR("test"), 0, 0, false},
        {FINDING_MONEY, STR("KRW 5000000000..5000000000 total"), 0, 0.9, STR("test"), 0, 0, false},
        {FINDING_COUNT, STR("30..30 company recruit"), 0, 0.9, STR("test"), 0, 0, false},
        {FINDING_TARGET, STR("2027-01-01..2027-12-31 착공"), 0, 0.9, STR("test"), 0, 0, false},
        {FINDING_ZONE, STR("시흥 바이오 특화단지"), 0, 0.9, STR("test"), 0, 0, false}};
    struct analysis analysis = {.findings = fresh, .n = 5, .is_initiative = true, .score = 0.9};
    assert_true(store_begin(store, &f->err) && store_put_analysis(store, 1, "new", &analysis, &f->err) &&
                store_commit(store, &f->err));
    assert_true(store_findings(store, f->arena, 1, &after, &f->err));
    assert_int_equal(after.n, 6);
    assert_true(str_equal(after.findings[0].value, STR("41280")));
    assert_true(str_equal(after.findings[1].value, STR("bio"))); /* the person's stays */
    assert_int_equal(after.findings[5].kind, FINDING_ZONE);
    store_close(store);
    store_close(fixture_open(f, STORE_READ));
}

/* While one reads a snapshot, another can prepare a change but not commit it; afterwards it can. */
static void snapshot_stays_still(void **state)
{
    struct fixture *f = *state;
    struct str steps[STORE_STEPS];
    struct store_options options = store_shipped(steps);
    options.busy_ms = 50;
    bool begun, inner, added;
    make_database(f);
    struct store *reader = fixture_open(f, STORE_READ),
                 *writer = store_open_with(f->path, STORE_WRITE, &options, &f->err);
    assert_non_null(writer);
    assert_true(store_snapshot(reader, &begun, &f->err));
    assert_true(begun);
    assert_true(store_snapshot(reader, &inner, &f->err));
    assert_false(inner);
    struct article a = fixture_article(f->arena, "둘", DATE_NONE);
    struct err locked = {0};
    assert_true(store_begin(writer, &f->err) && store_put_article(writer, &a, &added, &f->err));
    assert_false(store_commit(writer, &locked));
    assert_int_equal(locked.kind, ERR_LOCKED);
    assert_int_equal(fixture_int(reader, "SELECT COUNT(*) FROM article"), 1);
    store_rollback(reader);
    assert_true(store_commit(writer, &f->err));
    assert_int_equal(fixture_int(reader, "SELECT COUNT(*) FROM article"), 2);
    store_close(writer);
    store_close(reader);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(settings_are_safe),
        TEST(missing_and_empty),
        TEST(odd_names_are_plain_files),
        TEST(not_a_database),
        TEST(database_of_another_program),
        TEST(newer_schema),
        TEST(hostile_schema),
        TEST(damaged_file),
        TEST(locked_by_another_connection),
        TEST(opening_twice_keeps_the_lock),
        TEST(read_only_file_and_directory),
        TEST(killed_import_is_rolled_back),
        TEST(full_disk_keeps_the_state_before),
        TEST(killed_creation_is_forgotten),
        TEST(migration_by_steps),
        TEST(first_version_takes_the_new_kinds),
        TEST(snapshot_stays_still),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
