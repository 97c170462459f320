/* The flow of strips → pages: what fits where. */
#include "layout/foot.h"
#include "layout/page_flow.h"

#include "base/mem.h"

#include <math.h>
#include <string.h>

/* The part of a page that a small table may leave empty to stay whole. */
static const float most_empty = 0.25F;

struct page_info layout_info(const struct doc *doc)
{
    return (struct page_info){
        .title = doc->title,
        .author = doc->author,
        .subject = doc->subject,
        .keywords = doc->keywords,
        .language = doc->language.n ? doc->language : STR("ko"),
        .created = doc->created,
    };
}

struct layout *layout_new(struct fonts *fonts, const struct style_sheet *sheet, const struct doc *doc,
                          struct diag_list *diag)
{
    struct layout *layout = mem_alloc(sizeof *layout);
    *layout = (struct layout){.sheet = sheet, .upright = sheet, .doc = doc, .diag = diag, .fonts = fonts};
    layout->shaper = shaper_new(fonts, diag);
    shaper_place(layout->shaper, layout->section);
    shaper_characters(layout->shaper, sheet->characters, sheet->n_characters);
    layout->tags = tags_new();
    targets_collect(doc, &layout->targets);
    contents_collect(doc, sheet, &layout->contents);
    turn_begin(layout);
    foot_begin(layout);
    return layout;
}

void layout_free(struct layout *layout)
{
    if (!layout)
        return;
    shaper_free(layout->shaper);
    targets_free(&layout->targets);
    contents_free(&layout->contents);
    rehearsal_free(&layout->places);
    foot_end(layout);
    tags_free(layout->tags);
    flow_free(layout);
    mem_free(layout->ops);
    mem_free(layout->lying);
    mem_free(layout);
}

struct tags *layout_take_tags(struct layout *layout)
{
    struct tags *tags = layout->tags;
    layout->tags = NULL;
    return tags;
}

/* The titles that a running head may name. */
static void take_titles(struct layout *layout, const struct strip *strip)
{
    for (const struct piece *piece = strip->pieces; piece; piece = piece->next) {
        for (size_t i = 0; i < piece->n; i++) {
            const struct op *op = &piece->ops[i];
            if (op->kind != OP_OUTLINE || op->level > 2)
                continue;
            if (op->level == 1)
                flow_clip(layout->chapter, sizeof layout->chapter, op->text);
            flow_clip(layout->part, sizeof layout->part, op->level == 1 ? STR("") : op->text);
        }
    }
}

static void place(struct layout *layout, const struct strip *strip, float top, bool again)
{
    page_strip(layout, strip, top, again);
    if (!again)
        take_titles(layout, strip);
    layout->y = top + strip->height;
    if (layout->page_empty) { /* the chapter that a page begins in, or with */
        memcpy(layout->top_chapter, layout->chapter, sizeof layout->chapter);
        memcpy(layout->top_part, layout->part, sizeof layout->part);
        layout->page_bare = strip->bare;
    }
    layout->page_empty = false;
}

struct strip *page_waiting(struct layout *layout, size_t n)
{
    while (layout->queue_end - layout->queue_head <= n) {
        if (!flow_step(layout))
            return NULL;
    }
    return layout->queue[layout->queue_head + n];
}

static enum glue effective_glue(const struct layout *layout, const struct strip *strip)
{
    size_t broken = strip->boxed ? layout->broken_box : layout->broken_group;
    return strip->glue == GLUE_GROUP && strip->group == broken ? GLUE_NONE : strip->glue;
}

/* Height that a chunk may have which begins with that strip. */
static float most_height(const struct layout *layout, const struct strip *strip)
{
    float most = style_body_height(layout->sheet) - (strip->head ? strip->head->height : 0) -
                 2 * page_shared_pad(strip->decor, strip->decor) + page_epsilon;
    return strip->columns.id ? most - flow_style(layout, STYLE_BODY)->leading : most; /* lost to the grid */
}

