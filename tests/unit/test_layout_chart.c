/* Charts of every kind: geometry in numbers that the fake shaper makes exact. */
#include "layout/chart.h"
#include "pages_fixture.h"

#include <math.h>
#include <stdlib.h>

static const float near = 0.2F;

/* For the next document of one test. */
static void fresh(void)
{
    teardown(NULL);
    setup(NULL);
}

static bool same_colour(struct colour a, struct colour c)
{
    return a.r == c.r && a.g == c.g && a.b == c.b;
}

/* The k-th rectangle of a colour. */
static const struct op *rect_of(struct colour colour, size_t k)
{
    for (size_t i = 0; i < seen.n; i++)
        if (seen.items[i].op.kind == OP_RECT && same_colour(seen.items[i].op.colour, colour) && !k--)
            return &seen.items[i].op;
    return NULL;
}

/* The k-th path of more than one corner in a series' colour. */
static const struct op *line_of(size_t series, size_t k)
{
    for (size_t i = 0; i < seen.n; i++) {
        const struct op *op = &seen.items[i].op;
        if (op->kind == OP_PATH && !op->filled && same_colour(op->stroke, house()->palette.series[series]) && !k--)
            return op;
    }
    return NULL;
}

static void set_value(struct chart *chart, size_t row, size_t series, double number, const char *text)
{
    chart->rows[row].values[series] = (struct chart_value){.number = number, .text = str_from(text)};
}

/* All that is drawn lies within the margins, and no text over another. */
static void check_page(const char *what)
{
    const struct page_style *page = &house()->page;
    const float right = page->width - page->right;
    for (size_t i = 0; i < seen.n; i++) {
        const struct op *op = &seen.items[i].op;
        if (op->kind == OP_TEXT && op->y > page->height - page->bottom + 1)
            continue; /* the page number */
        float x = op->x, end = op->x + (op->kind == OP_TEXT || op->kind == OP_RECT || op->kind == OP_LINE ? op->w : 0);
        for (size_t k = 0; k < op->n && op->kind == OP_PATH; k++) {
            x = k ? fminf(x, op->x + op->corners[k].x) : op->x + op->corners[k].x;
            end = k ? fmaxf(end, op->x + op->corners[k].x) : x;
        }
        if (x < page->left - 3 || end > right + 3 || (op->y < page->top - 3 && op->kind != OP_PATH) ||
            op->y > page->height - page->bottom + 3)
            fail_msg("%s: an operation of kind %d at %g–%g, %g \"" STR_FMT "\" leaves the page's body", what, op->kind,
                     (double)x, (double)end, (double)op->y, STR_ARG(str_head(op->text, 60)));
        for (size_t k = 0; k < i && op->kind == OP_TEXT && op->n; k++) {
            const struct op *other = &seen.items[k].op;
            if (other->kind != OP_TEXT || !other->n || seen.items[k].page != seen.items[i].page)
                continue;
            float apart = fmaxf(op->size, other->size) * 0.9F;
            if (op->x + near < other->x + other->w && other->x + near < end && fabsf(op->y - other->y) < apart)
                fail_msg("%s: \"" STR_FMT "\" stands over \"" STR_FMT "\" (%g, %g)", what,
                         STR_ARG(str_head(op->text, 60)), STR_ARG(str_head(other->text, 60)), (double)op->y,
                         (double)other->y);
        }
    }
}

static void negative_bars_go_left(void **state)
{
    (void)state;
    struct chart *chart = build_chart(&b, 3)->chart;
    set_value(chart, 1, 0, -6, "−6");
    lay();
    const struct op *right = rect_of(house()->palette.primary_50, 1), *left = rect_of(house()->palette.danger_50, 0);
    assert_true(fabsf(left->w / right->w - 2) < 0.01F);
    assert_true(fabsf(left->x + left->w - right->x) < 1.0F); /* the axis between them */
    struct found value = find_text(&seen, "−6");
    assert_true(value.x + value.w < left->x);
    assert_int_equal(count_diag(&seen, "chart-value"), 0);
    check_page("bars");
}

