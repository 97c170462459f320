/* Money, counts, dates and agencies of findings in Korean. */
#include "analyze/describe.h"

#include <inttypes.h>
#include <string.h>

struct label {
    const char *key, *text;
};

static const char *label_of(const struct label *labels, struct str key)
{
    for (; labels->key; labels++)
        if (str_equal(key, str_from(labels->key)))
            return labels->text;
    return NULL;
}

/* Takes the part before the next blank; false at the end. */
static bool next_part(struct str *rest, struct str *part)
{
    return str_field(rest, ' ', part) && part->n > 0;
}

/* Digits only, at most 18; -1 for anything else but the empty string, which is -2. */
static int64_t number_of(struct str text)
{
    int64_t value = 0;
    if (text.n == 0)
        return -2;
    for (size_t i = 0; i < text.n; i++) {
        if (text.n > 18 || text.p[i] < '0' || text.p[i] > '9')
            return -1;
        value = value * 10 + (text.p[i] - '0');
    }
    return value;
}

static bool split_range(struct str text, struct str *lo, struct str *hi)
{
    size_t dots = str_find(text, STR(".."), 0);
    if (dots == SIZE_MAX)
        return false;
    *lo = str_slice(text, 0, dots);
    *hi = str_slice(text, dots + 2, text.n);
    return true;
}

static void put_thousands(struct buf *out, int64_t value)
{
    if (value >= 1000)
        buf_printf(out, "%" PRId64 ",%03d", value / 1000, (int)(value % 1000));
    else
        buf_printf(out, "%" PRId64, value);
}

/* 115000000000 → 1,150억; 20000000 → 2,000만. */
static void put_amount(struct buf *out, int64_t value)
{
    static const struct {
        int64_t size;
        const char *name;
    } units[] = {{1000000000000, "조"}, {100000000, "억"}, {10000, "만"}, {1, ""}};
    bool any = false;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        int64_t count = value / units[i].size;
        value %= units[i].size;
        if (count == 0)
            continue;
        if (any)
            buf_char(out, ' ');
        put_thousands(out, count);
        buf_text(out, units[i].name);
        any = true;
    }
}

static bool put_range(struct buf *out, struct str range, const char *unit)
{
    struct str from, to;
    if (!split_range(range, &from, &to))
        return false;
    int64_t lo = number_of(from), hi = number_of(to);
    if (lo == -1 || hi == -1 || (lo == -2 && hi == -2))
        return false;
    if (lo >= 0 && lo != hi)
        put_amount(out, lo);
    if (lo >= 0 && hi >= 0 && lo != hi)
        buf_char(out, '~');
    if (hi >= 0)
        put_amount(out, hi);
    buf_text(out, unit);
    buf_text(out, lo == -2 ? " 이하" : hi == -2 ? " 이상" : "");
    return true;
}

static bool put_money(struct str value, struct buf *out)
{
    static const struct label currencies[] = {{"KRW", " 원"},   {"USD", " 달러"}, {"EUR", " 유로"},
                                              {"CNY", " 위안"}, {"JPY", " 엔"},   {NULL, NULL}};
    static const struct label roles[] = {{"total", " 총사업비"},   {"national", " 국비"}, {"province", " 도비"},
                                         {"local", " 시·군·구비"}, {"private", " 민자"},  {"investment", " 투자유치"},
                                         {"limit", " 지원 한도"},  {"support", " 지원"},  {"target", " 목표"},
                                         {"result", " 실적"},      {"other", ""},         {NULL, NULL}};
    struct str currency, range;
    if (!next_part(&value, &currency) || !next_part(&value, &range))
        return false;
    const char *unit = label_of(currencies, currency), *role = label_of(roles, value);
    if (!unit || !role || !put_range(out, range, unit))
        return false;
    buf_text(out, role);
    return true;
}

static bool put_count(struct str value, struct buf *out)
{
    static const struct label units[] = {
        {"person", "명"}, {"company", "개사"}, {"place", "개소"}, {"team", "팀"}, {NULL, NULL}};
    static const struct label roles[] = {{"employ", " 고용"},  {"recruit", " 모집"}, {"attend", " 참가"},
                                         {"support", " 지원"}, {"train", " 육성"},   {"attract", " 유치"},
                                         {NULL, NULL}};
    struct str range, unit;
    if (!next_part(&value, &range) || !next_part(&value, &unit))
        return false;
    const char *name = label_of(units, unit), *role = label_of(roles, value);
    if (!name || !role || !put_range(out, range, name))
        return false;
    buf_text(out, role);
    return true;
}

static bool put_target(struct str value, struct buf *out)
{
    struct str range, from, to;
    if (!next_part(&value, &range) || !split_range(range, &from, &to))
        return false;
    date_t lo = date_parse(from), hi = date_parse(to);
    if (lo == DATE_NONE || hi == DATE_NONE || lo > hi)
        return false;
    struct ymd first = date_split(lo), last = date_split(hi);
    if (lo == hi)
        buf_str(out, from);
    else if (first.year == last.year && first.month == 1 && first.day == 1 && last.month == 12 && last.day == 31)
        buf_printf(out, "%d년", first.year);
    else if (lo == date_month_start(hi) && hi == date_month_end(lo))
        buf_printf(out, "%d년 %d월", first.year, first.month);
    else
        buf_printf(out, STR_FMT "~" STR_FMT, STR_ARG(from), STR_ARG(to));
    buf_printf(out, " " STR_FMT, STR_ARG(value));
    return true;
}

const char *describe_place(const struct regions *regions, struct str unit, date_t day)
{
    char code[6] = "";
    if (unit.n != sizeof code - 1)
        return NULL;
    memcpy(code, unit.p, sizeof code - 1);
    const struct region *region = regions_at(regions, code, day);
    if (!region)
        region = regions_at(regions, code, DATE_NONE);
    return region ? region->full_name.p : NULL;
}

static bool put_agency(const struct regions *regions, struct str value, date_t day, struct buf *out)
{
    struct str place;
    if (!next_part(&value, &place) || value.n == 0)
        return false;
    const char *name = str_equal(place, STR("national")) ? "전국" : describe_place(regions, place, day);
    if (!name)
        return false;
    buf_printf(out, STR_FMT " (%s)", STR_ARG(value), name);
    return true;
}

void describe_finding(const struct regions *regions, const struct finding *finding, date_t day, struct buf *out)
{
    size_t begin = out->n;
    bool good = false;
    switch (finding->kind) {
    case FINDING_MONEY: good = put_money(finding->value, out); break;
    case FINDING_COUNT: good = put_count(finding->value, out); break;
    case FINDING_TARGET: good = put_target(finding->value, out); break;
    case FINDING_AGENCY: good = put_agency(regions, finding->value, day, out); break;
    default: break;
    }
    if (good)
        return;
    out->n = begin;
    buf_str(out, finding->value);
}
