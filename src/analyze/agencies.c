/* Public bodies with the place that they are of: 시흥산업진흥원, 경기도 경제과학진흥원, 한국산업단지공단 경기지역본부.
 */
#include "analyze/facts.h"

#include <string.h>

enum { MOST_AGENCIES = 8, NAME_MOST = 90 };

/* The unit of an agency named after a place. Of places with one name the article's own; else the 시·도 (광주테크노파크
 * is the metropolitan city's), else none. */
static uint16_t unit_of(const struct facts *facts, const struct name *name)
{
    if (name->n == 1)
        return name->units[0];
    for (size_t c = 0; c < facts->cities->n; c++)
        for (size_t i = 0; i < name->n; i++)
            if (name->units[i] == facts->cities->items[c].unit)
                return name->units[i];
    for (size_t i = 0; name->ambiguous && i < name->n; i++)
        if (facts->analyzer->units[name->units[i]].sido == name->units[i])
            return name->units[i];
    return UINT16_MAX;
}

static bool ends_well(struct str text, size_t end)
{
    static const char *const after[] = {"장",     "측",   "이사장", "과의", "와의",   "으로부터",
                                        "관계자", "이라", "이다",   "로서", "으로서", NULL};
    return facts_ends_name(text, end, after);
}

struct agency {
    size_t begin, end;
    struct str full; /* what the text up to `shortened` is short for; empty where it is whole */
    size_t shortened;
    struct str place; /* unit code or "national" */
    struct str rule;
};

static void add(struct facts *facts, const struct agency *agency, enum section section)
{
    struct str rest = str_slice(facts->scan->text, agency->full.n ? agency->shortened : agency->begin, agency->end);
    facts_add(
        facts,
        (struct finding){.kind = FINDING_AGENCY,
                         .value = str_from(arena_printf(facts->out->arena, STR_FMT " " STR_FMT STR_FMT,
                                                        STR_ARG(agency->place), STR_ARG(agency->full), STR_ARG(rest))),
                         .score = section == SECTION_BODY ? 0.7 : 0.85,
                         .rule = agency->rule,
                         .begin = agency->begin,
                         .end = agency->end},
        MOST_AGENCIES);
}

/* 과기정통부: 과학기술정보통신부, so that a body is counted once. What a name stood for may have changed on a day;
 * without a day of publication it then stays as it is. */
static struct str full_name(const struct facts *facts, const struct mark *mark)
{
    struct str first = {0}, second = {0};
    date_t changed = DATE_NONE;
    for (const struct word *word = mark->phrase->words; word; word = word->next) {
        if (word->class != WORD_FULL)
            continue;
        date_t day = date_parse(str_head(word->key, strlen("2025-10-01")));
        if (day == DATE_NONE) {
            first = word->key;
        } else {
            changed = day;
            second = str_slice(word->key, strlen("2025-10-01 "), word->key.n);
        }
    }
    if (changed == DATE_NONE)
        return first;
    return facts->published == DATE_NONE ? (struct str){0} : facts->published < changed ? first : second;
}

static struct str code_of(const struct facts *facts, uint16_t unit)
{
    return str_from(facts->analyzer->units[unit].region->unit);
}

/* A regional office right after a national body: its place is the office's. */
static void take_office(const struct facts *facts, struct agency *agency)
{
    const struct scan *scan = facts->scan;
    size_t at = agency->end;
    if (at < scan->text.n && scan->text.p[at] == ' ')
        at++;
    const struct mark *place = facts_place_at(scan, at, at + 40);
    if (!place)
        return;
    for (size_t k = words_from(scan, place->end); k < scan->n_words && scan->words[k].begin < place->end + 25; k++) {
        const struct mark *mark = &scan->words[k];
        if (!word_of(mark, WORD_OFFICE))
            continue;
        struct str between = str_slice(scan->text, place->end, mark->begin);
        uint16_t unit = unit_of(facts, place->phrase->name);
        if (unit == UINT16_MAX || str_find(between, STR(" "), 0) != SIZE_MAX || !ends_well(scan->text, mark->end))
            return;
        agency->end = mark->end;
        agency->place = code_of(facts, unit);
        agency->rule = STR("agency/office");
        return;
    }
}

