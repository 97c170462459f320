/* Fonts dropped into the folder: which role each suits, in what order, by which names they are found; roles that
 * borrow; what is refused and what it says. */
#include "font_folder.h"

static const char automatic[] = "[text]\nfont = *\n[strong]\nfont = *\n[mono]\nfont = *\n[serif]\nfont = *\n"
                                "[serif-strong]\nfont = *\n[symbol]\nfont = *\n";

static struct fonts *open_well(const char *list)
{
    struct err err = {0};
    struct fonts *fonts = folder_open(list, &err);
    if (!fonts)
        fail_msg("%s", err.text);
    return fonts;
}

static void expect_refused(const char *list, const char *first, const char *second)
{
    struct err err = {0};
    assert_null(folder_open(list, &err));
    assert_int_equal(err.kind, ERR_CONFIG);
    if (!strstr(err.text, first) || !strstr(err.text, second))
        fail_msg("message \"%s\" lacks \"%s\" or \"%s\"", err.text, first, second);
}

static void each_font_goes_where_it_suits(void **state)
{
    (void)state;
    tiny_save(in_folder("a.ttf"), (struct tiny){.family = "A", .postscript = "A"});
    tiny_save(in_folder("b.TTF"), (struct tiny){.family = "B", .postscript = "B-Bold", .weight = 700});
    tiny_save(in_folder("c.ttf"), (struct tiny){.family = "C", .postscript = "C", .fixed = true});
    tiny_save(in_folder("d.ttf"), (struct tiny){.family = "D", .postscript = "D", .serif = true});
    tiny_save(in_folder("e.ttf"), (struct tiny){.family = "E", .postscript = "SaeMyeongjo-Bold", .weight = 800});
    tiny_save(in_folder("f.ttf"), (struct tiny){.family = "F", .postscript = "F", .signs_only = true});
    tiny_save(in_folder("g.ttf"), (struct tiny){.family = "G", .postscript = "G-Italic", .slanted = true});
    tiny_save(in_folder(".h.ttf"), (struct tiny){.family = "H", .postscript = "Hidden"});
    struct fonts *fonts = open_well(automatic);
    assert_string_equal(names_of(fonts, ROLE_TEXT), "A, F"); /* F by way of [symbol] */
    assert_int_equal(fonts_own_count(fonts, ROLE_TEXT), 1);
    assert_string_equal(names_of(fonts, ROLE_STRONG), "B-Bold, F");
    assert_string_equal(names_of(fonts, ROLE_MONO), "C, F");
    assert_string_equal(names_of(fonts, ROLE_SERIF), "D, F");
    assert_string_equal(names_of(fonts, ROLE_SERIF_STRONG), "SaeMyeongjo-Bold, F");
    struct buf out = {0};
    fonts_describe(fonts, &out);
    assert_non_null(strstr(out.p, "d.ttf: D, suits serif\n"));
    assert_non_null(strstr(out.p, "g.ttf: G-Italic; slanted"));
    assert_null(strstr(out.p, "Hidden"));
    buf_free(&out);
    fonts_free(fonts);
}

static void the_nearest_weight_comes_first_then_the_name(void **state)
{
    (void)state;
    tiny_save(in_folder("1.ttf"), (struct tiny){.family = "W", .postscript = "Light", .weight = 300});
    tiny_save(in_folder("2.ttf"), (struct tiny){.family = "W", .postscript = "Regular", .weight = 400});
    tiny_save(in_folder("3.ttf"), (struct tiny){.family = "W", .postscript = "Black", .weight = 900});
    tiny_save(in_folder("4.ttf"), (struct tiny){.family = "W", .postscript = "Bold", .weight = 700});
    tiny_save(in_folder("0.ttf"), (struct tiny){.family = "V", .postscript = "Other", .weight = 400});
    struct fonts *fonts = open_well(automatic);
    assert_string_equal(names_of(fonts, ROLE_TEXT), "Other, Regular, Light");
    assert_string_equal(names_of(fonts, ROLE_STRONG), "Bold, Black");
    fonts_free(fonts);
    fonts = open_well("[text]\nfont = w\n[strong]\nfont = W\n"); /* one family name, each role its weight */
    assert_string_equal(names_of(fonts, ROLE_TEXT), "Regular");
    assert_string_equal(names_of(fonts, ROLE_STRONG), "Bold");
    fonts_free(fonts);
}

static void a_font_is_found_by_any_of_its_names(void **state)
{
    (void)state;
    tiny_save(in_folder("a.ttf"),
              (struct tiny){.family = "Saebom Gothic", .postscript = "SaebomGothic-Regular", .korean = "새봄고딕"});
    const char *lists[] = {"[text]\nfont = Saebom Gothic\n", "[text]\nfont = saebomgothic-regular\n",
                           "[text]\nfont = 새봄고딕\n",      "[text]\nfont = a.ttf\n",
                           "[text]\nfont = ./a.ttf#0\n",     "[text]\nfont = a.ttf#새봄고딕\n"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        struct fonts *fonts = open_well(lists[i]);
        assert_string_equal(names_of(fonts, ROLE_TEXT), "SaebomGothic-Regular");
        fonts_free(fonts);
    }
    expect_refused("[text]\nfont = Saebom\n", "Saebom", "tried");
}

