/* What json_plain takes for a plain object, a parser of all of JSON reads just so. */
#include "ingest_fixture.h"

#include "ingest/json.h"

#include <jansson.h>

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static bool is_same(const struct json_member *member, const json_t *value)
{
    if (member->is_string)
        return json_is_string(value) && json_string_length(value) == member->text.n &&
               memcmp(json_string_value(value), member->text.p, member->text.n) == 0;
    if (member->is_null || str_equal(member->text, STR("true")) || str_equal(member->text, STR("false")))
        return member->is_null ? json_is_null(value) : json_is_true(value) == (member->text.n == 4);
    char number[32];
    snprintf(number, sizeof number, "%lld", (long long)json_integer_value(value));
    return json_is_integer(value) && str_equal(member->text, str_from(number));
}

/* Is it plain? Then jansson must agree. */
static bool check(struct str text)
{
    struct arena *arena = arena_new();
    struct json_member members[JSON_PLAIN];
    size_t n;
    bool plain = utf8_invalid(text) == SIZE_MAX && json_plain(arena, text, members, &n);
    if (plain) {
        json_error_t problem;
        json_t *object = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &problem);
        if (!object)
            fail_msg("%s: " STR_FMT, problem.text, STR_ARG(text));
        assert_int_equal(json_object_size(object), n);
        for (size_t i = 0; i < n; i++) {
            json_t *value = json_object_get(object, str_copy(arena, members[i].key).p);
            if (!value || !is_same(&members[i], value))
                fail_msg("member %zu: " STR_FMT, i, STR_ARG(text));
        }
        json_decref(object);
    }
    arena_free(arena);
    return plain;
}

static void plain_objects(void **state)
{
    (void)state;
    static const char *const plain[] = {
        "{\"a\":\"\"}",
        " { \"제목\" : \"하나 \\\"둘\\\"\\n\\u00e9\\ud83d\\ude00\\/\" ,\n\t\"b\":-12,\"c\":true,\"f\" :0} \r\n",
        "{\"d\":false,\"e\":null}",
        "{\"\\uc81c\":\"\\\\\",\"\\u0061\":999999999999999999}",
    };
    static const char *const others[] = {
        "",
        "{",
        "{}",
        "[]",
        "{\"a\":\"b\"",
        "{\"a\":\"b\",}",
        "{\"a\" \"b\"}",
        "{\"a\":\"b\"}x",
        "{\"a\":1.0}",
        "{\"a\":1e3}",
        "{\"a\":01}",
        "{\"a\":-}",
        "{\"a\":-0}",
        "{\"a\":+1}",
        "{\"a\":tru}",
        "{\"a\":1234567890123456789}",
        "{\"a\":[1]}",
        "{\"a\":{}}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"\\u0000\"}",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\\udc00\"}",
        "{\"a\":\"\\ud800\\u0041\"}",
        "{\"a\":\"\\\"}",
        "{\"a\":\"b\nc\"}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"\\u0061\":2}",
        "{\"a\":nullx}",
        "{a:1}",
        "{\"a\":1 2}",
        "{,\"a\":1}",
        "{\"a\":\"\\u12\"}",
    };
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        assert_true(check(str_from(plain[i])));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (check(str_from(others[i])))
            fail_msg("plain? %s", others[i]);
}

static void damaged_objects(void **state)
{
    (void)state;
    static const char seeds[][120] = {
        "{\"title\":\"하나 \\\"둘\\\"\",\"body\":\"\\uc81c\\ud83d\\ude00\\n\",\"n\":-120,\"t\":true,\"z\":null}",
        "{ \"a\" : 0 , \"b\" : \"\\\\\\/\\b\" , \"c\" : false }",
    };
    static const char bits[] = "{}[]\",:\\u0019eE.-+ \ntfnd8\x01";
    uint32_t seed = 5;
    size_t plain = 0;
    for (int round = 0; round < 200000; round++) {
        char text[120];
        size_t n = strlen(seeds[round % 2]);
        memcpy(text, seeds[round % 2], n);
        for (uint32_t edits = next_random(&seed) % 4; edits > 0; edits--) {
            size_t at = next_random(&seed) % n;
            if (next_random(&seed) % 3)
                text[at] = bits[next_random(&seed) % (sizeof bits - 1)];
            else
                memmove(text + at, text + at + 1, --n - at);
        }
        plain += check((struct str){text, n});
    }
    assert_true(plain > 50000 && plain < 190000); /* many of either kind */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_objects),
        cmocka_unit_test(damaged_objects),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
