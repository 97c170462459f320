/* What contains other inputs: ZIP and tar archives, compressed files. */
#include "ingest/reader.h"

bool archive_detects(const struct head *head)
{
    return str_starts(head->bytes, STR("PK\3\4")) || str_starts(head->bytes, STR("\x1f\x8b"));
}

bool archive_split(const struct input *input, const struct sink *sink, struct err *err)
{
    return readers_reject(input, sink, 0, 0, "unsupported-format", STR(""), err, "looks like an archive");
}
