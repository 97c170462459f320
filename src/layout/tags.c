#include "layout/tags.h"

#include "base/arena.h"
#include "base/mem.h"

#include <assert.h>

struct tags {
    struct arena *arena;
    struct tag *items; /* [n], the first one unused */
    size_t n, room;
};

struct tags *tags_new(void)
{
    struct tags *tags = mem_alloc(sizeof *tags);
    *tags = (struct tags){.arena = arena_new(), .n = 1};
    tags_add(tags, 0, TAG_DOCUMENT);
    return tags;
}

void tags_free(struct tags *tags)
{
    if (!tags)
        return;
    arena_free(tags->arena);
    mem_free(tags->items);
    mem_free(tags);
}

struct tag *tags_at(struct tags *tags, tag_id tag)
{
    assert(tag && tag < tags->n);
    return &tags->items[tag];
}

const struct tag *tags_get(const struct tags *tags, tag_id tag)
{
    assert(tag && tag < tags->n);
    return &tags->items[tag];
}

size_t tags_count(const struct tags *tags)
{
    return tags->n - 1;
}

struct str tags_text(struct tags *tags, struct str text)
{
    return str_copy(tags->arena, text);
}

/* Puts an element, which has no siblings, behind `previous`, or in front of all where that is 0. */
static void join(struct tags *tags, tag_id tag, tag_id parent, tag_id previous)
{
    struct tag *items = tags->items;
    items[tag].parent = parent;
    items[tag].previous = previous;
    items[tag].next = previous ? items[previous].next : items[parent].first;
    if (items[tag].next)
        items[items[tag].next].previous = tag;
    else
        items[parent].last = tag;
    if (previous)
        items[previous].next = tag;
    else
        items[parent].first = tag;
}

static tag_id make(struct tags *tags, enum tag_kind kind)
{
    assert(tags->n < UINT32_MAX);
    tags->items = mem_grow(tags->items, &tags->room, tags->n + 1, sizeof *tags->items);
    tags->items[tags->n] = (struct tag){.kind = kind};
    return (tag_id)tags->n++;
}

tag_id tags_add(struct tags *tags, tag_id parent, enum tag_kind kind)
{
    tag_id tag = make(tags, kind);
    if (parent)
        join(tags, tag, parent, tags_at(tags, parent)->last);
    return tag;
}

tag_id tags_add_after(struct tags *tags, tag_id sibling, enum tag_kind kind)
{
    tag_id tag = make(tags, kind);
    join(tags, tag, tags_at(tags, sibling)->parent, sibling);
    return tag;
}

void tags_move(struct tags *tags, tag_id tag, tag_id parent, tag_id before)
{
    struct tag *items = tags->items, *it = tags_at(tags, tag), *old = &items[it->parent];
    if (it->previous)
        items[it->previous].next = it->next;
    else
        old->first = it->next;
    if (it->next)
        items[it->next].previous = it->previous;
    else
        old->last = it->previous;
    join(tags, tag, parent, before ? items[before].previous : items[parent].last);
    if (it->seen)
        tags_see(tags, parent);
}

/* The Link that a child is, or is in a Reference; 0 for none to that place. */
static tag_id link_of(const struct tags *tags, tag_id child, struct str link)
{
    const struct tag *it = &tags->items[child];
    if (it->kind == TAG_REFERENCE) {
        child = it->first;
        it = &tags->items[child];
    }
    return it->kind == TAG_LINK && str_equal(it->text, link) ? child : 0;
}

/* Of an active area, which comes after the text of its line: the first of the last children that waits for one, else
 * the last one. */
static tag_id link_of_area(const struct tags *tags, tag_id block, struct str link)
{
    enum { MOST = 256 }; /* children of a line */
    tag_id found = 0;
    size_t n = 0;
    for (tag_id child = tags->items[block].last; child && n < MOST; child = tags->items[child].previous, n++) {
        tag_id here = link_of(tags, child, link);
        if (here && (!found || tags->items[here].waits))
            found = here;
    }
    return found;
}

