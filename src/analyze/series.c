#include "analyze/series.h"

#include "base/utf8.h"

static void add(struct series *series, enum series_unit unit, uint32_t number)
{
    if (series->n < MAX_SERIES) {
        series->items[series->n].unit = unit;
        series->items[series->n++].number = number;
    }
}

static bool is_digit(struct str text, size_t at)
{
    return at < text.n && text.p[at] >= '0' && text.p[at] <= '9';
}

static uint32_t read_number(struct str text, size_t *at)
{
    uint32_t number = 0;
    for (; is_digit(text, *at); ++*at)
        number = number < 100000 ? number * 10 + (uint32_t)(text.p[*at] - '0') : number;
    return number;
}

/* What a number counts, no syllable following; SIZE_MAX where it is none of these. */
static size_t unit_at(struct str text, size_t at)
{
    static const char *const units[] = {"회", "차", "기", "호", "일차", "주차", "월", "분기"};
    struct str rest = str_slice(text, at, text.n);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        struct str word = str_from(units[i]);
        size_t end = word.n;
        if (str_starts(rest, word) && (rest.n == end || !utf8_is_hangul(utf8_next(rest, &end))))
            return i;
    }
    return SIZE_MAX;
}

enum { ROUNDS = 4 }; /* the first of the units */

/* "7.13" of "(7.13(목)" and "23.7.13": the day of a report. A number with a fraction is followed by what it counts. */
static void add_day(struct series *series, struct str text, uint32_t first, size_t *at)
{
    uint32_t month = first, day = 0, parts = 1;
    while (parts < 3 && *at < text.n && text.p[*at] == '.' && is_digit(text, *at + 1)) {
        ++*at;
        month = parts == 1 ? first : day;
        day = read_number(text, at);
        parts++;
    }
    bool ends = *at >= text.n || str_find(STR(" .()[],~-"), str_slice(text, *at, *at + 1), 0) != SIZE_MAX;
    if (parts > 1 && ends && month >= 1 && month <= 12 && day >= 1 && day <= 31)
        add(series, SERIES_DAY, month * 100 + day);
}

/* "(1-2)" with `at` behind the "(". */
static bool part_of_part(struct str text, size_t at, uint32_t *number)
{
    if (!is_digit(text, at))
        return false;
    uint32_t a = read_number(text, &at);
    if (at >= text.n || text.p[at] != '-' || !is_digit(text, at + 1))
        return false;
    at++;
    *number = a * 1000 + read_number(text, &at);
    return at < text.n && text.p[at] == ')';
}

static bool is_bracket(uint32_t c)
{
    return c == '(' || c == '<' || c == '[' || c == 0x3008 || c == 0x300A || c == 0xFF1C;
}

/* "<상>" with `at` behind the bracket. */
static uint32_t volume(struct str text, size_t at)
{
    static const char *const volumes[] = {"상", "중", "하"};
    for (uint32_t v = 0; v < 3; v++) {
        struct str rest = str_slice(text, at, text.n), word = str_from(volumes[v]);
        size_t end = word.n;
        if (!str_starts(rest, word) || end == rest.n)
            continue;
        uint32_t c = utf8_next(rest, &end);
        if (c == ')' || c == '>' || c == ']' || c == 0x3009 || c == 0x300B || c == 0xFF1E)
            return v + 1;
    }
    return 0;
}

static void add_number(struct series *series, struct str title, size_t *at)
{
    static const enum series_unit of_unit[] = {SERIES_TIME, SERIES_ROUND, SERIES_TERM,  SERIES_ISSUE,
                                               SERIES_DAY,  SERIES_DAY,   SERIES_MONTH, SERIES_MONTH};
    uint32_t number = read_number(title, at);
    size_t unit = unit_at(title, *at);
    if (unit == SIZE_MAX)
        add_day(series, title, number, at);
    else
        add(series, of_unit[unit], number);
}

void series_take(struct str title, struct series *out)
{
    out->n = 0;
    for (size_t at = 0; at < title.n;) {
        if (is_digit(title, at)) {
            add_number(out, title, &at);
            continue;
        }
        uint32_t c = utf8_next(title, &at), number;
        if (c >= 0x2460 && c <= 0x2473)
            add(out, SERIES_PART, c - 0x245F);
        else if (c == '(' && part_of_part(title, at, &number))
            add(out, SERIES_PART, number);
        else if (is_bracket(c) && (number = volume(title, at)) > 0)
            add(out, SERIES_PART, number);
    }
}

bool series_differ(const struct series *a, const struct series *b, bool months)
{
    for (enum series_unit unit = SERIES_TIME; unit <= (months ? SERIES_MONTH : SERIES_PART); unit++) {
        bool in_a = false, in_b = false, shared = false;
        for (size_t i = 0; i < a->n; i++) {
            in_a |= a->items[i].unit == unit;
            for (size_t j = 0; j < b->n && a->items[i].unit == unit; j++)
                shared |= b->items[j].unit == unit && a->items[i].number == b->items[j].number;
        }
        for (size_t j = 0; j < b->n; j++)
            in_b |= b->items[j].unit == unit;
        if (in_a && in_b && !shared)
            return true;
    }
    return false;
}

uint32_t series_round(struct str text)
{
    for (size_t at = 0; at < text.n;) {
        if (!is_digit(text, at)) {
            at++;
            continue;
        }
        uint32_t number = read_number(text, &at);
        if (number > 0 && unit_at(text, at) < ROUNDS)
            return number;
    }
    return 0;
}

uint32_t series_days(struct str text)
{
    uint32_t days = 0;
    for (size_t at = 0; at < text.n;) {
        if (!is_digit(text, at)) {
            at++;
            continue;
        }
        uint32_t number = read_number(text, &at);
        struct str rest = str_slice(text, at, text.n);
        bool day = str_starts(rest, STR("일")) && !str_starts(rest, STR("일간")) && !str_starts(rest, STR("일차")) &&
                   !str_starts(rest, STR("일째"));
        if (day && number >= 1 && number <= 31)
            days |= 1u << number;
    }
    return days;
}
