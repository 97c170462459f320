/* Which articles report one initiative; and the way through the store. */
#include "analyze/analyze.h"
#include "analyze/cluster.h"
#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static struct arena *arena;
static struct regions regions;
static struct taxonomy taxonomy;

static int setup(void **state)
{
    (void)state;
    struct err err = {0};
    arena = arena_new();
    if (!regions_read(arena, &regions, &err) ||
        !taxonomy_load(arena, "data/taxonomy.tsv", data_file("data/taxonomy.tsv"), &taxonomy, &err))
        fail_msg("%s", err.text);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static const struct str siheung[] = {{"41390", 5}}, ansan[] = {{"41270", 5}}, both[] = {{"41270", 5}, {"41390", 5}};
static const struct str bio[] = {{"bio", 3}}, startup[] = {{"startup", 7}};

static struct cluster_item item(const char *title, const char *body, date_t date)
{
    return (struct cluster_item){.title = str_from(title),
                                 .body = str_from(body),
                                 .date = date,
                                 .units = siheung,
                                 .n_units = 1,
                                 .categories = startup,
                                 .n_categories = 1};
}

static const char release[] = "시흥시는 12일 정왕동 창업센터에서 ‘물결 창업캠프’ 참가팀 발대식을 열었다고 밝혔다. 이번 "
                              "캠프에는 예비창업자 스무 팀이 참가해 "
                              "석 달 동안 시제품 제작과 투자 상담을 받는다. 시는 우수팀 다섯 곳에 사업화 자금 1억 "
                              "2천만 원을 나누어 지원하고 입주 공간도 내준다.";
static const char rewrite[] =
    "예비창업자 스무 팀이 시흥에서 석 달 여정을 시작했다. 시흥시는 12일 정왕동 창업센터에서 ‘물결 창업캠프’ 발대식을 "
    "열었다. "
    "참가팀은 시제품 제작과 투자 상담을 받으며, 우수팀 다섯 곳에는 사업화 자금 1억 2천만 원이 돌아간다.";
static const char other_programme[] = "시흥시가 소셜벤처를 돕는 펀드를 만든다. 모태펀드와 지역 금융기관이 출자하며 "
                                      "규모는 300억 원이다. 운용사는 상반기에 고르고 "
                                      "하반기부터 바다 환경 기술을 가진 스타트업에 투자한다.";

static void copies_and_rewrites_join_and_others_stay_apart(void **state)
{
    (void)state;
    date_t day = date_from(2024, 1, 12);
    struct cluster_item items[] = {
        item("시흥시, 물결 창업캠프 발대식", release, day),
        item("시흥시, 물결 창업캠프 발대식", release, day + 1),
        item("예비창업자 스무 팀, 시흥 창업캠프서 석 달 여정", rewrite, day + 2),
        item("시흥시, 300억 창업펀드 만든다", other_programme, day + 2),
    };
    size_t groups[4];
    cluster_group(arena, items, 4, groups);
    assert_int_equal(groups[1], 0);
    assert_int_equal(groups[2], 0);
    assert_int_equal(groups[3], 3);
}

static void city_and_time_keep_apart(void **state)
{
    (void)state;
    date_t day = date_from(2024, 1, 12);
    struct cluster_item items[4];
    for (size_t i = 0; i < 4; i++)
        items[i] = item("시흥시, 물결 창업캠프 발대식", release, day);
    items[1].units = ansan;
    items[2].date = date_from(2025, 1, 12); /* next year's round */
    items[3].date = DATE_NONE;              /* undated: the text alone decides */
    size_t groups[4];
    cluster_group(arena, items, 4, groups);
    assert_int_equal(groups[1], 1);
    assert_int_equal(groups[2], 2);
    assert_int_equal(groups[3], 0);
}

static const struct str province[] = {{"41000", 5}}, other_province[] = {{"42000", 5}};

/* One release, of which the rules found more or less of its cities, the province, or another category. */
static void almost_the_same_text_joins_where_a_city_is_shared(void **state)
{
    (void)state;
    date_t day = date_from(2024, 1, 12);
    struct cluster_item items[] = {
        item("시흥시, 물결 창업캠프 발대식", release, day), item("시흥시 ‘물결 창업캠프’ 발대식", release, day + 1),
        item("시흥시, 물결 창업캠프 발대식", release, day), item("시흥시, 물결 창업캠프 발대식 ", release, day + 2),
        item("시흥시, 물결 창업캠프 발대식", release, day),
    };
    items[1].units = both;
    items[1].n_units = 2;
    items[2].units = province;
    items[3].categories = bio;
    items[4].units = other_province;
    size_t groups[5];
    cluster_group(arena, items, 5, groups);
    assert_int_equal(groups[1], 0);
    assert_int_equal(groups[2], 0);
    assert_int_equal(groups[3], 0);
    assert_int_equal(groups[4], 4);
}

/* What a joint release ties together has one city in common: a third city does not come in over the second. */
static void a_group_keeps_a_common_city(void **state)
{
    (void)state;
    date_t day = date_from(2024, 1, 12);
    struct cluster_item items[] = {
        item("시흥시, 물결 창업캠프 발대식", release, day),
        item("시흥시, 물결 창업캠프 발대식", release, day),
        item("시흥시, 물결 창업캠프 발대식", release, day),
    };
    items[1].units = both;
    items[1].n_units = 2;
    items[2].units = ansan;
    size_t groups[3];
    cluster_group(arena, items, 3, groups);
    assert_int_equal(groups[1], 0);
    assert_int_equal(groups[2], 2);
}

static void parts_of_a_series_stay_apart(void **state)
{
    (void)state;
    date_t day = date_from(2024, 1, 12);
    static const char *const titles[][2] = {
        {"시흥시 ‘물결 투자 발표회’ 제3회 행사 개최", "시흥시 ‘물결 투자 발표회’ 제4회 행사 개최"},
        {"시흥 창업캠프 일일 소식(8일차)", "시흥 창업캠프 일일 소식(9일차)"},
        {"시흥 창업 점검 회의(1.12(금) 08:30)", "시흥 창업 점검 회의(1.15(월) 08:30)"},
        {"[흔들리는 시흥 창업·(1-1)] 떠나는 기업", "[흔들리는 시흥 창업·(1-2)] 남은 기업"},
        {"흔들리는 시흥 창업 ① 떠나는 기업", "흔들리는 시흥 창업 ② 남은 기업"},
        {"흔들리는 시흥 창업 <상> 기업", "흔들리는 시흥 창업 <하> 기업"},
        {"시흥시 9월 창업기업 동향", "시흥시 10월 창업기업 동향"},
    };
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        struct cluster_item items[] = {item(titles[i][0], release, day), item(titles[i][1], release, day + 3),
                                       item(titles[i][0], rewrite, day + 1)};
        size_t groups[3];
        cluster_group(arena, items, 3, groups);
        assert_int_equal(groups[1], 1);
        assert_int_equal(groups[2], 0);
    }
}