static void faces_of_a_collection_have_names_and_numbers(void **state)
{
    (void)state;
    tiny_save_pair(in_folder("pair.ttc"), (struct tiny){.family = "P", .postscript = "PairCJKjp"},
                   (struct tiny){.family = "Q", .postscript = "PairCJKkr"});
    struct fonts *fonts = open_well("[text]\nfont = pair.ttc#Q\nfont = pair.ttc#0\nfont = P\n");
    assert_string_equal(names_of(fonts, ROLE_TEXT), "PairCJKkr, PairCJKjp, PairCJKjp");
    fonts_free(fonts);
    fonts = open_well(automatic); /* of a collection one face, the Korean one */
    assert_string_equal(names_of(fonts, ROLE_TEXT), "PairCJKkr");
    fonts_free(fonts);
    expect_refused("[text]\nfont = pair.ttc#2\n", "pair.ttc", "no face 2");
}

static void a_role_without_fonts_borrows(void **state)
{
    (void)state;
    tiny_save(in_folder("a.ttf"), (struct tiny){.family = "A", .postscript = "A"});
    tiny_save(in_folder("b.ttf"), (struct tiny){.family = "B", .postscript = "B", .weight = 700});
    struct fonts *fonts =
        open_well("[text]\nfont = A\n[strong]\nfont = B\n[serif]\nfont = gone.ttf\n[packages]\n/ = fonts-gone\n");
    assert_string_equal(names_of(fonts, ROLE_SERIF), "A");
    assert_string_equal(names_of(fonts, ROLE_SERIF_STRONG), "B");
    assert_string_equal(names_of(fonts, ROLE_MONO), "A");
    assert_int_equal(fonts_lender(fonts, ROLE_SERIF), ROLE_TEXT);
    assert_int_equal(fonts_lender(fonts, ROLE_SERIF), ROLES); /* said once */
    assert_int_equal(fonts_lender(fonts, ROLE_TEXT), ROLES);
    struct buf out = {0};
    fonts_describe(fonts, &out);
    assert_non_null(strstr(out.p, "[text] stands in for it"));
    assert_non_null(strstr(out.p, "apt-get install fonts-gone"));
    buf_free(&out);
    fonts_free(fonts);
    expect_refused("[serif]\nfont = A\n", "[text]", "names no font");
}

static void what_lies_broken_in_the_folder_is_passed_over_with_a_warning(void **state)
{
    (void)state;
    tiny_save(in_folder("good.ttf"), (struct tiny){.family = "Good", .postscript = "Good"});
    tiny_write(in_folder("broken.ttf"), STR("OTTO and nothing more"));
    tiny_save(in_folder("colour.ttf"), (struct tiny){.family = "E", .postscript = "E", .outlines = "CBDT"});
    struct fonts *fonts = open_well(automatic);
    assert_string_equal(names_of(fonts, ROLE_TEXT), "Good");
    struct diag_list diag = {0};
    fonts_warn(fonts, &diag);
    assert_int_equal(diag.n, 2);
    assert_string_equal(diag.items[0].code, "font-refused");
    assert_non_null(strstr(diag.items[0].place, "broken.ttf"));
    assert_non_null(strstr(diag.items[1].text, "only bitmaps (colour emoji)"));
    diag_free(&diag);
    struct buf out = {0};
    fonts_describe(fonts, &out);
    assert_non_null(strstr(out.p, "broken.ttf: PROBLEM: "));
    buf_free(&out);
    fonts_free(fonts);
    fonts = open_well("[text]\nfont = good.ttf\nfont = broken.ttf\n"); /* named later: when it is asked */
    fonts_warn(fonts, &diag);
    assert_int_equal(diag.n, 0);
    assert_null(fonts_at(fonts, ROLE_TEXT, 1));
    fonts_warn(fonts, &diag);
    assert_int_equal(diag.n, 1);
    diag_free(&diag);
    fonts_free(fonts);
    expect_refused("[text]\nfont = broken.ttf\nfont = Good\n", "broken.ttf",
                   "not a font"); /* named first: not passed over */
    expect_refused("[text]\nfont = Good\n[mono]\nfont = colour.ttf\n", "colour.ttf", "only bitmaps");
}

