/* `briefgen explain ID`: why an article counts where it counts. */
#include "cli/cli.h"

#include "analyze/describe.h"
#include "base/utf8.h"
#include "brief/list.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct explaining {
    struct cli *cli;
    struct store *store;
    struct buf out;
    size_t count;
    bool colour;
};

static const char *region_name(const struct regions *regions, struct str unit, date_t day)
{
    char code[6] = "";
    memcpy(code, unit.p, unit.n < 5 ? unit.n : 5);
    const struct region *region = regions_at(regions, code, day);
    if (!region)
        region = regions_at(regions, code, DATE_NONE);
    return region ? region->full_name.p : NULL;
}

/* The evidence with some text on both sides, the words themselves marked. Newlines are shown as spaces. */
static void put_evidence(struct explaining *e, struct str text, size_t begin, size_t end)
{
    enum { CONTEXT = 36 }; /* code points */
    if (begin >= end || end > text.n)
        return;
    size_t from = begin, to = end;
    for (int i = 0; i < CONTEXT && from > 0; i++)
        utf8_previous(text, &from);
    for (int i = 0; i < CONTEXT && to < text.n; i++)
        utf8_next(text, &to);
    size_t start = e->out.n;
    buf_printf(&e->out, "             %s" STR_FMT "%s" STR_FMT "%s" STR_FMT "%s\n", from ? "…" : "",
               STR_ARG(str_slice(text, from, begin)), e->colour ? "\033[1;7m" : "[",
               STR_ARG(str_slice(text, begin, end)), e->colour ? "\033[0m" : "]", STR_ARG(str_slice(text, end, to)),
               to < text.n ? "…" : "");
    for (size_t i = start; i + 1 < e->out.n; i++)
        if (e->out.p[i] == '\n')
            e->out.p[i] = ' ';
}

static void put_finding(struct explaining *e, struct str text, const struct finding *f, date_t day)
{
    const char *name = f->kind == FINDING_CITY ? region_name(&e->cli->regions, f->value, day) : NULL;
    buf_printf(&e->out, "  %-10s ", finding_kind_name(f->kind));
    describe_finding(&e->cli->regions, f, day, &e->out);
    buf_printf(&e->out, "%s%s  score %.2f  rule " STR_FMT "%s\n", name ? " " : "", name ? name : "", f->score,
               STR_ARG(f->rule), f->by_person ? "  (corrected by a person)" : "");
    put_evidence(e, text, f->begin, f->end);
}

static bool put_findings(struct explaining *e, const struct listed_article *a, struct err *err)
{
    struct arena *arena = arena_new();
    struct param id = {.type = PARAM_INT, .number = a->id};
    struct rows *rows = store_articles(e->store, "id = ?1", &id, 1, err);
    struct article article;
    struct analysis analysis = {0};
    bool ok = rows && store_next_article(rows, arena, &article, err) &&
              store_findings(e->store, arena, a->id, &analysis, err);
    rows_close(rows);
    if (ok) {
        struct str text = article_text(arena, &article);
        for (size_t i = 0; i < analysis.n; i++)
            put_finding(e, text, &analysis.findings[i], a->published);
    }
    arena_free(arena);
    return ok;
}

static bool explain_article(void *context, const struct listed_article *a, struct err *err)
{
    struct explaining *e = context;
    struct date_text published = date_iso(a->published), lo = date_iso(a->lo), hi = date_iso(a->hi);
    if (e->count++)
        buf_char(&e->out, '\n');
    buf_printf(&e->out, "article " STR_FMT "  " STR_FMT "\n", STR_ARG(a->key), STR_ARG(a->title));
    buf_printf(&e->out, "  source     " STR_FMT, STR_ARG(a->source));
    if (a->source_line)
        buf_printf(&e->out, ":%zu", a->source_line);
    if (a->outlet.n)
        buf_printf(&e->out, "  outlet " STR_FMT, STR_ARG(a->outlet));
    if (a->url.n)
        buf_printf(&e->out, "  " STR_FMT, STR_ARG(a->url));
    buf_printf(&e->out, "\n  date       %s (%s)", a->published == DATE_NONE ? "미상" : published.p,
               basis_name(a->basis));
    if (a->basis == BASIS_INFERRED)
        buf_printf(&e->out, ", within %s .. %s", lo.p, hi.p);
    if (a->date_evidence.n)
        buf_printf(&e->out, ", from \"" STR_FMT "\"", STR_ARG(a->date_evidence));
    if (!a->analyzed)
        buf_text(&e->out, "\n  not analyzed yet: run briefgen reanalyze\n");
    else if (a->is_initiative)
        buf_printf(&e->out, "\n  counted    yes, in initiative " STR_FMT ", score %.2f%s\n", STR_ARG(a->initiative),
                   a->score, a->published == DATE_NONE ? "; in no month, because its date is not certain" : "");
    else
        buf_printf(&e->out, "\n  counted    no, score %.2f\n", a->score);
    return put_findings(e, a, err);
}

static bool explain_initiative(void *context, const struct listed_initiative *i, struct err *err)
{
    struct explaining *e = context;
    struct date_text first = date_iso(i->first), last = date_iso(i->last);
    buf_printf(&e->out, "initiative " STR_FMT "  " STR_FMT "\n  %zu article%s, published %s .. %s\n\n", STR_ARG(i->key),
               STR_ARG(i->title), i->n_articles, i->n_articles == 1 ? "" : "s", first.p[0] ? first.p : "?",
               last.p[0] ? last.p : "?");
    bool ok = true;
    for (size_t k = 0; ok && k < i->n_articles; k++) {
        struct list_scope scope = {.prefix = i->articles[k]};
        ok = list_articles(e->store, &e->cli->regions, &scope, explain_article, e, err);
    }
    return ok;
}

bool cmd_explain(struct cli *cli, struct err *err)
{
    const char *id = cli->args[0];
    struct list_scope scope = {.prefix = str_from(id)};
    if (!*id)
        return err_set(err, ERR_USAGE, "explain: the id is empty");
    struct explaining e = {.cli = cli, .store = store_open(cli->settings[SETTING_DB].value, STORE_READ, err)};
    if (!e.store)
        return false;
    e.colour = isatty(1) && !getenv("NO_COLOR");
    bool ok = id[0] == 'i' ? list_initiatives(e.store, &cli->regions, &scope, explain_initiative, &e, err)
                           : list_articles(e.store, &cli->regions, &scope, explain_article, &e, err);
    if (ok && e.out.n == 0)
        ok = err_set(err, ERR_NO_INPUT, "%s: no article or initiative in %s has an id that begins so", id,
                     cli->settings[SETTING_DB].value);
    ok = ok && cli_print(buf_view(&e.out), err);
    buf_free(&e.out);
    store_close(e.store);
    return ok;
}
