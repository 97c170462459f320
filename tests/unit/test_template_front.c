/* Style-sheet sections in the front matter: over the house's, under the user's, each mistake with its own file. */
#include "data/data.h"
#include "layout/style.h"
#include "markdown_fixture.h"

static const struct style_sheet *sheet;
static struct str user_text;

static const struct style_list *styles(void *user, const struct doc *doc, struct err *wrong)
{
    static struct style_list list;
    const struct style_layer layers[] = {{"templates/house.ini", data_file("templates/house.ini"), 0},
                                         {doc->sheet_file, doc->sheet, doc->sheet_line},
                                         {"my.ini", user_text, 0}};
    (void)user;
    sheet = style_layers(arena, layers, 3, wrong);
    if (!sheet)
        return NULL;
    list.names = style_names(sheet, arena, &list.n);
    list.characters = style_character_names(sheet, arena, &list.n_characters);
    return &list;
}

static bool make(const char *text, const char *user, struct doc *doc)
{
    const struct template_source source = {.name = "t.md", .text = str_from(text), .styles = styles, .loader = NULL};
    struct value *map = value_map(arena);
    user_text = str_from(user);
    err = (struct err){0};
    value_set(arena, map, "쪽", value_text(arena, STR("30mm\n[table]\nzebra = x")));
    value_set(arena, map, "없음", value_list(arena));
    return template_make(arena, &source, map, doc, &err);
}

static void sections_lie_between_house_and_user(void **state)
{
    (void)state;
    struct doc doc;
    assert_true(make("---\ntitle: 가\n[page]\nleft = 40mm\nright = 41mm\n[style 강조]\nsize = 9\n---\n\n{.강조}\n글\n",
                     "[page]\nright = 10mm\n", &doc));
    assert_float_equal(sheet->page.left, 113.386F, 0.01F);
    assert_float_equal(sheet->page.right, 28.346F, 0.01F);
    assert_true(str_equal(doc.title, STR("가")));
    assert_true(str_equal(doc.first->next->style, STR("강조")));
    assert_true(make("글\n", "", &doc));
    assert_int_equal(doc.sheet.n, 0);
}

static void mistakes_name_their_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *user, *message;
    } cases[] = {
        {"---\ntitle: 가\n[style body]\nfont = strng\n---\n", "",
         "t.md:4: font = strng: not one of text, strong, mono, serif, serif-strong"},
        {"---\n[style body]\n{{#없음}}\nx\n{{/없음}}\nsize = -3\n---\n", "",
         "t.md:6: size = -3: not between 1 and 300 pt"},
        {"---\n[pgae]\nleft = 1\n---\n", "", "t.md:3: unknown section [pgae]; did you mean [page]?"},
        {"---\n[page]\nlefft = 1\n---\n", "", "t.md:3: unknown key \"lefft\" in [page]; did you mean \"left\"?"},
        {"---\n[page]\ntitle: 가\n---\n", "", "t.md:3: unknown key \"title\" in [page]"},
        {"---\n[page]\n아무 말\n---\n", "", "t.md:3: not [section] or key = value"},
        {"---\n[page]\nleft = {{쪽}}\n---\n", "",
         "t.md:3: left = 30mm [table] zebra = x: not a length such as 10.5, 20mm or 2em"},
        {"---\n[page]\nleft = 30mm\n---\n", "[page]\nleft = x\n",
         "my.ini:2: left = x: not a length such as 10.5, 20mm or 2em"},
        {"---\n[style 강조]\nsize = 9\n---\n\n{.강초}\n글\n", "",
         "t.md:6: unknown style or option .강초 in {.강초}; did you mean 강조?"},
        {"---\n[page]\nleft = 30mm\n", "", "t.md:1: front matter without its closing ---"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct doc doc;
        assert_false(make(cases[i].text, cases[i].user, &doc));
        assert_string_equal(err.text, cases[i].message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(sections_lie_between_house_and_user, setup, teardown),
        cmocka_unit_test_setup_teardown(mistakes_name_their_line, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
