#include "ingest_fixture.h"

static void aliases_are_understood(void **state)
{
    (void)state;
    struct reading r =
        read_text("{\"uid\":\"a#1\",\"outlet\":\"누리신문\",\"date\":\"2024-01-16\",\"title\":\"누리시, 공방 열어\","
                  "\"sub\":\"입주 20팀\",\"body\":\"누리시는 공방을 열었다. 입주 팀은 스무 "
                  "곳이다.\",\"url\":\"https://a.example/1\"}\n"
                  "{\"뉴스 식별자\":77,\"언론사\":\"나루일보\",\"일자\":20240117,\"제목\":\"나루시, 시험소 지어\","
                  "\"본문\":\"[나루일보 강바다 기자] 나루시는 시험소를 짓는다고 17일 "
                  "밝혔다.\",\"위치\":\"경기,나루\",\"기관\":[\"나루시\",\"진흥원\"],"
                  "\"키워드\":\"시험소\"}\n");
    assert_int_equal(r.n, 2);
    assert_int_equal(r.diag.n, 0);
    const struct article *a = &r.articles[0], *b = &r.articles[1];
    assert_str(a->external_id, "a#1");
    assert_str(a->subtitle, "입주 20팀");
    assert_str(a->url, "https://a.example/1");
    assert_int_equal(a->source_line, 1);
    assert_str(a->reader, "json/1");
    assert_str(a->body_lines, "");
    assert_str(b->external_id, "77");
    assert_str(b->outlet, "나루일보");
    assert_str(b->body, "나루시는 시험소를 짓는다고 17일 밝혔다.");
    assert_str(b->hint_regions, "경기,나루");
    assert_str(b->hint_agencies, "나루시,진흥원");
    assert_str(b->hint_keywords, "시험소");
    assert_string_equal(date_iso(b->published).p, "2024-01-17");
    assert_int_equal(b->basis, BASIS_METADATA);
    reading_free(&r);
}

static void hash_is_that_of_the_record(void **state)
{
    (void)state;
    struct reading r = read_text("{\"title\":\"하나\",\"body\":\"둘이다.\",\"press\":\"셋\"}\n"
                                 "{ \"body\" : \"둘이다.\", \"언론사\" : \"셋\", \"제목\" : \"하나\" }\n"
                                 "{\"title\":\"하나\",\"body\":\"둘이다!\",\"press\":\"셋\"}\n");
    assert_int_equal(r.n, 3);
    assert_string_equal(r.articles[0].hash, r.articles[1].hash);
    assert_string_not_equal(r.articles[0].hash, r.articles[2].hash);
    reading_free(&r);
}

static void bad_lines_are_set_aside_by_number(void **state)
{
    (void)state;
    struct buf text = {0};
    static const char *const bad[] = {
        "{\"title\":\"잘린 줄\",\"bo",
        "{\"title\":\"둘\",\"title\":\"겹침\"}",
        "{\"title\":1e999}",
        "{\"title\":\"\\ud800\"}",
        "[1,2]",
        "{\"title\":\"\",\"body\":\"  \"}",
        "{\"title\":\"널\\u0000\"}",
        "\"문자열\"",
        "{\"title\":\"\xff\xfe\"}",
    };
    const size_t n = sizeof bad / sizeof *bad;
    buf_text(&text, "{\"title\":\"처음\",\"body\":\"좋다.\"}\n");
    for (size_t i = 0; i < n; i++)
        buf_printf(&text, "%s\n", bad[i]);
    buf_text(&text, "\n{\"title\":\"끝\",\"body\":\"좋다.\"}");
    struct reading r = read_with(buf_view(&text), "auto", "auto");
    assert_int_equal(r.n, 2);
    assert_str(r.articles[1].title, "끝");
    assert_int_equal(r.articles[1].source_line, n + 3);
    assert_int_equal(diag_count(&r.diag, DIAG_REJECT), n);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(r.diag.items[i].line, i + 2);
    reading_free(&r);
    buf_free(&text);
}

static void one_truncated_line_of_many(void **state)
{
    (void)state;
    struct buf text = {0};
    for (int i = 1; i <= 10; i++)
        if (i == 5)
            buf_text(&text, "{\"title\":\"제목\n");
        else
            buf_printf(&text, "{\"title\":\"제목 %d\",\"body\":\"본문이다.\"}\n", i);
    struct reading r = read_with(buf_view(&text), "auto", "auto");
    assert_int_equal(r.n, 9);
    assert_int_equal(diag_count(&r.diag, DIAG_REJECT), 1);
    assert_int_equal(r.diag.items[0].line, 5);
    assert_string_equal(r.diag.items[0].place, "page.txt");
    reading_free(&r);
    buf_free(&text);
}

