/* A map of tiles: a square of one size for each 시·도, or each 시군구, shaded by its value, with its name and number.
 */
#include "data/data.h"
#include "layout/chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SAID = 5, NAMESAKES = 32 };

static const float least_name = 5.5F;
static const float least_tile = 23;      /* of a map that is lower than it could be, to stand on a page */
static const float empty_row = 1.0F / 3; /* of a tile: between an island and the others */

struct map {
    const struct chart *chart;
    struct regions regions;
    struct tiles tiles;
    bool provinces;              /* the tiles are 시·도 */
    char sido[6];                /* the only one shown, or "" */
    const struct chart_row **of; /* [tiles.n] the row of each tile, or NULL */
    struct chart_classes classes;
    float left, size; /* of the tiles, points */
    float *down;      /* [tiles.rows + 1] where rows begin, in tiles */
    size_t said, nameless, unprinted;
};

/* --- which row is which tile --- */

/* A code of any time, or a name that is clear within the 시·도 shown. NULL for none, or for more than one. */
static const struct region *find_region(const struct map *map, struct str name)
{
    struct region_match matches[NAMESAKES];
    size_t n = regions_find(&map->regions, name, matches, NAMESAKES);
    const struct region_match *best = NULL;
    bool clear = true;
    for (size_t i = 0; i < n; i++) {
        const struct region_match *match = &matches[i];
        if (map->sido[0] && match->fit < REGION_FITS_WHOLLY && strcmp(match->region->parent, map->sido) != 0)
            continue;
        clear = !best || match->fit > best->fit || (clear && match->fit < best->fit);
        if (!best || match->fit > best->fit)
            best = match;
    }
    return best && clear ? best->region : NULL;
}

static size_t tile_of_unit(const struct map *map, const char *unit)
{
    size_t i = 0;
    while (i < map->tiles.n && strcmp(map->tiles.items[i].region->unit, unit) != 0)
        i++;
    return i;
}

/* A 시·도 of one city is that city, and the other way round. tiles.n for no tile. */
static size_t tile_of(const struct map *map, const struct region *region)
{
    size_t i = tile_of_unit(map, regions_count_unit(&map->regions, region->unit)), found = map->tiles.n;
    if (i < map->tiles.n || map->provinces == (region->type == REGION_SIDO))
        return i;
    if (map->provinces)
        return region_is_whole_sido(region) ? tile_of_unit(map, region->parent) : found;
    for (i = 0; i < map->tiles.n; i++) {
        if (strcmp(map->tiles.items[i].region->parent, region->unit) != 0)
            continue;
        if (found < map->tiles.n)
            return map->tiles.n;
        found = i;
    }
    return found;
}

static void complain(struct layout *layout, struct map *map, struct str label, const char *why)
{
    if (++map->said <= SAID)
        flow_warn(layout, "chart-region", "\"" STR_FMT "\" is not drawn on a map: %s", STR_ARG(str_head(label, 60)),
                  why);
}

static void place_rows(struct layout *layout, struct map *map)
{
    map->of = ARENA_ARRAY(flow_arena(layout), map->tiles.n + 1, const struct chart_row *);
    for (size_t i = 0; i < map->chart->n; i++) {
        const struct chart_row *row = &map->chart->rows[i];
        const struct region *region = find_region(map, row->label);
        size_t tile = region ? tile_of(map, region) : map->tiles.n;
        if (!region)
            complain(layout, map, row->label, "it is no code and no clear name of a region");
        else if (tile == map->tiles.n)
            complain(layout, map, row->label, "the map has no tile for it");
        else if (map->of[tile])
            complain(layout, map, row->label, "another row is of the same region");
        else
            map->of[tile] = row;
    }
    for (size_t i = 0; i < map->tiles.n; i++)
        map->of[i] = map->of[i] ? map->of[i] : map->chart->others;
    if (map->said > SAID)
        flow_warn(layout, "chart-region", "%zu more rows are not drawn on a map", map->said - SAID);
}

/* Which tiles: those of the wanted 시·도; all 시·도, where the rows name nothing smaller; else all 시군구. */
static void choose_tiles(struct layout *layout, struct map *map)
{
    struct str wanted = map->chart->region;
    if (wanted.n) {
        const struct region *region = find_region(map, wanted);
        if (region && region->type == REGION_SIDO)
            memcpy(map->sido, region->unit, sizeof map->sido);
        else
            complain(layout, map, wanted, "it is no 시·도");
    }
    map->provinces = !map->sido[0];
    for (size_t i = 0; i < map->chart->n && map->provinces; i++) {
        const struct region *region = find_region(map, map->chart->rows[i].label);
        map->provinces = !region || region->type == REGION_SIDO || region_is_whole_sido(region);
    }
    tiles_make(flow_arena(layout), &map->regions, map->provinces, map->sido, &map->tiles);
}

