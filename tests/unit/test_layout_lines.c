/* Paragraphs as lines: total fit against greedy ways, justification's bounds, and what a style asks of a line. */
#include "data/data.h"

#include "lines_fixture.h"

static void is_near(double a, double b)
{
    if (!(fabs(a - b) < 0.01))
        fail_msg("%f is not %f", a, b);
}

/* The pen behind the last glyph of a line, from the start of the measure. */
static double right_end(const struct line *line)
{
    double end = 0;
    for (size_t i = 0; i < line->n; i++)
        if (line->ops[i].kind == OP_TEXT)
            end = fmax(end, (double)line->ops[i].x + (double)line->ops[i].w);
    return end;
}

static struct block_style styled(const char *sheet_text)
{
    struct err err = {0};
    const struct style_sheet *sheet =
        style_open(arena, data_file("templates/house.ini"), "test.ini", str_from(sheet_text), &err);
    const struct block_style *style = sheet ? style_find(sheet, STR("x")) : NULL;
    if (!style)
        fail_msg("%s", err.text);
    return style ? *style : (struct block_style){0};
}

/* ---- row 5 ---- */

static void row_05_tracking_by_style(void **state)
{
    NEED_FONTS();
    const char *text = "시흥시 AV 25만";
    struct paragraph natural = set(text, &body, 300);
    for (int i = -1; i <= 1; i++) {
        struct text_style style = styled(i < 0    ? "[style x]\nsize = 10\ntracking = -0.05em\n"
                                         : i == 0 ? "[style x]\nsize = 10\ntracking = 0\n"
                                                  : "[style x]\nsize = 10\ntracking = 0.05em\n")
                                      .text;
        is_near((double)style.tracking, 0.5 * i);
        struct paragraph p = set(text, &style, 300);
        assert_int_equal(p.lines[0].n, 1);
        assert_string_equal(line_text(&p.lines[0]), text);
        const struct op *a = &natural.lines[0].ops[0], *b = &p.lines[0].ops[0];
        assert_int_equal(a->n, b->n);
        for (size_t g = 0; g < a->n; g++) {
            is_near((double)b->glyphs[g].advance, (double)a->glyphs[g].advance + 0.5 * i);
            assert_int_equal(a->glyphs[g].cluster, b->glyphs[g].cluster);
        }
    }
}

static void row_05_no_tracking_inside_a_cluster(void **state)
{
    NEED_FONTS();
    struct text_style wide = body;
    wide.tracking = 3;
    /* A syllable of old Hangul, and a letter with a mark, of two glyphs: one gap behind the whole. */
    static const char *const clusters[] = {"\xe1\x84\x92\xe1\x86\x9e\xe1\x86\xab", "q\xcc\x87"};
    for (size_t i = 0; i < 2; i++) {
        struct paragraph a = set(clusters[i], &body, 300), b = set(clusters[i], &wide, 300);
        assert_true(i == 0 || b.lines[0].ops[0].n > 1);
        is_near((double)b.lines[0].ops[0].w, (double)a.lines[0].ops[0].w + 3);
        for (size_t g = 0; g + 1 < b.lines[0].ops[0].n; g++)
            is_near((double)b.lines[0].ops[0].glyphs[g].advance, (double)a.lines[0].ops[0].glyphs[g].advance);
    }
}

/* The gap behind a line's last character is no part of it: both edges stay straight. */
static void row_05_tracking_keeps_the_edge(void **state)
{
    NEED_FONTS();
    for (int i = -1; i <= 1; i += 2) {
        struct text_style style = body;
        style.tracking = 0.5f * (float)i;
        struct paragraph p = set(sample(5, 60), &style, 300);
        assert_true(p.n > 3);
        for (size_t k = 0; k + 1 < p.n; k++)
            is_near(right_end(&p.lines[k]), 300 + (double)style.tracking);
        style.justify = false;
        style.align = ALIGN_RIGHT;
        p = set("시흥시", &style, 300);
        is_near(right_end(&p.lines[0]), 300 + (double)style.tracking);
    }
    struct text_style narrowest = body;
    narrowest.tracking = -50; /* no character gets narrower than nothing */
    struct paragraph p = set("시흥시 1)", &narrowest, 300);
    assert_int_equal(p.n, 1);
    is_near((double)p.lines[0].width, 0);
}

