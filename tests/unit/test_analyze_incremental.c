/* Random databases: whatever was imported, forgotten, corrected and taken back, in whatever order and portions,
 * grouping only what has changed comes to what grouping everything in a fresh database comes to: edges, initiatives,
 * verdicts, tally. The texts are made of few words, so that buckets are crowded and components large. */
#include "analyze/grouping.h"
#include "analyze_fixture.h"
#include "base/file.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    ARTICLES = 420,
    STORIES = 110,
    VOCABULARY = 2000,
    ROUNDS = 30,
    CHECKED = 5,
    FIELDS = 5,
    IMPORTS = 64,
    TARGETS = 25
};

static struct err err;
static uint64_t seed;

static void good(bool ok)
{
    if (!ok)
        fail_msg("%s", err.text);
}

static size_t draw(size_t below)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(seed >> 33) % below;
}

/* ---- articles ---- */

struct made {
    const char *title, *body;
    date_t day;
    char key[ARTICLE_KEY];
    int64_t import;           /* 0: not in the database */
    const char *said[FIELDS]; /* corrections, by field; NULL where nothing is said */
};

static struct made world[ARTICLES];
static const char *vocabulary[VOCABULARY];
static size_t words_known; /* of the vocabulary: few make crowded buckets and large components, many small ones */
static int64_t imports[IMPORTS];
static size_t n_imports;

static const char *const cities[] = {"시흥시", "안산시", "평택시", "춘천시", "시흥시와 안산시", "경기도"};
static const char *const units[] = {"41390", "41270", "41220", "51110", "41390;41270", "41000"};
static const char *const categories[] = {"startup", "bio", "manufacturing", "bio;startup"};
static const enum correction_field fields[FIELDS] = {CORRECTION_INITIATIVE, CORRECTION_CITY, CORRECTION_CATEGORY,
                                                     CORRECTION_DATE, CORRECTION_GROUP};

static const char *some_words(size_t n, const size_t *pick)
{
    const char *text = "";
    for (size_t i = 0; i < n; i++)
        text = arena_printf(arena, "%s%s ", text, vocabulary[pick ? pick[i] : draw(words_known)]);
    return text;
}

struct story {
    size_t city, words[30];
    const char *name;
    date_t day;
    bool weak; /* its articles do not count by themselves, but for the first */
};

static void tell(const struct story *story, size_t nth, struct made *out)
{
    size_t words[30];
    memcpy(words, story->words, sizeof words);
    for (size_t i = 0, change = nth == 0 || draw(4) == 0 ? 0 : draw(20); i < change; i++)
        words[draw(30)] = draw(words_known);
    const char *city = cities[story->city], *text = some_words(30, words);
    const char *front = draw(3) ? some_words(3, words) : some_words(2, NULL);
    if (story->weak && nth > 0) {
        out->title = arena_printf(arena, "%s 창업 공간 ‘%s’", city, story->name);
        out->body =
            arena_printf(arena,
                         "%s 정왕동에 ‘%s’가 들어섰다. 초기 창업자가 쓰는 사무실 열 곳과 공유 부엌이 있다. 이용료는 "
                         "한 달 3만 원이다. %s",
                         city, story->name, text);
    } else {
        out->title = arena_printf(arena, "%s, ‘%s’ 창업기업 지원 %s", city, story->name, front);
        out->body = arena_printf(
            arena, "%s는 창업기업을 지원하는 ‘%s’를 열었다고 밝혔다. 시는 사업화 자금과 멘토링을 지원한다. %s", city,
            story->name, text);
    }
    out->day = draw(12) == 0 ? DATE_NONE : story->day + (date_t)draw(draw(5) ? 6 : 70);
}

static void make_world(uint64_t number)
{
    static struct story stories[STORIES];
    seed = number * 77777 + 5;
    words_known = number % 2 ? VOCABULARY : VOCABULARY / 12;
    for (size_t i = 0; i < VOCABULARY; i++) {
        struct buf word = {0};
        for (size_t k = 2 + draw(3); k > 0; k--)
            buf_utf8(&word, (uint32_t)(0xAC00 + draw(11172)));
        vocabulary[i] = arena_copy(arena, word.p, word.n);
        buf_free(&word);
    }
    for (size_t s = 0; s < STORIES; s++) {
        stories[s] = (struct story){.city = draw(sizeof cities / sizeof *cities),
                                    .day = date_from(2023, 1, 1) + (date_t)draw(500),
                                    .weak = draw(4) == 0};
        stories[s].name = arena_printf(arena, "물결%s이음%s", vocabulary[draw(40)], vocabulary[draw(40)]);
        for (size_t i = 0; i < 30; i++)
            stories[s].words[i] = draw(draw(2) ? 50 : VOCABULARY);
    }
    size_t told[STORIES] = {0};
    for (size_t i = 0; i < ARTICLES; i++) {
        size_t s = draw(STORIES);
        world[i] = (struct made){.import = 0};
        tell(&stories[s], told[s]++, &world[i]);
    }
    n_imports = 0;
}

