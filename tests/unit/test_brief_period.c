/* Periods as they are written: each form, "last" by a given day, what is refused; and names of files for them. */
#include "brief/period.h"

#include "unit.h"

#include <string.h>

static const date_t no_day = DATE_NONE;

/* "FIRST LAST", or the error's text. */
static const char *parsed(struct period_words words, date_t today)
{
    static char text[1100];
    struct err err = {0};
    date_t from = DATE_NONE, to = DATE_NONE;
    bool given = false;
    if (!period_parse(&words, today, &given, &from, &to, &err))
        snprintf(text, sizeof text, "%d %s", (int)err.kind, err.text);
    else if (!given)
        snprintf(text, sizeof text, "none");
    else
        snprintf(text, sizeof text, "%s %s %s", date_iso(from).p, date_iso(to).p, period_name(from, to).p);
    return text;
}

static struct period_words month(const char *text)
{
    return (struct period_words){.month = text};
}

static struct period_words quarter(const char *text)
{
    return (struct period_words){.quarter = text};
}

static struct period_words year(const char *text)
{
    return (struct period_words){.year = text};
}

static struct period_words days(const char *from, const char *to)
{
    return (struct period_words){.from = from, .to = to};
}

static void every_form_is_read(void **state)
{
    (void)state;
    assert_string_equal(parsed(month("2024-01"), no_day), "2024-01-01 2024-01-31 2024-01");
    assert_string_equal(parsed(month("2024-02"), no_day), "2024-02-01 2024-02-29 2024-02");
    assert_string_equal(parsed(quarter("2024-Q1"), no_day), "2024-01-01 2024-03-31 2024-Q1");
    assert_string_equal(parsed(quarter("2023-Q4"), no_day), "2023-10-01 2023-12-31 2023-Q4");
    assert_string_equal(parsed(year("2024"), no_day), "2024-01-01 2024-12-31 2024");
    assert_string_equal(parsed(days("2024-01-05", "2024-02-10"), no_day),
                        "2024-01-05 2024-02-10 2024-01-05_2024-02-10");
    assert_string_equal(parsed((struct period_words){.month = NULL}, no_day), "none");
}

static void days_that_are_a_month_a_quarter_or_a_year_are_named_so(void **state)
{
    (void)state;
    assert_string_equal(parsed(days("2024-02-01", "2024-02-29"), no_day), "2024-02-01 2024-02-29 2024-02");
    assert_string_equal(parsed(days("2024-04-01", "2024-06-30"), no_day), "2024-04-01 2024-06-30 2024-Q2");
    assert_string_equal(parsed(days("2024-02-01", "2024-04-30"), no_day), "2024-02-01 2024-04-30 2024-02_2024-04");
    assert_string_equal(parsed(days("2024-01-01", "2024-12-31"), no_day), "2024-01-01 2024-12-31 2024");
    assert_string_equal(parsed(days("2023-07-01", "2024-06-30"), no_day), "2023-07-01 2024-06-30 2023-07_2024-06");
    assert_string_equal(parsed(days("2024-02-01", "2024-02-28"), no_day),
                        "2024-02-01 2024-02-28 2024-02-01_2024-02-28");
    assert_string_equal(parsed(days("2024-01-31", "2024-01-31"), no_day),
                        "2024-01-31 2024-01-31 2024-01-31_2024-01-31");
}

static void last_is_the_last_whole_one(void **state)
{
    (void)state;
    date_t end = date_from(2024, 3, 31), begin = date_from(2024, 4, 1);
    assert_string_equal(parsed(month("last"), end), "2024-02-01 2024-02-29 2024-02");
    assert_string_equal(parsed(month("last"), begin), "2024-03-01 2024-03-31 2024-03");
    assert_string_equal(parsed(quarter("last"), end), "2023-10-01 2023-12-31 2023-Q4");
    assert_string_equal(parsed(quarter("last"), begin), "2024-01-01 2024-03-31 2024-Q1");
    assert_string_equal(parsed(year("last"), end), "2023-01-01 2023-12-31 2023");
    assert_string_equal(parsed(year("last"), date_from(2024, 12, 31)), "2023-01-01 2023-12-31 2023");
    assert_string_equal(parsed(quarter("last"), no_day),
                        "64 SOURCE_DATE_EPOCH: not a time in seconds that --quarter last could start from");
    assert_string_equal(parsed(month("last"), date_from(1, 1, 31)),
                        "64 --month last: not a month; write it as 2024-01, or \"last\"");
}

static void what_is_no_period_is_refused(void **state)
{
    (void)state;
    static const char *const months[] = {"",           "2024",    "2024-13", "2024-00", "2024-1", "24-01",
                                         "2024-01-01", "2024/01", "0000-01", "LAST",    "2024-0a"};
    static const char *const quarters[] = {"",       "2024",     "2024-Q0", "2024-Q5", "2024Q1",
                                           "2024-Q", "2024-Q11", "2024-01", "0000-Q1", "-024-Q1"};
    static const char *const years[] = {"", "24", "2024-01", "20245", "0000", "next", "-202"};
    for (size_t i = 0; i < sizeof months / sizeof *months; i++)
        assert_non_null(strstr(parsed(month(months[i]), no_day), "not a month; write it as 2024-01"));
    for (size_t i = 0; i < sizeof quarters / sizeof *quarters; i++)
        assert_non_null(strstr(parsed(quarter(quarters[i]), no_day), "not a quarter; write it as 2024-Q1"));
    for (size_t i = 0; i < sizeof years / sizeof *years; i++)
        assert_non_null(strstr(parsed(year(years[i]), no_day), "not a year; write it as 2024,"));
    assert_string_equal(parsed(days("2024-01-32", "2024-02-01"), no_day),
                        "64 --from 2024-01-32: not a day; write it as 2024-01-31");
    assert_string_equal(parsed(days("2024-01-01", "last"), no_day), "64 --to last: not a day; write it as 2024-01-31");
    assert_string_equal(parsed(days("2024-02-01", "2024-01-31"), no_day),
                        "64 --from 2024-02-01 is after --to 2024-01-31");
    assert_non_null(strstr(parsed(days("2024-02-01", NULL), no_day), "64 --from and --to belong together"));
    assert_non_null(strstr(parsed(days(NULL, "2024-02-01"), no_day), "64 --from and --to belong together"));
    assert_non_null(
        strstr(parsed((struct period_words){.month = "2024-01", .year = "2024"}, no_day), "64 more than one"));
    assert_non_null(
        strstr(parsed((struct period_words){.quarter = "2024-Q1", .to = "2024-01-01"}, no_day), "64 more than one"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_is_read),
        cmocka_unit_test(days_that_are_a_month_a_quarter_or_a_year_are_named_so),
        cmocka_unit_test(last_is_the_last_whole_one),
        cmocka_unit_test(what_is_no_period_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
