/* The base under the Korean rules against Unicode's own tests: what each line of LineBreakTest.txt and
 * GraphemeBreakTest.txt says, and where this house departs from it on purpose. */
#include "base/mem.h"
#include "base/utf8.h"
#include "layout/shape.h"
#include "shaper_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#include <cmocka.h>

#define FOLDER "/usr/share/unicode/auxiliary/"
#define NOTO   "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
#define NANUM  "/usr/share/fonts/truetype/nanum/NanumGothic.ttf"

static const struct text_style plain = {.role = ROLE_TEXT, .size = 10, .leading = 16};

enum { MOST = 64 };

/* One line of a test file: characters, and whether Unicode allows a break before each and at the end. */
struct sample {
    uint32_t cp[MOST];
    bool breaks[MOST + 1];
    size_t n;
    struct buf text;
};

static bool read_sample(const char *line, struct sample *out)
{
    out->n = 0;
    buf_clear(&out->text);
    for (; *line && *line != '#' && out->n < MOST; line += strcspn(line, " \t\n"), line += strspn(line, " \t\n")) {
        if (strncmp(line, "÷", 2) == 0 || strncmp(line, "×", 2) == 0) {
            out->breaks[out->n] = strncmp(line, "÷", 2) == 0;
            continue;
        }
        uint32_t c = (uint32_t)strtoul(line, NULL, 16);
        out->cp[out->n++] = c;
        buf_utf8(&out->text, c);
    }
    return out->n > 0;
}

/* ---- departures ---- */

/* What is known of one place of a sample: between `a` and `b`. */
struct place {
    uint32_t before, a, b; /* before: the character in front of a, or 0 */
    bool cluster;          /* a and b are one grapheme cluster to us */
    bool ours;             /* we see a break where Unicode has none, or the other way round */
};

static ULineBreak class_of(uint32_t c)
{
    return (ULineBreak)u_getIntPropertyValue((UChar32)c, UCHAR_LINE_BREAK);
}

static bool is_letter_class(uint32_t c)
{
    ULineBreak class = class_of(c);
    return class == U_LB_ALPHABETIC || class == U_LB_AMBIGUOUS || class == U_LB_UNKNOWN ||
           class == U_LB_COMPLEX_CONTEXT;
}

static bool any_word_follows_a_space(const struct place *p)
{
    return p->ours && p->a == ' ';
}

static bool spaces_hang(const struct place *p)
{
    return !p->ours && !p->cluster && (p->b == ' ' || p->b == '\t' || p->b == 0xa0 || p->b == '\n');
}

static bool clusters_stay_whole(const struct place *p)
{
    return !p->ours && p->cluster;
}

static bool joiner_binds(const struct place *p)
{
    return !p->ours && p->a == ' ' && p->b == 0x2060;
}

static bool joined_space_is_a_space(const struct place *p)
{
    return p->ours && p->before == ' ' && p->a == 0x200d;
}

static bool soft_hyphen_is_left_out(const struct place *p)
{
    return !p->ours && p->a == 0xad;
}

static bool hyphen_begins_a_word(const struct place *p)
{
    ULineBreak class = class_of(p->a == 0x308 ? p->before : p->a);
    return !p->ours && class == U_LB_HYPHEN && is_letter_class(p->b);
}

static bool point_begins_a_number(const struct place *p)
{
    ULineBreak class = class_of(p->a == 0x308 ? p->before : p->a);
    return !p->ours && class == U_LB_INFIX_NUMERIC && class_of(p->b) == U_LB_NUMERIC;
}

static bool new_line_ends_all(const struct place *p)
{
    return p->ours && p->a == '\r' && p->b == '\n';
}

struct departure {
    bool (*is)(const struct place *place);
    const char *rule, *reason;
    size_t seen;
};

