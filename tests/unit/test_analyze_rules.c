/* Initiative and category, the smaller facts, the matcher, and hostile sizes. */
#include "analyze/matcher.h"
#include "analyze_fixture.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static struct analysis analyzed(const char *title, const char *body)
{
    struct article article = {.title = str_from(title), .body = str_from(body), .basis = BASIS_PUBLISHED};
    article.published = date_from(2024, 1, 16);
    struct analysis analysis;
    analyze_article(analyzer, arena, &article, &analysis);
    return analysis;
}

/* The values of one kind, joined by blanks. */
static const char *values(const struct analysis *analysis, enum finding_kind kind)
{
    const char *out = "";
    for (size_t i = 0; i < analysis->n; i++)
        if (analysis->findings[i].kind == kind)
            out = arena_printf(arena, "%s%s" STR_FMT, out, *out ? " " : "", STR_ARG(analysis->findings[i].value));
    return out;
}

/* The verdict that scores as the article does and rests on doubt. */
static bool is_doubted(const struct analysis *analysis)
{
    for (size_t i = 0; i < analysis->n; i++)
        if (analysis->findings[i].kind == FINDING_INITIATIVE && analysis->findings[i].score == analysis->score)
            return str_equal(analysis->findings[i].rule, STR("initiative/doubt"));
    return false;
}

