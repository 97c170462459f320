/* The structure tree by itself, and that of small documents: Sect(H1 "text", P …). */
#include "tree_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* ---- the tree ---- */

static void children_stand_in_order(void **state)
{
    (void)state;
    struct tags *tags = tags_new();
    tag_id first = tags_add(tags, TAGS_ROOT, TAG_P), last = tags_add(tags, TAGS_ROOT, TAG_P);
    tag_id note = tags_add_after(tags, first, TAG_NOTE), end = tags_add_after(tags, last, TAG_NOTE);
    assert_int_equal(tags_count(tags), 5);
    assert_int_equal(tags_get(tags, TAGS_ROOT)->first, first);
    assert_int_equal(tags_get(tags, first)->next, note);
    assert_int_equal(tags_get(tags, note)->next, last);
    assert_int_equal(tags_get(tags, TAGS_ROOT)->last, end);
    assert_int_equal(tags_get(tags, note)->previous, first);
    tags_free(tags);
}

static void moved_elements_are_seen_where_they_go(void **state)
{
    (void)state;
    struct tags *tags = tags_new();
    tag_id a = tags_add(tags, TAGS_ROOT, TAG_P), b1 = tags_add(tags, TAGS_ROOT, TAG_P);
    tag_id table = tags_add(tags, TAGS_ROOT, TAG_TABLE), row = tags_add(tags, table, TAG_TR);
    tags_see(tags, a);
    assert_true(tags_get(tags, TAGS_ROOT)->seen);
    assert_false(tags_get(tags, table)->seen);
    tags_move(tags, a, table, row);
    assert_true(tags_get(tags, table)->seen);
    assert_int_equal(tags_get(tags, table)->first, a);
    assert_int_equal(tags_get(tags, a)->next, row);
    assert_int_equal(tags_get(tags, TAGS_ROOT)->first, b1);
    tags_move(tags, b1, table, 0);
    assert_int_equal(tags_get(tags, table)->last, b1);
    assert_int_equal(tags_get(tags, TAGS_ROOT)->first, table);
    assert_int_equal(tags_get(tags, TAGS_ROOT)->last, table);
    tags_move(tags, b1, table, a);
    assert_int_equal(tags_get(tags, table)->first, b1);
    assert_int_equal(tags_get(tags, table)->last, row);
    tags_free(tags);
}

static void text_between_links_has_its_place(void **state)
{
    (void)state;
    struct tags *tags = tags_new();
    const struct str none = STR(""), url = STR("http://a.kr/"), english = STR("en");
    tag_id p = tags_add(tags, TAGS_ROOT, TAG_P);
    assert_int_equal(tags_inline(tags, p, none, none, false), p);
    tag_id link = tags_inline(tags, p, url, none, false);
    assert_int_equal(tags_get(tags, link)->kind, TAG_LINK);
    assert_true(str_equal(tags_get(tags, link)->text, url));
    assert_int_equal(tags_inline(tags, p, STR("http://a.kr/"), none, false), link); /* wherever its text is stored */
    tag_id text = tags_inline(tags, p, none, none, false), span = tags_inline(tags, p, none, english, false);
    assert_int_equal(tags_get(tags, text)->kind, TAG_TEXT);
    assert_int_equal(tags_inline(tags, p, none, english, false), span);
    tag_id call = tags_inline(tags, p, STR("#fn:1"), none, true);
    assert_int_equal(tags_get(tags, tags_get(tags, call)->parent)->kind, TAG_REFERENCE);
    tag_id inner = tags_inline(tags, call, STR("http://b.kr/"), english, false); /* no link in a link */
    assert_int_equal(tags_get(tags, inner)->kind, TAG_SPAN);
    assert_int_equal(tags_get(tags, inner)->parent, call);
    tags_free(tags);
}

