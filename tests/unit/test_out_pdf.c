/* The PDF device: fonts, paths, links, document information, and numbers that must not reach a file. */
#include "out_sheet.h"

static size_t count(struct str text, const char *word)
{
    size_t n = 0;
    for (size_t at = 0; (at = str_find(text, str_from(word), at)) != SIZE_MAX; at++)
        n++;
    return n;
}

static void test_fonts_are_embedded_subsets(void **state)
{
    struct sheet *s = *state;
    struct buf out = {0};
    add_line(s, &s->noto, "가나다");
    add_line(s, &s->nanum, "라마바");
    assert_true(render(s, 1));
    if (tool(s, (const char *[]){"pdffonts", NULL}, NULL, &out)) {
        assert_non_null(strstr(out.p, "+NotoSansCJKkr-Regular"));
        assert_non_null(strstr(out.p, "+NanumGothic"));
        assert_int_equal(count(buf_view(&out), "yes yes yes"), 2);
    }
    assert_true(s->pdf.n < 20000);
    buf_free(&out);
}

static void test_same_pages_same_bytes(void **state)
{
    struct sheet *s = *state;
    add_line(s, &s->noto, "같은 쪽은 같은 바이트");
    s->ops[s->n++] =
        (struct op){.kind = OP_LINK, .x = 50, .y = 50, .w = 10, .h = 10, .link = STR("https://a.example/")};
    assert_true(render(s, 3));
    struct str first = str_copy(s->arena, buf_view(&s->pdf));
    sleep(1);
    assert_true(render(s, 3));
    assert_true(str_equal(first, buf_view(&s->pdf)));
    assert_int_equal(count(first, "/ModDate"), 0);
}

static void test_hostile_title_is_inert(void **state)
{
    struct sheet *s = *state;
    struct buf out = {0};
    s->info.title = STR(") /OpenAction << /S /JavaScript");
    s->info.author = STR(")>> endobj <FEFF");
    s->info.language = STR("ko)/OpenAction<<");
    add_line(s, &s->noto, "본문");
    s->ops[s->n++] = (struct op){.kind = OP_OUTLINE, .text = STR(") /OpenAction <<"), .level = 1, .y = 50};
    s->ops[s->n++] =
        (struct op){.kind = OP_LINK, .w = 9, .h = 9, .link = STR("https://a.example/x)/OpenAction<</S>>\\(")};
    assert_true(render(s, 1));
    check_qpdf(s);
    if (tool(s, (const char *[]){"pdfinfo", NULL}, NULL, &out))
        assert_non_null(strstr(out.p, ") /OpenAction << /S /JavaScript"));
    if (tool(s, (const char *[]){"mutool", "show", NULL}, (const char *[]){"trailer/Root", NULL}, &out))
        assert_null(strstr(out.p, "/OpenAction "));
    buf_free(&out);
}

/* What pdftoppm paints. */
static bool paint(struct sheet *s, struct buf *out)
{
    return tool(s, (const char *[]){"pdftoppm", "-r", "72", NULL}, NULL, out);
}

/* Text comes from ToUnicode, so a page could read well and show other glyphs: the subset must paint what the whole font
 * does. */
static void test_subset_paints_the_same_glyphs(void **state)
{
    struct sheet *s = *state;
    struct buf subset = {0}, whole = {0};
    struct test_face *faces[] = {&s->noto, &s->nanum};
    add_line(s, &s->noto, "시흥시 바이오산업 6조 7천억 원 (美) fi \u2F47 \u65E5 \u1112\u119E\u11AB글");
    add_line(s, &s->nanum, "시흥시 바이오산업 6조 7천억 원 (美) fi 가・나·다");
    assert_true(render(s, 1));
    if (paint(s, &subset)) {
        size_t small = s->pdf.n;
        for (int i = 0; i < 2; i++)
            faces[i]->face.may_subset = false; /* the licence asks for all of it */
        assert_true(render(s, 1));
        assert_true(s->pdf.n > 100 * small);
        check_qpdf(s);
        assert_true(paint(s, &whole));
        assert_true(subset.n > 100000);
        assert_true(str_equal(buf_view(&subset), buf_view(&whole)));
        for (int i = 0; i < 2; i++)
            faces[i]->face.may_subset = true;
        s->ops[0] =
            test_text(s->arena, &s->noto, 10.5, 50, 60, "시흥시 비이오산업", 0.37); /* can the comparison fail? */
        assert_true(render(s, 1));
        assert_true(paint(s, &whole));
        assert_false(str_equal(buf_view(&subset), buf_view(&whole)));
    }
    buf_free(&subset);
    buf_free(&whole);
}

