/* HTML in the values of records is read as a browser would; text that only looks a little like it stays. */
#include "ingest_fixture.h"

#include "ingest/fragment.h"

#include <time.h>

static void expect(const char *value, const char *text)
{
    struct arena *arena = arena_new();
    assert_str(fragment_text(arena, str_from(value)), text);
    arena_free(arena);
}

static void text_stays(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "누리시 <표 1>과 <그림 2>, a < b && c > d",
        "R&D와 Q&A; AT&T;, S&P;",
        "<KBS 뉴스>, <The Bio>, <누리신문>, <a씨>, <b 팀>",
        "<사진=누리시 제공>\n둘째 줄",
        "x<p",
        "<p 첫 줄\n<b",
        "&#;&#x;&;",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        expect(texts[i], texts[i]);
}

static void tags_and_references_are_read(void **state)
{
    (void)state;
    expect("<b>창업</b> 마당", "창업 마당");
    expect("&quot;마당&quot; &lt;1부&gt; R&amp;D &#8216;하나&#x2019;", "\"마당\" <1부> R&D ‘하나’");
    expect("<p>첫 문단</p><p>둘째<br />문단</p><script>alert(\"x\")</script>", "첫 문단\n\n둘째\n문단");
    expect("<B>굵은</B> <KBS 뉴스>\n둘째 줄 <표 1>", "굵은 <KBS 뉴스>\n둘째 줄 <표 1>");
    expect("<a href=\"https://a.example\">누리시</a>는 열었다", "누리시는 열었다");
}

static void large_values_take_linear_time(void **state)
{
    (void)state;
    static const char *const units[] = {"<", "<b", "<p x", "&", "&a", "<b>", "&lt;", "<p", "\n<b>", "<!--", "<a =\""};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        double times[2];
        for (int large = 0; large < 2; large++) {
            struct buf text = {0};
            struct arena *arena = arena_new();
            while (text.n < (large ? 800000u : 200000u))
                buf_text(&text, units[i]);
            buf_text(&text, "<b>");
            clock_t from = clock();
            fragment_text(arena, buf_view(&text));
            times[large] = (double)(clock() - from) / CLOCKS_PER_SEC;
            arena_free(arena);
            buf_free(&text);
        }
        if (times[1] > 12 * times[0] + 0.3)
            fail_msg("not linear: \"%s\" %.3f s, then %.3f s", units[i], times[0], times[1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_stays),
        cmocka_unit_test(tags_and_references_are_read),
        cmocka_unit_test(large_values_take_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
