/* `briefgen eval LABELS DIR`: what the program says of labelled articles, scored. Everything happens in memory. */
#include "cli/cli.h"

#include "analyze/analyze.h"
#include "base/file.h"
#include "brief/list.h"
#include "eval/eval.h"
#include "ingest/ingest.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LABELS_LIMIT = 64 << 20, TEXT_LIMIT = 128 << 20, SIDECAR_LIMIT = 1 << 20 };

struct evaluation {
    struct cli *cli;
    struct store *store;
    struct analyzer *analyzer;
    struct eval_labels labels;
    struct eval_got *got;
};

/* ---- texts → articles ---- */

static bool keep_first(void *context, struct article *article, struct err *err)
{
    struct evaluation *e = ((void **)context)[0];
    struct eval_got *got = ((void **)context)[1];
    bool added;
    if (!store_put_article(e->store, article, &added, err))
        return false;
    if (!got->article)
        got->article = article->id;
    return true;
}

static const char *beside(struct arena *arena, const char *directory, struct str id, const char *ending)
{
    return file_join(arena, directory, arena_printf(arena, STR_FMT "%s", STR_ARG(id), ending));
}

/* One ID.txt, with the columns of ID.meta.json where there is one. */
static bool import_text(struct evaluation *e, const char *path, const char *sidecar, struct eval_got *got,
                        struct err *err)
{
    struct cli *cli = e->cli;
    struct buf text = {0}, meta = {0};
    struct ingest_columns columns;
    struct ingest_options options = {.format = cli->format, .encoding = cli->encoding};
    struct err none = {0};
    void *context[] = {e, got};
    if (!file_read(path, TEXT_LIMIT, &text, err))
        return false;
    if (access(sidecar, F_OK) == 0 && file_read(sidecar, SIDECAR_LIMIT, &meta, &none) &&
        ingest_columns_read(cli->arena, sidecar, buf_view(&meta), &columns, &cli->diag))
        options.columns = &columns;
    bool ok = ingest_text(path, buf_view(&text), &options, keep_first, context, &cli->diag, err);
    buf_free(&text);
    buf_free(&meta);
    return ok;
}

/* The file that is a label's text: DIR/ID.txt, or DIR/ID where the table has file names. NULL where there is none. */
static const char *text_of(struct arena *arena, const char *directory, struct str id)
{
    static const char *const endings[] = {".txt", ""};
    if (id.p[0] == '/' || str_find(id, STR(".."), 0) != SIZE_MAX)
        return NULL;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        const char *path = beside(arena, directory, id, endings[i]);
        if (access(path, F_OK) == 0 && !file_is_directory(path))
            return path;
    }
    return NULL;
}

/* A folder whose files are the labels' texts. *any tells whether it is such a folder. */
static bool import_folder(struct evaluation *e, const char *directory, bool *any, struct err *err)
{
    struct arena *arena = e->cli->arena;
    bool ok = true;
    *any = false;
    for (size_t i = 0; ok && i < e->labels.n; i++) {
        struct str id = e->labels.items[i].id;
        const char *path = text_of(arena, directory, id);
        if (!path)
            continue;
        *any = e->got[i].present = true;
        if (str_ends(id, STR(".txt")))
            id.n -= 4;
        ok = import_text(e, path, beside(arena, directory, id, ".meta.json"), &e->got[i], err);
    }
    return ok;
}

/* "FILE:LINE" or "FILE#LINE" of a record: the bytes of FILE, 0 where `id` is no such. */
static size_t record_file(struct str id)
{
    size_t at = id.n;
    while (at > 0 && id.p[at - 1] >= '0' && id.p[at - 1] <= '9')
        at--;
    return at > 1 && at < id.n && (id.p[at - 1] == ':' || id.p[at - 1] == '#') ? at - 1 : 0;
}

static void keep_problem(void *context, const struct diag *p)
{
    diag_add(context, p->level, p->code, p->place, p->line, p->column, "%s", p->text);
}

