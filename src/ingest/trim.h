/* Inside the ingest room: what is no part of the article within its own first and last line. Texts that came as one
 * line bring their whole page along there: headings, captions, reporter, buttons, related headlines. */
#ifndef INGEST_TRIM_H
#define INGEST_TRIM_H
#include "base/str.h"

/* One line of a body; `first` and `last` say whether it opens and ends the body. Without page head, repeated title and
 * subtitle, caption and outlet mark at the start; without reporter, notices and what follows them at the end. The
 * outlet that a mark names fills an empty *outlet. Borrows from s. */
struct str trim_line(struct str s, bool first, bool last, struct str title, struct str subtitle, struct str *outlet);

/* Does the line repeat the heading, which its source may have cut off ("… 개최...") or put something beside? */
bool trim_repeats(struct str line, struct str heading);

#endif
