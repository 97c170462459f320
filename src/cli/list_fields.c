/* The columns of `articles` and `initiatives`, for people and as CSV. */
#include "cli/list.h"

#include "base/utf8.h"
#include "cli/table_writer.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* ---- words ---- */

/* A cell of the contract; the empty string where it has no such row. */
static struct str contract(const struct list_writer *writer, const char *table, struct str key, const char *column)
{
    size_t tables = tsv_column(&writer->contract, "table"), keys = tsv_column(&writer->contract, "key");
    for (size_t i = 0; i < writer->contract.rows; i++)
        if (str_equal(tsv_cell(&writer->contract, i, tables), str_from(table)) &&
            str_equal(tsv_cell(&writer->contract, i, keys), key))
            return tsv_cell(&writer->contract, i, tsv_column(&writer->contract, column));
    return STR("");
}

static bool is_english(const struct list_writer *writer)
{
    return writer->csv && writer->options.language == SHEET_ENGLISH;
}

static struct str word(const struct list_writer *writer, const char *table, struct str key)
{
    return contract(writer, table, key, is_english(writer) ? "en" : "ko");
}

static const struct region *latest(const struct list_writer *writer, struct str unit)
{
    return regions_at(&writer->cli->regions, unit.p, DATE_NONE);
}

/* ---- cells ---- */

enum { ID, INITIATIVE, TITLE, OUTLET, URL, SOURCE, EVIDENCE, STAGE };

static void put_stage(const struct list_writer *writer, struct str stage, struct buf *out)
{
    char key[64];
    snprintf(key, sizeof key, "stage-" STR_FMT, STR_ARG(stage));
    struct str name = word(writer, "word", str_from(key));
    buf_str(out, name.n ? name : stage);
}

static void put_text(const struct list_writer *writer, const struct listed *item, int which, struct buf *out)
{
    const struct listed_article *a = item->article;
    const struct listed_initiative *i = item->initiative;
    switch (which) {
    case ID: buf_str(out, a ? a->key : i->key); break;
    case TITLE: buf_str(out, a ? a->title : i->title); break;
    case INITIATIVE: buf_str(out, a->initiative); break;
    case OUTLET: buf_str(out, a->outlet); break;
    case URL: buf_str(out, a->url); break;
    case SOURCE: buf_str(out, a->source); break;
    case EVIDENCE: buf_str(out, a->date_evidence); break;
    case STAGE: put_stage(writer, i->stage, out); break;
    }
}

enum { PUBLISHED, EARLIEST, LATEST, FIRST, LAST };

static void put_day(const struct list_writer *writer, const struct listed *item, int which, struct buf *out)
{
    (void)writer;
    const struct listed_article *a = item->article;
    bool guessed = a && a->published == DATE_NONE;
    switch (which) {
    case PUBLISHED: buf_text(out, date_iso(a->published).p); break;
    case EARLIEST: buf_text(out, guessed ? date_iso(a->lo).p : ""); break;
    case LATEST: buf_text(out, guessed ? date_iso(a->hi).p : ""); break;
    case FIRST: buf_text(out, date_iso(item->initiative->first).p); break;
    case LAST: buf_text(out, date_iso(item->initiative->last).p); break;
    }
}

static void put_basis(const struct list_writer *writer, const struct listed *item, int which, struct buf *out)
{
    (void)which;
    buf_str(out, word(writer, "word", str_from(basis_name(item->article->basis))));
}

enum { IS_INITIATIVE, CORRECTED };

static void put_flag(const struct list_writer *writer, const struct listed *item, int which, struct buf *out)
{
    bool yes = which == CORRECTED ? item->article->corrected : item->article->is_initiative;
    buf_str(out, word(writer, "word", yes ? STR("yes") : STR("no")));
}

static void put_score(const struct list_writer *writer, const struct listed *item, int which, struct buf *out)
{
    (void)writer, (void)which;
    if (item->article->analyzed)
        buf_printf(out, "%.2f", item->article->score);
}