/* ---- the database under test ---- */

static struct store *open_store(char *path)
{
    int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    unlink(path);
    struct store *store = store_open(path, STORE_WRITE, &err);
    good(store && store_put_tables(store, &regions, &taxonomy, &err));
    return store;
}

static void put(struct store *store, int64_t input, struct made *made, size_t number)
{
    struct article article = {.title = str_from(made->title), .body = str_from(made->body)};
    enum store_outcome outcome;
    article.basis = made->day == DATE_NONE ? BASIS_UNKNOWN : BASIS_PUBLISHED;
    article.published = article.lo = article.hi = made->day;
    article.source = STR("test");
    article.source_line = number;
    article.reader = STR("test/1");
    article.encoding = STR("utf-8");
    file_sha256(str_from(arena_printf(arena, "%zu", number)), article.hash);
    article_set_key(&article);
    memcpy(made->key, article.key, sizeof made->key);
    good(store_import_article(store, input, &article, &outcome, &err));
    assert_int_equal(outcome, STORE_ADDED);
}

static int64_t begin_import(struct store *store, int64_t *import)
{
    const struct import_input input = {.name = STR("test"), .bytes = -1, .how = STR("test")};
    int64_t id = 0;
    good(store_begin_import(store, STR("test"), 0, import, &err) && store_savepoint(store, &err) &&
         store_begin_input(store, *import, &input, &id, &err));
    return id;
}

static void import_some(struct store *store, size_t n)
{
    int64_t import, input = begin_import(store, &import);
    for (size_t tries = 0; n > 0 && tries < 4 * ARTICLES; tries++) {
        size_t i = draw(ARTICLES);
        if (world[i].import)
            continue;
        put(store, input, &world[i], i);
        world[i].import = import;
        n--;
    }
    good(store_end_input(store, input, 1, true, NULL, &err) && store_savepoint_keep(store, &err));
    imports[n_imports++] = import;
}

static void forget_one(struct store *store)
{
    struct store_forgotten forgotten;
    if (n_imports < 4)
        return;
    size_t k = 1 + draw(n_imports - 1);
    good(store_forget_import(store, imports[k], &forgotten, &err));
    for (size_t i = 0; i < ARTICLES; i++)
        if (world[i].import == imports[k])
            world[i].import = 0;
    imports[k] = imports[--n_imports];
}

static int64_t id_of(struct store *store, const char *key)
{
    struct param param = {.type = PARAM_TEXT, .text = str_from(key)};
    struct rows *rows = store_query(store, "SELECT id FROM article WHERE key = ?1", &param, 1, &err);
    int64_t id = rows && rows_next(rows, &err) ? rows_int(rows, 0) : 0;
    rows_close(rows);
    return id;
}

static const char *some_value(size_t field)
{
    switch (fields[field]) {
    case CORRECTION_INITIATIVE: return draw(2) ? "yes" : "no";
    case CORRECTION_CITY: return units[draw(sizeof units / sizeof *units)];
    case CORRECTION_CATEGORY: return categories[draw(sizeof categories / sizeof *categories)];
    case CORRECTION_DATE:
        return draw(4) ? arena_printf(arena, "2023-%02zu-%02zu", 1 + draw(12), 1 + draw(28)) : "unknown";
    default: return draw(3) ? world[draw(TARGETS)].key : "new";
    }
}

static void correct(struct store *store, struct made *made, size_t field, const char *value)
{
    int64_t id = id_of(store, made->key);
    assert_true(id > 0);
    good(store_put_correction(store, id, fields[field], str_from(value), &err) &&
         analyze_corrected(store, analyzer, id, &err));
    made->said[field] = *value ? value : NULL;
}

static void correct_some(struct store *store)
{
    for (size_t n = 1 + draw(9), tries = 0; n > 0 && tries < ARTICLES; tries++) {
        struct made *made = &world[draw(draw(4) ? ARTICLES : TARGETS)];
        for (size_t more = draw(3) / 2 * 200; more > 0 && !(made->import && made->said[4]); more--)
            made = &world[draw(ARTICLES)];                   /* rather one that has been put with another */
        size_t field = draw(3) ? 3 + draw(2) : draw(FIELDS); /* dates and groups reach farthest */
        if (!made->import)
            continue;
        const char *value = made->said[field] && draw(3) == 0 ? "" : some_value(field);
        if (fields[field] == CORRECTION_GROUP && !*value && !made->said[field])
            continue; /* the key of an article that was never there */
        correct(store, made, field, value);
        n--;
    }
}

