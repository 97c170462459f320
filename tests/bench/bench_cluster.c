/* bench_cluster [SIZE ...]: groups that many generated articles (default 1,000, 10,000, 100,000), each size in a
 * process of its own, and prints time and memory in all and an article, and how well the groups are those that were
 * generated. Of ten articles four report something alone; the others are releases with copies, rewrites and second
 * stories. Then the same with 10,000 copies of one article among them: every other group must stay as it is.
 *
 * bench_cluster store FILE N DAYS NEW: a new database FILE with N such articles over DAYS days, all of which count:
 * grouping all, grouping NEW more of the last month, and NEW more of all days; wall and CPU time, peak memory of the
 * process. */
#include "analyze/analyze.h"
#include "analyze/cluster.h"
#include "base/file.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { CITIES = 229, WORDS = 6000, BODY = 80, STORY = 5, COPIES = 10000 };

static uint64_t seed = 88172645463325252ULL;

static size_t below(size_t n)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (size_t)(seed % n);
}

static struct arena *arena;
static struct str words[WORDS], cities[CITIES];
static size_t first_day = 19000, days = 800;

static void make_words(void)
{
    static struct arena *own;
    if (own)
        return;
    own = arena_new();
    for (size_t i = 0; i < WORDS; i++) {
        struct buf word = {0};
        for (size_t k = 2 + below(3); k > 0; k--)
            buf_utf8(&word, (uint32_t)(0xAC00 + below(11172)));
        words[i] = str_copy(own, buf_view(&word));
        buf_free(&word);
    }
    for (size_t i = 0; i < CITIES; i++)
        cities[i] = str_from(arena_printf(own, "%zu", 11000 + i * 10));
}

/* Frequent words are frequent, as in a language. */
static struct str any_word(void)
{
    size_t r = below(WORDS);
    return words[r * r / WORDS];
}

struct story {
    struct str title[8], body[BODY];
    struct str city;
    date_t day;
};

static void new_story(struct story *story)
{
    for (size_t i = 0; i < 8; i++)
        story->title[i] = any_word();
    for (size_t i = 0; i < BODY; i++)
        story->body[i] = any_word();
    story->city = cities[below(CITIES) * below(CITIES) / CITIES];
    story->day = (date_t)(first_day + below(days));
}

/* The story with `kept` of a hundred words; the others are new. */
static struct str told(const struct str *text, size_t n, size_t kept)
{
    struct buf out = {0};
    for (size_t i = 0; i < n; i++) {
        buf_str(&out, below(100) < kept ? text[i] : any_word());
        buf_char(&out, ' ');
    }
    struct str copy = str_copy(arena, buf_view(&out));
    buf_free(&out);
    return copy;
}

static struct cluster_item item_of(const struct story *story, size_t kept)
{
    static const struct str category[] = {{"startup", 7}};
    struct str *unit = ARENA_ARRAY(arena, 1, struct str);
    *unit = story->city;
    return (struct cluster_item){.title = told(story->title, 8, kept),
                                 .body = told(story->body, BODY, kept),
                                 .date = story->day + (date_t)(kept == 100 ? 0 : below(3)),
                                 .units = unit,
                                 .n_units = 1,
                                 .categories = category,
                                 .n_categories = 1};
}

static void make_items(struct cluster_item *items, size_t *truth, size_t n)
{
    for (size_t i = 0; i < n;) {
        struct story story;
        new_story(&story);
        size_t first = i, reports = below(10) < 7 ? 1 : 2 + below(STORY);
        for (size_t k = 0; k < reports && i < n; k++, i++) {
            static const size_t kept[] = {100, 100, 80, 70, 60};
            items[i] = item_of(&story, k == 0 ? 100 : kept[below(5)]);
            truth[i] = first;
        }
    }
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static double mebibytes(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024;
}

static void print_figures(const size_t *groups, const size_t *truth, size_t n)
{
    size_t right = 0, wrong = 0, missed = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n && j < i + 2 * STORY; j++) {
            bool want = truth[i] == truth[j], have = groups[i] == groups[j];
            right += want && have;
            missed += want && !have;
        }
    for (size_t i = 0; i < n; i++)
        wrong += groups[i] != i && truth[groups[i]] != truth[i];
    printf(", pairs found %.1f %%, articles in a wrong group %zu\n", 100.0 * (double)right / (double)(right + missed),
           wrong);
}

static int run(size_t n)
{
    struct cluster_item *items = ARENA_ARRAY(arena, n, struct cluster_item);
    size_t *truth = ARENA_ARRAY(arena, n, size_t), *groups = ARENA_ARRAY(arena, n, size_t);
    make_items(items, truth, n);
    double before = mebibytes(), start = seconds();
    cluster_group(arena, items, n, groups);
    double took = seconds() - start, grown = mebibytes() - before;
    printf("%zu articles: %.3f s CPU, %.1f us an article, %.1f MiB, %.1f KiB an article", n, took,
           1e6 * took / (double)n, grown, 1024 * grown / (double)n);
    print_figures(groups, truth, n);
    return 0;
}

