/* Outside the body: running heads and page numbers. Nothing of it is content. */
#include "layout/page_flow.h"

#include <string.h>

/* Between texts that stand side by side in a head, points. */
static const float gap = 24;

enum place { LEFT, CENTER, RIGHT };

/* One line of text at a baseline, between x and x + measure; what does not fit is left out. */
static void put_line(struct layout *layout, struct str text, const struct text_style *style, enum place where, float x,
                     float measure, float baseline)
{
    struct text_style aligned = *style;
    struct paragraph line;
    aligned.justify = false;
    aligned.align = where == LEFT ? ALIGN_LEFT : where == RIGHT ? ALIGN_RIGHT : ALIGN_CENTER;
    flow_set_plain(layout, text, &aligned, measure, &line);
    if (line.n > 1)
        flow_warn(layout, "head-cut", "a line at the head or foot of page %d is too long and was cut", layout->page);
    for (size_t i = 0; line.n && i < line.lines[0].n; i++) {
        struct op op = line.lines[0].ops[i];
        op.x += x;
        op.y += baseline;
        op.artifact = op.furniture = true;
        page_op(layout, "the running head or foot", op);
    }
}

/* "- # -" or "# / ##" with its numbers. */
static struct str number_text(struct layout *layout)
{
    struct str form = layout->sheet->page.number_form;
    struct buf text = {0};
    for (size_t i = 0; i < form.n; i++) {
        bool two = i + 1 < form.n && form.p[i] == '#' && form.p[i + 1] == '#';
        if (form.p[i] == '#')
            buf_printf(&text, "%d", two ? layout_total(layout) : layout_number(layout));
        else
            buf_char(&text, form.p[i]);
        i += two;
    }
    struct str result = str_copy(flow_arena(layout), buf_view(&text));
    buf_free(&text);
    return result;
}

static bool is_left_page(const struct layout *layout)
{
    return layout->sheet->page.two_sided && layout->page % 2 == 0;
}

/* Where the number stands on this page; *head: at the head. */
static enum place number_place(const struct layout *layout, bool *head)
{
    enum number_place number = layout->sheet->page.number;
    *head = number <= NUMBER_HEAD_OUTSIDE;
    switch (number) {
    case NUMBER_HEAD_LEFT:
    case NUMBER_FOOT_LEFT: return LEFT;
    case NUMBER_HEAD_RIGHT:
    case NUMBER_FOOT_RIGHT: return RIGHT;
    case NUMBER_HEAD_INSIDE: /* a sheet of one side is bound at the left */
    case NUMBER_FOOT_INSIDE: return is_left_page(layout) ? RIGHT : LEFT;
    case NUMBER_HEAD_OUTSIDE:
    case NUMBER_FOOT_OUTSIDE: return is_left_page(layout) ? LEFT : RIGHT;
    case NUMBER_HEAD_CENTER:
    case NUMBER_FOOT_CENTER:
    case NUMBER_NONE: break;
    }
    return CENTER;
}

static struct str head_text(struct layout *layout, enum head_text what)
{
    struct str text = {0};
    switch (what) {
    case HEAD_NONE: break;
    case HEAD_TITLE: return layout->doc->title;
    case HEAD_TEXT: return layout->doc->running_head;
    case HEAD_SECTION: text = str_from(layout->top_part[0] ? layout->top_part : layout->top_chapter); break;
    case HEAD_CHAPTER: text = str_from(layout->top_chapter); break;
    }
    return str_copy(flow_arena(layout), text);
}

/* Texts at the left and right, which leave room for a number in the head: the right one only where it leaves a gap. */
static void put_head(struct layout *layout, float x, float number, enum place where)
{
    const struct page_style *page = &layout->sheet->page;
    const struct text_style *style = flow_style(layout, STYLE_HEAD);
    bool mirrored = is_left_page(layout);
    struct str left = head_text(layout, mirrored ? page->head_right : page->head_left),
               right = head_text(layout, mirrored ? page->head_left : page->head_right);
    float room = style_body_width(layout->sheet) - (number > 0 ? number + gap : 0),
          used = flow_width_plain(layout, left, style);
    if (room < 2 * gap) {
        flow_warn(layout, "head-cut", "the number of page %d leaves no room for the running head", layout->page);
        return;
    }
    if (number > 0 && where == LEFT)
        x += number + gap;
    if (number > 0 && where == CENTER) { /* either text has its half */
        put_line(layout, left, style, LEFT, x, room / 2, page->head);
        put_line(layout, right, style, RIGHT, x + room / 2 + number + gap, room / 2, page->head);
        return;
    }
    put_line(layout, left, style, LEFT, x, room, page->head);
    if (right.n && flow_width_plain(layout, right, style) + used + (used > 0 ? gap : 0) <= room)
        put_line(layout, right, style, RIGHT, x, room, page->head);
}

static void put_rule(struct layout *layout, float x)
{
    page_op(layout, "the running head",
            (struct op){.kind = OP_RECT,
                        .x = x,
                        .y = layout->sheet->page.head_rule,
                        .w = style_body_width(layout->sheet),
                        .h = layout->sheet->distance.hairline,
                        .colour = layout->sheet->palette.gray_20,
                        .artifact = true,
                        .furniture = true});
}

/* The first page has its title, and needs no head. */
static bool has_head(const struct layout *layout)
{
    const struct page_style *page = &layout->sheet->page;
    if (layout->page == 1 || (page->head_left == HEAD_NONE && page->head_right == HEAD_NONE))
        return false;
    return layout->doc->running_head.n || (page->head_left != HEAD_TEXT && page->head_right != HEAD_TEXT);
}

/* Readers take a page's text as it is drawn: a head comes before the body, what stands left in it first. */
static void draw_first(struct layout *layout, size_t body)
{
    size_t n = layout->n_ops - body;
    struct op *head = ARENA_ARRAY(flow_arena(layout), n, struct op), *ops = layout->ops;
    for (size_t i = 0, at; i < n; i++) {
        for (at = i; at && ops[body + i].x < head[at - 1].x; at--)
            head[at] = head[at - 1];
        head[at] = ops[body + i];
    }
    memmove(ops + n, ops, body * sizeof *ops);
    memcpy(ops, head, n * sizeof *ops);
}

void page_furniture(struct layout *layout)
{
    const struct page_style *page = &layout->sheet->page;
    const struct text_style *style = flow_style(layout, STYLE_FOOT);
    float x = page->left + (is_left_page(layout) ? page->right - page->left : 0), number = 0;
    size_t body = layout->n_ops;
    bool head, numbered = page->number != NUMBER_NONE && layout_number(layout) >= 1;
    enum place where = number_place(layout, &head);
    if (layout->page_bare)
        return;
    struct str text = numbered ? number_text(layout) : (struct str){0};
    if (numbered && head) {
        put_line(layout, text, style, where, x, style_body_width(layout->sheet), page->head);
        number = flow_width_plain(layout, text, style);
    }
    if (has_head(layout)) {
        put_rule(layout, x);
        put_head(layout, x, number, where);
    }
    if (layout->n_ops > body)
        draw_first(layout, body);
    if (numbered && !head)
        put_line(layout, text, style, where, x, style_body_width(layout->sheet), page->foot);
}
