/* The period and the spans that it is compared with. */
#include "brief/build.h"
#include "brief/period.h"

int month_number(date_t day)
{
    struct ymd d = date_split(day);
    return d.year * 12 + d.month;
}

/* The end of a month stays one: 2024-02-29 is a year after 2023-02-28, and 2023-02-28 after 2022-02-28. */
static date_t year_before(date_t day)
{
    date_t then = date_add_months(day, -12);
    return then != DATE_NONE && day == date_month_end(day) ? date_month_end(then) : then;
}

/* As many months, or days, right before the period; DATE_NONE where the calendar does not reach so far. */
static date_t previous_from(const struct brief *out)
{
    date_t from = out->from - (out->to - out->from + 1);
    if (out->period != PERIOD_DAYS)
        return date_add_months(out->from, month_number(out->from) - month_number(out->to) - 1);
    return from >= date_from(1, 1, 1) ? from : DATE_NONE;
}

static bool check_period(date_t from, date_t to, struct err *err)
{
    const date_t first = date_from(1, 1, 1), last = date_from(9999, 12, 31);
    if (from == DATE_NONE || to == DATE_NONE)
        return err_set(err, ERR_USAGE, "the period '%s' .. '%s' lacks a day", date_iso(from).p, date_iso(to).p);
    if (from < first || from > last || to < first || to > last)
        return err_set(err, ERR_USAGE, "the period reaches beyond the years 1 to 9999");
    if (from > to)
        return err_set(err, ERR_USAGE, "the period %s .. %s ends before it begins", date_iso(from).p, date_iso(to).p);
    if (month_number(to) - month_number(from) >= BRIEF_MOST_MONTHS)
        return err_set(err, ERR_USAGE, "the period %s .. %s is longer than %d months", date_iso(from).p, date_iso(to).p,
                       BRIEF_MOST_MONTHS);
    return true;
}

bool spans_set(date_t from, date_t to, struct brief *out, struct err *err)
{
    if (!check_period(from, to, err))
        return false;
    out->from = from;
    out->to = to;
    out->period = period_kind(from, to);
    out->previous_from = previous_from(out);
    out->year_ago_from = year_before(from);
    if (out->previous_from == DATE_NONE || out->year_ago_from == DATE_NONE)
        return err_set(err, ERR_USAGE, "%s: the calendar has no time before it to compare with", date_iso(from).p);
    out->previous_to = from - 1;
    out->year_ago_to = year_before(to);
    out->twelve_from = out->year_ago_to + 1;
    out->twelve_to = to;
    out->previous_is_year_ago = out->previous_from == out->year_ago_from && out->previous_to == out->year_ago_to;
    return true;
}