/* ---- total fit ---- */

/* First fit over the same candidates. */
static void greedy(struct breaker *b)
{
    for (size_t i = 0, j; i + 1 < b->n; i = j) {
        for (j = i + 1; j + 1 < b->n; j++) {
            double slack = lines_measure_at(b, i) - (b->items[j + 1].right.x - b->items[i].left.x);
            if (slack < 0)
                break;
        }
        b->items[j].from = (uint32_t)i;
    }
}

struct total {
    double demerits;
    size_t lines, cut, pairs, uneven; /* neighbours more than a colour apart */
};

static void add_path(const struct breaker *b, struct total *total)
{
    size_t path[200], n = 0;
    for (size_t at = b->n - 1; at > 0 && n < 200; at = b->items[at].from)
        path[n++] = at;
    unsigned colour = COLOUR_NORMAL;
    for (size_t k = n, i = 0; k-- > 0; i = path[k]) {
        unsigned before = colour;
        total->demerits += fit_demerits(b, i, path[k], &colour);
        total->lines++;
        total->cut += b->items[path[k]].level < BREAK_SPACE;
        total->pairs += k > 0 && i > 0;
        total->uneven += k > 0 && i > 0 && (before > colour + 1 || colour > before + 1);
    }
}

static struct breaker candidates(const char *text, const struct text_style *style, float measure)
{
    struct run run = {.text = str_from(text)};
    struct breaker b;
    arena_reset(shaper->scratch);
    itemize(shaper, arena, &run, 1, style);
    breaks_find(shaper);
    shape_segments(shaper);
    breaks_mark_slots(shaper);
    lines_begin(&b, shaper, style, measure);
    lines_candidates(&b, 0, (uint32_t)shaper->n);
    return b;
}

/* 300 random paragraphs, most measures that a page has: never worse than first fit, much better together; no line
 * sticks out, no gap is wider than it may be, no letter is lost. */
static void row_15_16_total_fit_is_never_worse_than_first_fit(void **state)
{
    NEED_FONTS();
    struct total all[2] = {{0}};
    for (unsigned seed = 0; seed < 300; seed++) {
        static const float measures[] = {481, 460, 440, 420};
        float measure = measures[seed % 4];
        struct breaker b = candidates(sample(seed * 7919, 20 + seed % 90), &body, measure);
        struct total own[2] = {{0}};
        fit_lines(&b);
        add_path(&b, &own[0]);
        is_near(own[0].demerits / b.items[b.n - 1].best, 1); /* what it has minimised */
        add_path(&b, &all[0]);
        greedy(&b);
        add_path(&b, &own[1]);
        add_path(&b, &all[1]);
        if (own[0].demerits > own[1].demerits + 1e-6)
            fail_msg("seed %u: %g, first fit has %g", seed, own[0].demerits, own[1].demerits);
        lines_free(&b);
        arena_reset(arena);
    }
    assert_true(all[0].demerits < all[1].demerits / 3);
    assert_true(all[0].cut * 3 < all[1].cut);
    assert_true(all[0].lines <= all[1].lines);
    assert_true(all[0].uneven * 10 < all[0].pairs * 3);
}

