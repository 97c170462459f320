/* Exact comparisons of counts, the correction for many of them, ranks, shares and rates.
 *
 * A p value is right to about 1e-8 of itself for totals up to a million; the digits behind that are the C library's
 * log-gamma's, so print six at most. */
#ifndef BRIEF_STATS_H
#define BRIEF_STATS_H
#include <stddef.h>
#include <stdint.h>

/* Probability, under n trials of probability p (0 < p < 1), of all outcomes that are no likelier than k (0 ≤ k ≤ n).
 * "No likelier" allows a relative difference of 1e-7, so that outcomes that are equally likely but for rounding go
 * together; the same definition as in R's binom.test. In 0..1; 1 for n = 0. Cost: some ten times √n steps. */
double stats_binomial(int64_t k, int64_t n, double p);

/* Two-sided exact conditional test of two Poisson counts, each collected over an exposure: given a + b events and equal
 * rates, a is binomial with the share of its exposure. NAN where an exposure is not above 0 or a + b = 0. */
double stats_compare(int64_t a, double exposure_a, int64_t b, double exposure_b);

/* Holm's adjustment, which bounds the chance of one false claim or more among n, whatever their dependence. `adjusted`
 * may be `p`. A NAN was no test: it stays one and is not counted. */
void stats_holm(const double *p, size_t n, double *adjusted);

/* Competition ranks (1, 2, 2, 4): 1 + the number of larger values; 0 for a value of 0 or less. */
void stats_rank(const int64_t *values, size_t n, int *ranks);

double stats_share(int64_t part, int64_t whole);           /* 0..1; NAN where whole is not above 0 */
double stats_per_100k(int64_t events, int64_t population); /* NAN where population is not above 0 */

#endif
