/* `briefgen articles` and `briefgen initiatives`: a table for people, JSON Lines for programs. */
#include "cli/cli.h"

#include "base/json.h"
#include "base/utf8.h"
#include "brief/list.h"

struct listing {
    struct cli *cli;
    struct buf out; /* flushed every FLUSH bytes */
    size_t count;
};

enum { FLUSH = 1 << 16, TITLE_COLUMNS = 56 };

static bool flush(struct listing *list, size_t from, struct err *err)
{
    if (list->out.n < from)
        return true;
    bool ok = cli_print(buf_view(&list->out), err);
    buf_clear(&list->out);
    return ok;
}

static void json_list(struct json *json, const char *name, const struct str *items, size_t n)
{
    json_open(json, name, '[');
    for (size_t i = 0; i < n; i++)
        json_str(json, NULL, items[i]);
    json_close(json, ']');
}

static void json_date(struct json *json, const char *name, date_t date)
{
    struct date_text text = date_iso(date);
    json_null_str(json, name, str_from(text.p));
}

static struct str place(struct arena *arena, const struct listed_article *a)
{
    return a->source_line ? str_from(arena_printf(arena, STR_FMT ":%zu", STR_ARG(a->source), a->source_line))
                          : a->source;
}

/* The stable fields of the README, in their order. */
static void article_json(struct listing *list, const struct listed_article *a)
{
    struct json json = {.out = &list->out};
    json_open(&json, NULL, '{');
    json_str(&json, "id", a->key);
    json_null_str(&json, "external_id", a->external_id);
    json_str(&json, "source", place(list->cli->arena, a));
    json_str(&json, "title", a->title);
    json_null_str(&json, "outlet", a->outlet);
    json_null_str(&json, "url", a->url);
    json_date(&json, "published", a->published);
    json_str(&json, "date_basis", str_from(basis_name(a->basis)));
    json_date(&json, "event", a->event);
    json_list(&json, "regions", a->regions, a->n_regions);
    json_list(&json, "categories", a->categories, a->n_categories);
    json_bool(&json, "initiative", a->is_initiative);
    json_null_str(&json, "initiative_id", a->initiative);
    json_real(&json, "score", a->score);
    json_bool(&json, "corrected", a->corrected);
    json_close(&json, '}');
    buf_char(&list->out, '\n');
}

/* `text` cut to `columns` terminal cells, with … when something was cut, padded when `pad`. */
static void put_columns(struct buf *out, struct str text, size_t columns, bool pad)
{
    size_t used = 0, at = 0, whole = utf8_columns(text);
    while (at < text.n) {
        size_t next = at;
        size_t width = (size_t)utf8_width(utf8_next(text, &next));
        if (used + width + (whole > columns) > columns)
            break;
        buf_str(out, str_slice(text, at, next));
        used += width;
        at = next;
    }
    if (at < text.n) {
        buf_text(out, "…");
        used++;
    }
    for (; pad && used < columns; used++)
        buf_char(out, ' ');
}

static void put_list(struct buf *out, const struct str *items, size_t n, size_t columns)
{
    struct buf joined = {0};
    for (size_t i = 0; i < n; i++)
        buf_printf(&joined, "%s" STR_FMT, i ? "," : "", STR_ARG(items[i]));
    put_columns(out, n ? buf_view(&joined) : STR("-"), columns, true);
    buf_char(out, ' ');
    buf_free(&joined);
}

static void put_date(struct buf *out, date_t date)
{
    struct date_text text = date_iso(date);
    buf_printf(out, "%-10s ", date == DATE_NONE ? "-" : text.p);
}

static void article_row(struct listing *list, const struct listed_article *a)
{
    struct buf *out = &list->out;
    if (list->count == 0)
        buf_text(out, "ID               PUBLISHED  REGIONS     CATEGORIES    INITIATIVE       TITLE\n");
    buf_printf(out, STR_FMT " ", STR_ARG(a->key));
    put_date(out, a->published);
    put_list(out, a->regions, a->n_regions, 11);
    put_list(out, a->categories, a->n_categories, 13);
    put_columns(out, a->initiative.n ? a->initiative : STR("-"), 16, true);
    buf_char(out, ' ');
    put_columns(out, a->title, TITLE_COLUMNS, false);
    buf_char(out, '\n');
}

static bool each_article(void *context, const struct listed_article *article, struct err *err)
{
    struct listing *list = context;
    if (list->cli->json)
        article_json(list, article);
    else
        article_row(list, article);
    list->count++;
    return flush(list, FLUSH, err);
}

static void initiative_json(struct listing *list, const struct listed_initiative *i)
{
    struct json json = {.out = &list->out};
    json_open(&json, NULL, '{');
    json_str(&json, "id", i->key);
    json_str(&json, "title", i->title);
    json_null_str(&json, "stage", i->stage);
    json_date(&json, "first", i->first);
    json_date(&json, "last", i->last);
    json_list(&json, "regions", i->regions, i->n_regions);
    json_list(&json, "categories", i->categories, i->n_categories);
    json_list(&json, "articles", i->articles, i->n_articles);
    json_close(&json, '}');
    buf_char(&list->out, '\n');
}

static void initiative_row(struct listing *list, const struct listed_initiative *i)
{
    struct buf *out = &list->out;
    if (list->count == 0)
        buf_text(out, "ID               FIRST      LAST       REGIONS     CATEGORIES    ARTICLES TITLE\n");
    buf_printf(out, STR_FMT " ", STR_ARG(i->key));
    put_date(out, i->first);
    put_date(out, i->last);
    put_list(out, i->regions, i->n_regions, 11);
    put_list(out, i->categories, i->n_categories, 13);
    buf_printf(out, "%8zu ", i->n_articles);
    put_columns(out, i->title, TITLE_COLUMNS, false);
    buf_char(out, '\n');
}

static bool each_initiative(void *context, const struct listed_initiative *initiative, struct err *err)
{
    struct listing *list = context;
    if (list->cli->json)
        initiative_json(list, initiative);
    else
        initiative_row(list, initiative);
    list->count++;
    return flush(list, FLUSH, err);
}

static bool run_list(struct cli *cli, bool articles, struct err *err)
{
    struct list_scope scope = {0};
    if (!cli_period(cli, &scope.dated, &scope.from, &scope.to, err))
        return false;
    struct store *store = store_open(cli->settings[SETTING_DB].value, STORE_READ, err);
    if (!store)
        return false;
    struct listing list = {.cli = cli};
    bool ok = articles ? list_articles(store, &cli->regions, &scope, each_article, &list, err)
                       : list_initiatives(store, &cli->regions, &scope, each_initiative, &list, err);
    ok = ok && flush(&list, 0, err);
    if (ok && list.count == 0 && !cli->json && !cli->quiet)
        ok = cli_print(STR("nothing in this scope\n"), err);
    buf_free(&list.out);
    store_close(store);
    return ok;
}

bool cmd_articles(struct cli *cli, struct err *err)
{
    return run_list(cli, true, err);
}

bool cmd_initiatives(struct cli *cli, struct err *err)
{
    return run_list(cli, false, err);
}
