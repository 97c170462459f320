/* Documents as HTML: nothing of the text can become markup, tables keep their shape, charts are drawn. */
#include "house.h"

#include "markdown_fixture.h"
#include "random_doc.h"

#include "data/data.h"
#include "layout/chart.h"
#include "out/html.h"
#include "out/svg.h"

#include <string.h>

/* ---- an artist without fonts ---- */

static bool artist_fails;
static float artist_widths[8];
static size_t artist_calls;

static const struct face regular = {.weight = 400}, strong = {.weight = 700};
static const struct glyph glyphs[] = {
    {.advance = 10, .cluster = 0}, {.advance = 10, .cluster = 3}, {.advance = 4, .cluster = 6}};
static const struct corner corners[] = {{0, 0}, {10.125F, -5}, {20, 0.004F}}, centre[] = {{1, 2}};
static const struct op ops[] = {
    {.kind = OP_RECT, .x = 1, .y = 2, .w = 3, .h = 4.5F, .colour = {1, 2, 255}},
    {.kind = OP_LINE, .x = 1, .y = 2, .w = 10, .size = 0.5F, .colour = {0, 0, 0}, .dash = 2, .gap = 1.5F},
    {.kind = OP_PATH, .x = 5, .y = 10, .corners = corners, .n = 3, .size = 1, .stroke = {16, 16, 16}},
    {.kind = OP_PATH, .x = 5, .y = 10, .corners = centre, .n = 1, .w = 4, .filled = true, .colour = {255, 0, 0}},
    {.kind = OP_TEXT, .x = 5, .y = 20, .size = 9, .face = &strong, .text = {"가<나 ", 8}, .glyphs = glyphs, .n = 3},
    {.kind = OP_TEXT, .x = 5, .y = 30, .size = 9, .face = &regular, .text = {" ", 1}, .glyphs = glyphs, .n = 1},
    {.kind = OP_LINK, .x = 5, .y = 12, .w = 20, .h = 9, .link = {"https://a.kr/?x=\"&y", 19}},
    {.kind = OP_LINK, .x = 5, .y = 12, .w = 20, .h = 9, .link = {"javascript:alert(1)", 19}},
    {.kind = OP_ANCHOR, .x = 5, .y = 12, .text = {"이름", 6}},
};

static bool draw(void *self, const struct chart *chart, float width, struct page *out, struct err *error)
{
    (void)self;
    (void)chart;
    artist_widths[artist_calls++ % 8] = width;
    *out = (struct page){.width = width, .height = 40, .ops = ops, .n = sizeof ops / sizeof *ops};
    return !artist_fails || err_set(error, ERR_INTERNAL, "no paper");
}

static const struct named_colour colours[] = {{"primary-50", {0x25, 0x6e, 0xf4}}};
static const struct artist artist = {.colours = colours, .n_colours = 1, .width = 480, .chart = draw};

/* ---- */

static struct str as_html(const struct doc *doc)
{
    struct buf out = {0};
    if (!html_write(doc, &artist, &out, &err))
        fail_msg("%s", err.text);
    struct str text = str_copy(arena, buf_view(&out));
    buf_free(&out);
    return text;
}

static struct str read_html(const char *markdown)
{
    struct doc doc;
    if (!template_markdown(arena, "test.md", str_from(markdown), NULL, &doc, &err))
        fail_msg("%s", err.text);
    return as_html(&doc);
}

static size_t count(struct str text, const char *what)
{
    size_t n = 0;
    for (size_t at = 0; (at = str_find(text, str_from(what), at)) != SIZE_MAX; at++)
        n++;
    return n;
}

static void expect(struct str html, const char *part)
{
    if (!count(html, part))
        fail_msg("%s\nis not in\n%s", part, html.p + str_find(html, STR("<body>"), 0));
}

static void refuse(struct str html, const char *part)
{
    if (count(html, part))
        fail_msg("%s\nis in\n%s", part, html.p);
}

