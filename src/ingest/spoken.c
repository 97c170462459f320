#include "ingest/spoken.h"

#include "base/utf8.h"
#include "ingest/dates.h"
#include "ingest/lines.h"

#include <string.h>

enum { LEAD_BYTES = 1500, REACH_DAYS = 31 };

static bool is_digit(struct str s, size_t i)
{
    return i < s.n && s.p[i] >= '0' && s.p[i] <= '9';
}

/* "4일" or "12월 4일" whose 일 is at `at`: the last such day up to `latest`; DATE_NONE where none is near. */
static date_t day_before(struct str s, size_t at, date_t latest, size_t *begin)
{
    size_t i = at;
    int day = 0, month = 0, scale = 1;
    for (; i > 0 && at - i < 2 && is_digit(s, i - 1); scale *= 10)
        day += (s.p[--i] - '0') * scale;
    if (i == at || is_digit(s, i ? i - 1 : SIZE_MAX))
        return DATE_NONE;
    size_t j = i;
    while (j > 0 && s.p[j - 1] == ' ')
        j--;
    if (j >= 3 && memcmp(s.p + j - 3, "월", 3) == 0) {
        size_t end = j - 3;
        scale = 1;
        for (j = end; j > 0 && end - j < 2 && is_digit(s, j - 1); scale *= 10)
            month += (s.p[--j] - '0') * scale;
        i = month ? j : i;
    }
    *begin = i;
    bool last_month =
        str_ends(str_trim(str_slice(s, 0, i)), STR("지난달")) || str_ends(str_trim(str_slice(s, 0, i)), STR("지난 달"));
    if (last_month)
        latest = date_month_start(latest) - 1;
    for (date_t date = latest; date > latest - REACH_DAYS; date--) {
        struct ymd t = date_split(date);
        if (t.day == day && (!month || t.month == month))
            return date;
    }
    return DATE_NONE;
}

/* Do the bytes before `at` end with a word that moves the day elsewhere? */
static bool follows_any(struct str s, size_t at, const char *const *words, size_t n)
{
    struct str head = str_trim(str_slice(s, 0, at));
    for (size_t i = 0; i < n; i++)
        if (str_ends(head, str_from(words[i])))
            return true;
    return false;
}

static bool announces(struct str rest)
{
    static const char *const verbs[] = {"밝혔", "전했", "알렸", "말했", "발표했"};
    rest = str_trim(str_slice(rest, 0, 24));
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (str_starts(rest, str_from(verbs[i])))
            return true;
    return false;
}

bool spoken_is_span(struct str rest)
{
    return str_starts(rest, STR("까지")) || str_starts(rest, STR("부터")) || str_starts(rest, STR("간")) ||
           str_starts(rest, STR("∼")) || str_starts(rest, STR("~"));
}

bool spoken_find(struct str body, date_t latest, bool events, struct spoken_day *out)
{
    static const char *const future[] = {"오는", "다음달", "다음 달", "내달", "내년"};
    static const char *const past[] = {"지난", "지난달", "오는"};
    struct str lead = str_slice(body, 0, LEAD_BYTES);
    size_t sentence = lines_sentence_end(lead, lines_sentence_end(lead, 0)); /* events: of the first two */
    bool found = false;
    for (size_t at = str_find(lead, STR("일"), 0); at != SIZE_MAX; at = str_find(lead, STR("일"), at + 3)) {
        size_t begin = at;
        date_t date = day_before(lead, at, latest, &begin);
        struct str rest = str_slice(lead, at + 3, lead.n);
        if (date == DATE_NONE || follows_any(lead, begin, future, sizeof future / sizeof *future))
            continue;
        bool gone = follows_any(lead, begin, past, sizeof past / sizeof *past);
        bool announcement = announces(rest) && !gone;
        if (announcement || (events && (!found || date > out->date) && at < sentence && !spoken_is_span(rest))) {
            *out = (struct spoken_day){date, announcement, gone, str_slice(lead, begin, at + 3)};
            found = true;
        }
        if (announcement)
            return true;
    }
    return found;
}

bool spoken_is_past(struct str sentence)
{
    /* the syllable before 다 closes with ㅆ */
    size_t at = str_find(sentence, STR("다."), 0), next;
    while (at != SIZE_MAX && (next = str_find(sentence, STR("다."), at + 4)) != SIZE_MAX)
        at = next;
    if (at == SIZE_MAX || at == 0)
        return false;
    uint32_t c = utf8_previous(sentence, &at);
    return utf8_is_hangul(c) && (c - 0xac00) % 28 == 20;
}

date_t spoken_past_date(struct str body, struct str *words)
{
    enum { SENTENCES = 3 };
    size_t from = 0;
    for (int i = 0; i < SENTENCES && from < body.n; i++) {
        size_t end = lines_sentence_end(body, from);
        struct str sentence = str_slice(body, from, end);
        struct date_found found;
        if (sentence.n < 2000 && dates_next(sentence, 0, &found) && spoken_is_past(sentence) &&
            !spoken_is_span(str_slice(sentence, found.end, sentence.n))) {
            *words = str_slice(sentence, found.begin, found.end);
            return found.date;
        }
        from = end;
    }
    return DATE_NONE;
}
