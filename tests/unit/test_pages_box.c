/* What a style puts round its paragraph: indents, grounds, rules, padding, on one page and over page breaks;
 * quotations, call-outs and covers. */
#include "house.h"
#include "pages_fixture.h"

#include <math.h>

static void assert_near(float a, float want)
{
    if (fabsf(a - want) > 0.02F)
        fail_msg("%g is not %g", (double)a, (double)want);
}

/* The k-th rectangle of that colour. */
static struct found rect(unsigned red, size_t k)
{
    for (size_t i = 0; i < seen.n; i++) {
        const struct op *op = &seen.items[i].op;
        if (op->kind == OP_RECT && op->colour.r == red && !k--)
            return (struct found){seen.items[i].page, op->x, op->y, op->w, op->h, op->artifact};
    }
    return (struct found){0};
}

static float right_edge(const struct style_sheet *sheet)
{
    return sheet->page.width - sheet->page.right;
}

static void a_left_indent_moves_text(void **state)
{
    (void)state;
    build_paragraph(&b, "inner", "one");
    build_heading(&b, 2, "two");
    const struct style_sheet *sheet = lay_styled("[style inner]\nbased-on = body\nleft = 30\nright = 50\n"
                                                 "[style h2]\nleft = 12\n");
    assert_near(find_text(&seen, "one").x, sheet->page.left + 30);
    assert_near(find_text(&seen, "two").x, sheet->page.left + 12);
}

static void a_measure_with_indents_has_shorter_lines(void **state)
{
    (void)state;
    /* ten ASCII characters of a size of 10 are 50 points: 160 points hold three words and no fourth */
    build_paragraph(&b, "narrow", "aaaaaaaaa bbbbbbbbb ccccccccc ddddddddd");
    const struct style_sheet *sheet = lay_styled("[page]\nwidth = 380\nleft = 50\nright = 50\n"
                                                 "[style narrow]\nbased-on = body\nsize = 10\nleft = 60\nright = 60\n");
    struct found first = find_text(&seen, "aaaaaaaaa"), last = find_text(&seen, "ddddddddd");
    assert_near(first.x, sheet->page.left + 60);
    assert_near(last.x, first.x);
    assert_true(last.y > first.y);
}

static void a_ground_reaches_round_its_text(void **state)
{
    (void)state;
    build_paragraph(&b, "", "before");
    build_paragraph(&b, "call", "inside");
    build_paragraph(&b, "", "after");
    const struct style_sheet *sheet =
        lay_styled("[style call]\nbased-on = body\nfill = #010203\npad = 9\nleft = 20\nright = 10\n"
                   "rule-left = 3 #040506\nrule-top = 1 #070809\nrule-bottom = 2 #0a0b0c\nbefore = 11\nafter = 13\n");
    const struct block_style *style = style_find(sheet, STR("call"));
    struct found ground = rect(1, 0), bar = rect(4, 0), top = rect(7, 0), bottom = rect(10, 0);
    struct found text = find_text(&seen, "inside"), before = find_text(&seen, "before"),
                 after = find_text(&seen, "after");
    float leading = style->text.leading, baseline = style_baseline(&style->text);
    assert_near(ground.x, sheet->page.left + 20);
    assert_near(ground.x + ground.w, right_edge(sheet) - 10);
    assert_near(ground.h, 1 + 9 + leading + 9 + 2);
    assert_near(bar.x, ground.x);
    assert_near(bar.w, 3);
    assert_near(bar.y, ground.y);
    assert_near(bar.h, ground.h);
    assert_near(top.y, ground.y);
    assert_near(top.h, 1);
    assert_near(top.w, ground.w);
    assert_near(bottom.y + bottom.h, ground.y + ground.h);
    assert_near(bottom.h, 2);
    assert_near(text.x, ground.x + 3 + 9);
    assert_near(text.y, ground.y + 1 + 9 + baseline);
    assert_near(ground.y, before.y - baseline + leading + 11); /* the larger of its before and the other's after */
    assert_near(after.y, ground.y + ground.h + 13 + baseline);
}

