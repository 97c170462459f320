/* Footnotes at the foot of the page (RULES.md rows 26 and 27): with the line that calls them, once, in order. */
#include "house.h"
#include "layout/style.h"
#include "pages_fixture.h"

#include <math.h>

static float bottom(void)
{
    return house()->page.height - house()->page.bottom;
}

static float leading(void)
{
    return style_find(house(), STR(""))->text.leading;
}

static size_t body_lines(void)
{
    return (size_t)(style_body_height(house()) / leading());
}

/* A word that fills a line of the fake shaper but for a note's mark. */
#define FULL "............................................................"

static struct block *calling(const char *text, unsigned note)
{
    struct block *block = build_paragraph(&b, "", text);
    build_call(&b, &block->runs, &block->n, note);
    return block;
}

/* The text of a note of so many lines: "w0.…… w1.……". */
static const char *lines_text(size_t n)
{
    struct buf text = {0};
    for (size_t i = 0; i < n; i++)
        buf_printf(&text, "%sw%zu." FULL, i ? " " : "", i);
    const char *result = str_copy(b.arena, buf_view(&text)).p;
    buf_free(&text);
    return result;
}

/* Every note of the document is said once as content, in order; returns how often "note<i>." is said as artifact. */
static size_t check_once_in_order(size_t n)
{
    size_t next = 1, again = 0;
    for (size_t i = 0; i < seen.n; i++) {
        const struct op *op = &seen.items[i].op;
        if (op->kind != OP_TEXT || !str_starts(op->text, STR("note")))
            continue;
        if (op->artifact) {
            again++;
            continue;
        }
        if (!str_starts(op->text, str_from(arena_printf(b.arena, "note%zu.", next))))
            fail_msg("note %zu expected, got " STR_FMT, next, STR_ARG(op->text));
        next++;
    }
    assert_int_equal(next - 1, n);
    return again;
}

/* Nothing of a page's body reaches the rule above its notes, nothing the bottom margin. */
static void check_no_overlap(void)
{
    for (int page = 1; page <= seen.pages; page++) {
        float rule = INFINITY, lowest = 0;
        for (size_t i = 0; i < seen.n; i++) {
            const struct op *op = &seen.items[i].op;
            if (seen.items[i].page != page)
                continue;
            if (op->kind == OP_RECT && fabsf(op->w - house()->note.rule) < 0.01F)
                rule = op->y;
        }
        for (size_t i = 0; i < seen.n; i++) {
            const struct op *op = &seen.items[i].op;
            if (seen.items[i].page != page || op->kind != OP_TEXT || op->artifact)
                continue;
            assert_true(op->y < bottom());
            bool note = op->size < 9;
            assert_true(!note || op->y > rule);
            if (!note)
                lowest = fmaxf(lowest, op->y);
        }
        assert_true(lowest < rule);
    }
}

static void row_27_note_stands_under_a_rule_above_the_foot(void **state)
{
    (void)state;
    build_notes(&b, 2, "text");
    calling("first", 1);
    calling("second", 2);
    lay();
    struct found mark = find_text(&seen, "1)"), note = find_text(&seen, "note1."), last = find_text(&seen, "note2.");
    assert_int_equal(note.page, 1);
    assert_true(note.y > bottom() - 40 && last.y > note.y && last.y < bottom());
    assert_true(mark.y < note.y);
    float rule = 0;
    for (size_t i = 0; i < seen.n; i++) {
        const struct op *op = &seen.items[i].op;
        if (op->kind == OP_RECT && op->artifact && fabsf(op->w - house()->note.rule) < 0.01F)
            rule = op->y;
    }
    assert_true(rule > mark.y && rule < note.y - 5);
    /* There and back. */
    assert_int_equal(find_op(&seen, OP_LINK, "#fn:1", 0).page, 1);
    assert_int_equal(find_op(&seen, OP_LINK, "#fn:1", 1).page, 0);
    assert_true(find_op(&seen, OP_ANCHOR, "fn:1", 0).y > rule);
    assert_true(find_op(&seen, OP_LINK, "#fnref:1", 0).y > rule);
    assert_true(find_op(&seen, OP_ANCHOR, "fnref:1", 0).y < rule);
    assert_int_equal(count_diag(&seen, "unknown-anchor"), 0);
}

