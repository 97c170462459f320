/* Page numbers and running heads by the style sheet (RULES.md rows 28 and 29). */
#include "house.h"
#include "layout/style.h"
#include "pages_fixture.h"

#include <math.h>

static size_t body_lines(void)
{
    return (size_t)(style_body_height(house()) / style_find(house(), STR(""))->text.leading);
}

static const struct style_sheet *sheet(const char *format, const char *value)
{
    char *text =
        arena_printf(b.arena, "[page]\nsides = two\nleft = 30mm\nright = 15mm\nnumber-form = #\n%s%s\n", format, value);
    const struct style_sheet *made = house_with(b.arena, text);
    assert_non_null(made);
    return made;
}

/* The text of a page outside its body that is `text`; page 0 where there is none. */
static struct found outside(const struct seen *in, int page, const char *text)
{
    for (size_t i = 0; i < in->n; i++) {
        const struct op *op = &in->items[i].op;
        if (in->items[i].page == page && op->kind == OP_TEXT && op->artifact && str_equal(op->text, str_from(text)))
            return (struct found){page, op->x, op->y, op->w, op->h, true};
    }
    return (struct found){0};
}

enum side { LEFT, CENTER, RIGHT };

static enum side side_of(const struct style_sheet *s, struct found text, int page)
{
    float left = page % 2 ? s->page.left : s->page.right,
          right = s->page.width - (page % 2 ? s->page.right : s->page.left);
    if (fabsf(text.x - left) < 0.02F)
        return LEFT;
    if (fabsf(text.x + text.w - right) < 0.02F)
        return RIGHT;
    assert_true(fabsf(text.x + text.w / 2 - (left + right) / 2) < 0.02F);
    return CENTER;
}

/* Ten places, on right-hand (odd) and left-hand pages of a document of two sides. */
static void row_28_ten_places(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        enum side odd, even;
    } places[] = {{"left", LEFT, LEFT},
                  {"center", CENTER, CENTER},
                  {"right", RIGHT, RIGHT},
                  {"inside", LEFT, RIGHT},
                  {"outside", RIGHT, LEFT}};
    build_lines(&b, "", 3 * body_lines());
    for (size_t head = 0; head < 2; head++) {
        for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
            const struct style_sheet *s = sheet(head ? "number = head-" : "number = foot-", places[i].name);
            struct seen local;
            see_with(&local, &b.doc, NULL, s);
            struct found two = outside(&local, 2, "2"), three = outside(&local, 3, "3");
            assert_int_equal(side_of(s, two, 2), places[i].even);
            assert_int_equal(side_of(s, three, 3), places[i].odd);
            assert_true(head ? two.y < s->page.top : two.y > s->page.height - s->page.bottom);
            seen_end(&local);
        }
    }
    struct seen local;
    see_with(&local, &b.doc, NULL, sheet("number = ", "none"));
    assert_int_equal(outside(&local, 2, "2").page, 0);
    seen_end(&local);
}

static void row_28_forms_and_the_total(void **state)
{
    (void)state;
    build_lines(&b, "", 3 * body_lines());
    struct seen local;
    see_with(&local, &b.doc, NULL, house_with(b.arena, "[page]\nnumber-form = # / ##\n"));
    char *last = arena_printf(b.arena, "%d / %d", local.pages, local.pages);
    assert_int_equal(outside(&local, local.pages, last).page, local.pages);
    assert_int_equal(outside(&local, 1, arena_printf(b.arena, "1 / %d", local.pages)).page, 1);
    assert_int_equal(count_diag(&local, "moved-pages"), 0);
    seen_end(&local);
}

/* A document whose second page is number 1: the first one shows none, and links and totals count alike. */
static void row_28_the_first_number(void **state)
{
    (void)state;
    build_paragraph(&b, "", "cover");
    build_block(&b, BLOCK_PAGE_BREAK);
    build_lines(&b, "", 2 * body_lines());
    struct seen local;
    see_with(&local, &b.doc, NULL, house_with(b.arena, "[page]\nnumber-start = 0\nnumber-form = # / ##\n"));
    assert_int_equal(local.pages, 3);
    assert_int_equal(outside(&local, 2, "1 / 2").page, 2);
    assert_int_equal(outside(&local, 3, "2 / 2").page, 3);
    for (size_t i = 0; i < local.n; i++)
        assert_false(local.items[i].page == 1 && local.items[i].op.kind == OP_TEXT && local.items[i].op.artifact);
    assert_int_equal(count_diag(&local, "moved-pages"), 0);
    seen_end(&local);
    assert_null(house_with(b.arena, "[page]\nnumber-start = 1e3\n"));
    assert_null(house_with(b.arena, "[page]\nnumber-start = 99999\n"));
    assert_null(house_with(b.arena, "[page]\nnumber-start =\n"));
}