static void segments_add_up(void **state)
{
    (void)state;
    struct chart *chart = build_series(&b, CHART_STACKED, 2, 3)->chart;
    set_value(chart, 0, 0, 100, "100");
    set_value(chart, 0, 1, 50, "50");
    set_value(chart, 0, 2, 1, "1");
    set_value(chart, 1, 0, -5, "−5");
    lay();
    const struct op *first = rect_of(house()->palette.series[0], 1), *second = rect_of(house()->palette.series[1], 1);
    assert_true(fabsf((first->w + 0.5F) / (second->w + 0.5F) - 2) < 0.01F); /* half a point is the gap */
    assert_true(fabsf(first->x + first->w + 0.5F - second->x) < 0.01F);
    assert_int_equal(find_text(&seen, "151").page, 1);
    struct found label = find_text(&seen, "50");
    assert_true(label.x > second->x && label.x + label.w < second->x + second->w);
    assert_int_equal(count_text(&seen, "−5"), 0);
    assert_int_equal(count_diag(&seen, "chart-value"), 1);
    assert_int_equal(count_diag(&seen, "chart-numbers"), 1); /* the "1" has no room */
    for (size_t s = 0; s < 3; s++)
        assert_int_equal(count_text(&seen, arena_printf(b.arena, "series%zu", s)), 1);
    check_page("segments");
}

static void lines_are_to_scale_and_break_where_nothing_is_known(void **state)
{
    (void)state;
    struct chart *chart = build_series(&b, CHART_LINE, 6, 1)->chart;
    chart->rows[2].values[0] = (struct chart_value){.number = NAN, .none = true};
    lay();
    const struct op *before = line_of(0, 0), *after = line_of(0, 1);
    assert_int_equal(before->n, 2);
    assert_int_equal(after->n, 3);
    float unit = before->corners[0].y - before->corners[1].y;
    assert_true(unit > 0 && fabsf(before->corners[0].y - after->corners[2].y - 5 * unit) < 0.01F);
    assert_int_equal(count_text(&seen, "–"), 1);
    assert_int_equal(count_text(&seen, "series0 6"), 1);
    assert_int_equal(count_diag(&seen, "chart-value") + count_diag(&seen, "chart-numbers"), 0);
    check_page("a line with a gap");
}

static void each_number_stands_under_its_point(void **state)
{
    (void)state;
    struct chart *chart = build_series(&b, CHART_LINE, 13, 3)->chart;
    for (size_t i = 0; i < 13; i++)
        set_value(chart, i, 1, (double)(70 + i), arena_printf(b.arena, "%zu", 70 + i));
    lay();
    const struct op *line = line_of(1, 0);
    for (size_t i = 0; i < 13; i++) {
        struct found number = find_text(&seen, arena_printf(b.arena, "%zu", 70 + i));
        assert_true(fabsf(number.x + number.w / 2 - (line->x + line->corners[i].x)) < near);
    }
    check_page("numbers");
}

/* The k-th marker of a series: a path that is filled in its colour. */
static const struct op *marker_of(size_t series, size_t k)
{
    for (size_t i = 0; i < seen.n; i++) {
        const struct op *op = &seen.items[i].op;
        if (op->kind == OP_PATH && op->filled && same_colour(op->colour, house()->palette.series[series]) && !k--)
            return op;
    }
    return NULL;
}

static void a_marker_looks_out_below_another(void **state)
{
    (void)state;
    struct chart *chart = build_series(&b, CHART_LINE, 2, 3)->chart;
    set_value(chart, 1, 2, 2, "2"); /* where the first one is */
    set_value(chart, 1, 1, 9, "9");
    lay();
    assert_true(marker_of(0, 0)->w == marker_of(0, 1)->w && marker_of(1, 1)->w == marker_of(0, 0)->w);
    assert_true(marker_of(2, 0)->w == marker_of(0, 0)->w);
    assert_true(marker_of(2, 1)->w > marker_of(0, 1)->w * 1.4F);
    assert_true(marker_of(2, 1) < marker_of(0, 1)); /* and is drawn before it */
}

