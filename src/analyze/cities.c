/* Which cities' industry an article is about: every mention of a place is evidence, weighed by where it stands and what
 * it says of the place (acts, is visited, is only a venue); then 시·도 and 시군구 are weighed against each other. */
#include "analyze/rules.h"

#include <math.h>
#include <string.h>

struct tally {
    double score, title, body; /* body is the capped part of the score */
    double subject, own,
        acts; /* title or subject of the lead; that by its own name; only where the name is a subject */
    uint32_t mentions, full;
    size_t in_title;   /* where the title first names it, + 1; 0 = it does not */
    size_t begin, end; /* strongest evidence */
    double strongest;
    size_t row; /* the enumeration in the lead that it acts in: its first mark + 1, 0 = none */
    const char *rule;
};

struct finder {
    const struct analyzer *analyzer;
    const struct article *article;
    const struct scan *scan;
    struct tally *tallies; /* by unit */
    uint16_t *chosen;      /* for every name mark the candidate meant, UINT16_MAX = none */
    bool place_leads;      /* title or lead name a place, not only universities and halls */
    size_t title_row;      /* the row of names that the title begins with: its first mark + 1, 0 = none yet */
};

static const struct region *region_of(const struct finder *finder, uint16_t unit)
{
    return finder->analyzer->units[unit].region;
}

static uint16_t sido_of(const struct finder *finder, uint16_t unit)
{
    return finder->analyzer->units[unit].sido;
}

static bool is_sido(const struct finder *finder, uint16_t unit)
{
    return region_of(finder, unit)->type == REGION_SIDO;
}

static bool is_gu(const struct finder *finder, uint16_t unit)
{
    return region_of(finder, unit)->type == REGION_JACHIGU;
}

/* ---- what a mention weighs ---- */

static bool has_within(struct str text, size_t from, size_t to, const char *const *words)
{
    struct str window = str_slice(text, from, to);
    for (; *words; words++)
        if (str_find(window, str_from(*words), 0) != SIZE_MAX)
            return true;
    return false;
}

/* The mention is where something happens or is looked at, not who acts: "○○시 △△호텔에서", "○○를 방문". Ground is
 * broken and doors are opened at the site itself. */
static bool is_venue(const struct finder *finder, const struct mark *mark)
{
    static const char *const visit[] = {"방문", "찾아", "견학", "벤치마킹", "둘러", NULL};
    static const char *const at[] = {"에서 ", "에서\n", "서 열", NULL};
    static const char *const stop[] = {"는 ", "은 ", "가 ", "다.", NULL};
    static const char *const built[] = {"기공식", "착공식", "준공식", "개소식", "개관식", "개원식", "현판식", NULL};
    struct str text = finder->scan->text;
    if (mark->follow == FOLLOW_SUBJECT || mark->follow == FOLLOW_WITH)
        return false;
    size_t until = mark->end;
    for (int words = 0; until < text.n && words < 4 && until - mark->end < 90; until++)
        words += text.p[until] == ' ';
    if (has_within(text, mark->end, until, stop) || has_within(text, mark->end, mark->end + 160, built))
        return false;
    return has_within(text, mark->end, until, at) || has_within(text, mark->end, until, visit);
}

/* Names joined by "·", "," or a blank, around mark i: their number and the first of them. */
static size_t row_length(const struct finder *finder, size_t i, size_t *begin)
{
    const struct scan *scan = finder->scan;
    size_t first = i, last = i;
    while (first > 0 && i - first < 6 && scan->names[first].begin - scan->names[first - 1].end <= 4)
        first--;
    while (last + 1 < scan->n_names && last - i < 6 && scan->names[last + 1].begin - scan->names[last].end <= 4)
        last++;
    *begin = first;
    return last - first + 1;
}

