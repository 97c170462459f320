/* Damaged, random and oversized input: no crash, no endless work, and what comes out is clean. */
#include "ingest_fixture.h"

#include "base/mem.h"

#include <time.h>

static const char page[] =
    "누리신문\n로그인 | 회원가입 | 구독\n누리시, 창업 마당 넓힌다…입주 스무 팀 모집\n입력 2024.01.05 10:00\n"
    "- 두 해 동안 무료\n\n[누리신문] 누리시가 창업 마당을 넓힌다고 5일 밝혔다.\n\n"
    "입주 팀은 작업실을 무료로 쓴다. 접수는 이달 말까지다.\n강바다 기자 sea@nuri.example.com\n"
    "ⓒ 누리신문, 무단전재 금지\n관련기사\n-\n가람시 눈꽃 잔치\n가람시가 6월 3일 잔치를 연다. 2025년\n";
static const char json[] =
    "{\"title\":\"누리시, 공방\",\"body\":\"누리시는 공방을 열었다.\",\"date\":\"2024-01-05\",\"키워드\":[\"a\",1]}\n";

static bool check_article(void *context, struct article *a, struct err *err)
{
    (void)err;
    const struct str parts[] = {a->raw,         a->title,        a->subtitle,     a->outlet,
                                a->url,         a->body,         a->body_lines,   a->date_evidence,
                                a->external_id, a->hint_regions, a->hint_agencies};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        assert_int_equal(utf8_invalid(parts[i]), SIZE_MAX);
        assert_true(parts[i].n == 0 || !memchr(parts[i].p, '\0', parts[i].n));
    }
    assert_true(a->title.n + a->body.n > 0);
    assert_true((a->published != DATE_NONE) == (a->basis >= BASIS_METADATA));
    ++*(size_t *)context;
    return true;
}

static size_t feed(struct str bytes, const char *format)
{
    struct diag_list diag = {0};
    struct err err = {0};
    size_t n = 0;
    struct ingest_options options = {.format = format, .encoding = "auto", .file_limit = 256u << 20};
    assert_true(ingest_text("hostile", bytes, &options, check_article, &n, &diag, &err));
    diag_free(&diag);
    return n;
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void truncations(void **state)
{
    (void)state;
    for (size_t n = 0; n <= sizeof page - 1; n++) {
        char *exact = mem_alloc(n); /* of that very size, so that a sanitizer sees a step beyond it */
        memcpy(exact, page, n);
        feed((struct str){exact, n}, "auto");
        mem_free(exact);
    }
    for (size_t n = 0; n <= sizeof json - 1; n++)
        feed((struct str){json, n}, "jsonl");
}

static void random_bytes_and_damage(void **state)
{
    (void)state;
    uint32_t seed = 7;
    char bytes[1024];
    for (int round = 0; round < 3000; round++) {
        const char *from = round % 3 == 0 ? NULL : round % 3 == 1 ? page : json;
        size_t n = from ? strlen(from) : next_random(&seed) % sizeof bytes;
        if (from)
            memcpy(bytes, from, n);
        for (size_t i = 0; !from && i < n; i++)
            bytes[i] = (char)next_random(&seed);
        for (uint32_t edits = next_random(&seed) % 6; from && edits > 0; edits--)
            bytes[next_random(&seed) % n] = edits % 2 ? (char)next_random(&seed) : "\n{[\"<\xed\x95"[edits];
        feed((struct str){bytes, n}, round % 5 == 0 ? "jsonl" : round % 5 == 1 ? "pagetext" : "auto");
    }
}

/* Random valid text: pieces that the rules look for, in any order. */
static void shuffled_pieces(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "\n",
        " ",
        "관련기사\n",
        "누리시는 5일 공방을 열었다고 밝혔다.",
        "입력 2024.01.05",
        "[누리신문]",
        "(누리=",
        "기자",
        "@a.b",
        "ⓒ",
        "|",
        " > ",
        "-\n",
        "- ",
        "1. ",
        "…",
        "..",
        "사진=",
        "제공\n",
        "무단전재",
        "2024년 ",
        "6월 ",
        "31일",
        "’24.",
        "\xc2\xa0",
        "title:",
        "# ",
        "---\n",
        "\t",
        "☎",
        "등록\n",
        "12345678",
        "다",
        "다.",
        "\"",
        "{",
        "}",
        "Jan ",
        "+0900",
        "T25:61",
    };
    uint32_t seed = 11;
    struct buf text = {0};
    for (int round = 0; round < 4000; round++) {
        buf_clear(&text);
        for (uint32_t k = next_random(&seed) % 60; k > 0; k--)
            buf_text(&text, pieces[next_random(&seed) % (sizeof pieces / sizeof *pieces)]);
        feed(buf_view(&text), "pagetext");
    }
    buf_free(&text);
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Repeats `unit` to about `bytes` and bounds the processor time of reading it, per MB. */
static void expect_linear(const char *unit, size_t bytes)
{
    struct buf text = {0};
    double times[2];
    for (int i = 0; i < 2; i++) { /* once small, once four times as large */
        buf_clear(&text);
        while (text.n < bytes * (i ? 4 : 1))
            buf_text(&text, unit);
        double from = seconds();
        feed(buf_view(&text), "pagetext");
        times[i] = seconds() - from;
    }
    if (times[1] > 12 * times[0] + 0.3)
        fail_msg("not linear: \"%.30s\" %.3f s, then %.3f s", unit, times[0], times[1]);
    buf_free(&text);
}

static void large_inputs_take_linear_time(void **state)
{
    (void)state;
    static const char *const units[] = {
        "가",
        "누리시는 공방을 열었다. ",
        "누리시는 공방을 열었다.\n",
        "\n",
        "짧은 줄\n",
        "관련기사\n",
        "2024.01.05 10:00 ",
        "2024.01.05 10:00\n",
        "6월 2025년 ",
        "[누리신문] ",
        "[",
        "(",
        "-\n",
        "a\xcc\x81\xcc\xa7",
        "\xe3\x82\x99\xe3\x80\xaa",
        "12345678",
        "누리시는 공방을 열었다고 5일 밝혔다. 입력 ",
        "ⓒ누리신문 무단전재 ",
        "다. ",
        " | ",
        "누리시 창업 마당 넓힌다 입주 스무 팀 모집\n",
        "입력 ",
    };
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        expect_linear(units[i], 250000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(truncations),
        cmocka_unit_test(random_bytes_and_damage),
        cmocka_unit_test(shuffled_pieces),
        cmocka_unit_test(large_inputs_take_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
