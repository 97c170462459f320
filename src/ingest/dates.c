#include "ingest/dates.h"

#include "base/utf8.h"

#include <string.h>

enum { FIRST_YEAR = 1990, LAST_YEAR = 2100, KST_MINUTES = 9 * 60 };

struct reader {
    struct str s;
    size_t at;
};

static bool is_digit(struct str s, size_t i)
{
    return i < s.n && s.p[i] >= '0' && s.p[i] <= '9';
}

/* Reads at most `most` digits. Returns how many there were; more than `most` counts as none. */
static size_t number(struct reader *r, size_t most, int *value)
{
    size_t n = 0;
    *value = 0;
    while (n <= most && is_digit(r->s, r->at + n)) {
        *value = *value * 10 + (r->s.p[r->at + n] - '0');
        n++;
    }
    if (n == 0 || n > most)
        return 0;
    r->at += n;
    return n;
}

static bool take(struct reader *r, const char *text)
{
    size_t n = strlen(text);
    if (r->s.n - r->at < n || memcmp(r->s.p + r->at, text, n) != 0)
        return false;
    r->at += n;
    return true;
}

static void blanks(struct reader *r)
{
    while (take(r, " ") || take(r, "\xc2\xa0") || take(r, "\t"))
        ;
}

static int month_name(struct reader *r)
{
    static const char *const names[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                        "jul", "aug", "sep", "oct", "nov", "dec"};
    char low[3];
    if (r->s.n - r->at < 3)
        return 0;
    for (size_t i = 0; i < 3; i++)
        low[i] = (char)(r->s.p[r->at + i] | 0x20);
    for (int m = 0; m < 12; m++)
        if (memcmp(low, names[m], 3) == 0) {
            r->at += 3;
            while (r->at < r->s.n && (r->s.p[r->at] | 0x20) >= 'a' && (r->s.p[r->at] | 0x20) <= 'z')
                r->at++;
            return m + 1;
        }
    return 0;
}

static date_t day_of(int year, int month, int day)
{
    return year >= FIRST_YEAR && year <= LAST_YEAR ? date_from(year, month, day) : DATE_NONE;
}

/* What stands behind the sign of a zone: "0900"; where `exact` also "09:00" and "09", in minutes. */
static bool offset(struct reader *r, bool exact, int *minutes)
{
    int hours, rest = 0;
    size_t n = number(r, 4, &hours);
    if (n == 4) {
        rest = hours % 100;
        hours /= 100;
    } else if (n == 0 || n > 2 || !exact || (take(r, ":") && number(r, 2, &rest) != 2)) {
        return false;
    }
    *minutes = hours * 60 + rest;
    return hours <= 14 && rest < 60;
}

/* "+09:00", "+0900", "+09", "Z", "GMT", "GMT+0900": minutes east of Greenwich. `exact`: the time before it is one to
 * the second, or a program's; in others "10:00-12:00" is a span of time. */
static bool zone(struct reader *r, bool exact, int *minutes)
{
    struct reader back = *r;
    blanks(r);
    bool named = take(r, "Z") || take(r, "GMT") || take(r, "UTC");
    struct reader sign = *r;
    bool west = take(&sign, "-"), east = !west && take(&sign, "+");
    if ((west || east) && offset(&sign, exact || east, minutes)) {
        *minutes *= west ? -1 : 1;
        *r = sign;
        return true;
    }
    *minutes = 0;
    if (!named)
        *r = back;
    return named;
}

/* "17:19:34.5", "17시 19분"; "171934" where `basic`. The hour and minute; *exact where there are seconds. */
static bool clock_digits(struct reader *r, bool basic, int *hour, int *minute, bool *exact)
{
    struct reader whole = *r;
    int digits, second;
    size_t n = basic ? number(&whole, 6, &digits) : 0;
    if (n == 4 || n == 6) {
        *hour = n == 4 ? digits / 100 : digits / 10000;
        *minute = n == 4 ? digits % 100 : digits / 100 % 100;
        *r = whole;
        return *hour <= 24 && *minute <= 59;
    }
    if (!number(r, 2, hour) || *hour > 24 || !(take(r, ":") || take(r, "시")) || (blanks(r), !number(r, 2, minute)) ||
        *minute > 59)
        return false;
    struct reader more = *r;
    if (take(&more, ":") && number(&more, 2, &second)) {
        *exact = true;
        *r = more;
    }
    return true;
}

