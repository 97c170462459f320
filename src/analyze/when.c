/* Reading dates — with their numbers or by words — and resolving them against the publication. */
#include "analyze/when.h"

#include "base/utf8.h"

#include <string.h>

/* ---- reading ---- */

static const char *const dashes[] = {"~", "∼", "～", "-", NULL};
static const char *const weekdays[] = {"(월)", "(화)", "(수)", "(목)", "(금)", "(토)", "(일)", NULL};

static size_t skip_blank(struct str text, size_t at)
{
    return at < text.n && text.p[at] == ' ' ? at + 1 : at;
}

/* 초, 중순, 말 of what was read before. */
static void read_third(struct str text, size_t *at, struct when *when)
{
    static const char *const not_end[] = {"말레이", "말했", "말씀", "말고", "말이", "말기", "초등", "초기",
                                          "초대",   "초과", "초·",  "초중", "초청", "초반", "초고", NULL};
    size_t i = *at;
    size_t from = skip_blank(text, i);
    if (str_starts_any(str_slice(text, from, from + 16), not_end))
        return;
    if (facts_take(text, &i, STR("중순")))
        when->part = 'm';
    else if (facts_take(text, &i, STR("초")))
        when->part = 'b';
    else if (facts_take(text, &i, STR("말")))
        when->part = 'e';
    else
        return;
    *at = i;
}

static int read_two(struct str text, size_t *at, int most)
{
    size_t i = skip_blank(text, *at);
    int64_t value = facts_digits(text, &i, 2);
    if (value < 1 || value > most)
        return -1;
    *at = i;
    return (int)value;
}

/* 3일, 3일부터; not 3일간 and not the 일 of 제3일반산업단지. */
static bool ends_day(struct str text, size_t at)
{
    static const char *const after[] = {"까지", "부터", "에", "은", "의", "께",   "쯤",   "이", "을", "오전", "오후",
                                        "과",   "도",   "자", "밤", "낮", "새벽", "저녁", "경", "개", "열",   NULL};
    return scan_hangul_run(text, at) == 0 || str_starts_any(str_slice(text, at, at + 6), after);
}

/* [~]D일 or the second end of 3∼6일: the last day counts. */
static void read_day(struct str text, size_t *at, struct when *when)
{
    size_t i = *at;
    int first = read_two(text, &i, 31), day = first;
    if (day < 0)
        return;
    if (facts_take_any(text, &i, dashes) && (day = read_two(text, &i, 31)) < 0)
        return;
    if (!facts_take(text, &i, STR("일")) || !ends_day(text, i))
        return;
    when->day = day;
    when->first_day = first < day ? first : -1;
    *at = i;
}

/* What may follow a year: a month with its day, a half, a quarter, an end. */
static void read_within_year(struct str text, size_t *at, struct when *when)
{
    static const char *const length[] = {"간", "분", "호", NULL};
    size_t i = *at;
    int number = read_two(text, &i, 12);
    if (when_known(number)) {
        int second = number;
        if (facts_take_any(text, &i, dashes) && (second = read_two(text, &i, 12)) < 0)
            return;
        if (facts_take(text, &i, STR("월")) && !str_starts_any(str_slice(text, i, i + 3), length)) {
            when->month = second;
            *at = i;
            read_day(text, at, when);
            if (!when_known(when->day))
                read_third(text, at, when);
        } else if (number <= 4 && number == second && facts_take(text, &i, STR("분기"))) {
            when->part = 'q';
            when->part_number = number;
            *at = i;
        }
        return;
    }
    i = *at;
    if (facts_take(text, &i, STR("상반기")) || facts_take(text, &i, STR("하반기"))) {
        when->part = 'h';
        when->part_number = str_equal(str_slice(text, i - 9, i - 6), STR("상")) ? 1 : 2;
        *at = i;
    } else if (facts_take(text, &i, STR("연말")) || facts_take(text, &i, STR("연내"))) {
        when->part = str_equal(str_slice(text, i - 3, i), STR("말")) ? 'e' : 'y';
        *at = i;
    } else {
        read_third(text, at, when);
    }
}

static void read_suffix(struct str text, struct when *when)
{
    static const char *const until[] = {"까지", "안에", "안으로", "내로", "중으로", NULL};
    size_t i = when->end;
    (void)facts_take_any(text, &i, weekdays);
    (void)(facts_take(text, &i, STR("께")) || facts_take(text, &i, STR("쯤")) || facts_take(text, &i, STR("경 ")));
    if (facts_take_any(text, &i, until))
        when->until = true;
    else if (facts_take(text, &i, STR("부터")))
        when->since = true;
    else
        return;
    when->end = i;
}

