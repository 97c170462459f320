/* A column is a row of data/csv.tsv (order and words) and a function here (value), joined by its key. */
#include "out/csv.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

/* What a cell is made from: only the members of the table's own kind are set. */
struct row {
    const struct brief *brief;
    const struct tsv *columns;
    const struct brief_city *city;
    const struct brief_initiative *initiative;
    const struct brief_source *source;
    const struct brief_month *month;
    size_t category; /* TOTAL or an index into the taxonomy */
    bool counted, review;
};

enum { TOTAL = -1 };

struct field {
    const char *key;
    void (*put)(struct buf *out, const struct row *row, int which);
    int which;
};

static void put_number(struct buf *out, int64_t value)
{
    buf_printf(out, "%lld", (long long)value);
}

static void put_date(struct buf *out, date_t date)
{
    buf_text(out, date_iso(date).p);
}

/* A word of the table "word" by its key. */
static void put_word(struct buf *out, const struct row *row, const char *key)
{
    size_t keys = tsv_column(row->columns, "key"), words = tsv_column(row->columns, "ko");
    for (size_t i = 0; i < row->columns->rows; i++)
        if (str_equal(tsv_cell(row->columns, i, 0), STR("word")) &&
            str_equal(tsv_cell(row->columns, i, keys), str_from(key))) {
            csv_cell(out, tsv_cell(row->columns, i, words));
            return;
        }
    assert(false); /* not in data/csv.tsv */
}

static void period(struct buf *out, const struct row *row, int which)
{
    (void)which;
    const struct brief *brief = row->brief;
    if (brief->from == date_month_start(brief->to) && brief->to == date_month_end(brief->to))
        buf_text(out, date_iso_month(brief->from).p);
    else
        buf_printf(out, "%s/%s", date_iso(brief->from).p, date_iso(brief->to).p);
}

static void cutoff(struct buf *out, const struct row *row, int which)
{
    (void)which;
    put_date(out, row->brief->cutoff);
}

enum { REGION_CODE, REGION_SIDO_NAME, REGION_NAME };

static const struct region *main_region(const struct row *row)
{
    if (row->city)
        return row->city->region;
    return row->initiative->n_regions ? row->initiative->regions[0] : NULL;
}

static void region(struct buf *out, const struct row *row, int which)
{
    const struct region *r = main_region(row);
    if (r)
        csv_cell(out, which == REGION_CODE ? str_from(r->code) : which == REGION_SIDO_NAME ? r->sido : r->name);
}

static void population(struct buf *out, const struct row *row, int which)
{
    (void)which;
    if (row->city->population >= 0)
        put_number(out, row->city->population);
}

static void category_code(struct buf *out, const struct row *row, int which)
{
    (void)which;
    csv_cell(out, row->category == (size_t)TOTAL ? STR("total") : row->brief->taxonomy.items[row->category].key);
}

static void category(struct buf *out, const struct row *row, int which)
{
    (void)which;
    if (row->category == (size_t)TOTAL)
        put_word(out, row, "total");
    else
        csv_cell(out, row->brief->taxonomy.items[row->category].label);
}

enum { NOW, PREVIOUS, YEAR_AGO, TWELVE_MONTHS };

static struct counts counts_of(const struct row *row, int which)
{
    bool total = row->category == (size_t)TOTAL;
    if (row->month)
        return total ? row->month->total : row->month->by_category[row->category];
    const struct span_counts *spans = total ? &row->city->total : &row->city->by_category[row->category];
    return which == NOW        ? spans->now
           : which == PREVIOUS ? spans->previous
           : which == YEAR_AGO ? spans->year_ago
                               : spans->twelve_months;
}

static void initiatives(struct buf *out, const struct row *row, int which)
{
    put_number(out, counts_of(row, which).initiatives);
}

static void articles(struct buf *out, const struct row *row, int which)
{
    put_number(out, counts_of(row, which).articles);
}

