/* Markdown → blocks: the notation of the room, hostile input in linear time. */
#include "base/utf8.h"
#include "random_text.h"
#include "template/template.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static struct str joined(struct arena *arena, const struct run *runs, size_t n)
{
    struct buf out = {0};
    for (size_t i = 0; i < n; i++)
        buf_str(&out, runs[i].text);
    struct str result = str_copy(arena, str_trim(buf_view(&out)));
    buf_free(&out);
    return result;
}

static void check(struct str expected, struct str got, const char *where)
{
    if (!str_equal(expected, got))
        fail_msg("%s: expected \"" STR_FMT "\", got \"" STR_FMT "\"", where, STR_ARG(expected), STR_ARG(got));
}

static const struct block *first_of(const struct doc *doc, enum block_kind kind)
{
    static const struct block none;
    for (const struct block *block = doc->first; block; block = block->next)
        if (block->kind == kind)
            return block;
    fail_msg("no block of kind %d", (int)kind);
    return &none;
}

/* The same pieces as the text itself: whatever comes out, it comes out. */
static void test_random_text_never_breaks_the_reader(void **state)
{
    (void)state;
    size_t good = 0;
    for (int round = 0; round < 20000; round++) {
        struct arena *arena = arena_new();
        struct value *map = value_map(arena);
        struct str a = random_value(arena), b = random_value(arena), c = random_value(arena);
        struct str text =
            str_from(arena_printf(arena, STR_FMT "\n" STR_FMT "\n\n" STR_FMT, STR_ARG(a), STR_ARG(b), STR_ARG(c)));
        struct doc doc;
        struct err err = {0};
        struct buf dump = {0};
        value_set(arena, map, "x", value_text(arena, c));
        bool plain = template_markdown(arena, "r.md", text, NULL, &doc, &err);
        if (plain)
            doc_dump(&doc, &dump);
        assert_int_equal(utf8_invalid(buf_view(&dump)), SIZE_MAX);
        assert_int_equal(plain, err.kind == ERR_NONE);
        err = (struct err){0};
        good += template_render(arena, "r.md", text, map, NULL, &doc, &err);
        buf_free(&dump);
        arena_free(arena);
    }
    assert_in_range(good, 1000, 20000);
}

/* --- notation --- */

