/* The scoreboard: a metric a row, a part of the articles a column. */
#include "eval/eval.h"

#include "base/utf8.h"

#include <stddef.h>

enum { NAME_COLUMNS = 26, CELL_COLUMNS = 14, PARTS_A_BLOCK = 6 };

/* How a block of the board is printed: the same row of each part. */
struct block {
    struct arena *arena;
    const struct eval_board *board;
    size_t from, to; /* of the figures */
    struct buf *out;
};

static void put_cell(struct buf *out, struct str text, size_t columns)
{
    buf_str(out, text);
    size_t used = utf8_columns(text);
    do
        buf_char(out, ' ');
    while (++used < columns);
}

static void end_line(struct buf *out)
{
    while (out->n && out->p[out->n - 1] == ' ')
        out->p[--out->n] = '\0';
    buf_char(out, '\n');
}

static void put_share(const struct block *b, struct eval_share share)
{
    const char *text = "-";
    if (share.all)
        text = arena_printf(b->arena, "%.3f %zu/%zu", eval_ratio(share), share.right, share.all);
    put_cell(b->out, str_from(text), CELL_COLUMNS);
}

static const void *field(const struct block *b, size_t part, size_t offset)
{
    return (const char *)&b->board->figures[part] + offset;
}

static void share_row(const struct block *b, const char *name, size_t offset)
{
    put_cell(b->out, str_from(name), NAME_COLUMNS);
    for (size_t i = b->from; i < b->to; i++)
        put_share(b, *(const struct eval_share *)field(b, i, offset));
    end_line(b->out);
}

static void prf_rows(const struct block *b, const char *name, size_t offset)
{
    static const char *const kinds[] = {"precision", "recall", "F1"};
    for (size_t kind = 0; kind < 3; kind++) {
        put_cell(b->out, str_from(arena_printf(b->arena, "%-14s %s", name, kinds[kind])), NAME_COLUMNS);
        for (size_t i = b->from; i < b->to; i++) {
            const struct eval_prf *f = field(b, i, offset);
            size_t all = f->tp + (kind == 0 ? f->fp : f->fn);
            if (kind < 2 || f->tp + f->fp + f->fn == 0)
                put_share(b, (struct eval_share){f->tp, kind < 2 ? all : 0});
            else
                put_cell(b->out, str_from(arena_printf(b->arena, "%.3f", eval_f1(*f))), CELL_COLUMNS);
        }
        end_line(b->out);
    }
}

static void head_row(const struct block *b)
{
    put_cell(b->out, STR(""), NAME_COLUMNS);
    for (size_t i = b->from; i < b->to; i++) {
        const struct eval_figures *f = &b->board->figures[i];
        struct str name = f->split.n ? str_head(f->split, 8) : STR("all");
        put_cell(b->out, str_from(arena_printf(b->arena, STR_FMT "%s", STR_ARG(name), f->sure ? " sure" : "")),
                 CELL_COLUMNS);
    }
    end_line(b->out);
}

static void put_block(const struct block *b)
{
    const struct eval_labels *labels = b->board->labels;
    head_row(b);
    share_row(b, "content   read", offsetof(struct eval_figures, read));
    share_row(b, "          title right", offsetof(struct eval_figures, titles));
    if (labels->content)
        prf_rows(b, "body (bytes)", offsetof(struct eval_figures, body));
    if (labels->dates) {
        share_row(b, "date      right", offsetof(struct eval_figures, dates));
        share_row(b, "          certain right", offsetof(struct eval_figures, certain));
        share_row(b, "          none where none", offsetof(struct eval_figures, undated));
    }
    if (labels->cities)
        share_row(b, "city      right", offsetof(struct eval_figures, cities));
    if (!labels->verdicts)
        return;
    prf_rows(b, "initiative", offsetof(struct eval_figures, initiative));
    for (size_t c = 0; c < b->board->taxonomy->n && c < EVAL_CATEGORIES; c++)
        prf_rows(b, b->board->taxonomy->items[c].key.p,
                 offsetof(struct eval_figures, categories) + c * sizeof(struct eval_prf));
    prf_rows(b, "category micro", offsetof(struct eval_figures, micro));
    if (labels->groups) {
        share_row(b, "groups    merged whole", offsetof(struct eval_figures, groups));
        share_row(b, "          kept apart", offsetof(struct eval_figures, related));
        prf_rows(b, "merged pairs", offsetof(struct eval_figures, pairs));
    }
}

struct str eval_set_name(struct arena *arena, const struct taxonomy *taxonomy, uint32_t set, bool keys)
{
    struct buf name = {0};
    for (size_t c = 0; c < taxonomy->n && c < EVAL_CATEGORIES; c++)
        if (set >> c & 1) {
            if (name.n)
                buf_char(&name, '+');
            buf_str(&name, keys ? taxonomy->items[c].key : taxonomy->items[c].label);
        }
    struct str result = name.n ? str_copy(arena, buf_view(&name)) : STR("none");
    buf_free(&name);
    return result;
}

struct str eval_join(struct arena *arena, const struct str *items, size_t n)
{
    struct buf joined = {0};
    for (size_t i = 0; i < n; i++)
        buf_printf(&joined, "%s" STR_FMT, i ? ";" : "", STR_ARG(items[i]));
    struct str result = n ? str_copy(arena, buf_view(&joined)) : STR("none");
    buf_free(&joined);
    return result;
}

void eval_print(struct arena *arena, const struct eval_board *board, bool details, struct buf *out)
{
    for (size_t from = 0; from < board->n_figures; from += PARTS_A_BLOCK) {
        size_t to = from + PARTS_A_BLOCK < board->n_figures ? from + PARTS_A_BLOCK : board->n_figures;
        if (from)
            buf_char(out, '\n');
        put_block(&(struct block){arena, board, from, to, out});
    }
    buf_text(out, "\nsure: without the rows marked hard; a cell is the share and the numbers that it comes from\n");
    if (details)
        eval_print_details(arena, board, out);
}
