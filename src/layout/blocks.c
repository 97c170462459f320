/* Headings, paragraphs, code, rules → strips. */
#include "layout/flow.h"

#include "base/utf8.h"

#include <math.h>
#include <string.h>

/* An anchor, if there is one and it is the first of its name, as an op at the strip's top. */
static void put_anchor(struct layout *layout, struct strip *strip, struct str anchor)
{
    struct target *known = anchor.n ? targets_find(&layout->targets, anchor) : NULL;
    if (!known)
        return;
    if (known->placed) {
        flow_warn(layout, "duplicate-anchor", "the anchor #" STR_FMT " stands more than once: links go to the first",
                  STR_ARG(str_head(anchor, 80)));
        return;
    }
    known->placed = true;
    strip_op(layout, strip, (struct op){.kind = OP_ANCHOR, .x = flow_top(layout)->x, .text = anchor});
}

void flow_anchor(struct layout *layout, struct str anchor)
{
    if (!anchor.n)
        return;
    if (layout->caption) { /* a link to a table leads to its title */
        put_anchor(layout, layout->caption, anchor);
        return;
    }
    float space = layout->space;
    bool after_object = layout->after_object, flush = layout->flush;
    layout->space = 0;
    struct strip *strip = flow_strip(layout, "anchor", 0, 0, GLUE_NONE);
    put_anchor(layout, strip, anchor);
    layout->space = space;
    layout->flush = flush;
    layout->after_object = after_object;
    layout->keep_next = true;
}

/* Glue before line i of n: two lines at least on either side of a page break (RULES.md row 20). */
static enum glue line_glue(const struct block_style *style, size_t i, size_t n)
{
    if (i == 0)
        return GLUE_NONE;
    return style->keep_lines || i == 1 || i == n - 1 ? GLUE_HARD : GLUE_NONE;
}

static bool is_caption(const struct layout *layout, const struct block_style *style)
{
    return style == &layout->sheet->styles[STYLE_CAPTION] || style == &layout->sheet->styles[STYLE_FIGURE];
}

static bool is_title(const struct block_style *style)
{
    return !strcmp(style->name, "title") || !strcmp(style->name, "cover-title");
}

static bool is_unit(const struct block_style *style)
{
    return !strcmp(style->name, "unit");
}

/* The lines of a block, one strip each. Returns the first strip; *last is the last one. */
static struct strip *put_lines(struct layout *layout, const struct block *block, const struct paragraph *text,
                               const struct block_style *style, const struct text_style *look, struct strip **last)
{
    const bool heading = block->kind == BLOCK_HEADING;
    const bool whole = heading || is_caption(layout, style) || is_unit(style) || is_title(style);
    const char *what = heading ? "heading" : "paragraph";
    struct strip *first = NULL;
    for (size_t i = 0; i < text->n; i++) {
        struct strip *strip =
            flow_strip(layout, what, i ? 0 : style->before, text->lines[i].leading, line_glue(style, i, text->n));
        strip_lines(layout, strip, text, i, i + 1, look, flow_top(layout)->x, text->lines[i].above);
        first = first ? first : strip;
        *last = strip;
        if (text->lines[i].ends && i + 1 < text->n && !whole)
            elements_break(layout, block);
    }
    return first;
}

/* The look of a paragraph that begins with a number: further lines stand under its text. */
static struct text_style hung(struct layout *layout, const struct entry *entry, const struct run *runs,
                              const struct text_style *look)
{
    struct text_style style = *look;
    if (entry && entry->number.n && style.align == ALIGN_LEFT)
        style.indent = -flow_width(layout, runs, 1, &style, NULL);
    return style;
}

static int level_of(const struct block *heading)
{
    return heading->level < 1 ? 1 : heading->level > 6 ? 6 : heading->level;
}

/* A box begins with its title: who hears it goes from box to box by these. */
static bool is_box_title(struct layout *layout, const struct block_style *style)
{
    const struct frame *top = flow_top(layout);
    return top->kind == BLOCK_BOX && !strcmp(style->name, "box-title") && !tags_get(layout->tags, top->tag)->first;
}

static void open_element(struct layout *layout, const struct block *block, const struct block_style *style)
{
    if (block->kind == BLOCK_HEADING)
        elements_heading(layout, level_of(block));
    else if (is_box_title(layout, style))
        elements_heading(layout, 0); /* above those in the box */
    else
        elements_paragraph(layout, block, is_title(style));
}

/* Sets runs, after the entry's number, in the style's box, with `look` for its text. Returns the first line's strip; an
 * empty strip, and no box, where there is no text but an anchor; else NULL. */
