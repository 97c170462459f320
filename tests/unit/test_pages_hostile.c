/* Random trees of all blocks: nothing is lost, nothing leaves the sheet, nothing is said twice, whatever the shape. And
 * the same with the fonts of the house, where they are installed. */
#include "base/mem.h"
#include "layout/style.h"
#include "random_pages.h"
#include "tags_check.h"

#include <math.h>
#include <stdlib.h>

#define TINY                                                                                                           \
    "[page]\nwidth = 40mm\nheight = 70mm\ntop = 6mm\nbottom = 6mm\nleft = 4mm\nright = 2mm\nhead = 4mm\n"              \
    "head-rule = 5mm\nfoot = 68mm\n"

/* A sheet put together by chance, but for the rule above notes: see is_note_rule. */
static const struct style_sheet *random_sheet(struct arena *arena)
{
    static const char *const pages[] = {
        "[page]\n",
        "[page]\nwidth = 297mm\nheight = 210mm\nfoot = 199mm\n",
        "[page]\nwidth = 105mm\nheight = 148mm\nfoot = 137mm\n",
        TINY,
    };
    static const char *const extras[] = {
        "[page]\nsides = two\nleft = 9mm\nright = 3mm\n",
        "[page]\nnumber-form = # / ##\nnumber-start = 998\n",
        "[note]\nform = *\nnumbers = page\n",
        "[note]\nform = 주#)\nabove = 0\nbelow = 0\n",
        "[distance]\nlist-gap = 0\nlist-after = 0\nobject-after = 0\ncolumn-gap = 4\ncolumn-rule = 1\n",
        "[style h1]\nnumber = 제1장\nbefore = 60\n[style h2]\nnumber = 1.\n[style caption]\nnumber = <표 1>\n",
        "[style quote]\npad = 0\nfill = gray-5\nkeep-lines = yes\n[style box]\npad = 20\nbefore = 40\n",
        "[style box]\nkeep-lines = yes\nleft = 12\nright = 12\n",
        "[style body]\nwords = keep\nindent = 10\nafter = 0\n[style footnote]\nbefore = 9\nafter = 9\n",
        "[style subtitle]\nat-foot = yes\n[style title]\nkeep-next = no\npage-before = yes\n",
        "[table]\npad-x = 0\npad-y = 0\nzebra = cell-zebra\nrule-columns = 3 gray-20\nrule-sides = 2 gray-20\n",
        "[table]\npad-x = 8\npad-y = 12\nvertical = bottom\n",
    };
    struct buf text = {0};
    buf_text(&text, pages[chance(4)]);
    for (size_t i = 0; i < sizeof extras / sizeof *extras; i++)
        if (chance(3) == 0)
            buf_text(&text, extras[i]);
    buf_text(&text, "[note]\nrule = 23.7mm\n");
    struct err err = {0};
    const struct style_sheet *sheet =
        style_open(arena, data_file("templates/house.ini"), "test.ini", buf_view(&text), &err);
    if (!sheet)
        fail_msg("%s in:\n%s", err.text, text.p);
    buf_free(&text);
    return sheet;
}

/* The rule above notes is of a length that no other rule has; the bar of a chart may be as long, but is thicker. */
static bool is_note_rule(const struct op *op, const struct style_sheet *sheet)
{
    return op->kind == OP_RECT && op->artifact && fabsf(op->w - sheet->note.rule) < 0.001F &&
           fabsf(op->h - sheet->distance.hairline) < 0.001F;
}

/* The upper edge of each page's notes, by the rule above them; [pages + 1], 0 for none. */
static float *note_rules(const struct seen *seen, const struct style_sheet *sheet)
{
    float *rules = mem_alloc(((size_t)seen->pages + 1) * sizeof *rules);
    memset(rules, 0, ((size_t)seen->pages + 1) * sizeof *rules);
    for (size_t i = 0; i < seen->n; i++) {
        const struct op *op = &seen->items[i].op;
        if (is_note_rule(op, sheet))
            rules[seen->items[i].page] = op->y;
    }
    return rules;
}

/* How often each token was said, as content. Texts may be broken at any character and go on on the next page, below
 * notes of this one: whole documents are searched, the body and the notes apart. */
