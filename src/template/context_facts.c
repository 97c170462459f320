/* Values of the smaller facts: public bodies, amounts with what they stand for, what is due, zones. */
#include "base/amount.h"
#include "template/context.h"

#include <math.h>
#include <stdlib.h>

enum {
    TOP_BODIES = 15,   /* 기관목록 of the brief */
    TOP_SCHEDULE = 20, /* 일정목록 */
    FIRST_FACTS = 3,   /* 주요기관, 주요금액 of an initiative */
};

/* --- amounts --- */

static const struct {
    const char *currency, *word;
} currencies[] = {{"KRW", "원"}, {"USD", "달러"}, {"EUR", "유로"}, {"JPY", "엔"}, {"CNY", "위안"}};

static struct str korean(const struct maker *m, int64_t amount)
{
    struct buf out = {0};
    if (amount >= 0)
        amount_korean(&out, amount);
    struct str result = str_copy(m->arena, buf_view(&out));
    buf_free(&out);
    return result;
}

static struct str amount_text(const struct maker *m, const struct brief_money *money)
{
    const char *unit = money->currency;
    for (size_t i = 0; i < sizeof currencies / sizeof *currencies; i++)
        if (str_equal(str_from(currencies[i].currency), str_from(money->currency)))
            unit = currencies[i].word;
    struct str lo = korean(m, money->lo), hi = korean(m, money->hi);
    if (money->lo == money->hi || (money->lo < 0 && str_equal(money->role, STR("limit"))))
        return str_from(arena_printf(m->arena, STR_FMT " %s", STR_ARG(hi), unit));
    if (!lo.n || !hi.n)
        return str_from(
            arena_printf(m->arena, STR_FMT " %s %s", STR_ARG(lo.n ? lo : hi), unit, lo.n ? "이상" : "이하"));
    return str_from(arena_printf(m->arena, STR_FMT "~" STR_FMT " %s", STR_ARG(lo), STR_ARG(hi), unit));
}

/* "시비" of a city, "군비" of a county …: a share of a total is named after who pays it. NULL where that is not known.
 */
static const char *local_share(const struct region *region)
{
    if (region)
        switch (region->type) {
        case REGION_SI: return "시비";
        case REGION_GUN: return "군비";
        case REGION_JACHIGU: return "구비";
        case REGION_ILBANGU: return "시비";
        case REGION_SIDO: return str_ends(region->sido, STR("도")) ? NULL : "시비";
        }
    return NULL;
}

enum { VAGUE_ROLES = 8 }; /* of role_words: from target on */

static size_t role_of(const struct brief_money *money)
{
    return role_index(money->role);
}

static const char *role_word(const struct brief_initiative *one, const struct brief_money *money)
{
    const struct region *region = one->n_regions ? one->regions[0] : NULL;
    const char *share = NULL;
    if (str_equal(money->role, STR("local")))
        share = local_share(region);
    if (str_equal(money->role, STR("province")) && region)
        share = str_ends(region->sido, STR("도")) ? "도비" : "시비";
    return share ? share : role_words[role_of(money)].word;
}

static void set_source(const struct maker *m, struct value *map, const struct brief_source *source)
{
    set_number(m, map, "출처번호", source ? source->number : 0);
    set_text(m, map, "주소", source ? source->url : STR(""));
}

void set_money(const struct maker *m, struct value *map, const struct brief_initiative *one,
               const struct brief_money *money)
{
    set_text(m, map, "금액", amount_text(m, money));
    set_text(m, map, "역할", str_from(role_word(one, money)));
    set_bool(m, map, "제목금액", money->headline);
    set_text(m, map, "통화", str_from(money->currency));
    set_real(m, map, "최소금액", money->lo >= 0 ? (double)money->lo : NAN, 0);
    set_real(m, map, "최대금액", money->hi >= 0 ? (double)money->hi : NAN, 0);
}

/* --- what is due --- */

/* Of days within one month, the third that they are; NULL for none. */
static const char *third_of(struct ymd first, date_t last)
{
    int end = date_split(last).day;
    if (first.day == 1 && end == 10)
        return "초";
    if (first.day == 11 && end == 20)
        return "중순";
    return first.day == 21 && last == date_month_end(last) ? "말" : NULL;
}

