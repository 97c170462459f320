#include "layout/flow.h"

#include <stdio.h>

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

/* Order of the official form: 1. → 가. → 1) → 가) → (1) → (가), and round again. */
static void ordered_mark(int level, unsigned long number, char *mark, size_t size)
{
    static const char *const forms[][2] = {{"", "."}, {"", ")"}, {"(", ")"}};
    int step = (level - 1) % 6;
    const char *const *form = forms[step / 2];
    uint32_t letter = step % 2 ? hangul_number(number) : 0;
    if (!letter) {
        snprintf(mark, size, "%s%lu%s", form[0], number, form[1]);
        return;
    }
    char utf8[4] = {(char)(0xE0 | letter >> 12), (char)(0x80 | (letter >> 6 & 0x3F)), (char)(0x80 | (letter & 0x3F)),
                    0};
    snprintf(mark, size, "%s%s%s", form[0], utf8, form[1]);
}

void mark_text(bool ordered, int level, unsigned long number, char mark[24])
{
    static const char *const bullets[] = {"○", "-", "·"};
    if (level < 1)
        level = 1;
    if (ordered)
        ordered_mark(level, number, mark, 24);
    else
        snprintf(mark, 24, "%s", bullets[level > 3 ? 2 : level - 1]);
}
