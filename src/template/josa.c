/* 조사 that fit the word before them: 시흥시는, 포항은, 3은, AI는, 50%로 (RULES.md row 38). */
#include "base/utf8.h"
#include "template/hanja.h"
#include "template/template.h"
#include "template/write.h"

#include <string.h>

enum { LOOK_BACK = 600 }; /* bytes of text before a pair that can matter */

/* A pair as people write it in forms, and what it becomes. The ㄹ of 으로 is the one that counts as no final. */
static const struct {
    struct str form, after_final, after_vowel;
    bool rieul_is_vowel;
} pairs[] = {
#define PAIR(form, final, vowel)                                                                                       \
    {                                                                                                                  \
        {form, sizeof form - 1}, {final, sizeof final - 1}, {vowel, sizeof vowel - 1}, false                           \
    }
#define RIEUL(form, final, vowel)                                                                                      \
    {                                                                                                                  \
        {form, sizeof form - 1}, {final, sizeof final - 1}, {vowel, sizeof vowel - 1}, true                            \
    }
    PAIR("은(는)", "은", "는"),      PAIR("는(은)", "은", "는"),      PAIR("이(가)", "이", "가"),
    PAIR("가(이)", "이", "가"),      PAIR("을(를)", "을", "를"),      PAIR("를(을)", "을", "를"),
    PAIR("과(와)", "과", "와"),      PAIR("와(과)", "과", "와"),      PAIR("아(야)", "아", "야"),
    PAIR("야(아)", "아", "야"),      PAIR("이다(다)", "이다", "다"),  PAIR("이라(라)", "이라", "라"),
    PAIR("이나(나)", "이나", "나"),  PAIR("이며(며)", "이며", "며"),  PAIR("이란(란)", "이란", "란"),
    PAIR("이랑(랑)", "이랑", "랑"),  PAIR("이든(든)", "이든", "든"),  PAIR("이고(고)", "이고", "고"),
    PAIR("이었(였)", "이었", "였"),  PAIR("이어(여)", "이어", "여"),  PAIR("이에요(예요)", "이에요", "예요"),
    PAIR("(이)다", "이다", "다"),    PAIR("(이)라", "이라", "라"),    PAIR("(이)나", "이나", "나"),
    PAIR("(이)며", "이며", "며"),    PAIR("(이)란", "이란", "란"),    PAIR("(이)랑", "이랑", "랑"),
    PAIR("(이)든", "이든", "든"),    PAIR("(이)고", "이고", "고"),    RIEUL("(으)로", "으로", "로"),
    RIEUL("으로(로)", "으로", "로"), RIEUL("로(으로)", "으로", "로"),
#undef PAIR
#undef RIEUL
};
enum { PAIRS = sizeof pairs / sizeof *pairs };

size_t josa_find(struct str text, size_t from, struct str *form)
{
    for (size_t at = from; at < text.n; at++) {
        const char *open = memchr(text.p + at, '(', text.n - at);
        if (!open)
            return SIZE_MAX;
        at = (size_t)(open - text.p);
        for (size_t i = 0; i < PAIRS; i++) {
            size_t before = str_find(pairs[i].form, STR("("), 0);
            if (at < from + before || !str_starts(str_slice(text, at - before, text.n), pairs[i].form))
                continue;
            *form = pairs[i].form;
            return at - before;
        }
    }
    return SIZE_MAX;
}

/* --- digits --- */

/* Trailing zeros name the place: 10 십, 300 삼백, 2,000 이천, 만, 억: all closed, but 10^12 to 10^15 end in 조. */
static enum final_sound number_final(struct str word, size_t end)
{
    static const enum final_sound digit[] = {FINAL_OTHER, FINAL_RIEUL, FINAL_NONE,  FINAL_OTHER, FINAL_NONE,
                                             FINAL_NONE,  FINAL_OTHER, FINAL_RIEUL, FINAL_RIEUL, FINAL_NONE};
    int last = word.p[end - 1] - '0';
    if (last != 0)
        return digit[last];
    size_t zeros = 0, at = end;
    while (at > 0 && (word.p[at - 1] == '0' || (word.p[at - 1] == ',' && at < end))) {
        zeros += word.p[at - 1] == '0';
        at--;
    }
    bool whole = at > 0 && word.p[at - 1] >= '1' && word.p[at - 1] <= '9';
    while (whole && at > 0 && ((word.p[at - 1] >= '0' && word.p[at - 1] <= '9') || word.p[at - 1] == ','))
        at--;
    if (whole && at > 0 && word.p[at - 1] == '.') /* decimals are read digit by digit: 영 */
        return FINAL_OTHER;
    return whole && zeros >= 12 && zeros < 16 ? FINAL_NONE : FINAL_OTHER;
}

/* --- Latin --- */

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_latin(char c)
{
    return is_upper(c) || (c >= 'a' && c <= 'z');
}