/* The interval as people say it: 2025년, 2024년 상반기, 2024년 3분기, 2024년 5월, 2024년 5월 말, else its days. */
static struct str when_text(const struct maker *m, date_t first, date_t last)
{
    struct ymd a = date_split(first), b = date_split(last);
    bool whole = a.day == 1 && last == date_month_end(last), year = a.year == b.year;
    int months = b.month - a.month + 1;
    if (first == last)
        return format_date(m->arena, first);
    const char *third = year && months == 1 ? third_of(a, last) : NULL;
    if (third)
        return str_from(arena_printf(m->arena, "%d년 %d월 %s", a.year, a.month, third));
    if (!whole)
        return format_span(m->arena, first, last);
    if (year && months == 12)
        return str_from(arena_printf(m->arena, "%d년", a.year));
    if (year && months == 6 && a.month % 6 == 1)
        return str_from(arena_printf(m->arena, "%d년 %s반기", a.year, a.month == 1 ? "상" : "하"));
    if (year && months == 3 && a.month % 3 == 1)
        return str_from(arena_printf(m->arena, "%d년 %d분기", a.year, (a.month + 2) / 3));
    if (year && months == 1)
        return format_month(m->arena, first);
    if (a.month == 1 && b.month == 12)
        return str_from(arena_printf(m->arena, "%d~%d년", a.year, b.year));
    return str_from(year ? arena_printf(m->arena, "%d년 %d~%d월", a.year, a.month, b.month)
                         : arena_printf(m->arena, "%d년 %d월~%d년 %d월", a.year, a.month, b.year, b.month));
}

void set_target(const struct maker *m, struct value *map, const struct brief_target *target)
{
    set_text(m, map, "시기", when_text(m, target->first, target->last));
    set_date(m, map, "시기첫날", target->first);
    set_date(m, map, "시기끝날", target->last);
    set_text(m, map, "내용", target->event);
}

/* --- of an initiative --- */

static bool same_amount(const struct brief_money *a, const struct brief_money *b)
{
    return a->lo == b->lo && a->hi == b->hi && str_equal(str_from(a->currency), str_from(b->currency));
}

/* An amount that is also given as what is spent, is given once: not as a goal, a result or of no known role again. */
static bool is_explained(const struct brief_initiative *one, const struct brief_money *money)
{
    size_t role = role_of(money);
    bool explained = false;
    for (size_t i = 0; i < one->n_money && role >= VAGUE_ROLES; i++)
        explained = explained || (same_amount(&one->money[i], money) && role_of(&one->money[i]) < role);
    return explained;
}

/* Those in titles first, then by what they stand for. */
static int by_meaning(const void *a, const void *b)
{
    const struct brief_money *x = *(const struct brief_money *const *)a, *y = *(const struct brief_money *const *)b;
    size_t role = role_of(x), other = role_of(y);
    if (x->headline != y->headline)
        return x->headline ? -1 : 1;
    if (role != other)
        return role < other ? -1 : 1;
    return (x > y) - (x < y);
}

static void set_amounts(const struct maker *m, struct value *map, const struct brief_initiative *one)
{
    struct value *all = value_list(m->arena), *first = value_list(m->arena);
    const struct brief_money **sorted = ARENA_ARRAY(m->arena, one->n_money, const struct brief_money *);
    size_t n = 0;
    for (size_t i = 0; i < one->n_money; i++)
        if (!is_explained(one, &one->money[i]))
            sorted[n++] = &one->money[i];
    if (n)
        qsort(sorted, n, sizeof *sorted, by_meaning);
    size_t shown = n < FIRST_FACTS ? n : FIRST_FACTS;
    for (size_t i = 0; i < n; i++) {
        struct value *item = value_map(m->arena);
        set_money(m, item, one, sorted[i]);
        set_source(m, item, sorted[i]->source);
        value_share(add_item(m, all, i, n), item);
        if (i < shown)
            value_share(add_item(m, first, i, shown), item);
    }
    set_list(m, map, "금액목록", all);
    set_list(m, map, "주요금액", first);
    set_number(m, map, "남은금액수", (int64_t)(n - shown));
}

/* An aim, or what is spent on it: beside "2026년" it says nothing of when something happens. */
static bool is_aim(const struct brief_target *target)
{
    static const char *const aims[] = {"목표", "투입", "확대", "창출", "투자", "지원", "육성", "유치", "확보", NULL};
    return str_is_any(target->event, aims);
}

/* Of "2025년 준공" and "2025년 10월 준공" the latter is enough. */
static bool is_vague(const struct brief_initiative *one, const struct brief_target *target)
{
    bool vague = is_aim(target);
    for (size_t i = 0; i < one->n_targets; i++) {
        const struct brief_target *other = &one->targets[i];
        vague = vague ||
                (other->first >= target->first && other->last <= target->last &&
                 other->last - other->first < target->last - target->first && str_equal(other->event, target->event));
    }
    return vague;
}

/* Is it the first of its initiative with these days? */
static bool is_first(const struct brief_initiative *one, const struct brief_target *target)
{
    for (size_t i = 0; i < one->n_targets; i++)
        if (one->targets[i].first == target->first && one->targets[i].last == target->last && !is_aim(&one->targets[i]))
            return str_equal(one->targets[i].event, target->event);
    return true;
}

