/* Amounts of money with the role that the words beside them give. */
#include "analyze/facts.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { MOST_MONEY = 12, MOST_READ = 200 };

struct amount {
    const struct number *number;
    struct str role;
    double strength;
};

static const double LEAST_STRENGTH = 0.3; /* of a word that gives a role */
static const double UNSURE = 1.5;         /* as surely as a brief does not print it */
static const struct str no_role = {"other", sizeof "other" - 1};

static bool same_amount(const struct amount *a, const struct amount *b)
{
    return a->number->lo == b->number->lo && a->number->hi == b->number->hi &&
           strcmp(a->number->unit, b->number->unit) == 0;
}

/* 매출은 2023년 29조 원에서 2024년 30조 원으로: what an amount without a word of its own has from the one before it. A
 * whole and a share are not handed on. */
static struct str from_before(struct str text, const struct amount *last, const struct number *number)
{
    enum { REACH = 60 };
    static const struct str handed_on[] = {LITERAL("result"), LITERAL("limit"), LITERAL("support")};
    if (!last->number || number->from < last->number->end || number->from - last->number->end > REACH ||
        facts_breaks(text, last->number->end, number->from))
        return no_role;
    for (size_t i = 0; i < sizeof handed_on / sizeof *handed_on; i++)
        if (str_equal(last->role, handed_on[i]))
            return last->role;
    return no_role;
}

/* An amount is repeated: title, lead and body say it with more words and fewer. One finding a value and role, and none
 * without a role where another mention has one, but that of the title stays: it shows which amount is the initiative's.
 */
static void keep(const struct scan *scan, struct amount *items, size_t *n, struct amount amount)
{
    for (size_t i = 0; i < *n; i++) {
        if (!same_amount(&items[i], &amount))
            continue;
        if (str_equal(amount.role, items[i].role) && amount.strength > items[i].strength)
            items[i].strength = amount.strength;
        if (str_equal(amount.role, no_role) || str_equal(amount.role, items[i].role))
            return;
        if (str_equal(items[i].role, no_role) && items[i].number->end > scan->title_end) {
            items[i] = amount;
            return;
        }
    }
    if (*n < MOST_MONEY)
        items[(*n)++] = amount;
}

/* 최대 3천만 원의 임차료와 공사비가 지원된다: a limit, whatever the money is for. 3천만 원을 지원 is none. */
static bool is_supported(const struct scan *scan, const struct number *number)
{
    enum { REACH = 75 };
    struct str text = scan->text;
    for (size_t k = words_from(scan, number->from > REACH / 2 ? number->from - REACH / 2 : 0);
         k < scan->n_words && scan->words[k].begin < number->end + REACH; k++) {
        const struct mark *mark = &scan->words[k];
        const struct word *word = word_of(mark, WORD_MONEY);
        size_t from = mark->begin < number->from ? mark->begin : number->end;
        size_t to = mark->begin < number->from ? number->from : mark->begin;
        if (word && (str_equal(word->key, STR("support")) || str_equal(word->key, STR("limit"))) &&
            !facts_breaks(text, from, to))
            return true;
    }
    return false;
}

static bool is_share(struct str role)
{
    return str_equal(role, STR("national")) || str_equal(role, STR("province")) || str_equal(role, STR("local")) ||
           str_equal(role, STR("private"));
}

static bool marks_share(const struct mark *mark)
{
    const struct word *word = word_of(mark, WORD_MONEY);
    return word && is_share(word->key);
}

/* 총 344억 원(국비 200억 원 …) */
static bool lists_shares(const struct scan *scan, const struct number *number)
{
    size_t at = number->end;
    if (!facts_take(scan->text, &at, STR("(")))
        return false;
    size_t k = words_from(scan, at);
    return k < scan->n_words && scan->words[k].begin == at && marks_share(&scan->words[k]);
}

/* 국비 75억 원을 비롯해 131억 원, 도비를 합쳐 110억 원, 국비 15억 원 등 20억 원: a share and the whole that holds it.
 * 지방비 등 20억 원 may be one of several shares. */
static bool adds_up(const struct scan *scan, const struct number *number)
{
    enum { REACH = 60 };
    static const struct str joins[] = {LITERAL("합쳐"),     LITERAL("합해"),   LITERAL("합한"),   LITERAL("포함해"),
                                       LITERAL("포함하여"), LITERAL("포함한"), LITERAL("비롯해"), LITERAL("비롯하여"),
                                       LITERAL("비롯한"),   LITERAL("더해")};
    size_t to = number->from, k = words_from(scan, to), i = 0;
    bool among = facts_word_before(scan->text, to, STR(" 등"));
    while (!among && i < sizeof joins / sizeof *joins && !facts_word_before(scan->text, to, joins[i]))
        i++;
    if (i == sizeof joins / sizeof *joins)
        return false;
    while (k > 0 && (scan->words[k - 1].end > to || !marks_share(&scan->words[k - 1])))
        k--;
    if (k == 0 || to - scan->words[k - 1].end > REACH || facts_breaks(scan->text, scan->words[k - 1].end, to))
        return false;
    for (size_t at = scan->words[k - 1].end; among && at < to; at++)
        if (scan->text.p[at] >= '0' && scan->text.p[at] <= '9')
            return true;
    return !among;
}

