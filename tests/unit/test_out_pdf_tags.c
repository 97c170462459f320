/* The structure of tagged PDF files as other programs read it: the tree, what of the pages is whose, links. */
#include "random_below.h"
#include "tagged_sheet.h"

/* What poppler says of the tree, without numbers of objects. */
static void assert_tree(struct sheet *s, const char *expected)
{
    struct buf out = {0}, got = {0};
    struct str rest, line;
    check_qpdf(s);
    if (tool(s, (const char *[]){"pdfinfo", "-struct-text", "-enc", "UTF-8", NULL}, NULL, &out)) {
        for (rest = buf_view(&out); str_line(&rest, &line);) {
            size_t object = str_find(line, STR("Object "), 0);
            buf_str(&got, str_slice(line, 0, object == SIZE_MAX ? line.n : object + 6));
            buf_char(&got, '\n');
        }
        assert_string_equal(got.p, expected);
    }
    buf_free(&out);
    buf_free(&got);
}

static void test_elements_in_reading_order(void **state)
{
    struct sheet *s = *state;
    element(s, TAGS_ROOT, TAG_TITLE, "제목");
    tag_id sect = tags_add(tree, TAGS_ROOT, TAG_SECT);
    element(s, sect, TAG_H1, "절");
    tag_id p = element(s, sect, TAG_P, "앞 ");
    linked(s, p, "고리", "https://a.example/");
    element(s, p, TAG_TEXT, " 뒤 ");
    tags_at(tree, element(s, p, TAG_SPAN, "English"))->text = STR("en");
    tag_id note = tags_add(tree, sect, TAG_NOTE); /* its text comes last on the page */
    tag_id list = tags_add(tree, sect, TAG_L), item = tags_add(tree, list, TAG_LI);
    tags_at(tree, list)->numbering = NUMBERING_UPPER_ALPHA;
    element(s, item, TAG_LBL, "1.");
    element(s, item, TAG_LBODY, "항목");
    tag_id figure = element(s, sect, TAG_FIGURE, NULL);
    tags_at(tree, figure)->text = STR("막대 (둘)");
    add_op(s, (struct op){.kind = OP_RECT, .tag = figure});
    write_text(s, figure, "7");
    write_text(s, note, "각주");
    assert_true(render_as(s, PDF_ACCESS, tree));
    assert_tree(s, "Document\n"
                   "  P (block)\n    \"제목\"\n"
                   "  Sect\n"
                   "    H1 (block)\n      \"절\"\n"
                   "    P (block)\n      \"앞 \"\n"
                   "      Link (inline)\n        \"고리\"\n        Object\n"
                   "      \" 뒤 \"\n"
                   "      Span (inline)\n        \"English\"\n"
                   "    Note <N0000000009> (inline)\n      \"각주\"\n"
                   "    L (block):\n       /ListNumbering /UpperAlpha\n"
                   "      LI (block)\n"
                   "        Lbl (block)\n          \"1.\"\n"
                   "        LBody (block)\n          \"항목\"\n"
                   "    Figure:\n       /BBox [50 580 150 755]\n      \"7\"\n");
    struct str text = objects(s);
    assert_has(text, "/MarkInfo");
    assert_has(text, "/Marked true");
    assert_has(text, "/RoleMap << /Title /P >>");
    assert_has(text, "/S /Title");
    assert_has(text, "/Lang (en)");
    assert_has(text, "/Names [ (N0000000009)");
    assert_has(text, "/Alt <feffb9c9b30000200028b4580029>");
    assert_has(text, "/Tabs /S");
}

static tag_id cell(struct sheet *s, tag_id row, enum tag_kind kind, const char *text, enum tag_scope scope, int columns)
{
    tag_id tag = element(s, row, kind, text);
    tags_at(tree, tag)->scope = scope;
    tags_at(tree, tag)->columns = (uint16_t)columns;
    return tag;
}

