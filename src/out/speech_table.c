/* A table as a reader tells it: each cell with what it stands under and beside. */
#include "base/mem.h"
#include "out/speech_say.h"

#include <string.h>

struct grid {
    struct speech *s;
    tag_id *cells; /* [rows × columns]: what covers a place; 0 for nothing */
    size_t rows, columns;
    tag_id *lines;     /* [rows]: the TR */
    struct buf *heads; /* [columns]: what the column's headings say so far */
};

static size_t at_least_one(uint16_t n)
{
    return n ? n : 1;
}

static const struct tag *tag_at(const struct grid *g, tag_id tag)
{
    return tags_get(g->s->tags, tag);
}

/* ---- places ---- */

static tag_id next_cell(const struct grid *g, tag_id cell)
{
    while (cell && tag_at(g, cell)->kind != TAG_TH && tag_at(g, cell)->kind != TAG_TD)
        cell = tag_at(g, cell)->next;
    return cell;
}

/* The rows of a table's groups, in their order: calls for each, and how many. */
static size_t each_row(struct grid *g, tag_id table, void (*use)(struct grid *g, size_t row, tag_id line))
{
    size_t n = 0;
    for (tag_id group = tag_at(g, table)->first; group; group = tag_at(g, group)->next) {
        enum tag_kind kind = tag_at(g, group)->kind;
        bool row = kind == TAG_TR;
        if (!row && kind != TAG_THEAD && kind != TAG_TBODY)
            continue;
        for (tag_id line = row ? group : tag_at(g, group)->first; line; line = row ? 0 : tag_at(g, line)->next)
            if (tag_at(g, line)->kind == TAG_TR && tag_at(g, line)->seen)
                use(g, n++, line);
    }
    return n;
}

static void measure_row(struct grid *g, size_t row, tag_id line)
{
    size_t columns = 0;
    (void)row;
    for (tag_id cell = next_cell(g, tag_at(g, line)->first); cell; cell = next_cell(g, tag_at(g, cell)->next))
        columns += at_least_one(tag_at(g, cell)->columns);
    g->columns = columns > g->columns ? columns : g->columns;
}

static void fill_row(struct grid *g, size_t row, tag_id line)
{
    size_t at = 0;
    g->lines[row] = line;
    for (tag_id cell = next_cell(g, tag_at(g, line)->first); cell; cell = next_cell(g, tag_at(g, cell)->next)) {
        while (at < g->columns && g->cells[row * g->columns + at])
            at++;
        for (size_t i = 0; i < at_least_one(tag_at(g, cell)->rows) && row + i < g->rows; i++)
            for (size_t k = 0; k < at_least_one(tag_at(g, cell)->columns) && at + k < g->columns; k++)
                g->cells[(row + i) * g->columns + at + k] = cell;
    }
}

/* ---- words ---- */

/* Of a cell: its first place in this row, and whether it began in it. */
static bool is_first(const struct grid *g, size_t row, size_t column)
{
    const tag_id *here = &g->cells[row * g->columns + column];
    return *here && (!column || here[-1] != *here);
}

static bool begins(const struct grid *g, size_t row, size_t column)
{
    return is_first(g, row, column) && tag_at(g, g->cells[row * g->columns + column])->parent == g->lines[row];
}

static bool heads_column(const struct tag *cell)
{
    return cell->kind == TAG_TH && (cell->scope == SCOPE_COLUMN || cell->scope == SCOPE_BOTH);
}

static bool heads_row(const struct tag *cell)
{
    return cell->kind == TAG_TH && (cell->scope == SCOPE_ROW || cell->scope == SCOPE_BOTH);
}

static void say_words(const struct grid *g, tag_id cell, bool bare, struct buf *out)
{
    struct buf words = {0};
    speech_text(g->s, cell, bare, &words);
    struct str text = str_trim(buf_view(&words));
    buf_str(out, text.n ? text : STR("빈칸"));
    buf_free(&words);
}

/* "머리: 지역 | 2024년 (2칸)" */
static void say_heads(struct grid *g, size_t row)
{
    struct buf *line = &g->s->line;
    speech_line(g->s, "머리: ");
    for (size_t column = 0, n = 0; column < g->columns; column++) {
        if (!begins(g, row, column))
            continue;
        tag_id cell = g->cells[row * g->columns + column];
        size_t wide = at_least_one(tag_at(g, cell)->columns);
        buf_text(line, n++ ? " | " : "");
        say_words(g, cell, false, line);
        if (wide > 1)
            buf_printf(line, " (%zu칸)", wide);
        for (size_t i = column; i < column + wide && i < g->columns; i++) {
            struct buf words = {0};
            speech_text(g->s, cell, true, &words);
            struct str text = str_trim(buf_view(&words));
            buf_text(&g->heads[i], g->heads[i].n && text.n ? " " : "");
            buf_str(&g->heads[i], text);
            buf_free(&words);
        }
    }
}

