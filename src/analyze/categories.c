/* Is an article an initiative, and of which categories: a linear model over a few features that a person can follow. */
#include "analyze/rules.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <math.h>
#include <string.h>

static const double object_weights[SECTIONS] = {2.2, 1.2, 1.2, 0.5};
static const double act_weights[SECTIONS] = {1.5, 0.8, 1, 0.2};
static const double against_weights[SECTIONS] = {1.5, 0.7, 0.8, 0.2};
static const double strong_object = 3, strong_act = 1.2; /* weights that fill a frame */

/* An object and an act that stand together say more than both apart: here the strongest of each, within title and
 * subtitle or within one sentence. */
struct frame {
    double object[MAX_CATEGORIES], act;
};

struct sums {
    double object[MAX_CATEGORIES], object_body[MAX_CATEGORIES], strongest[MAX_CATEGORIES];
    double act, act_strongest, against, against_title, against_strongest;
    size_t locals, agencies, ministries;
    struct frame title, sentence;
    size_t sentence_end;
    double framed[MAX_CATEGORIES]; /* the best sentence */
};

static double at_most(double value, double limit)
{
    return value < limit ? value : limit;
}

/* A phrase counts in full once and ever less when repeated. */
static double decay(uint8_t *seen)
{
    static const double steps[] = {1, 0.5, 0.3, 0.15};
    uint8_t n = *seen;
    if (n < 255)
        ++*seen;
    return n < 4 ? steps[n] : 0.05;
}

/* ---- frames ---- */

static double frame_value(const struct frame *frame, size_t category)
{
    return at_most(frame->object[category], strong_object) / strong_object * at_most(frame->act, strong_act) /
           strong_act;
}

static void close_sentence(struct sums *sums)
{
    for (size_t c = 0; c < MAX_CATEGORIES; c++)
        sums->framed[c] = fmax(sums->framed[c], frame_value(&sums->sentence, c));
    memset(&sums->sentence, 0, sizeof sums->sentence);
}

/* End of the sentence that `at` lies in: "다.", a new line or the sign of the next item of a list. */
static size_t sentence_end(struct str text, size_t at)
{
    static const char *const ends[] = {"\n", "다.", "□", "ㅇ ", NULL};
    while (at < text.n && !str_starts_any(str_slice(text, at, text.n), ends)) /* one pass: a line may have megabytes */
        at++;
    return at < text.n ? at : text.n;
}

static void enter_sentence(struct sums *sums, struct str head, const struct mark *mark)
{
    if (mark->begin < sums->sentence_end)
        return;
    close_sentence(sums);
    sums->sentence_end = sentence_end(head, mark->end);
}

static void put_in_frame(struct frame *frame, const struct cue *cue)
{
    if (cue->class == CUE_OBJECT)
        frame->object[cue->category] = fmax(frame->object[cue->category], cue->weight);
    else if (cue->class == CUE_ACT)
        frame->act = fmax(frame->act, cue->weight);
}

/* ---- counting cues ---- */

/* Part of a company's name, which says what it is called and not what the article is about: "㈜가람바이오". */
static bool in_company_name(struct str text, size_t at)
{
    static const char *const marks[] = {"㈜", "(주)", "주식회사 ", NULL};
    enum { LONGEST = 45 }; /* bytes of a name in front of the word */
    size_t begin = at;
    while (begin > 0 && at - begin < LONGEST) {
        size_t before = begin;
        if (!utf8_is_letter(utf8_previous(text, &before)))
            break;
        begin = before;
    }
    return str_ends_any(str_slice(text, 0, begin), marks);
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
    if (value > sums->strongest[c]) {
        sums->strongest[c] = value;
        out->evidence[c] = *mark;
    }
}

static void count_actor(struct sums *sums, const struct cue *cue, const struct mark *mark)
{
    if (mark->section == SECTION_BODY)
        return;
    if (str_equal(cue->key, STR("ministry"))) {
        sums->ministries += mark->section == SECTION_TITLE ? 2 : 1;
        return;
    }
    *(str_equal(cue->key, STR("agency")) ? &sums->agencies : &sums->locals) += 1;
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
    case CUE_ACTOR: count_actor(sums, cue, mark); break;
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
    case CUE_DOUBT:
        if (mark->section == SECTION_TITLE)
            out->doubt = *mark;
        break;
    default: break;
    }
}

