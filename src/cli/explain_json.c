/* `briefgen explain --json`: one object an article. */
#include "cli/explain.h"

#include "analyze/describe.h"
#include "base/json.h"

static void put_date(struct json *json, const char *name, date_t date)
{
    struct date_text text = date_iso(date);
    json_null_str(json, name, str_from(text.p));
}

static void put_words(struct json *json, struct str text, size_t begin, size_t end)
{
    json_int(json, "begin", (int64_t)begin);
    json_int(json, "end", (int64_t)end);
    json_null_str(json, "words", begin < end ? str_slice(text, begin, end) : STR(""));
}

static void put_findings(struct json *json, const struct regions *regions, const struct explained *e)
{
    json_open(json, "findings", '[');
    for (size_t i = 0; i < e->analysis.n; i++) {
        const struct finding *f = &e->analysis.findings[i];
        const char *name = f->kind == FINDING_CITY ? describe_place(regions, f->value, e->listed->published) : NULL;
        json_open(json, NULL, '{');
        json_str(json, "kind", str_from(finding_kind_name(f->kind)));
        json_str(json, "value", f->value);
        if (name)
            json_str(json, "name", str_from(name));
        json_real(json, "score", f->score);
        json_str(json, "rule", f->rule);
        json_bool(json, "by_person", f->by_person);
        put_words(json, e->text, f->begin, f->end);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void put_model(struct json *json, const struct explained *e)
{
    static const char *const kinds[] = {"place", "object", "act", "actor", "against", "stage"};
    json_open(json, "model", '{');
    json_str(json, "category", e->why.category);
    json_real(json, "probability", e->why.probability);
    json_open(json, "features", '[');
    for (size_t i = 0; i < e->why.n_features; i++) {
        const struct explained_feature *f = &e->why.features[i];
        json_open(json, NULL, '{');
        json_str(json, "name", str_from(f->name));
        json_real(json, "value", f->value);
        json_real(json, "weight", f->weight);
        json_real(json, "contribution", f->value * f->weight + 0.0);
        json_null_str(json, "words", f->begin < f->end ? str_slice(e->text, f->begin, f->end) : STR(""));
        json_close(json, '}');
    }
    json_close(json, ']');
    json_open(json, "words", '[');
    for (size_t i = 0; i < e->why.n_words; i++) {
        const struct explained_word *w = &e->why.words[i];
        json_open(json, NULL, '{');
        json_str(json, "kind", str_from(kinds[w->kind]));
        json_str(json, "key", w->key);
        json_real(json, "weight", w->weight);
        put_words(json, e->text, w->begin, w->end);
        json_close(json, '}');
    }
    json_close(json, ']');
    json_close(json, '}');
}

static void put_members(struct json *json, const struct explained *e)
{
    json_open(json, "members", '[');
    for (size_t i = 0; i < e->n_members; i++) {
        const struct explain_member *m = &e->members[i];
        json_open(json, NULL, '{');
        json_str(json, "id", m->key);
        json_str(json, "title", m->title);
        json_null_str(json, "outlet", m->outlet);
        put_date(json, "published", m->published);
        json_real(json, "title_likeness", m->alike);
        json_open(json, "common", '[');
        for (size_t k = 0; k < m->n_common; k++)
            json_str(json, NULL, m->common[k]);
        json_close(json, ']');
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void put_said(struct json *json, const struct explained *e)
{
    json_open(json, "corrections", '{');
    for (size_t f = 0; f < CORRECTION_FIELDS; f++)
        if (e->said.values[f].n)
            json_str(json, correction_name((enum correction_field)f), e->said.values[f]);
    json_close(json, '}');
}

void explain_json(const struct regions *regions, const struct explained *e, struct buf *out)
{
    const struct listed_article *a = e->listed;
    struct json json = {.out = out};
    json_open(&json, NULL, '{');
    json_str(&json, "id", a->key);
    json_str(&json, "title", a->title);
    json_null_str(&json, "outlet", a->outlet);
    json_null_str(&json, "url", a->url);
    put_date(&json, "published", a->published);
    json_str(&json, "date_basis", str_from(basis_name(a->basis)));
    put_date(&json, "earliest", a->lo);
    put_date(&json, "latest", a->hi);
    json_null_str(&json, "date_evidence", a->date_evidence);
    json_bool(&json, "initiative", a->is_initiative);
    json_null_str(&json, "initiative_id", a->initiative);
    json_real(&json, "score", a->score);
    json_bool(&json, "corrected", a->corrected);
    json_bool(&json, "outdated", e->outdated);
    put_said(&json, e);
    json_str(&json, "text", e->text);
    put_findings(&json, regions, e);
    put_model(&json, e);
    put_members(&json, e);
    explain_json_places(e, &json);
    json_close(&json, '}');
    buf_char(out, '\n');
}
