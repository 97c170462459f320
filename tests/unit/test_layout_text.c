/* Set text: widths, fallback, justification, last lines, hostile input. */
#include "base/mem.h"
#include "base/utf8.h"
#include "layout/font.h"
#include "layout/text.h"
#include "shaper_fixture.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#define NOTO_FOLDER "/usr/share/fonts/opentype/noto/NotoSansCJK-"
#define NANUM       "/usr/share/fonts/truetype/nanum/NanumGothic.ttf"

static struct fonts *nanum;

static const char noto_config[] =
    "[text]\nfont = " NOTO_FOLDER "Regular.ttc#NotoSansCJKkr-Regular\n[strong]\nfont = " NOTO_FOLDER
    "Bold.ttc#NotoSansCJKkr-Bold\n[mono]\nfont = " NOTO_FOLDER "Regular.ttc#NotoSansMonoCJKkr-Regular\n";
static const char nanum_config[] =
    "[text]\nfont = " NANUM "\nfont = " NOTO_FOLDER "Regular.ttc#NotoSansCJKkr-Regular\n[strong]\nfont = " NANUM
    "\n[mono]\nfont = " NANUM "\n";

static int start(void **state)
{
    (void)state;
    struct err err = {0};
    shaper_start(noto_config);
    nanum = fonts_open("test.ini", str_from(nanum_config), &err);
    if (!nanum && shaper) {
        print_message("skipped: %s\n", err.text);
        shaper_free(shaper);
        shaper = NULL;
    }
    return 0;
}

static int stop(void **state)
{
    (void)state;
    shaper_stop();
    fonts_free(nanum);
    return 0;
}

static const struct text_style body = {.role = ROLE_TEXT, .size = 10.5f, .leading = 17, .justify = true};
static const struct text_style cell = {.role = ROLE_TEXT, .size = 9, .leading = 13, .keep_words = true};

#define NEED_FONTS()                                                                                                   \
    if (!shaper)                                                                                                       \
    skip()

static struct paragraph set(const char *text, const struct text_style *style, float measure)
{
    struct run run = {.text = str_from(text)};
    struct paragraph out;
    text_set(shaper, arena, &run, 1, style, measure, &out);
    return out;
}

/* Made-up sentences in the manner of a press release; `seed` varies them. */
static char *sample(unsigned seed, size_t words)
{
    static const char *const stems[] = {
        "청년", "창업", "지원",         "사업",     "바이오",          "산업",     "육성",       "제조업",
        "혁신", "센터", "협약",         "연구개발", "생태계",          "인재양성", "스마트공장", "규제자유특구",
        "기술", "AI",   "6조 7천억 원", "25만 개",  "‘벤처·스타트업’", "판로",     "(센터장)"};
    static const char *const tails[] = {"", "", "은", "를", "에서", "으로", "까지", "과", "의", " 위해", "했다."};
    struct buf out = {0};
    for (size_t i = 0; i < words; i++) {
        seed = seed * 1103515245u + 12345u;
        buf_text(&out, i ? " " : "");
        buf_text(&out, stems[(seed >> 16) % (sizeof stems / sizeof *stems)]);
        if (seed >> 28 < 3)
            buf_text(&out, stems[(seed >> 8) % 16]);
        buf_text(&out, tails[(seed >> 20) % (sizeof tails / sizeof *tails)]);
    }
    char *copy = arena_copy(arena, out.p, out.n);
    buf_free(&out);
    return copy;
}

static double advances(const struct line *line)
{
    double sum = 0;
    for (size_t i = 0; i < line->n; i++)
        for (size_t g = 0; line->ops[i].kind == OP_TEXT && g < line->ops[i].n; g++)
            sum += (double)line->ops[i].glyphs[g].advance;
    return sum;
}

static struct str line_text(const struct line *line)
{
    struct buf out = {0};
    for (size_t i = 0; i < line->n; i++)
        if (line->ops[i].kind == OP_TEXT)
            buf_str(&out, line->ops[i].text);
    struct str copy = str_copy(arena, buf_view(&out));
    buf_free(&out);
    return copy;
}

