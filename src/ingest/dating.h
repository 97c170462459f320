/* Inside the ingest room: dating of a text that is not a page. */
#ifndef INGEST_DATING_H
#define INGEST_DATING_H
#include "ingest/ingest.h"

/* As dating_date, for a record whose body, as its source gave it, is `text`: only labelled dates in it count, unless it
 * was a whole page of which the lines `page_lines` are the article ("" otherwise). */
void dating_record(struct arena *arena, struct str source_date, struct str text, struct str page_lines,
                   struct article *article);

#endif
