/* What is no part of an article within its own lines: heads and ends of texts that came as one line, pictures, notes,
 * texts broken at a width, lists. */
#include "ingest_fixture.h"

#include "ingest/trim.h"

static const char lead[] = "누리시는 시민과 함께하는 창업 공방을 열고 초기 기업 서른 곳을 돕는다고 8일 밝혔다.";
static const char more[] = "공방은 옛 시청 건물에 들어서며 시제품을 만드는 장비와 회의실을 갖췄다.";

/* The body of a record {"title":"제목","sub":…,"body":…}. */
static void expect_body(const char *title, const char *sub, const char *body, const char *want)
{
    struct buf record = {0};
    buf_printf(&record, "{\"title\":\"%s\",\"sub\":\"%s\",\"body\":\"%s\"}\n", title, sub, body);
    struct reading r = read_with(buf_view(&record), "jsonl", "auto");
    assert_int_equal(r.n, 1);
    assert_str(r.articles[0].body, want);
    reading_free(&r);
    buf_free(&record);
}

static void expect_trimmed(const char *before, const char *after)
{
    char body[1024], want[1024];
    snprintf(body, sizeof body, "%s%s %s%s", before, lead, more, after);
    snprintf(want, sizeof want, "%s %s", lead, more);
    expect_body("누리시 창업 공방", "서른 곳 지원, 옛 시청에 장비와 회의실", body, want);
}

static void ends_of_one_line_texts(void **state)
{
    (void)state;
    expect_trimmed("", " 강바다 기자");
    expect_trimmed("", " 강바다 기자 sea@example.com");
    expect_trimmed("", " 강바다");
    expect_trimmed("", " 강바다/한마루");
    expect_trimmed("", " /글·사진 강바다 기자");
    expect_trimmed("", " 나루TV 구독 + 나루튜브 구독 +");
    expect_trimmed("", " 나루뉴스 기자 sea@example.com 다른기사보기 가람시 눈꽃 잔치 막 내려 나루시 책 잔치 열어");
    expect_trimmed("", " 사진 설명) 누리시 창업 공방이 문을 열었다. (사진 제공-누리시)");
    expect_trimmed("", " 강바다 기자 기사공유하기 프린트 메일보내기 글씨키우기");
    expect_trimmed("", "☞나루통신 sea@example.com▶ 나루통신 누리집 바로가기<ⓒ 나루통신사. 무단전재-재배포 금지>");
    expect_trimmed("", " <끝>");
    expect_trimmed("", " 2026.2.11");
}

static void starts_of_one_line_texts(void **state)
{
    (void)state;
    expect_trimmed("서른 곳 지원, 옛 시청에 장비와 회의실 ", "");
    expect_trimmed("-서른 곳 지원, 옛 시청에 장비와 회의실 [나루신문 강바다 기자] ", "");
    expect_trimmed("[나루신문] ", "");
    expect_trimmed("누리시 창업 공방 [사진= 누리시 제공]", "");
    expect_trimmed("▲ 누리시 창업 공방 조감도. 누리시 제공. ", "");
    expect_trimmed("강바다 사진기자 = 공방을 둘러보고 있다. sea@example.com[누리=나루통신] 한마루 기자 = ", "");
    /* a caption that is the lead */
    char body[1024], want[1024];
    snprintf(body, sizeof body, "%s 누리시 제공 %s %s", lead, lead, more);
    snprintf(want, sizeof want, "%s %s", lead, more);
    expect_body("누리시 창업 공방", "", body, want);
}

