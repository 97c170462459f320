#include "template/format.h"

#include "base/amount.h"

#include <math.h>

struct str format_number(struct arena *arena, int64_t number)
{
    struct buf out = {0};
    amount_whole(&out, number);
    struct str result = str_copy(arena, buf_view(&out));
    buf_free(&out);
    return result;
}

struct str format_real(struct arena *arena, double number, int decimals)
{
    struct buf out = {0};
    if (isfinite(number))
        amount_real(&out, number, decimals, true);
    struct str result = str_copy(arena, buf_view(&out));
    buf_free(&out);
    return result;
}

struct str format_change(struct arena *arena, int64_t difference)
{
    struct str number = format_number(arena, difference);
    return difference > 0 ? str_from(arena_printf(arena, "+" STR_FMT, STR_ARG(number))) : number;
}

struct str format_date(struct arena *arena, date_t date)
{
    if (date == DATE_NONE)
        return STR("");
    struct ymd day = date_split(date);
    return str_from(arena_printf(arena, "%d. %d. %d.", day.year, day.month, day.day));
}

struct str format_month(struct arena *arena, date_t date)
{
    if (date == DATE_NONE)
        return STR("");
    struct ymd day = date_split(date);
    return str_from(arena_printf(arena, "%d년 %d월", day.year, day.month));
}

struct str format_span(struct arena *arena, date_t from, date_t to)
{
    return str_from(
        arena_printf(arena, STR_FMT "~" STR_FMT, STR_ARG(format_date(arena, from)), STR_ARG(format_date(arena, to))));
}
