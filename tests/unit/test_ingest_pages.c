/* Headlines among headings, front matter, blanks of odd kinds, and files that are no page. */
#include "ingest_fixture.h"

#define BODY                                                                                                                                   \
    "누리시는 창업 공방 ‘여울터’를 열었다고 4일 밝혔다. 공방에는 작업실 아홉 칸과 장비실이 있다.\n\n" \
    "시는 창업자에게 두 해 동안 자리를 내준다. 시 관계자는 공방을 늘리겠다고 말했다.\n"

static void headline_stands_above_its_subtitle(void **state)
{
    (void)state;
    struct reading r = read_text("실시간 주요뉴스\n가람군 눈길 주의\n누리시, 창업 공방 ‘여울터’ 열었다\n"
                                 "작업실 아홉 칸·장비실 갖춰\n입력 2024. 1. 4. 15:48\n\n" BODY);
    assert_int_equal(r.n, 1);
    assert_str(r.articles[0].title, "누리시, 창업 공방 ‘여울터’ 열었다");
    assert_str(r.articles[0].subtitle, "작업실 아홉 칸·장비실 갖춰");
    reading_free(&r);
}

static void breadcrumb_is_no_headline(void **state)
{
    (void)state;
    struct reading r = read_text("누리시, 창업 공방 ‘여울터’ 열어\n작성자 새여울판 작성일 24-01-04 10:28 조회 52\n\n"
                                 "새여울판  / 누리시 창업\n\n" BODY);
    assert_int_equal(r.n, 1);
    assert_str(r.articles[0].title, "누리시, 창업 공방 ‘여울터’ 열어");
    reading_free(&r);
}

static void letterhead_and_label_are_no_headline(void **state)
{
    (void)state;
    struct reading r = read_text("누리시 보도자료\n2024.1.4. 배포\n\n제 목 : 여울가 빈 곳간의 새 쓰임\n\n" BODY);
    assert_int_equal(r.n, 1);
    assert_str(r.articles[0].title, "여울가 빈 곳간의 새 쓰임");
    reading_free(&r);
}

static void ranking_entries_are_no_article(void **state)
{
    (void)state;
    struct reading r = read_text(
        "여울제약 매출 늘어\n등록 2024-01-04 08:21:23\n\n여울제약은 새 약을 내놓았다고 4일 밝혔다.\n\n"
        "이 약은 다음 달부터 팔린다고 회사는 전했다.\n\n많이 본 뉴스\n"
        "1. 가람시 공놀이, 매진 행렬 가람시 체육관에서 열린 경기가 두 번 잇달아 매진됐다. 구단은 자리를 늘리고 "
        "장터를 마련해 손님을 맞았다고...\n"
        "2. 다래군 헌책방 거리, 겨울 책 나눔 다래군 헌책방 거리에서 책을 나누는 행사가 열린다. 읽은 책 두 "
        "권을 가져오면 다른 책으로 바꿀 수 있고 낭독회도 함께...\n");
    assert_int_equal(r.n, 1);
    assert_str(r.articles[0].title, "여울제약 매출 늘어");
    assert_false(contains(r.articles[0].body, "가람시"));
    reading_free(&r);
}

static void cues_are_found_across_any_blank(void **state)
{
    (void)state;
    struct reading r = read_text("누리시, 창업 공방 ‘여울터’ 열어\n등록\u00a02024.01.04\u00a010:00\n\n" BODY
                                 "등록된\u00a0댓글이 없습니다.\n");
    assert_int_equal(r.n, 1);
    assert_false(contains(r.articles[0].body, "댓글"));
    assert_int_equal(r.articles[0].basis, BASIS_PUBLISHED);
    assert_string_equal(date_iso(r.articles[0].published).p, "2024-01-04");
    reading_free(&r);
}

