/* Inside the ingest room: second look at a page's lines. */
#ifndef INGEST_CONTEXT_H
#define INGEST_CONTEXT_H
#include "ingest/lines.h"

/* Corrects the kinds that lines were given one by one by what stands around them: boxes and lists of other articles,
 * wrapped text, sentences without a full stop, notes and tables within the text, front matter. Linear time. */
void context_mark(struct lines *lines);

#endif