static void row_15_16_every_gap_is_bounded(void **state)
{
    NEED_FONTS();
    double space = (double)set("가 가", &body, 300).lines[0].width - (double)set("가가", &body, 300).lines[0].width;
    for (unsigned seed = 0; seed < 300; seed++) {
        float measure = seed % 2 ? 300 : 180;
        const char *text = sample(seed * 104729, 30 + seed % 40), *at = text;
        struct paragraph p = set(text, &body, measure);
        for (size_t i = 0; i < p.n; i++) {
            const char *line = line_text(&p.lines[i]);
            assert_true(right_end(&p.lines[i]) < (double)measure + 0.01);
            double gap = space + (double)p.lines[i].looseness * 10;
            if (gap < 0.7 * space - 0.001 || gap > 0.7 * 10 + 0.001)
                fail_msg("seed %u: a gap of %f pt in \"%s\"", seed, gap, line);
            assert_memory_equal(at, line, strlen(line));
            at += strlen(line);
            at += *at == ' ';
        }
        assert_int_equal(*at, 0);
        arena_reset(arena);
    }
}

static void row_13_kept_words_are_ragged_before_they_have_holes(void **state)
{
    NEED_FONTS();
    struct text_style style = styled("[style x]\nbased-on = body\nsize = 10\nwords = keep\n").text;
    assert_true(style.justify && style.keep_words);
    size_t ragged = 0, flush = 0;
    for (unsigned seed = 0; seed < 100; seed++) {
        struct paragraph p = set(sample(seed * 31, 60), &style, 340);
        for (size_t i = 0; i + 1 < p.n; i++) {
            assert_false(p.lines[i].cut_word);
            bool full = fabs(right_end(&p.lines[i]) - 340) < 0.01;
            ragged += !full;
            flush += full;
            if (!full && p.lines[i].looseness != 0) /* its gaps are the natural ones */
                fail_msg("a ragged line has gaps of %f em more", (double)p.lines[i].looseness);
            assert_true(p.lines[i].looseness < 0.7f);
        }
        arena_reset(arena);
    }
    assert_true(ragged > 10 && flush > 4 * ragged);
}

static void row_19_last_lines_are_words(void **state)
{
    NEED_FONTS();
    size_t paragraphs = 0, small = 0;
    for (unsigned seed = 0; seed < 300; seed++) {
        struct paragraph p = set(sample(seed * 613, 20 + seed % 30), &body, 400);
        paragraphs += p.n > 1;
        small += p.n > 1 && utf8_count(str_from(line_text(&p.lines[p.n - 1]))) <= 3;
        arena_reset(arena);
    }
    assert_true(paragraphs > 290);
    assert_int_equal(small, 0);
}

/* ---- hanging marks ---- */

static void row_16_hanging_marks(void **state)
{
    NEED_FONTS();
    struct text_style style = styled("[style x]\nbased-on = body\nsize = 10\nhanging = yes\n").text;
    assert_true(style.hang);
    static const struct {
        const char *text, *mark;
        double part;
    } cases[] = {{"시흥시는 했다.", ".", 1}, {"시흥시와,", ",", 1},    {"시흥 ‘육성’", "’", 0.5},
                 {"시흥 “육성”", "”", 0.5},  {"시흥 육성·", "·", 0.5}, {"시흥 (육성)", ")", 0},
                 {"시흥 육성", "성", 0}};
    style.align = ALIGN_RIGHT;
    style.justify = false;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double from, to;
        struct paragraph p = set(cases[i].text, &style, 200);
        extent(&p.lines[0], cases[i].mark, &from, &to);
        is_near(right_end(&p.lines[0]) - 200, cases[i].part * (to - from));
    }
}

static void row_16_hanging_marks_leave_the_edge_straight(void **state)
{
    NEED_FONTS();
    struct text_style style = body;
    style.hang = true;
    size_t hung = 0;
    for (unsigned seed = 0; seed < 60; seed++) {
        struct paragraph p = set(sample(seed * 17, 60), &style, 300);
        for (size_t i = 0; i + 1 < p.n; i++) {
            const char *line = line_text(&p.lines[i]);
            double over = right_end(&p.lines[i]) - 300;
            bool mark = strchr(".,", line[strlen(line) - 1]) || str_ends(str_from(line), STR("’")) ||
                        str_ends(str_from(line), STR("·"));
            if (mark ? over < 0.5 || over > 3 : fabs(over) > 0.01)
                fail_msg("%f beyond the edge: %s", over, line);
            hung += mark;
        }
        arena_reset(arena);
    }
    assert_true(hung > 20);
}