static void put_count(const struct list_writer *writer, const struct listed *item, int which, struct buf *out)
{
    (void)writer, (void)which;
    buf_printf(out, "%zu", item->initiative->n_articles);
}

static void put_article_ids(const struct list_writer *writer, const struct listed *item, int which, struct buf *out)
{
    (void)writer, (void)which;
    for (size_t i = 0; i < item->initiative->n_articles; i++)
        buf_printf(out, "%s" STR_FMT, i ? ";" : "", STR_ARG(item->initiative->articles[i]));
}

static void put_end(struct buf *out, int64_t end)
{
    if (end >= 0)
        buf_printf(out, "%lld", (long long)end);
}

/* As in the brief's table: total:KRW:5000000000, 준공:2025-12-01..2025-12-31. */
static void put_fact(enum finding_kind kind, struct str value, struct buf *out)
{
    struct str place, name = value;
    struct amount_value amount;
    struct target_value target;
    if (kind == FINDING_MONEY && finding_amount(value, true, &amount)) {
        buf_printf(out, STR_FMT ":" STR_FMT ":", STR_ARG(amount.role), STR_ARG(amount.unit));
        put_end(out, amount.lo);
        buf_text(out, amount.lo == amount.hi ? "" : "..");
        put_end(out, amount.lo == amount.hi ? -1 : amount.hi);
    } else if (kind == FINDING_TARGET && finding_target(value, &target)) {
        buf_printf(out, STR_FMT ":%s%s%s", STR_ARG(target.event), date_iso(target.first).p,
                   target.first == target.last ? "" : "..", target.first == target.last ? "" : date_iso(target.last).p);
    } else if (kind == FINDING_ZONE || (kind == FINDING_AGENCY && finding_agency(value, &place, &name))) {
        for (size_t i = 0; i < name.n; i++)
            if (name.p[i] == ';') /* separates them */
                buf_text(out, "；");
            else
                buf_char(out, name.p[i]);
    }
}

static void put_facts(const struct list_writer *writer, const struct listed *item, int which, struct buf *out)
{
    (void)writer;
    size_t begin = out->n;
    for (size_t i = 0; i < item->initiative->n_facts; i++) {
        struct str value = item->initiative->facts[i], kind;
        str_field(&value, ' ', &kind);
        if (!str_equal(kind, str_from(finding_kind_name((enum finding_kind)which))))
            continue;
        buf_text(out, out->n > begin ? ";" : "");
        put_fact((enum finding_kind)which, value, out);
    }
}

enum { CODES, NAMES, MAIN_CODE, MAIN_SIDO, MAIN_NAME, SHORT_NAMES };

static void put_short_name(const struct list_writer *writer, const struct region *region, struct buf *out)
{
    const struct region *sido = region->parent[0] ? latest(writer, str_from(region->parent)) : NULL;
    bool alone = !sido || region_is_whole_sido(region);
    buf_printf(out, STR_FMT "%s" STR_FMT, STR_ARG(alone ? region->full_name : sido->short_name), alone ? "" : " ",
               STR_ARG(alone ? STR("") : region->name));
}

static void put_regions(const struct list_writer *writer, const struct listed *item, int which, struct buf *out)
{
    const struct str *units = item->article ? item->article->regions : item->initiative->regions;
    size_t n = item->article ? item->article->n_regions : item->initiative->n_regions;
    size_t most = which == CODES || which == NAMES ? n : n < 1 ? n : 1;
    for (size_t i = 0; i < most; i++) {
        const struct region *region = latest(writer, units[i]);
        buf_text(out, i ? ";" : "");
        if (which == CODES || which == MAIN_CODE || !region)
            buf_str(out, region ? str_from(region->code) : units[i]);
        else if (which == SHORT_NAMES)
            put_short_name(writer, region, out);
        else
            buf_str(out, which == NAMES ? region->full_name : which == MAIN_SIDO ? region->sido : region->name);
    }
    if (which == SHORT_NAMES && n > 1)
        buf_printf(out, " 외 %zu", n - 1);
}

enum { KEYS, LABELS, LABELS_TOGETHER };