/* Wherever on a page the calling line comes to stand, its note begins there with two lines. */
static void row_27_a_line_stands_with_its_note(void **state)
{
    (void)state;
    build_end(&b);
    bool moved = false, parted = false;
    for (size_t filler = body_lines() - 12; filler <= body_lines(); filler++) {
        build_begin(&b);
        build_lines(&b, "", filler);
        calling("calling", 1);
        build_notes(&b, 1, lines_text(6));
        struct seen local;
        see(&local, &b.doc, NULL);
        int page = find_text(&local, "calling").page;
        assert_int_equal(find_text(&local, "note1.").page, page);
        size_t here = 0;
        for (size_t i = 1; i < 6; i++)
            here += find_text(&local, arena_printf(b.arena, "w%zu.", i)).page == page;
        assert_true(here == 5 || (here >= 1 && here <= 3)); /* besides its first line; nor is the last one left alone */
        moved = moved || page == 2;
        parted = parted || here < 5;
        seen_end(&local);
        build_end(&b);
    }
    assert_true(moved && parted);
    build_begin(&b);
}

static void row_27_marks_by_the_sheet(void **state)
{
    (void)state;
    static const struct {
        const char *form, *third;
    } forms[] = {{"#)", "3)"}, {"#", "3"}, {"*", "***"}, {"주#)", "주3)"}};
    build_notes(&b, 5, "text");
    for (unsigned i = 1; i <= 5; i++)
        calling(arena_printf(b.arena, "p%u", i), i);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const struct style_sheet *sheet =
            house_with(b.arena, arena_printf(b.arena, "[note]\nform = %s\n", forms[i].form));
        struct seen local;
        see_with(&local, &b.doc, NULL, sheet);
        size_t said = 0;
        for (size_t k = 0; k < local.n; k++)
            said += local.items[k].op.kind == OP_TEXT && str_equal(local.items[k].op.text, str_from(forms[i].third));
        assert_int_equal(said, 2); /* in the text and before the note */
        seen_end(&local);
    }
}

static void row_27_numbers_by_page(void **state)
{
    (void)state;
    build_notes(&b, 6, "text");
    for (unsigned i = 1; i <= 6; i++) {
        calling(arena_printf(b.arena, "p%u", i), i);
        build_lines(&b, "", body_lines() / 2 - 3);
    }
    struct seen local;
    see_with(&local, &b.doc, NULL, house_with(b.arena, "[note]\nnumbers = page\n"));
    assert_int_equal(local.pages, 3);
    int page = 0;
    unsigned on_page = 0;
    for (size_t i = 0; i < local.n; i++) {
        const struct op *op = &local.items[i].op;
        if (op->kind != OP_LINK || !str_starts(op->link, STR("#fn:")))
            continue;
        on_page = local.items[i].page == page ? on_page + 1 : 1;
        page = local.items[i].page;
        assert_string_equal(arena_printf(b.arena, "%u)", on_page), str_copy(b.arena, local.items[i - 1].op.text).p);
    }
    assert_int_equal(page, 3);
    assert_int_equal(count_diag(&local, "moved-pages"), 0);
    seen_end(&local);
}

/* Row 26: notes are called from everywhere in the body, and from there only. */
static void row_26_notes_in_tables_boxes_and_lists(void **state)
{
    (void)state;
    build_notes(&b, 6, "text");
    b.doc.running_head = STR("Running");
    struct block *heading = build_heading(&b, 1, "Chapter");
    build_call(&b, &heading->runs, &heading->n, 1);
    struct block *table = build_table(&b, 2, 2, NULL);
    build_call(&b, &table->table->header[1].runs, &table->table->header[1].n, 2);
    build_call(&b, &table->table->cells[2].runs, &table->table->cells[2].n, 3);
    struct block *list = build_open(&b, BLOCK_LIST), *item = build_open(&b, BLOCK_ITEM);
    calling("item", 4);
    build_close(&b, item);
    build_close(&b, list);
    struct block *quote = build_open(&b, BLOCK_QUOTE);
    calling("quoted", 5);
    build_close(&b, quote);
    calling("caption", 6)->style = STR("caption");
    build_lines(&b, "", 2 * body_lines());
    lay();
    assert_int_equal(check_once_in_order(6), 0);
    check_no_overlap();
    for (size_t i = 0; i < seen.n; i++) { /* the chapter stands in heads, its note's mark does not */
        const struct op *op = &seen.items[i].op;
        bool outside = op->y < house()->page.top || op->y > bottom();
        if (op->kind == OP_TEXT && outside)
            assert_true(str_equal(op->text, STR("Running")) || str_equal(op->text, STR("Chapter")) ||
                        str_starts(op->text, STR("- ")));
        assert_false(op->kind == OP_LINK && outside);
        if (op->kind == OP_OUTLINE)
            assert_true(str_equal(op->text, STR("Chapter")));
    }
}

