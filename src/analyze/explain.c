/* Why an article gets the score that it gets: the model's terms, and the words of the text that the tables know. */
#include "analyze/analyze.h"

#include "analyze/rules.h"
#include "base/mem.h"

#include <string.h>

double analyze_line(void)
{
    return COUNTED_PERCENT / 100.0;
}

static bool begins(const char *name, const char *word)
{
    return strncmp(name, word, strlen(word)) == 0;
}

/* The words that stand behind a feature, as far as the judgement keeps them. */
static struct mark evidence_of(const struct judgement *judgement, size_t category, const char *feature)
{
    static const struct mark none;
    return begins(feature, "object")    ? judgement->evidence[category]
           : begins(feature, "against") ? judgement->against
           : begins(feature, "act")     ? judgement->act
                                        : none;
}

static void add_features(const struct analyzer *analyzer, struct arena *arena, const struct judgement *judgement,
                         size_t category, struct explanation *out)
{
    out->features = ARENA_ARRAY(arena, FEATURES, struct explained_feature);
    for (size_t f = 0; f < FEATURES; f++) {
        const char *name = rules_feature_names[f];
        struct mark mark = evidence_of(judgement, category, name);
        out->features[out->n_features++] = (struct explained_feature){
            .name = name,
            .value = judgement->features[category][f],
            .weight = analyzer->model[category][f],
            .begin = mark.begin,
            .end = mark.end,
        };
    }
}

/* What a cue is shown as: words of the best category come before other categories' words. */
static bool is_better(const struct cue *a, const struct cue *b, size_t category)
{
    bool x = a->class == CUE_OBJECT && a->category == category, y = b->class == CUE_OBJECT && b->category == category;
    return x != y ? x : a->class < b->class;
}

static void add_words(struct arena *arena, const struct scan *scan, size_t category, struct explanation *out)
{
    static const enum explained_kind kinds[] = {
        [CUE_OBJECT] = EXPLAINED_OBJECT,   [CUE_ACT] = EXPLAINED_ACT,       [CUE_ACTOR] = EXPLAINED_ACTOR,
        [CUE_AGAINST] = EXPLAINED_AGAINST, [CUE_DOUBT] = EXPLAINED_AGAINST, [CUE_STAGE] = EXPLAINED_STAGE,
    };
    out->words = ARENA_ARRAY(arena, scan->n_cues + scan->n_names, struct explained_word);
    for (size_t i = 0; i < scan->n_cues; i++) {
        const struct mark *mark = &scan->cues[i];
        const struct cue *best = NULL;
        for (const struct cue *cue = mark->phrase->cues; cue; cue = cue->next)
            if (cue->class != CUE_NONE && (cue->class != CUE_DOUBT || mark->section == SECTION_TITLE) &&
                (!best || is_better(cue, best, category)))
                best = cue;
        if (best)
            out->words[out->n_words++] =
                (struct explained_word){kinds[best->class], best->key, best->weight, mark->begin, mark->end};
    }
    for (size_t i = 0; i < scan->n_names; i++) {
        const struct mark *mark = &scan->names[i];
        if (mark->phrase->name && mark->phrase->name->kind != NAME_NONE)
            out->words[out->n_words++] =
                (struct explained_word){EXPLAINED_PLACE, STR("place"), 0, mark->begin, mark->end};
    }
}

void analyze_explain(const struct analyzer *analyzer, struct arena *arena, const struct article *article,
                     struct explanation *out)
{
    struct scan scan;
    struct cities cities;
    struct judgement judgement;
    size_t best = 0;
    *out = (struct explanation){.line = analyze_line()};
    scan_article(analyzer, arena, article, &scan);
    cities_find(analyzer, arena, article, &scan, &cities);
    categories_judge(analyzer, &scan, &cities, article->outlet, &judgement);
    for (size_t c = 1; c < analyzer->taxonomy->n; c++)
        if (judgement.probability[c] > judgement.probability[best])
            best = c;
    out->category = analyzer->taxonomy->items[best].key;
    out->probability = judgement.probability[best];
    out->has_city = cities.n > 0;
    out->several_cities = cities.several;
    add_features(analyzer, arena, &judgement, best, out);
    add_words(arena, &scan, best, out);
}
