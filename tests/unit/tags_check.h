/* What holds of every structure tree, and its texts, for tests over many documents. */
#ifndef TESTS_TAGS_CHECK_H
#define TESTS_TAGS_CHECK_H
#include "base/mem.h"
#include "base/utf8.h"
#include "doc_builder.h"
#include "unit.h"

/* The text of each element's own content, in the order of the operations; [tags + 1]. Free with texts_free. */
static inline struct buf *tag_texts(const struct seen *all)
{
    size_t n = tags_count(all->tags) + 1;
    struct buf *texts = mem_alloc(n * sizeof *texts);
    memset(texts, 0, n * sizeof *texts);
    for (size_t i = 0; i < all->n; i++) {
        const struct op *op = &all->items[i].op;
        if (op->kind != OP_TEXT || !op->tag)
            continue;
        buf_str(&texts[op->tag], op->text);
        if (op->blank)
            buf_char(&texts[op->tag], ' ');
    }
    return texts;
}

static inline void texts_free(const struct seen *all, struct buf *texts)
{
    for (size_t i = 0; i <= tags_count(all->tags); i++)
        buf_free(&texts[i]);
    mem_free(texts);
}

/* The next element in the order of reading that is `seen`, from the Document on; `skip`: not what is in this one. */
static inline tag_id tag_after(const struct tags *tags, tag_id tag, bool skip)
{
    tag_id next = skip ? 0 : tags_get(tags, tag)->first;
    for (;;) {
        for (; next; next = tags_get(tags, next)->next)
            if (tags_get(tags, next)->seen)
                return next;
        if (tag == TAGS_ROOT)
            return 0;
        next = tags_get(tags, tag)->next;
        tag = tags_get(tags, tag)->parent;
    }
}

static inline bool tag_is_inline(enum tag_kind kind)
{
    return kind == TAG_TEXT || kind == TAG_LINK || kind == TAG_REFERENCE || kind == TAG_SPAN || kind == TAG_CODE;
}

static inline bool tag_is_group(enum tag_kind kind)
{
    return kind == TAG_DOCUMENT || kind == TAG_PART || kind == TAG_SECT || kind == TAG_DIV || kind == TAG_QUOTE;
}

static inline bool tag_is_heading(enum tag_kind kind)
{
    return kind >= TAG_H1 && kind <= TAG_H6;
}

/* Whether an element may stand in another one: PDF 14.8.4, ISO 14289-1 7, and our own rules for what has text. */
static inline bool tag_may_be_in(enum tag_kind kind, enum tag_kind parent)
{
    switch (parent) {
    case TAG_L: return kind == TAG_LI || kind == TAG_CAPTION;
    case TAG_LI: return kind == TAG_LBL || kind == TAG_LBODY;
    case TAG_TOC: return kind == TAG_TOCI || kind == TAG_TOC;
    case TAG_TOCI: return kind == TAG_REFERENCE || kind == TAG_P || kind == TAG_TOC;
    case TAG_TABLE: return kind == TAG_CAPTION || kind == TAG_THEAD || kind == TAG_TBODY || kind == TAG_TR;
    case TAG_THEAD:
    case TAG_TBODY: return kind == TAG_TR;
    case TAG_TR: return kind == TAG_TH || kind == TAG_TD;
    case TAG_REFERENCE: return kind == TAG_LINK;
    case TAG_LBL: return tag_is_inline(kind);
    case TAG_P:
    case TAG_TITLE: return tag_is_inline(kind);
    default: break;
    }
    if (tag_is_heading(parent) || tag_is_inline(parent))
        return tag_is_inline(kind);
    if (kind == TAG_SECT)
        return parent == TAG_SECT || parent == TAG_DOCUMENT;
    if (kind == TAG_PART)
        return tag_is_group(parent) || parent == TAG_LBODY;
    if (kind == TAG_LBODY || kind == TAG_LI || kind == TAG_TOCI || kind == TAG_TR || kind == TAG_TH || kind == TAG_TD ||
        kind == TAG_THEAD || kind == TAG_TBODY || kind == TAG_DOCUMENT)
        return false;
    return kind != TAG_LBL || parent == TAG_NOTE;
}

