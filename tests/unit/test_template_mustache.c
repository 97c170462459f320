/* The mandatory modules of the Mustache specification (where its JSON files are at hand), and errors with their lines.
 */
#include "base/file.h"
#include "template/value.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static struct value *from_json(struct arena *arena, const json_t *json)
{
    struct value *value;
    const char *key;
    json_t *item;
    size_t i;
    switch (json_typeof(json)) {
    case JSON_OBJECT:
        value = value_map(arena);
        json_object_foreach((json_t *)json, key, item) value_set(arena, value, key, from_json(arena, item));
        return value;
    case JSON_ARRAY:
        value = value_list(arena);
        json_array_foreach(json, i, item) value_append(arena, value, from_json(arena, item));
        return value;
    case JSON_STRING: return value_text(arena, str_from(json_string_value(json)));
    case JSON_INTEGER:
        return value_text(arena, str_from(arena_printf(arena, "%lld", (long long)json_integer_value(json))));
    case JSON_REAL: return value_text(arena, str_from(arena_printf(arena, "%.15g", json_real_value(json))));
    case JSON_TRUE: return value_bool(arena, true);
    default: return value_bool(arena, false);
    }
}

static bool load_partial(void *user, struct str name, const char **file, struct str *text)
{
    char key[100];
    snprintf(key, sizeof key, STR_FMT, STR_ARG(name));
    const json_t *partial = json_object_get(user, key);
    *file = "partial";
    *text = (struct str){json_string_value(partial), json_string_length(partial)};
    return partial;
}

static bool run_one(const char *module, const json_t *test)
{
    struct arena *arena = arena_new();
    struct buf out = {0};
    struct err err = {0};
    const json_t *text = json_object_get(test, "template"), *expected = json_object_get(test, "expected");
    struct str source = {json_string_value(text), json_string_length(text)};
    const struct template_loader loader = {load_partial, json_object_get(test, "partials"), NULL};
    bool good =
        mustache_text(arena, module, source, from_json(arena, json_object_get(test, "data")), &loader, &out, &err);
    if (!good || !str_equal(buf_view(&out), (struct str){json_string_value(expected), json_string_length(expected)})) {
        print_error("%s: %s: expected \"%s\", got \"" STR_FMT "\" %s\n", module,
                    json_string_value(json_object_get(test, "name")), json_string_value(expected),
                    STR_ARG(buf_view(&out)), err.text);
        good = false;
    }
    buf_free(&out);
    arena_free(arena);
    return good;
}

static void test_specification(void **state)
{
    (void)state;
    /* The optional ~lambdas are left out: values are data, never code. */
    static const char *const modules[] = {"comments", "delimiters", "interpolation",  "inverted",
                                          "partials", "sections",   "~dynamic-names", "~inheritance"};
    size_t ran = 0, bad = 0;
    for (size_t i = 0; i < sizeof modules / sizeof *modules; i++) {
        char path[200];
        size_t k, failed = 0;
        json_t *test;
        snprintf(path, sizeof path, "../shared/specs/mustache/%s.json", modules[i]);
        json_t *root = json_load_file(path, 0, NULL);
        if (!root) {
            print_message("skipped: %s is not here\n", path);
            continue;
        }
        const json_t *tests = json_object_get(root, "tests");
        json_array_foreach(tests, k, test)
        {
            ran++;
            failed += !run_one(modules[i], test);
        }
        print_message("%s: %zu tests, %zu failed\n", modules[i], json_array_size(tests), failed);
        bad += failed;
        json_decref(root);
    }
    if (!ran)
        skip();
    assert_int_equal(bad, 0);
}

/* --- errors --- */

static struct value *sample(struct arena *arena)
{
    struct value *map = value_map(arena), *list = value_list(arena), *row = value_map(arena);
    value_set(arena, map, "도시", value_text(arena, STR("시흥시")));
    value_set(arena, map, "사업수", value_number(arena, 12345));
    value_set(arena, map, "있음", value_bool(arena, true));
    value_set(arena, row, "이름", value_text(arena, STR("가")));
    value_append(arena, list, row);
    value_set(arena, map, "목록", list);
    return map;
}

