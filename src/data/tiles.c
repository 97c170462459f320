/* A grid of equal squares in the shape of the country: each administrative unit in a cell of its own, near where it
 * lies. From the units' centres alone, always the same way:
 *
 *   1. centres in cells, as many cells as the land would fill if it were spread evenly
 *   2. centres nearer than a cell push each other apart, neighbours farther than that pull: what is dense (서울) grows,
 *      what is wide (강원) shrinks
 *   3. the assignment of centres to cells with the least sum of squared ways (Hungarian method)
 *   4. tiles change places as long as that brings neighbours together and closes holes: tiles_settle.c
 *   5. islands far off (제주, 울릉) stand apart, a cell of sea between; wider sea is left out
 *
 * Cost: n² × cells steps of 3 at worst, for 229 units some 8 ms in all. */
#include "data/tiles.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 200, MARGIN = 1, STARTS = 3, ISLAND = 2 /* an island is so many cells off */ };

/* Cells from centre to centre after step 2: of any two, and of neighbours. */
static const double apart = 1.05, together = 1.2;

static bool is_jeju(const struct region *region)
{
    return strncmp(region->unit, "50", 2) == 0;
}

static bool is_ulleung(const struct region *region)
{
    return strcmp(region->unit, "47940") == 0;
}

/* Is it a unit of today and of the wanted sort? */
static bool wanted(const struct region *region, bool provinces, const char *sido)
{
    if (region->to != DATE_NONE || region->type == REGION_ILBANGU || (region->x == 0 && region->y == 0))
        return false;
    if (provinces || region->type == REGION_SIDO)
        return provinces && region->type == REGION_SIDO;
    return !sido[0] || strcmp(region->parent, sido) == 0;
}

static void collect(const struct regions *regions, bool provinces, const char *sido, struct grid *grid)
{
    struct tiles *tiles = grid->tiles;
    tiles->items = ARENA_ARRAY(grid->arena, regions->n + 1, struct tile);
    for (int islands = 0; islands < 2; islands++) {
        for (size_t i = 0; i < regions->n; i++) {
            const struct region *region = &regions->items[i];
            bool island = is_jeju(region) || (is_ulleung(region) && !provinces);
            if (wanted(region, provinces, sido) && island == (islands != 0))
                tiles->items[tiles->n++].region = region;
        }
        grid->mainland = islands ? grid->mainland : tiles->n;
    }
}

/* Step 1: `fill` cells' area for each unit in the box that holds all centres. The country leaves room for its coasts;
 * a 시·도 alone is drawn close. */
static void scale(struct grid *grid, double fill)
{
    double left = HUGE_VAL, right = -HUGE_VAL, bottom = HUGE_VAL, top = -HUGE_VAL;
    size_t n = grid->mainland;
    for (size_t i = 0; i < n; i++) {
        const struct region *region = grid->tiles->items[i].region;
        left = fmin(left, region->x);
        right = fmax(right, region->x);
        bottom = fmin(bottom, region->y);
        top = fmax(top, region->y);
    }
    double area = fmax(right - left, 1) * fmax(top - bottom, 1);
    double cell = n > 1 ? sqrt(area * fill / (double)n) : 1;
    grid->points = ARENA_ARRAY(grid->arena, n, struct point);
    for (size_t i = 0; i < n; i++) {
        const struct region *region = grid->tiles->items[i].region;
        grid->points[i] = (struct point){(region->x - left) / cell, (top - region->y) / cell};
    }
}

/* Moves two points by a part of what they are nearer, or farther, than `length`. */
static void pull(struct point *a, struct point *b, double length, double part)
{
    const double dx = b->x - a->x, dy = b->y - a->y, distance = sqrt(dx * dx + dy * dy);
    if (distance <= 1e-6) {
        b->x += 0.1;
        return;
    }
    const double by = (distance - length) / distance * part;
    a->x += dx * by;
    a->y += dy * by;
    b->x -= dx * by;
    b->y -= dy * by;
}

static void sort_by_x(const struct grid *grid, size_t *order)
{
    for (size_t i = 1; i < grid->mainland; i++) /* nearly in order already */
        for (size_t k = i; k && grid->points[order[k]].x < grid->points[order[k - 1]].x; k--) {
            size_t swap = order[k];
            order[k] = order[k - 1];
            order[k - 1] = swap;
        }
}