/* ---- what comes of it ---- */

static void add_rows(struct store *store, struct buf *out, const char *sql)
{
    struct rows *rows = store_query(store, sql, NULL, 0, &err);
    while (rows && rows_next(rows, &err))
        buf_printf(out, STR_FMT "\n", STR_ARG(rows_text(rows, 0)));
    rows_close(rows);
    good(err.kind == ERR_NONE);
    buf_char(out, '\n');
}

static const char *everything(struct store *store)
{
    struct buf out = {0};
    add_rows(store, &out,
             "SELECT i.key || ' ' || i.title || ' ' || i.stage || ' ' || m.rank || ' ' || a.key FROM initiative i JOIN"
             " initiative_article m ON m.initiative = i.id JOIN article a ON a.id = m.article ORDER BY i.key, m.rank");
    add_rows(store, &out,
             "SELECT i.key || ' ' || u.rank || ' ' || u.unit FROM initiative i JOIN initiative_unit u ON u.initiative ="
             " i.id ORDER BY i.key, u.rank");
    add_rows(store, &out,
             "SELECT i.key || ' ' || c.rank || ' ' || c.category FROM initiative i JOIN initiative_category c"
             " ON c.initiative = i.id ORDER BY i.key, c.rank");
    add_rows(store, &out,
             "SELECT t.month || ' ' || t.unit || ' ' || t.category || ' ' || t.unit_rank || ' ' || t.category_rank ||"
             " ' ' || i.key || ' ' || a.key || ' ' || t.published || ' ' || t.earlier FROM tally t JOIN initiative i ON"
             " i.id = t.initiative JOIN article a ON a.id = t.article ORDER BY 1");
    add_rows(store, &out,
             "SELECT a.key || ' ' || n.is_initiative || ' ' || f.kind || ' ' || f.value || ' ' || f.rule FROM article a"
             " JOIN analysis n ON n.article = a.id JOIN finding f ON f.article = a.id ORDER BY a.key, f.seq");
    add_rows(store, &out,
             "SELECT l.key || (e.later & 1) || ' ' || r.key || (e.earlier & 1) || ' ' || e.views || e.undated || ' ' ||"
             " e.alike FROM edge e JOIN article l ON l.id = e.later / 2 JOIN article r ON r.id = e.earlier / 2"
             " ORDER BY 1");
    add_rows(
        store, &out,
        "SELECT key || ' ' || block || ' ' || views || ' ' || counts || ' ' || units || ' ' || categories || ' ' ||"
        " promoted || ' ' || (digest <> 0) FROM candidate ORDER BY key, views");
    add_rows(store, &out, "SELECT count(*) FROM touched UNION ALL SELECT count(*) FROM pending");
    add_rows(store, &out,
             "SELECT count(*) FROM edge WHERE later NOT IN (SELECT 2 * article + (views = 1) FROM candidate) OR earlier"
             " NOT IN (SELECT 2 * article + (views = 1) FROM candidate)");
    const char *text = arena_copy(arena, out.p ? out.p : "", out.n);
    buf_free(&out);
    return text;
}

/* The same articles and corrections in a database of their own, grouped as a whole. */
static const char *afresh(void)
{
    char path[] = "/tmp/briefgen-test-XXXXXX";
    struct store *store = open_store(path);
    size_t analyzed, first = draw(ARTICLES);
    int64_t import;
    good(store_begin(store, &err));
    int64_t input = begin_import(store, &import);
    for (size_t n = 0; n < ARTICLES; n++)
        if (world[(first + n) % ARTICLES].import)
            put(store, input, &world[(first + n) % ARTICLES], (first + n) % ARTICLES);
    good(store_end_input(store, input, 1, true, NULL, &err) && store_savepoint_keep(store, &err) &&
         analyze_pending(store, analyzer, &analyzed, &err));
    for (size_t i = 0; i < ARTICLES; i++)
        for (size_t f = 0; world[i].import && f < FIELDS; f++)
            if (world[i].said[f])
                correct(store, &world[i], f, world[i].said[f]);
    good(analyze_regroup(store, analyzer, &err));
    const char *text = everything(store);
    store_rollback(store);
    store_close(store);
    unlink(path);
    return text;
}

static int64_t number(struct store *store, const char *sql)
{
    struct rows *rows = store_query(store, sql, NULL, 0, &err);
    assert_true(rows && rows_next(rows, &err));
    int64_t n = rows_int(rows, 0);
    rows_close(rows);
    return n;
}

