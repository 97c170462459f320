/* What must not change a group: the order of import, masses of copies, texts of any length, an article about
 * everywhere. */
#include "analyze/cluster.h"
#include "analyze_fixture.h"
#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* ---- through the store ---- */

struct made {
    const char *title, *body, *date; /* NULL = undated */
};

#define CAMP                                                                                                                                                          \
    "시흥시는 12일 정왕동 창업센터에서 ‘물결 창업캠프’ 참가팀 발대식을 열었다고 밝혔다. 예비창업자 스무 팀이 석 달 " \
    "동안 시제품 제작과 투자 상담을 받는다. 시는 우수팀 다섯 곳에 사업화 자금 1억 2천만 원을 지원한다."
#define ROOMS                                                                                                                                                       \
    "시흥시 정왕동에 ‘물결 이음터’가 들어섰다. 초기 창업자가 쓰는 사무실 열 곳과 공유 부엌이 있다. 이용료는 한 달 " \
    "3만 원이다."
#define PLANT                                                                                                          \
    "안산시는 반월산단에 로봇 부품 공장을 신설하는 투자협약을 제조기업과 체결했다고 밝혔다. 생산시설은 내년 준공한다."

static const struct made articles[] = {
    {"시흥시, 물결 창업캠프 발대식", CAMP, "2024-01-12"},
    {"시흥시, 물결 창업캠프 발대식", CAMP " ", "2024-01-14"}, /* a copy */
    {"시흥시 ‘물결 창업캠프’ 발대식", CAMP " 캠프는 봄에 끝난다.", "2024-01-13"},
    {"시흥시, 물결 창업캠프 발대식 열어", CAMP, NULL}, /* undated */
    {"시흥시, 물결 창업캠프 발대식", CAMP, "2024-03-02"},
    {"시흥시, 청년창업 거점 ‘물결 이음터’ 개소",
     "시흥시는 정왕동에 청년 창업기업을 지원하는 ‘물결 이음터’를 열었다고 12일 밝혔다. " ROOMS
     " 시는 사업화 자금과 멘토링을 지원한다.",
     "2024-01-12"},
    {"시흥시 창업 공간 ‘물결 이음터’", ROOMS, "2024-01-13"}, /* counts only with the one before */
    {"사무실 열 곳 ‘물결 이음터’", ROOMS, "2024-01-13"},
    {"안산시, 로봇 제조기업 투자협약 체결", PLANT, "2024-01-15"},
    {"안산시·시흥시, 로봇 제조기업 투자협약 체결", PLANT " 시흥시도 함께했다.", "2024-01-15"},
    {"평택시, 어르신 돌봄 봉사", "평택시 자원봉사자들이 어르신 돌봄 봉사활동을 했다.", "2024-01-15"},
};
enum { ARTICLES = sizeof articles / sizeof *articles };

static struct err err;

static void good(bool ok)
{
    if (!ok)
        fail_msg("%s", err.text);
}

static void put(struct store *store, const struct made *made)
{
    struct article article = {.title = str_from(made->title), .body = str_from(made->body)};
    bool added;
    article.basis = made->date ? BASIS_PUBLISHED : BASIS_UNKNOWN;
    article.published = article.lo = article.hi = made->date ? date_parse(str_from(made->date)) : DATE_NONE;
    article.source = STR("test");
    article.reader = STR("test/1");
    article.encoding = STR("utf-8");
    struct buf all = {0};
    buf_printf(&all, "%s|%s|%s", made->title, made->body, made->date ? made->date : "");
    file_sha256(buf_view(&all), article.hash);
    buf_free(&all);
    article_set_key(&article);
    good(store_put_article(store, &article, &added, &err));
}

static void add_rows(struct store *store, struct buf *out, const char *sql)
{
    struct rows *rows = store_query(store, sql, NULL, 0, &err);
    while (rows && rows_next(rows, &err))
        buf_printf(out, STR_FMT "\n", STR_ARG(rows_text(rows, 0)));
    rows_close(rows);
    good(err.kind == ERR_NONE);
}

