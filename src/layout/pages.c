/* The flow of strips → pages: what fits where, heads and feet, and the last check of every coordinate. */
#include "base/mem.h"
#include "layout/flow.h"

#include <math.h>
#include <string.h>

/* Rounding in sums of strip heights. */
static const float epsilon = 0.01F;

/* The part of a page that a small table may leave empty to stay whole. */
static const float most_empty = 0.35F;

/* Glyphs may reach this near to the sheet's edge before they are cut off. */
static const float edge = 4;

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
    *layout = (struct layout){.sheet = sheet, .doc = doc, .diag = diag, .fonts = fonts};
    layout->shaper = shaper_new(fonts, diag);
    shaper_characters(layout->shaper, sheet->characters, sheet->n_characters);
    targets_collect(doc, &layout->targets);
    contents_collect(doc, sheet, &layout->contents);
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
    flow_free(layout);
    mem_free(layout->ops);
    mem_free(layout);
}

static bool on_sheet(const struct layout *layout, float x, float y)
{
    return isfinite(x) && isfinite(y) && x >= 0 && y >= 0 && x <= layout->sheet->page.width &&
           y <= layout->sheet->page.height;
}

/* A line that no break could make short enough ends at the sheet's edge, with a warning. False for a bad number. */
static bool fit_text(struct layout *layout, struct op *op)
{
    float x = op->x;
    for (size_t i = 0; i < op->n; i++) {
        const struct glyph *glyph = &op->glyphs[i];
        if (!isfinite(glyph->advance) || !isfinite(glyph->dx) || !isfinite(glyph->dy))
            return false;
        x += glyph->advance;
        if (x <= layout->sheet->page.width - edge)
            continue;
        flow_warn(layout, "overfull-line", "a line on page %d is wider than the page and was cut", layout->page);
        uint32_t cluster = glyph->cluster;
        while (i && op->glyphs[i - 1].cluster == cluster)
            i--;
        op->n = i;
        op->text = str_slice(op->text, 0, cluster);
        break;
    }
    return on_sheet(layout, op->x, op->y);
}

static bool path_is_sound(const struct layout *layout, const struct op *op)
{
    float radius = op->n == 1 ? op->w / 2 : 0;
    bool ok = isfinite(op->size) && op->size >= 0 && isfinite(op->dash + op->gap) && radius >= 0;
    for (size_t i = 0; ok && i < op->n; i++) {
        float x = op->x + op->corners[i].x, y = op->y + op->corners[i].y;
        ok = on_sheet(layout, x - radius, y - radius) && on_sheet(layout, x + radius, y + radius);
    }
    return ok;
}

static bool op_is_sound(struct layout *layout, struct op *op)
{
    switch (op->kind) {
    case OP_TEXT: return fit_text(layout, op) && isfinite(op->size) && op->size > 0;
    case OP_RECT: return on_sheet(layout, op->x, op->y) && on_sheet(layout, op->x + op->w, op->y + op->h);
    case OP_LINE:
        return on_sheet(layout, op->x, op->y) && on_sheet(layout, op->x + op->w, op->y + op->h) && isfinite(op->size) &&
               op->size > 0 && isfinite(op->dash + op->gap);
    case OP_PATH: return path_is_sound(layout, op);
    case OP_LINK:
        op->w = fminf(op->w, layout->sheet->page.width - op->x);
        return on_sheet(layout, op->x, op->y) && on_sheet(layout, op->x + op->w, op->y + op->h);
    case OP_ANCHOR:
    case OP_OUTLINE: return on_sheet(layout, op->x, op->y);
    }
    return false;
}

/* A link inside the document must have its target. */
static bool link_leads(struct layout *layout, const struct op *op)
{
    if (op->kind != OP_LINK || !op->link.n || op->link.p[0] != '#')
        return true;
    if (targets_find(&layout->targets, str_slice(op->link, 1, op->link.n)))
        return true;
    flow_warn(layout, "unknown-anchor", "a link leads to " STR_FMT ", which is not in the document",
              STR_ARG(str_slice(op->link, 0, 80)));
    return false;
}

static void add_op(struct layout *layout, const char *what, struct op op)
{
    if (!link_leads(layout, &op))
        return;
    if (!op_is_sound(layout, &op)) {
        err_set(layout->err, ERR_INTERNAL, "layout: %s%s%s on page %d lies off the page at x %g, y %g", what,
                layout->section[0] ? " under the heading " : "", layout->section, layout->page, (double)op.x,
                (double)op.y);
        return;
    }
    if ((op.kind == OP_TEXT || op.kind == OP_PATH) && !op.n)
        return;
    if (op.kind == OP_ANCHOR)
        rehearsal_reached(layout, op.text);
    layout->ops = mem_grow(layout->ops, &layout->ops_room, layout->n_ops + 1, sizeof *layout->ops);
    layout->ops[layout->n_ops++] = op;
}

/* Padding between a page break and strips inside these decors: of those that are open already. */
static float break_pad(const struct layout *layout, const struct decor *decor)
{
    float pad = 0;
    for (; decor; decor = decor->outer)
        pad += decor->page && decor->page != layout->page ? decor->pad : 0;
    return pad;
}

