/* Pages on their side: what stands in a {.turn} group is set on landscape sheets, with the margins of the others. */
#include "layout/flow.h"

#include "base/mem.h"

enum { LEAST_HEIGHT = 144 }; /* points of a body */

/* The sheet with width for height. NULL where such a page has no room for text (as style.c checks it for the other
 * pages), head or foot. */
static struct style_sheet *lying(const struct style_sheet *upright)
{
    struct page_style page = upright->page;
    page.width = upright->page.height;
    page.height = upright->page.width;
    page.foot += page.height - upright->page.height; /* as far from the lower edge */
    if (page.height - page.top - page.bottom < LEAST_HEIGHT || page.foot < page.top || page.head > page.top ||
        page.head_rule > page.top)
        return NULL;
    for (size_t i = 0; i < upright->n; i++)
        if (upright->styles[i].text.leading > (page.height - page.top - page.bottom) / 2)
            return NULL;
    struct style_sheet *sheet = mem_alloc(sizeof *sheet);
    *sheet = *upright;
    sheet->page = page;
    return sheet;
}

void turn_begin(struct layout *layout)
{
    if (layout->contents.turns)
        layout->lying = lying(layout->upright);
}

void turn_open(struct layout *layout)
{
    struct frame *frame = flow_top(layout);
    bool inside = layout->in_note || layout->columns.id || frame->decor || frame->levels[0] + frame->levels[1];
    if (layout->turned)
        return;
    if (inside || !layout->lying) {
        flow_warn(layout, "turn", "%s",
                  inside ? "no page is turned for what is inside a list, box, note or columns"
                         : "no page is turned: on its side it is too low");
        return;
    }
    const struct page_style *page = &layout->lying->page;
    frame->x = page->left;
    frame->measure = style_body_width(layout->lying);
    frame->began_turn = layout->turned = true;
}

void turn_close(struct layout *layout)
{
    layout->turned = false;
    layout->space = 0; /* what follows is on another page */
}