/* It counts as before, but a person should look. */
static void a_title_of_doubt_is_never_sure(void **state)
{
    (void)state;
    static const char body[] =
        "화성시는 예비창업자 20팀을 뽑아 사업화 자금과 멘토링을 지원하는 창업 프로그램을 운영한다고 16일 밝혔다. "
        "시는 창업보육센터 입주 공간도 제공한다. 주차장 건립은 표류하고 있다.";
    static const struct {
        const char *title;
        bool sure;
    } cases[] = {{"화성시, 예비창업자 사업화 지원 참가팀 모집", true},
                 {"화성시, 예비창업자 사업화 지원 참가팀 모집…반 년째 제자리", false},
                 {"화성시 예비창업자 사업화 지원 참가팀 모집 난항", false},
                 {"화성시, 난항 딛고 예비창업자 사업화 지원 참가팀 모집", true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct analysis analysis = analyzed(cases[i].title, body);
        assert_true(analysis.is_initiative);
        assert_int_equal(analysis.score >= 0.8, cases[i].sure);
        assert_int_equal(is_doubted(&analysis), !cases[i].sure);
    }
}

static void public_acts_count_in_their_category(void **state)
{
    (void)state;
    static const struct {
        const char *title, *body, *expected;
    } cases[] = {
        {"화성시, 예비창업자 사업화 지원 참가팀 모집",
         "화성시는 예비창업자 20팀을 뽑아 사업화 자금과 멘토링을 지원하는 창업 프로그램을 운영한다고 16일 밝혔다. "
         "시는 창업보육센터 입주 공간도 제공한다.",
         "startup"},
        {"원주시, 의료기기 기업 수출 지원사업 추진",
         "원주시는 원주의료기기테크노밸리와 함께 의료기기 기업의 해외 인허가를 돕는 사업을 추진한다고 밝혔다. "
         "시는 디지털헬스 산업 육성을 위해 바이오 클러스터를 조성할 계획이다.",
         "bio"},
        {"군산시, 이차전지 소재 공장 신설 투자협약 체결",
         "군산시는 15일 시청에서 이차전지 소재 기업과 새만금 국가산단에 생산시설을 짓는 투자협약을 체결했다고 밝혔다. "
         "기업은 공장 신설에 1천억원을 투자한다.",
         "manufacturing"},
        {"하남시, 200억 규모 ‘새싹기업 도약펀드’ 결성",
         "하남시는 업력 7년 이하 신생기업에 투자하는 200억 원 규모의 펀드를 결성했다고 밝혔다. 시가 40억 원을 "
         "출자했다.",
         "startup"},
        {"제천시, 진단기기 평가센터 첫 삽",
         "제천시는 8일 진단기기 평가센터 기공식을 열었다. 국비 60억 원을 들여 체외진단 제품의 성능을 시험하는 장비를 "
         "갖춘다.",
         "bio"},
        {"양주시, 낡은 섬유 공장 설비 보급",
         "양주시가 섬유 제조업체 20곳에 열 회수 설비를 보급한다고 9일 밝혔다. 설비값의 절반은 시가 낸다.",
         "manufacturing"},
        {"나주시, 제조 현장 기능인력 키우는 용접 교실 개강",
         "나주시가 제조업체의 인력난을 덜기 위한 용접 기능인력 과정을 3일 시작했다. 교육비는 시가 부담한다.",
         "manufacturing"},
        {"김해시, 기계부품 소공인에 공동 검사기 들인다",
         "김해시는 소공인이 함께 쓰는 정밀가공 검사기를 들인다고 밝혔다. 수출시장을 넓히려는 부품업체를 지원한다.",
         "manufacturing"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct analysis analysis = analyzed(cases[i].title, cases[i].body);
        if (!analysis.is_initiative || strcmp(values(&analysis, FINDING_CATEGORY), cases[i].expected) != 0)
            fail_msg("'%s': %d %.2f '%s'", cases[i].title, analysis.is_initiative, analysis.score,
                     values(&analysis, FINDING_CATEGORY));
        assert_string_equal(values(&analysis, FINDING_INITIATIVE), "yes");
    }
}

static void other_news_does_not_count(void **state)
{
    (void)state;
    static const struct {
        const char *title, *body;
    } cases[] = {
        {"가나바이오, 3분기 영업이익 두 배",
         "가나바이오는 3분기 매출 300억원, 영업이익 40억원을 올렸다고 공시했다. 주가도 올랐다."},
        {"인천 제조업 체감경기 하락",
         "인천지역 제조업 경기 지수가 전월 대비 하락했다. 조사 결과 응답 기업의 절반이 나빠졌다고 답했다."},
        {"창업주 가족, 이웃돕기 성금 기탁", "한 기업 창업주 가족이 안성시에 이웃돕기 성금 2천만원을 기탁했다."},
        {"의정부시, 통합돌봄 회의 열어", "의정부시는 보건소에서 의료·요양 돌봄 회의를 열고 어르신 진료를 논의했다."},
        {"바이오가스 시설 준공", "청주시는 음식물 폐기물로 바이오가스를 만드는 시설을 준공했다고 밝혔다."},
        {"스마트팜 청년 창업농 교육", "상주시는 스마트팜에서 딸기를 재배하는 농업인을 교육했다고 밝혔다."},
        {"가을 축제 성황", "공주시는 관광 축제에 많은 관광객이 찾았다고 밝혔다. 지역 스타트업도 부스를 냈다."},
        {"경제자유구역청, 전 직원 청렴 교육", "광양만권경제자유구역청은 전 직원을 대상으로 청렴 교육을 했다고 밝혔다."},
        {"퇴직연금 기금형 도입", "정부는 속도제한과 지원전략을 담은 기금형 퇴직연금을 도입한다고 서울시에 알렸다."},
        {"투자유치본부장에 아무개", "경제자유구역청은 신임 투자유치본부장을 임명했다고 밝혔다."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct analysis analysis = analyzed(cases[i].title, cases[i].body);
        if (analysis.is_initiative)
            fail_msg("'%s': counted as '%s' (%.2f)", cases[i].title, values(&analysis, FINDING_CATEGORY),
                     analysis.score);
        assert_string_equal(values(&analysis, FINDING_CATEGORY), "");
        assert_string_equal(values(&analysis, FINDING_INITIATIVE), "no");
    }
}

static void nothing_counts_without_a_city(void **state)
{
    (void)state;
    struct analysis analysis =
        analyzed("정부, 전국 창업기업 지원사업 공모",
                 "중소벤처기업부는 예비창업자와 스타트업을 위한 창업 지원사업을 공모한다고 밝혔다.");
    assert_false(analysis.is_initiative);
}

static void facts_have_their_evidence(void **state)
{
    (void)state;
    const char *title = "시흥시, 바이오 지원센터 조성 연구용역 착수보고회";
    const char *body =
        "시흥시는 지난 12일 시흥산업진흥원과 바이오 지원센터 조성 연구용역 착수보고회를 열었다고 밝혔다.";
    struct analysis analysis = analyzed(title, body);
    struct article article = {.title = str_from(title), .body = str_from(body)};
    struct str text = article_text(arena, &article);
    assert_string_equal(values(&analysis, FINDING_EVENT), "2024-01-12");
    assert_string_equal(values(&analysis, FINDING_AGENCY), "41390 시흥산업진흥원");
    assert_string_equal(values(&analysis, FINDING_STAGE), "연구용역");
    for (size_t i = 0; i < analysis.n; i++) {
        const struct finding *f = &analysis.findings[i];
        assert_true(f->begin <= f->end && f->end <= text.n);
        assert_true(f->score >= 0 && f->score <= 1);
        assert_true(f->rule.n > 0);
        if (f->kind == FINDING_AGENCY)
            assert_true(str_ends(f->value, str_slice(text, f->begin, f->end)));
        if (f->kind == FINDING_CITY)
            assert_true(str_starts(str_slice(text, f->begin, f->end), STR("시흥")));
    }
}

static void event_days_resolve_against_publication(void **state)
{
    (void)state;
    static const struct {
        const char *lead, *expected;
    } cases[] = {
        {"시흥시는 지난 28일 협약을 맺었다고 밝혔다.", "2023-12-28"},
        {"시흥시는 오는 3일 설명회를 연다고 밝혔다.", "2024-02-03"},
        {"시흥시는 15일 협약을 맺었다고 밝혔다.", "2024-01-15"},
        {"시흥시는 12월 5일 협약을 맺었다고 밝혔다.", "2023-12-05"},
        {"시흥시는 2022년 5월 3일 협약을 맺었다고 밝혔다.", "2022-05-03"},
        {"시흥시는 20일간 참가자를 모집한다고 밝혔다.", ""},
        {"시흥시는 2월 30일 협약을 맺었다고 밝혔다.", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct analysis analysis = analyzed("시흥시 소식", cases[i].lead);
        assert_string_equal(values(&analysis, FINDING_EVENT), cases[i].expected);
    }
}

/* ---- matcher ---- */

struct seen {
    char text[200];
};

static void see(void *context, struct match match)
{
    struct seen *seen = context;
    size_t n = strlen(seen->text);
    snprintf(seen->text + n, sizeof seen->text - n, "%u:%u-%u ", match.phrase, match.begin, match.end);
}

static void matcher_finds_all_phrases(void **state)
{
    (void)state;
    struct matcher *matcher = matcher_new();
    const char *const phrases[] = {"he", "she", "his", "hers", "양주", "남양주"};
    for (uint32_t i = 0; i < 6; i++)
        matcher_add(matcher, str_from(phrases[i]), i);
    matcher_compile(matcher);
    struct seen seen = {""};
    matcher_run(matcher, STR("ushers"), see, &seen);
    assert_string_equal(seen.text, "1:1-4 0:2-4 3:2-6 ");
    seen.text[0] = '\0';
    matcher_run(matcher, STR("남양주 양주"), see, &seen);
    assert_string_equal(seen.text, "5:0-9 4:3-9 4:10-16 ");
    seen.text[0] = '\0';
    matcher_run(matcher, STR(""), see, &seen);
    assert_string_equal(seen.text, "");
    matcher_free(matcher);
}

/* ---- hostile sizes ---- */

static double seconds_for(struct str body)
{
    struct article article = {.title = STR("시흥시, 창업 지원"), .body = body};
    struct analysis analysis;
    struct timespec a, b;
    struct arena *own = arena_new();
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
    analyze_article(analyzer, own, &article, &analysis);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
    arena_free(own);
    return (double)(b.tv_sec - a.tv_sec) + 1e-9 * (double)(b.tv_nsec - a.tv_nsec);
}

static void time_is_linear_in_the_text(void **state)
{
    (void)state;
    static const char *const units[] = {
        "경기도 시흥시 창업 지원 ", "[기자 ", "양", "남남남양", "1일 ", "‘", "\xEA\xB0\x80"};
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        struct buf text = {0};
        while (text.n < 250000)
            buf_text(&text, units[u]);
        double quarter = seconds_for(buf_view(&text));
        while (text.n < 1000000)
            buf_text(&text, units[u]);
        double whole = seconds_for(buf_view(&text));
        if (whole > 12 * quarter + 0.1)
            fail_msg("unit %zu: 250 kB %.3f s, 1 MB %.3f s", u, quarter, whole);
        buf_free(&text);
    }
}

static void tiny_and_empty_articles_are_harmless(void **state)
{
    (void)state;
    static const char *const texts[] = {"",  "가",     "[",  "시", "일",   "1", "1일",
                                        "'", "시흥시", "\n", "…",  "광주", "(", "군"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (size_t j = 0; j < sizeof texts / sizeof *texts; j++) {
            struct analysis analysis = analyzed(texts[i], texts[j]);
            assert_false(analysis.is_initiative);
        }
}

/* The terms of an explanation add up to the score, and its words are the text's. */
static void explanations_add_up(void **state)
{
    (void)state;
    struct article article = {.title = STR("화성시, 예비창업자 사업화 지원 참가팀 모집"),
                              .body = STR("화성시는 예비창업자 20팀을 뽑아 사업화 자금을 지원한다고 16일 밝혔다."),
                              .published = date_from(2024, 1, 16)};
    struct analysis analysis;
    struct explanation why;
    double sum = 0;
    bool found = false;
    analyze_article(analyzer, arena, &article, &analysis);
    analyze_explain(analyzer, arena, &article, &why);
    struct str text = article_text(arena, &article);
    for (size_t i = 0; i < why.n_features; i++)
        sum += why.features[i].value * why.features[i].weight;
    assert_true(fabs(why.probability - analysis.score) < 1e-9);
    assert_true(fabs(1 / (1 + exp(-sum)) - why.probability) < 1e-9);
    assert_true(str_equal(why.category, STR("startup")) && why.has_city);
    for (size_t i = 0; i < why.n_words; i++) {
        assert_true(why.words[i].begin < why.words[i].end && why.words[i].end <= text.n);
        found = found || (why.words[i].kind == EXPLAINED_OBJECT &&
                          str_starts(str_slice(text, why.words[i].begin, text.n), STR("예비창업")));
    }
    assert_true(found);
    article = (struct article){.published = DATE_NONE};
    analyze_explain(analyzer, arena, &article, &why);
    assert_true(why.probability <= 0 && why.n_words == 0 && !why.has_city);
}

static void the_version_follows_the_tables(void **state)
{
    (void)state;
    struct err err = {0};
    assert_true(strlen(analyzer_version(analyzer)) > 8);
    struct analyzer *again = analyzer_new(&regions, &taxonomy, &err);
    assert_string_equal(analyzer_version(again), analyzer_version(analyzer));
    analyzer_free(again);
    struct regions fewer = {.items = regions.items, .n = regions.n - 1};
    struct analyzer *other = analyzer_new(&fewer, &taxonomy, &err);
    assert_true(other == NULL || strcmp(analyzer_version(other), analyzer_version(analyzer)) != 0);
    analyzer_free(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(public_acts_count_in_their_category),
        cmocka_unit_test(a_title_of_doubt_is_never_sure),
        cmocka_unit_test(other_news_does_not_count),
        cmocka_unit_test(nothing_counts_without_a_city),
        cmocka_unit_test(facts_have_their_evidence),
        cmocka_unit_test(event_days_resolve_against_publication),
        cmocka_unit_test(matcher_finds_all_phrases),
        cmocka_unit_test(time_is_linear_in_the_text),
        cmocka_unit_test(tiny_and_empty_articles_are_harmless),
        cmocka_unit_test(explanations_add_up),
        cmocka_unit_test(the_version_follows_the_tables),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