/* "오후", "PM": the hour of 24 that the one of 12 is. */
static int hour_of_day(int hour, bool morning, bool afternoon)
{
    return hour > 12 || (!morning && !afternoon) ? hour : hour % 12 + (afternoon ? 12 : 0);
}

/* A clock time after a date: "T17:19:34.5Z", " 17:19", " 오후 4:30", " (화) 17:19", " 4:30 PM", "17시 19분". */
static void clock_time(struct reader *r, struct date_found *out)
{
    static const char *const fillers[] = {"(월)", "(화)", "(수)", "(목)", "(금)", "(토)", "(일)",
                                          "오전", "AM",   "오후", "PM",   "|",    ",",    "ㅣ"};
    enum { MORNING = 7, AFTERNOON = 9, HALVES_END = 11 };
    struct reader back = *r;
    int hour, minute = 0, east, ignored;
    bool basic = take(r, "T"), exact = basic, morning = false, afternoon = false;
    if (!basic)
        blanks(r);
    for (size_t i = 0; i < sizeof fillers / sizeof *fillers; i++)
        if (take(r, fillers[i])) {
            morning |= i >= MORNING && i < AFTERNOON;
            afternoon |= i >= AFTERNOON && i < HALVES_END;
            blanks(r);
        }
    if (!clock_digits(r, basic, &hour, &minute, &exact)) {
        *r = back;
        return;
    }
    out->has_time = true;
    out->end = r->at;
    if (take(r, "."))
        number(r, 9, &ignored);
    else if (take(r, "분"))
        out->end = r->at;
    struct reader half = *r;
    blanks(&half);
    bool am = take(&half, "AM"), pm = !am && take(&half, "PM");
    if (am || pm)
        *r = half;
    if (zone(r, exact, &east)) {
        int local = hour_of_day(hour, morning || am, afternoon || pm) * 60 + minute - east + KST_MINUTES;
        out->date += local >= 24 * 60 ? 1 : local < 0 ? -1 : 0;
        out->end = r->at;
    }
}

/* y sep m sep d with the same separator: "-", ".", "/", blanks around; or 년 월 일. `digits` of the year are read. */
static date_t numeric(struct reader *r, int year)
{
    int month, day;
    blanks(r);
    if (take(r, "년")) {
        blanks(r);
        if (!number(r, 2, &month))
            return DATE_NONE;
        blanks(r);
        if (!take(r, "월"))
            return DATE_NONE;
        blanks(r);
        if (!number(r, 2, &day))
            return DATE_NONE;
        blanks(r);
        return take(r, "일") ? day_of(year, month, day) : DATE_NONE;
    }
    const char *separator = take(r, "-") ? "-" : take(r, ".") ? "." : take(r, "/") ? "/" : NULL;
    if (!separator)
        return DATE_NONE;
    blanks(r);
    if (!number(r, 2, &month))
        return DATE_NONE;
    blanks(r);
    if (!take(r, separator))
        return DATE_NONE;
    blanks(r);
    if (!number(r, 2, &day))
        return DATE_NONE;
    if (*separator == '.')
        take(r, ".");
    return day_of(year, month, day);
}

static date_t compact(struct str s, size_t at)
{
    int value = 0;
    for (size_t i = 0; i < 8; i++)
        value = value * 10 + (s.p[at + i] - '0');
    return day_of(value / 10000, value / 100 % 100, value % 100);
}

/* 20240131233000, 202401312330: a text that is nothing else, as systems fill a column; in one it is another number. */
static date_t stamp(struct reader *r)
{
    const char *p = r->s.p;
    size_t n = 0;
    while (is_digit(r->s, n))
        n++;
    if (r->at > 0 || n != r->s.n || (n != 12 && n != 14))
        return DATE_NONE;
    bool minutes = p[10] < '6' && (n == 12 || p[12] < '6'), hours = p[8] < '2' || (p[8] == '2' && p[9] < '4');
    r->at = n;
    return hours && minutes ? compact(r->s, 0) : DATE_NONE;
}

