/* Compiles the tables into one set of phrases and the matcher over them. */
#include "analyze/rules.h"

#include "base/file.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Raised whenever code changes what the same tables mean. */
static const char rules_revision[] = "5";

uint16_t rules_unit(const struct analyzer *analyzer, const char *unit)
{
    size_t low = 0, high = analyzer->n_units;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(analyzer->units[middle].region->unit, unit);
        if (order == 0)
            return (uint16_t)middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return UINT16_MAX;
}

struct str rules_count_unit(const struct regions *regions, struct str unit)
{
    char code[6] = "";
    if (unit.n != sizeof code - 1)
        return unit;
    memcpy(code, unit.p, sizeof code - 1);
    const char *counts = regions_count_unit(regions, code);
    return counts == code ? unit : str_from(counts);
}

static void load_units(struct analyzer *analyzer)
{
    const struct regions *regions = analyzer->regions;
    analyzer->units = ARENA_ARRAY(analyzer->arena, regions->n + 1, struct unit);
    for (size_t i = 0; i < regions->n && analyzer->n_units < UINT16_MAX - 1; i++)
        if (i + 1 == regions->n || strcmp(regions->items[i].unit, regions->items[i + 1].unit) != 0)
            analyzer->units[analyzer->n_units++].region = &regions->items[i];
    for (size_t i = 0; i < analyzer->n_units; i++) {
        struct unit *unit = &analyzer->units[i];
        unit->residents = population_at(regions, unit->region->unit, DATE_NONE, NULL);
        unit->count = rules_unit(analyzer, regions_count_unit(regions, unit->region->unit));
        uint16_t at = (uint16_t)i, up;
        for (int depth = 0; depth < 3 && (up = rules_unit(analyzer, analyzer->units[at].region->parent)) != UINT16_MAX;
             depth++)
            at = up;
        unit->sido = at;
    }
}

static void grow_table(struct analyzer *analyzer)
{
    size_t size = analyzer->table_size ? analyzer->table_size * 2 : 4096;
    uint32_t *table = ARENA_ARRAY(analyzer->arena, size, uint32_t);
    for (size_t i = 0; i < analyzer->n_phrases; i++) {
        size_t slot = (size_t)str_hash(analyzer->phrases[i].text) & (size - 1);
        while (table[slot])
            slot = (slot + 1) & (size - 1);
        table[slot] = (uint32_t)i + 1;
    }
    analyzer->table = table;
    analyzer->table_size = size;
}

/* The slot of a text, or the free one where it would be. */
static size_t slot_of(const struct analyzer *analyzer, struct str text)
{
    size_t slot = (size_t)str_hash(text) & (analyzer->table_size - 1);
    while (analyzer->table[slot] && !str_equal(analyzer->phrases[analyzer->table[slot] - 1].text, text))
        slot = (slot + 1) & (analyzer->table_size - 1);
    return slot;
}

const struct phrase *rules_find(const struct analyzer *analyzer, struct str text)
{
    uint32_t index = analyzer->table_size ? analyzer->table[slot_of(analyzer, text)] : 0;
    return index ? &analyzer->phrases[index - 1] : NULL;
}

struct phrase *rules_phrase(struct analyzer *analyzer, struct str text)
{
    if ((analyzer->n_phrases + 1) * 2 > analyzer->table_size)
        grow_table(analyzer);
    size_t slot = slot_of(analyzer, text);
    if (analyzer->table[slot])
        return &analyzer->phrases[analyzer->table[slot] - 1];
    analyzer->phrases =
        mem_grow(analyzer->phrases, &analyzer->room_phrases, analyzer->n_phrases + 1, sizeof *analyzer->phrases);
    analyzer->table[slot] = (uint32_t)analyzer->n_phrases + 1;
    struct phrase *phrase = &analyzer->phrases[analyzer->n_phrases++];
    *phrase = (struct phrase){.text = text};
    return phrase;
}

/* A plain decimal number: [-]digits[.digits]; strtod would follow the locale. */
static bool read_decimal(struct str text, double *out)
{
    size_t i = 0;
    bool negative = text.n > 0 && text.p[0] == '-', digits = false;
    double value = 0, place = 0;
    for (i = negative; i < text.n; i++) {
        if (text.p[i] == '.' && place == 0) {
            place = 1;
            continue;
        }
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
        digits = true;
        value = value * 10 + (text.p[i] - '0');
        place *= 10;
    }
    *out = (negative ? -value : value) / (place > 0 ? place : 1);
    return digits && text.n < 16;
}

static const char *const class_names[] = {"object", "act", "actor", "against", "doubt", "stage", "none"};

static bool read_cue(const struct analyzer *analyzer, const struct tsv *tsv, size_t row, struct cue *cue,
                     struct err *err)
{
    const char *file = data_path("data/cues.tsv");
    struct str class = tsv_cell(tsv, row, tsv_column(tsv, "class"));
    cue->key = tsv_cell(tsv, row, tsv_column(tsv, "key"));
    size_t n = sizeof class_names / sizeof *class_names, c = 0;
    while (c < n && !str_equal(class, str_from(class_names[c])))
        c++;
    if (c == n)
        return err_set(err, ERR_CONFIG, "%s:%zu: unknown class '" STR_FMT "'", file, tsv->lines[row], STR_ARG(class));
    cue->class = (enum cue_class)c;
    struct str weight = tsv_cell(tsv, row, tsv_column(tsv, "weight"));
    if (!read_decimal(weight, &cue->weight))
        return err_set(err, ERR_CONFIG, "%s:%zu: bad weight '" STR_FMT "'", file, tsv->lines[row], STR_ARG(weight));
    if (cue->class != CUE_OBJECT)
        return true;
    for (cue->category = 0; cue->category < analyzer->taxonomy->n; cue->category++)
        if (str_equal(analyzer->taxonomy->items[cue->category].key, cue->key))
            return true;
    return err_set(err, ERR_CONFIG, "%s:%zu: category '" STR_FMT "' is not in the taxonomy", file, tsv->lines[row],
                   STR_ARG(cue->key));
}

