#include "layout/contents.h"

#include "base/mem.h"
#include "layout/flow.h"

#include <string.h>

struct counters {
    unsigned long headings[7]; /* by level */
    unsigned long tables, figures;
    const struct block *captioned; /* the object that has a caption already */
};

static bool is_style(const struct block *block, const char *name)
{
    return block->kind == BLOCK_PARAGRAPH && str_equal(block->style, str_from(name));
}

/* What a caption is the title of: the next block but a unit line. */
static const struct block *object_of(const struct block *caption)
{
    const struct block *next = caption->next;
    return next && is_style(next, "unit") ? next->next : next;
}

static bool is_figure(const struct block *block)
{
    return block && (block->kind == BLOCK_CHART || block->kind == BLOCK_CARDS);
}

static void add(struct contents *out, const struct block *block, enum listed kind, int level,
                const struct block_style *style, unsigned long number)
{
    char text[MARK_SIZE] = "";
    out->items = mem_grow(out->items, &out->room, out->n + 1, sizeof *out->items);
    if (style->number)
        mark_text(style->number, number, text);
    out->items[out->n++] = (struct entry){block, kind, level, str_copy(out->arena, str_from(text))};
}

static void visit(const struct block *block, const struct style_sheet *sheet, struct counters *counters,
                  struct contents *out)
{
    if (block->kind == BLOCK_HEADING) {
        int level = block->level < 1 ? 1 : block->level > 6 ? 6 : block->level;
        for (int i = level + 1; i <= 6; i++)
            counters->headings[i] = 0;
        add(out, block, LISTED_HEADING, level, style_heading(sheet, level), ++counters->headings[level]);
        return;
    }
    out->turns = out->turns || (block->kind == BLOCK_GROUP && str_equal(block->style, STR("turn")));
    bool caption = is_style(block, "caption"),
         chart = block->kind == BLOCK_CHART && block->chart && block->chart->title.n && block != counters->captioned;
    if (caption || is_style(block, "figure"))
        counters->captioned = object_of(block);
    if (caption && !is_figure(counters->captioned))
        add(out, block, LISTED_TABLE, 1, &sheet->styles[STYLE_CAPTION], ++counters->tables);
    else if (caption || chart || is_style(block, "figure"))
        add(out, block, LISTED_FIGURE, 1, &sheet->styles[STYLE_FIGURE], ++counters->figures);
}

/* Depth first without recursion: nesting is the document's, and may be hostile. */
void contents_collect(const struct doc *doc, const struct style_sheet *sheet, struct contents *out)
{
    const struct block **stack = NULL;
    size_t room = 0, depth = 0;
    struct counters counters = {0};
    *out = (struct contents){.arena = arena_new()};
    for (const struct block *block = doc->first; block || depth;) {
        if (!block) {
            block = stack[--depth];
            continue;
        }
        visit(block, sheet, &counters, out);
        if (block->children && block->next) {
            stack = mem_grow(stack, &room, depth + 1, sizeof(struct block *));
            stack[depth++] = block->next;
        }
        block = block->children ? block->children : block->next;
    }
    mem_free(stack);
}

void contents_free(struct contents *contents)
{
    arena_free(contents->arena);
    mem_free(contents->items);
    *contents = (struct contents){0};
}

const struct entry *contents_take(struct layout *layout, const struct block *block)
{
    struct contents *contents = &layout->contents;
    if (contents->next < contents->n && contents->items[contents->next].block == block)
        return &contents->items[contents->next++];
    return NULL;
}

const struct run *contents_numbered(struct layout *layout, const struct entry *entry, const struct run *runs, size_t *n)
{
    if (!entry || !entry->number.n || !*n)
        return runs;
    struct arena *arena = flow_arena(layout);
    struct run *all = ARENA_ARRAY(arena, *n + 1, struct run);
    all[0] = (struct run){.text = str_from(arena_printf(arena, STR_FMT " ", STR_ARG(entry->number)))};
    all[0].flags = runs[0].flags & RUN_STRONG;
    memcpy(all + 1, runs, *n * sizeof *runs);
    ++*n;
    return all;
}

