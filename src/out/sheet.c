/* A column is a row of data/csv.tsv (order and words) and a function of sheet_*.c (value), joined by its key. */
#include "out/sheet.h"

#include "out/sheet_row.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

enum { TABLE, KEY, KO, EN, TYPE, DESCRIPTION, CONTRACT_COLUMNS };

static const struct {
    const char *name;
    const struct field *fields;
} tables[SHEET_KINDS] = {
    [SHEET_CITIES] = {"cities", sheet_city_fields},
    [SHEET_INITIATIVES] = {"initiatives", sheet_initiative_fields},
    [SHEET_ARTICLES] = {"articles", sheet_article_fields},
    [SHEET_TREND] = {"trend", sheet_trend_fields},
    [SHEET_FACTS] = {"facts", sheet_fact_fields},
};

struct sheet_source {
    struct tsv contract;
    const struct field **fields; /* [n_columns] */
    struct fact *facts;          /* [n_rows] of SHEET_FACTS */
    struct row row;
    struct sheet_cell *cells;
};

const char *sheet_name(enum sheet_kind kind)
{
    return tables[kind].name;
}

static enum sheet_type column_type(struct str word, int *decimals, bool *list)
{
    static const struct {
        const char *word;
        enum sheet_type type;
        bool list;
    } types[] = {{"integer", SHEET_INTEGER, false}, {"date", SHEET_DATE, false}, {"month", SHEET_MONTH, false},
                 {"flag", SHEET_FLAG, false},       {"code", SHEET_CODE, false}, {"text", SHEET_TEXT, false},
                 {"url", SHEET_URL, false},         {"codes", SHEET_CODE, true}, {"texts", SHEET_TEXT, true}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_equal(word, str_from(types[i].word))) {
            *list = types[i].list;
            return types[i].type;
        }
    assert(str_starts(word, STR("decimal")) && word.n == 8);
    *decimals = word.p[7] - '0';
    return SHEET_DECIMAL;
}

/* A key without a function, or the other way round, is a mistake of ours that the unit test finds. */
static void read_columns(struct arena *arena, struct sheet *out)
{
    struct sheet_source *source = out->source;
    struct sheet_column *columns = ARENA_ARRAY(arena, source->contract.rows, struct sheet_column);
    source->fields = ARENA_ARRAY(arena, source->contract.rows, const struct field *);
    for (size_t i = 0; i < source->contract.rows; i++) {
        const struct str *cells = &source->contract.cells[i * CONTRACT_COLUMNS];
        if (!str_equal(cells[TABLE], str_from(tables[out->kind].name)))
            continue;
        const struct field *field = tables[out->kind].fields;
        while (field->key && !str_equal(str_from(field->key), cells[KEY]))
            field++;
        assert(field->key);
        struct sheet_column *column = &columns[out->n_columns];
        *column = (struct sheet_column){.key = cells[KEY],
                                        .ko = cells[KO],
                                        .en = cells[EN],
                                        .header = cells[source->row.language == SHEET_ENGLISH ? EN : KO],
                                        .description = cells[DESCRIPTION]};
        column->type = column_type(cells[TYPE], &column->decimals, &column->list);
        source->fields[out->n_columns++] = field;
    }
    out->columns = columns;
    source->cells = ARENA_ARRAY(arena, out->n_columns, struct sheet_cell);
}