/* 10,000 combining marks on one letter, and right-to-left text whose clusters go down. */
static void test_strange_clusters(void **state)
{
    struct sheet *s = *state;
    struct buf text = {0};
    buf_text(&text, "가a");
    for (int i = 0; i < 10000; i++)
        buf_text(&text, "\u0301");
    add_line(s, &s->noto, text.p);
    struct glyph down[] = {{.id = 3, .cluster = 4}, {.id = 4, .cluster = 2}, {.id = 5, .cluster = 0}};
    s->ops[s->n++] = (struct op){.kind = OP_TEXT,
                                 .x = 50,
                                 .y = 90,
                                 .size = 10,
                                 .face = &s->noto.face,
                                 .text = STR("\u05D0\u05D1\u05D2"),
                                 .glyphs = down,
                                 .n = 3};
    for (int i = 0; i < 3; i++)
        down[i].advance = 6, down[i].natural = 600;
    for (size_t i = 0; i < s->ops[0].n; i++) /* keep the pen on the page */
        ((struct glyph *)(uintptr_t)s->ops[0].glyphs)[i].advance *= 0.1F;
    assert_true(render(s, 1));
    check_qpdf(s);
    struct buf out = {0};
    if (tool(s, (const char *[]){"mutool", "draw", "-q", "-F", "txt", NULL}, NULL, &out))
        assert_true(str_find(buf_view(&out), STR("\u05D2\u05D1\u05D0"), 0) != SIZE_MAX ||
                    str_find(buf_view(&out), STR("\u05D0\u05D1\u05D2"), 0) != SIZE_MAX);
    buf_free(&out);
    buf_free(&text);
}

/* libharu's arrays end at 32,767: the error comes through its handler, and nothing leaks. */
static void test_too_many_pages(void **state)
{
    struct sheet *s = *state;
    assert_false(render(s, 32768));
    assert_int_equal(s->err.kind, ERR_INPUT);
    assert_string_equal(s->err.text, "a document of more than 32767 pages");
    assert_int_equal(s->pdf.n, 0);
}

/* Reals of the page that may not reach the file, each in a place of its own. */
static void test_numbers_that_are_not_finite(void **state)
{
    struct sheet *s = *state;
    const float bad[] = {NAN, INFINITY, -INFINITY, 14401, -1e30F};
    add_line(s, &s->noto, "가나");
    struct glyph *glyphs = ARENA_ARRAY(s->arena, s->ops[0].n, struct glyph);
    memcpy(glyphs, s->ops[0].glyphs, s->ops[0].n * sizeof *glyphs);
    s->ops[0].glyphs = glyphs;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        float *places[] = {&s->ops[0].x,       &s->ops[0].y,  &s->ops[0].size,
                           &glyphs[0].advance, &glyphs[1].dx, &glyphs[1].dy};
        for (size_t k = 0; k < sizeof places / sizeof *places; k++) {
            float good = *places[k];
            *places[k] = bad[i];
            assert_false(render(s, 1));
            assert_int_equal(s->err.kind, ERR_INTERNAL);
            assert_int_equal(s->pdf.n, 0);
            s->err = (struct err){0};
            *places[k] = good;
        }
    }
    assert_true(render(s, 1));
}

static void test_glyph_that_the_font_lacks(void **state)
{
    struct sheet *s = *state;
    struct glyph glyph = {.id = 65535, .advance = 1};
    s->ops[s->n++] =
        (struct op){.kind = OP_TEXT, .size = 10, .face = &s->nanum.face, .text = STR("가"), .glyphs = &glyph, .n = 1};
    assert_false(render(s, 1));
    assert_int_equal(s->err.kind, ERR_INTERNAL);
    assert_non_null(strstr(s->err.text, "NanumGothic"));
}

static void test_font_that_may_not_be_embedded(void **state)
{
    struct sheet *s = *state;
    s->nanum.face.may_embed = false;
    add_line(s, &s->nanum, "가");
    assert_false(render(s, 1));
    assert_int_equal(s->err.kind, ERR_CONFIG);
    assert_non_null(strstr(s->err.text, "NanumGothic"));
}

