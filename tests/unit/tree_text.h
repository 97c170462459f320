/* The structure tree of a document in one line, with the text that its pages give each element:
 *      Table(THead(TR(TH:col'a' TH:col'b')) TBody(TR(TH:row/1x2'c' TD'd'))) */
#ifndef TESTS_TREE_TEXT_H
#define TESTS_TREE_TEXT_H
#include "table_builder.h"

struct tree {
    struct buf *said;   /* [tags] text of the elements' own content */
    size_t *drawn;      /* [tags] shapes */
    size_t room, loose; /* text with no element and that is no artifact */
    struct buf out;
};

static inline void tree_room(struct tree *tree, size_t n)
{
    size_t old = tree->room;
    if (n <= old)
        return;
    size_t said_room = old;
    tree->said = mem_grow(tree->said, &said_room, n, sizeof *tree->said);
    tree->drawn = mem_grow(tree->drawn, &tree->room, n, sizeof *tree->drawn);
    for (size_t i = old; i < n; i++) {
        tree->said[i] = (struct buf){0};
        tree->drawn[i] = 0;
    }
    tree->room = n;
}

static inline void tree_op(struct tree *tree, const struct op *op)
{
    if ((op->kind == OP_TEXT || op->kind == OP_LINK) && op->tag)
        buf_str(&tree->said[op->tag], op->text);
    else if (op->tag)
        tree->drawn[op->tag]++;
    tree->loose += op->kind == OP_TEXT && !op->tag && !op->artifact;
}

static inline void tree_dump(struct tree *tree, const struct tags *tags, tag_id id)
{
    static const char *const scopes[] = {"", ":col", ":row", ":both"};
    const struct tag *tag = tags_get(tags, id);
    struct buf *out = &tree->out;
    bool cell = tag->kind == TAG_TH || tag->kind == TAG_TD;
    if (!tag->seen && !cell)
        return;
    if (out->n && out->p[out->n - 1] != '(')
        buf_char(out, ' ');
    if (tag->kind != TAG_TEXT)
        buf_text(out, tag_name(tag->kind));
    if (cell) {
        buf_text(out, scopes[tag->scope]);
        if (tag->columns > 1 || tag->rows > 1)
            buf_printf(out, "/%dx%d", tag->columns, tag->rows);
    }
    if (tag->kind == TAG_FIGURE)
        buf_printf(out, "[" STR_FMT "]", STR_ARG(tag->text));
    if (tag->kind == TAG_LINK)
        buf_printf(out, tag->active ? "<" STR_FMT ">" : "<inactive>", STR_ARG(tag->text));
    if (tree->said[id].n)
        buf_printf(out, "'" STR_FMT "'", STR_ARG(buf_view(&tree->said[id])));
    if (!tag->first)
        return;
    size_t before = out->n;
    buf_char(out, '(');
    for (tag_id child = tag->first; child; child = tags_get(tags, child)->next)
        tree_dump(tree, tags, child);
    if (out->n == before + 1)
        out->n = before;
    else
        buf_char(out, ')');
}

/* Lays the document out; the tree without the Document round it. */
static inline const char *lay_tree(struct tree *tree, const struct style_sheet *sheet)
{
    struct layout *layout = layout_new(NULL, sheet, &b.doc, &seen.diag);
    struct page page;
    const struct tags *tags = NULL;
    while (layout_next(layout, &page, &seen.err)) {
        tags = page.tags;
        seen.pages = page.number;
        tree_room(tree, tags_count(tags) + 1);
        for (size_t i = 0; i < page.n; i++)
            tree_op(tree, &page.ops[i]);
    }
    assert_int_equal(seen.err.kind, ERR_NONE);
    tree_room(tree, tags_count(tags) + 1);
    tree_dump(tree, tags, TAGS_ROOT);
    layout_free(layout);
    buf_char(&tree->out, '\0');
    const char *text = tree->out.p;
    return str_starts(str_from(text), STR("Document(")) ? text + strlen("Document(") : text;
}

static inline void tree_end(struct tree *tree)
{
    for (size_t i = 0; i < tree->room; i++)
        buf_free(&tree->said[i]);
    mem_free(tree->said);
    mem_free(tree->drawn);
    buf_free(&tree->out);
    *tree = (struct tree){0};
}

/* The document's tree is this, and no text is outside it. */
static inline void assert_tree(const struct style_sheet *sheet, const char *want)
{
    struct tree tree = {0};
    struct buf whole = {0};
    const char *got = lay_tree(&tree, sheet);
    buf_printf(&whole, "%s)", want);
    if (!str_equal(str_from(got), buf_view(&whole)))
        fail_msg("the tree is\n  %s\nnot\n  " STR_FMT, got, STR_ARG(buf_view(&whole)));
    buf_free(&whole);
    tree_end(&tree);
}

#endif