static void count_tokens(const struct seen *seen, const float *rules, size_t tokens, unsigned *count, size_t *first)
{
    struct buf all = {0};
    for (int notes = 0; notes < 2; notes++) {
        for (size_t i = 0; i < seen->n; i++) {
            const struct op *op = &seen->items[i].op;
            float rule = rules[seen->items[i].page];
            if (op->kind == OP_TEXT && !op->artifact && notes == (rule > 0 && op->y > rule))
                buf_str(&all, op->text);
        }
        buf_char(&all, ' ');
    }
    for (size_t i = 0; i < all.n; i++) {
        if (all.p[i] != 'k')
            continue;
        char *end;
        unsigned long token = strtoul(all.p + i + 1, &end, 10);
        if (end > all.p + i + 1 && *end == 'z' && token < tokens && !count[token]++)
            first[token] = i;
    }
    buf_free(&all);
}

static bool is_on(float x, float y, float width, float height)
{
    return x >= 0 && x <= width && y >= 0 && y <= height; /* not where they are no numbers */
}

static void check_geometry(const struct seen *seen, const struct style_sheet *sheet, uint32_t began)
{
    const struct page_style *page = &sheet->page;
    const float side = page->two_sided ? fminf(page->left, page->right) : page->right;
    for (size_t i = 0; i < seen->n; i++) {
        const struct op *op = &seen->items[i].op;
        const float width = seen->items[i].width, height = seen->items[i].height;
        bool body = !op->artifact && op->kind == OP_TEXT, in = isfinite(op->x) && isfinite(op->y);
        in = in && isfinite(op->w) && isfinite(op->h) && (op->kind == OP_PATH || is_on(op->x, op->y, width, height));
        for (size_t k = 0; op->kind == OP_PATH && k < op->n; k++)
            in = in && is_on(op->x + op->corners[k].x, op->y + op->corners[k].y, width, height);
        in = in && (!body || (op->y > page->top && op->y < height - page->bottom + 0.1F));
        in = in && (op->kind != OP_RECT || (op->w >= 0 && op->h >= 0 && op->x + op->w <= width - side + 0.1F));
        if (!in)
            fail_msg("seed %u: page %d: %d at %g, %g of %g × %g is not in its place", began, seen->items[i].page,
                     (int)op->kind, (double)op->x, (double)op->y, (double)op->w, (double)op->h);
    }
}

/* What a page has before the rule above its notes is above it, and what comes after is below. */
static void check_notes(const struct seen *seen, const struct style_sheet *sheet, uint32_t began)
{
    float rule = 0;
    int page = 0;
    for (size_t i = seen->n; i-- > 0;) { /* from the end of each page */
        const struct op *op = &seen->items[i].op;
        if (seen->items[i].page != page)
            rule = 0;
        page = seen->items[i].page;
        if (is_note_rule(op, sheet))
            rule = op->y;
        else if (op->kind == OP_TEXT && rule > 0 && op->y > sheet->page.top && op->y >= rule)
            fail_msg("seed %u: page %d: body text at y %g is below the notes' rule", began, page, (double)op->y);
    }
}

static int by_page_and_line(const void *a, const void *b)
{
    const struct found *x = a, *y = b;
    return x->page != y->page ? x->page - y->page : (x->y > y->y) - (x->y < y->y);
}

/* No text stands on another of its line, in whatever column. */
static void check_overlap(const struct seen *seen, uint32_t began)
{
    struct found *texts = mem_alloc((seen->n + 1) * sizeof *texts);
    size_t n = 0;
    for (size_t i = 0; i < seen->n; i++) {
        const struct op *op = &seen->items[i].op;
        if (op->kind == OP_TEXT && op->w > 0)
            texts[n++] = (struct found){seen->items[i].page, op->x, op->y, op->w, op->size, false};
    }
    qsort(texts, n, sizeof *texts, by_page_and_line);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = i + 1; k < n && texts[k].page == texts[i].page && texts[k].y - texts[i].y < 1.5F; k++) {
            float from = fmaxf(texts[i].x, texts[k].x), to = fminf(texts[i].x + texts[i].w, texts[k].x + texts[k].w);
            if (to - from > 0.5F)
                fail_msg("seed %u: page %d: texts overlap at x %g, y %g", began, texts[i].page, (double)from,
                         (double)texts[i].y);
        }
    }
    mem_free(texts);
}

