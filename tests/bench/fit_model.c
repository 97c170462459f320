/* Fits the weights of src/data/model.tsv: logistic regression with a ridge (Newton's method), the same bytes every
 * time. fit_model LABELS DB [LABELS DB …] [-s LABELS DB WEIGHT …] LABELS is a table with the articles' ids or files
 * (column id, uid or file) and their `categories`; DB a database into which `briefgen import` has read them. After -s
 * come sample pages: they count WEIGHT each in the fit and are never judged. The other articles are real ones:
 * five-fold cross-validation over them tells how good the weights are on articles left out, once with all cues and once
 * without those cues that no other real article of the fit holds (the cues were chosen by people who read some of these
 * articles). */
#include "analyze/analyze.h"
#include "analyze/rules.h"
#include "base/file.h"
#include "base/utf8.h"
#include "store/store.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FOLDS = 5, ROUNDS = 40, BANDS = 6, MAX_ROWS = 4096 };
/* The ridge is on features divided by their ranges. */
static const double ridge = 0.33, counted_from = COUNTED_PERCENT / 100.0, doubtful_weight = 0.5, disputed_weight = 0.2;
static const double ranges[FEATURES] = {[FEATURE_ACT] = 2.5,
                                        [FEATURE_LOCAL] = 2,
                                        [FEATURE_AGAINST] = 2.5,
                                        [FEATURE_MINISTRY] = 1.7,
                                        [FEATURE_AGAINST_TITLE] = 2};

struct row {
    struct scan scan;
    struct cities cities;
    struct str outlet;
    struct judgement judgement;
    bool want[MAX_CATEGORIES], initiative, real;
    double weight;
    size_t fold;    /* of a real row; FOLDS for a sample */
    uint64_t title; /* hash of its letters: what two collections share is read once */
};

struct fit {
    struct arena *arena;
    struct analyzer *analyzer;
    struct row *rows;
    size_t n;
};

struct tally {
    size_t tp, fp, fn;
};

static bool lists(struct str list, struct str item)
{
    struct str field;
    while (list.n > 0 && str_field(&list, ',', &field))
        if (str_equal(str_trim(field), item))
            return true;
    return false;
}

/* ---- reading ---- */

/* Is `key` of the label table this article: its own id, the end of its file name (with ".txt" left out at will), or the
 * beginning of the last parts of its path, up to "_"? */
static bool same_article(struct arena *arena, struct str key, const struct article *article)
{
    if (str_equal(key, article->external_id))
        return true;
    if (str_find(article->source, str_from(arena_printf(arena, "/" STR_FMT "_", STR_ARG(key))), 0) != SIZE_MAX)
        return true;
    struct str file = article->source, plain = key;
    if (str_ends(file, STR(".txt")) && !str_ends(key, STR(".txt")))
        file = str_slice(file, 0, file.n - 4);
    if (article->source_line > 0)
        file = str_from(arena_printf(arena, STR_FMT ":%zu", STR_ARG(file), article->source_line));
    return str_ends(file, plain) && (file.n == plain.n || file.p[file.n - plain.n - 1] == '/');
}

static uint64_t letters_hash(struct str text)
{
    uint64_t hash = 14695981039346656037ULL;
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        if (utf8_is_letter(c))
            hash = (hash ^ c) * 1099511628211ULL;
    }
    return hash;
}

/* What a row weighs in the fit: less where readers may differ, and less still where two did. */
static double certainty(const struct tsv *tsv, size_t at, bool initiative)
{
    size_t hard = tsv_column(tsv, "hard"), second = tsv_column(tsv, "second");
    struct str other = second == SIZE_MAX ? (struct str){NULL, 0} : tsv_cell(tsv, at, second);
    if (other.n > 0 && str_equal(other, STR("yes")) != initiative)
        return disputed_weight;
    return hard != SIZE_MAX && str_equal(tsv_cell(tsv, at, hard), STR("1")) ? doubtful_weight : 1;
}

