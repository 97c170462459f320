/* What a document says in the order of reading, found in two ways that have nothing in common: from the document's
 * blocks and from the structure tree of its pages. Both are lines, one a block of text, blanks as they are read. */
#ifndef TESTS_READING_H
#define TESTS_READING_H
#include "base/mem.h"
#include "base/utf8.h"
#include "layout/flow.h"
#include "layout/layout.h"
#include "out/pdf/pdf.h"

#include <string.h>

enum {
    NUMBERED = '\x01', /* in the document's lines: here may stand a number that the layout gives, or a unit */
    MOST_NUMBER = 48   /* bytes */
};

/* ---- the document ---- */

/* Notes to say behind what calls them. */
struct claim {
    unsigned *notes; /* [n] */
    size_t n, room;
};

struct saying {
    const struct doc *doc;
    const struct style_sheet *sheet;
    struct arena *arena;
    bool *said;          /* [notes] */
    struct claim *inner; /* of the note that is being said; NULL in the text */
    struct buf out;
};

/* Without controls of direction, which the layout leaves out. */
static inline void say_text(struct saying *s, struct str text)
{
    for (size_t i = 0; i < text.n;) {
        size_t from = i;
        uint32_t c = utf8_next(text, &i);
        if (c == '\n' || c == '\t')
            buf_char(&s->out, ' ');
        else if (!(c >= 0x202a && c <= 0x202e) && !(c >= 0x2066 && c <= 0x2069))
            buf_str(&s->out, str_slice(text, from, i));
    }
}

static inline void say_line(struct saying *s, struct str text)
{
    say_text(s, text);
    buf_char(&s->out, '\n');
}

/* `ends`: of a line that ends by hand. */
static inline void say_lines(struct saying *s, const struct run *runs, size_t n, char ends)
{
    for (size_t i = 0; i < n; i++) {
        if (runs[i].flags & RUN_BREAK)
            buf_char(&s->out, ends);
        if (!runs[i].note)
            say_text(s, runs[i].text);
    }
    buf_char(&s->out, '\n');
}

static inline void say_runs(struct saying *s, const struct run *runs, size_t n)
{
    say_lines(s, runs, n, ' ');
}

static inline void say_blocks(struct saying *s, const struct block *block);

/* A note is said behind the block that calls it first, or the note: what a block calls itself comes before what its
 * notes call. */
static inline void claim_notes(struct saying *s, struct claim *claim, const struct run *runs, size_t n)
{
    claim = s->inner ? s->inner : claim;
    for (size_t i = 0; i < n; i++) {
        unsigned note = runs[i].note;
        if (!note || note > s->doc->n_notes || s->said[note - 1])
            continue;
        s->said[note - 1] = true;
        claim->notes = mem_grow(claim->notes, &claim->room, claim->n + 1, sizeof *claim->notes);
        claim->notes[claim->n++] = note;
    }
}

static inline void say_claimed(struct saying *s, struct claim *claim)
{
    for (size_t i = 0; i < claim->n; i++) {
        struct claim inner = {0}, *outer = s->inner;
        s->inner = &inner;
        say_blocks(s, s->doc->notes[claim->notes[i] - 1].first);
        s->inner = outer;
        say_claimed(s, &inner);
    }
    mem_free(claim->notes);
}

/* Numbers that are drawn as a line are not said, but for the last one. */
static inline bool is_drawn(struct str spark, size_t column)
{
    struct str word;
    while (str_field(&spark, ' ', &word))
        if (word.n == 1 && (size_t)(word.p[0] - '1') == column)
            return true;
    return false;
}

static inline void say_last(struct saying *s, struct str numbers, struct str asked)
{
    struct str word = {0};
    while (!str_equal(asked, STR("no")) && str_field(&numbers, ' ', &word))
        continue;
    say_line(s, word);
}

static inline void say_table(struct saying *s, const struct block *block)
{
    const struct table *table = block->table;
    for (size_t i = 0; table->header && i < table->columns; i++)
        if (!table->header[i].join)
            say_runs(s, table->header[i].runs, table->header[i].n);
    for (size_t i = 0; i < table->columns * table->rows; i++) {
        const struct cell *cell = &table->cells[i];
        if (cell->join)
            continue;
        if (cell->n == 1 && is_drawn(flow_option(block, "spark"), i % table->columns))
            say_last(s, cell->runs->text, flow_option(block, "spark-number"));
        else if (cell->n)
            say_runs(s, cell->runs, cell->n);
        else if (table->align[i % table->columns] == ALIGN_RIGHT)
            say_line(s, flow_option(block, "none"));
    }
}

static inline void claim_cells(struct saying *s, struct claim *claim, const struct table *table)
{
    for (size_t i = 0; table->header && i < table->columns; i++)
        claim_notes(s, claim, table->header[i].runs, table->header[i].n);
    for (size_t i = 0; i < table->columns * table->rows; i++)
        claim_notes(s, claim, table->cells[i].runs, table->cells[i].n);
}

