#include "template/filter.h"

#include "base/amount.h"
#include "base/suggest.h"
#include "base/utf8.h"
#include "template/format.h"

#include <math.h>

enum { MOST_ARGUMENT = 9999, NEAR = 8 };

/* What a filter takes. */
enum takes { TAKES_NUMBER, TAKES_DATE, TAKES_TEXT, TAKES_ANY };
enum argument { NO_ARGUMENT, DECIMALS, MAY_DECIMALS, COUNT, WORDS };

struct call {
    struct arena *arena;
    const struct value *value;
    int number; /* the argument; -1 for none */
    struct str words;
};

static int64_t whole_of(const struct value *value)
{
    return value->decimals == 0 ? value->whole : (int64_t)amount_rounded(value->number, 0);
}

static struct value *text_of(const struct call *call, struct buf *buf)
{
    struct value *result = value_text(call->arena, buf_view(buf));
    buf_free(buf);
    return result;
}

static struct value *comma(const struct call *call)
{
    struct buf out = {0};
    if (call->value->decimals == 0)
        amount_whole(&out, call->value->whole);
    else
        amount_real(&out, call->value->number, call->value->decimals, true);
    return text_of(call, &out);
}

static struct value *decimals(const struct call *call)
{
    return value_text(call->arena, format_real(call->arena, call->value->number, call->number));
}

static struct value *man(const struct call *call)
{
    struct buf out = {0};
    amount_korean(&out, whole_of(call->value));
    return text_of(call, &out);
}

/* From 1억 on, what is below 만 is rounded away. */
static struct value *eok(const struct call *call)
{
    struct buf out = {0};
    int64_t number = whole_of(call->value);
    if (number >= 100000000 || number <= -100000000)
        number = (number + (number < 0 ? -5000 : 5000)) / 10000 * 10000;
    amount_korean(&out, number);
    return text_of(call, &out);
}

static struct value *roughly(const struct call *call)
{
    struct buf out = {0};
    amount_short(&out, call->value->number, call->value->decimals);
    return text_of(call, &out);
}

/* 500원, 1만 2천 원 */
static struct value *won(const struct call *call)
{
    struct buf out = {0};
    amount_korean(&out, whole_of(call->value));
    char last = out.p[out.n - 1];
    buf_text(&out, last >= '0' && last <= '9' ? "원" : " 원");
    return text_of(call, &out);
}

static struct value *percent(const struct call *call)
{
    return value_text(call->arena,
                      value_percent(call->arena, call->value->number, call->number < 0 ? 1 : call->number)->text);
}

static struct value *with_sign(const struct call *call)
{
    struct value *plain = comma(call);
    bool zero = amount_rounded(call->value->number, call->value->decimals) == 0;
    if (call->value->number <= 0 || zero)
        return plain;
    return value_text(call->arena, str_from(arena_printf(call->arena, "+" STR_FMT, STR_ARG(plain->text))));
}

static struct value *size_of(const struct call *call)
{
    const struct value *value = call->value;
    if (value->decimals == 0 && value->whole > INT64_MIN)
        return value_number(call->arena, value->whole < 0 ? -value->whole : value->whole);
    return value_real(call->arena, fabs(value->number), value->decimals);
}

static struct value *date(const struct call *call)
{
    return value_text(call->arena, format_date(call->arena, call->value->date));
}

static struct value *short_date(const struct call *call)
{
    struct ymd day = date_split(call->value->date);
    return value_text(call->arena, str_from(arena_printf(call->arena, "%d. %d.", day.month, day.day)));
}

static struct value *weekday(const struct call *call)
{
    static const char *const names[] = {"일", "월", "화", "수", "목", "금", "토"};
    return value_text(call->arena, str_from(arena_printf(call->arena, STR_FMT "(%s)", STR_ARG(date(call)->text),
                                                         names[date_weekday(call->value->date)])));
}

static struct value *month(const struct call *call)
{
    return value_text(call->arena, format_month(call->arena, call->value->date));
}

static struct value *iso(const struct call *call)
{
    return value_text(call->arena, str_from(date_iso(call->value->date).p));
}

/* At most so many characters, and … where that is not all: at the end of an 어절 where one is near. */
static struct value *cut(const struct call *call)
{
    struct str text = call->value->text;
    size_t at = 0, blank = 0, most = (size_t)call->number, since = 0;
    for (size_t n = 0; n < most && at < text.n; n++, since++)
        if (utf8_is_space(utf8_next(text, &at)))
            blank = at, since = 0;
    size_t next = at;
    if (at == text.n)
        return value_text(call->arena, text);
    if (blank && since <= NEAR && since <= most / 3 && !utf8_is_space(utf8_next(text, &next)))
        at = blank;
    while (at > 0 && (next = at, utf8_width(utf8_next(text, &next)) == 0)) /* a mark stays with its letter */
        utf8_previous(text, &at);
    return value_text(call->arena,
                      str_from(arena_printf(call->arena, STR_FMT "…", STR_ARG(str_trim(str_slice(text, 0, at))))));
}

static struct value *or_else(const struct call *call)
{
    return value_text(call->arena, str_trim(call->value->text).n ? call->value->text : call->words);
}

