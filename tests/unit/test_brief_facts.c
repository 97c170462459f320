/* The smaller facts of initiatives, each with its article; bodies, schedule, outlets, corrections. */
#include "brief_database.h"

struct said {
    enum finding_kind kind;
    const char *value;
};
#define SAID(...) (const struct said[]){__VA_ARGS__}, sizeof(struct said[]){__VA_ARGS__} / sizeof(struct said)

/* An article of 시흥 and bio with further findings; returns its row. */
static int64_t put_scored(struct fixture *f, struct store *store, const char *name, date_t day, const char *outlet,
                          const struct said *said, size_t n, double score)
{
    bool added;
    struct article a = fixture_article(f->arena, name, day);
    struct finding *findings = ARENA_ARRAY(f->arena, n + 2, struct finding);
    a.outlet = str_from(outlet);
    findings[0] = (struct finding){FINDING_CITY, STR("41390"), 0, 0.9, STR("test"), 0, 0, false};
    findings[1] = (struct finding){FINDING_CATEGORY, STR("bio"), 0, 0.9, STR("test"), 0, 0, false};
    for (size_t i = 0; i < n; i++)
        findings[i + 2] =
            (struct finding){said[i].kind, str_from(said[i].value), (int)i, 0.9, STR("test"), 0, 0, false};
    assert_true(store_put_article(store, &a, &added, &f->err));
    assert_true(store_put_analysis(
        store, a.id, "rules-1",
        &(struct analysis){.findings = findings, .n = n + 2, .is_initiative = true, .score = score}, &f->err));
    assert_true(store_end_grouping(store, &f->err)); /* the initiatives are put by hand */
    return a.id;
}

static int64_t put_article(struct fixture *f, struct store *store, const char *name, date_t day, const char *outlet,
                           const struct said *said, size_t n)
{
    return put_scored(f, store, name, day, outlet, said, n, 0.9);
}

static void put_initiative(struct fixture *f, struct store *store, const char *title, const char *units,
                           const int64_t *articles, size_t n)
{
    const struct str bio = STR("bio");
    struct initiative_record item = {.title = str_from(title),
                                     .articles = articles,
                                     .n_articles = n,
                                     .categories = &bio,
                                     .n_categories = 1,
                                     .stage = STR("operation")};
    snprintf(item.key, sizeof item.key, "i%s", title);
    item.units = brief_words(f->arena, units, &item.n_units);
    assert_true(store_put_initiatives(store, &item, 1, &f->err));
}

/*  P  시흥 고양   01-05 outlet 가, 01-03 outlet 나, 01-20 no outlet, 01-21 no outlet, 12-20 outlet 다 (before)
 *  Q  포항       01-10 outlet 가 */
static struct store *build_facts(struct fixture *f)
{
    struct store *store = fixture_open(f, STORE_WRITE);
    assert_true(store_begin(store, &f->err));
    const int64_t p[] = {
        put_article(f, store, "p0", d(2024, 1, 5), "가",
                    SAID({FINDING_AGENCY, "41281 덕양 진흥원"}, {FINDING_AGENCY, "national 한국산업기술시험원"},
                         {FINDING_MONEY, "KRW 5000000000..5000000000 total"}, {FINDING_MONEY, "USD 100.. investment"},
                         {FINDING_TARGET, "2024-01-01..2024-12-31 준공"},
                         {FINDING_TARGET, "2024-03-05..2024-03-05 모집 마감"}, {FINDING_ZONE, "배곧지구"})),
        put_article(f, store, "p1", d(2024, 1, 3), "나",
                    SAID({FINDING_AGENCY, "national 한국산업기술시험원"}, {FINDING_AGENCY, "41390 시흥산업진흥원"},
                         {FINDING_MONEY, "KRW ..30000000 limit"}, {FINDING_MONEY, "KRW 5000000000..5000000000 total"},
                         {FINDING_TARGET, "2024-01-20..2024-01-31 개소"}, {FINDING_ZONE, "배곧지구"})),
        put_article(f, store, "p2", d(2024, 1, 20), "",
                    SAID({FINDING_MONEY, "KRW 5000000000..5000000000 national"}, {FINDING_ZONE, "시화MTV"})),
        put_article(f, store, "p3", d(2024, 1, 21), "", SAID({FINDING_COUNT, "10..10 person employ"})),
        put_article(f, store, "p4", d(2023, 12, 20), "다",
                    SAID({FINDING_AGENCY, "41000 경기도일자리재단"}, {FINDING_MONEY, "KRW 1..1 other"})),
    };
    const int64_t q[] = {put_article(
        f, store, "q0", d(2024, 1, 10), "가",
        SAID({FINDING_AGENCY, "national 한국산업기술시험원"}, {FINDING_AGENCY, "47110 시흥산업진흥원"},
             {FINDING_TARGET, "2024-02-01..2024-02-01 착공"}, {FINDING_TARGET, "2024-03-05..2024-03-05 모집 마감"}))};
    put_initiative(f, store, "P", "41390 41280", p, 5);
    put_initiative(f, store, "Q", "47110", q, 1);
    assert_true(store_put_correction(store, p[1], CORRECTION_NOTE, STR("읽음"), &f->err));
    assert_true(store_put_correction(store, q[0], CORRECTION_CATEGORY, STR("bio"), &f->err));
    assert_true(store_commit(store, &f->err));
    return store;
}