/* Rows keep their empty cells; a row without any content is none. */
static void test_tables(void **state)
{
    struct sheet *s = *state;
    tag_id table = tags_add(tree, TAGS_ROOT, TAG_TABLE), head = tags_add(tree, table, TAG_THEAD);
    tag_id body = tags_add(tree, table, TAG_TBODY), row = tags_add(tree, head, TAG_TR);
    cell(s, row, TAG_TH, "도시", SCOPE_COLUMN, 0);
    cell(s, row, TAG_TH, "수", SCOPE_COLUMN, 2);
    row = tags_add(tree, body, TAG_TR);
    tags_at(tree, cell(s, row, TAG_TH, "시흥", SCOPE_ROW, 0))->rows = 3;
    cell(s, row, TAG_TD, NULL, SCOPE_NONE, 0);
    cell(s, row, TAG_TD, "2", SCOPE_NONE, 0);
    row = tags_add(tree, body, TAG_TR);
    cell(s, row, TAG_TD, NULL, SCOPE_NONE, 0);
    assert_true(render_as(s, PDF_ACCESS, tree));
    assert_tree(s, "Document\n"
                   "  Table (block)\n"
                   "    THead\n"
                   "      TR\n"
                   "        TH:\n           /Scope /Column\n          \"도시\"\n"
                   "        TH:\n           /Scope /Column\n           /ColSpan 2\n          \"수\"\n"
                   "    TBody\n"
                   "      TR\n"
                   "        TH:\n           /Scope /Row\n           /RowSpan 3\n          \"시흥\"\n"
                   "        TD\n"
                   "        TD\n          \"2\"\n");
    assert_int_equal(count(objects(s), "/S /TR"), objects(s).n ? 2 : 0);
}

/* An element goes on over an empty page; a note and a link end on another one than they begin on. */
static void test_pages(void **state)
{
    struct sheet *s = *state;
    tag_id p = element(s, TAGS_ROOT, TAG_P, "앞"), link = linked(s, p, "고리", "#note");
    tag_id note = tags_add(tree, TAGS_ROOT, TAG_NOTE);
    next_page(s);
    next_page(s);
    write_text(s, link, "고리 끝");
    add_op(s, (struct op){.kind = OP_LINK, .link = STR("#note"), .tag = link});
    element(s, p, TAG_TEXT, "뒤");
    write_text(s, note, "각주");
    add_op(s, (struct op){.kind = OP_ANCHOR, .text = STR("note")});
    assert_true(render_as(s, PDF_ACCESS, tree));
    assert_tree(s, "Document\n"
                   "  P (block)\n    \"앞\"\n"
                   "    Link (inline)\n      \"고리\"\n      \"고리 끝\"\n      Object\n      Object\n"
                   "    \"뒤\"\n"
                   "  Note <N0000000004> (inline)\n    \"각주\"\n");
    struct str text = objects(s);
    if (!text.n)
        return;
    assert_int_equal(count(text, "/StructParents 0"), 1);
    assert_int_equal(count(text, "/StructParents 1"), 0);
    assert_int_equal(count(text, "/StructParents 2"), 1);
    assert_int_equal(count(text, "/StructParent 3") + count(text, "/StructParent 4"), 2);
    assert_int_equal(count(text, "/ParentTreeNextKey 5"), 1);
    assert_int_equal(count(text, "/Type /MCR"), 2);
    assert_int_equal(count(text, "/Contents <fefface0b9acace0b9ac0020b05d00200028ac01c8fc002c00200033cabd0029>"), 2);
}

/* A link's description has the line that it leads to; an entry of contents, which begins with that line and ends in its
 * page, says neither twice. No word of the link is lost, whatever it begins with. */