static const struct {
    const char *name, *text, *dump;
} cases[] = {
    {"particle after markup", "**{{city}}**은(는) {{n}}건을(를) `{{city}}`이(가)",
     "paragraph: {strong :시흥시}는 1,200건을 {code :시흥시}가\n"},
    {"strong closes between a sign and Hangul", "비율 **50%**로 **\"인용\"**은",
     "paragraph: 비율 {strong :50%}로 {strong :\"인용\"}은\n"},
    {"a pair in a value is data", "{{pair}}이(가)", "paragraph: 은(는)이\n"},
    {"plain pair", "서울(으)로 간다", "paragraph: 서울로 간다\n"},
    {"table with all alignments", "| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |",
     "table 3 x 1 lcr\n  header | a | b | c\n  row | 1 | 2 | 3\n"},
    {"table columns from a list",
     "|{{#list}} {{k}} |{{/list}}\n|{{#list}} --- |{{/list}}\n|{{#list}} {{k}} |{{/list}}\n",
     "table 2 x 1 ll\n  header | a|b | c\n  row | a|b | c\n"},
    {"joined cells", "| a | < | b |\n|---|---|---|\n| c | d |<|\n| ^ | e|\t^ |\n",
     "table 3 x 2 lll\n  header | a | [left] | b\n  row | c | d | [left]\n  row | [up] | e | [up]\n"},
    {"values and escaped signs join nothing",
     "| a | b | c |\n|---|---|---|\n| {{less}} | {{caret}} | \\< |\n| \\^ | `<` | **^** |\n| x < y | << | {{none}}< "
     "|\n",
     "table 3 x 3 lll\n  header | a | b | c\n  row | < | ^ | <\n  row | ^ | {code :<} | {strong :^}\n"
     "  row | x < y | << | <\n"},
    {"a sign alone between bars is text where there is no table", "a\n| < | ^ | \\< | <b> |",
     "paragraph: a | < | ^ | < | <b> |\n"},
    {"options of a table", "{.grid widths=\"2 1\" total=1}\n\n| a | b |\n|---|---|\n",
     "table .grid widths=2 1 total=1 2 x 0 ll\n  header | a | b\n"},
    {"list item anchor", "1. a {#one}\n2. b\n\n[x](#one) [y](#none)",
     "list from 1\n  item\n    paragraph #one: a\n  item\n    paragraph: b\nparagraph: {#one:x} y\n"},
    {"references to what is no character",
     "a&#xFFFE;b&#65535;\n\n| &#xffff; |\n|---|\n| [c](https://a.kr/&#xFFFE;) |\n\n~~~ &#xFFFF;\nd\n~~~\n",
     "paragraph: a\xEF\xBF\xBD"
     "b\xEF\xBF\xBD\ntable 1 x 1 l\n  header | \xEF\xBF\xBD\n"
     "  row | {https://a.kr/%EF%BF%BD:c}\ncode: {code :d}\n"},
    {"style and break", "{.unit}\n(단위: 건)\n\n{.pagebreak}\n\n***\n",
     "paragraph .unit: (단위: 건)\npage-break\nrule\n"},
    {"style of a table", "{.caption #t}\n\n| a |\n|---|\n", "table .caption #t 1 x 0 l\n  header | a\n"},
    {"group", "{.keep}\n\n# a\n\nb\n\n{.end}\n\nc", "group .keep\n  heading 1 #a: a\n  paragraph: b\nparagraph: c\n"},
    {"hard break", "a  \nb<br>c\nd", "paragraph: a[break]{:b}[break]{:c d}\n"},
    {"no HTML", "<div>\n<script>x</script>\n</div>\n\na <b>c</b> &lt; 3 < 4",
     "paragraph: <div> <script>x</script> </div>\nparagraph: a <b>c</b> < 3 < 4\n"},
    {"an escaped less-than is one", "a \\<b> c \\\\<b> `\\<b>`", "paragraph: a <b> c \\<b> {code :\\<b>}\n"},
    {"comments go", "<!-- x -->\n\na <!-- b --> c", "paragraph: a c\n"},
    {"safe links only",
     "[a](javascript:x) [b](file:///x) [c](http://u:p@x.kr/) [d](HTTPS://x.kr/가?a=\"b) [e](mailto:a@x.kr) [f](data:x)",
     "paragraph: a b c {HTTPS://x.kr/%EA%B0%80?a=%22b:d} {mailto:a@x.kr:e} f\n"},
    {"links from values", "[a]({{js}}) [b]({{url}})", "paragraph: a {https://x.kr/%28?q=%7C&#x:b}\n"},
    {"empty values leave nothing", "a\n\n{{none}}\n\n- {{none}}\n\nb", "paragraph: a\nparagraph: b\n"},
    {"private code points", "a\xf3\xb0\x80\x80\xf4\x80\x80\x80{{city}}",
     "paragraph: a\xf3\xb0\x80\x80\xf4\x80\x80\x80시흥시\n"},
    {"duplicate headings", "# A b\n\n# A b\n\n## !\n",
     "title | A b\nlanguage | ko\nheading 1 #a-b: A b\nheading 1 #a-b-2: A b\nheading 2 #section: !\n"},
    {"code keeps its lines", "```\n{{city}} <b>\n\tx\n```", "code: {code :시흥시 <b>\\n    x}\n"},
    {"delimiters inside a table body", "| a |\n|---|\n| - |\n|---|\n",
     "table 1 x 2 l\n  header | a\n  row | -\n  row | ---\n"},
    {"a blank run before a break", "가` `{{none}}  \n나", "paragraph: 가[break]{:나}\n"},
    {"spans", "앞 [글 **굵게**]{.강조} 뒤 [2]{.sup} H[2]{.sub}O",
     "paragraph: 앞 {.강조 :글 }{strong .강조 :굵게} 뒤 {super :2} H{sub :2}O\n"},
    {"spans in each other and beside brackets", "[a [b]{.x} [c]]{.y} [d] e]{.z} [f",
     "paragraph: {.y :a }{.x :b}{.y : [c]} [d] e]{.z} [f\n"},
    {"a span ends in its own node", "[a **b]{.x} c** d]{.y} *[e*]{.x}",
     "paragraph: {.y :a }{strong .y :b]{.x} c}{.y : d} {em :[e}]{.x}\n"},
    {"a span of a value, and a particle", "[{{city}}]{.name}은(는) `[a]{.x}` 3~5월 ~그~ ^위^",
     "paragraph: {.name :시흥시}는 {code :[a]{.x}} 3~5월 ~그~ ^위^\n"},
    {"span in a table and a heading", "# [가]{.x}\n\n| [나]{.x} |\n|---|\n",
     "title | 가\nlanguage | ko\nheading 1 #가: {.x :가}\ntable 1 x 0 l\n  header | {.x :나}\n"},
    {"languages",
     "[Bio *Hub*]{lang=en}은(는) [2]{.sup lang=fr} [a [가]{lang=ko} `b`]{.강조 lang=\"en\"} [c]{lang=zh-Hant-TW}",
     "paragraph: {lang=en :Bio }{em lang=en :Hub}는 {super lang=fr :2} {.강조 lang=en :a }{.강조 lang=ko :가}{.강조 "
     "lang=en : }{code .강조 lang=en :b} {lang=zh-Hant-TW :c}\n"},
    {"no languages of spans", "[a]{lang=} [b]{lang} [c]{lang=en x} [d]{ lang=en} [e]{lang=en .x .y}",
     "paragraph: a [b]{lang} [c]{lang=en x} [d]{ lang=en} [e]{lang=en .x .y}\n"},
    {"blocks in other languages",
     "{lang=en}\na [나]{lang=ko}\n\nb\n\n{lang=en}\n\n- c\n\n  {lang=ja}\n  d\n- e\n\nf\n\n{lang=en .note}\n\n| g "
     "|\n|---|\n| h |"
     "\n\n{.box lang=en}\n\ni\n\n{.box lang=ja}\n\n> j\n\n{.end}\n\n```\nk\n```\n\n{.end}\n\nl\n",
     "paragraph: {lang=en :a }{lang=ko :나}\nparagraph: b\nlist\n  item\n    paragraph: {lang=en :c}\n    paragraph: "
     "{lang=ja :d}\n  item\n    paragraph: {lang=en :e}\nparagraph: f\ntable .note 1 x 1 l\n  header | {lang=en :g}\n  "
     "row | {lang=en :h}\nbox .box\n  paragraph: {lang=en :i}\n  box .box\n    quote\n      paragraph: {lang=ja :j}\n  "
     "code: {code "
     "lang=en :k}\nparagraph: l\n"},
    {"a language from a value", "[a]{lang={{code}}} [b]{lang={{none}}}\n\n{lang={{code}}}\nc",
     "paragraph: {lang=en :a} b\nparagraph: {lang=en :c}\n"},
    {"boxes", "{.box .warn title=\"주의: {{city}}\" #b}\n\na\n\n{.box}\n\n- b\n\n{.end}\n\n{.end}\n\nc",
     "box .warn title=주의: 시흥시 #b\n  paragraph: a\n  box .box\n    list\n      item\n        paragraph: b\n"
     "paragraph: c\n"},
    {"a cover takes the title",
     "---\ntitle: 제목\nsubtitle: 부제\n---\n\n{.cover}\n\n{.cover-org}\n도청\n\n{.end}\n\na",
     "title | 제목\nsubtitle | 부제\nlanguage | ko\ncover .cover\n  paragraph .cover-title: 제목\n"
     "  paragraph .cover-subtitle: 부제\n  paragraph .cover-org: 도청\nparagraph: a\n"},
    {"a cover's own title", "{.cover}\n\n{.cover-title}\n내 제목\n\n{.end}\n",
     "title | 내 제목\nlanguage | ko\ncover .cover\n  paragraph .cover-title: 내 제목\n"},
    {"contents, and anchors for captions",
     "{.toc levels=\"3\" title=\"차례\" #toc}\n\n{.figures}\n\n{.caption}\n표\n\n{.caption #mine}\n표\n\n- {.figure}\n "
     " 그림",
     "contents .toc levels=3 title=차례 #toc\ncontents .figures\nparagraph .caption #caption: 표\n"
     "paragraph .caption #mine: 표\nlist\n  item\n    paragraph .figure #caption-2: 그림\n"},
    {"contents in a cell are text", "| {.toc} |\n|---|\n", "table 1 x 0 l\n  header | {.toc}\n"},
    {"image is its text", "![글](http://x.kr/a.png)", "paragraph: 글\n"},
};

