/* Calendar dates (proleptic Gregorian, no time zone) as plain day numbers. */
#ifndef BASE_DATE_H
#define BASE_DATE_H
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/* Days since 1970-01-01; DATE_NONE where no date is known. */
typedef int32_t date_t;
#define DATE_NONE INT32_MIN

struct ymd {
    int year, month, day;
};

bool date_valid(int year, int month, int day);                       /* a real calendar day, years 1..9999 */
date_t date_from(int year, int month, int day);                      /* DATE_NONE where not valid */
struct ymd date_split(date_t date);                                  /* of a known date */
date_t date_parse(struct str iso);                                   /* exactly YYYY-MM-DD, else DATE_NONE */
bool date_parse_month(struct str text, date_t *first, date_t *last); /* exactly YYYY-MM */
date_t date_add_months(date_t date, int months);                     /* the day is clamped to the month's length */
date_t date_month_start(date_t date);
date_t date_month_end(date_t date);
int date_weekday(date_t date); /* 0 = Sunday */

struct date_text {
    char p[12];
};
struct date_text date_iso(date_t date);       /* "2024-01-16"; "" for DATE_NONE */
struct date_text date_iso_month(date_t date); /* "2024-01"; "" for DATE_NONE */

#endif
