/* The smaller facts by sentences: money, counts, dates ahead, zones, agencies; and what must not break them. */
#include "analyze/describe.h"
#include "analyze_fixture.h"
#include "base/utf8.h"

#include <string.h>
#include <time.h>

/* The values of one kind in an article of 16 January 2024, joined by " | ". */
static const char *facts(enum finding_kind kind, const char *title, const char *body)
{
    struct article article = {.title = str_from(title), .body = str_from(body), .basis = BASIS_PUBLISHED};
    article.published = date_from(2024, 1, 16);
    struct analysis analysis;
    analyze_article(analyzer, arena, &article, &analysis);
    struct str text = article_text(arena, &article);
    const char *out = "";
    for (size_t i = 0; i < analysis.n; i++) {
        const struct finding *f = &analysis.findings[i];
        if (f->kind != kind)
            continue;
        assert_true(f->begin < f->end && f->end <= text.n && f->rule.n > 0 && f->score > 0 && f->score <= 1);
        assert_int_equal(utf8_invalid(str_slice(text, f->begin, f->end)), SIZE_MAX);
        out = arena_printf(arena, "%s%s" STR_FMT, out, *out ? " | " : "", STR_ARG(f->value));
    }
    return out;
}

struct sentence {
    const char *body, *expected;
};

static void check(enum finding_kind kind, const struct sentence *cases, size_t n)
{
    size_t bad = 0;
    for (size_t i = 0; i < n; i++) {
        const char *found = facts(kind, "시흥시 소식", cases[i].body);
        if (strcmp(found, cases[i].expected) != 0) {
            print_error("'%s': '%s', not '%s'\n", cases[i].body, found, cases[i].expected);
            bad++;
        }
    }
    assert_int_equal(bad, 0);
}

#define CHECK(kind, cases) check(kind, cases, sizeof(cases) / sizeof *(cases))

static void amounts_are_won(void **state)
{
    (void)state;
    static const struct sentence cases[] = {
        {"총사업비는 1조 2천500억 원이다.", "KRW 1250000000000..1250000000000 total"},
        {"총사업비 340억이 든다.", "KRW 34000000000..34000000000 total"},
        {"총사업비 19억5000만원을 마련했다.", "KRW 1950000000..1950000000 total"},
        {"총사업비는 1,150억원이다.", "KRW 115000000000..115000000000 total"},
        {"총사업비는 37.8억원이다.", "KRW 3780000000..3780000000 total"},
        {"총사업비는 340여억 원이다.", "KRW 34000000000..34000000000 total"},
        {"총사업비는 약 2억 3천만 원이다.", "KRW 230000000..230000000 total"},
        {"총사업비는 50억~100억 원이다.", "KRW 5000000000..10000000000 total"},
        {"총사업비는 50~100억 원이다.", "KRW 5000000000..10000000000 total"},
        {"총사업비는 2∼3천만 원이다.", "KRW 20000000..30000000 total"},
        {"총사업비는 100억 원 이상이다.", "KRW 10000000000.. total"},
        {"투자액은 미화 300만 달러다.", "USD 3000000..3000000 investment"},
        {"수출액은 1천425만달러(약 209억원)였다.",
         "USD 14250000..14250000 result | KRW 20900000000..20900000000 result"},
        {"조례 제1조 제2항과 3원칙을 지킨다.", ""},
        {"이용자 3억 명과 나무 2만 그루가 있다.", ""},
        {"점수는 2:1, 번호는 1-2-3이다.", ""},
    };
    CHECK(FINDING_MONEY, cases);
}