/* Everything that grouping decides. */
static const char *everything(struct store *store)
{
    struct buf out = {0};
    add_rows(store, &out,
             "SELECT i.key || ' ' || i.title || ' ' || m.rank || ' ' || a.key FROM initiative i JOIN initiative_article"
             " m ON m.initiative = i.id JOIN article a ON a.id = m.article ORDER BY i.key, m.rank");
    add_rows(store, &out,
             "SELECT i.key || ' ' || u.rank || ' ' || u.unit FROM initiative i JOIN initiative_unit u ON u.initiative ="
             " i.id ORDER BY i.key, u.rank");
    add_rows(store, &out,
             "SELECT i.key || ' ' || c.category FROM initiative i JOIN initiative_category c ON c.initiative = i.id"
             " ORDER BY i.key, c.rank");
    add_rows(store, &out,
             "SELECT a.key || ' ' || n.is_initiative || ' ' || f.kind || ' ' || f.value || ' ' || f.rule FROM article a"
             " JOIN analysis n ON n.article = a.id JOIN finding f ON f.article = a.id ORDER BY a.key, f.seq");
    const char *text = arena_copy(arena, out.p ? out.p : "", out.n);
    buf_free(&out);
    return text;
}

/* Imports in the given order, `step` articles at a time, and returns what comes of it; with `extra` a further one. */
static const char *imported(const size_t *order, size_t step, const struct made *extra)
{
    char path[] = "/tmp/briefgen-test-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    unlink(path);
    struct store *store = store_open(path, STORE_WRITE, &err);
    good(store && store_put_tables(store, &regions, &taxonomy, &err));
    for (size_t i = 0, analyzed; i < ARTICLES; i += step) {
        good(store_begin(store, &err));
        for (size_t k = i; k < i + step && k < ARTICLES; k++)
            put(store, &articles[order[k]]);
        if (extra && i == 0)
            put(store, extra);
        good(analyze_pending(store, analyzer, &analyzed, &err) && store_commit(store, &err));
    }
    const char *text = everything(store);
    store_close(store);
    unlink(path);
    return text;
}

static size_t times(const char *text, const char *word)
{
    size_t n = 0;
    for (const char *at = strstr(text, word); at; at = strstr(at + 1, word))
        n++;
    return n;
}

static void any_order_of_import_gives_the_same(void **state)
{
    (void)state;
    size_t order[ARTICLES];
    uint32_t random = 7;
    for (size_t i = 0; i < ARTICLES; i++)
        order[i] = i;
    const char *expected = imported(order, ARTICLES, NULL);
    assert_int_equal(times(expected, "same-release:"), 2); /* one article: a verdict and a category */
    for (size_t round = 0; round < 12; round++) {
        for (size_t i = ARTICLES; i > 1; i--) {
            random = random * 1664525 + 1013904223;
            size_t k = (random >> 8) % i, swap = order[i - 1];
            order[i - 1] = order[k];
            order[k] = swap;
        }
        assert_string_equal(imported(order, 1 + round % 5, NULL), expected);
    }
}

/* Whatever it counts as itself, every line of the others is there as without it. */
static void an_article_naming_every_city_changes_nothing(void **state)
{
    (void)state;
    size_t order[ARTICLES];
    for (size_t i = 0; i < ARTICLES; i++)
        order[i] = i;
    struct buf body = {0};
    for (size_t i = 0; i < regions.n; i++)
        buf_printf(&body, "%.*s는 창업기업을 지원하는 ‘물결 창업캠프’를 연다고 밝혔다. ",
                   STR_ARG(regions.items[i].full_name));
    struct made everywhere = {"전국 시군구, 물결 창업캠프 발대식", arena_copy(arena, body.p, body.n), "2024-01-12"};
    buf_free(&body);
    const char *without = imported(order, ARTICLES, NULL), *with = imported(order, ARTICLES, &everywhere);
    for (const char *line = without; *line;) {
        const char *end = strchr(line, '\n');
        assert_non_null(end);
        const char *row = arena_copy(arena, line, (size_t)(end - line) + 1);
        assert_non_null(strstr(with, row));
        line = end + 1;
    }
}

/* ---- masses ---- */

static const struct str siheung[] = {{"41390", 5}}, startup[] = {{"startup", 7}};

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

static uint32_t state_of_random = 1;

