#include "layout/targets.h"

#include "base/mem.h"

#include <stdlib.h>

static int by_name(const void *a, const void *b)
{
    return str_compare(((const struct target *)a)->name, ((const struct target *)b)->name);
}

/* Depth first without recursion: nesting is the document's, and may be hostile. */
static void collect(const struct block *first, struct targets *targets)
{
    const struct block **stack = NULL;
    size_t room = 0, depth = 0;
    const struct block *block = first;
    while (block || depth) {
        if (!block) {
            block = stack[--depth];
            continue;
        }
        targets->listed = targets->listed || block->kind == BLOCK_CONTENTS;
        if (block->anchor.n) {
            targets->items = mem_grow(targets->items, &targets->room, targets->n + 1, sizeof *targets->items);
            targets->items[targets->n++] = (struct target){.name = block->anchor};
        }
        if (block->children && block->next) {
            stack = mem_grow(stack, &room, depth + 1, sizeof(struct block *));
            stack[depth++] = block->next;
        }
        block = block->children ? block->children : block->next;
    }
    mem_free(stack);
}

void targets_collect(const struct doc *doc, struct targets *targets)
{
    *targets = (struct targets){0};
    collect(doc->first, targets);
    if (!targets->n)
        return;
    qsort(targets->items, targets->n, sizeof *targets->items, by_name);
    size_t n = 1;
    for (size_t i = 1; i < targets->n; i++) {
        if (!str_equal(targets->items[i].name, targets->items[n - 1].name))
            targets->items[n++] = targets->items[i];
    }
    targets->n = n;
}

struct target *targets_find(const struct targets *targets, struct str name)
{
    struct target key = {.name = name};
    return targets->n ? bsearch(&key, targets->items, targets->n, sizeof key, by_name) : NULL;
}

void targets_free(struct targets *targets)
{
    mem_free(targets->items);
    *targets = (struct targets){0};
}
