/* The fine work on a map of tiles: neighbours touch, each on the side where it lies, and the land has no holes. A
 * search that only ever goes down: every unit tries the cells around it (who is there comes to the unit's), and pushes
 * the tiles on one of eight sides of it one on, up to the first free cell; until no unit finds anything better. */
#include "data/tiles.h"

#include <math.h>
#include <string.h>

enum {
    ROUNDS = 40, /* some 10 are enough */
    REACH = 2,   /* cells around that are tried */
    FREE = -1,
};

/* What is wanted, in tiles. A gap of one cell between neighbours costs 1. */
static const double turned = 1.5;  /* to lie at a right angle to the true side */
static const double astray = 0.05; /* to be a cell off one's place */
static const double open = 0.6;    /* two sides of tiles at which there is no other */
static const double kindred = 1.5; /* how much more it counts, where both are of one 시·도 */

/* Two are no pair where a third stands that far into the circle over them. Few units have room for more pairs. */
static const double loose_many = 1, loose_few = 0.8;

struct settle {
    struct grid *grid;
    int *unit_at;   /* [cells] or FREE */
    bool *restless; /* [mainland] something has moved beside it */
};

/* Is no third centre in the circle over the two, or only near its rim? (A Gabriel graph, or some more pairs.) `third`:
 * the one that was in the way last is asked first. */
static bool is_pair(const struct point *centres, size_t n, size_t a, size_t b, size_t *third)
{
    const double most = (n > TILES_FEW ? loose_many : loose_few) * point_square(centres[a], centres[b]);
    if (most <= 0)
        return false;
    for (size_t i = 0; i < n; i++, *third = *third + 1 < n ? *third + 1 : 0)
        if (*third != a && *third != b &&
            point_square(centres[a], centres[*third]) + point_square(centres[*third], centres[b]) < most)
            return false;
    return true;
}

void tiles_find_pairs(struct grid *grid)
{
    const struct tile *tiles = grid->tiles->items;
    const size_t n = grid->mainland, room = 12 * n;
    struct point *centres = ARENA_ARRAY(grid->arena, n, struct point);
    size_t made = 0, third = 0;
    grid->pairs = ARENA_ARRAY(grid->arena, room, struct pair);
    grid->first = ARENA_ARRAY(grid->arena, n + 1, size_t);
    for (size_t i = 0; i < n; i++)
        centres[i] = (struct point){tiles[i].region->x, -tiles[i].region->y};
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < n && made < room; k++) {
            if (!is_pair(centres, n, i, k, &third))
                continue;
            const double far = sqrt(point_square(centres[i], centres[k]));
            const bool same = !strcmp(tiles[i].region->parent, tiles[k].region->parent);
            grid->pairs[made++] =
                (struct pair){.unit = i,
                              .other = k,
                              .way = {(centres[k].x - centres[i].x) / far, (centres[k].y - centres[i].y) / far},
                              .weight = same ? kindred : 1};
        }
        grid->first[i + 1] = made;
    }
}

static size_t cell_of(const struct grid *grid, const struct tile *tile)
{
    return (size_t)tile->row * (size_t)grid->tiles->columns + (size_t)tile->column;
}

/* The cell so far from another; `cells` off the grid. */
static size_t cell_beside(const struct grid *grid, size_t cell, int across, int down)
{
    const int columns = grid->tiles->columns;
    const int column = (int)(cell % (size_t)columns) + across, row = (int)(cell / (size_t)columns) + down;
    if (column < 0 || row < 0 || column >= columns || row >= grid->tiles->rows)
        return grid->cells;
    return (size_t)row * (size_t)columns + (size_t)column;
}

static double place_cost(const struct grid *grid, size_t unit)
{
    const struct tile *tile = &grid->tiles->items[unit];
    return astray * point_square((struct point){tile->column, tile->row}, grid->points[unit]);
}

static double pair_cost(const struct grid *grid, const struct pair *pair)
{
    const struct tile *here = &grid->tiles->items[pair->unit], *other = &grid->tiles->items[pair->other];
    const double across = other->column - here->column, down = other->row - here->row;
    const double length = sqrt(across * across + down * down);
    const double side = 1 - (pair->way.x * across + pair->way.y * down) / length;
    return pair->weight * ((length - 1) * (length - 1) + turned * side);
}

/* Of a unit, all but what it has to do with `but`. */
static double unit_cost(const struct grid *grid, int unit, int but)
{
    if (unit == FREE)
        return 0;
    double cost = place_cost(grid, (size_t)unit);
    for (size_t i = grid->first[unit]; i < grid->first[unit + 1]; i++)
        if ((int)grid->pairs[i].other != but)
            cost += pair_cost(grid, &grid->pairs[i]);
    return cost;
}

static int tiles_around(const struct settle *settle, size_t cell)
{
    static const int sides[4][2] = {{-1, 0}, {1, 0}, {0, -1}, {0, 1}};
    int n = 0;
    for (size_t s = 0; s < 4; s++) {
        size_t beside = cell_beside(settle->grid, cell, sides[s][0], sides[s][1]);
        n += beside < settle->grid->cells && settle->unit_at[beside] != FREE;
    }
    return n;
}

