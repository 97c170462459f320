/* `briefgen articles` and `briefgen initiatives`: a table for people, CSV and JSON Lines for programs. */
#include "cli/list.h"

#include "base/json.h"

#include <stdio.h>
#include <string.h>

struct listing {
    struct cli *cli;
    struct list_writer writer;
    struct buf out; /* flushed every FLUSH bytes */
    size_t count;
};

enum { FLUSH = 1 << 16 };

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

static void json_place(struct json *json, const struct listed_article *a)
{
    struct buf place = {0};
    buf_str(&place, a->source);
    if (a->source_line)
        buf_printf(&place, ":%zu", a->source_line);
    json_str(json, "source", buf_view(&place));
    buf_free(&place);
}

/* The stable fields of the README, in their order. */
static void article_json(struct listing *list, const struct listed_article *a)
{
    struct json json = {.out = &list->out};
    json_open(&json, NULL, '{');
    json_str(&json, "id", a->key);
    json_null_str(&json, "external_id", a->external_id);
    json_place(&json, a);
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

static bool each_article(void *context, const struct listed_article *article, struct err *err)
{
    struct listing *list = context;
    list->count++;
    if (!list->cli->json)
        return list_writer_put(&list->writer, &(struct listed){.article = article}, &list->out, err) &&
               flush(list, FLUSH, err);
    article_json(list, article);
    return flush(list, FLUSH, err);
}

/* An end that the text does not give is null. */
static void json_amount(struct json *json, const char *name, int64_t number)
{
    if (number < 0)
        json_null_str(json, name, STR(""));
    else
        json_int(json, name, number);
}

static void agency_json(struct json *json, const struct regions *regions, struct str value)
{
    struct str place, name;
    char unit[6] = "";
    if (!finding_agency(value, &place, &name))
        return;
    if (place.n < sizeof unit)
        memcpy(unit, place.p, place.n);
    json_open(json, NULL, '{');
    json_str(json, "name", name);
    json_null_str(json, "region", place.n < sizeof unit ? str_from(regions_count_unit(regions, unit)) : STR(""));
    json_close(json, '}');
}

static void money_json(struct json *json, struct str value)
{
    struct amount_value amount;
    if (!finding_amount(value, true, &amount))
        return;
    json_open(json, NULL, '{');
    json_str(json, "currency", amount.unit);
    json_amount(json, "lo", amount.lo);
    json_amount(json, "hi", amount.hi);
    json_str(json, "role", amount.role);
    json_close(json, '}');
}

static void target_json(struct json *json, struct str value)
{
    struct target_value target;
    if (!finding_target(value, &target))
        return;
    json_open(json, NULL, '{');
    json_date(json, "first", target.first);
    json_date(json, "last", target.last);
    json_str(json, "event", target.event);
    json_close(json, '}');
}

static void facts_json(struct json *json, const struct regions *regions, const struct listed_initiative *i)
{
    static const struct {
        enum finding_kind kind;
        const char *name;
    } lists[] = {
        {FINDING_AGENCY, "agencies"}, {FINDING_MONEY, "money"}, {FINDING_TARGET, "targets"}, {FINDING_ZONE, "zones"}};
    for (size_t k = 0; k < sizeof lists / sizeof *lists; k++) {
        json_open(json, lists[k].name, '[');
        for (size_t f = 0; f < i->n_facts; f++) {
            struct str value = i->facts[f], kind;
            str_field(&value, ' ', &kind);
            if (!str_equal(kind, str_from(finding_kind_name(lists[k].kind))))
                continue;
            switch (lists[k].kind) {
            case FINDING_AGENCY: agency_json(json, regions, value); break;
            case FINDING_MONEY: money_json(json, value); break;
            case FINDING_TARGET: target_json(json, value); break;
            default: json_str(json, NULL, value);
            }
        }
        json_close(json, ']');
    }
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
    facts_json(&json, &list->cli->regions, i);
    json_close(&json, '}');
    buf_char(&list->out, '\n');
}

static bool each_initiative(void *context, const struct listed_initiative *initiative, struct err *err)
{
    struct listing *list = context;
    list->count++;
    if (!list->cli->json)
        return list_writer_put(&list->writer, &(struct listed){.initiative = initiative}, &list->out, err) &&
               flush(list, FLUSH, err);
    initiative_json(list, initiative);
    return flush(list, FLUSH, err);
}

static bool run_list(struct cli *cli, bool articles, struct err *err)
{
    struct list_scope scope = {.from = DATE_NONE, .to = DATE_NONE, .facts = cli->json || cli->csv};
    struct brief_scope wanted;
    struct listing list = {.cli = cli};
    if (cli->json && cli->csv)
        return err_set(err, ERR_USAGE, "either --json or --csv");
    if (!cli_period(cli, &scope.dated, &scope.from, &scope.to, err) || !cli_scope(cli, scope.to, &wanted, err) ||
        !list_writer_open(&list.writer, cli, articles, err))
        return false;
    scope.regions = wanted.regions;
    scope.n_regions = wanted.n_regions;
    if (wanted.category)
        scope.category = cli->taxonomy.items[wanted.category - 1].key;
    struct store *store = store_open(cli->settings[SETTING_DB].value, STORE_READ, err);
    if (!store)
        return false;
    bool ok = articles ? list_articles(store, &cli->regions, &scope, each_article, &list, err)
                       : list_initiatives(store, &cli->regions, &scope, each_initiative, &list, err);
    ok = ok && (cli->json || list_writer_end(&list.writer, &list.out, err)) && flush(&list, 0, err);
    if (ok && list.count == 0 && !cli->quiet)
        fputs("briefgen: note: nothing in this scope\n", stderr);
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
