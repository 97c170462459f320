/* Templates and values of any size: they come out, or are an error with a place; none takes long. */
#include "markdown_fixture.h"

#include <string.h>
#include <time.h>

static struct buf text;

static void repeat(const char *piece, size_t times)
{
    for (size_t i = 0; i < times; i++)
        buf_text(&text, piece);
}

static bool load(void *user, struct str name, const char **file, struct str *partial)
{
    (void)user;
    *file = "p.md";
    *partial = str_equal(name, STR("twice"))  ? STR("{{>twice}}{{>twice}}")
               : str_equal(name, STR("list")) ? STR("{{#list}}{{>list}}{{>list}}{{/list}}")
               : str_equal(name, STR("by-block"))
                   ? STR("{{<hole}}{{$a}}{{>by-block}}{{/a}}{{/hole}}") /* three deep a round */
               : str_equal(name, STR("hole")) ? STR("{{$a}}{{/a}}")
                                              : STR("{{n}}{{<down}}{{$a}}{{$a}}x{{/a}}{{/a}}{{/down}}");
    return true;
}

static struct value *sample(void)
{
    struct value *map = value_map(arena), *list = value_list(arena);
    value_set(arena, map, "n", value_number(arena, 1));
    value_set(arena, map, "yes", value_bool(arena, true));
    value_append(arena, list, value_number(arena, 1));
    value_append(arena, list, value_number(arena, 2));
    value_set(arena, map, "list", list);
    return map;
}

/* Renders and checks the text, which is freed. */
static bool make(struct value *context, struct doc *doc, size_t *mistakes)
{
    static const struct template_loader loader = {load, NULL, NULL};
    const struct template_source source = {
        .name = "t.md", .text = buf_view(&text), .loader = &loader, .styles = NULL, .user = NULL};
    struct diag_list diag = {0};
    struct err other = {0};
    err = (struct err){0};
    clock_t begun = clock();
    bool good = template_make(arena, &source, context, doc, &err);
    template_check(arena, &source, context, &diag, &other);
    double seconds = (double)(clock() - begun) / CLOCKS_PER_SEC;
    if (seconds > 60)
        fail_msg("%.1f s", seconds);
    *mistakes = diag_count(&diag, DIAG_ERROR);
    assert_int_equal(good, *mistakes == 0);
    diag_free(&diag);
    buf_free(&text);
    return good;
}

static void large_values(void **state)
{
    (void)state;
    struct value *context = sample();
    struct doc doc;
    size_t mistakes, n = 10 << 20;
    char *letters = arena_copy(arena, "", 0);
    letters = arena_alloc(arena, n + 1);
    memset(letters, 'x', n);
    value_set(arena, context, "big", value_text(arena, (struct str){letters, n}));
    repeat("# {{big}}\n\n| {{big|자르기 10}} |\n|---|\n\n[a](https://x.kr/{{big}})\n", 1);
    assert_true(make(context, &doc, &mistakes));
    assert_int_equal(doc.first->runs[0].text.n, n);
    repeat("{{#list}}{{#list}}{{#list}}{{big}} {{/list}}{{/list}}{{/list}}\n", 1);
    assert_false(make(context, &doc, &mistakes));
    assert_string_equal(err.text, "t.md:1: the document grows over 64 MB here");
}

static void large_templates(void **state)
{
    (void)state;
    struct doc doc;
    size_t mistakes;
    repeat("글과 {{n}} 글과 **글**\n\n", 100000);
    assert_true(make(sample(), &doc, &mistakes));
    repeat("a", 10 << 20);
    assert_true(make(sample(), &doc, &mistakes));
    repeat("{{n}}", 1000001);
    assert_false(make(sample(), &doc, &mistakes));
    assert_string_equal(err.text, "t.md:1: more than 1000000 tags in a file");
}

static void many_sections(void **state)
{
    (void)state;
    struct doc doc;
    size_t mistakes;
    repeat("{{#yes}}x{{/yes}}{{^yes}}y{{/yes}}\n", 100000);
    assert_true(make(sample(), &doc, &mistakes));
    repeat("{{#yes}}", 100000);
    assert_false(make(sample(), &doc, &mistakes));
    assert_string_equal(err.text, "t.md:1: sections nested deeper than 64");
    repeat("{{/yes}}\n", 100000);
    assert_false(make(sample(), &doc, &mistakes));
    assert_string_equal(err.text, "t.md:1: {{/yes}} closes nothing");
    repeat("{{$a}} {{<b\n", 100000);
    assert_false(make(sample(), &doc, &mistakes));
    repeat("{{", 1000000);
    assert_false(make(sample(), &doc, &mistakes));
    repeat("{{<list}}{{$a}}", 30);
    repeat("{{/a}}{{/list}}", 30);
    assert_false(make(sample(), &doc, &mistakes));
    repeat("{{#list}}", 16);
    repeat("x", 1);
    repeat("{{/list}}", 16);
    assert_true(make(sample(), &doc, &mistakes)); /* 65,536 times */
    repeat("{{#list}}", 60);
    repeat("{{/list}}", 60);
    assert_false(template_render(arena, "t.md", buf_view(&text), sample(), NULL, &doc, &err));
    assert_string_equal(err.text, "t.md:1: the sections repeat too often here");
    buf_free(&text);
}

static void partials_without_end(void **state)
{
    (void)state;
    struct doc doc;
    size_t mistakes;
    repeat("a\n{{>twice}}\n", 1);
    assert_false(make(sample(), &doc, &mistakes));
    assert_string_equal(err.text, "p.md:1: {{>twice}}: partials in partials deeper than 32; does it call itself?");
    repeat("{{>list}}", 1);
    assert_false(make(sample(), &doc, &mistakes));
    assert_string_equal(err.text, "p.md:1: {{>list}}: partials in partials deeper than 32; does it call itself?");
    repeat("{{<down}}{{/down}}", 1);
    assert_false(make(sample(), &doc, &mistakes));
    repeat("{{>by-block}}", 1);
    assert_false(make(sample(), &doc, &mistakes));
    assert_non_null(strstr(err.text, "deeper than 32"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(large_values, setup, teardown),
        cmocka_unit_test_setup_teardown(large_templates, setup, teardown),
        cmocka_unit_test_setup_teardown(many_sections, setup, teardown),
        cmocka_unit_test_setup_teardown(partials_without_end, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
