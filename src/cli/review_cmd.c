/* `briefgen review`: what is uncertain, the spreadsheet of it, and the corrections that come back. */
#include "cli/review.h"

#include "base/file.h"
#include "base/json.h"

#include <string.h>

static const char *const doubt_names[] = {"score", "date", "city", "group"};

static void put_json(const struct reviewed *item, struct buf *out)
{
    const struct listed_article *a = &item->article;
    struct date_text date = date_iso(a->published);
    struct json json = {.out = out};
    json_open(&json, NULL, '{');
    json_str(&json, "id", a->key);
    json_str(&json, "title", a->title);
    json_null_str(&json, "outlet", a->outlet);
    json_null_str(&json, "published", str_from(date.p));
    json_str(&json, "date_basis", str_from(basis_name(a->basis)));
    json_open(&json, "regions", '[');
    for (size_t i = 0; i < a->n_regions; i++)
        json_str(&json, NULL, a->regions[i]);
    json_close(&json, ']');
    json_open(&json, "categories", '[');
    for (size_t i = 0; i < a->n_categories; i++)
        json_str(&json, NULL, a->categories[i]);
    json_close(&json, ']');
    json_bool(&json, "initiative", a->is_initiative);
    json_null_str(&json, "initiative_id", a->initiative);
    json_real(&json, "score", a->score);
    json_open(&json, "doubts", '[');
    for (size_t i = 0; i < sizeof doubt_names / sizeof *doubt_names; i++)
        if (item->doubts >> i & 1)
            json_str(&json, NULL, str_from(doubt_names[i]));
    json_close(&json, ']');
    json_null_str(&json, "similar_to", item->near);
    json_real(&json, "worth", item->worth);
    json_bool(&json, "corrected", a->corrected);
    json_close(&json, '}');
    buf_char(out, '\n');
}

static void put_row(const struct reviewed *item, struct buf *out)
{
    const struct listed_article *a = &item->article;
    struct date_text date = date_iso(a->published);
    struct buf why = {0};
    for (size_t i = 0; i < sizeof doubt_names / sizeof *doubt_names; i++)
        if (item->doubts >> i & 1)
            buf_printf(&why, "%s%s", why.n ? "," : "", doubt_names[i]);
    if (!why.n)
        buf_char(&why, '-');
    buf_printf(out, STR_FMT " %-10s %4.2f  %-7s %-15s " STR_FMT "%s\n", STR_ARG(a->key), date.p[0] ? date.p : "-",
               a->score, a->is_initiative ? "yes" : "no", why.p, STR_ARG(str_head(a->title, 150)),
               a->corrected ? "  (corrected)" : "");
    buf_free(&why);
}

static bool print_list(struct cli *cli, const struct reviewed *items, size_t n, struct err *err)
{
    struct buf out = {0};
    if (n > 0 && !cli->json)
        buf_text(&out, "ID               PUBLISHED  SCORE COUNTED WHY             TITLE\n");
    for (size_t i = 0; i < n; i++)
        if (cli->json)
            put_json(&items[i], &out);
        else
            put_row(&items[i], &out);
    if (n == 0 && !cli->json && !cli->quiet)
        buf_text(&out, "nothing to review in this scope\n");
    bool ok = cli_print(buf_view(&out), err);
    buf_free(&out);
    return ok;
}

static bool export_list(struct cli *cli, const struct reviewed *items, size_t n, struct err *err)
{
    struct buf table = {0};
    review_csv(cli, items, n, &table);
    bool standard = strcmp(cli->table_out, "-") == 0;
    bool ok = standard ? cli_print(buf_view(&table), err) : file_publish(cli->table_out, buf_view(&table), err);
    buf_free(&table);
    if (!ok || standard || cli->quiet)
        return ok;
    return cli_print(
        str_from(arena_printf(cli->arena, "%s: %zu article%s to review\n", cli->table_out, n, n == 1 ? "" : "s")), err);
}

bool cmd_review(struct cli *cli, struct err *err)
{
    bool dated;
    date_t from = DATE_NONE, to = DATE_NONE;
    struct reviewed *items;
    size_t n;
    if (!cli_period(cli, &dated, &from, &to, err))
        return false;
    if (cli->table_in && (cli->table_out || dated))
        return err_set(err, ERR_USAGE, "--apply takes neither --export nor a period: the file says which articles");
    if (cli->table_in)
        return review_apply(cli, cli->table_in, err);
    struct store *store = store_open(cli->settings[SETTING_DB].value, STORE_READ, err);
    bool ok = store && review_collect(cli, store, dated, from, to, &items, &n, err) &&
              (cli->table_out ? export_list(cli, items, n, err) : print_list(cli, items, n, err));
    store_close(store);
    return ok;
}
