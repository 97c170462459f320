#include "ingest_fixture.h"

#include "ingest/outlet.h"

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
        .page = "• 맑음나루 0.0℃\n  • 흐림가람 5.0℃\n  • 눈서울 1.5℃\n기상청 제공\n\n"
                "나루시\n\n"
                "나루시 부두 창고, 새내기 장사꾼 배움터로 바뀐다\n\n"
                "[나루타임즈] 나루시 부두의 빈 창고 두 채가 9월 3일 장사를 배우는 곳으로 새 이름을 얻었다.\n\n"
                "첫 수업에는 가게를 열려는 주민 열두 명이 나왔다.\n\n"
                "수강생들은 겨울까지 빵과 가죽 다루는 법을 익히겠다고 입을 모았다.\n\n\n"
                "배너\n배너\n\n관련기사\n\n배너\n\n미디어\n\n더보기\n"
                "가람시 등대지기 교실 닻 올려 [나루타임즈] 가람시가 10일 등대지기 교실을 시작했다. "
                "교실에는 어린이 서른 명이 모였다. 아이들은 뱃고동 소리를 흉내 냈다. 부모들은 박수를 "
                "보냈다. 교실은 다음 달에도 이어지며 길잡이를 더 모은다. 준비물은 장화와 모자면 된다. 또 ",
        .title = "나루시 부두 창고, 새내기 장사꾼 배움터로 바뀐다",
        .subtitle = "",
        .outlet = "나루타임즈",
        .lines = "10-14",
        .first = "나루시 부두의 빈 창고",
        .last = "입을 모았다."});
}

static void logo_page_with_captions(void **state)
{
    (void)state;
    expect_content(&(struct expected){
        .page = "회사로고\n\nTop\n기사 메일전송\n누리시 공장들, 로봇 팔에 짐 맡겼다!\n  • 강바다 편집차장\n"
                "  • 등록 2024-01-16 17:19:34\n기사수정\n  • - 공장 열 곳에 로봇 팔 들여놓기로\n\n"
                "누리시가 일손이 모자란 공장에 로봇 팔을 빌려준다.\n\n"
                "짐 나르는 로봇 팔, 누리시 제공\n\xc2\xa0\n"
                "\xc2\xa0첫 공장은 15일 기계 두 대를 들이고 밤새 시험 운전까지 마친 바 있다\n\n"
                "짐 나르는 로봇 팔, 누리시 제공\n\n"
                "\xc2\xa0담당자는 내년까지 공장 열 곳에 로봇 팔을 들여놓을 계획이라고 말했다\n\n"
                "0\n회원로그인\n\n댓글 삭제\n\n지운 댓글은 되살아나지 않습니다.\n정말 "
                "삭제하시겠습니까?\n\n후원안내\n"
                "포토·영상더보기\n많이 본 뉴스더보기\n"
                "  1. 가람시 우체부의 하루 가람시 우체부는 새벽에 길을 나선다. 섬을 세 번 돈다. 편지는 "
                "줄었다고 했다...\n"
                "최신뉴스더보기\n모바일 버전 바로가기\n",
        .title = "누리시 공장들, 로봇 팔에 짐 맡겼다!",
        .subtitle = "공장 열 곳에 로봇 팔 들여놓기로",
        .outlet = "",
        .lines = "11,15,19",
        .first = "누리시가 일손이",
        .last = "계획이라고 말했다"});
}

