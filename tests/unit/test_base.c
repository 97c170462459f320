/* The base room: strings, dates, UTF-8, files, JSON, errors. */
#include "base/arena.h"
#include "base/date.h"
#include "base/diag.h"
#include "base/err.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void err_first_wins(void **state)
{
    (void)state;
    struct err err = {0};
    assert_false(err_set(&err, ERR_INPUT, "first %d", 1));
    assert_false(err_set(&err, ERR_IO, "second"));
    assert_int_equal(err.kind, ERR_INPUT);
    assert_string_equal(err.text, "first 1");
}

static void err_tames_terminal_controls(void **state)
{
    (void)state;
    struct err err = {0};
    err_set(&err, ERR_INPUT, "%s", "a\033[2Jb\n");
    assert_string_equal(err.text, "a?[2Jb?");
}

static void str_trims_korean_blanks(void **state)
{
    (void)state;
    struct str s = str_trim(STR("\xef\xbb\xbf \xc2\xa0\xe3\x80\x80시흥 시\t\xe3\x80\x80\xc2\xa0\r\n"));
    assert_true(str_equal(s, STR("시흥 시")));
    assert_int_equal(str_trim(STR(" \xc2\xa0 ")).n, 0);
}

static void str_lines_and_fields(void **state)
{
    (void)state;
    struct str rest = STR("a\r\n\nb"), line;
    assert_true(str_line(&rest, &line) && str_equal(line, STR("a")));
    assert_true(str_line(&rest, &line) && line.n == 0);
    assert_true(str_line(&rest, &line) && str_equal(line, STR("b")));
    assert_false(str_line(&rest, &line));
    rest = STR("x,,y,");
    size_t n = 0;
    while (str_field(&rest, ',', &line))
        n++;
    assert_int_equal(n, 4);
}

static void str_asks_for_a_list(void **state)
{
    (void)state;
    static const char *const words[] = {"창업", "창업기업", "", NULL}, *const some[] = {"업기", "창", NULL};
    static const char *const none[] = {NULL};
    assert_true(str_is_any(STR("창업기업"), words) && !str_is_any(STR("창"), words) && str_is_any(STR(""), words));
    assert_true(str_starts_any(STR("창업기업"), some) && !str_starts_any(STR("업무"), some));
    assert_false(str_starts_any(STR("\xEC\xB0"), some)); /* less than the word */
    assert_true(str_ends_any(STR("신창"), some) && !str_ends_any(STR("창업"), some));
    assert_true(str_has_any(STR("신창업"), some) && !str_has_any(STR("신"), some));
    assert_false(str_is_any(STR(""), none) || str_starts_any(STR("a"), none) || str_has_any(STR("a"), none));
}

static void buf_encodes_every_length(void **state)
{
    (void)state;
    struct buf b = {0};
    buf_utf8(&b, 'A');
    buf_utf8(&b, 0xe9);
    buf_utf8(&b, 0xac00);
    buf_utf8(&b, 0x1f600);
    assert_string_equal(b.p, "A\xc3\xa9\xea\xb0\x80\xf0\x9f\x98\x80");
    assert_int_equal(utf8_invalid(buf_view(&b)), SIZE_MAX);
    size_t at = 0;
    assert_int_equal(utf8_next(buf_view(&b), &at), 'A');
    assert_int_equal(utf8_next(buf_view(&b), &at), 0xe9);
    assert_int_equal(utf8_next(buf_view(&b), &at), 0xac00);
    assert_int_equal(utf8_previous(buf_view(&b), &at), 0xac00);
    buf_free(&b);
}

/* Short texts are printed once, long ones twice: nothing is cut, whatever room there was. */
static void printf_of_every_length(void **state)
{
    (void)state;
    char text[300];
    struct arena *arena = arena_new();
    for (size_t n = 0; n < sizeof text; n++) {
        memset(text, 'a', n);
        text[n] = '\0';
        struct buf buf = {0};
        buf_printf(&buf, "%s%d", text, 7);
        buf_printf(&buf, "%s%d", text, 8);
        const char *printed = arena_printf(arena, "%s%d%s%d", text, 7, text, 8);
        assert_int_equal(buf.n, 2 * n + 2);
        assert_string_equal(buf.p, printed);
        assert_true(strspn(printed, "a") == n && printed[n] == '7' && printed[2 * n + 1] == '8');
        buf_free(&buf);
    }
    arena_free(arena);
}

static void utf8_names_the_first_bad_byte(void **state)
{
    (void)state;
    assert_int_equal(utf8_invalid(STR("ab\xff")), 2);
    assert_int_equal(utf8_invalid(STR("\xc0\x80")), 0);         /* overlong */
    assert_int_equal(utf8_invalid(STR("x\xed\xa0\x80")), 1);    /* surrogate */
    assert_int_equal(utf8_invalid(STR("\xf4\x90\x80\x80")), 0); /* above U+10FFFF */
    assert_int_equal(utf8_invalid(STR("\xea\xb0")), 0);         /* cut */
    assert_int_equal(utf8_invalid(STR("\xf0\x9f\x98\x80가")), SIZE_MAX);
}

