/* The inputs of tests/fuzz/FORMAT, among them whatever libFuzzer once found: whole, cut, doubled, and taken for other
 * formats. */
#include "../fuzz/fuzz_reader.c"
#include "unit.h"

#include "base/file.h"

static const char *const formats[] = {"json", "csv", "xlsx", "archive", "feed", "html", "page"};

static void run_input(struct str text)
{
    const uint8_t *bytes = (const uint8_t *)text.p;
    LLVMFuzzerTestOneInput(bytes, text.n);
    for (size_t n = 0; n < text.n; n += 1 + text.n / 12)
        LLVMFuzzerTestOneInput(bytes, n);
    struct buf twice = {0};
    buf_str(&twice, text);
    buf_str(&twice, text);
    LLVMFuzzerTestOneInput((const uint8_t *)twice.p, twice.n);
    buf_free(&twice);
}

static void run_file(struct arena *arena, const char *path, const char *format)
{
    struct buf text = {0};
    struct err err = {0};
    assert_true(file_read(path, 1 << 22, &text, &err));
    fuzz_format = format;
    run_input(buf_view(&text));
    fuzz_format = "auto";
    run_input(buf_view(&text));
    buf_free(&text);
    (void)arena;
}

static void inputs_break_nothing(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    for (size_t f = 0; f < sizeof formats / sizeof *formats; f++) {
        char **files;
        size_t n;
        struct err err = {0};
        const char *folder = arena_printf(arena, "tests/fuzz/%s", formats[f]);
        assert_true(file_list(folder, arena, &files, &n, &err));
        assert_in_range(n, 5, 5000);
        for (size_t i = 0; i < n; i++)
            run_file(arena, files[i], strcmp(formats[f], "page") == 0 ? "pagetext" : formats[f]);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(inputs_break_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
