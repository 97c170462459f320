/* Page flow: what may be parted by a page break and what may not (RULES.md rows 20, 22, 28, 29). */
#include "house.h"
#include "layout/style.h"
#include "pages_fixture.h"

#include <math.h>

/* Lines of body text that a page holds. */
static size_t body_lines(void)
{
    float body = house()->page.height - house()->page.top - house()->page.bottom;
    return (size_t)(body / style_find(house(), STR(""))->text.leading);
}

static void empty_doc_is_one_page(void **state)
{
    (void)state;
    lay();
    assert_int_equal(seen.pages, 1);
    assert_int_equal(find_text(&seen, "- 1 -").page, 1);
    assert_true(find_text(&seen, "- 1 -").artifact);
}

static void row28_page_numbers_and_running_head(void **state)
{
    (void)state;
    b.doc.running_head = STR("Running");
    build_lines(&b, "", 3 * body_lines());
    lay();
    assert_int_equal(seen.pages, 3);
    assert_int_equal(find_text(&seen, "- 3 -").page, 3);
    assert_int_equal(count_text(&seen, "Running"), 2);
    assert_int_equal(find_text(&seen, "Running").page, 2);
    assert_true(find_text(&seen, "Running").artifact);
    struct found number = find_text(&seen, "- 2 -");
    float centre = number.x + number.w / 2;
    assert_true(fabsf(centre - (house()->page.left + house()->page.width - house()->page.right) / 2) < 0.01F);
    assert_true(number.y > house()->page.height - house()->page.bottom);
}

/* Row 29: the head names the chapter that the page begins in, or with. */
static void row29_head_takes_the_chapter(void **state)
{
    (void)state;
    b.doc.running_head = STR("Running");
    build_heading(&b, 1, "First chapter");
    build_lines(&b, "", body_lines() + 5);
    build_heading(&b, 1, "Second chapter");
    build_lines(&b, "", body_lines() + 5);
    build_block(&b, BLOCK_PAGE_BREAK);
    build_heading(&b, 1, "Third chapter");
    build_heading(&b, 2, "A section");
    lay();
    assert_int_equal(seen.pages, 4);
    static const char *const heads[] = {"First chapter", "Second chapter", "Third chapter"};
    size_t found[3] = {0};
    for (size_t i = 0; i < seen.n; i++) {
        const struct op *op = &seen.items[i].op;
        if (op->kind != OP_TEXT || !op->artifact || op->y > house()->page.top)
            continue;
        assert_true(op->x + op->w <= house()->page.width - house()->page.right + 0.01F);
        for (size_t k = 0; k < 3; k++)
            found[k] += str_equal(op->text, str_from(heads[k])) && seen.items[i].page == (int)k + 2;
    }
    for (size_t k = 0; k < 3; k++)
        assert_int_equal(found[k], 1);
}

/* A filler of k lines, then a paragraph of n lines: on which page is each of its lines? */
static void split_of(size_t filler, size_t n, size_t *on_first)
{
    build_begin(&b);
    build_lines(&b, "caption", 0);
    struct block *fill = build_lines(&b, "", filler);
    fill->runs[0].text = str_copy(b.arena, fill->runs[0].text);
    for (size_t i = 0; i + 4 < fill->runs[0].text.n; i++) {
        if (!memcmp(fill->runs[0].text.p + i, "line", 4))
            memcpy((char *)(uintptr_t)fill->runs[0].text.p + i, "fill", 4);
    }
    build_lines(&b, "", n);
    struct seen local;
    see(&local, &b.doc, NULL);
    *on_first = 0;
    for (size_t i = 0; i < n; i++)
        *on_first += find_text(&local, arena_printf(b.arena, "line%zu.", i)).page == 1;
    seen_end(&local);
    build_end(&b);
}

static void row20_no_orphans_no_widows(void **state)
{
    (void)state;
    build_end(&b);
    size_t lines = body_lines(), whole = 0, parted = 0;
    for (size_t n = 2; n <= 6; n++) {
        for (size_t filler = lines - 7; filler <= lines; filler++) {
            size_t on_first;
            split_of(filler, n, &on_first);
            assert_true(on_first != 1);     /* an orphan at the bottom */
            assert_true(on_first != n - 1); /* a widow at the top */
            whole += on_first == 0 || on_first == n;
            parted += on_first > 1 && on_first < n - 1;
        }
    }
    assert_true(whole > 0);
    assert_true(parted > 0); /* paragraphs of four lines and more are in fact divided */
    build_begin(&b);
}

