#include "ingest_fixture.h"

#include "ingest/headline.h"

/* A page and what of it is the article. */
struct expected {
    const char *page, *title, *subtitle, *outlet, *lines, *first, *last;
};

static void expect_content(const struct expected *want)
{
    struct arena *arena = arena_new();
    struct content got;
    assert_true(content_extract(arena, str_from(want->page), &got));
    assert_true(got.is_article);
    assert_str(got.title, want->title);
    assert_str(got.subtitle, want->subtitle);
    assert_str(got.outlet, want->outlet);
    assert_str(got.body_lines, want->lines);
    assert_true(str_starts(got.body, str_from(want->first)));
    assert_true(str_ends(got.body, str_from(want->last)));
    arena_free(arena);
}

static void weather_lines_and_boxes(void **state)
{
    (void)state;
    expect_content(&(struct expected){
        .page =
            "• 맑음나루 0.0℃\n  • 흐림가람 5.0℃\n  • 눈서울 1.5℃\n기상청 제공\n\n"
            "나루시의회\n\n"
            "나루시의회 연구모임, 창업 생태계 배우러 이웃 도시 찾아\n\n"
            "[나루타임즈] 나루시의회 연구모임이 9월 3일 이웃 도시의 창업 보육 시설을 둘러봤다.\n\n"
            "이날 방문에는 의원과 공무원 열두 명이 함께했다.\n\n"
            "의원들은 시설을 살핀 뒤 나루시에 맞는 지원책을 찾겠다고 입을 모았다.\n\n\n"
            "배너\n배너\n\n관련기사\n\n배너\n\n미디어\n\n더보기\n"
            "가람복지관, 명절 맞이 꾸러미 나눔 [나루타임즈] 가람복지관이 10일 어르신 가정에 꾸러미를 전했다. "
            "꾸러미에는 떡국과 한과가 담겼다. 복지관은 이번 나눔으로 이웃의 안부를 살폈다. 어르신들은 고마움을 "
            "전했다. 복지관은 다음 달에도 나눔을 이어 갈 계획이며 봉사자를 더 모은다. 문의는 복지관으로 하면 된다. 또 ",
        .title = "나루시의회 연구모임, 창업 생태계 배우러 이웃 도시 찾아",
        .subtitle = "",
        .outlet = "나루타임즈",
        .lines = "10-14",
        .first = "나루시의회 연구모임이 9월 3일",
        .last = "입을 모았다."});
}

static void logo_page_with_captions(void **state)
{
    (void)state;
    expect_content(&(struct expected){
        .page = "회사로고\n\nTop\n기사 메일전송\n누리시, 로봇 도시로 첫걸음 내디뎠다!\n  • 강바다 편집차장\n"
                "  • 등록 2024-01-16 17:19:34\n기사수정\n  • - 공장 열 곳에 로봇 팔 들여놓기로\n\n"
                "누리시가 일손이 모자란 공장에 로봇을 들이는 일에 나섰다.\n\n"
                "누리시, 로봇 공장 방문, 누리시 제공\n\xc2\xa0\n"
                "\xc2\xa0시장은 15일 공장을 찾아 기계를 둘러보고 현장의 목소리를 들은 바 있다\n\n"
                "누리시, 로봇 공장 방문, 누리시 제공\n\n"
                "\xc2\xa0담당자는 내년까지 공장 열 곳에 로봇 팔을 들여놓을 계획이라고 말했다\n\n"
                "0\n회원로그인\n\n댓글 삭제\n\n삭제한 댓글은 다시 복구할 수 없습니다.\n그래도 "
                "삭제하시겠습니까?\n\n후원안내\n"
                "포토·영상더보기\n많이 본 뉴스더보기\n"
                "  1. 가람시 시장의 새로운 시도 가람시는 유달리 행사가 많다. 손님 소개에 시간을 쓴다. 시장은 "
                "줄이겠다고 했다...\n"
                "최신뉴스더보기\n모바일 버전 바로가기\n",
        .title = "누리시, 로봇 도시로 첫걸음 내디뎠다!",
        .subtitle = "공장 열 곳에 로봇 팔 들여놓기로",
        .outlet = "",
        .lines = "11,15,19",
        .first = "누리시가 일손이",
        .last = "계획이라고 말했다"});
}

