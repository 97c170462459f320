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

static bool trace(const struct op *ops, size_t n, struct buf *out, struct err *err)
{
    const struct page_info info = {.title = STR("제목 \"가\""), .created = STR("2024-01-31")};
    const struct page page = {3, 595.28F, 841.89F, ops, n};
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
                        "link 1.0 2.0 3.0 4.0 \"#가\"\n"
                        "anchor 1.0 2.0 \"가\"\n"
                        "outline 1.0 2.0 level 2 \"Ⅰ\"\n");
    buf_free(&out);
}

static void test_numbers_that_are_not_finite(void **state)
{
    (void)state;
    struct op op = {.kind = OP_RECT, .x = NAN};
    struct buf out = {0};
    struct err err = {0};
    assert_false(trace(&op, 1, &out, &err));
    assert_int_equal(err.kind, ERR_INTERNAL);
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_operation),
        cmocka_unit_test(test_numbers_that_are_not_finite),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
