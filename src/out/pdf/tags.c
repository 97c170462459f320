#include "out/pdf/tags.h"

#include "base/mem.h"

#include <assert.h>
#include <math.h>

enum {
    MOST_IN_ARRAY = 8191, /* PDF/A-1 6.1.12 */
    MOST_PAIRS = 4095,    /* in a leaf of a tree */
};

/* An active area on a page. */
struct area {
    tag_id link;
    size_t page;
    unsigned annotation; /* object number */
    size_t next;         /* of the same Link: its index + 1; 0 = none */
};

/* What a Figure covers. */
struct cover {
    tag_id figure;
    size_t page; /* SIZE_MAX: it is on several */
    struct pdf_box box;
};

/* What is known of an element when all pages are. Marks, areas and covers by their index + 1. */
struct node {
    bool used;       /* it or something in it has content */
    unsigned number; /* its object; 0: it is no element, and what it has is its parent's */
    size_t mark, area, cover;
};

/* A kid of an element, PDF 14.7.2, table 323. */
struct kid {
    enum { KID_MARK, KID_AREA, KID_ELEMENT } kind;
    size_t page;
    unsigned value; /* number of the marked content, or object number */
};

struct pdf_tags {
    const struct tags *tree;
    struct tags *empty; /* of pages without elements */
    tag_id *marks;      /* whose the marked contents are, page by page */
    size_t n_marks, marks_room;
    size_t *pages; /* the first mark of each */
    size_t n_pages, pages_room;
    struct area *areas;
    size_t n_areas, areas_room;
    struct cover *covers;
    size_t n_covers, covers_room;

    /* while it is written: kept here for a jump out of libharu */
    struct objects *objects;
    struct node *nodes; /* by element */
    size_t *next;       /* by mark: the next one of the same element, its index + 1 */
    struct kid *kids;   /* of the element being written */
    size_t n_kids, kids_room;
    unsigned root;    /* object number: StructTreeRoot */
    unsigned parents; /* … of what lists the elements of the first page's marks; the other pages' follow */
    tag_id *notes;
    size_t n_notes, notes_room;
    unsigned n_elements;
    struct buf entries;
};

struct pdf_tags *pdf_tags_new(void)
{
    struct pdf_tags *tags = mem_alloc(sizeof *tags);
    *tags = (struct pdf_tags){0};
    return tags;
}

void pdf_tags_free(struct pdf_tags *tags)
{
    if (!tags)
        return;
    void *const all[] = {tags->marks, tags->pages, tags->areas, tags->covers,
                         tags->nodes, tags->next,  tags->kids,  tags->notes};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        mem_free(all[i]);
    buf_free(&tags->entries);
    tags_free(tags->empty);
    mem_free(tags);
}

void pdf_tags_page(struct pdf_tags *tags, const struct tags *tree)
{
    if (tree)
        tags->tree = tree;
    else if (!tags->tree)
        tags->tree = tags->empty = tags_new();
    tags->pages = mem_grow(tags->pages, &tags->pages_room, tags->n_pages + 1, sizeof *tags->pages);
    tags->pages[tags->n_pages++] = tags->n_marks;
}

unsigned pdf_tags_mark(struct pdf_tags *tags, tag_id tag)
{
    assert(tags->n_pages);
    tags->marks = mem_grow(tags->marks, &tags->marks_room, tags->n_marks + 1, sizeof *tags->marks);
    tags->marks[tags->n_marks] = tag;
    return (unsigned)(tags->n_marks++ - tags->pages[tags->n_pages - 1]);
}

/* Widens a box by another one. */
static void widen(struct pdf_box *box, const struct pdf_box *by)
{
    box->left = fmin(box->left, by->left);
    box->bottom = fmin(box->bottom, by->bottom);
    box->right = fmax(box->right, by->right);
    box->top = fmax(box->top, by->top);
}