static void rank(struct buf *out, const struct row *row, int which)
{
    int value = which == NOW ? row->city->rank : row->city->previous_rank;
    if (row->category == (size_t)TOTAL && value > 0)
        put_number(out, value);
}

static void is_new(struct buf *out, const struct row *row, int which)
{
    (void)which;
    if (row->category == (size_t)TOTAL)
        put_word(out, row, row->city->is_new ? "yes" : "no");
}

static void month(struct buf *out, const struct row *row, int which)
{
    (void)which;
    buf_text(out, date_iso_month(row->month->month).p);
}

static void collected(struct buf *out, const struct row *row, int which)
{
    (void)which;
    put_number(out, row->month->collected);
}

static void number(struct buf *out, const struct row *row, int which)
{
    (void)which;
    int value = row->source ? row->source->number : row->initiative->number;
    if (value > 0)
        put_number(out, value);
}

static void score(struct buf *out, const struct row *row, int which)
{
    (void)which;
    double value = row->source ? row->source->score : row->initiative->score;
    if (isfinite(value))
        buf_printf(out, "%.2f", value);
}

/* A list in one cell: its parts separated by ";". */
static void put_part(struct buf *list, struct str part)
{
    if (list->n)
        buf_char(list, ';');
    buf_str(list, part);
}

static void put_list(struct buf *out, struct buf *list)
{
    csv_cell(out, buf_view(list));
    buf_free(list);
}

static void regions(struct buf *out, const struct row *row, int which)
{
    const struct region **items = row->source ? row->source->regions : row->initiative->regions;
    size_t n = row->source ? row->source->n_regions : row->initiative->n_regions;
    struct buf list = {0};
    for (size_t i = 0; i < n; i++)
        put_part(&list, which == REGION_CODE ? str_from(items[i]->code) : items[i]->full_name);
    put_list(out, &list);
}

enum { CATEGORY_KEY, CATEGORY_LABEL };

static void categories(struct buf *out, const struct row *row, int which)
{
    const bool *has = row->source ? row->source->categories : row->initiative->categories;
    const struct taxonomy *taxonomy = &row->brief->taxonomy;
    struct buf list = {0};
    for (size_t i = 0; i < taxonomy->n; i++)
        if (has[i])
            put_part(&list, which == CATEGORY_KEY ? taxonomy->items[i].key : taxonomy->items[i].label);
    put_list(out, &list);
}

enum { ID, TITLE, STAGE, OUTLET, URL, EVIDENCE, SOURCE, INITIATIVE };

static void initiative_text(struct buf *out, const struct row *row, int which)
{
    const struct brief_initiative *i = row->initiative;
    csv_text(out, which == ID ? i->key : which == TITLE ? i->title : i->stage);
}

static void initiative_day(struct buf *out, const struct row *row, int which)
{
    put_date(out, which == 0 ? row->initiative->first : row->initiative->last);
}

static void article_count(struct buf *out, const struct row *row, int which)
{
    (void)which;
    put_number(out, (int64_t)row->initiative->n_articles);
}

static void article_ids(struct buf *out, const struct row *row, int which)
{
    (void)which;
    struct buf list = {0};
    for (size_t i = 0; i < row->initiative->n_articles; i++)
        put_part(&list, row->initiative->articles[i]->key);
    csv_text(out, buf_view(&list));
    buf_free(&list);
}

static void source_text(struct buf *out, const struct row *row, int which)
{
    const struct brief_source *s = row->source;
    const struct str texts[] = {[ID] = s->key,
                                [TITLE] = s->title,
                                [OUTLET] = s->outlet,
                                [URL] = s->url,
                                [EVIDENCE] = s->date_evidence,
                                [SOURCE] = s->source,
                                [INITIATIVE] = s->initiative};
    csv_text(out, texts[which]);
}

static void source_flag(struct buf *out, const struct row *row, int which)
{
    const bool flags[] = {row->counted, row->review, row->source->is_initiative};
    put_word(out, row, flags[which] ? "yes" : "no");
}