static struct value *sample(struct arena *arena)
{
    struct value *map = value_map(arena), *list = value_list(arena), *a = value_map(arena), *c = value_map(arena);
    value_set(arena, map, "city", value_text(arena, STR("시흥시")));
    value_set(arena, map, "n", value_number(arena, 1200));
    value_set(arena, map, "pair", value_text(arena, STR("은(는)")));
    value_set(arena, map, "none", value_text(arena, STR(" ")));
    value_set(arena, map, "code", value_text(arena, STR("en")));
    value_set(arena, map, "less", value_text(arena, STR("<")));
    value_set(arena, map, "caret", value_text(arena, STR("^")));
    value_set(arena, map, "js", value_text(arena, STR("javascript:alert(1)")));
    value_set(arena, map, "url", value_text(arena, STR("https://x.kr/%28?q=|&#x")));
    value_set(arena, a, "k", value_text(arena, STR("a|b")));
    value_set(arena, c, "k", value_text(arena, STR("c")));
    value_append(arena, list, a);
    value_append(arena, list, c);
    value_set(arena, map, "list", list);
    return map;
}

static void test_notation(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        struct doc doc;
        struct err err = {0};
        struct buf dump = {0};
        if (!template_render(arena, "t.md", str_from(cases[i].text), sample(arena), NULL, &doc, &err))
            fail_msg("%s: %s", cases[i].name, err.text);
        doc_dump(&doc, &dump);
        struct str got = buf_view(&dump);
        if (!str_starts(str_from(cases[i].dump), STR("title"))) { /* the document's own lines are not what is asked */
            size_t skip = str_find(got, STR("language | ko\n"), 0);
            got = str_slice(got, skip + 14, got.n);
        }
        check(str_from(cases[i].dump), got, cases[i].name);
        buf_free(&dump);
        arena_free(arena);
    }
}

