/* A tree read aloud: what is said of each kind of element, and what is said to be missed. */
#include "base/arena.h"
#include "out/speech.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MOST_OPS = 200 };
static struct tags *tags;
static struct op ops[MOST_OPS];
static size_t n_ops;
static struct buf said;

static int setup(void **state)
{
    (void)state;
    tags = tags_new();
    n_ops = 0;
    said = (struct buf){0};
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    tags_free(tags);
    buf_free(&said);
    return 0;
}

static void put(struct op op)
{
    assert_true(n_ops < MOST_OPS);
    tags_see(tags, op.tag);
    ops[n_ops++] = op;
}

static void text(tag_id tag, const char *words)
{
    put((struct op){.kind = OP_TEXT, .tag = tag, .text = str_from(words)});
}

/* A new last child, with its text. */
static tag_id add(tag_id parent, enum tag_kind kind, const char *words)
{
    tag_id tag = tags_add(tags, parent, kind);
    if (words)
        text(tag, words);
    return tag;
}

static tag_id link_to(tag_id parent, const char *words, const char *target)
{
    tag_id tag = add(parent, TAG_LINK, words);
    tags_at(tags, tag)->text = str_from(target);
    tags_at(tags, tag)->active = true;
    tags_see(tags, tag);
    return tag;
}

static void say(const char *title)
{
    const struct page_info info = {.title = str_from(title), .language = STR("ko")};
    const struct page page = {1, 595, 842, ops, n_ops, tags};
    struct device device;
    struct err err = {0};
    assert_true(speech_device(&info, &device, &err));
    assert_true(device.page(device.self, &page, &err) && device.finish(device.self, &said, &err));
    device.free(device.self);
}

static void test_blocks(void **state)
{
    (void)state;
    tag_id section = tags_add(tags, TAGS_ROOT, TAG_SECT), cover = tags_add(tags, TAGS_ROOT, TAG_PART);
    tags_move(tags, cover, TAGS_ROOT, section);
    put((struct op){.kind = OP_ANCHOR, .text = STR("first")});
    put((struct op){.kind = OP_OUTLINE, .text = STR("요약"), .level = 1});
    add(section, TAG_H1, "요약");
    add(cover, TAG_TITLE, "표제");
    tag_id paragraph = add(section, TAG_P, "앞의 말, 나뉜\xc2\xad");
    text(paragraph, " 말 ");
    link_to(paragraph, "시흥시", "https://a.kr/1");
    text(tags_add(tags, paragraph, TAG_TEXT), " 뒤의 말 ");
    tag_id span = add(paragraph, TAG_SPAN, "Start-up");
    tags_at(tags, span)->text = STR("en");
    link_to(tags_add(tags, paragraph, TAG_REFERENCE), "1)", "#fn:1");
    tag_id note = tags_add(tags, section, TAG_NOTE);
    link_to(tags_add(tags, add(note, TAG_LBL, NULL), TAG_REFERENCE), "1)", "#fnref:1");
    add(note, TAG_P, "각주의 글");
    tag_id entry = tags_add(tags, add(section, TAG_TOC, NULL), TAG_TOCI);
    link_to(tags_add(tags, entry, TAG_REFERENCE), "요약 1", "#first");
    link_to(add(add(section, TAG_QUOTE, NULL), TAG_P, "인용한 글 "), "앞", "#first");
    add(add(section, TAG_P, NULL), TAG_CODE, "a = 1");
    text(0, "쪽 번호"); /* decoration is not heard */
    ops[n_ops - 1].artifact = true;
    say("표제");
    assert_string_equal(said.p,
                        "문서 (ko): 표제\n"
                        "표지\n"
                        "  문서 제목: 표제\n"
                        "제목 1: 요약\n"
                        "  문단: 앞의 말, 나뉜 말 [링크: 시흥시 → https://a.kr/1] 뒤의 말 [en: Start-up][각주 1)]\n"
                        "  각주 1): 각주의 글\n"
                        "  차례 1개\n"
                        "    차례 항목: [링크: 요약 1 → 1쪽]\n"
                        "  인용\n"
                        "    문단: 인용한 글 [링크: 앞 → 1쪽 “요약”]\n"
                        "  문단: a = 1\n"
                        "\n"
                        "모두: 제목 1개, 문단 4개, 목록 0개, 표 0개, 그림 0개, 링크 3개, 각주 1개\n"
                        "듣는 사람이 놓치는 것: 없음\n");
}

