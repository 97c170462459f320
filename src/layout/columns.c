#include "layout/flow.h"

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

/* Not all fits: columns that need no more than a fair share get what they need, so that names and figures stay on one
 * line; the others get their least, and all that is then left goes where it is missed, in proportion. Each pass settles
 * a column or is the last. */
static void share(const float *natural, const float *least, size_t n, float room, float *widths)
{
    double left = (double)room;
    size_t open = n;
    for (size_t i = 0; i < n; i++)
        widths[i] = -1;
    for (bool settled = true; settled && open;) {
        settled = false;
        double fair = left / (double)open;
        for (size_t i = 0; i < n; i++) {
            if (widths[i] >= 0 || ((double)natural[i] > fair && (double)least[i] < fair))
                continue;
            widths[i] = (double)natural[i] <= fair ? natural[i] : least[i];
            left -= (double)widths[i];
            open--;
            settled = true;
        }
    }
    double missing = 0;
    for (size_t i = 0; i < n; i++) {
        if (widths[i] < 0) {
            widths[i] = least[i];
            left -= (double)least[i];
        }
        missing += (double)(natural[i] - widths[i]);
    }
    for (size_t i = 0; i < n && missing > 0; i++)
        widths[i] += (float)((double)(natural[i] - widths[i]) * left / missing);
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