/* What the same people do in the same words on another day is the next of its kind. */
static void the_next_visit_is_another_event(void **state)
{
    (void)state;
    static const char *const visits[] = {
        "시흥시장은 12일 정왕동 로봇부품 공장을 찾아 제조기업의 어려움을 들었다. 시장은 현장을 둘러보고 직원을 "
        "격려했다. 이 공장은 지난해 수출을 두 배로 늘렸다.",
        "시흥시장은 19일 배곧동 의료기기 업체를 찾아 제조기업의 어려움을 들었다. 간담회에는 임직원 서른 명이 나와 "
        "인력난을 말했다. 업체는 봄에 새 건물로 옮긴다.",
        "시흥시장이 12일 정왕동 로봇부품 공장을 찾아 제조기업의 애로를 들었다. 현장을 둘러보고 직원도 격려했다. 공장은 "
        "지난해 수출을 두 배로 늘렸다."};
    date_t day = date_from(2024, 1, 13);
    struct cluster_item items[] = {item("시흥시장, 제조기업 현장 방문", visits[0], day),
                                   item("시흥시장, 제조기업 현장 찾아", visits[1], day + 7),
                                   item("시흥시장, 제조기업 현장 찾아", visits[2], day + 3)};
    size_t groups[3];
    cluster_group(arena, items, 3, groups);
    assert_int_equal(groups[1], 1);
    assert_int_equal(groups[2], 0);
}