/* 01/16/2024 */
static date_t american(struct reader *r)
{
    int month, day, year;
    if (number(r, 2, &month) && take(r, "/") && number(r, 2, &day) && take(r, "/") && number(r, 4, &year) == 4)
        return day_of(year, month, day);
    return DATE_NONE;
}

/* A date that begins with the digits at r->at. */
static date_t from_digits(struct reader *r, bool apostrophe)
{
    struct reader start = *r;
    size_t digits = 0;
    int year;
    while (is_digit(r->s, r->at + digits) && digits < 9)
        digits++;
    if (digits == 8) {
        r->at += 8;
        return compact(r->s, start.at);
    }
    if (digits > 8)
        return stamp(r);
    if (digits == 4 && number(r, 4, &year))
        return numeric(r, year);
    if (digits > 2)
        return DATE_NONE;
    date_t date = american(r);
    if (date != DATE_NONE)
        return date;
    *r = start;
    int day, month;
    bool hyphens = number(r, 2, &day) && take(r, "-");
    if (r->at > start.at && (blanks(r), (month = month_name(r)) > 0)) {
        blanks(r);
        hyphens = take(r, "-") && hyphens;
        size_t n = number(r, 4, &year);
        if (n == 4 || (n == 2 && hyphens)) /* 5-Jan-24: a spreadsheet's */
            return day_of(n == 2 ? 2000 + year : year, month, day);
    }
    *r = start;
    if (digits != 2 || number(r, 2, &year) != 2)
        return DATE_NONE;
    /* A two-digit year: only in this century so far, and not inside a longer number such as a telephone's. */
    struct reader probe = *r;
    bool dotted = take(&probe, ".") || take(&probe, "-") || take(&probe, "년");
    bool first = dotted ? year >= 5 : take(&probe, "/") && year > 12; /* 05/01/24 is May to American spreadsheets */
    return apostrophe || first ? numeric(r, 2000 + year) : DATE_NONE;
}

static date_t from_name(struct reader *r)
{
    int month = month_name(r), day, year;
    take(r, ".");
    blanks(r);
    if (!month || !number(r, 2, &day))
        return DATE_NONE;
    take(r, ",");
    blanks(r);
    return number(r, 4, &year) == 4 ? day_of(year, month, day) : DATE_NONE;
}

static bool is_word_before(struct str s, size_t at)
{
    if (at == 0)
        return false;
    char c = s.p[at - 1];
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' ||
           c == '/' || c == '_';
}

bool dates_next(struct str text, size_t from, struct date_found *out)
{
    return dates_next_before(text, from, text.n, out);
}

bool dates_next_before(struct str text, size_t from, size_t limit, struct date_found *out)
{
#define MAY_BEGIN(a) (((a) >= '0' && (a) <= '9') || ((a) >= 'A' && (a) <= 'Z') || (a) == '\'' || (a) == 0xe2)
    static const bool may_begin[256] = {BYTES_256(MAY_BEGIN)};
    for (size_t i = from; i < text.n && i < limit; i++) {
        unsigned char a = (unsigned char)text.p[i];
        if (!may_begin[a])
            continue;
        bool digit = a >= '0' && a <= '9', name = a >= 'A' && a <= 'Z';
        struct reader r = {text, i};
        date_t date = DATE_NONE;
        bool apostrophe = !digit && !name && (take(&r, "'") || take(&r, "’") || take(&r, "‘"));
        if (is_word_before(text, i))
            continue;
        if (is_digit(text, r.at))
            date = from_digits(&r, apostrophe);
        else if (name)
            date = from_name(&r);
        if (date == DATE_NONE || is_digit(text, r.at))
            continue;
        *out = (struct date_found){date, false, i, r.at};
        clock_time(&r, out);
        return true;
    }
    return false;
}

