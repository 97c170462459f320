/* Signs that fonts lack (row 39): emoji sequences are one box, the box can be seen, [symbol] is asked last; roles. */
#include "base/diag.h"
#include "font_folder.h"
#include "house.h"
#include "layout/text.h"

static const struct text_style body = {.role = ROLE_TEXT, .size = 10, .leading = 17};

/* A text set on one line. */
struct set {
    struct fonts *fonts;
    struct shaper *shaper;
    struct arena *arena;
    struct diag_list diag;
    struct paragraph paragraph;
};

static void begin(struct set *s, const char *list)
{
    struct err err = {0};
    *s = (struct set){.arena = arena_new()};
    s->fonts = folder_open(list, &err);
    if (!s->fonts)
        fail_msg("%s", err.text);
    s->shaper = shaper_new(s->fonts, &s->diag);
    shaper_characters(s->shaper, house()->characters, house()->n_characters);
}

static void set_text(struct set *s, const char *text, const struct text_style *style, unsigned flags)
{
    struct run run = {.text = str_from(text), .flags = flags};
    text_set(s->shaper, s->arena, &run, 1, style, 1000, &s->paragraph);
    assert_int_equal(s->paragraph.n, 1);
}

static const struct op *op_of(const struct set *s, size_t i)
{
    assert_true(i < s->paragraph.lines[0].n);
    return &s->paragraph.lines[0].ops[i];
}

static void end(struct set *s)
{
    shaper_free(s->shaper);
    fonts_free(s->fonts);
    diag_free(&s->diag);
    arena_free(s->arena);
}

static const char letters_list[] = "[text]\nfont = letters.ttf\n";

static void row_39_a_sequence_is_one_box_and_one_warning(void **state)
{
    (void)state;
    static const struct {
        const char *text, *codes;
    } cases[] = {
        {"\U0001F600", "character U+1F600 "},
        {"\U0001F468\u200D\U0001F469\u200D\U0001F467", "characters U+1F468 U+200D U+1F469 U+200D U+1F467 "},
        {"\U0001F44D\U0001F3FD", "characters U+1F44D U+1F3FD "},
        {"\U0001F1F0\U0001F1F7", "characters U+1F1F0 U+1F1F7 "},
        {"\u2764\uFE0F\u200D\U0001F525", "characters U+2764 U+FE0F U+200D U+1F525 "},
        {"A\uFE0F\u20E3", "characters U+0041 U+FE0F U+20E3 "}, /* a key: its letter alone would be another sign */
    };
    tiny_save(in_folder("letters.ttf"), (struct tiny){.family = "L", .postscript = "L"});
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct set s;
        begin(&s, letters_list);
        set_text(&s, cases[i].text, &body, 0);
        const struct op *op = op_of(&s, 0);
        assert_int_equal(op->n, 1);
        assert_int_equal(op->glyphs[0].id, 0);
        assert_int_equal(op->glyphs[0].natural, tiny_advance(&(struct tiny){0}, 0));
        assert_true(str_equal(op->text, str_from(cases[i].text)));
        assert_int_equal(s.diag.n, 1);
        assert_string_equal(s.diag.items[0].code, "missing-glyph");
        if (!strstr(s.diag.items[0].text, cases[i].codes))
            fail_msg("\"%s\" lacks \"%s\"", s.diag.items[0].text, cases[i].codes);
        set_text(&s, cases[i].text, &body, 0); /* and is not said again */
        assert_int_equal(s.diag.n, 1);
        end(&s);
    }
}

static void row_39_selectors_and_joiners_make_no_box(void **state)
{
    (void)state;
    tiny_save(in_folder("letters.ttf"), (struct tiny){.family = "L", .postscript = "L"});
    struct set s;
    begin(&s, letters_list);
    set_text(&s, "A\uFE0F가\U000E0100i\u200D", &body, 0);
    const struct op *op = op_of(&s, 0);
    assert_int_equal(op->n, 3);
    assert_int_equal(op->glyphs[0].id, TINY_A);
    assert_int_equal(op->glyphs[1].id, TINY_GA);
    assert_int_equal(op->glyphs[2].id, TINY_I);
    assert_int_equal(s.diag.n, 0);
    end(&s);
}

