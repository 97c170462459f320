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

static double clamped(double level, float natural, float least)
{
    double width = level * sqrt((double)natural);
    return width > (double)natural ? (double)natural : width < (double)least ? (double)least : width;
}

/* Not all fits: a level rises until the room is filled, each column following it by the square root of its natural
 * width, from its least up to its natural width. Short columns (names, figures) are satisfied first and stay on one
 * line; long ones get more, but not so much more that they starve each other. */
static void share(const float *natural, const float *least, size_t n, float room, float *widths)
{
    double low = 0, high = 0;
    for (size_t i = 0; i < n; i++)
        high = fmax(high, sqrt((double)natural[i]));
    for (int step = 0; step < 60; step++) {
        double level = (low + high) / 2, total = 0;
        for (size_t i = 0; i < n; i++)
            total += clamped(level, natural[i], least[i]);
        if (total > (double)room)
            high = level;
        else
            low = level;
    }
    for (size_t i = 0; i < n; i++)
        widths[i] = (float)clamped(low, natural[i], least[i]);
}

bool columns_fit(const float *natural, const float *least, size_t n, float room, float *widths)
{
    if (sum(least, n) > (double)room)
        return false;
    double total = sum(natural, n);
    if (total <= (double)room)
        stretch(natural, n, room, total, widths);
    else
        share(natural, least, n, room, widths);
    return true;
}
