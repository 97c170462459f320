/* Exact tests, Holm's correction, ranks and rates: against published values, against sums over all outcomes in whole
 * numbers, and by their properties. */
#include "unit.h"

#include "brief/stats.h"

#include <math.h>

static void near(double value, double expected, double tolerance)
{
    if (!(fabs(value - expected) <= tolerance))
        fail_msg("%.15g instead of %.15g", value, expected);
}

static void published_binomial_tests(void **state)
{
    (void)state;
    /* 682 giants of 925 plants under Mendel's 3:1, Conover 1971 p. 97; R's binom.test prints 0.3825 */
    near(stats_binomial(682, 925, 0.75), 0.3825, 0.00005);
    near(stats_binomial(243, 925, 0.25), 0.3825, 0.00005);
    /* Two of eight in any table of the sign test: .145 on one side, 2 · (1 + 8 + 28) of 256 on both */
    near(stats_binomial(2, 8, 0.5), 74.0 / 256, 1e-12);
}

static void published_comparisons_of_rates(void **state)
{
    (void)state;
    /* Heart disease with and without hormones, 60 in 51,477.5 and 30 in 54,308.7 person-years (Gu and others 2008):
     * R's exactci, poisson.exact(tsmethod = "minlike"), as quoted in the tests of statsmodels */
    near(stats_compare(60, 51477.5, 30, 54308.7), 0.000675182658686321, 1e-15);
    /* Lung cancer in Fredericia and three other towns, ages 55 to 59, the example of R's poisson.test: 0.07967 */
    near(stats_compare(11, 800, 21, 3011), 0.07967, 0.000005);
    near(stats_compare(21, 3011, 11, 800), 0.07967, 0.000005);
}

static void nothing_to_compare_is_no_number(void **state)
{
    (void)state;
    assert_true(isnan(stats_compare(0, 10, 0, 10)));
    assert_true(isnan(stats_compare(3, 0, 1, 10)));
    assert_true(isnan(stats_compare(3, 10, 1, 0)));
    assert_true(isnan(stats_compare(3, 10, 1, NAN)));
    assert_true(stats_binomial(0, 0, 0.3) == 1);
}

/* Σ of C(n, i) · hits^i · misses^(n-i) over all i whose term is at most that of k, in whole numbers, over its total. */
static double by_counting(int k, int n, unsigned hits, unsigned misses)
{
    uint64_t terms[32], all = 0, sum = 0;
    for (int i = 0; i <= n; i++) {
        terms[i] = 1;
        for (int j = 0; j < n; j++)
            terms[i] *= j < i ? hits : misses;
        for (int j = 0; j < i; j++) /* always a whole number: C(n, j + 1) times the rest */
            terms[i] = terms[i] * (unsigned)(n - j) / (unsigned)(j + 1);
        all += terms[i];
    }
    for (int i = 0; i <= n; i++)
        sum += terms[i] <= terms[k] ? terms[i] : 0;
    return (double)((long double)sum / (long double)all);
}

static void small_counts_as_summed_in_whole_numbers(void **state)
{
    (void)state;
    static const unsigned exposures[][2] = {{1, 1}, {1, 2}, {3, 2}, {1, 9}, {5, 7}, {10, 3}};
    for (size_t e = 0; e < sizeof exposures / sizeof *exposures; e++)
        for (int n = 1; n <= 14; n++)
            for (int k = 0; k <= n; k++)
                near(stats_compare(k, exposures[e][0], n - k, exposures[e][1]),
                     by_counting(k, n, exposures[e][0], exposures[e][1]), 1e-12);
}

/* For equal exposures and large counts the exact p is that of a normal distribution with the correction for
 * continuity, but for terms of the order 1/n. */
static void large_counts_hold(void **state)
{
    (void)state;
    static const int64_t totals[] = {10000, 100000, 1000000, 10000000};
    for (size_t i = 0; i < sizeof totals / sizeof *totals; i++)
        for (int z = 1; z <= 5; z++) {
            int64_t n = totals[i], less = n / 2 - (int64_t)(z * sqrt((double)n) / 2);
            double distance = ((double)n / 2 - (double)less - 0.5) / (sqrt((double)n) / 2);
            double normal = erfc(distance / sqrt(2));
            near(stats_compare(less, 1, n - less, 1) / normal, 1, 40.0 / (double)n * z * z + 1e-6);
        }
    near(stats_compare(500000, 1, 500000, 1), 1, 1e-9);
    assert_true(stats_compare(0, 1, 1000000, 1) < 1e-300);
    near(stats_compare(0, 1, 1, 1e12), 1, 1e-9);
    assert_true(stats_compare(1, 1, 0, 1e12) < 2e-12);
}

