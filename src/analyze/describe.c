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

static void put_range(struct buf *out, const struct amount_value *amount, const char *unit)
{
    if (amount->lo >= 0 && amount->lo != amount->hi)
        put_amount(out, amount->lo);
    if (amount->lo >= 0 && amount->hi >= 0 && amount->lo != amount->hi)
        buf_char(out, '~');
    if (amount->hi >= 0)
        put_amount(out, amount->hi);
    buf_text(out, unit);
    buf_text(out, amount->lo < 0 ? " 이하" : amount->hi < 0 ? " 이상" : "");
}

static bool put_money(struct str value, struct buf *out)
{
    static const struct label currencies[] = {{"KRW", " 원"},   {"USD", " 달러"}, {"EUR", " 유로"},
                                              {"CNY", " 위안"}, {"JPY", " 엔"},   {NULL, NULL}};
    struct amount_value amount;
    if (!finding_amount(value, true, &amount))
        return false;
    const char *unit = label_of(currencies, amount.unit);
    size_t role = role_index(amount.role);
    if (!unit || !str_equal(amount.role, str_from(role_words[role].role)))
        return false;
    put_range(out, &amount, unit);
    if (role + 1 < ROLE_WORDS)
        buf_printf(out, " %s", role_words[role].word);
    return true;
}

static bool put_count(struct str value, struct buf *out)
{
    static const struct label units[] = {
        {"person", "명"}, {"company", "개사"}, {"place", "개소"}, {"team", "팀"}, {NULL, NULL}};
    static const struct label roles[] = {{"employ", " 고용"},  {"recruit", " 모집"}, {"attend", " 참가"},
                                         {"support", " 지원"}, {"train", " 육성"},   {"attract", " 유치"},
                                         {NULL, NULL}};
    struct amount_value amount;
    if (!finding_amount(value, false, &amount))
        return false;
    const char *name = label_of(units, amount.unit), *role = label_of(roles, amount.role);
    if (!name || !role)
        return false;
    put_range(out, &amount, name);
    buf_text(out, role);
    return true;
}

static bool put_target(struct str value, struct buf *out)
{
    struct target_value target;
    if (!finding_target(value, &target))
        return false;
    struct ymd first = date_split(target.first), last = date_split(target.last);
    if (target.first == target.last)
        buf_text(out, date_iso(target.first).p);
    else if (first.year == last.year && first.month == 1 && first.day == 1 && last.month == 12 && last.day == 31)
        buf_printf(out, "%d년", first.year);
    else if (target.first == date_month_start(target.last) && target.last == date_month_end(target.first))
        buf_printf(out, "%d년 %d월", first.year, first.month);
    else
        buf_printf(out, "%s~%s", date_iso(target.first).p, date_iso(target.last).p);
    buf_printf(out, " " STR_FMT, STR_ARG(target.event));
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
    struct str place, agency;
    if (!finding_agency(value, &place, &agency))
        return false;
    const char *name = str_equal(place, STR("national")) ? "전국" : describe_place(regions, place, day);
    if (!name)
        return false;
    buf_printf(out, STR_FMT " (%s)", STR_ARG(agency), name);
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