/* Links: which are written, and where they lead. */
static void test_links_and_outline(void **state)
{
    struct sheet *s = *state;
    struct buf out = {0};
    const char *links[] = {"https://a.example/길?q=(1)",
                           "HTTP://b.example/",
                           "mailto:x@c.example", /* in */
                           "#here",
                           "#nowhere",
                           "javascript:alert(1)", /* one in */
                           "file:///etc/passwd",
                           "https://u:p@d.example/",
                           "https://e.example/\n",
                           "https://",
                           "ftp://f.example/",
                           "https://g.example\\@h.example/",
                           ""};
    add_line(s, &s->noto, "본문");
    s->ops[s->n++] = (struct op){.kind = OP_ANCHOR, .x = 50, .y = 300, .text = STR("here")};
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        s->ops[s->n++] =
            (struct op){.kind = OP_LINK, .x = 50, .y = (float)(20 * i), .w = 40, .h = 12, .link = str_from(links[i])};
    const int levels[] = {1, 2, 4, 2, 1};
    const char *titles[] = {"Ⅰ 한눈에", "1. 둘째 \U00020089", "깊은 곳", "2. 셋째", "끝"};
    for (size_t i = 0; i < 5; i++)
        s->ops[s->n++] = (struct op){
            .kind = OP_OUTLINE, .x = 50, .y = (float)(100 * i), .text = str_from(titles[i]), .level = levels[i]};
    assert_true(render(s, 1));
    check_qpdf(s);
    if (tool(s, (const char *[]){"mutool", "show", NULL}, (const char *[]){"outline", NULL}, &out)) {
        assert_non_null(strstr(out.p, "+\t\"Ⅰ 한눈에\""));
        assert_non_null(strstr(out.p, "\t\"1. 둘째 \U00020089\""));
        assert_int_equal(count(buf_view(&out), "\""), 10);
    }
    if (tool(s, (const char *[]){"qpdf", "--qdf", "--object-streams=disable", NULL}, (const char *[]){"-", NULL},
             &out)) {
        struct str text = buf_view(&out);
        assert_int_equal(count(text, "/Subtype /Link"), 4);
        assert_int_equal(count(text, "/S /URI"), 3);
        assert_int_equal(count(text, "https://a.example/%EA%B8%B8?q=\\(1\\)"), 1);
        assert_int_equal(count(text, "javascript") + count(text, "file:") + count(text, "d.example"), 0);
    }
    buf_free(&out);
}

static void test_document_information(void **state)
{
    struct sheet *s = *state;
    struct buf out = {0};
    s->info.author = STR("시험 부서");
    s->info.subject = STR("Subject (x)");
    s->info.keywords = STR("창업, 바이오");
    add_line(s, &s->noto, "본문");
    assert_true(render(s, 1));
    if (tool(s, (const char *[]){"pdfinfo", "-isodates", NULL}, NULL, &out)) {
        const char *wanted[] = {"시험 문서",
                                "시험 부서",
                                "Subject (x)",
                                "창업, 바이오",
                                "Producer:        briefgen",
                                "2024-01-31T00:00:00+09"};
        for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
            if (!strstr(out.p, wanted[i]))
                fail_msg("pdfinfo lacks %s in\n%s", wanted[i], out.p);
    }
    if (tool(s, (const char *[]){"mutool", "show", NULL}, (const char *[]){"trailer/Root/Lang", NULL}, &out))
        assert_non_null(strstr(out.p, "ko"));
    buf_free(&out);
}

static void test_shapes_and_many_pages(void **state)
{
    struct sheet *s = *state;
    struct buf out = {0};
    add_line(s, &s->noto, "도형");
    for (int i = 0; i < 20; i++) {
        s->ops[s->n++] = (struct op){.kind = OP_RECT, .x = 10, .y = (float)i, .w = -5, .h = 3, .colour = {9, 8, 7}};
        s->ops[s->n++] = (struct op){.kind = OP_LINE, .x = 10, .y = (float)i, .w = 50, .size = 0.4F, .artifact = i % 2};
    }
    s->ops[s->n] = test_text(s->arena, &s->nanum, 8.5, 200, 60, "옆 칸", 0);
    s->ops[s->n].colour = (struct colour){255, 0, 0};
    s->n++;
    assert_true(render(s, 300));
    check_qpdf(s);
    if (tool(s, (const char *[]){"qpdf", "--show-xref", NULL}, NULL, &out)) {
        assert_true(count(buf_view(&out), "compressed; stream") > 300); /* the pages, in two streams */
        assert_true(count(buf_view(&out), "uncompressed; offset") > 300);
    }
    buf_free(&out);
}

