/* Tab stops (RULES.md row 24). */
#include "lines_fixture.h"

static struct text_style with(struct tab_stop stop)
{
    struct text_style style = body;
    style.tabs[0] = stop;
    style.n_tabs = 1;
    return style;
}

static void is_near(double a, double b)
{
    if (!(fabs(a - b) < 0.01))
        fail_msg("%f is not %f", a, b);
}

static void row_24_left_right_center(void **state)
{
    NEED_FONTS();
    double from, to;
    struct text_style style = with((struct tab_stop){.at = 100, .how = TAB_LEFT});
    struct paragraph p = set("시흥시\t다섯", &style, 300);
    extent(&p.lines[0], "다섯", &from, &to);
    is_near(from, 100);
    style.tabs[0].how = TAB_RIGHT;
    p = set("시흥시\t다섯 곳", &style, 300);
    extent(&p.lines[0], "다섯 곳", &from, &to);
    is_near(to, 100);
    style.tabs[0].how = TAB_CENTER;
    p = set("시흥시\t다섯 곳", &style, 300);
    extent(&p.lines[0], "다섯 곳", &from, &to);
    is_near((from + to) / 2, 100);
    assert_int_equal(p.n, 1);
}

static void row_24_decimal_points_stand_under_each_other(void **state)
{
    NEED_FONTS();
    const struct text_style style = with((struct tab_stop){.at = 100, .how = TAB_POINT});
    static const char *const texts[] = {"가.\t12.5%", "나. 인구\t1,234.75명", "다.\t0.125"};
    for (size_t i = 0; i < 3; i++) {
        double from, to;
        struct paragraph p = set(texts[i], &style, 300);
        extent(&p.lines[0], strrchr(texts[i], '.'), &from, &to);
        is_near(from, 100);
    }
    struct paragraph p = set("라.\t1,234", &style, 300); /* a whole number ends where the others have their point */
    double from, to;
    extent(&p.lines[0], "1,234", &from, &to);
    is_near(to, 100);
}

static void row_24_several_stops_in_turn(void **state)
{
    NEED_FONTS();
    struct text_style style = with((struct tab_stop){.at = 60});
    style.tabs[1] = (struct tab_stop){.at = 200, .how = TAB_RIGHT};
    style.n_tabs = 2;
    double a, b, unused;
    struct paragraph p = set("구\t사업\t12건\t끝", &style, 300);
    extent(&p.lines[0], "사업", &a, &unused);
    extent(&p.lines[0], "12건", &unused, &b);
    is_near(a, 60);
    is_near(b, 200);
    double end,
        space = (double)set("가 가", &body, 300).lines[0].width - (double)set("가가", &body, 300).lines[0].width;
    extent(&p.lines[0], "끝", &end, &unused);
    is_near(end, 200 + space);                            /* past the last stop a tab is a space */
    p = set("첫 칸의 긴 글이 넘친다\t12건", &style, 300); /* a text that has passed a stop goes to the next one */
    extent(&p.lines[0], "12건", &unused, &b);
    is_near(b, 200);
}

static void row_24_without_stops_a_tab_is_a_space(void **state)
{
    NEED_FONTS();
    const char *text = "시흥시 바이오산업\t생태계 조성과 인재\t양성을 위한 협력",
               *plain = arena_copy(arena, text, strlen(text));
    for (char *tab; (tab = strchr(plain, '\t'));)
        *tab = ' ';
    struct paragraph p = set(text, &body, 120), q = set(plain, &body, 120);
    assert_true(p.n > 1);
    assert_int_equal(p.n, q.n);
    for (size_t i = 0; i < p.n; i++) {
        assert_string_equal(line_text(&p.lines[i]), line_text(&q.lines[i])); /* no control character in a copy */
        is_near((double)p.lines[i].width, (double)q.lines[i].width);
    }
}

static void row_24_leaders_are_drawn_and_not_written(void **state)
{
    NEED_FONTS();
    const struct text_style style = with((struct tab_stop){.at = 300, .how = TAB_RIGHT, .dots = true});
    struct paragraph p = set("1. 이달의 요약\t3", &style, 300), q = set("2. 시도별 추진 사업 수\t15", &style, 300);
    const struct op *a = find_op(&p.lines[0], OP_LINE), *b = find_op(&q.lines[0], OP_LINE);
    assert_non_null(a);
    assert_non_null(b);
    assert_true(a->artifact && a->dash > 0 && a->gap > a->dash);
    assert_string_equal(line_text(&p.lines[0]), "1. 이달의 요약 3");
    double title_end, number, unused;
    extent(&p.lines[0], "요약", &unused, &title_end);
    extent(&p.lines[0], "3", &number, &unused);
    assert_true((double)a->x > title_end && (double)(a->x + a->w) < number);
    double steps = (double)(b->x - a->x) / (double)(a->dash + a->gap);
    is_near(steps, round(steps)); /* dots stand under dots */
    const struct text_style narrow =
        with((struct tab_stop){.at = p.lines[0].width - a->w, .how = TAB_RIGHT, .dots = true});
    p = set("1. 이달의 요약\t3", &narrow, 300); /* no room for dots */
    assert_null(find_op(&p.lines[0], OP_LINE));
}

