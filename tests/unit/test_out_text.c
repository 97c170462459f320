/* The text of a PDF: what poppler and MuPDF read back must be what the page said. */
#include "out_sheet.h"

static void test_text_comes_back_exactly(void **state)
{
    struct sheet *s = *state;
    const char *lines[] = {"시흥시 바이오산업 생태계 — 6조 7천억 원 (美) 2024. 1. 16.",
                           "A(B)C\\D 괄호와 역사선: ) ( \\", "AVATAR To. fi fl ffi — “따옴표” ‘작은따옴표’ … 100 %",
                           "창업·바이오・제조 — 가운뎃점"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        add_line(s, &s->noto, lines[i]);
        add_line(s, &s->nanum, lines[i]);
    }
    assert_true(render(s, 1));
    check_qpdf(s);
    check_text(s);
}

static void test_old_hangul_and_surrogates(void **state)
{
    struct sheet *s = *state;
    add_line(s, &s->noto, "\u1112\u119E\u11AB글과 나라");       /* conjoining letters */
    add_line(s, &s->noto, "한자 \U00020089과 \U0002000B의 끝"); /* plane 2: surrogate pairs in UTF-16 */
    assert_true(render(s, 1));
    check_qpdf(s);
    check_text(s);
}

/* Moves what stands after each "|" of the text by `em`; the other places keep their advance. */
static void add_moved(struct sheet *s, const struct test_face *face, const char *marked, double em)
{
    struct buf text = {0};
    size_t places[32], n = 0;
    for (const char *p = marked; *p; p++)
        if (*p == '|')
            places[n++] = text.n;
        else
            buf_char(&text, *p);
    add_line(s, face, text.p);
    struct op *op = &s->ops[s->n - 1];
    struct glyph *glyphs = ARENA_ARRAY(s->arena, op->n, struct glyph);
    memcpy(glyphs, op->glyphs, op->n * sizeof *glyphs);
    for (size_t i = 0; i < op->n; i++)
        for (size_t k = 0; k < n; k++)
            if (places[k] == (i + 1 < op->n ? glyphs[i + 1].cluster : op->text.n))
                glyphs[i].advance += (float)(em * (double)op->size);
    op->glyphs = glyphs;
    buf_free(&text);
}

/* Readers tell words by distance: glyphs that stand closer than they are wide, and letters set apart (rows 3, 5, 8). */
static void row_40_distances_neither_hide_nor_make_spaces(void **state)
{
    struct sheet *s = *state;
    add_moved(s, &s->noto, "‘|「지방자치법」|·|「지방재정법」|」과 |「개인정보 보호법」|, 그리고", -0.5);
    add_moved(s, &s->noto, "「지방자치법」| 제3조에 따라 |「지방세법」| |「국세기본법」| 시행령", -0.5);
    add_moved(s, &s->noto, "（가）|（나）|。 \u1112\u119E\u11AB「글」| 끝", -0.5);
    add_moved(s, &s->noto, "총|괄|표 한|눈|에 보|기 12|3", 0.12);
    add_moved(s, &s->nanum, "매출|+|영업이익, 서울|・|부산", 0.095);
    assert_true(render(s, 1));
    check_qpdf(s);
    check_text(s);
}

/* In NFC, 나 + U+11EF is two characters shown by three glyphs, and a tone mark follows the syllable that it stands
 * before: no ToUnicode can say that, so ActualText must. MuPDF 1.21 does not read it, so only poppler is asked for the
 * order. */
static void test_clusters_that_need_actual_text(void **state)
{
    struct sheet *s = *state;
    struct buf out = {0};
    add_line(s, &s->noto, "여기 나\u11EF말\u302E이 있다");
    assert_true(render(s, 1));
    check_qpdf(s);
    if (tool(s, (const char *[]){"pdftotext", "-raw", NULL}, (const char *[]){"-", NULL}, &out))
        assert_non_null(strstr(out.p, "여기 나\u11EF말\u302E이 있다"));
    if (tool(s, (const char *[]){"mutool", "draw", "-q", "-F", "txt", NULL}, NULL, &out))
        assert_null(strstr(out.p, "\uFFFD"));
    buf_free(&out);
}

/* NanumGothic has one glyph for U+00B7 and U+30FB, and one for two dashes: it gets two codes. A CFF glyph has one code:
 * its second text is that of another font over the same program. */
static void test_one_glyph_for_two_characters(void **state)
{
    struct sheet *s = *state;
    struct buf out = {0};
    add_line(s, &s->nanum, "가・나 다·라·마");
    add_line(s, &s->nanum, "가\u2015나\u2014다");
    assert_int_equal(s->ops[0].glyphs[1].id,
                     s->ops[0].glyphs[5].id); /* else the font has changed and this tests nothing */
    assert_true(render(s, 1));
    check_qpdf(s);
    check_text(s);
    s->n = 0;
    add_line(s, &s->noto, "날과 \u2F47은 \u65E5와 \u2F47이다"); /* a radical and the ideograph that looks like it */
    assert_int_equal(s->ops[0].glyphs[3].id, s->ops[0].glyphs[6].id);
    assert_true(render(s, 1));
    check_qpdf(s);
    check_text(s);
    if (tool(s, (const char *[]){"mutool", "show", "-b", NULL}, (const char *[]){"pages/1/Contents", NULL}, &out))
        assert_null(strstr(out.p, "/ActualText"));
    buf_free(&out);
}

/* So has it for U+0020 and U+00A0, and even for U+0001: no blank may become a control character. Both engines make
 * every blank U+0020. */
static void test_blanks_that_share_a_glyph(void **state)
{
    struct sheet *s = *state;
    struct buf out = {0};
    add_line(s, &s->nanum, "가나다라\u00A0마바사 아자차카");
    assert_int_equal(s->ops[0].glyphs[4].id, s->ops[0].glyphs[8].id);
    assert_true(render(s, 1));
    check_qpdf(s);
    if (tool(s, (const char *[]){"pdftotext", "-raw", NULL}, (const char *[]){"-", NULL}, &out))
        assert_int_equal(strncmp(out.p, "가나다라 마바사 아자차카\n", 36), 0);
    if (tool(s, (const char *[]){"mutool", "draw", "-q", "-F", "txt", NULL}, NULL, &out))
        assert_int_equal(strncmp(out.p, "가나다라 마바사 아자차카\n", 36), 0);
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_text_comes_back_exactly),
        CASE(test_old_hangul_and_surrogates),
        CASE(row_40_distances_neither_hide_nor_make_spaces),
        CASE(test_clusters_that_need_actual_text),
        CASE(test_one_glyph_for_two_characters),
        CASE(test_blanks_that_share_a_glyph),
    };
    if (access(NOTO, R_OK) || access(NANUM, R_OK)) {
        printf("test_out_text: skipped, fonts-noto-cjk or fonts-nanum is not installed\n");
        return 0;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