static void basis(struct buf *out, const struct row *row, int which)
{
    (void)which;
    static const char *const keys[] = {[BASIS_UNKNOWN] = "unknown",
                                       [BASIS_INFERRED] = "inferred",
                                       [BASIS_METADATA] = "metadata",
                                       [BASIS_PUBLISHED] = "published"};
    put_word(out, row, keys[row->source->basis]);
}

/* An exact day, or the ends of a guessed interval: never a guess in the column of exact days. */
static void source_day(struct buf *out, const struct row *row, int which)
{
    const struct brief_source *s = row->source;
    bool exact = s->basis == BASIS_PUBLISHED || s->basis == BASIS_METADATA;
    if (exact == (which == 0))
        put_date(out, which == 0 ? s->published : which == 1 ? s->lo : s->hi);
}

static const struct field city_fields[] = {
    {"period", period, 0},
    {"region_code", region, REGION_CODE},
    {"sido", region, REGION_SIDO_NAME},
    {"region", region, REGION_NAME},
    {"category_code", category_code, 0},
    {"category", category, 0},
    {"initiatives", initiatives, NOW},
    {"articles", articles, NOW},
    {"initiatives_previous", initiatives, PREVIOUS},
    {"articles_previous", articles, PREVIOUS},
    {"initiatives_year_ago", initiatives, YEAR_AGO},
    {"articles_year_ago", articles, YEAR_AGO},
    {"initiatives_12m", initiatives, TWELVE_MONTHS},
    {"articles_12m", articles, TWELVE_MONTHS},
    {"rank", rank, NOW},
    {"previous_rank", rank, PREVIOUS},
    {"is_new", is_new, 0},
    {"population", population, 0},
    {"cutoff", cutoff, 0},
    {NULL, NULL, 0},
};

static const struct field initiative_fields[] = {
    {"period", period, 0},
    {"number", number, 0},
    {"initiative_id", initiative_text, ID},
    {"title", initiative_text, TITLE},
    {"stage", initiative_text, STAGE},
    {"region_code", region, REGION_CODE},
    {"sido", region, REGION_SIDO_NAME},
    {"region", region, REGION_NAME},
    {"region_codes", regions, REGION_CODE},
    {"category_codes", categories, CATEGORY_KEY},
    {"categories", categories, CATEGORY_LABEL},
    {"first", initiative_day, 0},
    {"last", initiative_day, 1},
    {"articles", article_count, 0},
    {"article_ids", article_ids, 0},
    {"score", score, 0},
    {"cutoff", cutoff, 0},
    {NULL, NULL, 0},
};

static const struct field article_fields[] = {
    {"period", period, 0},
    {"counted", source_flag, 0},
    {"review", source_flag, 1},
    {"number", number, 0},
    {"article_id", source_text, ID},
    {"title", source_text, TITLE},
    {"outlet", source_text, OUTLET},
    {"url", source_text, URL},
    {"published", source_day, 0},
    {"basis", basis, 0},
    {"earliest", source_day, 1},
    {"latest", source_day, 2},
    {"date_evidence", source_text, EVIDENCE},
    {"region_codes", regions, REGION_CODE},
    {"regions", regions, REGION_NAME},
    {"category_codes", categories, CATEGORY_KEY},
    {"categories", categories, CATEGORY_LABEL},
    {"initiative_id", source_text, INITIATIVE},
    {"is_initiative", source_flag, 2},
    {"score", score, 0},
    {"source", source_text, SOURCE},
    {"cutoff", cutoff, 0},
    {NULL, NULL, 0},
};

static const struct field trend_fields[] = {
    {"month", month, 0},         {"category_code", category_code, 0},
    {"category", category, 0},   {"initiatives", initiatives, NOW},
    {"articles", articles, NOW}, {"collected", collected, 0},
    {"cutoff", cutoff, 0},       {NULL, NULL, 0},
};

