/* Objects that may move: what {.float} … {.end} holds stays whole, and where the rest of a page has no room for it,
 * goes to the top of the next one while the text below it fills the page (RULES.md row 30). It never passes another
 * one, a page break or a section of columns, and moves by no more than one page. */
#include "layout/page_flow.h"

#include "base/mem.h"

#include <string.h>

/* Whether the next n strips are all of one object that can move: not in a box, nor in parts, nor behind its title, and
 * without notes, whose order would be another one. */
static bool is_object(struct layout *layout, size_t n)
{
    const struct strip *first = layout->queue[layout->queue_head];
    if (!first->floats || first->page_break || first->decor || first->columns.id || first->calls)
        return false;
    for (size_t i = 1; i < n; i++)
        if (page_waiting(layout, i)->floats != first->floats || page_waiting(layout, i)->calls)
            return false;
    const struct strip *next = page_waiting(layout, n);
    return !next || (next->floats != first->floats && next->glue == GLUE_NONE);
}

enum float_step floats_step(struct layout *layout, size_t n, bool fit)
{
    const struct strip *first = layout->queue[layout->queue_head];
    if (!layout->n_adrift && (fit || !first->floats || layout->page_empty))
        return FLOAT_NONE;
    if (!is_object(layout, n))
        return layout->n_adrift && (first->page_break || first->columns.id || first->floats) ? FLOAT_STOP : FLOAT_NONE;
    layout->adrift = mem_grow(layout->adrift, &layout->adrift_room, layout->n_adrift + n, sizeof(struct strip *));
    for (size_t i = 0; i < n; i++) /* not taken: their memory is still held */
        layout->adrift[layout->n_adrift++] = layout->queue[layout->queue_head++];
    return FLOAT_OFF;
}

void floats_land(struct layout *layout)
{
    size_t n = layout->n_adrift, waiting = layout->queue_end - layout->queue_head;
    if (!n)
        return;
    struct strip **queue = NULL;
    size_t room = 0;
    queue = mem_grow(queue, &room, n + waiting, sizeof(struct strip *));
    memcpy(queue, layout->adrift, n * sizeof *queue);
    if (waiting)
        memcpy(queue + n, layout->queue + layout->queue_head, waiting * sizeof *queue);
    mem_free(layout->queue);
    layout->queue = queue;
    layout->queue_room = room;
    layout->queue_head = 0;
    layout->queue_end = n + waiting;
    layout->n_adrift = 0;
}
