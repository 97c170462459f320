/* Numbers as text, Korean ways among them, and the ticks of an axis. */
#ifndef LAYOUT_FIGURE_H
#define LAYOUT_FIGURE_H
#include "base/arena.h"
#include "base/str.h"
#include "template/doc.h"

/* A number that is at most 10¹⁸ either way, in the arena: "12,000", "1.2억", "1만 2천", "12.5%", "−3".
 * `decimals`: at most so many; zeros at their end are left off. */
struct str figure_text(struct arena *arena, double value, enum figure_form form, int decimals);

/* From low to high in n - 1 steps of 1, 2 or 5 × 10ᵏ. */
struct axis {
    double low, high, step;
    size_t n;     /* ticks */
    int decimals; /* that tell the ticks apart */
};

/* An axis that holds low … high (finite, at most 10¹⁸ either way) with at most `most` steps, give or take one. */
struct axis axis_fit(double low, double high, size_t most);
struct str axis_tick(struct arena *arena, const struct axis *axis, size_t i, enum figure_form form);
/* Where a value stands: 0 = low end … 1 = high end; what is outside stands at the end. */
double axis_place(const struct axis *axis, double value);

#endif
