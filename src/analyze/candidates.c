/* Pending articles → rows of table candidate: who takes part in grouping, and as what. */
#include "analyze/grouping.h"
#include "analyze/rules.h"
#include "analyze/sets.h"

#include <string.h>

/* ---- lists ---- */

static struct str joined(struct arena *arena, const struct str *items, size_t n)
{
    const char *list = "";
    for (size_t i = 0; i < n; i++)
        list = arena_printf(arena, "%s%s" STR_FMT, list, i > 0 ? " " : "", STR_ARG(items[i]));
    return str_from(list);
}

const struct str *grouping_split(struct arena *arena, struct str list, size_t *n)
{
    const struct str *set = NULL;
    struct str item;
    *n = 0;
    while (list.n > 0 && str_field(&list, ' ', &item))
        if (item.n > 0)
            set_add(arena, &set, n, item);
    return set;
}

/* The count units of the cities, main first; *least: the least. */
static struct str units_of(const struct analyzer *analyzer, struct arena *arena, const struct analysis *analysis,
                           struct str *least)
{
    struct str *units = ARENA_ARRAY(arena, analysis->n + 1, struct str);
    size_t n = 0;
    *least = (struct str){NULL, 0};
    for (size_t i = 0; i < analysis->n; i++) {
        if (analysis->findings[i].kind != FINDING_CITY)
            continue;
        struct str unit = rules_count_unit(analyzer->regions, analysis->findings[i].value);
        if (set_has(units, n, unit))
            continue;
        units[n++] = unit;
        *least = n == 1 || str_compare(unit, *least) < 0 ? unit : *least;
    }
    return joined(arena, units, n);
}

static struct str categories_of(struct arena *arena, const struct analysis *analysis, bool by_person)
{
    const struct str *set = NULL;
    size_t n = 0;
    for (size_t i = 0; i < analysis->n; i++)
        if (analysis->findings[i].kind == FINDING_CATEGORY && (!by_person || analysis->findings[i].by_person))
            set_add(arena, &set, &n, analysis->findings[i].value);
    return joined(arena, set, n);
}

static struct str stage_of(const struct analysis *analysis)
{
    for (size_t i = 0; i < analysis->n; i++)
        if (analysis->findings[i].kind == FINDING_STAGE && analysis->findings[i].rank == 0)
            return analysis->findings[i].value;
    return STR("");
}

/* ---- one article ---- */

/* What is stored of a pending article. */
struct stored {
    struct candidate row; /* article, key, day, length and print: the same in all views */
    struct str likely;
    struct analysis analysis;
    bool verdict, corrected; /* a person has said whether it counts; anything that grouping sees */
};

bool grouping_read_article(struct store *store, struct arena *arena, int64_t id, struct article *out, struct err *err)
{
    struct param param = {.type = PARAM_INT, .number = id};
    struct rows *rows = store_articles(store, "id = ?1", &param, 1, err);
    bool found = rows && store_next_article(rows, arena, out, err);
    rows_close(rows);
    return found || err_set(err, ERR_INTERNAL, "no article has the row %lld", (long long)id);
}

/* The day that ingest gave; the article's row may hold a person's. */
static bool first_date(struct store *store, int64_t id, date_t *date, struct err *err)
{
    struct param param = {.type = PARAM_INT, .number = id};
    struct rows *rows = store_query(store, "SELECT published FROM dated WHERE article = ?1", &param, 1, err);
    if (rows && rows_next(rows, err))
        *date = rows_date(rows, 0);
    rows_close(rows);
    return err->kind == ERR_NONE;
}

/* A corrected article as the rules see it. *takes_part: it does. */
static bool by_rules(struct store *store, const struct analyzer *analyzer, struct arena *arena, struct candidate *row,
                     bool *takes_part, struct err *err)
{
    struct article article;
    struct analysis analysis;
    if (!grouping_read_article(store, arena, row->article, &article, err) ||
        !first_date(store, row->article, &article.published, err))
        return false;
    analyze_from(analyzer, arena, &article, GROUPED_PERCENT, &analysis);
    *takes_part = analysis.is_initiative;
    row->counts = analysis.score * 100 >= COUNTED_PERCENT;
    if (row->counts)
        analyze_from(analyzer, arena, &article, COUNTED_PERCENT, &analysis);
    row->views = CANDIDATE_RULES;
    row->day = article.published;
    row->units = units_of(analyzer, arena, &analysis, &row->unit);
    row->categories = categories_of(arena, &analysis, false);
    row->stage = STR("");
    return true;
}