static void a_rule_alone_pads_on_its_own_side(void **state)
{
    (void)state;
    build_heading(&b, 1, "title");
    const struct style_sheet *sheet = lay_styled("[style h1]\npad = 5\nrule-bottom = 2 #0a0b0c\n");
    const struct text_style *text = &sheet->styles[STYLE_H1].text;
    struct found title = find_text(&seen, "title"), rule = rect(10, 0);
    assert_near(title.x, sheet->page.left);
    assert_near(title.y, sheet->page.top + style_baseline(text));
    assert_near(rule.y, sheet->page.top + text->leading + 5);
    assert_near(rule.x + rule.w, right_edge(sheet));
}

/* On each page the ground ends below its last line, with the padding; rules stand at the true ends alone. */
static void a_ground_goes_on_over_pages(void **state)
{
    (void)state;
    build_lines(&b, "call", 120);
    const struct style_sheet *sheet = lay_styled("[style call]\nbased-on = body\nfill = #010203\npad = 9\n"
                                                 "rule-top = 1 #070809\nrule-bottom = 2 #0a0b0c\n");
    assert_true(seen.pages >= 3);
    const float bottom = sheet->page.height - sheet->page.bottom,
                leading = style_find(sheet, STR("call"))->text.leading;
    for (int page = 1; page <= seen.pages; page++) {
        struct found ground = rect(1, (size_t)page - 1);
        float first = 1e6F, last = 0, lines = 0;
        assert_int_equal(ground.page, page);
        for (size_t i = 0; i < seen.n; i++) {
            const struct op *op = &seen.items[i].op;
            if (seen.items[i].page != page || op->kind != OP_TEXT || op->artifact)
                continue;
            first = fminf(first, op->y);
            last = fmaxf(last, op->y);
            lines++;
        }
        float baseline = style_baseline(&style_find(sheet, STR("call"))->text);
        assert_near(first - baseline, ground.y + 9 + (page == 1 ? 1 : 0));
        assert_near(last - baseline + leading, ground.y + ground.h - 9 - (page == seen.pages ? 2 : 0));
        assert_near(ground.y, sheet->page.top);
        assert_true(ground.y + ground.h <= bottom + 0.02F);
        assert_true(page == seen.pages || ground.y + ground.h > bottom - 2 * leading); /* the page is used */
    }
    assert_int_equal(rect(1, (size_t)seen.pages).page, 0);
    assert_int_equal(rect(7, 0).page, 1);
    assert_int_equal(rect(7, 1).page, 0);
    assert_int_equal(rect(10, 0).page, seen.pages);
    assert_int_equal(rect(10, 1).page, 0);
}

static void page_before_begins_a_page(void **state)
{
    (void)state;
    build_heading(&b, 1, "first");
    build_paragraph(&b, "", "text");
    build_heading(&b, 1, "second");
    lay_styled("[style h1]\npage-before = yes\n");
    assert_int_equal(find_text(&seen, "first").page, 1);
    assert_int_equal(find_text(&seen, "second").page, 2);
}

static void row20_keep_lines_keeps_them(void **state)
{
    (void)state;
    build_lines(&b, "", 40);
    build_lines(&b, "whole", 8);
    lay_styled("[style whole]\nbased-on = body\nkeep-lines = yes\nfill = #010203\n");
    assert_int_equal(rect(1, 0).page, 2); /* 40 of 43 lines, then 8 in one piece */
    assert_int_equal(rect(1, 1).page, 0);
}

static void row20_keep_next_goes_along(void **state)
{
    (void)state;
    build_lines(&b, "", 40);
    build_lines(&b, "led", 3);
    build_lines(&b, "", 2);
    lay_styled("[style led]\nbased-on = body\nkeep-next = yes\nkeep-lines = yes\nfill = #010203\npad = 4\n");
    assert_int_equal(rect(1, 0).page, 2);
}

