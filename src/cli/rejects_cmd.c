/* `briefgen rejects`: what imports have set aside, to look at, to mend, and to strike off. */
#include "cli/rejects.h"

#include "base/json.h"
#include "base/mem.h"
#include "cli/sources.h"
#include "cli/table_writer.h"
#include "ingest/ingest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A kind that the database has is one, though this version may not know it. */
static bool check_code(struct cli *cli, struct store *store, struct err *err)
{
    const char *codes[64];
    size_t n = 0, at;
    if (!cli->code)
        return true;
    if (cli->excluded || strcmp(cli->code, STORE_EXCLUDED) == 0)
        return err_set(err, ERR_USAGE, "--code %s: what its source excludes is of one kind, which --excluded lists",
                       cli->code);
    const struct param code = {.type = PARAM_TEXT, .text = str_from(cli->code)};
    struct rows *rows = store_query(store, "SELECT 1 FROM " STORE_REJECTS " WHERE code = ?1 LIMIT 1", &code, 1, err);
    bool found = rows && rows_next(rows, err);
    rows_close(rows);
    while (n < sizeof codes / sizeof *codes && (codes[n] = ingest_reject_code(n)))
        n++;
    return found || (err->kind == ERR_NONE && cli_choice(cli->arena, "--code", cli->code, codes, n, &at, err));
}

static bool read_wanted(struct cli *cli, struct store *store, struct rejects_wanted *wanted, struct err *err)
{
    *wanted = (struct rejects_wanted){{.type = PARAM_NULL}, {.type = PARAM_NULL}, {.type = PARAM_INT}};
    wanted->excluded.number = cli->excluded;
    if (!check_code(cli, store, err))
        return false;
    if (cli->code)
        wanted->code = (struct param){.type = PARAM_TEXT, .text = str_from(cli->code)};
    if (!cli->import)
        return true;
    wanted->import.type = PARAM_INT;
    return sources_import(store, cli->import, &wanted->import.number, err);
}

/* ---- reading ---- */

/* The inputs of an import that have rejects; no other import has one between them. */
struct span {
    int64_t import, first, last;
};
struct spans {
    struct span *items;
    size_t n, room;
};

static bool find_spans(struct store *store, struct param import, struct spans *spans, struct err *err)
{
    static const char sql[] = "SELECT i.import, r.input FROM reject r CROSS JOIN input i ON i.id = r.input"
                              " WHERE ?1 IS NULL OR i.import = ?1 GROUP BY r.input ORDER BY r.input";
    struct rows *rows = store_query(store, sql, &import, 1, err);
    while (rows && rows_next(rows, err)) {
        int64_t number = rows_int(rows, 0), input = rows_int(rows, 1);
        struct span *last = spans->n ? &spans->items[spans->n - 1] : NULL;
        if (last && last->import == number) {
            last->last = input;
            continue;
        }
        spans->items = mem_grow(spans->items, &spans->room, spans->n + 1, sizeof *spans->items);
        spans->items[spans->n++] = (struct span){number, input, input};
    }
    rows_close(rows);
    return err->kind == ERR_NONE;
}

/* By the index of inputs, in whose order numbers are given: sorting would hold all of them in memory. */
static bool read_span(struct store *store, const char *sql, const struct rejects_wanted *wanted,
                      const struct span *span, const struct rejects_reader *reader, struct err *err)
{
    const struct param params[] = {{.type = PARAM_INT, .number = span->first},
                                   {.type = PARAM_INT, .number = span->last},
                                   wanted->code,
                                   wanted->excluded};
    struct arena *arena = arena_new();
    struct rows *rows = store_query(store, sql, params, 4, err);
    bool ok = rows != NULL;
    for (; ok && rows_next(rows, err); arena_reset(arena))
        ok = reader->put(reader->context, arena, rows, err);
    rows_close(rows);
    arena_free(arena);
    return ok && err->kind == ERR_NONE;
}

bool rejects_read(struct store *store, const char *columns, const struct rejects_wanted *wanted,
                  const struct rejects_reader *reader, struct err *err)
{
    struct spans spans = {.items = NULL};
    struct buf sql = {0};
    buf_printf(&sql,
               "SELECT %s FROM " STORE_REJECTS " WHERE input BETWEEN ?1 AND ?2 AND (?3 IS NULL OR code = ?3)"
               " AND (code = '" STORE_EXCLUDED "') = ?4 ORDER BY input, id",
               columns);
    bool ok = find_spans(store, wanted->import, &spans, err);
    for (size_t i = spans.n; ok && i-- > 0;)
        ok = read_span(store, sql.p, wanted, &spans.items[i], reader, err);
    buf_free(&sql);
    mem_free(spans.items);
    return ok;
}

/* ---- the list ---- */

enum { ID, IMPORT, PLACE, LINE, COLUMN, CODE, REASON };
static const struct table_column reject_columns[] = {
    {"번호", "id", TABLE_RIGHT},
    {"가져오기", "import", TABLE_RIGHT | TABLE_OPTIONAL},
    {"종류", "code", 0},
    {"자리", "place", TABLE_TEXT},
    {"까닭", "reason", TABLE_TEXT},
};

struct kind {
    char *code;
    size_t n;
};

/* The list, and how many there are of each kind. */
struct listing {
    struct table_writer table;
    struct kind *kinds;
    size_t n, room;
};

