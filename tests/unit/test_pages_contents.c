/* Tables of contents, lists of figures and tables, and the numbers of headings, captions and list items. */
#include "house.h"
#include "layout/flow.h"
#include "pages_fixture.h"

#include <math.h>

static void assert_near(float a, float want)
{
    if (fabsf(a - want) > 0.02F)
        fail_msg("%g is not %g", (double)a, (double)want);
}

static struct block *heading(int level, const char *text, const char *anchor)
{
    struct block *block = build_heading(&b, level, text);
    block->anchor = str_from(anchor);
    return block;
}

static void set_option(struct block *block, const char *key, const char *value)
{
    block->options = ARENA_NEW(b.arena, struct block_option);
    block->options[0] = (struct block_option){str_from(key), str_from(value)};
    block->n_options = 1;
}

static float right_edge(void)
{
    return house()->page.width - house()->page.right;
}

static void contents_have_pages_leaders_and_links(void **state)
{
    (void)state;
    set_option(build_contents(&b, "toc"), "title", "Contents");
    build_block(&b, BLOCK_PAGE_BREAK);
    heading(1, "Alpha", "alpha");
    heading(2, "Beta", "beta");
    heading(3, "Gamma", "gamma"); /* below the two levels that are listed */
    for (int i = 0; i < 11; i++)
        build_block(&b, BLOCK_PAGE_BREAK), build_paragraph(&b, "", "text");
    heading(1, "Delta", "delta");
    lay();
    struct found alpha = find_text(&seen, "Alpha"), beta = find_text(&seen, "Beta"), delta = find_text(&seen, "Delta");
    assert_int_equal(find_text(&seen, "Contents").page, 1);
    assert_int_equal(alpha.page, 1);
    assert_int_equal(count_text(&seen, "Gamma"), 1);
    assert_near(beta.x - alpha.x, style_find(house(), STR("toc-2"))->left);
    /* numbers end at the right edge, on the line's baseline */
    struct found two = find_op(&seen, OP_TEXT, "2", 0), thirteen = find_op(&seen, OP_TEXT, "13", 0);
    assert_near(two.y, alpha.y);
    assert_near(two.x + two.w, right_edge());
    assert_near(thirteen.y, delta.y);
    assert_near(thirteen.x + thirteen.w, right_edge());
    /* a line is a link as wide as the measure */
    struct found link = find_op(&seen, OP_LINK, "#delta", 0);
    assert_int_equal(link.page, 1);
    assert_near(link.x + link.w, right_edge());
    assert_true(link.y < delta.y && link.y + link.h > delta.y);
    assert_int_equal(seen.diag.n, 0);
}

/* Dots of all lines stand on one grid, clear of title and number. */
static void row24_leaders_stand_below_each_other(void **state)
{
    (void)state;
    build_contents(&b, "toc");
    heading(1, "A", "a");
    heading(2, "A longer title", "b");
    lay();
    size_t n = 0;
    for (size_t i = 0; i < seen.n; i++) {
        const struct op *op = &seen.items[i].op;
        if (op->kind != OP_LINE)
            continue;
        struct found title = find_text(&seen, n ? "A longer" : "A");
        assert_near(fmodf(op->x, op->dash + op->gap), 0);
        assert_true(op->x > title.x + title.w + 2);
        assert_true(op->x + op->w < find_op(&seen, OP_TEXT, "1", n).x - 2);
        assert_true(seen.items[i].op.artifact); /* no dots in copied text */
        n++;
    }
    assert_int_equal(n, 2);
}

static void a_long_title_turns_over_before_the_numbers(void **state)
{
    (void)state;
    struct buf text = {0};
    for (int i = 0; i < 1000; i++)
        buf_printf(&text, "wordswrds ");
    build_contents(&b, "toc");
    heading(1, text.p, "long"); /* 10,000 characters */
    lay();
    size_t lines = 0;
    struct found first = find_text(&seen, "wordswrds"), line;
    while ((line = find_op(&seen, OP_TEXT, "wordswrds", lines)).page == 1 && lines < 20) {
        assert_true(line.x + line.w < right_edge() - 30);
        assert_near(line.x, first.x);
        lines++;
    }
    assert_int_equal(lines, 20);
    buf_free(&text);
}