static void row20_keep_previous_stays_below_its_table(void **state)
{
    (void)state;
    build_lines(&b, "", 37);
    build_table(&b, 2, 2, NULL);
    build_paragraph(&b, "small", "remark");
    lay_styled("[style small]\nbased-on = body\nkeep-previous = yes\nbefore = 4\nfill = #010203\npad = 3\n");
    assert_int_equal(find_text(&seen, "remark").page, find_text(&seen, "r1c0").page);
    const struct text_style *cell = &house()->styles[STYLE_CELL].text;
    float row_end = cell->leading - style_baseline(cell) + house()->tables[0].pad_y + house()->tables[0].end.width;
    assert_near(rect(1, 0).y, find_text(&seen, "r1c0").y + row_end + 4); /* its own gap, not the table's */
}

static void no_room_is_said_and_the_text_is_there(void **state)
{
    (void)state;
    build_paragraph(&b, "wide", "left");
    build_paragraph(&b, "fat", "fat");
    build_lines(&b, "tall", 60);
    const struct style_sheet *sheet =
        lay_styled("[style wide]\nbased-on = body\nleft = 900\nfill = #010203\n"
                   "[style fat]\nbased-on = body\nfill = #010203\npad = 2000\n"
                   "[style tall]\nbased-on = body\nrule-top = 20 #010203\nrule-bottom = 20 #010203\npad = 300\n");
    assert_near(find_text(&seen, "left").x, sheet->page.left);
    assert_near(find_text(&seen, "fat").x, sheet->page.left);
    assert_int_equal(find_text(&seen, "line59").page, seen.pages);
    assert_int_equal(rect(1, 0).page, 0);
    assert_int_equal(count_diag(&seen, "style-room"), 1);
}

static struct block *open_box(const char *style, const char *title)
{
    struct block *box = build_open(&b, BLOCK_BOX);
    box->style = str_from(style);
    if (title) {
        box->options = ARENA_NEW(b.arena, struct block_option);
        box->options[0] = (struct block_option){STR("title"), str_from(title)};
        box->n_options = 1;
    }
    return box;
}

#define BOX                                                                                                            \
    "[style box]\nbased-on = body\nfill = #010203\npad = 10\nsize = 9\n[style inner]\nbased-on = box\nfill = "         \
    "#040506\n"

static void a_call_out_holds_any_block(void **state)
{
    (void)state;
    struct block *box = open_box("box", "Summary");
    build_paragraph(&b, "", "plain");
    struct block *list = build_open(&b, BLOCK_LIST);
    struct block *item = build_open(&b, BLOCK_ITEM);
    build_paragraph(&b, "", "entry");
    build_close(&b, item);
    build_close(&b, list);
    build_table(&b, 2, 2, NULL);
    struct block *inner = open_box("inner", NULL);
    build_paragraph(&b, "", "deep");
    build_close(&b, inner);
    build_chart(&b, 2);
    build_close(&b, box);
    build_paragraph(&b, "", "outside");
    const struct style_sheet *sheet = lay_styled(BOX);
    struct found ground = rect(1, 0), second = rect(4, 0);
    assert_near(find_text(&seen, "Summary").x, sheet->page.left + 10);
    assert_near(find_text(&seen, "plain").x, sheet->page.left + 10);
    assert_near(find_text(&seen, "plain").w, 5 * 4.5F); /* in the size of the box */
    assert_near(find_text(&seen, "outside").w, 7 * sheet->styles[STYLE_BODY].text.size / 2);
    assert_near(find_text(&seen, "deep").x, sheet->page.left + 20);
    assert_true(second.x >= ground.x + 10 && second.x + second.w <= ground.x + ground.w - 10 + 0.02F);
    assert_true(second.y > ground.y && second.y + second.h < ground.y + ground.h);
    assert_true(find_text(&seen, "bar1").y < ground.y + ground.h - 10);
    assert_true(find_text(&seen, "outside").y > ground.y + ground.h);
    assert_near(find_text(&seen, "Summary").y - style_baseline(&sheet->styles[STYLE_BOX_TITLE].text), ground.y + 10);
}

