/* Judges the clustering alone (tests/labels/README.md tells where the inputs come from).
 *   eval_groups labels LABELS DB   labelled initiatives with their labelled cities, categories and days: pairwise
 * figures eval_groups draw DB N SEED     N merged and N nearly merged pairs of the articles of DB, by id, to be read
 *   eval_groups pairs PAIRS DB     replays pairs that were read: "id id verdict" with the verdict same or apart
 * `draw` and `pairs` let every article with a city take part, counted or not, in one category: so the pairs are many.
 */
#include "analyze/cluster.h"
#include "analyze/likeness.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NEAR_DAYS = 45, NEAR_POOL = 2 }; /* nearly merged pairs are drawn out of the NEAR_POOL * N most alike */

struct set {
    struct arena *arena;
    struct cluster_item *items;
    struct str *ids, *labels; /* labels: group of the labelled */
    struct str *related;
    size_t *groups;
    size_t n, room;
};

static struct regions regions;
static bool verbose;

/* ---- reading ---- */

/* The input's own id, or the file: "d001" for d001.txt, "2023-01-05/012" for 2023-01-05/012_title.md. */
static struct str name_of(struct arena *arena, const struct article *article)
{
    if (article->external_id.n > 0)
        return str_copy(arena, article->external_id);
    struct str path = article->source;
    size_t file = path.n, digits;
    while (file > 0 && path.p[file - 1] != '/')
        file--;
    for (digits = file; digits < path.n && path.p[digits] >= '0' && path.p[digits] <= '9';)
        digits++;
    if (digits == file || digits == path.n || path.p[digits] != '_') {
        size_t dot = str_find(path, STR("."), file);
        return str_copy(arena, str_slice(path, file, dot == SIZE_MAX ? path.n : dot));
    }
    while (file > 1 && path.p[file - 2] != '/')
        file--;
    return str_copy(arena, str_slice(path, file > 0 ? file - 1 : 0, digits));
}