static void read_brief(struct fixture *f, const char *units, struct brief *out)
{
    struct store *store = fixture_open(f, STORE_READ);
    brief_scoped(f, store, d(2024, 1, 1), d(2024, 1, 31), units, 0, out);
    store_close(store);
}

static const struct brief_initiative *find(const struct brief *b, const char *key)
{
    for (size_t i = 0; i < b->n_initiatives; i++)
        if (str_equal(b->initiatives[i].key, str_from(key)))
            return &b->initiatives[i];
    fail_msg("no %s", key);
    return NULL;
}

static void expect_agency(const struct brief_agency *got, const char *name, const char *code, const char *title)
{
    assert_true(str_equal(got->name, str_from(name)));
    assert_string_equal(got->region ? got->region->code : "", code);
    assert_true(str_equal(got->source->title, str_from(title)));
}

/* Oldest article first: p1 of the 3rd, p0, p2, p3. */
static void agencies(void **state)
{
    struct fixture *f = *state;
    struct brief b;
    store_close(build_facts(f));
    read_brief(f, "", &b);
    const struct brief_initiative *p = find(&b, "iP");
    assert_int_equal(p->n_agencies, 3);
    expect_agency(&p->agencies[0], "한국산업기술시험원", "", "제목 p1");
    expect_agency(&p->agencies[1], "시흥산업진흥원", "41390", "제목 p1");
    expect_agency(&p->agencies[2], "덕양 진흥원", "41280", "제목 p0");
}

static void expect_money(const struct brief_money *got, const char *currency, int64_t lo, int64_t hi, const char *role,
                         const char *title)
{
    assert_string_equal(got->currency, currency);
    assert_int_equal(got->lo, lo);
    assert_int_equal(got->hi, hi);
    assert_true(str_equal(got->role, str_from(role)));
    assert_true(str_equal(got->source->title, str_from(title)));
}

static void money_is_listed_once_and_never_added_up(void **state)
{
    struct fixture *f = *state;
    struct brief b;
    store_close(build_facts(f));
    read_brief(f, "", &b);
    const struct brief_initiative *p = find(&b, "iP");
    assert_int_equal(p->n_money, 4);
    expect_money(&p->money[0], "KRW", -1, 30000000, "limit", "제목 p1");
    expect_money(&p->money[1], "KRW", 5000000000, 5000000000, "total", "제목 p1");
    expect_money(&p->money[2], "USD", 100, -1, "investment", "제목 p0");
    expect_money(&p->money[3], "KRW", 5000000000, 5000000000, "national", "제목 p2");
    assert_int_equal(find(&b, "iQ")->n_money, 0);
}