/* ---- row 21 ---- */

static void row_21_indent_in_characters(void **state)
{
    NEED_FONTS();
    struct text_style style = styled("[style x]\nbased-on = body\nsize = 14\nindent = 1em\n").text;
    struct paragraph p = set(sample(9, 60), &style, 300);
    double a, b;
    extent(&p.lines[1], line_text(&p.lines[1]), &a, &b);
    is_near(a, 0);
    is_near((double)p.lines[0].ops[0].x, 14);
    is_near(right_end(&p.lines[0]), 300);
    style = styled("[style x]\nbased-on = body\nsize = 14\nindent = -2em\n").text;
    p = set(sample(9, 60), &style, 300);
    is_near((double)p.lines[0].ops[0].x, 0);
    is_near((double)p.lines[1].ops[0].x, 28);
}

/* ---- row 23 ---- */

static void row_23_percent_fixed_and_least(void **state)
{
    NEED_FONTS();
    struct text_style percent = styled("[style x]\nsize = 10\nleading = 160%\n").text;
    struct text_style fixed = styled("[style x]\nsize = 10\nleading = 12\n").text;
    struct text_style least = styled("[style x]\nsize = 10\nleading = least 6\n").text;
    struct text_style wide = styled("[style x]\nsize = 10\nleading = least 30\n").text;
    struct paragraph p = set("시흥시", &percent, 300);
    is_near((double)p.lines[0].leading, 16);
    p = set("시흥시", &fixed, 300);
    is_near((double)p.lines[0].leading, 12);
    is_near((double)p.lines[0].above, 0);
    p = set("시흥시", &wide, 300);
    is_near((double)p.lines[0].leading, 30);
    p = set("시흥시", &least, 300);
    const struct face *face = p.lines[0].ops[0].face;
    is_near((double)p.lines[0].leading, 10.0 * (face->ascent - face->descent) / face->units);
    is_near((double)p.lines[0].above, 10.0 * face->ascent / face->units - (double)style_baseline(&least));
}

static void row_23_a_line_grows_for_what_stands_in_it(void **state)
{
    NEED_FONTS();
    struct text_style least = styled("[style x]\nsize = 10\nleading = least 15\n").text;
    const struct run runs[] = {{.text = STR("시흥시")}, {.text = STR("1)"), .flags = RUN_SUPER}};
    struct paragraph plain = set_runs(runs, 1, &least, 300), raised = set_runs(runs, 2, &least, 300);
    const struct op *super = &raised.lines[0].ops[1];
    double top = (double)super->size * super->face->ascent / super->face->units - (double)super->y;
    assert_true((double)(raised.lines[0].above + style_baseline(&least)) >= top - 0.01);
    assert_true(raised.lines[0].leading >= plain.lines[0].leading);
    struct text_style small = least;
    small.size = 6; /* so high over so small a line that it must grow */
    small.leading = 6;
    plain = set_runs(runs, 1, &small, 300);
    raised = set_runs(runs, 2, &small, 300);
    assert_true(plain.lines[0].leading > 6);
    small.leading_least = false;
    is_near((double)set_runs(runs, 2, &small, 300).lines[0].leading, 6);
}

