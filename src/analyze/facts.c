/* The smaller facts in turn, and the day of the event. */
#include "analyze/facts.h"

#include "base/mem.h"

#include <string.h>

void findings_add(struct findings *findings, struct finding finding)
{
    if (findings->n == findings->room) {
        size_t room = findings->room ? findings->room * 2 : 16;
        struct finding *items = ARENA_ARRAY(findings->arena, room, struct finding);
        if (findings->n > 0)
            memcpy(items, findings->items, findings->n * sizeof *items);
        findings->items = items;
        findings->room = room;
    }
    findings->items[findings->n++] = finding;
}

/* ---- the day of the event ---- */

static bool take(struct str text, size_t *at, struct str word)
{
    size_t from = *at;
    while (from < text.n && text.p[from] == ' ' && from - *at < 2)
        from++;
    if (!str_starts(str_slice(text, from, text.n), word))
        return false;
    *at = from + word.n;
    return true;
}

static size_t skip_blank(struct str text, size_t at)
{
    return at < text.n && text.p[at] == ' ' ? at + 1 : at;
}

struct day {
    int year, month, day; /* -1 where not stated */
    int direction;        /* -1 지난, +1 오는, 0 neither */
    size_t begin, end;
};

/* [YYYY년] [M월] D일 at `at`, which stands on a digit. */
static bool read_day(struct str text, size_t at, struct day *out)
{
    *out = (struct day){.year = -1, .month = -1, .day = -1, .begin = at};
    int value = (int)facts_digits(text, &at, 4);
    if (value >= 1000 && take(text, &at, STR("년"))) {
        out->year = value;
        at = skip_blank(text, at);
        value = (int)facts_digits(text, &at, 4);
    }
    if (value >= 1 && value <= 12 && take(text, &at, STR("월"))) {
        out->month = value;
        at = skip_blank(text, at);
        value = (int)facts_digits(text, &at, 4);
    }
    if (value < 1 || value > 31 || (out->year >= 0 && out->month < 0) || !take(text, &at, STR("일")))
        return false;
    out->day = value;
    out->end = at;
    /* 20일간, 20일 이상 … are lengths of time; 3일부터 is a day */
    struct str rest = str_slice(text, at, at + 6);
    return !str_starts(rest, STR("간")) && !str_starts(rest, STR("째"));
}

/* The calendar day that the words mean for an article published on `published`. */
static date_t resolve(const struct day *day, date_t published)
{
    if (day->year >= 0)
        return date_from(day->year, day->month, day->day);
    if (published == DATE_NONE)
        return DATE_NONE;
    struct ymd p = date_split(published);
    if (day->month >= 0) {
        date_t date = date_from(p.year, day->month, day->day);
        if (date != DATE_NONE && date - published > 200)
            date = date_from(p.year - 1, day->month, day->day);
        else if (date != DATE_NONE && published - date > 240)
            date = date_from(p.year + 1, day->month, day->day);
        return date;
    }
    date_t month = date_month_start(published);
    if (day->direction <= 0 && day->day > p.day + (day->direction == 0 ? 10 : 0))
        month = date_add_months(month, -1);
    else if (day->direction > 0 && day->day < p.day)
        month = date_add_months(month, 1);
    struct ymd m = date_split(month);
    return date_from(m.year, m.month, day->day);
}

static void find_event(const struct scan *scan, const struct article *article, struct findings *out)
{
    struct str text = str_slice(scan->text, 0, scan->lead_end);
    date_t published = article->basis >= BASIS_METADATA ? article->published : DATE_NONE;
    for (size_t at = scan->lead_begin; at < text.n; at++) {
        struct day day;
        bool digit = text.p[at] >= '0' && text.p[at] <= '9';
        if (!digit || (at > 0 && text.p[at - 1] >= '0' && text.p[at - 1] <= '9') || !read_day(text, at, &day))
            continue;
        if (facts_word_before(text, at, STR("지난")))
            day.direction = -1;
        else if (facts_word_before(text, at, STR("오는")))
            day.direction = 1;
        date_t date = resolve(&day, published);
        if (date == DATE_NONE) {
            at = day.end - 1;
            continue;
        }
        struct date_text iso = date_iso(date);
        findings_add(out, (struct finding){.kind = FINDING_EVENT,
                                           .value = str_copy(out->arena, str_from(iso.p)),
                                           .score = day.year >= 0 ? 0.8 : 0.65,
                                           .rule = STR("event/lead-day"),
                                           .begin = day.begin,
                                           .end = day.end});
        return;
    }
}

void facts_find(const struct analyzer *analyzer, const struct scan *scan, const struct article *article,
                const struct cities *cities, struct findings *out)
{
    struct facts facts = {.analyzer = analyzer, .scan = scan, .cities = cities, .out = out};
    facts.published = article->basis >= BASIS_METADATA ? article->published : DATE_NONE;
    struct digits digits;
    struct numbers numbers;
    find_event(scan, article, out);
    stage_find(scan, article, out);
    agencies_find(&facts);
    digits_find(scan->text, &digits);
    numbers_find(scan->text, &digits, &numbers);
    money_find(&facts, &numbers);
    counts_find(&facts, &numbers);
    mem_free(numbers.items);
    ahead_find(&facts, &digits);
    mem_free(digits.items);
    zones_find(&facts);
}
