/* Documents of all blocks by chance, as layout gets them: for tests of what must hold whatever the shape. And the fonts
 * of the house. */
#ifndef TESTS_RANDOM_PAGES_H
#define TESTS_RANDOM_PAGES_H
#include "doc_builder.h"
#include "house_fonts.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static uint32_t seed;

static inline uint32_t chance(uint32_t n)
{
    seed = seed * 1664525U + 1013904223U;
    return (seed >> 8) % n;
}

enum { MOST_NOTES = 300 };

struct maker {
    struct builder b;
    size_t tokens;                  /* every text begins with "k<number>z" */
    size_t blocks, most;            /* how many there are; how many there may be */
    size_t note_tokens[MOST_NOTES]; /* the first text of each note */
    bool contents;                  /* a list of contents says titles again */
    bool once;                      /* no note is called a second time */
    bool split;                     /* rows are divided, and words in them, by split=yes */
};

#define LONG_WORD " aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static inline void random_table(struct maker *m);

static inline const char *some_text(struct maker *m)
{
    static const char *const tails[] = {
        "",
        " short",
        " 시는 올해 안에 창업 보육 공간을 열고 입주할 기업을 공모로 뽑기로 했다. 사업비는 6조 7천억 원이다.",
        " https://www.example.org/a/very/long/path?with=many&parameters=that&never=end&and=go&on=and&on=for&ever=1",
        " 漢字와 (括弧) “따옴표” 3.5㎡ 2024. 1. 16.",
        " \xe1\x84\x92\xe1\x86\x9e\xe1\x86\xab 옛한글",
        LONG_WORD,
    };
    return arena_printf(m->b.arena, "k%zuz%s", m->tokens++, tails[chance(sizeof tails / sizeof *tails)]);
}

static inline void random_note_blocks(struct maker *m);

/* Calls a new note, or one that has been called already. */
static inline void random_call(struct maker *m, struct run **runs, size_t *n)
{
    size_t known = m->b.doc.n_notes;
    if (!m->b.doc.notes)
        m->b.doc.notes = ARENA_ARRAY(m->b.arena, MOST_NOTES, struct note);
    if (known && !m->once && chance(5) == 0) {
        build_call(&m->b, runs, n, 1 + chance((uint32_t)known));
    } else if (known < MOST_NOTES) {
        struct block **end = m->b.end;
        m->b.end = &m->b.doc.notes[known].first;
        m->note_tokens[known] = m->tokens;
        m->b.doc.n_notes++;
        random_note_blocks(m);
        m->b.end = end;
        build_call(&m->b, runs, n, (unsigned)known + 1);
    }
}

/* Links and languages behind a text. By the tokens so far: no chance, so that documents of known seeds stay the same.
 */
static inline void hang_looks(struct maker *m, struct run **runs, size_t *n)
{
    const struct run looks[] = {
        {.text = STR(" 이 링크"), .link = STR("https://a.kr/")},
        {.text = STR(" 그 다음")},
        {.text = STR(" an English word"), .language = STR("en")},
        {.text = STR(" 없는 곳"), .link = STR("#nowhere")},
        {.text = STR(" a link"), .link = STR("https://a.kr/"), .language = STR("en")},
        {.text = STR(" 끝까지")},
    };
    enum { LOOKS = sizeof looks / sizeof *looks };
    for (size_t i = m->tokens % (2 * LOOKS); i < LOOKS; i++)
        build_run(&m->b, runs, n, looks[i]);
}

static inline void random_cards(struct maker *m)
{
    struct block *block = build_block(&m->b, BLOCK_CARDS);
    block->n_cards = chance(8);
    block->cards = ARENA_ARRAY(m->b.arena, block->n_cards + 1, struct card);
    for (size_t i = 0; i < block->n_cards; i++)
        block->cards[i].label = str_from(arena_printf(m->b.arena, "k%zuz", m->tokens++));
}

/* Most make a shape of cells that is none. */
static inline enum cell_join random_join(const struct table *table, size_t i)
{
    if (chance(2))
        return i % table->columns ? JOIN_LEFT : JOIN_NONE;
    return i >= table->columns ? JOIN_UP : JOIN_NONE;
}

