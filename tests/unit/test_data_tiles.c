/* Maps of tiles: every unit once, none over another, and neighbours where they lie. */
#include "base/arena.h"
#include "data/data.h"
#include "unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct arena *arena;
static struct regions regions;

static int setup(void **state)
{
    (void)state;
    struct err err = {0};
    arena = arena_new();
    return regions_load(arena, "data/regions.tsv", data_file("data/regions.tsv"), &regions, &err) ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static struct tiles tiles_of(bool provinces, const char *sido)
{
    struct tiles tiles;
    tiles_make(arena, &regions, provinces, sido, &tiles);
    return tiles;
}

static const struct tile *tile_of(const struct tiles *tiles, const char *unit)
{
    for (size_t i = 0; i < tiles->n; i++)
        if (!strcmp(tiles->items[i].region->unit, unit))
            return &tiles->items[i];
    fail_msg("no tile for %s", unit);
    return NULL;
}

static void no_two_tiles_share_a_cell(void **state)
{
    (void)state;
    for (size_t i = 0; i <= regions.n; i++) {
        const struct region *region = i < regions.n ? &regions.items[i] : NULL;
        if (region && region->type != REGION_SIDO)
            continue;
        for (int provinces = 0; provinces < 2; provinces++) {
            struct tiles tiles = tiles_of(provinces, region ? region->unit : "");
            for (size_t a = 0; a < tiles.n; a++) {
                const struct tile *tile = &tiles.items[a];
                assert_in_range(tile->column, 0, tiles.columns - 1);
                assert_in_range(tile->row, 0, tiles.rows - 1);
                for (size_t c = 0; c < a; c++)
                    assert_true(tile->column != tiles.items[c].column || tile->row != tiles.items[c].row);
            }
        }
    }
}

static void every_unit_of_today_has_a_tile(void **state)
{
    (void)state;
    struct tiles cities = tiles_of(false, ""), provinces = tiles_of(true, "");
    assert_int_equal(cities.n, 229);
    assert_int_equal(provinces.n, 17);
    assert_int_equal(tiles_of(false, "41000").n, 31);
    assert_int_equal(tiles_of(false, "50000").n, 2);
    assert_int_equal(tiles_of(false, "99999").n, 0);
    assert_true(cities.columns <= 20 && cities.rows <= 25); /* 24 points a tile on a page */
    for (size_t i = 0; i < cities.n; i++)
        assert_true(cities.items[i].region->to == DATE_NONE);
    tile_of(&cities, "36110"); /* 세종 */
    tile_of(&cities, "27720"); /* 군위, of 대구 since 2023 */
}

/* Of each unit and its four nearest, how many lie on the right side of it, where they lie clearly to one side. */
static double right_sides(const struct tiles *tiles)
{
    size_t asked = 0, right = 0;
    for (size_t i = 0; i < tiles->n; i++) {
        const struct tile *a = &tiles->items[i];
        double least = 0;
        for (int nearest = 0; nearest < 4; nearest++) {
            const struct tile *best = NULL;
            double way = HUGE_VAL;
            for (size_t k = 0; k < tiles->n; k++) {
                const struct tile *c = &tiles->items[k];
                double d = hypot(c->region->x - a->region->x, c->region->y - a->region->y);
                if (k != i && d > least && d < way) {
                    way = d;
                    best = c;
                }
            }
            if (!best)
                break;
            least = way;
            double east = best->region->x - a->region->x, south = a->region->y - best->region->y;
            if (fabs(east) >= fabs(south) / 2 && ++asked)
                right += east > 0 ? best->column >= a->column : best->column <= a->column;
            if (fabs(south) >= fabs(east) / 2 && ++asked)
                right += south > 0 ? best->row >= a->row : best->row <= a->row;
        }
    }
    return (double)right / (double)asked;
}

/* Mean distance in tiles from a unit to those that are its nearest four. */
static double nearness(const struct tiles *tiles)
{
    double sum = 0;
    size_t n = 0;
    for (size_t i = 0; i < tiles->n; i++) {
        const struct tile *a = &tiles->items[i], *best = NULL;
        double way = HUGE_VAL;
        for (size_t k = 0; k < tiles->n; k++) {
            const struct region *other = tiles->items[k].region;
            double d = hypot(other->x - a->region->x, other->y - a->region->y);
            if (k != i && d < way) {
                way = d;
                best = &tiles->items[k];
            }
        }
        if (!best)
            continue;
        sum += hypot(best->column - a->column, best->row - a->row);
        n++;
    }
    return sum / (double)n;
}

static void neighbours_stay_neighbours(void **state)
{
    (void)state;
    struct tiles cities = tiles_of(false, ""), provinces = tiles_of(true, "");
    double sides = right_sides(&cities), near = nearness(&cities);
    if (sides < 0.98 || near > 1.3)
        fail_msg("%.3f of the neighbours on the right side, %.2f tiles to the nearest", sides, near);
    assert_true(right_sides(&provinces) >= 0.9);
    for (size_t i = 0; i < regions.n; i++) {
        const struct region *region = &regions.items[i];
        struct tiles own = region->type == REGION_SIDO ? tiles_of(false, region->unit) : (struct tiles){0};
        if (own.n > 2 && right_sides(&own) < 0.85)
            fail_msg("%s: %.3f", region->unit, right_sides(&own));
    }
}

static void islands_and_inner_cities(void **state)
{
    (void)state;
    struct tiles cities = tiles_of(false, ""), provinces = tiles_of(true, "");
    const struct tile *jeju = tile_of(&cities, "50110"), *south = tile_of(&cities, "50130"),
                      *ulleung = tile_of(&cities, "47940");
    assert_true(south->row > jeju->row);
    for (size_t i = 0; i < cities.n; i++) {
        const struct tile *tile = &cities.items[i];
        if (tile != jeju && tile != south)
            assert_true(tile->row + 1 < jeju->row);
        if (tile != ulleung && abs(tile->row - ulleung->row) <= 1)
            assert_true(tile->column + 1 < ulleung->column);
    }
    const struct tile *seoul = tile_of(&provinces, "11000"), *sejong = tile_of(&provinces, "36000"),
                      *gwangju = tile_of(&provinces, "29000"), *busan = tile_of(&provinces, "26000");
    assert_true(seoul->row < sejong->row && sejong->row < gwangju->row);
    assert_true(gwangju->column < busan->column && tile_of(&provinces, "28000")->column < seoul->column);
    assert_int_equal(tile_of(&provinces, "50000")->row, provinces.rows - 1);
    /* the inner cities of the north-west come to lie among their neighbours: 중구 of 서울 west of 동대문, south of 성북
     */
    assert_true(tile_of(&cities, "11140")->column < tile_of(&cities, "11230")->column);
    assert_true(tile_of(&cities, "11140")->row > tile_of(&cities, "11290")->row);
}

static void the_same_again(void **state)
{
    (void)state;
    struct tiles a = tiles_of(false, ""), c = tiles_of(false, "");
    assert_int_equal(a.n, c.n);
    assert_memory_equal(a.items, c.items, a.n * sizeof *a.items);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_two_tiles_share_a_cell),
        cmocka_unit_test(every_unit_of_today_has_a_tile),
        cmocka_unit_test(neighbours_stay_neighbours),
        cmocka_unit_test(islands_and_inner_cities),
        cmocka_unit_test(the_same_again),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