/* … and below strips in a, where the next ones in b begin another page: of those that both are in. */
static float shared_pad(const struct decor *a, const struct decor *b)
{
    float pad = 0;
    while (a != b) {
        if (a && (!b || a->depth >= b->depth))
            a = a->outer;
        else
            b = b->outer;
    }
    for (; a; a = a->outer)
        pad += a->pad;
    return pad;
}

static void reach(struct layout *layout, const struct decor *d, float bottom)
{
    for (size_t i = 0; i < (size_t)d->filled + (d->bar.width > 0); i++)
        layout->ops[d->op + i].h = bottom - layout->ops[d->op + i].y;
}

static void open_decor(struct layout *layout, struct decor *d, float top, float bottom)
{
    struct op op = {.kind = OP_RECT, .x = d->x, .y = top, .w = d->w, .h = bottom - top, .artifact = true};
    d->page = layout->page;
    d->op = layout->n_ops;
    op.colour = d->colour;
    if (d->filled)
        add_op(layout, "a ground", op);
    op.w = d->bar.width;
    op.colour = d->bar.colour;
    if (op.w > 0)
        add_op(layout, "a bar", op);
}

/* Opens or lengthens what stands behind a strip, the outermost first. */
static void place_decor(struct layout *layout, struct decor *decor, float top, float bottom)
{
    enum { MOST = 2 * STYLE_MAX_DEPTH + 4 };
    struct decor *path[MOST];
    size_t n = 0;
    float pad = break_pad(layout, decor);
    for (struct decor *d = decor; d && n < MOST; d = d->outer)
        path[n++] = d;
    while (n--) {
        struct decor *d = path[n];
        if (d->page == layout->page) {
            reach(layout, d, bottom);
            continue;
        }
        float above = pad;
        pad -= d->page ? d->pad : 0;
        open_decor(layout, d, top - above, bottom);
    }
}

/* A page ends inside these decors: the innermost pads what it holds, the next one that, and so on. */
static void pad_foot(struct layout *layout, const struct decor *decor)
{
    float pad = 0;
    for (; decor; decor = decor->outer) {
        if (decor->page != layout->page)
            continue;
        pad += decor->pad;
        reach(layout, decor, layout->y + pad);
    }
}

/* `again`: a table's header repeated at the top of a page, which is no content and no target. */
static void place(struct layout *layout, const struct strip *strip, float top, bool again)
{
    place_decor(layout, strip->decor, top, top + strip->height);
    for (const struct piece *piece = strip->pieces; piece; piece = piece->next) {
        for (size_t i = 0; i < piece->n; i++) {
            struct op op = piece->ops[i];
            if (again && (op.kind == OP_ANCHOR || op.kind == OP_OUTLINE))
                continue;
            if (op.kind == OP_OUTLINE && op.level == 1)
                flow_clip(layout->chapter, sizeof layout->chapter, op.text);
            op.x += piece->x;
            op.y += piece->y + top;
            op.artifact = op.artifact || again;
            add_op(layout, strip->what, op);
        }
    }
    layout->y = top + strip->height;
    if (layout->page_empty) /* the chapter that a page begins in, or with */
        memcpy(layout->top_chapter, layout->chapter, sizeof layout->chapter);
    layout->page_empty = false;
}

/* The n-th waiting strip; NULL at the end of the document. */
static struct strip *waiting(struct layout *layout, size_t n)
{
    while (layout->queue_end - layout->queue_head <= n) {
        if (!flow_step(layout))
            return NULL;
    }
    return layout->queue[layout->queue_head + n];
}

static enum glue effective_glue(const struct layout *layout, const struct strip *strip)
{
    return strip->glue == GLUE_GROUP && strip->group == layout->broken_group ? GLUE_NONE : strip->glue;
}

/* Counts the strips that are to be placed together and their height without the first one's gap. What is glued but
 * taller than a page is let go: first a "keep" group, for all its length, then anything. 0 at the end of the document.
 */
static size_t gather(struct layout *layout, float *height)
{
    struct strip *strip = waiting(layout, 0);
    if (!strip)
        return 0;
    const float first_height = strip->height;
    const float most = style_body_height(layout->sheet) - (strip->head ? strip->head->height : 0) -
                       2 * shared_pad(strip->decor, strip->decor) + epsilon;
    size_t group = 0, n = 1;
    *height = first_height;
    while ((strip = waiting(layout, n)) != NULL) {
        enum glue glue = effective_glue(layout, strip);
        if (glue == GLUE_NONE || strip->page_break)
            return n;
        if (glue == GLUE_GROUP)
            group = strip->group;
        *height += strip->before + strip->height;
        if (*height <= most) {
            n++;
            continue;
        }
        if (!group) {
            *height = first_height;
            return 1;
        }
        layout->broken_group = group;
        group = 0;
        n = 1;
        *height = first_height;
    }
    return n;
}