/* The files whose records are labelled, each once. */
static bool import_records(struct evaluation *e, const char *directory, const struct ingest_options *options, bool *any,
                           struct err *err)
{
    struct arena *arena = e->cli->arena;
    struct str last = {NULL, 0};
    for (size_t i = 0; i < e->labels.n; i++) {
        struct str file = str_slice(e->labels.items[i].id, 0, record_file(e->labels.items[i].id));
        struct ingest_summary summary;
        if (!file.n || str_equal(file, last) || file.p[0] == '/' || str_find(file, STR(".."), 0) != SIZE_MAX)
            continue;
        char *path = file_join(arena, directory, str_copy(arena, file).p);
        last = file;
        if (access(path, F_OK) != 0)
            continue;
        *any = true;
        if (!ingest_paths(e->store, &path, 1, options, &summary, err))
            return false;
    }
    return true;
}

/* Is `name` the end of the path `file`, from a "/" on? */
static bool names_file(struct str name, struct str file)
{
    return str_ends(file, name) && (file.n == name.n || file.p[file.n - name.n - 1] == '/');
}

/* Whether an article is the one that a label names: by its own id, its file's name, or the line of a record. */
static bool is_labelled(struct str id, const struct listed_article *a)
{
    struct str file = a->source;
    if (str_equal(id, a->external_id))
        return true;
    if (a->source_line) {
        size_t n = record_file(id);
        char line[24];
        snprintf(line, sizeof line, "%zu", a->source_line);
        return n > 0 && names_file(str_slice(id, 0, n), file) && str_equal(str_slice(id, n + 1, id.n), str_from(line));
    }
    return names_file(id, file) || (str_ends(file, STR(".txt")) && names_file(id, str_slice(file, 0, file.n - 4)));
}

/* ---- what came of them ---- */

static uint32_t category_set(const struct taxonomy *taxonomy, const struct listed_article *a)
{
    uint32_t set = 0;
    for (size_t i = 0; i < a->n_categories; i++)
        for (size_t c = 0; c < taxonomy->n && c < EVAL_CATEGORIES; c++)
            if (str_equal(taxonomy->items[c].key, a->categories[i]))
                set |= 1u << c;
    return a->is_initiative ? set : 0;
}

static bool read_article(struct evaluation *e, int64_t id, struct eval_got *got, struct err *err)
{
    struct arena *arena = e->cli->arena;
    struct param param = {.type = PARAM_INT, .number = id};
    struct article article;
    struct rows *rows = store_articles(e->store, "id = ?1", &param, 1, err);
    bool ok = rows && store_next_article(rows, arena, &article, err) &&
              store_findings(e->store, arena, id, &got->analysis, err);
    rows_close(rows);
    if (ok) {
        got->text = article_text(arena, &article);
        got->raw = article.raw;
        got->body_lines = article.body_lines;
    }
    return ok;
}

static bool take(void *context, const struct listed_article *a, struct err *err)
{
    struct evaluation *e = context;
    struct arena *arena = e->cli->arena;
    for (size_t i = 0; i < e->labels.n; i++) {
        struct eval_got *got = &e->got[i];
        if (got->article ? got->article != a->id : got->present || !is_labelled(e->labels.items[i].id, a))
            continue;
        struct str *units = ARENA_ARRAY(arena, a->n_regions + 1, struct str);
        for (size_t k = 0; k < a->n_regions; k++)
            units[k] = str_copy(arena, a->regions[k]);
        *got = (struct eval_got){
            .present = true,
            .article = a->id,
            .title = str_copy(arena, a->title),
            .published = a->published,
            .lo = a->lo,
            .hi = a->hi,
            .basis = a->basis,
            .units = units,
            .n_units = a->n_regions,
            .categories = category_set(&e->cli->taxonomy, a),
            .initiative = a->is_initiative,
            .score = a->score,
            .group = str_copy(arena, a->initiative),
        };
        if (!read_article(e, a->id, got, err))
            return false;
    }
    return true;
}