static void classify(struct layout *layout, struct map *map)
{
    double *values = ARENA_ARRAY(flow_arena(layout), map->tiles.n + 1, double);
    size_t n = 0;
    for (size_t i = 0; i < map->tiles.n; i++)
        if (map->of[i] && chart_has(map->of[i]->values))
            values[n++] = map->of[i]->values->number;
    chart_classify(&map->classes, values, n);
}

/* --- drawing --- */

static void place_tiles(struct layout *layout, struct map *map)
{
    map->down = ARENA_ARRAY(flow_arena(layout), (size_t)map->tiles.rows + 1, float);
    for (int row = 0; row < map->tiles.rows; row++) {
        bool any = false;
        for (size_t i = 0; i < map->tiles.n && !any; i++)
            any = map->tiles.items[i].row == row;
        map->down[row + 1] = map->down[row] + (any ? 1 : empty_row);
    }
}

static float top_of(const struct map *map, const struct tile *tile)
{
    return map->down[tile->row] * map->size;
}

/* The largest tiles that the measure, a page and, where that takes not too much of it, what is left of this page hold.
 */
static float tile_size(struct layout *layout, const struct map *map)
{
    const bool few = map->provinces || map->sido[0];
    const float most = chart_most_height(layout) - 3 * flow_style(layout, STYLE_CHART_VALUE)->leading;
    const float rows = map->down[map->tiles.rows], columns = (float)map->tiles.columns;
    const float size = fminf(fminf(flow_top(layout)->measure / columns, most / rows), few ? 38 : 34);
    const float elastic = fmaxf(size, few ? 4 * (size - least_tile) : 0) * rows; /* chart_lower takes a quarter of it */
    return size - chart_lower(layout, map->chart, size * rows, elastic) / rows;
}

/* 중구 in six cities is 부산중구 and so on. */
static struct str tile_name(struct layout *layout, const struct map *map, const struct region *region)
{
    bool alone = true;
    for (size_t i = 0; i < map->tiles.n && alone; i++) {
        const struct region *other = map->tiles.items[i].region;
        alone = other == region || !str_equal(other->short_name, region->short_name);
    }
    const struct region *sido = alone ? NULL : regions_at(&map->regions, region->parent, DATE_NONE);
    if (!sido)
        return region->short_name;
    return str_from(
        arena_printf(flow_arena(layout), STR_FMT STR_FMT, STR_ARG(sido->short_name), STR_ARG(region->short_name)));
}

static void put_text(struct layout *layout, struct strip *strip, struct map *map, const struct tile *tile,
                     const struct chart_row *row, struct colour ink)
{
    struct text_style style = *flow_style(layout, STYLE_CHART_AXIS);
    const float room = map->size - 2, x = map->left + ((float)tile->column + 0.5F) * map->size;
    struct str name = tile_name(layout, map, tile->region);
    struct str value = row ? chart_value_text(layout, map->chart, row->values) : STR("–");
    style.colour = ink;
    style.size = fminf(fmaxf(map->size * 0.26F, least_name), 9);
    struct text_style small = chart_shrink(&style, chart_width(layout, name, &style), room, least_name), large = style;
    large.size = fminf(fmaxf(map->size * 0.3F, chart_least_size), 11);
    large = chart_shrink(&large, chart_width(layout, value, &large), room, chart_least_size);
    small.leading = style.size * 1.25F;
    large.leading = large.size * 1.2F;
    const float top = top_of(map, tile), both = (map->size - small.leading - large.leading) / 2;
    const float alone = (map->size - large.leading) / 2; /* where a tile is too low for two lines */
    if (chart_width(layout, name, &small) <= room + 0.1F && both >= 0)
        chart_put(layout, strip, name, &small, x, top + both, ALIGN_CENTER);
    else
        map->nameless++;
    if (chart_width(layout, value, &large) <= room + 0.1F && alone >= 0)
        chart_put(layout, strip, value, &large, x, top + (both >= 0 ? both + small.leading : alone), ALIGN_CENTER);
    else
        map->unprinted += row != NULL;
}