void pdf_tags_cover(struct pdf_tags *tags, tag_id figure, struct pdf_box box)
{
    size_t page = tags->n_pages - 1;
    struct cover *last = tags->n_covers ? &tags->covers[tags->n_covers - 1] : NULL;
    if (last && last->figure == figure && last->page == page) {
        widen(&last->box, &box);
        return;
    }
    tags->covers = mem_grow(tags->covers, &tags->covers_room, tags->n_covers + 1, sizeof *tags->covers);
    tags->covers[tags->n_covers++] = (struct cover){figure, page, box};
}

tag_id pdf_tags_link(const struct pdf_tags *tags, tag_id tag)
{
    while (tag && tags_get(tags->tree, tag)->kind != TAG_LINK)
        tag = tags_get(tags->tree, tag)->parent;
    return tag;
}

size_t pdf_tags_key(const struct pdf_tags *tags)
{
    return tags->n_pages + tags->n_areas;
}

void pdf_tags_area(struct pdf_tags *tags, tag_id link, size_t page, unsigned annotation)
{
    assert(link && page < tags->n_pages);
    tags->areas = mem_grow(tags->areas, &tags->areas_room, tags->n_areas + 1, sizeof *tags->areas);
    tags->areas[tags->n_areas++] = (struct area){.link = link, .page = page, .annotation = annotation};
}

/* ---- which are elements ---- */

static void use(struct pdf_tags *tags, tag_id tag)
{
    for (; tag && !tags->nodes[tag].used; tag = tags_get(tags->tree, tag)->parent)
        tags->nodes[tag].used = true;
}

/* Gives each element what is its own. Backwards, so that the lists are forwards. */
static void collect(struct pdf_tags *tags)
{
    tags->nodes = mem_alloc(mem_mul(tags_count(tags->tree) + 1, sizeof *tags->nodes));
    tags->next = mem_alloc(mem_mul(tags->n_marks + 1, sizeof *tags->next));
    for (size_t i = 0; i <= tags_count(tags->tree); i++)
        tags->nodes[i] = (struct node){0};
    for (size_t i = tags->n_marks; i--;) {
        struct node *node = &tags->nodes[tags->marks[i]];
        tags->next[i] = node->mark;
        node->mark = i + 1;
        use(tags, tags->marks[i]);
    }
    for (size_t i = tags->n_areas; i--;) {
        struct node *node = &tags->nodes[tags->areas[i].link];
        tags->areas[i].next = node->area;
        node->area = i + 1;
        use(tags, tags->areas[i].link);
    }
    for (size_t i = 0; i < tags->n_covers; i++) {
        size_t *first = &tags->nodes[tags->covers[i].figure].cover;
        struct cover *all = &tags->covers[*first ? *first - 1 : i];
        *first = *first ? *first : i + 1;
        all->page = all->page == tags->covers[i].page ? all->page : SIZE_MAX;
        widen(&all->box, &tags->covers[i].box);
    }
    for (tag_id id = TAGS_ROOT; id <= tags_count(tags->tree); id++) { /* rows of nothing, into which cells reach */
        const struct tag *tag = tags_get(tags->tree, id);
        if (tag->kind == TAG_TR && tag->seen && tags->nodes[tags_get(tags->tree, tag->parent)->parent].used)
            use(tags, id);
    }
}

static bool is_element(const struct pdf_tags *tags, tag_id id)
{
    const struct tag *tag = tags_get(tags->tree, id);
    const struct node *node = &tags->nodes[id];
    /* rows stay as long as each other, and an item has a body */
    if (tag->kind == TAG_TH || tag->kind == TAG_TD || tag->kind == TAG_LBODY)
        return tags->nodes[tag->parent].used;
    if (tag->kind == TAG_LINK)
        return node->area;
    return node->used && tag->kind != TAG_TEXT;
}

/* Numbers the elements from 1 on and lists the Notes. The Document is always one. */
static void number_elements(struct pdf_tags *tags)
{
    for (tag_id id = TAGS_ROOT; id <= tags_count(tags->tree); id++) {
        if (id != TAGS_ROOT && !is_element(tags, id))
            continue;
        tags->nodes[id].number = ++tags->n_elements;
        if (tags_get(tags->tree, id)->kind != TAG_NOTE)
            continue;
        tags->notes = mem_grow(tags->notes, &tags->notes_room, tags->n_notes + 1, sizeof *tags->notes);
        tags->notes[tags->n_notes++] = id;
    }
}