/* 민선 8기 누적 1조 1천억 돌파: what came together over years and several projects. */
static bool is_accumulated(struct str text, const struct number *number)
{
    enum { REACH = 45 };
    static const char *const passed[] = {"돌파", "을 돌파", "를 돌파", NULL};
    size_t from = number->from > REACH ? number->from - REACH : 0, end = number->end;
    size_t found = str_find(str_slice(text, 0, number->from), STR("누적"), from);
    return facts_take_any(text, &end, passed) || (found != SIZE_MAX && !facts_breaks(text, found, number->from));
}

/* A whole by what stands right at the amount, whether or not a word says so. 138억 원 규모 is surely the initiative's
 * own in a title; in a text it may be any. */
static void read_shape(const struct scan *scan, struct amount *amount)
{
    const double sure = 2.5;
    const struct number *number = amount->number;
    size_t at = number->end;
    bool open = amount->strength < LEAST_STRENGTH || str_equal(amount->role, STR("total"));
    bool whole = (open && lists_shares(scan, number)) ||
                 ((open || is_share(amount->role)) && !number->most && adds_up(scan, number));
    if (!whole && !(open && facts_take(scan->text, &at, STR("규모"))))
        return;
    amount->role = STR("total");
    if ((whole || number->end <= scan->title_end) && amount->strength < sure)
        amount->strength = sure;
}

/* 70억 원 중 28억 원, 이 가운데 130억 원: some of an amount before. */
static bool is_part(struct str text, const struct numbers *numbers, size_t i)
{
    enum { REACH = 90 };
    size_t to = numbers->items[i].from, from = i > 0 ? numbers->items[i - 1].end : 0;
    from = to - from > REACH ? to - REACH : from;
    for (size_t at = from; at < to; at++) {
        struct str rest = str_slice(text, at, to);
        if (facts_prefix(rest, "이 가운데") || facts_prefix(rest, "이 중") || facts_prefix(rest, "이중 "))
            return true;
    }
    return facts_word_before(text, to, STR(" 중")) || facts_word_before(text, to, STR("가운데"));
}

static struct str range(struct facts *facts, const struct number *number)
{
    char lo[24] = "", hi[24] = "";
    if (!number->most || number->lo != number->hi)
        snprintf(lo, sizeof lo, "%" PRId64, number->lo);
    if (!number->least || number->lo != number->hi)
        snprintf(hi, sizeof hi, "%" PRId64, number->hi);
    return str_from(arena_printf(facts->out->arena, "%s..%s", lo, hi));
}

static void add(struct facts *facts, const struct amount *amount)
{
    const struct number *number = amount->number;
    struct str value = range(facts, number);
    bool other = str_equal(amount->role, no_role);
    facts_add(facts,
              (struct finding){.kind = FINDING_MONEY,
                               .value = str_from(arena_printf(facts->out->arena, "%s " STR_FMT " " STR_FMT,
                                                              number->unit, STR_ARG(value), STR_ARG(amount->role))),
                               .score = other ? 0.5 : 0.6 + (amount->strength < 3 ? amount->strength / 10 : 0.3),
                               .rule = other ? STR("money/amount") : STR("money/near-word"),
                               .begin = number->begin,
                               .end = number->end},
              MOST_MONEY);
}

void money_find(struct facts *facts, const struct numbers *numbers)
{
    struct amount items[MOST_MONEY], last = {.role = no_role};
    size_t n = 0, most = numbers->n < MOST_READ ? numbers->n : MOST_READ;
    for (size_t i = 0; i < most; i++) {
        const struct number *number = &numbers->items[i];
        if (number->kind != NUMBER_MONEY)
            continue;
        struct amount amount = {.number = number, .role = no_role};
        const struct word *word = numbers_role(facts->scan, numbers, i, WORD_MONEY, &amount.strength);
        amount.role = word && amount.strength >= LEAST_STRENGTH ? word->key : no_role;
        read_shape(facts->scan, &amount);
        if (amount.strength > UNSURE && str_equal(amount.role, STR("investment")) &&
            is_accumulated(facts->scan->text, number))
            amount.strength = UNSURE;
        if (str_equal(amount.role, STR("total")) && is_part(facts->scan->text, numbers, i))
            amount.role = no_role;
        if (number->most && is_supported(facts->scan, number))
            amount.role = STR("limit");
        if (str_equal(amount.role, no_role) && !word)
            amount.role = from_before(facts->scan->text, &last, number);
        last = amount;
        keep(facts->scan, items, &n, amount);
    }
    for (size_t i = 0; i < n; i++)
        add(facts, &items[i]);
}

void counts_find(struct facts *facts, const struct numbers *numbers)
{
    enum { MOST_COUNTS = 12 };
    size_t most = numbers->n < MOST_READ ? numbers->n : MOST_READ;
    for (size_t i = 0; i < most; i++) {
        const struct number *number = &numbers->items[i];
        double strength;
        if (number->kind != NUMBER_COUNT)
            continue;
        const struct word *word = numbers_role(facts->scan, numbers, i, WORD_COUNT, &strength);
        /* only what is said to be hired, called for, supported … is of interest */
        if (!word || strength < 0.8 || str_equal(word->key, no_role))
            continue;
        struct str value = range(facts, number);
        facts_add(facts,
                  (struct finding){.kind = FINDING_COUNT,
                                   .value = str_from(arena_printf(facts->out->arena, STR_FMT " %s " STR_FMT,
                                                                  STR_ARG(value), number->unit, STR_ARG(word->key))),
                                   .score = 0.6 + (strength < 3 ? strength / 10 : 0.3),
                                   .rule = STR("count/near-word"),
                                   .begin = number->begin,
                                   .end = number->end},
                  MOST_COUNTS);
    }
}