date_t dates_serial(struct str text)
{
    enum { DIGITS = 5 };
    struct reader r = {str_trim(text), 0};
    int serial;
    if (number(&r, DIGITS, &serial) != DIGITS)
        return DATE_NONE;
    if (take(&r, "."))
        while (is_digit(r.s, r.at))
            r.at++;
    date_t date = date_from(1899, 12, 30) + serial;
    bool short_day = day_of(2000 + serial / 10000, serial / 100 % 100, serial % 100) != DATE_NONE;
    return r.at == r.s.n && !short_day && date >= date_from(2000, 1, 1) && date <= date_from(2049, 12, 31) ? date
                                                                                                           : DATE_NONE;
}

/* Milliseconds of a number of seconds (ten digits) or milliseconds (13) since 1970, from 2001-09-09 on; 0 for others.
 * 2024011612 is none: it begins with a day. */
static int64_t epoch(struct str text)
{
    enum { SECONDS = 10, MILLISECONDS = 13 };
    int64_t value = 0;
    size_t n = 0;
    text = str_trim(text);
    for (; n <= MILLISECONDS && is_digit(text, n); n++)
        value = value * 10 + (text.p[n] - '0');
    if ((n != SECONDS && n != MILLISECONDS) || text.p[0] == '0' || compact(text, 0) != DATE_NONE)
        return 0;
    if (n == SECONDS)
        value *= 1000;
    bool part = n + 1 < text.n && text.p[n] == '.' && is_digit(text, n + 1);
    for (size_t i = n + 1; part && i < text.n; i++) {
        if (!is_digit(text, i))
            return 0;
        value += i == n + 1 && n == SECONDS ? (text.p[i] - '0') * 100 : 0;
    }
    return part || n == text.n ? value : 0;
}

bool dates_column(struct str text, struct date_found *out)
{
    enum { DAY = 86400 * 1000 };
    if (dates_next(text, 0, out))
        return true;
    int64_t since = epoch(text);
    *out = (struct date_found){(date_t)((since + KST_MINUTES * 60 * 1000) / DAY), true, 0, text.n};
    return since > 0;
}

bool dates_is_machine_stamp(struct str text)
{
    if (epoch(text) % 1000 != 0)
        return true;
    for (size_t i = 3; i + 1 < text.n; i++) {
        size_t end = i + 1;
        if (text.p[i] != '.' || text.p[i - 3] != ':' || !is_digit(text, i - 1) || !is_digit(text, end))
            continue;
        while (end < text.n && text.p[end] == '0') /* ".000": whole seconds, as JavaScript writes them */
            end++;
        return is_digit(text, end);
    }
    return false;
}

bool dates_next_month(struct str text, size_t from, struct month_found *out)
{
    for (size_t i = from; i < text.n; i++) {
        if (is_word_before(text, i) || !is_digit(text, i))
            continue;
        struct reader r = {text, i};
        int first = 0, second = 0;
        size_t digits = number(&r, 4, &first);
        bool short_year = digits == 2 && i >= 1 &&
                          (text.p[i - 1] == '\'' || (i >= 3 && memcmp(text.p + i - 3, "’", 3) == 0) ||
                           (i >= 3 && memcmp(text.p + i - 3, "‘", 3) == 0));
        *out = (struct month_found){0, 0, i, r.at};
        if (digits <= 2 && digits > 0 && take(&r, "월") && first >= 1 && first <= 12) {
            out->month = first;
            out->end = r.at;
            return true;
        }
        if ((digits != 4 && !short_year) || !take(&r, "년"))
            continue;
        out->year = digits == 4 ? first : 2000 + first;
        out->end = r.at;
        if (out->year < FIRST_YEAR || out->year > LAST_YEAR || take(&r, "까지") || take(&r, "대"))
            continue;
        blanks(&r);
        struct reader m = r;
        if (number(&m, 2, &second) && take(&m, "월") && second >= 1 && second <= 12) {
            out->month = second;
            out->end = m.at;
            if (take(&m, "까지"))
                continue;
        }
        return true;
    }
    return false;
}
