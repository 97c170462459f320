/* Scores analysis on a folder of labelled articles (labels.tsv and one ID.txt a row; see its README for the columns).
 *   eval_gold DIR [-v] [-f]     -v lists the rows that are wrong; -f prints the features of every row
 * The texts are read as they are: front matter or first line for the title, the rest body (extraction is ingest's). */
#include "analyze/analyze.h"
#include "analyze/rules.h"
#include "base/file.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static struct arena *forever;
static struct regions regions;
static struct taxonomy taxonomy;

struct row {
    struct str id, hard, city, alt, categories, date, outlet, note;
    bool initiative, not_sure;
};

struct score {
    size_t rows, right; /* cities of initiative rows */
    size_t tp, fp, fn;  /* is-initiative */
    size_t c_tp[3], c_fp[3], c_fn[3];
};

/* Passes over front matter ("---" … "---"), taking its title. */
static struct str front_matter(struct str *rest)
{
    struct str at = *rest, line, title = {NULL, 0};
    if (!str_line(&at, &line) || !str_equal(str_trim(line), STR("---")))
        return title;
    while (str_line(&at, &line) && !str_equal(str_trim(line), STR("---")))
        if (str_starts(line, STR("title:")))
            title = str_trim(str_slice(line, 6, line.n));
    *rest = at;
    return title;
}

static struct article article_of(struct str text, const struct row *row)
{
    struct article article = {.outlet = row->outlet, .published = date_parse(row->date)};
    article.basis = article.published == DATE_NONE ? BASIS_UNKNOWN : BASIS_PUBLISHED;
    struct str line, rest = text;
    article.title = front_matter(&rest);
    while (article.title.n == 0 && str_line(&rest, &line))
        article.title = str_trim(line);
    article.body = rest;
    return article;
}

static bool contains_field(struct str list, struct str item)
{
    struct str field;
    for (char separator = ';'; separator; separator = separator == ';' ? ',' : '\0') {
        struct str rest = list;
        while (rest.n > 0 && str_field(&rest, separator, &field))
            if (str_equal(str_trim(field), item))
                return true;
    }
    return false;
}

static size_t count_fields(struct str list)
{
    size_t n = list.n > 0;
    for (size_t i = 0; i < list.n; i++)
        n += list.p[i] == ';';
    return n;
}

/* Every labelled city found, and nothing that is neither labelled nor an accepted alternative. A single alternative
 * may stand for a single label. */
static bool cities_right(const struct row *row, const struct analysis *analysis)
{
    size_t hits = 0, alternatives = 0, found = 0;
    for (size_t i = 0; i < analysis->n; i++) {
        const struct finding *f = &analysis->findings[i];
        if (f->kind != FINDING_CITY)
            continue;
        char unit[8] = "";
        memcpy(unit, f->value.p, f->value.n < 7 ? f->value.n : 7);
        struct str code = str_from(regions_count_unit(&regions, unit));
        found++;
        if (contains_field(row->city, code))
            hits++;
        else if (contains_field(row->alt, code) || contains_field(row->alt, f->value))
            alternatives++;
        else
            return false;
    }
    if (str_equal(row->city, STR("none")) || str_equal(row->city, STR("several")))
        return found == 0;
    return hits == count_fields(row->city) || (count_fields(row->city) == 1 && alternatives > 0);
}

static void print_findings(const struct analysis *analysis, struct str text)
{
    for (size_t i = 0; i < analysis->n; i++) {
        const struct finding *f = &analysis->findings[i];
        if (f->kind == FINDING_CITY || f->kind == FINDING_CATEGORY || f->kind == FINDING_INITIATIVE)
            printf("    %s=" STR_FMT " %.2f " STR_FMT " <" STR_FMT ">\n", finding_kind_name(f->kind), STR_ARG(f->value),
                   f->score, STR_ARG(f->rule), STR_ARG(str_slice(text, f->begin, f->end)));
    }
}

static bool has_category(const struct analysis *analysis, struct str key)
{
    for (size_t i = 0; i < analysis->n; i++)
        if (analysis->findings[i].kind == FINDING_CATEGORY && str_equal(analysis->findings[i].value, key))
            return true;
    return false;
}

static bool judge(const struct row *row, const struct analysis *analysis, struct score *score, const char **wrong)
{
    *wrong = "";
    if (row->initiative) {
        bool right = cities_right(row, analysis);
        score->rows++;
        score->right += right;
        if (!right)
            *wrong = "CITY ";
    }
    bool yes = analysis->is_initiative;
    score->tp += yes && row->initiative;
    score->fp += yes && !row->initiative;
    score->fn += !yes && row->initiative;
    bool ok = yes == row->initiative && !**wrong;
    for (size_t c = 0; c < taxonomy.n && c < 3; c++) {
        bool want = contains_field(row->categories, taxonomy.items[c].key);
        bool have = yes && has_category(analysis, taxonomy.items[c].key);
        score->c_tp[c] += want && have;
        score->c_fp[c] += !want && have;
        score->c_fn[c] += want && !have;
        ok = ok && want == have;
    }
    return ok;
}

static void print_prf(const char *name, size_t tp, size_t fp, size_t fn)
{
    double p = tp + fp ? (double)tp / (double)(tp + fp) : 0, r = tp + fn ? (double)tp / (double)(tp + fn) : 0;
    printf("  %-14s P %.3f  R %.3f  F1 %.3f   (tp %zu fp %zu fn %zu)\n", name, p, r,
           p + r > 0 ? 2 * p * r / (p + r) : 0, tp, fp, fn);
}

