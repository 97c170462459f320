/* `briefgen limits`: how much the program takes, and what it does beyond. */
#include "cli/table_writer.h"

#include "base/json.h"
#include "base/limits.h"

static const struct {
    const char *name, *unit, *of, *beyond;
    int64_t value;
    int status;
} limits[] = {
#define LIMIT_ROW(name, value, unit, of, beyond, status) {#name, unit, of, beyond, (value), (status)},
    LIMITS(LIMIT_ROW)
#undef LIMIT_ROW
};

static void put_json(const char *name, size_t i, struct buf *out)
{
    struct json json = {.out = out};
    json_open(&json, NULL, '{');
    json_str(&json, "limit", str_from(name));
    json_int(&json, "value", limits[i].value);
    json_str(&json, "unit", str_from(limits[i].unit));
    json_str(&json, "of", str_from(limits[i].of));
    json_str(&json, "beyond", str_from(limits[i].beyond));
    json_int(&json, "exit_status", limits[i].status);
    json_close(&json, '}');
    buf_char(out, '\n');
}

bool cmd_limits(struct cli *cli, struct err *err)
{
    static const struct table_column columns[] = {
        {NULL, "LIMIT", 0}, {NULL, "VALUE", TABLE_RIGHT}, {NULL, "UNIT", 0},
        {NULL, "OF", 0},    {NULL, "EXIT", TABLE_RIGHT},  {NULL, "BEYOND IT", 0},
    };
    struct table_writer table;
    if (!table_writer_open(&table, cli, columns, sizeof columns / sizeof *columns, err))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof limits / sizeof *limits; i++) {
        char *name = arena_printf(cli->arena, "%s", limits[i].name);
        for (char *c = name; *c; c++)
            *c = *c == '_' ? '-' : (char)(*c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c);
        const struct str cells[] = {
            str_from(name),
            str_from(arena_printf(cli->arena, "%lld", (long long)limits[i].value)),
            str_from(limits[i].unit),
            str_from(limits[i].of),
            str_from(arena_printf(cli->arena, "%d", limits[i].status)),
            str_from(limits[i].beyond),
        };
        if (cli->json)
            put_json(name, i, &table.out);
        else
            ok = table_writer_put(&table, cells, err);
    }
    return table_writer_end(&table, ok, err);
}