static void row20_heading_keeps_with_two_lines(void **state)
{
    (void)state;
    build_end(&b);
    for (size_t left = 1; left < 8; left++) {
        build_begin(&b);
        build_lines(&b, "", body_lines() - left);
        build_heading(&b, 1, "Heading one")->anchor = STR("one");
        build_heading(&b, 2, "Heading two");
        build_paragraph(&b, "",
                        "alpha..................................................................... "
                        "beta...................................................................... "
                        "gamma..................................................................... delta");
        struct seen local;
        see(&local, &b.doc, NULL);
        int page = find_text(&local, "Heading one").page;
        assert_int_equal(find_text(&local, "Heading two").page, page);
        assert_int_equal(find_text(&local, "alpha").page, page);
        assert_int_equal(find_text(&local, "beta").page, page);
        assert_int_equal(find_op(&local, OP_OUTLINE, "Heading one", 0).page, page);
        assert_int_equal(find_op(&local, OP_ANCHOR, "one", 0).page, page);
        seen_end(&local);
        build_end(&b);
    }
    build_begin(&b);
}

/* A paragraph in bold alone is the title of the next one. */
static void row20_strong_paragraph_keeps_with_next(void **state)
{
    (void)state;
    build_end(&b);
    for (size_t left = 1; left < 8; left++) {
        build_begin(&b);
        build_lines(&b, "", body_lines() - left);
        build_paragraph(&b, "", "1. Some title")->runs[0].flags = RUN_STRONG;
        build_lines(&b, "", 4);
        struct seen local;
        see(&local, &b.doc, NULL);
        struct found title = find_text(&local, "1. Some title");
        size_t below = 0; /* lines under it on its page */
        for (size_t i = 0; i < local.n; i++) {
            const struct op *op = &local.items[i].op;
            below += local.items[i].page == title.page && op->kind == OP_TEXT && !op->artifact && op->y > title.y;
        }
        assert_true(below >= 2);
        seen_end(&local);
        build_end(&b);
    }
    build_begin(&b);
}

static void row20_note_stays_with_its_table(void **state)
{
    (void)state;
    build_end(&b);
    for (size_t rows = 20; rows < 45; rows++) {
        build_begin(&b);
        build_table(&b, rows, 2, NULL);
        build_paragraph(&b, "source", "Source line");
        struct seen local;
        see(&local, &b.doc, NULL);
        int page = find_text(&local, "Source").page;
        assert_int_equal(find_text(&local, arena_printf(b.arena, "r%zuc0", rows - 1)).page, page);
        assert_int_equal(find_text(&local, arena_printf(b.arena, "r%zuc0", rows - 2)).page, page);
        seen_end(&local);
        build_end(&b);
    }
    build_begin(&b);
}

static void group_is_kept_on_one_page(void **state)
{
    (void)state;
    build_lines(&b, "", body_lines() - 6);
    struct block *group = build_open(&b, BLOCK_GROUP);
    group->style = STR("keep");
    build_paragraph(&b, "", "first in group");
    build_lines(&b, "", 6);
    build_paragraph(&b, "", "last in group");
    build_close(&b, group);
    build_paragraph(&b, "", "after");
    lay();
    assert_int_equal(find_text(&seen, "first in group").page, 2);
    assert_int_equal(find_text(&seen, "last in group").page, 2);
    assert_int_equal(seen.pages, 2);
}

static void group_larger_than_a_page_is_divided(void **state)
{
    (void)state;
    build_lines(&b, "", 10);
    struct block *group = build_open(&b, BLOCK_GROUP);
    group->style = STR("keep");
    for (size_t i = 0; i < 100; i++)
        build_paragraph(&b, "", arena_printf(b.arena, "member%zu.", i));
    build_close(&b, group);
    lay();
    assert_int_equal(find_text(&seen, "member0.").page, 1);
    assert_int_equal(find_text(&seen, "member99.").page, seen.pages);
    /* No page but the last is left with room for another member. */
    for (int page = 1; page < seen.pages; page++) {
        float lowest = 0;
        for (size_t i = 0; i < seen.n; i++) {
            if (seen.items[i].page == page && seen.items[i].op.kind == OP_TEXT && !seen.items[i].op.artifact)
                lowest = fmaxf(lowest, seen.items[i].op.y);
        }
        assert_true(lowest > house()->page.height - house()->page.bottom - 2 * 25);
    }
}

static void page_breaks(void **state)
{
    (void)state;
    build_block(&b, BLOCK_PAGE_BREAK);
    build_paragraph(&b, "", "one");
    build_block(&b, BLOCK_PAGE_BREAK);
    build_block(&b, BLOCK_PAGE_BREAK);
    build_paragraph(&b, "", "two");
    build_block(&b, BLOCK_PAGE_BREAK);
    lay();
    assert_int_equal(find_text(&seen, "one").page, 1);
    assert_int_equal(find_text(&seen, "two").page, 2);
    assert_int_equal(seen.pages, 2);
}