/* What somebody says in a title is no name that keeps another report of it apart. */
static void speech_in_titles_does_not_keep_apart(void **state)
{
    (void)state;
    date_t day = date_from(2024, 1, 12);
    static const char body[] = "시흥시의회는 12일 물결 창업캠프 예산을 두고 토론했다. 의원들은 규모가 작다고 지적했다.";
    static const char other[] =
        "시흥시의회가 물결 창업캠프 예산을 두고 맞섰다. 일부 의원은 늘리자고 했고 다른 의원은 반대했다.";
    struct cluster_item items[] = {item("물결 창업캠프 예산 “너무 적어 늘려야 한다”", body, day),
                                   item("“지금 예산도 많다” 물결 창업캠프 예산 공방", other, day)};
    size_t groups[2];
    cluster_group(arena, items, 2, groups);
    assert_int_equal(groups[1], 0);
    items[0].title = STR("물결 창업캠프 예산 ‘가온 청년 창업관’ 다툼");
    items[1].title = STR("물결 창업캠프 예산 ‘누리 제조 지원터’ 공방");
    cluster_group(arena, items, 2, groups);
    assert_int_equal(groups[1], 1);
}

/* Amounts and days in passing are no series. */
static void other_numbers_do_not_keep_apart(void **state)
{
    (void)state;
    date_t day = date_from(2024, 1, 12);
    struct cluster_item items[] = {
        item("시흥시, 1.2억 들여 창업캠프 3월 시작", release, day),
        item("시흥시, 1억 2천만 원 들인 물결 창업캠프…5월까지 운영", release, day + 1),
    };
    size_t groups[2];
    cluster_group(arena, items, 2, groups);
    assert_int_equal(groups[1], 0);
}

static void notices_of_an_attachment_alone_do_not_join(void **state)
{
    (void)state;
    static const char notice[] =
        "관련 보도자료 내용입니다. 자세한 내용은 첨부파일을 참고하시기 바랍니다. 첨부파일명을 클릭하여 확인하시기 "
        "바랍니다.";
    date_t day = date_from(2024, 1, 12);
    struct cluster_item items[] = {item("시흥 바이오단지 설계 공모 마감", notice, day),
                                   item("창업 청년 만난 시흥시장, 임대 공간 넓히기로", notice, day)};
    size_t groups[2];
    cluster_group(arena, items, 2, groups);
    assert_int_equal(groups[1], 1);
}

static const char before[] =
    "시흥시가 다음 달 지역 의료기기 기업 여덟 곳으로 꾸린 ‘하노이 의료기기 시장개척단’을 보낸다. 시는 12일 설명회를 "
    "열어 현지 구매자 명단과 일정을 안내했다. 통역과 항공료의 절반을 지원한다.";
static const char after[] =
    "시흥시는 하노이에 보낸 ‘하노이 의료기기 시장개척단’이 수출 상담 60건의 성과를 냈다고 밝혔다. 지역 의료기기 기업 "
    "여덟 곳이 현지 구매자를 만났다. 시는 통역과 항공료를 지원했다.";
static const char first_round[] =
    "시흥시는 12일 ‘물결 투자 발표회’ 1회 행사를 열었다고 밝혔다. 창업기업 열 곳이 투자자 앞에서 사업을 발표했다. "
    "시는 발표 자료 작성을 지원했다.";
static const char second_round[] =
    "시흥시는 9일 ‘물결 투자 발표회’ 2회 행사를 열었다고 밝혔다. 창업기업 열 곳이 투자자 앞에서 사업을 발표했다. "
    "시는 발표 자료 작성을 지원했다.";
static const char tenants[] =
    "시흥시는 ‘오이도 창업 이음센터’에 들어올 창업기업을 모집한다고 밝혔다. 시는 임대료를 지원한다.";
static const char concert[] =
    "시흥시는 ‘오이도 창업 이음센터’에서 창업기업 투자 상담회를 연다고 밝혔다. 시는 통역을 지원한다.";

static void an_event_is_one_before_and_after(void **state)
{
    (void)state;
    date_t day = date_from(2023, 12, 20);
    struct cluster_item items[] = {
        item("시흥 의료기기 8개사, 하노이 판로 연다", before, day),
        item("시흥시 ‘하노이 의료기기 시장개척단’ 상담 60건", after, day + 33),
        item("시흥시 ‘하노이 의료기기 시장개척단’ 상담 60건", after, day + 120), /* too late for the same */
        item("시흥시 ‘물결 투자 발표회’ 개최", first_round, day),
        item("시흥시 ‘물결 투자 발표회’ 개최", second_round, day + 28), /* another round */
        item("시흥시, ‘오이도 창업 이음센터’ 입주기업 모집", tenants, day),
        item("시흥시, ‘오이도 창업 이음센터’ 상담회 개최", concert, day + 28), /* the same place only */
    };
    size_t groups[7];
    cluster_group(arena, items, 7, groups);
    assert_int_equal(groups[1], 0);
    assert_int_equal(groups[2], 2);
    assert_int_equal(groups[4], 4);
    assert_int_equal(groups[6], 6);
}