/* So little is touched that change_find does not give up. */
static bool little_touched(struct store *store)
{
    good(grouping_settle(store, analyzer, &err));
    return number(store, "SELECT (SELECT count(*) FROM touched) * 8 <= (SELECT count(*) FROM candidate)") != 0;
}

static void compare(const char *have, const char *want, uint64_t w, size_t round)
{
    size_t i = 0;
    while (have[i] && have[i] == want[i])
        i++;
    if (have[i] == want[i])
        return;
    while (i > 0 && have[i - 1] != '\n')
        i--;
    fail_msg("world %zu, round %zu: \"%.*s\", not \"%.*s\"", (size_t)w, round, (int)strcspn(have + i, "\n"), have + i,
             (int)strcspn(want + i, "\n"), want + i);
}

static size_t in_part, with_edges, with_links, with_promoted;

static void live(uint64_t w, bool corrections)
{
    char path[] = "/tmp/briefgen-test-XXXXXX";
    make_world(w);
    struct store *store = open_store(path);
    for (size_t round = 0, analyzed; round < ROUNDS; round++) {
        good(store_begin(store, &err));
        size_t what = draw(10);
        if (round == 0)
            import_some(store, ARTICLES / 2);
        else if (what < 3 || (!corrections && what < 8))
            import_some(store, 1 + draw(12));
        else if (what < (corrections ? 9 : 8))
            correct_some(store);
        else
            forget_one(store);
        in_part += little_touched(store);
        good(analyze_pending(store, analyzer, &analyzed, &err) && store_commit(store, &err));
        if (round % CHECKED == CHECKED - 1 || round + 1 == ROUNDS)
            compare(everything(store), afresh(), w, round);
    }
    with_edges += (size_t)number(store, "SELECT count(*) FROM edge");
    with_links += (size_t)number(store, "SELECT count(*) FROM correction WHERE field = 'group'");
    with_promoted += (size_t)number(store, "SELECT count(*) FROM candidate WHERE promoted <> ''");
    good(store_begin(store, &err) && analyze_regroup(store, analyzer, &err));
    compare(everything(store), afresh(), w, ROUNDS);
    store_rollback(store);
    store_close(store);
    unlink(path);
    arena_reset(arena);
}

/* ---- what one correction does to another article ---- */

static void group_and_compare(struct store *store, size_t step)
{
    size_t analyzed;
    assert_true(little_touched(store));
    good(analyze_pending(store, analyzer, &analyzed, &err));
    compare(everything(store), afresh(), 20, step);
}

/* The other one is refused, comes back, moves, and is let go. */
static void who_was_put_with_another_follows_it(void **state)
{
    (void)state;
    char path[] = "/tmp/briefgen-test-XXXXXX";
    size_t analyzed, told = 0;
    make_world(21);
    struct store *store = open_store(path);
    good(store_begin(store, &err));
    import_some(store, ARTICLES);
    good(analyze_pending(store, analyzer, &analyzed, &err));
    for (size_t i = 0; i + 40 < ARTICLES; i += 40) {
        struct made *one = &world[i], *other = &world[i + 13];
        if (!one->import || !other->import)
            continue;
        told++;
        correct(store, one, 4, other->key);
        group_and_compare(store, 10 * i);
        correct(store, other, 0, "no");
        group_and_compare(store, 10 * i + 1);
        correct(store, other, 0, "");
        group_and_compare(store, 10 * i + 2);
        correct(store, other, 3, "2022-05-05");
        group_and_compare(store, 10 * i + 3);
        correct(store, one, 4, "new");
        group_and_compare(store, 10 * i + 4);
        correct(store, one, 4, "");
        group_and_compare(store, 10 * i + 5);
    }
    assert_true(told > 5);
    store_rollback(store);
    store_close(store);
    unlink(path);
    arena_reset(arena);
}

static void parts_come_to_the_whole(void **state)
{
    (void)state;
    for (uint64_t w = 0; w < 3; w++)
        live(w, false);
    assert_true(in_part > 50);
    assert_true(with_edges > 300);
    assert_true(with_promoted > 0);
}

static void parts_come_to_the_whole_with_corrections(void **state)
{
    (void)state;
    in_part = 0;
    for (uint64_t w = 10; w < 15; w++)
        live(w, true);
    assert_true(in_part > 50);
    assert_true(with_links > 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_come_to_the_whole),
        cmocka_unit_test(parts_come_to_the_whole_with_corrections),
        cmocka_unit_test(who_was_put_with_another_follows_it),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