struct str rules_unmarked(struct str text, bool *left, bool *right)
{
    *left = str_starts(text, STR("|"));
    if (*left)
        text = str_slice(text, 1, text.n);
    *right = str_ends(text, STR("|"));
    return *right ? str_slice(text, 0, text.n - 1) : text;
}

static bool load_cues(struct analyzer *analyzer, struct err *err)
{
    static const char *const headers[] = {"phrase", "class", "key", "weight", NULL};
    const char *file = data_path("data/cues.tsv");
    struct tsv tsv;
    if (!tsv_parse(analyzer->arena, file, data_file("data/cues.tsv"), &tsv, err) ||
        !tsv_needs(&tsv, file, headers, err))
        return false;
    size_t phrase_column = tsv_column(&tsv, "phrase");
    for (size_t row = 0; row < tsv.rows; row++) {
        bool left, right;
        struct str text = rules_unmarked(tsv_cell(&tsv, row, phrase_column), &left, &right);
        if (text.n == 0)
            return err_set(err, ERR_CONFIG, "%s:%zu: empty phrase", file, tsv.lines[row]);
        struct cue *cue = ARENA_NEW(analyzer->arena, struct cue);
        if (!read_cue(analyzer, &tsv, row, cue, err))
            return false;
        struct phrase *phrase = rules_phrase(analyzer, text);
        phrase->left |= left;
        phrase->right |= right;
        cue->next = phrase->cues;
        phrase->cues = cue;
    }
    return true;
}

const char *const rules_feature_names[FEATURES] = {"bias",     "object",        "act",     "local",       "agency",
                                                   "ministry", "national",      "release", "frame-title", "frame",
                                                   "against",  "against-title", "city",    "city-sure"};

/* Weights of a category are those of the table without a category, overridden by its own rows. */
static bool set_weight(struct analyzer *analyzer, struct str category, size_t feature, double weight)
{
    bool known = category.n == 0;
    for (size_t c = 0; c < analyzer->taxonomy->n; c++)
        if (category.n == 0 || str_equal(analyzer->taxonomy->items[c].key, category)) {
            analyzer->model[c][feature] = weight;
            known = true;
        }
    return known;
}

static bool load_model(struct analyzer *analyzer, struct err *err)
{
    static const char *const headers[] = {"category", "feature", "weight", NULL};
    const char *file = data_path("data/model.tsv");
    struct tsv tsv;
    if (!tsv_parse(analyzer->arena, file, data_file("data/model.tsv"), &tsv, err) ||
        !tsv_needs(&tsv, file, headers, err))
        return false;
    size_t category = tsv_column(&tsv, "category"), feature = tsv_column(&tsv, "feature"),
           weight = tsv_column(&tsv, "weight");
    for (size_t row = 0; row < tsv.rows; row++) {
        double value;
        size_t f = 0;
        while (f < FEATURES && !str_equal(tsv_cell(&tsv, row, feature), str_from(rules_feature_names[f])))
            f++;
        if (f == FEATURES || !read_decimal(tsv_cell(&tsv, row, weight), &value) ||
            !set_weight(analyzer, tsv_cell(&tsv, row, category), f, value))
            return err_set(err, ERR_CONFIG, "%s:%zu: unknown category or feature, or bad weight", file, tsv.lines[row]);
    }
    return true;
}

/* A hash of every table that analysis rests on. */
static void make_version(struct analyzer *analyzer)
{
    static const char *const files[] = {"data/regions.tsv", "data/population.tsv", "data/taxonomy.tsv",
                                        "data/aliases.tsv", "data/cues.tsv",       "data/model.tsv",
                                        "data/facts.tsv",   "data/common.tsv"};
    struct buf all = {0};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct str text = data_file(files[i]);
        buf_printf(&all, "%s %zu\n", files[i], text.n);
        buf_str(&all, text);
    }
    for (size_t i = 0; i < analyzer->regions->n; i++)
        buf_str(&all, analyzer->regions->items[i].full_name);
    for (size_t i = 0; i < analyzer->taxonomy->n; i++)
        buf_str(&all, analyzer->taxonomy->items[i].key);
    char hex[65];
    file_sha256(buf_view(&all), hex);
    snprintf(analyzer->version, sizeof analyzer->version, "%s-%.12s", rules_revision, hex);
    buf_free(&all);
}

bool rules_load(struct analyzer *analyzer, struct err *err)
{
    if (analyzer->taxonomy->n > MAX_CATEGORIES)
        return err_set(err, ERR_CONFIG, "taxonomy: %zu categories, at most %d", analyzer->taxonomy->n, MAX_CATEGORIES);
    load_units(analyzer);
    if (!names_load(analyzer, err) || !load_cues(analyzer, err) || !load_model(analyzer, err) ||
        !facts_load(analyzer, err))
        return false;
    analyzer->matcher = matcher_new();
    for (size_t i = 0; i < analyzer->n_phrases; i++)
        matcher_add(analyzer->matcher, analyzer->phrases[i].text, (uint32_t)i);
    matcher_compile(analyzer->matcher);
    make_version(analyzer);
    return true;
}
