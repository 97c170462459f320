/* Whether a name that the scan found is a place here, and of several places of that name which one.
 *
 * Full names (부여군), provinces and aliases are places by themselves. A bare name (포항) is one unless something else
 * follows in its 어절; one that is as often a word (경주, 화성) needs the article to show the place otherwise; one that
 * mostly is a word (예산, 강화) needs that and a position in which the word does not stand. */
#include "analyze/rules.h"

#include <string.h>

struct places {
    const struct analyzer *analyzer;
    const struct article *article;
    const struct scan *scan;
    uint16_t *chosen;
    double *province;        /* by unit: how often a 시·도 or something in it is named beyond doubt */
    double *hints;           /* by unit: what hint() came to; -1 = not asked yet */
    bool *known, *elsewhere; /* by unit: named beyond doubt; its bare name is of a spot in another city here */
};

static const struct region *region_of(const struct places *places, uint16_t unit)
{
    return places->analyzer->units[unit].region;
}

static uint16_t sido_of(const struct places *places, uint16_t unit)
{
    return places->analyzer->units[unit].sido;
}

static bool is_sido_name(const struct name *name)
{
    return name->kind == NAME_SIDO_FULL || name->kind == NAME_SIDO_BARE;
}

bool places_belongs(const struct analyzer *analyzer, uint16_t unit, uint16_t to)
{
    return unit != to && (analyzer->units[unit].sido == to || analyzer->units[unit].count == to);
}

/* The mark that ends right before mark i, at most a blank between them. */
static const struct mark *mark_before(const struct scan *scan, size_t i)
{
    if (i == 0)
        return NULL;
    const struct mark *before = &scan->names[i - 1];
    size_t gap = scan->names[i].begin - before->end;
    return gap == 0 || (gap == 1 && scan->text.p[before->end] == ' ') ? before : NULL;
}

const struct mark *places_qualifier(const struct scan *scan, size_t i)
{
    const struct mark *before = mark_before(scan, i);
    return before && (is_sido_name(before->phrase->name) || before->phrase->name->kind == NAME_FULL) ? before : NULL;
}

/* The candidate of mark i that the name right before it settles. */
static uint16_t by_qualifier(const struct places *places, size_t i)
{
    const struct mark *before = places_qualifier(places->scan, i);
    if (!before)
        return UINT16_MAX;
    const struct name *name = places->scan->names[i].phrase->name, *of = before->phrase->name;
    for (size_t c = 0; c < name->n; c++)
        for (size_t q = 0; q < of->n; q++)
            if (places_belongs(places->analyzer, name->units[c], of->units[q]))
                return name->units[c];
    return UINT16_MAX;
}

/* 영천시장: a mayor or a market. */
static bool may_be_market(const struct scan *scan, const struct mark *mark)
{
    return str_starts(str_slice(scan->text, mark->end, scan->text.n), STR("장"));
}

/* "서울 종로구 평창동", "유성구 안산 산단", "서대문구 영천시장": a spot of another city's name in the city before it.
 */
static bool is_spot(const struct places *places, size_t i)
{
    const struct mark *before = mark_before(places->scan, i), *mark = &places->scan->names[i];
    const struct name *name = mark->phrase->name;
    if (!before || before->phrase->name->kind != NAME_FULL || by_qualifier(places, i) != UINT16_MAX)
        return false;
    if (name->kind == NAME_FULL)
        return may_be_market(places->scan, mark);
    return name->kind == NAME_BARE && places->scan->text.p[before->end] == ' ';
}

/* ---- evidence ---- */

/* Is mark i one of names in a row, "구미·고령·성주", next to one that is a place beyond doubt? */
static bool in_row(const struct places *places, size_t i)
{
    static const char *const joints[] = {"·", ",", ", ", "‧", "ㆍ", "・", NULL};
    const struct scan *scan = places->scan;
    for (int side = -1; side <= 1; side += 2) {
        size_t j = i, steps = 0;
        for (; steps < 5 && (side < 0 ? j > 0 : j + 1 < scan->n_names); steps++) {
            size_t left = side < 0 ? j - 1 : j;
            struct str gap = str_slice(scan->text, scan->names[left].end, scan->names[left + 1].begin);
            if (!str_is_any(gap, joints))
                break;
            j = side < 0 ? j - 1 : j + 1;
            const struct name *name = scan->names[j].phrase->name;
            if (name->n > 0 && name->doubt == DOUBT_NONE)
                return true;
        }
    }
    return false;
}

/* One of the next two words is what lies in a place: "예산 산단", "화성 반도체 캠퍼스". */
static bool before_site(struct str text, size_t end)
{
    static const char *const sites[] = {
        "산단",   "국가산", "일반산", "산업단지", "농공단지",   "도시첨단", "테크노밸리", "시청",    "군청",
        "구청",   "시장",   "군수",   "상의",     "상공회의소", "군의회",   "제2산단",    "제1산단", "제3산단",
        "경제청", "군민",   "시민",   "지역",     "강소특구",   "캠퍼스",   NULL};
    for (int word = 0; word < 2; word++) {
        end += end < text.n && text.p[end] == ' ';
        if (str_starts_any(str_slice(text, end, text.n), sites))
            return true;
        size_t run = scan_hangul_run(text, end);
        end += run;
        if (run == 0 || end >= text.n || text.p[end] != ' ')
            return false;
    }
    return false;
}