static void areas_find_their_links_in_order(void **state)
{
    (void)state;
    struct tags *tags = tags_new();
    const struct str none = STR(""), url = STR("http://a.kr/");
    tag_id p = tags_add(tags, TAGS_ROOT, TAG_P), one = tags_inline(tags, p, url, none, false);
    tags_inline(tags, p, none, none, false);
    tag_id two = tags_inline(tags, p, url, none, false);
    assert_int_not_equal(one, two);
    assert_int_equal(tags_area(tags, p, url), one);
    assert_int_equal(tags_area(tags, p, url), two);
    assert_int_equal(tags_inline(tags, p, url, none, false), two); /* goes on from the line above */
    tags_inline(tags, p, none, none, false);
    tag_id three = tags_inline(tags, p, url, none, false);
    assert_int_equal(tags_area(tags, p, url), two);
    assert_int_equal(tags_area(tags, p, url), three);
    assert_int_equal(tags_area(tags, p, url), three); /* of no text: to the last one */
    assert_true(tags_get(tags, one)->active && tags_get(tags, two)->active);
    tag_id lone = tags_area(tags, p, STR("http://b.kr/"));
    assert_int_equal(tags_get(tags, lone)->parent, p);
    assert_int_equal(tags_area(tags, lone, STR("http://b.kr/")), lone);
    tags_free(tags);
}

static void every_kind_has_a_name(void **state)
{
    (void)state;
    assert_null(tag_name(TAG_TEXT));
    for (int i = TAG_DOCUMENT; i < TAG_KINDS; i++)
        assert_non_null(tag_name((enum tag_kind)i));
    for (int i = 0; i < NUMBERINGS; i++)
        assert_non_null(tag_numbering_name((enum tag_numbering)i));
    assert_string_equal(tag_numbering_name(NUMBERING_UPPER_ALPHA), "UpperAlpha");
}

/* ---- documents ---- */

static struct block *open_group(const char *style)
{
    struct block *group = build_open(&b, BLOCK_GROUP);
    group->style = str_from(style);
    return group;
}

static struct block *paragraph(const char *text)
{
    return build_paragraph(&b, "", text);
}

static void sections_nest_and_levels_skip_none(void **state)
{
    (void)state;
    paragraph("before");
    build_heading(&b, 2, "a");
    build_heading(&b, 4, "b");
    paragraph("b1");
    build_heading(&b, 3, "c");
    struct block *keep = open_group("keep");
    build_heading(&b, 2, "d");
    build_close(&b, keep);
    paragraph("d1");
    build_heading(&b, 1, "e");
    lay();
    expect("P'before' Sect(H1'a' Sect(H2'b' P'b1') Sect(H2'c')) Sect(H1'd' P'd1') Sect(H1'e')");
}

static void headings_inside_make_no_section(void **state)
{
    (void)state;
    build_heading(&b, 1, "a");
    struct block *box = build_open(&b, BLOCK_BOX);
    build_heading(&b, 1, "b");
    build_heading(&b, 3, "c");
    build_close(&b, box);
    build_heading(&b, 4, "d");
    lay();
    expect("Sect(H1'a' Div(H2'b' H3'c') Sect(H2'd'))");
}

static void there_are_six_levels(void **state)
{
    (void)state;
    for (int i = 1; i <= 6; i++)
        build_heading(&b, i, "a");
    struct block *box = build_open(&b, BLOCK_BOX);
    build_heading(&b, 1, "b");
    build_close(&b, box);
    build_heading(&b, 2, "c");
    lay();
    expect("Sect(H1'a' Sect(H2'a' Sect(H3'a' Sect(H4'a' Sect(H5'a' Sect(H6'a' Div(H6'b')))))) Sect(H2'c'))");
}

static void heads_and_numbers_of_pages_are_furniture(void **state)
{
    (void)state;
    size_t n = 0;
    b.doc.running_head = STR("head");
    build_lines(&b, "", 200);
    lay();
    check_tags(&seen, "document");
    for (size_t i = 0; i < seen.n; i++) {
        const struct op *op = &seen.items[i].op;
        assert_true(op->kind != OP_TEXT || op->artifact == op->furniture);
        n += op->kind == OP_TEXT && op->furniture;
    }
    assert_int_equal(n, 2 * seen.pages - 1); /* the first page has no head */
}

static void headings_of_nothing_do_not_count(void **state)
{
    (void)state;
    build_heading(&b, 1, "");
    build_heading(&b, 2, "a")->n = 0;
    build_heading(&b, 3, "b");
    lay();
    expect("Sect(H1'b')");
}

