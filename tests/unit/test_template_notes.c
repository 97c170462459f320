/* Footnotes in the text: what calls a note, what defines one, and that values and code are neither. */
#include "markdown_fixture.h"

static struct doc doc;

static const char *dump(void)
{
    struct buf out = {0};
    doc_dump(&doc, &out);
    const char *text = str_copy(arena, buf_view(&out)).p;
    buf_free(&out);
    return text;
}

static const char *markdown(const char *text)
{
    if (!template_markdown(arena, "t.md", str_from(text), NULL, &doc, &err))
        fail_msg("%s", err.text);
    return dump();
}

static void notes_are_numbered_as_called(void **state)
{
    (void)state;
    assert_string_equal(markdown("A[^two] and[^one], again[^two].\n\n[^one]: First.\n[^two]: Second\ngoes on.\n"),
                        "language | ko\n"
                        "paragraph: A[note 1] and[note 2], again[note 1].\n"
                        "note 1 ^two\n  paragraph .footnote: Second goes on.\n"
                        "note 2 ^one\n  paragraph .footnote: First.\n");
    assert_int_equal(doc.n_note_faults, 0);
}

static void notes_are_called_from_everywhere(void **state)
{
    (void)state;
    assert_string_equal(markdown("# H[^a]\n\n- **i[^b]**\n\n> q[^c]\n\n| t[^d] |\n|---|\n| [l[^e]](https://x.kr) |\n\n"
                                 "[^a]: 1\n[^b]: 2\n[^c]: 3\n[^d]: 4\n[^e]: 5\n"),
                        "title | H\nlanguage | ko\n"
                        "heading 1 #h: H[note 1]\n"
                        "list\n  item\n    paragraph: {strong :i}[note 2]\n"
                        "quote\n  paragraph: q[note 3]\n"
                        "table 1 x 1 l\n  header | t[note 4]\n  row | {https://x.kr:l}[note 5]\n"
                        "note 1 ^a\n  paragraph .footnote: 1\n"
                        "note 2 ^b\n  paragraph .footnote: 2\n"
                        "note 3 ^c\n  paragraph .footnote: 3\n"
                        "note 4 ^d\n  paragraph .footnote: 4\n"
                        "note 5 ^e\n  paragraph .footnote: 5\n");
}

static void code_and_escapes_are_text(void **state)
{
    (void)state;
    assert_string_equal(
        markdown("`[^a]` \\[^a] \\\\[^a] [^] [^ b] [^a b]\n\n```\n[^a]: code\n[^a]\n```\n\n    [^a]: code\n\n"
                 "[^a]: text\n"),
        "language | ko\n"
        "paragraph: {code :[^a]} [^a] \\[note 1] [^] [^ b] [^a b]\n"
        "code: {code :[^a]: code\\n[^a]}\n"
        "code: {code :[^a]: code}\n"
        "note 1 ^a\n  paragraph .footnote: text\n");
}

/* A definition has the lines of its paragraph and what is indented by four after an empty line. */
static void definitions_end(void **state)
{
    (void)state;
    assert_string_equal(
        markdown("x[^a][^b][^c][^d]\n\n[^a]: one\n- item\n\n[^b]:\n\n    two\n\n    - three\n\nafter\n\n"
                 "[^c]: four\n# heading\n\n   [^d]: five\n\n    `[^a]`\n"),
        "title | heading\nlanguage | ko\n"
        "paragraph: x[note 1][note 2][note 3][note 4]\n"
        "list\n  item\n    paragraph: item\n"
        "paragraph: after\n"
        "heading 1 #heading: heading\n"
        "note 1 ^a\n  paragraph .footnote: one\n"
        "note 2 ^b\n  paragraph .footnote: two\n  list\n    item\n      paragraph .footnote: three\n"
        "note 3 ^c\n  paragraph .footnote: four\n"
        "note 4 ^d\n  paragraph .footnote: five\n  paragraph .footnote: {code :[^a]}\n");
}

