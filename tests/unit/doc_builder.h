/* Document trees in a few words, for tests. Everything lives in one arena. */
#ifndef TESTS_DOC_BUILDER_H
#define TESTS_DOC_BUILDER_H
#include "base/arena.h"
#include "house.h"
#include "layout/layout.h"

#include <string.h>

struct builder {
    struct arena *arena;
    struct doc doc;
    struct block **end; /* where the next block is hung */
};

static inline void build_begin(struct builder *b)
{
    *b = (struct builder){.arena = arena_new()};
    b->end = &b->doc.first;
}

static inline struct run *build_runs(struct builder *b, const char *text)
{
    struct run *run = ARENA_NEW(b->arena, struct run);
    run->text = str_copy(b->arena, str_from(text));
    return run;
}

static inline struct block *build_block(struct builder *b, enum block_kind kind)
{
    struct block *block = ARENA_NEW(b->arena, struct block);
    block->kind = kind;
    *b->end = block;
    b->end = &block->next;
    return block;
}

static inline struct block *build_paragraph(struct builder *b, const char *style, const char *text)
{
    struct block *block = build_block(b, BLOCK_PARAGRAPH);
    block->style = str_from(style);
    block->runs = build_runs(b, text);
    block->n = 1;
    return block;
}

static inline struct block *build_heading(struct builder *b, int level, const char *text)
{
    struct block *block = build_paragraph(b, "", text);
    block->kind = BLOCK_HEADING;
    block->level = level;
    return block;
}

/* A list that layout makes: "toc", "figures" or "tables". */
static inline struct block *build_contents(struct builder *b, const char *what)
{
    struct block *block = build_block(b, BLOCK_CONTENTS);
    block->style = str_from(what);
    return block;
}

/* A paragraph of `lines` lines of the fake shaper: each has a word that leaves no room for another. */
static inline struct block *build_lines(struct builder *b, const char *style, size_t lines)
{
    struct buf text = {0};
    for (size_t i = 0; i < lines; i++)
        buf_printf(&text, "%sline%zu............................................................", i ? " " : "", i);
    struct block *block = build_paragraph(b, style, text.p ? text.p : "");
    buf_free(&text);
    return block;
}

/* Opens a container: following blocks are its children until build_close(b, it). */
static inline struct block *build_open(struct builder *b, enum block_kind kind)
{
    struct block *block = build_block(b, kind);
    b->end = &block->children;
    return block;
}

static inline void build_close(struct builder *b, struct block *block)
{
    b->end = &block->next;
}

/* A table with a header, every cell "r<row>c<column>" unless `text` is given. */
static inline struct block *build_table(struct builder *b, size_t rows, size_t columns, const char *text)
{
    struct block *block = build_block(b, BLOCK_TABLE);
    struct table *table = block->table = ARENA_NEW(b->arena, struct table);
    table->rows = rows;
    table->columns = columns;
    table->align = ARENA_ARRAY(b->arena, columns, enum align);
    table->header = ARENA_ARRAY(b->arena, columns, struct cell);
    table->cells = ARENA_ARRAY(b->arena, rows * columns + 1, struct cell);
    for (size_t c = 0; c < columns; c++)
        table->header[c] = (struct cell){.runs = build_runs(b, arena_printf(b->arena, "head%zu", c)), .n = 1};
    for (size_t i = 0; i < rows * columns; i++) {
        char *made = text ? NULL : arena_printf(b->arena, "r%zuc%zu", i / columns, i % columns);
        table->cells[i] = (struct cell){.runs = build_runs(b, text ? text : made), .n = 1};
    }
    return block;
}

/* A chart of rows "bar<row>" and series "series<column>" (of bars and maps there is one), all values row + column + 1.
 */
static inline struct block *build_series(struct builder *b, enum chart_kind kind, size_t rows, size_t series)
{
    struct block *block = build_block(b, BLOCK_CHART);
    struct chart *chart = block->chart = ARENA_NEW(b->arena, struct chart);
    *chart = (struct chart){.kind = kind, .title = STR("Chart"), .unit = STR("unit"), .n_series = series, .n = rows};
    chart->rows = ARENA_ARRAY(b->arena, rows + 1, struct chart_row);
    if (kind != CHART_BAR && kind != CHART_MAP)
        chart->series = ARENA_ARRAY(b->arena, series + 1, struct str);
    for (size_t s = 0; s < series && chart->series; s++)
        chart->series[s] = str_from(arena_printf(b->arena, "series%zu", s));
    for (size_t i = 0; i < rows; i++) {
        chart->rows[i].label = str_from(arena_printf(b->arena, "bar%zu", i));
        chart->rows[i].values = ARENA_ARRAY(b->arena, series + 1, struct chart_value);
        for (size_t s = 0; s < series; s++)
            chart->rows[i].values[s] = (struct chart_value){.number = (double)(i + s + 1),
                                                            .text = str_from(arena_printf(b->arena, "%zu", i + s + 1))};
    }
    return block;
}

