/* Below the scoreboard: calibration, confusion of categories, and the rows that are wrong with their evidence. */
#include "eval/eval.h"

#include "base/utf8.h"

enum { SETS = 64, SET_COLUMNS = 16, EVIDENCE_BYTES = 120 };

static void put_calibration(const struct eval_board *board, struct buf *out)
{
    buf_text(out, "\ncalibration: score     articles  labelled  counted  right  right in all\n");
    for (size_t b = 0; b < EVAL_BANDS; b++) {
        const struct eval_band *band = &board->bands[b];
        buf_printf(out, "             %.2f-%.2f %9zu %9zu %8zu %6zu %6zu\n", band->from, band->to > 1 ? 1 : band->to,
                   band->rows, band->labelled, band->counted, band->right, band->all_right);
    }
    buf_printf(out, "counted with a score of .9 or more: %zu of %zu are initiatives", board->sure_of.right,
               board->sure_of.all);
    if (board->sure_of.all)
        buf_printf(out, " (%.3f)", eval_ratio(board->sure_of));
    buf_char(out, '\n');
}

/* The sets of categories that occur, in the order of their bits. */
static size_t collect_sets(const struct eval_board *board, uint32_t sets[SETS])
{
    size_t n = 0;
    for (size_t i = 0; i < 2 * board->labels->n && n < SETS; i++) {
        const struct eval_got *got = &board->got[i / 2];
        uint32_t set = i % 2 ? got->categories : board->labels->items[i / 2].categories;
        size_t at = 0;
        while (at < n && sets[at] < set)
            at++;
        if (!got->present || (at < n && sets[at] == set))
            continue;
        for (size_t k = n++; k > at; k--)
            sets[k] = sets[k - 1];
        sets[at] = set;
    }
    return n;
}

static void put_padded(struct buf *out, struct str text)
{
    for (size_t used = utf8_columns(text); used < SET_COLUMNS; used++)
        buf_char(out, ' ');
    buf_str(out, text);
}

static void put_confusion(struct arena *arena, const struct eval_board *board, struct buf *out)
{
    uint32_t sets[SETS];
    size_t n = collect_sets(board, sets);
    buf_text(out, "\nconfusion: rows as labelled, columns as found\n");
    put_padded(out, STR(""));
    for (size_t k = 0; k < n; k++)
        put_padded(out, eval_set_name(arena, board->taxonomy, sets[k], false));
    buf_char(out, '\n');
    for (size_t w = 0; w < n; w++) {
        put_padded(out, eval_set_name(arena, board->taxonomy, sets[w], false));
        for (size_t k = 0; k < n; k++) {
            size_t count = 0;
            for (size_t i = 0; i < board->labels->n; i++)
                count += board->got[i].present && board->labels->items[i].categories == sets[w] &&
                         board->got[i].categories == sets[k];
            put_padded(out, count ? str_from(arena_printf(arena, "%zu", count)) : STR("."));
        }
        buf_char(out, '\n');
    }
}

static void put_days(struct buf *out, date_t lo, date_t hi)
{
    struct date_text from = date_iso(lo), to = date_iso(hi);
    if (lo == DATE_NONE)
        buf_text(out, "none");
    else
        buf_printf(out, "%s%s%s", from.p, hi != lo ? ".." : "", hi != lo ? to.p : "");
}

static void put_wanted(struct arena *arena, const struct eval_board *board, size_t i, unsigned faults, struct buf *out)
{
    const struct eval_label *label = &board->labels->items[i];
    const struct eval_got *got = &board->got[i];
    if (faults & EVAL_DATE) {
        buf_text(out, "    date: wanted ");
        put_days(out, label->lo, label->hi);
        buf_text(out, ", got ");
        put_days(out, got->lo, got->hi);
        buf_printf(out, " (%s)\n", basis_name(got->basis));
    }
    if (faults & EVAL_CITY) {
        struct str also = eval_join(arena, label->accepted, label->n_accepted);
        buf_printf(out, "    city: wanted " STR_FMT "%s" STR_FMT ", got " STR_FMT "\n",
                   STR_ARG(eval_join(arena, label->cities, label->n_cities)), label->n_accepted ? " or " : "",
                   label->n_accepted ? (int)also.n : 0, also.p, STR_ARG(eval_join(arena, got->units, got->n_units)));
    }
    if (faults & (EVAL_INITIATIVE | EVAL_CATEGORY))
        buf_printf(out, "    categories: wanted " STR_FMT ", got " STR_FMT ", score %.2f\n",
                   STR_ARG(eval_set_name(arena, board->taxonomy, label->categories, true)),
                   STR_ARG(eval_set_name(arena, board->taxonomy, got->categories, true)), got->score);
}

