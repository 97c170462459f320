/* Values in classes: what a shade stands for. */
#include "layout/chart.h"

#include <math.h>
#include <stdlib.h>

static int by_size(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* The largest of 1, 2, 5 × 10ᵏ below `value`. */
static double rung_below(double value)
{
    double power = pow(10, floor(log10(value)));
    while (power >= value)
        power /= 10;
    return power * (5 * power < value ? 5 : 2 * power < value ? 2 : 1);
}

static void add_limit(struct chart_classes *classes, double limit)
{
    if (classes->n < CHART_SHADES)
        classes->limits[classes->n++] = limit;
}

static void each_number(struct chart_classes *classes, double least)
{
    for (int i = 1; i < CHART_SHADES; i++)
        if (least + i <= classes->largest && least + i > classes->limits[classes->n - 1]) /* 10¹⁷ + 1 is 10¹⁷ */
            add_limit(classes, least + i);
}

static void widening_steps(struct chart_classes *classes, double least)
{
    double rungs[CHART_SHADES - 1], rung = classes->largest;
    size_t n = 0;
    while (n < CHART_SHADES - 1 && (rung = rung_below(rung)) > least)
        rungs[n++] = rung;
    while (n)
        add_limit(classes, rungs[--n]);
}

static void even_steps(struct chart_classes *classes, double least)
{
    struct axis axis = axis_fit(fmin(least, 0), classes->largest, CHART_SHADES);
    const double half = axis.step / 2; /* 25 beside 20 and 50 */
    if (classes->whole && half == floor(half) && classes->largest - axis.low < half * CHART_SHADES)
        axis.step = half;
    const size_t steps = (size_t)lround((axis.high - axis.low) / axis.step);
    for (size_t i = 1; i < steps; i++) {
        double limit = axis.low + (double)i * axis.step;
        if (limit > least && limit <= classes->largest)
            add_limit(classes, limit);
    }
}

static bool is_least_or_largest(const double *values, size_t n)
{
    size_t i = 0;
    while (i < n && (values[i] == values[0] || values[i] == values[n - 1]))
        i++;
    return i == n;
}

/* As many as tell the limits apart. */
static int decimals_of(const struct chart_classes *classes)
{
    double gap = fabs(classes->largest);
    int decimals = 2;
    for (size_t i = 1; i < classes->n; i++)
        gap = fmin(gap, classes->limits[i] - classes->limits[i - 1]);
    while (decimals < 9 && gap * pow(10, decimals) < 0.999)
        decimals++;
    return decimals;
}

void chart_classify(struct chart_classes *classes, double *values, size_t n)
{
    *classes = (struct chart_classes){.whole = true};
    if (n)
        qsort(values, n, sizeof *values, by_size);
    for (size_t i = 0; i < n; i++)
        classes->whole = classes->whole && values[i] == floor(values[i]);
    for (; n && values[0] == 0; values++, n--) /* the least is 0: all others are more */
        classes->has_zero = true;
    if (!n)
        return;
    double least = values[0];
    classes->largest = values[n - 1];
    classes->exact = is_least_or_largest(values, n);
    add_limit(classes, least);
    if (classes->exact && classes->largest > least)
        add_limit(classes, classes->largest);
    else if (classes->whole && classes->largest - least < CHART_SHADES)
        each_number(classes, least);
    else if (least > 0 && classes->largest > 5 * values[n / 2])
        widening_steps(classes, least);
    else
        even_steps(classes, least);
    classes->decimals = decimals_of(classes);
}

/* Few classes stand as far apart as many. */
static struct colour class_colour(const struct layout *layout, const struct chart_classes *classes, size_t i)
{
    return chart_shade(layout, classes->n > 1 ? i * (CHART_SHADES - 1) / (classes->n - 1) : CHART_SHADES / 2);
}

struct colour chart_ground(const struct layout *layout, const struct chart_classes *classes, double value)
{
    size_t i = 0;
    if (!classes->n || (classes->has_zero && value == 0))
        return layout->sheet->palette.gray_5;
    while (i + 1 < classes->n && classes->limits[i + 1] <= value)
        i++;
    return class_colour(layout, classes, i);
}

/* "5–9", "5" where that is all; of fractions "5–10", where 10 is the next class's. */
static struct str class_name(struct layout *layout, const struct chart_classes *classes, size_t i,
                             enum figure_form form)
{
    bool last = i + 1 == classes->n;
    double to = last ? classes->largest : classes->limits[i + 1] - (classes->whole ? 1 : 0);
    struct str low = figure_text(flow_arena(layout), classes->limits[i], form, classes->decimals);
    struct str high = figure_text(flow_arena(layout), to, form, classes->decimals);
    if (classes->exact || str_equal(low, high))
        return low;
    return str_from(arena_printf(flow_arena(layout), STR_FMT "–" STR_FMT, STR_ARG(low), STR_ARG(high)));
}

void chart_class_legend(struct layout *layout, const struct chart_classes *classes, enum figure_form form)
{
    struct colour colours[CHART_SHADES + 1];
    struct str names[CHART_SHADES + 1];
    size_t n = 0;
    if (classes->has_zero) {
        colours[n] = layout->sheet->palette.gray_5;
        names[n++] = STR("0");
    }
    for (size_t i = 0; i < classes->n; i++, n++) {
        colours[n] = class_colour(layout, classes, i);
        names[n] = class_name(layout, classes, i, form);
    }
    chart_legend(layout, colours, names, n);
}