static tag_id item(tag_id list, const char *mark, const char *words)
{
    tag_id line = tags_add(tags, list, TAG_LI);
    add(line, TAG_LBL, mark);
    return add(line, TAG_LBODY, words);
}

static void test_lists(void **state)
{
    (void)state;
    tag_id list = tags_add(tags, TAGS_ROOT, TAG_L);
    tags_at(tags, list)->numbering = NUMBERING_DISC;
    tag_id body = item(list, "○", "하나");
    tag_id inner = tags_add(tags, body, TAG_L);
    tags_at(tags, inner)->numbering = NUMBERING_DECIMAL;
    item(inner, "1.", "안");
    add(body, TAG_P, "하나의 둘째 문단");
    add(item(list, "○", NULL), TAG_P, "둘");
    tags_add(tags, list, TAG_LI); /* on no page */
    say("표제");
    const char *lines = "문서 (ko): 표제\n"
                        "목록 2개 (글머리표)\n"
                        "  항목 1 ○: 하나\n"
                        "    목록 1개 (번호)\n"
                        "      항목 1.: 안\n"
                        "    문단: 하나의 둘째 문단\n"
                        "  항목 2 ○: 둘\n"
                        "\n모두:";
    assert_true(str_starts(buf_view(&said), str_from(lines)));
}

static tag_id cell(tag_id row, enum tag_scope scope, int columns, int rows, const char *words)
{
    tag_id tag = add(row, scope ? TAG_TH : TAG_TD, *words ? words : NULL);
    tags_at(tags, tag)->scope = scope;
    tags_at(tags, tag)->columns = (uint16_t)columns;
    tags_at(tags, tag)->rows = (uint16_t)rows;
    return tag;
}

static void test_table(void **state)
{
    (void)state;
    tag_id table = tags_add(tags, TAGS_ROOT, TAG_TABLE), row, caption = tags_add(tags, table, TAG_CAPTION);
    add(caption, TAG_P, "지역별");
    add(caption, TAG_P, "(단위: 건)");
    tag_id head = tags_add(tags, table, TAG_THEAD), body = tags_add(tags, table, TAG_TBODY);
    row = tags_add(tags, head, TAG_TR);
    cell(row, SCOPE_COLUMN, 1, 2, "지역");
    cell(row, SCOPE_COLUMN, 2, 1, "2024년");
    row = tags_add(tags, head, TAG_TR);
    cell(row, SCOPE_COLUMN, 0, 0, "사업");
    cell(row, SCOPE_COLUMN, 0, 0, "기사");
    row = tags_add(tags, body, TAG_TR);
    cell(row, SCOPE_ROW, 3, 0, "경기도");
    row = tags_add(tags, body, TAG_TR);
    cell(row, SCOPE_ROW, 0, 2, "시흥시");
    link_to(cell(row, SCOPE_NONE, 0, 0, ""), "12", "https://a.kr");
    cell(row, SCOPE_NONE, 0, 0, "");
    row = tags_add(tags, body, TAG_TR);
    cell(row, SCOPE_NONE, 2, 0, "합쳐진 칸");
    say("표제");
    const char *lines = "표 3행 3열: 지역별 (단위: 건)\n"
                        "  머리: 지역 | 2024년 (2칸)\n"
                        "  머리: 사업 | 기사\n"
                        "  행 1: 경기도\n"
                        "  행 2: 시흥시 → 2024년 사업 [링크: 12 → https://a.kr] | 2024년 기사 빈칸\n"
                        "  행 3: 시흥시 → 2024년 사업 합쳐진 칸\n"
                        "\n모두: 제목 0개, 문단 0개, 목록 0개, 표 1개,";
    assert_non_null(strstr(said.p, lines));
    assert_non_null(strstr(said.p, "없음\n"));
}

