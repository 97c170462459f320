/* Scores publication dating on a folder of labelled articles (labels.tsv, ID.txt and, for most, ID.meta.json with the
 * source's date column; its README explains the columns).
 *   eval_dates DIR [-v]     -v lists the dates that are certain where the labels know no day
 * Texts with a date column are read as JSON Lines records are, pages and texts with front matter as pages. A row is
 * right when a certain date lies inside the accepted interval, or when the labels know no day and none is claimed.
 * Exit status: 0, or 1 where less than the wanted share is right. */
#include "base/file.h"
#include "base/json.h"
#include "ingest/ingest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LIMIT = 64 << 20 };
static const double wanted = 0.98;
static struct arena *arena;

struct row {
    struct str id, date, basis;
    date_t lo, hi;
};

struct score {
    size_t rows, right;
    size_t known, known_right; /* rows whose day the labels know */
    size_t outside;            /* certain and outside the interval */
    size_t claimed;            /* certain where no day can be known … */
    size_t guesses, near;      /* guessed spans; those that touch the interval */
};

struct reading {
    size_t n;
    date_t published, lo, hi;
    enum date_basis basis;
    struct str evidence;
};

static bool keep(void *context, struct article *article, struct err *err)
{
    struct reading *reading = context;
    (void)err;
    reading->n++;
    reading->published = article->published;
    reading->lo = article->lo;
    reading->hi = article->hi;
    reading->basis = article->basis;
    reading->evidence = str_copy(arena, article->date_evidence);
    return true;
}

static struct str read_file(const char *directory, struct str id, const char *ending)
{
    char path[512];
    struct buf bytes = {0};
    struct err err = {0};
    snprintf(path, sizeof path, "%s/" STR_FMT "%s", directory, STR_ARG(id), ending);
    file_read(path, LIMIT, &bytes, &err);
    struct str result = str_copy(arena, buf_view(&bytes));
    buf_free(&bytes);
    return result;
}

/* The value of "date" in a meta.json; empty for none. */
static struct str date_column(struct str meta)
{
    static const char name[] = "\"date\": \"";
    struct buf out = {0};
    size_t at = str_find(meta, str_from(name), 0);
    for (size_t i = at == SIZE_MAX ? meta.n : at + strlen(name); i < meta.n && meta.p[i] != '"'; i++) {
        i += meta.p[i] == '\\';
        buf_add(&out, meta.p + i, i < meta.n);
    }
    struct str result = str_copy(arena, buf_view(&out));
    buf_free(&out);
    return result;
}

static struct reading date_of(const char *directory, const struct row *row)
{
    struct reading reading = {.published = DATE_NONE};
    struct ingest_options options = {.format = "pagetext", .encoding = "auto", .file_limit = LIMIT};
    struct diag_list diag = {0};
    struct err err = {0};
    struct str text = read_file(directory, row->id, ".txt"), rest = text, title = {NULL, 0};
    struct str column = date_column(read_file(directory, row->id, ".meta.json"));
    struct buf record = {0};
    if (column.n && !str_starts(text, STR("---"))) {
        options.format = "jsonl";
        str_line(&rest, &title);
        struct json json = {.out = &record};
        json_open(&json, NULL, '{');
        json_str(&json, "title", title);
        json_str(&json, "body", rest);
        json_str(&json, "date", column);
        json_close(&json, '}');
        text = buf_view(&record);
    }
    ingest_text("row", text, &options, keep, &reading, &diag, &err);
    diag_free(&diag);
    buf_free(&record);
    return reading;
}

static void print_row(const char *what, const struct row *row, const struct reading *r)
{
    printf("  %s " STR_FMT ": %s %s [%s..%s], labelled " STR_FMT " [%s..%s] " STR_FMT " (" STR_FMT ")\n", what,
           STR_ARG(row->id), basis_name(r->basis), date_iso(r->published).p, date_iso(r->lo).p, date_iso(r->hi).p,
           STR_ARG(row->date), date_iso(row->lo).p, date_iso(row->hi).p, STR_ARG(row->basis), STR_ARG(r->evidence));
}

static void judge(const struct row *row, const struct reading *r, bool verbose, struct score *score)
{
    bool certain = r->published != DATE_NONE, known = row->date.n > 0, interval = row->lo != DATE_NONE;
    bool inside = certain && interval && r->published >= row->lo && r->published <= row->hi;
    bool right = certain ? inside : !known;
    score->rows++;
    score->right += right;
    score->known += known;
    score->known_right += known && right;
    score->outside += certain && !inside;
    score->claimed += certain && !known;
    if (!certain && r->lo != DATE_NONE && interval) {
        score->guesses++;
        score->near += r->lo <= row->hi && r->hi >= row->lo;
    }
    if (!right)
        print_row(certain ? "outside" : "missing", row, r);
    else if (certain && !known && verbose)
        print_row("claimed", row, r);
}

int main(int argc, char **argv)
{
    struct err err = {0};
    struct buf bytes = {0};
    struct tsv labels;
    struct score score = {0};
    char path[512];
    arena = arena_new();
    snprintf(path, sizeof path, "%s/labels.tsv", argc > 1 ? argv[1] : ".");
    if (argc < 2 || !file_read(path, LIMIT, &bytes, &err) || !tsv_parse(arena, path, buf_view(&bytes), &labels, &err)) {
        fprintf(stderr, "eval_dates DIR [-v] %s\n", err.text);
        return 64;
    }
    for (size_t i = 0; i < labels.rows; i++) {
        struct row row = {tsv_cell(&labels, i, tsv_column(&labels, "id")),
                          tsv_cell(&labels, i, tsv_column(&labels, "date")),
                          tsv_cell(&labels, i, tsv_column(&labels, "date_basis")),
                          date_parse(tsv_cell(&labels, i, tsv_column(&labels, "date_lo"))),
                          date_parse(tsv_cell(&labels, i, tsv_column(&labels, "date_hi")))};
        struct reading reading = date_of(argv[1], &row);
        judge(&row, &reading, argc > 2 && strcmp(argv[2], "-v") == 0, &score);
    }
    double share = score.rows ? (double)score.right / (double)score.rows : 0;
    printf("%zu of %zu right (%.1f %%); %zu of %zu known days; %zu certain dates outside their interval; %zu certain "
           "of %zu unknown days; %zu of %zu guessed spans touch the interval\n",
           score.right, score.rows, 100 * share, score.known_right, score.known, score.outside, score.claimed,
           score.rows - score.known, score.near, score.guesses);
    buf_free(&bytes);
    arena_free(arena);
    return share >= wanted ? 0 : 1;
}
