/* Inside the ingest room: content extraction with what dating needs to know of the page. */
#ifndef INGEST_CONTENT_H
#define INGEST_CONTENT_H
#include "ingest/ingest.h"
#include "ingest/lines.h"

/* A record's body that a source has taken out of its page already: outlet mark, reporter, copyright, repeated title and
 * subtitle go, the rest stays; a body that is a whole page after all is extracted from. Fills body (in the arena) and,
 * where the text names one and *outlet is empty, *outlet; *page_lines are the lines of `body` that an extraction chose.
 */
struct str content_trim_body(struct arena *arena, struct str title, struct str subtitle, struct str body,
                             struct str *outlet, struct str *page_lines);

#endif
