/* The structure tree of what has been laid out, in one line with its texts:
 *      Table(THead(TR(TH:col'a' TH:col'b')) TBody(TR(TH:row/1x2'c' TD'd' …)))
 * TH and TD with what they are the heading of and the columns and rows they take, Figure[alternative], Link? without an
 * active area. */
#ifndef TESTS_TREE_TEXT_H
#define TESTS_TREE_TEXT_H
#include "pages_fixture.h"
#include "tags_check.h"

static inline bool is_cell(const struct tag *it)
{
    return it->kind == TAG_TH || it->kind == TAG_TD;
}

static inline void write_attributes(const struct tag *it, struct buf *out)
{
    static const char *const scopes[] = {"", ":col", ":row", ":both"};
    if (it->numbering)
        buf_printf(out, "/%s", tag_numbering_name(it->numbering));
    if (is_cell(it))
        buf_text(out, scopes[it->scope]);
    if (it->columns > 1 || it->rows > 1)
        buf_printf(out, "/%dx%d", it->columns, it->rows);
    if (it->kind == TAG_FIGURE)
        buf_printf(out, "[" STR_FMT "]", STR_ARG(it->text));
    if (it->kind == TAG_LINK && !it->active)
        buf_char(out, '?');
}

static inline void write_tag(const struct buf *texts, tag_id tag, struct buf *out)
{
    const struct tag *it = tags_get(seen.tags, tag);
    const char *name = tag_name(it->kind);
    bool any = false;
    buf_text(out, name ? name : "");
    write_attributes(it, out);
    if (texts[tag].n)
        buf_printf(out, "'" STR_FMT "'", STR_ARG(buf_view(&texts[tag])));
    for (tag_id child = it->first; child; child = tags_get(seen.tags, child)->next) {
        if (!tags_get(seen.tags, child)->seen && !is_cell(tags_get(seen.tags, child)))
            continue;
        buf_text(out, any ? " " : "(");
        write_tag(texts, child, out);
        any = true;
    }
    buf_text(out, any ? ")" : "");
}

/* Without the Document; in the document's arena. */
static inline const char *tree_line(void)
{
    struct buf *texts = tag_texts(&seen), out = {0};
    check_tags(&seen, "document");
    for (tag_id child = tags_get(seen.tags, TAGS_ROOT)->first; child; child = tags_get(seen.tags, child)->next) {
        if (!tags_get(seen.tags, child)->seen)
            continue;
        buf_text(&out, out.n ? " " : "");
        write_tag(texts, child, &out);
    }
    const char *line = arena_printf(b.arena, STR_FMT, STR_ARG(buf_view(&out)));
    buf_free(&out);
    texts_free(&seen, texts);
    return line;
}

static inline void expect(const char *want)
{
    assert_string_equal(tree_line(), want);
}

#endif
