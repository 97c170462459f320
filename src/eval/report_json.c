/* The scoreboard for machines. */
#include "eval/eval.h"

#include "base/json.h"

static void put_share(struct json *json, const char *name, struct eval_share share)
{
    json_open(json, name, '{');
    json_int(json, "right", (int64_t)share.right);
    json_int(json, "all", (int64_t)share.all);
    json_close(json, '}');
}

static void put_prf(struct json *json, const char *name, struct eval_prf prf)
{
    json_open(json, name, '{');
    json_int(json, "tp", (int64_t)prf.tp);
    json_int(json, "fp", (int64_t)prf.fp);
    json_int(json, "fn", (int64_t)prf.fn);
    json_real(json, "precision", eval_ratio((struct eval_share){prf.tp, prf.tp + prf.fp}));
    json_real(json, "recall", eval_ratio((struct eval_share){prf.tp, prf.tp + prf.fn}));
    json_real(json, "f1", eval_f1(prf));
    json_close(json, '}');
}

static void put_verdicts(struct json *json, const struct eval_board *board, const struct eval_figures *f)
{
    put_prf(json, "initiative", f->initiative);
    for (size_t c = 0; c < board->taxonomy->n && c < EVAL_CATEGORIES; c++)
        put_prf(json, board->taxonomy->items[c].key.p, f->categories[c]);
    put_prf(json, "category_micro", f->micro);
    if (board->labels->groups) {
        put_share(json, "groups", f->groups);
        put_share(json, "related_apart", f->related);
        put_prf(json, "pairs", f->pairs);
    }
}

static void put_figures(struct json *json, const struct eval_board *board, const struct eval_figures *f)
{
    json_open(json, NULL, '{');
    json_null_str(json, "split", f->split);
    json_bool(json, "without_hard", f->sure);
    put_share(json, "read", f->read);
    put_share(json, "title", f->titles);
    if (board->labels->content)
        put_prf(json, "body", f->body);
    if (board->labels->dates) {
        put_share(json, "date", f->dates);
        put_share(json, "date_certain", f->certain);
        put_share(json, "date_none", f->undated);
    }
    if (board->labels->cities)
        put_share(json, "city", f->cities);
    if (board->labels->verdicts)
        put_verdicts(json, board, f);
    json_close(json, '}');
}
static void put_calibration(struct json *json, const struct eval_board *board)
{
    json_open(json, "calibration", '[');
    for (size_t b = 0; b < EVAL_BANDS; b++) {
        const struct eval_band *band = &board->bands[b];
        json_open(json, NULL, '{');
        json_real(json, "from", band->from);
        json_real(json, "to", band->to > 1 ? 1 : band->to);
        json_int(json, "articles", (int64_t)band->rows);
        json_int(json, "labelled", (int64_t)band->labelled);
        json_int(json, "counted", (int64_t)band->counted);
        json_int(json, "right", (int64_t)band->right);
        json_int(json, "right_in_all", (int64_t)band->all_right);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void put_wrong(struct arena *arena, struct json *json, const struct eval_board *board)
{
    static const char *const names[] = {"not-read", "date", "city", "initiative", "category"};
    json_open(json, "wrong", '[');
    for (size_t i = 0; i < board->labels->n; i++) {
        const struct eval_label *label = &board->labels->items[i];
        const struct eval_got *got = &board->got[i];
        unsigned faults = got->present ? eval_faults(board->labels, label, got) : 0;
        if (!faults)
            continue;
        json_open(json, NULL, '{');
        json_str(json, "id", label->id);
        json_bool(json, "hard", label->hard);
        json_open(json, "faults", '[');
        for (size_t k = 0; k < sizeof names / sizeof *names; k++)
            if (faults >> k & 1)
                json_str(json, NULL, str_from(names[k]));
        json_close(json, ']');
        json_str(json, "wanted", eval_set_name(arena, board->taxonomy, label->categories, true));
        json_str(json, "got", eval_set_name(arena, board->taxonomy, got->categories, true));
        json_str(json, "wanted_city", eval_join(arena, label->cities, label->n_cities));
        json_str(json, "got_city", eval_join(arena, got->units, got->n_units));
        json_real(json, "score", got->score);
        json_close(json, '}');
    }
    json_close(json, ']');
}

void eval_json(struct arena *arena, const struct eval_board *board, struct buf *out)
{
    struct json json = {.out = out};
    json_open(&json, NULL, '{');
    json_open(&json, "figures", '[');
    for (size_t i = 0; i < board->n_figures; i++)
        put_figures(&json, board, &board->figures[i]);
    json_close(&json, ']');
    put_calibration(&json, board);
    put_share(&json, "score_90", board->sure_of);
    put_wrong(arena, &json, board);
    json_close(&json, '}');
    buf_char(out, '\n');
}
