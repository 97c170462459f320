/* What workers do with a batch: items become articles, articles are analysed. */
#include "base/mem.h"
#include "ingest/pipeline.h"

#include <stdint.h>
#include <string.h>

struct batch *batch_new(void)
{
    struct batch *batch = mem_alloc(sizeof *batch);
    memset(batch, 0, offsetof(struct batch, entries));
    batch->arena = arena_new();
    return batch;
}

void batch_free(struct batch *batch)
{
    if (!batch)
        return;
    for (size_t i = 0; i < batch->n; i++)
        diag_free(&batch->entries[i].diag);
    arena_free(batch->arena);
    mem_free(batch);
}

struct entry *batch_add(struct batch *batch, enum entry_kind kind, struct file *file)
{
    struct entry *entry = &batch->entries[batch->n++];
    *entry = (struct entry){.kind = kind, .file = file};
    return entry;
}

/* Where a text lies in another one; SIZE_MAX: not there. */
static size_t place_in(struct str whole, struct str part)
{
    uintptr_t from = (uintptr_t)whole.p, at = (uintptr_t)part.p;
    return whole.n && at >= from && at - from <= whole.n && part.n <= whole.n - (at - from) ? at - from : SIZE_MAX;
}

static void copy_str(struct arena *arena, struct str *s)
{
    *s = s->n ? str_copy(arena, *s) : STR("");
}

/* A large item takes several times its bytes while it is read and analysed; of small ones only one at a time does. */
size_t batch_weight(size_t bytes)
{
    return mem_add(bytes < 2 * BATCH_BYTES ? bytes : mem_mul(bytes, LARGE_TIMES), sizeof(struct batch));
}

size_t batch_item_bytes(const struct item *item)
{
    size_t n = item->text.n;
    for (int i = 0; i < FIELDS; i++)
        if (place_in(item->text, item->fields[i]) == SIZE_MAX)
            n = mem_add(n, item->fields[i].n);
    return n;
}

static const char *copy_c(struct arena *arena, const char *text)
{
    return text ? arena_copy(arena, text, strlen(text)) : NULL;
}

void batch_add_item(struct batch *batch, struct file *file, const struct item *item)
{
    struct entry *entry = batch_add(batch, ENTRY_ITEM, file);
    struct item *copy = &entry->item;
    *copy = *item;
    copy_str(batch->arena, &copy->text);
    batch->bytes += batch_item_bytes(item);
    for (int i = 0; i < FIELDS; i++) {
        size_t n = item->fields[i].n, at = place_in(item->text, item->fields[i]);
        if (n && at != SIZE_MAX)
            copy->fields[i] = str_slice(copy->text, at, at + n);
        else if (n)
            copy_str(batch->arena, &copy->fields[i]);
    }
    if (item->head.n && !str_equal(batch->head, item->head))
        batch->head = str_copy(batch->arena, item->head);
    if (item->head.n)
        copy->head = batch->head;
    copy->reason = copy_c(batch->arena, item->reason);
    if (!batch->name || strcmp(batch->name, item->name) != 0)
        batch->name = copy_c(batch->arena, item->name);
    copy->name = batch->name;
}

/* ---- reading ---- */

struct reading {
    struct batch *batch;
    const struct item *item;
    const struct ingest_options *options;
    struct arena *scratch; /* for the analysis */
    struct found **tail;
};

/* What lies in the item lives as long as the copy. */
static void copy_article(struct arena *arena, const struct item *item, const struct article *article,
                         struct article *copy)
{
    *copy = *article;
    struct str *const texts[] = {&copy->external_id,  &copy->source,        &copy->reader,       &copy->encoding,
                                 &copy->raw,          &copy->title,         &copy->subtitle,     &copy->outlet,
                                 &copy->url,          &copy->body,          &copy->body_lines,   &copy->date_evidence,
                                 &copy->hint_regions, &copy->hint_agencies, &copy->hint_keywords};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!texts[i]->n || place_in(item->text, *texts[i]) == SIZE_MAX)
            copy_str(arena, texts[i]);
}

static void copy_analysis(struct arena *arena, const struct analysis *analysis, struct analysis *copy)
{
    *copy = *analysis;
    copy->likely = str_copy(arena, analysis->likely);
    copy->findings = ARENA_ARRAY(arena, analysis->n + 1, struct finding);
    for (size_t i = 0; i < analysis->n; i++) {
        copy->findings[i] = analysis->findings[i];
        copy_str(arena, &copy->findings[i].value);
        copy_str(arena, &copy->findings[i].rule);
    }
}

static bool keep(void *context, struct article *article, struct err *err)
{
    struct reading *reading = context;
    const struct ingest_options *options = reading->options;
    struct arena *arena = reading->batch->arena;
    struct found *found = ARENA_NEW(arena, struct found);
    struct analysis analysis;
    (void)err;
    if (options->analyze) {
        options->analyze(options->context, reading->scratch, article, &analysis);
        copy_analysis(arena, &analysis, &found->analysis);
        arena_reset(reading->scratch);
    }
    copy_article(arena, reading->item, article, &found->article);
    *reading->tail = found;
    reading->tail = &found->next;
    return true;
}

static struct arena *scratch_of(struct reading_threads *threads, size_t thread, int which)
{
    struct arena **arena = &threads->scratch[thread][which];
    if (!*arena)
        *arena = arena_new();
    return *arena;
}

void batch_read(void *context, size_t thread, void *item)
{
    struct reading_threads *threads = context;
    struct batch *batch = item;
    struct arena *arena = scratch_of(threads, thread, 0);
    struct reading reading = {.batch = batch, .options = threads->options, .scratch = scratch_of(threads, thread, 1)};
    for (size_t i = 0; i < batch->n && batch->err.kind == ERR_NONE; i++) {
        struct entry *entry = &batch->entries[i];
        if (entry->kind != ENTRY_ITEM)
            continue;
        struct source source = {
            .emit = keep, .context = &reading, .columns = threads->options->columns, .diag = &entry->diag};
        reading.item = &entry->item;
        reading.tail = &entry->found;
        readers_read(arena, &entry->item, threads->options, &source, &batch->err);
        arena_reset(arena);
    }
}
