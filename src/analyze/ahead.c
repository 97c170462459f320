/* What is to happen on the dates ahead of the publication: 2028년까지 … 조성, 오는 2027년 상반기 준공. */
#include "analyze/when.h"

enum { MOST_TARGETS = 8, REACH = 150, REACH_SINCE = 60, REACH_LOOSE = 40, REACH_BACK = 24 };

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
    static const char *const over[] = {")", " 들어", "이며", "이고", "이다", "이었", NULL};
    if (!when->until && str_starts_any(str_slice(scan->text, when->end, when->end + 6), over))
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
        if (!str_starts_any(str_slice(scan->text, mark->end, when->begin), subject))
            continue;
        weigh(mark, when->begin - mark->end, SIDE_BEFORE, 20, &best);
    }
    return best;
}

/* 3월 착공한 공장 is a thing of the past, whatever the year; 상장폐지될 경우 may never be; 착공 등이 미뤄진 is off. */
static bool is_not_to_be(struct str text, size_t end)
{
    enum { REACH_DELAY = 60 };
    struct str after = str_slice(text, end, end + REACH_DELAY);
    static const char *const past[] = {"했",      "됐",      "되었",    "하였",      "한 ",       "된 ",     "을 마쳤",
                                       "을 마친", "를 마쳤", "를 마친", "식을 열었", "식을 가졌", "될 경우", "할 경우",
                                       "될 정도", "할 정도", "되면 ",   "하면 ",     "할 수 없",  "을 열었", "돼 ",
                                       "되면서",  "하며 ",   " 기간",   NULL};
    return str_starts_any(after, past) || str_find(after, STR("미뤄"), 0) != SIZE_MAX;
}

/* What lies ahead only in part is a date only for what takes place once; 올해 지원사업 and 2026년 모집 name a
 * programme. */
static bool fits(const struct facts *facts, const struct when *when, const struct event *event, date_t lo)
{
    if (!event->word || event->strength < 0.3 ||
        (event->begin >= when->end && is_not_to_be(facts->scan->text, event->end)))
        return false;
    double weight = event->word->weight;
    bool bare = !when->until && !when->since && !when_known(when->month) && !when_known(when->day) && !when->part;
    size_t gap = event->begin > when->end ? event->begin - when->end : 0;
    if (lo <= facts->published && !when->until)
        return weight >= (when->since ? 3 : 4) && gap <= (bare ? 12 : 20);
    if (bare && str_equal(event->word->key, STR("모집")))
        return false;
    if (when->part == 'q' && !when_known(when->year) && !when->until && gap > 12)
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

void ahead_find(struct facts *facts, const struct digits *digits)
{
    struct str text = facts->scan->text;
    struct whens whens;
    if (facts->published == DATE_NONE)
        return;
    struct event last = {.strength = 0};
    whens_read(facts, digits, &whens);
    for (size_t i = 0; i < whens.n; i++) {
        struct when *when = &whens.items[i];
        size_t next = i + 1 < whens.n ? whens.items[i + 1].begin : text.n, low = i ? whens.items[i - 1].end : 0;
        date_t lo, hi;
        if (!when_resolve(facts, i ? when - 1 : NULL, when, &lo, &hi))
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
