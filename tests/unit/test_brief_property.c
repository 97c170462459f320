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

/* A question to the naive count. */
struct where {
    struct fixture *f;
    const struct brief *b;
    const char *unit, *sido; /* of the row: NULL where it is the whole */
    int category;            /* of the column: index into the taxonomy of all; -1: any */
    bool country;            /* whatever regions the scope has */
};

static const char *sido_of(const struct where *where, const char *unit)
{
    const struct region *r = regions_at(&where->f->regions, unit, where->b->to);
    return r->type == REGION_SIDO ? r->unit : r->parent;
}

static bool place_fits(const struct where *where, const char *unit)
{
    const struct brief_scope *scope = &where->b->scope;
    bool row = (!where->unit || strcmp(unit, where->unit) == 0) &&
               (!where->sido || strcmp(sido_of(where, unit), where->sido) == 0);
    bool named = where->country || scope->n_regions == 0;
    for (size_t i = 0; i < scope->n_regions; i++)
        named |=
            strcmp(scope->regions[i]->unit, unit) == 0 || strcmp(scope->regions[i]->unit, sido_of(where, unit)) == 0;
    return row && named;
}

static bool has_category(const struct made *m, int category)
{
    bool found = category < 0;
    for (int i = 0; i < m->n_categories; i++)
        found |= m->categories[i] == category;
    return found;
}

static bool is_there(const struct where *where, const struct made *m)
{
    bool place = false;
    for (int i = 0; i < m->n_units; i++)
        place |= place_fits(where, m->units[i]);
    return place && has_category(m, where->category) && has_category(m, (int)where->b->scope.category - 1);
}

/* Initiatives with an article in the span, and such articles. */
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

/* The category of a column of the brief, by its key. */
static int column(const struct fixture *f, const struct brief *b, int c)
{
    int found = -1;
    for (size_t i = 0; c >= 0 && i < f->taxonomy.n; i++)
        if (str_equal(f->taxonomy.items[i].key, b->taxonomy.items[c].key))
            found = (int)i;
    return found;
}

static void expect_spans(const struct world *w, struct where where, const struct span_counts *total,
                         const struct span_counts *by_category)
{
    const struct brief *b = where.b;
    for (int c = -1; c < (int)b->taxonomy.n; c++) {
        const struct span_counts *got = c < 0 ? total : &by_category[c];
        where.category = column(where.f, b, c);
        expect_counts(got->now, recount(w, &where, b->from, b->to));
        expect_counts(got->previous, recount(w, &where, b->previous_from, b->previous_to));
        expect_counts(got->year_ago, recount(w, &where, b->year_ago_from, b->year_ago_to));
        expect_counts(got->twelve_months, recount(w, &where, b->twelve_from, b->twelve_to));
    }
}

/* 1 + places of the country, or of one 시·도, with more. */
static int country_rank(const struct world *w, struct where where, const char *sido, int64_t now)
{
    int rank = 1;
    where.country = true;
    for (size_t i = 0; i < sizeof pool / sizeof *pool; i++) {
        where.unit = pool[i];
        rank += (!sido || strcmp(sido_of(&where, pool[i]), sido) == 0) &&
                recount(w, &where, where.b->from, where.b->to).initiatives > now;
    }
    return now ? rank : 0;
}

static void check_city(const struct world *w, struct where where, const struct brief_city *city)
{
    const struct brief *b = where.b;
    int rank = 1, previous = 1;
    expect_spans(w, where, &city->total, city->by_category);
    where.category = -1;
    struct counts before = recount(w, &where, b->year_ago_from, b->from - 1);
    assert_int_equal(city->is_new, city->total.now.initiatives > 0 && before.initiatives == 0);
    for (size_t i = 0; i < b->n_trend; i++)
        assert_int_equal(city->months[i],
                         recount(w, &where, b->trend[i].month, date_month_end(b->trend[i].month)).initiatives);
    if (!where.unit)
        return;
    for (size_t i = 0; i < b->n_cities; i++) {
        rank += b->cities[i].total.now.initiatives > city->total.now.initiatives;
        previous += b->cities[i].total.previous.initiatives > city->total.previous.initiatives;
    }
    assert_int_equal(city->rank, city->total.now.initiatives ? rank : 0);
    assert_int_equal(city->previous_rank, city->total.previous.initiatives ? previous : 0);
    assert_int_equal(city->nation_rank, country_rank(w, where, NULL, city->total.now.initiatives));
    assert_int_equal(city->sido_rank, country_rank(w, where, sido_of(&where, where.unit), city->total.now.initiatives));
}