static void test_frame(void **state)
{
    (void)state;
    struct str html = read_html("---\ntitle: 동향 \"1월\"\nsubject: 요약 <글>\n---\n# 하나\n\n글\n\n## 둘\n\n# 셋\n");
    expect(html, "<html lang=\"ko\">");
    expect(html, "<title>동향 &quot;1월&quot;</title>");
    expect(html, "<meta name=\"description\" content=\"요약 &lt;글&gt;\">");
    expect(html, "  --primary-50: #256ef4;\n");
    expect(html, "<header>\n<h1 class=\"s-title\">동향 &quot;1월&quot;</h1>\n</header>");
    expect(html, "<ul>\n<li><a href=\"#하나\">하나</a>\n<ul>\n<li><a href=\"#둘\">둘</a>\n</li>\n</ul>\n</li>\n<li><a "
                 "href=\"#셋\">셋</a>\n</li>\n</ul>\n</nav>");
    expect(html, "<section>\n<h2 id=\"하나\">하나</h2>\n<p>글</p>\n<section>\n<h3 id=\"둘\">둘</h3>\n</section>\n"
                 "</section>\n<section>\n<h2 id=\"셋\">셋</h2>\n</section>\n</main>");
    assert_int_equal(count(html, "<h1"), 1);
    assert_int_equal(count(html, "<script>"), 1);
    assert_int_equal(count(html, "'sha256-"), 2);
    refuse(html, "unsafe-inline");
    refuse(html, "style=\"");
    refuse(html, "url(");
}

static void test_languages(void **state)
{
    (void)state;
    struct str html = read_html("---\nlang: en\n---\nSee [서울 **바이오**]{lang=ko}[2]{.sup lang=fr}\n");
    expect(html, "<html lang=\"en\">");
    expect(html, "<p>See <span lang=\"ko\">서울 </span><strong><span lang=\"ko\">바이오</span></strong><sup><span "
                 "lang=\"fr\">2</span></sup></p>");
    html = read_html("{lang=en}\n```\nprint\n```\n");
    expect(html, "<pre tabindex=\"0\" lang=\"en\"><code>print");
    html = read_html("---\nlang: en_US\n---\n가\n"); /* of another program */
    expect(html, "<html lang=\"ko\">");
}

static void test_hostile_text_stays_text(void **state)
{
    (void)state;
    static const char text[] = "</script><script>alert(1)</script> ]]> --> </style> &lt; \" ' \x01\x7f\xc2\x85"
                               "\xe2\x80\xae\xe2\x81\xa6\xd8\x9c\xef\xbf\xbe\xef\xb7\x90 끝";
    static const char shown[] = "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; ]]&gt; --&gt; &lt;/style&gt; "
                                "&amp;lt; &quot; '  끝";
    struct run run = {.text = str_from(text), .style = STR("a\"><b>")};
    struct block block = {
        .kind = BLOCK_PARAGRAPH, .runs = &run, .n = 1, .anchor = STR("x\"><i> y"), .style = STR("s\" onclick=\"z")};
    struct doc doc = {.title = str_from(text), .language = STR("ko\"><u>"), .subject = str_from(text), .first = &block};
    struct str html = as_html(&doc);
    assert_int_equal(count(html, shown), 3);
    assert_int_equal(count(html, "<script>"), 1);
    assert_int_equal(count(html, "</script>"), 1);
    refuse(html, "<b>");
    refuse(html, "<i>");
    refuse(html, "<u>");
    expect(html, "<p id=\"x&quot;&gt;&lt;i&gt;_y\" class=\"s-s&quot; onclick=&quot;z\"><span "
                 "class=\"c-a&quot;&gt;&lt;b&gt;\">");
}

