/* `briefgen explain ID`: why an article counts where it counts, or why it does not. */
#include "cli/explain.h"

#include "analyze/describe.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { PLAIN_WIDTH = 100, LEAST_WIDTH = 40, MOST_WIDTH = 140, LEAST_PREFIX = 4 };

struct explaining {
    struct cli *cli;
    struct store *store;
    struct analyzer *analyzer;
    struct buf out;
    size_t count, width;
    bool colour;
};

/* ---- the parts, for a terminal ---- */

static void put_head(struct buf *out, const struct explained *e)
{
    const struct listed_article *a = e->listed;
    struct date_text published = date_iso(a->published), lo = date_iso(a->lo), hi = date_iso(a->hi);
    buf_printf(out, "article " STR_FMT "  " STR_FMT "\n", STR_ARG(a->key), STR_ARG(a->title));
    buf_printf(out, "  source   " STR_FMT, STR_ARG(a->source));
    if (a->source_line)
        buf_printf(out, ":%zu", a->source_line);
    if (a->outlet.n)
        buf_printf(out, "  outlet " STR_FMT, STR_ARG(a->outlet));
    if (a->url.n)
        buf_printf(out, "  " STR_FMT, STR_ARG(a->url));
    buf_printf(out, "\n  date     %s (%s)", a->published == DATE_NONE ? "미상" : published.p, basis_name(a->basis));
    if (a->basis == BASIS_INFERRED)
        buf_printf(out, ", within %s .. %s", lo.p, hi.p);
    if (a->date_evidence.n)
        buf_printf(out, ", from \"" STR_FMT "\"", STR_ARG(a->date_evidence));
    buf_char(out, '\n');
}

/* Why an article that does not count does not. */
static const char *obstacle(const struct explained *e)
{
    if (str_equal(e->said.values[CORRECTION_INITIATIVE], STR("no")))
        return ", because a person has said so";
    if (e->said.values[CORRECTION_INITIATIVE].n)
        return ", because no city or no category is left of what a person has said";
    if (!e->why.has_city)
        return e->why.several_cities ? ", because more than four cities are meant" : ", because no city was found";
    return e->why.probability < e->why.line ? ", because the score is below the line" : "";
}

static void put_verdict(struct buf *out, const struct explained *e)
{
    const struct listed_article *a = e->listed;
    if (!a->analyzed)
        buf_text(out, "  counted  not analyzed yet: run briefgen reanalyze\n");
    else if (a->is_initiative)
        buf_printf(out, "  counted  yes, in initiative " STR_FMT ", score %.2f%s\n", STR_ARG(a->initiative), a->score,
                   a->published == DATE_NONE ? "; in no month, because its date is not certain" : "");
    else
        buf_printf(out, "  counted  no, score %.2f%s\n", a->score, obstacle(e));
    if (e->outdated)
        buf_text(out, "  note     analysed by other rules than this program's: run briefgen reanalyze\n");
}

static void put_corrections(struct buf *out, const struct explained *e)
{
    for (size_t f = 0; f < CORRECTION_FIELDS; f++)
        if (e->said.values[f].n)
            buf_printf(out, "  person   %s: " STR_FMT "\n", correction_name((enum correction_field)f),
                       STR_ARG(e->said.values[f]));
}

static void put_quoted(struct buf *out, struct str text, size_t begin, size_t end)
{
    if (begin >= end || end > text.n)
        return;
    struct str words = str_slice(text, begin, end), head = str_head(words, 90);
    buf_text(out, "  ‹");
    for (size_t i = 0; i < head.n; i++)
        buf_char(out, head.p[i] == '\n' ? ' ' : head.p[i]);
    buf_printf(out, "%s›", head.n < words.n ? "…" : "");
}

static void put_padded(struct buf *out, const char *text, size_t columns)
{
    buf_text(out, text);
    for (size_t used = utf8_columns(str_from(text)); used < columns; used++)
        buf_char(out, ' ');
}

