/* 조사 after every kind of ending (RULES.md row 38). */
#include "template/template.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct {
    const char *word, *form, *expected;
} cases[] = {
    /* Hangul */
    {"시흥시", "은(는)", "는"},
    {"포항", "은(는)", "은"},
    {"시흥시", "이(가)", "가"},
    {"포항", "이(가)", "이"},
    {"도시", "을(를)", "를"},
    {"사업", "을(를)", "을"},
    {"도시", "과(와)", "와"},
    {"사업", "과(와)", "과"},
    {"사업", "와(과)", "과"},
    {"도시", "와(과)", "와"},
    {"도시", "(으)로", "로"},
    {"사업", "(으)로", "으로"},
    {"서울", "(으)로", "로"},
    {"서울", "은(는)", "은"},
    {"서울", "으로(로)", "로"},
    {"부산", "으로(로)", "으로"},
    {"부산", "로(으)로", "로(으)로"},
    {"부산", "로(으로)", "으로"},
    {"길동", "아(야)", "아"},
    {"영희", "아(야)", "야"},
    {"도시", "이다(다)", "다"},
    {"사업", "이다(다)", "이다"},
    {"도시", "이라(라)", "라"},
    {"사업", "이라(라)", "이라"},
    {"도시", "이나(나)", "나"},
    {"사업", "이나(나)", "이나"},
    {"도시", "이며(며)", "며"},
    {"사업", "(이)며", "이며"},
    {"도시", "(이)란", "란"},
    {"사업", "이란(란)", "이란"},
    {"도시", "이랑(랑)", "랑"},
    {"사업", "이든(든)", "이든"},
    {"도시", "이고(고)", "고"},
    {"사업", "이었(였)", "이었"},
    {"도시", "이었(였)", "였"},
    {"도시", "는(은)", "는"},
    {"사업", "가(이)", "이"},
    {"사업", "를(을)", "을"},
    /* numbers, read in Sino-Korean */
    {"0", "은(는)", "은"},
    {"1", "은(는)", "은"},
    {"1", "(으)로", "로"},
    {"2", "은(는)", "는"},
    {"3", "은(는)", "은"},
    {"3", "(으)로", "으로"},
    {"4", "이(가)", "가"},
    {"5", "이(가)", "가"},
    {"6", "이(가)", "이"},
    {"7", "(으)로", "로"},
    {"8", "(으)로", "로"},
    {"9", "을(를)", "를"},
    {"10", "을(를)", "을"},
    {"10", "(으)로", "으로"},
    {"100", "이(가)", "이"},
    {"1,000", "은(는)", "은"},
    {"12,345", "은(는)", "는"},
    {"10,000", "(으)로", "으로"},
    {"100000000", "은(는)", "은"},
    {"1,000,000,000,000", "은(는)", "는"},
    {"3.5", "은(는)", "는"},
    {"3.0", "(으)로", "으로"},
    {"2024. 1. 16.", "은(는)", "은"},
    {"3", "이다(다)", "이다"},
    {"３", "은(는)", "은"},
    {"②", "은(는)", "는"},
    /* Latin letters and words */
    {"AI", "은(는)", "는"},
    {"R&D", "은(는)", "는"},
    {"SQL", "은(는)", "은"},
    {"SQL", "(으)로", "로"},
    {"LH", "은(는)", "는"},
    {"TIPS", "은(는)", "는"},
    {"IBM", "은(는)", "은"},
    {"HTTP", "을(를)", "를"},
    {"LAN", "을(를)", "을"},
    {"mobile", "은(는)", "은"},
    {"mobile", "(으)로", "로"},
    {"startup", "은(는)", "은"},
    {"startup", "(으)로", "으로"},
    {"hub", "은(는)", "는"},
    {"lab", "은(는)", "은"},
    {"book", "은(는)", "은"},
    {"bank", "은(는)", "는"},
    {"block", "은(는)", "은"},
    {"robot", "은(는)", "은"},
    {"smart", "은(는)", "는"},
    {"camp", "은(는)", "는"},
    {"training", "은(는)", "은"},
    {"design", "(으)로", "으로"},
    {"center", "은(는)", "는"},
    {"music", "은(는)", "은"},
    {"cloud", "은(는)", "는"},
    /* units and signs */
    {"50%", "(으)로", "로"},
    {"50%", "이(가)", "가"},
    {"3.5㎡", "은(는)", "는"},
    {"5km", "을(를)", "를"},
    {"5kg", "을(를)", "을"},
    {"3t", "(으)로", "으로"},
    {"7ha", "은(는)", "는"},
    {"20℃", "은(는)", "는"},
    /* Hanja by their reading */
    {"浦項市", "은(는)", "는"},
    {"南", "은(는)", "은"},
    {"第一", "(으)로", "로"},
    {"道", "이(가)", "가"},
    {"中國", "이(가)", "이"},
    {"日", "(으)로", "로"},
    /* quotation marks are not read, nor is what stands in parentheses after a word */
    {"‘시흥시’", "은(는)", "는"},
    {"\"사업\"", "은(는)", "은"},
    {"「창업」", "을(를)", "을"},
    {"포항시(浦項市, 동남권)", "은(는)", "는"},
    {"창업(3)", "은(는)", "은"},
    {"(가나)", "은(는)", "는"},
    {"주식회사(주)(사)", "은(는)", "는"},
    /* nothing to go by: the pair stays */
    {"", "은(는)", "은(는)"},
    {"도시 ", "은(는)", "은(는)"},
    {"☃", "은(는)", "은(는)"},
    {"()", "은(는)", "은(는)"},
    {"𠀀", "은(는)", "은(는)"},
    {"도시", "이도(저도)", "이도(저도)"},
};

static void row_38_josa_fits_the_word_before_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str got = josa_choose(str_from(cases[i].word), str_from(cases[i].form));
        if (!str_equal(got, str_from(cases[i].expected)))
            fail_msg("%s%s: %s expected, " STR_FMT " chosen", cases[i].word, cases[i].form, cases[i].expected,
                     STR_ARG(got));
    }
}

static void test_josa_takes_bounded_time_on_long_text(void **state)
{
    (void)state;
    struct buf text = {0};
    for (int i = 0; i < 300000; i++)
        buf_text(&text, i < 150000 ? "(" : ")");
    for (int i = 0; i < 2000; i++)
        josa_choose(buf_view(&text), STR("은(는)"));
    buf_clear(&text);
    for (int i = 0; i < 300000; i++)
        buf_text(&text, "0");
    for (int i = 0; i < 20000; i++)
        assert_true(str_equal(josa_choose(buf_view(&text), STR("은(는)")), STR("은")));
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(row_38_josa_fits_the_word_before_it),
        cmocka_unit_test(test_josa_takes_bounded_time_on_long_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