/* The box that holds all points, with room to move. */
static void fit_box(struct grid *grid)
{
    struct point least = {HUGE_VAL, HUGE_VAL}, most = {-HUGE_VAL, -HUGE_VAL}, *points = grid->points;
    for (size_t i = 0; i < grid->mainland; i++) {
        least = (struct point){fmin(least.x, points[i].x), fmin(least.y, points[i].y)};
        most = (struct point){fmax(most.x, points[i].x), fmax(most.y, points[i].y)};
    }
    for (size_t i = 0; i < grid->mainland; i++) {
        points[i].x += MARGIN - least.x;
        points[i].y += MARGIN - least.y;
    }
    grid->tiles->columns = (int)ceil(most.x - least.x) + 2 * MARGIN + 1;
    grid->tiles->rows = (int)ceil(most.y - least.y) + 2 * MARGIN + 1;
    grid->cells = (size_t)grid->tiles->columns * (size_t)grid->tiles->rows;
}

/* Step 2, slowly, so that what is dense swells and keeps its order. */
static void spread(struct grid *grid)
{
    const size_t n = grid->mainland, n_pairs = grid->first[n];
    struct point *points = grid->points;
    size_t *order = ARENA_ARRAY(grid->arena, n, size_t);
    for (size_t i = 0; i < n; i++)
        order[i] = i;
    for (int round = 0; round < ROUNDS; round++) {
        const double least = apart * (round + 1) / ROUNDS;
        sort_by_x(grid, order);
        for (size_t i = 0; i < n; i++) {
            struct point *a = &points[order[i]];
            for (size_t k = i + 1; k < n && points[order[k]].x < a->x + least; k++) {
                struct point *b = &points[order[k]];
                if (fabs(b->y - a->y) < least && point_square(*a, *b) < least * least)
                    pull(a, b, least, 0.25);
            }
        }
        for (size_t i = 0; i < n_pairs; i++) {
            struct point *a = &points[grid->pairs[i].unit], *b = &points[grid->pairs[i].other];
            if (a < b && point_square(*a, *b) > together * together)
                pull(a, b, together, 0.1);
        }
    }
}

static double way(const struct grid *grid, size_t point, size_t cell)
{
    double dx = grid->points[point].x + grid->shift.x - (double)(cell % (size_t)grid->tiles->columns);
    double dy = grid->points[point].y + grid->shift.y - (double)(cell / (size_t)grid->tiles->columns);
    return dx * dx + dy * dy;
}

/* Working arrays of the Hungarian method; row 0 and column 0 stand for nothing. */
struct matching {
    double *u, *v, *least;   /* potentials of points and cells; slack of each cell */
    size_t *point_of, *came; /* [cells + 1] */
    bool *used;
};

/* Finds the cheapest chain of exchanges that gives `point` a cell, and makes it. */
static void augment(const struct grid *grid, struct matching *m, size_t point)
{
    size_t at = 0;
    m->point_of[0] = point;
    for (size_t c = 0; c <= grid->cells; c++) {
        m->least[c] = HUGE_VAL;
        m->used[c] = false;
    }
    do {
        m->used[at] = true;
        size_t p = m->point_of[at], next = 0;
        double delta = HUGE_VAL;
        for (size_t c = 1; c <= grid->cells; c++) {
            if (m->used[c])
                continue;
            double slack = way(grid, p - 1, c - 1) - m->u[p] - m->v[c];
            if (slack < m->least[c]) {
                m->least[c] = slack;
                m->came[c] = at;
            }
            if (m->least[c] < delta) {
                delta = m->least[c];
                next = c;
            }
        }
        for (size_t c = 0; c <= grid->cells; c++) {
            if (m->used[c]) {
                m->u[m->point_of[c]] += delta;
                m->v[c] -= delta;
            } else {
                m->least[c] -= delta;
            }
        }
        at = next;
    } while (m->point_of[at]);
    for (; at; at = m->came[at])
        m->point_of[at] = m->point_of[m->came[at]];
}

static void assign(struct grid *grid)
{
    size_t n = grid->mainland, cells = grid->cells + 1;
    struct matching m = {
        .u = ARENA_ARRAY(grid->arena, n + 1, double),
        .v = ARENA_ARRAY(grid->arena, cells, double),
        .least = ARENA_ARRAY(grid->arena, cells, double),
        .point_of = ARENA_ARRAY(grid->arena, cells, size_t),
        .came = ARENA_ARRAY(grid->arena, cells, size_t),
        .used = ARENA_ARRAY(grid->arena, cells, bool),
    };
    for (size_t i = 1; i <= n; i++)
        augment(grid, &m, i);
    for (size_t c = 1; c < cells; c++) {
        if (!m.point_of[c])
            continue;
        struct tile *tile = &grid->tiles->items[m.point_of[c] - 1];
        tile->column = (int)((c - 1) % (size_t)grid->tiles->columns);
        tile->row = (int)((c - 1) / (size_t)grid->tiles->columns);
    }
}

