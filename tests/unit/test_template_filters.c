/* Filters in tags, and what is said of wrong ones. */
#include "markdown_fixture.h"

#include <math.h>

static struct value *sample(void)
{
    struct value *map = value_map(arena), *list = value_list(arena);
    value_set(arena, map, "수", value_number(arena, 12345));
    value_set(arena, map, "천", value_number(arena, 12000));
    value_set(arena, map, "음수", value_number(arena, -7));
    value_set(arena, map, "영", value_number(arena, 0));
    value_set(arena, map, "금액", value_number(arena, 12345000000));
    value_set(arena, map, "큰금액", value_number(arena, 1234567891234));
    value_set(arena, map, "실수", value_real(arena, 1234.567, 2));
    value_set(arena, map, "모름", value_real(arena, NAN, 1));
    value_set(arena, map, "비율", value_percent(arena, 0.1234, 1));
    value_set(arena, map, "증감", value_change(arena, -3));
    value_set(arena, map, "날", value_date(arena, date_from(2024, 1, 16)));
    value_set(arena, map, "없는날", value_date(arena, DATE_NONE));
    value_set(arena, map, "제목", value_text(arena, STR("시흥시, 바이오 특화단지 조성에 오백억 원을 투입하기로")));
    value_set(arena, map, "빈글", value_text(arena, STR("")));
    value_set(arena, map, "기호", value_text(arena, STR("*|*")));
    value_append(arena, list, value_text(arena, STR("가")));
    value_append(arena, list, value_text(arena, STR("나")));
    value_set(arena, map, "목록", list);
    value_set(arena, map, "있음", value_bool(arena, true));
    return map;
}

