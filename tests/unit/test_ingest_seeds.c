/* The five real pages, judged by line numbers: nothing of their text is kept here. */
#include "ingest_fixture.h"

#include "base/file.h"

static const struct {
    const char *file, *date, *lo, *hi, *lines;
    enum date_basis basis;
    size_t title; /* line; 0: the first sentence */
    size_t outlet_syllables;
} pages[] = {
    {"000_edad82bc9334eb0c.txt", "", "", "", "23-39", BASIS_UNKNOWN, 21, 5},
    {"001_5b456b2c7da56cf2.txt", "2017-09-01", "2017-09-01", "2017-09-01", "5-33", BASIS_PUBLISHED, 1, 6},
    {"002_33f5c1e1cc4da3b9.txt", "2024-01-16", "2024-01-16", "2024-01-16", "13,22-26,34-54,61-73", BASIS_PUBLISHED, 5,
     0},
    {"003_9f80af865098caee.txt", "", "2025-06-01", "2025-06-30", "1,3-10", BASIS_INFERRED, 1, 0},
    {"004_d713c40017b1ccb1.txt", "2021-07-02", "2021-07-02", "2021-07-02", "17-28", BASIS_PUBLISHED, 11, 5},
};

static struct str line_of(struct str text, size_t number)
{
    struct str line = {NULL, 0};
    while (number-- > 0 && str_line(&text, &line))
        ;
    return str_trim(line);
}

static void real_pages(void **state)
{
    (void)state;
    if (!file_is_directory("../shared/articles"))
        SKIP("../shared/articles is absent");
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        char path[200];
        struct err err = {0};
        struct buf bytes = {0};
        snprintf(path, sizeof path, "../shared/articles/%s", pages[i].file);
        assert_true(file_read(path, 1 << 20, &bytes, &err));
        struct reading r = read_with(buf_view(&bytes), "auto", "auto");
        assert_int_equal(r.n, 1);
        const struct article *a = &r.articles[0];
        assert_int_equal(a->basis, pages[i].basis);
        assert_string_equal(date_iso(a->published).p, pages[i].date);
        assert_string_equal(date_iso(a->lo).p, pages[i].lo);
        assert_string_equal(date_iso(a->hi).p, pages[i].hi);
        assert_str(a->body_lines, pages[i].lines);
        if (!str_equal(a->title, line_of(a->raw, pages[i].title)))
            fail_msg("%s: title " STR_FMT, pages[i].file, STR_ARG(a->title));
        assert_int_equal(utf8_count(a->outlet), pages[i].outlet_syllables);
        assert_true(a->basis == BASIS_UNKNOWN || a->date_evidence.n > 0);
        reading_free(&r);
        buf_free(&bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(real_pages)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
