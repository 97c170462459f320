/* Markdown → document → pages → trace, compared with tests/golden/pages-NAME/pages.trace. The traces hold for the fonts
 * of fonts/fonts.ini as Debian 12 has them; UPDATE_GOLDEN=1 in the environment writes them anew: read the difference.
 */
#include "base/file.h"
#include "house.h"
#include "house_fonts.h"
#include "layout/layout.h"
#include "out/trace.h"
#include "template/template.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

/* All pages as text, then the warnings. */
static bool trace_pages(struct fonts *fonts, const struct doc *doc, struct buf *out, struct err *err)
{
    struct diag_list diag = {0};
    struct device device = {0};
    struct page_info info = layout_info(doc);
    struct page page;
    if (!trace_device(&info, &device, err))
        return false;
    struct layout *layout = layout_new(fonts, house(), doc, &diag);
    while (layout_next(layout, &page, err) && device.page(device.self, &page, err)) {
    }
    bool good = !err->kind && device.finish(device.self, out, err);
    for (size_t i = 0; i < diag.n; i++)
        buf_printf(out, "warning [%s] %s\n", diag.items[i].code, diag.items[i].text);
    layout_free(layout);
    device.free(device.self);
    diag_free(&diag);
    return good;
}

static void compare(struct str want, struct str have, const char *path)
{
    struct str a = {0}, c = {0};
    for (size_t line = 1; want.n || have.n; line++) {
        if (!str_line(&want, &a))
            a = STR("(the end)");
        if (!str_line(&have, &c))
            c = STR("(the end)");
        if (!str_equal(a, c))
            fail_msg("%s:%zu: expected \"" STR_FMT "\", got \"" STR_FMT "\"", path, line, STR_ARG(a), STR_ARG(c));
    }
}

static void check(const char *name)
{
    struct fonts *fonts = house_fonts();
    if (!fonts)
        skip();
    struct arena *arena = arena_new();
    struct buf source = {0}, have = {0}, want = {0};
    struct err err = {0};
    struct doc doc;
    const char *markdown = arena_printf(arena, "tests/golden/pages-%s/doc.md", name);
    const char *path = arena_printf(arena, "tests/golden/pages-%s/pages.trace", name);
    bool good = file_read(markdown, 1 << 20, &source, &err) &&
                template_render(arena, markdown, buf_view(&source), value_map(arena), NULL, &doc, &err) &&
                trace_pages(fonts, &doc, &have, &err) &&
                (!getenv("UPDATE_GOLDEN") || file_publish(path, buf_view(&have), &err)) &&
                file_read(path, 1 << 24, &want, &err);
    if (!good)
        fail_msg("%s", err.text);
    compare(buf_view(&want), buf_view(&have), path);
    buf_free(&source);
    buf_free(&have);
    buf_free(&want);
    arena_free(arena);
    fonts_free(fonts);
}

static void golden_blocks(void **state)
{
    (void)state;
    check("blocks");
}

static void golden_charts(void **state)
{
    (void)state;
    check("charts");
}

static void golden_empty(void **state)
{
    (void)state;
    check("empty");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(golden_blocks),
        cmocka_unit_test(golden_charts),
        cmocka_unit_test(golden_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