/* "행 2: 경기도 시흥시 → 사업 수 12 | 비율 빈칸" */
static void say_row(struct grid *g, size_t row, size_t number)
{
    struct buf *line = &g->s->line;
    size_t n = 0;
    speech_line(g->s, "");
    buf_printf(line, "행 %zu:", number);
    for (size_t column = 0; column < g->columns; column++)
        if (is_first(g, row, column) && heads_row(tag_at(g, g->cells[row * g->columns + column]))) {
            buf_char(line, ' ');
            say_words(g, g->cells[row * g->columns + column], !begins(g, row, column), line);
            n++;
        }
    const char *between = n ? " → " : " ";
    for (size_t column = 0; column < g->columns; column++) {
        tag_id cell = g->cells[row * g->columns + column];
        if (!begins(g, row, column) || heads_row(tag_at(g, cell)))
            continue;
        buf_text(line, between);
        between = " | ";
        buf_printf(line, STR_FMT "%s", STR_ARG(buf_view(&g->heads[column])), g->heads[column].n ? " " : "");
        say_words(g, cell, false, line);
    }
}

static bool is_head(const struct grid *g, size_t row)
{
    size_t n = 0;
    for (size_t column = 0; column < g->columns; column++) {
        tag_id cell = g->cells[row * g->columns + column];
        if (cell && !heads_column(tag_at(g, cell)))
            return false;
        n += cell != 0;
    }
    return n > 0;
}

/* The caption's words, for the table's line and what is said of it. */
static void say_caption(const struct grid *g, tag_id table, bool bare, struct buf *out)
{
    for (tag_id child = tag_at(g, table)->first; child; child = tag_at(g, child)->next)
        if (tag_at(g, child)->kind == TAG_CAPTION && tag_at(g, child)->seen)
            speech_text(g->s, child, bare, out);
}

/* A heading names the first table after it, whatever text is between them. */
static bool has_heading(const struct grid *g, tag_id table)
{
    for (tag_id it = tag_at(g, table)->previous; it; it = tag_at(g, it)->previous) {
        enum tag_kind kind = tag_at(g, it)->kind;
        if (kind >= TAG_H1 && kind <= TAG_H6)
            return true;
        if (kind != TAG_P && kind != TAG_NOTE)
            return false;
    }
    return false;
}

static void check(struct grid *g, tag_id table, size_t heads)
{
    struct buf title = {0}, *what = &g->s->line;
    size_t empty = 0;
    speech_end(g->s);
    say_caption(g, table, true, &title);
    struct str name = str_head(str_trim(buf_view(&title)), 80);
    for (size_t column = 1; heads && column < g->columns; column++)
        empty += !g->heads[column].n;
    buf_printf(what, name.n ? "표 “" STR_FMT "”" : "표" STR_FMT, STR_ARG(name));
    if (!name.n && !has_heading(g, table))
        speech_miss(g->s, table, "표", "제목이 없다");
    if (!heads)
        speech_miss(g->s, table, what->p, "열의 머리가 없다");
    if (empty)
        speech_miss(g->s, table, what->p, "머리가 빈 열이 %zu개다", empty);
    buf_clear(what);
    buf_free(&title);
}

static void say_rows(struct grid *g, tag_id table)
{
    size_t heads = 0;
    for (size_t row = 0; row < g->rows; row++)
        heads += is_head(g, row);
    buf_printf(&g->s->line, "표 %zu행 %zu열: ", g->rows - heads, g->columns);
    say_caption(g, table, false, &g->s->line);
    speech_end(g->s);
    g->s->depth++;
    for (size_t row = 0, number = 0; row < g->rows; row++) {
        if (is_head(g, row))
            say_heads(g, row);
        else
            say_row(g, row, ++number);
        speech_end(g->s);
    }
    g->s->depth--;
    check(g, table, heads);
}

void speech_table(struct speech *s, tag_id table)
{
    struct grid g = {.s = s};
    speech_line(s, "");
    s->counts[TAG_TABLE]++;
    g.rows = each_row(&g, table, measure_row);
    g.cells = mem_alloc(mem_mul(mem_mul(g.rows + 1, g.columns + 1), sizeof *g.cells));
    memset(g.cells, 0, (g.rows + 1) * (g.columns + 1) * sizeof *g.cells);
    g.lines = mem_alloc(mem_mul(g.rows + 1, sizeof *g.lines));
    g.heads = mem_alloc(mem_mul(g.columns + 1, sizeof *g.heads));
    memset(g.heads, 0, (g.columns + 1) * sizeof *g.heads);
    each_row(&g, table, fill_row);
    say_rows(&g, table);
    for (size_t i = 0; i < g.columns; i++)
        buf_free(&g.heads[i]);
    mem_free(g.heads);
    mem_free(g.lines);
    mem_free(g.cells);
}
