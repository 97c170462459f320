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
        .tag = top.tag,
        .headings = block->kind == BLOCK_GROUP ? top.headings : layout->headings.n,
        .x = top.x + indent,
        .measure = top.measure - indent,
        .ordered = top.ordered,
        .levels = {top.levels[0], top.levels[1]},
        .list = top.list,
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

struct text_style flow_mark_style(const struct layout *layout, const struct frame *item)
{
    const struct text_style *text = item->text ? item->text : &item->body->text;
    struct text_style style = *flow_style(layout, STYLE_MARK);
    float scale = style.size / flow_style(layout, STYLE_BODY)->size;
    style.size = text->size * scale;
    style.leading = text->leading;
    if (text->role == ROLE_STRONG || text->role == ROLE_SERIF_STRONG)
        style.role = text->role;
    return style;
}

/* The widest mark of a list: the last one, because figures are of one width. */
static float mark_width(struct layout *layout, const struct frame *list, unsigned long last)
{
    char mark[MARK_SIZE];
    mark_text(list_mark(list->list, list->ordered, list->levels[list->ordered]), last, mark);
    struct text_style style = flow_mark_style(layout, list);
    return flow_width_plain(layout, str_from(mark), &style);
}

/* Room for the widest mark and a gap, in whole steps of 4 points, so that turnover lines align (RULES.md row 22). */
static float mark_room(float width, float measure)
{
    float room = 12;
    while (room < width + 4 && room < measure / 3)
        room += 4;
    return room;
}

/* The list style that a list names, that of the list around it, or the default. A paragraph style's name gives the
 * items' text its look. */
static void list_style(struct layout *layout, const struct block *block, struct frame *frame)
{
    const struct list_style *named = style_list(layout->sheet, block->style);
    const struct block_style *text = !named && block->style.n ? style_find(layout->sheet, block->style) : NULL;
    if (block->style.n && !named && !text)
        flow_warn(layout, "unknown-style", "there is no list style \"" STR_FMT "\"",
                  STR_ARG(str_head(block->style, 80)));
    if (named) { /* its levels are counted from here */
        frame->list = named;
        frame->levels[0] = frame->levels[1] = 0;
    }
    frame->list = frame->list ? frame->list : &layout->sheet->lists[0];
    frame->levels[frame->ordered]++; /* of either sort apart: "1." inside "○" is the first of its sort */
    unsigned depth = (unsigned)(frame->levels[0] + frame->levels[1]), n = frame->list->n_styles;
    if (text || n) {
        frame->body = text ? text : frame->list->styles[depth <= n ? depth - 1 : n - 1];
        frame->text = NULL;
    }
}

static void open_list(struct layout *layout, const struct block *block)
{
    unsigned long first = block->start > 0 ? (unsigned long)block->start : 1;
    size_t items = count(block->children);
    struct frame *frame = push(layout, block, 0);
    frame->ordered = block->ordered;
    frame->number = first;
    list_style(layout, block, frame);
    frame->tag = elements_list(layout, list_mark(frame->list, frame->ordered, frame->levels[frame->ordered]));
    frame->widest_mark = mark_width(layout, frame, first + (items ? items - 1 : 0));
    frame->mark_room = mark_room(frame->widest_mark, frame->measure);
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
    const char *form = list_mark(list->list, ordered, list->levels[ordered]);
    unsigned long number = list->number++;
    struct frame *frame = push(layout, block, list->mark_room);
    frame->lone = block->children && !block->children->next && block->children->kind == BLOCK_PARAGRAPH;
    frame->tag = elements_item(layout, &frame->label);
    if (frame->x <= left) { /* too deep for an indent: the text says it without a mark */
        return;
    }
    mark_text(form, number, frame->mark);
    frame->mark_x = left;
    frame->widest_mark = ordered ? widest : 0;
    frame->mark_waits = true;
    layout->waiting_marks++;
}

/* A container with the style's indents, ground and rules; plain paragraphs in it look like the style. The outermost one
 * is kept `whole` where it fits on a page, in any case or if that leaves not too much of another one empty. */
static void open_box(struct layout *layout, const struct block *block, const struct block_style *style, bool whole)
{
    tag_id tag = flow_element(layout, block->kind == BLOCK_QUOTE ? TAG_QUOTE : TAG_DIV);
    struct frame *frame = push(layout, block, 0);
    struct box box;
    frame->tag = tag;
    frame->began_box = !layout->whole_box && (whole || style->keep_lines);
    if (frame->began_box) {
        layout->whole_box = ++layout->groups;
        layout->box_begun = false;
        layout->box_loose = !style->keep_lines;
    }
    layout->space = fmaxf(layout->space, style->before);
    box_open(layout, style, "box", &box);
    frame->box = box;
    frame->text = &style->text;
}

struct str flow_option(const struct block *block, const char *key)
{
    for (size_t i = 0; i < block->n_options; i++)
        if (str_equal(block->options[i].key, str_from(key)))
            return block->options[i].value;
    return STR("");
}