static void long_note_goes_on_before_others(void **state)
{
    (void)state;
    const size_t lines = 200;
    build_notes(&b, 2, "short");
    struct block **end = b.end;
    b.end = &b.doc.notes[0].first;
    build_paragraph(&b, "footnote", lines_text(lines));
    b.end = end;
    calling("calling", 1);
    build_lines(&b, "", body_lines());
    calling("second", 2);
    lay();
    check_no_overlap();
    int page = 1;
    for (size_t i = 0; i < lines; i++) {
        struct found line = find_text(&seen, arena_printf(b.arena, "w%zu.", i));
        assert_true(line.page == page || line.page == page + 1);
        assert_int_equal(count_text(&seen, arena_printf(b.arena, "w%zu.", i)), 1);
        page = line.page;
    }
    assert_true(page > 3);
    assert_int_equal(find_text(&seen, "line0.").page, 1); /* the body goes on beside it */
    struct found second = find_text(&seen, "note2.");
    assert_true(second.page >= page && second.page == find_text(&seen, "second").page);
    assert_int_equal(count_diag(&seen, "note-late"), 0);
}

static void note_within_a_note(void **state)
{
    (void)state;
    build_notes(&b, 3, "text");
    build_call(&b, &b.doc.notes[0].first->runs, &b.doc.notes[0].first->n, 2);
    build_call(&b, &b.doc.notes[1].first->runs, &b.doc.notes[1].first->n, 1); /* and back: said once all the same */
    calling("one", 1);
    calling("three", 3);
    lay();
    check_once_in_order(3);
}

static void ten_thousand_notes(void **state)
{
    (void)state;
    const unsigned n = 10000;
    build_notes(&b, n, "of some words that take more than one line of the page and so are parted now and then");
    for (unsigned i = 1; i <= n; i++)
        calling(arena_printf(b.arena, "p%u.", i), i);
    fake_sets = 0;
    lay();
    check_once_in_order(n);
    assert_true(fake_sets < 5 * n); /* a text and its mark once each */
    check_no_overlap();
}

static void notes_in_every_cell(void **state)
{
    (void)state;
    const size_t rows = 500, columns = 3;
    struct block *table = build_table(&b, rows, columns, NULL);
    build_notes(&b, rows * columns, "cell");
    for (size_t i = 0; i < rows * columns; i++)
        build_call(&b, &table->table->cells[i].runs, &table->table->cells[i].n, (unsigned)i + 1);
    lay();
    check_once_in_order(rows * columns);
    check_no_overlap();
    for (size_t i = 0; i < rows * columns; i++) /* each on the page of its row */
        assert_int_equal(find_op(&seen, OP_ANCHOR, arena_printf(b.arena, "fn:%zu", i + 1), 0).page,
                         find_op(&seen, OP_ANCHOR, arena_printf(b.arena, "fnref:%zu", i + 1), 0).page);
}

static void note_of_a_repeated_header(void **state)
{
    (void)state;
    struct block *table = build_table(&b, 100, 2, NULL);
    build_notes(&b, 1, "header");
    build_call(&b, &table->table->header[0].runs, &table->table->header[0].n, 1);
    build_call(&b, &table->table->header[1].runs, &table->table->header[1].n, 1); /* twice: said once a page */
    lay();
    assert_true(seen.pages > 2);
    assert_int_equal(check_once_in_order(1), (size_t)seen.pages - 1); /* said again under each repetition */
    check_no_overlap();
}

