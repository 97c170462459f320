/* Spans, decimal points, group and total rows, widths, bars and sparklines of tables, with the fake shaper. */
#include "layout/table.h"
#include "table_builder.h"

#include <math.h>

static void assert_near(float a, float want)
{
    if (fabsf(a - want) > 0.15F)
        fail_msg("%g is not %g", (double)a, (double)want);
}

/* Rectangles of a colour, in order; NULL counts only. */
static size_t rects(struct colour colour, struct op *out, size_t most)
{
    size_t n = 0;
    for (size_t i = 0; i < seen.n; i++) {
        const struct op *op = &seen.items[i].op;
        if (op->kind != OP_RECT || memcmp(&op->colour, &colour, sizeof colour) != 0)
            continue;
        if (out && n < most)
            out[n] = *op;
        n++;
    }
    return n;
}

static float right(const char *text)
{
    struct found found = find_text(&seen, text);
    assert_true(found.page > 0);
    return found.x + found.w;
}

static float body_right(void)
{
    return house()->page.width - house()->page.right;
}

/* ---- numbers ---- */

static void numbers_of_cells(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double value;
        size_t point;
        bool good, fraction;
    } cases[] = {
        {"1.5", 1.5, 1, true, true},    {"12", 12, 2, true, false},   {"1,234.05", 1234.05, 5, true, true},
        {"△3", -3, 4, true, false},     {"−2", -2, 4, true, false},   {"+3", 3, 2, true, false},
        {"-0.5%", -0.5, 2, true, true}, {"12건", 12, 2, true, false}, {"3.", 3, 1, true, false},
        {"–", 0, 0, false, false},      {"", 0, 0, false, false},     {"2024. 1. 16.", 0, 0, false, false},
        {"1~3", 0, 0, false, false},    {"없음", 0, 0, false, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct number number;
        assert_int_equal(number_read(str_from(cases[i].text), &number), cases[i].good);
        if (!cases[i].good)
            continue;
        assert_true(fabs(number.value - cases[i].value) < 1e-9);
        assert_int_equal(number.point, cases[i].point);
        assert_int_equal(number.fraction, cases[i].fraction);
    }
    struct number number;
    char digits[2000];
    memset(digits, '9', sizeof digits);
    assert_true(number_read((struct str){digits, sizeof digits}, &number));
    assert_true(isfinite(number.value));
    assert_true(number_none(STR("–")) && number_none(STR(" ")) && !number_none(STR("0")));
}

static void row_33_points_stand_under_each_other(void **state)
{
    (void)state;
    grid("lr", "name|rate\n"
               "a|1.5\nb|12\nc|–\nd|1,234.05\ne|+3\nf|none of it\n");
    struct block *chosen = grid("ll", "name|rate\na|0.25\nb|7\n");
    option(chosen, "align", "l d");
    lay();
    float point = find_text(&seen, "1.5").x + 4.5F; /* half an em of 9 points */
    assert_near(right("12"), point);
    assert_near(right("–"), point);
    assert_near(find_text(&seen, "1,234.05").x + 5 * 4.5F, point);
    assert_near(right("+3"), point);
    assert_near(right("1,234.05"), right("rate"));
    assert_near(right("none of it"), right("rate")); /* words end where the column does */
    assert_near(find_text(&seen, "0.25").x + 4.5F, right("7"));
    assert_int_equal(seen.diag.n, 0);
}

static void columns_without_fractions_are_flush_right(void **state)
{
    (void)state;
    grid("lr", "name|n\na|2024. 1. 16.\nb|12\n");
    lay();
    assert_near(right("2024"), right("12"));
}

static void none_in_empty_numeric_cells(void **state)
{
    (void)state;
    struct block *block = grid("lr", "name|n\na|\n|5\n");
    grid("lr", "name|n\nb|\n");
    option(block, "none", "–");
    lay();
    assert_int_equal(count_text(&seen, "–"), 1);
    assert_near(right("–"), right("5"));
}

/* ---- spans ---- */