static void put_findings(struct buf *out, struct arena *arena, const struct regions *regions, const struct explained *e)
{
    buf_text(out, "\n  findings    value                          score  rule\n");
    for (size_t i = 0; i < e->analysis.n; i++) {
        const struct finding *f = &e->analysis.findings[i];
        const char *name = f->kind == FINDING_CITY ? describe_place(regions, f->value, e->listed->published) : NULL;
        buf_printf(out, "  %-11s ", finding_kind_name(f->kind));
        struct buf said = {0};
        describe_finding(regions, f, e->listed->published, &said);
        put_padded(
            out, arena_printf(arena, STR_FMT "%s%s", STR_ARG(buf_view(&said)), name ? " " : "", name ? name : ""), 30);
        buf_free(&said);
        buf_printf(out, " %.2f   " STR_FMT "%s", f->score, STR_ARG(f->rule),
                   f->by_person ? "  (corrected by a person)" : "");
        put_quoted(out, e->text, f->begin, f->end);
        buf_char(out, '\n');
    }
}

static int by_contribution(const void *a, const void *b)
{
    const struct explained_feature *x = a, *y = b;
    double p = x->value * x->weight, q = y->value * y->weight;
    return p > q ? -1 : p < q ? 1 : strcmp(x->name, y->name);
}

/* What speaks for it, from the strongest, what speaks against it, and what the likeliest category lacks. */
static void put_model(struct buf *out, struct arena *arena, const struct explained *e)
{
    struct explained_feature *sorted = ARENA_ARRAY(arena, e->why.n_features + 1, struct explained_feature);
    double sum = 0;
    if (e->why.n_features > 0)
        memcpy(sorted, e->why.features, e->why.n_features * sizeof *sorted);
    qsort(sorted, e->why.n_features, sizeof *sorted, by_contribution);
    buf_printf(out, "\n  score as " STR_FMT "     value x weight = contribution\n", STR_ARG(e->why.category));
    for (size_t i = 0; i < e->why.n_features; i++) {
        const struct explained_feature *f = &sorted[i];
        double term = f->value * f->weight + 0.0; /* no "-0.00" */
        sum += term;
        buf_printf(out, "  %c %-18s %6.2f x %6.2f = %+6.2f",
                   term < 0   ? '-'
                   : term > 0 ? '+'
                              : ' ',
                   f->name, f->value, f->weight, term);
        if (f->value > 0)
            put_quoted(out, e->text, f->begin, f->end);
        buf_char(out, '\n');
    }
    buf_printf(out, "    %-34s = %+6.2f: probability %.2f%s; the line is %.2f\n", "sum", sum, e->why.probability,
               e->why.probability <= 0 ? " (no word of the category)" : "", e->why.line);
}

static void put_members(struct buf *out, const struct explained *e)
{
    if (e->n_members > 0)
        buf_printf(out, "\n  same initiative (" STR_FMT ")\n", STR_ARG(e->listed->initiative));
    for (size_t i = 0; i < e->n_members; i++) {
        const struct explain_member *m = &e->members[i];
        struct date_text date = date_iso(m->published);
        buf_printf(out, "  " STR_FMT " %-10s " STR_FMT "%s" STR_FMT "\n    titles alike %.2f", STR_ARG(m->key),
                   date.p[0] ? date.p : "-", STR_ARG(m->outlet), m->outlet.n ? "  " : "", STR_ARG(m->title), m->alike);
        for (size_t k = 0; k < m->n_common; k++)
            buf_printf(out, "%s" STR_FMT, k ? ", " : "; in both: ", STR_ARG(m->common[k]));
        buf_char(out, '\n');
    }
    if (e->more_members)
        buf_printf(out, "  and %zu more\n", e->more_members);
}

/* ---- gathering ---- */

static bool rules_differ(struct explaining *x, int64_t id, bool *differ, struct err *err)
{
    struct param param = {.type = PARAM_INT, .number = id};
    struct rows *rows = store_query(x->store, "SELECT rules FROM analysis WHERE article = ?1", &param, 1, err);
    if (rows && rows_next(rows, err))
        *differ = !str_equal(rows_text(rows, 0), str_from(analyzer_version(x->analyzer)));
    rows_close(rows);
    return err->kind == ERR_NONE;
}

