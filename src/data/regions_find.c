/* Regions as people write them: 시흥, 시흥시, 경기 시흥, 경기도, 대구시 중구, 고양 일산동구, 41390. */
#include "base/arena.h"
#include "base/suggest.h"
#include "base/utf8.h"
#include "data/data.h"

#include <string.h>

enum { MAX_NAME = 120 }; /* bytes; every name is shorter */

bool region_is_whole_sido(const struct region *region)
{
    return region->type != REGION_SIDO && str_equal(region->name, region->sido);
}

/* 경기도, 경기; 대구광역시, 대구, 대구시; 전북도. */
static bool is_sido_name(struct str official, struct str name, struct str text)
{
    if (str_equal(text, official))
        return true;
    if (!str_starts(text, name))
        return false;
    struct str end = str_slice(text, name.n, text.n);
    return end.n == 0 || str_equal(end, STR("시")) || str_equal(end, STR("도"));
}

/* What may stand before a unit's own name: its 시·도, and its city if it is a 구 of one. */
static bool is_head(const struct regions *regions, const struct region *region, struct str text)
{
    const struct region *parent = regions_at(regions, region->parent, DATE_NONE);
    const struct region *sido = parent;
    if (parent->type != REGION_SIDO) {
        sido = regions_at(regions, parent->parent, DATE_NONE);
        struct str name = str_ends(text, parent->name) ? parent->name : parent->short_name;
        if (!str_ends(text, name))
            return false;
        text = str_slice(text, 0, text.n - name.n);
        if (text.n == 0)
            return true;
    }
    return is_sido_name(region->sido, sido->short_name, text);
}

static enum region_fit fit_of(const struct regions *regions, const struct region *region, struct str text)
{
    const struct str names[] = {region->name, region->short_name};
    if (region->type == REGION_SIDO || region_is_whole_sido(region))
        return !is_sido_name(region->sido, region->short_name, text) ? REGION_FITS_NOT
               : region->type == REGION_SIDO                         ? REGION_FITS_SIDO
                                                                     : REGION_FITS_NAME;
    for (size_t i = 0; i < 2; i++) {
        if (!str_ends(text, names[i]))
            continue;
        if (text.n == names[i].n)
            return REGION_FITS_NAME;
        if (is_head(regions, region, str_slice(text, 0, text.n - names[i].n)))
            return REGION_FITS_WHOLLY;
    }
    return REGION_FITS_NOT;
}

/* Adds a unit or makes its fit better; returns the new number of matches. */
static size_t add_match(struct region_match *matches, size_t n, size_t most, const struct region *region,
                        enum region_fit fit)
{
    size_t i = 0;
    while (i < n && strcmp(matches[i].region->unit, region->unit) != 0)
        i++;
    if (i == most)
        return n;
    if (i == n)
        matches[i] = (struct region_match){region, fit};
    matches[i].region = region; /* its latest form */
    matches[i].fit = fit > matches[i].fit ? fit : matches[i].fit;
    return i == n ? n + 1 : n;
}

/* A 시·도 of one city is meant as that city. */
static size_t drop_sido_of_city(struct region_match *matches, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        bool whole = false;
        for (size_t k = 0; k < n; k++)
            whole = whole || (region_is_whole_sido(matches[k].region) &&
                              strcmp(matches[k].region->parent, matches[i].region->unit) == 0);
        if (!whole)
            matches[kept++] = matches[i];
    }
    return kept;
}

static const struct region *find_code(const struct regions *regions, struct str text)
{
    char code[6] = "";
    for (size_t i = 0; i < text.n; i++)
        if (text.n != 5 || text.p[i] < '0' || text.p[i] > '9')
            return NULL;
    memcpy(code, text.p ? text.p : "", text.n);
    const struct region *region = regions_at(regions, code, DATE_NONE);
    return region ? region : regions_by_code(regions, code);
}

size_t regions_find(const struct regions *regions, struct str text, struct region_match *matches, size_t most)
{
    char bytes[MAX_NAME];
    struct str name = {bytes, 0};
    size_t n = 0;
    for (size_t at = 0; at < text.n;) {
        size_t begin = at;
        if (utf8_is_space(utf8_next(text, &at)))
            continue;
        if (name.n + (at - begin) > sizeof bytes)
            return 0;
        memcpy(bytes + name.n, text.p + begin, at - begin);
        name.n += at - begin;
    }
    const struct region *coded = find_code(regions, name);
    if (coded)
        return add_match(matches, 0, most, coded, REGION_FITS_WHOLLY);
    for (size_t i = 0; i < regions->n && name.n > 0; i++) {
        enum region_fit fit = fit_of(regions, &regions->items[i], name);
        if (fit != REGION_FITS_NOT)
            n = add_match(matches, n, most, &regions->items[i], fit);
    }
    return drop_sido_of_city(matches, n);
}

const struct region *regions_suggest(const struct regions *regions, struct arena *arena, struct str text)
{
    enum { NAMES = 3 };
    struct str *names = ARENA_ARRAY(arena, NAMES * regions->n + 1, struct str), nearest;
    for (size_t i = 0; i < regions->n; i++) {
        const struct region *region = &regions->items[i];
        names[NAMES * i] = region->full_name;
        names[NAMES * i + 1] = region->name.n ? region->name : region->sido;
        names[NAMES * i + 2] = region->short_name;
    }
    nearest = suggest(text, names, NAMES * regions->n);
    for (size_t i = 0; nearest.n && i < NAMES * regions->n; i++)
        if (names[i].p == nearest.p)
            return regions_at(regions, regions->items[i / NAMES].unit, DATE_NONE);
    return NULL;
}