static tag_id link_child(struct tags *tags, tag_id block, struct str link, bool note)
{
    tag_id last = tags->items[block].last, tag = last ? link_of(tags, last, link) : 0;
    if (tag)
        return tag;
    tag = tags_add(tags, note ? tags_add(tags, block, TAG_REFERENCE) : block, TAG_LINK);
    tags->items[tag].text = tags_text(tags, link);
    return tag;
}

static tag_id plain_child(struct tags *tags, tag_id parent)
{
    tag_id last = tags->items[parent].last;
    if (!last || tags->items[last].kind == TAG_TEXT)
        return last ? last : parent;
    return tags_add(tags, parent, TAG_TEXT);
}

tag_id tags_inline(struct tags *tags, tag_id block, struct str link, struct str language, bool note)
{
    bool inner = link.n && tags_at(tags, block)->kind != TAG_LINK;
    tag_id tag = inner ? link_child(tags, block, link, note) : block;
    tags->items[tag].waits = inner;
    if (!language.n)
        return plain_child(tags, tag);
    tag_id last = tags->items[tag].last;
    if (last && tags->items[last].kind == TAG_SPAN && str_equal(tags->items[last].text, language))
        return last;
    tag = tags_add(tags, tag, TAG_SPAN);
    tags->items[tag].text = tags_text(tags, language);
    return tag;
}

tag_id tags_area(struct tags *tags, tag_id block, struct str link)
{
    enum tag_kind kind = tags_at(tags, block)->kind;
    tag_id tag = kind == TAG_LINK ? block : kind == TAG_FIGURE ? 0 : link_of_area(tags, block, link);
    if (!tag) { /* without text */
        tag = tags_add(tags, block, TAG_LINK);
        tags->items[tag].text = tags_text(tags, link);
    }
    tags->items[tag].active = true;
    tags->items[tag].waits = false;
    return tag;
}

void tags_see(struct tags *tags, tag_id tag)
{
    for (; tag && !tags->items[tag].seen; tag = tags->items[tag].parent)
        tags->items[tag].seen = true;
}

const char *tag_numbering_name(enum tag_numbering numbering)
{
    static const char *const names[NUMBERINGS] = {"None",    "Disc",       "Circle",    "Square",
                                                  "Decimal", "UpperRoman", "UpperAlpha"};
    return names[numbering];
}

const char *tag_name(enum tag_kind kind)
{
    static const char *const names[TAG_KINDS] = {
        [TAG_DOCUMENT] = "Document",
        [TAG_PART] = "Part",
        [TAG_SECT] = "Sect",
        [TAG_DIV] = "Div",
        [TAG_QUOTE] = "BlockQuote",
        [TAG_H1] = "H1",
        [TAG_H2] = "H2",
        [TAG_H3] = "H3",
        [TAG_H4] = "H4",
        [TAG_H5] = "H5",
        [TAG_H6] = "H6",
        [TAG_TITLE] = "Title",
        [TAG_P] = "P",
        [TAG_CODE] = "Code",
        [TAG_L] = "L",
        [TAG_LI] = "LI",
        [TAG_LBL] = "Lbl",
        [TAG_LBODY] = "LBody",
        [TAG_TABLE] = "Table",
        [TAG_CAPTION] = "Caption",
        [TAG_THEAD] = "THead",
        [TAG_TBODY] = "TBody",
        [TAG_TR] = "TR",
        [TAG_TH] = "TH",
        [TAG_TD] = "TD",
        [TAG_FIGURE] = "Figure",
        [TAG_LINK] = "Link",
        [TAG_REFERENCE] = "Reference",
        [TAG_NOTE] = "Note",
        [TAG_TOC] = "TOC",
        [TAG_TOCI] = "TOCI",
        [TAG_SPAN] = "Span",
    };
    return names[kind];
}