static void print_score(const char *name, const struct score *s)
{
    size_t tp = 0, fp = 0, fn = 0;
    printf("%s\n  city           %zu/%zu = %.3f\n", name, s->right, s->rows,
           s->rows ? (double)s->right / (double)s->rows : 0);
    print_prf("initiative", s->tp, s->fp, s->fn);
    for (size_t c = 0; c < taxonomy.n && c < 3; c++) {
        print_prf(taxonomy.items[c].key.p, s->c_tp[c], s->c_fp[c], s->c_fn[c]);
        tp += s->c_tp[c];
        fp += s->c_fp[c];
        fn += s->c_fn[c];
    }
    print_prf("category micro", tp, fp, fn);
}

static void print_features(const struct analyzer *analyzer, struct arena *arena, const struct article *article,
                           const struct row *row)
{
    struct scan scan;
    struct cities cities;
    struct judgement judgement;
    scan_article(analyzer, arena, article, &scan);
    cities_find(analyzer, arena, article, &scan, &cities);
    categories_judge(analyzer, &scan, &cities, &judgement);
    for (size_t c = 0; c < taxonomy.n; c++) {
        printf("F\t" STR_FMT "\t" STR_FMT "\t%d", STR_ARG(row->id), STR_ARG(taxonomy.items[c].key),
               contains_field(row->categories, taxonomy.items[c].key));
        for (size_t f = 0; f < FEATURES; f++)
            printf("\t%.4f", judgement.features[c][f]);
        printf("\n");
    }
}

static struct row row_of(const struct tsv *tsv, size_t i)
{
    struct row row;
    row.id = tsv_cell(tsv, i, tsv_column(tsv, "id"));
    row.hard = tsv_cell(tsv, i, tsv_column(tsv, "hard"));
    row.city = tsv_cell(tsv, i, tsv_column(tsv, "city_code"));
    row.alt = tsv_cell(tsv, i, tsv_column(tsv, "city_alt"));
    row.categories = tsv_cell(tsv, i, tsv_column(tsv, "categories"));
    row.date = tsv_cell(tsv, i, tsv_column(tsv, "date"));
    row.outlet = tsv_cell(tsv, i, tsv_column(tsv, "meta_outlet"));
    row.note = tsv_cell(tsv, i, tsv_column(tsv, "evidence"));
    row.initiative = str_equal(tsv_cell(tsv, i, tsv_column(tsv, "is_initiative")), STR("yes"));
    row.not_sure = str_equal(row.hard, STR("1"));
    return row;
}

int main(int argc, char **argv)
{
    struct err err = {0};
    bool verbose = false, features = false;
    for (int i = 2; i < argc; i++) {
        verbose |= strcmp(argv[i], "-v") == 0;
        features |= strcmp(argv[i], "-f") == 0;
    }
    forever = arena_new();
    struct buf labels = {0};
    struct tsv tsv;
    if (argc < 2 || !file_read(file_join(forever, argv[1], "labels.tsv"), 1 << 24, &labels, &err)) {
        printf("skipped: no labels.tsv%s%s\n", argc < 2 ? "" : ": ", err.text);
        return 0;
    }
    struct analyzer *analyzer = NULL;
    if (!regions_load(forever, "data/regions.tsv", data_file("data/regions.tsv"), &regions, &err) ||
        !taxonomy_load(forever, "data/taxonomy.tsv", data_file("data/taxonomy.tsv"), &taxonomy, &err) ||
        !tsv_parse(forever, "labels.tsv", buf_view(&labels), &tsv, &err) ||
        !(analyzer = analyzer_new(&regions, &taxonomy, &err))) {
        printf("%s\n", err.text);
        return 1;
    }
    struct score all = {0}, sure = {0};
    struct arena *arena = arena_new();
    size_t bytes = 0;
    double seconds = 0;
    for (size_t i = 0; i < tsv.rows; i++) {
        struct row row = row_of(&tsv, i);
        struct buf text = {0};
        arena_reset(arena);
        char *path = file_join(arena, argv[1], arena_printf(arena, STR_FMT ".txt", STR_ARG(row.id)));
        if (!file_read(path, 1 << 24, &text, &err)) {
            printf("%s\n", err.text);
            return 1;
        }
        struct article article = article_of(utf8_nfc(arena, buf_view(&text)), &row);
        struct analysis analysis;
        struct timespec a, b;
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
        analyze_article(analyzer, arena, &article, &analysis);
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
        seconds += (double)(b.tv_sec - a.tv_sec) + 1e-9 * (double)(b.tv_nsec - a.tv_nsec);
        bytes += text.n;
        const char *wrong, *ignored;
        bool ok = judge(&row, &analysis, &all, &wrong);
        if (!row.not_sure)
            judge(&row, &analysis, &sure, &ignored);
        if (features)
            print_features(analyzer, arena, &article, &row);
        if (verbose && !ok) {
            printf("%s" STR_FMT "%s want " STR_FMT " [" STR_FMT "] (" STR_FMT ")  " STR_FMT "\n", wrong,
                   STR_ARG(row.id), row.not_sure ? "?" : "", STR_ARG(row.city), STR_ARG(row.alt),
                   STR_ARG(row.categories), STR_ARG(article.title));
            print_findings(&analysis, article_text(arena, &article));
        }
        buf_free(&text);
    }
    print_score("all rows", &all);
    print_score("without hard=1", &sure);
    printf("%zu articles, %zu bytes, %.0f articles of 2 kB a second\n", tsv.rows, bytes,
           (double)bytes / 2048 / (seconds > 0 ? seconds : 1));
    return 0;
}
