#include "layout/figure.h"

#include <math.h>
#include <stdio.h>

static const double least_range = 1e-9; /* what differs by less is drawn as equal */

/* With thousands separators; the sign is a minus, not a hyphen. */
static void put_grouped(struct buf *out, double value, int decimals)
{
    char digits[64];
    int n = snprintf(digits, sizeof digits, "%.*f", decimals, fabs(value));
    int whole = decimals ? n - decimals - 1 : n;
    if (decimals)
        while (n > whole && (digits[n - 1] == '0' || n == whole + 1)) /* zeros, and a bare point */
            n--;
    bool zero = true;
    for (int i = 0; i < n; i++)
        zero = zero && (digits[i] == '0' || digits[i] == '.');
    if (value < 0 && !zero)
        buf_text(out, "−");
    for (int i = 0; i < n; i++) {
        if (i && i < whole && (whole - i) % 3 == 0)
            buf_char(out, ',');
        buf_char(out, digits[i]);
    }
}

/* 조, 억 and 만 with one decimal below 100 of them; whole thousands below 만 as 천: 1.2억, 3만, 1만 2천. */
static void put_korean(struct buf *out, double value, int decimals)
{
    static const struct {
        double size;
        const char *name;
    } units[] = {{1e12, "조"}, {1e8, "억"}, {1e4, "만"}};
    double size = fabs(value);
    if (size >= 1000 && size < 1e8 && fmod(size, 1000) == 0) {
        double tens = floor(size / 1e4), thousands = size / 1000 - 10 * tens;
        if (tens > 0) {
            put_grouped(out, value < 0 ? -tens : tens, 0);
            buf_text(out, thousands > 0 ? "만 " : "만");
        } else if (value < 0) {
            buf_text(out, "−");
        }
        if (thousands > 0)
            buf_printf(out, "%.0f천", thousands);
        return;
    }
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        /* what would round up to 10,000 of the next smaller unit is one of this */
        if (size < units[i].size * 0.99995)
            continue;
        put_grouped(out, value / units[i].size, size < 100 * units[i].size ? 1 : 0);
        buf_text(out, units[i].name);
        return;
    }
    put_grouped(out, value, decimals);
}

struct str figure_text(struct arena *arena, double value, enum figure_form form, int decimals)
{
    struct buf out = {0};
    if (form == FIGURE_KOREAN)
        put_korean(&out, value, decimals);
    else
        put_grouped(&out, value, decimals);
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