/* What is glued but taller than a page is let go: first a "keep" group, for all its length, then anything. */
size_t page_gather(struct layout *layout, size_t from, float *height)
{
    struct strip *strip = page_waiting(layout, from);
    if (!strip)
        return 0;
    const float first_height = strip->height, most = most_height(layout, strip);
    size_t group = 0, box = 0, n = 1, columns = strip->columns.id;
    const bool turned = strip->turned;
    *height = first_height;
    while ((strip = page_waiting(layout, from + n)) != NULL) {
        enum glue glue = effective_glue(layout, strip);
        if (glue == GLUE_NONE || strip->page_break || strip->turned != turned ||
            (columns && strip->columns.id != columns))
            return n;
        columns = strip->columns.id;
        if (glue == GLUE_GROUP)
            *(strip->boxed ? &box : &group) = strip->group;
        *height += strip->before + strip->height;
        if (*height <= most) {
            n++;
            continue;
        }
        if (!group && !box) {
            *height = first_height;
            return 1;
        }
        *(box ? &layout->broken_box : &layout->broken_group) = box ? box : group; /* what is in a box stays whole */
        group = box = 0;
        n = 1;
        *height = first_height;
    }
    return n;
}

/* A group among the next n strips is parted, a box before what it holds: a loose one that would leave `room` empty, and
 * that is much; or any. */
static bool part_group(struct layout *layout, size_t n, float room, bool any)
{
    const struct strip *found = NULL;
    if (!any && room < style_body_height(layout->sheet) * most_empty)
        return false;
    for (size_t i = 1; i < n && !(found && found->boxed); i++) {
        const struct strip *strip = layout->queue[layout->queue_head + i];
        if ((any || strip->loose) && effective_glue(layout, strip) == GLUE_GROUP && (!found || strip->boxed))
            found = strip;
    }
    if (found)
        *(found->boxed ? &layout->broken_box : &layout->broken_group) = found->group;
    return found != NULL;
}

void page_place(struct layout *layout, float before, bool top)
{
    const struct strip *strip = flow_take(layout);
    if (top) {
        layout->y += page_break_pad(layout, strip->decor);
        if (strip->head)
            place(layout, strip->head, layout->y, true);
    }
    place(layout, strip, layout->y + before, false);
    foot_call(layout, strip);
}

float page_bottom(const struct layout *layout)
{
    return layout->sheet->page.height - layout->sheet->page.bottom - foot_height(layout);
}

float page_rest(const struct layout *layout)
{
    const float bottom = page_bottom(layout);
    float y = layout->y, chunk = 0;
    if (layout->columns.id || layout->in_note || layout->y <= 0 || layout->turned != (layout->sheet == layout->lying))
        return HUGE_VALF;
    for (size_t i = layout->queue_head; i < layout->queue_end; i++) {
        const struct strip *strip = layout->queue[i];
        if (strip->turned != layout->turned)
            return HUGE_VALF;
        const bool top = strip->page_break || (i == layout->queue_head && layout->page_empty);
        const float height = strip->height + (top ? 0 : strip->before);
        chunk = effective_glue(layout, strip) == GLUE_NONE ? height : chunk + height;
        y = strip->page_break ? layout->sheet->page.top + height : y + height;
        if (y > bottom + page_epsilon)
            y = layout->sheet->page.top + chunk;
    }
    y += layout->space +
         page_shared_pad(layout->frames[layout->depth - 1].decor, layout->frames[layout->depth - 1].decor);
    return bottom - y - page_epsilon;
}

/* What the next n strips need besides their height: the gap above, or what a page begins with again, and the padding
 * that a page break behind them needs. */
static float around(struct layout *layout, size_t n)
{
    const struct strip *next = page_waiting(layout, n); /* first, because it may move the queue */
    const struct strip *first = layout->queue[layout->queue_head], *last = layout->queue[layout->queue_head + n - 1];
    float above = first->before;
    if (layout->page_empty)
        above = page_break_pad(layout, first->decor) + (first->head ? first->head->height : 0);
    return above + (next ? page_shared_pad(last->decor, next->decor) : 0);
}

/* Whether the next n strips fit below what the page has, with the notes that they call. */
static bool fits(struct layout *layout, size_t n, float height)
{
    float need = foot_need(layout, 0, n, false);
    height += around(layout, n);
    return layout->y + height + need <= page_bottom(layout) + page_epsilon &&
           (need <= 0 || foot_height(layout) + need <= foot_most(layout));
}

