/* Variable fonts: named by settings, instance or role; what is measured, set and embedded is one and the same. */
#include "doc_builder.h"
#include "font_folder.h"
#include "out/pdf/pdf.h"

#include <ft2build.h>
#include <libdeflate.h>
#include FT_FREETYPE_H
#include FT_MULTIPLE_MASTERS_H
#include FT_OUTLINE_H

static const struct tiny plain = {.family = "Tiny Var", .postscript = "TinyVar", .variable = true},
                         full = {.family = "Tiny Var",
                                 .postscript = "TinyVar",
                                 .variable = true,
                                 .hvar = true,
                                 .mvar = true};

static struct fonts *open_well(const char *list)
{
    struct err err = {0};
    struct fonts *fonts = folder_open(list, &err);
    if (!fonts)
        fail_msg("%s", err.text);
    return fonts;
}

static int advance(const struct font *font, unsigned glyph)
{
    return hb_font_get_glyph_h_advance(font->hb, glyph);
}

/* The advance of a glyph with a box, at a place of both axes. */
static int expected(unsigned glyph, double weight, double width)
{
    double heavy = weight > 400 ? (weight - 400) / 500 : 0, narrow = (100 - width) / 25;
    return (int)tiny_advance(&plain, glyph) + (int)(heavy * TINY_HEAVY + narrow * TINY_NARROW);
}

static void settings_and_instances_choose_the_place(void **state)
{
    (void)state;
    tiny_save(in_folder("v.ttf"), full);
    static const struct {
        const char *list, *name;
        int weight, width, ascent;
    } cases[] = {
        {"[text]\nfont = v.ttf\n", "TinyVar", 400, 100, 880},
        {"[text]\nfont = v.ttf@wght=700\n", "TinyVar_700wght", 700, 100, 940},
        {"[text]\nfont = Tiny Var@wght=900,wdth=75\n", "TinyVar_900wght_75wdth", 900, 75, 980},
        {"[text]\nfont = v.ttf#Bold\n", "TinyVar_700wght", 700, 100, 940},
        {"[text]\nfont = Tiny Var#bold@wdth=80\n", "TinyVar_700wght_80wdth", 700, 80, 940},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fonts *fonts = open_well(cases[i].list);
        const struct font *font = fonts_first(fonts, ROLE_TEXT);
        assert_string_equal(names_of(fonts, ROLE_TEXT), cases[i].name);
        assert_int_equal(font->face.weight, cases[i].weight);
        assert_int_equal(font->face.ascent, cases[i].ascent); /* MVAR */
        assert_int_equal(advance(font, TINY_A), expected(TINY_A, cases[i].weight, cases[i].width));
        assert_int_equal(font->space_advance, 250);
        fonts_free(fonts);
    }
}

static void a_dropped_in_variable_font_serves_two_roles(void **state)
{
    (void)state;
    tiny_save(in_folder("v.ttf"), plain);
    struct fonts *fonts = open_well("[text]\nfont = *\n[strong]\nfont = *\n");
    assert_string_equal(names_of(fonts, ROLE_TEXT), "TinyVar");
    assert_string_equal(names_of(fonts, ROLE_STRONG), "TinyVar_700wght");
    assert_int_equal(advance(fonts_first(fonts, ROLE_STRONG), TINY_GA), expected(TINY_GA, 700, 100)); /* without HVAR */
    fonts_free(fonts);
}