/* "대전창조경제혁신센터는": the institution of that name acts. */
static bool run_is_subject(struct str text, size_t begin)
{
    static const char *const particles[] = {"은", "는", "이", "가", "와", "과", NULL};
    struct str run = str_slice(text, begin, begin + scan_hangul_run(text, begin));
    for (const char *const *particle = particles; *particle; particle++)
        if (run.n > 9 && str_ends(run, str_from(*particle)))
            return true;
    return false;
}

/* "○○대 창업지원단은", "○○대, 창업중심대학 선정": a university acts, with a programme on public money. */
static bool runs_programme(struct str text, const struct mark *mark)
{
    static const char *const units[] = {"창업지원단", "창업보육",   "창업교육",   "창업중심",   "창업선도",
                                        "창업패키지", "산학협력단", "산단캠퍼스", "이노폴리스", "기술지주",
                                        "RISE",       "LINC",       "라이즈",     "글로컬",     NULL};
    struct str rest = str_slice(text, mark->end, mark->end + 60);
    size_t at = SIZE_MAX;
    for (const char *const *unit = units; *unit && at == SIZE_MAX; unit++)
        at = str_find(rest, str_from(*unit), 0);
    if (at == SIZE_MAX || mark->follow == FOLLOW_SUBJECT || mark->follow == FOLLOW_WITH || rest.p[0] == ',')
        return at != SIZE_MAX;
    at += mark->end;
    size_t end = at + scan_hangul_run(text, at);
    return run_is_subject(text, at) || (end < text.n && strchr(",-(", text.p[end]));
}

/* "인천공항 인근 …": not the venue but what lies around it. */
static bool is_near(struct str text, size_t end)
{
    static const char *const around[] = {" 인근", " 일대", " 일원", " 배후", " 주변", NULL};
    for (const char *const *word = around; *word; word++)
        if (str_starts(str_slice(text, end, text.n), str_from(*word)))
            return true;
    return false;
}

static double kind_weight(const struct finder *finder, const struct mark *mark)
{
    const struct name *name = mark->phrase->name;
    if (mark->follow == FOLLOW_LANDMARK && name->kind < NAME_PLACE)
        return 0.2; /* 광양항, 과천과학관: there, but not the city */
    switch (name->kind) {
    case NAME_FULL:
    case NAME_SIDO_FULL: return 1;
    case NAME_BARE: return mark->follow == FOLLOW_PLACE ? 0.9 : mark->follow == FOLLOW_OTHER ? 0.6 : 0.75;
    case NAME_SIDO_BARE: return mark->follow == FOLLOW_PLACE ? 0.75 : 0.55;
    case NAME_PLACE: return 0.6;
    case NAME_AGENCY: return 1;
    case NAME_UNIVERSITY: return !finder->place_leads && runs_programme(finder->scan->text, mark) ? 0.6 : 0.15;
    case NAME_VENUE: return is_near(finder->scan->text, mark->end) ? 0.5 : 0.05;
    default: return 0;
    }
}

/* A 시·도 that only says where the next name lies: "경기도 시흥시". */
static bool only_qualifies(const struct finder *finder, size_t i)
{
    if (i + 1 >= finder->scan->n_names || finder->chosen[i + 1] == UINT16_MAX)
        return false;
    const struct mark *next = &finder->scan->names[i + 1];
    return places_qualifier(finder->scan, i + 1) == &finder->scan->names[i] &&
           next->phrase->name->kind != NAME_AGENCY &&
           places_belongs(finder->analyzer, finder->chosen[i + 1], finder->chosen[i]);
}

/* "대전·세종·충북·충남 4개 시도가": a row that says how many it is. */
static bool names_their_number(struct str rest)
{
    static const char *const units[] = {"개 시", "개 도", "개 군", "개 지자체", "개 광역", NULL};
    if (str_starts(rest, STR(" 등")))
        rest = str_slice(rest, STR(" 등").n, rest.n);
    if (rest.n < 4 || rest.p[0] != ' ' || rest.p[1] < '2' || rest.p[1] > '4')
        return false;
    return has_within(rest, 2, 9, units);
}

