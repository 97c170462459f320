/* Where articles come from: imports, resuming, variants whatever the order, forgetting, migration. */
#include "store_fixture.h"

#include "base/mem.h"

static struct store *open_begin(struct fixture *f, const char *name)
{
    struct store *store = store_open(arena_printf(f->arena, "%s/%s", f->directory, name), STORE_WRITE, &f->err);
    assert_non_null(store);
    assert_true(store_begin(store, &f->err));
    return store;
}

static void end(struct fixture *f, struct store *store, int64_t input, size_t items, bool complete)
{
    bool ok = store_end_input(store, input, items, complete, NULL, &f->err);
    if (!ok)
        print_message("%s\n", f->err.text);
    assert_true(ok);
}

static void reject(struct fixture *f, struct store *store, int64_t input, const char *place, size_t line,
                   const char *code)
{
    const struct import_reject r = {
        .name = str_from(place), .line = line, .code = code, .reason = "because", .text = STR("{\"title\":")};
    assert_true(store_import_reject(store, input, &r, &f->err));
}

static struct store_forgotten forget(struct fixture *f, struct store *store, int64_t import)
{
    struct store_forgotten gone;
    bool ok = store_forget_import(store, import, &gone, &f->err);
    if (!ok)
        print_message("%s\n", f->err.text);
    assert_true(ok);
    return gone;
}

/* All cells of a query as text. */
static void dump_query(struct fixture *f, struct store *store, const char *sql, struct buf *out)
{
    struct rows *rows = store_query(store, sql, NULL, 0, &f->err);
    if (!rows)
        print_message("%s\n", f->err.text);
    assert_non_null(rows);
    while (rows_next(rows, &f->err))
        buf_printf(out, STR_FMT "\n", STR_ARG(rows_text(rows, 0)));
    assert_int_equal(f->err.kind, ERR_NONE);
    rows_close(rows);
    buf_text(out, "--\n");
}

/* Everything that does not depend on row ids; `ordered`: with what may depend on the order of imports. */
static struct str dump(struct fixture *f, struct store *store, bool ordered)
{
    struct buf out = {0};
    dump_query(
        f, store,
        "SELECT json_array(key, hash, external_id, source, source_line, reader, encoding, basis, published, lo) ||"
        " json_array(hi, date_evidence, title, subtitle, outlet, url, hint_regions, hint_agencies,"
        " hint_keywords, body_lines, body, raw) FROM article ORDER BY key",
        &out);
    dump_query(f, store,
               "SELECT json_array(a.key, COALESCE(m.name, i.name), s.line, v.digest) AS line FROM sighting s JOIN"
               " article a ON a.id = s.article JOIN input i ON i.id = s.input LEFT JOIN member m ON m.input = s.input"
               " AND m.number = s.member LEFT JOIN variant v ON v.article = s.article AND v.number = s.variant"
               " ORDER BY line",
               &out);
    dump_query(f, store,
               "SELECT json_array(a.key, v.chosen, v.evidence, v.digest, v.reader, v.basis, v.published, v.subtitle,"
               " v.hint_regions, v.title, CASE WHEN NOT v.chosen THEN COALESCE(v.body, a.body) END, CASE WHEN NOT"
               " v.chosen THEN COALESCE(v.raw, a.raw) END) AS line FROM variant v JOIN article a ON a.id = v.article"
               " ORDER BY line",
               &out);
    dump_query(f, store,
               "SELECT json_array(key, field, value) AS line FROM (SELECT a.key AS key, field, value FROM correction c"
               " JOIN article a ON a.id = c.article UNION ALL SELECT key, field, value FROM kept_correction)"
               " ORDER BY line",
               &out);
    dump_query(f, store,
               "SELECT json_array(a.key, d.basis, d.published, d.date_evidence) AS line FROM dated d JOIN article a"
               " ON a.id = d.article ORDER BY line",
               &out);
    if (ordered)
        dump_query(f, store,
                   "SELECT json_array(place, line, col, code, text, head) AS line FROM " STORE_REJECTS " ORDER BY line",
                   &out);
    struct str result = str_copy(f->arena, buf_view(&out));
    buf_free(&out);
    return result;
}

