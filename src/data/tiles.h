/* Inside the making of a map of tiles (tiles_make of data/data.h). */
#ifndef DATA_TILES_H
#define DATA_TILES_H
#include "base/arena.h"
#include "data/data.h"

enum { TILES_FEW = 60 /* up to so many a map is worth some more search */ };

struct point {
    double x, y; /* cells; y downwards */
};

/* The square of their distance. */
static inline double point_square(struct point a, struct point b)
{
    return (b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y);
}

/* A unit and one that lies beside it. */
struct pair {
    size_t unit, other;
    struct point way; /* from the unit to the other, of length 1 */
    double weight;
};

struct grid {
    struct arena *arena;
    struct tiles *tiles;
    struct point *points; /* [tiles->n]; the mainland's first */
    struct point shift;   /* of all points, for a start */
    size_t mainland;
    size_t cells;
    struct pair *pairs; /* each twice, once from either side; unit i has those at [first[i] … first[i + 1]) */
    size_t *first;      /* [mainland + 1] */
};

/* tiles_settle.c */

/* Which units of the mainland lie side by side, from their centres. Cost: n² to n³ steps. */
void tiles_find_pairs(struct grid *grid);
/* Moves tiles that have a cell each, as long as that brings neighbours nearer, turns them to the side where they lie,
 * or makes the land rounder. Always the same way; no tile leaves the grid or shares a cell. Returns what is left to
 * wish, the less the better. */
double tiles_settle(struct grid *grid);

#endif