/* "○○시는", "○○시(시장 …)", "○○시와", "○○시·": who acts, in title or lead. */
static bool acts(const struct finder *finder, const struct mark *mark)
{
    static const char *const heads[] = {"(시장", "(군수", "(구청장", "(도지사", "(청장",
                                        "(원장", "·",     ",",       " 등 ",    NULL};
    struct str rest = str_slice(finder->scan->text, mark->end, mark->end + 16);
    if (mark->follow == FOLLOW_WITH && mark->phrase->name->kind == NAME_BARE)
        return false; /* 춘천과 원주의 …: whether they act the last of them says */
    if (mark->follow == FOLLOW_SUBJECT || mark->follow == FOLLOW_WITH ||
        (mark->follow == FOLLOW_PLACE && run_is_subject(finder->scan->text, mark->end)))
        return true;
    if (names_their_number(rest))
        return true;
    for (const char *const *head = heads; *head; head++)
        if (str_starts(rest, str_from(*head)))
            return mark->phrase->name->kind == NAME_FULL || mark->phrase->name->kind == NAME_SIDO_FULL ||
                   mark->section == SECTION_TITLE;
    return false;
}

/* Do marks i and i + 1 belong together, "구미·칠곡", "경남도와 사천시"? A comma may part subject and place instead. */
static bool joined(const struct scan *scan, size_t i)
{
    static const char *const joints[] = {"", " ", "·", "ㆍ", "‧", "・", "-", "/", "와 ", "과 ", "시·", "군·", NULL};
    struct str gap = str_slice(scan->text, scan->names[i].end, scan->names[i + 1].begin);
    for (const char *const *joint = joints; *joint; joint++)
        if (str_equal(gap, str_from(*joint)))
            return true;
    return false;
}

/* Names that belong together act together. */
static bool row_acts(const struct finder *finder, size_t i)
{
    const struct scan *scan = finder->scan;
    size_t first = i, last = i;
    while (first > 0 && i - first < 6 && joined(scan, first - 1))
        first--;
    while (last + 1 < scan->n_names && last - i < 6 && joined(scan, last))
        last++;
    for (size_t j = first; j <= last; j++)
        if (acts(finder, &scan->names[j]))
            return true;
    return false;
}

/* "인천·경기 등 5곳": a few of more than four. */
static bool names_some_of_many(struct str text, size_t end)
{
    static const char *const units[] = {"곳",        "개 지역", "개 시",   "개 도", "개 군",
                                        "개 지자체", "개 광역", "개 도시", NULL};
    struct str rest = str_slice(text, end, end + 24);
    if (!str_starts(rest, STR(" 등 ")))
        return false;
    size_t at = STR(" 등 ").n, digits = at;
    while (digits < rest.n && rest.p[digits] >= '0' && rest.p[digits] <= '9')
        digits++;
    if (digits == at || (digits == at + 1 && rest.p[at] < '5'))
        return false;
    for (const char *const *unit = units; *unit; unit++)
        if (str_starts(str_slice(rest, digits, rest.n), str_from(*unit)))
            return true;
    return false;
}

static bool row_is_some_of_many(const struct finder *finder, size_t first, size_t n)
{
    return names_some_of_many(finder->scan->text, finder->scan->names[first + n - 1].end);
}

static const char *rule_of(const struct mark *mark, bool acting)
{
    static const char *const rules[SECTIONS] = {"city/title", "city/subtitle", "city/lead", "city/body"};
    if (acting && mark->section == SECTION_LEAD)
        return "city/lead-subject";
    return mark->phrase->name->kind >= NAME_PLACE && mark->section != SECTION_TITLE ? "city/alias"
                                                                                    : rules[mark->section];
}