/* The categories of an article below the line: a person's, else what the rules call likely. */
static bool find_likely(struct store *store, const struct analyzer *analyzer, struct arena *arena,
                        const struct stored *stored, struct candidate *row, struct err *err)
{
    struct article article;
    struct analysis analysis;
    row->categories = categories_of(arena, &stored->analysis, true);
    if (row->categories.n > 0)
        return true;
    struct str likely = stored->likely;
    if (likely.n == 0) { /* analysed by other means: found again */
        if (!grouping_read_article(store, arena, row->article, &article, err))
            return false;
        analyze_article(analyzer, arena, &article, &analysis);
        likely = analysis.likely;
    }
    const struct str *set = NULL;
    struct str item;
    size_t n = 0;
    while (likely.n > 0 && str_field(&likely, ',', &item))
        set_add(arena, &set, &n, item);
    row->categories = joined(arena, set, n);
    return true;
}

/* An article as it stands, corrections in force. *takes_part: it counts, or is a little below the line. */
static bool as_corrected(struct store *store, const struct analyzer *analyzer, struct arena *arena,
                         const struct stored *stored, struct candidate *row, bool *takes_part, struct err *err)
{
    const struct analysis *analysis = &stored->analysis;
    bool yes = analysis->is_initiative, below = analysis->score * 100 < COUNTED_PERCENT;
    row->views = CANDIDATE_CORRECTED;
    row->units = units_of(analyzer, arena, analysis, &row->unit);
    row->stage = stage_of(analysis);
    *takes_part = yes || (!stored->verdict && below && analysis->score * 100 >= GROUPED_PERCENT && row->units.n > 0);
    row->counts = yes && (stored->verdict || !below);
    row->categories = categories_of(arena, analysis, false);
    return !*takes_part || row->counts || find_likely(store, analyzer, arena, stored, row, err);
}

static bool same_set(struct arena *arena, struct str a, struct str b)
{
    size_t n, m;
    const struct str *x = grouping_split(arena, a, &n), *y = grouping_split(arena, b, &m);
    return set_equal(x, n, y, m);
}

/* Most articles are what the rules say. Of a corrected one the two views are one row where they do not differ in what
 * grouping compares. */
static bool put_article(struct store *store, const struct analyzer *analyzer, struct arena *arena,
                        const struct stored *stored, struct err *err)
{
    struct candidate rows[2] = {stored->row, stored->row};
    bool rules = false, corrected;
    if (!as_corrected(store, analyzer, arena, stored, &rows[1], &corrected, err) ||
        (stored->corrected && !by_rules(store, analyzer, arena, &rows[0], &rules, err)))
        return false;
    if (!stored->corrected ||
        (rules && corrected && rows[0].day == rows[1].day && same_set(arena, rows[0].units, rows[1].units) &&
         same_set(arena, rows[0].categories, rows[1].categories))) {
        rules = false;
        rows[1].views = CANDIDATE_BOTH;
    }
    for (int i = 0; i < 2; i++)
        rows[i].block = meet_block(rows[i].day);
    return store_put_candidates(store, stored->row.article, rules ? rows : rows + 1, (size_t)rules + corrected, err);
}

/* ---- all ---- */

static bool next_pending(struct store *store, struct rows *rows, const struct common *common, struct arena *arena,
                         struct stored *out, struct err *err)
{
    if (!rows_next(rows, err))
        return false;
    *out = (struct stored){.likely = str_copy(arena, rows_text(rows, 1))};
    struct candidate *row = &out->row;
    struct str key = rows_text(rows, 2);
    memcpy(row->key, key.p, key.n < ARTICLE_KEY ? key.n : ARTICLE_KEY - 1);
    row->article = rows_int(rows, 0);
    row->length = (size_t)rows_int(rows, 5);
    row->day = rows_date(rows, 6);
    row->print = print_bytes(print_take(arena, common, str_copy(arena, rows_text(rows, 3)), rows_text(rows, 4)));
    out->corrected = rows_int(rows, 7) != 0;
    if (!store_findings(store, arena, row->article, &out->analysis, err))
        return false;
    for (size_t i = 0; i < out->analysis.n; i++) {
        const struct finding *finding = &out->analysis.findings[i];
        out->corrected = out->corrected || finding->by_person;
        out->verdict = out->verdict || (finding->by_person && finding->kind == FINDING_INITIATIVE);
    }
    return true;
}

bool grouping_settle(struct store *store, const struct analyzer *analyzer, struct err *err)
{
    static const char sql[] =
        "SELECT p.article, p.likely, a.key, a.title, substr(a.body, 1, ?1), length(a.body), a.published,"
        " EXISTS (SELECT 1 FROM dated d WHERE d.article = a.id)"
        " FROM pending p JOIN article a ON a.id = p.article ORDER BY p.article";
    struct param characters = {.type = PARAM_INT, .number = CLUSTER_CHARACTERS};
    struct rows *rows = store_query(store, sql, &characters, 1, err);
    struct arena *arena = arena_new(), *tables = arena_new();
    const struct common *common = common_load(tables);
    struct stored stored;
    bool good = rows != NULL;
    while (good && next_pending(store, rows, common, arena, &stored, err)) {
        good = put_article(store, analyzer, arena, &stored, err);
        arena_reset(arena);
    }
    rows_close(rows);
    arena_free(arena);
    arena_free(tables);
    return good && err->kind == ERR_NONE;
}