/* A note called by a note comes before what the text calls next: that is the order at the foot. */
static void notes_within_notes(void **state)
{
    (void)state;
    assert_string_equal(markdown("x[^a] y[^d]\n\n[^a]: 1[^b][^c]\n[^b]: 2[^e]\n[^c]: 3[^a]\n[^d]: 5\n[^e]: 4\n"),
                        "language | ko\n"
                        "paragraph: x[note 1] y[note 5]\n"
                        "note 1 ^a\n  paragraph .footnote: 1[note 2][note 3]\n"
                        "note 2 ^b\n  paragraph .footnote: 2[note 4]\n"
                        "note 3 ^c\n  paragraph .footnote: 3[note 1]\n"
                        "note 4 ^e\n  paragraph .footnote: 4\n"
                        "note 5 ^d\n  paragraph .footnote: 5\n");
}

/* In a note stands what makes no sense there: a heading is a paragraph, a page is not broken. */
static void headings_and_page_breaks_in_notes(void **state)
{
    (void)state;
    assert_string_equal(markdown("# T\n\nx[^a]\n\n[^a]: # head\n\n    {.pagebreak}\n\n    end\n"),
                        "title | T\nlanguage | ko\n"
                        "heading 1 #t: T\nparagraph: x[note 1]\n"
                        "note 1 ^a\n  paragraph .footnote #head: head\n  group\n  paragraph .footnote: end\n");
}

static void faults_are_told(void **state)
{
    (void)state;
    markdown("x[^none] `[^code]`\n\n[^unused]: y[^inner]\n[^inner]: z\n[^twice]: a[^twice]\n[^twice]: b\n");
    static const struct {
        enum note_fault_kind kind;
        const char *name;
        size_t line;
    } want[] = {{NOTE_UNUSED, "unused", 3},
                {NOTE_UNUSED, "inner", 4},
                {NOTE_UNUSED, "twice", 5},
                {NOTE_TWICE, "twice", 6},
                {NOTE_UNKNOWN, "none", 1}};
    assert_int_equal(doc.n_note_faults, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(doc.note_faults[i].kind, want[i].kind);
        assert_string_equal(doc.note_faults[i].name.p, want[i].name);
        assert_int_equal(doc.note_faults[i].line, want[i].line);
    }
}

/* In a template: values in names and texts, 조사 after what the note is about, and lines of errors. */
static void notes_in_a_template(void **state)
{
    (void)state;
    struct value *map = value_map(arena), *list = value_list(arena);
    static const char *const towns[] = {"시흥시", "[^b] *가* 군\n[^c]: x"};
    for (size_t i = 0; i < 2; i++) {
        struct value *item = value_map(arena);
        value_set(arena, item, "도시", value_text(arena, str_from(towns[i])));
        value_set(arena, item, "번호", value_number(arena, (int64_t)i));
        value_append(arena, list, item);
    }
    value_set(arena, map, "목록", list);
    const char *text = "{{#목록}}\n\n{{도시}}[^n{{번호}}]은(는)\n\n[^n{{번호}}]: {{도시}}이(가) 알림\n\n{{/목록}}\n";
    assert_true(template_render(arena, "t.md", str_from(text), map, NULL, &doc, &err));
    assert_string_equal(dump(), "language | ko\n"
                                "paragraph: 시흥시[note 1]는\n"
                                "paragraph: [^b] *가* 군 [^c]: x[note 2]는\n"
                                "note 1 ^n0\n  paragraph .footnote: 시흥시가 알림\n"
                                "note 2 ^n1\n  paragraph .footnote: [^b] *가* 군 [^c]: x가 알림\n");
    static const struct str names[] = {{"note", 4}};
    const struct style_list styles = {.names = names, .n = 1};
    assert_false(
        template_render(arena, "t.md", STR("a[^n]\n\n\n[^n]: b\n\n    {.noet}\n    c\n"), map, &styles, &doc, &err));
    assert_string_equal(err.text, "t.md:6: unknown style or option .noet in {.noet}; did you mean note?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(notes_are_numbered_as_called, setup, teardown),
        cmocka_unit_test_setup_teardown(notes_are_called_from_everywhere, setup, teardown),
        cmocka_unit_test_setup_teardown(code_and_escapes_are_text, setup, teardown),
        cmocka_unit_test_setup_teardown(definitions_end, setup, teardown),
        cmocka_unit_test_setup_teardown(notes_within_notes, setup, teardown),
        cmocka_unit_test_setup_teardown(headings_and_page_breaks_in_notes, setup, teardown),
        cmocka_unit_test_setup_teardown(faults_are_told, setup, teardown),
        cmocka_unit_test_setup_teardown(notes_in_a_template, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