/* What happens on these days, all in one: 개소·진행. */
static void set_due(const struct maker *m, struct value *map, const struct brief_initiative *one,
                    const struct brief_target *target)
{
    struct brief_target joined = *target;
    for (size_t i = 0; i < one->n_targets; i++) {
        const struct brief_target *other = &one->targets[i];
        if (other->first == target->first && other->last == target->last && !is_aim(other) &&
            !str_equal(other->event, target->event))
            joined.event =
                str_from(arena_printf(m->arena, STR_FMT "·" STR_FMT, STR_ARG(joined.event), STR_ARG(other->event)));
    }
    set_target(m, map, &joined);
}

static bool is_shown(const struct brief_initiative *one, const struct brief_target *target)
{
    return is_first(one, target) && !is_vague(one, target);
}

static struct value *target_list(const struct maker *m, const struct brief_initiative *one)
{
    struct value *list = value_list(m->arena);
    size_t n = 0, done = 0;
    for (size_t i = 0; i < one->n_targets; i++)
        n += is_shown(one, &one->targets[i]);
    for (size_t i = 0; i < one->n_targets; i++)
        if (is_shown(one, &one->targets[i])) {
            struct value *item = add_item(m, list, done++, n);
            set_due(m, item, one, &one->targets[i]);
            set_source(m, item, one->targets[i].source);
        }
    return list;
}

static void set_body(const struct maker *m, struct value *map, struct str name, const struct region *region)
{
    set_text(m, map, "기관", name);
    set_text(m, map, "소재지", region ? region->full_name : STR(""));
    set_bool(m, map, "국가기관", !region);
}

void set_facts(const struct maker *m, struct value *map, const struct brief_initiative *one)
{
    struct value *bodies = value_list(m->arena), *first = value_list(m->arena), *zones = value_list(m->arena);
    size_t shown = one->n_agencies < FIRST_FACTS ? one->n_agencies : FIRST_FACTS;
    for (size_t i = 0; i < one->n_agencies; i++) {
        struct value *item = value_map(m->arena);
        set_body(m, item, one->agencies[i].name, one->agencies[i].region);
        set_source(m, item, one->agencies[i].source);
        value_share(add_item(m, bodies, i, one->n_agencies), item);
        if (i < shown)
            value_share(add_item(m, first, i, shown), item);
    }
    for (size_t i = 0; i < one->n_zones; i++)
        set_text(m, add_item(m, zones, i, one->n_zones), "지구", one->zones[i]);
    set_list(m, map, "기관목록", bodies);
    set_list(m, map, "주요기관", first);
    set_number(m, map, "남은기관수", (int64_t)(one->n_agencies - shown));
    set_amounts(m, map, one);
    set_list(m, map, "시기목록", target_list(m, one));
    set_list(m, map, "지구목록", zones);
}

/* --- of the brief --- */

static struct value *body_list(const struct maker *m, size_t limit)
{
    const struct brief *b = m->brief;
    struct value *list = value_list(m->arena);
    size_t n = b->n_bodies < limit ? b->n_bodies : limit;
    for (size_t i = 0; i < n; i++) {
        const struct brief_body *body = &b->bodies[i];
        struct value *item = add_item(m, list, i, n), *own = value_list(m->arena);
        set_body(m, item, body->name, body->region);
        set_number(m, item, "사업수", (int64_t)body->n_initiatives);
        set_list(m, item, "지역목록", region_names(m, body->regions, body->n_regions));
        for (size_t k = 0; k < body->n_initiatives; k++)
            value_share(add_item(m, own, k, body->n_initiatives), initiative_map(m, body->initiatives[k]));
        set_list(m, item, "사업목록", own);
    }
    return list;
}

/* What is due within a year of the period, soonest first. */
static size_t set_schedule(const struct maker *m, struct value *map)
{
    const struct brief *b = m->brief;
    struct value *list = value_list(m->arena);
    const struct brief_event **events = ARENA_ARRAY(m->arena, b->n_schedule, const struct brief_event *);
    size_t n = 0;
    for (size_t i = 0; i < b->n_schedule; i++)
        if (is_shown(b->schedule[i].initiative, b->schedule[i].target) &&
            b->schedule[i].target->last <= b->to + BRIEF_AHEAD)
            events[n++] = &b->schedule[i];
    size_t shown = n < TOP_SCHEDULE ? n : TOP_SCHEDULE;
    for (size_t i = 0; i < shown; i++) {
        struct value *item = add_item(m, list, i, shown);
        set_due(m, item, events[i]->initiative, events[i]->target);
        value_share(item, initiative_map(m, events[i]->initiative));
    }
    set_list(m, map, "일정목록", list);
    return n;
}

void facts_set(const struct maker *m, struct value *map)
{
    const struct brief *b = m->brief;
    size_t due = set_schedule(m, map);
    set_list(m, map, "기관들", body_list(m, TOP_BODIES));
    set_number(m, map, "기관수", (int64_t)b->n_bodies);
    set_bool(m, map, "기관많음", b->n_bodies > TOP_BODIES);
    set_number(m, map, "일정수", (int64_t)due);
    set_bool(m, map, "일정많음", due > TOP_SCHEDULE);
}