static void same(struct str a, struct str b)
{
    if (!str_equal(a, b))
        print_message("A\n" STR_FMT "\nB\n" STR_FMT "\n", STR_ARG(a), STR_ARG(b));
    assert_true(str_equal(a, b));
}

/* ---- variants ---- */

/* One of the ways in which sources give the same article. */
static struct article variant(struct arena *arena, const char *name, unsigned kind)
{
    static const char *const readers[] = {"csv/1", "json/1", "csv/2"};
    struct article a = fixture_article(arena, name, date_from(2024, 1, 16));
    a.reader = str_from(readers[kind % 3]);
    a.raw = str_from(arena_printf(arena, "raw %s %u", name, kind % 4));
    a.body = str_from(arena_printf(arena, "본문 %s %u", name, kind % 2));
    if (kind & 4)
        a.hint_regions = str_from(arena_printf(arena, "지역%u", kind % 8));
    if (kind & 8)
        a.subtitle = STR("부제");
    if (kind % 5 == 0) {
        a.basis = BASIS_METADATA;
        a.date_evidence = STR("일자");
    }
    return a;
}

static void outcomes(void **state)
{
    struct fixture *f = *state;
    struct store *store = open_begin(f, "a.db");
    int64_t import = fixture_import(f, store), input = fixture_input(f, store, import, "b.csv");
    struct article plain = variant(f->arena, "하나", 1), same_again = plain, more = variant(f->arena, "하나", 1),
                   less = plain;
    plain.source = same_again.source = more.source = less.source = STR("b.csv");
    plain.source_line = 7;
    same_again.source_line = 3;
    more.source_line = 9;
    more.hint_regions = STR("경기 시흥시");
    less.basis = BASIS_METADATA;
    less.source_line = 1;
    assert_int_equal(fixture_put(f, store, input, &plain), STORE_ADDED);
    assert_int_equal(fixture_put(f, store, input, &same_again), STORE_KNOWN);
    assert_int_equal(same_again.id, plain.id);
    assert_int_equal(fixture_int(store, "SELECT source_line FROM article"), 3);
    assert_int_equal(fixture_put(f, store, input, &more), STORE_REPLACED);
    assert_int_equal(more.id, plain.id);
    assert_int_equal(fixture_int(store, "SELECT source_line FROM article WHERE hint_regions <> ''"), 9);
    assert_int_equal(fixture_put(f, store, input, &less), STORE_KNOWN);
    assert_int_equal(fixture_put(f, store, input, &plain), STORE_KNOWN);
    end(f, store, input, 5, true);
    assert_int_equal(fixture_int(store, "SELECT added * 100 + known * 10 + replaced FROM input"), 131);
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM sighting"), 4);
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM variant"), 3);
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM manner WHERE reader = 'json/1'"), 1);
    store_close(store);
}

/* All orders of the same records make the same database. */
static void order_does_not_matter(void **state)
{
    struct fixture *f = *state;
    enum { KINDS = 5 };
    unsigned order[KINDS] = {0, 1, 6, 9, 12};
    struct str want = {NULL, 0};
    for (unsigned turn = 0; turn < 120; turn++) {
        unsigned rest[KINDS];
        memcpy(rest, order, sizeof rest);
        struct store *store = store_open_memory(&f->err);
        assert_true(store_begin(store, &f->err));
        int64_t import = fixture_import(f, store);
        for (unsigned n = KINDS, code = turn; n > 0; code /= n, n--) {
            unsigned at = code % n, kind = rest[at];
            memmove(rest + at, rest + at + 1, (n - at - 1) * sizeof *rest);
            int64_t input = fixture_input(f, store, import, arena_printf(f->arena, "%u.csv", kind));
            struct article a = variant(f->arena, "하나", kind);
            fixture_put(f, store, input, &a);
            end(f, store, input, 1, true);
        }
        struct str got = dump(f, store, false);
        if (turn == 0)
            want = got;
        same(want, got);
        store_close(store);
    }
}

