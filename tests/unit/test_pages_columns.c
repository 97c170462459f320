/* Sections of several columns (RULES.md row 34). */
#include "house.h"
#include "layout/style.h"
#include "pages_fixture.h"

#include <math.h>

static float grid(void)
{
    return style_find(house(), STR(""))->text.leading;
}

static size_t body_lines(void)
{
    return (size_t)(style_body_height(house()) / grid());
}

static float column(void) /* width of one of two */
{
    const struct style_sheet *sheet = house();
    return (sheet->page.width - sheet->page.left - sheet->page.right - sheet->distance.column_gap) / 2;
}

/* A word that fills a line of a column. */
#define FULL "......................."

static struct block *lines(const char *name, size_t n)
{
    struct buf text = {0};
    for (size_t i = 0; i < n; i++)
        buf_printf(&text, "%s%s%zu." FULL, i ? " " : "", name, i);
    struct block *block = build_paragraph(&b, "", buf_view(&text).p);
    buf_free(&text);
    return block;
}

static struct block *section(const char *n)
{
    struct block *group = build_open(&b, BLOCK_GROUP);
    group->style = STR("columns");
    if (n) {
        group->options = ARENA_NEW(b.arena, struct block_option);
        *group->options = (struct block_option){STR("n"), str_from(n)};
        group->n_options = 1;
    }
    return group;
}

static struct found at(const char *name, size_t i)
{
    return find_text(&seen, arena_printf(b.arena, "%s%zu.", name, i));
}

static void columns_are_even_and_read_in_order(void **state)
{
    (void)state;
    build_paragraph(&b, "", "before");
    struct block *group = section(NULL);
    lines("w", 21);
    build_close(&b, group);
    build_paragraph(&b, "", "after");
    lay();
    const float left = house()->page.left;
    float right = left + column() + house()->distance.column_gap;
    size_t first = 0, last = 0, expected = 0;
    for (size_t i = 0; i < 21; i++) {
        float x = at("w", i).x;
        assert_true(fabsf(x - left) < 0.01F || fabsf(x - right) < 0.01F);
        (fabsf(x - left) < 0.01F ? &first : &last)[0]++;
        assert_true(last == 0 || x > left + 1); /* never back */
    }
    assert_int_equal(first, 11);
    assert_int_equal(last, 10);
    assert_true(fabsf(at("w", 0).y - at("w", 11).y) < 0.01F);
    assert_true(find_text(&seen, "after").y > at("w", 10).y + 1);
    for (size_t i = 0; i < seen.n; i++)
        expected += seen.items[i].op.kind == OP_TEXT &&
                    str_starts(seen.items[i].op.text, str_from(arena_printf(b.arena, "w%zu.", expected)));
    assert_int_equal(expected, 21);
}

/* Headings, lists and tables between lines of text: lines of the body's leading stand on one grid in all columns. */
static void row_34_baselines_align_across_columns(void **state)
{
    (void)state;
    struct block *group = section("2");
    for (size_t i = 0; i < 12; i++) {
        if (i % 3 == 1)
            build_heading(&b, 2 + (int)(i % 2), "A heading");
        if (i % 4 == 2)
            build_table(&b, 3, 2, NULL);
        lines(arena_printf(b.arena, "p%zu-", i), 3 + i % 5);
        build_paragraph(&b, "note", "a note in smaller type");
    }
    build_close(&b, group);
    lay();
    float origin = -1;
    int page = 0;
    size_t count = 0;
    for (size_t i = 0; i < seen.n; i++) {
        const struct op *op = &seen.items[i].op;
        if (op->kind != OP_TEXT || op->artifact || !str_starts(op->text, STR("p")))
            continue;
        if (seen.items[i].page != page)
            origin = op->y;
        page = seen.items[i].page;
        float steps = (op->y - origin) / grid();
        assert_true(fabsf(steps - roundf(steps)) < 0.01F);
        count++;
    }
    assert_true(count > 40);
}

