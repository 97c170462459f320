/* `briefgen sources`: the imports, and the inputs of one. */
#include "cli/sources.h"

#include "base/json.h"
#include "cli/table_writer.h"

#include <string.h>

enum { KOREA = 9 * 3600 /* seconds ahead of UTC, without summer time since 1988 */, DAY = 86400 };

const char *sources_time(struct arena *arena, int64_t seconds, bool exact)
{
    int64_t local = seconds + KOREA, day = local / DAY, second = local % DAY;
    if (seconds <= 0 || day > date_from(9999, 12, 31))
        return "";
    struct date_text date = date_iso((date_t)day);
    int hour = (int)(second / 3600), minute = (int)(second / 60 % 60);
    return exact ? arena_printf(arena, "%sT%02d:%02d:%02d+09:00", date.p, hour, minute, (int)(second % 60))
                 : arena_printf(arena, "%s %02d:%02d", date.p, hour, minute);
}

struct str sources_place(struct arena *arena, struct str name, int64_t line, int64_t column)
{
    if (line <= 0)
        return str_copy(arena, name);
    return str_from(column > 0
                        ? arena_printf(arena, STR_FMT ":%lld:%lld", STR_ARG(name), (long long)line, (long long)column)
                        : arena_printf(arena, STR_FMT ":%lld", STR_ARG(name), (long long)line));
}

static bool read_number(const char *word, int64_t *number)
{
    *number = 0;
    for (const char *c = word; *c; c++) {
        if (*c < '0' || *c > '9' || *number > INT64_MAX / 10 - 1)
            return false;
        *number = *number * 10 + (*c - '0');
    }
    return *word != '\0';
}

bool sources_import(struct store *store, const char *word, int64_t *import, struct err *err)
{
    static const char sql[] = "SELECT id FROM import WHERE id = ?1 OR ?1 IS NULL ORDER BY id DESC LIMIT 1";
    struct param param = {.type = PARAM_NULL};
    if (strcmp(word, "last") != 0) {
        if (!read_number(word, &param.number))
            return err_set(err, ERR_USAGE, "\"%s\" is no import: a number that briefgen sources shows, or last", word);
        param.type = PARAM_INT;
    }
    struct rows *rows = store_query(store, sql, &param, 1, err);
    bool found = rows && rows_next(rows, err);
    *import = found ? rows_int(rows, 0) : 0;
    rows_close(rows);
    return found || err_set(err, ERR_USAGE, "there is no import \"%s\": briefgen sources lists them", word);
}

/* ---- both lists: columns of numbers between some of their own ---- */

static struct str number(struct arena *arena, int64_t n)
{
    return str_from(arena_printf(arena, "%lld", (long long)n));
}

static void json_counts(struct json *json, struct rows *rows, int first, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        json_int(json, names[i], rows_int(rows, first + (int)i));
}

/* ---- imports ---- */

static const char imports_sql[] =
    "SELECT m.id, m.started, m.ended, m.rules, COALESCE(i.inputs, 0), COALESCE(i.added, 0), COALESCE(i.known, 0),"
    " COALESCE(i.replaced, 0), COALESCE(i.rejected, 0), COALESCE(i.excluded, 0), COALESCE(i.faulty, 0),"
    " COALESCE(i.interrupted, 0), m.unchanged FROM import m LEFT JOIN (SELECT import, COUNT(*) AS inputs,"
    " SUM(added) AS added, SUM(known) AS known, SUM(replaced) AS replaced, SUM(rejected) AS rejected,"
    " SUM(excluded) AS excluded, SUM(fault <> '') AS faulty, SUM(fault = '' AND NOT complete) AS interrupted"
    " FROM input GROUP BY import) i ON i.import = m.id ORDER BY m.id";
enum { ID, STARTED, ENDED, RULES, COUNTS };
static const char *const count_names[] = {"inputs",   "added",  "known",       "replaced", "rejected",
                                          "excluded", "faulty", "interrupted", "unchanged"};
enum { N_COUNTS = sizeof count_names / sizeof *count_names };
static const struct table_column import_columns[] = {
    {"번호", "import", TABLE_RIGHT},
    {"시각", "started", 0},
    {"초", "seconds", TABLE_RIGHT | TABLE_OPTIONAL},
    {"파일", "inputs", TABLE_RIGHT},
    {"새 기사", "added", TABLE_RIGHT},
    {"있던 기사", "known", TABLE_RIGHT | TABLE_OPTIONAL},
    {"바뀐 기사", "replaced", TABLE_RIGHT | TABLE_OPTIONAL},
    {"제쳐 둠", "rejected", TABLE_RIGHT},
    {"제외", "excluded", TABLE_RIGHT | TABLE_OPTIONAL},
    {"결함 파일", "faulty", TABLE_RIGHT | TABLE_OPTIONAL},
    {"중단", "interrupted", TABLE_RIGHT | TABLE_OPTIONAL},
    {"그대로인 파일", "unchanged", TABLE_RIGHT | TABLE_OPTIONAL},
    {"규칙", "rules", 0},
};

static void import_json(struct table_writer *table, struct arena *arena, struct rows *rows)
{
    struct json json = {.out = &table->out};
    json_open(&json, NULL, '{');
    json_int(&json, "import", rows_int(rows, ID));
    json_null_str(&json, "started", str_from(sources_time(arena, rows_int(rows, STARTED), true)));
    json_null_str(&json, "ended", str_from(sources_time(arena, rows_int(rows, ENDED), true)));
    json_null_str(&json, "rules", rows_text(rows, RULES));
    json_counts(&json, rows, COUNTS, count_names, N_COUNTS);
    json_close(&json, '}');
    buf_char(&table->out, '\n');
}

