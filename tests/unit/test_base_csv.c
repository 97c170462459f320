/* Tables as spreadsheets save them. */
#include "base/arena.h"
#include "base/csv.h"
#include "unit.h"

#include <string.h>

static struct arena *arena;

/* The cells of a table as "a|b/c|d", its rows parted by "/"; what is open is marked by "!". */
static const char *read_all(struct str text)
{
    struct csv csv;
    struct str *cells;
    struct buf out = {0};
    size_t n, line;
    bool open;
    csv_open(&csv, text);
    while (csv_row(&csv, arena, &cells, &n, &line, &open)) {
        buf_printf(&out, "%s%zu:", out.n ? "/" : "", line);
        for (size_t i = 0; i < n; i++)
            buf_printf(&out, "%s" STR_FMT, i ? "|" : "", STR_ARG(cells[i]));
        if (open)
            buf_char(&out, '!');
    }
    const char *copy = str_copy(arena, out.n ? buf_view(&out) : STR("")).p;
    buf_free(&out);
    return copy;
}

static void quotes_separators_and_lines(void **state)
{
    (void)state;
    assert_string_equal(read_all(STR("a,b\r\n1,\"x,\"\"y\"\"\nz\"\r\n3,4")), "1:a|b/2:1|x,\"y\" z/4:3|4");
    assert_string_equal(read_all(STR("a;b,c\n;1;\n")), "1:a;b|c/2:;1;");
    assert_string_equal(read_all(STR("a;b;c,d\n1;2;3\n")), "1:a|b|c,d/2:1|2|3");
    assert_string_equal(read_all(STR("a\tb\n\n , \n\"\t\"\tx")), "1:a|b/3:,/4:|x");
    assert_string_equal(read_all(STR("sep=;\r\n\"a\";b,c\r\n")), "2:a|b,c");
    assert_string_equal(read_all(STR("a\"b,c\"\n")), "1:a\"b|c\"");
    assert_string_equal(read_all(STR("\"a\" b,\"c\nd,\"e\" \r\n")), "1:\"a\" b|\"c/2:d|e");
    assert_string_equal(read_all(STR("")), "");
    assert_string_equal(read_all(STR("\n\r\n,,,\n")), "");
}

static void an_open_quote_is_told(void **state)
{
    (void)state;
    assert_string_equal(read_all(STR("a,b\n\"x,1\ny,2\n")), "1:a|b/2:x,1 y,2!");
}

static void control_characters_are_blanks(void **state)
{
    (void)state;
    assert_string_equal(read_all((struct str){"a\0b\033[31m,\x7f", 10}), "1:a b [31m|");
}

static void encodings(void **state)
{
    (void)state;
    const struct {
        struct str bytes;
        const char *text;
    } cases[] = {
        {STR("\xEF\xBB\xBF\xEC\x98\x88"), "예"}, /* UTF-8 with a mark */
        {STR("\xEC\x98\x88"), "예"},
        {STR("\xBF\xB9"), "예"}, /* CP949 */
        {STR("\xFF\xFE\x08\xC6"), "예"},
        {STR("\xFE\xFF\xC6\x08"), "예"},
        {STR("\xE1\x84\x8B\xE1\x85\xA8"), "예"}, /* decomposed */
        {STR("\xFF\xFE\x00\xD8"), NULL},         /* half a surrogate pair */
        {STR("\xC8\xFF\xFF"), NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str text;
        bool good = csv_decode(arena, cases[i].bytes, &text);
        if (cases[i].text)
            assert_true(good && str_equal(text, str_from(cases[i].text)));
        else
            assert_false(good);
    }
}

static void wide_and_long_tables(void **state)
{
    (void)state;
    struct buf wide = {0};
    for (int i = 0; i < 5000; i++)
        buf_text(&wide, i ? ",x" : "x");
    buf_text(&wide, "\nlast");
    const char *got = read_all(buf_view(&wide));
    assert_string_equal(got + strlen(got) - 6, "2:last");
    assert_true(strlen(got) < 2 * CSV_CELLS + 20);
    buf_free(&wide);
    struct buf text = {0};
    for (int i = 0; i < 1 << 20; i++)
        buf_char(&text, i % 1000 == 999 ? '\n' : i % 2 ? ',' : '"');
    struct csv csv;
    struct str *cells;
    size_t n, line, rows = 0;
    bool open;
    csv_open(&csv, buf_view(&text));
    while (csv_row(&csv, arena, &cells, &n, &line, &open))
        rows++;
    assert_true(rows > 0);
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quotes_separators_and_lines),   cmocka_unit_test(an_open_quote_is_told),
        cmocka_unit_test(control_characters_are_blanks), cmocka_unit_test(encodings),
        cmocka_unit_test(wide_and_long_tables),
    };
    arena = arena_new();
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(arena);
    return failures;
}
