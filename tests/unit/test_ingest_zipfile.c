/* ZIP archives: what they hold, and those that lie. */
#include "zip_fixture.h"

#include "base/arena.h"
#include "ingest/zipfile.h"

#include <stdlib.h>

static const char TEXT[] = "The museum opens at nine, and again at nine, and again at nine, and again at nine.";
static const struct part PARTS[] = {{"a.txt", TEXT}, {"dir/b.txt", "second"}, {"../../etc/x", "third"}};

static bool read_member(struct zipfile *zip, size_t member, struct buf *out, struct err *err)
{
    struct stream *stream = zipfile_read(zip, member, err);
    bool ok = stream && stream_all(stream, SIZE_MAX, out, err);
    stream_close(stream);
    return ok;
}

static void assert_member(struct zipfile *zip, size_t member, const char *name, const char *text)
{
    struct arena *arena = arena_new();
    struct buf bytes = {0};
    struct err err = {0};
    assert_string_equal(zipfile_name(arena, zip, member).p, name);
    assert_true(read_member(zip, member, &bytes, &err));
    assert_string_equal(bytes.p, text);
    buf_free(&bytes);
    arena_free(arena);
}

static void assert_parts(struct zipfile *zip)
{
    assert_non_null(zip);
    assert_int_equal(zipfile_count(zip), 3);
    for (size_t i = 3; i-- > 0;)
        assert_member(zip, i, PARTS[i].name, PARTS[i].text);
    zipfile_close(zip);
}

static void members_are_read_in_any_order(void **state)
{
    (void)state;
    for (int deflated = 0; deflated < 2; deflated++) {
        struct buf bytes = zip_of(PARTS, 3, deflated);
        struct err err = {0};
        assert_parts(zipfile_memory(buf_view(&bytes), &err));
        buf_free(&bytes);
    }
}