static void add_mention(struct finder *finder, size_t i, uint16_t unit, double share)
{
    static const double section_weights[SECTIONS] = {6, 2, 3, 1};
    const struct mark *mark = &finder->scan->names[i];
    struct tally *tally = &finder->tallies[unit];
    double weight = kind_weight(finder, mark) * share;
    bool venue = mark->section != SECTION_TITLE && is_venue(finder, mark);
    size_t row, in_row = row_length(finder, i, &row);
    bool acting = !venue && mark->section != SECTION_BODY && row_acts(finder, i);
    if (venue)
        weight *= 0.3;
    if (only_qualifies(finder, i))
        weight *= 0.1;
    if (in_row > 4 || (mark->section != SECTION_BODY && row_is_some_of_many(finder, row, in_row)))
        weight *= 0.3; /* an enumeration of places is about none of them */
    double value = weight * section_weights[mark->section];
    if (mark->section == SECTION_TITLE && (finder->title_row == 0 || finder->title_row == row + 1))
        value *= 1.4; /* the first that the title names, and those in one row with it */
    if (mark->section == SECTION_TITLE && weight > 0.3 && finder->title_row == 0)
        finder->title_row = row + 1;
    if (acting && mark->phrase->name->kind != NAME_UNIVERSITY && mark->phrase->name->kind != NAME_VENUE)
        value += 2.5 * weight;
    if (mark->section == SECTION_BODY) {
        tally->body += value;
    } else {
        tally->score += value / (1 + 0.5 * tally->mentions);
        tally->subject += mark->section == SECTION_TITLE || acting ? weight : 0;
        if ((mark->section == SECTION_TITLE || acting) && mark->phrase->name->kind < NAME_PLACE)
            tally->own += weight;
        if (acting && mark->phrase->name->kind < NAME_PLACE)
            tally->acts += weight;
    }
    tally->title += mark->section == SECTION_TITLE ? weight : 0;
    if (mark->section == SECTION_TITLE && tally->in_title == 0)
        tally->in_title = mark->begin + 1;
    if (acting && mark->section == SECTION_LEAD && in_row > 1 && in_row <= 4 && tally->row == 0)
        tally->row = row + 1;
    tally->mentions++;
    tally->full += (mark->phrase->name->kind == NAME_FULL || mark->phrase->name->kind == NAME_SIDO_FULL) &&
                   (mark->phrase->name->n == 1 || mark->phrase->name->ambiguous);
    if (value > tally->strongest) {
        tally->strongest = value;
        tally->begin = mark->begin;
        tally->end = mark->end;
        tally->rule = rule_of(mark, acting);
    }
}

/* "대구시와 대구경북경제자유구역청": of the cities that one name stands for the one that acts by its own name. */
static uint16_t already_named(const struct finder *finder, const struct name *name)
{
    for (size_t c = 0; c < name->n; c++)
        if (finder->tallies[name->units[c]].full > 0)
            return name->units[c];
    return UINT16_MAX;
}

static void weigh(struct finder *finder)
{
    for (size_t i = 0; i < finder->scan->n_names; i++) {
        enum name_kind kind = finder->scan->names[i].phrase->name->kind;
        if (finder->chosen[i] != UINT16_MAX && finder->scan->names[i].section != SECTION_BODY)
            finder->place_leads |= kind != NAME_UNIVERSITY && kind != NAME_VENUE;
    }
    for (size_t i = 0; i < finder->scan->n_names; i++) {
        const struct name *name = finder->scan->names[i].phrase->name;
        if (finder->chosen[i] == UINT16_MAX)
            continue;
        if (name->ambiguous || name->n == 1) {
            add_mention(finder, i, finder->chosen[i], 1);
            continue;
        }
        uint16_t named = already_named(finder, name);
        for (size_t c = 0; c < name->n; c++)
            if (named == UINT16_MAX || name->units[c] == named)
                add_mention(finder, i, name->units[c], c == 0 ? 1 : 0.8);
    }
    for (size_t u = 0; u < finder->analyzer->n_units; u++) {
        struct tally *tally = &finder->tallies[u];
        if (tally->body > 0)
            tally->score += 3.5 * (1 - exp(-tally->body / 3.5)); /* frequency counts, but never more than a title */
    }
}

