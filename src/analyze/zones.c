/* Proper names of clusters, industrial complexes and special zones: 광주 첨단3지구, 포항 이차전지 특화단지. */
#include "analyze/facts.h"

#include <string.h>

enum { MOST_ZONES = 8, MOST_WORDS = 4, MOST_BYTES = 80 };

/* Bytes of the longest modifier or zone's ending that begins at `at`; 0 where none does. */
static size_t modifier_at(const struct facts *facts, size_t at, size_t to)
{
    struct str rest = str_slice(facts->scan->text, at, to);
    size_t best = 0;
    for (size_t i = 0; i < facts->analyzer->n_modifiers; i++) {
        struct str modifier = facts->analyzer->modifiers[i];
        if (modifier.n > best && rest.n > 0 && modifier.p[0] == rest.p[0] && str_starts(rest, modifier))
            best = modifier.n;
    }
    const struct scan *scan = facts->scan;
    size_t k = words_from(scan, at);
    if (k < scan->n_words && scan->words[k].begin == at && word_of(&scan->words[k], WORD_ZONE) &&
        scan->words[k].end <= to && scan->words[k].end - at > best)
        best = scan->words[k].end - at;
    return best;
}

/* Whether bytes [from, to) are wholly modifiers: 이차전지, 첨단바이오, 제3일반. */
static bool is_modifier(const struct facts *facts, size_t from, size_t to)
{
    struct str text = facts->scan->text;
    size_t at = from, n;
    if (facts_prefix(str_slice(text, at, to), "제")) { /* 제3일반산업단지 */
        size_t digits = at + 3;
        if (facts_digits(text, &digits, 2) >= 0)
            at = digits;
    }
    while (at < to && (n = modifier_at(facts, at, to)) > 0) {
        at += n;
        if (facts_prefix(str_slice(text, at, to), "·"))
            at += 2;
        else if (at < to && (text.p[at] == '-' || (text.p[at] >= '0' && text.p[at] <= '9')))
            at++;
    }
    return at == to && from < to;
}

static bool joined(struct str text, size_t begin, size_t *before)
{
    if (begin == 0)
        return false;
    if (text.p[begin - 1] == ' ' && begin > 1 && text.p[begin - 2] != ' ') {
        *before = begin - 1;
        return true;
    }
    return false;
}

struct name_span {
    size_t begin;
    bool place;  /* begins with the name of a place */
    bool bare;   /* nothing between the place and the ending */
    bool proper; /* its own word holds a name that is none of the modifiers: 녹산산단, 첨단3지구 */
};

/* Goes left word by word over modifiers up to a place. */
static struct name_span extend(const struct facts *facts, size_t begin, size_t ending, size_t end)
{
    const struct scan *scan = facts->scan;
    struct name_span span = {.begin = begin};
    const struct mark *place = facts_place_at(scan, begin, end);
    if (place) {
        span.place = true; /* the whole of it may be a name of the alias table: 대덕특구 */
        span.bare = place->end == ending;
        span.proper = place->end < ending && !is_modifier(facts, place->end, ending);
    } else if (begin < ending) {
        span.proper = !is_modifier(facts, begin, ending);
    }
    size_t at = begin, before;
    for (int words = 0; words < MOST_WORDS && (!span.place || words == 0) && joined(scan->text, at, &before); words++) {
        size_t from = facts_word_begin(scan->text, before);
        if (from == before || ending - from > MOST_BYTES)
            break;
        if ((place = facts_place_at(scan, from, before)) != NULL) {
            /* 대구 국가산단, 포항이차전지 특화단지; 사천시 before 사남농공단지 is no part of its name */
            bool whole = place->end == before;
            enum name_kind kind = place->phrase->name->kind;
            bool formal = (span.proper || at == ending) && (kind == NAME_FULL || kind == NAME_SIDO_FULL);
            if ((whole && !formal) || (!whole && !span.proper && is_modifier(facts, place->end, before))) {
                span.begin = from;
                span.place = true;
                span.bare = whole && at == ending;
            }
            break;
        }
        if (span.proper || span.place || !is_modifier(facts, from, before))
            break;
        at = from;
    }
    return span;
}

/* How much of a name an ending needs: "place" one that begins with a place, "name" any name in its own word,
 * "number" a name with a number (첨단3지구). */
static bool enough(struct str text, const struct name_span *span, size_t begin, size_t ending, struct str key)
{
    size_t own = ending - begin;
    bool digit = own > 0 && text.p[ending - 1] >= '0' && text.p[ending - 1] <= '9';
    if (str_equal(key, STR("number")))
        return digit && (span->proper || span->place) && own > 3;
    if (str_equal(key, STR("place")))
        return span->place && !span->bare && !span->proper;
    if (str_equal(key, STR("joined")) && own == 0 && span->bare)
        return false; /* 창원 산업단지 is any of them */
    return span->place || (span->proper && own >= 6);
}

static bool generic(struct str stem)
{
    static const char *const words[] = {
        "지역",   "인근", "관내",     "도내",   "시내",   "기존", "노후",   "신규", "거점",   "전국",   "주요",
        "해당",   "이들", "각종",     "대규모", "국내",   "세계", "글로벌", "해외", "외국인", "전용",   "임대",
        "복합",   "이번", "동일",     "우리",   "최대",   "최초", "초대형", "메가", "제2",    "미니",   "하이",
        "실리콘", "개별", "집적",     "산업",   "강소",   "전략", "선도",   "혁신", "광역",   "투자",   "관광",
        "교육",   "소형", "거대",     "및",     "등",     "와",   "과",     "제1",  "제3",    "한국형", "한국판",
        "실증",   "특화", "문화선도", "특성화", "미분양", "남부", "북부",   "테마", "워터",   "생태",   "민간",
        "기업",   "신설", "조성",     "추가",   "권역",   NULL};
    return str_starts_any(stem, words);
}

static void add(struct facts *facts, const struct mark *mark, const struct word *word)
{
    struct str text = facts->scan->text;
    size_t begin = facts_word_begin(text, mark->begin);
    static const char *const inside[] = {"내",   "로의", "에서의", "이란", "이다", "으로의", "와의", "과의",
                                         "입주", "로서", "이라",   "에만", "만들", "별",     NULL};
    if (!facts_ends_name(text, mark->end, inside))
        return;
    struct name_span span = extend(facts, begin, mark->begin, mark->end);
    if (span.proper && !facts_place_at(facts->scan, begin, mark->begin) && generic(str_slice(text, begin, mark->begin)))
        return;
    if (!enough(text, &span, begin, mark->begin, word->key))
        return;
    facts_add(facts,
              (struct finding){.kind = FINDING_ZONE,
                               .value = str_slice(text, span.begin, mark->end),
                               .score = span.place ? 0.85 : 0.7,
                               .rule = span.place ? STR("zone/place-ending") : STR("zone/name-ending"),
                               .begin = span.begin,
                               .end = mark->end},
              MOST_ZONES);
}

void zones_find(struct facts *facts)
{
    const struct scan *scan = facts->scan;
    for (size_t i = 0; i < scan->n_words; i++) {
        const struct word *word = word_of(&scan->words[i], WORD_ZONE);
        if (word)
            add(facts, &scan->words[i], word);
    }
}
