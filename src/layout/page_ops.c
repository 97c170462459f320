/* The ops of a page, with the last check of every coordinate. */
#include "layout/page_flow.h"

#include "base/mem.h"

#include <math.h>

/* Glyphs may reach this near to the sheet's edge before they are cut off. */
static const float edge = 4;

static bool on_sheet(const struct layout *layout, float x, float y)
{
    const float least = -page_epsilon; /* sums of widths on a sheet without margins */
    return isfinite(x) && isfinite(y) && x >= least && y >= least && x <= layout->sheet->page.width + page_epsilon &&
           y <= layout->sheet->page.height + page_epsilon;
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
        op->blank = false;
        break;
    }
    bool hangs = op->x < 0 && op->x >= -op->size / 2; /* the empty half of a full-width bracket */
    return on_sheet(layout, hangs ? 0 : op->x, op->y);
}

/* An active area ends at the sheet's edges. */
static bool fit_link(const struct layout *layout, struct op *op)
{
    float right = fminf(op->x + op->w, layout->sheet->page.width),
          bottom = fminf(op->y + op->h, layout->sheet->page.height);
    op->x = op->x < 0 ? 0 : op->x; /* not fmaxf, which would take a NaN for 0 */
    op->y = op->y < 0 ? 0 : op->y;
    op->w = right - op->x;
    op->h = bottom - op->y;
    return on_sheet(layout, op->x, op->y) && on_sheet(layout, op->x + op->w, op->y + op->h);
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
               op->size >= 0 && isfinite(op->dash + op->gap);
    case OP_PATH: return path_is_sound(layout, op);
    case OP_LINK: return fit_link(layout, op);
    case OP_ANCHOR:
    case OP_OUTLINE: return on_sheet(layout, op->x, op->y);
    }
    return false;
}

/* A link inside the document must have its target. */
static bool link_leads(struct layout *layout, const struct op *op)
{
    if (layout->alone || op->kind != OP_LINK || !op->link.n || op->link.p[0] != '#')
        return true;
    bool back;
    if (targets_find(&layout->targets, str_slice(op->link, 1, op->link.n)) || note_link(layout, op->link, &back))
        return true;
    flow_warn(layout, "unknown-anchor", "a link leads to " STR_FMT ", which is not in the document",
              STR_ARG(str_head(op->link, 80)));
    return false;
}

/* The element of an operation in a block's element: its own, where it has a link or language. What is drawn is content
 * of figures only. */
static tag_id element(struct layout *layout, tag_id block, const struct op *op)
{
    if (block == TAGS_NOTHING)
        return 0;
    block = block ? block : TAGS_ROOT;
    bool back, note = note_link(layout, op->link, &back) && !back;
    switch (op->kind) {
    case OP_TEXT: return op->artifact ? 0 : tags_inline(layout->tags, block, op->link, op->language, note);
    case OP_LINK: return tags_area(layout->tags, block, op->link);
    case OP_RECT:
    case OP_LINE:
    case OP_PATH: return tags_get(layout->tags, block)->kind == TAG_FIGURE ? block : 0;
    case OP_ANCHOR:
    case OP_OUTLINE: break;
    }
    return 0;
}

void page_op(struct layout *layout, const char *what, struct op op)
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
    if (op.kind == OP_LINE && op.size <= 0) /* a sheet without hairlines */
        return;
    if (op.kind == OP_ANCHOR)
        rehearsal_reached(layout, op.text);
    op.tag = element(layout, op.tag, &op);
    tags_see(layout->tags, op.tag);
    layout->ops = mem_grow(layout->ops, &layout->ops_room, layout->n_ops + 1, sizeof *layout->ops);
    layout->ops[layout->n_ops++] = op;
}

float page_break_pad(const struct layout *layout, const struct decor *decor)
{
    float pad = 0;
    for (; decor; decor = decor->outer)
        pad += decor->slot && decor->slot != layout->slot ? decor->pad : 0;
    return pad;
}

float page_shared_pad(const struct decor *a, const struct decor *b)
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
    struct op op = {
        .kind = OP_RECT, .x = d->x + layout->shift, .y = top, .w = d->w, .h = bottom - top, .artifact = true};
    d->slot = layout->slot;
    d->op = layout->n_ops;
    op.colour = d->colour;
    if (d->filled)
        page_op(layout, "a ground", op);
    op.w = d->bar.width;
    op.colour = d->bar.colour;
    if (op.w > 0)
        page_op(layout, "a bar", op);
}

/* Opens or lengthens what stands behind a strip, the outermost first. */
static void place_decor(struct layout *layout, struct decor *decor, float top, float bottom)
{
    enum { MOST = 2 * STYLE_MAX_DEPTH + 4 };
    struct decor *path[MOST];
    size_t n = 0;
    float pad = page_break_pad(layout, decor);
    for (struct decor *d = decor; d && n < MOST; d = d->outer)
        path[n++] = d;
    while (n--) {
        struct decor *d = path[n];
        if (d->slot == layout->slot) {
            reach(layout, d, bottom);
            continue;
        }
        float above = pad;
        pad -= d->slot ? d->pad : 0;
        open_decor(layout, d, top - above, bottom);
    }
}

void page_pad_foot(struct layout *layout, const struct decor *decor)
{
    float pad = 0;
    for (; decor; decor = decor->outer) {
        if (decor->slot != layout->slot)
            continue;
        pad += decor->pad;
        reach(layout, decor, layout->y + pad);
    }
    layout->y += pad;
}

void page_strip(struct layout *layout, const struct strip *strip, float top, bool again)
{
    place_decor(layout, strip->decor, top, top + strip->height);
    for (const struct piece *piece = strip->pieces; piece; piece = piece->next) {
        for (size_t i = 0; i < piece->n; i++) {
            struct op op = piece->ops[i];
            if (again && (op.kind == OP_ANCHOR || op.kind == OP_OUTLINE))
                continue;
            op.x += piece->x + layout->shift;
            op.y += piece->y + top;
            op.artifact = op.artifact || again;
            op.tag = again ? TAGS_NOTHING : piece->tag;
            page_op(layout, strip->what, op);
        }
    }
}
