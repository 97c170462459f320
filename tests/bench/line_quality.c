/* line_quality FILE.md [FONTS.ini]: how the paragraphs of a text come out, by total fit and by two greedy ways over the
 * same places where a line may end:
 *
 *   first fit   a line takes what goes in
 *   word first  … but ends between 어절, unless a word space would grow over 0.5 em
 *   keep-all    total fit in a style that never cuts an 어절
 *
 * Then widows and orphans of the laid-out pages. Nothing here is in the product. */
#include "base/file.h"
#include "base/mem.h"
#include "data/data.h"
#include "layout/lines.h"
#include "layout/style.h"
#include "template/template.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WAYS = 4, BINS = 8 };

static const char *const way_names[WAYS] = {"total fit", "word first", "first fit", "keep-all"};
static const double bins[BINS] = {-0.02, 0.02, 0.06, 0.10, 0.15, 0.20, 0.30, 1e9}; /* em, upper ends */

struct figures {
    size_t lines, inner; /* all; those before the last of their paragraph */
    size_t cut, lone, stacks, ragged, last, short_last, uneven, pairs;
    double demerits, variation;
    float *gaps; /* em beyond the space's own width, of justified lines */
    size_t n_gaps, room;
};

/* ---- lines ---- */

static size_t greedy_reach(const struct breaker *b, size_t i, bool word_first)
{
    size_t cut = i + 1, word = 0;
    for (size_t j = i + 1; j < b->n; j++) {
        struct fit fit = fit_line(b, i, j);
        double slack = lines_measure_at(b, i) - (b->items[j].right.x - b->items[i].left.x);
        if (j > i + 1 && (fit.overfull || slack < -1e-6))
            break;
        cut = j;
        if (b->items[j].level >= BREAK_SPACE)
            word = j;
    }
    if (!word_first || !word || word == cut)
        return cut;
    struct fit fit = fit_line(b, i, word);
    return fit.ragged || fit.space > 0.27 * (double)b->style->size ? cut : word;
}

static void greedy(struct breaker *b, bool word_first)
{
    for (size_t i = 0, j; i + 1 < b->n; i = j) {
        j = greedy_reach(b, i, word_first);
        b->items[j].from = (uint32_t)i;
    }
}

static bool is_letter(uint32_t c)
{
    return break_is_hangul_or_han(c) || c - '0' < 10 || (c | 0x20) - 'a' < 26;
}

static size_t letters_between(const struct shaper *s, uint32_t from, uint32_t to)
{
    size_t n = 0;
    for (uint32_t i = from; i < to; i++)
        n += is_letter(s->units[i].cp);
    return n;
}

/* Whether a cut at unit i leaves one syllable alone on either side. */
static bool is_lone(const struct shaper *s, uint32_t i)
{
    uint32_t from = i, to = i;
    while (from > 0 && !(s->units[from - 1].flags & (UNIT_SPACE | UNIT_NEWLINE)))
        from--;
    while (to < s->n && !(s->units[to].flags & (UNIT_SPACE | UNIT_NEWLINE)))
        to++;
    return letters_between(s, from, to) > 1 && (letters_between(s, from, i) == 1 || letters_between(s, i, to) == 1);
}

static void count_gap(struct figures *f, float gap, float *before)
{
    f->gaps = mem_grow(f->gaps, &f->room, f->n_gaps + 1, sizeof *f->gaps);
    f->gaps[f->n_gaps++] = gap;
    if (!isnan(*before)) {
        f->pairs++;
        f->variation += fabs((double)(gap - *before));
        f->uneven += fabsf(gap - *before) > 0.1f;
    }
    *before = gap;
}

static void count_line(struct figures *f, const struct breaker *b, size_t i, size_t j, size_t *stack, float *before)
{
    const struct candidate *at = &b->items[j];
    struct fit fit = fit_line(b, i, j);
    bool last = at->level == BREAK_FORCED,
         cut = at->level < BREAK_SPACE && !(b->s->units[at->end].flags & UNIT_SPACE); /* a kept space cuts nothing */
    f->lines++;
    f->inner += !last;
    f->last += last && i > 0;
    f->short_last += last && i > 0 && letters_between(b->s, b->items[i].start, at->end) <= 3 &&
                     lines_width(b, b->items[i].start, at->end) < 4 * (double)b->style->size;
    f->cut += cut;
    f->lone += cut && is_lone(b->s, at->start);
    *stack = cut ? *stack + 1 : 0;
    f->stacks += *stack == 3;
    f->ragged += !last && fit.ragged;
    if (!last && !fit.ragged)
        count_gap(f, (float)(fit.space / (double)b->style->size), before);
    else
        *before = NAN;
}

