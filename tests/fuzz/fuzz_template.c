/* Whatever a template, a value and a partial are: no crash, no hang, valid UTF-8, and the value's text as it is.
 *
 * An input is three texts with a line "%%" between them: template, value, partial. `make fuzz` runs libFuzzer on it;
 * tests/unit/test_template_fuzz.c runs the inputs in tests/fuzz/template. */
#include "base/utf8.h"
#include "template/value.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct str take_part(struct str *rest)
{
    size_t at = str_find(*rest, STR("\n%%\n"), 0);
    struct str part = str_slice(*rest, 0, at);
    *rest = at == SIZE_MAX ? STR("") : str_slice(*rest, at + 4, rest->n);
    return part;
}

static bool load(void *user, struct str name, const char **file, struct str *text)
{
    *file = "partial.md";
    *text = *(const struct str *)user;
    return !str_equal(name, STR("none"));
}

static struct value *context(struct arena *arena, struct str value)
{
    struct value *map = value_map(arena), *list = value_list(arena);
    for (int i = 0; i < 3; i++) {
        struct value *item = value_map(arena), *inner = value_list(arena);
        value_set(arena, item, "x", value_text(arena, value));
        value_set(arena, item, "n", value_number(arena, i * 12345));
        value_set(arena, item, "d", value_date(arena, i ? date_from(2024, 1, i) : DATE_NONE));
        for (int k = 0; k < i; k++)
            value_append(arena, inner, value_text(arena, value));
        value_set(arena, item, "in", inner);
        value_append(arena, list, item);
    }
    value_set(arena, map, "x", value_text(arena, value));
    value_set(arena, map, "n", value_number(arena, -1234567890));
    value_set(arena, map, "r", value_real(arena, 0.125, 2));
    value_set(arena, map, "d", value_date(arena, date_from(2024, 1, 16)));
    value_set(arena, map, "yes", value_bool(arena, true));
    value_set(arena, map, "no", value_bool(arena, false));
    value_set(arena, map, "list", list);
    value_set(arena, map, "empty", value_list(arena));
    return map;
}

static void must(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "fuzz_template: %s\n", what);
    abort();
}

static void check_doc(const struct doc *doc, bool good, const struct err *err)
{
    struct buf dump = {0};
    must(good == (err->kind == ERR_NONE), "an error and no error");
    must(utf8_invalid(str_from(err->text)) == SIZE_MAX, "a message that is not UTF-8");
    if (good)
        doc_dump(doc, &dump);
    must(utf8_invalid(buf_view(&dump)) == SIZE_MAX, "a tree that is not UTF-8");
    buf_free(&dump);
}

/* The value in a paragraph of its own: what the tree has is what it is. */
static void check_value(struct arena *arena, const struct value *values, struct str value)
{
    struct doc doc;
    struct err err = {0};
    must(template_render(arena, "v.md", STR("A{{x}}Z"), values, NULL, &doc, &err), "a value that is refused");
    struct str text = doc.first->runs[0].text;
    must(!doc.first->next && doc.first->n == 1 && doc.first->runs[0].flags == 0, "a value that is markup");
    size_t at = 0, from = 1;
    while (at < value.n) { /* but for blanks, controls and U+FEFF */
        size_t begin = at;
        uint32_t c = utf8_next(value, &at);
        if (c < 0x21 || (c >= 0x7f && c < 0xa1) || utf8_is_space(c))
            continue;
        from += from < text.n && text.p[from] == ' ';
        struct str here = str_slice(text, from, from + (at - begin));
        must(str_equal(here, str_slice(value, begin, at)), "a value that is another text");
        from += at - begin;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct str names[] = {{"note", 4}, {"zebra", 5}}, characters[] = {{"strong", 6}};
    static const struct style_list styles = {names, 2, characters, 1};
    struct arena *arena = arena_new();
    struct str rest = {size ? (const char *)data : "", size}, text = take_part(&rest);
    struct str value = utf8_repair(arena, take_part(&rest)), partial = rest;
    const struct template_loader loader = {load, &partial, NULL};
    const struct template_source source = {
        .name = "t.md", .text = text, .loader = &loader, .styles = NULL, .user = NULL};
    struct value *values = context(arena, value);
    struct doc doc;
    struct err err = {0}, other = {0};
    struct diag_list diag = {0};
    struct buf out = {0};
    bool good = template_make(arena, &source, values, &doc, &err);
    check_doc(&doc, good, &err);
    bool clean = template_check(arena, &source, values, &diag, &other);
    must(good || !clean, "a mistake that the check does not find");
    err = (struct err){0};
    check_doc(&doc, template_render(arena, "t.md", text, values, &styles, &doc, &err), &err);
    err = (struct err){0};
    check_doc(&doc, template_markdown(arena, "t.md", text, &styles, &doc, &err), &err);
    err = (struct err){0};
    if (utf8_invalid(text) == SIZE_MAX && utf8_invalid(partial) == SIZE_MAX)
        mustache_text(arena, "t.md", text, values, &loader, &out, &err);
    value_json(values, &out);
    check_value(arena, values, value);
    buf_free(&out);
    diag_free(&diag);
    arena_free(arena);
    return 0;
}
