/* Documents of any blocks with signs that mean something to Markdown or HTML, for the writers of both. They live in the
 * fixture's arena. */
#ifndef TESTS_RANDOM_DOC_H
#define TESTS_RANDOM_DOC_H
#include "template/doc.h"

static uint64_t random_seed;

static inline size_t random_below(size_t n)
{
    random_seed = random_seed * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(random_seed >> 33) % n;
}

static const char *const pieces[] = {
    "가",       "나다",    "한글", "A",     "b1", "12",     "3",      " ",     " ",
    " ",        ".",       ")",    "(",     "-",  "–",      "*",      "**",    "_",
    "__",       "`",       "``",   "[",     "]",  "[^1]",   "[x]:",   "](",    "<",
    "<br>",     "<!--",    "-->",  "<a b>", ">",  "&",      "&lt",    "&amp;", "&#42;",
    "|",        "||",      "~",    "~~",    "$",  "#",      "##",     "+",     "=",
    "===",      "---",     "!",    "![",    "\\", "\\*",    "{",      "}",     "{.note}",
    "{#x}",     "]{.sup}", ":",    ":-:",   "1.", "2)",     "^",      "%",     "http://a.kr/?a=b&c",
    "a@b.kr",   "\"",      "'",    "”",     "·",  "은(는)", "{{가}}", "```",   "~~~",
    "www.a.kr", "。",      "①",    "α",     "é",  "😀",
};

static inline struct str random_words(void)
{
    struct buf text = {0};
    for (size_t n = 1 + random_below(7); n; n--)
        buf_text(&text, pieces[random_below(sizeof pieces / sizeof *pieces)]);
    struct str result = str_copy(arena, buf_view(&text));
    buf_free(&text);
    return result;
}

/* Runs as the reader makes them: blanks are single, none at the ends, neighbours look different. */
static inline struct run *random_runs(size_t *n, bool breaks)
{
    static const unsigned looks[] = {0, 0, 0, RUN_STRONG, RUN_EMPHASIS, RUN_STRONG | RUN_EMPHASIS, RUN_CODE, RUN_SUPER};
    struct run *runs = ARENA_ARRAY(arena, 5, struct run);
    size_t most = 1 + random_below(5);
    bool blank = true;
    *n = 0;
    for (size_t i = 0; i < most; i++) {
        struct buf text = {0};
        unsigned look = looks[random_below(8)];
        struct str words = look == RUN_SUPER ? STR("2)") : random_words();
        if (look == RUN_CODE && (str_find(words, STR("[^"), 0) != SIZE_MAX ||
                                 str_find(words, STR("]:"), 0) != SIZE_MAX)) /* may not be set as code */
            look = 0;
        bool cut = *n && breaks && random_below(6) == 0;
        blank = blank || cut;
        for (size_t k = 0; k < words.n; k++)
            if (words.p[k] != ' ' || !blank)
                buf_char(&text, words.p[k]), blank = words.p[k] == ' ';
        if (text.n && !(text.n == 1 && text.p[0] == ' ')) {
            runs[*n] = (struct run){.text = str_copy(arena, buf_view(&text)), .flags = look | (cut ? RUN_BREAK : 0)};
            if (random_below(6) == 0)
                runs[*n].link = STR("http://a.kr/b_c(d)?e=*&f");
            ++*n;
        }
        buf_free(&text);
    }
    if (!*n) {
        runs[0] = (struct run){.text = STR("가")};
        *n = 1;
    }
    runs[*n - 1].text = str_trim(runs[*n - 1].text);
    for (size_t i = 0; i + 1 < *n; i++) /* none before a break */
        if (runs[i + 1].flags & RUN_BREAK)
            runs[i].text = str_trim(runs[i].text);
    return runs;
}

static inline struct block *random_block(int depth);

static inline struct block *random_blocks(int depth)
{
    struct block *first = NULL, **end = &first;
    for (size_t n = 1 + random_below(3); n; n--) {
        *end = random_block(depth);
        end = &(*end)->next;
    }
    return first;
}

static inline void random_list(struct block *block, int depth)
{
    struct block **end = &block->children;
    block->ordered = random_below(2);
    block->start = block->ordered ? (int)random_below(12) : 0;
    for (size_t n = 1 + random_below(3); n; n--) {
        *end = ARENA_NEW(arena, struct block);
        (*end)->kind = BLOCK_ITEM;
        (*end)->children = random_blocks(depth + 1);
        end = &(*end)->next;
    }
}

static inline void random_cells(struct cell *cells, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (random_below(5))
            cells[i].runs = random_runs(&cells[i].n, true);
}

static inline void random_table(struct block *block)
{
    struct table *table = block->table = ARENA_NEW(arena, struct table);
    table->columns = 1 + random_below(4);
    table->rows = 1 + random_below(3);
    table->align = ARENA_ARRAY(arena, table->columns, enum align);
    table->header = ARENA_ARRAY(arena, table->columns, struct cell);
    table->cells = ARENA_ARRAY(arena, table->columns * table->rows, struct cell);
    random_cells(table->header, table->columns);
    random_cells(table->cells, table->columns * table->rows);
}

static inline struct block *random_block(int depth)
{
    static const enum block_kind kinds[] = {BLOCK_PARAGRAPH, BLOCK_PARAGRAPH, BLOCK_HEADING, BLOCK_TABLE,
                                            BLOCK_CODE,      BLOCK_RULE,      BLOCK_LIST,    BLOCK_QUOTE};
    struct block *block = ARENA_NEW(arena, struct block);
    block->kind = kinds[random_below(depth < 4 ? 8 : 6)];
    switch (block->kind) {
    case BLOCK_HEADING:
    case BLOCK_PARAGRAPH:
        block->level = 1 + (int)random_below(6);
        block->runs = random_runs(&block->n, true);
        break;
    case BLOCK_CODE:
        block->runs = ARENA_NEW(arena, struct run);
        block->runs->flags = RUN_CODE;
        block->runs->text = str_from(arena_printf(arena, "%s\n\n  %s", random_words().p, random_words().p));
        block->n = 1;
        break;
    case BLOCK_TABLE: random_table(block); break;
    case BLOCK_LIST: random_list(block, depth); break;
    case BLOCK_QUOTE: block->children = random_blocks(depth + 1); break;
    default: break;
    }
    return block;
}

#endif