static void row_15_16_justified_lines_fill_the_measure(void **state)
{
    (void)state;
    NEED_FONTS();
    for (unsigned seed = 1; seed < 40; seed++) {
        float measure = seed % 2 ? 481 : 300;
        struct paragraph p = set(sample(seed, 120), &body, measure);
        assert_true(p.n > 3);
        for (size_t i = 0; i < p.n; i++) {
            double width = advances(&p.lines[i]);
            if (fabs(width - (double)p.lines[i].width) > 0.01 || width > (double)measure + 0.01)
                fail_msg("seed %u line %zu: %f of %f", seed, i, width, (double)measure);
            if (i + 1 < p.n && fabs(width - (double)measure) > 0.01)
                fail_msg("seed %u line %zu is ragged: %f of %f: %s", seed, i, width, (double)measure,
                         line_text(&p.lines[i]).p);
            assert_true(p.lines[i].looseness < 0.5f && p.lines[i].looseness > -0.08f);
        }
    }
}

/* Row 17 and row 15: only spaces move by more than the letter bound; digits, brackets and stops never; no space falls
 * under 0.7 of its natural width. */
static void row_17_what_does_not_stretch(void **state)
{
    (void)state;
    NEED_FONTS();
    const struct text_style *style = &body;
    struct paragraph p = set(sample(7, 400), style, 200);
    size_t spread = 0;
    for (size_t i = 0; i < p.n; i++)
        for (size_t o = 0; o < p.lines[i].n; o++) {
            const struct op *op = &p.lines[i].ops[o];
            for (size_t g = 0; op->kind == OP_TEXT && g < op->n; g++) {
                double scale = (double)op->size / op->face->units;
                double extra = (double)op->glyphs[g].advance - op->glyphs[g].natural * scale;
                size_t at = op->glyphs[g].cluster;
                uint32_t c = utf8_next(op->text, &at);
                spread += extra > 0.01 && c != ' ';
                if (c == ' ')
                    assert_true(extra > -0.301 * op->glyphs[g].natural * scale);
                else if (c < 0x80 && strchr("0123456789().,", (int)c))
                    assert_true(extra < 0.01);
                else if (utf8_is_hangul(c))
                    assert_true(extra < 0.031 * (double)op->size && extra > -0.01);
            }
        }
    assert_true(spread > 0); /* the bound was tried */
}

static void row_19_no_short_last_line(void **state)
{
    (void)state;
    NEED_FONTS();
    size_t paragraphs = 0, bad = 0;
    for (unsigned seed = 100; seed < 200; seed++) {
        struct paragraph p = set(sample(seed, 60 + seed % 30), &body, 300);
        paragraphs += p.n > 1;
        bad += p.n > 1 && utf8_count(line_text(&p.lines[p.n - 1])) <= 2;
    }
    assert_true(paragraphs == 100);
    assert_int_equal(bad, 0);
}

static void row_13_words_are_cut_seldom_or_never(void **state)
{
    (void)state;
    NEED_FONTS();
    size_t lines = 0, cut = 0;
    for (unsigned seed = 1; seed < 30; seed++) {
        struct paragraph p = set(sample(seed, 150), &body, 481);
        for (size_t i = 0; i + 1 < p.n; i++, lines++)
            cut += p.lines[i].cut_word;
        p = set(sample(seed, 40), &cell, 140);
        for (size_t i = 0; i < p.n; i++)
            assert_false(p.lines[i].cut_word);
    }
    if (cut * 5 > lines)
        fail_msg("%zu of %zu lines end inside an 어절", cut, lines);
}

/* Rows 9–11 and 40 together, on set lines: the lines' texts with the dropped spaces are the source. */
static void row_09_10_40_lines_keep_the_rules_and_the_source(void **state)
{
    (void)state;
    NEED_FONTS();
    for (unsigned seed = 1; seed < 20; seed++) {
        const char *text = sample(seed, 100), *at = text;
        struct paragraph p = set(text, &body, 170);
        for (size_t i = 0; i < p.n; i++) {
            struct str line = line_text(&p.lines[i]);
            assert_true(line.n > 0 && line.p[0] != ' ' && line.p[line.n - 1] != ' ');
            assert_memory_equal(at, line.p, line.n);
            assert_null(strchr(").,", line.p[0]));
            assert_true(line.p[line.n - 1] != '(' && !str_ends(line, STR("‘")) && !str_starts(line, STR("’")) &&
                        !str_starts(line, STR("·")));
            at += line.n;
            at += *at == ' ';
        }
        assert_int_equal(*at, 0);
    }
}