static bool gather(struct explaining *x, struct arena *arena, struct explained *e, struct err *err)
{
    struct param id = {.type = PARAM_INT, .number = e->listed->id};
    struct rows *rows = store_articles(x->store, "id = ?1", &id, 1, err);
    bool ok = rows && store_next_article(rows, arena, &e->article, err) &&
              store_findings(x->store, arena, id.number, &e->analysis, err) &&
              store_corrections(x->store, arena, id.number, &e->said, err) &&
              rules_differ(x, id.number, &e->outdated, err) && explain_members(x->store, arena, e, err) &&
              explain_places(x->store, arena, e, err);
    rows_close(rows);
    if (ok) {
        e->text = article_text(arena, &e->article);
        analyze_explain(x->analyzer, arena, &e->article, &e->why);
    }
    return ok;
}

static bool explain_article(void *context, const struct listed_article *a, struct err *err)
{
    struct explaining *x = context;
    struct arena *arena = arena_new();
    struct explained *e = ARENA_NEW(arena, struct explained);
    e->listed = a;
    bool ok = gather(x, arena, e, err);
    if (ok && x->cli->json) {
        explain_json(&x->cli->regions, e, &x->out);
    } else if (ok) {
        if (x->count)
            buf_char(&x->out, '\n');
        put_head(&x->out, e);
        put_verdict(&x->out, e);
        put_corrections(&x->out, e);
        explain_put_places(e, &x->out);
        explain_text(arena, e, x->width, x->colour, &x->out);
        put_findings(&x->out, arena, &x->cli->regions, e);
        put_model(&x->out, arena, e);
        put_members(&x->out, e);
    }
    x->count++;
    arena_free(arena);
    return ok;
}

static bool explain_initiative(void *context, const struct listed_initiative *i, struct err *err)
{
    struct explaining *x = context;
    struct date_text first = date_iso(i->first), last = date_iso(i->last);
    if (!x->cli->json)
        buf_printf(&x->out, "%sinitiative " STR_FMT "  " STR_FMT "\n  %zu article%s, published %s .. %s\n\n",
                   x->count ? "\n" : "", STR_ARG(i->key), STR_ARG(i->title), i->n_articles,
                   i->n_articles == 1 ? "" : "s", first.p[0] ? first.p : "?", last.p[0] ? last.p : "?");
    x->count = 0;
    bool ok = true;
    for (size_t k = 0; ok && k < i->n_articles; k++) {
        struct list_scope scope = {.prefix = i->articles[k]};
        ok = list_articles(x->store, &x->cli->regions, &scope, explain_article, x, err);
    }
    return ok;
}

/* Of the terminal; a fixed one where the text goes elsewhere, so that it is the same everywhere. */
static size_t width_of_output(void)
{
    struct winsize size;
    if (!isatty(1) || ioctl(1, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return PLAIN_WIDTH;
    return size.ws_col < LEAST_WIDTH ? LEAST_WIDTH : size.ws_col > MOST_WIDTH ? MOST_WIDTH : size.ws_col;
}

bool cmd_explain(struct cli *cli, struct err *err)
{
    const char *id = cli->args[0], *plain = getenv("NO_COLOR");
    struct list_scope scope = {.prefix = str_from(id)};
    if (strlen(id) < LEAST_PREFIX)
        return err_set(err, ERR_USAGE, "explain: \"%s\" is too short: give at least the first %d characters of the id",
                       id, LEAST_PREFIX);
    struct explaining x = {.cli = cli, .width = width_of_output(), .colour = isatty(1) && !(plain && *plain)};
    x.store = store_open(cli->settings[SETTING_DB].value, STORE_READ, err);
    x.analyzer = x.store ? analyzer_new(&cli->regions, &cli->taxonomy, err) : NULL;
    bool ok = x.analyzer;
    if (ok)
        ok = id[0] == 'i' ? list_initiatives(x.store, &cli->regions, &scope, explain_initiative, &x, err)
                          : list_articles(x.store, &cli->regions, &scope, explain_article, &x, err);
    if (ok && x.out.n == 0)
        ok = err_set(err, ERR_NO_INPUT, "%s: no article or initiative in %s has an id that begins so", id,
                     cli->settings[SETTING_DB].value);
    ok = ok && cli_print(buf_view(&x.out), err);
    buf_free(&x.out);
    analyzer_free(x.analyzer);
    store_close(x.store);
    return ok;
}