static void put_categories(const struct list_writer *writer, const struct listed *item, int which, struct buf *out)
{
    const struct taxonomy *taxonomy = &writer->cli->taxonomy;
    const struct str *keys = item->article ? item->article->categories : item->initiative->categories;
    size_t n = item->article ? item->article->n_categories : item->initiative->n_categories;
    for (size_t i = 0; i < n; i++) {
        size_t c = 0;
        while (c < taxonomy->n && !str_equal(taxonomy->items[c].key, keys[i]))
            c++;
        buf_text(out, i == 0 ? "" : which == LABELS_TOGETHER ? "·" : ";");
        if (which == KEYS || c == taxonomy->n)
            buf_str(out, keys[i]);
        else
            buf_str(out, is_english(writer) ? taxonomy->items[c].english : taxonomy->items[c].label);
    }
}

/* ---- columns ---- */

static const struct list_field article_table[] = {
    {"articles", "article_id", put_text, ID, false, false},
    {"articles", "published", put_day, PUBLISHED, false, false},
    {"articles", "regions", put_regions, SHORT_NAMES, false, false},
    {"articles", "categories", put_categories, LABELS_TOGETHER, false, false},
    {"articles", "outlet", put_text, OUTLET, false, true},
    {"articles", "initiative_id", put_text, INITIATIVE, false, true},
    {"articles", "title", put_text, TITLE, false, false},
};

static const struct list_field initiative_table[] = {
    {"initiatives", "initiative_id", put_text, ID, false, false},
    {"initiatives", "first", put_day, FIRST, false, true},
    {"initiatives", "last", put_day, LAST, false, true},
    {"articles", "regions", put_regions, SHORT_NAMES, false, false},
    {"initiatives", "categories", put_categories, LABELS_TOGETHER, false, false},
    {"initiatives", "stage", put_text, STAGE, false, true},
    {"initiatives", "articles", put_count, 0, true, false},
    {"initiatives", "title", put_text, TITLE, false, false},
};

static const struct list_field article_csv[] = {
    {"articles", "article_id", put_text, ID, false, false},
    {"articles", "title", put_text, TITLE, false, false},
    {"articles", "outlet", put_text, OUTLET, false, false},
    {"articles", "url", put_text, URL, false, false},
    {"articles", "published", put_day, PUBLISHED, false, false},
    {"articles", "basis", put_basis, 0, false, false},
    {"articles", "earliest", put_day, EARLIEST, false, false},
    {"articles", "latest", put_day, LATEST, false, false},
    {"articles", "date_evidence", put_text, EVIDENCE, false, false},
    {"articles", "region_codes", put_regions, CODES, false, false},
    {"articles", "regions", put_regions, NAMES, false, false},
    {"articles", "category_codes", put_categories, KEYS, false, false},
    {"articles", "categories", put_categories, LABELS, false, false},
    {"articles", "initiative_id", put_text, INITIATIVE, false, false},
    {"articles", "is_initiative", put_flag, IS_INITIATIVE, false, false},
    {"articles", "score", put_score, 0, false, false},
    {"articles", "source", put_text, SOURCE, false, false},
    {"articles", "corrected", put_flag, CORRECTED, false, false},
};

static const struct list_field initiative_csv[] = {
    {"initiatives", "initiative_id", put_text, ID, false, false},
    {"initiatives", "title", put_text, TITLE, false, false},
    {"initiatives", "stage", put_text, STAGE, false, false},
    {"initiatives", "region_code", put_regions, MAIN_CODE, false, false},
    {"initiatives", "sido", put_regions, MAIN_SIDO, false, false},
    {"initiatives", "region", put_regions, MAIN_NAME, false, false},
    {"initiatives", "region_codes", put_regions, CODES, false, false},
    {"initiatives", "category_codes", put_categories, KEYS, false, false},
    {"initiatives", "categories", put_categories, LABELS, false, false},
    {"initiatives", "first", put_day, FIRST, false, false},
    {"initiatives", "last", put_day, LAST, false, false},
    {"initiatives", "articles", put_count, 0, false, false},
    {"initiatives", "article_ids", put_article_ids, 0, false, false},
    {"initiatives", "agencies", put_facts, FINDING_AGENCY, false, false},
    {"initiatives", "amounts", put_facts, FINDING_MONEY, false, false},
    {"initiatives", "targets", put_facts, FINDING_TARGET, false, false},
    {"initiatives", "zones", put_facts, FINDING_ZONE, false, false},
};