static void an_axis_that_is_cut_says_so(void **state)
{
    (void)state;
    for (int zero = ZERO_AUTO; zero <= ZERO_NO; zero++) {
        for (int far = 0; far < 2; far++) {
            fresh();
            struct chart *chart = build_series(&b, CHART_LINE, 3, 1)->chart;
            chart->zero = zero;
            for (size_t i = 0; i < 3; i++)
                set_value(chart, i, 0, far ? 97 + (double)i : 30 * (double)i + 11, "v");
            lay();
            bool cut = (zero == ZERO_AUTO && far) || (zero == ZERO_NO && far);
            assert_int_equal(count_text(&seen, "※"), cut);
            check_page("an axis");
        }
    }
}

/* Eight lines that end in one point: eight names, none over another, each led to. */
static void ends_are_pushed_apart(void **state)
{
    (void)state;
    struct chart *chart = build_series(&b, CHART_LINE, 4, 8)->chart;
    for (size_t s = 0; s < 8; s++)
        set_value(chart, 3, s, 5, "5");
    lay();
    float last = 0;
    for (size_t s = 0; s < 8; s++) {
        struct found name = find_text(&seen, arena_printf(b.arena, "series%zu 5", s));
        assert_int_equal(name.page, 1);
        assert_true(name.y - last >= 9.9F);
        last = name.y;
    }
    check_page("ends");
}

static void spreading_moves_as_little_as_possible(void **state)
{
    (void)state;
    float far[] = {10, 40, 90}, same[] = {50, 50, 50}, low[] = {1, 2, 60}, high[] = {95, 99}, many[] = {5, 5, 5, 5};
    chart_spread(far, 3, 10, 0, 100);
    assert_true(far[0] == 10 && far[1] == 40 && far[2] == 90);
    chart_spread(same, 3, 10, 0, 100);
    assert_true(same[0] == 40 && same[1] == 50 && same[2] == 60);
    chart_spread(low, 3, 10, 0, 100);
    assert_true(low[0] >= 0 && low[1] - low[0] >= 10 && low[1] < 13 && low[2] == 60);
    chart_spread(high, 2, 10, 0, 100);
    assert_true(high[1] <= 100 && fabsf(high[1] - high[0] - 10) < 0.01F);
    chart_spread(many, 4, 10, 0, 20); /* no room: from the top, still apart */
    assert_true(many[0] == 0 && many[3] == 30);
    chart_spread(NULL, 0, 10, 0, 100);
}

static void panels_have_one_scale(void **state)
{
    (void)state;
    struct chart *chart = build_series(&b, CHART_MULTIPLE, 3, 5)->chart;
    chart->columns = true;
    for (size_t s = 0; s < 5; s++)
        set_value(chart, 2, s, s == 4 ? 20 : 10, s == 4 ? "20" : "10");
    lay();
    const struct op *ten = rect_of(house()->palette.series[0], 0), *twenty = rect_of(house()->palette.series[0], 4);
    assert_true(fabsf(twenty->h / ten->h - 2) < 0.01F);
    struct found first = find_text(&seen, "series0"), second = find_text(&seen, "series1"),
                 last = find_text(&seen, "series4");
    assert_true(first.y == second.y && last.y > first.y && second.x > first.x);
    assert_int_equal(count_text(&seen, "10"), 4); /* every value above its bar, no ticks: */
    assert_true(fabsf(first.x - house()->page.left) < near);
    check_page("panels");
}

static void cells_bear_their_numbers(void **state)
{
    (void)state;
    struct chart *chart = build_series(&b, CHART_HEAT, 60, 12)->chart;
    chart->rows[3].values[3] = (struct chart_value){.number = NAN, .none = true};
    set_value(chart, 0, 0, 0, "0");
    lay();
    assert_int_equal(count_text(&seen, "–"), 1);
    assert_int_equal(count_text(&seen, "bar59"), 1);
    assert_int_equal(find_text(&seen, "bar59").page, 2);
    struct found again = find_op(&seen, OP_TEXT, "series3", 1); /* the names of the columns once more */
    assert_true(again.page == 2 && again.artifact);
    assert_int_equal(count_diag(&seen, "chart-numbers"), 0);
    check_page("cells");
}

