/* `briefgen rejects`: what imports have set aside, to look at, to mend, and to strike off. */
#include "cli/rejects.h"

#include "base/json.h"
#include "cli/sources.h"
#include "cli/table_writer.h"
#include "ingest/ingest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char where_sql[] = " WHERE (?1 IS NULL OR import = ?1) AND (?2 IS NULL OR code = ?2)"
                                " AND (code = '" STORE_EXCLUDED "') = ?3";

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

struct rows *rejects_query(struct store *store, struct arena *arena, const char *columns, const char *order,
                           const struct rejects_wanted *wanted, struct err *err)
{
    const struct param params[] = {wanted->import, wanted->code, wanted->excluded};
    const char *sql = arena_printf(arena, "SELECT %s FROM " STORE_REJECTS "%s %s", columns, where_sql, order);
    return store_query(store, sql, params, 3, err);
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

static bool put_reject(struct table_writer *table, struct arena *arena, struct rows *rows, struct err *err)
{
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

/* How many there are of each kind, the most first, beside the list. */
static bool say_totals(struct cli *cli, struct store *store, const struct rejects_wanted *wanted, struct err *err)
{
    struct buf said = {0};
    int64_t total = 0;
    struct rows *rows =
        rejects_query(store, cli->arena, "code, COUNT(*)", "GROUP BY code ORDER BY 2 DESC, 1", wanted, err);
    while (rows && rows_next(rows, err)) {
        buf_printf(&said, "%s%lld " STR_FMT, total ? ", " : "", (long long)rows_int(rows, 1),
                   STR_ARG(rows_text(rows, 0)));
        total += rows_int(rows, 1);
    }
    rows_close(rows);
    if (err->kind == ERR_NONE && !cli->quiet)
        fprintf(stderr, "briefgen: note: %lld %s%s%s\n", (long long)total,
                cli->excluded ? "excluded by their source" : "set aside", total && !cli->excluded ? ": " : "",
                total && !cli->excluded ? said.p : "");
    buf_free(&said);
    return err->kind == ERR_NONE;
}

static bool list_rejects(struct cli *cli, struct store *store, const struct rejects_wanted *wanted, struct err *err)
{
    struct table_writer table;
    if (!table_writer_open(&table, cli, reject_columns, sizeof reject_columns / sizeof *reject_columns, err))
        return false;
    struct arena *arena = arena_new();
    struct rows *rows = rejects_query(store, cli->arena, "id, import, place, line, col, code, reason",
                                      "ORDER BY import DESC, id", wanted, err);
    bool ok = rows != NULL;
    for (; ok && rows_next(rows, err); arena_reset(arena))
        ok = put_reject(&table, arena, rows, err);
    rows_close(rows);
    arena_free(arena);
    ok = table_writer_end(&table, ok && err->kind == ERR_NONE, err);
    return ok && say_totals(cli, store, wanted, err);
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