static void row_39_missing_glyph_is_a_box_and_one_warning(void **state)
{
    (void)state;
    NEED_FONTS();
    size_t before = diag.n;
    struct paragraph p = set("가\xe1\x9a\xa0나\xe1\x9a\xa0 \xf0\x90\x8a\x80", &cell, 300); /* U+16A0 twice, U+10280 */
    assert_int_equal(diag.n - before, 2);
    assert_string_equal(diag.items[before].code, "missing-glyph");
    assert_non_null(strstr(diag.items[before].text, "U+16A0"));
    assert_int_equal(p.n, 1);
    struct paragraph box = set("\u25A1", &cell, 300);
    assert_int_not_equal(box.lines[0].ops[0].glyphs[0].id, 0);
    assert_int_equal(p.lines[0].ops[0].glyphs[1].id, box.lines[0].ops[0].glyphs[0].id);
    assert_true(p.lines[0].ops[0].glyphs[1].advance == box.lines[0].ops[0].glyphs[0].advance);
    assert_int_equal(p.lines[0].ops[0].glyphs[1].cluster, 3);
    assert_true(str_equal(line_text(&p.lines[0]), STR("가\xe1\x9a\xa0나\xe1\x9a\xa0 \xf0\x90\x8a\x80")));
}

static void row_36_37_fallback_takes_whole_clusters(void **state)
{
    (void)state;
    NEED_FONTS();
    struct shaper *other = house_shaper(nanum, &diag);
    /* NanumGothic has neither 䨺 nor old Hangul: 시흥 䨺 ᄒᆞᆫ글 */
    struct run run = {.text = STR("시흥 \xe4\xa8\xba \xe1\x84\x92\xe1\x86\x9e\xe1\x86\xab글")};
    struct paragraph p;
    text_set(other, arena, &run, 1, &cell, 300, &p);
    assert_int_equal(p.n, 1);
    assert_int_equal(p.lines[0].n, 3);
    assert_true(str_equal(p.lines[0].ops[2].text, STR("글")));
    assert_true(str_equal(p.lines[0].ops[0].face->name, STR("NanumGothic")));
    assert_true(str_equal(p.lines[0].ops[1].face->name, STR("NotoSansCJKkr-Regular")));
    for (size_t i = 0; i < p.lines[0].n; i++)
        for (size_t g = 0; g < p.lines[0].ops[i].n; g++)
            assert_int_not_equal(p.lines[0].ops[i].glyphs[g].id, 0);
    shaper_free(other);
}

static void row_37_old_hangul_is_one_syllable_wide(void **state)
{
    (void)state;
    NEED_FONTS();
    struct paragraph p = set("\xe1\x84\x92\xe1\x86\x9e\xe1\x86\xab", &cell, 300);
    assert_true(p.lines[0].width < 1.05f * cell.size && p.lines[0].width > 0.8f * cell.size);
    for (size_t g = 0; g < p.lines[0].ops[0].n; g++)
        assert_int_equal(p.lines[0].ops[0].glyphs[g].cluster, 0);
}

static void row_04_and_06_kerning_and_no_gap(void **state)
{
    (void)state;
    NEED_FONTS();
    struct paragraph av = set("AVAVAV", &cell, 300), v = set("V", &cell, 300), a = set("A", &cell, 300);
    assert_true(av.lines[0].width < 3 * (v.lines[0].width + a.lines[0].width) - 0.5f);
    struct paragraph mixed = set("한A국", &cell, 300), han = set("한국", &cell, 300);
    assert_true(fabsf(mixed.lines[0].width - han.lines[0].width - a.lines[0].width) < 0.01f);
}

