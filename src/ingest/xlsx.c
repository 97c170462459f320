/* Workbooks. */
#include "ingest/reader.h"

bool xlsx_detects(const struct head *head)
{
    (void)head;
    return false;
}

bool xlsx_split(const struct input *input, const struct sink *sink, struct err *err)
{
    return readers_reject(input, sink, 0, 0, "unsupported-format", STR(""), err, "a workbook");
}