static void five_thousand_headings(void **state)
{
    (void)state;
    build_contents(&b, "toc");
    for (int i = 0; i < 5000; i++) {
        char *name = arena_printf(b.arena, "h%d.", i);
        heading(1 + i % 2, name, name);
    }
    fake_sets = 0;
    lay();
    assert_true(fake_sets < 100000);
    assert_int_equal(count_text(&seen, "h4999."), 2);
    assert_int_equal(count_diag(&seen, "moved-pages"), 0);
    char page[16];
    snprintf(page, sizeof page, "%d", seen.pages);
    bool found = false;
    struct found entry = find_text(&seen, "h4999."), number;
    for (size_t k = 0; (number = find_op(&seen, OP_TEXT, page, k)).page; k++)
        found = found || (number.page == entry.page && fabsf(number.y - entry.y) < 0.02F);
    assert_true(found);
}

static void lists_of_tables_and_figures(void **state)
{
    (void)state;
    build_contents(&b, "tables");
    build_contents(&b, "figures");
    build_block(&b, BLOCK_PAGE_BREAK);
    build_paragraph(&b, "caption", "Of a table")->anchor = STR("t1");
    build_paragraph(&b, "unit", "(unit)");
    build_table(&b, 1, 2, NULL);
    build_chart(&b, 2)->anchor = STR("f1");
    build_paragraph(&b, "caption", "Of a chart")->anchor = STR("f2");
    build_chart(&b, 2); /* has a caption already */
    build_paragraph(&b, "figure", "Picture")->anchor = STR("f3");
    const struct style_sheet *sheet =
        lay_styled("[style caption]\nnumber = <표 1>\n[style figure]\nnumber = [그림 1]\n");
    const char *const want[] = {"<표 1> Of a table", "[그림 1] Chart", "[그림 2] Of a chart", "[그림 3] Picture"};
    for (size_t i = 0; i < 4; i++) {
        struct found entry = find_text(&seen, want[i]);
        assert_int_equal(entry.page, 1);
        assert_int_equal(find_op(&seen, OP_TEXT, want[i], 1).page, 2);
        assert_near(entry.x, sheet->page.left);
    }
    assert_int_equal(count_text(&seen, "Chart"), 1); /* the second chart's own title, without a number */
    assert_near(find_text(&seen, "(unit)").y, find_op(&seen, OP_TEXT, "<표 1>", 1).y);
}

/* A list of figures gives a chart an anchor: that is nothing above its title. */
static void an_anchor_at_the_top_of_a_page_adds_no_gap(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        build_block(&b, BLOCK_PAGE_BREAK);
        struct block *chart = build_chart(&b, 2);
        if (i)
            chart->anchor = STR("f1");
    }
    lay();
    struct found plain = find_op(&seen, OP_TEXT, "Chart", 0), named = find_op(&seen, OP_TEXT, "Chart", 1);
    assert_int_equal(plain.page, 1);
    assert_int_equal(named.page, 2);
    assert_near(named.y, plain.y);
}

static void no_numbers_unless_the_sheet_says_so(void **state)
{
    (void)state;
    heading(1, "Chapter", "c");
    build_paragraph(&b, "caption", "Of a table");
    build_table(&b, 1, 2, NULL);
    lay();
    assert_int_equal(count_text(&seen, "Chapter"), 1);
    assert_int_equal(count_text(&seen, "Of a table"), 1);
}