static void row_07_25_looks_links_breaks_and_superscript(void **state)
{
    (void)state;
    NEED_FONTS();
    const struct run runs[] = {{.text = STR("시흥시 ")},
                               {.text = STR("창업 지원"), .flags = RUN_STRONG, .link = STR("https://example.kr/")},
                               {.text = STR("사업")},
                               {.text = STR("1)"), .flags = RUN_SUPER},
                               {.text = STR("code"), .flags = RUN_CODE | RUN_BREAK}};
    struct paragraph p;
    text_set(shaper, arena, runs, 5, &cell, 300, &p);
    assert_int_equal(p.n, 2);
    const struct line *first = &p.lines[0];
    assert_int_equal(first->n, 5);
    assert_true(str_equal(first->ops[0].text, STR("시흥시 ")));
    assert_true(str_equal(first->ops[1].face->name, STR("NotoSansCJKkr-Bold")));
    assert_int_equal(first->ops[1].colour.b, 0xd0);
    assert_true(fabsf(first->ops[3].size - 0.65f * cell.size) < 0.001f && first->ops[3].y < -1);
    const struct op *link = &first->ops[4];
    assert_int_equal(link->kind, OP_LINK);
    assert_true(str_equal(link->link, STR("https://example.kr/")));
    assert_true(fabsf(link->x - first->ops[1].x) < 0.001f &&
                fabsf(link->w - (first->ops[2].x - first->ops[1].x)) < 0.01f);
    assert_true(link->y < -6 && link->h > 8 && link->h < 14);
    assert_true(str_equal(p.lines[1].ops[0].face->name, STR("NotoSansMonoCJKkr-Regular")));
    assert_true(p.ascent > 6 && p.descent > 0.5f);
}

static void row_07_25_named_looks(void **state)
{
    (void)state;
    NEED_FONTS();
    const struct run runs[] = {{.text = STR("물 H")},
                               {.text = STR("2"), .flags = RUN_SUB},
                               {.text = STR("O와 ")},
                               {.text = STR("말"), .style = STR("strong")},
                               {.text = STR("code"), .flags = RUN_CODE | RUN_STRONG}};
    struct paragraph p;
    text_set(shaper, arena, runs, 5, &cell, 300, &p);
    const struct op *ops = p.lines[0].ops;
    assert_int_equal(p.lines[0].n, 5);
    assert_true(ops[1].y > 0.5F && fabsf(ops[1].size - 0.65f * cell.size) < 0.001f); /* below the baseline */
    assert_true(ops[2].y == 0);
    assert_true(str_equal(ops[3].face->name, STR("NotoSansCJKkr-Bold")));
    assert_true(str_equal(ops[4].face->name, STR("NotoSansMonoCJKkr-Regular")));
    struct character_style own[CHARACTER_NAMED + 1];
    memcpy(own, house()->characters, CHARACTER_NAMED * sizeof *own);
    own[CHARACTER_NAMED] =
        (struct character_style){.name = "강조", .has_colour = true, .colour = {1, 2, 3}, .size = 1.5F, .raise = 0.2F};
    const struct run named[] = {{.text = STR("가"), .style = STR("강조")}, {.text = STR("나"), .style = STR("없음")}};
    shaper_characters(shaper, own, CHARACTER_NAMED + 1);
    text_set(shaper, arena, named, 2, &cell, 300, &p);
    shaper_characters(shaper, house()->characters, house()->n_characters);
    ops = p.lines[0].ops;
    assert_true(ops[0].colour.r == 1 && fabsf(ops[0].size - 1.5F * cell.size) < 0.001F);
    assert_true(fabsf(ops[0].y + 0.2F * cell.size) < 0.001F);
    assert_true(ops[1].size == cell.size && ops[1].y == 0);
}

