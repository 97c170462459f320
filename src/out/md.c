#include "out/md.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "out/grid.h"
#include "out/md_text.h"

#include <string.h>

/* Columns of a terminal that cells are padded to at most. */
enum { MOST_PADDED = 32 };

struct md {
    const struct doc *doc;
    struct arena *arena;
    struct buf *out, prefix; /* prefix: what begins each line here, "> " or blanks */
    struct md_targets targets;
    bool fresh; /* the line has its prefix, or an item's mark, and nothing else */
    int deeper; /* 1 where the title is the heading of level 1 */
};

static void put_blocks(struct md *md, const struct block *first, bool tight);

/* A new line; `gap`: after an empty one. */
static void begin(struct md *md, bool gap)
{
    if (md->fresh) {
        md->fresh = false;
        return;
    }
    struct str prefix = buf_view(&md->prefix);
    size_t n = prefix.n;
    while (n && prefix.p[n - 1] == ' ')
        n--;
    buf_char(md->out, '\n');
    if (gap) {
        buf_add(md->out, prefix.p ? prefix.p : "", n);
        buf_char(md->out, '\n');
    }
    buf_str(md->out, prefix);
}

static void put_runs(struct md *md, const struct run *runs, size_t n, enum md_place place, unsigned also)
{
    md_runs(md->out, &md->targets, runs, n, place, buf_view(&md->prefix), also);
}

static void put_heading(struct md *md, const struct run *runs, size_t n, int level)
{
    begin(md, true);
    for (int i = 0; i < (level > 6 ? 6 : level); i++)
        buf_char(md->out, '#');
    buf_char(md->out, ' ');
    put_runs(md, runs, n, MD_HEADING, 0);
}

static void put_paragraph(struct md *md, const struct block *block)
{
    static const char *const titles[] = {"title", "cover-title", NULL}, *const captions[] = {"caption", "figure", NULL};
    if (!md->deeper && str_is_any(block->style, titles)) {
        put_heading(md, block->runs, block->n, 1);
        md->deeper = 1;
        return;
    }
    begin(md, true);
    put_runs(md, block->runs, block->n, MD_PARAGRAPH, str_is_any(block->style, captions) ? RUN_STRONG : 0);
}

/* What stands inside a mark of so many signs, or behind a quotation's. */
static void put_inside(struct md *md, const char *mark, const char *prefix, const struct block *first, bool tight)
{
    const size_t n = md->prefix.n;
    buf_text(md->out, mark);
    buf_text(&md->prefix, prefix);
    md->fresh = true;
    put_blocks(md, first, tight);
    md->fresh = false;
    md->prefix.n = n;
}

/* Items that are a line and lists of lines stand close. */
static bool is_tight(const struct block *list)
{
    for (const struct block *item = list->children; item; item = item->next) {
        const struct block *rest = item->children;
        if (rest && rest->kind == BLOCK_PARAGRAPH)
            rest = rest->next;
        for (; rest; rest = rest->next)
            if (rest->kind != BLOCK_LIST || !is_tight(rest) || (rest->ordered && rest->start != 1) ||
                (rest->next && rest->next->kind == BLOCK_LIST))
                return false;
    }
    return true;
}

static void put_list(struct md *md, const struct block *list, bool close)
{
    bool tight = is_tight(list), first = true;
    unsigned long number = list->start > 0 ? (unsigned long)list->start : 0;
    for (const struct block *item = list->children; item; item = item->next, number++, first = false) {
        char mark[32] = "- ", blanks[32] = "  ";
        if (list->ordered) {
            const char *text = arena_printf(md->arena, "%lu. ", number);
            size_t n = strlen(text);
            memcpy(mark, text, n + 1);
            memset(blanks, ' ', n);
            blanks[n] = '\0';
        }
        begin(md, first ? !close : !tight);
        put_inside(md, mark, blanks, item->children, tight);
    }
}

/* ---- tables ---- */

static struct str cell_text(struct md *md, const struct grid *grid, size_t row, size_t column)
{
    const struct cell *cell = &grid_row(grid, row)[column];
    struct buf text = {0};
    if (!cell->n && row >= grid->body && grid->columns[column].align == ALIGN_RIGHT && cell->join == JOIN_NONE)
        md_text(&text, grid->none, MD_CELL);
    md_runs(&text, &md->targets, cell->runs, cell->n, MD_CELL, STR(""), 0);
    struct str result = str_copy(md->arena, buf_view(&text));
    buf_free(&text);
    return result;
}

static void put_spaces(struct buf *out, size_t n)
{
    while (n--)
        buf_char(out, ' ');
}

