/* Scores content extraction on the pages that tests/labels/content.tsv labels by line and byte.
 *   eval_content LABELS SHARED [-v]     -v prints, for each page, the words that are missing and those too many
 * A page is read as `briefgen import` reads it; its words (as a multiset) are compared with those of the labelled
 * ranges. Words of the "either" ranges count neither way. Prints the score of each source and of all, and the worst
 * pages. Exit status: 0, or 1 where the F1 of all is below the wanted one. */
#include "base/file.h"
#include "ingest/decode.h"
#include "ingest/ingest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORST = 12, SHOWN = 24, LIMIT = 64 << 20 };
static const double wanted = 0.97;

struct page {
    struct str name, group;
    size_t hit, miss, extra;
    bool read; /* one article came out */
};

struct words {
    struct str *items;
    size_t n;
};

static struct arena *arena;
static bool verbose;

static int compare_words(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

/* The words of a text, sorted. */
static struct words words_of(struct str text)
{
    struct words words = {ARENA_ARRAY(arena, text.n / 2 + 1, struct str), 0};
    text = decode_spaces(arena, text);
    for (size_t i = 0, from = 0; i <= text.n; i++) {
        if (i < text.n && text.p[i] != ' ' && text.p[i] != '\n' && text.p[i] != '\t')
            continue;
        if (i > from)
            words.items[words.n++] = str_slice(text, from, i);
        from = i + 1;
    }
    qsort(words.items, words.n, sizeof *words.items, compare_words);
    return words;
}

/* What is left of `a` when the words of `b` are taken out, once each. */
static struct words without(struct words a, struct words b)
{
    struct words left = {ARENA_ARRAY(arena, a.n + 1, struct str), 0};
    size_t j = 0;
    for (size_t i = 0; i < a.n; i++) {
        while (j < b.n && str_compare(b.items[j], a.items[i]) < 0)
            j++;
        if (j < b.n && str_equal(b.items[j], a.items[i]))
            j++;
        else
            left.items[left.n++] = a.items[i];
    }
    return left;
}

/* The text that ranges name: "14-30,33" lines, "3:120-4000" bytes of a line; "-" names none. */
static struct str text_at(struct str text, struct str ranges)
{
    struct buf out = {0};
    struct str range;
    while (ranges.n && str_field(&ranges, ',', &range)) {
        size_t first = 0, last = 0, from = 0, to = SIZE_MAX;
        struct str rest = text, line;
        char copy[64];
        snprintf(copy, sizeof copy, STR_FMT, STR_ARG(range));
        if (sscanf(copy, "%zu:%zu-%zu", &first, &from, &to) == 3)
            last = first;
        else if (sscanf(copy, "%zu-%zu", &first, &last) == 1)
            last = first;
        for (size_t i = 1; i <= last && str_line(&rest, &line); i++)
            if (i >= first) {
                buf_str(&out, str_slice(line, from, to));
                buf_char(&out, '\n');
            }
    }
    struct str result = str_copy(arena, buf_view(&out));
    buf_free(&out);
    return result;
}

static struct str clean(struct str text)
{
    struct diag_list diag = {0};
    struct str result = decode_clean(arena, "", 0, text, &diag);
    diag_free(&diag);
    return str_copy(arena, result);
}

static void print_words(const char *what, struct words words)
{
    printf("    %s:", what);
    for (size_t i = 0; i < words.n && i < SHOWN; i++)
        printf(" " STR_FMT, STR_ARG(words.items[i]));
    printf(words.n > SHOWN ? " … (%zu)\n" : "\n", words.n);
}

static void score(struct page *page, struct str got, struct str body, struct str either)
{
    struct words have = words_of(got), want = words_of(clean(body)), free_words = words_of(clean(either));
    struct words missing = without(want, have);
    struct words extra = without(without(have, want), free_words);
    page->hit = want.n - missing.n;
    page->miss = missing.n;
    page->extra = extra.n;
    if (verbose && (missing.n || extra.n || !page->read)) {
        printf("  " STR_FMT "%s\n", STR_ARG(page->name), page->read ? "" : ": no article");
        if (missing.n)
            print_words("missing", missing);
        if (extra.n)
            print_words("too many", extra);
    }
}

struct reading {
    size_t n;
    struct str body;
};

static bool keep(void *context, struct article *article, struct err *err)
{
    struct reading *reading = context;
    (void)err;
    if (reading->n++ == 0)
        reading->body = str_copy(arena, article->body);
    return true;
}

static struct reading read_article(struct str bytes)
{
    struct reading reading = {0};
    struct ingest_options options = {.format = "auto", .encoding = "auto", .file_limit = LIMIT};
    struct diag_list diag = {0};
    struct err err = {0};
    ingest_text("page", bytes, &options, keep, &reading, &diag, &err);
    diag_free(&diag);
    return reading;
}

static double f1(const struct page *p)
{
    return 2 * p->hit + p->miss + p->extra ? 2.0 * (double)p->hit / (double)(2 * p->hit + p->miss + p->extra) : 1;
}

static int worse(const void *a, const void *b)
{
    double x = f1(a), y = f1(b);
    return x < y ? -1 : x > y ? 1 : str_compare(((const struct page *)a)->name, ((const struct page *)b)->name);
}

/* Line `number` of a file that is one record a line. */
static struct str record_at(struct str text, size_t number)
{
    struct str line = {NULL, 0};
    while (number-- > 0 && str_line(&text, &line))
        ;
    return line;
}

/* The value of the record's "body", its escapes undone as far as these sources use them. */
static struct str body_field(struct str record)
{
    struct buf out = {0};
    size_t at = str_find(record, STR("\"body\": \""), 0);
    for (size_t i = at == SIZE_MAX ? record.n : at + 9; i < record.n && record.p[i] != '"'; i++) {
        unsigned code = 0;
        if (record.p[i] != '\\') {
            buf_char(&out, record.p[i]);
        } else if (record.p[++i] == 'u' && sscanf(record.p + i + 1, "%4x", &code) == 1) {
            buf_utf8(&out, code);
            i += 4;
        } else {
            buf_char(&out, record.p[i] == 'n'   ? '\n'
                           : record.p[i] == 't' ? '\t'
                           : record.p[i] == 'r' ? '\r'
                                                : record.p[i]);
        }
    }
    struct str result = str_copy(arena, buf_view(&out));
    buf_free(&out);
    return result;
}

/* Reads FILE or FILE#N: what is imported, and the text that the labels' lines are of. */
static bool load(const char *shared, struct str name, struct str *input, struct str *text)
{
    static struct buf cache;
    static char cached[512];
    char path[512];
    struct err err = {0};
    size_t mark = str_find(name, STR("#"), 0);
    snprintf(path, sizeof path, "%s/" STR_FMT, shared, STR_ARG(str_slice(name, 0, mark)));
    if (strcmp(path, cached) != 0) {
        buf_clear(&cache);
        if (!file_read(path, LIMIT, &cache, &err))
            return false;
        snprintf(cached, sizeof cached, "%s", path);
    }
    *input = *text = buf_view(&cache);
    if (mark != SIZE_MAX) {
        *input = record_at(*input, strtoul(name.p + mark + 1, NULL, 10));
        *text = body_field(*input);
    }
    return true;
}

static void print_total(const char *name, const struct page *pages, size_t n, struct page *total)
{
    size_t count = 0, whole = 0;
    *total = (struct page){0};
    for (size_t i = 0; i < n; i++) {
        if (*name && !str_equal(pages[i].group, str_from(name)))
            continue;
        total->hit += pages[i].hit;
        total->miss += pages[i].miss;
        total->extra += pages[i].extra;
        whole += f1(&pages[i]) >= 1;
        count++;
    }
    if (count)
        printf("%-10s %4zu texts, F1 %.4f (words right %zu, missing %zu, too many %zu), %zu exact\n",
               *name ? name : "all", count, f1(total), total->hit, total->miss, total->extra, whole);
}

static size_t score_all(const struct tsv *labels, const char *shared, struct page *pages, size_t *bad)
{
    size_t file = tsv_column(labels, "file"), sum = tsv_column(labels, "sha256"), body = tsv_column(labels, "body"),
           either = tsv_column(labels, "either"), n = 0;
    for (size_t row = 0; row < labels->rows; row++) {
        struct str name = tsv_cell(labels, row, file), digits = tsv_cell(labels, row, sum), input, text;
        char hex[65];
        if (!load(shared, name, &input, &text)) {
            printf("  " STR_FMT ": cannot be read\n", STR_ARG(name));
            ++*bad;
            continue;
        }
        file_sha256(text, hex);
        if (!str_starts(str_from(hex), digits)) {
            printf("  " STR_FMT ": not the text that was labelled (%.12s)\n", STR_ARG(name), hex);
            ++*bad;
            continue;
        }
        struct reading reading = read_article(input);
        struct page *page = &pages[n++];
        *page = (struct page){.name = name, .group = str_slice(name, 0, str_find(name, STR("/"), 0))};
        page->read = reading.n == 1;
        score(page, reading.body, text_at(text, tsv_cell(labels, row, body)),
              text_at(text, tsv_cell(labels, row, either)));
    }
    return n;
}

int main(int argc, char **argv)
{
    struct err err = {0};
    struct buf bytes = {0};
    struct tsv labels;
    size_t bad = 0;
    verbose = argc > 3 && strcmp(argv[3], "-v") == 0;
    arena = arena_new();
    if (argc < 3 || !file_read(argv[1], LIMIT, &bytes, &err) ||
        !tsv_parse(arena, argv[1], buf_view(&bytes), &labels, &err)) {
        fprintf(stderr, "eval_content LABELS SHARED [-v] %s\n", err.text);
        return 64;
    }
    struct page *pages = ARENA_ARRAY(arena, labels.rows + 1, struct page), total;
    size_t n = score_all(&labels, argv[2], pages, &bad);
    qsort(pages, n, sizeof *pages, worse);
    print_total("articles", pages, n, &total);
    print_total("gold", pages, n, &total);
    print_total("corpus", pages, n, &total);
    print_total("", pages, n, &total);
    printf("worst:\n");
    for (size_t i = 0; i < n && i < WORST && f1(&pages[i]) < 1; i++)
        printf("  %.4f " STR_FMT " (missing %zu, too many %zu)\n", f1(&pages[i]), STR_ARG(pages[i].name), pages[i].miss,
               pages[i].extra);
    double f = f1(&total);
    buf_free(&bytes);
    arena_free(arena);
    return bad || f < wanted ? 1 : 0;
}