static void targets_zones_and_schedule(void **state)
{
    struct fixture *f = *state;
    struct brief b;
    store_close(build_facts(f));
    read_brief(f, "", &b);
    const struct brief_initiative *p = find(&b, "iP"), *q = find(&b, "iQ");
    static const char *const events[] = {"개소", "모집 마감", "준공"};
    assert_int_equal(p->n_targets, 3);
    for (size_t i = 0; i < 3; i++)
        assert_true(str_equal(p->targets[i].event, str_from(events[i])));
    assert_int_equal(p->targets[2].first, d(2024, 1, 1));
    assert_int_equal(p->n_zones, 2);
    assert_true(str_equal(p->zones[0], STR("배곧지구")) && str_equal(p->zones[1], STR("시화MTV")));
    /* what ends on the last day is not ahead; the year 2024 is due by its end */
    const struct brief_target *due[] = {&q->targets[0], &p->targets[1], &q->targets[1], &p->targets[2]};
    assert_int_equal(b.n_schedule, 4);
    for (size_t i = 0; i < 4; i++)
        assert_ptr_equal(b.schedule[i].target, due[i]);
    assert_ptr_equal(b.schedule[1].initiative, p);
}

static void what_needs_a_review_is_not_scheduled(void **state)
{
    struct fixture *f = *state;
    struct brief b;
    struct store *store = build_facts(f);
    assert_true(store_begin(store, &f->err));
    int64_t row =
        put_scored(f, store, "r0", d(2024, 1, 8), "가", SAID({FINDING_TARGET, "2024-02-01..2024-02-01 착공"}), 0.79);
    put_initiative(f, store, "R", "41390", &row, 1);
    assert_true(store_commit(store, &f->err));
    store_close(store);
    read_brief(f, "", &b);
    assert_int_equal(find(&b, "iR")->n_targets, 1);
    assert_int_equal(b.n_schedule, 4); /* as without it */
}

static void expect_body(const struct brief_body *got, const char *name, const char *code, size_t initiatives,
                        const char *regions)
{
    struct buf list = {0};
    for (size_t i = 0; i < got->n_regions; i++)
        buf_printf(&list, "%s ", got->regions[i]->code);
    assert_true(str_equal(got->name, str_from(name)));
    assert_string_equal(got->region ? got->region->code : "", code);
    assert_int_equal(got->n_initiatives, initiatives);
    assert_string_equal(list.p ? list.p : "", regions);
    buf_free(&list);
}

static void bodies_by_name_and_place(void **state)
{
    struct fixture *f = *state;
    struct brief b;
    store_close(build_facts(f));
    read_brief(f, "", &b);
    assert_int_equal(b.n_bodies, 4);
    expect_body(&b.bodies[0], "한국산업기술시험원", "", 2, "41280 41390 47110 ");
    expect_body(&b.bodies[1], "덕양 진흥원", "41280", 1, "41280 41390 ");
    expect_body(&b.bodies[2], "시흥산업진흥원", "41390", 1, "41280 41390 ");
    expect_body(&b.bodies[3], "시흥산업진흥원", "47110", 1, "47110 ");
    read_brief(f, "41280", &b); /* of a scope: its initiatives and its places */
    assert_int_equal(b.n_bodies, 3);
    expect_body(&b.bodies[0], "덕양 진흥원", "41280", 1, "41280 ");
}

/* Numbers of sources differ by scope: every fact must point into the brief's own. */
static void sources_of_facts_are_the_scopes(void **state)
{
    struct fixture *f = *state;
    struct brief_scope scopes[2];
    struct brief briefs[2];
    struct store *store = build_facts(f);
    struct brief_data *data =
        brief_load(store, f->arena, &f->regions, &f->taxonomy, d(2024, 1, 1), d(2024, 1, 31), &f->err);
    store_close(store);
    brief_scope_of(f, "", 0, &scopes[0]);
    brief_scope_of(f, "47110", 2, &scopes[1]);
    for (int i = 0; i < 2; i++)
        assert_true(brief_make(data, f->arena, &scopes[i], &briefs[i], &f->err));
    assert_int_equal(briefs[1].n_initiatives, 1);
    assert_int_equal(briefs[1].initiatives[0].number, 1);
    assert_int_equal(find(&briefs[0], "iQ")->articles[0]->number, 5);
    for (int i = 0; i < 2; i++) {
        const struct brief_initiative *q = find(&briefs[i], "iQ");
        for (size_t k = 0; k < q->n_agencies; k++)
            assert_ptr_equal(q->agencies[k].source, q->articles[0]);
        for (size_t k = 0; k < q->n_targets; k++)
            assert_ptr_equal(q->targets[k].source, q->articles[0]);
        assert_true(q->articles[0] >= briefs[i].sources && q->articles[0] < briefs[i].sources + briefs[i].n_sources);
    }
}