static void lead_repeated_as_caption_and_dashes(void **state)
{
    (void)state;
    expect_content(&(struct expected){
        .page = "누리군(군수 강바다)이 배 부품 공장 스무 곳을 돕는 '기술 사랑방'을 올봄 항구에 연다.\n"
                "누리군이 배 부품 공장 스무 곳을 돕는 '기술 사랑방'을 올봄 항구에 연다.\n"
                "사랑방에는 기술자가 머물며 도면을 봐 주고 시험 기계도 빌려준다.\n"
                "군은 이웃 고을의 조선소와도 줄을 이을 방침이다.\n"
                "최고 관리자\n기자\n헤드라인 뉴스\n-\n가람시 강변 달리기 손님 모아\n"
                "가람시는 7월 1일부터 강변 달리기 손님을 모은다고 11일 밝혔다. 행사는 두 달 "
                "이어진다. 참가자는 선물을 받\n-\n"
                "바닷길 되살리는 사람들\n바닷길을 되살리는 모임이 10일 첫 회의를 열었다. 모임은 "
                "뱃길을 살핀다. 회원은 서른 명이\n",
        .title = "누리군(군수 강바다)이 배 부품 공장 스무 곳을 돕는 '기술 사랑방'을 올봄 항구에 연다.",
        .subtitle = "",
        .outlet = "",
        .lines = "1,3-4",
        .first = "누리군(군수",
        .last = "이을 방침이다."});
}

