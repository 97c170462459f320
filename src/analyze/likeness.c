#include "analyze/likeness.h"

#include <stdlib.h>

enum { FEWEST_WORDS = 14 }; /* a text of fewer words is compared as if it had so many */

/* Steps without branches: which of two hashes is less cannot be foretold. */
static size_t common(const uint32_t *a, size_t n, const uint32_t *b, size_t m)
{
    size_t shared = 0;
    for (size_t i = 0, j = 0; i < n && j < m;) {
        uint32_t x = a[i], y = b[j];
        shared += x == y;
        i += x <= y;
        j += y <= x;
    }
    return shared;
}

static double part(size_t shared, size_t n, size_t m)
{
    size_t less = n < m ? n : m;
    return less ? (double)shared / (double)less : 0;
}

struct likeness likeness_of(const struct print *a, const struct print *b)
{
    struct likeness like;
    const uint32_t *quotes = print_quotes(a), *others = print_quotes(b);
    const uint32_t *headline = print_headline(a), *other_headline = print_headline(b);
    size_t n = a->n_words > FEWEST_WORDS ? a->n_words : FEWEST_WORDS;
    size_t m = b->n_words > FEWEST_WORDS ? b->n_words : FEWEST_WORDS;
    like.words = part(common(print_words(a), a->n_words, print_words(b), b->n_words), n, m);
    size_t pairs = common(print_title(a), a->n_title, print_title(b), b->n_title);
    like.title = a->n_title + b->n_title ? 2.0 * (double)pairs / (double)(a->n_title + b->n_title) : 0;
    like.quoted = common(quotes, a->n_quotes, others, b->n_quotes) > 0;
    like.titled = common(headline, a->n_headline, others, b->n_quotes) > 0 ||
                  common(quotes, a->n_quotes, other_headline, b->n_headline) > 0;
    like.apart =
        a->n_headline > 0 && b->n_headline > 0 && common(headline, a->n_headline, other_headline, b->n_headline) == 0;
    like.other_day = a->days != 0 && b->days != 0 && (a->days & b->days) == 0;
    like.other_round = a->round != 0 && b->round != 0 && a->round != b->round;
    like.named = common(print_events(a), a->n_events, print_events(b), b->n_events) > 0 && !like.other_round;
    return like;
}

/* Almost the same text. */
static bool one_text(const struct likeness *like)
{
    return like->title >= 0.2 && like->words >= 0.38 && like->words + 0.7 * like->title >= 0.8;
}

/* Two reports weeks apart: both name the event, or their titles are almost one and nothing says that it is another. */
static bool one_after_the_other(const struct likeness *like)
{
    if (like->named && like->titled && like->words >= 0.2 && like->title >= 0.2)
        return true;
    return !like->other_round && !like->other_day && like->title >= (like->named ? 0.5 : 0.65) && like->words >= 0.25;
}

/* What outlets write on one day is likelier to be of one release; what they write days apart, of other days, is mostly
 * the next visit, gift or meeting of the same people. */
static bool one_event(const struct likeness *like, int days)
{
    double words = like->words, title = like->title, sum = words + 0.7 * title;
    if (days > 1 && like->other_day)
        return words >= 0.65 || (words >= 0.5 && title >= 0.95) || (like->titled && words >= 0.2);
    if (words >= 0.5 || (title >= 0.6 && words >= 0.25) ||
        (like->quoted && words >= (like->titled ? 0.2
                                   : days > 1   ? 0.3
                                                : 0.25)))
        return true;
    if (like->apart)
        return false;
    if (days > 1)
        return (words >= 0.22 && sum >= 0.53) || (like->named && words >= 0.15 && title >= 0.5);
    return (words >= 0.2 && sum >= 0.6) || (words >= 0.25 && sum >= 0.47) || (words >= 0.3 && sum >= 0.42);
}

/* Where a date is missing, last year's round may be as alike: the texts must be nearly one. */
static bool one_without_date(const struct likeness *like)
{
    double words = like->words, title = like->title;
    return words >= 0.5 || (title >= 0.9 && words >= 0.3) || (title >= 0.5 && words >= 0.4) ||
           (like->named && title >= 0.4 && words >= 0.2);
}

/* The bounds in these rules lie between the pairs that people call one initiative (labelled articles, pairs read one by
 * one and the sample pages) and the most alike of the others. */
double likeness_joins(const struct print *a, date_t x, const struct print *b, date_t y, bool strict)
{
    bool undated = x == DATE_NONE || y == DATE_NONE;
    int days = undated ? 0 : abs(x - y);
    if (a->exact == b->exact && days <= MAX_DAYS)
        return IDENTICAL;
    if (days > NAMED_DAYS || (strict && days > MAX_DAYS))
        return 0;
    struct likeness like = likeness_of(a, b);
    if (series_differ(&a->series, &b->series, like.title >= 0.6))
        return 0;
    bool joins = strict            ? one_text(&like)
                 : undated         ? one_without_date(&like)
                 : days > MAX_DAYS ? one_after_the_other(&like)
                                   : one_event(&like, days);
    return joins ? like.words + like.title * 0.99 + like.quoted * 0.2 : 0;
}

double likeness_of_members(const struct print *a, const struct print *b, bool *named)
{
    struct likeness like = likeness_of(a, b);
    *named |= like.named;
    return like.words + 0.7 * like.title + like.quoted * 0.2;
}
