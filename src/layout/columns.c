#include "layout/flow.h"

#include <math.h>

static double sum(const float *v, size_t n)
{
    double total = 0;
    for (size_t i = 0; i < n; i++)
        total += (double)v[i];
    return total;
}

/* Everything fits on one line: natural widths, stretched alike. */
static void stretch(const float *natural, size_t n, float room, double total, float *widths)
{
    for (size_t i = 0; i < n; i++)
        widths[i] = total > 0 ? (float)((double)natural[i] * (double)room / total) : room / (float)n;
}

static double clamped(double level, float bulk, float natural, float least)
{
    double width = level * sqrt((double)bulk);
    return width > (double)natural ? (double)natural : width < (double)least ? (double)least : width;
}

/* Not all fits: a level rises until the room is filled, each column following it by the square root of all its text,
 * from its least up to its natural width. Widths in proportion to the roots make the sum of bulk/width, the number of
 * lines, least. Short columns (names, figures) are satisfied first and stay on one line. */
static void share(const float *natural, const float *least, const float *bulk, size_t n, float room, float *widths)
{
    double low = 0, high = 0;
    for (size_t i = 0; i < n; i++)
        high = bulk[i] > 0 ? fmax(high, (double)natural[i] / sqrt((double)bulk[i])) : high;
    for (int step = 0; step < 60; step++) {
        double level = (low + high) / 2, total = 0;
        for (size_t i = 0; i < n; i++)
            total += clamped(level, bulk[i], natural[i], least[i]);
        if (total > (double)room)
            high = level;
        else
            low = level;
    }
    for (size_t i = 0; i < n; i++)
        widths[i] = (float)clamped(low, bulk[i], natural[i], least[i]);
}

bool columns_fit(const float *natural, const float *least, const float *bulk, size_t n, float room, float *widths)
{
    if (sum(least, n) > (double)room)
        return false;
    double total = sum(natural, n);
    if (total <= (double)room)
        stretch(natural, n, room, total, widths);
    else
        share(natural, least, bulk, n, room, widths);
    return true;
}
