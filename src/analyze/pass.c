/* A pass over candidates, block by block, in which they meet. */
#include "analyze/grouping.h"
#include "base/mem.h"

enum { WINDOW = MEET_REACH + 1 };

/* The candidates of the last WINDOW blocks, and the undated ones. */
struct pass {
    struct store *store;
    unsigned view, seeks;
    const struct keys *wanted;
    const struct nodes *seeking;
    struct nodes *nodes;
    struct candidate_edges *out;
    struct meeting *meeting;
    struct arena *arenas[WINDOW + 1], *scratch;
    const struct entry **entries[WINDOW + 1];
    size_t rooms[WINDOW + 1], n, first_edge;
};

struct pass *pass_new(struct store *store, unsigned view, const struct keys *wanted, const struct nodes *seeking,
                      unsigned seeks, struct candidate_edges *out, struct nodes *nodes)
{
    struct pass *pass = mem_alloc(sizeof *pass);
    *pass = (struct pass){.store = store,
                          .view = view,
                          .seeks = seeks,
                          .wanted = wanted,
                          .seeking = seeking,
                          .nodes = nodes,
                          .out = out,
                          .meeting = meeting_new(wanted, out),
                          .scratch = arena_new(),
                          .first_edge = out->n};
    for (size_t i = 0; i <= WINDOW; i++)
        pass->arenas[i] = arena_new();
    return pass;
}

void pass_free(struct pass *pass)
{
    for (size_t e = pass->first_edge; e < pass->out->n; e++)
        pass->out->items[e].views = pass->view;
    meeting_free(pass->meeting);
    arena_free(pass->scratch);
    for (size_t i = 0; i <= WINDOW; i++) {
        arena_free(pass->arenas[i]);
        mem_free(pass->entries[i]);
    }
    mem_free(pass);
}

static size_t window_slot(int32_t block)
{
    return block == MEET_UNDATED ? WINDOW : (size_t)(((block % WINDOW) + WINDOW) % WINDOW);
}

/* The row that the cursor is at, as the next entry of its block. */
static bool add_row(struct pass *pass, struct rows *rows, size_t slot, struct err *err)
{
    struct arena *arena = pass->arenas[slot];
    struct member *member = ARENA_NEW(arena, struct member);
    store_read_candidate(rows, arena, &member->row);
    if (!grouping_enter(pass->store, member, arena, err))
        return false;
    struct entry *entry = &member->entry;
    entry->seeks = !pass->seeking || nodes_find(pass->seeking, entry->node) != SIZE_MAX ? pass->seeks : 0;
    pass->entries[slot] = mem_grow(pass->entries[slot], &pass->rooms[slot], pass->n + 1, sizeof *pass->entries[slot]);
    pass->entries[slot][pass->n++] = entry;
    if (pass->nodes)
        nodes_add(pass->nodes, entry->node);
    return true;
}

/* Can it be the partner of one that seeks? */
static bool matters(struct pass *pass, struct rows *rows)
{
    if (!pass->wanted)
        return true;
    arena_reset(pass->scratch);
    struct str unit, bytes = store_candidate_print(rows, &unit);
    const struct print *print = print_read(pass->scratch, bytes);
    return !print || meet_any_key(pass->wanted, print, meet_home(unit));
}

bool pass_rows(struct pass *pass, const char *where, const struct param *params, size_t n, struct err *err)
{
    struct rows *rows = store_candidates(pass->store, where, params, n, err);
    size_t slot = SIZE_MAX;
    int32_t block = MEET_UNDATED;
    bool good = rows != NULL;
    while (good && rows_next(rows, err)) {
        int32_t next = store_candidate_block(rows);
        if (!(store_candidate_views(rows) & pass->view) || !matters(pass, rows))
            continue;
        if (slot == SIZE_MAX || next != block) {
            if (slot != SIZE_MAX)
                meeting_block(pass->meeting, block, pass->entries[slot], pass->n);
            block = next;
            slot = window_slot(block);
            arena_reset(pass->arenas[slot]);
            pass->n = 0;
        }
        good = add_row(pass, rows, slot, err);
    }
    if (good && slot != SIZE_MAX)
        meeting_block(pass->meeting, block, pass->entries[slot], pass->n);
    rows_close(rows);
    return good && err->kind == ERR_NONE;
}

bool pass_split(struct store *store, bool *split, struct err *err)
{
    struct rows *rows = store_query(store, "SELECT 1 FROM candidate WHERE views <> 3 LIMIT 1", NULL, 0, err);
    *split = rows && rows_next(rows, err);
    rows_close(rows);
    return err->kind == ERR_NONE;
}

void pass_settle(struct candidate_edges *edges, bool split)
{
    for (size_t e = 0; !split && e < edges->n; e++)
        edges->items[e].views = CANDIDATE_BOTH;
    edges_settle(edges);
}
