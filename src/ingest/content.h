/* Inside the ingest room: content extraction with what dating needs to know of the page. */
#ifndef INGEST_CONTENT_H
#define INGEST_CONTENT_H
#include "ingest/ingest.h"
#include "ingest/lines.h"

/* content_extract of a page that has been read as lines. */
bool content_choose(struct arena *arena, const struct lines *lines, struct content *out);

/* Does a text that should be an article's alone bring along several lines of a page around it? */
bool content_is_page(const struct lines *lines);

/* A record's body that a source has taken out of its page already: outlet mark, reporter, copyright, repeated title and
 * subtitle go, the rest stays; a body that is a whole page after all is extracted from. Fills body (in the arena) and,
 * where the text names one and *outlet is empty, *outlet; *page_lines are the lines of `body` that an extraction chose.
 */
struct str content_trim_body(struct arena *arena, struct str title, struct str subtitle, struct str body,
                             struct str *outlet, struct str *page_lines);

#endif