/* A loose group that would leave `room` empty, and that is much: it is parted. */
static bool part_group(struct layout *layout, size_t n, float room)
{
    if (room < style_body_height(layout->sheet) * most_empty)
        return false;
    for (size_t i = 1; i < n; i++) {
        const struct strip *strip = layout->queue[layout->queue_head + i];
        if (!strip->loose || effective_glue(layout, strip) != GLUE_GROUP)
            continue;
        layout->broken_group = strip->group;
        return true;
    }
    return false;
}

static void place_chunk(struct layout *layout, size_t n, float height)
{
    const struct strip *first = layout->queue[layout->queue_head];
    if (layout->page_empty)
        layout->page_bare = first->bare;
    if (first->at_foot)
        layout->y = fmaxf(layout->y, layout->sheet->page.height - layout->sheet->page.bottom - height -
                                         (layout->page_empty ? 0 : first->before));
    for (size_t i = 0; i < n; i++) {
        const struct strip *strip = flow_take(layout);
        float before = strip->before;
        if (layout->page_empty) {
            before = 0;
            layout->y += break_pad(layout, strip->decor);
            if (strip->head)
                place(layout, strip->head, layout->y, true);
        }
        place(layout, strip, layout->y + before, false);
    }
}

/* Whether the next n strips fit below what the page has, with the padding that a page break behind them needs. */
static bool fits(struct layout *layout, size_t n, float height, float bottom)
{
    const struct strip *next = waiting(layout, n); /* first, because it may move the queue */
    const struct strip *first = layout->queue[layout->queue_head], *last = layout->queue[layout->queue_head + n - 1];
    float pad = next ? shared_pad(last->decor, next->decor) : 0;
    return layout->page_empty || layout->y + first->before + height + pad <= bottom + epsilon;
}

/* Fills the body of a page; false when the document ended before anything was placed. */
static bool fill(struct layout *layout)
{
    const float bottom = layout->sheet->page.height - layout->sheet->page.bottom;
    float height;
    for (size_t n; !layout->err->kind && (n = gather(layout, &height)) > 0;) {
        struct strip *first = layout->queue[layout->queue_head];
        if (!layout->page_empty && (first->page_break || !fits(layout, n, height, bottom))) {
            if (!first->page_break && part_group(layout, n, bottom - layout->y))
                continue;
            pad_foot(layout, first->decor);
            return true;
        }
        first->page_break = false;
        place_chunk(layout, n, height);
    }
    return !layout->page_empty;
}

/* One line of text outside the body: an artifact, in the page's own memory. Returns its width. */
static float put_furniture(struct layout *layout, struct str text, const struct text_style *style, float baseline)
{
    struct paragraph line;
    flow_set_plain(layout, text, style,
                   layout->sheet->page.width - layout->sheet->page.left - layout->sheet->page.right, &line);
    for (size_t i = 0; line.n && i < line.lines[0].n; i++) {
        struct op op = line.lines[0].ops[i];
        op.x += layout->sheet->page.left;
        op.y += baseline;
        op.artifact = true;
        add_op(layout, "the running head or foot", op);
    }
    return line.n ? line.lines[0].width : 0;
}

/* The document on the left, the chapter on the right where it leaves a gap (RULES.md row 29), over a hairline. */
static void put_head(struct layout *layout)
{
    const float measure = layout->sheet->page.width - layout->sheet->page.left - layout->sheet->page.right;
    float used =
        put_furniture(layout, layout->doc->running_head, flow_style(layout, STYLE_HEAD), layout->sheet->page.head);
    struct text_style right = *flow_style(layout, STYLE_HEAD);
    right.align = ALIGN_RIGHT;
    struct run chapter = {.text = str_from(layout->top_chapter)};
    if (chapter.text.n && flow_width(layout, &chapter, 1, &right, NULL) + used + 24 <= measure)
        put_furniture(layout, str_copy(flow_arena(layout), chapter.text), &right, layout->sheet->page.head);
    add_op(layout, "the running head",
           (struct op){.kind = OP_RECT,
                       .x = layout->sheet->page.left,
                       .y = layout->sheet->page.head_rule,
                       .w = measure,
                       .h = layout->sheet->distance.hairline,
                       .colour = layout->sheet->palette.gray_20,
                       .artifact = true});
}

static void put_head_and_foot(struct layout *layout)
{
    if (layout->page_bare)
        return;
    /* Row 28: "- 1 -", centred at the foot. */
    const char *number = arena_printf(flow_arena(layout), "- %d -", layout->page);
    put_furniture(layout, str_from(number), flow_style(layout, STYLE_FOOT), layout->sheet->page.foot);
    if (layout->page > 1 && layout->doc->running_head.n)
        put_head(layout);
}

bool layout_next(struct layout *layout, struct page *out, struct err *err)
{
    if (err->kind || (layout->page == 0 && !rehearsal_run(layout, err)))
        return false;
    layout->err = err;
    layout->n_ops = 0;
    flow_recycle(layout);
    layout->page++;
    layout->y = layout->sheet->page.top;
    layout->page_empty = true;
    layout->page_bare = false;
    bool filled = fill(layout);
    if (!err->kind && (filled || layout->page == 1))
        put_head_and_foot(layout);
    layout->err = NULL;
    if (err->kind || (!filled && layout->page > 1)) {
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
    };
    return true;
}
