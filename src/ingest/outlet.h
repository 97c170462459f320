/* The newspaper: its name in a text, in the mark that a text begins with, in copyright notices and imprints. */
#ifndef INGEST_OUTLET_H
#define INGEST_OUTLET_H
#include "ingest/lines.h"

/* Is the token a newspaper's name by its last syllables, and not a tag like 포토뉴스? */
bool outlet_is(struct str token);

/* The first such name in a text; "" for none. Borrows the text. */
struct str outlet_among(struct str s);

/* Bytes of the outlet's and reporter's mark at the start of a text, "[○○신문 홍길동 기자]", "(서울=○○) 아무개 기자 = ":
 * what follows is the text proper. 0 when it begins with its text. *outlet is the name in the mark, or "". */
size_t outlet_lead_mark(struct str text, struct str *outlet);

/* The newspaper as named by a copyright notice or the imprint after line `from`; "" when none is. */
struct str outlet_find(const struct lines *lines, size_t from);

#endif