/* Both grounds go on below a page break, the inner one inside the outer one's padding. */
static void nested_call_outs_break_over_pages(void **state)
{
    (void)state;
    struct block *box = open_box("box", NULL), *inner = open_box("inner", NULL);
    build_lines(&b, "", 100);
    build_close(&b, inner);
    build_close(&b, box);
    const struct style_sheet *sheet = lay_styled(BOX);
    assert_true(seen.pages >= 2);
    for (size_t i = 0; i < (size_t)seen.pages; i++) {
        struct found out = rect(1, i), in = rect(4, i);
        assert_int_equal(out.page, i + 1);
        assert_int_equal(in.page, i + 1);
        assert_near(in.y, out.y + 10);
        assert_near(in.y + in.h, out.y + out.h - 10);
        assert_true(out.y + out.h <= sheet->page.height - sheet->page.bottom + 0.02F);
    }
}

static void a_call_out_is_kept_whole_where_it_fits(void **state)
{
    (void)state;
    build_lines(&b, "", 35);
    struct block *box = open_box("box", NULL);
    build_lines(&b, "", 5);
    build_lines(&b, "", 5);
    build_close(&b, box);
    lay_styled(BOX);
    assert_int_equal(rect(1, 0).page, 2);
    assert_int_equal(rect(1, 1).page, 0);
}

/* A box that fits no page is divided, but not the small table or the "keep" group in it. */
static void what_a_long_call_out_holds_stays_whole(void **state)
{
    (void)state;
    struct block *box = open_box("box", NULL);
    build_lines(&b, "", 34);
    build_table(&b, 8, 2, NULL);
    build_lines(&b, "", 18);
    struct block *keep = build_open(&b, BLOCK_GROUP);
    keep->style = STR("keep");
    for (int i = 0; i < 12; i++)
        build_paragraph(&b, "", arena_printf(b.arena, "kept%d.", i));
    build_close(&b, keep);
    build_lines(&b, "", 60);
    build_close(&b, box);
    lay_styled(BOX);
    assert_int_equal(find_text(&seen, "r0c0").page, 2);
    assert_int_equal(find_text(&seen, "r7c0").page, 2);
    assert_int_equal(find_text(&seen, "kept0.").page, find_text(&seen, "kept11.").page);
    assert_int_equal(find_text(&seen, "line33").page, 1);
}

/* 24 of 43 lines leave enough room for a box to be parted, unless its style keeps its lines. */
static void keep_lines_keeps_a_call_out(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        build_lines(&b, "", 24);
        struct block *box = open_box(i ? "whole" : "box", NULL);
        build_lines(&b, "", 12);
        build_lines(&b, "", 12);
        build_close(&b, box);
        build_block(&b, BLOCK_PAGE_BREAK);
    }
    lay_styled(BOX "[style whole]\nbased-on = box\nfill = #040506\nkeep-lines = yes\n");
    assert_int_equal(rect(1, 0).page, 1);
    assert_int_equal(rect(1, 1).page, 2);
    assert_int_equal(rect(4, 0).page, 4);
    assert_int_equal(rect(4, 1).page, 0);
}

static void an_empty_call_out_is_nothing(void **state)
{
    (void)state;
    build_close(&b, open_box("box", NULL));
    build_close(&b, open_box("nowhere", "title"));
    lay_styled(BOX);
    assert_int_equal(count_diag(&seen, "unknown-style"), 1);
    assert_int_equal(rect(1, 0).page, 1);
    assert_int_equal(rect(1, 1).page, 0);
}