#define FIELDS(array) (array), sizeof(array) / sizeof *(array)

/* As in the brief's tables: what is meant as text stays text in a spreadsheet. */
static bool is_text(const struct list_writer *writer, const struct list_field *field)
{
    static const char *const types[] = {"text", "texts", "url", NULL};
    return str_is_any(contract(writer, field->table, str_from(field->key), "type"), types);
}

static void take_fields(struct list_writer *writer, const struct list_field *fields, size_t n)
{
    assert(n <= LIST_FIELDS && (writer->csv || n <= TABLE_COLUMNS));
    writer->fields = fields;
    writer->n = n;
    for (size_t i = 0; i < n; i++) {
        struct str name = word(writer, fields[i].table, str_from(fields[i].key));
        if (!writer->csv) /* 기사 수(건): the unit is for who reads a column of numbers alone */
            name = str_slice(name, 0, str_find(name, STR("("), 0));
        writer->columns[i] = (struct text_column){name, fields[i].right, fields[i].optional};
        writer->as_text[i] = is_text(writer, &fields[i]);
    }
}

/* ---- writing ---- */

bool list_writer_open(struct list_writer *writer, struct cli *cli, bool articles, struct err *err)
{
    *writer = (struct list_writer){.cli = cli, .csv = cli->csv};
    if (!cli_csv_options(cli, &writer->options, err) ||
        !tsv_parse(cli->arena, "data/csv.tsv", data_file("data/csv.tsv"), &writer->contract, err))
        return false;
    if (writer->csv && articles)
        take_fields(writer, FIELDS(article_csv));
    else if (writer->csv)
        take_fields(writer, FIELDS(initiative_csv));
    else if (articles)
        take_fields(writer, FIELDS(article_table));
    else
        take_fields(writer, FIELDS(initiative_table));
    writer->table = (struct text_table){
        .arena = cli->arena, .columns = writer->columns, .n_columns = writer->n, .width = terminal_width()};
    return true;
}

static bool begin_csv(struct list_writer *writer, struct buf *out, struct err *err)
{
    struct str names[LIST_FIELDS];
    for (size_t i = 0; i < writer->n; i++)
        names[i] = writer->columns[i].name;
    if (writer->options.encoding == CSV_UTF8_BOM)
        buf_text(out, "\xEF\xBB\xBF");
    return writer->begun = put_csv_row(&writer->options, names, NULL, writer->n, out, err);
}

bool list_writer_put(struct list_writer *writer, const struct listed *item, struct buf *out, struct err *err)
{
    struct buf texts = {0};
    struct str cells[LIST_FIELDS];
    size_t ends[LIST_FIELDS];
    if (writer->csv && !writer->begun && !begin_csv(writer, out, err))
        return false;
    for (size_t i = 0; i < writer->n; i++) {
        writer->fields[i].put(writer, item, writer->fields[i].which, &texts);
        ends[i] = texts.n;
    }
    for (size_t i = 0; i < writer->n; i++) {
        cells[i] = str_slice(buf_view(&texts), i ? ends[i - 1] : 0, ends[i]);
        if (!cells[i].n && !writer->csv)
            cells[i] = STR("-");
    }
    bool ok = true;
    if (writer->csv)
        ok = put_csv_row(&writer->options, cells, writer->as_text, writer->n, out, err);
    else
        text_table_row(&writer->table, cells, out);
    buf_free(&texts);
    return ok;
}

bool list_writer_end(struct list_writer *writer, struct buf *out, struct err *err)
{
    if (writer->csv)
        return writer->begun || begin_csv(writer, out, err);
    if (writer->table.n_rows)
        text_table_end(&writer->table, out);
    return true;
}