/* "진주 바이오진흥원", "경주 제조기업": what the next word is about is found in a city, not on Mars or at a race. */
static bool before_trade(struct str text, size_t end)
{
    static const char *const trades[] = {" 창업", " 스타트업", " 벤처",   " 바이오",   " 의료기기", " 제약",
                                         " 백신", " 제조",     " 반도체", " 이차전지", " 배터리",   " 방산",
                                         " 로봇", " 뿌리",     " 소부장", " 미래차",   " 기업",     " 공장",
                                         " 투자", " 중소기업", " 소재",   " 청년",     NULL};
    return str_starts_any(str_slice(text, end, text.n), trades);
}

/* Nothing before mark i that the word could belong to ("역량 강화", "목표 달성"): the beginning of a line, or a mark.
 */
static bool heads(struct str text, size_t begin)
{
    static const char *const marks[] = {"·", ",", "[", "(", "\"", "'", "‘", "“", "…", "|", "-", "/", "\n", "]", NULL};
    struct str before = str_slice(text, begin > 4 ? begin - 4 : 0, begin);
    if (str_ends(before, STR(" ")))
        before = str_slice(before, 0, before.n - 1);
    if (before.n == 0 || begin == 0)
        return true;
    return str_ends_any(before, marks);
}

/* "화성, 공장 …" at the beginning of a title. */
static bool names_head(struct str text, size_t end)
{
    struct str rest = str_slice(text, end, text.n);
    return str_starts(rest, STR(",")) || str_starts(rest, STR("·"));
}

/* The source's own region column and the outlet's name are weak evidence, for ties. */
static double find_hint(const struct places *places, uint16_t unit)
{
    const struct region *sido = region_of(places, sido_of(places, unit));
    double weight = 0;
    if (str_find(places->article->hint_regions, region_of(places, unit)->short_name, 0) != SIZE_MAX)
        weight += 0.3;
    if (str_find(places->article->hint_regions, sido->short_name, 0) != SIZE_MAX)
        weight += 0.6;
    if (str_find(places->article->outlet, sido->short_name, 0) != SIZE_MAX)
        weight += 0.4;
    for (size_t i = 0; i < places->scan->n_masks; i++) {
        struct str byline = str_slice(places->scan->text, places->scan->masks[i].begin, places->scan->masks[i].end);
        if (str_find(byline, sido->short_name, 0) != SIZE_MAX)
            weight += 0.3;
    }
    return weight;
}

/* Once a unit: the column may be as long as the text that names the unit time and again. */
static double hint(const struct places *places, uint16_t unit)
{
    if (places->hints[unit] < 0)
        places->hints[unit] = find_hint(places, unit);
    return places->hints[unit];
}

/* Does the article show, apart from this name, that it is about somewhere there? */
static bool area_is_known(const struct places *places, const struct name *name)
{
    for (size_t c = 0; c < name->n; c++)
        if (places->known[name->units[c]] || places->province[sido_of(places, name->units[c])] > 0 ||
            hint(places, name->units[c]) > 0)
            return true;
    return false;
}

static bool unit_is_known(const struct places *places, const struct name *name)
{
    for (size_t c = 0; c < name->n; c++)
        if (places->known[name->units[c]])
            return true;
    return false;
}

static bool is_elsewhere(const struct places *places, const struct mark *mark)
{
    const struct name *name = mark->phrase->name;
    return name->n == 1 && places->elsewhere[name->units[0]] &&
           (name->kind == NAME_BARE || (name->kind == NAME_FULL && may_be_market(places->scan, mark)));
}

/* ---- is it a place ---- */

/* "경기 시흥시": the 시·도 is one if what it qualifies is in it. */
static bool qualifies_next(const struct places *places, size_t i)
{
    return i + 1 < places->scan->n_names && places_qualifier(places->scan, i + 1) == &places->scan->names[i] &&
           by_qualifier(places, i + 1) != UINT16_MAX;
}

/* Beyond doubt, whatever else the article says. */
static bool is_certain(const struct places *places, size_t i)
{
    const struct mark *mark = &places->scan->names[i];
    const struct name *name = mark->phrase->name;
    enum follow follow = mark->follow;
    if (name->kind == NAME_NONE || is_spot(places, i) || is_elsewhere(places, mark))
        return false;
    switch (name->kind) {
    case NAME_FULL: return name->doubt == DOUBT_NONE || follow != FOLLOW_OTHER; /* 동구릉, 서구식 */
    case NAME_BARE:
        if (follow == FOLLOW_OTHER)
            return false;
        return by_qualifier(places, i) != UINT16_MAX ||
               (name->doubt == DOUBT_NONE ? true
                                          : name->doubt == DOUBT_EVEN && before_site(places->scan->text, mark->end));
    case NAME_SIDO_BARE:
        return qualifies_next(places, i) ||
               (follow != FOLLOW_OTHER && (name->doubt == DOUBT_NONE || follow == FOLLOW_PLACE));
    default: return true;
    }
}