struct str contents_title(struct layout *layout, const struct block *chart)
{
    const struct entry *entry = contents_take(layout, chart);
    if (!entry || !entry->number.n)
        return chart->chart->title;
    return str_from(
        arena_printf(flow_arena(layout), STR_FMT " " STR_FMT, STR_ARG(entry->number), STR_ARG(chart->chart->title)));
}

/* ---- lists ---- */

static bool is_listed(const struct listing *listing, const struct entry *entry)
{
    return entry->kind == listing->kind && (entry->kind != LISTED_HEADING || entry->level <= listing->levels);
}

/* Moves to the next entry of the list; false at its end. */
static bool next_listed(const struct contents *contents, struct listing *listing)
{
    while (listing->next < contents->n && !is_listed(listing, &contents->items[listing->next]))
        listing->next++;
    return listing->next < contents->n;
}

void contents_begin(struct layout *layout, const struct block *block)
{
    struct str levels = flow_option(block, "levels");
    layout->listing = (struct listing){.open = true, .levels = 2};
    if (!str_equal(block->style, STR("toc")))
        layout->listing.kind = str_equal(block->style, STR("tables")) ? LISTED_TABLE : LISTED_FIGURE;
    if (levels.n == 1 && levels.p[0] >= '1' && levels.p[0] <= '6')
        layout->listing.levels = levels.p[0] - '0';
    else if (levels.n)
        flow_warn(layout, "contents-levels", "levels=\"" STR_FMT "\" of a table of contents is not 1 to 6: 2 it is",
                  STR_ARG(str_head(levels, 20)));
    if (!next_listed(&layout->contents, &layout->listing)) {
        flow_warn(layout, "empty-contents", "a list of %s has nothing to list",
                  layout->listing.kind == LISTED_HEADING ? "headings"
                  : layout->listing.kind == LISTED_TABLE ? "tables"
                                                         : "figures");
        return;
    }
    flow_anchor(layout, block->anchor);
    flow_title(layout, block, STYLE_TOC_TITLE);
    layout->listing.tag = flow_element(layout, TAG_TOC);
}

/* The entry's text without links, notes and forced breaks: the whole line is a link. */
static struct run *entry_runs(struct layout *layout, const struct entry *entry, size_t *n)
{
    struct arena *arena = flow_arena(layout);
    const struct block *block = entry->block;
    const bool chart = block->kind == BLOCK_CHART;
    struct run title = {.text = chart ? block->chart->title : STR("")};
    *n = chart ? 1 : block->n;
    const struct run *from = contents_numbered(layout, entry, chart ? &title : block->runs, n);
    struct run *runs = ARENA_ARRAY(arena, *n, struct run);
    size_t kept = 0;
    for (size_t i = 0; i < *n; i++) {
        if (from[i].note) /* is called where the heading stands */
            continue;
        runs[kept] = from[i];
        runs[kept].link = STR("");
        runs[kept++].flags &= ~(unsigned)RUN_BREAK;
    }
    if (kept) /* the page's number follows */
        runs[kept - 1].text = flow_parted(layout, runs[kept - 1].text, STR("0"));
    *n = kept;
    return runs;
}

/* Dots on one grid, so that those of all lines stand below each other. They are drawn, not text: whoever copies the
 * line gets no dots. */
static void put_leader(struct layout *layout, struct strip *strip, float from, float to, float y)
{
    const float period = 4, dot = 0.9F;
    float first = period * (float)(int)(from / period + 1);
    if (to - first < 2 * period)
        return;
    strip_op(layout, strip,
             (struct op){.kind = OP_LINE,
                         .x = first,
                         .y = y - dot / 2,
                         .w = period * (float)(int)((to - first) / period) + dot,
                         .size = dot,
                         .colour = layout->sheet->palette.gray_40,
                         .dash = dot,
                         .gap = period - dot,
                         .artifact = true});
}

/* Room of the document's longest page number, where all leaders end; the first pass does not know it. */
static float number_width(struct layout *layout)
{
    const struct str zeros = STR("00000");
    size_t digits = 2;
    for (int total = layout_total(layout); total >= 100 && digits < zeros.n; total /= 10)
        digits++;
    return flow_width_plain(layout, str_slice(zeros, 0, digits), flow_style(layout, STYLE_TOC_1));
}

