/* Numbers and dates as Korean public documents write them. */
#ifndef TEMPLATE_FORMAT_H
#define TEMPLATE_FORMAT_H
#include "base/arena.h"
#include "base/date.h"

struct str format_number(struct arena *arena, int64_t number);            /* 12,345 */
struct str format_real(struct arena *arena, double number, int decimals); /* 12.50; "" unless finite */
struct str format_change(struct arena *arena, int64_t difference);        /* +3, −2, 0 (U+2212) */
struct str format_date(struct arena *arena, date_t date);                 /* 2024. 1. 16.; "" for DATE_NONE */
struct str format_month(struct arena *arena, date_t date);                /* 2024년 1월 */
struct str format_span(struct arena *arena, date_t from, date_t to);      /* 2024. 1. 1.~2024. 1. 31. */

#endif
