/* Names of places that mislead, and the same names where they are places: tests/corpus/traps.tsv, a sentence a row. */
#include "analyze_fixture.h"

#include "base/file.h"

#include <string.h>

static bool contains(struct str list, struct str item)
{
    struct str field;
    while (list.n > 0 && str_field(&list, ';', &field))
        if (str_equal(field, item))
            return true;
    return false;
}

/* The cities found, as the table writes them; `matches` is whether they are the expected ones in any order. */
static const char *found_in(struct article article, struct str expected, bool *matches)
{
    struct analysis analysis;
    struct buf out = {0};
    size_t n = 0, wanted = str_equal(expected, STR("none")) ? 0 : 1;
    for (size_t i = 0; i < expected.n; i++)
        wanted += expected.p[i] == ';';
    *matches = true;
    analyze_article(analyzer, arena, &article, &analysis);
    for (size_t i = 0; i < analysis.n; i++) {
        if (analysis.findings[i].kind != FINDING_CITY)
            continue;
        buf_text(&out, n++ ? ";" : "");
        buf_str(&out, analysis.findings[i].value);
        *matches = *matches && contains(expected, analysis.findings[i].value);
    }
    *matches = *matches && n == wanted;
    const char *text = arena_copy(arena, out.p ? out.p : "", out.n);
    buf_free(&out);
    return text;
}

static void every_trap_holds(void **state)
{
    (void)state;
    struct err err = {0};
    struct buf bytes = {0};
    struct tsv tsv;
    if (!file_read("tests/corpus/traps.tsv", 1 << 20, &bytes, &err) ||
        !tsv_parse(arena, "traps.tsv", buf_view(&bytes), &tsv, &err))
        fail_msg("%s", err.text);
    size_t title = tsv_column(&tsv, "title"), body = tsv_column(&tsv, "body"), regions_at = tsv_column(&tsv, "regions");
    size_t wrong = 0;
    for (size_t i = 0; i < tsv.rows; i++) {
        bool matches;
        struct article article = {.title = tsv_cell(&tsv, i, title), .body = tsv_cell(&tsv, i, body)};
        struct str expected = tsv_cell(&tsv, i, regions_at);
        const char *found = found_in(article, expected, &matches);
        if (!matches)
            print_message("traps.tsv:%zu: '" STR_FMT "': found '%s', expected " STR_FMT "\n", tsv.lines[i],
                          STR_ARG(article.title), found, STR_ARG(expected));
        wrong += !matches;
    }
    assert_true(tsv.rows > 250);
    assert_int_equal(wrong, 0);
    buf_free(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_trap_holds)};
    return cmocka_run_group_tests(tests, setup, teardown);
}
