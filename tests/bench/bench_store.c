/* bench_store FILE N [EACH]: stores N articles of 2 kB in a new database FILE, EACH (1) an input, and prints articles a
 * second and the most memory. */
#include "base/arena.h"
#include "base/file.h"
#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    struct err err = {0};
    if (argc < 3)
        return 64;
    long n = strtol(argv[2], NULL, 10), each = argc > 3 ? strtol(argv[3], NULL, 10) : 1;
    char text[2048];
    memset(text, 'x', sizeof text);
    double opening = seconds();
    struct store *store = store_open(argv[1], STORE_WRITE, &err);
    double start = seconds(), hashing = 0;
    int64_t import = 0, input = 0;
    bool good = store && store_begin(store, &err) && store_begin_import(store, STR("1"), 0, &import, &err);
    for (long i = 0; good && i < n; i++) {
        struct article a = {.reader = STR("pagetext/1"),
                            .encoding = STR("utf-8"),
                            .raw = {text, 1200},
                            .body = {text, 700},
                            .title = {text, 60},
                            .outlet = {text, 20},
                            .url = {text, 60},
                            .published = (date_t)(19000 + i % 800),
                            .basis = BASIS_PUBLISHED};
        double before = seconds();
        char name[32];
        snprintf(name, sizeof name, "%ld", i);
        file_sha256(str_from(name), a.hash);
        article_set_key(&a);
        hashing += seconds() - before;
        char place[64];
        snprintf(place, sizeof place, "articles/2024-01/%08ld.txt", i / each);
        a.source = str_from(place);
        a.source_line = each > 1 ? (size_t)(i % each + 1) : 0;
        const struct import_input is = {
            .name = a.source, .bytes = 1200, .mtime = 1700000000000000000 + i, .how = STR("1")};
        enum store_outcome outcome;
        bool last = i % each == each - 1 || i == n - 1;
        good =
            (i % each > 0 || (store_savepoint(store, &err) && store_begin_input(store, import, &is, &input, &err))) &&
            store_import_article(store, input, &a, &outcome, &err) &&
            (!last ||
             (store_end_input(store, input, (size_t)each, true, NULL, &err) && store_savepoint_keep(store, &err)));
    }
    good = good && store_commit(store, &err);
    double end = seconds();
    if (good)
        printf("open %.2f ms; %ld articles, %.0f a second (a savepoint an input, commit included)\n",
               (start - opening) * 1e3, n, (double)n / (end - start - hashing));
    else
        fprintf(stderr, "%s\n", err.text);
    store_close(store);
    opening = seconds();
    store = good ? store_open(argv[1], STORE_READ, &err) : NULL;
    if (store)
        printf("open for reading %.2f ms\n", (seconds() - opening) * 1e3);
    store_close(store);
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage) == 0)
        printf("most memory %ld kB\n", usage.ru_maxrss);
    return good ? 0 : 1;
}
