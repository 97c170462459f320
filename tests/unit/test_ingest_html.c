/* HTML: tokens, character references, what a page shows. */
#include "ingest_fixture.h"

#include "base/limits.h"
#include "ingest/html.h"
#include "ingest/html_token.h"
#include "ingest/reader.h"

static void assert_shows(const char *html, const char *text)
{
    struct arena *arena = arena_new();
    assert_str(html_to_text(arena, str_from(html)), text);
    arena_free(arena);
}

static void fragments(void **state)
{
    (void)state;
    assert_shows("나루시 <b>창업</b> 지원", "나루시 창업 지원");
    assert_shows("첫 문단이다.<br/>둘째 문단이다.<p>셋째<div>넷째</div>",
                 "첫 문단이다.\n둘째 문단이다.\n\n셋째\n\n넷째");
    assert_shows("<a href=a>홈</a><a href=b>뉴스</a>", "홈 뉴스");
    assert_shows("나루<a href=a>시청</a>은", "나루시청은");
    assert_shows("<i>여러\n  줄의\t</i> 글 ", "여러 줄의 글");
    assert_shows("여러\n줄의 글", "여러\n줄의 글"); /* no HTML at all */
    assert_shows("창업&#8203;공&shy;방\u200b <wbr>지원\u00ad", "창업공방 지원");
    assert_shows("<pre>가\n나</pre>", "가\n나");
    assert_shows("가<br><br>나", "가\n\n나");
    assert_shows("", "");
}

static void references(void **state)
{
    (void)state;
    assert_shows("&lt;표&gt; &amp; &quot;&#8216;&#x2019;&middot;&hellip;&nbsp;끝", "<표> & \"‘’·… 끝");
    assert_shows("A&nbspB &copy2 &notin; &notit; &lsqb; &#150; &#128;", "A B ©2 ∉ ¬it; [ – €");
    assert_shows("&amp;#8216;두 번&amp;#8217; &amp;nbsp;끝", "‘두 번’ 끝");
    assert_shows("R&D AT&T &없다; && &#; &#x; &", "R&D AT&T &없다; && &#; &#x; &");
    assert_shows("a&#0;b&#xD800;c&#x110000;d&#99999999999999;e&#x202e;f&#1;g&#x2028;h", "abcdefg h");
    assert_shows("x&eacute;e&#769;", "xéé"); /* composed: NFC */
}

static void markup_that_is_none(void **state)
{
    (void)state;
    assert_shows("1 < 2 <관련기사> <- 끝", "1 < 2 <관련기사> <- 끝");
    assert_shows("가<!-- 나 -->다<!-->라<!--->마<!-- 바 --!>사<!>아<?php x ?>자</ 차>카", "가다라마사아자카");
    assert_shows("<![if !IE]>가<![endif]><!--[if IE]>나<![endif]-->", "가");
    assert_shows("가<!-- 끝이 없다 <p>나", "가");
    assert_shows("가<script>if (a<b) '</scr' + 'ipt>나'</script x>다", "가다");
    assert_shows("가<script>끝이 없다 <p>나", "가");
    assert_shows("가<script><!-- w('<script src=a></script>'); //--></script>나", "가나");
    assert_shows("가<script><!-- w('</script>나<!-- -->다", "가나다");
    assert_shows("가<b class=\"끝이 없다>나", "가");
    assert_shows("<a title=\"x>y\" b=c/d e='\"'>가</a>", "가");
    assert_shows("<div><svg><path></div>가<script>w('<p>나')</script><style>p{}</style>", "가"); /* never closed */
    assert_shows("<svg><script/><style/><style>a{}</style></svg>가", "가");
    assert_shows("<title>가</title><textarea><b>나</textarea>다<svg><title/><path/></svg>라", "다라");
}

static void what_is_hidden(void **state)
{
    (void)state;
    assert_shows("가<style>x{}</style><noscript>나</noscript><template><p>다</p></template>라", "가라");
    assert_shows("가<p hidden>나</p><div style=\"color:red; DISPLAY : none\">다<p>라</div>마", "가\n\n마");
    assert_shows("가<span aria-hidden=true>나</span>다<span aria-hidden=false>라</span>", "가다라");
    assert_shows("<img alt='그림' src=x>가<input value=나><button>다</button><select><option>라</select>마", "가마");
    assert_shows("<a href='javascript:alert(1)'>가</a><img src=x onerror=alert(1)>", "가");
    assert_shows("<div><button>열린 채<p>가</div>나", "나");
}