static int by_text(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

bool row_is_doubtful(const struct row *row, const struct brief_source *source)
{
    return bsearch(&source->key, row->doubtful, row->brief->n_doubtful, sizeof *row->doubtful, by_text) != NULL;
}

static void list_doubtful(struct arena *arena, struct row *row)
{
    size_t n = row->brief->n_doubtful;
    struct str *keys = ARENA_ARRAY(arena, n + 1, struct str);
    for (size_t i = 0; i < n; i++)
        keys[i] = row->brief->doubtful[i].key;
    qsort(keys, n, sizeof *keys, by_text);
    row->doubtful = keys;
}

static void list_facts(struct arena *arena, struct sheet *out)
{
    const struct brief *brief = out->source->row.brief;
    size_t n = 0;
    for (size_t i = 0; i < brief->n_initiatives; i++) {
        const struct brief_initiative *it = &brief->initiatives[i];
        n += it->n_agencies + it->n_money + it->n_targets + it->n_zones;
    }
    struct fact *facts = out->source->facts = ARENA_ARRAY(arena, n + 1, struct fact);
    for (size_t i = 0; i < brief->n_initiatives; i++) {
        const struct brief_initiative *it = &brief->initiatives[i];
        const size_t counts[FACT_KINDS] = {it->n_agencies, it->n_money, it->n_targets, it->n_zones};
        for (int kind = 0; kind < FACT_KINDS; kind++)
            for (size_t at = 0; at < counts[kind]; at++)
                facts[out->n_rows++] = (struct fact){it, (enum fact_kind)kind, at};
    }
}

/* Of the twelve that end with that of the period's last day. */
static void count_collected_months(struct row *row)
{
    const struct brief *brief = row->brief;
    date_t first = date_month_start(date_add_months(date_month_start(brief->to), -11));
    for (size_t i = 0; i < brief->n_trend; i++) {
        const struct brief_month *month = &brief->trend[i];
        row->collected_months += month->collected > 0 && month->month >= first;
    }
}

void sheet_open(struct arena *arena, const struct brief *brief, enum sheet_kind kind, enum sheet_language language,
                struct sheet *out)
{
    struct sheet_source *source = ARENA_NEW(arena, struct sheet_source);
    struct err err = {0};
    bool ok = tsv_parse(arena, "data/csv.tsv", data_file("data/csv.tsv"), &source->contract, &err);
    assert(ok && source->contract.columns == CONTRACT_COLUMNS);
    (void)ok;
    source->row =
        (struct row){.brief = brief, .arena = arena_new(), .contract = &source->contract, .language = language};
    *out = (struct sheet){.kind = kind, .source = source};
    while (!str_equal(tsv_cell(&source->contract, source->row.words, TABLE), STR("word")))
        source->row.words++;
    read_columns(arena, out);
    list_doubtful(arena, &source->row);
    count_collected_months(&source->row);
    size_t categories = 1 + brief->taxonomy.n;
    switch (kind) {
    case SHEET_CITIES: out->n_rows = brief->n_cities * categories; break;
    case SHEET_TREND: out->n_rows = brief->n_trend * categories; break;
    case SHEET_INITIATIVES: out->n_rows = brief->n_initiatives; break;
    case SHEET_ARTICLES: out->n_rows = brief->n_sources + brief->n_undated; break;
    case SHEET_FACTS: list_facts(arena, out); break;
    case SHEET_KINDS: break;
    }
}

void sheet_close(const struct sheet *sheet)
{
    arena_free(sheet->source->row.arena);
}

/* Counted articles in the order of the source list, then the undated ones. */
static void set_article(struct row *row, size_t at)
{
    const struct brief *brief = row->brief;
    row->counted = at < brief->n_sources;
    row->source = row->counted ? &brief->sources[at] : &brief->undated[at - brief->n_sources];
    row->review = !row->counted || row_is_doubtful(row, row->source);
}

static void set_row(const struct sheet *sheet, size_t at)
{
    struct row *row = &sheet->source->row;
    size_t categories = 1 + row->brief->taxonomy.n;
    row->category = at % categories == 0 ? (size_t)ROW_TOTAL : at % categories - 1;
    switch (sheet->kind) {
    case SHEET_CITIES: row->city = &row->brief->cities[at / categories]; break;
    case SHEET_TREND: row->month = &row->brief->trend[at / categories]; break;
    case SHEET_INITIATIVES: row->initiative = &row->brief->initiatives[at]; break;
    case SHEET_ARTICLES: set_article(row, at); break;
    case SHEET_FACTS:
        row->fact = &sheet->source->facts[at];
        row->initiative = row->fact->initiative;
        break;
    case SHEET_KINDS: break;
    }
}

const struct sheet_cell *sheet_row(const struct sheet *sheet, size_t at)
{
    struct sheet_source *source = sheet->source;
    arena_reset(source->row.arena);
    set_row(sheet, at);
    for (size_t i = 0; i < sheet->n_columns; i++) {
        struct sheet_cell *cell = &source->cells[i];
        *cell = source->fields[i]->value(&source->row, source->fields[i]->which);
        if (cell->kind == CELL_REAL) {
            double scale = pow(10, sheet->columns[i].decimals);
            cell->real = round(cell->real * scale) / scale;
        }
    }
    return source->cells;
}

struct str row_word(const struct row *row, const char *key)
{
    for (size_t i = row->words; i < row->contract->rows; i++)
        if (str_equal(tsv_cell(row->contract, i, KEY), str_from(key)))
            return tsv_cell(row->contract, i, row->language == SHEET_ENGLISH ? EN : KO);
    return (struct str){NULL, 0};
}

struct str sheet_word(const struct sheet *sheet, const char *key)
{
    return row_word(&sheet->source->row, key);
}