static void row_33_cells_over_columns_and_rows(void **state)
{
    (void)state;
    struct block *block = grid("lccc", "key|top|<|end\n^|one|two|^\nA|a1|wide|<\n^|a2|b2|c2\nB|a3|b3|c3\n");
    option(block, "header", "2");
    lay();
    assert_int_equal(seen.diag.n, 0);
    struct found key = find_text(&seen, "key"), top = find_text(&seen, "top"), left = find_text(&seen, "one");
    struct found side = find_text(&seen, "two"), last = find_text(&seen, "end");
    assert_near(key.y, last.y); /* in the middle of both rows */
    assert_true(top.y < key.y && key.y < left.y);
    assert_near(left.y, side.y);
    float middle = (left.x + left.w / 2 + side.x + side.w / 2) / 2; /* columns of one width */
    assert_near(top.x + top.w / 2, middle);
    struct found wide = find_text(&seen, "wide"), b2 = find_text(&seen, "b2"), c2 = find_text(&seen, "c2");
    assert_near(wide.x + wide.w / 2, (b2.x + b2.w / 2 + c2.x + c2.w / 2) / 2);
    assert_int_equal(count_text(&seen, "A"), 1);
    assert_near(find_text(&seen, "A").y, find_text(&seen, "a1").y);
    /* No rule runs through the cell over two rows: the one between them begins beside it. */
    struct op rules[20];
    size_t n = rects(house()->palette.gray_20, rules, 20), beside = 0;
    for (size_t i = 0; i < n && i < 20; i++)
        beside += rules[i].y > find_text(&seen, "a1").y && rules[i].y < find_text(&seen, "a2").y &&
                  rules[i].x > find_text(&seen, "A").x + 9;
    assert_int_equal(beside, 1);
}

static void joined_rows_stay_on_one_page(void **state)
{
    (void)state;
    build_end(&b);
    for (size_t filler = 20; filler < 41; filler++) {
        build_begin(&b);
        build_lines(&b, "", filler);
        grid("ll", "key|value\nA|a1\n^|a2\n^|a3\n^|a4\nB|b1\n^|b2\n^|b3\n^|b4\nC|c1\n^|c2\n^|c3\n^|c4\n"
                   "D|d1\n^|d2\n^|d3\n^|d4\nE|e1\n^|e2\n^|e3\n^|e4\n");
        see(&seen, &b.doc, NULL);
        static const char *const first[] = {"a1", "b1", "c1", "d1", "e1"}, *const last[] = {"a4", "b4", "c4", "d4",
                                                                                            "e4"};
        for (size_t i = 0; i < 5; i++)
            assert_int_equal(find_text(&seen, first[i]).page, find_text(&seen, last[i]).page);
        assert_int_equal(seen.diag.n, 0);
        seen_end(&seen);
        build_end(&b);
    }
    build_begin(&b);
}

static void a_joined_cell_makes_its_last_row_higher(void **state)
{
    (void)state;
    struct block *block = grid("ll", "k|v\nfirstaaa secondaa thirdaaa fourthaa lastaaaa|a\n^|b\nB|c\n");
    option(block, "widths", "20mm 1");
    lay();
    float last = find_text(&seen, "lastaaaa").y;
    assert_true(find_text(&seen, "b").y < last && find_text(&seen, "c").y > last);
}

static void joined_rows_taller_than_a_page_are_parted(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_text(&text, "key|value\nA|r0.\n");
    for (size_t i = 1; i < 200; i++)
        buf_printf(&text, "^|r%zu.\n", i);
    buf_text(&text, "B|end\n^|end2\n");
    grid("ll", text.p);
    buf_free(&text);
    lay();
    assert_int_equal(count_diag(&seen, "table-span-split"), 1);
    assert_int_equal(count_diag(&seen, "table-span"), 0);
    assert_int_equal(seen.diag.n, 1);
    assert_true(seen.pages > 3);
    for (size_t i = 0; i < 200; i++)
        assert_int_equal(count_text(&seen, arena_printf(b.arena, "r%zu.", i)), 1);
    assert_int_equal(find_text(&seen, "A").page, 1);
    assert_int_equal(count_text(&seen, "key"), (size_t)seen.pages);
}

