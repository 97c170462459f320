/* The findings of the front page. A claim says no more than counts and tests hold; the same brief gives the same
 * claims.
 *
 *   claim            weight  made when
 *   CHANGE  tested      100  the total changed significantly against the span before
 *           a year       95  … against a year ago
 *           stated       75  neither; against the span before, else a year ago, if covered; not of an unfinished period
 *   RISE                 90  places changed significantly against the span before; where none did, against a year ago
 *   FALL                 85  likewise
 *   CATEGORY tested      80  a category changed significantly against the span before, else a year ago; the surest
 *           stated       40  one category has more than any other
 *   LEADERS              70  the first places; 20 where every place has one initiative
 *   MONEY                55  an amount of at least 100 million won that a title names; in a text it is as often another
 *                            one's. Not of results (성과)
 *   NEW                  50  places that had none in twelve months, each covered, and half as well as the period
 *   DUE                  45  a day or month of the year after the period on which something happens or closes
 *
 * Significant: adjusted p < BRIEF_ALPHA, count and rate the same way (changes.c). Covered: struct brief_coverage; of a
 * month BRIEF_LEAST_COLLECTED articles. CATEGORY stated, LEADERS and NEW need BRIEF_LEAST_INITIATIVES in the period;
 * RISE, FALL and LEADERS more than one place. MONEY and DUE rest on initiatives that need no review. The heaviest
 * BRIEF_MOST_CLAIMS stay; an empty or sparse period has fewer. */
#include "brief/findings.h"
#include "brief/build.h"

#include <math.h>
#include <string.h>

enum { LEAST_MONEY = 100000000, MOST_LEADERS = 3, WIDEST_DUE = 31 }; /* won, places, days … */

struct list {
    struct arena *arena;
    struct brief_claim items[2 * CLAIM_KINDS];
    size_t n;
};

static const struct brief_change untested = {.p = NAN, .adjusted = NAN, .significant = false};

static void add(struct list *list, double weight, struct brief_claim claim)
{
    size_t at = list->n++;
    claim.weight = weight;
    if (claim.kind != CLAIM_CHANGE && claim.kind != CLAIM_CATEGORY)
        claim.change = untested;
    for (; at > 0 && list->items[at - 1].weight < weight; at--)
        list->items[at] = list->items[at - 1];
    list->items[at] = claim;
}

static bool several_places(const struct brief *brief)
{
    return brief->scope.n_regions != 1 || brief->scope.regions[0]->type == REGION_SIDO;
}

static bool unfinished(const struct brief *brief)
{
    return brief->cutoff < brief->to - BRIEF_LATE;
}

static void claim_change(struct list *list, const struct brief *brief)
{
    struct brief_claim previous = {.kind = CLAIM_CHANGE, .change = brief->on_previous},
                       year = {.kind = CLAIM_CHANGE, .against_year = true, .change = brief->on_year_ago};
    bool tested = previous.change.significant || year.change.significant;
    if (previous.change.significant)
        add(list, 100, previous);
    if (year.change.significant && !brief->previous_is_year_ago)
        add(list, 95, year);
    if (tested || unfinished(brief) || !brief->collected.covered)
        return;
    if (brief->collected_previous.covered && brief->total.now.initiatives + brief->total.previous.initiatives > 0)
        add(list, 75, previous);
    else if (brief->collected_year_ago.covered && brief->total.now.initiatives + brief->total.year_ago.initiatives > 0)
        add(list, 75, year);
}

/* The places that a test picks, in the order of the brief. */
static size_t pick_changed(const struct brief *brief, bool year, bool rise, const struct brief_city **out)
{
    size_t n = 0;
    for (size_t i = 0; i < brief->n_cities; i++) {
        const struct brief_city *city = &brief->cities[i];
        const struct counts *before = year ? &city->total.year_ago : &city->total.previous;
        if ((year ? city->on_year_ago : city->on_previous).significant &&
            (city->total.now.initiatives > before->initiatives) == rise)
            out[n++] = city;
    }
    return n;
}

static void claim_places(struct list *list, const struct brief *brief, bool rise)
{
    struct brief_claim claim = {.kind = rise ? CLAIM_RISE : CLAIM_FALL};
    claim.cities = ARENA_ARRAY(list->arena, brief->n_cities + 1, const struct brief_city *);
    claim.n_cities = pick_changed(brief, false, rise, claim.cities);
    if (claim.n_cities == 0 && !brief->previous_is_year_ago) {
        claim.against_year = true;
        claim.n_cities = pick_changed(brief, true, rise, claim.cities);
    }
    if (claim.n_cities > 0)
        add(list, rise ? 90 : 85, claim);
}

/* As many of the first ranks as make at most MOST_LEADERS places without cutting a tie; all of the first rank at least.
 */
static void claim_leaders(struct list *list, const struct brief *brief)
{
    struct brief_claim claim = {.kind = CLAIM_LEADERS};
    size_t n = 0, ranked = 0;
    while (ranked < brief->n_cities && brief->cities[ranked].rank > 0)
        ranked++;
    if (ranked == 0)
        return;
    for (size_t end = 1; end <= ranked; end++)
        if ((end == ranked || brief->cities[end].rank != brief->cities[end - 1].rank) &&
            (n == 0 || end <= MOST_LEADERS))
            n = end;
    claim.cities = ARENA_ARRAY(list->arena, n, const struct brief_city *);
    for (; claim.n_cities < n; claim.n_cities++)
        claim.cities[claim.n_cities] = &brief->cities[claim.n_cities];
    add(list, brief->cities[0].total.now.initiatives > 1 ? 70 : 20, claim);
}