static void amounts_have_a_role(void **state)
{
    (void)state;
    static const struct sentence cases[] = {
        {"총 344억 원(국비 200억 원, 도비 21억 원, 시흥시비 49억 원, 민자 74억 원)을 들인다.",
         "KRW 34400000000..34400000000 total | KRW 20000000000..20000000000 national | KRW 2100000000..2100000000 "
         "province | KRW 4900000000..4900000000 local | KRW 7400000000..7400000000 private"},
        {"시흥시는 250억 원 규모의 투자협약을 맺었다.", "KRW 25000000000..25000000000 investment"},
        {"기업마다 최대 3천만 원을 지원한다.", "KRW ..30000000 limit"},
        {"업체당 5억원 한도로 융자한다.", "KRW ..500000000 limit"},
        {"참가 기업에 5천만 원을 지원한다.", "KRW 50000000..50000000 support"},
        {"수출 300억 원을 목표로 잡았다.", "KRW 30000000000..30000000000 target"},
        {"입주기업 매출은 2022년 6천억원에서 2023년 8천억원으로 늘었다.",
         "KRW 600000000000..600000000000 result | KRW 800000000000..800000000000 result"},
        {"구축비 70억원 중 28억원을 투입한다.", "KRW 7000000000..7000000000 total | KRW 2800000000..2800000000 other"},
        {"총사업비의 40%인 86억 원을 얻었다.", "KRW 8600000000..8600000000 other"},
        {"체납액 3억 원을 거뒀다.", "KRW 300000000..300000000 other"},
    };
    CHECK(FINDING_MONEY, cases);
    assert_string_equal(
        facts(FINDING_MONEY, "시흥시 250억", "시흥시는 총사업비 250억 원으로 건물을 짓는다."),
        "KRW 25000000000..25000000000 other | KRW 25000000000..25000000000 total"); /* the title's stays */
    assert_string_equal(
        facts(FINDING_MONEY, "시흥시 소식", "시흥시의 250억 건물. 시흥시는 총사업비 250억 원으로 건물을 짓는다."),
        "KRW 25000000000..25000000000 total"); /* one value, the mention that says more */
}

static void a_whole_is_no_share(void **state)
{
    (void)state;
    static const struct sentence cases[] = {
        {"사업비는 도비를 합쳐 110억 원이다.", "KRW 11000000000..11000000000 total"},
        {"조성에는 국비 75억 원을 비롯해 131억 원이 든다.",
         "KRW 7500000000..7500000000 national | KRW 13100000000..13100000000 total"},
        {"예산은 군비 4억 원을 포함해 모두 11억 원이다.",
         "KRW 400000000..400000000 local | KRW 1100000000..1100000000 total"},
        {"국비 10억 원 등 총 20억 원으로 길을 연다.",
         "KRW 1000000000..1000000000 national | KRW 2000000000..2000000000 total"},
        {"국비 111억 원, 지방비 등 66억 원을 모았다.", /* no whole */
         "KRW 11100000000..11100000000 national | KRW 6600000000..6600000000 local"},
        {"매출 20억 원을 포함해 30억 원을 벌었다.",
         "KRW 2000000000..2000000000 result | KRW 3000000000..3000000000 result"},
        {"시는 펀드에 60억 원을 출자한다.", "KRW 6000000000..6000000000 other"},
        {"수상 팀은 모두 2600만 원의 자금과 상담을 받는다.", "KRW 26000000..26000000 other"},
        {"우승 팀은 상금 1천만 원을 받는다.", "KRW 10000000..10000000 other"},
    };
    CHECK(FINDING_MONEY, cases);
}

/* The score of the first amount in a title. */
static double title_score(const char *title)
{
    struct article article = {.title = str_from(title), .body = STR("시흥시 소식이다."), .basis = BASIS_UNKNOWN};
    struct analysis analysis;
    analyze_article(analyzer, arena, &article, &analysis);
    for (size_t i = 0; i < analysis.n; i++)
        if (analysis.findings[i].kind == FINDING_MONEY)
            return analysis.findings[i].score;
    return 0;
}

static void a_size_in_a_title_is_sure(void **state)
{
    (void)state;
    assert_true(title_score("시흥시, 138억원 규모 ‘새 창업펀드’ 결성") >= 0.8);
    assert_true(title_score("시흥시, 반도체 공장 투자유치 138억원") >= 0.8);
    assert_true(title_score("시흥시, 반도체 공장 투자유치 누적 138억원") < 0.8); /* of years and several projects */
    assert_true(title_score("시흥시, 반도체 공장 투자유치 138억원 돌파") < 0.8);
    assert_true(title_score("시흥시, 138억원짜리 새로운 ‘창업 도움’ 펀드 결성") < 0.8);
}

