/* Room beside brackets, stops, middle dots and operators, and that it is never more than a reader takes for nothing. */
#include "base/mem.h"
#include "base/utf8.h"
#include "house.h"
#include "layout/font.h"
#include "layout/text.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define NOTO  "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
#define NANUM "/usr/share/fonts/truetype/nanum/NanumGothic.ttf"

enum { SIZE = 10 };

static struct fonts *noto_fonts, *nanum_fonts;
static struct diag_list diag;
static struct shaper *noto, *nanum;
static struct arena *arena;

static const char noto_config[] = "[text]\nfont = " NOTO "#NotoSansCJKkr-Regular\n[strong]\nfont = " NOTO
                                  "#NotoSansCJKkr-Regular\n[mono]\nfont = " NOTO "#NotoSansMonoCJKkr-Regular\n";
static const char nanum_config[] = "[text]\nfont = " NANUM "\n[strong]\nfont = " NANUM "\n[mono]\nfont = " NANUM "\n";

static int start(void **state)
{
    (void)state;
    struct err err = {0};
    noto_fonts = fonts_open("test.ini", str_from(noto_config), &err);
    nanum_fonts = fonts_open("test.ini", str_from(nanum_config), &err);
    if (!noto_fonts || !nanum_fonts)
        print_message("skipped: %s\n", err.text);
    else {
        noto = house_shaper(noto_fonts, &diag);
        nanum = house_shaper(nanum_fonts, &diag);
    }
    arena = arena_new();
    return 0;
}

static int stop(void **state)
{
    (void)state;
    shaper_free(noto);
    shaper_free(nanum);
    fonts_free(noto_fonts);
    fonts_free(nanum_fonts);
    diag_free(&diag);
    arena_free(arena);
    return 0;
}

#define NEED_FONTS()                                                                                                   \
    if (!noto || !nanum)                                                                                               \
    skip()

static const struct text_style style = {.role = ROLE_TEXT, .size = SIZE, .leading = 16, .keep_words = true};

static struct paragraph set(struct shaper *shaper, const char *text, float measure)
{
    struct run run = {.text = str_from(text)};
    struct paragraph p;
    text_set(shaper, arena, &run, 1, &style, measure, &p);
    return p;
}

/* How much wider or narrower than its own advance the character before "|" is set, in em. */
static double room(struct shaper *shaper, const char *marked)
{
    const char *bar = strchr(marked, '|');
    struct buf text = {0};
    buf_add(&text, marked, (size_t)(bar - marked));
    size_t place = text.n;
    buf_text(&text, bar + 1);
    struct paragraph p = set(shaper, text.p, 1000);
    buf_free(&text);
    size_t from = 0;
    for (size_t o = 0; o < p.lines[0].n; o++) {
        const struct op *op = &p.lines[0].ops[o];
        for (size_t g = 0; op->kind == OP_TEXT && g < op->n; g++) {
            size_t end = from + (g + 1 < op->n ? op->glyphs[g + 1].cluster : op->text.n);
            if (end == place)
                return ((double)op->glyphs[g].advance - op->glyphs[g].natural * (double)SIZE / op->face->units) / SIZE;
        }
        from += op->kind == OP_TEXT ? op->text.n : 0;
    }
    fail_msg("no character ends at the | of %s", marked);
    return 0;
}

static void expect_room(struct shaper *shaper, double em, const char *const *cases)
{
    for (; *cases; cases++)
        if (fabs(room(shaper, *cases) - em) > 0.002)
            fail_msg("%s: %.3f em, not %.3f", *cases, room(shaper, *cases), em);
}

