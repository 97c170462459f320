/* Dates as a text says them, and the days that they mean. */
#ifndef ANALYZE_WHEN_H
#define ANALYZE_WHEN_H
#include "analyze/facts.h"

enum { MOST_WHENS = 300 };

/* A date as the text says it. */
struct when {
    int year, month, day;      /* -1 where not stated */
    int first_day, first_year; /* of 3∼6일, 2026∼2027년; else -1 */
    int part; /* 'h' half, 'q' quarter, 'b' beginning, 'm' middle, 'e' end of the year or month, 'y' within the year; 0
               */
    int part_number;
    bool until, since;
    bool said_year; /* with its number, or by 내년 */
    bool this_year; /* by 올해, 올: names the year of a programme as often as a date */
    bool coming;    /* 오는, 다음 달 */
    size_t begin, end;
};

struct whens {
    struct when items[MOST_WHENS];
    size_t n;
};

/* Whether a part of a date was stated. */
static inline bool when_known(int value)
{
    return value >= 0;
}

/* The first MOST_WHENS dates of the text, in its order. The publication must be known. */
void whens_read(const struct facts *facts, const struct digits *digits, struct whens *out);

/* The days that the date means; `last` is the date before it or NULL. False where they do not lie ahead of the
 * publication. Parts that follow from `last` are filled in. */
bool when_resolve(const struct facts *facts, const struct when *last, struct when *when, date_t *lo, date_t *hi);

#endif
