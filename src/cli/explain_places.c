/* Where an article comes from, for `briefgen explain`: every place that held it. */
#include "cli/explain.h"

static const char places_sql[] =
    "SELECT COALESCE(m.name, i.name), s.line, i.import, n.rules, CASE WHEN v.chosen OR v.number IS NULL THEN a.reader"
    " ELSE v.reader END, CASE WHEN v.chosen OR v.number IS NULL THEN a.encoding ELSE v.encoding END,"
    " v.chosen OR v.number IS NULL FROM sighting s JOIN article a ON a.id = s.article JOIN input i ON i.id = s.input"
    " JOIN import n ON n.id = i.import LEFT JOIN member m ON m.input = s.input AND m.number = s.member"
    " LEFT JOIN variant v ON v.article = s.article AND v.number = s.variant WHERE s.article = ?1"
    " ORDER BY 7 DESC, 1, 2, 3";
enum { SOURCE, LINE, IMPORT, RULES, READER, ENCODING, SHOWN };

bool explain_places(struct store *store, struct arena *arena, struct explained *e, struct err *err)
{
    const struct param id = {.type = PARAM_INT, .number = e->listed->id};
    struct rows *rows = store_query(store, places_sql, &id, 1, err);
    while (rows && rows_next(rows, err)) {
        if (e->n_places == EXPLAIN_PLACES) {
            e->more_places++;
            continue;
        }
        e->places[e->n_places++] = (struct explain_place){
            .source = str_copy(arena, rows_text(rows, SOURCE)),
            .line = rows_int(rows, LINE),
            .import = rows_int(rows, IMPORT),
            .rules = str_copy(arena, rows_text(rows, RULES)),
            .reader = str_copy(arena, rows_text(rows, READER)),
            .encoding = str_copy(arena, rows_text(rows, ENCODING)),
            .shown = rows_int(rows, SHOWN) != 0,
        };
    }
    rows_close(rows);
    return err->kind == ERR_NONE;
}

void explain_put_places(const struct explained *e, struct buf *out)
{
    for (size_t i = 0; i < e->n_places; i++) {
        const struct explain_place *p = &e->places[i];
        buf_printf(out, "  %-8s import %lld, " STR_FMT, i == 0 ? "read in" : "", (long long)p->import,
                   STR_ARG(p->source));
        if (p->line > 0)
            buf_printf(out, ":%lld", (long long)p->line);
        buf_printf(out, " as " STR_FMT ", " STR_FMT, STR_ARG(p->reader), STR_ARG(p->encoding));
        if (p->rules.n)
            buf_printf(out, ", rules " STR_FMT, STR_ARG(p->rules));
        buf_text(out, p->shown ? "\n" : "; says less, or other things\n");
    }
    if (e->more_places)
        buf_printf(out, "           and in %zu more places\n", e->more_places);
}

void explain_json_places(const struct explained *e, struct json *json)
{
    json_open(json, "places", '[');
    for (size_t i = 0; i < e->n_places; i++) {
        const struct explain_place *p = &e->places[i];
        json_open(json, NULL, '{');
        json_str(json, "source", p->source);
        json_int(json, "line", p->line);
        json_int(json, "import", p->import);
        json_null_str(json, "rules", p->rules);
        json_str(json, "reader", p->reader);
        json_str(json, "encoding", p->encoding);
        json_bool(json, "shown", p->shown);
        json_close(json, '}');
    }
    json_close(json, ']');
    json_int(json, "more_places", (int64_t)e->more_places);
}
