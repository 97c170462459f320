/* Searching and checking text, against what a plain loop says. */
#include "base/language.h"
#include "base/pairs.h"
#include "base/str.h"
#include "base/utf8.h"
#include "random_below.h"
#include "unit.h"

#include <string.h>

/* ---- well-formed UTF-8 ---- */

/* Length of the sequence at s, by what it decodes to; 0 for none. */
static size_t plain_sequence(struct str s)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *p = (const unsigned char *)s.p;
    size_t n = p[0] < 0x80 ? 1 : p[0] < 0xc0 ? 0 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : p[0] < 0xf8 ? 4 : 0;
    uint32_t c = n == 1 ? p[0] : p[0] & (0x7fu >> n);
    if (n == 0 || n > s.n)
        return 0;
    for (size_t i = 1; i < n; i++) {
        if (p[i] < 0x80 || p[i] > 0xbf)
            return 0;
        c = c << 6 | (p[i] - 0x80u);
    }
    return c >= least[n] && c <= 0x10ffff && (c < 0xd800 || c > 0xdfff) ? n : 0;
}

static size_t plain_invalid(struct str s)
{
    for (size_t i = 0, n; i < s.n; i += n)
        if ((n = plain_sequence(str_slice(s, i, s.n))) == 0)
            return i;
    return SIZE_MAX;
}

static void utf8_is_checked_at_every_edge(void **state)
{
    (void)state;
    static const unsigned char edges[] = {0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2,
                                          0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5};
    enum { EDGES = sizeof edges };
    char bytes[4];
    for (size_t i = 0; i < (size_t)EDGES * EDGES * EDGES * EDGES; i++) {
        for (size_t k = 0, rest = i; k < sizeof bytes; k++, rest /= EDGES)
            bytes[k] = (char)edges[rest % EDGES];
        for (size_t n = 1; n <= sizeof bytes; n++)
            if (utf8_invalid((struct str){bytes, n}) != plain_invalid((struct str){bytes, n}))
                fail_msg("%02x %02x %02x %02x, the first %zu", (unsigned char)bytes[0], (unsigned char)bytes[1],
                         (unsigned char)bytes[2], (unsigned char)bytes[3], n);
    }
}

static void utf8_next_reads_what_was_written(void **state)
{
    (void)state;
    struct buf buf = {0};
    for (uint32_t c = 0; c <= 0x10ffff; c++) {
        if (c >= 0xd800 && c <= 0xdfff)
            continue;
        size_t at = 0;
        buf_clear(&buf);
        buf_utf8(&buf, c);
        if (utf8_next(buf_view(&buf), &at) != c || at != buf.n || utf8_previous(buf_view(&buf), &at) != c || at != 0)
            fail_msg("U+%04X", c);
    }
    buf_free(&buf);
}

/* ---- search ---- */

static size_t plain_find(struct str s, struct str needle, size_t from)
{
    for (size_t i = from; i + needle.n <= s.n; i++)
        if (needle.n == 0 || memcmp(s.p + i, needle.p, needle.n) == 0)
            return i;
    return SIZE_MAX;
}

/* Of few characters, so that much of it nearly matches. */
static struct str random_run(struct buf *buf, size_t most)
{
    static const char *const characters[] = {"가", "각", "나", "a", " ", ".", "…"};
    buf_clear(buf);
    buf_text(buf, "");
    for (size_t n = random_below(most + 1); n > 0; n--)
        buf_text(buf, characters[random_below(sizeof characters / sizeof *characters)]);
    return buf_view(buf);
}

static void find_agrees_with_a_plain_loop(void **state)
{
    (void)state;
    struct buf text = {0}, needle = {0};
    for (int i = 0; i < 60000; i++) {
        struct str s = random_run(&text, 400), what = random_run(&needle, i % 100 == 0 ? 60 : 5);
        size_t from = random_below(s.n + 2);
        if (str_find(s, what, from) != plain_find(s, what, from))
            fail_msg("\"" STR_FMT "\" in \"" STR_FMT "\" from %zu", STR_ARG(what), STR_ARG(s), from);
    }
    buf_free(&text);
    buf_free(&needle);
}

/* The byte that is looked for is nowhere rare: the search ends all the same. */
static void find_survives_a_text_of_near_misses(void **state)
{
    (void)state;
    struct buf text = {0};
    for (int i = 0; i < 300000; i++)
        buf_text(&text, "진");
    assert_int_equal(str_find(buf_view(&text), STR("사진"), 0), SIZE_MAX);
    buf_text(&text, "사진");
    assert_int_equal(str_find(buf_view(&text), STR("사진"), 0), 900000);
    assert_int_equal(str_find(buf_view(&text), STR("진사진"), 5), 899997);
    buf_free(&text);
}

/* ---- pairs ---- */

static uint32_t any_character(void)
{
    return 0x20 + (uint32_t)random_below(0xd7a4 - 0x20);
}

static void languages_are_told_from_mistakes(void **state)
{
    (void)state;
    static const char *const good[] = {"ko", "en", "EN", "en-US", "zh-Hant", "zh-Hant-TW", "ja-JP-u-ca-japanese",
                                       "kr", "jje"};
    static const char *const bad[] = {
        "",  "jp", "cn",     "en_US", "en-",    "-en",    "english",
        "e", "x",  "x-mine", "en us", "한국어", "en\x01", "ko-KR-u-ca-gregory-co-search-kb-true-ks-level1"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (!language_is_known(str_from(good[i])))
            fail_msg("%s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (language_is_known(str_from(bad[i])))
            fail_msg("%s", bad[i]);
    assert_false(language_is_known(STR("en\0")));
    assert_true(language_is_korean(STR("")) && language_is_korean(STR("ko")) && language_is_korean(STR("ko-KR")));
    assert_false(language_is_korean(STR("en")) || language_is_korean(STR("kok"))); /* Konkani */
}

static void pairs_never_deny_what_is_there(void **state)
{
    (void)state;
    struct pairs pairs = {0};
    struct buf buf = {0};
    struct {
        uint32_t first, second;
    } added[2000];
    size_t wrong = 0;
    for (size_t i = 0; i < 2000; i++) {
        added[i].first = any_character();
        added[i].second = i % 100 ? any_character() : 0; /* a phrase of one character */
        buf_clear(&buf);
        buf_utf8(&buf, added[i].first);
        if (added[i].second)
            buf_utf8(&buf, added[i].second);
        pairs_add_phrase(&pairs, buf_view(&buf));
    }
    for (size_t i = 0; i < 2000; i++)
        assert_true(pairs_may_begin(&pairs, added[i].first, added[i].second ? added[i].second : any_character()));
    for (size_t i = 0; i < 10000; i++)
        wrong += pairs_have(&pairs, 0xac00 + (uint32_t)random_below(11172), 0xac00 + (uint32_t)random_below(11172));
    assert_in_range(wrong, 0, 1000); /* one in ten at most is looked at for nothing */
    buf_free(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_is_checked_at_every_edge),  cmocka_unit_test(utf8_next_reads_what_was_written),
        cmocka_unit_test(find_agrees_with_a_plain_loop),  cmocka_unit_test(find_survives_a_text_of_near_misses),
        cmocka_unit_test(pairs_never_deny_what_is_there), cmocka_unit_test(languages_are_told_from_mistakes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
