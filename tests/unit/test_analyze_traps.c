/* Names of places that mislead, and the same names where they are places: tests/corpus/traps.tsv, a sentence a row. */
#include "analyze_fixture.h"

#include "base/file.h"

#include <string.h>
#include <time.h>

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

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Sentences in one line: the end of each is not looked for in all that follows. */
static void a_long_subtitle_takes_linear_time(void **state)
{
    (void)state;
    struct buf text = {0};
    double times[2];
    for (int i = 0; i < 2; i++) { /* once small, once four times as large */
        struct analysis analysis;
        while (text.n < ((size_t)1 << 20) * (i ? 4 : 1))
            buf_text(&text, "누리시는 창업 공방을 열었다. ");
        const struct article article = {
            .title = STR("누리시, 공방 열어"), .subtitle = buf_view(&text), .body = STR("누리시는 공방을 열었다.")};
        double from = seconds();
        analyze_article(analyzer, arena, &article, &analysis);
        times[i] = seconds() - from;
    }
    buf_free(&text);
    if (times[1] > 12 * times[0] + 0.3)
        fail_msg("not linear: %.3f s, then %.3f s", times[0], times[1]);
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
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_trap_holds),
        cmocka_unit_test(a_long_subtitle_takes_linear_time),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