/* Every text is there once, and the notes' in the order of their numbers; what is cut is named. */
static void check_texts(const struct maker *m, const struct seen *seen, const struct style_sheet *sheet, uint32_t began)
{
    bool twice = m->contents || count_diag(seen, "wide-table"), cut = count_diag(seen, "card-cut");
    cut = cut || m->split || count_diag(seen, "row-split"); /* in torn words stand lines of other cells */
    unsigned *count = mem_alloc((m->tokens + 1) * sizeof *count);
    size_t *first = mem_alloc((m->tokens + 1) * sizeof *first);
    float *rules = note_rules(seen, sheet);
    memset(count, 0, (m->tokens + 1) * sizeof *count);
    memset(first, 0, (m->tokens + 1) * sizeof *first);
    count_tokens(seen, rules, m->tokens, count, first);
    for (size_t i = 0; i < m->tokens; i++)
        if (count[i] != 1 && !(count[i] && twice) && !(!count[i] && cut))
            fail_msg("seed %u: token %zu was said %u times", began, i, count[i]);
    for (size_t i = 1; i < m->b.doc.n_notes && !twice && !cut; i++)
        if (first[m->note_tokens[i - 1]] >= first[m->note_tokens[i]])
            fail_msg("seed %u: note %zu stands before note %zu", began, i + 1, i);
    mem_free(rules);
    mem_free(count);
    mem_free(first);
}

/* The next token of a text; false at its end. */
static bool next_token(struct str *rest, unsigned long *token)
{
    for (size_t at; (at = str_find(*rest, STR("k"), 0)) != SIZE_MAX;) {
        char *end;
        *token = strtoul(rest->p + at + 1, &end, 10);
        bool found = end > rest->p + at + 1 && *end == 'z';
        *rest = str_slice(*rest, at + 1, rest->n);
        if (found)
            return true;
    }
    return false;
}

/* The tree is sound, and has the texts in the order of the document, wherever the pages have them. Notes that are
 * called more than once may stand behind any of the calls. */
static void check_reading(const struct maker *m, const struct seen *seen, uint32_t began)
{
    const char *where = arena_printf(m->b.arena, "seed %u", began);
    struct buf want = {0}, have = {0};
    check_tags(seen, where);
    doc_text(&m->b.doc, false, &want);
    tree_text(seen, false, &have);
    struct str rest = buf_view(&want), said = buf_view(&have);
    for (unsigned long a, c; next_token(&rest, &a);)
        if (!next_token(&said, &c) || a != c)
            fail_msg("%s: token %lu is read for token %lu", where, c, a);
    buf_free(&want);
    buf_free(&have);
}

/* The sheet is one, or NULL: the document has one of its own. */
static void random_document(uint32_t began, const struct style_sheet *sheet, struct fonts *fonts)
{
    seed = began;
    struct maker m = {.most = 120, .split = chance(4) == 0};
    struct seen seen;
    build_begin(&m.b);
    const struct style_sheet *own = sheet ? sheet : random_sheet(m.b.arena);
    random_blocks(&m, 0);
    see_with(&seen, &m.b.doc, fonts, own);
    if (seen.err.kind)
        fail_msg("seed %u: %s", began, seen.err.text);
    check_geometry(&seen, own, began);
    check_notes(&seen, own, began);
    check_overlap(&seen, began);
    check_texts(&m, &seen, own, began);
    check_reading(&m, &seen, began);
    seen_end(&seen);
    build_end(&m.b);
}

/* `make test` looks at a few seeds of each test; SEEDS=1000 build/unit/test_pages_hostile at more, SEED=n at that one.
 */
