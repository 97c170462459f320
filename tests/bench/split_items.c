/* split_items [-n] [-m MAP] FILE…: what the first half of reading, in one thread, cuts a file into, an item a line as
 * JSON; with -n nothing but how many there are, how long that took and the most memory. Status as of import: 65 for a
 * faulty file, 1 where something is set aside. */
#include "base/json.h"
#include "ingest/reader.h"
#include "ingest/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

struct tally {
    bool quiet;
    size_t items, rejects;
    uint64_t bytes; /* of text and fields */
    struct buf line;
};

static void print_item(struct tally *tally, const struct item *item)
{
    static const char *const kinds[] = {"page", "json", "fields", "reject", "note"};
    struct json json = {.out = &tally->line};
    buf_clear(&tally->line);
    json_open(&json, NULL, '{');
    json_str(&json, "kind", str_from(kinds[item->kind]));
    json_str(&json, "name", str_from(item->name));
    json_int(&json, "line", (int64_t)item->line);
    if (item->code) {
        json_str(&json, "code", str_from(item->code));
        json_str(&json, "reason", str_from(item->reason));
    }
    if (item->encoding && strcmp(item->encoding, "utf-8") == 0)
        json_str(&json, "text", item->text);
    for (size_t f = 0; f < FIELDS; f++)
        if (item->kind == ITEM_FIELDS)
            json_str(&json, record_names[f], item->fields[f]);
    json_close(&json, '}');
    buf_char(&tally->line, '\n');
    fwrite(tally->line.p, 1, tally->line.n, stdout);
}

static bool put(void *context, const struct item *item, struct err *err)
{
    struct tally *tally = context;
    (void)err;
    tally->items += item->kind != ITEM_REJECT && item->kind != ITEM_NOTE;
    tally->rejects += item->kind == ITEM_REJECT;
    tally->bytes += item->text.n;
    for (size_t f = 0; f < FIELDS; f++)
        tally->bytes += item->fields[f].n;
    if (!tally->quiet)
        print_item(tally, item);
    return true;
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    struct ingest_options options = {.format = "auto", .encoding = "auto"};
    struct tally tally = {.quiet = false};
    int at = 1, status = 0;
    double start = seconds();
    for (; at < argc && argv[at][0] == '-' && argv[at][1]; at++)
        if (strcmp(argv[at], "-n") == 0)
            tally.quiet = true;
        else if (strcmp(argv[at], "-m") == 0 && at + 1 < argc)
            options.map = argv[++at];
        else
            return 64;
    for (; at < argc; at++) {
        struct err err = {0};
        const struct sink sink = {put, &tally};
        struct input input = {
            .name = argv[at], .path = strcmp(argv[at], "-") == 0 ? NULL : argv[at], .options = &options};
        input.stream = stream_open(argv[at], &err);
        if (!input.stream || !readers_split(&input, &sink, &err)) {
            fprintf(stderr, "%s: %s\n", argv[at], err.text);
            status = err.kind;
        }
        stream_close(input.stream);
    }
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    if (tally.quiet)
        printf("%zu items, %zu rejects, %.1f MB, %.3f s, %ld KiB\n", tally.items, tally.rejects,
               (double)tally.bytes / 1e6, seconds() - start, usage.ru_maxrss);
    buf_free(&tally.line);
    return status ? status : tally.rejects > 0;
}