static void row_03_halves_between_marks(void **state)
{
    (void)state;
    NEED_FONTS();
    expect_room(noto, -0.5,
                (const char *const[]){"「가」|」나", "「가。|」나", "（가）|。나", "가「|「나", "「가」|「나」",
                                      "「가」|·나", "가·|「나」", "「가」|, 나", "（“|「가」", "「가」|) 나",
                                      "가(|「나」", "「가」|~「나」", "「가」|・나", "가・|「나」", NULL});
    expect_room(
        noto, 0, /* one half of the two is enough; beside letters both stay */
        (const char *const[]){"「가」|나", "가|「나」", "「가」·|나", "가、|나", "가：|나", "가！|「나」", NULL});
    expect_room(nanum, 0, /* no halt and no palt there */
                (const char *const[]){"（가）|（나）", "（가）|。나", "（|（가", NULL});
}

static void row_03_halves_beside_spaces(void **state)
{
    (void)state;
    NEED_FONTS();
    expect_room(noto, -0.5, (const char *const[]){"「가」| 나", "가 |「나」", "가。| 나", NULL});
    expect_room(noto, 0, (const char *const[]){"「가」\xc2\xa0|나", "「가」|\xc2\xa0나", " |「가」", NULL});
}

/* The line is as wide as what is seen of it. */
static void row_03_halves_at_the_ends_of_lines(void **state)
{
    (void)state;
    NEED_FONTS();
    float plain = set(noto, "가나다라", 1000).lines[0].width;
    struct paragraph p = set(noto, "「가나다라」", 1000);
    assert_true(fabsf(p.lines[0].width - plain - SIZE) < 0.01f); /* two halves of the two em */
    assert_true(fabsf(p.lines[0].ops[0].x + 0.5f * SIZE) < 0.01f);
    p = set(noto, "「가나다라」", plain + SIZE + 0.01f); /* and as much is enough for it */
    assert_int_equal(p.n, 1);
    float widest, narrowest;
    struct run run = {.text = STR("「가나다라」 「마」")};
    text_measure(noto, &run, 1, &style, &widest, &narrowest);
    assert_true(fabsf(narrowest - plain - SIZE) < 0.01f);
    assert_true(fabsf(widest - set(noto, "「가나다라」 「마」", 1000).lines[0].width) < 0.01f);
    struct text_style flush = style;
    flush.justify = true;
    struct paragraph lines;
    run.text = STR("「가나」 나다라 마바사, 아자차 「카타파하」 가나다 라마바 「사아」, 자차카");
    text_set(noto, arena, &run, 1, &flush, 110, &lines);
    assert_true(lines.n > 2);
    for (size_t i = 0; i + 1 < lines.n; i++)
        if (lines.lines[i].looseness > 0)
            assert_true(fabsf(lines.lines[i].width - 110) < 0.01f);
}

/* With hanging marks, what is left of a full-width stop stands outside as a half-width one does. */
static void row_03_halves_of_marks_that_hang(void **state)
{
    (void)state;
    NEED_FONTS();
    struct text_style hanging = style;
    hanging.hang = hanging.justify = true;
    float letters = set(noto, "가나다라", 1000).lines[0].width;
    struct run run = {.text = STR("가나다라。 마바사아。 자차")};
    struct paragraph p;
    text_set(noto, arena, &run, 1, &hanging, letters + 0.01f, &p);
    assert_int_equal(p.n, 3);
    assert_true(fabsf(p.lines[0].width - letters - 0.5f * SIZE) < 0.05f); /* what hangs included */
    assert_true(fabsf(p.lines[0].ops[0].x) < 0.01f);
}