static const struct {
    const char *name;
    const struct field *fields;
} tables[CSV_TABLES] = {
    [CSV_CITIES] = {"cities", city_fields},
    [CSV_INITIATIVES] = {"initiatives", initiative_fields},
    [CSV_ARTICLES] = {"articles", article_fields},
    [CSV_TREND] = {"trend", trend_fields},
};

const char *csv_name(enum csv_table table)
{
    return tables[table].name;
}

/* One table on its way out. */
struct writer {
    struct arena *arena;
    struct tsv columns;
    const struct field **fields; /* in the order of data/csv.tsv */
    size_t n;
    struct row row;
    struct buf *out;
};

/* Reads the columns of a table and writes the header. A key without a function, or the other way round, is a mistake of
 * ours that the unit test finds. */
static void begin(struct writer *w, enum csv_table table)
{
    struct err err = {0};
    bool ok = tsv_parse(w->arena, "data/csv.tsv", data_file("data/csv.tsv"), &w->columns, &err);
    assert(ok && w->columns.columns == 5);
    (void)ok;
    w->fields = ARENA_ARRAY(w->arena, w->columns.rows, const struct field *);
    w->row.columns = &w->columns;
    buf_text(w->out, "\xEF\xBB\xBF");
    for (size_t i = 0; i < w->columns.rows; i++) {
        if (!str_equal(tsv_cell(&w->columns, i, 0), str_from(tables[table].name)))
            continue;
        const struct field *field = tables[table].fields;
        while (field->key && !str_equal(str_from(field->key), tsv_cell(&w->columns, i, 1)))
            field++;
        assert(field->key);
        if (w->n)
            buf_char(w->out, ',');
        csv_cell(w->out, tsv_cell(&w->columns, i, 2));
        w->fields[w->n++] = field;
    }
    buf_text(w->out, "\r\n");
}

static void put_row(struct writer *w)
{
    for (size_t i = 0; i < w->n; i++) {
        if (i)
            buf_char(w->out, ',');
        w->fields[i]->put(w->out, &w->row, w->fields[i]->which);
    }
    buf_text(w->out, "\r\n");
}

/* A row over all categories, then one each. */
static void put_by_category(struct writer *w)
{
    w->row.category = (size_t)TOTAL;
    put_row(w);
    for (w->row.category = 0; w->row.category < w->row.brief->taxonomy.n; w->row.category++)
        put_row(w);
}

static int by_text(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

/* Counted articles in the order of the source list, then the undated ones. */
static void put_articles(struct writer *w)
{
    const struct brief *brief = w->row.brief;
    struct str *doubtful = ARENA_ARRAY(w->arena, brief->n_doubtful + 1, struct str);
    for (size_t i = 0; i < brief->n_doubtful; i++)
        doubtful[i] = brief->doubtful[i].key;
    qsort(doubtful, brief->n_doubtful, sizeof *doubtful, by_text);
    for (size_t i = 0; i < brief->n_sources + brief->n_undated; i++) {
        w->row.counted = i < brief->n_sources;
        w->row.source = w->row.counted ? &brief->sources[i] : &brief->undated[i - brief->n_sources];
        w->row.review =
            !w->row.counted || bsearch(&w->row.source->key, doubtful, brief->n_doubtful, sizeof *doubtful, by_text);
        put_row(w);
    }
}

void csv_write(const struct brief *brief, enum csv_table table, struct buf *out)
{
    struct writer w = {.arena = arena_new(), .row.brief = brief, .out = out};
    begin(&w, table);
    for (size_t i = 0; table == CSV_CITIES && i < brief->n_cities; i++) {
        w.row.city = &brief->cities[i];
        put_by_category(&w);
    }
    for (size_t i = 0; table == CSV_TREND && i < brief->n_trend; i++) {
        w.row.month = &brief->trend[i];
        put_by_category(&w);
    }
    for (size_t i = 0; table == CSV_INITIATIVES && i < brief->n_initiatives; i++) {
        w.row.initiative = &brief->initiatives[i];
        put_row(&w);
    }
    if (table == CSV_ARTICLES)
        put_articles(&w);
    arena_free(w.arena);
}
