#include "ingest/ingest.h"

#include "base/file.h"
#include "base/utf8.h"
#include "ingest/reader.h"

#include <string.h>

void reader_identify(struct article *article, struct str canonical)
{
    file_sha256(canonical, article->hash);
    article_set_key(article);
}

const char *ingest_reject_code(size_t i)
{
    static const char *const codes[] = {
        "attachment-only",    "cell-twice",     "column-count",   "empty-file",      "faulty-file",
        "invalid-encoding",   "invalid-utf8",   "json-depth",     "json-syntax",     "json-values",
        "long-line",          "mixed-encoding", "no-article",     "no-body",         "no-file",
        "no-items",           "not-text",       "nul-byte",       "own-output",      "too-deep",
        "too-large",          "too-long",       "too-many-lines", "unclear-columns", "unreadable",
        "unsupported-format",
    };
    return i < sizeof codes / sizeof *codes ? codes[i] : NULL;
}

struct reading {
    const struct ingest_options *options;
    struct source source;
    bool failed;
};

static bool read_item(void *context, const struct item *item, struct err *err)
{
    struct reading *reading = context;
    struct arena *arena = arena_new();
    bool ok = readers_read(arena, item, reading->options, &reading->source, err);
    arena_free(arena);
    reading->failed |= !ok;
    return ok;
}

bool ingest_text(const char *name, struct str bytes, const struct ingest_options *options,
                 bool (*emit)(void *context, struct article *article, struct err *err), void *context,
                 struct diag_list *diag, struct err *err)
{
    struct reading reading = {
        .options = options,
        .source = {.emit = emit, .context = context, .columns = options->columns, .diag = diag},
    };
    if (options->file_limit && bytes.n > options->file_limit) {
        diag_add(diag, DIAG_REJECT, "too-large", name, 0, 0, "%zu bytes, the limit is %zu", bytes.n,
                 options->file_limit);
        return true;
    }
    struct stream *stream = stream_memory(bytes);
    const struct input input = {.name = name, .stream = stream, .options = options};
    const struct sink sink = {read_item, &reading};
    struct err fault = {0};
    bool ok = readers_split(&input, &sink, &fault);
    stream_close(stream);
    if (!ok && !reading.failed && fault.kind == ERR_INPUT) {
        diag_add(diag, DIAG_REJECT, "faulty-file", name, 0, 0, "%s", fault.text);
        return true;
    }
    return ok || err_set(err, fault.kind, "%s", fault.text);
}