static inline void say_cards(struct saying *s, const struct block *block)
{
    for (size_t i = 0; i < block->n_cards; i++) {
        const struct card *card = &block->cards[i];
        say_line(s, card->label);
        say_text(s, card->value);
        buf_char(&s->out, ' ');
        say_line(s, card->note);
    }
}

static inline bool is_styled(const struct block *block, const char *a, const char *b)
{
    return block->kind == BLOCK_PARAGRAPH &&
           (str_equal(block->style, str_from(a)) || str_equal(block->style, str_from(b)));
}

static inline void say_chart(struct saying *s, const struct chart *chart)
{
    if (!chart->title.n) /* what is drawn is said by its alternative */
        return;
    buf_char(&s->out, NUMBERED);
    say_text(s, chart->title);
    buf_char(&s->out, NUMBERED);
    buf_char(&s->out, '\n');
}

/* A caption belongs to what follows; notes that it calls come behind that. Returns what follows, NULL for nothing. */
static inline const struct block *say_caption(struct saying *s, const struct block *caption)
{
    struct claim claim = {0};
    const struct block *unit = caption->next;
    if (!unit || !is_styled(unit, "unit", "unit"))
        unit = NULL;
    const struct block *object = unit ? unit->next : caption->next, *const texts[] = {caption, unit};
    if (!object || (object->kind != BLOCK_TABLE && object->kind != BLOCK_CHART))
        return NULL;
    for (size_t i = 0; i < 2 && texts[i]; i++)
        say_runs(s, texts[i]->runs, texts[i]->n);
    if (object->kind == BLOCK_TABLE)
        say_table(s, object);
    else
        say_chart(s, object->chart);
    for (size_t i = 0; i < 2 && texts[i]; i++)
        claim_notes(s, &claim, texts[i]->runs, texts[i]->n);
    if (object->kind == BLOCK_TABLE)
        claim_cells(s, &claim, object->table);
    say_claimed(s, &claim);
    return object;
}

/* Its lines are paragraphs, where they end by hand: but of what is one by its nature, or has notes behind all of it. */
static inline void say_paragraph(struct saying *s, const struct block *block)
{
    bool whole = is_styled(block, "title", "cover-title") || is_styled(block, "caption", "figure") ||
                 is_styled(block, "unit", "box-title") || block->kind != BLOCK_PARAGRAPH;
    for (size_t i = 0; i < block->n; i++)
        whole = whole || (block->runs[i].note && block->runs[i].note <= s->doc->n_notes);
    say_lines(s, block->runs, block->n, whole ? ' ' : '\n');
}

static inline void say_block(struct saying *s, const struct block *block)
{
    struct claim claim = {0};
    switch (block->kind) {
    case BLOCK_HEADING: buf_char(&s->out, NUMBERED); /* fall through */
    case BLOCK_PARAGRAPH:
    case BLOCK_CODE:
        say_paragraph(s, block);
        claim_notes(s, &claim, block->runs, block->n);
        break;
    case BLOCK_TABLE:
        say_table(s, block);
        claim_cells(s, &claim, block->table);
        break;
    case BLOCK_CARDS: say_cards(s, block); break;
    case BLOCK_CHART: say_chart(s, block->chart); break;
    case BLOCK_BOX:
    case BLOCK_CONTENTS:
        say_line(s, flow_option(block, "title"));
        say_blocks(s, block->children);
        break;
    default: say_blocks(s, block->children);
    }
    say_claimed(s, &claim);
}

static inline void say_blocks(struct saying *s, const struct block *block)
{
    for (; block; block = block->next) {
        const struct block *object = NULL;
        if (is_styled(block, "caption", "figure")) {
            buf_char(&s->out, NUMBERED);
            object = say_caption(s, block);
        } else if (is_styled(block, "unit", "unit")) {
            object = say_caption(s, block);
        }
        if (object)
            block = object;
        else
            say_block(s, block);
    }
}

/* ---- the tree ---- */

struct heard_text {
    tag_id tag; /* 0: an artifact */
    int page;
    struct str text;
};

/* A document's pages, as read and as a file. */
struct reading {
    struct arena *arena;
    struct tags *tags;
    struct heard_text *texts;
    size_t n, room;
    struct buf *own; /* [tags + 1] */
    int pages;
    struct diag_list diag;
    struct buf pdf; /* empty where the profile forbids it */
    struct err err;
};