static void test_targets(void **state)
{
    struct sheet *s = *state;
    s->info.language = STR("en");
    tag_id list = tags_add(tree, TAGS_ROOT, TAG_L), item = tags_add(tree, list, TAG_LI);
    linked(s, element(s, TAGS_ROOT, TAG_P, "see "), "4", "#item");
    linked(s, element(s, TAGS_ROOT, TAG_TOC, NULL), "Title 1", "#title");
    linked(s, element(s, TAGS_ROOT, TAG_TOC, NULL), "Title of two lines 1", "#title");
    linked(s, element(s, TAGS_ROOT, TAG_P, "see "), "Titles of 2021", "#title");
    element(s, TAGS_ROOT, TAG_H1, "Title");
    add_op(s, (struct op){.kind = OP_ANCHOR, .text = STR("title")});
    linked(s, element(s, TAGS_ROOT, TAG_P, "see "), "Part 1", "#part");
    element(s, TAGS_ROOT, TAG_H1, "Part 1");
    add_op(s, (struct op){.kind = OP_ANCHOR, .text = STR("part")});
    element(s, item, TAG_LBL, "9.");
    add_op(s, (struct op){.kind = OP_ANCHOR, .text = STR("item")});
    write_text(s, tags_add(tree, item, TAG_LBODY), "Ninth");
    assert_true(render_as(s, PDF_ACCESS, tree));
    struct str text = objects(s);
    assert_int_equal(count(text, "/Contents (4 \\(Ninth, p. 1\\))"), text.n ? 1 : 0);
    assert_int_equal(count(text, "/Contents (Title \\(p. 1\\))"), text.n ? 1 : 0);
    assert_int_equal(count(text, "/Contents (Title of two lines \\(p. 1\\))"), text.n ? 1 : 0);
    assert_int_equal(count(text, "/Contents (Part 1 \\(p. 1\\))"), text.n ? 1 : 0);
    assert_int_equal(count(text, "/Contents (Titles of 2021 \\(p. 1\\))"), text.n ? 1 : 0);
}

/* Links that are refused, lead nowhere or have no element: no area, and their text is that of the block. */
static void test_links(void **state)
{
    struct sheet *s = *state;
    s->info.language = STR("en");
    tag_id p = element(s, TAGS_ROOT, TAG_P, "a ");
    linked(s, p, "script", "javascript:alert(1)");
    element(s, p, TAG_TEXT, " b ");
    linked(s, p, "nowhere", "#nowhere");
    linked(s, p, "https://a.example/", "https://a.example/");
    linked(s, p, NULL, "https://b.example/");
    tag_id call = tags_add(tree, p, TAG_REFERENCE);
    linked(s, call, "1)", "#here");
    linked(s, tags_add(tree, TAGS_ROOT, TAG_P), NULL, "ftp://no.example/");
    char far[1000] = "https://f.example/";
    memset(far + strlen(far), 'x', sizeof far - strlen(far) - 1);
    tag_id cut = linked(s, tags_add(tree, TAGS_ROOT, TAG_P), "foot", far);
    write_text(s, cut, "\u00AD");
    s->ops[s->n - 1].n = 1;
    write_text(s, cut, "note");
    tag_id figure = element(s, TAGS_ROOT, TAG_FIGURE, "left"), tile = tags_add(tree, figure, TAG_LINK);
    add_op(s, (struct op){.kind = OP_LINK, .link = STR("#here"), .text = STR("7"), .tag = tile});
    add_op(s, (struct op){.kind = OP_LINK, .link = STR("https://c.example/"), .tag = p});
    add_op(s, (struct op){.kind = OP_LINK, .link = STR("https://d.example/"), .artifact = true});
    add_op(s, (struct op){.kind = OP_ANCHOR, .text = STR("here")});
    assert_true(render_as(s, PDF_ACCESS, tree));
    assert_tree(s, "Document\n"
                   "  P (block)\n    \"a \"\n    \"script\"\n    \" b \"\n    \"nowhere\"\n"
                   "    Link (inline)\n      \"https://a.example/\"\n      Object\n"
                   "    Link (inline)\n      Object\n"
                   "    Reference (inline)\n"
                   "      Link (inline)\n        \"1)\"\n        Object\n"
                   "  P (block)\n    Link (inline)\n      \"footnote\"\n      Object\n"
                   "  Figure:\n     /BBox [50 460 67 472]\n    \"left\"\n    Link (inline)\n      Object\n");
    struct str text = objects(s);
    if (!text.n)
        return;
    assert_int_equal(count(text, "/Subtype /Link"), 5);
    assert_int_equal(count(text, "/Contents (https://a.example/)"), 1);
    assert_int_equal(count(text, "/Contents (https://b.example/)"), 1);
    assert_int_equal(count(text, "/Contents (1\\) \\(p. 1\\))"), 1);
    assert_int_equal(count(text, "/Contents <feff0066006f006f0074006e006f00740065002000280068"), 1); /* "footnote (h" */
    assert_int_equal(count(text, "00780078007820260029>"), 1);
    assert_int_equal(count(text, "/Contents (7 \\(p. 1\\))"), 1);
}

