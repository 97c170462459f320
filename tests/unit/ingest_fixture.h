/* For the tests of the ingest room: reading a text and keeping what comes out. */
#ifndef TESTS_INGEST_FIXTURE_H
#define TESTS_INGEST_FIXTURE_H
#include "unit.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "ingest/ingest.h"

#include <string.h>

enum { MAX_READ = 16 };

struct reading {
    struct arena *arena;
    struct article articles[MAX_READ]; /* strings copied into the arena */
    size_t n;
    struct diag_list diag;
    struct err err;
};

static inline struct str keep_str(struct reading *r, struct str s)
{
    return str_copy(r->arena, s);
}

static inline bool keep_reading(void *context, struct article *a, struct err *err)
{
    struct reading *r = context;
    (void)err;
    if (r->n == MAX_READ)
        return true;
    struct article *copy = &r->articles[r->n++];
    *copy = *a;
    struct str *const strings[] = {&copy->external_id,  &copy->source,        &copy->reader,       &copy->encoding,
                                   &copy->raw,          &copy->title,         &copy->subtitle,     &copy->outlet,
                                   &copy->url,          &copy->body,          &copy->body_lines,   &copy->date_evidence,
                                   &copy->hint_regions, &copy->hint_agencies, &copy->hint_keywords};
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
        *strings[i] = keep_str(r, *strings[i]);
    return true;
}

static inline struct reading read_with(struct str bytes, const char *format, const char *encoding)
{
    struct reading r = {.arena = arena_new()};
    struct ingest_options options = {.format = format, .encoding = encoding, .file_limit = 64u << 20};
    assert_true(ingest_text("page.txt", bytes, &options, keep_reading, &r, &r.diag, &r.err));
    return r;
}

static inline struct reading read_text(const char *text)
{
    struct reading r = {.arena = arena_new()};
    struct ingest_options options = {.format = "auto", .encoding = "auto", .file_limit = 64u << 20};
    assert_true(ingest_text("page.txt", str_from(text), &options, keep_reading, &r, &r.diag, &r.err));
    return r;
}

static inline void reading_free(struct reading *r)
{
    arena_free(r->arena);
    diag_free(&r->diag);
}

static inline void assert_str(struct str got, const char *want)
{
    if (!str_equal(got, str_from(want)))
        fprintf(stderr, "got  \"" STR_FMT "\"\nwant \"%s\"\n", STR_ARG(got), want);
    assert_true(str_equal(got, str_from(want)));
}

static inline bool contains(struct str s, const char *part)
{
    return str_find(s, str_from(part), 0) != SIZE_MAX;
}

static inline bool has_diag(const struct reading *r, const char *code)
{
    for (size_t i = 0; i < r->diag.n; i++)
        if (strcmp(r->diag.items[i].code, code) == 0)
            return true;
    return false;
}

#endif
