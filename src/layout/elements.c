/* What the blocks of the flow are in the structure tree. An element has either text, with the links and languages in
 * it, or other blocks: never both, because what is in a line is known only when that is placed, and blocks before. */
#include "base/utf8.h"
#include "layout/foot.h"

/* In a list stands nothing but items. */
static tag_id surroundings(struct layout *layout)
{
    tag_id tag = flow_top(layout)->tag;
    if (tags_get(layout->tags, tag)->kind != TAG_L)
        return tag;
    return tags_add(layout->tags, tags_add(layout->tags, tag, TAG_LI), TAG_LBODY);
}

tag_id flow_element(struct layout *layout, enum tag_kind kind)
{
    return layout->tag = tags_add(layout->tags, surroundings(layout), kind);
}

/* ---- headings ---- */

/* Whether the top frame's children are the document's own: only groups are open, which are no elements. */
static bool at_top(const struct layout *layout)
{
    for (size_t i = 0; i < layout->depth; i++)
        if (layout->frames[i].kind != BLOCK_GROUP)
            return false;
    return !layout->in_note;
}

static void set_surroundings(struct layout *layout, tag_id tag)
{
    for (size_t i = 0; i < layout->depth; i++)
        layout->frames[i].tag = tag;
}

tag_id elements_heading(struct layout *layout, int level)
{
    struct headings *open = &layout->headings;
    if (layout->in_note) /* beside the text: it has no place among the levels */
        return flow_element(layout, TAG_P);
    while (open->n > flow_top(layout)->headings && open->items[open->n - 1].level >= level)
        open->n--;
    unsigned depth = open->n;
    if (depth == HEADING_LEVELS) /* in a box below six others */
        return flow_element(layout, TAG_H6);
    open->items[depth].level = level;
    open->n++;
    if (at_top(layout)) {
        tag_id section = tags_add(layout->tags, depth ? open->items[depth - 1].section : TAGS_ROOT, TAG_SECT);
        open->items[depth].section = section;
        set_surroundings(layout, section);
    }
    return flow_element(layout, TAG_H1 + depth);
}

tag_id elements_cover(struct layout *layout)
{
    if (at_top(layout)) {
        layout->headings.n = 0;
        set_surroundings(layout, TAGS_ROOT);
    }
    return flow_element(layout, TAG_PART);
}

/* ---- lists ---- */

static enum tag_numbering numbering_of_sign(uint32_t sign)
{
    switch (sign) {
    case '1':
    case 0x2460: return NUMBERING_DECIMAL;     /* ① */
    case 0xac00: return NUMBERING_UPPER_ALPHA; /* 가: letters of an alphabet, and PDF knows no other one */
    case 0x2160: return NUMBERING_UPPER_ROMAN;
    case 0x25cb:
    case 0x25e6:
    case 0x25cc:
    case 0x25ce:
    case 0x274d: return NUMBERING_CIRCLE; /* ○ ◦ ◌ ◎ ❍ */
    case 0x25a0:
    case 0x25a1:
    case 0x25aa:
    case 0x25ab:
    case 0x25fc:
    case 0x25fe: return NUMBERING_SQUARE; /* ■ □ ▪ ▫ ◼ ◾ */
    default: return NUMBERING_NONE;
    }
}

/* By the first sign of a form that PDF 14.8.5.5 has a name for; any other mark is a bullet. */
static enum tag_numbering numbering_of(const char *form)
{
    struct str text = str_from(form);
    for (size_t at = 0; at < text.n;) {
        enum tag_numbering numbering = numbering_of_sign(utf8_next(text, &at));
        if (numbering)
            return numbering;
    }
    return NUMBERING_DISC;
}

tag_id elements_list(struct layout *layout, const char *form)
{
    tag_id list = flow_element(layout, TAG_L);
    tags_at(layout->tags, list)->numbering = numbering_of(form);
    return list;
}

tag_id elements_item(struct layout *layout, tag_id *label)
{
    tag_id item = tags_add(layout->tags, flow_top(layout)->tag, TAG_LI);
    *label = tags_add(layout->tags, item, TAG_LBL);
    return tags_add(layout->tags, item, TAG_LBODY);
}

static bool calls_note(const struct block *block)
{
    for (size_t i = 0; i < block->n; i++)
        if (block->runs[i].note)
            return true;
    return false;
}

static bool is_broken(const struct block *block)
{
    for (size_t i = 1; i < block->n; i++)
        if (block->runs[i].flags & RUN_BREAK)
            return true;
    return false;
}