/* The work a variant does not grow with their number: each is completed at most once. */
static void many_variants(void **state)
{
    struct fixture *f = *state;
    struct store *store = store_open_memory(&f->err);
    assert_true(store_begin(store, &f->err));
    int64_t import = fixture_import(f, store), input = fixture_input(f, store, import, "a.csv");
    enum { MANY = 3000 };
    for (unsigned i = 0; i < MANY; i++) {
        struct article a = fixture_article(f->arena, "하나", DATE_NONE);
        a.hint_regions = str_from(arena_printf(f->arena, "%0*u", (int)(10 + i / 100), i)); /* longer: better */
        a.source_line = i + 1;
        enum store_outcome outcome = fixture_put(f, store, input, &a);
        if (i % 100 == 0)
            assert_int_equal(outcome, i == 0 ? STORE_ADDED : STORE_REPLACED);
    }
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM variant"), MANY);
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM variant WHERE raw IS NOT NULL OR body IS NOT NULL"), 0);
    store_close(store);
}

/* ---- forgetting, against a model ---- */

enum { NAMES = 3, IMPORTS = 6, INPUTS = 3, RECORDS = 7 };

/* What one import reads: decided by its seed alone. */
struct script {
    unsigned seed;
    int64_t import;
    bool live;
};

static unsigned next(unsigned *seed)
{
    *seed = *seed * 1103515245u + 12345u;
    return *seed >> 16 & 0x7fff;
}

static int64_t play(struct fixture *f, struct store *store, unsigned seed)
{
    int64_t import = fixture_import(f, store);
    for (unsigned i = 0, n = next(&seed) % INPUTS + 1; i < n; i++) {
        const char *name = arena_printf(f->arena, "input-%u", next(&seed) % 5);
        bool undone = next(&seed) % 5 == 0, plain = next(&seed) % 3 == 0;
        assert_true(store_savepoint(store, &f->err));
        int64_t input = fixture_input(f, store, import, name);
        for (unsigned r = 0, records = next(&seed) % RECORDS; r < records; r++) {
            struct article a =
                variant(f->arena, arena_printf(f->arena, "n%u", next(&seed) % NAMES), next(&seed) % 7 * 2);
            a.source = str_from(plain ? name : arena_printf(f->arena, "%s!part-%u", name, r / 2));
            a.source_line = next(&seed) % 4;
            fixture_put(f, store, input, &a);
            if (next(&seed) % 4 == 0)
                reject(f, store, input, plain ? name : "other!place", r + 1, "no-body");
        }
        if (undone) {
            store_savepoint_undo(store);
        } else {
            end(f, store, input, 1, true);
            assert_true(store_savepoint_keep(store, &f->err));
        }
    }
    return import;
}

static void correct(struct fixture *f, struct store *store, unsigned name, const char *date)
{
    struct article a = fixture_article(f->arena, arena_printf(f->arena, "n%u", name), date_from(2024, 1, 16));
    struct param key = {.type = PARAM_TEXT, .text = str_from(a.key)};
    struct rows *rows = store_query(store, "SELECT id FROM article WHERE key = ?1", &key, 1, &f->err);
    int64_t id = rows && rows_next(rows, &f->err) ? rows_int(rows, 0) : 0;
    rows_close(rows);
    if (id)
        assert_true(store_put_correction(store, id, CORRECTION_DATE, str_from(date), &f->err) &&
                    store_put_correction(store, id, CORRECTION_NOTE, STR("메모"), &f->err));
}

/* After every step the database is that of its living imports alone, in their order; but for what was set aside, in any
 * order. */
