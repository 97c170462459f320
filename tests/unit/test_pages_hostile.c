/* Random trees of all blocks: nothing is lost, nothing leaves the sheet, nothing is said twice, whatever the shape. And
 * the same with the fonts of the house, where they are installed. */
#include "base/file.h"
#include "base/mem.h"
#include "doc_builder.h"
#include "house.h"
#include "layout/style.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static uint32_t seed;

static uint32_t chance(uint32_t n)
{
    seed = seed * 1664525U + 1013904223U;
    return (seed >> 8) % n;
}

struct maker {
    struct builder b;
    size_t tokens; /* every text begins with "k<number>z" */
    size_t blocks;
};

#define LONG_WORD " aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static const char *some_text(struct maker *m)
{
    static const char *const tails[] = {
        "",
        " short",
        " 시는 올해 안에 창업 보육 공간을 열고 입주할 기업을 공모로 뽑기로 했다. 사업비는 6조 7천억 원이다.",
        " https://www.example.org/a/very/long/path?with=many&parameters=that&never=end&and=go&on=and&on=for&ever=1",
        " 漢字와 (括弧) “따옴표” 3.5㎡ 2024. 1. 16.",
        " \xe1\x84\x92\xe1\x86\x9e\xe1\x86\xab 옛한글",
        LONG_WORD,
    };
    return arena_printf(m->b.arena, "k%zuz%s", m->tokens++, tails[chance(sizeof tails / sizeof *tails)]);
}

static void random_cards(struct maker *m)
{
    struct block *block = build_block(&m->b, BLOCK_CARDS);
    block->n_cards = chance(8);
    block->cards = ARENA_ARRAY(m->b.arena, block->n_cards + 1, struct card);
    for (size_t i = 0; i < block->n_cards; i++)
        block->cards[i].label = str_from(arena_printf(m->b.arena, "k%zuz", m->tokens++));
}

static void random_table(struct maker *m)
{
    struct block *block = build_table(&m->b, chance(60), 1 + chance(9), "x");
    struct table *table = block->table;
    for (size_t i = 0; i < table->rows * table->columns; i++)
        table->cells[i].runs =
            build_runs(&m->b, chance(3) ? arena_printf(m->b.arena, "k%zuz", m->tokens++) : some_text(m));
    for (size_t i = 0; i < table->columns; i++)
        table->align[i] = (enum align)chance(3);
}

static void random_blocks(struct maker *m, int depth)
{
    static const char *const styles[] = {"", "", "title", "subtitle", "note", "unit", "source", "caption", "odd"};
    for (size_t n = chance(6) + 1; n-- > 0 && m->blocks < 120; m->blocks++) {
        uint32_t kind = chance(BLOCK_GROUP + 1);
        if (kind == BLOCK_TABLE) {
            random_table(m);
        } else if (kind == BLOCK_CARDS) {
            random_cards(m);
        } else if (kind == BLOCK_CHART) {
            enum chart_kind sort = (enum chart_kind)chance(CHART_MAP + 1);
            struct chart *chart = build_series(&m->b, sort, chance(40), chance(12))->chart;
            for (size_t i = 0; i < chart->n; i++)
                chart->rows[i].values->number = chance(9) ? (double)chance(1000) : -HUGE_VAL;
        } else if (kind == BLOCK_LIST || kind == BLOCK_ITEM || kind == BLOCK_QUOTE || kind == BLOCK_GROUP) {
            struct block *open = build_open(&m->b, (enum block_kind)kind);
            open->ordered = chance(2);
            open->start = (int)chance(100000);
            open->style = chance(2) ? STR("keep") : STR("");
            if (depth < 60)
                random_blocks(m, depth + 1);
            build_close(&m->b, open);
        } else {
            struct block *block = build_paragraph(&m->b, styles[chance(9)], some_text(m));
            block->kind = (enum block_kind)kind;
            block->level = (int)chance(9) - 1;
            if (kind == BLOCK_RULE || kind == BLOCK_PAGE_BREAK)
                block->n = 0, block->runs = NULL, m->tokens--;
        }
    }
}

static struct fonts *house_fonts(void)
{
    struct buf config = {0};
    struct err err = {0};
    struct fonts *fonts = NULL;
    if (file_read("fonts/fonts.ini", 1 << 20, &config, &err))
        fonts = fonts_open("fonts/fonts.ini", buf_view(&config), &err);
    buf_free(&config);
    if (!fonts)
        print_message("skipped: %s\n", err.text);
    return fonts;
}

