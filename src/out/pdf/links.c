#include "out/pdf/links.h"

#include "base/arena.h"
#include "base/language.h"
#include "base/link.h"
#include "base/mem.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_LINK = 4000, /* bytes */
    MAX_LEVEL = 8,
    MAX_SAID = 240,  /* bytes of a link's text, and of its URI, that are read out */
    MAX_TARGET = 90, /* … of the line that it leads to */
};

/* A place on a page: what is active, where it is, where it leads. PDF coordinates (y upwards). */
struct place {
    size_t page, order;
    double left, bottom, right, top;
    struct str text; /* URI, "#anchor", anchor name or title */
    int level;
    tag_id link;      /* the element, of tagged files */
    struct str first; /* … of an anchor: the line below it */
};

struct places {
    struct place *items;
    size_t n, room;
};

/* A stretch of a Link's text. */
struct said {
    tag_id link;
    size_t order;
    struct str text;
};

struct pdf_links {
    struct arena *arena;
    struct pdf_tags *tags; /* NULL: none */
    struct places links, anchors, titles;
    struct said *said;
    size_t n_said, said_room;
    struct page_texts texts;                 /* of the page being collected; none where it has no tags */
    struct buf entries, said_text, contents; /* scratch that survives a jump out of libharu */
    bool english;
};

struct pdf_links *pdf_links_new(struct pdf_tags *tags)
{
    struct pdf_links *links = mem_alloc(sizeof *links);
    *links = (struct pdf_links){.arena = arena_new(), .tags = tags};
    return links;
}

void pdf_links_free(struct pdf_links *links)
{
    if (!links)
        return;
    arena_free(links->arena);
    mem_free(links->links.items);
    mem_free(links->anchors.items);
    mem_free(links->titles.items);
    mem_free(links->said);
    buf_free(&links->entries);
    buf_free(&links->said_text);
    buf_free(&links->contents);
    mem_free(links->texts.items);
    mem_free(links);
}

static void say(struct pdf_links *links, tag_id link, struct str text)
{
    links->said = mem_grow(links->said, &links->said_room, links->n_said + 1, sizeof *links->said);
    links->said[links->n_said] = (struct said){link, links->n_said, str_copy(links->arena, text)};
    links->n_said++;
}

static void say_op(struct pdf_links *links, tag_id link, const struct op *op)
{
    if (op->text.n && !str_equal(op->text, STR("\xc2\xad"))) /* the hyphen of a cut word */
        say(links, link, op->text);
    if (op->blank)
        say(links, link, STR(" "));
}

/* What stands at a place, to the end of its line. */
static struct str line_at(struct pdf_links *links, const struct op *place)
{
    struct buf *line = &links->said_text;
    const struct op **texts = links->texts.items;
    size_t at = page_texts_at(&links->texts, place);
    buf_clear(line);
    for (size_t i = at;
         i < links->texts.n && texts[i]->tag == texts[at]->tag && texts[i]->y == texts[at]->y && line->n <= MAX_SAID;
         i++)
        buf_str(line, texts[i]->text);
    return str_copy(links->arena, str_trim(buf_view(line)));
}

void pdf_links_collect(struct pdf_links *links, size_t index, const struct page *page)
{
    if (links->tags)
        page_texts_find(&links->texts, page);
    for (size_t i = 0; i < page->n; i++) {
        const struct op *op = &page->ops[i];
        tag_id link = links->tags && op->tag && !op->artifact ? pdf_tags_link(links->tags, op->tag) : 0;
        if (link && (op->kind == OP_TEXT || op->kind == OP_LINK))
            say_op(links, link, op);
        if (links->tags && op->kind == OP_LINK && !link)
            continue;
        bool is_link = op->kind == OP_LINK;
        struct places *to = is_link ? &links->links : op->kind == OP_ANCHOR ? &links->anchors : &links->titles;
        if (!is_link && op->kind != OP_ANCHOR && op->kind != OP_OUTLINE)
            continue;
        to->items = mem_grow(to->items, &to->room, to->n + 1, sizeof *to->items);
        to->items[to->n] = (struct place){
            .page = index,
            .order = to->n,
            .left = op->x,
            .top = page->height - op->y,
            .right = op->x + op->w,
            .bottom = page->height - op->y - op->h,
            .text = str_copy(links->arena, is_link ? op->link : op->text),
            .level = op->level,
            .link = link,
            .first = op->kind == OP_ANCHOR ? line_at(links, op) : (struct str){0},
        };
        to->n++;
    }
}

