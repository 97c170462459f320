/* Right or wrong, row by row, and the sums. */
#include "eval/eval.h"

#include <string.h>

double eval_ratio(struct eval_share share)
{
    return share.all ? (double)share.right / (double)share.all : 0;
}

double eval_f1(struct eval_prf prf)
{
    size_t all = 2 * prf.tp + prf.fp + prf.fn;
    return all ? 2 * (double)prf.tp / (double)all : 0;
}

static bool holds(const struct str *list, size_t n, struct str item)
{
    for (size_t i = 0; i < n; i++)
        if (str_equal(list[i], item))
            return true;
    return false;
}

/* Every city meant is found, and nothing that is neither meant nor accepted. A single accepted one may stand for a
 * single one meant. */
static bool cities_right(const struct eval_label *label, const struct eval_got *got)
{
    size_t hits = 0, accepted = 0;
    for (size_t i = 0; i < got->n_units; i++) {
        if (holds(label->cities, label->n_cities, got->units[i]))
            hits++;
        else if (holds(label->accepted, label->n_accepted, got->units[i]))
            accepted++;
        else
            return false;
    }
    return hits == label->n_cities || (label->n_cities == 1 && accepted > 0);
}

static bool is_inside(const struct eval_label *label, date_t date)
{
    return label->lo != DATE_NONE && label->lo <= date && date <= label->hi;
}

/* A certain day must lie in the interval, and be there where one can be known; a guess must not miss the interval. */
static bool date_right(const struct eval_label *label, const struct eval_got *got)
{
    if (got->published != DATE_NONE)
        return is_inside(label, got->published);
    if (label->date != DATE_NONE)
        return false;
    return label->lo == DATE_NONE || got->lo == DATE_NONE || (got->lo <= label->hi && label->lo <= got->hi);
}

unsigned eval_faults(const struct eval_labels *labels, const struct eval_label *label, const struct eval_got *got)
{
    unsigned faults = got->article ? 0 : EVAL_NOT_READ;
    if (labels->dates && !date_right(label, got))
        faults |= EVAL_DATE;
    if (label->initiative && label->has_city && !cities_right(label, got))
        faults |= EVAL_CITY;
    if (labels->verdicts && label->initiative != got->initiative)
        faults |= EVAL_INITIATIVE;
    if (labels->verdicts && label->categories != got->categories)
        faults |= EVAL_CATEGORY;
    return faults;
}

static void count_prf(struct eval_prf *prf, bool want, bool have)
{
    prf->tp += want && have;
    prf->fp += !want && have;
    prf->fn += want && !have;
}

static void count_share(struct eval_share *share, bool right)
{
    share->all++;
    share->right += right;
}

static void count_dates(const struct eval_label *label, const struct eval_got *got, struct eval_figures *out)
{
    count_share(&out->dates, date_right(label, got));
    if (got->published != DATE_NONE)
        count_share(&out->certain, is_inside(label, got->published));
    if (label->lo == DATE_NONE)
        count_share(&out->undated, got->published == DATE_NONE);
}

static void count_row(const struct eval_board *board, size_t i, struct eval_figures *out)
{
    const struct eval_label *label = &board->labels->items[i];
    const struct eval_got *got = &board->got[i];
    count_share(&out->read, got->article != 0);
    if (got->article)
        count_share(&out->titles, eval_title_right(label, got));
    if (got->article && board->labels->content)
        eval_score_body(label, got, &out->body);
    if (board->labels->dates)
        count_dates(label, got, out);
    if (label->initiative && label->has_city)
        count_share(&out->cities, cities_right(label, got));
    count_prf(&out->initiative, label->initiative, got->initiative);
    for (size_t c = 0; c < board->taxonomy->n && c < EVAL_CATEGORIES; c++) {
        bool want = label->categories >> c & 1, have = got->categories >> c & 1;
        count_prf(&out->categories[c], want, have);
        count_prf(&out->micro, want, have);
    }
}

bool eval_in_scope(const struct eval_board *board, size_t row, const struct eval_figures *figures)
{
    const struct eval_label *label = &board->labels->items[row];
    return board->got[row].present && !(figures->sure && label->hard) &&
           (!figures->split.n || str_equal(figures->split, label->split));
}

static void score_part(struct eval_board *board, struct str split, bool sure)
{
    struct eval_figures *out = &board->figures[board->n_figures++];
    *out = (struct eval_figures){.split = split, .sure = sure};
    for (size_t i = 0; i < board->labels->n; i++)
        if (eval_in_scope(board, i, out))
            count_row(board, i, out);
    if (board->labels->groups)
        eval_score_groups(board, out);
}

static void score_bands(struct eval_board *board)
{
    static const double edges[EVAL_BANDS + 1] = {0, 0.15, 0.3, 0.45, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01};
    for (size_t b = 0; b < EVAL_BANDS; b++) {
        struct eval_band *band = &board->bands[b];
        *band = (struct eval_band){.from = edges[b], .to = edges[b + 1]};
        for (size_t i = 0; i < board->labels->n; i++) {
            const struct eval_label *label = &board->labels->items[i];
            const struct eval_got *got = &board->got[i];
            if (!got->present || !got->article || got->score < band->from || got->score >= band->to)
                continue;
            unsigned faults = eval_faults(board->labels, label, got) & ~(unsigned)EVAL_DATE;
            band->rows++;
            band->labelled += label->initiative;
            band->counted += got->initiative;
            band->right += got->initiative && label->initiative;
            band->all_right += got->initiative && !faults;
            if (got->initiative && got->score >= 0.9)
                count_share(&board->sure_of, label->initiative);
        }
    }
}

void eval_score(struct arena *arena, struct eval_board *board)
{
    const struct eval_labels *labels = board->labels;
    struct str *splits = ARENA_ARRAY(arena, labels->n + 1, struct str);
    size_t n = 0;
    for (size_t i = 0; i < labels->n; i++)
        if (labels->items[i].split.n && !holds(splits, n, labels->items[i].split))
            splits[n++] = labels->items[i].split;
    board->figures = ARENA_ARRAY(arena, 2 * n + 2, struct eval_figures);
    board->n_figures = 0;
    board->sure_of = (struct eval_share){0};
    score_part(board, (struct str){NULL, 0}, false);
    score_part(board, (struct str){NULL, 0}, true);
    for (size_t i = 0; i < n && n > 1; i++) {
        score_part(board, splits[i], false);
        score_part(board, splits[i], true);
    }
    score_bands(board);
}
