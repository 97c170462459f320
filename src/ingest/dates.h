/* Date expressions as Korean pages write them. */
#ifndef INGEST_DATES_H
#define INGEST_DATES_H
#include "base/date.h"
#include "base/str.h"

struct date_found {
    date_t date;       /* Korean calendar day; a time zone that is written is converted */
    bool has_time;     /* a clock time follows: pages put one beside publication dates only */
    size_t begin, end; /* bytes of the text, time included */
};

/* The next full date (year, month, day) at or after byte `from`: 2024-01-16 17:19:34, 2024.01.16, 2024. 1. 16.,
 * 2024/01/16, 2024년 1월 16일, 21-07-02, ’24.1.17, 20240116, 2024-01-16T08:00:00Z, Jan 16, 2024, 16 Jan 2024,
 * 16-Jan-24, 01/16/2024; 20240116171934 where it is all of the text. Impossible dates and years outside 1990..2100 are
 * passed over, and 05/01/24, of which nobody knows what is the year. */
bool dates_next(struct str text, size_t from, struct date_found *out);

/* The first date of what a source has in its column for it: as above, or 1705392000, 1705392000000 (seconds or
 * milliseconds since 1970). */
bool dates_column(struct str text, struct date_found *out);

/* The same, of dates that begin before byte `limit`. */
bool dates_next_before(struct str text, size_t from, size_t limit, struct date_found *out);

/* The day of a spreadsheet's serial number, 45292 or 45292.5, that is all of the text, by the 1900 system. DATE_NONE
 * beyond the years 2000 to 2049, and for what is also a day without its leading zero: 40115, 2004-01-15. */
date_t dates_serial(struct str text);

/* A time with fractions of a second that are not all 0, as 17:19:34.5 or 1705392000123: a program's clock when it
 * fetched the page, never a newspaper's. */
bool dates_is_machine_stamp(struct str text);

/* A month that is mentioned: "6월 11일", "’25년 6월", "2025년 5월"; year 0 where none is written, month 0 for a year
 * alone ("2025년"). A year that is a target ("2030년까지") is passed over. */
struct month_found {
    int year, month;
    size_t begin, end;
};
bool dates_next_month(struct str text, size_t from, struct month_found *out);

#endif