static struct departure line_departures[] = {
    {any_word_follows_a_space, "SP ÷", "LB 7, 13–17 over spaces are ours: over_space knows which marks begin a word",
     0},
    {spaces_hang, "× SP, × BA, × GL", "white space never begins a line, so LB 4, 8, 18 find no break before it", 0},
    {clusters_stay_whole, "× EM, SP × CM, SP × ZWJ", "no break inside a grapheme cluster, whatever LB 10 says", 0},
    {joiner_binds, "SP × WJ", "U+2060 binds behind a zero-width space too (LB 8 before LB 11)", 0},
    {joined_space_is_a_space, "SP ZWJ ÷", "LB 8a is for emoji; a joiner that follows a space joins nothing", 0},
    {soft_hyphen_is_left_out, "BA ÷", "U+00AD never reaches ICU: controls.c knows where it stood (row 14)", 0},
    {hyphen_begins_a_word, "HY × AL", "ICU's own rule 20.09: the hyphen of -word at a line's start", 0},
    {point_begins_a_number, "IS × NU", "ICU's own reading of LB 25: .5 is a number", 0},
    {0}};

static struct departure grapheme_departures[] = {
    {new_line_ends_all, "CR ÷ LF", "no text has a CR (doc.h); CR shows nothing and LF ends the line", 0}, {0}};

/* ---- the tests ---- */