/* Two stories of one event join where the rules found the same cities, and not where they differ. */
static void another_story_needs_the_same_cities(void **state)
{
    (void)state;
    date_t day = date_from(2023, 12, 20);
    struct cluster_item items[] = {item("시흥 의료기기 8개사, 하노이 판로 연다", before, day),
                                   item("시흥시 ‘하노이 의료기기 시장개척단’ 상담 60건", after, day + 3)};
    size_t groups[2];
    cluster_group(arena, items, 2, groups);
    assert_int_equal(groups[1], 0);
    items[1].units = both;
    items[1].n_units = 2;
    cluster_group(arena, items, 2, groups);
    assert_int_equal(groups[1], 1);
}

static void a_common_actor_alone_does_not_join(void **state)
{
    (void)state;
    date_t day = date_from(2024, 1, 12);
    struct cluster_item items[] = {
        item("한바다만권경제자유구역청, 하노이서 투자유치 설명회",
             "한바다만권경제자유구역청은 11일 하노이에서 부품업체 서른 곳을 만나 입주 조건을 알렸다. 이튿날은 항만을 "
             "둘러봤다.",
             day),
        item("한바다만권경제자유구역청, 서울서 투자상담회 개최",
             "한바다만권경제자유구역청은 10일 서울의 한 호텔에서 일본 금융회사 관계자와 상담했다. 다음 자리는 봄에 "
             "마련한다.",
             day),
    };
    size_t groups[2];
    cluster_group(arena, items, 2, groups);
    assert_int_equal(groups[1], 1);
}

static void a_chain_of_weeks_does_not_grow_without_end(void **state)
{
    (void)state;
    struct cluster_item items[20];
    size_t groups[20];
    for (size_t i = 0; i < 20; i++)
        items[i] = item("시흥시, 물결 창업캠프 발대식", release, date_from(2024, 1, 1) + (date_t)i * 10);
    cluster_group(arena, items, 20, groups);
    assert_true(groups[19] != groups[0]);
}

static double grouping_seconds(size_t n)
{
    struct cluster_item *items = ARENA_ARRAY(arena, n, struct cluster_item);
    size_t *groups = ARENA_ARRAY(arena, n, size_t);
    for (size_t i = 0; i < n; i++)
        items[i] = item("시흥시, 물결 창업캠프 발대식", release, date_from(2024, 1, 12));
    struct timespec a, b;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
    cluster_group(arena, items, n, groups);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(groups[i], 0);
    return (double)(b.tv_sec - a.tv_sec) + 1e-9 * (double)(b.tv_nsec - a.tv_nsec);
}

static void ten_thousand_copies_are_linear(void **state)
{
    (void)state;
    double few = grouping_seconds(1000), many = grouping_seconds(10000);
    if (many > 30 * few + 0.2)
        fail_msg("1,000 copies %.3f s, 10,000 copies %.3f s", few, many);
}

/* ---- through the store ---- */

struct made {
    const char *title, *body, *date;
};

static const struct made articles[] = {
    {"시흥시, 물결 창업캠프 발대식", release, "2024-01-12"},
    {"예비창업자 스무 팀, 시흥 창업캠프서 석 달 여정", rewrite, "2024-01-13"},
    {"시흥시, 300억 창업펀드 만든다", other_programme, "2024-01-20"},
    {"안산시, 로봇 제조기업 투자협약 체결",
     "안산시는 반월산단에 로봇 부품 공장을 신설하는 투자협약을 제조기업과 체결했다고 밝혔다. 생산시설은 내년 준공한다.",
     "2024-01-15"},
    {"평택시, 어르신 돌봄 봉사", "평택시 자원봉사자들이 어르신 돌봄 봉사활동을 했다.", "2024-01-15"},
};
enum { ARTICLES = sizeof articles / sizeof *articles };

static void put_article(struct store *store, const struct made *made, struct err *err)
{
    struct article article = {.title = str_from(made->title), .body = str_from(made->body), .basis = BASIS_PUBLISHED};
    bool added;
    article.published = article.lo = article.hi = date_parse(str_from(made->date));
    article.source = STR("test");
    article.reader = STR("test/1");
    article.encoding = STR("utf-8");
    file_sha256(article.title, article.hash);
    article_set_key(&article);
    if (!store_put_article(store, &article, &added, err))
        fail_msg("%s", err->text);
}