static void filters(void **state)
{
    (void)state;
    static const struct {
        const char *tag, *text;
    } cases[] = {
        {"{{수}}", "12,345"},
        {"{{수|쉼표}}", "12,345"},
        {"{{ 수 | 소수1 }}", "12,345.0"},
        {"{{실수|소수 0}}", "1,235"},
        {"{{수|만}}", "1만 2,345"},
        {"{{천|만}}", "1만 2천"},
        {"{{금액|억}}", "123억 4,500만"},
        {"{{큰금액|만}}", "1조 2,345억 6,789만 1,234"},
        {"{{큰금액|억}}", "1조 2,345억 6,789만"},
        {"{{수|억}}", "1만 2,345"},
        {"{{음수|만}}", "−7"},
        {"{{큰금액|어림}}", "1.2조"},
        {"{{금액|원}}", "123억 4,500만 원"},
        {"{{천|원}}", "1만 2천 원"},
        {"{{영|원}}", "0원"},
        {"{{수|원}}", "1만 2,345원"},
        {"{{비율}}", "12.3%"},
        {"{{비율|백분율}}", "12.3%"},
        {"{{비율|백분율2}}", "12.34%"},
        {"{{수|부호}}", "+12,345"},
        {"{{증감}}", "−3"},
        {"{{증감|크기}}", "3"},
        {"{{증감|크기|원}}", "3원"},
        {"{{영|부호}}", "0"},
        {"{{모름|원}}", ""},
        {"{{모름|원|없으면 미정}}", "미정"},
        {"{{날}}", "2024. 1. 16."},
        {"{{날|날짜}}", "2024. 1. 16."},
        {"{{날|짧은날짜}}", "1. 16."},
        {"{{날|요일}}", "2024. 1. 16.(화)"},
        {"{{날|연월}}", "2024년 1월"},
        {"{{날|ISO}}", "2024-01-16"},
        {"{{없는날|요일}}", ""},
        {"{{없는날|없으면 –}}", "–"},
        {"{{영|없으면 –}}", "0"},
        {"{{빈글|없으면 해당 없음}}", "해당 없음"},
        {"{{제목|자르기 40}}", "시흥시, 바이오 특화단지 조성에 오백억 원을 투입하기로"},
        {"{{제목|자르기 18}}", "시흥시, 바이오 특화단지 조성에…"},
        {"{{제목|자르기 17}}", "시흥시, 바이오 특화단지 조성에…"},
        {"{{제목|자르기 15}}", "시흥시, 바이오 특화단지…"},
        {"{{제목|자르기 2}}", "시흥…"},
        {"{{기호|자르기 2}}", "*|…"},
        {"{{#목록}}{{.|자르기 3}}{{^마지막}}·{{/마지막}}{{/목록}}", "가·나"},
        {"{{수|만}}이(가) {{금액|원}}을(를) {{날|요일}}은(는) {{천|만}}(으)로", /* 오, 원, 십육 일의 마침표 앞, 천 */
         "1만 2,345가 123억 4,500만 원을 2024. 1. 16.(화)은 1만 2천으로"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct doc doc;
        struct str text = str_from(arena_printf(arena, "A: %s", cases[i].tag));
        struct buf dump = {0};
        if (!template_render(arena, "t.md", text, sample(), NULL, &doc, &err))
            fail_msg("%s: %s", cases[i].tag, err.text);
        struct str got = doc.first->runs[0].text;
        got = str_trim(str_slice(got, 2, got.n));
        if (!str_equal(got, str_from(cases[i].text)))
            fail_msg("%s: expected \"%s\", got \"" STR_FMT "\"", cases[i].tag, cases[i].text, STR_ARG(got));
        buf_free(&dump);
    }
}

static void wrong_filters(void **state)
{
    (void)state;
    static const struct {
        const char *tag, *message;
    } cases[] = {
        {"{{금액|원화}}", "{{금액|원화}}: unknown filter 원화; did you mean 원?"},
        {"{{금액|}}", "{{금액|}}: unknown filter \"\""},
        {"{{날|짧은 날짜}}", "{{날|짧은 날짜}}: unknown filter 짧은; did you mean 짧은날짜?"},
        {"{{날|원}}", "{{날|원}}: the filter 원 is for a number; this is a date"},
        {"{{제목|날짜}}", "{{제목|날짜}}: the filter 날짜 is for a date; this is text"},
        {"{{수|자르기 3}}", "{{수|자르기 3}}: the filter 자르기 is for text; this is a number"},
        {"{{수|원|만}}", "{{수|원|만}}: the filter 만 is for a number; this is text"},
        {"{{제목|자르기}}", "{{제목|자르기}}: 자르기 needs a number of characters, 1 to 9999, as in 자르기 40"},
        {"{{제목|자르기 99999}}",
         "{{제목|자르기 99999}}: 자르기 needs a number of characters, 1 to 9999, as in 자르기 40"},
        {"{{수|소수}}", "{{수|소수}}: 소수 needs the number of decimals, 0 to 9, as in 소수1"},
        {"{{수|소수10}}", "{{수|소수10}}: 소수 needs the number of decimals, 0 to 9, as in 소수1"},
        {"{{수|원 3}}", "{{수|원 3}}: the filter 원 takes no argument"},
        {"{{빈글|없으면}}", "{{빈글|없으면}}: 없으면 needs a text, as in 없으면 –"},
        {"{{모름|원|소슈1}}", "{{모름|원|소슈1}}: unknown filter 소슈; did you mean 소수?"},
        {"{{목록|원}}", "{{목록}} is a list; use it as {{#목록}}…{{/목록}}"},
        {"{{#목록|원}}{{/목록}}", "{{#목록|원}}: filters belong to values"},
        {"{{굼액|원}}", "unknown tag {{굼액}}; did you mean {{금액}}?"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct doc doc;
        struct err wrong = {0};
        struct str text = str_from(arena_printf(arena, "A\n\n%s\n", cases[i].tag));
        if (template_render(arena, "t.md", text, sample(), NULL, &doc, &wrong))
            fail_msg("%s is no mistake", cases[i].tag);
        assert_string_equal(wrong.text, arena_printf(arena, "t.md:3: %s", cases[i].message));
    }
}

/* --- partials --- */

static const struct {
    const char *name, *text;
} partials[] = {
    {"머리", "# {{제목|자르기 3}}\n\n{{수}}건\n"},
    {"항목", "- {{.}}\n"},
    {"잘못", "첫 줄\n\n{{도서}}\n"},
    {"표식", "첫 줄\n\n{.noet}\n둘째\n"},
    {"자신", "{{>자신}}"},
    {"서로", "{{#있음}}\n{{>자신}}\n{{/있음}}"},
    {"열림", "가\n{{#있음}}\n나"},
    {"깨짐", "a\n\xff"},
    {"바탕", "---\ntitle: 바탕\n---\n\n{{$앞}}\n앞글\n{{/앞}}\n\n{{$뒤}}\n뒷글\n{{/뒤}}\n"},
    {"겹", "{{>겹}}{{>바탕}}{{>깨짐}}{{>없음}}"},
};

static bool load(void *user, struct str name, const char **file, struct str *text)
{
    (void)user;
    for (size_t i = 0; i < sizeof partials / sizeof *partials; i++) {
        if (!str_equal(name, str_from(partials[i].name)))
            continue;
        *file = arena_printf(arena, "%s.md", partials[i].name);
        *text = str_from(partials[i].text);
        return true;
    }
    return false;
}

static const struct style_list *styles(void *user, const struct doc *doc, struct err *unused)
{
    static const struct str names[] = {{"note", 4}};
    static const struct style_list list = {names, 1, NULL, 0};
    (void)user;
    (void)doc;
    (void)unused;
    return &list;
}

static bool make(const char *text, struct doc *doc, struct err *wrong)
{
    static const struct template_loader loader = {load, NULL, NULL};
    const struct template_source source = {
        .name = "t.md", .text = str_from(text), .loader = &loader, .styles = styles, .user = NULL};
    return template_make(arena, &source, sample(), doc, wrong);
}

static void partials_are_put_in(void **state)
{
    (void)state;
    static const struct {
        const char *text, *dump;
    } cases[] = {
        {"{{>머리}}\n끝", "title | 시흥시…\nlanguage | ko\nheading 1 #시흥시: 시흥시…\nparagraph: 12,345건 끝\n"},
        {"- 밖\n  {{#목록}}\n  {{>항목}}\n  {{/목록}}\n",
         "language | ko\nlist\n  item\n    paragraph: 밖\n    list\n      item\n        paragraph: 가\n      item\n"
         "        paragraph: 나\n"},
        {"{{<바탕}}{{$뒤}}바꾼 글{{/뒤}}{{/바탕}}",
         "title | 바탕\nlanguage | ko\nparagraph .title: 바탕\nparagraph: 앞글\nparagraph: 바꾼 글\n"},
        {"{{^있음}}{{<겹}}{{$뒤}}나{{/뒤}}{{/겹}}{{/있음}}가", "language | ko\nparagraph: 가\n"},
        {"---\ntitle: 내 것\n---\n\n{{<바탕}}{{$앞}}{{/앞}}{{/바탕}}\n",
         "title | 내 것\nlanguage | ko\nparagraph .title: 내 것\nparagraph: 뒷글\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct doc doc;
        struct buf dump = {0};
        if (!make(cases[i].text, &doc, &err))
            fail_msg("%s: %s", cases[i].text, err.text);
        doc_dump(&doc, &dump);
        assert_string_equal(dump.p, cases[i].dump);
        buf_free(&dump);
    }
}

static void mistakes_in_partials_have_their_place(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"a\n\n{{>잘못}}", "잘못.md:3: unknown tag {{도서}}"},
        {"a\n\n{{>표식}}", "표식.md:3: unknown style or option .noet in {.noet}; did you mean note?"},
        {"a\n{{>자신}}", "자신.md:1: {{>자신}}: partials in partials deeper than 32; does it call itself?"},
        {"a\n{{>서로}}", "자신.md:1: {{>자신}}: partials in partials deeper than 32; does it call itself?"},
        {"a\n{{>열림}}", "열림.md:2: {{#있음}} is never closed"},
        {"a\n{{>깨짐}}", "깨짐.md:2: not UTF-8"},
        {"a\n{{>*제목}}",
         "t.md:2: {{>*제목}}: there is no 시흥시, 바이오 특화단지 조성에 오백억 원을 투입하기로.md beside "
         "the template, nor built in"},
        {"{{<바탕}}{{$뒤글}}{{/뒤글}}{{/바탕}}", "t.md:1: {{$뒤글}} is no block of 바탕.md; did you mean {{$뒤}}?"},
        {"{{<바탕}}{{$뒤}}\n{{도서}}{{/뒤}}{{/바탕}}", "t.md:2: unknown tag {{도서}}"},
        {"{{<바탕}}\n\n{{! 메모}}\n  가나\n다\n{{/바탕}}",
         "t.md:4: \"가나\" is not printed: inside {{<바탕}} text stands in blocks, such as {{$앞}}"},
        {"{{<바탕}}\n{{제목}}{{/바탕}}",
         "t.md:2: {{제목}} is not printed: inside {{<바탕}} text stands in blocks, such as {{$앞}}"},
        {"{{<바탕}}{{#있음}}{{$뒤}}{{/뒤}}{{/있음}}{{/바탕}}",
         "t.md:1: {{#있음}} is not printed: inside {{<바탕}} text stands in blocks, such as {{$앞}}"},
        {"{{<겹}}{{$뒤}}{{/뒤}}{{$뒤글}}{{/뒤글}}{{/겹}}",
         "t.md:1: {{$뒤글}} is no block of 겹.md; did you mean {{$뒤}}?"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct doc doc;
        struct err wrong = {0};
        assert_false(make(cases[i].text, &doc, &wrong));
        assert_string_equal(wrong.text, cases[i].message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(filters, setup, teardown),
        cmocka_unit_test_setup_teardown(wrong_filters, setup, teardown),
        cmocka_unit_test_setup_teardown(partials_are_put_in, setup, teardown),
        cmocka_unit_test_setup_teardown(mistakes_in_partials_have_their_place, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