/* A name that is_certain left open, by what the rest of the article shows. */
static bool is_shown(const struct places *places, size_t i)
{
    const struct mark *mark = &places->scan->names[i];
    const struct name *name = mark->phrase->name;
    struct str text = places->scan->text;
    enum follow follow = mark->follow;
    if ((name->kind != NAME_BARE && name->kind != NAME_SIDO_BARE) || is_spot(places, i) || is_elsewhere(places, mark))
        return false;
    if (follow == FOLLOW_OTHER) /* 춘천막국수체험관: an institution's name, or a product's */
        return name->doubt == DOUBT_NONE && area_is_known(places, name) &&
               (name->kind == NAME_SIDO_BARE || mark->phrase->text.n > 6 || scan_hangul_run(text, mark->end) >= 9);
    if (in_row(places, i))
        return true;
    if (name->doubt == DOUBT_EVEN)
        return area_is_known(places, name) || before_trade(text, mark->end) ||
               (heads(text, mark->begin) && names_head(text, mark->end));
    bool site = before_site(text, mark->end);
    return unit_is_known(places, name) ? site || heads(text, mark->begin) : site && heads(text, mark->begin);
}

static void add_evidence(struct places *places, size_t i)
{
    const struct mark *mark = &places->scan->names[i];
    const struct name *name = mark->phrase->name;
    if (name->kind == NAME_VENUE || name->kind == NAME_UNIVERSITY)
        return;
    for (size_t c = 0; c < name->n; c++)
        places->known[name->units[c]] = true;
    uint16_t unit = name->n == 1 ? name->units[0] : name->ambiguous ? by_qualifier(places, i) : UINT16_MAX;
    if (unit == UINT16_MAX)
        return;
    double weight = is_sido_name(name) ? 1 : 0.5;
    places->province[sido_of(places, unit)] += mark->section == SECTION_BODY ? weight : 2 * weight;
}

/* ---- which place ---- */

/* The best candidate by the provinces that the article names; without any evidence the most populous unit that is a
 * 시·도, 시 or 군, and nothing for a 구. */
static uint16_t by_context(const struct places *places, const struct name *name)
{
    uint16_t best = UINT16_MAX;
    double best_score = 0;
    for (size_t c = 0; c < name->n; c++) {
        uint16_t unit = name->units[c];
        enum region_type type = region_of(places, unit)->type;
        double score = places->province[sido_of(places, unit)] + hint(places, unit);
        if (type == REGION_SIDO || type == REGION_SI || type == REGION_GUN)
            score += 0.2 + 1e-9 * (double)places->analyzer->units[unit].residents;
        if (type == REGION_ILBANGU)
            score *= 0.3; /* 포항시 남구: named with its city */
        if (score > best_score) {
            best = unit;
            best_score = score;
        }
    }
    return best;
}

static uint16_t unit_of(const struct places *places, size_t i)
{
    const struct name *name = places->scan->names[i].phrase->name;
    uint16_t unit = name->n == 1 ? name->units[0] : by_qualifier(places, i);
    if (unit == UINT16_MAX && name->ambiguous)
        unit = by_context(places, name);
    return unit == UINT16_MAX && !name->ambiguous ? name->units[0] : unit;
}

uint16_t *places_choose(const struct analyzer *analyzer, struct arena *arena, const struct article *article,
                        const struct scan *scan)
{
    struct places places = {.analyzer = analyzer, .article = article, .scan = scan};
    places.province = ARENA_ARRAY(arena, analyzer->n_units, double);
    places.hints = ARENA_ARRAY(arena, analyzer->n_units, double);
    places.known = ARENA_ARRAY(arena, analyzer->n_units, bool);
    places.elsewhere = ARENA_ARRAY(arena, analyzer->n_units, bool);
    places.chosen = ARENA_ARRAY(arena, scan->n_names + 1, uint16_t);
    for (size_t u = 0; u < analyzer->n_units; u++)
        places.hints[u] = -1;
    bool *is_place = ARENA_ARRAY(arena, scan->n_names + 1, bool);
    for (size_t i = 0; i < scan->n_names; i++)
        if (scan->names[i].phrase->name->n == 1 && is_spot(&places, i))
            places.elsewhere[scan->names[i].phrase->name->units[0]] = true;
    for (size_t i = 0; i < scan->n_names; i++)
        if ((is_place[i] = is_certain(&places, i)))
            add_evidence(&places, i);
    for (size_t i = 0; i < scan->n_names; i++)
        if (!is_place[i] && is_shown(&places, i)) {
            is_place[i] = true;
            add_evidence(&places, i);
        }
    for (size_t i = 0; i < scan->n_names; i++)
        places.chosen[i] = is_place[i] ? unit_of(&places, i) : UINT16_MAX;
    return places.chosen;
}