/* Imports the articles in the given order, in two transactions, and lists the initiatives as text. */
static char *initiatives_for(const size_t *order, size_t first, size_t *analyzed)
{
    struct err err = {0};
    char path[] = "/tmp/briefgen-test-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    unlink(path);
    struct store *store = store_open(path, STORE_WRITE, &err);
    struct analyzer *analyzer = analyzer_new(&regions, &taxonomy, &err);
    assert_non_null(analyzer);
    if (!store || !store_put_tables(store, &regions, &taxonomy, &err))
        fail_msg("%s", err.text);
    *analyzed = 0;
    for (size_t begin = 0, end = first; begin < ARTICLES; begin = end, end = ARTICLES) {
        size_t n;
        if (!store_begin(store, &err))
            fail_msg("%s", err.text);
        for (size_t i = begin; i < end; i++)
            put_article(store, &articles[order[i]], &err);
        if (!analyze_pending(store, analyzer, &n, &err) || !store_commit(store, &err))
            fail_msg("%s", err.text);
        *analyzed += n;
    }
    struct buf out = {0};
    struct rows *rows = store_query(store,
                                    "SELECT i.key, i.title, count(*), (SELECT group_concat(unit, '+') FROM"
                                    " initiative_unit u WHERE u.initiative = i.id) FROM initiative i JOIN"
                                    " initiative_article m ON m.initiative = i.id GROUP BY i.key ORDER BY i.key",
                                    NULL, 0, &err);
    while (rows && rows_next(rows, &err))
        buf_printf(&out, STR_FMT " " STR_FMT " %d " STR_FMT "\n", STR_ARG(rows_text(rows, 0)),
                   STR_ARG(rows_text(rows, 1)), (int)rows_int(rows, 2), STR_ARG(rows_text(rows, 3)));
    rows_close(rows);
    assert_int_equal(err.kind, ERR_NONE);
    analyzer_free(analyzer);
    store_close(store);
    unlink(path);
    char *text = arena_copy(arena, out.p ? out.p : "", out.n);
    buf_free(&out);
    return text;
}

static void initiatives_do_not_depend_on_the_order_of_import(void **state)
{
    (void)state;
    static const size_t orders[][ARTICLES] = {{0, 1, 2, 3, 4}, {4, 3, 2, 1, 0}, {2, 0, 4, 1, 3}, {1, 4, 3, 0, 2}};
    size_t analyzed;
    const char *expected = initiatives_for(orders[0], ARTICLES, &analyzed);
    assert_int_equal(analyzed, ARTICLES);
    assert_non_null(strstr(expected, "물결 창업캠프 발대식 2 41390"));
    assert_non_null(strstr(expected, "창업펀드 만든다 1 41390"));
    assert_non_null(strstr(expected, "투자협약 체결 1 41270"));
    assert_null(strstr(expected, "돌봄"));
    for (size_t o = 0; o < sizeof orders / sizeof *orders; o++)
        for (size_t first = 1; first < ARTICLES; first += 2) {
            assert_string_equal(initiatives_for(orders[o], first, &analyzed), expected);
            assert_int_equal(analyzed, ARTICLES); /* each once */
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copies_and_rewrites_join_and_others_stay_apart),
        cmocka_unit_test(city_and_time_keep_apart),
        cmocka_unit_test(almost_the_same_text_joins_where_a_city_is_shared),
        cmocka_unit_test(a_group_keeps_a_common_city),
        cmocka_unit_test(parts_of_a_series_stay_apart),
        cmocka_unit_test(the_next_visit_is_another_event),
        cmocka_unit_test(speech_in_titles_does_not_keep_apart),
        cmocka_unit_test(other_numbers_do_not_keep_apart),
        cmocka_unit_test(notices_of_an_attachment_alone_do_not_join),
        cmocka_unit_test(an_event_is_one_before_and_after),
        cmocka_unit_test(another_story_needs_the_same_cities),
        cmocka_unit_test(a_common_actor_alone_does_not_join),
        cmocka_unit_test(a_chain_of_weeks_does_not_grow_without_end),
        cmocka_unit_test(ten_thousand_copies_are_linear),
        cmocka_unit_test(initiatives_do_not_depend_on_the_order_of_import),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
