/* How alike two articles are, and whether that makes them reports of one initiative. */
#ifndef ANALYZE_LIKENESS_H
#define ANALYZE_LIKENESS_H
#include "analyze/print.h"
#include "base/date.h"

enum {
    MAX_DAYS = 14,   /* between two articles on one event */
    NAMED_DAYS = 62, /* where both name the event: it is announced, and then reported */
};

struct likeness {
    double words, title; /* shared part of the words of the shorter one; Dice of the titles' syllable pairs */
    bool quoted;         /* a programme, event or place is named in both */
    bool titled;         /* and in a title */
    bool named;          /* a programme or event is, and it is not another round of it */
    bool other_round;    /* "제3회" and "제4회", in title or first lines */
    bool other_day;      /* both name days of the month, and not the same */
    bool apart;          /* both titles quote names, and not the same */
};

/* Symmetric; linear in the prints. */
struct likeness likeness_of(const struct print *a, const struct print *b);

enum { IDENTICAL = 3 }; /* above any other likeness */

/* 0 = not one initiative; else how alike, for the order of joining, IDENTICAL for copies. Symmetric. `x` and `y` are
 * the days of publication, DATE_NONE where not certain. `strict` demands one text, as little changed as another outlet
 * changes a release: for articles in which different cities or categories were found. */
double likeness_joins(const struct print *a, date_t x, const struct print *b, date_t y, bool strict);

/* How alike two articles are, whatever follows from it; *named becomes true where both name one event. */
double likeness_of_members(const struct print *a, const struct print *b, bool *named);

#endif