static void section_over_pages(void **state)
{
    (void)state;
    build_lines(&b, "", 10);
    size_t n = 5 * body_lines();
    struct block *group = section("2");
    lines("w", n);
    build_close(&b, group);
    build_paragraph(&b, "", "after");
    lay();
    int page = 1;
    size_t full = 0;
    for (size_t i = 0; i < n; i++) {
        struct found line = at("w", i);
        assert_true(line.page == page || line.page == page + 1);
        assert_true(line.y < house()->page.height - house()->page.bottom);
        page = line.page;
        full += line.page == 2;
    }
    assert_int_equal(full, 2 * body_lines());
    assert_int_equal(find_text(&seen, "after").page, page);
}

/* A heading above a section stays with its first lines, and one inside does not end a column. */
static void headings_keep_with_lines(void **state)
{
    (void)state;
    build_end(&b);
    for (size_t filler = body_lines() - 8; filler <= body_lines(); filler++) {
        build_begin(&b);
        build_lines(&b, "", filler);
        build_heading(&b, 1, "Above");
        struct block *group = section("2");
        lines("w", 8);
        build_heading(&b, 2, "Inside");
        lines("v", 9);
        build_close(&b, group);
        lay();
        assert_int_equal(find_text(&seen, "Above").page, at("w", 0).page);
        assert_int_equal(at("w", 1).page, at("w", 0).page);
        struct found inside = find_text(&seen, "Inside"), below = at("v", 0);
        assert_true(inside.page == below.page && fabsf(inside.x - below.x) < 0.01F && inside.y < below.y);
        seen_end(&seen);
        build_end(&b);
    }
    build_begin(&b);
}

static void objects_have_the_width_of_a_column(void **state)
{
    (void)state;
    struct block *group = section("2");
    build_table(&b, 30, 2, NULL);
    build_chart(&b, 5);
    build_close(&b, group);
    lay();
    size_t second = 0;
    for (size_t i = 0; i < seen.n; i++) {
        const struct op *op = &seen.items[i].op;
        if (op->kind != OP_RECT)
            continue;
        assert_true(op->w <= column() + 0.01F);
        second += op->x > house()->page.left + column();
        assert_true(op->x + op->w <= house()->page.width - house()->page.right + 0.1F);
    }
    assert_true(second > 0);
}

/* Notes of columns stand at the foot of the page, and nothing of any column on them. */
static void notes_of_columns(void **state)
{
    (void)state;
    const unsigned n = 60;
    build_notes(&b, n, "text");
    struct block *group = section("2");
    for (unsigned i = 1; i <= n; i++) {
        struct block *block = lines(arena_printf(b.arena, "p%u-", i), 2 + i % 4);
        build_call(&b, &block->runs, &block->n, i);
    }
    build_close(&b, group);
    lay();
    for (int page = 1; page <= seen.pages; page++) {
        float rule = 0, lowest = 0;
        for (size_t i = 0; i < seen.n; i++) {
            const struct op *op = &seen.items[i].op;
            if (seen.items[i].page != page)
                continue;
            if (op->kind == OP_RECT && fabsf(op->w - house()->note.rule) < 0.01F)
                rule = op->y;
            if (op->kind == OP_TEXT && str_starts(op->text, STR("p")))
                lowest = fmaxf(lowest, op->y);
        }
        assert_true(rule > lowest);
    }
    for (unsigned i = 1; i <= n; i++) {
        assert_int_equal(count_text(&seen, arena_printf(b.arena, "note%u.", i)), 1);
        assert_int_equal(find_text(&seen, arena_printf(b.arena, "note%u.", i)).page,
                         find_op(&seen, OP_ANCHOR, arena_printf(b.arena, "fnref:%u", i), 0).page);
    }
    assert_true(seen.pages > 1);
}

