/* Font roles: configuration, fallback order, collections by name, refusals. */
#include "base/mem.h"
#include "layout/font.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define NOTO  "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
#define NANUM "/usr/share/fonts/truetype/nanum/NanumGothic.ttf"

static bool have(const char *path)
{
    if (access(path, R_OK) == 0)
        return true;
    print_message("skipped: %s is not installed\n", path);
    return false;
}

static struct fonts *open_with(const char *text_font, struct err *err)
{
    char config[2000];
    int n = snprintf(config, sizeof config,
                     "[text]\n%s[strong]\nfont = " NANUM "\n[mono]\nfont = " NANUM
                     "\n[packages]\n/usr/share/fonts/opentype/noto/ = "
                     "fonts-noto-cjk\n/nowhere/ = fonts-nowhere\n",
                     text_font);
    return fonts_open("test.ini", (struct str){config, (size_t)n}, err);
}

static void expect_refused(const char *text_font, const char *first, const char *second)
{
    struct err err = {0};
    struct fonts *fonts = open_with(text_font, &err);
    assert_null(fonts);
    assert_int_equal(err.kind, ERR_CONFIG);
    if (!strstr(err.text, first) || !strstr(err.text, second))
        fail_msg("message \"%s\" lacks \"%s\" or \"%s\"", err.text, first, second);
}

static void face_of_a_collection_is_found_by_name(void **state)
{
    (void)state;
    if (!have(NOTO) || !have(NANUM))
        skip();
    struct err err = {0};
    struct fonts *fonts = open_with("font = " NOTO "#NotoSansCJKkr-Regular\nfont = " NANUM "\n", &err);
    assert_non_null(fonts);
    const struct font *font = fonts_first(fonts, ROLE_TEXT);
    assert_true(str_equal(font->face.name, STR("NotoSansCJKkr-Regular")));
    assert_true(font->face.is_cff && font->face.may_embed && font->face.may_subset);
    assert_true(font_composes_jamo(fonts_first(fonts, ROLE_TEXT)));
    assert_false(font_composes_jamo(fonts_first(fonts, ROLE_MONO)));
    assert_false(font->face.is_fixed || font->face.is_serif);
    assert_int_equal(font->face.units, 1000);
    assert_int_equal(font->face.weight, 400);
    assert_int_equal(font->face.ascent, 880);
    assert_int_equal(font->face.descent, -120);
    assert_int_equal(font->face.id, 0);
    assert_int_equal(fonts_first(fonts, ROLE_MONO)->face.id, 1);
    assert_ptr_equal(fonts_first(fonts, ROLE_STRONG), fonts_first(fonts, ROLE_MONO)); /* one file, opened once */
    fonts_free(fonts);
}

static void fallbacks_wait_until_they_are_needed(void **state)
{
    (void)state;
    if (!have(NOTO) || !have(NANUM))
        skip();
    struct err err = {0};
    struct fonts *fonts = open_with("font = " NANUM "\nfont = " NOTO "#Noto Sans CJK KR\nfont = /dev/null\n", &err);
    assert_non_null(fonts); /* the last is no font, but nobody has asked it */
    const struct font *font = fonts_at(fonts, ROLE_TEXT, 1);
    assert_non_null(font);
    assert_true(str_equal(font->face.name, STR("NotoSansCJKkr-Regular"))); /* found by its family name */
    assert_int_equal(font->face.id, 1);
    assert_int_equal(font_glyph(fonts_first(fonts, ROLE_TEXT), 0x1F600), 0);
    assert_int_not_equal(font_glyph(font, 0xAC00), 0);
    assert_null(fonts_at(fonts, ROLE_TEXT, 2));
    fonts_free(fonts);
}

static void a_missing_first_choice_is_passed_over_and_described(void **state)
{
    (void)state;
    if (!have(NANUM))
        skip();
    struct err err = {0};
    struct fonts *fonts = open_with("font = /nowhere/A.ttf\nfont = " NANUM "\n", &err);
    assert_non_null(fonts);
    assert_true(str_equal(fonts_first(fonts, ROLE_TEXT)->face.name, STR("NanumGothic")));
    struct buf out = {0};
    fonts_describe(fonts, &out);
    assert_non_null(strstr(out.p, "  text          A.ttf "));
    assert_non_null(strstr(out.p, "missing: apt-get install fonts-nowhere"));
    assert_non_null(strstr(out.p, "11,172   4,888")); /* syllables and Hanja of NanumGothic */
    buf_free(&out);
    fonts_free(fonts);
}

static void no_font_at_all_names_paths_and_package(void **state)
{
    (void)state;
    expect_refused("font = /nowhere/A.ttf\nfont = /elsewhere/B.ttf\n", "/nowhere/A.ttf, /elsewhere/B.ttf",
                   "fonts-nowhere");
    expect_refused("", "[text]", "names no font");
}