static void row_16_21_22_alignment_and_indents(void **state)
{
    (void)state;
    NEED_FONTS();
    struct text_style style = cell;
    style.align = ALIGN_RIGHT;
    struct paragraph p = set("시흥", &style, 100);
    assert_true(fabsf(p.lines[0].ops[0].x + p.lines[0].width - 100) < 0.01f);
    style.align = ALIGN_CENTER;
    p = set("시흥", &style, 100);
    assert_true(fabsf(2 * p.lines[0].ops[0].x + p.lines[0].width - 100) < 0.01f);
    struct text_style hanging = body;
    hanging.indent = -20;
    p = set(sample(3, 60), &hanging, 300);
    assert_true(p.n > 2 && p.lines[0].ops[0].x == 0 && p.lines[1].ops[0].x == 20 && p.lines[0].width > 299.9f);
    assert_true(fabsf(p.lines[1].width - 280) < 0.01f);
    hanging.indent = 15;
    p = set(sample(3, 60), &hanging, 300);
    assert_true(p.lines[0].ops[0].x == 15 && fabsf(p.lines[0].width - 285) < 0.01f && p.lines[1].ops[0].x == 0);
}

static void row_14_a_wide_word_is_split_with_a_warning(void **state)
{
    (void)state;
    NEED_FONTS();
    size_t before = diag.n;
    struct paragraph p = set("Internationalisierungsbeauftragter 25만", &cell, 60);
    assert_true(p.n > 2);
    for (size_t i = 0; i < p.n; i++)
        assert_true(p.lines[i].width <= 60.01f);
    assert_int_equal(diag.n, before + 1);
    assert_string_equal(diag.items[before].code, "overfull-word");
    p = set("지역산업혁신성장지원", &cell, 45); /* Hangul splits at its syllables, without a warning */
    assert_true(p.n >= 2 && diag.n == before + 1);
    p = set("시흥시", &cell, 1); /* one cluster a line, however narrow */
    assert_int_equal(p.n, 3);
}

static void measures_for_table_columns(void **state)
{
    (void)state;
    NEED_FONTS();
    struct run run = {.text = STR("시흥시 바이오산업 25만 개")};
    float widest, narrowest;
    text_measure(shaper, &run, 1, &cell, &widest, &narrowest);
    assert_true(fabsf(widest - set("시흥시 바이오산업 25만 개", &cell, 1000).lines[0].width) < 0.01f);
    assert_true(fabsf(narrowest - set("바이오산업", &cell, 1000).lines[0].width) < 0.01f);
    struct paragraph p = set("시흥시 바이오산업 25만 개", &cell, widest);
    assert_int_equal(p.n, 1); /* its own width is enough */
    struct text_style tabular = cell;
    tabular.tabular = true;
    assert_true(fabsf(set("1111", &tabular, 100).lines[0].width - set("8888", &tabular, 100).lines[0].width) < 0.01f);
}

static void same_input_same_glyphs(void **state)
{
    (void)state;
    NEED_FONTS();
    const char *text = sample(11, 200);
    struct shaper *fresh = house_shaper(fonts, &diag);
    struct run run = {.text = str_from(text)};
    struct paragraph a = set(text, &body, 300), b;
    text_set(fresh, arena, &run, 1, &body, 300, &b);
    assert_int_equal(a.n, b.n);
    for (size_t i = 0; i < a.n; i++) {
        assert_int_equal(a.lines[i].n, b.lines[i].n);
        for (size_t o = 0; o < a.lines[i].n; o++) {
            assert_int_equal(a.lines[i].ops[o].n, b.lines[i].ops[o].n);
            assert_memory_equal(a.lines[i].ops[o].glyphs, b.lines[i].ops[o].glyphs,
                                a.lines[i].ops[o].n * sizeof(struct glyph));
        }
    }
    shaper_free(fresh);
}

/* Clusters rise inside their text, everything is finite, nothing is wider than its measure. */
static void check_sane(const struct paragraph *p, float measure)
{
    for (size_t i = 0; i < p->n; i++) {
        if (p->lines[i].n && measure >= 60)
            assert_true(p->lines[i].width <= measure + 0.01f);
        for (size_t o = 0; o < p->lines[i].n; o++) {
            const struct op *op = &p->lines[i].ops[o];
            assert_true(isfinite(op->x) && isfinite(op->y) && isfinite(op->w));
            uint32_t last = 0;
            for (size_t g = 0; g < op->n; g++) {
                assert_true(isfinite(op->glyphs[g].advance) && op->glyphs[g].cluster < op->text.n &&
                            op->glyphs[g].cluster >= last);
                last = op->glyphs[g].cluster;
            }
        }
    }
}