static void nothing_of_the_text_is_lost(void **state)
{
    (void)state;
    static const char *const ends[] = {
        "시는 올해 안에 공방을 두 곳 더 여는 방안을 검토하고 있다 강바다 기자", /* no full stop */
        "한편 이날 시는 미세먼지 저감 장치를 만드는 기업 두 곳과도 협약을 맺을 예정이라고 밝",
        "신청 안내는 누리집에 있는 QR코드를 휴대전화로 찍은 뒤에 나오는 화면을 따라 하면 누구나 볼 수 있",
    };
    static const char *const kept[] = {"시는 올해 안에 공방을 두 곳 더 여는 방안을 검토하고 있다", NULL, NULL};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        char body[1024], want[1024];
        snprintf(body, sizeof body, "%s %s", lead, ends[i]);
        snprintf(want, sizeof want, "%s %s", lead, kept[i] ? kept[i] : ends[i]);
        expect_body("누리시 창업 공방", "", body, want);
    }
    /* polite throughout, and with a button's word in it */
    expect_body(
        "누리시 창업 공방", "",
        "누리시가 창업 공방을 열었습니다. 누구나 회원가입 없이 쓸 수 있습니다. 장비는 서른 가지이고 모두 무료로 "
        "빌려 줍니다. 시민 여러분의 많은 관심을 바랍니다. 공방은 옛 시청 건물 일 층에 있으며 주말에도 문을 엽니다. "
        "배움을 원하는 사람에게는 강사가 붙어 하나하나 가르쳐 드립니다. 첫 수업은 이달 말에 열립니다. 재료도 모두 "
        "누리시에서 드립니다. 만든 물건은 가을 잔치에서 팔 수 있고, 잘 만든 사람에게는 상도 드립니다. 궁금한 것은 "
        "공방 사무실에 오셔서 물어보시면 됩니다. 먼 곳에서 오는 사람을 위해 버스도 더 다니게 했습니다. 누리시는 "
        "내년에도 공방을 늘려 시민이 집 가까이에서 쓸 수 있게 하겠습니다.",
        "누리시가 창업 공방을 열었습니다. 누구나 회원가입 없이 쓸 수 있습니다. 장비는 서른 가지이고 모두 무료로 "
        "빌려 줍니다. 시민 여러분의 많은 관심을 바랍니다. 공방은 옛 시청 건물 일 층에 있으며 주말에도 문을 엽니다. "
        "배움을 원하는 사람에게는 강사가 붙어 하나하나 가르쳐 드립니다. 첫 수업은 이달 말에 열립니다. 재료도 모두 "
        "누리시에서 드립니다. 만든 물건은 가을 잔치에서 팔 수 있고, 잘 만든 사람에게는 상도 드립니다. 궁금한 것은 "
        "공방 사무실에 오셔서 물어보시면 됩니다. 먼 곳에서 오는 사람을 위해 버스도 더 다니게 했습니다. 누리시는 "
        "내년에도 공방을 늘려 시민이 집 가까이에서 쓸 수 있게 하겠습니다.");
    /* a blank before each full stop */
    expect_body("누리시 창업 공방", "", "누리시가 공방을 열었다 . 장비는 서른 가지다 . 강바다 기자",
                "누리시가 공방을 열었다 . 장비는 서른 가지다 .");
}

static void records_bring_their_boards_along(void **state)
{
    (void)state;
    char body[2048], want[512];
    snprintf(body, sizeof body,
             "누리시 창업 공방 문 열어, 서른 곳 지원\\n【창업과장 강바다 240-5200, 창업팀장 한마루 240-5210】\\n\\n"
             "(창업 공방 사진 2장 첨부)\\n%s\\n\\n%s\\n\\n◇ 사진 설명\\n(창업 공방 1)\\n"
             "강바다 누리시장이 8일 열린 창업 공방에서 인사말을 하고 있다.\\n"
             "다음글 가람시 눈꽃 잔치 막 내려, 손님 십만 명 다녀가\\n2025-12-12",
             lead, more);
    snprintf(want, sizeof want, "%s\n%s", lead, more);
    expect_body("누리시 창업 공방 문 열어, 서른 곳...", "", body, want);
}

static void expect_page(const char *page, const char *lines)
{
    struct reading r = read_text(page);
    assert_int_equal(r.n, 1);
    assert_str(r.articles[0].body_lines, lines);
    reading_free(&r);
}

static void notes_within_the_text_are_its_own(void **state)
{
    (void)state;
    expect_page("누리시, 창업 공방 네 곳 문 열어\n\n"
                "누리시는 8일 창업 공방 네 곳의 문을 열고 초기 기업 서른 곳을 돕기 시작했다고 밝혔다.\n\n"
                "* (북부) 가람대·나루대, (남부) 마루대·다솜대\n\n"
                "< 공방 개요 >\n\n"
                "일시/장소 : ’24.1.8(월) 14:00 / 누리시청\n\n"
                "공방은 옛 시청 건물에 들어서며 시제품을 만드는 장비와 회의실을 갖췄다.\n",
                "3-11");
    /* and a text that its source has cut off keeps its last line */
    expect_page("누리시, 창업 공방 네 곳 문 열어\n"
                "누리시는 8일 창업 공방 네 곳의 문을 열고 초기 기업 서른 곳을 돕기 시작했다고 밝혔다.\n \n"
                "공방은 옛 시청 건물에..\n",
                "2-4");
}