static void forgetting_is_never_having_imported(void **state)
{
    struct fixture *f = *state;
    for (unsigned run = 1; run <= 24; run++) {
        struct script scripts[IMPORTS] = {{0}};
        unsigned seed = run * 7919, corrected = 0;
        struct store *store = store_open_memory(&f->err);
        assert_true(store_begin(store, &f->err));
        for (unsigned step = 0; step < 14; step++) {
            struct script *s = &scripts[next(&seed) % IMPORTS];
            if (s->live)
                forget(f, store, s->import);
            else
                *s = (struct script){.seed = next(&seed)};
            s->live = !s->live;
            if (s->live)
                s->import = play(f, store, s->seed);
            if (step == 7 && run % 3 == 0) {
                int64_t before = fixture_int(store, "SELECT COUNT(*) FROM article");
                correct(f, store, 1, "2024-02-02");
                corrected = before > 0 && fixture_int(store, "SELECT COUNT(*) FROM correction") > 0;
            }
            for (int turned = 0; turned < 2; turned++) {
                struct store *fresh = store_open_memory(&f->err);
                assert_true(store_begin(fresh, &f->err));
                if (corrected) { /* was said before the article came: it waits */
                    struct article a = fixture_article(f->arena, "n1", date_from(2024, 1, 16));
                    int64_t import = fixture_import(f, fresh), input = fixture_input(f, fresh, import, "first");
                    fixture_put(f, fresh, input, &a);
                    end(f, fresh, input, 1, true);
                    correct(f, fresh, 1, "2024-02-02");
                    assert_int_equal(forget(f, fresh, import).corrections, 2);
                }
                int64_t last = 0;
                for (unsigned i = 0; i < IMPORTS; i++) {
                    struct script *best = NULL;
                    for (unsigned k = 0; k < IMPORTS; k++)
                        if (scripts[k].live && (turned ? k == i : scripts[k].import > last) &&
                            (!best || scripts[k].import < best->import))
                            best = &scripts[k];
                    if (best)
                        play(f, fresh, best->seed);
                    last = best ? best->import : INT64_MAX;
                }
                same(dump(f, fresh, !turned), dump(f, store, !turned));
                store_close(fresh);
            }
        }
        for (unsigned k = 0; k < IMPORTS; k++)
            if (scripts[k].live)
                forget(f, store, scripts[k].import);
        assert_int_equal(fixture_int(store, "SELECT (SELECT COUNT(*) FROM article) + (SELECT COUNT(*) FROM input) +"
                                            " (SELECT COUNT(*) FROM sighting) + (SELECT COUNT(*) FROM variant) +"
                                            " (SELECT COUNT(*) FROM member) + (SELECT COUNT(*) FROM reject) +"
                                            " (SELECT COUNT(*) FROM heading) + (SELECT COUNT(*) FROM import)"),
                         0);
        store_close(store);
        arena_reset(f->arena);
    }
}