static void hostile_strings(void **state)
{
    (void)state;
    NEED_FONTS();
    static const char *const texts[] = {"",
                                        " ",
                                        "  가  ",
                                        "\n",
                                        "가\n\n나",
                                        "\t가",
                                        "\x01\x02",
                                        "\xe2\x80\xae가나\xe2\x80\xac",
                                        "\xe2\x80\x8b",
                                        "e\xcc\x81\xcc\x81\xcc\x81",
                                        "\xcc\x81",
                                        " \xcc\x81",
                                        "\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7",
                                        "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d",
                                        "\xe0\xb8\xaa\xe0\xb8\xa7",
                                        "\xc2\xad가",
                                        "fi ffi fl",
                                        "\xe1\x84\x80",
                                        "\xe1\x85\xa1",
                                        "\xe1\x86\xa8\xe1\x86\xa8",
                                        "\xc2\xa0\xc2\xa0",
                                        "\r\n",
                                        "\xf3\xa0\x84\x80"};
    static const float measures[] = {0, -5, 1, 60, 481, INFINITY, NAN, 1e9f};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (size_t m = 0; m < sizeof measures / sizeof *measures; m++) {
            struct paragraph p = set(texts[i], m % 2 ? &body : &cell, measures[m]);
            check_sane(&p, measures[m]);
        }
    bool bidi = false;
    for (size_t i = 0; i < diag.n; i++)
        bidi = bidi || strcmp(diag.items[i].code, "bidi-control") == 0;
    assert_true(bidi);
}

/* HarfBuzz, shown the whole word, gives the glyphs that are set without asking it. */
static void compare_with_harfbuzz(struct shaper *s, struct font *font, struct str text)
{
    struct run run = {.text = text};
    struct paragraph p;
    struct text_style style = {.role = ROLE_TEXT, .size = 10, .leading = 16, .keep_words = true};
    text_set(s, arena, &run, 1, &style, 1e6f, &p);
    hb_buffer_t *buffer = hb_buffer_create();
    hb_buffer_add_utf8(buffer, text.p, (int)text.n, 0, -1);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, HB_SCRIPT_HANGUL);
    hb_buffer_set_language(buffer, hb_language_from_string("ko", -1));
    hb_shape(font->hb, buffer, NULL, 0);
    unsigned n, seen = 0;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &n);
    const hb_glyph_position_t *position = hb_buffer_get_glyph_positions(buffer, NULL);
    assert_int_equal(p.n, 1);
    for (size_t i = 0; i < p.lines[0].n; i++)
        for (size_t g = 0; g < p.lines[0].ops[i].n; g++, seen++) {
            const struct glyph *glyph = &p.lines[0].ops[i].glyphs[g];
            float advance = (float)position[seen].x_advance * 10 / (float)font->face.units;
            assert_true(seen < n);
            if (glyph->id != info[seen].codepoint || fabsf(glyph->advance - advance) > 1e-4f)
                fail_msg("glyph %u of \"%.*s\" is %u, %g wide; HarfBuzz has %u, %g wide", seen, STR_ARG(text),
                         glyph->id, (double)glyph->advance, info[seen].codepoint, (double)advance);
        }
    assert_int_equal(seen, n);
    hb_buffer_destroy(buffer);
}