static void licence_bits_are_kept_and_named(void **state)
{
    (void)state;
    tiny_save(in_folder("r.ttf"), (struct tiny){.family = "R", .postscript = "Restricted", .fs_type = 0x0002});
    tiny_save(in_folder("b.ttf"), (struct tiny){.family = "B", .postscript = "Bitmap", .fs_type = 0x0200});
    tiny_save(in_folder("w.ttf"), (struct tiny){.family = "W", .postscript = "Whole", .fs_type = 0x0104});
    tiny_save(in_folder("p.ttf"), (struct tiny){.family = "P", .postscript = "Print", .fs_type = 0x0004});
    expect_refused("[text]\nfont = r.ttf\n", "Restricted may not be embedded", "fsType is 0x0002, bit 1: restricted");
    expect_refused("[text]\nfont = b.ttf\n", "Bitmap may not be embedded", "bit 9: bitmaps only");
    struct fonts *fonts = open_well("[text]\nfont = w.ttf\nfont = p.ttf\n");
    assert_false(fonts_at(fonts, ROLE_TEXT, 0)->face.may_subset);
    assert_true(fonts_at(fonts, ROLE_TEXT, 1)->face.may_subset);
    struct buf out = {0};
    fonts_describe(fonts, &out);
    assert_non_null(strstr(out.p, "forbid subsets"));
    buf_free(&out);
    fonts_free(fonts);
}

static void wild_metrics_become_usual_ones(void **state)
{
    (void)state;
    tiny_save(in_folder("s.ttf"), (struct tiny){.family = "S", .postscript = "Small", .units = 250});
    struct fonts *fonts = open_well("[text]\nfont = s.ttf\n"); /* 880 of 250 units is no ascent */
    assert_int_equal(fonts_first(fonts, ROLE_TEXT)->face.ascent, 220);
    assert_int_equal(fonts_first(fonts, ROLE_TEXT)->face.descent, -30);
    fonts_free(fonts);
    tiny_save(in_folder("z.ttf"), (struct tiny){.family = "Z", .postscript = "Zero", .units = 8});
    expect_refused("[text]\nfont = z.ttf\n", "z.ttf", "units per em");
}

static void doctor_reads_every_outline(void **state)
{
    (void)state;
    tiny_save(in_folder("d.ttf"), (struct tiny){.family = "D", .postscript = "D", .damaged = true});
    struct fonts *fonts = open_well("[text]\nfont = d.ttf\n");
    struct buf out = {0};
    fonts_describe(fonts, &out);
    assert_non_null(strstr(out.p, "d.ttf  PROBLEM: 1 of 3 outlines are damaged\n"));
    assert_non_null(strstr(out.p, "PROBLEM: none has a box"));
    buf_free(&out);
    fonts_free(fonts);
    tiny_save(in_folder("b.ttf"), (struct tiny){.family = "B", .postscript = "B", .box = 0x25a1});
    fonts = open_well("[text]\nfont = d.ttf\n[symbol]\nfont = b.ttf\n");
    fonts_describe(fonts, &out);
    assert_null(strstr(out.p, "none has a box"));
    buf_free(&out);
    fonts_free(fonts);
}

static void too_many_files_are_cut_with_a_warning(void **state)
{
    (void)state;
    enum { MANY = 205 };
    for (int i = 0; i < MANY; i++) {
        char name[20];
        snprintf(name, sizeof name, "%03d.ttf", i);
        tiny_save(in_folder(name),
                  (struct tiny){.family = "M", .postscript = "M", .weight = i == MANY - 1 ? 400 : 300});
    }
    struct fonts *fonts = open_well("[text]\nfont = M\n");
    assert_int_equal(fonts_first(fonts, ROLE_TEXT)->face.weight, 300);
    struct diag_list diag = {0};
    fonts_warn(fonts, &diag);
    assert_int_equal(diag.n, 1);
    assert_string_equal(diag.items[0].code, "fonts-cut");
    diag_free(&diag);
    fonts_free(fonts);
    fonts = open_well("[text]\nfont = *\nfont = 204.ttf\n"); /* they leave room for what is named */
    assert_int_equal(fonts_own_count(fonts, ROLE_TEXT), 8 + 1);
    assert_int_equal(fonts_at(fonts, ROLE_TEXT, 8)->face.weight, 400);
    fonts_free(fonts);
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_new, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(each_font_goes_where_it_suits),
        IN_A_FOLDER(the_nearest_weight_comes_first_then_the_name),
        IN_A_FOLDER(a_font_is_found_by_any_of_its_names),
        IN_A_FOLDER(faces_of_a_collection_have_names_and_numbers),
        IN_A_FOLDER(a_role_without_fonts_borrows),
        IN_A_FOLDER(what_lies_broken_in_the_folder_is_passed_over_with_a_warning),
        IN_A_FOLDER(licence_bits_are_kept_and_named),
        IN_A_FOLDER(wild_metrics_become_usual_ones),
        IN_A_FOLDER(doctor_reads_every_outline),
        IN_A_FOLDER(too_many_files_are_cut_with_a_warning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
