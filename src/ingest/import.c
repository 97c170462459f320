/* The writer: walks the inputs, hands those that are new to the splitter, and stores what comes back, in order. */
#include "base/mem.h"
#include "base/utf8.h"
#include "ingest/pipeline.h"
#include "ingest/walk.h"

#include <string.h>

enum { ON_THEIR_WAY = 1024, ON_SLOTS = 1024, POOL_BYTES = 4 << 20, BYTES_A_THREAD = 2 << 20, BUSY = 8 };

struct run {
    struct store *store;
    const struct ingest_options *options;
    struct ingest_summary *summary;
    struct pool *pool;
    struct splitter splitter;
    struct buf how;
    int64_t import;

    struct walk *walk;
    bool walked, several;      /* the walk is at its end; it has several arguments, which may name a file twice */
    struct file *held;         /* waits until the earlier one of its name is in */
    struct file *first, *last; /* on their way, in order */
    size_t on_their_way;
    struct file *slots[ON_SLOTS]; /* the same by their paths */

    int64_t input; /* of the file that is being stored, as the next ones */
    bool savepoint;
    struct ingest_summary sums;
    struct counter *counter; /* NULL unless progress is shown */
};

/* ---- the total, counted beside the work ---- */

struct counter {
    pthread_t thread;
    char *const *paths;
    size_t n;
    atomic_bool stop, done;
    size_t files;
    uint64_t bytes;
};

static void *count_all(void *context)
{
    struct counter *counter = context;
    struct walk *walk = walk_new(counter->paths, counter->n);
    struct walked one;
    while (!atomic_load(&counter->stop) && walk_next(walk, &one)) {
        counter->files++;
        counter->bytes += one.bytes > 0 ? (uint64_t)one.bytes : 0;
    }
    walk_free(walk);
    atomic_store(&counter->done, true);
    return NULL;
}

static void start_counting(struct run *run, char *const *paths, size_t n)
{
    struct err ignored = {0};
    if (!run->options->progress)
        return;
    run->counter = mem_alloc(sizeof *run->counter);
    *run->counter = (struct counter){.paths = paths, .n = n};
    if (!pool_thread(&run->counter->thread, count_all, run->counter, &ignored)) {
        mem_free(run->counter);
        run->counter = NULL;
    }
}

static void end_counting(struct run *run)
{
    if (!run->counter)
        return;
    atomic_store(&run->counter->stop, true);
    pthread_join(run->counter->thread, NULL);
    mem_free(run->counter);
}

static void show_progress(struct run *run)
{
    const struct ingest_summary *s = run->summary, *now = &run->sums;
    if (!run->options->progress)
        return;
    bool known = run->counter && atomic_load(&run->counter->done);
    const struct ingest_progress progress = {
        .files = s->files + s->unchanged + s->faulty,
        .files_total = known ? run->counter->files : 0,
        .bytes = atomic_load(&run->splitter.bytes),
        .bytes_total = known ? run->counter->bytes : 0,
        .articles = s->added + s->known + s->replaced + now->added + now->known + now->replaced,
        .rejected = s->rejected + now->rejected,
    };
    run->options->progress(run->options->context, &progress);
}

/* ---- files ---- */

static char *copy_c(const char *text)
{
    size_t n = strlen(text) + 1;
    return memcpy(mem_alloc(n), text, n);
}

static struct file *file_new(struct run *run, const struct walked *walked)
{
    struct arena *arena = arena_new();
    struct file *file = mem_alloc(sizeof *file);
    *file = (struct file){.path = copy_c(walked->path),
                          .slot = str_hash(str_from(walked->path)) % ON_SLOTS,
                          .name = copy_c(utf8_repair(arena, str_from(walked->path)).p),
                          .listed = walked->listed,
                          .own = walked->own,
                          .stream = walked->stream,
                          .gone = walked->problem ? copy_c(walked->problem) : NULL};
    file->input = (struct import_input){str_from(file->name), walked->bytes, walked->mtime, buf_view(&run->how)};
    arena_free(arena);
    return file;
}

static void file_free(struct file *file)
{
    if (!file)
        return;
    mem_free(file->path);
    mem_free(file->name);
    mem_free(file->gone);
    mem_free(file);
}