static void check_places(const struct world *w, struct where where)
{
    const struct brief *b = where.b;
    size_t seen = 0;
    for (size_t i = 0; i < sizeof pool / sizeof *pool; i++) {
        where.unit = pool[i];
        seen += recount(w, &where, b->from, b->to).articles > 0 ||
                recount(w, &where, b->previous_from, b->previous_to).articles > 0 ||
                recount(w, &where, b->year_ago_from, b->year_ago_to).articles > 0 ||
                recount(w, &where, b->twelve_from, b->twelve_to).articles > 0;
    }
    assert_int_equal(b->n_cities, seen);
    for (size_t i = 0; i < b->n_cities; i++) {
        where.unit = b->cities[i].region->unit;
        check_city(w, where, &b->cities[i]);
    }
    where.unit = NULL;
    for (size_t i = 0; i < b->n_sidos; i++) {
        where.sido = b->sidos[i].region->unit;
        check_city(w, where, &b->sidos[i]);
    }
    if (b->scope.n_regions == 0)
        assert_int_equal(b->n_sidos, 17);
}

static void check_trend(const struct world *w, struct where where)
{
    const struct brief *b = where.b;
    assert_int_equal(b->trend[0].month, date_month_start(b->year_ago_from));
    assert_int_equal(b->trend[b->n_trend - 1].month, date_month_start(b->to));
    for (size_t i = 0; i < b->n_trend; i++)
        for (int c = -1; c < (int)b->taxonomy.n; c++) {
            date_t from = b->trend[i].month;
            where.category = column(where.f, b, c);
            expect_counts(c < 0 ? b->trend[i].total : b->trend[i].by_category[c],
                          recount(w, &where, from, date_month_end(from)));
        }
}

static void check_initiatives(const struct world *w, struct where where)
{
    const struct brief *b = where.b;
    int64_t articles = 0;
    size_t fresh = 0, want = 0, doubtful = 0;
    assert_int_equal(b->n_initiatives, b->total.now.initiatives);
    assert_int_equal(b->n_sources, b->total.now.articles);
    for (size_t i = 0; i < b->n_initiatives; i++) {
        const struct brief_initiative *one = &b->initiatives[i];
        articles += (int64_t)one->n_articles;
        fresh += one->in_period_only;
        doubtful += one->score < BRIEF_REVIEW_SCORE;
        assert_true(one->first >= b->from && one->last <= b->to);
        assert_int_equal(one->first, one->articles[0]->published);
        assert_true(place_fits(&where, one->place->unit));
        for (size_t k = 0; k < one->n_regions && one->regions[k] != one->place; k++)
            assert_false(place_fits(&where, one->regions[k]->unit));
    }
    assert_int_equal(articles, b->total.now.articles);
    assert_int_equal(doubtful, b->doubtful_initiatives);
    for (int i = 0; i < INITIATIVES; i++) {
        const struct made *m = &w->items[i];
        bool now = false, before = false;
        for (int k = 0; k < m->n_articles; k++) {
            now |= m->days[k] >= b->from && m->days[k] <= b->to;
            before |= m->days[k] != DATE_NONE && m->days[k] < b->from;
        }
        want += is_there(&where, m) && now && !before;
    }
    assert_int_equal(fresh, want);
}

static int64_t collected_in(const struct world *w, date_t from, date_t to)
{
    int64_t articles = 0;
    for (int i = 0; i < INITIATIVES; i++)
        for (int k = 0; k < w->items[i].n_articles; k++)
            articles += w->items[i].days[k] >= from && w->items[i].days[k] <= to;
    return articles;
}

static void check_coverage(const struct world *w, const struct brief_coverage *got, date_t from, date_t to)
{
    struct brief_coverage want = {.first = DATE_NONE, .last = DATE_NONE};
    for (date_t day = from; day <= to; day++) {
        int64_t articles = collected_in(w, day, day);
        if (articles == 0)
            continue;
        want.articles += articles;
        want.first = want.days++ ? want.first : day;
        want.last = day;
    }
    assert_int_equal(got->articles, want.articles);
    assert_int_equal(got->days, want.days);
    assert_int_equal(got->first, want.first);
    assert_int_equal(got->last, want.last);
}