static int by_text(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

static const struct str *split(struct arena *arena, struct str list, char separator, size_t *n)
{
    struct str *out = ARENA_ARRAY(arena, list.n + 1, struct str), field;
    for (*n = 0; list.n > 0 && str_field(&list, separator, &field);)
        if (str_trim(field).n > 0)
            out[(*n)++] = str_copy(arena, str_trim(field));
    qsort(out, *n, sizeof *out, by_text);
    return out;
}

/* The count units of the cities found in an article. */
static const struct str *units_of(struct arena *arena, const struct analysis *analysis, size_t *n)
{
    struct str *out = ARENA_ARRAY(arena, analysis->n + 1, struct str);
    *n = 0;
    for (size_t f = 0; f < analysis->n; f++) {
        char unit[6] = "";
        if (analysis->findings[f].kind != FINDING_CITY)
            continue;
        memcpy(unit, analysis->findings[f].value.p, 5);
        struct str counts = str_from(regions_count_unit(&regions, unit));
        bool known = false;
        for (size_t i = 0; i < *n; i++)
            known |= str_equal(out[i], counts);
        if (!known)
            out[(*n)++] = str_copy(arena, counts);
    }
    qsort(out, *n, sizeof *out, by_text);
    return out;
}

/* As much as grouping reads. */
static struct str beginning(struct str body)
{
    size_t at = 0;
    for (size_t i = 0; i < CLUSTER_CHARACTERS && at < body.n; i++)
        utf8_next(body, &at);
    return str_slice(body, 0, at);
}

static struct cluster_item *append(struct set *set, const struct article *article)
{
    size_t room = set->room;
    set->items = mem_grow(set->items, &set->room, set->n + 1, sizeof *set->items);
    if (set->room != room) {
        set->ids = mem_realloc(set->ids, mem_mul(set->room, sizeof *set->ids));
        set->labels = mem_realloc(set->labels, mem_mul(set->room, sizeof *set->labels));
        set->related = mem_realloc(set->related, mem_mul(set->room, sizeof *set->related));
    }
    set->ids[set->n] = name_of(set->arena, article);
    set->labels[set->n] = set->related[set->n] = (struct str){NULL, 0};
    set->items[set->n] = (struct cluster_item){.title = str_copy(set->arena, article->title),
                                               .body = str_copy(set->arena, beginning(article->body)),
                                               .date = article->published};
    return &set->items[set->n++];
}

/* Every article with a city. */
static bool load_all(struct set *set, const char *db, struct err *err)
{
    static const char where[] = "id IN (SELECT article FROM finding WHERE kind = 'city')";
    static const struct str any[] = {{"any", 3}};
    struct store *store = store_open(db, STORE_READ, err);
    struct rows *rows = store ? store_articles(store, where, NULL, 0, err) : NULL;
    struct arena *arena = arena_new();
    struct article article;
    while (rows && store_next_article(rows, arena, &article, err)) {
        struct analysis analysis;
        if (!store_findings(store, arena, article.id, &analysis, err))
            break;
        struct cluster_item *item = append(set, &article);
        item->units = units_of(set->arena, &analysis, &item->n_units);
        item->categories = any;
        item->n_categories = 1;
        arena_reset(arena);
    }
    rows_close(rows);
    store_close(store);
    arena_free(arena);
    return err->kind == ERR_NONE;
}

static bool load_table(struct arena *arena, const char *path, struct tsv *tsv, struct err *err)
{
    struct buf text = {0};
    bool good = file_read(path, 1 << 24, &text, err) &&
                tsv_parse(arena, path, (struct str){arena_copy(arena, text.p ? text.p : "", text.n), text.n}, tsv, err);
    buf_free(&text);
    return good;
}

static struct str cell(const struct tsv *tsv, size_t row, const char *column)
{
    size_t at = tsv_column(tsv, column);
    return at == SIZE_MAX ? (struct str){"", 0} : tsv_cell(tsv, row, at);
}

/* The articles labelled as initiatives, as labelled. */
static bool load_labelled(struct set *set, const char *labels, const char *db, struct err *err)
{
    struct tsv tsv;
    if (!load_table(set->arena, labels, &tsv, err))
        return false;
    struct store *store = store_open(db, STORE_READ, err);
    struct rows *rows = store ? store_articles(store, "", NULL, 0, err) : NULL;
    struct arena *arena = arena_new();
    struct article article;
    for (; rows && store_next_article(rows, arena, &article, err); arena_reset(arena)) {
        struct str id = name_of(arena, &article);
        for (size_t r = 0; r < tsv.rows; r++) {
            if (!str_equal(cell(&tsv, r, "id"), id) || !str_equal(cell(&tsv, r, "is_initiative"), STR("yes")))
                continue;
            struct cluster_item *item = append(set, &article);
            item->units = split(set->arena, cell(&tsv, r, "city_code"), ';', &item->n_units);
            item->categories = split(set->arena, cell(&tsv, r, "categories"), ',', &item->n_categories);
            if (tsv_column(&tsv, "date") != SIZE_MAX)
                item->date = date_parse(cell(&tsv, r, "date"));
            set->labels[set->n - 1] = cell(&tsv, r, "group");
            set->related[set->n - 1] = cell(&tsv, r, "related");
            break;
        }
    }
    rows_close(rows);
    store_close(store);
    arena_free(arena);
    return err->kind == ERR_NONE;
}

/* ---- figures ---- */

/* A pair with what the rules compare. */
static void print_wrong(const struct set *set, const char *what, size_t a, size_t b)
{
    const struct cluster_item *x = &set->items[a], *y = &set->items[b];
    const struct common *common = common_load(set->arena);
    struct likeness like = likeness_of(print_take(set->arena, common, x->title, x->body),
                                       print_take(set->arena, common, y->title, y->body));
    int days = x->date == DATE_NONE || y->date == DATE_NONE ? -1 : abs(x->date - y->date);
    printf("%s\t" STR_FMT "\t" STR_FMT "\twords %.2f title %.2f%s%s%s days %d\t" STR_FMT "\t" STR_FMT "\n", what,
           STR_ARG(set->ids[a]), STR_ARG(set->ids[b]), like.words, like.title, like.quoted ? " quoted" : "",
           like.named ? " named" : "", like.apart ? " apart" : "", days, STR_ARG(x->title), STR_ARG(y->title));
}

static int judge_labels(const struct set *set)
{
    size_t tp = 0, fp = 0, fn = 0, related = 0, related_merged = 0;
    for (size_t a = 0; a < set->n; a++)
        for (size_t b = a + 1; b < set->n; b++) {
            bool want = set->labels[a].n > 0 && str_equal(set->labels[a], set->labels[b]);
            bool have = set->groups[a] == set->groups[b];
            bool alike = !want && set->related[a].n > 0 && str_equal(set->related[a], set->related[b]);
            tp += want && have;
            fp += have && !want;
            fn += want && !have;
            related += alike;
            related_merged += alike && have;
            if (want != have)
                print_wrong(set, want ? "missed" : "merged", a, b);
        }
    double p = tp + fp ? (double)tp / (double)(tp + fp) : 1, r = tp + fn ? (double)tp / (double)(tp + fn) : 1;
    printf("%zu initiatives, pairs: P %.3f R %.3f F1 %.3f (tp %zu fp %zu fn %zu); look-alikes merged %zu of %zu\n",
           set->n, p, r, p + r > 0 ? 2 * p * r / (p + r) : 0, tp, fp, fn, related_merged, related);
    return 0;
}

static size_t find(const struct set *set, struct str id)
{
    for (size_t i = 0; i < set->n; i++)
        if (str_equal(set->ids[i], id))
            return i;
    return SIZE_MAX;
}

enum { SAMPLES = 4 };

struct verdicts {
    size_t right[2], wrong[2]; /* of the pairs left apart, of those merged */
};

static int judge_pairs(const struct set *set, const char *path, struct err *err)
{
    struct tsv tsv;
    if (!load_table(set->arena, path, &tsv, err))
        return 1;
    struct verdicts verdicts[SAMPLES] = {0};
    size_t absent = 0;
    for (size_t r = 0; r < tsv.rows; r++) {
        size_t a = find(set, cell(&tsv, r, "a")), b = find(set, cell(&tsv, r, "b"));
        bool same = str_equal(cell(&tsv, r, "verdict"), STR("same"));
        struct str sample = cell(&tsv, r, "sample");
        if (a == SIZE_MAX || b == SIZE_MAX) {
            absent++;
            continue;
        }
        bool merged = set->groups[a] == set->groups[b];
        struct verdicts *v = &verdicts[sample.n == 1 ? (size_t)(sample.p[0] - '0') % SAMPLES : 0];
        v->right[merged] += merged == same;
        v->wrong[merged] += merged != same;
        if (merged != same && verbose)
            print_wrong(set, merged ? "merged" : "missed", a, b);
    }
    for (size_t s = 0; s < SAMPLES; s++)
        if (verdicts[s].right[0] + verdicts[s].wrong[0] + verdicts[s].right[1] + verdicts[s].wrong[1] > 0)
            printf("sample %zu: merged %zu right of %zu, apart %zu right of %zu\n", s, verdicts[s].right[1],
                   verdicts[s].right[1] + verdicts[s].wrong[1], verdicts[s].right[0],
                   verdicts[s].right[0] + verdicts[s].wrong[0]);
    if (absent > 0)
        printf("not here: %zu pairs\n", absent);
    return 0;
}

/* ---- drawing ---- */

struct pair {
    size_t a, b;
    double alike;
};

static uint64_t seed;

static uint64_t next_random(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed;
}

static void shuffle(struct pair *pairs, size_t n)
{
    for (size_t i = n; i > 1; i--) {
        size_t k = (size_t)(next_random() % i);
        struct pair swap = pairs[i - 1];
        pairs[i - 1] = pairs[k];
        pairs[k] = swap;
    }
}

static bool share_city(const struct cluster_item *a, const struct cluster_item *b)
{
    for (size_t i = 0; i < a->n_units; i++)
        for (size_t j = 0; j < b->n_units; j++)
            if (str_equal(a->units[i], b->units[j]))
                return true;
    return false;
}

static int most_alike_first(const void *x, const void *y)
{
    const struct pair *p = x, *q = y;
    if (p->alike != q->alike)
        return p->alike < q->alike ? 1 : -1;
    if (p->a != q->a)
        return p->a < q->a ? -1 : 1;
    return (p->b > q->b) - (p->b < q->b);
}

static size_t print_pairs(const struct set *set, const char *what, const struct pair *pairs, size_t n, size_t most)
{
    bool *used = ARENA_ARRAY(set->arena, set->n + 1, bool);
    size_t printed = 0;
    for (size_t i = 0; i < n && printed < most; i++) {
        if (used[set->groups[pairs[i].a]])
            continue;
        used[set->groups[pairs[i].a]] = true;
        printf("%s\t" STR_FMT "\t" STR_FMT "\t%.2f\n", what, STR_ARG(set->ids[pairs[i].a]),
               STR_ARG(set->ids[pairs[i].b]), pairs[i].alike);
        printed++;
    }
    return printed;
}

/* Only the most alike pair of each group: a weekly bulletin would fill the sample otherwise. */
static size_t one_of_each(const struct set *set, struct pair *pairs, size_t n, size_t most)
{
    bool *used = ARENA_ARRAY(set->arena, set->n + 1, bool);
    size_t kept = 0;
    for (size_t i = 0; i < n && kept < most; i++) {
        size_t p = set->groups[pairs[i].a], q = set->groups[pairs[i].b];
        if (used[p] || used[q])
            continue;
        used[p] = used[q] = true;
        pairs[kept++] = pairs[i];
    }
    return kept;
}

/* A measure of its own, so that what the rules overlook is drawn as well. */
static double alikeness(const struct print *a, const struct print *b)
{
    struct likeness like = likeness_of(a, b);
    return like.words + 0.7 * like.title;
}

struct pairs {
    struct pair *items;
    size_t n, room;
};

static void add_pair(struct pairs *pairs, size_t a, size_t b, double alike)
{
    pairs->items = mem_grow(pairs->items, &pairs->room, pairs->n + 1, sizeof *pairs->items);
    pairs->items[pairs->n++] = (struct pair){a, b, alike};
}

/* All merged pairs but exact copies, and the others that share a city and some likeness within six weeks. */
static void find_pairs(const struct set *set, struct pairs *merged, struct pairs *near)
{
    const struct common *common = common_load(set->arena);
    const struct print **prints = ARENA_ARRAY(set->arena, set->n + 1, const struct print *);
    for (size_t i = 0; i < set->n; i++)
        prints[i] = print_take(set->arena, common, set->items[i].title, set->items[i].body);
    for (size_t a = 0; a < set->n; a++)
        for (size_t b = a + 1; b < set->n; b++) {
            const struct cluster_item *x = &set->items[a], *y = &set->items[b];
            bool soon = x->date == DATE_NONE || y->date == DATE_NONE || abs(x->date - y->date) <= NEAR_DAYS;
            if (set->groups[a] == set->groups[b] && prints[a]->exact != prints[b]->exact)
                add_pair(merged, a, b, alikeness(prints[a], prints[b]));
            else if (set->groups[a] != set->groups[b] && soon && share_city(x, y) &&
                     alikeness(prints[a], prints[b]) >= 0.3)
                add_pair(near, a, b, alikeness(prints[a], prints[b]));
        }
}

static int draw(const struct set *set, size_t n)
{
    struct pairs merged = {0}, near = {0};
    find_pairs(set, &merged, &near);
    shuffle(merged.items, merged.n);
    size_t drawn = print_pairs(set, "merged", merged.items, merged.n, n);
    printf("# %zu merged pairs of %zu articles with a city, %zu drawn, one a group\n", merged.n, set->n, drawn);
    if (near.n > 0)
        qsort(near.items, near.n, sizeof *near.items, most_alike_first);
    size_t pool = one_of_each(set, near.items, near.n, NEAR_POOL * n);
    printf("# nearly merged: the %zu most alike, %.2f down to %.2f, one a group\n", pool,
           pool ? near.items[0].alike : 0, pool ? near.items[pool - 1].alike : 0);
    shuffle(near.items, pool);
    print_pairs(set, "near", near.items, pool, n);
    mem_free(merged.items);
    mem_free(near.items);
    return 0;
}

int main(int argc, char **argv)
{
    struct err err = {0};
    struct set set = {.arena = arena_new()};
    const char *mode = argc > 1 ? argv[1] : "";
    bool labels = strcmp(mode, "labels") == 0 && argc == 4, pairs = strcmp(mode, "pairs") == 0 && argc >= 4;
    verbose = argc == 5 && strcmp(argv[4], "-v") == 0;
    if (!labels && !pairs && !(strcmp(mode, "draw") == 0 && argc == 5)) {
        printf("usage: eval_groups labels LABELS DB | draw DB N SEED | pairs PAIRS DB [-v]\n");
        return 64;
    }
    bool good = regions_read(set.arena, &regions, &err) &&
                (labels ? load_labelled(&set, argv[2], argv[3], &err) : load_all(&set, argv[pairs ? 3 : 2], &err));
    set.groups = ARENA_ARRAY(set.arena, set.n + 1, size_t);
    if (good)
        cluster_group(set.arena, set.items, set.n, set.groups);
    int status = 1;
    if (good && labels) {
        status = judge_labels(&set);
    } else if (good && pairs) {
        status = judge_pairs(&set, argv[2], &err);
    } else if (good) {
        seed = strtoull(argv[4], NULL, 10) * 2654435761u + 1;
        status = draw(&set, strtoul(argv[3], NULL, 10));
    }
    if (err.kind != ERR_NONE)
        printf("%s\n", err.text);
    mem_free(set.items);
    mem_free(set.ids);
    mem_free(set.labels);
    mem_free(set.related);
    arena_free(set.arena);
    return status;
}