/* Imports, analyses and groups as `briefgen import` does. */
static bool run_program(struct evaluation *e, char *place, struct err *err)
{
    struct cli *cli = e->cli;
    struct ingest_options options = {
        .format = "auto", .encoding = "auto", .file_limit = TEXT_LIMIT, .report = keep_problem, .context = &cli->diag};
    struct ingest_summary summary;
    struct list_scope scope = {0};
    size_t analyzed;
    bool folder = false;
    for (size_t i = 0; i < e->labels.n; i++) /* until an article says otherwise */
        e->got[i].published = e->got[i].lo = e->got[i].hi = DATE_NONE;
    return store_begin(e->store, err) && store_put_tables(e->store, &cli->regions, &cli->taxonomy, err) &&
           (!file_is_directory(place) ||
            (import_folder(e, place, &folder, err) && import_records(e, place, &options, &folder, err))) &&
           (folder || ingest_paths(e->store, &place, 1, &options, &summary, err)) &&
           analyze_pending(e->store, e->analyzer, &analyzed, err) && store_commit(e->store, err) &&
           list_articles(e->store, &cli->regions, &scope, take, e, err);
}

static bool name_absent(struct evaluation *e, const char *name, const char *place, struct err *err)
{
    size_t found = 0;
    for (size_t i = 0; i < e->labels.n; i++) {
        found += e->got[i].present;
        if (!e->got[i].present)
            diag_add(&e->cli->diag, DIAG_REJECT, "no-text", name, e->labels.items[i].line, 0,
                     "no article \"" STR_FMT "\" in %s: not scored", STR_ARG(e->labels.items[i].id), place);
    }
    return found > 0 || err_set(err, ERR_NO_INPUT, "%s: holds none of the articles that %s names", place, name);
}

/* ---- speed of the analysis alone ---- */

static bool say_speed(struct evaluation *e, struct err *err)
{
    struct rows *rows = e->cli->timing ? store_articles(e->store, "", NULL, 0, err) : NULL;
    struct arena *arena = arena_new();
    struct article article;
    struct analysis analysis;
    struct timespec a, b;
    double seconds = 0, bytes = 0;
    for (; rows && store_next_article(rows, arena, &article, err); arena_reset(arena)) {
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
        analyze_article(e->analyzer, arena, &article, &analysis);
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
        seconds += (double)(b.tv_sec - a.tv_sec) + 1e-9 * (double)(b.tv_nsec - a.tv_nsec);
        bytes += (double)(article.title.n + article.body.n);
    }
    rows_close(rows);
    arena_free(arena);
    if (seconds > 0)
        fprintf(stderr, "analysis: %.0f articles of 2 kB a second\n", bytes / 2048 / seconds);
    return err->kind == ERR_NONE;
}

static bool print_board(struct evaluation *e, struct err *err)
{
    struct buf out = {0};
    struct eval_board board = {
        .labels = &e->labels, .got = e->got, .regions = &e->cli->regions, .taxonomy = &e->cli->taxonomy};
    eval_score(e->cli->arena, &board);
    if (e->cli->json)
        eval_json(e->cli->arena, &board, &out);
    else
        eval_print(e->cli->arena, &board, !e->cli->quiet, &out);
    bool ok = cli_print(buf_view(&out), err);
    buf_free(&out);
    return ok;
}

bool cmd_eval(struct cli *cli, struct err *err)
{
    struct evaluation e = {.cli = cli};
    struct buf labels = {0};
    const char *name = cli->args[0];
    bool ok = file_read(name, LABELS_LIMIT, &labels, err) &&
              eval_labels_read(cli->arena, name, buf_view(&labels), &cli->regions, &cli->taxonomy, &e.labels,
                               &cli->diag, err);
    if (ok) {
        e.got = ARENA_ARRAY(cli->arena, e.labels.n, struct eval_got);
        ok = (e.analyzer = analyzer_new(&cli->regions, &cli->taxonomy, err)) && (e.store = store_open_memory(err)) &&
             run_program(&e, cli->args[1], err) && name_absent(&e, name, cli->args[1], err) && print_board(&e, err) &&
             say_speed(&e, err);
    }
    store_close(e.store);
    analyzer_free(e.analyzer);
    buf_free(&labels);
    return ok;
}