/* The significantly changed category with the least p; taxonomy.n where there is none. */
static size_t surest(const struct brief_change *changes, size_t n)
{
    size_t best = n;
    for (size_t i = 0; i < n; i++)
        if (changes[i].significant && (best == n || changes[i].p < changes[best].p))
            best = i;
    return best;
}

/* The category with more initiatives than any other; taxonomy.n where there is none. */
static size_t largest(const struct brief *brief)
{
    size_t best = 0, n = brief->taxonomy.n;
    bool tie = false;
    for (size_t i = 1; i < n; i++) {
        int64_t count = brief->by_category[i].now.initiatives, most = brief->by_category[best].now.initiatives;
        tie = count == most || (tie && count < most);
        best = count > most ? i : best;
    }
    return tie ? n : best;
}

static void claim_category(struct list *list, const struct brief *brief)
{
    size_t n = brief->taxonomy.n, previous = surest(brief->category_on_previous, n),
           year = surest(brief->category_on_year_ago, n), most = largest(brief);
    struct brief_claim claim = {.kind = CLAIM_CATEGORY, .change = untested};
    if (n < 2)
        return; /* what holds of it holds of the total */
    if (previous < n) {
        claim.category = previous;
        claim.change = brief->category_on_previous[previous];
        add(list, 80, claim);
    } else if (year < n) {
        claim.category = year;
        claim.against_year = true;
        claim.change = brief->category_on_year_ago[year];
        add(list, 80, claim);
    } else if (most < n && brief->total.now.initiatives >= BRIEF_LEAST_INITIATIVES) {
        claim.category = most;
        add(list, 40, claim);
    }
}

static void claim_new(struct list *list, const struct brief *brief)
{
    struct brief_claim claim = {.kind = CLAIM_NEW};
    claim.cities = ARENA_ARRAY(list->arena, brief->n_cities + 1, const struct brief_city *);
    for (size_t i = 0; i < brief->n_cities; i++)
        if (brief->cities[i].is_new)
            claim.cities[claim.n_cities++] = &brief->cities[i];
    if (claim.n_cities > 0 && brief->tells_new)
        add(list, 50, claim);
}

static bool needs_no_review(const struct brief_initiative *initiative)
{
    return initiative->score >= BRIEF_REVIEW_SCORE;
}

/* What is spent or invested, by the title itself. Goals, results, limits and sums for each of many say nothing of an
 * initiative's size. */
static bool is_spent(const struct brief_money *money)
{
    static const char *const roles[] = {"total", "national", "province", "local", "private", "investment"};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (str_equal(money->role, str_from(roles[i])))
            return money->headline && strcmp(money->currency, "KRW") == 0 && money->lo >= LEAST_MONEY;
    return false;
}

static void claim_money(struct list *list, const struct brief *brief)
{
    struct brief_claim claim = {.kind = CLAIM_MONEY};
    for (size_t i = 0; i < brief->n_initiatives; i++) {
        const struct brief_initiative *initiative = &brief->initiatives[i];
        if (!needs_no_review(initiative) || str_equal(initiative->stage, STR("성과"))) /* a year's investments */
            continue;
        for (size_t m = 0; m < initiative->n_money; m++)
            if (is_spent(&initiative->money[m]) && (!claim.money || initiative->money[m].lo > claim.money->lo)) {
                claim.initiative = initiative;
                claim.money = &initiative->money[m];
            }
    }
    if (claim.money)
        add(list, 55, claim);
}

/* Something that takes place or closes, on a day or within a month; not an aim. */
static bool is_due(const struct brief_target *target, date_t after)
{
    static const char *const events[] = {"착공", "준공", "개소", "개통", "가동",
                                         "출범", "입주", "착수", "개최", "모집 마감"};
    for (size_t i = 0; i < sizeof events / sizeof *events; i++)
        if (str_equal(target->event, str_from(events[i])))
            return target->first > after && target->last <= after + BRIEF_AHEAD &&
                   target->last - target->first < WIDEST_DUE;
    return false;
}

static void claim_due(struct list *list, const struct brief *brief)
{
    for (size_t i = 0; i < brief->n_schedule; i++) {
        const struct brief_event *event = &brief->schedule[i];
        if (needs_no_review(event->initiative) && is_due(event->target, brief->to)) {
            add(list, 45,
                (struct brief_claim){.kind = CLAIM_DUE, .initiative = event->initiative, .target = event->target});
            return;
        }
    }
}

void findings_claims(struct brief *brief, struct arena *arena)
{
    struct list list = {.arena = arena};
    bool several = several_places(brief), enough = brief->total.now.initiatives >= BRIEF_LEAST_INITIATIVES;
    claim_change(&list, brief);
    if (several) {
        claim_places(&list, brief, true);
        claim_places(&list, brief, false);
    }
    if (several && enough)
        claim_leaders(&list, brief);
    claim_category(&list, brief);
    claim_money(&list, brief);
    if (enough)
        claim_new(&list, brief);
    claim_due(&list, brief);
    brief->n_claims = list.n < BRIEF_MOST_CLAIMS ? list.n : BRIEF_MOST_CLAIMS;
    brief->claims = ARENA_ARRAY(arena, brief->n_claims + 1, struct brief_claim);
    memcpy(brief->claims, list.items, brief->n_claims * sizeof *brief->claims);
}