static void put(struct settle *settle, int unit, size_t cell)
{
    const size_t columns = (size_t)settle->grid->tiles->columns;
    settle->unit_at[cell] = unit;
    if (unit == FREE)
        return;
    settle->grid->tiles->items[unit].column = (int)(cell % columns);
    settle->grid->tiles->items[unit].row = (int)(cell / columns);
}

static void swap(struct settle *settle, size_t a, size_t b)
{
    const int one = settle->unit_at[a];
    put(settle, settle->unit_at[b], a);
    put(settle, one, b);
}

/* Exchanges what is in two cells; returns what that costs. */
static double exchange(struct settle *settle, size_t a, size_t b)
{
    const int one = settle->unit_at[a], other = settle->unit_at[b];
    double cost = -unit_cost(settle->grid, one, FREE) - unit_cost(settle->grid, other, one);
    int around = one == FREE || other == FREE ? tiles_around(settle, one == FREE ? b : a) : 0;
    swap(settle, a, b);
    if (one == FREE || other == FREE)
        around -= tiles_around(settle, one == FREE ? a : b);
    return cost + unit_cost(settle->grid, one, FREE) + unit_cost(settle->grid, other, one) + open * around;
}

/* Pushes the tiles from `from` to the free cell `to`, `step` apart, one on: `from` becomes free. */
static double push(struct settle *settle, size_t from, size_t to, size_t step)
{
    double cost = 0;
    for (size_t cell = to; cell != from; cell -= step)
        cost += exchange(settle, cell, cell - step);
    return cost;
}

/* The unit and all beside it look again. */
static void wake(struct settle *settle, size_t unit)
{
    const struct grid *grid = settle->grid;
    settle->restless[unit] = true;
    for (size_t i = grid->first[unit]; i < grid->first[unit + 1]; i++)
        settle->restless[grid->pairs[i].other] = true;
}

static void wake_cell(struct settle *settle, size_t cell)
{
    if (settle->unit_at[cell] != FREE)
        wake(settle, (size_t)settle->unit_at[cell]);
}

static bool is_gain(double cost)
{
    return cost < -1e-9;
}

static void try_around(struct settle *settle, size_t unit)
{
    for (int down = -REACH; down <= REACH; down++) {
        for (int across = -REACH; across <= REACH; across++) {
            const size_t from = cell_of(settle->grid, &settle->grid->tiles->items[unit]);
            const size_t to = cell_beside(settle->grid, from, across, down);
            if (to == from || to == settle->grid->cells)
                continue;
            if (is_gain(exchange(settle, from, to))) {
                wake_cell(settle, from);
                wake_cell(settle, to);
            } else {
                swap(settle, from, to);
            }
        }
    }
}

static void try_push(struct settle *settle, size_t unit)
{
    const struct grid *grid = settle->grid;
    for (int side = 0; side < 9; side++) {
        const int across = side % 3 - 1, down = side / 3 - 1;
        const size_t from = cell_of(grid, &grid->tiles->items[unit]);
        size_t to = from;
        do
            to = cell_beside(grid, to, across, down);
        while (side != 4 && to < grid->cells && settle->unit_at[to] != FREE);
        if (side == 4 || to == grid->cells)
            continue;
        const size_t step = (size_t)across + (size_t)down * (size_t)grid->tiles->columns; /* modulo 2⁶⁴ */
        if (is_gain(push(settle, from, to, step))) {
            for (size_t cell = from; cell != to; cell += step)
                wake_cell(settle, cell + step);
        } else {
            for (size_t cell = from; cell != to; cell += step)
                swap(settle, cell, cell + step);
        }
    }
}

static double cost_of_all(const struct settle *settle)
{
    const struct grid *grid = settle->grid;
    double cost = 0;
    for (size_t i = 0; i < grid->first[grid->mainland]; i++)
        cost += pair_cost(grid, &grid->pairs[i]) / 2;
    for (size_t i = 0; i < grid->mainland; i++)
        cost += place_cost(grid, i) + open / 2 * (4 - tiles_around(settle, cell_of(grid, &grid->tiles->items[i])));
    return cost;
}

double tiles_settle(struct grid *grid)
{
    struct settle settle = {.grid = grid,
                            .unit_at = ARENA_ARRAY(grid->arena, grid->cells, int),
                            .restless = ARENA_ARRAY(grid->arena, grid->mainland, bool)};
    for (size_t c = 0; c < grid->cells; c++)
        settle.unit_at[c] = FREE;
    for (size_t i = 0; i < grid->mainland; i++) {
        settle.unit_at[cell_of(grid, &grid->tiles->items[i])] = (int)i;
        settle.restless[i] = true;
    }
    bool moved = true;
    for (int round = 0; round < ROUNDS && moved; round++) {
        moved = false;
        for (size_t i = 0; i < grid->mainland; i++) {
            if (!settle.restless[i])
                continue;
            settle.restless[i] = false;
            moved = true;
            try_around(&settle, i);
            try_push(&settle, i);
        }
    }
    return cost_of_all(&settle);
}
