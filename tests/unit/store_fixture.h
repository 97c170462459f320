/* A scratch directory, small articles and raw file access for the tests of store and brief. */
#ifndef STORE_FIXTURE_H
#define STORE_FIXTURE_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "data/data.h"
#include "store/internal.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct fixture {
    char directory[200], path[240];
    struct arena *arena;
    struct regions regions;
    struct taxonomy taxonomy;
    struct err err;
};

static inline int fixture_setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    snprintf(f->directory, sizeof f->directory, "%s/briefgen-test-XXXXXX", P_tmpdir);
    assert_non_null(mkdtemp(f->directory));
    snprintf(f->path, sizeof f->path, "%s/a.db", f->directory);
    f->arena = arena_new();
    assert_true(regions_read(f->arena, &f->regions, &f->err));
    assert_true(taxonomy_load(f->arena, "taxonomy.tsv", data_file("data/taxonomy.tsv"), &f->taxonomy, &f->err));
    *state = f;
    return 0;
}

static inline int fixture_remove(const char *path, const struct stat *info, int type, struct FTW *place)
{
    (void)info, (void)type, (void)place;
    remove(path);
    return 0;
}

static inline int fixture_teardown(void **state)
{
    struct fixture *f = *state;
    chmod(f->directory, 0700);
    nftw(f->directory, fixture_remove, 8, FTW_DEPTH | FTW_PHYS);
    arena_free(f->arena);
    free(f);
    return 0;
}

static inline struct store *fixture_open(struct fixture *f, enum store_mode mode)
{
    struct store *store = store_open(f->path, mode, &f->err);
    if (!store)
        print_message("%s\n", f->err.text);
    assert_non_null(store);
    return store;
}

/* An article whose text, and so hash and key, follow from `name`. */
static inline struct article fixture_article(struct arena *arena, const char *name, date_t published)
{
    struct article a = {
        .source = str_from(arena_printf(arena, "%s.txt", name)),
        .reader = STR("pagetext/1"),
        .encoding = STR("utf-8"),
        .title = str_from(arena_printf(arena, "제목 %s", name)),
        .outlet = STR("시험일보"),
        .url = str_from(arena_printf(arena, "https://news.example/%s", name)),
        .body = str_from(arena_printf(arena, "본문 %s", name)),
        .body_lines = STR("2"),
        .raw = str_from(arena_printf(arena, "제목 %s\n본문 %s", name, name)),
        .published = published,
        .lo = published,
        .hi = published,
        .basis = published == DATE_NONE ? BASIS_UNKNOWN : BASIS_PUBLISHED,
        .date_evidence = published == DATE_NONE ? (struct str){NULL, 0} : STR("등록"),
    };
    file_sha256(a.raw, a.hash);
    article_set_key(&a);
    return a;
}

/* An input that is open in an import, of the size of its name. */
static inline int64_t fixture_input(struct fixture *f, struct store *store, int64_t import, const char *name)
{
    const struct import_input input = {
        .name = str_from(name), .bytes = (int64_t)strlen(name), .mtime = 1, .how = STR("1")};
    int64_t id = 0;
    bool ok = store_begin_input(store, import, &input, &id, &f->err);
    if (!ok)
        print_message("%s\n", f->err.text);
    assert_true(ok);
    return id;
}

static inline int64_t fixture_import(struct fixture *f, struct store *store)
{
    int64_t import = 0;
    assert_true(store_begin_import(store, STR("rules"), 1700000000, &import, &f->err));
    return import;
}

static inline enum store_outcome fixture_put(struct fixture *f, struct store *store, int64_t input,
                                             struct article *article)
{
    enum store_outcome outcome = STORE_ADDED;
    bool ok = store_import_article(store, input, article, &outcome, &f->err);
    if (!ok)
        print_message("%s\n", f->err.text);
    assert_true(ok);
    return outcome;
}

static inline struct str fixture_bytes(struct fixture *f, const char *path)
{
    struct buf buf = {0};
    struct err err = {0};
    assert_true(file_read(path, SIZE_MAX / 4, &buf, &err));
    struct str copy = str_copy(f->arena, buf_view(&buf));
    buf_free(&buf);
    return copy;
}

static inline void fixture_write(const char *path, struct str bytes)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.p, 1, bytes.n, file), bytes.n);
    assert_int_equal(fclose(file), 0);
}

static inline int64_t fixture_int(struct store *store, const char *sql)
{
    struct err err = {0};
    struct rows *rows = store_query(store, sql, NULL, 0, &err);
    if (!rows)
        print_message("%s\n", err.text);
    assert_non_null(rows);
    assert_true(rows_next(rows, &err));
    int64_t value = rows_int(rows, 0);
    rows_close(rows);
    return value;
}

/* Runs SQL on a file with a plain connection, as another program would. */
static inline void fixture_sql(const char *path, const char *sql)
{
    sqlite3 *db;
    char *message = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s", message);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

#endif