/* Text and blocks do not stand side by side, but an entry of contents and those below it. */
static inline void check_mixture(const struct tags *tags, tag_id tag, bool text, const char *where)
{
    bool blocks = tag_is_group(tags_get(tags, tag)->kind);
    for (tag_id child = tags_get(tags, tag)->first; child; child = tags_get(tags, child)->next) {
        const struct tag *it = tags_get(tags, child);
        text = text || (it->seen && tag_is_inline(it->kind));
        blocks = blocks || (it->seen && !tag_is_inline(it->kind) && it->kind != TAG_FIGURE);
    }
    if (text && blocks && tags_get(tags, tag)->kind != TAG_TOCI)
        fail_msg("%s: %s %u has text beside blocks", where, tag_name(tags_get(tags, tag)->kind), tag);
}

static inline void check_tree(const struct seen *all, const struct buf *texts, const char *where)
{
    const struct tags *tags = all->tags;
    unsigned heading = 0, titles = 0;
    for (tag_id tag = tag_after(tags, TAGS_ROOT, false); tag; tag = tag_after(tags, tag, false)) {
        const struct tag *it = tags_get(tags, tag), *parent = tags_get(tags, it->parent);
        if (!tag_may_be_in(it->kind, parent->kind))
            fail_msg("%s: %s %u in %s", where, tag_name(it->kind), tag, tag_name(parent->kind));
        check_mixture(tags, tag, texts[tag].n > 0, where);
        if (tag_is_heading(it->kind)) {
            unsigned level = (unsigned)(it->kind - TAG_H1) + 1;
            if (level > heading + 1)
                fail_msg("%s: H%u %u after H%u", where, level, tag, heading);
            heading = level;
        }
        titles += it->kind == TAG_TITLE;
    }
    if (titles > 1)
        fail_msg("%s: %u titles", where, titles);
}

/* Text and links have an element of their own, but for what the parts of a wide table say again, and what is drawn
 * where it is a figure's; nothing else has one. What has one is seen. */
static inline void check_ops(const struct seen *all, const char *where)
{
    for (size_t i = 0; i < all->n; i++) {
        const struct op *op = &all->items[i].op;
        bool content = (op->kind == OP_LINK || op->kind == OP_TEXT) && !op->artifact; /* not what is repeated */
        bool drawn = op->kind == OP_RECT || op->kind == OP_LINE || op->kind == OP_PATH;
        if (drawn && op->tag)
            content = tags_get(all->tags, op->tag)->kind == TAG_FIGURE;
        if (!op->tag && count_diag(all, "wide-table"))
            content = false;
        if (content != (op->tag > TAGS_ROOT) || op->tag == TAGS_NOTHING || (op->furniture && !op->artifact))
            fail_msg("%s: page %d: operation %d \"" STR_FMT "\" has element %u", where, all->items[i].page,
                     (int)op->kind, STR_ARG(op->text), op->tag);
        if (op->tag && !tags_get(all->tags, op->tag)->seen)
            fail_msg("%s: element %u of a text is not seen", where, op->tag);
    }
}

static inline void check_tags(const struct seen *all, const char *where)
{
    struct buf *texts = tag_texts(all);
    check_ops(all, where);
    check_tree(all, texts, where);
    texts_free(all, texts);
}

/* All that the tree says, a line an element that is no part of one. What lists of contents say again, what is drawn,
 * and labels and marks of notes, which layout makes, are left out; `notes`: not the notes themselves. */
static inline void tree_text(const struct seen *all, bool notes, struct buf *out)
{
    struct buf *texts = tag_texts(all);
    bool skip = false;
    for (tag_id tag = tag_after(all->tags, TAGS_ROOT, false); tag; tag = tag_after(all->tags, tag, skip)) {
        enum tag_kind kind = tags_get(all->tags, tag)->kind;
        skip = kind == TAG_TOC || kind == TAG_LBL || kind == TAG_REFERENCE || kind == TAG_FIGURE ||
               (kind == TAG_NOTE && !notes);
        if (!tag_is_inline(kind) && out->n && out->p[out->n - 1] != '\n')
            buf_char(out, '\n');
        if (!skip)
            buf_str(out, buf_view(&texts[tag]));
        if (kind == TAG_REFERENCE && str_ends(buf_view(&texts[tags_get(all->tags, tag)->first]), STR(" ")))
            buf_char(out, ' '); /* a line ends behind the call */
    }
    texts_free(all, texts);
}

/* ---- the same of the document ---- */

struct doc_text {
    const struct doc *doc;
    struct buf *out;
    bool notes, *called; /* with notes; [notes + 1]: which were called already */
};

static inline void doc_blocks(struct doc_text *text, const struct block *block);