static void put_cell(struct md *md, struct str text, size_t width, enum align align)
{
    size_t columns = utf8_columns(text), more = width > columns ? width - columns : 0;
    size_t before = align == ALIGN_RIGHT ? more : align == ALIGN_CENTER ? more / 2 : 0;
    buf_text(md->out, " ");
    put_spaces(md->out, before);
    buf_str(md->out, text);
    put_spaces(md->out, more - before);
    buf_text(md->out, " |");
}

static void put_delimiters(struct md *md, const struct grid *grid, const size_t *widths)
{
    begin(md, false);
    buf_char(md->out, '|');
    for (size_t c = 0; c < grid->table->columns; c++) {
        enum align align = grid->columns[c].align;
        buf_text(md->out, align == ALIGN_CENTER ? " :" : " -");
        for (size_t i = 2; i < widths[c]; i++)
            buf_char(md->out, '-');
        buf_text(md->out, align == ALIGN_LEFT ? "- |" : ": |");
    }
}

/* Does a header look like the line below one, in an item after its "- " or anywhere? */
static bool is_line(const struct str *texts, size_t n, bool item)
{
    bool dash = item;
    for (size_t c = 0; c < n; c++)
        for (size_t i = 0; i < texts[c].n; i++) {
            if (!strchr("-:>| ", texts[c].p[i]))
                return false;
            dash = dash || texts[c].p[i] == '-';
        }
    return dash;
}

static void put_table(struct md *md, const struct block *block)
{
    struct grid grid;
    if (!block->table || !block->table->columns)
        return;
    grid_read(md->arena, block, &grid);
    const size_t n = block->table->columns, own = block->table->header != NULL;
    struct str *texts = ARENA_ARRAY(md->arena, (grid.end + 1) * n, struct str);
    size_t *widths = ARENA_ARRAY(md->arena, n, size_t);
    for (size_t c = 0; c < n; c++)
        widths[c] = 3;
    for (size_t i = 0; i < grid.end * n; i++) {
        texts[i] = cell_text(md, &grid, i / n, i % n);
        size_t width = utf8_columns(texts[i]);
        width = width < MOST_PADDED ? width : MOST_PADDED;
        widths[i % n] = width > widths[i % n] ? width : widths[i % n];
    }
    if (own && is_line(texts, n, md->fresh && md->prefix.n))
        texts[0] = str_from(arena_printf(md->arena, "<!-- -->" STR_FMT, STR_ARG(texts[0])));
    for (size_t row = 0; row < grid.end + !own; row++) { /* GFM has no table without header */
        begin(md, row == 0);
        buf_char(md->out, '|');
        for (size_t c = 0; c < n; c++) {
            bool blank = !own && !row;
            put_cell(md, blank ? STR("") : texts[(row - !own) * n + c], widths[c], grid.columns[c].align);
        }
        if (!row)
            put_delimiters(md, &grid, widths);
    }
}

/* ---- objects ---- */

static void put_strong(struct md *md, struct str text)
{
    struct run run = {.text = text, .flags = RUN_STRONG};
    put_runs(md, &run, text.n ? 1 : 0, MD_PARAGRAPH, 0);
}

static void put_chart(struct md *md, const struct chart *chart)
{
    if (!chart)
        return;
    if (chart->title.n || chart->unit.n) {
        begin(md, true);
        put_strong(md, chart->title);
        if (chart->unit.n) {
            buf_text(md->out, chart->title.n ? " (단위: " : "(단위: ");
            md_text(md->out, chart->unit, MD_PARAGRAPH);
            buf_char(md->out, ')');
        }
    }
    struct block table = {.kind = BLOCK_TABLE};
    if (chart->table == TABLE_YES || !chart->n || !chart->n_series) /* it follows as a block; there is nothing */
        return;
    table.table = chart_table(md->arena, chart);
    put_table(md, &table);
}

static void put_cards(struct md *md, const struct block *block)
{
    for (size_t i = 0; i < block->n_cards; i++) {
        const struct card *card = &block->cards[i];
        const struct run value = {.text = card->value, .link = card->link};
        begin(md, i == 0);
        buf_text(md->out, "- ");
        put_strong(md, card->label);
        buf_text(md->out, ": ");
        put_runs(md, &value, card->value.n ? 1 : 0, MD_PARAGRAPH, 0);
        if (card->note.n) {
            buf_text(md->out, " (");
            md_text(md->out, card->note, MD_PARAGRAPH);
            buf_char(md->out, ')');
        }
    }
}