/* Marks: one for neighbouring text of an element, none broken by what shows nothing; drawings are decoration but in a
 * Figure, which is one mark whatever is in it. */
static void test_marks(void **state)
{
    struct sheet *s = *state;
    tag_id p = element(s, TAGS_ROOT, TAG_P, "1"), figure = tags_add(tree, TAGS_ROOT, TAG_FIGURE);
    add_op(s, (struct op){.kind = OP_ANCHOR, .text = STR("a")});
    write_text(s, p, "2");
    add_op(s, (struct op){.kind = OP_RECT, .tag = p});
    write_text(s, 0, "3");
    write_text(s, p, "4");
    add_op(s, (struct op){.kind = OP_RECT, .tag = figure});
    write_text(s, figure, "5");
    add_op(s, (struct op){.kind = OP_LINK, .tag = tags_add(tree, figure, TAG_LINK), .link = STR("https://a.example/")});
    write_text(s, tags_add(tree, figure, TAG_TEXT), "6");
    add_op(s, (struct op){.kind = OP_LINE, .size = 1, .tag = figure});
    write_text(s, 0, "7");
    s->ops[s->n - 1].furniture = true;
    write_text(s, 0, "8");
    s->ops[s->n - 1].furniture = true;
    s->ops[s->n - 1].y = 800;
    assert_true(render_as(s, PDF_ACCESS, tree));
    struct str text = objects(s), word;
    struct buf marks = {0};
    for (text = content(text); str_field(&text, ' ', &word);)
        if (str_is_any(word, (const char *const[]){"BT", "ET", "BMC", "EMC", "f", "S", NULL}) ||
            str_starts_any(word, (const char *const[]){"/P", "/Figure", "/Artifact", NULL}))
            buf_printf(&marks, STR_FMT " ", STR_ARG(word));
        else if (str_ends(word, STR("]TJ")))
            buf_text(&marks, "TJ ");
    if (marks.n)
        assert_string_equal(marks.p, "BT /P<</MCID TJ TJ EMC ET "
                                     "/Artifact BMC f BT TJ ET EMC "
                                     "BT /P<</MCID TJ EMC ET "
                                     "/Figure<</MCID f BT TJ TJ ET S EMC "
                                     "/Artifact<</Type/Pagination/Subtype/Header>>BDC BT TJ ET EMC "
                                     "/Artifact<</Type/Pagination/Subtype/Footer>>BDC BT TJ ET EMC ");
    buf_free(&marks);
}

/* Whatever comes: marks and text objects nest, each mark has a number of its own, all text is in the tree. */
static void check_nesting(struct str content)
{
    char stack[8];
    size_t depth = 0, next = 0;
    struct str word, before = {0};
    for (; str_field(&content, ' ', &word); before = word) {
        bool begins_mark = str_ends(word, STR("BDC")) || str_ends(word, STR("BMC"));
        if (str_ends(before, STR("/MCID")))
            assert_int_equal(strtoul(word.p, NULL, 10), next++);
        assert_true(depth < sizeof stack);
        if (str_equal(word, STR("BT")) || begins_mark)
            stack[depth++] = begins_mark ? 'M' : 'T';
        else if (str_equal(word, STR("ET")) || str_equal(word, STR("EMC")))
            assert_true(depth && stack[--depth] == (word.p[1] == 'T' ? 'T' : 'M'));
        else if (str_ends(word, STR("TJ")) || str_equal(word, STR("f")) || str_equal(word, STR("S")))
            assert_true(depth && (stack[0] == 'M' || (depth > 1 && stack[1] == 'M')));
    }
    assert_int_equal(depth, 0);
}