static void boxes_without_end_inside_each_other(void **state)
{
    (void)state;
    struct block *open[300];
    for (size_t i = 0; i < 300; i++)
        open[i] = i % 2 ? open_box("box", NULL) : open_box("ruled", NULL);
    build_lines(&b, "", 90);
    for (size_t i = 300; i-- > 0;)
        build_close(&b, open[i]);
    const struct style_sheet *sheet = lay_styled(BOX "[style ruled]\nbased-on = body\nrule-top = 1 #070809\npad = 2\n");
    assert_int_equal(find_text(&seen, "line89").page, seen.pages);
    for (size_t i = 0; i < seen.n; i++) {
        const struct op *op = &seen.items[i].op;
        assert_true(op->artifact || op->y <= sheet->page.height - sheet->page.bottom + 0.02F);
    }
    assert_int_equal(count_diag(&seen, "style-room"), 1);
}

static void a_quotation_has_the_look_of_its_style(void **state)
{
    (void)state;
    struct block *quote = build_open(&b, BLOCK_QUOTE);
    build_paragraph(&b, "", "words");
    build_close(&b, quote);
    const struct style_sheet *sheet =
        lay_styled("[style quote]\nsize = 8\nfill = #010203\npad = 6\nrule-left = 4 #040506\n");
    struct found ground = rect(1, 0), bar = rect(4, 0), text = find_text(&seen, "words");
    assert_near(text.w, 5 * 4);
    assert_near(text.x, sheet->page.left + 4 + 6);
    assert_near(bar.h, ground.h);
    assert_near(ground.h, sheet->styles[STYLE_QUOTE].text.leading + 12);
}

static void a_list_mark_stands_beside_the_text_of_a_box(void **state)
{
    (void)state;
    struct block *list = build_open(&b, BLOCK_LIST);
    struct block *item = build_open(&b, BLOCK_ITEM);
    struct block *box = open_box("box", NULL);
    build_paragraph(&b, "", "boxed");
    struct block *inner = build_open(&b, BLOCK_LIST);
    struct block *entry = build_open(&b, BLOCK_ITEM);
    build_paragraph(&b, "", "listed");
    build_close(&b, entry);
    build_close(&b, inner);
    build_close(&b, box);
    build_close(&b, item);
    build_close(&b, list);
    lay_styled(BOX);
    assert_near(find_text(&seen, "○").y, find_text(&seen, "boxed").y);
    assert_near(find_op(&seen, OP_TEXT, "○", 1).y, find_text(&seen, "listed").y); /* a list in a box begins anew */
}

static void a_cover_is_a_page_of_its_own(void **state)
{
    (void)state;
    b.doc.running_head = STR("running head");
    struct block *cover = build_open(&b, BLOCK_COVER);
    build_paragraph(&b, "cover-title", "Report");
    build_paragraph(&b, "cover-date", "2024. 7. 15.");
    build_paragraph(&b, "cover-org", "Office");
    build_close(&b, cover);
    build_paragraph(&b, "", "body");
    build_block(&b, BLOCK_PAGE_BREAK);
    build_paragraph(&b, "", "more");
    lay();
    const struct page_style *page = &house()->page;
    struct found title = find_text(&seen, "Report"), date = find_text(&seen, "2024"), org = find_text(&seen, "Office");
    assert_int_equal(title.page, 1);
    assert_int_equal(find_text(&seen, "body").page, 2);
    assert_true(title.y > page->height / 4 && title.y < page->height / 2);
    assert_true(date.y > page->height * 3 / 4 && org.y > date.y);
    const struct text_style *style = &style_find(house(), STR("cover-org"))->text;
    assert_near(org.y, page->height - page->bottom - style->leading + style_baseline(style));
    for (size_t i = 0; i < seen.n; i++)
        assert_true(seen.items[i].page > 1 || seen.items[i].op.kind != OP_TEXT || !seen.items[i].op.artifact);
    assert_int_equal(find_text(&seen, "- 2 -").page, 2);
    assert_int_equal(find_op(&seen, OP_TEXT, "running head", 0).page, 2);
    assert_int_equal(seen.diag.n, 0);
}