static void symbols_are_asked_last_and_never_for_emoji(void **state)
{
    (void)state;
    tiny_save(in_folder("letters.ttf"), (struct tiny){.family = "L", .postscript = "L"});
    tiny_save(in_folder("signs.ttf"), (struct tiny){.family = "S", .postscript = "S", .signs_only = true});
    struct set s;
    begin(&s, "[text]\nfont = letters.ttf\n[symbol]\nfont = signs.ttf\n");
    set_text(&s, "A✔\U0001F600", &body, 0);
    assert_int_equal(op_of(&s, 1)->glyphs[0].id, TINY_A); /* ✔ in S */
    assert_true(str_equal(op_of(&s, 1)->face->name, STR("S")));
    assert_int_equal(op_of(&s, 2)->glyphs[0].id, 0);
    assert_true(str_equal(op_of(&s, 2)->face->name, STR("L")));
    assert_int_equal(s.diag.n, 1);
    end(&s);
    begin(&s, "[text]\nfont = letters.ttf\nfont = signs.ttf\n"); /* one of the role's own is asked for all */
    set_text(&s, "A\U0001F600", &body, 0);
    assert_int_equal(op_of(&s, 1)->glyphs[0].id, TINY_GA);
    assert_int_equal(s.diag.n, 0);
    end(&s);
}

static void row_39_the_box_is_a_character_of_a_font(void **state)
{
    (void)state;
    tiny_save(in_folder("letters.ttf"), (struct tiny){.family = "L", .postscript = "L"});
    tiny_save(in_folder("other.ttf"), (struct tiny){.family = "O", .postscript = "O", .box = 0x25a0});
    struct set s;
    begin(&s, "[text]\nfont = letters.ttf\n[symbol]\nfont = other.ttf\n");
    set_text(&s, "A\u16A0i", &body, 0);
    assert_true(str_equal(op_of(&s, 1)->face->name, STR("O")));
    assert_int_equal(op_of(&s, 1)->glyphs[0].id, TINY_A);
    assert_int_equal(op_of(&s, 1)->glyphs[0].natural, tiny_advance(&(struct tiny){0}, TINY_A));
    assert_true(str_equal(op_of(&s, 1)->text, STR("\u16A0"))); /* and not the box */
    set_text(&s, "\u25A0", &body, 0);
    assert_true(str_equal(op_of(&s, 0)->face->name, STR("O")));
    assert_int_equal(s.diag.n, 1);
    end(&s);
}

static void row_39_a_mark_that_its_letter_has_not(void **state)
{
    (void)state;
    tiny_save(in_folder("letters.ttf"), (struct tiny){.family = "L", .postscript = "L"});
    tiny_save(in_folder("boxed.ttf"), (struct tiny){.family = "B", .postscript = "B", .box = 0x25a1});
    struct set s;
    begin(&s, "[text]\nfont = boxed.ttf\n");
    set_text(&s, "A\u0F71\u0F71", &body, 0); /* the letter, and a box for each mark behind it */
    assert_int_equal(op_of(&s, 0)->n, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(op_of(&s, 0)->glyphs[i].id, TINY_A);
        assert_true(op_of(&s, 0)->glyphs[i].advance > 1 && op_of(&s, 0)->glyphs[i].dx == 0);
    }
    assert_int_equal(s.diag.n, 1);
    assert_non_null(strstr(s.diag.items[0].text, "character U+0F71 "));
    end(&s);
    begin(&s, "[text]\nfont = letters.ttf\n[mono]\nfont = boxed.ttf\n[symbol]\nfont = boxed.ttf\n");
    set_text(&s, "i\u0F71", &body, 0); /* L has no box: one of B for both, whose text they stay */
    assert_true(str_equal(op_of(&s, 0)->face->name, STR("B")));
    assert_int_equal(op_of(&s, 0)->n, 1);
    assert_int_equal(op_of(&s, 0)->glyphs[0].id, TINY_A);
    assert_true(str_equal(op_of(&s, 0)->text, STR("i\u0F71")));
    assert_int_equal(s.diag.n, 1);
    end(&s);
}