static void test_plain_markdown_is_left_alone(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    static const struct str names[] = {{"note", 4}};
    static const struct str characters[] = {{"code", 4}};
    const struct style_list styles = {names, 1, characters, 1};
    struct doc doc;
    struct err err = {0};
    struct buf dump = {0};
    struct str text = STR("---\ntitle: 제목\nlayout: post\ntags:\n  - a\n---\n{{x}} 은(는) 도시은(는) \xf3\xb0\x80\x80 "
                          "{.odd}\n\n{.odd}\n\n[a]{.odd} [b]{.code}\n\n{lang=xx}\n\n[c]{lang=jp}\n");
    assert_true(template_markdown(arena, "a.md", text, &styles, &doc, &err));
    doc_dump(&doc, &dump);
    check(STR("title | 제목\nlanguage | ko\nparagraph .title: 제목\nparagraph: {{x}} 은(는) 도시은(는) "
              "\xf3\xb0\x80\x80 {.odd}\nparagraph: {.odd}\nparagraph: [a]{.odd} {.code :b}\nparagraph: {lang=xx}\n"
              "paragraph: [c]{lang=jp}\n"),
          buf_view(&dump), "plain");
    buf_free(&dump);
    arena_free(arena);
}

/* --- hostile input --- */

static const struct {
    const char *name, *start, *repeat, *end;
} hostile[] = {
    {"brackets", "", "[", "a"},
    {"closed brackets", "", "[a]", ""},
    {"spans", "", "[a]{.x}", ""},
    {"opening spans", "", "[*a*", "]{.x}"},
    {"closing spans", "[", "]{.x}", ""},
    {"spans in strong", "", "**[a** b]{.x}", ""},
    {"links", "", "[a](", ""},
    {"links with pointers", "", "[a](<b", ""},
    {"images", "", "![[]()", ""},
    {"references", "", "[a][", ""},
    {"emphasis", "", "*a **a ", ""},
    {"nested emphasis", "", "*a", ""},
    {"underscores", "", "_a__b", ""},
    {"mixed runs", "", "a**b_c", ""},
    {"backquotes", "", "`a``", ""},
    {"less-than", "", "<", ""},
    {"escaped less-than", "", "\\<", ""},
    {"comments", "", "<!--", ""},
    {"cells of a row", "a|b\n-|-\n", "|<|^", ""},
    {"cells of a header", "", "|a", "\n-|-\n"},
    {"joins without a table", "", "| < ", ""},
    {"blanks before a join", "|", " ", "<|"},
    {"open comments, one end", "", "<!-- ", "-->"},
    {"declarations", "", "<!A ", ""},
    {"entities", "", "&", ""},
    {"backslashes", "", "\\", ""},
    {"pipes", "", "|", ""},
    {"delimiter rows", "a\n", "|-\n", ""},
    {"colon rows", "a\n", ":-\n", ""},
    {"quoted delimiter rows", "> a\n", "> |-\n", ""},
    {"short rows", "|a|b|c|d|e|f|g|h|\n|-|-|-|-|-|-|-|-|\n", "|a\n", ""},
    {"definitions", "", "[a]: b\n", ""},
    {"headings", "", "# a\n", ""},
    {"setext", "", "a\n-\n", ""},
    {"items", "", "- a\n", ""},
    {"numbers", "", "1. a\n\n", ""},
    {"quotes", "", "> a\n\n", ""},
    {"fences", "", "```\n", ""},
    {"breaks", "", "a  \n", ""},
    {"private", "", "\xf3\xb0\x80\x80 ", ""},
    {"strong after signs", "", "%**가", ""},
    {"particles", "", "))은(는)", ""},
    {"anchors", "", "a {#b}\n\n", ""},
    {"combining", "a", "\xcc\x81", ""},
};