static void counts_have_a_role(void **state)
{
    (void)state;
    static const struct sentence cases[] = {
        {"이 공장은 200여 명을 새로 채용한다.", "200..200 person employ"},
        {"일자리 창출 효과는 1만 2천 명이다.", "12000..12000 person employ"},
        {"참여기업 30개사를 모집한다.", "30..30 company recruit"},
        {"도내 기업 등 관계자 50여명이 참석했다.", "50..50 person attend"},
        {"공장 120개소를 지원한다.", "120..120 place support"},
        {"전문인력 300명을 양성한다.", "300..300 person train"},
        {"바이오 기업 8개 기업을 유치했다.", "8..8 company attract"},
        {"15~20명을 선발한다.", "15..20 person recruit"},
        {"568팀이 지원해 경쟁했다.", ""},
        {"시흥시 인구는 50만 명이다.", ""},
        {"취업자는 9만 명으로 늘었다.", ""},
        {"5명소를 골라 지원한다.", ""},
    };
    CHECK(FINDING_COUNT, cases);
}

static void dates_ahead_are_targets(void **state)
{
    (void)state;
    static const struct sentence cases[] = {
        {"시흥시는 2028년까지 바이오 센터를 건립한다.", "2028-01-01..2028-12-31 조성"},
        {"센터는 오는 2027년 상반기 준공한다.", "2027-01-01..2027-06-30 준공"},
        {"센터는 내년 3월 착공한다.", "2025-03-01..2025-03-31 착공"},
        {"시흥시는 6월 말까지 참가자를 모집한다.", "2024-06-21..2024-06-30 모집 마감"},
        {"신청 기간은 2월 25일부터 3월 20일까지다.", "2024-02-25..2024-02-25 모집 | 2024-03-20..2024-03-20 모집 마감"},
        {"행사는 4월 22일부터 24일까지 열린다.", "2024-04-24..2024-04-24 개최"},
        {"박람회는 3월 4~6일 개최한다.", "2024-03-04..2024-03-06 개최"},
        {"박람회는 4.29.~30. 이틀간 시흥에서 개최된다.", "2024-04-29..2024-04-30 개최"},
        {"박람회는 4. 29.(월)~5. 1.(수) 개최된다.", "2024-05-01..2024-05-01 개최"},
        {"시흥시는 2. 6.(화)까지 참가자를 모집한다.", "2024-02-06..2024-02-06 모집 마감"},
        {"지진 규모 4.29. 개최 여부는 모른다.", ""},
        {"2023. 4. 29.(토) 개최된 박람회다.", ""},
        {"완공은 2028년으로 미뤘다.", "2028-01-01..2028-12-31 준공"},
        {"센터는 올 하반기 문을 연다.", "2024-07-01..2024-12-31 개소"},
        {"센터는 연내 착공한다.", "2024-01-01..2024-12-31 착공"},
        {"2027년 착공·2029년 준공이 목표다.", "2027-01-01..2027-12-31 착공 | 2029-01-01..2029-12-31 준공"},
        {"지난해 3월 착공한 센터다.", ""},
        {"2023년 4월 지정에 이어 같은 해 7월 착공했다.", ""},
        {"2022년 9월 접수, 10월 심사, 11월 면접을 진행했다.", ""},
        {"2024년 창업교실 참가자를 모집한다.", ""},
        {"시흥 제3일반산업단지를 조성한다.", ""},
        {"하루 1~2일 이내에 조성한다.", ""},
        {"매년 상·하반기 행사를 개최한다.", ""},
    };
    CHECK(FINDING_TARGET, cases);
}

static void targets_need_a_certain_day(void **state)
{
    (void)state;
    struct article article = {.title = STR("시흥시 소식"), .body = STR("시흥시는 2028년까지 센터를 건립한다.")};
    struct analysis analysis;
    analyze_article(analyzer, arena, &article, &analysis);
    for (size_t i = 0; i < analysis.n; i++)
        assert_int_not_equal(analysis.findings[i].kind, FINDING_TARGET);
}

