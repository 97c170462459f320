/* The matcher against a search for each phrase at each byte. */
#include "analyze/matcher.h"
#include "base/arena.h"
#include "base/mem.h"
#include "random_below.h"
#include "unit.h"

#include <string.h>

enum { PHRASES = 40, LONGEST = 24 /* bytes */ };

struct seen {
    struct match *items;
    size_t n, room;
};

static void see(void *context, struct match match)
{
    struct seen *seen = context;
    seen->items = mem_grow(seen->items, &seen->room, seen->n + 1, sizeof *seen->items);
    seen->items[seen->n++] = match;
}

static void random_run(struct buf *buf, size_t least, size_t most)
{
    static const char *const characters[] = {"가", "나", "다", "가", "나", "a", " ", "é", "😀"};
    buf_clear(buf);
    for (size_t n = least + random_below(most - least + 1); n > 0; n--)
        buf_text(buf, characters[random_below(sizeof characters / sizeof *characters)]);
}

/* In the order of the ends, at one end the longest first. */
static void find_plainly(struct str text, const struct str *phrases, size_t n, struct seen *seen)
{
    for (uint32_t end = 1; end <= text.n; end++)
        for (uint32_t begin = 0; begin < end; begin++)
            for (uint32_t i = 0; i < n; i++)
                if (str_equal(str_slice(text, begin, end), phrases[i]))
                    see(seen, (struct match){begin, end, i});
}

static size_t random_phrases(struct arena *arena, struct matcher *matcher, struct str *phrases)
{
    size_t n = 0;
    struct buf buf = {0};
    for (size_t tries = 1 + random_below(PHRASES); tries > 0; tries--) {
        bool known = false;
        random_run(&buf, 1, LONGEST / 4);
        for (size_t i = 0; i < n; i++)
            known |= str_equal(phrases[i], buf_view(&buf));
        if (known)
            continue;
        phrases[n] = str_copy(arena, buf_view(&buf));
        matcher_add(matcher, phrases[n], (uint32_t)n);
        n++;
    }
    matcher_compile(matcher);
    buf_free(&buf);
    return n;
}

static void matcher_agrees_with_a_plain_search(void **state)
{
    (void)state;
    struct buf text = {0};
    for (int round = 0; round < 300; round++) {
        struct arena *arena = arena_new();
        struct matcher *matcher = matcher_new();
        struct str phrases[PHRASES];
        size_t n = random_phrases(arena, matcher, phrases);
        for (int i = 0; i < 10; i++) {
            struct seen expected = {0}, seen = {0};
            random_run(&text, 0, 30);
            find_plainly(buf_view(&text), phrases, n, &expected);
            matcher_run(matcher, buf_view(&text), see, &seen);
            assert_int_equal(seen.n, expected.n);
            for (size_t k = 0; k < seen.n; k++) {
                assert_int_equal(seen.items[k].begin, expected.items[k].begin);
                assert_int_equal(seen.items[k].end, expected.items[k].end);
                assert_int_equal(seen.items[k].phrase, expected.items[k].phrase);
            }
            mem_free(seen.items);
            mem_free(expected.items);
        }
        matcher_free(matcher);
        arena_free(arena);
    }
    buf_free(&text);
}

static void a_matcher_of_nothing_finds_nothing(void **state)
{
    (void)state;
    struct seen seen = {0};
    struct matcher *matcher = matcher_new();
    matcher_compile(matcher);
    matcher_run(matcher, STR("가나다"), see, &seen);
    assert_int_equal(seen.n, 0);
    matcher_free(matcher);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matcher_agrees_with_a_plain_search),
        cmocka_unit_test(a_matcher_of_nothing_finds_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
