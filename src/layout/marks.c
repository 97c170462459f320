/* List marks and numbers by their form: "1." counts 1. 2. 3., "제1장" 제1장 제2장, "(가)" (가) (나), "○" stays. */
#include "base/utf8.h"
#include "layout/flow.h"

#include <stdio.h>
#include <string.h>

/* 가 나 다 … 하 거 너 … : fourteen plain consonants, then the next vowel, as Korean offices number (행정업무운영 편람).
 */
static uint32_t hangul_number(unsigned long number)
{
    static const uint32_t initials[] = {0, 2, 3, 5, 6, 7, 9, 11, 12, 14, 15, 16, 17, 18};
    static const uint32_t vowels[] = {0, 4, 8, 13, 18, 20};
    enum { INITIALS = sizeof initials / sizeof *initials, VOWELS = sizeof vowels / sizeof *vowels };
    if (number < 1 || number > INITIALS * VOWELS)
        return 0;
    unsigned long i = number - 1;
    return 0xAC00 + initials[i % INITIALS] * 588 + vowels[i / INITIALS] * 28;
}

/* ① … ㊿ stand in three places of Unicode. */
static uint32_t circled_number(unsigned long number)
{
    if (number >= 1 && number <= 20)
        return 0x2460 + (uint32_t)number - 1;
    if (number >= 21 && number <= 35)
        return 0x3251 + (uint32_t)number - 21;
    return number >= 36 && number <= 50 ? 0x32B1 + (uint32_t)number - 36 : 0;
}

/* Ⅳ as IV: in letters of the text's own face, because the signs of one piece are as wide as Hangul. */
static void roman_number(unsigned long number, struct buf *out)
{
    static const struct {
        unsigned value;
        const char *letters;
    } parts[] = {{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        for (; number >= parts[i].value; number -= parts[i].value)
            buf_text(out, parts[i].letters);
}

/* Writes a number in the way that c, which stands for 1, counts; false where c is no counter. */
static bool write_number(uint32_t c, unsigned long number, struct buf *out)
{
    enum { MOST_ROMAN = 399 }; /* they get long */
    uint32_t letter = c == 0xAC00 ? hangul_number(number) : c == 0x2460 ? circled_number(number) : 0;
    if (c != '1' && c != 0xAC00 && c != 0x2460 && c != 0x2160)
        return false;
    if (letter)
        buf_utf8(out, letter);
    else if (c == 0x2160 && number >= 1 && number <= MOST_ROMAN)
        roman_number(number, out);
    else /* 거너… and ㊿ are at an end somewhere; figures never are */
        buf_printf(out, "%lu", number);
    return true;
}

bool mark_text(const char *form, unsigned long number, char mark[MARK_SIZE])
{
    struct str text = {form, strnlen(form, MOST_MARK)};
    struct buf counted = {0};
    for (size_t at = 0, from; (from = at) < text.n;) {
        if (!write_number(utf8_next(text, &at), number, &counted))
            continue;
        snprintf(mark, MARK_SIZE, "%.*s%.*s%.*s", (int)from, form, (int)counted.n, counted.p, (int)(text.n - at),
                 form + at);
        buf_free(&counted);
        return true;
    }
    snprintf(mark, MARK_SIZE, "%.*s", (int)text.n, form);
    return false;
}

const char *list_mark(const struct list_style *list, bool ordered, int level)
{
    unsigned i = level < 1 ? 0 : (unsigned)level - 1;
    if (ordered)
        return list->numbers[i % list->n_numbers];
    return list->marks[i < list->n_marks ? i : list->n_marks - 1];
}
