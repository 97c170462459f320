/* Which city an article means: traps written for this project. */
#include "analyze_fixture.h"

#include <string.h>

static const char *cities_of(struct article article)
{
    struct analysis analysis;
    struct buf out = {0};
    analyze_article(analyzer, arena, &article, &analysis);
    for (size_t i = 0; i < analysis.n; i++)
        if (analysis.findings[i].kind == FINDING_CITY) {
            buf_text(&out, out.n ? " " : "");
            buf_str(&out, analysis.findings[i].value);
        }
    const char *text = arena_copy(arena, out.p ? out.p : "", out.n);
    buf_free(&out);
    return text;
}

struct trap {
    const char *title, *body, *expected;
};

static void check(const struct trap *traps, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *found =
            cities_of((struct article){.title = str_from(traps[i].title), .body = str_from(traps[i].body)});
        if (strcmp(found, traps[i].expected) != 0)
            fail_msg("'%s': found '%s', expected '%s'", traps[i].title, found, traps[i].expected);
    }
}
#define CHECK(traps) check(traps, sizeof traps / sizeof *traps)

static void the_longer_name_wins(void **state)
{
    (void)state;
    static const struct trap traps[] = {
        {"남양주시, 청년 창업 공간 문 열어", "남양주시는 3일 창업 공간을 열었다고 밝혔다.", "41360"},
        {"양주시, 섬유기업 지원", "양주시(시장 김아무)는 섬유기업을 돕는다고 밝혔다.", "41630"},
        {"부산진구 창업 지원", "부산진구는 창업자를 모집한다고 밝혔다.", "26230"},
        {"부산진해경제자유구역청 기업 유치", "부산진해경제자유구역청은 협약을 맺었다고 밝혔다.", "26440 48120"},
        {"의정부시 스타트업 모집", "의정부시는 스타트업을 모집한다.", "41150"},
    };
    CHECK(traps);
}

static void same_names_are_told_apart_by_their_province(void **state)
{
    (void)state;
    static const struct trap traps[] = {
        {"광주시, AI 창업캠프 운영", "광주광역시는 북구에서 창업캠프를 운영한다고 밝혔다.", "29000"},
        {"경기 광주시, 소공인 지원", "경기도 광주시는 곤지암 일대 소공인을 지원한다고 밝혔다.", "41610"},
        {"고성군, 조선기자재 단지 조성", "경남 고성군은 조선기자재 단지를 조성한다고 밝혔다.", "48820"},
        {"고성군, 해양심층수 기업 유치", "강원특별자치도 고성군은 기업을 유치했다고 밝혔다.", "51820"},
        {"중구, 청년 창업 지원", "대구 중구는 청년 창업을 지원한다고 밝혔다.", "27110"},
        {"중구, 청년 창업 지원", "울산 중구는 청년 창업을 지원한다고 밝혔다.", "31110"},
        {"포항시 남구 철강산단 정비", "포항시는 남구 철강산단을 정비한다고 밝혔다.", "47110"},
    };
    CHECK(traps);
}

static void a_word_is_not_a_place(void **state)
{
    (void)state;
    static const struct trap traps[] = {
        {"기업 경쟁력 강화 예산 확보", "올해 예산을 늘려 경쟁력 강화에 나선다. 가점도 부여한다.", ""},
        {"수출 목표 달성", "고령 인구가 늘어도 목표를 달성했다. 양산 체제를 갖췄다.", ""},
        {"부여군, 청년 창업 지원", "부여군은 자격을 부여하고 예산을 지원한다고 밝혔다.", "44760"},
        {"강화군 바이오 육성", "인천 강화군은 경쟁력 강화를 위해 바이오를 육성한다.", "28710"},
        {"전주 대비 3% 상승", "전주 대비 상승했다. 서구식 식단도 늘었다.", ""},
        {"음성 인식 기술 개발", "음성 인식과 영양 관리 기술을 개발했다.", ""},
    };
    CHECK(traps);
}

