/* Through the store: what an initiative takes from its articles, and who counts only with another. */
#include "analyze_fixture.h"
#include "store/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct store *store;
static char path[64];
static struct err err;

static void good(bool ok)
{
    if (!ok)
        fail_msg("%s", err.text);
}

/* A fresh database in a transaction. */
static int open_store(void **state)
{
    (void)state;
    snprintf(path, sizeof path, "/tmp/briefgen-test-XXXXXX");
    int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    unlink(path);
    store = store_open(path, STORE_WRITE, &err);
    good(store && store_put_tables(store, &regions, &taxonomy, &err) && store_begin(store, &err));
    return 0;
}

static int close_store(void **state)
{
    (void)state;
    store_rollback(store);
    store_close(store);
    unlink(path);
    return 0;
}

/* Stores an article whose key is 'a' and fifteen times `letter`. */
static int64_t put(char letter, const char *title, const char *body, date_t day)
{
    struct article article = {.title = str_from(title), .body = str_from(body)};
    bool added;
    article.basis = day == DATE_NONE ? BASIS_UNKNOWN : BASIS_PUBLISHED;
    article.published = article.lo = article.hi = day;
    article.source = STR("test");
    article.reader = STR("test/1");
    article.encoding = STR("utf-8");
    memset(article.hash, letter, 64);
    article_set_key(&article);
    good(store_put_article(store, &article, &added, &err));
    return article.id;
}

/* Rows of a query as text, cells joined by blanks. */
static const char *rows_of(const char *sql, int columns)
{
    const char *out = "";
    struct rows *rows = store_query(store, sql, NULL, 0, &err);
    while (rows && rows_next(rows, &err)) {
        for (int c = 0; c < columns; c++)
            out = arena_printf(arena, "%s%s" STR_FMT, out, c ? " " : "", STR_ARG(rows_text(rows, c)));
        out = arena_printf(arena, "%s\n", out);
    }
    rows_close(rows);
    good(err.kind == ERR_NONE);
    return out;
}

/* ---- what an initiative takes from its articles ---- */

static const char text[] = "시흥시는 ‘물결 창업캠프’를 열었다고 밝혔다. 스무 팀이 석 달 동안 시제품을 만든다.";
static const char longer[] =
    "시흥시는 ‘물결 창업캠프’를 열었다고 밝혔다. 스무 팀이 석 달 동안 시제품을 만든다. 시는 공간을 빌려준다.";

/* An article that counts, with cities and categories ("," separated, main first) as given. */
static void put_counted(char letter, const char *title, const char *body, date_t day, const char *units,
                        const char *categories)
{
    struct finding findings[12];
    struct analysis analysis = {.findings = findings, .is_initiative = true, .score = 0.9};
    struct str list = str_from(units), item;
    for (int rank = 0; list.n > 0 && str_field(&list, ',', &item); rank++)
        findings[analysis.n++] = (struct finding){.kind = FINDING_CITY, .value = item, .rank = rank, .rule = STR("t")};
    list = str_from(categories);
    for (int rank = 0; list.n > 0 && str_field(&list, ',', &item); rank++)
        findings[analysis.n++] =
            (struct finding){.kind = FINDING_CATEGORY, .value = item, .rank = rank, .rule = STR("t")};
    findings[analysis.n++] = (struct finding){.kind = FINDING_INITIATIVE, .value = STR("yes"), .rule = STR("t")};
    int64_t id = put(letter, title, body, day);
    good(store_put_analysis(store, id, analyzer_version(analyzer), &analysis, &err));
}

static const char members[] = "SELECT i.key, i.title, m.rank, a.key FROM initiative i JOIN initiative_article m"
                              " ON m.initiative = i.id JOIN article a ON a.id = m.article ORDER BY i.key, m.rank";
static const char units_sql[] = "SELECT rank, unit FROM initiative_unit ORDER BY initiative, rank";
static const char categories_sql[] = "SELECT rank, category FROM initiative_category ORDER BY initiative, rank";

static void the_main_city_comes_first_and_categories_in_order(void **state)
{
    (void)state;
    put_counted('1', "시흥·안산·가평 ‘물결 창업캠프’", text, date_from(2024, 1, 12), "41390,41270,41820",
                "startup,manufacturing,bio");
    good(analyze_regroup(store, analyzer, &err));
    assert_string_equal(rows_of(units_sql, 2), "0 41390\n1 41270\n2 41820\n");
    assert_string_equal(rows_of(categories_sql, 2), "0 bio\n1 manufacturing\n2 startup\n");
}

