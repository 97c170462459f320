/* The structure tree of whole documents in the fonts of the house: it says the document's words in the document's
 * order, and keeps the rules of PDF and PDF/UA for what stands in what. SEEDS=1000 looks at more random documents. */
#include "house_fonts.h"
#include "tags_check.h"
#include "template/template.h"

#include <stdlib.h>

static struct arena *arena; /* of the document under test */

#include "random_doc.h"

static struct fonts *fonts; /* NULL where they are not installed */

static int open_fonts(void **state)
{
    (void)state;
    fonts = house_fonts();
    return 0;
}

static int close_fonts(void **state)
{
    (void)state;
    fonts_free(fonts);
    return 0;
}

/* `words`: the tree says those of the document and no others. */
static void check_document(const struct doc *doc, const struct style_sheet *sheet, bool words, const char *where)
{
    struct seen seen;
    struct buf want = {0}, have = {0};
    see_with(&seen, doc, fonts, sheet);
    if (seen.err.kind)
        fail_msg("%s: %s", where, seen.err.text);
    check_tags(&seen, where);
    doc_text(doc, true, &want);
    tree_text(&seen, true, &have);
    if (words)
        check_same_words(kept_text(arena, buf_view(&want)), kept_text(arena, buf_view(&have)), where);
    buf_free(&want);
    buf_free(&have);
    seen_end(&seen);
}

static void check_golden(const char *name, const char *style, bool words)
{
    struct buf source = {0}, looks = {0};
    struct err err = {0};
    struct doc doc;
    struct value *values = value_map(arena);
    const char *markdown = arena_printf(arena, "tests/golden/%s/doc.md", name);
    if (style && !file_read(style, 1 << 20, &looks, &err))
        fail_msg("%s", err.text);
    const struct style_sheet *sheet = house_with(arena, looks.p ? looks.p : "");
    if (!file_read(markdown, 1 << 20, &source, &err) ||
        !template_render(arena, markdown, buf_view(&source), values, NULL, &doc, &err))
        fail_msg("%s", err.text);
    check_document(&doc, sheet, words, name);
    buf_free(&source);
    buf_free(&looks);
}

static void goldens_say_their_documents(void **state)
{
    (void)state;
    static const char *const names[] = {"hostile-markdown", "korean",       "markdown",     "marks",
                                        "notes-columns",    "pages-blocks", "pages-charts", "pages-empty"};
    if (!fonts)
        skip();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        arena = arena_new();
        check_golden(names[i], NULL, true);
        arena_free(arena);
    }
    arena = arena_new();
    check_golden("pages-tables", NULL, false); /* sparklines show numbers that they do not print */
    check_golden("showcase", "tests/golden/showcase/style.ini", false); /* it numbers titles */
    arena_free(arena);
}

static void random_documents_say_their_words(void **state)
{
    (void)state;
    const char *more = getenv("SEEDS");
    size_t n = more ? strtoul(more, NULL, 10) : 60;
    if (!fonts)
        skip();
    for (size_t i = 0; i < n; i++) {
        random_seed = i;
        arena = arena_new();
        struct doc doc = {.first = random_blocks(0)};
        check_document(&doc, house(), true, arena_printf(arena, "seed %zu", i));
        arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(goldens_say_their_documents),
        cmocka_unit_test(random_documents_say_their_words),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
