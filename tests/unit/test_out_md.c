/* Documents as Markdown: signs that mean something, and that every text comes back as it was. */
#include "markdown_fixture.h"
#include "random_doc.h"

#include "base/file.h"
#include "base/utf8.h"
#include "out/md.h"

#include <string.h>

static struct doc read_text(struct str text)
{
    struct doc doc;
    if (!template_markdown(arena, "test.md", text, NULL, &doc, &err))
        fail_msg("%s", err.text);
    return doc;
}

static struct str as_markdown(const struct doc *doc)
{
    struct buf out = {0};
    md_write(doc, &out);
    struct str text = str_copy(arena, buf_view(&out));
    buf_free(&out);
    return text;
}

static void expect(const char *text, const char *markdown)
{
    struct doc doc = read_text(str_from(text));
    assert_string_equal(as_markdown(&doc).p, markdown);
}

static void test_blocks(void **state)
{
    (void)state;
    expect("---\ntitle: 제목\nsubtitle: 부제\n---\n# 하나\n\n글\n", "# 제목\n\n부제\n\n## 하나\n\n글\n");
    expect("- 가\n  - 나\n    1. 다\n- 라\n", "- 가\n  - 나\n    1. 다\n- 라\n");
    expect("9. 가\n10. 나\n\n    둘째 문단\n", "9. 가\n\n10. 나\n\n    둘째 문단\n");
    expect("> 가\n>\n> - 나\n", "> 가\n>\n> - 나\n");
    expect("- 가\n\n1. 나\n", "- 가\n\n<!-- -->\n\n1. 나\n");
    expect("{.box title=\"요약\"}\n\n글\n\n{.end}\n", "> **요약**\n>\n> 글\n");
    expect("가  \n나<br>다\n", "가  \n나  \n다\n");
    expect("---\n\n가\n\n{.pagebreak}\n\n나\n", "***\n\n가\n\n나\n");
    expect("````\na ``` b\n\n  c\n````\n", "````\na ``` b\n\n  c\n````\n");
    expect("가[^x] 나\n\n[^x]: 주석 *하나*\n", "가[^1] 나\n\n[^1]: 주석 *하나*\n");
}

static void test_tables(void **state)
{
    (void)state;
    expect("| 가 | 나 |\n| :-: | --: |\n| a\\|b | 1 |\n| 나나 | < |\n",
           "|  가  |  나 |\n| :--: | --: |\n| a\\|b |   1 |\n| 나나 |     |\n");
    expect("{.caption}\n표 제목\n\n| | |\n|-|-|\n| \\^ | `a\\|b` |\n",
           "**표 제목**\n\n|     |        |\n| --- | ------ |\n| \\^  | `a\\|b` |\n");
    expect("{none=없음}\n| 가 | 나 |\n| --- | ---: |\n| a |  |\n", "| 가  |   나 |\n| --- | ---: |\n| a   | 없음 |\n");
}

static void test_figures_and_charts(void **state)
{
    (void)state;
    expect("```cards\n사업 | 12건 | 전월 대비 +3건 | #없음\n기사 | 20건\n```\n",
           "- **사업**: 12건 (전월 대비 +3건)\n- **기사**: 20건\n");
    expect("```chart bar\ntitle=그래프, unit=건\n가 | 3\n나 | –\n```\n",
           "**그래프** (단위: 건)\n\n| 구분 |  건 |\n| ---- | --: |\n| 가   |   3 |\n| 나   |   – |\n");
    expect("```chart line\ntitle=추이, table=yes\n | 창업\n1월 | 3\n2월 | 4\n```\n",
           "**추이**\n\n| 구분 | 창업 |\n| ---- | ---: |\n| 1월  |    3 |\n| 2월  |    4 |\n");
}

