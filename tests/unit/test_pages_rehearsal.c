/* The first pass: pages of anchors known before the pages are made (layout/rehearsal.h). */
#include "layout/rehearsal.h"
#include "layout/style.h"
#include "pages_fixture.h"

static size_t body_lines(void)
{
    return (size_t)(style_body_height(house()) / style_find(house(), STR(""))->text.leading);
}

static void chapters(void)
{
    static const char *const names[] = {"one", "two", "three"};
    for (size_t i = 0; i < 3; i++) {
        build_heading(&b, 1, arena_printf(b.arena, "Chapter %s", names[i]))->anchor = str_from(names[i]);
        build_lines(&b, "", body_lines() + 3);
    }
}

/* Lays the document out to the end with what the first pass said of two anchors and of the total. */
static void places(int *two, int *unknown, int *total, struct diag_list *diag)
{
    struct err err = {0};
    struct page page;
    struct layout *layout = layout_new(NULL, house(), &b.doc, diag);
    assert_true(layout_next(layout, &page, &err));
    *two = layout_page_of(layout, STR("two"));
    *unknown = layout_page_of(layout, STR("nowhere"));
    *total = layout_total(layout);
    while (layout_next(layout, &page, &err)) {
    }
    assert_int_equal(err.kind, ERR_NONE);
    layout_free(layout);
}

static void pages_are_known_where_a_contents_list_asks(void **state)
{
    (void)state;
    struct diag_list diag = {0};
    int two, unknown, total;
    build_contents(&b, "toc");
    build_paragraph(&b, "odd", "no such style");
    chapters();
    places(&two, &unknown, &total, &diag);
    lay();
    assert_int_equal(two, find_op(&seen, OP_TEXT, "Chapter two", 1).page); /* after the line of the list */
    assert_int_equal(total, seen.pages);
    assert_int_equal(unknown, 0);
    for (size_t i = 0; i < diag.n; i++)
        assert_string_not_equal(diag.items[i].code, "moved-pages");
    assert_int_equal(diag.n, 1); /* "odd" is no paragraph style: said once, not once a pass */
    diag_free(&diag);
}

static void no_first_pass_without_a_need(void **state)
{
    (void)state;
    struct diag_list diag = {0};
    int two, unknown, total;
    chapters();
    fake_sets = 0;
    places(&two, &unknown, &total, &diag);
    size_t once = fake_sets;
    assert_int_equal(two, 0);
    assert_int_equal(total, 0);
    build_contents(&b, "toc");
    fake_sets = 0;
    places(&two, &unknown, &total, &diag);
    assert_true(fake_sets > 2 * once - 20 && fake_sets < 2 * once + 20);
    diag_free(&diag);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(pages_are_known_where_a_contents_list_asks, setup, teardown),
        cmocka_unit_test_setup_teardown(no_first_pass_without_a_need, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