static void random_pages(uint32_t n, uint32_t first, const struct style_sheet *sheet, struct fonts *fonts)
{
    const char *more = getenv("SEEDS"), *only = getenv("SEED");
    n = more ? (uint32_t)strtoul(more, NULL, 10) : n;
    const uint32_t step = (UINT32_MAX / (n ? n : 1)) | 1;
    for (uint32_t i = 0; i < (only ? 1 : n); i++)
        random_document(only ? (uint32_t)strtoul(only, NULL, 10) : first + i * step, sheet, fonts);
}

static void random_documents(void **state)
{
    (void)state;
    struct fonts *fonts = house_fonts();
    if (!fonts)
        skip();
    random_pages(40, 1, house(), fonts);
    fonts_free(fonts);
}

/* The least page that a sheet may ask for, of two sides, with notes numbered by page. */
static void tiny_pages_lose_nothing(void **state)
{
    (void)state;
    struct fonts *fonts = house_fonts();
    if (!fonts)
        skip();
    struct arena *arena = arena_new();
    const struct style_sheet *tiny =
        house_with(arena, TINY "sides = two\nnumber-form = #/##\n[note]\nrule = 23.7mm\nnumbers = page\n");
    assert_non_null(tiny);
    random_pages(10, 3, tiny, fonts);
    random_document(3573412755U, tiny, fonts); /* a map with tiles lower than two lines */
    arena_free(arena);
    fonts_free(fonts);
}

static void odd_sheets_lose_nothing(void **state)
{
    (void)state;
    struct fonts *fonts = house_fonts();
    if (!fonts)
        skip();
    random_pages(20, 7, NULL, fonts);
    random_document(2161800114U, NULL, fonts); /* a bar as long as the rule above notes */
    fonts_free(fonts);
}

static void same_document_same_pages(void **state)
{
    (void)state;
    struct fonts *fonts = house_fonts();
    if (!fonts)
        skip();
    seed = 5;
    struct maker m = {.most = 120};
    build_begin(&m.b);
    random_blocks(&m, 0);
    random_table(&m);
    struct seen one, two;
    see(&one, &m.b.doc, fonts);
    see(&two, &m.b.doc, fonts);
    assert_int_equal(one.n, two.n);
    for (size_t i = 0; i < one.n; i++) {
        assert_true(one.items[i].op.x == two.items[i].op.x && one.items[i].op.y == two.items[i].op.y);
        assert_true(str_equal(one.items[i].op.text, two.items[i].op.text));
    }
    seen_end(&one);
    seen_end(&two);
    build_end(&m.b);
    fonts_free(fonts);
}

/* Text of many marks on one letter, in every place where text can stand. */
static void combining_marks_stay_on_the_sheet(void **state)
{
    (void)state;
    struct fonts *fonts = house_fonts();
    if (!fonts)
        skip();
    struct buf text = {0};
    buf_char(&text, 'a');
    for (size_t i = 0; i < 10000; i++)
        buf_text(&text, i % 2 ? "\xcc\x81" : "\xcd\x9c");
    struct builder b;
    build_begin(&b);
    build_heading(&b, 1, text.p);
    build_paragraph(&b, "title", text.p);
    build_table(&b, 2, 3, text.p);
    struct chart *chart = build_chart(&b, 2)->chart;
    chart->rows[0].label = chart->rows[1].values->text = chart->title = chart->unit = str_from(text.p);
    struct block *cards = build_block(&b, BLOCK_CARDS);
    cards->n_cards = 1;
    cards->cards = ARENA_NEW(b.arena, struct card);
    cards->cards->label = cards->cards->value = cards->cards->note = str_from(text.p);
    b.doc.running_head = str_from(text.p);
    build_block(&b, BLOCK_PAGE_BREAK);
    build_paragraph(&b, "", "end");
    struct seen seen;
    see(&seen, &b.doc, fonts);
    if (seen.err.kind)
        fail_msg("%s", seen.err.text);
    check_geometry(&seen, house(), 0);
    assert_true(find_text(&seen, "end").page > 1);
    seen_end(&seen);
    build_end(&b);
    buf_free(&text);
    fonts_free(fonts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_documents),
        cmocka_unit_test(tiny_pages_lose_nothing),
        cmocka_unit_test(odd_sheets_lose_nothing),
        cmocka_unit_test(same_document_same_pages),
        cmocka_unit_test(combining_marks_stay_on_the_sheet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