static inline void random_table(struct maker *m)
{
    struct block *block = build_table(&m->b, chance(60), 1 + chance(9), "x");
    struct table *table = block->table;
    bool joins = chance(4) == 0;
    for (size_t i = 0; i < table->rows * table->columns; i++) {
        struct cell *cell = &table->cells[i];
        if (joins && chance(6) == 0 && (cell->join = random_join(table, i)) != JOIN_NONE)
            *cell = (struct cell){.join = cell->join};
        else
            cell->runs = build_runs(&m->b, chance(3) ? arena_printf(m->b.arena, "k%zuz", m->tokens++) : some_text(m));
    }
    for (size_t i = 0; i < table->rows * table->columns; i++)
        if (!table->cells[i].join && chance(8) == 0)
            random_call(m, &table->cells[i].runs, &table->cells[i].n);
    for (size_t i = 0; i < table->rows * table->columns; i += 17)
        if (!table->cells[i].join)
            hang_looks(m, &table->cells[i].runs, &table->cells[i].n);
    for (size_t i = 0; i < table->columns; i++)
        table->align[i] = (enum align)chance(3);
    static const char *const options[][2] = {{"header", "2"},        {"total", "1"}, {"stub", "1"},
                                             {"widths", "30mm * 2"}, {"bars", "1"},  {"split", "yes"}};
    block->options = ARENA_ARRAY(m->b.arena, 2, struct block_option);
    block->n_options = chance(3);
    for (size_t i = 0; i < block->n_options; i++) {
        const char *const *option = options[chance(m->split ? 6 : 5)];
        block->options[i] = (struct block_option){str_from(option[0]), str_from(option[1])};
    }
}

static inline void random_note_blocks(struct maker *m)
{
    struct block *text = build_paragraph(&m->b, "footnote", some_text(m));
    if (chance(6) == 0)
        random_call(m, &text->runs, &text->n);
    for (size_t lines = chance(20) ? 0 : chance(200); lines-- > 0;)
        build_paragraph(&m->b, "footnote", some_text(m));
    if (chance(10) == 0) {
        struct block *list = build_open(&m->b, BLOCK_LIST), *item = build_open(&m->b, BLOCK_ITEM);
        build_paragraph(&m->b, "", some_text(m));
        build_close(&m->b, item);
        build_close(&m->b, list);
    }
    if (chance(15) == 0) {
        struct block *group = build_open(&m->b, BLOCK_GROUP);
        group->style = STR("columns");
        random_table(m);
        build_close(&m->b, group);
    }
}

static inline void random_blocks(struct maker *m, int depth)
{
    static const char *const styles[] = {"", "", "title", "subtitle", "note", "unit", "source", "caption", "odd"};
    static const char *const lists[] = {"toc", "figures", "tables"};
    for (size_t n = chance(6) + 1; n-- > 0 && m->blocks < m->most; m->blocks++) {
        uint32_t kind = chance(BLOCK_GROUP + 1);
        if (kind == BLOCK_TABLE) {
            random_table(m);
        } else if (kind == BLOCK_CARDS) {
            random_cards(m);
        } else if (kind == BLOCK_CHART) {
            enum chart_kind sort = (enum chart_kind)chance(CHART_MAP + 1);
            struct chart *chart = build_series(&m->b, sort, chance(40), chance(12))->chart;
            for (size_t i = 0; i < chart->n; i++)
                chart->rows[i].values->number = chance(9) ? (double)chance(1000) : -HUGE_VAL;
        } else if (kind == BLOCK_LIST || kind == BLOCK_ITEM || kind == BLOCK_QUOTE || kind == BLOCK_GROUP ||
                   kind == BLOCK_BOX || kind == BLOCK_COVER) {
            struct block *open = build_open(&m->b, (enum block_kind)kind);
            open->ordered = chance(2);
            open->start = (int)chance(100000);
            static const char *const kinds[] = {"keep", "keep", "columns", "columns", "float", "turn", "gaejosik", ""};
            open->style = str_from(kinds[chance(8)]);
            static const char *const numbers[] = {"2", "2", "3", "0", "100", "NaN"};
            open->options = ARENA_NEW(m->b.arena, struct block_option);
            *open->options = (struct block_option){STR("n"), str_from(numbers[chance(6)])};
            open->n_options = 1;
            if (depth < 60)
                random_blocks(m, depth + 1);
            build_close(&m->b, open);
        } else {
            struct block *block = build_paragraph(&m->b, styles[chance(9)], some_text(m));
            block->kind = (enum block_kind)kind;
            if (kind == BLOCK_CONTENTS)
                block->style = str_from(lists[chance(3)]);
            block->level = (int)chance(9) - 1;
            if (kind == BLOCK_PARAGRAPH || kind == BLOCK_HEADING)
                if (chance(4) == 0)
                    random_call(m, &block->runs, &block->n);
            if (kind == BLOCK_PARAGRAPH || kind == BLOCK_HEADING)
                hang_looks(m, &block->runs, &block->n);
            if (kind == BLOCK_RULE || kind == BLOCK_CONTENTS || kind == BLOCK_PAGE_BREAK)
                block->n = 0, block->runs = NULL, m->tokens--;
            m->contents = m->contents || kind == BLOCK_CONTENTS;
        }
    }
}

#endif