static void plain_characters_need_no_shaping(void **state)
{
    (void)state;
    NEED_FONTS();
    struct font *noto = fonts_first(fonts, ROLE_TEXT), *old = fonts_first(nanum, ROLE_TEXT);
    assert_non_null(font_plain(noto, 0xac00)); /* else the path is not taken at all */
    assert_non_null(font_plain(noto, '7'));
    assert_null(font_plain(noto, 'A')); /* kerned */
    assert_non_null(font_plain(old, 0xac00));
    assert_null(font_plain(old, 'A'));     /* so, in a `kern` table */
    assert_null(font_plain(noto, 0x302e)); /* marks, jamo, ignorables */
    assert_null(font_plain(noto, 0x1112));
    assert_null(font_plain(noto, 0x200b));
    assert_null(font_plain(noto, 0x1f600));
    static const char marks[] = ".,:;!?()[]{}/%&*-~'\"0123456789AVTo";
    const size_t no_letters = sizeof marks - 1 - 4; /* Noto's rules for Latin depend on the script */
    struct shaper *of_old = house_shaper(nanum, &diag);
    unsigned seed = 99;
    for (int round = 0; round < 3000; round++) {
        bool is_old = round % 2;
        struct buf text = {0};
        for (int i = 0; i < 12; i++) {
            seed = seed * 1664525u + 1013904223u;
            if (seed >> 30)
                buf_utf8(&text, 0xac00 + (seed >> 8) % 11172);
            else
                buf_char(&text, marks[(seed >> 8) % (is_old ? sizeof marks - 1 : no_letters)]);
        }
        compare_with_harfbuzz(is_old ? of_old : shaper, is_old ? old : noto, buf_view(&text));
        buf_free(&text);
        arena_reset(arena);
    }
    shaper_free(of_old);
}