static void the_longest_of_the_earliest_is_the_main_article(void **state)
{
    (void)state;
    date_t day = date_from(2024, 1, 12);
    put_counted('1', "시흥시 ‘물결 창업캠프’ 열다", text, day, "41390", "startup");
    put_counted('2', "시흥시 ‘물결 창업캠프’ 열어", longer, day, "41390", "startup");
    put_counted('3', "시흥 ‘물결 창업캠프’ 열어", longer, day, "41390", "startup");         /* as long: the least key */
    put_counted('4', "시흥시 ‘물결 창업캠프’ 연다", text, day - 1, "41390", "startup");     /* short, but earlier */
    put_counted('5', "시흥시 ‘물결 창업캠프’ 열림", longer, DATE_NONE, "41390", "startup"); /* last */
    good(analyze_regroup(store, analyzer, &err));
    assert_string_equal(rows_of(members, 4), "i111111111111111 시흥시 ‘물결 창업캠프’ 연다 0 a444444444444444\n"
                                             "i111111111111111 시흥시 ‘물결 창업캠프’ 연다 1 a222222222222222\n"
                                             "i111111111111111 시흥시 ‘물결 창업캠프’ 연다 2 a333333333333333\n"
                                             "i111111111111111 시흥시 ‘물결 창업캠프’ 연다 3 a111111111111111\n"
                                             "i111111111111111 시흥시 ‘물결 창업캠프’ 연다 4 a555555555555555\n");
}

static void a_category_needs_half_of_the_articles(void **state)
{
    (void)state;
    date_t day = date_from(2024, 1, 12);
    put_counted('1', "시흥시 ‘물결 창업캠프’ 열다", text, day, "41390", "startup,bio");
    put_counted('2', "시흥시 ‘물결 창업캠프’ 열어", text, day, "41390", "startup");
    good(analyze_regroup(store, analyzer, &err));
    assert_string_equal(rows_of(categories_sql, 2), "0 bio\n1 startup\n");
    put_counted('3', "시흥 ‘물결 창업캠프’ 열어", text, day, "41390", "startup");
    good(analyze_regroup(store, analyzer, &err));
    assert_string_equal(rows_of(categories_sql, 2), "0 startup\n");
}

static void a_city_needs_more_than_half_or_the_main_article(void **state)
{
    (void)state;
    date_t day = date_from(2024, 1, 12);
    put_counted('1', "시흥시 ‘물결 창업캠프’ 열다", text, day, "41390", "startup");
    put_counted('2', "시흥시 ‘물결 창업캠프’ 열다", text, day + 1, "41390,41270", "startup");
    good(analyze_regroup(store, analyzer, &err));
    assert_string_equal(rows_of(units_sql, 2), "0 41390\n");
    put_counted('0', "시흥시 ‘물결 창업캠프’ 열다", text, day - 1, "41270,41390", "startup"); /* now the main article */
    good(analyze_regroup(store, analyzer, &err));
    assert_string_equal(rows_of(units_sql, 2), "0 41270\n1 41390\n");
    put_counted('3', "시흥시 ‘물결 창업캠프’ 열다", text, day, "41390", "startup");
    put_counted('4', "시흥시 ‘물결 창업캠프’ 열다", text, day, "41000", "startup"); /* the province */
    good(analyze_regroup(store, analyzer, &err));
    assert_string_equal(rows_of("SELECT count(*) FROM initiative_article", 1), "5\n");
    assert_string_equal(rows_of(units_sql, 2), "0 41390\n");
}

/* ---- counting with another ---- */

struct made {
    char letter;
    const char *title, *body;
    int day;
};

#define ROOMS "초기 창업자가 쓰는 사무실 열 곳과 공유 부엌이 있다. 이용료는 한 달 3만 원이다."
static const struct made report = {
    '7', "시흥시, 청년창업 거점 ‘물결 이음터’ 개소",
    "시흥시는 정왕동에 청년 창업기업을 지원하는 ‘물결 이음터’를 열었다고 12일 밝혔다. " ROOMS
    " 시는 사업화 자금과 멘토링을 지원한다.",
    12};
static const struct made rewritten = {'3', "시흥시 창업 공간 ‘물결 이음터’",
                                      "시흥시 정왕동에 ‘물결 이음터’가 들어섰다. " ROOMS, 13};
static const struct made thin = {'5', "사무실 열 곳 ‘물결 이음터’", "시흥시 정왕동에 ‘물결 이음터’가 들어섰다. " ROOMS,
                                 13};
static const struct made far = {'2', "시흥시 창업 공간 ‘물결 이음터’",
                                "시흥시 정왕동에 ‘물결 이음터’가 들어섰다. " ROOMS, 13 + 300};

