/* What stands round a paragraph or container by its style: indents, ground, rules, padding. */
#include "layout/flow.h"

#include <math.h>

enum {
    MOST_DECORS = 2 * STYLE_MAX_DEPTH,
    PAD_SHARE = 8, /* open boxes together pad no more than one in so many parts of a page above, and as much below */
};

struct insets {
    float top, right, bottom, left; /* between the outer edge of ground and rules and the text */
};

/* Padding is where there is something to keep away from: a ground on all sides, a rule on its own. */
static struct insets insets_of(const struct block_style *style)
{
    struct insets in = {style->top.width, 0, style->bottom.width, style->bar.width};
    in.right += style->filled ? style->pad : 0;
    in.top += style->filled || style->top.width > 0 ? style->pad : 0;
    in.bottom += style->filled || style->bottom.width > 0 ? style->pad : 0;
    in.left += style->filled || style->bar.width > 0 ? style->pad : 0;
    return in;
}

/* Whether text still has room inside, in the line and on the page. */
static bool fits(const struct layout *layout, const struct block_style *style, const struct insets *in)
{
    const struct frame *top = &layout->frames[layout->depth - 1];
    float least = fminf(STYLE_LEAST_MEASURE, layout->frames[0].measure / 2), used = in->top + in->bottom;
    if (in->left + in->right + style->left + style->right > 0 &&
        top->measure - style->left - style->right - in->left - in->right < least)
        return false;
    for (const struct decor *decor = top->decor; decor; decor = decor->outer)
        used += 2 * decor->pad;
    return used <= 2 * style_body_height(layout->sheet) / PAD_SHARE && (!top->decor || top->decor->depth < MOST_DECORS);
}

static void put_head(struct layout *layout, const char *what, const struct box *box)
{
    size_t marks = layout->waiting_marks;
    layout->waiting_marks = 0; /* a list's mark stands beside the text, not beside the padding */
    struct strip *strip = flow_strip(layout, what, box->style->before, box->head, GLUE_NONE);
    layout->waiting_marks = marks;
    if (box->style->top.width > 0)
        strip_rect(layout, strip, box->x, 0, box->w, box->style->top.width, box->style->top.colour);
    layout->keep_next = layout->flush = true;
}

void box_open(struct layout *layout, const struct block_style *style, const char *what, struct box *box)
{
    struct frame *top = flow_top(layout);
    struct insets in = insets_of(style);
    layout->page_break = layout->page_break || style->page_before;
    if (style->keep_previous && layout->after_object) /* close below what it explains, whatever gap that asked for */
        layout->space = 0;
    if (style->keep_previous && !layout->after_kept)
        layout->keep_next = true;
    *box = (struct box){.outer = top->decor, .outer_x = top->x, .outer_measure = top->measure};
    if (!fits(layout, style, &in)) {
        if (!layout->room_warned)
            flow_warn(layout, "style-room", "the indents and padding of \"%.60s\" leave no room for its text here",
                      style->name);
        layout->room_warned = true;
        return;
    }
    box->style = style;
    box->x = top->x + style->left;
    box->w = top->measure - style->left - style->right;
    box->head = in.top;
    box->foot = in.bottom;
    if (style->filled || style->bar.width > 0) {
        top->decor = flow_decor(layout, top->decor, box->x, box->w, style->fill);
        top->decor->filled = style->filled;
        top->decor->bar = style->bar;
        top->decor->pad = style->filled ? style->pad : 0;
    }
    top->x = box->x + in.left;
    top->measure = box->w - in.left - in.right;
    if (box->head > 0)
        put_head(layout, what, box);
}

void box_close(struct layout *layout, const char *what, struct box *box)
{
    struct frame *top = flow_top(layout);
    if (box->style && box->foot > 0) {
        layout->flush = true;
        layout->space = 0;
        struct strip *strip = flow_strip(layout, what, 0, box->foot, GLUE_HARD);
        const struct edge *rule = &box->style->bottom;
        if (rule->width > 0)
            strip_rect(layout, strip, box->x, box->foot - rule->width, box->w, rule->width, rule->colour);
    }
    top->decor = box->outer;
    top->x = box->outer_x;
    top->measure = box->outer_measure;
}
