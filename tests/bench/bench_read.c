/* bench_read [--dump] FILE|DIR ...: reads inputs into memory, then times reading them and analysing their articles,
 * each alone in one thread, and prints the best of several rounds by CPU time. With --dump it prints instead all that
 * reading and analysis say of them, to be compared byte for byte with what another version says. */
#include "analyze/analyze.h"
#include "base/file.h"
#include "base/mem.h"
#include "ingest/ingest.h"

#include <string.h>
#include <time.h>

enum { ROUNDS = 5 };
static const size_t file_limit = (size_t)1 << 30;
static const struct ingest_options options = {.format = "auto", .encoding = "auto", .file_limit = file_limit};

struct bench {
    struct arena *kept, *scratch; /* inputs and articles; what dies with an article */
    struct analyzer *analyzer;
    struct file_item *inputs;
    struct article *articles;
    size_t n_inputs, room_inputs, n_articles, room_articles, bytes;
};

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static bool add_input(struct bench *bench, const char *path, struct err *err)
{
    struct buf buf = {0};
    bool ok = file_read(path, file_limit, &buf, err);
    bench->inputs = mem_grow(bench->inputs, &bench->room_inputs, bench->n_inputs + 1, sizeof *bench->inputs);
    if (ok)
        bench->inputs[bench->n_inputs++] =
            (struct file_item){arena_copy(bench->kept, path, strlen(path)), str_copy(bench->kept, buf_view(&buf))};
    bench->bytes += buf.n;
    buf_free(&buf);
    return ok;
}

static bool add_inputs(struct bench *bench, const char *path, struct err *err)
{
    char **paths;
    size_t n;
    if (!file_is_directory(path))
        return add_input(bench, path, err);
    if (!file_list(path, bench->kept, &paths, &n, err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!add_input(bench, paths[i], err))
            return false;
    return true;
}

/* All texts of an article; some of them are only dumped. */
enum { TEXTS = 15 };
static void texts_of(struct article *a, struct str *texts[TEXTS])
{
    struct str *const all[TEXTS] = {&a->external_id,   &a->source,        &a->reader,       &a->encoding,
                                    &a->title,         &a->subtitle,      &a->outlet,       &a->url,
                                    &a->body,          &a->body_lines,    &a->hint_regions, &a->hint_agencies,
                                    &a->hint_keywords, &a->date_evidence, &a->raw};
    memcpy(texts, all, sizeof all);
}

static bool discard(void *context, struct article *article, struct err *err)
{
    (void)article, (void)err;
    ++*(size_t *)context;
    return true;
}

static bool keep(void *context, struct article *article, struct err *err)
{
    struct bench *bench = context;
    struct str *texts[TEXTS];
    (void)err;
    texts_of(article, texts);
    for (size_t i = 0; i + 1 < TEXTS; i++)
        *texts[i] = str_copy(bench->kept, *texts[i]);
    article->raw = (struct str){NULL, 0};
    bench->articles = mem_grow(bench->articles, &bench->room_articles, bench->n_articles + 1, sizeof *bench->articles);
    bench->articles[bench->n_articles++] = *article;
    return true;
}

static bool dump(void *context, struct article *article, struct err *err)
{
    struct bench *bench = context;
    struct str *texts[TEXTS];
    struct analysis analysis;
    (void)err;
    texts_of(article, texts);
    printf("article %s %s %zu %d %d %d %d\n", article->key, article->hash, article->source_line, (int)article->basis,
           (int)article->published, (int)article->lo, (int)article->hi);
    for (size_t i = 0; i < TEXTS; i++) {
        printf(" %zu %zu:", i, texts[i]->n);
        fwrite(texts[i]->n ? texts[i]->p : "", 1, texts[i]->n, stdout);
        putchar('\n');
    }
    analyze_article(bench->analyzer, bench->scratch, article, &analysis);
    printf("analysis %d %a\n", analysis.is_initiative, analysis.score);
    for (size_t i = 0; i < analysis.n; i++) {
        const struct finding *f = &analysis.findings[i];
        printf(" %d " STR_FMT " %d %a " STR_FMT " %zu-%zu\n", (int)f->kind, STR_ARG(f->value), f->rank, f->score,
               STR_ARG(f->rule), f->begin, f->end);
    }
    arena_reset(bench->scratch);
    return true;
}

/* Reads all inputs; returns the seconds. */
static double read_all(struct bench *bench, bool (*emit)(void *, struct article *, struct err *), void *context,
                       FILE *complaints)
{
    double start = seconds();
    for (size_t i = 0; i < bench->n_inputs; i++) {
        struct diag_list diag = {0};
        struct err err = {0};
        if (complaints)
            printf("input %s\n", bench->inputs[i].path);
        if (!ingest_text(bench->inputs[i].path, bench->inputs[i].bytes, &options, emit, context, &diag, &err))
            fprintf(stderr, "%s: %s\n", bench->inputs[i].path, err.text);
        if (complaints)
            diag_print(&diag, complaints);
        diag_free(&diag);
    }
    return seconds() - start;
}

static double analyze_all(struct bench *bench)
{
    double start = seconds();
    for (size_t i = 0; i < bench->n_articles; i++, arena_reset(bench->scratch)) {
        struct analysis analysis;
        analyze_article(bench->analyzer, bench->scratch, &bench->articles[i], &analysis);
    }
    return seconds() - start;
}

static void run(struct bench *bench)
{
    double reading = 0, analysis = 0;
    size_t n = 0, emitted = 0;
    read_all(bench, keep, bench, NULL);
    for (n = 0; n < ROUNDS; n++) {
        double read = read_all(bench, discard, &emitted, NULL), analyzed = analyze_all(bench);
        reading = n == 0 || read < reading ? read : reading;
        analysis = n == 0 || analyzed < analysis ? analyzed : analysis;
    }
    n = bench->n_articles ? bench->n_articles : 1;
    printf("%zu articles of %zu bytes; one thread, an article: read %.1f µs (%.0f MB/s), analyse %.1f µs (%.0f MB/s)\n",
           bench->n_articles, bench->bytes / n, 1e6 * reading / (double)n, 1e-6 * (double)bench->bytes / reading,
           1e6 * analysis / (double)n, 1e-6 * (double)bench->bytes / analysis);
}

int main(int argc, char **argv)
{
    struct err err = {0};
    struct regions regions;
    struct taxonomy taxonomy;
    struct bench bench = {.kept = arena_new(), .scratch = arena_new()};
    bool dumps = argc > 1 && strcmp(argv[1], "--dump") == 0;
    bool ok = regions_read(bench.kept, &regions, &err) &&
              taxonomy_load(bench.kept, "data/taxonomy.tsv", data_file("data/taxonomy.tsv"), &taxonomy, &err) &&
              (bench.analyzer = analyzer_new(&regions, &taxonomy, &err));
    for (int i = dumps ? 2 : 1; ok && i < argc; i++)
        ok = add_inputs(&bench, argv[i], &err);
    if (!ok)
        fprintf(stderr, "%s\n", err.text);
    else if (dumps)
        read_all(&bench, dump, &bench, stdout);
    else
        run(&bench);
    mem_free(bench.inputs);
    mem_free(bench.articles);
    analyzer_free(bench.analyzer);
    arena_free(bench.scratch);
    arena_free(bench.kept);
    return ok ? 0 : 1;
}
