/* Which articles are worth a look, and why. */
#include "cli/explain.h"
#include "cli/review.h"

#include "base/file.h"
#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Half the band around the line, the support below which a city is doubtful, likeness of titles, days between. */
static const double band = 0.15, weak_city = 0.62, alike = 0.5;
enum { MAX_NEAR = 200, DAYS_APART = 14 };

struct collecting {
    struct cli *cli;
    struct store *store;
    bool dated, all;
    date_t from, to;
    struct reviewed *items;
    size_t n, room;
};

static struct str *copy_list(struct arena *arena, const struct str *list, size_t n)
{
    struct str *copy = ARENA_ARRAY(arena, n + 1, struct str);
    for (size_t i = 0; i < n; i++)
        copy[i] = str_copy(arena, list[i]);
    return copy;
}

static void keep(struct arena *arena, const struct listed_article *from, struct listed_article *to)
{
    *to = *from;
    struct str *const texts[] = {&to->key,    &to->external_id, &to->source,        &to->title,
                                 &to->outlet, &to->url,         &to->date_evidence, &to->initiative};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = str_copy(arena, *texts[i]);
    to->regions = copy_list(arena, from->regions, from->n_regions);
    to->categories = copy_list(arena, from->categories, from->n_categories);
}

static void put_state(struct reviewed *item)
{
    struct buf text = {0};
    char hex[65];
    const struct listed_article *a = &item->article;
    struct date_text date = date_iso(a->published);
    buf_printf(&text, STR_FMT "|%d|%s|%s", STR_ARG(a->key), a->is_initiative, date.p, basis_name(a->basis));
    for (size_t i = 0; i < a->n_regions; i++)
        buf_printf(&text, "|" STR_FMT, STR_ARG(a->regions[i]));
    for (size_t i = 0; i < a->n_categories; i++)
        buf_printf(&text, "|" STR_FMT, STR_ARG(a->categories[i]));
    file_sha256(buf_view(&text), hex);
    item->state[0] = 'v'; /* a letter keeps spreadsheets from reading a number */
    memcpy(item->state + 1, hex, sizeof item->state - 2);
    item->state[sizeof item->state - 1] = '\0';
    buf_free(&text);
}

static bool city_support(struct store *store, int64_t article, double *support, struct err *err)
{
    static const char sql[] = "SELECT score FROM finding WHERE article = ?1 AND kind = 'city' AND rank = 0";
    struct param param = {.type = PARAM_INT, .number = article};
    struct rows *rows = store_query(store, sql, &param, 1, err);
    *support = rows && rows_next(rows, err) ? rows_real(rows, 0) : 0;
    rows_close(rows);
    return err->kind == ERR_NONE;
}

/* Doubts on what a person has spoken about are none. */
static bool find_doubts(struct collecting *c, struct reviewed *item, struct err *err)
{
    const struct listed_article *a = &item->article;
    const struct str *said = item->said.values;
    double support = 1;
    if (!said[CORRECTION_CITY].n && !said[CORRECTION_INITIATIVE].n &&
        (a->is_initiative || a->score > analyze_line() - band) && !city_support(c->store, a->id, &support, err))
        return false;
    double away = fabs(a->score - analyze_line());
    if (!said[CORRECTION_INITIATIVE].n && away < band && a->n_regions > 0) {
        item->doubts |= DOUBT_SCORE;
        item->worth += 1 - away / band;
    }
    if (!said[CORRECTION_DATE].n && a->is_initiative && a->published == DATE_NONE) {
        item->doubts |= DOUBT_DATE;
        item->worth += 0.8 * a->score;
    }
    if (support < weak_city && (a->is_initiative || a->n_regions == 0)) {
        item->doubts |= DOUBT_CITY;
        item->worth += a->is_initiative ? 1 - support : 0.6 * a->score;
    }
    put_state(item);
    return true;
}

static bool in_scope(const struct collecting *c, const struct listed_article *a)
{
    if (!c->dated)
        return true;
    if (a->published != DATE_NONE)
        return c->from <= a->published && a->published <= c->to;
    return a->lo == DATE_NONE || (a->lo <= c->to && c->from <= a->hi);
}