static void a_stream_goes_through_a_temporary_file(void **state)
{
    (void)state;
    struct buf bytes = zip_of(PARTS, 3, true);
    struct err err = {0};
    struct stream *stream = stream_memory(buf_view(&bytes));
    assert_parts(zipfile_open(NULL, stream, 0, &err));
    stream_close(stream);
    stream = stream_memory(buf_view(&bytes));
    assert_null(zipfile_open(NULL, stream, 100, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    stream_close(stream);
    buf_free(&bytes);
}

static void names_of_korean_windows_are_read(void **state)
{
    (void)state;
    static const struct part part = {"\xbd\xc3\xc8\xef\x07/\xb1\xe2\xbb\xe7.txt",
                                     "x"}; /* "시흥", a bell, "/기사.txt" */
    struct buf bytes = zip_of(&part, 1, true);
    struct err err = {0};
    struct zipfile *zip = zipfile_memory(buf_view(&bytes), &err);
    assert_member(zip, 0, "시흥?/기사.txt", "x");
    zipfile_close(zip);
    buf_free(&bytes);
}

/* Alters the archive of PARTS, and reads all that can be read: the message of what cannot. */
static const char *fault_of(void (*alter)(struct buf *zip), bool deflated)
{
    static struct err err;
    struct buf bytes = zip_of(PARTS, 3, deflated), out = {0};
    alter(&bytes);
    err = (struct err){0};
    struct zipfile *zip = zipfile_memory(buf_view(&bytes), &err);
    for (size_t i = 0; zip && i < zipfile_count(zip); i++)
        read_member(zip, i, &out, &err);
    zipfile_close(zip);
    buf_free(&bytes);
    buf_free(&out);
    assert_int_equal(err.kind, ERR_INPUT);
    return err.text;
}

static void says_less(struct buf *zip)
{
    zip_put32(zip_entry(zip, 0) + ENTRY_SIZE, 10);
}

static void says_more(struct buf *zip)
{
    zip_put32(zip_entry(zip, 0) + ENTRY_SIZE, 1000);
}

static void says_packed_less(struct buf *zip)
{
    zip_put32(zip_entry(zip, 0) + ENTRY_PACKED, 7);
}

static void says_packed_more(struct buf *zip)
{
    zip_put32(zip_entry(zip, 0) + ENTRY_PACKED, 80);
}

static void other_checksum(struct buf *zip)
{
    zip_put32(zip_entry(zip, 0) + ENTRY_CRC, 1);
}

static void other_bytes(struct buf *zip)
{
    zip->p[30 + strlen("a.txt") + 3] ^= 1;
}

static void encrypted(struct buf *zip)
{
    zip_entry(zip, 0)[ENTRY_FLAGS] |= 1;
    zip->p[6] |= 1;
}

static void unknown_method(struct buf *zip)
{
    zip_entry(zip, 0)[10] = 97;
    zip->p[8] = 97;
}

static void same_place(struct buf *zip)
{
    zip_put32(zip_entry(zip, 1) + ENTRY_LOCAL, 0);
}

static void beyond(struct buf *zip)
{
    zip_put32(zip_entry(zip, 2) + ENTRY_LOCAL, 0x7fffffff);
}

static void cut_short(struct buf *zip)
{
    zip->n -= 30;
}

static void no_entries(struct buf *zip)
{
    memcpy(zip_entry(zip, 1), "XXXX", 4);
}

static void many_entries(struct buf *zip)
{
    memset(zip->p + zip->n - 14, 0xff, 4);
}

static void assert_fault(void (*alter)(struct buf *zip), const char *part)
{
    for (int deflated = 0; deflated < 2; deflated++) {
        const char *text = fault_of(alter, deflated);
        print_message("%s\n", text);
        assert_non_null(strstr(text, part));
    }
}

static void archives_that_lie_are_faults(void **state)
{
    (void)state;
    assert_fault(says_less, "a.txt: ");
    assert_fault(says_more, "a.txt: ");
    assert_fault(says_packed_less, "a.txt: ");
    assert_fault(other_checksum, "a.txt: CRC error");
    assert_fault(other_bytes, "a.txt: ");
    assert_fault(encrypted, "a.txt: is encrypted");
    assert_fault(unknown_method, "a.txt: ");
    assert_fault(same_place, "overlap");
    assert_non_null(strstr(fault_of(says_packed_more, true), "overlap"));
    assert_fault(beyond, "damaged");
    assert_fault(cut_short, "cut short");
    assert_fault(no_entries, "damaged");
    assert_fault(many_entries, "damaged");
}

static void a_bomb_is_told_as_it_grows(void **state)
{
    (void)state;
    enum { SIZE = 8 << 20 };
    char *zeros = malloc(SIZE + 1);
    memset(zeros, 'a', SIZE);
    zeros[SIZE] = '\0';
    const struct part part = {"xl/a.xml", zeros};
    struct buf bytes = zip_of(&part, 1, true), out = {0};
    for (int lies = 0; lies < 2; lies++) {
        struct err err = {0};
        if (lies)
            zip_put32(zip_entry(&bytes, 0) + ENTRY_SIZE, 100);
        struct zipfile *zip = zipfile_memory(buf_view(&bytes), &err);
        assert_non_null(zip);
        assert_false(read_member(zip, 0, &out, &err));
        assert_int_equal(err.kind, ERR_INPUT);
        assert_non_null(strstr(err.text, lies ? "xl/a.xml: " : "xl/a.xml: unpacks to more than 100 times"));
        assert_true(out.n < 2 * ZIPFILE_RATIO_FLOOR);
        zipfile_close(zip);
    }
    buf_free(&out);
    buf_free(&bytes);
    free(zeros);
}

static void any_cut_is_an_error(void **state)
{
    (void)state;
    struct buf bytes = zip_of(PARTS, 3, true);
    for (size_t n = 0; n < bytes.n; n++) {
        struct err err = {0};
        assert_null(zipfile_memory(str_slice(buf_view(&bytes), 0, n), &err));
        assert_int_equal(err.kind, ERR_INPUT);
    }
    buf_free(&bytes);
}

static void any_wrong_byte_is_survived(void **state)
{
    (void)state;
    struct buf bytes = zip_of(PARTS, 3, true);
    for (size_t at = 0; at < bytes.n; at++)
        for (int bit = 0; bit < 8; bit++) {
            struct err err = {0};
            struct buf out = {0};
            bytes.p[at] ^= (char)(1 << bit);
            struct zipfile *zip = zipfile_memory(buf_view(&bytes), &err);
            for (size_t i = 0; zip && i < zipfile_count(zip); i++)
                read_member(zip, i, &out, &err);
            zipfile_close(zip);
            buf_free(&out);
            assert_true(err.kind == ERR_NONE || err.kind == ERR_INPUT);
            bytes.p[at] ^= (char)(1 << bit);
        }
    buf_free(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_are_read_in_any_order),    cmocka_unit_test(a_stream_goes_through_a_temporary_file),
        cmocka_unit_test(names_of_korean_windows_are_read), cmocka_unit_test(archives_that_lie_are_faults),
        cmocka_unit_test(a_bomb_is_told_as_it_grows),       cmocka_unit_test(any_cut_is_an_error),
        cmocka_unit_test(any_wrong_byte_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