/* Findings and initiatives go with the article, corrections come back with it. */
static void forgetting_takes_all_of_it(void **state)
{
    struct fixture *f = *state;
    struct store *store = open_begin(f, "a.db");
    int64_t import = fixture_import(f, store), input = fixture_input(f, store, import, "a.csv");
    struct article a = fixture_article(f->arena, "하나", date_from(2024, 1, 16)), again = a;
    struct finding city = {FINDING_CITY, STR("41390"), 0, 0.9, STR("test"), 0, 0, false};
    fixture_put(f, store, input, &a);
    end(f, store, input, 1, true);
    assert_true(store_put_analysis(store, a.id, "r1",
                                   &(struct analysis){.findings = &city, .n = 1, .is_initiative = true, .score = 0.9},
                                   &f->err));
    const struct str units[] = {STR("41390")}, categories[] = {STR("startup")};
    const struct initiative_record item = {.key = "i00",
                                           .title = a.title,
                                           .articles = &a.id,
                                           .n_articles = 1,
                                           .units = units,
                                           .n_units = 1,
                                           .categories = categories,
                                           .n_categories = 1};
    assert_true(store_put_initiatives(store, &item, 1, &f->err));
    const struct {
        enum correction_field field;
        const char *value;
    } said[] = {{CORRECTION_CITY, "47110;51130"},
                {CORRECTION_CATEGORY, "bio"},
                {CORRECTION_INITIATIVE, "yes"},
                {CORRECTION_DATE, "2024-02-02"}};
    for (size_t i = 0; i < 4; i++)
        assert_true(store_put_correction(store, a.id, said[i].field, str_from(said[i].value), &f->err));
    struct store_forgotten gone = forget(f, store, import);
    assert_int_equal(gone.articles, 1);
    assert_int_equal(gone.initiatives, 1);
    assert_int_equal(gone.corrections, 4);
    assert_int_equal(gone.inputs, 1);
    static const char *const tables[] = {"article",
                                         "finding",
                                         "analysis",
                                         "initiative",
                                         "initiative_article",
                                         "initiative_unit",
                                         "initiative_category",
                                         "tally",
                                         "correction",
                                         "dated"};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        assert_int_equal(fixture_int(store, arena_printf(f->arena, "SELECT COUNT(*) FROM %s", tables[i])), 0);
    struct store_forgotten none;
    assert_false(store_forget_import(store, import, &none, &f->err));
    assert_int_equal(f->err.kind, ERR_USAGE);
    f->err = (struct err){0};

    int64_t second = fixture_import(f, store);
    assert_true(second > import); /* a number is never used again */
    input = fixture_input(f, store, second, "b.csv");
    assert_int_equal(fixture_put(f, store, input, &again), STORE_ADDED);
    end(f, store, input, 1, true);
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM correction"), 4);
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM kept_correction"), 0);
    assert_int_equal(fixture_int(store, "SELECT published FROM article"), date_from(2024, 2, 2));
    assert_int_equal(fixture_int(store, "SELECT published FROM dated"), date_from(2024, 1, 16));
    assert_true(store_put_analysis(store, again.id, "r1", &(struct analysis){.findings = &city, .n = 1, .score = 0.1},
                                   &f->err));
    assert_int_equal(fixture_int(store, "SELECT is_initiative FROM analysis"), 1);
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM finding WHERE by_person"), 4);
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM finding"), 4);
    store_close(store);
}

/* ---- inputs ---- */

static void resuming(void **state)
{
    struct fixture *f = *state;
    struct store *store = open_begin(f, "a.db");
    struct import_input is = {.name = STR("폴더/큰 파일.csv"), .bytes = 1000, .mtime = 5, .how = STR("1")};
    bool complete;
    size_t items;
    int64_t input, first = fixture_import(f, store);
    assert_true(store_find_input(store, &is, &complete, &items, &f->err));
    assert_true(!complete && items == 0);
    assert_true(store_begin_input(store, first, &is, &input, &f->err));
    reject(f, store, input, "폴더/큰 파일.csv", 2, "no-body");
    struct article a = fixture_article(f->arena, "하나", DATE_NONE), b = fixture_article(f->arena, "둘", DATE_NONE);
    fixture_put(f, store, input, &a);
    end(f, store, input, 40, false);
    assert_true(store_find_input(store, &is, &complete, &items, &f->err));
    assert_true(!complete && items == 40);

    int64_t second = fixture_import(f, store);
    assert_true(store_begin_input(store, second, &is, &input, &f->err));
    fixture_put(f, store, input, &b);
    end(f, store, input, 100, true);
    assert_true(store_find_input(store, &is, &complete, &items, &f->err));
    assert_true(complete && items == 0);
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM " STORE_REJECTS), 1); /* it went on: this one stands */

    struct import_input others[] = {is, is, is, is};
    others[0].bytes++;
    others[1].mtime++;
    others[2].how = STR("2");
    others[3].name = STR("폴더/큰 파일.cs");
    for (size_t i = 0; i < 4; i++) {
        assert_true(store_find_input(store, &others[i], &complete, &items, &f->err));
        assert_true(!complete && items == 0);
    }
    forget(f, store, first); /* the second holds only the rest */
    assert_true(store_find_input(store, &is, &complete, &items, &f->err));
    assert_true(!complete && items == 0);

    int64_t third = fixture_import(f, store);
    assert_true(store_begin_input(store, third, &is, &input, &f->err));
    reject(f, store, input, "폴더/큰 파일.csv", 2, "no-body");
    end(f, store, input, 0, true);
    assert_true(store_begin_input(store, third, &others[0], &input, &f->err)); /* changed: read anew */
    end(f, store, input, 0, true);
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM " STORE_REJECTS), 0);
    assert_true(store_find_input(store, &(struct import_input){.name = STR("-"), .bytes = -1, .how = STR("1")},
                                 &complete, &items, &f->err));
    assert_false(complete);
    store_close(store);
}