static void everything_once_in_order(void **state)
{
    (void)state;
    for (size_t i = 0; i < 300; i++)
        build_paragraph(
            &b, "",
            arena_printf(
                b.arena, "p%zu. %s", i,
                i % 7 ? "short"
                      : "a longer paragraph of words "
                        "that takes a second line and then perhaps a third line and so on until it is long enough"));
    lay();
    size_t next = 0;
    float y = 0;
    int page = 1;
    for (size_t i = 0; i < seen.n; i++) {
        const struct op *op = &seen.items[i].op;
        if (op->kind != OP_TEXT || op->artifact)
            continue;
        if (str_starts(op->text, str_from(arena_printf(b.arena, "p%zu. ", next))))
            next++;
        assert_true(seen.items[i].page > page || op->y > y);
        page = seen.items[i].page;
        y = op->y;
        assert_true(y > house()->page.top && y < house()->page.height - house()->page.bottom);
    }
    assert_int_equal(next, 300);
    assert_int_equal(fake_sets > 300, 1);
}

static void links_and_anchors(void **state)
{
    (void)state;
    build_paragraph(&b, "", "to known")->runs[0].link = STR("#there");
    build_paragraph(&b, "", "to unknown")->runs[0].link = STR("#nowhere");
    build_paragraph(&b, "", "to web")->runs[0].link = STR("https://example.org/");
    build_heading(&b, 1, "There")->anchor = STR("there");
    build_heading(&b, 1, "There again")->anchor = STR("there");
    struct block *list = build_open(&b, BLOCK_LIST);
    list->anchor = STR("list");
    build_close(&b, list);
    lay();
    assert_int_equal(find_op(&seen, OP_LINK, "#there", 0).page, 1);
    assert_int_equal(find_op(&seen, OP_LINK, "#nowhere", 0).page, 0);
    assert_int_equal(find_op(&seen, OP_LINK, "https:", 0).page, 1);
    assert_int_equal(count_diag(&seen, "unknown-anchor"), 1);
    assert_int_equal(count_diag(&seen, "duplicate-anchor"), 1);
    assert_int_equal(find_op(&seen, OP_ANCHOR, "there", 0).page, 1);
    assert_int_equal(find_op(&seen, OP_ANCHOR, "there", 1).page, 0);
    assert_int_equal(find_op(&seen, OP_ANCHOR, "list", 0).page, 1);
}

static void unknown_style_is_named(void **state)
{
    (void)state;
    build_paragraph(&b, "sparkling", "text");
    lay();
    assert_int_equal(count_diag(&seen, "unknown-style"), 1);
    assert_int_equal(find_text(&seen, "text").page, 1);
}

/* One paragraph of many pages: earlier pages' memory must not be reused while lines of it wait. */
static void paragraph_of_many_pages(void **state)
{
    (void)state;
    size_t lines = 40 * body_lines();
    build_lines(&b, "", lines);
    build_paragraph(&b, "", "after");
    lay();
    for (size_t i = 0; i < lines; i += 97)
        assert_true(find_text(&seen, arena_printf(b.arena, "line%zu.", i)).page > 0);
    assert_int_equal(seen.pages, 41);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(empty_doc_is_one_page, setup, teardown),
        cmocka_unit_test_setup_teardown(row28_page_numbers_and_running_head, setup, teardown),
        cmocka_unit_test_setup_teardown(row29_head_takes_the_chapter, setup, teardown),
        cmocka_unit_test_setup_teardown(row20_no_orphans_no_widows, setup, teardown),
        cmocka_unit_test_setup_teardown(row20_heading_keeps_with_two_lines, setup, teardown),
        cmocka_unit_test_setup_teardown(row20_strong_paragraph_keeps_with_next, setup, teardown),
        cmocka_unit_test_setup_teardown(row20_note_stays_with_its_table, setup, teardown),
        cmocka_unit_test_setup_teardown(group_is_kept_on_one_page, setup, teardown),
        cmocka_unit_test_setup_teardown(group_larger_than_a_page_is_divided, setup, teardown),
        cmocka_unit_test_setup_teardown(page_breaks, setup, teardown),
        cmocka_unit_test_setup_teardown(everything_once_in_order, setup, teardown),
        cmocka_unit_test_setup_teardown(links_and_anchors, setup, teardown),
        cmocka_unit_test_setup_teardown(unknown_style_is_named, setup, teardown),
        cmocka_unit_test_setup_teardown(paragraph_of_many_pages, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
