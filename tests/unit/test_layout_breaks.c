/* Where a line may end: the Korean rules over ICU's candidates, row by row of the conformance table. */
#include "base/mem.h"
#include "base/utf8.h"
#include "layout/shape.h"
#include "shaper_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ustring.h>
#include <unistd.h>

#include <cmocka.h>

#define NOTO  "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
#define NANUM "/usr/share/fonts/truetype/nanum/NanumGothic.ttf"

static int start(void **state)
{
    (void)state;
    const char *config = "[text]\nfont = " NOTO "#NotoSansCJKkr-Regular\nfont = " NANUM "\n[strong]\nfont = " NOTO
                         "\nfont = " NANUM "\n[mono]\nfont = " NOTO "\nfont = " NANUM "\n";
    shaper_start(config);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    shaper_stop();
    return 0;
}

static const struct text_style plain = {.role = ROLE_TEXT, .size = 10, .leading = 16};

/* The text with "|" at every break of at least `level`. */
static struct str marked(const struct run *runs, size_t n, uint8_t level)
{
    arena_reset(shaper->scratch);
    itemize(shaper, shaper->scratch, runs, n, &plain);
    breaks_find(shaper);
    struct buf out = {0};
    for (size_t i = 0; i < shaper->n; i++) {
        size_t end = i + 1 < shaper->n ? shaper->units[i + 1].at : shaper->text.n;
        if (i && shaper->units[i].level >= level)
            buf_char(&out, '|');
        buf_str(&out, str_slice(shaper->text, shaper->units[i].at, end));
    }
    struct str copy = str_copy(arena, buf_view(&out));
    buf_free(&out);
    return copy;
}

/* Each case is the text with "|" at its breaks; without them it is the input. */
static void expect_at(const char *const *cases, uint8_t level)
{
    if (!shaper)
        skip();
    for (; *cases; cases++) {
        struct buf input = {0};
        for (const char *p = *cases; *p; p++)
            if (*p != '|')
                buf_char(&input, *p);
        struct run run = {.text = buf_view(&input)};
        struct str got = marked(&run, 1, level);
        if (!str_equal(got, str_from(*cases)))
            fail_msg("expected %s\n     got %s", *cases, got.p);
        buf_free(&input);
    }
}

static void expect(const char *const *cases)
{
    expect_at(cases, BREAK_SYLLABLE);
}

static void row_09_not_at_line_start(void **state)
{
    (void)state;
    expect((const char *const[]){"시흥|산업", "창업·|바이오·|제조", "사업|이다.|다음", "그렇다、|그래서", "정말？|정말",
                                 "좋다！|그래", "서울・|부산", "커피ー|숍이", "경기：|시흥", "기업；|대학",
                                 "「법률」|이라고", "『소설』|이라는", "목록〃|같음", "가나——|다라", NULL});
    expect((const char *const[]){"서울 · |부산", "가격 ; |다라", "끝 ! |다음", "가나 — |다라", "값 : |단위", NULL});
}

static void row_10_not_at_line_end(void **state)
{
    (void)state;
    expect((const char *const[]){"시장은 |“지원을 |한다”고", "사업|(센터) |개소", "그는 |‘창업’을",
                                 "이른바 |「법률」을", "《책》을 |읽다", NULL});
}

static void row_11_ascii_forms(void **state)
{
    (void)state;
    expect((const char *const[]){"사업|(시흥), |고양", "그는 |\"지원을 |한다\"고", "말했다\". |그리고",
                                 "시흥|[경기] |고양", "정말? |그래! |가자", "(가) |나다", "'가나'는 |다라", NULL});
}

