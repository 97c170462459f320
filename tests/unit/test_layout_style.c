/* Style sheets: the house's own, a user's on top, and every way to get one wrong. */
#include "house.h"
#include "unit.h"

#include <math.h>
#include <string.h>

static const struct style_sheet *with(struct arena *arena, const char *text)
{
    struct err err = {0};
    const struct style_sheet *sheet =
        style_open(arena, data_file("templates/house.ini"), "my.ini", str_from(text), &err);
    if (!sheet)
        print_message("%s\n", err.text);
    assert_non_null(sheet);
    return sheet;
}

static void the_house_has_every_style(void **state)
{
    (void)state;
    const struct style_sheet *sheet = house();
    assert_non_null(sheet);
    for (size_t i = 0; i < sheet->n; i++) {
        const struct text_style *text = &sheet->styles[i].text;
        assert_true(text->size >= 6 && text->leading >= text->size && text->leading < 2 * text->size);
        assert_ptr_equal(style_find(sheet, str_from(sheet->styles[i].name)), &sheet->styles[i]);
    }
    assert_ptr_equal(style_find(sheet, STR("")), &sheet->styles[STYLE_BODY]);
    assert_null(style_find(sheet, STR("nothing")));
    assert_true(sheet->styles[STYLE_BODY].text.justify && !sheet->styles[STYLE_H1].text.justify);
    assert_ptr_equal(style_heading(sheet, 9), &sheet->styles[STYLE_H6]);
}

static void a_users_file_changes_what_it_names(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    const struct style_sheet *sheet =
        with(arena, "[page]\nleft = 3cm\nnumber = foot-outside\nnumber-form = #쪽\n"
                    "[colour]\nprimary-80 = #102030\n"
                    "[style body]\nsize = 11\nleading = 160%\nindent = 1em\n"
                    "[style call]\nbased-on = body\nfill = gray-5\nrule-left = 2 primary-80\n"
                    "size = 10\ntracking = -0.02em\ntabs = 60mm, dots right 20em\n");
    const struct block_style *body = &sheet->styles[STYLE_BODY], *call = style_find(sheet, STR("call"));
    assert_true(fabsf(sheet->page.left - 85.04F) < 0.01F && sheet->page.right == house()->page.right);
    assert_int_equal(sheet->page.number, NUMBER_FOOT_OUTSIDE);
    assert_true(str_equal(sheet->page.number_form, STR("#쪽")));
    assert_true(fabsf(body->text.leading - 17.6F) < 1e-4F && body->text.indent == 11 && body->text.justify);
    /* what is based on body follows it, and so does what names a colour */
    assert_true(style_find(sheet, STR("lead"))->text.indent == 11);
    assert_int_equal(sheet->styles[STYLE_H1].text.colour.g, 0x20);
    assert_true(call && call->filled && call->fill.r == 0xf4 && call->bar.width == 2 && call->bar.colour.b == 0x30);
    assert_true(fabsf(call->text.tracking + 0.2F) < 1e-5F && call->text.indent == 11);
    assert_int_equal(call->text.n_tabs, 2);
    assert_true(call->text.tabs[1].dots && call->text.tabs[1].how == TAB_RIGHT && call->text.tabs[1].at == 200);
    arena_free(arena);
}

static void tables_begin_as_the_plain_one(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    const struct style_sheet *sheet = with(arena, "[table plan]\nzebra = mine\nrule-columns = 1 gray-30\n"
                                                  "[style mine]\nbased-on = cell\nfill = #102030\n"
                                                  "[table]\npad-x = 4\n[table plan]\nvertical = middle\n");
    const struct table_style *plan = style_table(sheet, STR("plan")), *plain = style_table(sheet, STR(""));
    assert_true(plan && plain && plan->pad_x == 4 && plain->pad_x == 4 && plan->pad_y == plain->pad_y);
    assert_ptr_equal(plan->looks[ROW_ZEBRA], style_find(sheet, STR("mine")));
    assert_ptr_equal(plan->looks[ROW_HEAD], plain->looks[ROW_HEAD]);
    assert_true(plan->columns.width == 1 && plain->columns.width == 0 && plan->vertical == VERTICAL_MIDDLE);
    assert_null(style_table(sheet, STR("note")));
    size_t n, seen = 0;
    const struct str *names = style_names(sheet, arena, &n); /* a template may name it */
    for (size_t i = 0; i < n; i++)
        seen += str_equal(names[i], STR("plan"));
    assert_int_equal(seen, 1);
    arena_free(arena);
}