static void what_cannot_be_set_is_refused(void **state)
{
    (void)state;
    tiny_save(in_folder("v.ttf"), plain);
    tiny_save(in_folder("s.ttf"), (struct tiny){.family = "S", .postscript = "Static"});
    tiny_save(in_folder("2.ttf"),
              (struct tiny){.family = "C", .postscript = "C", .variable = true, .outlines = "CFF2"});
    static const char *const cases[][2] = {
        {"[text]\nfont = v.ttf@wght=1000\n", "cannot be set to wght=1000; it has wght=100..900, wdth=75..100"},
        {"[text]\nfont = v.ttf@slnt=5\n", "cannot be set to slnt=5"},
        {"[text]\nfont = s.ttf@wght=700\n", "not a variable font"},
        {"[text]\nfont = v.ttf@wght=bold\n", "fonts.ini:2: settings are written @wght=700,wdth=85"},
        {"[text]\nfont = v.ttf@wght=nan\n", "fonts.ini:2: settings are written"},
        {"[text]\nfont = v.ttf@wght=700,\n", "fonts.ini:2: settings are written"},
        {"[text]\nfont = v.ttf#Heavy\n", "no face Heavy in it"},
        {"[text]\nfont = 2.ttf\n", "CFF2 outlines, which cannot be embedded"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err err = {0};
        assert_null(folder_open(cases[i][0], &err));
        assert_int_equal(err.kind, ERR_CONFIG);
        if (!strstr(err.text, cases[i][1]))
            fail_msg("message \"%s\" lacks \"%s\"", err.text, cases[i][1]);
    }
}

/* ---- the PDF ---- */

/* Appends the uncompressed bytes of the stream that begins next after `at`. */
static void inflate(const struct buf *pdf, size_t at, struct buf *out)
{
    at = str_find(buf_view(pdf), STR("stream"), at) + 6;
    at += pdf->p[at] == '\r';
    struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor();
    size_t used, size;
    char *room = buf_room(out, 1 << 20);
    assert_int_equal(
        libdeflate_zlib_decompress_ex(inflater, pdf->p + at + 1, pdf->n - at - 1, room, 1 << 20, &used, &size),
        LIBDEFLATE_SUCCESS);
    out->n += size;
    libdeflate_free_decompressor(inflater);
}

/* One paragraph "A가" as a PDF, its object streams once more in the clear behind it; the page's number below it is
 * boxes. */
static void typeset(struct fonts *fonts, struct buf *pdf)
{
    struct builder b;
    struct diag_list diag = {0};
    struct err err = {0};
    struct device device;
    struct page page;
    build_begin(&b);
    build_paragraph(&b, "", "A가");
    struct page_info info = layout_info(&b.doc);
    assert_true(pdf_device(&info, NULL, &device, &err));
    struct layout *layout = layout_new(fonts, house(), &b.doc, &diag);
    while (layout_next(layout, &page, &err))
        assert_true(device.page(device.self, &page, &err));
    assert_true(err.kind == ERR_NONE && device.finish(device.self, pdf, &err));
    device.free(device.self);
    layout_free(layout);
    diag_free(&diag);
    build_end(&b);
    struct buf objects = {0};
    for (size_t at = 0; (at = str_find(buf_view(pdf), STR("/ObjStm"), at)) != SIZE_MAX; at++)
        inflate(pdf, at, &objects);
    buf_add(pdf, objects.p, objects.n);
    buf_free(&objects);
}

/* The stream that `key` refers to first, in a file whose object streams have been appended to it. */
static void find_stream(const struct buf *pdf, const char *key, struct buf *out)
{
    size_t at = str_find(buf_view(pdf), str_from(key), 0);
    assert_int_not_equal(at, SIZE_MAX);
    char object[40];
    snprintf(object, sizeof object, "\n%ld 0 obj", strtol(pdf->p + at + strlen(key), NULL, 10));
    inflate(pdf, str_find(buf_view(pdf), str_from(object), 0), out);
}

/* Outlines and advance of a glyph of the embedded font against FreeType's reading of the original at the same place. */
static void same_glyph(FT_Face original, unsigned glyph, FT_Face embedded, unsigned subset, int advance_in_layout)
{
    assert_int_equal(FT_Load_Glyph(original, glyph, FT_LOAD_NO_SCALE), 0);
    assert_int_equal(FT_Load_Glyph(embedded, subset, FT_LOAD_NO_SCALE), 0);
    const FT_Outline *a = &original->glyph->outline, *b = &embedded->glyph->outline;
    assert_int_equal(a->n_points, b->n_points);
    assert_int_equal(b->n_points, 4);
    for (int i = 0; i < a->n_points; i++) {
        assert_int_equal(a->points[i].x, b->points[i].x);
        assert_int_equal(a->points[i].y, b->points[i].y);
    }
    assert_int_equal(original->glyph->metrics.horiAdvance, advance_in_layout);
    assert_int_equal(embedded->glyph->metrics.horiAdvance, advance_in_layout);
}

static void check_embedding(const char *list, int weight, int width, const char *widths)
{
    struct fonts *fonts = open_well(list);
    struct buf pdf = {0}, program = {0};
    typeset(fonts, &pdf);
    assert_int_not_equal(str_find(buf_view(&pdf), str_from(widths), 0), SIZE_MAX);
    find_stream(&pdf, "/FontFile2 ", &program);
    FT_Library library;
    FT_Face original, embedded;
    assert_int_equal(FT_Init_FreeType(&library), 0);
    assert_int_equal(FT_New_Face(library, in_folder("v.ttf"), 0, &original), 0);
    FT_Fixed place[2] = {weight * 65536, width * 65536};
    assert_int_equal(FT_Set_Var_Design_Coordinates(original, 2, place), 0);
    assert_int_equal(FT_New_Memory_Face(library, (const FT_Byte *)program.p, (FT_Long)program.n, 0, &embedded), 0);
    assert_false(FT_HAS_MULTIPLE_MASTERS(embedded));
    bool whole = embedded->num_glyphs == TINY_GLYPHS; /* else without i, which the page does not use */
    const struct font *font = fonts_first(fonts, ROLE_TEXT);
    same_glyph(original, TINY_A, embedded, TINY_A, advance(font, TINY_A));
    same_glyph(original, TINY_GA, embedded, whole ? TINY_GA : TINY_GA - 1, advance(font, TINY_GA));
    assert_int_equal(advance(font, TINY_A), expected(TINY_A, weight, width));
    FT_Done_FreeType(library);
    buf_free(&pdf);
    buf_free(&program);
    fonts_free(fonts);
}

static void what_is_embedded_is_what_was_set(void **state)
{
    (void)state;
    for (int hvar = 0; hvar < 2; hvar++) {
        tiny_save(in_folder("v.ttf"), hvar ? full : plain);
        check_embedding("[text]\nfont = v.ttf\n", 400, 100, "/DW 500/W[1[600 900 250]]");
        check_embedding("[text]\nfont = v.ttf@wght=900\n", 900, 100, "/DW 700/W[1[800 1100 250]]");
        check_embedding("[text]\nfont = v.ttf@wght=650,wdth=80\n", 650, 80, "/DW 480/W[1[580 880 250]]");
    }
    struct tiny whole = full;
    whole.fs_type = 0x0100; /* no subsets: all glyphs, each at its place */
    tiny_save(in_folder("v.ttf"), whole);
    check_embedding("[text]\nfont = v.ttf@wght=900\n", 900, 100, "/DW 700/W[1[800 1100 250]]");
}

/* DW must be an integer: viewers take another for 1000, and all that hangs on it goes astray. */
static void widths_that_are_no_whole_numbers_are_all_listed(void **state)
{
    (void)state;
    tiny_save(in_folder("v.ttf"), (struct tiny){.family = "U", .postscript = "U", .units = 1024});
    struct fonts *fonts = open_well("[text]\nfont = v.ttf\n");
    struct buf pdf = {0};
    typeset(fonts, &pdf);
    assert_int_not_equal(str_find(buf_view(&pdf), STR("/DW 1000/W[0[488.28 585.94 878.91 244.14 488.28]]"), 0),
                         SIZE_MAX);
    buf_free(&pdf);
    fonts_free(fonts);
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_new, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(settings_and_instances_choose_the_place),
        IN_A_FOLDER(a_dropped_in_variable_font_serves_two_roles),
        IN_A_FOLDER(what_cannot_be_set_is_refused),
        IN_A_FOLDER(what_is_embedded_is_what_was_set),
        IN_A_FOLDER(widths_that_are_no_whole_numbers_are_all_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