static void joins_that_fit_nothing_are_cells_of_their_own(void **state)
{
    (void)state;
    grid("lll", "a|b|c\n^|d|e\nf|g|<\n^|^|h\ni|<|j\nk|^|<\n<|l|m\n");
    lay();
    assert_int_equal(count_diag(&seen, "table-span"), 4);
    static const char *const all[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        assert_int_equal(count_text(&seen, all[i]), 1);
    assert_true(find_text(&seen, "h").x > find_text(&seen, "g").x + 9);
}

/* Whatever joins and options say: every text once, everything between the margins. A cell of a sparkline shows its last
 * word, and so some words of these are not looked for. */
static void random_tables_keep_their_texts(void **state)
{
    (void)state;
    build_end(&b);
    for (uint32_t round = 1; round < 400; round++) {
        seed = round * 7919;
        build_begin(&b);
        size_t tokens = 0;
        build_lines(&b, "", chance(40));
        random_table(&tokens);
        see(&seen, &b.doc, NULL);
        if (seen.err.kind)
            fail_msg("round %u: %s", round, seen.err.text);
        for (size_t i = 0; i < seen.n; i++) {
            const struct op *op = &seen.items[i].op;
            if (op->artifact && op->kind == OP_TEXT)
                continue;
            assert_true(op->x >= house()->page.left - 0.5F && op->y >= house()->page.top - 0.5F);
            assert_true(op->y + (op->kind == OP_RECT ? op->h : 0) <=
                        house()->page.height - house()->page.bottom + 0.5F);
            if (op->kind == OP_RECT || op->kind == OP_TEXT)
                assert_true(op->x + op->w <= body_right() + 0.6F);
        }
        bool parted = count_diag(&seen, "wide-table") > 0, spark = false;
        for (size_t i = 0; i < b.doc.first->next->n_options; i++)
            spark |= str_equal(b.doc.first->next->options[i].key, STR("spark"));
        struct buf all = {0}; /* in one piece, for a narrow column cuts words */
        for (size_t i = 0; i < seen.n; i++)
            if (seen.items[i].op.kind == OP_TEXT && !seen.items[i].op.artifact)
                buf_str(&all, seen.items[i].op.text);
        for (size_t i = 0; i < tokens && !spark; i++) {
            struct str token = str_from(arena_printf(b.arena, "k%zuz", i));
            size_t n = 0;
            for (size_t at = 0; (at = str_find(buf_view(&all), token, at)) != SIZE_MAX; at++)
                n++;
            if (n != 1 && !(n > 1 && parted))
                fail_msg("round %u: k%zuz was said %zu times", round, i, n);
        }
        buf_free(&all);
        seen_end(&seen);
        build_end(&b);
    }
    build_begin(&b);
}

/* ---- rows ---- */

static void row_33_two_header_rows_repeat(void **state)
{
    (void)state;
    struct block *block = build_table(&b, 120, 4, NULL);
    option(block, "header", "2");
    lay();
    assert_true(seen.pages > 2);
    assert_int_equal(count_text(&seen, "head0"), (size_t)seen.pages);
    assert_int_equal(count_text(&seen, "r0c0"), (size_t)seen.pages);
    assert_int_equal(count_text(&seen, "r1c0"), 1);
    assert_int_equal(count_diag(&seen, "table-option"), 0);
}

static void a_header_taller_than_a_page_is_set_like_rows(void **state)
{
    (void)state;
    struct block *block = build_table(&b, 3000, 2, NULL);
    option(block, "header", "2000");
    lay();
    assert_int_equal(count_diag(&seen, "row-split"), 1);
    assert_int_equal(seen.diag.n, 1);
    assert_int_equal(count_text(&seen, "head0"), 1);
    assert_int_equal(count_text(&seen, "r2999c1"), 1);
}

static void a_table_of_nothing_still_is_a_target(void **state)
{
    (void)state;
    struct block *block = grid("ll", "|\n");
    option(block, "header", "0");
    block->anchor = STR("there");
    lay();
    assert_int_equal(find_op(&seen, OP_ANCHOR, "there", 0).page, 1);
}

static void a_header_only_for_markdown_is_left_out(void **state)
{
    (void)state;
    struct block *block = grid("ll", "|\na|b\nc|d\n");
    option(block, "header", "0");
    lay();
    assert_int_equal(rects(house()->palette.gray_5, NULL, 0), 0);
    assert_near(find_text(&seen, "a").y, house()->page.top + 1 + 3 + style_baseline(&house()->styles[STYLE_CELL].text));
}

static void row_33_group_rows_keep_with_next_and_go_on(void **state)
{
    (void)state;
    build_end(&b);
    for (size_t rows = 30; rows < 41; rows++) {
        build_begin(&b);
        struct buf text = {0};
        buf_text(&text, "name|n|m\nfirst group|<|<\n");
        for (size_t i = 0; i < rows; i++)
            buf_printf(&text, "row%zu.|1|2\n", i);
        buf_text(&text, "second group|<|<\n");
        for (size_t i = 0; i < 40; i++)
            buf_printf(&text, "next%zu.|1|2\n", i);
        grid("lrr", text.p);
        buf_free(&text);
        see(&seen, &b.doc, NULL);
        assert_int_equal(seen.err.kind, 0);
        assert_int_equal(find_text(&seen, "second group").page, find_text(&seen, "next0.").page);
        for (int page = 2; page <= seen.pages; page++) { /* each page says which group its first row is of */
            bool said = false, begins = find_text(&seen, "second group").page == page;
            struct found header = {0};
            for (size_t k = 0; k < count_text(&seen, "name"); k++)
                if (find_op(&seen, OP_TEXT, "name", k).page == page)
                    header = find_op(&seen, OP_TEXT, "name", k);
            for (size_t i = 0; i < seen.n; i++) {
                const struct op *op = &seen.items[i].op;
                if (seen.items[i].page == page && op->kind == OP_TEXT && str_ends(op->text, STR("(계속)"))) {
                    said = true;
                    assert_true(op->artifact && op->y > header.y && op->y < header.y + 30);
                }
            }
            assert_true(header.page == page && header.artifact);
            assert_true(said || begins);
        }
        seen_end(&seen);
        build_end(&b);
    }
    build_begin(&b);
}

/* Height of the ground behind the first "(계속)" of a table whose group begins with these rows. */
static float continued_ground(const char *group)
{
    build_end(&b);
    build_begin(&b);
    struct buf text = {0};
    buf_printf(&text, "name|n|m\n%s", group);
    for (size_t i = 0; i < 60; i++)
        buf_text(&text, "row|1|2\n");
    grid("lrr", text.p);
    buf_free(&text);
    seen_end(&seen);
    lay();
    float height = NAN;
    for (size_t i = 0; i < seen.n; i++) {
        const struct op *op = &seen.items[i].op;
        if (op->kind == OP_RECT && op->h > 1)
            height = op->h;
        if (op->kind == OP_TEXT && str_ends(op->text, STR("(계속)")))
            return height;
    }
    return NAN;
}

static void a_group_over_rows_goes_on_in_one(void **state)
{
    (void)state;
    float one = continued_ground("group|<|<\n");
    assert_near(one, continued_ground("group|<|<\n^|^|^\n^|^|^\n^|^|^\n^|^|^\n"));
}

static void memory_does_not_grow_with_groups(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_text(&text, "name|n|m\n");
    for (size_t i = 0; i < 10000; i++)
        buf_text(&text, i % 10 ? i % 10 == 5 ? "^|1|2\n" : "row|1|2\n" : "group|<|<\n");
    option(grid("lrr", text.p), "bars", "2");
    buf_free(&text);
    struct diag_list diag = {0};
    struct err err = {0};
    struct page page;
    struct layout *layout = layout_new(NULL, house(), &b.doc, &diag);
    while (layout_next(layout, &page, &err))
        assert_true(page.n > 0);
    assert_true(layout->page > 200);
    assert_true(layout->memory.n_live + layout->memory.n_spare < 8); /* arenas, each about a page */
    assert_int_equal(diag.n, 0);
    layout_free(layout);
    diag_free(&diag);
}

static void totals_are_strong_under_a_rule_and_not_alone(void **state)
{
    (void)state;
    build_end(&b);
    for (size_t rows = 44; rows < 54; rows++) {
        build_begin(&b);
        struct block *block = build_table(&b, rows, 2, NULL);
        option(block, "total", "2");
        see(&seen, &b.doc, NULL);
        const char *before = arena_printf(b.arena, "r%zuc0", rows - 3),
                   *last = arena_printf(b.arena, "r%zuc0", rows - 1);
        assert_int_equal(find_text(&seen, before).page, find_text(&seen, last).page);
        struct op rule[4];
        assert_true(rects(house()->palette.gray_50, rule, 4) >= 2);
        assert_near(rule[0].h, style_find(house(), STR("cell-total"))->top.width);
        assert_true(rule[0].y > find_text(&seen, before).y);
        seen_end(&seen);
        build_end(&b);
    }
    build_begin(&b);
}

static void a_named_row_is_a_subtotal(void **state)
{
    (void)state;
    build_end(&b);
    for (int named = 0; named < 2; named++) {
        build_begin(&b);
        struct block *block = grid("lrr", "k|n|m\na|1|2\n|3|4\nsum|4|6\n");
        block->style = STR("mine");
        option(block, "subtotal", named ? "sum" : "summe");
        struct err err = {0};
        struct diag_list diag = {0};
        struct style_sheet *sheet =
            style_open(b.arena, data_file("templates/house.ini"), "my.ini",
                       STR("[style loud]\nbased-on = cell\ncolour = danger-50\n[table mine]\nsubtotal = loud\n"), &err);
        assert_non_null(sheet);
        struct layout *layout = layout_new(NULL, sheet, &b.doc, &diag);
        struct page page;
        assert_true(layout_next(layout, &page, &err));
        size_t loud = 0;
        for (size_t i = 0; i < page.n; i++)
            loud += page.ops[i].kind == OP_TEXT && page.ops[i].colour.r == sheet->palette.danger_50.r;
        assert_int_equal(loud, named ? 3 : 0);
        assert_int_equal(diag.n, 0);
        layout_free(layout);
        build_end(&b);
    }
    build_begin(&b);
}

static void zebra_and_grid_are_styles(void **state)
{
    (void)state;
    struct block *zebra = grid("ll", "a|b\nc|d\ne|f\ng|h\ni|j\n"), *lines = grid("ll", "k|l\nm|n\n");
    zebra->style = STR("zebra");
    lines->style = STR("grid");
    lay();
    struct op grounds[8];
    assert_int_equal(rects(house()->palette.gray_5, grounds, 8), 4); /* two headers, the second and fourth row */
    assert_true(grounds[1].y < find_text(&seen, "e").y && grounds[1].y > find_text(&seen, "c").y);
    struct op rules[40];
    size_t n = rects(house()->palette.gray_20, rules, 40), upright = 0;
    for (size_t i = 0; i < n; i++)
        upright += rules[i].w < 1;
    assert_int_equal(upright, 2 * 3);
}

static void columns_have_looks_of_their_own(void **state)
{
    (void)state;
    struct block *block = grid("lll", "a|b|c\nd|e|f\n");
    option(block, "looks", "- cell-group -");
    option(grid("ll", "k|l\nm|n\n"), "looks", "- nothing");
    lay();
    struct op grounds[4];
    assert_int_equal(rects(house()->palette.primary_5, grounds, 4), 1);
    assert_true(grounds[0].x < find_text(&seen, "e").x && grounds[0].x > find_text(&seen, "d").x);
    assert_true(grounds[0].x + grounds[0].w < find_text(&seen, "f").x);
    assert_int_equal(count_diag(&seen, "table-option"), 1);
}

static void an_unknown_style_is_named(void **state)
{
    (void)state;
    grid("ll", "a|b\nc|d\n")->style = STR("nothing");
    lay();
    assert_int_equal(count_diag(&seen, "unknown-style"), 1);
    assert_int_equal(count_text(&seen, "d"), 1);
}

static void rows_are_divided_only_where_they_may_be(void **state)
{
    (void)state;
    build_end(&b);
    for (int may = 0; may < 2; may++) {
        build_begin(&b);
        build_lines(&b, "", 36);
        struct buf text = {0};
        buf_text(&text, "key|value\na|");
        for (size_t i = 0; i < 160; i++)
            buf_printf(&text, "w%zu. ", i);
        buf_text(&text, "\n");
        struct block *block = grid("ll", text.p);
        buf_free(&text);
        option(block, "widths", "1 1");
        if (may)
            option(block, "split", "yes");
        see(&seen, &b.doc, NULL);
        assert_int_equal(find_text(&seen, "w0.").page == 1, may);
        assert_int_equal(seen.diag.n, 0);
        assert_int_equal(seen.pages, 2);
        seen_end(&seen);
        build_end(&b);
    }
    build_begin(&b);
}

/* ---- widths ---- */

static void widths_as_asked_for(void **state)
{
    (void)state;
    struct block *shares = grid("lll", "a|b|c\n1|2|3\n"), *mixed = grid("lll", "d|e|f\n4|5|6\n");
    struct block *fixed = grid("ll", "g|h\n7|8\n");
    option(shares, "widths", "2 1 1");
    option(mixed, "widths", "30mm * auto");
    option(fixed, "widths", "20mm 100pt");
    fixed->style = STR("grid");
    lay();
    float left = house()->page.left + house()->tables[0].pad_x, measure = body_right() - house()->page.left;
    assert_near(find_text(&seen, "b").x, left + measure / 2);
    assert_near(find_text(&seen, "c").x, left + measure * 3 / 4);
    assert_near(find_text(&seen, "e").x, left + 30 * 72 / 25.4F);
    assert_near(find_text(&seen, "f").x + 4.5F + house()->tables[0].pad_x, body_right());
    assert_near(find_text(&seen, "h").x, left + 20 * 72 / 25.4F);
    struct op rules[60]; /* the third table is narrower than the page */
    size_t n = rects(house()->palette.gray_20, rules, 60);
    assert_near(rules[n - 1].x + rules[n - 1].w, house()->page.left + 20 * 72 / 25.4F + 100);
    assert_int_equal(seen.diag.n, 0);
}

static void widths_that_make_no_sense_follow_the_text(void **state)
{
    (void)state;
    static const char *const bad[] = {"0 1",  "nan 1", "1 inf", "-3 1", "1e9 1", "*3 1", "99999999999999999999 1",
                                      "mm 1", "1 1 1"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        option(grid("ll", "a|b\n1|2\n"), "widths", bad[i]);
    option(grid("ll", "a|b\n1|2\n"), "widths", "500mm 1");
    option(grid("ll", "a|b\n1|2\n"), "widths", "1mm 1");
    option(grid("ll", "a|b\n1|2\n"), "widths", "1 9999");
    lay();
    assert_int_equal(count_diag(&seen, "table-option"), 9);
    assert_int_equal(count_diag(&seen, "table-widths"), 3);
    assert_int_equal(count_text(&seen, "b"), 12);
}

static void options_that_make_no_sense_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *key, *value;
    } bad[] = {{"header", "x"}, {"header", "-1"},   {"header", "9"}, {"total", "99999999999999999999"},
               {"align", "ll"}, {"align", "l r r"}, {"bars", "0"},   {"bars", "3"},
               {"spark", "x"},  {"bars", "1.5"},    {"title", "x"}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        option(grid("ll", "a|b\n1|2\n"), bad[i].key, bad[i].value);
    lay();
    assert_int_equal(count_diag(&seen, "table-option"), sizeof bad / sizeof *bad);
    assert_int_equal(count_text(&seen, "b"), sizeof bad / sizeof *bad);
}

static void row_33_parts_of_a_wide_table_are_alike(void **state)
{
    (void)state;
    struct block *block = build_table(&b, 3, 20, "eightletters");
    option(block, "stub", "2");
    lay();
    assert_int_equal(count_diag(&seen, "wide-table"), 1);
    size_t parts = count_text(&seen, "head0");
    assert_true(parts > 1 && count_text(&seen, "head1") == parts + 10); /* head10 … head19 begin like it */
    size_t least = 99, most = 0; /* columns of a part, by its header's baseline */
    for (size_t p = 0; p < parts; p++) {
        struct found first = find_op(&seen, OP_TEXT, "head0", p);
        size_t n = 0;
        for (size_t i = 0; i < seen.n; i++)
            n += seen.items[i].op.kind == OP_TEXT && seen.items[i].page == first.page &&
                 fabsf(seen.items[i].op.y - first.y) < 0.1F;
        least = n < least ? n : least;
        most = n > most ? n : most;
    }
    assert_true(most - least <= 1);
}

static void two_hundred_and_fifty_six_columns(void **state)
{
    (void)state;
    struct block *block = build_table(&b, 3, 256, NULL);
    option(block, "bars", "3");
    lay();
    for (size_t c = 1; c < 256; c++)
        assert_int_equal(count_text(&seen, arena_printf(b.arena, "head%zu", c)) > 0, 1);
    assert_int_equal(count_text(&seen, "r2c255"), 1);
}

/* Of a long table some rows are measured, and whatever is longer; the only total, in its own style, is one of them. */
static void the_total_of_a_long_table_has_room(void **state)
{
    (void)state;
    struct block *block = build_table(&b, 5000, 2, "88888");
    struct err err = {0};
    struct diag_list diag = {0};
    struct page page;
    size_t whole = 0;
    block->style = STR("loud");
    option(block, "total", "1");
    option(block, "widths", "1 auto");
    struct style_sheet *sheet =
        style_open(b.arena, data_file("templates/house.ini"), "my.ini",
                   STR("[style big]\nbased-on = cell\nsize = 30\nleading = 30\n[table loud]\ntotal = big\n"), &err);
    assert_non_null(sheet);
    struct layout *layout = layout_new(NULL, sheet, &b.doc, &diag);
    while (layout_next(layout, &page, &err))
        for (size_t i = 0; i < page.n; i++)
            whole += page.ops[i].size > 25 && str_equal(page.ops[i].text, STR("88888"));
    assert_int_equal(whole, 2);
    layout_free(layout);
    diag_free(&diag);
}

/* ---- figures ---- */

static void row_33_bars_are_to_scale_and_only_repeat_the_value(void **state)
{
    (void)state;
    struct block *block = grid("lr", "k|amount\nall|<\na|10\nb|5\nc|–\nd|many\ne|△2.5\ntotal|12.5\n");
    option(block, "bars", "2");
    option(block, "total", "1");
    lay();
    struct op bars[8], under[8];
    assert_int_equal(rects(house()->tables[0].bar, bars, 8), 2);
    assert_int_equal(rects(house()->tables[0].bar_negative, under, 8), 1);
    assert_near(bars[1].w / bars[0].w, 0.5F);
    assert_near(under[0].w / bars[0].w, 0.25F);
    assert_near(under[0].x + under[0].w, bars[0].x);
    assert_near(bars[0].x + bars[0].w, body_right() - house()->tables[0].pad_x);
    assert_true(bars[0].artifact && bars[0].x > right("10") && bars[0].x > right("amount"));
    assert_int_equal(count_diag(&seen, "table-bar"), 1);
    assert_non_null(strstr(seen.diag.items[0].text, "row 5, column 2 of a table: \"many\""));
    assert_int_equal(count_text(&seen, "total"), 1);
}

static void warnings_about_cells_end(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_text(&text, "k|n\n");
    for (size_t i = 0; i < 1000; i++)
        buf_text(&text, "a|b\n");
    option(grid("lr", text.p), "bars", "2");
    buf_free(&text);
    lay();
    assert_true(seen.diag.n < 10);
}

static size_t paths(const struct op **out, size_t most)
{
    size_t n = 0;
    for (size_t i = 0; i < seen.n; i++)
        if (seen.items[i].op.kind == OP_PATH && n < most)
            out[n++] = &seen.items[i].op;
    return n;
}

static void row_33_sparklines_end_in_their_value(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_text(&text, "k|trend\na|1 3 4 2 7\nb|5 – x 6 8\nc|\nd|");
    for (size_t i = 0; i < 10000; i++)
        buf_printf(&text, "%zu ", i * i % 97);
    buf_text(&text, "42\ne|9\n");
    option(grid("ll", text.p), "spark", "2");
    buf_free(&text);
    see(&seen, &b.doc, NULL);
    const struct op *found[20];
    size_t n = paths(found, 20);
    assert_int_equal(seen.err.kind, 0);
    assert_int_equal(n, 2 + 3 + 2 + 1); /* a: line, end; b: lone dot, line, end; d: line, end; e: a dot */
    assert_int_equal(found[0]->n, 5);
    assert_true(found[0]->artifact && found[0]->x > right("7"));
    assert_int_equal(found[1]->n, 1);
    assert_true(found[5]->n > 64 && found[5]->n <= 260);
    assert_int_equal(count_text(&seen, "7"), 1);
    assert_int_equal(count_text(&seen, "42"), 1);
    assert_int_equal(count_text(&seen, "1 3"), 0);
    assert_int_equal(count_diag(&seen, "table-spark"), 1);
}

static void row_33_sparklines_without_their_value(void **state)
{
    (void)state;
    struct block *table = grid("ll", "k|trend\na|1 3 4 2 77\nb|5 8\n");
    option(table, "spark", "2");
    option(table, "spark-number", "no");
    see(&seen, &b.doc, NULL);
    const struct op *found[20];
    assert_int_equal(paths(found, 20), 4); /* two lines with their ends */
    assert_int_equal(count_text(&seen, "77"), 0);
    assert_int_equal(count_text(&seen, "8"), 0);
    assert_true(fabsf(found[0]->x - find_text(&seen, "trend").x) < 2); /* under the head */
    assert_int_equal(seen.diag.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(numbers_of_cells, setup, teardown),
        cmocka_unit_test_setup_teardown(row_33_points_stand_under_each_other, setup, teardown),
        cmocka_unit_test_setup_teardown(columns_without_fractions_are_flush_right, setup, teardown),
        cmocka_unit_test_setup_teardown(none_in_empty_numeric_cells, setup, teardown),
        cmocka_unit_test_setup_teardown(row_33_cells_over_columns_and_rows, setup, teardown),
        cmocka_unit_test_setup_teardown(joined_rows_stay_on_one_page, setup, teardown),
        cmocka_unit_test_setup_teardown(a_joined_cell_makes_its_last_row_higher, setup, teardown),
        cmocka_unit_test_setup_teardown(joined_rows_taller_than_a_page_are_parted, setup, teardown),
        cmocka_unit_test_setup_teardown(joins_that_fit_nothing_are_cells_of_their_own, setup, teardown),
        cmocka_unit_test_setup_teardown(random_tables_keep_their_texts, setup, teardown),
        cmocka_unit_test_setup_teardown(row_33_two_header_rows_repeat, setup, teardown),
        cmocka_unit_test_setup_teardown(a_header_taller_than_a_page_is_set_like_rows, setup, teardown),
        cmocka_unit_test_setup_teardown(a_table_of_nothing_still_is_a_target, setup, teardown),
        cmocka_unit_test_setup_teardown(a_header_only_for_markdown_is_left_out, setup, teardown),
        cmocka_unit_test_setup_teardown(row_33_group_rows_keep_with_next_and_go_on, setup, teardown),
        cmocka_unit_test_setup_teardown(a_group_over_rows_goes_on_in_one, setup, teardown),
        cmocka_unit_test_setup_teardown(memory_does_not_grow_with_groups, setup, teardown),
        cmocka_unit_test_setup_teardown(totals_are_strong_under_a_rule_and_not_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(a_named_row_is_a_subtotal, setup, teardown),
        cmocka_unit_test_setup_teardown(zebra_and_grid_are_styles, setup, teardown),
        cmocka_unit_test_setup_teardown(columns_have_looks_of_their_own, setup, teardown),
        cmocka_unit_test_setup_teardown(an_unknown_style_is_named, setup, teardown),
        cmocka_unit_test_setup_teardown(rows_are_divided_only_where_they_may_be, setup, teardown),
        cmocka_unit_test_setup_teardown(widths_as_asked_for, setup, teardown),
        cmocka_unit_test_setup_teardown(widths_that_make_no_sense_follow_the_text, setup, teardown),
        cmocka_unit_test_setup_teardown(options_that_make_no_sense_are_named, setup, teardown),
        cmocka_unit_test_setup_teardown(row_33_parts_of_a_wide_table_are_alike, setup, teardown),
        cmocka_unit_test_setup_teardown(two_hundred_and_fifty_six_columns, setup, teardown),
        cmocka_unit_test_setup_teardown(the_total_of_a_long_table_has_room, setup, teardown),
        cmocka_unit_test_setup_teardown(row_33_bars_are_to_scale_and_only_repeat_the_value, setup, teardown),
        cmocka_unit_test_setup_teardown(warnings_about_cells_end, setup, teardown),
        cmocka_unit_test_setup_teardown(row_33_sparklines_end_in_their_value, setup, teardown),
        cmocka_unit_test_setup_teardown(row_33_sparklines_without_their_value, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
