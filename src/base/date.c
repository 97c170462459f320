#include "base/date.h"

#include <stdio.h>

/* Days-from-civil after the well-known era arithmetic: years start in March, so that the leap day comes last. */
static date_t days_from(int year, int month, int day)
{
    int y = year - (month <= 2);
    int era = y / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

static int month_length(int year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : lengths[month - 1];
}

bool date_valid(int year, int month, int day)
{
    return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= month_length(year, month);
}

date_t date_from(int year, int month, int day)
{
    return date_valid(year, month, day) ? days_from(year, month, day) : DATE_NONE;
}

struct ymd date_split(date_t date)
{
    int z = date + 719468;
    int era = z / 146097;
    int day_of_era = z - era * 146097;
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int mp = (5 * day_of_year + 2) / 153;
    int month = mp < 10 ? mp + 3 : mp - 9;
    return (struct ymd){year_of_era + era * 400 + (month <= 2), month, day_of_year - (153 * mp + 2) / 5 + 1};
}

static bool digits(struct str s, size_t from, size_t count, int *value)
{
    *value = 0;
    for (size_t i = from; i < from + count; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        *value = *value * 10 + (s.p[i] - '0');
    }
    return true;
}

date_t date_parse(struct str iso)
{
    int y, m, d;
    if (iso.n != 10 || iso.p[4] != '-' || iso.p[7] != '-')
        return DATE_NONE;
    if (!digits(iso, 0, 4, &y) || !digits(iso, 5, 2, &m) || !digits(iso, 8, 2, &d))
        return DATE_NONE;
    return date_from(y, m, d);
}

bool date_parse_month(struct str text, date_t *first, date_t *last)
{
    int y, m;
    if (text.n != 7 || text.p[4] != '-' || !digits(text, 0, 4, &y) || !digits(text, 5, 2, &m))
        return false;
    if (!date_valid(y, m, 1))
        return false;
    *first = date_from(y, m, 1);
    *last = date_month_end(*first);
    return true;
}

date_t date_add_months(date_t date, int months)
{
    struct ymd t = date_split(date);
    int count = t.year * 12 + t.month - 1 + months;
    int year = count / 12, month = count % 12 + 1;
    if (year < 1 || year > 9999)
        return DATE_NONE;
    int length = month_length(year, month);
    return date_from(year, month, t.day < length ? t.day : length);
}

date_t date_month_start(date_t date)
{
    struct ymd t = date_split(date);
    return date_from(t.year, t.month, 1);
}

date_t date_month_end(date_t date)
{
    struct ymd t = date_split(date);
    return date_from(t.year, t.month, month_length(t.year, t.month));
}

int date_weekday(date_t date)
{
    int day = (date + 4) % 7; /* 1970-01-01 was a Thursday */
    return day < 0 ? day + 7 : day;
}

struct date_text date_iso(date_t date)
{
    struct date_text text = {""};
    if (date == DATE_NONE)
        return text;
    struct ymd t = date_split(date);
    snprintf(text.p, sizeof text.p, "%04u-%02u-%02u", (unsigned)t.year % 10000, (unsigned)t.month % 100,
             (unsigned)t.day % 100);
    return text;
}

struct date_text date_iso_month(date_t date)
{
    struct date_text text = date_iso(date);
    if (text.p[0])
        text.p[7] = '\0';
    return text;
}
