/* Landscape pages for what stands in a {.turn} group. */
#include "layout/flow.h"
#include "pages_fixture.h"

#include <math.h>

/* Sizes of all pages; the fixture's `seen` has what stands on them. */
static size_t sizes(const struct style_sheet *sheet, float width[], float height[], size_t most, struct diag_list *diag)
{
    struct err err = {0};
    struct page page;
    size_t n = 0;
    struct layout *layout = layout_new(NULL, sheet, &b.doc, diag);
    while (layout_next(layout, &page, &err) && n < most) {
        width[n] = page.width;
        height[n++] = page.height;
    }
    assert_int_equal(err.kind, ERR_NONE);
    layout_free(layout);
    return n;
}

static struct block *turn(void)
{
    struct block *group = build_open(&b, BLOCK_GROUP);
    group->style = STR("turn");
    return group;
}

static void what_is_turned_has_pages_of_its_own(void **state)
{
    (void)state;
    build_paragraph(&b, "", "before");
    struct block *group = turn();
    build_heading(&b, 1, "Wide chapter");
    build_table(&b, 60, 30, NULL);
    build_close(&b, group);
    build_paragraph(&b, "", "after");
    lay();
    float width[20], height[20];
    struct diag_list diag = {0};
    size_t n = sizes(house(), width, height, 20, &diag);
    diag_free(&diag);
    assert_int_equal(n, seen.pages);
    assert_int_equal(find_text(&seen, "before").page, 1);
    assert_int_equal(find_text(&seen, "Wide chapter").page, 2);
    assert_int_equal(find_text(&seen, "after").page, n);
    for (size_t i = 0; i < n; i++) {
        bool turned = i > 0 && i + 1 < n;
        assert_true(width[i] == (turned ? house()->page.height : house()->page.width));
        assert_true(height[i] == (turned ? house()->page.width : house()->page.height));
    }
    float low = house()->page.width - house()->page.bottom, right = house()->page.height - house()->page.right,
          most = 0;
    for (size_t i = 0; i < seen.n; i++) {
        const struct op *op = &seen.items[i].op;
        if (op->kind != OP_TEXT || op->artifact || seen.items[i].page == 1 || seen.items[i].page == seen.pages)
            continue;
        assert_true(op->y <= low && op->x + op->w <= right + 0.1F && op->y > house()->page.top);
        most = fmaxf(most, op->x + op->w);
    }
    assert_true(most > house()->page.width); /* the width is used */
    struct found number = find_text(&seen, "- 2 -");
    assert_true(number.y > low && number.y < house()->page.width);
    assert_true(fabsf(number.x + number.w / 2 - house()->page.height / 2) < 1);
}

static void pages_alike_follow_without_a_gap(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct block *group = turn(), *inner = turn();
        build_paragraph(&b, "", i ? "second" : "first");
        build_close(&b, inner);
        build_close(&b, group);
    }
    build_close(&b, turn()); /* of nothing */
    lay();
    assert_int_equal(seen.pages, 1);
    assert_int_equal(find_text(&seen, "second").page, 1);
    assert_int_equal(seen.diag.n, 0);
}

static void a_kept_group_may_be_turned(void **state)
{
    (void)state;
    build_lines(&b, "", 10);
    struct block *keep = build_open(&b, BLOCK_GROUP);
    keep->style = STR("keep");
    build_paragraph(&b, "", "kept");
    struct block *group = turn();
    build_lines(&b, "", 80);
    build_close(&b, group);
    build_close(&b, keep);
    lay();
    assert_true(seen.pages >= 3);
    assert_int_equal(find_text(&seen, "line78").page > 2, 1);
}

static void nothing_is_turned_inside_other_things(void **state)
{
    (void)state;
    struct block *list = build_open(&b, BLOCK_LIST), *item = build_open(&b, BLOCK_ITEM), *group = turn();
    build_paragraph(&b, "", "in a list");
    build_close(&b, group);
    build_close(&b, item);
    build_close(&b, list);
    lay();
    assert_int_equal(count_diag(&seen, "turn"), 1);
    assert_int_equal(seen.pages, 1);
    assert_int_equal(count_text(&seen, "in a list"), 1);
}