static bool is_on_its_way(const struct run *run, const struct file *later)
{
    for (const struct file *file = run->several ? run->slots[later->slot] : NULL; file; file = file->next_of_slot)
        if (strcmp(file->path, later->path) == 0)
            return true;
    return false;
}

/* To the splitter, unless an earlier import has read it. */
static bool send(struct run *run, struct file *file, struct err *err)
{
    bool complete = false;
    if (!file->gone && !store_find_input(run->store, &file->input, &complete, &file->skip, err)) {
        file_free(file);
        return false;
    }
    if (complete && !run->options->again) {
        run->summary->unchanged++;
        atomic_fetch_add(&run->splitter.bytes, (unsigned long long)file->input.bytes);
        file_free(file);
        show_progress(run);
        return true;
    }
    *(run->last ? &run->last->next : &run->first) = file;
    run->last = file;
    run->on_their_way++;
    file->next_of_slot = run->slots[file->slot];
    run->slots[file->slot] = file;
    splitter_put(&run->splitter, file);
    return true;
}

/* Until the splitter has enough. */
static bool send_files(struct run *run, struct err *err)
{
    struct walked walked;
    const atomic_int *stop = run->options->stop;
    while (!run->walked && run->on_their_way < ON_THEIR_WAY && !splitter_full(&run->splitter)) {
        struct file *file = run->held;
        if (file && run->on_their_way > 0)
            return true;
        run->held = NULL;
        bool cut = stop && atomic_load(stop) != 0;
        if (cut || (!file && !walk_next(run->walk, &walked))) {
            file_free(file);
            run->summary->cut |= cut;
            run->walked = true;
            splitter_end(&run->splitter);
            return true;
        }
        file = file ? file : file_new(run, &walked);
        if (is_on_its_way(run, file))
            run->held = file;
        else if (!send(run, file, err))
            return false;
    }
    return true;
}

/* ---- storing ---- */

static void add_sums(struct ingest_summary *to, const struct ingest_summary *s)
{
    to->files += s->files;
    to->faulty += s->faulty;
    to->added += s->added;
    to->known += s->known;
    to->replaced += s->replaced;
    to->rejected += s->rejected;
    to->excluded += s->excluded;
    to->analyzed += s->analyzed;
    to->undated += s->undated;
    to->cut |= s->cut;
    for (size_t i = 0; i < s->n_reasons; i++) {
        size_t k = 0;
        while (k < to->n_reasons && strcmp(to->reasons[k].code, s->reasons[i].code) != 0)
            k++;
        if (k == INGEST_REASONS)
            to->reasons[--k].code = "other";
        else if (k == to->n_reasons)
            to->reasons[to->n_reasons++] = (struct ingest_reason){s->reasons[i].code, 0};
        to->reasons[k].n += s->reasons[i].n;
    }
}

static void count_reject(struct ingest_summary *sums, const char *code)
{
    const struct ingest_summary one = {.rejected = 1, .reasons = {{code, 1}}, .n_reasons = 1};
    add_sums(sums, &one);
}

static void report(struct run *run, const struct diag *problem)
{
    if (run->options->report)
        run->options->report(run->options->context, problem);
}

static void say(struct run *run, enum diag_level level, const char *code, const char *place, const char *text)
{
    struct diag_list list = {0};
    diag_add(&list, level, code, place, 0, 0, "%s", text);
    report(run, &list.items[0]);
    diag_free(&list);
}

static bool store_found(struct run *run, struct found *found, struct err *err)
{
    enum store_outcome outcome;
    struct ingest_summary *sums = &run->sums;
    if (!store_import_article(run->store, run->input, &found->article, &outcome, err))
        return false;
    sums->added += outcome == STORE_ADDED;
    sums->undated += outcome == STORE_ADDED && found->article.basis < BASIS_METADATA;
    sums->known += outcome == STORE_KNOWN;
    sums->replaced += outcome == STORE_REPLACED;
    if (outcome == STORE_KNOWN || !run->options->analyze)
        return true;
    bool dated; /* by a person: to be analysed as of that day, with what is left to analyse at the end */
    if (!store_dated(run->store, found->article.id, &dated, err) || dated)
        return err->kind == ERR_NONE;
    sums->analyzed++;
    return store_put_analysis(run->store, found->article.id, run->options->rules, &found->analysis, err);
}