/* Whether the two digits at `at`, which end at *end, are a year: ’23년, 20년8월. */
static bool is_short_year(struct str text, size_t at, size_t *end)
{
    static const struct str quotes[] = {LITERAL("’"), LITERAL("‘"), LITERAL("'"), LITERAL("`")};
    size_t i = *end;
    if (i - at != 2 || !facts_take(text, &i, STR("년")))
        return false;
    bool quoted = i < text.n && text.p[i] >= '0' && text.p[i] <= '9';
    for (size_t q = 0; q < sizeof quotes / sizeof *quotes; q++)
        quoted |= facts_word_before(text, at, quotes[q]);
    if (quoted)
        *end = i;
    return quoted;
}

/* 2026년, 2026∼2027년, 2026∼27년: from behind the first number, which is in *value, to behind 년; *value is the last.
 */
static bool read_year(struct str text, size_t *at, int64_t *value, struct when *when)
{
    static const char *const not_date[] = {"년생", "년산", "년식", "년도 ", "년대", "년형", NULL};
    size_t i = *at;
    int64_t last;
    if (facts_take_any(text, &i, dashes) && (last = facts_digits(text, &i, 4)) >= 0) {
        when->first_year = (int)*value;
        *value = last < 100 ? last + 2000 : last;
        *at = i;
    }
    return !str_starts_any(str_slice(text, *at, *at + 12), not_date) && facts_take(text, at, STR("년"));
}

/* [M.]D. */
static bool read_dots(struct str text, size_t *at, int *month, int *day)
{
    size_t i = *at;
    int number = read_two(text, &i, 31);
    if (number < 0 || !facts_take(text, &i, STR(".")))
        return false;
    *day = number;
    *at = i;
    if (number <= 12 && (number = read_two(text, &i, 31)) > 0 && facts_take(text, &i, STR("."))) {
        *month = *day;
        *day = number;
        *at = i;
    }
    return true;
}

/* 4.29.~30., 2. 6.(금)까지: what follows tells it from decimals and from numbers of headings; what stands before, that
 * no year belongs to it. */
static bool read_dotted(struct str text, size_t at, struct when *when)
{
    static const char *const ends[] = {"까지", "부터", NULL};
    size_t i = at;
    int month = -1, day = -1, last_month, last = -1;
    if (facts_word_before(text, at, STR(".")) || !read_dots(text, &i, &month, &day) || month < 0)
        return false;
    last_month = month;
    size_t end = i;
    bool sure = facts_take_any(text, &i, weekdays), range = facts_take_any(text, &i, dashes);
    if (range && !read_dots(text, &i, &last_month, &last))
        return false;
    if (range)
        end = i;
    if (!sure && !range && !facts_take_any(text, &i, ends))
        return false;
    when->month = last_month;
    when->day = range ? last : day;
    when->first_day = range && last_month == month && day < last ? day : -1;
    when->end = end;
    return true;
}

/* A date that begins with a digit at `at`: YYYY년…, M월…, D일, N분기. Moves *end past what cannot begin another. */
static bool read_number_date(struct str text, size_t at, struct when *when, size_t *end)
{
    *when = (struct when){-1, -1, -1, -1, -1, .begin = at, .end = at};
    size_t i = at;
    int64_t value = facts_digits(text, &i, 4);
    *end = i;
    if (value >= 2000 && value < 2100) {
        if (!read_year(text, &i, &value, when))
            return false;
        when->year = (int)value;
        when->said_year = true;
        read_within_year(text, &i, when);
    } else if (value >= 10 && i < text.n && is_short_year(text, at, &i)) {
        when->year = (int)value + 2000; /* ’23년 3월 */
        when->said_year = true;
        read_within_year(text, &i, when);
    } else if (value >= 1 && value <= 12 && i < text.n && text.p[i] == '.' && read_dotted(text, at, when)) {
        i = when->end;
    } else if (value >= 1 && value <= 31) {
        uint32_t c = facts_next(text, i);
        if (c != U'월' && c != U'일' && c != U'분' && c != '~' && c != '-' && (c < 0x2000 || utf8_is_hangul(c)))
            return false;
        if (at > 0 && (text.p[at - 1] == '.' || text.p[at - 1] == '-'))
            return false; /* 9.1일, ’22.8월 */
        i = at;
        read_within_year(text, &i, when);
        if (!when_known(when->month) && !when->part) {
            read_day(text, &i, when);
            if (!when_known(when->day))
                return false;
        }
    } else {
        return false;
    }
    when->end = *end = i;
    return true;
}