static bool add_row(struct fit *fit, const struct tsv *tsv, size_t at, const struct article *article, double weight)
{
    if (fit->n == MAX_ROWS)
        return false;
    uint64_t title = letters_hash(article->title);
    for (size_t r = 0; weight <= 0 && r < fit->n; r++)
        if (fit->rows[r].title == title)
            return false;
    const struct taxonomy *taxonomy = fit->analyzer->taxonomy;
    struct str categories = tsv_cell(tsv, at, tsv_column(tsv, "categories"));
    struct row *row = &fit->rows[fit->n++];
    for (size_t c = 0; c < taxonomy->n; c++) {
        row->want[c] = lists(categories, taxonomy->items[c].key);
        row->initiative |= row->want[c];
    }
    row->weight = weight > 0 ? weight : certainty(tsv, at, row->initiative);
    row->real = weight <= 0;
    row->title = title;
    /* a group of reports on one thing stays in one fold */
    size_t group = tsv_column(tsv, "group");
    struct str name = group == SIZE_MAX ? (struct str){NULL, 0} : tsv_cell(tsv, at, group);
    uint64_t hash = str_hash(name.n > 0 ? name : str_from(article->key));
    row->fold = row->real ? (size_t)((hash ^ hash >> 29) % FOLDS) : FOLDS;
    row->outlet = article->outlet;
    scan_article(fit->analyzer, fit->arena, article, &row->scan);
    cities_find(fit->analyzer, fit->arena, article, &row->scan, &row->cities);
    return true;
}

static bool add_articles(struct fit *fit, const char *labels, const char *db, double weight, struct err *err)
{
    struct buf text = {0};
    struct tsv tsv;
    if (!file_read(labels, 1 << 24, &text, err) ||
        !tsv_parse(fit->arena, labels, str_slice(str_from(arena_copy(fit->arena, text.p, text.n)), 0, text.n), &tsv,
                   err))
        return false;
    buf_free(&text);
    static const char *const names[] = {"id", "uid", "file"};
    size_t key = SIZE_MAX;
    for (size_t i = 0; i < 3 && key == SIZE_MAX; i++)
        key = tsv_column(&tsv, names[i]);
    struct store *store = store_open(db, STORE_READ, err);
    struct rows *rows = store ? store_articles(store, "", NULL, 0, err) : NULL;
    struct article article;
    size_t found = 0;
    while (rows && store_next_article(rows, fit->arena, &article, err))
        for (size_t i = 0; i < tsv.rows; i++)
            if (same_article(fit->arena, tsv_cell(&tsv, i, key), &article)) {
                found += add_row(fit, &tsv, i, &article, weight);
                break;
            }
    rows_close(rows);
    store_close(store);
    printf("# %s: %zu of %zu\n", labels, found, tsv.rows);
    return err->kind == ERR_NONE;
}

/* ---- features ---- */

/* Recomputes the features; with `known`, without the marks of phrases that are not known. */
static void judge_row(const struct fit *fit, struct row *row, const bool *known)
{
    struct scan scan = row->scan;
    if (known) {
        scan.cues = ARENA_ARRAY(fit->arena, row->scan.n_cues + 1, struct mark);
        scan.n_cues = 0;
        for (size_t i = 0; i < row->scan.n_cues; i++)
            if (known[row->scan.cues[i].phrase - fit->analyzer->phrases])
                scan.cues[scan.n_cues++] = row->scan.cues[i];
    }
    categories_judge(fit->analyzer, &scan, &row->cities, row->outlet, &row->judgement);
}

/* Which phrases stand in a real article outside `fold`. */
static bool *known_outside(const struct fit *fit, size_t fold)
{
    bool *known = ARENA_ARRAY(fit->arena, fit->analyzer->n_phrases + 1, bool);
    for (size_t r = 0; r < fit->n; r++)
        for (size_t i = 0; fit->rows[r].real && fit->rows[r].fold != fold && i < fit->rows[r].scan.n_cues; i++)
            known[fit->rows[r].scan.cues[i].phrase - fit->analyzer->phrases] = true;
    return known;
}