static const char *some_words(size_t n)
{
    const char *text = "";
    for (size_t i = 0; i < n; i++) {
        state_of_random = state_of_random * 1664525 + 1013904223;
        struct buf word = {0};
        for (int k = 0; k < 3; k++)
            buf_utf8(&word, 0xAC00 + (state_of_random >> (8 + 5 * k)) % 2000);
        text = arena_printf(arena, "%s%.*s ", text, (int)word.n, word.p);
        buf_free(&word);
    }
    return text;
}

enum { OTHERS = 80, COPIES = 10000 };

/* Forty stories of one city on one day, each told twice, in the words of the one that is copied as well. */
static void make_others(struct cluster_item *items, date_t day)
{
    for (size_t i = 0; i < OTHERS; i += 2) {
        const char *title = arena_printf(arena, "창업캠프 발대식 %s", some_words(7));
        const char *body = arena_printf(arena, "%s%s", some_words(30), "예비창업자 스무 팀이 석 달 동안 받는다.");
        items[i] = item(title, body, day);
        items[i + 1] = item(title, arena_printf(arena, "%s %s", some_words(6), body), day + 1);
    }
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* With `changed` each copy ends in words of its own. */
static void copies_leave_the_others_alone(bool changed)
{
    date_t day = date_from(2024, 1, 12);
    struct cluster_item *items = ARENA_ARRAY(arena, OTHERS + COPIES, struct cluster_item);
    size_t *without = ARENA_ARRAY(arena, OTHERS, size_t), *with = ARENA_ARRAY(arena, OTHERS + COPIES, size_t);
    make_others(items, day);
    cluster_group(arena, items, OTHERS, without);
    for (size_t i = 0; i < OTHERS; i++)
        assert_int_equal(without[i], i - i % 2);
    for (size_t i = 0; i < COPIES; i++)
        items[OTHERS + i] =
            item("시흥시, 물결 창업캠프 발대식", changed ? arena_printf(arena, "%s %zu호 팀", CAMP, i) : CAMP,
                 i % 3 == 2 ? DATE_NONE : day + (date_t)(i % 2));
    double start = seconds();
    cluster_group(arena, items, OTHERS + COPIES, with);
    double took = seconds() - start;
    for (size_t i = 0; i < OTHERS; i++)
        assert_int_equal(with[i], without[i]);
    for (size_t i = 0; i < COPIES; i++)
        assert_int_equal(with[OTHERS + i], OTHERS);
    if (took > 20) /* some hundredths of a second; a quadratic clustering takes minutes */
        fail_msg("%d copies took %.1f s", COPIES, took);
}

static void ten_thousand_copies_move_no_other(void **state)
{
    (void)state;
    copies_leave_the_others_alone(false);
}

static void ten_thousand_near_copies_move_no_other(void **state)
{
    (void)state;
    copies_leave_the_others_alone(true);
}

static void one_letter_and_a_megabyte(void **state)
{
    (void)state;
    date_t day = date_from(2024, 1, 12);
    struct buf long_body = {0}, digits = {0}, marks = {0};
    while (long_body.n < (1 << 20))
        buf_str(&long_body, STR("가나다라마바사 아자차카타파하 "));
    while (digits.n < (1 << 20))
        buf_str(&digits, STR("1.1.제99999999회("));
    while (marks.n < (1 << 20))
        buf_str(&marks, STR("‘가나다라마바"));
    const char *texts[] = {"",
                           "가",
                           "나",
                           arena_copy(arena, long_body.p, long_body.n),
                           arena_copy(arena, digits.p, digits.n),
                           arena_copy(arena, marks.p, marks.n)};
    struct cluster_item items[36];
    size_t groups[36];
    for (size_t i = 0; i < 36; i++)
        items[i] = item(texts[i / 6], texts[i % 6], day);
    cluster_group(arena, items, 36, groups);
    for (size_t i = 0; i < 36; i++)
        assert_true(groups[i] <= i);
    assert_int_equal(groups[8], 8); /* "가", "나" is not "가", "가" */
    buf_free(&long_body);
    buf_free(&digits);
    buf_free(&marks);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_order_of_import_gives_the_same),
        cmocka_unit_test(an_article_naming_every_city_changes_nothing),
        cmocka_unit_test(ten_thousand_copies_move_no_other),
        cmocka_unit_test(ten_thousand_near_copies_move_no_other),
        cmocka_unit_test(one_letter_and_a_megabyte),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
