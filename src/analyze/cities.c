/* Which cities' industry an article is about: every mention of a place is evidence, weighed by where it stands and what
 * it says of the place (acts, is visited, is only a venue); then 시·도 and 시군구 are weighed against each other. */
#include "analyze/rules.h"

#include <math.h>
#include <string.h>

struct tally {
    double score, title, body; /* body is the capped part of the score */
    double subject, own;       /* how strongly it is in the title or acts in the lead; that by its own name */
    double acts;               /* how strongly it acts by its own name */
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

static const char *rule_of(const struct mark *mark, bool acting)
{
    static const char *const rules[SECTIONS] = {"city/title", "city/subtitle", "city/lead", "city/body"};
    if (acting && mark->section == SECTION_LEAD)
        return "city/lead-subject";
    return mark->phrase->name->kind >= NAME_PLACE && mark->section != SECTION_TITLE ? "city/alias"
                                                                                    : rules[mark->section];
}

static void note_evidence(struct tally *tally, const struct mark *mark, double value, bool acting)
{
    if (value <= tally->strongest)
        return;
    tally->strongest = value;
    tally->begin = mark->begin;
    tally->end = mark->end;
    tally->rule = rule_of(mark, acting);
}

/* How the unit stands in title and lead. */
static void add_prominent(struct tally *tally, const struct mark *mark, const struct mention *mention, double weight)
{
    bool title = mark->section == SECTION_TITLE, own_name = mark->phrase->name->kind < NAME_PLACE;
    if (title || mention->acts) {
        tally->subject += weight;
        tally->own += own_name ? weight : 0;
        tally->acts += own_name && mention->acts ? weight : 0;
    }
    if (title) {
        tally->title += weight;
        if (tally->in_title == 0)
            tally->in_title = mark->begin + 1;
    }
    if (mention->acts && mark->section == SECTION_LEAD && mention->in_row > 1 && mention->in_row <= 4 &&
        tally->row == 0)
        tally->row = mention->row + 1;
}

static void add_mention(struct finder *finder, size_t i, const struct mention *mention, uint16_t unit, double share)
{
    static const double section_weights[SECTIONS] = {6, 2, 3, 1};
    const struct mark *mark = &finder->scan->names[i];
    const struct name *name = mark->phrase->name;
    struct tally *tally = &finder->tallies[unit];
    double weight = mention->weight * share, value = weight * section_weights[mark->section];
    if (mark->section == SECTION_TITLE) {
        if (finder->title_row == 0 || finder->title_row == mention->row + 1)
            value *= 1.4; /* the first that the title names, and those in one row with it */
        if (finder->title_row == 0 && weight > 0.3)
            finder->title_row = mention->row + 1;
    }
    if (mention->acts && name->kind != NAME_UNIVERSITY && name->kind != NAME_VENUE)
        value += 2.5 * weight;
    if (mark->section == SECTION_BODY) {
        tally->body += value;
    } else {
        tally->score += value / (1 + 0.5 * tally->mentions);
        add_prominent(tally, mark, mention, weight);
    }
    tally->mentions++;
    tally->full += (name->kind == NAME_FULL || name->kind == NAME_SIDO_FULL) && (name->n == 1 || name->ambiguous);
    note_evidence(tally, mark, value, mention->acts);
}

/* "대구시와 대구경북경제자유구역청": of the cities that one name stands for the one that acts by its own name. */
static uint16_t already_named(const struct finder *finder, const struct name *name)
{
    for (size_t c = 0; c < name->n; c++)
        if (finder->tallies[name->units[c]].full > 0)
            return name->units[c];
    return UINT16_MAX;
}

/* Does title or lead name a place, not only universities and halls? */
static bool place_leads(const struct finder *finder)
{
    for (size_t i = 0; i < finder->scan->n_names; i++) {
        enum name_kind kind = finder->scan->names[i].phrase->name->kind;
        if (finder->chosen[i] != UINT16_MAX && finder->scan->names[i].section != SECTION_BODY &&
            kind != NAME_UNIVERSITY && kind != NAME_VENUE)
            return true;
    }
    return false;
}

static void weigh(struct finder *finder)
{
    struct mentions mentions = {finder->analyzer, finder->scan, finder->chosen, place_leads(finder)};
    for (size_t i = 0; i < finder->scan->n_names; i++) {
        const struct name *name = finder->scan->names[i].phrase->name;
        if (finder->chosen[i] == UINT16_MAX)
            continue;
        struct mention mention = mention_of(&mentions, i);
        if (name->ambiguous || name->n == 1) {
            add_mention(finder, i, &mention, finder->chosen[i], 1);
            continue;
        }
        uint16_t named = already_named(finder, name);
        for (size_t c = 0; c < name->n; c++)
            if (named == UINT16_MAX || name->units[c] == named)
                add_mention(finder, i, &mention, name->units[c], c == 0 ? 1 : 0.8);
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

/* What places in a 시·도 add to it: a title about one of them, or several of them together. */
static double from_inside(const struct finder *finder, uint16_t sido)
{
    double sum = 0;
    size_t n = 0;
    for (uint16_t u = 0; u < finder->analyzer->n_units; u++) {
        const struct tally *tally = &finder->tallies[u];
        if (sido_of(finder, u) != sido || u == sido || tally->score < 0.8)
            continue;
        if (tally->title > 0)
            return tally->score;
        sum += tally->score;
        n++;
    }
    return n >= 2 ? sum : 0;
}

/* More than four others are as prominent as the unit, which the title does not name: an article about none of them. */
static bool one_of_many(const struct finder *finder, uint16_t main)
{
    size_t n = 0;
    for (uint16_t u = 0; u < finder->analyzer->n_units; u++)
        n += u != main && sido_of(finder, u) != main && sido_of(finder, main) != u &&
             finder->tallies[u].score >= 0.7 * finder->tallies[main].score;
    return n > 4 && finder->tallies[main].title <= 0;
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
        if (main == sido)
            support += from_inside(finder, sido);
    }
    if (main == sido && main != UINT16_MAX && support * 10 < THRESHOLD_TENTHS && city != UINT16_MAX &&
        finder->tallies[city].full > 0) { /* "울산 울주군에 …": the 시·도 only says where */
        main = city;
        support = finder->tallies[city].score;
    }
    if (main == UINT16_MAX || support * 10 < THRESHOLD_TENTHS || one_of_many(finder, main))
        return;
    finder->tallies[main].score = fmax(finder->tallies[main].score, support);
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