static void lists_and_characters_have_names(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    const struct style_sheet *sheet =
        with(arena, "[list mine]\nmarks = ◆ ◇\nstyles = body note\n[list default]\nnumbers = (1) ①\n"
                    "[character sup]\nsize = 50%\n[character 강조]\nfont = mono\ncolour = point-50\nraise = -10%\n"
                    "[style h1]\nnumber = 제1장\n");
    const struct list_style *mine = style_list(sheet, STR("mine"));
    assert_non_null(mine);
    assert_int_equal(mine->n_marks, 2);
    assert_string_equal(mine->marks[1], "◇");
    assert_string_equal(mine->numbers[1], "①"); /* what it does not say is the default's, wherever that stands */
    assert_ptr_equal(mine->styles[1], &sheet->styles[STYLE_NOTE]);
    assert_null(style_list(sheet, STR("nothing")));
    const struct character_style *sup = &sheet->characters[CHARACTER_SUP],
                                 *last = &sheet->characters[sheet->n_characters - 1];
    assert_true(sup->size == 0.5F && fabsf(sup->raise - 0.33F) < 1e-6F && !sup->has_role && !sup->has_colour);
    assert_string_equal(last->name, "강조");
    assert_true(last->has_role && last->role == ROLE_MONO && last->has_colour && last->size == 1);
    assert_true(fabsf(last->raise + 0.1F) < 1e-6F);
    assert_string_equal(sheet->styles[STYLE_H1].number, "제1장");
    assert_null(sheet->styles[STYLE_H2].number); /* though it is based on h1 */
    size_t names, characters;
    struct str *all = style_names(sheet, arena, &names), *some = style_character_names(sheet, arena, &characters);
    assert_true(str_equal(all[names - 1], STR("mine")));
    assert_true(str_equal(some[characters - 1], STR("강조")));
    arena_free(arena);
}