static bool is_vowel(char c)
{
    return c && strchr("aeiou", c);
}

/* Names of letters: 엘, 아르 written 알, 엠, 엔; all others end in a vowel. */
static enum final_sound letter_final(char c)
{
    switch (c) {
    case 'L':
    case 'R': return FINAL_RIEUL;
    case 'M':
    case 'N': return FINAL_OTHER;
    default: return FINAL_NONE;
    }
}

/* Units after a number are read out: 5km 오 킬로미터, 3kg 삼 킬로그램, 2t 이 톤. */
static enum final_sound unit_final(struct str unit)
{
    static const struct {
        const char *name;
        enum final_sound final;
    } units[] = {{"kg", FINAL_OTHER}, {"g", FINAL_OTHER},   {"mg", FINAL_OTHER}, {"t", FINAL_OTHER},
                 {"m", FINAL_NONE},   {"km", FINAL_NONE},   {"cm", FINAL_NONE},  {"mm", FINAL_NONE},
                 {"nm", FINAL_NONE},  {"L", FINAL_NONE},    {"l", FINAL_NONE},   {"mL", FINAL_NONE},
                 {"ml", FINAL_NONE},  {"kL", FINAL_NONE},   {"ha", FINAL_NONE},  {"kcal", FINAL_NONE},
                 {"pm", FINAL_NONE},  {"ppm", FINAL_OTHER}, {"kWh", FINAL_NONE}, {"Wh", FINAL_NONE}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (str_equal(unit, str_from(units[i].name)))
            return units[i].final;
    return FINAL_UNKNOWN;
}

/* How an English word in lower case is commonly transcribed: startup 스타트업, hub 허브, bank 뱅크, robot 로봇. `b` is
 * the letter before the last one, `a` the one before that. */
static enum final_sound word_final(struct str word)
{
    char c = word.p[word.n - 1], b = word.n > 1 ? word.p[word.n - 2] : 0, a = word.n > 2 ? word.p[word.n - 3] : 0;
    b = is_upper(b) ? (char)(b + 32) : b;
    a = is_upper(a) ? (char)(a + 32) : a;
    switch (c) {
    case 'l': return FINAL_RIEUL;
    case 'm':
    case 'n': return FINAL_OTHER;
    case 'e':
        if (b == 'l')
            return FINAL_RIEUL;
        return (b == 'm' || b == 'n') && word.n > 2 ? FINAL_OTHER : FINAL_NONE;
    case 'g': return b == 'n' ? FINAL_OTHER : FINAL_NONE;
    case 'c': return b == 'i' || b == 'e' ? FINAL_OTHER : FINAL_NONE;
    case 'k':
        if (b == 'c')
            return FINAL_OTHER;
        return is_vowel(b) && (!is_vowel(a) || (a == 'o' && b == 'o')) ? FINAL_OTHER : FINAL_NONE;
    case 'p':
        if (b == 'p' || b == 'u')
            return FINAL_OTHER;
        return is_vowel(b) && !is_vowel(a) ? FINAL_OTHER : FINAL_NONE;
    case 'b':
        return is_vowel(b) && !str_ends(word, STR("hub")) && !str_ends(word, STR("Hub")) ? FINAL_OTHER : FINAL_NONE;
    case 't':
        if (word.n <= 3 && b == 'e')
            return FINAL_NONE; /* set, net: 세트, 네트 */
        return is_vowel(b) && !is_vowel(a) ? FINAL_OTHER : FINAL_NONE;
    default: return FINAL_NONE;
    }
}

static enum final_sound latin_final(struct str word, size_t end)
{
    size_t from = end;
    while (from > 0 && is_latin(word.p[from - 1]))
        from--;
    struct str letters = str_slice(word, from, end);
    bool after_digit = from > 0 && word.p[from - 1] >= '0' && word.p[from - 1] <= '9';
    enum final_sound unit = after_digit ? unit_final(letters) : FINAL_UNKNOWN;
    if (unit != FINAL_UNKNOWN)
        return unit;
    if (is_upper(word.p[end - 1]) || letters.n == 1) {
        char c = word.p[end - 1];
        return letter_final(is_upper(c) ? c : (char)(c - 32));
    }
    return word_final(letters);
}

/* --- everything else --- */

static enum final_sound sign_final(uint32_t c)
{
    if (c >= 0x3131 && c <= 0x314e) /* ㄱ 기역 … ㅎ 히읗: names that end in the letter itself */
        return c == 0x3139 ? FINAL_RIEUL : FINAL_OTHER;
    if (c >= 0x11a8 && c <= 0x11ff)
        return c == 0x11af ? FINAL_RIEUL : FINAL_OTHER;
    if (c == 0x3093 || c == 0x30f3)
        return FINAL_OTHER;
    if ((c >= 0x3041 && c <= 0x30fc) || (c >= 0x314f && c <= 0x3163) || (c >= 0x1160 && c <= 0x11a7))
        return FINAL_NONE;
    switch (c) {
    case '%':
    case 0xff05:
    case '$':
    case '+':
    case 0x2103:
    case 0xb0: /* 퍼센트 달러 플러스 도 */
    case 0x33a1:
    case 0x33a2:
    case 0x339e:
    case 0x339d:
    case 0x339c:
    case 0x33a5: /* ㎡ ㎢ ㎞ ㎝ ㎜ ㎥ */
    case 0x3396:
    case 0x3397:
    case 0x3398:
    case 0x33ca:
    case 0x33be:
    case 0x33bf:
    case 0x2113: /* ㎖ ㎗ ㎘ ㏊ ㎾ ㎿ ℓ */ return FINAL_NONE;
    case 0x2030: return FINAL_RIEUL; /* 퍼밀 */
    case 0x338f:
    case 0x338e:
    case 0x338d:
    case 0x20a9:
    case 0xb2:
    case 0xb3: return FINAL_OTHER; /* 그램, 원, 제곱 */
    default: return FINAL_UNKNOWN;
    }
}

/* Plain digit behind a full-width (３) or circled (③) one, 0 for none. */
static char plain_digit(uint32_t c)
{
    static const char circled[] = "1234567890"; /* ⑩ 십 */
    if (c >= 0xff10 && c <= 0xff19)
        return (char)('0' + (c - 0xff10));
    return c >= 0x2460 && c <= 0x2469 ? circled[c - 0x2460] : 0;
}

static enum final_sound final_at(struct str word, size_t end)
{
    size_t at = end;
    uint32_t c = utf8_previous(word, &at);
    if (utf8_is_hangul(c)) {
        uint32_t final = (c - 0xac00) % 28;
        return final == 0 ? FINAL_NONE : final == 8 ? FINAL_RIEUL : FINAL_OTHER;
    }
    if (c >= '0' && c <= '9')
        return number_final(word, end);
    if (plain_digit(c))
        return number_final((struct str){(char[]){plain_digit(c)}, 1}, 1);
    if (c < 0x80 && is_latin((char)c))
        return latin_final(word, end);
    if (utf8_is_han(c) && end - at == 3)
        return hanja_final(word.p + at);
    return sign_final(c);
}

/* Closing signs that are not read. */
static bool is_silent(uint32_t c)
{
    switch (c) {
    case '"':
    case '\'':
    case ']':
    case '}':
    case '>':
    case '.':
    case ',':
    case '*':
    case '_':
    case '`':
    case '!':
    case '?':
    case 0x2019:
    case 0x201d:
    case 0x300d:
    case 0x300f:
    case 0x300b:
    case 0x3009:
    case 0x3011:
    case 0x3015:
    case 0xff3d:
    case 0x2026:
    case 0xb7:
    case 0x2122:
    case 0xae:
    case 0xa9:
    case 0x203b: return true;
    default: return false;
    }
}

/* The start of the parenthesis that closes before `end`, or SIZE_MAX. */
static size_t opening(struct str word, size_t end)
{
    int depth = 0;
    for (size_t at = end; at > 0;) {
        uint32_t c = utf8_previous(word, &at);
        depth += c == ')' || c == 0xff09 ? 1 : c == '(' || c == 0xff08 ? -1 : 0;
        if (depth == 0)
            return at;
    }
    return SIZE_MAX;
}

/* The end of what is read last: 포항시(浦項市) is read 포항시, “바이오” is read 바이오. 0 where nothing is. */
static size_t spoken_end(struct str word)
{
    size_t end = word.n;
    while (end > 0) {
        size_t at = end;
        uint32_t c = utf8_previous(word, &at);
        if (c == ')' || c == 0xff09) {
            size_t open = opening(word, end);
            struct str before = str_slice(word, 0, open == SIZE_MAX ? 0 : open);
            bool attached = before.n && before.p[before.n - 1] != ' ';
            end = attached ? open : at;
        } else if (is_silent(c)) {
            end = at;
        } else {
            return c == ' ' ? 0 : end;
        }
    }
    return 0;
}

struct str josa_choose(struct str word, struct str form)
{
    size_t cut = word.n > LOOK_BACK ? word.n - LOOK_BACK : 0;
    while (cut < word.n && ((unsigned char)word.p[cut] & 0xc0) == 0x80)
        cut++;
    word = str_slice(word, cut, word.n);
    size_t end = spoken_end(word);
    enum final_sound final = end ? final_at(word, end) : FINAL_UNKNOWN;
    for (size_t i = 0; i < PAIRS && final != FINAL_UNKNOWN; i++) {
        if (!str_equal(pairs[i].form, form))
            continue;
        bool vowel = final == FINAL_NONE || (final == FINAL_RIEUL && pairs[i].rieul_is_vowel);
        return vowel ? pairs[i].after_vowel : pairs[i].after_final;
    }
    return form;
}