static void covers_are_parts_and_titles_are_one(void **state)
{
    (void)state;
    struct block *cover = build_open(&b, BLOCK_COVER);
    build_paragraph(&b, "cover-title", "a");
    build_paragraph(&b, "title", "b");
    build_heading(&b, 1, "c");
    build_close(&b, cover);
    build_heading(&b, 3, "d");
    struct block *second = build_open(&b, BLOCK_COVER);
    paragraph("e");
    build_close(&b, second);
    paragraph("f");
    lay();
    expect("Part(Title'a' P'b' H1'c') Sect(H1'd') Part(P'e') P'f'");
}

static void containers_have_their_elements(void **state)
{
    (void)state;
    struct block *quote = build_open(&b, BLOCK_QUOTE);
    paragraph("a");
    build_close(&b, quote);
    struct block *box = build_open(&b, BLOCK_BOX);
    box->options = ARENA_NEW(b.arena, struct block_option);
    *box->options = (struct block_option){STR("title"), STR("t")};
    box->n_options = 1;
    paragraph("b");
    build_close(&b, box);
    build_block(&b, BLOCK_RULE);
    struct block *code = paragraph("if (x)\n    y();");
    code->kind = BLOCK_CODE;
    code = paragraph("print\nend");
    code->kind = BLOCK_CODE;
    code->runs->language = STR("en");
    lay();
    expect("BlockQuote(P'a') Div(H1't' P'b') P(Code'if (x) y();') P(Code(Span'print end'))");
}

static struct block *open_titled_box(const char *title)
{
    struct block *box = build_open(&b, BLOCK_BOX);
    box->options = ARENA_NEW(b.arena, struct block_option);
    *box->options = (struct block_option){STR("title"), str_from(title)};
    box->n_options = 1;
    return box;
}

/* Below the section's, above those in the box; what comes after it goes on as if there were no box. */
static void titles_of_boxes_are_headings(void **state)
{
    (void)state;
    build_heading(&b, 2, "a");
    struct block *box = open_titled_box("b"), *inner = open_titled_box("c");
    build_paragraph(&b, "box-title", "d"); /* the second thing in it */
    build_close(&b, inner);
    build_heading(&b, 1, "e");
    build_close(&b, box);
    box = build_open(&b, BLOCK_BOX);
    build_paragraph(&b, "box-title", "f");
    build_close(&b, box);
    build_paragraph(&b, "box-title", "g");
    build_heading(&b, 3, "h");
    lay();
    expect("Sect(H1'a' Div(H2'b' Div(H3'c' P'd') H3'e') Div(H2'f') P'g' Sect(H2'h'))");
    for (size_t i = 0; i < seen.n; i++)
        if (seen.items[i].op.kind == OP_OUTLINE)
            assert_int_not_equal(seen.items[i].op.text.p[0], 'b');
}

static struct block *open_item(void)
{
    return build_open(&b, BLOCK_ITEM);
}

static void lists_nest_in_bodies(void **state)
{
    (void)state;
    struct block *list = build_open(&b, BLOCK_LIST), *item = open_item();
    list->ordered = true;
    paragraph("a");
    build_close(&b, item);
    item = open_item();
    paragraph("b");
    struct block *inner = build_open(&b, BLOCK_LIST), *deep = open_item();
    paragraph("c");
    build_close(&b, deep);
    build_close(&b, inner);
    build_close(&b, item);
    build_close(&b, open_item()); /* empty: its mark alone */
    item = open_item();
    build_heading(&b, 1, "d");
    build_close(&b, item);
    build_close(&b, list);
    lay();
    expect("L/Decimal(LI(Lbl'1.' LBody'a') LI(Lbl'2.' LBody(P'b' L/Circle(LI(Lbl'\xe2\x97\x8b' LBody'c')))) "
           "LI(Lbl'3.') LI(Lbl'4.' LBody(H1'd')))");
}

static void lists_hold_items_only(void **state)
{
    (void)state;
    struct block *list = build_open(&b, BLOCK_LIST);
    paragraph("a");
    struct block *quote = build_open(&b, BLOCK_QUOTE);
    paragraph("b");
    build_close(&b, quote);
    build_close(&b, list);
    struct block *stray = open_item();
    paragraph("c");
    build_close(&b, stray);
    lay();
    expect("L/Circle(LI(LBody(P'a')) LI(LBody(BlockQuote(P'b')))) P'c'");
}

