/* Random databases of a fixed seed: every figure of the brief against a naive recount over plain arrays, which knows
 * nothing of the tally, its ranks or its sums. And: the order of import must not reach the brief. */
#include "brief_fixture.h"

enum { INITIATIVES = 120, MAX_ARTICLES = 6, MAX_UNITS = 4, CATEGORIES = 3 };

struct made {
    int n_articles, n_units, n_categories;
    date_t days[MAX_ARTICLES]; /* DATE_NONE: undated */
    const char *units[MAX_UNITS];
    int categories[CATEGORIES];
};

struct world {
    struct made items[INITIATIVES];
    uint64_t seed;
};

static unsigned draw(struct world *w, unsigned below)
{
    w->seed = w->seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(w->seed >> 33) % below;
}

/* Cities of few provinces, so that they meet; 군위 moves, 42110's province changes its code, 41000 acts as a whole. */
static const char *const pool[] = {"41390", "41280", "41630", "47110", "27720", "47130", "51110", "41000", "11110"};

static void make_world(struct world *w, uint64_t seed)
{
    *w = (struct world){.seed = seed};
    for (int i = 0; i < INITIATIVES; i++) {
        struct made *m = &w->items[i];
        date_t centre = date_from(2022, 9, 1) + (date_t)draw(w, 640);
        m->n_articles = 1 + (int)draw(w, MAX_ARTICLES);
        for (int k = 0; k < m->n_articles; k++)
            m->days[k] = draw(w, 8) == 0 ? DATE_NONE : centre + (date_t)draw(w, draw(w, 4) ? 20 : 400);
        int units = 1 + (int)draw(w, MAX_UNITS);
        for (int k = 0; k < units; k++) {
            const char *unit = pool[draw(w, sizeof pool / sizeof *pool)];
            bool known = false;
            for (int j = 0; j < m->n_units; j++)
                known |= m->units[j] == unit;
            if (!known)
                m->units[m->n_units++] = unit;
        }
        unsigned first = draw(w, CATEGORIES);
        m->n_categories = 1 + (int)draw(w, CATEGORIES);
        for (int k = 0; k < m->n_categories; k++)
            m->categories[k] = (int)(first + (unsigned)k) % CATEGORIES;
    }
}

static struct store *fill(struct fixture *f, const struct world *w, bool backwards)
{
    struct store *store = fixture_open(f, STORE_WRITE);
    assert_true(store_begin(store, &f->err));
    for (int n = 0; n < INITIATIVES; n++) {
        int i = backwards ? INITIATIVES - 1 - n : n;
        const struct made *m = &w->items[i];
        struct buf units = {0}, categories = {0};
        for (int k = 0; k < m->n_units; k++)
            buf_printf(&units, "%s%s", k ? " " : "", m->units[k]);
        for (int k = 0; k < m->n_categories; k++)
            buf_printf(&categories, "%s" STR_FMT, k ? " " : "", STR_ARG(f->taxonomy.items[m->categories[k]].key));
        brief_initiative(f, store, arena_printf(f->arena, "i%d", i), units.p, categories.p, m->days,
                         (size_t)m->n_articles);
        buf_free(&units);
        buf_free(&categories);
    }
    assert_true(store_commit(store, &f->err));
    return store;
}

/* The naive count: initiatives with an article in the span, and such articles, in any of the places and the category.
 */
struct where {
    struct fixture *f;
    const char *unit, *sido; /* NULL: anywhere */
    date_t at;               /* day on which a unit's 시·도 is asked */
    int category;            /* -1: any */
};

static bool is_there(const struct where *where, const struct made *m)
{
    bool place = !where->unit && !where->sido, category = where->category < 0;
    for (int i = 0; i < m->n_units; i++) {
        const struct region *r = regions_at(&where->f->regions, m->units[i], where->at);
        const char *sido = r->type == REGION_SIDO ? r->unit : r->parent;
        place |=
            (where->unit && strcmp(m->units[i], where->unit) == 0) || (where->sido && strcmp(sido, where->sido) == 0);
    }
    for (int i = 0; i < m->n_categories; i++)
        category |= m->categories[i] == where->category;
    return place && category;
}

static struct counts recount(const struct world *w, const struct where *where, date_t from, date_t to)
{
    struct counts out = {0, 0};
    for (int i = 0; i < INITIATIVES; i++) {
        int64_t articles = 0;
        if (!is_there(where, &w->items[i]))
            continue;
        for (int k = 0; k < w->items[i].n_articles; k++)
            articles += w->items[i].days[k] != DATE_NONE && w->items[i].days[k] >= from && w->items[i].days[k] <= to;
        out.initiatives += articles > 0;
        out.articles += articles;
    }
    return out;
}

static void expect_counts(struct counts got, struct counts want)
{
    assert_int_equal(got.initiatives, want.initiatives);
    assert_int_equal(got.articles, want.articles);
}

static void expect_spans(const struct world *w, struct where where, const struct brief *b,
                         const struct span_counts *total, const struct span_counts *by_category)
{
    for (int c = -1; c < CATEGORIES; c++) {
        const struct span_counts *got = c < 0 ? total : &by_category[c];
        where.category = c;
        expect_counts(got->now, recount(w, &where, b->from, b->to));
        expect_counts(got->previous, recount(w, &where, b->previous_from, b->previous_to));
        expect_counts(got->year_ago, recount(w, &where, b->year_ago_from, b->year_ago_to));
        expect_counts(got->twelve_months, recount(w, &where, b->twelve_from, b->twelve_to));
    }
}