/* How often each token was said, as content. Texts may be broken at any character, so whole pages are searched. */
static void count_tokens(const struct seen *seen, size_t tokens, unsigned *count)
{
    struct buf all = {0};
    for (size_t i = 0; i < seen->n; i++) {
        const struct op *op = &seen->items[i].op;
        if (op->kind == OP_TEXT && !op->artifact)
            buf_str(&all, op->text);
    }
    for (size_t i = 0; i < all.n; i++) {
        if (all.p[i] != 'k')
            continue;
        char *end;
        unsigned long token = strtoul(all.p + i + 1, &end, 10);
        if (end > all.p + i + 1 && *end == 'z' && token < tokens)
            count[token]++;
    }
    buf_free(&all);
}

static void check_geometry(const struct seen *seen)
{
    for (size_t i = 0; i < seen->n; i++) {
        const struct op *op = &seen->items[i].op;
        assert_true(isfinite(op->x) && isfinite(op->y) && isfinite(op->w) && isfinite(op->h));
        assert_true(op->x >= 0 && op->x <= house()->page.width && op->y >= 0 && op->y <= house()->page.height);
        if (!op->artifact && op->kind == OP_TEXT)
            assert_true(op->y > house()->page.top && op->y < house()->page.height - house()->page.bottom + 0.1F);
        if (op->kind == OP_RECT)
            assert_true(op->w >= 0 && op->h >= 0 && op->x + op->w <= house()->page.width - house()->page.right + 0.1F);
    }
}

static void random_documents(void **state)
{
    (void)state;
    struct fonts *fonts = house_fonts();
    if (!fonts)
        skip();
    for (seed = 1; seed < 4000000000U; seed += 100000007U) {
        uint32_t began = seed;
        struct maker m = {0};
        build_begin(&m.b);
        random_blocks(&m, 0);
        struct seen seen;
        see(&seen, &m.b.doc, fonts);
        if (seen.err.kind)
            fail_msg("seed %u: %s", began, seen.err.text);
        check_geometry(&seen);
        unsigned *count = mem_alloc((m.tokens + 1) * sizeof *count);
        memset(count, 0, (m.tokens + 1) * sizeof *count);
        count_tokens(&seen, m.tokens, count);
        for (size_t i = 0; i < m.tokens; i++) {
            if (count[i] != 1 && !(count[i] && count_diag(&seen, "wide-table")))
                fail_msg("seed %u: token %zu was said %u times", began, i, count[i]);
        }
        mem_free(count);
        seen_end(&seen);
        build_end(&m.b);
        seed = began;
    }
    fonts_free(fonts);
}

static void same_document_same_pages(void **state)
{
    (void)state;
    struct fonts *fonts = house_fonts();
    if (!fonts)
        skip();
    seed = 5;
    struct maker m = {0};
    build_begin(&m.b);
    random_blocks(&m, 0);
    random_table(&m);
    struct seen one, two;
    see(&one, &m.b.doc, fonts);
    see(&two, &m.b.doc, fonts);
    assert_int_equal(one.n, two.n);
    for (size_t i = 0; i < one.n; i++) {
        assert_true(one.items[i].op.x == two.items[i].op.x && one.items[i].op.y == two.items[i].op.y);
        assert_true(str_equal(one.items[i].op.text, two.items[i].op.text));
    }
    seen_end(&one);
    seen_end(&two);
    build_end(&m.b);
    fonts_free(fonts);
}

/* Text of many marks on one letter, in every place where text can stand. */
static void combining_marks_stay_on_the_sheet(void **state)
{
    (void)state;
    struct fonts *fonts = house_fonts();
    if (!fonts)
        skip();
    struct buf text = {0};
    buf_char(&text, 'a');
    for (size_t i = 0; i < 10000; i++)
        buf_text(&text, i % 2 ? "\xcc\x81" : "\xcd\x9c");
    struct builder b;
    build_begin(&b);
    build_heading(&b, 1, text.p);
    build_paragraph(&b, "title", text.p);
    build_table(&b, 2, 3, text.p);
    struct chart *chart = build_chart(&b, 2)->chart;
    chart->rows[0].label = chart->rows[1].values->text = chart->title = chart->unit = str_from(text.p);
    struct block *cards = build_block(&b, BLOCK_CARDS);
    cards->n_cards = 1;
    cards->cards = ARENA_NEW(b.arena, struct card);
    cards->cards->label = cards->cards->value = cards->cards->note = str_from(text.p);
    b.doc.running_head = str_from(text.p);
    build_block(&b, BLOCK_PAGE_BREAK);
    build_paragraph(&b, "", "end");
    struct seen seen;
    see(&seen, &b.doc, fonts);
    if (seen.err.kind)
        fail_msg("%s", seen.err.text);
    check_geometry(&seen);
    assert_true(find_text(&seen, "end").page > 1);
    seen_end(&seen);
    build_end(&b);
    buf_free(&text);
    fonts_free(fonts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_documents),
        cmocka_unit_test(same_document_same_pages),
        cmocka_unit_test(combining_marks_stay_on_the_sheet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