static void row_08_operators_beside_hangul(void **state)
{
    (void)state;
    NEED_FONTS();
    const double plus = 0.125 - 0.038, wide = 0; /* the sign's own room counts; Noto's × and ÷ have more than enough */
    expect_room(noto, plus, (const char *const[]){"가|+나", "가=|나", "가|=5", "수입|<지출", "水|+火", "A=|나", NULL});
    expect_room(noto, wide,
                (const char *const[]){"가|×나", "가÷|나", "가|±5", "3|+4", "3+|4", "A|=B", "A=|B", "5|=가", "가| + 나",
                                      "가 +| 나", NULL});
    expect_room(noto, 0, (const char *const[]){"<|표 1>은", "<표 1>|은", "<가나|>은", "가|-나", "가|~나", NULL});
    expect_room(nanum, 0.125 - 0.049, (const char *const[]){"가|×나", NULL});
    struct run code = {.text = STR("가+나"), .flags = RUN_CODE};
    struct paragraph p;
    text_set(noto, arena, &code, 1, &style, 1000, &p);
    assert_true(fabsf(p.lines[0].ops[0].glyphs[0].advance - SIZE) < 0.9f); /* a fixed grid has no room of its own */
    assert_true(fabsf(p.lines[0].width - 2 * p.lines[0].ops[0].glyphs[0].advance - 0.5f * SIZE) < 0.01f);
}

static void row_18_room_beside_brackets_and_dots(void **state)
{
    (void)state;
    NEED_FONTS();
    static const char *const marks[] = {"（", "「", "『", "《", "〈", "【", "〔", "［", "｛"};
    static const char *const closers[] = {"）", "」", "』", "》", "〉", "】", "〕", "］", "｝"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) { /* an em wide: the room is in the glyph */
        const char *opener = arena_printf(arena, "가|%s나", marks[i]),
                   *closer = arena_printf(arena, "가%s|나", closers[i]);
        expect_room(noto, 0, (const char *const[]){opener, closer, NULL});
        double width = (double)set(noto, arena_printf(arena, "가%s나", marks[i]), 1000).lines[0].width -
                       (double)set(noto, "가나", 1000).lines[0].width;
        assert_true(fabs(width - SIZE) < 0.01);
    }
    expect_room(noto, 0, (const char *const[]){"가|・나", "가・|나", "가|·나", NULL});
    /* Narrow ones get what no reader takes for a space. */
    expect_room(nanum, 0.095, (const char *const[]){"가|「나", "가」|나", "가|・나", "가・|나", NULL});
    expect_room(nanum, 0, (const char *const[]){"가|·나", "가·|나", "가|（나", "가）|나", NULL});
}

/* Whatever stands together: what is added stays under 0.1 em, and what is taken is half an em at most a side. */
static void rooms_are_bounded(void **state)
{
    (void)state;
    NEED_FONTS();
    static const char *const parts[] = {"「", "」", "（", "）", "。", "、", "・", "·", "+", "=", "<",     ">",
                                        "가", "漢", "5",  "A",  " ",  "×",  "，", "‘", "’", ".", "\u200b"};
    unsigned seed = 3;
    for (int round = 0; round < 3000; round++) {
        struct buf text = {0};
        for (int i = 0; i < 10; i++) {
            seed = seed * 1664525u + 1013904223u;
            buf_text(&text, parts[(seed >> 12) % (sizeof parts / sizeof *parts)]);
        }
        struct paragraph p = set(round % 2 ? noto : nanum, text.p, 1e6f);
        for (size_t o = 0; o < p.lines[0].n; o++)
            for (size_t g = 0; g < p.lines[0].ops[o].n; g++) {
                const struct op *op = &p.lines[0].ops[o];
                const struct glyph *glyph = &op->glyphs[g];
                float extra = glyph->advance - (float)glyph->natural * SIZE / (float)op->face->units;
                if (extra > 0.191f * SIZE || extra < -0.51f * SIZE)
                    fail_msg("%g pt at byte %u of %s", (double)extra, glyph->cluster, text.p);
            }
        buf_free(&text);
        arena_reset(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(row_03_halves_between_marks),
        cmocka_unit_test(row_03_halves_beside_spaces),
        cmocka_unit_test(row_03_halves_at_the_ends_of_lines),
        cmocka_unit_test(row_03_halves_of_marks_that_hang),
        cmocka_unit_test(row_08_operators_beside_hangul),
        cmocka_unit_test(row_18_room_beside_brackets_and_dots),
        cmocka_unit_test(rooms_are_bounded),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