static const struct filter {
    struct str name;
    enum takes takes;
    enum argument argument;
    struct value *(*run)(const struct call *call);
} filters[] = {
    {{"쉼표", 6}, TAKES_NUMBER, NO_ARGUMENT, comma},
    {{"소수", 6}, TAKES_NUMBER, DECIMALS, decimals},
    {{"만", 3}, TAKES_NUMBER, NO_ARGUMENT, man},
    {{"억", 3}, TAKES_NUMBER, NO_ARGUMENT, eok},
    {{"어림", 6}, TAKES_NUMBER, NO_ARGUMENT, roughly},
    {{"원", 3}, TAKES_NUMBER, NO_ARGUMENT, won},
    {{"백분율", 9}, TAKES_NUMBER, MAY_DECIMALS, percent},
    {{"부호", 6}, TAKES_NUMBER, NO_ARGUMENT, with_sign},
    {{"크기", 6}, TAKES_NUMBER, NO_ARGUMENT, size_of},
    {{"날짜", 6}, TAKES_DATE, NO_ARGUMENT, date},
    {{"짧은날짜", 12}, TAKES_DATE, NO_ARGUMENT, short_date},
    {{"요일", 6}, TAKES_DATE, NO_ARGUMENT, weekday},
    {{"연월", 6}, TAKES_DATE, NO_ARGUMENT, month},
    {{"ISO", 3}, TAKES_DATE, NO_ARGUMENT, iso},
    {{"자르기", 9}, TAKES_TEXT, COUNT, cut},
    {{"없으면", 9}, TAKES_ANY, WORDS, or_else},
};
enum { FILTERS = sizeof filters / sizeof *filters };

static const char *unknown(struct arena *arena, struct str name)
{
    struct str names[FILTERS];
    for (size_t i = 0; i < FILTERS; i++)
        names[i] = filters[i].name;
    struct str near = name.n ? suggest(name, names, FILTERS) : name;
    return arena_printf(arena, "unknown filter %s" STR_FMT "%s" STR_FMT "%s", name.n ? "" : "\"\"", STR_ARG(name),
                        near.n ? "; did you mean " : "", STR_ARG(near), near.n ? "?" : "");
}

/* NULL where the call has what its filter needs. */
static const char *check_argument(struct arena *arena, const struct filter *filter, const struct call *call)
{
    struct str name = filter->name;
    switch (filter->argument) {
    case NO_ARGUMENT:
        return call->words.n ? arena_printf(arena, "the filter " STR_FMT " takes no argument", STR_ARG(name)) : NULL;
    case MAY_DECIMALS:
        if (!call->words.n)
            return NULL;
        /* fall through */
    case DECIMALS:
        if (call->number >= 0 && call->number <= AMOUNT_DECIMALS)
            return NULL;
        return arena_printf(arena, STR_FMT " needs the number of decimals, 0 to %d, as in " STR_FMT "1", STR_ARG(name),
                            AMOUNT_DECIMALS, STR_ARG(name));
    case COUNT:
        if (call->number >= 1 && call->number <= MOST_ARGUMENT)
            return NULL;
        return arena_printf(arena, STR_FMT " needs a number of characters, 1 to %d, as in " STR_FMT " 40",
                            STR_ARG(name), MOST_ARGUMENT, STR_ARG(name));
    case WORDS:
        if (call->words.n)
            return NULL;
        return arena_printf(arena, STR_FMT " needs a text, as in " STR_FMT " –", STR_ARG(name), STR_ARG(name));
    }
    return NULL;
}

/* "자르기 40", "소수2", "없으면 –": *filter and the argument. */
static const char *read_call(struct arena *arena, struct str one, const struct filter **filter, struct call *call)
{
    size_t end = 0;
    while (end < one.n && one.p[end] != ' ' && (one.p[end] < '0' || one.p[end] > '9'))
        end++;
    struct str name = str_slice(one, 0, end), rest = str_trim(str_slice(one, end, one.n));
    *filter = NULL;
    for (size_t i = 0; i < FILTERS; i++)
        if (str_equal(filters[i].name, name))
            *filter = &filters[i];
    if (!*filter)
        return unknown(arena, name);
    call->words = rest;
    call->number = rest.n ? 0 : -1;
    for (size_t i = 0; i < rest.n && call->number >= 0; i++) {
        bool digit = rest.p[i] >= '0' && rest.p[i] <= '9' && call->number <= MOST_ARGUMENT;
        call->number = digit ? call->number * 10 + (rest.p[i] - '0') : -2;
    }
    return check_argument(arena, *filter, call);
}

static const char *wrong_type(struct arena *arena, const struct filter *filter, const struct value *value)
{
    static const char *const wants[] = {"a number", "a date", "text", "any value"};
    static const char *const is[] = {"text", "a number", "a date", "yes or no", "a list", "a group of values"};
    return arena_printf(arena, "the filter " STR_FMT " is for %s; this is %s", STR_ARG(filter->name),
                        wants[filter->takes], is[value->type]);
}

static bool takes(const struct filter *filter, const struct value *value)
{
    switch (filter->takes) {
    case TAKES_NUMBER: return value->type == VALUE_NUMBER;
    case TAKES_DATE: return value->type == VALUE_DATE;
    case TAKES_TEXT: return value->type == VALUE_TEXT;
    case TAKES_ANY: return value_is_scalar(value);
    }
    return false;
}

const char *filter_apply(struct arena *arena, const struct value *value, struct str filters_text, struct str *text)
{
    struct str one;
    bool none = value_is_scalar(value) && !value->text.n && value->type != VALUE_TEXT;
    while (str_field(&filters_text, '|', &one)) {
        const struct filter *filter;
        struct call call = {.arena = arena, .value = value};
        const char *mistake = read_call(arena, str_trim(one), &filter, &call);
        if (mistake)
            return mistake;
        if (none && filter->takes != TAKES_ANY) /* a number or date that is not known stays so, whatever its form */
            continue;
        if (!takes(filter, value))
            return wrong_type(arena, filter, value);
        value = filter->run(&call);
        none = false;
    }
    *text = value->text;
    return NULL;
}