/* The page builder gives a line what it asks for. */
static void row_23_pages_have_room_for_grown_lines(void **state)
{
    NEED_FONTS();
    struct err err = {0};
    const struct style_sheet *sheet = style_open(arena, data_file("templates/house.ini"), "test.ini",
                                                 STR("[style body]\nsize = 20\nleading = least 12\n"), &err);
    assert_non_null(sheet);
    struct run run = {.text = str_from(sample(3, 60))};
    struct block block = {.kind = BLOCK_PARAGRAPH, .runs = &run, .n = 1};
    struct doc doc = {.first = &block};
    struct layout *layout = layout_new(fonts, sheet, &doc, &diag);
    struct page page;
    assert_true(layout_next(layout, &page, &err));
    float y = 0;
    size_t lines = 0;
    for (size_t i = 0; i < page.n; i++) {
        const struct op *op = &page.ops[i];
        if (op->kind != OP_TEXT || op->artifact)
            continue;
        double natural = 20.0 * (op->face->ascent - op->face->descent) / op->face->units;
        if (y > 0)
            is_near((double)(op->y - y), natural);
        y = op->y;
        lines++;
    }
    assert_true(lines > 5);
    layout_free(layout);
}

/* ---- hostile text ---- */

/* Any text in any style of lines: no line sticks out by more than what hangs, no number that is none. */
static void random_strings_in_styles(void **state)
{
    NEED_FONTS();
    static const char *const parts[] = {" ",        "가",
                                        "나다라마", "12.5",
                                        ".",        ",",
                                        "(",        ")",
                                        "“",        "”",
                                        "·",        "-",
                                        "만",       "원",
                                        "http://",  "\xe2\x80\x8b",
                                        "\xcc\x81", "\n",
                                        "\xc2\xa0", "\xe1\x84\x92\xe1\x86\x9e",
                                        "AV",       "\xf0\x9f\x98\x80",
                                        "\x01",     "。",
                                        "「",       "\t"};
    static const float trackings[] = {0, 0.5f, -0.4f, -20, 30};
    unsigned seed = 4711;
    for (int round = 0; round < 600; round++) {
        struct text_style style = body;
        style.tracking = trackings[round % 5];
        style.hang = round & 1;
        style.keep_words = round & 2;
        style.justify = round & 4;
        style.leading_least = round & 8;
        style.indent = (float)(round % 7 - 3) * 8;
        struct buf text = {0};
        for (int k = 0; k < 80; k++) {
            seed = seed * 1664525u + 1013904223u;
            buf_text(&text, parts[(seed >> 12) % (sizeof parts / sizeof *parts)]);
        }
        struct paragraph p = set_runs(&(struct run){.text = buf_view(&text)}, 1, &style, 150);
        for (size_t i = 0; i < p.n; i++) {
            struct str line = str_from(line_text(&p.lines[i]));
            double empty = str_ends(line, STR("。")) || str_ends(line, STR("「")) ? 5 : 0; /* half of the glyph */
            double hang = fmax((double)style.tracking, 0) + empty + (style.hang ? 5 : 0);
            double over = right_end(&p.lines[i]) - 150 - hang;
            if (!(over < 0.01) || !isfinite(p.lines[i].leading) || p.lines[i].leading < style.leading)
                fail_msg("round %d: %f pt beyond the measure: %s", round, over, line.p);
        }
        buf_free(&text);
        arena_reset(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(row_05_tracking_by_style),
        cmocka_unit_test(row_05_no_tracking_inside_a_cluster),
        cmocka_unit_test(row_05_tracking_keeps_the_edge),
        cmocka_unit_test(row_13_kept_words_are_ragged_before_they_have_holes),
        cmocka_unit_test(row_15_16_total_fit_is_never_worse_than_first_fit),
        cmocka_unit_test(row_15_16_every_gap_is_bounded),
        cmocka_unit_test(row_16_hanging_marks),
        cmocka_unit_test(row_16_hanging_marks_leave_the_edge_straight),
        cmocka_unit_test(row_19_last_lines_are_words),
        cmocka_unit_test(row_21_indent_in_characters),
        cmocka_unit_test(row_23_percent_fixed_and_least),
        cmocka_unit_test(row_23_a_line_grows_for_what_stands_in_it),
        cmocka_unit_test(row_23_pages_have_room_for_grown_lines),
        cmocka_unit_test(random_strings_in_styles),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
