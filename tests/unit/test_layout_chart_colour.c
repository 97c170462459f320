/* Colours of charts by number: on the page, in grey print, and for eyes that see fewer colours. */
#include "house.h"
#include "layout/chart.h"
#include "unit.h"

#include <math.h>

struct lab {
    double l, a, b;
};

static double linear(uint8_t channel)
{
    double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double lab_curve(double t)
{
    return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}

/* Full protanopia, deuteranopia, tritanopia: Machado, Oliveira and Fernandes 2009, on linear sRGB; [0] sees all. */
static const double sights[4][3][3] = {
    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
    {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
    {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
    {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
};

/* CIELAB (D65) of a colour as a sight has it. */
static struct lab seen_as(struct colour colour, size_t sight)
{
    const double in[3] = {linear(colour.r), linear(colour.g), linear(colour.b)};
    double rgb[3];
    for (size_t i = 0; i < 3; i++) {
        const double *row = sights[sight][i];
        rgb[i] = fmin(fmax(row[0] * in[0] + row[1] * in[1] + row[2] * in[2], 0), 1);
    }
    double x = lab_curve((0.4124564 * rgb[0] + 0.3575761 * rgb[1] + 0.1804375 * rgb[2]) / 0.95047);
    double y = lab_curve(0.2126729 * rgb[0] + 0.7151522 * rgb[1] + 0.0721750 * rgb[2]);
    double z = lab_curve((0.0193339 * rgb[0] + 0.1191920 * rgb[1] + 0.9503041 * rgb[2]) / 1.08883);
    return (struct lab){116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

static double difference(struct lab a, struct lab b)
{
    return sqrt((a.l - b.l) * (a.l - b.l) + (a.a - b.a) * (a.a - b.a) + (a.b - b.b) * (a.b - b.b));
}

static const struct colour white = {255, 255, 255}, black = {0, 0, 0};

static void the_measure_is_right(void **state)
{
    (void)state;
    assert_true(fabs(colour_contrast(white, black) - 21) < 1e-9);
    assert_true(fabs(seen_as(white, 0).l - 100) < 0.01 && fabs(seen_as(black, 0).l) < 0.01);
    struct colour red = {255, 0, 0}, green = {0, 160, 0};
    assert_true(difference(seen_as(red, 0), seen_as(green, 0)) > 2 * difference(seen_as(red, 2), seen_as(green, 2)));
}

static void series_stand_out_from_the_page(void **state)
{
    (void)state;
    for (size_t i = 0; i < CHART_SERIES; i++) {
        double contrast = colour_contrast(house()->palette.series[i], white);
        if (contrast < 3)
            fail_msg("series %zu has a contrast of %.2f", i + 1, contrast);
    }
}

static void series_are_told_apart_by_any_sight(void **state)
{
    (void)state;
    for (size_t i = 0; i < CHART_SERIES; i++)
        for (size_t k = 0; k < i; k++)
            for (size_t sight = 0; sight < 4; sight++) {
                double d =
                    difference(seen_as(house()->palette.series[i], sight), seen_as(house()->palette.series[k], sight));
                if (d < 20)
                    fail_msg("series %zu and %zu differ by %.1f for sight %zu", i + 1, k + 1, d, sight);
            }
}

static void neighbours_are_told_apart_in_grey(void **state)
{
    (void)state;
    for (size_t i = 1; i < CHART_SERIES; i++) {
        double d = seen_as(house()->palette.series[i], 0).l - seen_as(house()->palette.series[i - 1], 0).l;
        if (fabs(d) < 15)
            fail_msg("series %zu and %zu differ by %.1f in lightness", i, i + 1, d);
    }
}

static void shades_darken_and_bear_text(void **state)
{
    (void)state;
    struct layout layout = {.sheet = house()};
    for (size_t i = 0; i < CHART_SHADES; i++) {
        struct colour ground = chart_shade(&layout, i);
        assert_true(colour_contrast(ground, chart_ink(&layout, ground)) >= 4.5);
        if (i)
            assert_true(seen_as(chart_shade(&layout, i - 1), 0).l - seen_as(ground, 0).l >= 10);
    }
    for (size_t i = 0; i < CHART_SERIES; i++) {
        struct colour ground = chart_colour(&layout, i);
        assert_true(colour_contrast(ground, chart_ink(&layout, ground)) >= 4.5);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_measure_is_right),
        cmocka_unit_test(series_stand_out_from_the_page),
        cmocka_unit_test(series_are_told_apart_by_any_sight),
        cmocka_unit_test(neighbours_are_told_apart_in_grey),
        cmocka_unit_test(shades_darken_and_bear_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
