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

/* One block of exact size: the numbers of all sets follow the head. Sets are sorted and without repetition, but for the
 * features. The bytes are the same for the same text, so that they can be kept (in the byte order of the machine). */
struct print {
    uint32_t form;                         /* PRINT_FORM */
    uint16_t n_words, n_title, n_features; /* features: what leads to others (cluster.c) */
    uint8_t n_quotes, n_events;            /* quoted names; those that are not places */
    uint8_t n_headline;                    /* names quoted in the title */
    uint8_t n_title_pairs;                 /* word pairs of the title: the first of the features */
    uint8_t n_pairs;                       /* these and word pairs of the body, which follow */
    uint8_t first_quote;                   /* where the quoted names begin among the features */
    uint32_t round;                        /* "제3회", "2기" in title or first lines; 0 = none */
    uint32_t days;                         /* of the month, in title and first lines: one bit each */
    uint64_t exact;                        /* hash of all that is compared */
    struct series series;                  /* of the title */
    uint32_t numbers[];                    /* words, title, quotes, events, headline, features */
};

enum { PRINT_FORM = 0x50520001 }; /* rises, with rules_revision (rules.c), when a text gets another print */

static inline const uint32_t *print_words(const struct print *print)
{
    return print->numbers;
}

static inline const uint32_t *print_title(const struct print *print)
{
    return print_words(print) + print->n_words;
}

static inline const uint32_t *print_quotes(const struct print *print)
{
    return print_title(print) + print->n_title;
}

static inline const uint32_t *print_events(const struct print *print)
{
    return print_quotes(print) + print->n_quotes;
}

static inline const uint32_t *print_headline(const struct print *print)
{
    return print_events(print) + print->n_events;
}

static inline const uint32_t *print_features(const struct print *print)
{
    return print_headline(print) + print->n_headline;
}

/* Reads title and the beginning of the body; linear in both. The print lives in the arena. */
const struct print *print_take(struct arena *arena, const struct common *common, struct str title, struct str body);

/* A print as bytes, and back: NULL for what is no print of this form. Both borrow; what is not aligned is copied into
 * the arena. */
struct str print_bytes(const struct print *print);
const struct print *print_read(struct arena *arena, struct str bytes);

#endif