static bool is_within(const struct facts *facts, const struct name *city, const struct name *sido)
{
    return city->n == 1 && sido->n == 1 && city->units[0] != sido->units[0] &&
           facts->analyzer->units[city->units[0]].sido == sido->units[0];
}

static bool is_national(struct str name)
{
    static const char *const national[] = {"한국", "국립", "국가", "대한", "중앙", "전국", "국방", NULL};
    return str_starts_any(name, national);
}

/* 캐나다 국방부 is not ours. */
static bool is_foreign(struct str text, size_t begin)
{
    static const struct str countries[] = {
        LITERAL("미국"),   LITERAL("캐나다"),     LITERAL("베트남"), LITERAL("일본"),   LITERAL("중국"),
        LITERAL("영국"),   LITERAL("독일"),       LITERAL("프랑스"), LITERAL("호주"),   LITERAL("인도"),
        LITERAL("대만"),   LITERAL("러시아"),     LITERAL("폴란드"), LITERAL("태국"),   LITERAL("몽골"),
        LITERAL("필리핀"), LITERAL("인도네시아"), LITERAL("카타르"), LITERAL("사우디"), LITERAL("우즈베키스탄"),
        LITERAL("美"),     LITERAL("日"),         LITERAL("中"),     LITERAL("현지")};
    for (size_t i = 0; i < sizeof countries / sizeof *countries; i++)
        if (facts_word_before(text, begin, countries[i]))
            return true;
    return false;
}

/* The body whose name ends at the mark; false for a fragment (진흥원) or a body of an unknown place. */
static bool read_ending(const struct facts *facts, const struct mark *mark, struct str key, struct agency *agency)
{
    const struct scan *scan = facts->scan;
    size_t begin = facts_word_begin(scan->text, mark->begin);
    *agency = (struct agency){.begin = begin, .end = mark->end, .rule = STR("agency/place-ending")};
    const struct mark *place = facts_place_at(scan, begin, mark->begin);
    if (place) {
        /* 경기시흥산업진흥원 is the city's, but 광주전남… is of both */
        const struct mark *second = facts_place_at(scan, place->end, mark->begin);
        if (second && is_within(facts, second->phrase->name, place->phrase->name))
            place = second;
    } else if (is_national(str_slice(scan->text, begin, mark->begin))) {
        agency->place = STR("national");
        agency->rule = STR("agency/national-ending");
        return true;
    } else if (begin > 1 && scan->text.p[begin - 1] == ' ' && (str_equal(key, STR("whole")) || begin < mark->begin)) {
        size_t from = facts_word_begin(scan->text, begin - 1);
        place = facts_place_at(scan, from, begin - 1);
        if (!place || place->end != begin - 1)
            return false;
        agency->begin = from;
        agency->rule = STR("agency/place-blank-ending");
    }
    if (!place || agency->end - agency->begin > NAME_MOST)
        return false;
    uint16_t unit = unit_of(facts, place->phrase->name);
    if (unit == UINT16_MAX)
        return false;
    agency->place = code_of(facts, unit);
    return true;
}

void agencies_find(struct facts *facts)
{
    const struct scan *scan = facts->scan;
    for (size_t i = 0; i < scan->n_words; i++) {
        const struct mark *mark = &scan->words[i];
        const struct word *word;
        struct agency agency = {.begin = mark->begin, .end = mark->end};
        if ((word = word_of(mark, WORD_BODY)) != NULL) {
            if (!scan_boundary_before(scan->text, mark->begin))
                continue;
            agency.place = word->key;
            agency.rule = STR("agency/known");
            agency.full = full_name(facts, mark);
            agency.shortened = mark->end;
        } else if ((word = word_of(mark, WORD_AGENCY)) == NULL || !read_ending(facts, mark, word->key, &agency)) {
            continue;
        }
        if (!ends_well(scan->text, mark->end))
            continue;
        if (str_equal(agency.place, STR("national"))) {
            if (is_foreign(scan->text, agency.begin))
                continue;
            take_office(facts, &agency);
        }
        add(facts, &agency, mark->section);
    }
}