static double seconds_for(size_t i, size_t bytes)
{
    struct arena *arena = arena_new();
    struct buf text = {0};
    struct doc doc;
    struct err err = {0};
    buf_text(&text, hostile[i].start);
    while (text.n < bytes)
        buf_text(&text, hostile[i].repeat);
    buf_text(&text, hostile[i].end);
    clock_t start = clock();
    if (!template_markdown(arena, "hostile.md", buf_view(&text), NULL, &doc, &err))
        assert_int_equal(err.kind, ERR_INPUT);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    buf_free(&text);
    arena_free(arena);
    return seconds;
}

static void test_hostile_markdown_takes_linear_time(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        double small = seconds_for(i, 100000), large = seconds_for(i, 400000);
        if (large > 0.25)
            print_message("%s: %.3f s for 100 kB, %.3f s for 400 kB\n", hostile[i].name, small, large);
        if (large > 0.5 && large > 10 * small)
            fail_msg("%s: %.3f s for 100 kB, %.3f s for 400 kB", hostile[i].name, small, large);
    }
}

static bool nested(const char *open, size_t times, bool lines, struct err *err)
{
    struct arena *arena = arena_new();
    struct buf text = {0};
    struct doc doc;
    for (size_t i = 0; i < times; i++) {
        for (size_t k = 0; lines && k < i; k++)
            buf_text(&text, "  ");
        buf_text(&text, open);
        buf_text(&text, lines ? "a\n" : "");
    }
    buf_text(&text, "a");
    bool good = template_markdown(arena, "deep.md", buf_view(&text), NULL, &doc, err);
    buf_free(&text);
    arena_free(arena);
    return good;
}

