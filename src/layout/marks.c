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

static uint32_t roman_number(unsigned long number)
{
    return number >= 1 && number <= 12 ? 0x2160 + (uint32_t)number - 1 : 0;
}

/* The character that stands for a number where c stands for 1; 0: c is no counter, or has no such number. */
static uint32_t counted(uint32_t c, unsigned long number)
{
    return c == 0xAC00   ? hangul_number(number)
           : c == 0x2460 ? circled_number(number)
           : c == 0x2160 ? roman_number(number)
                         : 0;
}

static bool is_counter(uint32_t c)
{
    return c == '1' || counted(c, 1);
}

bool mark_text(const char *form, unsigned long number, char mark[MARK_SIZE])
{
    struct str text = {form, strnlen(form, MOST_MARK)};
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t c = utf8_next(text, &at);
        if (!is_counter(c))
            continue;
        struct buf letter = {0};
        if (counted(c, number))
            buf_utf8(&letter, counted(c, number));
        else /* 거너… and ㊿ are at an end somewhere; figures never are */
            buf_printf(&letter, "%lu", number);
        snprintf(mark, MARK_SIZE, "%.*s%.*s%.*s", (int)from, form, (int)letter.n, letter.p, (int)(text.n - at),
                 form + at);
        buf_free(&letter);
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