static void front_matter_names_title_date_and_outlet(void **state)
{
    (void)state;
    struct reading r =
        read_text("---\ntitle: \"누리시 공방 열다\"\ndate: 2024-01-05\n언론사: 새여울신문\n"
                  "summary: 누리시가 공방을 열었다. 시는 아홉 칸을 내준다. 시는 더 늘린다고 한다.\n---\n\n" BODY);
    assert_int_equal(r.n, 1);
    assert_str(r.articles[0].title, "누리시 공방 열다");
    assert_str(r.articles[0].outlet, "새여울신문");
    assert_string_equal(date_iso(r.articles[0].published).p, "2024-01-05");
    assert_true(str_starts(r.articles[0].body, STR("누리시는 창업 공방")));
    reading_free(&r);
    r = read_text(
        "---\ntitle: 자리뿐인 글\nministry: 누리부\nsummary: 누리부가 공방을 열었다. 누리부는 아홉 칸을 내준다고 "
        "밝혔다.\n---\n");
    assert_int_equal(r.n, 0);
    reading_free(&r);
}

static void tables_are_no_article(void **state)
{
    (void)state;
    static const char *const tables[] = {
        "id\ta\tb\tc\td\n1\t누리시는 공방을 열었다고 4일 밝혔다.\t2\t3\t4\n2\t시는 자리를 내준다고 밝혔다.\t5\t6\t7\n",
        "id,a,b,c,d\n1,\"누리시는, 공방을 열었다고 4일 밝혔다.\",2,3,4\n2,시는 자리를 내준다고 밝혔다.,5,6,7\n",
    };
    for (size_t i = 0; i < 2; i++) {
        struct reading r = read_text(tables[i]);
        assert_int_equal(r.n, 0);
        assert_true(has_diag(&r, "unclear-columns"));
        reading_free(&r);
    }
    struct reading r = read_text("누리시, 창업 공방 ‘여울터’ 열어\n\n" BODY "가, 나, 다, 라, 마\n");
    assert_int_equal(r.n, 1);
    reading_free(&r);
}

static void records_without_text_are_set_aside(void **state)
{
    (void)state;
    struct reading r =
        read_text("{\"title\":\"하나\",\"body\":\"일이다.\"}\n{\"title\":\"둘\"}\n"
                  "{\"title\":[\"셋\"],\"body\":\"일이다.\"}\n{\"title\":\"넷\",\"body\":{\"a\":1}}\n"
                  "{\"title\":\"다섯\",\"body\":7,\"본문\":\"일이다.\"}\n{\"title\":null,\"body\":\"일이다.\"}\n");
    assert_int_equal(r.n, 3);
    assert_int_equal(r.diag.n, 3);
    assert_string_equal(r.diag.items[0].code, "no-body");
    assert_int_equal(r.diag.items[0].line, 2);
    assert_string_equal(r.diag.items[1].code, "not-text");
    assert_int_equal(r.diag.items[1].line, 3);
    assert_string_equal(r.diag.items[2].code, "not-text");
    assert_int_equal(r.diag.items[2].line, 4);
    reading_free(&r);
}

/* Escapes reach the cleaning that the rest of the line has behind it; other lines do not decide about this one. */
static void every_way_into_a_record_is_cleaned(void **state)
{
    (void)state;
    struct reading r = read_text("{\"title\":\"\\u1102\\u116e리\",\"body\":\"하나이다.\\r둘이다.\\f\"}\n"
                                 "{\"title\":\"\xe1\x84\x82\xe1\x85\xae리 둘\",\"body\":\"삼이다.\"}\n"
                                 "{\"title\":\"누리 셋\",\"body\":\"사이다.\"}\n");
    assert_int_equal(r.n, 3);
    assert_str(r.articles[0].title, "누리");
    assert_str(r.articles[0].body, "하나이다.\n둘이다.");
    assert_str(r.articles[1].title, "누리 둘");
    assert_str(r.articles[2].title, "누리 셋");
    reading_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headline_stands_above_its_subtitle),
        cmocka_unit_test(breadcrumb_is_no_headline),
        cmocka_unit_test(letterhead_and_label_are_no_headline),
        cmocka_unit_test(ranking_entries_are_no_article),
        cmocka_unit_test(cues_are_found_across_any_blank),
        cmocka_unit_test(front_matter_names_title_date_and_outlet),
        cmocka_unit_test(tables_are_no_article),
        cmocka_unit_test(records_without_text_are_set_aside),
        cmocka_unit_test(every_way_into_a_record_is_cleaned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
