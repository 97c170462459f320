/* Tables of cmark-gfm → struct table. A cell of nothing but `<` belongs to the cell on its left, `^` to the one above.
 */
#include "base/mem.h"
#include "template/build.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>

/* Only the text itself can join cells: a value is a placeholder here, and an escaped sign one of the guard's
 * (source.c). */
static enum cell_join join_of(cmark_node *cell)
{
    cmark_node *only = cmark_node_first_child(cell);
    if (!only || cmark_node_next(only) || cmark_node_get_type(only) != CMARK_NODE_TEXT)
        return JOIN_NONE;
    struct str text = str_from(cmark_node_get_literal(only));
    return str_equal(text, STR("<")) ? JOIN_LEFT : str_equal(text, STR("^")) ? JOIN_UP : JOIN_NONE;
}

static void read_row(struct build *build, cmark_node *row, struct cell *cells, size_t columns)
{
    size_t i = 0;
    for (cmark_node *cell = cmark_node_first_child(row); cell && i < columns; cell = cmark_node_next(cell), i++) {
        cells[i].join = join_of(cell);
        if (cells[i].join == JOIN_NONE)
            cells[i].runs = build_inlines(build, cell, &cells[i].n);
    }
}

void build_table(struct build *build, struct block *block, cmark_node *node)
{
    struct table *table = block->table = ARENA_NEW(build->arena, struct table);
    table->columns = cmark_gfm_extensions_get_table_columns(node);
    const uint8_t *align = cmark_gfm_extensions_get_table_alignments(node);
    table->align = ARENA_ARRAY(build->arena, table->columns, enum align);
    for (size_t i = 0; i < table->columns; i++)
        table->align[i] = align && align[i] == 'c' ? ALIGN_CENTER : align && align[i] == 'r' ? ALIGN_RIGHT : ALIGN_LEFT;
    for (cmark_node *row = cmark_node_first_child(node); row; row = cmark_node_next(row))
        table->rows += !cmark_gfm_extensions_get_table_row_is_header(row);
    table->header = ARENA_ARRAY(build->arena, table->columns, struct cell);
    table->cells = ARENA_ARRAY(build->arena, mem_mul(table->columns, table->rows), struct cell);
    size_t done = 0;
    for (cmark_node *row = cmark_node_first_child(node); row; row = cmark_node_next(row)) {
        bool header = cmark_gfm_extensions_get_table_row_is_header(row);
        read_row(build, row, header ? table->header : table->cells + table->columns * done, table->columns);
        done += !header;
    }
}
