/* The walk over the document tree, one block at a time, with its own stack: nesting is bounded in ink, not in depth. */
#include "base/mem.h"
#include "layout/flow.h"

#include <math.h>
#include <string.h>

struct frame *flow_top(struct layout *layout)
{
    return &layout->frames[layout->depth - 1];
}

/* Points that nothing is indented to less than. */
static float least_measure(const struct layout *layout)
{
    float column = layout->columns.id ? layout->columns.measure * 0.6F : STYLE_LEAST_MEASURE;
    return fminf(column, STYLE_LEAST_MEASURE);
}

/* Opens a container whose children are set `indent` further right. */
static struct frame *push(struct layout *layout, const struct block *block, float indent)
{
    struct frame top = *flow_top(layout);
    size_t depth = layout->depth;
    if (indent > 0 && (depth > 2 * STYLE_MAX_DEPTH || top.measure - indent < least_measure(layout))) {
        if (!layout->depth_warned)
            flow_warn(layout, "deep-nesting", "lists or quotes nested too deeply: the inner ones are not indented");
        layout->depth_warned = true;
        indent = 0;
    }
    layout->frames = mem_grow(layout->frames, &layout->frames_room, depth + 1, sizeof *layout->frames);
    struct frame *frame = &layout->frames[layout->depth++];
    *frame = (struct frame){
        .kind = block->kind,
        .next = block->children,
        .decor = top.decor,
        .x = top.x + indent,
        .measure = top.measure - indent,
        .ordered = top.ordered,
        .levels = {top.levels[0], top.levels[1]},
        .body = top.body,
        .text = top.text,
    };
    return frame;
}

static size_t count(const struct block *block)
{
    size_t n = 0;
    for (; block; block = block->next)
        n++;
    return n;
}

/* The widest mark of a list: the last one, because figures are of one width. */
static float mark_width(struct layout *layout, bool ordered, int level, unsigned long last)
{
    char mark[24];
    mark_text(ordered, level, last, mark);
    struct run run = {.text = str_from(mark)};
    return flow_width(layout, &run, 1, flow_style(layout, STYLE_MARK), NULL);
}

/* Room for the widest mark and a gap, in whole steps of 4 points, so that turnover lines align (RULES.md row 22). */
static float mark_room(float width)
{
    float room = 12;
    while (room < width + 4 && room < 80)
        room += 4;
    return room;
}

static void open_list(struct layout *layout, const struct block *block)
{
    unsigned long first = block->start > 0 ? (unsigned long)block->start : 1;
    size_t items = count(block->children);
    struct frame *frame = push(layout, block, 0);
    frame->ordered = block->ordered;
    frame->number = first;
    /* Levels of either sort are counted apart: "1." inside "○" is still level 1 of its sort. */
    int level = ++frame->levels[block->ordered];
    frame->widest_mark = mark_width(layout, block->ordered, level, first + (items ? items - 1 : 0));
    frame->mark_room = mark_room(frame->widest_mark);
}

static void open_item(struct layout *layout, const struct block *block)
{
    struct frame *list = flow_top(layout);
    if (list->kind != BLOCK_LIST) { /* a stray item is a plain container */
        push(layout, block, 0);
        return;
    }
    float left = list->x, widest = list->widest_mark;
    bool ordered = list->ordered;
    int level = list->levels[ordered];
    unsigned long number = list->number++;
    struct frame *frame = push(layout, block, list->mark_room);
    if (frame->x <= left) { /* too deep for an indent: the text says it without a mark */
        return;
    }
    mark_text(ordered, level, number, frame->mark);
    frame->mark_x = left;
    frame->widest_mark = ordered ? widest : 0;
    frame->mark_waits = true;
    layout->waiting_marks++;
}

/* A container with the style's indents, ground and rules; plain paragraphs in it look like the style. */
static void open_box(struct layout *layout, const struct block *block, const struct block_style *style)
{
    struct frame *frame = push(layout, block, 0);
    struct box box;
    if (layout->space < style->before)
        layout->space = style->before;
    box_open(layout, style, "box", &box);
    frame->box = box;
    frame->text = &style->text;
}

