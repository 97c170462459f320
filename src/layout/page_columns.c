/* Sections of several columns: their strips are set to the measure of a column, in the place of the first one, and
 * moved to the side as columns fill up, one after another, so that the order of the ops is that of reading. Where the
 * section ends the columns are made even. All lines of the body's leading stand on one grid, across columns (RULES.md
 * row 34):
 *
 *      ├ line ┤ gap ├ line ┤     a gap between such lines is a multiple of the leading;
 *      ├ head ┤     ├ line ┤     what is of another height moves, so that the next line is on the grid again
 *      ├ line ┤     ├ line ┤
 */
#include "layout/page_flow.h"

#include <math.h>

enum { MOST_COLUMNS = 8 };
static const float least_column = 90; /* points */

/* --- the walker's part --- */

/* The number of columns asked for: 2 if nothing is said, 0 if that is no number. */
static unsigned asked(const struct block *block)
{
    struct str value = flow_option(block, "n");
    unsigned n = value.n ? 0 : 2;
    for (size_t i = 0; i < value.n; i++) {
        if (value.p[i] < '0' || value.p[i] > '9' || n > 1000)
            return 0;
        n = n * 10 + (unsigned)(value.p[i] - '0');
    }
    return n;
}

void columns_open(struct layout *layout, const struct block *block)
{
    struct frame *frame = flow_top(layout);
    const float gap = layout->sheet->distance.column_gap;
    unsigned n = asked(block), most = MOST_COLUMNS;
    while (most > 1 && (frame->measure - gap * (float)(most - 1)) / (float)most < least_column)
        most--;
    if (layout->columns.id || layout->in_note || frame->decor) {
        flow_warn(layout, "columns", "columns inside %s are not set",
                  layout->columns.id ? "columns"
                  : layout->in_note  ? "a footnote"
                                     : "a box or quotation");
        return;
    }
    if (!n || n > most)
        flow_warn(layout, "columns", "n=" STR_FMT " columns cannot be: there are %u",
                  STR_ARG(str_head(flow_option(block, "n"), 20)), n ? most : 1);
    n = !n ? 1 : n > most ? most : n;
    if (n < 2)
        return;
    frame->measure = (frame->measure - gap * (float)(n - 1)) / (float)n;
    frame->began_columns = true;
    layout->columns =
        (struct column_set){.id = ++layout->column_sets, .n = n, .x = frame->x, .measure = frame->measure};
}

void columns_close(struct layout *layout)
{
    layout->columns = (struct column_set){0};
    layout->space = fmaxf(layout->space, layout->sheet->distance.list_after);
}

/* --- the page's part --- */

/* How far the waiting strips of a section come in columns of some height. */
struct trial {
    float top, limit; /* points: upper edge on the page, and height that no column exceeds */
    bool forced;      /* … but by what stands first in a column */
    size_t most;      /* strips that are placed; 0: it is a trial */
    size_t n;         /* strips that find room */
    float used, sum;  /* height of the tallest column, and of all */
    unsigned columns; /* that have something */
    bool ended;       /* the section ends here, or a page break follows */
};

static float grid_of(const struct layout *layout)
{
    return flow_style(layout, STYLE_BODY)->leading;
}

static bool on_grid(const struct layout *layout, const struct strip *strip)
{
    return fabsf(strip->height - grid_of(layout)) < page_epsilon;
}

/* The place on the grid for a line that would be at y (from the top of the columns), and not above `least`. A gap of
 * less than a third of a line is none. */
static float snap(const struct layout *layout, float y, float least)
{
    const float grid = grid_of(layout);
    float place = ceilf((y - grid / 3) / grid - 0.001F) * grid;
    return place < least - page_epsilon ? ceilf(least / grid - 0.001F) * grid : place;
}

/* The gap above the i-th of n strips that stay together, the first of them being the from-th that waits; above are y
 * points of its column. `top`: it is the column's first. */
static float gap_above(struct layout *layout, size_t from, size_t i, size_t n, float y, bool top)
{
    const struct strip *strip = page_waiting(layout, from + i);
    float before = top ? 0 : strip->before;
    if (on_grid(layout, strip))
        return snap(layout, y + before, y) - y;
    if (i || top)
        return before;
    float below = y + before + strip->height; /* moves so that the first line below it is on the grid */
    for (size_t k = 1; k < n; k++) {
        const struct strip *next = page_waiting(layout, from + k);
        below += next->before;
        if (on_grid(layout, next))
            return fmaxf(0, before + snap(layout, below, below - before) - below);
        below += next->height;
    }
    return before;
}

/* What stands above the first strip of a column: a header again, padding of boxes that go on. */
static float above_first(struct layout *layout, size_t from)
{
    const struct strip *first = page_waiting(layout, from);
    float head = first->head ? first->head->height : 0;
    return head + (from ? page_shared_pad(page_waiting(layout, from - 1)->decor, first->decor)
                        : page_break_pad(layout, first->decor));
}

/* Lower edge of n strips from the from-th on, below y points of their column. */
static float stack(struct layout *layout, size_t from, size_t n, float y, bool top)
{
    if (top)
        y += above_first(layout, from);
    for (size_t i = 0; i < n; i++)
        y += gap_above(layout, from, i, n, y, top && i == 0) + page_waiting(layout, from + i)->height;
    const struct strip *last = page_waiting(layout, from + n - 1), *next = page_waiting(layout, from + n);
    return y + (next ? page_shared_pad(last->decor, next->decor) : 0);
}

