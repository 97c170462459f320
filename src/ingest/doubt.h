/* Inside the ingest room: does a text contradict the date that its source's column gives? A table's column may hold
 * the day of the crawl, or a wrong year. */
#ifndef INGEST_DOUBT_H
#define INGEST_DOUBT_H
#include "base/date.h"
#include "base/str.h"

struct doubt {
    date_t lo, hi;    /* when the article was written by its own words */
    struct str words; /* borrow from title or body */
};

/* True where the text speaks of a past that `column` does not fit: "9월 16일 열었다" in February, "3월 2일(월)" in a
 * year in which that is no Monday, an event of "2025년" in the spring of 2026 in a text that knows no 2026. Fills *out
 * then. Words for the past (지난해, 작년) and years beside a day free it from doubt. */
bool doubt_column(struct str title, struct str body, date_t column, struct doubt *out);

#endif