static void an_old_name_is_the_same_unit(void **state)
{
    (void)state;
    static const struct trap traps[] = {
        {"강원도, 수출기업 지원", "강원도는 수출기업을 지원한다고 밝혔다.", "51000"},
        {"전북도, 탄소산업 육성", "전라북도는 탄소산업을 육성한다고 밝혔다.", "52000"},
        {"세종시, 창업 지원", "세종특별자치시는 창업을 지원한다고 밝혔다.", "36110"},
    };
    CHECK(traps);
}

static void subject_is_not_venue_byline_or_visited_place(void **state)
{
    (void)state;
    static const struct trap traps[] = {
        {"시흥시, 바이오 포럼 개최", "시흥시는 12일 서울 코엑스에서 바이오 포럼을 열었다고 밝혔다.", "41390"},
        {"김포시, 유치 설명회", "[수원=아무 기자] 김포시는 9일 설명회를 열었다고 밝혔다.", "41570"},
        {"스타트업 육성 조례 만든다", "(수원=가나통신) 아무개 기자 = 김포시는 조례를 만든다고 9일 밝혔다.", "41570"},
        {"안산시의회, 창업센터 견학", "안산시의회 의원들은 판교 창업센터를 방문했다.", "41270"},
        {"충남대 창업지원단 발대식", "대전시와 충남대는 창업지원단을 꾸렸다고 밝혔다.", "30000"},
        {"구미시 사절단, 드레스덴 찾아", "구미시는 독일 기업을 방문했다고 밝혔다. 대구와 경산도 관심을 보였다.",
         "47190"},
    };
    CHECK(traps);
}

static void provinces_count_when_they_act_for_all_of_themselves(void **state)
{
    (void)state;
    static const struct trap traps[] = {
        {"경남도, 창업기업 100곳 모집",
         "경상남도는 도내 창업기업 100곳을 모집한다고 밝혔다. 창원과 김해에서 설명회를 연다.", "48000"},
        {"충남도·당진시, 공장 유치",
         "충남도는 당진시, 기업과 당진시에 공장을 짓는 투자협약을 맺었다. 당진시는 인허가를 돕는다.", "44270"},
        {"경기도 시흥시, 창업펀드 결성", "경기도 시흥시는 창업펀드를 결성했다고 밝혔다.", "41390"},
    };
    CHECK(traps);
}

static bool has_all(const char *found, const char *const *expected)
{
    size_t n = 0;
    for (; expected[n]; n++)
        if (!strstr(found, expected[n]))
            return false;
    return strlen(found) == n * 6 - 1;
}

