/* bench_brief FILE N MONTHS [OLDER]: a new database FILE with N articles over MONTHS months up to 2024-01, three
 * articles an initiative, every seventh in two cities, and OLDER more in the forty years before; then the CPU time of
 * brief_build for 2024-01. */
#include "base/file.h"
#include "brief/brief.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ARTICLES = 3 /* of an initiative */, OLDER_MONTHS = 480 };

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static bool put_article(struct store *store, struct arena *arena, long i, date_t day, struct str unit,
                        struct str category, int64_t *id, struct err *err)
{
    static const char filler[2048] = "x";
    bool added;
    struct finding findings[] = {{FINDING_CITY, unit, 0, 0.9, STR("bench"), 0, 0, false},
                                 {FINDING_CATEGORY, category, 0, 0.9, STR("bench"), 0, 0, false}};
    struct article a = {.reader = STR("bench/1"),
                        .encoding = STR("utf-8"),
                        .source = STR("bench.txt"),
                        .title = str_from(arena_printf(arena, "article %ld", i)),
                        .body = {filler, 700},
                        .raw = {filler, 1200},
                        .published = day,
                        .lo = day,
                        .hi = day,
                        .basis = BASIS_PUBLISHED};
    file_sha256(a.title, a.hash);
    article_set_key(&a);
    if (!store_put_article(store, &a, &added, err) ||
        !store_put_analysis(store, a.id, "bench",
                            &(struct analysis){.findings = findings, .n = 2, .is_initiative = true, .score = 0.9}, err))
        return false;
    *id = a.id;
    return true;
}

/* Initiative `at` and its articles, the first on that day. */
static bool put_initiative(struct store *store, struct arena *arena, const struct regions *regions,
                           const struct taxonomy *taxonomy, long at, date_t day, struct err *err)
{
    struct str units[2];
    for (int k = 0; k < 2; k++)
        units[k] = str_from(regions_count_unit(regions, regions->items[(at * 7919 + k * 131) % (long)regions->n].unit));
    struct str category = taxonomy->items[(size_t)at % taxonomy->n].key;
    int64_t ids[ARTICLES];
    struct initiative_record item = {.title = STR("bench"),
                                     .articles = ids,
                                     .n_articles = ARTICLES,
                                     .units = units,
                                     .n_units = at % 7 || str_equal(units[0], units[1]) ? 1 : 2,
                                     .categories = &category,
                                     .n_categories = 1,
                                     .stage = STR("operation")};
    snprintf(item.key, sizeof item.key, "i%015lx", (unsigned long)at);
    for (long k = 0; k < ARTICLES; k++)
        if (!put_article(store, arena, at * ARTICLES + k, day, units[0], category, &ids[k], err))
            return false;
    return store_put_initiatives(store, &item, 1, err);
}

static bool fill(struct store *store, const struct regions *regions, const struct taxonomy *taxonomy, long n,
                 long months, long older, struct err *err)
{
    bool good = store_begin(store, err);
    struct arena *arena = arena_new();
    long recent = n / ARTICLES, all = recent + older / ARTICLES;
    for (long i = 0; good && i < all; i++, arena_reset(arena)) {
        long at = i < all - recent ? recent + i : i - (all - recent); /* the older ones are stored first */
        long back = at < recent ? months - 1 - at % months : months + at % OLDER_MONTHS;
        date_t month = date_add_months(date_from(2024, 1, 1), (int)-back);
        good = put_initiative(store, arena, regions, taxonomy, at, month + (date_t)(at % 28), err);
    }
    arena_free(arena);
    return good && store_end_grouping(store, err) && store_commit(store, err);
}

int main(int argc, char **argv)
{
    struct err err = {0};
    struct regions regions;
    struct taxonomy taxonomy;
    struct brief brief;
    struct arena *arena = arena_new();
    if ((argc != 4 && argc != 5) || !regions_read(arena, &regions, &err) ||
        !taxonomy_load(arena, "taxonomy", data_file("data/taxonomy.tsv"), &taxonomy, &err))
        return 64;
    struct store *store = store_open(argv[1], STORE_WRITE, &err);
    double start = seconds();
    bool good = store && store_put_tables(store, &regions, &taxonomy, &err) &&
                fill(store, &regions, &taxonomy, strtol(argv[2], NULL, 10), strtol(argv[3], NULL, 10),
                     argc == 5 ? strtol(argv[4], NULL, 10) : 0, &err);
    printf("filled in %.2f s\n", seconds() - start);
    store_close(store);
    for (int turn = 0; good && turn < 3; turn++) {
        double opening = seconds();
        store = store_open(argv[1], STORE_READ, &err);
        double building = seconds();
        struct brief_request request = {.from = date_from(2024, 1, 1), .to = date_from(2024, 1, 31)};
        struct arena *own = arena_new();
        good = store && brief_build(store, own, &regions, &taxonomy, &request, &brief, &err);
        if (good)
            printf("open %.2f ms, brief %.2f ms: %zu initiatives, %zu articles, %zu cities\n",
                   (building - opening) * 1e3, (seconds() - building) * 1e3, brief.n_initiatives, brief.n_sources,
                   brief.n_cities);
        arena_free(own);
        store_close(store);
    }
    if (!good)
        fprintf(stderr, "%s\n", err.text);
    arena_free(arena);
    return good ? 0 : 1;
}