static void zones_are_proper_names(void **state)
{
    (void)state;
    static const struct sentence cases[] = {
        {"시는 광주 첨단3지구를 살폈다.", "광주 첨단3지구"},
        {"시는 포항 이차전지 특화단지를 살폈다.", "포항 이차전지 특화단지"},
        {"시는 오송바이오밸리를 살폈다.", "오송바이오밸리"},
        {"시는 구미국가산단과 대구 국가산단을 살폈다.", "구미국가산단 | 대구 국가산단"},
        {"시는 사천시 사남농공단지에 갔다.", "사남농공단지"},
        {"시는 보은 제3일반산업단지를 살폈다.", "보은 제3일반산업단지"},
        {"시는 여수국가산단·첨단3지구를 살폈다.", "여수국가산단 | 첨단3지구"},
        {"시는 산업단지와 노후산단, 실증산단을 살폈다.", ""},
        {"시는 창원 산업단지와 지구 온난화를 살폈다.", ""},
        {"시는 실리콘밸리와 테마파크를 살폈다.", ""},
        {"시는 특화산업단지와 바이오 클러스터를 바란다.", ""},
    };
    CHECK(FINDING_ZONE, cases);
}

static void agencies_have_their_place(void **state)
{
    (void)state;
    static const struct sentence cases[] = {
        {"시는 시흥산업진흥원과 손잡았다.", "41390 시흥산업진흥원"},
        {"시는 대구테크노파크에서 만났다.", "27000 대구테크노파크"},
        {"중소벤처기업부는 계획을 알렸다.", "national 중소벤처기업부"},
        {"경기도 경제과학진흥원이 도왔다.", "41000 경기도 경제과학진흥원"},
        {"과기정통부와 과학기술정보통신부가 도왔다.", "national 과학기술정보통신부"},
        {"산단공 경기지역본부가 도왔다.", "41000 한국산업단지공단 경기지역본부"},
        {"산업부 공모에 뽑혔다.", "national 산업통상자원부"}, /* in 2024 */
        {"한국산업단지공단 경기지역본부가 도왔다.", "41000 한국산업단지공단 경기지역본부"},
        {"김해의생명산업진흥원장은 웃었다.", "48250 김해의생명산업진흥원"},
        {"(재)대전일자리경제진흥원이 도왔다.", "30000 대전일자리경제진흥원"},
        {"광주테크노파크와 포항테크노파크가 도왔다.", "29000 광주테크노파크 | 47110 포항테크노파크"},
        {"진흥원과 테크노파크는 말이 없다.", ""},
        {"미래산업진흥원은 어디에도 없다.", ""},
    };
    CHECK(FINDING_AGENCY, cases);
}

/* ---- in words ---- */

static const char *described(enum finding_kind kind, const char *value)
{
    struct buf out = {0};
    struct finding finding = {.kind = kind, .value = str_from(value)};
    describe_finding(&regions, &finding, DATE_NONE, &out);
    const char *text = arena_copy(arena, out.p ? out.p : "", out.n);
    buf_free(&out);
    return text;
}

