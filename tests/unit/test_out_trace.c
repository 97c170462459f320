/* The trace: one operation a line, the same text for the same page. */
#include "out/trace.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct face face = {.name = {"Test-Regular", 12}};
static const struct glyph glyphs[] = {{.id = 7, .advance = 9.96F}, {.id = 8, .advance = 5.04F, .cluster = 3}};
static const struct corner corners[] = {{0, 0}, {10, 0}, {10, 5}};

static bool trace(const struct op *ops, size_t n, struct buf *out, struct err *err)
{
    const struct page_info info = {.title = STR("제목 \"가\""), .created = STR("2024-01-31")};
    const struct page page = {3, 595.28F, 841.89F, ops, n, NULL};
    struct device device;
    assert_true(trace_device(&info, &device, err));
    bool ok = device.page(device.self, &page, err) && device.finish(device.self, out, err);
    device.free(device.self);
    return ok;
}

static void test_every_operation(void **state)
{
    (void)state;
    const struct op ops[] = {
        {.kind = OP_TEXT,
         .x = 10.04F,
         .y = -0.04F,
         .size = 10.5F,
         .colour = {5, 37, 97},
         .face = &face,
         .text = STR("가\t\"\\나"),
         .glyphs = glyphs,
         .n = 2},
        {.kind = OP_RECT, .x = 1, .y = 2, .w = -3.25F, .h = 4, .colour = {255, 0, 10}},
        {.kind = OP_LINE, .x = 1, .y = 2, .w = 3, .h = 0, .size = 0.4F, .artifact = true},
        {.kind = OP_LINE, .x = 1, .y = 2, .w = 3, .size = 1, .dash = 2, .gap = 1.5F},
        {.kind = OP_PATH, .x = 1, .y = 2, .corners = corners, .n = 2, .size = 1.5F, .stroke = {1, 2, 3}},
        {.kind = OP_PATH, .corners = corners, .n = 3, .filled = true, .closed = true, .colour = {255, 0, 0}},
        {.kind = OP_PATH, .x = 5, .y = 5, .w = 4, .corners = corners, .n = 1, .filled = true},
        {.kind = OP_LINK, .x = 1, .y = 2, .w = 3, .h = 4, .link = STR("#가")},
        {.kind = OP_ANCHOR, .x = 1, .y = 2, .text = STR("가")},
        {.kind = OP_OUTLINE, .x = 1, .y = 2, .text = STR("Ⅰ"), .level = 2},
    };
    struct buf out = {0};
    struct err err = {0};
    assert_true(trace(ops, sizeof ops / sizeof *ops, &out, &err));
    assert_string_equal(out.p,
                        "info title \"제목 \\\"가\\\"\"\n"
                        "info created \"2024-01-31\"\n"
                        "page 3 595.3 841.9\n"
                        "text 10.0 0.0 size 10.5 #052561 Test-Regular \"가\\x09\\\"\\\\나\" glyphs 2 advance 15.0\n"
                        "rect 1.0 2.0 -3.3 4.0 #ff000a\n"
                        "line 1.0 2.0 3.0 0.0 size 0.4 #000000 artifact\n"
                        "line 1.0 2.0 3.0 0.0 size 1.0 #000000 dash 2.0 1.5\n"
                        "path 1.0 2.0 0.0 0.0, 10.0 0.0 size 1.5 #010203\n"
                        "path 0.0 0.0 0.0 0.0, 10.0 0.0, 10.0 5.0 closed #ff0000\n"
                        "path 5.0 5.0 disc 4.0 0.0 0.0 #000000\n"
                        "link 1.0 2.0 3.0 4.0 \"#가\"\n"
                        "anchor 1.0 2.0 \"가\"\n"
                        "outline 1.0 2.0 level 2 \"Ⅰ\"\n");
    buf_free(&out);
}

static void test_numbers_that_are_not_finite(void **state)
{
    (void)state;
    const struct corner bad = {0, INFINITY};
    const struct op ops[] = {{.kind = OP_RECT, .x = NAN},
                             {.kind = OP_LINE, .size = 1, .dash = NAN, .gap = 1},
                             {.kind = OP_PATH, .size = 1, .corners = &bad, .n = 1}};
    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) {
        struct buf out = {0};
        struct err err = {0};
        assert_false(trace(&ops[i], 1, &out, &err));
        assert_int_equal(err.kind, ERR_INTERNAL);
        buf_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_operation),
        cmocka_unit_test(test_numbers_that_are_not_finite),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