static void count_stretch(struct figures *f, const struct breaker *b)
{
    size_t *path = mem_alloc(b->n * sizeof *path), n = 0, stack = 0;
    for (size_t at = b->n - 1; at > 0; at = b->items[at].from)
        path[n++] = at;
    unsigned colour = COLOUR_NORMAL;
    float before = NAN;
    for (size_t k = n, i = 0; k-- > 0; i = path[k]) {
        f->demerits += fit_demerits(b, i, path[k], &colour);
        count_line(f, b, i, path[k], &stack, &before);
    }
    mem_free(path);
}

static void set_paragraph(struct shaper *s, struct arena *arena, const struct block *block,
                          const struct text_style *style, float measure, struct figures figures[WAYS])
{
    arena_reset(s->scratch);
    itemize(s, arena, block->runs, block->n, style);
    breaks_find(s);
    shape_segments(s);
    breaks_mark_slots(s);
    struct text_style keep = *style;
    keep.keep_words = true;
    for (size_t way = 0; way < WAYS; way++) {
        struct breaker b;
        lines_begin(&b, s, way == 3 ? &keep : style, measure);
        for (uint32_t from = 0, to; from < s->n; from = to, b.first = b.measure) {
            to = lines_stretch(s, from);
            lines_candidates(&b, from, to);
            if (way == 1 || way == 2)
                greedy(&b, way == 1);
            else
                fit_lines(&b);
            count_stretch(&figures[way], &b);
        }
        lines_free(&b);
    }
}

static size_t set_paragraphs(struct shaper *s, struct arena *arena, const struct block *block,
                             const struct style_sheet *sheet, struct figures figures[WAYS])
{
    size_t n = 0;
    float measure = sheet->page.width - sheet->page.left - sheet->page.right;
    for (; block; block = block->next) {
        if (block->kind == BLOCK_PARAGRAPH && block->n && !block->style.n && !(block->runs[0].flags & RUN_STRONG)) {
            set_paragraph(s, arena, block, &sheet->styles[STYLE_BODY].text, measure, figures);
            n++;
        }
        n += set_paragraphs(s, arena, block->children, sheet, figures); /* deep lists are none of this text's */
    }
    return n;
}

/* ---- pages ---- */

/* Every letter of the pages' text, with the place it stands at. */
struct place {
    int page;
    float y;
};

struct flat {
    struct buf text;
    struct place *places;
    size_t room;
};

static void add_letters(struct flat *flat, struct str text, struct place place)
{
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == ' ')
            continue;
        flat->places = mem_grow(flat->places, &flat->room, flat->text.n + 1, sizeof *flat->places);
        flat->places[flat->text.n] = place;
        buf_char(&flat->text, text.p[i]);
    }
}

static bool new_line(struct place a, struct place b)
{
    return a.page != b.page || fabsf(a.y - b.y) > 6; /* a raised figure is not on another line */
}

/* Widows and orphans of one paragraph that stands at letters [from, to). */
static void count_parted(const struct flat *flat, size_t from, size_t to, size_t *widows, size_t *orphans)
{
    size_t lines = 1, second = to, last = from, before_last = from;
    for (size_t i = from + 1; i < to; i++) {
        if (!new_line(flat->places[i - 1], flat->places[i]))
            continue;
        lines++;
        second = second == to ? i : second;
        before_last = last;
        last = i;
    }
    if (lines < 2)
        return;
    *orphans += flat->places[from].page != flat->places[second].page;
    *widows += flat->places[before_last].page != flat->places[last].page;
}

static void find_parted(const struct flat *flat, const struct block *block, size_t *at, size_t counts[3])
{
    for (; block; block = block->next) {
        struct flat own = {0};
        for (size_t i = 0; block->kind == BLOCK_PARAGRAPH && i < block->n; i++)
            add_letters(&own, block->runs[i].text, (struct place){0});
        size_t from = own.text.n ? str_find(buf_view(&flat->text), buf_view(&own.text), *at) : SIZE_MAX;
        if (from != SIZE_MAX) {
            *at = from + own.text.n;
            counts[0]++;
            count_parted(flat, from, *at, &counts[1], &counts[2]);
        }
        buf_free(&own.text);
        mem_free(own.places);
        find_parted(flat, block->children, at, counts);
    }
}

static void print_pages(struct fonts *fonts, const struct style_sheet *sheet, const struct doc *doc,
                        struct diag_list *diag, struct err *err)
{
    struct flat flat = {0};
    struct layout *layout = layout_new(fonts, sheet, doc, diag);
    struct page page = {0};
    while (layout_next(layout, &page, err))
        for (size_t i = 0; i < page.n; i++)
            if (page.ops[i].kind == OP_TEXT && !page.ops[i].artifact)
                add_letters(&flat, page.ops[i].text, (struct place){page.number, page.ops[i].y});
    layout_free(layout);
    size_t at = 0, counts[3] = {0};
    find_parted(&flat, doc->first, &at, counts);
    printf("\non %d pages: %zu paragraphs, %zu widows, %zu orphans\n", page.number, counts[0], counts[1], counts[2]);
    buf_free(&flat.text);
    mem_free(flat.places);
}

