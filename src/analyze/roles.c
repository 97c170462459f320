/* What an amount or a count is, by the words that stand about it. */
#include "analyze/facts.h"

#include <string.h>

enum { ROLE_REACH = 75, ROLE_COMMA = 30 };

/* The bytes between a number and a word as a distance: a comma or a bracket makes it further. SIZE_MAX across a
 * sentence, and where the number is some of what the word counts (70명을 선발, 그 가운데 20명). */
static size_t distance(struct str text, size_t from, size_t to, enum side side)
{
    if (from > to || to - from > ROLE_REACH || facts_breaks(text, from, to))
        return SIZE_MAX;
    size_t gap = to - from;
    char bracket = side == SIDE_AFTER ? '(' : ',';
    for (size_t i = from; i < to; i++) {
        if (text.p[i] == ',' || text.p[i] == ')' || text.p[i] == bracket || facts_prefix(str_slice(text, i, to), "…"))
            gap += ROLE_COMMA;
        if (side == SIDE_AFTER && text.p[i] == '(')
            gap += ROLE_COMMA;
        if (side == SIDE_BEFORE && text.p[i] == '%')
            return SIZE_MAX; /* 총사업비의 40%인 86억 */
        if (side == SIDE_BEFORE &&
            (facts_prefix(str_slice(text, i, to), " 중 ") || facts_prefix(str_slice(text, i, to), "가운데")))
            return SIZE_MAX;
    }
    return gap;
}

/* 1천425만달러(약 209억원): one amount in two currencies. */
static bool is_twin(struct str text, const struct number *a, const struct number *b)
{
    return b->from == a->end + 1 && text.p[a->end] == '(' && a->kind == NUMBER_MONEY && b->kind == NUMBER_MONEY &&
           strcmp(a->unit, b->unit) != 0;
}

static void weigh(const struct word *word, enum word_class class, enum side side, size_t gap, const struct word **best,
                  double *strength)
{
    for (; word; word = word->next) {
        if (word->class != class || (word->side != SIDE_BOTH && word->side != side))
            continue;
        double value = word->weight * 12 / ((double)gap + 12);
        if (value > *strength) {
            *strength = value;
            *best = word;
        }
    }
}

/* 568팀이 지원하여: they apply for support and do not get it. */
static bool applies(struct str text, const struct mark *mark)
{
    return facts_prefix(str_slice(text, mark->begin, mark->end), "지원") &&
           (facts_word_before(text, mark->begin, STR("이")) || facts_word_before(text, mark->begin, STR("가")));
}

/* Where the neighbours of one kind end and begin; the other half of a twin is no neighbour. */
static void neighbours(struct str text, const struct numbers *numbers, size_t i, size_t *low, size_t *high)
{
    const struct number *number = &numbers->items[i];
    *low = 0;
    *high = text.n;
    for (size_t k = i; k-- > 0 && number->from - numbers->items[k].end <= ROLE_REACH;)
        if (numbers->items[k].kind == number->kind && !is_twin(text, &numbers->items[k], number)) {
            *low = numbers->items[k].end;
            break;
        }
    for (size_t k = i + 1; k < numbers->n && numbers->items[k].from - number->end <= ROLE_REACH; k++)
        if (numbers->items[k].kind == number->kind && !is_twin(text, number, &numbers->items[k])) {
            *high = numbers->items[k].from;
            break;
        }
}

const struct word *numbers_role(const struct scan *scan, const struct numbers *numbers, size_t i, enum word_class class,
                                double *strength)
{
    const struct number *number = &numbers->items[i];
    size_t low, high, from = number->from, end = number->end, at = words_from(scan, end), gap;
    neighbours(scan->text, numbers, i, &low, &high);
    if (i + 1 < numbers->n && is_twin(scan->text, number, &numbers->items[i + 1]))
        end = numbers->items[i + 1].end + 1;
    if (i > 0 && is_twin(scan->text, &numbers->items[i - 1], number)) {
        from = numbers->items[i - 1].from;
        end++;
    }
    const struct word *best = NULL;
    *strength = 0;
    for (size_t k = at; k < scan->n_words && scan->words[k].begin < high; k++) {
        if (scan->words[k].begin < end)
            continue;
        if ((gap = distance(scan->text, end, scan->words[k].begin, SIDE_AFTER)) == SIZE_MAX)
            break;
        if (class == WORD_COUNT && applies(scan->text, &scan->words[k]))
            continue;
        weigh(scan->words[k].phrase->words, class, SIDE_AFTER, gap, &best, strength);
    }
    for (size_t k = at; k-- > 0 && scan->words[k].begin >= low;) {
        if (scan->words[k].end > from)
            continue;
        if ((gap = distance(scan->text, scan->words[k].end, from, SIDE_BEFORE)) == SIZE_MAX)
            break;
        weigh(scan->words[k].phrase->words, class, SIDE_BEFORE, gap, &best, strength);
    }
    return best;
}