static void board_with_menus_and_footer(void **state)
{
    (void)state;
    expect_content(&(struct expected){
        .page =
            "회원 로그인\n회원 가입\n자동등록방지 숫자를 적어 주세요.\n\n누리신문 신문보기\n"
            "누리뉴스 | 교육 | 문화 | 안전 | 나눔 | 영상\n누리시 대장간 골목에 3D 인쇄 공방 짓기로\n"
            "페이스북으로 보내기 밴드로 보내기\n작성자 누리신문 작성일 21-07-02 00:33 댓글 0\n\n누리신문  / "
            "누리뉴스\n\n"
            "누리시는 지난 28일 대장간 골목 주민들과 만나 공방의 밑그림을 내놓았다.\n\n"
            "공방에는 ▲쇠 인쇄기 ▲나무 깎는 기계 ▲쉼터가 들어선다.\n"
            "주민들은 소음을 막을 담장을 함께 찾아냈다.\n\n"
            "등록된 댓글이 없습니다.\n\n누리뉴스의 최신글\n  누리시, 골목 등불 백 개 밝히는 …\n  누리시, 버스 노선 "
            "신설\n"
            "누리신문 2021년 10월 25일 | 손님 : 10 명\n누리신문 회사소개    |    개인정보처리방침    |    기사제보\n"
            "Copyright© 2015~2021 누리신문 All right reserved",
        .title = "누리시 대장간 골목에 3D 인쇄 공방 짓기로",
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

static void whole_page_in_one_line(void **state)
{
    (void)state;
    struct reading r = read_text("누리신문 로그인 회원가입 누리시, 창업 마당 넓힌다 입력 2024.01.05 10:00 페이스북 "
                                 "카카오톡 글자크기 강바다 기자 누리시가 창업 마당을 "
                                 "넓힌다고 5일 밝혔다. 접수는 이달 말까지다. 입주 팀은 두 해 동안 작업실을 무료로 "
                                 "쓴다. 시는 카카오톡으로도 문의를 받는다. 장비실과 "
                                 "회의실은 밤에도 열려 있으며 교통비도 조금 보탠다. 지난해에는 열두 팀이 들어와 새 "
                                 "일자리 마흔 개를 만들었다. 시는 내년에 둘째 마당을 "
                                 "열 계획이다. 새 마당은 옛 양조장을 고쳐 쓰며 설계는 봄에 시작한다. 입주 심사에는 "
                                 "시민 평가단도 함께하고 결과는 누리집에 올린다. "
                                 "강바다 기자 sea@nuri.example.com 저작권자 ⓒ 누리신문 무단전재 및 재배포 금지 많이 본 "
                                 "뉴스 가람시 눈꽃 잔치 막 내려");
    assert_int_equal(r.n, 1);
    assert_true(str_starts(r.articles[0].body, STR("누리시가 창업 마당을 넓힌다고")));
    assert_true(str_ends(r.articles[0].body, STR("누리집에 올린다.")));
    assert_true(contains(r.articles[0].body, "카카오톡으로도"));
    assert_string_equal(date_iso(r.articles[0].published).p, "2024-01-05");
    assert_int_equal(r.articles[0].basis, BASIS_PUBLISHED);
    reading_free(&r);
}

static void newspaper_system_page(void **state)
{
    (void)state;
    expect_content(&(struct expected){
        .page =
            "본문영역\n"
            "UPDATED. 2025-03-16 17:19 (일)\n"
            "로그인\n"
            "회원가입\n"
            "모바일웹\n"
            "전체기사\n"
            "정치\n"
            "경제\n"
            "사회\n"
            "포항\n"
            "경주\n"
            "상세검색\n"
            "경제\n"
            "이전기사보기\n"
            "다음기사보기\n"
            "나루시, 이차전지 소재 시험센터 들어선다\n"
            "기자명 강바다 기자\n"
            "입력 2024.01.16 17:19\n"
            "댓글 0\n"
            "SNS 기사보내기\n"
            "페이스북(으)로 기사보내기\n"
            "카카오스토리(으)로 기사보내기\n"
            "URL복사(으)로 기사보내기\n"
            "이 기사를 공유합니다\n"
            "본문 글씨 줄이기\n"
            "본문 글씨 키우기\n"
            "320억 원 들여 2026년까지 완공\n"
            "시험 장비 40종 갖춰 기업 지원\n"
            "나루시청 전경. 나루시 제공\n"
            "나루시 국가산단에 이차전지 소재를 시험하는 센터가 들어선다.\n"
            "나루시는 16일 산업부 공모에 ‘이차전지 소재 시험센터 구축 사업’이 뽑혔다고 밝혔다.\n"
            "▲ 시험센터 조감도\n"
            "센터는 2026년까지 320억 원을 들여 지상 3층으로 짓고 장비 40종을 갖춘다.\n"
            "나루시장은 “기업이 멀리 가지 않고도 시험을 받게 하겠다”라고 말했다.\n"
            "저작권자 © 나루매일 무단전재 및 재배포 금지\n"
            "강바다 기자 sea@naru.example.com\n"
            "다른기사 보기\n"
            "관련기사\n"
            "가람시, 배터리 재활용 단지 착공\n"
            "누리시, 산단 주차장 넓힌다\n"
            "개의 댓글\n"
            "댓글 정렬\n"
            "BEST댓글\n"
            "인기뉴스\n"
            "1 가람시, 겨울 축제 폐막\n"
            "2 누리시 버스 파업 철회\n"
            "주소 : 경상북도 나루시 바닷길 1 나루빌딩 3층\n"
            "대표전화 : 054-000-0000\n"
            "팩스 : 054-000-0001\n"
            "청소년보호책임자 : 김○○\n"
            "제호 : 나루매일\n"
            "등록번호 : 경북 아 00000\n"
            "등록일 : 2011-03-04\n"
            "발행일 : 2011-05-06\n"
            "발행·편집인 : 김○○\n"
            "나루매일 모든 콘텐츠(영상,기사, 사진)는 저작권법의 보호를 받은바, 무단 전재와 복사, 배포 등을 금합니다.\n"
            "Copyright © 2024 나루매일. All rights reserved.\n",
        .title = "나루시, 이차전지 소재 시험센터 들어선다",
        .subtitle = "320억 원 들여 2026년까지 완공 / 시험 장비 40종 갖춰 기업 지원",
        .outlet = "나루매일",
        .lines = "30-31,33-34",
        .first = "나루시 국가산단에",
        .last = "라고 말했다."});
}

static void portal_page(void **state)
{
    (void)state;
    expect_content(&(struct expected){
        .page = "본문 바로가기\n"
                "NAVER 뉴스\n"
                "엔터\n"
                "스포츠\n"
                "나루일보\n"
                "구독\n"
                "나루시, 청년 창업가 30명에 1년간 월 100만 원 지원\n"
                "입력2024.01.16. 오후 5:19  수정2024.01.17. 오후 6:00 기사원문\n"
                "강바다 기자\n"
                "추천\n"
                "2\n"
                "댓글\n"
                "본문 요약봇\n"
                "텍스트 음성 변환 서비스 사용하기\n"
                "글자 크기 변경하기\n"
                "SNS 보내기\n"
                "인쇄하기\n"
                "나루시가 청년 창업가 30명을 뽑아 1년간 다달이 100만 원을 준다. /나루시 제공\n"
                "[나루일보] 나루시가 청년 창업가 30명을 뽑아 1년간 다달이 100만 원을 지원한다.\n"
                "\n"
                "시는 다음 달 2일까지 신청을 받아 3월에 30명을 확정한다고 16일 밝혔다.\n"
                "\n"
                "지원 대상은 나루시에 사업장을 둔 만 39세 이하 창업 3년 이내 대표다.\n"
                "강바다 기자 sea@naru.example.com\n"
                "Copyright ⓒ 나루일보. All rights reserved. 무단 전재 및 재배포 금지.\n"
                "이 기사는 언론사에서 경제 섹션으로 분류했습니다.\n"
                "기사 섹션 분류 안내\n"
                "나루일보 언론사가 직접 선정한 이슈\n"
                "이슈 강원 산불\n"
                "가람시 산불 사흘째 이어져…주민 대피\n"
                "가람시 산불이 사흘째 이어지고 있다. 헬기 20대가 물을 뿌리고 있지만 바람이 거세 어려움을 겪고 있다. "
                "주민 300명이 학교로 몸을 피했다.\n"
                "2024.01.18 10:00\n"
                "누리시 도로 통제\n"
                "누리시가 산불로 도로 두 곳을 막았다. 시는 우회로를 안내하고 있다. 통제는 불이 꺼질 때까지 이어진다.\n"
                "2024.01.18 09:00\n",
        .title = "나루시, 청년 창업가 30명에 1년간 월 100만 원 지원",
        .subtitle = "",
        .outlet = "나루일보",
        .lines = "19-23",
        .first = "나루시가 청년 창업가 30명을 뽑아 1년간 다달이 100만 원을 지원한다.",
        .last = "대표다."});
}

static void city_hall_page(void **state)
{
    (void)state;
    expect_content(&(struct expected){
        .page =
            "‘굴뚝 없는 공장’ 나루에 둥지 < 보도자료 < 소식 - 나루군청\n본문 바로가기\n이 누리집은 대한민국 공식 "
            "전자정부 "
            "누리집입니다.\n"
            "민원 안내\n여권\n자동차\n부동산\n정보공개\n2022. 8. 31. 이전 자료\n알림마당\n보도자료\n"
            "‘굴뚝 없는 공장’ 나루에 둥지\n날짜\n2025.12.10\n조회수\n52\n"
            "‘굴뚝 없는 공장’ 나루에 둥지\n유리 온실에서 약초 기르는 회사 맞이해\n"
            "나루군에 약초를 유리 온실에서 기르는 회사가 7일 둥지를 틀었다.\n"
            "회사는 빛과 물을 기계로 맞추고 주민 열다섯 명을 일꾼으로 뽑았다.\n"
            "군은 진입로와 물길을 손봐 줄 계획이다.\n"
            "*사진설명 : 일꾼들이 온실 앞에서 모종을 들고 있다.\n첨부파일\n나루 온실.jpg [jpg,11 MB]\n다운로드\n목록\n"
            "본 저작물은 \"공공누리\" 제1유형 조건에 따라 이용 할 수 "
            "있습니다.\n담당부서\n홍보팀\n최종업데이트\n2025.12.12\n"
            "매우만족\n만족\n보통\n불만족\n",
        .title = "‘굴뚝 없는 공장’ 나루에 둥지",
        .subtitle = "유리 온실에서 약초 기르는 회사 맞이해",
        .outlet = "",
        .lines = "19-21",
        .first = "나루군에 약초를",
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
        size_t at = outlet_lead_mark(text, &outlet);
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
        cmocka_unit_test(whole_page_in_one_line),
        cmocka_unit_test(city_hall_page),
        cmocka_unit_test(newspaper_system_page),
        cmocka_unit_test(portal_page),
        cmocka_unit_test(wrapped_prose_is_kept_whole),
        cmocka_unit_test(what_holds_no_article),
        cmocka_unit_test(lead_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
