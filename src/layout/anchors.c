#include "layout/anchors.h"

#include "base/mem.h"

#include <stdlib.h>

static int by_name(const void *a, const void *b)
{
    return str_compare(((const struct anchor *)a)->name, ((const struct anchor *)b)->name);
}

/* Depth first without recursion: nesting is the document's, and may be hostile. */
static void collect(const struct block *first, struct anchors *anchors)
{
    const struct block **stack = NULL;
    size_t room = 0, depth = 0;
    const struct block *block = first;
    while (block || depth) {
        if (!block) {
            block = stack[--depth];
            continue;
        }
        if (block->anchor.n) {
            anchors->items = mem_grow(anchors->items, &anchors->room, anchors->n + 1, sizeof *anchors->items);
            anchors->items[anchors->n++] = (struct anchor){block->anchor, false};
        }
        if (block->children && block->next) {
            stack = mem_grow(stack, &room, depth + 1, sizeof(struct block *));
            stack[depth++] = block->next;
        }
        block = block->children ? block->children : block->next;
    }
    mem_free(stack);
}

void anchors_collect(const struct doc *doc, struct anchors *anchors)
{
    *anchors = (struct anchors){0};
    collect(doc->first, anchors);
    if (!anchors->n)
        return;
    qsort(anchors->items, anchors->n, sizeof *anchors->items, by_name);
    size_t n = 1;
    for (size_t i = 1; i < anchors->n; i++) {
        if (!str_equal(anchors->items[i].name, anchors->items[n - 1].name))
            anchors->items[n++] = anchors->items[i];
    }
    anchors->n = n;
}

struct anchor *anchors_find(const struct anchors *anchors, struct str name)
{
    struct anchor key = {name, false};
    return anchors->n ? bsearch(&key, anchors->items, anchors->n, sizeof key, by_name) : NULL;
}

void anchors_free(struct anchors *anchors)
{
    mem_free(anchors->items);
    *anchors = (struct anchors){0};
}