static void put_evidence(const struct eval_got *got, struct buf *out)
{
    for (size_t k = 0; k < got->analysis.n; k++) {
        const struct finding *f = &got->analysis.findings[k];
        if (f->kind != FINDING_CITY && f->kind != FINDING_CATEGORY && f->kind != FINDING_INITIATIVE)
            continue;
        buf_printf(out, "    %s=" STR_FMT " %.2f " STR_FMT, finding_kind_name(f->kind), STR_ARG(f->value), f->score,
                   STR_ARG(f->rule));
        if (f->end > f->begin)
            buf_printf(out, " <" STR_FMT ">",
                       STR_ARG(str_head(str_slice(got->text, f->begin, f->end), EVIDENCE_BYTES)));
        buf_char(out, '\n');
    }
}

static void put_wrong(struct arena *arena, const struct eval_board *board, struct buf *out)
{
    static const char *const names[] = {"NOT-READ", "DATE", "CITY", "INITIATIVE", "CATEGORY"};
    size_t wrong = 0;
    buf_text(out, "\nwrong rows\n");
    for (size_t i = 0; i < board->labels->n; i++) {
        const struct eval_label *label = &board->labels->items[i];
        const struct eval_got *got = &board->got[i];
        unsigned faults = got->present ? eval_faults(board->labels, label, got) : 0;
        if (!faults)
            continue;
        wrong++;
        buf_printf(out, "  " STR_FMT "%s", STR_ARG(label->id), label->hard ? " (hard)" : "");
        for (size_t k = 0; k < sizeof names / sizeof *names; k++)
            if (faults >> k & 1)
                buf_printf(out, " %s", names[k]);
        buf_printf(out, "  " STR_FMT "\n", STR_ARG(got->title));
        put_wanted(arena, board, i, faults, out);
        put_evidence(got, out);
        if (label->note.n)
            buf_printf(out, "    note: " STR_FMT "\n", STR_ARG(label->note));
    }
    buf_printf(out, "%zu wrong\n", wrong);
}

/* Groups that are not in one initiative, and what was merged without being one. */
static void put_groups(const struct eval_board *board, struct buf *out)
{
    const struct eval_label *items = board->labels->items;
    buf_text(out, "\nwrong pairs\n");
    for (size_t i = 0; i < board->labels->n; i++)
        for (size_t j = i + 1; j < board->labels->n; j++) {
            const struct eval_got *a = &board->got[i], *b = &board->got[j];
            bool wanted = items[i].group.n && str_equal(items[i].group, items[j].group);
            bool merged = a->group.n && str_equal(a->group, b->group);
            bool initiatives = items[i].initiative && items[j].initiative;
            if (!a->present || !b->present || wanted == merged || (wanted && !initiatives))
                continue;
            buf_printf(out, "  " STR_FMT " and " STR_FMT ": %s%s\n", STR_ARG(items[i].id), STR_ARG(items[j].id),
                       merged ? "merged, but different" : "the same, but split",
                       merged                     ? ""
                       : a->group.n && b->group.n ? ""
                                                  : ", one does not count");
        }
}

void eval_print_details(struct arena *arena, const struct eval_board *board, struct buf *out)
{
    if (board->labels->verdicts) {
        put_calibration(board, out);
        put_confusion(arena, board, out);
    }
    if (board->labels->groups)
        put_groups(board, out);
    put_wrong(arena, board, out);
}
