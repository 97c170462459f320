/* The same random numbers in every run. */
#ifndef TESTS_RANDOM_BELOW_H
#define TESTS_RANDOM_BELOW_H
#include <stddef.h>
#include <stdint.h>

static uint64_t seed = 20240116;

static size_t random_below(size_t n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(seed >> 33) % n;
}

#endif
