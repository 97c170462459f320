/* The quality that a brief prints of itself: every figure stands in tests/RESULTS.md. */
#include "unit.h"

#include "base/arena.h"
#include "base/file.h"
#include "data/data.h"

#include <string.h>

static struct arena *arena;
static struct str results;

static int load(void **state)
{
    (void)state;
    struct err err = {0};
    struct buf text = {0};
    arena = arena_new();
    if (!file_read("tests/RESULTS.md", 1 << 20, &text, &err))
        return -1;
    results = str_copy(arena, buf_view(&text));
    buf_free(&text);
    return 0;
}

static int unload(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* The next number of a text as its digits alone, without leading zeros: 91.4% as .914, 3,132 as 3132. */
static bool next_number(struct str *rest, char digits[16])
{
    size_t i = 0, n = 0;
    while (i < rest->n && (rest->p[i] < '0' || rest->p[i] > '9'))
        i++;
    bool found = i < rest->n;
    for (; i < rest->n &&
           ((rest->p[i] >= '0' && rest->p[i] <= '9') || ((rest->p[i] == '.' || rest->p[i] == ',') && i + 1 < rest->n &&
                                                         rest->p[i + 1] >= '0' && rest->p[i + 1] <= '9'));
         i++)
        if (rest->p[i] >= (n ? '0' : '1') && rest->p[i] <= '9' && n < 15)
            digits[n++] = rest->p[i];
    digits[n] = '\0';
    *rest = str_slice(*rest, i, rest->n);
    return found;
}

static void numbers_stand_in(struct str value, struct str words)
{
    char digits[16], other[16];
    while (next_number(&value, digits)) {
        struct str rest = words;
        bool found = false;
        while (!found && next_number(&rest, other))
            found = strcmp(digits, other) == 0;
        if (!found)
            fail_msg("%s does not stand in '" STR_FMT "'", digits, STR_ARG(words));
    }
}

static void every_figure_stands_in_the_results(void **state)
{
    (void)state;
    struct tsv tsv;
    struct err err = {0};
    assert_true(tsv_parse(arena, "quality.tsv", data_file("data/quality.tsv"), &tsv, &err));
    assert_true(tsv.rows >= 10);
    for (size_t row = 0; row < tsv.rows; row++) {
        struct str words = tsv_cell(&tsv, row, tsv_column(&tsv, "stands"));
        numbers_stand_in(tsv_cell(&tsv, row, tsv_column(&tsv, "value")), words);
        numbers_stand_in(tsv_cell(&tsv, row, tsv_column(&tsv, "n")), words);
        for (size_t at = 0, gap; at < words.n; at = gap + sizeof " … " - 1) {
            gap = str_find(words, STR(" … "), at);
            gap = gap == SIZE_MAX ? words.n : gap;
            if (str_find(results, str_slice(words, at, gap), 0) == SIZE_MAX)
                fail_msg("'" STR_FMT "' is not in tests/RESULTS.md", STR_ARG(str_slice(words, at, gap)));
        }
    }
}

static void numbers_are_compared_by_their_digits(void **state)
{
    (void)state;
    char digits[16];
    struct str rest = STR("맞음 15, 91.4% .914 3,132. 0.844;100,a");
    static const char *const expected[] = {"15", "914", "914", "3132", "844", "100"};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        assert_true(next_number(&rest, digits));
        assert_string_equal(digits, expected[i]);
    }
    assert_false(next_number(&rest, digits));
}

static void the_table_is_read_with_its_faults_named(void **state)
{
    (void)state;
    struct quality_list list;
    struct err err = {0};
    assert_true(quality_load(arena, "q", data_file("data/quality.tsv"), &list, &err));
    assert_true(list.n >= 10 && list.items[0].label.n > 0 && list.items[0].n > 0);
#define HEAD "key\tlabel\tmeasured\tvalue\tn\tstands\n"
    static const char *const bad[][2] = {
        {"key\tlabel\n", "q: needs the column 'measured'"},
        {HEAD "a\tb\tc\t\t5\tx\n", "q:2: an empty cell"},
        {HEAD "a\tb\tc\td\tmany\tx\n", "n is no number"},
        {HEAD "a\tb\tc\td\t0\tx\n", "n is no number"},
        {HEAD "a\tb\tc\td\t5\tx\na\tb\tc\td\t5\tx\n", "q:3: 'a' twice"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct err fault = {0};
        assert_false(quality_load(arena, "q", str_from(bad[i][0]), &list, &fault));
        if (!strstr(fault.text, bad[i][1]))
            fail_msg("'%s' lacks '%s'", fault.text, bad[i][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_figure_stands_in_the_results),
        cmocka_unit_test(numbers_are_compared_by_their_digits),
        cmocka_unit_test(the_table_is_read_with_its_faults_named),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
