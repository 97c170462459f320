/* Tables in a few lines of text, and random ones. */
#ifndef TESTS_TABLE_BUILDER_H
#define TESTS_TABLE_BUILDER_H
#include "pages_fixture.h"

static inline void put_cell(struct cell *cell, struct str text)
{
    *cell = (struct cell){.join = str_equal(text, STR("<"))   ? JOIN_LEFT
                                  : str_equal(text, STR("^")) ? JOIN_UP
                                                              : JOIN_NONE};
    if (cell->join || !text.n)
        return;
    cell->runs = ARENA_NEW(b.arena, struct run);
    cell->runs->text = str_copy(b.arena, text);
    cell->n = 1;
}

/* A table from lines of cells between |, the header first; '<' and '^' join; a letter of `align` a column. */
static inline struct block *grid(const char *align, const char *text)
{
    struct str rest = str_from(text), line, cell;
    struct block *block = build_block(&b, BLOCK_TABLE);
    struct table *table = block->table = ARENA_NEW(b.arena, struct table);
    table->columns = strlen(align);
    table->align = ARENA_ARRAY(b.arena, table->columns, enum align);
    for (size_t c = 0; c < table->columns; c++)
        table->align[c] = align[c] == 'r' ? ALIGN_RIGHT : align[c] == 'c' ? ALIGN_CENTER : ALIGN_LEFT;
    for (const char *p = strchr(text, '\n'); p && p[1]; p = strchr(p + 1, '\n'))
        table->rows++;
    table->header = ARENA_ARRAY(b.arena, table->columns * (table->rows + 1), struct cell);
    table->cells = table->header + table->columns;
    for (size_t row = 0; str_line(&rest, &line); row++)
        for (size_t c = 0; c < table->columns && str_field(&line, '|', &cell); c++)
            put_cell(&table->header[row * table->columns + c], cell);
    return block;
}

static inline void option(struct block *block, const char *key, const char *value)
{
    struct block_option *options = ARENA_ARRAY(b.arena, block->n_options + 1, struct block_option);
    for (size_t i = 0; i < block->n_options; i++)
        options[i] = block->options[i];
    options[block->n_options++] = (struct block_option){str_from(key), str_copy(b.arena, str_from(value))};
    block->options = options;
}

static uint32_t seed;

static inline uint32_t chance(uint32_t n)
{
    seed = seed * 1664525U + 1013904223U;
    return (seed >> 8) % n;
}

static inline void random_table(size_t *tokens)
{
    static const char *const numbers[] = {"", "3", "△4.25", "1 2 3 – 9 x", "2", "1e9", "0.5"};
    static const char *const values[] = {
        "0",   "1",     "2", "3 1 4", "nan 1e99 -3 2",           "x", "d c d l r", "30mm auto * 2",
        "0 1", "900mm", "–", "yes",   "99999999999999999999999", ""};
    static const char *const keys[] = {"header", "total", "subtotal", "bars",  "spark",
                                       "none",   "align", "widths",   "split", "stub"};
    struct block *block = build_table(&b, chance(40), 1 + chance(12), "x");
    struct table *table = block->table;
    for (size_t i = 0; i < table->columns * (table->rows + 1); i++) {
        struct cell *cell = i < table->columns ? &table->header[i] : &table->cells[i - table->columns];
        uint32_t kind = chance(10);
        if (kind < 3)
            *cell = (struct cell){.join = kind == 0 ? JOIN_LEFT : kind == 1 ? JOIN_UP : JOIN_NONE};
        else if (kind < 5)
            cell->runs = build_runs(&b, numbers[chance(7)]);
        else
            cell->runs = build_runs(&b, arena_printf(b.arena, "k%zuz%s", (*tokens)++,
                                                     chance(9) ? "" : " and more words than one line has"));
    }
    for (size_t i = 0; i < table->columns; i++)
        table->align[i] = (enum align)chance(3);
    for (uint32_t n = chance(5); n > 0; n--)
        option(block, keys[chance(10)], values[chance(14)]);
    block->style = chance(3) ? STR("") : STR("grid");
}

#endif
