/* The title block: from the front matter, on the cover or at the head of the text. */
#include "template/build.h"

struct str build_text(struct build *build, const struct run *runs, size_t n)
{
    struct buf text = {0};
    for (size_t i = 0; i < n; i++)
        buf_str(&text, runs[i].text);
    struct str result = str_copy(build->arena, buf_view(&text));
    buf_free(&text);
    return result;
}

static bool has_style(const struct block *block, const char *style)
{
    for (; block; block = block->next)
        if (str_equal(block->style, str_from(style)))
            return true;
    return false;
}

static struct block *prepend(struct build *build, const char *style, struct str text, struct block *next)
{
    if (!text.n)
        return next;
    struct block *block = ARENA_NEW(build->arena, struct block);
    block->kind = BLOCK_PARAGRAPH;
    block->style = str_from(style);
    block->runs = ARENA_NEW(build->arena, struct run);
    block->runs[0].text = text;
    block->n = 1;
    block->next = next;
    return block;
}

/* The title block from the front matter, where the text has none of its own: on the cover, if there is one. Without
 * front matter the document's title is the first heading. */
void build_title(struct build *build, struct doc *doc)
{
    struct block **at = &doc->first, *cover = doc->first;
    while (cover && cover->kind != BLOCK_COVER)
        cover = cover->next;
    if (cover)
        at = &cover->children;
    const char *title = cover ? "cover-title" : "title", *subtitle = cover ? "cover-subtitle" : "subtitle";
    if (!has_style(*at, title) && doc->title.n) {
        if (!has_style(*at, subtitle))
            *at = prepend(build, subtitle, doc->subtitle, *at);
        *at = prepend(build, title, doc->title, *at);
    }
    for (const struct block *block = *at; block && !doc->title.n; block = block->next)
        if (block->kind == BLOCK_HEADING || str_equal(block->style, str_from(title)))
            doc->title = build_text(build, block->runs, block->n);
}