static void up_to_four_cities_act_together(void **state)
{
    (void)state;
    static const struct {
        const char *title, *body, *expected[5];
    } cases[] = {
        {"시흥시·안산시, 산단 공동 정비", "시흥시와 안산시는 산단을 함께 정비하는 협약을 맺었다.", {"41390", "41270"}},
        {"시흥·안산·화성·평택시, 소부장 협약",
         "시흥시와 안산시, 화성시, 평택시는 소부장 산업을 함께 키우는 협약을 맺었다고 밝혔다.",
         {"41390", "41270", "41590", "41220"}},
        {"경기 남부 4개 시, 창업벨트 조성",
         "수원시·용인시·성남시·화성시가 창업벨트를 조성하는 협약을 맺었다고 밝혔다.",
         {"41110", "41460", "41130", "41590"}},
        {"광주·전남, 공동 투자설명회", "광주시와 전남도는 공동 투자설명회를 열었다고 밝혔다.", {"29000", "46000"}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *found =
            cities_of((struct article){.title = str_from(cases[i].title), .body = str_from(cases[i].body)});
        if (!has_all(found, cases[i].expected))
            fail_msg("'%s': found '%s'", cases[i].title, found);
    }
    assert_string_equal(cities_of((struct article){.title = STR("물가 동향"), .body = STR("정부는 물가를 발표했다.")}),
                        "");
}

static void the_title_orders_cities_that_are_as_prominent(void **state)
{
    (void)state;
    static const struct trap traps[] = {
        {"남양주시·서울 마포구, 창업 교류 맞손",
         "남양주시와 서울 마포구가 창업기업을 함께 키우는 협약을 맺었다. 남양주시의 창업 공간과 서울 마포구의 시험 "
         "시설을 "
         "나눠 쓴다.",
         "41360 11440"},
        {"서울 마포구·남양주시, 창업 교류 맞손",
         "남양주시와 서울 마포구가 창업기업을 함께 키우는 협약을 맺었다. 남양주시의 창업 공간과 서울 마포구의 시험 "
         "시설을 "
         "나눠 쓴다.",
         "11440 41360"},
        {"대구 중구·서울 성동구, 수제화 공장 살리기 협약",
         "대구 중구와 서울 성동구는 소규모 제조업체를 돕는 협약을 지난 3일 맺었다고 밝혔다.", "27110 11200"},
        {"부산 동구와 대전 동구, 창업 교류전", "부산 동구와 대전 동구가 창업기업 교류전을 함께 연다고 5일 밝혔다.",
         "26170 30110"},
        {"안산시, 시흥시와 산단 정비", "안산시는 시흥시와 함께 산단을 정비하는 협약을 맺었다고 밝혔다.", "41270 41390"},
        {"제주 창업학교 수강생 모집", "제주시가 창업을 준비하는 주민을 돕는 창업학교를 운영한다. 모집 인원은 20명이다.",
         "50110"},
        {"제주, 청년 창업 공간 개소",
         "제주시는 8일 시청 옆에 청년 창업 공간을 열었다고 밝혔다. 제주시 관계자가 설명했다.", "50110"},
        {"제주, 바이오기업 육성 계획",
         "제주특별자치도는 도내 바이오기업을 키우는 계획을 세웠다고 밝혔다. 설명회는 제주시에서 연다.", "50000"},
        {"세종, 창업기업 실증 지원", "세종시는 창업기업의 실증을 돕는다고 밝혔다. 세종특별자치시 누리집에서 신청한다.",
         "36110"},
    };
    CHECK(traps);
}

static void outlet_and_hints_only_break_ties(void **state)
{
    (void)state;
    struct article article = {.title = STR("고성군, 공장 유치"), .body = STR("고성군은 공장을 유치했다고 밝혔다.")};
    article.hint_regions = STR("강원");
    assert_string_equal(cities_of(article), "51820");
    article.hint_regions = STR("경남");
    assert_string_equal(cities_of(article), "48820");
    article =
        (struct article){.title = STR("시흥시, 공장 유치"), .outlet = STR("부산일보"), .hint_regions = STR("부산")};
    article.body = STR("시흥시는 공장을 유치했다고 밝혔다.");
    assert_string_equal(cities_of(article), "41390");
}

static void an_article_that_names_every_city_means_none_of_them(void **state)
{
    (void)state;
    struct buf body = {0};
    buf_text(&body, "전국 지방자치단체가 참여하는 행사가 열린다. 참가 지역은 다음과 같다. ");
    for (size_t i = 0; i < regions.n; i++)
        buf_printf(&body, STR_FMT ", ", STR_ARG(regions.items[i].name));
    struct article article = {.title = STR("전국 창업 한마당 열려"), .body = buf_view(&body)};
    struct analysis analysis;
    analyze_article(analyzer, arena, &article, &analysis);
    size_t cities = 0;
    for (size_t i = 0; i < analysis.n; i++)
        cities += analysis.findings[i].kind == FINDING_CITY;
    assert_int_equal(cities, 0);
    buf_free(&body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_longer_name_wins),
        cmocka_unit_test(same_names_are_told_apart_by_their_province),
        cmocka_unit_test(a_word_is_not_a_place),
        cmocka_unit_test(an_old_name_is_the_same_unit),
        cmocka_unit_test(subject_is_not_venue_byline_or_visited_place),
        cmocka_unit_test(provinces_count_when_they_act_for_all_of_themselves),
        cmocka_unit_test(up_to_four_cities_act_together),
        cmocka_unit_test(the_title_orders_cities_that_are_as_prominent),
        cmocka_unit_test(outlet_and_hints_only_break_ties),
        cmocka_unit_test(an_article_that_names_every_city_means_none_of_them),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