/* ---- the table ---- */

static int compare(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

static double part(size_t n, size_t of)
{
    return of ? 100 * (double)n / (double)of : 0;
}

static double gap_at(const struct figures *f, double part_below)
{
    return f->n_gaps ? (double)f->gaps[(size_t)(part_below * (double)(f->n_gaps - 1))] : 0;
}

static double share_in(const struct figures *f, size_t bin)
{
    size_t n = 0;
    for (size_t i = 0; i < f->n_gaps; i++)
        n += (double)f->gaps[i] < bins[bin] && (bin == 0 || (double)f->gaps[i] >= bins[bin - 1]);
    return part(n, f->n_gaps);
}

#define ROW(label, format, value)                                                                                      \
    do {                                                                                                               \
        printf("%-38s", label);                                                                                        \
        for (size_t w = 0; w < WAYS; w++) {                                                                            \
            const struct figures *f = &figures[w];                                                                     \
            printf("  " format, value);                                                                                \
        }                                                                                                              \
        printf("\n");                                                                                                  \
    } while (0)

static void print_table(struct figures figures[WAYS])
{
    printf("%-38s", "");
    for (size_t w = 0; w < WAYS; w++) {
        printf("  %10s", way_names[w]);
        qsort(figures[w].gaps, figures[w].n_gaps, sizeof(float), compare);
    }
    printf("\n");
    ROW("lines", "%10zu", f->lines);
    ROW("line ends that cut an 어절, %", "%10.1f", part(f->cut, f->inner));
    ROW("… and leave one syllable alone", "%10zu", f->lone);
    ROW("stacks of three cut lines or more", "%10zu", f->stacks);
    ROW("ragged lines", "%10zu", f->ragged);
    ROW("short last lines", "%10zu", f->short_last);
    ROW("word space beyond its own, em: p50", "%10.3f", gap_at(f, 0.5));
    ROW("  p90", "%10.3f", gap_at(f, 0.9));
    ROW("  p99", "%10.3f", gap_at(f, 0.99));
    ROW("  widest", "%10.3f", gap_at(f, 1));
    for (size_t bin = 0; bin < BINS; bin++) {
        char label[40];
        snprintf(label, sizeof label, bin + 1 < BINS ? "  under %.2f, %%" : "  over %.2f, %%",
                 bins[bin + 1 < BINS ? bin : bin - 1]);
        ROW(label, "%10.1f", share_in(f, bin));
    }
    ROW("neighbours' mean difference, em", "%10.3f", f->pairs ? f->variation / (double)f->pairs : 0);
    ROW("neighbours over 0.1 em apart, %", "%10.1f", part(f->uneven, f->pairs));
    ROW("demerits a line", "%10.0f", f->demerits / (double)(f->lines + !f->lines));
}

static bool run(struct arena *arena, const char *file, const char *config, struct diag_list *diag, struct err *err)
{
    struct buf text = {0}, fonts_text = {0};
    struct doc doc = {0};
    struct figures figures[WAYS] = {{0}};
    const struct style_sheet *sheet = style_open(arena, data_file("templates/house.ini"), "", STR(""), err);
    if (!sheet || !file_read(file, 64 << 20, &text, err) || (config && !file_read(config, 1 << 20, &fonts_text, err)) ||
        !template_markdown(arena, file, buf_view(&text), NULL, &doc, err))
        return false;
    struct fonts *fonts = fonts_open(config ? config : "fonts/fonts.ini",
                                     config ? buf_view(&fonts_text) : data_file("fonts/fonts.ini"), err);
    if (!fonts)
        return false;
    struct shaper *shaper = shaper_new(fonts, diag);
    shaper_characters(shaper, sheet->characters, sheet->n_characters);
    size_t n = set_paragraphs(shaper, arena, doc.first, sheet, figures);
    printf("%zu paragraphs of body text\n", n);
    print_table(figures);
    print_pages(fonts, sheet, &doc, diag, err);
    shaper_free(shaper);
    fonts_free(fonts);
    for (size_t w = 0; w < WAYS; w++)
        mem_free(figures[w].gaps);
    buf_free(&text);
    buf_free(&fonts_text);
    return !err->kind;
}

int main(int argc, char **argv)
{
    if (argc < 2 || argc > 3) {
        fprintf(stderr, "usage: line_quality FILE.md [FONTS.ini]\n");
        return 64;
    }
    struct arena *arena = arena_new();
    struct diag_list diag = {0};
    struct err err = {0};
    bool ok = run(arena, argv[1], argc > 2 ? argv[2] : NULL, &diag, &err);
    if (!ok)
        fprintf(stderr, "line_quality: %s\n", err.text);
    diag_free(&diag);
    arena_free(arena);
    return ok ? 0 : 1;
}
