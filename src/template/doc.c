#include "template/doc.h"

#include "template/build.h"
#include "template/template.h"

static void dump_text(struct str text, struct buf *out)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] == '\n')
            buf_text(out, "\\n");
        else
            buf_char(out, text.p[i]);
}

static void dump_runs(const struct run *runs, size_t n, struct buf *out)
{
    for (size_t i = 0; i < n; i++) {
        const struct run *run = &runs[i];
        bool look = run->flags || run->link.n || run->style.n || run->language.n;
        if (run->note) {
            buf_printf(out, "[note %u]", run->note);
            continue;
        }
        if (run->flags & RUN_BREAK)
            buf_text(out, "[break]");
        if (look)
            buf_char(out, '{');
        buf_text(out, run->flags & RUN_STRONG ? "strong " : "");
        buf_text(out, run->flags & RUN_EMPHASIS ? "em " : "");
        buf_text(out, run->flags & RUN_CODE ? "code " : "");
        buf_text(out, run->flags & RUN_SUPER ? "super " : "");
        buf_text(out, run->flags & RUN_SUB ? "sub " : "");
        buf_printf(out, "%s" STR_FMT "%s", run->style.n ? "." : "", STR_ARG(run->style), run->style.n ? " " : "");
        buf_printf(out, "%s" STR_FMT "%s", run->language.n ? "lang=" : "", STR_ARG(run->language),
                   run->language.n ? " " : "");
        buf_str(out, run->link);
        buf_text(out, look ? ":" : "");
        dump_text(run->text, out);
        if (look)
            buf_char(out, '}');
    }
}

static void dump_cells(const struct cell *cells, size_t n, const char *label, int depth, struct buf *out)
{
    buf_printf(out, "%*s%s", depth * 2, "", label);
    for (size_t i = 0; i < n; i++) {
        buf_text(out, " | ");
        buf_text(out, cells[i].join == JOIN_LEFT ? "[left]" : cells[i].join == JOIN_UP ? "[up]" : "");
        dump_runs(cells[i].runs, cells[i].n, out);
    }
    buf_char(out, '\n');
}

static void dump_table(const struct table *table, int depth, struct buf *out)
{
    buf_printf(out, " %zu x %zu ", table->columns, table->rows);
    for (size_t i = 0; i < table->columns; i++)
        buf_char(out, "lcr"[table->align[i]]);
    buf_char(out, '\n');
    if (table->header)
        dump_cells(table->header, table->columns, "header", depth + 1, out);
    for (size_t i = 0; i < table->rows; i++)
        dump_cells(table->cells + i * table->columns, table->columns, "row", depth + 1, out);
}

static void dump_fields(const char *label, const struct str *fields, size_t n, int depth, struct buf *out)
{
    buf_printf(out, "%*s%s", depth * 2, "", label);
    for (size_t i = 0; i < n; i++) {
        buf_text(out, " | ");
        dump_text(fields[i], out);
    }
    buf_char(out, '\n');
}

static void dump_field(struct str text, struct buf *out)
{
    buf_text(out, " | ");
    dump_text(text, out);
}

static void dump_chart_row(const struct chart *chart, const struct chart_row *row, struct buf *out)
{
    dump_field(row->label, out);
    for (size_t i = 0; i < chart->n_series; i++) {
        const struct chart_value *value = &row->values[i];
        if (value->none)
            buf_text(out, " | none");
        else
            buf_printf(out, " | %.10g", value->number);
        if (!chart->series)
            dump_field(value->text, out);
    }
    if (!chart->series)
        dump_field(row->link, out);
    buf_char(out, '\n');
}

static void dump_chart(const struct chart *chart, int depth, struct buf *out)
{
    buf_printf(out, " %s title=" STR_FMT " unit=" STR_FMT "\n", chart_kind_names[chart->kind], STR_ARG(chart->title),
               STR_ARG(chart->unit));
    dump_fields("alt", &chart->alt, 1, depth + 1, out);
    if (chart->series)
        dump_fields("series", chart->series, chart->n_series, depth + 1, out);
    for (size_t i = 0; i < chart->n; i++) {
        buf_printf(out, "%*s%s", (depth + 1) * 2, "", chart->series ? "row" : "bar");
        dump_chart_row(chart, &chart->rows[i], out);
    }
}

static const char *const kind_names[] = {
    [BLOCK_HEADING] = "heading", [BLOCK_PARAGRAPH] = "paragraph",   [BLOCK_LIST] = "list",
    [BLOCK_ITEM] = "item",       [BLOCK_QUOTE] = "quote",           [BLOCK_TABLE] = "table",
    [BLOCK_CARDS] = "cards",     [BLOCK_CHART] = "chart",           [BLOCK_CODE] = "code",
    [BLOCK_RULE] = "rule",       [BLOCK_PAGE_BREAK] = "page-break", [BLOCK_GROUP] = "group",
    [BLOCK_BOX] = "box",         [BLOCK_COVER] = "cover",           [BLOCK_CONTENTS] = "contents",
};

static void dump_blocks(const struct block *block, int depth, struct buf *out)
{
    for (; block; block = block->next) {
        buf_printf(out, "%*s%s", depth * 2, "", kind_names[block->kind]);
        if (block->kind == BLOCK_HEADING)
            buf_printf(out, " %d", block->level);
        if (block->kind == BLOCK_LIST && block->ordered)
            buf_printf(out, " from %d", block->start);
        if (block->style.n)
            buf_printf(out, " ." STR_FMT, STR_ARG(block->style));
        for (size_t i = 0; i < block->n_options; i++)
            buf_printf(out, " " STR_FMT "=" STR_FMT, STR_ARG(block->options[i].key), STR_ARG(block->options[i].value));
        if (block->anchor.n)
            buf_printf(out, " #" STR_FMT, STR_ARG(block->anchor));
        if (block->n) {
            buf_text(out, ": ");
            dump_runs(block->runs, block->n, out);
        }
        if (block->table)
            dump_table(block->table, depth, out);
        else if (block->chart)
            dump_chart(block->chart, depth, out);
        else
            buf_char(out, '\n');
        for (size_t i = 0; i < block->n_cards; i++)
            dump_fields("card",
                        (const struct str[]){block->cards[i].label, block->cards[i].value, block->cards[i].note,
                                             block->cards[i].link},
                        4, depth + 1, out);
        dump_blocks(block->children, depth + 1, out);
    }
}

void doc_dump(const struct doc *doc, struct buf *out)
{
    const struct {
        const char *name;
        struct str text;
    } fields[] = {{"title", doc->title},
                  {"subtitle", doc->subtitle},
                  {"author", doc->author},
                  {"subject", doc->subject},
                  {"keywords", doc->keywords},
                  {"language", doc->language},
                  {"running head", doc->running_head},
                  {"created", doc->created}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (fields[i].text.n)
            dump_fields(fields[i].name, &fields[i].text, 1, 0, out);
    dump_blocks(doc->first, 0, out);
    for (size_t i = 0; i < doc->n_notes; i++) {
        buf_printf(out, "note %zu ^" STR_FMT "\n", i + 1, STR_ARG(doc->notes[i].name));
        dump_blocks(doc->notes[i].first, 1, out);
    }
}