static const struct {
    const char *text, *message;
} bad[] = {
    {"a\n\n{{도서}}\n", "t.md:3: unknown tag {{도서}}; did you mean {{도시}}?"},
    {"{{사업 수}}", "t.md:1: unknown tag {{사업 수}}; did you mean {{사업수}}?"},
    {"x\n{{#목록}}\n- {{이룸}}\n{{/목록}}\n", "t.md:3: unknown tag {{이룸}}; did you mean {{이름}}?"},
    {"{{#목룍}}\n{{/목룍}}", "t.md:1: unknown tag {{#목룍}}; did you mean {{#목록}}?"},
    {"{{이름}}", "t.md:1: unknown tag {{이름}}; it is of the items of {{#목록}}"},
    {"{{#이름.나}}{{/이름.나}}", "t.md:1: unknown tag {{#이름.나}}; it is of the items of {{#목록}}"},
    {"\n{{zzzzzzzz}}", "t.md:2: unknown tag {{zzzzzzzz}}"},
    {"\n\n{{#있음}}\ntext\n", "t.md:3: {{#있음}} is never closed"},
    {"{{^있음}}", "t.md:1: {{^있음}} is never closed"},
    {"a\n{{/있음}}\n", "t.md:2: {{/있음}} closes nothing"},
    {"{{#있음}}\n{{#목록}}\n{{/있음}}\n", "t.md:3: {{/있음}} where {{/목록}} is due (opened in line 2)"},
    {"a\n{{도시", "t.md:2: a tag that is opened with {{ and not closed"},
    {"{{}}", "t.md:1: a tag without a proper name"},
    {"\n{{>머리}}", "t.md:2: {{>머리}}: there is no 머리.md beside the template, nor built in"},
    {"{{=x=}}", "t.md:1: delimiters are set like {{=<% %>=}}"},
    {"{{목록}}", "t.md:1: {{목록}} is a list; use it as {{#목록}}…{{/목록}}"},
    {"{{있음}}", "t.md:1: {{있음}} is yes or no; use it as {{#있음}}…{{/있음}}"},
    {"---\ntitle: a\ntitel: b\n---\n", "t.md:3: unknown front matter \"titel\"; did you mean \"title\"?"},
    {"---\ntitle: a\n", "t.md:1: front matter without its closing ---"},
    {"a\n\n{.foo}\nb", "t.md:3: unknown style or option .foo in {.foo}"},
    {"a\n\n{.noet #x}\nb", "t.md:3: unknown style or option .noet in {.noet #x}; did you mean note?"},
    {"{.note titel=x}\nb", "t.md:1: unknown style or option titel=x in {.note titel=x}; did you mean title?"},
    {"a\n\nb\n{.note}\nc", "t.md:3: {.note} inside a paragraph; it needs an empty line before it"},
    {"{.keep}\n\na\n", "t.md:1: {.keep} without {.end}"},
    {"a\n\n{.end}\n", "t.md:3: {.end} without an opening such as {.keep}"},
    {"# a {#x}\n\n# b {#x}\n", "t.md:3: the anchor {#x} is there twice"},
    {"```chart pie\n```", "t.md:1: unknown chart \"pie\"; there are bar, stacked, line, multiple, heat, slope, map"},
    {"{{#목록}}\n{{/목록}}\n```chart bar\ntitle=가\na | {{도시}}\n```", "t.md:5: not a number in a chart: \"시흥시\""},
    {"\n```cards\na | b | c | d | e\n```", "t.md:3: a card has at most four fields: label | value | note | link"},
    {"a\n\xff", "t.md:2: not UTF-8"},
    {"a\n\n{.box}\n\nb", "t.md:3: {.box} without {.end}"},
    {"{.cover}\n\n{.bax}", "t.md:3: unknown style or option .bax in {.bax}; did you mean box?"},
    {"a\n\n가 [나]{.stronk} 다", "t.md:3: unknown character style .stronk; did you mean .strong?"},
};

static void test_errors_name_the_line(void **state)
{
    (void)state;
    static const struct str names[] = {{"note", 4}, {"lead", 4}};
    static const struct str characters[] = {{"strong", 6}};
    const struct style_list styles = {names, 2, characters, 1};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct arena *arena = arena_new();
        struct doc doc;
        struct err err = {0};
        assert_false(template_render(arena, "t.md", str_from(bad[i].text), sample(arena), &styles, &doc, &err));
        assert_int_equal(err.kind, ERR_CONFIG);
        assert_string_equal(err.text, bad[i].message);
        arena_free(arena);
    }
}

static bool render_nested(int depth, struct err *err)
{
    struct arena *arena = arena_new();
    struct buf text = {0};
    struct doc doc;
    for (int i = 0; i < depth; i++)
        buf_text(&text, "{{#있음}}\n");
    for (int i = 0; i < depth; i++)
        buf_text(&text, "{{/있음}}\n");
    bool good = template_render(arena, "t.md", buf_view(&text), sample(arena), NULL, &doc, err);
    buf_free(&text);
    arena_free(arena);
    return good;
}

static void test_nesting_has_a_bound(void **state)
{
    (void)state;
    struct err err = {0};
    assert_true(render_nested(64, &err));
    assert_false(render_nested(65, &err));
    assert_string_equal(err.text, "t.md:65: sections nested deeper than 64");
}

/* Six loops over twenty items each would write 64 million lines. */
static void test_output_has_a_bound(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct value *map = value_map(arena), *list = value_list(arena);
    struct err err = {0};
    struct doc doc;
    for (int i = 0; i < 20; i++)
        value_append(arena, list, value_text(arena, STR("x")));
    value_set(arena, map, "a", list);
    struct str text =
        STR("{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}\ntwenty bytes of text\n{{/a}}{{/a}}{{/a}}{{/a}}{{/a}}{{/a}}");
    assert_false(template_render(arena, "t.md", text, map, NULL, &doc, &err));
    assert_string_equal(err.text, "t.md:1: the document grows over 64 MB here");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_specification),
        cmocka_unit_test(test_errors_name_the_line),
        cmocka_unit_test(test_nesting_has_a_bound),
        cmocka_unit_test(test_output_has_a_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
