#include "layout/figure.h"

#include "base/amount.h"

#include <math.h>

static const double least_range = 1e-9; /* what differs by less is drawn as equal */

struct str figure_text(struct arena *arena, double value, enum figure_form form, int decimals)
{
    struct buf out = {0};
    if (form == FIGURE_KOREAN)
        amount_short(&out, value, decimals);
    else
        amount_real(&out, value, decimals, false);
    if (form == FIGURE_PERCENT)
        buf_char(&out, '%');
    struct str text = str_copy(arena, buf_view(&out));
    buf_free(&out);
    return text;
}

/* The least of 1, 2, 5 × 10ᵏ that is no less than `size`. */
static double nice(double size)
{
    double power = pow(10, floor(log10(size))), digit = size / power;
    return power * (digit <= 1.0000001 ? 1 : digit <= 2.0000001 ? 2 : digit <= 5.0000001 ? 5 : 10);
}

struct axis axis_fit(double low, double high, size_t most)
{
    if (high - low < fmax(least_range, 1e-12 * fabs(high))) { /* all equal: a scale from 0, or about 0 */
        low = fmin(low, 0);
        high = fmax(high, 0);
        if (high - low < least_range)
            high = low + 1;
    }
    double step = nice((high - low) / (double)(most ? most : 1));
    double first = floor(low / step + 1e-9), last = ceil(high / step - 1e-9);
    struct axis axis = {.low = first * step, .high = last * step, .step = step};
    axis.n = (size_t)(last - first) + 1;
    while (axis.decimals < 9 && step * pow(10, axis.decimals) < 0.999)
        axis.decimals++;
    return axis;
}

struct str axis_tick(struct arena *arena, const struct axis *axis, size_t i, enum figure_form form)
{
    double value = axis->low + (double)i * axis->step;
    if (form == FIGURE_AS_WRITTEN)
        form = fmax(fabs(axis->low), fabs(axis->high)) >= 100000 ? FIGURE_KOREAN : FIGURE_COMMA;
    return figure_text(arena, value, form, axis->decimals);
}

double axis_place(const struct axis *axis, double value)
{
    double place = (value - axis->low) / (axis->high - axis->low);
    return fmin(fmax(place, 0), 1);
}