static void numbering_follows_the_marks(void **state)
{
    (void)state;
    static const char *const names[] = {"n1", "n2", "n3", "n4"};
    for (size_t i = 0; i < 8; i++) {
        struct block *list = build_open(&b, BLOCK_LIST), *item = open_item();
        list->style = str_from(names[i / 2]);
        list->ordered = i % 2;
        paragraph("a");
        build_close(&b, item);
        build_close(&b, list);
    }
    lay_styled("[list n1]\nmarks = ■\nnumbers = (가)\n[list n2]\nmarks = -\nnumbers = ①\n"
               "[list n3]\nmarks = ○\nnumbers = Ⅰ.\n[list n4]\nmarks = •\nnumbers = 제1조\n");
    expect("L/Square(LI(Lbl'■' LBody'a')) L/UpperAlpha(LI(Lbl'(가)' LBody'a')) L/Disc(LI(Lbl'-' LBody'a')) "
           "L/Decimal(LI(Lbl'①' LBody'a')) L/Circle(LI(Lbl'○' LBody'a')) L/UpperRoman(LI(Lbl'I.' LBody'a')) "
           "L/Disc(LI(Lbl'•' LBody'a')) L/Decimal(LI(Lbl'제1조' LBody'a'))");
}

static void captions_that_nothing_follows_are_paragraphs(void **state)
{
    (void)state;
    build_paragraph(&b, "caption", "a");
    build_paragraph(&b, "unit", "b");
    paragraph("c");
    build_paragraph(&b, "unit", "d");
    lay();
    expect("P'a' P'b' P'c' P'd'");
}

static struct block *calling(const char *text, unsigned note)
{
    struct block *block = paragraph(text);
    build_call(&b, &block->runs, &block->n, note);
    return block;
}

#define CALL(n) "Reference(Link'" n ")')"
#define NOTE(n) "Note(Lbl(Link'" n ")') P'note" n ". x')"

static void notes_follow_what_calls_them(void **state)
{
    (void)state;
    struct block *twice = calling("a", 1);
    build_call(&b, &twice->runs, &twice->n, 2);
    calling("b", 1); /* again */
    struct block *list = build_open(&b, BLOCK_LIST), *item = open_item();
    calling("c", 3);
    build_close(&b, item);
    build_close(&b, list);
    build_notes(&b, 4, "x");
    b.doc.notes[2].first->n++; /* … which calls the fourth */
    struct run *runs = ARENA_ARRAY(b.arena, 2, struct run);
    runs[0] = b.doc.notes[2].first->runs[0];
    runs[1].note = 4;
    b.doc.notes[2].first->runs = runs;
    lay();
    expect("P'a'(" CALL("1") " " CALL("2") ") " NOTE("1") " " NOTE("2") " P'b'(" CALL(
        "1") ") L/Circle(LI(Lbl'○' "
             "LBody(P'c'(" CALL("3") ") Note(Lbl(Link'3)') P'note3. x'(" CALL("4") ")) " NOTE("4") ")))");
}

static void headings_in_notes_are_paragraphs(void **state)
{
    (void)state;
    build_heading(&b, 1, "a");
    calling("b", 1);
    build_notes(&b, 1, "x");
    b.doc.notes[0].first->kind = BLOCK_HEADING;
    b.doc.notes[0].first->level = 3;
    build_heading(&b, 2, "c");
    lay();
    expect("Sect(H1'a' P'b'(" CALL("1") ") " NOTE("1") " Sect(H2'c'))");
}

static void contents_lead_to_headings(void **state)
{
    (void)state;
    struct block *toc = build_contents(&b, "toc");
    toc->options = ARENA_NEW(b.arena, struct block_option);
    *toc->options = (struct block_option){STR("title"), STR("t")};
    toc->n_options = 1;
    build_heading(&b, 1, "a")->anchor = STR("a");
    build_heading(&b, 2, "b");
    lay();
    expect("P't' TOC(TOCI(Reference(Link'a 1') TOC(TOCI(P'b '))))"
           " Sect(H1'a' Sect(H2'b'))");
    for (size_t i = 0; i < seen.n; i++)
        if (seen.items[i].op.kind == OP_LINK)
            assert_int_equal(tags_get(seen.tags, seen.items[i].op.tag)->kind, TAG_LINK);
}