static void put_tile(struct layout *layout, struct strip *strip, struct map *map, size_t i)
{
    const struct palette *palette = &layout->sheet->palette;
    const struct tile *tile = &map->tiles.items[i];
    const struct chart_row *row = map->of[i];
    const float x = map->left + (float)tile->column * map->size, y = top_of(map, tile);
    bool has = row && chart_has(row->values);
    struct colour ground = has ? chart_ground(layout, &map->classes, row->values->number) : palette->gray_0;
    strip_rect(layout, strip, x + 0.25F, y + 0.25F, map->size - 0.5F, map->size - 0.5F, ground);
    put_text(layout, strip, map, tile, row, has ? chart_ink(layout, ground) : palette->gray_60);
    if (row && row->link.n)
        strip_op(layout, strip,
                 (struct op){.kind = OP_LINK,
                             .x = x,
                             .y = y,
                             .w = map->size,
                             .h = map->size,
                             .text = tile->region->full_name,
                             .link = row->link});
}

static const struct tile *neighbour(const struct map *map, const struct tile *tile, int across, int down)
{
    for (size_t i = 0; i < map->tiles.n; i++) {
        const struct tile *other = &map->tiles.items[i];
        if (other->column == tile->column + across && other->row == tile->row + down)
            return other;
    }
    return NULL;
}

/* The edges of a tile: dark where a 시·도 ends. */
static void put_edges(struct layout *layout, struct strip *strip, const struct map *map, const struct tile *tile)
{
    static const struct {
        int across, down;
        float x, y, w, h;
    } sides[4] = {{-1, 0, 0, 0, 0, 1}, {0, -1, 0, 0, 1, 0}, {1, 0, 1, 0, 0, 1}, {0, 1, 0, 1, 1, 0}};
    const struct palette *palette = &layout->sheet->palette;
    for (size_t s = 0; s < 4; s++) {
        const struct tile *other = neighbour(map, tile, sides[s].across, sides[s].down);
        if (other && s < 2) /* its right or lower side */
            continue;
        bool border = !other || (!map->provinces && strcmp(other->region->parent, tile->region->parent) != 0);
        strip_op(layout, strip,
                 (struct op){.kind = OP_LINE,
                             .x = map->left + ((float)tile->column + sides[s].x) * map->size,
                             .y = top_of(map, tile) + sides[s].y * map->size,
                             .w = sides[s].w * map->size,
                             .h = sides[s].h * map->size,
                             .size = border ? 0.9F : 0.4F,
                             .colour = border ? palette->gray_70 : palette->gray_20,
                             .artifact = true});
    }
}

/* Tiles in the order of the rows, so that the text reads like them; then those without a row. */
static void draw(struct layout *layout, struct map *map)
{
    struct strip *strip = chart_strip(layout, 0, map->down[map->tiles.rows] * map->size, GLUE_NONE);
    size_t *order = ARENA_ARRAY(flow_arena(layout), map->tiles.n, size_t), n = 0;
    for (size_t i = 0; i < map->tiles.n; i++)
        order[i] = i;
    for (size_t i = 1; i < map->tiles.n; i++) /* at most a few hundred */
        for (size_t k = i;
             k && map->of[order[k]] && (!map->of[order[k - 1]] || map->of[order[k]] < map->of[order[k - 1]]); k--) {
            size_t swap = order[k];
            order[k] = order[k - 1];
            order[k - 1] = swap;
        }
    for (; n < map->tiles.n; n++)
        put_tile(layout, strip, map, order[n]);
    for (size_t i = 0; i < map->tiles.n; i++)
        put_edges(layout, strip, map, &map->tiles.items[i]);
}

void chart_map(struct layout *layout, const struct chart *chart)
{
    const struct frame *top = flow_top(layout);
    struct map map = {.chart = chart};
    struct err err = {0};
    const char *table = "data/regions.tsv";
    if (!regions_load(flow_arena(layout), data_path(table), data_file(table), &map.regions, &err)) {
        flow_warn(layout, "chart-region", "no map: %s", err.text);
        chart_bars(layout, chart);
        return;
    }
    choose_tiles(layout, &map);
    place_rows(layout, &map);
    if (!map.tiles.n)
        return;
    classify(layout, &map);
    chart_class_legend(layout, &map.classes, chart->form);
    place_tiles(layout, &map);
    map.size = tile_size(layout, &map);
    map.left = top->x + (top->measure - map.size * (float)map.tiles.columns) / 2;
    draw(layout, &map);
    if (map.nameless)
        flow_warn(layout, "chart-cut", "the tiles of a map are too small for the names of %zu regions", map.nameless);
    chart_unprinted(layout, chart, map.unprinted);
}