/* A date that begins with one of the words of class when. */
static bool read_word_date(const struct facts *facts, const struct mark *mark, struct str key, struct when *when)
{
    struct str text = facts->scan->text;
    struct ymd p = date_split(facts->published);
    size_t i = mark->end;
    *when = (struct when){-1, -1, -1, -1, -1, .begin = mark->begin, .end = mark->end};
    int step = key.n < 2 ? 0 : (key.p[key.n - 1] - '0') * (key.p[key.n - 2] == '-' ? -1 : 1);
    if (str_starts(key, STR("year"))) {
        when->year = p.year + step;
        when->said_year = step != 0;
        when->this_year = step == 0;
        read_within_year(text, &i, when);
        if (!when_known(when->month) && !when->part && str_equal(str_slice(text, mark->begin, mark->end), STR("올")))
            return false;
    } else if (str_starts(key, STR("month"))) {
        date_t month = date_add_months(date_month_start(facts->published), step);
        when->year = date_split(month).year;
        when->month = date_split(month).month;
        when->coming = step == 1;
        read_day(text, &i, when);
        if (!when_known(when->day))
            read_third(text, &i, when);
    } else if (str_equal(key, STR("half1")) || str_equal(key, STR("half2"))) {
        when->year = p.year;
        when->part = 'h';
        when->part_number = key.p[4] - '0';
    } else {
        when->year = p.year;
        when->part = str_equal(key, STR("end")) ? 'e' : 'y';
    }
    when->end = i;
    return true;
}

/* ---- resolving ---- */

static date_t month_end(int year, int month)
{
    date_t first = date_from(year, month, 1);
    return first == DATE_NONE ? DATE_NONE : date_month_end(first);
}

static void within_month(const struct when *when, int year, date_t *lo, date_t *hi)
{
    *lo = date_from(year, when->month, 1);
    *hi = month_end(year, when->month);
    if (when_known(when->day)) {
        *hi = date_from(year, when->month, when->day);
        *lo = when_known(when->first_day) ? date_from(year, when->month, when->first_day) : *hi;
    } else if (when->part == 'b')
        *hi = date_from(year, when->month, 10);
    else if (when->part == 'm') {
        *lo = date_from(year, when->month, 11);
        *hi = date_from(year, when->month, 20);
    } else if (when->part == 'e')
        *lo = date_from(year, when->month, 21);
}

static void within_year(const struct when *when, int year, date_t *lo, date_t *hi)
{
    int first = 1, last = 12;
    if (when->part == 'h' || when->part == 'q') {
        int length = when->part == 'h' ? 6 : 3;
        first = (when->part_number - 1) * length + 1;
        last = first + length - 1;
    } else if (when->part == 'b') {
        last = 3;
    } else if (when->part == 'm') {
        first = 5;
        last = 8;
    } else if (when->part == 'e') {
        first = 12;
    }
    *lo = date_from(year, first, 1);
    *hi = month_end(year, last);
}

/* 4분기 실적 in January is of the year before. */
static bool is_last_year(const struct when *when, date_t lo, date_t published)
{
    return !when_known(when->year) && when->part == 'q' && lo - published > 240;
}

/* The days that are meant; false where they do not lie ahead of the publication. A month without a year is the next one
 * only where it follows in the same year, or soon after its end. */
static bool resolve(const struct when *when, date_t published, date_t *lo, date_t *hi)
{
    struct ymd p = date_split(published);
    int year = when_known(when->year) ? when->year : p.year;
    if (when_known(when->month)) {
        if (!when_known(when->year) && when->month < p.month) {
            if (p.month - when->month < 8 && !when->coming)
                return false;
            year++;
        }
        if (!when_known(when->year) && when->month - p.month > 9 && !when->coming)
            return false; /* in January December is the last one */
        within_month(when, year, lo, hi);
    } else if (when_known(when->day)) {
        date_t month = date_month_start(published);
        /* of the next month only where it says so, and not where an article of yesterday is printed today */
        if (when->day < p.day && !when->coming && !when->until && !when->since)
            return false;
        if (when->day < p.day && p.day - when->day <= 5)
            return false;
        if (when->day < p.day)
            month = date_add_months(month, 1);
        struct ymd m = date_split(month);
        *lo = *hi = date_from(m.year, m.month, when->day);
    } else {
        within_year(when, year, lo, hi);
        if (when_known(when->first_year) && when->first_year < year)
            *lo = date_from(when->first_year, 1, 1);
        if (is_last_year(when, *lo, published))
            return false;
    }
    return *lo != DATE_NONE && *hi != DATE_NONE && *hi > published;
}

