/* The room's front: one article in, its findings out. */
#include "analyze/analyze.h"

#include "analyze/rules.h"
#include "base/mem.h"

#include <string.h>

struct analyzer *analyzer_new(const struct regions *regions, const struct taxonomy *taxonomy, struct err *err)
{
    struct analyzer *analyzer = mem_alloc(sizeof *analyzer);
    memset(analyzer, 0, sizeof *analyzer);
    analyzer->arena = arena_new();
    analyzer->regions = regions;
    analyzer->taxonomy = taxonomy;
    if (!rules_load(analyzer, err)) {
        analyzer_free(analyzer);
        return NULL;
    }
    return analyzer;
}

void analyzer_free(struct analyzer *analyzer)
{
    if (!analyzer)
        return;
    matcher_free(analyzer->matcher);
    mem_free(analyzer->phrases);
    arena_free(analyzer->arena);
    mem_free(analyzer);
}

void analyzer_use_threads(struct analyzer *analyzer, size_t threads)
{
    analyzer->threads = threads;
}

const char *analyzer_version(const struct analyzer *analyzer)
{
    return analyzer->version;
}

static void add_cities(const struct analyzer *analyzer, const struct cities *cities, struct findings *out)
{
    for (size_t i = 0; i < cities->n; i++) {
        const struct city *city = &cities->items[i];
        findings_add(out, (struct finding){.kind = FINDING_CITY,
                                           .value = str_from(analyzer->units[city->unit].region->unit),
                                           .rank = (int)i,
                                           .score = city->confidence,
                                           .rule = str_from(city->rule),
                                           .begin = city->begin,
                                           .end = city->end});
    }
}

/* Categories from the likeliest down; ranks follow. Returns the best probability. */
static double add_categories(const struct analyzer *analyzer, const struct judgement *judgement, bool counted,
                             int percent, struct findings *out)
{
    bool done[MAX_CATEGORIES] = {false};
    double top = 0;
    for (int rank = 0;; rank++) {
        size_t best = SIZE_MAX;
        for (size_t c = 0; c < analyzer->taxonomy->n; c++)
            if (!done[c] && (best == SIZE_MAX || judgement->probability[c] > judgement->probability[best]))
                best = c;
        if (best == SIZE_MAX)
            return top;
        double p = judgement->probability[best];
        top = p > top ? p : top;
        done[best] = true;
        int line = rank == 0 ? percent : percent * FURTHER_PERCENT / 100;
        if (p * 100 < line || top * 100 < percent || !counted)
            return top;
        findings_add(out, (struct finding){.kind = FINDING_CATEGORY,
                                           .value = analyzer->taxonomy->items[best].key,
                                           .rank = rank,
                                           .score = p,
                                           .rule = STR("category/linear"),
                                           .begin = judgement->evidence[best].begin,
                                           .end = judgement->evidence[best].end});
    }
}

/* Why it is no initiative: what would have to be other. Without the words that speak against it a weak one would be one
 * as little. */
static const char *obstacle(const struct analyzer *analyzer, const struct cities *cities,
                            const struct judgement *judgement)
{
    static const double much = 1; /* of the log-odds */
    if (cities->n == 0)
        return "initiative/no-city";
    bool word = false, against = false;
    for (size_t c = 0; c < analyzer->taxonomy->n; c++) {
        const double *f = judgement->features[c], *w = analyzer->model[c];
        word |= f[FEATURE_OBJECT] > 0;
        against |=
            f[FEATURE_OBJECT] > 0 &&
            f[FEATURE_AGAINST] * w[FEATURE_AGAINST] + f[FEATURE_AGAINST_TITLE] * w[FEATURE_AGAINST_TITLE] <= -much;
    }
    return !word ? "initiative/no-word" : against ? "initiative/against" : "initiative/weak";
}

/* A title that says that something stalls or failed: still about an initiative as often as not, but what is said of it
 * there are broken promises. It counts as before and is left to a person to look at. */
static double doubted(const struct judgement *judgement, double score)
{
    static const double most = 0.75; /* below the line from which nobody needs to look (brief/build.h) */
    return judgement->doubt.end > judgement->doubt.begin && score > most ? most : score;
}

static void add_verdict(const struct analyzer *analyzer, const struct cities *cities, const struct judgement *judgement,
                        bool yes, double top, struct findings *out)
{
    struct finding finding = {.kind = FINDING_INITIATIVE,
                              .value = yes ? STR("yes") : STR("no"),
                              .score = yes ? top : 1 - top,
                              .rule = STR("initiative/act"),
                              .begin = judgement->act.begin,
                              .end = judgement->act.end};
    if (yes && judgement->doubt.end > judgement->doubt.begin) {
        finding.rule = STR("initiative/doubt");
        finding.begin = judgement->doubt.begin;
        finding.end = judgement->doubt.end;
    }
    if (!yes) {
        finding.rule = str_from(obstacle(analyzer, cities, judgement));
        bool against = str_equal(finding.rule, STR("initiative/against"));
        finding.begin = against ? judgement->against.begin : 0;
        finding.end = against ? judgement->against.end : 0;
    }
    findings_add(out, finding);
}

/* What it would be a little below the line: with another report that counts it counts as this (initiatives.c). */
static struct str likely(const struct analyzer *analyzer, struct arena *arena, const struct judgement *judgement,
                         double top, int percent)
{
    struct findings near = {.arena = arena};
    const char *list = "";
    if (top * 100 >= percent || top * 100 < GROUPED_PERCENT)
        return (struct str){NULL, 0};
    add_categories(analyzer, judgement, true, GROUPED_PERCENT, &near);
    for (size_t i = 0; i < near.n; i++)
        list = arena_printf(arena, "%s%s" STR_FMT, list, i > 0 ? "," : "", STR_ARG(near.items[i].value));
    return str_from(list);
}

void analyze_from(const struct analyzer *analyzer, struct arena *arena, const struct article *article, int percent,
                  struct analysis *out)
{
    struct scan scan;
    struct cities cities;
    struct judgement judgement;
    struct findings findings = {.arena = arena};
    scan_article(analyzer, arena, article, &scan);
    cities_find(analyzer, arena, article, &scan, &cities);
    categories_judge(analyzer, &scan, &cities, article->outlet, &judgement);
    add_cities(analyzer, &cities, &findings);
    double top = add_categories(analyzer, &judgement, cities.n > 0, percent, &findings);
    bool yes = cities.n > 0 && top * 100 >= percent;
    struct str categories = likely(analyzer, arena, &judgement, top, percent);
    top = doubted(&judgement, top);
    add_verdict(analyzer, &cities, &judgement, yes, top, &findings);
    facts_find(analyzer, &scan, article, &cities, &findings);
    *out = (struct analysis){
        .findings = findings.items, .n = findings.n, .is_initiative = yes, .score = top, .likely = categories};
}

void analyze_article(const struct analyzer *analyzer, struct arena *arena, const struct article *article,
                     struct analysis *out)
{
    analyze_from(analyzer, arena, article, COUNTED_PERCENT, out);
}