static void values_read_well(void **state)
{
    (void)state;
    static const struct {
        enum finding_kind kind;
        const char *value, *expected;
    } cases[] = {
        {FINDING_MONEY, "KRW 115000000000..115000000000 investment", "1,150억 원 투자"},
        {FINDING_MONEY, "KRW 1250000000000..1250000000000 total", "1조 2,500억 원 총사업비"},
        {FINDING_MONEY, "KRW ..30000000 limit", "3,000만 원 이하 지원 한도"},
        {FINDING_MONEY, "KRW 5000000000..10000000000 other", "50억~100억 원"},
        {FINDING_MONEY, "USD 4100000..4100000 result", "410만 달러 실적액"},
        {FINDING_COUNT, "30..30 company recruit", "30개사 모집"},
        {FINDING_COUNT, "60.. person employ", "60명 이상 고용"},
        {FINDING_TARGET, "2027-01-01..2027-12-31 착공", "2027년 착공"},
        {FINDING_TARGET, "2027-03-01..2027-03-31 착공", "2027년 3월 착공"},
        {FINDING_TARGET, "2027-03-06..2027-03-06 모집 마감", "2027-03-06 모집 마감"},
        {FINDING_TARGET, "2027-01-01..2027-06-30 준공", "2027-01-01~2027-06-30 준공"},
        {FINDING_AGENCY, "41390 시흥산업진흥원", "시흥산업진흥원 (경기도 시흥시)"},
        {FINDING_AGENCY, "national 중소벤처기업부", "중소벤처기업부 (전국)"},
        {FINDING_ZONE, "포항 이차전지 특화단지", "포항 이차전지 특화단지"},
        /* not of the form: as it is */
        {FINDING_MONEY, "KRW .. total", "KRW .. total"},
        {FINDING_MONEY, "KRW 99999999999999999999999..1 total", "KRW 99999999999999999999999..1 total"},
        {FINDING_MONEY, "", ""},
        {FINDING_COUNT, "x..y person recruit", "x..y person recruit"},
        {FINDING_TARGET, "2027-13-01..2027-12-31 착공", "2027-13-01..2027-12-31 착공"},
        {FINDING_AGENCY, "시흥산업진흥원", "시흥산업진흥원"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(described(cases[i].kind, cases[i].value), cases[i].expected);
}

/* ---- hostile ---- */

static void hostile_numbers_are_harmless(void **state)
{
    (void)state;
    static const char *const bodies[] = {"억억억 원",
                                         "9999999999999999999999999억 원",
                                         "총사업비 999999999999999조 원",
                                         "0원 0명 0년 0월 0일까지 준공",
                                         "1,2,3,4,5억 원",
                                         "1,000,00원",
                                         "1조1조1조1억1억 원",
                                         "~~~1억~~2억~",
                                         "총사업비 1.2.3억",
                                         "2028년2029년2030년까지 준공",
                                         "13월 32일까지 모집",
                                         "9999년 12월 31일까지 준공",
                                         "내년내년내년 착공",
                                         "특화단지특화단지특화단지",
                                         "진흥원진흥원 대구",
                                         "1억",
                                         "300억 ",
                                         "5~ 원",
                                         "제",
                                         "2월 30일까지 모집한다"};
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        for (int kind = FINDING_AGENCY; kind < FINDING_KINDS; kind++)
            (void)facts((enum finding_kind)kind, bodies[i], bodies[i]);
    assert_string_equal(facts(FINDING_MONEY, "소식", "총사업비 99999999999999999999억 원이다."), "");
    assert_string_equal(facts(FINDING_MONEY, "소식", "총사업비 999999999999999조 원이다."), "");
}

static double seconds_for(const char *piece, size_t bytes)
{
    struct buf body = {0};
    while (body.n < bytes)
        buf_text(&body, piece);
    struct article article = {.title = STR("시흥시 소식"), .body = buf_view(&body), .basis = BASIS_PUBLISHED};
    article.published = date_from(2024, 1, 16);
    struct arena *scratch = arena_new();
    struct analysis analysis;
    struct timespec a, b;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
    analyze_article(analyzer, scratch, &article, &analysis);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
    assert_true(analysis.n < 200);
    arena_free(scratch);
    buf_free(&body);
    return (double)(b.tv_sec - a.tv_sec) + 1e-9 * (double)(b.tv_nsec - a.tv_nsec);
}

/* Eight times the text may take a little more than eight times as long, not sixty-four times. */
static void time_stays_linear(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "7",     "1 ",        "3억 원 ",          "억",         "3명 5억 원 ", "2028년까지 ",
        "내년 ", "특화단지 ", "바이오 특화단지 ", "산업진흥원", "1억(1달러) ", "1,111,"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        double small = seconds_for(pieces[i], 1 << 17), large = seconds_for(pieces[i], 1 << 20);
        if (large > 0.2 && large > 24 * small)
            fail_msg("'%s': %.3f s for 128 kB, %.3f s for 1 MB", pieces[i], small, large);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_are_won),
        cmocka_unit_test(amounts_have_a_role),
        cmocka_unit_test(a_whole_is_no_share),
        cmocka_unit_test(a_size_in_a_title_is_sure),
        cmocka_unit_test(counts_have_a_role),
        cmocka_unit_test(dates_ahead_are_targets),
        cmocka_unit_test(targets_need_a_certain_day),
        cmocka_unit_test(zones_are_proper_names),
        cmocka_unit_test(agencies_have_their_place),
        cmocka_unit_test(values_read_well),
        cmocka_unit_test(hostile_numbers_are_harmless),
        cmocka_unit_test(time_stays_linear),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