static inline void doc_runs(struct doc_text *text, const struct run *runs, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (runs[i].flags & RUN_BREAK)
            buf_char(text->out, ' ');
        if (!runs[i].note)
            buf_str(text->out, runs[i].text);
    }
    buf_char(text->out, '\n');
}

/* Notes follow what calls them. */
static inline void doc_notes(struct doc_text *text, const struct run *runs, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned note = runs[i].note;
        if (!text->notes || !note || note > text->doc->n_notes || text->called[note])
            continue;
        text->called[note] = true;
        doc_blocks(text, text->doc->notes[note - 1].first);
    }
}

static inline void doc_cells(struct doc_text *text, const struct table *table, bool notes)
{
    size_t head = table->header ? table->columns : 0;
    for (size_t i = 0; i < head + table->rows * table->columns; i++) {
        const struct cell *cell = i < head ? &table->header[i] : &table->cells[i - head];
        if (cell->join)
            continue;
        if (notes)
            doc_notes(text, cell->runs, cell->n);
        else
            doc_runs(text, cell->runs, cell->n);
    }
}

static inline void doc_leaf(struct doc_text *text, const struct block *block)
{
    if (block->table) {
        doc_cells(text, block->table, false);
        doc_cells(text, block->table, true);
    }
    for (size_t i = 0; i < block->n_cards; i++) {
        const struct card *card = &block->cards[i];
        struct str value = card->value.n || card->note.n ? card->value : card->label;
        buf_printf(text->out, STR_FMT " " STR_FMT "\n", STR_ARG(value), STR_ARG(card->note));
    }
    if (block->chart) {
        buf_printf(text->out, STR_FMT, STR_ARG(block->chart->title));
        if (block->chart->unit.n)
            buf_printf(text->out, " (단위: " STR_FMT ")", STR_ARG(block->chart->unit));
        buf_char(text->out, '\n');
    }
    if (block->kind == BLOCK_HEADING || block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_CODE) {
        doc_runs(text, block->runs, block->n);
        doc_notes(text, block->runs, block->n);
    }
}

static inline void doc_blocks(struct doc_text *text, const struct block *block)
{
    for (; block; block = block->next) {
        for (size_t i = 0; i < block->n_options; i++)
            if (str_equal(block->options[i].key, STR("title")))
                buf_printf(text->out, STR_FMT "\n", STR_ARG(block->options[i].value));
        doc_leaf(text, block);
        doc_blocks(text, block->children);
    }
}

static inline void doc_text(const struct doc *doc, bool notes, struct buf *out)
{
    struct doc_text text = {.doc = doc, .out = out, .notes = notes};
    text.called = mem_alloc((doc->n_notes + 1) * sizeof *text.called);
    memset(text.called, 0, (doc->n_notes + 1) * sizeof *text.called);
    doc_blocks(&text, doc->first);
    mem_free(text.called);
}

/* Without what layout leaves out (controls.c). */
static inline struct str kept_text(struct arena *into, struct str text)
{
    char *kept = arena_alloc(into, text.n + 1);
    size_t n = 0;
    for (size_t at = 0, from = 0; at < text.n; from = at) {
        uint32_t c = utf8_next(text, &at);
        for (; c != 0xad && c != 0xfeff && !utf8_is_direction(c) && from < at; from++)
            kept[n++] = text.p[from];
    }
    return (struct str){kept, n};
}

/* The next word of a text: both say the same words in one order, whatever stands between lines. */
static inline struct str next_word(struct str *rest)
{
    size_t from = 0, to;
    while (from < rest->n && (rest->p[from] == ' ' || rest->p[from] == '\n' || rest->p[from] == '\t'))
        from++;
    for (to = from; to < rest->n && rest->p[to] != ' ' && rest->p[to] != '\n' && rest->p[to] != '\t';)
        to++;
    struct str word = str_slice(*rest, from, to);
    *rest = str_slice(*rest, to, rest->n);
    return word;
}

static inline void check_same_words(struct str want, struct str have, const char *where)
{
    for (;;) {
        struct str first = next_word(&want), second = next_word(&have);
        if (!str_equal(first, second))
            fail_msg("%s: the document says \"" STR_FMT STR_FMT "\", the tree \"" STR_FMT STR_FMT "\"", where,
                     STR_ARG(first), STR_ARG(str_head(want, 100)), STR_ARG(second), STR_ARG(str_head(have, 100)));
        if (!first.n)
            return;
    }
}

#endif
