/* Objects that may move to the next page: RULES.md row 30. */
#include "pages_fixture.h"

static struct block *object(const char *caption, size_t rows)
{
    struct block *group = build_open(&b, BLOCK_GROUP);
    group->style = STR("float");
    build_paragraph(&b, "caption", caption);
    build_table(&b, rows, 2, caption);
    build_close(&b, group);
    return group;
}

static void lines(const char *name, size_t n)
{
    for (size_t i = 0; i < n; i++)
        build_paragraph(&b, "", arena_printf(b.arena, "%s%zu.", name, i));
}

static int page_of(const char *text)
{
    for (size_t i = 0; i < seen.n; i++)
        if (seen.items[i].op.kind == OP_TEXT && str_starts(seen.items[i].op.text, str_from(text)))
            return seen.items[i].page;
    fail_msg("%s is nowhere", text);
    return 0;
}

static void row_30_text_fills_the_page_before_an_object(void **state)
{
    (void)state;
    lines("before", 20);
    object("move", 14);
    lines("after", 40);
    lay();
    assert_int_equal(page_of("before19."), 1);
    assert_int_equal(page_of("move"), 2);
    assert_int_equal(page_of("after0."), 1);
    assert_true(find_text(&seen, "move").y < find_text(&seen, "after39.").y);
}

static void row_30_objects_keep_their_order(void **state)
{
    (void)state;
    lines("before", 24);
    object("first", 14);
    lines("between", 2);
    object("second", 1); /* has room, but must not pass the first */
    lines("after", 3);
    lay();
    assert_int_equal(page_of("between1."), 1);
    assert_int_equal(page_of("after2."), 1);
    assert_int_equal(page_of("first"), 2);
    assert_int_equal(page_of("second"), 2);
    assert_true(find_text(&seen, "first").y < find_text(&seen, "second").y);
    assert_int_equal(seen.pages, 2); /* the document ends while they wait */
}

static void row_30_objects_pass_no_page_break(void **state)
{
    (void)state;
    lines("before", 24);
    object("move", 14);
    build_block(&b, BLOCK_PAGE_BREAK);
    lines("after", 3);
    lay();
    assert_int_equal(page_of("move"), 2);
    assert_int_equal(page_of("after0."), 3);
}

/* Taller than a page: set where it stands, in parts. */
static void a_tall_object_stays(void **state)
{
    (void)state;
    lines("before", 3);
    object("tall", 90);
    lines("after", 3);
    lay();
    assert_true(page_of("after0.") >= 2);
    assert_int_equal(page_of("tall"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(row_30_text_fills_the_page_before_an_object, setup, teardown),
        cmocka_unit_test_setup_teardown(row_30_objects_keep_their_order, setup, teardown),
        cmocka_unit_test_setup_teardown(row_30_objects_pass_no_page_break, setup, teardown),
        cmocka_unit_test_setup_teardown(a_tall_object_stays, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