/* All pages and links are in: what has been collected will not change. */
static void settle(struct pdf_tags *tags)
{
    if (tags->nodes)
        return;
    collect(tags);
    number_elements(tags);
}

/* The object of the element that a tag is or is in. */
static unsigned element_of(const struct pdf_tags *tags, tag_id tag)
{
    while (tag && !tags->nodes[tag].number)
        tag = tags_get(tags->tree, tag)->parent;
    return tag ? tags->nodes[tag].number : tags->root;
}

/* ---- elements ---- */

static size_t page_end(const struct pdf_tags *tags, size_t page)
{
    return page + 1 < tags->n_pages ? tags->pages[page + 1] : tags->n_marks;
}

/* The page of a mark. */
static size_t page_of(const struct pdf_tags *tags, size_t mark)
{
    size_t low = 0, high = tags->n_pages;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (tags->pages[middle] <= mark)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static void add_kid(struct pdf_tags *tags, struct kid kid)
{
    tags->kids = mem_grow(tags->kids, &tags->kids_room, tags->n_kids + 1, sizeof *tags->kids);
    tags->kids[tags->n_kids++] = kid;
}

/* What an element has, and what those in it that are none have; these lie at most two deep. */
static void gather(struct pdf_tags *tags, tag_id id)
{
    const struct node *node = &tags->nodes[id];
    for (size_t mark = node->mark; mark; mark = tags->next[mark - 1]) {
        size_t page = page_of(tags, mark - 1);
        add_kid(tags, (struct kid){KID_MARK, page, (unsigned)(mark - 1 - tags->pages[page])});
    }
    for (size_t area = node->area; area; area = tags->areas[area - 1].next)
        add_kid(tags, (struct kid){KID_AREA, tags->areas[area - 1].page, tags->areas[area - 1].annotation});
    for (tag_id child = tags_get(tags->tree, id)->first; child; child = tags_get(tags->tree, child)->next) {
        if (tags->nodes[child].number)
            add_kid(tags, (struct kid){KID_ELEMENT, SIZE_MAX, tags->nodes[child].number});
        else if (tags->nodes[child].used)
            gather(tags, child);
    }
}

static void put_number(struct buf *out, size_t number)
{
    buf_char(out, ' ');
    pdf_fixed(out, (int64_t)number, 0);
}

static void put_reference(struct buf *out, unsigned number)
{
    put_number(out, number);
    buf_text(out, " 0 R");
}

bool pdf_tags_fit(struct pdf_tags *tags)
{
    bool fit = true;
    settle(tags);
    for (size_t page = 0; fit && page < tags->n_pages; page++)
        fit = page_end(tags, page) - tags->pages[page] <= MOST_IN_ARRAY;
    for (tag_id id = TAGS_ROOT; fit && id <= tags_count(tags->tree); id++) {
        tags->n_kids = 0;
        if (tags->nodes[id].number)
            gather(tags, id);
        fit = tags->n_kids <= MOST_IN_ARRAY;
    }
    return fit;
}

/* `page`: the element's own. */
static void put_kid(const struct pdf_tags *tags, struct buf *out, const struct kid *kid, size_t page)
{
    if (kid->kind == KID_ELEMENT) {
        put_reference(out, kid->value);
    } else if (kid->kind == KID_MARK && kid->page == page) {
        put_number(out, kid->value);
    } else {
        buf_printf(out, kid->kind == KID_MARK ? "<</Type/MCR/MCID %u" : "<</Type/OBJR/Obj %u 0 R", kid->value);
        if (kid->page != page) {
            buf_text(out, "/Pg");
            put_reference(out, object_page_number(tags->objects, kid->page));
        }
        buf_text(out, ">>");
    }
}

/* Its page is that of its first content. */
static void put_kids(struct pdf_tags *tags, struct buf *out, tag_id id)
{
    size_t page = SIZE_MAX;
    tags->n_kids = 0;
    gather(tags, id);
    for (size_t i = 0; i < tags->n_kids && page == SIZE_MAX; i++)
        page = tags->kids[i].page;
    if (tags->n_kids)
        buf_text(out, tags->n_kids > 1 ? "/K[" : "/K");
    for (size_t i = 0; i < tags->n_kids; i++)
        put_kid(tags, out, &tags->kids[i], page);
    if (tags->n_kids > 1)
        buf_char(out, ']');
    if (page == SIZE_MAX)
        return;
    buf_text(out, "/Pg");
    put_reference(out, object_page_number(tags->objects, page));
}

/* Of a Figure that is on one page (PDF 14.8.5.4.3). */
static void put_box(const struct pdf_tags *tags, struct buf *out, const struct node *figure)
{
    if (!figure->cover || tags->covers[figure->cover - 1].page == SIZE_MAX)
        return;
    const struct pdf_box *box = &tags->covers[figure->cover - 1].box;
    buf_printf(out, "/A<</O/Layout/BBox[%.0f %.0f %.0f %.0f]>>", floor(box->left), floor(box->bottom), ceil(box->right),
               ceil(box->top));
}

static void put_attributes(struct buf *out, const struct tag *tag)
{
    static const char *const scopes[] = {"", "/Scope/Column", "/Scope/Row", "/Scope/Both"};
    if (tag->kind == TAG_L && tag->numbering != NUMBERING_NONE)
        buf_printf(out, "/A<</O/List/ListNumbering/%s>>", tag_numbering_name(tag->numbering));
    if ((tag->kind != TAG_TH && tag->kind != TAG_TD) || (tag->scope == SCOPE_NONE && tag->columns < 2 && tag->rows < 2))
        return;
    buf_text(out, "/A<</O/Table");
    buf_text(out, scopes[tag->scope]);
    if (tag->columns > 1)
        buf_printf(out, "/ColSpan %u", tag->columns);
    if (tag->rows > 1)
        buf_printf(out, "/RowSpan %u", tag->rows);
    buf_text(out, ">>");
}

/* Of one length, so that the order of the names is that of the numbers. */
static void put_note_id(struct buf *out, tag_id id)
{
    buf_printf(out, "(N%010u)", id);
}

static void put_element(struct pdf_tags *tags, tag_id id)
{
    const struct tag *tag = tags_get(tags->tree, id);
    unsigned number = tags->nodes[id].number;
    struct buf *out = object_value(tags->objects, number);
    buf_text(out, "<</S/");
    buf_text(out, tag_name(tag->kind));
    put_attributes(out, tag);
    put_box(tags, out, &tags->nodes[id]);
    if ((tag->kind == TAG_SPAN || tag->kind == TAG_FIGURE) && tag->text.n) {
        buf_text(out, tag->kind == TAG_SPAN ? "/Lang" : "/Alt");
        pdf_text(out, tag->text);
    }
    if (tag->kind == TAG_NOTE) {
        buf_text(out, "/ID");
        put_note_id(out, id);
    }
    put_kids(tags, out, id);
    buf_text(out, "/P"); /* what differs most comes last, by which the deflated file is shorter */
    put_reference(out, element_of(tags, tag->parent));
    buf_text(out, ">>");
}

/* ---- trees ---- */

static size_t leaves(size_t pairs)
{
    return (pairs + MOST_PAIRS - 1) / MOST_PAIRS;
}

/* A tree of numbers or names (PDF 7.9.6, 7.9.7): its leaves, then its root, from object `number` on; returns the root.
 * `pair` writes the i-th key and, where asked, value. */
static unsigned put_tree(struct pdf_tags *tags, unsigned number, size_t pairs, const char *list,
                         void (*pair)(const struct pdf_tags *tags, struct buf *out, size_t i, bool value))
{
    unsigned root = number + (unsigned)leaves(pairs);
    for (size_t i = 0, end; i < pairs; i = end) {
        struct buf *out = object_value(tags->objects, number + (unsigned)(i / MOST_PAIRS));
        end = pairs - i > MOST_PAIRS ? i + MOST_PAIRS : pairs;
        buf_text(out, "<</Limits[");
        pair(tags, out, i, false);
        pair(tags, out, end - 1, false);
        buf_printf(out, "]/%s[", list);
        for (size_t k = i; k < end; k++)
            pair(tags, out, k, true);
        buf_text(out, "]>>");
    }
    struct buf *out = object_value(tags->objects, root);
    buf_text(out, "<</Kids[");
    for (unsigned i = number; i < root; i++)
        put_reference(out, i);
    buf_text(out, "]>>");
    return root;
}

/* The parents of a page's content, of an area. */
static void parent_pair(const struct pdf_tags *tags, struct buf *out, size_t i, bool value)
{
    put_number(out, i);
    if (value)
        put_reference(out, i < tags->n_pages ? tags->parents + (unsigned)i
                                             : element_of(tags, tags->areas[i - tags->n_pages].link));
}

static void note_pair(const struct pdf_tags *tags, struct buf *out, size_t i, bool value)
{
    put_note_id(out, tags->notes[i]);
    if (value)
        put_reference(out, tags->nodes[tags->notes[i]].number);
}

/* The elements of each page's marks, by their numbers. */
static void put_parents(struct pdf_tags *tags)
{
    for (size_t page = 0; page < tags->n_pages; page++) {
        struct buf *out = object_value(tags->objects, tags->parents + (unsigned)page);
        buf_char(out, '[');
        for (size_t mark = tags->pages[page]; mark < page_end(tags, page); mark++)
            put_reference(out, element_of(tags, tags->marks[mark]));
        buf_char(out, ']');
    }
}

static void put_root(struct pdf_tags *tags, unsigned parents, unsigned notes)
{
    struct buf *out = &tags->entries;
    const char *roles = objects_classic(tags->objects) ? "/THead/NonStruct/TBody/NonStruct" : ""; /* of 1.5 */
    buf_printf(out, "/Type/StructTreeRoot/K %u 0 R/RoleMap<</Title/P%s>>/ParentTree %u 0 R/ParentTreeNextKey %zu",
               tags->nodes[TAGS_ROOT].number, roles, parents, tags->n_pages + tags->n_areas);
    if (tags->n_notes)
        buf_printf(out, "/IDTree %u 0 R", notes);
    object_set(tags->objects, tags->root, buf_view(out));
}

void pdf_tags_write(struct pdf_tags *tags, struct objects *objects)
{
    tags->objects = objects;
    tags->root = object_reserve(objects);
    buf_printf(&tags->entries, "/MarkInfo<</Marked true>>/StructTreeRoot %u 0 R", tags->root);
    object_catalog(objects, buf_view(&tags->entries));
    buf_clear(&tags->entries);
    for (size_t page = 0; page < tags->n_pages; page++)
        object_page_tags(objects, page, page_end(tags, page) > tags->pages[page]);
    settle(tags);
    size_t pairs = pdf_tags_key(tags);
    size_t trees = leaves(pairs) + 1 + (tags->n_notes ? leaves(tags->n_notes) + 1 : 0);
    unsigned first = objects_more(objects, tags->n_elements + (unsigned)(tags->n_pages + trees));
    tags->parents = first + tags->n_elements;
    for (tag_id id = TAGS_ROOT; id <= tags_count(tags->tree); id++)
        if (tags->nodes[id].number)
            tags->nodes[id].number += first - 1;
    for (tag_id id = TAGS_ROOT; id <= tags_count(tags->tree); id++)
        if (tags->nodes[id].number)
            put_element(tags, id);
    put_parents(tags);
    unsigned parents = put_tree(tags, tags->parents + (unsigned)tags->n_pages, pairs, "Nums", parent_pair);
    put_root(tags, parents, tags->n_notes ? put_tree(tags, parents + 1, tags->n_notes, "Names", note_pair) : 0);
}
