/* Numbers and their units in Korean text (RULES.md rows 12 and 35): what a line may not tear apart. Internal to
 * layout. */
#ifndef LAYOUT_NUMBERS_H
#define LAYOUT_NUMBERS_H
#include "layout/shape.h"

bool number_digit(uint32_t cp); /* ASCII or full-width */

/* A sign that is never parted from what follows: ① ⑴ ㉠ ㈜ №. */
static inline bool number_heads(uint32_t c)
{
    return c >= 0x2116 && (c == 0x2116 || (c >= 0x2460 && c <= 0x24ff) || (c >= 0x2776 && c <= 0x2793) ||
                           (c >= 0x3200 && c <= 0x321e) || (c >= 0x3260 && c <= 0x327f));
}

/* Inside one 어절 [from, to): 25만개, 제3조, 3.5㎡, 3개월간 → lowers the breaks inside to BREAK_KEPT. */
void numbers_keep(struct unit *units, size_t from, size_t to);

/* The best break between the 어절 [from, to) and the next one up to `next_end`: BREAK_KEPT where they are one number,
 * unit or date (25만 개, 2024. 1. 16., 제 3조), BREAK_LONE between the parts of an amount (6조 7천억 원), of a place in
 * a law (제3조 제2항) or a time (10시 30분), else BREAK_SPACE. */
uint8_t numbers_belong(const struct unit *units, size_t from, size_t to, size_t next, size_t next_end);

#endif
