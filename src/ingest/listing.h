/* Inside the ingest room: is what looks like an article a list of several? */
#ifndef INGEST_LISTING_H
#define INGEST_LISTING_H
#include "ingest/lines.h"

/* True where the lines `first` to `last`, with those around them up to the next barrier, are entries of other articles:
 * leads with a date line each, leads cut off one by one, or leads that each have a headline of their own. */
bool listing_is(const struct lines *lines, size_t first, size_t last);

#endif
