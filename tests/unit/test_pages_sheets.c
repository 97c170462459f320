/* Random style sheets over one document that has all blocks: a sheet is refused by name, or nothing leaves the page. */
#include "house.h"
#include "pages_fixture.h"

#include <stdint.h>

static uint32_t seed = 11;

static uint32_t chance(uint32_t n)
{
    seed = seed * 1664525U + 1013904223U;
    return (seed >> 8) % n;
}

static const char *any(const char *const *words, size_t n)
{
    return words[chance((uint32_t)n)];
}

#define ANY(...) any((const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static void put_value(struct buf *out, const char *key)
{
    static const char *const units[] = {"", "pt", "mm", "em"};
    static const unsigned most[] = {3, 12, 40, 300, 2000};
    buf_printf(out, "%s = %s%u.%u%s\n", key, chance(8) ? "" : "-", chance(most[chance(5)]), chance(10),
               units[chance(4)]);
}

static void put_style(struct buf *out)
{
    buf_printf(out, "[style %s]\n",
               ANY("body", "h1", "caption", "unit", "footnote", "quote", "box", "box-title", "toc-1", "toc-title",
                   "code", "cover", "head", "foot", "mark", "cell", "cell-head", "chart-label", "chart-axis",
                   "card-value"));
    for (uint32_t n = 1 + chance(4); n; n--)
        put_value(out, ANY("size", "leading", "indent", "tracking", "before", "after", "left", "right", "pad"));
    buf_printf(out, "%s\n",
               ANY("align = center", "align = justify", "words = keep", "keep-next = yes", "hanging = yes"));
    buf_printf(out, "%s\n",
               ANY("keep-lines = yes", "page-before = yes", "at-foot = yes", "number = 제1장", "fill = gray-5"));
    buf_printf(out, "%s\n",
               ANY("rule-top = 20 gray-5", "rule-left = 9 gray-5", "rule-bottom = 1 gray-5", "tabs = right 90"));
}

static void put_sheet(struct buf *out)
{
    buf_text(out, "[page]\n");
    for (uint32_t n = chance(4); n; n--)
        put_value(out, ANY("width", "height", "top", "right", "bottom", "left", "head", "head-rule", "foot"));
    buf_printf(out, "number = %s\n", ANY("none", "head-left", "head-center", "foot-right", "foot-outside"));
    buf_printf(out, "number-form = %s\n", ANY("#", "# / ##", "####################################################"));
    buf_printf(out, "[note]\nform = %s\n",
               ANY("#)", "*", "각각각각각각각각각각각각각각각각각각각각각각각각각각각각각"));
    if (chance(2))
        put_value(out, ANY("rule", "above", "below"));
    buf_text(out, "[distance]\n");
    if (chance(2))
        put_value(out, ANY("hairline", "list-gap", "list-after", "object-after", "column-gap", "column-rule"));
    for (uint32_t n = chance(5); n; n--)
        put_style(out);
    buf_printf(out, "[character %s]\nraise = %s%u%%\n", ANY("sup", "link", "code"), ANY("", "-"), chance(401));
}

static void all_blocks(void)
{
    struct block *open = build_open(&b, BLOCK_COVER);
    build_paragraph(&b, "cover-title", "Cover");
    build_close(&b, open);
    build_contents(&b, "toc");
    build_heading(&b, 1, "Chapter");
    struct block *text = build_lines(&b, "", 9);
    build_notes(&b, 2, "a note of some words");
    build_call(&b, &text->runs, &text->n, 1);
    build_paragraph(&b, "", "Left\tright\tend");
    open = build_open(&b, BLOCK_BOX);
    build_series(&b, CHART_SLOPE, 3, 2);
    build_table(&b, 3, 9, NULL);
    build_close(&b, open);
    open = build_open(&b, BLOCK_QUOTE);
    text = build_paragraph(&b, "", "Quoted");
    build_call(&b, &text->runs, &text->n, 2);
    build_close(&b, open);
    for (int kind = CHART_BAR; kind <= CHART_HEAT; kind++)
        build_series(&b, (enum chart_kind)kind, 4, kind == CHART_BAR ? 1 : 3);
    build_paragraph(&b, "caption", "Title");
    build_paragraph(&b, "unit", "(unit)");
    build_table(&b, 30, 3, NULL);
}

static void random_sheets(void **state)
{
    (void)state;
    size_t laid = 0;
    all_blocks();
    for (int i = 0; i < 2000; i++) {
        struct buf text = {0};
        struct arena *arena = arena_new();
        struct err err = {0};
        put_sheet(&text);
        const struct style_sheet *sheet =
            style_open(arena, data_file("templates/house.ini"), "test.ini", buf_view(&text), &err);
        if (sheet) {
            struct seen local;
            see_with(&local, &b.doc, NULL, sheet);
            if (local.err.kind)
                fail_msg("%s\n%.*s", local.err.text, STR_ARG(buf_view(&text)));
            seen_end(&local);
            laid++;
        } else {
            assert_int_equal(err.kind, ERR_CONFIG);
        }
        arena_free(arena);
        buf_free(&text);
    }
    assert_true(laid > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(random_sheets, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
