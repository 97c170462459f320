/* Maps of tiles: every unit once, none over another, neighbours side by side, on the side where they lie. */
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
    return regions_read(arena, &regions, &err) ? 0 : -1;
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

static bool is_island(const struct region *region)
{
    return !strncmp(region->unit, "50", 2) || !strcmp(region->unit, "47940");
}

/* Neighbours by their centres: no third one in the circle over the two (Gabriel graph). */
static bool are_neighbours(const struct tiles *tiles, size_t i, size_t k)
{
    const struct region *a = tiles->items[i].region, *b = tiles->items[k].region;
    if (is_island(a) || is_island(b))
        return false;
    for (size_t m = 0; m < tiles->n; m++) {
        const struct region *c = tiles->items[m].region;
        if (m != i && m != k && (c->x - a->x) * (c->x - b->x) + (c->y - a->y) * (c->y - b->y) < 0)
            return false;
    }
    return true;
}

/* How many pairs of neighbours there are, how many have tiles that touch (an edge, or a corner), and how many lie to
 * each other as in the country, to an eighth of a turn. */
struct likeness {
    double pairs, touching, turned_right;
};

static struct likeness likeness_of(const struct tiles *tiles)
{
    struct likeness like = {0};
    for (size_t i = 0; i < tiles->n; i++) {
        for (size_t k = i + 1; k < tiles->n; k++) {
            if (!are_neighbours(tiles, i, k))
                continue;
            const struct tile *a = &tiles->items[i], *b = &tiles->items[k];
            double across = b->column - a->column, down = b->row - a->row;
            double east = b->region->x - a->region->x, south = a->region->y - b->region->y;
            double cosine = (across * east + down * south) / hypot(across, down) / hypot(east, south);
            like.pairs++;
            like.touching += fmax(fabs(across), fabs(down)) <= 1;
            like.turned_right += cosine >= sqrt(0.5) - 1e-9;
        }
    }
    return like;
}

/* Cells without a tile that have one on each side. */
static size_t holes_in(const struct tiles *tiles)
{
    size_t holes = 0;
    for (int row = 0; row < tiles->rows; row++) {
        for (int column = 0; column < tiles->columns; column++) {
            size_t beside = 0, here = 0;
            for (size_t i = 0; i < tiles->n; i++) {
                int off = abs(tiles->items[i].column - column) + abs(tiles->items[i].row - row);
                beside += off == 1;
                here += off == 0;
            }
            holes += !here && beside == 4;
        }
    }
    return holes;
}

static void check_likeness(const char *name, const struct tiles *tiles, double touching, double turned, size_t holes)
{
    struct likeness like = likeness_of(tiles);
    if (like.touching < touching * like.pairs || like.turned_right < turned * like.pairs || holes_in(tiles) > holes)
        fail_msg("%s: of %g neighbours %g touch, %g lie as in the country; %zu holes", name, like.pairs, like.touching,
                 like.turned_right, holes_in(tiles));
}

static void neighbours_stay_neighbours(void **state)
{
    (void)state;
    struct tiles cities = tiles_of(false, ""), provinces = tiles_of(true, "");
    check_likeness("시·도", &provinces, 1, 0.9, 0);
    assert_true(provinces.columns <= 5 && provinces.rows <= 7); /* with 제주 and a row of sea */
    check_likeness("시·군·구", &cities, 0.87, 0.82, 2);
    for (size_t i = 0; i < regions.n; i++) {
        const struct region *region = &regions.items[i];
        if (region->type != REGION_SIDO || region->to != DATE_NONE)
            continue;
        struct tiles own = tiles_of(false, region->unit);
        check_likeness(region->unit, &own, 0.93, 0.8, 0);
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
    const struct tile *gyeonggi = tile_of(&provinces, "41000"), *gangwon = tile_of(&provinces, "51000"),
                      *gyeongbuk = tile_of(&provinces, "47000"), *gyeongnam = tile_of(&provinces, "48000");
    assert_true(seoul->column < gyeonggi->column && gyeonggi->column < gangwon->column);
    assert_true(gangwon->row < gyeongbuk->row && gyeongbuk->row < gyeongnam->row);
    const struct tile *alone = tile_of(&provinces, "50000");
    assert_int_equal(alone->row, provinces.rows - 1);
    for (size_t i = 0; i < provinces.n; i++)
        assert_true(&provinces.items[i] == alone || provinces.items[i].row + 2 <= alone->row);
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