static void titles(void)
{
    b.doc.title = STR("Title");
    b.doc.running_head = STR("Running");
    build_heading(&b, 1, "Chapter one");
    build_heading(&b, 2, "Section one");
    build_lines(&b, "", body_lines() + 2);
    build_heading(&b, 2, "Section two");
    build_lines(&b, "", body_lines() + 2);
    build_heading(&b, 1, "Chapter two");
    build_lines(&b, "", body_lines() + 2);
}

/* What heads say, mirrored on even pages, with the body's margins. */
static void row_29_heads_by_the_sheet(void **state)
{
    (void)state;
    titles();
    struct seen local;
    const struct style_sheet *s = sheet("head-left = title\nhead-right = section", "");
    see_with(&local, &b.doc, NULL, s);
    assert_int_equal(outside(&local, 1, "Title").page, 0); /* the first page has its title */
    assert_int_equal(side_of(s, outside(&local, 2, "Title"), 2), RIGHT);
    assert_int_equal(side_of(s, outside(&local, 2, "Section one"), 2), LEFT);
    assert_int_equal(side_of(s, outside(&local, 3, "Title"), 3), LEFT);
    assert_int_equal(side_of(s, outside(&local, 3, "Section two"), 3), RIGHT);
    assert_int_equal(outside(&local, 4, "Chapter two").page, 4); /* which has no section */
    for (size_t i = 0; i < local.n; i++) {
        const struct op *op = &local.items[i].op;
        if (op->kind == OP_TEXT && !op->artifact && str_starts(op->text, STR("line")))
            assert_true(fabsf(op->x - (local.items[i].page % 2 ? s->page.left : s->page.right)) < 0.02F);
    }
    seen_end(&local);
    see_with(&local, &b.doc, NULL, sheet("head-left = none\nhead-right = none", ""));
    assert_int_equal(outside(&local, 2, "Section one").page, 0);
    seen_end(&local);
    b.doc.running_head = STR("");
    see_with(&local, &b.doc, NULL, house()); /* says the document's running head, and there is none */
    assert_int_equal(outside(&local, 2, "Chapter one").page, 0);
    seen_end(&local);
}

/* A number in the head and the texts beside it do not meet; what has no room is cut or left out, and that is named. */
static void row_29_number_and_long_texts_in_the_head(void **state)
{
    (void)state;
    titles();
    static const char *const places[] = {"number = head-left", "number = head-center", "number = head-right"};
    for (size_t p = 0; p < 3; p++) {
        for (size_t n = 1; n < 400; n += 57) {
            char *text = arena_alloc(b.arena, n + 1);
            for (size_t i = 0; i < n; i++)
                text[i] = i % 9 == 8 ? ' ' : 'x';
            b.doc.running_head = str_from(text);
            struct seen local;
            see_with(&local, &b.doc, NULL, sheet(places[p], ""));
            float from[8], to[8];
            size_t heads = 0;
            for (size_t i = 0; i < local.n; i++) {
                const struct op *op = &local.items[i].op;
                if (local.items[i].page != 2 || op->kind != OP_TEXT || op->y >= house()->page.top)
                    continue;
                assert_true(heads < 8);
                from[heads] = op->x;
                to[heads++] = op->x + op->w;
            }
            for (size_t i = 0; i < heads; i++)
                for (size_t k = 0; k < heads; k++)
                    assert_true(i == k || to[i] < from[k] || to[k] < from[i]);
            assert_true(heads >= 2);
            assert_int_equal(count_diag(&local, "head-cut") > 0, n > (p == 1 ? 55 : 110)); /* of 4 points each */
            seen_end(&local);
        }
    }
}

static void a_number_that_fills_the_head_is_alone_there(void **state)
{
    (void)state;
    static const char *const places[] = {"head-left", "head-center", "head-right"};
    titles();
    for (size_t i = 0; i < 3; i++) {
        struct seen local;
        see_with(&local, &b.doc, NULL,
                 sheet(arena_printf(
                           b.arena,
                           "number = %s\nnumber-form = ############################################################\n",
                           places[i]),
                       "number-start = 9999"));
        assert_int_equal(local.err.kind, ERR_NONE);
        assert_true(count_diag(&local, "head-cut") > 0);
        seen_end(&local);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(row_28_ten_places, setup, teardown),
        cmocka_unit_test_setup_teardown(row_28_forms_and_the_total, setup, teardown),
        cmocka_unit_test_setup_teardown(row_28_the_first_number, setup, teardown),
        cmocka_unit_test_setup_teardown(row_29_heads_by_the_sheet, setup, teardown),
        cmocka_unit_test_setup_teardown(a_number_that_fills_the_head_is_alone_there, setup, teardown),
        cmocka_unit_test_setup_teardown(row_29_number_and_long_texts_in_the_head, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