bool pdf_uri(struct buf *out, struct str link)
{
    if (link.n > MAX_LINK || !(link_is_page(link) || link_has_scheme(link, "mailto:")))
        return false;
    for (size_t i = 0; i < link.n; i++)
        if ((unsigned char)link.p[i] <= ' ' || link.p[i] == 0x7f ||
            (link.p[i] == '\xC2' && i + 1 < link.n && (unsigned char)link.p[i + 1] < 0xA0)) /* C1 controls */
            return false;
    buf_char(out, '(');
    for (size_t i = 0; i < link.n; i++) {
        unsigned char c = (unsigned char)link.p[i];
        if (c >= 0x80 || strchr("<>\"{}|\\^`", c))
            buf_printf(out, "%%%02X", c);
        else if (c == '(' || c == ')')
            buf_printf(out, "\\%c", c);
        else
            buf_char(out, (char)c);
    }
    buf_char(out, ')');
    return true;
}

static int by_name(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    int order = str_compare(x->text, y->text);
    return order ? order : (x->order > y->order) - (x->order < y->order);
}

/* The first anchor of that name, by binary search; NULL where none. */
static const struct place *find_anchor(const struct places *anchors, struct str name)
{
    size_t low = 0, high = anchors->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_compare(anchors->items[middle].text, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < anchors->n && str_equal(anchors->items[low].text, name) ? &anchors->items[low] : NULL;
}

static void put_numbers(struct buf *out, const double *values, int n)
{
    for (int i = 0; i < n; i++) {
        if (i)
            buf_char(out, ' ');
        pdf_number(out, values[i], 1);
    }
}

static int by_link(const void *a, const void *b)
{
    const struct said *x = a, *y = b;
    int order = (x->link > y->link) - (x->link < y->link);
    return order ? order : (x->order > y->order) - (x->order < y->order);
}

/* The first stretch of the Link's text, by binary search; or where it would be. */
static size_t find_said(const struct pdf_links *links, tag_id link)
{
    size_t low = 0, high = links->n_said;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (links->said[middle].link < link)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void put_short(struct buf *out, struct str text, size_t most)
{
    buf_str(out, str_head(text, most));
    if (text.n > most)
        buf_text(out, "…");
}

static void put_target(struct pdf_links *links, struct str text, const struct place *anchor)
{
    struct buf *out = &links->contents;
    if (anchor->first.n && !str_starts(text, anchor->first)) {
        put_short(out, anchor->first, MAX_TARGET);
        buf_text(out, ", ");
    }
    buf_printf(out, links->english ? "p. %zu" : "%zu쪽", anchor->page + 1);
}

/* The text of a link without the number of its page, in which an entry of a table of contents ends. */
static struct str without_page(struct str text, size_t page)
{
    char number[24];
    snprintf(number, sizeof number, " %zu", page + 1);
    return str_ends(text, str_from(number)) ? str_trim(str_slice(text, 0, text.n - strlen(number))) : text;
}

/* What a link is and where it leads, for those who cannot see it (PDF/UA-1 7.18.5): "4 (경기도 시흥시 8건, 5쪽)". What
 * begins with the line that it leads to does not say it twice. */
static void put_contents(struct pdf_links *links, const struct place *link, const struct place *anchor)
{
    struct buf *all = &links->said_text, *out = &links->contents;
    buf_clear(all);
    buf_clear(out);
    for (size_t i = find_said(links, link->link);
         i < links->n_said && links->said[i].link == link->link && all->n <= MAX_SAID; i++)
        buf_str(all, links->said[i].text);
    struct str text = str_trim(buf_view(all)), entry = anchor ? without_page(text, anchor->page) : text;
    if (anchor && anchor->first.n && str_starts(entry, anchor->first))
        text = entry;
    put_short(out, text, MAX_SAID);
    if (!str_equal(text, link->text)) {
        buf_text(out, text.n ? " (" : "");
        if (anchor)
            put_target(links, text, anchor);
        else
            put_short(out, link->text, MAX_SAID);
        buf_text(out, text.n ? ")" : "");
    }
    buf_text(&links->entries, "/Contents");
    pdf_text(&links->entries, buf_view(out));
}

/* The dictionary of a link (PDF 12.5.6.5). F 4: it is printed with the page, which PDF/A asks of every annotation. */
static bool link_entries(struct pdf_links *links, struct objects *objects, const struct place *link)
{
    struct buf *out = &links->entries;
    bool inside = link->text.n && link->text.p[0] == '#';
    const struct place *anchor = inside ? find_anchor(&links->anchors, str_slice(link->text, 1, link->text.n)) : NULL;
    double box[] = {fmin(link->left, link->right), fmin(link->bottom, link->top), fmax(link->left, link->right),
                    fmax(link->bottom, link->top)};
    buf_clear(out);
    buf_text(out, "/Subtype/Link/Border[0 0 0]/F 4/Rect[");
    put_numbers(out, box, 4);
    buf_char(out, ']');
    if (inside && !anchor)
        return false;
    if (inside) {
        double at[] = {anchor->left, anchor->top};
        buf_printf(out, "/Dest[%u 0 R/XYZ ", object_page_number(objects, anchor->page));
        put_numbers(out, at, 2);
        buf_text(out, " 0]");
    } else {
        buf_text(out, "/A<</S/URI/URI");
        if (!pdf_uri(out, link->text))
            return false;
        buf_text(out, ">>");
    }
    if (links->tags)
        put_contents(links, link, anchor);
    return true;
}

static void write_link(struct pdf_links *links, struct objects *objects, const struct place *link)
{
    if (!link_entries(links, objects, link))
        return;
    if (links->tags)
        buf_printf(&links->entries, "/StructParent %zu", pdf_tags_key(links->tags));
    unsigned number = object_page_annotation(objects, link->page, buf_view(&links->entries));
    if (number && links->tags)
        pdf_tags_area(links->tags, link->link, link->page, number);
}

/* A level that skips one hangs under the nearest title above it. */
static void write_outline(struct pdf_links *links, struct objects *objects)
{
    size_t open[MAX_LEVEL + 1];
    for (int i = 0; i <= MAX_LEVEL; i++)
        open[i] = SIZE_MAX;
    for (size_t i = 0; i < links->titles.n; i++) {
        const struct place *title = &links->titles.items[i];
        int level = title->level < 1 ? 1 : title->level > MAX_LEVEL ? MAX_LEVEL : title->level;
        size_t parent = SIZE_MAX;
        for (int above = level - 1; above >= 1 && parent == SIZE_MAX; above--)
            parent = open[above];
        open[level] = object_outline(objects, parent, title->text, title->page, title->left, title->top);
        for (int below = level + 1; below <= MAX_LEVEL; below++)
            open[below] = SIZE_MAX;
    }
}

void pdf_links_write(struct pdf_links *links, struct objects *objects, struct str language)
{
    links->english = !language_is_korean(language);
    if (links->anchors.n)
        qsort(links->anchors.items, links->anchors.n, sizeof *links->anchors.items, by_name);
    if (links->n_said)
        qsort(links->said, links->n_said, sizeof *links->said, by_link);
    for (size_t i = 0; i < links->links.n; i++)
        write_link(links, objects, &links->links.items[i]);
    write_outline(links, objects);
}