static void slopes_name_both_ends(void **state)
{
    (void)state;
    struct chart *chart = build_series(&b, CHART_SLOPE, 9, 2)->chart;
    for (size_t i = 0; i < 9; i++)
        set_value(chart, i, 1, 7, "7");
    chart->rows[8].values[1] = (struct chart_value){.number = NAN, .none = true};
    lay();
    for (size_t i = 0; i < 9; i++) {
        struct found left = find_text(&seen, arena_printf(b.arena, "bar%zu %zu", i, i + 1)),
                     right = find_text(&seen, arena_printf(b.arena, "7 bar%zu", i));
        assert_int_equal(left.page, 1);
        assert_int_equal(right.page, i < 8);
    }
    assert_non_null(line_of(0, 0)); /* rising */
    assert_true(line_of(1, 0)->dash > 0);
    const struct op *level = NULL;
    for (size_t i = 0; i < seen.n; i++)
        if (seen.items[i].op.kind == OP_PATH && same_colour(seen.items[i].op.stroke, house()->palette.gray_30))
            level = &seen.items[i].op;
    assert_true(level && level < line_of(0, 0) && level < line_of(1, 0)); /* below the others */
    check_page("slopes");
}

static void long_names_of_slopes_stay_in_the_measure(void **state)
{
    (void)state;
    struct chart *chart = build_series(&b, CHART_SLOPE, 1, 2)->chart;
    for (size_t i = 0; i < 2; i++)
        chart->series[i] = STR("Series of a name that is as long as half of a line is wide, and then as long again");
    lay();
    assert_int_equal(count_diag(&seen, "chart-cut"), 2);
    struct found name = find_text(&seen, "Series of a name");
    assert_true(name.x >= house()->page.left - 0.01F);
    check_page("long names of slopes");
}

static void rows_without_names_and_series_without_colours_are_said(void **state)
{
    (void)state;
    struct chart *chart = build_series(&b, CHART_STACKED, 3, CHART_SERIES + 1)->chart;
    chart->rows[1].label = STR("");
    lay();
    assert_int_equal(count_diag(&seen, "chart-label"), 1);
    assert_int_equal(count_diag(&seen, "chart-series"), 1);
}

/* --- maps --- */

static struct chart *build_map(const char *const *labels, size_t n)
{
    struct chart *chart = build_series(&b, CHART_MAP, n, 1)->chart;
    for (size_t i = 0; i < n; i++)
        chart->rows[i].label = str_from(labels[i]);
    return chart;
}

static void codes_of_any_time_and_names(void **state)
{
    (void)state;
    static const char *const labels[] = {"42000", "전라북도", "서울", "경기도", "36110"};
    build_map(labels, 5);
    lay();
    assert_int_equal(count_diag(&seen, "chart-region"), 0);
    const char *const names[] = {"강원", "전북", "서울", "경기", "세종"};
    for (size_t i = 0; i < 5; i++) { /* the number below the name */
        struct found name = find_text(&seen, names[i]), number = {0};
        for (size_t k = 0; !number.page || fabsf(number.y - name.y) > 30; k++) {
            number = find_op(&seen, OP_TEXT, arena_printf(b.arena, "%zu", i + 1), k);
            assert_int_not_equal(number.page, 0);
        }
    }
    assert_int_equal(count_text(&seen, "–"), 12); /* the other provinces */
    check_page("provinces");
}

static void a_county_that_moved_is_one_tile(void **state)
{
    (void)state;
    static const char *const labels[] = {"47720", "27720", "경기도 시흥시", "시흥", "중구", "99999", "가온시", "41000"};
    build_map(labels, 8);
    lay();
    /* 군위 a second time, 시흥 a second time, 중구 of six cities, two that are none, a province on a map of cities */
    assert_int_equal(count_diag(&seen, "chart-region"), 6);
    assert_int_equal(count_text(&seen, "군위"), 1);
    assert_int_equal(count_text(&seen, "부산중구"), 1);
    check_page("cities");
}

