/* Markdown with front matter: its fields, its text, and why there is none. */
#include "ingest_fixture.h"

#include "ingest/front.h"

#define PROSE                                                                                                                                  \
    "누리시는 창업 공방 ‘여울터’를 열었다고 4일 밝혔다. 공방에는 작업실 아홉 칸과 장비실이 있다.\n\n" \
    "시는 창업자에게 두 해 동안 자리를 내준다. 시 관계자는 공방을 늘리겠다고 말했다.\n"

static void fields_of_yaml(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct str v[FIELDS];
    const char *page = "---\n"
                       "# a comment\n"
                       "title: \"누리시, \\\"여울터\\\" 열어 \\u2014 첫\\n공방\"\n"
                       "ministry: '누리시''청'\n"
                       "approve_date: \"05/10/2023 10:13:11\"\n"
                       "news_item_id: 123\n"
                       "original_url: https://a.example/v?id=1&x=a#b\n"
                       "subtitle: >-\n  작업실 아홉 칸\n  장비실도\n"
                       "keywords: [창업, \"공방, 작업실\", '여울']\n"
                       "regions:\n  - 누리시\n  - 나루시\n"
                       "nested:\n  title: 아니다\n"
                       "tags:\n- 하나\n"
                       "---\n본문\n";
    assert_int_equal(front_read(arena, str_from(page), v), strlen(page) - strlen("본문\n"));
    assert_str(v[F_TITLE], "누리시, \"여울터\" 열어 — 첫 공방");
    assert_str(v[F_OUTLET], "누리시'청");
    assert_str(v[F_DATE], "05/10/2023 10:13:11");
    assert_str(v[F_ID], "123");
    assert_str(v[F_URL], "https://a.example/v?id=1&x=a#b");
    assert_str(v[F_SUBTITLE], "작업실 아홉 칸 장비실도");
    assert_str(v[F_KEYWORDS], "창업,공방, 작업실,여울");
    assert_str(v[F_REGIONS], "누리시,나루시");
    arena_free(arena);
}

static void fields_of_toml(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct str v[FIELDS];
    assert_true(front_read(arena,
                           STR("+++\ntitle = \"여울터 = 공방\"\ndate = 2024-01-04\nurl = 'https://a.example/1'\n"
                               "keywords = [\"창업\",\n  \"공방\"]\n+++\n본문"),
                           v) > 0);
    assert_str(v[F_TITLE], "여울터 = 공방");
    assert_str(v[F_DATE], "2024-01-04");
    assert_str(v[F_URL], "https://a.example/1");
    assert_str(v[F_KEYWORDS], "창업,공방");
    arena_free(arena);
}

static void odd_front_matter(void **state)
{
    static const char *const none[] = {"",           "---", "---\ntitle: x\n", "--- x\n---\n", "+++\na = 1\n---\n",
                                       "본문\n---\n"};
    static const char *const any[] = {"---\n---\n",
                                      "---\ntitle: \"open\n---\n",
                                      "---\ntitle: 'a'b'\n---\n",
                                      "---\n:\n: :\ntitle\n---\n",
                                      "---\nkeywords: [a\n---\n",
                                      "---\ntitle: \"\\u12\\ud800\\\n---\n",
                                      "---\nkeywords: [\"a\n---\n",
                                      "---\nkeywords: [,,\"\n---\n"};
    (void)state;
    struct arena *arena = arena_new();
    struct str v[FIELDS];
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_int_equal(front_read(arena, str_from(none[i]), v), 0);
    for (size_t i = 0; i < sizeof any / sizeof *any; i++)
        assert_int_equal(front_read(arena, str_from(any[i]), v), strlen(any[i]));
    assert_true(front_read(arena, STR("---\ntitle: \"그는 \"좋다\"고 했다\"\n---\n"), v) > 0);
    assert_str(v[F_TITLE], "그는 \"좋다\"고 했다");
    arena_free(arena);
}