static void faulty_inputs(void **state)
{
    struct fixture *f = *state;
    struct store *store = open_begin(f, "a.db");
    int64_t import = fixture_import(f, store), input;
    assert_true(store_savepoint(store, &f->err));
    input = fixture_input(f, store, import, "bad.zip");
    for (int i = 0; i < 3; i++) {
        struct article a = fixture_article(f->arena, arena_printf(f->arena, "%d", i), DATE_NONE);
        fixture_put(f, store, input, &a);
    }
    store_savepoint_undo(store);
    input = fixture_input(f, store, import, "bad.zip");
    assert_true(store_end_input(store, input, 0, false, "a.csv: checksum", &f->err));
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM article"), 0);
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM input WHERE fault = 'a.csv: checksum'"), 1);
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM " STORE_REJECTS " WHERE code = 'faulty-file'"), 1);
    bool complete;
    size_t items;
    const struct import_input is = {.name = STR("bad.zip"), .bytes = 7, .mtime = 1, .how = STR("1")};
    assert_true(store_find_input(store, &is, &complete, &items, &f->err));
    assert_true(!complete && items == 0); /* it is tried again */
    store_close(store);
}

static void rejects_are_struck_off(void **state)
{
    struct fixture *f = *state;
    struct store *store = open_begin(f, "a.db");
    size_t n;
    int64_t import = fixture_import(f, store), input = fixture_input(f, store, import, "a.csv");
    for (size_t i = 1; i <= 3; i++)
        reject(f, store, input, "a.csv", i, i == 1 ? STORE_EXCLUDED : "no-body");
    end(f, store, input, 3, true);
    assert_int_equal(fixture_int(store, "SELECT excluded * 10 + rejected FROM input"), 12);
    assert_true(store_remove_rejects(store, 99, 0, NULL, &n, &f->err));
    assert_int_equal(n, 0);
    assert_true(store_remove_rejects(store, 1, 0, NULL, &n, &f->err));
    assert_int_equal(n, 1);
    assert_true(store_remove_rejects(store, 0, import, "other", &n, &f->err));
    assert_int_equal(n, 0);
    assert_true(store_remove_rejects(store, 0, import, NULL, &n, &f->err));
    assert_int_equal(n, 2);
    store_close(store);
}

