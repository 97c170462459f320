/* Targets of links as GitHub names them: the heading's text in small letters, blanks as hyphens, signs left out. */
#include "out/md_text.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <stdlib.h>

static struct str slug_of(struct arena *arena, const struct block *heading)
{
    struct buf out = {0};
    for (size_t i = 0; i < heading->n; i++) {
        struct str text = heading->runs[i].text;
        for (size_t at = 0; at < text.n;) {
            size_t from = at;
            uint32_t c = utf8_next(text, &at);
            if (c >= 'A' && c <= 'Z')
                buf_char(&out, (char)(c + 'a' - 'A'));
            else if (c == ' ')
                buf_char(&out, '-');
            else if (utf8_is_letter(c) || c == '-' || c == '_')
                buf_add(&out, text.p + from, at - from);
        }
    }
    struct str slug = str_copy(arena, buf_view(&out));
    buf_free(&out);
    return slug;
}

static void collect(struct md_targets *targets, struct arena *arena, const struct block *block)
{
    for (; block; block = block->next) {
        if (block->kind == BLOCK_HEADING) {
            targets->items = mem_grow(targets->items, &targets->room, targets->n + 1, sizeof *targets->items);
            targets->items[targets->n] = (struct md_target){block->anchor, slug_of(arena, block), targets->n};
            targets->n++;
        }
        collect(targets, arena, block->children);
    }
}

static int by_order(const struct md_target *a, const struct md_target *b)
{
    return (a->order > b->order) - (a->order < b->order);
}

static int by_slug(const void *a, const void *b)
{
    const struct md_target *x = a, *y = b;
    int order = str_compare(x->slug, y->slug);
    return order ? order : by_order(x, y);
}

static int by_anchor(const void *a, const void *b)
{
    const struct md_target *x = a, *y = b;
    int order = str_compare(x->anchor, y->anchor);
    return order ? order : by_order(x, y);
}

void md_targets_collect(struct md_targets *targets, struct arena *arena, const struct doc *doc)
{
    *targets = (struct md_targets){0};
    collect(targets, arena, doc->first);
    if (!targets->n)
        return;
    qsort(targets->items, targets->n, sizeof *targets->items, by_slug);
    struct str same = {0};
    for (size_t i = 0, n = 0; i < targets->n; i++) { /* the second of a name is name-1 */
        struct md_target *target = &targets->items[i];
        n = i && str_equal(target->slug, same) ? n + 1 : 0;
        same = target->slug;
        if (n)
            target->slug = str_from(arena_printf(arena, STR_FMT "-%zu", STR_ARG(same), n));
        target->slug = target->slug.n ? str_from(arena_printf(arena, "#" STR_FMT, STR_ARG(target->slug))) : STR("");
    }
    qsort(targets->items, targets->n, sizeof *targets->items, by_anchor);
}

struct str md_target(const struct md_targets *targets, struct str anchor)
{
    size_t low = 0, high = targets->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_compare(targets->items[middle].anchor, anchor) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < targets->n && str_equal(targets->items[low].anchor, anchor) ? targets->items[low].slug : STR("");
}

void md_targets_free(struct md_targets *targets)
{
    mem_free(targets->items);
    *targets = (struct md_targets){0};
}