static void utf8_repairs_names(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    assert_true(str_equal(utf8_repair(arena, STR("a\xf7\xbf가\xea")), STR("a\xef\xbf\xbd\xef\xbf\xbd가\xef\xbf\xbd")));
    assert_true(str_equal(str_head(STR("가나다"), 7), STR("가나")));
    assert_true(str_equal(str_head(STR("가나"), 6), STR("가나")));
    assert_int_equal(str_head(STR("가"), 2).n, 0);
    arena_free(arena);
}

static void utf8_composes_hangul(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct str nfd = STR("\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab"); /* ᄒ ᅡ ᆫ */
    assert_true(str_equal(utf8_nfc(arena, nfd), STR("한")));
    struct str same = STR("시흥시 ‘창업’·漢字 café ∼→ か");
    assert_ptr_equal(utf8_nfc(arena, same).p, same.p); /* no copy where there is nothing to do */
    struct str old = STR("ᄒᆞᆫ글");                  /* old Hangul has no composed form */
    assert_true(str_equal(utf8_nfc(arena, old), old));
    arena_free(arena);
}

static void utf8_decodes_strictly(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct str out;
    size_t bad;
    assert_true(utf8_decode(arena, STR("\xbd\xc3\xc8\xef"), "cp949", &out, &bad));
    assert_true(str_equal(out, STR("시흥")));
    assert_false(utf8_decode(arena, STR("ab\xff\xff"), "cp949", &out, &bad));
    assert_int_equal(bad, 2);
    assert_true(utf8_decode(arena, STR("\x00\xac"), "utf-16le", &out, &bad));
    assert_true(str_equal(out, STR("가")));
    arena_free(arena);
}

static void utf8_terminal_columns(void **state)
{
    (void)state;
    assert_int_equal(utf8_columns(STR("시흥 AI")), 7);
    assert_int_equal(utf8_columns(STR("e\xcc\x81")), 1);
}

static void utf8_tames_messages(void **state)
{
    (void)state;
    char text[] = "시\033\x7f\xec\x8b [\xec\x8b\x9c\xff\xec";
    utf8_tame(text);
    assert_string_equal(text, "시???? [시??");
}

static void date_round_trip_every_day(void **state)
{
    (void)state;
    for (date_t d = date_from(1999, 12, 31); d <= date_from(2104, 3, 1); d++) {
        struct ymd t = date_split(d);
        assert_int_equal(date_from(t.year, t.month, t.day), d);
        struct date_text text = date_iso(d);
        assert_int_equal(date_parse(str_from(text.p)), d);
    }
    assert_int_equal(date_from(1970, 1, 1), 0);
    assert_int_equal(date_weekday(date_from(2024, 1, 16)), 2);
}

static void date_refuses_what_is_no_day(void **state)
{
    (void)state;
    assert_int_equal(date_parse(STR("2023-02-29")), DATE_NONE);
    assert_int_equal(date_parse(STR("1900-02-29")), DATE_NONE);
    assert_int_not_equal(date_parse(STR("2000-02-29")), DATE_NONE);
    assert_int_equal(date_parse(STR("2024-1-16")), DATE_NONE);
    date_t a, b;
    assert_false(date_parse_month(STR("2024-13"), &a, &b));
    assert_true(date_parse_month(STR("2024-02"), &a, &b));
    assert_int_equal(b - a, 28);
}

static void date_months_clamp(void **state)
{
    (void)state;
    assert_int_equal(date_add_months(date_from(2024, 3, 31), -1), date_from(2024, 2, 29));
    assert_int_equal(date_add_months(date_from(2024, 1, 1), -1), date_from(2023, 12, 1));
    assert_int_equal(date_add_months(date_from(2023, 12, 1), 13), date_from(2025, 1, 1));
}

static void json_escapes(void **state)
{
    (void)state;
    struct buf b = {0};
    struct json j = {.out = &b};
    json_open(&j, NULL, '{');
    json_str(&j, "a", STR("\"\\\n\x01가"));
    json_open(&j, "b", '[');
    json_int(&j, NULL, -3);
    json_bool(&j, NULL, true);
    json_close(&j, ']');
    json_null_str(&j, "c", (struct str){0});
    json_real(&j, "d", 0.5);
    json_close(&j, '}');
    assert_string_equal(b.p, "{\"a\":\"\\\"\\\\\\n\\u0001가\",\"b\":[-3,true],\"c\":null,\"d\":0.500}");
    buf_free(&b);
}

/* A scratch directory; each test removes what it made. */
static char *scratch(struct arena *arena)
{
    char *name = arena_copy(arena, "/tmp/briefgen-test-XXXXXX", 25);
    assert_non_null(mkdtemp(name));
    return name;
}