static void a_probability_that_is_the_same_from_both_sides(void **state)
{
    (void)state;
    for (int a = 0; a <= 60; a++)
        for (int b = 0; b <= 60; b++) {
            if (a + b == 0)
                continue;
            double p = stats_compare(a, 130, b, 170);
            assert_true(p > 0 && p <= 1);
            near(stats_compare(b, 170, a, 130), p, 1e-9);
            near(stats_compare(a, 1.3, b, 1.7), p, 1e-9); /* only the ratio of exposures matters */
            if (a == b)
                near(stats_compare(a, 5, b, 5), 1, 1e-9);
        }
}

static void falls_the_further_apart_two_counts_of_one_total_are(void **state)
{
    (void)state;
    for (int n = 1; n <= 120; n++) {
        double before = 1;
        for (int a = n / 2; a >= 0; a--) {
            double p = stats_compare(a, 1, n - a, 1);
            assert_true(p <= before + 1e-9);
            before = p;
        }
    }
}

static void published_holm_adjustments(void **state)
{
    (void)state;
    double out[8];
    /* The documentation of stdlib's padjust */
    stats_holm((const double[]){0.319, 0.201, 0.4, 0.374, 0.113}, 5, out);
    near(out[0], 0.957, 1e-12);
    near(out[1], 0.804, 1e-12);
    near(out[2], 0.957, 1e-12);
    near(out[3], 0.957, 1e-12);
    near(out[4], 0.565, 1e-12);
    /* Wikipedia, "Holm–Bonferroni method": H4 and H1 are rejected at .05, H2 and H3 are not, though .03 is below .05 */
    stats_holm((const double[]){0.01, 0.04, 0.03, 0.005}, 4, out);
    near(out[0], 0.03, 1e-12);
    near(out[1], 0.06, 1e-12);
    near(out[2], 0.06, 1e-12);
    near(out[3], 0.02, 1e-12);
}

static void holm_leaves_out_what_was_no_test(void **state)
{
    (void)state;
    double p[] = {NAN, 0.03, NAN, 0.01, 0.9, 0.8};
    stats_holm(p, 6, p); /* in place */
    assert_true(isnan(p[0]) && isnan(p[2]));
    near(p[3], 0.04, 1e-12);
    near(p[1], 0.09, 1e-12);
    near(p[4], 1, 0);
    near(p[5], 1, 0);
    stats_holm(NULL, 0, NULL);
}

static void ties_share_a_rank_and_none_is_no_rank(void **state)
{
    (void)state;
    int ranks[7];
    stats_rank((const int64_t[]){3, 9, 0, 3, 9, 1, -2}, 7, ranks);
    static const int expected[] = {3, 1, 0, 3, 1, 5, 0};
    assert_memory_equal(ranks, expected, sizeof expected);
    stats_rank(NULL, 0, NULL);
}

static void shares_and_rates(void **state)
{
    (void)state;
    near(stats_share(1, 4), 0.25, 0);
    assert_true(isnan(stats_share(0, 0)));
    near(stats_per_100k(12, 513524), 2.33679438546, 1e-9);
    assert_true(isnan(stats_per_100k(12, -1)));
    assert_true(isnan(stats_per_100k(12, 0)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_binomial_tests),
        cmocka_unit_test(published_comparisons_of_rates),
        cmocka_unit_test(nothing_to_compare_is_no_number),
        cmocka_unit_test(small_counts_as_summed_in_whole_numbers),
        cmocka_unit_test(large_counts_hold),
        cmocka_unit_test(a_probability_that_is_the_same_from_both_sides),
        cmocka_unit_test(falls_the_further_apart_two_counts_of_one_total_are),
        cmocka_unit_test(published_holm_adjustments),
        cmocka_unit_test(holm_leaves_out_what_was_no_test),
        cmocka_unit_test(ties_share_a_rank_and_none_is_no_rank),
        cmocka_unit_test(shares_and_rates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