static void row_24_what_does_not_fit_takes_its_tab_along(void **state)
{
    NEED_FONTS();
    const struct text_style style = with((struct tab_stop){.at = 150, .how = TAB_RIGHT, .dots = true});
    struct paragraph p = set("산학연 협력 체계 구축과 창업 지원\t127", &style, 150);
    assert_int_equal(p.n, 2);
    double from, to;
    extent(&p.lines[1], "127", &from, &to);
    is_near(to, 150);
    assert_non_null(find_op(&p.lines[1], OP_LINE));
    const struct run link = {.text = STR("\t127"), .link = STR("#a")}; /* three ops of one text */
    p = set_runs(&link, 1, &style, 150);
    assert_int_equal(p.lines[0].n, 3);
    const struct text_style far = with((struct tab_stop){.at = 900, .how = TAB_RIGHT});
    p = set("요약\t3", &far, 150); /* a stop outside the measure stands at its end */
    extent(&p.lines[0], "3", &from, &to);
    is_near(to, 150);
}

static void row_24_stops_count_from_the_measure_whatever_the_indent(void **state)
{
    NEED_FONTS();
    struct text_style style = with((struct tab_stop){.at = 40});
    style.indent = -40;
    struct paragraph p = set("가.\t본문이 이어지는 여러 줄의 문단으로 둘째 줄부터는 글자 아래에 선다", &style, 200);
    double from, to;
    extent(&p.lines[0], "본문", &from, &to);
    is_near(from, 40);
    assert_true(p.n > 1);
    is_near((double)p.lines[1].ops[0].x, 40);
    style.indent = 15;
    p = set("가\t나", &style, 200);
    is_near((double)p.lines[0].ops[0].x, 15);
    extent(&p.lines[0], "나", &from, &to);
    is_near(from, 40);
}

static void row_24_tracking_ends_with_the_text(void **state)
{
    NEED_FONTS();
    for (float tracking = -0.5F; tracking <= 0.5F; tracking += 0.5F) {
        struct text_style style = with((struct tab_stop){.at = 300, .how = TAB_RIGHT});
        double from, to;
        style.tracking = tracking;
        struct paragraph p = set("시흥시\t다섯 곳", &style, 300);
        assert_int_equal(p.n, 1);
        extent(&p.lines[0], "다섯 곳", &from, &to);
        is_near(to - (double)tracking, 300);
    }
}

static void row_24_a_hyphen_stays_in_the_measure(void **state)
{
    NEED_FONTS();
    const struct text_style style = with((struct tab_stop){.at = 40});
    for (float measure = 80; measure < 130; measure += 1) {
        struct paragraph p = set("가\tinter\xc2\xadnatio\xc2\xadnal\xc2\xadi\xc2\xadsation", &style, measure);
        for (size_t i = 0; i < p.n; i++)
            assert_true(p.lines[i].width < measure + 0.01f);
    }
}

static size_t count_letters(struct str text)
{
    size_t n = 0;
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        n += c > ' ' && c != 0x200b;
    }
    return n;
}

/* Any text with any stops: every line within the measure, every letter in its place, in linear time. */
static void row_24_random_tabs(void **state)
{
    NEED_FONTS();
    static const char *const parts[] = {
        "\t",    "\t", " ",  "가",           "나다라",   "12.5", ".", "바이오산업생태계조성", "a", "(", "\n",
        "1,234", "만", "원", "\xe2\x80\x8b", "\xcc\x81", ")",    "漢"};
    unsigned seed = 77;
    for (int round = 0; round < 500; round++) {
        struct text_style style = body;
        float measure = 60 + (float)(round % 7) * 40, at = 0;
        style.n_tabs = 1 + (unsigned)round % MOST_TABS;
        for (unsigned i = 0; i < style.n_tabs; i++) {
            seed = seed * 1664525u + 1013904223u;
            style.tabs[i] =
                (struct tab_stop){.at = at += 1 + (float)(seed >> 26), .how = seed >> 8 & 3, .dots = seed & 64};
        }
        style.indent = round % 5 ? 0 : (float)(round % 3 - 1) * 12;
        struct buf text = {0};
        for (int k = 0; k < 60; k++) {
            seed = seed * 1664525u + 1013904223u;
            buf_text(&text, parts[(seed >> 12) % (sizeof parts / sizeof *parts)]);
        }
        struct paragraph p = set_runs(&(struct run){.text = buf_view(&text)}, 1, &style, measure);
        size_t set_letters = 0, letters = count_letters(buf_view(&text));
        for (size_t i = 0; i < p.n; i++) {
            float start = p.lines[i].n ? p.lines[i].ops[0].x : 0;
            if (start + p.lines[i].width > measure + 0.01f)
                fail_msg("round %d line %zu: %f of %f", round, i, (double)(start + p.lines[i].width), (double)measure);
            set_letters += count_letters(str_from(line_text(&p.lines[i])));
        }
        assert_int_equal(letters, set_letters);
        buf_free(&text);
        arena_reset(arena);
    }
    struct buf text = {0};
    while (text.n < 300000)
        buf_text(&text, text.n % 5 ? "\t\xe2\x80\x8b" : "\t");
    const struct text_style style = with((struct tab_stop){.at = 10, .how = TAB_RIGHT});
    struct paragraph p = set_runs(&(struct run){.text = buf_view(&text)}, 1, &style, 1e6f);
    assert_true(p.n > 0);
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(row_24_left_right_center),
        cmocka_unit_test(row_24_decimal_points_stand_under_each_other),
        cmocka_unit_test(row_24_several_stops_in_turn),
        cmocka_unit_test(row_24_without_stops_a_tab_is_a_space),
        cmocka_unit_test(row_24_leaders_are_drawn_and_not_written),
        cmocka_unit_test(row_24_what_does_not_fit_takes_its_tab_along),
        cmocka_unit_test(row_24_stops_count_from_the_measure_whatever_the_indent),
        cmocka_unit_test(row_24_tracking_ends_with_the_text),
        cmocka_unit_test(row_24_a_hyphen_stays_in_the_measure),
        cmocka_unit_test(row_24_random_tabs),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