static void one_province_alone(void **state)
{
    (void)state;
    static const char *const labels[] = {"수원", "광주시", "연천군", "서울"};
    build_map(labels, 4)->region = STR("경기");
    lay();
    assert_int_equal(count_diag(&seen, "chart-region"), 1);
    assert_int_equal(count_text(&seen, "–"), 28);
    check_page("a province");
}

static void regions_without_a_row_can_have_a_value(void **state)
{
    (void)state;
    static const char *const labels[] = {"수원", "연천군"};
    struct chart_value zero = {.text = STR("0")};
    struct chart_row others = {.values = &zero};
    struct chart *chart = build_map(labels, 2);
    chart->region = STR("경기");
    chart->others = &others;
    lay();
    assert_int_equal(count_text(&seen, "–"), 0);
    assert_int_equal(count_text(&seen, "0"), 29 + 1); /* the class of the legend, too */
    check_page("a province with zeros");
}

static void all_cities_on_one_page(void **state)
{
    (void)state;
    struct regions regions;
    struct tiles tiles;
    struct err err = {0};
    assert_true(regions_read(b.arena, &regions, &err));
    tiles_make(b.arena, &regions, false, "", &tiles);
    struct chart *chart = build_series(&b, CHART_MAP, tiles.n, 1)->chart;
    for (size_t i = 0; i < tiles.n; i++)
        chart->rows[i].label = str_from(tiles.items[i].region->code);
    lay();
    assert_int_equal(seen.pages, 1);
    assert_int_equal(seen.diag.n, 0);
    for (size_t i = 0; i < seen.n; i++)
        if (seen.items[i].op.kind == OP_TEXT)
            assert_true(seen.items[i].op.size >= 5.5F);
    check_page("all cities");
}

static void check_limits(const double *values, size_t n, const char *expected)
{
    struct chart_classes classes;
    double copy[16];
    if (n)
        memcpy(copy, values, n * sizeof *values);
    chart_classify(&classes, copy, n);
    struct buf have = {0};
    if (classes.has_zero)
        buf_text(&have, "0; ");
    for (size_t i = 0; i < classes.n; i++)
        buf_printf(&have, "%g ", classes.limits[i]);
    if (strcmp(have.p ? have.p : "", expected) != 0)
        fail_msg("\"%s\", not \"%s\"", have.p, expected);
    buf_free(&have);
}

static void classes_follow_the_values(void **state)
{
    (void)state;
    check_limits((const double[]){3, 1, 2, 2}, 4, "1 2 3 ");
    check_limits((const double[]){0, 0, 5}, 3, "0; 5 ");
    check_limits((const double[]){460, 2100, 6900, 7600, 11985}, 5, "460 2500 5000 7500 10000 ");
    check_limits((const double[]){3, 1000, 3}, 3, "3 1000 ");
    check_limits((const double[]){7.5, 7.5}, 2, "7.5 ");
    check_limits((const double[]){0, 0}, 2, "0; ");
    check_limits((const double[]){12, 25, 31, 38, 47}, 5, "12 20 30 40 ");
    check_limits((const double[]){1, 1, 2, 3, 87}, 5, "1 5 10 20 50 ");
    check_limits((const double[]){0.1, 0.25, 0.5}, 3, "0.1 0.2 0.3 0.4 ");
    check_limits((const double[]){-4, 0, 30}, 3, "-4 0 10 20 ");
    check_limits((const double[]){1e17, 1e17}, 2, "1e+17 ");
    check_limits((const double[]){1e-320, 1, 1e18}, 3, "9.99989e-321 5e+16 1e+17 2e+17 5e+17 ");
    check_limits(NULL, 0, "");
}