static void lead_repeated_as_caption_and_dashes(void **state)
{
    (void)state;
    expect_content(
        &(struct expected){.page = "누리시(시장 강바다)가 진흥원과 함께 '바이오 기반 사업'을 본격 추진한다.\n"
                                   "누리시가 진흥원과 함께 '바이오 기반 사업'을 본격 추진한다.\n"
                                   "이번 사업은 특화단지 조성과 기업 육성을 목표로 삼아 세 갈래로 나뉜다.\n"
                                   "시는 대학과 병원, 연구기관을 잇는 협력망도 넓힐 방침이다.\n"
                                   "최고 관리자\n기자\n헤드라인 뉴스\n-\n가람시 화물차 안전 운전 행사 열어\n"
                                   "가람시는 7월 1일부터 화물차 운전자를 위한 행사를 연다고 11일 밝혔다. 행사는 두 달 "
                                   "이어진다. 참가자는 선물을 받\n-\n"
                                   "바닷길 되살리는 사람들\n바닷길을 되살리는 모임이 10일 첫 회의를 열었다. 모임은 "
                                   "뱃길을 살핀다. 회원은 서른 명이\n",
                           .title = "누리시(시장 강바다)가 진흥원과 함께 '바이오 기반 사업'을 본격 추진한다.",
                           .subtitle = "",
                           .outlet = "",
                           .lines = "1,3-4",
                           .first = "누리시(시장",
                           .last = "넓힐 방침이다."});
}

static void board_with_menus_and_footer(void **state)
{
    (void)state;
    expect_content(&(struct expected){
        .page =
            "회원 로그인\n회원 가입\n자동등록방지 숫자를 순서대로 입력하세요.\n\n누리신문 신문보기\n"
            "누리뉴스 | 교육 | 문화 | 안전 | 나눔 | 영상\n누리시, 제조 혁신센터 연구용역 마무리\n"
            "페이스북으로 보내기 밴드로 보내기\n작성자 누리신문 작성일 21-07-02 00:33 댓글 0\n\n누리신문  / "
            "누리뉴스\n\n"
            "누리시는 지난 28일 시청에서 제조 혁신센터 연구용역 최종보고회를 열었다.\n\n"
            "보고회에서는 ▲섬유 연구시설 ▲시장 개척단 ▲디자인센터의 필요성이 강조됐다.\n"
            "특히 이웃 도시의 사례를 견주어 알맞은 규모를 찾아냈다.\n\n"
            "등록된 댓글이 없습니다.\n\n누리뉴스의 최신글\n  누리시, 시민 약속 모두 지키기 위한 …\n  누리시, 버스 노선 "
            "신설\n"
            "누리신문 2021년 10월 25일 | 손님 : 10 명\n누리신문 회사소개    |    개인정보처리방침    |    기사제보\n"
            "Copyright© 2015~2021 누리신문 All right reserved",
        .title = "누리시, 제조 혁신센터 연구용역 마무리",
        .subtitle = "",
        .outlet = "누리신문",
        .lines = "13-16",
        .first = "누리시는 지난 28일",
        .last = "찾아냈다."});
}

static void one_line_text(void **state)
{
    (void)state;
    expect_content(&(struct expected){
        .page = "누리시, 창업 마당 넓힌다…입주 스무 팀 모집\n"
                "[누리일보 강바다 기자] 누리시가 창업 마당을 넓힌다. 시는 5일 입주 스무 팀을 모집한다고 밝혔다. 접수는 "
                "이달 말까지다. 입주 팀은 두 해 동안 작업실을 무료로 쓴다.  강바다 기자 sea@nuri.example.com ⓒ "
                "누리일보 무단전재 금지",
        .title = "누리시, 창업 마당 넓힌다…입주 스무 팀 모집",
        .subtitle = "",
        .outlet = "누리일보",
        .lines = "2",
        .first = "누리시가 창업 마당을",
        .last = "작업실을 무료로 쓴다."});
}

static void city_hall_page(void **state)
{
    (void)state;
    expect_content(&(struct expected){
        .page =
            "“새 기차 타고 나루 가자” < 보도자료 < 소식 - 나루군청\n본문 바로가기\n이 누리집은 대한민국 공식 전자정부 "
            "누리집입니다.\n"
            "민원 안내\n여권\n자동차\n부동산\n정보공개\n2022. 8. 31. 이전 자료\n알림마당\n보도자료\n"
            "“새 기차 타고 나루 가자”\n날짜\n2025.12.10\n조회수\n52\n"
            "“새 기차 타고 나루 가자”\n바다 열차 손님맞이 행사 성황리에 마쳐\n"
            "나루군문화재단이 철도와 함께 마련한 손님맞이 행사가 7일 성황리에 마무리됐다.\n"
            "참가자들은 나루역에 내려 바닷길을 걷고 도자기 마을을 둘러봤다.\n"
            "재단은 내년부터 네 계절 여행 상품으로 넓혀 갈 계획이다.\n"
            "*사진설명 : 참가자들이 바닷길 앞에서 함께 서 있다.\n첨부파일\n나루 열차.jpg [jpg,11 MB]\n다운로드\n목록\n"
            "본 저작물은 \"공공누리\" 제1유형 조건에 따라 이용 할 수 "
            "있습니다.\n담당부서\n홍보팀\n최종업데이트\n2025.12.12\n"
            "매우만족\n만족\n보통\n불만족\n",
        .title = "“새 기차 타고 나루 가자”",
        .subtitle = "바다 열차 손님맞이 행사 성황리에 마쳐",
        .outlet = "",
        .lines = "19-21",
        .first = "나루군문화재단이",
        .last = "계획이다."});
}

