/* The fingerprint of an article: what cluster.c compares and by what it finds whom to compare with. */
#ifndef ANALYZE_PRINT_H
#define ANALYZE_PRINT_H
#include "analyze/common.h"
#include "analyze/series.h"
#include "base/str.h"

enum {
    MAX_WORDS = 160, /* distinct words of an article that are compared */
    MAX_TITLE = 64,  /* syllable pairs of a title */
    MAX_FEATURES = 40,
    MAX_QUOTES = 6,
};

/* All sets are sorted and without repetition. */
struct print {
    uint32_t words[MAX_WORDS], title[MAX_TITLE];
    uint32_t quotes[MAX_QUOTES], events[MAX_QUOTES]; /* quoted names; those that are not places */
    uint32_t features[MAX_FEATURES];
    size_t n_words, n_title, n_quotes, n_events, n_features;
    size_t n_title_pairs; /* word pairs of the title: the first of the features */
    size_t n_pairs;       /* these and word pairs of the body, which follow */
    size_t first_quote;   /* where the quoted names begin among the features */
    size_t n_headline;    /* names quoted in the title */
    uint32_t headline[MAX_QUOTES];
    struct series series; /* of the title */
    uint32_t round;       /* "제3회", "2기" in title or first lines; 0 = none */
    uint32_t days;        /* of the month, in title and first lines: one bit each */
    uint64_t exact;       /* hash of all that is compared */
};

/* Reads title and the beginning of the body; linear in both. */
void print_take(const struct common *common, struct str title, struct str body, struct print *out);

#endif
