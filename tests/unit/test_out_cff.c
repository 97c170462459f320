/* CFF tables made by hand: kind, new CIDs in place and appended, and every way to be cut short. */
#include "base/mem.h"
#include "out/pdf/cff.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Header, name "A", a Top DICT with ROS and a five-byte charset offset, and the charset at the end. */
static struct buf make(bool cid_keyed, const char *charset, size_t size)
{
    static const char ros[] = "\x8b\x8b\x8b\x0c\x1e"; /* 0 0 0 ROS */
    struct buf table = {0};
    size_t dict = (cid_keyed ? 5 : 0) + 6;
    buf_add(&table, "\1\0\4\4", 4);
    buf_add(&table, "\0\1\1\1\2A", 6);
    buf_add(&table, "\0\1\1\1", 4);
    buf_char(&table, (char)(1 + dict));
    if (cid_keyed)
        buf_add(&table, ros, 5);
    buf_add(&table, "\x1d\0\0\0", 4);
    buf_char(&table, (char)(table.n + 2));
    buf_char(&table, 15); /* charset */
    buf_add(&table, charset, size);
    return table;
}

static void test_kinds(void **state)
{
    (void)state;
    struct buf named = make(false, "\0\0\1", 3), keyed = make(true, "\0\0\1", 3);
    assert_int_equal(cff_keys(buf_view(&named)), CFF_NAMED);
    assert_int_equal(cff_keys(buf_view(&keyed)), CFF_CID);
    assert_int_equal(cff_keys(STR("")), CFF_BROKEN);
    assert_int_equal(cff_keys(STR("\1\0\4\4\377\377\4")), CFF_BROKEN);
    buf_free(&named);
    buf_free(&keyed);
}

static void test_new_charset(void **state)
{
    (void)state;
    static const uint16_t cids[] = {0, 0x0102, 0x0304, 0x0506};
    static const char expected[] = "\0\1\2\3\4\5\6";
    struct buf same = make(true, "\0\0\1\0\2\0\3", 7); /* format 0: replaced where it is */
    size_t before = same.n;
    assert_true(cff_set_cids(&same, cids, 4));
    assert_int_equal(same.n, before);
    assert_memory_equal(same.p + before - 7, expected, 7);
    struct buf short_one = make(true, "\2\0\1\0\2", 5); /* format 2: too small, so a new one at the end */
    before = short_one.n;
    assert_true(cff_set_cids(&short_one, cids, 4));
    assert_int_equal(short_one.n, before + 7);
    assert_memory_equal(short_one.p + before, expected, 7);
    assert_memory_equal(short_one.p + before - 5, "\0\0\0\0\0", 5);
    assert_int_equal((unsigned char)short_one.p[before - 5 - 2], before); /* the Top DICT points there */
    assert_true(cff_set_cids(&short_one, cids, 4));                       /* and it can be found again */
    buf_free(&same);
    buf_free(&short_one);
}

/* Each cut and each single wrong byte in memory of exactly that size: the address sanitizer sees any step outside. */
static void test_broken_tables(void **state)
{
    (void)state;
    static const uint16_t cids[] = {0, 1, 2, 3};
    struct buf whole = make(true, "\1\0\1\1\0\7\0", 7);
    for (size_t n = 0; n <= whole.n; n++)
        for (int change = 0; change < 256; change += n == whole.n ? 1 : 256)
            for (size_t at = 0; at < (change ? n : 1); at++) {
                struct buf part = {.p = mem_alloc(n + 1), .n = n, .room = n + 1};
                memcpy(part.p, whole.p, n);
                part.p[n] = 0;
                if (change)
                    part.p[at] = (char)change;
                enum cff_keys keys = cff_keys(buf_view(&part));
                if (cff_set_cids(&part, cids, 4))
                    assert_int_not_equal(keys, CFF_BROKEN);
                else
                    assert_int_equal(part.n, n);
                if (n < whole.n)
                    assert_false(keys == CFF_CID && part.n != n);
                buf_free(&part);
            }
    buf_free(&whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_new_charset),
        cmocka_unit_test(test_broken_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
