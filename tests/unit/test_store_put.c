/* What goes into the database comes out again; second imports are no-ops; corrections survive. */
#include "store_fixture.h"

static void open_begin(struct fixture *f, struct store **store)
{
    *store = fixture_open(f, STORE_WRITE);
    assert_true(store_begin(*store, &f->err));
}

static void put(struct store *store, struct article *a)
{
    struct err err = {0};
    bool added;
    if (!store_put_article(store, a, &added, &err))
        fail_msg("%s", err.text);
    assert_true(added);
}

static void expect_str(struct str got, const char *want)
{
    assert_int_equal(got.n, strlen(want));
    assert_memory_equal(got.p, want, got.n);
}

static struct finding finding(enum finding_kind kind, const char *value, int rank, bool by_person)
{
    return (struct finding){kind, str_from(value), rank, 0.5, STR("test/rule"), 3, 9, by_person};
}

static void article_round_trip(void **state)
{
    struct fixture *f = *state;
    struct store *store;
    struct article out, in = fixture_article(f->arena, "하나", date_from(2024, 1, 16));
    in.external_id = STR("ext-7");
    in.source_line = 12;
    in.subtitle = STR("부제");
    in.hint_regions = STR("시흥시,고양시");
    in.hint_agencies = STR("기관");
    in.hint_keywords = STR("창업");
    open_begin(f, &store);
    put(store, &in);
    assert_true(in.id > 0);
    struct article guess = fixture_article(f->arena, "둘", DATE_NONE);
    guess.basis = BASIS_INFERRED;
    guess.lo = date_from(2025, 6, 1);
    guess.hi = date_from(2025, 6, 30);
    put(store, &guess);
    assert_true(store_commit(store, &f->err));
    store_close(store);

    store = fixture_open(f, STORE_READ);
    struct param key = {PARAM_TEXT, 0, str_from(in.key)};
    struct rows *rows = store_articles(store, "key = ?1", &key, 1, &f->err);
    assert_non_null(rows);
    assert_true(store_next_article(rows, f->arena, &out, &f->err));
    assert_string_equal(out.key, in.key);
    assert_string_equal(out.hash, in.hash);
    const struct {
        struct str got, want;
    } same[] = {
        {out.external_id, in.external_id},
        {out.source, in.source},
        {out.reader, in.reader},
        {out.encoding, in.encoding},
        {out.raw, in.raw},
        {out.title, in.title},
        {out.subtitle, in.subtitle},
        {out.outlet, in.outlet},
        {out.url, in.url},
        {out.body, in.body},
        {out.body_lines, in.body_lines},
        {out.date_evidence, in.date_evidence},
        {out.hint_regions, in.hint_regions},
        {out.hint_agencies, in.hint_agencies},
        {out.hint_keywords, in.hint_keywords},
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        assert_true(str_equal(same[i].got, same[i].want));
    assert_int_equal(out.id, in.id);
    assert_int_equal(out.source_line, 12);
    assert_int_equal(out.published, in.published);
    assert_int_equal(out.basis, BASIS_PUBLISHED);
    assert_false(store_next_article(rows, f->arena, &out, &f->err));
    assert_int_equal(f->err.kind, ERR_NONE);
    rows_close(rows);

    rows = store_articles(store, "basis = 'inferred'", NULL, 0, &f->err);
    assert_true(store_next_article(rows, f->arena, &out, &f->err));
    assert_int_equal(out.published, DATE_NONE);
    assert_int_equal(out.lo, guess.lo);
    assert_int_equal(out.hi, guess.hi);
    rows_close(rows);
    store_close(store);
}

static void articles_come_in_key_order(void **state)
{
    struct fixture *f = *state;
    struct store *store;
    struct article out;
    char last[13] = "";
    open_begin(f, &store);
    for (int i = 0; i < 50; i++) {
        struct article a = fixture_article(f->arena, arena_printf(f->arena, "n%d", i), DATE_NONE);
        put(store, &a);
    }
    struct rows *rows = store_articles(store, "", NULL, 0, &f->err);
    for (int i = 0; i < 50; i++) {
        assert_true(store_next_article(rows, f->arena, &out, &f->err));
        assert_true(strcmp(last, out.key) < 0);
        memcpy(last, out.key, sizeof last);
    }
    assert_false(rows_next(rows, &f->err));
    rows_close(rows);
    store_close(store);
}

static void second_import_adds_nothing(void **state)
{
    struct fixture *f = *state;
    struct store *store;
    struct article a = fixture_article(f->arena, "하나", DATE_NONE), again = a;
    bool added = true;
    open_begin(f, &store);
    put(store, &a);
    assert_true(store_commit(store, &f->err));
    struct str before = fixture_bytes(f, f->path);
    assert_true(store_begin(store, &f->err));
    assert_true(store_put_article(store, &again, &added, &f->err));
    assert_false(added);
    assert_int_equal(again.id, a.id);
    assert_true(store_commit(store, &f->err));
    store_close(store);
    assert_true(str_equal(before, fixture_bytes(f, f->path)));
}

static void forged_key_collision_is_named(void **state)
{
    struct fixture *f = *state;
    struct store *store;
    struct article a = fixture_article(f->arena, "하나", DATE_NONE), b = fixture_article(f->arena, "둘", DATE_NONE);
    bool added;
    memcpy(b.hash, a.hash, 15);
    memcpy(b.key, a.key, sizeof b.key);
    open_begin(f, &store);
    put(store, &a);
    assert_false(store_put_article(store, &b, &added, &f->err));
    assert_int_equal(f->err.kind, ERR_INPUT);
    assert_non_null(strstr(f->err.text, a.key));
    store_close(store);
}

/* The database itself refuses an uncertain date as a certain one. */
static void uncertain_day_cannot_be_stored_as_certain(void **state)
{
    struct fixture *f = *state;
    struct store *store;
    struct article a = fixture_article(f->arena, "하나", date_from(2024, 1, 1));
    bool added;
    a.basis = BASIS_INFERRED;
    open_begin(f, &store);
    assert_false(store_put_article(store, &a, &added, &f->err));
    assert_int_equal(f->err.kind, ERR_INTERNAL);
    store_close(store);
}

static void rollback_and_undo(void **state)
{
    struct fixture *f = *state;
    struct store *store = fixture_open(f, STORE_WRITE);
    struct str before = fixture_bytes(f, f->path);
    struct article a = fixture_article(f->arena, "하나", DATE_NONE), b = fixture_article(f->arena, "둘", DATE_NONE);
    assert_true(store_begin(store, &f->err));
    put(store, &a);
    store_rollback(store);
    store_rollback(store);
    assert_true(str_equal(before, fixture_bytes(f, f->path)));

    assert_true(store_begin(store, &f->err));
    assert_true(store_savepoint(store, &f->err));
    put(store, &a);
    assert_true(store_savepoint_keep(store, &f->err));
    assert_true(store_savepoint(store, &f->err));
    put(store, &b);
    store_savepoint_undo(store);
    assert_true(store_commit(store, &f->err));
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM article"), 1);
    assert_int_equal(f->err.kind, ERR_NONE);
    store_close(store);
}

/* A file is undone whole, whether it wrote nothing, one article, several, or an article that was known before. */
static void undo_takes_the_whole_file(void **state)
{
    struct fixture *f = *state;
    struct store *store;
    struct article known = fixture_article(f->arena, "known", DATE_NONE), again;
    open_begin(f, &store);
    int64_t import = fixture_import(f, store), input = fixture_input(f, store, import, "before");
    fixture_put(f, store, input, &known);
    assert_true(store_end_input(store, input, 1, true, NULL, &f->err));
    for (int n = 0; n < 16; n++) {
        assert_true(store_savepoint(store, &f->err));
        input = fixture_input(f, store, import, "undone");
        again = known;
        if (n & 4)
            assert_int_equal(fixture_put(f, store, input, &again), STORE_KNOWN);
        for (int i = 0; i < n % 4; i++) {
            struct article a = fixture_article(f->arena, arena_printf(f->arena, "u%d", i), date_from(2024, 1, 1));
            assert_int_equal(fixture_put(f, store, input, &a), STORE_ADDED);
            struct finding city = finding(FINDING_CITY, "41390", 0, false);
            if (n % 4 == 3)
                assert_true(
                    store_put_analysis(store, a.id, "r1", &(struct analysis){.findings = &city, .n = 1}, &f->err));
        }
        const struct import_reject reject = {.name = STR("undone"), .line = 1, .code = "b", .reason = "c"};
        if (n % 4 == 2)
            assert_true(store_import_reject(store, input, &reject, &f->err));
        if (n & 8)
            assert_true(store_end_input(store, input, 1, true, NULL, &f->err));
        store_savepoint_undo(store);
        assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM article"), 1);
        assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM finding"), 0);
        assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM reject"), 0);
        assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM input"), 1);
        assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM member"), 1);
        assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM sighting"), 1);
    }
    assert_true(store_commit(store, &f->err));
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM article WHERE published IS NOT NULL"), 0);
    store_close(store);
}

static void write_outside_transaction_is_refused(void **state)
{
    struct fixture *f = *state;
    struct store *store = fixture_open(f, STORE_WRITE);
    struct article a = fixture_article(f->arena, "하나", DATE_NONE);
    bool added;
    assert_false(store_put_article(store, &a, &added, &f->err));
    assert_int_equal(f->err.kind, ERR_INTERNAL);
    store_close(store);
}

static void corrections_survive_analysis(void **state)
{
    struct fixture *f = *state;
    struct store *store;
    struct article a = fixture_article(f->arena, "하나", DATE_NONE);
    struct analysis out;
    open_begin(f, &store);
    put(store, &a);
    struct finding first[] = {finding(FINDING_AGENCY, "나기관", 1, false), finding(FINDING_CATEGORY, "bio", 0, false),
                              finding(FINDING_AGENCY, "가기관", 0, false), finding(FINDING_CITY, "41390", 0, false)};
    assert_true(store_put_analysis(store, a.id, "r1",
                                   &(struct analysis){.findings = first, .n = 4, .is_initiative = true, .score = 0.8},
                                   &f->err));
    assert_true(store_findings(store, f->arena, a.id, &out, &f->err));
    assert_int_equal(out.n, 4);
    assert_true(out.is_initiative);
    assert_true(out.score == 0.8);
    expect_str(out.findings[0].value, "41390");
    expect_str(out.findings[1].value, "bio");
    expect_str(out.findings[2].value, "가기관");
    expect_str(out.findings[3].value, "나기관");
    assert_int_equal(out.findings[3].begin, 3);
    assert_int_equal(out.findings[3].end, 9);
    expect_str(out.findings[3].rule, "test/rule");

    struct finding corrected[] = {first[0], first[1], finding(FINDING_CITY, "41280", 0, true), first[3],
                                  finding(FINDING_INITIATIVE, "no", 0, true)};
    assert_true(store_put_analysis(
        store, a.id, "r1", &(struct analysis){.findings = corrected, .n = 5, .is_initiative = true, .score = 0.8},
        &f->err));
    assert_true(store_put_analysis(store, a.id, "r2",
                                   &(struct analysis){.findings = first, .n = 4, .is_initiative = true, .score = 0.9},
                                   &f->err));
    assert_true(store_findings(store, f->arena, a.id, &out, &f->err));
    assert_int_equal(out.n, 5); /* city and "no" of the person; category and two agencies of the rules */
    expect_str(out.findings[0].value, "41280");
    assert_true(out.findings[0].by_person);
    assert_false(out.is_initiative);
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM analysis WHERE rules = 'r2'"), 1);
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM analysis"), 1);
    store_close(store);
}

/* They go in several a statement: none is lost at the edges, and none of the earlier ones stays. */
static void any_number_of_findings_comes_back(void **state)
{
    enum { MOST = 20 };
    struct fixture *f = *state;
    struct store *store;
    struct article a = fixture_article(f->arena, "하나", date_from(2024, 1, 31));
    struct finding findings[MOST];
    struct analysis out;
    open_begin(f, &store);
    put(store, &a);
    for (int i = 0; i < MOST; i++)
        findings[i] = finding(FINDING_AGENCY, arena_printf(f->arena, "national %d기관", i), i, false);
    for (size_t k = 0; k <= 2 * MOST; k++) {
        size_t n = k <= MOST ? k : 2 * MOST - k;
        assert_true(store_put_analysis(store, a.id, "r1", &(struct analysis){.findings = findings, .n = n}, &f->err));
        assert_true(store_findings(store, f->arena, a.id, &out, &f->err));
        assert_int_equal(out.n, n);
        for (size_t i = 0; i < n; i++)
            assert_true(str_equal(out.findings[i].value, findings[i].value));
    }
    store_close(store);
}

static void a_corrected_date_can_be_taken_back(void **state)
{
    struct fixture *f = *state;
    struct store *store;
    struct article a = fixture_article(f->arena, "하나", date_from(2024, 1, 31));
    struct corrections said;
    const char *published = "SELECT published FROM article";
    open_begin(f, &store);
    put(store, &a);
    assert_true(store_put_correction(store, a.id, CORRECTION_DATE, STR("2024-02-01"), &f->err));
    assert_true(store_put_correction(store, a.id, CORRECTION_DATE, STR("2024-02-03"), &f->err));
    assert_true(store_put_correction(store, a.id, CORRECTION_NOTE, STR("전화로 물음"), &f->err));
    assert_int_equal(fixture_int(store, published), date_from(2024, 2, 3));
    assert_true(store_corrections(store, f->arena, a.id, &said, &f->err));
    expect_str(said.values[CORRECTION_DATE], "2024-02-03");
    expect_str(said.values[CORRECTION_NOTE], "전화로 물음");
    expect_str(said.values[CORRECTION_CITY], "");
    assert_true(store_put_correction(store, a.id, CORRECTION_DATE, STR("unknown"), &f->err));
    assert_int_equal(fixture_int(store, "SELECT published IS NULL AND basis = 'unknown' FROM article"), 1);
    assert_true(store_put_correction(store, a.id, CORRECTION_DATE, STR(""), &f->err));
    assert_true(store_put_correction(store, a.id, CORRECTION_DATE, STR(""), &f->err));
    assert_int_equal(fixture_int(store, published), date_from(2024, 1, 31));
    assert_int_equal(fixture_int(store, "SELECT basis = 'published' AND date_evidence = '등록' FROM article"), 1);
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM dated"), 0);
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM correction"), 1);
    store_close(store);
}

static void initiatives_and_tally(void **state)
{
    struct fixture *f = *state;
    struct store *store;
    struct article a = fixture_article(f->arena, "하나", date_from(2024, 1, 31));
    struct article b = fixture_article(f->arena, "둘", date_from(2024, 2, 1));
    struct article c = fixture_article(f->arena, "셋", DATE_NONE);
    open_begin(f, &store);
    put(store, &a);
    put(store, &b);
    put(store, &c);
    const int64_t ids[] = {a.id, b.id, c.id};
    const struct str units[] = {STR("41390"), STR("41280")}, categories[] = {STR("bio"), STR("startup")};
    struct initiative_record item = {"ikey1", STR("제목"), ids, 3, units, 2, categories, 2, STR(""), 0};
    assert_true(store_put_initiatives(store, &item, 1, &f->err));
    /* Two dated articles × two units × two categories; the undated one never enters. */
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM tally"), 8);
    assert_int_equal(fixture_int(store, "SELECT COUNT(DISTINCT month) FROM tally"), 2);
    assert_int_equal(fixture_int(store, "SELECT MIN(month) FROM tally"), date_from(2024, 1, 1));
    assert_int_equal(fixture_int(store, "SELECT MAX(month) FROM tally"), date_from(2024, 2, 1));
    assert_int_equal(fixture_int(store, "SELECT MAX(published) FROM tally"), date_from(2024, 2, 1));

    struct initiative_record apart[] = {{"ikey2", STR("제목"), ids, 1, units, 1, categories, 1, STR(""), 0},
                                        {"ikey3", STR("제목"), ids + 1, 1, units, 1, categories, 1, STR(""), 0}};
    assert_true(store_put_initiatives(store, apart, 2, &f->err));
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM initiative"), 2);
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM tally"), 2);
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM initiative_article"), 2);
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM initiative WHERE key = 'ikey1'"), 0);
    store_close(store);
}

/* The month in the tally is computed by SQL: it must be the month that date_t arithmetic gives, also before 1970. */
static void tally_month_is_the_month(void **state)
{
    struct fixture *f = *state;
    struct store *store;
    const date_t days[] = {date_from(1969, 12, 31), date_from(1970, 1, 1),   date_from(2000, 2, 29),
                           date_from(1, 1, 1),      date_from(9999, 12, 31), date_from(2024, 3, 1)};
    const struct str unit = STR("41390"), category = STR("bio");
    open_begin(f, &store);
    for (int i = 0; i < 6; i++) {
        struct article a = fixture_article(f->arena, arena_printf(f->arena, "d%d", i), days[i]);
        put(store, &a);
        struct initiative_record item = {"ikey0", STR("제목"), &a.id, 1, &unit, 1, &category, 1, STR(""), 0};
        item.key[4] = (char)('0' + i);
        assert_true(store_put_initiatives(store, &item, 1, &f->err));
        assert_int_equal(fixture_int(store, "SELECT month FROM tally WHERE article = (SELECT MAX(id) FROM article)"),
                         date_month_start(days[i]));
    }
    store_close(store);
}

static void tables_are_loaded_when_they_differ(void **state)
{
    struct fixture *f = *state;
    struct store *store = fixture_open(f, STORE_WRITE);
    assert_true(store_put_tables(store, &f->regions, &f->taxonomy, &f->err));
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM region"), f->regions.n);
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM category"), f->taxonomy.n);
    struct str before = fixture_bytes(f, f->path);
    assert_true(store_put_tables(store, &f->regions, &f->taxonomy, &f->err));
    assert_true(str_equal(before, fixture_bytes(f, f->path)));
    const struct category more[] = {{STR("bio"), STR("바이오"), STR("bio")},
                                    {STR("tourism"), STR("관광"), STR("tourism")}};
    assert_true(store_put_tables(store, &f->regions, &(struct taxonomy){more, 2}, &f->err));
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM category WHERE key = 'tourism'"), 1);
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM category"), 2);
    struct regions fewer = f->regions;
    fewer.n--;
    fewer.n_residents--;
    assert_true(store_put_tables(store, &fewer, &(struct taxonomy){more, 2}, &f->err));
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM region"), fewer.n);
    store_close(store);
}

static void queries_only_read(void **state)
{
    static const char *const refused[] = {
        "DELETE FROM article",           "PRAGMA user_version = 9",
        "ATTACH ':memory:' AS x",        "BEGIN",
        "SELECT 1; DELETE FROM article", "",
        "SELECT load_extension('x')",    "CREATE TABLE x (y)",
        "SELECT writefile('x', 'y')",
    };
    struct fixture *f = *state;
    struct store *store = fixture_open(f, STORE_WRITE);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct err err = {0};
        assert_null(store_query(store, refused[i], NULL, 0, &err));
        assert_int_equal(err.kind, ERR_INTERNAL);
        if (*refused[i])
            assert_non_null(strstr(err.text, refused[i])); /* a failing statement prints its SQL */
    }
    const struct param params[] = {{PARAM_TEXT, 0, STR("가")}, {PARAM_INT, 7, {0}}, {PARAM_NULL, 0, {0}}};
    struct rows *rows = store_query(store, "SELECT ?1, ?2, ?3, 0.5", params, 3, &f->err);
    assert_true(rows_next(rows, &f->err));
    expect_str(rows_text(rows, 0), "가");
    assert_int_equal(rows_int(rows, 1), 7);
    assert_true(rows_null(rows, 2));
    assert_int_equal(rows_text(rows, 2).n, 0);
    assert_true(rows_real(rows, 3) == 0.5);
    assert_false(rows_next(rows, &f->err));
    rows_close(rows);
    store_close(store);
}

static void text_of_an_article(void **state)
{
    struct fixture *f = *state;
    struct article a = {.title = STR("제목"), .body = STR("본문")};
    expect_str(article_text(f->arena, &a), "제목\n\n본문");
    assert_string_equal(basis_name(BASIS_INFERRED), "inferred");
    assert_string_equal(finding_kind_name(FINDING_MONEY), "money");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(article_round_trip),
        TEST(articles_come_in_key_order),
        TEST(second_import_adds_nothing),
        TEST(forged_key_collision_is_named),
        TEST(uncertain_day_cannot_be_stored_as_certain),
        TEST(rollback_and_undo),
        TEST(undo_takes_the_whole_file),
        TEST(write_outside_transaction_is_refused),
        TEST(corrections_survive_analysis),
        TEST(any_number_of_findings_comes_back),
        TEST(a_corrected_date_can_be_taken_back),
        TEST(initiatives_and_tally),
        TEST(tally_month_is_the_month),
        TEST(tables_are_loaded_when_they_differ),
        TEST(queries_only_read),
        TEST(text_of_an_article),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