static void count(struct listing *list, struct str code)
{
    size_t i = 0;
    while (i < list->n && !str_equal(str_from(list->kinds[i].code), code))
        i++;
    if (i == list->n) {
        list->kinds = mem_grow(list->kinds, &list->room, list->n + 1, sizeof *list->kinds);
        list->kinds[list->n++] = (struct kind){arena_copy(list->table.cli->arena, code.p, code.n), 0};
    }
    list->kinds[i].n++;
}

static bool put_reject(void *context, struct arena *arena, struct rows *rows, struct err *err)
{
    struct listing *list = context;
    struct table_writer *table = &list->table;
    count(list, rows_text(rows, CODE));
    struct str place = sources_place(arena, rows_text(rows, PLACE), rows_int(rows, LINE), rows_int(rows, COLUMN));
    if (!table->cli->json) {
        const struct str cells[] = {str_from(arena_printf(arena, "%lld", (long long)rows_int(rows, ID))),
                                    str_from(arena_printf(arena, "%lld", (long long)rows_int(rows, IMPORT))),
                                    rows_text(rows, CODE), place, rows_text(rows, REASON)};
        return table_writer_put(table, cells, err);
    }
    struct json json = {.out = &table->out};
    json_open(&json, NULL, '{');
    json_int(&json, "id", rows_int(rows, ID));
    json_int(&json, "import", rows_int(rows, IMPORT));
    json_str(&json, "source", rows_text(rows, PLACE));
    json_int(&json, "line", rows_int(rows, LINE));
    json_int(&json, "column", rows_int(rows, COLUMN));
    json_str(&json, "code", rows_text(rows, CODE));
    json_str(&json, "reason", rows_text(rows, REASON));
    json_close(&json, '}');
    buf_char(&table->out, '\n');
    return table_writer_flush(table, err);
}

static int most_first(const void *a, const void *b)
{
    const struct kind *x = a, *y = b;
    return x->n != y->n ? (x->n < y->n) - (x->n > y->n) : strcmp(x->code, y->code);
}

/* How many there are of each kind, the most first, beside the list. */
static void say_totals(struct cli *cli, struct listing *list)
{
    struct buf said = {0};
    size_t total = 0;
    if (list->n)
        qsort(list->kinds, list->n, sizeof *list->kinds, most_first);
    for (size_t i = 0; i < list->n; i++) {
        buf_printf(&said, "%s%zu %s", i ? ", " : "", list->kinds[i].n, list->kinds[i].code);
        total += list->kinds[i].n;
    }
    if (!cli->quiet)
        fprintf(stderr, "briefgen: note: %zu %s%s%s\n", total, cli->excluded ? "excluded by their source" : "set aside",
                total && !cli->excluded ? ": " : "", total && !cli->excluded ? said.p : "");
    buf_free(&said);
}

static bool list_rejects(struct cli *cli, struct store *store, const struct rejects_wanted *wanted, struct err *err)
{
    struct listing list = {.n = 0};
    const struct rejects_reader reader = {put_reject, &list};
    if (!table_writer_open(&list.table, cli, reject_columns, sizeof reject_columns / sizeof *reject_columns, err))
        return false;
    bool ok = rejects_read(store, "id, import, place, line, col, code, reason", wanted, &reader, err);
    ok = table_writer_end(&list.table, ok, err);
    if (ok)
        say_totals(cli, &list);
    mem_free(list.kinds);
    return ok;
}

/* ---- striking off ---- */

static bool strike_off(struct cli *cli, struct store *store, size_t *n, struct err *err)
{
    size_t one;
    int64_t import;
    *n = 0;
    if (cli->n_args == 0)
        return check_code(cli, store, err) && sources_import(store, cli->import, &import, err) &&
               store_remove_rejects(store, 0, import, cli->code, n, err);
    for (int i = 0; i < cli->n_args; i++) {
        char *end;
        long long id = strtoll(cli->args[i], &end, 10);
        if (*end || id <= 0 || !store_remove_rejects(store, id, 0, NULL, &one, err) || one == 0)
            return err_set(err, ERR_USAGE, "%s: no record set aside has this number; nothing is struck off",
                           cli->args[i]);
        *n += one;
    }
    return true;
}

static bool done(struct cli *cli, struct err *err)
{
    const char *path = cli->settings[SETTING_DB].value;
    size_t n;
    if ((cli->n_args > 0) == (cli->import != NULL))
        return err_set(err, ERR_USAGE, "rejects --done: give numbers of records, or --import");
    if (cli->n_args > 0 && cli->code)
        return err_set(err, ERR_USAGE, "rejects --done: --code goes with --import, numbers say which by themselves");
    if (access(path, F_OK) != 0)
        return err_set(err, ERR_NO_INPUT, "%s: no such database", path);
    struct store *store = store_open(path, STORE_WRITE, err);
    bool ok = store && store_begin(store, err) && strike_off(cli, store, &n, err) && store_commit(store, err);
    store_close(store);
    if (!ok || cli->quiet)
        return ok;
    return cli_print(str_from(arena_printf(cli->arena, cli->json ? "{\"struck_off\":%zu}\n" : "%zu struck off\n", n)),
                     err);
}

bool cmd_rejects(struct cli *cli, struct err *err)
{
    struct rejects_wanted wanted;
    if (cli->done)
        return done(cli, err);
    if (cli->n_args > 0)
        return err_set(err, ERR_USAGE, "rejects: numbers of records go with --done");
    struct store *store = store_open(cli->settings[SETTING_DB].value, STORE_READ, err);
    bool ok = store && read_wanted(cli, store, &wanted, err) &&
              (cli->table_out ? rejects_export(cli, store, &wanted, err) : list_rejects(cli, store, &wanted, err));
    store_close(store);
    return ok;
}
