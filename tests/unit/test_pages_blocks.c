/* Lists, quotes, code, tables, cards, charts: geometry in numbers that the fake shaper makes exact. */
#include "base/mem.h"
#include "house.h"
#include "layout/flow.h"
#include "layout/style.h"
#include "pages_fixture.h"

#include <math.h>
#include <time.h>

static void assert_near(float a, float want)
{
    if (fabsf(a - want) > 0.02F)
        fail_msg("%g is not %g", (double)a, (double)want);
}

static struct block *open_item(void)
{
    return build_open(&b, BLOCK_ITEM);
}

static void row22_turnover_lines_align(void **state)
{
    (void)state;
    struct block *list = build_open(&b, BLOCK_LIST);
    struct block *item = open_item();
    build_lines(&b, "", 2);
    struct block *inner = build_open(&b, BLOCK_LIST);
    inner->ordered = true;
    inner->start = 9;
    for (int i = 0; i < 2; i++) {
        struct block *entry = open_item();
        build_paragraph(&b, "", i ? "ten" : "nine");
        build_close(&b, entry);
    }
    build_close(&b, inner);
    build_close(&b, item);
    build_close(&b, list);
    lay();
    struct found mark = find_text(&seen, "○"), first = find_text(&seen, "line0"), second = find_text(&seen, "line1");
    assert_near(mark.x, house()->page.left);
    assert_near(mark.y, first.y);
    assert_near(first.x, second.x);
    assert_true(first.x >= mark.x + mark.w + 3);
    struct found nine = find_text(&seen, "nine"), ten = find_text(&seen, "ten"), number = find_text(&seen, "10.");
    assert_near(nine.x, ten.x);
    assert_near(number.x, first.x); /* the inner marks stand under the outer text, */
    struct found digit = find_text(&seen, "9.");
    assert_near(digit.x + digit.w, number.x + number.w); /* … their dots under each other */
    assert_near(number.y, ten.y);
    assert_true(ten.x >= number.x + number.w + 3);
    assert_int_equal(find_text(&seen, "9.").page, 1);
}