static void test_missed(void **state)
{
    (void)state;
    tag_id row, paragraph;
    put((struct op){.kind = OP_OUTLINE, .text = STR("하나"), .level = 1});
    put((struct op){.kind = OP_OUTLINE, .text = STR("셋"), .level = 3});
    row = tags_add(tags, tags_add(tags, TAGS_ROOT, TAG_TABLE), TAG_TR);
    cell(row, SCOPE_NONE, 0, 0, "가");
    cell(row, SCOPE_NONE, 0, 0, "나");
    put((struct op){.kind = OP_RECT, .tag = tags_add(tags, TAGS_ROOT, TAG_FIGURE)});
    paragraph = add(TAGS_ROOT, TAG_P, "자세한 것은 ");
    link_to(paragraph, "여기", "https://a.kr");
    link_to(paragraph, "https://b.kr/c", "https://b.kr/c");
    link_to(paragraph, NULL, "https://d.kr");
    say("");
    const char *missed[] = {"문서: 제목(title)이 없다",
                            "제목 “셋”: 수준 1 다음에 3이 온다",
                            "표: 제목이 없다",
                            "표: 열의 머리가 없다",
                            "그림: 대체 텍스트가 없다",
                            "“여기”만 들으면 어디로 가는지 모른다",
                            "주소를 글자대로 읽는다 (https://b.kr/c)",
                            "들을 말이 없다 (https://d.kr)"};
    for (size_t i = 0; i < sizeof missed / sizeof *missed; i++)
        if (!strstr(said.p, missed[i]))
            fail_msg("not said: %s\n%s", missed[i], said.p);
}

/* A link without an active area is no link; what is deep is said without a call a level. */
static void test_depth_and_inactive(void **state)
{
    (void)state;
    tag_id parent = TAGS_ROOT;
    for (int i = 0; i < 100000; i++)
        parent = tags_add(tags, parent, TAG_QUOTE);
    tag_id paragraph = add(parent, TAG_P, "깊은 글 ");
    tags_at(tags, add(paragraph, TAG_LINK, "죽은 링크"))->text = STR("#nowhere");
    tags_see(tags, paragraph);
    say("표제");
    assert_non_null(strstr(said.p, "문단: 깊은 글 죽은 링크\n"));
    assert_non_null(strstr(said.p, "링크 0개"));
}

/* A mark in a heading is said where that stands, not with each cell below it. */
static void test_calls_are_said_once(void **state)
{
    (void)state;
    tag_id table = tags_add(tags, TAGS_ROOT, TAG_TABLE), row = tags_add(tags, table, TAG_TR);
    add(table, TAG_CAPTION, "표");
    tag_id heading = cell(row, SCOPE_COLUMN, 0, 0, "인구");
    link_to(tags_add(tags, heading, TAG_REFERENCE), "1)", "#fn:1");
    row = tags_add(tags, table, TAG_TR);
    cell(row, SCOPE_NONE, 0, 0, "51만");
    say("표제");
    assert_non_null(strstr(said.p, "머리: 인구[각주 1)]\n"));
    assert_non_null(strstr(said.p, "행 1: 인구 51만\n"));
}

/* Long lists, many links to one long text, many places on one page: each in one go. */
static void test_much(void **state)
{
    (void)state;
    enum { MUCH = 50000 };
    struct buf words = {0};
    for (int i = 0; i < MUCH; i++)
        buf_text(&words, "긴 문단 ");
    put((struct op){.kind = OP_ANCHOR, .text = STR("a")});
    tag_id list = tags_add(tags, TAGS_ROOT, TAG_L), paragraph = add(TAGS_ROOT, TAG_P, words.p);
    for (int i = 0; i < MUCH; i++) {
        tags_see(tags, tags_add(tags, list, TAG_LI));
        link_to(paragraph, NULL, "#a");
    }
    say("표제");
    assert_non_null(strstr(said.p, "항목 50000:\n"));
    assert_non_null(strstr(said.p, "[링크:  → 1쪽 “긴 문단 "));
    buf_free(&words);
}

/* What is seen though nothing of it was heard: a row whose cells are all empty. */
static void test_silence(void **state)
{
    (void)state;
    tag_id item = tags_add(tags, tags_add(tags, TAGS_ROOT, TAG_L), TAG_LI), body = tags_add(tags, item, TAG_LBODY);
    tags_see(tags, tags_add(tags, tags_add(tags, body, TAG_TABLE), TAG_TR));
    say("표제");
    assert_non_null(strstr(said.p, "항목 1:"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_blocks, setup, teardown),
        cmocka_unit_test_setup_teardown(test_lists, setup, teardown),
        cmocka_unit_test_setup_teardown(test_table, setup, teardown),
        cmocka_unit_test_setup_teardown(test_missed, setup, teardown),
        cmocka_unit_test_setup_teardown(test_depth_and_inactive, setup, teardown),
        cmocka_unit_test_setup_teardown(test_calls_are_said_once, setup, teardown),
        cmocka_unit_test_setup_teardown(test_much, setup, teardown),
        cmocka_unit_test_setup_teardown(test_silence, setup, teardown),
    };
    return cmocka_run_group_tests_name("out: speech", tests, NULL, NULL);
}