static void two_covers_are_said(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct block *cover = build_open(&b, BLOCK_COVER);
        build_paragraph(&b, "cover-title", i ? "again" : "once");
        build_lines(&b, "cover-org", i ? 60 : 1);
        build_close(&b, cover);
    }
    build_paragraph(&b, "", "body");
    lay();
    assert_int_equal(find_text(&seen, "again").page, 2);
    assert_int_equal(find_text(&seen, "body").page, seen.pages);
    assert_true(seen.pages > 3); /* what does not fit on one page goes on */
    assert_int_equal(count_diag(&seen, "second-cover"), 1);
}

/* At the foot of a page is above the padding of the boxes that go on or end there. */
static void the_foot_of_a_box_is_in_the_body(void **state)
{
    (void)state;
    struct block *outer = build_open(&b, BLOCK_BOX), *inner = build_open(&b, BLOCK_BOX);
    build_lines(&b, "", 90);
    build_paragraph(&b, "low", "at the foot");
    build_lines(&b, "", 90);
    build_close(&b, inner);
    build_paragraph(&b, "low", "last");
    build_close(&b, outer);
    lay_styled("[style low]\nbased-on = body\nat-foot = yes\n");
    const struct page_style *page = &house()->page;
    const float bottom = page->height - page->bottom, pad = house()->styles[STYLE_BOX].pad;
    const struct text_style *style = &house()->styles[STYLE_BODY].text;
    const float below = style->leading - style_baseline(style);
    assert_near(find_text(&seen, "at the foot").y, bottom - 2 * pad - below);
    assert_near(find_text(&seen, "last").y, bottom - pad - below);
    for (size_t i = 0; i < seen.n; i++)
        if (seen.items[i].op.kind == OP_RECT && seen.items[i].op.y > page->top)
            assert_true(seen.items[i].op.y + seen.items[i].op.h < bottom + 0.01F);
}

static void the_foot_of_a_page_is_above_its_notes(void **state)
{
    (void)state;
    build_paragraph(&b, "", "body");
    struct block *block = build_paragraph(&b, "cover-org", "Office");
    build_notes(&b, 1, "text");
    build_call(&b, &block->runs, &block->n, 1);
    lay();
    const struct text_style *style = &style_find(house(), STR("cover-org"))->text;
    float lower = find_text(&seen, "Office").y + style->leading - style_baseline(style);
    float upper = find_text(&seen, "note1").y - style_baseline(&house()->styles[STYLE_FOOTNOTE].text);
    float apart = house()->note.above + house()->distance.hairline + house()->note.below;
    assert_int_equal(seen.pages, 1);
    assert_true(upper - lower > apart - 0.01F && upper - lower < apart + 2);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_left_indent_moves_text),
        TEST(a_measure_with_indents_has_shorter_lines),
        TEST(a_ground_reaches_round_its_text),
        TEST(a_rule_alone_pads_on_its_own_side),
        TEST(a_ground_goes_on_over_pages),
        TEST(page_before_begins_a_page),
        TEST(row20_keep_lines_keeps_them),
        TEST(row20_keep_next_goes_along),
        TEST(row20_keep_previous_stays_below_its_table),
        TEST(no_room_is_said_and_the_text_is_there),
        TEST(a_call_out_holds_any_block),
        TEST(nested_call_outs_break_over_pages),
        TEST(a_call_out_is_kept_whole_where_it_fits),
        TEST(what_a_long_call_out_holds_stays_whole),
        TEST(keep_lines_keeps_a_call_out),
        TEST(an_empty_call_out_is_nothing),
        TEST(boxes_without_end_inside_each_other),
        TEST(a_quotation_has_the_look_of_its_style),
        TEST(a_list_mark_stands_beside_the_text_of_a_box),
        TEST(a_cover_is_a_page_of_its_own),
        TEST(two_covers_are_said),
        TEST(the_foot_of_a_box_is_in_the_body),
        TEST(the_foot_of_a_page_is_above_its_notes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
