/* Is an article an initiative, and of which categories: a linear model over a few features that a person can follow. */
#include "analyze/rules.h"

#include <math.h>
#include <string.h>

enum { MAX_KEYS = 4096 };

static const double object_weights[SECTIONS] = {2.2, 1.2, 1.2, 0.5};
static const double act_weights[SECTIONS] = {1.5, 0.8, 1, 0.2};
static const double against_weights[SECTIONS] = {1.5, 0.7, 0.8, 0.2};

struct sums {
    double object[MAX_CATEGORIES], object_body[MAX_CATEGORIES], strongest[MAX_CATEGORIES];
    bool in_title[MAX_CATEGORIES];
    double act, actor, against, against_title, act_strongest, against_strongest;
};

/* A phrase counts in full once and ever less when repeated. */
static double decay(uint8_t *seen)
{
    static const double steps[] = {1, 0.5, 0.3, 0.15};
    uint8_t n = *seen;
    if (n < 255)
        ++*seen;
    return n < 4 ? steps[n] : 0.05;
}

static void count_object(struct sums *sums, struct judgement *out, const struct cue *cue, const struct mark *mark,
                         double fade)
{
    size_t c = cue->category;
    double value = cue->weight * object_weights[mark->section] * fade;
    if (mark->section == SECTION_BODY)
        sums->object_body[c] += value;
    else
        sums->object[c] += value;
    if (mark->section <= SECTION_SUBTITLE && cue->weight >= 2)
        sums->in_title[c] = true;
    if (value > sums->strongest[c]) {
        sums->strongest[c] = value;
        out->evidence[c] = *mark;
    }
}

static void count_cue(struct sums *sums, struct judgement *out, const struct cue *cue, const struct mark *mark,
                      double fade)
{
    double value;
    switch (cue->class) {
    case CUE_OBJECT: count_object(sums, out, cue, mark, fade); break;
    case CUE_ACT:
        value = cue->weight * act_weights[mark->section] * fade;
        sums->act += value;
        if (value > sums->act_strongest) {
            sums->act_strongest = value;
            out->act = *mark;
        }
        break;
    case CUE_ACTOR: sums->actor += cue->weight * act_weights[mark->section] * fade; break;
    case CUE_AGAINST:
        value = cue->weight * against_weights[mark->section] * fade;
        sums->against += value;
        if (mark->section == SECTION_TITLE)
            sums->against_title += cue->weight;
        if (value > sums->against_strongest) {
            sums->against_strongest = value;
            out->against = *mark;
        }
        break;
    default: break;
    }
}

static double at_most(double value, double limit)
{
    return value < limit ? value : limit;
}

/* Names of governments and their agencies in title and lead are actors too. */
static double named_actors(const struct scan *scan)
{
    double sum = 0;
    for (size_t i = 0; i < scan->n_names; i++) {
        enum name_kind kind = scan->names[i].phrase->name->kind;
        if (scan->names[i].section != SECTION_BODY &&
            (kind == NAME_FULL || kind == NAME_SIDO_FULL || kind == NAME_AGENCY))
            sum += 1.2;
    }
    return at_most(sum, 3.6);
}

static void fill_features(const struct analyzer *analyzer, const struct sums *sums, double named,
                          const struct cities *cities, struct judgement *out)
{
    size_t n = analyzer->taxonomy->n;
    double strength[MAX_CATEGORIES], total = 0;
    for (size_t c = 0; c < n; c++)
        total += strength[c] = at_most(sums->object[c] + at_most(sums->object_body[c], 5), 10);
    for (size_t c = 0; c < n; c++) {
        double *f = out->features[c], other = 0;
        for (size_t d = 0; d < n; d++)
            other = d != c && strength[d] > other ? strength[d] : other;
        f[FEATURE_BIAS] = 1;
        f[FEATURE_OBJECT] = strength[c];
        f[FEATURE_TITLE] = sums->in_title[c];
        f[FEATURE_SHARE] = total > 0 ? strength[c] / total : 0;
        f[FEATURE_OTHER] = other;
        f[FEATURE_ACT] = at_most(sums->act, 6);
        f[FEATURE_ACTOR] = at_most(sums->actor + named, 6);
        f[FEATURE_AGAINST] = at_most(sums->against, 8);
        f[FEATURE_AGAINST_TITLE] = at_most(sums->against_title, 5);
        f[FEATURE_CITY] = cities->n > 0;
        f[FEATURE_CITY_TITLE] = cities->n > 0 && strcmp(cities->items[0].rule, "city/title") == 0;
    }
}

void categories_judge(const struct analyzer *analyzer, const struct scan *scan, const struct cities *cities,
                      struct judgement *out)
{
    struct sums sums;
    memset(&sums, 0, sizeof sums);
    memset(out, 0, sizeof *out);
    uint8_t seen[MAX_KEYS];
    memset(seen, 0, sizeof seen);
    for (size_t i = 0; i < scan->n_cues; i++) {
        const struct mark *mark = &scan->cues[i];
        size_t key = (size_t)(mark->phrase - analyzer->phrases) % MAX_KEYS;
        double fade = mark->section == SECTION_TITLE ? 1 : decay(&seen[key]);
        for (const struct cue *cue = mark->phrase->cues; cue; cue = cue->next)
            count_cue(&sums, out, cue, mark, fade);
    }
    fill_features(analyzer, &sums, named_actors(scan), cities, out);
    for (size_t c = 0; c < analyzer->taxonomy->n; c++) {
        double sum = 0;
        for (size_t f = 0; f < FEATURES; f++)
            sum += analyzer->model[c][f] * out->features[c][f];
        out->probability[c] = 1 / (1 + exp(-sum));
        if (out->features[c][FEATURE_OBJECT] <= 0)
            out->probability[c] = 0;
    }
}