/* What stood there as text: as decoded, or with signs in place of bytes that are none. */
static struct str text_of(struct arena *arena, struct str bytes, const char *encoding)
{
    struct str text;
    size_t bad;
    if (utf8_invalid(bytes) == SIZE_MAX)
        return bytes;
    if (utf8_decode(arena, bytes, decode_icu_name(encoding && strcmp(encoding, "utf-8") != 0 ? encoding : "cp949"),
                    &text, &bad))
        return text;
    return utf8_repair(arena, bytes);
}

static bool store_reject(struct run *run, const struct entry *entry, const struct diag *problem, struct err *err)
{
    const struct item *item = &entry->item;
    struct arena *arena = arena_new();
    const struct import_reject reject = {
        .name = str_from(problem->place ? problem->place : entry->file->name),
        .line = problem->line,
        .column = problem->column,
        .code = problem->code,
        .reason = problem->text,
        .text = item->kind == ITEM_PAGE ? STR("") : text_of(arena, item->text, item->encoding),
        .head = text_of(arena, item->head, item->encoding),
    };
    bool ok = store_import_reject(run->store, run->input, &reject, err);
    arena_free(arena);
    return ok;
}

static bool store_diag(struct run *run, const struct entry *entry, const struct diag *problem, struct err *err)
{
    bool excluded = strcmp(problem->code, STORE_EXCLUDED) == 0;
    if (!excluded)
        report(run, problem);
    if (problem->level != DIAG_REJECT)
        return true;
    if (excluded)
        run->sums.excluded++;
    else
        count_reject(&run->sums, problem->code);
    return store_reject(run, entry, problem, err);
}

static bool store_item(struct run *run, const struct entry *entry, struct err *err)
{
    for (struct found *found = entry->found; found; found = found->next)
        if (!store_found(run, found, err))
            return false;
    for (size_t i = 0; i < entry->diag.n; i++)
        if (!store_diag(run, entry, &entry->diag.items[i], err))
            return false;
    return true;
}

/* A savepoint costs, and most files are known to be good before they are stored. */
static bool begin_file(struct run *run, const struct file *file, struct err *err)
{
    run->sums = (struct ingest_summary){0};
    run->savepoint = !atomic_load(&file->good);
    return (!run->savepoint || store_savepoint(run->store, err)) &&
           store_begin_input(run->store, run->import, &file->input, &run->input, err);
}

/* Everything of a faulty file goes, but that it was there and why. */
static bool undo_file(struct run *run, const struct file *file, struct err *err)
{
    store_savepoint_undo(run->store);
    run->sums = (struct ingest_summary){.faulty = 1};
    say(run, DIAG_ERROR, "faulty-file", file->name, file->problem.text);
    if (file->skip > 0)
        say(run, DIAG_ERROR, "faulty-file", file->name,
            "what an interrupted import has read of it is still in: briefgen sources, briefgen forget");
    return store_begin_input(run->store, run->import, &file->input, &run->input, err) &&
           store_end_input(run->store, run->input, 0, false, file->problem.text, err);
}

static bool keep_file(struct run *run, const struct file *file, struct err *err)
{
    bool complete = !file->cut && !file->unreadable && !file->changed;
    size_t items = file->unreadable                        ? 0
                   : file->cut && file->items < file->skip ? file->skip /* the interrupt came before anything new */
                                                           : file->items;
    run->sums.files = !file->cut && !file->unreadable;
    run->sums.cut = file->cut;
    if (file->changed)
        say(run, DIAG_WARNING, "changed", file->name, "changed while it was read: import it again");
    return store_end_input(run->store, run->input, items, complete, file->unreadable ? "unreadable" : NULL, err) &&
           (!run->savepoint || store_savepoint_keep(run->store, err));
}

static bool end_file(struct run *run, struct file *file, struct err *err)
{
    bool good = file->problem.kind == ERR_NONE    ? keep_file(run, file, err)
                : file->problem.kind == ERR_INPUT ? undo_file(run, file, err)
                                                  : err_set(err, file->problem.kind, "%s", file->problem.text);
    if (good)
        add_sums(run->summary, &run->sums);
    run->sums = (struct ingest_summary){0};
    run->first = file->next;
    run->last = run->first ? run->last : NULL;
    run->on_their_way--;
    struct file **link = &run->slots[file->slot];
    while (*link != file)
        link = &(*link)->next_of_slot;
    *link = file->next_of_slot;
    file_free(file);
    return good;
}