static void what_no_pdf_may_say_is_not_in_the_text(void **state)
{
    (void)state;
    tiny_save(in_folder("letters.ttf"), (struct tiny){.family = "L", .postscript = "L", .box = 0x25a1});
    struct set s;
    begin(&s, letters_list);
    struct run run = {.text = STR("A\0i\xef\xbf\xbe\uFEFFA\xef\xbf\xbf")};
    text_set(s.shaper, s.arena, &run, 1, &body, 300, &s.paragraph);
    assert_true(str_equal(op_of(&s, 0)->text, STR("A i\uFFFDA\xef\xbf\xbf")));
    assert_int_equal(op_of(&s, 0)->n, 5); /* what controls were shows nothing */
    assert_int_equal(s.diag.n, 2);
    assert_non_null(strstr(s.diag.items[0].text, "U+FFFE"));
    end(&s);
}

static void row_39_the_box_can_be_seen(void **state)
{
    (void)state;
    tiny_save(in_folder("letters.ttf"), (struct tiny){.family = "L", .postscript = "L", .blank_box = true});
    tiny_save(in_folder("other.ttf"), (struct tiny){.family = "O", .postscript = "O"});
    struct set s;
    begin(&s, "[text]\nfont = letters.ttf\n[symbol]\nfont = other.ttf\n");
    set_text(&s, "A\u16A0", &body, 0);
    assert_true(str_equal(op_of(&s, 0)->face->name, STR("L")));
    assert_true(str_equal(op_of(&s, 1)->face->name, STR("O"))); /* glyph 0 of L is blank */
    assert_int_equal(op_of(&s, 1)->glyphs[0].id, 0);
    end(&s);
}

static void a_role_that_borrows_says_so_once_and_only_when_used(void **state)
{
    (void)state;
    tiny_save(in_folder("letters.ttf"), (struct tiny){.family = "L", .postscript = "L"});
    struct text_style serif = body;
    serif.role = ROLE_SERIF;
    struct set s;
    begin(&s, letters_list);
    set_text(&s, "A", &body, 0);
    assert_int_equal(s.diag.n, 0);
    set_text(&s, "A", &serif, 0);
    set_text(&s, "A", &serif, 0);
    assert_int_equal(s.diag.n, 1);
    assert_string_equal(s.diag.items[0].code, "missing-role");
    assert_non_null(strstr(s.diag.items[0].text, "[serif]: [text] stands in"));
    end(&s);
}

static void row_25_emphasis_in_serif_text_is_bold_serif(void **state)
{
    (void)state;
    tiny_save(in_folder("letters.ttf"), (struct tiny){.family = "L", .postscript = "L"});
    tiny_save(in_folder("bold.ttf"), (struct tiny){.family = "B", .postscript = "B"});
    struct text_style serif = body;
    serif.role = ROLE_SERIF;
    struct set s;
    begin(&s, "[text]\nfont = letters.ttf\n[serif]\nfont = letters.ttf\n[serif-strong]\nfont = bold.ttf\n");
    set_text(&s, "A", &serif, RUN_EMPHASIS);
    assert_true(str_equal(op_of(&s, 0)->face->name, STR("B")));
    set_text(&s, "A", &serif, 0);
    assert_true(str_equal(op_of(&s, 0)->face->name, STR("L")));
    end(&s);
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_new, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(row_39_a_sequence_is_one_box_and_one_warning),
        IN_A_FOLDER(row_39_selectors_and_joiners_make_no_box),
        IN_A_FOLDER(symbols_are_asked_last_and_never_for_emoji),
        IN_A_FOLDER(row_39_the_box_can_be_seen),
        IN_A_FOLDER(row_39_the_box_is_a_character_of_a_font),
        IN_A_FOLDER(row_39_a_mark_that_its_letter_has_not),
        IN_A_FOLDER(what_no_pdf_may_say_is_not_in_the_text),
        IN_A_FOLDER(a_role_that_borrows_says_so_once_and_only_when_used),
        IN_A_FOLDER(row_25_emphasis_in_serif_text_is_bold_serif),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