/* Steps 3 and 4: the best of some starts, each with the cells a third beside the last one's; of one, where many units
 * leave little to chance and cost time. */
static void place(struct grid *grid)
{
    const size_t n = grid->mainland;
    struct tile *best = ARENA_ARRAY(grid->arena, n, struct tile);
    double least = HUGE_VAL;
    for (int start = 0; start < (n > TILES_FEW ? 1 : STARTS * STARTS); start++) {
        grid->shift = (struct point){(double)(start % STARTS) / STARTS, (double)(start / STARTS) / STARTS};
        assign(grid);
        double cost = tiles_settle(grid);
        if (cost >= least - 1e-9)
            continue;
        least = cost;
        memcpy(best, grid->tiles->items, n * sizeof *best);
    }
    memcpy(grid->tiles->items, best, n * sizeof *best);
}

static const struct tile *nearest(const struct grid *grid, const struct region *island)
{
    const struct tile *best = grid->tiles->items;
    double least = HUGE_VAL;
    for (size_t i = 0; i < grid->mainland; i++) {
        const struct tile *tile = &grid->tiles->items[i];
        double far = hypot(tile->region->x - island->x, tile->region->y - island->y);
        if (far < least) {
            least = far;
            best = tile;
        }
    }
    return best;
}

/* Step 5: 울릉 right of all tiles of the rows about it, 제주 below all, north above south; each on the height of what
 * is nearest. */
static void place_islands(struct grid *grid)
{
    struct tiles *tiles = grid->tiles;
    int bottom = 0, jeju = 0;
    for (size_t i = 0; i < grid->mainland; i++)
        bottom = tiles->items[i].row > bottom ? tiles->items[i].row : bottom;
    for (size_t i = grid->mainland; i < tiles->n; i++) {
        struct tile *tile = &tiles->items[i];
        const struct tile *shore = nearest(grid, tile->region);
        tile->column = shore->column;
        tile->row = shore->row;
        if (is_jeju(tile->region)) {
            tile->row = bottom + ISLAND + jeju++;
            continue;
        }
        for (size_t k = 0; k < grid->mainland; k++)
            if (abs(tiles->items[k].row - tile->row) <= 1 && tiles->items[k].column > tile->column)
                tile->column = tiles->items[k].column;
        tile->column += ISLAND;
    }
}

/* Of empty rows or columns in a run one stays, as sea; those at the edges go. `size` of them before and after. */
static void close_gaps(const struct grid *grid, bool rows, int *size)
{
    struct tiles *tiles = grid->tiles;
    int *place = ARENA_ARRAY(grid->arena, (size_t)*size, int), next = 0;
    for (size_t i = 0; i < tiles->n; i++)
        place[rows ? tiles->items[i].row : tiles->items[i].column] = 1;
    for (int i = 0, empty = 1; i < *size; i++) {
        bool used = place[i] != 0;
        next += used || !empty;
        empty = !used;
        place[i] = next - 1;
    }
    *size = 0;
    for (size_t i = 0; i < tiles->n; i++) {
        int *at = rows ? &tiles->items[i].row : &tiles->items[i].column;
        *at = place[*at];
        *size = *at >= *size ? *at + 1 : *size;
    }
}

void tiles_make(struct arena *arena, const struct regions *regions, bool provinces, const char *sido, struct tiles *out)
{
    *out = (struct tiles){0};
    struct grid grid = {.arena = arena, .tiles = out};
    collect(regions, provinces, sido, &grid);
    if (!out->n)
        return;
    if (grid.mainland) {
        scale(&grid, sido[0] ? 1 : 0.62);
        tiles_find_pairs(&grid);
        spread(&grid);
        fit_box(&grid);
        place(&grid);
    }
    place_islands(&grid);
    out->columns += ISLAND;
    out->rows += ISLAND * (int)(out->n - grid.mainland + 1);
    close_gaps(&grid, false, &out->columns);
    close_gaps(&grid, true, &out->rows);
}
