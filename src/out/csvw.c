/* What the tables are, for programs: metadata of CSV on the Web (W3C, "Metadata Vocabulary for Tabular Data"). */
#include "base/json.h"
#include "out/csv.h"

/* The columns that name a row; NULL where none do. A fact has no key: the same may be said twice. */
static const char *const primary_keys[SHEET_KINDS][4] = {
    [SHEET_CITIES] = {"period", "region_code", "category_code", NULL},
    [SHEET_INITIATIVES] = {"initiative_id", NULL},
    [SHEET_ARTICLES] = {"article_id", NULL},
    [SHEET_TREND] = {"month", "category_code", NULL},
    [SHEET_FACTS] = {NULL},
};

struct writer {
    struct json json;
    struct arena *arena;
    const char *name;
    struct csv_options options;
};

static struct str language_of(const struct writer *w)
{
    return w->options.language == SHEET_ENGLISH ? STR("en") : STR("ko");
}

static void put_datatype(struct writer *w, const struct sheet *sheet, const struct sheet_column *column)
{
    static const char *const bases[] = {
        [SHEET_INTEGER] = "integer",  [SHEET_DECIMAL] = "decimal", [SHEET_DATE] = "date",   [SHEET_FLAG] = "boolean",
        [SHEET_MONTH] = "gYearMonth", [SHEET_CODE] = "string",     [SHEET_TEXT] = "string", [SHEET_URL] = "anyURI"};
    const char *base = bases[column->type], *format = NULL;
    if (column->type == SHEET_DECIMAL)
        format = arena_printf(w->arena, "0.%.*s", column->decimals, "000000000");
    if (column->type == SHEET_FLAG)
        format = arena_printf(w->arena, STR_FMT "|" STR_FMT, STR_ARG(sheet_word(sheet, "yes")),
                              STR_ARG(sheet_word(sheet, "no")));
    if (!format) {
        json_str(&w->json, "datatype", str_from(base));
        return;
    }
    json_open(&w->json, "datatype", '{');
    json_str(&w->json, "base", str_from(base));
    json_str(&w->json, "format", str_from(format));
    json_close(&w->json, '}');
}

/* Words that are in English whatever the table's language. */
static void put_english(struct writer *w, const char *property, struct str text)
{
    json_open(&w->json, property, '{');
    json_str(&w->json, "@value", text);
    json_str(&w->json, "@language", STR("en"));
    json_close(&w->json, '}');
}

static bool is_key(enum sheet_kind kind, struct str column)
{
    return str_is_any(column, primary_keys[kind]);
}

static void put_column(struct writer *w, const struct sheet *sheet, const struct sheet_column *column)
{
    json_open(&w->json, NULL, '{');
    json_str(&w->json, "name", column->key);
    json_open(&w->json, "titles", '['); /* the file's own first: not all readers know titles by language */
    json_str(&w->json, NULL, column->header);
    if (!str_equal(column->ko, column->en))
        json_str(&w->json, NULL, w->options.language == SHEET_ENGLISH ? column->ko : column->en);
    json_close(&w->json, ']');
    put_english(w, "dc:description", column->description);
    put_datatype(w, sheet, column);
    if (column->list)
        json_str(&w->json, "separator", STR(";"));
    json_str(&w->json, "null", STR(""));
    if (is_key(sheet->kind, column->key))
        json_bool(&w->json, "required", true);
    json_close(&w->json, '}');
}

static struct str file_of(struct writer *w, enum sheet_kind kind)
{
    return str_from(arena_printf(w->arena, "%s-%s.csv", sheet_name(kind), w->name));
}

static void put_keys(struct writer *w, enum sheet_kind kind)
{
    if (primary_keys[kind][0])
        json_open(&w->json, "primaryKey", '[');
    for (const char *const *key = primary_keys[kind]; *key; key++)
        json_str(&w->json, NULL, str_from(*key));
    if (primary_keys[kind][0])
        json_close(&w->json, ']');
    if (kind != SHEET_FACTS)
        return;
    json_open(&w->json, "foreignKeys", '['); /* not article_id: it may be empty */
    json_open(&w->json, NULL, '{');
    json_str(&w->json, "columnReference", STR("initiative_id"));
    json_open(&w->json, "reference", '{');
    json_str(&w->json, "resource", file_of(w, SHEET_INITIATIVES));
    json_str(&w->json, "columnReference", STR("initiative_id"));
    json_close(&w->json, '}');
    json_close(&w->json, '}');
    json_close(&w->json, ']');
}

static void put_table(struct writer *w, const struct brief *brief, enum sheet_kind kind)
{
    struct sheet sheet;
    sheet_open(w->arena, brief, kind, w->options.language, &sheet);
    json_open(&w->json, NULL, '{');
    json_str(&w->json, "url", file_of(w, kind));
    json_str(&w->json, "dc:title", sheet_word(&sheet, arena_printf(w->arena, "table-%s", sheet_name(kind))));
    json_str(&w->json, "dc:description", sheet_word(&sheet, arena_printf(w->arena, "rows-%s", sheet_name(kind))));
    json_open(&w->json, "tableSchema", '{');
    json_open(&w->json, "columns", '[');
    for (size_t i = 0; i < sheet.n_columns; i++)
        put_column(w, &sheet, &sheet.columns[i]);
    json_close(&w->json, ']');
    put_keys(w, kind);
    json_close(&w->json, '}');
    json_close(&w->json, '}');
    sheet_close(&sheet);
}

static void put_dialect(struct writer *w)
{
    json_open(&w->json, "dialect", '{');
    json_str(&w->json, "encoding", w->options.encoding == CSV_CP949 ? STR("windows-949") : STR("utf-8"));
    json_str(&w->json, "lineTerminators", STR("\r\n"));
    json_str(&w->json, "delimiter", STR(","));
    json_str(&w->json, "quoteChar", STR("\""));
    json_bool(&w->json, "doubleQuote", true);
    json_bool(&w->json, "header", true);
    json_close(&w->json, '}');
}

void csvw_write(const struct brief *brief, const char *name, const struct csv_options *options, struct buf *out)
{
    struct writer w = {.json = {.out = out}, .arena = arena_new(), .name = name, .options = *options};
    json_open(&w.json, NULL, '{');
    json_open(&w.json, "@context", '[');
    json_str(&w.json, NULL, STR("http://www.w3.org/ns/csvw"));
    json_open(&w.json, NULL, '{');
    json_str(&w.json, "@language", language_of(&w));
    json_close(&w.json, '}');
    json_close(&w.json, ']');
    json_str(&w.json, "dc:title", str_from(arena_printf(w.arena, "briefgen %s", name)));
    json_str(&w.json, "dc:language", language_of(&w));
    json_str(&w.json, "dc:temporal",
             str_from(arena_printf(w.arena, "%s/%s", date_iso(brief->from).p, date_iso(brief->to).p)));
    json_str(&w.json, "schema:schemaVersion", str_from(arena_printf(w.arena, "%d", SHEETS_VERSION)));
    put_dialect(&w);
    json_open(&w.json, "tables", '[');
    for (int kind = 0; kind < SHEET_KINDS; kind++)
        put_table(&w, brief, (enum sheet_kind)kind);
    json_close(&w.json, ']');
    json_close(&w.json, '}');
    buf_char(out, '\n');
    arena_free(w.arena);
}