/* ---- all of them ---- */

static void put(const struct facts *facts, struct whens *whens, struct when when)
{
    struct str text = facts->scan->text;
    if (whens->n == MOST_WHENS || (whens->n > 0 && whens->items[whens->n - 1].end > when.begin))
        return;
    read_suffix(text, &when);
    when.coming |= facts_word_before(text, when.begin, STR("오는")) ||
                   facts_word_before(text, when.begin, STR("이르면")) ||
                   facts_word_before(text, when.begin, STR("늦어도"));
    whens->items[whens->n++] = when;
}

/* Runs of digits and words of class when in the order of the text. */
void whens_read(const struct facts *facts, const struct digits *digits, struct whens *whens)
{
    const struct scan *scan = facts->scan;
    size_t word = 0, digit = 0, end = 0;
    whens->n = 0; /* large: only what is filled is touched */
    while (whens->n < MOST_WHENS) {
        const struct word *meaning = NULL;
        struct when when;
        while (word < scan->n_words && !(meaning = word_of(&scan->words[word], WORD_WHEN)))
            word++;
        size_t next_digit = digit < digits->n ? digits->items[digit] : SIZE_MAX;
        size_t next_word = word < scan->n_words ? scan->words[word].begin : SIZE_MAX, at = end;
        if (next_digit == SIZE_MAX && next_word == SIZE_MAX)
            return;
        if (next_word < next_digit) {
            if (next_word >= at && read_word_date(facts, &scan->words[word], meaning->key, &when)) {
                put(facts, whens, when);
                end = when.end;
            }
            word++;
            continue;
        }
        if (next_digit >= at && read_number_date(scan->text, next_digit, &when, &end))
            put(facts, whens, when);
        digit++;
    }
}

/* 4월 22일부터 24일까지: the month is the one before. False for what a word before puts into the past, and for a month
 * after a past year in the same sentence (2023년 4월 …, 같은 해 7월). */
static bool in_context(const struct facts *facts, const struct when *last, struct when *when)
{
    static const struct str past[] = {LITERAL("지난"),    LITERAL("지난해"), LITERAL("작년"),   LITERAL("전년"),
                                      LITERAL("같은 해"), LITERAL("그해"),   LITERAL("이듬해"), LITERAL("전년도"),
                                      LITERAL("당시"),    LITERAL("같은해"), LITERAL("동년"),   LITERAL("매년"),
                                      LITERAL("매월"),    LITERAL("매달")};
    struct str text = facts->scan->text;
    for (size_t i = 0; i < sizeof past / sizeof *past; i++)
        if (facts_word_before(text, when->begin, past[i]))
            return false;
    if (when->begin > 1 && str_equal(str_slice(text, when->begin - 2, when->begin), STR("·")) && when->part == 'h')
        return false; /* 매년 상·하반기 */
    if (when->this_year && when->until && last && last->since && when_known(last->year) &&
        last->year < date_split(facts->published).year)
        return false; /* 2013년부터 올해까지 is a history */
    if (when_known(when->year) || !last || facts_breaks(text, last->end, when->begin))
        return true;
    if (!when_known(when->month) && when_known(when->day) && when_known(last->month) && when->begin - last->end < 40) {
        when->month = last->month;
        when->year = last->year;
    } else if (when_known(when->month) && when_known(last->year) && !when->coming && when->begin - last->end < 120) {
        when->year = when_known(last->month) && when->month < last->month ? last->year + 1 : last->year;
    }
    return true;
}

bool when_resolve(const struct facts *facts, const struct when *last, struct when *when, date_t *lo, date_t *hi)
{
    if (when_known(when->year) && when->year < date_split(facts->published).year)
        return false;
    return in_context(facts, last, when) && resolve(when, facts->published, lo, hi);
}