static void import(const struct made *made)
{
    size_t analyzed;
    put(made->letter, made->title, made->body, date_from(2024, 1, 1) + made->day - 1);
    good(analyze_pending(store, analyzer, &analyzed, &err));
    assert_int_equal(analyzed, 1);
}

static const char verdicts[] =
    "SELECT a.key, n.is_initiative, f.kind, f.value, f.rule FROM article a JOIN analysis n ON n.article = a.id"
    " JOIN finding f ON f.article = a.id WHERE f.kind IN ('initiative', 'category') ORDER BY a.key, f.seq";
static const char all[] = "SELECT a.key, n.is_initiative, n.score, f.kind, f.seq, f.value, f.score, f.rule,"
                          " f.first_byte, f.end_byte FROM article a JOIN analysis n ON n.article = a.id JOIN finding f"
                          " ON f.article = a.id ORDER BY a.key, f.seq";

static const char *everything(void)
{
    const char *findings = rows_of(all, 10);
    return arena_printf(arena, "%s%s%s", findings, rows_of(members, 4),
                        rows_of("SELECT month, unit, category, published FROM tally ORDER BY published, article", 4));
}

static void a_report_below_the_line_counts_with_one_above(void **state)
{
    (void)state;
    import(&rewritten);
    import(&thin);
    import(&far);
    struct rows *rows = store_query(store, "SELECT score FROM analysis ORDER BY score", NULL, 0, &err);
    assert_true(rows_next(rows, &err) && rows_real(rows, 0) < 0.35);
    assert_true(rows_next(rows, &err) && rows_real(rows, 0) > 0.35 && rows_real(rows, 0) < 0.45);
    rows_close(rows);
    /* alone, reports below the line are nothing */
    const char *without = rows_of(verdicts, 5);
    assert_string_equal(without, "a222222222222222 0 initiative no initiative/weak\n"
                                 "a333333333333333 0 initiative no initiative/weak\n"
                                 "a555555555555555 0 initiative no initiative/weak\n");
    assert_string_equal(rows_of(members, 4), "");
    import(&report);
    assert_string_equal(rows_of(verdicts, 5),
                        "a222222222222222 0 initiative no initiative/weak\n"
                        "a333333333333333 1 category startup category/same-release:a777777777777777\n"
                        "a333333333333333 1 initiative yes initiative/same-release:a777777777777777\n"
                        "a555555555555555 0 initiative no initiative/weak\n"
                        "a777777777777777 1 category startup category/linear\n"
                        "a777777777777777 1 initiative yes initiative/act\n");
    /* the one above the line stays the main article, though it were the later */
    assert_string_equal(rows_of(members, 4),
                        "i333333333333333 시흥시, 청년창업 거점 ‘물결 이음터’ 개소 0 a777777777777777\n"
                        "i333333333333333 시흥시, 청년창업 거점 ‘물결 이음터’ 개소 1 a333333333333333\n");
    const char *once = everything();
    size_t analyzed;
    good(analyze_pending(store, analyzer, &analyzed, &err) && analyze_regroup(store, analyzer, &err));
    assert_int_equal(analyzed, 0);
    assert_string_equal(everything(), once);
}

static void the_order_of_import_does_not_matter(void **state)
{
    static const struct made *const orders[][4] = {
        {&report, &rewritten, &thin, &far}, {&rewritten, &report, &far, &thin}, {&far, &thin, &rewritten, &report}};
    const char *expected = NULL;
    for (size_t o = 0; o < sizeof orders / sizeof *orders; o++) {
        if (o > 0) {
            close_store(state);
            open_store(state);
        }
        for (size_t i = 0; i < 4; i++)
            import(orders[o][i]);
        if (o == 0)
            expected = everything();
        assert_string_equal(everything(), expected);
    }
}

static int64_t id_of(const char *key)
{
    struct param param = {.type = PARAM_TEXT, .text = str_from(key)};
    struct rows *rows = store_query(store, "SELECT id FROM article WHERE key = ?1", &param, 1, &err);
    assert_true(rows_next(rows, &err));
    int64_t id = rows_int(rows, 0);
    rows_close(rows);
    return id;
}

/* A person says that an article does not count; its own findings stay. */
static void refuse(const char *key)
{
    struct analysis old;
    int64_t id = id_of(key);
    good(store_findings(store, arena, id, &old, &err));
    struct finding *findings = ARENA_ARRAY(arena, old.n + 1, struct finding);
    memcpy(findings, old.findings, old.n * sizeof *findings);
    findings[old.n] =
        (struct finding){.kind = FINDING_INITIATIVE, .value = STR("no"), .rule = STR("person"), .by_person = true};
    old.findings = findings;
    old.n++;
    old.score = 0.42;
    good(store_put_analysis(store, id, analyzer_version(analyzer), &old, &err) &&
         analyze_regroup(store, analyzer, &err));
}