/* In the text as it is cut: a soft hyphen is taken out of it. */
static size_t bytes_of(uint32_t c)
{
    return c == 0xad ? 0 : c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

/* Compares one sample; counts departures, and fails on one that is in no list. */
static void compare(const struct sample *s, bool lines, struct departure *departures, const char *line)
{
    struct run run = {.text = buf_view(&s->text)};
    arena_reset(shaper->scratch);
    itemize(shaper, shaper->scratch, &run, 1, &plain);
    if (lines)
        breaks_candidates(shaper);
    size_t at = bytes_of(s->cp[0]), unit = 0;
    for (size_t i = 1; i < s->n; at += bytes_of(s->cp[i]), i++) {
        while (unit < shaper->n && shaper->units[unit].at < at)
            unit++;
        bool begins = unit < shaper->n && shaper->units[unit].at == at;
        bool breaks = begins && (!lines || shaper->units[unit].level > BREAK_GRAPHEME);
        if (breaks == s->breaks[i] || s->cp[i] == 0xad)
            continue;
        struct place place = {i > 1 ? s->cp[i - 2] : 0, s->cp[i - 1], s->cp[i], !begins, breaks};
        struct departure *d = departures;
        while (d->is && !d->is(&place))
            d++;
        if (!d->is)
            fail_msg("%s before U+%04X in: %s", breaks ? "a break" : "no break", (unsigned)s->cp[i], line);
        d->seen++;
    }
}

static void run_file(const char *path, bool lines, struct departure *departures)
{
    FILE *file = shaper ? fopen(path, "r") : NULL;
    if (!file) {
        print_message("skipped: no fonts, or no %s (Debian: unicode-data)\n", path);
        skip();
    }
    char line[4000];
    struct sample sample = {0};
    size_t count = 0;
    while (fgets(line, sizeof line, file))
        if (read_sample(line, &sample)) {
            compare(&sample, lines, departures, line);
            count++;
        }
    fclose(file);
    buf_free(&sample.text);
    assert_true(count > 500);
    print_message("%zu lines of %s\n", count, path);
    for (; departures->is; departures++) {
        print_message("  %5zu times %s: %s\n", departures->seen, departures->rule, departures->reason);
        assert_true(departures->seen > 0); /* else the list tells a tale */
    }
}

static void line_break_test(void **state)
{
    (void)state;
    run_file(FOLDER "LineBreakTest.txt", true, line_departures);
}

static void grapheme_break_test(void **state)
{
    (void)state;
    run_file(FOLDER "GraphemeBreakTest.txt", false, grapheme_departures);
}

/* Marks that the short cuts of itemize.c might take for letters of their own. */
static void marks_stay_on_their_letters(void **state)
{
    (void)state;
    if (!shaper)
        skip();
    for (uint32_t c = 0x300; c < 0x10000; c++) {
        int32_t class = u_getIntPropertyValue((UChar32)c, UCHAR_GRAPHEME_CLUSTER_BREAK);
        if (class != U_GCB_EXTEND && class != U_GCB_SPACING_MARK)
            continue;
        struct buf text = {0};
        buf_text(&text, "a");
        buf_utf8(&text, c);
        struct run run = {.text = buf_view(&text)};
        arena_reset(shaper->scratch);
        itemize(shaper, shaper->scratch, &run, 1, &plain);
        if (shaper->n != 1)
            fail_msg("U+%04X does not stay on its letter", (unsigned)c);
        buf_free(&text);
    }
}

/* ---- the Korean layer ---- */

/* What the Korean rules say of a mark between Hangul: rows 9 and 10 by its general category, others by name. */
enum rule { NO_RULE, ROW_9, ROW_10, ROW_12, ROW_35 };

static const struct {
    uint32_t first, last;
    enum rule rule;
} named[] = {
    {'%', '%', ROW_9},        {'0', '9', ROW_35},        {'~', '~', ROW_9},         {0xb0, 0xb0, ROW_9},
    {0xb7, 0xb7, ROW_9},      {0x2014, 0x2015, ROW_9},   {0x2022, 0x2022, ROW_9},   {0x2025, 0x2027, ROW_9},
    {0x2030, 0x2030, ROW_9},  {0x2032, 0x2033, ROW_9},   {0x2103, 0x2103, ROW_9},   {0x2109, 0x2109, ROW_9},
    {0x223c, 0x223c, ROW_9},  {0x22ef, 0x22ef, ROW_9},   {0x3003, 0x3003, ROW_9},   {0x3005, 0x3005, ROW_9},
    {0x301c, 0x301c, ROW_9},  {0x30fb, 0x30fc, ROW_9},   {0xff05, 0xff05, ROW_9},   {0xff0d, 0xff0d, ROW_9},
    {0xff5e, 0xff5e, ROW_9},  {0xff10, 0xff19, ROW_35},  {0xff65, 0xff65, ROW_9},   {0x1806, 0x1806, NO_RULE},
    {0x2116, 0x2116, ROW_12}, {0x2460, 0x24ff, ROW_12},  {0x2776, 0x2793, ROW_12},  {0x3200, 0x321e, ROW_12},
    {0x3260, 0x327f, ROW_12}, {0x2e1a, 0x2e1a, NO_RULE}, {0xfe31, 0xfe32, NO_RULE}, /* dashes of other scripts, and
                                                                                       vertical ones */
};

static enum rule rule_of(uint32_t c)
{
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (c >= named[i].first && c <= named[i].last)
            return named[i].rule;
    switch (u_charType((UChar32)c)) {
    case U_END_PUNCTUATION:
    case U_FINAL_PUNCTUATION:
    case U_DASH_PUNCTUATION: return ROW_9;
    case U_START_PUNCTUATION:
    case U_INITIAL_PUNCTUATION: return ROW_10;
    default: return NO_RULE;
    }
}

/* The break level before the byte `at` of the text, under the Korean rules or in ICU's candidates. */
static uint8_t level_at(struct str text, size_t at, bool korean)
{
    struct run run = {.text = text};
    arena_reset(shaper->scratch);
    itemize(shaper, shaper->scratch, &run, 1, &plain);
    (korean ? breaks_find : breaks_candidates)(shaper);
    for (size_t i = 0; i < shaper->n; i++)
        if (shaper->units[i].at == at)
            return shaper->units[i].level;
    return BREAK_NEVER;
}

static void check_character(uint32_t c, size_t taken[])
{
    struct buf text = {0};
    buf_text(&text, "가나");
    buf_utf8(&text, c);
    buf_text(&text, "다라");
    enum rule rule = rule_of(c), bans[] = {ROW_9, ROW_10};
    for (int side = 0; side < 2; side++) {
        size_t at = side ? 6 + bytes_of(c) : 6;
        uint8_t korean = level_at(buf_view(&text), at, true);
        bool was = level_at(buf_view(&text), at, false) > BREAK_GRAPHEME, is = korean >= BREAK_LONE;
        const char *where = side ? "after" : "before";
        if (is && (!was || rule == bans[side]))
            fail_msg("U+%04X: a break %s it, against %s", (unsigned)c, where, was ? "rows 9 and 10" : "UAX #14");
        if (was && !is && rule != bans[side] && !(side && (rule == ROW_12 || rule == ROW_35)))
            fail_msg("U+%04X: the break %s it is gone without a rule", (unsigned)c, where);
        taken[rule] += was && !is;
    }
    buf_free(&text);
}

/* Every character of the BMP between Hangul: what UAX #14 does not allow is never allowed, and what is forbidden beyond
 * it has a rule. */
static void row_09_10_and_uax14_for_every_character(void **state)
{
    (void)state;
    if (!shaper)
        skip();
    size_t taken[ROW_35 + 1] = {0};
    for (uint32_t c = 0x21; c < 0xfffe; c = c == 0xd7ff ? 0xe000 : c + 1)
        if (u_isgraph((UChar32)c))
            check_character(c, taken);
    print_message("  taken from UAX #14: %zu marks that may begin a line there, the place after %zu digits\n",
                  taken[ROW_9], taken[ROW_35]);
    assert_true(taken[ROW_9] > 0 && taken[ROW_35] == 20);
    assert_int_equal(taken[ROW_10], 0); /* LB 14 has them all */
}

/* Each character of `marks` put for "@" in `frame`: no line ends at the "|". */
static void no_break_with(const char *frame, const char *marks)
{
    struct str all = str_from(marks);
    for (size_t at = 0, from = 0; at < all.n; from = at) {
        utf8_next(all, &at);
        struct buf text = {0};
        size_t place = 0;
        for (const char *p = frame; *p; p++)
            if (*p == '@')
                buf_str(&text, str_slice(all, from, at));
            else if (*p == '|')
                place = text.n;
            else
                buf_char(&text, *p);
        if (level_at(buf_view(&text), place, true) >= BREAK_LONE)
            fail_msg("a line may end at \"|\" in %s with %.*s", frame, (int)(at - from), all.p + from);
        buf_free(&text);
    }
}

static void row_09_10_11_over_a_space(void **state)
{
    (void)state;
    if (!shaper)
        skip();
    no_break_with("가나 |@ 다라", ")]}:;,!?%’”»〉》」』】〕〗〙〛·・‧•、。〃々ー！？，．：；％）］｝～°℃‰′″‐‑—―");
    no_break_with("가나 |@다라", ")]},!?%’”〉》」』】〕·・、。！？）");
    no_break_with("가나 @ |다라", "([{‘“«〈《「『【〔〖〘〚（［｛");
    no_break_with("가나 @|다라", "([{‘“«〈《「『【〔〖〘〚（［｛");
}

static void row_12_classes(void **state)
{
    (void)state;
    if (!shaper)
        skip();
    no_break_with("가나@|@다라", "—―…‥⋯─.~");                /* one sign however often repeated */
    no_break_with("가나 @|5 다라", "+-−±#$£¥₩€№△▲▽▼＋－￦"); /* sign and number */
    no_break_with("가나 1@|2 다라", ".,:-/~·–−∼〜・．～");   /* what joins two numbers, */
    no_break_with("가나 1|@2 다라", ".,:-/~·–−∼〜・．～");
    no_break_with("가나 1|@ 다라", "%％℃°‰㎡㎢㎏㎞개원명"); /* and what counts them */
    no_break_with("가나 1@|㎡ 다라", "0９");
}

static int start(void **state)
{
    (void)state;
    const char *config = "[text]\nfont = " NOTO "#NotoSansCJKkr-Regular\nfont = " NANUM "\n[strong]\nfont = " NOTO
                         "\n[mono]\nfont = " NOTO "\n";
    shaper_start(config);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    shaper_stop();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(line_break_test),
        cmocka_unit_test(grapheme_break_test),
        cmocka_unit_test(marks_stay_on_their_letters),
        cmocka_unit_test(row_09_10_and_uax14_for_every_character),
        cmocka_unit_test(row_09_10_11_over_a_space),
        cmocka_unit_test(row_12_classes),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