static void a_rule_between_columns(void **state)
{
    (void)state;
    struct block *group = section("2");
    lines("w", 10);
    build_close(&b, group);
    struct seen local;
    see_with(&local, &b.doc, NULL, house_with(b.arena, "[distance]\ncolumn-rule = 0.5\n"));
    size_t rules = 0;
    for (size_t i = 0; i < local.n; i++) {
        const struct op *op = &local.items[i].op;
        if (op->kind != OP_RECT || fabsf(op->w - 0.5F) > 0.001F)
            continue;
        rules++;
        assert_true(fabsf(op->x + 0.25F - house()->page.width / 2) < 0.01F);
        assert_true(fabsf(op->h - 5 * grid()) < 0.01F);
    }
    assert_int_equal(rules, 1);
    seen_end(&local);
}

/* How often a word stands in any text. */
static size_t said(const char *word)
{
    struct buf all = {0};
    size_t n = 0;
    for (size_t i = 0; i < seen.n; i++)
        if (seen.items[i].op.kind == OP_TEXT)
            buf_str(&all, seen.items[i].op.text);
    for (size_t at_byte = 0; (at_byte = str_find(buf_view(&all), str_from(word), at_byte)) != SIZE_MAX; at_byte++)
        n++;
    buf_free(&all);
    return n;
}

/* Numbers of columns that cannot be, and columns where none can be. */
static void what_cannot_be_is_named(void **state)
{
    (void)state;
    static const char *const wrong[] = {"0", "100", "NaN", "-2", "99999999999999999999", "2.5"};
    build_end(&b);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        build_begin(&b);
        struct block *group = section(wrong[i]);
        lines("w", 30);
        build_close(&b, group);
        lay();
        assert_int_equal(count_diag(&seen, "columns"), 1);
        for (size_t k = 0; k < 30; k++)
            assert_int_equal(said(arena_printf(b.arena, "w%zu.", k)), 1);
        seen_end(&seen);
        build_end(&b);
    }
    build_begin(&b);
    struct block *outer = section("2"), *inner = section("2");
    lines("w", 4);
    build_close(&b, inner);
    build_close(&b, outer);
    struct block *quote = build_open(&b, BLOCK_QUOTE);
    inner = section("2");
    lines("v", 4);
    build_close(&b, inner);
    build_close(&b, quote);
    struct block *empty = section("2");
    build_close(&b, empty);
    lay();
    assert_int_equal(count_diag(&seen, "columns"), 2);
    assert_true(at("w", 2).x > at("w", 0).x + column());
    for (size_t i = 0; i < seen.n; i++)
        if (seen.items[i].op.kind == OP_TEXT && str_starts(seen.items[i].op.text, STR("v")))
            assert_true(seen.items[i].op.x < house()->page.left + 30);
}

static void one_line_and_page_breaks(void **state)
{
    (void)state;
    struct block *group = section("3");
    build_paragraph(&b, "", "alone");
    build_close(&b, group);
    group = section("2");
    lines("w", 6);
    build_block(&b, BLOCK_PAGE_BREAK);
    lines("v", 6);
    build_close(&b, group);
    lay();
    assert_int_equal(find_text(&seen, "alone").page, 1);
    assert_true(fabsf(at("w", 3).y - at("w", 0).y) < 0.01F); /* even before the break */
    assert_int_equal(at("v", 0).page, 2);
    assert_true(at("v", 3).x > at("v", 0).x + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(columns_are_even_and_read_in_order, setup, teardown),
        cmocka_unit_test_setup_teardown(row_34_baselines_align_across_columns, setup, teardown),
        cmocka_unit_test_setup_teardown(section_over_pages, setup, teardown),
        cmocka_unit_test_setup_teardown(headings_keep_with_lines, setup, teardown),
        cmocka_unit_test_setup_teardown(objects_have_the_width_of_a_column, setup, teardown),
        cmocka_unit_test_setup_teardown(notes_of_columns, setup, teardown),
        cmocka_unit_test_setup_teardown(a_rule_between_columns, setup, teardown),
        cmocka_unit_test_setup_teardown(what_cannot_be_is_named, setup, teardown),
        cmocka_unit_test_setup_teardown(one_line_and_page_breaks, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
