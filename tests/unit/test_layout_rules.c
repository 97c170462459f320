/* Rules of RULES.md that are about single characters: fonts, scripts, soft hyphens, controls, what does not stretch,
 * and what stands in our own texts. */
#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "data/embedded.h"
#include "layout/font.h"
#include "layout/text.h"
#include "shaper_fixture.h"

#include <glob.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NOTO   "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
#define NANUM  "/usr/share/fonts/truetype/nanum/NanumGothic.ttf"
#define CODING "/usr/share/fonts/truetype/nanum/NanumGothicCoding.ttf"

/* Three roles, three fonts: proportional with GPOS, proportional with a `kern` table, of fixed width. */
static const char config[] = "[text]\nfont = " NOTO "#NotoSansCJKkr-Regular\n[strong]\nfont = " NANUM
                             "\n[mono]\nfont = " CODING "\nfont = " NANUM "\n";

static int start(void **state)
{
    (void)state;
    shaper_start(config);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    shaper_stop();
    return 0;
}

#define NEED_FONTS()                                                                                                   \
    if (!shaper)                                                                                                       \
    skip()

static const struct text_style plain = {.role = ROLE_TEXT, .size = 10, .leading = 16};

static struct paragraph set_runs(const struct run *runs, size_t n, const struct text_style *style, float measure)
{
    struct paragraph p;
    text_set(shaper, arena, runs, n, style, measure, &p);
    return p;
}

static struct paragraph set(const char *text, const struct text_style *style, float measure)
{
    struct run run = {.text = str_from(text)};
    return set_runs(&run, 1, style, measure);
}

/* What is copied from the paragraph: the texts of its operations, a newline after each line. */
static const char *copied(const struct paragraph *p)
{
    struct buf out = {0};
    for (size_t i = 0; i < p->n; i++) {
        for (size_t o = 0; o < p->lines[i].n; o++)
            if (p->lines[i].ops[o].kind == OP_TEXT)
                buf_str(&out, p->lines[i].ops[o].text);
        buf_char(&out, '\n');
    }
    const char *copy = arena_copy(arena, out.p, out.n);
    buf_free(&out);
    return copy;
}

/* ---- row 1 ---- */

/* 「」 stands round the title of an article, and nowhere else. */
static void no_ideographic_marks(const char *where, struct str text)
{
    const struct str title = STR("「{{제목|자르기 40}}」");
    for (size_t at = 0; (at = str_find(text, STR("「"), at)) != SIZE_MAX; at += title.n)
        if (!str_starts(str_slice(text, at, text.n), title))
            fail_msg("%s has 「 round another thing than a title", where);
    static const char *const marks[] = {"。", "、", "『", "』", "，", "．"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_find(text, str_from(marks[i]), 0) != SIZE_MAX)
            fail_msg("%s has %s", where, marks[i]);
}

/* The string constants of a C source. */
static void constants(struct str source, struct buf *out)
{
    char within = 0; /* " ' * (a comment) / (one to the line's end) */
    for (size_t i = 0; i + 1 < source.n; i++) {
        char c = source.p[i], next = source.p[i + 1];
        if (within == '"' && c != '"')
            buf_char(out, c);
        if ((within == '"' || within == '\'') && c == '\\')
            i++;
        else if (within == '*' ? c == '*' && next == '/' : within == '/' ? c == '\n' : within && c == within)
            within = 0;
        else if (!within && (c == '"' || c == '\''))
            within = c;
        else if (!within && c == '/' && (next == '*' || next == '/'))
            within = next;
    }
}

static void row_01_our_own_words_have_korean_marks(void **state)
{
    (void)state;
    size_t files = 0;
    for (const struct embedded *file = embedded_files; file->name; file++, files++)
        no_ideographic_marks(file->name, (struct str){file->begin, (size_t)(file->end - file->begin)});
    assert_true(files > 10);
    glob_t sources = {0};
    static const char *const rooms[] = {"src/brief/*.c", "src/cli/*.c", "src/layout/*.c", "src/out/*.c"};
    for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++)
        assert_int_equal(glob(rooms[i], i ? GLOB_APPEND : 0, NULL, &sources), 0);
    for (size_t i = 0; i < sources.gl_pathc; i++) {
        struct buf source = {0}, words = {0};
        struct err err = {0};
        assert_true(file_read(sources.gl_pathv[i], 1 << 20, &source, &err));
        constants(buf_view(&source), &words);
        no_ideographic_marks(sources.gl_pathv[i], buf_view(&words));
        buf_free(&source);
        buf_free(&words);
    }
    globfree(&sources);
}