static void marks_follow_the_official_order(void **state)
{
    (void)state;
    static const struct {
        bool ordered;
        int level;
        unsigned long number;
        const char *mark;
    } cases[] = {
        {false, 1, 1, "○"},  {false, 2, 7, "-"},   {false, 3, 1, "·"},   {false, 9, 1, "·"},   {true, 1, 12, "12."},
        {true, 2, 1, "가."}, {true, 2, 14, "하."}, {true, 2, 15, "거."}, {true, 2, 84, "히."}, {true, 2, 85, "85."},
        {true, 3, 2, "2)"},  {true, 4, 2, "나)"},  {true, 5, 3, "(3)"},  {true, 6, 3, "(다)"}, {true, 7, 1, "1."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char mark[MARK_SIZE];
        mark_text(list_mark(&house()->lists[0], cases[i].ordered, cases[i].level), cases[i].number, mark);
        assert_string_equal(mark, cases[i].mark);
    }
}

static void empty_item_shows_its_mark(void **state)
{
    (void)state;
    struct block *list = build_open(&b, BLOCK_LIST);
    list->ordered = true;
    build_close(&b, open_item());
    build_close(&b, list);
    lay();
    assert_int_equal(find_text(&seen, "1.").page, 1);
}

static void deep_nesting_is_bounded(void **state)
{
    (void)state;
    struct block *open[2000];
    for (size_t i = 0; i < 1000; i++) {
        open[2 * i] = build_open(&b, BLOCK_LIST);
        open[2 * i + 1] = i % 3 ? build_open(&b, BLOCK_ITEM) : build_open(&b, BLOCK_QUOTE);
    }
    build_paragraph(&b, "", "innermost");
    for (size_t i = 2000; i-- > 0;)
        build_close(&b, open[i]);
    lay();
    struct found text = find_text(&seen, "innermost");
    assert_int_equal(text.page, 1);
    assert_true(text.x < house()->page.width - house()->page.right - (float)STYLE_LEAST_MEASURE + 0.01F);
    assert_int_equal(count_diag(&seen, "deep-nesting"), 1);
}

static void long_list_of_2740_entries(void **state)
{
    (void)state;
    struct block *list = build_open(&b, BLOCK_LIST);
    list->ordered = true;
    for (size_t i = 0; i < 2740; i++) {
        struct block *item = open_item();
        build_paragraph(&b, "", arena_printf(b.arena, "entry%zu.", i));
        build_close(&b, item);
    }
    build_close(&b, list);
    lay();
    assert_int_equal(find_text(&seen, "entry2739.").page, seen.pages);
    assert_near(find_text(&seen, "entry0.").x, find_text(&seen, "entry2739.").x);
    assert_int_equal(find_text(&seen, "2740.").page, seen.pages);
}

static void quote_has_one_bar_a_page(void **state)
{
    (void)state;
    struct block *quote = build_open(&b, BLOCK_QUOTE);
    build_lines(&b, "", 30);
    build_lines(&b, "", 30);
    build_close(&b, quote);
    lay();
    assert_int_equal(seen.pages, 2);
    size_t bars = 0;
    for (size_t i = 0; i < seen.n; i++) {
        const struct op *op = &seen.items[i].op;
        if (op->kind != OP_RECT)
            continue;
        bars++;
        assert_near(op->w, house()->styles[STYLE_QUOTE].bar.width);
        assert_near(op->x, house()->page.left);
        assert_true(op->y >= house()->page.top - 0.01F &&
                    op->y + op->h <= house()->page.height - house()->page.bottom + 0.02F);
    }
    assert_int_equal(bars, 2);
    assert_near(find_text(&seen, "line0").x,
                house()->page.left + (house()->styles[STYLE_QUOTE].bar.width + house()->styles[STYLE_QUOTE].pad));
}

static void code_keeps_its_indent(void **state)
{
    (void)state;
    build_paragraph(&b, "", "int main(void)\n{\n    return 0;\n}")->kind = BLOCK_CODE;
    lay();
    assert_near(find_text(&seen, "return").x - find_text(&seen, "{").x, 4 * house()->styles[STYLE_CODE].text.size / 2);
    struct found ground = find_op(&seen, OP_RECT, "", 0);
    assert_near(ground.h, 4 * house()->styles[STYLE_CODE].text.leading + 2 * house()->styles[STYLE_CODE].pad);
    assert_near(ground.w, house()->page.width - house()->page.left - house()->page.right);
}

static void columns_add_up(void **state)
{
    (void)state;
    static const struct {
        float natural[4], least[4];
    } cases[] = {
        {{10, 20, 30, 40}, {5, 5, 5, 5}},           {{0, 0, 0, 0}, {0, 0, 0, 0}},
        {{400, 90, 30, 30}, {60, 40, 30, 30}},      {{900, 800, 30, 30}, {60, 40, 30, 30}},
        {{400, 100, 90, 80}, {300, 50, 20, 20}},    {{100, 100, 100, 100}, {100, 100, 100, 99}},
        {{5000, 101, 101, 101}, {1, 90, 100, 101}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        float widths[4], total = 0;
        assert_true(columns_fit(cases[i].natural, cases[i].least, cases[i].natural, 4, 399, widths));
        for (size_t c = 0; c < 4; c++) {
            assert_true(widths[c] >= cases[i].least[c] - 0.01F);
            total += widths[c];
        }
        assert_near(total, 399);
    }
    float widths[2];
    assert_false(columns_fit((float[]){300, 300}, (float[]){200, 200}, (float[]){300, 300}, 2, 399, widths));
    assert_true(columns_fit((float[]){1000, 30}, (float[]){50, 30}, (float[]){1000, 30}, 2, 399, widths));
    assert_near(widths[1], 30); /* a short column stays on one line beside a long one */
}

static void row33_header_rows_repeat(void **state)
{
    (void)state;
    build_paragraph(&b, "caption", "Table title");
    build_table(&b, 229, 6, NULL)->anchor = STR("table");
    lay();
    assert_true(seen.pages > 5);
    assert_int_equal(count_text(&seen, "head0"), (size_t)seen.pages);
    assert_int_equal(find_text(&seen, "Table title").page, 1);
    assert_false(find_op(&seen, OP_TEXT, "head0", 0).artifact);
    assert_true(find_op(&seen, OP_TEXT, "head0", 1).artifact);
    assert_int_equal(find_op(&seen, OP_ANCHOR, "table", 0).page, 1);
    for (size_t i = 0; i < 229; i++)
        assert_int_equal(count_text(&seen, arena_printf(b.arena, "r%zuc5", i)), 1);
    assert_near(find_op(&seen, OP_TEXT, "head3", 4).x, find_text(&seen, "r228c3").x);
    /* Each cell is set once, and so is each header; the rest is page furniture and the caption. */
    assert_true(fake_sets > 0);
}

static void row_31_33_unit_above_and_notes_below(void **state)
{
    (void)state;
    build_paragraph(&b, "caption", "Short title");
    build_paragraph(&b, "unit", "(unit)");
    build_table(&b, 2, 2, NULL)->anchor = STR("table");
    build_paragraph(&b, "source", "Source of it");
    build_paragraph(&b, "note", "Note on it");
    build_paragraph(&b, "", "body");
    build_paragraph(&b, "caption",
                    "A long title, so long that it takes the whole of the measure and more of a second line"
                    " which ends only near the end of it, where the unit would have to stand, here, "
                    "you see");
    build_paragraph(&b, "unit", "(long unit of this)");
    build_table(&b, 1, 2, "x");
    lay();
    struct found title = find_text(&seen, "Short"), unit = find_text(&seen, "(unit)"), head = find_text(&seen, "head0");
    assert_near(title.y, unit.y);
    assert_near(unit.x + unit.w, house()->page.width - house()->page.right);
    assert_true(head.y > title.y && head.y < title.y + 32);
    assert_true(find_op(&seen, OP_ANCHOR, "table", 0).y < title.y); /* a link shows the title, not only the table */
    struct found last = find_text(&seen, "r1c0"), source = find_text(&seen, "Source"), note = find_text(&seen, "Note");
    assert_true(source.y > last.y && source.y < last.y + 24);
    assert_near(note.y - source.y,
                style_find(house(), STR("note"))->text.leading + style_find(house(), STR("note"))->before);
    assert_true(find_text(&seen, "body").y > note.y + 24);
    assert_true(find_text(&seen, "(long unit").y > find_text(&seen, "A long title").y + 1);
}

static void table_rows_are_whole_and_pairs(void **state)
{
    (void)state;
    build_end(&b);
    for (size_t filler = 20; filler < 41; filler++) {
        build_begin(&b);
        build_lines(&b, "", filler);
        build_paragraph(&b, "unit", "unit line");
        build_table(&b, 3, 2, NULL);
        struct seen local;
        see(&local, &b.doc, NULL);
        int page = find_text(&local, "head0").page;
        assert_int_equal(find_text(&local, "unit line").page, page);
        assert_int_equal(find_text(&local, "r0c0").page, page);
        assert_int_equal(find_text(&local, "r1c0").page, page);
        seen_end(&local);
        build_end(&b);
    }
    build_begin(&b);
}

static void small_tables_are_not_divided(void **state)
{
    (void)state;
    build_end(&b);
    for (size_t filler = 1; filler < 41; filler++) {
        build_begin(&b);
        build_lines(&b, "", filler);
        build_table(&b, 7, 2, NULL);
        struct seen local;
        see(&local, &b.doc, NULL);
        bool whole = find_text(&local, "head0").page == find_text(&local, "r6c0").page;
        assert_int_equal(count_text(&local, "head0"), whole ? 1 : 2);
        assert_true(whole); /* seven rows are less than a quarter of a page */
        seen_end(&local);
        build_end(&b);
    }
    build_begin(&b);
}

/* Twelve rows stay whole where that leaves less than a quarter of a page empty, and not where it leaves more. */
static void a_table_is_parted_before_a_quarter_of_a_page_is_empty(void **state)
{
    (void)state;
    const float bottom = house()->page.height - house()->page.bottom, most = style_body_height(house()) / 4;
    size_t moved = 0, parted = 0;
    build_end(&b);
    for (size_t filler = 20; filler < 41; filler++) {
        build_begin(&b);
        struct block *last = NULL;
        for (size_t i = 0; i < filler; i++)
            last = build_paragraph(&b, "", "filler");
        last->anchor = STR("last");
        build_table(&b, 12, 2, NULL);
        struct seen local;
        see(&local, &b.doc, NULL);
        struct found before = find_op(&local, OP_ANCHOR, "last", 0);
        bool whole = count_text(&local, "head0") == 1;
        parted += !whole;
        if (whole && find_text(&local, "head0").page > before.page) {
            assert_true(bottom - before.y < most + 17 + 12); /* that line, and what is above a table */
            moved++;
        }
        seen_end(&local);
        build_end(&b);
    }
    assert_true(moved > 0 && parted > 0);
    build_begin(&b);
}

/* The caption is looked at on one page and placed on a later one, and nothing comes after the unit. */
static void unit_of_a_caption_that_waits(void **state)
{
    (void)state;
    size_t lines = (size_t)(style_body_height(house()) / style_find(house(), STR(""))->text.leading);
    for (size_t n = lines - 6; n <= lines; n++) {
        struct seen local;
        build_end(&b);
        build_begin(&b);
        build_lines(&b, "", 4);
        struct block *group = build_open(&b, BLOCK_GROUP);
        group->style = STR("keep");
        build_lines(&b, "", n);
        build_close(&b, group);
        build_paragraph(&b, "caption", "Title");
        build_paragraph(&b, "unit", "(unit)");
        see(&local, &b.doc, NULL);
        assert_int_equal(find_text(&local, "(unit)").page, find_text(&local, "Title").page);
        seen_end(&local);
    }
}

static void table_cells_align(void **state)
{
    (void)state;
    struct table *table = build_table(&b, 2, 3, NULL)->table;
    table->align[1] = ALIGN_RIGHT;
    table->cells[1].runs = build_runs(&b, "12");
    table->cells[4].runs = build_runs(&b, "3,456");
    lay();
    struct found few = find_text(&seen, "12"), many = find_text(&seen, "3,456"), head = find_text(&seen, "head1");
    assert_near(few.x + few.w, many.x + many.w);
    assert_near(head.x + head.w, many.x + many.w);
    assert_near(find_text(&seen, "r0c0").x, house()->page.left + house()->tables[0].pad_x);
    assert_near(find_text(&seen, "r0c0").y, few.y);
}

static void row_taller_than_a_page(void **state)
{
    (void)state;
    struct table *table = build_table(&b, 3, 2, NULL)->table;
    struct buf text = {0};
    for (size_t i = 0; i < 3000; i++)
        buf_printf(&text, "w%zu. ", i);
    table->cells[3].runs = build_runs(&b, text.p);
    buf_free(&text);
    lay();
    assert_int_equal(count_diag(&seen, "row-split"), 1);
    assert_true(seen.pages >= 3);
    assert_int_equal(count_text(&seen, "head0"), (size_t)seen.pages);
    assert_int_equal(find_text(&seen, "r2c0").page, seen.pages);
}

static void wide_tables_are_taken_apart(void **state)
{
    (void)state;
    build_table(&b, 5, 40, NULL);
    build_table(&b, 1, 3,
                "averyveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryverylongword");
    lay();
    assert_int_equal(count_diag(&seen, "wide-table"), 2);
    for (size_t c = 4; c < 40; c++)
        assert_int_equal(count_text(&seen, arena_printf(b.arena, "r4c%zu", c)), 1);
    assert_true(count_text(&seen, "r4c0") > 1); /* the first column stands beside each part */
    for (size_t i = 0; i < seen.n; i++) {
        const struct op *op = &seen.items[i].op;
        if (op->kind == OP_TEXT)
            assert_true(op->x + op->w < house()->page.width - house()->page.right + 0.1F);
    }
}

/* The header of a later part lives on after the page that it was made on. */
static void long_wide_tables_repeat_the_right_header(void **state)
{
    (void)state;
    build_table(&b, 200, 30, NULL);
    lay();
    size_t parts = count_text(&seen, "r0c0"), all = count_text(&seen, "head0");
    assert_true(parts > 1 && all >= (size_t)seen.pages && all < (size_t)seen.pages + parts);
    assert_true(count_text(&seen, "head29") >= (size_t)seen.pages / parts - 1);
    assert_near(find_op(&seen, OP_TEXT, "head29", 2).x, find_text(&seen, "r199c29").x);
    assert_near(find_op(&seen, OP_TEXT, "head29", 0).x, find_text(&seen, "r0c29").x);
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double time_of_rows(size_t rows)
{
    build_begin(&b);
    build_table(&b, rows, 6, NULL);
    struct diag_list diag = {0};
    struct err err = {0};
    struct page page;
    double began = seconds();
    struct layout *layout = layout_new(NULL, house(), &b.doc, &diag);
    while (layout_next(layout, &page, &err))
        assert_true(page.n > 0);
    double took = seconds() - began;
    size_t live = layout->memory.n_live + layout->memory.n_spare;
    layout_free(layout);
    diag_free(&diag);
    build_end(&b);
    assert_int_equal(err.kind, ERR_NONE);
    assert_true(live < 6); /* arenas, each about a page: memory does not grow with the table */
    return took;
}

static void table_of_10000_rows_is_linear(void **state)
{
    (void)state;
    build_end(&b);
    fake_measures = 0;
    double small = time_of_rows(1000), large = time_of_rows(10000);
    assert_true(fake_measures < 6 * 4 * 501);
    assert_true(large < 40 * small + 0.05);
    build_begin(&b);
}

static void cards_stand_on_a_grid(void **state)
{
    (void)state;
    struct block *block = build_block(&b, BLOCK_CARDS);
    block->n_cards = 7;
    block->cards = ARENA_ARRAY(b.arena, 7, struct card);
    for (size_t i = 0; i < 7; i++) {
        block->cards[i] = (struct card){
            .label = str_from(arena_printf(b.arena, "label%zu", i)),
            .value = str_from(arena_printf(b.arena, "%zu7", i)),
            .note = i == 1 ? STR("note") : (struct str){0},
        };
    }
    block->cards[6].link = STR("https://example.org/");
    lay();
    struct found label0 = find_text(&seen, "label0"), label3 = find_text(&seen, "label3");
    struct found label4 = find_text(&seen, "label4"), value0 = find_text(&seen, "07"), value1 = find_text(&seen, "17");
    assert_near(label0.y, label3.y);
    assert_near(label0.x, label4.x);
    assert_near(value0.y, value1.y); /* whether or not a note follows */
    assert_true(label4.y > label0.y);
    struct found first = find_op(&seen, OP_RECT, "", 0), fourth = find_op(&seen, OP_RECT, "", 6);
    assert_near(first.x, house()->page.left);
    assert_near(fourth.x + fourth.w, house()->page.width - house()->page.right);
    assert_near(first.h, fourth.h);
    struct found link = find_op(&seen, OP_LINK, "https", 0);
    assert_near(link.w, first.w);
}

/* Clauses that stand on a line each do; others run on. */
static void card_notes_end_lines_at_commas(void **state)
{
    (void)state;
    struct block *block = build_block(&b, BLOCK_CARDS);
    block->n_cards = 5;
    block->cards = ARENA_ARRAY(b.arena, 5, struct card);
    const char *const notes[] = {"aaaa 37, bbb ccc 20", "short, one", "aaaaa bbbbb ccccc ddddd, eee", "", ""};
    for (size_t i = 0; i < 5; i++)
        block->cards[i] = (struct card){.label = STR("l"), .value = STR("1"), .note = str_from(notes[i])};
    lay();
    assert_int_equal(count_text(&seen, "aaaa 37,"), 1);
    assert_int_equal(count_text(&seen, "bbb ccc 20"), 1);
    assert_true(find_text(&seen, "bbb ccc 20").y > find_text(&seen, "aaaa 37,").y);
    assert_int_equal(count_text(&seen, "short, one"), 1);
    assert_int_equal(count_text(&seen, "aaaaa bbbbb ccccc ddddd,"), 0);
    assert_int_equal(count_diag(&seen, "card-cut"), 0);
}

static void card_values_shrink_to_fit(void **state)
{
    (void)state;
    struct block *block = build_block(&b, BLOCK_CARDS);
    block->n_cards = 5;
    block->cards = ARENA_ARRAY(b.arena, 5, struct card);
    for (size_t i = 0; i < 5; i++)
        block->cards[i] = (struct card){.label = STR("l"), .value = STR("1234567890"), .note = STR("n")};
    block->cards[0].note =
        STR("a note of far more words than three short lines of a narrow card can ever be made to hold");
    lay();
    size_t sizes = 0;
    for (size_t i = 0; i < seen.n; i++) {
        if (str_equal(seen.items[i].op.text, STR("1234567890"))) {
            sizes++;
            assert_true(seen.items[i].op.size < house()->styles[STYLE_CARD_VALUE].text.size);
        }
    }
    assert_int_equal(sizes, 5);
    assert_int_equal(count_diag(&seen, "card-cut"), 1);
}

/* Lengths of the bars in order. */
static size_t bars_of(float *lengths, size_t most)
{
    size_t n = 0;
    for (size_t i = 0; i < seen.n && n < most; i++) {
        const struct op *op = &seen.items[i].op;
        if (op->kind == OP_RECT && op->colour.r == house()->palette.primary_50.r &&
            op->colour.b == house()->palette.primary_50.b)
            lengths[n++] = op->w;
    }
    return n;
}

static void chart_bars_are_to_scale(void **state)
{
    (void)state;
    build_chart(&b, 30);
    lay();
    float lengths[40];
    assert_int_equal(bars_of(lengths, 40), 30);
    for (size_t i = 0; i < 30; i++)
        assert_near(lengths[i] / lengths[29], (float)(i + 1) / 30);
    assert_int_equal(find_text(&seen, "Chart").page, find_text(&seen, "bar29").page);
    struct found label = find_text(&seen, "bar29"), other = find_text(&seen, "bar3");
    assert_near(label.x + label.w, other.x + other.w);
    assert_int_equal(find_text(&seen, "(단위: unit)").page, 1);
}

static void chart_of_nothing_one_and_nonsense(void **state)
{
    (void)state;
    build_chart(&b, 0);
    build_chart(&b, 1)->chart->rows[0].values->number = 0;
    struct chart *odd = build_chart(&b, 6)->chart;
    odd->rows[0].values->number = NAN;
    odd->rows[1].values->number = INFINITY;
    odd->rows[2].values->number = 1e308;
    odd->rows[3].values->number = 1e18;
    odd->rows[4].values->number = 5e17;
    odd->rows[5].values->number = 1e-320;
    lay();
    assert_int_equal(count_diag(&seen, "chart-value"), 3);
    float lengths[10];
    size_t n = bars_of(lengths, 10);
    assert_true(n >= 2);
    assert_near(lengths[1] / lengths[0], 0.5F);
    assert_int_equal(count_text(&seen, "bar0"), 2);
}

static void what_is_cut_from_a_chart_is_said(void **state)
{
    (void)state;
    struct chart *chart = build_chart(&b, 3)->chart;
    static char words[400];
    for (size_t i = 0; i + 1 < sizeof words; i++)
        words[i] = i % 10 == 9 ? ' ' : 'w';
    chart->rows[0].label = str_from(words);
    chart->rows[1].values->text = str_from(words);
    lay();
    assert_int_equal(count_diag(&seen, "chart-cut"), 2);
}

static void nothing_at_all_in_blocks(void **state)
{
    (void)state;
    for (int kind = BLOCK_HEADING; kind <= BLOCK_GROUP; kind++)
        build_block(&b, (enum block_kind)kind);
    lay();
    assert_int_equal(seen.pages, 1); /* nothing follows the page break */
}

/* A glyph that moves the pen by NaN is a fault of ours: named, and no page comes out. */
static void bad_coordinates_are_refused(void **state)
{
    (void)state;
    build_heading(&b, 1, "Broken section");
    build_paragraph(&b, "", "fine");
    fake_poison = "fine";
    see(&seen, &b.doc, NULL);
    fake_poison = NULL;
    assert_int_equal(seen.err.kind, ERR_INTERNAL);
    assert_non_null(strstr(seen.err.text, "paragraph"));
    assert_non_null(strstr(seen.err.text, "Broken section"));
    assert_int_equal(seen.pages, 0);
}

static void what_no_break_makes_short_enough_is_cut(void **state)
{
    (void)state;
    build_paragraph(&b, "", "a b");
    lay_styled("[page]\nwidth = 90\nleft = 5\nright = 5\n[style body]\nsize = 300\nleading = 300\n");
    assert_int_equal(count_diag(&seen, "overfull-line"), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(row22_turnover_lines_align, setup, teardown),
        cmocka_unit_test_setup_teardown(marks_follow_the_official_order, setup, teardown),
        cmocka_unit_test_setup_teardown(empty_item_shows_its_mark, setup, teardown),
        cmocka_unit_test_setup_teardown(deep_nesting_is_bounded, setup, teardown),
        cmocka_unit_test_setup_teardown(long_list_of_2740_entries, setup, teardown),
        cmocka_unit_test_setup_teardown(quote_has_one_bar_a_page, setup, teardown),
        cmocka_unit_test_setup_teardown(code_keeps_its_indent, setup, teardown),
        cmocka_unit_test_setup_teardown(columns_add_up, setup, teardown),
        cmocka_unit_test_setup_teardown(row33_header_rows_repeat, setup, teardown),
        cmocka_unit_test_setup_teardown(table_rows_are_whole_and_pairs, setup, teardown),
        cmocka_unit_test_setup_teardown(small_tables_are_not_divided, setup, teardown),
        cmocka_unit_test_setup_teardown(a_table_is_parted_before_a_quarter_of_a_page_is_empty, setup, teardown),
        cmocka_unit_test_setup_teardown(row_31_33_unit_above_and_notes_below, setup, teardown),
        cmocka_unit_test_setup_teardown(unit_of_a_caption_that_waits, setup, teardown),
        cmocka_unit_test_setup_teardown(table_cells_align, setup, teardown),
        cmocka_unit_test_setup_teardown(row_taller_than_a_page, setup, teardown),
        cmocka_unit_test_setup_teardown(wide_tables_are_taken_apart, setup, teardown),
        cmocka_unit_test_setup_teardown(long_wide_tables_repeat_the_right_header, setup, teardown),
        cmocka_unit_test_setup_teardown(table_of_10000_rows_is_linear, setup, teardown),
        cmocka_unit_test_setup_teardown(cards_stand_on_a_grid, setup, teardown),
        cmocka_unit_test_setup_teardown(card_notes_end_lines_at_commas, setup, teardown),
        cmocka_unit_test_setup_teardown(card_values_shrink_to_fit, setup, teardown),
        cmocka_unit_test_setup_teardown(chart_bars_are_to_scale, setup, teardown),
        cmocka_unit_test_setup_teardown(chart_of_nothing_one_and_nonsense, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_cut_from_a_chart_is_said, setup, teardown),
        cmocka_unit_test_setup_teardown(nothing_at_all_in_blocks, setup, teardown),
        cmocka_unit_test_setup_teardown(what_no_break_makes_short_enough_is_cut, setup, teardown),
        cmocka_unit_test_setup_teardown(bad_coordinates_are_refused, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
