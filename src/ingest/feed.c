/* Feeds: RSS, Atom, press-release XML. */
#include "ingest/reader.h"

bool feed_detects(const struct head *head)
{
    (void)head;
    return false;
}

bool feed_split(const struct input *input, const struct sink *sink, struct err *err)
{
    return readers_reject(input, sink, 0, 0, "unsupported-format", STR(""), err, "a feed");
}
