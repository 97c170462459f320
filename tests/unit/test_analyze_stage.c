/* How far the work is, by sentences: what is ahead, what is done, what is called for. */
#include "analyze_fixture.h"

static const char *stage_on(date_t day, const char *title, const char *body)
{
    struct article article = {.title = str_from(title), .body = str_from(body), .published = day};
    article.basis = day == DATE_NONE ? BASIS_UNKNOWN : BASIS_PUBLISHED;
    struct analysis analysis;
    analyze_article(analyzer, arena, &article, &analysis);
    for (size_t i = 0; i < analysis.n; i++)
        if (analysis.findings[i].kind == FINDING_STAGE)
            return arena_copy(arena, analysis.findings[i].value.p, analysis.findings[i].value.n);
    return "";
}

static void sentences_have_their_stage(void **state)
{
    (void)state;
    static const struct {
        const char *title, *body, *expected;
    } cases[] = {
        /* ahead of 16 January 2024 */
        {"시흥 창업허브 3월 개관", "시흥시는 3월 창업허브를 개관한다고 밝혔다.", "구상"},
        {"시흥시 의료기기 센터, 올 하반기 착공", "시흥시는 올 하반기 센터를 착공한다고 밝혔다.", "구상"},
        {"내년 준공 앞둔 시흥 지식산업센터", "시흥시는 공사 현장을 살폈다.", "구상"},
        {"시흥 바이오 지원동 2026년 3월 개소", "시흥시가 사업비를 마련했다.", "구상"},
        {"시흥시, 오는 20일 창업센터 개소", "시흥시는 오는 20일 창업센터를 개소한다.", "구상"},
        {"시흥 부품단지 연말 착공 목표", "시흥시는 부품단지 보상을 서두른다.", "구상"},
        {"시흥 시험동 준공 예정", "시흥시가 시험동에 장비를 들인다.", "구상"},
        {"시흥시, 다음 달 시제품 제작소 문을 열 예정", "시흥시가 제작소 이름을 지었다.", "구상"},
        {"시흥 로봇센터 4월 착공", "시흥시가 땅을 마련했다.", "구상"},
        {"시흥 실증센터 2분기 착공", "시흥시는 실증센터를 2분기에 착공하기로 했다.", "구상"},
        {"시흥시, 시험동 설계용역 착수…내년 3월 착공", "시흥시는 시험동 설계용역에 착수했다고 밝혔다.", "연구용역"},
        {"시흥 시험동 하반기 착공", "시흥시는 하반기 착공을 목표로 연구용역을 하고 있다.", "연구용역"},
        {"시흥 제조센터 연구용역 중", "시흥시는 연구용역을 마친 뒤 하반기 착공한다.", "연구용역"},
        /* done */
        {"시흥 ‘물결 올림’ 건물 준공", "시흥시가 건물을 살폈다.", "운영"},
        {"올림픽로 시흥 이미지센터 개소", "시흥시가 센터를 살폈다.", "운영"},
        {"올 시흥 이미지센터 개소", "시흥시가 센터를 살폈다.", "구상"},
        {"시흥 부품 설명회 4월 개최", "시흥시가 참가 조건을 알렸다.", "운영"},
        {"올해 개관한 시흥 창업허브", "시흥시는 입주 공간을 둘러봤다.", "운영"},
        {"시흥 창업허브 개관", "시흥시는 15일 창업허브를 개관했다고 밝혔다.", "운영"},
        {"지난 3월 개관한 시흥 창업허브", "시흥시는 입주 공간을 둘러봤다.", "운영"},
        {"시흥 의료기기 센터 착공", "시흥시는 12일 센터를 착공했다고 밝혔다.", "착수"},
        {"시흥 시험동 기공식", "시흥시는 10일 시험동 기공식을 열었다.", "착수"},
        {"시흥 지식산업센터 준공", "시흥시는 지난해 착공한 센터를 11일 준공했다.", "운영"},
        {"시흥 부품센터 2022년 5월 개소", "시흥시가 부품센터를 돌아봤다.", "운영"},
        {"시흥 제작소, 지난 12월 문을 열어", "시흥시는 제작소 이용법을 알렸다.", "운영"},
        {"시흥 시험동 12월 개소", "시흥시가 시험동을 살폈다.", "운영"},
        /* calls, wins, contracts, studies */
        {"시흥 창업교실 참가자 모집", "시흥시는 창업교실을 운영한다고 밝혔다. 열 팀을 모집하며 석 달 운영한다.",
         "공모"},
        {"시흥시, 예비창업자 모집", "시흥시는 창업교실을 운영한다고 밝혔다.", "공모"},
        {"시흥시, 바이오 실증사업 선정", "시흥시는 국비 지원을 받는다.", "공모"},
        {"시흥시, 제조혁신 공모 선정", "시흥시가 과제에 뽑혀 내년 센터를 착공한다.", "공모"},
        {"시흥시-한바다대, 창업 업무협약", "시흥시는 한바다대와 손을 맞잡았다.", "협약"},
        {"시흥시, 바이오 기업과 MOU를 맺다", "시흥시와 기업은 MOU에 서명했다.", "협약"},
        {"시흥시, 로봇 공장 투자협약", "시흥시와 기업은 내년 공장을 착공한다.", "협약"},
        {"시흥 바이오단지 착수보고회", "시흥시는 16일 착수보고회를 열었다.", "연구용역"},
        {"시흥 바이오단지 용역 중간보고회 개최", "시흥시는 16일 중간보고회를 개최했다.", "연구용역"},
        {"시흥 바이오단지 최종보고회", "시흥시는 최종보고회를 개최했다.", "연구용역"},
        {"시흥 바이오단지 착수 보고회", "시흥시는 의견을 들었다.", "연구용역"},
        {"시흥 로봇산업 구상", "시흥시는 연구용역도 검토한다고 밝혔다.", "구상"},
        {"시흥시, 새 산업 청사진", "시흥시는 로봇산업 구상을 내놨다.", "구상"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *stage = stage_on(date_from(2024, 1, 16), cases[i].title, cases[i].body);
        if (!str_equal(str_from(stage), str_from(cases[i].expected)))
            print_error("'%s': %s, not %s\n", cases[i].title, stage, cases[i].expected);
    }
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(stage_on(date_from(2024, 1, 16), cases[i].title, cases[i].body), cases[i].expected);
}

static void the_same_month_is_ahead_or_past_by_the_day_of_publication(void **state)
{
    (void)state;
    static const char title[] = "시흥 창업허브 3월 개관", body[] = "시흥시는 임대료를 알렸다.";
    assert_string_equal(stage_on(date_from(2024, 2, 1), title, body), "구상");
    assert_string_equal(stage_on(date_from(2024, 5, 1), title, body), "운영");
    assert_string_equal(stage_on(date_from(2024, 12, 20), title, body), "구상"); /* the next one */
    assert_string_equal(stage_on(DATE_NONE, title, body), "구상");
    static const char day[] = "시흥 창업허브 3월 20일 개관";
    assert_string_equal(stage_on(date_from(2024, 3, 10), day, body), "구상");
    assert_string_equal(stage_on(date_from(2024, 3, 21), day, body), "운영");
}

static void hostile_time_words_are_harmless(void **state)
{
    (void)state;
    static const char *const titles[] = {"개관",   "99999999999999년 개관", "월 개관", "0월 99일 개관",
                                         " 개관 ", "\xED\xEC 개관",         "3월개관"};
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        (void)stage_on(date_from(2024, 1, 16), titles[i], titles[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences_have_their_stage),
        cmocka_unit_test(the_same_month_is_ahead_or_past_by_the_day_of_publication),
        cmocka_unit_test(hostile_time_words_are_harmless),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
