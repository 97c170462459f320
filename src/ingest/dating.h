/* Inside the ingest room: dating of a text that is not a page. */
#ifndef INGEST_DATING_H
#define INGEST_DATING_H
#include "ingest/ingest.h"
#include "ingest/lines.h"

/* dating_date of a page (raw) that has been read as lines. */
void dating_page(struct arena *arena, struct str source_date, const struct lines *lines, struct article *article);

/* As dating_date, for a record whose body, as its source gave it, is `text`: only labelled dates in it count, unless it
 * was a whole page of which the lines `page_lines` are the article ("" otherwise). */
void dating_record(struct arena *arena, struct str source_date, struct str text, struct str page_lines,
                   struct article *article);

#endif