static void test_links(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "javascript:alert(1)", "JaVaScRiPt:x",       "data:text/html,x", "//a.kr", "#", "http:",
        "http://a:b@c.kr/",    "https://a.kr\\b.kr/"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct run run = {.text = STR("글"), .link = str_from(bad[i])};
        struct block block = {.kind = BLOCK_PARAGRAPH, .runs = &run, .n = 1};
        struct doc doc = {.first = &block};
        expect(as_html(&doc), "<p>글</p>");
    }
    struct str html = read_html("[**가** 나](http://a.kr/?b=c&d) [다](mailto:x@y.kr) [라](#_마) 바 {#_마}\n");
    expect(html, "<a href=\"http://a.kr/?b=c&amp;d\" rel=\"noopener noreferrer\"><strong>가</strong> 나</a>");
    expect(html, "<a href=\"mailto:x@y.kr\">다</a>");
    expect(html, "<p id=\"__마\">");
    expect(html, "<a href=\"#__마\">라</a>"); /* names of our own begin with one _ */
}

static void test_lists_and_notes(void **state)
{
    (void)state;
    struct str html = read_html(
        "3. 가 {#n}\n   - 나\n4. 다[^a][^a]\n\n[^a]: 주석\n\n> 인용\n\n{.box title=\"요약\"}\n\n글\n\n{.end}\n");
    expect(html, "<ol start=\"3\">\n<li id=\"n\">가<ul>\n<li>나</li>\n</ul>\n</li>");
    expect(html, "다<sup class=\"call\"><a href=\"#_note-1\" id=\"_call-1\" role=\"doc-noteref\">1)</a></sup><sup "
                 "class=\"call\"><a href=\"#_note-1\" role=\"doc-noteref\">1)</a></sup>");
    expect(html, "<li id=\"_note-1\">주석 <a class=\"back\" href=\"#_call-1\" role=\"doc-backlink\"");
    expect(html, "<blockquote>\n<p>인용</p>\n</blockquote>");
    expect(html, "<aside class=\"box s-box\">\n<p class=\"box-title\">요약</p>\n<p>글</p>\n</aside>");
}

static void test_table(void **state)
{
    (void)state;
    struct str html =
        read_html("{.caption #t}\n제목\n\n{.unit}\n(단위: 건)\n\n{.zebra bars=\"3\" widths=\"10mm * 20mm\"}\n"
                  "| 순위 | 도시 | 수 |\n| :-: | --- | --: |\n| 1 | 가 | 4 |\n| 2 | 나 | 2 |\n| | **합계** | 6 |\n");
    expect(html,
           "<table class=\"sorts s-zebra\">\n<caption id=\"t\">제목 <span class=\"unit\">(단위: 건)</span></caption>\n"
           "<colgroup><col width=\"38\"><col><col width=\"76\"></colgroup>\n<thead>\n<tr>"
           "<th scope=\"col\" data-column=\"0\" class=\"c\">순위</th>");
    expect(html, "<tr><td class=\"c\">1</td><th scope=\"row\">가</th><td class=\"r\">4<svg class=\"bar\"");
    expect(html, "<rect x=\"0\" y=\"20\" width=\"500\" height=\"160\"/>");
    expect(html, "</tbody>\n<tfoot>\n<tr><td class=\"c\"></td><th scope=\"row\"><strong>합계</strong></th>"
                 "<td class=\"r\">6</td></tr>\n</tfoot>");
}

static void test_spans(void **state)
{
    (void)state;
    struct str html = read_html("{header=2 total=1}\n| 지역 | 사업 | < |\n| --- | --- | --- |\n| ^ | 창업 | 제조 |\n"
                                "| 경기도 | < | < |\n| 가 | 1 | 2 |\n| ^ | 3 | ^ |\n| 계 | 4 | 5 |\n");
    expect(html, "<tr><th rowspan=\"2\" scope=\"col\">지역</th><th colspan=\"2\" scope=\"colgroup\">사업</th></tr>");
    expect(html, "<tr class=\"group\"><th colspan=\"3\" scope=\"rowgroup\">경기도</th></tr>");
    expect(
        html,
        "<tr><th rowspan=\"2\" scope=\"rowgroup\">가</th><td>1</td><td rowspan=\"2\">2</td></tr>\n<tr><td>3</td></tr>");
    refuse(html, "class=\"sorts"); /* joined cells keep their places */
    html = read_html("| 가 | 나 |\n| - | - |\n| ^ | < |\n| 1 | ^ |\n");
    expect(html, "<thead>\n<tr><th scope=\"col\">가</th><th scope=\"col\">나</th></tr>\n</thead>");
    html = read_html("{header=0}\n| | |\n| - | - |\n| 1 | 2 |\n| 3 | 4 |\n");
    refuse(html, "<thead>");
    refuse(html, "class=\"sorts");
}