static void wrapped_prose_is_kept_whole(void **state)
{
    (void)state;
    expect_content(&(struct expected){.page = "누리시, 제조 기업 스무 곳과 손잡아\n\n"
                                              "누리시가 제조 기업 스무 곳과 손을 잡고 공장을 새로\n"
                                              "짓기로 했다. 시는 8일 시청에서 협약을 맺고 세금을\n"
                                              "깎아 주기로 했으며 기업들은 이백 명을 새로 뽑기로\n"
                                              "약속했다.\n\n로그인\n",
                                      .title = "누리시, 제조 기업 스무 곳과 손잡아",
                                      .subtitle = "",
                                      .outlet = "",
                                      .lines = "3-6",
                                      .first = "누리시가 제조 기업",
                                      .last = "약속했다."});
}

static void what_holds_no_article(void **state)
{
    (void)state;
    static const char *const pages[] = {
        "",
        "\n\n",
        "로그인\n아이디\n비밀번호\n회원가입\n로그인이 필요한 서비스입니다.\n",
        "정치 경제 사회 문화\n가람시 눈꽃 잔치\n나루시 책 잔치\n누리시 버스 노선 신설\n이용약관 | 개인정보처리방침 | "
        "고객센터\n",
        /* a list page: other articles' leads with their dates */
        "전체기사\n가람시 눈꽃 잔치 막 내려\n가람시가 눈꽃 잔치를 마쳤다. 손님이 많았다.\n2024.01.05 10:00 강바다 "
        "기자\n"
        "나루시 책 잔치 열어\n나루시가 책 잔치를 열었다. 작가들이 모였다.\n2024.01.05 09:00 강바다 기자\n"
        "누리시 버스 노선 늘려\n누리시가 버스 노선을 늘렸다. 시민이 반겼다.\n2024.01.04 10:00 강바다 기자\n",
        "aaaa bbbb cccc dddd\n",
    };
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct arena *arena = arena_new();
        struct content got;
        if (content_extract(arena, str_from(pages[i]), &got) || got.is_article)
            fail_msg("page %zu was taken for an article: " STR_FMT, i, STR_ARG(got.body));
        arena_free(arena);
    }
    struct reading r = read_text("로그인\n아이디\n비밀번호\n");
    assert_int_equal(r.n, 0);
    assert_true(has_diag(&r, "no-article"));
    reading_free(&r);
}

static void lead_marks(void **state)
{
    (void)state;
    static const struct {
        const char *text, *rest, *outlet;
    } cases[] = {
        {"[누리신문] 누리시는", "누리시는", "누리신문"},
        {"[누리경제=강바다 기자]누리시는", "누리시는", "누리경제"},
        {"(누리=나루뉴스) 강바다 기자 = 누리시는", " 누리시는", "나루뉴스"},
        {"[누리/나루뉴스] 누리시는", "누리시는", "나루뉴스"},
        {"[ⓒ나루] 누리시는", "누리시는", ""},
        {"[사진=누리시 제공]누리시는", "누리시는", ""},
        {"[새해 인터뷰] 누리시는", "[새해 인터뷰] 누리시는", ""},
        {"(재)누리진흥원은", "(재)누리진흥원은", ""},
        {"누리시 기자단은 5일", "누리시 기자단은 5일", ""},
        {"[", "[", ""},
        {"", "", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str outlet, text = str_from(cases[i].text);
        size_t at = headline_lead_mark(text, &outlet);
        if (!str_equal(str_trim(str_slice(text, at, text.n)), str_trim(str_from(cases[i].rest))) ||
            !str_equal(outlet, str_from(cases[i].outlet)))
            fail_msg("\"%s\": rest \"" STR_FMT "\" outlet \"" STR_FMT "\"", cases[i].text,
                     STR_ARG(str_slice(text, at, text.n)), STR_ARG(outlet));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weather_lines_and_boxes),
        cmocka_unit_test(logo_page_with_captions),
        cmocka_unit_test(lead_repeated_as_caption_and_dashes),
        cmocka_unit_test(board_with_menus_and_footer),
        cmocka_unit_test(one_line_text),
        cmocka_unit_test(city_hall_page),
        cmocka_unit_test(wrapped_prose_is_kept_whole),
        cmocka_unit_test(what_holds_no_article),
        cmocka_unit_test(lead_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
