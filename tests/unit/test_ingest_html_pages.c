/* Whole pages of HTML (tests/corpus/html) as a careful reader takes them, and the saved real pages beside the
 * repository. */
#include "ingest_fixture.h"

#include "base/file.h"
#include "data/data.h"

static struct str file_text(struct arena *arena, const char *folder, struct str name, const char *extension)
{
    char path[300];
    struct buf bytes = {0};
    struct err err = {0};
    snprintf(path, sizeof path, "%s/" STR_FMT "%s", folder, STR_ARG(name), extension);
    if (!file_read(path, 4 << 20, &bytes, &err))
        fail_msg("%s", err.text);
    struct str copy = str_copy(arena, buf_view(&bytes));
    buf_free(&bytes);
    return copy;
}

static unsigned differ(struct str file, const char *what, struct str got, struct str want)
{
    if (str_equal(got, want))
        return 0;
    fprintf(stderr, STR_FMT ": %s\n  got  \"" STR_FMT "\"\n  want \"" STR_FMT "\"\n", STR_ARG(file), what, STR_ARG(got),
            STR_ARG(want));
    return 1;
}

static void pages(void **state)
{
    enum { FILE_NAME, VERDICT, TITLE, OUTLET, URL, DATE, BASIS };
    (void)state;
    struct arena *arena = arena_new();
    struct err err = {0};
    struct tsv tsv;
    unsigned wrong = 0;
    struct str table = file_text(arena, "tests/corpus/html", STR("expected"), ".tsv");
    assert_true(tsv_parse(arena, "expected.tsv", table, &tsv, &err));
    for (size_t row = 0; row < tsv.rows; row++) {
        struct str file = tsv_cell(&tsv, row, FILE_NAME), name = str_slice(file, 0, file.n - 5);
        struct reading r = read_with(file_text(arena, "tests/corpus/html", name, ".html"), "auto", "auto");
        bool article = str_equal(tsv_cell(&tsv, row, VERDICT), STR("article"));
        if (r.n != article) {
            fprintf(stderr, STR_FMT ": %zu articles: " STR_FMT "\n", STR_ARG(file), r.n,
                    STR_ARG(r.n ? r.articles[0].body : str_from(r.diag.n ? r.diag.items[0].text : "")));
            wrong++;
        } else if (article) {
            const struct article *a = &r.articles[0];
            struct str body = str_trim(file_text(arena, "tests/corpus/html", name, ".txt"));
            wrong += differ(file, "title", a->title, tsv_cell(&tsv, row, TITLE));
            wrong += differ(file, "outlet", a->outlet, tsv_cell(&tsv, row, OUTLET));
            wrong += differ(file, "url", a->url, tsv_cell(&tsv, row, URL));
            wrong += differ(file, "date", str_from(date_iso(a->published).p), tsv_cell(&tsv, row, DATE));
            wrong += differ(file, "basis", str_from(basis_name(a->basis)), tsv_cell(&tsv, row, BASIS));
            wrong += differ(file, "body", a->body, body);
            assert_str(a->reader, "html/1");
        } else {
            assert_true(has_diag(&r, "no-article"));
        }
        reading_free(&r);
    }
    assert_int_equal(wrong, 0);
    assert_true(tsv.rows > 20);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(pages)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