/* Names of any characters and length are kept as they are. */
static void odd_names(void **state)
{
    struct fixture *f = *state;
    struct store *store = open_begin(f, "a.db");
    char *longest = memset(arena_alloc(f->arena, 10001), 'x', 10000);
    const struct str names[] = {STR("\x1b[31m\r\n\t"), {longest, 10000},    STR(""),
                                STR("a\0b"),           STR("\xef\xbf\xbd"), STR("'; DROP TABLE article; --")};
    int64_t import = fixture_import(f, store), input;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct import_input is = {.name = names[i], .bytes = 1, .mtime = 1, .how = names[i]};
        struct article a = fixture_article(f->arena, arena_printf(f->arena, "%zu", i), DATE_NONE);
        a.source = a.reader = names[i];
        bool complete;
        size_t items;
        assert_true(store_begin_input(store, import, &is, &input, &f->err));
        fixture_put(f, store, input, &a);
        reject(f, store, input, "place", 1, "code");
        end(f, store, input, 1, true);
        assert_true(store_find_input(store, &is, &complete, &items, &f->err));
        assert_true(complete);
    }
    assert_int_equal(fixture_int(store, "SELECT COUNT(DISTINCT name) FROM input"), 6);
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM sighting WHERE member > 0"), 0);
    assert_int_equal(fixture_int(store, "SELECT MAX(length(name)) FROM input"), 10000);
    forget(f, store, import);
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM article"), 0);
    store_close(store);
}

/* ---- migration ---- */

/* What five steps made, filled by plain SQL as the program of that version did. */
static void fifth_version_gets_provenance(void **state)
{
    struct fixture *f = *state;
    struct str steps[STORE_STEPS];
    struct store_options options = store_shipped(steps);
    options.n_steps = 5;
    struct store *store = store_open_with(f->path, STORE_WRITE, &options, &f->err);
    assert_non_null(store);
    assert_true(store_begin(store, &f->err));
    static const char *const sources[] = {"pages/하나.txt", "a.jsonl", "a.jsonl", "-"};
    for (int i = 0; i < 4; i++) {
        struct article a = fixture_article(f->arena, arena_printf(f->arena, "m%d", i), date_from(2024, 1, 16));
        bool added;
        a.source = str_from(sources[i]);
        a.source_line = i == 1 || i == 2 ? (size_t)i : 0;
        assert_true(store_put_article(store, &a, &added, &f->err));
    }
    assert_true(
        store_exec(store,
                   "INSERT INTO reject VALUES ('a.jsonl', 7, 'no-body', 'why'), ('a.jsonl', 8, 'no-body', 'why'),"
                   " ('gone.txt', 0, 'no-article', 'why')",
                   &f->err));
    assert_true(store_commit(store, &f->err));
    store_close(store);

    store = fixture_open(f, STORE_WRITE);
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM import WHERE started IS NULL"), 1);
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM input"), 4);
    assert_int_equal(fixture_int(store,
                                 "SELECT COUNT(*) FROM sighting s JOIN article a ON a.id = s.article JOIN input i"
                                 " ON i.id = s.input WHERE i.name = a.source AND s.line = a.source_line"),
                     4);
    assert_int_equal(fixture_int(store, "SELECT SUM(added) FROM input"), 4);
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM " STORE_REJECTS), 3);
    assert_true(store_begin(store, &f->err));
    int64_t import = fixture_import(f, store), input = fixture_input(f, store, import, "a.jsonl");
    struct article again = fixture_article(f->arena, "m1", date_from(2024, 1, 16));
    again.source = STR("a.jsonl");
    again.source_line = 1;
    assert_int_equal(fixture_put(f, store, input, &again), STORE_KNOWN);
    end(f, store, input, 2, true);
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM " STORE_REJECTS), 1); /* read anew */
    assert_int_equal(forget(f, store, 1).articles, 3);
    assert_int_equal(fixture_int(store, "SELECT COUNT(*) FROM article"), 1);
    assert_true(store_commit(store, &f->err));
    store_close(store);
    store_close(fixture_open(f, STORE_READ));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(outcomes),
        TEST(order_does_not_matter),
        TEST(many_variants),
        TEST(forgetting_is_never_having_imported),
        TEST(forgetting_takes_all_of_it),
        TEST(resuming),
        TEST(faulty_inputs),
        TEST(rejects_are_struck_off),
        TEST(odd_names),
        TEST(fifth_version_gets_provenance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