static bool put_import(struct table_writer *table, struct arena *arena, struct rows *rows, struct err *err)
{
    struct str cells[sizeof import_columns / sizeof *import_columns];
    if (table->cli->json) {
        import_json(table, arena, rows);
        return table_writer_flush(table, err);
    }
    cells[0] = number(arena, rows_int(rows, ID));
    cells[1] = str_from(sources_time(arena, rows_int(rows, STARTED), false));
    cells[2] = rows_null(rows, ENDED) ? STR("") : number(arena, rows_int(rows, ENDED) - rows_int(rows, STARTED));
    for (int i = 0; i < N_COUNTS; i++)
        cells[3 + i] = number(arena, rows_int(rows, COUNTS + i));
    cells[3 + N_COUNTS] = rows_text(rows, RULES);
    return table_writer_put(table, cells, err);
}

/* ---- inputs of one ---- */

static const char inputs_sql[] =
    "SELECT i.name, i.fault, i.complete, m.reader, m.encoding, m.how, i.mtime / 1000000000, i.bytes, i.items, i.added,"
    " i.known, i.replaced, i.rejected, i.excluded FROM input i JOIN manner m ON m.id = i.manner WHERE i.import = ?1"
    " ORDER BY i.id";
enum { NAME, FAULT, COMPLETE, READER, ENCODING, HOW, CHANGED, BYTES, INPUT_COUNTS };
static const char *const input_names[] = {"items", "added", "known", "replaced", "rejected", "excluded"};
enum { N_INPUT = sizeof input_names / sizeof *input_names };
static const struct table_column input_columns[] = {
    {"상태", "state", 0},
    {"형식", "reader", 0},
    {"인코딩", "encoding", TABLE_OPTIONAL},
    {"바이트", "bytes", TABLE_RIGHT | TABLE_OPTIONAL},
    {"항목", "items", TABLE_RIGHT | TABLE_OPTIONAL},
    {"새 기사", "added", TABLE_RIGHT},
    {"있던 기사", "known", TABLE_RIGHT},
    {"바뀐 기사", "replaced", TABLE_RIGHT},
    {"제쳐 둠", "rejected", TABLE_RIGHT},
    {"제외", "excluded", TABLE_RIGHT | TABLE_OPTIONAL},
    {"까닭", "fault", TABLE_TEXT | TABLE_OPTIONAL},
    {"파일", "input", TABLE_TEXT},
};

static const char *state_of(struct rows *rows)
{
    return rows_text(rows, FAULT).n ? "faulty" : rows_int(rows, COMPLETE) ? "complete" : "interrupted";
}

static void input_json(struct table_writer *table, struct arena *arena, struct rows *rows)
{
    struct json json = {.out = &table->out};
    json_open(&json, NULL, '{');
    json_str(&json, "input", rows_text(rows, NAME));
    json_str(&json, "state", str_from(state_of(rows)));
    json_null_str(&json, "fault", rows_text(rows, FAULT));
    json_null_str(&json, "reader", rows_text(rows, READER));
    json_null_str(&json, "encoding", rows_text(rows, ENCODING));
    json_null_str(&json, "how", rows_text(rows, HOW));
    json_null_str(&json, "changed", str_from(sources_time(arena, rows_int(rows, CHANGED), true)));
    if (rows_int(rows, BYTES) >= 0)
        json_int(&json, "bytes", rows_int(rows, BYTES));
    else
        json_null_str(&json, "bytes", STR(""));
    json_counts(&json, rows, INPUT_COUNTS, input_names, N_INPUT);
    json_close(&json, '}');
    buf_char(&table->out, '\n');
}

static bool put_input(struct table_writer *table, struct arena *arena, struct rows *rows, struct err *err)
{
    struct str cells[sizeof input_columns / sizeof *input_columns];
    if (table->cli->json) {
        input_json(table, arena, rows);
        return table_writer_flush(table, err);
    }
    size_t n = 0;
    cells[n++] = str_from(state_of(rows));
    cells[n++] = rows_text(rows, READER);
    cells[n++] = rows_text(rows, ENCODING);
    cells[n++] = rows_int(rows, BYTES) >= 0 ? number(arena, rows_int(rows, BYTES)) : STR("");
    for (int i = 0; i < N_INPUT; i++)
        cells[n++] = number(arena, rows_int(rows, INPUT_COUNTS + i));
    cells[n++] = rows_text(rows, FAULT);
    cells[n++] = rows_text(rows, NAME);
    return table_writer_put(table, cells, err);
}

bool cmd_sources(struct cli *cli, struct err *err)
{
    bool one = cli->n_args > 0;
    struct param param = {.type = PARAM_INT};
    struct table_writer table;
    if (!(one ? table_writer_open(&table, cli, input_columns, sizeof input_columns / sizeof *input_columns, err)
              : table_writer_open(&table, cli, import_columns, sizeof import_columns / sizeof *import_columns, err)))
        return false;
    struct store *store = store_open(cli->settings[SETTING_DB].value, STORE_READ, err);
    struct arena *arena = arena_new();
    bool ok = store && (!one || sources_import(store, cli->args[0], &param.number, err));
    struct rows *rows = ok ? store_query(store, one ? inputs_sql : imports_sql, &param, one, err) : NULL;
    for (ok = rows; ok && rows_next(rows, err); arena_reset(arena))
        ok = (one ? put_input : put_import)(&table, arena, rows, err);
    ok = table_writer_end(&table, ok && err->kind == ERR_NONE, err);
    rows_close(rows);
    arena_free(arena);
    store_close(store);
    return ok;
}