static void headings_are_numbered_by_level(void **state)
{
    (void)state;
    static const struct {
        int level;
        const char *text, *want;
    } headings[] = {{1, "one", "제1장 one"}, {2, "first", "가. first"}, {2, "second", "나. second"},
                    {3, "plain", "plain"},   {1, "two", "제2장 two"},   {2, "again", "가. again"},
                    {4, "deep", "I deep"},   {4, "deeper", "II deeper"}};
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
        heading(headings[i].level, headings[i].text, headings[i].text);
    lay_styled("[style h1]\nnumber = 제1장\n[style h2]\nnumber = 가.\n[style h4]\nnumber = Ⅰ\n");
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++) {
        assert_int_equal(find_text(&seen, headings[i].want).page, 1);
        assert_int_equal(find_op(&seen, OP_OUTLINE, headings[i].want, 0).page, 1);
    }
}

static void nothing_to_list_is_said(void **state)
{
    (void)state;
    set_option(build_contents(&b, "toc"), "title", "Contents");
    set_option(build_contents(&b, "figures"), "levels", "7");
    lay();
    assert_int_equal(seen.pages, 1);
    assert_int_equal(count_diag(&seen, "empty-contents"), 2);
    assert_int_equal(count_diag(&seen, "contents-levels"), 1);
    assert_int_equal(count_text(&seen, "Contents"), 0);
}

static void contents_in_a_list_stay_in_their_measure(void **state)
{
    (void)state;
    struct block *list = build_open(&b, BLOCK_LIST);
    struct block *item = build_open(&b, BLOCK_ITEM);
    build_contents(&b, "toc");
    build_close(&b, item);
    build_close(&b, list);
    heading(1, "Alpha", "alpha");
    lay();
    struct found mark = find_text(&seen, "○"), alpha = find_text(&seen, "Alpha");
    assert_near(mark.y, alpha.y);
    assert_true(alpha.x > mark.x + mark.w);
    assert_near(find_op(&seen, OP_TEXT, "1", 0).x + find_op(&seen, OP_TEXT, "1", 0).w, right_edge());
}

/* ---- lists ---- */

static struct block *open_list(const char *style, bool ordered, int start)
{
    struct block *list = build_open(&b, BLOCK_LIST);
    list->style = str_from(style);
    list->ordered = ordered;
    list->start = start;
    return list;
}

static void item(const char *text)
{
    struct block *entry = build_open(&b, BLOCK_ITEM);
    build_paragraph(&b, "", text);
    build_close(&b, entry);
}

static void row22_gaejosik_marks_by_level(void **state)
{
    (void)state;
    static const char *const marks[] = {"□", "○", "-", "※", "※"}, *const texts[] = {"t0", "t1", "t2", "t3", "t4"};
    struct block *list[5], *entry[5];
    for (size_t i = 0; i < 5; i++) {
        list[i] = open_list(i ? "" : "gaejosik", false, 0);
        entry[i] = build_open(&b, BLOCK_ITEM);
        build_paragraph(&b, "", texts[i]);
    }
    for (size_t i = 5; i-- > 0;) {
        build_close(&b, entry[i]);
        build_close(&b, list[i]);
    }
    struct block *plain = open_list("", false, 0);
    item("plain");
    build_close(&b, plain);
    lay();
    for (size_t i = 0; i < 5; i++) {
        struct found mark = find_op(&seen, OP_TEXT, marks[i], i == 4), text = find_text(&seen, texts[i]);
        assert_near(mark.y, text.y);
        assert_true(text.x >= mark.x + mark.w + 3);
        if (i)
            assert_near(mark.x, find_text(&seen, texts[i - 1]).x); /* a mark stands under the text above */
        const struct text_style *style = &house()->lists[1].styles[i < 4 ? i : 3]->text;
        assert_near(text.w, 2 * style->size / 2); /* … in the size of its level */
        assert_near(mark.w, (i == 2 ? 0.5F : 1) * style->size);
    }
    assert_near(find_op(&seen, OP_TEXT, "○", 1).y, find_text(&seen, "plain").y); /* the next list is a plain one */
}