static void put_code(struct md *md, const struct block *block)
{
    struct str text = block->n ? block->runs[0].text : STR(""), line;
    size_t most = 2, here = 0;
    for (size_t i = 0; i < text.n; i++) {
        here = text.p[i] == '`' ? here + 1 : 0;
        most = here > most ? here : most;
    }
    begin(md, true);
    for (size_t i = 0; i <= most; i++)
        buf_char(md->out, '`');
    while (str_line(&text, &line)) {
        begin(md, false);
        md_raw(md->out, line);
    }
    begin(md, false);
    for (size_t i = 0; i <= most; i++)
        buf_char(md->out, '`');
}

/* The headings of levels 1 and 2, or as many as `levels` says: links, by their depth. */
static void put_entries(struct md *md, const struct block *block, int levels, bool *first)
{
    for (; block; block = block->next) {
        if (block->kind == BLOCK_HEADING && block->level <= levels) {
            struct run *runs = ARENA_ARRAY(md->arena, block->n, struct run);
            size_t n = 0;
            for (size_t i = 0; i < block->n; i++)
                if (!block->runs[i].note)
                    runs[n++] =
                        (struct run){.text = block->runs[i].text,
                                     .language = block->runs[i].language,
                                     .link = str_from(arena_printf(md->arena, "#" STR_FMT, STR_ARG(block->anchor)))};
            begin(md, *first);
            put_spaces(md->out, 2 * (size_t)(block->level - 1));
            buf_text(md->out, "- ");
            put_runs(md, runs, n, MD_HEADING, 0);
            *first = false;
        }
        put_entries(md, block->children, levels, first);
    }
}

static void put_contents(struct md *md)
{
    bool first = true;
    put_entries(md, md->doc->first, 2, &first);
}

static void put_box(struct md *md, const struct block *block)
{
    struct str title = STR("");
    for (size_t i = 0; i < block->n_options; i++)
        if (str_equal(block->options[i].key, STR("title")))
            title = block->options[i].value;
    struct run run = {.text = title, .flags = RUN_STRONG};
    struct block head = {.kind = BLOCK_PARAGRAPH, .runs = &run, .n = 1, .next = block->children};
    begin(md, true);
    put_inside(md, "> ", "> ", title.n ? &head : block->children, false);
}

static void put_block(struct md *md, const struct block *block, bool tight)
{
    switch (block->kind) {
    case BLOCK_HEADING: put_heading(md, block->runs, block->n, block->level + md->deeper); break;
    case BLOCK_PARAGRAPH: put_paragraph(md, block); break;
    case BLOCK_LIST: put_list(md, block, tight); break;
    case BLOCK_QUOTE:
        begin(md, true);
        put_inside(md, "> ", "> ", block->children, false);
        break;
    case BLOCK_BOX: put_box(md, block); break;
    case BLOCK_TABLE: put_table(md, block); break;
    case BLOCK_CARDS: put_cards(md, block); break;
    case BLOCK_CHART: put_chart(md, block->chart); break;
    case BLOCK_CODE: put_code(md, block); break;
    case BLOCK_RULE:
        begin(md, true);
        buf_text(md->out, "***");
        break;
    case BLOCK_CONTENTS: put_contents(md); break;
    case BLOCK_ITEM:
    case BLOCK_COVER:
    case BLOCK_GROUP: put_blocks(md, block->children, false); break;
    case BLOCK_PAGE_BREAK: break;
    }
}

/* Layout's own lists of headings; those of figures and tables are left out. */
static bool is_contents(const struct block *block)
{
    return block->kind == BLOCK_CONTENTS && str_equal(block->style, STR("toc"));
}

/* What Markdown would take for one list. */
static bool is_list(const struct block *block)
{
    return block->kind == BLOCK_LIST || block->kind == BLOCK_CARDS || is_contents(block);
}

static void put_blocks(struct md *md, const struct block *first, bool tight)
{
    for (const struct block *block = first, *last = NULL; block; block = block->next) {
        if (block->kind == BLOCK_PAGE_BREAK || (block->kind == BLOCK_CONTENTS && !is_contents(block)))
            continue;
        if (last && is_list(last) && is_list(block)) {
            begin(md, true);
            buf_text(md->out, "<!-- -->");
        }
        put_block(md, block, tight);
        last = block;
    }
}

void md_write(const struct doc *doc, struct buf *out)
{
    struct arena *arena = arena_new();
    struct md md = {.doc = doc, .arena = arena, .out = out, .fresh = true};
    md_targets_collect(&md.targets, arena, doc);
    put_blocks(&md, doc->first, false);
    for (size_t i = 0; i < doc->n_notes; i++) {
        begin(&md, true);
        put_inside(&md, arena_printf(arena, "[^%zu]: ", i + 1), "    ", doc->notes[i].first, false);
    }
    if (out->n)
        buf_char(out, '\n');
    md_targets_free(&md.targets);
    buf_free(&md.prefix);
    arena_free(arena);
}
