#include "ingest/doubt.h"

#include "base/utf8.h"
#include "ingest/lines.h"
#include "ingest/spoken.h"

#include <string.h>

enum {
    LEAD_BYTES = 1500,
    OLD_DAYS = 60,      /* after which no paper reports a day as its news … */
    NEXT_DAYS = 240,    /* … and from which on the day of next year is meant */
    USUAL_DELAY = 14,   /* days within which local papers report */
    FIRST_MONTH = 2,    /* in January a year's last events are still news */
    YEARS_BACK = 6,     /* in which a weekday is looked for */
    SEEN_BYTES = 20000, /* of a text that are searched for years */
};

/* The number of one or two digits that ends at byte `end`; 0 for none. *begin is its first byte. */
static int number_before(struct str s, size_t end, size_t *begin)
{
    int value = 0, scale = 1;
    size_t i = end;
    for (; i > 0 && end - i < 2 && s.p[i - 1] >= '0' && s.p[i - 1] <= '9'; scale *= 10)
        value += (s.p[--i] - '0') * scale;
    *begin = i;
    return i > 0 && s.p[i - 1] >= '0' && s.p[i - 1] <= '9' ? 0 : value;
}

struct month_day {
    int month, day;
    size_t begin, end;
};

/* The next "N월 N일" at or after `from` that no year or word of another time precedes. */
static bool next_month_day(struct str s, size_t from, struct month_day *out)
{
    static const char *const elsewhere[] = {"년",     "지난해", "작년", "오는", "내년",
                                            "다음달", "올해",   "지난", "전년", NULL};
    for (size_t at = str_find(s, STR("월"), from); at != SIZE_MAX; at = str_find(s, STR("월"), at + 3)) {
        size_t i = at + strlen("월"), begin, day_begin;
        while (i < s.n && s.p[i] == ' ')
            i++;
        size_t digits = i;
        while (i < s.n && i - digits < 2 && s.p[i] >= '0' && s.p[i] <= '9')
            i++;
        if (i == digits || !str_starts(str_slice(s, i, s.n), STR("일")))
            continue;
        *out = (struct month_day){number_before(s, at, &begin), number_before(s, i, &day_begin), 0, i + strlen("일")};
        out->begin = begin;
        struct str before = str_trim(str_slice(s, 0, begin));
        if (out->month && out->day && !str_ends_any(before, elsewhere))
            return true;
    }
    return false;
}

/* The last such day up to `latest`; DATE_NONE where the calendar has none. */
static date_t last_of(struct month_day day, date_t latest)
{
    int year = date_split(latest).year;
    date_t date = date_from(year, day.month, day.day);
    return date != DATE_NONE && date > latest ? date_from(year - 1, day.month, day.day) : date;
}

/* "9월 16일 … 개최했다" at the start, in a column half a year younger. */
static bool is_old_news(struct str lead, date_t column, struct doubt *out)
{
    struct str sentence = str_slice(lead, 0, lines_sentence_end(lead, 0));
    struct month_day day;
    if (!spoken_is_past(sentence) || !next_month_day(sentence, 0, &day) ||
        spoken_is_span(str_slice(sentence, day.end, sentence.n)))
        return false;
    date_t date = last_of(day, column);
    if (date == DATE_NONE || column - date <= OLD_DAYS || column - date >= NEXT_DAYS)
        return false;
    *out = (struct doubt){date, date + USUAL_DELAY, str_slice(sentence, day.begin, day.end)};
    return true;
}

/* "3월 2일(월)": the weekday fits the year nearest to the column, or an earlier one. */
static bool is_wrong_weekday(struct str lead, date_t column, struct doubt *out)
{
    static const char *const names[] = {"(일)", "(월)", "(화)", "(수)", "(목)", "(금)", "(토)"};
    struct month_day day;
    for (size_t at = 0; next_month_day(lead, at, &day); at = day.end) {
        struct str rest = str_trim(str_slice(lead, day.end, day.end + 8));
        date_t near = last_of(day, column + 183);
        int weekday = 0;
        while (weekday < 7 && !str_starts(rest, str_from(names[weekday])))
            weekday++;
        if (weekday == 7 || near == DATE_NONE)
            continue;
        if (date_weekday(near) == weekday)
            return false;
        for (int back = 1; back <= YEARS_BACK; back++) {
            date_t date = date_from(date_split(near).year - back, day.month, day.day);
            if (date == DATE_NONE || date_weekday(date) != weekday)
                continue;
            *out = (struct doubt){date - USUAL_DELAY, date + USUAL_DELAY, str_slice(lead, day.begin, day.end)};
            return true;
        }
    }
    return false;
}

/* The latest year that the text names, as "2025년" or before a name ("2025 ○○박람회"); 0 for none. */
static int latest_year(struct str s, int until, size_t *begin)
{
    int latest = 0;
    for (size_t i = 0; i + 4 < s.n; i++) {
        if (s.p[i] != '2' || s.p[i + 1] != '0' ||
            (i > 0 && ((s.p[i - 1] >= '0' && s.p[i - 1] <= '9') || s.p[i - 1] == ',')))
            continue;
        int year = 2000, digits = 0;
        for (size_t j = i + 2; j < i + 4 && s.p[j] >= '0' && s.p[j] <= '9'; j++, digits++)
            year += (s.p[j] - '0') * (digits ? 1 : 10);
        bool named = s.p[i + 4] == ' ' || str_starts(str_slice(s, i + 4, s.n), STR("년"));
        if (digits == 2 && named && year > latest && year <= until + 1) {
            latest = year;
            *begin = i;
        }
    }
    return latest;
}

/* The lead reports a day of an event that has last year in its name, and nothing in the text knows this year. */
static bool is_last_years(struct str title, struct str body, struct str lead, date_t column, struct doubt *out)
{
    static const char *const known[] = {"지난해", "작년", "전년", "새해", NULL};
    static const char *const held[] = {"열렸", "열고", "열었", "개최했", "진행했", "가졌", "실시했", NULL};
    enum { TIMELY = 3 /* days from an announcement to its report */ };
    struct ymd today = date_split(column);
    struct str text = str_slice(body, 0, SEEN_BYTES);
    struct str first = str_slice(lead, 0, lines_sentence_end(lead, 0));
    size_t begin = 0, ignored;
    struct spoken_day day;
    if (today.month < FIRST_MONTH || latest_year(first, today.year, &begin) != today.year - 1 ||
        latest_year(text, today.year, &ignored) != today.year - 1 ||
        latest_year(title, today.year, &ignored) == today.year)
        return false;
    struct str after = str_trim(str_slice(first, begin + 4 + strlen("년"), first.n));
    if (str_starts(str_slice(first, begin + 4, first.n), STR("년")) && after.n && after.p[0] >= '0' &&
        after.p[0] <= '9')
        return false; /* who writes the year of a day writes in another */
    if (str_has_any(text, known) || str_has_any(title, known) || !str_has_any(first, held) || !spoken_is_past(first) ||
        str_find(first, STR("일"), 0) == SIZE_MAX ||
        (spoken_find(body, column, false, &day) && column - day.date <= TIMELY))
        return false;
    *out = (struct doubt){date_from(today.year - 1, 1, 1), date_from(today.year - 1, 12, 31),
                          str_slice(first, begin, begin + 4)};
    return true;
}

bool doubt_column(struct str title, struct str body, date_t column, struct doubt *out)
{
    struct str lead = str_head(body, LEAD_BYTES);
    return is_old_news(lead, column, out) || is_wrong_weekday(lead, column, out) ||
           is_last_years(title, body, lead, column, out);
}