static void a_sheet_names_its_own_lists(void **state)
{
    (void)state;
    struct block *list = open_list("steps", true, 9), *inner;
    struct block *entry = build_open(&b, BLOCK_ITEM);
    build_paragraph(&b, "", "nine");
    inner = open_list("", true, 1);
    item("inner");
    build_close(&b, inner);
    build_close(&b, entry);
    item("ten");
    build_close(&b, list);
    list = open_list("small", false, 0);
    item("in a paragraph style");
    build_close(&b, list);
    list = open_list("nowhere", false, 0);
    item("unknown");
    build_close(&b, list);
    lay_styled("[list steps]\nnumbers = 제1단계 ①\n[style small]\nbased-on = body\nsize = 8\n");
    struct found nine = find_text(&seen, "제9단계"), ten = find_text(&seen, "제10단계");
    assert_near(nine.x + nine.w, ten.x + ten.w); /* marks end together */
    assert_near(find_text(&seen, "①").y, find_text(&seen, "inner").y);
    assert_near(find_text(&seen, "in a paragraph style").w, 20 * 4);
    assert_int_equal(count_diag(&seen, "unknown-style"), 1);
    assert_int_equal(find_text(&seen, "unknown").page, 1);
}

static void numbers_count_as_offices_do(void **state)
{
    (void)state;
    static const struct {
        const char *form;
        unsigned long number;
        const char *mark;
        bool counts;
    } cases[] = {
        {"1.", 1000000, "1000000.", true},
        {"(1)", 12, "(12)", true},
        {"①", 20, "⑳", true},
        {"①", 21, "㉑", true},
        {"①", 36, "㊱", true},
        {"①", 50, "㊿", true},
        {"①", 51, "51", true},
        {"(가)", 3, "(다)", true},
        {"가)", 85, "85)", true},
        {"Ⅰ.", 4, "IV.", true},
        {"Ⅰ.", 399, "CCCXCIX.", true},
        {"Ⅰ.", 400, "400.", true},
        {"제1장", 3, "제3장", true},
        {"<표 1>", 7, "<표 7>", true},
        {"[그림 1]", 2, "[그림 2]", true},
        {"□", 5, "□", false},
        {"※", 1, "※", false},
        {"", 1, "", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char mark[MARK_SIZE];
        assert_int_equal(mark_text(cases[i].form, cases[i].number, mark), cases[i].counts);
        assert_string_equal(mark, cases[i].mark);
    }
}

static void the_millionth_item(void **state)
{
    (void)state;
    struct block *list = open_list("", true, 999999);
    item("before");
    item("after");
    build_close(&b, list);
    lay();
    struct found mark = find_text(&seen, "1000000."), text = find_text(&seen, "after");
    assert_true(mark.page == 1 && text.x >= mark.x + mark.w + 3);
    assert_near(mark.x + mark.w, find_text(&seen, "999999.").x + find_text(&seen, "999999.").w);
}

static void a_mark_too_wide_is_said(void **state)
{
    (void)state;
    struct block *list = open_list("huge", true, 1);
    item("text");
    build_close(&b, list);
    lay_styled("[list huge]\nnumbers = aaaaaaaaaaaaaaaaaa1aaaaaaaaaaaaaaaaaaaa\nstyles = big\n"
               "[style big]\nbased-on = body\nsize = 60\nleading = 70\n");
    assert_int_equal(count_diag(&seen, "mark-cut"), 1);
    assert_int_equal(find_text(&seen, "text").page, 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(contents_have_pages_leaders_and_links),
        TEST(row24_leaders_stand_below_each_other),
        TEST(a_long_title_turns_over_before_the_numbers),
        TEST(five_thousand_headings),
        TEST(lists_of_tables_and_figures),
        TEST(an_anchor_at_the_top_of_a_page_adds_no_gap),
        TEST(no_numbers_unless_the_sheet_says_so),
        TEST(headings_are_numbered_by_level),
        TEST(nothing_to_list_is_said),
        TEST(contents_in_a_list_stay_in_their_measure),
        TEST(row22_gaejosik_marks_by_level),
        TEST(a_sheet_names_its_own_lists),
        TEST(numbers_count_as_offices_do),
        TEST(the_millionth_item),
        TEST(a_mark_too_wide_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