/* An article is found to speak of its initiative's first city and category (brief_fixture.h). */
static void check_undated(const struct world *w, const struct where *where)
{
    size_t want = 0;
    for (int i = 0; i < INITIATIVES; i++) {
        const struct made *m = &w->items[i];
        int category = (int)where->b->scope.category - 1;
        for (int k = 0; k < m->n_articles; k++)
            want += m->days[k] == DATE_NONE && place_fits(where, m->units[0]) &&
                    (category < 0 || m->categories[0] == category);
    }
    assert_int_equal(where->b->n_undated, want);
}

static void check_brief(struct fixture *f, const struct world *w, const struct brief *b)
{
    const struct where where = {.f = f, .b = b, .category = -1};
    expect_spans(w, where, &b->total, b->by_category);
    check_places(w, where);
    check_trend(w, where);
    check_initiatives(w, where);
    check_undated(w, &where);
    if (b->scope.n_regions == 0 && b->scope.category == 0) { /* the same in every scope */
        check_coverage(w, &b->collected, b->from, b->to);
        check_coverage(w, &b->collected_previous, b->previous_from, b->previous_to);
        check_coverage(w, &b->collected_year_ago, b->year_ago_from, b->year_ago_to);
        assert_int_equal(b->collected_twelve, collected_in(w, b->twelve_from, b->twelve_to));
        assert_int_equal(b->collected_before, collected_in(w, b->year_ago_from, b->from - 1));
    }
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

/* A month, a quarter, a year, some months or some days. */
static void draw_period(struct world *w, date_t *from, date_t *to)
{
    static const int lengths[] = {1, 3, 12};
    unsigned kind = draw(w, 5);
    int months = kind < 3 ? lengths[kind] : 2 + (int)draw(w, 20), start = (int)draw(w, 26);
    *from = date_add_months(date_from(2022, 1, 1), kind < 3 ? start / months * months : start);
    *to = date_add_months(*from, months) - 1;
    if (kind == 4) {
        *from += (date_t)draw(w, 31);
        *to = *from + (date_t)draw(w, draw(w, 2) ? 40 : 600);
    }
}

static const char *draw_regions(struct world *w, struct arena *arena)
{
    static const char *const more[] = {"41000", "47000", "27000", "11000", "41281", "48000"};
    enum { POOL = sizeof pool / sizeof *pool, MORE = sizeof more / sizeof *more };
    const char *list = "";
    for (unsigned n = draw(w, 4); n > 0; n--) {
        unsigned which = draw(w, POOL + MORE);
        list = arena_printf(arena, "%s%s%s", list, *list ? " " : "", which < POOL ? pool[which] : more[which - POOL]);
    }
    return list;
}

/* One reading of the database serves several scopes, after it is closed. */
static void any_period_and_scope_equals_a_naive_recount(void **state)
{
    struct fixture *f = *state;
    size_t kinds[PERIOD_DAYS + 1] = {0};
    for (uint64_t seed = 11; seed <= 13; seed++) {
        struct world *w = ARENA_NEW(f->arena, struct world);
        make_world(w, seed);
        store_close(fill(f, w, false));
        for (int turn = 0; turn < 16; turn++) {
            struct brief b;
            date_t from, to;
            draw_period(w, &from, &to);
            struct store *store = fixture_open(f, STORE_READ);
            struct brief_data *data = brief_load(store, f->arena, &f->regions, &f->taxonomy, from, to, &f->err);
            store_close(store);
            assert_non_null(data);
            for (int scope = 0; scope < 3; scope++) {
                struct brief_scope wanted;
                brief_scope_of(f, draw_regions(w, f->arena), draw(w, 2) ? draw(w, CATEGORIES + 1) : 0, &wanted);
                assert_true(brief_make(data, f->arena, &wanted, &b, &f->err));
                check_brief(f, w, &b);
            }
            kinds[b.period]++;
        }
        unlink(f->path);
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        assert_true(kinds[i] > 2);
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
        TEST(any_period_and_scope_equals_a_naive_recount),
        TEST(order_of_import_does_not_show),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
