/* Periods as people write them on a command line, and as files are named. */
#ifndef BRIEF_PERIOD_H
#define BRIEF_PERIOD_H
#include "brief/brief.h"

/* What was written: NULL or one of "2024-01", "2024-Q1", "2024" or "last"; or two days. */
struct period_words {
    const char *month, *quarter, *year, *from, *to;
};

/* The days of it, both inclusive; "last" is the last whole one before `today`. *given is false where nothing was
 * written. Errors, all ERR_USAGE and named after the option: two kinds at once, one day without the other, the last day
 * before the first, no such period, "last" where today is DATE_NONE. */
bool period_parse(const struct period_words *words, date_t today, bool *given, date_t *from, date_t *to,
                  struct err *err);

enum brief_period period_kind(date_t from, date_t to);

/* "2024-01", "2024-Q1", "2024", "2024-01_2024-06" or "2024-01-05_2024-02-10". */
struct period_name {
    char p[24];
};
struct period_name period_name(date_t from, date_t to);

#endif