static struct strip *set_block(struct layout *layout, const char *what, const struct block *block,
                               const struct entry *entry, const struct block_style *style,
                               const struct text_style *look)
{
    struct box box = {0};
    size_t n = block->n;
    const struct run *runs = contents_numbered(layout, entry, block->runs, &n);
    struct text_style numbered = hung(layout, entry, runs, look);
    struct paragraph text;
    struct strip *last = NULL;
    if (!block->n) {
        flow_anchor(layout, block->anchor);
        return NULL;
    }
    layout->at_foot = style->at_foot;
    box_open(layout, style, what, &box);
    flow_set(layout, runs, n, &numbered, flow_top(layout)->measure, &text);
    if (flow_shows(&text))
        open_element(layout, block, style);
    struct strip *first = put_lines(layout, block, &text, style, look, &last);
    if (!first && block->anchor.n)
        first = flow_strip(layout, what, 0, 0, GLUE_NONE);
    if (first)
        put_anchor(layout, first, block->anchor);
    box_close(layout, what, &box);
    layout->was_at_foot = style->at_foot;
    if (last && is_caption(layout, style)) {
        layout->caption = last;
        layout->caption_width = text.lines[text.n - 1].width;
        layout->caption_tag = layout->tag;
    }
    return text.n ? first : NULL;
}

static bool in_list(struct layout *layout)
{
    return flow_top(layout)->list != NULL;
}

/* The runs' text in one piece, for a bookmark: like a line, it has no tabs, nor direction controls. */
static struct str plain_text(struct layout *layout, const struct run *runs, size_t n)
{
    struct buf text = {0};
    for (size_t i = 0; i < n; i++)
        for (size_t at = 0; at < runs[i].text.n;) {
            uint32_t c = utf8_next(runs[i].text, &at);
            if (!utf8_is_direction(c) && c != 0xfeff)
                buf_utf8(&text, c == '\t' ? ' ' : c);
        }
    struct str copy = str_copy(flow_arena(layout), buf_view(&text));
    buf_free(&text);
    return copy;
}

void blocks_heading(struct layout *layout, const struct block *block)
{
    const struct block_style *style = style_heading(layout->sheet, block->level);
    const struct entry *entry = contents_take(layout, block);
    size_t n = block->n;
    const struct run *runs = contents_numbered(layout, entry, block->runs, &n);
    struct str title = plain_text(layout, runs, n);
    flow_clip(layout->section, sizeof layout->section, title);
    struct strip *first = set_block(layout, "heading", block, entry, style, &style->text);
    if (!first)
        return;
    strip_op(layout, first,
             (struct op){.kind = OP_OUTLINE, .x = flow_top(layout)->x, .text = title, .level = level_of(block)});
    layout->space = style->after;
    layout->keep_next = true;
}

/* The document's title stands under a short bar: the only ornament of the house. */
static void title_bar(struct layout *layout)
{
    struct strip *strip = flow_strip(layout, "title", 0, 4, GLUE_NONE);
    strip_rect(layout, strip, flow_top(layout)->x, 0, fminf(48, flow_top(layout)->measure), 4,
               layout->sheet->palette.primary_50);
    layout->space = 12;
    layout->keep_next = true;
}

/* "(단위: 건)" stands at the right end of the table title's line where there is room (RULES.md row 33). */
static bool unit_beside_caption(struct layout *layout, const struct block *block, const struct block_style *style)
{
    const struct frame *top = flow_top(layout);
    if (!layout->caption || !is_unit(style) || block->anchor.n)
        return false;
    float room = top->measure - layout->caption_width - 16;
    if (flow_width(layout, block->runs, block->n, &style->text, NULL) > room)
        return false;
    struct paragraph text;
    flow_set(layout, block->runs, block->n, &style->text, top->measure, &text);
    flow_element(layout, TAG_P);
    float y = style_baseline(flow_style(layout, STYLE_CAPTION)) - style_baseline(&style->text);
    strip_lines(layout, layout->caption, &text, 0, 1, &style->text, top->x, y);
    layout->caption_width = top->measure; /* no room for a second one */
    return true;
}

/* Whether a paragraph without a style is strong from end to end, and so a title of what follows. */
static bool is_run_in(struct layout *layout, const struct block *block)
{
    bool strong = false;
    for (size_t i = 0; i < block->n; i++) {
        if (!block->runs[i].text.n)
            continue;
        if (!(block->runs[i].flags & RUN_STRONG))
            return false;
        strong = true;
    }
    return strong && !block->style.n && !in_list(layout);
}

