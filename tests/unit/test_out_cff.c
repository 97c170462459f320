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

/* A CID-keyed table of two Font DICTs and five charstrings, and the widths in it. */
static struct buf with_widths(void)
{
    struct buf table = {0};
    buf_add(&table, "\1\0\4\4", 4);
    buf_add(&table, "\0\1\1\1\2A", 6);
    buf_add(&table, "\0\1\1\1\x1B", 5); /* Top DICT of 26 bytes, from byte 15 */
    buf_add(&table, "\x8b\x8b\x8b\x0c\x1e", 5);
    buf_add(&table, "\x1d\0\0\0\x29\x11", 6);     /* CharStrings at 41 */
    buf_add(&table, "\x1d\0\0\0\x4B\x0c\x24", 7); /* FDArray at 75 */
    buf_add(&table, "\x1d\0\0\0\x45\x0c\x25", 7); /* FDSelect at 69 */
    buf_add(&table, "\x8b", 1);                   /* an operand of nothing */
    assert_int_equal(table.n, 41);
    buf_add(&table, "\0\5\1\1\2\5\x0B\x0F\x14", 9);
    buf_add(&table, "\x0e", 1);                     /* endchar: the usual width */
    buf_add(&table, "\x8c\x8b\x16", 3);             /* 1 0 hmoveto: nominal + 1 */
    buf_add(&table, "\x1c\xff\x9c\x8b\x8b\x15", 6); /* -100 0 0 rmoveto */
    buf_add(&table, "\xf7\0\x8b\x0a", 4);           /* 108 0 callsubr */
    buf_add(&table, "\x8b\x8b\x8b\x8b\x01", 5);     /* 0 0 0 0 hstem: the usual width */
    assert_int_equal(table.n, 69);
    buf_add(&table, "\0\0\0\1\0\0", 6); /* FDSelect, format 0 */
    assert_int_equal(table.n, 75);
    buf_add(&table, "\0\2\1\1\4\7", 6);
    buf_add(&table, "\x91\xe2\x12", 3); /* Private: 6 bytes at 87 */
    buf_add(&table, "\x91\xe8\x12", 3); /* … at 93 */
    assert_int_equal(table.n, 87);
    buf_add(&table, "\xf7\x38\x14\xf7\x9c\x15", 6); /* defaultWidthX 164, nominalWidthX 264 */
    buf_add(&table, "\x8c\x14\xf7\x9d\x15\x8b", 6); /* 1, 265 */
    return table;
}

static void test_widths(void **state)
{
    (void)state;
    static const double wanted[] = {164, 265, 165, -1, 164};
    struct buf table = with_widths();
    for (size_t gid = 0; gid < 5; gid++) {
        double width = -1;
        assert_int_equal(cff_width(buf_view(&table), gid, &width), wanted[gid] >= 0);
        assert_true(width == wanted[gid]);
    }
    double width;
    assert_false(cff_width(buf_view(&table), 5, &width));
    for (size_t n = 0; n < table.n; n++) { /* cut short anywhere, in memory of just that size; any byte wrong */
        char *copy = malloc(n ? n : 1);
        memcpy(copy, table.p, n);
        for (size_t gid = 0; gid < 7; gid++)
            cff_width((struct str){copy, n}, gid, &width);
        free(copy);
        for (int bit = 0; bit < 8; bit++) {
            table.p[n] ^= (char)(1 << bit);
            for (size_t gid = 0; gid < 7; gid++)
                cff_width(buf_view(&table), gid, &width);
            table.p[n] ^= (char)(1 << bit);
        }
    }
    buf_free(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_new_charset),
        cmocka_unit_test(test_broken_tables),
        cmocka_unit_test(test_widths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