static void text_broken_at_a_width_keeps_its_lead(void **state)
{
    (void)state;
    expect_page("누리시, 창업 공방 네 곳 문 열고 서른 곳 지원\n"
                "등록 2024-01-08 10:20:30\n\n"
                "누리시 창업진흥원과 가람대 산학협력단은 8일 누리\n"
                "창업 공방 네 곳 개소식, 투자 상담회, 시제품 전시회 등\n"
                "다섯 가지 행사를 함께 열었다고 밝혔다. 시는 올해 초기\n"
                "기업 서른 곳을 뽑아 시제품 장비와 사무실을 제공\n"
                "하고 전문가 상담을 돕는다. 공방은 옛 시청 건물에\n"
                "들어섰다. 시는 시민이 회원가입 없이 쓸 수 있게 문을\n"
                "주말에도 연다고 설명했다.\n\n"
                "저작권자 ⓒ 나루신문 무단전재 및 재배포 금지\n",
                "4-10");
}

static void lists_are_no_articles(void **state)
{
    (void)state;
    static const char *const pages[] = {
        "전체기사\n로그인 회원가입\n"
        "가람시 눈꽃 잔치 막 내려\n가람시가 눈꽃 잔치를 마쳤다. 올해 눈꽃 잔치에는 손님이 십만 명이나…\n"
        "나루시 책 잔치 열려\n나루시가 책 잔치를 열었다. 작가 서른 명이 나루시 도서관에 모여…\n"
        "다솜시 버스 노선 늘려\n다솜시가 버스 노선을 늘렸다. 다솜시는 새 노선 두 개를 이달부터…\n",
        "가람시 눈꽃 잔치 열흘 만에 막 내려\n가람시가 눈꽃 잔치를 열흘 만에 마치고 손님 십만 명이 다녀갔다고 밝혔다.\n"
        "나루시 책 잔치 열어 작가 만남 마련\n나루시가 책 잔치를 열어 시민이 작가를 만나는 자리를 마련했다고 밝혔다.\n"
        "다솜시 버스 노선 둘 더 늘려\n다솜시가 버스 노선을 둘 늘려 이달부터 달린다고 밝혔다. 시민이 반겼다.\n",
        "번호 제목 부서 날짜 조회\n1 가람시 눈꽃 잔치 막 내려 손님 십만 명 다녀가 홍보실 2024-01-05 84\n"
        "2 나루시 책 잔치 열어 시민과 작가가 만나는 자리 마련 홍보실 2024-01-05 12\n"
        "3 다솜시 버스 노선 둘 늘려 이달부터 시민의 발이 된다 교통과 2024-01-04 30\n",
        "가람면 나루면 다솜면 마루면 누리면 한솔면 보람면 이든면 아라면 새별면 은빛면 큰솔면\n",
    };
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct reading r = read_text(pages[i]);
        if (r.n != 0)
            fail_msg("list %zu: " STR_FMT, i, STR_ARG(r.articles[0].body));
        assert_true(has_diag(&r, "no-article"));
        reading_free(&r);
    }
    /* headings within an article are not a list's */
    expect_page("누리시, 창업 지원 규정 고쳐\n\n"
                "누리시는 창업 지원 규정을 고쳐 이달부터 세 가지가 달라진다고 8일 밝혔다.\n"
                "① 창업 지원 나이 늘려\n창업 지원을 받는 나이가 서른아홉에서 마흔다섯으로 늘었다.\n"
                "② 공방 이용 시간 늘려\n공방 이용 시간이 주말에는 두 시간 늘었다.\n"
                "③ 장비 이용료 없애\n장비 이용료를 없애 누구나 거저 쓸 수 있다.\n",
                "3-9");
}

static void repeated_headings(void **state)
{
    (void)state;
    assert_true(trim_repeats(STR("누리시, 창업 공방 문 열어"), STR("누리시, 창업 공방 문 열어")));
    assert_true(trim_repeats(STR("누리시, 창업 공방 문 열어 서른 곳 지원"), STR("누리시, 창업 공방 문 열어...")));
    assert_true(trim_repeats(STR("누리시, 창업 공방 문 열어 서른 곳 지원"),
                             STR("누리시, 창업 공방 문 열어 서른 곳 지원(창업과)")));
    assert_false(trim_repeats(STR("누리시"), STR("누리시, 창업 공방 문 열어")));
    assert_false(trim_repeats(STR("누리시는 창업 공방을 열었다."), STR("누리시, 창업 공방 문 열어")));
    assert_false(trim_repeats(STR("누리시는 창업 공방을 열었다."), STR("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ends_of_one_line_texts),
        cmocka_unit_test(starts_of_one_line_texts),
        cmocka_unit_test(nothing_of_the_text_is_lost),
        cmocka_unit_test(records_bring_their_boards_along),
        cmocka_unit_test(notes_within_the_text_are_its_own),
        cmocka_unit_test(text_broken_at_a_width_keeps_its_lead),
        cmocka_unit_test(lists_are_no_articles),
        cmocka_unit_test(repeated_headings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
