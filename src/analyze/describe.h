/* The values of findings as a reader would write them. */
#ifndef ANALYZE_DESCRIBE_H
#define ANALYZE_DESCRIBE_H
#include "data/data.h"
#include "store/records.h"

/* Appends the value of a finding in words: "1,150억 원 투자" for "KRW 115000000000..115000000000 investment". Names
 * of places are those valid on `day` (DATE_NONE: the latest). A value that is not of its kind's form, as a person may
 * have entered it, is appended as it is. */
void describe_finding(const struct regions *regions, const struct finding *finding, date_t day, struct buf *out);

/* Full name of a unit on a day, or its latest one; NULL where the table does not know it. Borrows from the table. */
const char *describe_place(const struct regions *regions, struct str unit, date_t day);

#endif