static int run_copies(void)
{
    size_t n = 10000;
    struct cluster_item *items = ARENA_ARRAY(arena, n + COPIES, struct cluster_item);
    size_t *truth = ARENA_ARRAY(arena, n, size_t), *without = ARENA_ARRAY(arena, n, size_t);
    size_t *with = ARENA_ARRAY(arena, n + COPIES, size_t), moved = 0;
    make_items(items, truth, n);
    cluster_group(arena, items, n, without);
    for (size_t i = 0; i < COPIES; i++)
        items[n + i] = items[0];
    double start = seconds();
    cluster_group(arena, items, n + COPIES, with);
    double took = seconds() - start;
    for (size_t i = 0; i < n; i++)
        moved += with[i] != without[i];
    printf("%zu articles and %d copies of one: %.3f s CPU, %zu other articles moved\n", n, COPIES, took, moved);
    return moved > 0;
}

/* ---- through the store ---- */

static struct regions regions;
static struct taxonomy taxonomy;
static struct err err;
static size_t stored; /* articles so far */

static bool put_item(struct store *store, const struct cluster_item *item)
{
    struct finding findings[] = {
        {.kind = FINDING_CITY, .value = item->units[0], .score = 0.9, .rule = STR("bench")},
        {.kind = FINDING_CATEGORY, .value = item->categories[0], .score = 0.9, .rule = STR("bench")}};
    const struct analysis analysis = {.findings = findings, .n = 2, .is_initiative = true, .score = 0.9};
    struct article article = {.reader = STR("bench/1"),
                              .encoding = STR("utf-8"),
                              .source = STR("bench"),
                              .title = item->title,
                              .body = item->body,
                              .raw = item->body,
                              .published = item->date,
                              .lo = item->date,
                              .hi = item->date,
                              .basis = BASIS_PUBLISHED};
    bool added;
    file_sha256(str_from(arena_printf(arena, "%zu", stored++)), article.hash);
    article_set_key(&article);
    return store_put_article(store, &article, &added, &err) &&
           store_put_analysis(store, article.id, "bench", &analysis, &err);
}

static double wall(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static bool fill(struct store *store, size_t n)
{
    enum { PORTION = 1000 };
    static struct cluster_item items[PORTION];
    static size_t truth[PORTION];
    for (size_t done = 0, portion; done < n; done += portion) {
        portion = n - done < PORTION ? n - done : PORTION;
        make_items(items, truth, portion);
        for (size_t i = 0; i < portion; i++)
            if (!put_item(store, &items[i]))
                return false;
        arena_reset(arena);
    }
    return true;
}

static bool portion(struct store *store, const struct analyzer *analyzer, const char *what, size_t n)
{
    double start = wall();
    if (!store_begin(store, &err) || !fill(store, n))
        return false;
    double filled = wall(), cpu = seconds();
    if (!analyze_group(store, analyzer, &err))
        return false;
    double grouped = wall(), took = seconds() - cpu;
    if (!store_commit(store, &err))
        return false;
    printf("%s: %zu articles put in %.2f s, grouped in %.3f s (%.3f s CPU), committed in %.2f s; peak %.0f MiB\n", what,
           n, filled - start, grouped - filled, took, wall() - grouped, mebibytes());
    return true;
}

static bool regroup(struct store *store, const struct analyzer *analyzer)
{
    double start = wall(), cpu = seconds();
    bool good = store_begin(store, &err) && analyze_regroup(store, analyzer, &err) && store_commit(store, &err);
    printf("all again, which changes nothing: %.3f s (%.3f s CPU); peak %.0f MiB\n", wall() - start, seconds() - cpu,
           mebibytes());
    return good;
}

static int run_store(char **argv)
{
    size_t n = strtoul(argv[3], NULL, 10), more = strtoul(argv[5], NULL, 10);
    struct arena *forever = arena_new();
    days = strtoul(argv[4], NULL, 10);
    bool good = regions_read(forever, &regions, &err) &&
                taxonomy_load(forever, "taxonomy", data_file("data/taxonomy.tsv"), &taxonomy, &err);
    struct analyzer *analyzer = good ? analyzer_new(&regions, &taxonomy, &err) : NULL;
    struct store *store = analyzer ? store_open(argv[2], STORE_WRITE, &err) : NULL;
    size_t last = first_day + days - 30, all = days;
    good = store && store_put_tables(store, &regions, &taxonomy, &err) && portion(store, analyzer, "all", n);
    first_day = last;
    days = 30;
    good = good && portion(store, analyzer, "of the last month", more);
    first_day = last + 30 - all;
    days = all;
    good = good && portion(store, analyzer, "of all days", more) && regroup(store, analyzer);
    if (!good)
        printf("%s\n", err.text);
    store_close(store);
    analyzer_free(analyzer);
    arena_free(forever);
    return !good;
}

int main(int argc, char **argv)
{
    if (argc == 6 && strcmp(argv[1], "store") == 0) {
        arena = arena_new();
        make_words();
        return run_store(argv);
    }
    static const size_t sizes[] = {1000, 10000, 100000};
    int status = 0;
    for (int i = 0; i < (argc > 1 ? argc - 1 : 4); i++) {
        fflush(stdout);
        pid_t child = fork();
        if (child == 0) {
            arena = arena_new();
            make_words();
            int result = argc > 1 ? run(strtoul(argv[i + 1], NULL, 10)) : i < 3 ? run(sizes[i]) : run_copies();
            fflush(stdout);
            _exit(result);
        }
        int code;
        if (child < 0 || waitpid(child, &code, 0) != child || !WIFEXITED(code) || WEXITSTATUS(code) != 0)
            status = 1;
    }
    return status;
}