/* A place that the head names: a government acts there, or an agency. */
static void count_names(struct sums *sums, const struct scan *scan)
{
    for (size_t i = 0; i < scan->n_names && scan->names[i].section != SECTION_BODY; i++) {
        enum name_kind kind = scan->names[i].phrase->name->kind;
        sums->locals += kind == NAME_FULL || kind == NAME_SIDO_FULL;
        sums->agencies += kind == NAME_AGENCY;
    }
}

static void count_cues(const struct analyzer *analyzer, const struct scan *scan, struct sums *sums,
                       struct judgement *out)
{
    uint8_t *seen = mem_alloc(analyzer->n_phrases); /* by phrase: how often */
    memset(seen, 0, analyzer->n_phrases);
    struct str head = str_slice(scan->text, 0, scan->lead_end);
    for (size_t i = 0; i < scan->n_cues; i++) {
        const struct mark *mark = &scan->cues[i];
        if (in_company_name(scan->text, mark->begin))
            continue;
        if (mark->section != SECTION_BODY)
            enter_sentence(sums, head, mark);
        double fade = mark->section == SECTION_TITLE ? 1 : decay(&seen[mark->phrase - analyzer->phrases]);
        for (const struct cue *cue = mark->phrase->cues; cue; cue = cue->next) {
            count_cue(sums, out, cue, mark, fade);
            if (mark->section <= SECTION_SUBTITLE)
                put_in_frame(&sums->title, cue);
            if (mark->section != SECTION_BODY)
                put_in_frame(&sums->sentence, cue);
        }
    }
    close_sentence(sums);
    mem_free(seen);
}

/* ---- features ---- */

static bool is_ministry(const struct analyzer *analyzer, struct str outlet)
{
    const struct phrase *phrase = rules_find(analyzer, outlet);
    for (const struct cue *cue = phrase ? phrase->cues : NULL; cue; cue = cue->next)
        if (cue->class == CUE_ACTOR && str_equal(cue->key, STR("ministry")))
            return true;
    return false;
}

static void fill_features(const struct analyzer *analyzer, const struct sums *sums, const struct cities *cities,
                          bool release, struct judgement *out)
{
    bool titled = cities->n > 0 && strcmp(cities->items[0].rule, "city/title") == 0;
    for (size_t c = 0; c < analyzer->taxonomy->n; c++) {
        double *f = out->features[c];
        f[FEATURE_BIAS] = 1;
        f[FEATURE_OBJECT] = log1p(at_most(sums->object[c] + at_most(sums->object_body[c], 5), 10));
        f[FEATURE_ACT] = at_most(sums->act, 6);
        f[FEATURE_LOCAL] = at_most((double)sums->locals, 4);
        f[FEATURE_AGENCY] = at_most((double)sums->agencies, 2);
        f[FEATURE_MINISTRY] = at_most((double)sums->ministries, 3);
        f[FEATURE_NATIONAL] = sums->ministries > 0 && !titled;
        f[FEATURE_RELEASE] = release;
        f[FEATURE_FRAME_TITLE] = frame_value(&sums->title, c);
        f[FEATURE_FRAME] = sums->framed[c];
        f[FEATURE_AGAINST] = at_most(sums->against, 8);
        f[FEATURE_AGAINST_TITLE] = at_most(sums->against_title, 5);
        f[FEATURE_CITY] = cities->n > 0;
        f[FEATURE_CITY_SURE] = cities->n > 0 ? cities->items[0].confidence : 0;
    }
}

void categories_judge(const struct analyzer *analyzer, const struct scan *scan, const struct cities *cities,
                      struct str outlet, struct judgement *out)
{
    struct sums sums;
    memset(&sums, 0, sizeof sums);
    memset(out, 0, sizeof *out);
    count_names(&sums, scan);
    count_cues(analyzer, scan, &sums, out);
    fill_features(analyzer, &sums, cities, is_ministry(analyzer, outlet), out);
    for (size_t c = 0; c < analyzer->taxonomy->n; c++) {
        double sum = 0;
        for (size_t f = 0; f < FEATURES; f++)
            sum += analyzer->model[c][f] * out->features[c][f];
        out->probability[c] = 1 / (1 + exp(-sum));
        if (out->features[c][FEATURE_OBJECT] <= 0)
            out->probability[c] = 0;
    }
}