static void depth_is_limited(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_text(&text, "{\"title\":\"깊다\",\"x\":");
    for (int i = 0; i < 100000; i++)
        buf_char(&text, '[');
    buf_text(&text, "\n{\"title\":\"얕다 [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\",\"body\":\"이다.\"}\n");
    struct reading r = read_with(buf_view(&text), "auto", "auto");
    assert_int_equal(r.n, 1);
    assert_true(has_diag(&r, "json-depth"));
    reading_free(&r);
    buf_free(&text);
}

static void documents_are_read_too(void **state)
{
    (void)state;
    struct reading r = read_text(
        "[\n {\"title\": \"하나\", \"body\": \"일이다.\"},\n 5,\n {\"title\": \"둘\", \"body\": \"이다.\"}\n]\n");
    assert_int_equal(r.n, 2);
    assert_int_equal(diag_count(&r.diag, DIAG_REJECT), 1);
    reading_free(&r);
    r = read_text("{\n \"title\": \"하나\",\n \"body\": \"일이다.\"\n}\n");
    assert_int_equal(r.n, 1);
    reading_free(&r);
}

static void odd_fields_do_no_harm(void **state)
{
    (void)state;
    struct reading r =
        read_text("{\"title\":\"제\\u202e목\\u0007\",\"body\":\"본문이다.\",\"url\":\"javascript:alert(1)\","
                  "\"date\":\"언젠가\",\"keywords\":[[\"a\"],{\"b\":1},\"c\",2]}\n");
    assert_int_equal(r.n, 1);
    assert_str(r.articles[0].title, "제목");
    assert_str(r.articles[0].url, "");
    assert_str(r.articles[0].hint_keywords, "c,2");
    assert_true(has_diag(&r, "odd-url"));
    assert_true(has_diag(&r, "odd-date"));
    assert_true(has_diag(&r, "bidi-controls"));
    assert_int_equal(r.articles[0].basis, BASIS_UNKNOWN);
    reading_free(&r);
}

static void a_body_keeps_its_sentences(void **state)
{
    (void)state;
    struct reading r =
        read_text("{\"title\":\"누리시, 공방 열어\",\"body\":\"기관명 : 누리시\\n첨부파일(2)\\n누리시, 공방 열어\\n"
                  "누리시는 5일 공방을 열었다. 신청은 포스터의 QR코드로 하면 된다. 시는 저작권법 강의도 연다.\"}\n");
    assert_int_equal(r.n, 1);
    assert_str(r.articles[0].body,
               "누리시는 5일 공방을 열었다. 신청은 포스터의 QR코드로 하면 된다. 시는 저작권법 강의도 연다.");
    reading_free(&r);
}

static void a_page_inside_a_record_is_extracted(void **state)
{
    (void)state;
    struct reading r = read_text("{\"title\":\"누리시, 공방 열어\",\"body\":\"로그인\\n회원가입\\n구독신청\\n입력 "
                                 "2024.01.05 10:00\\n페이스북 공유하기\\n"
                                 "누리시는 5일 옛 우체국에 창업 공방을 열었다고 밝혔다.\\n공방에는 작업실 스무 칸과 "
                                 "장비실이 있으며 두 해 동안 무료로 쓴다.\\n"
                                 "ⓒ 누리신문, 무단 전재 금지\\n많이 본 뉴스\\n가람시 눈꽃 잔치 성황리에 막 "
                                 "내려\\n가람시가 눈꽃 잔치를 마쳤다. 손님이 많았다.\"}\n");
    assert_int_equal(r.n, 1);
    assert_false(contains(r.articles[0].body, "가람시"));
    assert_false(contains(r.articles[0].body, "로그인"));
    assert_str(r.articles[0].outlet, "누리신문");
    assert_int_equal(r.articles[0].basis, BASIS_PUBLISHED);
    assert_string_equal(date_iso(r.articles[0].published).p, "2024-01-05");
    reading_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(aliases_are_understood),
        cmocka_unit_test(hash_is_that_of_the_record),
        cmocka_unit_test(bad_lines_are_set_aside_by_number),
        cmocka_unit_test(one_truncated_line_of_many),
        cmocka_unit_test(depth_is_limited),
        cmocka_unit_test(documents_are_read_too),
        cmocka_unit_test(odd_fields_do_no_harm),
        cmocka_unit_test(a_body_keeps_its_sentences),
        cmocka_unit_test(a_page_inside_a_record_is_extracted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