/* The source's own region column has seen the whole text where only its beginning was delivered: it supports cities
 * that the text names, the less the more it lists, and brings in none by itself. */
static void weigh_hints(struct finder *finder)
{
    struct str rest = finder->article->hint_regions, item;
    size_t listed = 1;
    for (size_t i = 0; i < rest.n; i++)
        listed += rest.p[i] == ',';
    while (rest.n > 0 && str_field(&rest, ',', &item)) {
        item = str_trim(item);
        for (uint16_t u = 0; u < finder->analyzer->n_units; u++) {
            const struct region *region = region_of(finder, u);
            if (finder->tallies[u].score > 0 && item.n > 0 &&
                (str_equal(item, region->name) || str_equal(item, region->short_name) ||
                 str_equal(item, region->full_name)))
                finder->tallies[u].score += 1.2 / (double)listed;
        }
    }
}

/* A 구 of a city counts for the city. */
static void roll_up(struct finder *finder)
{
    for (uint16_t u = 0; u < finder->analyzer->n_units; u++) {
        uint16_t city = finder->analyzer->units[u].count;
        struct tally *from = &finder->tallies[u], *to;
        if (city == u || city == UINT16_MAX || from->score <= 0)
            continue;
        to = &finder->tallies[city];
        to->score += 0.8 * from->score;
        to->subject += from->subject;
        to->title += from->title;
        if (from->in_title > 0 && (to->in_title == 0 || from->in_title < to->in_title))
            to->in_title = from->in_title;
        to->mentions += from->mentions;
        if (from->strongest > to->strongest) {
            to->begin = from->begin;
            to->end = from->end;
            to->rule = from->rule;
            to->strongest = from->strongest;
        }
        from->score = 0;
    }
}

/* ---- the decision ---- */

static uint16_t best_unit(const struct finder *finder, bool sido, uint16_t within)
{
    uint16_t best = UINT16_MAX;
    for (uint16_t u = 0; u < finder->analyzer->n_units; u++) {
        if (is_sido(finder, u) != sido || finder->tallies[u].score <= 0)
            continue;
        if (within != UINT16_MAX && sido_of(finder, u) != within)
            continue;
        if (best == UINT16_MAX || finder->tallies[u].score > finder->tallies[best].score)
            best = u;
    }
    return best;
}

/* Does the city within a named 시·도 stand for the article, rather than the 시·도? A province that acts for one of its
 * cities means the city; a metropolitan city is meant itself unless its 구 acts. */
static bool city_over_sido(const struct finder *finder, uint16_t city, uint16_t sido)
{
    const struct tally *c = &finder->tallies[city], *s = &finder->tallies[sido];
    if (is_gu(finder, city) || str_ends(region_of(finder, sido)->sido, STR("광역시")))
        return c->full > 0 && (s->acts > 0 ? c->acts : c->own) >= 0.6 && c->score >= 0.7 * s->score;
    if (c->title >= 0.5)
        return c->score >= 0.4 * s->score;
    return c->subject > 0.5 ? c->score >= 0.5 * s->score : c->score >= 0.9 * s->score;
}

static void add_city(const struct finder *finder, struct cities *out, uint16_t unit, double best)
{
    const struct tally *tally = &finder->tallies[unit];
    if (out->n == 4) {
        out->several = true;
        return;
    }
    double margin = tally->score / (tally->score + 2.5);
    out->items[out->n++] = (struct city){.unit = unit,
                                         .score = tally->score,
                                         .confidence = margin * (0.6 + 0.4 * tally->score / best),
                                         .rule = tally->rule ? tally->rule : "city/body",
                                         .begin = tally->begin,
                                         .end = tally->end};
}

