/* templates/README.md names every value of a brief, and no other. */
#include "base/file.h"
#include "template/value.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { MOST = 1000 };

struct names {
    struct str items[MOST];
    size_t n;
};

static bool has(const struct names *names, struct str name)
{
    for (size_t i = 0; i < names->n; i++)
        if (str_equal(names->items[i], name))
            return true;
    return false;
}

static void add(struct names *names, struct str name)
{
    if (has(names, name))
        return;
    assert_true(names->n < MOST);
    names->items[names->n++] = name;
}

static void collect(struct names *names, const struct value *value)
{
    for (const struct item *item = value->first; item; item = item->next) {
        if (value->type == VALUE_MAP)
            add(names, item->name);
        collect(names, item->value);
    }
}

/* What stands between ` ` in the part about values, without ? and []. Words of a command, an option or a file are no
 * names: they are not Hangul alone. */
static void read_names(struct names *names, struct str text)
{
    size_t at = str_find(text, STR("\n## 값\n"), 0), end = text.n;
    assert_true(at != SIZE_MAX);
    while ((at = str_find(text, STR("`"), at)) < end) {
        size_t close = str_find(text, STR("`"), at + 1);
        struct str word = str_slice(text, at + 1, close);
        bool hangul = word.n > 0;
        if (str_ends(word, STR("?")))
            word.n--;
        else if (str_ends(word, STR("[]")))
            word.n -= 2;
        for (size_t i = 0; i < word.n; i++)
            hangul = hangul && (unsigned char)word.p[i] >= 0x80;
        if (hangul)
            add(names, word);
        at = close + 1;
    }
}

/* 전년… and 견준… are said to go as 직전…. */
static bool goes_as_another(struct arena *arena, const struct names *names, struct str name)
{
    if (!str_starts(name, STR("전년")) && !str_starts(name, STR("견준")))
        return false;
    struct str rest = str_slice(name, STR("전년").n, name.n);
    return has(names, str_from(arena_printf(arena, "직전" STR_FMT, STR_ARG(rest))));
}

static void test_readme_and_values(void **state)
{
    (void)state;
    static struct names values, written;
    struct arena *arena = arena_new();
    struct buf text = {0};
    struct err err = {0};
    size_t wrong = 0;
    collect(&values, template_context(arena, template_sample(arena)));
    assert_true(file_read("templates/README.md", 1 << 20, &text, &err));
    read_names(&written, buf_view(&text));
    for (size_t i = 0; i < values.n; i++)
        if (!has(&written, values.items[i]) && !goes_as_another(arena, &written, values.items[i])) {
            print_error("not in README.md: " STR_FMT "\n", STR_ARG(values.items[i]));
            wrong++;
        }
    for (size_t i = 0; i < written.n; i++)
        if (!has(&values, written.items[i])) {
            print_error("no value: " STR_FMT "\n", STR_ARG(written.items[i]));
            wrong++;
        }
    assert_true(values.n > 100);
    assert_int_equal(wrong, 0);
    buf_free(&text);
    arena_free(arena);
}

/* What `template check` looks at: no list of the sample is empty. */
static void no_empty_list(const struct value *value, struct str name)
{
    if (value->type == VALUE_LIST && !value->n)
        fail_msg("the sample's " STR_FMT " is empty", STR_ARG(name));
    for (const struct item *item = value->first; item; item = item->next)
        if (value->type == VALUE_MAP)
            no_empty_list(item->value, item->name);
}

static void test_sample_has_everything(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    no_empty_list(template_context(arena, template_sample(arena)), STR(""));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_readme_and_values),
        cmocka_unit_test(test_sample_has_everything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