tag_id elements_paragraph(struct layout *layout, const struct block *block, bool title)
{
    const struct frame *top = flow_top(layout);
    /* a note is put behind what calls it, a line behind that which the author ends; in an item is nothing behind */
    if (top->lone && !calls_note(block) && !is_broken(block))
        return layout->tag = top->tag;
    title = title && !layout->titled && !layout->in_note;
    layout->titled = layout->titled || title;
    return flow_element(layout, title ? TAG_TITLE : TAG_P);
}

void elements_break(struct layout *layout, const struct block *block)
{
    if (tags_get(layout->tags, layout->tag)->kind == TAG_P && !calls_note(block))
        flow_element(layout, TAG_P);
}

/* ---- captions ---- */

/* The next of a caption's texts before the object; 0 for none. */
static tag_id text_behind(const struct tags *tags, tag_id text, tag_id object)
{
    do
        text = tags_get(tags, text)->next;
    while (text && text != object && tags_get(tags, text)->kind == TAG_NOTE);
    return text == object ? 0 : text;
}

tag_id flow_caption(struct layout *layout, tag_id object)
{
    struct tags *tags = layout->tags;
    const tag_id first = layout->caption_tag, before = tags_get(tags, object)->first;
    layout->caption_tag = 0;
    if (!first || tags_get(tags, first)->parent != tags_get(tags, object)->parent)
        return 0;
    const bool alone = !text_behind(tags, first, object);
    const tag_id caption = alone ? first : tags_add(tags, object, TAG_CAPTION);
    for (tag_id it = first, next; it && it != object; it = next) {
        next = tags_get(tags, it)->next;
        if (tags_get(tags, it)->kind == TAG_NOTE)
            tags_move(tags, it, tags_get(tags, object)->parent, 0);
        else if (!alone)
            tags_move(tags, it, caption, 0);
    }
    tags_move(tags, caption, object, before);
    tags_at(tags, caption)->kind = TAG_CAPTION;
    return caption;
}

/* ---- notes ---- */

/* What a note stands behind: the note that calls it, so that a chain of them is no deeper than one; the table of a
 * cell; else the block itself. */
static tag_id caller_of(struct layout *layout)
{
    const struct tags *tags = layout->tags;
    tag_id tag = layout->tag && layout->tag != TAGS_NOTHING ? layout->tag : flow_top(layout)->tag;
    if (layout->in_note)
        return layout->frames[0].tag;
    while (tags_get(tags, tag)->kind >= TAG_THEAD && tags_get(tags, tag)->kind <= TAG_TD)
        tag = tags_get(tags, tag)->parent;
    return tag;
}

static bool holds_blocks(enum tag_kind kind)
{
    return kind == TAG_DOCUMENT || kind == TAG_PART || kind == TAG_SECT || kind == TAG_DIV || kind == TAG_QUOTE ||
           kind == TAG_LBODY;
}

/* The object that a text is the caption of, or a part of that; else the text itself. */
static tag_id object_of(const struct tags *tags, tag_id text)
{
    tag_id parent = tags_get(tags, text)->parent;
    if (parent && tags_get(tags, parent)->kind == TAG_CAPTION)
        text = parent;
    return tags_get(tags, text)->kind == TAG_CAPTION ? tags_get(tags, text)->parent : text;
}

/* Behind the nearest note before it that has the same caller, or the caption of that, and behind what that one calls:
 * the parts of a wide table call them in another order. */
static tag_id place_of_note(const struct layout *layout, unsigned number, tag_id caller)
{
    enum { MOST = 4096 }; /* notes called by notes are between them */
    tag_id inner = 0, behind = tags_get(layout->tags, caller)->next;
    if (!behind || tags_get(layout->tags, behind)->kind != TAG_NOTE) /* it is the first one */
        return caller;
    for (unsigned i = 1; i < number && i < MOST; i++) {
        const struct note_state *before = note_state(layout, number - i);
        if (before->tag && object_of(layout->tags, before->caller) == caller)
            return inner ? inner : before->tag;
        if (before->tag && !inner && tags_get(layout->tags, before->caller)->kind == TAG_NOTE)
            inner = before->tag;
    }
    return caller;
}

void elements_note(struct layout *layout, unsigned number)
{
    struct tags *tags = layout->tags;
    struct note_state *note = note_state(layout, number);
    note->caller = caller_of(layout);
    if (holds_blocks(tags_get(tags, note->caller)->kind))
        note->tag = tags_add(tags, note->caller, TAG_NOTE);
    else
        note->tag = tags_add_after(tags, place_of_note(layout, number, note->caller), TAG_NOTE);
    tags_add(tags, note->tag, TAG_LBL);
}