static void test_sparklines(void **state)
{
    (void)state;
    struct str html =
        read_html("{spark=\"2\" none=–}\n| 가 | 나 | 다 |\n| - | - | -: |\n| a | 1 3 – 2 | |\n| b | 5 | 1 |\n");
    expect(html, "<td>2<svg class=\"spark\" role=\"img\" aria-label=\"1 3 – 2\" viewBox=\"-12 -12 1024 224\" "
                 "preserveAspectRatio=\"none\"><path d=\"M0 200L333 0M1000 100\"/></svg></td><td class=\"r\">–</td>");
    expect(html, "<td>5</td>");
    html = read_html("{spark=\"2\" spark-number=no}\n| 가 | 나 |\n| - | - |\n| a | 1 3 – 2 |\n");
    expect(html, "<td><svg class=\"spark\" role=\"img\" aria-label=\"1 3 – 2\"");
}

static void test_cards(void **state)
{
    (void)state;
    expect(read_html("```cards\n사업 | 12건 | <+3> | https://a.kr/\n기사 | 3\n```\n"),
           "<dl class=\"cards\">\n<div><dt>사업</dt><dd class=\"value\"><a href=\"https://a.kr/\" rel=\"noopener "
           "noreferrer\">12건</a></dd><dd>&lt;+3&gt;</dd></div>\n<div><dt>기사</dt><dd "
           "class=\"value\">3</dd></div>\n</dl>");
    expect(read_html("```cards\n사업 | 12건 | 전월 37건, 전년 동월 20건\n```\n"),
           "<dd><span>전월 37건,</span> <span>전년 동월 20건</span></dd>");
}

static void test_charts(void **state)
{
    (void)state;
    artist_calls = 0;
    struct str html =
        read_html("```chart bar\ntitle=그래프, unit=건, alt=말 \"로\"\n가 | 3 | 셋 | https://a.kr/\n```\n");
    expect(html, "<figure class=\"chart\">\n<figcaption>그래프 <span class=\"unit\">(단위: 건)</span></figcaption>");
    expect(html, "role=\"img\" aria-labelledby=\"_chart-1-wide-title _chart-1-wide-words\"");
    expect(html, "<desc id=\"_chart-1-narrow-words\">말 &quot;로&quot;</desc>");
    expect(html, "<details><summary>수치 보기</summary>");
    expect(html, "<caption><span class=\"unseen\">그래프</span></caption>");
    expect(
        html,
        "<th scope=\"row\"><a href=\"https://a.kr/\" rel=\"noopener noreferrer\">가</a></th><td class=\"r\">셋</td>");
    assert_int_equal(artist_calls, 2);
    assert_true(artist_widths[0] > artist_widths[1]);
    html = read_html("```chart line\ntitle=그래프, table=yes\n | 창업\n1월 | 3\n```\n");
    refuse(html, "<details>"); /* the table is part of the document */
    expect(html, "<td class=\"r\">3</td>");
    artist_fails = true;
    struct chart chart = {.title = STR("x")};
    struct block block = {.kind = BLOCK_CHART, .chart = &chart};
    struct doc doc = {.first = &block};
    struct buf out = {0};
    assert_false(html_write(&doc, &artist, &out, &err));
    assert_string_equal(err.text, "no paper");
    artist_fails = false;
    buf_free(&out);
}

