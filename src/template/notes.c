#include "template/notes.h"

#include "base/mem.h"
#include "template/build.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_NAME = 100 }; /* bytes */

/* The name with its values. */
static struct str expand_name(struct arena *arena, const struct source *source, struct str name)
{
    struct buf text = {0};
    size_t done = 0;
    for (size_t at; (at = slots_find(name, done)) != SIZE_MAX; done = at) {
        buf_add(&text, name.p + done, at - done);
        buf_str(&text, slots_take(&source->slots, name, &at));
    }
    buf_add(&text, name.p + done, name.n - done);
    struct str result = str_copy(arena, buf_view(&text));
    buf_free(&text);
    return result;
}

/* Length of "[^name]" at the text's start, else 0. */
static size_t bracket(struct str text)
{
    if (text.n < 4 || text.p[0] != '[' || text.p[1] != '^')
        return 0;
    for (size_t i = 2; i < text.n && i < LONGEST_NAME; i++) {
        char c = text.p[i];
        if (c == ']')
            return i > 2 ? i + 1 : 0;
        if ((unsigned char)c <= ' ' || c == '[' || c == '^')
            return 0;
    }
    return 0;
}

static struct note_name *add(struct notes *notes, struct source *source, struct str name, size_t line)
{
    struct buf unused = {0};
    notes->items = mem_grow(notes->items, &notes->room, notes->n + 1, sizeof *notes->items);
    struct note_name *item = &notes->items[notes->n++];
    struct str said = str_from(arena_printf(notes->arena, "[^" STR_FMT "]", STR_ARG(name)));
    *item = (struct note_name){.name = name, .slot = source->slots.n, .line = line};
    slots_put(&source->slots, said, &unused); /* what it is where code quotes it */
    buf_free(&unused);
    return item;
}

/* --- definitions --- */

static size_t indent_of(struct str line)
{
    size_t n = 0;
    while (n < line.n && line.p[n] == ' ')
        n++;
    return n;
}

/* Length of "[^name]:" after up to three blanks, those included; else 0. */
static size_t definition(struct str line)
{
    size_t blanks = indent_of(line), length = bracket(str_slice(line, blanks, line.n));
    return blanks < 4 && length && blanks + length < line.n && line.p[blanks + length] == ':' ? blanks + length + 1 : 0;
}

/* Whether a line opens or closes a fence of code; *fence is the open one's signs. */
static bool is_fence(struct str line, struct str *fence)
{
    struct str trimmed = str_trim(line);
    if (!str_starts(trimmed, STR("```")) && !str_starts(trimmed, STR("~~~")))
        return false;
    size_t n = 0;
    while (n < trimmed.n && trimmed.p[n] == trimmed.p[0])
        n++;
    if (!fence->n)
        *fence = str_slice(trimmed, 0, n);
    else if (trimmed.p[0] == fence->p[0] && n >= fence->n && n == trimmed.n)
        *fence = STR("");
    return true;
}

/* A line that a paragraph does not go on into. */
static bool begins_block(struct str line)
{
    static const char *const marks[] = {"#", ">", "|", "{.", "{#", "```", "~~~", "- ", "* ", "+ ", "---", NULL};
    return str_starts_any(str_trim(line), marks) || definition(line);
}

/* The lines of a text, with their place in it. */
struct reading {
    char *text;
    size_t at, n, line; /* of the next line */
};

static bool next_line(struct reading *in, struct str *line, size_t *from)
{
    if (in->at >= in->n)
        return false;
    const char *end = memchr(in->text + in->at, '\n', in->n - in->at);
    size_t to = end ? (size_t)(end - in->text) : in->n;
    *from = in->at;
    *line = (struct str){in->text + in->at, to - in->at};
    in->at = end ? to + 1 : to;
    in->line++;
    return true;
}

/* Moves a definition's further lines into a text of their own. `line` is its first one, without "[^name]:". */
static struct str take_text(struct notes *notes, struct reading *in, struct str line)
{
    struct buf text = {0};
    struct reading ahead = *in;
    bool empty = false;
    size_t from;
    buf_str(&text, line);
    while (next_line(&ahead, &line, &from)) {
        size_t blanks = indent_of(line);
        bool tab = line.n && line.p[0] == '\t', deep = tab || blanks >= 4;
        buf_char(&text, '\n');
        if (!str_trim(line).n) {
            empty = true;
            continue;
        }
        if (!deep && (empty || begins_block(line)))
            break;
        empty = false;
        buf_str(&text, str_slice(line, tab ? 1 : deep ? 4 : blanks, line.n));
        memset(in->text + from, ' ', line.n);
        *in = ahead;
    }
    struct str result = str_copy(notes->arena, str_trim(buf_view(&text)));
    buf_free(&text);
    return result;
}

/* qsort has no argument for the items: pairs of name and index are sorted. */
struct named {
    struct str name;
    size_t index;
};

static int by_name(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    int order = str_compare(x->name, y->name);
    return order ? order : (x->index > y->index) - (x->index < y->index);
}

static void sort_names(struct notes *notes)
{
    size_t n = notes->n;
    struct named *all = mem_alloc(mem_mul(n + 1, sizeof *all));
    notes->by_name = mem_alloc(mem_mul(n + 1, sizeof *notes->by_name));
    for (size_t i = 0; i < n; i++)
        all[i] = (struct named){notes->items[i].name, i};
    qsort(all, n, sizeof *all, by_name);
    for (size_t i = 0; i < n; i++) {
        if (i && str_equal(all[i].name, all[i - 1].name))
            notes->items[all[i].index].twice = true;
        else
            notes->by_name[notes->n_defined++] = all[i].index;
    }
    mem_free(all);
}

