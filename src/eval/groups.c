/* Articles of one initiative: are they one in the program's eyes, and no others with them? */
#include "eval/eval.h"

static bool same(struct str a, struct str b)
{
    return a.n > 0 && str_equal(a, b);
}

/* Pairs of labelled initiatives, and whatever the program merges. A pair that shares a group without being initiatives
 * counts neither way. */
static void count_pairs(const struct eval_board *board, size_t i, struct eval_figures *out)
{
    const struct eval_label *a = &board->labels->items[i];
    for (size_t j = i + 1; j < board->labels->n; j++) {
        const struct eval_label *b = &board->labels->items[j];
        if (!eval_in_scope(board, j, out))
            continue;
        bool merged = same(board->got[i].group, board->got[j].group), wanted = same(a->group, b->group);
        bool initiatives = a->initiative && b->initiative;
        out->pairs.tp += wanted && initiatives && merged;
        out->pairs.fn += wanted && initiatives && !merged;
        out->pairs.fp += !wanted && merged;
        if (same(a->related, b->related) && !wanted && initiatives) {
            out->related.all++;
            out->related.right += !merged;
        }
    }
}

/* The group whose first row this is: how many rows it has, and whether they are all in one initiative. */
static void count_group(const struct eval_board *board, size_t i, struct eval_figures *out)
{
    const struct eval_label *first = &board->labels->items[i];
    size_t members = 0, together = 0;
    for (size_t j = 0; j < board->labels->n; j++) {
        const struct eval_label *other = &board->labels->items[j];
        if (!same(first->group, other->group) || !other->initiative || !eval_in_scope(board, j, out))
            continue;
        if (j < i)
            return;
        members++;
        together += same(board->got[i].group, board->got[j].group);
    }
    out->groups.all += members > 1;
    out->groups.right += members > 1 && together == members;
}

void eval_score_groups(const struct eval_board *board, struct eval_figures *out)
{
    for (size_t i = 0; i < board->labels->n; i++) {
        if (!eval_in_scope(board, i, out))
            continue;
        count_pairs(board, i, out);
        if (board->labels->items[i].initiative && board->labels->items[i].group.n)
            count_group(board, i, out);
    }
}