static void test_signs(void **state)
{
    (void)state;
    expect("2024\\. 1\\. 16.~1. 31.\n", "2024\\. 1. 16.\\~1. 31.\n");
    expect("가 | 나  \n\\| --- |\n", "가 | 나  \n\\| --- |\n");
    expect("# 1. 가 #나\n", "# 1. 가 \\#나\n");
    expect("\\- 가\n", "\\- 가\n");
    expect("가 - 나 snake_case _가_\n", "가 - 나 snake_case *가*\n");
    expect("A&B &amp;amp; 50%\n", "A&B \\&amp; 50%\n");
    expect("**50%**로 가**나**다\n", "**50%**<!-- -->로 가**나**다\n");
    expect("\\!\\[가](http://a.kr/x)\n", "!\\[가\\](http://a.kr/x)\n");
    expect("[가](http://a.kr/x_(1))\n", "[가](http://a.kr/x\\_\\(1\\))\n");
    expect("H[2]{.sub}O\n", "H[2]{.sub}O\n");
    expect("[Bio **Hub**]{lang=en}, [2]{.sup lang=fr}\n", "[Bio]{lang=en} **[Hub]{lang=en}**, [2]{.sup lang=fr}\n");
    expect("{lang=ja}\n\n- a\n", "- [a]{lang=ja}\n");
    expect("[a] {lang=jp}\n", "\\[a\\] {<!-- -->lang=jp}\n");
}

static void test_nothing_turns_the_order_around(void **state)
{
    (void)state;
    expect("\xe2\x80\xae가 `\xe2\x81\xa6나`\n\n```\n\xe2\x80\x8f다\n```\n", "가 `나`\n\n```\n다\n```\n");
}

static void test_links_inside_lead_to_headings(void **state)
{
    (void)state;
    expect("# 1. 가 나(3건) {#x}\n\n[앞](#x) [뒤](#y) [없음](#z)\n\n글 {#z}\n\n## 1. 가 나(3건) {#y}\n",
           "# 1. 가 나(3건)\n\n[앞](#1-가-나3건) [뒤](#1-가-나3건-1) 없음\n\n글\n\n## 1. 가 나(3건)\n");
}

/* ---- random documents ---- */

/* What must come back: each sign with its look, blanks without. */
static void flatten_runs(struct buf *out, const struct run *runs, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (runs[i].flags & RUN_BREAK)
            buf_text(out, "[br]");
        for (size_t k = 0; k < runs[i].text.n; k++) {
            char c = runs[i].text.p[k];
            if (c != ' ' && c != '\n' && ((unsigned char)c < 0x80 || (unsigned char)c >= 0xc0))
                buf_printf(out, "%u%s", runs[i].flags & ~(unsigned)RUN_BREAK, runs[i].link.n ? "L" : "");
            buf_char(out, c);
        }
    }
}

static void flatten(struct buf *out, const struct block *block)
{
    for (; block; block = block->next) {
        buf_printf(out, "\n%d", block->kind);
        if (block->kind == BLOCK_HEADING)
            buf_printf(out, "/%d", block->level);
        if (block->kind == BLOCK_LIST)
            buf_printf(out, "/%d", block->ordered ? block->start : -1);
        buf_char(out, ' ');
        flatten_runs(out, block->runs, block->n);
        const struct table *table = block->table;
        for (size_t i = 0; table && i < table->columns; i++)
            buf_text(out, " |"), flatten_runs(out, table->header[i].runs, table->header[i].n);
        for (size_t i = 0; table && i < table->columns * table->rows; i++)
            buf_text(out, " |"), flatten_runs(out, table->cells[i].runs, table->cells[i].n);
        buf_char(out, '(');
        flatten(out, block->children);
        buf_char(out, ')');
    }
}

/* The first line that is not as it was. */
static void complain(int i, const char *before, const char *after, const char *markdown)
{
    print_message("%s\n", markdown);
    for (; *before == *after; before++, after++) {
    }
    fail_msg("document %d: %.60s ... became %.60s", i, before, after);
}