static void outlets_novelty_and_corrections(void **state)
{
    struct fixture *f = *state;
    struct brief b;
    store_close(build_facts(f));
    read_brief(f, "", &b);
    const struct brief_initiative *p = find(&b, "iP"), *q = find(&b, "iQ");
    assert_int_equal(p->n_outlets, 4); /* 가, 나, and two that name none */
    assert_int_equal(q->n_outlets, 1);
    assert_false(p->in_period_only);
    assert_true(q->in_period_only);
    for (size_t i = 0; i < b.n_sources; i++) /* a note corrects nothing */
        assert_int_equal(b.sources[i].corrected, str_equal(b.sources[i].title, STR("제목 q0")));
}

/* Before the months that are read: only the tally's `earlier` knows. */
static void long_known_is_not_new(void **state)
{
    struct fixture *f = *state;
    struct brief b;
    struct store *store = fixture_open(f, STORE_WRITE);
    assert_true(store_begin(store, &f->err));
    brief_initiative(f, store, "old", "41390", "bio", DAYS(d(2019, 5, 1), d(2024, 1, 9)));
    brief_initiative(f, store, "new", "41390", "bio", DAYS(d(2024, 1, 9), d(2024, 3, 9), DATE_NONE));
    assert_true(store_commit(store, &f->err));
    brief_of(f, store, 2024, 1, &b);
    assert_int_equal(b.n_initiatives, 2);
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(b.initiatives[i].in_period_only, str_equal(b.initiatives[i].title, STR("제목 new-0")));
    store_close(store);
}

static void facts_that_cannot_be_read_are_named(void **state)
{
    struct fixture *f = *state;
    static const struct said bad[] = {
        {FINDING_MONEY, "5억 원"},
        {FINDING_MONEY, "KRW .. total"},
        {FINDING_MONEY, "KRWX 5..5 total"},
        {FINDING_MONEY, "KRW 5..5"},
        {FINDING_MONEY, "KRW 1234567890123456789..5 total"},
        {FINDING_TARGET, "2024-02-30..2024-03-01 착공"},
        {FINDING_TARGET, "2024-03-02..2024-03-01 착공"},
        {FINDING_AGENCY, "시흥산업진흥원"},
        {FINDING_AGENCY, "99999 시흥산업진흥원"},
        {FINDING_ZONE, ""},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct brief b;
        struct err err = {0};
        const struct brief_request request = {.from = d(2024, 1, 1), .to = d(2024, 1, 31)};
        struct store *store = fixture_open(f, STORE_WRITE);
        assert_true(store_begin(store, &f->err));
        const int64_t article = put_article(f, store, "p", d(2024, 1, 5), "", &bad[i], 1);
        put_initiative(f, store, "P", "41390", &article, 1);
        assert_true(store_commit(store, &f->err));
        assert_false(brief_build(store, f->arena, &f->regions, &f->taxonomy, &request, &b, &err));
        assert_int_equal(err.kind, ERR_CONFIG);
        assert_non_null(strstr(err.text, "of the database"));
        store_close(store);
        unlink(f->path);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(agencies),
        TEST(money_is_listed_once_and_never_added_up),
        TEST(targets_zones_and_schedule),
        TEST(what_needs_a_review_is_not_scheduled),
        TEST(bodies_by_name_and_place),
        TEST(sources_of_facts_are_the_scopes),
        TEST(outlets_novelty_and_corrections),
        TEST(long_known_is_not_new),
        TEST(facts_that_cannot_be_read_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
