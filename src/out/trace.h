/* Pages → text, one drawing operation a line: the golden files of the layout room. */
#ifndef OUT_TRACE_H
#define OUT_TRACE_H
#include "layout/page.h"

/* Same contract as pdf_device; coordinates with one decimal so that traces survive another libm. */
bool trace_device(const struct page_info *info, struct device *out, struct err *err);

#endif
