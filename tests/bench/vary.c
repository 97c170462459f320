/* vary FIRST N MONTHS LAST-MONTH FILE|DIR...: N articles, from number FIRST (0) on, as JSON Lines on standard output,
 * made from those in the files: first each as it is, then again and again with other towns (every name of a 시 or 군
 * stands for another one), other numbers and another day, so that each is an article of its own. Days lie within MONTHS
 * up to LAST-MONTH (2024-01). The same arguments give the same bytes. For `make bench`: real texts come from outside
 * the repository and are never kept. */
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "data/data.h"
#include "ingest/ingest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct base {
    struct str title, body, outlet;
};

enum { SLOTS = 4096 };

static struct arena *arena;
static struct base *bases;
static size_t n_bases, room;
static struct str towns[400];
static size_t n_towns, slots[SLOTS]; /* index into towns + 1 */

static bool keep(void *context, struct article *a, struct err *err)
{
    (void)context;
    (void)err;
    bases = mem_grow(bases, &room, n_bases + 1, sizeof *bases);
    bases[n_bases++] = (struct base){str_copy(arena, a->title), str_copy(arena, a->body), str_copy(arena, a->outlet)};
    return true;
}

static void load_file(const char *path)
{
    struct ingest_options options = {.format = "auto", .encoding = "auto"};
    struct diag_list diag = {0};
    struct buf text = {0};
    struct err err = {0};
    if (!file_read(path, SIZE_MAX, &text, &err) ||
        !ingest_text(path, buf_view(&text), &options, keep, NULL, &diag, &err)) {
        fprintf(stderr, "vary: %s\n", err.text);
        exit(1);
    }
    diag_free(&diag);
    buf_free(&text);
}

static void load(const char *path)
{
    char **files;
    size_t n;
    struct err err = {0};
    if (!file_is_directory(path)) {
        load_file(path);
        return;
    }
    if (!file_list(path, arena, &files, &n, &err)) {
        fprintf(stderr, "vary: %s\n", err.text);
        exit(1);
    }
    for (size_t i = 0; i < n; i++)
        load_file(files[i]);
}

static void load_towns(void)
{
    struct regions regions;
    struct err err = {0};
    if (!regions_read(arena, &regions, &err)) {
        fprintf(stderr, "vary: %s\n", err.text);
        exit(1);
    }
    for (size_t i = 0; i < regions.n; i++) {
        const struct region *r = &regions.items[i];
        bool town = (r->type == REGION_SI || r->type == REGION_GUN) && r->to == DATE_NONE && r->name.n >= 9;
        if (!town || n_towns == sizeof towns / sizeof *towns)
            continue;
        size_t slot = (size_t)str_hash(r->name) % SLOTS;
        while (slots[slot])
            slot = (slot + 1) % SLOTS;
        towns[n_towns++] = r->name;
        slots[slot] = n_towns;
    }
}

/* The town whose name begins there, SIZE_MAX for none. */
static size_t town_at(struct str s, size_t at)
{
    for (size_t n = 12; n >= 9; n -= 3) {
        struct str word = str_slice(s, at, at + n);
        if (word.n < n)
            continue;
        for (size_t slot = (size_t)str_hash(word) % SLOTS; slots[slot]; slot = (slot + 1) % SLOTS)
            if (str_equal(towns[slots[slot] - 1], word))
                return slots[slot] - 1;
    }
    return SIZE_MAX;
}

static void vary(struct buf *out, struct str s, size_t round)
{
    for (size_t i = 0; i < s.n;) {
        unsigned char c = (unsigned char)s.p[i];
        size_t town = round > 0 && c >= 0xea && c <= 0xed ? town_at(s, i) : SIZE_MAX;
        if (town != SIZE_MAX) {
            buf_str(out, towns[(town + round * 7) % n_towns]);
            i += towns[town].n;
        } else if (c >= '1' && c <= '9' && round > 0) {
            buf_char(out, (char)('1' + (c - '1' + round) % 9));
            i++;
        } else {
            buf_char(out, s.p[i++]);
        }
    }
}

static struct str varied(struct buf *out, struct str s, size_t round)
{
    buf_clear(out);
    vary(out, s, round);
    return buf_view(out);
}

static void write_article(size_t k, date_t first, size_t days)
{
    static struct buf line, text;
    const struct base *base = &bases[k % n_bases];
    size_t round = k / n_bases;
    char id[32];
    struct date_text day = date_iso(first + (date_t)((k * 7919 + round * 31) % days));
    snprintf(id, sizeof id, "v%zu", k);
    buf_clear(&line);
    struct json json = {.out = &line};
    json_open(&json, NULL, '{');
    json_str(&json, "id", str_from(id));
    json_str(&json, "title", varied(&text, base->title, round));
    json_str(&json, "date", str_from(day.p));
    json_str(&json, "outlet", base->outlet);
    json_str(&json, "body", varied(&text, base->body, round));
    json_close(&json, '}');
    buf_char(&line, '\n');
    fwrite(line.p, 1, line.n, stdout);
}

int main(int argc, char **argv)
{
    int year = 0, month = 0;
    if (argc < 6 || sscanf(argv[4], "%d-%d", &year, &month) != 2) {
        fputs("usage: vary FIRST N MONTHS LAST-MONTH FILE|DIR...\n", stderr);
        return 64;
    }
    size_t from = strtoull(argv[1], NULL, 10), n = strtoull(argv[2], NULL, 10);
    int months = (int)strtol(argv[3], NULL, 10), start = year * 12 + month - months;
    arena = arena_new();
    load_towns();
    for (int i = 5; i < argc; i++)
        load(argv[i]);
    if (n_bases == 0)
        return 1;
    date_t first = date_from(start / 12, start % 12 + 1, 1);
    date_t end = date_from((year * 12 + month) / 12, month % 12 + 1, 1);
    for (size_t k = from; k < from + n; k++)
        write_article(k, first, (size_t)(end - first));
    mem_free(bases);
    arena_free(arena);
    return 0;
}