static void test_random_documents_come_back(void **state)
{
    (void)state;
    random_seed = 20240116;
    for (int i = 0; i < 4000; i++) {
        struct buf before = {0}, after = {0};
        struct doc doc = {.first = random_blocks(0)};
        struct str markdown = as_markdown(&doc);
        struct doc again = read_text(markdown);
        flatten(&before, doc.first);
        flatten(&after, again.first);
        if (!str_equal(buf_view(&before), buf_view(&after)))
            complain(i, before.p, after.p, markdown.p);
        buf_free(&before);
        buf_free(&after);
        arena_reset(arena);
    }
}

/* ---- the golden documents ---- */

static void collect_runs(struct buf *out, const struct run *runs, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t at = 0, from = 0; at < runs[i].text.n; from = at)
            if (!utf8_is_direction(utf8_next(runs[i].text, &at)))
                buf_add(out, runs[i].text.p + from, at - from);
        buf_char(out, '\n');
    }
}

static void collect(struct buf *out, const struct block *block)
{
    for (; block; block = block->next) {
        const struct table *table = block->table;
        const struct chart *chart = block->chart;
        collect_runs(out, block->runs, block->n);
        for (size_t i = 0; i < block->n_cards; i++)
            buf_printf(out, "%s\n%s\n%s\n", block->cards[i].label.p, block->cards[i].value.p, block->cards[i].note.p);
        if (chart)
            buf_printf(out, STR_FMT "\n" STR_FMT "\n", STR_ARG(chart->title), STR_ARG(chart->unit));
        if (chart && chart->table != TABLE_YES && chart->n)
            table = chart_table(arena, chart);
        for (size_t i = 0; table && table->header && i < table->columns; i++)
            collect_runs(out, table->header[i].runs, table->header[i].n);
        for (size_t i = 0; table && i < table->columns * table->rows; i++)
            collect_runs(out, table->cells[i].runs, table->cells[i].n);
        collect(out, block->children);
    }
}

static void check_golden(const char *path)
{
    struct buf file = {0}, want = {0}, have = {0};
    if (!file_read(path, 1 << 24, &file, &err))
        fail_msg("%s", err.text);
    struct doc doc = read_text(buf_view(&file));
    struct str markdown = as_markdown(&doc);
    struct doc again = read_text(markdown);
    collect(&want, doc.first);
    collect(&have, again.first);
    for (size_t i = 0; i < doc.n_notes; i++)
        collect(&want, doc.notes[i].first);
    for (size_t i = 0; i < again.n_notes; i++)
        collect(&have, again.notes[i].first);
    struct str rest = buf_view(&want), line;
    for (size_t at = 0; str_line(&rest, &line);) {
        line = str_trim(line);
        size_t found = str_find(buf_view(&have), line, at);
        if (found == SIZE_MAX)
            fail_msg("%s: \"" STR_FMT "\" is lost or out of order in\n%s", path, STR_ARG(line), markdown.p);
        at = found + line.n;
    }
    markdown = as_markdown(&again); /* without links to names that GitHub makes otherwise than we do */
    again = read_text(markdown);
    assert_string_equal(as_markdown(&again).p, markdown.p);
    buf_free(&file);
    buf_free(&want);
    buf_free(&have);
}

static void test_golden_documents_come_back(void **state)
{
    (void)state;
    char **paths;
    size_t n, seen = 0;
    assert_true(file_list("tests/golden", arena, &paths, &n, &err));
    for (size_t i = 0; i < n; i++)
        if (str_ends(str_from(paths[i]), STR("/doc.md")))
            check_golden(paths[i]), seen++;
    assert_true(seen > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_blocks, setup, teardown),
        cmocka_unit_test_setup_teardown(test_tables, setup, teardown),
        cmocka_unit_test_setup_teardown(test_figures_and_charts, setup, teardown),
        cmocka_unit_test_setup_teardown(test_signs, setup, teardown),
        cmocka_unit_test_setup_teardown(test_nothing_turns_the_order_around, setup, teardown),
        cmocka_unit_test_setup_teardown(test_links_inside_lead_to_headings, setup, teardown),
        cmocka_unit_test_setup_teardown(test_random_documents_come_back, setup, teardown),
        cmocka_unit_test_setup_teardown(test_golden_documents_come_back, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
