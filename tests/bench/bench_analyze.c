/* bench_analyze DB: analyses every article of a database, without storing anything, and prints articles a second of
 * CPU. */
#include "analyze/analyze.h"

#include <stdio.h>
#include <time.h>

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

int main(int argc, char **argv)
{
    struct err err = {0};
    struct regions regions;
    struct taxonomy taxonomy;
    struct arena *forever = arena_new(), *arena = arena_new();
    struct analyzer *analyzer = NULL;
    struct store *store = NULL;
    if (argc != 2)
        return 64;
    if (regions_read(forever, &regions, &err) &&
        taxonomy_load(forever, "data/taxonomy.tsv", data_file("data/taxonomy.tsv"), &taxonomy, &err) &&
        (analyzer = analyzer_new(&regions, &taxonomy, &err)))
        store = store_open(argv[1], STORE_READ, &err);
    struct rows *rows = store ? store_articles(store, "", NULL, 0, &err) : NULL;
    struct article article;
    size_t n = 0, bytes = 0;
    double took = 0;
    for (; rows && store_next_article(rows, arena, &article, &err); arena_reset(arena), n++) {
        struct analysis analysis;
        double start = seconds();
        analyze_article(analyzer, arena, &article, &analysis);
        took += seconds() - start;
        bytes += article.title.n + article.body.n;
    }
    if (n > 0 && err.kind == ERR_NONE)
        printf("%zu articles of %zu bytes: %.0f a second on one core, %.1f MB a second\n", n, bytes / n,
               (double)n / took, 1e-6 * (double)bytes / took);
    else
        fprintf(stderr, "%s\n", err.text);
    rows_close(rows);
    store_close(store);
    analyzer_free(analyzer);
    arena_free(arena);
    arena_free(forever);
    return n > 0 ? 0 : 1;
}