/* ---- row 2 ---- */

static void row_02_hangul_of_one_width_and_of_its_own(void **state)
{
    (void)state;
    NEED_FONTS();
    struct text_style style = plain;
    style.role = ROLE_MONO;
    for (uint32_t c = 0xac00; c <= 0xd7a3; c += 97) {
        struct buf text = {0};
        buf_utf8(&text, c);
        struct paragraph p = set(text.p, &style, 1000);
        if (str_equal(p.lines[0].ops[0].face->name, STR("NanumGothicCoding")))
            assert_true(fabsf(p.lines[0].width - style.size) < 0.001f);
        buf_free(&text);
        arena_reset(arena);
    }
    /* A table in fixed width stays in its columns whatever it holds. */
    float columns = set("abcdefgh", &style, 1000).lines[0].width;
    static const char *const same[] = {"가나다라", "가나ab다", "12,345.6", "가(12)나", "fi-ffi=>", "<=가!=나"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        if (fabsf(set(same[i], &style, 1000).lines[0].width - columns) > 0.001f)
            fail_msg("%s leaves its columns", same[i]);
    for (int role = ROLE_TEXT; role <= ROLE_STRONG; role++) {
        style.role = (enum font_role)role;
        const struct paragraph p = set("시흥시는 바이오산업을 키운다", &style, 1000);
        const struct op *op = &p.lines[0].ops[0];
        for (size_t i = 0; i < op->n; i++)
            assert_true(fabsf(op->glyphs[i].advance - op->glyphs[i].natural * op->size / (float)op->face->units) <
                        0.001f);
        assert_true(op->glyphs[0].natural < op->face->units); /* not a font of fixed width */
    }
}

/* ---- row 7 ---- */

static void row_07_scripts_are_small_and_next_to_their_base(void **state)
{
    (void)state;
    NEED_FONTS();
    const struct run runs[] = {{.text = STR("이산화탄소 CO")},
                               {.text = STR("2"), .flags = RUN_SUB},
                               {.text = STR("와 10")},
                               {.text = STR("3"), .flags = RUN_SUPER},
                               {.text = STR("톤")}};
    struct paragraph p = set_runs(runs, 5, &plain, 1000);
    const struct op *ops = p.lines[0].ops;
    assert_int_equal(p.lines[0].n, 5);
    for (size_t i = 1; i < 5; i += 2) {
        assert_true(ops[i].size >= 0.6f * plain.size && ops[i].size <= 0.7f * plain.size);
        assert_true(fabsf(ops[i].x - ops[i - 1].x - ops[i - 1].w) < 0.001f);
    }
    assert_true(ops[1].y > 0 && ops[3].y < 0 && ops[0].y == 0 && ops[2].y == 0);
    assert_string_equal(copied(&p), "이산화탄소 CO2와 103톤\n");
    for (float measure = 20; measure < 150; measure += 1) {
        p = set_runs(runs, 5, &plain, measure);
        assert_null(strstr(copied(&p), "CO\n2"));
        assert_null(strstr(copied(&p), "10\n3"));
    }
}

/* ---- row 14 ---- */

#define SHY "\xc2\xad"

static void row_14_soft_hyphens(void **state)
{
    (void)state;
    NEED_FONTS();
    struct paragraph p = set("inter" SHY "national" SHY "isation", &plain, 1000);
    assert_string_equal(copied(&p), "internationalisation\n");
    assert_true(fabsf(p.lines[0].width - set("internationalisation", &plain, 1000).lines[0].width) < 0.001f);
    float part = set("international-", &plain, 1000).lines[0].width;
    p = set("inter" SHY "national" SHY "isation", &plain, part + 0.01f);
    assert_string_equal(copied(&p), "international" SHY "\nisation\n"); /* what readers take for a word that goes on */
    assert_true(fabsf(p.lines[0].width - part) < 0.05f);                /* kerning before the hyphen */
    const struct op *hyphen = &p.lines[0].ops[p.lines[0].n - 1];
    assert_int_equal(hyphen->glyphs[0].id, font_glyph(fonts_first(fonts, ROLE_TEXT), '-'));
    p = set("inter" SHY "national" SHY "isation", &plain, part - 0.1f); /* one letter less is not enough */
    assert_string_equal(copied(&p), "inter" SHY "\nnational" SHY "\nisation\n");
    p = set("지방" SHY "자치" SHY "법", &plain, 30); /* Hangul has no hyphens (row 13) */
    assert_true(p.n > 1);
    assert_null(strstr(copied(&p), SHY));
    p = set(SHY "가" SHY " " SHY "a" SHY SHY "b" SHY, &plain, 1000);
    assert_string_equal(copied(&p), "가 ab\n");
    const struct run runs[] = {{.text = STR("inter" SHY)}, {.text = STR("national"), .flags = RUN_STRONG}};
    p = set_runs(runs, 2, &plain, set("inter-", &plain, 1000).lines[0].width + 1);
    assert_int_equal(str_find(str_from(copied(&p)), STR("inter" SHY "\n"), 0), 0);
}

static void row_14_addresses_end_lines_at_their_marks(void **state)
{
    (void)state;
    NEED_FONTS();
    struct text_style flush = plain;
    flush.justify = true;
    const char *text =
        "자세한 내용은 https://www.example.go.kr/board/notice/view.do?boardId=12345&menuNo=67890&page=3 에서 "
        "볼 수 있다";
    for (float measure = 100; measure < 400; measure += 7) {
        struct paragraph p = set(text, &flush, measure);
        for (size_t i = 0; i < p.n; i++)
            assert_true(p.lines[i].width <= measure + 0.01f);
        for (const char *at = strchr(copied(&p), '\n'); at && at[1]; at = strchr(at + 1, '\n'))
            if (at[-1] > 0 && at[1] > 0 && !strchr("/?&=-._", at[-1]))
                fail_msg("at %g: %s", (double)measure, copied(&p));
    }
}

/* ---- row 17 ---- */

static double extra(const struct op *op, size_t g)
{
    return (double)op->glyphs[g].advance - op->glyphs[g].natural * (double)op->size / op->face->units;
}

/* One line of each class, stretched: only word spaces and the places between Hangul move. */
static void row_17_each_class_keeps_its_width(void **state)
{
    (void)state;
    NEED_FONTS();
    struct text_style flush = plain;
    flush.justify = true;
    static const char *const cases[] = {
        "총액 1,234,567.89와 2024-01-16 15:20에 3/4",
        "시장은 (센터장) 겸 [위원] {가나} 〈다〉",
        "가나. 다라, 마바· 사아? 자차! 카타:",
        "지역-산업 가나–다라 02-123-4567",
        "가나—— 다라…… 마바... 사아~자차 카타",
        "25만 개 6조 7천억 원 3.5㎡ 제3조 12.5%",
        "+3명 －5도 ±7개 ₩5,000 △1.2% №3",
        "시흥(始興) 1㎡당 25℃ 100％ 10㎞",
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        const char *text = arena_printf(arena, "%s 그리고나서다음줄로", cases[k]);
        float measure = set(cases[k], &plain, 1000).lines[0].width + 8;
        struct paragraph p = set(text, &flush, measure);
        const struct op *op = &p.lines[0].ops[0];
        double spaces = 0;
        assert_true(fabsf(p.lines[0].width - measure) < 0.01f);
        for (size_t o = 0; o < p.lines[0].n; o++, op++)
            for (size_t g = 0; op->kind == OP_TEXT && g < op->n; g++) {
                size_t at = op->glyphs[g].cluster, next = at;
                uint32_t c = utf8_next(op->text, &next), after = next < op->text.n ? utf8_next(op->text, &next) : 0;
                bool hangul = (utf8_is_hangul(c) || utf8_is_han(c)) && (utf8_is_hangul(after) || utf8_is_han(after));
                spaces += c == ' ' ? extra(op, g) : 0;
                if (c != ' ' && !hangul && fabs(extra(op, g)) > 0.001)
                    fail_msg("U+%04X moves by %g in %s", (unsigned)c, extra(op, g), cases[k]);
            }
        assert_true(spaces > 1);
    }
    struct paragraph p =
        set("사업비 25만 개 그리고나서다음줄로", &flush, set("사업비 25만 개", &plain, 1000).lines[0].width + 3);
    const struct op *op = &p.lines[0].ops[0];
    size_t seen = 0;
    for (size_t g = 0; g < op->n; g++)
        if (op->text.p[op->glyphs[g].cluster] == ' ')
            assert_true(seen++ ? fabs(extra(op, g)) < 0.001 : extra(op, g) > 1); /* 사업비␣25만, but 25만␣개 */
    assert_int_equal(seen, 2);
}

/* ---- row 40: characters that show nothing ---- */

static void row_40_controls_leave_order_and_shaping_alone(void **state)
{
    (void)state;
    NEED_FONTS();
    static const char *const controls[] = {"\u200e", "\u200f", "\u202a", "\u202b", "\u202c", "\u202d", "\u202e",
                                           "\u2066", "\u2067", "\u2068", "\u2069", "\u061c", "\ufeff"};
    const char *text = "AVA 시흥시 12 fi \u1112\u119e\u11ab";
    float width = set(text, &plain, 1000).lines[0].width;
    for (size_t i = 0; i < sizeof controls / sizeof *controls; i++) {
        struct buf with = {0};
        for (size_t at = 0, from = 0; at < strlen(text); from = at) {
            utf8_next(str_from(text), &at);
            buf_str(&with, str_slice(str_from(text), from, at));
            buf_text(&with, controls[i]);
        }
        size_t before = diag.n;
        struct paragraph p = set(with.p, &plain, 1000);
        assert_string_equal(copied(&p), arena_printf(arena, "%s\n", text));
        assert_true(fabsf(p.lines[0].width - width) < 0.001f);
        assert_int_equal(diag.n, before + (i + 1 < sizeof controls / sizeof *controls)); /* U+FEFF says nothing */
        assert_true(diag.n == before || strcmp(diag.items[before].code, "bidi-control") == 0);
        buf_free(&with);
    }
    struct paragraph p = set("가나\u2028다라\u2029마바", &plain, 1000); /* separators end their lines */
    assert_int_equal(p.n, 3);
    p = set("\u05d0\u05d1\u05d2 가", &plain, 1000); /* Hebrew, in the order of the source: nothing turns around */
    assert_int_equal(p.n, 1);
    for (size_t g = 1; g < p.lines[0].ops[0].n; g++)
        assert_true(p.lines[0].ops[0].glyphs[g].cluster > p.lines[0].ops[0].glyphs[g - 1].cluster);
}

/* ---- hostile ---- */

/* Counts of lines and warnings for a text of `count` times `unit` after `first`; a shape that costs more than linear
 * time would never come back. */
static struct paragraph set_many(const char *first, const char *unit, size_t count)
{
    struct buf text = {0};
    buf_text(&text, first);
    for (size_t i = 0; i < count; i++)
        buf_text(&text, unit);
    struct str copy = str_copy(arena, buf_view(&text));
    buf_free(&text);
    struct run run = {.text = copy};
    struct text_style flush = plain;
    flush.justify = true;
    return set_runs(&run, 1, &flush, 480);
}

static bool told(size_t from, const char *code)
{
    for (size_t i = from; i < diag.n; i++)
        if (strcmp(diag.items[i].code, code) == 0)
            return true;
    return false;
}

static void many_of_one_kind(void **state)
{
    (void)state;
    NEED_FONTS();
    static const struct {
        const char *first, *unit;
        size_t count;
        const char *code; /* of the warning, or NULL */
    } cases[] = {
        {"a", "\u0301", 10000, "many-marks"},
        {"가", "\u200d", 100000, "many-marks"},
        {"", " ", 1000000, NULL},
        {"", "가", 350000, NULL},
        {"", "a", 1000000, "overfull-word"},
        {"a", SHY "a", 350000, NULL},
        {"", "\u202e", 350000, "bidi-control"},
        {"", "\ufeff", 350000, NULL},
        {"", "「", 350000, "overfull-word"},
        {"", "」", 350000, "overfull-word"},
        {"", "가+", 250000, NULL},
        {"", "「가」 ", 100000, NULL},
        {"", "<", 1000000, "overfull-word"},
        {"", "제3조의", 100000, NULL},
        {"", "① ", 250000, "overfull-word"},
        {"", "\u2028", 100000, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t before = diag.n;
        struct paragraph p = set_many(cases[i].first, cases[i].unit, cases[i].count);
        for (size_t k = 0; k < p.n; k++)
            if (p.lines[k].width > 480.01f)
                fail_msg("%s: line %zu is %g wide", cases[i].unit, k, (double)p.lines[k].width);
        if (cases[i].code && !told(before, cases[i].code))
            fail_msg("%s: no warning %s", cases[i].unit, cases[i].code);
        assert_true(diag.n - before < 60);
        arena_reset(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(row_01_our_own_words_have_korean_marks),
        cmocka_unit_test(row_02_hangul_of_one_width_and_of_its_own),
        cmocka_unit_test(row_07_scripts_are_small_and_next_to_their_base),
        cmocka_unit_test(row_14_soft_hyphens),
        cmocka_unit_test(row_14_addresses_end_lines_at_their_marks),
        cmocka_unit_test(row_17_each_class_keeps_its_width),
        cmocka_unit_test(row_40_controls_leave_order_and_shaping_alone),
        cmocka_unit_test(many_of_one_kind),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