static void end_tags(void **state)
{
    (void)state;
    assert_shows("<ul><li>가<li>나<ul><li>다</ul><li>라</ul>마", "가\n나\n\n다\n\n라\n\n마");
    assert_shows("<p>가</body></html><p>나", "가\n\n나");
    assert_shows("<table><tr><td>등록일<td>2024-01-05<tr><td>조회<td>12</table>", "등록일\t2024-01-05\n조회\t12");
    assert_shows("<table><tr><td>차림</td></div></td><td><p>첫째<p>둘째</table>", "차림\n\n첫째\n\n둘째");
    assert_shows("<div style='display:none'><b><div>가</b></div>나</div>다", "다");
    assert_shows("<b>가</i></div></p>나", "가\n나");
    assert_shows("<dl><dt>가<dd>나<dt>다</dl>", "가\n나\n다");
}

static void marks(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct html_page page;
    html_visible(arena,
                 STR("<nav>차림</nav><h1>제목</h1><div class='x news-body01'>글<div class=related>옆</div></div>"
                     "<p><a>연결된 줄</a>"),
                 &page);
    assert_str(page.text, "차림\n\n제목\n\n글\n옆\n\n연결된 줄");
    assert_int_equal(page.lines, 8);
    assert_int_equal(page.marks[0], MARK_AROUND);
    assert_int_equal(page.marks[2], MARK_HEADING);
    assert_int_equal(page.marks[4], 0);
    assert_int_equal(page.marks[5], MARK_AROUND);
    assert_int_equal(page.marks[7], MARK_LINK);
    assert_int_equal(page.n_ranges, 1);
    assert_int_equal(page.ranges[0].rank, 3);
    assert_int_equal(page.ranges[0].first, 3);
    assert_int_equal(page.ranges[0].end, 6);
    arena_free(arena);
}

/* Elements that have ended are not open, however many there are before the block around them ends. */
static void closed_elements_do_not_count(void **state)
{
    (void)state;
    struct buf html = {0};
    struct arena *arena = arena_new();
    for (size_t i = 0; i <= LIMIT_PAGE_ELEMENTS; i++)
        buf_text(&html, "<b></b><a></a><a>");
    buf_text(&html, "가<p hidden>나</p>다");
    assert_str(html_to_text(arena, buf_view(&html)), "가\n\n다");
    buf_free(&html);
    arena_free(arena);
}

/* Time is that of the test run: each of these takes hours where it is not linear. */
static void hostile_markup(void **state)
{
    (void)state;
    static const char *const parts[][2] = {
        {"<div>", ""},
        {"<p>x", ""},
        {"<b>x", "</i>"},
        {"<table><tr><td>", ""},
        {"<a href=\"", ""},
        {"<!--", ""},
        {"<", ">"},
        {"&", ""},
        {"<li><ul>", "</li>"},
        {"<script>", "</script"},
        {"<svg>", ""},
        {"<x a=b ", "c"},
        {"<div class=article>", "</p>"},
        {"&#", "x"},
        {"<title>", "</titl"},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        struct buf html = {0};
        struct arena *arena = arena_new();
        struct html_page page;
        for (size_t k = 0; k < 2; k++)
            for (size_t n = 0; n < 300000 && *parts[i][k]; n++)
                buf_text(&html, parts[i][k]);
        html_visible(arena, buf_view(&html), &page);
        assert_true(page.text.n <= html.n);
        buf_free(&html);
        arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fragments),
        cmocka_unit_test(references),
        cmocka_unit_test(markup_that_is_none),
        cmocka_unit_test(what_is_hidden),
        cmocka_unit_test(end_tags),
        cmocka_unit_test(marks),
        cmocka_unit_test(closed_elements_do_not_count),
        cmocka_unit_test(hostile_markup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
