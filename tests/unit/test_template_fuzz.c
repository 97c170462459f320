/* The inputs of tests/fuzz/template, among them whatever libFuzzer once found, each cut and doubled as well. */
#include "../fuzz/fuzz_template.c"
#include "unit.h"

#include "base/file.h"

#include <dirent.h>
#include <string.h>

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void run_file(struct arena *arena, const char *name)
{
    struct buf text = {0};
    struct err err = {0};
    assert_true(file_read(arena_printf(arena, "tests/fuzz/template/%s", name), 1 << 20, &text, &err));
    const uint8_t *bytes = (const uint8_t *)text.p;
    LLVMFuzzerTestOneInput(bytes, text.n);
    for (size_t n = 0; n < text.n; n += 1 + text.n / 20)
        LLVMFuzzerTestOneInput(bytes, n);
    struct buf twice = {0};
    buf_str(&twice, buf_view(&text));
    buf_str(&twice, buf_view(&text));
    LLVMFuzzerTestOneInput((const uint8_t *)twice.p, twice.n);
    buf_free(&twice);
    buf_free(&text);
}

static void inputs_break_nothing(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    char *names[1000];
    size_t n = 0;
    DIR *folder = opendir("tests/fuzz/template");
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder)) && n < 1000;)
        if (entry->d_name[0] != '.')
            names[n++] = arena_copy(arena, entry->d_name, strlen(entry->d_name));
    closedir(folder);
    assert_in_range(n, 20, 999);
    qsort(names, n, sizeof *names, by_name);
    for (size_t i = 0; i < n; i++)
        run_file(arena, names[i]);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(inputs_break_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
