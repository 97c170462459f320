#include "ingest_fixture.h"

#include "base/limits.h"
#include "ingest/decode.h"

#include <iconv.h>

static const char page[] = "한빛시, 청년 창업 공방 열어\n\n"
                           "한빛시는 12일 옛 우체국 건물에 청년 창업 공방을 열었다고 밝혔다.\n"
                           "공방에는 작업실 20칸과 공동 장비실이 마련됐으며 입주자는 2년 동안 무료로 쓴다.\n"
                           "가구와 저온 창고도 준비돼 팀마다 대여한다.\n"; /* their first bytes are NUL in UTF-16LE */

/* `text` in another encoding, in the arena. */
static struct str encode(struct arena *arena, const char *text, const char *encoding)
{
    size_t in = strlen(text), room = in * 4, left = room;
    char *out = arena_alloc(arena, room), *to = out, *from = arena_copy(arena, text, in);
    iconv_t converter = iconv_open(encoding, "UTF-8");
    assert_true(converter != (iconv_t)-1);
    assert_true(iconv(converter, &from, &in, &to, &left) != (size_t)-1);
    iconv_close(converter);
    return (struct str){out, room - left};
}

static struct str joined(struct arena *arena, const char *mark, size_t n, struct str rest)
{
    char *out = arena_alloc(arena, n + rest.n);
    memcpy(out, mark, n);
    memcpy(out + n, rest.p, rest.n);
    return (struct str){out, n + rest.n};
}

static void expect_page(struct str bytes, const char *encoding)
{
    struct reading r = read_with(bytes, "auto", "auto");
    assert_int_equal(r.n, 1);
    assert_str(r.articles[0].encoding, encoding);
    assert_str(r.articles[0].raw, page);
    assert_str(r.articles[0].title, "한빛시, 청년 창업 공방 열어");
    reading_free(&r);
}

static void encodings_are_detected(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    expect_page(str_from(page), "utf-8");
    expect_page(joined(arena, "\xef\xbb\xbf", 3, str_from(page)), "utf-8");
    expect_page(encode(arena, page, "CP949"), "cp949");
    expect_page(encode(arena, page, "UTF-16LE"), "utf-16le");
    expect_page(encode(arena, page, "UTF-16BE"), "utf-16be");
    expect_page(joined(arena, "\xff\xfe", 2, encode(arena, page, "UTF-16LE")), "utf-16le");
    expect_page(joined(arena, "\xfe\xff", 2, encode(arena, page, "UTF-16BE")), "utf-16be");
    arena_free(arena);
}

static void same_text_has_same_hash_in_any_encoding(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct reading a = read_text(page), b = read_with(encode(arena, page, "CP949"), "auto", "auto");
    assert_int_equal(a.n, 1);
    assert_int_equal(b.n, 1);
    assert_string_equal(a.articles[0].hash, b.articles[0].hash);
    assert_int_equal(strlen(a.articles[0].key), ARTICLE_KEY - 1);
    assert_memory_equal(a.articles[0].key + 1, a.articles[0].hash, ARTICLE_KEY - 2);
    reading_free(&a);
    reading_free(&b);
    arena_free(arena);
}

static void expect_reject(struct str bytes, const char *encoding, const char *code, const char *words)
{
    struct reading r = read_with(bytes, "auto", encoding);
    assert_int_equal(r.n, 0);
    assert_int_equal(diag_count(&r.diag, DIAG_REJECT), 1);
    assert_string_equal(r.diag.items[r.diag.n - 1].code, code);
    if (!strstr(r.diag.items[r.diag.n - 1].text, words))
        fprintf(stderr, "%s\n", r.diag.items[r.diag.n - 1].text);
    assert_non_null(strstr(r.diag.items[r.diag.n - 1].text, words));
    reading_free(&r);
}

static void damage_is_named_with_its_byte(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    char *copy = arena_copy(arena, page, sizeof page - 1);
    copy[100] = (char)0xff;
    struct str damaged = {copy, sizeof page - 1};
    char *expected = arena_printf(arena, "byte %zu", utf8_invalid(damaged));
    expect_reject(damaged, "auto", "mixed-encoding", expected);
    expect_reject(joined(arena, page, sizeof page - 1, encode(arena, page, "CP949")), "auto", "mixed-encoding",
                  arena_printf(arena, "byte %zu", sizeof page - 1));
    expect_reject(str_from("abc\xc0\xaf tail \xed\xa0\x80"), "auto", "invalid-utf8", "byte 3");
    expect_reject(encode(arena, page, "CP949"), "utf-8", "invalid-encoding", "not valid utf-8");
    expect_reject(str_from(page), "no-such-encoding", "invalid-encoding", "no-such-encoding");
    arena_free(arena);
}