static bool take(void *context, const struct listed_article *a, struct err *err)
{
    struct collecting *c = context;
    if (!in_scope(c, a) ||
        (!c->all && (!a->analyzed || (!a->is_initiative && !a->corrected && a->score <= analyze_line() - band))))
        return true;
    struct reviewed item = {.worth = 0};
    keep(c->cli->arena, a, &item.article);
    if (!store_corrections(c->store, c->cli->arena, a->id, &item.said, err) || !find_doubts(c, &item, err))
        return false;
    c->items = mem_grow(c->items, &c->room, c->n + 1, sizeof *c->items);
    c->items[c->n++] = item;
    return true;
}

/* ---- initiatives that look alike ---- */

static int by_region(const void *a, const void *b)
{
    const struct listed_article *x = &((const struct reviewed *)a)->article,
                                *y = &((const struct reviewed *)b)->article;
    int order = str_compare(x->n_regions ? x->regions[0] : STR(""), y->n_regions ? y->regions[0] : STR(""));
    if (order == 0 && x->published != y->published)
        order = x->published < y->published ? -1 : 1;
    return order ? order : str_compare(x->key, y->key);
}

static bool is_near(const struct listed_article *a, const struct listed_article *b)
{
    return a->n_regions && b->n_regions && str_equal(a->regions[0], b->regions[0]) &&
           (a->published == DATE_NONE || b->published - a->published <= DAYS_APART);
}

static bool may_be_one(const struct reviewed *a, const struct reviewed *b)
{
    return a->article.is_initiative && b->article.is_initiative &&
           !str_equal(a->article.initiative, b->article.initiative) && !a->said.values[CORRECTION_GROUP].n &&
           !b->said.values[CORRECTION_GROUP].n && titles_alike(a->article.title, b->article.title) >= alike;
}

/* The list is sorted by main city and day; the later of two that are alike is marked. */
static void find_alike(struct reviewed *items, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n && k - i < MAX_NEAR && is_near(&items[i].article, &items[k].article); k++) {
            if ((items[k].doubts & DOUBT_GROUP) || !may_be_one(&items[i], &items[k]))
                continue;
            items[k].worth += 0.5;
            items[k].doubts |= DOUBT_GROUP;
            items[k].near = items[i].article.initiative;
        }
}

static int by_worth(const void *a, const void *b)
{
    const struct reviewed *x = a, *y = b;
    if (x->worth < y->worth || x->worth > y->worth)
        return x->worth > y->worth ? -1 : 1;
    return str_compare(x->article.key, y->article.key);
}

bool review_collect(struct cli *cli, struct store *store, bool dated, date_t from, date_t to, struct reviewed **items,
                    size_t *n, struct err *err)
{
    struct collecting c = {.cli = cli, .store = store, .dated = dated, .from = from, .to = to};
    struct list_scope scope = {0};
    bool ok = list_articles(store, &cli->regions, &scope, take, &c, err);
    *n = 0;
    if (c.n > 0) {
        qsort(c.items, c.n, sizeof *c.items, by_region);
        find_alike(c.items, c.n);
        qsort(c.items, c.n, sizeof *c.items, by_worth);
    }
    *items = ARENA_ARRAY(cli->arena, c.n + 1, struct reviewed);
    for (size_t i = 0; i < c.n; i++)
        if (c.items[i].doubts || c.items[i].article.corrected)
            (*items)[(*n)++] = c.items[i];
    mem_free(c.items);
    return ok;
}

bool review_find(struct cli *cli, struct store *store, struct str key, struct reviewed *out, bool *found,
                 struct err *err)
{
    struct collecting c = {.cli = cli, .store = store, .all = true};
    struct list_scope scope = {.prefix = key};
    *found = false;
    if (key.n != ARTICLE_KEY - 1) /* the beginning of a key would find many */
        return true;
    bool ok = list_articles(store, &cli->regions, &scope, take, &c, err);
    for (size_t i = 0; i < c.n; i++)
        if (str_equal(c.items[i].article.key, key)) {
            *out = c.items[i];
            *found = true;
        }
    mem_free(c.items);
    return ok;
}

struct str review_words(struct arena *arena, const struct reviewed *item)
{
    static const char *const words[] = {"점수가 경계에 있음", "보도일이 확실하지 않음", "시군구가 확실하지 않음",
                                        "비슷한 사업이 있음"};
    struct buf text = {0};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (item->doubts >> i & 1)
            buf_printf(&text, "%s%s", text.n ? ", " : "", words[i]);
    if (!item->doubts)
        buf_text(&text, "사람이 고침");
    if (item->near.n)
        buf_printf(&text, " (" STR_FMT ")", STR_ARG(item->near));
    struct str result = str_copy(arena, buf_view(&text));
    buf_free(&text);
    return result;
}