/* Deeper entries are in their parent's; where a level is skipped there is nothing between. */
static void contents_nest(void **state)
{
    (void)state;
    static const int levels[] = {2, 1, 3, 3, 2, 3, 1, 2};
    struct block *toc = build_contents(&b, "toc");
    toc->options = ARENA_NEW(b.arena, struct block_option);
    *toc->options = (struct block_option){STR("levels"), STR("3")};
    toc->n_options = 1;
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        build_heading(&b, levels[i], arena_printf(b.arena, "%c", (char)('a' + i)));
    lay();
    const char *line = tree_line(), *want = "TOC(TOCI(P'a ') TOCI(P'b ' TOC(TOCI(P'c ') TOCI(P'd ') TOCI(P'e ' "
                                            "TOC(TOCI(P'f '))))) TOCI(P'g ' TOC(TOCI(P'h ')))) ";
    assert_string_equal(arena_copy(b.arena, line, strlen(want)), want);
}

static struct block *two_lines(const char *style, const char *first, const char *second)
{
    struct block *two = build_paragraph(&b, style, first);
    two->runs = ARENA_ARRAY(b.arena, 2, struct run);
    two->runs[0].text = str_from(first);
    two->runs[1] = (struct run){.text = str_from(second), .flags = RUN_BREAK};
    two->n = 2;
    return two;
}

/* But in what is one by its nature, and where a note has to stand behind all of it. */
static void lines_that_end_by_hand_are_paragraphs(void **state)
{
    (void)state;
    struct block *linked = two_lines("", "a", "b");
    linked->runs[0].link = linked->runs[1].link = STR("http://a.kr/");
    two_lines("title", "c", "d");
    two_lines("caption", "e", "f");
    two_lines("", "g", "h")->runs[0].note = 1;
    build_notes(&b, 1, "x");
    struct block *list = build_open(&b, BLOCK_LIST), *item = open_item();
    two_lines("", "i", "j");
    build_close(&b, item);
    build_close(&b, list);
    lay();
    expect("P(Link'a ') P(Link'b') Title'c d' P'e f' P(Reference(Link'1) ') 'h') " NOTE(
        "1") " L/Circle(LI(Lbl'\xe2\x97\x8b' LBody(P'i ' P'j')))");
}

/* Lines of one element, over pages and columns, read as one text. */
static void lines_join_with_blanks(void **state)
{
    (void)state;
    two_lines("title", "a", "b");
    struct block *columns = open_group("columns");
    struct block *text = build_lines(&b, "", 200);
    build_close(&b, columns);
    lay();
    struct buf *texts = tag_texts(&seen);
    check_tags(&seen, "document");
    tag_id first = tags_get(seen.tags, TAGS_ROOT)->first;
    assert_string_equal(texts[first].p, "a b");
    assert_true(seen.pages > 1);
    assert_true(str_equal(buf_view(&texts[tags_get(seen.tags, first)->next]), text->runs[0].text));
    texts_free(&seen, texts);
}

/* An object that is put off to the next page stays where it is read. */
static void floats_are_read_in_their_place(void **state)
{
    (void)state;
    build_lines(&b, "", 30);
    struct block *object = open_group("float");
    build_lines(&b, "", 30);
    build_close(&b, object);
    paragraph("behind");
    lay();
    check_tags(&seen, "document");
    assert_int_equal(find_text(&seen, "behind").page, 1);
    struct buf *texts = tag_texts(&seen);
    tag_id last = tags_get(seen.tags, TAGS_ROOT)->last;
    assert_string_equal(texts[last].p, "behind");
    texts_free(&seen, texts);
}

