/* Dates ahead of the publication and what is to happen then: 2028년까지 … 조성, 오는 2027년 상반기 준공. */
#include "analyze/facts.h"

#include <string.h>

enum { MOST_TARGETS = 8, MOST_READ = 300, REACH = 150, REACH_SINCE = 60, REACH_LOOSE = 40, REACH_BACK = 24 };

/* A date as the text says it. */
struct when {
    int year, month, day;      /* -1 where not stated */
    int first_day, first_year; /* of 3∼6일, 2026∼2027년; else -1 */
    int part; /* 'h' half, 'q' quarter, 'b' beginning, 'm' middle, 'e' end of the year or month, 'y' within the year; 0
               */
    int part_number;
    bool until, since;
    bool said_year; /* with its number, or by 내년 */
    bool this_year; /* by 올해, 올: names the year of a programme as often as a date */
    bool coming;    /* 오는, 다음 달 */
    size_t begin, end;
};

static bool known(int value)
{
    return value >= 0;
}

/* ---- reading ---- */

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
    if (facts_starts_any(str_slice(text, from, from + 16), not_end))
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
    return scan_hangul_run(text, at) == 0 || facts_starts_any(str_slice(text, at, at + 6), after);
}

/* [~]D일 or the second end of 3∼6일: the last day counts. */
static void read_day(struct str text, size_t *at, struct when *when)
{
    static const char *const dashes[] = {"~", "∼", "～", "-", NULL};
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
    static const char *const dashes[] = {"~", "∼", "～", "-", NULL};
    static const char *const length[] = {"간", "분", "호", NULL};
    size_t i = *at;
    int number = read_two(text, &i, 12);
    if (known(number)) {
        int second = number;
        if (facts_take_any(text, &i, dashes) && (second = read_two(text, &i, 12)) < 0)
            return;
        if (facts_take(text, &i, STR("월")) && !facts_starts_any(str_slice(text, i, i + 3), length)) {
            when->month = second;
            *at = i;
            read_day(text, at, when);
            if (!known(when->day))
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
    static const char *const weekdays[] = {"(월)", "(화)", "(수)", "(목)", "(금)", "(토)", "(일)", NULL};
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

/* A date that begins with a digit at `at`: YYYY년…, M월…, D일, N분기. Moves *end past what cannot begin another. */
static bool read_number_date(struct str text, size_t at, struct when *when, size_t *end)
{
    *when = (struct when){-1, -1, -1, -1, -1, .begin = at, .end = at};
    size_t i = at;
    int64_t value = facts_digits(text, &i, 4);
    *end = i;
    if (value >= 2000 && value < 2100) {
        static const char *const dashes[] = {"~", "∼", "～", "-", NULL};
        static const char *const not_date[] = {"년생", "년산", "년식", "년도 ", "년대", "년형", NULL};
        size_t k = i;
        int64_t first = value;
        if (facts_take_any(text, &k, dashes) && (value = facts_digits(text, &k, 4)) >= 0) {
            when->first_year = (int)first;
            i = k;
            if (value < 100)
                value += 2000;
        }
        if (facts_starts_any(str_slice(text, i, i + 12), not_date) || !facts_take(text, &i, STR("년")))
            return false;
        when->year = (int)value;
        when->said_year = true;
        read_within_year(text, &i, when);
    } else if (value >= 10 && i < text.n && is_short_year(text, at, &i)) {
        when->year = (int)value + 2000; /* ’23년 3월 */
        when->said_year = true;
        read_within_year(text, &i, when);
    } else if (value >= 1 && value <= 31) {
        if (at > 0 && (text.p[at - 1] == '.' || text.p[at - 1] == '-'))
            return false; /* 9.1일, ’22.8월 */
        i = at;
        read_within_year(text, &i, when);
        if (!known(when->month) && !when->part) {
            read_day(text, &i, when);
            if (!known(when->day))
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
        if (!known(when->month) && !when->part && str_equal(str_slice(text, mark->begin, mark->end), STR("올")))
            return false;
    } else if (str_starts(key, STR("month"))) {
        date_t month = date_add_months(date_month_start(facts->published), step);
        when->year = date_split(month).year;
        when->month = date_split(month).month;
        when->coming = step == 1;
        read_day(text, &i, when);
        if (!known(when->day))
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
    if (known(when->day)) {
        *hi = date_from(year, when->month, when->day);
        *lo = known(when->first_day) ? date_from(year, when->month, when->first_day) : *hi;
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
    return !known(when->year) && when->part == 'q' && lo - published > 240;
}

/* The days that are meant; false where they do not lie ahead of the publication. A month without a year is the next one
 * only where it follows in the same year, or soon after its end. */
static bool resolve(const struct when *when, date_t published, date_t *lo, date_t *hi)
{
    struct ymd p = date_split(published);
    int year = known(when->year) ? when->year : p.year;
    if (known(when->month)) {
        if (!known(when->year) && when->month < p.month) {
            if (p.month - when->month < 8 && !when->coming)
                return false;
            year++;
        }
        if (!known(when->year) && when->month - p.month > 9 && !when->coming)
            return false; /* in January December is the last one */
        within_month(when, year, lo, hi);
    } else if (known(when->day)) {
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
        if (known(when->first_year) && when->first_year < year)
            *lo = date_from(when->first_year, 1, 1);
        if (is_last_year(when, *lo, published))
            return false;
    }
    return *lo != DATE_NONE && *hi != DATE_NONE && *hi > published;
}

/* ---- what happens ---- */

struct event {
    const struct word *word;
    double strength;
    size_t begin, end; /* of its mark */
};

/* Weight 1: happens all the time, and is a target only right after its date; 2: called for until a day; 3: built. */
static void weigh(const struct mark *mark, size_t gap, enum side side, double cost, struct event *best)
{
    const struct word *word = word_of(mark, WORD_TARGET);
    if (!word || (word->side != SIDE_BOTH && word->side != side))
        return;
    double strength = word->weight * cost / ((double)gap + cost);
    if (strength > best->strength)
        *best = (struct event){word, strength, mark->begin, mark->end};
}

/* The event after the date: with 까지 anywhere in the sentence before the next date, else near. `next` is where the
 * next date begins. */
static struct event event_after(const struct facts *facts, const struct when *when, size_t next)
{
    const struct scan *scan = facts->scan;
    struct event best = {.strength = 0};
    static const char *const over[] = {")", "이며", "이고", "이다", "이었", NULL};
    if (!when->until && facts_starts_any(str_slice(scan->text, when->end, when->end + 6), over))
        return best; /* the clause ends with the date: what comes is of another */
    size_t reach = when->until ? REACH : when->since ? REACH_SINCE : REACH_LOOSE;
    size_t end = when->end + reach < next ? when->end + reach : next;
    for (size_t k = words_from(scan, when->end); k < scan->n_words && scan->words[k].begin < end; k++) {
        struct str gap = str_slice(scan->text, when->end, scan->words[k].begin);
        if (!when->until && !when->since && str_find(gap, STR(","), 0) != SIZE_MAX)
            break;
        if (facts_breaks(gap, 0, gap.n) || str_find(gap, STR("경우"), 0) != SIZE_MAX)
            break;
        weigh(&scan->words[k], scan->words[k].begin - when->end, SIDE_AFTER, 25, &best);
    }
    return best;
}

static struct event event_before(const struct facts *facts, const struct when *when, size_t low)
{
    static const char *const subject[] = {"은 ",  "는 ",   "이 ",   "가 ",   "기간", " 기간", "일은",
                                          "일이", " 시기", " 예정", " 목표", "마감", " 마감", " 시점",
                                          "시점", "일정",  " 일정", "도 ",   ": ",   NULL};
    const struct scan *scan = facts->scan;
    struct event best = {.strength = 0};
    for (size_t k = words_from(scan, when->begin); k-- > 0;) {
        const struct mark *mark = &scan->words[k];
        if (mark->end > when->begin)
            continue;
        if (mark->begin < low || when->begin - mark->end > REACH_BACK ||
            facts_breaks(scan->text, mark->end, when->begin))
            break;
        /* 준공은 2028년, 신청 기간은 3월 6일까지; not 합병 신청 … 13일 고시 */
        if (!facts_starts_any(str_slice(scan->text, mark->end, when->begin), subject))
            continue;
        weigh(mark, when->begin - mark->end, SIDE_BEFORE, 20, &best);
    }
    return best;
}

/* 3월 착공한 공장 is a thing of the past, whatever the year. */
static bool is_past(struct str text, size_t end)
{
    static const char *const past[] = {"했",       "됐",      "되었",    "하였",    "한 ",       "된 ",
                                       "을 마쳤",  "을 마친", "를 마쳤", "를 마친", "식을 열었", "식을 가졌",
                                       "될 경우",  "할 경우", "될 정도", "할 정도", "되면 ",     "하면 ",
                                       "할 수 없", "을 열었", "돼 ",     "되면서",  "하며 ",     NULL};
    return facts_starts_any(str_slice(text, end, end + 24), past);
}

/* What lies ahead only in part is a date only for what takes place once; 올해 지원사업 and 2026년 모집 name a
 * programme. */
static bool fits(const struct facts *facts, const struct when *when, const struct event *event, date_t lo)
{
    if (!event->word || event->strength < 0.3 || is_past(facts->scan->text, event->end))
        return false;
    double weight = event->word->weight;
    bool bare = !when->until && !when->since && !known(when->month) && !known(when->day) && !when->part;
    size_t gap = event->begin > when->end ? event->begin - when->end : 0;
    if (lo <= facts->published && !when->until)
        return weight >= (when->since ? 3 : 4) && gap <= (bare ? 12 : 20);
    if (bare && str_equal(event->word->key, STR("모집")))
        return false;
    if (when->part == 'q' && !known(when->year) && !when->until && gap > 12)
        return false;
    if (bare || when->part == 'y' || when->part == 'e')
        return when->until || weight >= 3;
    return weight >= 2 || when->until;
}

static void add(struct facts *facts, const struct when *when, const struct event *event, date_t lo, date_t hi)
{
    struct date_text first = date_iso(lo), last = date_iso(hi);
    bool call = str_equal(event->word->key, STR("모집"));
    facts_add(
        facts,
        (struct finding){.kind = FINDING_TARGET,
                         .value = str_from(arena_printf(facts->out->arena, "%s..%s " STR_FMT "%s", first.p, last.p,
                                                        STR_ARG(event->word->key), call && when->until ? " 마감" : "")),
                         .score = (when->said_year ? 0.75 : 0.65) + (when->until ? 0.15 : 0),
                         .rule = when->until   ? STR("target/until")
                                 : when->since ? STR("target/since")
                                               : STR("target/date"),
                         .begin = when->begin,
                         .end = when->end},
        MOST_TARGETS);
}

/* ---- all of them ---- */

struct whens {
    struct when items[MOST_READ];
    size_t n;
};

static void put(const struct facts *facts, struct whens *whens, struct when when)
{
    struct str text = facts->scan->text;
    if (whens->n == MOST_READ || (whens->n > 0 && whens->items[whens->n - 1].end > when.begin))
        return;
    read_suffix(text, &when);
    when.coming |= facts_word_before(text, when.begin, STR("오는")) ||
                   facts_word_before(text, when.begin, STR("이르면")) ||
                   facts_word_before(text, when.begin, STR("늦어도"));
    whens->items[whens->n++] = when;
}

/* Runs of digits and words of class when in the order of the text. */
static void collect(const struct facts *facts, const struct digits *digits, struct whens *whens)
{
    const struct scan *scan = facts->scan;
    size_t word = 0, digit = 0, end = 0;
    while (whens->n < MOST_READ) {
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
    if (when->this_year && when->until && last && last->since && known(last->year) &&
        last->year < date_split(facts->published).year)
        return false; /* 2013년부터 올해까지 is a history */
    if (known(when->year) || !last || facts_breaks(text, last->end, when->begin))
        return true;
    if (!known(when->month) && known(when->day) && known(last->month) && when->begin - last->end < 40) {
        when->month = last->month;
        when->year = last->year;
    } else if (known(when->month) && known(last->year) && !when->coming && when->begin - last->end < 120) {
        when->year = known(last->month) && when->month < last->month ? last->year + 1 : last->year;
    }
    return true;
}

void ahead_find(struct facts *facts, const struct digits *digits)
{
    struct str text = facts->scan->text;
    struct whens whens; /* large: only what is filled is touched */
    whens.n = 0;
    if (facts->published == DATE_NONE)
        return;
    struct event last = {.strength = 0};
    collect(facts, digits, &whens);
    for (size_t i = 0; i < whens.n; i++) {
        struct when *when = &whens.items[i];
        size_t next = i + 1 < whens.n ? whens.items[i + 1].begin : text.n, low = i ? whens.items[i - 1].end : 0;
        date_t lo, hi;
        if (when->year >= 0 && when->year < date_split(facts->published).year)
            continue;
        if (!in_context(facts, i ? when - 1 : NULL, when) || !resolve(when, facts->published, &lo, &hi))
            continue;
        struct event event = event_after(facts, when, next), before = event_before(facts, when, low);
        if (before.strength > event.strength)
            event = before;
        if (!event.word && when->until && i > 0 && when[-1].since && when->begin - when[-1].end < 12)
            event = last; /* 신청은 2월 25일부터 3월 20일까지 */
        last = event;
        if (fits(facts, when, &event, lo))
            add(facts, when, &event, lo, hi);
    }
}
