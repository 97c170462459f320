#include "brief/stats.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double tie = 1e-7;         /* relative difference up to which two outcomes are equally likely */
static const double negligible = 1e-18; /* of a sum whose terms fall ever faster */

/* Unlike lgamma without a sign in a global. */
static double log_factorial(int64_t n)
{
    int sign;
    return lgamma_r((double)n + 1, &sign);
}

static double log_likelihood(int64_t k, int64_t n, double p)
{
    return log_factorial(n) - log_factorial(k) - log_factorial(n - k) + (double)k * log(p) +
           (double)(n - k) * log1p(-p);
}

static int64_t mode_of(int64_t n, double p)
{
    return (int64_t)((double)(n + 1) * p);
}

/* P(X ≤ k) for a k up to the mode, summed from the largest term down. */
static double lower_tail(int64_t k, int64_t n, double p)
{
    double term = exp(log_likelihood(k, n, p)), sum = term;
    for (; k > 0 && term > sum * negligible; k--) {
        term *= (double)k / (double)(n - k + 1) * (1 - p) / p;
        sum += term;
    }
    return sum;
}

/* The likeliest outcome up to the mode whose log-likelihood is not above `bound`; -1 where there is none. */
static int64_t last_unlikely(int64_t n, double p, double bound)
{
    int64_t low = -1, high = mode_of(n, p) + 1;
    while (low + 1 < high) {
        int64_t middle = low + (high - low) / 2;
        if (log_likelihood(middle, n, p) <= bound)
            low = middle;
        else
            high = middle;
    }
    return low;
}

double stats_binomial(int64_t k, int64_t n, double p)
{
    if (k == mode_of(n, p))
        return 1;
    if (k > mode_of(n, p)) { /* the same, counting failures */
        k = n - k;
        p = 1 - p;
    }
    int64_t other = last_unlikely(n, 1 - p, log_likelihood(k, n, p) + tie);
    double sum = lower_tail(k, n, p) + (other >= 0 ? lower_tail(other, n, 1 - p) : 0);
    return sum < 1 ? sum : 1;
}

double stats_compare(int64_t a, double exposure_a, int64_t b, double exposure_b)
{
    if (!(exposure_a > 0 && exposure_b > 0) || a + b <= 0)
        return NAN;
    return stats_binomial(a, a + b, exposure_a / (exposure_a + exposure_b));
}

struct placed {
    double p;
    size_t at;
};

static int by_p(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    if (x->p != y->p)
        return x->p < y->p ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

void stats_holm(const double *p, size_t n, double *adjusted)
{
    struct placed *order = mem_alloc(mem_mul(n + 1, sizeof *order));
    size_t tests = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isnan(p[i]))
            order[tests++] = (struct placed){p[i], i};
        else
            adjusted[i] = NAN;
    }
    qsort(order, tests, sizeof *order, by_p);
    double least = 0; /* no p value may end below a smaller one */
    for (size_t i = 0; i < tests; i++) {
        least = fmax(least, (double)(tests - i) * order[i].p);
        adjusted[order[i].at] = fmin(least, 1);
    }
    mem_free(order);
}

static int descending(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x < y) - (x > y);
}

/* 1 + the number of values in `sorted`, largest first, that are larger. */
static int rank_in(const int64_t *sorted, size_t n, int64_t value)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sorted[middle] > value)
            low = middle + 1;
        else
            high = middle;
    }
    return (int)low + 1;
}

void stats_rank(const int64_t *values, size_t n, int *ranks)
{
    size_t size = mem_mul(n, sizeof *values);
    int64_t *sorted = mem_alloc(size + 1);
    if (n)
        memcpy(sorted, values, size);
    qsort(sorted, n, sizeof *sorted, descending);
    for (size_t i = 0; i < n; i++)
        ranks[i] = values[i] > 0 ? rank_in(sorted, n, values[i]) : 0;
    mem_free(sorted);
}

double stats_share(int64_t part, int64_t whole)
{
    return whole > 0 ? (double)part / (double)whole : NAN;
}

double stats_per_100k(int64_t events, int64_t population)
{
    return 100000 * stats_share(events, population);
}