static void test_svg(void **state)
{
    (void)state;
    struct buf out = {0};
    const struct page page = {.width = 100, .height = 40, .ops = ops, .n = sizeof ops / sizeof *ops};
    svg_write(&page, STR("제목 &"), STR("말"), "id", "look", &out);
    assert_string_equal(
        out.p,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"look\" role=\"img\" aria-labelledby=\"id-title id-words\" "
        "width=\"133.33\" height=\"53.33\" viewBox=\"0 0 100 40\" font-family=\"'Noto Sans KR','Noto Sans CJK "
        "KR','Malgun Gothic','Apple SD Gothic Neo',sans-serif\">\n<title id=\"id-title\">제목 &amp;</title>\n"
        "<desc id=\"id-words\">말</desc>\n"
        "<rect x=\"1\" y=\"2\" width=\"3\" height=\"4.5\" fill=\"#0102ff\"/>\n"
        "<line x1=\"1\" y1=\"2\" x2=\"11\" y2=\"2\" stroke=\"#000000\" stroke-width=\"0.5\" stroke-dasharray=\"2 "
        "1.5\"/>\n"
        "<polyline points=\"5,10 15.13,5 25,10\" fill=\"none\" stroke=\"#101010\" stroke-width=\"1\"/>\n"
        "<circle cx=\"6\" cy=\"12\" r=\"2\" fill=\"#ff0000\"/>\n"
        "<text x=\"5\" y=\"20\" font-size=\"9\" fill=\"#000000\" font-weight=\"700\" textLength=\"24\" "
        "lengthAdjust=\"spacingAndGlyphs\">가&lt;나</text>\n"
        "<a href=\"https://a.kr/?x=&quot;&amp;y\" rel=\"noopener noreferrer\" tabindex=\"-1\"><rect x=\"5\" y=\"12\" "
        "width=\"20\" height=\"9\" fill=\"transparent\"/></a>\n</svg>\n");
    buf_free(&out);
}

/* The colour of that name, up to its closing bracket. */
static struct colour colour_of(const struct artist *of, struct str name)
{
    name = str_slice(name, 0, str_find(name, STR(")"), 0));
    for (size_t i = 0; i < of->n_colours; i++)
        if (str_equal(name, str_from(of->colours[i].name)))
            return of->colours[i].colour;
    fail_msg("no colour " STR_FMT, STR_ARG(name));
    return (struct colour){0, 0, 0};
}

/* WCAG 2.2, 1.4.3: text in any colour that the page has is read on any of its grounds. */
static void test_contrast(void **state)
{
    (void)state;
    static const char *const grounds[] = {"gray-0", "gray-5", "primary-5"};
    struct artist of = layout_artist(NULL, house(), NULL);
    struct str css = data_file("templates/brief.css"), mark = STR(" color: var(--");
    size_t seen = 0;
    for (size_t at = 0; (at = str_find(css, mark, at)) != SIZE_MAX; at += mark.n) {
        struct str name = str_slice(css, at + mark.n, css.n);
        struct colour text = colour_of(&of, name);
        bool white = str_starts(name, STR("gray-0)")); /* on the link that leads past the contents */
        for (size_t i = 0; i < (white ? 1 : 3); i++)
            assert_true(colour_contrast(text, colour_of(&of, str_from(white ? "primary-80" : grounds[i]))) >= 4.5);
        seen++;
    }
    assert_true(seen > 10);
    of.free(of.self);
}

/* ---- random documents ---- */

