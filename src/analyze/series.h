/* Numbers in a title that tell the parts of a series apart: the round of a contest, the day of a daily report. */
#ifndef ANALYZE_SERIES_H
#define ANALYZE_SERIES_H
#include "base/str.h"

enum { MAX_SERIES = 6 };

enum series_unit {
    SERIES_TIME,  /* 제3회 */
    SERIES_ROUND, /* 2차 */
    SERIES_TERM,  /* 5기 */
    SERIES_ISSUE, /* 7호 */
    SERIES_DAY,   /* 86일차, (7.13.), 3주차 */
    SERIES_PART,  /* ②, (1-2), <상> */
    SERIES_MONTH, /* 9월, 3분기: only tells otherwise equal titles apart */
};

struct series {
    struct {
        enum series_unit unit;
        uint32_t number;
    } items[MAX_SERIES];
    size_t n;
};

/* Reads a title; linear. */
void series_take(struct str title, struct series *out);

/* Do both have numbers of a unit, and none in common? Months count only if `months`. Symmetric. */
bool series_differ(const struct series *a, const struct series *b, bool months);

/* The first round in a text ("제3회", "2기"); 0 = none. */
uint32_t series_round(struct str text);

/* The days of the month that a text names ("12일"), bit by bit; "12일간" is no day. */
uint32_t series_days(struct str text);

#endif
