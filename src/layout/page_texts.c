#include "layout/page.h"

#include "base/mem.h"

#include <math.h>

static bool is_mark(const struct tags *tags, tag_id tag)
{
    const struct tag *it = tags_get(tags, tag);
    return it->kind == TAG_LBL || (it->kind == TAG_LINK && tags_get(tags, it->parent)->kind == TAG_LBL);
}

void page_texts_find(struct page_texts *texts, const struct page *page)
{
    texts->n = 0;
    for (size_t i = 0; page->tags && i < page->n; i++) {
        const struct op *op = &page->ops[i];
        if (op->kind != OP_TEXT || !op->tag || op->artifact || is_mark(page->tags, op->tag))
            continue;
        texts->items = mem_grow(texts->items, &texts->room, texts->n + 1, sizeof(struct op *));
        texts->items[texts->n++] = op;
    }
}

/* A page has room for few texts, but for any number of places. */
size_t page_texts_at(const struct page_texts *texts, const struct op *place)
{
    size_t at = texts->n;
    float nearest = INFINITY;
    for (size_t i = 0; i < texts->n; i++) {
        const struct op *op = texts->items[i];
        float far = op->y - place->y + fabsf(op->x - place->x);
        if (op->y >= place->y && far < nearest) {
            nearest = far;
            at = i;
        }
    }
    return at;
}