static inline void reading_page(struct reading *r, const struct page *page)
{
    r->pages = page->number;
    for (size_t i = 0; i < page->n; i++) {
        const struct op *op = &page->ops[i];
        if (op->kind != OP_TEXT)
            continue;
        r->texts = mem_grow(r->texts, &r->room, r->n + 1, sizeof *r->texts);
        bool hyphen = str_equal(op->text, STR("\xc2\xad"));
        struct str text =
            hyphen ? STR("") : str_from(arena_printf(r->arena, STR_FMT "%s", STR_ARG(op->text), op->blank ? " " : ""));
        r->texts[r->n++] = (struct heard_text){op->artifact ? 0 : op->tag, page->number, text};
    }
}

static inline void reading_make(struct reading *r, const struct doc *doc, const struct style_sheet *sheet,
                                struct fonts *fonts, bool file)
{
    *r = (struct reading){.arena = arena_new()};
    const struct page_info info = layout_info(doc);
    const struct pdf_options options = {.profile = PDF_ACCESS, .diag = &r->diag};
    struct layout *layout = layout_new(fonts, sheet, doc, &r->diag);
    struct device device = {0};
    struct err refused = {0};
    struct page page;
    file = file && pdf_device(&info, &options, &device, &refused);
    while (layout_next(layout, &page, &r->err)) {
        reading_page(r, &page);
        file = file && device.page(device.self, &page, &refused);
    }
    r->tags = layout_take_tags(layout);
    layout_free(layout);
    if (!file || !device.finish(device.self, &r->pdf, &refused))
        buf_clear(&r->pdf);
    if (device.self)
        device.free(device.self);
    size_t n = tags_count(r->tags) + 1;
    r->own = mem_alloc(n * sizeof *r->own);
    memset(r->own, 0, n * sizeof *r->own);
    for (size_t i = 0; i < r->n; i++)
        if (r->texts[i].tag)
            buf_str(&r->own[r->texts[i].tag], r->texts[i].text);
}

static inline void reading_free(struct reading *r)
{
    for (size_t i = 0; r->own && i <= tags_count(r->tags); i++)
        buf_free(&r->own[i]);
    mem_free(r->own);
    mem_free(r->texts);
    tags_free(r->tags);
    buf_free(&r->pdf);
    diag_free(&r->diag);
    arena_free(r->arena);
}

/* The next element in the order of reading, without those inside `tag` unless `into`; 0 at the end. */
static inline tag_id reading_next(const struct reading *r, tag_id tag, bool into)
{
    if (into && tags_get(r->tags, tag)->first)
        return tags_get(r->tags, tag)->first;
    while (tag && !tags_get(r->tags, tag)->next)
        tag = tags_get(r->tags, tag)->parent;
    return tag ? tags_get(r->tags, tag)->next : 0;
}

static inline bool is_within_line(enum tag_kind kind)
{
    return kind == TAG_TEXT || kind == TAG_SPAN || kind == TAG_LINK || kind == TAG_REFERENCE || kind == TAG_CODE;
}

/* What the layout says of its own accord: marks of items and notes, calls of notes, lists of contents; and what is
 * drawn. */
static inline bool is_made(const struct reading *r, tag_id tag)
{
    const struct tag *it = tags_get(r->tags, tag), *parent = it->parent ? tags_get(r->tags, it->parent) : it;
    if (it->kind == TAG_LBL)
        return parent->kind == TAG_NOTE || tags_get(r->tags, parent->parent)->numbering != NUMBERING_NONE;
    if (it->kind == TAG_REFERENCE)
        return it->first && str_starts(tags_get(r->tags, it->first)->text, STR("#fn:"));
    return it->kind == TAG_TOC || it->kind == TAG_FIGURE;
}

static inline void reading_lines(const struct reading *r, struct buf *out)
{
    bool into;
    tag_id ended = 0; /* the block whose line is open */
    for (tag_id tag = TAGS_ROOT; tag; tag = reading_next(r, tag, into)) {
        tag_id block = tag;
        into = !is_made(r, tag);
        if (!into &&
            tags_get(r->tags, tag)->kind == TAG_REFERENCE) { /* a call at a line's end has the blank behind it */
            struct str call = buf_view(&r->own[tags_get(r->tags, tag)->first]);
            buf_text(out, str_ends(call, STR(" ")) ? " " : "");
        }
        if (!into)
            continue;
        while (is_within_line(tags_get(r->tags, block)->kind))
            block = tags_get(r->tags, block)->parent;
        if (block != ended)
            buf_char(out, '\n');
        ended = block;
        buf_str(out, buf_view(&r->own[tag]));
    }
    buf_char(out, '\n');
}

/* All text of the tree, with what is drawn or without. */
static inline void reading_flat(const struct reading *r, bool figures, struct buf *out)
{
    bool into;
    for (tag_id tag = TAGS_ROOT; tag; tag = reading_next(r, tag, into)) {
        into = figures || tags_get(r->tags, tag)->kind != TAG_FIGURE;
        if (into)
            buf_str(out, buf_view(&r->own[tag]));
    }
}

#endif