/* ---- fitting ---- */

static double logistic(const double *weights, const double *features)
{
    double sum = 0;
    for (size_t f = 0; f < FEATURES; f++)
        sum += weights[f] * features[f];
    return 1 / (1 + exp(-sum));
}

/* Solves matrix · x = right in place (symmetric, positive definite). */
static void solve(double matrix[FEATURES][FEATURES], double *right)
{
    for (size_t k = 0; k < FEATURES; k++)
        for (size_t i = k + 1; i < FEATURES; i++) {
            double by = matrix[i][k] / matrix[k][k];
            for (size_t j = k; j < FEATURES; j++)
                matrix[i][j] -= by * matrix[k][j];
            right[i] -= by * right[k];
        }
    for (size_t k = FEATURES; k-- > 0;) {
        for (size_t j = k + 1; j < FEATURES; j++)
            right[k] -= matrix[k][j] * right[j];
        right[k] /= matrix[k][k];
    }
}

/* One Newton step over all (article, category) pairs outside `fold` that hold a word of the category. */
static void step(const struct fit *fit, size_t fold, double *weights)
{
    double hessian[FEATURES][FEATURES] = {{0}}, gradient[FEATURES] = {0};
    for (size_t r = 0; r < fit->n; r++) {
        const struct row *row = &fit->rows[r];
        for (size_t c = 0; c < fit->analyzer->taxonomy->n && !(row->real && row->fold == fold); c++) {
            const double *x = row->judgement.features[c];
            if (x[FEATURE_OBJECT] <= 0)
                continue;
            double p = logistic(weights, x), q = row->weight * p * (1 - p);
            for (size_t i = 0; i < FEATURES; i++) {
                gradient[i] += row->weight * (row->want[c] - p) * x[i];
                for (size_t j = 0; j < FEATURES; j++)
                    hessian[i][j] += q * x[i] * x[j];
            }
        }
    }
    for (size_t i = 0; i < FEATURES; i++) {
        double range = ranges[i] > 0 ? ranges[i] : 1, keep = i == FEATURE_BIAS ? 1e-9 : ridge * range * range;
        gradient[i] -= i == FEATURE_BIAS ? 0 : keep * weights[i];
        hessian[i][i] += keep;
    }
    solve(hessian, gradient);
    for (size_t i = 0; i < FEATURES; i++)
        weights[i] += gradient[i];
}

static void fit_weights(const struct fit *fit, size_t fold, double *weights)
{
    memset(weights, 0, FEATURES * sizeof *weights);
    for (int round = 0; round < ROUNDS; round++)
        step(fit, fold, weights);
}

/* ---- judging ---- */

struct result {
    struct tally initiative, category;
    size_t band_right[BANDS], band_all[BANDS];
    double loss; /* sum of -log(probability given to the truth) */
    size_t judged;
};

static void count(struct tally *tally, bool want, bool have)
{
    tally->tp += want && have;
    tally->fp += !want && have;
    tally->fn += want && !have;
}

static void judge(const struct fit *fit, const struct row *row, const double *weights, struct result *result)
{
    double top = 0, p[MAX_CATEGORIES];
    for (size_t c = 0; c < fit->analyzer->taxonomy->n; c++) {
        const double *x = row->judgement.features[c];
        p[c] = x[FEATURE_OBJECT] > 0 && row->cities.n > 0 ? logistic(weights, x) : 0;
        top = fmax(p[c], top);
        result->loss -= log(fmax(row->want[c] ? p[c] : 1 - p[c], 1e-3));
        result->judged++;
    }
    for (size_t c = 0; c < fit->analyzer->taxonomy->n; c++)
        count(&result->category, row->want[c],
              top >= counted_from && p[c] >= (p[c] < top ? counted_from * FURTHER_PERCENT / 100 : counted_from));
    count(&result->initiative, row->initiative, top >= counted_from);
    if (top >= counted_from) {
        static const double limits[BANDS] = {0.5, 0.6, 0.7, 0.8, 0.9, 2};
        size_t band = 0;
        while (top >= limits[band])
            band++;
        result->band_all[band]++;
        result->band_right[band] += row->initiative;
    }
}