static void broken_files_are_refused_by_name(void **state)
{
    (void)state;
    char path[] = "/tmp/briefgen-font-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0 && write(fd, "OTTO not really a font at all, just text", 40) == 40);
    close(fd);
    char line[200];
    snprintf(line, sizeof line, "font = %s\n", path);
    expect_refused(line, path, "font");
    unlink(path);
    expect_refused("font = /dev/null\n", "/dev/null", "not a font file");
    expect_refused("font = /usr\n", "/usr", "not a font file");
    if (have(NOTO))
        expect_refused("font = " NOTO "#NoSuchFace\n", NOTO, "no face NoSuchFace");
}

/* A copy of Nanum Gothic with two bytes of a table changed; `path` ends in XXXXXX. */
static void patched_copy(char *path, const char *table, size_t offset, unsigned value)
{
    FILE *in = fopen(NANUM, "rb");
    assert_non_null(in);
    static unsigned char bytes[8 << 20];
    size_t n = fread(bytes, 1, sizeof bytes, in);
    fclose(in);
    size_t tables = (size_t)bytes[4] << 8 | bytes[5], at = 0;
    for (size_t i = 0; i < tables; i++) {
        const unsigned char *entry = bytes + 12 + 16 * i;
        if (memcmp(entry, table, 4) == 0)
            at = (size_t)entry[8] << 24 | (size_t)entry[9] << 16 | (size_t)entry[10] << 8 | entry[11];
    }
    assert_true(at > 0 && at + offset + 2 < n);
    bytes[at + offset] = (unsigned char)(value >> 8);
    bytes[at + offset + 1] = (unsigned char)value;
    int fd = mkstemp(path);
    assert_true(fd >= 0 && write(fd, bytes, n) == (ssize_t)n);
    close(fd);
}

static void a_font_that_may_not_be_embedded_is_refused(void **state)
{
    (void)state;
    if (!have(NANUM))
        skip();
    char path[] = "/tmp/briefgen-font-XXXXXX", line[200];
    patched_copy(path, "OS/2", 8, 2); /* fsType: restricted licence embedding */
    snprintf(line, sizeof line, "font = %s\n", path);
    expect_refused(line, "NanumGothic", "may not be embedded");
    unlink(path);
}

/* What a `kern` table touches is only known where the table is sound and of the one kind that fonts have. */
static void a_strange_kern_table_leaves_all_to_harfbuzz(void **state)
{
    (void)state;
    static const struct {
        size_t offset;
        unsigned value;
    } patches[] = {{0, 1}, {2, 9}, {6, 60000}, {6, 13}, {8, 0x0201}, {10, 65535}};
    if (!have(NANUM))
        skip();
    for (size_t i = 0; i < sizeof patches / sizeof *patches; i++) {
        char path[] = "/tmp/briefgen-font-XXXXXX", line[200];
        patched_copy(path, "kern", patches[i].offset, patches[i].value);
        snprintf(line, sizeof line, "font = %s\n", path);
        struct err err = {0};
        struct fonts *fonts = open_with(line, &err);
        assert_non_null(fonts);
        assert_null(font_plain(fonts_first(fonts, ROLE_TEXT), 0xac00));
        fonts_free(fonts);
        unlink(path);
    }
}

static void mistakes_in_the_configuration_name_the_line(void **state)
{
    (void)state;
    struct err err = {0};
    assert_null(fonts_open("my.ini", STR("[text]\nfont = /a\n[tekst]\nfont = /b\n"), &err));
    assert_int_equal(err.kind, ERR_CONFIG);
    assert_non_null(strstr(err.text, "my.ini:4"));
    err = (struct err){0};
    assert_null(fonts_open("my.ini", STR("[text]\nfnt = /a\n"), &err));
    assert_non_null(strstr(err.text, "my.ini:2: unknown key"));
    err = (struct err){0};
    assert_null(fonts_open("my.ini", (struct str){"[text]\0x", 8}, &err));
    assert_int_equal(err.kind, ERR_CONFIG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(face_of_a_collection_is_found_by_name),
        cmocka_unit_test(fallbacks_wait_until_they_are_needed),
        cmocka_unit_test(a_missing_first_choice_is_passed_over_and_described),
        cmocka_unit_test(no_font_at_all_names_paths_and_package),
        cmocka_unit_test(broken_files_are_refused_by_name),
        cmocka_unit_test(a_font_that_may_not_be_embedded_is_refused),
        cmocka_unit_test(a_strange_kern_table_leaves_all_to_harfbuzz),
        cmocka_unit_test(mistakes_in_the_configuration_name_the_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