static void classes_have_limits(void **state)
{
    (void)state;
    static const char *const labels[] = {"서울", "부산", "대구", "인천", "광주", "대전"};
    static const double some[] = {0, 1, 1, 2, 3, 87};
    struct chart *chart = build_map(labels, 6);
    for (size_t i = 0; i < 6; i++)
        set_value(chart, i, 0, some[i], arena_printf(b.arena, "%.0f", some[i]));
    lay();
    static const char *const legend[] = {"1–4", "5–9", "10–19", "20–49", "50–87"};
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(count_text(&seen, legend[i]), 1);
    check_page("classes");
    fresh(); /* two values are two classes, and small limits have the decimals that they need */
    chart = build_map(labels, 2);
    set_value(chart, 0, 0, 3, "v");
    set_value(chart, 1, 0, 1000, "v");
    lay();
    assert_int_equal(count_text(&seen, "1,000"), 1);
    assert_int_equal(count_text(&seen, "3–999"), 0);
    fresh();
    chart = build_map(labels, 4);
    for (size_t i = 0; i < 4; i++)
        set_value(chart, i, 0, 0.001 * pow(2, (double)i), "v");
    lay();
    assert_int_equal(count_text(&seen, "0.004–0.006"), 1);
}

/* --- text --- */

static void long_texts_end_in_dots(void **state)
{
    (void)state;
    struct chart *chart = build_series(&b, CHART_LINE, 3, 2)->chart;
    struct buf text = {0};
    buf_text(&text, "bb");
    for (size_t i = 0; i < 10000; i++)
        buf_text(&text, i % 2 ? "\xcc\x81" : "a"); /* a with an accent */
    for (size_t i = 0; i < 3; i++)                 /* so that the room ends now before, now after an accent */
        chart->rows[i].label = str_slice(buf_view(&text), i, text.n);
    chart->series[0] = chart->unit = buf_view(&text);
    lay();
    assert_true(count_diag(&seen, "chart-cut") >= 3);
    size_t cut = 0;
    for (size_t i = 0; i < seen.n; i++) {
        struct str shown = seen.items[i].op.text;
        cut += seen.items[i].op.kind == OP_TEXT && str_find(shown, STR("…"), 0) != SIZE_MAX;
        assert_true(str_find(shown, STR("a…"), 0) == SIZE_MAX); /* no accent is torn off */
    }
    assert_true(cut >= 3);
    check_page("long texts");
    buf_free(&text);
}

/* Of a name and a value it is the name that is cut. */
static void values_outlive_long_names(void **state)
{
    (void)state;
    struct chart *chart = build_series(&b, CHART_SLOPE, 1, 2)->chart;
    struct buf text = {0};
    for (size_t i = 0; i < 300; i++)
        buf_text(&text, "w ");
    chart->rows[0].label = buf_view(&text);
    set_value(chart, 0, 0, 4711, "4,711");
    lay();
    size_t whole = 0;
    for (size_t i = 0; i < seen.n; i++)
        whole += str_ends(seen.items[i].op.text, STR("… 4,711"));
    assert_int_equal(whole, 1);
    assert_int_equal(count_diag(&seen, "chart-cut"), 2);
    check_page("a long name");
    buf_free(&text);
}

/* Title, unit, then the rows in order: as the text of the page is read. */
static void text_is_in_order(void **state)
{
    (void)state;
    for (int kind = CHART_BAR; kind <= CHART_MAP; kind++) {
        static const char *const cities[] = {"수원시", "안양시", "부천시"};
        fresh();
        struct chart *chart =
            build_series(&b, (enum chart_kind)kind, 3, kind == CHART_BAR || kind == CHART_MAP ? 1 : 2)->chart;
        for (size_t i = 0; i < 3; i++)
            chart->rows[i].label = str_from(cities[i]);
        lay();
        size_t at = 0;
        const char *const order[] = {"Chart", "(단위: unit)", "수원", kind == CHART_MULTIPLE ? "" : "안양", "부천"};
        for (size_t i = 0; i < 5; i++) {
            while (at < seen.n && (seen.items[at].op.kind != OP_TEXT ||
                                   str_find(seen.items[at].op.text, str_from(order[i]), 0) == SIZE_MAX))
                at++;
            if (at == seen.n)
                fail_msg("chart %d: \"%s\" is not in its place", kind, order[i]);
        }
    }
}

/* --- anything at all --- */

static double odd_number(void)
{
    static const double odd[] = {0, 1, -1, 1e-320, 1e17, -1e18, 1e308, -1e308, 7, 12345, 0.25};
    int i = rand() % 14;
    return i < 11 ? odd[i] : i == 11 ? NAN : i == 12 ? HUGE_VAL : -HUGE_VAL;
}