/* Lines, polygons and discs: what is painted, and that no state leaks from one to the next. */
static void test_paths_and_dashes(void **state)
{
    struct sheet *s = *state;
    static const struct corner corners[] = {{0, 0}, {100, 0}, {50, 40}};
    static const struct corner bad[] = {{0, 0}, {NAN, 0}};
    const struct op ops[] = {
        {.kind = OP_LINE, .x = 10, .y = 41.89F, .w = 50, .size = 1, .dash = 3, .gap = 1.5F},
        {.kind = OP_LINE, .x = 10, .y = 51.89F, .w = 50, .size = 1, .dash = 3, .gap = 0.001F},
        {.kind = OP_PATH, .x = 10, .y = 141.89F, .corners = corners, .n = 3, .size = 2, .stroke = {255, 0, 0}},
        {.kind = OP_PATH,
         .x = 10,
         .y = 241.89F,
         .corners = corners,
         .n = 3,
         .size = 2,
         .closed = true,
         .dash = 2,
         .gap = 2},
        {.kind = OP_PATH, .x = 10, .y = 341.89F, .corners = corners, .n = 3, .filled = true, .colour = {0, 255, 0}},
        {.kind = OP_PATH, .x = 60, .y = 441.89F, .w = 20, .corners = corners, .n = 1, .size = 1, .filled = true},
        {.kind = OP_PATH, .x = 60, .y = 441.89F, .corners = corners, .n = 3}, /* neither filled nor stroked */
        {.kind = OP_PATH, .x = 60, .y = 441.89F, .size = 1},
    };
    memcpy(s->ops, ops, sizeof ops);
    s->n = sizeof ops / sizeof *ops;
    assert_true(render(s, 1));
    check_qpdf(s);
    struct buf out = {0};
    if (tool(s, (const char *[]){"mutool", "show", "-b", NULL}, (const char *[]){"pages/1/Contents", NULL}, &out))
        assert_string_equal(out.p, "1 w\n[3 1.5]0 d\n10 800 m 60 800 l\nS\n[]0 d\n10 790 m 60 790 l\nS\n"
                                   "1 0 0 RG\n2 w\n1 j\n10 700 m\n110 700 l\n60 660 l\nS\n"
                                   "0 G\n[2 2]0 d\n10 600 m\n110 600 l\n60 560 l\nh S\n"
                                   "0 1 0 rg\n10 500 m\n110 500 l\n60 460 l\nf\n"
                                   "0 g\n1 w\n[]0 d\n70 400 m\n70 405.52 65.52 410 60 410 c\n"
                                   "54.48 410 50 405.52 50 400 c\n50 394.48 54.48 390 60 390 c\n"
                                   "65.52 390 70 394.48 70 400 c\nh B\n");
    buf_free(&out);
    s->ops[0] = (struct op){.kind = OP_PATH, .corners = bad, .n = 2, .size = 1};
    assert_false(render(s, 1));
    assert_int_equal(s->err.kind, ERR_INTERNAL);
}

static void test_page_of_impossible_size(void **state)
{
    struct sheet *s = *state;
    struct device device;
    const float sizes[] = {0, NAN, 14401, -5};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct page page = {1, sizes[i], 100, NULL, 0, NULL};
        assert_true(pdf_device(&s->info, NULL, &device, &s->err));
        assert_false(device.page(device.self, &page, &s->err));
        assert_int_equal(s->err.kind, ERR_INTERNAL);
        assert_false(device.finish(device.self, &s->pdf, &s->err));
        device.free(device.self);
        s->err = (struct err){0};
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_fonts_are_embedded_subsets),
        CASE(test_same_pages_same_bytes),
        CASE(test_hostile_title_is_inert),
        CASE(test_subset_paints_the_same_glyphs),
        CASE(test_strange_clusters),
        CASE(test_too_many_pages),
        CASE(test_numbers_that_are_not_finite),
        CASE(test_glyph_that_the_font_lacks),
        CASE(test_font_that_may_not_be_embedded),
        CASE(test_links_and_outline),
        CASE(test_document_information),
        CASE(test_shapes_and_many_pages),
        CASE(test_paths_and_dashes),
        CASE(test_page_of_impossible_size),
    };
    if (access(NOTO, R_OK) || access(NANUM, R_OK)) {
        printf("test_out_pdf: skipped, fonts-noto-cjk or fonts-nanum is not installed\n");
        return 0;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