/* The text between the tags, entities resolved; every element that opens closes in order. */
static void text_of(struct str html, struct buf *text)
{
    static const char *const void_elements[] = {"br", "hr", "col", "rect", "path", NULL};
    struct str open[64];
    size_t depth = 0;
    for (size_t at = 0; at < html.n; at++) {
        if (html.p[at] == '&') {
            static const char *const names[] = {"&amp;", "&lt;", "&gt;", "&quot;"};
            size_t i = 0;
            while (i < 4 && !str_starts(str_slice(html, at, html.n), str_from(names[i])))
                i++;
            assert_true(i < 4);
            buf_char(text, "&<>\""[i]);
            at += strlen(names[i]) - 1;
        } else if (html.p[at] == '<') {
            size_t end = str_find(html, STR(">"), at), name = at + 1;
            bool closes = html.p[name] == '/';
            name += closes;
            size_t to = name;
            while (to < end && html.p[to] != ' ' && html.p[to] != '/')
                to++;
            struct str element = str_slice(html, name, to);
            if (closes) {
                assert_true(depth > 0 && str_equal(open[--depth], element));
            } else if (!str_is_any(element, void_elements)) {
                assert_true(depth < 64);
                open[depth++] = element;
            }
            at = end;
        } else if (html.p[at] != '\n') {
            buf_char(text, html.p[at]);
        }
    }
    assert_int_equal(depth, 0);
}

static void collect_runs(struct buf *out, const struct run *runs, size_t n, bool one_line)
{
    for (size_t i = 0; i < n; i++) {
        if (one_line && runs[i].flags & RUN_BREAK)
            buf_char(out, ' ');
        for (size_t k = 0; k < runs[i].text.n; k++)
            if (runs[i].text.p[k] != '\n')
                buf_char(out, runs[i].text.p[k]);
    }
}

static void collect(struct buf *out, const struct block *block, const struct block **heading)
{
    for (; block; block = block->next) {
        const struct table *table = block->table;
        collect_runs(out, block->runs, block->n, false);
        if (block->kind == BLOCK_HEADING)
            *heading = block;
        if (table && *heading) /* names a table without caption */
            collect_runs(out, (*heading)->runs, (*heading)->n, true);
        for (size_t i = 0; table && i < table->columns; i++)
            collect_runs(out, table->header[i].runs, table->header[i].n, false);
        for (size_t i = 0; table && i < table->columns * table->rows; i++)
            collect_runs(out, table->cells[i].runs, table->cells[i].n, false);
        collect(out, block->children, heading);
    }
}

static void test_random_text_is_all_there(void **state)
{
    (void)state;
    random_seed = 20240301;
    for (int i = 0; i < 500; i++) {
        struct buf want = {0}, have = {0};
        buf_text(&want, "");
        buf_text(&have, "");
        const struct block *heading = NULL;
        struct doc doc = {.first = random_blocks(0)};
        struct str html = as_html(&doc);
        size_t from = str_find(html, STR("<main"), 0), to = str_find(html, STR("</main>"), from);
        text_of(str_slice(html, from, to + 7), &have);
        collect(&want, doc.first, &heading);
        assert_string_equal(have.p, want.p);
        assert_string_equal(as_html(&doc).p, html.p);
        buf_free(&want);
        buf_free(&have);
        arena_reset(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_frame, setup, teardown),
        cmocka_unit_test_setup_teardown(test_languages, setup, teardown),
        cmocka_unit_test_setup_teardown(test_hostile_text_stays_text, setup, teardown),
        cmocka_unit_test_setup_teardown(test_links, setup, teardown),
        cmocka_unit_test_setup_teardown(test_lists_and_notes, setup, teardown),
        cmocka_unit_test_setup_teardown(test_table, setup, teardown),
        cmocka_unit_test_setup_teardown(test_spans, setup, teardown),
        cmocka_unit_test_setup_teardown(test_sparklines, setup, teardown),
        cmocka_unit_test_setup_teardown(test_cards, setup, teardown),
        cmocka_unit_test_setup_teardown(test_charts, setup, teardown),
        cmocka_unit_test_setup_teardown(test_svg, setup, teardown),
        cmocka_unit_test_setup_teardown(test_contrast, setup, teardown),
        cmocka_unit_test_setup_teardown(test_random_text_is_all_there, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