static inline struct block *build_chart(struct builder *b, size_t bars)
{
    return build_series(b, CHART_BAR, bars, 1);
}

/* Hangs a run behind the block's text; a call of a note. */
static inline void build_run(struct builder *b, struct run **runs, size_t *n, struct run run)
{
    struct run *more = ARENA_ARRAY(b->arena, *n + 1, struct run);
    if (*n)
        memcpy(more, *runs, *n * sizeof *more);
    more[(*n)++] = run;
    *runs = more;
}

static inline void build_call(struct builder *b, struct run **runs, size_t *n, unsigned note)
{
    build_run(b, runs, n, (struct run){.note = note});
}

/* Makes n notes, each of one paragraph "note<i>. <text>", numbered from 1. */
static inline void build_notes(struct builder *b, size_t n, const char *text)
{
    struct block **end = b->end;
    b->doc.notes = ARENA_ARRAY(b->arena, n + 1, struct note);
    b->doc.n_notes = n;
    for (size_t i = 0; i < n; i++) {
        b->end = &b->doc.notes[i].first;
        build_paragraph(b, "footnote", arena_printf(b->arena, "note%zu. %s", i + 1, text));
    }
    b->end = end;
}

static inline void build_end(struct builder *b)
{
    arena_free(b->arena);
    b->arena = NULL;
}

/* Where an op of a page was found. */
struct found {
    int page; /* 0 = nowhere */
    float x, y, w, h;
    bool artifact;
};

/* All pages kept as plain facts: what was said where. */
struct seen {
    struct arena *arena;
    struct {
        struct op op; /* text, link and corners copied */
        int page;
        float width, height; /* of the page */
    } * items;
    size_t n, room;
    int pages;
    struct tags *tags;
    struct diag_list diag;
    struct err err;
};

static inline void see_with(struct seen *seen, const struct doc *doc, struct fonts *fonts,
                            const struct style_sheet *sheet)
{
    *seen = (struct seen){.arena = arena_new()};
    struct layout *layout = layout_new(fonts, sheet, doc, &seen->diag);
    struct page page;
    while (layout_next(layout, &page, &seen->err)) {
        seen->pages = page.number;
        for (size_t i = 0; i < page.n; i++) {
            if (seen->n == seen->room) {
                size_t room = seen->room ? seen->room * 2 : 256;
                void *grown = arena_array(seen->arena, room, sizeof *seen->items);
                if (seen->n)
                    memcpy(grown, seen->items, seen->n * sizeof *seen->items);
                seen->items = grown;
                seen->room = room;
            }
            seen->items[seen->n].op = page.ops[i];
            seen->items[seen->n].op.text = str_copy(seen->arena, page.ops[i].text);
            seen->items[seen->n].op.link = str_copy(seen->arena, page.ops[i].link);
            if (page.ops[i].kind == OP_PATH)
                seen->items[seen->n].op.corners = memcpy(ARENA_ARRAY(seen->arena, page.ops[i].n, struct corner),
                                                         page.ops[i].corners, page.ops[i].n * sizeof(struct corner));
            seen->items[seen->n].width = page.width;
            seen->items[seen->n].height = page.height;
            seen->items[seen->n++].page = page.number;
        }
    }
    seen->tags = layout_take_tags(layout);
    layout_free(layout);
}

static inline void see(struct seen *seen, const struct doc *doc, struct fonts *fonts)
{
    see_with(seen, doc, fonts, house());
}

/* The k-th (0 …) op of the kind whose text (or link) begins with `text`. */
static inline struct found find_op(const struct seen *seen, enum op_kind kind, const char *text, size_t k)
{
    for (size_t i = 0; i < seen->n; i++) {
        const struct op *op = &seen->items[i].op;
        struct str s = op->kind == OP_LINK ? op->link : op->text;
        if (op->kind == kind && str_starts(s, str_from(text)) && !k--)
            return (struct found){seen->items[i].page, op->x, op->y, op->w, op->h, op->artifact};
    }
    return (struct found){0};
}

static inline struct found find_text(const struct seen *seen, const char *text)
{
    return find_op(seen, OP_TEXT, text, 0);
}

static inline size_t count_text(const struct seen *seen, const char *text)
{
    size_t n = 0;
    while (find_op(seen, OP_TEXT, text, n).page)
        n++;
    return n;
}

static inline size_t count_diag(const struct seen *seen, const char *code)
{
    size_t n = 0;
    for (size_t i = 0; i < seen->diag.n; i++)
        n += !strcmp(seen->diag.items[i].code, code);
    return n;
}

static inline void seen_end(struct seen *seen)
{
    diag_free(&seen->diag);
    tags_free(seen->tags);
    arena_free(seen->arena);
    *seen = (struct seen){0};
}

#endif