/* The page number at the right end of the entry's last line, and the dots before it. `room` is what it may take. */
static void put_page(struct layout *layout, const struct entry *entry, struct strip *strip,
                     const struct text_style *text, float text_end, float room)
{
    const struct frame *top = flow_top(layout);
    const float right = top->x + top->measure, gap = text->size / 2;
    struct text_style style = *text;
    struct paragraph number = {0};
    int page = layout_page_of(layout, entry->block->anchor);
    style.align = ALIGN_RIGHT;
    style.tabular = true;
    style.role = ROLE_TEXT;
    if (page > 0)
        flow_set_plain(layout, str_from(arena_printf(flow_arena(layout), "%d", page)), &style, room, &number);
    strip_lines(layout, strip, &number, 0, 1, &style, right - room, 0);
    put_leader(layout, strip, text_end + gap, right - number_width(layout), style_baseline(text));
}

static const struct block_style *line_style(const struct layout *layout, const struct entry *entry)
{
    if (entry->kind != LISTED_HEADING)
        return &layout->sheet->styles[STYLE_TOC_LIST];
    return &layout->sheet->styles[STYLE_TOC_1 + (entry->level > 3 ? 3 : entry->level) - 1];
}

/* The TOC that an entry stands in: of the nearest entry before it of a higher level, in the TOCI of that. */
static tag_id list_around(struct layout *layout, int level)
{
    struct tags *tags = layout->tags;
    struct listing *listing = &layout->listing;
    while (listing->depth && listing->above[listing->depth - 1].level >= level)
        listing->depth--;
    if (!listing->depth)
        return listing->tag;
    tag_id item = listing->above[listing->depth - 1].item, last = tags_get(tags, item)->last;
    return tags_get(tags, last)->kind == TAG_TOC ? last : tags_add(tags, item, TAG_TOC);
}

/* TOCI ─ Reference ─ Link, or a P where there is nothing to lead to; then a TOC of the entries below it. */
static void open_element(struct layout *layout, int level, struct str link)
{
    struct tags *tags = layout->tags;
    struct listing *listing = &layout->listing;
    tag_id line = tags_add(tags, list_around(layout, level), TAG_TOCI);
    listing->above[listing->depth].level = level;
    listing->above[listing->depth++].item = line;
    tag_id link_tag = tags_add(tags, link.n ? tags_add(tags, line, TAG_REFERENCE) : line, link.n ? TAG_LINK : TAG_P);
    tags_at(tags, link_tag)->text = tags_text(tags, link);
    layout->tag = link_tag;
}

static void put_entry(struct layout *layout, const struct entry *entry)
{
    const struct block_style *style = line_style(layout, entry);
    struct box box;
    struct paragraph text;
    size_t n;
    struct run *runs = entry_runs(layout, entry, &n);
    struct str anchor = entry->block->anchor, link = STR("");
    if (anchor.n)
        link = str_from(arena_printf(flow_arena(layout), "#" STR_FMT, STR_ARG(anchor)));
    open_element(layout, entry->level, link);
    box_open(layout, style, "contents", &box);
    const struct frame *top = flow_top(layout);
    float room = flow_width_plain(layout, STR("0000"), &style->text) + 0.05F;
    flow_set(layout, runs, n, &style->text, top->measure - room - style->text.size, &text);
    for (size_t i = 0; i < text.n; i++) {
        struct strip *strip =
            flow_strip(layout, "contents", i ? 0 : style->before, style->text.leading, i ? GLUE_HARD : GLUE_NONE);
        strip_lines(layout, strip, &text, i, i + 1, &style->text, top->x, 0);
        if (i + 1 == text.n)
            put_page(layout, entry, strip, &style->text, top->x + text.lines[i].width, room);
        if (link.n)
            strip_op(
                layout, strip,
                (struct op){.kind = OP_LINK, .x = top->x, .w = top->measure, .h = style->text.leading, .link = link});
    }
    box_close(layout, "contents", &box);
    layout->space = style->after;
}

void contents_line(struct layout *layout)
{
    if (next_listed(&layout->contents, &layout->listing)) {
        put_entry(layout, &layout->contents.items[layout->listing.next++]);
        return;
    }
    layout->listing.open = false;
    layout->space = layout->sheet->distance.object_after;
}