static void odd_chart(enum chart_kind kind, size_t rows, size_t series)
{
    struct chart *chart = build_series(&b, kind, rows, kind == CHART_BAR || kind == CHART_MAP ? 1 : series)->chart;
    for (size_t i = 0; i < rows; i++) {
        static const char *const cities[] = {"시흥시", "수원시", "27720", "해운대구", "제주시"};
        if (kind == CHART_MAP)
            chart->rows[i].label = str_from(cities[i % 5]);
        if (rand() % 5 == 0)
            chart->rows[i].label = STR("");
        for (size_t s = 0; s < chart->n_series; s++)
            set_value(chart, i, s, odd_number(), rand() % 3 ? "12,345" : "");
    }
    chart->form = (enum figure_form)(rand() % 4);
    chart->table = rand() % 3;
    chart->zero = rand() % 3;
    chart->columns = rand() % 2;
    chart->across = (size_t)(rand() % 5);
}

/* `nested` quotes leave little of the measure. */
static void try_odd_chart(int kind, size_t rows, size_t series, size_t nested)
{
    fresh();
    for (size_t i = 0; i < nested; i++)
        build_open(&b, BLOCK_QUOTE);
    odd_chart((enum chart_kind)kind, rows, series);
    lay();
    check_page(arena_printf(b.arena, "kind %d, %zu × %zu in %zu quotes", kind, rows, series, nested));
    assert_true(count_diag(&seen, "chart-value") <= 6);
}

static void odd_values_are_named_and_nothing_leaves_the_page(void **state)
{
    (void)state;
    srand(4);
    for (int kind = CHART_BAR; kind <= CHART_MAP; kind++)
        for (size_t rows = 0; rows < 20; rows += 1 + rows / 3)
            for (size_t series = 0; series < 12; series += 1 + series / 2)
                for (size_t nested = 0; nested < 30; nested += 10)
                    try_odd_chart(kind, rows, series, nested);
}

static void very_many_rows_and_series(void **state)
{
    (void)state;
    for (int kind = CHART_BAR; kind <= CHART_MAP; kind++) {
        fresh();
        build_series(&b, (enum chart_kind)kind, 10000, kind == CHART_BAR || kind == CHART_MAP ? 1 : 3);
        build_series(&b, (enum chart_kind)kind, 3, kind == CHART_BAR || kind == CHART_MAP ? 1 : 200);
        lay();
        assert_true(seen.diag.n < 30);                     /* they are counted, not named one by one */
        assert_true(kind == CHART_BAR || seen.diag.n > 0); /* what is left out is said */
    }
}

static void equal_zero_and_single_values(void **state)
{
    (void)state;
    static const double values[] = {0, 5, -5};
    for (int kind = CHART_BAR; kind <= CHART_MAP; kind++) {
        for (size_t v = 0; v < 3; v++) {
            for (size_t rows = 1; rows < 4; rows += 2) {
                fresh();
                struct chart *chart = build_series(&b, (enum chart_kind)kind, rows, 1)->chart;
                for (size_t i = 0; i < rows; i++)
                    set_value(chart, i, 0, values[v], "v");
                lay();
                assert_int_equal(count_diag(&seen, "chart-cut"), 0);
                check_page(arena_printf(b.arena, "kind %d of %g", kind, values[v]));
                assert_int_equal(count_diag(&seen, "chart-cut"), 0);
            }
        }
    }
}

/* How high a line chart is that comes after so many lines, and on which page. */
static float height_after(size_t lines, int table, const char *note, int *page)
{
    fresh();
    build_lines(&b, "", lines);
    build_series(&b, CHART_LINE, 6, 1)->chart->table = table;
    if (note)
        build_paragraph(&b, "source", note);
    lay();
    *page = find_text(&seen, "bar5").page;
    const struct op *line = line_of(0, 0);
    return line->corners[0].y - line->corners[5].y;
}