void flow_title(struct layout *layout, const struct block *block, enum style_id style)
{
    struct block *title = ARENA_NEW(flow_arena(layout), struct block);
    struct run *run = ARENA_NEW(flow_arena(layout), struct run);
    run->text = flow_option(block, "title");
    *title = (struct block){.kind = BLOCK_PARAGRAPH, .runs = run, .n = run->text.n ? 1 : 0};
    title->style = str_from(layout->sheet->styles[style].name);
    if (title->n)
        blocks_paragraph(layout, title);
}

static void open_call_out(struct layout *layout, const struct block *block)
{
    const struct block_style *style = block->style.n ? style_find(layout->sheet, block->style) : NULL;
    if (block->style.n && !style)
        flow_warn(layout, "unknown-style", "there is no box style \"" STR_FMT "\"",
                  STR_ARG(str_head(block->style, 80)));
    open_box(layout, block, style ? style : &layout->sheet->styles[STYLE_BOX], true);
    struct frame *frame = flow_top(layout);
    frame->list = NULL; /* lists in it begin anew */
    frame->levels[0] = frame->levels[1] = 0;
    flow_anchor(layout, block->anchor);
    flow_title(layout, block, STYLE_BOX_TITLE);
}

static void open_cover(struct layout *layout, const struct block *block)
{
    const float before = layout->sheet->styles[STYLE_COVER].before;
    if (layout->had_cover)
        flow_warn(layout, "second-cover", "the document has more than one cover");
    tag_id tag = elements_cover(layout);
    push(layout, block, 0)->tag = tag;
    layout->had_cover = layout->bare = layout->page_break = true;
    if (before > 0)
        flow_strip(layout, "cover", 0, fminf(before, style_body_height(layout->sheet) / 2), GLUE_NONE);
    layout->flush = layout->keep_next = true;
    flow_anchor(layout, block->anchor);
}

static void close_cover(struct layout *layout)
{
    layout->bare = layout->keep_next = false;
    layout->page_break = true;
}

static void open_group(struct layout *layout, const struct block *block)
{
    struct frame *frame = push(layout, block, 0);
    bool floats = str_equal(block->style, STR("float"));
    if (!layout->group && (floats || str_equal(block->style, STR("keep")))) {
        layout->group = ++layout->groups;
        layout->group_floats = floats;
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
        flow_strip(layout, "list item", 0, flow_mark_style(layout, frame).leading, GLUE_NONE);
        layout->space = layout->sheet->distance.list_gap;
    }
    if (frame->kind == BLOCK_LIST && !layout->frames[layout->depth - 2].list)
        layout->space = fmaxf(layout->space, layout->sheet->distance.list_after);
    if (frame->box.style) {
        box_close(layout, "box", &frame->box);
        layout->space = fmaxf(layout->space, frame->box.style->after);
        layout->keep_next = frame->box.style->keep_next;
    }
    if (frame->kind == BLOCK_COVER)
        close_cover(layout);
    if (frame->kind != BLOCK_GROUP)
        layout->headings.n = frame->headings;
    if (frame->began_group) {
        layout->group = 0;
        layout->group_floats = false;
    }
    if (frame->began_box)
        layout->whole_box = 0;
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
    case BLOCK_BOX:
    case BLOCK_COVER:
    case BLOCK_GROUP: break;
    case BLOCK_CONTENTS: contents_begin(layout, block); break;
    }
}

/* A container that would be nothing but its surroundings. */
static bool is_empty(const struct block *block)
{
    return !block->children && (block->kind == BLOCK_QUOTE || block->kind == BLOCK_COVER ||
                                (block->kind == BLOCK_BOX && !flow_option(block, "title").n));
}

static void visit(struct layout *layout, const struct block *block)
{
    if (is_empty(block)) {
        flow_anchor(layout, block->anchor);
        return;
    }
    layout->tag = flow_top(layout)->tag;
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
        open_box(layout, block, &layout->sheet->styles[STYLE_QUOTE], false);
        break;
    case BLOCK_GROUP:
        open_group(layout, block);
        flow_anchor(layout, block->anchor);
        break;
    case BLOCK_BOX: open_call_out(layout, block); break;
    case BLOCK_COVER: open_cover(layout, block); break;
    case BLOCK_CONTENTS:
    case BLOCK_HEADING:
    case BLOCK_PARAGRAPH:
    case BLOCK_TABLE:
    case BLOCK_CARDS:
    case BLOCK_CHART:
    case BLOCK_CODE:
    case BLOCK_RULE:
    case BLOCK_PAGE_BREAK: leaf(layout, block); break;
    }
    if (block->kind != BLOCK_PARAGRAPH)
        layout->caption_tag = 0;
}

static void start(struct layout *layout)
{
    layout->frames = mem_grow(layout->frames, &layout->frames_room, 1, sizeof *layout->frames);
    layout->frames[0] = (struct frame){
        .kind = BLOCK_GROUP,
        .tag = TAGS_ROOT,
        .next = layout->doc->first,
        .x = layout->sheet->page.left,
        .measure = style_body_width(layout->sheet),
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
        if (layout->listing.open) {
            contents_line(layout);
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