static void every_mistake_has_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } bad[] = {
        {"[pages]\nleft = 1\n", "my.ini:2: unknown section [pages]; did you mean [page]?"},
        {"[page]\nleft = 3cm\nlft = 1\n", "my.ini:3: unknown key \"lft\" in [page]; did you mean \"left\"?"},
        {"[style note]\nsiz = 9\n", "my.ini:2: unknown key \"siz\" in [style note]; did you mean \"size\"?"},
        {"[style note]\nsize = nan\n", "my.ini:2: size = nan: not a length such as 10.5, 20mm or 2em"},
        {"[style note]\nsize = inf\n", "my.ini:2: size = inf: not a length such as 10.5, 20mm or 2em"},
        {"[style note]\nsize = -3\n", "my.ini:2: size = -3: not between 1 and 300 pt"},
        {"[style note]\nsize = 0\n", "my.ini:2: size = 0: not between 1 and 300 pt"},
        {"[style note]\nsize = 99999999999999999999\n", "not a length"},
        {"[style note]\nleading = 700\n", "my.ini:2: leading = 700: not more than 0 and at most 600 pt"},
        {"[style note]\nleading = 10%\n", "my.ini: [style note]: size 8.5 has a leading of 0.85, less than half of it"},
        {"[style note]\nsize = 30\n", "my.ini: [style note]: size 30 has a leading of 13, less than half of it"},
        {"[style note]\nleading = loose\n", "my.ini:2: leading = loose: not a leading such as 160%, 17 or least 17"},
        {"[style note]\nfont = gothic\n", "my.ini:2: font = gothic: not one of text, strong, mono"},
        {"[style note]\ncolour = grey-50\n",
         "my.ini:2: colour = grey-50: not a colour such as #256ef4 or a name of [colour]; did you mean gray-50?"},
        {"[colour]\ngray-5 = #12345\n", "my.ini:2: gray-5 = #12345: not a colour such as #256ef4"},
        {"[style note]\nrule-top = 1\n", "my.ini:2: rule-top = 1: not a width up to 20 pt and a colour, or none"},
        {"[style note]\ntabs = 20mm, 10mm\n", "not up to 8 tab stops from left to right"},
        {"[style note]\nkeep-next = maybe\n", "my.ini:2: keep-next = maybe: not one of no, yes"},
        {"[style a]\nbased-on = b\n", "my.ini:2: based-on = b: there is no such style"},
        {"[style a]\nbased-on = b\n[style b]\nbased-on = a\n", "styles are based on each other in a circle"},
        {"[table]\nzbra = cell\n", "my.ini:2: unknown key \"zbra\" in [table]; did you mean \"zebra\"?"},
        {"[table big]\ncell = none\n", "my.ini:2: cell = none: there is no such style"},
        {"[table big]\nvertical = centre\n", "my.ini:2: vertical = centre: not one of top, middle, bottom"},
        {"[table big]\npad-x = nan\n", "my.ini:2: pad-x = nan: not a length"},
        {"[tables]\nzebra = none\n", "my.ini:2: unknown section [tables]; did you mean [table]?"},
        {"[style note]\nnumber = aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n",
         "longer than a number may be"},
        {"[page]\nnumber-start = 1e3\n", "my.ini:2: number-start = 1e3: not a number between -9999 and 9999"},
        {"[page]\nhead-left = titel\n", "my.ini:2: head-left = titel: not one of none, title, text, chapter, section"},
        {"[note]\nnumbers = chapter\n", "my.ini:2: numbers = chapter: not one of document, page"},
        {"[note]\nabove = 200\n", "my.ini: [note]: above and below take more than a quarter of the page"},
        {"[distance]\nhairline = 700\n", "my.ini: [distance]: hairline is too large for the page"},
        {"[table]\npad-y = 700\n", "my.ini: [table]: pad-x or pad-y is too large for the page"},
        {"[table grid]\npad-x = 700\n", "my.ini: [table grid]: pad-x or pad-y is too large for the page"},
        {"[style h1]\nleading = 500\n", "my.ini: [style h1]: one line takes more than half of the page"},
        {"[list]\nmarks = -\n", "my.ini:2: unknown section [list]"},
        {"[list a]\nmarks = 1 2 3 4 5 6 7 8 9 10\n",
         "my.ini:2: marks = 1 2 3 4 5 6 7 8 9 10: not one to 9 short words"},
        {"[list a]\nmarks =\n", "not one to 9 short words"},
        {"[list a]\nmark = -\n", "my.ini:2: unknown key \"mark\" in [list a]; did you mean \"marks\"?"},
        {"[list a]\nstyles = body nobody\n", "my.ini:2: styles = body nobody: there is no style of one of these names"},
        {"[character a]\nsize = 9\n", "my.ini:2: size = 9: not a percentage such as 65% or -15%"},
        {"[character a]\nsize = -50%\n", "my.ini:2: size = -50%: not at least 10%"},
        {"[character a]\nraise = 500%\n", "my.ini:2: raise = 500%: not a percentage"},
        {"[page]\nbottom = 0\n[character sub]\nraise = -100%\n",
         "my.ini: [character sub]: raise takes text of [style body] off the page"},
        {"[character a]\ncolor = #000000\n",
         "my.ini:2: unknown key \"color\" in [character a]; did you mean \"colour\"?"},
        {"[page]\nleft = 18cm\n", "my.ini: [page]: the margins leave less than"},
        {"[page]\nnot a pair\n", "my.ini:2: not [section] or key = value"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct arena *arena = arena_new();
        struct err err = {0};
        assert_null(style_open(arena, data_file("templates/house.ini"), "my.ini", str_from(bad[i].text), &err));
        assert_int_equal(err.kind, ERR_CONFIG);
        if (!strstr(err.text, bad[i].message))
            fail_msg("%s\nis not\n%s", err.text, bad[i].message);
        arena_free(arena);
    }
}

static void a_sheet_has_a_bound(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct buf text = {0};
    struct err err = {0};
    for (int i = 0; i < 5000; i++)
        buf_printf(&text, "[style s%d]\nsize = 9\n", i);
    assert_null(style_open(arena, data_file("templates/house.ini"), "my.ini", buf_view(&text), &err));
    assert_int_equal(err.kind, ERR_CONFIG);
    assert_non_null(strstr(err.text, "more than 5000 values in a style sheet"));
    buf_free(&text);
    arena_free(arena);
}

/* A long line is an error, not cut in two. */
static void a_long_line_is_named(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct buf text = {0};
    struct err err = {0};
    buf_text(&text, "[page]\n");
    for (int i = 0; i < 5000; i++)
        buf_char(&text, 'x');
    assert_null(style_open(arena, data_file("templates/house.ini"), "my.ini", buf_view(&text), &err));
    assert_non_null(strstr(err.text, "my.ini:2:"));
    buf_free(&text);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_house_has_every_style),     cmocka_unit_test(a_users_file_changes_what_it_names),
        cmocka_unit_test(tables_begin_as_the_plain_one), cmocka_unit_test(lists_and_characters_have_names),
        cmocka_unit_test(every_mistake_has_its_line),    cmocka_unit_test(a_sheet_has_a_bound),
        cmocka_unit_test(a_long_line_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
