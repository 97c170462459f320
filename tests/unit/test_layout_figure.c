/* Numbers as text and the ticks of an axis. */
#include "layout/figure.h"
#include "unit.h"

#include <math.h>

static struct arena *arena;

static int setup(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void numbers_as_text(void **state)
{
    (void)state;
    static const struct {
        double value;
        enum figure_form form;
        const char *text;
    } cases[] = {
        {0, FIGURE_COMMA, "0"},
        {-0.0, FIGURE_COMMA, "0"},
        {-0.001, FIGURE_COMMA, "0"},
        {-3, FIGURE_COMMA, "−3"},
        {999, FIGURE_COMMA, "999"},
        {1000, FIGURE_COMMA, "1,000"},
        {1234567.5, FIGURE_COMMA, "1,234,567.5"},
        {12.5, FIGURE_PERCENT, "12.5%"},
        {12, FIGURE_PERCENT, "12%"},
        {950, FIGURE_KOREAN, "950"},
        {5000, FIGURE_KOREAN, "5천"},
        {5500, FIGURE_KOREAN, "5,500"},
        {9999.7, FIGURE_KOREAN, "1만"},
        {30000, FIGURE_KOREAN, "3만"},
        {12000, FIGURE_KOREAN, "1만 2천"},
        {-12000, FIGURE_KOREAN, "−1만 2천"},
        {-5000, FIGURE_KOREAN, "−5천"},
        {12345, FIGURE_KOREAN, "1.2만"},
        {1234567, FIGURE_KOREAN, "123만"},
        {99999999, FIGURE_KOREAN, "1억"},
        {120000000, FIGURE_KOREAN, "1.2억"},
        {1234500000000, FIGURE_KOREAN, "1.2조"},
        {123460000000, FIGURE_KOREAN, "1,235억"},
        {1e18, FIGURE_KOREAN, "1,000,000조"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str text = figure_text(arena, cases[i].value, cases[i].form, 2);
        if (!str_equal(text, str_from(cases[i].text)))
            fail_msg("%g: \"" STR_FMT "\", not \"%s\"", cases[i].value, STR_ARG(text), cases[i].text);
    }
}

static bool is_nice(double step)
{
    double digit = step / pow(10, floor(log10(step) + 1e-9));
    return fabs(digit - 1) < 1e-6 || fabs(digit - 2) < 1e-6 || fabs(digit - 5) < 1e-6;
}

/* Whatever the range: it is held, in few steps of 1, 2 or 5, and not much more than it. */
static void axes_of_any_range(void **state)
{
    (void)state;
    static const double values[] = {-1e18, -1e6, -37, -1, -0.3, -1e-7, 0,   1e-7, 0.07,
                                    0.3,   1,    7,   37, 100,  1302,  1e6, 1e17, 1e18};
    const size_t n = sizeof values / sizeof *values;
    for (size_t i = 0; i < n; i++) {
        for (size_t k = i; k < n; k++) {
            for (size_t most = 1; most < 9; most += 3) {
                struct axis axis = axis_fit(values[i], values[k], most);
                assert_true(is_nice(axis.step));
                assert_true(axis.low <= values[i] + 1e-9 * axis.step && axis.high >= values[k] - 1e-9 * axis.step);
                assert_true(axis.n >= 2 && axis.n <= most + 3);
                assert_true(axis_place(&axis, values[i]) <= axis_place(&axis, values[k]));
                for (size_t t = 1; t < axis.n; t++)
                    assert_false(str_equal(axis_tick(arena, &axis, t, FIGURE_COMMA),
                                           axis_tick(arena, &axis, t - 1, FIGURE_COMMA)));
            }
        }
    }
}

static void ticks_of_a_known_axis(void **state)
{
    (void)state;
    struct axis axis = axis_fit(0, 37, 4);
    assert_int_equal(axis.n, 5);
    assert_true(axis.high == 40);
    assert_true(str_equal(axis_tick(arena, &axis, 3, FIGURE_AS_WRITTEN), STR("30")));
    axis = axis_fit(0, 470000, 4);
    assert_true(str_equal(axis_tick(arena, &axis, 1, FIGURE_AS_WRITTEN), STR("20만")));
    axis = axis_fit(0, 0.3, 4);
    assert_true(str_equal(axis_tick(arena, &axis, 1, FIGURE_AS_WRITTEN), STR("0.1")));
    assert_true(axis_place(&axis, 99) == 1 && axis_place(&axis, -99) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(numbers_as_text, setup, teardown),
        cmocka_unit_test_setup_teardown(axes_of_any_range, setup, teardown),
        cmocka_unit_test_setup_teardown(ticks_of_a_known_axis, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