static bool store_batch(struct run *run, const struct batch *batch, struct err *err)
{
    bool good = true;
    for (size_t i = 0; good && i < batch->n; i++) {
        const struct entry *entry = &batch->entries[i];
        switch (entry->kind) {
        case ENTRY_BEGIN: good = begin_file(run, entry->file, err); break;
        case ENTRY_ITEM: good = store_item(run, entry, err); break;
        case ENTRY_END: good = end_file(run, entry->file, err); break;
        }
    }
    show_progress(run);
    return good && (batch->err.kind == ERR_NONE || err_set(err, batch->err.kind, "%s", batch->err.text));
}

static bool store_all(struct run *run, struct err *err)
{
    bool good = true;
    while (good) {
        struct batch *batch = NULL;
        good = send_files(run, err);
        if (!good || !(batch = pool_take(run->pool)))
            break;
        good = store_batch(run, batch, err);
        batch_free(batch);
    }
    return good;
}

/* ---- the run ---- */

/* What else than the bytes decides what comes out of a file. */
static void say_how(const struct ingest_options *options, struct buf *how)
{
    buf_text(how, READERS_VERSION);
    if (options->format && strcmp(options->format, "auto") != 0)
        buf_printf(how, " format=%s", options->format);
    if (options->encoding && strcmp(options->encoding, "auto") != 0)
        buf_printf(how, " encoding=%s", options->encoding);
    if (options->map)
        buf_printf(how, " map=%s", options->map);
}

static int64_t now(const struct ingest_options *options)
{
    return options->now ? options->now() : 0;
}

/* After an error the splitter and the workers have to be told; what is still in the pool dies. */
static void end_threads(struct run *run, bool good)
{
    if (!good)
        splitter_quit(&run->splitter);
    splitter_end(&run->splitter);
    splitter_join(&run->splitter);
    for (struct batch *batch; (batch = pool_take(run->pool)) != NULL;)
        batch_free(batch);
}

static bool run_threads(struct run *run, struct err *err)
{
    struct reading_threads threads = {.options = run->options};
    size_t jobs = run->options->jobs ? run->options->jobs : pool_processors();
    size_t busy = jobs < BUSY ? jobs : BUSY; /* more than so many wait for the one that stores, not for work */
    run->pool = pool_new(jobs, POOL_BYTES + busy * BYTES_A_THREAD, batch_read, &threads, err);
    bool good = run->pool && splitter_start(&run->splitter, run->options, run->pool, err);
    if (good) {
        good = store_all(run, err);
        end_threads(run, good);
    }
    pool_free(run->pool);
    for (size_t i = 0; i < POOL_THREADS; i++) {
        arena_free(threads.scratch[i][0]);
        arena_free(threads.scratch[i][1]);
    }
    return good;
}

bool ingest_paths(struct store *store, char *const *paths, size_t n, const struct ingest_options *options,
                  struct ingest_summary *summary, struct err *err)
{
    struct run run = {.store = store, .options = options, .summary = summary, .several = n > 1};
    *summary = (struct ingest_summary){0};
    if (!walk_check(paths, n, err) ||
        !store_begin_import(store, str_from(options->rules), now(options), &run.import, err))
        return false;
    say_how(options, &run.how);
    run.walk = walk_new(paths, n);
    if (options->database) {
        walk_pass_over(run.walk, options->database, "");
        walk_pass_over(run.walk, options->database, "-journal");
    }
    start_counting(&run, paths, n);
    bool good = run_threads(&run, err);
    end_counting(&run);
    summary->own = walk_own(run.walk);
    walk_free(run.walk);
    file_free(run.held);
    summary->cut |= run.first != NULL; /* begun by nobody */
    for (struct file *file = run.first, *next; file; file = next) {
        next = file->next;
        file_free(file);
    }
    buf_free(&run.how);
    return good && store_end_import(store, run.import, now(options), summary->unchanged, err);
}