/* Places the next n strips, of that height; of a heading glued to a section of columns, the heading. */
static void place_chunk(struct layout *layout, size_t n, float height)
{
    const struct strip *first = layout->queue[layout->queue_head];
    if (layout->page_empty && first->head)
        foot_repeat(layout, first->head,
                    page_bottom(layout) - layout->y - page_break_pad(layout, first->decor) - first->head->height -
                        height - foot_need(layout, 0, n, true));
    if (first->at_foot)
        layout->y = fmaxf(layout->y, page_bottom(layout) - height - around(layout, n) - foot_need(layout, 0, n, true));
    for (size_t i = 0; i < n; i++) {
        const struct strip *strip = layout->queue[layout->queue_head];
        if (i && strip->columns.id)
            break;
        bool top = layout->page_empty, below_anchor = layout->y <= layout->sheet->page.top; /* the top all the same */
        page_place(layout, top || below_anchor ? 0 : strip->before, top);
    }
    foot_fill(layout, fminf(foot_most(layout), foot_height(layout) + page_bottom(layout) - layout->y));
}

/* Fills the body of a page as far as it goes. Whatever the document, a page takes a strip or a line of notes. */
static void fill(struct layout *layout)
{
    float height;
    for (struct strip *first; !layout->err->kind && (first = page_waiting(layout, 0)) != NULL;) {
        if (first->turned != (layout->sheet == layout->lying)) /* on a page of the other kind */
            return;
        size_t n = page_gather(layout, 0, &height);
        bool fresh = layout->page_empty && foot_height(layout) <= 0, over = first->page_break && !layout->page_empty;
        bool forced = !over && !fits(layout, n, height);
        enum float_step step = floats_step(layout, n, !forced);
        if (step == FLOAT_OFF)
            continue;
        over = over || step == FLOAT_STOP;
        if (forced && !over) {
            if (part_group(layout, n, page_bottom(layout) - layout->y, fresh))
                continue;
            over = !fresh;
        }
        first = layout->queue[layout->queue_head];
        if (over) {
            page_pad_foot(layout, first->decor);
            return;
        }
        first->page_break = false;
        if (first->columns.id) {
            if (!columns_fill(layout))
                return;
            continue;
        }
        place_chunk(layout, n, height);
        if (forced && foot_left(layout))
            flow_warn(layout, "note-late", "notes of page %d do not fit there and begin on a later one", layout->page);
    }
}

/* A page with its body, notes, head and foot. False where the document has ended before it. */
static bool make_page(struct layout *layout)
{
    layout->n_ops = 0;
    flow_recycle(layout);
    layout->page++;
    layout->slot++;
    layout->y = 0; /* nowhere yet, for what is set now: page_rest */
    if (layout->page == 1)
        note_marks(layout); /* before the first strip is set */
    floats_land(layout);
    const struct strip *first = page_waiting(layout, 0);
    layout->sheet = first && first->turned ? layout->lying : layout->upright;
    const struct page_style *style = &layout->sheet->page;
    layout->shift = style->two_sided && layout->page % 2 == 0 ? style->right - style->left : 0;
    layout->y = style->top;
    layout->page_empty = true;
    layout->page_bare = false;
    foot_new_page(layout);
    fill(layout);
    foot_place(layout);
    if (layout->err->kind || (layout->page_empty && foot_height(layout) <= 0 && layout->page > 1))
        return false;
    page_furniture(layout);
    return !layout->err->kind;
}

bool layout_next(struct layout *layout, struct page *out, struct err *err)
{
    if (err->kind || (layout->page == 0 && !rehearsal_run(layout, err)))
        return false;
    layout->err = err;
    bool made = make_page(layout);
    layout->err = NULL;
    if (!made) {
        layout->page--;
        rehearsal_check(layout);
        return false;
    }
    *out = (struct page){
        .number = layout->page,
        .width = layout->sheet->page.width,
        .height = layout->sheet->page.height,
        .ops = layout->ops,
        .n = layout->n_ops,
        .tags = layout->tags,
    };
    return true;
}