static void a_chart_is_lower_where_that_keeps_it_on_the_page(void **state)
{
    (void)state;
    int page;
    size_t lower = 0;
    const float full = height_after(0, TABLE_NO, NULL, &page);
    for (size_t lines = 20; lines < 42; lines++) {
        float height = height_after(lines, TABLE_NO, "note", &page);
        assert_true(height > full * 0.74F && height < full + near);
        assert_int_equal(find_text(&seen, "note").page, page); /* which it keeps room for */
        if (height < full - near) {
            assert_int_equal(page, 1);
            lower++;
        }
        assert_true(fabsf(height_after(lines, TABLE_YES, NULL, &page) - full) < near); /* its numbers follow */
    }
    assert_true(lower > 0);
}

/* A map may become lower yet, as long as its tiles are to be read; an island is not a whole tile away. */
static void a_map_is_lower_where_that_keeps_it_on_the_page(void **state)
{
    (void)state;
    static const char *const labels[] = {"인천", "대구", "전남", "제주"};
    size_t lower = 0;
    float full = 0;
    for (size_t lines = 0; lines < 42; lines++) {
        fresh();
        build_lines(&b, "", lines);
        build_map(labels, 4);
        lay();
        struct found top = find_text(&seen, "인천"), coast = find_text(&seen, "전남"),
                     island = find_text(&seen, "제주");
        const float tile = find_text(&seen, "대구").y - top.y; /* of two rows */
        assert_true(fabsf(island.y - coast.y - tile / 2 * (1 + 1.0F / 3)) < 0.2F);
        full = lines ? full : tile;
        assert_true(tile / 2 >= 23 - near && tile < full + near);
        assert_int_equal(top.page, island.page);
        lower += tile < full * 0.7F;
    }
    assert_true(lower > 0);
}

/* A chart that fits one page is not divided. */
static void charts_stay_whole(void **state)
{
    (void)state;
    for (int kind = CHART_BAR; kind < CHART_MAP; kind++) {
        fresh();
        build_lines(&b, "", 38);
        build_series(&b, (enum chart_kind)kind, 9, kind == CHART_BAR ? 1 : 4);
        lay();
        assert_int_equal(find_text(&seen, "Chart").page, 2);
        assert_int_equal(seen.pages, 2);
    }
}

static void a_table_of_its_numbers_stays_with_a_chart(void **state)
{
    (void)state;
    build_lines(&b, "", 27);
    build_series(&b, CHART_LINE, 4, 2)->chart->table = TABLE_YES;
    build_table(&b, 4, 3, NULL);
    lay();
    assert_int_equal(find_text(&seen, "Chart").page, 2);
    assert_int_equal(find_text(&seen, "head0").page, 2);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(negative_bars_go_left),
        TEST(segments_add_up),
        TEST(lines_are_to_scale_and_break_where_nothing_is_known),
        TEST(each_number_stands_under_its_point),
        TEST(a_marker_looks_out_below_another),
        TEST(an_axis_that_is_cut_says_so),
        TEST(ends_are_pushed_apart),
        TEST(spreading_moves_as_little_as_possible),
        TEST(panels_have_one_scale),
        TEST(cells_bear_their_numbers),
        TEST(slopes_name_both_ends),
        TEST(rows_without_names_and_series_without_colours_are_said),
        TEST(long_names_of_slopes_stay_in_the_measure),
        TEST(codes_of_any_time_and_names),
        TEST(a_county_that_moved_is_one_tile),
        TEST(one_province_alone),
        TEST(regions_without_a_row_can_have_a_value),
        TEST(all_cities_on_one_page),
        TEST(classes_follow_the_values),
        TEST(classes_have_limits),
        TEST(long_texts_end_in_dots),
        TEST(values_outlive_long_names),
        TEST(text_is_in_order),
        TEST(odd_values_are_named_and_nothing_leaves_the_page),
        TEST(very_many_rows_and_series),
        TEST(equal_zero_and_single_values),
        TEST(a_chart_is_lower_where_that_keeps_it_on_the_page),
        TEST(a_map_is_lower_where_that_keeps_it_on_the_page),
        TEST(charts_stay_whole),
        TEST(a_table_of_its_numbers_stays_with_a_chart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