static void open_group(struct layout *layout, const struct block *block)
{
    struct frame *frame = push(layout, block, 0);
    if (!layout->group && str_equal(block->style, STR("keep"))) {
        layout->group = ++layout->groups;
        layout->group_begun = false;
        frame->began_group = true;
    }
    if (str_equal(block->style, STR("columns")))
        columns_open(layout, block);
    if (str_equal(block->style, STR("turn")))
        turn_open(layout);
}

/* Closes the top container. An item with nothing in it still shows its mark. */
static void pop(struct layout *layout)
{
    struct frame *frame = flow_top(layout);
    if (frame->mark_waits) {
        flow_strip(layout, "list item", 0, flow_style(layout, STYLE_MARK)->leading, GLUE_NONE);
        layout->space = layout->sheet->distance.list_gap;
    }
    bool outer_list = frame->kind == BLOCK_LIST && frame->levels[0] + frame->levels[1] == 1;
    if (outer_list)
        layout->space = fmaxf(layout->space, layout->sheet->distance.list_after);
    if (frame->box.style) {
        box_close(layout, "box", &frame->box);
        layout->space = fmaxf(layout->space, frame->box.style->after);
    }
    if (frame->began_group)
        layout->group = 0;
    if (frame->began_columns)
        columns_close(layout);
    if (frame->began_turn)
        turn_close(layout);
    layout->depth--;
}

static void leaf(struct layout *layout, const struct block *block)
{
    switch (block->kind) {
    case BLOCK_HEADING: blocks_heading(layout, block); break;
    case BLOCK_PARAGRAPH: blocks_paragraph(layout, block); break;
    case BLOCK_TABLE: table_begin(layout, block); break;
    case BLOCK_CARDS: cards_set(layout, block); break;
    case BLOCK_CHART: chart_set(layout, block); break;
    case BLOCK_CODE: blocks_code(layout, block); break;
    case BLOCK_RULE: blocks_rule(layout); break;
    case BLOCK_PAGE_BREAK: layout->page_break = true; break;
    case BLOCK_LIST:
    case BLOCK_ITEM:
    case BLOCK_QUOTE:
    case BLOCK_GROUP: break;
    }
}

static void visit(struct layout *layout, const struct block *block)
{
    switch (block->kind) {
    case BLOCK_LIST:
        flow_anchor(layout, block->anchor);
        open_list(layout, block);
        break;
    case BLOCK_ITEM:
        flow_anchor(layout, block->anchor);
        open_item(layout, block);
        break;
    case BLOCK_QUOTE:
        flow_anchor(layout, block->anchor);
        open_box(layout, block, &layout->sheet->styles[STYLE_QUOTE]);
        break;
    case BLOCK_GROUP:
        open_group(layout, block);
        flow_anchor(layout, block->anchor);
        break;
    case BLOCK_HEADING:
    case BLOCK_PARAGRAPH:
    case BLOCK_TABLE:
    case BLOCK_CARDS:
    case BLOCK_CHART:
    case BLOCK_CODE:
    case BLOCK_RULE:
    case BLOCK_PAGE_BREAK: leaf(layout, block); break;
    }
}

static void start(struct layout *layout)
{
    layout->frames = mem_grow(layout->frames, &layout->frames_room, 1, sizeof *layout->frames);
    layout->frames[0] = (struct frame){
        .kind = BLOCK_GROUP,
        .next = layout->doc->first,
        .x = layout->sheet->page.left,
        .measure = layout->sheet->page.width - layout->sheet->page.left - layout->sheet->page.right,
        .body = &layout->sheet->styles[STYLE_BODY],
    };
    layout->depth = 1;
}

bool flow_step(struct layout *layout)
{
    size_t waiting = layout->queue_end - layout->queue_head;
    if (!layout->frames)
        start(layout);
    while (layout->queue_end - layout->queue_head == waiting) {
        if (layout->table) {
            table_row(layout);
            continue;
        }
        if (!layout->depth)
            return false;
        struct frame *top = flow_top(layout);
        const struct block *block = top->next;
        if (block) {
            top->next = block->next;
            visit(layout, block);
        } else if (layout->depth > 1) {
            pop(layout);
        } else {
            layout->depth = 0;
        }
    }
    return true;
}