static void without_its_partner_a_report_falls_back(void **state)
{
    (void)state;
    import(&rewritten);
    const char *alone = rows_of(all, 10);
    import(&report);
    refuse("a777777777777777");
    assert_string_equal(rows_of(members, 4), "");
    assert_non_null(strstr(rows_of(all, 10), alone)); /* as if it had never counted */
}

static void a_persons_no_is_not_overruled(void **state)
{
    (void)state;
    import(&rewritten);
    import(&report);
    refuse("a333333333333333");
    assert_non_null(strstr(rows_of(verdicts, 5), "a333333333333333 0 initiative no person\n"));
    assert_string_equal(rows_of(members, 4),
                        "i777777777777777 시흥시, 청년창업 거점 ‘물결 이음터’ 개소 0 a777777777777777\n");
}

/* The categories are those of the articles that count by themselves, whatever a promoted one had in a former group. */
static void promoted_articles_have_no_say_in_the_categories(void **state)
{
    (void)state;
    date_t day = date_from(2024, 1, 12);
    struct made copy = rewritten;
    copy.letter = '4';
    copy.day = 14;
    copy.title = "시흥시 창업 공간 ‘물결 이음터’ ";
    import(&rewritten);
    import(&copy);
    put_counted('7', report.title, report.body, day, "41390", "startup,bio");
    good(analyze_regroup(store, analyzer, &err));
    assert_string_equal(rows_of("SELECT count(*) FROM initiative_article", 1), "3\n");
    assert_string_equal(rows_of(categories_sql, 2), "0 bio\n1 startup\n");
    assert_non_null(strstr(rows_of(verdicts, 5), "a333333333333333 1 category bio category/same-release"));
    put_counted('7', report.title, report.body, day, "41270", "bio"); /* the same article, judged anew */
    good(analyze_regroup(store, analyzer, &err));
    assert_string_equal(rows_of("SELECT count(*) FROM initiative_article", 1), "1\n");
    assert_null(strstr(rows_of(verdicts, 5), "same-release"));
}

/* A database of the version before: what counted is analysed and grouped once more, and until then nothing is grouped.
 */
static void an_older_database_is_grouped_once_more(void **state)
{
    enum { OLDER = 6 };
    struct str steps[STORE_STEPS];
    struct store_options options = store_shipped(steps);
    struct analysis old = {.is_initiative = true, .score = 0.9};
    bool grouped = false;
    size_t analyzed;
    close_store(state);
    options.n_steps = OLDER;
    store = store_open_with(path, STORE_WRITE, &options, &err);
    good(store && store_put_tables(store, &regions, &taxonomy, &err) && store_begin(store, &err));
    int64_t id = put(report.letter, report.title, report.body, date_from(2024, 1, 12));
    good(store_replace_analysis(store, id, analyzer_version(analyzer), &old, &err));
    id = put(far.letter, far.title, far.body, date_from(2024, 1, 12));
    old = (struct analysis){.score = 0.1};
    good(store_replace_analysis(store, id, analyzer_version(analyzer), &old, &err) && store_commit(store, &err));
    store_close(store);
    store = store_open(path, STORE_WRITE, &err);
    good(store && store_begin(store, &err) && store_grouped(store, &grouped, &err));
    assert_false(grouped);
    good(analyze_pending(store, analyzer, &analyzed, &err) && store_grouped(store, &grouped, &err));
    assert_int_equal(analyzed, 1);
    assert_true(grouped);
    assert_string_equal(rows_of(members, 4),
                        "i777777777777777 시흥시, 청년창업 거점 ‘물결 이음터’ 개소 0 a777777777777777\n");
}

#define WITH_STORE(test) cmocka_unit_test_setup_teardown(test, open_store, close_store)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STORE(the_main_city_comes_first_and_categories_in_order),
        WITH_STORE(the_longest_of_the_earliest_is_the_main_article),
        WITH_STORE(a_category_needs_half_of_the_articles),
        WITH_STORE(a_city_needs_more_than_half_or_the_main_article),
        WITH_STORE(a_report_below_the_line_counts_with_one_above),
        WITH_STORE(the_order_of_import_does_not_matter),
        WITH_STORE(without_its_partner_a_report_falls_back),
        WITH_STORE(a_persons_no_is_not_overruled),
        WITH_STORE(promoted_articles_have_no_say_in_the_categories),
        WITH_STORE(an_older_database_is_grouped_once_more),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