static void row_12_no_break_inside(void **state)
{
    (void)state;
    expect((const char *const[]){"가나——|다라", "가나……|다라", "가나...|다라", "1,234,567 |이다", "3.14159 |이다",
                                 "기온 |-5.2", "증감 |△5.2%", "증감 |▲12.5% |증가", "비율 |+3.5%p", "약 |100％ |이다",
                                 "온도 |25℃ |이상", "1~3월에", "02-123-4567", "가격 |₩5,000", "2024-01-16 |보도",
                                 NULL});
    if (!shaper)
        skip();
    struct run runs[] = {
        {.text = STR("넓이는 제곱미터")}, {.text = STR("각주"), .flags = RUN_SUPER}, {.text = STR("이다 그래")}};
    struct str got = marked(runs, 3, BREAK_SYLLABLE);
    assert_null(strstr(got.p, "터|각"));
    runs[1].flags = RUN_SUB;
    assert_null(strstr(marked(runs, 3, BREAK_SYLLABLE).p, "터|각"));
    runs[1].flags = RUN_STRONG; /* else this shows nothing */
    assert_non_null(strstr(marked(runs, 3, BREAK_SYLLABLE).p, "터|각"));
    expect((const char *const[]){"① 창업 |② 보육", "㉠ 가나 |㉡ 다라", "①창업 |②보육", "№ 3", "3~5회", "3∼5%",
                                 "10～20명", "±5개", "－5도", "＋3명", "$100", "#3", NULL});
}

static void row_13_no_lone_syllable(void **state)
{
    (void)state;
    expect((const char *const[]){"시흥시", "지원|한다", "고양|시는", "시·군·구", "AI를", "혁신|기업", "제조|업|체가",
                                 "그는", "한다.”라고", "바이|오|산|업을", NULL});
    expect_at((const char *const[]){"시|흥|시", "지|원|한|다", "시·|군·|구", NULL}, BREAK_LONE);
}

static void row_13_a_dependent_noun_stays(void **state)
{
    (void)state;
    expect_at((const char *const[]){"쓸 수 있게 |한다", "볼 수는 없다", "갈 수밖에 없다", "할 |수단 |있게",
                                    "서수 |있다", "자료 |수 |집계", NULL},
              BREAK_SPACE);
}

static void row_14_latin_and_urls(void **state)
{
    (void)state;
    expect((const char *const[]){"international |start-|up |hub",
                                 "https://|www.|example.|com/|news/|article_|view?|id=|12345", "www.|example.|go.kr",
                                 "R&D |투자", "COVID-19 |대응", NULL});
}

static void row_35_number_and_unit(void **state)
{
    (void)state;
    expect((const char *const[]){"25만 개",
                                 "6조 7천억 원",
                                 "2024. 1. 16.",
                                 "15:20",
                                 "3.5㎡",
                                 "제3조",
                                 "제 3조에",
                                 "25만개",
                                 "100여 개",
                                 "7천억 원을 |들여",
                                 "5 km |이상",
                                 "3개월",
                                 "3개월간",
                                 "2024년도",
                                 "12 명이 |왔다",
                                 "10개사 |선정",
                                 "2024. 1. 16.(화) |개최",
                                 "3차원",
                                 "5G |통신",
                                 "3 % |증가",
                                 "1천 명의 |학생",
                                 NULL});
    expect((const char *const[]){"2024년 |1월 |16일", "사업비 |25억", "15개 |기업", "3곳 |선정", NULL});
}

static void row_36_hanja_gloss(void **state)
{
    (void)state;
    expect((const char *const[]){"시흥(始興)", "시흥시(始興市)", "대한민국(大韓民國)", "한글(漢字) |표기", NULL});
}

static void row_37_old_hangul(void **state)
{
    (void)state;
    if (!shaper)
        skip();
    struct run run = {
        .text = STR("\xe1\x84\x92\xe1\x86\x9e\xe1\x86\xab\xe1\x84\x92\xe1\x86\x9e\xe1\x86\xab")}; /* twice ᄒᆞᆫ */
    struct str got = marked(&run, 1, BREAK_GRAPHEME);
    assert_string_equal(got.p, "\xe1\x84\x92\xe1\x86\x9e\xe1\x86\xab|\xe1\x84\x92\xe1\x86\x9e\xe1\x86\xab");
}

static void row_40_no_break_space_binds(void **state)
{
    (void)state;
    expect((const char *const[]){"가나\xe2\x81\xa0다라 |마바", NULL});
    if (!shaper)
        skip();
    struct run run = {.text = STR("시흥\xc2\xa0고양")};
    assert_null(strstr(marked(&run, 1, BREAK_KEPT).p, "\xc2\xa0|"));
}