static void test_deep_nesting_is_an_error_by_name(void **state)
{
    (void)state;
    struct err err = {0};
    assert_true(nested("> ", 60, false, &err));
    assert_false(nested(">", 100000, false, &err));
    assert_string_equal(err.text, "deep.md:1: more than 100 block markers (> - * 1.) on one line");
    err = (struct err){0};
    assert_false(nested("> ", 80, false, &err));
    assert_string_equal(err.text, "deep.md:1: lists or quotations nested deeper than 64");
    err = (struct err){0};
    assert_false(nested("1. ", 100000, false, &err));
    err = (struct err){0};
    assert_false(nested("- ", 1000, true, &err));
    assert_non_null(strstr(err.text, "nested deeper than 64"));
}

/* Outside of templates unknown names stay text, but for those of containers, whose {.end} would be left over. */
static void test_a_box_of_no_style_is_an_error(void **state)
{
    (void)state;
    static const struct str names[] = {{"box", 3}};
    const struct style_list styles = {.names = names, .n = 1};
    struct arena *arena = arena_new();
    struct doc doc;
    struct err err = {0};
    assert_true(template_markdown(arena, "a.md", STR("{.bax}\n\ntext"), &styles, &doc, &err));
    assert_false(template_markdown(arena, "a.md", STR("{.box .bax}\n\ntext\n\n{.end}"), &styles, &doc, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    assert_string_equal(err.text, "a.md:1: unknown style or option .bax in {.box .bax}; did you mean box?");
    arena_free(arena);
}

static void test_tables_have_a_bound(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct buf text = {0};
    struct doc doc;
    struct err err = {0};
    for (int i = 0; i < 300; i++)
        buf_text(&text, "|a");
    buf_text(&text, "|\n");
    for (int i = 0; i < 300; i++)
        buf_text(&text, "|-");
    buf_text(&text, "|\n");
    assert_false(template_markdown(arena, "wide.md", buf_view(&text), NULL, &doc, &err));
    assert_string_equal(err.text, "wide.md:2: a table of more than 256 columns");
    err = (struct err){0};
    buf_clear(&text);
    buf_text(&text, "|a|b|c|d|e|f|g|h|i|\n|-|-|-|-|-|-|-|-|-|\n");
    for (int i = 0; i < 200000; i++) /* cmark would pad every row */
        buf_text(&text, "|a\n");
    assert_false(template_markdown(arena, "long.md", buf_view(&text), NULL, &doc, &err));
    assert_non_null(strstr(err.text, "a table of more than 1000000 cells"));
    buf_free(&text);
    arena_free(arena);
}

/* RULES.md row 24: a tab of the text is one for the page's tab stops; blanks beside it go. */
static void test_a_tab_stays_a_tab(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct doc doc;
    struct err err = {0};
    struct str text = STR("---\ntitle: 월간\t동향\n---\n\n가\t**나** \t 다\t\t라\t\n");
    assert_true(template_markdown(arena, "tab.md", text, NULL, &doc, &err));
    check(STR("월간 동향"), doc.title, "title");
    const struct block *block = first_of(&doc, BLOCK_PARAGRAPH);
    while (block->style.n)
        block = block->next;
    check(STR("가\t나\t다\t라"), joined(arena, block->runs, block->n), "paragraph");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_tab_stays_a_tab),
        cmocka_unit_test(test_random_text_never_breaks_the_reader),
        cmocka_unit_test(test_notation),
        cmocka_unit_test(test_plain_markdown_is_left_alone),
        cmocka_unit_test(test_hostile_markdown_takes_linear_time),
        cmocka_unit_test(test_a_box_of_no_style_is_an_error),
        cmocka_unit_test(test_tables_have_a_bound),
        cmocka_unit_test(test_deep_nesting_is_an_error_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