void notes_take(struct notes *notes, struct build *build, size_t first_line)
{
    struct arena *arena = build->arena;
    struct source *source = build->source;
    *notes = (struct notes){.arena = arena, .build = build};
    struct reading in = {source->text.p, 0, source->text.n, 0};
    struct str line, fence = {0};
    size_t from;
    while (next_line(&in, &line, &from)) {
        size_t head = definition(line);
        if (in.line < first_line || is_fence(line, &fence) || fence.n || !head)
            continue;
        size_t blanks = indent_of(line);
        struct note_name *note =
            add(notes, source, expand_name(arena, source, str_slice(line, blanks + 2, head - 2)), in.line);
        note->defined = true;
        struct str text = take_text(notes, &in, str_slice(line, head, line.n));
        notes->items[notes->n - 1].text = text;
        memset(source->text.p + from, ' ', line.n);
    }
    sort_names(notes);
}

/* --- references --- */

size_t notes_reference(struct notes *notes, struct source *source, struct str text, size_t line, size_t *slot)
{
    size_t length = bracket(text), low = 0, high = notes->n_defined;
    if (!length)
        return 0;
    struct str name = str_slice(text, 2, length - 1);
    if (slots_find(name, 0) != SIZE_MAX)
        name = expand_name(notes->arena, source, name);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_compare(notes->items[notes->by_name[middle]].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool known = low < notes->n_defined && str_equal(notes->items[notes->by_name[low]].name, name);
    *slot =
        known ? notes->items[notes->by_name[low]].slot : add(notes, source, str_copy(notes->arena, name), line)->slot;
    return length;
}

struct note_name *notes_at(struct notes *notes, size_t slot)
{
    size_t low = 0, high = notes->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (notes->items[middle].slot < slot)
            low = middle + 1;
        else
            high = middle;
    }
    return low < notes->n && notes->items[low].slot == slot ? &notes->items[low] : NULL;
}

/* --- the notes' own blocks --- */

/* Paragraphs of a note look like one; a heading in it is none, because it is no part of the document's outline. */
static void make_small(struct block *block)
{
    for (; block; block = block->next) {
        if (block->kind == BLOCK_HEADING)
            block->kind = BLOCK_PARAGRAPH;
        if (block->kind == BLOCK_PARAGRAPH && !block->style.n)
            block->style = STR("footnote");
        if (block->kind == BLOCK_PAGE_BREAK)
            block->kind = BLOCK_GROUP;
        make_small(block->children); /* at most as deep as the parser goes */
    }
}

/* Makes the blocks of all notes that have a number and none yet. A note may call others: they come next, before those
 * of the text that called it goes on to call, so that numbers follow each other at the foot of a page. */
static void convert(struct notes *notes)
{
    struct build *outer = notes->build;
    struct build inner = {.arena = outer->arena, .source = outer->source, .err = outer->err};
    inner.writer = (struct doc_writer){.source = outer->source, .notes = notes};
    inner.anchors = outer->anchors;
    notes->converting = true;
    for (; notes->n_done < notes->n_called && !outer->err->kind; notes->n_done++) {
        const struct note_name name = notes->items[notes->order[notes->n_done]];
        struct block *first = NULL;
        if (!markdown_blocks(&inner, name.text, name.line, &first))
            break;
        make_small(first);
        notes->done = mem_grow(notes->done, &notes->done_room, notes->n_done + 1, sizeof *notes->done);
        notes->done[notes->n_done] = (struct note){name.name, first};
    }
    notes->converting = false;
    outer->anchors = inner.anchors;
    doc_writer_free(&inner.writer);
    spans_free(&inner.spans);
}

unsigned notes_call(struct notes *notes, struct note_name *name)
{
    name->called = true;
    if (!name->defined || name->number)
        return name->number;
    notes->order = mem_grow(notes->order, &notes->order_room, notes->n_called + 1, sizeof *notes->order);
    notes->order[notes->n_called++] = (size_t)(name - notes->items);
    unsigned number = name->number = (unsigned)notes->n_called;
    if (!notes->converting)
        convert(notes); /* may move the names */
    return number;
}

static bool fault_of(const struct note_name *name, enum note_fault_kind *kind)
{
    *kind = name->twice ? NOTE_TWICE : name->defined ? NOTE_UNUSED : NOTE_UNKNOWN;
    return name->twice || name->defined != name->called;
}

void notes_finish(const struct notes *notes, struct doc *doc)
{
    enum note_fault_kind kind;
    doc->n_notes = notes->n_done;
    doc->notes = ARENA_ARRAY(notes->arena, doc->n_notes, struct note);
    if (doc->n_notes)
        memcpy(doc->notes, notes->done, doc->n_notes * sizeof *doc->notes);
    doc->note_faults = ARENA_ARRAY(notes->arena, notes->n, struct note_fault);
    for (size_t i = 0; i < notes->n; i++) {
        struct source_place place = source_place(notes->build->source, notes->items[i].line);
        if (fault_of(&notes->items[i], &kind))
            doc->note_faults[doc->n_note_faults++] =
                (struct note_fault){kind, notes->items[i].name, place.file, place.line};
    }
}

void notes_free(struct notes *notes)
{
    mem_free(notes->items);
    mem_free(notes->by_name);
    mem_free(notes->order);
    mem_free(notes->done);
    *notes = (struct notes){0};
}