static void check_city(const struct world *w, struct where where, const struct brief *b, const struct brief_city *city)
{
    int rank = 1;
    expect_spans(w, where, b, &city->total, city->by_category);
    where.category = -1;
    struct counts before = recount(w, &where, b->year_ago_from, b->previous_to);
    assert_int_equal(city->is_new, city->total.now.initiatives > 0 && before.initiatives == 0);
    for (size_t i = 0; i < b->n_cities; i++)
        rank += b->cities[i].total.now.initiatives > city->total.now.initiatives;
    if (where.unit)
        assert_int_equal(city->rank, city->total.now.initiatives ? rank : 0);
}

static void check_brief(struct fixture *f, const struct world *w, const struct brief *b)
{
    struct where where = {f, NULL, NULL, b->to, -1};
    size_t seen = 0;
    expect_spans(w, where, b, &b->total, b->by_category);
    for (size_t i = 0; i < sizeof pool / sizeof *pool; i++) {
        where.unit = pool[i];
        struct counts any = recount(w, &where, b->year_ago_from, b->to);
        seen += any.initiatives > 0;
    }
    assert_int_equal(b->n_cities, seen);
    for (size_t i = 0; i < b->n_cities; i++) {
        where.unit = b->cities[i].region->unit;
        check_city(w, where, b, &b->cities[i]);
    }
    for (size_t i = 0; i < b->n_sidos; i++) {
        where.unit = NULL;
        where.sido = b->sidos[i].region->unit;
        check_city(w, where, b, &b->sidos[i]);
    }
    where = (struct where){f, NULL, NULL, b->to, -1};
    for (int i = 0; i < 13; i++)
        for (int c = -1; c < CATEGORIES; c++) {
            date_t from = b->trend[i].month;
            where.category = c;
            expect_counts(c < 0 ? b->trend[i].total : b->trend[i].by_category[c],
                          recount(w, &where, from, date_month_end(from)));
        }
    assert_int_equal(b->n_initiatives, b->total.now.initiatives);
    assert_int_equal(b->n_sources, b->total.now.articles);
    int64_t in_months = 0;
    for (size_t i = 0; i < b->n_initiatives; i++) {
        in_months += (int64_t)b->initiatives[i].n_articles;
        assert_true(b->initiatives[i].first >= b->from && b->initiatives[i].last <= b->to);
    }
    assert_int_equal(in_months, b->total.now.articles);
}

static void figures_equal_a_naive_recount(void **state)
{
    struct fixture *f = *state;
    for (uint64_t seed = 1; seed <= 4; seed++) {
        struct world *w = ARENA_NEW(f->arena, struct world);
        make_world(w, seed);
        struct store *store = fill(f, w, false);
        for (int month = 0; month < 26; month++) {
            struct brief b;
            struct ymd at = date_split(date_add_months(date_from(2022, 8, 1), month));
            brief_of(f, store, at.year, at.month, &b);
            check_brief(f, w, &b);
        }
        store_close(store);
        unlink(f->path);
    }
}

static void put_source(struct buf *out, const struct brief_source *s)
{
    buf_printf(out, "%d " STR_FMT " " STR_FMT " %s " STR_FMT " %zu %.3f;", s->number, STR_ARG(s->key),
               STR_ARG(s->title), date_iso(s->published).p, STR_ARG(s->initiative), s->n_regions, s->score);
}

/* The brief as text, to compare two of them. */
static struct str print(struct fixture *f, const struct brief *b)
{
    struct buf out = {0};
    for (size_t i = 0; i < b->n_cities; i++)
        buf_printf(&out, "%s %d %d;", b->cities[i].region->code, b->cities[i].rank, b->cities[i].previous_rank);
    for (size_t i = 0; i < b->n_initiatives; i++) {
        const struct brief_initiative *n = &b->initiatives[i];
        buf_printf(&out, "\n%d " STR_FMT " " STR_FMT " %s:", n->number, STR_ARG(n->key), STR_ARG(n->title),
                   n->regions[0]->code);
        for (size_t k = 0; k < n->n_articles; k++)
            buf_printf(&out, " %d", n->articles[k]->number);
    }
    for (size_t i = 0; i < b->n_sources; i++)
        put_source(&out, &b->sources[i]);
    for (size_t i = 0; i < b->n_undated; i++)
        put_source(&out, &b->undated[i]);
    for (size_t i = 0; i < b->n_doubtful; i++)
        put_source(&out, &b->doubtful[i]);
    struct str text = str_copy(f->arena, buf_view(&out));
    buf_free(&out);
    return text;
}

static void order_of_import_does_not_show(void **state)
{
    struct fixture *f = *state;
    struct world *w = ARENA_NEW(f->arena, struct world);
    struct str texts[2];
    make_world(w, 99);
    for (int turn = 0; turn < 2; turn++) {
        struct brief b;
        struct store *store = fill(f, w, turn);
        brief_of(f, store, 2023, 6, &b);
        texts[turn] = print(f, &b);
        store_close(store);
        unlink(f->path);
    }
    assert_true(texts[0].n > 500);
    assert_true(str_equal(texts[0], texts[1]));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(figures_equal_a_naive_recount),
        TEST(order_of_import_does_not_show),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