static void press_release(void **state)
{
    (void)state;
    struct reading r =
        read_text("---\ntitle: \"누리시, 창업 공방 ‘여울터’ 열어\"\nministry: \"누리시\"\n"
                  "approve_date: \"01/04/2024 10:13:11\"\nnews_item_id: \"77\"\n"
                  "original_url: \"https://a.example/v?newsId=77\"\n---\n\n# 누리시, 창업 공방 ‘여울터’ 열어\n\n"
                  "- 부처: 누리시\n- 배포일: 01/04/2024 10:13:11\n- 원문: https://a.example/v?newsId=77\n\n"
                  "## 본문\n\n" PROSE "\n## 출처\n\n- 누리시 보도자료\n");
    assert_int_equal(r.n, 1);
    const struct article *a = &r.articles[0];
    assert_str(a->reader, "markdown/1");
    assert_str(a->external_id, "77");
    assert_str(a->outlet, "누리시");
    assert_str(a->url, "https://a.example/v?newsId=77");
    assert_string_equal(date_iso(a->published).p, "2024-01-04");
    assert_str(a->body, "누리시는 창업 공방 ‘여울터’를 열었다고 4일 밝혔다. 공방에는 작업실 아홉 칸과 장비실이 있다.\n"
                        "시는 창업자에게 두 해 동안 자리를 내준다. 시 관계자는 공방을 늘리겠다고 말했다.");
    assert_str(a->body_lines, "17-19");
    reading_free(&r);
}

#define RELEASE(body)                                                                                                                         \
    "---\ntitle: 누리시, 창업 공방 ‘여울터’ 문 열어\ndate: 2024-01-04\n---\n# 누리시, 창업 공방 ‘여울터’ 문 " \
    "열어\n\n## "                                                                                                                           \
    "본문\n\n" body "\n\n## 출처\n\n- 보도자료\n"

/* Its source says that it is one text: what is no prose is kept as it stands. */
static void outlines_are_text(void **state)
{
    (void)state;
    struct reading r =
        read_text(RELEASE("누리시, 창업 공방 ‘여울터’ 문 열어\n\n - 옛 물류창고에 작업실 아홉 칸과 장비실 "
                          "마련\n\n - 임대료 두 해 동안 면제, 시제품 제작비도 지원\n\n문의: 누리시 창업과"));
    assert_int_equal(r.n, 1);
    assert_str(r.articles[0].body, "- 옛 물류창고에 작업실 아홉 칸과 장비실 마련\n- 임대료 두 해 동안 면제, 시제품 "
                                   "제작비도 지원");
    assert_string_equal(date_iso(r.articles[0].published).p, "2024-01-04");
    reading_free(&r);
    r = read_text(
        RELEASE("- 산업안전보건 전문가 파견\n- 승진한 팀장이 작업실 아홉 칸의 안전을 맡기로 함\n- 과장급 협의회 구성"));
    assert_int_equal(r.n, 1);
    reading_free(&r);
    r = read_text(
        RELEASE("□ 작업실 아홉 칸을 청년 기업에 빌려주기로 함<br><br>ㅇ 임대료는 두 해 동안 면제하기로 함<br/>"
                "ㅇ 시제품 제작비는 한 곳에 500만원까지 지원"));
    assert_int_equal(r.n, 1);
    assert_false(contains(r.articles[0].body, "<br"));
    reading_free(&r);
}

static void rejects(const char *page, const char *code, const char *why)
{
    struct reading r = read_text(page);
    assert_int_equal(r.n, 0);
    assert_int_equal(r.diag.n, 1);
    assert_string_equal(r.diag.items[0].code, code);
    assert_non_null(strstr(r.diag.items[0].text, why));
    reading_free(&r);
}

static void why_there_is_none(void **state)
{
    (void)state;
    rejects(RELEASE(""), "no-body", "a title without a body");
    rejects(RELEASE("(본문 없음)"), "no-body", "a title without a body");
    rejects(RELEASE("‘여울터’ 문 열어"), "no-body", "a title without a body");
    rejects(RELEASE("2층 장비실"), "no-body", "a few words");
    rejects(RELEASE("* 자세한 내용은 붙임의 보도자료를 참고하시기 바랍니다."), "attachment-only", "attached");
    rejects(RELEASE("<※상세내용 첨부파일 참조>"), "attachment-only", "attached");
    rejects(
        RELEASE(
            "과장급 전보 (2024. 1. 8.)\n\n창업과장 홍길동\n\n회계과장 김하나\n\n수도과장 이두리\n\n공원과장 박세미"),
        "no-article", "appointments");
    rejects(RELEASE("구분\n\n2022년\n\n2023년\n\n작업실\n\n12,345\n\n23,456\n\n장비실\n\n345,678\n\n456,"
                    "789\n\n합계\n\n999,999"),
            "no-article", "names and figures");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_of_yaml), cmocka_unit_test(fields_of_toml),    cmocka_unit_test(odd_front_matter),
        cmocka_unit_test(press_release),  cmocka_unit_test(outlines_are_text), cmocka_unit_test(why_there_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