static void option_overrules_detection(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct reading r = read_with(encode(arena, page, "CP949"), "auto", "euc-kr");
    assert_int_equal(r.n, 1);
    assert_str(r.articles[0].raw, page);
    reading_free(&r);
    arena_free(arena);
}

static void what_is_no_text_is_refused(void **state)
{
    (void)state;
    static const char nul[] = "한빛시는 공방을 열었다\0고 밝혔다.";
    expect_reject((struct str){nul, sizeof nul - 1}, "auto", "nul-byte", "byte 32");
    expect_reject(str_from("%PDF-1.7\nxx"), "auto", "unsupported-format", "PDF");
    expect_reject(str_from("PK\3\4rest"), "auto", "faulty-file", "ZIP");
    expect_reject(str_from(" \n\t\n"), "auto", "empty-file", "nothing");
    expect_reject(str_from(""), "auto", "empty-file", "nothing");
    expect_reject(str_from("<!DOCTYPE html>\n<html></html>"), "auto", "no-article", "article");
}

static void text_is_cleaned(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_text(&text, "한빛시,\xe2\x80\xae 청년\xc2\xa0창업 공방 열어\r\n\r");
    buf_text(&text, "한빛시는 12일 옛 우체국 건물에\xc2\xa0청년 창업 공방을 열었다고 밝혔다.\xe2\x80\xa8");
    buf_text(&text, "공방에는 \x07작업실 20칸과 공동 장비실이 마련됐으며 a");
    for (int i = 0; i < 10000; i++)
        buf_text(&text, i % 2 ? "\xcc\x81" : "\xcc\xa7");
    buf_text(&text, " 입주자는 2년 동안 무료로 쓴다.\xc2\x85");
    struct reading r = read_with(buf_view(&text), "auto", "auto");
    assert_int_equal(r.n, 1);
    assert_true(has_diag(&r, "bidi-controls"));
    assert_true(has_diag(&r, "control-characters"));
    assert_true(has_diag(&r, "combining-marks"));
    assert_int_equal(diag_count(&r.diag, DIAG_REJECT), 0);
    assert_str(r.articles[0].title, "한빛시, 청년 창업 공방 열어");
    assert_true(contains(r.articles[0].raw, "청년\xc2\xa0창업")); /* kept in raw … */
    assert_false(contains(r.articles[0].body, "\xc2\xa0"));       /* … a plain blank in the body */
    assert_false(contains(r.articles[0].raw, "\r"));
    assert_true(r.articles[0].raw.n < 500);
    assert_str(r.articles[0].body_lines, "3-4");
    reading_free(&r);
    buf_free(&text);
}

static void decomposed_hangul_is_composed(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_text(&text, page);
    /* 한 as three jamo */
    buf_text(&text, "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab빛시는 내년에도 공방을 넓힐 계획이라고 설명했다.\n");
    struct reading r = read_with(buf_view(&text), "auto", "auto");
    assert_int_equal(r.n, 1);
    assert_true(contains(r.articles[0].body, "한빛시는 내년에도"));
    reading_free(&r);
    buf_free(&text);
}

static void long_names_are_shortened(void **state)
{
    (void)state;
    for (size_t letters = 0; letters < 4; letters++) {
        struct arena *arena = arena_new();
        struct buf raw = {0};
        buf_add(&raw, "abc", letters);
        while (raw.n < LIMIT_NAME_BYTES - 7)
            buf_text(&raw, "누리/");
        struct str same = decode_name(arena, buf_view(&raw));
        assert_int_equal(same.n, raw.n);
        while (raw.n < 60000)
            buf_text(&raw, "누리/");
        buf_text(&raw, "표.csv");
        struct str name = decode_name(arena, buf_view(&raw));
        assert_true(name.n <= LIMIT_NAME_BYTES && strlen(name.p) == name.n);
        assert_int_equal(utf8_invalid(name), SIZE_MAX);
        assert_true(str_starts(name, str_slice(buf_view(&raw), 0, 400)) && str_ends(name, STR("표.csv")));
        buf_free(&raw);
        arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(encodings_are_detected),        cmocka_unit_test(same_text_has_same_hash_in_any_encoding),
        cmocka_unit_test(damage_is_named_with_its_byte), cmocka_unit_test(option_overrules_detection),
        cmocka_unit_test(what_is_no_text_is_refused),    cmocka_unit_test(text_is_cleaned),
        cmocka_unit_test(decomposed_hangul_is_composed), cmocka_unit_test(long_names_are_shortened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