/* The same on the page. `from` of gap_above counts from what the queue began with. */
static void place_stack(struct layout *layout, const struct trial *trial, size_t n, bool top)
{
    for (size_t i = 0; i < n; i++) {
        float y = layout->y - trial->top + (top && i == 0 ? above_first(layout, 0) : 0);
        page_place(layout, gap_above(layout, (size_t)0 - i, i, n, y, top && i == 0), top && i == 0);
    }
}

/* Fills one column from the from-th strip on; returns the number of strips. */
static size_t fill_column(struct layout *layout, struct trial *trial, size_t from)
{
    const size_t id = page_waiting(layout, from)->columns.id;
    float y = 0, height;
    size_t count = 0;
    for (;;) {
        size_t at = trial->most ? 0 : from + count;
        const struct strip *next = page_waiting(layout, at);
        trial->ended = !next || next->columns.id != id || (next->page_break && trial->n + count);
        if (trial->ended || (trial->most && trial->n + count >= trial->most))
            break;
        size_t n = page_gather(layout, at, &height);
        float end = stack(layout, at, n, y, count == 0);
        if (end > trial->limit + page_epsilon && !(trial->forced && count == 0))
            break;
        if (trial->most)
            place_stack(layout, trial, n, count == 0);
        next = page_waiting(layout, trial->most ? 0 : at + n);
        count += n;
        y = trial->most ? layout->y - trial->top : end;
    }
    trial->n += count;
    trial->sum += y;
    trial->used = fmaxf(trial->used, y);
    return count;
}

static struct trial try_columns(struct layout *layout, float top, float limit, bool forced)
{
    struct trial trial = {.top = top, .limit = limit, .forced = forced};
    const struct column_set set = page_waiting(layout, 0)->columns;
    while (trial.columns < set.n && !trial.ended && fill_column(layout, &trial, trial.n))
        trial.columns++;
    return trial;
}

/* The highest columns that leave room for the notes that they call, all of them whole or the last one begun. */
static bool choose(struct layout *layout, float top, float room, bool forced, bool whole, struct trial *out)
{
    for (float limit = room; limit > 0; limit = fminf(limit, out->used) - grid_of(layout)) {
        *out = try_columns(layout, top, limit, forced);
        if (!out->n)
            return false;
        float need = foot_need(layout, 0, out->n, whole);
        if (out->used + need <= room + page_epsilon &&
            (need <= 0 || foot_height(layout) + need <= foot_most(layout) + page_epsilon))
            return true;
    }
    return false;
}

/* A section that ends here: the least height that holds as much. */
static void make_even(struct layout *layout, struct trial *trial)
{
    const float grid = grid_of(layout), columns = (float)page_waiting(layout, 0)->columns.n;
    float limit = fmaxf(1, floorf(trial->sum / columns / grid)) * grid;
    for (; limit < trial->used; limit += grid) {
        struct trial even = try_columns(layout, trial->top, limit, false);
        if (!even.ended || even.n != trial->n)
            continue;
        *trial = even;
        return;
    }
}

static void put_rules(struct layout *layout, const struct column_set *set, const struct trial *trial)
{
    const float gap = layout->sheet->distance.column_gap, width = fminf(layout->sheet->distance.column_rule, gap);
    for (unsigned i = 1; width > 0 && i < trial->columns; i++)
        page_op(layout, "the rule between columns",
                (struct op){.kind = OP_RECT,
                            .x = layout->shift + set->x + (set->measure + gap) * (float)i - gap / 2 - width / 2,
                            .y = trial->top,
                            .w = width,
                            .h = trial->used,
                            .colour = layout->sheet->palette.gray_20,
                            .artifact = true});
}

static void place_columns(struct layout *layout, struct trial trial)
{
    const struct column_set set = page_waiting(layout, 0)->columns;
    const float shift = layout->shift;
    put_rules(layout, &set, &trial);
    trial.most = trial.n;
    trial.n = 0;
    /* fewer columns may do than in the trial, which may have let a group go */
    for (unsigned i = 0; i < trial.columns && trial.n < trial.most; i++) {
        layout->slot += i > 0;
        layout->shift = shift + (set.measure + layout->sheet->distance.column_gap) * (float)i;
        layout->y = trial.top;
        fill_column(layout, &trial, 0);
        const struct strip *next = page_waiting(layout, 0);
        if (next && next->columns.id == set.id)
            page_pad_foot(layout, next->decor);
    }
    layout->shift = shift;
    layout->y = trial.top + trial.used;
}

bool columns_fill(struct layout *layout)
{
    const struct strip *first = page_waiting(layout, 0);
    bool fresh = layout->page_empty && foot_height(layout) <= 0, late = false;
    float height, top = layout->y + (layout->page_empty ? 0 : first->before), room = page_bottom(layout) - top;
    struct trial trial = {0};
    if (!choose(layout, top, room, fresh, true, &trial) && !choose(layout, top, room, fresh, false, &trial)) {
        if (!fresh) {
            page_pad_foot(layout, first->decor);
            return false;
        }
        late = true; /* notes that no page has room for beside their line */
        trial = (struct trial){.top = top, .limit = room, .forced = true, .columns = 1};
        trial.n = page_gather(layout, 0, &height);
        trial.used = stack(layout, 0, trial.n, 0, true);
    }
    if (trial.ended)
        make_even(layout, &trial);
    bool ended = trial.ended;
    place_columns(layout, trial);
    foot_fill(layout, fminf(foot_most(layout), foot_height(layout) + page_bottom(layout) - layout->y));
    if (late && foot_left(layout))
        flow_warn(layout, "note-late", "notes of page %d do not fit there and begin on a later one", layout->page);
    return ended;
}