/* Two links to one place, of which the first goes on where the second begins. */
static void links_have_areas_of_their_own(void **state)
{
    (void)state;
    struct block *block = paragraph("");
    struct buf words = {0};
    for (int i = 0; i < 12; i++)
        buf_text(&words, "word and ");
    block->runs = ARENA_ARRAY(b.arena, 3, struct run);
    block->runs[0] = (struct run){.text = str_copy(b.arena, buf_view(&words)), .link = STR("http://a.kr/")};
    block->runs[1].text = STR("or ");
    block->runs[2] = (struct run){.text = STR("this"), .link = STR("http://a.kr/")};
    block->n = 3;
    lay();
    const struct op *areas[8], *last = NULL;
    size_t n = 0;
    for (size_t i = 0; i < seen.n && n < 8; i++)
        if (seen.items[i].op.kind == OP_LINK)
            areas[n++] = &seen.items[i].op;
        else if (seen.items[i].op.kind == OP_TEXT && str_equal(seen.items[i].op.text, STR("this")))
            last = &seen.items[i].op;
    assert_int_equal(n, 3);
    assert_int_equal(areas[0]->tag, areas[1]->tag);
    assert_int_not_equal(areas[1]->tag, areas[2]->tag);
    assert_true(areas[1]->y > areas[0]->y && areas[1]->y == areas[2]->y);
    assert_int_equal(areas[2]->tag, last->tag);
    buf_free(&words);
}

static void links_that_lead_nowhere_are_text(void **state)
{
    (void)state;
    struct block *block = paragraph("a");
    block->runs->link = STR("#nowhere");
    struct block *good = paragraph("b");
    good->runs->link = STR("http://a.kr/");
    lay();
    expect("P(Link?'a') P(Link'b')");
    tag_id bad = tags_get(seen.tags, tags_get(seen.tags, TAGS_ROOT)->first)->first;
    assert_false(tags_get(seen.tags, bad)->active);
    tag_id leads = tags_get(seen.tags, tags_get(seen.tags, TAGS_ROOT)->last)->first;
    assert_true(tags_get(seen.tags, leads)->active);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(children_stand_in_order),
        cmocka_unit_test(moved_elements_are_seen_where_they_go),
        cmocka_unit_test(text_between_links_has_its_place),
        cmocka_unit_test(areas_find_their_links_in_order),
        cmocka_unit_test(every_kind_has_a_name),
        cmocka_unit_test_setup_teardown(sections_nest_and_levels_skip_none, setup, teardown),
        cmocka_unit_test_setup_teardown(headings_inside_make_no_section, setup, teardown),
        cmocka_unit_test_setup_teardown(there_are_six_levels, setup, teardown),
        cmocka_unit_test_setup_teardown(heads_and_numbers_of_pages_are_furniture, setup, teardown),
        cmocka_unit_test_setup_teardown(headings_of_nothing_do_not_count, setup, teardown),
        cmocka_unit_test_setup_teardown(covers_are_parts_and_titles_are_one, setup, teardown),
        cmocka_unit_test_setup_teardown(containers_have_their_elements, setup, teardown),
        cmocka_unit_test_setup_teardown(titles_of_boxes_are_headings, setup, teardown),
        cmocka_unit_test_setup_teardown(lists_nest_in_bodies, setup, teardown),
        cmocka_unit_test_setup_teardown(lists_hold_items_only, setup, teardown),
        cmocka_unit_test_setup_teardown(numbering_follows_the_marks, setup, teardown),
        cmocka_unit_test_setup_teardown(captions_that_nothing_follows_are_paragraphs, setup, teardown),
        cmocka_unit_test_setup_teardown(notes_follow_what_calls_them, setup, teardown),
        cmocka_unit_test_setup_teardown(headings_in_notes_are_paragraphs, setup, teardown),
        cmocka_unit_test_setup_teardown(contents_lead_to_headings, setup, teardown),
        cmocka_unit_test_setup_teardown(contents_nest, setup, teardown),
        cmocka_unit_test_setup_teardown(lines_that_end_by_hand_are_paragraphs, setup, teardown),
        cmocka_unit_test_setup_teardown(lines_join_with_blanks, setup, teardown),
        cmocka_unit_test_setup_teardown(floats_are_read_in_their_place, setup, teardown),
        cmocka_unit_test_setup_teardown(links_have_areas_of_their_own, setup, teardown),
        cmocka_unit_test_setup_teardown(links_that_lead_nowhere_are_text, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