/* Is unit u the 시·도 of a city that was added, or in one that was? */
static bool overlaps(const struct finder *finder, const struct cities *out, uint16_t u)
{
    for (size_t i = 0; i < out->n; i++)
        if (sido_of(finder, u) == out->items[i].unit || sido_of(finder, out->items[i].unit) == u)
            return true;
    return false;
}

/* Further cities stand beside the first: nearly as strong, and acting or in the title like it. */
static void add_others(struct finder *finder, struct cities *out, uint16_t main)
{
    const struct tally *first = &finder->tallies[main];
    double best = first->score;
    for (;;) {
        uint16_t next = UINT16_MAX;
        for (uint16_t u = 0; u < finder->analyzer->n_units; u++) {
            const struct tally *t = &finder->tallies[u];
            bool together = first->row > 0 && t->row == first->row; /* "A시·B시·C시가" */
            if (u == main || t->subject < 0.45 || overlaps(finder, out, u) ||
                t->score < (together ? 0.35 : 0.6) * best ||
                (!together && first->title > 0 && t->title <= 0 && t->score < 0.75 * best))
                continue;
            if (next == UINT16_MAX || t->score > finder->tallies[next].score)
                next = u;
        }
        if (next == UINT16_MAX || out->several)
            return;
        add_city(finder, out, next, best);
        finder->tallies[next].score = 0;
    }
}

/* Of two cities that are about as prominent the one that the title names first comes first: who writes a headline puts
 * the partner at home in front. */
static void order(const struct finder *finder, struct cities *out)
{
    for (size_t pass = 1; pass < out->n; pass++)
        for (size_t i = 0; i + 1 < out->n; i++) {
            struct city *a = &out->items[i], *b = &out->items[i + 1];
            size_t at = finder->tallies[a->unit].in_title, next = finder->tallies[b->unit].in_title;
            if (at == 0 || next == 0 || next >= at || b->score < 0.7 * a->score)
                continue;
            struct city first = *b;
            *b = *a;
            *a = first;
        }
}

static void decide(struct finder *finder, struct cities *out)
{
    enum { THRESHOLD_TENTHS = 22 };
    uint16_t sido = best_unit(finder, true, UINT16_MAX), city = best_unit(finder, false, UINT16_MAX), main = city;
    double support = city != UINT16_MAX ? finder->tallies[city].score : 0;
    if (sido != UINT16_MAX) {
        uint16_t inside = best_unit(finder, false, sido);
        if (inside != UINT16_MAX && city_over_sido(finder, inside, sido))
            main =
                city != UINT16_MAX && finder->tallies[city].score > 1.2 * finder->tallies[inside].score ? city : inside;
        else if (city == UINT16_MAX || finder->tallies[city].score < finder->tallies[sido].score ||
                 sido_of(finder, city) == sido)
            main = sido;
        support = finder->tallies[main].score;
        if (main == sido && inside != UINT16_MAX) /* what speaks for a city of it speaks for it */
            support = fmax(support, finder->tallies[inside].score);
    }
    if (main == UINT16_MAX || support * 10 < THRESHOLD_TENTHS)
        return;
    add_city(finder, out, main, finder->tallies[main].score);
    add_others(finder, out, main);
    order(finder, out);
    if (out->several)
        out->n = 0;
}

void cities_find(const struct analyzer *analyzer, struct arena *arena, const struct article *article,
                 const struct scan *scan, struct cities *out)
{
    *out = (struct cities){0};
    struct finder finder = {.analyzer = analyzer, .article = article, .scan = scan};
    finder.tallies = ARENA_ARRAY(arena, analyzer->n_units, struct tally);
    finder.chosen = places_choose(analyzer, arena, article, scan);
    weigh(&finder);
    weigh_hints(&finder);
    roll_up(&finder);
    decide(&finder, out);
}
