/* The words of roles: the tables say what the brief says. */
#include "unit.h"

#include "base/arena.h"
#include "data/data.h"

#include <string.h>

static void tables_and_brief_have_the_same_words(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct err err = {0};
    struct tsv tsv;
    size_t found = 0;
    assert_true(tsv_parse(arena, "data/csv.tsv", data_file("data/csv.tsv"), &tsv, &err));
    size_t key = tsv_column(&tsv, "key"), ko = tsv_column(&tsv, "ko");
    for (size_t row = 0; row < tsv.rows; row++) {
        struct str name = tsv_cell(&tsv, row, key);
        if (!str_starts(name, STR("role-")))
            continue;
        const struct role_word *word = &role_words[role_index(str_slice(name, strlen("role-"), name.n))];
        assert_true(str_equal(str_slice(name, strlen("role-"), name.n), str_from(word->role)));
        assert_true(str_equal(tsv_cell(&tsv, row, ko), str_from(word->word)));
        found++;
    }
    assert_int_equal(found, ROLE_WORDS);
    arena_free(arena);
}

static void an_unknown_role_is_other(void **state)
{
    (void)state;
    assert_int_equal(role_index(STR("total")), 0);
    assert_int_equal(role_index(STR("")), ROLE_WORDS - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_and_brief_have_the_same_words),
        cmocka_unit_test(an_unknown_role_is_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
