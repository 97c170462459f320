/* Pages → what someone hears who has them read aloud: the structure tree as Korean text, a line an element. For authors
 * who check how a document reads; `briefgen render --dump-tags`. */
#ifndef OUT_SPEECH_H
#define OUT_SPEECH_H
#include "layout/page.h"

/* Same contract as pdf_device; `info` is borrowed until finish. Nothing but elements is told: what is decoration is not
 * in the tree. At the end come their numbers and what a hearer misses. */
bool speech_device(const struct page_info *info, struct device *out, struct err *err);

#endif