static void test_random_pages(void **state)
{
    struct sheet *s = *state;
    const enum tag_kind kinds[] = {TAG_P, TAG_FIGURE, TAG_LINK, TAG_TEXT, TAG_SPAN, TAG_DIV};
    for (int round = 0; round < 30; round++) {
        s->n = 0;
        tags_free(tree);
        tree = tags_new();
        for (int i = 0; i < 20; i++)
            tags_add(tree, (tag_id)random_below(tags_count(tree)) + 1, i ? kinds[random_below(6)] : TAG_DIV);
        while (s->n < 60) {
            tag_id tag = (tag_id)random_below(tags_count(tree) + 1);
            const enum op_kind drawn[] = {OP_TEXT, OP_RECT, OP_LINE, OP_LINK, OP_ANCHOR};
            enum op_kind kind = drawn[random_below(5)];
            if (kind == OP_TEXT)
                write_text(s, tag, random_below(2) ? "가나 다" : "\u1112\u119e\u11ab");
            else
                add_op(s,
                       (struct op){
                           .kind = kind, .size = 1, .tag = tag, .artifact = !tag, .link = STR("https://a.example/")});
            s->ops[s->n - 1].furniture = !tag && random_below(2);
        }
        assert_true(render_as(s, PDF_ACCESS, tree));
        check_qpdf(s);
        check_nesting(content(objects(s)));
    }
}

/* ISO 19005-3 6.2.11.7: private characters need ActualText, and each code that is shown a text. */
static void test_text_of_odd_glyphs(void **state)
{
    struct sheet *s = *state;
    tag_id p = element(s, TAGS_ROOT, TAG_P, "가나다"), odd = element(s, TAGS_ROOT, TAG_P, "라마바");
    s->ops[0].text = STR("가\uE000다");
    s->ops[1].text = STR("x바"); /* two glyphs for one letter that neither shows */
    ((struct glyph *)(uintptr_t)s->ops[1].glyphs)[1].cluster = 0;
    ((struct glyph *)(uintptr_t)s->ops[1].glyphs)[2].cluster = 1;
    assert_true(p && odd && render_as(s, PDF_ACCESS, tree));
    check_qpdf(s);
    struct str text = objects(s);
    if (!text.n)
        return;
    assert_has(text, "/ActualText<feffe000>");
    assert_has(text, "/ActualText<feff0078>");
    assert_has(text, "<E000>");
    assert_has(text, "<0078>");
    assert_has(text, "<2060>");
    assert_true(render_as(s, PDF_PLAIN, tree));
    text = objects(s);
    assert_int_equal(count(text, "<feffe000>") + count(text, "<2060>"), 0);
}

/* One glyph for more text than a code may say: how it begins, and all of it under ActualText. */
static void test_text_of_a_long_cluster(void **state)
{
    enum { BEGUN = 20, LONG = 300 };
    struct sheet *s = *state;
    element(s, TAGS_ROOT, TAG_P, "A");
    for (int joiners = BEGUN; joiners <= LONG; joiners += LONG - BEGUN) {
        struct buf text = {0};
        buf_char(&text, 'A');
        for (int i = 0; i < joiners; i++)
            buf_utf8(&text, 0x200D);
        s->ops[0].text = str_copy(s->arena, buf_view(&text));
        buf_free(&text);
        assert_true(render_as(s, PDF_ACCESS, tree));
        check_qpdf(s);
        assert_has(objects(s), "[<0041200D200D200D200D200D200D200D>]");
        assert_has(objects(s), "/ActualText<feff0041200d200d200d200d");
    }
}

static void test_plain_is_untagged(void **state)
{
    struct sheet *s = *state;
    tag_id p = element(s, TAGS_ROOT, TAG_P, "글");
    linked(s, p, "고리", "https://a.example/");
    write_text(s, 0, "쪽");
    assert_true(render_as(s, PDF_PLAIN, tree));
    struct str tagged = str_copy(s->arena, buf_view(&s->pdf));
    for (size_t i = 0; i < s->n; i++)
        s->ops[i].tag = 0;
    assert_true(render(s, 1));
    assert_true(str_equal(tagged, buf_view(&s->pdf)));
    assert_int_equal(count(objects(s), "MCID") + count(objects(s), "Struct") + count(objects(s), "/Contents ("), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TAGGED(test_elements_in_reading_order),
        TAGGED(test_tables),
        TAGGED(test_pages),
        TAGGED(test_targets),
        TAGGED(test_links),
        TAGGED(test_marks),
        TAGGED(test_random_pages),
        TAGGED(test_text_of_odd_glyphs),
        TAGGED(test_text_of_a_long_cluster),
        TAGGED(test_plain_is_untagged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
