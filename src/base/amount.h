/* Numbers as Korean public documents write them: 1,234 −3 0.5 1만 2천 123억 4,500만. */
#ifndef BASE_AMOUNT_H
#define BASE_AMOUNT_H
#include "base/str.h"

enum { AMOUNT_DECIMALS = 9 }; /* most that are asked for */

/* Half away from zero. */
double amount_rounded(double value, int decimals);

/* All append to *out. The minus is U+2212; what rounds to nothing has no sign. */
void amount_whole(struct buf *out, int64_t number); /* with thousands separators */
/* A finite number rounded half away from zero. `zeros`: those at the end of the decimals stay. */
void amount_real(struct buf *out, double value, int decimals, bool zeros);
/* In 조, 억 and 만, to the last digit: 1만 2,345; whole thousands at the end as 1만 2천. */
void amount_korean(struct buf *out, int64_t number);
/* The same in short, at most 10¹⁸ either way: of 조, 억 and 만 the largest alone, with one decimal below 100 of
 * it: 1.2억; whole thousands below 1억 as they are: 1만 2천. `decimals` as with amount_real, for what is below 만. */
void amount_short(struct buf *out, double value, int decimals);

#endif