/* Where pages count their notes, a repeated header's note keeps its number, and no other has it there. */
static void numbers_by_page_beside_a_repeated_header(void **state)
{
    (void)state;
    struct block *table = build_table(&b, 100, 2, NULL);
    build_notes(&b, 2, "text");
    build_call(&b, &table->table->header[0].runs, &table->table->header[0].n, 1);
    build_call(&b, &table->table->cells[199].runs, &table->table->cells[199].n, 2);
    see_with(&seen, &b.doc, NULL, house_with(b.arena, "[note]\nnumbers = page\n"));
    struct found mark = find_text(&seen, "2)");
    assert_int_equal(mark.page, seen.pages);
    assert_int_equal(count_text(&seen, "2)"), 2);
}

/* A row whose notes are taller than a page: it is placed, they follow, and that is said. */
static void notes_that_no_page_holds(void **state)
{
    (void)state;
    build_lines(&b, "", 5);
    struct block *table = build_table(&b, 1, 4, NULL);
    build_notes(&b, 4, lines_text(40));
    for (unsigned i = 0; i < 4; i++)
        build_call(&b, &table->table->cells[i].runs, &table->table->cells[i].n, i + 1);
    build_paragraph(&b, "", "after");
    lay();
    check_once_in_order(4);
    assert_true(find_text(&seen, "after").page > 0);
    assert_int_equal(count_diag(&seen, "note-late"), 1);
    check_no_overlap();
}

static void faults_are_named(void **state)
{
    (void)state;
    struct note_fault faults[] = {{NOTE_UNKNOWN, STR("a"), "t.md", 1},
                                  {NOTE_UNUSED, STR("b"), "t.md", 2},
                                  {NOTE_TWICE, STR("c"), "t.md", 3},
                                  {NOTE_TWICE, STR("d"), "t.md", 4}};
    b.doc.note_faults = faults;
    b.doc.n_note_faults = 4;
    build_notes(&b, 1, "text");
    b.doc.notes[0].first = NULL;             /* a note without text still has its mark */
    calling("calling", 1)->runs[0].note = 7; /* and a number without a note is nothing */
    lay();
    assert_int_equal(count_diag(&seen, "unknown-note"), 1);
    assert_int_equal(count_diag(&seen, "unused-note"), 1);
    assert_int_equal(count_diag(&seen, "duplicate-note"), 2);
    assert_int_equal(count_text(&seen, "1)"), 2);
    b.doc.note_faults = NULL;
    b.doc.n_note_faults = 0;
}

static void a_mark_too_wide_for_a_note_is_said(void **state)
{
    (void)state;
    calling("text", 1);
    build_notes(&b, 1, "text");
    lay_styled(
        "[note]\nform = aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n[style footnote]\nsize = 40\nleading = 50\n");
    assert_int_equal(count_diag(&seen, "mark-cut"), 1);
    struct found note = find_text(&seen, "note1.");
    assert_true(note.page == 1 && note.x + note.w < house()->page.width - house()->page.right);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(row_27_note_stands_under_a_rule_above_the_foot, setup, teardown),
        cmocka_unit_test_setup_teardown(row_27_a_line_stands_with_its_note, setup, teardown),
        cmocka_unit_test_setup_teardown(row_27_marks_by_the_sheet, setup, teardown),
        cmocka_unit_test_setup_teardown(row_27_numbers_by_page, setup, teardown),
        cmocka_unit_test_setup_teardown(row_26_notes_in_tables_boxes_and_lists, setup, teardown),
        cmocka_unit_test_setup_teardown(long_note_goes_on_before_others, setup, teardown),
        cmocka_unit_test_setup_teardown(note_within_a_note, setup, teardown),
        cmocka_unit_test_setup_teardown(ten_thousand_notes, setup, teardown),
        cmocka_unit_test_setup_teardown(notes_in_every_cell, setup, teardown),
        cmocka_unit_test_setup_teardown(note_of_a_repeated_header, setup, teardown),
        cmocka_unit_test_setup_teardown(numbers_by_page_beside_a_repeated_header, setup, teardown),
        cmocka_unit_test_setup_teardown(notes_that_no_page_holds, setup, teardown),
        cmocka_unit_test_setup_teardown(faults_are_named, setup, teardown),
        cmocka_unit_test_setup_teardown(a_mark_too_wide_for_a_note_is_said, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