static void file_publish_replaces_and_refuses(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct err err = {0};
    char *dir = scratch(arena), *path = file_join(arena, dir, "a.txt");
    assert_true(file_publish(path, STR("one"), &err));
    assert_true(file_publish(path, STR("two"), &err));
    struct buf got = {0};
    assert_true(file_read(path, 100, &got, &err));
    assert_string_equal(got.p, "two");
    buf_free(&got);
    assert_false(file_read(path, 2, &got, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    buf_free(&got);
    char *link = file_join(arena, dir, "link");
    assert_int_equal(symlink("a.txt", link), 0);
    err = (struct err){0};
    assert_false(file_publish(link, STR("three"), &err));
    assert_int_equal(err.kind, ERR_CREATE);
    char **paths;
    size_t n;
    err = (struct err){0};
    assert_true(file_list(dir, arena, &paths, &n, &err));
    assert_int_equal(n, 1); /* no temporary left, the link not followed */
    unlink(link);
    unlink(path);
    rmdir(dir);
    arena_free(arena);
}

static void file_publish_all_is_all_or_nothing(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct err err = {0};
    char *dir = scratch(arena), *good = file_join(arena, dir, "good"), *bad = file_join(arena, dir, "bad");
    assert_int_equal(mkdir(bad, 0777), 0);
    struct file_item items[] = {{good, STR("x")}, {bad, STR("y")}};
    assert_false(file_publish_all(items, 2, &err));
    assert_int_equal(err.kind, ERR_CREATE);
    assert_int_not_equal(access(good, F_OK), 0);
    rmdir(bad);
    rmdir(dir);
    arena_free(arena);
}

static void file_hash_is_sha256(void **state)
{
    (void)state;
    char hex[65];
    file_sha256(STR("abc"), hex); /* FIPS 180-4 example */
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void arena_survives_reset_and_large_blocks(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < 1000; i++) {
            char *p = arena_alloc(arena, i);
            assert_int_equal((uintptr_t)p % 16, 0);
            memset(p, 0xff, i);
        }
        unsigned char *big = arena_alloc(arena, 1 << 20);
        assert_int_equal(big[12345], 0);
        arena_reset(arena);
    }
    arena_free(arena);
}

static void diag_lists_and_counts(void **state)
{
    (void)state;
    struct diag_list list = {0};
    diag_add(&list, DIAG_REJECT, "bad-line", "a.jsonl", 500, 0, "cut at \033 byte %d", 7);
    diag_add(&list, DIAG_NOTE, "x", NULL, 0, 0, "y");
    char *text = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&text, &n);
    diag_print(&list, out);
    fclose(out);
    assert_string_equal(text, "briefgen: a.jsonl:500: rejected: cut at ? byte 7 [bad-line]\nbriefgen: note: y [x]\n");
    assert_int_equal(diag_count(&list, DIAG_REJECT), 1);
    free(text);
    diag_add(&list, DIAG_NOTE, "x", "elsewhere", 7, 0, "y");
    diag_add(&list, DIAG_NOTE, "x", NULL, 0, 0, "z");
    diag_add(&list, DIAG_NOTE, "w", NULL, 0, 0, "y");
    diag_add(&list, DIAG_NOTE, "x", NULL, 0, 0, "z");
    diag_drop_repeated(&list, 2);
    assert_int_equal(list.n, 5);
    assert_string_equal(list.items[2].text, "z");
    assert_string_equal(list.items[4].text, "z");
    diag_drop_repeated(&list, 3);
    assert_int_equal(list.n, 4);
    diag_drop_repeated(&list, 4);
    assert_int_equal(list.n, 4);
    diag_free(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(err_first_wins),
        cmocka_unit_test(err_tames_terminal_controls),
        cmocka_unit_test(str_trims_korean_blanks),
        cmocka_unit_test(str_lines_and_fields),
        cmocka_unit_test(str_asks_for_a_list),
        cmocka_unit_test(buf_encodes_every_length),
        cmocka_unit_test(printf_of_every_length),
        cmocka_unit_test(utf8_names_the_first_bad_byte),
        cmocka_unit_test(utf8_repairs_names),
        cmocka_unit_test(utf8_composes_hangul),
        cmocka_unit_test(utf8_decodes_strictly),
        cmocka_unit_test(utf8_terminal_columns),
        cmocka_unit_test(utf8_tames_messages),
        cmocka_unit_test(date_round_trip_every_day),
        cmocka_unit_test(date_refuses_what_is_no_day),
        cmocka_unit_test(date_months_clamp),
        cmocka_unit_test(json_escapes),
        cmocka_unit_test(file_publish_replaces_and_refuses),
        cmocka_unit_test(file_publish_all_is_all_or_nothing),
        cmocka_unit_test(file_hash_is_sha256),
        cmocka_unit_test(arena_survives_reset_and_large_blocks),
        cmocka_unit_test(diag_lists_and_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