static void print_tally(const char *name, struct tally t)
{
    printf("#   %-14s F1 %.3f (tp %zu fp %zu fn %zu)\n", name,
           2.0 * (double)t.tp / (double)(2 * t.tp + t.fp + t.fn + (t.tp == 0)), t.tp, t.fp, t.fn);
}

static void validate(struct fit *fit, bool strange_cues, const char *title)
{
    static const char *const bands[BANDS] = {"0.45", "0.50", "0.60", "0.70", "0.80", "0.90"};
    struct result result = {0};
    for (size_t fold = 0; fold < FOLDS; fold++) {
        double weights[FEATURES];
        bool *known = strange_cues ? NULL : known_outside(fit, fold);
        for (size_t r = 0; r < fit->n; r++)
            judge_row(fit, &fit->rows[r], fit->rows[r].real && fit->rows[r].fold == fold ? known : NULL);
        fit_weights(fit, fold, weights);
        for (size_t r = 0; r < fit->n; r++)
            if (fit->rows[r].real && fit->rows[r].fold == fold)
                judge(fit, &fit->rows[r], weights, &result);
    }
    printf("# %s\n", title);
    print_tally("initiative", result.initiative);
    print_tally("category micro", result.category);
    printf("#   log loss %.4f, right by score:", result.loss / (double)(result.judged + (result.judged == 0)));
    for (size_t b = 0; b < BANDS; b++)
        printf("  %s %zu/%zu", bands[b], result.band_right[b], result.band_all[b]);
    printf("\n");
}

int main(int argc, char **argv)
{
    struct err err = {0};
    struct regions regions;
    struct taxonomy taxonomy;
    struct fit fit = {.arena = arena_new()};
    if (argc < 3) {
        printf("usage: fit_model LABELS DB [LABELS DB ...] [-s LABELS DB WEIGHT ...]\n");
        return 1;
    }
    bool ok = regions_read(fit.arena, &regions, &err) &&
              taxonomy_load(fit.arena, "data/taxonomy.tsv", data_file("data/taxonomy.tsv"), &taxonomy, &err) &&
              (fit.analyzer = analyzer_new(&regions, &taxonomy, &err));
    fit.rows = ARENA_ARRAY(fit.arena, MAX_ROWS, struct row);
    bool samples = false;
    for (int i = 1; ok && i < argc;) {
        if (strcmp(argv[i], "-s") == 0) {
            samples = true;
            i++;
            continue;
        }
        if (i + (samples ? 2 : 1) >= argc)
            break;
        ok = add_articles(&fit, argv[i], argv[i + 1], samples ? strtod(argv[i + 2], NULL) : 0, &err);
        i += samples ? 3 : 2;
    }
    if (!ok) {
        printf("%s\n", err.text);
        return 1;
    }
    validate(&fit, true, "real articles left out of the fit");
    validate(&fit, false, "the same, without the cues that only they hold");
    double weights[FEATURES];
    for (size_t r = 0; r < fit.n; r++)
        judge_row(&fit, &fit.rows[r], NULL);
    fit_weights(&fit, FOLDS + 1, weights);
    printf("category\tfeature\tweight\n");
    for (size_t f = 0; f < FEATURES; f++)
        printf("\t%s\t%.2f\n", rules_feature_names[f], weights[f]);
    analyzer_free(fit.analyzer);
    arena_free(fit.arena);
    return 0;
}