static void a_page_too_low_is_not_turned(void **state)
{
    (void)state;
    static const char *const sheets[] = {"[page]\nwidth = 70mm\n", "[page]\nhead = 200mm\n"};
    for (size_t i = 0; i < 2; i++) {
        struct err err = {0};
        struct style_sheet *sheet =
            style_open(b.arena, data_file("templates/house.ini"), "my.ini", str_from(sheets[i]), &err);
        assert_non_null(sheet);
        build_close(&b, turn());
        struct block *group = turn();
        build_paragraph(&b, "", "text");
        build_close(&b, group);
        float width[4], height[4];
        struct diag_list diag = {0};
        assert_int_equal(sizes(sheet, width, height, 4, &diag), 1);
        assert_true(width[0] == sheet->page.width && diag.n > 0);
        assert_string_equal(diag.items[0].code, "turn");
        diag_free(&diag);
    }
}

static uint32_t seed;

static uint32_t chance(uint32_t n)
{
    seed = seed * 1664525U + 1013904223U;
    return (seed >> 8) % n;
}

static void random_groups(size_t *tokens, int depth)
{
    static const char *const styles[] = {"turn", "turn", "keep", "columns", ""};
    for (uint32_t n = 1 + chance(4); n > 0; n--) {
        if (depth < 5 && chance(2)) {
            struct block *group = build_open(&b, chance(6) ? BLOCK_GROUP : BLOCK_QUOTE);
            group->style = str_from(styles[chance(5)]);
            random_groups(tokens, depth + 1);
            build_close(&b, group);
        } else if (chance(3)) {
            build_paragraph(&b, "", arena_printf(b.arena, "k%zuz", (*tokens)++));
            build_lines(&b, "", chance(40));
        } else {
            build_table(&b, chance(30), 1 + chance(20), "cell");
        }
    }
}

static void random_groups_keep_their_texts(void **state)
{
    (void)state;
    build_end(&b);
    for (uint32_t round = 1; round < 200; round++) {
        seed = round * 104729;
        build_begin(&b);
        size_t tokens = 0;
        random_groups(&tokens, 0);
        see(&seen, &b.doc, NULL);
        if (seen.err.kind)
            fail_msg("round %u: %s", round, seen.err.text);
        for (size_t i = 0; i < tokens; i++)
            assert_int_equal(count_text(&seen, arena_printf(b.arena, "k%zuz", i)), 1);
        seen_end(&seen);
        build_end(&b);
    }
    build_begin(&b);
}

/* Notes go on over pages of both kinds, so they fit either. */
static void notes_fit_pages_of_both_kinds(void **state)
{
    (void)state;
    struct block *wide = build_paragraph(&b, "", "wide page"), *group = turn();
    struct block *narrow = build_paragraph(&b, "", "narrow page");
    build_close(&b, group);
    build_notes(&b, 2, "text");
    for (unsigned i = 0; i < 2; i++) {
        b.end = &b.doc.notes[i].first->next;
        build_table(&b, 80, 2, "a cell with more words in it than a narrow column has room for");
        build_call(&b, i ? &narrow->runs : &wide->runs, i ? &narrow->n : &wide->n, i + 1);
    }
    const struct style_sheet *sheet = lay_styled("[page]\nwidth = 297mm\nheight = 210mm\nfoot = 199mm\n");
    const float most = sheet->page.height - sheet->page.right + 0.1F;
    assert_true(find_text(&seen, "note2").page > 1);
    for (size_t i = 0; i < seen.n; i++)
        assert_true(seen.items[i].width > seen.items[i].height || seen.items[i].op.x + seen.items[i].op.w < most);
    assert_int_equal(count_diag(&seen, "turn"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_turned_has_pages_of_its_own, setup, teardown),
        cmocka_unit_test_setup_teardown(pages_alike_follow_without_a_gap, setup, teardown),
        cmocka_unit_test_setup_teardown(a_kept_group_may_be_turned, setup, teardown),
        cmocka_unit_test_setup_teardown(nothing_is_turned_inside_other_things, setup, teardown),
        cmocka_unit_test_setup_teardown(random_groups_keep_their_texts, setup, teardown),
        cmocka_unit_test_setup_teardown(a_page_too_low_is_not_turned, setup, teardown),
        cmocka_unit_test_setup_teardown(notes_fit_pages_of_both_kinds, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
