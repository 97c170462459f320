/* The amounts of an initiative, settled over all its articles: what each stands for, and which one a title names. */
#include "brief/build.h"

#include <string.h>

/* Below it an amount is told without a role; a headline needs BRIEF_REVIEW_SCORE. Of 122 judged roles 108 of 110 are
 * right from here on, 88 of 89 from .8, 120 of 122 in all (tests/RESULTS.md). */
#define LEAST_ROLE 0.70

static const struct str no_role = {"other", sizeof "other" - 1};

static bool same_sum(const struct brief_money *a, const struct brief_money *b)
{
    return a->lo == b->lo && a->hi == b->hi && strcmp(a->currency, b->currency) == 0;
}

void amount_add(struct brief_initiative *to, const struct brief_money *money)
{
    for (size_t i = 0; i < to->n_money; i++) {
        struct brief_money *known = &to->money[i];
        if (!same_sum(known, money) || !str_equal(known->role, money->role))
            continue;
        if (money->score > known->score)
            known->score = money->score;
        if (money->titled && !known->titled) { /* the article whose title shows it */
            known->titled = true;
            known->source = money->source;
        }
        return;
    }
    to->money[to->n_money++] = *money;
}

static bool has_role(const struct brief_money *money)
{
    return !str_equal(money->role, no_role);
}

/* Better shown of two amounts that both have a sure role: in a title itself, surer, larger, earlier. */
static bool is_better(const struct brief_money *a, const struct brief_money *b)
{
    if (a->titled != b->titled)
        return a->titled;
    return a->score != b->score ? a->score > b->score : a->lo > b->lo;
}

/* A title says the sum and often not what it is: that may stand in any article. Of several roles one is chosen. */
static void find_headlines(struct brief_initiative *to)
{
    for (size_t i = 0; i < to->n_money; i++) {
        struct brief_money *best = NULL;
        const struct brief_money *named = NULL;
        for (size_t k = 0; k < to->n_money; k++) {
            struct brief_money *other = &to->money[k];
            if (!same_sum(other, &to->money[i]))
                continue;
            if (other->titled && !named)
                named = other;
            if (has_role(other) && other->score >= BRIEF_REVIEW_SCORE && (!best || is_better(other, best)))
                best = other;
        }
        if (named && best && !best->headline) {
            best->headline = true;
            best->source = named->source;
        }
    }
}

static bool is_total(const struct brief_money *money)
{
    return str_equal(money->role, STR("total"));
}

static void take_role(struct brief_money *money)
{
    money->role = no_role;
    money->headline = false;
}

static bool is_share(const struct brief_money *money)
{
    static const char *const shares[] = {"national", "province", "local", "private"};
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++)
        if (str_equal(money->role, str_from(shares[i])))
            return true;
    return false;
}

/* A total below what is sure to be one of its shares is none of this initiative's. */
static bool holds_shares(const struct brief_initiative *of, const struct brief_money *total)
{
    for (size_t i = 0; i < of->n_money; i++)
        if (is_share(&of->money[i]) && strcmp(of->money[i].currency, total->currency) == 0 && total->hi >= 0 &&
            of->money[i].lo > total->hi)
            return false;
    return true;
}

/* An initiative has one total in a currency; others are a part's, a year's or another project's. */
static void keep_one_total(struct brief_initiative *to)
{
    for (size_t i = 0; i < to->n_money; i++)
        for (size_t k = i + 1; k < to->n_money; k++) {
            struct brief_money *a = &to->money[i], *b = &to->money[k];
            if (is_total(a) && is_total(b) && strcmp(a->currency, b->currency) == 0)
                take_role((a->headline != b->headline ? b->headline : is_better(b, a)) ? a : b);
        }
}

/* Is the sum listed better by another: with a role, or with the one that the title itself gives it? A share may be all
 * of a total. */
static bool is_repeated(const struct brief_initiative *of, size_t i)
{
    const struct brief_money *money = &of->money[i];
    for (size_t k = 0; k < of->n_money; k++) {
        const struct brief_money *other = &of->money[k];
        if (k == i || !same_sum(other, money))
            continue;
        if (has_role(money) ? other->headline && other->titled && !is_share(other) && !is_share(money)
                            : has_role(other) || k < i)
            return true;
    }
    return false;
}

static void drop_repeated(struct brief_initiative *to)
{
    size_t n = 0;
    for (size_t i = 0; i < to->n_money; i++)
        if (!is_repeated(to, i))
            to->money[n++] = to->money[i];
    to->n_money = n;
}

void amounts_settle(struct brief_initiative *to)
{
    for (size_t i = 0; i < to->n_money; i++)
        if (to->money[i].score < LEAST_ROLE)
            take_role(&to->money[i]);
    find_headlines(to);
    for (size_t i = 0; i < to->n_money; i++)
        if (is_total(&to->money[i]) && !holds_shares(to, &to->money[i]))
            take_role(&to->money[i]);
    keep_one_total(to);
    drop_repeated(to);
}
