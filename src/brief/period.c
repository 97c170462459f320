#include "brief/period.h"

#include <stdio.h>
#include <string.h>

static const struct kind {
    const char *option, *form;
    enum brief_period period;
    int months;
} kinds[] = {{"month", "2024-01", PERIOD_MONTH, 1},
             {"quarter", "2024-Q1", PERIOD_QUARTER, 3},
             {"year", "2024", PERIOD_YEAR, 12}};
enum { KINDS = sizeof kinds / sizeof *kinds };

/* The first day of what is written in the kind's form, else DATE_NONE. */
static date_t parse_start(const struct kind *kind, const char *text)
{
    char month[16] = "";
    date_t first, last;
    size_t n = strlen(text);
    if (kind->period == PERIOD_MONTH && n == 7)
        memcpy(month, text, n);
    else if (kind->period == PERIOD_YEAR && n == 4)
        snprintf(month, sizeof month, "%s-01", text);
    else if (kind->period == PERIOD_QUARTER && n == 7 && memcmp(text + 4, "-Q", 2) == 0 && strchr("1234", text[6]))
        snprintf(month, sizeof month, "%.4s-%02d", text, (text[6] - '1') * 3 + 1);
    return date_parse_month(str_from(month), &first, &last) ? first : DATE_NONE;
}

static date_t last_start(const struct kind *kind, date_t today)
{
    date_t start = date_month_start(today);
    int past = (date_split(start).month - 1) % kind->months;
    return date_add_months(start, -past - kind->months);
}

static bool parse_kind(const struct kind *kind, const char *text, date_t today, date_t *from, date_t *to,
                       struct err *err)
{
    bool last = strcmp(text, "last") == 0;
    if (last && today == DATE_NONE)
        return err_set(err, ERR_USAGE, "SOURCE_DATE_EPOCH: not a time in seconds that --%s last could start from",
                       kind->option);
    *from = last ? last_start(kind, today) : parse_start(kind, text);
    if (*from == DATE_NONE)
        return err_set(err, ERR_USAGE, "--%s %s: not a %s; write it as %s, or \"last\"", kind->option, text,
                       kind->option, kind->form);
    *to = date_month_end(date_add_months(*from, kind->months - 1));
    return true;
}

static bool parse_day(const char *option, const char *text, date_t *day, struct err *err)
{
    *day = date_parse(str_from(text));
    return *day != DATE_NONE || err_set(err, ERR_USAGE, "--%s %s: not a day; write it as 2024-01-31", option, text);
}

bool period_parse(const struct period_words *words, date_t today, bool *given, date_t *from, date_t *to,
                  struct err *err)
{
    const char *texts[KINDS] = {words->month, words->quarter, words->year};
    int n = words->from || words->to;
    for (size_t i = 0; i < KINDS; i++)
        n += texts[i] != NULL;
    *given = n > 0;
    if (n > 1)
        return err_set(err, ERR_USAGE, "more than one period: give one of --month, --quarter, --year, --from and --to");
    for (size_t i = 0; i < KINDS; i++)
        if (texts[i])
            return parse_kind(&kinds[i], texts[i], today, from, to, err);
    if (n == 0)
        return true;
    if (!words->from || !words->to)
        return err_set(err, ERR_USAGE,
                       "--from and --to belong together; for example: --from 2024-01-01 --to 2024-06-30");
    if (!parse_day("from", words->from, from, err) || !parse_day("to", words->to, to, err))
        return false;
    return *from <= *to || err_set(err, ERR_USAGE, "--from %s is after --to %s", words->from, words->to);
}

enum brief_period period_kind(date_t from, date_t to)
{
    struct ymd first = date_split(from), last = date_split(to);
    if (first.day != 1 || to != date_month_end(to))
        return PERIOD_DAYS;
    int months = (last.year - first.year) * 12 + last.month - first.month + 1;
    for (size_t i = 0; i < KINDS; i++)
        if (months == kinds[i].months && (first.month - 1) % months == 0)
            return kinds[i].period;
    return PERIOD_MONTHS;
}

struct period_name period_name(date_t from, date_t to)
{
    struct period_name name = {""};
    struct ymd first = date_split(from);
    switch (period_kind(from, to)) {
    case PERIOD_MONTH: snprintf(name.p, sizeof name.p, "%s", date_iso_month(from).p); break;
    case PERIOD_QUARTER: snprintf(name.p, sizeof name.p, "%04d-Q%d", first.year, (first.month - 1) / 3 + 1); break;
    case PERIOD_YEAR: snprintf(name.p, sizeof name.p, "%04d", first.year); break;
    case PERIOD_MONTHS: snprintf(name.p, sizeof name.p, "%s_%s", date_iso_month(from).p, date_iso_month(to).p); break;
    case PERIOD_DAYS: snprintf(name.p, sizeof name.p, "%s_%s", date_iso(from).p, date_iso(to).p); break;
    }
    return name;
}