/* Rules work on any garbage: no crash, and never a break at the first unit or before a space. */
/* Where ICU, shown the whole text, sees no or some break before each unit. */
static void compare_with_icu(struct str text)
{
    struct run run = {.text = text};
    arena_reset(shaper->scratch);
    itemize(shaper, shaper->scratch, &run, 1, &plain);
    UChar *wide = ARENA_ARRAY(arena, 2 * text.n + 2, UChar);
    int32_t length = 0;
    UErrorCode status = U_ZERO_ERROR;
    u_strFromUTF8(wide, (int32_t)text.n + 1, &length, text.p, (int32_t)text.n, &status);
    UBreakIterator *all = ubrk_open(UBRK_LINE, "root", wide, length, &status);
    assert_true(U_SUCCESS(status));
    breaks_candidates(shaper);
    int32_t offset = 0;
    size_t at = 0;
    for (size_t i = 0; i < shaper->n; i++) {
        const struct unit *unit = &shaper->units[i];
        while (at < unit->at)
            offset += utf8_next(text, &at) > 0xffff ? 2 : 1;
        bool gap = i == 0 || shaper->units[i - 1].cp == ' ' ||
                   ((unit->flags | shaper->units[i - 1].flags) & (UNIT_SPACE | UNIT_NEWLINE));
        if (!gap && unit->level != BREAK_FORCED && (unit->level > BREAK_GRAPHEME) != ubrk_isBoundary(all, offset))
            fail_msg("break before unit %zu of \"%.*s\": level %d", i, STR_ARG(text), unit->level);
    }
    ubrk_close(all);
}

/* ICU is shown a shorter text, which must lead to the same breaks. */
static void icu_sees_enough(void **state)
{
    (void)state;
    if (!shaper)
        skip();
    static const char *const parts[] = {
        "가",  "나다",   "각",     "힣힣힣", "시흥시는", " ",      " ",      " ",      "  ",     "a",  "Bc",
        "xyz", "1",      "23",     "4567",   ".",        ",",      ":",      "-",      "/",      "(",  ")",
        "[",   "\"",     "'",      "“",      "”",        "‘",      "’",      "%",      "$",      "₩",  "℃",
        "·",   "…",      "—",      "~",      "!",        "?",      "漢",     "字",     "ー",     "。", "「",
        "」",  "\u0301", "\u200d", "\u2060", "\u00a0",   "\u200b", "\u11a8", "\u1112", "\u1161", "😀",  "👨\u200d👩",
        "🇰🇷",  "ก",      "א",      "é",      "\t",       "\n",     "＋",     "５",     "\u302e", "°",
    };
    uint32_t seed = 7;
    for (int round = 0; round < 4000; round++) {
        struct buf text = {0};
        for (int i = 0; i < 3 + round % 25; i++) {
            seed = seed * 1664525 + 1013904223;
            size_t all = sizeof parts / sizeof *parts, few = seed >> 8 & 1 ? 16 : all;
            buf_text(&text, parts[(seed >> 12) % few]);
        }
        compare_with_icu(buf_view(&text));
        buf_free(&text);
        arena_reset(arena);
    }
}