void blocks_paragraph(struct layout *layout, const struct block *block)
{
    const struct frame *top = flow_top(layout);
    const struct block_style *style = block->style.n ? style_find(layout->sheet, block->style) : top->body;
    if (!style) {
        flow_warn(layout, "unknown-style", "there is no paragraph style \"" STR_FMT "\"",
                  STR_ARG(str_head(block->style, 80)));
        style = top->body;
    }
    const struct entry *entry = is_caption(layout, style) ? contents_take(layout, block) : NULL;
    if (entry && entry->kind == LISTED_FIGURE)
        style = &layout->sheet->styles[STYLE_FIGURE];
    const struct text_style *look = style == top->body && top->text ? top->text : &style->text;
    bool gap = in_list(layout) && !block->style.n && !top->list->n_styles;
    if (is_run_in(layout, block)) {
        style = &layout->sheet->styles[STYLE_RUN_IN];
        look = &style->text;
    }
    bool after_object = layout->after_object;
    if (unit_beside_caption(layout, block, style))
        return;
    if (is_title(style) && block->n)
        title_bar(layout);
    tag_id caption = is_unit(style) ? layout->caption_tag : 0;
    layout->caption_tag = 0;
    if (!set_block(layout, "paragraph", block, entry, style, look))
        return;
    if (is_unit(style))
        layout->caption_tag = caption ? caption : layout->tag;
    layout->space = gap ? layout->sheet->distance.list_gap : style->after;
    layout->keep_next = style->keep_next;
    layout->after_object = style->keep_previous && after_object;
    layout->after_kept = style->keep_previous && !after_object; /* a row of such paragraphs may be parted */
}

/* One source line of code; its leading blanks become an indent, because set text has single spaces only. */
static void code_line(struct layout *layout, struct str line, struct str language, enum glue glue, float x,
                      float measure)
{
    size_t blanks = 0, columns = 0;
    for (; blanks < line.n && (line.p[blanks] == ' ' || line.p[blanks] == '\t'); blanks++)
        columns += line.p[blanks] == '\t' ? 4 : 1;
    float indent = (float)columns * flow_style(layout, STYLE_CODE)->size / 2;
    if (indent > measure / 2)
        indent = measure / 2;
    struct paragraph text;
    struct run *run = ARENA_NEW(flow_arena(layout), struct run);
    *run = (struct run){.text = str_slice(line, blanks, line.n), .language = language};
    flow_set(layout, run, run->text.n ? 1 : 0, flow_style(layout, STYLE_CODE), measure - indent, &text);
    struct strip *strip = flow_strip(layout, "code", 0, flow_style(layout, STYLE_CODE)->leading, glue);
    strip_lines(layout, strip, &text, 0, 1, flow_style(layout, STYLE_CODE), x + indent, 0);
    for (size_t i = 1; i < text.n; i++) {
        strip = flow_strip(layout, "code", 0, flow_style(layout, STYLE_CODE)->leading, GLUE_NONE);
        strip_lines(layout, strip, &text, i, i + 1, flow_style(layout, STYLE_CODE), x + indent, 0);
    }
}

void blocks_code(struct layout *layout, const struct block *block)
{
    const struct block_style *style = &layout->sheet->styles[STYLE_CODE];
    struct box box;
    if (layout->space < style->before)
        layout->space = style->before;
    box_open(layout, style, "code", &box);
    const struct frame *top = flow_top(layout);
    layout->tag = tags_add(layout->tags, flow_element(layout, TAG_P), TAG_CODE);
    flow_anchor(layout, block->anchor);
    for (size_t i = 0; i < block->n; i++) {
        struct str rest = block->runs[i].text, line;
        bool more = str_line(&rest, &line);
        for (size_t k = 0; more; k++) {
            struct str here = line;
            more = str_line(&rest, &line);
            here = more ? flow_parted(layout, here, STR("\n")) : here;
            code_line(layout, here, block->runs[i].language, k < 2 || !more ? GLUE_HARD : GLUE_NONE, top->x,
                      top->measure);
        }
    }
    box_close(layout, "code", &box);
    layout->space = style->after;
}

void blocks_rule(struct layout *layout)
{
    struct frame *top = flow_top(layout);
    struct strip *strip = flow_strip(layout, "rule", 12, layout->sheet->distance.hairline, GLUE_NONE);
    strip_rect(layout, strip, top->x, 0, top->measure, layout->sheet->distance.hairline,
               layout->sheet->palette.gray_20);
    layout->space = 12;
}