/* Random strings of the awkward characters, in several runs: sane, and every byte but dropped spaces in its place. */
static void random_strings(void **state)
{
    (void)state;
    NEED_FONTS();
    static const char *const parts[] = {" ",
                                        "가",
                                        "나다",
                                        "12",
                                        "3",
                                        ".",
                                        ",",
                                        "(",
                                        ")",
                                        "\"",
                                        "“",
                                        "”",
                                        "·",
                                        "-",
                                        "/",
                                        "만",
                                        "억",
                                        "원",
                                        "개",
                                        "www.",
                                        "http://",
                                        "漢",
                                        "\xe2\x80\x8b",
                                        "\xcc\x81",
                                        "\n",
                                        "\xc2\xa0",
                                        "\xe1\x84\x92",
                                        "\xe1\x86\x9e",
                                        "fi",
                                        "AV",
                                        "\xf0\x9f\x98\x80",
                                        "\xe2\x80\x8d",
                                        "\x01",
                                        "%",
                                        "제",
                                        "…",
                                        "—",
                                        "\xe2\x81\xa0",
                                        "\t"};
    unsigned seed = 12345;
    for (int round = 0; round < 400; round++) {
        struct run runs[4] = {{.text = {0}}};
        struct buf text[4] = {{0}};
        for (size_t r = 0; r < 4; r++) {
            for (unsigned k = 0; k < 1 + (seed >> 24) % 40; k++) {
                seed = seed * 1664525u + 1013904223u;
                buf_text(&text[r], parts[(seed >> 12) % (sizeof parts / sizeof *parts)]);
            }
            runs[r].text = buf_view(&text[r]);
            runs[r].flags = (seed >> 20) & 31;
            runs[r].link = seed >> 31 ? STR("#a") : (struct str){0};
        }
        struct paragraph p;
        text_set(shaper, arena, runs, 4, round % 2 ? &body : &cell, 80, &p);
        check_sane(&p, 80);
        float widest, narrowest;
        text_measure(shaper, runs, 4, &cell, &widest, &narrowest);
        assert_true(narrowest <= widest + 0.01f);
        for (size_t r = 0; r < 4; r++)
            buf_free(&text[r]);
        arena_reset(arena);
    }
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* `unit` repeated to 1 MB, set within bounded time: nothing may be quadratic. */
static void set_megabyte(const char *unit, float measure)
{
    struct buf text = {0};
    while (text.n < 1000000)
        buf_text(&text, unit);
    struct run run = {.text = buf_view(&text)};
    struct paragraph p;
    struct arena *own = arena_new();
    double began = seconds();
    text_set(shaper, own, &run, 1, &body, measure, &p);
    double took = seconds() - began;
    check_sane(&p, measure);
    print_message("  1 MB of \"%.12s\": %zu lines, %.2f s\n", unit, p.n, took);
    if (took > 30) /* generous: sanitizers and shared machines */
        fail_msg("1 MB of %s took %.1f s", unit, took);
    arena_free(own);
    buf_free(&text);
}

static void a_megabyte_is_bounded(void **state)
{
    (void)state;
    NEED_FONTS();
    static const char *const units[] = {"가",
                                        "a",
                                        "가나 ",
                                        "1",
                                        "(",
                                        "\xe2\x80\x8b",
                                        "\xcc\x81",
                                        "시흥(始",
                                        "25만 ",
                                        "/a",
                                        "http://",
                                        "\"",
                                        ".",
                                        "\xe1\x84\x80\xe1\x85\xa1",
                                        "i\xf0\x9f\x98\x80",
                                        " "};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        set_megabyte(units[i], 481);
    set_megabyte(sample(5, 300), 481);
    set_megabyte("가", 1e7f);
    set_megabyte("가 ", 5e6f);
}

static void a_language_is_of_its_glyphs_and_operations(void **state)
{
    (void)state;
    NEED_FONTS();
    struct run runs[] = {{.text = STR("骨 ")},
                         {.text = STR("骨 a"), .language = STR("zh-Hans")},
                         {.text = STR("b "), .language = STR("en")},
                         {.text = STR("骨")}};
    struct paragraph p;
    for (int again = 0; again < 2; again++) { /* words that are known already, too */
        text_set(shaper, arena, runs, 4, &cell, 300, &p);
        assert_int_equal(p.lines[0].n, 4);
        const struct op *op = p.lines[0].ops;
        for (size_t i = 0; i < 4; i++)
            assert_true(str_equal(op[i].language, runs[i].language) && str_equal(op[i].text, runs[i].text));
        assert_int_not_equal(op[0].glyphs[0].id, op[1].glyphs[0].id); /* a Chinese 骨 is drawn otherwise */
        assert_int_equal(op[0].glyphs[0].id, op[3].glyphs[0].id);
    }
}

/* Ten thousand are set as fast as one; those after the first have Korean forms, but stay what they are. */
static void of_many_languages_the_first_are_shaped(void **state)
{
    (void)state;
    NEED_FONTS();
    struct shaper *own = shaper_new(fonts, &diag);
    struct paragraph p;
    uint16_t forms[2];
    for (int i = 0; i < 10000; i++) {
        struct run run = {.text = STR("骨"), .language = str_from(arena_printf(arena, "zh-Hans-x-%d", i))};
        text_set(own, arena, &run, 1, &cell, 300, &p);
        assert_true(str_equal(p.lines[0].ops[0].language, run.language));
        forms[i > 0] = p.lines[0].ops[0].glyphs[0].id;
    }
    assert_int_not_equal(forms[0], forms[1]);
    shaper_free(own);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(row_04_and_06_kerning_and_no_gap),
        cmocka_unit_test(row_13_words_are_cut_seldom_or_never),
        cmocka_unit_test(row_15_16_justified_lines_fill_the_measure),
        cmocka_unit_test(row_17_what_does_not_stretch),
        cmocka_unit_test(row_19_no_short_last_line),
        cmocka_unit_test(row_36_37_fallback_takes_whole_clusters),
        cmocka_unit_test(row_37_old_hangul_is_one_syllable_wide),
        cmocka_unit_test(row_39_missing_glyph_is_a_box_and_one_warning),
        cmocka_unit_test(row_09_10_40_lines_keep_the_rules_and_the_source),
        cmocka_unit_test(row_07_25_looks_links_breaks_and_superscript),
        cmocka_unit_test(row_07_25_named_looks),
        cmocka_unit_test(row_16_21_22_alignment_and_indents),
        cmocka_unit_test(row_14_a_wide_word_is_split_with_a_warning),
        cmocka_unit_test(a_language_is_of_its_glyphs_and_operations),
        cmocka_unit_test(of_many_languages_the_first_are_shaped),
        cmocka_unit_test(measures_for_table_columns),
        cmocka_unit_test(same_input_same_glyphs),
        cmocka_unit_test(hostile_strings),
        cmocka_unit_test(plain_characters_need_no_shaping),
        cmocka_unit_test(random_strings),
        cmocka_unit_test(a_megabyte_is_bounded),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