/* The offices' ways to write sums, dates, times, laws and numbers of all kinds: each is one line's business. */
static void row_35_what_offices_write(void **state)
{
    (void)state;
    static const char *const whole[] = {/* sums */
                                        "1,234억 원", "6조 원", "7천억 원을", "5백만 원", "50만 원씩", "₩5,000", "$3.5",
                                        "1만 2천여 명", "120만 달러", "3천 5백 톤",
                                        /* dates, times, spans */
                                        "2024. 1. 16.", "2024. 1. 16.(화)", "2024.1.16.(화)", "’24. 1. 16.",
                                        "'24.1.16.", "1. 16.(화)", "2024년도", "2024-01-16", "15:20", "15:20~17:00",
                                        "3~5월", "1월~3월", "10시 30분", "3시", "3개월간",
                                        /* units */
                                        "3.5㎡", "3.5 ㎡", "25 km", "12.5%", "3.5%p", "36.5℃", "25°C", "100 kW",
                                        "1.5 GW", "3,000 t", "10 Gbps", "±0.5㎜",
                                        /* counting */
                                        "25만 개소", "25만 개", "100여 개", "12 명이", "3 곳", "제3조", "제 3조",
                                        "제12조의2", "제3항", "제1호", "제2차", "№ 3", "No. 3", "제3조 제2항", "제3회",
                                        "1호선", "5G", "3차원", "1인당", "2배", "1순위", "10위권", "4대강",
                                        /* telephones, codes */
                                        "02-123-4567", "031-1234-5678", "1588-1234", "(02)123-4567", "A-12", NULL};
    expect(whole);
    expect((const char *const[]){"「재정법」 |제3조 제2항", "재정법 |제12조의2 제1항 제3호에 |따라", "총 |1,234억 원을",
                                 "오는 |2024. 1. 16.(화) |15:20에", "올해 |1만 2천여 명이", "2024년 |1월 |16일",
                                 "매주 |3~5회 |운영", "전화 |02-123-4567로", "면적 |3.5㎡의 |부스", "기온이 |-5℃까지",
                                 "제2차 |기본|계획", NULL});
}

/* Every way a counting word can be found: first and last of the table, one that begins another, one of two letters. */
static void row_35_every_kind_of_unit(void **state)
{
    (void)state;
    static const char *const cases[] = {"5 ㎡", "5 개월", "5 개", "5 홀", "5 회", "5 km", "5 m",      "5 GHz", "5 가구",
                                        "5 ％", "5 %p",   "5 호", "5 ㎖", "5 t",  "5 원", "5 헥타르", NULL};
    expect_at(cases, BREAK_SYLLABLE);
}

static void hostile_strings(void **state)
{
    (void)state;
    if (!shaper)
        skip();
    static const char *const texts[] = {"",
                                        " ",
                                        "   ",
                                        "\n",
                                        "\n\n가\n",
                                        "(((((",
                                        ")))))",
                                        "\"'\"'\"",
                                        "2024.",
                                        ". . .",
                                        "제",
                                        "제 ",
                                        "1 1 1",
                                        "://",
                                        "http://",
                                        "www.",
                                        "가(",
                                        "가(漢",
                                        "%",
                                        "- - -",
                                        "\xc2\xa0\xc2\xa0",
                                        "\xe2\x80\x8b\xe2\x80\x8b",
                                        "\xf0\x9f\x98\x80\xf0\x9f\x98\x80",
                                        "여여여만만만"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct run run = {.text = str_from(texts[i])};
        marked(&run, 1, BREAK_SYLLABLE);
        for (size_t k = 0; k < shaper->n; k++)
            if (shaper->units[k].level >= BREAK_SYLLABLE && shaper->units[k].level != BREAK_FORCED)
                assert_true(k > 0 && !(shaper->units[k].flags & UNIT_SPACE));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(row_09_not_at_line_start),
        cmocka_unit_test(row_10_not_at_line_end),
        cmocka_unit_test(row_11_ascii_forms),
        cmocka_unit_test(row_12_no_break_inside),
        cmocka_unit_test(row_13_no_lone_syllable),
        cmocka_unit_test(row_13_a_dependent_noun_stays),
        cmocka_unit_test(row_14_latin_and_urls),
        cmocka_unit_test(row_35_number_and_unit),
        cmocka_unit_test(row_36_hanja_gloss),
        cmocka_unit_test(row_37_old_hangul),
        cmocka_unit_test(row_40_no_break_space_binds),
        cmocka_unit_test(row_35_every_kind_of_unit),
        cmocka_unit_test(row_35_what_offices_write),
        cmocka_unit_test(icu_sees_enough),
        cmocka_unit_test(hostile_strings),
    };
    setenv("LC_ALL", "ja_JP.UTF-8", 1); /* ICU's default locale must not matter */
    return cmocka_run_group_tests(tests, start, stop);
}
